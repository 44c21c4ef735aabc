use super::*;

fn text() -> Bilingual {
    Bilingual::new("Därför", "Because")
}

fn level() -> SupportLevelCode {
    SupportLevelCode::parse("printer").unwrap()
}

fn repair() -> ActivityCode {
    ActivityCode::parse("repair").unwrap()
}

fn party(code: &str, group: Option<i64>, turn_to: bool) -> Party {
    Party {
        code: PartyCode::parse(code).unwrap(),
        name: Bilingual::new(code, code),
        group: group.map(GroupId),
        turn_to: turn_to.then(text),
    }
}

fn row(service: Option<i64>, party: &str, role: Raci) -> Assignment {
    Assignment {
        service: service.map(ServiceId),
        support_level: level(),
        activity: repair(),
        party: PartyCode::parse(party).unwrap(),
        role,
        reason: text(),
    }
}

fn matrix(assignments: Vec<Assignment>) -> Matrix {
    Matrix {
        support_levels: vec![SupportLevel { code: level(), name: text() }],
        activities: vec![Activity { code: repair(), name: text() }],
        parties: vec![
            party("it", Some(1), false),
            party("supplier", None, true),
            party("nobody", None, false),
        ],
        assignments,
    }
}

fn cell() -> Cell {
    Cell { service: None, support_level: level(), activity: repair() }
}

#[test]
fn rows_of_the_service_go_before_those_of_any() {
    use Raci::{Accountable, Consulted, Informed, Responsible};
    let matrix = matrix(vec![
        row(None, "supplier", Responsible),
        row(None, "supplier", Accountable),
        row(None, "it", Consulted),
        row(None, "nobody", Informed),
        row(Some(7), "it", Responsible),
        row(Some(7), "supplier", Responsible),
        row(Some(7), "it", Accountable),
    ]);
    assert_eq!(matrix.problems(), []);
    let found =
        |service: Option<i64>| responsible(&matrix, service.map(ServiceId), &level(), &repair()).unwrap();
    let code = |party: &Party| party.code.as_str().to_owned();

    for service in [None, Some(8)] {
        let any = found(service);
        assert_eq!((any.service, code(any.party)), (None, "supplier".to_owned()));
        assert_eq!(any.consulted.iter().map(|p| code(p)).collect::<Vec<_>>(), ["it"]);
        assert_eq!(any.informed.iter().map(|p| code(p)).collect::<Vec<_>>(), ["nobody"]);
    }
    let own = found(Some(7));
    assert_eq!((own.service, code(own.party)), (Some(ServiceId(7)), "it".to_owned()));
    assert_eq!(own.together_with.iter().map(|p| code(p)).collect::<Vec<_>>(), ["supplier"]);
    assert_eq!(own.accountable.map(code), Some("it".to_owned()));
    assert!(own.consulted.is_empty() && own.informed.is_empty());
    let other = ActivityCode::parse("wifi").unwrap();
    assert_eq!(responsible(&matrix, None, &level(), &other), None);
}

#[test]
fn exactly_one_is_accountable_and_somebody_is_responsible() {
    let bare = matrix(vec![row(None, "it", Raci::Informed)]);
    assert_eq!(
        bare.problems(),
        [MatrixProblem::NoAccountable { cell: cell() }, MatrixProblem::NoResponsible { cell: cell() }]
    );
    let crowded = matrix(vec![
        row(None, "it", Raci::Accountable),
        row(None, "it", Raci::Responsible),
        row(None, "supplier", Raci::Accountable),
    ]);
    let problems = crowded.problems();
    assert_eq!(problems, [MatrixProblem::SeveralAccountable { cell: cell(), rows: vec![1, 3] }]);
    assert_eq!(problems[0].to_string(), "printer × repair: rows [1, 3] each name somebody accountable");
}

#[test]
fn a_row_names_only_what_there_is() {
    let mut matrix = matrix(vec![
        row(None, "it", Raci::Accountable),
        row(None, "it", Raci::Responsible),
        row(None, "it", Raci::Responsible),
        row(None, "stranger", Raci::Informed),
    ]);
    matrix.support_levels.clear();
    matrix.activities.clear();
    matrix.assignments.truncate(4);
    matrix.assignments[3].reason.sv = String::new();
    let problems = matrix.problems();
    let stranger = PartyCode::parse("stranger").unwrap();
    assert!(problems.contains(&MatrixProblem::UnknownSupportLevel { row: 1, support_level: level() }));
    assert!(problems.contains(&MatrixProblem::UnknownActivity { row: 1, activity: repair() }));
    assert!(problems.contains(&MatrixProblem::UnknownParty { row: 4, party: stranger }));
    assert!(problems.contains(&MatrixProblem::RowTwice { first: 2, row: 3 }));
    assert!(problems.contains(&MatrixProblem::Reason { row: 4, error: TextError::Empty }));
}

#[test]
fn nobody_is_sent_into_a_black_hole() {
    let holed = matrix(vec![row(None, "nobody", Raci::Responsible), row(None, "nobody", Raci::Accountable)]);
    let nobody = PartyCode::parse("nobody").unwrap();
    assert_eq!(holed.problems(), [MatrixProblem::NowhereToTurn { row: 1, party: nobody }]);
}

#[test]
fn parties_are_told_apart_and_have_names() {
    let mut matrix = matrix(Vec::new());
    matrix.parties.push(party("it", None, true));
    matrix.parties[1].turn_to = Some(Bilingual::new(" ", "The portal"));
    let code = |text| PartyCode::parse(text).unwrap();
    assert_eq!(
        matrix.problems(),
        [
            MatrixProblem::PartyText { party: code("supplier"), error: TextError::Empty },
            MatrixProblem::PartyTwice { party: code("it") },
            MatrixProblem::NameTwice { list: NamedList::Parties, at: 3, name: "it".to_owned() },
        ]
    );
}

#[test]
fn what_requesters_read_is_in_both_languages() {
    use Raci::{Accountable, Responsible};
    let swedish = || Bilingual { sv: "Därför".to_owned(), en: None };
    let mut matrix = matrix(vec![row(None, "it", Responsible), row(None, "it", Accountable)]);
    assert_eq!(matrix.problems(), []);
    matrix.assignments[1].reason = swedish();
    matrix.parties[1].turn_to = Some(swedish());
    // Names are read by those who know the house.
    matrix.support_levels[0].name = swedish();
    let supplier = PartyCode::parse("supplier").unwrap();
    assert_eq!(
        matrix.problems(),
        [MatrixProblem::TurnToNotInEnglish { party: supplier }, MatrixProblem::ReasonNotInEnglish { row: 2 }]
    );
}

#[test]
fn no_two_of_a_list_are_called_the_same_in_either_language() {
    let twice = |first: Bilingual, second: Bilingual| {
        let mut matrix = matrix(Vec::new());
        (matrix.parties[0].name, matrix.parties[2].name) = (first, second);
        matrix.problems()
    };
    let problem =
        |name: &str| [MatrixProblem::NameTwice { list: NamedList::Parties, at: 2, name: name.to_owned() }];
    assert_eq!(twice(Bilingual::new("IT", "IT"), Bilingual::new("it", "Computers")), problem("it"));
    assert_eq!(
        twice(Bilingual::new("Skolan", "School"), Bilingual::new("Elever", "School")),
        problem("Elever")
    );
    assert_eq!(twice(Bilingual::new("IT", "IT"), Bilingual::new("Skolan", "The school")), []);
}
