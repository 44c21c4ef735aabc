//! What other rules would have done to the tickets of a period: each is routed as it was filed, by the
//! rules in force and by those proposed.

use super::stored::Stored;
use super::written::{RulesWritten, read_rules};
use crate::app::{App, AppError, Ctx, FieldErrors, FieldProblem};
use crate::db::reporting::{self, Filed};
use crate::domain::access::Permission;
use crate::domain::clock::Instant;
use crate::domain::ids::{GroupId, RuleId, TicketId};
use crate::domain::policies::{ancestors, is_base_function, working_groups};
use crate::domain::routing::{DryRun, Facts, Matrix, Outcome, Routing, RuleSet, RuleWarning, route};
use crate::domain::sla::stockholm;
use crate::domain::ticket::EventKind;
use jiff::civil::Date;
use std::collections::HashMap;

/// The most tickets that are tried.
pub const MOST_TRIED: i64 = 50_000;
/// Tickets read at a time.
const CHUNK: i64 = 1_000;

/// What a dry run came to.
#[derive(Debug, Clone)]
pub struct Tried {
    /// The first instant of the period.
    pub from: Instant,
    /// The first instant after it.
    pub before: Instant,
    /// How many tickets were tried.
    pub tickets: i64,
    /// Whether the period has more than were tried.
    pub is_capped: bool,
    /// What would have changed.
    pub sum: DryRun,
    /// The numbers of the examples.
    pub numbers: HashMap<TicketId, String>,
    /// Rules that would never hold, each with the place of the one that stops all it asks for. From 0.
    pub never_hold: Vec<(usize, usize)>,
}

impl App {
    /// Tries rules on the tickets filed from one local date to another, both included.
    ///
    /// # Errors
    /// [`AppError::Invalid`] with everything that is wrong with the rules or the dates.
    pub async fn try_routing_rules(
        &self,
        cx: &Ctx,
        rules: &RulesWritten,
        from: &str,
        to: &str,
    ) -> Result<Tried, AppError> {
        cx.require(Permission::PolicyView)?;
        let now = self.now();
        let stored = self.db().read(move |conn| Stored::load(conn, now)).await?;
        let mut errors = FieldErrors::default();
        let proposed = read_rules(rules, &stored, &mut errors)?;
        let period = period(from, to, &mut errors);
        errors.finish()?;
        let Some((from, before)) = period else { return Err(AppError::NotFound) };
        let never_hold = never_holding(&proposed, &stored);
        let (no_rules, no_matrix) = (RuleSet::default(), Matrix::default());
        let mut trial = Trial {
            stored: &stored,
            current: stored.policies.rules.at(now).unwrap_or(&no_rules),
            proposed: &proposed,
            matrix: stored.policies.matrix.at(now).unwrap_or(&no_matrix),
            sum: DryRun::default(),
            numbers: HashMap::new(),
        };
        let (mut tried, mut is_capped, mut after) = (0, false, None);
        loop {
            let filed: Vec<Filed> =
                self.db().read(move |conn| reporting::filed(conn, from, before, after, CHUNK)).await?;
            let Some(last) = filed.last() else { break };
            after = Some((last.opened_at, last.ticket));
            if tried >= MOST_TRIED {
                is_capped = true;
                break;
            }
            filed.iter().for_each(|one| trial.add(one));
            tried += i64::try_from(filed.len()).unwrap_or(CHUNK);
        }
        let Trial { sum, numbers, .. } = trial;
        Ok(Tried { from, before, tickets: tried, is_capped, sum, numbers, never_hold })
    }
}

/// A dry run on its way.
struct Trial<'a> {
    stored: &'a Stored,
    current: &'a RuleSet,
    proposed: &'a RuleSet,
    matrix: &'a Matrix,
    sum: DryRun,
    numbers: HashMap<TicketId, String>,
}

impl Trial<'_> {
    fn add(&mut self, filed: &Filed) {
        let EventKind::Opened {
            kind,
            desk,
            subject,
            description,
            channel,
            organisation,
            service,
            system,
            category,
            impact,
            urgency,
            support_level,
            activity,
            group,
            ..
        } = &filed.opened
        else {
            return;
        };
        let directory = &self.stored.directory;
        let intake: GroupId = directory.intake_group(*desk).map_or(*group, |intake| intake.id);
        let organisations = ancestors(directory, *organisation);
        let facts = Facts {
            at: filed.opened_at,
            intake,
            kind: *kind,
            channel: *channel,
            organisations: &organisations,
            service: *service,
            base_function: is_base_function(directory, *service),
            system: *system,
            category: *category,
            support_level: support_level.as_ref(),
            activity: activity.as_ref(),
            subject,
            description,
            impact: *impact,
            urgency: *urgency,
        };
        let groups = working_groups(directory, *desk);
        let lists = &self.stored.policies.lists;
        let by = |rules| {
            let routing = Routing { rules, matrix: self.matrix, lists, groups: &groups };
            Outcome::from(&route(&routing, &facts))
        };
        let (before, after) = (by(self.current), by(self.proposed));
        let shown = self.sum.examples.len();
        self.sum.add(filed.ticket, before, after);
        if self.sum.examples.len() > shown {
            self.numbers.insert(filed.ticket, filed.number.clone());
        }
    }
}

fn never_holding(rules: &RuleSet, stored: &Stored) -> Vec<(usize, usize)> {
    let place = |id: RuleId| rules.rules().iter().position(|rule| rule.id == id).unwrap_or_default();
    rules
        .warnings(&|inner, outer| stored.is_within(inner, outer))
        .into_iter()
        .map(|RuleWarning::NeverHolds { rule, stopped_by }| (place(rule), place(stopped_by)))
        .collect()
}

/// From the first date's midnight to that after the last, in local time.
fn period(from: &str, to: &str, errors: &mut FieldErrors) -> Option<(Instant, Instant)> {
    let mut read = |field: &'static str, text: &str| -> Option<Date> {
        let date = text.trim().parse().ok();
        if date.is_none() {
            let empty = text.trim().is_empty();
            errors.add(field, if empty { FieldProblem::Required } else { FieldProblem::Malformed });
        }
        date
    };
    let (first, last) = (read("from", from)?, read("to", to)?);
    if last < first {
        errors.add("to", FieldProblem::OutOfRange);
        return None;
    }
    let midnight = |date| super::timing::midnight(date, stockholm());
    midnight(first).zip(last.tomorrow().ok().and_then(midnight))
}
