//! Filing a ticket: by its requester, or registered for somebody and dealt with in the same step.

use super::store::{Fresh, Stamp, locked};
use super::{lookup, routing};
use crate::app::policies::Grounds;
use crate::app::{App, AppError, Ctx, FieldErrors, FieldProblem};
use crate::db::ticket_numbers;
use crate::domain::access::Permission;
use crate::domain::people::Group;
use crate::domain::text::{Body, Reason, Subject};
use crate::domain::ticket::{
    By, ByRole, Channel, Command, GroupRef, HandOverReason, Opening, Origin, Rank, Terms, Ticket, TicketKind,
    TicketNumber, decide, open, routed,
};

/// A ticket as it is asked for; texts and codes as they came.
#[derive(Debug, Clone, Default)]
pub struct NewTicket {
    /// `incident` or `request`.
    pub kind: String,
    /// The subject.
    pub subject: String,
    /// The description.
    pub description: Option<String>,
    /// How it came in; by the way it is filed when nothing is said.
    pub channel: Option<String>,
    /// The code of the desk; the first desk when nothing is said.
    pub desk: Option<String>,
    /// The address or opaque id of whom it is for; the actor when nothing is said.
    pub requester: Option<String>,
    /// The code of the organisation; the requester's primary one when nothing is said.
    pub organisation: Option<String>,
    /// The code of the service.
    pub service: Option<String>,
    /// The code of the system.
    pub system: Option<String>,
    /// The code of the category.
    pub category: Option<String>,
    /// 1–3; 3 when nothing is said.
    pub impact: Option<i64>,
    /// 1–3; 2 when nothing is said.
    pub urgency: Option<i64>,
    /// The support level of what it concerns.
    pub support_level: Option<String>,
    /// What is to be done, as the responsibility matrix calls it.
    pub activity: Option<String>,
    /// What is done to it at once.
    pub then: AfterFiling,
}

/// What staff does to a ticket in the step that registers it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum AfterFiling {
    /// Nothing; it waits in the queue.
    #[default]
    Nothing,
    /// The registrar takes it.
    Take,
    /// It is solved while the caller is on the line.
    Resolve {
        /// What was done.
        solution: String,
    },
    /// It is handed over.
    Escalate {
        /// The code of the group.
        to_group: String,
        /// Why.
        reason: String,
        /// Why, as a code.
        reason_code: Option<String>,
    },
}

enum Then {
    Nothing,
    Take,
    Resolve(Body),
    Escalate(GroupRef, Reason, Option<HandOverReason>),
}

impl App {
    /// Files a ticket. A request repeated under the same key gets the ticket made the first time.
    ///
    /// # Errors
    /// [`AppError::Invalid`] with every wrong field; [`AppError::Forbidden`] when the actor files no tickets.
    pub async fn create_ticket(&self, cx: &Ctx, new: NewTicket) -> Result<Ticket, AppError> {
        cx.require(Permission::TicketCreate)?;
        let now = self.now();
        let grounds = self.grounds().await?;
        let (opening, then) = self.checked(cx, &new, &grounds).await?;
        let (worker, cx) = (self.clone(), cx.clone());
        let retry = (self.clone(), cx.clone());
        let stored = worker
            .db()
            .write(move |tx| {
                if let Some(made) = cx.made_before(tx.conn(), now)? {
                    let number = TicketNumber::parse(&made).ok_or(AppError::NotFound)?;
                    return locked(tx, number);
                }
                let number = ticket_numbers::next(tx, opening.kind)?;
                let stamp = Stamp { actor: Some(cx.user()), origin: cx.origin, now };
                let mut fresh = Fresh::begin(open(&opening, number, None), stamp)?;
                fresh.then(routed(&opening).into_iter().collect());
                carry_out(&mut fresh, &then, &cx, &opening)?;
                let ticket = fresh.store(tx, &grounds)?;
                cx.note_made(tx, &number.to_string(), now)?;
                Ok(ticket)
            })
            .await;
        match stored {
            // A twin of this request came first; its ticket is this one's answer.
            Err(AppError::Exists) if retry.1.once.is_some() => {
                let (app, cx) = retry;
                app.db()
                    .read(move |conn| {
                        let made = cx.made_before(conn, now)?.ok_or(AppError::Exists)?;
                        let number = TicketNumber::parse(&made).ok_or(AppError::NotFound)?;
                        crate::db::tickets::by_number(conn, number)?.ok_or(AppError::NotFound)
                    })
                    .await
            }
            other => other,
        }
    }

    async fn checked(
        &self,
        cx: &Ctx,
        new: &NewTicket,
        grounds: &Grounds,
    ) -> Result<(Opening, Then), AppError> {
        let directory = &grounds.directory;
        let mut errors = FieldErrors::default();
        let kind = kind(&new.kind, &mut errors);
        let subject = errors.text("subject", Subject::parse(&new.subject));
        let description = new.description.as_deref().filter(|text| !text.trim().is_empty());
        let description = description.and_then(|text| errors.text("description", Body::parse(text)));
        let channel = channel(new.channel.as_deref(), cx.origin, &mut errors);
        let desk = match new.desk.as_deref() {
            None => directory.desks.first(),
            Some(code) => errors.found("desk", directory.desk_by_code(code)),
        };
        let intake = desk.and_then(|desk| directory.intake_group(desk.id)).map(Group::to_ref);
        let requester = self.requester(cx, new.requester.as_deref(), &mut errors).await?;
        let organisation = requester.as_ref().and_then(|requester| {
            lookup::organisation(cx, directory, requester, new.organisation.as_deref(), &mut errors)
        });
        let service = lookup::service(directory, new.service.as_deref(), &mut errors);
        let system = lookup::system(directory, new.system.as_deref(), &mut errors);
        let category = lookup::category(directory, new.category.as_deref(), &mut errors);
        let impact = lookup::rank("impact", new.impact, Rank::LOW, &mut errors);
        let urgency = lookup::rank("urgency", new.urgency, Rank::MEDIUM, &mut errors);
        let matrix = grounds.policies.matrix.at(self.now());
        let support_level = lookup::support_level(matrix, new.support_level.as_deref(), &mut errors);
        let activity = lookup::activity(matrix, new.activity.as_deref(), &mut errors);
        if lookup::given(new.support_level.as_deref()).is_none() {
            lookup::go_together(None, activity.as_ref(), &mut errors);
        }
        let then = match &new.then {
            AfterFiling::Nothing => Some(Then::Nothing),
            AfterFiling::Take => Some(Then::Take),
            AfterFiling::Resolve { solution } => {
                errors.text("solution", Body::parse(solution)).map(Then::Resolve)
            }
            AfterFiling::Escalate { to_group, reason, reason_code } => {
                let group = lookup::group("toGroup", directory, Some(to_group), &mut errors);
                let reason = errors.text("reason", Reason::parse(reason));
                let code = lookup::reason_code(reason_code.as_deref(), &mut errors);
                group
                    .map(Group::to_ref)
                    .zip(reason)
                    .map(|(group, reason)| Then::Escalate(group, reason, code))
            }
        };
        errors.finish()?;
        let missing = || AppError::internal("filing a ticket", "the desk has no active intake group");
        let organisation = organisation.and_then(|id| directory.organisation(id)).ok_or_else(missing)?;
        let (Some(kind), Some(subject), Some(channel), Some(desk), Some(group), Some(requester)) =
            (kind, subject, channel, desk, intake, requester)
        else {
            return Err(missing());
        };
        let (Some(impact), Some(urgency), Some(then)) = (impact, urgency, then) else {
            return Err(missing());
        };
        let mut opening = Opening {
            kind,
            desk: desk.id,
            group,
            subject,
            description,
            channel,
            requester: requester.id,
            registered_by: cx.user(),
            organisation: organisation.id,
            customer: organisation.customer,
            service,
            system,
            category,
            impact,
            urgency,
            terms: Terms { support_level, activity, ..Terms::default() },
        };
        opening.terms = routing::terms(grounds, &opening, self.now());
        Ok((opening, then))
    }
}

/// What follows at once is decided and permitted like any later action.
fn carry_out(fresh: &mut Fresh, then: &Then, cx: &Ctx, opening: &Opening) -> Result<(), AppError> {
    let (permission, command) = match then {
        Then::Nothing => return Ok(()),
        Then::Take => (Permission::TicketTake, Command::Take { group: None }),
        Then::Resolve(solution) => {
            (Permission::TicketResolve, Command::Resolve { solution: solution.clone(), category: None })
        }
        Then::Escalate(to, reason, code) => {
            (Permission::TicketEscalate, Command::Escalate { to: *to, reason: reason.clone(), code: *code })
        }
    };
    cx.require_on(permission, fresh.ticket())?;
    let role = if opening.requester == cx.user() { ByRole::Requester } else { ByRole::Staff };
    let by = By { user: Some(cx.user()), role };
    let refused = |error| AppError::Refused { error, allowed: Vec::new() };
    if matches!(then, Then::Resolve(_)) {
        let taken = decide(fresh.ticket(), &Command::Take { group: None }, by, fresh.ticket().opened_at);
        fresh.then(taken.map_err(refused)?);
    }
    let events = decide(fresh.ticket(), &command, by, fresh.ticket().opened_at).map_err(refused)?;
    fresh.then(events);
    Ok(())
}

fn kind(text: &str, errors: &mut FieldErrors) -> Option<TicketKind> {
    match TicketKind::from_text(text.trim()) {
        Some(kind) if kind.can_be_filed() => Some(kind),
        Some(_) => {
            errors.add("kind", FieldProblem::NotAllowed);
            None
        }
        None => {
            let problem = if text.trim().is_empty() { FieldProblem::Required } else { FieldProblem::Unknown };
            errors.add("kind", problem);
            None
        }
    }
}

fn channel(text: Option<&str>, origin: Origin, errors: &mut FieldErrors) -> Option<Channel> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else {
        return Some(match origin {
            Origin::Portal => Channel::Portal,
            Origin::Workspace => Channel::Phone,
            Origin::Api => Channel::Api,
            Origin::Email => Channel::Email,
            Origin::Import | Origin::System | Origin::External => Channel::Other,
        });
    };
    errors.found("channel", Channel::from_text(text))
}
