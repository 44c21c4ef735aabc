//! Who sent it, and whether that is sure.

use super::message::InboundMail;
use super::own::Own;
use serde::{Deserialize, Serialize};

/// What the database knows of the sender's address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Standing {
    /// Nobody.
    Unknown,
    /// Somebody without a login.
    Contact,
    /// Somebody with a login.
    Requester,
    /// One of the staff.
    Staff,
    /// An account that was closed.
    Disabled,
}

/// Whether the sender's address is the sender's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Authenticity {
    /// A server we trust confirmed it (DMARC, or DKIM or SPF of the same domain).
    Pass,
    /// A server we trust refuted it.
    Fail,
    /// Nobody we trust said anything.
    None,
}

/// What the trusted server says of the From address (RFC 8601 §5). The fields of all others may have been written by the sender.
pub(super) fn authenticity(mail: &InboundMail, own: &Own) -> Authenticity {
    let Some(from) = &mail.from else { return Authenticity::None };
    let domain = from.folded().rsplit_once('@').map(|(_, domain)| domain.to_owned()).unwrap_or_default();
    if domain.is_empty() || !mail.from_others.is_empty() {
        return Authenticity::None;
    }
    // Fields further down stood in the message when it came to the server, whatever name they give.
    let results =
        || mail.authentication.iter().filter(|result| result.is_topmost && own.believes(&result.server));
    let told =
        |method: &str, result: &str| results().any(|found| found.method == method && found.result == result);
    if told("dmarc", "fail") {
        return Authenticity::Fail;
    }
    if told("dmarc", "pass") {
        let other = results()
            .any(|r| r.method == "dmarc" && r.domain.as_ref().is_some_and(|told| !aligned(told, &domain)));
        return if other { Authenticity::Fail } else { Authenticity::Pass };
    }
    let passed = |method: &str| {
        results().any(|r| {
            r.method == method
                && r.result == "pass"
                && r.domain.as_ref().is_some_and(|told| aligned(told, &domain))
        })
    };
    if passed("dkim") || passed("spf") {
        return Authenticity::Pass;
    }
    let refuted = results().any(|r| {
        matches!(r.method.as_str(), "spf" | "dkim") && matches!(r.result.as_str(), "fail" | "softfail")
    });
    if refuted { Authenticity::Fail } else { Authenticity::None }
}

/// The same domain, or one below the other.
fn aligned(told: &str, from: &str) -> bool {
    told == from
        || told.strip_suffix(from).is_some_and(|rest| rest.ends_with('.'))
        || from.strip_suffix(told).is_some_and(|rest| rest.ends_with('.') && told.contains('.'))
}
