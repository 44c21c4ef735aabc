//! The 400 users: staff in their groups, managers, representatives, the board, and those who file.

use std::collections::HashSet;

use super::catalogue::{BUSINESS_SYSTEMS, IDENTITY, INFRASTRUCTURE, PLATFORM, SERVICEDESK, WORKPLACE};
use super::places::{HOST, IT_DEPARTMENT, mail_domain};
use super::plan::{DemoGroup, DemoLogin, DemoOrganisation, DemoUser};
use super::random::Random;
use crate::domain::access::Role;
use crate::domain::people::OrganisationKind;
use crate::domain::text::Code;

/// All users, staff, board and the monitoring program included.
pub(super) const USERS: usize = 400;

/// Staff by group; the first of each leads it. They are the first users of the plan.
const STAFF: [(&str, usize); 6] = [
    (SERVICEDESK, 8),
    (WORKPLACE, 5),
    (INFRASTRUCTURE, 4),
    (BUSINESS_SYSTEMS, 4),
    (PLATFORM, 2),
    (IDENTITY, 2),
];

const FIRST_NAMES: [&str; 56] = [
    "Anna", "Lars", "Maria", "Mikael", "Karin", "Anders", "Sara", "Johan", "Emma", "Erik", "Lena", "Per",
    "Elin", "Karl", "Hanna", "Fredrik", "Åsa", "Björn", "Malin", "Stefan", "Ida", "Omar", "Fatima", "Amir",
    "Leila", "Nils", "Greta", "Oskar", "Alva", "Hugo", "Ebba", "Axel", "Signe", "Viktor", "Moa", "Linus",
    "Tove", "Daniel", "Jenny", "Peter", "Camilla", "Henrik", "Ulrika", "Jonas", "Sofia", "Magnus",
    "Kristina", "Mattias", "Ingrid", "Tomas", "Birgitta", "Rolf", "Yasmin", "Ali", "Mirjam", "Sven",
];

const LAST_NAMES: [&str; 60] = [
    "Lind",
    "Nyman",
    "Ek",
    "Berg",
    "Sundin",
    "Åkerlund",
    "Wallin",
    "Hedman",
    "Sjögren",
    "Bäckström",
    "Öberg",
    "Norén",
    "Forslund",
    "Hallin",
    "Dahlgren",
    "Lundmark",
    "Eklöf",
    "Granath",
    "Holmqvist",
    "Wikström",
    "Strand",
    "Ahlgren",
    "Nordin",
    "Hägg",
    "Blomberg",
    "Rosén",
    "Melin",
    "Engman",
    "Sandell",
    "Viklund",
    "Björk",
    "Lövgren",
    "Moberg",
    "Näslund",
    "Palm",
    "Risberg",
    "Stenmark",
    "Törnqvist",
    "Ulander",
    "Vestin",
    "Aronsson",
    "Brolin",
    "Cedergren",
    "Edlund",
    "Fransén",
    "Grip",
    "Hjelm",
    "Isaksson",
    "Jansson",
    "Kling",
    "Ljung",
    "Mårtensson",
    "Hassan",
    "Rahimi",
    "Kovac",
    "Haddad",
    "Abdi",
    "Demir",
    "Petrov",
    "Novak",
];

/// The users and the examples of each role.
pub(super) fn people(
    organisations: &[DemoOrganisation],
    groups: &[DemoGroup],
    random: &mut Random,
) -> (Vec<DemoUser>, Vec<DemoLogin>) {
    let mut roll = Roll { organisations, users: Vec::new(), logins: Vec::new(), taken: HashSet::new() };
    let host = organisations.iter().position(|organisation| organisation.name == HOST).unwrap_or(0);
    let it = organisations.iter().position(|organisation| organisation.name == IT_DEPARTMENT).unwrap_or(host);
    roll.staff(groups, it, random);
    let administrator = roll.person(it, random);
    roll.grant(administrator, Role::Administrator, None);
    let secretary = roll.person(host, random);
    roll.grant(secretary, Role::Board, None);
    roll.program(it);
    roll.customers(random);
    roll.requesters(random);
    (roll.users, roll.logins)
}

struct Roll<'o> {
    organisations: &'o [DemoOrganisation],
    users: Vec<DemoUser>,
    logins: Vec<DemoLogin>,
    taken: HashSet<String>,
}

impl Roll<'_> {
    fn staff(&mut self, groups: &[DemoGroup], it: usize, random: &mut Random) {
        for (code, size) in STAFF {
            let Some(group) = groups.iter().position(|group| group.code == code) else { continue };
            for place in 0..size {
                let leads = place == 0;
                let user = self.person(it, random);
                let extra = match (code, place) {
                    (WORKPLACE, 0) => Some(Role::ProblemManager),
                    (INFRASTRUCTURE, 0) => Some(Role::ChangeManager),
                    (SERVICEDESK, 0) => Some(Role::MajorIncidentCoordinator),
                    (BUSINESS_SYSTEMS, 1) => Some(Role::CabMember),
                    _ => None,
                };
                if let Some(user) = self.users.get_mut(user) {
                    user.groups.push((group, leads));
                    user.phone = Some(format!("0980-31 92 {:02}", random.below(100)));
                }
                self.grant(user, if leads { Role::GroupLead } else { Role::Agent }, None);
                if let Some(role) = extra {
                    self.grant(user, role, None);
                }
            }
        }
    }

    /// The monitoring, which files alarms.
    fn program(&mut self, it: usize) {
        let user = DemoUser {
            email: "overvakning@it.example.se".to_owned(),
            name: "Övervakningen".to_owned(),
            phone: None,
            organisation: it,
            also_in: None,
            roles: Vec::new(),
            groups: Vec::new(),
        };
        self.users.push(user);
        self.grant(self.users.len() - 1, Role::Integration, None);
    }

    /// For each customer a representative, for each department a manager.
    fn customers(&mut self, random: &mut Random) {
        for (index, organisation) in self.organisations.iter().enumerate() {
            let role = match organisation.kind {
                OrganisationKind::Municipality | OrganisationKind::Company => {
                    Role::OrganisationRepresentative
                }
                OrganisationKind::Department if organisation.name != IT_DEPARTMENT => Role::Manager,
                OrganisationKind::Department | OrganisationKind::Unit => continue,
            };
            let user = self.person(index, random);
            self.grant(user, role, Some(index));
        }
    }

    /// The rest, mostly in units; one in twenty works for two.
    fn requesters(&mut self, random: &mut Random) {
        let places: Vec<usize> = self
            .organisations
            .iter()
            .enumerate()
            .filter(|(_, organisation)| {
                matches!(organisation.kind, OrganisationKind::Unit | OrganisationKind::Company)
            })
            .map(|(index, _)| index)
            .collect();
        while self.users.len() < USERS {
            let place = random.pick(&places).copied().unwrap_or(0);
            let other = random.pick(&places).copied().filter(|other| *other != place);
            let user = self.person(place, random);
            if random.chance(50)
                && let Some(user) = self.users.get_mut(user)
            {
                user.also_in = other;
            }
            self.login(Role::Requester, user);
        }
    }

    /// A person with a name that nobody has yet, who may file.
    fn person(&mut self, organisation: usize, random: &mut Random) -> usize {
        let name = loop {
            let name = format!("{} {}", random.text(&FIRST_NAMES), random.text(&LAST_NAMES));
            if self.taken.insert(name.clone()) {
                break name;
            }
        };
        let local = Code::from_name(&name).as_str().replace('-', ".");
        // Number series that the Swedish authority keeps for fiction.
        let phone = random.chance(300).then(|| format!("070-174 06 {:02}", 5 + random.below(95)));
        self.users.push(DemoUser {
            email: format!("{local}@{}", self.domain(organisation)),
            name,
            phone,
            organisation,
            also_in: None,
            roles: vec![(Role::Requester, None)],
            groups: Vec::new(),
        });
        self.users.len() - 1
    }

    fn domain(&self, organisation: usize) -> String {
        let mut place = self.organisations.get(organisation);
        if place.is_some_and(|place| place.name == IT_DEPARTMENT) {
            return "it.example.se".to_owned();
        }
        while let Some(above) =
            place.and_then(|place| place.parent).and_then(|above| self.organisations.get(above))
        {
            place = Some(above);
        }
        place.map_or_else(|| "example.se".to_owned(), |place| mail_domain(&place.name))
    }

    fn grant(&mut self, user: usize, role: Role, organisation: Option<usize>) {
        if let Some(person) = self.users.get_mut(user) {
            if !role.also_requester() {
                person.roles.clear();
            }
            person.roles.push((role, organisation));
        }
        self.login(role, user);
    }

    /// The first with a role is its example. Programs don't sign in.
    fn login(&mut self, role: Role, user: usize) {
        if role != Role::Integration && self.logins.iter().all(|login| login.role != role) {
            self.logins.push(DemoLogin { role, user });
        }
    }
}
