### Words that every page shares.

## Around every page
skip-content = Till innehållet
skip-search = Till sökningen
skip-list = Till kön
skip-facts = Till fakta
title-error = Fel: { $title }
nav-main = Huvudmeny
nav-start = Start
nav-my-tickets = Mina ärenden
nav-profile = Min profil
nav-workspace = Arbetsyta
nav-queues = Köer
nav-reports = Rapporter
nav-admin = Administration
nav-new-call = Nytt samtal
nav-shortcuts = Kortkommandon
nav-api = API-dokumentation
nav-logout = Logga ut
footer-phone = Ring { $phone }.
footer-accessibility = Tillgänglighet
back-to-start = Till startsidan

## Dates and durations
time-today = i dag
time-yesterday = i går
time-tomorrow = i morgon
time-months = jan feb mars april maj juni juli aug sep okt nov dec
time-day = dag
time-days = dagar
time-hours = tim
time-minutes = min

## Parts of pages
button-busy = Skickar …
form-save = Spara
form-cancel = Avbryt
form-remove = Ta bort
field-optional = (frivilligt)
error-prefix = Fel:
error-summary = Rätta { $count } fel och försök igen
counter-limit = Högst { $max } tecken
counter-left = # tecken kvar
counter-over = # tecken för mycket
pager-label = Sidor
pager-first = Till första sidan
pager-next = Nästa sida
files-label = Filer
steps-label = Ärendets väg
step-done = Klart:
message-note = Intern anteckning
message-note-readers = Bara personal kan läsa den

## Choices
choice-all = Alla
choice-none = Inget valt
choice-choose = Välj
choice-unchanged = Som nu
choice-nobody = Ingen person
choice-unknown = Vet inte
choice-yes = Ja
choice-no = Nej
choice-active = Används
choice-inactive = Används inte
choice-everywhere = Överallt

## Status, priority and other codes
status-new = Nytt
status-assigned = Tilldelat
status-in-progress = Pågår
status-waiting = Väntar
status-resolved = Löst
status-closed = Stängt
status-cancelled = Avbrutet
priority-1 = P1 Kritisk
priority-2 = P2 Hög
priority-3 = P3 Normal
priority-4 = P4 Låg
kind-incident = Felanmälan
kind-request = Beställning
kind-problem = Problem
kind-change = Ändring
channel-portal = Webb
channel-email = Mejl
channel-phone = Telefon
channel-alarm = Larm
channel-api = API
channel-other = Annat
line-1 = Första linjen
line-2 = Andra linjen
line-3 = Tredje linjen
line-external = Extern lösningsgrupp
impact-1 = Hela verksamheten
impact-2 = Flera personer
impact-3 = En person
urgency-1 = Kan inte arbeta
urgency-2 = Kan arbeta delvis
urgency-3 = Kan arbeta
metric-first-response = första svar
metric-resolution = lösning
metric-time-in-group = tid i gruppen
waiting-requester = Svar från beställaren
waiting-supplier = Leverantör
waiting-planned = Planerad tid
role-requester = Beställare
role-manager = Chef
role-agent = Handläggare
role-group-lead = Gruppledare
role-problem-manager = Problemansvarig
role-change-manager = Ändringsansvarig
role-cab-member = Ledamot i CAB
role-major-incident-coordinator = Samordnare vid större händelser
role-organisation-representative = Kundrepresentant
role-board = Nämnd
role-administrator = Administratör
role-integration = Integration
organisation-municipality = Kommun
organisation-department = Förvaltning
organisation-unit = Enhet
organisation-company = Bolag
action-take = Ta ärendet
action-assign = Tilldela
action-escalate = Lämna över till …
action-return = Lämna tillbaka
action-wait = Vänta
action-resume = Återuppta
action-resolve = Lös
action-close = Stäng
action-reopen = Öppna igen
action-cancel = Avbryt ärendet

## Fields
field-email = E-post
field-password = Lösenord
field-name = Namn
field-phone = Telefon
field-files = Lägg till bild eller fil, högst 20 MB
field-subject = Rubrik
field-category = Kategori
field-service = Tjänst
field-system = System
field-system-question = Vilket system gäller det?
field-organisation = Organisation
field-organisation-question = Vilken organisation gäller det?
field-impact = Inverkan
field-urgency = Brådska
field-priority = Prioritet
field-status = Status
field-channel = Kanal
field-kind = Typ av ärende
field-group = Grupp
field-person = Person
field-to-group = Till vilken grupp?
field-why = Skriv varför
field-reason-code = Orsak
hand-over-competence = Kräver annan kompetens
hand-over-access = Kräver annan behörighet
hand-over-on-site = Kräver besök på plats
hand-over-hardware = Något behöver lagas eller bytas
hand-over-supplier = Leverantören behöver lösa det
hand-over-wrong-group = Kom till fel grupp
hand-over-more-information = Behöver kompletteras
hand-over-workload = Gruppen hinner inte
hand-over-done = Gruppens del är klar
hand-over-other = Annat
field-wait-for = Vad väntar du på?
field-until = Till vilket datum?
field-solution = Lösning
field-solution-hint = Beställaren läser detta.
field-relation = Samband
field-link-number = Det andra ärendets nummer
field-link-number-hint = Till exempel INC-1042
field-line = Linje
field-role = Roll
field-roles = Roller
field-role-where = Gäller var?
field-active = Används?
field-parent = Hör till
field-organisation-kind = Typ av organisation
field-base-function = Är det en basfunktion?
field-base-function-hint = Fel i en basfunktion ska vara lösta inom en arbetsdag.
field-password-first = Första lösenord
field-password-first-hint = Lämna tomt om personen inte ska logga in.

## Columns
column-priority = Prioritet
column-ticket = Ärende
column-status = Status
column-due = Klart senast
column-owner = Ansvarig
column-organisation = Organisation
column-channel = Kanal
column-opened = Öppnat
column-updated = Ändrat

## Signing in
login-title = Logga in
login-button = Logga in
login-help = Kan du inte logga in? Ring { $phone }.
first-run-title = Kom igång med Ärende
first-run-lead = Det finns inga användare än. Skapa den första administratören på servern:
first-run-demo = Vill du bara prova? Starta servern med påhittade uppgifter:
first-run-then = Ladda sedan om sidan och logga in.
first-run-reload = Logga in

## Accessibility statement
accessibility-title = Tillgänglighet
accessibility-lead = Alla ska kunna använda { $name }, även med skärmläsare, enbart tangentbord, förstoring eller röststyrning.
accessibility-how-title = Hur tillgänglig är webbplatsen?
accessibility-how = Webbplatsen är byggd för att följa lagen om tillgänglighet till digital offentlig service (EN 301 549, WCAG 2.2 nivå AA).
accessibility-gaps-title = Vad är inte tillgängligt?
accessibility-gaps = Bilder och filer som andra har lagt till i ärenden kan sakna beskrivning eller struktur. Be oss om hjälp att läsa dem.
accessibility-report-title = Kontakta oss om du hittar hinder
accessibility-report = Ring { $phone } eller anmäl ett fel. Berätta vad du ville göra och vad som hindrade dig.
accessibility-supervision-title = Tillsyn
accessibility-supervision = Myndigheten för digital förvaltning, Digg, har tillsyn. Är du inte nöjd med vårt svar kan du anmäla till dem:
accessibility-tested-title = Hur har vi testat?
accessibility-tested = Sidorna testas automatiskt mot WCAG 2.2 AA vid varje ändring, ljust och mörkt, på telefon och dator. Ingen utomstående har granskat dem än.
desk-hours = Vardagar 07.30–16.00

## What was just done
done-saved = Ändringen är sparad.
done-message-sent = Svaret är skickat.
done-note-saved = Anteckningen är sparad.
done-ticket-changed = Ärendet är ändrat.
done-ticket-resolved = Ärendet är löst.
done-ticket-closed = Ärendet är stängt. Tack för att du berättade.
done-ticket-reopened = Ärendet är öppnat igen.
done-ticket-cancelled = Ärendet är avbrutet.
done-linked = Ärendena är länkade.
done-external-link = Länken till leverantören är skapad. Den står bland fakta om ärendet.
done-password-changed = Lösenordet är bytt. Alla andra inloggningar är avslutade.
done-session-ended = Inloggningen är avslutad.
done-signed-out = Du är utloggad.
done-added = Tillagt.
done-job-retried = Jobbet körs igen.
bulk-changed = { $count ->
    [one] { $count } ärende ändrades.
   *[other] { $count } ärenden ändrades.
}
bulk-changed-some = { $changed } av { $all } ärenden ändrades. { $failed } gick inte.

## Text kept after the session ended
kept-title = Vill du skicka det du skrev?
kept-lead = Det här skrev du innan du blev utloggad. Det är inte skickat än.
kept-files = Filerna följer inte med. Lägg till dem igen i ärendet efteråt.
kept-send = Skicka
kept-drop = Skicka inte
kept-signed-out = Du blev utloggad. Texten är sparad och finns kvar när du loggar in.

## How tickets hang together, before the other's number
link-relates-to = Hör ihop med
link-duplicates = Samma sak som
link-duplicated-by = Samma sak är anmäld i
link-caused-by = Beror på
link-causes = Orsakar
link-part-of = Är en del av
link-has-part = Har delen

## What happened to a ticket, after the name of who did it
person-unknown = Okänd person
message-via = via { $channel }
message-registered = registrerat av { $name }, { $channel }
event-by-itself = Systemet
event-imported = { $what } (importerat från ett annat system)
event-opened = anmälde ärendet, { $channel }
event-opened-for = registrerade ärendet åt { $name }, { $channel }
event-taken = tog ärendet
event-taken-from = tog över ärendet från { $from }
event-assigned = ändrade ansvarig från { $from } till { $to }
event-escalated = lämnade över från { $from } till { $to } ({ $line })
event-returned = lämnade tillbaka från { $from } till { $to }
event-routed = lade ärendet hos { $group } enligt ansvar och regler
event-agreement = bytte avtal: ett annat gäller nu för ärendet
event-clock-warned = fick veta att { $percent } % av tiden för { $metric } gått
event-clock-breached = missade det lovade: { $metric }
event-because = { $what } – { $reason }
event-first-line-could = bedömde att första linjen hade kunnat lösa ärendet
event-first-line-could-not = bedömde att första linjen inte hade kunnat lösa ärendet
event-external-link = skapade en länk till { $group }, som gäller till { $until }
event-mail-stranger = noterade ett mejl från { $address } som hänvisar hit, fast avsändaren inte har del i ärendet
event-mail-automatic = tog emot ett automatiskt svar från { $address }
event-mail-bounce = fick besked att ett mejl till { $address } inte kom fram
event-mail-loop = stoppade ett mejl från { $address } som rundgång
event-mail-spam = stoppade ett mejl från { $address } som skräppost
event-mail-unreadable = kunde inte läsa ett mejl från { $address }
event-external-answer = svarade via länken
message-by-link = via länken till leverantören
event-waiting = lät ärendet vänta på { $reason }
event-waiting-until = lät ärendet vänta på { $reason } till { $until }
event-wait-ended = återupptog ärendet
event-wait-ended-by-answer = återupptog ärendet när svaret kom
event-wait-ended-by-time = återupptog ärendet när väntetiden var slut
event-first-responded = svarade för första gången
event-resolved = löste ärendet
event-closed = stängde ärendet
event-closed-by-itself = stängde ärendet, eftersom ingen hade invändningar
event-reopened = öppnade ärendet igen
event-cancelled = avbröt ärendet
event-subject = ändrade rubriken från ”{ $from }” till ”{ $to }”
event-description-added = skrev en beskrivning
event-description = ändrade beskrivningen. Den var:
event-service = ändrade tjänst från { $from } till { $to }
event-system = ändrade system från { $from } till { $to }
event-category = ändrade kategori från { $from } till { $to }
event-priority = ändrade prioriteten från { $from } till { $to }
event-priority-level = { $priority } (inverkan { $impact }, brådska { $urgency })
event-message = skrev ett meddelande
event-note = skrev en intern anteckning
event-file = lade till filen { $name }
event-linked = länkade till { $other } ({ $relation })
event-unlinked = tog bort länken till { $other } ({ $relation })
link-kind-relates-to = hör ihop
link-kind-duplicates = samma sak
link-kind-caused-by = orsak
link-kind-part-of = del

## Promises: how a clock stands and why

promise-running = Löper
promise-paused = Pausad
promise-met = I tid
promise-breached = Försenad
promise-due = Klart senast { $at }.
promise-met-at = Klart { $from }, lovat senast { $to }.
promise-breached-at = Skulle ha varit klart { $at }.
promise-paused-since = Klockan står sedan { $at }: väntar på { $why }.
promise-target = Lovad tid: { $target }.
promise-target-changed = Lovad tid ändrades till { $target } { $at }.
promise-arrived = Kom in { $at }.
promise-arrived-closed = Kom in { $from } när det var stängt till { $to }.
promise-closed = Stängt från { $from } till { $to }.
promise-closed-often = Bara öppettid räknas mellan { $from } och { $to }.
promise-paused-for = Stod { $time } i väntan på { $why }.
promise-resolved-for = { $time } mellan löst och återöppnat räknas inte.
promise-target-minutes = { $time } öppettid
promise-target-days =
    { $count ->
        [one] en arbetsdag
       *[other] { $count } arbetsdagar
    }
promise-waiting = något
promise-waiting-you = dig
promise-agreement = Enligt avtalet ”{ $name }” (gäller från { $since }), valt efter { $because }.
promise-agreement-by-rule = Enligt avtalet ”{ $name }” (gäller från { $since }), valt av en routningsregel.
promise-agreement-for-all = Enligt avtalet ”{ $name }” (gäller från { $since }), som gäller alla ärenden.
condition-group = grupp
condition-system = system
condition-organisation = organisation
condition-service = tjänst
condition-base-function = basfunktion
condition-support-level = stödnivå
condition-priority = prioritet
condition-kind = ärendetyp
condition-desk = servicedesk
promise-why = Varför?
due-late = försenat { $time }
due-left = { $time } kvar

## Why a ticket has its priority and lies where it lies

field-activity = Vad gäller det
field-agreement = Avtal
routed-ranked = Påverkan { $impact } och brådska { $urgency } ger prioriteten { $priority }.
routed-listed = Systemet står på plats { $place } i prioriteringslistan (klass { $class }, beslutad { $decided } av { $by }): prioriteten höjs från { $from } till { $to }.
routed-listed-same = Systemet står på plats { $place } i prioriteringslistan (klass { $class }, beslutad { $decided } av { $by }); prioriteten är { $to } ändå.
routed-responsible = { $party } ansvarar enligt ansvarsmatrisen: ärendet går till { $group }.
routed-responsible-elsewhere = { $party } ansvarar enligt ansvarsmatrisen och har ingen grupp här: beställaren får veta vart man vänder sig.
routed-rule = Regeln ”{ $rule }” valde { $changes } eftersom { $because }.
routed-rule-always = Regeln ”{ $rule }” valde { $changes }.
routed-passed-over = Gruppen { $group } tar inte emot ärenden och hoppades över.
routed-intake = Inget annat avgjorde, så { $group } har ärendet.
routed-word = ordet ”{ $word }” finns i texten
answer-responsible = { $party } ansvarar för det här.
field-service-question = Vilken tjänst gäller det?
field-level-question = Vilken utrustning gäller det?
field-activity-question = Vad är det som behöver göras?
answer-kept = Ditt ärende finns kvar hos servicedesk tills du stänger det.
event-support-level = ändrade stödnivå från { $from } till { $to }
event-activity = ändrade åtgärd från { $from } till { $to }
event-route-advised = såg efter på nytt vems ärendet är: { $group }, enligt ansvar och regler
field-support-level = Stödnivå
field-task = Åtgärd
