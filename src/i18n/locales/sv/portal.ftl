### The portal.

## Start page
start-title = Vad behöver du hjälp med?
start-fault-hint = Något fungerar inte som det ska.
start-order-hint = Utrustning, behörighet, program, konto.
start-open = Mina ärenden ({ $count } { $count ->
    [one] öppet
   *[other] öppna
 })
start-all = Visa alla mina ärenden

## Report a fault, order
report-fault-title = Anmäl ett fel
fault-what = Vad är det som inte fungerar?
fault-what-hint = Skriv kort, till exempel ”E-posten startar inte”.
fault-description = Beskriv vad du gjorde och vad som hände.
fault-affected = Vem drabbas?
fault-affected-me = Bara jag
fault-affected-several = Flera
fault-affected-unknown = Vet inte
fault-able = Kan du arbeta ändå?
fault-able-yes = Ja
fault-able-partly = Delvis
fault-able-no = Nej
fault-send = Skicka felanmälan
fault-after = Är det bråttom? Ring { $phone }.
order-title = Beställ något
order-what = Vad vill du beställa?
order-what-hint = Skriv kort, till exempel ”Ny bildskärm, plan 3”.
order-description = Beskriv vad du behöver.
order-description-hint = Skriv vem det är till, när det behövs och var det ska levereras.
order-send = Skicka beställningen

## Receipt
receipt-title = Vi har tagit emot ditt ärende { $number }.
receipt-next-title = Det här händer nu
receipt-next-read = Servicedesk läser ärendet i dag, om det är öppet, annars nästa arbetsdag.
receipt-next-answer = Du ser här i portalen när vi svarar eller behöver veta mer.
receipt-open = Visa ärendet
receipt-contact = Är det bråttom? Ring { $phone }.

## My tickets
my-tickets-which = Vilka ärenden
my-tickets-open = Öppna
my-tickets-closed = Avslutade
my-tickets-none-open = Du har inga öppna ärenden.
my-tickets-none-closed = Du har inga avslutade ärenden.
my-tickets-updated = ändrat
my-tickets-finished = avslutat
my-ticket-waits = Väntar på svar från dig
my-ticket-answer = Skriv ett svar
my-ticket-solved-title = Är det löst?
my-ticket-close = Det fungerar nu – stäng ärendet
my-ticket-messages = Meddelanden
my-ticket-reply = Skriv ett svar
my-ticket-reply-label = Ditt svar
my-ticket-history = Allt som har hänt ({ $count })
my-ticket-owner = Hos
my-ticket-opened = Öppnat
my-ticket-kind = Typ
my-ticket-system = System
my-ticket-solution = Lösning
reply-send = Skicka svar
reopen-title = Det fungerar fortfarande inte
reopen-reason = Beskriv vad som fortfarande inte fungerar.
reopen-send = Öppna ärendet igen

## Profile
profile-display-title = Språk och utseende
profile-language = Språk
profile-theme = Utseende
profile-theme-system = Som enheten
profile-theme-light = Ljust
profile-theme-dark = Mörkt
profile-shortcuts = Kortkommandon med en tangent
profile-shortcuts-hint = Gäller arbetsytan. Stäng av dem om du använder röststyrning.
profile-shortcuts-on = På
profile-shortcuts-off = Av
profile-password-title = Lösenord
profile-password-current = Nuvarande lösenord
profile-password-new = Nytt lösenord
profile-password-hint = Minst { $shortest } tecken. En mening på några ord är lätt att minnas och svår att gissa.
profile-password-save = Byt lösenord
profile-sessions-title = Inloggningar
profile-sessions-lead = Känner du inte igen en inloggning? Logga ut den och byt lösenord.
profile-session-device = Enhet
profile-session-used = Senast använd
profile-session-action = Åtgärd
profile-session-this = Den här
profile-session-end = Logga ut
profile-sessions-end = Logga ut alla andra
profile-organisations = Organisationer

start-notices = Nytt sedan sist
notice-answered = Nytt svar
notice-waiting = Väntar på svar från dig
notice-resolved = Löst
notice-reopened = Öppnat igen
notice-assigned = Tilldelat dig
notice-critical = Kritiskt ärende
notice-registered = Registrerat åt dig
notice-due-soon = Lovad tid går snart ut
notice-overdue = Lovad tid har passerat
fault-affected-workplace = Hela arbetsplatsen
my-ticket-until = Väntar till
cancel-title = Jag behöver inte hjälp längre
cancel-reason = Skriv varför ärendet inte behövs längre.
cancel-send = Avbryt ärendet
cancel-keep = Behåll ärendet
login-again = Logga in igen. Sidan var öppen för länge eller så tar webbläsaren inte emot kakor.
login-wrong = E-postadressen eller lösenordet stämmer inte
profile-session-api = Program: { $program }
profile-session-unknown = Okänd enhet
my-ticket-promises = Vad har vi lovat?

## A supplier's link
external-lead = Ärendet ligger hos { $group }.
external-until = Länken gäller till
external-own = ert svar
external-answer-title = Svara servicedesk
external-answer-label = Vad vill ni fråga eller berätta?
external-answer-hint = Bara servicedesk läser det, inte den som anmälde ärendet.
external-send = Skicka svaret
external-return-title = Lämna tillbaka ärendet
external-return-label = Vad har ni gjort, eller varför kan ni inte lösa det?
external-return-hint = Skriv inget om enskilda personer. Den som anmälde ärendet kan läsa det.
external-done = Klart – lämna tillbaka
external-cannot = Kan inte lösas av oss
external-thanks-title = Tack, ärendet är tillbaka hos servicedesk
external-thanks = Länken gäller inte längre. Ni får en ny om ärendet lämnas till er igen.
external-again = Sidan hade legat öppen för länge. Det ni skrev är kvar: skicka det en gång till.
external-forged-title = Länken leder ingenstans
external-forged = Kontrollera att ni har fått med hela adressen. Hjälper det inte, ring servicedesk på { $phone } och be om en ny länk.
external-over-title = Länken gäller inte längre
external-over = Tiden har gått ut, ärendet är avslutat eller så ligger det inte längre hos er. Ring servicedesk på { $phone } om ni har frågor eller behöver en ny länk.

## Mail
profile-mail-title = Mejl
profile-mail-lead = Gäller mejl om ärenden du arbetar med. Svar på dina egna ärenden kommer alltid direkt.
profile-mail-digest = Sammanfattning
profile-mail-off = Ett mejl för varje händelse
profile-mail-hourly = Sammanfattning varje timme
profile-mail-daily = Sammanfattning en gång om dagen
profile-mail-digest-at = Klockslag för den dagliga sammanfattningen
profile-mail-quiet-from = Inga mejl från
profile-mail-quiet-hint = Mejl som kommer under den tiden skickas när den är slut.
profile-mail-quiet-until = Inga mejl till
digest-off-title = Stäng av sammanfattningen
digest-off-lead = Då får du ett mejl för varje händelse i stället. Du kan slå på den igen i din profil.
digest-off-button = Stäng av sammanfattningen
digest-off-done = Sammanfattningen är avstängd.
notice-undelivered = Vårt mejl kom inte fram
