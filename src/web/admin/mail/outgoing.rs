//! The log of mails: what went out, waits, was left out or given up.

use super::super::parts;
use crate::app::mail::{OutgoingMail, OutgoingQuery, headline};
use crate::domain::access::Permission;
use crate::domain::mail::{OutboundState, Suppressed};
use crate::i18n::Texts;
use crate::web::components::{Cell, Moment, Pager};
use crate::web::form::{Field, Form, FormState, Submit};
use crate::web::routes;
use crate::web::site::{Done, Flash, ProtectedForm, SignedIn, SiteError, get, html, see_other_saying};
use crate::web::workspace::admin_view::AdminListPage;
use actix_web::HttpResponse;
use actix_web::web::{self, Path, Query, ServiceConfig};
use serde::Deserialize;

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(web::resource(routes::OUTGOING_MAILS).route(get().to(list)))
        .service(web::resource(routes::OUTGOING_MAIL).route(web::post().to(decide)));
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ListQuery {
    q: String,
    cursor: String,
}

async fn list(who: SignedIn, query: Query<ListQuery>) -> Result<HttpResponse, SiteError> {
    who.need(Permission::MailManage)?;
    let (t, moments) = (who.texts(), who.moments());
    let ListQuery { q, cursor } = query.into_inner();
    let asked =
        OutgoingQuery { text: q.clone(), state: None, after: (!cursor.is_empty()).then(|| cursor.clone()) };
    let page = who.app().outgoing_mails(&who.cx(), &asked).await?;
    let language = who.account().language;
    let rows = page
        .mails
        .into_iter()
        .map(|mail| {
            let about = match &mail.number {
                Some(number) => Cell::link(routes::ticket(number), number),
                None => Cell::text(""),
            };
            vec![
                Cell::Moment(Moment::new(&moments, mail.created_at)),
                Cell::text(headline(mail.template, language)),
                Cell::text(&mail.recipient),
                about,
                Cell::text(state(t, &mail)),
                match mail.state {
                    OutboundState::Dead => Cell::Action(again(t, &mail.id)),
                    OutboundState::Waiting | OutboundState::Sent | OutboundState::Suppressed => {
                        Cell::text("")
                    }
                },
            ]
        })
        .collect();
    let columns = [
        t.t("outgoing-at"),
        t.t("outgoing-template"),
        t.t("outgoing-recipient"),
        t.t("outgoing-ticket"),
        t.t("outgoing-state"),
        t.t("admin-column-action"),
    ];
    let state = FormState::of([("q", q.as_str())]);
    html(&AdminListPage {
        page: parts::page(&who, t.t("admin-outgoing")),
        lead: Some(t.t("outgoing-lead").to_owned()),
        add: None,
        search: Some((routes::OUTGOING_MAILS, Field::typed(&state, "q", t.t("outgoing-search"), "search"))),
        table: parts::table(t.t("admin-outgoing"), &columns, rows, t.t("outgoing-none")),
        pager: Pager {
            first: (!cursor.is_empty()).then(|| routes::with_query(routes::OUTGOING_MAILS, &[("q", &q)])),
            next: page
                .next
                .map(|next| routes::with_query(routes::OUTGOING_MAILS, &[("q", &q), ("cursor", &next)])),
        },
    })
}

fn again(t: &Texts, id: &str) -> Form {
    Form::new("mail", routes::outgoing_mail(id), t.t("outgoing-again")).for_row(id).submits(vec![
        Submit::secondary(t.t("outgoing-again")).sending("action", "again"),
        Submit::secondary(t.t("outgoing-give-up")).sending("action", "giveUp"),
    ])
}

fn state(t: &Texts, mail: &OutgoingMail) -> String {
    let word = match mail.state {
        OutboundState::Waiting => t.t("outgoing-waiting"),
        OutboundState::Sent => t.t("outgoing-sent"),
        OutboundState::Suppressed => t.t("outgoing-suppressed"),
        OutboundState::Dead => t.t("outgoing-dead"),
    };
    let why = mail.reason.map(|reason| reason_text(t, reason).to_owned()).or_else(|| mail.last_error.clone());
    why.map_or_else(|| word.to_owned(), |why| format!("{word}: {why}"))
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
    if form.value("action") == "giveUp" {
        app.give_mail_up(&cx, &id).await?;
    } else {
        app.resend_mail(&cx, &id).await?;
    }
    Ok(see_other_saying(routes::OUTGOING_MAILS, &Flash::Done(Done::Saved)))
}
