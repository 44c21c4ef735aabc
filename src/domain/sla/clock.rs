//! The clock of one promise: a pure function of what happened, the target and the calendar.
//!
//! Nothing is stored and moved. [`Replay`] runs through the events and then answers everything: where
//! the clock stands ([`Evaluation`]), what has been passed on the way ([`Mark`]), when to look again,
//! and why it is so in words ([`Sentence`]). Asked twice it answers the same.
//!
//! The rules (contract §4):
//! * Only opening hours count. Pauses add nothing, in whatever order and number; pausing what is paused
//!   and resuming what runs changes nothing. The time between *resolved* and *reopened* is a pause.
//! * Due is the target counted from *opened*, moved by the working time paused; while paused it is as if
//!   the clock went on now. A changed target is counted from *opened* as well and keeps earlier pauses.
//! * Resolved exactly when due is met. A clock that runs past its due instant is breached at that instant
//!   and for ever: later pauses, a re-opening or a longer target don't undo it, and the due instant that
//!   was breached is the one that is reported. A target changed to one that is already used up is breached
//!   when it was changed.
//! * Another agreement may bring another calendar. From then on everything is counted in it, also the time
//!   since *opened* and earlier pauses; what was passed before stays passed.

use super::target::Target;
use crate::domain::clock::Instant;
use crate::domain::ticket::WaitingFor;

mod explain;
mod replay;

pub use explain::{Sentence, Spoken};
pub use replay::Replay;

use super::calendar::Calendar;
use crate::text_enum;

/// Something that happened to what the clock measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockEvent {
    /// When.
    pub at: Instant,
    /// What.
    pub kind: ClockEventKind,
}

/// What may happen to a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockEventKind {
    /// The work arrived. Exactly once, before all else.
    Opened,
    /// The clock stands still.
    Paused {
        /// What for, if known.
        why: Option<WaitingFor>,
    },
    /// It goes on.
    Resumed,
    /// What was promised is done.
    Resolved,
    /// It wasn't done after all.
    Reopened,
    /// Another target holds from here, counted from the opening.
    TargetChanged(Target),
    /// The next of the [`Terms`] that the clock was given hold from here, counted from the opening.
    TermsChanged,
}

/// What a clock is held to.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'c> {
    /// Whose opening hours count.
    pub calendar: &'c Calendar,
    /// How much of them there is.
    pub target: Target,
    /// After which shares of the target it warns, in per cent; those outside 1–99 are left out.
    pub warn_at_percent: &'c [u8],
}

text_enum! {
    /// How a clock stands.
    pub enum ClockState {
        /// It counts during opening hours.
        Running = "running",
        /// It stands still.
        Paused = "paused",
        /// Done in time.
        Met = "met",
        /// Ran past its due instant, whatever came later.
        Breached = "breached",
    }
}

/// How a clock stands at an instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluation {
    /// When the promise is due, was due when it was met, or was due when it was breached.
    pub due_at: Instant,
    /// Working microseconds used: open, not paused, not resolved.
    pub elapsed_micros: i64,
    /// Working microseconds left of the target (of a target in days: of the working time between opening
    /// and due). Negative by the working time that a breached clock is late.
    pub remaining_micros: i64,
    /// How it stands.
    pub state: ClockState,
    /// When it was breached, if it was.
    pub breached_at: Option<Instant>,
    /// Why it is so, the most important first.
    pub explanation: Vec<Sentence>,
}

/// Something a clock has passed, to be recorded once: (`kind`, `cycle`) never comes twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Mark {
    /// What was passed.
    pub kind: MarkKind,
    /// When.
    pub at: Instant,
    /// How many times another target had been set by then: a new target warns anew.
    pub cycle: u32,
}

/// What a clock can pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MarkKind {
    /// So many per cent of the working time are used.
    Warned {
        /// 1–99.
        percent: u8,
    },
    /// The due instant; at most once in a clock's life.
    Breached,
}

/// Why events make no clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ClockError {
    /// Nothing was opened up to now.
    #[error("no event says that the clock was opened by then; add one of type opened")]
    NeverOpened,
    /// Opened more than once.
    #[error("the clock is opened a second time at {at}; use reopened after resolved")]
    OpenedTwice {
        /// The second time.
        at: Instant,
    },
    /// Terms were changed, and there were no others.
    #[error("the terms change more often than there are terms")]
    NoTerms,
    /// Something happened before the opening.
    #[error("an event at {at} comes before the clock was opened at {opened_at}")]
    BeforeOpened {
        /// The event.
        at: Instant,
        /// The opening.
        opened_at: Instant,
    },
    /// A target of no time at all.
    #[error("a target must be at least one working minute or one working day")]
    TargetIsZero,
    /// The due instant lies beyond the calendar.
    #[error("the due instant lies after the last year the calendar knows")]
    DueTooFar,
}

/// How a clock with this first target stands at `now`; events after `now` haven't happened yet.
///
/// # Errors
/// [`ClockError`] when the events make no clock.
pub fn evaluate(
    calendar: &Calendar,
    target: Target,
    events: &[ClockEvent],
    now: Instant,
) -> Result<Evaluation, ClockError> {
    Ok(Replay::run(&[Terms { calendar, target, warn_at_percent: &[] }], events, now)?.evaluation())
}

/// What the clock has passed up to `now`, in order.
///
/// # Errors
/// [`ClockError`] when the events make no clock.
pub fn marks(
    calendar: &Calendar,
    target: Target,
    warn_at_percent: &[u8],
    events: &[ClockEvent],
    now: Instant,
) -> Result<Vec<Mark>, ClockError> {
    Ok(Replay::run(&[Terms { calendar, target, warn_at_percent }], events, now)?.marks().to_vec())
}

/// The first instant after `now` at which the clock passes something if nothing else happens to it: the
/// instant of a warning, or the first microsecond in which the promise is broken. `None` for a clock that
/// is paused, met or breached.
///
/// # Errors
/// [`ClockError`] when the events make no clock.
pub fn next_wake(
    calendar: &Calendar,
    target: Target,
    warn_at_percent: &[u8],
    events: &[ClockEvent],
    now: Instant,
) -> Result<Option<Instant>, ClockError> {
    Ok(Replay::run(&[Terms { calendar, target, warn_at_percent }], events, now)?.next_wake())
}

#[cfg(test)]
mod tests;
