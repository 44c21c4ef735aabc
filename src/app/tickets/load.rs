//! How much lies with each group and each of its people.

use super::People;
use crate::app::{App, AppError, Ctx};
use crate::db::load::{self, Load};
use crate::domain::access::{self, Permission};
use crate::domain::ids::{GroupId, UserId};
use crate::domain::people::Group;

/// A group's load.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupLoad {
    /// The group.
    pub group: Group,
    /// All that lies with it.
    pub whole: Load,
    /// What nobody has.
    pub unassigned: Load,
    /// What its people have, the most first; those who have nothing are left out.
    pub people: Vec<(UserId, Load)>,
}

impl App {
    /// The load of the groups of the desks the actor works for, by line and name.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for those who work no queues.
    pub async fn load(&self, cx: &Ctx) -> Result<(Vec<GroupLoad>, People), AppError> {
        cx.require(Permission::QueueView)?;
        let directory = self.directory().await?;
        let scope = access::ticket_scope(&cx.actor, Permission::TicketView);
        let groups: Vec<Group> = directory
            .groups
            .iter()
            .filter(|group| scope.all || scope.desks.contains(&group.desk))
            .cloned()
            .collect();
        let ids: Vec<GroupId> = groups.iter().map(|group| group.id).collect();
        let now = self.now();
        let midnight = super::list::end_of_day(now);
        let loads = self.db().read(move |conn| load::by_holder(conn, &ids, now, midnight)).await?;
        let of_group = |group: Group| {
            let mut held =
                GroupLoad { whole: Load::default(), unassigned: Load::default(), people: Vec::new(), group };
            for ((_, person), load) in
                loads.range((held.group.id, None)..).take_while(|((id, _), _)| *id == held.group.id)
            {
                add(&mut held.whole, load);
                match person {
                    Some(person) => held.people.push((*person, *load)),
                    None => held.unassigned = *load,
                }
            }
            held.people.sort_by_key(|(person, load)| (-load.open, *person));
            held
        };
        let loads: Vec<GroupLoad> = groups
            .into_iter()
            .map(of_group)
            .filter(|held| held.group.is_active || held.whole.open > 0)
            .collect();
        let named: Vec<UserId> =
            loads.iter().flat_map(|held| held.people.iter().map(|(person, _)| *person)).collect();
        Ok((loads, self.people(&named).await?))
    }
}

fn add(sum: &mut Load, part: &Load) {
    let Load { open, overdue, due_today, waiting, oldest } = *part;
    sum.open += open;
    sum.overdue += overdue;
    sum.due_today += due_today;
    sum.waiting += waiting;
    sum.oldest = [sum.oldest, oldest].into_iter().flatten().min();
}
