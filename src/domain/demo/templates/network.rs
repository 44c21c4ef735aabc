//! Networks, remote access, storage, servers, telephony and meetings.

use super::super::catalogue::{INFRASTRUCTURE, PLATFORM, WORKPLACE};
use super::Template;

pub(super) const TEMPLATES: &[Template] = &[
    Template::incident(
        "Nätverk",
        "Nätverk",
        [
            "Inget nät på {enhet}",
            "Ingen på {enhet} kommer ut på internet sedan {tid}. Telefonerna fungerar inte heller.",
        ],
        &[
            "Switchen i korskopplingen hade tappat strömmen. Åter i drift.",
            "Fiberavbrott hos operatören, åtgärdat.",
        ],
    )
    .often(5)
    .beyond(INFRASTRUCTURE, 850)
    .ranked(1, 1),
    Template::incident(
        "Nätverk",
        "Nätverk",
        ["Nätuttaget i {rum} är dött", "Vi har flyttat om i {rum} och uttaget vid fönstret ger inget nät."],
        &["Uttaget kopplat i korskopplingen.", "Kabeln var trasig. Utbytt."],
    )
    .often(11)
    .beyond(INFRASTRUCTURE, 650),
    Template::incident(
        "Trådlöst nät",
        "Nätverk",
        ["Trådlösa nätet faller bort", "I {rum} på {enhet} tappar datorerna nätet flera gånger om dagen."],
        &[
            "Kanalplanen ändrad. Stabilt sedan dess.",
            "Accesspunkten utbytt.",
            "Drivrutinen för trådlöst nät uppdaterad.",
        ],
    )
    .often(16)
    .beyond(INFRASTRUCTURE, 500)
    .ranked(2, 3),
    Template::incident(
        "Trådlöst nät",
        "Nätverk",
        ["Gäst kommer inte ut på gästnätet", "Vi har besökare på {enhet} som inte får upp inloggningssidan."],
        &["Visade hur gästkoden skapas.", "Besökarens dator hade fast adress. Ändrad."],
    )
    .often(12),
    Template::incident(
        "Fjärråtkomst",
        "Säker fjärråtkomst",
        [
            "VPN ansluter inte hemifrån",
            "Jag arbetar hemma och får felmeddelande när jag ansluter med {pc} sedan {tid}.",
        ],
        &[
            "Klienten uppdaterad. Anslutningen fungerar.",
            "Datorns certifikat hade gått ut. Förnyat.",
            "Hemroutern spärrade. Fungerar efter omstart.",
        ],
    )
    .often(26)
    .beyond(INFRASTRUCTURE, 300),
    Template::incident(
        "Fjärråtkomst",
        "Säker fjärråtkomst",
        ["Leverantör når inte servern", "Leverantören till {system} kan inte ansluta för planerad service."],
        &["Kontot för leverantören öppnat för dagen.", "Brandväggsregel rättad."],
    )
    .often(6)
    .beyond(INFRASTRUCTURE, 800)
    .in_system(),
    Template::incident(
        "Lagring",
        "Lagring",
        [
            "Borttagen fil behöver återläsas",
            "Jag råkade ta bort en fil i {mapp} {tid}. Går den att få tillbaka?",
        ],
        &[
            "Filen återläst från nattens säkerhetskopia.",
            "Filen låg i papperskorgen. Visade hur man återställer.",
        ],
    )
    .often(13)
    .beyond(PLATFORM, 250),
    Template::incident(
        "Lagring",
        "Lagring",
        ["{mapp} visas inte", "Mappen {mapp} har försvunnit från {pc}. Kollegorna har den kvar."],
        &[
            "Enhetskopplingen återskapad.",
            "Fungerar efter att datorn varit ansluten till nätet vid inloggning.",
        ],
    )
    .often(18)
    .beyond(WORKPLACE, 60),
    Template::incident(
        "Lagring",
        "Lagring",
        ["Kan inte spara, disken är full", "Det går inte att spara i {mapp}, det står att utrymmet är slut."],
        &["Utrymmet utökat.", "Gamla filer arkiverade med ägarens godkännande."],
    )
    .often(7)
    .beyond(PLATFORM, 650)
    .ranked(2, 2),
    Template::incident(
        "Server och drift",
        "Lagring",
        ["Larm: lite diskutrymme på filserver", "Övervakningen rapporterar mindre än 10 % ledigt utrymme."],
        &["Volymen utökad.", "Gamla loggar borttagna."],
    )
    .often(7)
    .beyond(PLATFORM, 900)
    .ranked(2, 3)
    .alarm(),
    Template::incident(
        "Server och drift",
        "Verksamhetssystem",
        ["Larm: {system} svarar inte", "Övervakningen får inget svar från {system} sedan fem minuter."],
        &[
            "Tjänsten omstartad. Svarar igen.",
            "Databasen hade slut på anslutningar. Gränsen höjd.",
            "Planerat underhåll som saknades i kalendern.",
        ],
    )
    .often(7)
    .beyond(PLATFORM, 750)
    .ranked(1, 2)
    .in_system()
    .alarm(),
    Template::incident(
        "Server och drift",
        "Nätverk",
        [
            "Larm: accesspunkt saknas på {enhet}",
            "Övervakningen har inte haft kontakt med en accesspunkt på {enhet} sedan tio minuter.",
        ],
        &["Accesspunkten omstartad på distans.", "Accesspunkten var utdragen vid städning. Inkopplad."],
    )
    .often(8)
    .beyond(INFRASTRUCTURE, 450)
    .ranked(3, 3)
    .alarm(),
    Template::incident(
        "Telefoni",
        "Telefoni",
        ["Samtal kopplas inte vidare", "När vi kopplar samtal från växeln till {enhet} bryts de."],
        &["Svarsgruppen rättad.", "Fel hos operatören, åtgärdat."],
    )
    .often(9)
    .beyond(INFRASTRUCTURE, 400)
    .ranked(2, 2),
    Template::incident(
        "Telefoni",
        "Telefoni",
        ["Röstbrevlådan fungerar inte", "Jag kommer inte åt mina meddelanden i röstbrevlådan sedan {tid}."],
        &["Koden återställd."],
    )
    .often(9),
    Template::request(
        "Telefoni",
        "Telefoni",
        [
            "Ändra hänvisning för {enhet}",
            "Vi stänger för utbildning och vill att samtal till {enhet} går till växeln.",
        ],
        &["Hänvisningen inlagd enligt önskemål."],
    )
    .often(8),
    Template::incident(
        "Möte och video",
        "Möte och video",
        ["Inget ljud i mötesrummet", "I {rum} hör vi inte deltagarna på distans. Mötet börjar snart."],
        &["Rätt högtalare vald i systemet.", "Rumsenheten omstartad."],
    )
    .often(16)
    .beyond(WORKPLACE, 300)
    .ranked(3, 1),
    Template::incident(
        "Möte och video",
        "Möte och video",
        ["Kameran i {rum} är svart", "Kameran i mötesrummet {rum} visar ingen bild sedan {tid}."],
        &["Kamerans lucka var stängd.", "Kabeln utbytt."],
    )
    .often(9)
    .beyond(WORKPLACE, 450),
    Template::incident(
        "Möte och video",
        "Möte och video",
        ["Kan inte dela skärm", "Delningen är grå när jag håller möten från {pc}."],
        &["Mötets inställningar ändrade.", "Programmet uppdaterat."],
    )
    .often(13),
];
