//! The pages of what the desk has decided: a calendar's form, routing rules, the priority list.

use std::collections::{BTreeMap, HashMap};

use askama::Template;

use super::{Maker, Sample};
use crate::app::policies::{
    EffectsWritten, EntryWritten, PriorityListWritten, RuleConditionsWritten, RuleWritten, Tried,
};
use crate::domain::clock::Instant;
use crate::domain::ids::{DeskId, GroupId, SystemId, TicketId};
use crate::domain::people::{Directory, Group, System};
use crate::domain::policies::Policies;
use crate::domain::routing::{DryRun, Example, Outcome, seed};
use crate::domain::sla::{CalendarRules, CalendarSpec};
use crate::domain::ticket::{Line, Priority};
use crate::web::admin::policies::rules_words::RuleWords;
use crate::web::admin::policies::{
    calendar_form, priority_list_form, priority_list_view, rules_form, rules_view,
};
use crate::web::components::Table;
use crate::web::form::{Form, FormState};
use crate::web::page::{Link, Page, Section};
use crate::web::routes;
use crate::web::workspace::admin_view::{AdminRecordPage, Body, RecordSection};

pub(super) fn samples(maker: &Maker) -> Vec<Sample> {
    let mut samples = calendars(maker);
    samples.extend(rules(maker));
    samples.extend(priority_lists(maker));
    samples
}

fn page(maker: &Maker, title: &str, sections: Vec<RecordSection>) -> String {
    let has_errors = sections
        .iter()
        .any(|section| matches!(&section.body, Body::Form(form) if !form.refused().is_empty()));
    let back = Some(Link::new(routes::POLICIES, maker.t.t("admin-policies")));
    let page = Page { has_errors, back, ..maker.page(title, Section::Admin) };
    AdminRecordPage { page, sections }.render().unwrap()
}

fn form(form: Form) -> RecordSection {
    RecordSection { heading: String::new(), body: Body::Form(form) }
}

fn table(table: Table) -> RecordSection {
    RecordSection { heading: table.caption.clone(), body: Body::Table(table) }
}

fn calendars(maker: &Maker) -> Vec<Sample> {
    let t = maker.t;
    let spec = CalendarSpec::from(&CalendarRules::servicedesk());
    let state = calendar_form::filled(t, &spec, "2026-12-01", "v1");
    let mut refused = state.clone();
    refused.refuse("tuesday", "Två öppettider överlappar på tisdag. Behåll en av dem.");
    let code = Some("servicedesk");
    let change = t.t1("calendar-change-of", "name", "Servicedesk");
    vec![
        (
            "admin-new-calendar",
            page(maker, t.t("calendar-add"), vec![form(calendar_form::form(t, &state, None, false))]),
        ),
        ("admin-calendar", page(maker, &change, vec![form(calendar_form::form(t, &state, code, true))])),
        (
            "admin-calendar-refused",
            page(maker, &change, vec![form(calendar_form::form(t, &refused, code, false))]),
        ),
    ]
}

fn directory() -> Directory {
    let group = |id: i64, code: &str, name: &str| Group {
        id: GroupId(id),
        desk: DeskId(1),
        code: code.to_owned(),
        name: name.to_owned(),
        line: Line::First,
        is_intake: id == 1,
        is_active: true,
    };
    let system = |id: i64, code: &str, name: &str| System {
        id: SystemId(id),
        code: code.to_owned(),
        name: name.to_owned(),
        is_active: true,
    };
    Directory::new(
        Vec::new(),
        Vec::new(),
        vec![group(1, "servicedesk", "Servicedesk"), group(2, "natverk", "Nätverk")],
        Vec::new(),
        Vec::new(),
        vec![system(1, "trygghetslarm", "Trygghetslarmen"), system(2, "e-post", "E-posten")],
    )
}

fn rule(id: &str, name: &str, words: &[&str], group: &str) -> RuleWritten {
    RuleWritten {
        id: Some(id.to_owned()),
        name: name.to_owned(),
        conditions: RuleConditionsWritten {
            words: words.iter().map(|word| (*word).to_owned()).collect(),
            ..RuleConditionsWritten::default()
        },
        effects: EffectsWritten { group: Some(group.to_owned()), ..EffectsWritten::default() },
        ..RuleWritten::default()
    }
}

fn rules(maker: &Maker) -> Vec<Sample> {
    let t = maker.t;
    let (directory, policies, matrix) = (directory(), Policies::default(), seed(GroupId(1)));
    let words = RuleWords { t, directory: &directory, policies: &policies, matrix: Some(&matrix) };
    let rules = [
        rule("r1", "Trådlöst <nät>", &["wifi", "trådlös*"], "natverk"),
        rule("r2", "Mejl", &["e-post*"], "servicedesk"),
    ];
    let outcome = |group: i64, priority: i64| Outcome {
        group: GroupId(group),
        category: None,
        priority: Priority::new(priority).unwrap(),
        agreement: None,
    };
    let example = Example { ticket: TicketId(7), before: outcome(1, 3), after: outcome(2, 2) };
    let tried = |tickets: i64| Tried {
        from: Instant::parse_rfc3339("2026-06-30T22:00:00Z").unwrap(),
        before: Instant::parse_rfc3339("2026-09-30T22:00:00Z").unwrap(),
        tickets,
        is_capped: tickets > 0,
        sum: DryRun {
            unchanged: 4_811,
            moved: BTreeMap::from([((GroupId(1), GroupId(2)), 1)]),
            reprioritised: 1,
            examples: vec![example],
            ..DryRun::default()
        },
        numbers: HashMap::from([(TicketId(7), "INC-1039".to_owned())]),
        never_hold: Vec::new(),
    };
    let state = rules_form::filled(&rules[0], 0, "", "v1");
    let asked = |is_tried| rules_form::Asked { id: Some("r1"), others: vec!["Mejl"], is_tried };
    let mut refused = FormState::default();
    refused.refuse("name", "Skriv namnet");
    refused.refuse("kinds", "Välj ett värde som finns");
    let new = rules_form::Asked { id: None, others: vec!["Trådlöst <nät>", "Mejl"], is_tried: false };
    let with_form = |mut sections: Vec<RecordSection>| {
        sections.push(form(rules_form::form(words, &state, &asked(true))));
        sections
    };
    let title = t.t("policies-rules");
    vec![
        ("admin-rules", page(maker, title, vec![table(rules_view::list(words, title, &rules, true))])),
        ("admin-rules-empty", page(maker, title, vec![table(rules_view::list(words, title, &[], false))])),
        ("admin-rule", page(maker, title, vec![form(rules_form::form(words, &state, &asked(false)))])),
        ("admin-rule-refused", page(maker, title, vec![form(rules_form::form(words, &refused, &new))])),
        ("admin-rule-tried", page(maker, title, with_form(rules_view::tried(words, &tried(4_812))))),
        ("admin-rule-tried-nothing", page(maker, title, with_form(rules_view::tried(words, &tried(0))))),
    ]
}

fn priority_lists(maker: &Maker) -> Vec<Sample> {
    let (t, directory) = (maker.t, directory());
    let entry = |system: &str, place, class: &str| EntryWritten {
        system: system.to_owned(),
        place,
        class: class.to_owned(),
    };
    let list = |entries| PriorityListWritten {
        decided_on: "2026-03-02".to_owned(),
        decided_by: "Kommundirektören".to_owned(),
        registration: None,
        entries,
    };
    let (current, proposed) =
        (list(vec![entry("e-post", 1, "b")]), list(vec![entry("trygghetslarm", 1, "a")]));
    let state = priority_list_form::filled(&proposed, "", "v1");
    let mut refused = state.clone();
    refused.refuse("place-1", "Platserna börjar med 1. Ändra platsen.");
    refused.refuse("decidedOn", "Fyll i fältet");
    let facts =
        RecordSection { heading: String::new(), body: Body::Facts(priority_list_view::facts(t, &current)) };
    let compared = table(priority_list_view::compared(t, &directory, &proposed, Some(&current)));
    let form = |state, is_previewed| form(priority_list_form::form(t, &directory, state, is_previewed));
    let title = t.t("policies-priority-list");
    vec![
        (
            "admin-priority-list",
            page(maker, title, vec![facts, table(priority_list_view::systems(t, &directory, &current))]),
        ),
        ("admin-priority-list-looked-at", page(maker, title, vec![compared, form(&state, true)])),
        ("admin-priority-list-refused", page(maker, title, vec![form(&refused, false)])),
    ]
}
