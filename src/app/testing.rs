//! Installations for tests of use cases: the foundation, a clock that moves when told, people as needed.

use super::mail::MailSettings;
use super::random::SystemRandom;
use super::{App, AppSettings, Ctx};
use crate::db::testing::{TestDb, each_backend};
use crate::db::{reference, users};
use crate::domain::access::{Actor, Role};
use crate::domain::clock::{FakeClock, Instant, MICROS_PER_DAY};
use crate::domain::ids::UserId;
use crate::domain::people::Language;
use crate::domain::text::EmailAddress;
use crate::domain::ticket::Origin;
use crate::files::FileStore;
use crate::mail::smtp::{Auth, Security, Smtp, SmtpSettings};
use std::path::PathBuf;
use std::sync::Arc;

/// When these installations begin.
pub(crate) const START: &str = "2026-09-01T08:00:00Z";

/// Sending through a mail server without a secret.
pub(crate) fn mail_through(host: &str, port: u16) -> MailSettings {
    let server = SmtpSettings {
        host: host.to_owned(),
        port,
        security: Security::Plain,
        auth: Auth::None,
        authorities: None,
        null_sender: true,
    };
    MailSettings {
        smtp: Some(Arc::new(Smtp::new(server))),
        from: Some("servicedesk@example.se".to_owned()),
        ..MailSettings::default()
    }
}

/// An installation that goes away with this value.
pub(crate) struct House {
    pub(crate) app: App,
    pub(crate) clock: Arc<FakeClock>,
    pub(crate) test: TestDb,
}

impl House {
    /// One on each database at hand.
    pub(crate) async fn each() -> Vec<Self> {
        let mut houses = Vec::new();
        for test in each_backend() {
            houses.push(Self::on(test).await);
        }
        houses
    }

    pub(crate) async fn on(test: TestDb) -> Self {
        Self::mailing(test, MailSettings::default()).await
    }

    /// One that sends mail so.
    pub(crate) async fn mailing(test: TestDb, mail: MailSettings) -> Self {
        Self::known_as(test, "arende.example.se", mail).await
    }

    /// One that people reach by this name.
    pub(crate) async fn known_as(test: TestDb, host: &str, mail: MailSettings) -> Self {
        let clock = Arc::new(FakeClock::at(Instant::parse_rfc3339(START).unwrap()));
        let settings = AppSettings {
            secret: format!("{host:<32}").into_bytes(),
            access_token_micros: MICROS_PER_DAY,
            session_micros: MICROS_PER_DAY,
            password_min_chars: 12,
            attachment_max_bytes: 1 << 20,
            import_max_bytes: 1 << 20,
            mail_max_bytes: 60_000_000,
            public_url: format!("https://{host}"),
            auto_close_micros: 7 * MICROS_PER_DAY,
            mail,
        };
        let files = FileStore::open(&test.folder().join("files")).unwrap();
        let dyn_clock: Arc<dyn crate::domain::clock::Clock> = clock.clone();
        let app = App::new(test.db.clone(), dyn_clock, Arc::new(SystemRandom), files, settings);
        app.ensure_foundation().await.unwrap();
        Self { app, clock, test }
    }

    /// Runs statements of a test's own, for rows that the product never writes.
    pub(crate) fn execute(&self, sql: &str) {
        self.test.execute(sql);
    }

    pub(crate) fn file(&self, name: &str, content: &str) -> PathBuf {
        let path = self.test.folder().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    /// Somebody with a role, acting in the workspace, of the first organisation there is; staff work in the
    /// servicedesk.
    pub(crate) async fn person(&self, email: &str, role: Role) -> Ctx {
        let directory = self.app.fresh_directory().await.unwrap();
        let desk = directory.desks[0].id;
        let group = directory.intake_group(desk).unwrap().id;
        let organisations: Vec<_> = directory.organisations.iter().map(|o| o.id).take(1).collect();
        let (address, now, places) =
            (EmailAddress::parse(email).unwrap(), self.app.now(), organisations.clone());
        let user = self.app.db().write(move |tx| {
            let new = users::NewUser {
                email: &address,
                name: address.as_str(),
                phone: None,
                language: Language::Swedish,
                password_hash: None,
            };
            let user = users::insert(tx, &new, now)?;
            users::set_roles(tx, user, &[(role, None)])?;
            users::set_memberships(tx, user, &places)?;
            if role.is_staff() {
                let mut members: Vec<(UserId, bool)> = users::members(tx.conn(), group)?
                    .into_iter()
                    .map(|(person, lead)| (person.id, lead))
                    .collect();
                members.push((user, false));
                users::set_members(tx, group, &members)?;
            }
            Ok::<_, crate::db::DbError>(user)
        });
        let actor = Actor {
            user: user.await.unwrap(),
            session: None,
            name: email.to_owned(),
            roles: vec![role],
            organisations,
            units: Vec::new(),
            represented: Vec::new(),
            desks: Vec::from_iter(role.is_staff().then_some(desk)),
            groups: Vec::from_iter(role.is_staff().then_some(group)),
        };
        Ctx { actor: Arc::new(actor), origin: Origin::Workspace, once: None }
    }

    /// An organisation to belong to.
    pub(crate) async fn organisation(&self, code: &'static str, name: &'static str) {
        self.app
            .db()
            .write(move |tx| {
                let kind = crate::domain::people::OrganisationKind::Municipality;
                reference::insert_organisation(
                    tx,
                    reference::NewOrganisation { parent: None, kind, code, name },
                )
            })
            .await
            .unwrap();
        self.app.fresh_directory().await.unwrap();
    }
}
