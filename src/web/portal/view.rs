//! The portal's pages as data.

use askama::Template;

use crate::app::tickets::TicketListRow;
use crate::domain::ticket::{Status, WaitingFor};
use crate::i18n::Texts;
use crate::i18n::format::Moments;
use crate::web::components::{Cell, EventView, Fact, MessageView, Moment, OwnedTag, Pager, Step, Table};
use crate::web::form::{Control, Field, Form};
use crate::web::page::{Link, Page, Theme};
use crate::web::promise::PromiseLine;
use crate::web::{routes, tags};

/// A ticket in a list of the portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketLine {
    /// Where it is read.
    pub href: String,
    /// Its number.
    pub number: String,
    /// Its subject.
    pub subject: String,
    /// Its status; "waiting for your answer" when that is what it waits for.
    pub status: OwnedTag,
    /// What happened at [`Self::at`]: "ändrat", "stängt".
    pub note: String,
    /// When.
    pub at: Moment,
}

/// The status as the requester reads it: waiting for them is said in so many words.
#[must_use]
pub fn requester_status(t: &Texts, status: Status, waits_for_requester: bool) -> OwnedTag {
    let tag = tags::status(t, status);
    if waits_for_requester && status == Status::Waiting {
        OwnedTag { class: "warning", icon: "alert", label: t.t("my-ticket-waits").to_owned() }
    } else {
        tag.into()
    }
}

/// The steps that a requester sees, with the present one marked. A cancelled ticket has none.
#[must_use]
pub fn steps(t: &Texts, status: Status) -> Vec<Step> {
    const WAY: [Status; 5] =
        [Status::New, Status::Assigned, Status::InProgress, Status::Resolved, Status::Closed];
    // Waiting is a pause in the work, not a step of its own.
    let place = if status == Status::Waiting { Status::InProgress } else { status };
    let Some(current) = WAY.iter().position(|step| *step == place) else { return Vec::new() };
    WAY.iter()
        .enumerate()
        .map(|(at, step)| Step {
            label: if at == current { tags::status_label(t, status) } else { tags::status_label(t, *step) }
                .to_owned(),
            is_done: at < current,
            is_current: at == current,
        })
        .collect()
}

impl TicketLine {
    /// A row of a list, as its requester reads it.
    #[must_use]
    pub fn of(t: &Texts, moments: &Moments, row: &TicketListRow) -> Self {
        let waits = row.waiting_for.is_some_and(|reason| reason.0 == WaitingFor::Requester);
        let finished = row.closed_at.or(row.resolved_at).filter(|_| !row.status.is_open());
        let (note, at) = match finished {
            Some(at) => (t.t("my-tickets-finished"), at),
            None => (t.t("my-tickets-updated"), row.updated_at),
        };
        Self {
            href: routes::my_ticket(&row.number),
            number: row.number.clone(),
            subject: row.subject.clone(),
            status: requester_status(t, row.status, waits),
            note: note.to_owned(),
            at: Moment::new(moments, at),
        }
    }
}

/// Something new, for a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeLine {
    /// Where it is read.
    pub href: String,
    /// What happened to which ticket.
    pub text: String,
    /// The ticket's number.
    pub number: String,
    /// When.
    pub at: Moment,
}

/// The start page.
#[derive(Debug, Template)]
#[template(path = "portal/start.html", config = "src/web/askama.toml")]
pub struct StartPage {
    /// The surroundings.
    pub page: Page,
    /// What the person hasn't seen yet, the latest first.
    pub notices: Vec<NoticeLine>,
    /// The newest open tickets.
    pub open: Vec<TicketLine>,
    /// How many are open in all.
    pub open_count: i64,
}

/// The page after filing.
#[derive(Debug, Template)]
#[template(path = "portal/receipt.html", config = "src/web/askama.toml")]
pub struct ReceiptPage {
    /// The surroundings; the title holds the number.
    pub page: Page,
    /// The ticket's subject.
    pub subject: String,
    /// Where the ticket is read.
    pub href: String,
    /// Who is responsible and where to turn, when that isn't the desk.
    pub answer: Option<[String; 2]>,
    /// What was understood: priority, files, responsible group.
    pub facts: Vec<Fact>,
    /// What happens now, a sentence each.
    pub next: Vec<String>,
}

/// The requester's tickets.
#[derive(Debug, Template)]
#[template(path = "portal/my_tickets.html", config = "src/web/askama.toml")]
pub struct MyTicketsPage {
    /// The surroundings.
    pub page: Page,
    /// Open, closed.
    pub tabs: Vec<Link>,
    /// The tickets.
    pub tickets: Vec<TicketLine>,
    /// What to say when there are none.
    pub empty: String,
    /// More of them.
    pub pager: Pager,
}

/// One ticket as its requester sees it.
#[derive(Debug, Template)]
#[template(path = "portal/my_ticket.html", config = "src/web/askama.toml")]
pub struct MyTicketPage {
    /// The surroundings; the title is the subject.
    pub page: Page,
    /// Its number.
    pub number: String,
    /// Its status.
    pub status: OwnedTag,
    /// Whether an answer is waited for.
    pub waits_for_you: bool,
    /// Its way.
    pub steps: Vec<Step>,
    /// Owner, times, solution.
    pub facts: Vec<Fact>,
    /// What is promised, and how it stands.
    pub promises: Vec<PromiseLine>,
    /// Who is responsible and where to turn, when that isn't the desk.
    pub answer: Option<[String; 2]>,
    /// Public messages, the oldest first.
    pub messages: Vec<MessageView>,
    /// The field for an answer, while the ticket takes one.
    pub reply: Option<Form>,
    /// "It works now".
    pub close: Option<Form>,
    /// Where "It still does not work" leads.
    pub reopen: Option<String>,
    /// Where "I no longer need help" leads.
    pub cancel: Option<String>,
    /// What has happened.
    pub history: Vec<EventView>,
}

/// A ticket as a supplier sees it by a signed link.
#[derive(Debug, Template)]
#[template(path = "portal/external.html", config = "src/web/askama.toml")]
pub struct ExternalPage {
    /// The surroundings; the title is the subject.
    pub page: Page,
    /// Its number.
    pub number: String,
    /// For whom the link is.
    pub lead: String,
    /// Priority, arrival, the link's end.
    pub facts: Vec<Fact>,
    /// What the requester reads too, and the own answers, the oldest first.
    pub messages: Vec<MessageView>,
    /// An answer to the desk.
    pub answer: Form,
    /// Handing it back.
    pub hand_back: Form,
}

impl ExternalPage {
    fn refused(&self) -> Vec<&Field> {
        [&self.answer, &self.hand_back].into_iter().flat_map(Form::refused).collect()
    }
}

/// The own profile.
#[derive(Debug, Template)]
#[template(path = "portal/profile.html", config = "src/web/askama.toml")]
pub struct ProfilePage {
    /// The surroundings.
    pub page: Page,
    /// Name, e-mail, organisations.
    pub facts: Vec<Fact>,
    /// Language, theme, shortcuts.
    pub display: Form,
    /// How mail is wanted, for staff.
    pub mail: Option<Form>,
    /// A new password.
    pub password: Form,
    /// Where the person is signed in.
    pub sessions: Table,
    /// Signing out all the others.
    pub end_others: Option<Form>,
}

impl ProfilePage {
    fn refused(&self) -> Vec<&Field> {
        let mail = self.mail.iter().flat_map(Form::refused);
        mail.chain(self.password.refused()).collect()
    }
}
