//! Agreements: service levels, operational levels, underpinning agreements.

use super::define_document;
use crate::app::AppError;
use crate::app::policies::{AgreementWritten, Amendment, Document, NewDocument};
use crate::web::api::page::{self, PageQuery};
use crate::web::api::parts::ListOut;
use crate::web::api::respond::{Answer, located, no_content, ok, tagged};
use crate::web::api::words::{AgreementKindWord, KindWord, MetricWord, TellWord, WaitingForWord};
use crate::web::extract::{Authn, CodeInPath, IdInPath, IfMatchId, Json, Query};
use crate::web::problem::Problem;
use crate::web::state::WebState;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpResponse, delete, get, post};
use serde::{Deserialize, Serialize};
use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(list_agreements)
        .service(create_agreement)
        .service(show_agreement)
        .service(add_agreement_version)
        .service(remove_agreement_version)
        .service(withdraw_agreement);
}

/// Which tickets an agreement is for; what is left out or null may be anything.
#[derive(Debug, Clone, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = AgreementConditions)]
pub struct ConditionsDoc {
    /// The code of the group that promises; not in agreements with customers.
    group: Option<String>,
    /// The code of the system.
    system: Option<String>,
    /// The code of the organisation; everything below it too.
    organisation: Option<String>,
    /// The code of the service.
    service: Option<String>,
    /// Whether the service is a base function.
    base_function: Option<bool>,
    /// The code of the support level.
    support_level: Option<String>,
    /// The priority.
    #[schema(minimum = 1, maximum = 4)]
    priority: Option<i64>,
    /// What the ticket is.
    #[schema(value_type = Option<KindWord>)]
    kind: Option<String>,
    /// The code of the desk.
    desk: Option<String>,
}

/// How much working time: exactly one of the two, due within a year as the calendar is open.
#[derive(Debug, Clone, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = PromiseTarget)]
pub struct TargetDoc {
    /// Minutes of opening hours.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 525_600, nullable = false)]
    working_minutes: Option<i64>,
    /// Working days.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 365, nullable = false)]
    working_days: Option<i64>,
}

/// One thing that is promised.
#[derive(Debug, Clone, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = AgreementPromise)]
pub struct PromiseDoc {
    /// What is measured.
    #[schema(required, value_type = MetricWord)]
    metric: String,
    /// How much working time it may take.
    #[schema(required)]
    target: TargetDoc,
    /// What the clock stands still for.
    #[schema(value_type = Vec<WaitingForWord>)]
    pauses_on: Vec<String>,
    /// The shares of the time, in per cent, at which somebody is warned.
    warn_at_percent: Vec<i64>,
    /// Who is told, in this order.
    #[schema(value_type = Vec<TellWord>)]
    tells: Vec<String>,
}

define_document! {
    /// What is promised to whom.
    TermsDoc as AgreementTerms of AgreementWritten {
        /// Towards whom.
        #[schema(required, value_type = AgreementKindWord)]
        kind: String,
        /// The code of the calendar that its working time is counted in.
        #[schema(required)]
        calendar: String,
        /// Which tickets it is for.
        conditions: ConditionsDoc,
        /// What it promises, each metric at most once.
        #[schema(required)]
        promises: Vec<PromiseDoc>,
    }
    sent as AgreementVersionIn named NewAgreementVersion;
    answered as AgreementVersionOut named AgreementVersion;
}

impl TermsDoc {
    fn written(&self) -> Result<AgreementWritten, AppError> {
        super::same(self)
    }
}

/// An agreement.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Agreement)]
pub struct AgreementOut {
    /// Its code.
    code: String,
    /// Its name.
    name: String,
    /// Its versions, the latest first.
    versions: Vec<AgreementVersionOut>,
}

impl AgreementOut {
    fn of(document: &Document<AgreementWritten>) -> Result<Self, AppError> {
        let Document { code, name, versions } = document;
        let versions = versions.iter().map(AgreementVersionOut::of).collect::<Result<_, _>>()?;
        Ok(Self { code: code.clone(), name: name.clone(), versions })
    }
}

/// The agreement with its entity tag.
fn answer(status: StatusCode, document: &Document<AgreementWritten>) -> Answer {
    tagged(status, &document.last_written(), &AgreementOut::of(document)?)
}

/// An agreement to be made.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = NewAgreement)]
pub struct AgreementCreateIn {
    /// Its code; made of the name when nothing is said.
    #[schema(max_length = 60, pattern = "^[a-z0-9]+(-[a-z0-9]+)*$")]
    code: Option<String>,
    /// Its name.
    #[schema(required, min_length = 1, max_length = 200)]
    name: String,
    /// From when it holds; at once when nothing is said.
    #[schema(max_length = 40)]
    valid_from: Option<String>,
    /// Why it is decided.
    #[schema(max_length = 1_000)]
    note: String,
    /// What it says.
    #[schema(required)]
    terms: TermsDoc,
}

/// The end of an agreement.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = AgreementEnd)]
pub struct WithdrawIn {
    /// From when it promises nothing; at once when nothing is said.
    #[schema(max_length = 40)]
    valid_from: Option<String>,
    /// Why.
    #[schema(max_length = 1_000)]
    note: String,
}

/// List agreements
///
/// By code, each with all its versions. Of those that fit a ticket the most specific one holds.
#[utoipa::path(
    tag = "policies",
    params(PageQuery),
    responses((status = 200, description = "The page", body = ListOut<AgreementOut>))
)]
#[get("/agreements")]
pub async fn list_agreements(authn: Authn, query: Query<PageQuery>, state: Data<WebState>) -> Answer {
    let documents = state.app.policy_documents(&authn.cx).await?;
    let agreements = documents.iter().map(AgreementOut::of).collect::<Result<Vec<_>, _>>()?;
    ok(&page::of_held(&query.0, agreements.iter(), |agreement| &agreement.code, |agreement| agreement)?)
}

/// Make an agreement
///
/// Refused when another agreement of the kind asks for exactly the same tickets at the same time.
#[utoipa::path(
    tag = "policies",
    request_body = AgreementCreateIn,
    responses((status = 201, description = "The agreement", body = AgreementOut))
)]
#[post("/agreements")]
pub async fn create_agreement(authn: Authn, body: Json<AgreementCreateIn>, state: Data<WebState>) -> Answer {
    let AgreementCreateIn { code, name, valid_from, note, terms } = body.value;
    let new = NewDocument { code, name, amendment: Amendment { valid_from, note, based_on: None } };
    let cx = authn.once(body.once);
    let code = state.app.create_policy(&cx, &new, &terms.written()?).await?;
    let made = state.app.policy_document(&cx, &code).await?;
    located(answer(StatusCode::CREATED, &made), &format!("/agreements/{code}"))
}

/// Show an agreement
///
/// With all its versions, the latest first.
#[utoipa::path(
    tag = "policies",
    responses((status = 200, description = "The agreement", body = AgreementOut))
)]
#[get("/agreements/{code}")]
pub async fn show_agreement(authn: Authn, code: CodeInPath, state: Data<WebState>) -> Answer {
    answer(StatusCode::OK, &state.app.policy_document(&authn.cx, &code.0).await?)
}

/// Add a version to an agreement
///
/// Tickets that are filed before it holds keep what was promised them. Send the `ETag` of the agreement you
/// have seen as `If-Match`, so that you don't overwrite what somebody else has changed.
#[utoipa::path(
    tag = "policies",
    request_body = AgreementVersionIn,
    responses((status = 201, description = "The agreement", body = AgreementOut))
)]
#[post("/agreements/{code}/versions")]
pub async fn add_agreement_version(
    authn: Authn,
    code: CodeInPath,
    seen: IfMatchId,
    body: Json<AgreementVersionIn>,
    state: Data<WebState>,
) -> Answer {
    let (amendment, terms) = body.value.split(seen.0)?;
    let cx = authn.once(body.once);
    state.app.add_policy_version(&cx, &code.0, &amendment, &terms).await?;
    let agreement = state.app.policy_document(&cx, &code.0).await?;
    located(answer(StatusCode::CREATED, &agreement), &format!("/agreements/{}", code.0))
}

/// Take back a version of an agreement
///
/// One that hasn't begun to hold.
#[utoipa::path(tag = "policies", responses((status = 204, description = "It is gone")))]
#[delete("/agreements/{code}/versions/{id}")]
pub async fn remove_agreement_version(
    authn: Authn,
    code: CodeInPath,
    id: IdInPath,
    state: Data<WebState>,
) -> Result<HttpResponse, Problem> {
    state.app.take_back_policy_version::<AgreementWritten>(&authn.cx, &code.0, &id.0).await?;
    Ok(no_content())
}

/// End an agreement
///
/// From then on it promises nothing more; what it has promised stays.
#[utoipa::path(
    tag = "policies",
    request_body = WithdrawIn,
    responses((status = 200, description = "The agreement", body = AgreementOut))
)]
#[post("/agreements/{code}/withdraw")]
pub async fn withdraw_agreement(
    authn: Authn,
    code: CodeInPath,
    seen: IfMatchId,
    body: Json<WithdrawIn>,
    state: Data<WebState>,
) -> Answer {
    let WithdrawIn { valid_from, note } = body.value;
    let cx = authn.once(body.once);
    let amendment = Amendment { valid_from, note, based_on: seen.0 };
    state.app.withdraw_agreement(&cx, &code.0, &amendment).await?;
    answer(StatusCode::OK, &state.app.policy_document(&cx, &code.0).await?)
}
