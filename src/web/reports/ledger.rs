//! The ledgers of the tickets resolved in a period: time by line and group, bounces, and what the first line
//! solved or could have.

use crate::app::AppError;
use crate::app::ledger_report::{LedgerQuery, LedgerReport};
use crate::domain::access::Permission;
use crate::domain::clock::{Instant, MICROS_PER_MINUTE};
use crate::domain::people::Directory;
use crate::domain::report::{Held, LedgerFigures, Permille};
use crate::domain::sla::stockholm;
use crate::i18n::{Arg, Texts, format};
use crate::web::components::{Cell, Column, Table};
use crate::web::form::{Field, FormState};
use crate::web::page::{Link, Section};
use crate::web::site::{SiteError, Staff, error_text, get, html, html_with};
use crate::web::workspace::forms;
use crate::web::workspace::view::FiguresPage;
use crate::web::{routes, tags};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{self, Query, ServiceConfig};
use jiff::ToSpan as _;

use super::resolution::organisations;

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(web::resource(routes::LEDGER_REPORT).route(get().to(show)));
}

/// What is asked for; the last thirty days when nothing is.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(default)]
struct Asked {
    from: String,
    to: String,
    organisation: String,
}

impl Asked {
    fn filled(self, now: Instant) -> Self {
        if !self.from.is_empty() || !self.to.is_empty() {
            return self;
        }
        let today = stockholm().to_datetime(now.to_timestamp()).date();
        Self { from: today.saturating_sub(30.days()).to_string(), to: today.to_string(), ..self }
    }
}

async fn show(who: Staff, asked: Query<Asked>) -> Result<HttpResponse, SiteError> {
    who.need(Permission::ReportView)?;
    let (app, t) = (who.app(), who.texts());
    let asked = asked.into_inner().filled(app.now());
    let directory = app.directory().await?;
    let choices = organisations(&who, &directory);
    let mut state =
        FormState::of([("from", &asked.from), ("to", &asked.to), ("organisation", &asked.organisation)]);
    let query = LedgerQuery {
        from: asked.from.clone(),
        to: asked.to.clone(),
        organisation: Some(asked.organisation.clone()),
    };
    let mut page = who.page(t.t("ledger-report-title"), Section::Reports);
    page.back = Some(Link::new(routes::RESOLUTION_REPORT, t.t("report-title")));
    let figures = |page, fields: Vec<Field>, findings, tables| FiguresPage {
        page,
        choices: (routes::LEDGER_REPORT, fields),
        findings,
        tables,
        definition: t.t("ledger-report-definition").to_owned(),
    };
    match app.ledger_report(&who.cx(), &query).await {
        Ok(report) => {
            let fields = forms::ledger_report(t, &state, choices);
            let tables = vec![lines(t, &report), groups(t, &directory, &report)];
            html(&figures(page, fields, findings(t, &report.figures), tables))
        }
        Err(AppError::Invalid(errors)) => {
            page.has_errors = true;
            for error in &errors {
                state.refuse(error.field.as_ref(), error_text(t, &error.field, error));
            }
            let fields = forms::ledger_report(t, &state, choices);
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &figures(page, fields, Vec::new(), Vec::new()))
        }
        Err(error) => Err(error.into()),
    }
}

fn whole(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn findings(t: &Texts, figures: &LedgerFigures) -> Vec<String> {
    if figures.tickets == 0 {
        return vec![t.t("report-none").to_owned()];
    }
    let number = |number: u64| format::number(t.locale(), whole(number));
    let percent = |share: Option<Permille>| {
        share.map_or_else(|| "–".to_owned(), |share| format::percent(t.locale(), i64::from(share.tenths())))
    };
    let told = |key: &'static str, first: String, second: String, third: String| {
        let args =
            [("first", Arg::Text(&first)), ("second", Arg::Text(&second)), ("third", Arg::Text(&third))];
        t.tr(key, &args)
    };
    let mut findings = vec![
        told(
            "ledger-report-first-line",
            number(figures.first_line),
            number(figures.tickets),
            percent(figures.first_line_share()),
        ),
        told(
            "ledger-report-bounces",
            number(figures.hand_overs),
            number(figures.bounces),
            number(figures.bounced),
        ),
    ];
    if figures.reviewed > 0 {
        findings.push(told(
            "ledger-report-could-have",
            number(figures.could_have),
            number(figures.reviewed),
            percent(figures.could_have_share()),
        ));
    } else if figures.beyond > 0 {
        findings.push(t.t("ledger-report-not-reviewed").to_owned());
    }
    findings
}

fn lines(t: &Texts, report: &LedgerReport) -> Table {
    let figures = &report.figures;
    let rows = figures
        .lines
        .iter()
        .map(|(line, held)| row(t, tags::line_label(t, line.as_text()), held, figures.whole.working_micros));
    table(t, "ledger-report-lines", "field-line", rows.collect())
}

fn groups(t: &Texts, directory: &Directory, report: &LedgerReport) -> Table {
    let figures = &report.figures;
    let rows = figures.groups.iter().map(|(id, held)| {
        let name = directory.group(*id).map_or("–", |group| group.name.as_str());
        row(t, name, held, figures.whole.working_micros)
    });
    table(t, "ledger-report-groups", "field-group", rows.collect())
}

fn row(t: &Texts, name: &str, held: &Held, all: i64) -> Vec<Cell> {
    let Held { tickets, elapsed_micros, working_micros } = *held;
    let part = |micros: i64| u64::try_from(micros).unwrap_or(0);
    let share = Permille::of(part(working_micros), part(all)).map_or_else(
        || "–".to_owned(),
        |share| format::percent_with_decimal(t.locale(), i64::from(share.tenths())),
    );
    let mean = |micros: i64| micros / MICROS_PER_MINUTE / whole(tickets).max(1);
    vec![
        Cell::text(name),
        Cell::Number(format::number(t.locale(), whole(tickets))),
        Cell::Number(format::duration(t.locale(), mean(elapsed_micros))),
        Cell::Number(format::hours(t.locale(), mean(working_micros))),
        Cell::Number(share),
    ]
}

fn table(t: &Texts, caption: &'static str, first: &'static str, rows: Vec<Vec<Cell>>) -> Table {
    Table {
        caption: t.t(caption).to_owned(),
        columns: vec![
            Column::new(t.t(first)),
            Column::number(t.t("report-tickets")),
            Column::number(t.t("ledger-report-elapsed")),
            Column::number(t.t("ledger-report-working")),
            Column::number(t.t("ledger-report-share")),
        ],
        rows,
        empty: t.t("report-none").to_owned(),
    }
}
