//! Reading policies: every document with its versions, as they are written.

use super::stored::Stored;
use super::written::Written;
use crate::app::{App, AppError, Ctx, opaque};
use crate::db::policies::PolicyVersion;
use crate::domain::access::Permission;
use crate::domain::clock::Instant;
use crate::domain::ids::{PolicyVersionId, UserId};
use crate::domain::people::PersonRef;
use crate::text_enum;
use std::sync::Arc;

text_enum! {
    /// Where a version stands in time.
    pub enum VersionState {
        /// A later one holds.
        Past = "past",
        /// It holds.
        Current = "current",
        /// It hasn't begun.
        Coming = "coming",
    }
}

/// A document with its versions.
#[derive(Debug, Clone)]
pub struct Document<W> {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its versions, the latest first.
    pub versions: Vec<Version<W>>,
}

/// A version of a document.
#[derive(Debug, Clone)]
pub struct Version<W> {
    /// Its opaque id.
    pub id: String,
    /// From when it holds.
    pub valid_from: Instant,
    /// Where it stands in time.
    pub state: VersionState,
    /// Why it was decided.
    pub note: String,
    /// When it was written.
    pub created_at: Instant,
    /// Who wrote it; nobody when the product was delivered with it.
    pub created_by: Option<Arc<PersonRef>>,
    /// What it says; nothing when the document ends with it.
    pub content: Option<W>,
}

impl<W> Document<W> {
    /// The version that holds.
    #[must_use]
    pub fn current(&self) -> Option<&Version<W>> {
        self.versions.iter().find(|version| version.state == VersionState::Current)
    }

    /// What it says now, or else will say: what a new version starts from.
    #[must_use]
    pub fn content(&self) -> Option<&W> {
        self.versions.iter().find_map(|version| version.content.as_ref())
    }

    /// When the last version to come begins, which a change starts from.
    #[must_use]
    pub fn coming(&self) -> Option<Instant> {
        let first = self.versions.first().filter(|version| version.state == VersionState::Coming);
        first.map(|version| version.valid_from)
    }

    /// What a form says it was made from: the version that was written last.
    #[must_use]
    pub fn last_written(&self) -> String {
        let last =
            self.versions.iter().max_by_key(|version| (version.created_at, opaque::decode(&version.id)));
        last.map(|version| version.id.clone()).unwrap_or_default()
    }
}

impl App {
    /// Every document of a kind, by code.
    ///
    /// # Errors
    /// [`AppError::Forbidden`].
    pub async fn policy_documents<W: Written>(&self, cx: &Ctx) -> Result<Vec<Document<W>>, AppError> {
        cx.require(Permission::PolicyView)?;
        let now = self.now();
        let stored = self.db().read(move |conn| Stored::load(conn, now)).await?;
        let of_kind: Vec<&PolicyVersion> =
            stored.versions.iter().filter(|version| version.kind == W::KIND).collect();
        let writers: Vec<UserId> = of_kind.iter().filter_map(|version| version.created_by).collect();
        let people = self.people(&writers).await?;
        let mut documents: Vec<Document<W>> = Vec::new();
        for versions in of_kind.chunk_by(|a, b| a.policy == b.policy) {
            let Some(first) = versions.first() else { continue };
            let holds = versions.iter().rev().find(|version| version.valid_from <= now);
            let mut document =
                Document { code: first.code.clone(), name: first.name.clone(), versions: Vec::new() };
            for version in versions.iter().rev() {
                let state = match holds {
                    Some(holds) if holds.id == version.id => VersionState::Current,
                    _ if version.valid_from > now => VersionState::Coming,
                    _ => VersionState::Past,
                };
                let content =
                    (!version.is_withdrawn).then(|| W::of_stored(&version.spec, &stored)).transpose()?;
                document.versions.push(Version {
                    id: encode(version.id),
                    valid_from: version.valid_from,
                    state,
                    note: version.note.clone(),
                    created_at: version.created_at,
                    created_by: version.created_by.and_then(|id| people.get(&id).map(Arc::clone)),
                    content,
                });
            }
            documents.push(document);
        }
        Ok(documents)
    }

    /// One document.
    ///
    /// # Errors
    /// [`AppError::NotFound`]; [`AppError::Forbidden`].
    pub async fn policy_document<W: Written>(&self, cx: &Ctx, code: &str) -> Result<Document<W>, AppError> {
        let documents = self.policy_documents(cx).await?;
        documents.into_iter().find(|document| document.code == code).ok_or(AppError::NotFound)
    }
}

pub(super) fn encode(version: PolicyVersionId) -> String {
    opaque::encode(version.get())
}
