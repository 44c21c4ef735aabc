//! Signs that a machine wrote it: RFC 3834, RFC 5230, RFC 2919 and what programs wrote before and beside them.

use super::message::InboundMail;
use super::trace::Finding;
use serde::{Deserialize, Serialize};

/// What kind of machine mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AutomaticKind {
    /// It answers a message by itself: out of office, acknowledgement.
    Reply,
    /// A program wrote it on its own: monitoring, reminders, scanners.
    Generated,
    /// It went to many.
    Bulk,
}

/// What was found, with the header or words that show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sign {
    pub(super) kind: Option<AutomaticKind>,
    pub(super) finding: Finding,
    pub(super) value: String,
}

/// Beginnings of subjects that answering machines write.
const SUBJECTS: &[&str] = &[
    "autosvar",
    "automatiskt svar",
    "automatsvar",
    "frånvaro",
    "frånvarande",
    "ej på plats",
    "inte på plats",
    "frånvaromeddelande",
    "semesterstängt",
    "semester:",
    "jag är på semester",
    "automatic reply",
    "auto reply",
    "autoreply",
    "auto-reply",
    "auto response",
    "autoresponse",
    "out of office",
    "out of the office",
    "on vacation",
    "away from",
    "abwesenheitsnotiz",
    "automatische antwort",
    "automatisk svar",
    "fraværende",
    "fravær",
    "poissaolo",
    "automaattinen vastaus",
    "réponse automatique",
    "kvittens",
    "bekräftelse på mottaget",
    "vi har tagit emot ditt",
    "tack för ditt mejl",
    "tack för ditt mail",
    "tack för ditt e-postmeddelande",
];

/// The strongest sign; nothing when it looks like a person's. `None` as kind: a person may have written it, but nobody waits for an automatic
/// answer to it.
pub(super) fn sign(mail: &InboundMail) -> Option<Sign> {
    if let Some(found) = decisive(mail) {
        return Some(found);
    }
    let subject = mail.subject.trim().to_lowercase();
    let by_subject = SUBJECTS.iter().find(|start| subject.starts_with(**start));
    let suppressed = mail
        .header("x-auto-response-suppress")
        .find(|value| !value.trim().is_empty() && !value.eq_ignore_ascii_case("none"));
    let machine = machine_sender(mail);
    let answers = !mail.in_reply_to.is_empty() || !mail.references.is_empty();
    if let Some(start) = by_subject
        && (suppressed.is_some() || machine.is_some() || answers)
    {
        return Some(Sign {
            kind: Some(AutomaticKind::Reply),
            finding: Finding::WeakSigns,
            value: (*start).to_owned(),
        });
    }
    let weak = |finding, value: &str| Some(Sign { kind: None, finding, value: value.to_owned() });
    if let Some(list) =
        ["list-id", "list-post", "list-unsubscribe", "mailing-list"].iter().find(|name| mail.has_header(name))
    {
        return weak(Finding::MailingList, list);
    }
    if let Some(value) = suppressed {
        return weak(Finding::AutomaticHeader, &format!("x-auto-response-suppress: {value}"));
    }
    if let Some(start) = by_subject {
        return weak(Finding::AutomaticSubject, start);
    }
    machine.and_then(|local| weak(Finding::MachineSender, &local))
}

fn decisive(mail: &InboundMail) -> Option<Sign> {
    let header = |kind, name: &str, value: &str| {
        Some(Sign { kind: Some(kind), finding: Finding::AutomaticHeader, value: format!("{name}: {value}") })
    };
    for value in mail.header("auto-submitted") {
        let word = value
            .split(|c: char| c == ';' || c == '(' || c.is_whitespace())
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        match word.as_str() {
            "no" | "" => {}
            "auto-generated" | "auto-notified" => {
                return header(AutomaticKind::Generated, "auto-submitted", value);
            }
            _ => return header(AutomaticKind::Reply, "auto-submitted", value),
        }
    }
    for name in [
        "x-autoreply",
        "x-autorespond",
        "x-auto-reply",
        "x-mail-autoreply",
        "x-autoresponder",
        "autorespond",
        "x-autorespond-to",
    ] {
        if let Some(value) = mail
            .header(name)
            .find(|value| !matches!(value.trim().to_ascii_lowercase().as_str(), "no" | "false" | "0"))
        {
            return header(AutomaticKind::Reply, name, value);
        }
    }
    for value in mail.header("precedence") {
        match value.trim().to_ascii_lowercase().as_str() {
            "auto_reply" | "auto-reply" => return header(AutomaticKind::Reply, "precedence", value),
            "bulk" | "junk" => return header(AutomaticKind::Bulk, "precedence", value),
            _ => {}
        }
    }
    if let Some(value) = mail.header("x-ms-exchange-generated-message-source").next() {
        return header(AutomaticKind::Reply, "x-ms-exchange-generated-message-source", value);
    }
    if mail.return_path.as_deref() == Some("") {
        return Some(Sign {
            kind: Some(AutomaticKind::Reply),
            finding: Finding::EmptyReturnPath,
            value: "<>".to_owned(),
        });
    }
    None
}

/// The local part of an address that no person reads.
fn machine_sender(mail: &InboundMail) -> Option<String> {
    let from = mail.from.as_ref()?.folded();
    let (local, _) = from.rsplit_once('@')?;
    let plain: String = local.chars().filter(char::is_ascii_alphanumeric).collect();
    let machine = [
        "noreply",
        "donotreply",
        "inteosvara",
        "svarainte",
        "ejsvar",
        "autosvar",
        "nepasrepondre",
        "ikkesvar",
        "notreply",
    ];
    machine.iter().any(|name| plain.contains(name)).then(|| local.to_owned())
}
