//! E-mail at a glance: mailboxes and how they are, mail domains, addresses that mail came back from.

use super::super::parts;
use super::mailboxes::test_now;
use crate::app::AppError;
use crate::app::mail::{BouncedAddress, MailDomain, MailboxView};
use crate::domain::access::Permission;
use crate::domain::people::Directory;
use crate::i18n::{Arg, Texts};
use crate::web::components::{Cell, Moment, Table};
use crate::web::form::{Choice, Field, Form, FormState, Submit};
use crate::web::page::{Banner, BannerKind, Link};
use crate::web::pages::Failure;
use crate::web::site::{Done, Flash, ProtectedForm, Refusal, SignedIn, SiteError, get, see_other_saying};
use crate::web::workspace::admin_forms as forms;
use crate::web::workspace::admin_view::{Body, Place, places};
use crate::web::{mailbox_words as words, routes};
use actix_web::HttpResponse;
use actix_web::web::{self, ServiceConfig};

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(web::resource(routes::MAIL_SETTINGS).route(get().to(show)))
        .service(web::resource(routes::MAIL_DOMAINS).route(web::post().to(change_domains)))
        .service(web::resource(routes::BOUNCED_ADDRESSES).route(web::post().to(clear)));
}

async fn show(who: SignedIn) -> Result<HttpResponse, SiteError> {
    who.need(Permission::MailManage)?;
    draw(&who, None).await
}

async fn draw(who: &SignedIn, refusal: Option<&Refusal>) -> Result<HttpResponse, SiteError> {
    let (t, app, cx) = (who.texts(), who.app(), who.cx());
    let directory = app.directory().await?;
    let mut mailboxes = app.mailboxes(&cx).await?;
    mailboxes.sort_by_key(|mailbox| mailbox.name.to_lowercase());
    let domains = app.mail_domains(&cx).await?;
    let bounced = app.bounced_addresses(&cx).await?;
    let state = refusal.map(|refusal| refusal.state.clone()).unwrap_or_default();
    let add = Link::new(routes::NEW_MAILBOX, t.t("mailbox-add"));
    let sections = vec![
        parts::section("", Body::Places(more(who))),
        parts::section(t.t("mailboxes"), Body::Table(mailboxes_table(who, &mailboxes))),
        parts::section("", Body::Links(vec![add])),
        parts::section(t.t("mail-domains"), Body::Table(domains_table(t, &domains, &directory))),
        parts::section(
            t.t("mail-domain-add"),
            Body::Form(domain_form(t, &state, parts::organisation_choices(&directory))),
        ),
        parts::section(t.t("bounced-addresses"), Body::Table(bounced_table(who, &bounced))),
    ];
    let mut page = parts::page(who, t.t("admin-mail"));
    if page.banner.is_none() {
        page.banner = warning(who).await?;
    }
    parts::record_page(page, sections, refusal)
}

/// The warning about mailboxes that somebody should do something about; for those who can.
pub(in crate::web::admin) async fn warning(who: &SignedIn) -> Result<Option<Banner>, AppError> {
    if !who.may(Permission::MailManage) {
        return Ok(None);
    }
    let t = who.texts();
    let warnings = who.app().mailbox_warnings().await?;
    if warnings.is_empty() {
        return Ok(None);
    }
    let kind = if warnings.iter().any(|(_, beat)| beat.is_dead()) {
        BannerKind::Danger
    } else {
        BannerKind::Warning
    };
    let names = who.app().mailbox_names(&who.cx()).await?;
    let told = |(code, beat): &(String, _)| {
        let name = names.iter().find(|mailbox| mailbox.code == *code).map_or(code, |mailbox| &mailbox.name);
        let said = words::heartbeat_short(t, *beat);
        t.tr("mailbox-warning", &[("mailbox", Arg::Text(name)), ("state", Arg::Text(said))])
    };
    let banner = Banner::new(kind, t.t1("mailbox-warnings", "count", warnings.len()));
    Ok(Some(Banner { details: warnings.iter().map(told).collect(), ..banner }))
}

/// The other pages about e-mail that the person may enter.
fn more(who: &SignedIn) -> Vec<Place> {
    places(who.texts())
        .into_iter()
        .filter(|place| place.link.href.starts_with("/admin/mail/"))
        .filter(|place| who.may(super::super::overview::needed(&place.link.href)))
        .collect()
}

fn mailboxes_table(who: &SignedIn, mailboxes: &[MailboxView]) -> Table {
    let (t, moments) = (who.texts(), who.moments());
    let rows = mailboxes
        .iter()
        .map(|view| {
            vec![
                Cell::link(routes::mailbox(&view.code), &view.name),
                Cell::text(&view.address),
                Cell::text(words::state(t, &moments, view)),
                view.message_at.map_or_else(|| Cell::text("–"), |at| Cell::Moment(Moment::new(&moments, at))),
                if view.spec.is_fetched() { Cell::Action(test_now(t, &view.code)) } else { Cell::text("") },
            ]
        })
        .collect();
    let columns = [
        t.t("field-name"),
        t.t("mailbox-address"),
        t.t("mailbox-state"),
        t.t("mailbox-message-at"),
        t.t("admin-column-action"),
    ];
    parts::table(t.t("mailboxes"), &columns, rows, t.t("mailboxes-none"))
}

fn domains_table(t: &Texts, domains: &[MailDomain], directory: &Directory) -> Table {
    let rows = domains
        .iter()
        .map(|MailDomain { domain, organisation }| {
            let name = directory.organisation_by_code(organisation).map_or_else(
                || organisation.clone(),
                |organisation| parts::full_name(directory, organisation),
            );
            let remove = forms::remove(t, routes::MAIL_DOMAINS.to_owned(), "remove", domain);
            vec![Cell::text(domain), Cell::text(name), Cell::Action(remove)]
        })
        .collect();
    let columns = [t.t("mail-domain"), t.t("field-organisation"), t.t("admin-column-action")];
    parts::table(t.t("mail-domains"), &columns, rows, t.t("mail-domains-none"))
}

/// A mail domain for an organisation: `domain`, `organisation`.
#[must_use]
pub fn domain_form(t: &Texts, state: &FormState, mut organisations: Vec<Choice>) -> Form {
    // Nobody should get a domain because they stand first in the list.
    organisations.insert(0, Choice::new("", t.t("mail-domain-choose")));
    Form::new("mail-domain", routes::MAIL_DOMAINS, t.t("mail-domain-add"))
        .fields(vec![
            Field::hidden("part", "add"),
            Field::line(state, "domain", t.t("mail-domain")).hint(t.t("mail-domain-hint")).max(250),
            Field::select(state, "organisation", t.t("field-organisation"), organisations),
        ])
        .submits(vec![Submit::secondary(t.t("mail-domain-add"))])
}

fn bounced_table(who: &SignedIn, bounced: &[BouncedAddress]) -> Table {
    let (t, moments) = (who.texts(), who.moments());
    let rows = bounced
        .iter()
        .map(|BouncedAddress { address, status, failures, first_at: _, last_at }| {
            let clear = Form::new("clear", routes::BOUNCED_ADDRESSES, t.t("bounced-clear"))
                .for_row(address)
                .fields(vec![Field::hidden("address", address)])
                .submits(vec![Submit::secondary(t.t("bounced-clear"))]);
            vec![
                Cell::text(address),
                Cell::text(if status.is_empty() { "–" } else { status }),
                Cell::text(failures.to_string()),
                Cell::Moment(Moment::new(&moments, *last_at)),
                Cell::Action(clear),
            ]
        })
        .collect();
    let columns = [
        t.t("mailbox-address"),
        t.t("bounced-status"),
        t.t("bounced-times"),
        t.t("bounced-last"),
        t.t("admin-column-action"),
    ];
    parts::table(t.t("bounced-addresses"), &columns, rows, t.t("bounced-none"))
}

async fn change_domains(form: ProtectedForm) -> Result<HttpResponse, SiteError> {
    form.who.need(Permission::MailManage)?;
    let (app, cx) = (form.who.app(), form.cx());
    let changed = match form.value("part") {
        "add" => app.set_mail_domain(&cx, form.value("domain"), form.value("organisation")).await.map(drop),
        "remove" => app.remove_mail_domain(&cx, form.value("id")).await,
        _ => return Err(Failure::Malformed.into()),
    };
    match changed {
        Ok(()) => Ok(see_other_saying(routes::MAIL_SETTINGS, &Flash::Done(Done::Saved))),
        Err(error @ AppError::Invalid(_)) => {
            let mut refusal = parts::refusal(&form, error, &[])?;
            let wrong = refusal.state.error("domain").is_some();
            if wrong {
                let said = form.who.texts().t("mail-domain-wrong");
                let mut state = form.state.clone();
                state.refuse("domain", said);
                for (field, said) in refusal.state.errors() {
                    state.refuse(field, said);
                }
                refusal.state = state;
            }
            draw(&form.who, Some(&refusal)).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn clear(form: ProtectedForm) -> Result<HttpResponse, SiteError> {
    form.who.need(Permission::MailManage)?;
    match form.who.app().clear_bounced_address(&form.cx(), form.value("address")).await {
        // Somebody else was quicker.
        Ok(()) | Err(AppError::NotFound) => {
            Ok(see_other_saying(routes::MAIL_SETTINGS, &Flash::Done(Done::Saved)))
        }
        Err(error) => Err(error.into()),
    }
}
