//! Mail through the pipe, as a mail server hands it over: one `arende mail ingest` a message, a running server
//! beside it (`docs/PERFORMANCE.md`). Run by hand, after `cargo build --release`:
//!
//! ```text
//! cargo bench --bench mail_pipe -- [MESSAGES] [--api] [--kill TIMES] [--program FILE]
//! ```
//!
//! With `--api` they come by `POST /intake/mail` instead, over four connections. 5 % of the messages are duplicates, 2 % broken, 1 % hostile. With `--kill` the server is killed so many
//! times while it works. In the end every message must be there once. Prints messages a second and the most
//! memory the server has held.

#![expect(clippy::print_stdout, reason = "a program for people")]
#![expect(clippy::disallowed_methods, reason = "a program of its own waits as it likes")]
#![expect(clippy::unwrap_used, reason = "a measurement that can't be made has nothing to tell")]

use arende::app::random::SystemRandom;
use arende::app::{App, AppSettings};
use arende::db::inbound_mails::{self, RecordFilter};
use arende::db::reference::{self, NewOrganisation};
use arende::db::{Db, DbError, DbOptions, mail_domains};
use arende::domain::clock::SystemClock;
use arende::domain::mail::InboundState;
use arende::domain::people::OrganisationKind;
use arende::files::FileStore;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::thread::{scope, sleep};
use std::time::{Duration, Instant};

const ADDRESS: &str = "127.0.0.1:18973";
const PIPES: usize = 4;

struct Wanted {
    messages: usize,
    kills: u32,
    by_api: bool,
    program: PathBuf,
}

fn main() {
    let wanted = wanted();
    let folder = tempfile::tempdir().unwrap();
    prepare(folder.path());
    let (letters, distinct) = write_letters(&folder.path().join("letters"), wanted.messages);
    println!("{} messages, {distinct} of them distinct", letters.len());
    let server = Server::new(&wanted.program, folder.path());
    let token = wanted.by_api.then(|| sign_in(&wanted.program, folder.path()));
    let started = Instant::now();
    let handed_over = AtomicBool::new(false);
    let in_all = scope(|scope| {
        let pipes = scope.spawn(|| {
            match &token {
                Some(token) => hand_over_by_api(token, &letters),
                None => hand_over(&wanted.program, folder.path(), &letters),
            }
            handed_over.store(true, Ordering::SeqCst);
            started.elapsed()
        });
        for _ in 0..wanted.kills {
            sleep(Duration::from_millis(40 + u64::from(started.elapsed().subsec_nanos() % 400)));
            server.kill_and_start();
        }
        let took = pipes.join().unwrap();
        println!("handed over after {:.1} s", took.as_secs_f64());
        wait_until_settled(folder.path(), distinct);
        started.elapsed()
    });
    let a_second = f64::from(u32::try_from(letters.len()).unwrap()) / in_all.as_secs_f64();
    println!(
        "all settled after {:.1} s: {a_second:.0} a second; the server held {} MB at most, and was killed {} times",
        in_all.as_secs_f64(),
        server.most_memory.load(Ordering::SeqCst) / 1024,
        wanted.kills
    );
    check(folder.path(), distinct);
}

fn wanted() -> Wanted {
    let mut wanted =
        Wanted { messages: 10_000, kills: 0, by_api: false, program: PathBuf::from("target/release/arende") };
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--api" => wanted.by_api = true,
            "--kill" => wanted.kills = arguments.next().unwrap().parse().unwrap(),
            "--program" => wanted.program = PathBuf::from(arguments.next().unwrap()),
            number => wanted.messages = number.parse().unwrap(),
        }
    }
    wanted
}

fn open(folder: &Path) -> Db {
    Db::open(&DbOptions::new(format!("sqlite://{}", folder.join("arende.db").display()))).unwrap()
}

/// An installation with one municipality whose people all write from its domain.
fn prepare(folder: &Path) {
    let db = open(folder);
    db.migrate().unwrap();
    let settings = AppSettings {
        secret: vec![7; 32],
        access_token_micros: 1,
        session_micros: 1,
        password_min_chars: 12,
        attachment_max_bytes: 1,
        import_max_bytes: 1,
        mail_max_bytes: 1,
        mail: arende::app::mail::MailSettings::default(),
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
}

/// The messages as files, in the order in which they are handed over, and how many of them are distinct.
fn write_letters(folder: &Path, count: usize) -> (Vec<PathBuf>, usize) {
    fs::create_dir_all(folder).unwrap();
    let mut letters: Vec<PathBuf> = Vec::with_capacity(count);
    let mut distinct = 0;
    for n in 0..count {
        // One in twenty comes a second time, soon after.
        if n % 20 == 19 {
            letters.push(letters.get(n - 7).unwrap().clone());
            continue;
        }
        let bytes = match n % 100 {
            3 | 53 => broken(n),
            42 => hostile(n / 100, n),
            _ => ordinary(n).into_bytes(),
        };
        let path = folder.join(format!("{n}.eml"));
        fs::write(&path, bytes).unwrap();
        letters.push(path);
        distinct += 1;
    }
    (letters, distinct)
}

fn head(n: usize, more: &str) -> String {
    // So many people that none of them writes more than a person does.
    let person = n % 2_000;
    format!(
        "Received: from mx.example.se by it.example.se; Tue, 1 Sep 2026 10:00:00 +0200\r\n\
         Message-ID: <{n}@norrvik.example.se>\r\nFrom: Person {person} <person{person}@norrvik.example.se>\r\n\
         To: servicedesk@it.example.se\r\nSubject: {}\r\nDate: Tue, 1 Sep 2026 10:00:00 +0200\r\n\
         MIME-Version: 1.0\r\n{more}\r\n",
        name(n)
    )
}

/// Letters only, as the same words with other numbers are the same words.
fn name(n: usize) -> String {
    let digits = n.to_string();
    let letters: String = digits.bytes().map(|digit| char::from(b'a' + digit - b'0')).collect();
    format!("Brev {letters} x{n}x")
}

fn ordinary(n: usize) -> String {
    let text = "Hej!\r\nSkrivaren på plan två drar två papper i taget och sedan fastnar de. Vi har startat om den.\r\n";
    let picture = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==\r\n";
    match n % 3 {
        0 => head(n, "Content-Type: text/plain; charset=utf-8\r\n") + text + &name(n) + "\r\n",
        1 => {
            head(n, "Content-Type: multipart/alternative; boundary=b\r\n")
                + &format!(
                    "--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}{0}\r\n--b\r\nContent-Type: text/html; \
                     charset=utf-8\r\n\r\n<html><body><p>{text}</p><p>{0}</p></body></html>\r\n--b--\r\n",
                    name(n)
                )
        }
        _ => {
            head(n, "Content-Type: multipart/mixed; boundary=b\r\n")
                + &format!(
                    "--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}{}\r\n--b\r\nContent-Type: image/png; \
                     name=bild.png\r\nContent-Disposition: attachment; filename=bild.png\r\n\
                     Content-Transfer-Encoding: base64\r\n\r\n{picture}{}--b--\r\n",
                    name(n),
                    "QUJD".repeat(18).add_line().repeat(100)
                )
        }
    }
}

trait Lines {
    fn add_line(self) -> String;
}

impl Lines for String {
    fn add_line(mut self) -> String {
        self.push_str("\r\n");
        self
    }
}

fn broken(n: usize) -> Vec<u8> {
    match n % 4 {
        0 => format!("bara text {}", name(n)).into_bytes(),
        1 => [&b"\x00\xff\xfe "[..], name(n).as_bytes()].concat(),
        2 => (head(n, "Content-Type: multipart/mixed; boundary=saknas\r\n") + "inget här").into_bytes(),
        _ => [
            head(n, "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n")
                .as_bytes(),
            b"&&&\xff\xfe###",
        ]
        .concat(),
    }
}

fn hostile(which: usize, n: usize) -> Vec<u8> {
    match which % 5 {
        0 => {
            let mut text = head(n, "Content-Type: multipart/mixed; boundary=b0\r\n");
            for level in 0..10_000 {
                let _ = write!(
                    text,
                    "--b{level}\r\nContent-Type: multipart/mixed; boundary=b{}\r\n\r\n",
                    level + 1
                );
            }
            text.into_bytes()
        }
        1 => {
            let ids: String = (0..60_000).fold(String::new(), |mut ids, id| {
                let _ = write!(ids, "<{id}@example.se>\r\n ");
                ids
            });
            (head(n, &format!("References: {ids}\r\nContent-Type: text/plain\r\n")) + "Hej " + &name(n))
                .into_bytes()
        }
        // Fifty megabytes, once in a thousand messages.
        2 if which % 10 == 2 => {
            let mut text = head(
                n,
                "Content-Type: application/octet-stream; name=stor.bin\r\nContent-Transfer-Encoding: base64\r\n",
            );
            text.push_str(&"QUJDREVG".repeat(9).add_line().repeat(50_000_000 / 74));
            text.into_bytes()
        }
        3 => [head(n, "Content-Type: text/plain\r\n").as_bytes(), &[0; 100_000], name(n).as_bytes()].concat(),
        _ => {
            let evil = "X-Injected: =?utf-8?q?ett=0D=0ABcc:_alla@example.se?=\r\nContent-Type: text/html\r\n";
            (head(n, evil) + &"<div><blockquote>".repeat(20_000) + &name(n)).into_bytes()
        }
    }
}

/// The server, watched over and started anew when it was killed.
struct Server {
    program: PathBuf,
    folder: PathBuf,
    child: std::sync::Mutex<Child>,
    most_memory: Arc<AtomicU64>,
}

impl Server {
    fn new(program: &Path, folder: &Path) -> Self {
        let most_memory = Arc::new(AtomicU64::new(0));
        let child = started(program, folder);
        watch_memory(child.id(), Arc::clone(&most_memory));
        Self {
            program: program.to_owned(),
            folder: folder.to_owned(),
            child: std::sync::Mutex::new(child),
            most_memory,
        }
    }

    fn kill_and_start(&self) {
        let mut child = self.child.lock().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        *child = started(&self.program, &self.folder);
        watch_memory(child.id(), Arc::clone(&self.most_memory));
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let mut child = self.child.lock().unwrap();
        let _ = child.kill();
        let _ = child.wait();
    }
}

#[expect(
    clippy::zombie_processes,
    reason = "whoever calls waits for it; a server that never answers ends the program"
)]
fn started(program: &Path, folder: &Path) -> Child {
    assert!(TcpStream::connect(ADDRESS).is_err(), "another server listens at {ADDRESS}");
    let log = File::options().create(true).append(true).open(folder.join("server.log")).unwrap();
    let child = Command::new(program)
        .arg("serve")
        .env("ARENDE_DATA_DIR", folder)
        .env("ARENDE_BIND", ADDRESS)
        .env("ARENDE_TELEMETRY__FILTER", "warn")
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .unwrap();
    for _ in 0..200 {
        if TcpStream::connect(ADDRESS).is_ok() {
            return child;
        }
        sleep(Duration::from_millis(20));
    }
    panic!("the server doesn't answer: {}", fs::read_to_string(folder.join("server.log")).unwrap());
}

fn watch_memory(process: u32, most: Arc<AtomicU64>) {
    std::thread::spawn(move || {
        while let Ok(status) = fs::read_to_string(format!("/proc/{process}/status")) {
            let kilobytes = status
                .lines()
                .find_map(|line| line.strip_prefix("VmHWM:"))
                .and_then(|rest| rest.split_whitespace().next()?.parse().ok());
            most.fetch_max(kilobytes.unwrap_or(0), Ordering::SeqCst);
            sleep(Duration::from_millis(50));
        }
    });
}

fn hand_over(program: &Path, folder: &Path, letters: &[PathBuf]) {
    let next = AtomicUsize::new(0);
    scope(|scope| {
        for _ in 0..PIPES {
            scope.spawn(|| {
                while let Some(letter) = letters.get(next.fetch_add(1, Ordering::SeqCst)) {
                    let status = Command::new(program)
                        .args(["mail", "ingest"])
                        .env("ARENDE_DATA_DIR", folder)
                        .stdin(File::open(letter).unwrap())
                        .status()
                        .unwrap();
                    assert!(status.success(), "{}: {status}", letter.display());
                }
            });
        }
    });
}

/// The access token of somebody who may hand over mail.
fn sign_in(program: &Path, folder: &Path) -> String {
    let (email, password) = ("mail@example.se", "korrekt hast batteri klammer");
    let mut adding = Command::new(program)
        .args(["user", "add", "--email", email, "--name", "Post Provsson", "--role", "administrator"])
        .arg("--password-stdin")
        .env("ARENDE_DATA_DIR", folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    adding.stdin.take().unwrap().write_all(password.as_bytes()).unwrap();
    assert!(adding.wait().unwrap().success());
    let asked = serde_json::json!({ "email": email, "password": password }).to_string();
    let (status, answer) =
        Connection::new().ask("/api/v1/sessions", "Content-Type: application/json", asked.as_bytes());
    assert_eq!(status, 201, "{answer}");
    let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
    answer.get("accessToken").and_then(serde_json::Value::as_str).unwrap().to_owned()
}

/// A connection that is kept for one request after another.
struct Connection {
    reader: BufReader<TcpStream>,
}

impl Connection {
    fn new() -> Self {
        let stream = TcpStream::connect(ADDRESS).unwrap();
        stream.set_nodelay(true).unwrap();
        Self { reader: BufReader::new(stream) }
    }

    /// Posts; the answer's status and body.
    fn ask(&mut self, path: &str, headers: &str, body: &[u8]) -> (u16, String) {
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {ADDRESS}\r\n{headers}\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        let stream = self.reader.get_mut();
        stream.write_all(&[head.as_bytes(), body].concat()).unwrap();
        let (mut status, mut length, mut line) = (0, 0, String::new());
        loop {
            line.clear();
            self.reader.read_line(&mut line).unwrap();
            let lower = line.trim_end().to_lowercase();
            if let Some(rest) = lower.strip_prefix("http/1.1 ") {
                status = rest.split(' ').next().unwrap().parse().unwrap();
            } else if let Some(rest) = lower.strip_prefix("content-length: ") {
                length = rest.parse().unwrap();
            } else if lower.is_empty() {
                break;
            }
        }
        let mut answer = vec![0; length];
        self.reader.read_exact(&mut answer).unwrap();
        (status, String::from_utf8(answer).unwrap())
    }
}

fn hand_over_by_api(token: &str, letters: &[PathBuf]) {
    let headers = format!("Content-Type: message/rfc822\r\nAuthorization: Bearer {token}");
    let next = AtomicUsize::new(0);
    scope(|scope| {
        for _ in 0..PIPES {
            scope.spawn(|| {
                let mut connection = Connection::new();
                while let Some(letter) = letters.get(next.fetch_add(1, Ordering::SeqCst)) {
                    let (status, answer) =
                        connection.ask("/api/v1/intake/mail", &headers, &fs::read(letter).unwrap());
                    assert_eq!(status, 202, "{}: {answer}", letter.display());
                }
            });
        }
    });
}

fn wait_until_settled(folder: &Path, distinct: usize) {
    let db = open(folder);
    let ended = Instant::now() + Duration::from_secs(300);
    loop {
        let (all, waiting) = db
            .read_blocking(|conn| {
                let mut all = 0;
                for state in InboundState::ALL {
                    all += inbound_mails::count_in(conn, *state)?;
                }
                Ok::<_, DbError>((all, inbound_mails::count_in(conn, InboundState::Received)?))
            })
            .unwrap();
        if waiting == 0 && usize::try_from(all).unwrap() >= distinct {
            return;
        }
        assert!(Instant::now() < ended, "{all} of {distinct} taken in, {waiting} not understood");
        sleep(Duration::from_millis(20));
    }
}

/// Every message is there once, and became at most one ticket.
fn check(folder: &Path, distinct: usize) {
    let db = open(folder);
    let mut states: BTreeMap<&str, usize> = BTreeMap::new();
    let mut tickets: BTreeMap<i64, usize> = BTreeMap::new();
    let mut filter = RecordFilter::default();
    let mut records = 0;
    loop {
        let page = db.read_blocking(|conn| inbound_mails::page(conn, &filter, 0, 500)).unwrap();
        let Some(last) = page.last() else { break };
        filter.before = Some(last.id);
        for record in &page {
            records += 1;
            *states.entry(record.state.as_text()).or_default() += 1;
            if let Some(ticket) = record.ticket {
                *tickets.entry(ticket.get()).or_default() += 1;
            }
        }
    }
    let opened = states.get("ticket").copied().unwrap_or(0);
    println!("{records} records: {states:?}");
    assert_eq!(records, distinct, "lost or doubled");
    assert_eq!(tickets.len(), opened, "one ticket each");
    let last = db
        .read_blocking(|conn| {
            arende::db::tickets::by_id(
                conn,
                arende::domain::ids::TicketId(i64::try_from(opened).unwrap() + 1),
            )
        })
        .unwrap();
    assert!(last.is_none(), "more tickets than messages that opened one");
}
