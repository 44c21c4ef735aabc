//! Categories, services and systems: three lists of one shape.

use super::parts;
use crate::app::people::{ItemPatch, NewItem};
use crate::app::{App, AppError, Ctx};
use crate::domain::access::Permission;
use crate::domain::people::Directory;
use crate::i18n::Texts;
use crate::web::components::Cell;
use crate::web::form::FormState;
use crate::web::page::Link;
use crate::web::site::{Done, Flash, ProtectedForm, Refusal, SignedIn, SiteError, get, see_other_saying};
use crate::web::workspace::admin_forms::{self as forms, Catalogue};
use crate::web::workspace::admin_view::Body;
use actix_web::HttpResponse;
use actix_web::web::{self, Data, Path, ServiceConfig};

pub(super) fn configure(config: &mut ServiceConfig) {
    for which in [Catalogue::Category, Catalogue::Service, Catalogue::System] {
        let (list_path, new_path, _) = which.routes();
        let one_path = which.one_pattern();
        config
            .service(web::resource(list_path).app_data(Data::new(which)).route(get().to(list)))
            .service(
                web::resource(new_path)
                    .app_data(Data::new(which))
                    .route(get().to(new))
                    .route(web::post().to(create)),
            )
            .service(
                web::resource(one_path)
                    .app_data(Data::new(which))
                    .route(get().to(show))
                    .route(web::post().to(change)),
            );
    }
}

/// One of them, whichever list it is in.
struct Item<'d> {
    code: &'d str,
    name: &'d str,
    is_base_function: Option<bool>,
    is_active: bool,
}

fn items(directory: &Directory, which: Catalogue) -> Vec<Item<'_>> {
    match which {
        Catalogue::Category => directory
            .categories
            .iter()
            .map(|item| Item {
                code: &item.code,
                name: &item.name,
                is_base_function: None,
                is_active: item.is_active,
            })
            .collect(),
        Catalogue::Service => directory
            .services
            .iter()
            .map(|item| Item {
                code: &item.code,
                name: &item.name,
                is_base_function: Some(item.is_base_function),
                is_active: item.is_active,
            })
            .collect(),
        Catalogue::System => directory
            .systems
            .iter()
            .map(|item| Item {
                code: &item.code,
                name: &item.name,
                is_base_function: None,
                is_active: item.is_active,
            })
            .collect(),
    }
}

/// The title of the list, and what adding to it is called.
fn titles(t: &Texts, which: Catalogue) -> (&str, &str) {
    match which {
        Catalogue::Category => (t.t("admin-categories"), t.t("category-add")),
        Catalogue::Service => (t.t("admin-services"), t.t("service-add")),
        Catalogue::System => (t.t("admin-systems"), t.t("system-add")),
    }
}

async fn list(who: SignedIn, which: Data<Catalogue>) -> Result<HttpResponse, SiteError> {
    who.need(Permission::CatalogueManage)?;
    let (t, which) = (who.texts(), *which.get_ref());
    let (title, add) = titles(t, which);
    let (_, new_path, one) = which.routes();
    let directory = who.app().directory().await?;
    let mut columns = vec![t.t("field-name")];
    if which == Catalogue::Service {
        columns.push(t.t("field-base-function"));
    }
    columns.push(t.t("field-active"));
    let rows = items(&directory, which)
        .into_iter()
        .map(|item| {
            let mut cells = vec![Cell::link(one(item.code), item.name)];
            cells.extend(
                item.is_base_function
                    .map(|is| Cell::text(if is { t.t("choice-yes") } else { t.t("choice-no") })),
            );
            cells.push(parts::activity(t, item.is_active));
            cells
        })
        .collect();
    let table = parts::table(title, &columns, rows, t.t("catalogue-none"));
    parts::short_list(&who, title, Some(Link::new(new_path, add)), table)
}

async fn new(who: SignedIn, which: Data<Catalogue>) -> Result<HttpResponse, SiteError> {
    who.need(Permission::CatalogueManage)?;
    show_new(&who, *which.get_ref(), &FormState::of([("base", "no")]), None)
}

fn show_new(
    who: &SignedIn,
    which: Catalogue,
    state: &FormState,
    refusal: Option<&Refusal>,
) -> Result<HttpResponse, SiteError> {
    let t = who.texts();
    let (title, add) = titles(t, which);
    let page = parts::page_below(who, add, (which.routes().0, title));
    parts::form_page(page, forms::catalogue(t, state, which, None), refusal)
}

async fn create(form: ProtectedForm, which: Data<Catalogue>) -> Result<HttpResponse, SiteError> {
    form.who.need(Permission::CatalogueManage)?;
    let which = *which.get_ref();
    let new = NewItem {
        code: None,
        name: form.value("name").to_owned(),
        is_base_function: parts::is_yes(&form, "base").unwrap_or_default(),
    };
    match insert(form.who.app(), &form.cx(), which, &new).await {
        Ok(()) => Ok(see_other_saying(which.routes().0, &Flash::Done(Done::Added))),
        Err(error) => {
            let refusal = parts::refusal(&form, error, &[("code", "name")])?;
            show_new(&form.who, which, &refusal.state, Some(&refusal))
        }
    }
}

async fn insert(app: &App, cx: &Ctx, which: Catalogue, new: &NewItem) -> Result<(), AppError> {
    match which {
        Catalogue::Category => app.create_category(cx, new).await,
        Catalogue::Service => app.create_service(cx, new).await,
        Catalogue::System => app.create_system(cx, new).await,
    }
}

async fn show(who: SignedIn, which: Data<Catalogue>, code: Path<String>) -> Result<HttpResponse, SiteError> {
    who.need(Permission::CatalogueManage)?;
    draw(&who, *which.get_ref(), &code, None).await
}

async fn draw(
    who: &SignedIn,
    which: Catalogue,
    code: &str,
    refusal: Option<&Refusal>,
) -> Result<HttpResponse, SiteError> {
    let t = who.texts();
    let directory = who.app().directory().await?;
    let items = items(&directory, which);
    let item = items.iter().find(|item| item.code == code).ok_or(AppError::NotFound)?;
    let state = refusal.map_or_else(
        || {
            FormState::of([
                ("name", item.name),
                ("base", parts::yes_or_no(item.is_base_function.unwrap_or_default())),
                ("active", parts::yes_or_no(item.is_active)),
            ])
        },
        |refusal| refusal.state.clone(),
    );
    let page = parts::page_below(who, item.name, (which.routes().0, titles(t, which).0));
    let form = forms::catalogue(t, &state, which, Some(code));
    parts::record_page(page, vec![parts::section("", Body::Form(form))], refusal)
}

async fn change(
    form: ProtectedForm,
    which: Data<Catalogue>,
    code: Path<String>,
) -> Result<HttpResponse, SiteError> {
    form.who.need(Permission::CatalogueManage)?;
    let which = *which.get_ref();
    let patch = ItemPatch {
        name: Some(form.value("name").to_owned()),
        is_active: parts::is_yes(&form, "active"),
        is_base_function: parts::is_yes(&form, "base"),
    };
    let (app, cx) = (form.who.app(), form.cx());
    let changed = match which {
        Catalogue::Category => app.update_category(&cx, &code, &patch).await,
        Catalogue::Service => app.update_service(&cx, &code, &patch).await,
        Catalogue::System => app.update_system(&cx, &code, &patch).await,
    };
    match changed {
        Ok(()) => Ok(see_other_saying(&(which.routes().2)(&code), &Flash::Done(Done::Saved))),
        Err(error) => {
            let refusal = parts::refusal(&form, error, &[("isActive", "active")])?;
            draw(&form.who, which, &code, Some(&refusal)).await
        }
    }
}
