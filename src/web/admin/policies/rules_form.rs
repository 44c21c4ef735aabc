//! The form of a routing rule: when it holds, what it decides, its place, and from when.

use super::rules_words::RuleWords;
use crate::app::FieldError;
use crate::app::policies::{EffectsWritten, PriorityRangeWritten, RuleConditionsWritten, RuleWritten};
use crate::domain::report::{By, Period};
use crate::domain::ticket::{Channel, TicketKind};
use crate::i18n::Texts;
use crate::web::admin::parts;
use crate::web::form::{Choice, Field, Form, FormState, Submit};
use crate::web::page::Link;
use crate::web::workspace::view::with_first;
use crate::web::{routes, tags};
use jiff::civil::Date;

/// The field of a rule's state and its values.
const STATE: &str = "state";
const USED: &str = "used";
const RESTING: &str = "resting";
const REMOVED: &str = "removed";
/// The value of the choice to try rules on the quarter so far.
const THIS_QUARTER: &str = "this";

/// What a form that wasn't sent yet starts from: a rule that is to stand at this place, from 0.
pub(in crate::web) fn filled(
    rule: &RuleWritten,
    place: usize,
    valid_from: &str,
    based_on: &str,
) -> FormState {
    let RuleWritten { id: _, name, is_active, conditions, effects, stop } = rule;
    let RuleConditionsWritten {
        kinds,
        channels,
        organisation,
        service,
        system,
        category,
        base_function,
        support_level,
        activity,
        words,
        priority,
    } = conditions;
    let EffectsWritten { group, category: set_category, priority: set_priority, agreement } = effects;
    let code = |code: &Option<String>| code.clone().unwrap_or_default();
    let number = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
    let mut values: Vec<(&str, String)> = vec![
        ("basedOn", based_on.to_owned()),
        ("validFrom", valid_from.to_owned()),
        ("name", name.clone()),
        ("organisation", code(organisation)),
        ("service", code(service)),
        ("system", code(system)),
        ("category", code(category)),
        ("baseFunction", base_function.map(parts::yes_or_no).unwrap_or_default().to_owned()),
        ("supportLevel", code(support_level)),
        ("activity", code(activity)),
        ("words", words.join("\n")),
        ("highest", number(priority.as_ref().map(|range| range.highest))),
        ("lowest", number(priority.as_ref().map(|range| range.lowest))),
        ("group", code(group)),
        ("setCategory", code(set_category)),
        ("setPriority", number(*set_priority)),
        ("agreement", code(agreement)),
        ("place", place.to_string()),
        (STATE, if is_active.unwrap_or(true) { USED } else { RESTING }.to_owned()),
    ];
    values.extend(kinds.iter().map(|kind| ("kinds", kind.clone())));
    values.extend(channels.iter().map(|channel| ("channels", channel.clone())));
    if *stop {
        values.push(("stop", "yes".to_owned()));
    }
    FormState::of(values)
}

/// What the form is for.
pub(in crate::web) struct Asked<'a> {
    /// The opaque id of the rule; nothing for a new one.
    pub(in crate::web) id: Option<&'a str>,
    /// The names of the other rules, in order.
    pub(in crate::web) others: Vec<&'a str>,
    /// Whether it has been tried on history.
    pub(in crate::web) is_tried: bool,
}

/// The form.
pub(in crate::web) fn form(words: RuleWords<'_>, state: &FormState, asked: &Asked<'_>) -> Form {
    let t = words.t;
    let Asked { id, others, is_tried } = asked;
    let fields = vec![
        Field::hidden("basedOn", state.value("basedOn")),
        Field::line(state, "name", t.t("field-name")).hint(t.t("rule-name-hint")).max(200),
        Field::group(t.t("rule-conditions"), conditions(words, state)).hint(t.t("rule-conditions-hint")),
        Field::group(t.t("rule-effects"), effects(words, state)),
        Field::group(t.t("rule-order"), order(t, state, others, id.is_some())),
        Field::group(t.t("rule-from-when"), from_when(t, state)),
    ];
    let (action, try_it) =
        (id.map_or_else(|| routes::NEW_RULE.to_owned(), routes::rule_change), t.t("rule-try"));
    let submits = if *is_tried {
        vec![
            Submit::primary(t.t("policy-activate")).sending("step", "activate"),
            Submit::secondary(try_it).sending("step", "preview"),
        ]
    } else {
        vec![Submit::primary(try_it).sending("step", "preview")]
    };
    Form::new("rule", action, "")
        .fields(fields)
        .submits(submits)
        .cancel(Link::new(routes::RULES, t.t("form-cancel")))
}

/// What can be chosen: what is used, and what is chosen though it isn't used any more.
fn choices<'a>(chosen: &str, all: impl Iterator<Item = (&'a str, &'a str, bool)>) -> Vec<Choice> {
    all.filter(|(code, _, is_active)| *is_active || *code == chosen)
        .map(|(code, name, _)| Choice::new(code, name))
        .collect()
}

fn conditions(words: RuleWords<'_>, state: &FormState) -> Vec<Field> {
    let RuleWords { t, directory, matrix, .. } = words;
    let select = |name: &str, label: &str, choices: Vec<Choice>| {
        Field::select(state, name, label, with_first(t.t("rule-any"), choices))
    };
    let kinds = TicketKind::ALL.iter().map(|kind| Choice::new(kind.as_text(), tags::kind_label(t, *kind)));
    let channels =
        Channel::ALL.iter().map(|channel| Choice::new(channel.as_text(), tags::channel_label(t, *channel)));
    let services = directory.services.iter().map(|one| (one.code.as_str(), one.name.as_str(), one.is_active));
    let systems = directory.systems.iter().map(|one| (one.code.as_str(), one.name.as_str(), one.is_active));
    let levels = matrix.map(|matrix| matrix.support_levels.as_slice()).unwrap_or_default();
    let activities = matrix.map(|matrix| matrix.activities.as_slice()).unwrap_or_default();
    let yes_no = vec![Choice::new("yes", t.t("choice-yes")), Choice::new("no", t.t("choice-no"))];
    vec![
        Field::checks(state, "kinds", t.t("field-kind"), kinds.collect()).in_row(),
        Field::checks(state, "channels", t.t("field-channel"), channels.collect()).in_row(),
        select("organisation", t.t("rule-organisation"), parts::organisation_choices(directory)),
        select("service", t.t("field-service"), choices(state.value("service"), services)),
        select("baseFunction", t.t("rule-base-function"), yes_no),
        select("system", t.t("field-system"), choices(state.value("system"), systems)),
        select("category", t.t("field-category"), categories(words, state.value("category"))),
        select(
            "supportLevel",
            t.t("rule-level"),
            levels.iter().map(|level| Choice::new(level.code.as_str(), words.said(&level.name))).collect(),
        ),
        select(
            "activity",
            t.t("field-activity"),
            activities
                .iter()
                .map(|known| Choice::new(known.code.as_str(), words.said(&known.name)))
                .collect(),
        ),
        Field::area(state, "words", t.t("rule-words"), 3, 4_000).hint(t.t("rule-words-hint")),
        select("highest", t.t("rule-highest"), priorities(t)),
        select("lowest", t.t("rule-lowest"), priorities(t)),
    ]
}

fn categories(words: RuleWords<'_>, chosen: &str) -> Vec<Choice> {
    let all = words.directory.categories.iter();
    choices(chosen, all.map(|one| (one.code.as_str(), one.name.as_str(), one.is_active)))
}

fn priorities(t: &Texts) -> Vec<Choice> {
    (1..=4).map(|priority| Choice::new(priority.to_string(), tags::priority(t, priority).label)).collect()
}

fn effects(words: RuleWords<'_>, state: &FormState) -> Vec<Field> {
    let RuleWords { t, directory, policies, .. } = words;
    let select = |name: &str, label: &str, choices: Vec<Choice>| {
        Field::select(state, name, label, with_first(t.t("rule-unset"), choices))
    };
    let groups = directory.groups.iter().map(|one| (one.code.as_str(), one.name.as_str(), one.is_active));
    let mut agreements: Vec<Choice> = Vec::new();
    for version in &policies.agreements {
        // What groups and suppliers promise is no promise to a customer.
        let is_for_customers = policies.not_for_customers(Some(version.agreement)).is_none();
        if is_for_customers && agreements.iter().all(|choice| choice.value != version.code) {
            agreements.push(Choice::new(&version.code, &version.name));
        }
    }
    vec![
        select("group", t.t("rule-set-group"), choices(state.value("group"), groups)),
        select("setCategory", t.t("rule-set-category"), categories(words, state.value("setCategory"))),
        select("setPriority", t.t("rule-set-priority"), priorities(t)),
        select("agreement", t.t("rule-set-agreement"), agreements),
        Field::checks(state, "stop", t.t("rule-after"), vec![Choice::new("yes", t.t("rule-stop"))]),
    ]
}

fn order(t: &Texts, state: &FormState, others: &[&str], is_known: bool) -> Vec<Field> {
    let first = Choice::new("0", t.t("rule-first"));
    let after = (1..).zip(others).map(|(place, name): (usize, &&str)| {
        Choice::new(place.to_string(), t.t1("rule-after-other", "name", *name))
    });
    let mut states = vec![Choice::new(USED, t.t("choice-active")), Choice::new(RESTING, t.t("rule-resting"))];
    if is_known {
        states.push(Choice::new(REMOVED, t.t("rule-removed")));
    }
    vec![
        Field::select(state, "place", t.t("rule-place"), std::iter::once(first).chain(after).collect()),
        Field::radios(state, STATE, t.t("field-active"), states).in_row(),
    ]
}

fn from_when(t: &Texts, state: &FormState) -> Vec<Field> {
    let periods =
        vec![Choice::new("", t.t("rule-period-last")), Choice::new(THIS_QUARTER, t.t("rule-period-this"))];
    vec![
        Field::typed(state, "validFrom", t.t("policy-valid-from"), "date")
            .hint(t.t("policy-at-once-hint"))
            .optional(),
        Field::area(state, "note", t.t("policy-note"), 2, 500).optional(),
        Field::select(state, "period", t.t("rule-period"), periods),
    ]
}

/// The rule that was typed; nothing when it is to be removed.
pub(super) fn read(state: &FormState, id: Option<&str>) -> Option<RuleWritten> {
    if state.value(STATE) == REMOVED {
        return None;
    }
    let given = |name: &str| Some(state.value(name).trim().to_owned()).filter(|text| !text.is_empty());
    let all = |name: &str| state.all(name).map(str::to_owned).collect();
    let number = |name: &str| given(name).map(|text| text.parse().unwrap_or_default());
    // One bound is enough: the other is then the end of the scale.
    let priority = (given("highest").is_some() || given("lowest").is_some()).then(|| PriorityRangeWritten {
        highest: number("highest").unwrap_or(1),
        lowest: number("lowest").unwrap_or(4),
    });
    Some(RuleWritten {
        id: id.map(str::to_owned),
        name: state.value("name").to_owned(),
        is_active: Some(state.value(STATE) != RESTING),
        conditions: RuleConditionsWritten {
            kinds: all("kinds"),
            channels: all("channels"),
            organisation: given("organisation"),
            service: given("service"),
            system: given("system"),
            category: given("category"),
            base_function: given("baseFunction").map(|text| text == "yes"),
            support_level: given("supportLevel"),
            activity: given("activity"),
            words: state
                .value("words")
                .lines()
                .map(str::trim)
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect(),
            priority,
        },
        effects: EffectsWritten {
            group: given("group"),
            category: given("setCategory"),
            priority: number("setPriority"),
            agreement: given("agreement"),
        },
        stop: state.value("stop") == "yes",
    })
}

/// Where the rule is to stand among so many others, from 0.
pub(super) fn place(state: &FormState, others: usize) -> usize {
    state.value("place").parse().unwrap_or(others).min(others)
}

/// The first and last date of the quarter to try rules on: the one before today's, or today's.
pub(super) fn period(state: &FormState, today: Date) -> (Date, Date) {
    let this = Period::containing(By::Quarter, today);
    if state.value("period") == THIS_QUARTER {
        return (this.first_day(), today);
    }
    let before = this.first_day().yesterday().unwrap_or(today);
    let last = Period::containing(By::Quarter, before);
    (last.first_day(), last.last_day())
}

/// At which of the page's fields an error stands. What is wrong with another rule than the one at this
/// place stands at none, and its sentence begins with the rule's name.
pub(super) fn place_of(error: &FieldError, rules: &[RuleWritten], at: Option<usize>) -> (String, String) {
    if let Some(field) = field_of(error, at) {
        return (field.to_owned(), String::new());
    }
    let path = error.field.as_ref();
    let place = path.strip_prefix("rules[").and_then(|rest| rest.split_once(']'));
    let rule = place.and_then(|(place, _)| rules.get(place.parse::<usize>().ok()?));
    (path.to_owned(), rule.map(|rule| format!("{}: ", rule.name)).unwrap_or_default())
}

fn field_of(error: &FieldError, at: Option<usize>) -> Option<&'static str> {
    let path = error.field.strip_prefix(&format!("rules[{}].", at?))?;
    Some(match path {
        "name" => "name",
        "stop" => "stop",
        "conditions.kinds" => "kinds",
        "conditions.channels" => "channels",
        "conditions.organisation" => "organisation",
        "conditions.service" => "service",
        "conditions.system" => "system",
        "conditions.category" => "category",
        "conditions.supportLevel" => "supportLevel",
        "conditions.activity" => "activity",
        "conditions.words" => "words",
        "conditions.priority" => "highest",
        "effects" | "effects.group" => "group",
        "effects.category" => "setCategory",
        "effects.priority" => "setPriority",
        "effects.agreement" => "agreement",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filled_in_reads_as_the_same_rule() {
        let rule = RuleWritten {
            id: Some("k3F9".to_owned()),
            name: "Nät".to_owned(),
            is_active: Some(false),
            conditions: RuleConditionsWritten {
                kinds: vec!["incident".to_owned(), "request".to_owned()],
                channels: vec!["phone".to_owned()],
                organisation: Some("skolan".to_owned()),
                service: Some("nat".to_owned()),
                system: Some("wifi".to_owned()),
                category: Some("natverk".to_owned()),
                base_function: Some(true),
                support_level: Some("pupilComputer".to_owned()),
                activity: Some("wifi".to_owned()),
                words: vec!["wifi".to_owned(), "trådlöst nät*".to_owned()],
                priority: Some(PriorityRangeWritten { highest: 2, lowest: 3 }),
            },
            effects: EffectsWritten {
                group: Some("natverk".to_owned()),
                category: Some("natverk".to_owned()),
                priority: Some(2),
                agreement: Some("basfunktion".to_owned()),
            },
            stop: true,
        };
        let state = filled(&rule, 3, "2026-04-01", "v1");
        assert_eq!(read(&state, Some("k3F9")), Some(rule));
        assert_eq!((place(&state, 7), place(&state, 2)), (3, 2));
    }

    #[test]
    fn one_bound_of_priorities_is_enough() {
        let rule = read(&FormState::of([("lowest", "2")]), None).unwrap();
        assert_eq!(rule.conditions.priority, Some(PriorityRangeWritten { highest: 1, lowest: 2 }));
        assert_eq!(read(&FormState::of([(STATE, REMOVED)]), None), None);
    }

    #[test]
    fn rules_are_tried_on_the_last_whole_quarter_or_on_this() {
        let today: Date = "2026-01-15".parse().unwrap();
        let told = |state| {
            let (from, to) = period(&state, today);
            format!("{from} {to}")
        };
        assert_eq!(told(FormState::default()), "2025-10-01 2025-12-31");
        assert_eq!(told(FormState::of([("period", THIS_QUARTER)])), "2026-01-01 2026-01-15");
    }
}
