//! The form of an agreement: which tickets, what is promised of each metric, from when, and the ticket
//! it is tried on.

use crate::app::policies::{AgreementWritten, ConditionsWritten, PromiseWritten, TargetWritten};
use crate::app::{AppError, FieldError};
use crate::domain::people::Directory;
use crate::domain::policies::Policies;
use crate::domain::sla::agreement::{AgreementKind, Condition, Metric, Tell};
use crate::domain::ticket::{TicketKind, WaitingFor};
use crate::i18n::Texts;
use crate::web::admin::parts;
use crate::web::form::{Choice, Field, Form, FormState, Submit};
use crate::web::page::Link;
use crate::web::workspace::view::with_first;
use crate::web::{policy_words, promise, routes, tags};
use std::borrow::Cow;

/// Minutes, hours and days as the form counts them.
const UNITS: [&str; 3] = ["minutes", "hours", "days"];
const MINUTES_PER_HOUR: i64 = 60;
/// What the fields of the ticket that is tried begin with.
const SAMPLE: &str = "sample-";

/// What can be chosen.
#[derive(Debug, Default)]
pub(crate) struct Options {
    pub(crate) calendars: Vec<Choice>,
    pub(crate) groups: Vec<Choice>,
    pub(crate) systems: Vec<Choice>,
    pub(crate) organisations: Vec<Choice>,
    pub(crate) services: Vec<Choice>,
    pub(crate) support_levels: Vec<Choice>,
    pub(crate) desks: Vec<Choice>,
}

impl Options {
    /// What is used, and the support levels of the matrix that holds.
    pub(super) fn of(
        t: &Texts,
        directory: &Directory,
        policies: &Policies,
        now: crate::domain::clock::Instant,
    ) -> Self {
        macro_rules! used {
            ($list:expr) => {
                $list
                    .iter()
                    .filter(|one| one.is_active)
                    .map(|one| Choice::new(&one.code, &one.name))
                    .collect()
            };
        }
        let levels = policies.matrix.at(now).map(|matrix| &matrix.support_levels);
        let level = |level: &crate::domain::routing::SupportLevel| {
            Choice::new(level.code.as_str(), level.name.in_language(t.locale()))
        };
        Self {
            calendars: policies.calendars.iter().map(|one| Choice::new(&one.code, &one.name)).collect(),
            groups: used!(directory.groups),
            systems: used!(directory.systems),
            organisations: parts::organisation_choices(directory),
            services: used!(directory.services),
            support_levels: levels.map(|levels| levels.iter().map(level).collect()).unwrap_or_default(),
            desks: directory.desks.iter().map(|desk| Choice::new(&desk.code, &desk.name)).collect(),
        }
    }

    fn of_condition(&self, t: &Texts, condition: Condition) -> Vec<Choice> {
        match condition {
            Condition::Group => self.groups.clone(),
            Condition::System => self.systems.clone(),
            Condition::Organisation => self.organisations.clone(),
            Condition::Service => self.services.clone(),
            Condition::BaseFunction => {
                vec![
                    Choice::new("yes", t.t("agreement-base-yes")),
                    Choice::new("no", t.t("agreement-base-no")),
                ]
            }
            Condition::SupportLevel => self.support_levels.clone(),
            Condition::Priority => (1..=4_i64)
                .map(|number| Choice::new(number.to_string(), tags::priority(t, number).label))
                .collect(),
            Condition::Kind => TicketKind::ALL
                .iter()
                .map(|kind| Choice::new(kind.as_text(), tags::kind_label(t, *kind)))
                .collect(),
            Condition::Desk => self.desks.clone(),
        }
    }
}

/// The order in which the form asks for conditions: the usual ones first.
const ASKED: [Condition; 9] = [
    Condition::Kind,
    Condition::Priority,
    Condition::Service,
    Condition::BaseFunction,
    Condition::System,
    Condition::Organisation,
    Condition::SupportLevel,
    Condition::Desk,
    Condition::Group,
];

/// The form's name of a condition. The agreement has a kind of its own.
const fn field_of(condition: Condition) -> &'static str {
    match condition {
        Condition::Kind => "ticketKind",
        Condition::Group
        | Condition::System
        | Condition::Organisation
        | Condition::Service
        | Condition::BaseFunction
        | Condition::SupportLevel
        | Condition::Priority
        | Condition::Desk => condition.as_text(),
    }
}

/// What is held of a condition, as its field holds it.
fn held(conditions: &ConditionsWritten, condition: Condition) -> String {
    let ConditionsWritten {
        group,
        system,
        organisation,
        service,
        base_function,
        support_level,
        priority,
        kind,
        desk,
    } = conditions;
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    match condition {
        Condition::Group => text(group),
        Condition::System => text(system),
        Condition::Organisation => text(organisation),
        Condition::Service => text(service),
        Condition::BaseFunction => base_function.map_or("", parts::yes_or_no).to_owned(),
        Condition::SupportLevel => text(support_level),
        Condition::Priority => priority.map_or_else(String::new, |number| number.to_string()),
        Condition::Kind => text(kind),
        Condition::Desk => text(desk),
    }
}

/// What a form that wasn't sent yet starts from.
pub(crate) fn filled(terms: &AgreementWritten, valid_from: &str, based_on: &str) -> FormState {
    let AgreementWritten { kind, calendar, conditions, promises } = terms;
    let mut values: Vec<(String, String)> = vec![
        ("validFrom".to_owned(), valid_from.to_owned()),
        ("basedOn".to_owned(), based_on.to_owned()),
        ("kind".to_owned(), kind.clone()),
        ("calendar".to_owned(), calendar.clone()),
    ];
    values.extend(ASKED.iter().map(|asked| (field_of(*asked).to_owned(), held(conditions, *asked))));
    for promise in promises {
        let PromiseWritten { metric, target, pauses_on, warn_at_percent, tells } = promise;
        let name = |part: &str| format!("{metric}-{part}");
        let (amount, unit) = typed(target);
        let warn: Vec<String> = warn_at_percent.iter().map(ToString::to_string).collect();
        values.extend([
            (name("amount"), amount),
            (name("unit"), unit.to_owned()),
            (name("warn"), warn.join(", ")),
        ]);
        values.extend(pauses_on.iter().map(|on| (name("pauses"), on.clone())));
        values.extend(tells.iter().map(|tell| (name("tells"), tell.clone())));
    }
    FormState::of(values)
}

/// A target as it is typed: whole hours as hours.
fn typed(target: &TargetWritten) -> (String, &'static str) {
    match (target.working_minutes, target.working_days) {
        (Some(minutes), _) if minutes > 0 && minutes % MINUTES_PER_HOUR == 0 => {
            ((minutes / MINUTES_PER_HOUR).to_string(), "hours")
        }
        (Some(minutes), _) => (minutes.to_string(), "minutes"),
        (None, days) => (days.map_or_else(String::new, |days| days.to_string()), "days"),
    }
}

/// The form: of a version of the agreement with this code, or of a new agreement.
pub(crate) fn form(
    t: &Texts,
    state: &FormState,
    code: Option<&str>,
    options: &Options,
    is_previewed: bool,
) -> Form {
    let mut fields = vec![Field::hidden("basedOn", state.value("basedOn"))];
    if code.is_none() {
        fields.push(Field::line(state, "name", t.t("field-name")).max(200));
    }
    let kinds = AgreementKind::ALL
        .iter()
        .map(|kind| Choice::new(kind.as_text(), policy_words::agreement_kind(t, *kind)))
        .collect();
    fields.push(Field::radios(state, "kind", t.t("agreement-kind"), kinds));
    fields.push(
        Field::select(state, "calendar", t.t("agreement-calendar"), options.calendars.clone())
            .hint(t.t("agreement-calendar-hint")),
    );
    fields.extend(conditions(t, state, options));
    for metric in Metric::ALL {
        fields.extend(promised(t, state, *metric));
    }
    fields.extend([
        Field::typed(state, "validFrom", t.t("policy-valid-from"), "date")
            .hint(t.t("agreement-valid-from-hint"))
            .optional()
            .under(t.t("agreement-when")),
        Field::area(state, "note", t.t("policy-note"), 2, 500).optional(),
    ]);
    let again = Submit::secondary(t.t("policy-preview")).sending("step", "preview");
    let submits = if is_previewed {
        fields.extend(sample(t, state, options));
        vec![Submit::primary(t.t("policy-activate")).sending("step", "activate"), again]
    } else {
        vec![Submit::primary(t.t("policy-preview")).sending("step", "preview")]
    };
    let (action, back) = match code {
        Some(code) => (routes::agreement_change(code), routes::agreement(code)),
        None => (routes::NEW_AGREEMENT.to_owned(), routes::AGREEMENTS.to_owned()),
    };
    Form::new("agreement", action, "")
        .fields(fields)
        .submits(submits)
        .cancel(Link::new(back, t.t("form-cancel")))
}

fn conditions(t: &Texts, state: &FormState, options: &Options) -> Vec<Field> {
    let field = |condition: Condition| {
        let choices = with_first(t.t("agreement-any"), options.of_condition(t, condition));
        let label = sentence(promise::condition(t, condition));
        let field = Field::select(state, field_of(condition), label, choices);
        match condition {
            Condition::Kind => field.under(t.t("agreement-which")).hint(t.t("agreement-which-hint")),
            Condition::Organisation => field.hint(t.t("agreement-organisation-hint")),
            Condition::Group => field.hint(t.t("agreement-group-hint")),
            _ => field,
        }
    };
    ASKED.into_iter().map(field).collect()
}

fn promised(t: &Texts, state: &FormState, metric: Metric) -> Vec<Field> {
    let name = |part: &str| format!("{}-{part}", metric.as_text());
    let word = tags::metric(t, metric);
    let unit = |code: &'static str| Choice::new(code, unit_word(t, code));
    let pauses =
        WaitingFor::ALL.iter().map(|on| Choice::new(on.as_text(), tags::waiting_label(t, *on))).collect();
    // In the order that they are told in: those chosen first.
    let told: Vec<&str> = state.all(&name("tells")).collect();
    let mut tells: Vec<Tell> = Tell::ALL.to_vec();
    tells.sort_by_key(|tell| told.iter().position(|code| *code == tell.as_text()).unwrap_or(told.len()));
    let tells =
        tells.into_iter().map(|tell| Choice::new(tell.as_text(), policy_words::tell(t, tell))).collect();
    vec![
        Field::line(state, &name("amount"), t.t1("agreement-amount", "metric", word))
            .hint(t.t("agreement-amount-hint"))
            .max(7)
            .optional()
            .under(sentence(word)),
        Field::select(
            state,
            &name("unit"),
            t.t1("agreement-unit", "metric", word),
            UNITS.into_iter().map(unit).collect(),
        ),
        Field::checks(state, &name("pauses"), t.t1("agreement-pauses", "metric", word), pauses)
            .in_row()
            .optional(),
        Field::line(state, &name("warn"), t.t1("agreement-warn", "metric", word))
            .hint(t.t("agreement-warn-hint"))
            .max(60)
            .optional(),
        Field::checks(state, &name("tells"), t.t1("agreement-tells", "metric", word), tells)
            .in_row()
            .optional(),
    ]
}

/// The ticket that it is tried on.
fn sample(t: &Texts, state: &FormState, options: &Options) -> Vec<Field> {
    let field = |condition: Condition| {
        let choices = with_first(t.t("agreement-sample-any"), options.of_condition(t, condition));
        let label = t.t1("agreement-sample-field", "what", promise::condition(t, condition));
        let field = Field::select(state, &format!("{SAMPLE}{}", field_of(condition)), label, choices);
        if condition == Condition::Kind {
            field.under(t.t("agreement-sample")).hint(t.t("agreement-sample-hint"))
        } else {
            field
        }
    };
    ASKED.into_iter().filter(|condition| *condition != Condition::BaseFunction).map(field).collect()
}

fn unit_word<'a>(t: &'a Texts, code: &str) -> &'a str {
    match code {
        "minutes" => t.t("agreement-unit-minutes"),
        "hours" => t.t("agreement-unit-hours"),
        _ => t.t("agreement-unit-days"),
    }
}

/// A word as the beginning of a sentence.
pub(super) fn sentence(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// What was typed, as an agreement.
pub(super) fn read(state: &FormState) -> AgreementWritten {
    AgreementWritten {
        kind: state.value("kind").to_owned(),
        calendar: state.value("calendar").to_owned(),
        conditions: read_conditions(state, ""),
        promises: Metric::ALL.iter().filter_map(|metric| read_promise(state, *metric)).collect(),
    }
}

/// The ticket that it is to be tried on.
pub(super) fn read_sample(state: &FormState) -> ConditionsWritten {
    read_conditions(state, SAMPLE)
}

fn read_conditions(state: &FormState, prefix: &str) -> ConditionsWritten {
    let value = |condition: Condition| {
        let text = state.value(&format!("{prefix}{}", field_of(condition))).trim();
        (!text.is_empty()).then(|| text.to_owned())
    };
    ConditionsWritten {
        group: value(Condition::Group),
        system: value(Condition::System),
        organisation: value(Condition::Organisation),
        service: value(Condition::Service),
        base_function: value(Condition::BaseFunction).map(|text| text == "yes"),
        support_level: value(Condition::SupportLevel),
        priority: value(Condition::Priority).and_then(|text| text.parse().ok()),
        kind: value(Condition::Kind),
        desk: value(Condition::Desk),
    }
}

fn read_promise(state: &FormState, metric: Metric) -> Option<PromiseWritten> {
    let name = |part: &str| format!("{}-{part}", metric.as_text());
    let amount = state.value(&name("amount")).trim();
    if amount.is_empty() {
        return None;
    }
    let number: Option<i64> = amount.parse().ok();
    let (minutes, days) = match state.value(&name("unit")) {
        "minutes" => (number, None),
        "hours" => (number.map(|hours| hours.saturating_mul(MINUTES_PER_HOUR)), None),
        _ => (None, number),
    };
    let list = |part: &str| state.all(&name(part)).map(str::to_owned).collect();
    let warn = state.value(&name("warn"));
    let warn = warn.split([',', ' ', ';', '%']).map(str::trim).filter(|part| !part.is_empty());
    Some(PromiseWritten {
        metric: metric.as_text().to_owned(),
        target: TargetWritten { working_minutes: minutes, working_days: days },
        pauses_on: list("pauses"),
        // What is no number lies outside what can be warned at, and is refused as that.
        warn_at_percent: warn.map(|part| part.parse().unwrap_or_default()).collect(),
        tells: list("tells"),
    })
}

/// The fields that hold something else than a whole number.
pub(super) fn not_numbers(state: &FormState) -> Vec<String> {
    let amounts = Metric::ALL.iter().map(|metric| format!("{}-amount", metric.as_text()));
    let is_wrong = |name: &String| {
        let text = state.value(name).trim();
        !text.is_empty() && text.parse::<i64>().is_err()
    };
    amounts.filter(is_wrong).collect()
}

/// Paths in the agreement become the page's fields.
pub(super) fn at_fields(error: AppError, terms: &AgreementWritten) -> AppError {
    let AppError::Invalid(errors) = error else { return error };
    let field_at = |path: &str| -> Option<Cow<'static, str>> {
        let (first, rest) = path.split_once(['[', '.']).unwrap_or((path, ""));
        match first {
            "conditions" => {
                let asked = Condition::ALL.iter().find(|condition| condition.as_text() == rest);
                Some(Cow::Borrowed(asked.map_or("ticketKind", |condition| field_of(*condition))))
            }
            "promises" => {
                let (at, part) = rest.split_once("].").unwrap_or(("", "target"));
                let promise = at.parse().ok().and_then(|at: usize| terms.promises.get(at));
                let metric = promise.map_or(Metric::Resolution.as_text(), |promise| promise.metric.as_str());
                let part = match part {
                    "pausesOn" => "pauses",
                    "warnAtPercent" => "warn",
                    "tells" => "tells",
                    _ => "amount",
                };
                Some(Cow::Owned(format!("{metric}-{part}")))
            }
            "code" => Some(Cow::Borrowed("name")),
            _ => None,
        }
    };
    let moved = errors.into_iter().map(|error| match field_at(&error.field) {
        Some(field) => FieldError { field, ..error },
        None => error,
    });
    AppError::Invalid(moved.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::FieldProblem;

    #[test]
    fn what_is_filled_in_reads_as_the_same_agreement() {
        let terms = AgreementWritten {
            kind: "sla".to_owned(),
            calendar: "servicedesk".to_owned(),
            conditions: ConditionsWritten {
                base_function: Some(true),
                priority: Some(2),
                kind: Some("incident".to_owned()),
                organisation: Some("kumla".to_owned()),
                ..ConditionsWritten::default()
            },
            promises: vec![
                PromiseWritten {
                    metric: "firstResponse".to_owned(),
                    target: TargetWritten { working_minutes: Some(120), working_days: None },
                    pauses_on: Vec::new(),
                    warn_at_percent: vec![50],
                    tells: vec!["assignee".to_owned()],
                },
                PromiseWritten {
                    metric: "resolution".to_owned(),
                    target: TargetWritten { working_minutes: None, working_days: Some(1) },
                    pauses_on: vec!["requester".to_owned(), "supplier".to_owned()],
                    warn_at_percent: vec![75, 90],
                    tells: vec!["assignee".to_owned(), "groupLead".to_owned()],
                },
            ],
        };
        let state = filled(&terms, "", "");
        assert_eq!((state.value("firstResponse-amount"), state.value("firstResponse-unit")), ("2", "hours"));
        assert_eq!(read(&state), terms);
    }

    #[test]
    fn faults_stand_at_the_field_they_were_typed_in() {
        let state = FormState::of([("resolution-amount", "en dag"), ("resolution-warn", "75, hundra")]);
        assert_eq!(not_numbers(&state), ["resolution-amount"]);
        let terms = read(&state);
        assert_eq!(terms.promises.first().map(|promise| promise.warn_at_percent.clone()), Some(vec![75, 0]));
        let paths = ["conditions", "conditions.kind", "promises", "promises[0].warnAtPercent", "validFrom"];
        let errors = paths.map(|path| FieldError::new("", FieldProblem::NotAllowed).at(path)).to_vec();
        let AppError::Invalid(moved) = at_fields(AppError::Invalid(errors), &terms) else { panic!() };
        let fields: Vec<&str> = moved.iter().map(|error| error.field.as_ref()).collect();
        assert_eq!(fields, ["ticketKind", "ticketKind", "resolution-amount", "resolution-warn", "validFrom"]);
    }
}
