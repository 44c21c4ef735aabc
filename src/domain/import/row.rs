//! A row as it stands in the file, and a row that has been checked.

use crate::domain::clock::Instant;
use crate::domain::text::{Body, EmailAddress, Name, Subject, TextError};
use crate::domain::ticket::{Channel, Line, Rank, TicketKind};
use crate::text_enum;

text_enum! {
    /// The columns of an import file; in JSON Lines the keys.
    pub enum Column {
        /// The ticket's id in the other system; the import is idempotent on it.
        ExternalId = "externalId",
        /// incident, request, problem or change.
        Kind = "kind",
        /// Name or code of the requester's organisation.
        Organisation = "organisation",
        /// The requester's address.
        RequesterEmail = "requesterEmail",
        /// The subject.
        Subject = "subject",
        /// The description; may be empty.
        Description = "description",
        /// How it came in.
        Channel = "channel",
        /// Name or code of its category; may be empty.
        Category = "category",
        /// 1 (high) to 3 (low).
        Impact = "impact",
        /// 1 (high) to 3 (low).
        Urgency = "urgency",
        /// When it was opened.
        OpenedAt = "openedAt",
        /// When it was last resolved; empty when it wasn't.
        ResolvedAt = "resolvedAt",
        /// When it was closed; empty when it wasn't.
        ClosedAt = "closedAt",
        /// The line that resolved it.
        ResolvedByLine = "resolvedByLine",
        /// Name or code of the service it concerned.
        Service = "service",
        /// Name or code of the system it concerned.
        System = "system",
        /// When staff first answered.
        FirstResponseAt = "firstResponseAt",
        /// Name or code of the group that resolved it.
        ResolvedByGroup = "resolvedByGroup",
        /// Address of the person who had it.
        AssigneeEmail = "assigneeEmail",
    }
}

impl Column {
    /// Whether a file may do without it.
    #[must_use]
    pub const fn is_optional(self) -> bool {
        matches!(
            self,
            Self::Service
                | Self::System
                | Self::FirstResponseAt
                | Self::ResolvedByGroup
                | Self::AssigneeEmail
        )
    }

    fn index(self) -> usize {
        Self::ALL.iter().position(|column| *column == self).unwrap_or(usize::MAX)
    }
}

/// Where a row stands in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowAt {
    /// Its number among the data rows, from 1; the header of a CSV isn't one.
    pub row: u64,
    /// The line of the file it begins on, from 1.
    pub line: u64,
}

/// The values of one row as they stand in the file; what is missing is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawRow {
    values: Vec<String>,
}

impl RawRow {
    /// Sets a value.
    pub fn set(&mut self, column: Column, value: String) {
        if self.values.is_empty() {
            self.values.resize(Column::ALL.len(), String::new());
        }
        if let Some(place) = self.values.get_mut(column.index()) {
            *place = value;
        }
    }

    /// A value without the white space around it.
    #[must_use]
    pub fn get(&self, column: Column) -> &str {
        self.values.get(column.index()).map_or("", |value| value.trim())
    }
}

/// A ticket's id in the system it comes from: one line of at most 200 characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ExternalId(Name);

impl ExternalId {
    /// Checks and trims.
    ///
    /// # Errors
    /// [`TextError`] when empty, too long or with control characters.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        Name::parse(text).map(Self)
    }

    /// The id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

/// A row that is right in itself. Whether its names are known is for the database to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRow {
    /// Where it stands.
    pub at: RowAt,
    /// Its id in the other system.
    pub external_id: ExternalId,
    /// What it is.
    pub kind: TicketKind,
    /// Name or code of the requester's organisation.
    pub organisation: Name,
    /// The requester.
    pub requester_email: EmailAddress,
    /// The subject.
    pub subject: Subject,
    /// The description.
    pub description: Option<Body>,
    /// How it came in.
    pub channel: Channel,
    /// Name or code of its category.
    pub category: Option<Name>,
    /// Name or code of the service.
    pub service: Option<Name>,
    /// Name or code of the system.
    pub system: Option<Name>,
    /// How much was hit.
    pub impact: Rank,
    /// How soon it hurt.
    pub urgency: Rank,
    /// When it was opened.
    pub opened_at: Instant,
    /// When staff first answered; not before the opening.
    pub first_response_at: Option<Instant>,
    /// The person who had it.
    pub assignee_email: Option<EmailAddress>,
    /// How it was resolved; `None` for a ticket that is still open.
    pub resolution: Option<ImportedResolution>,
}

/// How an imported ticket was resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedResolution {
    /// When; not before the opening.
    pub at: Instant,
    /// The line that did it.
    pub line: Line,
    /// Name or code of the group that did it.
    pub group: Option<Name>,
    /// When the ticket was closed; not before it was resolved.
    pub closed_at: Option<Instant>,
}
