//! Orders of equipment and help.

use super::super::catalogue::{HARDWARE_SUPPLIER, WORKPLACE};
use super::Template;

const EQUIPMENT: &str = "Beställning av utrustning";

pub(super) const TEMPLATES: &[Template] = &[
    Template::request("Dator", EQUIPMENT, [
        "Ny dator till {enhet}",
        "Vi beställer en bärbar dator till en ny medarbetare på {enhet}. Önskad leverans inom två veckor.",
    ], &["Datorn installerad och utlämnad.", "Datorn levererad. Den gamla återtagen."]).often(14).beyond(WORKPLACE, 850),
    Template::request("Tillbehör", EQUIPMENT, [
        "Ny bildskärm till {rum}",
        "Vi önskar {antal} bildskärmar till {rum} på {enhet}.",
    ], &["Bildskärmarna levererade.", "Bildskärmar från lager utlämnade."]).often(10).beyond(HARDWARE_SUPPLIER, 550),
    Template::request("Tillbehör", EQUIPMENT, [
        "Laddare till bärbar dator",
        "Min laddare till {pc} har gått sönder. Kan jag få en ny?",
    ], &["Laddare utlämnad i servicedesken.", "Laddare skickad med internposten."]).often(18),
    Template::request("Mobil och platta", EQUIPMENT, [
        "Mobiltelefon till {enhet}",
        "Vi behöver en mobiltelefon med abonnemang till hemtjänsten på {enhet}.",
    ], &["Telefonen levererad med abonnemang.", "Telefonen registrerad och utlämnad."]).often(9).beyond(WORKPLACE, 750),
    Template::request("Mobil och platta", EQUIPMENT, [
        "Byte av SIM-kort",
        "SIM-kortet i telefonen hittas inte sedan {tid}. Jag behöver ett nytt.",
    ], &["Nytt SIM-kort aktiverat."]).often(9),
    Template::request("Dator", EQUIPMENT, [
        "Flytt av arbetsplatser till {rum}",
        "{enhet} flyttar {antal} arbetsplatser till {rum} nästa vecka och behöver hjälp.",
    ], &["Flytten gjord på avtalad tid."]).often(6).beyond(WORKPLACE, 900),
    Template::request("Möte och video", "Möte och video", [
        "Hjälp vid digitalt möte",
        "Nämnden sammanträder med {antal} deltagare på distans och vi önskar stöd vid starten.",
    ], &["Stöd givet vid mötets start."]).often(6).beyond(WORKPLACE, 300),
    Template::request("Säkerhet", "Informationssäkerhet", [
        "Stulen dator",
        "En dator, {pc}, har stulits från {enhet}. Polisanmälan är gjord.",
    ], &["Datorn fjärrspärrad och kontots sessioner avslutade. Ny dator beställd."]).often(2).beyond(WORKPLACE, 700).ranked(3, 1),
];
