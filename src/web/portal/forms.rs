//! The portal's forms. They ask in plain words; `app` makes impact and urgency of the answers.

use crate::domain::locale::Locale;
use crate::domain::mail::MailPreferences;
use crate::domain::ticket::HandOverReason;
use crate::i18n::Texts;
use crate::web::concerns::Concerns;
use crate::web::form::{Choice, Field, Form, FormState, Submit};
use crate::web::page::{Link, Theme};
use crate::web::routes;

/// The most characters of a subject.
pub const SUBJECT_MAX: usize = 200;
/// The most characters of running text that the pages take.
pub const TEXT_MAX: usize = 4_000;
/// The most characters of a reason.
pub const REASON_MAX: usize = 2_000;

/// Reporting a fault: `what`, `description`, `affected` (me, several, workplace, unknown), `able` (yes, partly,
/// no), `system` (a code), `organisation` (a code, when there are several), `files`.
#[must_use]
pub fn report_fault(
    t: &Texts,
    state: &FormState,
    concerns: Concerns,
    systems: Vec<Choice>,
    organisations: Vec<Choice>,
) -> Form {
    let mut fields = vec![
        Field::line(state, "what", t.t("fault-what")).hint(t.t("fault-what-hint")).max(SUBJECT_MAX),
        Field::area(state, "description", t.t("fault-description"), 5, TEXT_MAX).optional(),
        Field::radios(
            state,
            "affected",
            t.t("fault-affected"),
            vec![
                Choice::new("me", t.t("fault-affected-me")),
                Choice::new("several", t.t("fault-affected-several")),
                Choice::new("workplace", t.t("fault-affected-workplace")),
                Choice::new("unknown", t.t("fault-affected-unknown")),
            ],
        )
        .in_row(),
        Field::radios(
            state,
            "able",
            t.t("fault-able"),
            vec![
                Choice::new("yes", t.t("fault-able-yes")),
                Choice::new("partly", t.t("fault-able-partly")),
                Choice::new("no", t.t("fault-able-no")),
            ],
        )
        .in_row(),
    ];
    fields.extend(concerns.fields(t, state));
    fields.extend(where_from(t, state, systems, organisations));
    fields.push(Field::files(state, "files", t.t("field-files")));
    Form::new("fault", routes::REPORT_FAULT, t.t("fault-send")).fields(fields)
}

/// Ordering: `what`, `description`, `system`, `organisation`, `files`.
#[must_use]
pub fn order(t: &Texts, state: &FormState, systems: Vec<Choice>, organisations: Vec<Choice>) -> Form {
    let mut fields = vec![
        Field::line(state, "what", t.t("order-what")).hint(t.t("order-what-hint")).max(SUBJECT_MAX),
        Field::area(state, "description", t.t("order-description"), 5, TEXT_MAX)
            .hint(t.t("order-description-hint"))
            .optional(),
    ];
    fields.extend(where_from(t, state, systems, organisations));
    fields.push(Field::files(state, "files", t.t("field-files")));
    Form::new("order", routes::ORDER, t.t("order-send")).fields(fields)
}

fn where_from(t: &Texts, state: &FormState, systems: Vec<Choice>, organisations: Vec<Choice>) -> Vec<Field> {
    let mut fields = Vec::new();
    if !systems.is_empty() {
        let none = Choice::new("", t.t("choice-unknown"));
        let systems = std::iter::once(none).chain(systems).collect();
        fields.push(Field::select(state, "system", t.t("field-system-question"), systems).optional());
    }
    // One organisation needs no question.
    if organisations.len() > 1 {
        fields.push(Field::radios(state, "organisation", t.t("field-organisation-question"), organisations));
    }
    fields
}

/// Answering in the own ticket: `body`, `files`.
#[must_use]
pub fn reply(t: &Texts, state: &FormState, number: &str) -> Form {
    Form::new("reply", routes::my_ticket_messages(number), t.t("reply-send")).fields(vec![
        Field::area(state, "body", t.t("my-ticket-reply-label"), 4, TEXT_MAX),
        Field::files(state, "files", t.t("field-files")),
    ])
}

/// A supplier's answer to the desk: `body`.
#[must_use]
pub fn external_answer(t: &Texts, state: &FormState, token: &str) -> Form {
    Form::new("answer", routes::external_answers(token), t.t("external-send"))
        .fields(vec![
            Field::area(state, "body", t.t("external-answer-label"), 5, TEXT_MAX)
                .hint(t.t("external-answer-hint")),
        ])
        .apart()
}

/// A supplier hands a ticket back: the text of that name; the button is `reasonCode` = done or other.
#[must_use]
pub fn external_return(t: &Texts, state: &FormState, token: &str, account: &str) -> Form {
    let done = Submit::primary(t.t("external-done"));
    let cannot = Submit::secondary(t.t("external-cannot"));
    Form::new("return", routes::external_return(token), t.t("external-done"))
        .fields(vec![
            Field::area(state, account, t.t("external-return-label"), 4, REASON_MAX)
                .hint(t.t("external-return-hint")),
        ])
        .submits(vec![
            done.sending("reasonCode", HandOverReason::Done.as_text()),
            cannot.sending("reasonCode", HandOverReason::Other.as_text()),
        ])
        .apart()
}

/// "It works now – close the ticket".
#[must_use]
pub fn close(t: &Texts, number: &str, version: i64) -> Form {
    Form::new("close", routes::my_ticket_close(number), t.t("my-ticket-close")).version(version)
}

/// "It still does not work": `reason`.
#[must_use]
pub fn reopen(t: &Texts, state: &FormState, number: &str, version: i64) -> Form {
    Form::new("reopen", routes::my_ticket_reopen(number), t.t("reopen-send"))
        .fields(vec![Field::area(state, "reason", t.t("reopen-reason"), 4, REASON_MAX)])
        .version(version)
        .cancel(Link::new(routes::my_ticket(number), t.t("form-cancel")))
}

/// "I no longer need help": `reason`.
#[must_use]
pub fn cancel(t: &Texts, state: &FormState, number: &str, version: i64) -> Form {
    Form::new("cancel", routes::my_ticket_cancel(number), t.t("cancel-send"))
        .fields(vec![Field::area(state, "reason", t.t("cancel-reason"), 3, REASON_MAX)])
        .submits(vec![Submit::danger(t.t("cancel-send"))])
        .version(version)
        .cancel(Link::new(routes::my_ticket(number), t.t("cancel-keep")))
}

/// How staff want their mail; what was refused as it was typed.
#[must_use]
pub fn mail(t: &Texts, refused: &FormState, held: &MailPreferences) -> Form {
    let time = |minutes: i64| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    let own = FormState::of([
        ("digest", held.digest.as_text().to_owned()),
        ("digest_at", time(held.digest_at)),
        ("quiet_from", held.quiet_from.map(time).unwrap_or_default()),
        ("quiet_until", held.quiet_until.map(time).unwrap_or_default()),
    ]);
    let state = if refused.value("digest").is_empty() { &own } else { refused };
    let choices = vec![
        Choice::new("off", t.t("profile-mail-off")),
        Choice::new("hourly", t.t("profile-mail-hourly")),
        Choice::new("daily", t.t("profile-mail-daily")),
    ];
    Form::new("mail", routes::PROFILE_MAIL, t.t("form-save")).fields(vec![
        Field::radios(state, "digest", t.t("profile-mail-digest"), choices),
        Field::typed(state, "digest_at", t.t("profile-mail-digest-at"), "time").optional(),
        Field::typed(state, "quiet_from", t.t("profile-mail-quiet-from"), "time")
            .hint(t.t("profile-mail-quiet-hint"))
            .optional(),
        Field::typed(state, "quiet_until", t.t("profile-mail-quiet-until"), "time").optional(),
    ])
}

/// Language (`language`), theme (`theme`) and, for staff, single-key shortcuts (`shortcuts`: on, off).
#[must_use]
pub fn display(t: &Texts, locale: Locale, theme: Theme, shortcuts: Option<bool>) -> Form {
    let shortcuts_now = if shortcuts == Some(false) { "off" } else { "on" };
    let state =
        FormState::of([("language", locale.as_tag()), ("theme", theme.code()), ("shortcuts", shortcuts_now)]);
    let mut fields = vec![
        Field::radios(
            &state,
            "language",
            t.t("profile-language"),
            vec![Choice::new("sv", "Svenska"), Choice::new("en", "English")],
        )
        .in_row(),
        Field::radios(
            &state,
            "theme",
            t.t("profile-theme"),
            vec![
                Choice::new("system", t.t("profile-theme-system")),
                Choice::new("light", t.t("profile-theme-light")),
                Choice::new("dark", t.t("profile-theme-dark")),
            ],
        )
        .in_row(),
    ];
    if shortcuts.is_some() {
        let choices = vec![
            Choice::new("on", t.t("profile-shortcuts-on")),
            Choice::new("off", t.t("profile-shortcuts-off")),
        ];
        let field = Field::radios(&state, "shortcuts", t.t("profile-shortcuts"), choices);
        fields.push(field.hint(t.t("profile-shortcuts-hint")).in_row());
    }
    Form::new("display", routes::PROFILE_DISPLAY, t.t("form-save"))
        .fields(fields)
        .submits(vec![Submit::secondary(t.t("form-save"))])
}

/// A new password: `current`, `new`.
#[must_use]
pub fn password(t: &Texts, state: &FormState, shortest: i64) -> Form {
    Form::new("password", routes::PROFILE_PASSWORD, t.t("profile-password-save"))
        .fields(vec![
            Field::password(state, "current", t.t("profile-password-current"), "current-password"),
            Field::password(state, "new", t.t("profile-password-new"), "new-password").hint(t.t1(
                "profile-password-hint",
                "shortest",
                shortest,
            )),
        ])
        .submits(vec![Submit::secondary(t.t("profile-password-save"))])
}

/// Signing out one session, for a table's cell.
#[must_use]
pub fn end_session(t: &Texts, id: &str) -> Form {
    Form::new("end-session", routes::profile_session_end(id), t.t("profile-session-end"))
        .for_row(id)
        .submits(vec![Submit::secondary(t.t("profile-session-end"))])
}

/// Signing out every other session.
#[must_use]
pub fn end_other_sessions(t: &Texts) -> Form {
    Form::new("end-others", routes::PROFILE_SESSIONS_END, t.t("profile-sessions-end"))
        .submits(vec![Submit::secondary(t.t("profile-sessions-end"))])
}
