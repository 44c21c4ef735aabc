//! The administration's overview.

use super::mail;
use crate::domain::access::Permission;
use crate::web::page::Section;
use crate::web::pages::Failure;
use crate::web::routes;
use crate::web::site::{SignedIn, SiteError, get, html};
use crate::web::workspace::admin_view::{AdminPage, Place, places};
use actix_web::HttpResponse;
use actix_web::web::{self, ServiceConfig};

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(web::resource(routes::ADMIN).route(get().to(overview)));
}

/// The places that the person may enter.
async fn overview(who: SignedIn) -> Result<HttpResponse, SiteError> {
    let t = who.texts();
    let places: Vec<Place> =
        places(t).into_iter().filter(|place| who.may(needed(&place.link.href))).collect();
    if places.is_empty() {
        return Err(Failure::NotFound.into());
    }
    let mut page = who.page(t.t("nav-admin"), Section::Admin);
    if page.banner.is_none() {
        page.banner = mail::warning(&who).await?;
    }
    html(&AdminPage { page, places })
}

/// What opens a place.
pub(super) fn needed(place: &str) -> Permission {
    match place {
        routes::PEOPLE => Permission::PeopleManage,
        routes::ORGANISATIONS => Permission::OrganisationManage,
        routes::GROUPS => Permission::GroupManage,
        routes::POLICIES => Permission::PolicyManage,
        routes::IMPORT => Permission::TicketImport,
        routes::INCOMING_MAIL | routes::MAIL_SETTINGS | routes::MAIL_TEMPLATES | routes::OUTGOING_MAILS => {
            Permission::MailManage
        }
        routes::JOBS => Permission::JobsManage,
        _ => Permission::CatalogueManage,
    }
}
