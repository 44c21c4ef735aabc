//! The figures: the resolution table (contract §3).

use super::{App, AppError, Ctx, FieldErrors, FieldProblem};
use crate::db::reporting::{self, ResolvedFilter};
use crate::domain::access::{self, Permission, Relation, Relations};
use crate::domain::ids::OrganisationId;
use crate::domain::report::{
    By, ResolutionClock, ResolutionReport, ResolutionSpec, ResolutionTable, ResolvedFact, Scope, SpecError,
};
use crate::domain::ticket::Line;
use jiff::civil::Date;

/// What table is asked for; texts and codes as they came.
#[derive(Debug, Clone, Default)]
pub struct ResolutionQuery {
    /// First local date, `2026-01-01`.
    pub from: String,
    /// Last local date, included.
    pub to: String,
    /// `month`, `quarter`, `tertial` or `year`.
    pub by: String,
    /// `elapsed` or `working`; elapsed when nothing is said.
    pub clock: Option<String>,
    /// `all` or `servicedesk`; all when nothing is said.
    pub scope: Option<String>,
    /// The code of an organisation, everything below it included; all when nothing is said.
    pub organisation: Option<String>,
}

impl App {
    /// The resolution table. Whoever represents an organisation gets that organisation's figures only.
    ///
    /// # Errors
    /// [`AppError::Forbidden`]; [`AppError::Invalid`] with every wrong field.
    pub async fn resolution_table(
        &self,
        cx: &Ctx,
        query: &ResolutionQuery,
    ) -> Result<ResolutionReport, AppError> {
        cx.require(Permission::ReportView)?;
        let directory = self.directory().await?;
        let mut errors = FieldErrors::default();
        let from = date("from", &query.from, &mut errors);
        let to = date("to", &query.to, &mut errors);
        let by = choice("by", &query.by, By::from_text, &mut errors);
        let clock = choice(
            "clock",
            query.clock.as_deref().unwrap_or("elapsed"),
            ResolutionClock::from_text,
            &mut errors,
        );
        let scope = choice("scope", query.scope.as_deref().unwrap_or("all"), Scope::from_text, &mut errors);
        let code = query.organisation.as_deref().map(str::trim).filter(|code| !code.is_empty());
        let named = code.and_then(|code| errors.found("organisation", directory.organisation_by_code(code)));
        let everything = access::may(&cx.actor, Permission::ReportView, Relations::of(Relation::Other));
        let organisations: Option<Vec<OrganisationId>> = match named {
            Some(top) => Some(directory.subtree(top.id)),
            None if everything => None,
            None => Some(cx.actor.represented.clone()),
        };
        let allowed = everything
            || organisations.iter().flatten().all(|organisation| cx.actor.represented.contains(organisation));
        if !allowed {
            errors.add("organisation", FieldProblem::NotAllowed);
        }
        errors.finish()?;
        let (Some(from), Some(to), Some(by), Some(clock), Some(scope)) = (from, to, by, clock, scope) else {
            return Err(AppError::NotFound);
        };
        let spec = ResolutionSpec { from, to, by, clock };
        let code = code.map(str::to_owned);
        let calendar = self.policies().await?.opening_hours();
        self.db()
            .read(move |conn| {
                let mut table = ResolutionTable::new(&spec, &calendar).map_err(|error| match error {
                    SpecError::FromAfterTo => AppError::field("to", FieldProblem::OutOfRange),
                    SpecError::TooManyPeriods => AppError::field("by", FieldProblem::OutOfRange),
                })?;
                let (start, end) = table.range();
                let filter = ResolvedFilter {
                    from: Some(start),
                    before: Some(end),
                    line: (scope == Scope::Servicedesk).then_some(Line::First),
                    organisations,
                };
                // Where a ticket was open in several pieces matters to working time only.
                let mut in_pieces = Vec::new();
                reporting::resolved(conn, &filter, |row| {
                    if row.was_reopened && clock == ResolutionClock::Working {
                        in_pieces.push(row);
                    } else {
                        table.add(&ResolvedFact {
                            opened_at: row.opened_at,
                            resolved_at: row.resolved_at,
                            open_micros: row.open_micros,
                            segments: &[],
                        });
                    }
                })?;
                for row in in_pieces {
                    let segments = reporting::open_segments(conn, row.ticket)?;
                    table.add(&ResolvedFact {
                        opened_at: row.opened_at,
                        resolved_at: row.resolved_at,
                        open_micros: row.open_micros,
                        segments: &segments,
                    });
                }
                let items = table.rows();
                Ok(ResolutionReport { from, to, by, clock, scope, organisation: code.clone(), items })
            })
            .await
    }
}

pub(super) fn date(field: &'static str, text: &str, errors: &mut FieldErrors) -> Option<Date> {
    if text.trim().is_empty() {
        errors.add(field, FieldProblem::Required);
        return None;
    }
    let date = text.trim().parse().ok();
    if date.is_none() {
        errors.add(field, FieldProblem::Malformed);
    }
    date
}

fn choice<T>(
    field: &'static str,
    text: &str,
    parse: impl Fn(&str) -> Option<T>,
    errors: &mut FieldErrors,
) -> Option<T> {
    if text.trim().is_empty() {
        errors.add(field, FieldProblem::Required);
        return None;
    }
    errors.found(field, parse(text.trim()))
}
