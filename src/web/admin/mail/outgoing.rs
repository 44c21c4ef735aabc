//! The log of mails: what went out, waits, was left out or given up.

use super::super::parts;
use crate::app::mail::{OutgoingAction, OutgoingMail, OutgoingQuery, headline};
use crate::app::{AppError, FieldProblem, opaque};
use crate::domain::access::Permission;
use crate::domain::ids::OutboundMailId;
use crate::domain::mail::{OutboundState, Suppressed};
use crate::domain::people::Language;
use crate::i18n::Texts;
use crate::i18n::format::Moments;
use crate::web::components::{Cell, Moment, Pager};
use crate::web::form::{Choice, Field, Form, FormState, Submit};
use crate::web::routes;
use crate::web::site::{Done, Flash, ProtectedForm, SignedIn, SiteError, get, html, see_other_saying};
use crate::web::workspace::mail_view::MailListPage;
use actix_web::HttpResponse;
use actix_web::web::{self, Path, Query, ServiceConfig};
use serde::Deserialize;

const ROWS: usize = 50;

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(web::resource(routes::OUTGOING_MAILS).route(get().to(list)))
        .service(web::resource(routes::OUTGOING_MAIL).route(web::post().to(decide)));
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ListQuery {
    q: String,
    state: String,
    cursor: String,
}

async fn list(who: SignedIn, query: Query<ListQuery>) -> Result<HttpResponse, SiteError> {
    who.need(Permission::MailManage)?;
    let (t, moments) = (who.texts(), who.moments());
    let ListQuery { q, state, cursor } = query.into_inner();
    let asked = OutgoingQuery {
        state: Some(state.clone()),
        ticket: None,
        text: Some(q.clone()),
        before: opaque::decode(&cursor).map(OutboundMailId),
    };
    let mut mails =
        who.app().outgoing_mails(&who.cx(), &asked, 0, i64::try_from(ROWS).unwrap_or(50) + 1).await?;
    let has_more = mails.len() > ROWS;
    mails.truncate(ROWS);
    let kept = |cursor: &str| {
        let pairs = [("q", q.as_str()), ("state", state.as_str()), ("cursor", cursor)];
        routes::with_query(routes::OUTGOING_MAILS, &pairs)
    };
    let pager = Pager {
        first: (!cursor.is_empty()).then(|| kept("")),
        next: mails.last().filter(|_| has_more).map(|mail| kept(&opaque::encode(mail.id.get()))),
    };
    let language = who.account().language;
    let held = FormState::of([("q", q.as_str()), ("state", state.as_str())]);
    let rows = mails.iter().map(|mail| row(t, &moments, language, mail, &held)).collect();
    let columns = [
        t.t("outgoing-at"),
        t.t("outgoing-template"),
        t.t("outgoing-recipient"),
        t.t("outgoing-ticket"),
        t.t("outgoing-state"),
        t.t("admin-column-action"),
    ];
    let is_whole = q.is_empty() && state.is_empty();
    let none = match (is_whole, who.app().settings().mail.smtp.is_some()) {
        (true, true) => t.t("outgoing-none-yet"),
        (true, false) => t.t("outgoing-not-set-up"),
        (false, _) => t.t("outgoing-none"),
    };
    html(&MailListPage {
        page: parts::page(&who, t.t("admin-outgoing")),
        lead: t.t("outgoing-lead").to_owned(),
        filters: Some((routes::OUTGOING_MAILS, filters(t, &held))),
        table: parts::table(t.t("admin-outgoing"), &columns, rows, none),
        pager,
    })
}

fn filters(t: &Texts, held: &FormState) -> Vec<Field> {
    let any = std::iter::once(Choice::new("", t.t("mail-log-any")));
    let states = OutboundState::ALL.iter().map(|state| Choice::new(state.as_text(), state_word(t, *state)));
    vec![
        Field::typed(held, "q", t.t("outgoing-search"), "search").max(254),
        Field::select(held, "state", t.t("outgoing-state"), any.chain(states).collect()),
    ]
}

fn row(t: &Texts, moments: &Moments, language: Language, mail: &OutgoingMail, held: &FormState) -> Vec<Cell> {
    let allowed = OutgoingAction::allowed_in(mail.state);
    vec![
        Cell::Moment(Moment::new(moments, mail.created_at)),
        Cell::text(headline(mail.template, language)),
        Cell::text(&mail.recipient),
        mail.ticket
            .as_deref()
            .map_or_else(|| Cell::text(""), |number| Cell::link(routes::ticket(number), number)),
        Cell::text(state(t, mail)),
        if allowed.is_empty() { Cell::text("") } else { Cell::Action(decision(t, mail, allowed, held)) },
    ]
}

/// Leads back to the list as it was looked at.
fn decision(t: &Texts, mail: &OutgoingMail, allowed: &[OutgoingAction], held: &FormState) -> Form {
    let id = opaque::encode(mail.id.get());
    let submits = allowed.iter().map(|action| {
        let word = match action {
            OutgoingAction::Resend => t.t("outgoing-again"),
            OutgoingAction::GiveUp => t.t("outgoing-give-up"),
        };
        Submit::secondary(word).sending("action", action.as_text()).about(&mail.recipient)
    });
    Form::new("mail", routes::outgoing_mail(&id), t.t("admin-column-action"))
        .for_row(&id)
        .fields(["q", "state"].map(|name| Field::hidden(name, held.value(name))).to_vec())
        .submits(submits.collect())
}

fn state_word(t: &Texts, state: OutboundState) -> &str {
    match state {
        OutboundState::Waiting => t.t("outgoing-waiting"),
        OutboundState::Sent => t.t("outgoing-sent"),
        OutboundState::Suppressed => t.t("outgoing-suppressed"),
        OutboundState::Dead => t.t("outgoing-dead"),
    }
}

fn state(t: &Texts, mail: &OutgoingMail) -> String {
    let word = state_word(t, mail.state);
    if let Some(reason) = mail.reason {
        return format!("{word}: {}", reason_text(t, reason));
    }
    match (&mail.last_error, mail.state) {
        (Some(error), OutboundState::Waiting) => t.t1("outgoing-waiting-after", "error", error),
        (Some(error), OutboundState::Dead) => t.t1("outgoing-dead-after", "error", error),
        _ => word.to_owned(),
    }
}

fn reason_text(t: &Texts, reason: Suppressed) -> &str {
    match reason {
        Suppressed::PersonCap => t.t("outgoing-reason-person-cap"),
        Suppressed::TicketCap => t.t("outgoing-reason-ticket-cap"),
        Suppressed::Acknowledged => t.t("outgoing-reason-acknowledged"),
        Suppressed::Bounced => t.t("outgoing-reason-bounced"),
        Suppressed::NoRight => t.t("outgoing-reason-no-right"),
        Suppressed::Disabled => t.t("outgoing-reason-disabled"),
        Suppressed::SendingOff => t.t("outgoing-reason-sending-off"),
        Suppressed::Empty => t.t("outgoing-reason-empty"),
        Suppressed::GivenUp => t.t("outgoing-reason-given-up"),
    }
}

async fn decide(form: ProtectedForm, id: Path<String>) -> Result<HttpResponse, SiteError> {
    form.who.need(Permission::MailManage)?;
    let (app, cx) = (form.who.app(), form.cx());
    match OutgoingAction::from_text(form.value("action")) {
        Some(OutgoingAction::Resend) => app.resend_mail(&cx, &id).await?,
        Some(OutgoingAction::GiveUp) => app.give_mail_up(&cx, &id).await?,
        None => return Err(AppError::field("action", FieldProblem::Unknown).into()),
    };
    let kept = ["q", "state"].map(|name| (name, form.value(name)));
    Ok(see_other_saying(&routes::with_query(routes::OUTGOING_MAILS, &kept), &Flash::Done(Done::Saved)))
}
