//! The administration's forms.

use crate::i18n::Texts;
use crate::web::form::{Choice, Field, Form, FormState, Submit};
use crate::web::page::Link;
use crate::web::{routes, tags};

use super::view::with_first;

/// The codes of the roles.
pub const ROLES: [&str; 12] = [
    "requester",
    "manager",
    "agent",
    "groupLead",
    "problemManager",
    "changeManager",
    "cabMember",
    "majorIncidentCoordinator",
    "organisationRepresentative",
    "board",
    "administrator",
    "integration",
];
/// The codes of the lines.
pub const LINES: [&str; 4] = ["1", "2", "3", "external"];
/// The codes of the kinds of organisation.
pub const ORGANISATION_KINDS: [&str; 4] = ["municipality", "department", "unit", "company"];

const NAME_MAX: usize = 200;

fn save_or_leave(form: Form, t: &Texts, list: &str) -> Form {
    form.cancel(Link::new(list, t.t("form-cancel")))
}

fn active(t: &Texts, state: &FormState) -> Field {
    let choices = vec![Choice::new("yes", t.t("choice-active")), Choice::new("no", t.t("choice-inactive"))];
    Field::radios(state, "active", t.t("field-active"), choices).in_row()
}

/// A new person: `name`, `email`, `phone`, `organisation`, `role`*, `password`.
#[must_use]
pub fn new_person(t: &Texts, state: &FormState, organisations: Vec<Choice>) -> Form {
    let form = Form::new("person", routes::NEW_PERSON, t.t("person-add")).fields(vec![
        Field::line(state, "name", t.t("field-name")).max(NAME_MAX),
        Field::typed(state, "email", t.t("field-email"), "email").max(254),
        Field::typed(state, "phone", t.t("field-phone"), "tel").max(40).optional(),
        Field::select(state, "organisation", t.t("field-organisation"), organisations),
        roles(t, state),
        Field::password(state, "password", t.t("field-password-first"), "new-password")
            .hint(t.t("field-password-first-hint"))
            .optional(),
    ]);
    save_or_leave(form, t, routes::PEOPLE)
}

fn roles(t: &Texts, state: &FormState) -> Field {
    let choices = ROLES.into_iter().map(|code| Choice::new(code, tags::role_label(t, code))).collect();
    Field::checks(state, "role", t.t("field-roles"), choices).optional()
}

/// A person's own facts: `name`, `email`, `phone`, `active`.
#[must_use]
pub fn person(t: &Texts, state: &FormState, id: &str, version: i64) -> Form {
    let form = Form::new("person", routes::person(id), t.t("form-save"))
        .fields(vec![
            Field::hidden("part", "person"),
            Field::line(state, "name", t.t("field-name")).max(NAME_MAX),
            Field::typed(state, "email", t.t("field-email"), "email").max(254),
            Field::typed(state, "phone", t.t("field-phone"), "tel").max(40).optional(),
            active(t, state),
        ])
        .version(version);
    save_or_leave(form, t, routes::PEOPLE)
}

/// A role for a person, everywhere or in one organisation: `role`, `organisation`.
#[must_use]
pub fn add_role(t: &Texts, state: &FormState, id: &str, organisations: Vec<Choice>) -> Form {
    let roles = ROLES.into_iter().map(|code| Choice::new(code, tags::role_label(t, code))).collect();
    Form::new("role", routes::person(id), t.t("person-role-add"))
        .fields(vec![
            Field::hidden("part", "addRole"),
            Field::select(state, "role", t.t("field-role"), roles),
            Field::select(
                state,
                "organisation",
                t.t("field-role-where"),
                with_first(t.t("choice-everywhere"), organisations),
            ),
        ])
        .submits(vec![Submit::secondary(t.t("person-role-add"))])
        .apart()
}

/// A membership for a person: `organisation`.
#[must_use]
pub fn add_membership(t: &Texts, state: &FormState, id: &str, organisations: Vec<Choice>) -> Form {
    Form::new("membership", routes::person(id), t.t("person-membership-add"))
        .fields(vec![
            Field::hidden("part", "addMembership"),
            Field::select(state, "organisation", t.t("field-organisation"), organisations),
        ])
        .submits(vec![Submit::secondary(t.t("person-membership-add"))])
        .apart()
}

/// A new password for someone else: `password`.
#[must_use]
pub fn set_password(t: &Texts, state: &FormState, id: &str) -> Form {
    Form::new("set-password", routes::person(id), t.t("person-password-set"))
        .fields(vec![
            Field::hidden("part", "password"),
            Field::password(state, "password", t.t("profile-password-new"), "new-password"),
        ])
        .submits(vec![Submit::secondary(t.t("person-password-set"))])
        .apart()
}

/// A button in a table's row that takes something away: `part` says what, `id` which.
#[must_use]
pub fn remove(t: &Texts, action: String, part: &'static str, id: &str) -> Form {
    Form::new("remove", action, t.t("form-remove"))
        .for_row(&format!("{part}-{id}"))
        .fields(vec![Field::hidden("part", part), Field::hidden("id", id)])
        .submits(vec![Submit::secondary(t.t("form-remove"))])
}

/// An organisation: new `name`, `kind`, `parent`; later `name`, `active`, for its place stays.
#[must_use]
pub fn organisation(t: &Texts, state: &FormState, code: Option<&str>, parents: Vec<Choice>) -> Form {
    let mut fields = vec![Field::line(state, "name", t.t("field-name")).max(NAME_MAX)];
    let action = match code {
        Some(code) => {
            fields.push(active(t, state));
            routes::organisation(code)
        }
        None => {
            let kinds = ORGANISATION_KINDS
                .into_iter()
                .map(|code| Choice::new(code, organisation_kind(t, code)))
                .collect();
            fields.push(Field::radios(state, "kind", t.t("field-organisation-kind"), kinds).in_row());
            let parents = with_first(t.t("choice-none"), parents);
            fields.push(Field::select(state, "parent", t.t("field-parent"), parents).optional());
            routes::NEW_ORGANISATION.to_owned()
        }
    };
    save_or_leave(
        Form::new("organisation", action, t.t("form-save")).fields(fields),
        t,
        routes::ORGANISATIONS,
    )
}

/// The word for a kind of organisation.
#[must_use]
pub fn organisation_kind<'a>(t: &'a Texts, code: &'a str) -> &'a str {
    match code {
        "municipality" => t.t("organisation-municipality"),
        "department" => t.t("organisation-department"),
        "unit" => t.t("organisation-unit"),
        "company" => t.t("organisation-company"),
        other => other,
    }
}

/// A group: new `name`, `line`; later `name`, `active`, for tickets say in which line they were solved.
#[must_use]
pub fn group(t: &Texts, state: &FormState, code: Option<&str>) -> Form {
    let mut fields = vec![Field::line(state, "name", t.t("field-name")).max(NAME_MAX)];
    let action = match code {
        Some(code) => {
            fields.push(active(t, state));
            routes::group(code)
        }
        None => {
            let lines = LINES.into_iter().map(|code| Choice::new(code, tags::line_label(t, code))).collect();
            fields.push(Field::radios(state, "line", t.t("field-line"), lines).in_row());
            routes::NEW_GROUP.to_owned()
        }
    };
    save_or_leave(Form::new("group", action, t.t("form-save")).fields(fields), t, routes::GROUPS)
}

/// A new member of a group: `email`, `lead`.
#[must_use]
pub fn add_member(t: &Texts, state: &FormState, code: &str) -> Form {
    Form::new("member", routes::group_members(code), t.t("group-member-add"))
        .fields(vec![
            Field::hidden("part", "addMember"),
            Field::typed(state, "email", t.t("field-email"), "email").max(254),
            Field::checks(state, "lead", t.t("field-role"), vec![Choice::new("yes", t.t("role-group-lead"))])
                .optional(),
        ])
        .submits(vec![Submit::secondary(t.t("group-member-add"))])
        .apart()
}

/// Which reference data a form is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Catalogue {
    /// Categories: `name`.
    Category,
    /// Services: `name`, `base` (yes, no).
    Service,
    /// Systems: `name`.
    System,
}

impl Catalogue {
    /// The addresses: of the list, of adding, of one.
    #[must_use]
    pub fn routes(self) -> (&'static str, &'static str, fn(&str) -> String) {
        match self {
            Self::Category => (routes::CATEGORIES, routes::NEW_CATEGORY, routes::category),
            Self::Service => (routes::SERVICES, routes::NEW_SERVICE, routes::service),
            Self::System => (routes::SYSTEMS, routes::NEW_SYSTEM, routes::system),
        }
    }

    /// The address of one, as the router takes it.
    #[must_use]
    pub const fn one_pattern(self) -> &'static str {
        match self {
            Self::Category => routes::CATEGORY,
            Self::Service => routes::SERVICE,
            Self::System => routes::SYSTEM,
        }
    }
}

/// A category, service or system, new when `code` is `None`; all have `active` once they exist.
#[must_use]
pub fn catalogue(t: &Texts, state: &FormState, which: Catalogue, code: Option<&str>) -> Form {
    let mut fields = vec![Field::line(state, "name", t.t("field-name")).max(NAME_MAX)];
    if which == Catalogue::Service {
        let choices = vec![Choice::new("yes", t.t("choice-yes")), Choice::new("no", t.t("choice-no"))];
        let base = Field::radios(state, "base", t.t("field-base-function"), choices);
        fields.push(base.hint(t.t("field-base-function-hint")).in_row());
    }
    if code.is_some() {
        fields.push(active(t, state));
    }
    let (list, new, one) = which.routes();
    let action = code.map_or_else(|| new.to_owned(), one);
    save_or_leave(Form::new("catalogue", action, t.t("form-save")).fields(fields), t, list)
}

/// An import: `file`, `mode` (check, import).
#[must_use]
pub fn import(t: &Texts, state: &FormState) -> Form {
    Form::new("import", routes::IMPORT, t.t("import-start")).fields(vec![
        Field::files(state, "file", t.t("import-file")).hint(t.t("import-file-hint")).one_file(),
        Field::radios(
            state,
            "mode",
            t.t("import-mode"),
            vec![
                Choice::new("check", t.t("import-mode-check")).with_hint(t.t("import-mode-check-hint")),
                Choice::new("import", t.t("import-mode-import")).with_hint(t.t("import-mode-import-hint")),
            ],
        ),
    ])
}

/// Trying a job again.
#[must_use]
pub fn retry_job(t: &Texts, id: &str) -> Form {
    Form::new("retry", routes::job_retry(id), t.t("job-retry"))
        .for_row(id)
        .submits(vec![Submit::secondary(t.t("job-retry"))])
}
