//! What the desk makes of an e-mail: the message as data, and the steps that decide what it becomes.
//!
//! `crate::mail::parse` makes an [`InboundMail`] of the bytes. What can only be known from the
//! database is asked for by [`questions`] and answered in [`Answers`]; [`decide`] then goes through
//! the steps and leaves a trace of each, so that the desk can see why a mail became what it became.

mod answers;
mod automatic;
mod bounce;
mod courtesy;
mod cursor;
mod decide;
mod fault;
mod fold;
mod heartbeat;
mod log;
mod mailbox;
mod message;
mod own;
mod preferences;
mod questions;
mod sender;
mod subject;
mod suppressed;
mod template;
mod token;
mod trace;

pub use answers::{Answers, CandidateAnswer, Participation, TicketStanding, UnknownSender};
pub use automatic::AutomaticKind;
pub use bounce::{Bounce, BounceKind, DeliveryFault};
pub use cursor::{Cursor, Folder, begin};
pub use decide::{Decision, decide, unparsable};
pub use fault::{MailFault, TestStep};
pub use fold::{Folded, HtmlHint, fold};
pub use heartbeat::{Heartbeat, Pulse, heartbeat};
pub use log::{Classification, InboundSource, InboundState, OutboundState};
pub use mailbox::{
    AfterFetch, FirstFetch, MailSecurity, MailboxAuth, MailboxSpec, Receive, SettingFault, UnknownSenders,
};
pub use message::{
    Action, Attachment, AuthenticationResult, Header, InboundMail, Invitation, Mailbox, Note, NoteCode,
    Origin, Protection, Recipient, Report,
};
pub use own::{Own, RateLimits, SpamMarks};
pub use preferences::{Digest, MailPreferences, USUAL_DIGEST_AT};
pub use questions::{Candidate, Questions, TicketNumberText, Via, questions};
pub use sender::{Authenticity, Standing};
pub use subject::{ForeignNumber, Subject, is_forwarded};
pub use suppressed::Suppressed;
pub use template::Template;
pub use token::{MessageToken, Signer, TokenRead};
pub use trace::{Finding, Step, StepName, Trace, Verdict};
