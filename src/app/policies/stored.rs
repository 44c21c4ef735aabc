//! All documents as they are stored at one moment, with the reference data they name: what a new version
//! is checked against, and what its codes are looked up in.

use super::spec;
use crate::app::AppError;
use crate::db::policies::{self, PolicyKind, PolicyVersion};
use crate::db::{Conn, reference};
use crate::domain::clock::Instant;
use crate::domain::ids::{AgreementId, PolicyId};
use crate::domain::people::Directory;
use crate::domain::policies::{Policies, ancestors};

/// Everything that is stored.
pub struct Stored {
    /// Every version of every document, of each the oldest first.
    pub(super) versions: Vec<PolicyVersion>,
    /// What they mean.
    pub(super) policies: Policies,
    /// The reference data.
    pub(super) directory: Directory,
    /// Now.
    pub(super) now: Instant,
}

impl Stored {
    /// Reads it all.
    pub(super) fn load(conn: &mut Conn, now: Instant) -> Result<Self, AppError> {
        let versions = policies::all(conn)?;
        let policies = spec::assemble(&versions)
            .map_err(|error| AppError::internal("reading the desk's policies", error))?;
        Ok(Self { versions, policies, directory: reference::directory(conn)?, now })
    }

    /// The versions of a document, oldest first; none when there is no such document.
    pub(super) fn of<'a>(
        &'a self,
        kind: PolicyKind,
        code: &'a str,
    ) -> impl DoubleEndedIterator<Item = &'a PolicyVersion> + 'a {
        self.versions.iter().filter(move |version| version.kind == kind && version.code == code)
    }

    /// The code of a document.
    pub(super) fn code_of(&self, policy: PolicyId) -> Option<&str> {
        self.versions.iter().find(|version| version.policy == policy).map(|version| version.code.as_str())
    }

    /// The agreement with this code.
    pub(super) fn agreement(&self, code: &str) -> Option<AgreementId> {
        self.of(PolicyKind::Agreement, code).next().map(|version| AgreementId(version.policy.get()))
    }

    /// Whether the first organisation is the second or lies below it.
    pub(super) fn is_within(
        &self,
        inner: crate::domain::ids::OrganisationId,
        outer: crate::domain::ids::OrganisationId,
    ) -> bool {
        ancestors(&self.directory, inner).contains(&outer)
    }
}
