//! A ticket's way through the lines.

use crate::app::tickets::{LedgerView, People, Spent};
use crate::domain::people::Directory;
use crate::domain::ticket::{HandOverReason, Line, Stay, StayEnd};
use crate::web::api::parts::{At, GroupOut, Names, PersonOut, person};
use crate::web::api::respond::{Answer, ok};
use crate::web::api::words::{HandOverReasonWord, LineWord, StayEndWord};
use crate::web::extract::{Authn, NumberInPath};
use crate::web::state::WebState;
use actix_web::get;
use actix_web::web::Data;
use serde::Serialize;

/// Who had a ticket when, and for how long.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Ledger)]
#[serde(rename_all = "camelCase")]
pub struct LedgerOut<'a> {
    /// Who had it, in order of time. While it is resolved, closed or cancelled it is nobody's.
    stays: Vec<StayOut<'a>>,
    /// How often it changed group.
    hand_overs: usize,
    /// How often it came back to a group that had had it before.
    bounces: usize,
    /// Whether the first line solved it: resolved there, never elsewhere, not opened again.
    first_line_solution: bool,
    /// What staff judged last: whether the first line could have solved it. Null when nobody has judged.
    #[schema(required)]
    first_line_could_have: Option<bool>,
    /// The time by line, group and person; each of the three adds up to the whole, but for parts of minutes.
    totals: TotalsOut<'a>,
}

/// A time in which one holder had the ticket.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Stay)]
#[serde(rename_all = "camelCase")]
pub struct StayOut<'a> {
    /// The line.
    #[schema(value_type = LineWord)]
    line: Line,
    /// The group.
    #[schema(required)]
    group: Option<GroupOut<'a>>,
    /// The person; null while it lay in the group's queue.
    #[schema(required)]
    assignee: Option<PersonOut<'a>>,
    /// From when.
    #[schema(value_type = String, format = DateTime)]
    from: At,
    /// Until when; null while it lasts.
    #[schema(required, value_type = Option<String>, format = DateTime)]
    until: Option<At>,
    /// What ended it; null while it lasts.
    #[schema(required, value_type = Option<StayEndWord>)]
    ended_by: Option<StayEnd>,
    /// Why it was handed over, as a code.
    #[schema(required, value_type = Option<HandOverReasonWord>)]
    reason_code: Option<HandOverReason>,
    /// Why it was handed over, in words.
    #[schema(required)]
    reason: Option<&'a str>,
    /// Whole minutes by the clock on the wall.
    elapsed_minutes: i64,
    /// Whole minutes within opening hours.
    working_minutes: i64,
}

/// A ticket's time by holder.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = LedgerTotals)]
#[serde(rename_all = "camelCase")]
pub struct TotalsOut<'a> {
    /// Whole minutes by the clock on the wall.
    elapsed_minutes: i64,
    /// Whole minutes within opening hours.
    working_minutes: i64,
    /// By line.
    lines: Vec<LineTimeOut>,
    /// By group.
    groups: Vec<GroupTimeOut<'a>>,
    /// By person; with null what it lay in queues.
    people: Vec<PersonTimeOut<'a>>,
}

/// The time in a line.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = LineTime)]
#[serde(rename_all = "camelCase")]
pub struct LineTimeOut {
    /// The line.
    #[schema(value_type = LineWord)]
    line: Line,
    /// Whole minutes by the clock on the wall.
    elapsed_minutes: i64,
    /// Whole minutes within opening hours.
    working_minutes: i64,
}

/// The time with a group.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = GroupTime)]
#[serde(rename_all = "camelCase")]
pub struct GroupTimeOut<'a> {
    /// The group.
    #[schema(required)]
    group: Option<GroupOut<'a>>,
    /// Whole minutes by the clock on the wall.
    elapsed_minutes: i64,
    /// Whole minutes within opening hours.
    working_minutes: i64,
}

/// The time with a person.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = PersonTime)]
#[serde(rename_all = "camelCase")]
pub struct PersonTimeOut<'a> {
    /// The person; null for nobody.
    #[schema(required)]
    person: Option<PersonOut<'a>>,
    /// Whole minutes by the clock on the wall.
    elapsed_minutes: i64,
    /// Whole minutes within opening hours.
    working_minutes: i64,
}

/// Read a ticket's way through the lines
///
/// Who had it when and why it was handed over, with the time in each line, group and person. For staff.
#[utoipa::path(
    tag = "tickets",
    responses((status = 200, description = "The ledger", body = LedgerOut))
)]
#[get("/tickets/{number}/ledger")]
pub async fn show_ledger(authn: Authn, number: NumberInPath, state: Data<WebState>) -> Answer {
    let (view, people) = state.app.ticket_ledger(&authn.cx, number.0).await?;
    let directory = state.app.directory().await?;
    ok(&LedgerOut::new(&view, &people, &directory))
}

impl<'a> LedgerOut<'a> {
    fn new(view: &'a LedgerView, people: &'a People, directory: &'a Directory) -> Self {
        let names = Names(directory);
        let LedgerView {
            stays,
            hand_overs,
            bounces,
            first_line_solution,
            first_line_could_have,
            lines,
            groups,
            people: by_person,
            whole,
        } = view;
        Self {
            stays: stays.iter().map(|(held, spent)| stay(held, *spent, people, &names)).collect(),
            hand_overs: *hand_overs,
            bounces: *bounces,
            first_line_solution: *first_line_solution,
            first_line_could_have: *first_line_could_have,
            totals: TotalsOut {
                elapsed_minutes: whole.elapsed_minutes(),
                working_minutes: whole.working_minutes(),
                lines: lines
                    .iter()
                    .map(|(line, spent)| LineTimeOut {
                        line: *line,
                        elapsed_minutes: spent.elapsed_minutes(),
                        working_minutes: spent.working_minutes(),
                    })
                    .collect(),
                groups: groups
                    .iter()
                    .map(|(group, spent)| GroupTimeOut {
                        group: names.group(*group),
                        elapsed_minutes: spent.elapsed_minutes(),
                        working_minutes: spent.working_minutes(),
                    })
                    .collect(),
                people: by_person
                    .iter()
                    .map(|(id, spent)| PersonTimeOut {
                        person: id.map(|id| person(people, id)),
                        elapsed_minutes: spent.elapsed_minutes(),
                        working_minutes: spent.working_minutes(),
                    })
                    .collect(),
            },
        }
    }
}

fn stay<'a>(stay: &'a Stay, spent: Spent, people: &'a People, names: &Names<'a>) -> StayOut<'a> {
    let Stay { line, group, assignee, from, until, ended_by, hand_over } = stay;
    StayOut {
        line: *line,
        group: names.group(*group),
        assignee: assignee.map(|id| person(people, id)),
        from: At(*from),
        until: until.map(At),
        ended_by: *ended_by,
        reason_code: hand_over.as_ref().and_then(|hand_over| hand_over.code),
        reason: hand_over.as_ref().map(|hand_over| hand_over.reason.as_str()),
        elapsed_minutes: spent.elapsed_minutes(),
        working_minutes: spent.working_minutes(),
    }
}
