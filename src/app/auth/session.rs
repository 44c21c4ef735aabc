//! Sessions: begun by password, kept by a token, ended by the person, by time or by misuse.

use super::account::{Account, Signed, load};
use super::token::{AccessToken, hashed};
use crate::app::{App, AppError, Ctx, opaque};
use crate::db::sessions::{self, NewSession, Session, SessionKind};
use crate::db::users;
use crate::domain::access::Actor;
use crate::domain::clock::{Instant, MICROS_PER_MINUTE, MICROS_PER_SECOND};
use crate::domain::ids::SessionId;
use crate::domain::people::UserStatus;
use std::sync::Arc;

/// Failures that are let pass before waiting begins.
const FREE_FAILURES: i64 = 5;
/// The first wait; it doubles with every failure after it.
const FIRST_WAIT_MICROS: i64 = 30 * MICROS_PER_SECOND;
/// The longest wait.
const LONGEST_WAIT_MICROS: i64 = 15 * MICROS_PER_MINUTE;
/// A session's last use is noted no more often than this.
const TOUCH_MICROS: i64 = 5 * MICROS_PER_MINUTE;

/// A session just begun or renewed.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// To the rights.
    pub actor: Arc<Actor>,
    /// The account.
    pub user: Arc<Account>,
    /// The refresh token, or the cookie's value.
    pub token: String,
    /// When the session ends unless it is used.
    pub expires_at: Instant,
    /// The access token, for the API.
    pub access: Option<AccessToken>,
}

/// A session as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionView {
    /// Its opaque id.
    pub id: String,
    /// What it is for.
    pub kind: SessionKind,
    /// The program it was made with.
    pub user_agent: String,
    /// When it began.
    pub created_at: Instant,
    /// When it was last used.
    pub last_used_at: Instant,
    /// Whether it is the one asking.
    pub is_current: bool,
}

impl App {
    /// Begins a session.
    ///
    /// # Errors
    /// [`AppError::WrongCredentials`] whatever is wrong; [`AppError::LockedOut`] after too many failures, for
    /// known and unknown addresses alike.
    pub async fn sign_in(
        &self,
        email: &str,
        password: &str,
        kind: SessionKind,
        user_agent: &str,
    ) -> Result<SignedIn, AppError> {
        let folded: String = email.trim().to_lowercase().chars().take(254).collect();
        let now = self.now();
        let lookup = folded.clone();
        let (user, (failures, locked_until)) = self
            .db()
            .point(move |conn| {
                Ok::<_, crate::db::DbError>((
                    users::by_email(conn, &lookup)?,
                    sessions::failures(conn, &lookup)?,
                ))
            })
            .await?;
        if locked_until > now {
            let seconds = locked_until.micros_since(now) / MICROS_PER_SECOND + 1;
            return Err(AppError::LockedOut { seconds });
        }
        let user = user.filter(|user| user.status == UserStatus::Active);
        let hash = user.as_ref().and_then(|user| user.password_hash.clone());
        let right = self.password_matches(password, hash).await?;
        let Some(user) = user.filter(|_| right) else {
            let failures = failures + 1;
            let locked_until = now.plus_micros(wait_after(failures));
            self.db()
                .write(move |tx| sessions::note_failure(tx, &folded, failures, locked_until, now))
                .await?;
            tracing::warn!(failures, "Refused a sign-in");
            return Err(AppError::WrongCredentials);
        };
        let token = self.random_token()?;
        let token_hash = hashed(&token);
        let expires_at = now.plus_micros(self.settings().session_micros);
        let user_agent: String = user_agent.chars().filter(|c| !c.is_control()).take(200).collect();
        let id = user.id;
        let session = self
            .db()
            .write(move |tx| {
                if failures > 0 {
                    sessions::clear_failures(tx, &folded)?;
                }
                let new = NewSession {
                    user: id,
                    kind,
                    token_hash: &token_hash,
                    user_agent: &user_agent,
                    expires_at,
                };
                sessions::insert(tx, new, now)
            })
            .await?;
        tracing::info!(user.id = %id, session.kind = %kind, "Signed in");
        let directory = self.directory().await?;
        let signed = self
            .db()
            .point(move |conn| load(conn, &directory, id, Some(session)))
            .await?
            .ok_or(AppError::WrongCredentials)?;
        self.signed_in(signed, session, kind, token, expires_at)
    }

    fn signed_in(
        &self,
        signed: Signed,
        session: SessionId,
        kind: SessionKind,
        token: String,
        expires_at: Instant,
    ) -> Result<SignedIn, AppError> {
        let access = match kind {
            SessionKind::Api => Some(self.access_token(signed.actor.user, session)?),
            SessionKind::Web => None,
        };
        Ok(SignedIn { actor: signed.actor, user: signed.account, token, expires_at, access })
    }

    /// Gives a new access token and a new refresh token for a refresh token, which ends with that. One
    /// used twice has been stolen from somebody: its session ends.
    ///
    /// # Errors
    /// [`AppError::Unauthenticated`].
    pub async fn refresh(&self, refresh_token: &str) -> Result<SignedIn, AppError> {
        let now = self.now();
        let directory = self.directory().await?;
        let old = hashed(refresh_token);
        let token = self.random_token()?;
        let new = hashed(&token);
        let expires_at = now.plus_micros(self.settings().session_micros);
        let renewed = self
            .db()
            .write(move |tx| {
                let session = sessions::by_token(tx.conn(), &old)?
                    .filter(|session| session.kind == SessionKind::Api && session.expires_at > now);
                let Some(session) = session else {
                    if let Some(stolen) = sessions::by_previous_token(tx.conn(), &old)? {
                        sessions::delete(tx, stolen)?;
                        tracing::warn!(session.id = %stolen, "Ended a session whose refresh token was used twice");
                    }
                    return Ok(None);
                };
                let Some(signed) = load(tx.conn(), &directory, session.user, Some(session.id))? else {
                    return Ok(None);
                };
                sessions::rotate(tx, session.id, &old, &new, now, expires_at)?;
                Ok::<_, AppError>(Some((signed, session.id)))
            })
            .await?;
        let Some((signed, session)) = renewed else {
            self.inner.caches.forget_people();
            return Err(AppError::Unauthenticated);
        };
        self.signed_in(signed, session, SessionKind::Api, token, expires_at)
    }

    /// Whoever an access token was given to.
    ///
    /// # Errors
    /// [`AppError::Unauthenticated`] when it isn't ours, has expired, or its session has ended.
    pub async fn authenticate_bearer(&self, token: &str) -> Result<Signed, AppError> {
        let id = self.session_named(token)?;
        let now = self.now();
        if let Some(signed) = self.inner.caches.signed_by_session(id, now) {
            return Ok(signed);
        }
        let session = self.db().point(move |conn| sessions::by_id(conn, id)).await?;
        let signed = self.signed(session, SessionKind::Api).await?;
        self.inner.caches.keep_signed_by_session(id, &signed, now);
        Ok(signed)
    }

    /// Whoever a cookie was given to.
    ///
    /// # Errors
    /// [`AppError::Unauthenticated`] when it isn't ours or its session has ended.
    pub async fn authenticate_cookie(&self, token: &str) -> Result<Signed, AppError> {
        let now = self.now();
        let hash = hashed(token);
        if let Some(signed) = self.inner.caches.signed_by_cookie(&hash, now) {
            return Ok(signed);
        }
        let lookup = hash.clone();
        let session = self.db().point(move |conn| sessions::by_token(conn, &lookup)).await?;
        if let Some(session) = session.clone().filter(|s| now.micros_since(s.last_used_at) > TOUCH_MICROS) {
            let expires_at = now.plus_micros(self.settings().session_micros);
            if session.expires_at > now {
                self.db().write(move |tx| sessions::touch(tx, session.id, now, expires_at)).await?;
            }
        }
        let signed = self.signed(session, SessionKind::Web).await?;
        self.inner.caches.keep_signed_by_cookie(hash, &signed, now);
        Ok(signed)
    }

    async fn signed(&self, session: Option<Session>, kind: SessionKind) -> Result<Signed, AppError> {
        let now = self.now();
        let session = session
            .filter(|session| session.kind == kind && session.expires_at > now)
            .ok_or(AppError::Unauthenticated)?;
        let directory = self.directory().await?;
        self.db()
            .point(move |conn| load(conn, &directory, session.user, Some(session.id)))
            .await?
            .ok_or(AppError::Unauthenticated)
    }

    /// Ends the session acted in.
    ///
    /// # Errors
    /// [`AppError`] when the database fails.
    pub async fn sign_out(&self, cx: &Ctx) -> Result<(), AppError> {
        if let Some(session) = cx.actor.session {
            self.db().write(move |tx| sessions::delete(tx, session)).await?;
            self.inner.caches.forget_people();
        }
        Ok(())
    }

    /// The actor's own sessions, latest used first.
    ///
    /// # Errors
    /// [`AppError`] when the database fails.
    pub async fn sessions(&self, cx: &Ctx) -> Result<Vec<SessionView>, AppError> {
        let user = cx.user();
        let sessions: Vec<Session> = self.db().point(move |conn| sessions::of_user(conn, user)).await?;
        Ok(sessions
            .into_iter()
            .map(|session| SessionView {
                id: opaque::encode(session.id.get()),
                kind: session.kind,
                user_agent: session.user_agent,
                created_at: session.created_at,
                last_used_at: session.last_used_at,
                is_current: cx.actor.session == Some(session.id),
            })
            .collect())
    }

    /// Ends one of the actor's own sessions.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when the actor has no such session.
    pub async fn end_session(&self, cx: &Ctx, id: &str) -> Result<(), AppError> {
        let id = opaque::decode(id).map(SessionId).ok_or(AppError::NotFound)?;
        let user = cx.user();
        self.db()
            .write(move |tx| {
                let own = sessions::by_id(tx.conn(), id)?.is_some_and(|session| session.user == user);
                if !own {
                    return Err(AppError::NotFound);
                }
                sessions::delete(tx, id)?;
                Ok(())
            })
            .await?;
        self.inner.caches.forget_people();
        Ok(())
    }
}

/// None for the first few failures, then doubling up to a quarter of an hour.
fn wait_after(failures: i64) -> i64 {
    if failures < FREE_FAILURES {
        return 0;
    }
    let doublings = u32::try_from(failures - FREE_FAILURES).unwrap_or(u32::MAX).min(10);
    FIRST_WAIT_MICROS.saturating_mul(1_i64 << doublings).min(LONGEST_WAIT_MICROS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_doubles_up_to_a_limit() {
        let seconds: Vec<i64> = (1..=12).map(|n| wait_after(n) / MICROS_PER_SECOND).collect();
        assert_eq!(seconds, [0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900]);
        assert_eq!(wait_after(i64::MAX), LONGEST_WAIT_MICROS);
    }
}
