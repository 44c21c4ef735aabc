### What went wrong.

## Error pages
failure-not-found-title = Sidan finns inte
failure-not-found = Sidan finns inte, eller så får du inte se den.
failure-conflict-title = Det gick inte just nu
failure-conflict = Det du skulle ändra har ändrats sedan du öppnade sidan. Gå tillbaka, ladda om och försök igen.
failure-too-large-title = Filen är för stor
failure-too-large = Filen är större än 20 MB. Välj en mindre fil.
failure-expired-title = Sidan var öppen för länge
failure-expired = Gå tillbaka, ladda om sidan och skicka igen. Inget har sparats.
failure-malformed-title = Vi förstod inte det som skickades
failure-malformed = Gå tillbaka och försök igen. Inget har sparats.
failure-too-many-title = För många försök
failure-too-many = { $seconds ->
    [one] Vänta { $seconds } sekund och försök igen.
   *[other] Vänta { $seconds } sekunder och försök igen.
}
failure-internal-title = Något gick fel hos oss
failure-internal = Vi kan inte visa sidan just nu. Ring { $phone } om det är bråttom.
failure-unavailable-title = Tjänsten vilar en stund
failure-unavailable = Vi kan inte visa sidan just nu. Försök igen om en minut. Ring { $phone } om det är bråttom.
failure-id = Felets nummer:

## What is wrong with a field
error-required = Fyll i det här
error-required-subject = Skriv kort vad det gäller
error-required-description = Skriv en beskrivning
error-required-body = Skriv ett meddelande
error-required-reason = Skriv varför
error-required-solution = Skriv hur ärendet löstes
error-required-email = Skriv e-postadressen
error-required-name = Skriv namnet
error-required-password = Skriv lösenordet
error-required-affected = Välj vem som drabbas
error-required-able = Välj om du kan arbeta
error-required-organisation = Välj organisation
error-required-group = Välj grupp
error-required-person = Välj person eller grupp
error-required-for = Välj vad du väntar på
error-required-date = Skriv ett datum
error-required-kind = Välj typ av ärende
error-required-target = Skriv ärendets nummer
error-required-file = Välj en fil
error-required-tickets = Välj minst ett ärende
error-too-long = Skriv högst { $limit } tecken
error-too-short = Skriv minst { $limit } tecken
error-control-character = Ta bort tecken som inte går att visa
error-malformed = Texten har fel form
error-malformed-email = Skriv adressen som namn@example.se
error-malformed-phone = Skriv numret med siffror, till exempel 0123-45 67 00
error-malformed-code = Använd bara a–z, siffror och bindestreck
error-malformed-date = Skriv datumet som 2026-11-26
error-malformed-search = Skriv minst ett ord eller ett ärendenummer
error-unknown = Valet finns inte längre. Välj något annat
error-unknown-ticket = Det finns inget ärende med det numret
error-unknown-person = Det finns ingen sådan person
error-out-of-range = Välj något av alternativen
error-too-many-tickets = Välj högst 100 ärenden
error-taken = Det används redan
error-taken-email = Adressen används redan
error-not-allowed = Det går inte att välja här
error-person-without-group = Personen hör inte till någon grupp
error-group-elsewhere = Gruppen hör till en annan avdelning
error-passed = Välj en tid som inte har varit
error-guessable = Lösenordet är lätt att gissa. Välj ett annat
error-wrong-password = Lösenordet stämmer inte
error-file-too-large = Filen är större än { $size }. Välj en mindre fil
error-file-type = Filen är ett program. Lägg till den som bild eller dokument
error-files-again = Välj filerna igen

## Why something could not be done
refused-not-found = Ärendet finns inte, eller så får du inte ändra det.
refused-wrong-status = Det går inte i ärendets nuvarande läge.
refused-settled = Ärendet är avslutat.
refused-same-group = Ärendet ligger redan hos gruppen.
refused-needs-escalation = Gruppen finns i en annan linje. Lämna över ärendet i stället.
refused-needs-return = Gruppen äger ärendet. Lämna tillbaka det i stället.
refused-link-to-itself = Ett ärende kan inte länkas till sig självt.
refused-nothing-to-review = Bara ett ärende som en annan linje än den första har löst kan bedömas.
refused-not-external = Ärendet ligger inte hos en leverantör. Lämna över det dit först.
refused-stale = Någon annan ändrade ärendet under tiden.
refused-stale-record = Någon annan ändrade det här medan du skrev. Öppna sidan på nytt och gör om ändringen.
refused-exists = Det finns redan.
refused-sent-before = Det är redan skickat.
refused-invalid = Personen eller gruppen passar inte till ärendet.
refused-not-now = Det gick inte just nu. Försök igen.
