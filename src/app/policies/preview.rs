//! Looking at policies by what they would do: the days of a calendar, also of one not yet stored, and
//! who is responsible for something.

use super::change::midnight;
use super::stored::Stored;
use super::written::Written as _;
use crate::app::{App, AppError, Ctx, FieldErrors, FieldProblem};
use crate::domain::access::Permission;
use crate::domain::ids::ServiceId;
use crate::domain::routing::{ActivityCode, Bilingual, Party, SupportLevelCode, responsible};
use crate::domain::sla::{Calendar, CalendarSpec, CalendarVersion, PreviewDay};
use jiff::civil::Date;

/// The most days shown at once.
const MOST_DAYS: usize = 366;

/// Who is responsible for something, and why.
#[derive(Debug, Clone)]
pub struct Responsible {
    /// The service whose rows decided; nothing for the rows of any service.
    pub service: Option<ServiceId>,
    /// Who does the work.
    pub party: Party,
    /// Who does it too.
    pub together_with: Vec<Party>,
    /// Who answers for it.
    pub accountable: Option<Party>,
    /// Who is asked.
    pub consulted: Vec<Party>,
    /// Who is told.
    pub informed: Vec<Party>,
    /// Why the party does the work.
    pub because: Bilingual,
}

impl App {
    /// The days of a calendar, both ends included, at most 366.
    ///
    /// # Errors
    /// [`AppError::NotFound`]; [`AppError::Invalid`] for what is no date or too long a stretch.
    pub async fn calendar_days(
        &self,
        cx: &Ctx,
        code: &str,
        from: &str,
        to: &str,
    ) -> Result<Vec<PreviewDay>, AppError> {
        cx.require(Permission::PolicyView)?;
        let policies = self.policies().await?;
        let named = policies.calendar_by_code(code).ok_or(AppError::NotFound)?;
        let mut errors = FieldErrors::default();
        let mut read = |field: &'static str, text: &str| -> Option<Date> {
            let date = text.parse().ok().filter(|date: &Date| date.to_string() == text);
            if date.is_none() {
                let empty = text.is_empty();
                errors.add(field, if empty { FieldProblem::Required } else { FieldProblem::Malformed });
            }
            date
        };
        let (first, last) = (read("from", from), read("to", to));
        if let Some((first, last)) = first.zip(last) {
            let days = last.since(first).map_or(i32::MAX, |span| span.get_days());
            let is_short = usize::try_from(days).is_ok_and(|days| days < MOST_DAYS);
            if !is_short {
                errors.add("to", FieldProblem::OutOfRange);
            }
        }
        errors.finish()?;
        let (Some(first), Some(last)) = (first, last) else { return Ok(Vec::new()) };
        Ok((first.year()..=last.year())
            .flat_map(|year| named.calendar.preview(year))
            .filter(|day| (first..=last).contains(&day.date))
            .collect())
    }

    /// A year of a stored calendar.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn calendar_year(&self, cx: &Ctx, code: &str, year: i16) -> Result<Vec<PreviewDay>, AppError> {
        cx.require(Permission::PolicyView)?;
        let policies = self.policies().await?;
        Ok(policies.calendar_by_code(code).ok_or(AppError::NotFound)?.calendar.preview(year))
    }

    /// A year as it would be with a version that isn't stored yet: a new calendar's when there is no code.
    ///
    /// # Errors
    /// [`AppError::Invalid`] with every wrong field.
    pub async fn preview_calendar(
        &self,
        cx: &Ctx,
        code: Option<&str>,
        spec: &CalendarSpec,
        valid_from: &str,
        year: i16,
    ) -> Result<Vec<PreviewDay>, AppError> {
        cx.require(Permission::PolicyManage)?;
        let now = self.now();
        let stored = self.db().read(move |conn| Stored::load(conn, now)).await?;
        let known = code.and_then(|code| stored.policies.calendar_by_code(code));
        let mut errors = FieldErrors::default();
        let date: Option<Date> = valid_from.trim().parse().ok();
        let from = date.zip(known).and_then(|(date, known)| midnight(date, known.calendar.zone()));
        spec.checked(code.unwrap_or_default(), from.unwrap_or(now), &stored, &mut errors)?;
        errors.finish()?;
        let refused = |_| AppError::NotFound;
        let rules = spec.rules().map_err(refused)?;
        let calendar = match (known, date) {
            (Some(known), Some(valid_from)) => {
                known.calendar.with_version(CalendarVersion { valid_from, rules }, valid_from)
            }
            _ => Calendar::new(rules),
        };
        Ok(calendar.map_err(refused)?.preview(year))
    }

    /// Who is responsible for an activity on a support level, and why.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for codes that don't exist; [`AppError::NotFound`] when the matrix doesn't say.
    pub async fn responsible_for(
        &self,
        cx: &Ctx,
        support_level: &str,
        activity: &str,
        service: Option<&str>,
    ) -> Result<Responsible, AppError> {
        cx.require(Permission::PolicyView)?;
        let (policies, directory) = (self.policies().await?, self.directory().await?);
        let matrix = policies.matrix.at(self.now()).ok_or(AppError::NotFound)?;
        let mut errors = FieldErrors::default();
        let level = errors.found("supportLevel", SupportLevelCode::parse(support_level).ok());
        let activity = errors.found("activity", ActivityCode::parse(activity).ok());
        if level.as_ref().is_some_and(|code| !matrix.support_levels.iter().any(|known| known.code == *code)) {
            errors.add("supportLevel", FieldProblem::Unknown);
        }
        if activity.as_ref().is_some_and(|code| !matrix.activities.iter().any(|known| known.code == *code)) {
            errors.add("activity", FieldProblem::Unknown);
        }
        let service = match service.filter(|code| !code.is_empty()) {
            None => None,
            Some(code) => errors.found("service", directory.service_by_code(code)).map(|found| found.id),
        };
        errors.finish()?;
        let (Some(level), Some(activity)) = (level, activity) else { return Err(AppError::NotFound) };
        let found = responsible(matrix, service, &level, &activity).ok_or(AppError::NotFound)?;
        let all = |parties: Vec<&Party>| parties.into_iter().cloned().collect();
        Ok(Responsible {
            service: found.service,
            party: found.party.clone(),
            together_with: all(found.together_with),
            accountable: found.accountable.cloned(),
            consulted: all(found.consulted),
            informed: all(found.informed),
            because: found.because.clone(),
        })
    }
}
