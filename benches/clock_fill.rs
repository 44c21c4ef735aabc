//! Fills a database with open tickets whose promises run around the clock, some of which come due within
//! one minute that begins soon: what `benches/storm` lets a server live through.
//!
//! `cargo bench --bench clock_fill -- --url sqlite:///tmp/storm/arende.db --tickets 1000000 --due 10000 --lead 30`
//!
//! Prints the window's first second since 1970. Half of the tickets that come due pass a warning in it, half
//! a breach. Everything is filed through the use case that the API calls.

use arende::app::random::SystemRandom;
use arende::app::tickets::NewTicket;
use arende::app::{App, AppError, AppSettings, Ctx};
use arende::db::policies::{self, NewVersion, PolicyKind};
use arende::db::reference::{self, NewOrganisation};
use arende::db::users::{self, NewUser};
use arende::db::{Db, DbOptions};
use arende::domain::access::{Actor, Role};
use arende::domain::clock::{
    Clock as _, FakeClock, Instant, MICROS_PER_MINUTE, MICROS_PER_SECOND, SystemClock,
};
use arende::domain::ids::UserId;
use arende::domain::people::{Language, OrganisationKind};
use arende::domain::text::EmailAddress;
use arende::domain::ticket::Origin;
use arende::files::FileStore;
use std::io::Write as _;
use std::sync::Arc;

const AT_ONCE: usize = 256;
const WINDOW_SECONDS: i64 = 60;
const TARGET_MINUTES: i64 = 480;
const WARN_PERCENT: i64 = 75;

fn argument(name: &str, default: &str) -> String {
    let mut arguments = std::env::args();
    arguments.find(|a| a == name).and_then(|_| arguments.next()).unwrap_or_else(|| default.to_owned())
}

fn number(name: &str, default: &str) -> i64 {
    argument(name, default).parse().unwrap_or(0)
}

#[tokio::main]
async fn main() -> Result<(), AppError> {
    let (tickets, due, lead) =
        (number("--tickets", "1000000"), number("--due", "10000"), number("--lead", "30"));
    let clock = Arc::new(FakeClock::at(SystemClock.now()));
    let user = prepare(&open(&clock)?).await?;
    // One that hasn't read the reference data before it was there.
    let app = open(&clock)?;
    let cx = context(&app, user).await?;
    file(&app, &cx, "warned", tickets - due).await?;
    let window = SystemClock.now().plus_micros(lead * MICROS_PER_SECOND);
    for second in 0..WINDOW_SECONDS {
        let share = due * (second + 1) / WINDOW_SECONDS - due * second / WINDOW_SECONDS;
        let passes = window.plus_micros(second * MICROS_PER_SECOND);
        let warned_after = TARGET_MINUTES * WARN_PERCENT / 100 * MICROS_PER_MINUTE;
        set(&clock, passes.plus_micros(-warned_after));
        file(&app, &cx, "warned", share / 2).await?;
        set(&clock, passes.plus_micros(-TARGET_MINUTES * MICROS_PER_MINUTE));
        file(&app, &cx, "breached", share - share / 2).await?;
    }
    writeln!(std::io::stdout(), "{}", window.micros() / MICROS_PER_SECOND)
        .map_err(|error| AppError::internal("printing", error))
}

fn set(clock: &FakeClock, to: Instant) {
    clock.advance_micros(to.micros_since(clock.now()));
}

fn open(clock: &Arc<FakeClock>) -> Result<App, AppError> {
    let failed = |error: &dyn std::fmt::Display| AppError::internal("opening", error.to_string());
    let db =
        Db::open(&DbOptions::new(argument("--url", "sqlite://target/storm.db"))).map_err(|e| failed(&e))?;
    db.migrate().map_err(|error| failed(&error))?;
    let files = FileStore::open(&std::env::temp_dir().join("arende-storm-files")).map_err(|e| failed(&e))?;
    let settings = AppSettings {
        secret: vec![7; 32],
        access_token_micros: MICROS_PER_MINUTE,
        session_micros: MICROS_PER_MINUTE,
        password_min_chars: 12,
        attachment_max_bytes: 1,
        import_max_bytes: 1,
        mail_max_bytes: 60_000_000,
        public_url: "http://127.0.0.1:8080".to_owned(),
        auto_close_micros: MICROS_PER_MINUTE,
        mail: arende::app::mail::MailSettings::default(),
    };
    let clock: Arc<dyn arende::domain::clock::Clock> = clock.clone();
    Ok(App::new(db, clock, Arc::new(SystemRandom), files, settings))
}

/// A person who files, and two services with promises that run day and night: one warns, one doesn't.
async fn prepare(app: &App) -> Result<UserId, AppError> {
    app.ensure_foundation().await?;
    let now = app.now();
    app.db()
        .write(move |tx| {
            let always = r#"{"zone":"Europe/Stockholm","holidays":"none","hours":[
                {"weekday":"monday","opens":"00:00","closes":"24:00"},{"weekday":"tuesday","opens":"00:00","closes":"24:00"},
                {"weekday":"wednesday","opens":"00:00","closes":"24:00"},{"weekday":"thursday","opens":"00:00","closes":"24:00"},
                {"weekday":"friday","opens":"00:00","closes":"24:00"},{"weekday":"saturday","opens":"00:00","closes":"24:00"},
                {"weekday":"sunday","opens":"00:00","closes":"24:00"}]}"#;
            let begin = |tx: &mut arende::db::Tx<'_>, kind, code: &str, spec: &str| {
                let policy = policies::insert(tx, kind, code, code, now)?;
                let version = NewVersion {
                    valid_from: Instant::from_micros(0),
                    is_withdrawn: false,
                    spec,
                    note: "",
                    created_at: now,
                    created_by: None,
                };
                policies::insert_version(tx, policy, &version)?;
                Ok::<_, AppError>(policy)
            };
            let calendar = begin(tx, PolicyKind::Calendar, "always", always)?;
            for (code, warnings) in [("warned", WARN_PERCENT.to_string()), ("breached", String::new())] {
                let service = reference::insert_service(tx, code, code, false)?;
                let spec = format!(
                    r#"{{"kind":"sla","calendar":{calendar},"conditions":{{"service":{service}}},"promises":[{{"metric":"resolution",
                    "target":{{"workingMinutes":{TARGET_MINUTES}}},"warnAtPercent":[{warnings}],"tells":["groupLead"]}}]}}"#
                );
                begin(tx, PolicyKind::Agreement, code, &spec)?;
            }
            let organisation = NewOrganisation {
                parent: None,
                kind: OrganisationKind::Municipality,
                code: "norrvik",
                name: "Norrvik",
            };
            let organisation = reference::insert_organisation(tx, organisation)?;
            let email = EmailAddress::parse("anna.ek@norrvik.example.se")
                .map_err(|error| AppError::internal("an address", error.to_string()))?;
            let new = NewUser {
                email: &email,
                name: "Anna Ek",
                phone: None,
                language: Language::Swedish,
                password_hash: None,
            };
            let user = users::insert(tx, &new, now)?;
            users::set_roles(tx, user, &[(Role::Requester, None)])?;
            users::set_memberships(tx, user, &[organisation.id])?;
            Ok::<_, AppError>(user)
        })
        .await
}

async fn context(app: &App, user: UserId) -> Result<Ctx, AppError> {
    let organisations = app.directory().await?.organisations.iter().map(|o| o.id).collect();
    let actor = Actor {
        user,
        session: None,
        name: "Anna Ek".to_owned(),
        roles: vec![Role::Requester],
        organisations,
        units: Vec::new(),
        represented: Vec::new(),
        desks: Vec::new(),
        groups: Vec::new(),
    };
    Ok(Ctx { actor: Arc::new(actor), origin: Origin::Api, once: None })
}

/// Files so many tickets about a service, many at a time.
async fn file(app: &App, cx: &Ctx, service: &str, count: i64) -> Result<(), AppError> {
    let mut left = usize::try_from(count).unwrap_or(0);
    while left > 0 {
        let now = left.min(AT_ONCE);
        let mut filing = tokio::task::JoinSet::new();
        for place in 0..now {
            let (app, cx) = (app.clone(), cx.clone());
            let new = NewTicket {
                kind: "incident".to_owned(),
                subject: format!("Skrivaren på plan {} svarar inte", left - place),
                description: Some("Kön står still och lampan blinkar rött.".to_owned()),
                service: Some(service.to_owned()),
                ..NewTicket::default()
            };
            filing.spawn(async move { app.create_ticket(&cx, new).await });
        }
        while let Some(filed) = filing.join_next().await {
            filed.map_err(|error| AppError::internal("filing", error.to_string()))??;
        }
        left -= now;
    }
    Ok(())
}
