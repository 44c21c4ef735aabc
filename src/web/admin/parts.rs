//! What the administration's pages have in common.

use crate::app::AppError;
use crate::domain::people::{Directory, Organisation};
use crate::i18n::Texts;
use crate::web::components::{Cell, Column, Pager, Table};
use crate::web::form::{Choice, Form, FormState};
use crate::web::page::{Banner, BannerKind, Link, Page, Section};
use crate::web::pages::WorkspaceFormPage;
use crate::web::routes;
use crate::web::site::{ProtectedForm, Refusal, SiteError, Visitor, html, html_with, show_errors};
use crate::web::workspace::admin_view::{AdminListPage, AdminRecordPage, Body, RecordSection};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;

/// The surroundings of a list: back to the overview.
pub(super) fn page(visitor: &Visitor, title: impl Into<String>) -> Page {
    let back = Link::new(routes::ADMIN, visitor.texts().t("nav-admin"));
    Page { back: Some(back), ..visitor.page(title, Section::Admin) }
}

/// The surroundings of a record: back to its list.
pub(super) fn page_below(visitor: &Visitor, title: impl Into<String>, list: (&str, &str)) -> Page {
    Page { back: Some(Link::new(list.0, list.1)), ..visitor.page(title, Section::Admin) }
}

pub(super) fn table(caption: &str, columns: &[&str], rows: Vec<Vec<Cell>>, empty: &str) -> Table {
    Table {
        caption: caption.to_owned(),
        columns: columns.iter().map(|label| Column::new(*label)).collect(),
        rows,
        empty: empty.to_owned(),
    }
}

/// A short list with a button that adds to it.
pub(super) fn short_list(
    visitor: &Visitor,
    title: &str,
    add: Option<Link>,
    table: Table,
) -> Result<HttpResponse, SiteError> {
    html(&AdminListPage {
        page: page(visitor, title),
        lead: None,
        add,
        search: None,
        table,
        pager: Pager::default(),
    })
}

pub(super) fn section(heading: &str, body: Body) -> RecordSection {
    RecordSection { heading: heading.to_owned(), body }
}

/// A page that is one form: as it is shown first, or as it was refused.
pub(super) fn form_page(
    mut page: Page,
    form: Form,
    refusal: Option<&Refusal>,
) -> Result<HttpResponse, SiteError> {
    let mut status = StatusCode::OK;
    if let Some(refusal) = refusal {
        show_errors(&mut page, refusal, [&form]);
        status = refusal.status;
    }
    html_with(status, &WorkspaceFormPage { page, lead: None, form })
}

/// A record's page: as it is shown first, or as one of its forms was refused.
pub(super) fn record_page(
    mut page: Page,
    sections: Vec<RecordSection>,
    refusal: Option<&Refusal>,
) -> Result<HttpResponse, SiteError> {
    let mut status = StatusCode::OK;
    if let Some(refusal) = refusal {
        let forms = sections.iter().filter_map(|section| section.body.form());
        show_errors(&mut page, refusal, forms);
        status = refusal.status;
    }
    html_with(status, &AdminRecordPage { page, sections })
}

/// A record's page that tells how something went that was only tried.
pub(super) fn told_page(
    mut page: Page,
    sections: Vec<RecordSection>,
    told: Banner,
) -> Result<HttpResponse, SiteError> {
    page.banner = Some(told);
    html(&AdminRecordPage { page, sections })
}

/// What a refused form shows; of a record that somebody else changed meanwhile, that they did.
pub(super) fn refusal(
    form: &ProtectedForm,
    error: AppError,
    names: &[(&str, &'static str)],
) -> Result<Refusal, SiteError> {
    if let AppError::Stale { .. } = error {
        let banner = Banner::new(BannerKind::Danger, form.who.texts().t("refused-stale-record"));
        return Ok(Refusal { state: form.state.clone(), banner: Some(banner), status: StatusCode::CONFLICT });
    }
    form.refusal(error, names)
}

/// The value of a field of yes and no.
pub(super) fn is_yes(form: &ProtectedForm, name: &str) -> Option<bool> {
    match form.value(name) {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

pub(super) const fn yes_or_no(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}

/// "Används" or "Används inte".
pub(super) fn activity(t: &Texts, is_active: bool) -> Cell {
    Cell::text(if is_active { t.t("choice-active") } else { t.t("choice-inactive") })
}

/// The state of a part's form: what was refused, for the part it was sent for; else empty.
pub(super) fn state_of(refusal: Option<&Refusal>, part: &str) -> Option<FormState> {
    refusal.map(|refusal| &refusal.state).filter(|state| state.value("part") == part).cloned()
}

/// An organisation with those above it: "Sjöstads kommun › Skolan".
pub(super) fn full_name(directory: &Directory, organisation: &Organisation) -> String {
    let mut names = vec![organisation.name.as_str()];
    let mut above = organisation.parent;
    // A tree deeper than this is no tree.
    while let Some(parent) = above.and_then(|id| directory.organisation(id)).filter(|_| names.len() < 10) {
        names.push(&parent.name);
        above = parent.parent;
    }
    names.reverse();
    names.join(" › ")
}

/// The organisations that are used, by full name.
pub(super) fn organisation_choices(directory: &Directory) -> Vec<Choice> {
    let mut choices: Vec<Choice> = directory
        .organisations
        .iter()
        .filter(|organisation| organisation.is_active)
        .map(|organisation| Choice::new(&organisation.code, full_name(directory, organisation)))
        .collect();
    choices.sort_by(|a, b| a.label.cmp(&b.label));
    choices
}
