//! Groups, services, systems and categories.

use super::plan::{DemoGroup, DemoNamed, DemoService};
use crate::domain::text::Code;
use crate::domain::ticket::Line;

/// The group that takes in and owns everything.
pub(super) const SERVICEDESK: &str = "servicedesk";
pub(super) const WORKPLACE: &str = "it-arbetsplats";
pub(super) const INFRASTRUCTURE: &str = "it-infrastruktur";
pub(super) const BUSINESS_SYSTEMS: &str = "verksamhetssystem";
pub(super) const PLATFORM: &str = "servrar-och-lagring";
pub(super) const IDENTITY: &str = "identitet-och-behorighet";
pub(super) const PRINTER_SUPPLIER: &str = "skrivarleverantoren";
pub(super) const HARDWARE_SUPPLIER: &str = "hardvaruleverantoren";
pub(super) const SYSTEM_SUPPLIER: &str = "systemleverantoren";

const GROUPS: [(&str, &str, Line); 9] = [
    (SERVICEDESK, "Servicedesk", Line::First),
    (WORKPLACE, "IT arbetsplats", Line::Second),
    (INFRASTRUCTURE, "IT infrastruktur", Line::Second),
    (BUSINESS_SYSTEMS, "Verksamhetssystem", Line::Third),
    (PLATFORM, "Servrar och lagring", Line::Third),
    (IDENTITY, "Identitet och behörighet", Line::Third),
    (PRINTER_SUPPLIER, "Skrivarleverantören", Line::External),
    (HARDWARE_SUPPLIER, "Hårdvaruleverantören", Line::External),
    (SYSTEM_SUPPLIER, "Systemleverantören", Line::External),
];

/// (name, whether it is a base function)
const SERVICES: [(&str, bool); 15] = [
    ("Digital arbetsplats", true),
    ("Lagring", true),
    ("Utskrift", true),
    ("Nätverk", true),
    ("E-post", true),
    ("Kontorsprogram", true),
    ("Säker fjärråtkomst", true),
    ("Programdistribution", true),
    ("Konto och behörighet", false),
    ("Telefoni", false),
    ("Möte och video", false),
    ("Elevdator", false),
    ("Verksamhetssystem", false),
    ("Informationssäkerhet", false),
    ("Beställning av utrustning", false),
];

const CATEGORIES: [&str; 20] = [
    "Lösenord",
    "Behörighet",
    "Nytt konto",
    "E-post",
    "Skrivare",
    "Dator",
    "Tillbehör",
    "Nätverk",
    "Trådlöst nät",
    "Fjärråtkomst",
    "Lagring",
    "Kontorsprogram",
    "Programinstallation",
    "Telefoni",
    "Mobil och platta",
    "Elevdator",
    "Verksamhetssystem",
    "Möte och video",
    "Server och drift",
    "Säkerhet",
];

const SYSTEMS: [&str; 40] = [
    "Omsorgsjournalen",
    "Hemtjänstplaneraren",
    "Nyckelfria lås",
    "Trygghetslarmet",
    "Avvikelseregistret",
    "Schemaverktyget",
    "Lönesystemet",
    "Ekonomisystemet",
    "E-handeln",
    "Fakturaportalen",
    "Beslutsstödet",
    "Ärende- och dokumentsystemet",
    "E-arkivet",
    "Diariet",
    "Elevregistret",
    "Lärplattformen",
    "Skolschemat",
    "Förskolekön",
    "Frånvaroanmälan",
    "Provverktyget",
    "Skolbiblioteket",
    "Bibliotekssystemet",
    "Bokningssystemet",
    "Föreningsbidrag",
    "Passersystemet",
    "Kassasystemet",
    "Bygglovssystemet",
    "Kartportalen",
    "Fastighetssystemet",
    "Felanmälan fastighet",
    "Energiuppföljningen",
    "Miljöregistret",
    "Vatten och avlopp",
    "Mätvärdesinsamlingen",
    "Hyresadministrationen",
    "Kundtjänstsystemet",
    "E-tjänsteplattformen",
    "Webbplatsen",
    "Intranätet",
    "Rekryteringsverktyget",
];

pub(super) fn groups() -> Vec<DemoGroup> {
    let group = |(code, name, line): (&str, &str, Line)| DemoGroup {
        code: code.to_owned(),
        name: name.to_owned(),
        line,
    };
    GROUPS.into_iter().map(group).collect()
}

pub(super) fn services() -> Vec<DemoService> {
    let service = |(name, is_base_function)| {
        let DemoNamed { code, name } = named(name);
        DemoService { code, name, is_base_function }
    };
    SERVICES.into_iter().map(service).collect()
}

pub(super) fn systems() -> Vec<DemoNamed> {
    SYSTEMS.into_iter().map(named).collect()
}

pub(super) fn categories() -> Vec<DemoNamed> {
    CATEGORIES.into_iter().map(named).collect()
}

/// A name with the code made of it.
pub(super) fn named(name: &str) -> DemoNamed {
    DemoNamed { code: Code::from_name(name).as_str().to_owned(), name: name.to_owned() }
}
