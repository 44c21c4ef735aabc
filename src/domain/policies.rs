//! What the desk has decided, whole and ready to decide by: calendars, agreements, priority lists, the
//! responsibility matrix and the routing rules, every version of each (domain C3, C4, D).
//!
//! A version is never changed, and none begins in the past. So whatever was decided for a ticket is found
//! again by its instant.

use crate::domain::clock::Instant;
use crate::domain::ids::{AgreementId, AgreementVersionId, CalendarId, GroupId, OrganisationId};
use crate::domain::people::Directory;
use crate::domain::routing::{Matrix, PriorityList, PriorityReason, RuleSet, in_force, raise};
use crate::domain::sla::Calendar;
use crate::domain::sla::agreement::{AgreementKind, AgreementVersion, Choice, Facts, choose};
use crate::domain::ticket::{Line, Priority, Rank, Ticket, TicketKind, priority_of};
use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

/// The code of the desk's calendar.
pub const DESK_CALENDAR: &str = "servicedesk";

/// A calendar with its name.
#[derive(Debug, Clone)]
pub struct NamedCalendar {
    /// Its key.
    pub id: CalendarId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its opening hours, all versions.
    pub calendar: Arc<Calendar>,
}

/// A thing with versions, of which one holds at a time.
#[derive(Debug, Clone)]
pub struct Versions<T>(Vec<(Instant, T)>);

impl<T> Default for Versions<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Versions<T> {
    /// Takes versions with the instants they begin to hold, in any order.
    #[must_use]
    pub fn new(mut versions: Vec<(Instant, T)>) -> Self {
        versions.sort_by_key(|(from, _)| *from);
        Self(versions)
    }

    /// Every version, oldest first.
    pub fn all(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.0.iter().map(|(_, version)| version)
    }

    /// The version that holds at an instant.
    #[must_use]
    pub fn at(&self, at: Instant) -> Option<&T> {
        let begun = self.0.partition_point(|(from, _)| *from <= at);
        begun.checked_sub(1).and_then(|index| self.0.get(index)).map(|(_, version)| version)
    }
}

/// Everything the desk has decided.
#[derive(Debug, Clone, Default)]
pub struct Policies {
    /// The calendars, by name.
    pub calendars: Vec<NamedCalendar>,
    /// Every version of every agreement.
    pub agreements: Vec<AgreementVersion>,
    /// Every version of the priority list.
    pub lists: Vec<PriorityList>,
    /// The responsibility matrix.
    pub matrix: Versions<Matrix>,
    /// The routing rules.
    pub rules: Versions<RuleSet>,
    by_version: HashMap<AgreementVersionId, usize>,
    by_calendar: HashMap<CalendarId, usize>,
}

impl Policies {
    /// Puts them together.
    #[must_use]
    pub fn new(
        calendars: Vec<NamedCalendar>,
        agreements: Vec<AgreementVersion>,
        lists: Vec<PriorityList>,
        matrix: Versions<Matrix>,
        rules: Versions<RuleSet>,
    ) -> Self {
        let by_version = agreements.iter().enumerate().map(|(at, version)| (version.id, at)).collect();
        let by_calendar = calendars.iter().enumerate().map(|(at, named)| (named.id, at)).collect();
        Self { calendars, agreements, lists, matrix, rules, by_version, by_calendar }
    }

    /// A version of an agreement.
    #[must_use]
    pub fn agreement(&self, id: AgreementVersionId) -> Option<&AgreementVersion> {
        self.by_version.get(&id).and_then(|at| self.agreements.get(*at))
    }

    /// A calendar.
    #[must_use]
    pub fn calendar(&self, id: CalendarId) -> Option<&NamedCalendar> {
        self.by_calendar.get(&id).and_then(|at| self.calendars.get(*at))
    }

    /// The calendar with this code.
    #[must_use]
    pub fn calendar_by_code(&self, code: &str) -> Option<&NamedCalendar> {
        self.calendars.iter().find(|named| named.code == code)
    }

    /// The opening hours that time at work is counted by: the desk's calendar, or the one of contract §4
    /// where none is stored.
    #[must_use]
    pub fn opening_hours(&self) -> Arc<Calendar> {
        static DELIVERED: LazyLock<Arc<Calendar>> = LazyLock::new(|| Arc::new(Calendar::servicedesk()));
        let stored = self.calendar_by_code(DESK_CALENDAR);
        Arc::clone(stored.map_or(&*DELIVERED, |named| &named.calendar))
    }

    /// What was promised to the customer of such a ticket: by the agreement with customers that a rule
    /// named if that holds then, otherwise by the most specific one. What groups and suppliers promise
    /// each other is no promise to the customer, whatever rule names it.
    #[must_use]
    pub fn promised(&self, facts: &Facts, named: Option<AgreementId>) -> Option<AgreementVersionId> {
        let by_rule = named.and_then(|agreement| self.version_at(agreement, AgreementKind::Sla, facts.at));
        by_rule
            .or_else(|| choose(&self.agreements, AgreementKind::Sla, facts).map(|choice| choice.version.id))
    }

    /// The agreement's last version, when it isn't one with customers.
    #[must_use]
    pub fn not_for_customers(&self, agreement: Option<AgreementId>) -> Option<&AgreementVersion> {
        let versions = self.agreements.iter().filter(|version| Some(version.agreement) == agreement);
        let last = versions.max_by_key(|version| version.valid_from)?;
        (last.kind != AgreementKind::Sla).then_some(last)
    }

    /// Why an agreement was given and no other.
    #[must_use]
    pub fn choice(&self, facts: &Facts) -> Option<Choice<'_>> {
        choose(&self.agreements, AgreementKind::Sla, facts)
    }

    /// What a group or supplier has promised about the tickets it is given.
    #[must_use]
    pub fn promised_by_group(&self, facts: &Facts, line: Line) -> Option<&AgreementVersion> {
        let kind = match line {
            Line::External => AgreementKind::Underpinning,
            Line::First | Line::Second | Line::Third => AgreementKind::Ola,
        };
        choose(&self.agreements, kind, facts).map(|choice| choice.version)
    }

    /// The priority of a ticket by impact, urgency and the priority list in force.
    #[must_use]
    pub fn priority(
        &self,
        at: Instant,
        kind: TicketKind,
        system: Option<crate::domain::ids::SystemId>,
        impact: Rank,
        urgency: Rank,
    ) -> (Priority, PriorityReason) {
        let from = priority_of(impact, urgency);
        let list = in_force(&self.lists, at);
        let listed =
            list.zip(system).and_then(|(list, system)| list.entry(system).map(|entry| (list, entry)));
        let Some((list, entry)) = listed else { return (from, PriorityReason::ImpactUrgency) };
        let to = raise(from, kind, entry.class);
        if to == from {
            return (from, PriorityReason::ImpactUrgency);
        }
        let (list, place, class) = (list.id, entry.place, entry.class);
        (to, PriorityReason::PriorityList { list, place, class, from })
    }

    fn version_at(
        &self,
        agreement: AgreementId,
        kind: AgreementKind,
        at: Instant,
    ) -> Option<AgreementVersionId> {
        self.agreements
            .iter()
            .filter(|version| version.agreement == agreement && version.valid_from <= at)
            .max_by_key(|version| version.valid_from)
            .filter(|version| version.kind == kind && version.valid_to.is_none_or(|end| at < end))
            .map(|version| version.id)
    }
}

/// What agreements ask about a ticket as it stands, at an instant.
#[must_use]
pub fn facts_of(ticket: &Ticket, directory: &Directory, at: Instant) -> Facts {
    Facts {
        at,
        desk: ticket.desk,
        kind: ticket.kind,
        organisations: ancestors(directory, ticket.organisation),
        system: ticket.system,
        service: ticket.service,
        base_function: is_base_function(directory, ticket.service),
        priority: ticket.priority,
        support_level: ticket.support_level.clone(),
        group: Some(ticket.group),
    }
}

/// Whether a service is a base function (domain D2).
#[must_use]
pub fn is_base_function(directory: &Directory, service: Option<crate::domain::ids::ServiceId>) -> bool {
    service.and_then(|id| directory.service(id)).is_some_and(|service| service.is_base_function)
}

/// An organisation with all above it, the top first.
#[must_use]
pub fn ancestors(directory: &Directory, organisation: OrganisationId) -> Vec<OrganisationId> {
    let mut chain = Vec::new();
    let mut next = Some(organisation);
    while let Some(found) = next.and_then(|id| directory.organisation(id)) {
        chain.push(found.id);
        next = found.parent.filter(|parent| !chain.contains(parent));
    }
    chain.reverse();
    chain
}

/// The groups that can be given work.
#[must_use]
pub fn working_groups(
    directory: &Directory,
    desk: crate::domain::ids::DeskId,
) -> std::collections::BTreeSet<GroupId> {
    directory
        .groups
        .iter()
        .filter(|group| group.desk == desk && group.is_active)
        .map(|group| group.id)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sla::agreement::Conditions;

    #[test]
    fn a_rule_that_names_no_agreement_with_customers_leaves_the_promise_to_the_most_specific_one() {
        let version = |id: i64, kind| AgreementVersion {
            id: AgreementVersionId(id),
            agreement: AgreementId(100 + id),
            code: format!("agreement-{id}"),
            name: String::new(),
            kind,
            valid_from: Instant::from_micros(0),
            valid_to: None,
            calendar: CalendarId(1),
            conditions: Conditions::default(),
            promises: Vec::new(),
        };
        let mut named = version(3, AgreementKind::Sla);
        named.conditions.priority = Priority::new(1);
        let all = vec![version(1, AgreementKind::Sla), version(2, AgreementKind::Ola), named];
        let policies = Policies::new(Vec::new(), all, Vec::new(), Versions::default(), Versions::default());
        let facts = Facts {
            at: Instant::from_micros(10),
            desk: crate::domain::ids::DeskId(1),
            kind: TicketKind::Incident,
            organisations: Vec::new(),
            system: None,
            service: None,
            base_function: false,
            priority: Priority::new(3).unwrap(),
            support_level: None,
            group: Some(GroupId(1)),
        };
        let promised =
            |rule: i64| policies.promised(&facts, Some(AgreementId(rule))).map(AgreementVersionId::get);
        assert_eq!((promised(102), promised(103), promised(999)), (Some(1), Some(3), Some(1)));
    }

    #[test]
    fn the_version_begun_last_holds() {
        let versions =
            Versions::new(vec![(Instant::from_micros(20), "second"), (Instant::from_micros(10), "first")]);
        assert_eq!(versions.at(Instant::from_micros(9)), None);
        assert_eq!(versions.at(Instant::from_micros(10)), Some(&"first"));
        assert_eq!(versions.at(Instant::from_micros(20)), Some(&"second"));
    }
}
