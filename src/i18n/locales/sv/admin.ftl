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

## Routing rules and the priority list
words-and = { $first } och { $last }
words-or = { $first } eller { $last }
policy-at-once-hint = Lämna tomt för att låta det gälla genast.
policies-rules = Routningsregler
policies-rules-about = Vilken grupp, kategori och prioritet nya ärenden får, prövat på ärenden som varit
policies-priority-list = Prioriteringslistan
policies-priority-list-about = Samhällsviktiga system och hur mycket ett fel i dem höjs, som ledningen har beslutat
rule = Regel
rules-none = Det finns inga regler. Ansvarsmatrisen och mottagningsgruppen avgör vart ärenden går.
rules-from = Regler från { $date }
rules-how-told = Varje nytt ärende prövas mot reglerna uppifrån och ned. Alla som stämmer får bestämma, och den sista har sista ordet.
rule-add = Lägg till regel
rule-change-of = Ändra regeln { $name }
rule-when = När
rule-then = Då
rule-move = Flytta
rule-up = Upp
rule-down = Ner
rule-resting = Vilar
rule-removed = Ta bort regeln
rule-always = Alltid
rule-if-kind = typen är { $name }
rule-if-channel = ärendet kom via { $name }
rule-if-organisation = organisationen är { $name } eller hör dit
rule-if-service = tjänsten är { $name }
rule-if-system = systemet är { $name }
rule-if-category = kategorin är { $name }
rule-if-level = utrustningen är { $name }
rule-if-activity = det gäller { $name }
rule-if-base-function = tjänsten är en basfunktion
rule-if-no-base-function = tjänsten är ingen basfunktion
rule-if-priority = prioriteten är { $name }
rule-if-words = texten har något av orden { $words }
rule-sets-group = grupp { $name }
rule-sets-category = kategori { $name }
rule-sets-priority = prioritet { $name }
rule-sets-agreement = avtal { $name }
rule-stops = Sedan prövas inga fler regler.
rule-no-category = ingen kategori
rule-no-agreement = avtal efter villkoren
rule-name-hint = Det som står i ärendets historik, till exempel Trådlöst nät till Nätverk.
rule-conditions = När gäller regeln?
rule-conditions-hint = Allt du fyller i måste stämma. Det du lämnar tomt spelar ingen roll.
rule-any = Spelar ingen roll
rule-organisation = Organisation, med allt som hör dit
rule-base-function = Tjänsten är en basfunktion
rule-level = Utrustning
rule-words = Något av orden finns i texten
rule-words-hint = Ett ord per rad. ”wifi” hittar just det ordet, ”skriv*” alla ord som börjar så.
rule-highest = Prioritet, som högst
rule-lowest = Prioritet, som lägst
rule-effects = Vad bestämmer regeln?
rule-unset = Ändras inte
rule-set-group = Ge ärendet till grupp
rule-set-category = Sätt kategori
rule-set-priority = Sätt prioritet
rule-set-agreement = Sätt avtal
rule-after = Sedan
rule-stop = Pröva inga fler regler
rule-order = Var i ordningen?
rule-place = Plats
rule-first = Först
rule-after-other = Efter { $name }
rule-from-when = När och varför?
rule-period = Prövas på ärenden från
rule-period-last = Förra kvartalet
rule-period-this = Kvartalet hittills
rule-try = Pröva på ärenden som varit
rule-tried = Så hade det blivit
rule-tried-shown = Inget är sparat än. Se vad ändringen hade gjort, och välj ”Låt det gälla” om det blev rätt.
rule-tried-nothing = Inga ärenden kom in under perioden, så det finns inget att pröva på. Ändringen kan ändå börja gälla.
rule-tried-tickets = Prövade ärenden
rule-tried-capped = Perioden har fler. Bara de första prövades.
rule-tried-moved = Hade fått en annan grupp
rule-tried-recategorised = Hade fått en annan kategori
rule-tried-reprioritised = Hade fått en annan prioritet
rule-tried-agreement = Hade fått ett annat avtal
rule-tried-unchanged = Hade blivit som de är
rule-moves = Ärenden som hade bytt grupp
rule-moves-none = Inget ärende hade bytt grupp.
rule-from-group = Från grupp
rule-to-group = Till grupp
rule-tickets = Ärenden
rule-examples = Exempel att titta på
rule-ticket = Ärende
rule-by-present = Med dagens regler
rule-by-proposed = Med ändringen
rule-never-holds = ”{ $rule }” används aldrig, för ”{ $by }” stannar på allt som den gäller. Byt plats på dem eller ändra villkoren.
list-none = Ingen prioriteringslista är beslutad. Ärenden får sin prioritet av påverkan och brådska.
list-how-told = En felanmälan som gäller ett system på listan får högre prioritet efter systemets klass. Ärendet berättar varför.
list-change = Skriv in ett nytt beslut
list-decided-on = Beslutad den
list-decided-by = Beslutad av
list-decided-by-hint = Den som har beslutat, till exempel kommundirektören.
list-registration = Diarienummer
list-systems = System på listan
list-from = Listan från { $date }
list-place = Plats
list-class = Klass
list-raises = Ett fel höjs
list-raised = { $steps ->
    [0] Inte alls
    [1] Ett steg
    [2] Två steg
   *[other] { $steps } steg
}
list-row = Rad { $row }
list-rows-hint = Plats 1 återställs först. Lämna platsen tom för att ställa systemet sist, och välj ”Inget system” för att ta bort det. Tre tomma rader finns alltid sist: förhandsgranska för att få fler.
list-no-system = Inget system
list-preview = Så blir listan
list-preview-shown = Så blir listan. Inget är sparat än: granska och välj ”Låt det gälla”.
list-compared = Mot listan som gäller
list-new = Nytt
list-same = Som nu
list-was = Var plats { $place }, klass { $class }
list-gone = Tas bort från listan
## Mail
admin-mail-templates = Mejltexter
admin-mail-templates-about = Ändra, granska och prova texterna i mejl som skickas
admin-outgoing = Utgående mejl
admin-outgoing-about = Skickade, väntande och misslyckade mejl
template-name = Mejl
template-language = Språk
template-subject = Ämne
template-body = Text
template-body-hint = Stycken skiljs av en tom rad. En rad med ”Etikett: adress” blir en knapp om adressen hör till Ärende, rader efter ”--” blir liten text.
template-state = Läge
template-changed = Ändrad
template-delivered = Medföljande
template-save = Spara texten
template-test = Skicka ett prov till mig
template-reset = Ta tillbaka den medföljande texten
template-names = Namn i texten
template-preview = Så blir mejlet
template-history = Historik
template-history-none = Texten har aldrig ändrats.
template-changed-at = När
template-changed-by = Vem
template-was-reset = Den medföljande texten togs tillbaka
template-fault-unknown = Rad { $line }: namnet { $name } finns inte. Namnen som kan användas står vid texten.
template-fault-syntax = Rad { $line }: { $detail }
template-fault-lines = Ämnet ska vara en enda rad.
outgoing-lead = Vad mejlen säger sparas inte här. Ett mejl som har getts upp kan skickas igen.
outgoing-search = E-postadress eller ärendenummer
outgoing-none = Inga mejl stämmer med det du söker. Ändra sökningen eller läget.
outgoing-not-set-up = Inget mejl skrivs, för ingen e-postserver är inställd. Den som driver systemet ställer in mail.smtp_host.
outgoing-none-yet = Inget mejl har skrivits än. Det första kommer när något händer i ett ärende.
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
outgoing-waiting-after = Väntar på ett nytt försök. Det som gick fel: { $error }
outgoing-dead-after = Uppgivet. Det som gick fel: { $error }
outgoing-reason-person-cap = för många till samma person på en timme
outgoing-reason-ticket-cap = för många om samma ärende på en timme
outgoing-reason-bounced = adressen tar inte emot mejl
outgoing-reason-no-right = mottagaren får inte se det
outgoing-reason-disabled = kontot används inte
outgoing-reason-sending-off = ingen avsändare är inställd
outgoing-reason-empty = inget fanns kvar att berätta
outgoing-reason-given-up = någon har bestämt det
outgoing-reason-acknowledged = avsändaren har nyss fått en bekräftelse, eller många under dygnet
policy-written-at = Skriven

# Mejltexter: granska och prova.
templates-lead = Varje mejl har en text på svenska och en på engelska. Mottagarens språk avgör vilken som skickas.
template-names-hint = Ett namn byts mot ärendets uppgifter när mejlet skickas. Förhandsgranska med ett påhittat ärende.
template-preview-do = Förhandsgranska
template-previewed = Så här blir mejlet för ett påhittat ärende. Texten är inte sparad än.
template-stored = Texten som den är sparad
template-test-sent = Provet är skickat till { $to }.
template-test-not-set-up = Inget är skickat, för ingen e-postserver eller avsändare är inställd. Den som driver systemet ställer in mail.smtp_host och mail.from.
template-test-refused = E-postservern vägrar ta emot mejlet till { $to }. Kontrollera avsändaren (mail.from) och mottagarens adress.
template-test-not-taken = E-postservern gick inte att nå, släppte inte in oss eller kan inte ta emot mejlet just nu. Kontrollera server, port, kryptering och konto (mail.smtp_…) och försök igen.
template-test-said = Servern säger: { $said }

# En version som har gällt hela tiden.
policy-from-the-beginning = Från början
