//! Reports on messages of ours: which address failed, and how.

use super::message::{Action, InboundMail, Report};
use super::trace::Finding;
use crate::text_enum;
use serde::{Deserialize, Serialize};

/// What a report says of one address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bounce {
    /// The address, as the report writes it.
    pub address: String,
    /// How bad it is.
    pub kind: BounceKind,
    /// `5.1.1`.
    pub status: Option<String>,
}

/// How bad a failed delivery is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum BounceKind {
    /// Given up because there is no such address or nobody reads it: the address is marked.
    Failed,
    /// Given up for another reason – a full mailbox, the message, or us: the address is not marked.
    FailedForNow,
    /// Still being tried.
    Delayed,
}

text_enum! {
    /// Why a mail didn't come to whom it was for, in a few words for people.
    pub enum DeliveryFault {
        /// There is no such address, or it was closed.
        NoAddress = "noAddress",
        /// The mailbox is full.
        MailboxFull = "mailboxFull",
        /// The mail is too large.
        TooLarge = "tooLarge",
        /// Their server doesn't want our mail.
        Refused = "refused",
        /// Their server couldn't be reached.
        Unreachable = "unreachable",
        /// Nothing that can be told.
        Unknown = "unknown",
    }
}

impl DeliveryFault {
    /// By the status code (RFC 3463), which may be empty. Only a permanent code about the recipient's address
    /// speaks of that: 5.1.7 to 5.1.9 are about the sender's, 5.3 about the message or their server, 5.4 about the way,
    /// 5.7 about what is thought of us.
    #[must_use]
    pub fn of(status: &str) -> Self {
        let mut numbers = status.trim().split('.').map(str::parse::<u16>);
        let (Some(Ok(class)), Some(Ok(subject)), Some(Ok(detail))) =
            (numbers.next(), numbers.next(), numbers.next())
        else {
            return Self::Unknown;
        };
        match (class, subject, detail) {
            (5, 1, detail) if !(7..=9).contains(&detail) => Self::NoAddress,
            (5, 2, 1) => Self::NoAddress,
            (_, 2, 2) | (_, 3, 1) => Self::MailboxFull,
            (_, 2, 3) | (_, 3, 4) => Self::TooLarge,
            (_, 7, _) | (_, 1, 7..=9) => Self::Refused,
            (_, 4, _) => Self::Unreachable,
            _ => Self::Unknown,
        }
    }
}

/// What a machine reports, and on whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reported {
    pub(super) finding: Finding,
    pub(super) values: Vec<String>,
    pub(super) bounces: Vec<Bounce>,
    pub(super) original_message_id: Option<String>,
}

const DAEMONS: &[&str] = &["mailer-daemon", "postmaster", "mail-daemon", "microsoftexchange", "mailerdaemon"];
const SUBJECTS: &[&str] = &[
    "undeliver",
    "delivery status notification",
    "delivery failure",
    "delivery has failed",
    "mail delivery",
    "returned mail",
    "failure notice",
    "olevererbart",
    "gick inte att leverera",
    "kunde inte levereras",
    "det gick inte att leverera",
    "unzustellbar",
    "mail system error",
    "could not be delivered",
];

pub(super) fn reported(mail: &InboundMail) -> Option<Reported> {
    match &mail.report {
        Some(Report::Disposition { disposition, original_message_id }) => Some(Reported {
            finding: Finding::Receipt,
            values: vec![disposition.clone()],
            bounces: Vec::new(),
            original_message_id: original_message_id.clone(),
        }),
        Some(Report::Delivery { recipients, original_message_id }) => {
            let bounces: Vec<Bounce> = recipients
                .iter()
                .filter_map(|recipient| {
                    let fault = DeliveryFault::of(recipient.status.as_deref().unwrap_or_default());
                    let kind = match recipient.action {
                        Action::Failed if fault == DeliveryFault::NoAddress => BounceKind::Failed,
                        Action::Failed => BounceKind::FailedForNow,
                        Action::Delayed => BounceKind::Delayed,
                        Action::Delivered | Action::Relayed | Action::Expanded => return None,
                    };
                    Some(Bounce {
                        address: recipient.address.clone(),
                        kind,
                        status: recipient.status.clone(),
                    })
                })
                .collect();
            let finding = match bounces.iter().any(|bounce| bounce.kind != BounceKind::Delayed) {
                true => Finding::DeliveryFailed,
                false if !bounces.is_empty() => Finding::DeliveryDelayed,
                false if recipients.is_empty() => Finding::UnformedBounce,
                false => Finding::DeliverySucceeded,
            };
            let values = bounces.iter().take(10).map(|b| {
                format!("{} {}", b.address, b.status.as_deref().unwrap_or_default()).trim().to_owned()
            });
            Some(Reported {
                finding,
                values: values.collect(),
                bounces,
                original_message_id: original_message_id.clone(),
            })
        }
        None => unformed(mail),
    }
}

/// Reports from before RFC 3464 and from servers that never heard of it. Which address failed is told by
/// `X-Failed-Recipients` at best.
fn unformed(mail: &InboundMail) -> Option<Reported> {
    let from = mail.from.as_ref().map(super::message::Mailbox::folded).unwrap_or_default();
    let local: String = from.split('@').next().unwrap_or_default().chars().take(30).collect();
    let daemon = DAEMONS.iter().any(|name| local.starts_with(name));
    let failed: Vec<String> = mail
        .header("x-failed-recipients")
        .flat_map(|value| value.split(','))
        .map(|address| address.trim().to_owned())
        .collect();
    let subject = mail.subject.to_lowercase();
    let by_subject = SUBJECTS.iter().any(|words| subject.contains(words));
    let nobody = mail.return_path.as_deref() == Some("")
        || mail.return_path.as_deref().is_some_and(|path| path.eq_ignore_ascii_case("MAILER-DAEMON"));
    let enough = !failed.is_empty()
        || (daemon && (by_subject || nobody || local.contains("daemon")))
        || (nobody && by_subject);
    if !enough {
        return None;
    }
    let bounces = failed
        .iter()
        .take(100)
        .map(|address| Bounce { address: address.clone(), kind: BounceKind::FailedForNow, status: None })
        .collect();
    Some(Reported {
        finding: Finding::UnformedBounce,
        values: failed.into_iter().take(10).collect(),
        bounces,
        original_message_id: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::mail::Recipient;

    fn kind(status: Option<&str>) -> BounceKind {
        let recipient = Recipient {
            address: "bo.alm@example.se".to_owned(),
            action: Action::Failed,
            status: status.map(str::to_owned),
            diagnostic: None,
        };
        let report = Report::Delivery { recipients: vec![recipient], original_message_id: None };
        let mail = InboundMail { report: Some(report), ..InboundMail::default() };
        reported(&mail).unwrap().bounces[0].kind
    }

    #[test]
    fn only_what_is_about_the_address_marks_it() {
        for status in ["5.1.1", "5.1.0", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"] {
            assert_eq!(kind(Some(status)), BounceKind::Failed, "{status}");
        }
        // Our DMARC, their routes, the size, a full mailbox, our address, a nonsense, nothing.
        for status in [
            "5.7.509", "5.7.26", "5.7.1", "5.7.0", "5.4.316", "5.4.1", "5.3.4", "5.3.0", "5.2.2", "5.2.3",
            "5.2.0", "5.5.0", "5.6.0", "5.0.0", "5.1.7", "5.1.8", "5.1.9", "4.1.1", "4.2.1", "2.1.1", "5.1",
            "550", "", "5.1.x",
        ] {
            assert_eq!(kind(Some(status)), BounceKind::FailedForNow, "{status}");
        }
        assert_eq!(kind(None), BounceKind::FailedForNow);
    }

    #[test]
    fn the_fault_is_told_by_the_status() {
        let told = |status: &str| DeliveryFault::of(status);
        assert_eq!(told("5.1.1"), DeliveryFault::NoAddress);
        assert_eq!(told("5.2.2"), DeliveryFault::MailboxFull);
        assert_eq!(told("5.3.4"), DeliveryFault::TooLarge);
        assert_eq!(told("5.7.26"), DeliveryFault::Refused);
        assert_eq!(told("5.4.316"), DeliveryFault::Unreachable);
        assert_eq!(told(""), DeliveryFault::Unknown);
    }
}
