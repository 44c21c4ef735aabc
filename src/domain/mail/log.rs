//! How far mail has come, inwards and outwards.

use crate::text_enum;

text_enum! {
    /// Which way a message came in.
    pub enum InboundSource {
        /// Fetched from a mailbox.
        Imap = "imap",
        /// Handed over by a mail server's pipe (`arende mail ingest`).
        Pipe = "pipe",
        /// Posted to the REST intake.
        Rest = "rest",
    }
}

text_enum! {
    /// What has become of a message that came in.
    pub enum InboundState {
        /// Stored, not read yet.
        Received = "received",
        /// It opened a ticket.
        Ticket = "ticket",
        /// It is an answer on a ticket.
        Reply = "reply",
        /// It stands as a note on a ticket: automatic answers, bounces, what a stranger wrote.
        Noted = "noted",
        /// It asks for nothing: a duplicate, our own, an automatic message.
        Ignored = "ignored",
        /// It waits for a person's look.
        Held = "held",
        /// It can't be read; a person may turn it into a ticket.
        Quarantined = "quarantined",
        /// A person has thrown it away.
        Discarded = "discarded",
    }
}

text_enum! {
    /// What has become of a mail that is to go out.
    pub enum OutboundState {
        /// It waits for its turn, or for its hour.
        Waiting = "waiting",
        /// The mail server has taken it.
        Sent = "sent",
        /// It isn't sent, for a reason that stands beside it.
        Suppressed = "suppressed",
        /// Given up after many attempts; a person may send it again.
        Dead = "dead",
    }
}

text_enum! {
    /// What a message that came in was taken for (contract §5).
    pub enum Classification {
        /// Something new.
        New = "new",
        /// An answer on a ticket.
        Reply = "reply",
        /// Written by a machine.
        AutoReply = "autoReply",
        /// It tells that a mail of ours didn't arrive.
        Bounce = "bounce",
        /// It would go round and round.
        Loop = "loop",
        /// Marked as rubbish by the mail server.
        Spam = "spam",
        /// It can't be read.
        Unparsable = "unparsable",
    }
}
