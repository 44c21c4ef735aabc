use super::*;
use crate::domain::ids::{PriorityListId, RuleId};
use crate::domain::routing::{
    Conditions, DryRun, Entry, Matched, PriorityClass, PriorityRange, dry_run, seed,
};
use proptest::prelude::*;

const INTAKE: GroupId = GroupId(1);
const NETWORK: GroupId = GroupId(2);
const PRINTER_SUPPLIER: GroupId = GroupId(3);
const CLOSED: GroupId = GroupId(9);
const CARE_SYSTEM: SystemId = SystemId(5);
const NETWORK_SERVICE: ServiceId = ServiceId(7);
const ORGANISATIONS: [OrganisationId; 2] = [OrganisationId(1), OrganisationId(11)];

/// A desk with the shipped matrix and a list with one system.
struct World {
    rules: RuleSet,
    matrix: Matrix,
    lists: Vec<PriorityList>,
    groups: BTreeSet<GroupId>,
}

impl World {
    fn new(rules: Vec<Rule>) -> Self {
        let list = PriorityList {
            id: PriorityListId(4),
            decided_on: "2026-01-01".parse().unwrap(),
            decided_by: "Kommundirektören".to_owned(),
            registration: None,
            valid_from: Instant::from_micros(1_000),
            entries: vec![Entry { system: CARE_SYSTEM, place: 1, class: PriorityClass::A }],
        };
        Self {
            rules: RuleSet::new(rules),
            matrix: seed(INTAKE),
            lists: vec![list],
            groups: BTreeSet::from([INTAKE, NETWORK, PRINTER_SUPPLIER]),
        }
    }

    fn routing(&self) -> Routing<'_> {
        let Self { rules, matrix, lists, groups } = self;
        Routing { rules, matrix, lists, groups }
    }

    fn route(&self, facts: &Facts<'_>) -> Routed {
        route(&self.routing(), facts)
    }
}

fn facts() -> Facts<'static> {
    Facts {
        at: Instant::from_micros(2_000),
        intake: INTAKE,
        kind: TicketKind::Incident,
        channel: Channel::Portal,
        organisations: &ORGANISATIONS,
        service: None,
        base_function: false,
        system: None,
        category: None,
        support_level: None,
        activity: None,
        subject: "Inget fungerar",
        description: "Sedan i morse.",
        impact: Rank::LOW,
        urgency: Rank::LOW,
    }
}

fn rule(id: i64, conditions: Conditions, effects: Effects) -> Rule {
    Rule {
        id: RuleId(id),
        position: id,
        name: format!("Regel {id}"),
        is_active: true,
        conditions,
        effects,
        stop: false,
    }
}

fn to(group: GroupId) -> Effects {
    Effects { group: Some(group), ..Effects::default() }
}

fn priority(value: i64) -> Priority {
    Priority::new(value).unwrap()
}

#[test]
fn what_nothing_decides_stays_with_the_intake() {
    let routed = World::new(Vec::new()).route(&facts());
    assert_eq!((routed.group, routed.priority), (INTAKE, priority(4)));
    assert_eq!(routed.priority_reason, PriorityReason::ImpactUrgency);
    let ranked = Step::Ranked { impact: Rank::LOW, urgency: Rank::LOW, priority: priority(4) };
    assert_eq!(routed.trail, [ranked, Step::Intake { group: INTAKE }]);
}

#[test]
fn an_incident_in_a_listed_system_rises_and_says_so() {
    let world = World::new(Vec::new());
    let listed = Facts { system: Some(CARE_SYSTEM), ..facts() };
    let reason = |from| PriorityReason::PriorityList {
        list: PriorityListId(4),
        place: 1,
        class: PriorityClass::A,
        from: priority(from),
    };
    let routed = world.route(&listed);
    assert_eq!((routed.priority, routed.priority_reason), (priority(2), reason(4)));
    let before = world.route(&Facts { at: Instant::from_micros(999), ..listed });
    assert_eq!((before.priority, before.priority_reason), (priority(4), PriorityReason::ImpactUrgency));
    // Listed, told in the trail, but not raised.
    let request = world.route(&Facts { kind: TicketKind::Request, ..listed });
    assert_eq!((request.priority, request.priority_reason), (priority(4), PriorityReason::ImpactUrgency));
    assert!(matches!(request.trail[1], Step::Listed { from, to, .. } if from == to));
}

#[test]
fn what_is_anothers_gets_the_answer_where_to_turn() {
    let world = World::new(Vec::new());
    let level = SupportLevelCode::parse("pupilComputer").unwrap();
    let claim = ActivityCode::parse("hardwareClaim").unwrap();
    let routed = world.route(&Facts { support_level: Some(&level), activity: Some(&claim), ..facts() });
    let answer = routed.answer.unwrap();
    assert_eq!(answer.party.as_str(), "school");
    assert_eq!(
        answer.reason.sv,
        "För elevdatorer gör skolan själv felanmälan av hårdvara till leverantören."
    );
    assert_eq!(answer.turn_to.sv, "Vänd dig till den på skolan som ansvarar för elevdatorerna.");
    assert_eq!(routed.group, INTAKE);
}

#[test]
fn a_party_with_a_group_gets_the_ticket_unless_the_group_is_closed() {
    let mut world = World::new(Vec::new());
    let level = SupportLevelCode::parse("printer").unwrap();
    let repair = ActivityCode::parse("repair").unwrap();
    let facts = Facts { support_level: Some(&level), activity: Some(&repair), ..facts() };
    let supplier = world.matrix.parties.iter_mut().find(|p| p.code.as_str() == "printerSupplier").unwrap();
    supplier.group = Some(PRINTER_SUPPLIER);
    let routed = world.route(&facts);
    assert_eq!((routed.group, &routed.answer), (PRINTER_SUPPLIER, &None));

    world.groups.remove(&PRINTER_SUPPLIER);
    let routed = world.route(&facts);
    assert_eq!(routed.group, INTAKE);
    assert_eq!(routed.answer.unwrap().party.as_str(), "printerSupplier");
    assert!(routed.trail.contains(&Step::GroupPassedOver { group: PRINTER_SUPPLIER, rule: None }));
}

#[test]
fn a_rule_says_what_held_and_what_it_set() {
    let conditions = Conditions {
        service: Some(NETWORK_SERVICE),
        organisation: Some(OrganisationId(1)),
        words: vec!["vpn".to_owned(), "wifi".to_owned()],
        ..Conditions::default()
    };
    let world = World::new(vec![rule(7, conditions, to(NETWORK))]);
    let about = Facts { service: Some(NETWORK_SERVICE), subject: "WiFi i matsalen", ..facts() };
    let routed = world.route(&about);
    assert_eq!(routed.group, NETWORK);
    let told = serde_json::to_string(&routed.trail[1]).unwrap();
    assert_eq!(
        told,
        concat!(
            r#"{"step":"ruleApplied","rule":7,"because":[{"field":"organisation","is":1},"#,
            r#"{"field":"service","is":7},{"field":"word","is":"wifi"}],"#,
            r#""changes":[{"field":"group","from":1,"to":2}]}"#
        )
    );
    assert_eq!(serde_json::from_str::<Step>(&told).unwrap(), routed.trail[1]);
    assert_eq!(world.route(&Facts { subject: "Mejlen", ..about }).group, INTAKE);
    assert_eq!(world.route(&Facts { organisations: &[OrganisationId(2)], ..about }).group, INTAKE);
}

#[test]
fn every_condition_can_keep_a_rule_from_holding() {
    let level = SupportLevelCode::parse("printer").unwrap();
    let activity = ActivityCode::parse("repair").unwrap();
    let conditions = Conditions {
        kinds: vec![TicketKind::Incident],
        channels: vec![Channel::Portal, Channel::Email],
        organisation: Some(OrganisationId(11)),
        service: Some(NETWORK_SERVICE),
        system: Some(SystemId(6)),
        category: Some(CategoryId(8)),
        base_function: Some(true),
        support_level: Some(level.clone()),
        activity: Some(activity.clone()),
        words: vec!["inget".to_owned()],
        priority: Some(PriorityRange { highest: priority(4), lowest: priority(4) }),
    };
    let stored = serde_json::to_string(&conditions).unwrap();
    assert_eq!(serde_json::from_str::<Conditions>(&stored).unwrap(), conditions);
    let mut world = World::new(vec![rule(1, conditions, to(NETWORK))]);
    world.matrix = Matrix::default();
    let fitting = Facts {
        service: Some(NETWORK_SERVICE),
        system: Some(SystemId(6)),
        category: Some(CategoryId(8)),
        base_function: true,
        support_level: Some(&level),
        activity: Some(&activity),
        ..facts()
    };
    let routed = world.route(&fitting);
    assert_eq!(routed.group, NETWORK);
    let Step::RuleApplied { because, .. } = &routed.trail[1] else { panic!("{:?}", routed.trail) };
    assert_eq!(because.len(), 11);
    assert_eq!(because.last(), Some(&Matched::Word("inget".to_owned())));
    let others = [
        Facts { kind: TicketKind::Request, ..fitting },
        Facts { channel: Channel::Phone, ..fitting },
        Facts { organisations: &ORGANISATIONS[..1], ..fitting },
        Facts { service: None, ..fitting },
        Facts { system: Some(SystemId(1)), ..fitting },
        Facts { category: None, ..fitting },
        Facts { base_function: false, ..fitting },
        Facts { support_level: None, ..fitting },
        Facts { activity: None, ..fitting },
        Facts { impact: Rank::HIGH, ..fitting },
        Facts { subject: "Allt fungerar", ..fitting },
    ];
    for other in others {
        assert_eq!(world.route(&other).group, INTAKE, "{other:?}");
    }
}

#[test]
fn later_rules_see_what_earlier_ones_set_until_one_stops() {
    let categorise =
        Effects { category: Some(CategoryId(8)), priority: Some(priority(2)), ..Effects::default() };
    let of_category = Conditions { category: Some(CategoryId(8)), ..Conditions::default() };
    let mut second = rule(2, of_category, Effects { agreement: Some(AgreementId(3)), ..to(NETWORK) });
    let third = rule(3, Conditions::default(), to(PRINTER_SUPPLIER));
    let first = rule(1, Conditions::default(), categorise);
    let routed = World::new(vec![first.clone(), second.clone(), third.clone()]).route(&facts());
    assert_eq!((routed.group, routed.category), (PRINTER_SUPPLIER, Some(CategoryId(8))));
    assert_eq!(routed.agreement, Some(AgreementId(3)));
    assert_eq!(routed.priority_reason, PriorityReason::RoutingRule { rule: RuleId(1) });
    second.stop = true;
    let routed = World::new(vec![first, second, third]).route(&facts());
    assert_eq!(routed.group, NETWORK);
    assert!(matches!(routed.trail.last(), Some(Step::RuleApplied { stopped: true, .. })));
}

#[test]
fn a_rule_may_go_against_responsibility_and_says_so() {
    let world = World::new(vec![rule(1, Conditions::default(), to(NETWORK))]);
    let level = SupportLevelCode::parse("pupilComputer").unwrap();
    let against = |activity: &str| {
        let activity = ActivityCode::parse(activity).unwrap();
        let facts = Facts { support_level: Some(&level), activity: Some(&activity), ..facts() };
        let routed = world.route(&facts);
        assert_eq!((routed.group, &routed.answer), (NETWORK, &None));
        match routed.trail.last() {
            Some(Step::RuleApplied { against, .. }) => against.as_ref().map(ToString::to_string),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(against("repair"), Some("school".to_owned()));
    // Which of its groups does the desk's own work is nobody else's matter.
    assert_eq!(against("wifi"), None);
}

#[test]
fn a_group_that_takes_no_work_is_passed_over() {
    let routed = World::new(vec![rule(1, Conditions::default(), to(CLOSED))]).route(&facts());
    assert_eq!(routed.group, INTAKE);
    assert_eq!(routed.trail[1], Step::GroupPassedOver { group: CLOSED, rule: Some(RuleId(1)) });
}

#[test]
fn a_dry_run_shows_what_would_change() {
    let wifi = Conditions { words: vec!["wifi".to_owned()], ..Conditions::default() };
    let (before, after) = (World::new(Vec::new()), World::new(vec![rule(1, wifi, to(NETWORK))]));
    let subjects = ["Wifi borta", "Skrivaren", "Inget wifi"];
    let tickets = (1..).map(crate::domain::ids::TicketId);
    let tickets = tickets.zip(subjects.map(|subject| Facts { subject, ..facts() }));
    let sum = dry_run(&before.routing(), &after.routing(), tickets);
    assert_eq!(sum.unchanged, 1);
    assert_eq!(sum.moved.into_iter().collect::<Vec<_>>(), [((INTAKE, NETWORK), 2)]);
    assert_eq!(sum.examples.iter().map(|e| e.ticket.get()).collect::<Vec<_>>(), [1, 3]);
    assert_eq!(dry_run(&after.routing(), &after.routing(), std::iter::empty()), DryRun::default());
}

fn some_effects() -> impl Strategy<Value = Effects> {
    (proptest::option::of(1..12_i64), proptest::option::of(1..4_i64), proptest::option::of(1..=4_i64))
        .prop_map(|(group, category, priority)| Effects {
            group: group.map(GroupId),
            category: category.map(CategoryId),
            priority: priority.and_then(Priority::new),
            agreement: None,
        })
}

fn some_rules() -> impl Strategy<Value = Vec<Rule>> {
    let conditions =
        (proptest::option::of(1..4_i64), proptest::bool::ANY).prop_map(|(category, words)| Conditions {
            category: category.map(CategoryId),
            words: if words { vec!["inget".to_owned()] } else { Vec::new() },
            ..Conditions::default()
        });
    let rule = (conditions, some_effects(), proptest::bool::ANY, proptest::bool::ANY);
    proptest::collection::vec(rule, 0..8).prop_map(|rules| {
        (1..)
            .zip(rules)
            .map(|(id, (conditions, effects, stop, is_active))| Rule {
                stop,
                is_active,
                ..self::rule(id, conditions, effects)
            })
            .collect()
    })
}

proptest! {
    #[test]
    fn a_ticket_always_ends_with_a_group_that_works_and_the_trail_tells_the_decision(
        rules in some_rules(),
        listed in proptest::bool::ANY,
        cell in proptest::option::of(0..26_usize),
    ) {
        let world = World::new(rules);
        let row = cell.map(|at| &world.matrix.assignments[at]);
        let facts = Facts {
            system: listed.then_some(CARE_SYSTEM),
            support_level: row.map(|row| &row.support_level),
            activity: row.map(|row| &row.activity),
            ..facts()
        };
        let routed = world.route(&facts);
        prop_assert!(world.groups.contains(&routed.group));
        prop_assert_eq!(&world.route(&facts), &routed);
        // Told again from the trail alone, the decision is the same.
        let (mut group, mut category, mut priority) = (INTAKE, None, priority(4));
        for step in &routed.trail {
            match step {
                Step::Ranked { priority: p, .. } | Step::Listed { to: p, .. } => priority = *p,
                Step::Responsible { group: to, .. } => group = to.unwrap_or(INTAKE),
                Step::RuleApplied { changes, .. } => {
                    for change in changes {
                        match change {
                            Change::Group { from, to } => {
                                prop_assert_eq!(*from, group);
                                group = *to;
                            }
                            Change::Category { from, to } => {
                                prop_assert_eq!(*from, category);
                                category = Some(*to);
                            }
                            Change::Priority { from, to } => {
                                prop_assert_eq!(*from, priority);
                                priority = *to;
                            }
                            Change::Agreement { .. } => {}
                        }
                    }
                }
                Step::GroupPassedOver { .. } => {}
                Step::Intake { group: intake } => prop_assert_eq!(*intake, group),
            }
        }
        prop_assert_eq!((group, category, priority), (routed.group, routed.category, routed.priority));
        if routed.answer.is_some() {
            prop_assert_eq!(routed.group, INTAKE);
        }
    }
}
