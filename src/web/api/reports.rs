//! Figures.

use super::respond::{Answer, ok};
use super::words::{ByWord, ClockWord, ScopeWord};
use crate::app::AppError;
use crate::app::FieldProblem;
use crate::app::reports::ResolutionQuery;
use crate::web::extract::{Authn, Query};
use crate::web::state::WebState;
use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};

/// Which table.
#[derive(Debug, Default, serde::Deserialize, utoipa::IntoParams)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct ResolutionParams {
    /// First day, in the time of Stockholm.
    #[param(required, value_type = String, format = Date, example = "2026-01-01")]
    from: Option<String>,
    /// Last day, included.
    #[param(required, value_type = String, format = Date, example = "2026-12-31")]
    to: Option<String>,
    /// The length of a period.
    #[param(required, value_type = ByWord)]
    by: Option<String>,
    /// What time is counted in: wall-clock time, or opening hours.
    #[param(value_type = Option<ClockWord>)]
    clock: Option<String>,
    /// Whose resolutions count: everybody's, or the first line's.
    #[param(value_type = Option<ScopeWord>)]
    scope: Option<String>,
    /// The code of an organisation; everything below it counts.
    #[param(max_length = 60)]
    organisation: Option<String>,
    /// The format; by the header `Accept` when nothing is said.
    #[param(inline, value_type = Option<FormatWord>)]
    format: Option<String>,
}

/// The format of a table.
#[derive(Debug, Clone, Copy, utoipa::ToSchema)]
#[schema(as = ReportFormat, rename_all = "camelCase")]
#[expect(dead_code, reason = "describes the two words")]
pub enum FormatWord {
    /// Comma-separated values.
    Csv,
    /// JSON.
    Json,
}

/// The resolution table.
#[derive(Debug, utoipa::ToSchema)]
#[schema(as = ResolutionTable)]
#[expect(dead_code, reason = "describes what the domain writes")]
pub struct ResolutionTableOut {
    /// First day.
    #[schema(value_type = String, format = Date)]
    from: (),
    /// Last day, included.
    #[schema(value_type = String, format = Date)]
    to: (),
    /// The length of a period.
    #[schema(value_type = ByWord)]
    by: (),
    /// What time was counted in.
    #[schema(value_type = ClockWord)]
    clock: (),
    /// Whose resolutions were counted.
    #[schema(value_type = ScopeWord)]
    scope: (),
    /// The code of the only organisation counted; null for all.
    #[schema(value_type = Option<String>, required)]
    organisation: (),
    /// One row a period.
    #[schema(value_type = Vec<ResolutionRowOut>)]
    items: (),
}

/// A period of the resolution table; shares in per cent, null when no ticket was resolved.
#[derive(Debug, utoipa::ToSchema)]
#[schema(as = ResolutionRow)]
#[expect(dead_code, reason = "describes what the domain writes")]
#[serde(rename_all = "camelCase")]
pub struct ResolutionRowOut {
    /// The period: `2026`, `2026-T2`, `2026-Q3` or `2026-09`.
    #[schema(value_type = String)]
    period: (),
    /// Tickets resolved in it.
    #[schema(value_type = u64)]
    tickets: (),
    /// Within an hour.
    #[schema(value_type = Option<f64>, minimum = 0, maximum = 100, required)]
    within_1h: (),
    /// Within two hours.
    #[schema(value_type = Option<f64>, minimum = 0, maximum = 100, required)]
    within_2h: (),
    /// Within a day.
    #[schema(value_type = Option<f64>, minimum = 0, maximum = 100, required)]
    within_1d: (),
    /// Within three days.
    #[schema(value_type = Option<f64>, minimum = 0, maximum = 100, required)]
    within_3d: (),
    /// Within a week.
    #[schema(value_type = Option<f64>, minimum = 0, maximum = 100, required)]
    within_1w: (),
}

/// Show the resolution table
///
/// How many tickets were resolved in each period, and which share of them within an hour, two hours, a day,
/// three days and a week. Whoever represents an organisation gets that organisation's figures.
#[utoipa::path(
    tag = "reports",
    params(ResolutionParams),
    responses((
        status = 200,
        description = "The table",
        content((ResolutionTableOut = "application/json"), (String = "text/csv"))
    ))
)]
#[get("/reports/resolution")]
pub async fn show_resolution(
    authn: Authn,
    query: Query<ResolutionParams>,
    request: HttpRequest,
    state: Data<WebState>,
) -> Answer {
    let ResolutionParams { from, to, by, clock, scope, organisation, format } = query.0;
    let wants_csv = match format.as_deref() {
        Some("csv") => true,
        Some("json") => false,
        Some(_) => return Err(AppError::field("format", FieldProblem::Unknown).into()),
        None => accepts_csv(&request),
    };
    let asked = ResolutionQuery {
        from: from.unwrap_or_default(),
        to: to.unwrap_or_default(),
        by: by.unwrap_or_default(),
        clock,
        scope,
        organisation,
    };
    let table = state.app.resolution_table(&authn.cx, &asked).await?;
    if wants_csv {
        return Ok(HttpResponse::Ok()
            .content_type("text/csv; charset=utf-8; header=present")
            .insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"resolution.csv\""))
            .body(table.to_csv()));
    }
    ok(&table)
}

/// Whether CSV is named before JSON, if JSON is named at all.
fn accepts_csv(request: &HttpRequest) -> bool {
    let accept =
        request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let named = |media_type: &str| accept.find(media_type);
    named("text/csv").is_some_and(|csv| named("application/json").is_none_or(|json| csv < json))
}
