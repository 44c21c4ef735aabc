//! Changing policies: a document begins, gets a version more, ends, or takes back what hasn't begun. No
//! version is ever changed and none begins in the past, so whatever was decided stays explained.
//!
//! What is to be stored is decided from all that is stored, inside the one transaction that stores it, and
//! such transactions wait for each other: two administrators at once can't contradict each other.

use super::documents::encode;
use super::fault::{Fault, PolicyFault};
use super::stored::Stored;
use super::timing::{begins, when};
use super::written::{MatrixWritten, Written};
use crate::app::tickets::queue_reconcile_soon;
use crate::app::{App, AppError, Ctx, FieldError, FieldErrors, FieldProblem, opaque};
use crate::db::policies::{self, NewVersion, PolicyKind, PolicyVersion};
use crate::domain::access::Permission;
use crate::domain::clock::Instant;
use crate::domain::ids::{PolicyId, PolicyVersionId};
use crate::domain::text::{Code, Name, Reason};

/// The code of what there is one of: the priority list, the matrix, the rules.
pub const ONLY: &str = "main";

/// From when something is to hold, and why.
#[derive(Debug, Clone, Default)]
pub struct Amendment {
    /// A date or an instant; now when nothing is said. A calendar changes on a date.
    pub valid_from: Option<String>,
    /// Why.
    pub note: String,
    /// The version last written when the form was shown. When somebody wrote one meanwhile, nothing is
    /// stored.
    pub based_on: Option<String>,
}

/// A document that begins.
#[derive(Debug, Clone, Default)]
pub struct NewDocument {
    /// The code; made of the name when nothing is said.
    pub code: Option<String>,
    /// The name.
    pub name: String,
    /// From when and why. A calendar holds at once.
    pub amendment: Amendment,
}

/// What is to be stored.
struct Decided {
    document: Target,
    valid_from: Instant,
    is_withdrawn: bool,
    spec: String,
    note: String,
    /// A version that hasn't begun and goes, because this one takes its place.
    replaces: Option<PolicyVersionId>,
}

enum Target {
    Known(PolicyId),
    New { code: String, name: String },
}

impl App {
    /// Begins a document. Its code.
    ///
    /// # Errors
    /// [`AppError::Invalid`] with every wrong field.
    pub async fn create_policy<W: Written>(
        &self,
        cx: &Ctx,
        new: &NewDocument,
        content: &W,
    ) -> Result<String, AppError> {
        let NewDocument { code, name, amendment } = new;
        let mut errors = FieldErrors::default();
        let name = errors.text("name", Name::parse(name));
        let code = match code.as_deref().map(str::trim).filter(|code| !code.is_empty()) {
            Some(code) => errors.text("code", Code::parse(code)),
            None => name.as_ref().map(|name| Code::from_name(name.as_str())),
        };
        let (Some(name), Some(code)) = (name, code) else {
            // What else is wrong is told together with it.
            let (code, amendment, content) = (String::new(), amendment.clone(), content.clone());
            let decide = move |stored: &Stored| {
                let mut errors = errors.clone();
                prepared(&code, &amendment, &content, true, stored, &mut errors)?;
                errors.finish()?;
                Err(AppError::NotFound)
            };
            return self.change_policy(cx, W::KIND, decide).await.map(|_| String::new());
        };
        let (code, name) = (code.as_str().to_owned(), name.as_str().to_owned());
        let (made, amendment, content) = (code.clone(), amendment.clone(), content.clone());
        self.change_policy(cx, W::KIND, move |stored| {
            let mut errors = FieldErrors::default();
            let is_taken = stored.of(W::KIND, &code).next().is_some();
            if is_taken {
                errors.add("code", FieldProblem::Taken);
            }
            let checked_as = if is_taken { "" } else { code.as_str() };
            let (valid_from, spec, note) =
                prepared(checked_as, &amendment, &content, true, stored, &mut errors)?;
            errors.finish()?;
            let document = Target::New { code: code.clone(), name: name.clone() };
            Ok(Decided { document, valid_from, is_withdrawn: false, spec, note, replaces: None })
        })
        .await?;
        Ok(made)
    }

    /// Adds a version to a document. The new version's opaque id.
    ///
    /// # Errors
    /// [`AppError::NotFound`]; [`AppError::Invalid`] with every wrong field; [`AppError::Stale`] when somebody
    /// wrote a version after the one the change is based on.
    pub async fn add_policy_version<W: Written>(
        &self,
        cx: &Ctx,
        code: &str,
        amendment: &Amendment,
        content: &W,
    ) -> Result<String, AppError> {
        let (code, amendment, content) = (code.to_owned(), amendment.clone(), content.clone());
        self.change_policy(cx, W::KIND, move |stored| {
            let known = known(W::KIND, &code, &amendment, stored)?;
            let mut errors = FieldErrors::default();
            let (valid_from, spec, note) =
                prepared(&code, &amendment, &content, known.is_none(), stored, &mut errors)?;
            errors.finish()?;
            let document = match known {
                Some(policy) => Target::Known(policy),
                None => Target::New { code: code.clone(), name: W::KIND.as_text().to_owned() },
            };
            Ok(Decided { document, valid_from, is_withdrawn: false, spec, note, replaces: None })
        })
        .await
    }

    /// Adds a version to the responsibility matrix. A version to come that begins at the same time goes:
    /// the matrix is changed a row at a time, and what is to hold from one day is one version.
    ///
    /// # Errors
    /// As [`App::add_policy_version`].
    pub async fn write_matrix(
        &self,
        cx: &Ctx,
        amendment: &Amendment,
        content: &MatrixWritten,
    ) -> Result<String, AppError> {
        const KIND: PolicyKind = PolicyKind::Responsibilities;
        let (amendment, content) = (amendment.clone(), content.clone());
        self.change_policy(cx, KIND, move |stored| {
            let known = known(KIND, ONLY, &amendment, stored)?;
            let mut errors = FieldErrors::default();
            let (valid_from, spec, note) =
                prepared(ONLY, &amendment, &content, known.is_none(), stored, &mut errors)?;
            errors.finish()?;
            let at_once = |version: &&PolicyVersion| {
                version.valid_from == valid_from && version.valid_from > stored.now
            };
            let replaces = stored.of(KIND, ONLY).find(at_once).map(|version| version.id);
            let new = || Target::New { code: ONLY.to_owned(), name: KIND.as_text().to_owned() };
            let document = known.map_or_else(new, Target::Known);
            Ok(Decided { document, valid_from, is_withdrawn: false, spec, note, replaces })
        })
        .await
    }

    /// Checks a version as if it were to be added, and stores nothing.
    ///
    /// # Errors
    /// As [`App::add_policy_version`].
    pub async fn check_policy_version<W: Written>(
        &self,
        cx: &Ctx,
        code: &str,
        amendment: &Amendment,
        content: &W,
    ) -> Result<(), AppError> {
        cx.require(Permission::PolicyManage)?;
        let now = self.now();
        let stored = self.db().read(move |conn| Stored::load(conn, now)).await?;
        let known = known(W::KIND, code, amendment, &stored)?;
        let mut errors = FieldErrors::default();
        prepared(code, amendment, content, known.is_none(), &stored, &mut errors)?;
        errors.finish()
    }

    /// Ends an agreement: from then on it promises nothing. What was promised by it stays.
    ///
    /// # Errors
    /// [`AppError::NotFound`]; [`AppError::Invalid`] when it isn't in force then.
    pub async fn withdraw_agreement(
        &self,
        cx: &Ctx,
        code: &str,
        amendment: &Amendment,
    ) -> Result<String, AppError> {
        const KIND: PolicyKind = PolicyKind::Agreement;
        let (code, amendment) = (code.to_owned(), amendment.clone());
        self.change_policy(cx, KIND, move |stored| {
            let policy = known(KIND, &code, &amendment, stored)?.ok_or(AppError::NotFound)?;
            let mut errors = FieldErrors::default();
            let valid_from = begins(amendment.valid_from.as_deref(), stored.now, &mut errors);
            let note = note(&amendment.note, &mut errors);
            let last = stored.of(KIND, &code).next_back();
            // Otherwise a version to come would bring it back.
            if !last.is_some_and(|last| !last.is_withdrawn && last.valid_from < valid_from) {
                errors.push(FieldError::of_policy("validFrom", Fault::new(PolicyFault::NotInForce)));
            }
            errors.finish()?;
            let spec = last.map(|last| last.spec.clone()).unwrap_or_default();
            let document = Target::Known(policy);
            Ok(Decided { document, valid_from, is_withdrawn: true, spec, note, replaces: None })
        })
        .await
    }

    /// Takes back a version that hasn't begun.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when there is no such version; [`AppError::Invalid`] when it has begun.
    pub async fn take_back_policy_version<W: Written>(
        &self,
        cx: &Ctx,
        code: &str,
        id: &str,
    ) -> Result<(), AppError> {
        cx.require(Permission::PolicyManage)?;
        let id = opaque::decode(id).map(PolicyVersionId).ok_or(AppError::NotFound)?;
        let (asked, now) = (code.to_owned(), self.now());
        self.db()
            .write(move |tx| {
                policies::lock(tx)?;
                let stored = Stored::load(tx.conn(), now)?;
                let version = stored.of(W::KIND, &asked).find(|version| version.id == id);
                let version = version.ok_or(AppError::NotFound)?;
                if version.valid_from <= now {
                    return Err(AppError::field("id", FieldProblem::NotAllowed));
                }
                policies::remove_version(tx, version.policy, version.id)?;
                follow(tx, W::KIND, now)
            })
            .await?;
        self.inner.caches.forget_policies();
        tracing::info!(policy.kind = W::KIND.as_text(), policy.code = code, "Took back a version of {code}");
        Ok(())
    }

    async fn change_policy(
        &self,
        cx: &Ctx,
        kind: PolicyKind,
        decide: impl Fn(&Stored) -> Result<Decided, AppError> + Send + 'static,
    ) -> Result<String, AppError> {
        cx.require(Permission::PolicyManage)?;
        let (cx, now) = (cx.clone(), self.now());
        // The command line acts in nobody's name.
        let created_by = Some(cx.user()).filter(|user| user.get() > 0);
        let made = self
            .db()
            .write(move |tx| {
                policies::lock(tx)?;
                if let Some(made) = cx.made_before(tx.conn(), now)? {
                    return Ok((made, None));
                }
                let stored = Stored::load(tx.conn(), now)?;
                let Decided { document, valid_from, is_withdrawn, spec, note, replaces } = decide(&stored)?;
                let policy = match &document {
                    Target::Known(policy) => *policy,
                    Target::New { code, name } => policies::insert(tx, kind, code, name, now)?,
                };
                if let Some(replaced) = replaces {
                    policies::remove_version(tx, policy, replaced)?;
                }
                let version = NewVersion {
                    valid_from,
                    is_withdrawn,
                    spec: &spec,
                    note: &note,
                    created_at: now,
                    created_by,
                };
                let id = encode(policies::insert_version(tx, policy, &version)?);
                follow(tx, kind, now)?;
                cx.note_made(tx, &id, now)?;
                let code = match document {
                    Target::New { code, .. } => code,
                    Target::Known(policy) => stored.code_of(policy).unwrap_or_default().to_owned(),
                };
                Ok::<_, AppError>((id, Some((code, valid_from))))
            })
            .await
            .map_err(at_once)?;
        self.inner.caches.forget_policies();
        let (id, new) = made;
        if let Some((code, from)) = new {
            tracing::info!(
                policy.kind = kind.as_text(),
                policy.code = %code,
                policy.version = %id,
                "Stored a version of {code} that holds from {from}"
            );
        }
        Ok(id)
    }
}

/// What follows from a change, in its transaction: promises counted by a calendar are counted anew.
fn follow(tx: &mut crate::db::Tx<'_>, kind: PolicyKind, now: Instant) -> Result<(), AppError> {
    match kind {
        PolicyKind::Calendar => queue_reconcile_soon(tx, now),
        PolicyKind::Agreement
        | PolicyKind::PriorityList
        | PolicyKind::Responsibilities
        | PolicyKind::RoutingRules => Ok(()),
    }
}

/// Two versions of a document can't begin at the same instant.
fn at_once(error: AppError) -> AppError {
    match error {
        AppError::Exists => AppError::Invalid(vec![FieldError::of_policy(
            "validFrom",
            Fault::new(PolicyFault::BeginsWithAnother),
        )]),
        other => other,
    }
}

/// The document of that code, if nobody has written a version since. What there is one of need not exist.
pub(super) fn known(
    kind: PolicyKind,
    code: &str,
    amendment: &Amendment,
    stored: &Stored,
) -> Result<Option<PolicyId>, AppError> {
    let versions: Vec<&PolicyVersion> = stored.of(kind, code).collect();
    let last = versions.iter().max_by_key(|version| (version.created_at, version.id));
    let Some(last) = last else {
        return match &amendment.based_on {
            _ if code != ONLY => Err(AppError::NotFound),
            // What it was based on has been taken back.
            Some(_) => Err(AppError::Stale { version: 0 }),
            None => Ok(None),
        };
    };
    let is_stale = amendment.based_on.as_ref().is_some_and(|seen| *seen != encode(last.id));
    if is_stale {
        return Err(AppError::Stale { version: i64::try_from(versions.len()).unwrap_or(i64::MAX) });
    }
    Ok(Some(last.policy))
}

/// When it begins, what is stored and why, what is wrong noted.
pub(super) fn prepared<W: Written>(
    code: &str,
    amendment: &Amendment,
    content: &W,
    is_new: bool,
    stored: &Stored,
    errors: &mut FieldErrors,
) -> Result<(Instant, String, String), AppError> {
    let valid_from = when(W::KIND, code, amendment, is_new, stored, errors);
    let note = note(&amendment.note, errors);
    let spec = content.checked(code, valid_from, stored, errors)?;
    Ok((valid_from, spec, note))
}

fn note(text: &str, errors: &mut FieldErrors) -> String {
    let text = text.trim();
    if text.is_empty() {
        return String::new();
    }
    errors.text("note", Reason::parse(text)).map(|note| note.as_str().to_owned()).unwrap_or_default()
}
