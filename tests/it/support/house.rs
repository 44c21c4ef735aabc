//! The use cases over a database of the test's own, with a clock that the test turns.

use std::sync::Arc;

use arende::app::auth::SessionKind;
use arende::app::people::NewPerson;
use arende::app::random::SystemRandom;
use arende::app::{App, Ctx};
use arende::bootstrap;
use arende::config::Config;
use arende::domain::clock::{Clock, FakeClock, Instant};
use arende::domain::ticket::Origin;

use super::database::{self, TestDatabase};

/// The password of everybody in a house.
pub const PASSWORD: &str = "sju sjösjuka sjömän";

/// A house with its use cases and what takes it away.
pub struct House {
    pub app: App,
    pub clock: Arc<FakeClock>,
    pub database: TestDatabase,
    pub folder: tempfile::TempDir,
}

/// A house with a desk, its intake group, the organisation `sjostad` and nobody in it.
pub async fn open() -> House {
    open_with(|_| {}).await
}

/// The same with other settings.
pub async fn open_with(change: impl FnOnce(&mut Config)) -> House {
    let (database, folder) = (database::fresh(), tempfile::tempdir().unwrap());
    let mut config = Config::for_data_dir(folder.path()).unwrap();
    change(&mut config);
    let clock = Arc::new(FakeClock::at(Instant::parse_rfc3339("2026-03-02T08:00:00Z").unwrap()));
    let turned: Arc<dyn Clock> = clock.clone();
    let app = bootstrap::build_app_with(&config, database.open(), turned, Arc::new(SystemRandom)).unwrap();
    app.ensure_foundation().await.unwrap();
    let municipality = arende::app::people::NewOrganisationInput {
        code: Some("sjostad".to_owned()),
        name: "Sjöstads kommun".to_owned(),
        kind: "municipality".to_owned(),
        parent: None,
    };
    app.create_organisation(&Ctx::command_line(), &municipality).await.unwrap();
    House { app, clock, database, folder }
}

impl House {
    /// Takes the stored files away behind the product's back.
    pub fn lose_files(&self) {
        std::fs::remove_dir_all(self.folder.path().join("files")).unwrap();
    }

    /// Makes a person of the organisation, member of these groups, and signs them in.
    pub async fn person(&self, name: &str, role: &str, groups: &[&str], origin: Origin) -> Ctx {
        let email = format!("{}@example.se", name.to_lowercase());
        let new = NewPerson {
            email: email.clone(),
            name: name.to_owned(),
            password: Some(PASSWORD.to_owned()),
            roles: vec![(role.to_owned(), None)],
            organisations: vec!["sjostad".to_owned()],
            ..NewPerson::default()
        };
        let root = Ctx::command_line();
        let person = self.app.create_person(&root, &new).await.unwrap();
        for code in groups {
            let (_, members) = self.app.group_members(&root, code).await.unwrap();
            let mut all: Vec<(String, bool)> =
                members.into_iter().map(|(member, is_lead)| (member.email, is_lead)).collect();
            all.push((person.email.clone(), false));
            self.app.set_group_members(&root, code, &all).await.unwrap();
        }
        let signed = self.app.sign_in(&email, PASSWORD, SessionKind::Api, "test").await.unwrap();
        Ctx { actor: signed.actor, origin, once: None }
    }

    /// Makes somebody who represents an organisation towards the IT organisation.
    pub async fn representative(&self, name: &str, organisation: &str) {
        let new = NewPerson {
            email: format!("{}@example.se", name.to_lowercase()),
            name: name.to_owned(),
            password: Some(PASSWORD.to_owned()),
            roles: vec![("organisationRepresentative".to_owned(), Some(organisation.to_owned()))],
            organisations: vec![organisation.to_owned()],
            ..NewPerson::default()
        };
        self.app.create_person(&Ctx::command_line(), &new).await.unwrap();
    }
}
