//! The resolution table: as a page with a chart, and as files. Staff see it in the workspace, those who
//! only read figures in the portal's surroundings.

use crate::app::AppError;
use crate::app::reports::ResolutionQuery;
use crate::domain::access::{self, Permission, Relation, Relations};
use crate::domain::clock::Instant;
use crate::domain::people::Directory;
use crate::domain::report::{Permille, ResolutionReport, ResolutionRow};
use crate::domain::sla::stockholm;
use crate::i18n::{Arg, Texts, format};
use crate::web::chart::{self, Chart, Series};
use crate::web::components::{Cell, Column, Table};
use crate::web::form::{Choice, FormState};
use crate::web::page::{Link, Page, Section};
use crate::web::routes;
use crate::web::site::{SignedIn, SiteError, error_text, get, html, html_with};
use crate::web::workspace::forms;
use crate::web::workspace::view::{ResolutionOutsidePage, ResolutionPage, ResolutionView};
use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use actix_web::web::{self, Query, ServiceConfig};

/// Years shown when nothing is asked for: as many as the published tables have.
const YEARS: i16 = 6;

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(web::resource(routes::RESOLUTION_REPORT).route(get().to(show)))
        .service(web::resource(routes::RESOLUTION_CSV).route(get().to(csv)))
        .service(web::resource(routes::RESOLUTION_JSON).route(get().to(json)));
}

/// What is asked for; what is left out is filled in.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(default)]
struct Asked {
    from: String,
    to: String,
    by: String,
    clock: String,
    scope: String,
    organisation: String,
}

impl Asked {
    /// The last years, when the page is opened without a question.
    fn filled(self, now: Instant) -> Self {
        let year = now.to_timestamp().to_zoned(stockholm().clone()).year();
        let or = |text: String, other: &str| if text.trim().is_empty() { other.to_owned() } else { text };
        let is_open = self.from.is_empty() && self.to.is_empty();
        let date = |text: String, date: String| if is_open { date } else { text };
        Self {
            from: date(self.from, format!("{:04}-01-01", year - YEARS + 1)),
            to: date(self.to, format!("{year:04}-12-31")),
            by: or(self.by, "year"),
            clock: or(self.clock, "elapsed"),
            scope: or(self.scope, "all"),
            organisation: self.organisation,
        }
    }

    fn pairs(&self) -> [(&'static str, &str); 6] {
        [
            ("from", &self.from),
            ("to", &self.to),
            ("by", &self.by),
            ("clock", &self.clock),
            ("scope", &self.scope),
            ("organisation", &self.organisation),
        ]
    }

    fn query(&self) -> ResolutionQuery {
        let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        ResolutionQuery {
            from: self.from.clone(),
            to: self.to.clone(),
            by: self.by.clone(),
            clock: given(&self.clock),
            scope: given(&self.scope),
            organisation: given(&self.organisation),
        }
    }
}

async fn show(who: SignedIn, asked: Query<Asked>) -> Result<HttpResponse, SiteError> {
    who.need(Permission::ReportView)?;
    let t = who.texts();
    let asked = asked.into_inner().filled(who.app().now());
    let directory = who.app().directory().await?;
    let choices = organisations(&who, &directory);
    let mut state = FormState::of(asked.pairs());
    let mut page = who.page(t.t("report-title"), Section::Reports);
    let view = match who.app().resolution_table(&who.cx(), &asked.query()).await {
        Ok(report) => view(t, &report, &asked, forms::resolution(t, &state, choices)),
        Err(AppError::Invalid(errors)) => {
            page.has_errors = true;
            for error in &errors {
                state.refuse(error.field.as_ref(), error_text(t, &error.field, error));
            }
            let fields = forms::resolution(t, &state, choices);
            return drawn(&who, page, refused(t, fields), StatusCode::UNPROCESSABLE_ENTITY);
        }
        Err(error) => return Err(error.into()),
    };
    drawn(&who, page, view, StatusCode::OK)
}

fn drawn(
    who: &SignedIn,
    page: Page,
    view: ResolutionView,
    status: StatusCode,
) -> Result<HttpResponse, SiteError> {
    if who.may(Permission::QueueView) {
        return html_with(status, &ResolutionPage { page, view });
    }
    match status {
        StatusCode::OK => html(&ResolutionOutsidePage { page, view }),
        status => html_with(status, &ResolutionOutsidePage { page, view }),
    }
}

async fn csv(who: SignedIn, asked: Query<Asked>) -> Result<HttpResponse, SiteError> {
    let report = report(&who, asked).await?;
    Ok(file("losta-arenden.csv", "text/csv; charset=utf-8").body(report.to_csv()))
}

async fn json(who: SignedIn, asked: Query<Asked>) -> Result<HttpResponse, SiteError> {
    let report = report(&who, asked).await?;
    Ok(file("losta-arenden.json", "application/json").json(report))
}

async fn report(who: &SignedIn, asked: Query<Asked>) -> Result<ResolutionReport, SiteError> {
    who.need(Permission::ReportView)?;
    let asked = asked.into_inner().filled(who.app().now());
    Ok(who.app().resolution_table(&who.cx(), &asked.query()).await?)
}

fn file(name: &str, content_type: &str) -> actix_web::HttpResponseBuilder {
    let mut answer = HttpResponse::Ok();
    answer
        .content_type(content_type)
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")));
    answer
}

/// The organisations whose figures the person may read, customers first.
pub(super) fn organisations(who: &SignedIn, directory: &Directory) -> Vec<Choice> {
    let reads_all = access::may(who.actor(), Permission::ReportView, Relations::of(Relation::Other));
    directory
        .organisations
        .iter()
        .filter(|organisation| reads_all || who.actor().represented.contains(&organisation.id))
        .filter(|organisation| organisation.parent.is_none() || !reads_all)
        .map(|organisation| Choice::new(&organisation.code, &organisation.name))
        .collect()
}

type Share = fn(&ResolutionRow) -> Option<Permille>;

/// The shares, by the heading of their column.
fn shares(t: &Texts) -> [(&str, Share); 5] {
    [
        (t.t("report-within-1h"), |row| row.within_1h),
        (t.t("report-within-2h"), |row| row.within_2h),
        (t.t("report-within-1d"), |row| row.within_1d),
        (t.t("report-within-3d"), |row| row.within_3d),
        (t.t("report-within-1w"), |row| row.within_1w),
    ]
}

fn tenths(share: Option<Permille>) -> Option<i64> {
    share.map(|share| i64::from(share.tenths()))
}

fn view(
    t: &'static Texts,
    report: &ResolutionReport,
    asked: &Asked,
    fields: Vec<crate::web::form::Field>,
) -> ResolutionView {
    let download = |path: &str, label: &str| Link::new(routes::with_query(path, &asked.pairs()), label);
    ResolutionView {
        fields,
        finding: finding(t, report),
        chart: drawing(t, report),
        table: table(t, &report.items),
        downloads: vec![download(routes::RESOLUTION_CSV, "CSV"), download(routes::RESOLUTION_JSON, "JSON")],
        definition: t.t("report-definition").to_owned(),
    }
}

/// The page of a question that can't be answered: the fields with what is wrong, no figures.
fn refused(t: &'static Texts, fields: Vec<crate::web::form::Field>) -> ResolutionView {
    ResolutionView {
        fields,
        finding: t.t("report-choose").to_owned(),
        chart: None,
        table: table(t, &[]),
        downloads: Vec::new(),
        definition: t.t("report-definition").to_owned(),
    }
}

/// The last period in which anything was resolved, in a sentence.
fn finding(t: &Texts, report: &ResolutionReport) -> String {
    let last = report.items.iter().rev().find_map(|row| Some((row, tenths(row.within_1h)?)));
    let Some((row, share)) = last else { return t.t("report-none").to_owned() };
    let (share, period) = (format::percent(t.locale(), share), row.period.to_string());
    t.tr("report-finding", &[("share", Arg::Text(&share)), ("period", Arg::Text(&period))])
}

fn drawing(t: &Texts, report: &ResolutionReport) -> Option<Chart> {
    let periods: Vec<String> = report.items.iter().map(|row| row.period.to_string()).collect();
    let series: Vec<Series> = shares(t)
        .into_iter()
        .map(|(name, share)| Series {
            name: name.to_owned(),
            values: report.items.iter().map(|row| tenths(share(row))).collect(),
        })
        .collect();
    chart::shares(&periods, &series, None, |share| format::percent(t.locale(), share))
}

fn table(t: &Texts, rows: &[ResolutionRow]) -> Table {
    let mut columns = vec![Column::new(t.t("report-period")), Column::number(t.t("report-tickets"))];
    columns.extend(shares(t).map(|(name, _)| Column::number(name)));
    let rows = rows
        .iter()
        .map(|row| {
            let tickets = i64::try_from(row.tickets).unwrap_or(i64::MAX);
            let mut cells =
                vec![Cell::text(row.period.to_string()), Cell::Number(format::number(t.locale(), tickets))];
            cells.extend(shares(t).map(|(_, share)| {
                let share = tenths(share(row));
                let text =
                    share.map_or_else(|| "–".to_owned(), |s| format::percent_with_decimal(t.locale(), s));
                Cell::Number(text)
            }));
            cells
        })
        .collect();
    Table { caption: t.t("report-caption").to_owned(), columns, rows, empty: t.t("report-none").to_owned() }
}
