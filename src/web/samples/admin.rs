use askama::Template;

use super::{Maker, Sample, choices, empty, organisations, systems};
use crate::domain::import::RowErrorCode;
use crate::i18n::Texts;
use crate::web::admin::import_view;
use crate::web::admin::mail::{mailbox_form, settings};
use crate::web::admin::policies::{agreement_form, matrix_form, matrix_words};
use crate::web::components::{Cell, Column, Fact, Pager, Table};
use crate::web::form::{Field, FormState};
use crate::web::page::{Link, Page, Section};
use crate::web::pages::WorkspaceFormPage;
use crate::web::workspace::admin_forms::{self as forms, Catalogue};
use crate::web::workspace::admin_view::{
    AdminListPage, AdminPage, AdminRecordPage, Body, ImportRunPage, RecordSection, places,
};
use crate::web::{routes, tags};

pub(super) fn samples(maker: &Maker) -> Vec<Sample> {
    let t = maker.t;
    let mut samples = vec![
        (
            "admin",
            AdminPage { page: maker.page(t.t("nav-admin"), Section::Admin), places: places(t) }
                .render()
                .unwrap(),
        ),
        ("admin-people", people(maker)),
        ("admin-person", person(maker)),
        ("admin-group", group(maker)),
        ("admin-jobs", jobs(maker)),
        ("admin-import", import(maker)),
        ("admin-import-running", import_run(maker, &Run::Reading)),
        ("admin-import-refused", import_run(maker, &Run::Refused)),
        ("admin-import-done", import_run(maker, &Run::Done)),
    ];
    samples.extend(new_records(maker));
    samples.extend(empty_lists(maker));
    samples.extend(agreements(maker));
    samples.extend(mailboxes(maker));
    samples
}

fn admin_page(maker: &Maker, title: &str) -> Page {
    Page { back: Some(Link::new(routes::ADMIN, maker.t.t("nav-admin"))), ..maker.page(title, Section::Admin) }
}

fn table(caption: &str, columns: &[&str], rows: Vec<Vec<Cell>>, empty: &str) -> Table {
    Table {
        caption: caption.to_owned(),
        columns: columns.iter().map(|label| Column::new(*label)).collect(),
        rows,
        empty: empty.to_owned(),
    }
}

fn people(maker: &Maker) -> String {
    let t = maker.t;
    let row = |name: &str, email: &str, role: &str| {
        vec![
            Cell::link(routes::person("k3F9"), name),
            Cell::text(email),
            Cell::text(tags::role_label(t, role)),
            Cell::text(t.t("choice-active")),
        ]
    };
    AdminListPage {
        page: admin_page(maker, t.t("admin-people")),
        lead: None,
        add: Some(Link::new(routes::NEW_PERSON, t.t("person-add"))),
        search: Some((
            routes::PEOPLE,
            Field::typed(&FormState::of([("q", "lind")]), "q", t.t("person-search"), "search"),
        )),
        table: table(
            t.t("admin-people"),
            &[t.t("field-name"), t.t("field-email"), t.t("field-roles"), t.t("field-active")],
            vec![
                row("Sara Lind", "sara.lind@example.se", "agent"),
                row("Omar Nur", "omar.nur@example.se", "groupLead"),
            ],
            t.t("person-none"),
        ),
        pager: Pager { first: None, next: Some("?cursor=abc".to_owned()) },
    }
    .render()
    .unwrap()
}

fn person(maker: &Maker) -> String {
    let t = maker.t;
    let mut state = FormState::of([("name", "Sara Lind"), ("email", "sara.lind@"), ("active", "yes")]);
    state.refuse("email", "Skriv en e-postadress, till exempel anna.ek@example.se");
    let removable = |part, id: &str| Cell::Action(forms::remove(t, routes::person("k3F9"), part, id));
    let section = |heading: &str, body| RecordSection { heading: heading.to_owned(), body };
    AdminRecordPage {
        page: Page { has_errors: true, ..admin_page(maker, "Sara Lind") },
        sections: vec![
            section("", Body::Form(forms::person(t, &state, "k3F9", 3))),
            section(
                t.t("person-roles"),
                Body::Table(table(
                    t.t("person-roles"),
                    &[t.t("field-role"), t.t("field-role-where"), t.t("admin-column-action")],
                    vec![vec![
                        Cell::text(t.t("role-agent")),
                        Cell::text(t.t("choice-everywhere")),
                        removable("removeRole", "r1"),
                    ]],
                    t.t("person-roles-none"),
                )),
            ),
            section(
                t.t("person-role-add"),
                Body::Form(forms::add_role(t, &empty(), "k3F9", organisations())),
            ),
            section(
                t.t("person-memberships"),
                Body::Table(table(
                    t.t("person-memberships"),
                    &[],
                    Vec::new(),
                    t.t("person-memberships-none"),
                )),
            ),
            section(
                t.t("person-membership-add"),
                Body::Form(forms::add_membership(t, &empty(), "k3F9", organisations())),
            ),
            section(t.t("person-password-set"), Body::Form(forms::set_password(t, &empty(), "k3F9"))),
        ],
    }
    .render()
    .unwrap()
}

fn group(maker: &Maker) -> String {
    let t = maker.t;
    let state = FormState::of([("name", "IT infrastruktur"), ("line", "2"), ("active", "yes")]);
    let members = table(
        t.t("group-members"),
        &[t.t("field-name"), t.t("field-role"), t.t("admin-column-action")],
        vec![vec![
            Cell::link(routes::person("k3F9"), "Omar Nur"),
            Cell::text(t.t("role-group-lead")),
            Cell::Action(forms::remove(t, routes::group_members("it-infrastruktur"), "removeMember", "k3F9")),
        ]],
        t.t("group-members-none"),
    );
    let section = |heading: &str, body| RecordSection { heading: heading.to_owned(), body };
    AdminRecordPage {
        page: admin_page(maker, "IT infrastruktur"),
        sections: vec![
            section("", Body::Facts(vec![Fact::text(t.t("field-line"), tags::line_label(t, "2"))])),
            section("", Body::Form(forms::group(t, &state, Some("it-infrastruktur")))),
            section(t.t("group-members"), Body::Table(members)),
            section(t.t("group-member-add"), Body::Form(forms::add_member(t, &empty(), "it-infrastruktur"))),
        ],
    }
    .render()
    .unwrap()
}

fn new_records(maker: &Maker) -> Vec<Sample> {
    let t = maker.t;
    let form = |title: &str, form| {
        WorkspaceFormPage { page: admin_page(maker, title), lead: None, form }.render().unwrap()
    };
    let catalogue = |which| forms::catalogue(t, &empty(), which, None);
    vec![
        ("admin-new-person", form(t.t("person-add"), forms::new_person(t, &empty(), organisations()))),
        (
            "admin-new-organisation",
            form(t.t("organisation-add"), forms::organisation(t, &empty(), None, organisations())),
        ),
        ("admin-new-group", form(t.t("group-add"), forms::group(t, &empty(), None))),
        ("admin-new-category", form(t.t("category-add"), catalogue(Catalogue::Category))),
        ("admin-new-service", form(t.t("service-add"), catalogue(Catalogue::Service))),
        ("admin-new-system", form(t.t("system-add"), catalogue(Catalogue::System))),
    ]
}

/// The forms of agreements and of the responsibility matrix, one of them refused.
fn agreements(maker: &Maker) -> Vec<Sample> {
    let t = maker.t;
    let form = |title: &str, form| {
        let section = RecordSection { heading: t.t("agreement-terms").to_owned(), body: Body::Form(form) };
        let has_errors = matches!(&section.body, Body::Form(form) if !form.refused().is_empty());
        let page = Page { has_errors, ..admin_page(maker, title) };
        AdminRecordPage { page, sections: vec![section] }.render().unwrap()
    };
    let options = agreement_form::Options {
        calendars: choices(&[("servicedesk", "Servicedesk")]),
        systems: systems(),
        organisations: organisations(),
        ..agreement_form::Options::default()
    };
    let mut state = FormState::of([("kind", "sla"), ("resolution-amount", "0"), ("resolution-unit", "days")]);
    state.refuse("resolution-amount", "Löftet lämnar ingen tid. Ange minst en minut eller en arbetsdag.");
    let row = matrix_form::RowOptions {
        support_levels: choices(&[("printer", "Skrivare")]),
        activities: choices(&[("repair", "Reparation")]),
        parties: choices(&[("it", "IT"), ("school", "Skolan")]),
        ..matrix_form::RowOptions::default()
    };
    let title = t.t("agreement-add");
    vec![
        ("admin-new-agreement", form(title, agreement_form::form(t, &state, None, &options, false))),
        (
            "admin-agreement-tried",
            form(title, agreement_form::form(t, &empty(), Some("bas"), &options, true)),
        ),
        ("admin-matrix-row", form(t.t("responsibility-row-add"), matrix_form::row(t, &empty(), &row, true))),
        (
            "admin-matrix-party",
            form(t.t("responsibility-party-add"), matrix_form::party(t, &empty(), None, Vec::new())),
        ),
        ("admin-matrix-word", form(t.t("responsibility-word-add"), matrix_words::word(t, &empty(), true))),
    ]
}

/// The forms of mailboxes and mail domains, one of them refused.
fn mailboxes(maker: &Maker) -> Vec<Sample> {
    let t = maker.t;
    let form = |title: &str, form| {
        let section = RecordSection { heading: t.t("mailbox-settings").to_owned(), body: Body::Form(form) };
        let has_errors = matches!(&section.body, Body::Form(form) if !form.refused().is_empty());
        let page = Page { has_errors, ..admin_page(maker, title) };
        AdminRecordPage { page, sections: vec![section] }.render().unwrap()
    };
    let options = mailbox_form::Options { desks: choices(&[("it", "IT")]), organisations: organisations() };
    let mut refused = mailbox_form::empty();
    refused.refuse("host", t.t("mailbox-wrong-host-required"));
    refused.refuse("security", t.t("mailbox-wrong-security"));
    let changed = mailbox_form::form(t, &mailbox_form::empty(), Some(("it", 3)), options.clone());
    vec![
        ("admin-new-mailbox", form(t.t("mailbox-add"), mailbox_form::form(t, &refused, None, options))),
        ("admin-mailbox-change", form(t.t("mailbox-change"), changed)),
        (
            "admin-mail-domain",
            form(t.t("mail-domain-add"), settings::domain_form(t, &empty(), organisations())),
        ),
    ]
}

fn empty_lists(maker: &Maker) -> Vec<Sample> {
    let list = |title: &str, empty: &str, add: Option<Link>| {
        let page = admin_page(maker, title);
        AdminListPage {
            page,
            lead: None,
            add,
            search: None,
            table: table(title, &[], Vec::new(), empty),
            pager: Pager::default(),
        }
        .render()
        .unwrap()
    };
    let t: &Texts = maker.t;
    vec![
        ("admin-organisations-empty", list(t.t("admin-organisations"), t.t("organisations-none"), None)),
        ("admin-groups-empty", list(t.t("admin-groups"), t.t("groups-none"), None)),
        (
            "admin-systems-empty",
            list(
                t.t("admin-systems"),
                t.t("catalogue-none"),
                Some(Link::new(routes::NEW_SYSTEM, t.t("system-add"))),
            ),
        ),
        ("admin-jobs-empty", list(t.t("admin-jobs"), t.t("jobs-none"), None)),
    ]
}

fn jobs(maker: &Maker) -> String {
    let t = maker.t;
    let columns = [
        t.t("job-kind"),
        t.t("job-failed"),
        t.t("job-attempts"),
        t.t("job-error"),
        t.t("admin-column-action"),
    ];
    AdminListPage {
        page: admin_page(maker, t.t("admin-jobs")),
        lead: Some(t.t("jobs-lead").to_owned()),
        add: None,
        search: None,
        table: table(
            t.t("admin-jobs"),
            &columns,
            vec![vec![
                Cell::text("purge_sessions"),
                Cell::Moment(maker.moment("2026-11-20T03:00:00Z")),
                Cell::Number("8".to_owned()),
                Cell::text("database is locked"),
                Cell::Action(forms::retry_job(t, "j9")),
            ]],
            t.t("jobs-none"),
        ),
        pager: Pager::default(),
    }
    .render()
    .unwrap()
}

fn import(maker: &Maker) -> String {
    let t = maker.t;
    let runs = table(
        t.t("import-runs"),
        &[t.t("import-file"), t.t("column-opened"), t.t("report-tickets")],
        vec![vec![
            Cell::link(routes::import_run("i1"), "historik.csv"),
            Cell::Moment(maker.moment("2026-11-19T08:00:00Z")),
            Cell::Number("25 862".to_owned()),
        ]],
        t.t("import-runs-none"),
    );
    AdminRecordPage {
        page: admin_page(maker, t.t("admin-import")),
        sections: vec![
            RecordSection {
                heading: String::new(),
                body: Body::Form(forms::import(t, &FormState::of([("mode", "check")]))),
            },
            RecordSection { heading: t.t("import-runs").to_owned(), body: Body::Table(runs) },
        ],
    }
    .render()
    .unwrap()
}

/// How an import stands.
enum Run {
    Reading,
    Refused,
    Done,
}

fn import_run(maker: &Maker, run: &Run) -> String {
    let t = maker.t;
    let errors = table(
        t.t("import-refused-rows"),
        &[t.t("import-row"), t.t("import-column"), t.t("import-reason")],
        vec![vec![
            Cell::text("17"),
            Cell::text("openedAt"),
            Cell::text(import_view::fault(t, RowErrorCode::NotAnInstant, "i går")),
        ]],
        "",
    );
    let (state, progress, errors) = match run {
        Run::Reading => (t.t("import-running").to_owned(), Some((12_400, Some(25_862))), None),
        Run::Refused => (t.t1("import-refused", "count", 1_i64), None, Some(errors)),
        Run::Done => (t.t1("import-done", "count", 25_862_i64), None, None),
    };
    ImportRunPage {
        page: admin_page(maker, &t.t1("import-run-title", "file", "historik.csv")),
        state,
        progress,
        stay: matches!(run, Run::Reading).then(|| Link::new("?refresh=off", t.t("import-refresh-off"))),
        facts: vec![Fact::text(t.t("import-created"), "Laxå kommun")],
        errors,
    }
    .render()
    .unwrap()
}
