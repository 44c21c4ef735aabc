//! Links by which a supplier's group works on a ticket without an account: which of them hold.

use super::{EventKind, Line, Ticket, TicketEvent};
use crate::domain::clock::Instant;
use crate::domain::ids::GroupId;

/// A link that was made for a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExternalLink {
    /// The group.
    pub group: GroupId,
    /// Until when it is good.
    pub until: Instant,
    /// Its random id.
    pub id: String,
}

/// Whether a supplier's group works on a ticket now.
#[must_use]
pub fn lies_externally(ticket: &Ticket) -> bool {
    ticket.line == Line::External && ticket.status.is_open()
}

/// The links that hold, in the order they were made: the ticket is open and has lain with the link's group
/// ever since, and the link's time hasn't run out.
#[must_use]
pub fn external_links(ticket: &Ticket, events: &[TicketEvent], now: Instant) -> Vec<ExternalLink> {
    let mut links: Vec<ExternalLink> = Vec::new();
    for event in events {
        match &event.kind {
            EventKind::ExternalLinkCreated { group, until, id } => {
                links.push(ExternalLink { group: *group, until: *until, id: id.clone() });
            }
            EventKind::Escalated { to_group, .. }
            | EventKind::Returned { to_group, .. }
            | EventKind::Assigned { to_group, .. }
            | EventKind::Taken { group: to_group, .. } => links.retain(|link| link.group == *to_group),
            _ => {}
        }
    }
    links.retain(|link| lies_externally(ticket) && link.group == ticket.group && now < link.until);
    links
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::UserId;
    use crate::domain::text::{Body, Reason};
    use crate::domain::ticket::tests::Told;
    use crate::domain::ticket::{By, ByRole, Command, DecisionError, GroupRef, TicketKind, decide};

    const DESK: GroupRef = GroupRef { id: GroupId(1), line: Line::First };
    const SUPPLIER: GroupRef = GroupRef { id: GroupId(4), line: Line::External };
    const OTHER: GroupRef = GroupRef { id: GroupId(5), line: Line::External };
    const STAFF: By = By { user: Some(UserId(2)), role: ByRole::Staff };

    fn at(micros: i64) -> Instant {
        Instant::from_micros(micros)
    }

    fn reason() -> Reason {
        Reason::parse("Byt trumma").unwrap()
    }

    fn over(to: GroupRef) -> Command {
        Command::Escalate { to, reason: reason(), code: None }
    }

    fn back() -> Command {
        Command::Return { owner: DESK, reason: reason(), code: None }
    }

    fn link(id: &str) -> Command {
        Command::CreateExternalLink { id: id.to_owned(), until: at(1_000) }
    }

    /// The ids of the links that hold at an instant after these commands.
    fn holding(commands: &[Command], now: i64) -> Vec<String> {
        let mut told = Told::begin(TicketKind::Incident, at(0));
        for command in commands {
            let events = decide(&told.ticket, command, STAFF, at(1)).unwrap();
            told.happen(events, STAFF, at(1));
        }
        external_links(&told.ticket, &told.events, at(now)).into_iter().map(|link| link.id).collect()
    }

    #[test]
    fn a_link_holds_while_the_ticket_stays_with_the_group() {
        let given = [over(SUPPLIER), link("a"), link("b")];
        assert_eq!(holding(&given, 2), ["a", "b"]);
        assert_eq!(holding(&given, 999), ["a", "b"]);
        assert!(holding(&given, 1_000).is_empty());
        let taken = [over(SUPPLIER), link("a"), Command::Take { group: None }];
        assert_eq!(holding(&taken, 2), ["a"]);
    }

    #[test]
    fn a_hand_over_revokes_for_good() {
        for moved in [
            vec![back()],
            vec![back(), over(SUPPLIER)],
            vec![over(OTHER)],
            vec![Command::Assign { group: OTHER, assignee: None }],
            vec![Command::Take { group: Some(OTHER) }],
            vec![Command::Cancel { reason: reason() }],
            vec![Command::Resolve { solution: Body::parse("Bytt").unwrap(), category: None }],
        ] {
            let mut commands = vec![over(SUPPLIER), link("a")];
            commands.extend(moved.clone());
            assert!(holding(&commands, 2).is_empty(), "{moved:?}");
        }
        assert_eq!(holding(&[over(SUPPLIER), link("a"), back(), over(SUPPLIER), link("b")], 2), ["b"]);
    }

    #[test]
    fn suppliers_work_only_on_what_lies_with_them() {
        let told = Told::begin(TicketKind::Incident, at(0));
        let answer = Command::AnswerExternally { text: Body::parse("Hej").unwrap() };
        for command in [link("a"), answer] {
            assert_eq!(decide(&told.ticket, &command, STAFF, at(1)), Err(DecisionError::NotExternal));
        }
    }
}
