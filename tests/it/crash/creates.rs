//! A server that is killed while tickets are filed through its API.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use arende::db::tickets;
use arende::domain::ticket::{Origin, TicketNumber};

use super::{arende, assert_whole, kill_after, number};
use crate::support::house::{self, House, PASSWORD};

const CLIENTS: usize = 4;

struct Server {
    child: Child,
    address: String,
}

/// Starts the server; it says where it listens.
fn serve(house: &House) -> Server {
    let mut command = arende(&house.database, house.folder.path());
    command.arg("serve").env("ARENDE_BIND", "127.0.0.1:0").env("ARENDE_SERVER__WORKERS", "2");
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let said = lines.by_ref().map(Result::unwrap).find(|line| line.contains("Listening at http://"));
    let said = said.unwrap_or_else(|| panic!("the server ended before it listened"));
    let (_, address) = said.rsplit_once("http://").unwrap();
    let address = address.split_whitespace().next().unwrap().to_owned();
    // What it says later must go somewhere, or it would wait.
    std::thread::spawn(move || lines.for_each(drop));
    Server { child, address }
}

/// Sends a POST; nothing when the server was gone before it had answered whole.
fn post(
    address: &str,
    path: &str,
    headers: &str,
    body: &serde_json::Value,
) -> Option<(u16, serde_json::Value)> {
    let body = body.to_string();
    let mut stream = TcpStream::connect(address).ok()?;
    write!(
        stream,
        "POST /api/v1{path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n{headers}\r\n{body}",
        body.len()
    )
    .ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some((status, serde_json::from_str(body).ok()?))
}

/// A client files ticket after ticket until the server is gone. What wasn't answered is sent again to the
/// next server under the same key.
struct Client {
    name: usize,
    next: usize,
}

impl Client {
    fn file_until_gone(
        &mut self,
        address: &str,
        token: &str,
        ends: &AtomicBool,
        answered: &Mutex<BTreeMap<String, String>>,
    ) {
        while !ends.load(Ordering::Relaxed) {
            let subject = format!("Ärende {} från {}", self.next, self.name);
            let headers = format!(
                "Authorization: Bearer {token}\r\nIdempotency-Key: key-{}-{}\r\n",
                self.name, self.next
            );
            let body = serde_json::json!({ "kind": "incident", "subject": subject });
            let Some((status, ticket)) = post(address, "/tickets", &headers, &body) else { return };
            assert_eq!(status, 201, "{ticket}");
            let number = ticket["number"].as_str().unwrap().to_owned();
            let before = answered.lock().unwrap().insert(number.clone(), subject);
            assert_eq!(before, None, "{number} was given out twice");
            self.next += 1;
        }
    }
}

#[test]
fn a_killed_server_has_every_ticket_that_it_answered_for() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let house = runtime.block_on(async {
        let house = house::open().await;
        house.person("Rut", "requester", &[], Origin::Portal).await;
        house
    });
    let mut token = None;
    let mut clients: Vec<Client> = (0..CLIENTS).map(|name| Client { name, next: 0 }).collect();
    let answered = Mutex::new(BTreeMap::new());
    for millis in [150, 430, 270, 90] {
        let mut server = serve(&house);
        let token = token.get_or_insert_with(|| {
            let body = serde_json::json!({ "email": "rut@example.se", "password": PASSWORD });
            let (status, session) = post(&server.address, "/sessions", "", &body).unwrap();
            assert_eq!(status, 201, "{session}");
            session["accessToken"].as_str().unwrap().to_owned()
        });
        let ends = AtomicBool::new(false);
        std::thread::scope(|scope| {
            for client in &mut clients {
                scope.spawn(|| client.file_until_gone(&server.address, token, &ends, &answered));
            }
            assert!(
                kill_after(&mut server.child, Duration::from_millis(millis)),
                "the server ended by itself"
            );
            ends.store(true, Ordering::Relaxed);
        });
    }
    // The last server answers what was under way when the one before it died.
    let mut server = serve(&house);
    let ends = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for client in &mut clients {
            scope
                .spawn(|| client.file_until_gone(&server.address, token.as_ref().unwrap(), &ends, &answered));
        }
        kill_after(&mut server.child, Duration::from_millis(200));
        ends.store(true, Ordering::Relaxed);
    });

    let answered = answered.into_inner().unwrap();
    assert!(answered.len() > 20, "only {} tickets were filed", answered.len());
    let db = house.database.open();
    for (number, subject) in &answered {
        let number = TicketNumber::parse(number).unwrap();
        let ticket = db.read_blocking(move |conn| tickets::by_number(conn, number)).unwrap();
        assert_eq!(ticket.map(|ticket| ticket.subject).as_ref(), Some(subject), "{number}");
    }
    let tickets = number(&db, "SELECT count(*) AS value FROM tickets");
    let subjects = number(&db, "SELECT count(DISTINCT subject) AS value FROM tickets");
    assert_eq!(tickets, subjects, "a ticket sent again under its key was filed twice");
    assert_whole(&db);
}
