use askama::Template;

use super::report::{api_docs, ledger_report, load, resolution};
use super::ticket::{conflict, groups, persons, ticket, ticket_choices};
use super::{Maker, Sample, empty, organisations};
use crate::domain::ticket::{Channel, Status};
use crate::i18n::format;
use crate::web::components::{Cell, Column, Pager, Table};
use crate::web::concerns::Concerns;
use crate::web::form::FormState;
use crate::web::page::{Banner, BannerKind, Link, Page, Section};
use crate::web::pages::WorkspaceFormPage;
use crate::web::workspace::forms;
use crate::web::workspace::view::DueCell;
use crate::web::workspace::view::{
    BulkBar, CallPage, Caller, FoundPerson, QueuePage, ReviewsPage, SearchPage, ShortcutsPage, TicketRow,
    ViewGroup, ViewLink, shortcuts,
};
use crate::web::{routes, tags};

pub(super) fn samples(maker: &Maker) -> Vec<Sample> {
    let t = maker.t;
    vec![
        ("queue", queue(maker, rows(maker), false)),
        ("queue-filtered", queue(maker, rows(maker), true)),
        ("queue-empty", queue(maker, Vec::new(), false)),
        ("ticket", ticket(maker, false)),
        ("ticket-refused", ticket(maker, true)),
        ("ticket-facts", {
            let values = [("subject", "E-posten startar inte"), ("impact", "2"), ("urgency", "2")];
            let state = FormState::of(values);
            let form = forms::facts(t, &state, &state, "INC-1039", 7, ticket_choices(), Concerns::default());
            let page = maker.page(&t.t1("ticket-edit-title", "number", "INC-1039"), Section::Queues);
            WorkspaceFormPage { page, lead: None, form }.render().unwrap()
        }),
        ("conflict", conflict(maker)),
        ("call-search", call(maker, false)),
        ("call", call(maker, true)),
        ("reviews", reviews(maker)),
        ("search", search(maker)),
        ("resolution", resolution(maker, 6)),
        ("resolution-one", resolution(maker, 1)),
        ("resolution-empty", resolution(maker, 0)),
        (
            "shortcuts",
            ShortcutsPage { page: maker.page(t.t("nav-shortcuts"), Section::None), shortcuts: shortcuts(t) }
                .render()
                .unwrap(),
        ),
        ("load", load(maker)),
        ("ledger-report", ledger_report(maker, false)),
        ("ledger-report-refused", ledger_report(maker, true)),
        ("api-docs", api_docs(maker)),
    ]
}

fn reviews(maker: &Maker) -> String {
    let t = maker.t;
    let labels =
        ["column-ticket", "reviews-solved-by", "field-category", "ticket-resolved-at", "reviews-judged"];
    ReviewsPage {
        page: maker.page(t.t("reviews-title"), Section::Queues),
        lead: t.t1("reviews-lead", "days", 30_i64),
        table: Table {
            caption: t.t("reviews-caption").to_owned(),
            columns: labels.map(|key| Column::new(t.t(key))).to_vec(),
            rows: vec![vec![
                Cell::link(routes::ticket("INC-1031"), "INC-1031 Skrivare svarar inte"),
                Cell::text("Leverantör skrivare"),
                Cell::text("Skrivare"),
                Cell::Moment(maker.moment("2026-11-19T08:30:00Z")),
                Cell::text(t.t("reviews-not-yet")),
            ]],
            empty: t.t("reviews-empty").to_owned(),
        },
        pager: Pager::default(),
    }
    .render()
    .unwrap()
}

fn columns(maker: &Maker) -> Vec<Column> {
    let t = maker.t;
    let sorting = |label: &str, sort: &str, sorted| Column {
        sort: Some(format!("/workspace/queues/servicedesk?sort={sort}")),
        sorted,
        ..Column::new(label)
    };
    vec![
        sorting(t.t("column-priority"), "priority", Some("ascending")),
        Column::new(t.t("column-ticket")),
        Column::new(t.t("column-status")),
        sorting(t.t("column-due"), "dueAt", None),
        Column::new(t.t("column-owner")),
        Column::new(t.t("column-organisation")),
        Column::new(t.t("column-channel")),
        sorting(t.t("column-opened"), "openedAt", None),
        sorting(t.t("column-updated"), "updatedAt", None),
    ]
}

pub(super) fn rows(maker: &Maker) -> Vec<TicketRow<'static>> {
    [
        (
            "INC-1042",
            "Journalsystem nere, hemtjänst",
            1,
            Status::New,
            "Servicedesk",
            "Hallsbergs kommun",
            Channel::Phone,
        ),
        (
            "INC-1039",
            "E-posten startar inte",
            2,
            Status::InProgress,
            "Servicedesk / Sara Lind",
            "Kumla kommun",
            Channel::Portal,
        ),
        (
            "REQ-311",
            "Konto för inhyrd vikarie",
            3,
            Status::Waiting,
            "Andra linjen / Omar Nur",
            "Laxå kommun",
            Channel::Email,
        ),
        (
            "INC-1031",
            "Skrivare svarar inte",
            3,
            Status::Assigned,
            "Leverantör skrivare",
            "Kumla kommun",
            Channel::Alarm,
        ),
        (
            "REQ-298",
            "Ny bildskärm, plan 3",
            4,
            Status::New,
            "Servicedesk",
            "Askersunds kommun",
            Channel::Portal,
        ),
    ]
    .into_iter()
    .map(|(number, subject, priority, status, owner, organisation, channel)| TicketRow {
        number,
        subject,
        priority: tags::priority(maker.t, priority),
        status: tags::status(maker.t, status),
        group: owner.split(" / ").next().unwrap(),
        person: owner.split(" / ").nth(1),
        organisation,
        channel: tags::channel_label(maker.t, channel),
        due: (status != Status::Waiting).then(|| DueCell {
            at: maker.moment("2026-11-20T14:10:00Z"),
            left: maker.t.t1("due-left", "time", "1 tim 8 min"),
            is_late: false,
        }),
        opened: maker.moment("2026-11-19T08:30:00Z"),
        updated: maker.moment("2026-11-20T13:02:00Z"),
    })
    .collect()
}

fn views(maker: &Maker) -> Vec<ViewGroup> {
    let t = maker.t;
    let view = |code: &str, label: &str, count, current| ViewLink {
        href: routes::queue(code),
        code: code.to_owned(),
        label: label.to_owned(),
        count: format::number(t.locale(), count),
        current,
    };
    vec![
        ViewGroup {
            label: t.t("queue-group-mine").to_owned(),
            views: vec![
                view("mine", t.t("queue-mine"), 11, false),
                view("unassigned", t.t("queue-unassigned"), 6, false),
                view("waiting", t.t("queue-waiting"), 2, false),
                view("all", t.t("queue-all"), 4_812, false),
            ],
        },
        ViewGroup {
            label: t.t("queue-group-groups").to_owned(),
            views: vec![
                view("servicedesk", "Servicedesk", 48, true),
                view("it-arbetsplats", "IT arbetsplats", 31, false),
            ],
        },
    ]
}

pub(super) fn queue(maker: &Maker, rows: Vec<TicketRow<'static>>, filtered: bool) -> String {
    let t = maker.t;
    let state = if filtered { FormState::of([("status", "new")]) } else { empty() };
    let banner = filtered.then(|| Banner {
        details: vec!["INC-1031: Ärendet är redan stängt.".to_owned()],
        ..Banner::new(BannerKind::Warning, "7 av 9 ärenden ändrades.")
    });
    let empty_link = filtered.then(|| Link::new(routes::queue("servicedesk"), t.t("queue-filter-clear")));
    QueuePage {
        page: Page {
            banner,
            path: routes::queue("servicedesk"),
            ..maker.page("Servicedesk", Section::Queues)
        },
        count: t.t1("queue-count", "count", 48_usize),
        groups: views(maker),
        filters: forms::queue_filters(t, &state, organisations()),
        path: routes::queue("servicedesk"),
        chips: if filtered {
            vec![Link::new(
                routes::queue("servicedesk"),
                format!("{}: {}", t.t("field-status"), t.t("status-new")),
            )]
        } else {
            Vec::new()
        },
        columns: columns(maker),
        rows,
        empty: if filtered { t.t("queue-no-match") } else { t.t("queue-empty") }.to_owned(),
        empty_link,
        pager: Pager { first: Some("?".to_owned()), next: Some("?cursor=abc".to_owned()) },
        bulk: Some(BulkBar {
            targets: forms::bulk_targets(t, groups(), persons()),
            next: routes::queue("servicedesk"),
        }),
        updated: maker.moment("2026-11-20T13:05:12Z"),
    }
    .render()
    .unwrap()
}

fn call(maker: &Maker, picked: bool) -> String {
    let t = maker.t;
    let person = |name: &str, details: &str| FoundPerson {
        href: routes::with_query(routes::NEW_CALL, &[("person", "k3F9")]),
        name: name.to_owned(),
        details: details.to_owned(),
    };
    let state = FormState::of([("kind", "incident"), ("impact", "3"), ("urgency", "2")]);
    CallPage {
        page: maker.page(t.t("call-title"), Section::Queues),
        query: "ek anna".to_owned(),
        found: (!picked).then(|| {
            vec![
                person("Anna Ek", "Kumla kommun, Omsorg, 0123-45 61 22"),
                person("Anna Ekström", "Laxå kommun, Skola"),
            ]
        }),
        caller: picked.then(|| Caller {
            name: "Anna Ek".to_owned(),
            details: "Kumla kommun, Omsorg, 0123-45 61 22, anna.ek@example.se".to_owned(),
            change_href: routes::NEW_CALL.to_owned(),
            open: vec![Link::new(routes::ticket("INC-1039"), "INC-1039 E-posten startar inte")],
        }),
        new_contact_href: (!picked).then(|| routes::NEW_CONTACT.to_owned()),
        form: picked.then(|| forms::call(t, &state, "k3F9", ticket_choices(), Concerns::default())),
    }
    .render()
    .unwrap()
}

fn search(maker: &Maker) -> String {
    SearchPage {
        page: maker.page(maker.t.t("search-title"), Section::Queues),
        fields: forms::search(maker.t, &FormState::of([("q", "e-post")]), organisations()),
        people: vec![FoundPerson {
            href: routes::with_query(routes::SEARCH, &[("requester", "k3F9")]),
            name: "Anna Ek".to_owned(),
            details: "Kumla kommun, anna.ek@example.se".to_owned(),
        }],
        rows: Some(rows(maker)),
        columns: columns(maker),
        pager: Pager::default(),
    }
    .render()
    .unwrap()
}
