//! What the desk has decided besides what the product is delivered with: which systems society depends on,
//! where some tickets go, and what a group and a supplier have promised.

use super::catalogue;
use super::plan::{DemoListed, DemoOwnAgreement, DemoPlan, DemoRule};
use crate::domain::routing::PriorityClass;
use crate::domain::sla::agreement::AgreementKind;
use crate::domain::ticket::{Channel, TicketKind};

/// (system, class), the first to be restored first.
const LIST: [(&str, PriorityClass); 8] = [
    ("Trygghetslarmet", PriorityClass::A),
    ("Omsorgsjournalen", PriorityClass::A),
    ("Vatten och avlopp", PriorityClass::A),
    ("Nyckelfria lås", PriorityClass::B),
    ("Hemtjänstplaneraren", PriorityClass::B),
    ("Lönesystemet", PriorityClass::B),
    ("Elevregistret", PriorityClass::C),
    ("E-tjänsteplattformen", PriorityClass::C),
];

impl DemoPlan {
    /// The priority list; systems that the plan doesn't have are left out.
    #[must_use]
    pub fn priority_list(&self) -> Vec<DemoListed> {
        let place = |name: &str| self.systems.iter().position(|system| system.name == name);
        LIST.iter()
            .filter_map(|(name, class)| Some(DemoListed { system: place(name)?, class: *class }))
            .collect()
    }

    /// The routing rules, in order.
    #[must_use]
    pub fn rules(&self) -> Vec<DemoRule> {
        vec![
            DemoRule {
                name: "Larm från övervakningen",
                kind: TicketKind::Incident,
                channel: Some(Channel::Alarm),
                service: None,
                group: self.group_of(catalogue::INFRASTRUCTURE),
                priority: Some(2),
            },
            DemoRule {
                name: "Nya konton och behörigheter",
                kind: TicketKind::Request,
                channel: None,
                service: self.services.iter().position(|service| service.name == "Konto och behörighet"),
                group: self.group_of(catalogue::IDENTITY),
                priority: None,
            },
        ]
    }

    /// What a group and a supplier have promised.
    #[must_use]
    pub fn own_agreements(&self) -> Vec<DemoOwnAgreement> {
        vec![
            DemoOwnAgreement {
                code: "ola-it-arbetsplats",
                name: "IT arbetsplats, tid i gruppen",
                kind: AgreementKind::Ola,
                group: self.group_of(catalogue::WORKPLACE),
                working_days: 3,
            },
            DemoOwnAgreement {
                code: "uc-skrivarleverantoren",
                name: "Skrivarleverantören, service på plats",
                kind: AgreementKind::Underpinning,
                group: self.group_of(catalogue::PRINTER_SUPPLIER),
                working_days: 2,
            },
        ]
    }

    /// The place of a group; the first one, which has everything, when there is none of that code.
    fn group_of(&self, code: &str) -> usize {
        self.groups.iter().position(|group| group.code == code).unwrap_or_default()
    }
}
