//! Keys of the stored things, one type each, so that a user can't be passed where a ticket is meant.
//!
//! A key never leaves the product as a number: tickets show their human number, reference data its
//! code, and the rest an opaque text made from the key by `app::opaque`.

/// Declares newtypes over `i64`, the database's own key type (ADR 0001).
macro_rules! define_ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl $name {
            /// The key as the database holds it.
            #[must_use]
            pub const fn get(self) -> i64 {
                self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

define_ids! {
    /// A ticket of any kind.
    TicketId,
    /// A person with or without a login.
    UserId,
    /// A municipality, department, unit or company.
    OrganisationId,
    /// A desk: a department that takes in tickets (IT first, others by agreement).
    DeskId,
    /// A resolver group in one of the lines.
    GroupId,
    /// A category of tickets.
    CategoryId,
    /// A service of the catalogue, base functions among them.
    ServiceId,
    /// A business system.
    SystemId,
    /// A message on a ticket.
    MessageId,
    /// A stored file on a ticket.
    AttachmentId,
    /// A link between two tickets.
    LinkId,
    /// A signed-in session, of the API or of the web.
    SessionId,
    /// A document the desk has decided: a calendar, an agreement, a list, a matrix, rules.
    PolicyId,
    /// A version of such a document.
    PolicyVersionId,
    /// A queued job.
    JobId,
    /// An import of tickets from another system.
    ImportId,
    /// Something a person is told about in the portal.
    NotificationId,
    /// A rule of routing.
    RuleId,
    /// A version of the priority list of society-critical systems.
    PriorityListId,
    /// A calendar of opening hours.
    CalendarId,
    /// A service level, operational level or underpinning agreement.
    AgreementId,
    /// An agreement as it holds from a date.
    AgreementVersionId,
    /// An address that a desk reads and answers from.
    MailboxId,
    /// A message that came in by e-mail.
    InboundMailId,
    /// A mail that is to go out or went.
    OutboundMailId,
}
