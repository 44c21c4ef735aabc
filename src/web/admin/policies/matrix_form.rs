//! The forms of the responsibility matrix: a row with what each party is to it, and a party. Each makes a new
//! matrix of the one there is.

use crate::app::policies::{
    AssignmentWritten, BilingualWritten, Fault, MatrixWritten, PartyWritten, PolicyFault,
};
use crate::app::{AppError, FieldError};
use crate::domain::routing::Raci;
use crate::domain::text::Code;
use crate::i18n::Texts;
use crate::web::form::{Choice, Field, Form, FormState, Submit};
use crate::web::page::Link;
use crate::web::workspace::view::with_first;
use crate::web::{policy_words, routes};
use std::borrow::Cow;

/// What the fields of parties begin with.
const ROLE: &str = "role-";

/// A row: what is done, on which support level, for which service.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct RowKey {
    /// The code of the service; any when left out.
    pub(crate) service: Option<String>,
    /// The code of the support level.
    pub(crate) support_level: String,
    /// The code of the activity.
    pub(crate) activity: String,
}

impl RowKey {
    pub(super) fn of_assignment(row: &AssignmentWritten) -> Self {
        let AssignmentWritten { service, support_level, activity, .. } = row;
        Self { service: service.clone(), support_level: support_level.clone(), activity: activity.clone() }
    }

    pub(super) fn read(state: &FormState) -> Self {
        let service = state.value("service").trim();
        Self {
            service: (!service.is_empty()).then(|| service.to_owned()),
            support_level: state.value("supportLevel").to_owned(),
            activity: state.value("activity").to_owned(),
        }
    }

    /// What the matrix says of it.
    pub(super) fn of<'m>(&'m self, matrix: &'m MatrixWritten) -> impl Iterator<Item = &'m AssignmentWritten> {
        matrix.assignments.iter().filter(|row| Self::of_assignment(row) == *self)
    }

    /// Why: what the requester is told, which is why somebody does the work.
    pub(super) fn reason<'m>(&'m self, matrix: &'m MatrixWritten) -> Option<&'m BilingualWritten> {
        let does = |row: &&AssignmentWritten| row.role == Raci::Responsible.as_text();
        self.of(matrix).find(does).or_else(|| self.of(matrix).next()).map(|row| &row.reason)
    }

    /// Where it is changed.
    pub(super) fn address(&self) -> String {
        let Self { service, support_level, activity } = self;
        let mut asked = vec![("supportLevel", support_level.as_str()), ("activity", activity.as_str())];
        asked.extend(service.as_deref().map(|service| ("service", service)));
        routes::with_query(routes::RESPONSIBILITY_ROW, &asked)
    }
}

/// When a change begins and what it was made from.
pub(super) fn begin(valid_from: &str, based_on: &str) -> Vec<(String, String)> {
    vec![("validFrom".to_owned(), valid_from.to_owned()), ("basedOn".to_owned(), based_on.to_owned())]
}

/// From when a change holds, and why.
pub(super) fn amendment(t: &Texts, state: &FormState) -> [Field; 3] {
    [
        Field::hidden("basedOn", state.value("basedOn")),
        Field::typed(state, "validFrom", t.t("policy-valid-from"), "date")
            .hint(t.t("responsibility-valid-from-hint"))
            .optional()
            .under(t.t("agreement-when")),
        Field::area(state, "note", t.t("policy-note"), 2, 500).optional(),
    ]
}

/// A form that leads back to the matrix.
pub(super) fn form(
    t: &Texts,
    name: &'static str,
    action: String,
    fields: Vec<Field>,
    submits: Vec<Submit>,
) -> Form {
    let back = Link::new(routes::RESPONSIBILITIES, t.t("form-cancel"));
    Form::new(name, action, "").fields(fields).submits(submits).cancel(back)
}

/// What can be chosen in a row.
#[derive(Debug, Default)]
pub(crate) struct RowOptions {
    pub(crate) services: Vec<Choice>,
    pub(crate) support_levels: Vec<Choice>,
    pub(crate) activities: Vec<Choice>,
    pub(crate) parties: Vec<Choice>,
}

/// What the form of a row that wasn't sent yet starts from.
pub(super) fn row_filled(matrix: &MatrixWritten, key: &RowKey, begins: Vec<(String, String)>) -> FormState {
    let mut values = begins;
    let mut add = |name: &str, value: &str| values.push((name.to_owned(), value.to_owned()));
    add("service", key.service.as_deref().unwrap_or_default());
    add("supportLevel", &key.support_level);
    add("activity", &key.activity);
    for row in key.of(matrix) {
        add(&format!("{ROLE}{}", row.party), &row.role);
    }
    if let Some(reason) = key.reason(matrix) {
        add("reasonSv", &reason.sv);
        add("reasonEn", reason.en.as_deref().unwrap_or_default());
    }
    FormState::of(values)
}

/// A row: a new one, or one that is there already.
pub(crate) fn row(t: &Texts, state: &FormState, options: &RowOptions, is_new: bool) -> Form {
    let mut fields = if is_new {
        let services = with_first(t.t("responsibility-any-service"), options.services.clone());
        vec![
            Field::hidden("known", ""),
            Field::select(
                state,
                "supportLevel",
                super::agreement_form::sentence(t.t("condition-support-level")),
                options.support_levels.clone(),
            ),
            Field::select(state, "activity", t.t("responsibility-activity"), options.activities.clone()),
            Field::select(
                state,
                "service",
                super::agreement_form::sentence(t.t("condition-service")),
                services,
            )
            .hint(t.t("responsibility-service-hint")),
        ]
    } else {
        let kept = ["service", "supportLevel", "activity"].map(|name| Field::hidden(name, state.value(name)));
        std::iter::once(Field::hidden("known", "yes")).chain(kept).collect()
    };
    for (at, party) in options.parties.iter().enumerate() {
        let roles = Raci::ALL.iter().map(|role| Choice::new(role.as_text(), policy_words::raci(t, *role)));
        let name = format!("{ROLE}{}", party.value);
        let field = Field::checks(state, &name, &party.label, roles.collect()).in_row();
        fields.push(if at == 0 {
            field.under(t.t("responsibility-roles")).hint(t.t("responsibility-roles-hint"))
        } else {
            field
        });
    }
    fields.extend([
        Field::area(state, "reasonSv", t.t("responsibility-reason-sv"), 2, 1000)
            .hint(t.t("responsibility-reason-hint")),
        Field::area(state, "reasonEn", t.t("responsibility-reason-en"), 2, 1000),
    ]);
    fields.extend(amendment(t, state));
    let mut submits = vec![Submit::primary(t.t("form-save")).sending("step", "save")];
    if !is_new {
        submits.push(Submit::secondary(t.t("responsibility-row-remove")).sending("step", "remove"));
    }
    form(t, "row", routes::RESPONSIBILITY_ROW.to_owned(), fields, submits)
}

/// The matrix with the row as it was typed, in its old place or last.
pub(super) fn with_row(matrix: &MatrixWritten, key: &RowKey, state: &FormState) -> MatrixWritten {
    let told = key.reason(matrix).cloned();
    let reason = bilingual(state, "reason").unwrap_or_default();
    let before: Vec<&AssignmentWritten> = key.of(matrix).collect();
    let mut rows = Vec::new();
    for party in &matrix.parties {
        let name = format!("{ROLE}{}", party.code);
        let is_ticked = |role: &&str| state.all(&name).any(|ticked| ticked == *role);
        for role in Raci::ALL.iter().map(Raci::as_text).filter(is_ticked) {
            // A reason of its own, other than the one that was shown, stays.
            let own = before.iter().find(|row| row.party == party.code && row.role == role);
            let own = own.map(|row| &row.reason).filter(|own| Some(*own) != told.as_ref());
            rows.push(AssignmentWritten {
                service: key.service.clone(),
                support_level: key.support_level.clone(),
                activity: key.activity.clone(),
                party: party.code.clone(),
                role: role.to_owned(),
                reason: own.unwrap_or(&reason).clone(),
            });
        }
    }
    let mut matrix = matrix.clone();
    let is_of_row = |row: &AssignmentWritten| RowKey::of_assignment(row) == *key;
    let place = matrix.assignments.iter().position(is_of_row).unwrap_or(matrix.assignments.len());
    matrix.assignments.retain(|row| !is_of_row(row));
    matrix.assignments.splice(place..place, rows);
    matrix
}

/// The matrix without the row.
pub(super) fn without_row(matrix: &MatrixWritten, key: &RowKey) -> MatrixWritten {
    let mut matrix = matrix.clone();
    matrix.assignments.retain(|row| RowKey::of_assignment(row) != *key);
    matrix
}

/// A row that nobody does anything in.
pub(super) fn no_roles(matrix: &MatrixWritten, name: String) -> FieldError {
    let first = matrix.parties.first().map_or("", |party| party.code.as_str());
    FieldError::of_policy(format!("{ROLE}{first}"), Fault::about(PolicyFault::NoResponsible, name))
}

/// Paths in the matrix become the fields of a row's form.
pub(super) fn at_row(error: AppError, matrix: &MatrixWritten) -> AppError {
    let role_of = |code: &str| Cow::Owned(format!("{ROLE}{code}"));
    let first = matrix.parties.first().map_or("", |party| party.code.as_str()).to_owned();
    moved(error, |path| {
        let (list, at, part) = split(path)?;
        match (list, part) {
            ("assignments", "reason") => Some(Cow::Borrowed("reasonSv")),
            ("assignments", "reason.en") => Some(Cow::Borrowed("reasonEn")),
            ("assignments", "supportLevel") => Some(Cow::Borrowed("supportLevel")),
            ("assignments", "activity") => Some(Cow::Borrowed("activity")),
            ("assignments", "service") => Some(Cow::Borrowed("service")),
            ("assignments", _) => Some(role_of(&first)),
            ("parties", _) => {
                Some(role_of(matrix.parties.get(at).map_or(first.as_str(), |party| &party.code)))
            }
            _ => None,
        }
    })
}

/// What the form of a party that wasn't sent yet starts from.
pub(super) fn party_filled(party: &PartyWritten, begins: Vec<(String, String)>) -> FormState {
    let PartyWritten { code: _, name, group, turn_to } = party;
    let mut values = begins;
    let mut add = |field: &str, value: &str| values.push((field.to_owned(), value.to_owned()));
    add("nameSv", &name.sv);
    add("nameEn", name.en.as_deref().unwrap_or_default());
    add("group", group.as_deref().unwrap_or_default());
    if let Some(turn_to) = turn_to {
        add("turnSv", &turn_to.sv);
        add("turnEn", turn_to.en.as_deref().unwrap_or_default());
    }
    FormState::of(values)
}

/// A party: the one with this code, or a new one.
pub(crate) fn party(t: &Texts, state: &FormState, code: Option<&str>, groups: Vec<Choice>) -> Form {
    let mut fields = vec![
        Field::line(state, "nameSv", t.t("responsibility-name-sv")).max(200),
        Field::line(state, "nameEn", t.t("responsibility-name-en")).max(200).optional(),
        Field::select(
            state,
            "group",
            t.t("responsibility-group"),
            with_first(t.t("responsibility-no-group"), groups),
        ),
        Field::area(state, "turnSv", t.t("responsibility-turn-sv"), 2, 1000)
            .hint(t.t("responsibility-turn-hint"))
            .optional(),
        Field::area(state, "turnEn", t.t("responsibility-turn-en"), 2, 1000).optional(),
    ];
    fields.extend(amendment(t, state));
    let action = code.map_or_else(|| routes::NEW_PARTY.to_owned(), routes::party);
    form(t, "party", action, fields, vec![Submit::primary(t.t("form-save"))])
}

/// The matrix with the party as it was typed.
pub(super) fn with_party(matrix: &MatrixWritten, code: Option<&str>, state: &FormState) -> MatrixWritten {
    let mut matrix = matrix.clone();
    let name = bilingual(state, "name").unwrap_or_default();
    let taken: Vec<&str> = matrix.parties.iter().map(|party| party.code.as_str()).collect();
    let typed = PartyWritten {
        code: code.map_or_else(|| free_code(&name.sv, &taken), str::to_owned),
        name,
        group: Some(state.value("group").to_owned()).filter(|group| !group.is_empty()),
        turn_to: bilingual(state, "turn"),
    };
    match matrix.parties.iter_mut().find(|party| Some(party.code.as_str()) == code) {
        Some(party) => *party = typed,
        None => matrix.parties.push(typed),
    }
    matrix
}

/// Paths in the matrix become the fields of a party's or a word's form.
pub(super) fn at_name(error: AppError) -> AppError {
    moved(error, |path| {
        let (_, _, part) = split(path)?;
        Some(Cow::Borrowed(match part {
            "group" => "group",
            "turnTo" => "turnSv",
            "turnTo.en" => "turnEn",
            _ => "nameSv",
        }))
    })
}

/// `parties[3].turnTo` as its list, place and part; nothing for what has none.
fn split(path: &str) -> Option<(&str, usize, &str)> {
    let (list, rest) = path.split_once('[')?;
    let (at, part) = rest.split_once("].")?;
    Some((list, at.parse().ok()?, part))
}

fn moved(error: AppError, field_at: impl Fn(&str) -> Option<Cow<'static, str>>) -> AppError {
    let AppError::Invalid(errors) = error else { return error };
    let moved = errors.into_iter().map(|error| match field_at(&error.field) {
        Some(field) => FieldError { field, ..error },
        None => error,
    });
    AppError::Invalid(moved.collect())
}

/// A text typed in two languages; nothing when neither is filled in.
pub(super) fn bilingual(state: &FormState, name: &str) -> Option<BilingualWritten> {
    let [sv, en] = ["Sv", "En"].map(|language| state.value(&format!("{name}{language}")).trim().to_owned());
    (!sv.is_empty() || !en.is_empty()).then(|| BilingualWritten { sv, en: (!en.is_empty()).then_some(en) })
}

/// A lower camel code made of a name, other than those taken; empty for a name without letters.
pub(super) fn free_code(name: &str, taken: &[&str]) -> String {
    let kebab = Code::from_name(name);
    let mut code = String::new();
    for (at, word) in kebab.as_str().split('-').filter(|word| !word.is_empty()).enumerate() {
        let mut letters = word.chars();
        code.extend(letters.next().map(|first| if at == 0 { first } else { first.to_ascii_uppercase() }));
        code.extend(letters);
    }
    if code.starts_with(|first: char| first.is_ascii_digit()) {
        code.insert(0, 'n');
    }
    let is_free = |code: &String| !taken.contains(&code.as_str());
    let numbered = (2_u32..).map(|number| format!("{code}{number}"));
    std::iter::once(code.clone()).chain(numbered).find(is_free).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(sv: &str) -> BilingualWritten {
        BilingualWritten { sv: sv.to_owned(), en: None }
    }

    fn matrix() -> MatrixWritten {
        let party =
            |code: &str| PartyWritten { code: code.to_owned(), name: text(code), ..PartyWritten::default() };
        let row = |activity: &str, party: &str, role: &str, why: &str| AssignmentWritten {
            service: None,
            support_level: "printer".to_owned(),
            activity: activity.to_owned(),
            party: party.to_owned(),
            role: role.to_owned(),
            reason: text(why),
        };
        MatrixWritten {
            parties: vec![party("it"), party("school")],
            assignments: vec![
                row("repair", "it", "r", "IT lagar."),
                row("repair", "it", "a", "IT lagar."),
                row("repair", "school", "i", "Skolan vill veta."),
                row("wifi", "it", "r", "IT har nätet."),
            ],
            ..MatrixWritten::default()
        }
    }

    fn key(activity: &str) -> RowKey {
        RowKey { service: None, support_level: "printer".to_owned(), activity: activity.to_owned() }
    }

    #[test]
    fn what_is_filled_in_reads_as_the_same_matrix() {
        let state = row_filled(&matrix(), &key("repair"), Vec::new());
        assert_eq!(with_row(&matrix(), &key("repair"), &state), matrix());
    }

    #[test]
    fn a_changed_row_keeps_its_place_and_reasons_of_their_own() {
        let typed =
            [("role-school", "i"), ("role-school", "r"), ("role-it", "a"), ("reasonSv", "Skolan lagar.")];
        let changed = with_row(&matrix(), &key("repair"), &FormState::of(typed));
        let rows: Vec<String> = changed
            .assignments
            .iter()
            .map(|row| format!("{} {} {} {}", row.activity, row.party, row.role, row.reason.sv))
            .collect();
        assert_eq!(
            rows,
            [
                "repair it a Skolan lagar.",
                "repair school r Skolan lagar.",
                "repair school i Skolan vill veta.",
                "wifi it r IT har nätet."
            ]
        );
        assert_eq!(without_row(&changed, &key("repair")).assignments.len(), 1);
    }

    #[test]
    fn codes_are_made_of_names() {
        assert_eq!(free_code("Trådlöst nätverk", &[]), "tradlostNatverk");
        assert_eq!(free_code("3D-skrivare", &[]), "n3dSkrivare");
        assert_eq!(free_code("It", &["it", "it2"]), "it3");
    }
}
