//! Mail domains: to which organisation people belong who write from an address.

use super::page::{self, PageQuery};
use super::parts::{CodedOut, ListOut, Names};
use super::respond::{Answer, json, located, no_content, ok};
use crate::app::AppError;
use crate::app::mail::MailDomain;
use crate::domain::people::Directory;
use crate::web::extract::{Authn, DomainInPath, Json, Query};
use crate::web::problem::Problem;
use crate::web::state::WebState;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpResponse, delete, get, put};
use serde::Serialize;
use utoipa_actix_web::service_config::ServiceConfig;

/// Adds the operations on mail domains.
pub fn configure(config: &mut ServiceConfig) {
    config.service(list_mail_domains).service(set_mail_domain).service(remove_mail_domain);
}

/// A mail domain.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = MailDomain)]
pub struct DomainOut<'a> {
    /// The domain.
    domain: &'a str,
    /// The organisation that people who write from there belong to.
    #[schema(required)]
    organisation: Option<CodedOut<'a>>,
}

impl<'a> DomainOut<'a> {
    fn new(known: &'a MailDomain, directory: &'a Directory) -> Self {
        let organisation = directory.organisation_by_code(&known.organisation);
        Self {
            domain: &known.domain,
            organisation: organisation.and_then(|found| Names(directory).organisation(found.id)),
        }
    }
}

/// Whose a mail domain is.
#[derive(Debug, Default, serde::Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = MailDomainOwner)]
pub struct DomainIn {
    /// The code of the organisation.
    #[schema(required, max_length = 60)]
    organisation: String,
}

/// List mail domains
///
/// By name. Domains below one that is listed are its too.
#[utoipa::path(
    tag = "mail",
    params(PageQuery),
    responses((status = 200, description = "The page", body = ListOut<DomainOut>))
)]
#[get("/mail-domains")]
pub async fn list_mail_domains(authn: Authn, query: Query<PageQuery>, state: Data<WebState>) -> Answer {
    let domains = state.app.mail_domains(&authn.cx).await?;
    let directory = state.app.directory().await?;
    ok(&page::of_held(
        &query.0,
        domains.iter(),
        |known| &known.domain,
        |known| DomainOut::new(known, &directory),
    )?)
}

/// Give a mail domain to an organisation
///
/// In place of the one it had.
#[utoipa::path(
    tag = "mail",
    request_body = DomainIn,
    responses(
        (status = 200, description = "The domain, which was another's", body = DomainOut),
        (status = 201, description = "The domain, which is new", body = DomainOut)
    )
)]
#[put("/mail-domains/{domain}")]
pub async fn set_mail_domain(
    authn: Authn,
    domain: DomainInPath,
    body: Json<DomainIn>,
    state: Data<WebState>,
) -> Answer {
    let is_new = state.app.set_mail_domain(&authn.cx, &domain.0, &body.value.organisation).await?;
    let domains = state.app.mail_domains(&authn.cx).await?;
    let known = domains.iter().find(|known| known.domain == domain.0).ok_or(AppError::NotFound)?;
    let directory = state.app.directory().await?;
    let shown = DomainOut::new(known, &directory);
    if is_new {
        located(json(StatusCode::CREATED, &shown), &format!("/mail-domains/{}", domain.0))
    } else {
        ok(&shown)
    }
}

/// Forget a mail domain
///
/// People who are known stay where they are.
#[utoipa::path(tag = "mail", responses((status = 204, description = "It is forgotten")))]
#[delete("/mail-domains/{domain}")]
pub async fn remove_mail_domain(
    authn: Authn,
    domain: DomainInPath,
    state: Data<WebState>,
) -> Result<HttpResponse, Problem> {
    state.app.remove_mail_domain(&authn.cx, &domain.0).await?;
    Ok(no_content())
}
