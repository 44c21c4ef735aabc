//! The marks we put into Message-IDs and addresses, so that an answer finds its ticket and nobody can make one up.
//!
//! `<inc-1042.17.k3x.SIGNATURE@arende.example.se>` and `servicedesk+inc-1042.SIGNATURE@example.se`. The signature is
//! the first 100 bits of an HMAC-SHA256 in lower-case base32, as servers on the way may change letter case. The same cause gives the same
//! Message-ID: a receiver drops the twin of a message that was sent twice.

use crate::domain::ticket::TicketNumber;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt;

const LENGTH: usize = 20;
const MESSAGE: &[u8] = b"mail-message-id\0";
const ADDRESS: &[u8] = b"mail-address\0";

/// Signs marks with the installation's secret and reads them.
#[derive(Clone)]
pub struct Signer {
    secret: Vec<u8>,
}

/// The secret isn't shown.
impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signer")
    }
}

/// What one of our Message-IDs says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageToken {
    /// The ticket.
    pub ticket: TicketNumber,
    /// The event in the ticket's history that the message told of.
    pub sequence: u64,
    /// Whom it went to: an opaque text of letters and digits.
    pub recipient: String,
}

/// What a Message-ID or an address turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenRead<T> {
    /// Ours.
    Ours(T),
    /// Of our form, but not signed by us.
    Forged,
    /// Nothing of ours.
    Other,
}

impl Signer {
    /// With the installation's secret.
    #[must_use]
    pub const fn new(secret: Vec<u8>) -> Self {
        Self { secret }
    }

    /// A Message-ID without angle brackets. The same token gives the same Message-ID.
    #[must_use]
    pub fn message_id(&self, token: &MessageToken, domain: &str) -> String {
        let body = format!("{}.{}.{}", lower(token.ticket), token.sequence, token.recipient);
        format!("{body}.{}@{domain}", self.signature(MESSAGE, &body))
    }

    /// Reads a Message-ID (without angle brackets).
    #[must_use]
    pub fn read_message_id(&self, id: &str, domain: &str) -> TokenRead<MessageToken> {
        let Some((local, host)) = id.rsplit_once('@') else { return TokenRead::Other };
        if !host.eq_ignore_ascii_case(domain) {
            return TokenRead::Other;
        }
        let Some((body, signature)) = local.rsplit_once('.') else { return TokenRead::Other };
        let mut parts = body.splitn(3, '.');
        let (Some(number), Some(sequence), Some(recipient)) = (parts.next(), parts.next(), parts.next())
        else {
            return TokenRead::Other;
        };
        let (Some(ticket), Ok(sequence)) = (TicketNumber::parse(number), sequence.parse()) else {
            return TokenRead::Other;
        };
        let plain = format!("{}.{sequence}.{recipient}", lower(ticket));
        if self.holds(MESSAGE, &plain, signature) {
            TokenRead::Ours(MessageToken { ticket, sequence, recipient: recipient.to_owned() })
        } else {
            TokenRead::Forged
        }
    }

    /// An address of ours with a ticket's tag; nothing when `address` is none.
    #[must_use]
    pub fn tagged_address(&self, address: &str, ticket: TicketNumber) -> Option<String> {
        let (local, domain) = address.rsplit_once('@')?;
        let number = lower(ticket);
        Some(format!("{local}+{number}.{}@{domain}", self.signature(ADDRESS, &number)))
    }

    /// Reads the tag of an address; whose address it is, the caller knows.
    #[must_use]
    pub fn read_address(&self, address: &str) -> TokenRead<TicketNumber> {
        let Some((local, _)) = address.rsplit_once('@') else { return TokenRead::Other };
        let tag = local.split_once('+').and_then(|(_, tag)| tag.rsplit_once('.'));
        let Some((number, signature)) = tag else { return TokenRead::Other };
        match TicketNumber::parse(number) {
            Some(ticket) if self.holds(ADDRESS, &lower(ticket), signature) => TokenRead::Ours(ticket),
            Some(_) => TokenRead::Forged,
            None => TokenRead::Other,
        }
    }

    fn holds(&self, purpose: &[u8], text: &str, signature: &str) -> bool {
        let expected = self.signature(purpose, text);
        let given = signature.to_ascii_lowercase();
        // Every byte is looked at, so that the time tells nothing. An empty signature is never the right one.
        let differences = expected
            .bytes()
            .zip(given.bytes())
            .fold(0_u8, |differences, (one, other)| differences | (one ^ other));
        given.len() == LENGTH && differences == 0
    }

    fn signature(&self, purpose: &[u8], text: &str) -> String {
        #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.secret).expect("a key of any length");
        mac.update(purpose);
        mac.update(text.as_bytes());
        base32(&mac.finalize().into_bytes()).chars().take(LENGTH).collect()
    }
}

fn lower(ticket: TicketNumber) -> String {
    ticket.to_string().to_ascii_lowercase()
}

/// Lower-case base32 of RFC 4648 without padding.
fn base32(bytes: &[u8]) -> String {
    let mut out = String::new();
    let (mut bits, mut count) = (0_u32, 0_u32);
    for byte in bytes {
        bits = ((bits << 8) | u32::from(*byte)) & 0xffff;
        count += 8;
        while count >= 5 {
            count -= 5;
            let five = u8::try_from((bits >> count) & 31).unwrap_or_default();
            out.push(char::from(if five < 26 { b'a' + five } else { b'2' + five - 26 }));
        }
    }
    if count > 0 {
        let five = u8::try_from((bits << (5 - count)) & 31).unwrap_or_default();
        out.push(char::from(if five < 26 { b'a' + five } else { b'2' + five - 26 }));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signer() -> Signer {
        Signer::new(b"en hemlighet".to_vec())
    }

    fn token() -> MessageToken {
        MessageToken {
            ticket: TicketNumber::parse("INC-1042").unwrap(),
            sequence: 17,
            recipient: "k3xQ".to_owned(),
        }
    }

    #[test]
    fn a_message_id_is_the_same_each_time_and_reads_back() {
        let id = signer().message_id(&token(), "arende.example.se");
        assert_eq!(id, signer().message_id(&token(), "arende.example.se"));
        assert!(
            id.starts_with("inc-1042.17.k3xQ.") && id.len() == "inc-1042.17.k3xQ.".len() + 20 + 18,
            "{id}"
        );
        assert_eq!(signer().read_message_id(&id, "arende.example.se"), TokenRead::Ours(token()));
    }

    #[test]
    fn nothing_can_be_made_up() {
        let id = signer().message_id(&token(), "arende.example.se");
        for (from, to) in [("1042", "1043"), (".17.", ".18."), ("k3x", "k4x"), ("inc", "req")] {
            assert_eq!(
                signer().read_message_id(&id.replace(from, to), "arende.example.se"),
                TokenRead::Forged
            );
        }
        let other = Signer::new(b"annan".to_vec());
        assert_eq!(other.read_message_id(&id, "arende.example.se"), TokenRead::Forged);
        assert_eq!(
            signer().read_message_id("inc-1042.17.k3xQ.@arende.example.se", "arende.example.se"),
            TokenRead::Forged
        );
        assert_eq!(signer().read_message_id(&id, "annan.example"), TokenRead::Other);
        assert_eq!(
            signer().read_message_id("CAF=x.y.z@arende.example.se", "arende.example.se"),
            TokenRead::Other
        );
    }

    #[test]
    fn an_address_carries_its_ticket_whatever_its_case() {
        let ticket = TicketNumber::parse("REQ-7").unwrap();
        let address = signer().tagged_address("servicedesk@example.se", ticket).unwrap();
        assert_eq!(signer().read_address(&address.to_uppercase()), TokenRead::Ours(ticket));
        assert_eq!(signer().read_address(&address.replace("req-7", "req-8")), TokenRead::Forged);
        assert_eq!(signer().read_address("servicedesk+nyhetsbrev@example.se"), TokenRead::Other);
        // A tag is no Message-ID: each purpose has signatures of its own.
        let signature = address.split(['.', '@']).nth(1).unwrap();
        assert_eq!(signer().read_message_id(&format!("req-7.1.x.{signature}@d"), "d"), TokenRead::Forged);
    }

    #[test]
    fn base32_is_that_of_the_rfc() {
        assert_eq!(base32(b"foobar"), "mzxw6ytboi");
    }
}
