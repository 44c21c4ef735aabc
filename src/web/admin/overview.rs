//! The administration's overview.

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
    html(&AdminPage { page: who.page(t.t("nav-admin"), Section::Admin), places })
}

fn needed(place: &str) -> Permission {
    match place {
        routes::PEOPLE => Permission::PeopleManage,
        routes::ORGANISATIONS => Permission::OrganisationManage,
        routes::GROUPS => Permission::GroupManage,
        routes::POLICIES => Permission::PolicyManage,
        routes::IMPORT => Permission::TicketImport,
        routes::INCOMING_MAIL => Permission::MailManage,
        routes::JOBS => Permission::JobsManage,
        _ => Permission::CatalogueManage,
    }
}
