//! The workspace's pages as data.

use askama::Template;

use crate::web::chart::Chart;
use crate::web::components::{
    Cell, Column, EventView, Fact, FileView, MessageView, Moment, OwnedTag, Pager, Table,
};
use crate::web::form::{Choice, Control, Field, Form};
use crate::web::page::{Link, Page, Theme};
use crate::web::promise::PromiseLine;
use crate::web::tags::Tag;
use crate::web::{icons, routes};

use super::mail_view::MailPart;

/// A queue or view in the side list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewLink {
    /// Where it leads.
    pub href: String,
    /// Its code: `mine`, `servicedesk`.
    pub code: String,
    /// Its name.
    pub label: String,
    /// How many open tickets it has, as it is read.
    pub count: String,
    /// Whether it is the present one.
    pub current: bool,
}

/// Queues under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewGroup {
    /// The heading.
    pub label: String,
    /// The queues.
    pub views: Vec<ViewLink>,
}

/// A ticket in a queue or among search results. Words shared by many rows are borrowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketRow<'a> {
    /// Its number, which also leads to it.
    pub number: &'a str,
    /// Its subject.
    pub subject: &'a str,
    /// Its priority.
    pub priority: Tag<'a>,
    /// Its status.
    pub status: Tag<'a>,
    /// The group that has it; empty in the group's own queue.
    pub group: &'a str,
    /// The person who has it.
    pub person: Option<&'a str>,
    /// Its organisation.
    pub organisation: &'a str,
    /// How it came.
    pub channel: &'a str,
    /// When its solution is due.
    pub due: Option<DueCell>,
    /// When it was opened.
    pub opened: Moment,
    /// When it was last changed.
    pub updated: Moment,
}

/// When a ticket's solution is due, with what is left or how late it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueCell {
    /// When.
    pub at: Moment,
    /// "1 tim 20 min kvar", "försenat 2 tim"; empty when it is more than a day away.
    pub left: String,
    /// Whether the instant has passed.
    pub is_late: bool,
}

/// Handing over many tickets at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkBar {
    /// Groups, persons: each a drop-down list with an empty first choice.
    pub targets: Vec<Field>,
    /// The queue to come back to, path and query.
    pub next: String,
}

/// A queue.
#[derive(Debug, Template)]
#[template(path = "workspace/queue.html", config = "src/web/askama.toml")]
pub struct QueuePage<'a> {
    /// The surroundings; the title is the queue's name.
    pub page: Page,
    /// "48 ärenden" or "fler än 1 000".
    pub count: String,
    /// The side list.
    pub groups: Vec<ViewGroup>,
    /// Status, organisation, channel, priority.
    pub filters: Vec<Field>,
    /// The path that the filters are sent to.
    pub path: String,
    /// The present filters; each link removes one.
    pub chips: Vec<Link>,
    /// The headings after the box: priority, ticket, status, owner, organisation, channel, opened, changed.
    pub columns: Vec<Column>,
    /// The tickets.
    pub rows: Vec<TicketRow<'a>>,
    /// What to say when there are none, and a way on.
    pub empty: String,
    /// A way on from an empty list.
    pub empty_link: Option<Link>,
    /// More of them.
    pub pager: Pager,
    /// Take, assign; `None` for those who only look.
    pub bulk: Option<BulkBar>,
    /// When the list was read.
    pub updated: Moment,
}

/// What stands in a ticket's timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TimelineItem {
    /// A message or note.
    Message(MessageView),
    /// What happened between two messages, folded unless it [gives reasons](Self::gives_reasons).
    Events {
        /// "Händelser 09.31–13.57 (4)".
        label: String,
        /// The events.
        events: Vec<EventView>,
    },
}

impl TimelineItem {
    /// Whether an event holds what somebody wrote, such as why it was handed over or opened again: that
    /// is read like a message.
    #[must_use]
    pub fn gives_reasons(&self) -> bool {
        match self {
            Self::Message(_) => false,
            Self::Events { events, .. } => events.iter().any(|event| event.why.is_some()),
        }
    }
}

/// Something that may be done with a ticket now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionView {
    /// What its button says.
    pub label: String,
    /// The key that opens it.
    pub key: Option<&'static str>,
    /// The form; one without visible fields is a single button.
    pub form: Form,
    /// Whether it stands open because it was refused.
    pub is_open: bool,
}

impl ActionView {
    /// Whether it takes no more than a press.
    #[must_use]
    pub fn is_button(&self) -> bool {
        self.form.fields.iter().all(|field| field.control == Control::Hidden)
    }
}

/// A ticket's way through the lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerPart {
    /// Hand-overs, bounces, who solved it: a sentence each.
    pub findings: Vec<String>,
    /// Who had it when.
    pub stays: Table,
    /// The time by line, group and person.
    pub totals: Table,
}

/// A linked ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketLink {
    /// How it is related: "Samma fel som".
    pub relation: String,
    /// Where it is worked.
    pub href: String,
    /// Its number.
    pub number: String,
    /// Its subject.
    pub subject: String,
    /// Its status.
    pub status: OwnedTag,
    /// Taking the link away, for those who may.
    pub remove: Option<Form>,
}

/// A ticket as staff see it.
#[derive(Debug, Template)]
#[template(path = "workspace/ticket.html", config = "src/web/askama.toml")]
pub struct TicketPage {
    /// The surroundings; the title is number and subject.
    pub page: Page,
    /// Its kind in words.
    pub kind: String,
    /// Its status.
    pub status: OwnedTag,
    /// Its priority.
    pub priority: OwnedTag,
    /// "Ändrat sedan du öppnade: ägare, av Omar N 14.02".
    pub changed: Option<String>,
    /// Messages and events, the oldest first.
    pub timeline: Vec<TimelineItem>,
    /// What is promised, and how it stands.
    pub promises: Vec<PromiseLine>,
    /// Why it has its priority and lies where it lies.
    pub routed: Vec<String>,
    /// Whose it is by what it concerns now, while it lies elsewhere.
    pub advice: Option<AdvicePart>,
    /// Requester, owner, system …
    pub facts: Vec<Fact>,
    /// Where the facts are edited, for those who may.
    pub edit_href: Option<String>,
    /// What may be done.
    pub actions: Vec<ActionView>,
    /// Its way through the lines, when it has gone any.
    pub ledger: Option<LedgerPart>,
    /// The answer that the requester reads.
    pub reply: Option<Form>,
    /// The note that only staff read.
    pub note: Option<Form>,
    /// Linked tickets.
    pub links: Vec<TicketLink>,
    /// Linking one more.
    pub link_form: Option<Form>,
    /// All files of the ticket.
    pub files: Vec<FileView>,
    /// Of the messages that came by mail, what became of each and why.
    pub mail: Vec<MailPart>,
}

impl TicketPage {
    /// What is said of a message that came by mail.
    fn mail_of(&self, message: &str) -> Option<&MailPart> {
        self.mail.iter().find(|part| part.message == message)
    }

    /// The fields that were refused, of whichever form was sent.
    fn refused(&self) -> Vec<&Field> {
        let composers = [&self.reply, &self.note, &self.link_form].into_iter().flatten();
        composers.chain(self.actions.iter().map(|action| &action.form)).flat_map(Form::refused).collect()
    }
}

/// Whose a ticket is by what it concerns now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdvicePart {
    /// "Enligt ansvar och regler är det här nu ett ärende för Nätverk".
    pub lead: String,
    /// Why, a sentence each.
    pub because: Vec<String>,
    /// The form that hands it over, filled in, when it is another group's here.
    pub hand_over: Option<Link>,
}

/// A person found for a phone call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundPerson {
    /// The call's page with this person picked.
    pub href: String,
    /// The name.
    pub name: String,
    /// Organisation, phone, e-mail.
    pub details: String,
}

/// The person who calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The name.
    pub name: String,
    /// Organisation, phone, e-mail.
    pub details: String,
    /// Back to the search for somebody else.
    pub change_href: String,
    /// Their open tickets.
    pub open: Vec<Link>,
}

/// Registering a phone call.
#[derive(Debug, Template)]
#[template(path = "workspace/call.html", config = "src/web/askama.toml")]
pub struct CallPage {
    /// The surroundings.
    pub page: Page,
    /// What was searched for.
    pub query: String,
    /// Who was found; `None` before a search.
    pub found: Option<Vec<FoundPerson>>,
    /// Who was picked.
    pub caller: Option<Caller>,
    /// Adding somebody who isn't known, after a search.
    pub new_contact_href: Option<String>,
    /// The ticket, once someone is picked.
    pub form: Option<Form>,
}

impl CallPage {
    fn refused(&self) -> Vec<&Field> {
        self.form.iter().flat_map(Form::refused).collect()
    }
}

/// Search results.
#[derive(Debug, Template)]
#[template(path = "workspace/search.html", config = "src/web/askama.toml")]
pub struct SearchPage<'a> {
    /// The surroundings.
    pub page: Page,
    /// The field for the words, and filters.
    pub fields: Vec<Field>,
    /// People whom the words fit.
    pub people: Vec<FoundPerson>,
    /// What was found; `None` before a search.
    pub rows: Option<Vec<TicketRow<'a>>>,
    /// The headings, as in a queue.
    pub columns: Vec<Column>,
    /// More of them.
    pub pager: Pager,
}

/// Tickets that other lines than the first solved.
#[derive(Debug, Template)]
#[template(path = "workspace/reviews.html", config = "src/web/askama.toml")]
pub struct ReviewsPage {
    /// The surroundings.
    pub page: Page,
    /// What is listed, and what for.
    pub lead: String,
    /// The tickets.
    pub table: Table,
    /// More of them.
    pub pager: Pager,
}

/// Figures as tables, with the choices they were counted by.
#[derive(Debug, Template)]
#[template(path = "workspace/figures.html", config = "src/web/askama.toml")]
pub struct FiguresPage {
    /// The surroundings.
    pub page: Page,
    /// Where the choices are sent, and what they are; nothing to choose when empty.
    pub choices: (&'static str, Vec<Field>),
    /// What the figures say, a sentence each.
    pub findings: Vec<String>,
    /// The figures.
    pub tables: Vec<Table>,
    /// What was counted.
    pub definition: String,
}

impl FiguresPage {
    fn refused(&self) -> Vec<&Field> {
        self.choices.1.iter().filter(|field| field.error.is_some()).collect()
    }
}

/// The resolution table with its chart.
#[derive(Debug)]
pub struct ResolutionView {
    /// From, to, by, clock, scope, organisation.
    pub fields: Vec<Field>,
    /// What the figures say, in a sentence: the heading of the chart.
    pub finding: String,
    /// The chart; `None` when there is nothing to draw.
    pub chart: Option<Chart>,
    /// The same figures.
    pub table: Table,
    /// The table as a file: CSV, JSON.
    pub downloads: Vec<Link>,
    /// How the figures are defined.
    pub definition: String,
}

impl ResolutionView {
    fn refused(&self) -> Vec<&Field> {
        self.fields.iter().filter(|field| field.error.is_some()).collect()
    }
}

/// The resolution table in the workspace.
#[derive(Debug, Template)]
#[template(path = "workspace/resolution.html", config = "src/web/askama.toml")]
pub struct ResolutionPage {
    /// The surroundings.
    pub page: Page,
    /// The figures.
    pub view: ResolutionView,
}

/// The resolution table for those who read figures but work no tickets: the board, organisations'
/// representatives.
#[derive(Debug, Template)]
#[template(path = "workspace/resolution_outside.html", config = "src/web/askama.toml")]
pub struct ResolutionOutsidePage {
    /// The surroundings.
    pub page: Page,
    /// The figures.
    pub view: ResolutionView,
}

/// A shortcut and what it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shortcut {
    /// The keys, as they are printed on them.
    pub keys: &'static str,
    /// What they do.
    pub does: String,
}

/// The list of shortcuts.
#[derive(Debug, Template)]
#[template(path = "workspace/shortcuts.html", config = "src/web/askama.toml")]
pub struct ShortcutsPage {
    /// The surroundings.
    pub page: Page,
    /// The shortcuts.
    pub shortcuts: Vec<Shortcut>,
}

/// The shortcuts of the workspace.
#[must_use]
pub fn shortcuts(t: &crate::i18n::Texts) -> Vec<Shortcut> {
    [
        ("?", t.t("key-list")),
        ("/", t.t("key-search")),
        ("n", t.t("key-call")),
        ("g q", t.t("key-queues")),
        ("g m", t.t("key-mine")),
        ("g r", t.t("key-reports")),
        ("g h", t.t("key-home")),
        ("j k", t.t("key-rows")),
        ("x", t.t("key-pick")),
        ("Shift+↓ Shift+↑", t.t("key-extend")),
        ("Enter o", t.t("key-open")),
        ("u", t.t("key-back")),
        ("Esc", t.t("key-clear")),
        ("t", t.t("key-take")),
        ("a", t.t("key-assign")),
        ("r", t.t("key-reply")),
        ("i", t.t("key-note")),
        ("e", t.t("key-edit")),
        ("l", t.t("key-link")),
        (".", t.t("key-refresh")),
        ("Ctrl+Enter", t.t("key-send")),
        ("Ctrl+Shift+Enter", t.t("key-send-resolve")),
    ]
    .into_iter()
    .map(|(keys, does)| Shortcut { keys, does: does.to_owned() })
    .collect()
}

/// The choices of a drop-down list with "all" or "none" first.
#[must_use]
pub fn with_first(first: &str, choices: Vec<Choice>) -> Vec<Choice> {
    std::iter::once(Choice::new("", first)).chain(choices).collect()
}
