//! The words of mailboxes: how they are, what fails, what is set, and what is wrong with a setting.

use crate::app::FieldProblem;
use crate::app::mail::MailboxView;
use crate::domain::clock::Instant;
use crate::domain::mail::{
    AfterFetch, FirstFetch, Heartbeat, MailFault, MailSecurity, MailboxAuth, Receive, TestStep,
    UnknownSenders,
};
use crate::i18n::Texts;
use crate::i18n::format::Moments;

/// How a mailbox is, of which "fine" says different things.
#[must_use]
pub fn state(t: &Texts, moments: &Moments, view: &MailboxView) -> String {
    if view.heartbeat != Heartbeat::Ok {
        return heartbeat(t, moments, view.heartbeat, view.since);
    }
    // A fault is no reason for a warning before it has lasted.
    let key = if view.fault.is_some() {
        "heartbeat-trying"
    } else if !view.spec.is_fetched() {
        "heartbeat-handed"
    } else if view.looked_at.is_none() {
        "heartbeat-not-yet"
    } else {
        "heartbeat-ok"
    };
    t.t(key).to_owned()
}

/// "Går inte att läsa sedan i dag 09.41" without the reason.
#[must_use]
pub fn heartbeat(t: &Texts, moments: &Moments, beat: Heartbeat, since: Option<Instant>) -> String {
    let at = since.map(|since| moments.date_time(since)).unwrap_or_default();
    match beat {
        Heartbeat::Off => t.t("heartbeat-off").to_owned(),
        Heartbeat::Ok => t.t("heartbeat-ok").to_owned(),
        Heartbeat::SecretExpiring => t.t1("heartbeat-secret-expiring", "at", at),
        Heartbeat::Silent => t.t1("heartbeat-silent", "at", at),
        Heartbeat::SecretExpired => t.t1("heartbeat-secret-expired", "at", at),
        Heartbeat::NotLooked => t.t1("heartbeat-not-looked", "at", at),
        Heartbeat::NeverLooked => t.t1("heartbeat-never-looked", "at", at),
        Heartbeat::Failing => t.t1("heartbeat-failing", "at", at),
    }
}

/// The heartbeat in a few words, for a warning that names the mailbox.
#[must_use]
pub fn heartbeat_short(t: &Texts, beat: Heartbeat) -> &str {
    match beat {
        Heartbeat::Off => t.t("heartbeat-off"),
        Heartbeat::Ok => t.t("heartbeat-ok"),
        Heartbeat::SecretExpiring => t.t("heartbeat-short-secret-expiring"),
        Heartbeat::Silent => t.t("heartbeat-short-silent"),
        Heartbeat::SecretExpired => t.t("heartbeat-short-secret-expired"),
        Heartbeat::NotLooked => t.t("heartbeat-short-not-looked"),
        Heartbeat::NeverLooked => t.t("heartbeat-short-never-looked"),
        Heartbeat::Failing => t.t("heartbeat-short-failing"),
    }
}

/// What fails and what to do about it.
#[must_use]
pub fn fault(t: &Texts, fault: MailFault) -> &str {
    match fault {
        MailFault::Unreachable => t.t("mail-fault-unreachable"),
        MailFault::Security => t.t("mail-fault-security"),
        MailFault::Token => t.t("mail-fault-token"),
        MailFault::SignIn => t.t("mail-fault-sign-in"),
        MailFault::Folder => t.t("mail-fault-folder"),
        MailFault::MoveTo => t.t("mail-fault-move-to"),
        MailFault::Throttled => t.t("mail-fault-throttled"),
        MailFault::Lost => t.t("mail-fault-lost"),
        MailFault::Timeout => t.t("mail-fault-timeout"),
        MailFault::Protocol => t.t("mail-fault-protocol"),
        MailFault::Secret => t.t("mail-fault-secret"),
        MailFault::Storage => t.t("mail-fault-storage"),
    }
}

/// A step of trying a mailbox.
#[must_use]
pub fn step(t: &Texts, step: TestStep) -> &str {
    match step {
        TestStep::Connect => t.t("mailbox-step-connect"),
        TestStep::Token => t.t("mailbox-step-token"),
        TestStep::SignIn => t.t("mailbox-step-sign-in"),
        TestStep::Folder => t.t("mailbox-step-folder"),
        TestStep::MoveTo => t.t("mailbox-step-move-to"),
    }
}

/// What didn't succeed, in the middle of a sentence: "nå servern".
#[must_use]
pub fn failed_step(t: &Texts, step: TestStep) -> &str {
    match step {
        TestStep::Connect => t.t("mailbox-failed-connect"),
        TestStep::Token => t.t("mailbox-failed-token"),
        TestStep::SignIn => t.t("mailbox-failed-sign-in"),
        TestStep::Folder => t.t("mailbox-failed-folder"),
        TestStep::MoveTo => t.t("mailbox-failed-move-to"),
    }
}

/// How mail gets here.
#[must_use]
pub fn receive(t: &Texts, receive: Receive) -> &str {
    match receive {
        Receive::Imap => t.t("mailbox-receive-imap"),
        Receive::None => t.t("mailbox-receive-none"),
    }
}

/// How a connection is kept secret.
#[must_use]
pub fn security(t: &Texts, security: MailSecurity) -> &str {
    match security {
        MailSecurity::Tls => t.t("mailbox-security-tls"),
        MailSecurity::StartTls => t.t("mailbox-security-start-tls"),
        MailSecurity::None => t.t("mailbox-security-none"),
    }
}

/// How the product proves who it is.
#[must_use]
pub fn auth(t: &Texts, auth: MailboxAuth) -> &str {
    match auth {
        MailboxAuth::Password => t.t("mailbox-auth-password"),
        MailboxAuth::Xoauth2 => t.t("mailbox-auth-xoauth2"),
    }
}

/// Where the first reading begins.
#[must_use]
pub fn first_fetch(t: &Texts, first: FirstFetch) -> &str {
    match first {
        FirstFetch::All => t.t("mailbox-first-all"),
        FirstFetch::New => t.t("mailbox-first-new"),
    }
}

/// What is done with a message at the server.
#[must_use]
pub fn after_fetch(t: &Texts, after: AfterFetch) -> &str {
    match after {
        AfterFetch::Leave => t.t("mailbox-after-leave"),
        AfterFetch::Seen => t.t("mailbox-after-seen"),
        AfterFetch::Move => t.t("mailbox-after-move"),
    }
}

/// What becomes of messages from strangers.
#[must_use]
pub fn unknown_senders(t: &Texts, unknown: UnknownSenders) -> &str {
    match unknown {
        UnknownSenders::Contact => t.t("mailbox-unknown-contact"),
        UnknownSenders::Hold => t.t("mailbox-unknown-hold"),
    }
}

/// What is wrong with a setting and how to mend it, where more can be said than of any field.
#[must_use]
pub fn setting_fault<'t>(t: &'t Texts, field: &str, problem: FieldProblem) -> Option<&'t str> {
    Some(match (field, problem) {
        ("address", FieldProblem::Required) => t.t("mailbox-wrong-address-required"),
        ("address", FieldProblem::Taken) => t.t("mailbox-wrong-address-taken"),
        ("address", FieldProblem::Malformed) => t.t("mailbox-wrong-address"),
        ("host", FieldProblem::Required) => t.t("mailbox-wrong-host-required"),
        ("host", FieldProblem::Malformed) => t.t("mailbox-wrong-host"),
        ("port", _) => t.t("mailbox-wrong-port"),
        ("security", _) => t.t("mailbox-wrong-security"),
        ("authorities", FieldProblem::Malformed) => t.t("mailbox-wrong-authorities"),
        ("username", FieldProblem::Required) => t.t("mailbox-wrong-username"),
        ("secret", FieldProblem::Required) => t.t("mailbox-wrong-secret"),
        ("tokenUrl", FieldProblem::Required | FieldProblem::Malformed) => t.t("mailbox-wrong-token-url"),
        ("folder", FieldProblem::Required) => t.t("mailbox-wrong-folder"),
        ("moveTo", FieldProblem::Required) => t.t("mailbox-wrong-move-to-required"),
        ("moveTo", FieldProblem::NotAllowed) => t.t("mailbox-wrong-move-to"),
        ("foreignNumbers", FieldProblem::Malformed) => t.t("mailbox-wrong-foreign-numbers"),
        ("foreignNumbers", FieldProblem::OutOfRange) => t.t("mailbox-wrong-foreign-numbers-many"),
        ("silentAfterMinutes", _) => t.t("mailbox-wrong-silent-after"),
        ("secretExpires", _) => t.t("mailbox-wrong-secret-expires"),
        ("domain", _) => t.t("mail-domain-wrong"),
        _ => return None,
    })
}
