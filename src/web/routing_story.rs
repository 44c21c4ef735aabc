//! Why a ticket has its priority and lies where it lies, in the reader's language.

use crate::domain::clock::Instant;
use crate::domain::people::Directory;
use crate::domain::policies::Policies;
use crate::domain::routing::{Change, Matched, Routed, RuleSet, Step};
use crate::domain::ticket::Priority;
use crate::i18n::{Arg, Texts};
use crate::web::tags;

/// Tells the way to a decision.
#[derive(Clone, Copy)]
pub struct RoutingStory<'a> {
    t: &'a Texts,
    directory: &'a Directory,
    policies: &'a Policies,
    /// The rules that held when it was decided.
    rules: Option<&'a RuleSet>,
    routed: &'a Routed,
}

impl<'a> RoutingStory<'a> {
    /// The story of a decision taken at an instant, if there was one worth telling.
    #[must_use]
    pub fn when(
        t: &'a Texts,
        directory: &'a Directory,
        policies: &'a Policies,
        decided: Option<&'a (Instant, Box<Routed>)>,
    ) -> Option<Self> {
        let (at, routed) = decided?;
        Some(Self { t, directory, policies, rules: policies.rules.at(*at), routed })
    }

    /// One sentence for each step, and whom the requester was told to turn to.
    #[must_use]
    pub fn whole(self) -> Vec<String> {
        let mut told: Vec<String> = self.routed.trail.iter().filter_map(|step| self.step(step)).collect();
        told.extend(self.answer().into_iter().flatten());
        told
    }

    /// Who is responsible, and whom the requester is to turn to and why, when that isn't the desk.
    #[must_use]
    pub fn answer(self) -> Option<[String; 2]> {
        let answer = self.routed.answer.as_ref()?;
        let locale = self.t.locale();
        let turn_to = answer.turn_to.in_language(locale);
        Some([
            self.t.t1("answer-responsible", "party", answer.name.in_language(locale)),
            format!("{} {turn_to}", answer.reason.in_language(locale)),
        ])
    }

    fn step(self, step: &Step) -> Option<String> {
        let t = self.t;
        Some(match step {
            Step::Ranked { impact, urgency, priority } => t.tr(
                "routed-ranked",
                &[
                    ("impact", Arg::Number(impact.get())),
                    ("urgency", Arg::Number(urgency.get())),
                    ("priority", Arg::Text(self.priority(*priority))),
                ],
            ),
            Step::Listed { list, place, class, from, to } => {
                let list = self.policies.lists.iter().find(|held| held.id == *list);
                let decided = list.map_or(String::new(), |list| list.decided_on.to_string());
                let by = list.map_or("", |list| list.decided_by.as_str());
                let class = class.as_text().to_uppercase();
                let args = [
                    ("place", Arg::Number((*place).into())),
                    ("class", Arg::Text(&class)),
                    ("decided", Arg::Text(&decided)),
                    ("by", Arg::Text(by)),
                    ("from", Arg::Text(self.priority(*from))),
                    ("to", Arg::Text(self.priority(*to))),
                ];
                t.tr(if from == to { "routed-listed-same" } else { "routed-listed" }, &args)
            }
            Step::Responsible { party, group, .. } => {
                let party = self.party(party.as_str());
                match group.and_then(|id| self.directory.group(id)) {
                    Some(group) => t.tr(
                        "routed-responsible",
                        &[("party", Arg::Text(&party)), ("group", Arg::Text(&group.name))],
                    ),
                    None => t.t1("routed-responsible-elsewhere", "party", &party),
                }
            }
            Step::RuleApplied { rule, because, changes, .. } => {
                let found = self.rules.and_then(|rules| rules.rules().iter().find(|held| held.id == *rule));
                let name = found.map_or_else(|| rule.to_string(), |rule| rule.name.clone());
                let because: Vec<String> = because.iter().map(|matched| self.matched(matched)).collect();
                let changes: Vec<String> = changes.iter().map(|change| self.change(*change)).collect();
                let (because, changes) = (because.join(", "), changes.join(", "));
                let args = [
                    ("rule", Arg::Text(&name)),
                    ("changes", Arg::Text(&changes)),
                    ("because", Arg::Text(&because)),
                ];
                t.tr(if because.is_empty() { "routed-rule-always" } else { "routed-rule" }, &args)
            }
            Step::GroupPassedOver { group, .. } => t.t1(
                "routed-passed-over",
                "group",
                self.directory.group(*group).map_or("–", |group| &group.name),
            ),
            Step::Intake { group } => {
                let group = self.directory.group(*group)?;
                t.t1("routed-intake", "group", &group.name)
            }
        })
    }

    fn priority(&self, priority: Priority) -> &str {
        tags::priority(self.t, priority.get()).label
    }

    fn party(&self, code: &str) -> String {
        let matrices = self.policies.matrix.all();
        let found =
            matrices.rev().find_map(|matrix| matrix.parties.iter().find(|party| party.code.as_str() == code));
        found.map_or_else(|| code.to_owned(), |party| party.name.in_language(self.t.locale()).to_owned())
    }

    fn matched(self, matched: &Matched) -> String {
        let t = self.t;
        let is = |field: &str, value: &str| format!("{} = {value}", field.to_lowercase());
        match matched {
            Matched::Kind(kind) => is(t.t("field-kind"), tags::kind_label(t, *kind)),
            Matched::Channel(channel) => is(t.t("field-channel"), tags::channel_label(t, *channel)),
            Matched::Organisation(id) => is(
                t.t("field-organisation"),
                self.directory.organisation(*id).map_or("–", |found| &found.name),
            ),
            Matched::Service(id) => {
                is(t.t("field-service"), self.directory.service(*id).map_or("–", |found| &found.name))
            }
            Matched::System(id) => {
                is(t.t("field-system"), self.directory.system(*id).map_or("–", |found| &found.name))
            }
            Matched::Category(id) => {
                is(t.t("field-category"), self.directory.category(*id).map_or("–", |found| &found.name))
            }
            Matched::BaseFunction(yes) => {
                is(t.t("condition-base-function"), t.t(if *yes { "choice-yes" } else { "choice-no" }))
            }
            Matched::SupportLevel(code) => is(t.t("condition-support-level"), code.as_str()),
            Matched::Activity(code) => is(t.t("field-activity"), code.as_str()),
            Matched::Word(word) => t.t1("routed-word", "word", word),
            Matched::Priority(priority) => is(t.t("field-priority"), self.priority(*priority)),
        }
    }

    fn change(self, change: Change) -> String {
        let t = self.t;
        let to = |field: &str, value: &str| format!("{} {value}", field.to_lowercase());
        match change {
            Change::Group { to: id, .. } => {
                to(t.t("condition-group"), self.directory.group(id).map_or("–", |found| &found.name))
            }
            Change::Category { to: id, .. } => {
                to(t.t("field-category"), self.directory.category(id).map_or("–", |found| &found.name))
            }
            Change::Priority { to: priority, .. } => to(t.t("field-priority"), self.priority(priority)),
            Change::Agreement { to: id, .. } => {
                let found = self.policies.agreements.iter().find(|version| version.agreement == id);
                to(t.t("field-agreement"), found.map_or("–", |version| &version.name))
            }
        }
    }
}
