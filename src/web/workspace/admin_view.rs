//! The administration's pages as data: a list, a record with its sections, an import, the overview.

use askama::Template;

use crate::web::components::{Cell, Fact, Pager, Table};
use crate::web::form::{Control, Field, Form};
use crate::web::page::{Link, Page, Theme};
use crate::web::routes;

/// A place of the administration and what it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The link.
    pub link: Link,
    /// What one does there.
    pub about: String,
}

/// The overview.
#[derive(Debug, Template)]
#[template(path = "workspace/admin.html", config = "src/web/askama.toml")]
pub struct AdminPage {
    /// The surroundings.
    pub page: Page,
    /// The places.
    pub places: Vec<Place>,
}

/// The places of the administration.
#[must_use]
pub fn places(t: &crate::i18n::Texts) -> Vec<Place> {
    [
        (routes::PEOPLE, t.t("admin-people"), t.t("admin-people-about")),
        (routes::ORGANISATIONS, t.t("admin-organisations"), t.t("admin-organisations-about")),
        (routes::GROUPS, t.t("admin-groups"), t.t("admin-groups-about")),
        (routes::CATEGORIES, t.t("admin-categories"), t.t("admin-categories-about")),
        (routes::SERVICES, t.t("admin-services"), t.t("admin-services-about")),
        (routes::SYSTEMS, t.t("admin-systems"), t.t("admin-systems-about")),
        (routes::POLICIES, t.t("admin-policies"), t.t("admin-policies-about")),
        (routes::IMPORT, t.t("admin-import"), t.t("admin-import-about")),
        (routes::MAIL_SETTINGS, t.t("admin-mail"), t.t("admin-mail-about")),
        (routes::INCOMING_MAIL, t.t("mail-log-title"), t.t("mail-log-about")),
        (routes::OUTGOING_MAILS, t.t("admin-outgoing"), t.t("admin-outgoing-about")),
        (routes::MAIL_TEMPLATES, t.t("admin-mail-templates"), t.t("admin-mail-templates-about")),
        (routes::JOBS, t.t("admin-jobs"), t.t("admin-jobs-about")),
    ]
    .into_iter()
    .map(|(href, label, about)| Place { link: Link::new(href, label), about: about.to_owned() })
    .collect()
}

/// A list of records.
#[derive(Debug, Template)]
#[template(path = "workspace/admin_list.html", config = "src/web/askama.toml")]
pub struct AdminListPage {
    /// The surroundings.
    pub page: Page,
    /// A sentence about the list.
    pub lead: Option<String>,
    /// Adding a record.
    pub add: Option<Link>,
    /// The search, sent to this path as `q`; `None` for short lists.
    pub search: Option<(&'static str, Field)>,
    /// The records.
    pub table: Table,
    /// More of them.
    pub pager: Pager,
}

/// What a section of a record holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Names and values.
    Facts(Vec<Fact>),
    /// A form.
    Form(Form),
    /// A table.
    Table(Table),
    /// A sentence or two.
    Text(String),
    /// Where one goes on to.
    Links(Vec<Link>),
    /// Other places, each with what one does there.
    Places(Vec<Place>),
    /// A mail as it will be read.
    Mail {
        /// Its subject.
        subject: String,
        /// Its page, for a frame that may do nothing.
        html: String,
    },
}

impl Body {
    /// The form, if it is one.
    #[must_use]
    pub const fn form(&self) -> Option<&Form> {
        match self {
            Self::Form(form) => Some(form),
            Self::Facts(_)
            | Self::Table(_)
            | Self::Text(_)
            | Self::Links(_)
            | Self::Places(_)
            | Self::Mail { .. } => None,
        }
    }
}

/// A part of a record under its own heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordSection {
    /// The heading; empty for the first, which stands under the page's.
    pub heading: String,
    /// What it holds.
    pub body: Body,
}

/// A record: a person, an organisation, a group, a category …
#[derive(Debug, Template)]
#[template(path = "workspace/admin_record.html", config = "src/web/askama.toml")]
pub struct AdminRecordPage {
    /// The surroundings.
    pub page: Page,
    /// Its parts.
    pub sections: Vec<RecordSection>,
}

impl AdminRecordPage {
    fn refused(&self) -> Vec<&Field> {
        self.sections.iter().filter_map(|section| section.body.form()).flat_map(Form::refused).collect()
    }
}

/// One import of tickets.
#[derive(Debug, Template)]
#[template(path = "workspace/admin_import_run.html", config = "src/web/askama.toml")]
pub struct ImportRunPage {
    /// The surroundings.
    pub page: Page,
    /// What is happening or has happened, in a sentence.
    pub state: String,
    /// Rows read so far, and of how many when that is known; `None` when it is over.
    pub progress: Option<(i64, Option<i64>)>,
    /// Ends the page's reloading by itself, while it does that.
    pub stay: Option<Link>,
    /// Counts, new organisations, categories, services and systems.
    pub facts: Vec<Fact>,
    /// Rows that were refused: row, column, reason.
    pub errors: Option<Table>,
}
