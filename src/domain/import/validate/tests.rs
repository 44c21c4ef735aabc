use super::*;

const AT: RowAt = RowAt { row: 7, line: 9 };

fn now() -> Instant {
    Instant::parse_rfc3339("2026-03-01T12:00:00Z").unwrap()
}

/// A right row with some values replaced.
fn row(changes: &[(Column, &str)]) -> RawRow {
    let mut raw = RawRow::default();
    let values = [
        (Column::ExternalId, "OLD-1"),
        (Column::Kind, "incident"),
        (Column::Organisation, "Norrvik kommun"),
        (Column::RequesterEmail, "Anna.Ek@norrvik.example.se"),
        (Column::Subject, "E-posten startar inte"),
        (Column::Description, "Outlook visar\r\nfel 0x800"),
        (Column::Channel, "phone"),
        (Column::Category, "E-post"),
        (Column::Impact, "3"),
        (Column::Urgency, "2"),
        (Column::OpenedAt, "2026-02-02T08:00:00+01:00"),
        (Column::ResolvedAt, "2026-02-02T08:00:00Z"),
        (Column::ClosedAt, "2026-02-05T08:00:00.5Z"),
        (Column::ResolvedByLine, "1"),
    ];
    for (column, value) in values.iter().chain(changes) {
        raw.set(*column, (*value).to_owned());
    }
    raw
}

fn faults(changes: &[(Column, &str)]) -> Vec<(Column, RowErrorCode)> {
    match parse_row(&row(changes), AT, now()) {
        Ok(_) => Vec::new(),
        Err(errors) => errors.iter().map(|error| (error.column.unwrap(), error.code)).collect(),
    }
}

#[test]
fn a_resolved_ticket_is_read() {
    let row = parse_row(&row(&[]), AT, now()).unwrap();
    assert_eq!(row.at, AT);
    assert_eq!(row.external_id.as_str(), "OLD-1");
    assert_eq!(row.kind, TicketKind::Incident);
    assert_eq!(row.requester_email.folded(), "anna.ek@norrvik.example.se");
    assert_eq!(row.description.unwrap().as_str(), "Outlook visar\nfel 0x800");
    assert_eq!((row.impact, row.urgency), (Rank::LOW, Rank::MEDIUM));
    assert_eq!(row.opened_at.to_string(), "2026-02-02T07:00:00Z");
    let resolution = row.resolution.unwrap();
    assert_eq!(resolution.at.micros_since(row.opened_at), 3_600_000_000);
    assert_eq!(resolution.line, Line::First);
    assert_eq!(resolution.closed_at.unwrap().to_string(), "2026-02-05T08:00:00.5Z");
    assert_eq!((row.service, row.system, row.assignee_email, resolution.group), (None, None, None, None));
}

#[test]
fn an_open_ticket_has_no_resolution() {
    let open = [(Column::ResolvedAt, ""), (Column::ClosedAt, " "), (Column::ResolvedByLine, "")];
    assert_eq!(parse_row(&row(&open), AT, now()).unwrap().resolution, None);
    // the old system may still name a line
    assert_eq!(faults(&[(Column::ResolvedAt, ""), (Column::ClosedAt, "")]), []);
}

#[test]
fn optional_columns_are_read() {
    let row = parse_row(
        &row(&[
            (Column::Service, "E-post"),
            (Column::System, "Omsorgsjournalen"),
            (Column::FirstResponseAt, "2026-02-02T07:05:00Z"),
            (Column::ResolvedByGroup, "Servicedesk"),
            (Column::AssigneeEmail, "omar.nyman@it.example.se"),
            (Column::Description, ""),
            (Column::Category, ""),
        ]),
        AT,
        now(),
    )
    .unwrap();
    assert_eq!(row.service.unwrap().as_str(), "E-post");
    assert_eq!(row.system.unwrap().as_str(), "Omsorgsjournalen");
    assert_eq!(row.first_response_at.unwrap().to_string(), "2026-02-02T07:05:00Z");
    assert_eq!(row.resolution.unwrap().group.unwrap().as_str(), "Servicedesk");
    assert_eq!(row.assignee_email.unwrap().as_str(), "omar.nyman@it.example.se");
    assert_eq!((row.description, row.category), (None, None));
}

#[test]
fn every_fault_of_a_row_is_reported() {
    use Column as C;
    use RowErrorCode as E;
    assert_eq!(
        faults(&[
            (C::ExternalId, "  "),
            (C::Kind, "Incident"),
            (C::Organisation, ""),
            (C::RequesterEmail, "anna"),
            (C::Subject, "\t"),
            (C::Channel, ""),
            (C::Impact, "4"),
            (C::Urgency, "hög"),
            (C::OpenedAt, "2026-02-02 08:00"),
            (C::ResolvedByLine, "4"),
        ]),
        [
            (C::ExternalId, E::Required),
            (C::Kind, E::NotAChoice),
            (C::Organisation, E::Required),
            (C::RequesterEmail, E::NotAnAddress),
            (C::Subject, E::Required),
            (C::Channel, E::Required),
            (C::Impact, E::NotAChoice),
            (C::Urgency, E::NotAChoice),
            (C::OpenedAt, E::NotAnInstant),
            (C::ResolvedByLine, E::NotAChoice),
        ]
    );
}

#[test]
fn an_empty_row_lacks_the_required_values() {
    let errors = parse_row(&RawRow::default(), AT, now()).unwrap_err();
    assert_eq!(errors.len(), 9);
    assert!(errors.iter().all(|error| error.code == RowErrorCode::Required && error.at == AT));
}

#[test]
fn instants_must_follow_each_other() {
    use Column as C;
    use RowErrorCode as E;
    let cases = [
        (C::ResolvedAt, "2026-02-02T06:59:59Z", vec![(C::ResolvedAt, E::BeforeOpened)]),
        (C::ClosedAt, "2026-02-02T07:59:59Z", vec![(C::ClosedAt, E::BeforeResolved)]),
        (C::FirstResponseAt, "2026-02-02T06:59:59Z", vec![(C::FirstResponseAt, E::BeforeOpened)]),
        (C::ResolvedAt, "2026-02-02T07:00:00Z", vec![]),
        (C::ClosedAt, "2026-02-02T08:00:00Z", vec![]),
        (C::ClosedAt, "2026-03-01T12:00:00.000001Z", vec![(C::ClosedAt, E::InFuture)]),
        (C::ClosedAt, "2026-03-01T12:00:00Z", vec![]),
        (C::OpenedAt, "1969-12-31T23:59:59Z", vec![(C::OpenedAt, E::TooEarly)]),
        (C::OpenedAt, "0001-01-01T00:00:00Z", vec![(C::OpenedAt, E::TooEarly)]),
        (C::OpenedAt, "2026-02-30T00:00:00Z", vec![(C::OpenedAt, E::NotAnInstant)]),
        (C::OpenedAt, "2026-02-02T08:00:00", vec![(C::OpenedAt, E::NotAnInstant)]),
    ];
    for (column, value, expected) in cases {
        assert_eq!(faults(&[(column, value)]), expected, "{column} {value}");
    }
    assert_eq!(faults(&[(C::ResolvedAt, "")]), [(C::ClosedAt, E::ClosedNotResolved)]);
    assert_eq!(faults(&[(C::ResolvedByLine, "")]), [(C::ResolvedByLine, E::RequiredWhenResolved)]);
}

#[test]
fn overlong_and_hostile_texts_are_refused() {
    use Column as C;
    use RowErrorCode as E;
    let long = "å".repeat(20_001);
    assert_eq!(faults(&[(C::Subject, &long)]), [(C::Subject, E::TooLong)]);
    assert_eq!(faults(&[(C::Description, &long)]), [(C::Description, E::TooLong)]);
    assert_eq!(faults(&[(C::ExternalId, &long)]), [(C::ExternalId, E::TooLong)]);
    assert_eq!(
        faults(&[(C::RequesterEmail, &format!("{long}@example.se"))]),
        [(C::RequesterEmail, E::TooLong)]
    );
    assert_eq!(faults(&[(C::Description, "a\0b")]), [(C::Description, E::ControlCharacter)]);
    assert_eq!(faults(&[(C::Subject, "två\nrader")]), [(C::Subject, E::ControlCharacter)]);
    assert_eq!(faults(&[(C::Category, "\u{1b}[31m")]), [(C::Category, E::ControlCharacter)]);
    let errors = parse_row(&row(&[(C::Subject, &long)]), AT, now()).unwrap_err();
    assert_eq!(errors[0].to_string(), "row 7 (line 9), column subject: is longer than 200 characters");
}
