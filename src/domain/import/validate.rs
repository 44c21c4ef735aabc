//! From a raw row to a checked one: every fault of the row is reported, not only the first.

use super::error::{RowError, RowErrorCode};
use super::row::{Column, ExternalId, ImportRow, ImportedResolution, RawRow, RowAt};
use crate::domain::clock::Instant;
use crate::domain::codec::TextCodec;
use crate::domain::text::{Body, EmailAddress, Name, Subject, TextError};
use crate::domain::ticket::{Channel, Line, Rank, TicketKind};

/// Checks a row against itself; `now` is the latest instant it may name. A line or group that is said
/// to have resolved a ticket which isn't resolved is checked, then left out.
///
/// # Errors
/// Everything that is wrong with the row.
pub fn parse_row(raw: &RawRow, at: RowAt, now: Instant) -> Result<ImportRow, Vec<RowError>> {
    let mut check = Check { raw, at, now, errors: Vec::new() };
    match check.row() {
        Some(row) if check.errors.is_empty() => Ok(row),
        _ => Err(check.errors),
    }
}

struct Check<'r> {
    raw: &'r RawRow,
    at: RowAt,
    now: Instant,
    errors: Vec<RowError>,
}

impl Check<'_> {
    /// `None` only after an error was noted. All columns are looked at before the first is asked for.
    fn row(&mut self) -> Option<ImportRow> {
        let external_id = self.required_text(Column::ExternalId, ExternalId::parse);
        let kind = self.required(Column::Kind, Self::choice::<TicketKind>);
        let organisation = self.required_text(Column::Organisation, Name::parse);
        let requester_email = self.required_text(Column::RequesterEmail, EmailAddress::parse);
        let subject = self.required_text(Column::Subject, Subject::parse);
        let description = self.text(Column::Description, Body::parse);
        let channel = self.required(Column::Channel, Self::choice::<Channel>);
        let category = self.text(Column::Category, Name::parse);
        let service = self.text(Column::Service, Name::parse);
        let system = self.text(Column::System, Name::parse);
        let impact = self.required(Column::Impact, Self::rank);
        let urgency = self.required(Column::Urgency, Self::rank);
        let assignee_email = self.text(Column::AssigneeEmail, EmailAddress::parse);
        let opened_at = self.required(Column::OpenedAt, Self::instant);
        let first_response_at = self.instant(Column::FirstResponseAt);
        self.not_before(Column::FirstResponseAt, first_response_at, opened_at, RowErrorCode::BeforeOpened);
        let resolution = self.resolution(opened_at);
        Some(ImportRow {
            at: self.at,
            external_id: external_id?,
            kind: kind?,
            organisation: organisation?,
            requester_email: requester_email?,
            subject: subject?,
            description,
            channel: channel?,
            category,
            service,
            system,
            impact: impact?,
            urgency: urgency?,
            opened_at: opened_at?,
            first_response_at,
            assignee_email,
            resolution,
        })
    }

    fn resolution(&mut self, opened_at: Option<Instant>) -> Option<ImportedResolution> {
        let at = self.instant(Column::ResolvedAt);
        let closed_at = self.instant(Column::ClosedAt);
        let line = self.choice::<Line>(Column::ResolvedByLine);
        let group = self.text(Column::ResolvedByGroup, Name::parse);
        self.not_before(Column::ResolvedAt, at, opened_at, RowErrorCode::BeforeOpened);
        self.not_before(Column::ClosedAt, closed_at, at, RowErrorCode::BeforeResolved);
        if self.raw.get(Column::ResolvedAt).is_empty() {
            if !self.raw.get(Column::ClosedAt).is_empty() {
                self.note(Column::ClosedAt, RowErrorCode::ClosedNotResolved, "");
            }
            return None;
        }
        if self.raw.get(Column::ResolvedByLine).is_empty() {
            self.note(Column::ResolvedByLine, RowErrorCode::RequiredWhenResolved, "");
        }
        Some(ImportedResolution { at: at?, line: line?, group, closed_at })
    }

    /// Notes a value that is missing, and reads one that is there.
    fn required<T>(&mut self, column: Column, read: impl Fn(&mut Self, Column) -> Option<T>) -> Option<T> {
        if self.raw.get(column).is_empty() {
            self.note(column, RowErrorCode::Required, "");
            return None;
        }
        read(self, column)
    }

    fn required_text<T>(&mut self, column: Column, parse: fn(&str) -> Result<T, TextError>) -> Option<T> {
        self.required(column, |check, column| check.text(column, parse))
    }

    fn text<T>(&mut self, column: Column, parse: fn(&str) -> Result<T, TextError>) -> Option<T> {
        let value = self.raw.get(column);
        if value.is_empty() {
            return None;
        }
        match parse(value) {
            Ok(text) => Some(text),
            Err(error) => {
                match error {
                    TextError::Empty | TextError::TooShort { .. } => {
                        self.note(column, RowErrorCode::Required, "");
                    }
                    TextError::TooLong { max } => self.note(column, RowErrorCode::TooLong, &max.to_string()),
                    TextError::ControlCharacter => self.note(column, RowErrorCode::ControlCharacter, value),
                    TextError::Malformed => self.note(column, RowErrorCode::NotAnAddress, value),
                }
                None
            }
        }
    }

    fn choice<T: TextCodec>(&mut self, column: Column) -> Option<T> {
        let value = self.raw.get(column);
        let choice = T::from_text(value);
        if choice.is_none() && !value.is_empty() {
            self.note(column, RowErrorCode::NotAChoice, value);
        }
        choice
    }

    fn rank(&mut self, column: Column) -> Option<Rank> {
        let value = self.raw.get(column);
        let rank = match value {
            "1" => Some(Rank::HIGH),
            "2" => Some(Rank::MEDIUM),
            "3" => Some(Rank::LOW),
            _ => None,
        };
        if rank.is_none() {
            self.note(column, RowErrorCode::NotAChoice, value);
        }
        rank
    }

    fn instant(&mut self, column: Column) -> Option<Instant> {
        let value = self.raw.get(column);
        if value.is_empty() {
            return None;
        }
        let Ok(instant) = Instant::parse_rfc3339(value) else {
            self.note(column, RowErrorCode::NotAnInstant, value);
            return None;
        };
        if instant > self.now {
            self.note(column, RowErrorCode::InFuture, value);
        } else if instant.micros() < 0 {
            // Nothing was registered then; it is a default value of the other system.
            self.note(column, RowErrorCode::TooEarly, value);
        }
        Some(instant)
    }

    fn not_before(
        &mut self,
        column: Column,
        instant: Option<Instant>,
        earliest: Option<Instant>,
        code: RowErrorCode,
    ) {
        if let (Some(instant), Some(earliest)) = (instant, earliest)
            && instant < earliest
        {
            self.note(column, code, self.raw.get(column));
        }
    }

    fn note(&mut self, column: Column, code: RowErrorCode, detail: &str) {
        self.errors.push(RowError::new(self.at, Some(column), code, detail));
    }
}

#[cfg(test)]
mod tests;
