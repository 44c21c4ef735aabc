//! The parts that pages are put together from, as data; `templates/components/` draws them.

use crate::domain::clock::Instant;
use crate::i18n::format::{self, Moments};

use super::form::Form;
use super::page::Link;

/// An instant for people and machines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// RFC 3339, for `datetime`.
    pub iso: String,
    /// As it is read.
    pub text: String,
}

impl Moment {
    /// Date and time as seen from the present.
    #[must_use]
    pub fn new(moments: &Moments, at: Instant) -> Self {
        Self { iso: at.to_string(), text: moments.date_time(at) }
    }
}

/// A label of a table or of a facts list that was looked up for one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnedTag {
    /// The part of its class name that differs.
    pub class: &'static str,
    /// The name of its icon.
    pub icon: &'static str,
    /// The word.
    pub label: String,
}

impl From<super::tags::Tag<'_>> for OwnedTag {
    fn from(tag: super::tags::Tag<'_>) -> Self {
        Self { class: tag.class, icon: tag.icon, label: tag.label.to_owned() }
    }
}

/// What stands in a cell of a [`Table`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Plain text.
    Text(String),
    /// A link.
    Link(Link),
    /// A number or share, to the right.
    Number(String),
    /// An instant.
    Moment(Moment),
    /// A label.
    Tag(OwnedTag),
    /// A form of one button.
    Action(Form),
}

impl Cell {
    /// Plain text.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A link.
    #[must_use]
    pub fn link(href: impl Into<String>, label: impl Into<String>) -> Self {
        Self::Link(Link::new(href, label))
    }

    /// The name of the cell's class.
    #[must_use]
    pub const fn class(&self) -> &'static str {
        match self {
            Self::Number(_) => "number",
            Self::Text(_) | Self::Link(_) | Self::Moment(_) | Self::Tag(_) | Self::Action(_) => "cell",
        }
    }
}

/// A column's heading; it sorts when it has a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The heading.
    pub label: String,
    /// Where sorting by it leads.
    pub sort: Option<String>,
    /// `ascending` or `descending` when the list is sorted by it.
    pub sorted: Option<&'static str>,
    /// Numbers stand to the right.
    pub is_number: bool,
}

impl Column {
    /// A heading that doesn't sort.
    #[must_use]
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), sort: None, sorted: None, is_number: false }
    }

    /// A heading over numbers.
    #[must_use]
    pub fn number(label: impl Into<String>) -> Self {
        Self { is_number: true, ..Self::new(label) }
    }

    /// The arrow that shows the direction the list is sorted in.
    #[must_use]
    pub fn arrow(&self) -> &'static str {
        if self.sorted == Some("ascending") { "up" } else { "down" }
    }
}

/// A table of any content. The first cell of a row is its heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What the table shows.
    pub caption: String,
    /// The headings.
    pub columns: Vec<Column>,
    /// The rows; each has as many cells as there are columns.
    pub rows: Vec<Vec<Cell>>,
    /// One sentence for a table without rows.
    pub empty: String,
}

impl Table {
    /// Each row's cells with their columns, for cards on narrow screens.
    #[must_use]
    pub fn labelled<'a>(&'a self, row: &'a [Cell]) -> Vec<(&'a Column, &'a Cell)> {
        self.columns.iter().zip(row).collect()
    }
}

/// Previous and next page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pager {
    /// Back to the first page, when this isn't it.
    pub first: Option<String>,
    /// The next page.
    pub next: Option<String>,
}

/// A name and a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// The name.
    pub label: String,
    /// The value.
    pub value: Cell,
    /// More about the value, smaller.
    pub note: Option<String>,
}

impl Fact {
    /// A fact of plain text.
    #[must_use]
    pub fn text(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: Cell::text(value), note: None }
    }

    /// A fact of any content.
    #[must_use]
    pub fn new(label: impl Into<String>, value: Cell) -> Self {
        Self { label: label.into(), value, note: None }
    }
}

/// A stored file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileView {
    /// Where it is fetched.
    pub href: String,
    /// Its name.
    pub name: String,
    /// Its size, as it is read.
    pub size: String,
}

impl FileView {
    /// A file of so many bytes.
    #[must_use]
    pub fn new(locale: crate::domain::locale::Locale, href: String, name: String, bytes: u64) -> Self {
        Self { href, name, size: format::file_size(locale, bytes) }
    }
}

/// From whom a message came and who may read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageKind {
    /// From the requester.
    Incoming,
    /// From staff, readable to the requester.
    Outgoing,
    /// From staff, for staff only.
    Note,
}

/// A message in a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageView {
    /// Its anchor on the page.
    pub id: String,
    /// Its kind.
    pub kind: MessageKind,
    /// Who wrote it.
    pub author: String,
    /// How it came or where it went: "via portalen", "svar".
    pub how: String,
    /// When.
    pub at: Moment,
    /// What it says.
    pub body: String,
    /// Its files.
    pub files: Vec<FileView>,
}

impl MessageView {
    /// The part of its class name that differs.
    #[must_use]
    pub const fn class(&self) -> &'static str {
        match self.kind {
            MessageKind::Incoming => "incoming",
            MessageKind::Outgoing => "outgoing",
            MessageKind::Note => "note",
        }
    }

    /// Whether only staff may read it.
    #[must_use]
    pub const fn is_note(&self) -> bool {
        matches!(self.kind, MessageKind::Note)
    }
}

/// Something that happened to a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventView {
    /// When.
    pub at: Moment,
    /// Who.
    pub who: String,
    /// What: "lämnade över till Andra linjen".
    pub what: String,
    /// Why, in the person's own words.
    pub why: Option<String>,
}

/// A step on a ticket's way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its name.
    pub label: String,
    /// Whether the ticket has been through it.
    pub is_done: bool,
    /// Whether the ticket is in it.
    pub is_current: bool,
}
