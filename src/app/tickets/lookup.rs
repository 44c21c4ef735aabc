//! From the words of a request to the things meant: codes, addresses and opaque ids are looked up,
//! and every one that isn't known is named.

use crate::app::{App, AppError, Ctx, FieldErrors, FieldProblem, opaque};
use crate::db::users;
use crate::domain::access::Permission;
use crate::domain::ids::{CategoryId, OrganisationId, ServiceId, SystemId, UserId};
use crate::domain::people::{Directory, Group, UserStatus};
use crate::domain::routing::{ActivityCode, Matrix, SupportLevelCode};
use crate::domain::ticket::{HandOverReason, Rank};

/// A person a ticket is for.
pub(super) struct Requester {
    pub(super) id: UserId,
    pub(super) organisations: Vec<OrganisationId>,
}

impl App {
    /// The person meant by an address or an opaque id; the actor when nobody is named.
    pub(super) async fn requester(
        &self,
        cx: &Ctx,
        named: Option<&str>,
        errors: &mut FieldErrors,
    ) -> Result<Option<Requester>, AppError> {
        let Some(named) = named.map(str::trim).filter(|n| !n.is_empty()) else {
            return Ok(Some(Requester { id: cx.user(), organisations: cx.actor.organisations.clone() }));
        };
        let key = named.to_owned();
        let user = self
            .db()
            .point(move |conn| match opaque::decode(&key) {
                Some(id) => users::by_id(conn, UserId(id)),
                None => users::by_email(conn, &key),
            })
            .await?;
        if user.as_ref().is_some_and(|user| user.id == cx.user()) {
            return Ok(Some(Requester { id: cx.user(), organisations: cx.actor.organisations.clone() }));
        }
        if cx.require(Permission::TicketCreateOnBehalf).is_err() {
            errors.add("requester", FieldProblem::NotAllowed);
            return Ok(None);
        }
        let Some(user) = errors.found("requester", user.filter(|user| user.status == UserStatus::Active))
        else {
            return Ok(None);
        };
        let id = user.id;
        let organisations = self.db().point(move |conn| users::memberships(conn, id)).await?;
        Ok(Some(Requester { id, organisations }))
    }
}

/// The organisation a ticket is filed under: one named, or the requester's primary one.
pub(super) fn organisation(
    cx: &Ctx,
    directory: &Directory,
    requester: &Requester,
    code: Option<&str>,
    errors: &mut FieldErrors,
) -> Option<OrganisationId> {
    let Some(code) = given(code) else {
        let primary = requester.organisations.first().copied();
        if primary.is_none() {
            errors.add("organisation", FieldProblem::Required);
        }
        return primary;
    };
    let organisation =
        errors.found("organisation", directory.organisation_by_code(code).filter(|o| o.is_active))?;
    let own = requester.organisations.contains(&organisation.id);
    if !own && cx.require(Permission::TicketCreateOnBehalf).is_err() {
        errors.add("organisation", FieldProblem::NotAllowed);
        return None;
    }
    Some(organisation.id)
}

pub(super) fn service(
    directory: &Directory,
    code: Option<&str>,
    errors: &mut FieldErrors,
) -> Option<ServiceId> {
    let code = given(code)?;
    errors.found("service", directory.service_by_code(code).filter(|s| s.is_active)).map(|s| s.id)
}

pub(super) fn system(
    directory: &Directory,
    code: Option<&str>,
    errors: &mut FieldErrors,
) -> Option<SystemId> {
    let code = given(code)?;
    errors.found("system", directory.system_by_code(code).filter(|s| s.is_active)).map(|s| s.id)
}

pub(super) fn category(
    directory: &Directory,
    code: Option<&str>,
    errors: &mut FieldErrors,
) -> Option<CategoryId> {
    let code = given(code)?;
    errors.found("category", directory.category_by_code(code).filter(|c| c.is_active)).map(|c| c.id)
}

/// A group that can be given work.
pub(super) fn group<'d>(
    field: &'static str,
    directory: &'d Directory,
    code: Option<&str>,
    errors: &mut FieldErrors,
) -> Option<&'d Group> {
    let Some(code) = given(code) else {
        errors.add(field, FieldProblem::Required);
        return None;
    };
    errors.found(field, directory.group_by_code(code).filter(|g| g.is_active))
}

pub(super) fn rank(
    field: &'static str,
    value: Option<i64>,
    default: Rank,
    errors: &mut FieldErrors,
) -> Option<Rank> {
    let Some(value) = value else { return Some(default) };
    let rank = Rank::new(value);
    if rank.is_none() {
        errors.add(field, FieldProblem::OutOfRange);
    }
    rank
}

/// Why a ticket is handed over, when a code is given.
pub(super) fn reason_code(code: Option<&str>, errors: &mut FieldErrors) -> Option<HandOverReason> {
    let code = given(code)?;
    errors.found("reasonCode", HandOverReason::from_text(code))
}

/// A support level that the matrix in force knows; any when there is no matrix.
pub(super) fn support_level(
    matrix: Option<&Matrix>,
    code: Option<&str>,
    errors: &mut FieldErrors,
) -> Option<SupportLevelCode> {
    let code = SupportLevelCode::parse(given(code)?).ok();
    let is_known = |code: &SupportLevelCode| {
        matrix.is_none_or(|matrix| matrix.support_levels.iter().any(|known| known.code == *code))
    };
    errors.found("supportLevel", code.filter(is_known))
}

/// An activity that the matrix in force knows; any when there is no matrix.
pub(super) fn activity(
    matrix: Option<&Matrix>,
    code: Option<&str>,
    errors: &mut FieldErrors,
) -> Option<ActivityCode> {
    let code = ActivityCode::parse(given(code)?).ok();
    let is_known = |code: &ActivityCode| {
        matrix.is_none_or(|matrix| matrix.activities.iter().any(|known| known.code == *code))
    };
    errors.found("activity", code.filter(is_known))
}

/// What is to be done says whose it is only together with the kind of equipment.
pub(super) fn go_together(
    support_level: Option<&SupportLevelCode>,
    activity: Option<&ActivityCode>,
    errors: &mut FieldErrors,
) {
    if activity.is_some() && support_level.is_none() {
        errors.add("supportLevel", FieldProblem::Required);
    }
}

pub(super) fn given(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}
