//! The forms of tickets, calls, queues and reports.

use crate::app::tickets::DueFilter;
use crate::domain::ticket::{Action, Channel, HandOverReason, Status, TicketKind, WaitingFor};
use crate::i18n::Texts;
use crate::web::concerns::Concerns;
use crate::web::form::{Choice, Field, Form, FormState, Submit};
use crate::web::page::Link;
use crate::web::portal::forms::{REASON_MAX, SUBJECT_MAX, TEXT_MAX};
use crate::web::{routes, tags};

use super::view::{ActionView, with_first};

/// Impact or urgency as radios in a row, "1 Hela verksamheten".
fn levels(t: &Texts, state: &FormState, name: &str, label: &str, word: fn(&Texts, i64) -> &str) -> Field {
    let choices =
        (1..=3).map(|level| Choice::new(level.to_string(), format!("{level} {}", word(t, level)))).collect();
    Field::radios(state, name, label, choices).in_row()
}

/// Impact, 1 to 3.
#[must_use]
pub fn impact(t: &Texts, state: &FormState) -> Field {
    levels(t, state, "impact", t.t("field-impact"), tags::impact_label)
}

/// Urgency, 1 to 3.
#[must_use]
pub fn urgency(t: &Texts, state: &FormState) -> Field {
    levels(t, state, "urgency", t.t("field-urgency"), tags::urgency_label)
}

/// What a ticket's forms choose among.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TicketChoices {
    /// Groups by code.
    pub groups: Vec<Choice>,
    /// Groups of the second and third line and external ones, by code.
    pub escalation_groups: Vec<Choice>,
    /// Persons by opaque id.
    pub persons: Vec<Choice>,
    /// Categories by code.
    pub categories: Vec<Choice>,
    /// Services by code.
    pub services: Vec<Choice>,
    /// Systems by code.
    pub systems: Vec<Choice>,
}

/// Why a ticket is handed over, as a code: what all groups' hand-overs are counted by.
fn reason_code(t: &Texts, state: &FormState) -> Field {
    let codes = HandOverReason::ALL
        .iter()
        .map(|code| Choice::new(code.as_text(), tags::hand_over_label(t, *code)))
        .collect();
    let choices = with_first(t.t("choice-choose"), codes);
    Field::select(state, "reasonCode", t.t("field-reason-code"), choices).optional()
}

/// The form of an action (`action` as the API names it). `refused` is what was sent and refused, when
/// it was this action. Fields: `group`, `person`, `toGroup`, `reasonCode`, `reason`, `for`, `until`, `solution`, `category`.
#[must_use]
pub fn action(
    t: &Texts,
    action: Action,
    number: &str,
    version: i64,
    choices: &TicketChoices,
    refused: Option<&FormState>,
) -> ActionView {
    let empty = FormState::default();
    let state = refused.unwrap_or(&empty);
    let reason = |label: &str| Field::area(state, "reason", label, 3, REASON_MAX);
    let fields = match action {
        Action::Assign => vec![
            Field::select(
                state,
                "group",
                t.t("field-group"),
                with_first(t.t("choice-unchanged"), choices.groups.clone()),
            ),
            Field::select(
                state,
                "person",
                t.t("field-person"),
                with_first(t.t("choice-nobody"), choices.persons.clone()),
            ),
        ],
        Action::Escalate => vec![
            Field::select(
                state,
                "toGroup",
                t.t("field-to-group"),
                with_first(t.t("choice-choose"), choices.escalation_groups.clone()),
            ),
            reason_code(t, state),
            reason(t.t("field-why")),
        ],
        Action::Return => vec![reason_code(t, state), reason(t.t("field-why"))],
        Action::Wait => vec![
            Field::radios(
                state,
                "for",
                t.t("field-wait-for"),
                WaitingFor::ALL
                    .iter()
                    .map(|reason| Choice::new(reason.as_text(), tags::waiting_label(t, *reason)))
                    .collect(),
            ),
            Field::typed(state, "until", t.t("field-until"), "date").optional(),
        ],
        Action::Resolve => vec![
            Field::area(state, "solution", t.t("field-solution"), 4, TEXT_MAX)
                .hint(t.t("field-solution-hint")),
            Field::select(
                state,
                "category",
                t.t("field-category"),
                with_first(t.t("choice-unchanged"), choices.categories.clone()),
            ),
        ],
        Action::Reopen => vec![reason(t.t("field-why"))],
        Action::Cancel => vec![reason(t.t("field-why"))],
        Action::Take | Action::Resume | Action::Close => Vec::new(),
    };
    let label = tags::action_label(t, action);
    let submit = match action {
        Action::Cancel => Submit::danger(label),
        Action::Take => Submit { keys: Some("t"), ..Submit::primary(label) },
        _ if fields.is_empty() => Submit::secondary(label),
        _ => Submit::primary(label),
    };
    let mut form = Form::new(action.as_text(), routes::ticket_action(number), label)
        .fields(fields)
        .submits(vec![submit])
        .version(version)
        .apart();
    form.fields.push(Field::hidden("action", action.as_text()));
    ActionView {
        label: label.to_owned(),
        key: (action == Action::Assign).then_some("a"),
        is_open: !form.refused().is_empty(),
        form,
    }
}

/// A link for the supplier that has a ticket: a single button.
#[must_use]
pub fn external_link(t: &Texts, number: &str) -> ActionView {
    let label = t.t("ticket-external-create");
    let form = Form::new("external", routes::ticket_external_links(number), label)
        .submits(vec![Submit::secondary(label)]);
    ActionView { label: label.to_owned(), key: None, is_open: false, form }
}

/// Whether the first line could have solved a ticket: `couldHaveSolved` (yes, no), `note`.
#[must_use]
pub fn review(t: &Texts, refused: Option<&FormState>, number: &str) -> ActionView {
    let empty = FormState::default();
    let state = refused.unwrap_or(&empty);
    let label = t.t("review-question");
    let answers = vec![Choice::new("yes", t.t("choice-yes")), Choice::new("no", t.t("choice-no"))];
    let form = Form::new("review", routes::ticket_review(number), t.t("review-save"))
        .fields(vec![
            Field::radios(state, "couldHaveSolved", label, answers).in_row(),
            Field::area(state, "note", t.t("review-note"), 2, REASON_MAX)
                .hint(t.t("review-note-hint"))
                .optional(),
        ])
        .submits(vec![Submit::secondary(t.t("review-save"))])
        .apart();
    ActionView { label: label.to_owned(), key: None, is_open: !form.refused().is_empty(), form }
}

/// The answer that the requester reads: `body`, `files`, `then` (nothing, wait, resolve); `seen` is the
/// last message on the page.
#[must_use]
pub fn reply(t: &Texts, state: &FormState, number: &str, requester: &str, seen: &str) -> Form {
    Form::new("reply", routes::ticket_messages(number), t.t("reply-send"))
        .fields(vec![
            Field::area(state, "body", t.t1("composer-reply", "name", requester), 5, TEXT_MAX),
            Field::files(state, "files", t.t("field-files")),
            Field::hidden("visibility", "public"),
            Field::hidden("seen", seen),
        ])
        .submits(vec![
            Submit { keys: Some("Control+Enter"), ..Submit::primary(t.t("composer-send")) },
            Submit::secondary(t.t("composer-send-wait")).sending("then", "wait"),
            Submit {
                keys: Some("Control+Shift+Enter"),
                ..Submit::secondary(t.t("composer-send-resolve")).sending("then", "resolve")
            },
        ])
        .apart()
}

/// The note that only staff read: `body`, `files`.
#[must_use]
pub fn note(t: &Texts, state: &FormState, number: &str) -> Form {
    Form::new("note", routes::ticket_messages(number), t.t("composer-note-save"))
        .fields(vec![
            Field::area(state, "body", t.t("composer-note"), 5, TEXT_MAX),
            Field::files(state, "files", t.t("field-files")),
            Field::hidden("visibility", "internal"),
        ])
        .submits(vec![Submit { keys: Some("Control+Enter"), ..Submit::primary(t.t("composer-note-save")) }])
        .apart()
}

/// The facts that can be edited.
pub const FACTS: [&str; 8] =
    ["subject", "category", "service", "system", "supportLevel", "activity", "impact", "urgency"];

/// Editing the facts, see [`FACTS`]. `was` holds what they were when the page was shown, sent along as
/// `was-subject` and so on, so that two people who change different facts don't disturb each other.
#[must_use]
pub fn facts(
    t: &Texts,
    state: &FormState,
    was: &FormState,
    number: &str,
    version: i64,
    choices: TicketChoices,
    concerns: Concerns,
) -> Form {
    let none = t.t("choice-none");
    let mut form = Form::new("facts", routes::ticket_facts(number), t.t("form-save"))
        .fields(vec![
            Field::line(state, "subject", t.t("field-subject")).max(SUBJECT_MAX),
            Field::select(state, "category", t.t("field-category"), with_first(none, choices.categories))
                .optional(),
            Field::select(state, "service", t.t("field-service"), with_first(none, choices.services))
                .optional(),
            Field::select(state, "system", t.t("field-system"), with_first(none, choices.systems)).optional(),
        ])
        .version(version)
        .cancel(Link::new(routes::ticket(number), t.t("form-cancel")));
    form.fields.extend(concerns.equipment(t, state));
    form.fields.extend([impact(t, state), urgency(t, state)]);
    form.fields.extend(FACTS.map(|fact| Field::hidden(&format!("was-{fact}"), was.value(fact))));
    form
}

/// A link to another ticket: `target` (its number), `relation`.
#[must_use]
pub fn link(t: &Texts, state: &FormState, number: &str, relations: Vec<Choice>) -> Form {
    Form::new("link", routes::ticket_links(number), t.t("ticket-link-add"))
        .fields(vec![
            Field::select(state, "relation", t.t("field-relation"), relations),
            Field::line(state, "target", t.t("field-link-number"))
                .hint(t.t("field-link-number-hint"))
                .max(20),
        ])
        .submits(vec![Submit::secondary(t.t("ticket-link-save"))])
        .apart()
}

/// Taking a link away: `remove` (its opaque id).
#[must_use]
pub fn unlink(t: &Texts, number: &str, id: &str) -> Form {
    Form::new("unlink", routes::ticket_links(number), t.t("form-remove"))
        .fields(vec![Field::hidden("remove", id)])
        .submits(vec![Submit::secondary(t.t("form-remove"))])
        .for_row(id)
}

/// Somebody who calls and isn't known: `name`, `email`, `phone`, `organisation`.
#[must_use]
pub fn contact(t: &Texts, state: &FormState, organisations: Vec<Choice>) -> Form {
    Form::new("contact", routes::NEW_CONTACT, t.t("contact-save"))
        .fields(vec![
            Field::line(state, "name", t.t("field-name")).max(200).autofocus(),
            Field::typed(state, "email", t.t("field-email"), "email").max(254),
            Field::typed(state, "phone", t.t("field-phone"), "tel").max(40).optional(),
            Field::select(
                state,
                "organisation",
                t.t("field-organisation"),
                with_first(t.t("choice-choose"), organisations),
            ),
        ])
        .cancel(Link::new(routes::NEW_CALL, t.t("form-cancel")))
}

/// A phone call: `person`, `kind`, `subject`, `description`, `system`, `category`, `impact`, `urgency`,
/// `solution`, `toGroup`, `reasonCode`, `reason`; the button is `then` = resolve, take or handOver.
#[must_use]
pub fn call(t: &Texts, state: &FormState, person: &str, choices: TicketChoices, concerns: Concerns) -> Form {
    let none = t.t("choice-none");
    let matter = vec![
        Field::hidden("person", person),
        Field::radios(
            state,
            "kind",
            t.t("field-kind"),
            [TicketKind::Incident, TicketKind::Request]
                .into_iter()
                .map(|kind| Choice::new(kind.as_text(), tags::kind_label(t, kind)))
                .collect(),
        )
        .in_row(),
        Field::line(state, "subject", t.t("field-subject")).max(SUBJECT_MAX).autofocus(),
        Field::area(state, "description", t.t("call-what-happened"), 3, TEXT_MAX),
    ];
    let work = vec![
        Field::select(state, "system", t.t("field-system"), with_first(none, choices.systems)).optional(),
        Field::select(state, "category", t.t("field-category"), with_first(none, choices.categories))
            .optional(),
        impact(t, state),
        urgency(t, state),
        Field::area(state, "solution", t.t("field-solution"), 3, TEXT_MAX)
            .hint(t.t("call-solution-hint"))
            .optional(),
        Field::select(
            state,
            "toGroup",
            t.t("call-hand-over-to"),
            with_first(t.t("choice-none"), choices.escalation_groups),
        )
        .optional(),
        reason_code(t, state),
        Field::area(state, "reason", t.t("field-why"), 2, REASON_MAX)
            .hint(t.t("call-reason-hint"))
            .optional(),
    ];
    Form::new("call", routes::NEW_CALL, t.t("call-save-resolve"))
        .fields([matter, concerns.fields(t, state), work].concat())
        .submits(vec![
            Submit {
                keys: Some("Control+Enter"),
                ..Submit::primary(t.t("call-save-resolve")).sending("then", "resolve")
            },
            Submit::secondary(t.t("call-save-take")).sending("then", "take"),
            Submit::secondary(t.t("call-hand-over")).sending("then", "handOver"),
        ])
}

fn statuses(t: &Texts) -> Vec<Choice> {
    Status::ALL.iter().map(|status| Choice::new(status.as_text(), tags::status_label(t, *status))).collect()
}

/// The filters of a queue: `status`, `priority`, `organisation`, `channel`.
#[must_use]
pub fn queue_filters(t: &Texts, state: &FormState, organisations: Vec<Choice>) -> Vec<Field> {
    let all = t.t("choice-all");
    let priorities = (1..=4)
        .map(|priority| Choice::new(priority.to_string(), tags::priority(t, priority).label))
        .collect();
    let channels = Channel::ALL
        .iter()
        .map(|channel| Choice::new(channel.as_text(), tags::channel_label(t, *channel)))
        .collect();
    let due = DueFilter::ALL.iter().map(|due| Choice::new(due.as_text(), due_label(t, *due))).collect();
    vec![
        Field::select(state, "status", t.t("field-status"), with_first(all, statuses(t))),
        Field::select(state, "priority", t.t("field-priority"), with_first(all, priorities)),
        Field::select(state, "organisation", t.t("field-organisation"), with_first(all, organisations)),
        Field::select(state, "channel", t.t("field-channel"), with_first(all, channels)),
        Field::select(state, "due", t.t("field-due-filter"), with_first(all, due)),
    ]
}

/// What a filter on the due instant says.
#[must_use]
pub fn due_label(t: &Texts, due: DueFilter) -> &str {
    match due {
        DueFilter::Overdue => t.t("due-overdue"),
        DueFilter::Today => t.t("due-today"),
    }
}

/// The drop-down lists of the bulk bar: `group`, `person`.
#[must_use]
pub fn bulk_targets(t: &Texts, groups: Vec<Choice>, persons: Vec<Choice>) -> Vec<Field> {
    let state = FormState::default();
    vec![
        Field::select(&state, "group", t.t("field-group"), with_first(t.t("choice-unchanged"), groups))
            .within("bulk"),
        Field::select(&state, "person", t.t("field-person"), with_first(t.t("choice-nobody"), persons))
            .within("bulk"),
    ]
}

/// The fields of the search: `q`, `status`, `organisation`.
#[must_use]
pub fn search(t: &Texts, state: &FormState, organisations: Vec<Choice>) -> Vec<Field> {
    let all = t.t("choice-all");
    vec![
        Field::typed(state, "q", t.t("search-words"), "search").max(200),
        Field::select(state, "status", t.t("field-status"), with_first(all, statuses(t))),
        Field::select(state, "organisation", t.t("field-organisation"), with_first(all, organisations)),
    ]
}

/// The choices of the hand-over figures: `from`, `to`, `organisation`.
#[must_use]
pub fn ledger_report(t: &Texts, state: &FormState, organisations: Vec<Choice>) -> Vec<Field> {
    vec![
        Field::typed(state, "from", t.t("report-from"), "date"),
        Field::typed(state, "to", t.t("report-to"), "date"),
        Field::select(
            state,
            "organisation",
            t.t("field-organisation"),
            with_first(t.t("choice-all"), organisations),
        ),
    ]
}

/// The choices of the resolution table: `from`, `to`, `by`, `clock`, `scope`, `organisation`.
#[must_use]
pub fn resolution(t: &Texts, state: &FormState, organisations: Vec<Choice>) -> Vec<Field> {
    let by = vec![
        Choice::new("month", t.t("report-by-month")),
        Choice::new("quarter", t.t("report-by-quarter")),
        Choice::new("tertial", t.t("report-by-tertial")),
        Choice::new("year", t.t("report-by-year")),
    ];
    let clock = vec![
        Choice::new("elapsed", t.t("report-clock-elapsed")),
        Choice::new("working", t.t("report-clock-working")),
    ];
    let scope = vec![
        Choice::new("all", t.t("report-scope-all")),
        Choice::new("servicedesk", t.t("report-scope-servicedesk")),
    ];
    vec![
        Field::typed(state, "from", t.t("report-from"), "date"),
        Field::typed(state, "to", t.t("report-to"), "date"),
        Field::select(state, "by", t.t("report-by"), by),
        Field::select(state, "clock", t.t("report-clock"), clock),
        Field::select(state, "scope", t.t("report-scope"), scope),
        Field::select(
            state,
            "organisation",
            t.t("field-organisation"),
            with_first(t.t("choice-all"), organisations),
        ),
    ]
}
