//! What keeps a version of an agreement from being taken in.

use std::collections::BTreeSet;
use std::fmt;

use super::{AgreementKind, AgreementVersion, Metric, Promise};
use crate::domain::clock::Instant;
use crate::domain::ids::AgreementVersionId;
use crate::domain::sla::Calendar;
use crate::text_enum;

text_enum! {
    /// What is wrong.
    pub enum AgreementFault {
        /// It promises nothing.
        NoPromise = "noPromise",
        /// The same metric is promised twice.
        MetricTwice = "metricTwice",
        /// Time in a group is promised to customers.
        MetricNotForKind = "metricNotForKind",
        /// A target of no time at all.
        TargetZero = "targetZero",
        /// A target beyond a year, as the calendar's opening hours are.
        TargetBeyondAYear = "targetBeyondAYear",
        /// The first response may take longer than the resolution.
        ResponseAfterResolution = "responseAfterResolution",
        /// A warning outside 1–99 per cent.
        WarningOutOfRange = "warningOutOfRange",
        /// Two warnings at the same share of the time.
        WarningTwice = "warningTwice",
        /// The same people are told twice.
        ToldTwice = "toldTwice",
        /// Another version of the agreement is of another kind.
        KindDiffers = "kindDiffers",
        /// An OLA or underpinning agreement without a group.
        GroupMissing = "groupMissing",
        /// A promise to customers that asks for a group.
        GroupNotForKind = "groupNotForKind",
        /// It would begin before now: what has been promised stays.
        BeginsInThePast = "beginsInThePast",
        /// It ends before it begins, or at once.
        EndsBeforeItBegins = "endsBeforeItBegins",
        /// Another version of the agreement begins at the same instant.
        BeginsWithAnother = "beginsWithAnother",
        /// Another agreement of the kind asks for exactly the same at the same time.
        Contradicts = "contradicts",
    }
}

impl AgreementFault {
    /// What to change, in English for logs and the command line.
    #[must_use]
    pub const fn advice(self) -> &'static str {
        match self {
            Self::NoPromise => "is empty; promise at least one thing",
            Self::MetricTwice => "is promised already; keep one of the two",
            Self::MetricNotForKind => "is for groups; promise first response or resolution to customers",
            Self::TargetZero => "leaves no time; give at least one working minute or one working day",
            Self::TargetBeyondAYear => "is due beyond a year, as the calendar is open; give less time",
            Self::ResponseAfterResolution => "leaves more time than the resolution; shorten it",
            Self::WarningOutOfRange => "is no share of the time; warn at 1 to 99 per cent",
            Self::WarningTwice => "warns twice at the same share; keep one of the two",
            Self::ToldTwice => "tells the same people twice; keep one of the two",
            Self::KindDiffers => "differs from the agreement's; keep it, or begin another agreement",
            Self::GroupMissing => "is missing; name the group that promises",
            Self::GroupNotForKind => "is for OLA and underpinning agreements; leave it out",
            Self::BeginsInThePast => "lies in the past; what was promised stays, so begin now or later",
            Self::EndsBeforeItBegins => "isn't after the beginning; choose a later end",
            Self::BeginsWithAnother => "is when another version begins; choose another instant",
            Self::Contradicts => {
                "are those of another agreement; change one, or end one before the other begins"
            }
        }
    }
}

/// One thing that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct AgreementProblem {
    /// The field as in JSON: `promises[0].target`, `validFrom`.
    pub field: String,
    /// What is wrong with it.
    pub fault: AgreementFault,
    /// The agreement it is at odds with.
    pub other: Option<OtherAgreement>,
}

/// An agreement named by a problem of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherAgreement {
    /// Its version.
    pub version: AgreementVersionId,
    /// Its code.
    pub code: String,
    /// What people call it.
    pub name: String,
}

impl fmt::Display for AgreementProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.field, self.fault.advice())?;
        match &self.other {
            Some(other) => write!(f, " ({})", other.name),
            None => Ok(()),
        }
    }
}

/// Everything that is wrong with a version that is to be taken in beside `others`, all versions of all
/// agreements; an earlier form of the same version among them is left out of account. Empty when it may
/// be taken in. That what it refers to exists is checked elsewhere.
///
/// `calendar` is the one that its working time is counted in.
#[must_use]
pub fn problems(
    new: &AgreementVersion,
    calendar: &Calendar,
    others: &[AgreementVersion],
    now: Instant,
) -> Vec<AgreementProblem> {
    let mut found = Found(Vec::new());
    check_validity(new, now, &mut found);
    check_group(new, &mut found);
    let promises: Vec<(usize, &Promise)> = new.promises.iter().enumerate().collect();
    check_promises(&promises, Some(new.kind), Some(calendar), new.valid_from, &mut found);
    check_others(new, others, &mut found);
    found.0
}

/// Everything that is wrong with promises, each given with its place, when not all of a version could be
/// read: without kind or calendar what follows from it isn't told.
#[must_use]
pub fn promise_problems(
    promises: &[(usize, &Promise)],
    kind: Option<AgreementKind>,
    calendar: Option<&Calendar>,
    valid_from: Instant,
) -> Vec<AgreementProblem> {
    let mut found = Found(Vec::new());
    check_promises(promises, kind, calendar, valid_from, &mut found);
    found.0
}

struct Found(Vec<AgreementProblem>);

impl Found {
    fn add(&mut self, field: impl Into<String>, fault: AgreementFault) {
        self.0.push(AgreementProblem { field: field.into(), fault, other: None });
    }

    fn add_against(&mut self, field: &str, fault: AgreementFault, other: &AgreementVersion) {
        let other = OtherAgreement { version: other.id, code: other.code.clone(), name: other.name.clone() };
        self.0.push(AgreementProblem { field: field.to_owned(), fault, other: Some(other) });
    }
}

fn check_validity(new: &AgreementVersion, now: Instant, found: &mut Found) {
    if new.valid_from < now {
        found.add("validFrom", AgreementFault::BeginsInThePast);
    }
    if new.valid_to.is_some_and(|end| end <= new.valid_from) {
        found.add("validTo", AgreementFault::EndsBeforeItBegins);
    }
}

fn check_group(new: &AgreementVersion, found: &mut Found) {
    match (new.kind, new.conditions.group) {
        (AgreementKind::Sla, Some(_)) => found.add("conditions.group", AgreementFault::GroupNotForKind),
        (AgreementKind::Ola | AgreementKind::Underpinning, None) => {
            found.add("conditions.group", AgreementFault::GroupMissing);
        }
        (AgreementKind::Sla, None) | (AgreementKind::Ola | AgreementKind::Underpinning, Some(_)) => {}
    }
}

fn check_promises(
    promises: &[(usize, &Promise)],
    kind: Option<AgreementKind>,
    calendar: Option<&Calendar>,
    valid_from: Instant,
    found: &mut Found,
) {
    if promises.is_empty() {
        found.add("promises", AgreementFault::NoPromise);
    }
    let mut promised = BTreeSet::new();
    for (index, promise) in promises {
        let field = |name: &str| format!("promises[{index}].{name}");
        if !promised.insert(promise.metric) {
            found.add(field("metric"), AgreementFault::MetricTwice);
        }
        if promise.metric == Metric::TimeInGroup && kind == Some(AgreementKind::Sla) {
            found.add(field("metric"), AgreementFault::MetricNotForKind);
        }
        if promise.target.is_zero() {
            found.add(field("target"), AgreementFault::TargetZero);
        }
        let is_beyond_a_year = match calendar {
            Some(calendar) => promise.target.is_beyond_a_year(calendar, valid_from),
            None => promise.target.is_beyond_any_year(),
        };
        if is_beyond_a_year {
            found.add(field("target"), AgreementFault::TargetBeyondAYear);
        }
        if promise.warn_at_percent.iter().any(|percent| !(1..=99).contains(percent)) {
            found.add(field("warnAtPercent"), AgreementFault::WarningOutOfRange);
        }
        if has_twice(&promise.warn_at_percent) {
            found.add(field("warnAtPercent"), AgreementFault::WarningTwice);
        }
        if has_twice(&promise.tells) {
            found.add(field("tells"), AgreementFault::ToldTwice);
        }
    }
    let of = |metric: Metric| promises.iter().find(|(_, promise)| promise.metric == metric);
    let both = of(Metric::FirstResponse).zip(of(Metric::Resolution));
    // Both are counted from when the ticket was opened.
    if let (Some(((index, response), (_, resolution))), Some(calendar)) = (both, calendar)
        && !resolution.target.is_zero()
        && response.target.is_longer_than(resolution.target, calendar, valid_from)
    {
        found.add(format!("promises[{index}].target"), AgreementFault::ResponseAfterResolution);
    }
}

fn has_twice<T: Ord>(values: &[T]) -> bool {
    let mut seen = BTreeSet::new();
    !values.iter().all(|value| seen.insert(value))
}

fn check_others(new: &AgreementVersion, others: &[AgreementVersion], found: &mut Found) {
    let others: Vec<&AgreementVersion> = others.iter().filter(|other| other.id != new.id).collect();
    let end = ends_at(new, &others);
    let own = others.iter().filter(|other| other.agreement == new.agreement);
    if let Some(last) = own.max_by_key(|other| other.valid_from).filter(|last| last.kind != new.kind) {
        found.add_against("kind", AgreementFault::KindDiffers, last);
    }
    for other in &others {
        if other.agreement == new.agreement {
            if other.valid_from == new.valid_from {
                found.add_against("validFrom", AgreementFault::BeginsWithAnother, other);
            }
        } else if other.kind == new.kind && other.conditions == new.conditions {
            let overlaps = ends_at(other, &others).is_none_or(|end| new.valid_from < end)
                && end.is_none_or(|end| other.valid_from < end);
            if overlaps {
                found.add_against("conditions", AgreementFault::Contradicts, other);
            }
        }
    }
}

/// When a version really ends: by its own date, or when the next one of the same agreement begins.
fn ends_at(version: &AgreementVersion, all: &[&AgreementVersion]) -> Option<Instant> {
    let of_same = all.iter().filter(|other| other.agreement == version.agreement);
    let next = of_same.map(|other| other.valid_from).filter(|from| *from > version.valid_from).min();
    version.valid_to.into_iter().chain(next).min()
}
