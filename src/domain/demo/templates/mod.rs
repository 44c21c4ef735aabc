//! What the demo's tickets are about: patterns of subject, description and solution.
//!
//! A word in braces is replaced: `{pc}`, `{skrivare}`, `{rum}`, `{system}`, `{enhet}`, `{program}`,
//! `{tid}`, `{antal}`, `{mapp}`.

mod accounts;
mod business;
mod network;
mod orders;
mod workplace;

use crate::domain::ticket::TicketKind;

/// One pattern.
#[derive(Debug, Clone, Copy)]
pub(super) struct Template {
    pub(super) kind: TicketKind,
    pub(super) category: &'static str,
    pub(super) service: &'static str,
    pub(super) subject: &'static str,
    pub(super) description: &'static str,
    pub(super) solutions: &'static [&'static str],
    /// How often it comes compared with the others.
    pub(super) weight: u64,
    /// The group that solves what the first line can't, and in how many cases of a thousand that is.
    pub(super) beyond: Option<(&'static str, u64)>,
    /// Whether it names a business system.
    pub(super) names_system: bool,
    /// Impact and urgency as a rule; single tickets differ.
    pub(super) ranks: (i64, i64),
    /// Whether monitoring files it.
    pub(super) is_alarm: bool,
}

impl Template {
    const fn incident(
        category: &'static str,
        service: &'static str,
        texts: [&'static str; 2],
        solutions: &'static [&'static str],
    ) -> Self {
        let [subject, description] = texts;
        Self {
            kind: TicketKind::Incident,
            category,
            service,
            subject,
            description,
            solutions,
            weight: 10,
            beyond: None,
            names_system: false,
            ranks: (3, 2),
            is_alarm: false,
        }
    }

    const fn request(
        category: &'static str,
        service: &'static str,
        texts: [&'static str; 2],
        solutions: &'static [&'static str],
    ) -> Self {
        Self {
            kind: TicketKind::Request,
            ranks: (3, 3),
            ..Self::incident(category, service, texts, solutions)
        }
    }

    const fn often(self, weight: u64) -> Self {
        Self { weight, ..self }
    }

    const fn beyond(self, group: &'static str, of_thousand: u64) -> Self {
        Self { beyond: Some((group, of_thousand)), ..self }
    }

    const fn in_system(self) -> Self {
        Self { names_system: true, ..self }
    }

    const fn ranked(self, impact: i64, urgency: i64) -> Self {
        Self { ranks: (impact, urgency), ..self }
    }

    const fn alarm(self) -> Self {
        Self { is_alarm: true, ..self }
    }
}

/// All patterns.
pub(super) fn all() -> impl Iterator<Item = &'static Template> {
    [accounts::TEMPLATES, workplace::TEMPLATES, network::TEMPLATES, business::TEMPLATES, orders::TEMPLATES]
        .into_iter()
        .flatten()
}
