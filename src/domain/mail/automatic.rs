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

/// How sure a sign is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Certainty {
    /// A machine wrote it.
    Sure(AutomaticKind),
    /// A machine's mail looks like this, and so does some of people's: scanners, lists, other organisations' systems.
    Doubtful(AutomaticKind),
    /// A person may well have written it, but nobody waits for an automatic answer to it.
    Hint,
}

/// What was found, with the header or words that show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sign {
    pub(super) certainty: Certainty,
    pub(super) finding: Finding,
    pub(super) value: String,
}

/// Beginnings of subjects that answering machines write, and hardly anybody else.
const SUBJECTS: &[&str] = &[
    "autosvar",
    "automatiskt svar",
    "automatsvar",
    "frånvaromeddelande",
    "automatic reply",
    "auto reply",
    "autoreply",
    "auto-reply",
    "auto response",
    "autoresponse",
    "out of office",
    "out of the office",
    "abwesenheitsnotiz",
    "automatische antwort",
    "automatisk svar",
    "automaattinen vastaus",
    "réponse automatique",
];

/// Beginnings of subjects that answering machines write, and people who write about such things.
const SUBJECTS_OF_BOTH: &[&str] = &[
    "frånvaro",
    "frånvarande",
    "ej på plats",
    "inte på plats",
    "semesterstängt",
    "semester:",
    "jag är på semester",
    "on vacation",
    "away from",
    "fraværende",
    "fravær",
    "poissaolo",
    "kvittens",
    "bekräftelse på mottaget",
    "vi har tagit emot ditt",
    "tack för ditt mejl",
    "tack för ditt mail",
    "tack för ditt e-postmeddelande",
];

/// The strongest sign; nothing when it looks like a person's.
pub(super) fn sign(mail: &InboundMail) -> Option<Sign> {
    if let Some(found) = decisive(mail) {
        return Some(found);
    }
    let subject = mail.subject.trim().to_lowercase();
    let by_machines = SUBJECTS.iter().find(|start| begins(&subject, start));
    let by_both = SUBJECTS_OF_BOTH.iter().find(|start| begins(&subject, start));
    let suppressed = mail
        .header("x-auto-response-suppress")
        .find(|value| !value.trim().is_empty() && !value.eq_ignore_ascii_case("none"));
    let machine = machine_sender(mail);
    let has_empty_path = mail.return_path.as_deref() == Some("");
    let answers = !mail.in_reply_to.is_empty() || !mail.references.is_empty();
    let found = |certainty, finding, value: &str| Some(Sign { certainty, finding, value: value.to_owned() });
    let reply = Certainty::Sure(AutomaticKind::Reply);
    if let Some(start) = by_machines
        && (suppressed.is_some() || machine.is_some() || has_empty_path || answers)
    {
        return found(reply, Finding::WeakSigns, start);
    }
    if let Some(start) = by_both {
        if suppressed.is_some() || has_empty_path {
            return found(reply, Finding::WeakSigns, start);
        }
        if machine.is_some() || answers {
            return found(Certainty::Doubtful(AutomaticKind::Reply), Finding::WeakSigns, start);
        }
    }
    if has_empty_path {
        // What people write has a way back. So has what answering machines answer; scanners answer nothing.
        let kind = if answers { reply } else { Certainty::Doubtful(AutomaticKind::Generated) };
        return found(kind, Finding::EmptyReturnPath, "<>");
    }
    let bulk = |value: &&str| matches!(value.trim().to_ascii_lowercase().as_str(), "bulk" | "junk");
    if let Some(value) = mail.header("precedence").find(bulk) {
        let kind = Certainty::Doubtful(AutomaticKind::Bulk);
        return found(kind, Finding::AutomaticHeader, &format!("precedence: {value}"));
    }
    if let Some(list) =
        ["list-id", "list-post", "list-unsubscribe", "mailing-list"].iter().find(|name| mail.has_header(name))
    {
        return found(Certainty::Hint, Finding::MailingList, list);
    }
    if let Some(value) = suppressed {
        let value = format!("x-auto-response-suppress: {value}");
        return found(Certainty::Hint, Finding::AutomaticHeader, &value);
    }
    if let Some(start) = by_machines.or(by_both) {
        return found(Certainty::Hint, Finding::AutomaticSubject, start);
    }
    machine.and_then(|local| found(Certainty::Hint, Finding::MachineSender, &local))
}

/// Whether a subject begins with these words, not with a longer one: `frånvaro` isn't in `Frånvarorapporteringen`.
fn begins(subject: &str, words: &str) -> bool {
    let rest = subject.strip_prefix(words);
    rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

fn decisive(mail: &InboundMail) -> Option<Sign> {
    let header = |kind, name: &str, value: &str| {
        let certainty = Certainty::Sure(kind);
        Some(Sign { certainty, finding: Finding::AutomaticHeader, value: format!("{name}: {value}") })
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
        if matches!(value.trim().to_ascii_lowercase().as_str(), "auto_reply" | "auto-reply") {
            return header(AutomaticKind::Reply, "precedence", value);
        }
    }
    let source = "x-ms-exchange-generated-message-source";
    mail.header(source).next().and_then(|value| header(AutomaticKind::Reply, source, value))
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
