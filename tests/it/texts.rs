//! Every code that people meet has words in every language. A text that is missing shows its key, which
//! is how these tests find it.

use std::collections::BTreeSet;

use arende::app::tickets::People;
use arende::app::{AppError, FieldProblem};
use arende::domain::access::Role;
use arende::domain::clock::Instant;
use arende::domain::ids::{
    AttachmentId, CategoryId, GroupId, InboundMailId, MessageId, ServiceId, SystemId, UserId,
};
use arende::domain::import::RowErrorCode;
use arende::domain::locale::Locale;
use arende::domain::mail::{
    AfterFetch, Classification, FirstFetch, Heartbeat, MailFault, MailSecurity, MailboxAuth, Receive,
    TestStep, UnknownSenders,
};
use arende::domain::people::{Directory, OrganisationKind};
use arende::domain::routing::{PriorityReason, Routed};
use arende::domain::sla::agreement::Metric;
use arende::domain::ticket::{
    Action, Channel, EventKind, HandOverReason, Line, LinkKind, Origin, Rank, Status, SystemAction,
    TicketEvent, TicketKind, Visibility, Waiting, WaitingFor, priority_of,
};
use arende::i18n::format::Moments;
use arende::i18n::{Texts, texts};
use arende::web::admin::import_view;
use arende::web::mailbox_words;
use arende::web::site::{field_text, refusal_text};
use arende::web::story::Story;
use arende::web::tags;
use arende::web::workspace::admin_forms::organisation_kind;

/// Fails for a text that is missing, empty or has a hole in it.
#[track_caller]
fn assert_words(text: &str, of: &str) {
    let is_key =
        text.contains('-') && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    assert!(!text.is_empty() && !is_key && !text.contains(['{', '}']), "{of}: “{text}”");
}

/// Runs a check in every language.
fn in_every_language(check: impl Fn(&'static Texts)) {
    for locale in Locale::ALL {
        check(texts(locale));
    }
}

#[test]
fn codes_of_tickets_have_words() {
    in_every_language(|t| {
        let words = |code: &str, word: &str| {
            assert_words(word, code);
            assert_ne!(word, code, "shown as its code");
        };
        Status::ALL.iter().for_each(|code| words(code.as_text(), tags::status_label(t, *code)));
        TicketKind::ALL.iter().for_each(|code| words(code.as_text(), tags::kind_label(t, *code)));
        Channel::ALL.iter().for_each(|code| words(code.as_text(), tags::channel_label(t, *code)));
        Line::ALL.iter().for_each(|code| words(code.as_text(), tags::line_label(t, code.as_text())));
        Role::ALL.iter().for_each(|code| words(code.as_text(), tags::role_label(t, code.as_text())));
        Action::ALL.iter().for_each(|code| words(code.as_text(), tags::action_label(t, *code)));
        WaitingFor::ALL.iter().for_each(|code| words(code.as_text(), tags::waiting_label(t, *code)));
        HandOverReason::ALL.iter().for_each(|code| words(code.as_text(), tags::hand_over_label(t, *code)));
        for code in OrganisationKind::ALL {
            words(code.as_text(), organisation_kind(t, code.as_text()));
        }
        for code in LinkKind::ALL {
            words(code.as_text(), tags::link_label(t, *code, true));
            words(code.as_text(), tags::link_label(t, *code, false));
        }
    });
}

#[test]
fn wrong_fields_and_refusals_have_words() {
    let fields = ["subject", "email", "password", "organisation", "until", "file", "anything"];
    in_every_language(|t| {
        for problem in FieldProblem::ALL {
            for field in fields {
                assert_words(&field_text(t, field, *problem, Some(12)), problem.as_text());
            }
        }
        for code in AppError::CODES {
            assert_words(refusal_text(t, code), code);
        }
        for code in RowErrorCode::ALL {
            assert_words(&import_view::fault(t, *code, "x"), code.as_text());
        }
    });
}

#[test]
fn codes_of_mailboxes_have_words() {
    in_every_language(|t| {
        let moments = Moments::new(t.locale(), Instant::from_micros(0));
        for code in Heartbeat::ALL {
            let told = mailbox_words::heartbeat(t, &moments, *code, Some(Instant::from_micros(0)));
            assert_words(&told, code.as_text());
            assert_words(mailbox_words::heartbeat_short(t, *code), code.as_text());
        }
        MailFault::ALL.iter().for_each(|code| assert_words(mailbox_words::fault(t, *code), code.as_text()));
        TestStep::ALL.iter().for_each(|code| assert_words(mailbox_words::step(t, *code), code.as_text()));
        Receive::ALL.iter().for_each(|code| assert_words(mailbox_words::receive(t, *code), code.as_text()));
        MailSecurity::ALL
            .iter()
            .for_each(|code| assert_words(mailbox_words::security(t, *code), code.as_text()));
        MailboxAuth::ALL.iter().for_each(|code| assert_words(mailbox_words::auth(t, *code), code.as_text()));
        FirstFetch::ALL
            .iter()
            .for_each(|code| assert_words(mailbox_words::first_fetch(t, *code), code.as_text()));
        AfterFetch::ALL
            .iter()
            .for_each(|code| assert_words(mailbox_words::after_fetch(t, *code), code.as_text()));
        for code in UnknownSenders::ALL {
            assert_words(mailbox_words::unknown_senders(t, *code), code.as_text());
        }
        for field in
            ["address", "host", "port", "security", "secret", "tokenUrl", "folder", "moveTo", "domain"]
        {
            for problem in FieldProblem::ALL {
                if let Some(told) = mailbox_words::setting_fault(t, field, *problem) {
                    assert_words(told, field);
                }
            }
        }
    });
}

/// One event of every kind, and of those that read differently one of each reading.
fn events() -> Vec<EventKind> {
    let (group, other, user) = (GroupId(1), GroupId(2), UserId(1));
    let reason = || "därför".to_owned();
    let rank = |value| Rank::new(value).unwrap();
    let mut events = vec![
        EventKind::Opened {
            number: 1,
            kind: TicketKind::Incident,
            desk: arende::domain::ids::DeskId(1),
            subject: "Skrivaren".to_owned(),
            description: String::new(),
            channel: Channel::Phone,
            requester: user,
            registered_by: UserId(2),
            organisation: arende::domain::ids::OrganisationId(1),
            customer: arende::domain::ids::OrganisationId(1),
            service: None,
            system: None,
            category: None,
            impact: rank(1),
            urgency: rank(1),
            priority: priority_of(rank(1), rank(1)),
            line: Line::First,
            group,
            external_id: None,
            support_level: None,
            activity: None,
            agreement: None,
            routed: None,
        },
        EventKind::Routed {
            from_group: group,
            to_group: other,
            from_line: Line::First,
            to_line: Line::Second,
        },
        EventKind::AgreementChanged { from: None, to: None },
        EventKind::ClockWarned {
            metric: Metric::Resolution,
            percent: 75,
            due_at: Instant::from_micros(0),
            tells: Vec::new(),
        },
        EventKind::ClockBreached {
            metric: Metric::FirstResponse,
            due_at: Instant::from_micros(0),
            tells: Vec::new(),
        },
        EventKind::Taken { from: None, to: user, group },
        EventKind::Taken { from: Some(UserId(2)), to: user, group },
        EventKind::Assigned { from_group: group, to_group: other, from: None, to: Some(user) },
        EventKind::Escalated {
            from_group: group,
            to_group: other,
            from_line: Line::First,
            to_line: Line::Second,
            reason: reason(),
            code: Some(HandOverReason::OnSite),
        },
        EventKind::Returned {
            from_group: other,
            to_group: group,
            from_line: Line::Second,
            to_line: Line::First,
            reason: reason(),
            code: None,
        },
        EventKind::WaitEnded { by: None },
        EventKind::FirstResponded,
        EventKind::Resolved { solution: reason(), line: Line::First, group },
        EventKind::Closed { by: None },
        EventKind::Reopened { reason: reason() },
        EventKind::Cancelled { reason: reason() },
        EventKind::FirstLineReviewed { could_have_solved: true, note: Some(reason()) },
        EventKind::FirstLineReviewed { could_have_solved: false, note: None },
        EventKind::ExternalLinkCreated { group, until: Instant::from_micros(1), id: reason() },
        EventKind::ExternalAnswered { group, text: reason() },
        EventKind::MailNoted {
            mail: InboundMailId(1),
            what: Classification::Bounce,
            from: "anna@example.se".to_owned(),
            undelivered: Some("5.1.1".to_owned()),
        },
        EventKind::SubjectChanged { from: reason(), to: reason() },
        EventKind::DescriptionChanged { from: String::new(), to: reason() },
        EventKind::DescriptionChanged { from: reason(), to: String::new() },
        EventKind::ServiceChanged { from: None, to: Some(ServiceId(1)) },
        EventKind::SystemChanged { from: Some(SystemId(1)), to: None },
        EventKind::CategoryChanged { from: None, to: Some(CategoryId(1)) },
        EventKind::SupportLevelChanged { from: None, to: None },
        EventKind::ActivityChanged { from: None, to: None },
        EventKind::RouteAdvised {
            routed: Box::new(Routed {
                group: other,
                category: None,
                priority: priority_of(rank(1), rank(1)),
                priority_reason: PriorityReason::ImpactUrgency,
                agreement: None,
                answer: None,
                trail: Vec::new(),
            }),
        },
        EventKind::PriorityChanged {
            from_impact: rank(3),
            from_urgency: rank(3),
            from: priority_of(rank(3), rank(3)),
            impact: rank(1),
            urgency: rank(1),
            to: priority_of(rank(1), rank(1)),
            reason: None,
        },
    ];
    for waiting_for in WaitingFor::ALL {
        for until in [None, Some(Instant::from_micros(1))] {
            events.push(EventKind::WaitStarted { waiting: Waiting { waiting_for: *waiting_for, until } });
        }
    }
    for action in SystemAction::ALL {
        events.push(EventKind::WaitEnded { by: Some(*action) });
        events.push(EventKind::Closed { by: Some(*action) });
    }
    for visibility in Visibility::ALL {
        events.push(EventKind::MessageAdded { message: MessageId(1), visibility: *visibility });
        let attachment = AttachmentId(1);
        events.push(EventKind::AttachmentAdded { attachment, name: reason(), visibility: *visibility });
    }
    for link in LinkKind::ALL {
        events.push(EventKind::LinkAdded { link: *link, other: "INC-2".to_owned() });
        events.push(EventKind::LinkRemoved { link: *link, other: "INC-2".to_owned() });
    }
    events
}

/// The kinds of event that the code knows, read from where they are declared.
fn declared_kinds() -> BTreeSet<String> {
    let source = include_str!("../../src/domain/ticket/event.rs");
    let (_, body) = source.split_once("pub enum EventKind {\n").unwrap();
    let (body, _) = body.split_once("\n}\n").unwrap();
    body.lines()
        .filter_map(|line| line.strip_prefix("    ").filter(|rest| rest.starts_with(char::is_uppercase)))
        .map(|rest| rest.trim_end_matches([' ', '{', ',']).to_owned())
        .collect()
}

#[test]
fn everything_that_happens_to_a_ticket_has_a_sentence() {
    let told: BTreeSet<String> = events()
        .iter()
        .map(|kind| format!("{kind:?}").split([' ', '{']).next().unwrap().to_owned())
        .collect();
    assert_eq!(told, declared_kinds(), "an example of each kind belongs into events()");
    let (directory, people) = (Directory::default(), People::default());
    let at = Instant::parse_rfc3339("2026-11-20T13:05:00Z").unwrap();
    in_every_language(|t| {
        let story = Story {
            t,
            moments: Moments::new(t.locale(), at),
            directory: &directory,
            matrix: None,
            people: &people,
        };
        for kind in events() {
            let told = format!("{kind:?}");
            let mut event = TicketEvent { sequence: 1, at, actor: None, origin: Origin::Workspace, kind };
            let view = story.event(&event);
            assert_words(&view.what, &told);
            assert_words(&view.who, "nobody");
            event.origin = Origin::Import;
            assert_words(&story.event(&event).what, &told);
        }
    });
}

#[test]
fn everything_about_mail_has_words() {
    use NoteCode as N;
    use arende::app::mail::{LeftOut, MailAction, WhyLeftOut};
    use arende::domain::mail::{
        Finding, InboundSource, InboundState, Note, NoteCode, Step, StepName, Verdict,
    };
    use arende::web::mail_words;
    let notes = [
        N::SeveralFrom,
        N::NoFrom,
        N::RepeatedHeader,
        N::NoDate,
        N::HeadersCut,
        N::RawHeaderBytes,
        N::WrongCharset,
        N::NulBytes,
        N::BareCarriageReturns,
        N::TooDeep,
        N::TooManyParts,
        N::BrokenBoundary,
        N::TextCut,
        N::HtmlTooLong,
        N::HtmlCleaned,
        N::NameChanged,
        N::OwnHeaderIgnored,
        N::BrokenTnef,
        N::BrokenEncoding,
    ];
    in_every_language(|t| {
        for code in InboundState::ALL {
            assert_words(mail_words::state(t, *code), code.as_text());
        }
        for code in Classification::ALL {
            assert_words(mail_words::classification(t, *code), code.as_text());
        }
        for code in InboundSource::ALL {
            assert_words(mail_words::source(t, *code), code.as_text());
        }
        for code in StepName::ALL {
            assert_words(mail_words::step(t, *code), code.code());
        }
        for code in Finding::ALL {
            let values = vec!["INC-1".to_owned()];
            let step = Step { step: StepName::Size, verdict: Verdict::Noted, finding: *code, values };
            assert_words(&mail_words::finding(t, &step), code.code());
        }
        for code in notes {
            assert_words(&mail_words::note(t, &Note { code, value: "date".to_owned() }), "note");
        }
        for why in [WhyLeftOut::Program, WhyLeftOut::TooLarge, WhyLeftOut::SmallPicture, WhyLeftOut::TooMany]
        {
            assert_words(&mail_words::left_out(t, &LeftOut { name: "a.exe".to_owned(), why }), "left out");
        }
        for code in ["empty", "noHeaders", "tooLarge"] {
            assert_words(mail_words::unreadable(t, code), code);
        }
        for action in MailAction::ALL {
            assert_words(&mail_words::handling(t, *action, "Sara", "Bara larm"), action.as_text());
        }
    });
}
