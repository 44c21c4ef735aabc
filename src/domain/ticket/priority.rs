//! Priority from impact × urgency (ITIL; domain C3).

use std::fmt;

/// Impact or urgency: 1 high, 2 medium, 3 low.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct Rank(u8);

impl Rank {
    /// The highest.
    pub const HIGH: Self = Self(1);
    /// The middle.
    pub const MEDIUM: Self = Self(2);
    /// The lowest.
    pub const LOW: Self = Self(3);

    /// 1–3, or nothing.
    #[must_use]
    pub fn new(value: i64) -> Option<Self> {
        u8::try_from(value).ok().filter(|v| (1..=3).contains(v)).map(Self)
    }

    /// 1 (high) to 3 (low).
    #[must_use]
    pub fn get(self) -> i64 {
        i64::from(self.0)
    }
}

impl TryFrom<i64> for Rank {
    type Error = String;
    fn try_from(value: i64) -> Result<Self, String> {
        Self::new(value).ok_or_else(|| format!("{value} is not 1, 2 or 3"))
    }
}

impl From<Rank> for i64 {
    fn from(rank: Rank) -> Self {
        rank.get()
    }
}

/// 1 (critical) to 4 (low).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct Priority(u8);

impl Priority {
    /// 1–4, or nothing.
    #[must_use]
    pub fn new(value: i64) -> Option<Self> {
        u8::try_from(value).ok().filter(|v| (1..=4).contains(v)).map(Self)
    }

    /// 1 (critical) to 4 (low).
    #[must_use]
    pub fn get(self) -> i64 {
        i64::from(self.0)
    }

    /// So many steps more pressing, never past 1.
    #[must_use]
    pub const fn raised_by(self, steps: u8) -> Self {
        let raised = self.0.saturating_sub(steps);
        Self(if raised == 0 { 1 } else { raised })
    }
}

impl TryFrom<i64> for Priority {
    type Error = String;
    fn try_from(value: i64) -> Result<Self, String> {
        Self::new(value).ok_or_else(|| format!("{value} is not 1 to 4"))
    }
}

impl From<Priority> for i64 {
    fn from(priority: Priority) -> Self {
        priority.get()
    }
}

impl fmt::Display for Priority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The matrix. Read: impact down, urgency across.
///
/// | | 1 | 2 | 3 |
/// |---|---|---|---|
/// | 1 | 1 | 2 | 3 |
/// | 2 | 2 | 2 | 3 |
/// | 3 | 3 | 3 | 4 |
#[must_use]
pub const fn priority_of(impact: Rank, urgency: Rank) -> Priority {
    Priority(match (impact.0, urgency.0) {
        (1, 1) => 1,
        (1, 2) | (2, 1 | 2) => 2,
        (3, 3) => 4,
        _ => 3,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matrix_is_symmetric_and_never_falls_with_rising_need() {
        for impact in 1..=3 {
            for urgency in 1..=3 {
                let at = |i, u| priority_of(Rank::new(i).unwrap(), Rank::new(u).unwrap()).get();
                assert_eq!(at(impact, urgency), at(urgency, impact));
                if impact > 1 {
                    assert!(at(impact - 1, urgency) <= at(impact, urgency));
                }
            }
        }
        assert_eq!(priority_of(Rank::HIGH, Rank::HIGH).get(), 1);
        assert_eq!(priority_of(Rank::LOW, Rank::LOW).get(), 4);
    }
}
