//! What can be wrong with a policy, as one list of codes: each has a sentence of its own in every language
//! that says what to change.

use crate::domain::routing::{MatrixProblem, PriorityListProblem, RuleProblem};
use crate::domain::sla::CalendarFault;
use crate::domain::sla::agreement::AgreementFault;
use crate::text_enum;

text_enum! {
    /// What is wrong with a policy.
    pub enum PolicyFault {
        /// No time zone of that name.
        UnknownZone = "unknownZone",
        /// Not a time such as 07:30.
        NotATime = "notATime",
        /// Not a date such as 2026-06-29.
        NotADate = "notADate",
        /// A day closes before it opens, or at the same time.
        OpensAfterItCloses = "opensAfterItCloses",
        /// Only one of opening and closing time is given.
        HalfADay = "halfADay",
        /// Two openings of one weekday overlap; about the weekday.
        HoursOverlap = "hoursOverlap",
        /// A weekday opens more than once; about the weekday.
        SeveralOpenings = "severalOpenings",
        /// No weekday of the ordinary week is open.
        NeverOpen = "neverOpen",
        /// The same date is listed twice.
        DateTwice = "dateTwice",
        /// A season's last date lies before its first.
        SeasonEndsBeforeItStarts = "seasonEndsBeforeItStarts",
        /// A season is longer than a year.
        SeasonTooLong = "seasonTooLong",
        /// Two seasons share a date.
        SeasonsOverlap = "seasonsOverlap",
        /// A calendar's version in another zone than its first.
        ZonesDiffer = "zonesDiffer",
        /// A version begins before the earliest time allowed: what was decided stays.
        BeginsTooEarly = "beginsTooEarly",
        /// A version begins before one to come, which would undo it; about that one's date.
        BeginsBeforeAnother = "beginsBeforeAnother",
        /// A version begins later than can be counted.
        TooFarAhead = "tooFarAhead",
        /// Another version of the document begins at the same time.
        BeginsWithAnother = "beginsWithAnother",
        /// An agreement promises nothing.
        NoPromise = "noPromise",
        /// The same metric is promised twice.
        MetricTwice = "metricTwice",
        /// Time in a group is promised to customers.
        MetricNotForKind = "metricNotForKind",
        /// A target of no time at all.
        TargetZero = "targetZero",
        /// A target beyond a year, as the calendar's opening hours are.
        TargetBeyondAYear = "targetBeyondAYear",
        /// A target of both minutes and days, or neither.
        TargetUnclear = "targetUnclear",
        /// The first response may take longer than the resolution.
        ResponseAfterResolution = "responseAfterResolution",
        /// A warning outside 1–99 per cent.
        WarningOutOfRange = "warningOutOfRange",
        /// Two warnings at the same share of the time.
        WarningTwice = "warningTwice",
        /// The same people are told twice.
        ToldTwice = "toldTwice",
        /// A version of an agreement of another kind than the one before.
        KindDiffers = "kindDiffers",
        /// A service that is a base function in an agreement for those that aren't, or the other way round;
        /// about the service.
        BaseFunctionNeverHolds = "baseFunctionNeverHolds",
        /// An OLA or underpinning agreement without a group.
        GroupMissing = "groupMissing",
        /// A promise to customers that asks for a group.
        GroupNotForKind = "groupNotForKind",
        /// Another agreement asks for exactly the same at the same time; about its name.
        Contradicts = "contradicts",
        /// A document that is to be ended isn't in force, or has a version to come.
        NotInForce = "notInForce",
        /// A priority list without systems.
        ListEmpty = "listEmpty",
        /// A system stands on the list twice.
        SystemTwice = "systemTwice",
        /// Two systems have one place; about the place.
        PlaceTwice = "placeTwice",
        /// Places begin with 1.
        PlaceZero = "placeZero",
        /// Not a whole number that a place can have.
        NotAPlace = "notAPlace",
        /// A list holds from before it was decided.
        DecidedAfterValidFrom = "decidedAfterValidFrom",
        /// Nobody answers for an activity; about the cell.
        NoAccountable = "noAccountable",
        /// More than one answers for an activity; about the cell.
        SeveralAccountable = "severalAccountable",
        /// Nobody does the work; about the cell.
        NoResponsible = "noResponsible",
        /// The row says what an earlier one says.
        RowTwice = "rowTwice",
        /// A responsible party has no group and no word on where to turn; about the party.
        NowhereToTurn = "nowhereToTurn",
        /// Two parties have one code.
        PartyTwice = "partyTwice",
        /// Two of a list are called the same; about the name.
        NameTwice = "nameTwice",
        /// What requesters read isn't said in English; about the cell or party.
        NotInEnglish = "notInEnglish",
        /// A rule sets nothing.
        NoEffect = "noEffect",
        /// A rule sets what a group or supplier promises; about the agreement's name.
        NotForCustomers = "notForCustomers",
        /// A rule holds always and stops, but isn't the last.
        SwallowsAll = "swallowsAll",
        /// A word without a letter or digit.
        BlankWord = "blankWord",
        /// A rule asks for too many words, or one is too long.
        TooManyWords = "tooManyWords",
        /// A range of priorities that ends before it begins.
        EmptyPriorityRange = "emptyPriorityRange",
        /// Rules set a field to and fro; about their names.
        RulesLoop = "rulesLoop",
        /// Two rules stand in one place of the order.
        SamePosition = "samePosition",
    }
}

/// What is wrong, and the name that the sentence about it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What.
    pub code: PolicyFault,
    /// A weekday, an agreement, a place, rules; empty when the sentence needs nothing.
    pub about: String,
}

impl Fault {
    /// A fault that needs no name.
    #[must_use]
    pub const fn new(code: PolicyFault) -> Self {
        Self { code, about: String::new() }
    }

    /// A fault of something with a name.
    #[must_use]
    pub fn about(code: PolicyFault, about: impl Into<String>) -> Self {
        Self { code, about: about.into() }
    }
}

impl From<CalendarFault> for PolicyFault {
    fn from(fault: CalendarFault) -> Self {
        match fault {
            CalendarFault::UnknownZone => Self::UnknownZone,
            CalendarFault::NotATime => Self::NotATime,
            CalendarFault::NotADate => Self::NotADate,
            CalendarFault::OpensAfterItCloses => Self::OpensAfterItCloses,
            CalendarFault::HalfADay => Self::HalfADay,
            CalendarFault::HoursOverlap => Self::HoursOverlap,
            CalendarFault::SeveralOpenings => Self::SeveralOpenings,
            CalendarFault::NeverOpen | CalendarFault::NoVersion => Self::NeverOpen,
            CalendarFault::DateTwice => Self::DateTwice,
            CalendarFault::SeasonEndsBeforeItStarts => Self::SeasonEndsBeforeItStarts,
            CalendarFault::SeasonTooLong => Self::SeasonTooLong,
            CalendarFault::SeasonsOverlap => Self::SeasonsOverlap,
            CalendarFault::VersionsOutOfOrder => Self::BeginsWithAnother,
            CalendarFault::ZonesDiffer => Self::ZonesDiffer,
            CalendarFault::VersionTooEarly => Self::BeginsTooEarly,
        }
    }
}

impl From<AgreementFault> for PolicyFault {
    fn from(fault: AgreementFault) -> Self {
        match fault {
            AgreementFault::NoPromise => Self::NoPromise,
            AgreementFault::MetricTwice => Self::MetricTwice,
            AgreementFault::MetricNotForKind => Self::MetricNotForKind,
            AgreementFault::TargetZero => Self::TargetZero,
            AgreementFault::TargetBeyondAYear => Self::TargetBeyondAYear,
            AgreementFault::ResponseAfterResolution => Self::ResponseAfterResolution,
            AgreementFault::WarningOutOfRange => Self::WarningOutOfRange,
            AgreementFault::WarningTwice => Self::WarningTwice,
            AgreementFault::ToldTwice => Self::ToldTwice,
            AgreementFault::KindDiffers => Self::KindDiffers,
            AgreementFault::GroupMissing => Self::GroupMissing,
            AgreementFault::GroupNotForKind => Self::GroupNotForKind,
            AgreementFault::BeginsInThePast | AgreementFault::EndsBeforeItBegins => Self::BeginsTooEarly,
            AgreementFault::BeginsWithAnother => Self::BeginsWithAnother,
            AgreementFault::Contradicts => Self::Contradicts,
        }
    }
}

impl From<&PriorityListProblem> for PolicyFault {
    /// Texts that can't be shown are told as texts, before this is asked.
    fn from(problem: &PriorityListProblem) -> Self {
        match problem {
            PriorityListProblem::Empty
            | PriorityListProblem::Decider(_)
            | PriorityListProblem::Registration(_) => Self::ListEmpty,
            PriorityListProblem::SystemTwice { .. } => Self::SystemTwice,
            PriorityListProblem::PlaceTwice { .. } => Self::PlaceTwice,
            PriorityListProblem::PlaceZero => Self::PlaceZero,
            PriorityListProblem::DecidedAfterValidFrom { .. } => Self::DecidedAfterValidFrom,
        }
    }
}

impl PolicyFault {
    /// What is wrong with a matrix; nothing for codes that don't exist and texts, which are told as such.
    pub(super) const fn of_matrix(problem: &MatrixProblem) -> Option<Self> {
        Some(match problem {
            MatrixProblem::NoAccountable { .. } => Self::NoAccountable,
            MatrixProblem::SeveralAccountable { .. } => Self::SeveralAccountable,
            MatrixProblem::NoResponsible { .. } => Self::NoResponsible,
            MatrixProblem::RowTwice { .. } => Self::RowTwice,
            MatrixProblem::NowhereToTurn { .. } => Self::NowhereToTurn,
            MatrixProblem::PartyTwice { .. } => Self::PartyTwice,
            MatrixProblem::NameTwice { .. } => Self::NameTwice,
            MatrixProblem::ReasonNotInEnglish { .. } | MatrixProblem::TurnToNotInEnglish { .. } => {
                Self::NotInEnglish
            }
            MatrixProblem::UnknownSupportLevel { .. }
            | MatrixProblem::UnknownActivity { .. }
            | MatrixProblem::UnknownParty { .. }
            | MatrixProblem::Reason { .. }
            | MatrixProblem::PartyText { .. } => return None,
        })
    }

    /// What is wrong with rules; nothing for a name, which is told as a text.
    pub(super) const fn of_rules(problem: &RuleProblem) -> Option<Self> {
        Some(match problem {
            RuleProblem::Name { .. } => return None,
            RuleProblem::NoEffect { .. } => Self::NoEffect,
            RuleProblem::SwallowsAll { .. } => Self::SwallowsAll,
            RuleProblem::BlankWord { .. } => Self::BlankWord,
            RuleProblem::LongWord { .. } | RuleProblem::TooManyWords { .. } => Self::TooManyWords,
            RuleProblem::EmptyPriorityRange { .. } => Self::EmptyPriorityRange,
            RuleProblem::SamePosition { .. } => Self::SamePosition,
            RuleProblem::Loop { .. } => Self::RulesLoop,
        })
    }
}
