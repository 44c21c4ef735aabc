//! How staff want their mail.

use crate::app::{App, AppError, Ctx, FieldErrors, FieldProblem, opaque};
use crate::db::{mail_settings, users};
use crate::domain::ids::UserId;
use crate::domain::mail::{Digest, MailPreferences, USUAL_DIGEST_AT};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Keeps these signatures apart from all others made with the same secret.
const PURPOSE: &[u8] = b"mail-digest-off\0";

/// How somebody wants mail, as typed. Times are `HH:MM`.
#[derive(Debug, Clone, Default)]
pub struct MailPreferencesInput {
    /// `off`, `hourly` or `daily`.
    pub digest: String,
    /// When the daily digest comes; empty for the usual time.
    pub digest_at: String,
    /// Nothing comes from here; empty for no quiet hours.
    pub quiet_from: String,
    /// Until here.
    pub quiet_until: String,
}

impl App {
    /// How the actor wants mail.
    ///
    /// # Errors
    /// [`AppError`] when the database fails.
    pub async fn mail_preferences(&self, cx: &Ctx) -> Result<MailPreferences, AppError> {
        let user = cx.user();
        Ok(self.db().point(move |conn| mail_settings::preferences(conn, user)).await?)
    }

    /// Sets how the actor wants mail. Only staff choose; requesters get each mail at once.
    ///
    /// # Errors
    /// [`AppError::Forbidden`]; [`AppError::Invalid`] with every wrong field.
    pub async fn set_mail_preferences(&self, cx: &Ctx, input: &MailPreferencesInput) -> Result<(), AppError> {
        if !cx.actor.is_staff() {
            return Err(AppError::Forbidden);
        }
        let mut errors = FieldErrors::default();
        let digest = errors.found("digest", Digest::from_text(&input.digest));
        let digest_at = time("digestAt", &input.digest_at, &mut errors);
        let quiet_from = time("quietFrom", &input.quiet_from, &mut errors);
        let quiet_until = time("quietUntil", &input.quiet_until, &mut errors);
        match (input.quiet_from.trim().is_empty(), input.quiet_until.trim().is_empty()) {
            (false, true) => errors.add("quietUntil", FieldProblem::Required),
            (true, false) => errors.add("quietFrom", FieldProblem::Required),
            _ if quiet_from.is_some() && quiet_from == quiet_until => {
                errors.add("quietUntil", FieldProblem::NotAllowed);
            }
            _ => {}
        }
        errors.finish()?;
        let preferences = MailPreferences {
            digest: digest.unwrap_or(Digest::Off),
            digest_at: digest_at.unwrap_or(USUAL_DIGEST_AT),
            quiet_from,
            quiet_until,
        };
        let user = cx.user();
        self.db()
            .write(move |tx| {
                mail_settings::set_preferences(tx, user, &preferences)?;
                Ok::<_, AppError>(())
            })
            .await
    }

    /// Whether a link that turns digests off is one of ours, still.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for any other.
    pub fn digest_link_holds(&self, token: &str) -> Result<(), AppError> {
        read_token(self, token)?.map(|_| ()).ok_or(AppError::NotFound)
    }

    /// Turns the digest of whoever a link was sent to off: their mail comes one by one then.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when the link isn't one of ours.
    pub async fn turn_digest_off(&self, token: &str) -> Result<(), AppError> {
        let user = read_token(self, token)?.ok_or(AppError::NotFound)?;
        self.db()
            .write(move |tx| {
                users::by_id(tx.conn(), user)?.ok_or(AppError::NotFound)?;
                let now = mail_settings::preferences(tx.conn(), user)?;
                mail_settings::set_preferences(tx, user, &MailPreferences { digest: Digest::Off, ..now })?;
                Ok::<_, AppError>(())
            })
            .await?;
        tracing::info!(user.id = %user, "Turned a digest off by the link in it");
        Ok(())
    }
}

/// `HH:MM` as minutes after midnight; nothing for nothing.
fn time(field: &'static str, text: &str, errors: &mut FieldErrors) -> Option<i64> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let parsed = text.split_once([':', '.']).and_then(|(hours, minutes)| {
        let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
        ((0..24).contains(&hours) && (0..60).contains(&minutes)).then_some(hours * 60 + minutes)
    });
    if parsed.is_none() {
        errors.add(field, FieldProblem::Malformed);
    }
    parsed
}

/// What stands in the link that turns a person's digest off.
pub(super) fn unsubscribe_token(app: &App, user: UserId) -> Result<String, AppError> {
    let id = opaque::encode(user.get());
    let signature = URL_SAFE_NO_PAD.encode(mac(app, &id)?.finalize().into_bytes());
    Ok(format!("{id}.{signature}"))
}

fn read_token(app: &App, token: &str) -> Result<Option<UserId>, AppError> {
    let Some((id, signature)) = token.split_once('.') else { return Ok(None) };
    let Ok(signature) = URL_SAFE_NO_PAD.decode(signature) else { return Ok(None) };
    if mac(app, id)?.verify_slice(&signature).is_err() {
        return Ok(None);
    }
    Ok(opaque::decode(id).map(UserId))
}

fn mac(app: &App, text: &str) -> Result<Hmac<Sha256>, AppError> {
    let mut mac = Hmac::<Sha256>::new_from_slice(&app.settings().secret)
        .map_err(|error| AppError::internal("signing a link", error.to_string()))?;
    mac.update(PURPOSE);
    mac.update(text.as_bytes());
    Ok(mac)
}
