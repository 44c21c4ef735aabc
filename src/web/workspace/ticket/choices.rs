//! What the forms of a ticket choose among.

use crate::app::{Worker, Workers};
use crate::domain::people::{Directory, Group};
use crate::domain::ticket::Ticket;
use crate::web::form::Choice;
use crate::web::workspace::forms::TicketChoices;

/// The choices for a ticket: groups of its desk and line to assign to, others to hand over to, and the
/// people who work in the former.
pub(super) fn choices_for(directory: &Directory, workers: &Workers, ticket: &Ticket) -> TicketChoices {
    let active = || directory.groups.iter().filter(|group| group.is_active && group.desk == ticket.desk);
    let near: Vec<&Group> = active().filter(|group| group.line == ticket.line).collect();
    let mut persons: Vec<Choice> = Vec::new();
    // Those of the ticket's own group first; the others with their group's name.
    for own in [true, false] {
        for Worker { group, person, id } in workers {
            let Some(group) = near.iter().find(|held| held.id == *group) else { continue };
            if (group.id == ticket.group) != own || persons.iter().any(|held| held.value == *id) {
                continue;
            }
            let label = if own { person.name.clone() } else { format!("{} ({})", person.name, group.name) };
            persons.push(Choice::new(id, label));
        }
    }
    TicketChoices {
        groups: near.iter().map(|group| Choice::new(&group.code, &group.name)).collect(),
        // Back to the owner leads another action.
        escalation_groups: active()
            .filter(|group| group.line != ticket.line && group.id != ticket.owner_group)
            .map(|group| Choice::new(&group.code, &group.name))
            .collect(),
        persons,
        ..classification(directory)
    }
}

/// Categories, services and systems that can be chosen.
pub(in crate::web::workspace) fn classification(directory: &Directory) -> TicketChoices {
    TicketChoices {
        categories: directory
            .categories
            .iter()
            .filter(|category| category.is_active)
            .map(|category| Choice::new(&category.code, &category.name))
            .collect(),
        services: directory
            .services
            .iter()
            .filter(|service| service.is_active)
            .map(|service| Choice::new(&service.code, &service.name))
            .collect(),
        systems: directory
            .systems
            .iter()
            .filter(|system| system.is_active)
            .map(|system| Choice::new(&system.code, &system.name))
            .collect(),
        ..TicketChoices::default()
    }
}

/// The group a person is to be given the ticket in, when it isn't the ticket's own: one in the same line.
pub(super) fn group_of(
    directory: &Directory,
    workers: &Workers,
    ticket: &Ticket,
    person: &str,
) -> Option<String> {
    let groups: Vec<_> = workers.iter().filter(|held| held.id == person).map(|held| held.group).collect();
    if groups.contains(&ticket.group) {
        return None;
    }
    let near = directory
        .groups
        .iter()
        .find(|group| group.desk == ticket.desk && group.line == ticket.line && groups.contains(&group.id))?;
    Some(near.code.clone())
}
