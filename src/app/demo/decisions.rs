//! What the demonstration's desk has decided besides what it was delivered with, with keys in place of places.

use super::{Keys, at};
use crate::app::AppError;
use crate::app::policies::{self, AgreementSpec, PriorityListSpec};
use crate::db::Tx;
use crate::domain::clock::{Instant, MICROS_PER_DAY};
use crate::domain::demo::{DemoListed, DemoOwnAgreement, DemoPlan, DemoRule};
use crate::domain::ids::RuleId;
use crate::domain::routing::{Conditions, Effects, Entry, Rule};
use crate::domain::sla::agreement::{self, Metric, Promise, Tell};
use crate::domain::sla::{Target, stockholm};
use crate::domain::ticket::{Priority, WaitingFor};

/// How long the priority list has held.
const LIST_MICROS: i64 = 400 * MICROS_PER_DAY;
/// How long the promises of groups and suppliers have held.
const OWN_AGREEMENTS_MICROS: i64 = 90 * MICROS_PER_DAY;

/// What the desk has decided itself. The rules hold from now on: the tickets until now went where their
/// stories tell.
pub(super) fn of(
    tx: &mut Tx<'_>,
    plan: &DemoPlan,
    keys: &Keys,
    now: Instant,
) -> Result<policies::Decisions, AppError> {
    let calendar = policies::desk_calendar(tx)?;
    let listed_from = now.plus_micros(-LIST_MICROS);
    let decided_on = listed_from.to_timestamp().to_zoned(stockholm().clone()).date();
    let entry = |(place, listed): (u32, DemoListed)| {
        Ok(Entry { system: at(&keys.systems, listed.system)?, place, class: listed.class })
    };
    let list = PriorityListSpec {
        decided_on,
        decided_by: "Kommundirektören".to_owned(),
        registration: Some(format!("KS {}/318", decided_on.year())),
        entries: (1..).zip(plan.priority_list()).map(entry).collect::<Result<_, AppError>>()?,
    };
    let agreement = |agreement: DemoOwnAgreement| {
        let DemoOwnAgreement { code, name, kind, group, working_days } = agreement;
        let promise = Promise {
            metric: Metric::TimeInGroup,
            target: Target::WorkingDays(working_days),
            pauses_on: [WaitingFor::Requester, WaitingFor::Planned].into(),
            warn_at_percent: vec![75],
            tells: vec![Tell::Assignee, Tell::GroupLead],
        };
        let conditions =
            agreement::Conditions { group: Some(at(&keys.groups, group)?.id), ..Default::default() };
        Ok((code, name, AgreementSpec { kind, calendar, conditions, promises: vec![promise] }))
    };
    let rule = |(position, rule): (i64, DemoRule)| {
        let DemoRule { name, kind, channel, service, group, priority } = rule;
        Ok(Rule {
            id: RuleId(position),
            position,
            name: name.to_owned(),
            is_active: true,
            conditions: Conditions {
                kinds: vec![kind],
                channels: channel.into_iter().collect(),
                service: service.map(|place| at(&keys.services, place)).transpose()?,
                ..Conditions::default()
            },
            effects: Effects {
                group: Some(at(&keys.groups, group)?.id),
                priority: priority.and_then(Priority::new),
                ..Effects::default()
            },
            stop: false,
        })
    };
    Ok(policies::Decisions {
        list: (listed_from, list),
        agreements: (
            now.plus_micros(-OWN_AGREEMENTS_MICROS),
            plan.own_agreements().into_iter().map(agreement).collect::<Result<_, AppError>>()?,
        ),
        rules: (now, (1..).zip(plan.rules()).map(rule).collect::<Result<_, AppError>>()?),
    })
}

#[cfg(test)]
mod tests {
    use super::super::write_people;
    use super::*;
    use crate::app::testing::House;
    use crate::db::testing::each_backend;
    use crate::domain::sla::agreement::{AgreementKind, problems};

    #[tokio::test]
    async fn the_demonstration_has_decisions_that_an_administrator_could_have_written() {
        for test in each_backend() {
            let now = Instant::parse_rfc3339("2026-09-01T08:00:00Z").unwrap();
            test.db
                .write_blocking(move |tx| write_people(tx, &DemoPlan::new(), "hash", now).map(drop))
                .unwrap();
            let house = House::on(test).await;
            let policies = house.app.policies().await.unwrap();
            assert_eq!((policies.lists.len(), policies.lists[0].entries.len()), (1, 8));
            assert_eq!(policies.lists[0].problems(), []);
            let rules = policies.rules.at(now).unwrap();
            assert_eq!(
                (rules.rules().len(), rules.problems(&|inner, outer| inner == outer)),
                (2, Vec::new())
            );
            let own: Vec<_> =
                policies.agreements.iter().filter(|version| version.kind != AgreementKind::Sla).collect();
            assert_eq!(own.len(), 2);
            let hours = policies.opening_hours();
            for version in own {
                assert_eq!(problems(version, &hours, &policies.agreements, version.valid_from), []);
            }
        }
    }
}
