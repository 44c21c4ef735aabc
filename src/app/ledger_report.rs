//! The ledgers of the tickets resolved in a period, added up.

use super::reports::date;
use super::{App, AppError, Ctx, FieldErrors, FieldProblem};
use crate::db::reporting::{self, ResolvedFilter};
use crate::db::ticket_events;
use crate::domain::access::{self, Permission, Relation, Relations};
use crate::domain::ids::TicketId;
use crate::domain::report::{LedgerFigures, local_midnight};
use crate::domain::ticket::{Line, ledger};
use jiff::civil::Date;

/// The longest period in days: a year.
pub const MOST_DAYS: i32 = 366;
/// Tickets whose histories are in memory at a time.
const CHUNK: i64 = 500;

/// Which figures are asked for; texts and codes as they came.
#[derive(Debug, Clone, Default)]
pub struct LedgerQuery {
    /// First local date, `2026-01-01`.
    pub from: String,
    /// Last local date, included.
    pub to: String,
    /// The code of an organisation, everything below it included; all when nothing is said.
    pub organisation: Option<String>,
}

/// The figures of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerReport {
    /// First local date.
    pub from: Date,
    /// Last local date, included.
    pub to: Date,
    /// The code of the only organisation counted.
    pub organisation: Option<String>,
    /// The sums.
    pub figures: LedgerFigures,
}

impl App {
    /// How long each line and group had the tickets resolved in a period, how often they bounced, and what the
    /// first line solved. For those who read everybody's figures: it tells how staff work.
    ///
    /// # Errors
    /// [`AppError::Forbidden`]; [`AppError::Invalid`] with every wrong field.
    pub async fn ledger_report(&self, cx: &Ctx, query: &LedgerQuery) -> Result<LedgerReport, AppError> {
        if !access::may(&cx.actor, Permission::ReportView, Relations::of(Relation::Other)) {
            return Err(AppError::Forbidden);
        }
        let directory = self.directory().await?;
        let mut errors = FieldErrors::default();
        let from = date("from", &query.from, &mut errors);
        let to = date("to", &query.to, &mut errors);
        if let Some((from, to)) = from.zip(to) {
            let days = from.until(to).map_or(i32::MAX, |span| span.get_days());
            if !(0..MOST_DAYS).contains(&days) {
                errors.add("to", FieldProblem::OutOfRange);
            }
        }
        let code = query.organisation.as_deref().map(str::trim).filter(|code| !code.is_empty());
        let named = code.and_then(|code| errors.found("organisation", directory.organisation_by_code(code)));
        errors.finish()?;
        let (Some(from), Some(to)) = (from, to) else { return Err(AppError::NotFound) };
        let filter = ResolvedFilter {
            from: Some(local_midnight(from)),
            before: Some(local_midnight(to.tomorrow().unwrap_or(to))),
            line: None,
            organisations: named.map(|top| directory.subtree(top.id)),
        };
        let figures = self.ledger_figures(filter).await?;
        Ok(LedgerReport { from, to, organisation: code.map(str::to_owned), figures })
    }

    /// Adds up a chunk at a time, so that the histories of a year need no more memory than those of a day, and
    /// other readers get in between.
    async fn ledger_figures(&self, filter: ResolvedFilter) -> Result<LedgerFigures, AppError> {
        let calendar = self.policies().await?.opening_hours();
        let now = self.now();
        let mut figures = LedgerFigures::default();
        let mut after = None;
        loop {
            let (filter, calendar) = (filter.clone(), std::sync::Arc::clone(&calendar));
            let mut sums = std::mem::take(&mut figures);
            let (added, last) = self
                .db()
                .read(move |conn| {
                    let keys = reporting::resolved_keys(conn, &filter, after, CHUNK)?;
                    let ids: Vec<TicketId> = keys.iter().map(|(_, id, _)| *id).collect();
                    let histories = ticket_events::of_many(conn, &ids)?;
                    for (_, id, line) in &keys {
                        let events = histories.get(id).map(Vec::as_slice).unwrap_or_default();
                        sums.add(&ledger(events, now), *line, |from, until| {
                            calendar.elapsed_micros(from, until)
                        });
                    }
                    let is_whole = i64::try_from(keys.len()).unwrap_or(0) == CHUNK;
                    let last = keys.last().map(|(at, id, _): &(_, _, Line)| (*at, *id));
                    Ok::<_, AppError>((sums, last.filter(|_| is_whole)))
                })
                .await?;
            figures = added;
            after = last;
            if after.is_none() {
                return Ok(figures);
            }
        }
    }
}
