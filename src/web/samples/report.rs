use askama::Template;

use super::{Maker, organisations};
use crate::i18n::format;
use crate::web::chart::{self, Series};
use crate::web::components::{Cell, Column, Table};
use crate::web::form::FormState;
use crate::web::page::{Link, Section};
use crate::web::routes;
use crate::web::workspace::api_docs::{ApiDocsPage, ProblemDoc};
use crate::web::workspace::forms;
use crate::web::workspace::view::{FiguresPage, ResolutionPage, ResolutionView};

pub(super) fn resolution(maker: &Maker, years: usize) -> String {
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
            cells.extend(
                shares
                    .iter()
                    .map(|(_, values)| Cell::Number(format::percent_with_decimal(t.locale(), values[at]))),
            );
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
    let view = ResolutionView {
        fields: forms::resolution(t, &state, organisations()),
        finding,
        chart: chart::shares(&periods, &series, None, write),
        table: Table {
            caption: t.t("report-caption").to_owned(),
            columns,
            rows,
            empty: t.t("report-none").to_owned(),
        },
        downloads: vec![Link::new(routes::RESOLUTION_CSV, "CSV"), Link::new(routes::RESOLUTION_JSON, "JSON")],
        definition: t.t("report-definition").to_owned(),
    };
    let page = maker.page(t.t("report-title"), Section::Reports);
    ResolutionPage { page, view }.render().unwrap()
}

pub(super) fn api_docs(maker: &Maker) -> String {
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
    let problems = vec![ProblemDoc { code: "notFound", status: 404, title: "Finns inte".to_owned() }];
    let page = maker.page(maker.t.t("api-title"), Section::None);
    ApiDocsPage::new(page, &document, problems).render().unwrap()
}

/// The load of two groups.
pub(super) fn load(maker: &Maker) -> String {
    let t = maker.t;
    let queue = routes::queue("servicedesk");
    let keys = ["load-open", "load-overdue", "load-due-today", "load-waiting"];
    let mut columns = vec![Column::new(t.t("field-group"))];
    columns.extend(keys.iter().map(|key| Column::number(t.t(key))));
    columns.push(Column::new(t.t("load-oldest")));
    let row = |name: &str, counts: [i64; 4], oldest: Cell| {
        let mut cells = vec![Cell::link(&queue, name)];
        cells.extend(counts.iter().map(|count| match count {
            0 => Cell::Number("0".to_owned()),
            _ => Cell::link(&queue, format::number(t.locale(), *count)),
        }));
        cells.push(oldest);
        cells
    };
    let rows = vec![
        row("Servicedesk", [1_205, 14, 31, 210], Cell::Moment(maker.moment("2026-08-17T08:14:00Z"))),
        row("Nätverk", [0; 4], Cell::text("–")),
    ];
    let empty = t.t("load-empty").to_owned();
    let groups = Table { caption: t.t("load-groups").to_owned(), columns, rows, empty };
    let nobody = t.t("load-nobody").to_owned();
    let people = Table {
        caption: t.t("load-people").to_owned(),
        columns: Vec::new(),
        rows: Vec::new(),
        empty: nobody,
    };
    FiguresPage {
        choices: (routes::LOAD, Vec::new()),
        findings: Vec::new(),
        tables: vec![groups, people],
        definition: t.t1("load-definition", "at", "14.05"),
        page: maker.page(t.t("load-title"), Section::Queues),
    }
    .render()
    .unwrap()
}

/// The hand-over figures, or what is wrong with the period asked for.
pub(super) fn ledger_report(maker: &Maker, is_refused: bool) -> String {
    let t = maker.t;
    let mut state = FormState::of([("from", "2026-10-21"), ("to", "2026-11-20")]);
    let mut page = maker.page(t.t("ledger-report-title"), Section::Reports);
    page.back = Some(Link::new(routes::RESOLUTION_REPORT, t.t("report-title")));
    let mut tables = Vec::new();
    if is_refused {
        page.has_errors = true;
        state.refuse("to", t.t("error-out-of-range"));
    } else {
        let columns = ["field-line", "report-tickets", "ledger-report-elapsed"];
        let columns = columns.iter().map(|key| Column::number(t.t(key))).collect();
        let rows = vec![vec![
            Cell::text("1"),
            Cell::Number(format::number(t.locale(), 2_155)),
            Cell::Number(format::duration(t.locale(), 215)),
        ]];
        let empty = t.t("report-none").to_owned();
        tables.push(Table { caption: t.t("ledger-report-lines").to_owned(), columns, rows, empty });
    }
    FiguresPage {
        choices: (routes::LEDGER_REPORT, forms::ledger_report(t, &state, organisations())),
        findings: if is_refused { Vec::new() } else { vec![t.t("ledger-report-not-reviewed").to_owned()] },
        tables,
        definition: t.t("ledger-report-definition").to_owned(),
        page,
    }
    .render()
    .unwrap()
}
