//! A ticket's story in words: its messages, files and events with names instead of keys.

use crate::app::opaque;
use crate::app::tickets::{Attachment, Message, People};
use crate::domain::clock::Instant;
use crate::domain::ids::{CategoryId, GroupId, OrganisationId, ServiceId, SystemId, UserId};
use crate::domain::mail::Classification;
use crate::domain::people::Directory;
use crate::domain::routing::{ActivityCode, Matrix, SupportLevelCode};
use crate::domain::ticket::{
    EventKind, HandOverReason, LinkKind, Origin, SystemAction, Ticket, TicketEvent, Visibility, Waiting,
};
use crate::i18n::format::Moments;
use crate::i18n::{Arg, Texts};

use super::components::{EventView, FileView, MessageKind, MessageView, Moment};
use super::{mail_words, routes, tags};

/// Where the words come from.
#[derive(Debug, Clone, Copy)]
pub struct Story<'a> {
    /// The reader's language.
    pub t: &'static Texts,
    /// As seen from the present.
    pub moments: Moments,
    /// Names of groups, systems and the like.
    pub directory: &'a Directory,
    /// Names of support levels and activities.
    pub matrix: Option<&'a Matrix>,
    /// Names of people.
    pub people: &'a People,
}

/// Everybody an event names besides the one who acted.
pub fn named_in(kind: &EventKind) -> impl Iterator<Item = UserId> {
    let (first, second) = match kind {
        EventKind::Opened { requester, registered_by, .. } => (Some(*requester), Some(*registered_by)),
        EventKind::Taken { from, to, .. } => (*from, Some(*to)),
        EventKind::Assigned { from, to, .. } => (*from, *to),
        _ => (None, None),
    };
    first.into_iter().chain(second)
}

impl Story<'_> {
    /// A person's name.
    #[must_use]
    pub fn person(&self, id: UserId) -> &str {
        self.people.get(&id).map_or_else(|| self.t.t("person-unknown"), |person| person.name.as_str())
    }

    /// A group's name.
    #[must_use]
    pub fn group(&self, id: GroupId) -> &str {
        self.directory.group(id).map_or("", |group| group.name.as_str())
    }

    /// An organisation's name.
    #[must_use]
    pub fn organisation(&self, id: OrganisationId) -> &str {
        self.directory.organisation(id).map_or("", |organisation| organisation.name.as_str())
    }

    /// A service's name; a dash for none.
    #[must_use]
    pub fn service(&self, id: Option<ServiceId>) -> &str {
        id.and_then(|id| self.directory.service(id)).map_or(NOTHING, |service| service.name.as_str())
    }

    /// A system's name; a dash for none.
    #[must_use]
    pub fn system(&self, id: Option<SystemId>) -> &str {
        id.and_then(|id| self.directory.system(id)).map_or(NOTHING, |system| system.name.as_str())
    }

    /// A category's name; a dash for none.
    #[must_use]
    pub fn category(&self, id: Option<CategoryId>) -> &str {
        id.and_then(|id| self.directory.category(id)).map_or(NOTHING, |category| category.name.as_str())
    }

    /// A support level's name; its code when the matrix no longer has it, a dash for none.
    #[must_use]
    pub fn support_level<'c>(&'c self, code: Option<&'c SupportLevelCode>) -> &'c str {
        let Some(code) = code else { return NOTHING };
        let name = self.matrix.and_then(|matrix| matrix.level_name(code));
        name.map_or(code.as_str(), |name| name.in_language(self.t.locale()))
    }

    /// An activity's name; its code when the matrix no longer has it, a dash for none.
    #[must_use]
    pub fn activity<'c>(&'c self, code: Option<&'c ActivityCode>) -> &'c str {
        let Some(code) = code else { return NOTHING };
        let name = self.matrix.and_then(|matrix| matrix.activity_name(code));
        name.map_or(code.as_str(), |name| name.in_language(self.t.locale()))
    }

    /// Group and person: "Servicedesk / Sara Lind".
    #[must_use]
    pub fn owner(&self, group: GroupId, person: Option<UserId>) -> String {
        match person {
            Some(person) => format!("{} / {}", self.group(group), self.person(person)),
            None => self.group(group).to_owned(),
        }
    }

    /// An instant as it is read.
    #[must_use]
    pub fn moment(&self, at: Instant) -> Moment {
        Moment::new(&self.moments, at)
    }

    /// A file.
    #[must_use]
    pub fn file(&self, attachment: &Attachment) -> FileView {
        let href = routes::attachment(&opaque::encode(attachment.id.get()));
        let bytes = u64::try_from(attachment.size_bytes).unwrap_or(0);
        FileView::new(self.t.locale(), href, attachment.file_name.clone(), bytes)
    }

    /// The files that came with a message, or with the description when there is none.
    #[must_use]
    pub fn files_of(&self, message: Option<&Message>, files: &[Attachment]) -> Vec<FileView> {
        let id = message.map(|message| message.id);
        files.iter().filter(|file| file.message == id).map(|file| self.file(file)).collect()
    }

    /// The description as the first message; nothing when the subject said it all.
    #[must_use]
    pub fn description(&self, ticket: &Ticket, files: &[Attachment]) -> Option<MessageView> {
        let files = self.files_of(None, files);
        if ticket.description.is_empty() && files.is_empty() {
            return None;
        }
        let channel = inside(tags::channel_label(self.t, ticket.channel));
        let how = if ticket.registered_by == ticket.requester {
            self.t.t1("message-via", "channel", &channel)
        } else {
            let by = self.person(ticket.registered_by);
            self.t.tr("message-registered", &[("name", Arg::Text(by)), ("channel", Arg::Text(&channel))])
        };
        Some(MessageView {
            id: "m0".to_owned(),
            kind: MessageKind::Incoming,
            author: self.person(ticket.requester).to_owned(),
            how,
            at: self.moment(ticket.opened_at),
            body: ticket.description.clone(),
            files,
        })
    }

    /// The so-manieth message.
    #[must_use]
    pub fn message(
        &self,
        at: usize,
        message: &Message,
        ticket: &Ticket,
        files: &[Attachment],
    ) -> MessageView {
        let kind = match message.visibility {
            Visibility::Internal => MessageKind::Note,
            Visibility::Public if message.author == ticket.requester => MessageKind::Incoming,
            Visibility::Public => MessageKind::Outgoing,
        };
        MessageView {
            id: format!("m{}", at + 1),
            kind,
            author: self.person(message.author).to_owned(),
            how: String::new(),
            at: self.moment(message.created_at),
            body: message.body.clone(),
            files: self.files_of(Some(message), files),
        }
    }

    /// What a supplier answered by its link, as a note of its group's; nothing for any other event.
    #[must_use]
    pub fn external_answer(&self, event: &TicketEvent) -> Option<MessageView> {
        let EventKind::ExternalAnswered { group, text } = &event.kind else { return None };
        Some(MessageView {
            id: format!("x{}", event.sequence),
            kind: MessageKind::Note,
            author: self.group(*group).to_owned(),
            how: self.t.t("message-by-link").to_owned(),
            at: self.moment(event.at),
            body: text.clone(),
            files: Vec::new(),
        })
    }

    /// An event: who, when, what, and why.
    #[must_use]
    pub fn event(&self, event: &TicketEvent) -> EventView {
        let (what, why) = self.sentence(&event.kind);
        let what = match event.origin {
            Origin::Import => self.t.t1("event-imported", "what", &what),
            Origin::Portal
            | Origin::Workspace
            | Origin::Api
            | Origin::System
            | Origin::External
            | Origin::Email => what,
        };
        let who = match (event.actor, &event.kind) {
            (_, EventKind::RouteAdvised { .. }) => self.t.t("event-by-itself"),
            (Some(actor), _) => self.person(actor),
            (
                None,
                EventKind::Returned { from_group: group, .. } | EventKind::ExternalAnswered { group, .. },
            ) if event.origin == Origin::External => self.group(*group),
            (None, _) => self.t.t("event-by-itself"),
        };
        EventView { at: self.moment(event.at), who: who.to_owned(), what, why: why.map(str::to_owned) }
    }

    /// What happened, and why in the person's own words.
    fn sentence<'e>(&self, kind: &'e EventKind) -> (String, Option<&'e str>) {
        let t = self.t;
        let plain = |text: &str| (text.to_owned(), None);
        let changed = |key: &'static str, from: &str, to: &str| {
            (t.tr(key, &[("from", Arg::Text(from)), ("to", Arg::Text(to))]), None)
        };
        match kind {
            EventKind::Opened { channel, requester, registered_by, .. } => {
                let channel = inside(tags::channel_label(t, *channel));
                let channel = Arg::Text(&channel);
                if requester == registered_by {
                    return (t.tr("event-opened", &[("channel", channel)]), None);
                }
                let name = Arg::Text(self.person(*requester));
                (t.tr("event-opened-for", &[("name", name), ("channel", channel)]), None)
            }
            EventKind::Taken { from: Some(from), .. } => {
                (t.t1("event-taken-from", "from", self.person(*from)), None)
            }
            EventKind::Taken { from: None, .. } => plain(t.t("event-taken")),
            EventKind::Assigned { from_group, to_group, from, to } => {
                changed("event-assigned", &self.owner(*from_group, *from), &self.owner(*to_group, *to))
            }
            EventKind::Escalated { from_group, to_group, from_line: _, to_line, reason, code } => {
                let line = inside(tags::line_label(t, to_line.as_text()));
                let args = [
                    ("from", Arg::Text(self.group(*from_group))),
                    ("to", Arg::Text(self.group(*to_group))),
                    ("line", Arg::Text(&line)),
                ];
                (self.because(t.tr("event-escalated", &args), *code), Some(reason))
            }
            EventKind::Returned { from_group, to_group, from_line: _, to_line: _, reason, code } => {
                let (what, _) = changed("event-returned", self.group(*from_group), self.group(*to_group));
                (self.because(what, *code), Some(reason))
            }
            EventKind::Routed { to_group, .. } => {
                (t.t1("event-routed", "group", self.group(*to_group)), None)
            }
            EventKind::AgreementChanged { .. } => plain(t.t("event-agreement")),
            EventKind::ClockWarned { metric, percent, .. } => {
                let args = [
                    ("metric", Arg::Text(tags::metric(t, *metric))),
                    ("percent", Arg::Number((*percent).into())),
                ];
                (t.tr("event-clock-warned", &args), None)
            }
            EventKind::ClockBreached { metric, .. } => {
                (t.t1("event-clock-breached", "metric", tags::metric(t, *metric)), None)
            }
            EventKind::WaitStarted { waiting } => (self.waiting(*waiting), None),
            EventKind::WaitEnded { by } => plain(match by {
                Some(SystemAction::AnswerArrived) => t.t("event-wait-ended-by-answer"),
                Some(SystemAction::WaitEnded | SystemAction::AutoClose) => t.t("event-wait-ended-by-time"),
                None => t.t("event-wait-ended"),
            }),
            EventKind::FirstResponded => plain(t.t("event-first-responded")),
            EventKind::Resolved { solution, .. } => (t.t("event-resolved").to_owned(), Some(solution)),
            EventKind::FirstLineReviewed { could_have_solved, note } => {
                let key =
                    if *could_have_solved { "event-first-line-could" } else { "event-first-line-could-not" };
                (t.t(key).to_owned(), note.as_deref())
            }
            EventKind::ExternalLinkCreated { group, until, id: _ } => {
                let until = self.moments.date_time(*until);
                let args = [("group", Arg::Text(self.group(*group))), ("until", Arg::Text(&until))];
                (t.tr("event-external-link", &args), None)
            }
            EventKind::MailNoted { mail: _, what, from, undelivered } => {
                let said = t.t1(noted(*what), "address", from);
                match undelivered {
                    Some(status) => (format!("{said}: {}", mail_words::undelivered(t, status)), None),
                    None => (said, None),
                }
            }
            EventKind::ExternalAnswered { group: _, text } => {
                (t.t("event-external-answer").to_owned(), Some(text))
            }
            EventKind::Closed { by: None } => plain(t.t("event-closed")),
            EventKind::Closed { by: Some(_) } => plain(t.t("event-closed-by-itself")),
            EventKind::Reopened { reason } => (t.t("event-reopened").to_owned(), Some(reason)),
            EventKind::Cancelled { reason } => (t.t("event-cancelled").to_owned(), Some(reason)),
            EventKind::SubjectChanged { from, to } => changed("event-subject", from, to),
            EventKind::DescriptionChanged { from, .. } if from.is_empty() => {
                plain(t.t("event-description-added"))
            }
            EventKind::DescriptionChanged { from, .. } => (t.t("event-description").to_owned(), Some(from)),
            EventKind::ServiceChanged { from, to } => {
                changed("event-service", self.service(*from), self.service(*to))
            }
            EventKind::SystemChanged { from, to } => {
                changed("event-system", self.system(*from), self.system(*to))
            }
            EventKind::CategoryChanged { from, to } => {
                changed("event-category", self.category(*from), self.category(*to))
            }
            EventKind::SupportLevelChanged { from, to } => changed(
                "event-support-level",
                self.support_level(from.as_ref()),
                self.support_level(to.as_ref()),
            ),
            EventKind::ActivityChanged { from, to } => {
                changed("event-activity", self.activity(from.as_ref()), self.activity(to.as_ref()))
            }
            EventKind::RouteAdvised { routed } => {
                (t.t1("event-route-advised", "group", self.group(routed.group)), None)
            }
            EventKind::PriorityChanged {
                from_impact,
                from_urgency,
                from,
                impact,
                urgency,
                to,
                reason: _,
            } => {
                let level = |priority: i64, impact: i64, urgency: i64| {
                    let args = [
                        ("priority", Arg::Text(tags::priority(t, priority).label)),
                        ("impact", Arg::Number(impact)),
                        ("urgency", Arg::Number(urgency)),
                    ];
                    t.tr("event-priority-level", &args)
                };
                let before = level(from.get(), from_impact.get(), from_urgency.get());
                changed("event-priority", &before, &level(to.get(), impact.get(), urgency.get()))
            }
            EventKind::MessageAdded { visibility: Visibility::Public, .. } => plain(t.t("event-message")),
            EventKind::MessageAdded { visibility: Visibility::Internal, .. } => plain(t.t("event-note")),
            EventKind::AttachmentAdded { name, .. } => (t.t1("event-file", "name", name), None),
            EventKind::LinkAdded { link, other } => self.linked("event-linked", *link, other),
            EventKind::LinkRemoved { link, other } => self.linked("event-unlinked", *link, other),
        }
    }

    /// A hand-over with its reason's code in words, where it has one.
    fn because(&self, what: String, code: Option<HandOverReason>) -> String {
        let Some(code) = code else { return what };
        let reason = inside(tags::hand_over_label(self.t, code));
        self.t.tr("event-because", &[("what", Arg::Text(&what)), ("reason", Arg::Text(&reason))])
    }

    fn waiting(&self, waiting: Waiting) -> String {
        let reason = inside(tags::waiting_label(self.t, waiting.waiting_for));
        match waiting.until {
            None => self.t.t1("event-waiting", "reason", &reason),
            Some(until) => {
                let until = self.moments.date_time(until);
                self.t.tr(
                    "event-waiting-until",
                    &[("reason", Arg::Text(&reason)), ("until", Arg::Text(&until))],
                )
            }
        }
    }

    fn linked<'e>(&self, key: &'static str, link: LinkKind, other: &str) -> (String, Option<&'e str>) {
        // Either end of a link has the event; which end this is, the other's history tells.
        let relation = match link {
            LinkKind::RelatesTo => self.t.t("link-kind-relates-to"),
            LinkKind::Duplicates => self.t.t("link-kind-duplicates"),
            LinkKind::CausedBy => self.t.t("link-kind-caused-by"),
            LinkKind::PartOf => self.t.t("link-kind-part-of"),
        };
        (self.t.tr(key, &[("relation", Arg::Text(relation)), ("other", Arg::Text(other))]), None)
    }
}

/// Stands for what isn't there.
const NOTHING: &str = "–";

/// A label inside a sentence: "Telefon" → "telefon", but "API" stays.
fn inside(label: &str) -> String {
    let mut letters = label.chars();
    let Some(first) = letters.next() else { return String::new() };
    if letters.clone().next().is_some_and(char::is_uppercase) {
        return label.to_owned();
    }
    first.to_lowercase().chain(letters).collect()
}

/// The text for a mail that was only noted.
const fn noted(what: Classification) -> &'static str {
    match what {
        Classification::New | Classification::Reply => "event-mail-stranger",
        Classification::AutoReply => "event-mail-automatic",
        Classification::Bounce => "event-mail-bounce",
        Classification::Loop => "event-mail-loop",
        Classification::Spam => "event-mail-spam",
        Classification::Unparsable => "event-mail-unreadable",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::locale::Locale;
    use crate::domain::ticket::{Line, Priority, Rank, WaitingFor};
    use crate::i18n::texts;

    fn told(locale: Locale, kind: &EventKind) -> String {
        let now = Instant::parse_rfc3339("2026-11-20T13:05:00Z").unwrap();
        let (directory, people) = (Directory::default(), People::default());
        let story = Story {
            t: texts(locale),
            moments: Moments::new(locale, now),
            directory: &directory,
            matrix: None,
            people: &people,
        };
        story.sentence(kind).0
    }

    #[test]
    fn events_say_what_was_and_what_is() {
        let (low, high) = (Rank::new(3).unwrap(), Rank::new(2).unwrap());
        let raised = EventKind::PriorityChanged {
            from_impact: low,
            from_urgency: low,
            from: Priority::new(4).unwrap(),
            impact: high,
            urgency: high,
            to: Priority::new(2).unwrap(),
            reason: None,
        };
        assert_eq!(
            told(Locale::Sv, &raised),
            "ändrade prioriteten från P4 Låg (inverkan 3, brådska 3) till P2 Hög (inverkan 2, brådska 2)"
        );
        let subject = EventKind::SubjectChanged { from: "Mejl".to_owned(), to: "E-post".to_owned() };
        assert_eq!(told(Locale::Sv, &subject), "ändrade rubriken från ”Mejl” till ”E-post”");
        assert_eq!(told(Locale::En, &subject), "changed the subject from “Mejl” to “E-post”");
        let until = Some(Instant::parse_rfc3339("2026-11-21T08:30:00Z").unwrap());
        let waits = EventKind::WaitStarted { waiting: Waiting { waiting_for: WaitingFor::Supplier, until } };
        assert_eq!(told(Locale::Sv, &waits), "lät ärendet vänta på leverantör till i morgon\u{a0}09.30");
        let handed = EventKind::Escalated {
            from_group: GroupId(1),
            to_group: GroupId(2),
            from_line: Line::First,
            to_line: Line::Second,
            reason: "Kräver besök.".to_owned(),
            code: None,
        };
        assert!(told(Locale::Sv, &handed).ends_with("(andra linjen)"), "{}", told(Locale::Sv, &handed));
        let returned = EventKind::Returned {
            from_group: GroupId(2),
            to_group: GroupId(1),
            from_line: Line::Second,
            to_line: Line::First,
            reason: "Bytte port.".to_owned(),
            code: Some(HandOverReason::Done),
        };
        assert!(told(Locale::Sv, &returned).ends_with(" – gruppens del är klar"));
    }
}
