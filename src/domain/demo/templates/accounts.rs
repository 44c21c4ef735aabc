//! Passwords, accounts, rights and e-mail.

use super::super::catalogue::{IDENTITY, INFRASTRUCTURE};
use super::Template;

const ACCOUNT: &str = "Konto och behörighet";

pub(super) const TEMPLATES: &[Template] = &[
    Template::incident("Lösenord", ACCOUNT, [
        "Kan inte logga in på datorn",
        "Jag kommer inte in på {pc} sedan {tid}. Det står att lösenordet är fel, men jag är säker på att det är rätt.",
    ], &["Lösenordet hade gått ut. Nytt lösenord satt tillsammans med användaren.", "Caps Lock var på. Inloggningen fungerar.", "Kontot var låst efter fem försök. Låst upp."]).often(46),
    Template::incident("Lösenord", ACCOUNT, [
        "Kontot är låst",
        "Mitt konto har låst sig {tid} och jag kan inte arbeta. Kan ni låsa upp det?",
    ], &["Kontot upplåst. Gammalt lösenord låg kvar i telefonens e-post.", "Kontot upplåst."]).often(32),
    Template::incident("Lösenord", ACCOUNT, [
        "Har glömt lösenordet efter ledigheten",
        "Jag har varit ledig och minns inte mitt lösenord. Jag sitter på {enhet}.",
    ], &["Identiteten kontrollerad genom chefen. Nytt lösenord satt.", "Visade hur man byter lösenord själv med e-legitimation."]).often(26),
    Template::incident("Lösenord", ACCOUNT, [
        "Tvåstegsinloggningen fungerar inte",
        "Jag har bytt telefon och får inga koder längre. Kommer inte in i e-posten hemifrån.",
    ], &["Registrerade den nya telefonen för tvåstegsinloggning.", "Tog bort den gamla metoden och lade till en ny tillsammans med användaren."]).often(24).beyond(IDENTITY, 200),
    Template::incident("Behörighet", ACCOUNT, [
        "Saknar behörighet till mappen {mapp}",
        "Jag behöver komma åt mappen {mapp} för mitt arbete på {enhet}. Min chef har godkänt det.",
    ], &["Lade till användaren i behörighetsgruppen efter chefens godkännande.", "Behörigheten fanns, men krävde ny inloggning."]).often(26).beyond(IDENTITY, 500),
    Template::incident("Behörighet", ACCOUNT, [
        "Kollega kommer åt fel mapp",
        "En ny kollega på {enhet} ser innehåll i {mapp} som bara ledningen ska se. Kan ni kontrollera?",
    ], &["Behörigheten ärvdes från en överordnad mapp. Arvet brutet och listan genomgången med ägaren."]).often(3).beyond(IDENTITY, 900).ranked(2, 2),
    Template::request("Behörighet", ACCOUNT, [
        "Behörighet i {system} för vikarie",
        "Vi har en vikarie på {enhet} som behöver läsbehörighet i {system} till och med månadens slut.",
    ], &["Tidsbegränsad behörighet upplagd.", "Behörigheten beställd hos systemförvaltaren och bekräftad."]).often(22).beyond(IDENTITY, 500).in_system(),
    Template::request("Nytt konto", ACCOUNT, [
        "Konto för nyanställd på {enhet}",
        "Vi får en ny medarbetare på {enhet} och behöver konto, e-post och behörighet till {mapp}.",
    ], &["Kontot skapat från personalsystemet. Uppgifterna lämnade till chefen.", "Kontot fanns sedan tidigare anställning och är aktiverat."]).often(24).beyond(IDENTITY, 450),
    Template::request("Nytt konto", ACCOUNT, [
        "Konto för inhyrd konsult",
        "En konsult arbetar hos oss på {enhet} i {antal} veckor och behöver ett konto utan e-post.",
    ], &["Externt konto skapat med slutdatum."]).often(8).beyond(IDENTITY, 600),
    Template::request("Nytt konto", ACCOUNT, [
        "Avsluta konto",
        "En medarbetare på {enhet} har slutat. Kontot ska stängas och e-posten vidarebefordras till chefen i en månad.",
    ], &["Kontot stängt och vidarebefordran inlagd med slutdatum."]).often(12),
    Template::incident("E-post", "E-post", [
        "E-posten startar inte",
        "E-postprogrammet på {pc} stannar på startbilden sedan {tid}. Jag har startat om datorn.",
    ], &["Ny e-postprofil skapad. Programmet startar.", "Ett tillägg hindrade starten. Tillägget borttaget.", "Programmet reparerat och uppdaterat."]).often(30).beyond(INFRASTRUCTURE, 250),
    Template::incident("E-post", "E-post", [
        "Får inga e-brev utifrån",
        "Flera på {enhet} säger att de har väntat på svar från företag sedan {tid}, men inget kommer fram.",
    ], &["Avsändaren hade felaktig SPF-post. Kontakt tagen med deras leverantör.", "E-breven låg i karantän och är frisläppta."]).often(8).beyond(INFRASTRUCTURE, 650).ranked(2, 2),
    Template::incident("E-post", "E-post", [
        "Inkorgen är full",
        "Jag kan inte skicka e-post, det står att inkorgen är full.",
    ], &["Visade hur man arkiverar. Utrymmet räcker igen.", "Utrymmet utökat enligt beslut."]).often(14),
    Template::request("E-post", "E-post", [
        "Funktionsbrevlåda för {enhet}",
        "Vi önskar en gemensam brevlåda för {enhet} som {antal} personer kan läsa och svara från.",
    ], &["Brevlådan skapad och behörig grupp tillagd.", "Brevlådan skapad. Guide om att svara från den skickad."]).often(9).beyond(IDENTITY, 450),
    Template::incident("E-post", "E-post", [
        "Kalendern delas inte med kollegorna",
        "Mina kollegor på {enhet} ser bara upptagen i min kalender. De ska kunna se vad mötena gäller.",
    ], &["Delningen ändrad till att visa detaljer.", "Visade hur man själv ändrar delningen."]).often(12),
    Template::incident("Säkerhet", "Informationssäkerhet", [
        "Misstänkt nätfiske",
        "Jag fick {tid} ett e-brev som ber mig logga in för att hämta ett dokument. Jag har inte klickat.",
    ], &["Avsändaren spärrad. Ingen har lämnat uppgifter.", "E-brevet borttaget ur alla inkorgar och länken spärrad."]).often(16).beyond(INFRASTRUCTURE, 200).ranked(3, 1),
    Template::incident("Säkerhet", "Informationssäkerhet", [
        "Klickade på en länk i ett falskt e-brev",
        "Jag klickade på en länk och skrev mitt lösenord innan jag förstod att det var falskt.",
    ], &["Lösenord och sessioner återställda, inga främmande inloggningar funna. Datorn genomsökt."]).often(3).beyond(INFRASTRUCTURE, 800).ranked(2, 1),
];
