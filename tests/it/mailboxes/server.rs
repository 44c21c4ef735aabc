//! The Dovecot that `./test` has started, and somebody who puts mail into it.

use arende::domain::mail::{FirstFetch, MailSecurity, MailboxSpec};
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::path::Path;

/// Everybody's password there.
pub const PASSWORD: &str = "hemligt";

pub struct Dovecot {
    pub plain_port: u16,
    encrypted_port: u16,
    authorities: String,
}

impl Dovecot {
    /// The server, if there is one; if not that is said aloud.
    pub fn given() -> Option<Self> {
        #[expect(clippy::disallowed_methods, reason = "a switch of the tests, not a setting of the product")]
        let Ok(told) = std::env::var("ARENDE_TEST_IMAP") else {
            // Written past the test harness, which swallows what a passing test prints.
            writeln!(std::io::stderr(), "LEFT OUT: no Dovecot; ./test starts one (ARENDE_TEST_IMAP)")
                .unwrap();
            return None;
        };
        let parts: Vec<&str> = told.splitn(3, ',').collect();
        let ca = std::fs::read_to_string(Path::new(parts[2]).join("ca.pem")).unwrap();
        Some(Self {
            plain_port: parts[0].parse().unwrap(),
            encrypted_port: parts[1].parse().unwrap(),
            authorities: ca,
        })
    }

    /// Somebody's mailbox, encrypted, read from its beginning. Names are made unlike those of other runs.
    pub fn spec(&self, name: &str) -> MailboxSpec {
        MailboxSpec {
            host: "localhost".to_owned(),
            port: self.encrypted_port,
            security: MailSecurity::Tls,
            authorities: self.authorities.clone(),
            username: own(name),
            first_fetch: FirstFetch::All,
            ..MailboxSpec::default()
        }
    }

    pub fn sign_in(&self, name: &str) -> Imap {
        let stream = TcpStream::connect(("127.0.0.1", self.plain_port)).unwrap();
        let mut imap = Imap { reader: BufReader::new(stream.try_clone().unwrap()), stream };
        imap.line();
        imap.run(&format!("LOGIN {} {PASSWORD}", own(name)));
        imap
    }
}

/// The same server may serve several runs.
fn own(name: &str) -> String {
    format!("{name}{}", std::process::id())
}

/// A few commands of IMAP, by hand, so that the library isn't tested against itself.
pub struct Imap {
    stream: TcpStream,
    reader: BufReader<TcpStream>,
}

impl Imap {
    fn line(&mut self) -> String {
        let mut line = String::new();
        self.reader.read_line(&mut line).unwrap();
        line
    }

    fn run(&mut self, command: &str) -> Vec<String> {
        write!(self.stream, "x {command}\r\n").unwrap();
        self.until_done()
    }

    fn until_done(&mut self) -> Vec<String> {
        let mut lines = Vec::new();
        loop {
            let line = self.line();
            assert!(!line.is_empty(), "the server hung up: {lines:?}");
            if line.starts_with("x ") {
                assert!(line.starts_with("x OK"), "{line}");
                return lines;
            }
            lines.push(line);
        }
    }

    pub fn create(&mut self, folder: &str) {
        self.run(&format!("CREATE {folder}"));
    }

    pub fn delete(&mut self, folder: &str) {
        self.run(&format!("DELETE {folder}"));
    }

    pub fn append(&mut self, folder: &str, flags: &str, message: &[u8]) {
        write!(self.stream, "x APPEND {folder} ({flags}) {{{}}}\r\n", message.len()).unwrap();
        assert!(self.line().starts_with('+'));
        self.stream.write_all(message).unwrap();
        self.stream.write_all(b"\r\n").unwrap();
        self.until_done();
    }

    pub fn count(&mut self, folder: &str) -> u32 {
        let lines = self.run(&format!("STATUS {folder} (MESSAGES)"));
        let line = lines.iter().find(|line| line.contains("MESSAGES")).unwrap();
        let digits: String =
            line.rsplit("MESSAGES ").next().unwrap().chars().take_while(char::is_ascii_digit).collect();
        digits.parse().unwrap()
    }
}

/// A message unlike all others.
pub fn message(number: u32) -> Vec<u8> {
    format!(
        "From: Anna Berg <anna.berg@example.se>\r\nTo: it@example.se\r\nSubject: Skrivaren {number}\r\n\
         Message-ID: <{number}@example.se>\r\n\r\nDen skriver inte.\r\n"
    )
    .into_bytes()
}
