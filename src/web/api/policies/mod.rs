//! What the desk has decided: calendars, agreements, priority lists, responsibilities, routing rules.
//! Each is a document with versions; a version is never changed, and none begins in the past.
//!
//! The entity tag of a document is the id of the version written last: sent as `If-Match` with a change, it
//! keeps two programs from overwriting each other unnoticed.
//!
//! A version is sent flat: from when it holds, why, and what it says. What it says has the form of the use
//! cases' own documents, word for word, so that one becomes the other by way of JSON.

mod agreements;
mod calendars;
mod priority_lists;
mod responsibilities;
mod routing_rules;

use crate::app::AppError;
use crate::app::policies::{Version, VersionState};
use crate::domain::people::PersonRef;
use serde::Serialize;
use serde::de::DeserializeOwned;
use utoipa_actix_web::service_config::ServiceConfig;

/// Adds the operations on policies.
pub fn configure(config: &mut ServiceConfig) {
    calendars::configure(config);
    agreements::configure(config);
    priority_lists::configure(config);
    responsibilities::configure(config);
    routing_rules::configure(config);
}

/// Who wrote a version.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = PolicyWriter)]
pub struct WriterOut {
    /// The opaque id.
    id: String,
    /// The name.
    name: String,
}

impl From<&PersonRef> for WriterOut {
    fn from(person: &PersonRef) -> Self {
        Self { id: crate::app::opaque::encode(person.id.get()), name: person.name.clone() }
    }
}

/// What the API calls a document becomes what the use cases call it, or the other way round.
fn same<A: Serialize, B: DeserializeOwned>(document: &A) -> Result<B, AppError> {
    let json = serde_json::to_value(document);
    json.and_then(serde_json::from_value).map_err(|error| AppError::internal("copying a policy", error))
}

/// What all versions tell of themselves.
struct Head {
    id: String,
    valid_from: super::parts::At,
    state: VersionState,
    is_withdrawn: bool,
    note: String,
    created_at: super::parts::At,
    created_by: Option<WriterOut>,
}

impl Head {
    fn of<W>(version: &Version<W>) -> Self {
        let Version { id, valid_from, state, note, created_at, created_by, content } = version;
        Self {
            id: id.clone(),
            valid_from: super::parts::At(*valid_from),
            state: *state,
            is_withdrawn: content.is_none(),
            note: note.clone(),
            created_at: super::parts::At(*created_at),
            created_by: created_by.as_deref().map(WriterOut::from),
        }
    }
}

/// Declares what a document says, how a version of it is sent, and how it is answered.
macro_rules! define_document {
    (
        $(#[$content_doc:meta])*
        $content:ident as $content_name:ident of $written:ty {
            $( $(#[$field_doc:meta])* $field:ident: $type:ty, )*
        }
        sent as $sent:ident named $sent_name:ident;
        answered as $version:ident named $version_name:ident;
    ) => {
        $(#[$content_doc])*
        #[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
        #[serde(default, deny_unknown_fields, rename_all = "camelCase")]
        #[schema(as = $content_name)]
        pub struct $content {
            $( $(#[$field_doc])* $field: $type, )*
        }

        /// A version to be added.
        #[derive(Debug, Clone, Default, serde::Deserialize, utoipa::ToSchema)]
        #[serde(default, deny_unknown_fields, rename_all = "camelCase")]
        #[schema(as = $sent_name)]
        pub struct $sent {
            /// From when it holds: a date or an instant, not in the past. A calendar changes on a date, tomorrow
            /// at the earliest; all else at once when nothing is said.
            #[schema(max_length = 40)]
            valid_from: Option<String>,
            /// Why it is decided.
            #[schema(max_length = 1_000)]
            note: String,
            $( $(#[$field_doc])* $field: $type, )*
        }

        impl $sent {
            /// From when, why and on which version it is based, and what it says.
            fn split(
                self,
                based_on: Option<String>,
            ) -> Result<(crate::app::policies::Amendment, $written), crate::app::AppError> {
                let Self { valid_from, note, $($field),* } = self;
                let amendment = crate::app::policies::Amendment { valid_from, note, based_on };
                Ok((amendment, $content { $($field),* }.written()?))
            }
        }

        /// A version.
        #[derive(Debug, serde::Serialize, utoipa::ToSchema)]
        #[serde(rename_all = "camelCase")]
        #[schema(as = $version_name)]
        pub struct $version {
            /// Its opaque id.
            id: String,
            /// From when it holds.
            #[schema(value_type = String, format = DateTime)]
            valid_from: crate::web::api::parts::At,
            /// Where it stands in time.
            #[schema(value_type = crate::web::api::words::VersionStateWord)]
            state: crate::app::policies::VersionState,
            /// Whether the document ends with it.
            is_withdrawn: bool,
            /// Why it was decided.
            note: String,
            /// When it was written.
            #[schema(value_type = String, format = DateTime)]
            created_at: crate::web::api::parts::At,
            /// Who wrote it; null when the product was delivered with it.
            #[schema(required)]
            created_by: Option<super::WriterOut>,
            /// What it says; null when the document ends with it.
            #[schema(required)]
            content: Option<$content>,
        }

        impl $version {
            fn of(
                version: &crate::app::policies::Version<$written>,
            ) -> Result<Self, crate::app::AppError> {
                let super::Head { id, valid_from, state, is_withdrawn, note, created_at, created_by } =
                    super::Head::of(version);
                let content = version.content.as_ref().map(|content| super::same(content)).transpose()?;
                Ok(Self { id, valid_from, state, is_withdrawn, note, created_at, created_by, content })
            }
        }
    };
}
use define_document;
