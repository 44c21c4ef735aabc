//! Reports on messages of ours: which address failed, and how.

use super::message::{Action, InboundMail, Report};
use super::trace::Finding;
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
    /// Given up, and trying again won't help: the address is marked.
    Failed,
    /// Given up for now (a full mailbox, a greylist): the address is not marked.
    FailedForNow,
    /// Still being tried.
    Delayed,
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
                    let for_now = recipient.status.as_deref().is_some_and(|status| {
                        status.starts_with("4.") || status == "5.2.2" || status == "5.7.1"
                    });
                    let kind = match recipient.action {
                        Action::Failed if for_now => BounceKind::FailedForNow,
                        Action::Failed => BounceKind::Failed,
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
