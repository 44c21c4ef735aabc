//! How fast history from another system is taken in (`docs/PERFORMANCE.md`). Run by hand:
//!
//! ```text
//! cargo bench --bench import -- [ROWS] [DATABASE_URL]
//! ```
//!
//! Without an address it uses a SQLite file that goes away afterwards. Prints rows a second of each
//! million or part of it, and the most memory the process has held.

#![expect(clippy::print_stdout, reason = "a program for people")]
#![expect(clippy::unwrap_used, reason = "a measurement that can't be made has nothing to tell")]

use arende::app::import::{ImportOptions, Progress, import_file};
use arende::app::random::SystemRandom;
use arende::app::{App, AppSettings};
use arende::db::{Db, DbOptions};
use arende::domain::clock::SystemClock;
use arende::files::FileStore;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::sync::Arc;

const WORDS: &[&str] = &[
    "skrivaren",
    "datorn",
    "lösenordet",
    "inloggningen",
    "fungerar",
    "inte",
    "sedan",
    "i",
    "morse",
    "på",
    "skolan",
    "kontoret",
    "kan",
    "ni",
    "hjälpa",
    "mig",
    "med",
    "att",
    "starta",
    "om",
    "servern",
    "e-posten",
    "kalendern",
    "nätverket",
    "är",
    "långsamt",
    "för",
    "alla",
    "våra",
    "elever",
    "och",
    "lärare",
    "programmet",
    "visar",
    "ett",
    "felmeddelande",
    "när",
    "jag",
    "försöker",
    "öppna",
    "filen",
    "behörighet",
    "saknas",
    "till",
    "mappen",
    "gemensam",
    "telefonen",
    "ringer",
    "skärmen",
    "svart",
    "tangentbordet",
    "uppdatering",
];

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let rows: u64 = arguments.next().map_or(126_000, |rows| rows.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let url =
        arguments.next().unwrap_or_else(|| format!("sqlite://{}", folder.path().join("a.db").display()));
    let path = folder.path().join("tickets.csv");
    write_file(&path, rows);
    println!("{rows} rows, {} MB", path.metadata().unwrap().len() / 1_000_000);
    let db = Db::open(&DbOptions::new(url)).unwrap();
    db.migrate().unwrap();
    let settings = AppSettings {
        secret: vec![7; 32],
        access_token_micros: 1,
        session_micros: 1,
        password_min_chars: 12,
        attachment_max_bytes: 1,
        import_max_bytes: u64::MAX,
        mail_max_bytes: 60_000_000,
        public_url: "http://127.0.0.1:8080".to_owned(),
        auto_close_micros: 1,
        mail: arende::app::mail::MailSettings::default(),
    };
    let files = FileStore::open(folder.path()).unwrap();
    let app = App::new(db, Arc::new(SystemClock), Arc::new(SystemRandom), files, settings);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    runtime.block_on(app.ensure_foundation()).unwrap();
    let started = std::time::Instant::now();
    let mut part = (started, 0);
    let summary = import_file(&app, &path, &ImportOptions::default(), &mut |progress| match progress {
        Progress::Importing { rows, of_rows } if rows == of_rows || rows - part.1 >= 250_000 => {
            let a_second = f64::from(u32::try_from(rows - part.1).unwrap()) / part.0.elapsed().as_secs_f64();
            println!("{rows} rows: {a_second:.0}/s, {}", memory());
            part = (std::time::Instant::now(), rows);
        }
        Progress::Importing { rows: 1_000, .. } => {
            println!("checked after {:.1} s, {}", started.elapsed().as_secs_f64(), memory());
            part = (std::time::Instant::now(), 1_000);
        }
        _ => {}
    })
    .unwrap();
    println!(
        "{} tickets in {:.1} s: {:.0}/s with all, {}",
        summary.imported,
        summary.seconds,
        summary.per_second,
        memory()
    );
}

/// The most memory the process has held so far.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn write_file(path: &Path, rows: u64) {
    let mut file = BufWriter::new(File::create(path).unwrap());
    writeln!(
        file,
        "externalId,kind,organisation,requesterEmail,subject,description,channel,category,impact,urgency,\
         openedAt,resolvedAt,closedAt,resolvedByLine,service,system,firstResponseAt,resolvedByGroup,assigneeEmail"
    )
    .unwrap();
    let mut random = 42_u64;
    let mut draw = |below: u64| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        random % below
    };
    for row in 0..rows {
        let mut text = |words: u64| {
            let mut text = String::new();
            for _ in 0..words {
                let word = usize::try_from(draw(u64::try_from(WORDS.len()).unwrap())).unwrap();
                write!(text, "{} ", WORDS.get(word).unwrap()).unwrap();
                if draw(10) == 0 {
                    write!(text, "{} ", draw(5_000)).unwrap();
                }
            }
            text
        };
        let (subject, description) = (text(6), text(32));
        let day = 1 + row * 6 * 336 / rows;
        let (year, month, day) = (2010 + day / 336, 1 + day % 336 / 28, 1 + day % 28);
        let (hour, minute) = (7 + draw(9), draw(60));
        let at = |hours: u64| format!("{year}-{month:02}-{day:02}T{:02}:{minute:02}:00+01:00", hour + hours);
        let (line, group, assignee) = match draw(10) {
            0..=6 => ("1", String::new(), String::new()),
            7..=8 => ("2", format!("IT-grupp {}", draw(4)), format!("tekniker.nr{}@it.example.se", draw(30))),
            _ => ("3", format!("Specialister {}", draw(3)), String::new()),
        };
        writeln!(
            file,
            "OLD-{row},{kind},Kommun {organisation},person.nr{person}@kommun.example.se,{subject},{description},\
             {channel},Kategori {category},{impact},{urgency},{opened},{resolved},{closed},{line},,System {system},\
             {response},{group},{assignee}",
            kind = if draw(3) == 0 { "request" } else { "incident" },
            organisation = draw(12),
            person = draw(8_000),
            channel = if draw(2) == 0 { "portal" } else { "phone" },
            category = draw(20),
            impact = 1 + draw(3),
            urgency = 1 + draw(3),
            opened = at(0),
            resolved = at(2),
            closed = at(3),
            system = draw(40),
            response = at(1),
        )
        .unwrap();
    }
    file.flush().unwrap();
}
