//! The ledgers of many tickets added up: how long each line and group had them, how often they bounced,
//! and what the first line solved or could have (domain C2).

use super::Permille;
use crate::domain::clock::Instant;
use crate::domain::ids::GroupId;
use crate::domain::ticket::{Ledger, Line};
use std::collections::{BTreeMap, BTreeSet};

/// The time that somebody had tickets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Held {
    /// Tickets that lay there at all.
    pub tickets: u64,
    /// Microseconds by the clock on the wall.
    pub elapsed_micros: i64,
    /// Microseconds within opening hours.
    pub working_micros: i64,
}

/// The sums.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LedgerFigures {
    /// Tickets counted.
    pub tickets: u64,
    /// How often they changed group.
    pub hand_overs: u64,
    /// How often one came back to a group that had had it before.
    pub bounces: u64,
    /// Tickets that came back at least once.
    pub bounced: u64,
    /// Tickets that the first line solved: there, never elsewhere, not opened again.
    pub first_line: u64,
    /// Tickets that another line solved.
    pub beyond: u64,
    /// Of them those that staff have judged afterwards.
    pub reviewed: u64,
    /// Of those the ones that the first line could have solved.
    pub could_have: u64,
    /// By line.
    pub lines: BTreeMap<Line, Held>,
    /// By group.
    pub groups: BTreeMap<GroupId, Held>,
    /// All of it.
    pub whole: Held,
}

impl LedgerFigures {
    /// Adds a resolved ticket: its ledger, the line that solved it; `working` counts the microseconds within
    /// opening hours between two instants.
    pub fn add(&mut self, ledger: &Ledger, solved_in: Line, working: impl Fn(Instant, Instant) -> i64) {
        self.tickets += 1;
        self.hand_overs += count(ledger.hand_overs);
        self.bounces += count(ledger.bounces);
        self.bounced += u64::from(ledger.bounces > 0);
        self.first_line += u64::from(ledger.first_line_solution);
        if solved_in != Line::First {
            self.beyond += 1;
            self.reviewed += u64::from(ledger.first_line_could_have.is_some());
            self.could_have += u64::from(ledger.first_line_could_have == Some(true));
        }
        let (mut lines, mut groups) = (BTreeSet::new(), BTreeSet::new());
        for stay in &ledger.stays {
            let until = ledger.until(stay);
            let elapsed_micros = until.micros_since(stay.from);
            let working_micros = working(stay.from, until);
            let add = |held: &mut Held, is_first: bool| {
                held.tickets += u64::from(is_first);
                held.elapsed_micros += elapsed_micros;
                held.working_micros += working_micros;
            };
            add(self.lines.entry(stay.line).or_default(), lines.insert(stay.line));
            add(self.groups.entry(stay.group).or_default(), groups.insert(stay.group));
            add(&mut self.whole, false);
        }
        self.whole.tickets += 1;
    }

    /// The first line's share of all tickets.
    #[must_use]
    pub fn first_line_share(&self) -> Option<Permille> {
        Permille::of(self.first_line, self.tickets)
    }

    /// The share of the judged tickets that the first line could have solved.
    #[must_use]
    pub fn could_have_share(&self) -> Option<Permille> {
        Permille::of(self.could_have, self.reviewed)
    }
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::UserId;
    use crate::domain::ticket::{EventKind, Origin, TicketEvent, ledger};

    fn history(kinds: Vec<(i64, EventKind)>) -> Vec<TicketEvent> {
        let event = |(sequence, (at, kind))| TicketEvent {
            sequence,
            at: Instant::from_micros(at),
            actor: Some(UserId(1)),
            origin: Origin::Workspace,
            kind,
        };
        (1..).zip(kinds).map(event).collect()
    }

    fn opened() -> EventKind {
        serde_json::from_value(serde_json::json!({
            "type": "opened", "number": 1, "kind": "incident", "desk": 1, "subject": "Skrivaren",
            "description": "", "channel": "phone", "requester": 2, "registeredBy": 1, "organisation": 1,
            "customer": 1, "service": null, "system": null, "category": null, "impact": 3, "urgency": 3,
            "priority": 4, "line": "1", "group": 1,
        }))
        .unwrap()
    }

    fn handed(from: i64, to: i64, from_line: Line, to_line: Line) -> EventKind {
        EventKind::Escalated {
            from_group: GroupId(from),
            to_group: GroupId(to),
            from_line,
            to_line,
            reason: "Kräver besök.".to_owned(),
            code: None,
        }
    }

    fn solved(line: Line, group: i64) -> EventKind {
        EventKind::Resolved { solution: "Klart".to_owned(), line, group: GroupId(group) }
    }

    /// Half of all time is within opening hours.
    fn half(from: Instant, until: Instant) -> i64 {
        until.micros_since(from) / 2
    }

    fn figures(histories: Vec<(Vec<(i64, EventKind)>, Line)>) -> LedgerFigures {
        let mut figures = LedgerFigures::default();
        for (mut kinds, solved_in) in histories {
            kinds.insert(0, (0, opened()));
            figures.add(&ledger(&history(kinds), Instant::from_micros(1_000)), solved_in, half);
        }
        figures
    }

    #[test]
    fn time_adds_up_by_line_and_group_and_each_ticket_counts_once() {
        let there_and_back = vec![
            (100, handed(1, 2, Line::First, Line::Second)),
            (160, handed(2, 1, Line::Second, Line::First)),
            (200, handed(1, 2, Line::First, Line::Second)),
            (220, solved(Line::Second, 2)),
            (230, EventKind::FirstLineReviewed { could_have_solved: true, note: None }),
        ];
        let at_once = vec![(40, solved(Line::First, 1))];
        let figures = figures(vec![(there_and_back, Line::Second), (at_once, Line::First)]);
        assert_eq!((figures.tickets, figures.hand_overs), (2, 3));
        assert_eq!((figures.bounces, figures.bounced), (2, 1));
        assert_eq!((figures.first_line, figures.beyond), (1, 1));
        assert_eq!((figures.reviewed, figures.could_have), (1, 1));
        let held =
            |tickets, elapsed_micros| Held { tickets, elapsed_micros, working_micros: elapsed_micros / 2 };
        assert_eq!(figures.lines, [(Line::First, held(2, 180)), (Line::Second, held(1, 80))].into());
        assert_eq!(figures.groups, [(GroupId(1), held(2, 180)), (GroupId(2), held(1, 80))].into());
        assert_eq!(figures.whole, held(2, 260));
        assert_eq!(figures.first_line_share().unwrap().to_string(), "50.0");
        assert_eq!(figures.could_have_share().unwrap().to_string(), "100.0");
    }

    #[test]
    fn nothing_has_no_shares() {
        assert_eq!(
            (LedgerFigures::default().first_line_share(), LedgerFigures::default().could_have_share()),
            (None, None)
        );
    }
}
