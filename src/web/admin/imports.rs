//! Imports of tickets: giving a file, watching it being read, what became of it.

use super::{import_view, parts};
use crate::app::import::{ImportState, ImportView};
use crate::domain::access::Permission;
use crate::i18n::{Texts, format};
use crate::web::components::{Cell, Moment, Table};
use crate::web::form::FormState;
use crate::web::page::Link;
use crate::web::routes;
use crate::web::site::{ImportForm, Refusal, SignedIn, SiteError, Visitor, field_text, get, html, see_other};
use crate::web::workspace::admin_forms as forms;
use crate::web::workspace::admin_view::{Body, ImportRunPage};
use actix_web::HttpResponse;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::web::{self, Path, Query, ServiceConfig};

/// Browsers load the page again after so many seconds; works without scripts.
const REFRESH: &str = "3";

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(web::resource(routes::IMPORT).route(get().to(show)).route(web::post().to(begin)))
        .service(web::resource(routes::IMPORT_RUN).route(get().to(watch)));
}

async fn show(who: SignedIn) -> Result<HttpResponse, SiteError> {
    who.need(Permission::TicketImport)?;
    draw(&who, &FormState::of([("mode", "check")]), None).await
}

async fn draw(
    who: &SignedIn,
    state: &FormState,
    refusal: Option<&Refusal>,
) -> Result<HttpResponse, SiteError> {
    let t = who.texts();
    let runs = who.app().imports(&who.cx()).await?;
    let sections = vec![
        parts::section("", Body::Form(forms::import(t, state))),
        parts::section(t.t("import-runs"), Body::Table(runs_table(who, &runs))),
    ];
    parts::record_page(parts::page(who, t.t("admin-import")), sections, refusal)
}

fn runs_table(visitor: &Visitor, runs: &[ImportView]) -> Table {
    let (t, moments) = (visitor.texts(), visitor.moments());
    let rows = runs
        .iter()
        .map(|run| {
            vec![
                Cell::link(routes::import_run(&run.id), &run.file_name),
                Cell::Moment(Moment::new(&moments, run.created_at)),
                Cell::text(import_view::state(t, run)),
            ]
        })
        .collect();
    let columns = [t.t("import-file"), t.t("column-opened"), t.t("field-status")];
    parts::table(t.t("import-runs"), &columns, rows, t.t("import-runs-none"))
}

async fn begin(ImportForm(mut form): ImportForm) -> Result<HttpResponse, SiteError> {
    let t = form.who.texts();
    let is_dry_run = match form.value("mode") {
        "check" => Some(true),
        "import" => Some(false),
        _ => None,
    };
    let file = form.files.pop();
    if let (Some(is_dry_run), Some(file), false) = (is_dry_run, file, form.has_refused_files()) {
        let begun = form.who.app().begin_import(&form.cx(), &file.name, file.content, is_dry_run).await?;
        return Ok(see_other(&routes::import_run(&begun.id)));
    }
    let mut refusal = form.refused_here();
    let required = |field: &str| field_text(t, field, crate::app::FieldProblem::Required, None);
    if is_dry_run.is_none() {
        refusal.state.refuse("mode", required("mode"));
    }
    // A browser forgets the chosen file, whatever was wrong.
    refusal.state.refuse("file", required("file"));
    let state = refusal.state.clone();
    draw(&form.who, &state, Some(&refusal)).await
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
struct WatchQuery {
    refresh: String,
}

async fn watch(who: SignedIn, id: Path<String>, query: Query<WatchQuery>) -> Result<HttpResponse, SiteError> {
    who.need(Permission::TicketImport)?;
    let t = who.texts();
    let run = who.app().import(&who.cx(), &id).await?;
    let goes_on = matches!(run.state, ImportState::Queued | ImportState::Running | ImportState::Failed);
    let reloads = goes_on && query.refresh != "off";
    let list = (routes::IMPORT, t.t("admin-import"));
    let mut answer = html(&ImportRunPage {
        page: parts::page_below(&who, t.t1("import-run-title", "file", &run.file_name), list),
        state: import_view::state(t, &run),
        progress: goes_on.then(|| progress(&run)),
        stay: reloads.then(|| stay(t, &run.id)),
        facts: run.summary.as_ref().map(|summary| import_view::facts(t, summary)).unwrap_or_default(),
        errors: run.summary.as_ref().and_then(|summary| import_view::faults(t, summary)),
    })?;
    if reloads {
        let name = HeaderName::from_static("refresh");
        answer.headers_mut().insert(name, HeaderValue::from_static(REFRESH));
    }
    Ok(answer)
}

/// Rows read, and once they are all checked, of how many. A checked file is then taken in.
fn progress(run: &ImportView) -> (i64, Option<i64>) {
    if run.rows_done == 0 { (run.rows_read, None) } else { (run.rows_done, Some(run.rows_read)) }
}

fn stay(t: &Texts, id: &str) -> Link {
    let href = routes::with_query(&routes::import_run(id), &[("refresh", "off")]);
    Link::new(href, t.t("import-refresh-off"))
}

/// Numbers of rows as they are read.
pub(super) fn number(t: &Texts, rows: u64) -> String {
    format::number(t.locale(), i64::try_from(rows).unwrap_or(i64::MAX))
}
