//! The responsibility matrix: who does, answers for, is asked and is told.

use super::define_document;
use crate::app::AppError;
use crate::app::policies::{Document, MatrixWritten, ONLY, Responsible};
use crate::domain::routing::{Bilingual, Party};
use crate::web::api::page::{self, PageQuery};
use crate::web::api::parts::{CodedOut, GroupOut, ListOut, Names};
use crate::web::api::respond::{Answer, located, no_content, ok, tagged};
use crate::web::api::words::RaciWord;
use crate::web::extract::{Authn, IdInPath, IfMatchId, Json, Query};
use crate::web::problem::Problem;
use crate::web::state::WebState;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpResponse, delete, get, post};
use serde::{Deserialize, Serialize};
use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(show_responsibilities)
        .service(list_responsibility_versions)
        .service(add_responsibility_version)
        .service(remove_responsibility_version)
        .service(show_responsible);
}

/// A text in Swedish and perhaps in English.
#[derive(Debug, Clone, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = BilingualText)]
pub struct BilingualDoc {
    /// In Swedish.
    #[schema(required)]
    sv: String,
    /// In English; Swedish is shown where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    en: Option<String>,
}

impl From<&Bilingual> for BilingualDoc {
    fn from(text: &Bilingual) -> Self {
        Self { sv: text.sv.clone(), en: text.en.clone() }
    }
}

/// A support level or an activity.
#[derive(Debug, Clone, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = NamedWord)]
pub struct NamedDoc {
    /// The code, lower camel case.
    #[schema(required)]
    code: String,
    /// The name.
    #[schema(required)]
    name: BilingualDoc,
}

/// Somebody who can be responsible.
#[derive(Debug, Clone, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = Party)]
pub struct PartyDoc {
    /// The code, lower camel case.
    #[schema(required)]
    code: String,
    /// The name.
    #[schema(required)]
    name: BilingualDoc,
    /// The code of the group that its tickets go to.
    group: Option<String>,
    /// Where the requester is to turn when it has no group.
    turn_to: Option<BilingualDoc>,
}

/// A row: what a party is to an activity.
#[derive(Debug, Clone, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = Assignment)]
pub struct AssignmentDoc {
    /// The code of the service; any when left out or null.
    service: Option<String>,
    /// The code of the support level.
    #[schema(required)]
    support_level: String,
    /// The code of the activity.
    #[schema(required)]
    activity: String,
    /// The code of the party.
    #[schema(required)]
    party: String,
    /// Responsible, accountable, consulted or informed.
    #[schema(required, value_type = RaciWord)]
    role: String,
    /// Why, in words for the requester.
    #[schema(required)]
    reason: BilingualDoc,
}

define_document! {
    /// The matrix with the words it is written in.
    MatrixDoc as ResponsibilityMatrix of MatrixWritten {
        /// The support levels.
        #[schema(required)]
        support_levels: Vec<NamedDoc>,
        /// The activities.
        #[schema(required)]
        activities: Vec<NamedDoc>,
        /// The parties.
        #[schema(required)]
        parties: Vec<PartyDoc>,
        /// The rows.
        #[schema(required)]
        assignments: Vec<AssignmentDoc>,
    }
    sent as MatrixVersionIn named NewResponsibilityVersion;
    answered as MatrixVersionOut named ResponsibilityVersion;
}

impl MatrixDoc {
    fn written(&self) -> Result<MatrixWritten, AppError> {
        super::same(self)
    }
}

/// What is asked.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct AnswerQuery {
    /// The code of the support level.
    #[param(required, max_length = 60)]
    pub support_level: String,
    /// The code of the activity.
    #[param(required, max_length = 60)]
    pub activity: String,
    /// The code of the service.
    #[param(max_length = 60)]
    pub service: Option<String>,
}

/// A party of an answer.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = ResponsibleParty)]
#[serde(rename_all = "camelCase")]
pub struct PartyOut<'a> {
    /// Its code.
    code: &'a str,
    /// Its name.
    name: BilingualDoc,
    /// The group that its tickets go to.
    #[schema(required)]
    group: Option<GroupOut<'a>>,
    /// Where the requester is to turn when it has no group.
    #[schema(required)]
    turn_to: Option<BilingualDoc>,
}

/// Who is responsible, and why.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Responsibility)]
#[serde(rename_all = "camelCase")]
pub struct ResponsibleOut<'a> {
    /// The service whose rows decided; null for the rows of any service.
    #[schema(required)]
    service: Option<CodedOut<'a>>,
    /// Who does the work.
    party: PartyOut<'a>,
    /// Why.
    reason: BilingualDoc,
    /// Who does it too.
    together_with: Vec<PartyOut<'a>>,
    /// Who answers for it being done right.
    #[schema(required)]
    accountable: Option<PartyOut<'a>>,
    /// Who is asked.
    consulted: Vec<PartyOut<'a>>,
    /// Who is told.
    informed: Vec<PartyOut<'a>>,
}

async fn versions(cx: &crate::app::Ctx, state: &WebState) -> Result<Vec<MatrixVersionOut>, AppError> {
    let documents: Vec<Document<MatrixWritten>> = state.app.policy_documents(cx).await?;
    documents.iter().flat_map(|document| &document.versions).map(MatrixVersionOut::of).collect()
}

/// Show the responsibility matrix
///
/// The version that holds now. Its `ETag` is the id of the version written last, which may be one to come.
#[utoipa::path(
    tag = "policies",
    responses((status = 200, description = "The matrix", body = MatrixVersionOut))
)]
#[get("/responsibilities")]
pub async fn show_responsibilities(authn: Authn, state: Data<WebState>) -> Answer {
    let document: Document<MatrixWritten> = state.app.policy_document(&authn.cx, ONLY).await?;
    let shown = MatrixVersionOut::of(document.current().ok_or(AppError::NotFound)?)?;
    tagged(StatusCode::OK, &document.last_written(), &shown)
}

/// List versions of the responsibility matrix
///
/// The latest first.
#[utoipa::path(
    tag = "policies",
    params(PageQuery),
    responses((status = 200, description = "The page", body = ListOut<MatrixVersionOut>))
)]
#[get("/responsibilities/versions")]
pub async fn list_responsibility_versions(
    authn: Authn,
    query: Query<PageQuery>,
    state: Data<WebState>,
) -> Answer {
    let versions = versions(&authn.cx, &state).await?;
    ok(&page::of_held(&query.0, versions.iter(), |version| &version.id, |version| version)?)
}

/// Add a version to the responsibility matrix
///
/// The whole matrix. Every activity of a support level that has rows needs one who answers for it and at
/// least one who does it; what requesters read is in both languages. Send the `ETag` of the matrix you have seen
/// as `If-Match`, so that you don't overwrite what somebody else has changed.
#[utoipa::path(
    tag = "policies",
    request_body = MatrixVersionIn,
    responses((status = 201, description = "The version", body = MatrixVersionOut))
)]
#[post("/responsibilities/versions")]
pub async fn add_responsibility_version(
    authn: Authn,
    seen: IfMatchId,
    body: Json<MatrixVersionIn>,
    state: Data<WebState>,
) -> Answer {
    let (amendment, matrix) = body.value.split(seen.0)?;
    let cx = authn.once(body.once);
    let id = state.app.add_policy_version(&cx, ONLY, &amendment, &matrix).await?;
    let made = versions(&cx, &state).await?.into_iter().find(|version| version.id == id);
    located(tagged(StatusCode::CREATED, &id, &made.ok_or(AppError::NotFound)?), "/responsibilities")
}

/// Take back a version of the responsibility matrix
///
/// One that hasn't begun to hold.
#[utoipa::path(tag = "policies", responses((status = 204, description = "It is gone")))]
#[delete("/responsibilities/versions/{id}")]
pub async fn remove_responsibility_version(
    authn: Authn,
    id: IdInPath,
    state: Data<WebState>,
) -> Result<HttpResponse, Problem> {
    state.app.take_back_policy_version::<MatrixWritten>(&authn.cx, ONLY, &id.0).await?;
    Ok(no_content())
}

/// Ask who is responsible
///
/// For an activity on a support level, and why. 404 when the matrix doesn't say.
#[utoipa::path(
    tag = "policies",
    params(AnswerQuery),
    responses(
        (status = 200, description = "Who is responsible", body = ResponsibleOut),
    )
)]
#[get("/responsibilities/answer")]
pub async fn show_responsible(authn: Authn, query: Query<AnswerQuery>, state: Data<WebState>) -> Answer {
    let AnswerQuery { support_level, activity, service } = &query.0;
    let found = state.app.responsible_for(&authn.cx, support_level, activity, service.as_deref()).await?;
    let directory = state.app.directory().await?;
    let names = Names(&directory);
    let Responsible { service, party, together_with, accountable, consulted, informed, because } = &found;
    ok(&ResponsibleOut {
        service: service.and_then(|id| names.service(id)),
        party: PartyOut::of(party, &names),
        reason: because.into(),
        together_with: together_with.iter().map(|party| PartyOut::of(party, &names)).collect(),
        accountable: accountable.as_ref().map(|party| PartyOut::of(party, &names)),
        consulted: consulted.iter().map(|party| PartyOut::of(party, &names)).collect(),
        informed: informed.iter().map(|party| PartyOut::of(party, &names)).collect(),
    })
}

impl<'a> PartyOut<'a> {
    fn of(party: &'a Party, names: &Names<'a>) -> Self {
        let Party { code, name, group, turn_to } = party;
        Self {
            code: code.as_str(),
            name: name.into(),
            group: group.and_then(|id| names.group(id)),
            turn_to: turn_to.as_ref().map(BilingualDoc::from),
        }
    }
}
