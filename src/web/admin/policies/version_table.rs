//! What every document's page shows of its history: who decided what, from when and why.

use crate::app::policies::{Amendment, Document, Version, VersionState};
use crate::app::{AppError, FieldError};
use crate::domain::clock::Instant;
use crate::domain::sla::stockholm;
use crate::i18n::{Texts, format};
use crate::web::admin::parts;
use crate::web::components::{Cell, Moment, Table};
use crate::web::form::FormState;
use crate::web::page::{Banner, BannerKind};
use crate::web::site::{Refusal, SignedIn, SiteError, refusal_text};
use crate::web::workspace::admin_forms as forms;
use crate::web::{policy_words, routes};
use actix_web::http::StatusCode;
use jiff::civil::Date;

/// What is asked of a document's page: a version to look at.
#[derive(Debug, Default, serde::Deserialize)]
pub(super) struct Asked {
    /// Its opaque id.
    pub(super) version: Option<String>,
}

/// The versions of what there is one of. Each leads to the page that shows it; one that hasn't begun can
/// be taken back.
pub(super) fn table<W>(who: &SignedIn, document: &Document<W>, page: &str, may_change: bool) -> Table {
    let t = who.texts();
    let moments = who.moments();
    let may_take_back =
        may_change && document.versions.iter().any(|version| version.state == VersionState::Coming);
    let row = |version: &Version<W>| {
        let shown = routes::with_query(page, &[("version", &version.id)]);
        let mut cells = vec![
            Cell::link(shown, moments.date_time(version.valid_from)),
            Cell::text(policy_words::version_state(t, version.state)),
            Cell::text(if version.note.is_empty() { "–" } else { &version.note }),
            Cell::text(version.created_by.as_ref().map_or("–", |person| person.name.as_str())),
            Cell::Moment(Moment::new(&moments, version.created_at)),
        ];
        if may_take_back {
            cells.push(if version.state == VersionState::Coming {
                Cell::Action(forms::remove(t, page.to_owned(), "takeBack", &version.id))
            } else {
                Cell::text("")
            });
        }
        cells
    };
    let mut columns = vec![
        t.t("policy-valid-from"),
        t.t("field-status"),
        t.t("policy-note"),
        t.t("policy-written-by"),
        t.t("policy-written-at"),
    ];
    if may_take_back {
        columns.push(t.t("admin-column-action"));
    }
    let rows = document.versions.iter().map(row).collect();
    parts::table(t.t("policy-versions"), &columns, rows, t.t("catalogue-none"))
}

/// The local date.
pub(super) fn today(who: &SignedIn) -> Date {
    who.app().now().to_timestamp().to_zoned(stockholm().clone()).date()
}

/// From when a version is to hold and why. Today means now, as nothing begins in the past.
pub(super) fn amendment(who: &SignedIn, state: &FormState) -> Amendment {
    let given = |name: &str| Some(state.value(name).trim().to_owned()).filter(|text| !text.is_empty());
    Amendment {
        valid_from: given("validFrom").filter(|date| *date != today(who).to_string()),
        note: state.value("note").to_owned(),
        based_on: given("basedOn"),
    }
}

/// From when a form suggests: at once, or the day after the version that a change starts from begins.
pub(super) fn suggested(coming: Option<Instant>) -> String {
    let date: Option<Date> = coming.and_then(|at| format::iso_date(at).parse().ok());
    date.and_then(|date| date.tomorrow().ok()).map_or_else(String::new, |date| date.to_string())
}

/// What a refused form shows. `told` says at which of the page's fields an error stands, and its sentence.
pub(super) fn refusal(
    t: &Texts,
    state: &FormState,
    error: AppError,
    told: impl Fn(&FieldError) -> (String, String),
) -> Result<Refusal, SiteError> {
    let mut state = state.clone();
    match error {
        AppError::Invalid(errors) => {
            for error in &errors {
                let (field, sentence) = told(error);
                state.refuse(field, sentence);
            }
            Ok(Refusal { state, banner: None, status: StatusCode::UNPROCESSABLE_ENTITY })
        }
        AppError::Stale { .. } => {
            let banner = Banner::new(BannerKind::Danger, t.t("refused-stale-record"));
            Ok(Refusal { state, banner: Some(banner), status: StatusCode::CONFLICT })
        }
        AppError::Refused { .. } | AppError::Exists | AppError::MailSettled { .. } | AppError::KeyReused => {
            let banner = Banner::new(BannerKind::Danger, refusal_text(t, error.code()));
            Ok(Refusal { state, banner: Some(banner), status: StatusCode::CONFLICT })
        }
        other => Err(other.into()),
    }
}
