//! Computers, accessories, printers, office programs and software.

use super::super::catalogue::{HARDWARE_SUPPLIER, INFRASTRUCTURE, PRINTER_SUPPLIER, WORKPLACE};
use super::Template;

const WORKSTATION: &str = "Digital arbetsplats";

pub(super) const TEMPLATES: &[Template] = &[
    Template::incident(
        "Dator",
        WORKSTATION,
        [
            "Datorn är mycket långsam",
            "{pc} tar över tio minuter att starta sedan {tid}. Även program hänger sig.",
        ],
        &[
            "Väntande uppdateringar installerade och datorn omstartad.",
            "Disken var nästan full. Rensad.",
            "Datorn ominstallerad.",
        ],
    )
    .often(28)
    .beyond(WORKPLACE, 450),
    Template::incident(
        "Dator",
        WORKSTATION,
        [
            "Datorn startar inte",
            "Det händer ingenting när jag trycker på startknappen på {pc}. Laddaren lyser.",
        ],
        &[
            "Återställde strömmen med lång knapptryckning. Datorn startar.",
            "Moderkortet trasigt. Lånedator lämnad och garantibyte beställt.",
        ],
    )
    .often(16)
    .beyond(WORKPLACE, 600),
    Template::incident(
        "Dator",
        WORKSTATION,
        [
            "Blå skärm efter uppdatering",
            "Sedan uppdateringen {tid} får jag blå skärm flera gånger om dagen på {pc}.",
        ],
        &[
            "Drivrutinen för grafik återställd.",
            "Uppdateringen avinstallerad och spärrad tills leverantören rättat den.",
        ],
    )
    .often(9)
    .beyond(WORKPLACE, 700),
    Template::incident(
        "Dator",
        WORKSTATION,
        ["Sprucken skärm på bärbar dator", "Jag tappade {pc} och skärmen är sprucken. Går det att laga?"],
        &["Skärmen bytt av leverantören. Kostnaden faktureras enheten."],
    )
    .often(6)
    .beyond(HARDWARE_SUPPLIER, 850),
    Template::incident(
        "Dator",
        WORKSTATION,
        ["Batteriet räcker inte en timme", "Batteriet i {pc} tar slut under möten. Datorn är tre år."],
        &["Batteriet bytt på garanti.", "Energiinställningarna ändrade. Räcker nu en arbetsdag."],
    )
    .often(8)
    .beyond(HARDWARE_SUPPLIER, 550),
    Template::incident(
        "Tillbehör",
        WORKSTATION,
        ["Extern bildskärm hittas inte", "Bildskärmarna i {rum} är svarta när jag dockar {pc}."],
        &[
            "Dockningens programvara uppdaterad.",
            "Kabeln satt löst.",
            "Visade hur man väljer visning på flera skärmar.",
        ],
    )
    .often(24)
    .beyond(WORKPLACE, 300),
    Template::incident(
        "Tillbehör",
        WORKSTATION,
        ["Tangentbordet skriver fel tecken", "Jag får inte fram å, ä och ö på {pc} sedan {tid}."],
        &["Språket för tangentbordet var ändrat till engelska. Återställt."],
    )
    .often(14),
    Template::incident(
        "Tillbehör",
        WORKSTATION,
        ["Hörlurarna syns inte i datorn", "Mina trådlösa hörlurar kopplas inte till {pc} längre."],
        &["Parkopplade på nytt.", "Uppdaterade hörlurarnas programvara."],
    )
    .often(14)
    .beyond(WORKPLACE, 80),
    Template::incident(
        "Skrivare",
        "Utskrift",
        [
            "Skrivaren {skrivare} skriver inte ut",
            "Utskrifterna till {skrivare} på {enhet} blir liggande i kön sedan {tid}. Flera har samma fel.",
        ],
        &["Köns tjänst omstartad. Utskrifterna kom ut.", "Skrivaren hade tappat nätet. Omstartad på plats."],
    )
    .often(26)
    .beyond(WORKPLACE, 400)
    .ranked(2, 3),
    Template::incident(
        "Skrivare",
        "Utskrift",
        ["Papperstrassel i {skrivare}", "{skrivare} visar papperstrassel, men vi hittar inget papper."],
        &[
            "Tekniker från leverantören har bytt matarrullar.",
            "Pappersbit borttagen bakom luckan enligt guide.",
        ],
    )
    .often(14)
    .beyond(PRINTER_SUPPLIER, 600),
    Template::incident(
        "Skrivare",
        "Utskrift",
        ["Ränder på utskrifterna", "Alla utskrifter från {skrivare} i {rum} har svarta ränder."],
        &["Leverantören har bytt trumma.", "Rengöring körd. Utskrifterna är rena."],
    )
    .often(9)
    .beyond(PRINTER_SUPPLIER, 700),
    Template::incident(
        "Skrivare",
        "Utskrift",
        [
            "Passerkortet fungerar inte i skrivaren",
            "Jag har fått nytt kort och kan inte hämta utskrifter på {skrivare}.",
        ],
        &["Det nya kortet kopplat till kontot."],
    )
    .often(15),
    Template::incident(
        "Skrivare",
        "Utskrift",
        [
            "Kan inte skanna till e-post",
            "Skanningen på {skrivare} säger att den skickas, men inget kommer fram.",
        ],
        &["Adressen i skrivaren rättad.", "Filen var för stor. Upplösningen sänkt."],
    )
    .often(11)
    .beyond(INFRASTRUCTURE, 200),
    Template::incident(
        "Kontorsprogram",
        "Kontorsprogram",
        ["Kalkylbladet hänger sig", "När jag öppnar filen i {mapp} fryser kalkylprogrammet på {pc}."],
        &["Filen hade trasiga länkar. Rensad.", "Programmet reparerat."],
    )
    .often(14)
    .beyond(WORKPLACE, 120),
    Template::incident(
        "Kontorsprogram",
        "Kontorsprogram",
        [
            "Dokumentet öppnas skrivskyddat",
            "Jag kan inte spara dokumentet i {mapp}, det står att någon annan har det öppet.",
        ],
        &[
            "Låset togs bort. En avbruten session hade dokumentet öppet.",
            "Kollegan hade dokumentet öppet på en annan dator.",
        ],
    )
    .often(15),
    Template::incident(
        "Kontorsprogram",
        "Kontorsprogram",
        ["Mallarna saknas", "Kommunens mallar syns inte längre i ordbehandlaren på {pc}."],
        &["Sökvägen till mallarna rättad."],
    )
    .often(9),
    Template::request(
        "Programinstallation",
        "Programdistribution",
        [
            "Installation av {program}",
            "Jag behöver {program} på {pc} för mitt arbete på {enhet}. Chefen har godkänt.",
        ],
        &["Programmet utdelat och installerat.", "Visade hur man installerar från programkatalogen."],
    )
    .often(26)
    .beyond(WORKPLACE, 400),
    Template::incident(
        "Programinstallation",
        "Programdistribution",
        [
            "{program} går inte att installera",
            "Installationen av {program} från programkatalogen stannar på 40 % på {pc}.",
        ],
        &["Klienten för programdistribution omstartad.", "Paketet rättat och utdelat på nytt."],
    )
    .often(12)
    .beyond(WORKPLACE, 450),
    Template::incident(
        "Mobil och platta",
        WORKSTATION,
        ["Plattan får inga program", "Den nya plattan på {enhet} visar inte programmen som vi använder."],
        &["Plattan lagd i rätt grupp. Programmen kommer.", "Plattan återställd och registrerad på nytt."],
    )
    .often(11)
    .beyond(WORKPLACE, 450),
    Template::incident(
        "Elevdator",
        "Elevdator",
        [
            "Elevdator kommer inte ut på nätet",
            "En elev på {enhet} har en dator som inte ansluter till skolans nät. Andra elever är anslutna.",
        ],
        &["Certifikatet förnyat.", "Datorn registrerad på nytt."],
    )
    .often(14)
    .beyond(WORKPLACE, 350),
    Template::incident(
        "Elevdator",
        "Elevdator",
        [
            "Elev kan inte logga in",
            "En elev i {rum} på {enhet} har glömt lösenordet och läraren kan inte byta det.",
        ],
        &["Nytt lösenord satt och lämnat till läraren.", "Visade läraren hur lösenord byts för klassen."],
    )
    .often(22),
];
