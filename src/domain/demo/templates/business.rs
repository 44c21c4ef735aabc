//! Business systems.

use super::super::catalogue::{BUSINESS_SYSTEMS, SYSTEM_SUPPLIER};
use super::Template;

const SYSTEM: &str = "Verksamhetssystem";

pub(super) const TEMPLATES: &[Template] = &[
    Template::incident(
        SYSTEM,
        SYSTEM,
        [
            "Kommer inte in i {system}",
            "Jag får felmeddelande när jag loggar in i {system} sedan {tid}. Det fungerade i förra veckan.",
        ],
        &[
            "Kontot i systemet hade spärrats. Öppnat.",
            "Webbläsarens lagrade uppgifter rensade.",
            "Rollen i systemet rättad.",
        ],
    )
    .often(34)
    .beyond(BUSINESS_SYSTEMS, 500)
    .in_system(),
    Template::incident(
        SYSTEM,
        SYSTEM,
        [
            "{system} är långsamt",
            "{system} tar minuter på sig att visa sidor sedan {tid}. Alla på {enhet} märker det.",
        ],
        &[
            "Index i databasen byggt om. Svarstiderna normala.",
            "En körning som låg fel i tid flyttad till natten.",
        ],
    )
    .often(14)
    .beyond(BUSINESS_SYSTEMS, 800)
    .in_system()
    .ranked(2, 2),
    Template::incident(
        SYSTEM,
        SYSTEM,
        ["{system} visar fel uppgifter", "Efter uppgraderingen visar {system} gamla uppgifter för {enhet}."],
        &["Integrationen körd om. Uppgifterna stämmer.", "Rättning levererad av systemleverantören."],
    )
    .often(8)
    .beyond(SYSTEM_SUPPLIER, 650)
    .in_system()
    .ranked(2, 2),
    Template::incident(
        SYSTEM,
        SYSTEM,
        ["Utskrift ur {system} blir tom", "När jag skriver ut ur {system} kommer tomma sidor."],
        &["Visningsprogrammet för PDF uppdaterat.", "Mallen i systemet rättad."],
    )
    .often(11)
    .beyond(BUSINESS_SYSTEMS, 400)
    .in_system(),
    Template::incident(
        SYSTEM,
        SYSTEM,
        [
            "Fil från {system} läses inte in",
            "Nattens fil från {system} har inte kommit in i ekonomisystemet.",
        ],
        &[
            "Filen omkörd. Certifikatet för överföringen förnyat.",
            "Filens namn hade ändrats av leverantören. Rättat.",
        ],
    )
    .often(7)
    .beyond(BUSINESS_SYSTEMS, 850)
    .in_system()
    .ranked(2, 2),
    Template::incident(
        SYSTEM,
        SYSTEM,
        [
            "Kan inte signera i {system}",
            "Signeringen i {system} ger fel sedan {tid}. Vi kan inte dokumentera insatser på {enhet}.",
        ],
        &["E-legitimationen förnyad.", "Leverantören har rättat felet i signeringstjänsten."],
    )
    .often(12)
    .beyond(BUSINESS_SYSTEMS, 600)
    .in_system()
    .ranked(2, 1),
    Template::incident(
        SYSTEM,
        SYSTEM,
        ["Knapp saknas i {system}", "Jag ser inte knappen för att godkänna i {system}. Kollegan har den."],
        &["Rollen kompletterad.", "Webbläsarens zoom dolde knappen."],
    )
    .often(13)
    .beyond(BUSINESS_SYSTEMS, 500)
    .in_system(),
    Template::incident(
        SYSTEM,
        SYSTEM,
        [
            "Felmeddelande vid sökning i {system}",
            "Sökning på mer än {antal} poster i {system} ger felmeddelande.",
        ],
        &["Känt fel. Rättas i nästa version, går att kringgå med avgränsning.", "Rättning installerad."],
    )
    .often(7)
    .beyond(SYSTEM_SUPPLIER, 600)
    .in_system(),
    Template::request(
        SYSTEM,
        SYSTEM,
        [
            "Ny rapport ur {system}",
            "Vi på {enhet} behöver en månadsrapport ur {system} över {antal} verksamheter.",
        ],
        &["Rapporten upplagd och visad för beställaren."],
    )
    .often(5)
    .beyond(BUSINESS_SYSTEMS, 950)
    .in_system(),
    Template::request(
        SYSTEM,
        SYSTEM,
        ["Ändra organisation i {system}", "Vår enhet har bytt namn till {enhet}. Kan det ändras i {system}?"],
        &["Namnet ändrat.", "Organisationen uppdaterad i samråd med systemförvaltaren."],
    )
    .often(6)
    .beyond(BUSINESS_SYSTEMS, 800)
    .in_system(),
];
