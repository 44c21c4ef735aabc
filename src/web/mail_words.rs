//! The words for what mail came to and why.

use crate::app::mail::{LeftOut, MailAction, WhyLeftOut};
use crate::domain::mail::{
    Classification, DeliveryFault, Finding, InboundSource, InboundState, Note, NoteCode, Step, StepName,
};
use crate::i18n::{Arg, Texts, format};

/// What became of a message.
#[must_use]
pub fn state(t: &Texts, state: InboundState) -> &str {
    match state {
        InboundState::Received => t.t("mail-state-received"),
        InboundState::Ticket => t.t("mail-state-ticket"),
        InboundState::Reply => t.t("mail-state-reply"),
        InboundState::Noted => t.t("mail-state-noted"),
        InboundState::Ignored => t.t("mail-state-ignored"),
        InboundState::Held => t.t("mail-state-held"),
        InboundState::Quarantined => t.t("mail-state-quarantined"),
        InboundState::Discarded => t.t("mail-state-discarded"),
    }
}

/// What a message was taken for.
#[must_use]
pub fn classification(t: &Texts, classification: Classification) -> &str {
    match classification {
        Classification::New => t.t("mail-class-new"),
        Classification::Reply => t.t("mail-class-reply"),
        Classification::AutoReply => t.t("mail-class-auto-reply"),
        Classification::Bounce => t.t("mail-class-bounce"),
        Classification::Loop => t.t("mail-class-loop"),
        Classification::Spam => t.t("mail-class-spam"),
        Classification::Unparsable => t.t("mail-class-unparsable"),
    }
}

/// Which way a message came.
#[must_use]
pub fn source(t: &Texts, source: InboundSource) -> &str {
    match source {
        InboundSource::Imap => t.t("mail-source-imap"),
        InboundSource::Pipe => t.t("mail-source-pipe"),
        InboundSource::Rest => t.t("mail-source-rest"),
    }
}

/// What a step asks.
#[must_use]
pub fn step(t: &Texts, step: StepName) -> &str {
    match step {
        StepName::Mailbox => t.t("mail-step-mailbox"),
        StepName::OwnMessage => t.t("mail-step-own-message"),
        StepName::Duplicate => t.t("mail-step-duplicate"),
        StepName::Size => t.t("mail-step-size"),
        StepName::Report => t.t("mail-step-report"),
        StepName::Loop => t.t("mail-step-loop"),
        StepName::Automatic => t.t("mail-step-automatic"),
        StepName::Spam => t.t("mail-step-spam"),
        StepName::Authenticity => t.t("mail-step-authenticity"),
        StepName::Sender => t.t("mail-step-sender"),
        StepName::Threading => t.t("mail-step-threading"),
        StepName::Courtesy => t.t("mail-step-courtesy"),
    }
}

/// What a step found.
#[must_use]
pub fn finding(t: &Texts, step: &Step) -> String {
    let value = step.values.join(", ");
    let say = |key| t.t1(key, "value", &value);
    // Reports name an address and a status, or nobody.
    let say_of_whom = |named, unnamed| {
        let whom: Vec<String> = step.values.iter().filter_map(|value| recipient(value)).collect();
        if whom.is_empty() { t.t(unnamed).to_owned() } else { t.t1(named, "value", whom.join(", ")) }
    };
    match step.finding {
        // Of this step alone it is good that nothing was found.
        Finding::Nothing if step.step == StepName::Size => say("mail-finding-readable"),
        Finding::Nothing => say("mail-finding-nothing"),
        Finding::OwnMessageId => say("mail-finding-own-message-id"),
        Finding::OwnAddress => say("mail-finding-own-address"),
        Finding::OwnMark => say("mail-finding-own-mark"),
        Finding::AlreadyTakenIn => say("mail-finding-already-taken-in"),
        Finding::TooLarge => {
            let size = step.values.first().and_then(|bytes| bytes.parse().ok()).unwrap_or(0);
            t.t1("mail-finding-too-large", "value", format::file_size(t.locale(), size))
        }
        Finding::Unreadable => unreadable(t, &value).to_owned(),
        Finding::DeliveryFailed => {
            say_of_whom("mail-finding-delivery-failed", "mail-finding-delivery-failed-unnamed")
        }
        Finding::DeliveryDelayed => {
            say_of_whom("mail-finding-delivery-delayed", "mail-finding-delivery-delayed-unnamed")
        }
        Finding::DeliverySucceeded => {
            say_of_whom("mail-finding-delivery-succeeded", "mail-finding-delivery-succeeded-unnamed")
        }
        Finding::Receipt => say("mail-finding-receipt"),
        Finding::UnformedBounce => say("mail-finding-unformed-bounce"),
        Finding::SenderTooOften => say("mail-finding-sender-too-often"),
        Finding::SameAgain => say("mail-finding-same-again"),
        Finding::TooManyHops => say("mail-finding-too-many-hops"),
        Finding::AutomaticHeader => say("mail-finding-automatic-header"),
        Finding::MailingList => say("mail-finding-mailing-list"),
        Finding::EmptyReturnPath => say("mail-finding-empty-return-path"),
        Finding::MachineSender => say("mail-finding-machine-sender"),
        Finding::AutomaticSubject => say("mail-finding-automatic-subject"),
        Finding::WeakSigns => say("mail-finding-weak-signs"),
        Finding::UnknownMailbox => say("mail-finding-unknown-mailbox"),
        Finding::PerhapsAutomatic => say("mail-finding-perhaps-automatic"),
        Finding::MarkedAsSpam => say("mail-finding-marked-as-spam"),
        Finding::OriginConfirmed => say("mail-finding-origin-confirmed"),
        Finding::OriginRefuted => say("mail-finding-origin-refuted"),
        Finding::OriginUnknown => say("mail-finding-origin-unknown"),
        Finding::SeveralAuthors => say("mail-finding-several-authors"),
        Finding::ManyTickets => say("mail-finding-many-tickets"),
        Finding::NoSender => say("mail-finding-no-sender"),
        Finding::SenderUnknown => say("mail-finding-sender-unknown"),
        Finding::SenderWaits => say("mail-finding-sender-waits"),
        Finding::SenderContact => say("mail-finding-sender-contact"),
        Finding::SenderRequester => say("mail-finding-sender-requester"),
        Finding::SenderStaff => say("mail-finding-sender-staff"),
        Finding::StaffUnconfirmed => say("mail-finding-staff-unconfirmed"),
        Finding::SenderDisabled => say("mail-finding-sender-disabled"),
        Finding::SenderNotChecked => say("mail-finding-sender-not-checked"),
        Finding::SignedReference => say("mail-finding-signed-reference"),
        Finding::SignedAddress => say("mail-finding-signed-address"),
        Finding::SubjectTag => say("mail-finding-subject-tag"),
        Finding::NotParticipant => say("mail-finding-not-participant"),
        Finding::TagUnconfirmed => say("mail-finding-tag-unconfirmed"),
        Finding::NoSuchTicket => say("mail-finding-no-such-ticket"),
        Finding::ParticipationNotChecked => say("mail-finding-participation-not-checked"),
        Finding::ForgedReference => say("mail-finding-forged-reference"),
        Finding::AnswerForStaff => say("mail-finding-answer-for-staff"),
        Finding::ForeignNumber => say("mail-finding-foreign-number"),
        Finding::NoTicketNamed => say("mail-finding-no-ticket-named"),
        Finding::OnlyThanks => say("mail-finding-only-thanks"),
        Finding::RealAnswer => say("mail-finding-real-answer"),
        Finding::TicketClosedForGood => say("mail-finding-ticket-closed-for-good"),
    }
}

/// "bo.alm@example.se (5.1.1)".
fn recipient(value: &str) -> Option<String> {
    let value = value.trim();
    match value.split_once(' ') {
        Some((address, status)) => Some(format!("{address} ({status})")),
        None => Some(value.to_owned()).filter(|address| !address.is_empty()),
    }
}

/// Why a mail of ours didn't arrive: "adressen finns inte (5.1.1)".
#[must_use]
pub fn undelivered(t: &Texts, status: &str) -> String {
    let why = match DeliveryFault::of(status) {
        DeliveryFault::NoAddress => t.t("delivery-no-address"),
        DeliveryFault::MailboxFull => t.t("delivery-mailbox-full"),
        DeliveryFault::TooLarge => t.t("delivery-too-large"),
        DeliveryFault::Refused => t.t("delivery-refused"),
        DeliveryFault::Unreachable => t.t("delivery-unreachable"),
        DeliveryFault::Unknown => t.t("delivery-unknown"),
    };
    if status.is_empty() {
        return why.to_owned();
    }
    t.tr("undelivered-why", &[("why", Arg::Text(why)), ("status", Arg::Text(status))])
}

/// What was odd about a message.
#[must_use]
pub fn note(t: &Texts, note: &Note) -> String {
    let say = |key| t.t1(key, "value", &note.value);
    match note.code {
        NoteCode::SeveralFrom => say("mail-note-several-from"),
        NoteCode::NoFrom => say("mail-note-no-from"),
        NoteCode::RepeatedHeader => say("mail-note-repeated-header"),
        NoteCode::NoDate => say("mail-note-no-date"),
        NoteCode::HeadersCut => say("mail-note-headers-cut"),
        NoteCode::RawHeaderBytes => say("mail-note-raw-header-bytes"),
        NoteCode::WrongCharset => say("mail-note-wrong-charset"),
        NoteCode::NulBytes => say("mail-note-nul-bytes"),
        NoteCode::BareCarriageReturns => say("mail-note-bare-carriage-returns"),
        NoteCode::TooDeep => say("mail-note-too-deep"),
        NoteCode::TooManyParts => say("mail-note-too-many-parts"),
        NoteCode::BrokenBoundary => say("mail-note-broken-boundary"),
        NoteCode::TextCut => say("mail-note-text-cut"),
        NoteCode::HtmlTooLong => say("mail-note-html-too-long"),
        NoteCode::HtmlCleaned => say("mail-note-html-cleaned"),
        NoteCode::NameChanged => say("mail-note-name-changed"),
        NoteCode::OwnHeaderIgnored => say("mail-note-own-header-ignored"),
        NoteCode::BrokenTnef => say("mail-note-broken-tnef"),
        NoteCode::BrokenEncoding => say("mail-note-broken-encoding"),
    }
}

/// A file that was left out, and why: "spel.exe (ett program)".
#[must_use]
pub fn left_out(t: &Texts, file: &LeftOut) -> String {
    let why = match file.why {
        WhyLeftOut::Program => t.t("mail-left-program"),
        WhyLeftOut::TooLarge => t.t("mail-left-too-large"),
        WhyLeftOut::SmallPicture => t.t("mail-left-small-picture"),
        WhyLeftOut::TooMany => t.t("mail-left-too-many"),
    };
    format!("{} ({why})", file.name)
}

/// Why a message can't be read, by its code.
#[must_use]
pub fn unreadable<'t>(t: &'t Texts, code: &str) -> &'t str {
    match code {
        "empty" => t.t("mail-unreadable-empty"),
        "noHeaders" => t.t("mail-unreadable-no-headers"),
        "readerFailed" => t.t("mail-unreadable-reader-failed"),
        _ => t.t("mail-unreadable-too-large"),
    }
}

/// What somebody did with a message.
#[must_use]
pub fn handling(t: &Texts, action: MailAction, name: &str, reason: &str) -> String {
    let say = |key| t.t1(key, "name", name);
    match action {
        MailAction::Ticket => say("mail-did-ticket"),
        MailAction::Reply => say("mail-did-reply"),
        MailAction::Discard => t.tr(
            "mail-did-discard",
            &[("name", crate::i18n::Arg::Text(name)), ("reason", crate::i18n::Arg::Text(reason))],
        ),
        MailAction::Restore => say("mail-did-restore"),
    }
}
