use super::*;
use crate::domain::ids::{CategoryId, GroupId, ServiceId};
use crate::domain::routing::{Effects, PriorityRange};
use crate::domain::ticket::{Priority, TicketKind};

fn rule(id: i64, conditions: Conditions, effects: Effects) -> Rule {
    Rule {
        id: RuleId(id),
        position: id,
        name: format!("Regel {id}"),
        is_active: true,
        conditions,
        effects,
        stop: false,
    }
}

fn stopping(rule: Rule) -> Rule {
    Rule { stop: true, ..rule }
}

fn to_group() -> Effects {
    Effects { group: Some(GroupId(2)), ..Effects::default() }
}

fn to_category(id: i64) -> Effects {
    Effects { category: Some(CategoryId(id)), ..Effects::default() }
}

fn of_category(id: i64) -> Conditions {
    Conditions { category: Some(CategoryId(id)), ..Conditions::default() }
}

fn of_service(id: i64) -> Conditions {
    Conditions { service: Some(ServiceId(id)), ..Conditions::default() }
}

fn words(words: &[&str]) -> Conditions {
    Conditions { words: words.iter().map(|&word| word.to_owned()).collect(), ..Conditions::default() }
}

fn p(value: i64) -> Priority {
    Priority::new(value).unwrap()
}

fn range(highest: i64, lowest: i64) -> Option<PriorityRange> {
    Some(PriorityRange { highest: p(highest), lowest: p(lowest) })
}

/// 11 and 12 lie below 1, which is all the trees there are.
fn within(a: OrganisationId, b: OrganisationId) -> bool {
    a == b || (b.get() == 1 && matches!(a.get(), 11 | 12))
}

fn problems(rules: &[Rule]) -> Vec<RuleProblem> {
    RuleSet::new(rules.to_vec()).problems(&within)
}

fn shaded(rules: &[Rule]) -> Vec<(i64, i64)> {
    let warnings = RuleSet::new(rules.to_vec()).warnings(&within);
    warnings
        .into_iter()
        .map(|RuleWarning::NeverHolds { rule, stopped_by }| (rule.get(), stopped_by.get()))
        .collect()
}

fn circle(rules: &[i64]) -> RuleProblem {
    RuleProblem::Loop { field: Field::Category, rules: rules.iter().map(|id| RuleId(*id)).collect() }
}

#[test]
fn rules_are_looked_at_by_position_and_age() {
    let at = |id, position| Rule { position, ..rule(id, of_service(1), to_group()) };
    let idle = Rule { is_active: false, ..at(4, 0) };
    let set = RuleSet::new(vec![at(3, 20), at(2, 10), at(1, 20), idle]);
    assert_eq!(set.active().map(|rule| rule.id.get()).collect::<Vec<_>>(), [2, 1, 3]);
    assert_eq!(set.rules().len(), 4);
    let same = RuleProblem::SamePosition { first: RuleId(1), second: RuleId(3) };
    assert_eq!(set.problems(&within), [same]);
}

#[test]
fn each_rule_has_a_name_an_effect_and_words_to_find() {
    let long = "å".repeat(61);
    let mut bad = rule(1, words(&["wifi", "***", &long]), Effects::default());
    bad.name = " ".to_owned();
    bad.conditions.priority = range(3, 2);
    let id = RuleId(1);
    assert_eq!(
        problems(&[bad]),
        [
            RuleProblem::Name { rule: id, error: TextError::Empty },
            RuleProblem::NoEffect { rule: id },
            RuleProblem::BlankWord { rule: id, word: "***".to_owned() },
            RuleProblem::LongWord { rule: id, word: long, max: 60 },
            RuleProblem::EmptyPriorityRange { rule: id },
        ]
    );
    let many = rule(2, words(&["wifi"; 51]), to_group());
    assert_eq!(problems(&[many]), [RuleProblem::TooManyWords { rule: RuleId(2), max: 50 }]);
}

#[test]
fn only_the_last_rule_may_take_everything() {
    let all = |id| stopping(rule(id, Conditions::default(), to_group()));
    let some = |id| stopping(rule(id, of_service(1), to_group()));
    assert_eq!(problems(&[some(1), all(2)]), []);
    assert_eq!(problems(&[all(1), some(2)]), [RuleProblem::SwallowsAll { rule: RuleId(1) }]);
    let idle = Rule { is_active: false, ..some(2) };
    assert_eq!(problems(&[all(1), idle]), []);
}

#[test]
fn rules_that_set_a_field_to_and_fro_are_named() {
    let there = rule(1, of_category(10), to_category(20));
    let back = rule(2, of_category(20), to_category(10));
    assert_eq!(problems(&[there.clone(), back.clone()]), [circle(&[1, 2])]);
    let sentence = problems(&[there.clone(), back.clone()])[0].to_string();
    assert_eq!(sentence, "the rules 1, 2 set category in a circle");

    let over = rule(2, of_category(20), to_category(30));
    let home = rule(3, of_category(30), to_category(10));
    assert_eq!(problems(&[there.clone(), over.clone(), home]), [circle(&[1, 2, 3])]);
    assert_eq!(problems(&[there.clone(), over]), []);

    let idle = Rule { is_active: false, ..back.clone() };
    assert_eq!(problems(&[there.clone(), idle]), []);
    assert_eq!(problems(&[stopping(there), back]), []);
}

#[test]
fn rules_that_never_meet_make_no_circle() {
    let pair = |a: Conditions, b: Conditions| {
        let there = rule(1, Conditions { category: Some(CategoryId(10)), ..a }, to_category(20));
        let back = rule(2, Conditions { category: Some(CategoryId(20)), ..b }, to_category(10));
        problems(&[there, back]).len()
    };
    let organisation = |id| Conditions { organisation: Some(OrganisationId(id)), ..Conditions::default() };
    let kind = |kind| Conditions { kinds: vec![kind], ..Conditions::default() };
    assert_eq!(pair(of_service(1), of_service(2)), 0);
    assert_eq!(pair(of_service(1), Conditions::default()), 1);
    assert_eq!(pair(kind(TicketKind::Incident), kind(TicketKind::Request)), 0);
    assert_eq!(pair(organisation(11), organisation(12)), 0);
    assert_eq!(pair(organisation(11), organisation(1)), 1);
    assert_eq!(pair(words(&["wifi"]), words(&["skrivare"])), 1);
}

#[test]
fn priorities_set_to_and_fro_are_found_too() {
    let of = |range| Conditions { priority: range, ..Conditions::default() };
    let to = |value| Effects { priority: Some(p(value)), ..Effects::default() };
    let up = rule(1, of(range(3, 4)), to(1));
    let down = rule(2, of(range(1, 2)), to(4));
    let found = RuleProblem::Loop { field: Field::Priority, rules: vec![RuleId(1), RuleId(2)] };
    assert_eq!(problems(&[up.clone(), down]), [found]);
    let steady = rule(2, of(range(1, 2)), to(2));
    assert_eq!(problems(&[up, steady]), []);
}

#[test]
fn a_rule_in_the_shadow_of_a_stop_is_pointed_out() {
    let narrow = Conditions { kinds: vec![TicketKind::Incident], ..of_service(1) };
    let stop = |conditions| stopping(rule(1, conditions, to_group()));
    let later = |conditions| rule(3, conditions, to_group());
    assert_eq!(shaded(&[stop(of_service(1)), later(narrow.clone())]), [(3, 1)]);
    assert_eq!(shaded(&[stop(narrow.clone()), later(of_service(1))]), []);
    assert_eq!(shaded(&[rule(1, of_service(1), to_group()), later(narrow)]), []);
    assert_eq!(shaded(&[stop(words(&["wifi", "skriv*"])), later(words(&["skrivare"]))]), [(3, 1)]);
    assert_eq!(shaded(&[stop(words(&["wifi"])), later(words(&["wifi", "nät"]))]), []);
    let organisation = |id| Conditions { organisation: Some(OrganisationId(id)), ..Conditions::default() };
    assert_eq!(shaded(&[stop(organisation(1)), later(organisation(11))]), [(3, 1)]);
    assert_eq!(shaded(&[stop(organisation(11)), later(organisation(1))]), []);
    let priority = |range| Conditions { priority: range, ..Conditions::default() };
    assert_eq!(shaded(&[stop(priority(range(1, 3))), later(priority(range(2, 3)))]), [(3, 1)]);
    assert_eq!(shaded(&[stop(priority(range(1, 3))), later(priority(range(2, 4)))]), []);
}

#[test]
fn a_rule_in_between_may_bring_light() {
    let stop = stopping(rule(1, of_category(10), to_group()));
    let between = rule(2, of_service(1), to_category(10));
    let later = rule(3, of_category(10), to_group());
    assert_eq!(shaded(&[stop.clone(), later.clone()]), [(3, 1)]);
    assert_eq!(shaded(&[stop, between, later]), []);
}
