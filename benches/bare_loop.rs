//! How many tickets a second the database itself takes: the statements of `POST /api/v1/tickets`
//! without HTTP, rights or JSON, so many in one transaction as the server groups. What the server
//! reaches is compared with this (docs/PERFORMANCE.md).
//!
//! `cargo bench --bench bare_loop -- --url sqlite:///tmp/bench.db --group 32 --threads 1 --seconds 5`

use arende::db::jobs::{JobKind, NewJob, enqueue};
use arende::db::reference::{self, NewGroup, NewOrganisation};
use arende::db::users::{self, NewUser};
use arende::db::{Backend, Db, DbError, DbOptions, Tx, search, ticket_events, ticket_numbers, tickets};
use arende::domain::clock::Instant;
use arende::domain::ids::TicketId;
use arende::domain::people::{Language, OrganisationKind};
use arende::domain::text::{Body, EmailAddress, Subject};
use arende::domain::ticket::{
    Channel, GroupRef, Line, Opening, Origin, Rank, Terms, Ticket, TicketEvent, TicketKind, open,
};
use std::io::Write as _;
use std::time::{Duration, Instant as Timer};

#[derive(serde::Serialize, serde::Deserialize)]
struct Told {
    ticket: i64,
    first: i64,
    last: i64,
}

impl JobKind for Told {
    const KIND: &'static str = "tellPeople";
    const MAX_ATTEMPTS: i64 = 10;
}

fn argument(name: &str, default: &str) -> String {
    let mut arguments = std::env::args();
    arguments.find(|a| a == name).and_then(|_| arguments.next()).unwrap_or_else(|| default.to_owned())
}

fn main() -> Result<(), DbError> {
    let url = argument("--url", "sqlite://target/bare_loop.db");
    let group: usize = argument("--group", "32").parse().unwrap_or(32);
    let threads: u64 = argument("--threads", "1").parse().unwrap_or(1);
    let seconds: u64 = argument("--seconds", "5").parse().unwrap_or(5);
    let db = Db::open(&DbOptions::new(url))?;
    db.migrate()?;
    let opening = db.write_blocking(prepared)?;
    let end = Timer::now() + Duration::from_secs(seconds);
    let begun = Timer::now();
    let done: u64 = std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads)
            .map(|_| {
                let (db, opening) = (db.clone(), opening.clone());
                scope.spawn(move || {
                    let mut done = 0;
                    while Timer::now() < end {
                        let opening = opening.clone();
                        let stored: Result<(), DbError> =
                            db.write_blocking(move |tx| (0..group).try_for_each(|_| store(tx, &opening)));
                        if stored.is_ok() {
                            done += u64::try_from(group).unwrap_or(0);
                        }
                    }
                    done
                })
            })
            .collect();
        running.into_iter().map(|thread| thread.join().unwrap_or(0)).sum()
    });
    let taken = begun.elapsed().as_secs_f64();
    let backend = match db.backend() {
        Backend::Sqlite => "SQLite, synchronous=FULL",
        Backend::Postgres => "PostgreSQL",
    };
    let rate = f64::from(u32::try_from(done).unwrap_or(u32::MAX)) / taken;
    let line = format!("{backend}, {threads} threads, {group} a transaction: {rate:.0} tickets/s\n");
    std::io::stdout().write_all(line.as_bytes()).map_err(|error| DbError::Unavailable(error.to_string()))
}

fn prepared(tx: &mut Tx<'_>) -> Result<Opening, DbError> {
    let unique = std::process::id();
    let now = Instant::from_micros(1_790_000_000_000_000);
    let desk = reference::insert_desk(tx, &format!("it-{unique}"), "IT")?;
    let new = NewGroup {
        desk,
        code: &format!("servicedesk-{unique}"),
        name: "Servicedesk",
        line: Line::First,
        is_intake: true,
    };
    let group = GroupRef { id: reference::insert_group(tx, new)?, line: Line::First };
    let new = NewOrganisation {
        parent: None,
        kind: OrganisationKind::Municipality,
        code: &format!("kommun-{unique}"),
        name: "Kommunen",
    };
    let organisation = reference::insert_organisation(tx, new)?;
    let wrong = |_| DbError::Unavailable("the bench's own data".to_owned());
    let email = EmailAddress::parse(&format!("anna.ek-{unique}@example.se")).map_err(wrong)?;
    let new = NewUser {
        email: &email,
        name: "Anna Ek",
        phone: None,
        language: Language::Swedish,
        password_hash: None,
    };
    let requester = users::insert(tx, &new, now)?;
    Ok(Opening {
        kind: TicketKind::Incident,
        desk,
        group,
        subject: Subject::parse("Skrivaren på plan 3 svarar inte").map_err(wrong)?,
        description: Some(
            Body::parse(
                "Sedan i morse kommer inga utskrifter från skrivaren vid receptionen. Jag har startat om den \
                 två gånger och provat från en annan dator, men kön står still och lampan blinkar rött.",
            )
            .map_err(wrong)?,
        ),
        channel: Channel::Phone,
        requester,
        registered_by: requester,
        organisation: organisation.id,
        customer: organisation.customer,
        service: None,
        system: None,
        category: None,
        impact: Rank::LOW,
        urgency: Rank::MEDIUM,
        terms: Terms::default(),
    })
}

fn store(tx: &mut Tx<'_>, opening: &Opening) -> Result<(), DbError> {
    let now = Instant::from_micros(1_790_000_000_000_000);
    let number = ticket_numbers::next(tx, opening.kind)?;
    let event = TicketEvent {
        sequence: 1,
        at: now,
        actor: Some(opening.requester),
        origin: Origin::Api,
        kind: open(opening, number, None),
    };
    let Some(ticket) = Ticket::opened(TicketId(0), &event) else { return Ok(()) };
    let id = tickets::insert(tx, &ticket, tickets::Timers::default())?;
    ticket_events::append(tx, id, std::slice::from_ref(&event))?;
    search::insert(tx, id, &format!("{}\n{}", ticket.subject, ticket.description), "")?;
    let told = Told { ticket: id.get(), first: 1, last: 1 };
    let job = NewJob::of(&told, now).map_err(|error| DbError::Unavailable(error.to_string()))?;
    enqueue(tx, &job)
}
