//! How much lies with each group and person.

use super::parts::{At, GroupOut, PersonOut, person};
use super::respond::{Answer, ok};
use crate::app::tickets::{GroupLoad, Load, People};
use crate::web::extract::Authn;
use crate::web::state::WebState;
use actix_web::get;
use actix_web::web::Data;
use serde::Serialize;

/// The load of the groups.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = GroupLoads)]
#[serde(rename_all = "camelCase")]
pub struct GroupLoadsOut<'a> {
    /// When it was counted.
    #[schema(value_type = String, format = DateTime)]
    at: At,
    /// By line and name.
    items: Vec<GroupLoadOut<'a>>,
}

/// A group's load.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = GroupLoad)]
#[serde(rename_all = "camelCase")]
pub struct GroupLoadOut<'a> {
    /// The group; its code as `group` filters tickets.
    group: GroupOut<'a>,
    /// All that lies with it.
    total: LoadOut,
    /// What nobody has.
    unassigned: LoadOut,
    /// What its people have, the most first; those who have nothing are left out.
    people: Vec<PersonLoadOut<'a>>,
}

/// A person's load in a group.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = PersonLoad)]
#[serde(rename_all = "camelCase")]
pub struct PersonLoadOut<'a> {
    /// The person; the id as `assignee` filters tickets.
    person: PersonOut<'a>,
    /// What the person has of the group's tickets.
    load: LoadOut,
}

/// Open tickets, counted.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Load)]
#[serde(rename_all = "camelCase")]
pub struct LoadOut {
    /// Open tickets.
    #[schema(minimum = 0)]
    open: i64,
    /// Of them those whose solution is late.
    #[schema(minimum = 0)]
    overdue: i64,
    /// Of them those whose solution is due later today, in the time of Stockholm.
    #[schema(minimum = 0)]
    due_today: i64,
    /// Of them those that wait for the requester, a supplier or a planned time.
    #[schema(minimum = 0)]
    waiting: i64,
    /// When the oldest was filed; null when there is none.
    #[schema(value_type = Option<String>, format = DateTime, required)]
    oldest_opened_at: Option<At>,
}

impl From<&Load> for LoadOut {
    fn from(load: &Load) -> Self {
        let Load { open, overdue, due_today, waiting, oldest } = *load;
        Self { open, overdue, due_today, waiting, oldest_opened_at: oldest.map(At) }
    }
}

impl<'a> GroupLoadOut<'a> {
    fn new(held: &'a GroupLoad, people: &'a People) -> Self {
        let GroupLoad { group, whole, unassigned, people: by_person } = held;
        Self {
            group: GroupOut::from(group),
            total: whole.into(),
            unassigned: unassigned.into(),
            people: by_person
                .iter()
                .map(|(id, load)| PersonLoadOut { person: person(people, *id), load: load.into() })
                .collect(),
        }
    }
}

/// Show the load
///
/// What lies with each group of the desks the caller works for, and with each of its people, now.
#[utoipa::path(
    tag = "reports",
    responses((status = 200, description = "The load", body = GroupLoadsOut))
)]
#[get("/reports/load")]
pub async fn show_load(authn: Authn, state: Data<WebState>) -> Answer {
    let (loads, people) = state.app.load(&authn.cx).await?;
    let items = loads.iter().map(|held| GroupLoadOut::new(held, &people)).collect();
    ok(&GroupLoadsOut { at: At(state.app.now()), items })
}
