//! The pages about mail as data.

use askama::Template;

use crate::app::mail::{Handling, LeftOut, MailAction, MailRecord, MailRow, Understood};
use crate::app::opaque;
use crate::app::tickets::People;
use crate::domain::mail::{Classification, Finding, InboundState, StepName, Verdict};
use crate::i18n::format::Moments;
use crate::i18n::{Arg, Texts};
use crate::web::components::{Cell, Column, EventView, Fact, FileView, Moment, Pager, Table};
use crate::web::form::{Control, Field, Form};
use crate::web::page::{Link, Page, Theme};
use crate::web::workspace::view::ActionView;
use crate::web::{mail_words, routes};

/// A list of mail that came in.
#[derive(Debug, Template)]
#[template(path = "workspace/mail_list.html", config = "src/web/askama.toml")]
pub struct MailListPage {
    /// The surroundings.
    pub page: Page,
    /// What is listed, and what for.
    pub lead: String,
    /// What to look for, and where it is sent.
    pub filters: Option<(&'static str, Vec<Field>)>,
    /// The messages.
    pub table: Table,
    /// More of them.
    pub pager: Pager,
}

/// A step of the way to what a message became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepView {
    /// "Steg 6: Känner vi avsändaren?".
    pub step: String,
    /// What was found.
    pub finding: String,
    /// Whether it decided.
    pub is_decisive: bool,
}

/// One message that came in.
#[derive(Debug, Template)]
#[template(path = "workspace/mail.html", config = "src/web/askama.toml")]
pub struct MailPage {
    /// The surroundings; the title is the subject.
    pub page: Page,
    /// What became of it.
    pub state: String,
    /// What may be done with it.
    pub actions: Vec<ActionView>,
    /// From whom, to whom, when.
    pub facts: Vec<Fact>,
    /// The new text.
    pub text: String,
    /// Quoted history and signature.
    pub quoted: String,
    /// Why it can't be read.
    pub unreadable: Option<String>,
    /// Its HTML, for a frame.
    pub html: Option<String>,
    /// What came with it.
    pub files: Vec<FileView>,
    /// Files that were not taken over.
    pub left_out: Option<String>,
    /// The message as it came.
    pub original: Link,
    /// Why it waits, where the steps don't tell.
    pub waits: Option<String>,
    /// Why it became what it became.
    pub steps: Vec<StepView>,
    /// What was odd.
    pub notes: Vec<String>,
    /// What people did with it.
    pub handlings: Vec<EventView>,
}

impl MailPage {
    fn refused(&self) -> Vec<&Field> {
        self.actions.iter().map(|action| &action.form).flat_map(Form::refused).collect()
    }
}

/// What a ticket's page says below a message that came by mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailPart {
    /// The anchor of the message on the page.
    pub message: String,
    /// Why, quoted text, HTML, original.
    pub links: Vec<Link>,
    /// Files that were not taken over.
    pub left_out: Option<String>,
}

impl MailPart {
    /// What is said below the message with this anchor.
    #[must_use]
    pub fn new(t: &Texts, message: String, id: &str, understood: &Understood) -> Self {
        let page = routes::mail_shown(id);
        Self {
            message,
            links: vec![
                Link::new(format!("{page}#why"), t.t("mail-badge-why")),
                Link::new(format!("{page}#quoted"), t.t("mail-quoted")),
                Link::new(format!("{page}#html"), t.t("mail-html")),
                Link::new(routes::mail_original(id), t.t("mail-original")),
            ],
            left_out: left_out(t, &understood.left_out),
        }
    }
}

/// "Filer som inte togs över: spel.exe (ett program)".
#[must_use]
pub fn left_out(t: &Texts, files: &[LeftOut]) -> Option<String> {
    let files: Vec<String> = files.iter().map(|file| mail_words::left_out(t, file)).collect();
    (!files.is_empty()).then(|| t.t1("mail-left-out", "files", files.join(", ")))
}

/// The steps in words. Those that found nothing are told too: that nothing was found is an answer.
#[must_use]
pub fn steps(t: &Texts, understood: &Understood) -> Vec<StepView> {
    let mut taken: Vec<StepName> = Vec::new();
    let mut number = |name: StepName| {
        let at = taken.iter().position(|held| *held == name);
        at.unwrap_or_else(|| {
            taken.push(name);
            taken.len() - 1
        }) + 1
    };
    understood
        .steps
        .iter()
        .map(|step| StepView {
            step: t.tr(
                "mail-why-step",
                &[
                    ("number", Arg::Number(i64::try_from(number(step.step)).unwrap_or(0))),
                    ("step", Arg::Text(mail_words::step(t, step.step))),
                ],
            ),
            finding: mail_words::finding(t, step),
            is_decisive: step.verdict == Verdict::Decided,
        })
        .collect()
}

/// What people did, as events.
#[must_use]
pub fn handlings(t: &Texts, moments: &Moments, handlings: &[Handling], people: &People) -> Vec<EventView> {
    handlings
        .iter()
        .filter_map(|handling| {
            let name = people.get(&handling.by).map_or("–", |person| person.name.as_str());
            let action = MailAction::from_text(&handling.what)?;
            let reason = handling.reason.as_deref().unwrap_or_default();
            Some(EventView {
                at: Moment::new(moments, handling.at),
                who: String::new(),
                what: mail_words::handling(t, action, name, reason),
                why: None,
            })
        })
        .collect()
}

/// The sender as lists show them.
#[must_use]
pub fn sender(t: &Texts, row: &MailRow) -> String {
    let name = row.record.from_name.as_deref().filter(|name| !name.is_empty());
    match (name, row.record.from_address.as_deref().filter(|address| !address.is_empty())) {
        (Some(name), Some(address)) => format!("{name} <{address}>"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => t.t("mail-no-sender").to_owned(),
    }
}

/// The subject as lists and headings show it.
#[must_use]
pub fn subject<'r>(t: &'r Texts, row: &'r MailRow) -> &'r str {
    row.record.subject.as_deref().filter(|subject| !subject.is_empty()).unwrap_or(t.t("mail-no-subject"))
}

/// Why a message became what it became: what keeps it waiting, or what the deciding step found.
#[must_use]
pub fn why(t: &Texts, row: &MailRow) -> String {
    let understood = crate::app::mail::understood_of(&row.record);
    let decided = || understood.steps.iter().find(|step| step.verdict == Verdict::Decided);
    waits(t, &row.record, &understood)
        .or_else(|| decided().map(|step| mail_words::finding(t, step)))
        .unwrap_or_else(|| t.t("mail-why-none").to_owned())
}

/// Why a message waits that was understood, where the step that decided doesn't tell.
#[must_use]
pub fn waits(t: &Texts, record: &MailRecord, understood: &Understood) -> Option<String> {
    let is_understood = matches!(record.classification, Some(Classification::New | Classification::Reply));
    if record.state != InboundState::Held || !is_understood {
        return None;
    }
    let found = |finding| understood.steps.iter().find(|step| step.finding == finding);
    let reasons = [
        Finding::UnknownMailbox,
        Finding::SenderWaits,
        Finding::SenderDisabled,
        Finding::OriginRefuted,
        Finding::MarkedAsSpam,
        Finding::PerhapsAutomatic,
    ];
    if let Some(step) = reasons.into_iter().find_map(found) {
        return Some(mail_words::finding(t, step));
    }
    let is_staff = found(Finding::StaffUnconfirmed).is_some() || found(Finding::SenderStaff).is_some();
    let key = if is_staff && found(Finding::NotParticipant).is_some() {
        "mail-waits-staff-named"
    } else {
        "mail-waits-no-organisation"
    };
    Some(t.t(key).to_owned())
}

fn mailbox(row: &MailRow) -> Cell {
    Cell::text(row.mailbox.as_ref().map_or("–", |mailbox| mailbox.name.as_str()))
}

fn linked(t: &Texts, row: &MailRow) -> Cell {
    Cell::link(routes::mail_shown(&opaque::encode(row.record.id.get())), subject(t, row))
}

/// The mail that waits for a look.
#[must_use]
pub fn waiting_table(t: &Texts, moments: &Moments, rows: &[MailRow]) -> Table {
    let columns = [
        "mail-column-subject",
        "mail-column-sender",
        "mail-column-mailbox",
        "mail-column-when",
        "mail-column-why",
    ];
    Table {
        caption: t.t("mail-waiting-title").to_owned(),
        columns: columns.map(|key| Column::new(t.t(key))).to_vec(),
        rows: rows
            .iter()
            .map(|row| {
                vec![
                    linked(t, row),
                    Cell::text(sender(t, row)),
                    mailbox(row),
                    Cell::Moment(Moment::new(moments, row.record.received_at)),
                    Cell::text(why(t, row)),
                ]
            })
            .collect(),
        empty: t.t("mail-waiting-none").to_owned(),
    }
}

/// The log.
#[must_use]
pub fn log_table(t: &Texts, moments: &Moments, rows: &[MailRow]) -> Table {
    let columns = [
        "mail-column-subject",
        "mail-column-sender",
        "mail-column-mailbox",
        "mail-column-when",
        "mail-column-state",
        "mail-column-ticket",
        "mail-column-why",
    ];
    Table {
        caption: t.t("mail-log-title").to_owned(),
        columns: columns.map(|key| Column::new(t.t(key))).to_vec(),
        rows: rows
            .iter()
            .map(|row| {
                let ticket = row.ticket.as_deref();
                vec![
                    linked(t, row),
                    Cell::text(sender(t, row)),
                    mailbox(row),
                    Cell::Moment(Moment::new(moments, row.record.received_at)),
                    Cell::text(mail_words::state(t, row.record.state)),
                    ticket
                        .map_or_else(|| Cell::text("–"), |number| Cell::link(routes::ticket(number), number)),
                    Cell::text(why(t, row)),
                ]
            })
            .collect(),
        empty: t.t("mail-log-none").to_owned(),
    }
}
