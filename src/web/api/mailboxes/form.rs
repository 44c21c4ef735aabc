//! What a mailbox looks like in JSON, as it is sent and as it is answered.

use crate::app::mail::{MailboxChange, MailboxView};
use crate::app::{AppError, FieldErrors, FieldProblem, Secret};
use crate::domain::mail::{
    AfterFetch, FirstFetch, Heartbeat, MailFault, MailSecurity, MailboxAuth, MailboxSpec, Receive,
    UnknownSenders,
};
use crate::domain::people::Directory;
use crate::web::api::parts::{At, CodedOut, Names};
use crate::web::api::words::{
    AfterFetchWord, FirstFetchWord, HeartbeatWord, MailFaultWord, MailSecurityWord, MailboxAuthWord,
    ReceiveWord, UnknownSendersWord,
};
use crate::web::extract::said;
use serde::{Deserialize, Serialize};

/// Declares the settings that are sent, of a new mailbox and of a change, so that the two can't differ.
macro_rules! define_sent {
    ($($(#[$doc:meta])* $name:ident as $shown:ident { $($(#[$own_attribute:meta])* $own:ident: $own_type:ty,)* })*) => {$(
        $(#[$doc])*
        #[derive(Default, Deserialize, utoipa::ToSchema)]
        #[serde(default, deny_unknown_fields, rename_all = "camelCase")]
        #[schema(as = $shown)]
        pub struct $name {
            $($(#[$own_attribute])* $own: $own_type,)*
            /// The code of its desk.
            #[schema(max_length = 60)]
            desk: Option<String>,
            /// The code of the organisation whose people write to it, where their domain doesn't tell.
            #[serde(deserialize_with = "said")]
            #[schema(value_type = Option<String>, max_length = 60)]
            organisation: Option<Option<String>>,
            /// The password or the application's secret; never answered.
            #[schema(format = Password, max_length = 4_000)]
            secret: Option<String>,
            /// Whether it is read.
            is_active: Option<bool>,
            /// How its mail gets here.
            #[schema(value_type = Option<ReceiveWord>)]
            receive: Option<String>,
            /// The server.
            #[schema(max_length = 250)]
            host: Option<String>,
            /// Its port.
            #[schema(minimum = 1, maximum = 65_535)]
            port: Option<i64>,
            /// How the connection is kept secret.
            #[schema(value_type = Option<MailSecurityWord>)]
            security: Option<String>,
            /// Whether a plain connection to another machine is meant.
            plain_is_meant: Option<bool>,
            /// Certificates of authorities that are trusted besides the system's (PEM).
            #[schema(max_length = 100_000)]
            authorities: Option<String>,
            /// How the product proves who it is.
            #[schema(value_type = Option<MailboxAuthWord>)]
            auth: Option<String>,
            /// The account; of a shared mailbox its address with `xoauth2`.
            #[schema(max_length = 250)]
            username: Option<String>,
            /// Where access tokens are fetched.
            #[schema(max_length = 250)]
            token_url: Option<String>,
            /// The application's id there.
            #[schema(max_length = 250)]
            client_id: Option<String>,
            /// What the token is for.
            #[schema(max_length = 250)]
            scope: Option<String>,
            /// The folder that is read.
            #[schema(max_length = 250)]
            folder: Option<String>,
            /// Where the very first reading begins.
            #[schema(value_type = Option<FirstFetchWord>)]
            first_fetch: Option<String>,
            /// What is done with a message at the server once it is stored here.
            #[schema(value_type = Option<AfterFetchWord>)]
            after_fetch: Option<String>,
            /// The folder it is moved to.
            #[schema(max_length = 250)]
            move_to: Option<String>,
            /// What becomes of messages from strangers.
            #[schema(value_type = Option<UnknownSendersWord>)]
            unknown_senders: Option<String>,
            /// The name under which the own mail server tells what it found about a sender, `-` for one that
            /// writes no name (Microsoft 365); empty: nobody's word is taken.
            #[schema(max_length = 250)]
            trusted_authserv: Option<String>,
            /// How other systems' ticket numbers look in subjects; `#` stands for one digit or more.
            #[schema(max_items = 20)]
            foreign_numbers: Option<Vec<String>>,
            /// After so many minutes of opening hours without a message the mailbox is too silent; null: never.
            #[serde(deserialize_with = "said")]
            #[schema(value_type = Option<i64>, minimum = 1, maximum = 130_000)]
            silent_after_minutes: Option<Option<i64>>,
            /// The last day on which the secret holds, where it has one.
            #[serde(deserialize_with = "said")]
            #[schema(value_type = Option<String>, format = Date)]
            secret_expires: Option<Option<String>>,
        }

        impl $name {
            /// What is mentioned takes the place of what was set.
            fn apply(self, to: &mut MailboxChange) -> Result<(), AppError> {
                let Self {
                    $($own: _,)*
                    desk, organisation, secret, is_active, receive, host, port, security, plain_is_meant,
                    authorities, auth, username, token_url, client_id, scope, folder, first_fetch, after_fetch,
                    move_to, unknown_senders, trusted_authserv, foreign_numbers, silent_after_minutes,
                    secret_expires,
                } = self;
                let mut errors = FieldErrors::default();
                let spec = &mut to.spec;
                let mut word = Words(&mut errors);
                word.set("receive", receive, Receive::from_text, &mut spec.receive);
                word.set("security", security, MailSecurity::from_text, &mut spec.security);
                word.set("auth", auth, MailboxAuth::from_text, &mut spec.auth);
                word.set("firstFetch", first_fetch, FirstFetch::from_text, &mut spec.first_fetch);
                word.set("afterFetch", after_fetch, AfterFetch::from_text, &mut spec.after_fetch);
                word.set("unknownSenders", unknown_senders, UnknownSenders::from_text, &mut spec.unknown_senders);
                set(host, &mut spec.host);
                // No port is one that the rules refuse.
                set(port.map(|port| u16::try_from(port).unwrap_or(0)), &mut spec.port);
                set(plain_is_meant, &mut spec.plain_is_meant);
                set(authorities, &mut spec.authorities);
                set(username, &mut spec.username);
                set(token_url, &mut spec.token_url);
                set(client_id, &mut spec.client_id);
                set(scope, &mut spec.scope);
                set(folder, &mut spec.folder);
                set(move_to, &mut spec.move_to);
                set(trusted_authserv, &mut spec.trusted_authserv);
                set(foreign_numbers, &mut spec.foreign_numbers);
                let minutes = |minutes: Option<i64>| minutes.map(|minutes| u32::try_from(minutes).unwrap_or(0));
                set(silent_after_minutes.map(minutes), &mut spec.silent_after_minutes);
                match secret_expires {
                    None => {}
                    Some(None) => spec.secret_expires = None,
                    Some(Some(day)) => match day.parse() {
                        Ok(day) => spec.secret_expires = Some(day),
                        Err(_) => errors.add("secretExpires", FieldProblem::Malformed),
                    },
                }
                if desk.is_some() {
                    to.desk = desk;
                }
                set(organisation, &mut to.organisation);
                to.secret = secret.map(Secret::new);
                set(is_active, &mut to.is_active);
                errors.finish()
            }
        }
    )*};
}

define_sent! {
    /// A mailbox to be made. What isn't mentioned is as usual: IMAP with TLS at port 993, the folder `INBOX`,
    /// only new messages, nothing done with them at the server.
    MailboxCreateIn as NewMailbox {
        /// Its code; made of the name when nothing is said.
        #[schema(max_length = 60, pattern = "^[a-z0-9]+(-[a-z0-9]+)*$")]
        code: Option<String>,
        /// Its name.
        #[schema(required, min_length = 1, max_length = 200)]
        name: String,
        /// Its address.
        #[schema(required, format = Email, min_length = 3, max_length = 254)]
        address: String,
    }
    /// What is to be changed; what isn't mentioned stays.
    MailboxPatchIn as MailboxPatch {
        /// Its name.
        #[schema(min_length = 1, max_length = 200)]
        name: Option<String>,
        /// Its address.
        #[schema(format = Email, min_length = 3, max_length = 254)]
        address: Option<String>,
    }
}

/// Reads words, noting those that aren't known.
struct Words<'a>(&'a mut FieldErrors);

impl Words<'_> {
    fn set<T>(
        &mut self,
        field: &'static str,
        sent: Option<String>,
        of: impl Fn(&str) -> Option<T>,
        to: &mut T,
    ) {
        if let Some(sent) = sent
            && let Some(value) = self.0.found(field, of(&sent))
        {
            *to = value;
        }
    }
}

fn set<T>(sent: Option<T>, to: &mut T) {
    if let Some(value) = sent {
        *to = value;
    }
}

impl MailboxCreateIn {
    /// The code, and what is set.
    pub(super) fn settings(mut self) -> Result<(Option<String>, MailboxChange), AppError> {
        let code = self.code.take();
        let (name, address) = (std::mem::take(&mut self.name), std::mem::take(&mut self.address));
        let mut settings = MailboxChange { name, address, is_active: true, ..MailboxChange::default() };
        self.apply(&mut settings)?;
        Ok((code, settings))
    }
}

impl MailboxPatchIn {
    /// The mailbox as it was, with what is mentioned changed.
    pub(super) fn applied_to(mut self, before: MailboxView) -> Result<MailboxChange, AppError> {
        let MailboxView { name, address, desk, organisation, spec, is_active, .. } = before;
        let mut settings = MailboxChange {
            name: self.name.take().unwrap_or(name),
            address: self.address.take().unwrap_or(address),
            desk: Some(desk),
            organisation,
            spec,
            secret: None,
            is_active,
        };
        self.apply(&mut settings)?;
        Ok(settings)
    }
}

/// A mailbox.
#[derive(Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Mailbox)]
pub struct MailboxOut<'a> {
    /// Its code.
    code: &'a str,
    /// Its name.
    name: &'a str,
    /// Its address.
    address: &'a str,
    /// Its desk.
    #[schema(required)]
    desk: Option<CodedOut<'a>>,
    /// The organisation whose people write to it, where their domain doesn't tell.
    #[schema(required)]
    organisation: Option<CodedOut<'a>>,
    /// Whether it is read.
    is_active: bool,
    /// Whether it has a secret, which is never answered.
    has_secret: bool,
    /// How it is.
    #[schema(value_type = HeartbeatWord)]
    heartbeat: Heartbeat,
    /// Since when it is so; for a secret until when it holds.
    #[schema(required, value_type = Option<String>, format = DateTime)]
    since: Option<At>,
    /// The last look that succeeded.
    #[schema(required, value_type = Option<String>, format = DateTime)]
    looked_at: Option<At>,
    /// The last message.
    #[schema(required, value_type = Option<String>, format = DateTime)]
    message_at: Option<At>,
    /// What fails.
    #[schema(required, value_type = Option<MailFaultWord>)]
    fault: Option<MailFault>,
    /// What the server says about it.
    #[schema(required)]
    error: Option<&'a str>,
    /// When the access token in use ends.
    #[schema(required, value_type = Option<String>, format = DateTime)]
    token_expires_at: Option<At>,
    /// How its mail gets here.
    #[schema(value_type = ReceiveWord)]
    receive: Receive,
    /// The server.
    host: &'a str,
    /// Its port.
    port: u16,
    /// How the connection is kept secret.
    #[schema(value_type = MailSecurityWord)]
    security: MailSecurity,
    /// Whether a plain connection to another machine is meant.
    plain_is_meant: bool,
    /// Certificates of authorities that are trusted besides the system's (PEM).
    authorities: &'a str,
    /// How the product proves who it is.
    #[schema(value_type = MailboxAuthWord)]
    auth: MailboxAuth,
    /// The account.
    username: &'a str,
    /// Where access tokens are fetched.
    token_url: &'a str,
    /// The application's id there.
    client_id: &'a str,
    /// What the token is for.
    scope: &'a str,
    /// The folder that is read.
    folder: &'a str,
    /// Where the very first reading begins.
    #[schema(value_type = FirstFetchWord)]
    first_fetch: FirstFetch,
    /// What is done with a message at the server once it is stored here.
    #[schema(value_type = AfterFetchWord)]
    after_fetch: AfterFetch,
    /// The folder it is moved to.
    move_to: &'a str,
    /// What becomes of messages from strangers.
    #[schema(value_type = UnknownSendersWord)]
    unknown_senders: UnknownSenders,
    /// The own mail server's name in `Authentication-Results`.
    trusted_authserv: &'a str,
    /// How other systems' ticket numbers look in subjects.
    foreign_numbers: &'a [String],
    /// After so many minutes of opening hours without a message it is too silent.
    #[schema(required)]
    silent_after_minutes: Option<u32>,
    /// The last day on which the secret holds.
    #[schema(required, value_type = Option<String>, format = Date)]
    secret_expires: Option<String>,
}

impl<'a> MailboxOut<'a> {
    pub(super) fn new(view: &'a MailboxView, directory: &'a Directory) -> Self {
        let MailboxSpec {
            receive,
            host,
            port,
            security,
            plain_is_meant,
            authorities,
            auth,
            username,
            token_url,
            client_id,
            scope,
            folder,
            first_fetch,
            after_fetch,
            move_to,
            unknown_senders,
            trusted_authserv,
            foreign_numbers,
            silent_after_minutes,
            secret_expires,
        } = &view.spec;
        let names = Names(directory);
        let desk = directory.desk_by_code(&view.desk).and_then(|desk| names.desk(desk.id));
        let organisation = view.organisation.as_deref().and_then(|code| directory.organisation_by_code(code));
        Self {
            code: &view.code,
            name: &view.name,
            address: &view.address,
            desk,
            organisation: organisation.and_then(|found| names.organisation(found.id)),
            is_active: view.is_active,
            has_secret: view.has_secret,
            heartbeat: view.heartbeat,
            since: view.since.map(At),
            looked_at: view.looked_at.map(At),
            message_at: view.message_at.map(At),
            fault: view.fault,
            error: view.error.as_deref(),
            token_expires_at: view.token_expires_at.map(At),
            receive: *receive,
            host,
            port: *port,
            security: *security,
            plain_is_meant: *plain_is_meant,
            authorities,
            auth: *auth,
            username,
            token_url,
            client_id,
            scope,
            folder,
            first_fetch: *first_fetch,
            after_fetch: *after_fetch,
            move_to,
            unknown_senders: *unknown_senders,
            trusted_authserv,
            foreign_numbers,
            silent_after_minutes: *silent_after_minutes,
            secret_expires: secret_expires.map(|day| day.to_string()),
        }
    }
}
