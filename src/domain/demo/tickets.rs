//! The tickets, day by day.

use std::collections::VecDeque;

use jiff::ToSpan;
use jiff::civil::Date;

use super::SEED;
use super::catalogue::SERVICEDESK;
use super::history::{Beyond, History, OpenState, Parties};
use super::plan::{DemoPlan, DemoTicket};
use super::random::Random;
use super::templates::{self, Template};
use super::{rhythm, texts};
use crate::domain::access::Role;
use crate::domain::clock::{Instant, MICROS_PER_DAY, MICROS_PER_HOUR, MICROS_PER_MINUTE, MICROS_PER_SECOND};
use crate::domain::sla::{Calendar, stockholm};
use crate::domain::ticket::{Channel, Rank, TicketKind};

/// Tickets newer than this have their messages written out.
const TALKATIVE_DAYS: i64 = 60;

/// How many tickets are open now, by state; 60 in all.
const OPEN: [(OpenState, u32); 9] = [
    (OpenState::New, 14),
    (OpenState::GivenToAgent, 5),
    (OpenState::Escalated, 8),
    (OpenState::Reopened, 2),
    (OpenState::WorkedOn, 9),
    (OpenState::WorkedOnBeyond, 8),
    (OpenState::WaitsForRequester, 6),
    (OpenState::WaitsForSupplier, 5),
    (OpenState::WaitsForDate, 3),
];

/// Thousandths of tickets and the working minutes they take, for the first line and beyond it. Together
/// they come near the published shares: half within an hour, three quarters of the first line's.
const FIRST_LINE_WORK: [(u64, i64, i64); 6] =
    [(890, 3, 48), (35, 60, 120), (25, 120, 500), (25, 500, 1_400), (10, 1_400, 2_400), (15, 2_400, 6_000)];
const BEYOND_WORK: [(u64, i64, i64); 6] = [
    (60, 15, 58),
    (50, 60, 120),
    (210, 120, 500),
    (220, 500, 1_400),
    (90, 1_400, 2_400),
    (370, 2_600, 14_000),
];

/// The tickets of two years up to now, in the order they came in: settled ones, and 60 open now.
pub struct DemoTickets<'a> {
    plan: &'a DemoPlan,
    calendar: &'a Calendar,
    now: Instant,
    auto_close_micros: i64,
    templates: Vec<Prepared>,
    requesters: Vec<usize>,
    /// The members of each group.
    agents: Vec<Vec<usize>>,
    servicedesk: usize,
    monitoring: usize,
    next_day: Date,
    today: Date,
    open: VecDeque<DemoTicket>,
    ready: VecDeque<DemoTicket>,
}

/// A pattern with its names looked up.
struct Prepared {
    template: &'static Template,
    category: usize,
    service: usize,
    /// The group beyond the first line, and in how many cases of a thousand it is needed.
    beyond: Option<(usize, u64)>,
}

impl<'a> DemoTickets<'a> {
    /// The tickets up to `now`; resolved ones close by themselves after `auto_close_micros`.
    #[must_use]
    pub fn new(plan: &'a DemoPlan, calendar: &'a Calendar, now: Instant, auto_close_micros: i64) -> Self {
        let today = stockholm().to_datetime(now.to_timestamp()).date();
        let group = |code: &str| plan.groups.iter().position(|group| group.code == code);
        let templates = templates::all().filter_map(|template| {
            Some(Prepared {
                template,
                category: plan.categories.iter().position(|category| category.name == template.category)?,
                service: plan.services.iter().position(|service| service.name == template.service)?,
                beyond: template.beyond.and_then(|(code, of_thousand)| Some((group(code)?, of_thousand))),
            })
        });
        let users = || plan.users.iter().enumerate();
        let members = |group| {
            let is_member =
                move |user: &super::DemoUser| user.groups.iter().any(|(member, _)| *member == group);
            users().filter(|(_, user)| is_member(user)).map(|(index, _)| index).collect()
        };
        let holds = |user: &super::DemoUser, role| user.roles.iter().any(|(held, _)| *held == role);
        let mut tickets = Self {
            plan,
            calendar,
            now,
            auto_close_micros,
            templates: templates.collect(),
            requesters: users()
                .filter(|(_, user)| user.groups.is_empty() && holds(user, Role::Requester))
                .map(|(index, _)| index)
                .collect(),
            agents: (0..plan.groups.len()).map(members).collect(),
            servicedesk: group(SERVICEDESK).unwrap_or(0),
            monitoring: plan.users.iter().position(|user| holds(user, Role::Integration)).unwrap_or(0),
            next_day: today.saturating_sub(2.years()),
            today,
            open: VecDeque::new(),
            ready: VecDeque::new(),
        };
        tickets.open = tickets.open_now();
        tickets
    }

    /// The tickets of one day that are settled, and the open ones that came in by then.
    fn day(&mut self, date: Date) {
        let day = u64::try_from(date.since(Date::ZERO).map_or(0, |span| span.get_days())).unwrap_or(0);
        // Each day has its own numbers, so that the past stays the same from one demo to the next.
        let mut random = Random::new(SEED ^ (day << 32));
        let mut tickets: Vec<DemoTicket> = rhythm::arrivals(date, self.calendar, &mut random)
            .into_iter()
            .filter_map(|opened_at| self.settled(opened_at, &mut random))
            .collect();
        let end = crate::domain::report::local_midnight(date.saturating_add(1.day()));
        while self.open.front().is_some_and(|ticket| ticket.opened_at < end) {
            tickets.extend(self.open.pop_front());
        }
        tickets.sort_by_key(|ticket| ticket.opened_at);
        self.ready.extend(tickets);
    }

    /// A ticket that came in at this instant and has been settled since; `None` when there was no time.
    fn settled(&self, opened_at: Instant, random: &mut Random) -> Option<DemoTicket> {
        let prepared = self.pattern(random)?;
        let beyond = prepared.beyond.filter(|(_, of_thousand)| random.chance(*of_thousand));
        let mut ticket = self.ticket(prepared, opened_at, random);
        let solution = random.text(prepared.template.solutions);
        let work = self.work(opened_at, beyond.is_some(), random)?;
        let mut history = self.history(&ticket, beyond.map(|(group, _)| group), random);
        let is_call = ticket.channel == Channel::Phone;
        let is_person = ticket.requester != self.monitoring;
        if is_person && random.chance(15) {
            history.cancelled(work, random);
        } else {
            history.resolved(work, solution, is_call, random);
            if is_person && random.chance(32) {
                history.reopened(solution, random);
            }
            history.closed(self.auto_close_micros, is_person, random);
        }
        ticket.history = history.steps;
        Some(ticket)
    }

    /// The working time until the solution; shortened for tickets that wouldn't be solved by now.
    fn work(&self, opened_at: Instant, is_beyond: bool, random: &mut Random) -> Option<i64> {
        let table = if is_beyond { BEYOND_WORK } else { FIRST_LINE_WORK };
        let (_, from, to) =
            table.get(random.weighted(table.iter().map(|(weight, _, _)| *weight))).copied()?;
        let work = random.between(from * MICROS_PER_MINUTE, to * MICROS_PER_MINUTE);
        let most = self.calendar.elapsed_micros(opened_at, self.now);
        if work <= most {
            // Whole seconds, as people's clocks show them.
            return Some(work / MICROS_PER_SECOND * MICROS_PER_SECOND);
        }
        (most > 5 * MICROS_PER_MINUTE)
            .then(|| random.between(most / 4, most) / MICROS_PER_SECOND * MICROS_PER_SECOND)
    }

    fn open_now(&self) -> VecDeque<DemoTicket> {
        let mut random = Random::new(!SEED);
        let mut tickets: Vec<DemoTicket> = OPEN
            .into_iter()
            .flat_map(|(state, count)| std::iter::repeat_n(state, usize::try_from(count).unwrap_or(0)))
            .filter_map(|state| self.open_ticket(state, &mut random))
            .collect();
        tickets.sort_by_key(|ticket| ticket.opened_at);
        tickets.into()
    }

    fn open_ticket(&self, state: OpenState, random: &mut Random) -> Option<DemoTicket> {
        let goes_beyond =
            matches!(state, OpenState::Escalated | OpenState::WorkedOnBeyond | OpenState::WaitsForSupplier);
        let has_agents = |group: usize| self.agents.get(group).is_some_and(|agents| !agents.is_empty());
        let prepared = loop {
            let prepared = self.pattern(random)?;
            let fits = match (goes_beyond, prepared.beyond) {
                (false, _) => !prepared.template.is_alarm,
                // A supplier's group has no members here.
                (true, Some((group, _))) => has_agents(group) != (state == OpenState::WaitsForSupplier),
                (true, None) => false,
            };
            if fits {
                break prepared;
            }
        };
        let is_base = self.plan.services.get(prepared.service).is_some_and(|held| held.is_base_function);
        let opened_at = self.recently(state, is_base, random);
        let mut ticket = self.ticket(prepared, opened_at, random);
        let group = prepared.beyond.map(|(group, _)| group).filter(|_| goes_beyond);
        let mut history = self.history(&ticket, group, random);
        let age = self.calendar.elapsed_micros(opened_at, self.now);
        let lead = self.agents.get(self.servicedesk).and_then(|agents| agents.first()).copied()?;
        history.left_open(state, age / MICROS_PER_SECOND * MICROS_PER_SECOND, lead, random);
        ticket.history = history.steps;
        Some(ticket)
    }

    /// An instant at which a ticket that is now in this state may have come in: during opening hours, with
    /// an hour's working time behind it unless it is new. A base function is mostly mended within the day.
    fn recently(&self, state: OpenState, is_base: bool, random: &mut Random) -> Instant {
        let (mut range, least) = match state {
            // The first answer on a base function is promised within the hour.
            OpenState::New => {
                (if is_base { MICROS_PER_HOUR } else { 8 * MICROS_PER_HOUR }, MICROS_PER_SECOND)
            }
            OpenState::WaitsForRequester | OpenState::WaitsForSupplier | OpenState::WaitsForDate => {
                (20 * MICROS_PER_DAY, MICROS_PER_HOUR)
            }
            _ if is_base && random.chance(900) => (8 * MICROS_PER_HOUR, MICROS_PER_HOUR),
            _ => (5 * MICROS_PER_DAY, MICROS_PER_HOUR),
        };
        let seconds = self.now.micros().div_euclid(MICROS_PER_SECOND);
        loop {
            let second = seconds - random.between(1, range / MICROS_PER_SECOND);
            let opened_at = Instant::from_micros(second * MICROS_PER_SECOND);
            if self.calendar.is_open(opened_at) && self.calendar.elapsed_micros(opened_at, self.now) >= least
            {
                return opened_at;
            }
            // Over weekends and holidays the last open hour lies further back.
            range += 30 * MICROS_PER_MINUTE;
        }
    }

    fn pattern(&self, random: &mut Random) -> Option<&Prepared> {
        let weights = self.templates.iter().map(|prepared| prepared.template.weight);
        self.templates.get(random.weighted(weights))
    }

    fn ticket(&self, prepared: &Prepared, opened_at: Instant, random: &mut Random) -> DemoTicket {
        let Prepared { template, category, service, beyond: _ } = prepared;
        let channel = match (template.is_alarm, self.calendar.is_open(opened_at)) {
            (true, _) => Channel::Alarm,
            (false, true) => {
                let channels = [Channel::Phone, Channel::Portal, Channel::Email, Channel::Other];
                channels.get(random.weighted([46, 34, 18, 2].into_iter())).copied().unwrap_or(Channel::Portal)
            }
            (false, false) if random.chance(700) => Channel::Portal,
            (false, false) => Channel::Email,
        };
        let requester = match channel {
            Channel::Alarm => self.monitoring,
            _ => random.pick(&self.requesters).copied().unwrap_or(0),
        };
        let registered_by = match channel {
            Channel::Phone | Channel::Other => self.member(self.servicedesk, random).unwrap_or(requester),
            Channel::Portal | Channel::Email | Channel::Alarm | Channel::Api => requester,
        };
        let organisation = self.plan.users.get(requester).map_or(0, |user| user.organisation);
        let count = u64::try_from(self.plan.systems.len()).unwrap_or(0);
        let system = template.names_system.then(|| usize::try_from(random.below(count)).unwrap_or(0));
        let words = self.words(requester, system, random);
        let mut description = words.fill(template.description);
        if channel != Channel::Alarm && random.chance(400) {
            description.push(' ');
            let is_order = template.kind == TicketKind::Request;
            let endings: &[&str] = if is_order { &texts::ORDER_ENDINGS } else { &texts::FAULT_ENDINGS };
            description.push_str(random.text(endings));
        }
        let (impact, urgency) = template.ranks;
        let (impact, urgency) = match random.below(20) {
            0 => ((impact - 1).max(2), urgency),
            1 | 2 => (impact, (urgency - 1).max(1)),
            3 | 4 => (impact, (urgency + 1).min(3)),
            _ => (impact, urgency),
        };
        DemoTicket {
            kind: template.kind,
            subject: words.fill(template.subject),
            description,
            channel,
            requester,
            registered_by,
            organisation,
            service: Some(*service),
            system,
            category: *category,
            impact: Rank::new(impact).unwrap_or(Rank::LOW),
            urgency: Rank::new(urgency).unwrap_or(Rank::LOW),
            opened_at,
            history: Vec::new(),
        }
    }

    fn history(&self, ticket: &DemoTicket, beyond: Option<usize>, random: &mut Random) -> History<'a> {
        let is_staff = ticket.registered_by != ticket.requester;
        let agent = if is_staff { Some(ticket.registered_by) } else { self.member(self.servicedesk, random) };
        let hand_over = |group: usize| {
            let code = self.plan.groups.get(group).map_or("", |group| group.code.as_str());
            let reason = random.text(texts::escalation_reasons(code));
            Beyond { group, reason, agent: self.member(group, random) }
        };
        let parties = Parties {
            requester: ticket.requester,
            agent: agent.unwrap_or(ticket.registered_by),
            beyond: beyond.map(hand_over),
        };
        History {
            calendar: self.calendar,
            now: self.now,
            opened_at: ticket.opened_at,
            parties,
            is_talkative: self.now.micros_since(ticket.opened_at) < TALKATIVE_DAYS * MICROS_PER_DAY,
            steps: Vec::new(),
        }
    }

    fn member(&self, group: usize, random: &mut Random) -> Option<usize> {
        self.agents.get(group).and_then(|agents| random.pick(agents)).copied()
    }

    fn words(&self, requester: usize, system: Option<usize>, random: &mut Random) -> Words<'a> {
        let organisation = self.plan.users.get(requester).map_or(0, |user| user.organisation);
        let organisation = self.plan.organisations.get(organisation);
        let system = system.and_then(|system| self.plan.systems.get(system));
        Words {
            pc: format!("PC-{}", 1_000 + random.below(8_000)),
            printer: format!("SKR-{:03}", 1 + random.below(400)),
            room: format!("rum {}", 100 + random.below(300)),
            number: format!("{}", 2 + random.below(18)),
            unit: organisation.map_or("", |organisation| &organisation.name),
            system: system.map_or("", |system| &system.name),
            program: random.text(&texts::PROGRAMS),
            time: random.text(&texts::TIMES),
            folder: random.text(&texts::FOLDERS),
        }
    }
}

impl Iterator for DemoTickets<'_> {
    type Item = DemoTicket;

    fn next(&mut self) -> Option<DemoTicket> {
        while self.ready.is_empty() && self.next_day <= self.today {
            let day = self.next_day;
            self.next_day = day.saturating_add(1.day());
            self.day(day);
        }
        self.ready.pop_front()
    }
}

/// What the words in braces stand for in one ticket.
struct Words<'p> {
    pc: String,
    printer: String,
    room: String,
    number: String,
    unit: &'p str,
    system: &'p str,
    program: &'static str,
    time: &'static str,
    folder: &'static str,
}

impl Words<'_> {
    /// The pattern with its words put in, and its first letter large.
    fn fill(&self, pattern: &str) -> String {
        let mut text = String::with_capacity(pattern.len() + 24);
        let mut rest = pattern;
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let Some((word, after)) = after.split_once('}') else { break };
            text.push_str(match word {
                "pc" => &self.pc,
                "skrivare" => &self.printer,
                "rum" => &self.room,
                "antal" => &self.number,
                "enhet" => self.unit,
                "system" => self.system,
                "program" => self.program,
                "tid" => self.time,
                "mapp" => self.folder,
                other => other,
            });
            rest = after;
        }
        text.push_str(rest);
        let mut letters = text.chars();
        match letters.next() {
            Some(first) if first.is_lowercase() => first.to_uppercase().chain(letters).collect(),
            _ => text,
        }
    }
}
