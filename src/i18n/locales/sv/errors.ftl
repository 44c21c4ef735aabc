### What went wrong.

## Error pages
failure-not-found-title = Sidan finns inte
failure-not-found = Sidan finns inte, eller så får du inte se den.
failure-conflict-title = Det gick inte just nu
failure-conflict = Ärendet har ändrats sedan du öppnade sidan. Gå tillbaka, ladda om och försök igen.
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
