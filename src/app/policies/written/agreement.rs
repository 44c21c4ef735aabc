//! Agreements as they are written.

use super::{Written, as_json, parsed, said};
use crate::app::policies::fault::{Fault, PolicyFault};
use crate::app::policies::spec::AgreementSpec;
use crate::app::policies::stored::Stored;
use crate::app::{AppError, FieldError, FieldErrors, FieldProblem};
use crate::db::policies::PolicyKind;
use crate::domain::clock::Instant;
use crate::domain::ids::{AgreementId, AgreementVersionId};
use crate::domain::routing::SupportLevelCode;
use crate::domain::sla::Target;
use crate::domain::sla::agreement::{
    AgreementKind, AgreementProblem, AgreementVersion, Conditions, Metric, Promise, Tell, problems,
    promise_problems,
};
use crate::domain::ticket::{Priority, TicketKind, WaitingFor};
use serde::{Deserialize, Serialize};

/// An agreement.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct AgreementWritten {
    /// `sla`, `ola` or `underpinning`.
    pub kind: String,
    /// The code of the calendar that its working time is counted in.
    pub calendar: String,
    /// Which tickets it is for.
    pub conditions: ConditionsWritten,
    /// What it promises.
    pub promises: Vec<PromiseWritten>,
}

/// Which tickets an agreement is for; what is left out may be anything.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct ConditionsWritten {
    /// The code of the resolver group.
    pub group: Option<String>,
    /// The code of the system.
    pub system: Option<String>,
    /// The code of the organisation; everything below it too.
    pub organisation: Option<String>,
    /// The code of the service.
    pub service: Option<String>,
    /// Whether the service is a base function.
    pub base_function: Option<bool>,
    /// The code of the support level.
    pub support_level: Option<String>,
    /// 1 to 4.
    pub priority: Option<i64>,
    /// `incident`, `request`, `problem` or `change`.
    pub kind: Option<String>,
    /// The code of the desk.
    pub desk: Option<String>,
}

/// One thing that is promised.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct PromiseWritten {
    /// `firstResponse`, `resolution` or `timeInGroup`.
    pub metric: String,
    /// How much working time.
    pub target: TargetWritten,
    /// `requester`, `supplier`, `planned`: what the clock stands still for.
    pub pauses_on: Vec<String>,
    /// The shares at which somebody is warned.
    pub warn_at_percent: Vec<i64>,
    /// `assignee`, `groupLead`, `group`: who is told, in this order.
    pub tells: Vec<String>,
}

/// How much working time: one of the two.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct TargetWritten {
    /// Minutes of opening hours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub working_minutes: Option<i64>,
    /// Working days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub working_days: Option<i64>,
}

impl Written for AgreementWritten {
    const KIND: PolicyKind = PolicyKind::Agreement;

    fn of_stored(json: &str, stored: &Stored) -> Result<Self, AppError> {
        let AgreementSpec { kind, calendar, conditions, promises } = parsed(json)?;
        let calendar = stored.policies.calendar(calendar).map(|named| named.code.clone());
        Ok(Self {
            kind: kind.as_text().to_owned(),
            calendar: calendar.unwrap_or_default(),
            conditions: ConditionsWritten::of(&conditions, stored),
            promises: promises.iter().map(PromiseWritten::from).collect(),
        })
    }

    fn checked(
        &self,
        code: &str,
        valid_from: Instant,
        stored: &Stored,
        errors: &mut FieldErrors,
    ) -> Result<String, AppError> {
        let Some(version) = self.version(code, valid_from, stored, errors) else { return Ok(String::new()) };
        let AgreementVersion { kind, calendar, conditions, promises, .. } = version;
        as_json(&AgreementSpec { kind, calendar, conditions, promises })
    }
}

impl AgreementWritten {
    /// The version that is meant, as one of the agreement with that code; nothing when it can't be read.
    /// What is wrong is noted.
    pub(in crate::app::policies) fn version(
        &self,
        code: &str,
        valid_from: Instant,
        stored: &Stored,
        errors: &mut FieldErrors,
    ) -> Option<AgreementVersion> {
        let Self { kind, calendar, conditions, promises } = self;
        let kind = errors.found("kind", AgreementKind::from_text(kind.trim()));
        let calendar = errors.found("calendar", stored.policies.calendar_by_code(calendar.trim()));
        let mut wrong = FieldErrors::default();
        let conditions = conditions.read(stored, &mut wrong);
        // Conditions that can't be read as they are meant contradict nothing.
        let are_read = wrong.is_empty();
        errors.extend(wrong);
        if let Some(service) = never_holds(&conditions, stored) {
            let fault = Fault::about(PolicyFault::BaseFunctionNeverHolds, service);
            errors.push(FieldError::of_policy("conditions.baseFunction", fault));
        }
        let read: Vec<(usize, Promise)> = promises
            .iter()
            .enumerate()
            .filter_map(|(at, promise)| Some((at, promise.read(at, errors)?)))
            .collect();
        let (Some(kind), Some(calendar), true) = (kind, calendar, read.len() == promises.len()) else {
            // What could be read is told together with what couldn't.
            let read: Vec<(usize, &Promise)> = read.iter().map(|(at, promise)| (*at, promise)).collect();
            if read.len() == promises.len() || !read.is_empty() {
                let hours = calendar.map(|named| &*named.calendar);
                told(promise_problems(&read, kind, hours, valid_from), errors);
            }
            return None;
        };
        let new = AgreementVersion {
            // No version has this key: it is told apart from all others.
            id: AgreementVersionId(0),
            agreement: stored.agreement(code).unwrap_or(AgreementId(0)),
            code: code.to_owned(),
            name: String::new(),
            kind,
            valid_from,
            valid_to: None,
            calendar: calendar.id,
            conditions,
            promises: read.into_iter().map(|(_, promise)| promise).collect(),
        };
        let is_dated = !errors.has("validFrom");
        let mut found = problems(&new, &calendar.calendar, &stored.policies.agreements, stored.now);
        found.retain(|problem| {
            (is_dated || problem.field != "validFrom")
                && (are_read || !problem.field.starts_with("conditions"))
        });
        told(found, errors);
        Some(new)
    }
}

fn told(problems: Vec<AgreementProblem>, errors: &mut FieldErrors) {
    for AgreementProblem { field, fault, other } in problems {
        let about = other.map(|other| other.name).unwrap_or_default();
        errors.push(FieldError::of_policy(field, Fault::about(fault.into(), about)));
    }
}

/// The name of the service asked for, when it is a base function and only others are asked for, or the other
/// way round: such conditions hold for no ticket.
fn never_holds(conditions: &Conditions, stored: &Stored) -> Option<String> {
    let service = stored.directory.service(conditions.service?)?;
    (service.is_base_function != conditions.base_function?).then(|| service.name.clone())
}

impl ConditionsWritten {
    fn of(conditions: &Conditions, stored: &Stored) -> Self {
        let directory = &stored.directory;
        let Conditions {
            group,
            system,
            organisation,
            service,
            base_function,
            support_level,
            priority,
            kind,
            desk,
        } = conditions;
        Self {
            group: group.and_then(|id| directory.group(id)).map(|group| group.code.clone()),
            system: system.and_then(|id| directory.system(id)).map(|system| system.code.clone()),
            organisation: organisation.and_then(|id| directory.organisation(id)).map(|one| one.code.clone()),
            service: service.and_then(|id| directory.service(id)).map(|service| service.code.clone()),
            base_function: *base_function,
            support_level: support_level.as_ref().map(ToString::to_string),
            priority: priority.map(Priority::get),
            kind: kind.map(|kind| kind.as_text().to_owned()),
            desk: desk.and_then(|id| directory.desk(id)).map(|desk| desk.code.clone()),
        }
    }

    pub(in crate::app::policies) fn read(&self, stored: &Stored, errors: &mut FieldErrors) -> Conditions {
        let directory = &stored.directory;
        let Self { group, system, organisation, service, base_function, support_level, priority, kind, desk } =
            self;
        let mut code = |name: &str, text: &Option<String>, known: &dyn Fn(&str) -> Option<i64>| {
            let text = said(text.as_ref())?;
            errors.found_at(&format!("conditions.{name}"), known(text))
        };
        let group = code("group", group, &|text| directory.group_by_code(text).map(|one| one.id.get()));
        let system = code("system", system, &|text| directory.system_by_code(text).map(|one| one.id.get()));
        let organisation = code("organisation", organisation, &|text| {
            directory.organisation_by_code(text).map(|one| one.id.get())
        });
        let service =
            code("service", service, &|text| directory.service_by_code(text).map(|one| one.id.get()));
        let desk = code("desk", desk, &|text| directory.desk_by_code(text).map(|one| one.id.get()));
        let level = said(support_level.as_ref()).and_then(|text| {
            let known = stored.policies.matrix.at(stored.now).and_then(|matrix| {
                let code = SupportLevelCode::parse(text).ok()?;
                matrix.support_levels.iter().any(|level| level.code == code).then_some(code)
            });
            errors.found_at("conditions.supportLevel", known)
        });
        let priority = priority.and_then(|number| {
            let priority = Priority::new(number);
            if priority.is_none() {
                errors.add_at("conditions.priority", FieldProblem::OutOfRange);
            }
            priority
        });
        let kind = said(kind.as_ref())
            .and_then(|text| errors.found_at("conditions.kind", TicketKind::from_text(text)));
        Conditions {
            group: group.map(crate::domain::ids::GroupId),
            system: system.map(crate::domain::ids::SystemId),
            organisation: organisation.map(crate::domain::ids::OrganisationId),
            service: service.map(crate::domain::ids::ServiceId),
            base_function: *base_function,
            support_level: level,
            priority,
            kind,
            desk: desk.map(crate::domain::ids::DeskId),
        }
    }
}

impl From<&Promise> for PromiseWritten {
    fn from(promise: &Promise) -> Self {
        let Promise { metric, target, pauses_on, warn_at_percent, tells } = promise;
        let (working_minutes, working_days) = match *target {
            Target::WorkingMinutes(minutes) => (Some(minutes.into()), None),
            Target::WorkingDays(days) => (None, Some(days.into())),
        };
        Self {
            metric: metric.as_text().to_owned(),
            target: TargetWritten { working_minutes, working_days },
            pauses_on: pauses_on.iter().map(|on| on.as_text().to_owned()).collect(),
            warn_at_percent: warn_at_percent.iter().map(|percent| i64::from(*percent)).collect(),
            tells: tells.iter().map(|tell| tell.as_text().to_owned()).collect(),
        }
    }
}

impl PromiseWritten {
    fn read(&self, at: usize, errors: &mut FieldErrors) -> Option<Promise> {
        let Self { metric, target, pauses_on, warn_at_percent, tells } = self;
        let path = |name: &str| format!("promises[{at}].{name}");
        let metric = errors.found_at(&path("metric"), Metric::from_text(metric.trim()));
        let target = target.read(&path("target"), errors);
        let pauses_on: Option<_> = pauses_on
            .iter()
            .map(|text| errors.found_at(&path("pausesOn"), WaitingFor::from_text(text)))
            .collect();
        let warn_at_percent: Option<_> = warn_at_percent
            .iter()
            .map(|percent| {
                let read = u8::try_from(*percent).ok();
                if read.is_none() {
                    let fault = Fault::new(PolicyFault::WarningOutOfRange);
                    errors.push(FieldError::of_policy(path("warnAtPercent"), fault));
                }
                read
            })
            .collect();
        let tells: Option<_> =
            tells.iter().map(|text| errors.found_at(&path("tells"), Tell::from_text(text))).collect();
        Some(Promise {
            metric: metric?,
            target: target?,
            pauses_on: pauses_on?,
            warn_at_percent: warn_at_percent?,
            tells: tells?,
        })
    }
}

impl TargetWritten {
    fn read(&self, path: &str, errors: &mut FieldErrors) -> Option<Target> {
        let mut refuse = |code| {
            errors.push(FieldError::of_policy(path, Fault::new(code)));
            None
        };
        let (amount, unit): (i64, fn(u32) -> Target) = match (self.working_minutes, self.working_days) {
            (Some(minutes), None) => (minutes, Target::WorkingMinutes),
            (None, Some(days)) => (days, Target::WorkingDays),
            (None, None) | (Some(_), Some(_)) => return refuse(PolicyFault::TargetUnclear),
        };
        match u32::try_from(amount) {
            Ok(amount) => Some(unit(amount)),
            Err(_) if amount < 0 => refuse(PolicyFault::TargetZero),
            Err(_) => refuse(PolicyFault::TargetBeyondAYear),
        }
    }
}
