//! The page itself: everything known of the ticket, and a form for everything that may be done.

use actix_web::HttpResponse;

use super::advice::advice_part;
use super::choices::choices_for;
use super::ledger::ledger_part;
use super::timeline::timeline;
use crate::app::mail::{BouncedAddress, MailRecord, understood_of};
use crate::app::tickets::{ExternalAccess, LedgerView, LinkView, Message, People, TicketDetail};
use crate::app::{AppError, opaque};
use crate::domain::ids::{MessageId, UserId};
use crate::domain::mail::InboundState;
use crate::domain::ticket::{Action, LinkKind, Ticket, TicketNumber};
use crate::i18n::{Arg, Texts};
use crate::web::components::{Cell, Fact};
use crate::web::form::{Choice, Form, FormState};
use crate::web::page::{Banner, BannerKind, Link, Section};
use crate::web::promise::Promises;
use crate::web::routing_story::RoutingStory;
use crate::web::site::{Refusal, SiteError, Staff, html_with, show_errors};
use crate::web::story::{Story, named_in};
use crate::web::workspace::forms;
use crate::web::workspace::mail_view::MailPart;
use crate::web::workspace::view::{ActionView, TicketLink, TicketPage};
use crate::web::{mail_words, routes, tags};

/// More than any ticket has; the rest of an endless one isn't shown here.
const MOST: i64 = 2_000;

/// The form that was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sent {
    Action(Action),
    Reply,
    Note,
    Link,
    Review,
    ExternalLink,
}

/// What was refused on the page, if anything.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Refused<'r>(pub(super) Option<(Sent, &'r Refusal)>);

impl Refused<'_> {
    /// What was typed into a form; nothing for those that weren't sent.
    fn state(&self, form: Sent) -> Option<&FormState> {
        self.0.filter(|(sent, _)| *sent == form).map(|(_, refusal)| &refusal.state)
    }
}

/// The page after a form on it was refused.
pub(super) async fn refused_page(
    who: &Staff,
    number: TicketNumber,
    sent: Sent,
    refusal: &Refusal,
) -> Result<HttpResponse, SiteError> {
    let detail = who.app().show_ticket(&who.cx(), number).await?;
    let mut shown = ticket_page(who, detail, Refused(Some((sent, refusal)))).await?;
    let forms: Vec<Form> = [&shown.reply, &shown.note, &shown.link_form]
        .into_iter()
        .flatten()
        .chain(shown.actions.iter().map(|action| &action.form))
        .cloned()
        .collect();
    show_errors(&mut shown.page, refusal, &forms);
    html_with(refusal.status, &shown)
}

/// The page.
pub(super) async fn ticket_page(
    who: &Staff,
    detail: TicketDetail,
    refused: Refused<'_>,
) -> Result<TicketPage, SiteError> {
    let (app, cx, t) = (who.app(), who.cx(), who.texts());
    let number = detail.ticket.number;
    let directory = app.directory().await?;
    let (messages, authors) = app.ticket_messages(&cx, number, MessageId(0), MOST).await?;
    let (events, actors) = app.ticket_events(&cx, number, 0, MOST).await?;
    let files = app.ticket_attachments(&cx, number).await?;
    let links = app.ticket_links(&cx, number).await?;
    let mail = app.mail_of_ticket(&cx, detail.ticket.id).await?;
    let numbers = app.foreign_numbers(&cx, &detail.ticket).await?;
    let workers = app.workers(&cx).await?;
    let TicketDetail {
        ticket,
        allowed,
        with_internal,
        may_reply,
        may_edit,
        may_link,
        promises,
        routed,
        advice,
        may_review,
        may_link_externally,
        mut people,
        ..
    } = detail;
    let bounced = match people.get(&ticket.requester) {
        Some(requester) if with_internal => app.bounced_address(&cx, &ticket, &requester.email).await?,
        _ => None,
    };
    let ledger = if with_internal { Some(app.ledger_of(&events).await?) } else { None };
    let mut named: Vec<UserId> = events.iter().flat_map(|event| named_in(&event.kind)).collect();
    named.extend(ledger.iter().flat_map(LedgerView::named));
    people.extend(authors);
    people.extend(actors);
    people.extend(app.people(&named).await?);
    let external = if may_link_externally { app.external_access(&ticket, &events)? } else { None };
    let policies = app.policies().await?;
    let matrix = policies.matrix.at(app.now());
    let story = Story { t, moments: who.moments(), directory: &directory, matrix, people: &people };
    let choices = choices_for(&directory, &workers, &ticket);
    let moments = who.moments();
    let words = Promises { t, moments: &moments, is_requester: false };
    let text = number.to_string();
    let no_answers = FormState::default();
    let state = |form| refused.state(form).unwrap_or(&no_answers);
    let seen = opaque::encode(messages.last().map_or(0, |message| message.id.get()));
    let mut page = who.page(format!("{text} {}", ticket.subject), Section::Queues);
    page.path = routes::ticket(&text);
    page.back =
        directory.group(ticket.group).map(|group| Link::new(routes::queue(&group.code), group.name.as_str()));
    if let Some(bounced) = &bounced {
        page.banner.get_or_insert_with(|| unreachable_by_mail(&story, &ticket, bounced));
    }
    Ok(TicketPage {
        page,
        kind: tags::kind_label(t, ticket.kind).to_owned(),
        status: tags::status(t, ticket.status).into(),
        priority: tags::priority(t, ticket.priority.get()).into(),
        changed: None,
        timeline: timeline(&story, &ticket, &messages, &events, &files),
        promises: promises.iter().map(|promise| words.line(promise)).collect(),
        routed: RoutingStory::when(t, &directory, &policies, routed.as_ref())
            .map_or_else(Vec::new, RoutingStory::whole),
        advice: advice.and_then(|advice| advice_part(&story, &policies, &text, &ticket, &advice)),
        facts: facts(&story, &ticket, &people)
            .into_iter()
            .chain(external.map(|access| external_fact(who, &story, &access)))
            .chain(
                (!numbers.is_empty()).then(|| Fact::text(t.t("ticket-foreign-numbers"), numbers.join(", "))),
            )
            .collect(),
        edit_href: may_edit.then(|| routes::ticket_facts(&text)),
        actions: allowed
            .iter()
            // Whoever has it needn't take it.
            .filter(|action| **action != Action::Take || ticket.assignee != Some(cx.user()))
            .map(|action| {
                let refused = refused.state(Sent::Action(*action));
                forms::action(t, *action, &text, ticket.version, &choices, refused)
            })
            .chain(may_link_externally.then(|| forms::external_link(t, &text)))
            .chain(may_review.then(|| forms::review(t, refused.state(Sent::Review), &text)))
            .collect(),
        ledger: ledger.and_then(|ledger| ledger_part(&story, &ledger)),
        reply: may_reply
            .then(|| forms::reply(t, state(Sent::Reply), &text, story.person(ticket.requester), &seen)),
        note: (with_internal && may_reply).then(|| forms::note(t, state(Sent::Note), &text)),
        links: links.iter().map(|link| linked(t, &text, link, may_link)).collect(),
        link_form: may_link.then(|| forms::link(t, state(Sent::Link), &text, relations(t))),
        files: files.iter().map(|file| story.file(file)).collect(),
        mail: mail.iter().filter_map(|record| mail_part(t, record, &messages)).collect(),
    })
}

/// What is said of the message that a mail became; of one that opened the ticket, by the description.
fn mail_part(t: &Texts, record: &MailRecord, messages: &[Message]) -> Option<MailPart> {
    let anchor = match (record.state, record.message) {
        (InboundState::Ticket, _) => "m0".to_owned(),
        (_, Some(id)) => format!("m{}", messages.iter().position(|message| message.id == id)? + 1),
        (_, None) => return None,
    };
    Some(MailPart::new(t, anchor, &opaque::encode(record.id.get()), &understood_of(record)))
}

/// A form of an action alone, where its page is asked for by address.
pub(super) async fn action_form(
    who: &Staff,
    detail: &TicketDetail,
    action: Action,
    given: Option<&FormState>,
) -> Result<ActionView, AppError> {
    let (app, t) = (who.app(), who.texts());
    let (directory, workers) = (app.directory().await?, app.workers(&who.cx()).await?);
    let choices = choices_for(&directory, &workers, &detail.ticket);
    let number = detail.ticket.number.to_string();
    Ok(forms::action(t, action, &number, detail.ticket.version, &choices, given))
}

/// A banner that says that the requester wrote meanwhile.
pub(super) fn answered_meanwhile(t: &Texts, name: &str, when: &str) -> Banner {
    let args = [("name", Arg::Text(name)), ("when", Arg::Text(when))];
    Banner::new(BannerKind::Warning, t.tr("composer-answered-meanwhile", &args))
}

/// Says that the requester doesn't get what is written here.
fn unreachable_by_mail(story: &Story<'_>, ticket: &Ticket, bounced: &BouncedAddress) -> Banner {
    let t = story.t;
    let why = mail_words::undelivered(t, &bounced.status);
    let since = story.moments.date_time(bounced.first_at);
    let args = [
        ("name", Arg::Text(story.person(ticket.requester))),
        ("address", Arg::Text(&bounced.address)),
        ("since", Arg::Text(&since)),
        ("why", Arg::Text(&why)),
    ];
    Banner::new(BannerKind::Warning, t.tr("ticket-address-bounced", &args))
}

fn relations(t: &Texts) -> Vec<Choice> {
    LinkKind::ALL.iter().map(|kind| Choice::new(kind.as_text(), tags::link_label(t, *kind, true))).collect()
}

fn linked(t: &Texts, number: &str, link: &LinkView, may_link: bool) -> TicketLink {
    TicketLink {
        relation: tags::link_label(t, link.kind, link.is_from).to_owned(),
        href: routes::ticket(&link.other_number),
        number: link.other_number.clone(),
        subject: link.other_subject.clone(),
        status: tags::status(t, link.other_status).into(),
        remove: may_link.then(|| forms::unlink(t, number, &link.id)),
    }
}

/// The supplier's link, to be copied into a mail.
fn external_fact(who: &Staff, story: &Story<'_>, access: &ExternalAccess) -> Fact {
    let path = routes::external(&access.token);
    let address = who.address(&path);
    let until = story.moments.date_time(access.expires_at);
    Fact {
        note: Some(story.t.t1("ticket-external-until", "until", &until)),
        ..Fact::new(story.t.t("ticket-external-link"), Cell::link(path, address))
    }
}

fn facts(story: &Story<'_>, ticket: &Ticket, people: &People) -> Vec<Fact> {
    let t = story.t;
    let own = routes::with_query(routes::SEARCH, &[("requester", &opaque::encode(ticket.requester.get()))]);
    let level = |rank: i64, word: &str| format!("{rank} {word}");
    let mut facts = vec![
        Fact {
            note: people.get(&ticket.requester).map(|person| person.email.clone()),
            ..Fact::new(t.t("role-requester"), Cell::link(own, story.person(ticket.requester)))
        },
        Fact {
            note: (ticket.customer != ticket.organisation)
                .then(|| story.organisation(ticket.customer).to_owned()),
            ..Fact::text(t.t("column-organisation"), story.organisation(ticket.organisation))
        },
        Fact::text(t.t("column-owner"), story.owner(ticket.group, ticket.assignee)),
        Fact::text(t.t("field-line"), tags::line_label(t, ticket.line.as_text())),
    ];
    if ticket.owner_group != ticket.group {
        facts.push(Fact::text(t.t("ticket-owner-group"), story.group(ticket.owner_group)));
    }
    if let Some(waiting) = ticket.waiting {
        facts.push(Fact {
            note: waiting.until.map(|until| story.moments.date_time(until)),
            ..Fact::text(t.t("ticket-waits-for"), tags::waiting_label(t, waiting.waiting_for))
        });
    }
    facts.extend([
        Fact::text(
            t.t("field-impact"),
            level(ticket.impact.get(), tags::impact_label(t, ticket.impact.get())),
        ),
        Fact::text(
            t.t("field-urgency"),
            level(ticket.urgency.get(), tags::urgency_label(t, ticket.urgency.get())),
        ),
        Fact::text(t.t("field-category"), story.category(ticket.category)),
        Fact::text(t.t("field-service"), story.service(ticket.service)),
        Fact::text(t.t("field-system"), story.system(ticket.system)),
        Fact::text(t.t("field-support-level"), story.support_level(ticket.support_level.as_ref())),
        Fact::text(t.t("field-task"), story.activity(ticket.activity.as_ref())),
        Fact::text(t.t("field-channel"), tags::channel_label(t, ticket.channel)),
        Fact::new(t.t("column-opened"), Cell::Moment(story.moment(ticket.opened_at))),
        Fact::new(t.t("column-updated"), Cell::Moment(story.moment(ticket.updated_at))),
    ]);
    if let Some(at) = ticket.resolved_at {
        facts.push(Fact::new(t.t("ticket-resolved-at"), Cell::Moment(story.moment(at))));
    }
    if let Some(resolution) = &ticket.resolution {
        facts.push(Fact::text(t.t("field-solution"), &resolution.solution));
    }
    if let Some(id) = &ticket.external_id {
        facts.push(Fact::text(t.t("ticket-external-id"), id));
    }
    facts
}
