//! What people write while a ticket is handled.

use super::catalogue::{
    BUSINESS_SYSTEMS, HARDWARE_SUPPLIER, IDENTITY, INFRASTRUCTURE, PLATFORM, PRINTER_SUPPLIER,
    SYSTEM_SUPPLIER, WORKPLACE,
};

/// Why the first line hands a ticket to this group.
pub(super) fn escalation_reasons(group: &str) -> &'static [&'static str] {
    match group {
        WORKPLACE => &[
            "Behöver åtgärdas på plats eller i verkstaden.",
            "Omstart, uppdatering och ny profil har inte hjälpt. Behöver felsökas vidare.",
            "Kräver att datorn installeras om.",
        ],
        INFRASTRUCTURE => &[
            "Felet ligger i nätet, inte i datorn. Provat med annan dator och kabel.",
            "Kräver behörighet i nätutrustningen.",
            "Flera användare är drabbade på samma plats.",
        ],
        BUSINESS_SYSTEMS => &[
            "Kräver administratörsrättighet i systemet.",
            "Inloggning och dator är kontrollerade, felet ligger i systemet.",
            "Behöver bedömas tillsammans med systemförvaltaren.",
        ],
        PLATFORM => &[
            "Kräver åtkomst till servern.",
            "Återläsning görs av driftgruppen.",
            "Utrymmet behöver bedömas av driftgruppen.",
        ],
        IDENTITY => &[
            "Behörigheten kräver beslut av ägaren.",
            "Kontot måste rättas i katalogen.",
            "Tvåstegsinloggningen måste återställas centralt.",
        ],
        PRINTER_SUPPLIER => &["Mekaniskt fel, omfattas av serviceavtalet.", "Tekniker behövs på plats."],
        HARDWARE_SUPPLIER => {
            &["Garantiärende. Serienummer och bilder bifogade.", "Beställning enligt avtal."]
        }
        SYSTEM_SUPPLIER => &[
            "Fel i leverantörens produkt. Steg för att återskapa felet bifogade.",
            "Kräver rättning av leverantören.",
        ],
        _ => &["Kräver specialistkunskap."],
    }
}

pub(super) const RETURN_REASONS: [&str; 3] = [
    "Felet finns inte längre. Återlämnas för kontroll med användaren.",
    "Åtgärdat i bakgrunden. Servicedesk bekräftar med användaren.",
    "Saknar uppgift om vilken dator det gäller.",
];

pub(super) const REOPEN_REASONS: [&str; 5] = [
    "Felet är tillbaka.",
    "Det fungerade en stund, men nu är det samma sak igen.",
    "Det gäller fortfarande min kollegas dator.",
    "Jag får ett nytt felmeddelande i stället.",
    "Beställningen är inte komplett.",
];

pub(super) const CANCEL_REASONS: [&str; 4] = [
    "Det löste sig av sig självt.",
    "Anmält två gånger.",
    "Behovet finns inte längre.",
    "Jag hittade svaret i en guide.",
];

pub(super) const FIRST_ANSWERS: [&str; 5] = [
    "Hej! Vi har tagit emot ditt ärende och tittar på det nu.",
    "Hej! Kan du starta om datorn och prova igen? Vi ser inget fel hos oss.",
    "Hej! Tack för en bra beskrivning. Vi återkommer när vi har felsökt.",
    "Hej! Vi ringer upp dig inom en timme.",
    "Hej! Vi ser felet och arbetar med det.",
];

pub(super) const QUESTIONS: [&str; 5] = [
    "Hej! Vilket nummer står på etiketten under datorn?",
    "Hej! Kan du skicka en bild på felmeddelandet?",
    "Hej! Gäller det även när du är på en annan plats?",
    "Hej! Är det någon mer än du som har samma fel?",
    "Hej! När passar det att vi tar över skärmen?",
];

pub(super) const ANSWERS: [&str; 5] = [
    "Jag har startat om, men det är samma fel.",
    "Det står PC och fyra siffror, jag skickar en bild i eftermiddag. Det gäller bara mig.",
    "Ja, två kollegor till har samma sak.",
    "Det går bra nu direkt eller efter klockan 13.",
    "Det händer även hemma.",
];

pub(super) const NOTES: [&str; 6] = [
    "Fjärrstyrde datorn. Händelseloggen visar fel från drivrutinen.",
    "Samma fel som i förra veckan på samma våning. Bör kopplas ihop om det kommer fler.",
    "Ringde två gånger utan svar.",
    "Leverantören har fått loggar.",
    "Kontrollerat behörigheten, den är rätt.",
    "Lånedator utlämnad så länge.",
];

/// Sentences that some add at the end of a fault report.
pub(super) const FAULT_ENDINGS: [&str; 6] = [
    "Jag har startat om utan resultat.",
    "Jag nås på telefon hela dagen.",
    "Det är bråttom, vi har besökare som väntar.",
    "Flera kollegor har samma problem.",
    "Ring gärna efter klockan 13.",
    "Tack på förhand!",
];

/// The same for an order.
pub(super) const ORDER_ENDINGS: [&str; 4] = [
    "Tack på förhand!",
    "Det är inte bråttom.",
    "Hör av er om något är oklart.",
    "Vi behöver det senast nästa vecka.",
];

pub(super) const TIMES: [&str; 4] = ["i morse", "i går", "i går eftermiddag", "i förmiddags"];

pub(super) const PROGRAMS: [&str; 6] = [
    "PDF-redigeraren",
    "ritprogrammet",
    "bildredigeraren",
    "talsyntesen",
    "statistikprogrammet",
    "projektverktyget",
];

pub(super) const FOLDERS: [&str; 6] =
    ["G:\\Gemensam", "G:\\Ekonomi", "G:\\Ledning", "G:\\Projekt", "H:\\Dokument", "G:\\Arkiv"];
