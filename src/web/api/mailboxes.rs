//! Mailboxes: how they are set and how they are; trying them. Secrets go in and never come out.

mod form;

use super::page::{self, PageQuery};
use super::parts::ListOut;
use super::respond::{Answer, located, no_content, ok, versioned};
use super::words::{MailFaultWord, TestStepWord};
use crate::app::mail::{MailboxTest, MailboxView, NewMailbox, TestedStep};
use crate::domain::mail::{MailFault, TestStep};
use crate::web::extract::{Authn, CodeInPath, IfMatch, Json, Query};
use crate::web::problem::Problem;
use crate::web::state::WebState;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpResponse, delete, get, patch, post};
use form::{MailboxCreateIn, MailboxOut, MailboxPatchIn};
use serde::Serialize;
use utoipa_actix_web::service_config::ServiceConfig;

/// Adds the operations on mailboxes.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(list_mailboxes)
        .service(create_mailbox)
        .service(show_mailbox)
        .service(edit_mailbox)
        .service(remove_mailbox)
        .service(try_mailbox);
}

/// A step of trying a mailbox.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = MailboxTestStep)]
pub struct StepOut {
    /// Which.
    #[schema(value_type = TestStepWord)]
    step: TestStep,
    /// Why it failed; null when it went well.
    #[schema(required, value_type = Option<MailFaultWord>)]
    fault: Option<MailFault>,
    /// What the server says about it.
    #[schema(required)]
    error: Option<String>,
}

/// How trying a mailbox went.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MailboxTest)]
pub struct TestOut {
    /// Whether mail can be read.
    passed: bool,
    /// The steps, up to the first that failed; none where mail isn't fetched.
    steps: Vec<StepOut>,
    /// How many messages the folder holds.
    #[schema(required)]
    messages: Option<u32>,
}

impl From<MailboxTest> for TestOut {
    fn from(test: MailboxTest) -> Self {
        let MailboxTest { steps, messages } = test;
        let steps: Vec<StepOut> = steps
            .into_iter()
            .map(|TestedStep { step, failed }| {
                let (fault, error) = failed.unzip();
                StepOut { step, fault, error }
            })
            .collect();
        Self { passed: steps.iter().all(|step| step.fault.is_none()), steps, messages }
    }
}

/// List mailboxes
///
/// By name, each with how it is.
#[utoipa::path(
    tag = "mail",
    params(PageQuery),
    responses((status = 200, description = "The page", body = ListOut<MailboxOut>))
)]
#[get("/mailboxes")]
pub async fn list_mailboxes(authn: Authn, query: Query<PageQuery>, state: Data<WebState>) -> Answer {
    let views = state.app.mailboxes(&authn.cx).await?;
    let directory = state.app.directory().await?;
    ok(&page::of_held(&query.0, views.iter(), |view| &view.code, |view| MailboxOut::new(view, &directory))?)
}

/// Make a mailbox
///
/// It is read within seconds unless it is switched off. The code can't be changed later.
#[utoipa::path(
    tag = "mail",
    request_body = MailboxCreateIn,
    responses((status = 201, description = "The mailbox", body = MailboxOut))
)]
#[post("/mailboxes")]
pub async fn create_mailbox(authn: Authn, body: Json<MailboxCreateIn>, state: Data<WebState>) -> Answer {
    let (code, settings) = body.value.settings()?;
    let code = state.app.create_mailbox(&authn.cx, &NewMailbox { code, settings }).await?;
    let made = state.app.mailbox(&authn.cx, &code).await?;
    located(shown(StatusCode::CREATED, &made, &state).await, &format!("/mailboxes/{code}"))
}

/// Show a mailbox
///
/// With how it is, by its code. Its secret is shown to nobody.
#[utoipa::path(tag = "mail", responses((status = 200, description = "The mailbox", body = MailboxOut)))]
#[get("/mailboxes/{code}")]
pub async fn show_mailbox(authn: Authn, code: CodeInPath, state: Data<WebState>) -> Answer {
    let view = state.app.mailbox(&authn.cx, &code.0).await?;
    shown(StatusCode::OK, &view, &state).await
}

/// Change a mailbox
///
/// Changes the fields that are mentioned; whoever reads it begins anew within seconds. A change of server or of
/// the way of signing in takes the secret again.
#[utoipa::path(
    tag = "mail",
    request_body = MailboxPatchIn,
    responses((status = 200, description = "The mailbox", body = MailboxOut))
)]
#[patch("/mailboxes/{code}")]
pub async fn edit_mailbox(
    authn: Authn,
    code: CodeInPath,
    seen: IfMatch,
    body: Json<MailboxPatchIn>,
    state: Data<WebState>,
) -> Answer {
    let before = state.app.mailbox(&authn.cx, &code.0).await?;
    // What isn't mentioned is taken from this version, so no other may be overwritten.
    let version = seen.0.or(Some(before.version));
    let settings = body.value.applied_to(before)?;
    state.app.change_mailbox(&authn.cx, &code.0, version, &settings).await?;
    let view = state.app.mailbox(&authn.cx, &code.0).await?;
    shown(StatusCode::OK, &view, &state).await
}

/// Remove a mailbox
///
/// Only one that no mail has come or gone by; others can be switched off.
#[utoipa::path(tag = "mail", responses((status = 204, description = "It is gone")))]
#[delete("/mailboxes/{code}")]
pub async fn remove_mailbox(
    authn: Authn,
    code: CodeInPath,
    state: Data<WebState>,
) -> Result<HttpResponse, Problem> {
    state.app.remove_mailbox(&authn.cx, &code.0).await?;
    Ok(no_content())
}

/// Try a mailbox
///
/// Reaches the server, signs in and opens the folder; reads nothing. What fails at the mailbox is told in the
/// answer.
#[utoipa::path(tag = "mail", responses((status = 200, description = "How it went", body = TestOut)))]
#[post("/mailboxes/{code}/tests")]
pub async fn try_mailbox(authn: Authn, code: CodeInPath, state: Data<WebState>) -> Answer {
    ok(&TestOut::from(state.app.test_mailbox(&authn.cx, &code.0).await?))
}

async fn shown(status: StatusCode, view: &MailboxView, state: &WebState) -> Answer {
    let directory = state.app.directory().await?;
    versioned(status, view.version, &MailboxOut::new(view, &directory))
}
