//! Trying an agreement before it holds: when tickets filed at telling times would be due, and which
//! agreement a ticket would get.

use super::change::{Amendment, known};
use super::stored::Stored;
use super::timing::when;
use super::written::{AgreementWritten, ConditionsWritten};
use crate::app::{App, AppError, Ctx, FieldErrors};
use crate::db::policies::PolicyKind;
use crate::domain::access::Permission;
use crate::domain::clock::Instant;
use crate::domain::ids::AgreementVersionId;
use crate::domain::policies::{ancestors, is_base_function};
use crate::domain::sla::agreement::{
    AgreementVersion, Condition, Conditions, Facts, Metric, WhyPassedOver, choose,
};
use crate::domain::sla::{Calendar, DayReason};
use crate::domain::text::Name;
use crate::domain::ticket::{Priority, TicketKind};
use jiff::civil::{Date, Weekday};

/// How far ahead the day before a public holiday is looked for.
const HOLIDAY_WITHIN_DAYS: usize = 200;

/// An agreement that isn't stored yet.
#[derive(Debug, Clone, Default)]
pub struct AgreementDraft {
    /// The agreement that it is a version of; nothing for a new one.
    pub code: Option<String>,
    /// The name of a new one.
    pub name: String,
    /// From when and why.
    pub amendment: Amendment,
    /// What it says.
    pub terms: AgreementWritten,
    /// The ticket that it is tried on. What is left out is as the agreement asks for, otherwise the usual.
    pub ticket: ConditionsWritten,
}

/// What an agreement would do.
#[derive(Debug, Clone)]
pub struct TriedAgreement {
    /// When tickets would be due, by when they are filed.
    pub filed: Vec<TriedAt>,
    /// The ticket it was tried on.
    pub ticket: Facts,
    /// The agreements of its kind that hold then, the one that the ticket would get first; none when none
    /// of them fits.
    pub contenders: Vec<Contender>,
}

/// A ticket filed at one time.
#[derive(Debug, Clone)]
pub struct TriedAt {
    /// When.
    pub at: Instant,
    /// When it is due by each promise; nothing beyond what the calendar knows.
    pub due: Vec<(Metric, Option<Instant>)>,
}

/// An agreement that a ticket could get.
#[derive(Debug, Clone)]
pub struct Contender {
    /// Its name.
    pub name: String,
    /// Whether it is the one that is tried.
    pub is_tried: bool,
    /// What becomes of it.
    pub outcome: Outcome,
}

/// What becomes of an agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The ticket gets it, because it asks for this.
    Holds(Vec<Condition>),
    /// The ticket doesn't.
    PassedOver(WhyPassedOver),
}

impl App {
    /// What an agreement would do. Nothing is stored.
    ///
    /// # Errors
    /// [`AppError::Invalid`] with every wrong field; [`AppError::NotFound`]; [`AppError::Stale`] when somebody
    /// wrote a version after the one the change is based on.
    pub async fn try_agreement(&self, cx: &Ctx, draft: &AgreementDraft) -> Result<TriedAgreement, AppError> {
        cx.require(Permission::PolicyManage)?;
        let now = self.now();
        let stored = self.db().read(move |conn| Stored::load(conn, now)).await?;
        let AgreementDraft { code, name, amendment, terms, ticket } = draft;
        let mut errors = FieldErrors::default();
        if let Some(code) = code {
            known(PolicyKind::Agreement, code, amendment, &stored)?;
        } else {
            errors.text("name", Name::parse(name));
        }
        let asked = code.as_deref().unwrap_or_default();
        let from = when(PolicyKind::Agreement, asked, amendment, code.is_none(), &stored, &mut errors);
        let version = terms.version(code.as_deref().unwrap_or_default(), from, &stored, &mut errors);
        errors.finish()?;
        let Some(version) = version else { return Err(AppError::NotFound) };
        let named = stored.policies.calendar(version.calendar).ok_or(AppError::NotFound)?;
        let filed = telling_times(&named.calendar, from)
            .into_iter()
            .map(|at| {
                let due = |metric: Metric| {
                    version.promise(metric).map(|promise| (metric, promise.target.due(&named.calendar, at)))
                };
                TriedAt { at, due: Metric::ALL.iter().copied().filter_map(due).collect() }
            })
            .collect();
        // A code that doesn't exist any more is a ticket without it.
        let asked = ticket.read(&stored, &mut FieldErrors::default());
        let ticket = facts(&asked, &version.conditions, &stored, from).ok_or(AppError::NotFound)?;
        let contenders = contest(version, &stored, &ticket);
        Ok(TriedAgreement { filed, ticket, contenders })
    }
}

/// The next Monday just before closing, Friday afternoon, Saturday, and the day before a public holiday.
fn telling_times(calendar: &Calendar, from: Instant) -> Vec<Instant> {
    let first = from.to_timestamp().to_zoned(calendar.zone().clone()).date();
    let next =
        |weekday: Weekday| first.series(jiff::Span::new().days(1)).find(|day| day.weekday() == weekday);
    let at = |day: Option<Date>, hour: i8, minute: i8| {
        let local = day?.at(hour, minute, 0, 0).to_zoned(calendar.zone().clone()).ok()?;
        Some(Instant::from_timestamp(local.timestamp()))
    };
    let mut times: Vec<Instant> = [
        at(next(Weekday::Monday), 15, 40),
        at(next(Weekday::Friday), 14, 30),
        at(next(Weekday::Saturday), 11, 0),
        at(day_before_holiday(calendar, first), 14, 0),
    ]
    .into_iter()
    .flatten()
    .filter(|at| *at >= from)
    .collect();
    times.sort_unstable();
    times.dedup();
    times
}

/// The next open day that is followed by a public holiday on a weekday.
fn day_before_holiday(calendar: &Calendar, from: Date) -> Option<Date> {
    let days: Vec<_> = [from.year(), from.year().checked_add(1)?].map(|year| calendar.preview(year)).concat();
    let ahead: Vec<_> = days.into_iter().filter(|day| day.date >= from).take(HOLIDAY_WITHIN_DAYS).collect();
    let before = ahead.windows(2).find(|pair| match pair {
        [day, next] => {
            day.hours.is_some() && next.hours.is_none() && matches!(next.why, DayReason::Holiday(_))
        }
        _ => false,
    })?;
    before.first().map(|day| day.date)
}

/// The ticket: what was asked for, then what the agreement asks for, then the usual.
fn facts(asked: &Conditions, terms: &Conditions, stored: &Stored, at: Instant) -> Option<Facts> {
    let directory = &stored.directory;
    let service = asked.service.or(terms.service).or_else(|| {
        let wanted = terms.base_function.filter(|is_base| *is_base)?;
        let fits = directory.services.iter().find(|one| one.is_active && one.is_base_function == wanted);
        fits.map(|one| one.id)
    });
    let desk = asked.desk.or(terms.desk).or_else(|| directory.desks.first().map(|desk| desk.id))?;
    let organisation = asked.organisation.or(terms.organisation);
    let organisation = organisation.or_else(|| directory.organisations.first().map(|one| one.id))?;
    Some(Facts {
        at,
        desk,
        kind: asked.kind.or(terms.kind).unwrap_or(TicketKind::Incident),
        organisations: ancestors(directory, organisation),
        system: asked.system.or(terms.system),
        service,
        base_function: is_base_function(directory, service),
        priority: asked.priority.or(terms.priority).or_else(|| Priority::new(3))?,
        support_level: asked.support_level.clone().or_else(|| terms.support_level.clone()),
        group: asked.group.or(terms.group).or_else(|| directory.intake_group(desk).map(|group| group.id)),
    })
}

/// Who gets the ticket, and why not the others that hold then.
fn contest(tried: AgreementVersion, stored: &Stored, ticket: &Facts) -> Vec<Contender> {
    let (kind, tried_id) = (tried.kind, tried.id);
    let is_tried = |id: AgreementVersionId| id == tried_id;
    let mut versions = stored.policies.agreements.clone();
    versions.push(tried);
    let Some(choice) = choose(&versions, kind, ticket) else { return Vec::new() };
    let holds = Contender {
        name: choice.version.name.clone(),
        is_tried: is_tried(choice.version.id),
        outcome: Outcome::Holds(choice.because),
    };
    let others = choice.passed_over.into_iter().filter(|other| match other.why {
        WhyPassedOver::NotYetValid | WhyPassedOver::NoLongerValid => is_tried(other.version.id),
        WhyPassedOver::Differs(_) | WhyPassedOver::LessSpecific(_) | WhyPassedOver::SameConditions => true,
    });
    let others = others.map(|other| Contender {
        name: other.version.name.clone(),
        is_tried: is_tried(other.version.id),
        outcome: Outcome::PassedOver(other.why),
    });
    std::iter::once(holds).chain(others).collect()
}
