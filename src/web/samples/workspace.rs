use askama::Template;

use super::{Maker, Sample, choices, empty, organisations, systems};
use crate::i18n::format;
use crate::web::chart::{self, Series};
use crate::web::components::{
    Cell, Column, EventView, Fact, FileView, MessageKind, MessageView, Pager, Table,
};
use crate::web::form::{Form, FormState};
use crate::web::page::{Banner, BannerKind, Link, Page, Section};
use crate::web::pages::{Conflict, ConflictPage, WorkspaceFormPage};
use crate::web::workspace::api_docs::ApiDocsPage;
use crate::web::workspace::forms::{self, TicketChoices};
use crate::web::workspace::view::{
    BulkBar, CallPage, Caller, FoundPerson, QueuePage, ResolutionPage, SearchPage, ShortcutsPage, TicketLink,
    TicketPage, TicketRow, TimelineItem, ViewGroup, ViewLink, shortcuts,
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
            let form = forms::facts(t, &FormState::of(values), "INC-1039", 7, ticket_choices());
            let page = maker.page(&t.t1("ticket-edit-title", "number", "INC-1039"), Section::Queues);
            WorkspaceFormPage { page, lead: None, form }.render().unwrap()
        }),
        ("conflict", conflict(maker)),
        ("call-search", call(maker, false)),
        ("call", call(maker, true)),
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
        ("api-docs", api_docs(maker)),
    ]
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
        Column::new(t.t("column-owner")),
        Column::new(t.t("column-organisation")),
        Column::new(t.t("column-channel")),
        sorting(t.t("column-opened"), "openedAt", None),
        sorting(t.t("column-updated"), "updatedAt", None),
    ]
}

pub(super) fn rows(maker: &Maker) -> Vec<TicketRow<'static>> {
    [
        ("INC-1042", "Journalsystem nere, hemtjänst", 1, "new", "Servicedesk", "Hallsbergs kommun", "phone"),
        (
            "INC-1039",
            "E-posten startar inte",
            2,
            "inProgress",
            "Servicedesk / Sara Lind",
            "Kumla kommun",
            "portal",
        ),
        (
            "REQ-311",
            "Konto för inhyrd vikarie",
            3,
            "waiting",
            "Andra linjen / Omar Nur",
            "Laxå kommun",
            "email",
        ),
        ("INC-1031", "Skrivare svarar inte", 3, "assigned", "Leverantör skrivare", "Kumla kommun", "alarm"),
        ("REQ-298", "Ny bildskärm, plan 3", 4, "new", "Servicedesk", "Askersunds kommun", "portal"),
    ]
    .into_iter()
    .map(|(number, subject, priority, status, owner, organisation, channel)| TicketRow {
        href: routes::ticket(number),
        number: number.to_owned(),
        subject: subject.to_owned(),
        priority: tags::priority(maker.t, priority),
        status: tags::status(maker.t, status),
        owner: owner.to_owned(),
        organisation: organisation.to_owned(),
        channel: tags::channel_label(maker.t, channel),
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

fn groups() -> Vec<crate::web::form::Choice> {
    choices(&[("servicedesk", "Servicedesk"), ("it-infrastruktur", "IT infrastruktur")])
}

fn persons() -> Vec<crate::web::form::Choice> {
    choices(&[("k3F9", "Sara Lind"), ("p7Qa", "Omar Nur")])
}

fn ticket_choices() -> TicketChoices {
    TicketChoices {
        groups: groups(),
        escalation_groups: choices(&[("it-infrastruktur", "IT infrastruktur")]),
        persons: persons(),
        categories: choices(&[("e-post", "E-post")]),
        services: choices(&[("e-post", "E-post")]),
        systems: systems(),
    }
}

fn timeline(maker: &Maker) -> Vec<TimelineItem> {
    let t = maker.t;
    let message = |id: &str, kind, author: &str, how: &str, at: &str, body: &str, files| {
        TimelineItem::Message(MessageView {
            id: id.to_owned(),
            kind,
            author: author.to_owned(),
            how: how.to_owned(),
            at: maker.moment(at),
            body: body.to_owned(),
            files,
        })
    };
    let event = |at: &str, who: &str, what: &str, why: Option<&str>| EventView {
        at: maker.moment(at),
        who: who.to_owned(),
        what: what.to_owned(),
        why: why.map(str::to_owned),
    };
    let picture = FileView::new(t.locale(), routes::attachment("k3F9"), "skarm.png".to_owned(), 214_000);
    vec![
        message(
            "m1",
            MessageKind::Incoming,
            "Anna Ek",
            "via webb",
            "2026-11-20T08:30:00Z",
            "Outlook startar inte sedan i morse. Felkod 0x80040154.\n<script>alert(1)</script>",
            vec![picture],
        ),
        message(
            "m2",
            MessageKind::Outgoing,
            "Sara Lind",
            "svar",
            "2026-11-20T08:41:00Z",
            "Hej! Kan du starta om?",
            vec![],
        ),
        TimelineItem::Events {
            label: t.t1("ticket-events", "count", 2_usize),
            events: vec![
                event("2026-11-20T08:42:00Z", "Sara Lind", "tog ärendet", None),
                event(
                    "2026-11-20T12:57:00Z",
                    "Sara Lind",
                    "lämnade över till IT arbetsplats",
                    Some("Kräver besök."),
                ),
            ],
        },
        message(
            "m3",
            MessageKind::Note,
            "Omar Nur",
            "",
            "2026-11-20T12:58:00Z",
            "Cachen är full, se KB-88.",
            vec![],
        ),
    ]
}

fn ticket(maker: &Maker, refused: bool) -> String {
    let t = maker.t;
    let mut state = FormState::default();
    if refused {
        state.refuse("reason", "Skriv varför du lämnar över ärendet");
    }
    let action = |name: &'static str| {
        forms::action(t, name, "INC-1039", 7, &ticket_choices(), (name == "escalate").then_some(&state))
    };
    TicketPage {
        page: Page {
            back: Some(Link::new(routes::queue("servicedesk"), "Servicedesk")),
            has_errors: refused,
            path: routes::ticket("INC-1039"),
            ..maker.page("INC-1039 E-posten startar inte", Section::Queues)
        },
        kind: tags::kind_label(t, "incident").to_owned(),
        status: tags::status(t, "inProgress").into(),
        priority: tags::priority(t, 2).into(),
        changed: refused.then(|| "Ändrat sedan du öppnade: ansvarig, av Omar Nur 14.02.".to_owned()),
        timeline: timeline(maker),
        facts: vec![
            Fact {
                note: Some("Omsorg, 0123-45 61 22".to_owned()),
                ..Fact::new(
                    t.t("role-requester"),
                    Cell::link("/workspace/search?q=Anna", "Anna Ek, Kumla kommun"),
                )
            },
            Fact::text(t.t("column-owner"), "Servicedesk / Sara Lind"),
            Fact::text(t.t("field-line"), tags::line_label(t, "1")),
            Fact::new(t.t("field-status"), Cell::Tag(tags::status(t, "inProgress").into())),
            Fact::text(t.t("field-impact"), format!("2 {}", tags::impact_label(t, 2))),
            Fact::text(t.t("field-urgency"), format!("2 {}", tags::urgency_label(t, 2))),
            Fact::text(t.t("field-system"), "Microsoft 365"),
            Fact::new(t.t("column-opened"), Cell::Moment(maker.moment("2026-11-20T08:30:00Z"))),
        ],
        edit_href: Some(routes::ticket_facts("INC-1039")),
        actions: [
            "take", "assign", "escalate", "return", "wait", "resume", "resolve", "close", "reopen", "cancel",
        ]
        .into_iter()
        .map(action)
        .collect(),
        reply: Some(forms::reply(t, &empty(), "INC-1039", 7, "Anna Ek")),
        note: Some(forms::note(t, &empty(), "INC-1039", 7)),
        links: vec![TicketLink {
            relation: "Samma fel som".to_owned(),
            href: routes::ticket("INC-1031"),
            number: "INC-1031".to_owned(),
            subject: "Outlook hänger sig".to_owned(),
            status: tags::status(t, "resolved").into(),
        }],
        link_form: Some(forms::link(t, &empty(), "INC-1039", choices(&[("same", "Samma fel som")]))),
        files: vec![FileView::new(t.locale(), routes::attachment("k3F9"), "skarm.png".to_owned(), 214_000)],
    }
    .render()
    .unwrap()
}

fn conflict(maker: &Maker) -> String {
    let t = maker.t;
    let lead = t.tr(
        "conflict-lead",
        &[("who", crate::i18n::Arg::Text("Sara Lind")), ("when", crate::i18n::Arg::Text("i dag 14.02"))],
    );
    ConflictPage {
        page: maker.page(t.t("conflict-title"), Section::Queues),
        lead,
        conflicts: vec![Conflict {
            name: "system".to_owned(),
            label: t.t("field-system").to_owned(),
            yours: ("microsoft-365".to_owned(), "Microsoft 365".to_owned()),
            now: ("verksamhetssystem-omsorg".to_owned(), "Verksamhetssystem omsorg".to_owned()),
        }],
        form: Form::new("conflict", routes::ticket_facts("INC-1039"), t.t("conflict-save"))
            .fields(vec![crate::web::form::Field::hidden("subject", "E-posten startar inte")])
            .version(8)
            .cancel(Link::new(routes::ticket("INC-1039"), t.t("form-cancel"))),
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
        form: picked.then(|| forms::call(t, &state, "k3F9", ticket_choices())),
    }
    .render()
    .unwrap()
}

fn search(maker: &Maker) -> String {
    SearchPage {
        page: maker.page(maker.t.t("search-title"), Section::Queues),
        fields: forms::search(maker.t, &FormState::of([("q", "e-post")]), organisations()),
        rows: Some(rows(maker)),
        columns: columns(maker),
        pager: Pager::default(),
    }
    .render()
    .unwrap()
}

fn resolution(maker: &Maker, years: usize) -> String {
    let t = maker.t;
    let shares: [(&str, [i64; 6]); 5] = [
        (t.t("report-within-1h"), [380, 402, 431, 446, 470, 490]),
        (t.t("report-within-2h"), [451, 470, 503, 512, 530, 551]),
        (t.t("report-within-1d"), [620, 640, 672, 690, 701, 722]),
        (t.t("report-within-3d"), [760, 771, 800, 812, 820, 834]),
        (t.t("report-within-1w"), [860, 868, 881, 890, 902, 910]),
    ];
    let periods: Vec<String> = (2021..).take(years).map(|year| year.to_string()).collect();
    let write = |tenths| format::percent(t.locale(), tenths);
    let series: Vec<Series> = shares
        .iter()
        .map(|(name, values)| Series {
            name: (*name).to_owned(),
            values: values.iter().take(years).copied().map(Some).collect(),
        })
        .collect();
    let mut columns = vec![Column::new(t.t("report-period")), Column::number(t.t("report-tickets"))];
    columns.extend(shares.iter().map(|(name, _)| Column::number(*name)));
    let rows = periods
        .iter()
        .enumerate()
        .map(|(at, period)| {
            let mut cells = vec![Cell::text(period), Cell::Number(format::number(t.locale(), 25_862))];
            cells.extend(shares.iter().map(|(_, values)| Cell::Number(write(values[at]))));
            cells
        })
        .collect();
    let finding = if years == 0 {
        t.t("report-none").to_owned()
    } else {
        t.tr(
            "report-finding",
            &[("share", crate::i18n::Arg::Text("49 %")), ("period", crate::i18n::Arg::Text("2026"))],
        )
    };
    let state = FormState::of([("from", "2021-01-01"), ("to", "2026-12-31"), ("by", "year")]);
    ResolutionPage {
        page: maker.page(t.t("report-title"), Section::Reports),
        fields: forms::resolution(t, &state, organisations()),
        finding,
        chart: chart::shares(&periods, &series, None, write),
        table: Table {
            caption: t.t("report-caption").to_owned(),
            columns,
            rows,
            empty: t.t("report-none").to_owned(),
        },
        downloads: vec![
            Link::new(routes::with_query(routes::API_RESOLUTION_REPORT, &[("format", "csv")]), "CSV"),
            Link::new(routes::API_RESOLUTION_REPORT, "JSON"),
        ],
        definition: t.t("report-definition").to_owned(),
    }
    .render()
    .unwrap()
}

fn api_docs(maker: &Maker) -> String {
    let document = serde_json::json!({
        "info": { "title": "Ärende", "version": "1.0.0", "description": "The service desk as an API." },
        "tags": [{ "name": "tickets", "description": "Incidents and service requests." }],
        "paths": {
            "/tickets": {
                "get": {
                    "tags": ["tickets"], "operationId": "list_tickets", "summary": "Lists tickets",
                    "parameters": [{ "$ref": "#/components/parameters/limit" }],
                    "responses": {
                        "200": { "description": "A page", "content": { "application/json": {
                            "schema": { "type": "array", "items": { "$ref": "#/components/schemas/Ticket" } } } } },
                        "400": { "description": "Bad query" }
                    }
                },
                "post": {
                    "tags": ["tickets"], "operationId": "create_ticket", "summary": "Files a ticket",
                    "requestBody": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Ticket" } } } },
                    "responses": { "201": { "description": "Filed" } }
                }
            }
        },
        "components": {
            "parameters": { "limit": { "name": "limit", "in": "query", "schema": { "type": "integer", "format": "int32" } } },
            "schemas": { "Ticket": {
                "type": "object", "description": "A ticket.", "required": ["number"],
                "properties": {
                    "number": { "type": "string", "description": "Human number" },
                    "closedAt": { "type": ["string", "null"], "format": "date-time" },
                    "kind": { "enum": ["incident", "request"] }
                } } }
        }
    });
    ApiDocsPage::new(maker.page(maker.t.t("api-title"), Section::None), &document).render().unwrap()
}
