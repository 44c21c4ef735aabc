//! The page of one mail text as data: the text, how its mail reads, its history.

use super::super::parts;
use crate::app::mail::{MailText, TemplateVersionView, TemplateView, TestMail, headline};
use crate::domain::mail::Template;
use crate::domain::people::Language;
use crate::i18n::format::Moments;
use crate::i18n::{Arg, Texts};
use crate::web::components::{Cell, Fact, Moment, Table};
use crate::web::form::{Field, Form, FormState, Submit};
use crate::web::page::{Banner, BannerKind};
use crate::web::routes;
use crate::web::workspace::admin_view::{Body, RecordSection};

/// A language in its own words.
#[must_use]
pub const fn language_name(language: Language) -> &'static str {
    match language {
        Language::Swedish => "Svenska",
        Language::English => "English",
    }
}

/// "Nytt svar · Svenska".
#[must_use]
pub fn title(template: Template, language: Language, reader: Language) -> String {
    format!("{} · {}", headline(template, reader), language_name(language))
}

/// What the form starts from.
#[must_use]
pub fn filled(view: &TemplateView) -> FormState {
    let seen = view.version.to_string();
    FormState::of([
        ("subject", view.text.subject.as_str()),
        ("body", view.text.body.as_str()),
        ("seen", seen.as_str()),
    ])
}

/// What was typed.
pub(super) fn typed(state: &FormState) -> MailText {
    MailText { subject: state.value("subject").to_owned(), body: state.value("body").to_owned() }
}

/// The page: the mail first, if somebody asked to see it.
#[must_use]
pub fn sections(
    t: &Texts,
    moments: &Moments,
    view: &TemplateView,
    state: &FormState,
    preview: Option<(MailText, String)>,
    history: Vec<TemplateVersionView>,
) -> Vec<RecordSection> {
    let mut sections = Vec::new();
    if let Some((sent, html)) = preview {
        sections.push(parts::section(t.t("template-preview"), Body::Mail { subject: sent.subject, html }));
    }
    sections.extend([
        parts::section("", Body::Facts(facts(t, view))),
        parts::section(t.t("template-body"), Body::Form(form(t, view, state))),
        parts::section(t.t("template-stored"), Body::Form(others(t, view))),
        parts::section(t.t("template-history"), Body::Table(versions(t, moments, history))),
    ]);
    sections
}

fn facts(t: &Texts, view: &TemplateView) -> Vec<Fact> {
    let names: Vec<String> = view.names.iter().map(|name| format!("{{{{{name}}}}}")).collect();
    let state = if view.is_changed { "template-changed" } else { "template-delivered" };
    vec![
        Fact::text(t.t("template-state"), t.t(state)),
        Fact {
            note: Some(t.t("template-names-hint").to_owned()),
            ..Fact::text(t.t("template-names"), names.join(" "))
        },
    ]
}

fn form(t: &Texts, view: &TemplateView, state: &FormState) -> Form {
    // What is sent again is sent for the version that was looked at, not for a later one.
    Form::new("template", routes::mail_template(&view.code), t.t("template-save"))
        .fields(vec![
            Field::line(state, "subject", t.t("template-subject")),
            Field::area(state, "body", t.t("template-body"), 18, 10_000).hint(t.t("template-body-hint")),
            Field::hidden("seen", state.value("seen")),
        ])
        .submits(vec![
            Submit::primary(t.t("template-save")).sending("action", "save"),
            Submit::secondary(t.t("template-preview-do")).sending("action", "preview"),
        ])
}

/// What is done with the text as it is stored.
fn others(t: &Texts, view: &TemplateView) -> Form {
    let mut submits = vec![Submit::secondary(t.t("template-test")).sending("action", "test")];
    if view.is_changed {
        submits.push(Submit::secondary(t.t("template-reset")).sending("action", "reset"));
    }
    Form::new("more", routes::mail_template(&view.code), t.t("template-test"))
        .fields(vec![Field::hidden("seen", view.version.to_string())])
        .submits(submits)
        .apart()
}

fn versions(t: &Texts, moments: &Moments, history: Vec<TemplateVersionView>) -> Table {
    let rows = history
        .into_iter()
        .map(|version| {
            let said = version.text.map_or_else(|| t.t("template-was-reset").to_owned(), |text| text.subject);
            vec![
                Cell::Moment(Moment::new(moments, version.changed_at)),
                Cell::text(version.changed_by.map_or(String::new(), |person| person.name.clone())),
                Cell::text(said),
            ]
        })
        .collect();
    let columns = [t.t("template-changed-at"), t.t("template-changed-by"), t.t("template-subject")];
    parts::table(t.t("template-history"), &columns, rows, t.t("template-history-none"))
}

/// How sending a test mail went, with what the server said.
#[must_use]
pub fn test_told(t: &Texts, test: &TestMail) -> Banner {
    let (kind, text, said) = match test {
        TestMail::Sent { to } => (BannerKind::Success, t.t1("template-test-sent", "to", to), None),
        TestMail::NotSetUp => (BannerKind::Warning, t.t("template-test-not-set-up").to_owned(), None),
        TestMail::Refused { to, said } => {
            (BannerKind::Danger, t.t1("template-test-refused", "to", to), Some(said))
        }
        TestMail::NotTaken { said } => {
            (BannerKind::Danger, t.t("template-test-not-taken").to_owned(), Some(said))
        }
    };
    let said = said.map(|said| t.tr("template-test-said", &[("said", Arg::Text(said))]));
    Banner { details: said.into_iter().collect(), ..Banner::new(kind, text) }
}
