use super::*;
use crate::domain::ids::{AgreementId, CalendarId, DeskId, GroupId, MessageId, OrganisationId, UserId};
use crate::domain::policies::{NamedCalendar, Versions};
use crate::domain::sla::Target;
use crate::domain::sla::agreement::{AgreementKind, Conditions};
use crate::domain::sla::calendar::always;
use crate::domain::ticket::{
    Channel, Line, Origin, Rank, TicketKind, Visibility, Waiting, WaitingFor, priority_of,
};
use std::sync::Arc;

fn at(text: &str) -> Instant {
    Instant::parse_rfc3339(text).unwrap()
}

fn promise(metric: Metric, target: Target) -> Promise {
    Promise {
        metric,
        target,
        pauses_on: [WaitingFor::Requester].into(),
        warn_at_percent: vec![75],
        tells: vec![Tell::Assignee],
    }
}

fn version(id: i64, kind: AgreementKind, promises: Vec<Promise>) -> AgreementVersion {
    AgreementVersion {
        id: AgreementVersionId(id),
        agreement: AgreementId(id),
        code: format!("agreement-{id}"),
        name: format!("Agreement {id}"),
        kind,
        valid_from: Instant::from_micros(0),
        valid_to: None,
        calendar: CalendarId(1),
        conditions: Conditions {
            group: (kind != AgreementKind::Sla).then_some(GroupId(2)),
            ..Conditions::default()
        },
        promises,
    }
}

fn policies() -> Policies {
    let calendar = |id, code: &str, calendar| NamedCalendar {
        id: CalendarId(id),
        code: code.to_owned(),
        name: code.to_owned(),
        calendar: Arc::new(calendar),
    };
    let calendars =
        vec![calendar(1, "servicedesk", Calendar::servicedesk()), calendar(2, "always", always())];
    let customer = |id, minutes| {
        let promises = vec![
            promise(Metric::FirstResponse, Target::WorkingMinutes(60)),
            promise(Metric::Resolution, Target::WorkingMinutes(minutes)),
        ];
        version(id, AgreementKind::Sla, promises)
    };
    let group =
        version(3, AgreementKind::Ola, vec![promise(Metric::TimeInGroup, Target::WorkingMinutes(30))]);
    let by_night = AgreementVersion { calendar: CalendarId(2), ..customer(4, 20 * 60) };
    let answers_only =
        version(5, AgreementKind::Sla, vec![promise(Metric::FirstResponse, Target::WorkingMinutes(60))]);
    let solutions_only =
        version(7, AgreementKind::Sla, vec![promise(Metric::Resolution, Target::WorkingMinutes(240))]);
    let mut waits_for_suppliers = customer(6, 240);
    for promise in &mut waits_for_suppliers.promises {
        promise.pauses_on = [WaitingFor::Supplier].into();
    }
    let mut warns_early = customer(8, 120);
    for promise in &mut warns_early.promises {
        promise.warn_at_percent = [50, 75].into();
    }
    let agreements = vec![
        customer(1, 120),
        customer(2, 240),
        group,
        by_night,
        answers_only,
        waits_for_suppliers,
        solutions_only,
        warns_early,
    ];
    Policies::new(calendars, agreements, Vec::new(), Versions::default(), Versions::default())
}

struct History(Vec<TicketEvent>);

impl History {
    /// Filed on Monday 2026-11-16 at 08:00 local time under the first agreement.
    fn begun() -> Self {
        Self::filed_under(Some(1))
    }

    fn filed_under(agreement: Option<i64>) -> Self {
        let rank = Rank::MEDIUM;
        let opened = EventKind::Opened {
            number: 1,
            kind: TicketKind::Incident,
            desk: DeskId(1),
            subject: "Skrivaren".to_owned(),
            description: String::new(),
            channel: Channel::Portal,
            requester: UserId(1),
            registered_by: UserId(1),
            organisation: OrganisationId(1),
            customer: OrganisationId(1),
            service: None,
            system: None,
            category: None,
            impact: rank,
            urgency: rank,
            priority: priority_of(rank, rank),
            line: Line::First,
            group: GroupId(1),
            external_id: None,
            support_level: None,
            activity: None,
            agreement: agreement.map(AgreementVersionId),
            routed: None,
        };
        Self(Vec::new()).then("2026-11-16T07:00:00Z", opened)
    }

    fn then(mut self, when: &str, kind: EventKind) -> Self {
        let sequence = i64::try_from(self.0.len()).unwrap() + 1;
        self.0.push(TicketEvent { sequence, at: at(when), actor: None, origin: Origin::Api, kind });
        self
    }

    fn waits(self, when: &str, waiting_for: WaitingFor) -> Self {
        self.then(when, EventKind::WaitStarted { waiting: Waiting { waiting_for, until: None } })
    }

    fn escalated(self, when: &str) -> Self {
        let (from_line, to_line) = (Line::First, Line::Second);
        let reason = "djupare".to_owned();
        let (from_group, to_group) = (GroupId(1), GroupId(2));
        self.then(when, EventKind::Escalated { from_group, to_group, from_line, to_line, reason, code: None })
    }

    fn agreed(self, when: &str, to: i64) -> Self {
        self.then(when, EventKind::AgreementChanged { from: None, to: Some(AgreementVersionId(to)) })
    }

    fn passed(&self, metric: Metric, now: &str) -> Vec<String> {
        let (policies, directory) = (policies(), Directory::default());
        let standings = standings(&policies, &directory, TicketId(1), &self.0, at(now));
        let of_metric = standings.passed().into_iter().filter(|passed| passed.metric == metric);
        of_metric.map(|passed| format!("{} % of {} at {}", passed.percent, passed.cycle, passed.at)).collect()
    }

    /// `metric state due` of each promise, and the timers.
    fn says(&self, now: &str) -> Vec<String> {
        let (policies, directory) = (policies(), Directory::default());
        let standings = standings(&policies, &directory, TicketId(1), &self.0, at(now));
        let mut said: Vec<String> = standings
            .0
            .iter()
            .map(|standing| {
                let Evaluation { state, due_at, .. } = standing.evaluation;
                format!("{} {state} {due_at}", standing.clock.promise.metric)
            })
            .collect();
        let shown = |at: Option<Instant>| at.map_or("–".to_owned(), |at| at.to_string());
        said.push(format!("due {} wake {}", shown(standings.due_at()), shown(standings.next_wake())));
        said
    }
}

#[test]
fn promises_run_from_filing_and_wake_for_the_first_warning() {
    assert_eq!(
        History::begun().says("2026-11-16T07:10:00Z"),
        [
            "firstResponse running 2026-11-16T08:00:00Z",
            "resolution running 2026-11-16T09:00:00Z",
            "due 2026-11-16T09:00:00Z wake 2026-11-16T07:45:00Z",
        ]
    );
}

#[test]
fn only_what_the_agreement_says_pauses_and_a_paused_clock_is_no_timer() {
    let history = History::begun()
        .then("2026-11-16T07:30:00Z", EventKind::FirstResponded)
        .waits("2026-11-16T07:40:00Z", WaitingFor::Supplier);
    assert_eq!(history.says("2026-11-16T07:50:00Z")[1], "resolution running 2026-11-16T09:00:00Z");
    let history = history.waits("2026-11-16T08:00:00Z", WaitingFor::Requester);
    assert_eq!(
        history.says("2026-11-16T08:20:00Z"),
        ["firstResponse met 2026-11-16T08:00:00Z", "resolution paused 2026-11-16T09:20:00Z", "due – wake –",]
    );
    let history = history.then("2026-11-16T08:30:00Z", EventKind::WaitEnded { by: None });
    assert_eq!(history.says("2026-11-16T08:30:00Z")[1], "resolution running 2026-11-16T09:30:00Z");
}

#[test]
fn another_agreement_keeps_the_pauses() {
    let history = History::begun()
        .waits("2026-11-16T07:10:00Z", WaitingFor::Requester)
        .then("2026-11-16T07:40:00Z", EventKind::WaitEnded { by: None })
        .agreed("2026-11-16T08:00:00Z", 2);
    assert_eq!(history.says("2026-11-16T08:00:00Z")[1], "resolution running 2026-11-16T11:30:00Z");
}

#[test]
fn a_breach_stays_when_the_ticket_is_opened_again() {
    let solved = EventKind::Resolved { solution: String::new(), line: Line::First, group: GroupId(1) };
    let history = History::begun()
        .then("2026-11-16T09:30:00Z", solved)
        .then("2026-11-16T10:00:00Z", EventKind::Reopened { reason: String::new() });
    let said = history.says("2026-11-16T10:00:00Z");
    assert_eq!(said[1], "resolution breached 2026-11-16T09:00:00Z");
    assert_eq!(said[2], "due 2026-11-16T09:00:00Z wake –");
}

#[test]
fn a_group_has_its_own_clock_from_the_hand_over() {
    let history = History::begun().escalated("2026-11-16T08:00:00Z");
    let said = history.says("2026-11-16T08:10:00Z");
    assert_eq!(said[2], "timeInGroup running 2026-11-16T08:30:00Z");
    let (policies, directory) = (policies(), Directory::default());
    let standings = standings(&policies, &directory, TicketId(1), &history.0, at("2026-11-16T08:31:00Z"));
    let passed: Vec<_> = standings
        .passed()
        .into_iter()
        .filter(|passed| passed.metric == Metric::TimeInGroup)
        .map(|passed| (passed.percent, passed.cycle))
        .collect();
    assert_eq!(passed, [(75, 2_000), (100, 2_000)]);
}

#[test]
fn what_is_said_on_a_ticket_moves_no_clock() {
    let note = EventKind::MessageAdded { message: MessageId(1), visibility: Visibility::Internal };
    let history = History::begun();
    let before = history.says("2026-11-16T08:00:00Z");
    assert_eq!(history.then("2026-11-16T07:30:00Z", note).says("2026-11-16T08:00:00Z"), before);
}

#[test]
fn what_was_passed_stays_when_another_calendar_counts() {
    // Two hours of Monday were promised and broken at 10:00; twenty hours day and night would end on Tuesday.
    let history = History::begun().agreed("2026-11-16T10:00:00Z", 4);
    let now = "2026-11-17T12:00:00Z";
    assert_eq!(history.says(now)[1], "resolution breached 2026-11-16T09:00:00Z");
    assert_eq!(
        history.passed(Metric::Resolution, now),
        ["75 % of 0 at 2026-11-16T08:30:00Z", "100 % of 0 at 2026-11-16T09:00:00Z"]
    );
}

#[test]
fn another_calendar_counts_from_the_filing_and_breaks_nothing_in_the_past() {
    // Filed on Monday; the desk's four hours a day and night are used up on Tuesday.
    let history = History::begun().agreed("2026-11-16T07:30:00Z", 2).agreed("2026-11-16T08:30:00Z", 4);
    assert_eq!(history.says("2026-11-16T08:30:00Z")[1], "resolution running 2026-11-17T03:00:00Z");

    let desk_first = History::begun()
        .agreed("2026-11-16T07:30:00Z", 4)
        .waits("2026-11-16T08:00:00Z", WaitingFor::Requester)
        // A night, of which the desk's calendar counts 08:00 to 15:00 UTC on Monday and one hour on Tuesday.
        .then("2026-11-17T08:00:00Z", EventKind::WaitEnded { by: None })
        .agreed("2026-11-17T08:00:00Z", 2);
    let due = desk_first.says("2026-11-17T08:00:00Z")[1].clone();
    assert_eq!(due, "resolution running 2026-11-17T11:00:00Z");
}

#[test]
fn a_shorter_calendar_that_is_used_up_breaks_the_promise_when_it_came() {
    let long = "2026-11-18T08:00:00Z";
    let history = History::begun().agreed("2026-11-16T07:30:00Z", 4).agreed(long, 1);
    // Twenty hours day and night were broken before that.
    assert_eq!(
        history.passed(Metric::Resolution, long).last().unwrap(),
        "100 % of 1 at 2026-11-17T03:00:00Z"
    );
    let history = History::begun().agreed("2026-11-16T07:30:00Z", 4).agreed("2026-11-16T14:00:00Z", 1);
    let passed = history.passed(Metric::Resolution, "2026-11-16T14:00:00Z");
    assert_eq!(passed, ["100 % of 2 at 2026-11-16T14:00:00Z"]);
}

#[test]
fn a_wait_counts_by_the_agreement_that_held_during_it() {
    // Half an hour's wait for the requester under the first agreement, which pauses on it. The next one doesn't.
    let history = History::begun()
        .waits("2026-11-16T07:10:00Z", WaitingFor::Requester)
        .agreed("2026-11-16T07:40:00Z", 6);
    assert_eq!(history.says("2026-11-16T08:00:00Z")[1], "resolution running 2026-11-16T11:30:00Z");
    let history = history.waits("2026-11-16T08:00:00Z", WaitingFor::Supplier);
    assert_eq!(history.says("2026-11-16T08:10:00Z")[1], "resolution paused 2026-11-16T11:40:00Z");
}

#[test]
fn what_is_no_longer_promised_is_told_of_only_when_it_was_broken() {
    let kept = History::begun().agreed("2026-11-16T08:00:00Z", 5);
    assert_eq!(kept.says("2026-11-16T12:00:00Z").len(), 2, "first response and the timers");
    let broken = History::begun().agreed("2026-11-16T09:30:00Z", 5);
    assert_eq!(broken.says("2026-11-16T12:00:00Z")[1], "resolution breached 2026-11-16T09:00:00Z");
    let again = kept.agreed("2026-11-16T08:20:00Z", 2);
    assert_eq!(again.says("2026-11-16T08:20:00Z")[1], "resolution running 2026-11-16T11:20:00Z");
}

#[test]
fn what_was_promised_and_is_by_nothing_any_more_ends() {
    let none = EventKind::AgreementChanged { from: Some(AgreementVersionId(1)), to: None };
    let ended = History::begun().then("2026-11-16T07:30:00Z", none.clone());
    assert_eq!(ended.says("2026-11-16T12:00:00Z"), ["due – wake –"]);
    assert!(ended.passed(Metric::Resolution, "2026-11-16T12:00:00Z").is_empty());
    let broken = History::begun().then("2026-11-16T09:30:00Z", none);
    assert_eq!(broken.says("2026-11-16T12:00:00Z")[1], "resolution breached 2026-11-16T09:00:00Z");
    let again = ended.agreed("2026-11-16T08:30:00Z", 2);
    assert_eq!(again.says("2026-11-16T08:30:00Z")[1], "resolution running 2026-11-16T12:00:00Z");
}

#[test]
fn what_nothing_promised_at_the_filing_was_not_broken_before() {
    let late = History::filed_under(None).agreed("2026-11-16T09:00:00Z", 2);
    let passed = late.passed(Metric::FirstResponse, "2026-11-16T09:30:00Z");
    assert_eq!(passed, ["100 % of 1 at 2026-11-16T09:00:00Z"]);
    let in_time = History::filed_under(None).agreed("2026-11-16T07:30:00Z", 2);
    assert_eq!(in_time.says("2026-11-16T07:31:00Z")[0], "firstResponse running 2026-11-16T08:00:00Z");
}

#[test]
fn a_warning_promised_later_was_not_due_before() {
    // 90 of 120 minutes have passed when warnings at half the time come in.
    let later = History::begun().agreed("2026-11-16T08:25:00Z", 8);
    let passed = later.passed(Metric::Resolution, "2026-11-16T08:26:00Z");
    assert_eq!(passed, ["50 % of 0 at 2026-11-16T08:25:00Z"]);
}

#[test]
fn what_is_promised_later_was_not_broken_before() {
    let history = History::filed_under(Some(7));
    assert_eq!(history.says("2026-11-16T09:00:00Z")[0], "resolution running 2026-11-16T11:00:00Z");
    // An hour for the first response, two hours after the filing.
    let late = history.agreed("2026-11-16T09:00:00Z", 2);
    let passed = late.passed(Metric::FirstResponse, "2026-11-16T09:30:00Z");
    assert_eq!(passed, ["100 % of 1 at 2026-11-16T09:00:00Z"]);
    let in_time = History::filed_under(Some(7)).agreed("2026-11-16T07:30:00Z", 2);
    assert_eq!(in_time.says("2026-11-16T07:31:00Z")[0], "firstResponse running 2026-11-16T08:00:00Z");
}
