//! The demo installation (`serve --demo`): a believable IT organisation of six municipalities and three
//! companies with two years of tickets. Everything follows from a fixed seed and the present instant.
//!
//! This is the plan only; `app` writes it to the database.

mod catalogue;
mod decisions;
mod history;
mod people;
mod places;
mod plan;
mod random;
mod rhythm;
mod templates;
mod texts;
mod tickets;

pub use plan::{
    DemoAction, DemoGroup, DemoListed, DemoLogin, DemoNamed, DemoOrganisation, DemoOwnAgreement, DemoPlan,
    DemoRule, DemoService, DemoStep, DemoTicket, DemoUser,
};
pub use tickets::DemoTickets;

use random::Random;

/// The seed that everything follows from.
const SEED: u64 = 1_989_253;

impl DemoPlan {
    /// The installation without its tickets.
    #[must_use]
    pub fn new() -> Self {
        let organisations = places::organisations();
        let groups = catalogue::groups();
        let (users, logins) = people::people(&organisations, &groups, &mut Random::new(SEED));
        Self {
            desks: vec![DemoNamed { code: "it".to_owned(), name: "IT".to_owned() }],
            organisations,
            groups,
            services: catalogue::services(),
            systems: catalogue::systems(),
            categories: catalogue::categories(),
            users,
            logins,
        }
    }
}

impl Default for DemoPlan {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests;
