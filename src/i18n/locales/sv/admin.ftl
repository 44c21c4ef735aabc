### The administration and the API documentation.

## Places
admin-people = Personer
admin-people-about = Lägg till, ändra, roller, medlemskap, lösenord
admin-organisations = Organisationer
admin-organisations-about = Kommuner, förvaltningar, enheter och bolag
admin-groups = Grupper
admin-groups-about = Lösningsgrupper i tre linjer och externa, med medlemmar
admin-categories = Kategorier
admin-categories-about = Vad ärenden handlar om
admin-services = Tjänster
admin-services-about = Tjänstekatalogen, med basfunktionerna
admin-systems = System
admin-systems-about = Verksamhetssystem
admin-import = Importera ärenden
admin-import-about = Hämta in historiken från ett annat system
admin-jobs = Bakgrundsjobb
admin-jobs-about = Jobb som har misslyckats

## People
person-add = Lägg till person
person-search = Sök person
person-none = Ingen person passar.
person-roles = Roller
person-roles-none = Personen har inga roller.
person-role-add = Lägg till roll
person-memberships = Medlemskap
person-memberships-none = Personen hör inte till någon organisation.
person-membership-add = Lägg till medlemskap
person-password-set = Sätt nytt lösenord
admin-column-action = Åtgärd

## Organisations, groups, catalogue
organisation-add = Lägg till organisation
organisations-none = Det finns inga organisationer än.
group-add = Lägg till grupp
group-members = Medlemmar
group-members-none = Gruppen har inga medlemmar.
group-member-add = Lägg till medlem
groups-none = Det finns inga grupper än.
category-add = Lägg till kategori
service-add = Lägg till tjänst
system-add = Lägg till system
catalogue-none = Listan är tom.

## Import
import-file = Fil
import-file-hint = CSV eller JSON Lines, UTF-8
import-mode = Vad ska hända?
import-mode-check = Kontrollera bara
import-mode-check-hint = Läser filen och visar felen. Inget sparas.
import-mode-import = Importera
import-mode-import-hint = Sparar alla rader, eller inga om någon rad har fel.
import-start = Läs in filen
import-run-title = Import av { $file }
import-runs = Tidigare importer
import-runs-none = Inget har importerats än.
import-rows-read = { $count ->
    [one] { $count } rad läst
   *[other] { $count } rader lästa
}
import-leave = Du kan lämna sidan. Importen fortsätter.
import-another = Importera en fil till
import-refused = { $count ->
    [one] { $count } rad har fel. Inget har importerats.
   *[other] { $count } rader har fel. Inget har importerats.
}
import-running = Filen läses in …
import-done = { $count ->
    [one] { $count } ärende är importerat.
   *[other] { $count } ärenden är importerade.
}
import-refused-rows = Rader med fel
import-row = Rad
import-column = Kolumn
import-reason = Fel
import-created = Nya organisationer
import-refresh-off = Sluta ladda om sidan
import-queued = Filen väntar på sin tur …
import-checked = { $count ->
    [one] { $count } rad är kontrollerad och felfri. Inget har sparats.
   *[other] { $count } rader är kontrollerade och felfria. Inget har sparats.
}
import-failed = Importen avbröts. Den försöks igen av sig själv; inget blir dubbelt.
import-file-wrong = Filen kan inte läsas in. Inget har importerats.
import-file-empty = Filen är tom.
import-file-not-utf8 = Filen är inte sparad i UTF-8. Spara om den i UTF-8 och försök igen.
import-file-missing-columns = Kolumner som saknas: { $columns }.
import-file-unknown-columns = Kolumner som inte finns i en import: { $columns }.
import-file-repeated-columns = Kolumner som står flera gånger: { $columns }.
import-rows = Rader i filen
import-skipped = Hämtade tidigare
import-new-categories = Nya kategorier
import-new-services = Nya tjänster
import-new-systems = Nya system
import-new-groups = Nya grupper
import-new-people = Nya personer
import-more-errors = Ytterligare { $count } fel visas inte.

## What is wrong with a row: the column stands before it
import-fault-required = saknas
import-fault-required-when-resolved = saknas, men ärendet är löst
import-fault-not-a-choice = ”{ $found }” är inget av de tillåtna värdena
import-fault-not-an-instant = ”{ $found }” är ingen tidpunkt som 2026-03-01T09:30:00+01:00
import-fault-in-future = { $found } ligger i framtiden
import-fault-too-early = { $found } ligger före 1970
import-fault-before-opened = { $found } ligger före openedAt
import-fault-before-resolved = { $found } ligger före resolvedAt
import-fault-closed-not-resolved = är ifyllt, men resolvedAt är tomt
import-fault-not-an-address = ”{ $found }” är ingen e-postadress
import-fault-too-long = är längre än { $found } tecken
import-fault-control-character = ”{ $found }” innehåller ett styrtecken
import-fault-duplicate = ”{ $found }” finns redan på en tidigare rad
import-fault-not-utf8 = är inte UTF-8
import-fault-field-count = har fel antal värden ({ $found })
import-fault-not-json = är inget JSON-objekt på en rad: { $found }
import-fault-wrong-type = är varken text, tal eller null
import-fault-unknown-column = ”{ $found }” är ingen kolumn i en import
import-fault-repeated-column = står två gånger
import-fault-too-large = är större än { $found } byte; i en CSV-fil kan ett citattecken saknas i slutet av ett värde

## Jobs
jobs-lead = Jobb som har misslyckats så många gånger att de inte försöks igen av sig själva.
jobs-none = Inga jobb har misslyckats.
job-kind = Jobb
job-failed = Misslyckades
job-attempts = Försök
job-error = Fel
job-retry = Försök igen

## API documentation
api-title = API-dokumentation
api-document = Dokumentet för maskiner:
api-groups = Grupper av anrop
api-parameters = Parametrar
api-body = Innehåll som skickas
api-answers = Svar
api-problems = Fel som svaras
api-schemas = Datatyper
api-required = (måste finnas)

## Mail
admin-mail-templates = Mejltexter
admin-mail-templates-about = Vad mejlen säger
admin-outgoing = Utgående mejl
admin-outgoing-about = Skickade, väntande och misslyckade mejl
template-name = Mejl
template-language = Språk
template-subject = Ämne
template-body = Text
template-body-hint = Stycken skiljs av en tom rad. En rad med ”Etikett: adress” blir en knapp, rader efter ”--” blir liten text.
template-state = Läge
template-changed = Ändrad
template-delivered = Medföljande
template-save = Spara texten
template-test = Skicka ett prov till mig
template-reset = Ta tillbaka den medföljande texten
template-names = Namn som kan användas
template-preview = Förhandsvisning
template-preview-link = Visa mejlet som det är sparat
template-history = Historik
template-history-none = Texten har aldrig ändrats.
template-changed-at = När
template-changed-by = Vem
template-was-reset = Den medföljande texten togs tillbaka
template-fault-unknown = Rad { $line }: namnet { $name } finns inte. Se namnen ovan.
template-fault-syntax = Rad { $line }: { $detail }
template-fault-empty = Skriv något
template-fault-too-long = Texten är för lång
template-fault-lines = Ämnet ska vara en enda rad
outgoing-lead = Vad mejlen säger sparas inte här. Ett mejl som har getts upp kan skickas igen.
outgoing-search = E-postadress eller ärendenummer
outgoing-none = Inga mejl
outgoing-at = Skapat
outgoing-template = Mejl
outgoing-recipient = Till
outgoing-ticket = Ärende
outgoing-state = Läge
outgoing-again = Skicka igen
outgoing-give-up = Skicka aldrig
outgoing-waiting = Väntar
outgoing-sent = Skickat
outgoing-suppressed = Utelämnat
outgoing-dead = Uppgivet
outgoing-reason-person-cap = för många till samma person på en timme
outgoing-reason-ticket-cap = för många om samma ärende på en timme
outgoing-reason-bounced = adressen tar inte emot mejl
outgoing-reason-no-right = mottagaren får inte se det
outgoing-reason-disabled = kontot används inte
outgoing-reason-sending-off = ingen avsändare är inställd
outgoing-reason-empty = inget fanns kvar att berätta
outgoing-reason-given-up = någon har bestämt det
