//! The log of mail that came in.

use crate::app::mail::MailQuery;
use crate::app::opaque;
use crate::domain::access::Permission;
use crate::domain::ids::InboundMailId;
use crate::domain::mail::{Classification, InboundState};
use crate::i18n::Texts;
use crate::web::admin::parts;
use crate::web::components::Pager;
use crate::web::form::{Choice, Field, FormState};
use crate::web::site::{SignedIn, SiteError, get, html};
use crate::web::workspace::mail_view::{MailListPage, log_table};
use crate::web::{mail_words, routes};
use actix_web::HttpResponse;
use actix_web::web::{self, ServiceConfig};
use serde::Deserialize;

const ROWS: usize = 50;

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(web::resource(routes::INCOMING_MAIL).route(get().to(list)));
}

/// What to look for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    q: String,
    state: String,
    mailbox: String,
    classification: String,
    cursor: String,
}

async fn list(who: SignedIn, asked: web::Query<Asked>) -> Result<HttpResponse, SiteError> {
    who.need(Permission::MailManage)?;
    let (t, cx) = (who.texts(), who.cx());
    let Asked { q, state, mailbox, classification, cursor } = asked.into_inner();
    let query = MailQuery {
        state: Some(state.clone()),
        mailbox: Some(mailbox.clone()),
        classification: Some(classification.clone()),
        ticket: None,
        text: Some(q.clone()),
        before: opaque::decode(&cursor).map(InboundMailId),
    };
    let mut rows = who.app().mail_log(&cx, &query, 0, i64::try_from(ROWS).unwrap_or(50) + 1).await?;
    let has_more = rows.len() > ROWS;
    rows.truncate(ROWS);
    let kept = |cursor: &str| {
        let pairs = [
            ("q", q.as_str()),
            ("state", state.as_str()),
            ("mailbox", mailbox.as_str()),
            ("classification", classification.as_str()),
            ("cursor", cursor),
        ];
        routes::with_query(routes::INCOMING_MAIL, &pairs)
    };
    let pager = Pager {
        first: (!cursor.is_empty()).then(|| kept("")),
        next: rows.last().filter(|_| has_more).map(|row| kept(&opaque::encode(row.record.id.get()))),
    };
    let mailboxes = who.app().mailbox_names(&cx).await?;
    let chosen = [("q", &q), ("state", &state), ("mailbox", &mailbox), ("classification", &classification)];
    let held = FormState::of(chosen.map(|(name, value)| (name, value.clone())));
    let mailboxes = mailboxes.into_iter().map(|mailbox| Choice::new(mailbox.code, mailbox.name));
    html(&MailListPage {
        page: parts::page(&who, t.t("mail-log-title")),
        lead: t.t("mail-log-about").to_owned(),
        filters: Some((routes::INCOMING_MAIL, filters(t, &held, mailboxes))),
        table: log_table(t, &who.moments(), &rows),
        pager,
    })
}

fn filters(t: &Texts, held: &FormState, mailboxes: impl Iterator<Item = Choice>) -> Vec<Field> {
    let any = || std::iter::once(Choice::new("", t.t("mail-log-any")));
    let states = InboundState::ALL.iter().map(|s| Choice::new(s.as_text(), mail_words::state(t, *s)));
    let classes =
        Classification::ALL.iter().map(|c| Choice::new(c.as_text(), mail_words::classification(t, *c)));
    vec![
        Field::typed(held, "q", t.t("mail-field-text"), "search").max(200),
        Field::select(held, "state", t.t("mail-column-state"), any().chain(states).collect()),
        Field::select(held, "mailbox", t.t("mail-column-mailbox"), any().chain(mailboxes).collect()),
        Field::select(held, "classification", t.t("mail-field-class"), any().chain(classes).collect()),
    ]
}
