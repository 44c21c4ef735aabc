//! Addresses, Message-IDs and dates.

use super::words::{normalised, one_line};
use crate::domain::clock::{Instant, MICROS_PER_SECOND};
use crate::domain::mail::Mailbox;
use mail_parser::parsers::MessageStream;
use mail_parser::{Addr, Address, DateTime};

/// No message is meant for more people by hand.
const MOST_ADDRESSES: usize = 500;
/// Longer ones are no address and no Message-ID (RFC 5321 §4.5.3.1, RFC 5322 §2.1.1).
const LONGEST_ADDRESS: usize = 320;
const LONGEST_ID: usize = 998;
const MOST_IDS: usize = 200;

/// The mailboxes of a field, groups resolved.
pub(super) fn mailboxes(value: &[u8]) -> Vec<Mailbox> {
    let mut line = normalised(value);
    line.push(b'\n');
    let parsed = MessageStream::new(&line).parse_address();
    let found: Vec<Mailbox> = match parsed.as_address() {
        Some(Address::List(list)) => list.iter().take(MOST_ADDRESSES).filter_map(mailbox).collect(),
        Some(Address::Group(groups)) => groups
            .iter()
            .flat_map(|group| &group.addresses)
            .take(MOST_ADDRESSES)
            .filter_map(mailbox)
            .collect(),
        None => Vec::new(),
    };
    found
}

fn mailbox(found: &Addr<'_>) -> Option<Mailbox> {
    let name = one_line(found.name.as_deref().unwrap_or_default());
    let name = name.trim_matches(['"', '\'']).trim().chars().take(200).collect::<String>();
    let address: String = one_line(found.address.as_deref().unwrap_or_default())
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    if address.len() > LONGEST_ADDRESS {
        return None;
    }
    if address.is_empty() && is_address(&name) {
        return Some(Mailbox { name: String::new(), address: name });
    }
    (!address.is_empty() || !name.is_empty()).then_some(Mailbox { name, address })
}

fn is_address(text: &str) -> bool {
    text.len() <= LONGEST_ADDRESS && text.contains('@') && !text.contains(char::is_whitespace)
}

/// The addresses of a field that holds nothing else, such as Delivered-To.
pub(super) fn plain_addresses(value: &[u8]) -> Vec<String> {
    mailboxes(value)
        .into_iter()
        .map(|mailbox| mailbox.address)
        .filter(|address| is_address(address))
        .collect()
}

/// The envelope's sender: empty for `<>`.
pub(super) fn return_path(value: &[u8]) -> Option<String> {
    let text = super::words::text(value).text;
    let inner = text.trim_matches(['<', '>', ' ']).to_owned();
    (inner.is_empty() || is_address(&inner) || inner.eq_ignore_ascii_case("MAILER-DAEMON")).then_some(inner)
}

/// The Message-IDs of a field, in their order; of very many the first and the newest.
pub(super) fn message_ids(value: &[u8]) -> Vec<String> {
    let text = super::words::text(value).text;
    let mut ids: Vec<String> = Vec::new();
    let mut rest = text.as_str();
    while let Some((_, after)) = rest.split_once('<') {
        let Some((id, after)) = after.split_once('>') else { break };
        push_id(&mut ids, id);
        rest = after;
    }
    if ids.is_empty() {
        // Without brackets, as some programs write it.
        for word in text.split([' ', ',', ';']).filter(|word| word.contains('@')) {
            push_id(&mut ids, word);
        }
    }
    if ids.len() > MOST_IDS {
        let newest = ids.len() - (MOST_IDS - 1);
        ids.drain(1..newest);
    }
    ids
}

fn push_id(ids: &mut Vec<String>, id: &str) {
    let id: String = id.chars().filter(|c| !c.is_whitespace()).collect();
    if !id.is_empty() && id.len() <= LONGEST_ID {
        ids.push(id);
    }
}

/// When the message says it was written.
pub(super) fn date(value: &[u8]) -> Option<Instant> {
    let mut line = super::words::text(value).text.into_bytes();
    line.push(b'\n');
    let parsed = MessageStream::new(&line).parse_date();
    let mut date: DateTime = parsed.as_datetime().cloned()?;
    // Two digits, as before the year 2000 (RFC 5322 §4.3).
    date.year = match date.year {
        0..=49 => date.year + 2000,
        50..=99 => date.year + 1900,
        year => year,
    };
    if !date.is_valid() {
        return None;
    }
    // Before e-mail or far ahead is no date.
    if !(1971..=2200).contains(&date.year) {
        return None;
    }
    Some(Instant::from_micros(date.to_timestamp().checked_mul(MICROS_PER_SECOND)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: &str) -> Vec<(String, String)> {
        mailboxes(value.as_bytes()).into_iter().map(|found| (found.name, found.address)).collect()
    }

    fn pair(name: &str, address: &str) -> (String, String) {
        (name.to_owned(), address.to_owned())
    }

    #[test]
    fn addresses_read_in_all_their_forms() {
        let anna = pair("Anna Ek", "anna.ek@example.se");
        for form in [
            "Anna Ek <anna.ek@example.se>",
            "\"Anna Ek\" <anna.ek@example.se>",
            "anna.ek@example.se (Anna Ek)",
            "=?utf-8?Q?Anna?= =?utf-8?Q?_Ek?= <anna.ek@example.se>",
            "'Anna Ek' <anna.ek@example.se>",
            "\"=?utf-8?Q?Anna_Ek?=\" <anna.ek@example.se>",
        ] {
            assert_eq!(read(form), std::slice::from_ref(&anna), "{form}");
        }
        assert_eq!(
            read("=?utf-8?Q?Ek=2C_Anna?= <a@example.se>, b@example.se"),
            [pair("Ek, Anna", "a@example.se"), pair("", "b@example.se")]
        );
        assert_eq!(read("Skolan: a@example.se, B <b@example.se>;").len(), 2);
        assert_eq!(read("undisclosed-recipients:;"), []);
        assert_eq!(
            read("=?utf-8?Q?Bj=C3=B6?= =?utf-8?Q?rn?= <b@example.se>"),
            [pair("Björn", "b@example.se")]
        );
    }

    #[test]
    fn an_address_hidden_in_a_name_stays_a_name() {
        let found = read("=?utf-8?Q?chef=40example=2Ese_=3Cchef=40example=2Ese=3E?= <x@annan.example>");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].1, "x@annan.example");
    }

    #[test]
    fn ids_and_dates_read() {
        assert_eq!(message_ids(b"<a@x> <b @y>\r\n <c@z>"), ["a@x", "b@y", "c@z"]);
        assert_eq!(message_ids(b"a@x b@y"), ["a@x", "b@y"]);
        let many: String = (0..1000).map(|n| format!("<{n}@x> ")).collect();
        let ids = message_ids(many.as_bytes());
        assert_eq!((ids.len(), ids[0].as_str(), ids[199].as_str()), (200, "0@x", "999@x"));
        let date = |text: &str| date(text.as_bytes()).map(|date| date.to_string());
        assert_eq!(date("Thu, 19 Nov 2026 10:02:03 +0100").as_deref(), Some("2026-11-19T09:02:03Z"));
        assert_eq!(date("Thu, 19 Nov 26 10:02:00 GMT").as_deref(), Some("2026-11-19T10:02:00Z"));
        assert_eq!(date("i går"), None);
        assert_eq!(return_path(b" <> "), Some(String::new()));
    }
}
