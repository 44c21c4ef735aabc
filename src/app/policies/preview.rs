//! Looking at policies by what they would do: the days of a calendar, also of one not yet stored, and
//! who is responsible for something.

use super::change::{Amendment, known, prepared};
use super::stored::Stored;
use crate::app::{App, AppError, Ctx, FieldErrors, FieldProblem};
use crate::db::policies::PolicyKind;
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

    /// The year in which a version that isn't stored yet begins, as it would be with it: of a new calendar
    /// when there is no code.
    ///
    /// # Errors
    /// [`AppError::Invalid`] with every wrong field; [`AppError::NotFound`]; [`AppError::Stale`] when somebody
    /// wrote a version after the one the change is based on.
    pub async fn preview_calendar(
        &self,
        cx: &Ctx,
        code: Option<&str>,
        amendment: &Amendment,
        spec: &CalendarSpec,
    ) -> Result<(i16, Vec<PreviewDay>), AppError> {
        cx.require(Permission::PolicyManage)?;
        let now = self.now();
        let stored = self.db().read(move |conn| Stored::load(conn, now)).await?;
        if let Some(code) = code {
            known(PolicyKind::Calendar, code, amendment, &stored)?;
        }
        let mut errors = FieldErrors::default();
        let (from, ..) =
            prepared(code.unwrap_or_default(), amendment, spec, code.is_none(), &stored, &mut errors)?;
        errors.finish()?;
        let refused = |_| AppError::NotFound;
        let rules = spec.rules().map_err(refused)?;
        let valid_from = from.to_timestamp().to_zoned(rules.zone.clone()).date();
        let calendar = match code.and_then(|code| stored.policies.calendar_by_code(code)) {
            Some(known) => known.calendar.with_version(CalendarVersion { valid_from, rules }, valid_from),
            None => Calendar::new(rules),
        };
        Ok((valid_from.year(), calendar.map_err(refused)?.preview(valid_from.year())))
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
