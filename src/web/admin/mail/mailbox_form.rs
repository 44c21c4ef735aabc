//! The form of a mailbox. Its fields have the names of the settings, so that what is wrong finds its place.

use crate::app::mail::{MailboxChange, MailboxView};
use crate::app::{FieldErrors, FieldProblem, Secret};
use crate::domain::mail::{
    AfterFetch, FirstFetch, MailSecurity, MailboxAuth, MailboxSpec, Receive, UnknownSenders,
};
use crate::i18n::Texts;
use crate::web::form::{Choice, Field, Form, FormState};
use crate::web::page::Link;
use crate::web::{mailbox_words as words, routes};

/// Letters a line may have at most; the use case says so too.
const LINE: usize = 250;

/// What can be chosen from.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The desks.
    pub desks: Vec<Choice>,
    /// The organisations.
    pub organisations: Vec<Choice>,
}

/// What a new mailbox starts from.
#[must_use]
pub fn empty() -> FormState {
    filled(&MailboxChange { is_active: true, ..MailboxChange::default() })
}

/// The settings of a mailbox; its secret isn't among them.
pub(super) fn settings(view: &MailboxView) -> MailboxChange {
    MailboxChange {
        name: view.name.clone(),
        address: view.address.clone(),
        desk: Some(view.desk.clone()),
        organisation: view.organisation.clone(),
        spec: view.spec.clone(),
        secret: None,
        is_active: view.is_active,
    }
}

/// What a form that wasn't sent yet starts from.
pub(super) fn filled(settings: &MailboxChange) -> FormState {
    let MailboxChange { name, address, desk, organisation, spec, secret: _, is_active } = settings;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let mut values = vec![
        ("name", name.clone()),
        ("address", address.clone()),
        ("desk", text(desk)),
        ("organisation", text(organisation)),
        ("active", if *is_active { "yes" } else { "no" }.to_owned()),
        ("receive", spec.receive.as_text().to_owned()),
        ("host", spec.host.clone()),
        ("port", spec.port.to_string()),
        ("security", spec.security.as_text().to_owned()),
        ("authorities", spec.authorities.clone()),
        ("auth", spec.auth.as_text().to_owned()),
        ("username", spec.username.clone()),
        ("tokenUrl", spec.token_url.clone()),
        ("clientId", spec.client_id.clone()),
        ("scope", spec.scope.clone()),
        ("secretExpires", spec.secret_expires.map(|day| day.to_string()).unwrap_or_default()),
        ("folder", spec.folder.clone()),
        ("firstFetch", spec.first_fetch.as_text().to_owned()),
        ("afterFetch", spec.after_fetch.as_text().to_owned()),
        ("moveTo", spec.move_to.clone()),
        ("unknownSenders", spec.unknown_senders.as_text().to_owned()),
        ("trustedAuthserv", spec.trusted_authserv.clone()),
        ("foreignNumbers", spec.foreign_numbers.join("\n")),
        (
            "silentAfterMinutes",
            spec.silent_after_minutes.map(|minutes| minutes.to_string()).unwrap_or_default(),
        ),
    ];
    if spec.plain_is_meant {
        values.push(("plainIsMeant", "yes".to_owned()));
    }
    FormState::of(values)
}

/// What was typed, with what can't be read of it.
pub(super) fn read(state: &FormState) -> (MailboxChange, FieldErrors) {
    let usual = MailboxSpec::default();
    let mut errors = FieldErrors::default();
    let text = |name: &str| state.value(name).trim().to_owned();
    let given = |name: &str| Some(text(name)).filter(|text| !text.is_empty());
    let receive = Receive::from_text(state.value("receive")).unwrap_or(usual.receive);
    let secret_expires = given("secretExpires")
        .and_then(|day| day.parse().map_err(|_| errors.add("secretExpires", FieldProblem::Malformed)).ok());
    let spec = MailboxSpec {
        receive,
        host: text("host"),
        // No number is none that is allowed.
        port: text("port").parse().unwrap_or(0),
        security: MailSecurity::from_text(state.value("security")).unwrap_or(usual.security),
        plain_is_meant: state.value("plainIsMeant") == "yes",
        authorities: text("authorities"),
        auth: MailboxAuth::from_text(state.value("auth")).unwrap_or(usual.auth),
        username: text("username"),
        token_url: text("tokenUrl"),
        client_id: text("clientId"),
        scope: text("scope"),
        folder: text("folder"),
        first_fetch: FirstFetch::from_text(state.value("firstFetch")).unwrap_or(usual.first_fetch),
        after_fetch: AfterFetch::from_text(state.value("afterFetch")).unwrap_or(usual.after_fetch),
        move_to: text("moveTo"),
        unknown_senders: UnknownSenders::from_text(state.value("unknownSenders"))
            .unwrap_or(usual.unknown_senders),
        trusted_authserv: text("trustedAuthserv"),
        foreign_numbers: state
            .value("foreignNumbers")
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect(),
        silent_after_minutes: given("silentAfterMinutes").map(|minutes| minutes.parse().unwrap_or(0)),
        secret_expires,
    };
    let change = MailboxChange {
        name: text("name"),
        address: text("address"),
        desk: given("desk"),
        organisation: given("organisation"),
        spec,
        secret: Some(state.value("secret")).filter(|secret| !secret.is_empty()).map(Secret::new),
        is_active: state.value("active") != "no",
    };
    (change, errors)
}

/// The form: of the mailbox with this code and version, or of a new one.
#[must_use]
pub fn form(t: &Texts, state: &FormState, known: Option<(&str, i64)>, options: Options) -> Form {
    let mut fields = about(t, state, options);
    fields.extend(server(t, state, known.is_some()));
    fields.extend(reading(t, state));
    fields.extend(understanding(t, state));
    let form = match known {
        None => Form::new("mailbox", routes::NEW_MAILBOX, t.t("mailbox-add"))
            .cancel(Link::new(routes::MAIL_SETTINGS, t.t("form-cancel"))),
        Some((code, version)) => Form::new("mailbox", routes::mailbox_change(code), t.t("form-save"))
            .version(version)
            .cancel(Link::new(routes::mailbox(code), t.t("form-cancel"))),
    };
    form.fields(fields)
}

fn about(t: &Texts, state: &FormState, options: Options) -> Vec<Field> {
    let Options { desks, mut organisations } = options;
    organisations.insert(0, Choice::new("", t.t("choice-none")));
    let receive = Receive::ALL.iter().map(|word| Choice::new(word.as_text(), words::receive(t, *word)));
    let active = vec![Choice::new("yes", t.t("choice-active")), Choice::new("no", t.t("choice-inactive"))];
    vec![
        Field::line(state, "name", t.t("field-name")).max(200),
        Field::typed(state, "address", t.t("mailbox-address"), "email")
            .hint(t.t("mailbox-address-hint"))
            .max(254),
        Field::select(state, "desk", t.t("mailbox-desk"), desks),
        Field::select(state, "organisation", t.t("mailbox-organisation"), organisations)
            .hint(t.t("mailbox-organisation-hint"))
            .optional(),
        Field::radios(state, "active", t.t("field-active"), active).in_row(),
        Field::radios(state, "receive", t.t("mailbox-receive"), receive.collect())
            .hint(t.t("mailbox-receive-hint")),
    ]
}

fn server(t: &Texts, state: &FormState, is_known: bool) -> Vec<Field> {
    let security =
        MailSecurity::ALL.iter().map(|word| Choice::new(word.as_text(), words::security(t, *word)));
    let auth = MailboxAuth::ALL.iter().map(|word| Choice::new(word.as_text(), words::auth(t, *word)));
    let meant = vec![Choice::new("yes", t.t("mailbox-plain-is-meant-yes"))];
    // Needed where mail is fetched, as it is unless somebody says otherwise.
    let secret_hint = if is_known { t.t("mailbox-secret-hint-known") } else { t.t("mailbox-secret-hint") };
    let secret = Field::password(state, "secret", t.t("mailbox-secret"), "new-password").hint(secret_hint);
    vec![
        Field::line(state, "host", t.t("mailbox-host")).max(LINE).under(t.t("mailbox-part-server")),
        Field::line(state, "port", t.t("mailbox-port")).hint(t.t("mailbox-port-hint")).max(5),
        Field::radios(state, "security", t.t("mailbox-security"), security.collect()),
        Field::checks(state, "plainIsMeant", t.t("mailbox-plain-is-meant"), meant).optional(),
        Field::area(state, "authorities", t.t("mailbox-authorities"), 3, 100_000)
            .hint(t.t("mailbox-authorities-hint"))
            .optional(),
        Field::radios(state, "auth", t.t("mailbox-auth"), auth.collect()).under(t.t("mailbox-part-auth")),
        Field::line(state, "username", t.t("mailbox-username"))
            .hint(t.t("mailbox-username-hint"))
            .max(LINE)
            .autocomplete("off"),
        if is_known { secret.optional() } else { secret },
        Field::typed(state, "secretExpires", t.t("mailbox-secret-expires"), "date")
            .hint(t.t("mailbox-secret-expires-hint"))
            .optional(),
        Field::line(state, "tokenUrl", t.t("mailbox-token-url"))
            .hint(t.t("mailbox-token-url-hint"))
            .max(LINE)
            .optional(),
        Field::line(state, "clientId", t.t("mailbox-client-id")).max(LINE).optional(),
        Field::line(state, "scope", t.t("mailbox-scope")).max(LINE).optional(),
    ]
}

fn reading(t: &Texts, state: &FormState) -> Vec<Field> {
    let first = FirstFetch::ALL.iter().map(|word| Choice::new(word.as_text(), words::first_fetch(t, *word)));
    let after = AfterFetch::ALL.iter().map(|word| Choice::new(word.as_text(), words::after_fetch(t, *word)));
    vec![
        Field::line(state, "folder", t.t("mailbox-folder")).max(LINE).under(t.t("mailbox-part-reading")),
        Field::radios(state, "firstFetch", t.t("mailbox-first-fetch"), first.collect()),
        Field::radios(state, "afterFetch", t.t("mailbox-after-fetch"), after.collect()),
        Field::line(state, "moveTo", t.t("mailbox-move-to")).max(LINE).optional(),
    ]
}

fn understanding(t: &Texts, state: &FormState) -> Vec<Field> {
    let unknown =
        UnknownSenders::ALL.iter().map(|word| Choice::new(word.as_text(), words::unknown_senders(t, *word)));
    vec![
        Field::radios(state, "unknownSenders", t.t("mailbox-unknown-senders"), unknown.collect())
            .under(t.t("mailbox-part-understanding")),
        Field::line(state, "silentAfterMinutes", t.t("mailbox-silent-after"))
            .hint(t.t("mailbox-silent-after-hint"))
            .max(6)
            .optional(),
        Field::line(state, "trustedAuthserv", t.t("mailbox-trusted-authserv"))
            .hint(t.t("mailbox-trusted-authserv-hint"))
            .max(LINE)
            .optional(),
        Field::area(state, "foreignNumbers", t.t("mailbox-foreign-numbers"), 3, 1_000)
            .hint(t.t("mailbox-foreign-numbers-hint"))
            .optional(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filled_in_reads_as_the_same_mailbox() {
        let change = MailboxChange {
            name: "Servicedesk".to_owned(),
            address: "it@example.se".to_owned(),
            desk: Some("it".to_owned()),
            spec: MailboxSpec {
                host: "outlook.office365.com".to_owned(),
                auth: MailboxAuth::Xoauth2,
                plain_is_meant: true,
                foreign_numbers: vec!["ABC-#".to_owned(), "RITM#".to_owned()],
                silent_after_minutes: Some(240),
                secret_expires: Some(jiff::civil::date(2027, 3, 1)),
                ..MailboxSpec::default()
            },
            is_active: true,
            ..MailboxChange::default()
        };
        let (read, errors) = read(&filled(&change));
        assert!(errors.is_empty());
        assert_eq!((read.spec, read.desk, read.is_active), (change.spec, change.desk, true));
    }
}
