//! The ledgers of the tickets resolved in a period, added up.

use super::parts::{GroupOut, Names};
use super::respond::{Answer, ok};
use super::words::LineWord;
use crate::app::ledger_report::{LedgerQuery, LedgerReport};
use crate::domain::clock::MICROS_PER_MINUTE;
use crate::domain::people::Directory;
use crate::domain::report::{Held, LedgerFigures, Permille};
use crate::domain::ticket::Line;
use crate::web::extract::{Authn, Query};
use crate::web::state::WebState;
use actix_web::get;
use actix_web::web::Data;
use serde::Serialize;

/// Which figures.
#[derive(Debug, Default, serde::Deserialize, utoipa::IntoParams)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct LedgerReportParams {
    /// First day, in the time of Stockholm.
    #[param(required, value_type = String, format = Date, example = "2026-01-01")]
    from: Option<String>,
    /// Last day, included; at most a year after the first.
    #[param(required, value_type = String, format = Date, example = "2026-12-31")]
    to: Option<String>,
    /// The code of an organisation; everything below it counts.
    #[param(max_length = 60)]
    organisation: Option<String>,
}

/// The ledgers of the tickets last resolved in a period, added up. A ticket's whole time counts, also what lies
/// before the period; shares are in per cent, null when there is nothing to share.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = LedgerReport)]
#[serde(rename_all = "camelCase")]
pub struct LedgerReportOut<'a> {
    /// First day.
    #[schema(value_type = String, format = Date)]
    from: String,
    /// Last day, included.
    #[schema(value_type = String, format = Date)]
    to: String,
    /// The code of the only organisation counted; null for all.
    #[schema(required)]
    organisation: Option<&'a str>,
    /// Tickets counted.
    #[schema(minimum = 0)]
    tickets: u64,
    /// How often they changed group.
    #[schema(minimum = 0)]
    hand_overs: u64,
    /// How often one came back to a group that had had it before.
    #[schema(minimum = 0)]
    bounces: u64,
    /// Tickets that came back at least once.
    #[schema(minimum = 0)]
    bounced_tickets: u64,
    /// Tickets that the first line solved: there, never elsewhere, not opened again.
    #[schema(minimum = 0)]
    first_line_tickets: u64,
    /// Their share of all tickets.
    #[schema(value_type = Option<f64>, minimum = 0, maximum = 100, required)]
    first_line_share: Option<Permille>,
    /// Tickets that another line solved.
    #[schema(minimum = 0)]
    beyond_first_line_tickets: u64,
    /// Of them those that staff have judged afterwards.
    #[schema(minimum = 0)]
    reviewed_tickets: u64,
    /// Of those the ones that the first line could have solved.
    #[schema(minimum = 0)]
    could_have_tickets: u64,
    /// Their share of the judged ones.
    #[schema(value_type = Option<f64>, minimum = 0, maximum = 100, required)]
    could_have_share: Option<Permille>,
    /// The time by line.
    lines: Vec<LineHeldOut>,
    /// The time by group.
    groups: Vec<GroupHeldOut<'a>>,
}

/// The time that a line had tickets.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = LineHeld)]
#[serde(rename_all = "camelCase")]
pub struct LineHeldOut {
    /// The line.
    #[schema(value_type = LineWord)]
    line: Line,
    /// Tickets and time.
    #[serde(flatten)]
    held: HeldOut,
}

/// The time that a group had tickets.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = GroupHeld)]
#[serde(rename_all = "camelCase")]
pub struct GroupHeldOut<'a> {
    /// The group.
    #[schema(required)]
    group: Option<GroupOut<'a>>,
    /// Tickets and time.
    #[serde(flatten)]
    held: HeldOut,
}

/// Tickets and time.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Held)]
#[serde(rename_all = "camelCase")]
pub struct HeldOut {
    /// Tickets that lay there at all.
    #[schema(minimum = 0)]
    tickets: u64,
    /// Minutes by the clock on the wall.
    #[schema(minimum = 0)]
    elapsed_minutes: i64,
    /// Minutes within the desk's opening hours.
    #[schema(minimum = 0)]
    working_minutes: i64,
}

impl From<&Held> for HeldOut {
    fn from(held: &Held) -> Self {
        let Held { tickets, elapsed_micros, working_micros } = *held;
        Self {
            tickets,
            elapsed_minutes: elapsed_micros / MICROS_PER_MINUTE,
            working_minutes: working_micros / MICROS_PER_MINUTE,
        }
    }
}

impl<'a> LedgerReportOut<'a> {
    fn new(report: &'a LedgerReport, directory: &'a Directory) -> Self {
        let LedgerReport { from, to, organisation, figures } = report;
        let LedgerFigures {
            tickets,
            hand_overs,
            bounces,
            bounced,
            first_line,
            beyond,
            reviewed,
            could_have,
            lines,
            groups,
            whole: _,
        } = figures;
        let names = Names(directory);
        Self {
            from: from.to_string(),
            to: to.to_string(),
            organisation: organisation.as_deref(),
            tickets: *tickets,
            hand_overs: *hand_overs,
            bounces: *bounces,
            bounced_tickets: *bounced,
            first_line_tickets: *first_line,
            first_line_share: figures.first_line_share(),
            beyond_first_line_tickets: *beyond,
            reviewed_tickets: *reviewed,
            could_have_tickets: *could_have,
            could_have_share: figures.could_have_share(),
            lines: lines.iter().map(|(line, held)| LineHeldOut { line: *line, held: held.into() }).collect(),
            groups: groups
                .iter()
                .map(|(id, held)| GroupHeldOut { group: names.group(*id), held: held.into() })
                .collect(),
        }
    }
}

/// Show hand-over figures
///
/// How long each line and group had the tickets resolved in a period, how often they were handed over and
/// bounced, what the first line solved, and what it could have solved according to the reviews. For those who
/// read everybody's figures.
#[utoipa::path(
    tag = "reports",
    params(LedgerReportParams),
    responses((status = 200, description = "The figures", body = LedgerReportOut))
)]
#[get("/reports/ledger")]
pub async fn show_ledger_report(
    authn: Authn,
    query: Query<LedgerReportParams>,
    state: Data<WebState>,
) -> Answer {
    let LedgerReportParams { from, to, organisation } = query.0;
    let asked = LedgerQuery { from: from.unwrap_or_default(), to: to.unwrap_or_default(), organisation };
    let report = state.app.ledger_report(&authn.cx, &asked).await?;
    let directory = state.app.directory().await?;
    ok(&LedgerReportOut::new(&report, &directory))
}
