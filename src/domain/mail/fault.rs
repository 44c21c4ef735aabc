//! Why a mailbox couldn't be read.

use crate::text_enum;

text_enum! {
    /// Which part of reading a mailbox failed.
    pub enum MailFault {
        /// The server can't be reached.
        Unreachable = "unreachable",
        /// The connection can't be made secret: a certificate that isn't trusted, no STARTTLS.
        Security = "security",
        /// No access token was given.
        Token = "token",
        /// The server doesn't let us in.
        SignIn = "signIn",
        /// The folder isn't there, or nobody may read it.
        Folder = "folder",
        /// The folder that messages are moved to isn't there, or nobody may put any there.
        MoveTo = "moveTo",
        /// The server asks us to slow down.
        Throttled = "throttled",
        /// The connection broke off.
        Lost = "lost",
        /// The server didn't answer in time.
        Timeout = "timeout",
        /// The server says what we don't understand, or refuses a command.
        Protocol = "protocol",
        /// The mailbox's secret is missing or can't be opened with the installation's key.
        Secret = "secret",
        /// Storing a message here failed.
        Storage = "storage",
    }
}

text_enum! {
    /// A step of trying a mailbox.
    pub enum TestStep {
        /// Reaching the server, encrypted as it is set.
        Connect = "connect",
        /// Fetching an access token.
        Token = "token",
        /// Signing in.
        SignIn = "signIn",
        /// Opening the folder.
        Folder = "folder",
        /// Opening the folder that messages are moved to.
        MoveTo = "moveTo",
    }
}
