//! Two installations and a machine that answers all it gets: they fall silent, after one message each way.

use crate::app::mail::MailSettings;
use crate::app::testing::{House, mail_through};
use crate::db::testing::each_backend;
use crate::domain::clock::{MICROS_PER_HOUR, MICROS_PER_MINUTE};
use crate::domain::mail::InboundSource;
use crate::jobs::engine::{Runner, RunnerOptions};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

const A: &str = "servicedesk@a.example.se";
const B: &str = "servicedesk@b.example.se";
const ROBOT: &str = "robot@norrvik.example.se";
/// Far more rounds than anything that ends would take.
const ROUNDS: usize = 60;

/// A message on its way.
#[derive(Debug, Clone)]
pub(super) struct Sent {
    pub(super) to: String,
    pub(super) raw: String,
}

impl Sent {
    pub(super) fn header(&self, name: &str) -> Option<String> {
        let head = self.raw.split("\r\n\r\n").next().unwrap().replace("\r\n ", " ");
        head.split("\r\n").find_map(|line| line.strip_prefix(&format!("{name}: "))).map(str::to_owned)
    }
}

/// How a machine answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Temperament {
    /// It says that it is one (RFC 3834).
    Marks,
    /// It doesn't, but names what it answers.
    Threads,
    /// It neither says so nor names anything, and always uses the same words.
    Parrots,
    /// As little as that, and other words each time.
    Babbles,
}

impl Temperament {
    const ALL: [Self; 4] = [Self::Marks, Self::Threads, Self::Parrots, Self::Babbles];

    /// Answers every message, also those that ask for no answer, where they ask for answers.
    fn answer(self, message: &Sent, count: usize) -> Sent {
        let to = message.header("Reply-To").or_else(|| message.header("From")).unwrap();
        let to = to.rsplit_once('<').map_or(to.as_str(), |(_, rest)| rest.trim_end_matches('>')).to_owned();
        let id = message.header("Message-ID").unwrap_or_default();
        let subject = message.header("Subject").unwrap_or_default();
        // Numbers alone don't make other words.
        let word: String = count.to_string().bytes().map(|digit| char::from(digit + 49)).collect();
        let (subject, more, body) = match self {
            Self::Marks => (
                format!("Autosvar: {subject}"),
                "Auto-Submitted: auto-replied\r\n".to_owned(),
                "Jag är ledig.",
            ),
            Self::Threads => (
                format!("SV: {subject}"),
                format!("In-Reply-To: {id}\r\nReferences: {id}\r\n"),
                "Vi har läst det.",
            ),
            Self::Parrots => {
                ("Vi hör av oss".to_owned(), String::new(), "Hej, vi hör av oss så fort vi hinner.")
            }
            Self::Babbles => (format!("Ärende {word}"), String::new(), "Det är noterat hos oss."),
        };
        // To the bare address: this one knows nothing of tags.
        let to = if matches!(self, Self::Parrots | Self::Babbles) { bare(&to) } else { to };
        Sent { raw: letter(ROBOT, &to, &subject, &more, body), to }
    }
}

fn letter(from: &str, to: &str, subject: &str, more: &str, body: &str) -> String {
    format!(
        "Message-ID: <{:x}@norrvik.example.se>\r\nFrom: {from}\r\nTo: {to}\r\nSubject: {subject}\r\n{more}\
         Content-Type: text/plain; charset=utf-8\r\n\r\n{body}\r\n",
        u64::from_le_bytes(std::array::from_fn(|_| {
            let mut byte = [0];
            getrandom::fill(&mut byte).unwrap();
            byte[0]
        }))
    )
}

fn bare(address: &str) -> String {
    let (local, domain) = address.rsplit_once('@').unwrap();
    format!("{}@{domain}", local.split('+').next().unwrap())
}

/// A mail server that keeps what it is given.
pub(super) async fn post_office() -> (u16, Arc<Mutex<Vec<Sent>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let taken = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&taken);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream, Arc::clone(&kept)));
        }
    });
    (port, taken)
}

async fn serve(stream: TcpStream, taken: Arc<Mutex<Vec<Sent>>>) {
    let mut stream = BufReader::new(stream);
    let mut to = String::new();
    stream.write_all(b"220 post office\r\n").await.unwrap();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.unwrap_or(0) == 0 {
            return;
        }
        let command = line.trim_end().to_owned();
        let mut answer = "250 OK\r\n";
        if let Some(rest) = command.strip_prefix("RCPT TO:<") {
            to = rest.split('>').next().unwrap().to_owned();
        } else if command == "DATA" {
            stream.write_all(b"354 go on\r\n").await.unwrap();
            let mut raw = String::new();
            while !raw.ends_with("\r\n.\r\n") {
                assert!(stream.read_line(&mut raw).await.unwrap() > 0, "hung up within a message");
            }
            let raw = raw.strip_suffix(".\r\n").unwrap().replace("\r\n..", "\r\n.");
            taken.lock().unwrap().push(Sent { to: to.clone(), raw });
        } else if command == "QUIT" {
            answer = "221 bye\r\n";
        }
        if stream.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
    }
}

/// A desk whose mail goes through the post office, and that knows everybody's organisation.
async fn desk(test: crate::db::testing::TestDb, port: u16, address: &str) -> House {
    let host = address.split_once('@').unwrap().1;
    let mail = MailSettings { from: Some(address.to_owned()), ..mail_through("127.0.0.1", port) };
    let house = House::known_as(test, host, mail).await;
    house.organisation("norrvik", "Norrviks kommun").await;
    let organisation = house.app.fresh_directory().await.unwrap().organisation_by_code("norrvik").unwrap().id;
    for domain in ["norrvik.example.se", "a.example.se", "b.example.se"] {
        let set = move |tx: &mut crate::db::Tx<'_>| crate::db::mail_domains::set(tx, domain, organisation);
        house.app.db().write(set).await.unwrap();
    }
    house
}

async fn take_in(house: &House, message: &Sent) {
    let mut incoming = house.app.begin_mail().unwrap();
    incoming.write(message.raw.as_bytes()).unwrap();
    house.app.take_in_mail(None, InboundSource::Rest, incoming).await.unwrap();
}

async fn run(house: &House) {
    let clock: Arc<dyn crate::domain::clock::Clock> = house.clock.clone();
    // What one job queues is the next round's work.
    for _ in 0..4 {
        let registry = crate::jobs::kinds::registry(&house.app);
        let options = RunnerOptions::new("test");
        Runner::new(house.app.db().clone(), registry, clock.clone(), options).run_due().await;
    }
}

fn tickets(house: &House) -> usize {
    let count = |conn: &mut crate::db::Conn| {
        crate::db::inbound_mails::count_in(conn, crate::domain::mail::InboundState::Ticket)
    };
    usize::try_from(house.app.db().read_blocking(count).unwrap()).unwrap()
}

struct Storm {
    /// How many messages went from whom to whom, the first one not counted.
    ways: BTreeMap<(String, String), usize>,
    tickets: [usize; 2],
}

/// Lets everybody answer everybody, with so many minutes between, until nothing moves.
async fn storm(
    houses: [House; 2],
    taken: &Mutex<Vec<Sent>>,
    robot: Temperament,
    first: Vec<Sent>,
    pause: i64,
) -> Storm {
    let mut ways = BTreeMap::new();
    let mut moving = first;
    let mut answered = 0;
    for _ in 0..ROUNDS {
        if moving.is_empty() {
            return Storm { ways, tickets: [tickets(&houses[0]), tickets(&houses[1])] };
        }
        let mut next = Vec::new();
        for message in moving {
            match bare(&message.to).as_str() {
                A => take_in(&houses[0], &message).await,
                B => take_in(&houses[1], &message).await,
                ROBOT => {
                    answered += 1;
                    next.push(robot.answer(&message, answered));
                }
                nobody => panic!("a message to {nobody}"),
            }
        }
        for house in &houses {
            house.clock.advance_micros(pause);
            run(house).await;
        }
        next.append(&mut taken.lock().unwrap());
        for message in &next {
            let from = message.header("From").unwrap();
            let from = [A, B, ROBOT].into_iter().find(|address| from.contains(address)).unwrap();
            *ways.entry((from.to_owned(), bare(&message.to))).or_default() += 1;
        }
        moving = next;
    }
    panic!("no end: {ways:?}");
}

/// Two desks on each database at hand.
async fn desks() -> Vec<([House; 2], Arc<Mutex<Vec<Sent>>>)> {
    let mut pairs = Vec::new();
    for (a, b) in each_backend().into_iter().zip(each_backend()) {
        let (port, taken) = post_office().await;
        pairs.push(([desk(a, port, A).await, desk(b, port, B).await], taken));
    }
    pairs
}

fn first(from: &str, to: &str) -> Sent {
    Sent { to: to.to_owned(), raw: letter(from, to, "Skrivaren krånglar", "", "Papper fastnar i den.") }
}

#[tokio::test]
async fn a_machine_and_two_desks_say_one_thing_each() {
    for robot in Temperament::ALL {
        for (houses, taken) in desks().await {
            let letters = vec![first(ROBOT, A), first(ROBOT, B)];
            let storm = storm(houses, &taken, robot, letters, MICROS_PER_MINUTE / 3).await;
            assert!(storm.ways.values().all(|count| *count == 1), "{robot:?}: {:?}", storm.ways);
            assert_eq!(storm.ways.len(), 4, "{robot:?}: {:?}", storm.ways);
            let most = if matches!(robot, Temperament::Marks | Temperament::Threads) { 1 } else { 2 };
            assert_eq!(storm.tickets, [most; 2], "{robot:?}");
        }
    }
}

#[tokio::test]
async fn two_desks_acknowledge_each_other_once() {
    for (houses, taken) in desks().await {
        // Somebody writes to each in the other's name.
        let letters = vec![first(B, A), first(A, B)];
        let storm = storm(houses, &taken, Temperament::Marks, letters, MICROS_PER_MINUTE / 3).await;
        let once = |from: &str, to: &str| ((from.to_owned(), to.to_owned()), 1);
        assert_eq!(storm.ways, BTreeMap::from([once(A, B), once(B, A)]));
        assert_eq!(storm.tickets, [1, 1]);
    }
}

#[tokio::test]
async fn a_machine_that_takes_its_time_is_told_once_a_day_and_three_times_in_all() {
    for robot in Temperament::ALL {
        for (pause, most) in [(11 * MICROS_PER_MINUTE, 1), (25 * MICROS_PER_HOUR, 3)] {
            for (houses, taken) in desks().await {
                let storm = storm(houses, &taken, robot, vec![first(ROBOT, A)], pause).await;
                assert!(storm.ways.values().all(|count| *count <= most), "{robot:?}: {:?}", storm.ways);
                // The first one, and one for each answer to an acknowledgement.
                assert!(storm.tickets[0] <= most + 1, "{robot:?}: {:?}", storm.tickets);
            }
        }
    }
}

/// One that answers nothing and just sends, every twenty minutes for two days.
#[tokio::test]
async fn who_could_be_anybody_opens_a_few_tickets_a_day_and_the_rest_waits_for_a_look() {
    for (houses, taken) in desks().await {
        let house = &houses[0];
        for count in 0_u8..144 {
            let word: String = format!("{count}").bytes().map(|digit| char::from(digit + 49)).collect();
            let raw = letter(ROBOT, A, &format!("Sak {word}"), "", &format!("Det gäller {word}."));
            take_in(house, &Sent { to: A.to_owned(), raw }).await;
            run(house).await;
            house.clock.advance_micros(20 * MICROS_PER_MINUTE);
        }
        assert!((10..=15).contains(&tickets(house)), "{}", tickets(house));
        let held = |conn: &mut crate::db::Conn| {
            crate::db::inbound_mails::count_in(conn, crate::domain::mail::InboundState::Held)
        };
        let held = house.app.db().read_blocking(held).unwrap();
        // None is lost.
        assert_eq!(usize::try_from(held).unwrap() + tickets(house), 144);
        assert!((2..=3).contains(&taken.lock().unwrap().len()));
    }
}

#[tokio::test]
async fn who_writes_again_another_day_is_told_again() {
    for (houses, taken) in desks().await {
        for (text, expected) in [("Skrivaren", 1), ("Skärmen", 1), ("Musen", 2)] {
            let raw = letter(ROBOT, A, text, "", &format!("{text} är trasig."));
            take_in(&houses[0], &Sent { to: A.to_owned(), raw }).await;
            run(&houses[0]).await;
            assert_eq!(taken.lock().unwrap().len(), expected, "{text}");
            houses[0].clock.advance_micros(13 * MICROS_PER_HOUR);
        }
    }
}

/// Three acknowledgements without an answer are enough; an answer by a person begins anew.
#[tokio::test]
async fn a_persons_answer_lets_strangers_be_told_again() {
    for (houses, taken) in desks().await {
        let house = &houses[0];
        let agent = house.person("siv.lund@a.example.se", crate::domain::access::Role::Agent).await;
        let mut told = Vec::new();
        for text in ["Skrivaren", "Skärmen", "Musen", "Stolen", "Lampan"] {
            if text == "Lampan" {
                let number = crate::domain::ticket::TicketNumber::parse("INC-1").unwrap();
                house.app.add_message(&agent, number, "Vi tittar på det.", "public").await.unwrap();
                run(house).await;
                taken.lock().unwrap().clear();
            }
            let raw = letter(ROBOT, A, text, "", &format!("{text} är trasig."));
            take_in(house, &Sent { to: A.to_owned(), raw }).await;
            run(house).await;
            let to_robot = taken.lock().unwrap().drain(..).filter(|sent| sent.to == ROBOT).count();
            told.push(to_robot);
            house.clock.advance_micros(25 * MICROS_PER_HOUR);
        }
        assert_eq!(told, [1, 1, 1, 0, 1]);
    }
}
