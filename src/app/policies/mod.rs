//! The desk's policies: read into memory, changed by new versions, tried before they hold, delivered
//! with an installation, and the ground that decisions about tickets stand on.

mod change;
mod documents;
mod dry_run;
mod fault;
mod preview;
mod seed;
mod spec;
mod stored;
mod timing;
mod trial;
mod written;

pub use change::{Amendment, NewDocument, ONLY};
pub use documents::{Document, Version, VersionState};
pub use dry_run::{MOST_TRIED, Tried};
pub use fault::{Fault, PolicyFault};
pub use preview::Responsible;
pub(super) use seed::{Decisions, decide, deliver, desk_calendar};
pub(super) use spec::{AgreementSpec, PriorityListSpec};
pub use timing::earliest_change;
pub use trial::{AgreementDraft, Contender, Outcome, TriedAgreement, TriedAt};
pub use written::{
    AgreementWritten, AssignmentWritten, BilingualWritten, ConditionsWritten, EffectsWritten, EntryWritten,
    MatrixWritten, NamedWritten, PartyWritten, PriorityListWritten, PriorityRangeWritten, PromiseWritten,
    RuleConditionsWritten, RuleWritten, RulesWritten, TargetWritten, Written,
};

use super::{App, AppError, AppSettings};
use crate::db::policies;
use crate::domain::people::Directory;
use crate::domain::policies::Policies;
use crate::domain::sla::Calendar;
use std::sync::Arc;

/// What decisions about tickets stand on, as of one moment.
#[derive(Clone)]
pub(super) struct Grounds {
    /// What the installation has been set to.
    pub(super) settings: Arc<AppSettings>,
    /// The reference data.
    pub(super) directory: Arc<Directory>,
    /// What the desk has decided.
    pub(super) policies: Arc<Policies>,
}

impl App {
    /// What the desk has decided, as of a few seconds ago at most.
    ///
    /// # Errors
    /// [`AppError`] when the database fails or a stored document can't be read.
    pub async fn policies(&self) -> Result<Arc<Policies>, AppError> {
        self.inner.caches.policies(&self.inner.db, self.now()).await
    }

    pub(super) async fn grounds(&self) -> Result<Grounds, AppError> {
        Ok(Grounds {
            settings: Arc::clone(&self.inner.settings),
            directory: self.directory().await?,
            policies: self.policies().await?,
        })
    }
}

/// The calendar of a code as it is stored, or the codes there are.
///
/// # Errors
/// [`AppError`] when the database fails or a stored document can't be read.
pub fn stored_calendar(
    db: &crate::db::Db,
    code: &str,
) -> Result<Result<Arc<Calendar>, Vec<String>>, AppError> {
    let stored = db.read_blocking(policies::all)?;
    let policies =
        spec::assemble(&stored).map_err(|error| AppError::internal("reading the desk's policies", error))?;
    Ok(match policies.calendar_by_code(code) {
        Some(named) => Ok(Arc::clone(&named.calendar)),
        None => Err(policies.calendars.iter().map(|named| named.code.clone()).collect()),
    })
}

/// Reads every document.
pub(super) async fn read(db: &crate::db::Db) -> Result<Policies, AppError> {
    let stored = db.read(policies::all).await?;
    spec::assemble(&stored).map_err(|error| AppError::internal("reading the desk's policies", error))
}

#[cfg(test)]
mod tests;
