//! Writes the demo installation: a believable municipality's two years, from a fixed seed
//! (`domain::demo`), into an empty database.

mod decisions;

use super::outbox::{self, CloseResolved, EndWait};
use super::policies::{self, Grounds};
use super::tickets::{terms_of, timers_of};
use super::{App, AppError};
use crate::db::clock_marks::{self, ClockMark};
use crate::db::reference::{self, NewGroup, NewOrganisation};
use crate::db::users::{self, NewUser};
use crate::db::{Tx, search, ticket_events, ticket_messages, ticket_numbers, tickets};
use crate::domain::access::Role;
use crate::domain::clock::{Instant, MICROS_PER_DAY};
use crate::domain::demo::{DemoAction, DemoPlan, DemoTicket, DemoTickets};
use crate::domain::ids::{
    CategoryId, DeskId, GroupId, MessageId, OrganisationId, ServiceId, SystemId, TicketId, UserId,
};
use crate::domain::people::{Language, Organisation};
use crate::domain::sla::Calendar;
use crate::domain::sla::ticket_clock::{Passed, standings};
use crate::domain::text::{Body, EmailAddress, Reason, Subject};
use crate::domain::ticket::{
    By, ByRole, Channel, Command, EventKind, GroupRef, Opening, Origin, Status, SystemAction, Terms, Ticket,
    TicketEvent, TicketNumber, Visibility, decide, evolve, group_at, open,
};
use std::sync::Arc;

/// The password of everybody in the demo installation.
pub const DEMO_PASSWORD: &str = "demo-lösenord-2026";
/// How long the policies have held when the demo begins: longer than its two years of tickets.
const POLICIES_MICROS: i64 = 800 * MICROS_PER_DAY;
/// Tickets a transaction.
const CHUNK: usize = 500;

/// An example login.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoAccount {
    /// What it shows.
    pub role: Role,
    /// The line of the first group it works in.
    pub group: Option<String>,
    /// The name.
    pub name: String,
    /// The address.
    pub email: String,
}

struct Keys {
    desk: DeskId,
    organisations: Vec<Organisation>,
    groups: Vec<GroupRef>,
    services: Vec<ServiceId>,
    systems: Vec<SystemId>,
    categories: Vec<CategoryId>,
    users: Vec<UserId>,
}

impl App {
    /// Whether the database holds nobody and nothing, so that the demo may be written.
    ///
    /// # Errors
    /// [`AppError`] when the database fails.
    pub async fn is_empty(&self) -> Result<bool, AppError> {
        Ok(self
            .db()
            .point(|conn| Ok::<_, crate::db::DbError>(!users::any(conn)? && !tickets::any(conn)?))
            .await?)
    }

    /// Writes the demo installation; `progress` gets how many tickets are written.
    ///
    /// # Errors
    /// [`AppError`] when the database fails or isn't empty.
    pub async fn write_demo(&self, mut progress: impl FnMut(u64)) -> Result<(), AppError> {
        if !self.is_empty().await? {
            return Err(AppError::Exists);
        }
        let plan = Arc::new(DemoPlan::new());
        let now = self.now();
        let hash = self.hash_password(DEMO_PASSWORD).await?;
        let people = Arc::clone(&plan);
        let keys = Arc::new(self.db().write(move |tx| write_people(tx, &people, &hash, now)).await?);
        self.inner.caches.forget_policies();
        self.fresh_directory().await?;
        let grounds = self.grounds().await?;
        let mut chunk = Vec::with_capacity(CHUNK);
        let mut written = 0;
        let calendar = Calendar::servicedesk();
        let mut stories =
            DemoTickets::new(&plan, &calendar, now, self.settings().auto_close_micros).peekable();
        while let Some(story) = stories.next() {
            chunk.push(story);
            if chunk.len() == CHUNK || stories.peek().is_none() {
                let stories = std::mem::take(&mut chunk);
                written += u64::try_from(stories.len()).unwrap_or(0);
                let (keys, grounds) = (Arc::clone(&keys), grounds.clone());
                self.db()
                    .write(move |tx| {
                        stories.iter().try_for_each(|story| write_ticket(tx, &keys, story, &grounds, now))
                    })
                    .await?;
                progress(written);
            }
        }
        self.fresh_directory().await?;
        Ok(())
    }

    /// Example logins of the demo installation; none where the database holds another.
    ///
    /// # Errors
    /// [`AppError`] when the database fails.
    pub async fn demo_accounts(&self) -> Result<Vec<DemoAccount>, AppError> {
        let plan = DemoPlan::new();
        let accounts: Vec<DemoAccount> = plan
            .logins
            .iter()
            .filter_map(|login| {
                let user = plan.users.get(login.user)?;
                let group = user.groups.first().and_then(|(group, _)| plan.groups.get(*group));
                Some(DemoAccount {
                    role: login.role,
                    group: group.map(|group| group.name.clone()),
                    name: user.name.clone(),
                    email: user.email.clone(),
                })
            })
            .collect();
        let first = accounts.first().map(|account| account.email.clone()).unwrap_or_default();
        let is_demo = self.db().point(move |conn| users::by_email(conn, &first)).await?.is_some();
        Ok(if is_demo { accounts } else { Vec::new() })
    }
}

fn missing(what: &'static str) -> AppError {
    AppError::internal("writing the demo installation", what)
}

fn at<T: Clone>(list: &[T], place: usize) -> Result<T, AppError> {
    list.get(place).cloned().ok_or_else(|| missing("the plan refers to nothing"))
}

fn write_people(tx: &mut Tx<'_>, plan: &DemoPlan, hash: &str, now: Instant) -> Result<Keys, AppError> {
    let mut desks = Vec::new();
    for desk in &plan.desks {
        desks.push(reference::insert_desk(tx, &desk.code, &desk.name)?);
    }
    let desk = at(&desks, 0)?;
    let mut organisations: Vec<Organisation> = Vec::new();
    for organisation in &plan.organisations {
        let parent = organisation.parent.map(|place| at(&organisations, place)).transpose()?;
        let new = NewOrganisation {
            parent: parent.as_ref(),
            kind: organisation.kind,
            code: &organisation.code,
            name: &organisation.name,
        };
        organisations.push(reference::insert_organisation(tx, new)?);
    }
    let mut groups: Vec<GroupRef> = Vec::new();
    for group in &plan.groups {
        let new = NewGroup {
            desk,
            code: &group.code,
            name: &group.name,
            line: group.line,
            is_intake: groups.is_empty(),
        };
        groups.push(GroupRef { id: reference::insert_group(tx, new)?, line: group.line });
    }
    let mut services = Vec::new();
    for service in &plan.services {
        services.push(reference::insert_service(tx, &service.code, &service.name, service.is_base_function)?);
    }
    let mut systems = Vec::new();
    for system in &plan.systems {
        systems.push(reference::insert_system(tx, &system.code, &system.name)?);
    }
    let mut categories = Vec::new();
    for category in &plan.categories {
        categories.push(reference::insert_category(tx, &category.code, &category.name)?);
    }
    let mut users = Vec::new();
    let mut members: Vec<Vec<(UserId, bool)>> = vec![Vec::new(); groups.len()];
    for user in &plan.users {
        let email = EmailAddress::parse(&user.email).map_err(|_| missing("an address is malformed"))?;
        let new = NewUser {
            email: &email,
            name: &user.name,
            phone: user.phone.as_deref(),
            language: Language::Swedish,
            password_hash: Some(hash),
        };
        let id = users::insert(tx, &new, now)?;
        let mut roles: Vec<(Role, Option<OrganisationId>)> = Vec::new();
        for (role, place) in &user.roles {
            roles.push((*role, place.map(|place| at(&organisations, place)).transpose()?.map(|o| o.id)));
        }
        let files_tickets = roles.iter().any(|(role, _)| role.also_requester());
        if files_tickets && !roles.contains(&(Role::Requester, None)) {
            roles.push((Role::Requester, None));
        }
        users::set_roles(tx, id, &roles)?;
        let mut places = vec![at(&organisations, user.organisation)?.id];
        if let Some(other) = user.also_in {
            places.push(at(&organisations, other)?.id);
        }
        users::set_memberships(tx, id, &places)?;
        for (group, leads) in &user.groups {
            members.get_mut(*group).ok_or_else(|| missing("the plan refers to no group"))?.push((id, *leads));
        }
        users.push(id);
    }
    // What the desk is delivered with has held for as long as there are tickets.
    policies::deliver(tx, at(&groups, 0)?.id, now.plus_micros(-POLICIES_MICROS))?;
    for (group, members) in groups.iter().zip(&members) {
        users::set_members(tx, group.id, members)?;
    }
    let keys = Keys { desk, organisations, groups, services, systems, categories, users };
    let decisions = decisions::of(tx, plan, &keys, now)?;
    policies::decide(tx, &decisions)?;
    Ok(keys)
}

/// A ticket being told: as it stands, its events and the messages they speak of.
struct Telling<'k> {
    keys: &'k Keys,
    ticket: Ticket,
    events: Vec<TicketEvent>,
    messages: Vec<(UserId, Visibility, String, Instant)>,
}

impl Telling<'_> {
    fn happen(&mut self, at: Instant, actor: Option<UserId>, origin: Origin, kinds: Vec<EventKind>) {
        for kind in kinds {
            let sequence = self.events.last().map_or(1, |event| event.sequence + 1);
            let event = TicketEvent { sequence, at, actor, origin, kind };
            evolve(&mut self.ticket, &event);
            self.events.push(event);
        }
        self.ticket.version += 1;
    }

    fn command(
        &mut self,
        action: &DemoAction,
        actor: Option<UserId>,
        at: Instant,
    ) -> Result<Command, AppError> {
        let reason = |text: &str| Reason::parse(text).map_err(|_| missing("a reason is malformed"));
        Ok(match action {
            DemoAction::Take => Command::Take { group: None },
            DemoAction::Assign { assignee } => Command::Assign {
                group: GroupRef { id: self.ticket.group, line: self.ticket.line },
                assignee: Some(self::at(&self.keys.users, *assignee)?),
            },
            DemoAction::Escalate { to, reason: why } => {
                Command::Escalate { to: self::at(&self.keys.groups, *to)?, reason: reason(why)?, code: None }
            }
            DemoAction::Return { reason: why } => {
                Command::Return { owner: self::at(&self.keys.groups, 0)?, reason: reason(why)?, code: None }
            }
            DemoAction::Wait { waiting_for, until } => {
                Command::Wait { waiting_for: *waiting_for, until: *until }
            }
            DemoAction::Resume => Command::Resume,
            DemoAction::Resolve { solution } => Command::Resolve {
                solution: Body::parse(solution).map_err(|_| missing("a solution is malformed"))?,
                category: None,
            },
            DemoAction::Close => Command::Close,
            DemoAction::AutoClose => Command::System(SystemAction::AutoClose),
            DemoAction::Reopen { reason: why } => Command::Reopen { reason: reason(why)? },
            DemoAction::Cancel { reason: why } => Command::Cancel { reason: reason(why)? },
            DemoAction::Message { visibility, body } => {
                let author = actor.ok_or_else(|| missing("a message has no author"))?;
                self.messages.push((author, *visibility, body.to_string(), at));
                // Its place among the ticket's messages until it is stored and has a key.
                let place = i64::try_from(self.messages.len()).unwrap_or(i64::MAX);
                Command::AddMessage { message: MessageId(place), visibility: *visibility }
            }
        })
    }
}

fn write_ticket(
    tx: &mut Tx<'_>,
    keys: &Keys,
    story: &DemoTicket,
    grounds: &Grounds,
    now: Instant,
) -> Result<(), AppError> {
    let number = ticket_numbers::next(tx, story.kind)?;
    let mut telling = opened(keys, story, grounds, number)?;
    for step in &story.history {
        let actor = step.actor.map(|place| at(&keys.users, place)).transpose()?;
        let command = telling.command(&step.what, actor, step.at)?;
        let role = match actor {
            None => ByRole::System,
            Some(user) if user == telling.ticket.requester => ByRole::Requester,
            Some(_) => ByRole::Staff,
        };
        let events = decide(&telling.ticket, &command, By { user: actor, role }, step.at)
            .map_err(|error| AppError::internal("writing the demo installation", error))?;
        let origin = match role {
            ByRole::Requester => Origin::Portal,
            ByRole::Staff => Origin::Workspace,
            ByRole::System => Origin::System,
            ByRole::External => Origin::External,
        };
        telling.happen(step.at, actor, origin, events);
    }
    store(tx, telling, grounds, now)
}

fn opened<'k>(
    keys: &'k Keys,
    story: &DemoTicket,
    grounds: &Grounds,
    number: TicketNumber,
) -> Result<Telling<'k>, AppError> {
    let place = |place: usize, list: &[UserId]| at(list, place);
    let organisation = at(&keys.organisations, story.organisation)?;
    let mut opening = Opening {
        kind: story.kind,
        desk: keys.desk,
        group: at(&keys.groups, 0)?,
        subject: Subject::parse(&story.subject).map_err(|_| missing("a subject is malformed"))?,
        description: Body::parse(&story.description).ok(),
        channel: story.channel,
        requester: place(story.requester, &keys.users)?,
        registered_by: place(story.registered_by, &keys.users)?,
        organisation: organisation.id,
        customer: organisation.customer,
        service: story.service.map(|place| at(&keys.services, place)).transpose()?,
        system: story.system.map(|place| at(&keys.systems, place)).transpose()?,
        category: Some(at(&keys.categories, story.category)?),
        impact: story.impact,
        urgency: story.urgency,
        terms: Terms::default(),
    };
    opening.terms = terms_of(grounds, &opening, story.opened_at);
    let origin = match story.channel {
        Channel::Portal => Origin::Portal,
        Channel::Phone => Origin::Workspace,
        Channel::Email | Channel::Alarm | Channel::Api | Channel::Other => Origin::Api,
    };
    let event = TicketEvent {
        sequence: 1,
        at: story.opened_at,
        actor: Some(opening.registered_by),
        origin,
        kind: open(&opening, number, None),
    };
    let ticket = Ticket::opened(TicketId(0), &event).ok_or_else(|| missing("no ticket was opened"))?;
    Ok(Telling { keys, ticket, events: vec![event], messages: Vec::new() })
}

/// Puts what the clocks passed where it belongs in the history, as if they had been watched all along. People
/// are told nothing: it is long ago.
fn remember(events: &mut Vec<TicketEvent>, passed: &[Passed]) {
    events.extend(passed.iter().map(|passed| TicketEvent {
        sequence: 0,
        at: passed.at,
        actor: None,
        origin: Origin::System,
        kind: passed.event(),
    }));
    events.sort_by_key(|event| event.at);
    for (sequence, event) in (1..).zip(events) {
        event.sequence = sequence;
    }
}

fn store(tx: &mut Tx<'_>, telling: Telling<'_>, grounds: &Grounds, now: Instant) -> Result<(), AppError> {
    let Telling { keys: _, mut ticket, mut events, messages } = telling;
    let standings = standings(&grounds.policies, &grounds.directory, ticket.id, &events, now);
    let timers = timers_of(&ticket, &standings);
    let passed = standings.passed();
    drop(standings);
    let groups: Vec<GroupId> =
        passed.iter().map(|passed| group_at(&events, passed.at).unwrap_or(ticket.group)).collect();
    remember(&mut events, &passed);
    ticket.updated_at = events.last().map_or(ticket.updated_at, |event| event.at);
    let id = tickets::insert(tx, &ticket, timers)?;
    for (passed, group) in passed.iter().zip(groups) {
        let mark = ClockMark {
            ticket: id,
            metric: passed.metric,
            cycle: passed.cycle,
            percent: i64::from(passed.percent),
            agreement_version: passed.version,
            group,
            at: passed.at,
        };
        clock_marks::insert_once(tx, &mark, passed.at)?;
    }
    let mut texts = [ticket.subject.clone(), String::new()];
    let [public, internal] = &mut texts;
    public.push('\n');
    public.push_str(&ticket.description);
    if let Some(resolution) = &ticket.resolution {
        public.push('\n');
        public.push_str(&resolution.solution);
    }
    let mut stored = Vec::with_capacity(messages.len());
    for (author, visibility, body, written_at) in &messages {
        stored.push(ticket_messages::insert(tx, id, *author, *visibility, body, *written_at)?);
        let text = if *visibility == Visibility::Public { &mut *public } else { &mut *internal };
        text.push('\n');
        text.push_str(body);
    }
    for event in &mut events {
        if let EventKind::MessageAdded { message, .. } = &mut event.kind {
            let place = usize::try_from(message.get() - 1).unwrap_or(usize::MAX);
            *message = at(&stored, place)?;
        }
    }
    ticket_events::append(tx, id, &events)?;
    search::insert(tx, id, public, internal)?;
    if let (Status::Resolved, Some(resolved_at)) = (ticket.status, ticket.resolved_at) {
        let run_at = resolved_at.plus_micros(grounds.settings.auto_close_micros);
        outbox::queue(tx, &CloseResolved { ticket: id, resolved_at }, None, run_at, now)?;
    }
    if let Some(until) = ticket.waiting.and_then(|waiting| waiting.until) {
        outbox::queue(tx, &EndWait { ticket: id, until }, None, until, now)?;
    }
    Ok(())
}
