//! Why a mail isn't sent.

use crate::text_enum;

text_enum! {
    /// Why a mail isn't sent.
    pub enum Suppressed {
        /// The person has been sent as many as they may within an hour.
        PersonCap = "personCap",
        /// The ticket has given as many as it may within an hour.
        TicketCap = "ticketCap",
        /// The address was told a short while ago that mail from it had come in, or often enough.
        Acknowledged = "acknowledged",
        /// Mail to the address came back.
        Bounced = "bounced",
        /// The person may not see what it tells, or no longer.
        NoRight = "noRight",
        /// The account isn't used any more.
        Disabled = "disabled",
        /// Nobody is set up to send from.
        SendingOff = "sendingOff",
        /// There was nothing left to tell.
        Empty = "empty",
        /// A person decided so.
        GivenUp = "givenUp",
    }
}
