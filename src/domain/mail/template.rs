//! Which mails there are.

use crate::domain::notify::NoticeKind;
use crate::text_enum;

text_enum! {
    /// A text that is sent, in each language once.
    pub enum Template {
        /// To the requester: it has come in.
        Received = "received",
        /// Staff registered it for the requester.
        Registered = "registered",
        /// Somebody wrote on it.
        Answered = "answered",
        /// It waits for the requester.
        WaitingForYou = "waitingForYou",
        /// It was solved.
        Resolved = "resolved",
        /// It was opened again.
        Reopened = "reopened",
        /// It was given to this person.
        Assigned = "assigned",
        /// A ticket of the highest priority.
        Critical = "critical",
        /// What was promised on it is soon due.
        DueSoon = "dueSoon",
        /// What was promised on it is overdue.
        Overdue = "overdue",
        /// A mail of ours about it didn't reach whom it was for.
        Undelivered = "undelivered",
        /// Several of the above, gathered.
        Digest = "digest",
    }
}

impl Template {
    /// The mail of a notice.
    #[must_use]
    pub const fn of(notice: NoticeKind) -> Self {
        match notice {
            NoticeKind::Answered => Self::Answered,
            NoticeKind::WaitingForYou => Self::WaitingForYou,
            NoticeKind::Resolved => Self::Resolved,
            NoticeKind::Reopened => Self::Reopened,
            NoticeKind::Assigned => Self::Assigned,
            NoticeKind::Critical => Self::Critical,
            NoticeKind::Registered => Self::Registered,
            NoticeKind::DueSoon => Self::DueSoon,
            NoticeKind::Overdue => Self::Overdue,
            NoticeKind::Undelivered => Self::Undelivered,
        }
    }

    /// Which of several mails that one step would send to one person is the one sent: the higher tells the
    /// lower too, since each shows the ticket as it stands and what was written in that step.
    #[must_use]
    pub const fn weight(self) -> u8 {
        match self {
            Self::Digest => 0,
            Self::Received => 1,
            Self::Answered => 2,
            Self::Registered => 3,
            Self::Assigned => 4,
            Self::Undelivered => 5,
            Self::DueSoon => 6,
            Self::Overdue => 7,
            Self::Critical => 8,
            Self::Reopened => 9,
            Self::WaitingForYou => 10,
            Self::Resolved => 11,
        }
    }

    /// Whether it waits for no digest.
    #[must_use]
    pub const fn is_urgent(self) -> bool {
        matches!(self, Self::Critical)
    }
}
