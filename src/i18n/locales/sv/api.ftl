### The answers of the REST API when something is wrong.

## Problems: a title for the kind, a sentence for the case
problem-invalid-title = Fält har fel värden
problem-invalid = { $count ->
    [one] Rätta fältet som står i errors och skicka igen.
   *[other] Rätta de { $count } fälten som står i errors och skicka igen.
}
problem-not-found-title = Finns inte
problem-not-found = Det som efterfrågas finns inte, eller så får du inte se det.
problem-forbidden-title = Inte tillåtet
problem-forbidden = Dina roller ger inte rätt att göra detta.
problem-unauthenticated-title = Inte inloggad
problem-unauthenticated = Skicka en giltig åtkomsttoken i huvudet Authorization. Den kan ha gått ut: hämta då en ny.
problem-wrong-credentials-title = Fel inloggningsuppgifter
problem-wrong-credentials = E-postadressen eller lösenordet är fel.
problem-locked-out-title = För många försök
problem-locked-out = { $seconds ->
    [one] Vänta { $seconds } sekund och försök igen.
   *[other] Vänta { $seconds } sekunder och försök igen.
}
problem-refused-title = Går inte i ärendets nuvarande läge
problem-wrong-status = Ärendets status tillåter inte detta. Vad du kan göra nu står i allowedActions.
problem-settled = Ärendet är stängt eller avbrutet och kan inte ändras.
problem-same-group = Ärendet ligger redan hos den gruppen.
problem-needs-escalation = Gruppen står i en annan linje. Använd escalate och ange varför.
problem-needs-return = Gruppen äger ärendet. Använd return och ange varför.
problem-until-passed = Tidpunkten har redan passerat.
problem-until-missing = Ange till när ärendet ska vänta.
problem-link-to-itself = Ett ärende kan inte länkas till sig självt.
problem-nothing-to-review = Bara ett ärende som en annan linje än den första har löst kan bedömas.
problem-not-external = Ärendet ligger inte hos en extern grupp. Lämna över det dit först.
problem-stale-title = Ändrat av någon annan
problem-stale = Det har ändrats sedan du läste det. Läs det igen (dess version är nu { $version }) och försök igen.
problem-exists-title = Finns redan
problem-exists = Det finns redan ett sådant.
problem-key-reused-title = Nyckeln är använd
problem-key-reused = Denna Idempotency-Key har använts för en annan begäran. Välj en ny.
problem-too-large-title = För stort
problem-too-large = Mer än { $size } tas inte emot.
problem-file-type-title = Filtypen tas inte emot
problem-file-type = Filer av typen { $type } tas inte emot.
problem-unavailable-title = Går inte just nu
problem-unavailable = Tjänsten har för mycket att göra eller går inte att nå. Försök igen om en stund.
problem-internal-title = Något gick fel hos oss
problem-internal = Felet är noterat. Ange requestId om du hör av dig.
problem-malformed-title = Begäran går inte att tolka
problem-malformed-json = Det är inte giltig JSON: rad { $line }, tecken { $column }.
problem-invalid-utf8 = Texten är inte giltig UTF-8.
problem-malformed-header = Huvudet { $name } har inte den form det ska ha.
problem-malformed-request = Begäran har inte den form den ska ha.
problem-malformed-file = Skicka en fil som multipart/form-data i fältet file.
problem-timeout-title = Det tog för lång tid
problem-timeout = Begäran kom inte fram i tid.
problem-content-type-title = Innehållstypen tas inte emot
problem-content-type = Skicka innehållet som { $type }.
problem-method-title = Metoden finns inte här
problem-method = Här finns: { $allow }.

## Values of fields
value-required = Fältet får inte vara tomt.
value-too-long = Texten är för lång: högst { $limit } tecken.
value-too-short = Texten är för kort: minst { $limit } tecken.
value-control-character = Texten innehåller tecken som inte går att visa.
value-malformed = Värdet har inte den form det ska ha.
value-unknown = Värdet finns inte.
value-out-of-range = Värdet ligger utanför det tillåtna.
value-taken = Värdet är redan upptaget.
value-not-allowed = Värdet får inte väljas här.
value-passed = Tidpunkten har redan passerat.
value-guessable = Lösenordet är för lätt att gissa.
value-wrong = Värdet stämmer inte.
value-no-such-field = Något sådant fält finns inte.
value-wrong-type = Värdet är av fel typ.
value-repeated = Fältet får bara anges en gång.
