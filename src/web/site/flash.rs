//! What was just done, told at the top of the page that follows. Only codes travel; the words are
//! ours, so that a forged cookie can say nothing new.

use actix_web::HttpRequest;
use actix_web::cookie::Cookie;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::{cookies, refusal_text};
use crate::app::AppError;
use crate::domain::ticket::TicketNumber;
use crate::i18n::{Arg, Texts};
use crate::text_enum;
use crate::web::page::{Banner, BannerKind};

text_enum! {
    /// Something that was done.
    pub enum Done {
        /// Changes were stored.
        Saved = "saved",
        /// A message was sent.
        MessageSent = "messageSent",
        /// A note was stored.
        NoteSaved = "noteSaved",
        /// An action on a ticket was carried out.
        TicketChanged = "ticketChanged",
        /// A ticket was resolved.
        TicketResolved = "ticketResolved",
        /// A ticket was closed.
        TicketClosed = "ticketClosed",
        /// A ticket was opened again.
        TicketReopened = "ticketReopened",
        /// A ticket was withdrawn.
        TicketCancelled = "ticketCancelled",
        /// Tickets were linked.
        Linked = "linked",
        /// A link for a supplier was made.
        ExternalLinkCreated = "externalLinkCreated",
        /// The password was changed.
        PasswordChanged = "passwordChanged",
        /// A session elsewhere was ended.
        SessionEnded = "sessionEnded",
        /// Nobody is signed in any more.
        SignedOut = "signedOut",
        /// Something was added.
        Added = "added",
        /// A job will be tried again.
        JobRetried = "jobRetried",
        /// Nothing, as no ticket was ticked.
        NoTickets = "noTickets",
        /// Nothing, as neither group nor person was chosen.
        NoTarget = "noTarget",
    }
}

/// What was just done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flash {
    /// One thing.
    Done(Done),
    /// The same on many tickets.
    Bulk {
        /// How many were changed.
        changed: usize,
        /// Those that weren't, each with the code of the reason.
        failed: Vec<(TicketNumber, String)>,
    },
}

impl Flash {
    /// The cookie that carries it to the next page.
    pub(super) fn cookie(&self) -> Cookie<'static> {
        let text = match self {
            Self::Done(done) => done.as_text().to_owned(),
            Self::Bulk { changed, failed } => {
                let failed: Vec<String> =
                    failed.iter().map(|(number, code)| format!("{number}:{code}")).collect();
                format!("bulk {changed} {}", failed.join(" "))
            }
        };
        cookies::new_flash(URL_SAFE_NO_PAD.encode(text))
    }

    /// What the page before says was done.
    pub(super) fn of(request: &HttpRequest) -> Option<Self> {
        let text = URL_SAFE_NO_PAD.decode(request.cookie(cookies::FLASH)?.value()).ok()?;
        Self::parse(&String::from_utf8(text).ok()?)
    }

    fn parse(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace();
        let first = words.next()?;
        if first != "bulk" {
            return Done::from_text(first).map(Self::Done);
        }
        let changed = words.next()?.parse().ok()?;
        let failed = words
            .map(|word| {
                let (number, code) = word.split_once(':')?;
                let code = AppError::CODES.iter().find(|known| **known == code)?;
                Some((TicketNumber::parse(number)?, (*code).to_owned()))
            })
            .collect::<Option<_>>()?;
        Some(Self::Bulk { changed, failed })
    }

    /// As it is read.
    pub(super) fn banner(&self, t: &Texts) -> Banner {
        let (changed, failed) = match self {
            Self::Done(done) => {
                let is_nothing = matches!(done, Done::NoTickets | Done::NoTarget);
                let kind = if is_nothing { BannerKind::Warning } else { BannerKind::Success };
                return Banner::new(kind, done_text(t, *done));
            }
            Self::Bulk { changed, failed } => (*changed, failed),
        };
        if failed.is_empty() {
            return Banner::new(BannerKind::Success, t.t1("bulk-changed", "count", changed));
        }
        let number = |count: usize| Arg::Number(i64::try_from(count).unwrap_or(i64::MAX));
        let counts = [
            ("changed", number(changed)),
            ("all", number(changed + failed.len())),
            ("failed", number(failed.len())),
        ];
        let details =
            failed.iter().map(|(ticket, code)| format!("{ticket}: {}", refusal_text(t, code))).collect();
        Banner { details, ..Banner::new(BannerKind::Warning, t.tr("bulk-changed-some", &counts)) }
    }
}

fn done_text(t: &Texts, done: Done) -> &str {
    match done {
        Done::Saved => t.t("done-saved"),
        Done::MessageSent => t.t("done-message-sent"),
        Done::NoteSaved => t.t("done-note-saved"),
        Done::TicketChanged => t.t("done-ticket-changed"),
        Done::TicketResolved => t.t("done-ticket-resolved"),
        Done::TicketClosed => t.t("done-ticket-closed"),
        Done::TicketReopened => t.t("done-ticket-reopened"),
        Done::TicketCancelled => t.t("done-ticket-cancelled"),
        Done::Linked => t.t("done-linked"),
        Done::ExternalLinkCreated => t.t("done-external-link"),
        Done::PasswordChanged => t.t("done-password-changed"),
        Done::SessionEnded => t.t("done-session-ended"),
        Done::SignedOut => t.t("done-signed-out"),
        Done::Added => t.t("done-added"),
        Done::JobRetried => t.t("done-job-retried"),
        Done::NoTickets => t.t("error-required-tickets"),
        Done::NoTarget => t.t("error-required-person"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::locale::Locale;
    use crate::i18n::texts;
    use actix_web::test::TestRequest;

    fn carried(flash: &Flash) -> Option<Flash> {
        Flash::of(&TestRequest::get().cookie(flash.cookie()).to_http_request())
    }

    #[test]
    fn what_was_done_reaches_the_next_page() {
        let failed = vec![(TicketNumber::parse("INC-7").unwrap(), "settled".to_owned())];
        let bulk = Flash::Bulk { changed: 2, failed };
        assert_eq!(carried(&bulk).as_ref(), Some(&bulk));
        assert_eq!(carried(&Flash::Done(Done::Saved)), Some(Flash::Done(Done::Saved)));
        let banner = bulk.banner(texts(Locale::Sv));
        assert_eq!(banner.text, "2 av 3 ärenden ändrades. 1 gick inte.");
        assert!(banner.details[0].starts_with("INC-7: "));
    }

    #[test]
    fn foreign_words_say_nothing() {
        for bad in ["", "<b>", "bulk", "bulk x", "bulk 1 INC-1", "bulk 1 INC-1:<b>", "bulk 1 x:settled"] {
            assert_eq!(Flash::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn everything_done_has_words() {
        for locale in Locale::ALL {
            for done in Done::ALL {
                assert!(!done_text(texts(locale), *done).is_empty());
            }
        }
    }
}
