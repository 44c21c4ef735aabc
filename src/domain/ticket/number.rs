//! Human ticket numbers: a prefix per kind and a running number per kind.

use super::TicketKind;
use std::fmt;

/// A ticket's number as people say it: `INC-1042`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TicketNumber {
    kind: TicketKind,
    sequence: i64,
}

impl TicketNumber {
    /// The number of a kind's so-manieth ticket.
    #[must_use]
    pub const fn new(kind: TicketKind, sequence: i64) -> Self {
        Self { kind, sequence }
    }

    /// Reads a number; letter case and surrounding space don't matter.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (prefix, digits) = text.trim().split_once('-')?;
        let kind = match prefix.to_ascii_uppercase().as_str() {
            "INC" => TicketKind::Incident,
            "REQ" => TicketKind::Request,
            "PRB" => TicketKind::Problem,
            "CHG" => TicketKind::Change,
            _ => return None,
        };
        let plain = !digits.is_empty()
            && digits.len() <= 15
            && !digits.starts_with('0')
            && digits.bytes().all(|b| b.is_ascii_digit());
        if !plain {
            return None;
        }
        digits.parse().ok().map(|sequence| Self { kind, sequence })
    }

    /// The kind its prefix stands for.
    #[must_use]
    pub const fn kind(self) -> TicketKind {
        self.kind
    }

    /// The running number within the kind.
    #[must_use]
    pub const fn sequence(self) -> i64 {
        self.sequence
    }

    const fn prefix(self) -> &'static str {
        match self.kind {
            TicketKind::Incident => "INC",
            TicketKind::Request => "REQ",
            TicketKind::Problem => "PRB",
            TicketKind::Change => "CHG",
        }
    }
}

impl fmt::Display for TicketNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.prefix(), self.sequence)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_back_as_written() {
        for text in ["INC-1", "REQ-298", "PRB-12", "CHG-999999999999999"] {
            assert_eq!(TicketNumber::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(TicketNumber::parse(" inc-7 ").unwrap().to_string(), "INC-7");
        for bad in ["", "INC", "INC-", "INC-0", "INC-01", "INC--1", "INC-1x", "ABC-1", "INC-9999999999999999"]
        {
            assert!(TicketNumber::parse(bad).is_none(), "{bad}");
        }
    }
}
