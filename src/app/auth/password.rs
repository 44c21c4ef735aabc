//! Passwords: argon2id with 19 MiB, two passes, one lane (OWASP's recommendation; 37 ms on two busy cores).

use crate::app::{App, AppError, FieldError, FieldProblem};
use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};

/// The most characters of a password; ASVS 6.2.9 asks for at least 64.
const MAX_CHARS: usize = 256;

fn hasher() -> Result<Argon2<'static>, AppError> {
    let params = Params::new(19_456, 2, 1, None)
        .map_err(|error| AppError::internal("setting up argon2", error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

impl App {
    /// Hashes a password for storing.
    ///
    /// # Errors
    /// [`AppError::Internal`] when there is no randomness or memory.
    pub async fn hash_password(&self, password: &str) -> Result<String, AppError> {
        let mut salt = [0_u8; 16];
        self.inner.random.fill(&mut salt).map_err(|error| AppError::internal("making a salt", error))?;
        let password = password.to_owned();
        self.hashing(move || {
            let hash: PasswordHash = hasher()?
                .hash_password_with_salt(password.as_bytes(), &salt)
                .map_err(|error| AppError::internal("hashing a password", error.to_string()))?;
            Ok(hash.to_string())
        })
        .await
    }

    /// Whether a password is the one hashed. Without a hash it takes as long and is never right.
    pub(super) async fn password_matches(
        &self,
        password: &str,
        hash: Option<String>,
    ) -> Result<bool, AppError> {
        let password = password.to_owned();
        self.hashing(move || {
            let hasher = hasher()?;
            let Some(hash) = hash else {
                let spent: Result<PasswordHash, _> =
                    hasher.hash_password_with_salt(password.as_bytes(), &[0_u8; 16]);
                return spent
                    .map(|_| false)
                    .map_err(|error| AppError::internal("hashing a password", error.to_string()));
            };
            let hash = PasswordHash::new(&hash)
                .map_err(|error| AppError::internal("reading a password hash", error.to_string()))?;
            Ok(hasher.verify_password(password.as_bytes(), &hash).is_ok())
        })
        .await
    }

    async fn hashing<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, AppError> {
        let _turn = self
            .inner
            .hashing
            .acquire()
            .await
            .map_err(|error| AppError::internal("waiting to hash", error))?;
        tokio::task::spawn_blocking(work)
            .await
            .map_err(|error| AppError::internal("hashing a password", error))?
    }

    /// Checks a password that somebody wants to have: its length, and that it isn't made of what
    /// everybody knows of the person. No character classes, no expiry (NIST SP 800-63B).
    ///
    /// # Errors
    /// The field's error.
    pub(crate) fn check_password(
        &self,
        field: &'static str,
        password: &str,
        email: &str,
        name: &str,
    ) -> Result<(), FieldError> {
        let chars = password.chars().count();
        let min = self.settings().password_min_chars;
        if password.is_empty() {
            return Err(FieldError::new(field, FieldProblem::Required));
        }
        if chars < min {
            return Err(FieldError::beyond(field, FieldProblem::TooShort, min));
        }
        if chars > MAX_CHARS {
            return Err(FieldError::beyond(field, FieldProblem::TooLong, MAX_CHARS));
        }
        let folded = password.to_lowercase();
        let first = folded.chars().next();
        let one_character = folded.chars().all(|c| Some(c) == first);
        let known = [email.to_lowercase(), name.to_lowercase(), name.to_lowercase().replace(' ', "")];
        if one_character || known.contains(&folded) {
            return Err(FieldError::new(field, FieldProblem::Guessable));
        }
        Ok(())
    }
}
