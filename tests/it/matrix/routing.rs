//! Routing: tickets of all sorts through the shipped matrix, a priority list and a few rules, each with
//! the way to its decision.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use arende::domain::clock::Instant;
use arende::domain::ids::{
    AgreementId, CategoryId, GroupId, OrganisationId, PriorityListId, RuleId, ServiceId, SystemId,
};
use arende::domain::routing::{
    ActivityCode, Conditions, Effects, Entry, Facts, Matrix, PriorityClass, PriorityList, PriorityRange,
    Routing, Rule, RuleSet, SupportLevelCode, route, seed,
};
use arende::domain::ticket::{Channel, Priority, Rank, TicketKind};

use crate::support::table::assert_committed;

const SERVICEDESK: GroupId = GroupId(1);
const NETWORK: GroupId = GroupId(2);
const PRINTER_SUPPLIER: GroupId = GroupId(3);
const BUSINESS_SYSTEMS: GroupId = GroupId(4);
const RETIRED: GroupId = GroupId(5);
const PRINTING: ServiceId = ServiceId(30);
const NETWORK_SERVICE: ServiceId = ServiceId(31);
const CARE_SYSTEM: SystemId = SystemId(40);
const PAYROLL: SystemId = SystemId(41);
const LIBRARY: SystemId = SystemId(42);

const KEY: &str = "\
Tickets and the way to each decision.
groups: 1 servicedesk (intake), 2 network, 3 printer supplier, 4 business systems, 5 retired
services: 30 printing (base function), 31 network; category: 50 wifi
systems on the priority list 7: 40 care (1, class a), 41 payroll (2, class b), 42 library (3, class c)
rules: 1 words 'wifi' or 'trådlös*' set category 50
       2 category 50 goes to the network group
       3 priority 1 goes to business systems by agreement 60, and stops
       4 the care system goes to business systems
       5 printing by phone goes to the retired group
";

#[test]
fn routing_is_as_committed() {
    let (rules, lists) = (rules(), [priority_list()]);
    assert_eq!(rules.problems(&|a, b| a == b), []);
    assert_eq!(lists[0].problems(), []);
    let matrix = matrix();
    assert_eq!(matrix.problems(), []);
    let groups = BTreeSet::from([SERVICEDESK, NETWORK, PRINTER_SUPPLIER, BUSINESS_SYSTEMS]);
    let routing = Routing { rules: &rules, matrix: &matrix, lists: &lists, groups: &groups };
    let mut table = KEY.to_owned();
    for case in cases() {
        let level = case.support_level.map(|code| SupportLevelCode::parse(code).unwrap());
        let activity = case.activity.map(|code| ActivityCode::parse(code).unwrap());
        let facts = Facts { support_level: level.as_ref(), activity: activity.as_ref(), ..facts_of(&case) };
        let routed = route(&routing, &facts);
        write!(table, "\n{}\n  group {}, priority {}", case.what, routed.group, routed.priority).unwrap();
        if let Some(category) = routed.category {
            write!(table, ", category {category}").unwrap();
        }
        if let Some(agreement) = routed.agreement {
            write!(table, ", agreement {agreement}").unwrap();
        }
        writeln!(table, ", because {}", serde_json::to_string(&routed.priority_reason).unwrap()).unwrap();
        if let Some(answer) = routed.answer {
            writeln!(table, "  answer: {} {}", answer.reason.sv, answer.turn_to.sv).unwrap();
        }
        for step in routed.trail {
            writeln!(table, "    {}", serde_json::to_string(&step).unwrap()).unwrap();
        }
    }
    assert_committed("routing.txt", &table);
}

struct Case {
    what: &'static str,
    kind: TicketKind,
    channel: Channel,
    subject: &'static str,
    support_level: Option<&'static str>,
    activity: Option<&'static str>,
    service: Option<ServiceId>,
    system: Option<SystemId>,
    impact: i64,
}

const PLAIN: Case = Case {
    what: "",
    kind: TicketKind::Incident,
    channel: Channel::Portal,
    subject: "Det fungerar inte",
    support_level: None,
    activity: None,
    service: None,
    system: None,
    impact: 3,
};

fn cases() -> Vec<Case> {
    let printer = |what, level, activity| Case {
        what,
        subject: "Skrivaren skriver inte ut",
        support_level: Some(level),
        activity: Some(activity),
        service: Some(PRINTING),
        ..PLAIN
    };
    let listed = |what, system| Case { what, system: Some(system), impact: 2, ..PLAIN };
    vec![
        Case { what: "nothing known", ..PLAIN },
        printer("printing from a pupil's computer", "pupilComputer", "printing"),
        printer("printing from a managed workstation", "managedWorkstation", "printing"),
        printer("a printer's hardware, supplier with a group", "printer", "repair"),
        printer("Follow-Me", "printer", "followMe"),
        Case { channel: Channel::Phone, ..printer("a rule names a retired group", "printer", "followMe") },
        Case {
            what: "warranty of goods from the web shop",
            support_level: Some("webShop"),
            activity: Some("warranty"),
            ..PLAIN
        },
        Case {
            what: "wifi of a pupil's computer",
            subject: "Trådlösa nätet borta på elevdatorn",
            support_level: Some("pupilComputer"),
            activity: Some("wifi"),
            service: Some(NETWORK_SERVICE),
            ..PLAIN
        },
        Case {
            what: "a rule goes against the school's responsibility",
            subject: "Wifi-kortet är trasigt",
            support_level: Some("pupilComputer"),
            activity: Some("repair"),
            ..PLAIN
        },
        listed("an incident in a system of class a", CARE_SYSTEM),
        listed("an incident in a system of class b", PAYROLL),
        listed("an incident in a system of class c", LIBRARY),
        Case { kind: TicketKind::Request, ..listed("a request about a system of class a", CARE_SYSTEM) },
        Case { impact: 3, ..listed("a lesser incident in a system of class a", CARE_SYSTEM) },
    ]
}

fn facts_of(case: &Case) -> Facts<'static> {
    Facts {
        at: Instant::parse_rfc3339("2026-06-01T08:00:00Z").unwrap(),
        intake: SERVICEDESK,
        kind: case.kind,
        channel: case.channel,
        organisations: &[OrganisationId(20)],
        service: case.service,
        base_function: case.service == Some(PRINTING),
        system: case.system,
        category: None,
        support_level: None,
        activity: None,
        subject: case.subject,
        description: "",
        impact: Rank::new(case.impact).unwrap(),
        urgency: Rank::MEDIUM.max(Rank::new(case.impact).unwrap()),
    }
}

/// As shipped, but the printer supplier works here with a group of its own.
fn matrix() -> Matrix {
    let mut matrix = seed(SERVICEDESK);
    let supplier = matrix.parties.iter_mut().find(|party| party.code.as_str() == "printerSupplier");
    supplier.unwrap().group = Some(PRINTER_SUPPLIER);
    matrix
}

fn priority_list() -> PriorityList {
    let entry = |system, place, class| Entry { system, place, class };
    PriorityList {
        id: PriorityListId(7),
        decided_on: "2026-03-02".parse().unwrap(),
        decided_by: "Kommundirektören".to_owned(),
        registration: Some("KS 2026/114".to_owned()),
        valid_from: Instant::parse_rfc3339("2026-04-01T00:00:00Z").unwrap(),
        entries: vec![
            entry(CARE_SYSTEM, 1, PriorityClass::A),
            entry(PAYROLL, 2, PriorityClass::B),
            entry(LIBRARY, 3, PriorityClass::C),
        ],
    }
}

fn rules() -> RuleSet {
    let rule = |id, conditions, effects| Rule {
        id: RuleId(id),
        position: id,
        name: format!("Regel {id}"),
        is_active: true,
        conditions,
        effects,
        stop: false,
    };
    let to = |group| Effects { group: Some(group), ..Effects::default() };
    let highest = Priority::new(1).unwrap();
    RuleSet::new(vec![
        rule(
            1,
            Conditions { words: vec!["wifi".to_owned(), "trådlös*".to_owned()], ..Conditions::default() },
            Effects { category: Some(CategoryId(50)), ..Effects::default() },
        ),
        rule(2, Conditions { category: Some(CategoryId(50)), ..Conditions::default() }, to(NETWORK)),
        Rule {
            stop: true,
            ..rule(
                3,
                Conditions {
                    priority: Some(PriorityRange { highest, lowest: highest }),
                    ..Conditions::default()
                },
                Effects { agreement: Some(AgreementId(60)), ..to(BUSINESS_SYSTEMS) },
            )
        },
        rule(4, Conditions { system: Some(CARE_SYSTEM), ..Conditions::default() }, to(BUSINESS_SYSTEMS)),
        rule(
            5,
            Conditions { service: Some(PRINTING), channels: vec![Channel::Phone], ..Conditions::default() },
            to(RETIRED),
        ),
    ])
}
