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
use crate::web::workspace::view::{ResolutionPage, ResolutionView};

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
