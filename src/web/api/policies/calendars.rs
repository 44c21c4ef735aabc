//! Calendars of opening hours.

use super::define_document;
use crate::app::policies::{Amendment, Document, NewDocument};
use crate::app::{AppError, FieldErrors, FieldProblem};
use crate::domain::sla::holidays::Eve;
use crate::domain::sla::spec::DayOfWeek;
use crate::domain::sla::{CalendarSpec, DayReason, Holidays, PreviewDay};
use crate::web::api::page::{self, PageQuery};
use crate::web::api::parts::ListOut;
use crate::web::api::respond::{Answer, located, no_content, ok, tagged};
use crate::web::api::words::{DayReasonWord, EveWord, HolidaysWord, WeekdayWord};
use crate::web::extract::{Authn, CodeInPath, IdInPath, IfMatchId, Json, Query};
use crate::web::problem::Problem;
use crate::web::state::WebState;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpResponse, delete, get, post};
use serde::{Deserialize, Serialize};
use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(list_calendars)
        .service(create_calendar)
        .service(show_calendar)
        .service(add_calendar_version)
        .service(remove_calendar_version)
        .service(list_calendar_days);
}

/// When a weekday is open.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = WeekdayHours)]
pub struct WeekdayHoursDoc {
    /// The weekday.
    #[schema(value_type = WeekdayWord)]
    weekday: DayOfWeek,
    /// Opening time, `07:30`.
    opens: String,
    /// Closing time, up to `24:00`.
    closes: String,
}

/// Earlier closing before a public holiday.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = ShortDay)]
pub struct ShortDayDoc {
    /// The latest closing time.
    closes: String,
}

/// A date of the desk's own: with both times open, with neither closed.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = ExtraDay)]
pub struct ExtraDayDoc {
    /// The date.
    #[schema(format = Date)]
    date: String,
    /// Opening time.
    #[serde(default)]
    opens: Option<String>,
    /// Closing time.
    #[serde(default)]
    closes: Option<String>,
}

/// A stretch of dates with a week of its own.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = Season)]
pub struct SeasonDoc {
    /// The first date.
    #[schema(format = Date)]
    from: String,
    /// The last date, included.
    #[schema(format = Date)]
    to: String,
    /// Its week.
    hours: Vec<WeekdayHoursDoc>,
}

define_document! {
    /// When a desk is open.
    RulesDoc as CalendarRules of CalendarSpec {
        /// The IANA zone its times are meant in.
        #[schema(required)]
        zone: String,
        /// When it is open in an ordinary week; weekdays left out are closed.
        #[schema(required)]
        hours: Vec<WeekdayHoursDoc>,
        /// Which public holidays close it.
        #[schema(required, value_type = HolidaysWord)]
        holidays: Option<Holidays>,
        /// Eves that are closed.
        #[schema(value_type = Vec<EveWord>)]
        closed_eves: Vec<Eve>,
        /// Earlier closing before a public holiday.
        short_day: Option<ShortDayDoc>,
        /// Dates of its own.
        extra_days: Vec<ExtraDayDoc>,
        /// Stretches with another week; they don't overlap.
        seasons: Vec<SeasonDoc>,
    }
    sent as CalendarVersionIn named NewCalendarVersion;
    answered as CalendarVersionOut named CalendarVersion;
}

impl RulesDoc {
    fn written(&self) -> Result<CalendarSpec, AppError> {
        if self.holidays.is_none() {
            return Err(AppError::field("holidays", FieldProblem::Required));
        }
        super::same(self)
    }
}

/// A calendar.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Calendar)]
pub struct CalendarOut {
    /// Its code.
    code: String,
    /// Its name.
    name: String,
    /// Its versions, the latest first.
    versions: Vec<CalendarVersionOut>,
}

impl CalendarOut {
    fn of(document: &Document<CalendarSpec>) -> Result<Self, AppError> {
        let Document { code, name, versions } = document;
        let versions = versions.iter().map(CalendarVersionOut::of).collect::<Result<_, _>>()?;
        Ok(Self { code: code.clone(), name: name.clone(), versions })
    }
}

/// The calendar with its entity tag.
fn answer(status: StatusCode, document: &Document<CalendarSpec>) -> Answer {
    tagged(status, &document.last_written(), &CalendarOut::of(document)?)
}

/// A calendar to be made.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = NewCalendar)]
pub struct CalendarCreateIn {
    /// Its code; made of the name when nothing is said.
    #[schema(max_length = 60, pattern = "^[a-z0-9]+(-[a-z0-9]+)*$")]
    code: Option<String>,
    /// Its name.
    #[schema(required, min_length = 1, max_length = 200)]
    name: String,
    /// Why it is decided.
    #[schema(max_length = 1_000)]
    note: String,
    /// When it is open.
    #[schema(required)]
    rules: RulesDoc,
}

/// Which days.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct DaysQuery {
    /// The first day; with `to`.
    #[param(format = Date)]
    pub from: Option<String>,
    /// The last day, included; at most 366 days.
    #[param(format = Date)]
    pub to: Option<String>,
    /// A whole year instead; the present one when nothing is said.
    #[param(minimum = 1, maximum = 9998)]
    pub year: Option<i16>,
}

/// A day of a calendar.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = CalendarDay)]
#[serde(rename_all = "camelCase")]
pub struct DayOut {
    /// The date.
    #[schema(format = Date)]
    date: String,
    /// When it opens; null when closed.
    #[schema(required)]
    opens: Option<String>,
    /// When it closes; null when closed.
    #[schema(required)]
    closes: Option<String>,
    /// The rule that says so.
    #[schema(value_type = DayReasonWord)]
    reason: &'static str,
    /// The holiday or eve behind it, as `goodFriday`.
    #[schema(required)]
    holiday: Option<&'static str>,
}

/// The days asked for.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = CalendarDays)]
pub struct DaysOut {
    /// In order.
    items: Vec<DayOut>,
}

impl From<PreviewDay> for DayOut {
    fn from(day: PreviewDay) -> Self {
        let PreviewDay { date, hours, why } = day;
        let (reason, holiday) = match why {
            DayReason::Weekday => ("weekday", None),
            DayReason::Season => ("season", None),
            DayReason::Holiday(day) => ("holiday", Some(day.as_text())),
            DayReason::Eve(eve) => ("eve", Some(eve.as_text())),
            DayReason::ShortDay(next) => ("shortDay", Some(next.as_text())),
            DayReason::ExtraDay => ("extraDay", None),
        };
        Self {
            date: date.to_string(),
            opens: hours.map(|hours| hours.opens().to_string()),
            closes: hours.map(|hours| hours.closes().to_string()),
            reason,
            holiday,
        }
    }
}

/// List calendars
///
/// By code, each with all its versions.
#[utoipa::path(
    tag = "policies",
    params(PageQuery),
    responses((status = 200, description = "The page", body = ListOut<CalendarOut>))
)]
#[get("/calendars")]
pub async fn list_calendars(authn: Authn, query: Query<PageQuery>, state: Data<WebState>) -> Answer {
    let documents = state.app.policy_documents(&authn.cx).await?;
    let calendars = documents.iter().map(CalendarOut::of).collect::<Result<Vec<_>, _>>()?;
    ok(&page::of_held(&query.0, calendars.iter(), |calendar| &calendar.code, |calendar| calendar)?)
}

/// Make a calendar
///
/// It holds at once and for the past too, as nothing has been counted by it. Its code can't be changed later.
#[utoipa::path(
    tag = "policies",
    request_body = CalendarCreateIn,
    responses((status = 201, description = "The calendar", body = CalendarOut))
)]
#[post("/calendars")]
pub async fn create_calendar(authn: Authn, body: Json<CalendarCreateIn>, state: Data<WebState>) -> Answer {
    let CalendarCreateIn { code, name, note, rules } = body.value;
    let amendment = Amendment { note, ..Amendment::default() };
    let cx = authn.once(body.once);
    let code =
        state.app.create_policy(&cx, &NewDocument { code, name, amendment }, &rules.written()?).await?;
    let made = state.app.policy_document(&cx, &code).await?;
    located(answer(StatusCode::CREATED, &made), &format!("/calendars/{code}"))
}

/// Show a calendar
///
/// With all its versions, the latest first.
#[utoipa::path(
    tag = "policies",
    responses((status = 200, description = "The calendar", body = CalendarOut))
)]
#[get("/calendars/{code}")]
pub async fn show_calendar(authn: Authn, code: CodeInPath, state: Data<WebState>) -> Answer {
    answer(StatusCode::OK, &state.app.policy_document(&authn.cx, &code.0).await?)
}

/// Add a version to a calendar
///
/// It holds from a local date, tomorrow at the earliest. Promises that run into it are counted anew. Send the
/// `ETag` of the calendar you have seen as `If-Match`, so that you don't overwrite what somebody else has changed.
#[utoipa::path(
    tag = "policies",
    request_body = CalendarVersionIn,
    responses((status = 201, description = "The calendar", body = CalendarOut))
)]
#[post("/calendars/{code}/versions")]
pub async fn add_calendar_version(
    authn: Authn,
    code: CodeInPath,
    seen: IfMatchId,
    body: Json<CalendarVersionIn>,
    state: Data<WebState>,
) -> Answer {
    let (amendment, spec) = body.value.split(seen.0)?;
    let cx = authn.once(body.once);
    state.app.add_policy_version(&cx, &code.0, &amendment, &spec).await?;
    let calendar = state.app.policy_document(&cx, &code.0).await?;
    located(answer(StatusCode::CREATED, &calendar), &format!("/calendars/{}", code.0))
}

/// Take back a version of a calendar
///
/// One that hasn't begun to hold.
#[utoipa::path(tag = "policies", responses((status = 204, description = "It is gone")))]
#[delete("/calendars/{code}/versions/{id}")]
pub async fn remove_calendar_version(
    authn: Authn,
    code: CodeInPath,
    id: IdInPath,
    state: Data<WebState>,
) -> Result<HttpResponse, Problem> {
    state.app.take_back_policy_version::<CalendarSpec>(&authn.cx, &code.0, &id.0).await?;
    Ok(no_content())
}

/// List the days of a calendar
///
/// When each opens and closes, and which rule says so: by `from` and `to`, or a whole `year`.
#[utoipa::path(
    tag = "policies",
    params(DaysQuery),
    responses((status = 200, description = "The days", body = DaysOut))
)]
#[get("/calendars/{code}/days")]
pub async fn list_calendar_days(
    authn: Authn,
    code: CodeInPath,
    query: Query<DaysQuery>,
    state: Data<WebState>,
) -> Answer {
    let DaysQuery { from, to, year } = query.0;
    let days = if from.is_some() || to.is_some() {
        if year.is_some() {
            return Err(AppError::field("year", FieldProblem::NotAllowed).into());
        }
        let (from, to) = (from.unwrap_or_default(), to.unwrap_or_default());
        state.app.calendar_days(&authn.cx, &code.0, &from, &to).await?
    } else {
        let present = state.app.now().to_timestamp().to_zoned(crate::domain::sla::stockholm().clone());
        let year = year.unwrap_or(present.year());
        let mut errors = FieldErrors::default();
        if !(1..=9998).contains(&year) {
            errors.add("year", FieldProblem::OutOfRange);
        }
        errors.finish()?;
        state.app.calendar_year(&authn.cx, &code.0, year).await?
    };
    ok(&DaysOut { items: days.into_iter().map(DayOut::from).collect() })
}
