### Brevlådor, e-postdomäner och adresser som mejl har kommit tillbaka från.

admin-mail = E-post
admin-mail-about = Brevlådor, e-postdomäner och adresser som inte tar emot mejl
mailboxes = Brevlådor
mailboxes-none = Ingen brevlåda är inlagd. Lägg till en för att ta emot ärenden med e-post.
mailbox-add = Lägg till brevlåda
mailbox-change = Ändra inställningarna
mailbox-change-of = Ändra { $name }
mailbox-settings = Inställningar
mailbox-warnings = { $count ->
    [one] En brevlåda behöver ses över.
   *[other] { $count } brevlådor behöver ses över.
}
mailbox-warning = { $mailbox }: { $state }

## Hur en brevlåda mår
mailbox-state = Läge
heartbeat-off = Avstängd
heartbeat-ok = Läses som den ska
heartbeat-handed = Tar emot mejl som lämnas över
heartbeat-not-yet = Har inte lästs än
heartbeat-trying = Går inte att läsa just nu. Nya försök görs av sig själva.
heartbeat-secret-expiring = Läses, men lösenordet eller hemligheten går ut { $at }
heartbeat-silent = Läses, men inget mejl har kommit sedan { $at }
heartbeat-secret-expired = Lösenordet eller hemligheten gick ut { $at }
heartbeat-not-looked = Ingen har läst den sedan { $at }. Kontrollera att arbetsprocessen är i gång.
heartbeat-never-looked = Har aldrig lästs sedan { $at }. Kontrollera att arbetsprocessen är i gång.
heartbeat-failing = Går inte att läsa sedan { $at }
heartbeat-short-secret-expiring = hemligheten går snart ut
heartbeat-short-silent = tyst för länge
heartbeat-short-secret-expired = hemligheten har gått ut
heartbeat-short-not-looked = ingen läser den
heartbeat-short-never-looked = har aldrig lästs
heartbeat-short-failing = går inte att läsa
mailbox-fails = Fel
mailbox-looked-at = Läst senast
mailbox-message-at = Senaste mejl
mailbox-token-ends = Åtkomsttoken gäller till

## Vad som är fel
mail-fault-unreachable = Servern går inte att nå. Kontrollera namn, port och brandvägg.
mail-fault-security = Anslutningen går inte att kryptera, eller så är serverns certifikat inte betrott. Lägg in utfärdarens certifikat om det är en egen.
mail-fault-token = Ingen åtkomsttoken gavs. Kontrollera adressen för token, program-id, omfattning och hemlighet.
mail-fault-sign-in = Servern släpper inte in kontot. Kontrollera konto, lösenord och behörighet.
mail-fault-folder = Mappen finns inte, eller så får kontot inte läsa den.
mail-fault-move-to = Mejlen hämtas, men mappen som de ska flyttas till finns inte, eller så får kontot inte lägga något där.
mail-fault-throttled = Servern ber oss att läsa mer sällan. Det går över av sig självt.
mail-fault-lost = Anslutningen bröts. Ett nytt försök görs.
mail-fault-timeout = Servern svarade inte i tid.
mail-fault-protocol = Servern svarade något som inte går att förstå, eller nekade ett kommando.
mail-fault-secret = Hemligheten saknas eller går inte att öppna. Skriv in den på nytt.
mail-fault-storage = Mejlet gick inte att spara här. Kontrollera disk och databas.

## Att prova en brevlåda
mailbox-test = Testa nu
mailbox-tested = Så gick testet
mailbox-test-passed = { $count ->
    [0] Allt fungerar. Mappen är tom.
    [one] Allt fungerar. Mappen har ett mejl.
   *[other] Allt fungerar. Mappen har { $count } mejl.
}
mailbox-test-failed = Det gick inte att { $step }. { $fault }
mailbox-nothing-to-test = Brevlådan hämtar ingenting, så det finns inget att prova.
mailbox-step = Steg
mailbox-outcome = Resultat
mailbox-server-says = Servern säger
mailbox-step-went-well = Gick bra
mailbox-step-connect = Nå servern
mailbox-failed-connect = nå servern
mailbox-failed-token = hämta åtkomsttoken
mailbox-failed-sign-in = logga in
mailbox-failed-folder = öppna mappen
mailbox-failed-move-to = öppna mappen som mejl flyttas till
mailbox-step-token = Hämta åtkomsttoken
mailbox-step-sign-in = Logga in
mailbox-step-folder = Öppna mappen
mailbox-step-move-to = Öppna mappen som mejl flyttas till
mailbox-switch-on = Slå på
mailbox-switch-off = Stäng av
mailbox-remove = Ta bort …
mailbox-remove-sure = Ta bort brevlådan { $name }? Inställningarna försvinner och går inte att få tillbaka.
mailbox-remove-do = Ta bort brevlådan
mailbox-in-use = Mejl har kommit eller gått genom brevlådan, så den kan inte tas bort. Stäng av den i stället.

## Inställningar
mailbox-address = E-postadress
mailbox-address-hint = Dit mejl kommer, och därifrån svaren går
mailbox-desk = Servicedesk
mailbox-organisation = Vems folk skriver hit
mailbox-organisation-hint = Gäller avsändare vars e-postdomän inte är inlagd
mailbox-receive = Så kommer mejlen hit
mailbox-receive-hint = Om mejlen lämnas över behöver du inte fylla i server, inloggning och läsning
mailbox-receive-imap = De hämtas från en server (IMAP)
mailbox-receive-none = En egen e-postserver eller ett program lämnar över dem
mailbox-part-server = Server
mailbox-host = Server
mailbox-port = Port
mailbox-port-hint = 993 med TLS, 143 med STARTTLS
mailbox-security = Kryptering
mailbox-security-tls = TLS från början
mailbox-security-start-tls = STARTTLS
mailbox-security-none = Ingen kryptering
mailbox-plain-is-meant = Utan kryptering
mailbox-plain-is-meant-yes = Tillåt att lösenord och mejl går okrypterade över nätet
mailbox-authorities = Egna utfärdares certifikat
mailbox-authorities-hint = PEM. Behövs bara om servern har ett certifikat som datorn inte redan litar på.
mailbox-part-auth = Inloggning
mailbox-auth = Inloggning med
mailbox-auth-password = Lösenord
mailbox-auth-xoauth2 = OAuth 2.0 (Microsoft 365)
mailbox-username = Konto
mailbox-username-hint = För en delad brevlåda i Microsoft 365: brevlådans adress
mailbox-secret = Lösenord eller programhemlighet
mailbox-secret-hint = Sparas krypterat och visas aldrig igen
mailbox-secret-hint-known = Lämna tomt för att behålla den som finns. Byter du server eller inloggningssätt behövs den på nytt.
mailbox-secret-expires = Sista dag den gäller
mailbox-secret-expires-hint = Då påminns ni en månad i förväg
mailbox-token-url = Adress för åtkomsttoken
mailbox-token-url-hint = Till exempel https://login.microsoftonline.com/…/oauth2/v2.0/token. Behövs bara med OAuth 2.0, liksom de två nästa.
mailbox-client-id = Program-id
mailbox-scope = Omfattning
mailbox-part-reading = Läsning
mailbox-folder = Mapp
mailbox-first-fetch = Vid första läsningen
mailbox-first-all = Allt som ligger i mappen
mailbox-first-new = Bara det som kommer från och med nu
mailbox-after-fetch = När ett mejl är hämtat
mailbox-after-leave = Gör inget med det
mailbox-after-seen = Märk det som läst
mailbox-after-move = Flytta det till en annan mapp
mailbox-move-to = Mapp att flytta till
mailbox-part-understanding = Vad mejlen blir
mailbox-unknown-senders = Mejl från okända avsändare
mailbox-unknown-contact = Avsändaren läggs upp som kontakt och mejlet blir ett ärende
mailbox-unknown-hold = Väntar på att någon tittar
mailbox-silent-after = Varna efter så många minuters tystnad
mailbox-silent-after-hint = Räknas under öppettid. Lämna tomt för att inte varna.
mailbox-trusted-authserv = Den egna e-postserverns namn i Authentication-Results
mailbox-trusted-authserv-hint = Bara den tror vi på när den säger att en avsändare är äkta, och bara om mejl till den här brevlådan. Microsoft 365 skriver inget namn: skriv ett minustecken (-)
mailbox-foreign-numbers = Andras ärendenummer
mailbox-foreign-numbers-hint = Ett mönster per rad, # står för en eller flera siffror: RITM#

## Vad som är fel med en inställning
mailbox-wrong-address-required = Skriv brevlådans e-postadress
mailbox-wrong-address-taken = En annan brevlåda har redan adressen
mailbox-wrong-address = Skriv en e-postadress, till exempel it@example.se
mailbox-wrong-host-required = Skriv serverns namn
mailbox-wrong-host = Skriv bara serverns namn, till exempel imap.example.se
mailbox-wrong-port = Skriv en port mellan 1 och 65535
mailbox-wrong-security = Okrypterat till en annan dator måste tillåtas särskilt
mailbox-wrong-authorities = Klistra in certifikat i PEM-form, med raden BEGIN CERTIFICATE
mailbox-wrong-username = Skriv kontot
mailbox-wrong-secret = Skriv lösenordet eller hemligheten. När server eller inloggningssätt ändras behövs den på nytt.
mailbox-wrong-token-url = Skriv en adress som börjar med https://
mailbox-wrong-folder = Skriv mappens namn
mailbox-wrong-move-to-required = Skriv vilken mapp mejlen ska flyttas till
mailbox-wrong-move-to = Välj en annan mapp än den som läses
mailbox-wrong-foreign-numbers = Varje mönster behöver minst två bokstäver och ett #, och får ha högst 40 tecken
mailbox-wrong-foreign-numbers-many = Högst 20 mönster
mailbox-wrong-silent-after = Skriv minuter mellan 1 och 130000, eller lämna tomt
mailbox-wrong-secret-expires = Skriv ett datum, till exempel 2027-03-01

## E-postdomäner
mail-domain = E-postdomän
mail-domains = E-postdomäner
mail-domains-none = Ingen e-postdomän är inlagd. Mejl från okända avsändare väntar då på en titt, om inte brevlådan säger vilken organisation de hör till.
mail-domain-choose = Välj organisation
mail-domain-add = Lägg till e-postdomän
mail-domain-hint = Det som står efter @. Okända avsändare därifrån hör till organisationen.
mail-domain-wrong = Skriv en e-postdomän, till exempel example.se

## Adresser som mejl har kommit tillbaka från
bounced-addresses = Adresser som inte tar emot mejl
bounced-none = Inga mejl har kommit tillbaka.
bounced-status = Svarskod
bounced-times = Gånger
bounced-last = Senast
bounced-clear = Skicka dit igen
