//! Mailboxes: what administrators do with them, and how they are.

use crate::app::{App, AppError, Ctx, FieldError, FieldErrors, FieldProblem, Secret};
use crate::db::DbError;
use crate::db::mailboxes::{self, MailboxWrite, StoredMailbox};
use crate::domain::access::Permission;
use crate::domain::clock::Instant;
use crate::domain::mail::{Heartbeat, MailFault, MailboxSpec, Pulse, SettingFault, heartbeat};
use crate::domain::people::Directory;
use crate::domain::sla::{Calendar, stockholm};
use crate::domain::text::{Code, EmailAddress, Name};

/// The longest secret.
const LONGEST_SECRET: usize = 4_000;
/// The calendar whose opening hours silence is counted in.
const CALENDAR: &str = "servicedesk";

/// What a mailbox's secret is sealed for.
pub(super) fn sealed_for(code: &str) -> String {
    format!("mailbox:{code}")
}

/// A mailbox to be made; codes as they came.
#[derive(Debug, Clone, Default)]
pub struct NewMailbox {
    /// The code; made of the name when nothing is said.
    pub code: Option<String>,
    /// What is set.
    pub settings: MailboxChange,
}

/// All that is set of a mailbox; codes as they came.
#[derive(Debug, Clone, Default)]
pub struct MailboxChange {
    /// The name.
    pub name: String,
    /// The address.
    pub address: String,
    /// The code of its desk; the first desk when nothing is said.
    pub desk: Option<String>,
    /// The code of the organisation whose people write to it.
    pub organisation: Option<String>,
    /// How it is reached and read.
    pub spec: MailboxSpec,
    /// A new secret; the one before stays when nothing is said.
    pub secret: Option<Secret>,
    /// Whether it is read.
    pub is_active: bool,
}

/// A mailbox as administrators see it; its secret is shown to nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailboxView {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its address.
    pub address: String,
    /// The code of its desk.
    pub desk: String,
    /// The code of the organisation whose people write to it.
    pub organisation: Option<String>,
    /// How it is reached and read.
    pub spec: MailboxSpec,
    /// Whether it has a secret.
    pub has_secret: bool,
    /// Whether it is read.
    pub is_active: bool,
    /// The version.
    pub version: i64,
    /// How it is.
    pub heartbeat: Heartbeat,
    /// Since when it is so; for a secret until when it holds.
    pub since: Option<Instant>,
    /// The last look that succeeded.
    pub looked_at: Option<Instant>,
    /// The last message.
    pub message_at: Option<Instant>,
    /// What fails.
    pub fault: Option<MailFault>,
    /// What the server says about it.
    pub error: Option<String>,
    /// When the access token in use ends.
    pub token_expires_at: Option<Instant>,
}

impl App {
    /// All mailboxes, by name.
    ///
    /// # Errors
    /// [`AppError::Forbidden`].
    pub async fn mailboxes(&self, cx: &Ctx) -> Result<Vec<MailboxView>, AppError> {
        cx.require(Permission::MailManage)?;
        self.mailbox_views().await
    }

    /// Mailboxes that somebody should do something about: code and how it is. For the readiness of the
    /// server, which tells nothing more.
    ///
    /// # Errors
    /// [`AppError`] when the database fails.
    pub async fn mailbox_warnings(&self) -> Result<Vec<(String, Heartbeat)>, AppError> {
        let views = self.mailbox_views().await?;
        Ok(views
            .into_iter()
            .filter(|view| view.heartbeat.is_bad())
            .map(|view| (view.code, view.heartbeat))
            .collect())
    }

    /// Sets the figures about mailboxes to what they are now.
    ///
    /// # Errors
    /// [`AppError`] when the database fails.
    pub async fn note_mailbox_figures(&self) -> Result<(), AppError> {
        let now = self.now();
        for view in self.mailbox_views().await?.into_iter().filter(|view| view.is_active) {
            let age = |at: Option<Instant>| {
                at.map(|at| {
                    std::time::Duration::from_micros(u64::try_from(now.micros_since(at)).unwrap_or(0))
                        .as_secs_f64()
                })
            };
            let failing = if view.heartbeat.is_dead() { 1.0 } else { 0.0 };
            metrics::gauge!("arende_mailbox_failing", "mailbox" => view.code.clone()).set(failing);
            if let Some(seconds) = age(view.looked_at) {
                metrics::gauge!("arende_mailbox_last_look_seconds", "mailbox" => view.code.clone())
                    .set(seconds);
            }
            if let Some(seconds) = age(view.message_at) {
                metrics::gauge!("arende_mailbox_last_message_seconds", "mailbox" => view.code).set(seconds);
            }
        }
        Ok(())
    }

    async fn mailbox_views(&self) -> Result<Vec<MailboxView>, AppError> {
        let stored = self.db().point(mailboxes::all).await?;
        if stored.is_empty() {
            return Ok(Vec::new());
        }
        let directory = self.directory().await?;
        let policies = self.policies().await?;
        let usual = Calendar::servicedesk();
        let calendar = policies.calendar_by_code(CALENDAR).map_or(&usual, |named| &named.calendar);
        let now = self.now();
        Ok(stored.into_iter().map(|mailbox| view(mailbox, &directory, calendar, now)).collect())
    }

    /// A mailbox.
    ///
    /// # Errors
    /// [`AppError::Forbidden`]; [`AppError::NotFound`].
    pub async fn mailbox(&self, cx: &Ctx, code: &str) -> Result<MailboxView, AppError> {
        let all = self.mailboxes(cx).await?;
        all.into_iter().find(|mailbox| mailbox.code == code).ok_or(AppError::NotFound)
    }

    /// Makes a mailbox; gives its code.
    ///
    /// # Errors
    /// [`AppError::Invalid`] with every wrong field.
    pub async fn create_mailbox(&self, cx: &Ctx, new: &NewMailbox) -> Result<String, AppError> {
        cx.require(Permission::MailManage)?;
        let mut errors = FieldErrors::default();
        let code = match new.code.as_deref().map(str::trim).filter(|code| !code.is_empty()) {
            Some(code) => errors.text("code", Code::parse(code)),
            None => Some(Code::from_name(&new.settings.name)),
        };
        let code = code.map(|code| code.as_str().to_owned()).unwrap_or_default();
        if new.settings.secret.is_none() && new.settings.spec.is_fetched() {
            errors.add("secret", FieldProblem::Required);
        }
        let write = self.checked_mailbox(&new.settings, &code, None, errors).await?;
        let (made, now) = (code.clone(), self.now());
        let inserted =
            self.db().write(move |tx| Ok::<_, AppError>(mailboxes::insert(tx, &made, &write, now)?)).await;
        if let Err(error) = inserted {
            let field = match (self.stored_mailbox(&code).await, &new.code) {
                (Err(_), _) => "address",
                (Ok(_), Some(_)) => "code",
                (Ok(_), None) => "name",
            };
            return Err(taken(error, field));
        }
        tracing::info!(mailbox.code = %code, "Made a mailbox");
        Ok(code)
    }

    /// Changes a mailbox of the version seen; whoever reads it begins anew within seconds.
    ///
    /// # Errors
    /// [`AppError::NotFound`]; [`AppError::Stale`]; [`AppError::Invalid`] with every wrong field.
    pub async fn change_mailbox(
        &self,
        cx: &Ctx,
        code: &str,
        version_seen: Option<i64>,
        change: &MailboxChange,
    ) -> Result<(), AppError> {
        cx.require(Permission::MailManage)?;
        let before = self.stored_mailbox(code).await?;
        let kept = before.secret.clone();
        let mut errors = FieldErrors::default();
        // A secret is never sent to another place than the one it was given for.
        let goes_elsewhere = before.spec.host != change.spec.host
            || before.spec.auth != change.spec.auth
            || before.spec.token_url != change.spec.token_url;
        if change.secret.is_none() && change.spec.is_fetched() && (kept.is_none() || goes_elsewhere) {
            errors.add("secret", FieldProblem::Required);
        }
        let write = self.checked_mailbox(change, code, kept, errors).await?;
        if version_seen.is_some_and(|seen| seen != before.version) {
            return Err(AppError::Stale { version: before.version });
        }
        let forgets = before.spec.host != write.spec.host
            || before.spec.username != write.spec.username
            || before.spec.folder != write.spec.folder;
        let (id, version, now) = (before.id, before.version, self.now());
        self.db()
            .write(move |tx| {
                mailboxes::update(tx, id, version, &write, forgets, now).map_err(|error| match error {
                    DbError::Stale => AppError::Stale { version: version + 1 },
                    other => other.into(),
                })
            })
            .await
            .map_err(|error| taken(error, "address"))?;
        tracing::info!(mailbox.code = %code, "Changed a mailbox");
        Ok(())
    }

    /// Switches a mailbox on or off.
    ///
    /// # Errors
    /// [`AppError::NotFound`]; [`AppError::Stale`].
    pub async fn switch_mailbox(&self, cx: &Ctx, code: &str, on: bool) -> Result<(), AppError> {
        let MailboxView { name, address, desk, organisation, spec, version, .. } =
            self.mailbox(cx, code).await?;
        let change = MailboxChange {
            name,
            address,
            desk: Some(desk),
            organisation,
            spec,
            secret: None,
            is_active: on,
        };
        self.change_mailbox(cx, code, Some(version), &change).await
    }

    /// Removes a mailbox that no mail came in or went out by.
    ///
    /// # Errors
    /// [`AppError::NotFound`]; [`AppError::Exists`] when there is mail: it can only be switched off.
    pub async fn remove_mailbox(&self, cx: &Ctx, code: &str) -> Result<(), AppError> {
        cx.require(Permission::MailManage)?;
        let id = self.stored_mailbox(code).await?.id;
        let is_gone = self.db().write(move |tx| mailboxes::remove_unused(tx, id)).await?;
        if is_gone { Ok(()) } else { Err(AppError::Exists) }
    }

    pub(super) async fn stored_mailbox(&self, code: &str) -> Result<StoredMailbox, AppError> {
        let code = code.to_owned();
        let found = self.db().point(move |conn| mailboxes::by_code(conn, &code)).await?;
        found.ok_or(AppError::NotFound)
    }

    async fn checked_mailbox(
        &self,
        change: &MailboxChange,
        code: &str,
        kept: Option<String>,
        mut errors: FieldErrors,
    ) -> Result<MailboxWrite, AppError> {
        let directory = self.directory().await?;
        let MailboxChange { name, address, desk, organisation, spec, secret, is_active } = change;
        let name = errors.text("name", Name::parse(name));
        let address = errors.text("address", EmailAddress::parse(address));
        let desk = match desk.as_deref().filter(|code| !code.is_empty()) {
            None => directory.desks.first(),
            Some(code) => errors.found("desk", directory.desk_by_code(code)),
        };
        let organisation = match organisation.as_deref().filter(|code| !code.is_empty()) {
            None => None,
            Some(code) => errors.found("organisation", directory.organisation_by_code(code)),
        };
        for (field, fault) in spec.faults() {
            let told = FieldError::new(field, problem_of(fault));
            let limit = (fault == SettingFault::TooLong).then(|| MailboxSpec::longest(field));
            errors.push(FieldError { limit, ..told });
        }
        let secret = match secret {
            // What was kept for one place isn't kept along for another.
            _ if !spec.is_fetched() => None,
            None => kept,
            Some(secret) if secret.reveal().is_empty() => {
                errors.add("secret", FieldProblem::Required);
                None
            }
            Some(secret) if secret.reveal().len() > LONGEST_SECRET => {
                let told = FieldError::new("secret", FieldProblem::TooLong);
                errors.push(FieldError { limit: Some(LONGEST_SECRET), ..told });
                None
            }
            Some(secret) if secret.reveal().chars().any(char::is_control) => {
                errors.add("secret", FieldProblem::ControlCharacter);
                None
            }
            Some(secret) => Some(self.seal(secret, &sealed_for(code))?),
        };
        errors.finish()?;
        let (Some(name), Some(address), Some(desk)) = (name, address, desk) else {
            return Err(AppError::NotFound);
        };
        Ok(MailboxWrite {
            name: name.as_str().to_owned(),
            address: address.as_str().to_owned(),
            address_folded: address.folded(),
            desk: desk.id,
            organisation: organisation.map(|organisation| organisation.id),
            spec: spec.clone(),
            secret,
            is_active: *is_active,
        })
    }
}

const fn problem_of(fault: SettingFault) -> FieldProblem {
    match fault {
        SettingFault::Required => FieldProblem::Required,
        SettingFault::TooLong => FieldProblem::TooLong,
        SettingFault::Malformed => FieldProblem::Malformed,
        SettingFault::OutOfRange => FieldProblem::OutOfRange,
        SettingFault::NotAllowed => FieldProblem::NotAllowed,
    }
}

fn taken(error: AppError, field: &'static str) -> AppError {
    match error {
        AppError::Exists => AppError::field(field, FieldProblem::Taken),
        other => other,
    }
}

fn view(mailbox: StoredMailbox, directory: &Directory, calendar: &Calendar, now: Instant) -> MailboxView {
    // The secret holds to the end of its last day.
    let secret_ends_at = mailbox.spec.secret_expires.and_then(|day| {
        let next = day.tomorrow().ok()?.to_zoned(stockholm().clone()).ok()?;
        Some(Instant::from_timestamp(next.timestamp()))
    });
    let pulse = Pulse {
        is_active: mailbox.is_active,
        is_fetched: mailbox.spec.is_fetched(),
        changed_at: mailbox.updated_at,
        looked_at: mailbox.looked_at,
        message_at: mailbox.message_at,
        failing_since: mailbox.error_since,
        silent_after_minutes: mailbox.spec.silent_after_minutes,
        secret_ends_at,
    };
    let (heartbeat, since) = heartbeat(&pulse, calendar, now);
    let error = mailbox.error.as_deref();
    let (fault, said) = error.map_or((None, None), |error| {
        let (code, said) = error.split_once(": ").unwrap_or((error, ""));
        (MailFault::from_text(code), Some(said.to_owned()).filter(|said| !said.is_empty()))
    });
    let desk = directory.desks.iter().find(|desk| desk.id == mailbox.desk);
    MailboxView {
        desk: desk.map(|desk| desk.code.clone()).unwrap_or_default(),
        organisation: mailbox
            .organisation
            .and_then(|id| directory.organisation(id))
            .map(|organisation| organisation.code.clone()),
        code: mailbox.code,
        name: mailbox.name,
        address: mailbox.address,
        has_secret: mailbox.secret.is_some(),
        spec: mailbox.spec,
        is_active: mailbox.is_active,
        version: mailbox.version,
        heartbeat,
        since,
        looked_at: mailbox.looked_at,
        message_at: mailbox.message_at,
        fault,
        error: said,
        token_expires_at: mailbox.token_expires_at,
    }
}
