//! What each step found, in codes and values; the words are the reader's language's.

use serde::{Deserialize, Serialize};

/// The steps a message went through, in order, up to the one that decided.
pub type Trace = Vec<Step>;

/// What one step made of the message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// Which step.
    pub step: StepName,
    /// Whether it decided.
    pub verdict: Verdict,
    /// What it found.
    pub finding: Finding,
    /// What the finding is about: a header, an address, a number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
}

impl Step {
    /// A step that found something worth knowing.
    #[must_use]
    pub const fn noted(step: StepName, finding: Finding, values: Vec<String>) -> Self {
        Self { step, verdict: Verdict::Noted, finding, values }
    }
}

/// How a step ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Verdict {
    /// Nothing to say.
    Passed,
    /// Something worth knowing that decides nothing by itself.
    Noted,
    /// It settled what the message becomes.
    Decided,
}

/// Declares an enum of codes with its list, so that the texts for them can be checked.
macro_rules! define_codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$item_doc:meta])* $item:ident = $code:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$item_doc])* #[serde(rename = $code)] $item),*
        }

        impl $name {
            /// All there are.
            pub const ALL: &'static [Self] = &[$(Self::$item),*];

            /// The stable code.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$item => $code),* }
            }
        }
    };
}

define_codes! {
    /// The steps, in the order they are taken.
    StepName {
        /// Is there the mailbox it was handed over for?
        Mailbox = "mailbox",
        /// Was it sent by us?
        OwnMessage = "ownMessage",
        /// Was it taken in before?
        Duplicate = "duplicate",
        /// Is it small enough?
        Size = "size",
        /// Does a machine report on a message of ours?
        Report = "report",
        /// Does it go round in circles?
        Loop = "loop",
        /// Did a machine write it?
        Automatic = "automatic",
        /// Is it marked as spam?
        Spam = "spam",
        /// Is the sender who they say they are?
        Authenticity = "authenticity",
        /// Do we know the sender?
        Sender = "sender",
        /// Which ticket does it belong to?
        Threading = "threading",
        /// Does it only say thank you?
        Courtesy = "courtesy",
    }
}

define_codes! {
    /// What a step can find.
    Finding {
        /// Nothing.
        Nothing = "nothing",
        /// It was handed over for a mailbox that there isn't.
        UnknownMailbox = "unknownMailbox",
        /// It carries a Message-ID of ours.
        OwnMessageId = "ownMessageId",
        /// It is from one of our own addresses.
        OwnAddress = "ownAddress",
        /// It carries our mark.
        OwnMark = "ownMark",
        /// It was taken in before.
        AlreadyTakenIn = "alreadyTakenIn",
        /// It is larger than is taken in.
        TooLarge = "tooLarge",
        /// It couldn't be read.
        Unreadable = "unreadable",
        /// A message of ours couldn't be delivered.
        DeliveryFailed = "deliveryFailed",
        /// A message of ours is late.
        DeliveryDelayed = "deliveryDelayed",
        /// A message of ours arrived.
        DeliverySucceeded = "deliverySucceeded",
        /// A receipt for a message of ours.
        Receipt = "receipt",
        /// A report in a mail server's own form.
        UnformedBounce = "unformedBounce",
        /// The sender has sent more than a person does in an hour.
        SenderTooOften = "senderTooOften",
        /// The same text came from the sender again and again.
        SameAgain = "sameAgain",
        /// It has passed too many servers.
        TooManyHops = "tooManyHops",
        /// A header says that a machine wrote it.
        AutomaticHeader = "automaticHeader",
        /// It came over a list.
        MailingList = "mailingList",
        /// Its envelope has no sender, so that nobody wants an answer.
        EmptyReturnPath = "emptyReturnPath",
        /// The sender's address is a machine's.
        MachineSender = "machineSender",
        /// The subject is one of automatic answers.
        AutomaticSubject = "automaticSubject",
        /// The subject and more than one weak sign say so.
        WeakSigns = "weakSigns",
        /// It may be a machine's, and nobody knows the sender: a person looks.
        PerhapsAutomatic = "perhapsAutomatic",
        /// The receiving server says spam.
        MarkedAsSpam = "markedAsSpam",
        /// The origin is confirmed by a server we trust.
        OriginConfirmed = "originConfirmed",
        /// The origin is refuted by a server we trust.
        OriginRefuted = "originRefuted",
        /// Nobody we trust says anything of the origin.
        OriginUnknown = "originUnknown",
        /// Several authors are named.
        SeveralAuthors = "severalAuthors",
        /// Nobody confirms the sender, who has opened many tickets within a day.
        ManyTickets = "manyTickets",
        /// There is no sender's address.
        NoSender = "noSender",
        /// Nobody we know.
        SenderUnknown = "senderUnknown",
        /// Nobody we know, and such mail waits for a look.
        SenderWaits = "senderWaits",
        /// A contact without a login.
        SenderContact = "senderContact",
        /// Somebody with a login.
        SenderRequester = "senderRequester",
        /// One of the staff.
        SenderStaff = "senderStaff",
        /// One of the staff, but the origin isn't confirmed: taken in without their rights.
        StaffUnconfirmed = "staffUnconfirmed",
        /// An account that was closed.
        SenderDisabled = "senderDisabled",
        /// Nobody was asked: there is no database.
        SenderNotChecked = "senderNotChecked",
        /// It answers a message of ours.
        SignedReference = "signedReference",
        /// It is addressed to a ticket.
        SignedAddress = "signedAddress",
        /// The subject names a ticket.
        SubjectTag = "subjectTag",
        /// It names a ticket, but the sender doesn't take part in it.
        NotParticipant = "notParticipant",
        /// Only the subject names the ticket, and nobody confirms that its participant wrote it.
        TagUnconfirmed = "tagUnconfirmed",
        /// It names a ticket that isn't there.
        NoSuchTicket = "noSuchTicket",
        /// Whether the sender takes part wasn't checked.
        ParticipationNotChecked = "participationNotChecked",
        /// A reference that looks like ours has a wrong signature.
        ForgedReference = "forgedReference",
        /// It comes from staff and answers what the requester doesn't read: it becomes a note.
        AnswerForStaff = "answerForStaff",
        /// Another organisation's ticket number.
        ForeignNumber = "foreignNumber",
        /// It names no ticket of ours.
        NoTicketNamed = "noTicketNamed",
        /// Only thanks on a finished ticket: it stays finished.
        OnlyThanks = "onlyThanks",
        /// A real answer on a finished ticket.
        RealAnswer = "realAnswer",
        /// A ticket that can't be re-opened: a new one is made and linked.
        TicketClosedForGood = "ticketClosedForGood",
    }
}
