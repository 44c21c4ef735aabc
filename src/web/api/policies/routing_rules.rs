//! The routing rules: the whole ordered list, and what it would have done.

use super::define_document;
use crate::app::AppError;
use crate::app::policies::{Document, ONLY, RulesWritten, Tried};
use crate::domain::ids::GroupId;
use crate::domain::routing::{Example, Outcome};
use crate::web::api::page::{self, PageQuery};
use crate::web::api::parts::{At, CodedOut, GroupOut, ListOut, Names};
use crate::web::api::respond::{Answer, located, no_content, ok, tagged};
use crate::web::api::words::{ChannelWord, KindWord};
use crate::web::extract::{Authn, IdInPath, IfMatchId, Json, Query};
use crate::web::problem::Problem;
use crate::web::state::WebState;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpResponse, delete, get, post};
use serde::{Deserialize, Serialize};
use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(show_routing_rules)
        .service(list_routing_rule_versions)
        .service(add_routing_rule_version)
        .service(remove_routing_rule_version)
        .service(try_routing_rules);
}

/// Priorities, both ends included.
#[derive(Debug, Clone, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = PriorityRange)]
pub struct RangeDoc {
    /// The most pressing: the lowest number.
    #[schema(required, minimum = 1, maximum = 4)]
    highest: i64,
    /// The least pressing: the highest number.
    #[schema(required, minimum = 1, maximum = 4)]
    lowest: i64,
}

/// When a rule holds: all that is given must; what is left out, null or empty isn't asked.
#[derive(Debug, Clone, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = RuleConditions)]
pub struct RuleConditionsDoc {
    /// The ticket is one of these.
    #[schema(value_type = Vec<KindWord>)]
    kinds: Vec<String>,
    /// It came in one of these ways.
    #[schema(value_type = Vec<ChannelWord>)]
    channels: Vec<String>,
    /// The code of its organisation or one above it.
    organisation: Option<String>,
    /// The code of its service.
    service: Option<String>,
    /// The code of its system.
    system: Option<String>,
    /// The code of its category, given or set by an earlier rule.
    category: Option<String>,
    /// Whether its service is a base function.
    base_function: Option<bool>,
    /// The code of its support level.
    support_level: Option<String>,
    /// The code of its activity.
    activity: Option<String>,
    /// Words of subject or description: `wifi`, or `skriv*` for the beginning of a word.
    #[schema(max_items = 50)]
    words: Vec<String>,
    /// Its priority when the rule's turn comes.
    priority: Option<RangeDoc>,
}

/// What a rule sets; what is left out or null stays as it is.
#[derive(Debug, Clone, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = RuleEffects)]
pub struct EffectsDoc {
    /// The code of a group.
    group: Option<String>,
    /// The code of a category.
    category: Option<String>,
    /// The priority.
    #[schema(minimum = 1, maximum = 4)]
    priority: Option<i64>,
    /// The code of an agreement.
    agreement: Option<String>,
}

/// A rule.
#[derive(Debug, Clone, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = RoutingRule)]
pub struct RuleDoc {
    /// Its opaque id; left out for a new rule.
    id: Option<String>,
    /// What it is called.
    #[schema(required, min_length = 1, max_length = 200)]
    name: String,
    /// Whether it is looked at; it is when nothing is said.
    is_active: Option<bool>,
    /// When it holds.
    conditions: RuleConditionsDoc,
    /// What it sets.
    #[schema(required)]
    effects: EffectsDoc,
    /// Whether no later rule is looked at once it has held.
    stop: bool,
}

define_document! {
    /// All rules.
    RulesDoc as RoutingRules of RulesWritten {
        /// In the order they are looked at.
        #[schema(required)]
        rules: Vec<RuleDoc>,
    }
    sent as RulesVersionIn named NewRoutingRulesVersion;
    answered as RulesVersionOut named RoutingRulesVersion;
}

impl RulesDoc {
    fn written(&self) -> Result<RulesWritten, AppError> {
        super::same(self)
    }
}

/// Rules to be tried.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = RoutingTrial)]
pub struct TrialIn {
    /// The rules, in order.
    #[schema(required)]
    rules: Vec<RuleDoc>,
    /// The first day whose tickets are tried.
    #[schema(required, format = Date)]
    from: String,
    /// The last day, included.
    #[schema(required, format = Date)]
    to: String,
}

/// How many tickets would have gone from one group to another.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = RoutingMove)]
#[serde(rename_all = "camelCase")]
pub struct MoveOut<'a> {
    /// The group by the rules in force.
    #[schema(required)]
    from_group: Option<GroupOut<'a>>,
    /// The group by the rules tried.
    #[schema(required)]
    to_group: Option<GroupOut<'a>>,
    /// How many.
    #[schema(minimum = 1)]
    tickets: u64,
}

/// What a ticket gets.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = RoutingOutcome)]
#[serde(rename_all = "camelCase")]
pub struct OutcomeOut<'a> {
    /// The group.
    #[schema(required)]
    group: Option<GroupOut<'a>>,
    /// The category.
    #[schema(required)]
    category: Option<CodedOut<'a>>,
    /// The priority.
    #[schema(minimum = 1, maximum = 4)]
    priority: i64,
}

/// A ticket that would have gone another way.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = RoutingExample)]
#[serde(rename_all = "camelCase")]
pub struct ExampleOut<'a> {
    /// The ticket's number.
    number: &'a str,
    /// By the rules in force.
    before: OutcomeOut<'a>,
    /// By the rules tried.
    after: OutcomeOut<'a>,
}

/// A rule that would never hold.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = RoutingWarning)]
#[serde(rename_all = "camelCase")]
pub struct WarningOut {
    /// Its place in the list, from 0.
    rule: usize,
    /// The place of the rule that stops all it asks for.
    stopped_by: usize,
}

/// What the rules would have done.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = RoutingTrialResult)]
#[serde(rename_all = "camelCase")]
pub struct TriedOut<'a> {
    /// From when tickets were tried.
    #[schema(value_type = String, format = DateTime)]
    from: At,
    /// Up to, not including, when.
    #[schema(value_type = String, format = DateTime)]
    before: At,
    /// How many tickets were tried.
    #[schema(minimum = 0)]
    tickets: i64,
    /// Whether the period has more: at most 50 000 are tried, the earliest.
    is_capped: bool,
    /// Tickets that come out the same.
    unchanged: u64,
    /// Tickets that change group, most first.
    moves: Vec<MoveOut<'a>>,
    /// Tickets that get another category.
    recategorised: u64,
    /// Tickets that get another priority.
    reprioritised: u64,
    /// Tickets that get another agreement by a rule.
    other_agreement: u64,
    /// The first tickets that change.
    #[schema(max_items = 20)]
    examples: Vec<ExampleOut<'a>>,
    /// Rules that would never hold.
    warnings: Vec<WarningOut>,
}

async fn versions(cx: &crate::app::Ctx, state: &WebState) -> Result<Vec<RulesVersionOut>, AppError> {
    let documents: Vec<Document<RulesWritten>> = state.app.policy_documents(cx).await?;
    documents.iter().flat_map(|document| &document.versions).map(RulesVersionOut::of).collect()
}

/// Show the routing rules
///
/// The version that holds now. Its `ETag` is the id of the version written last, which may be one to come.
#[utoipa::path(
    tag = "policies",
    responses((status = 200, description = "The rules", body = RulesVersionOut))
)]
#[get("/routing-rules")]
pub async fn show_routing_rules(authn: Authn, state: Data<WebState>) -> Answer {
    let document: Document<RulesWritten> = state.app.policy_document(&authn.cx, ONLY).await?;
    let shown = RulesVersionOut::of(document.current().ok_or(AppError::NotFound)?)?;
    tagged(StatusCode::OK, &document.last_written(), &shown)
}

/// List versions of the routing rules
///
/// The latest first.
#[utoipa::path(
    tag = "policies",
    params(PageQuery),
    responses((status = 200, description = "The page", body = ListOut<RulesVersionOut>))
)]
#[get("/routing-rules/versions")]
pub async fn list_routing_rule_versions(
    authn: Authn,
    query: Query<PageQuery>,
    state: Data<WebState>,
) -> Answer {
    let versions = versions(&authn.cx, &state).await?;
    ok(&page::of_held(&query.0, versions.iter(), |version| &version.id, |version| version)?)
}

/// Add a version of the routing rules
///
/// The whole ordered list; rules that are kept keep their ids. Send the `ETag` of the rules you have seen as
/// `If-Match`, so that you don't overwrite what somebody else has changed.
#[utoipa::path(
    tag = "policies",
    request_body = RulesVersionIn,
    responses((status = 201, description = "The version", body = RulesVersionOut))
)]
#[post("/routing-rules/versions")]
pub async fn add_routing_rule_version(
    authn: Authn,
    seen: IfMatchId,
    body: Json<RulesVersionIn>,
    state: Data<WebState>,
) -> Answer {
    let (amendment, rules) = body.value.split(seen.0)?;
    let cx = authn.once(body.once);
    let id = state.app.add_policy_version(&cx, ONLY, &amendment, &rules).await?;
    let made = versions(&cx, &state).await?.into_iter().find(|version| version.id == id);
    located(tagged(StatusCode::CREATED, &id, &made.ok_or(AppError::NotFound)?), "/routing-rules")
}

/// Take back a version of the routing rules
///
/// One that hasn't begun to hold.
#[utoipa::path(tag = "policies", responses((status = 204, description = "It is gone")))]
#[delete("/routing-rules/versions/{id}")]
pub async fn remove_routing_rule_version(
    authn: Authn,
    id: IdInPath,
    state: Data<WebState>,
) -> Result<HttpResponse, Problem> {
    state.app.take_back_policy_version::<RulesWritten>(&authn.cx, ONLY, &id.0).await?;
    Ok(no_content())
}

/// Try routing rules on history
///
/// What these rules would have done to the tickets filed in a period, compared with those in force. Nothing
/// is stored.
#[utoipa::path(
    tag = "policies",
    request_body = TrialIn,
    responses((status = 200, description = "What would have changed", body = TriedOut))
)]
#[post("/routing-rules/dry-run")]
pub async fn try_routing_rules(authn: Authn, body: Json<TrialIn>, state: Data<WebState>) -> Answer {
    let TrialIn { rules, from, to } = body.value;
    let rules = RulesDoc { rules }.written()?;
    let tried = state.app.try_routing_rules(&authn.cx, &rules, &from, &to).await?;
    let directory = state.app.directory().await?;
    ok(&TriedOut::of(&tried, &Names(&directory)))
}

impl<'a> TriedOut<'a> {
    fn of(tried: &'a Tried, names: &Names<'a>) -> Self {
        let Tried { from, before, tickets, is_capped, sum, numbers, never_hold } = tried;
        let mut moved: Vec<((GroupId, GroupId), u64)> =
            sum.moved.iter().map(|(groups, tickets)| (*groups, *tickets)).collect();
        moved.sort_by_key(|(_, tickets)| std::cmp::Reverse(*tickets));
        Self {
            from: At(*from),
            before: At(*before),
            tickets: *tickets,
            is_capped: *is_capped,
            unchanged: sum.unchanged,
            moves: moved
                .into_iter()
                .map(|((from, to), tickets)| MoveOut {
                    from_group: names.group(from),
                    to_group: names.group(to),
                    tickets,
                })
                .collect(),
            recategorised: sum.recategorised,
            reprioritised: sum.reprioritised,
            other_agreement: sum.other_agreement,
            examples: sum
                .examples
                .iter()
                .map(|Example { ticket, before, after }| ExampleOut {
                    number: numbers.get(ticket).map_or("", String::as_str),
                    before: OutcomeOut::of(before, names),
                    after: OutcomeOut::of(after, names),
                })
                .collect(),
            warnings: never_hold
                .iter()
                .map(|(rule, stopped_by)| WarningOut { rule: *rule, stopped_by: *stopped_by })
                .collect(),
        }
    }
}

impl<'a> OutcomeOut<'a> {
    fn of(outcome: &Outcome, names: &Names<'a>) -> Self {
        let Outcome { group, category, priority, agreement: _ } = outcome;
        Self {
            group: names.group(*group),
            category: category.and_then(|id| names.category(id)),
            priority: priority.get(),
        }
    }
}
