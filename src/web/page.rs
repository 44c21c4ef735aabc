//! What every page has round its content: language, theme, who is signed in, navigation, messages.

use crate::app::mail::MOST_WAITING;
use crate::domain::locale::Locale;
use crate::i18n::{Texts, ToArg};

use super::icons::{Markup, icon};
use super::{assets, routes};

/// Light or dark, chosen by the person or left to the device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the device says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// As it is stored and sent: `system`, `light`, `dark`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Reads [`Self::code`]; anything else means the device's choice.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        match code {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }
}

/// Which entry of the navigation is the present one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// None of them: login, errors.
    None,
    /// The portal's start page.
    Start,
    /// The requester's tickets.
    MyTickets,
    /// The profile.
    Profile,
    /// The queues.
    Queues,
    /// Mail that waits for a look.
    Mail,
    /// The reports.
    Reports,
    /// The administration.
    Admin,
}

/// The signed-in person, as the navigation needs them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewer {
    /// Their name.
    pub name: String,
    /// May enter the workspace.
    pub works_tickets: bool,
    /// May read reports.
    pub reads_reports: bool,
    /// May enter the administration.
    pub administers: bool,
    /// May read what the desk has decided.
    pub reads_policies: bool,
    /// How much mail waits for a look; nothing for those who don't handle it.
    pub mail_waiting: Option<usize>,
}

/// How to reach the service desk when the page can't help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Desk {
    /// What the portal is called: "IT-hjälp".
    pub name: String,
    /// The phone number, as it is read aloud.
    pub phone: String,
    /// When it is answered, in the reader's language: "vardagar 07.30–16.00".
    pub hours: String,
}

/// The secrets of a page's forms.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tokens {
    /// Proof that the form came from us.
    pub csrf: String,
    /// Drawn for this showing of the page. With the form's name it is the single-use key of its POST.
    pub key: String,
}

/// How a message banner looks and how urgently it is spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BannerKind {
    /// Something to know.
    Info,
    /// It worked.
    Success,
    /// Something to mind.
    Warning,
    /// It failed.
    Danger,
}

/// A message above the content that stays until the next page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Banner {
    /// Its kind.
    pub kind: BannerKind,
    /// One or two sentences.
    pub text: String,
    /// More, one entry each: why something failed, ticket by ticket.
    pub details: Vec<String>,
}

impl Banner {
    /// A banner of one sentence.
    #[must_use]
    pub fn new(kind: BannerKind, text: impl Into<String>) -> Self {
        Self { kind, text: text.into(), details: Vec::new() }
    }

    /// The part of its class name that differs.
    #[must_use]
    pub const fn class(&self) -> &'static str {
        match self.kind {
            BannerKind::Info => "info",
            BannerKind::Success => "success",
            BannerKind::Warning => "warning",
            BannerKind::Danger => "danger",
        }
    }

    /// Its icon.
    #[must_use]
    pub const fn icon(&self) -> &'static str {
        match self.kind {
            BannerKind::Info => "info",
            BannerKind::Success => "checks",
            BannerKind::Warning => "alert",
            BannerKind::Danger => "danger",
        }
    }
}

/// A link with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where it leads.
    pub href: String,
    /// What it says.
    pub label: String,
    /// Whether it leads to the present page.
    pub current: bool,
}

impl Link {
    /// A link to another page.
    #[must_use]
    pub fn new(href: impl Into<String>, label: impl Into<String>) -> Self {
        Self { href: href.into(), label: label.into(), current: false }
    }
}

/// What surrounds the content of every page.
#[derive(Debug, Clone)]
pub struct Page {
    /// The texts of the reader's language.
    pub texts: &'static Texts,
    /// Light or dark.
    pub theme: Theme,
    /// This page's path and query, where a change of language comes back to.
    pub path: String,
    /// The heading, also first in the window's title.
    pub title: String,
    /// A form on the page has errors; the title says so first.
    pub has_errors: bool,
    /// Who is signed in.
    pub viewer: Option<Viewer>,
    /// The service desk.
    pub desk: Desk,
    /// For the forms.
    pub tokens: Tokens,
    /// A message to show.
    pub banner: Option<Banner>,
    /// The present entry of the navigation.
    pub section: Section,
    /// Whether single-key shortcuts are on (workspace only).
    pub shortcuts: bool,
    /// Back to the list one came from, above the heading.
    pub back: Option<Link>,
}

impl Page {
    /// A text without arguments.
    #[must_use]
    pub fn t(&self, key: &'static str) -> &str {
        self.texts.t(key)
    }

    /// A text with one argument.
    #[must_use]
    pub fn t1(&self, key: &'static str, name: &'static str, value: impl ToArg) -> String {
        self.texts.t1(key, name, value)
    }

    /// An icon.
    #[must_use]
    pub fn icon(&self, name: &str) -> Markup {
        icon(name)
    }

    /// The language's tag, for `lang`.
    #[must_use]
    pub const fn lang(&self) -> &'static str {
        self.texts.locale().as_tag()
    }

    /// The address of a static file.
    #[must_use]
    pub fn asset(&self, name: &str) -> String {
        assets::asset_url(name)
    }

    /// The window's title: "Fel: Anmäl ett fel – IT-hjälp".
    #[must_use]
    pub fn document_title(&self) -> String {
        let title = format!("{} – {}", self.title, self.desk.name);
        if self.has_errors { self.t1("title-error", "title", &title) } else { title }
    }

    /// The other language, in its own words, and where choosing it leads.
    #[must_use]
    pub fn other_language(&self) -> Language {
        let (locale, name) = match self.texts.locale() {
            Locale::Sv => (Locale::En, "English"),
            Locale::En => (Locale::Sv, "Svenska"),
        };
        let href = routes::with_query(&routes::language(locale.as_tag()), &[("next", &self.path)]);
        Language { tag: locale.as_tag(), name, href }
    }

    /// The single-use key of the form of that name on this page.
    #[must_use]
    pub fn form_key(&self, form: &str) -> String {
        format!("{}-{form}", self.tokens.key)
    }

    /// The portal's navigation.
    #[must_use]
    pub fn portal_links(&self) -> Vec<Link> {
        let Some(viewer) = &self.viewer else { return Vec::new() };
        let mut links = vec![
            self.link(routes::START, self.t("nav-start"), Section::Start),
            self.link(routes::MY_TICKETS, self.t("nav-my-tickets"), Section::MyTickets),
            self.link(routes::PROFILE, self.t("nav-profile"), Section::Profile),
        ];
        if viewer.works_tickets {
            links.push(self.link(routes::WORKSPACE, self.t("nav-workspace"), Section::Queues));
        } else if viewer.reads_reports {
            links.push(self.link(routes::RESOLUTION_REPORT, self.t("nav-reports"), Section::Reports));
        }
        links
    }

    /// The workspace's navigation.
    #[must_use]
    pub fn workspace_links(&self) -> Vec<Link> {
        let Some(viewer) = &self.viewer else { return Vec::new() };
        let mut links = Vec::new();
        if viewer.works_tickets {
            links.push(self.link(routes::WORKSPACE, self.t("nav-queues"), Section::Queues));
        }
        if let Some(count) = viewer.mail_waiting {
            let most = usize::try_from(MOST_WAITING).unwrap_or(usize::MAX);
            let label = match count {
                0 => self.t("nav-mail").to_owned(),
                count if count >= most => self.t1("nav-mail-many", "count", most - 1),
                count => self.t1("nav-mail-count", "count", count),
            };
            links.push(self.link(routes::MAIL, &label, Section::Mail));
        }
        if viewer.reads_reports {
            links.push(self.link(routes::RESOLUTION_REPORT, self.t("nav-reports"), Section::Reports));
        }
        if viewer.administers {
            links.push(self.link(routes::ADMIN, self.t("nav-admin"), Section::Admin));
        } else if viewer.reads_policies {
            links.push(self.link(routes::POLICIES, self.t("admin-policies"), Section::Admin));
        }
        links
    }

    fn link(&self, href: &str, label: &str, section: Section) -> Link {
        Link { current: self.section == section, ..Link::new(href, label) }
    }
}

/// A language to change to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Language {
    /// Its tag, for `lang` and `hreflang`.
    pub tag: &'static str,
    /// Its name in itself.
    pub name: &'static str,
    /// Where choosing it leads.
    pub href: String,
}
