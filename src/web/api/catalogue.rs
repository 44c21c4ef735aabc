//! What tickets are classified by: services, business systems, categories. All three alike.

use super::page::PageQuery;
use crate::app::people::{ItemPatch, NewItem};
use crate::domain::text::Code;
use serde::Serialize;
use utoipa_actix_web::service_config::ServiceConfig;

/// Adds the operations on services, systems and categories.
pub fn configure(config: &mut ServiceConfig) {
    services::configure(config);
    systems::configure(config);
    categories::configure(config);
}

/// Which of them.
#[derive(Debug, Default, serde::Deserialize, utoipa::IntoParams)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct ItemsQuery {
    /// Part of a name or a code.
    #[param(max_length = 200)]
    pub q: Option<String>,
    /// Those that can be chosen, or those that can't any more.
    pub active: Option<bool>,
    /// Where the page before ended: its `nextCursor`.
    #[param(max_length = 200)]
    pub cursor: Option<String>,
    /// The page, counted from 1; not together with `cursor`. Reaches the first 10 000 rows.
    #[param(minimum = 1, maximum = 10_000, default = 1)]
    pub page: Option<i64>,
    /// Rows a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<i64>,
}

impl ItemsQuery {
    /// The filter, and the page.
    #[must_use]
    pub fn split(self) -> (ItemFilter, PageQuery) {
        let Self { q, active, cursor, page, limit } = self;
        let words = q.map(|q| q.trim().to_lowercase()).filter(|q| !q.is_empty());
        (ItemFilter { words, active }, PageQuery { cursor, page, limit })
    }
}

/// What rows must be.
#[derive(Debug)]
pub struct ItemFilter {
    words: Option<String>,
    active: Option<bool>,
}

impl ItemFilter {
    /// Whether a row is wanted.
    #[must_use]
    pub fn wants(&self, code: &str, name: &str, is_active: bool) -> bool {
        self.active.is_none_or(|active| active == is_active)
            && self
                .words
                .as_ref()
                .is_none_or(|words| code.contains(words) || name.to_lowercase().contains(words))
    }
}

/// The code that something new will have: the one said, or the one made of its name.
#[must_use]
pub fn code_of_new(code: Option<&str>, name: &str) -> String {
    code.map(str::trim)
        .filter(|code| !code.is_empty())
        .map_or_else(|| Code::from_name(name.trim()).as_str().to_owned(), str::to_owned)
}

/// A service, which may be a base function.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Service)]
#[serde(rename_all = "camelCase")]
pub struct ServiceOut<'a> {
    /// Its code.
    code: &'a str,
    /// Its name.
    name: &'a str,
    /// Whether it is a base function.
    is_base_function: bool,
    /// Whether it can be chosen.
    is_active: bool,
}

/// A service to be made.
#[derive(Debug, Default, serde::Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = NewService)]
pub struct ServiceCreateIn {
    /// Its code; made of the name when nothing is said.
    #[schema(max_length = 60, pattern = "^[a-z0-9]+(-[a-z0-9]+)*$")]
    code: Option<String>,
    /// Its name.
    #[schema(required, min_length = 1, max_length = 200)]
    name: String,
    /// Whether it is a base function.
    is_base_function: bool,
}

/// What is to be changed; what isn't mentioned stays.
#[derive(Debug, Default, serde::Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = ServicePatch)]
pub struct ServicePatchIn {
    /// Its name.
    #[schema(min_length = 1, max_length = 200)]
    name: Option<String>,
    /// Whether it is a base function.
    is_base_function: Option<bool>,
    /// Whether it can be chosen.
    is_active: Option<bool>,
}

/// A business system or a category.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Item)]
#[serde(rename_all = "camelCase")]
pub struct ItemOut<'a> {
    /// Its code.
    code: &'a str,
    /// Its name.
    name: &'a str,
    /// Whether it can be chosen.
    is_active: bool,
}

/// A business system or a category to be made.
#[derive(Debug, Default, serde::Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = NewItem)]
pub struct ItemCreateIn {
    /// Its code; made of the name when nothing is said.
    #[schema(max_length = 60, pattern = "^[a-z0-9]+(-[a-z0-9]+)*$")]
    code: Option<String>,
    /// Its name.
    #[schema(required, min_length = 1, max_length = 200)]
    name: String,
}

/// What is to be changed; what isn't mentioned stays.
#[derive(Debug, Default, serde::Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = ItemPatch)]
pub struct ItemPatchIn {
    /// Its name.
    #[schema(min_length = 1, max_length = 200)]
    pub name: Option<String>,
    /// Whether it can be chosen.
    pub is_active: Option<bool>,
}

impl From<ServiceCreateIn> for NewItem {
    fn from(sent: ServiceCreateIn) -> Self {
        let ServiceCreateIn { code, name, is_base_function } = sent;
        let code = Some(code_of_new(code.as_deref(), &name));
        Self { code, name, is_base_function }
    }
}

impl From<ItemCreateIn> for NewItem {
    fn from(sent: ItemCreateIn) -> Self {
        let ItemCreateIn { code, name } = sent;
        let code = Some(code_of_new(code.as_deref(), &name));
        Self { code, name, is_base_function: false }
    }
}

impl From<ServicePatchIn> for ItemPatch {
    fn from(sent: ServicePatchIn) -> Self {
        let ServicePatchIn { name, is_base_function, is_active } = sent;
        Self { name, is_active, is_base_function }
    }
}

impl From<ItemPatchIn> for ItemPatch {
    fn from(sent: ItemPatchIn) -> Self {
        let ItemPatchIn { name, is_active } = sent;
        Self { name, is_active, is_base_function: None }
    }
}

impl<'a> From<&'a crate::domain::people::Service> for ServiceOut<'a> {
    fn from(service: &'a crate::domain::people::Service) -> Self {
        let crate::domain::people::Service { id: _, code, name, is_base_function, is_active } = service;
        Self { code, name, is_base_function: *is_base_function, is_active: *is_active }
    }
}

impl<'a> From<&'a crate::domain::people::System> for ItemOut<'a> {
    fn from(system: &'a crate::domain::people::System) -> Self {
        let crate::domain::people::System { id: _, code, name, is_active } = system;
        Self { code, name, is_active: *is_active }
    }
}

impl<'a> From<&'a crate::domain::people::Category> for ItemOut<'a> {
    fn from(category: &'a crate::domain::people::Category) -> Self {
        let crate::domain::people::Category { id: _, code, name, is_active } = category;
        Self { code, name, is_active: *is_active }
    }
}

/// Declares the operations on one kind.
macro_rules! define_items {
    (
        $(#[$about:meta])*
        mod $module:ident at $all:literal and $one:literal;
        shown as $out:ident, made of $create:ident, changed by $patch:ident;
        in the directory $items:ident by $by_code:ident;
        $(#[$list_doc:meta])* list $list:ident;
        $(#[$create_doc:meta])* create $make:ident by $app_create:ident;
        $(#[$show_doc:meta])* show $show:ident;
        $(#[$edit_doc:meta])* edit $edit:ident by $app_update:ident;
    ) => {
        $(#[$about])*
        mod $module {
            use super::{ItemsQuery, $create, $out, $patch};
            use crate::app::AppError;
            use crate::app::people::NewItem;
            use crate::web::api::page;
            use crate::web::api::parts::ListOut;
            use crate::web::api::respond::{Answer, json, located, ok};
            use crate::web::extract::{Authn, CodeInPath, Json, Query};
            use crate::web::state::WebState;
            use actix_web::http::StatusCode;
            use actix_web::web::Data;
            use actix_web::{get, patch, post};
            use utoipa_actix_web::service_config::ServiceConfig;

            pub(super) fn configure(config: &mut ServiceConfig) {
                config.service($list).service($make).service($show).service($edit);
            }

            $(#[$list_doc])*
            #[utoipa::path(
                tag = "catalogue",
                params(ItemsQuery),
                responses((status = 200, description = "The page", body = ListOut<$out>))
            )]
            #[get($all)]
            pub async fn $list(_authn: Authn, query: Query<ItemsQuery>, state: Data<WebState>) -> Answer {
                let (filter, page) = query.0.split();
                let directory = state.app.directory().await?;
                let wanted =
                    directory.$items.iter().filter(|item| filter.wants(&item.code, &item.name, item.is_active));
                ok(&page::of_held(&page, wanted, |item| &item.code, $out::from)?)
            }

            $(#[$create_doc])*
            #[utoipa::path(
                tag = "catalogue",
                request_body = $create,
                responses((status = 201, description = "It", body = $out))
            )]
            #[post($all)]
            pub async fn $make(authn: Authn, body: Json<$create>, state: Data<WebState>) -> Answer {
                let new = NewItem::from(body.value);
                state.app.$app_create(&authn.cx, &new).await?;
                let code = new.code.unwrap_or_default();
                let directory = state.app.directory().await?;
                let item = directory.$by_code(&code).ok_or(AppError::NotFound)?;
                located(json(StatusCode::CREATED, &$out::from(item)), &format!("{}/{code}", $all))
            }

            $(#[$show_doc])*
            #[utoipa::path(tag = "catalogue", responses((status = 200, description = "It", body = $out)))]
            #[get($one)]
            pub async fn $show(_authn: Authn, code: CodeInPath, state: Data<WebState>) -> Answer {
                let directory = state.app.directory().await?;
                let item = directory.$by_code(&code.0).ok_or(AppError::NotFound)?;
                ok(&$out::from(item))
            }

            $(#[$edit_doc])*
            #[utoipa::path(
                tag = "catalogue",
                request_body = $patch,
                responses((status = 200, description = "It", body = $out))
            )]
            #[patch($one)]
            pub async fn $edit(
                authn: Authn,
                code: CodeInPath,
                body: Json<$patch>,
                state: Data<WebState>,
            ) -> Answer {
                state.app.$app_update(&authn.cx, &code.0, &body.value.into()).await?;
                let directory = state.app.directory().await?;
                let item = directory.$by_code(&code.0).ok_or(AppError::NotFound)?;
                ok(&$out::from(item))
            }
        }
    };
}

define_items! {
    /// Services.
    mod services at "/services" and "/services/{code}";
    shown as ServiceOut, made of ServiceCreateIn, changed by ServicePatchIn;
    in the directory services by service_by_code;
    /// List services
    ///
    /// The services of the catalogue, base functions among them.
    list list_services;
    /// Make a service
    ///
    /// Its code can't be changed later.
    create create_service by create_service;
    /// Show a service
    ///
    /// By its code.
    show show_service;
    /// Change a service
    ///
    /// A service that isn't active any more can't be chosen; tickets keep it.
    edit edit_service by update_service;
}

define_items! {
    /// Business systems.
    mod systems at "/systems" and "/systems/{code}";
    shown as ItemOut, made of ItemCreateIn, changed by ItemPatchIn;
    in the directory systems by system_by_code;
    /// List business systems
    ///
    /// The systems that tickets can concern.
    list list_systems;
    /// Make a business system
    ///
    /// Its code can't be changed later.
    create create_system by create_system;
    /// Show a business system
    ///
    /// By its code.
    show show_system;
    /// Change a business system
    ///
    /// A system that isn't active any more can't be chosen; tickets keep it.
    edit edit_system by update_system;
}

define_items! {
    /// Categories.
    mod categories at "/categories" and "/categories/{code}";
    shown as ItemOut, made of ItemCreateIn, changed by ItemPatchIn;
    in the directory categories by category_by_code;
    /// List categories
    ///
    /// What tickets can be about.
    list list_categories;
    /// Make a category
    ///
    /// Its code can't be changed later.
    create create_category by create_category;
    /// Show a category
    ///
    /// By its code.
    show show_category;
    /// Change a category
    ///
    /// A category that isn't active any more can't be chosen; tickets keep it.
    edit edit_category by update_category;
}
