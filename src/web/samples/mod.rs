//! Every page with invented content, for the tests below and for looking at them.
//!
//! `cargo test writes_sample_pages` puts the pages, with their static files, under `target/samples`.

mod admin;
mod html;
mod mail;
mod policies;
mod portal;
mod report;
mod tests;
mod ticket;
mod workspace;

use crate::domain::clock::Instant;
use crate::domain::locale::Locale;
use crate::i18n::format::Moments;
use crate::i18n::{Texts, texts};

use super::components::Moment;
use super::form::{Choice, FormState};
use super::page::{Desk, Page, Section, Theme, Tokens, Viewer};

/// A page's file name and its HTML.
type Sample = (&'static str, String);

/// The present of the samples: 20 November 2026, 14.05 in Stockholm.
const NOW: &str = "2026-11-20T13:05:12Z";

/// What the samples are made with.
#[derive(Clone, Copy)]
struct Maker {
    t: &'static Texts,
    moments: Moments,
}

impl Maker {
    fn new(locale: Locale) -> Self {
        let now = Instant::parse_rfc3339(NOW).unwrap();
        Self { t: texts(locale), moments: Moments::new(locale, now) }
    }

    fn moment(&self, at: &str) -> Moment {
        Moment::new(&self.moments, Instant::parse_rfc3339(at).unwrap())
    }

    fn page(&self, title: &str, section: Section) -> Page {
        Page {
            texts: self.t,
            theme: Theme::System,
            path: "/tickets?closed=yes".to_owned(),
            title: title.to_owned(),
            has_errors: false,
            viewer: Some(Viewer {
                name: "Sara Lind".to_owned(),
                works_tickets: true,
                reads_reports: true,
                administers: true,
                reads_policies: true,
                mail_waiting: Some(3),
            }),
            desk: Desk {
                name: "IT-hjälp".to_owned(),
                phone: "0123-45 67 00".to_owned(),
                hours: "Vardagar 07.30–16.00".to_owned(),
            },
            tokens: Tokens { csrf: "csrf-token".to_owned(), key: "5f0c".to_owned() },
            banner: None,
            section,
            shortcuts: true,
            back: None,
        }
    }

    /// A page as someone who isn't staff sees it.
    fn requester_page(&self, title: &str, section: Section) -> Page {
        let viewer = Viewer {
            name: "Anna Ek".to_owned(),
            works_tickets: false,
            reads_reports: false,
            administers: false,
            reads_policies: false,
            mail_waiting: None,
        };
        Page { viewer: Some(viewer), ..self.page(title, section) }
    }
}

fn choices(pairs: &[(&str, &str)]) -> Vec<Choice> {
    pairs.iter().map(|(value, label)| Choice::new(*value, *label)).collect()
}

fn systems() -> Vec<Choice> {
    choices(&[("microsoft-365", "Microsoft 365"), ("verksamhetssystem-omsorg", "Verksamhetssystem omsorg")])
}

fn organisations() -> Vec<Choice> {
    choices(&[("kumla", "Kumla kommun"), ("hallsberg", "Hallsbergs kommun"), ("laxa", "Laxå kommun")])
}

fn empty() -> FormState {
    FormState::default()
}

/// Every page in one language.
fn all(locale: Locale) -> Vec<Sample> {
    let maker = Maker::new(locale);
    let mut samples = portal::samples(&maker);
    samples.extend(workspace::samples(&maker));
    samples.extend(admin::samples(&maker));
    samples.extend(policies::samples(&maker));
    samples.extend(mail::samples(&maker));
    samples
}
