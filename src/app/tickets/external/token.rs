//! What stands in a link's address: ticket, group, end and random id, signed with the installation's secret.

use crate::app::{AppError, opaque};
use crate::domain::clock::{Instant, MICROS_PER_SECOND};
use crate::domain::ids::{GroupId, TicketId};
use crate::domain::ticket::ExternalLink;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// What a link says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Claim {
    pub(super) ticket: TicketId,
    pub(super) link: ExternalLink,
}

/// Keeps these signatures apart from all others made with the same secret.
const PURPOSE: &[u8] = b"external\0";

/// The token of a claim: `ticket.group.end.id.signature`, fit for a path as it is.
pub(super) fn sign(secret: &[u8], claim: &Claim) -> Result<String, AppError> {
    let Claim { ticket, link: ExternalLink { group, until, id } } = claim;
    let (ticket, group) = (opaque::encode(ticket.get()), opaque::encode(group.get()));
    let text = format!("{ticket}.{group}.{}.{id}", until.micros() / MICROS_PER_SECOND);
    let signature = URL_SAFE_NO_PAD.encode(mac(secret, &text)?.finalize().into_bytes());
    Ok(format!("{text}.{signature}"))
}

/// The claim of a token; nothing when it isn't one of ours, compared in a time that tells nothing.
pub(super) fn read(secret: &[u8], token: &str) -> Result<Option<Claim>, AppError> {
    let Some((text, signature)) = token.rsplit_once('.') else { return Ok(None) };
    let Ok(signature) = URL_SAFE_NO_PAD.decode(signature) else { return Ok(None) };
    if mac(secret, text)?.verify_slice(&signature).is_err() {
        return Ok(None);
    }
    Ok(parsed(text))
}

fn parsed(text: &str) -> Option<Claim> {
    let mut parts = text.splitn(4, '.');
    let ticket = opaque::decode(parts.next()?).map(TicketId)?;
    let group = opaque::decode(parts.next()?).map(GroupId)?;
    let seconds: i64 = parts.next()?.parse().ok()?;
    let until = Instant::from_micros(seconds.checked_mul(MICROS_PER_SECOND)?);
    Some(Claim { ticket, link: ExternalLink { group, until, id: parts.next()?.to_owned() } })
}

fn mac(secret: &[u8], text: &str) -> Result<Hmac<Sha256>, AppError> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret)
        .map_err(|error| AppError::internal("signing a link", error.to_string()))?;
    mac.update(PURPOSE);
    mac.update(text.as_bytes());
    Ok(mac)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim() -> Claim {
        let until = Instant::from_micros(1_800_000_000 * MICROS_PER_SECOND);
        let link = ExternalLink { group: GroupId(4), until, id: "a-random_id".to_owned() };
        Claim { ticket: TicketId(7), link }
    }

    #[test]
    fn a_token_says_what_was_signed() {
        let token = sign(b"a secret", &claim()).unwrap();
        assert_eq!(read(b"a secret", &token).unwrap(), Some(claim()));
        assert!(token.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)), "{token}");
    }

    #[test]
    fn no_byte_of_a_token_can_be_changed() {
        let token = sign(b"a secret", &claim()).unwrap();
        for at in 0..token.len() {
            let mut forged = token.clone().into_bytes();
            forged[at] = if forged[at] == b'k' { b'3' } else { b'k' };
            let forged = String::from_utf8(forged).unwrap();
            assert_eq!(read(b"a secret", &forged).unwrap(), None, "{forged}");
        }
        assert_eq!(read(b"another secret", &token).unwrap(), None);
        for bad in ["", ".", "....", "åäö", "a.b.c.d.e"] {
            assert_eq!(read(b"a secret", bad).unwrap(), None, "{bad}");
        }
    }
}
