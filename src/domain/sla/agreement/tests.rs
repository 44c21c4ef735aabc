use proptest::prelude::*;

use super::*;
use crate::domain::ids::{DeskId, GroupId, OrganisationId, ServiceId, SystemId};
use crate::domain::sla::Calendar;

const NOW: Instant = Instant::from_micros(1_000);

fn later(micros: i64) -> Instant {
    NOW.plus_micros(micros)
}

/// Version `id` of an agreement of its own, valid from now on.
fn version(id: i64, conditions: Conditions) -> AgreementVersion {
    AgreementVersion {
        id: AgreementVersionId(id),
        agreement: AgreementId(100 + id),
        code: format!("agreement-{id}"),
        name: format!("Agreement {id}"),
        kind: AgreementKind::Sla,
        valid_from: NOW,
        valid_to: None,
        calendar: CalendarId(1),
        conditions,
        promises: vec![promise(Metric::Resolution, Target::WorkingDays(1))],
    }
}

fn promise(metric: Metric, target: Target) -> Promise {
    Promise {
        metric,
        target,
        pauses_on: BTreeSet::new(),
        warn_at_percent: vec![75],
        tells: vec![Tell::Assignee],
    }
}

fn incident() -> Conditions {
    Conditions { kind: Some(TicketKind::Incident), ..Conditions::default() }
}

fn facts() -> Facts {
    Facts {
        at: later(10),
        desk: DeskId(1),
        kind: TicketKind::Incident,
        organisations: vec![OrganisationId(1), OrganisationId(2), OrganisationId(3)],
        system: Some(SystemId(4)),
        service: Some(ServiceId(5)),
        base_function: true,
        priority: Priority::new(2).unwrap(),
        support_level: Some(SupportLevelCode::parse("managed").unwrap()),
        group: Some(GroupId(6)),
    }
}

#[test]
fn json_is_camel_case_and_leaves_out_what_is_not_asked() {
    let conditions = Conditions { base_function: Some(true), ..incident() };
    let json = serde_json::to_string(&conditions).unwrap();
    assert_eq!(json, r#"{"baseFunction":true,"kind":"incident"}"#);
    assert_eq!(serde_json::from_str::<Conditions>(&json).unwrap(), conditions);
    assert!(serde_json::from_str::<Conditions>(r#"{"colour":"red"}"#).is_err());

    let mut promise = promise(Metric::FirstResponse, Target::WorkingMinutes(60));
    promise.pauses_on.insert(WaitingFor::Requester);
    let json = serde_json::to_string(&promise).unwrap();
    assert_eq!(
        json,
        r#"{"metric":"firstResponse","target":{"workingMinutes":60},"pausesOn":["requester"],"warnAtPercent":[75],"tells":["assignee"]}"#
    );
    assert_eq!(serde_json::from_str::<Promise>(&json).unwrap(), promise);
}

#[test]
fn nothing_fits_nothing_is_chosen() {
    let elsewhere = Conditions { desk: Some(DeskId(9)), ..Conditions::default() };
    assert_eq!(choose(&[], AgreementKind::Sla, &facts()), None);
    assert_eq!(choose(&[version(1, elsewhere)], AgreementKind::Sla, &facts()), None);
    assert_eq!(choose(&[version(1, Conditions::default())], AgreementKind::Ola, &facts()), None);
}

#[test]
fn the_choice_says_why_and_why_not() {
    let municipality = Conditions { organisation: Some(OrganisationId(1)), ..Conditions::default() };
    let unit = Conditions { organisation: Some(OrganisationId(3)), ..Conditions::default() };
    let other_unit = Conditions { organisation: Some(OrganisationId(8)), ..incident() };
    let versions = [
        version(1, incident()),
        version(2, municipality),
        version(3, Conditions { kind: Some(TicketKind::Incident), ..unit }),
        version(4, other_unit),
        AgreementVersion { valid_from: later(11), ..version(5, Conditions::default()) },
        AgreementVersion { valid_to: Some(later(10)), ..version(6, Conditions::default()) },
    ];
    let choice = choose(&versions, AgreementKind::Sla, &facts()).unwrap();
    assert_eq!(choice.version.id, AgreementVersionId(3));
    assert_eq!(choice.because, [Condition::Organisation, Condition::Kind]);
    let passed_over: Vec<_> = choice.passed_over.iter().map(|p| (p.version.id.get(), p.why)).collect();
    assert_eq!(
        passed_over,
        [
            (1, WhyPassedOver::LessSpecific(Condition::Organisation)),
            (2, WhyPassedOver::LessSpecific(Condition::Organisation)),
            (4, WhyPassedOver::Differs(Condition::Organisation)),
            (5, WhyPassedOver::NotYetValid),
            (6, WhyPassedOver::NoLongerValid),
        ]
    );
}

#[test]
fn the_latest_version_of_an_agreement_holds_alone() {
    let first = version(1, incident());
    let narrower = Conditions { priority: Priority::new(1), ..incident() };
    let second =
        AgreementVersion { agreement: first.agreement, valid_from: later(5), ..version(2, narrower) };
    let versions = [first, second];
    let chosen = |at| {
        let facts = Facts { at, priority: Priority::new(1).unwrap(), ..facts() };
        choose(&versions, AgreementKind::Sla, &facts).map(|choice| choice.version.id.get())
    };
    assert_eq!((chosen(later(4)), chosen(later(5))), (Some(1), Some(2)));
    assert_eq!(choose(&versions, AgreementKind::Sla, &facts()), None, "the first no longer holds for others");
}

#[test]
fn agreements_of_groups_hold_for_their_group() {
    let group = |id| Conditions { group: Some(GroupId(id)), ..Conditions::default() };
    let ola = |id, conditions| AgreementVersion { kind: AgreementKind::Ola, ..version(id, conditions) };
    let versions = [ola(1, group(6)), ola(2, group(7)), version(3, Conditions::default())];
    let choice = choose(&versions, AgreementKind::Ola, &facts()).unwrap();
    assert_eq!((choice.version.id.get(), choice.because), (1, vec![Condition::Group]));
    assert_eq!(choice.passed_over.len(), 1, "other kinds aren't mentioned");
}

/// What is wrong by the desk's opening hours.
fn problems(new: &AgreementVersion, others: &[AgreementVersion], now: Instant) -> Vec<AgreementProblem> {
    super::problems(new, &Calendar::servicedesk(), others, now)
}

/// `field fault` of each problem.
fn said(problems: &[AgreementProblem]) -> Vec<String> {
    problems.iter().map(|problem| format!("{} {}", problem.field, problem.fault)).collect()
}

#[test]
fn each_fault_is_refused_where_it_is() {
    let good = || version(1, incident());
    let promising = |promises| AgreementVersion { promises, ..good() };
    let day = Target::WorkingDays(1);
    let warned = |percent| Promise { warn_at_percent: vec![percent], ..promise(Metric::Resolution, day) };
    let group = Conditions { group: Some(GroupId(6)), ..incident() };
    let cases: Vec<(AgreementVersion, &[&str])> = vec![
        (good(), &[]),
        (promising(vec![]), &["promises noPromise"]),
        (
            promising(vec![promise(Metric::Resolution, day), promise(Metric::Resolution, day)]),
            &["promises[1].metric metricTwice"],
        ),
        (
            promising(vec![promise(Metric::Resolution, Target::WorkingMinutes(0))]),
            &["promises[0].target targetZero"],
        ),
        (
            promising(vec![promise(Metric::Resolution, Target::WorkingDays(366))]),
            &["promises[0].target targetBeyondAYear"],
        ),
        (
            promising(vec![promise(Metric::Resolution, Target::WorkingMinutes(525_600))]),
            &["promises[0].target targetBeyondAYear"],
        ),
        (
            promising(vec![
                promise(Metric::Resolution, Target::WorkingMinutes(60)),
                promise(Metric::FirstResponse, Target::WorkingMinutes(61)),
            ]),
            &["promises[1].target responseAfterResolution"],
        ),
        (promising(vec![promise(Metric::FirstResponse, day), promise(Metric::Resolution, day)]), &[]),
        (
            promising(vec![Promise {
                warn_at_percent: vec![75, 90, 75],
                ..promise(Metric::Resolution, day)
            }]),
            &["promises[0].warnAtPercent warningTwice"],
        ),
        (
            promising(vec![Promise {
                tells: vec![Tell::Assignee, Tell::Group, Tell::Assignee],
                ..promise(Metric::Resolution, day)
            }]),
            &["promises[0].tells toldTwice"],
        ),
        (promising(vec![warned(0)]), &["promises[0].warnAtPercent warningOutOfRange"]),
        (promising(vec![warned(100)]), &["promises[0].warnAtPercent warningOutOfRange"]),
        (promising(vec![warned(99)]), &[]),
        (promising(vec![promise(Metric::TimeInGroup, day)]), &["promises[0].metric metricNotForKind"]),
        (AgreementVersion { valid_from: later(-1), ..good() }, &["validFrom beginsInThePast"]),
        (AgreementVersion { valid_to: Some(NOW), ..good() }, &["validTo endsBeforeItBegins"]),
        (AgreementVersion { conditions: group.clone(), ..good() }, &["conditions.group groupNotForKind"]),
        (AgreementVersion { kind: AgreementKind::Ola, ..good() }, &["conditions.group groupMissing"]),
        (AgreementVersion { kind: AgreementKind::Underpinning, conditions: group, ..good() }, &[]),
    ];
    for (version, expected) in cases {
        assert_eq!(said(&problems(&version, &[], NOW)), expected, "{version:?}");
    }
}

#[test]
fn what_could_be_read_of_promises_is_checked_without_the_rest() {
    let twice = promise(Metric::Resolution, Target::WorkingDays(1));
    let (zero, long) = (
        promise(Metric::FirstResponse, Target::WorkingMinutes(0)),
        promise(Metric::TimeInGroup, Target::WorkingDays(366)),
    );
    let found = promise_problems(&[(0, &twice), (2, &zero), (3, &twice), (4, &long)], None, None, NOW);
    assert_eq!(
        said(&found),
        [
            "promises[2].target targetZero",
            "promises[3].metric metricTwice",
            "promises[4].target targetBeyondAYear"
        ]
    );
}

#[test]
fn a_contradiction_names_the_other_agreement() {
    let existing = version(1, incident());
    let found = problems(&version(2, incident()), std::slice::from_ref(&existing), NOW);
    assert_eq!(said(&found), ["conditions contradicts"]);
    assert_eq!(found[0].other.as_ref().unwrap().code, "agreement-1");
    assert!(found[0].to_string().ends_with("(Agreement 1)"), "{}", found[0]);

    let fine = |new: AgreementVersion, others: &[AgreementVersion]| {
        assert_eq!(said(&problems(&new, others, NOW)), Vec::<String>::new(), "{new:?}");
    };
    let narrower = Conditions { base_function: Some(true), ..incident() };
    fine(version(2, narrower), std::slice::from_ref(&existing));
    // one ends when the other begins
    let ended = AgreementVersion { valid_to: Some(later(50)), ..existing.clone() };
    fine(AgreementVersion { valid_from: later(50), ..version(2, incident()) }, &[ended]);
    // or is replaced by a version that asks for something else
    let replaced = AgreementVersion {
        agreement: existing.agreement,
        valid_from: later(20),
        ..version(3, Conditions::default())
    };
    let others = [existing.clone(), replaced];
    fine(AgreementVersion { valid_from: later(20), ..version(2, incident()) }, &others);
    let early = AgreementVersion { valid_from: later(19), ..version(2, incident()) };
    assert_eq!(said(&problems(&early, &others, NOW)), ["conditions contradicts"]);
    // another kind, a new version of itself, and itself edited
    let ola = Conditions { group: Some(GroupId(6)), ..incident() };
    fine(AgreementVersion { kind: AgreementKind::Ola, ..version(2, ola) }, std::slice::from_ref(&existing));
    let next =
        AgreementVersion { agreement: existing.agreement, valid_from: later(9), ..version(2, incident()) };
    fine(next.clone(), std::slice::from_ref(&existing));
    fine(existing.clone(), std::slice::from_ref(&existing));
    let other_kind = AgreementVersion {
        kind: AgreementKind::Ola,
        conditions: Conditions { group: Some(GroupId(6)), ..incident() },
        ..next.clone()
    };
    assert_eq!(said(&problems(&other_kind, std::slice::from_ref(&existing), NOW)), ["kind kindDiffers"]);
    let at_once = AgreementVersion { valid_from: NOW, ..next };
    assert_eq!(said(&problems(&at_once, &[existing], NOW)), ["validFrom beginsWithAnother"]);
}

#[test]
fn the_shipped_agreements_are_taken_in_together() {
    let mut stored: Vec<AgreementVersion> = Vec::new();
    for (id, shipped) in (1..).zip(default_agreements()) {
        let new = AgreementVersion {
            code: shipped.code.to_owned(),
            name: shipped.name.to_owned(),
            kind: shipped.kind,
            promises: shipped.promises,
            ..version(id, shipped.conditions)
        };
        assert_eq!(said(&problems(&new, &stored, NOW)), Vec::<String>::new(), "{}", new.code);
        stored.push(new);
    }
    let chosen = |kind, base_function| {
        let choice = choose(&stored, AgreementKind::Sla, &Facts { kind, base_function, ..facts() });
        choice.map(|choice| {
            let target = choice.version.promise(Metric::Resolution).unwrap().target;
            (choice.version.code.as_str(), target)
        })
    };
    assert_eq!(chosen(TicketKind::Incident, true), Some(("base-function", Target::WorkingDays(1))));
    assert_eq!(chosen(TicketKind::Incident, false), Some(("desk-default-incident", Target::WorkingDays(5))));
    assert_eq!(chosen(TicketKind::Request, true), Some(("desk-default-request", Target::WorkingDays(10))));
    assert_eq!(chosen(TicketKind::Problem, false), None);
}

/// Conditions that the facts may or may not meet.
fn conditions() -> impl Strategy<Value = Conditions> {
    let one = |low: i64, high: i64| proptest::option::weighted(0.4, low..=high);
    let kind =
        proptest::option::weighted(0.4, prop_oneof![Just(TicketKind::Incident), Just(TicketKind::Request)]);
    (one(4, 5), one(1, 4), one(5, 6), proptest::option::of(any::<bool>()), one(2, 3), kind, one(1, 2))
        .prop_map(|(system, organisation, service, base_function, priority, kind, desk)| Conditions {
            group: None,
            system: system.map(SystemId),
            organisation: organisation.map(OrganisationId),
            service: service.map(ServiceId),
            base_function,
            support_level: None,
            priority: priority.and_then(Priority::new),
            kind,
            desk: desk.map(DeskId),
        })
}

proptest! {
    #[test]
    fn order_of_the_list_does_not_decide(all in proptest::collection::vec(conditions(), 0..12), turn in 0..12usize) {
        // Only versions that may be taken in beside each other.
        let mut versions: Vec<AgreementVersion> = Vec::new();
        for (id, conditions) in (1..).zip(all) {
            let new = version(id, conditions);
            if problems(&new, &versions, NOW).is_empty() {
                versions.push(new);
            }
        }
        let mut turned = versions.clone();
        turned.rotate_left(turn.min(versions.len()));
        let chosen = choose(&versions, AgreementKind::Sla, &facts()).map(|choice| choice.version.id);
        prop_assert_eq!(choose(&turned, AgreementKind::Sla, &facts()).map(|choice| choice.version.id), chosen);
        // Dates and keys never decide: nothing that fits asks for the same as the chosen one.
        if let Some(choice) = choose(&versions, AgreementKind::Sla, &facts()) {
            prop_assert!(choice.passed_over.iter().all(|p| p.why != WhyPassedOver::SameConditions));
            prop_assert_eq!(choice.passed_over.len() + 1, versions.len());
        }
    }
}
