//! Mail while the server is killed: messages arrive in a real mailbox and acknowledgements go out through a real
//! mail server, and the server is killed with SIGKILL at random points. `benches/mail_kill` starts the servers
//! and calls this; the figures are in `docs/PERFORMANCE.md`.
//!
//! In the end every message must be there once, as a ticket or as an answer on one, and whoever opened a ticket
//! must have been told so at least once. An acknowledgement that was handed over twice has the same Message-ID
//! both times.
//!
//! Who comes after a killed reader waits until its lease runs out (45 s for a mailbox, a minute for a job). Two
//! hundred times that is hours in which nothing would happen, so the leases of the dead are ended here; what is
//! left of their work stays as it was.

#![expect(clippy::print_stdout, reason = "a program for people")]
#![expect(clippy::disallowed_methods, reason = "a program of its own waits as it likes")]
#![expect(clippy::unwrap_used, reason = "a measurement that can't be made has nothing to tell")]

use arende::app::mail::{MailSettings, MailboxChange, NewMailbox};
use arende::app::random::SystemRandom;
use arende::app::{App, AppSettings, Ctx, Secret};
use arende::db::inbound_mails::{self, MailRecord, RecordFilter};
use arende::db::reference::{self, NewOrganisation};
use arende::db::{Db, DbError, DbOptions, mail_domains};
use arende::domain::clock::SystemClock;
use arende::domain::mail::{FirstFetch, InboundState, MailSecurity, MailboxSpec};
use arende::domain::people::OrganisationKind;
use arende::files::FileStore;
use diesel::RunQueryDsl as _;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{scope, sleep};
use std::time::{Duration, Instant};

const SECRET: &str = "a secret of the benchmark alone, 32 characters";
const PATIENCE: Duration = Duration::from_secs(180);

/// What `benches/mail_kill` has started.
struct Place {
    program: PathBuf,
    kills: u32,
    imap_port: u16,
    smtp: String,
    smtp_folder: PathBuf,
    bind: String,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let [program, kills, imap_port, smtp, smtp_folder, bind_port] = arguments.as_slice() else {
        println!("called by benches/mail_kill");
        return;
    };
    let place = Place {
        program: program.into(),
        kills: kills.parse().unwrap(),
        imap_port: imap_port.parse().unwrap(),
        smtp: smtp.clone(),
        smtp_folder: smtp_folder.into(),
        bind: format!("127.0.0.1:{bind_port}"),
    };
    let folder = tempfile::tempdir().unwrap();
    let db = prepare(folder.path(), &place);
    let begun = Instant::now();
    let is_over = AtomicBool::new(false);
    let (sent, lives) = scope(|scope| {
        let feeder = scope.spawn(|| feed(&place, &is_over));
        let mut child = start(&place, folder.path());
        let mut lives = Vec::new();
        for _ in 0..place.kills {
            let life = Duration::from_millis(u64::from(random()) * 1_100 / 255 + 20);
            sleep(life);
            child.kill().unwrap();
            child.wait().unwrap();
            lives.push(life);
            end_leases(&db);
            child = start(&place, folder.path());
        }
        is_over.store(true, Ordering::SeqCst);
        let sent = feeder.join().unwrap();
        wait_until_settled(&db, sent.len());
        child.kill().unwrap();
        child.wait().unwrap();
        (sent, lives)
    });
    println!(
        "{} messages, killed {} times within {:.0} s, {} to {} ms after it began to answer",
        sent.len(),
        place.kills,
        begun.elapsed().as_secs_f64(),
        lives.iter().min().map_or(0, Duration::as_millis),
        lives.iter().max().map_or(0, Duration::as_millis),
    );
    check(&db, &sent, &place.smtp_folder);
}

fn random() -> u8 {
    let mut byte = [0];
    getrandom::fill(&mut byte).unwrap();
    byte[0]
}

/// An installation with one mailbox, and one municipality whose people write to it.
fn prepare(folder: &Path, place: &Place) -> Db {
    let url = format!("sqlite://{}", folder.join("arende.db").display());
    let db = Db::open(&DbOptions::new(url)).unwrap();
    db.migrate().unwrap();
    let settings = AppSettings {
        secret: SECRET.as_bytes().to_vec(),
        access_token_micros: 1,
        session_micros: 1,
        password_min_chars: 12,
        attachment_max_bytes: 1,
        import_max_bytes: 1,
        mail_max_bytes: 1,
        mail: MailSettings::default(),
        public_url: String::new(),
        auto_close_micros: 1,
    };
    let files = FileStore::open(&folder.join("files")).unwrap();
    let app = App::new(db.clone(), Arc::new(SystemClock), Arc::new(SystemRandom), files, settings);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(app.ensure_foundation()).unwrap();
    let organisation = NewOrganisation {
        parent: None,
        kind: OrganisationKind::Municipality,
        code: "norrvik",
        name: "Norrviks kommun",
    };
    db.write_blocking(move |tx| {
        let organisation = reference::insert_organisation(tx, organisation)?;
        mail_domains::set(tx, "norrvik.example.se", organisation.id)?;
        Ok::<_, DbError>(())
    })
    .unwrap();
    let spec = MailboxSpec {
        host: "127.0.0.1".to_owned(),
        port: place.imap_port,
        security: MailSecurity::None,
        username: "servicedesk".to_owned(),
        first_fetch: FirstFetch::All,
        ..MailboxSpec::default()
    };
    let settings = MailboxChange {
        name: "Servicedesk".to_owned(),
        address: "servicedesk@it.example.se".to_owned(),
        spec,
        secret: Some(Secret::new("hemligt")),
        is_active: true,
        ..MailboxChange::default()
    };
    runtime.block_on(app.create_mailbox(&Ctx::command_line(), &NewMailbox { code: None, settings })).unwrap();
    db
}

fn start(place: &Place, folder: &Path) -> Child {
    let log = File::options().create(true).append(true).open(folder.join("server.log")).unwrap();
    let (host, port) = place.smtp.split_once(':').unwrap();
    let child = Command::new(&place.program)
        .arg("serve")
        .env("ARENDE_DATA_DIR", folder)
        .env("ARENDE_BIND", &place.bind)
        .env("ARENDE_AUTH__SECRET", SECRET)
        .env("ARENDE_PUBLIC_URL", "http://arende.example.se")
        .env("ARENDE_MAIL__SMTP_HOST", host)
        .env("ARENDE_MAIL__SMTP_PORT", port)
        .env("ARENDE_MAIL__SMTP_SECURITY", "none")
        .env("ARENDE_TELEMETRY__FILTER", "warn")
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .unwrap();
    let begun = Instant::now();
    while TcpStream::connect(&place.bind).is_err() {
        let told = || fs::read_to_string(folder.join("server.log")).unwrap();
        assert!(begun.elapsed() < Duration::from_secs(30), "the server doesn't answer: {}", told());
        sleep(Duration::from_millis(10));
    }
    child
}

fn end_leases(db: &Db) {
    db.write_blocking(|tx| {
        for table in ["mailboxes", "jobs"] {
            let ended = format!("UPDATE {table} SET lease_until = 0 WHERE lease_until IS NOT NULL");
            diesel::sql_query(ended).execute(tx.conn())?;
        }
        Ok::<_, DbError>(())
    })
    .unwrap();
}

/// A message that was put into the mailbox.
struct Sent {
    subject: String,
    from: String,
    is_answer: bool,
}

/// Puts messages into the mailbox until told to stop; every third answers an acknowledgement that went out.
fn feed(place: &Place, is_over: &AtomicBool) -> Vec<Sent> {
    let mut imap = Imap::sign_in(place.imap_port);
    let mut sent: Vec<Sent> = Vec::new();
    let mut answered = BTreeSet::new();
    while !is_over.load(Ordering::SeqCst) {
        let n = sent.len();
        let acknowledged = (n % 3 == 2).then(|| acknowledgement(&place.smtp_folder, &mut answered)).flatten();
        let (from, more, is_answer) = match acknowledged {
            Some((id, to)) => (to, format!("In-Reply-To: {id}\r\n"), true),
            None => (format!("person{n}@norrvik.example.se"), String::new(), false),
        };
        let subject = format!("Fråga nummer {n}!");
        imap.append(&format!(
            "Message-ID: <{n}@norrvik.example.se>\r\nFrom: {from}\r\nTo: servicedesk@it.example.se\r\n\
             Subject: {subject}\r\n{more}Content-Type: text/plain; charset=utf-8\r\n\r\nSvar önskas på {n}.\r\n"
        ));
        sent.push(Sent { subject, from, is_answer });
        sleep(Duration::from_millis(u64::from(random()) * 2));
    }
    sent
}

/// The latest acknowledgement that nobody has answered: its Message-ID and whom it went to.
fn acknowledgement(folder: &Path, answered: &mut BTreeSet<String>) -> Option<(String, String)> {
    let (id, to) = letters(folder).pop()?;
    answered.insert(to.clone()).then_some((id, to))
}

/// The Message-ID and the recipient of each mail that was sent, in their order.
fn letters(folder: &Path) -> Vec<(String, String)> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "eml"));
    paths.sort();
    let read = |path: &PathBuf| {
        let text = fs::read_to_string(path).unwrap();
        let value =
            |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).unwrap().trim().to_owned();
        (value("Message-ID:"), value("X-Test-Recipient:"))
    };
    paths.iter().map(read).collect()
}

/// Enough of IMAP to put a message into a mailbox.
struct Imap {
    stream: TcpStream,
    reader: BufReader<TcpStream>,
}

impl Imap {
    fn sign_in(port: u16) -> Self {
        let stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        let mut imap = Self { reader: BufReader::new(stream.try_clone().unwrap()), stream };
        imap.until("* OK");
        write!(imap.stream, "x LOGIN servicedesk hemligt\r\n").unwrap();
        imap.until("x OK");
        imap
    }

    fn until(&mut self, wanted: &str) {
        loop {
            let mut line = String::new();
            assert!(self.reader.read_line(&mut line).unwrap() > 0, "the IMAP server hung up");
            if line.starts_with(wanted) {
                return;
            }
            assert!(!line.starts_with("x "), "{line}");
        }
    }

    fn append(&mut self, message: &str) {
        write!(self.stream, "x APPEND INBOX {{{}}}\r\n", message.len()).unwrap();
        self.until("+");
        write!(self.stream, "{message}\r\n").unwrap();
        self.until("x OK");
    }
}

fn count(db: &Db, sql: &'static str) -> i64 {
    #[derive(diesel::QueryableByName)]
    struct Counted {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        n: i64,
    }
    db.read_blocking(move |conn| Ok::<_, DbError>(diesel::sql_query(sql).get_result::<Counted>(conn)?.n))
        .unwrap()
}

fn wait_until_settled(db: &Db, sent: usize) {
    let begun = Instant::now();
    loop {
        let all = count(db, "SELECT count(*) AS n FROM inbound_mails");
        let waiting = count(db, "SELECT count(*) AS n FROM inbound_mails WHERE state = 'received'")
            + count(db, "SELECT count(*) AS n FROM outbound_mails WHERE state = 'waiting'")
            + count(
                db,
                "SELECT count(*) AS n FROM jobs WHERE run_at < (unixepoch() + 5) * 1000000 AND state IN ('ready', 'running')",
            );
        if waiting == 0 && usize::try_from(all).unwrap() >= sent {
            return;
        }
        assert!(begun.elapsed() < PATIENCE, "{all} of {sent} came in, {waiting} things wait");
        sleep(Duration::from_millis(200));
    }
}

fn records(db: &Db) -> Vec<MailRecord> {
    let mut filter = RecordFilter::default();
    let mut records = Vec::new();
    loop {
        let page = db.read_blocking(|conn| inbound_mails::page(conn, &filter, 0, 500)).unwrap();
        let Some(last) = page.last() else { return records };
        filter.before = Some(last.id);
        records.extend(page);
    }
}

fn check(db: &Db, sent: &[Sent], smtp_folder: &Path) {
    let records = records(db);
    assert_eq!(records.len(), sent.len(), "lost or doubled");
    let mut by_subject: BTreeMap<&str, &MailRecord> = BTreeMap::new();
    for record in &records {
        let before = by_subject.insert(record.subject.as_deref().unwrap(), record);
        assert!(before.is_none(), "twice: {record:?}");
    }
    let letters = letters(smtp_folder);
    let mut opened = BTreeSet::new();
    let (mut answers, mut twins) = (0, 0);
    for Sent { subject, from, is_answer } in sent {
        let record = *by_subject.get(subject.as_str()).unwrap();
        let wanted = if *is_answer { InboundState::Reply } else { InboundState::Ticket };
        assert_eq!(record.state, wanted, "{record:?}");
        if *is_answer {
            answers += 1;
            continue;
        }
        assert!(opened.insert(record.ticket.unwrap()), "two messages opened one ticket");
        let told: Vec<&String> = letters.iter().filter(|(_, to)| to == from).map(|(id, _)| id).collect();
        let distinct: BTreeSet<&&String> = told.iter().collect();
        assert_eq!(distinct.len(), 1, "{from} was told {told:?}");
        twins += told.len() - 1;
    }
    assert_eq!(count(db, "SELECT count(*) AS n FROM tickets"), i64::try_from(opened.len()).unwrap());
    assert_eq!(count(db, "SELECT count(*) AS n FROM ticket_messages"), answers);
    println!(
        "{} tickets, {answers} answers on them, none lost, none doubled; {} acknowledgements sent, {twins} of them twins \
         with the same Message-ID",
        opened.len(),
        letters.len(),
    );
}
