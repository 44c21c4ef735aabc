# E-mail that came in: what it became, why, and what people make of it.

# States.
mail-state-received = Väntar på att läsas
mail-state-ticket = Blev ett ärende
mail-state-reply = Blev ett svar i ett ärende
mail-state-noted = Antecknat i ett ärende
mail-state-ignored = Lades åt sidan
mail-state-held = Väntar på en titt
mail-state-quarantined = Gick inte att läsa
mail-state-discarded = Slängt

# Classifications.
mail-class-new = Ny fråga
mail-class-reply = Svar i ett ärende
mail-class-auto-reply = Automatiskt mejl
mail-class-bounce = Leveransbesked
mail-class-loop = Går runt eller kom två gånger
mail-class-spam = Skräppost
mail-class-unparsable = Går inte att läsa

# Sources.
mail-source-imap = hämtat från brevlådan
mail-source-pipe = lämnat av e-postservern
mail-source-rest = skickat till API:et

# Steps.
mail-step-mailbox = Finns brevlådan?
mail-step-own-message = Är det vårt eget mejl?
mail-step-duplicate = Har det kommit förut?
mail-step-size = Går det att läsa?
mail-step-report = Handlar det om ett mejl från oss?
mail-step-loop = Går det runt i en slinga?
mail-step-automatic = Har en maskin skrivit det?
mail-step-spam = Är det skräppost?
mail-step-authenticity = Är avsändaren äkta?
mail-step-sender = Känner vi avsändaren?
mail-step-threading = Vilket ärende hör det till?
mail-step-courtesy = Är det bara ett tack?

# Findings; $value is a header, an address, a number or nothing.
mail-finding-nothing = Nej, inget tyder på det.
mail-finding-own-message-id = Mejlet är skickat härifrån ({ $value }).
mail-finding-own-address = Avsändaren är en av våra egna adresser ({ $value }).
mail-finding-own-mark = Mejlet bär vårt eget märke ({ $value }).
mail-finding-already-taken-in = Samma mejl har redan kommit in ({ $value }).
mail-finding-too-large = Mejlet är större än vad som tas emot ({ $value }).
mail-finding-readable = Ja.
mail-finding-delivery-failed = Ett mejl från oss kom inte fram till { $value }.
mail-finding-delivery-delayed = Ett mejl från oss till { $value } är försenat.
mail-finding-delivery-succeeded = Ett mejl från oss har kommit fram till { $value }.
mail-finding-delivery-failed-unnamed = Ett mejl från oss kom inte fram.
mail-finding-delivery-delayed-unnamed = Ett mejl från oss är försenat.
mail-finding-delivery-succeeded-unnamed = Ett mejl från oss har kommit fram.
mail-finding-receipt = Det är ett läskvitto på ett mejl från oss.
mail-finding-unformed-bounce = Det är ett leveransbesked i serverns egen form.
mail-finding-sender-too-often = Avsändaren har skickat fler mejl på en timme än en person gör ({ $value } förut).
mail-finding-same-again = Avsändaren har skickat samma text nyligen ({ $value } förut).
mail-finding-too-many-hops = Mejlet har passerat för många servrar ({ $value }), så det kan gå runt i en slinga.
mail-finding-automatic-header = Brevhuvudet säger att en maskin har skrivit det ({ $value }).
mail-finding-mailing-list = Det kom från en e-postlista ({ $value }).
mail-finding-empty-return-path = Ingen väntar på svar: kuvertets avsändare är tom.
mail-finding-machine-sender = Avsändarens adress är en maskins ({ $value }).
mail-finding-automatic-subject = Ämnesraden är som i automatiska svar ({ $value }).
mail-finding-weak-signs = Ämnesraden och andra tecken tyder på ett automatiskt svar ({ $value }).
mail-finding-unknown-mailbox = Det lämnades till brevlådan { $value }, som inte finns.
mail-finding-perhaps-automatic = Det kan vara en maskins, och avsändaren är inte känd.
mail-finding-marked-as-spam = E-postservern har märkt det som skräppost ({ $value }).
mail-finding-origin-confirmed = En server som vi litar på intygar att avsändaren är äkta.
mail-finding-origin-refuted = En server som vi litar på säger att avsändaren är förfalskad.
mail-finding-origin-unknown = Ingen som vi litar på intygar avsändaren.
mail-finding-several-authors = Flera avsändare är angivna ({ $value }).
mail-finding-no-sender = Det finns ingen avsändaradress.
mail-finding-sender-unknown = Avsändaren är inte känd ({ $value }).
mail-finding-sender-waits = Avsändaren är inte känd ({ $value }), och sådana mejl ska någon titta på.
mail-finding-sender-contact = Avsändaren är en känd kontakt utan inloggning.
mail-finding-sender-requester = Avsändaren är en känd användare.
mail-finding-sender-staff = Avsändaren är handläggare.
mail-finding-staff-unconfirmed = Avsändaren är handläggare, men ingen intygar att mejlet är äkta. Det ger inga rättigheter.
mail-finding-sender-disabled = Avsändarens konto är avstängt ({ $value }).
mail-finding-sender-not-checked = Avsändaren har inte kontrollerats.
mail-finding-signed-reference = Det svarar på ett mejl från oss i { $value }.
mail-finding-signed-address = Det är skickat till adressen för { $value }.
mail-finding-subject-tag = Ämnesraden nämner { $value }.
mail-finding-not-participant = Det nämner { $value }, men avsändaren är inte med i det ärendet.
mail-finding-tag-unconfirmed = Bara ämnesraden nämner { $value }, och ingen intygar att mejlet är äkta. Ett nytt ärende knyts till det.
mail-finding-no-such-ticket = Det nämner { $value }, som inte finns.
mail-finding-participation-not-checked = Det nämner { $value }; om avsändaren är med i ärendet har inte kontrollerats.
mail-finding-forged-reference = En hänvisning som liknar vår har fel signatur ({ $value }).
mail-finding-answer-for-staff = Det svarar på något som bara handläggare läser, eller inte på något visst mejl. Det blev en anteckning på { $value } och går inte till användaren.
mail-finding-foreign-number = Det nämner en annan organisations ärendenummer ({ $value }).
mail-finding-no-ticket-named = Det nämner inget ärende hos oss.
mail-finding-only-thanks = Det är bara ett tack. Ärendet förblir klart.
mail-finding-real-answer = Det är ett riktigt svar, så ärendet öppnas igen.
mail-finding-ticket-closed-for-good = { $value } är stängt för gott. Det blev ett nytt ärende som hänvisar till det.

# Notes.
mail-note-several-from = Flera avsändare är angivna; den första räknas.
mail-note-no-from = Ingen avsändare är angiven.
mail-note-repeated-header = Fältet { $value } står flera gånger; det första räknas.
mail-note-no-date = Det saknar datum, eller datumet går inte att läsa.
mail-note-headers-cut = Brevhuvudet är längre än vad som läses.
mail-note-raw-header-bytes = Fältet { $value } har tecken utan angiven teckenkod.
mail-note-wrong-charset = Teckenkoden stämmer inte ({ $value }).
mail-note-nul-bytes = Nolltecken har tagits bort.
mail-note-bare-carriage-returns = Radsluten är ovanliga.
mail-note-too-deep = Delarna ligger djupare än vad som packas upp.
mail-note-too-many-parts = Det har fler delar än vad som packas upp.
mail-note-broken-boundary = Mejlets delar är inte rätt avgränsade.
mail-note-text-cut = Texten är längre än vad som sparas; originalet har allt.
mail-note-html-too-long = HTML-versionen är för lång; bara texten finns här.
mail-note-html-cleaned = Aktivt innehåll och bilder från nätet har tagits bort ur HTML-versionen.
mail-note-name-changed = Ett filnamn har ändrats ({ $value }).
mail-note-own-header-ignored = Ett av våra egna styrfält kom utifrån; vi brydde oss inte om det ({ $value }).
mail-note-broken-tnef = En winmail.dat gick inte att läsa till slutet.
mail-note-broken-encoding = En del av mejlet är felkodad.

# Files left out.
mail-left-program = ett program
mail-left-too-large = för stor
mail-left-small-picture = en liten bild i texten
mail-left-too-many = för många filer

# Unreadable.
mail-unreadable-empty = Mejlet är tomt.
mail-unreadable-no-headers = Det har inget brevhuvud som e-post har.
mail-unreadable-too-large = Det är för stort för att läsas.
mail-unreadable-reader-failed = Läsningen misslyckades gång på gång. Driftloggen säger varför.

# What people decided.
mail-did-ticket = { $name } gjorde ett ärende av mejlet.
mail-did-reply = { $name } lade mejlet i ett ärende.
mail-did-discard = { $name } slängde mejlet: { $reason }
mail-did-restore = { $name } tog tillbaka mejlet för en titt.

# Pages.
nav-mail = E-post
nav-mail-count = E-post ({ $count })
nav-mail-many = E-post ({ $count }+)
mail-waiting-title = Mejl som väntar på en titt
mail-waiting-lead = De här mejlen har inte blivit ärenden av sig själva. Gör ett ärende av dem, lägg dem i ett ärende eller släng dem.
mail-waiting-none = Inga mejl väntar.
mail-column-subject = Ämne
mail-column-sender = Avsändare
mail-column-mailbox = Brevlåda
mail-column-when = Kom in
mail-column-why = Varför
mail-column-state = Vad det blev
mail-column-ticket = Ärende
mail-no-subject = (inget ämne)
mail-no-sender = (okänd avsändare)
mail-log-title = Inkommande e-post
mail-log-about = Alla mejl som har kommit in, vad de blev och varför.
mail-log-none = Inga mejl stämmer med det du söker.
mail-log-any = Alla
mail-field-text = Avsändare, ämne, Message-ID eller ärende
mail-field-class = Vad det är
mail-why = Varför blev det så här?
mail-why-step = Steg { $number }: { $step }
mail-why-decided = avgjorde
mail-why-none = Mejlet har inte lästs än.
mail-notes = Ovanligt med mejlet
mail-handlings = Vad handläggare har gjort
mail-text = Text
mail-text-none = Mejlet har ingen text.
mail-unreadable = Mejlet går inte att läsa, men det finns kvar som det kom. Ladda ner originalet om du behöver se det.
mail-quoted = Visa citerad text
mail-no-quoted = Inget i mejlet är citerat.
mail-no-html = Mejlet har ingen HTML-del; texten ovan är hela.
mail-html = Visa som HTML
mail-html-frame = Mejlets HTML
mail-html-note = Bilder från nätet, skript och formulär är bortplockade. Länkar öppnas i en ny flik.
mail-original = Ladda ner originalet (.eml)
mail-left-out = Filer som inte togs över: { $files }
mail-foreign = Andra organisationers ärendenummer: { $numbers }
mail-badge = E-post · varför?
mail-badge-why = Varför blev det så här?
mail-facts = Om mejlet
mail-fact-to = Till
mail-fact-source = Väg in
mail-fact-message-id = Message-ID
mail-fact-size = Storlek
mail-files = Filer i mejlet
mail-do-ticket = Gör ett ärende …
mail-do-reply = Lägg i ett ärende …
mail-do-discard = Släng …
mail-do-restore = Ta tillbaka
mail-send-ticket = Gör ärendet
mail-send-reply = Lägg i ärendet
mail-send-discard = Släng mejlet
mail-field-requester = Vem gäller det?
mail-field-requester-hint = E-postadress. Någon som inte är känd läggs till som kontakt.
mail-field-name = Namn på en ny kontakt
mail-field-organisation = Organisation
mail-field-organisation-own = Den som personen hör till
mail-field-desk = Servicedesk
mail-field-kind = Vad är det?
mail-field-number = Ärendenummer
mail-field-number-hint = Till exempel INC-1042
mail-field-visibility = Vem ska kunna läsa det?
mail-visibility-public = Den som ärendet gäller och handläggare
mail-visibility-internal = Bara handläggare
mail-field-reason = Varför slänger du det?
mail-public-needs-sender = Avsändaren är inte känd, så mejlet kan bara läggas in som intern anteckning.
mail-discarded-banner = Mejlet är slängt. Du kan ta tillbaka det.

# Refusals.
refused-mail-settled = Mejlet är redan hanterat. Ladda om sidan för att se vad som hände.
problem-mail-settled-title = Mejlet är redan hanterat
problem-mail-settled = Någon har redan tagit hand om mejlet, eller så går det inte att göra det här med det som det är nu. Hämta det igen för att se vad som går.

# Varför ett mejl väntar.
mail-waits = Därför väntar mejlet:
mail-waits-no-organisation = Det går inte att se vilken organisation avsändaren hör till. Välj den när du gör ett ärende av mejlet.
mail-waits-staff-named = Avsändaren är handläggare, men ingen intygar det, och mejlet nämner någon annans ärende.

# Why a mail of ours didn't arrive.
delivery-no-address = adressen finns inte
delivery-mailbox-full = brevlådan är full
delivery-too-large = mejlet är för stort för deras server
delivery-refused = deras server tar inte emot våra mejl
delivery-unreachable = deras server gick inte att nå
delivery-unknown = okänd orsak
undelivered-why = { $why } ({ $status })
ticket-address-bounced = Vi når inte { $name } med mejl: { $address } tar inte emot mejl sedan { $since } ({ $why }). Ring, eller rätta adressen.
ticket-foreign-numbers = Andras ärendenummer
mail-finding-many-tickets = Ingen bekräftar vem som skriver, och adressen har redan öppnat { $value } ärenden under ett dygn. Därför väntar mejlet på att någon tittar.
