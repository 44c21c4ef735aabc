//! The versions of a document as a table: from when each holds, what it says, why, who wrote it and when.

use crate::app::policies::{Version, VersionState};
use crate::domain::access::Permission;
use crate::i18n::format;
use crate::web::admin::parts;
use crate::web::components::{Cell, Moment, Table};
use crate::web::site::SignedIn;
use crate::web::workspace::admin_forms as forms;
use crate::web::{policy_words, routes};

/// The table. Each version leads to itself; one that hasn't begun can be taken back at the same address.
pub(super) fn table<W>(
    who: &SignedIn,
    versions: &[Version<W>],
    address: &str,
    says: impl Fn(usize, &Version<W>) -> String,
) -> Table {
    let t = who.texts();
    let moments = who.moments();
    let may_change = who.may(Permission::PolicyManage);
    let row = |(at, version): (usize, &Version<W>)| {
        let state = match version.state {
            VersionState::Current if version.content.is_none() => t.t("agreement-ended"),
            state => policy_words::version_state(t, state),
        };
        let href = routes::with_query(address, &[("version", &version.id)]);
        let mut cells = vec![
            Cell::link(href, moments.date_time(version.valid_from)),
            Cell::text(state),
            Cell::text(says(at, version)),
            Cell::text(&version.note),
            Cell::text(version.created_by.as_ref().map_or("–", |person| person.name.as_str())),
            Cell::Moment(Moment::new(&moments, version.created_at)),
        ];
        if may_change {
            cells.push(match version.state {
                VersionState::Coming => {
                    Cell::Action(forms::remove(t, address.to_owned(), "takeBack", &version.id))
                }
                VersionState::Past | VersionState::Current => Cell::text(""),
            });
        }
        cells
    };
    let mut columns = vec![
        t.t("policy-valid-from"),
        t.t("field-status"),
        t.t("policy-says"),
        t.t("policy-note"),
        t.t("policy-written-by"),
        t.t("policy-written-at"),
    ];
    if may_change {
        columns.push(t.t("admin-column-action"));
    }
    let rows = versions.iter().enumerate().map(row).collect();
    parts::table(t.t("policy-versions"), &columns, rows, t.t("catalogue-none"))
}

/// The version that was asked for; otherwise the one that holds, or else will hold.
pub(super) fn shown<'a, W>(versions: &'a [Version<W>], asked: Option<&str>) -> Option<&'a Version<W>> {
    match asked {
        Some(id) => versions.iter().find(|version| version.id == id),
        None => {
            let holds = versions.iter().find(|version| version.state == VersionState::Current);
            holds.or_else(|| versions.first())
        }
    }
}

/// The date of the last version that hasn't begun, which a change is made from.
pub(super) fn coming<W>(versions: &[Version<W>]) -> Option<String> {
    let last = versions.iter().find(|version| version.state == VersionState::Coming)?;
    Some(format::iso_date(last.valid_from))
}
