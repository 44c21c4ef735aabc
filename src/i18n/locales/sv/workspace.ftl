### The workspace.

## Queues
queue-views = Köer och vyer
queue-count = { $count ->
    [one] { $count } ärende
   *[other] { $count } ärenden
}
queue-filter = Filter
queue-filter-apply = Visa
queue-filters-now = Valda filter
queue-filter-remove = ta bort filtret
queue-filter-clear = Rensa filtret
queue-caption = Ärenden i { $name }
queue-select = Välj
queue-select-all = Välj alla på sidan
queue-updated = Uppdaterad
queue-refresh = Uppdatera
queue-empty = Kön är tom.
queue-no-match = Inget ärende passar filtret.
queue-group-mine = Mina vyer
queue-group-groups = Grupper
queue-mine = Mina
queue-unassigned = Utan ansvarig person
queue-waiting = Väntar
queue-all = Alla öppna
bulk-lead = Valda ärenden:
bulk-picked = Valda: #
bulk-take = Ta
bulk-assign = Tilldela

## Ticket
ticket-facts = Fakta
ticket-edit = Ändra
ticket-edit-title = Ändra { $number }
ticket-actions = Åtgärder
ticket-timeline = Meddelanden och händelser
ticket-links = Länkar
ticket-link-add = Länka till ett ärende
ticket-link-save = Länka
ticket-show-changes = Visa
ticket-events = Händelser ({ $count })
composer-reply = Svar – { $name } kan läsa det
composer-note = Intern anteckning – bara personal kan läsa den
composer-send = Skicka
composer-send-wait = Skicka och vänta på svar
composer-send-resolve = Skicka och lös
composer-note-save = Spara anteckningen

## Conflict
conflict-title = Någon hann före
conflict-lead = { $who } ändrade ärendet { $when } medan du skrev. Välj vad som ska gälla.
conflict-yours = Ditt
conflict-now = Nu
conflict-save = Spara det valda

## Phone calls
call-title = Nytt samtal
call-who = Vem ringer?
call-who-hint = Namn, telefon eller e-post
call-search = Sök person
call-found = { $count ->
    [one] { $count } träff
   *[other] { $count } träffar
}
call-none = Ingen person passar. Kontrollera stavningen eller lägg till personen.
call-change = Byt person
call-open = Öppna ärenden: { $count }
call-what-happened = Vad hände?
call-solution-hint = Behövs för att lösa ärendet direkt.
call-hand-over-to = Lämna över till
call-save-resolve = Spara och lös
call-save-take = Spara och ta
call-hand-over = Spara och lämna över

## Search
search-title = Sök ärenden
search-label = Sök ärenden
search-placeholder = Nummer, ord, namn
search-button = Sök
search-words = Ord, nummer eller namn
search-results = Sökträffar
search-none = Inget ärende passar sökningen. Pröva färre ord.
search-lead = Sök på ärendets nummer, ord i det, eller beställarens namn.

## Shortcuts
shortcuts-on = Kortkommandon är på.
shortcuts-off = Kortkommandon är av.
shortcuts-change = Ändra i din profil
shortcuts-key = Tangent
shortcuts-does = Gör
key-list = Visa den här listan
key-search = Sök
key-call = Nytt samtal
key-queues = Köer
key-mine = Mina ärenden i kön
key-reports = Rapporter
key-home = Startsidan
key-rows = Nästa och föregående rad
key-pick = Välj raden
key-extend = Utöka valet
key-open = Öppna ärendet
key-back = Tillbaka till listan
key-clear = Avmarkera, lämna fältet
key-take = Ta
key-assign = Tilldela
key-reply = Svara beställaren
key-note = Intern anteckning
key-edit = Ändra fakta
key-link = Länka
key-refresh = Uppdatera listan
key-send = Skicka
key-send-resolve = Skicka och lös

## Resolution table
report-title = Lösta ärenden
report-choose = Välj vad rapporten ska visa
report-show = Visa
report-from = Från
report-to = Till
report-by = Per
report-by-month = Månad
report-by-quarter = Kvartal
report-by-tertial = Tertial
report-by-year = År
report-clock = Tid som räknas
report-clock-elapsed = All tid
report-clock-working = Öppettid
report-scope = Lösta av
report-scope-all = Alla
report-scope-servicedesk = Servicedesk (första linjen)
report-finding = { $share } av ärendena löstes inom en timme, { $period }.
report-none = Inga ärenden löstes under den valda tiden. Välj en längre tid.
report-caption = Andel lösta ärenden inom en viss tid
report-period = Period
report-tickets = Ärenden
report-within-1h = Inom 1 tim
report-within-2h = Inom 2 tim
report-within-1d = Inom 1 dag
report-within-3d = Inom 3 dagar
report-within-1w = Inom 1 vecka
report-definition = Ärenden som löstes under perioden. Ett ärende som öppnades igen räknas en gång, vid den sista lösningen.
report-downloads = Hämta tabellen:

queue-count-more = minst { $count } ärenden
ticket-back-to-list = Till listan
ticket-owner-group = Ägs av
ticket-waits-for = Väntar på
ticket-resolved-at = Löst
ticket-external-id = Nummer i det gamla systemet
composer-answered-meanwhile = { $name } svarade { $when }. Läs svaret innan du skickar.
contact-title = Lägg till ny person
contact-save = Lägg till och fortsätt
call-reason-hint = Behövs för att lämna över ärendet.
search-people = Personer
ticket-promises = Lovat
ticket-routed = Varför ligger ärendet här?

## A ticket's way through the lines
ledger-title = Väg genom linjerna
ledger-hand-overs = { $count ->
    [0] Ärendet har inte lämnats över.
    [one] Ärendet har lämnats över { $count } gång.
   *[other] Ärendet har lämnats över { $count } gånger.
}
ledger-bounces = { $count ->
    [one] Det kom tillbaka till en tidigare grupp { $count } gång.
   *[other] Det kom tillbaka till en tidigare grupp { $count } gånger.
}
ledger-first-line = Första linjen löste ärendet.
ledger-could-have = Första linjen hade kunnat lösa ärendet.
ledger-could-not-have = Första linjen hade inte kunnat lösa ärendet.
ledger-from = Från
ledger-time = Tid
ledger-hours = Varav öppettid
ledger-why = Slutade med
ledger-lasts = Ligger kvar
ledger-queue = Ingen (i kön)
ledger-totals = Tid sammanlagt
ledger-who = Hos
ledger-kind = Gäller
ledger-whole = Allt
stay-taken = Någon tog ärendet
stay-assigned = Tilldelades
stay-escalated = Lämnades över
stay-returned = Lämnades tillbaka
stay-resolved = Löstes
stay-closed = Stängdes
stay-cancelled = Avbröts
review-question = Kunde första linjen ha löst ärendet?
review-note = Vad hade behövts?
review-note-hint = Till exempel en guide, en behörighet eller en kurs.
review-save = Spara bedömningen
reviews-title = Löst efter första linjen
reviews-lead = Ärenden som andra linjer än den första har löst de senaste { $days } dagarna. Öppna ett ärende för att bedöma om första linjen hade kunnat lösa det.
reviews-caption = Lösta ärenden, de senaste först
reviews-solved-by = Löst av
reviews-judged = Kunde första linjen?
reviews-not-yet = Inte bedömt
reviews-could = Ja
reviews-could-not = Nej
reviews-empty = Inga ärenden har lösts av andra linjer.
ticket-external-create = Skapa länk till leverantören
ticket-external-link = Länk till leverantören
ticket-external-until = Gäller till { $until }, så länge ärendet ligger kvar hos gruppen.
ticket-advice = Enligt ansvar och regler är det här nu ett ärende för { $group }
load-title = Belastning
load-groups = Grupper
load-people = Medarbetare
load-open = Öppna
load-unassigned = Utan ansvarig
load-overdue = Försenade
load-due-today = Klara senast i dag
load-waiting = Väntar
load-oldest = Äldsta
load-empty = Det finns inga grupper att visa.
load-nobody = Ingen har något öppet ärende.
load-definition = Öppna ärenden, räknade { $at }. Försenade är de vars löftestid för lösning har gått ut; ett ärende som väntar har ingen tid som löper.
ledger-report-title = Överlämningar
ledger-report-link = Överlämningar: tid i linjer och grupper
ledger-report-lines = Tid per linje
ledger-report-groups = Tid per grupp
ledger-report-elapsed = Tid per ärende
ledger-report-working = Arbetstid per ärende
ledger-report-share = Andel av arbetstiden
ledger-report-first-line = Första linjen löste { $first } av { $second } ärenden själv ({ $third }).
ledger-report-bounces = { $first } överlämningar, varav { $second } tillbaka till en grupp som redan haft ärendet; det hände i { $third } ärenden.
ledger-report-could-have = Av de granskade ärenden som andra linjer löste hade första linjen kunnat lösa { $first } av { $second } ({ $third }).
ledger-report-not-reviewed = Inget av ärendena som andra linjer löste är granskat än.
ledger-report-definition = Räknar ärenden som senast löstes i perioden, högst ett år, med all tid de varit öppna, också före perioden. Första linjen har löst det som aldrig lämnat den och inte öppnats på nytt. Arbetstid räknas efter servicedeskens kalender.
field-due-filter = Löfte
due-overdue = Försenade
due-today = Klara senast i dag
