//! The pages of mail: what waits, one message, the log, a text with its mail, how tests went.

use askama::Template;

use super::{Maker, Sample, empty};
use crate::app::mail::{
    MailRecord, MailRow, MailText, MailboxTest, TemplateVersionView, TemplateView, TestMail, TestedStep,
    Understood,
};
use crate::domain::clock::Instant;
use crate::domain::ids::InboundMailId;
use crate::domain::mail::{
    Classification, Finding, InboundSource, InboundState, MailFault, Step, StepName, Template as Text,
    TestStep, Verdict,
};
use crate::domain::people::Language;
use crate::web::admin::mail::{mailboxes, template_view};
use crate::web::components::{Cell, Fact, FileView, Pager};
use crate::web::form::{Field, Form, FormState, Submit};
use crate::web::page::{Banner, BannerKind, Link, Page, Section};
use crate::web::workspace::admin_view::{AdminRecordPage, Body, RecordSection};
use crate::web::workspace::mail_view::{self, MailListPage, MailPage};
use crate::web::workspace::view::ActionView;
use crate::web::{mail_words, routes};

/// A subject and a sender as they really come.
const SUBJECT: &str =
    "SV: <b>Skrivaren</b> på plan 2 Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen";

pub(super) fn samples(maker: &Maker) -> Vec<Sample> {
    let mut samples = incoming(maker);
    samples.extend(message(maker));
    samples.extend(texts(maker));
    samples.push(("admin-mailbox-tested", tested(maker)));
    samples
}

fn record(state: InboundState, understood: &Understood) -> MailRecord {
    MailRecord {
        id: InboundMailId(7),
        mailbox: None,
        source: InboundSource::Imap,
        state,
        storage_key: "ab/cd".to_owned(),
        content_hash: "00".to_owned(),
        size_bytes: 20_480,
        received_at: Instant::parse_rfc3339("2026-11-20T08:12:00Z").unwrap(),
        header_message_id: Some("1@example.org".to_owned()),
        from_address: Some("larm.fran.en.maskin.med.lang.adress@mycket.lang.doman.example.org".to_owned()),
        from_name: Some("Anna <Ek>".to_owned()),
        subject: Some(SUBJECT.to_owned()),
        classification: Some(Classification::New),
        reason: None,
        trace: Some(serde_json::to_string(understood).unwrap()),
        ticket: None,
        message: None,
        processed_at: None,
        is_answerable: true,
        handled_by: None,
        error: None,
    }
}

fn understood() -> Understood {
    let step = |step, verdict, finding, value: &str| Step {
        step,
        verdict,
        finding,
        values: Vec::from_iter((!value.is_empty()).then(|| value.to_owned())),
    };
    Understood {
        steps: vec![
            step(StepName::Size, Verdict::Passed, Finding::Nothing, ""),
            step(StepName::Sender, Verdict::Noted, Finding::SenderUnknown, "larm@example.org"),
            step(StepName::Threading, Verdict::Decided, Finding::NoTicketNamed, ""),
        ],
        ..Understood::default()
    }
}

fn rows() -> Vec<MailRow> {
    let understood = understood();
    let row = |state, ticket: Option<&str>| MailRow {
        record: record(state, &understood),
        mailbox: None,
        ticket: ticket.map(str::to_owned),
    };
    vec![row(InboundState::Held, None), row(InboundState::Ticket, Some("INC-1039"))]
}

fn incoming(maker: &Maker) -> Vec<Sample> {
    let (t, rows) = (maker.t, rows());
    let search = FormState::of([("q", "skrivare")]);
    let filters = vec![Field::typed(&search, "q", t.t("mail-field-text"), "search").max(200)];
    let list = |title: &str, section, filters, table| {
        let lead = t.t("mail-waiting-lead").to_owned();
        MailListPage { page: maker.page(title, section), lead, filters, table, pager: Pager::default() }
            .render()
            .unwrap()
    };
    let waiting = |rows| mail_view::waiting_table(t, &maker.moments, rows);
    let title = t.t("mail-waiting-title");
    vec![
        ("mail", list(title, Section::Mail, None, waiting(&rows))),
        ("mail-empty", list(title, Section::Mail, None, waiting(&[]))),
        (
            "admin-incoming-mail",
            list(
                t.t("mail-log-title"),
                Section::Admin,
                Some((routes::INCOMING_MAIL, filters)),
                mail_view::log_table(t, &maker.moments, &rows),
            ),
        ),
    ]
}

fn message(maker: &Maker) -> Vec<Sample> {
    let (t, understood) = (maker.t, understood());
    let record = record(InboundState::Held, &understood);
    let mut refused = empty();
    refused.refuse("target", "Skriv ärendenumret");
    let action =
        |label: &str, form: Form| ActionView { label: label.to_owned(), key: None, form, is_open: false };
    let reply = |state: &FormState| {
        Form::new("reply", routes::mail_action("k3F9"), t.t("mail-send-reply"))
            .fields(vec![
                Field::hidden("action", "reply"),
                Field::line(state, "target", t.t("mail-field-number")).hint(t.t("mail-field-number-hint")),
            ])
            .submits(vec![Submit::primary(t.t("mail-send-reply"))])
    };
    let page = |state: &FormState, html: Option<String>| {
        let form = reply(state);
        let has_errors = !form.refused().is_empty();
        let back = Some(Link::new(routes::MAIL, t.t("mail-waiting-title")));
        MailPage {
            page: Page { has_errors, back, ..maker.page(SUBJECT, Section::Mail) },
            state: mail_words::state(t, InboundState::Held).to_owned(),
            actions: vec![action(t.t("mail-do-reply"), form)],
            facts: vec![
                Fact::text(t.t("mail-column-sender"), "Anna <Ek>"),
                Fact::new(t.t("mail-column-when"), Cell::Moment(maker.moment("2026-11-20T08:12:00Z"))),
            ],
            text: "Den drar papperet snett.\n<script>alert(1)</script>".to_owned(),
            quoted: "> Hej!".to_owned(),
            unreadable: html.is_none().then(|| mail_words::unreadable(t, "noHeaders").to_owned()),
            html,
            files: vec![FileView::new(t.locale(), routes::mail_file("k3F9"), "bild.png".to_owned(), 20_480)],
            left_out: Some(t.t1("mail-foreign", "numbers", "RITM0001")),
            original: Link::new(routes::mail_original("k3F9"), t.t("mail-original")),
            waits: mail_view::waits(t, &record, &understood),
            steps: mail_view::steps(t, &understood),
            notes: vec![t.t("mail-note-nul-bytes").to_owned()],
            handlings: Vec::new(),
        }
        .render()
        .unwrap()
    };
    vec![
        ("mail-message", page(&empty(), Some(routes::mail_html("k3F9")))),
        ("mail-message-refused", page(&refused, None)),
    ]
}

fn texts(maker: &Maker) -> Vec<Sample> {
    let t = maker.t;
    let text =
        MailText { subject: "[{{ number }}] <Nytt> svar".to_owned(), body: "Hej {{ name }}!".to_owned() };
    let view = TemplateView {
        code: "answered-sv".to_owned(),
        template: Text::Answered,
        language: Language::Swedish,
        text: text.clone(),
        version: 2,
        is_changed: true,
        names: vec!["name".to_owned(), "number".to_owned()],
    };
    let page = |state: &FormState, banner, preview| {
        let version = TemplateVersionView {
            version: 2,
            text: Some(text.clone()),
            changed_by: Some(std::sync::Arc::new(crate::domain::people::PersonRef {
                id: crate::domain::ids::UserId(1),
                name: "Sara Lind".to_owned(),
                email: "sara.lind@example.se".to_owned(),
            })),
            changed_at: Instant::parse_rfc3339("2026-11-19T08:12:00Z").unwrap(),
        };
        let sections = template_view::sections(t, &maker.moments, &view, state, preview, vec![version]);
        let has_errors = state.errors().next().is_some();
        let title = template_view::title(view.template, view.language, Language::Swedish);
        let page = Page { has_errors, banner, ..maker.page(&title, Section::Admin) };
        AdminRecordPage { page, sections }.render().unwrap()
    };
    let filled = template_view::filled(&view);
    let mut refused = filled.clone();
    refused.refuse("body", t.t("error-required"));
    let sent = MailText { subject: "[INC-1042] <Nytt> svar".to_owned(), body: String::new() };
    let html = "<p style=\"margin:0\">Hej &lt;Anna&gt;!</p><script>alert(1)</script>".to_owned();
    let looked = Banner::new(BannerKind::Info, t.t("template-previewed"));
    let failed = TestMail::NotTaken { said: "535 5.7.8 <b>No".to_owned() };
    vec![
        ("admin-mail-template", page(&filled, None, None)),
        ("admin-mail-template-looked-at", page(&filled, Some(looked), Some((sent, html)))),
        ("admin-mail-template-refused", page(&refused, None, None)),
        ("admin-mail-template-tested", page(&filled, Some(template_view::test_told(t, &failed)), None)),
    ]
}

fn tested(maker: &Maker) -> String {
    let t = maker.t;
    let failed = Some((MailFault::SignIn, "[AUTHENTICATIONFAILED] <b>No".to_owned()));
    let test = MailboxTest {
        steps: vec![
            TestedStep { step: TestStep::Connect, failed: None },
            TestedStep { step: TestStep::SignIn, failed },
        ],
        messages: None,
    };
    let change = Link::new(routes::mailbox_change("it"), t.t("mailbox-change"));
    let section = |heading: &str, body| RecordSection { heading: heading.to_owned(), body };
    let sections = vec![
        section("", Body::Facts(vec![Fact::text(t.t("mailbox-address"), "it@example.se")])),
        section("", Body::Links(vec![change])),
        section(t.t("mailbox-tested"), Body::Table(mailboxes::test_table(t, &test))),
    ];
    let banner = Some(mailboxes::outcome(t, &test));
    let page = Page { banner, ..maker.page("IT-hjälp", Section::Admin) };
    AdminRecordPage { page, sections }.render().unwrap()
}
