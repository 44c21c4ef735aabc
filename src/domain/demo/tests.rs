use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::LazyLock;

use jiff::civil::Weekday;

use super::*;
use crate::domain::access::Role;
use crate::domain::clock::{Instant, MICROS_PER_DAY, MICROS_PER_HOUR};
use crate::domain::ids::{
    CategoryId, DeskId, GroupId, MessageId, OrganisationId, ServiceId, SystemId, TicketId, UserId,
};
use crate::domain::people::OrganisationKind;
use crate::domain::report::local_midnight;
use crate::domain::sla::{Calendar, stockholm};
use crate::domain::text::{Body, Code, EmailAddress, Name, Reason, Subject};
use crate::domain::ticket::{
    By, ByRole, Channel, Command, EventKind, GroupRef, Line, Opening, Origin, Status, SystemAction, Terms,
    Ticket, TicketEvent, TicketKind, TicketNumber, WaitingFor, decide, evolve, open,
};

const AUTO_CLOSE: i64 = 7 * MICROS_PER_DAY;

static CALENDAR: LazyLock<Calendar> = LazyLock::new(Calendar::servicedesk);
static PLAN: LazyLock<DemoPlan> = LazyLock::new(DemoPlan::new);

/// A Thursday forenoon.
fn now() -> Instant {
    Instant::parse_rfc3339("2026-11-19T10:20:30.123456Z").unwrap()
}

fn tickets(now: Instant) -> Vec<DemoTicket> {
    DemoTickets::new(&PLAN, &CALENDAR, now, AUTO_CLOSE).collect()
}

fn hash_of(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

fn id(index: usize) -> i64 {
    i64::try_from(index).unwrap() + 1
}

fn group_ref(index: usize) -> GroupRef {
    GroupRef { id: GroupId(id(index)), line: PLAN.groups[index].line }
}

/// The ticket as the product would hold it, each step through the lifecycle; panics on a step it refuses.
fn lived(demo: &DemoTicket) -> Ticket {
    let opening = Opening {
        kind: demo.kind,
        desk: DeskId(1),
        group: group_ref(0),
        subject: Subject::parse(&demo.subject).unwrap(),
        description: Some(Body::parse(&demo.description).unwrap()),
        channel: demo.channel,
        requester: UserId(id(demo.requester)),
        registered_by: UserId(id(demo.registered_by)),
        organisation: OrganisationId(id(demo.organisation)),
        customer: OrganisationId(1),
        service: demo.service.map(|index| ServiceId(id(index))),
        system: demo.system.map(|index| SystemId(id(index))),
        category: Some(CategoryId(id(demo.category))),
        impact: demo.impact,
        urgency: demo.urgency,
        terms: Terms::default(),
    };
    let event = |at, actor: Option<usize>, kind: EventKind| TicketEvent {
        sequence: 1,
        at,
        actor: actor.map(|index| UserId(id(index))),
        origin: Origin::Portal,
        kind,
    };
    let kind = open(&opening, TicketNumber::new(demo.kind, 1), None);
    let mut ticket =
        Ticket::opened(TicketId(1), &event(demo.opened_at, Some(demo.registered_by), kind)).unwrap();
    let mut last = demo.opened_at;
    for step in &demo.history {
        assert!(step.at >= last, "{demo:?}");
        last = step.at;
        let role = match step.actor {
            None => ByRole::System,
            Some(actor) if actor == demo.requester => ByRole::Requester,
            Some(_) => ByRole::Staff,
        };
        let by = By { user: step.actor.map(|index| UserId(id(index))), role };
        let events = decide(&ticket, &command(&step.what), by, step.at);
        let events = events.unwrap_or_else(|error| panic!("{error} at {step:?} of {demo:?}"));
        assert!(!events.is_empty(), "{step:?} changes nothing in {demo:?}");
        for kind in events {
            evolve(&mut ticket, &event(step.at, step.actor, kind));
        }
    }
    ticket
}

fn command(what: &DemoAction) -> Command {
    let reason = |text: &str| Reason::parse(text).unwrap();
    match what {
        DemoAction::Take => Command::Take { group: None },
        DemoAction::Assign { assignee } => {
            Command::Assign { group: group_ref(0), assignee: Some(UserId(id(*assignee))) }
        }
        DemoAction::Escalate { to, reason: text } => {
            Command::Escalate { to: group_ref(*to), reason: reason(text), code: None }
        }
        DemoAction::Return { reason: text } => {
            Command::Return { owner: group_ref(0), reason: reason(text), code: None }
        }
        DemoAction::Wait { waiting_for, until } => Command::Wait { waiting_for: *waiting_for, until: *until },
        DemoAction::Resume => Command::Resume,
        DemoAction::Resolve { solution } => {
            Command::Resolve { solution: Body::parse(solution).unwrap(), category: None }
        }
        DemoAction::Close => Command::Close,
        DemoAction::AutoClose => Command::System(SystemAction::AutoClose),
        DemoAction::Reopen { reason: text } => Command::Reopen { reason: reason(text) },
        DemoAction::Cancel { reason: text } => Command::Cancel { reason: reason(text) },
        DemoAction::Message { visibility, body } => {
            Body::parse(body).unwrap();
            Command::AddMessage { message: MessageId(1), visibility: *visibility }
        }
    }
}

#[test]
fn two_runs_are_the_same() {
    assert_eq!(hash_of(&DemoPlan::new()), hash_of(&DemoPlan::new()));
    let (first, second) = (tickets(now()), tickets(now()));
    assert_eq!(hash_of(&first), hash_of(&second));
    // The past stays the same from one day to the next.
    let next_day = tickets(now().plus_micros(MICROS_PER_DAY));
    let settled_long_ago = |tickets: &[DemoTicket]| {
        let from = local_midnight("2025-01-01".parse().unwrap());
        let to = local_midnight("2026-01-01".parse().unwrap());
        let of_2025: Vec<DemoTicket> =
            tickets.iter().filter(|ticket| (from..to).contains(&ticket.opened_at)).cloned().collect();
        hash_of(&of_2025)
    };
    assert_eq!(settled_long_ago(&first), settled_long_ago(&next_day));
}

#[test]
fn the_installation_has_its_parts() {
    let plan = &*PLAN;
    let kinds = |kind| plan.organisations.iter().filter(|organisation| organisation.kind == kind).count();
    assert_eq!((kinds(OrganisationKind::Municipality), kinds(OrganisationKind::Company)), (6, 3));
    assert!(kinds(OrganisationKind::Department) >= 30 && kinds(OrganisationKind::Unit) >= 90);
    assert_eq!(plan.systems.len(), 40);
    assert_eq!(plan.users.len(), 400);
    assert_eq!(plan.services.iter().filter(|service| service.is_base_function).count(), 8);
    for line in Line::ALL {
        assert!(plan.groups.iter().any(|group| group.line == *line), "{line}");
    }
    assert_eq!(plan.users.iter().filter(|user| !user.groups.is_empty()).count(), 25);
    for (index, group) in plan.groups.iter().enumerate() {
        let members =
            || plan.users.iter().flat_map(|user| &user.groups).filter(|(member, _)| *member == index);
        let leads = members().filter(|(_, leads)| *leads).count();
        assert_eq!(
            (members().count() == 0, leads),
            (group.line == Line::External, usize::from(members().count() > 0))
        );
    }
    let example_roles: HashSet<Role> = plan.logins.iter().map(|login| login.role).collect();
    assert!(Role::ALL.iter().all(|role| example_roles.contains(role) || *role == Role::Integration));
    for login in &plan.logins {
        assert!(plan.users[login.user].roles.iter().any(|(role, _)| *role == login.role));
    }
}

#[test]
fn codes_and_addresses_are_right_and_unique() {
    let plan = &*PLAN;
    let lists: [Vec<(&str, &str)>; 5] = [
        plan.organisations.iter().map(|item| (item.code.as_str(), item.name.as_str())).collect(),
        plan.groups.iter().map(|item| (item.code.as_str(), item.name.as_str())).collect(),
        plan.services.iter().map(|item| (item.code.as_str(), item.name.as_str())).collect(),
        plan.systems.iter().map(|item| (item.code.as_str(), item.name.as_str())).collect(),
        plan.categories.iter().map(|item| (item.code.as_str(), item.name.as_str())).collect(),
    ];
    for list in &lists {
        let codes: HashSet<&str> = list.iter().map(|(code, _)| *code).collect();
        assert_eq!(codes.len(), list.len());
        assert!(list.iter().all(|(code, name)| Code::parse(code).is_ok() && Name::parse(name).is_ok()));
    }
    let emails: HashSet<String> =
        plan.users.iter().map(|user| EmailAddress::parse(&user.email).unwrap().folded()).collect();
    assert_eq!(emails.len(), plan.users.len());
    assert!(plan.users.iter().all(|user| user.email.ends_with(".example.se")));
    for (index, organisation) in plan.organisations.iter().enumerate() {
        assert!(organisation.parent.is_none_or(|parent| parent < index));
    }
}

#[test]
fn every_pattern_finds_its_names() {
    let patterns: Vec<_> = templates::all().collect();
    assert!(patterns.len() >= 60, "{}", patterns.len());
    for pattern in patterns {
        let subject = pattern.subject;
        assert!(PLAN.categories.iter().any(|category| category.name == pattern.category), "{subject}");
        assert!(PLAN.services.iter().any(|service| service.name == pattern.service), "{subject}");
        assert!(
            pattern.beyond.is_none_or(|(code, _)| PLAN.groups.iter().any(|group| group.code == code)),
            "{subject}"
        );
        assert!(!pattern.solutions.is_empty(), "{subject}");
        assert_eq!(
            pattern.names_system,
            (pattern.subject.to_owned() + pattern.description).contains("{system}"),
            "{subject}"
        );
    }
    assert!(
        tickets(now())
            .iter()
            .all(|ticket| !ticket.subject.contains('{') && !ticket.description.contains(['{', '}']))
    );
}

#[test]
fn two_years_of_tickets_live_by_the_lifecycle() {
    let tickets = tickets(now());
    assert!((47_000..53_000).contains(&tickets.len()), "{}", tickets.len());
    assert!(tickets.is_sorted_by_key(|ticket| ticket.opened_at));
    let (first, last) = (tickets[0].opened_at, now());
    assert!((729..732).contains(&(last.micros_since(first) / MICROS_PER_DAY)));
    let mut states: HashMap<Status, usize> = HashMap::new();
    let (mut resolved, mut reopened) = (0, 0);
    for demo in &tickets {
        let ticket = lived(demo);
        assert!(ticket.updated_at <= now(), "{demo:?}");
        *states.entry(ticket.status).or_default() += 1;
        resolved += usize::from(ticket.resolved_at.is_some());
        reopened += usize::from(ticket.reopen_count > 0);
        let is_old = now().micros_since(demo.opened_at) > 61 * MICROS_PER_DAY;
        let messages = demo.history.iter().filter(|step| matches!(step.what, DemoAction::Message { .. }));
        assert!(!is_old || messages.count() <= 1, "only the first answer of what is long ago: {demo:?}");
    }
    let open: Vec<usize> = [Status::New, Status::Assigned, Status::InProgress, Status::Waiting]
        .into_iter()
        .map(|status| states[&status])
        .collect();
    assert_eq!(open, [14, 15, 17, 14]);
    assert!(states[&Status::Resolved] > 100, "{states:?}");
    assert!((500..1_000).contains(&states[&Status::Cancelled]), "{states:?}");
    assert!((25..35).contains(&(reopened * 1_000 / resolved)), "{reopened} of {resolved}");
}

#[test]
fn sixty_are_open_whenever_it_is() {
    for now in [
        "2026-12-26T23:30:00Z",
        "2026-01-01T00:00:00Z",
        "2026-03-29T01:30:00Z",
        "2026-07-13T05:31:00Z",
        "2024-02-29T13:59:59Z",
    ] {
        let now = Instant::parse_rfc3339(now).unwrap();
        let open: Vec<Ticket> = tickets(now)
            .iter()
            .filter(|demo| now.micros_since(demo.opened_at) < 100 * MICROS_PER_DAY)
            .map(lived)
            .inspect(|ticket| assert!(ticket.updated_at <= now))
            .filter(|ticket| ticket.status.is_open())
            .collect();
        assert_eq!(open.len(), 60, "{now}");
        for waiting_for in WaitingFor::ALL {
            assert!(
                open.iter()
                    .any(|ticket| ticket.waiting.is_some_and(|waiting| waiting.waiting_for == *waiting_for))
            );
        }
        for line in Line::ALL {
            assert!(open.iter().any(|ticket| ticket.line == *line), "{line} {now}");
        }
    }
}

#[test]
fn times_to_resolve_resemble_the_published_ones() {
    let mut all: Vec<i64> = Vec::new();
    let mut first_line: Vec<i64> = Vec::new();
    for ticket in tickets(now()).iter().map(lived).filter(|ticket| ticket.resolved_at.is_some()) {
        all.push(ticket.open_micros);
        if ticket.resolution.is_some_and(|resolution| resolution.line == Line::First) {
            first_line.push(ticket.open_micros);
        }
    }
    let within = |times: &[i64], hours: i64| {
        100 * times.iter().filter(|micros| **micros <= hours * MICROS_PER_HOUR).count() / times.len()
    };
    let shares = [1, 2, 24, 72, 168].map(|hours| within(&all, hours));
    let published = [50, 55, 69, 79, 84]; // 2014
    let near = shares.iter().zip(published).all(|(share, published)| share.abs_diff(published) <= 3);
    assert!(near, "{shares:?}");
    let quick = within(&first_line, 1);
    assert!((73..=79).contains(&quick), "{quick}");
    let first_line_share = 100 * first_line.len() / all.len();
    assert!((58..=70).contains(&first_line_share), "{first_line_share}");
}

#[test]
fn days_and_weeks_have_their_rhythm() {
    let mut by_weekday: HashMap<Weekday, usize> = HashMap::new();
    let mut by_month = [0; 13];
    let (mut in_working_days, mut in_hours, mut phone_while_closed) = (0, 0, 0);
    let tickets = tickets(now());
    for ticket in &tickets {
        let local = stockholm().to_datetime(ticket.opened_at.to_timestamp());
        *by_weekday.entry(local.weekday()).or_default() += 1;
        by_month[usize::try_from(local.month()).unwrap()] += 1;
        let is_open = CALENDAR.is_open(ticket.opened_at);
        in_working_days += usize::from(CALENDAR.day(local.date()).is_some());
        in_hours += usize::from(is_open);
        phone_while_closed += usize::from(!is_open && ticket.channel == Channel::Phone);
    }
    let mut date = stockholm().to_datetime(tickets[0].opened_at.to_timestamp()).date();
    let mut working_days = 0;
    while local_midnight(date) < now() {
        working_days += usize::from(CALENDAR.day(date).is_some());
        date = date.tomorrow().unwrap();
    }
    let a_day = in_working_days / working_days;
    assert!((93..107).contains(&a_day), "{a_day} a working day");
    assert!(by_weekday[&Weekday::Monday] > by_weekday[&Weekday::Friday] * 5 / 4, "{by_weekday:?}");
    assert!((200..1_500).contains(&by_weekday[&Weekday::Sunday]), "{by_weekday:?}");
    assert!(by_month[7] * 2 < by_month[9], "{by_month:?}");
    assert!(in_hours * 100 / tickets.len() >= 88, "{in_hours}");
    assert_eq!(phone_while_closed, 0);
    for kind in [TicketKind::Incident, TicketKind::Request] {
        assert!(tickets.iter().filter(|ticket| ticket.kind == kind).count() > 5_000);
    }
}
