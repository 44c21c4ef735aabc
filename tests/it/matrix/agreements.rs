//! Agreements: which one a ticket falls under when several fit, and why not the others.

use std::fmt::Write as _;

use arende::domain::clock::Instant;
use arende::domain::ids::{
    AgreementId, AgreementVersionId, CalendarId, DeskId, OrganisationId, ServiceId, SystemId,
};
use arende::domain::routing::SupportLevelCode;
use arende::domain::sla::agreement::{
    AgreementKind, AgreementVersion, Condition, Conditions, Facts, WhyPassedOver, choose, default_agreements,
};
use arende::domain::ticket::{Priority, TicketKind};

use crate::support::table::assert_committed;

const NOW: Instant = Instant::from_micros(0);
const IT: DeskId = DeskId(1);
const MUNICIPALITY: OrganisationId = OrganisationId(1);
const COMPANY: OrganisationId = OrganisationId(2);
const CARE: OrganisationId = OrganisationId(3);
const HOME_CARE: OrganisationId = OrganisationId(4);
const JOURNAL: SystemId = SystemId(1);
const PAYROLL: SystemId = SystemId(2);
const PRINTING: ServiceId = ServiceId(1);

fn agreements() -> Vec<AgreementVersion> {
    let any = Conditions::default;
    let level = SupportLevelCode::parse("pupilComputer").unwrap();
    let own = vec![
        ("desk", Conditions { desk: Some(IT), ..any() }),
        ("kind", Conditions { kind: Some(TicketKind::Incident), desk: Some(IT), ..any() }),
        ("priority", Conditions { priority: Priority::new(1), ..any() }),
        ("support-level", Conditions { support_level: Some(level), ..any() }),
        ("service", Conditions { service: Some(PRINTING), ..any() }),
        ("company", Conditions { organisation: Some(COMPANY), ..any() }),
        (
            "municipality",
            Conditions { organisation: Some(MUNICIPALITY), priority: Priority::new(2), ..any() },
        ),
        ("care", Conditions { organisation: Some(CARE), ..any() }),
        ("journal", Conditions { system: Some(JOURNAL), ..any() }),
        ("journal-care", Conditions { system: Some(JOURNAL), organisation: Some(CARE), ..any() }),
    ];
    let shipped = default_agreements().into_iter().map(|shipped| (shipped.code, shipped.conditions));
    (1..)
        .zip(shipped.chain(own))
        .map(|(id, (code, conditions))| AgreementVersion {
            id: AgreementVersionId(id),
            agreement: AgreementId(id),
            code: code.to_owned(),
            name: code.to_owned(),
            kind: AgreementKind::Sla,
            valid_from: NOW,
            valid_to: None,
            calendar: CalendarId(1),
            conditions,
            promises: Vec::new(),
        })
        .collect()
}

fn tickets() -> Vec<(&'static str, Facts)> {
    let plain = Facts {
        at: NOW,
        desk: IT,
        kind: TicketKind::Incident,
        organisations: vec![OrganisationId(9)],
        system: None,
        service: None,
        base_function: false,
        priority: Priority::new(3).unwrap(),
        support_level: None,
        group: None,
    };
    let pupil = SupportLevelCode::parse("pupilComputer").unwrap();
    let in_home_care = vec![MUNICIPALITY, CARE, HOME_CARE];
    vec![
        ("incident", plain.clone()),
        ("request", Facts { kind: TicketKind::Request, ..plain.clone() }),
        ("problem", Facts { kind: TicketKind::Problem, ..plain.clone() }),
        ("problem at another desk", Facts { kind: TicketKind::Problem, desk: DeskId(2), ..plain.clone() }),
        ("priority 1", Facts { priority: Priority::new(1).unwrap(), ..plain.clone() }),
        ("base function", Facts { base_function: true, ..plain.clone() }),
        (
            "pupil's computer, priority 1",
            Facts {
                support_level: Some(pupil.clone()),
                priority: Priority::new(1).unwrap(),
                ..plain.clone()
            },
        ),
        (
            "printer, a pupil's computer",
            Facts {
                support_level: Some(pupil),
                service: Some(PRINTING),
                base_function: true,
                ..plain.clone()
            },
        ),
        (
            "printer in the company",
            Facts {
                service: Some(PRINTING),
                base_function: true,
                organisations: vec![COMPANY],
                ..plain.clone()
            },
        ),
        (
            "home care, priority 2",
            Facts {
                organisations: in_home_care.clone(),
                priority: Priority::new(2).unwrap(),
                ..plain.clone()
            },
        ),
        (
            "municipality, priority 2",
            Facts { organisations: vec![MUNICIPALITY], priority: Priority::new(2).unwrap(), ..plain.clone() },
        ),
        (
            "journal, the company",
            Facts { system: Some(JOURNAL), organisations: vec![COMPANY], ..plain.clone() },
        ),
        (
            "journal in home care",
            Facts { system: Some(JOURNAL), organisations: in_home_care, ..plain.clone() },
        ),
        ("payroll", Facts { system: Some(PAYROLL), ..plain }),
    ]
}

#[test]
fn agreements_are_chosen_as_committed() {
    let agreements = agreements();
    let words =
        |conditions: &[Condition]| conditions.iter().map(Condition::as_text).collect::<Vec<_>>().join(", ");
    let mut table = String::from(
        "Agreements. The most specific one that fits holds: the one that asks for the condition furthest\n\
         to the left, and of two organisations for the deeper one; if they are equal there, the next.\n\
         Below each ticket the agreements that fit too, and the condition that decided.\n\n",
    );
    writeln!(table, "{}\n", words(Condition::ALL).replace(", ", " > ")).unwrap();
    for (ticket, facts) in tickets() {
        let Some(choice) = choose(&agreements, AgreementKind::Sla, &facts) else {
            writeln!(table, "{ticket}: none\n").unwrap();
            continue;
        };
        writeln!(table, "{ticket}: {} because of {}", choice.version.code, words(&choice.because)).unwrap();
        let fitting =
            choice.passed_over.iter().filter(|other| !matches!(other.why, WhyPassedOver::Differs(_)));
        for passed_over in fitting {
            let condition = passed_over.why.condition().map_or("", |condition| condition.as_text());
            let (code, why) = (&passed_over.version.code, passed_over.why.code());
            writeln!(table, "  over {code:<22} {why} {condition}").unwrap();
        }
        table.push('\n');
    }
    assert_committed("agreements.txt", &table);
}
