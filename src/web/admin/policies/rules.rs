//! Routing rules: the list in words, its versions, and one change at a time, tried on history before it
//! holds. Each change is a version of the whole list.

use super::rules_words::RuleWords;
use super::{rules_form, rules_view, version_table};
use crate::app::policies::{Amendment, Document, ONLY, RuleWritten, RulesWritten, Tried};
use crate::app::{AppError, Ctx};
use crate::domain::access::Permission;
use crate::domain::clock::Instant;
use crate::domain::people::Directory;
use crate::domain::policies::Policies;
use crate::i18n::Texts;
use crate::web::admin::parts;
use crate::web::form::FormState;
use crate::web::page::{Banner, BannerKind, Link};
use crate::web::pages::Failure;
use crate::web::routes;
use crate::web::site::{
    Done, Flash, ProtectedForm, Refusal, SignedIn, SiteError, error_text, get, see_other_saying,
};
use crate::web::workspace::admin_view::{Body, RecordSection};
use actix_web::HttpResponse;
use actix_web::web::{self, Path, Query, ServiceConfig};
use std::sync::Arc;

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(web::resource(routes::RULES).route(get().to(show)).route(web::post().to(act)))
        .service(web::resource(routes::NEW_RULE).route(get().to(new)).route(web::post().to(create)))
        .service(web::resource(routes::RULE_CHANGE).route(get().to(edit)).route(web::post().to(change)));
}

/// Everything that the pages tell of.
struct Known {
    document: Document<RulesWritten>,
    directory: Arc<Directory>,
    policies: Arc<Policies>,
    now: Instant,
}

impl Known {
    async fn read(who: &SignedIn) -> Result<Self, SiteError> {
        let app = who.app();
        let documents: Vec<Document<RulesWritten>> = app.policy_documents(&who.cx()).await?;
        let none = || Document { code: ONLY.to_owned(), name: String::new(), versions: Vec::new() };
        Ok(Self {
            document: documents.into_iter().find(|document| document.code == ONLY).unwrap_or_else(none),
            directory: app.directory().await?,
            policies: app.policies().await?,
            now: app.now(),
        })
    }

    fn words<'a>(&'a self, t: &'a Texts) -> RuleWords<'a> {
        let matrix = self.policies.matrix.at(self.now);
        RuleWords { t, directory: &self.directory, policies: &self.policies, matrix }
    }

    /// The rules that a change starts from: those of the version begun last, or to begin last.
    fn rules(&self) -> &[RuleWritten] {
        self.document.content().map(|content| content.rules.as_slice()).unwrap_or_default()
    }
}

async fn show(who: SignedIn, asked: Query<version_table::Asked>) -> Result<HttpResponse, SiteError> {
    who.need(Permission::PolicyView)?;
    let known = Known::read(&who).await?;
    let t = who.texts();
    let words = known.words(t);
    let may_change = who.may(Permission::PolicyManage);
    let title = t.t("policies-rules");
    if let Some(id) = &asked.version {
        let version = known.document.versions.iter().find(|version| version.id == *id);
        let version = version.ok_or(Failure::NotFound)?;
        let from = who.moments().date_time(version.valid_from);
        let rules = version.content.as_ref().map(|content| content.rules.as_slice()).unwrap_or_default();
        let table = rules_view::list(words, title, rules, false);
        let page = parts::page_below(&who, t.t1("rules-from", "date", &from), (routes::RULES, title));
        return parts::record_page(page, vec![parts::section("", Body::Table(table))], None);
    }
    let coming = known.document.coming();
    let current = known.document.current().and_then(|version| version.content.as_ref());
    let current = current.map(|content| content.rules.as_slice()).unwrap_or_default();
    let in_force = rules_view::list(words, title, current, may_change && coming.is_none());
    let mut sections = vec![parts::section("", Body::Text(t.t("rules-how-told").to_owned()))];
    if may_change {
        let add = Link::new(routes::NEW_RULE, t.t("rule-add"));
        sections.push(parts::section("", Body::Links(vec![add])));
    }
    sections.push(parts::section("", Body::Table(in_force)));
    if let Some(from) = coming {
        let heading = t.t1("rules-from", "date", who.moments().date_time(from));
        let table = rules_view::list(words, &heading, known.rules(), may_change);
        sections.push(parts::section(&heading, Body::Table(table)));
    }
    let history = version_table::table(&who, &known.document, routes::RULES, may_change);
    sections.push(parts::section(t.t("policy-versions"), Body::Table(history)));
    let page = parts::page_below(&who, title, (routes::POLICIES, t.t("admin-policies")));
    parts::record_page(page, sections, None)
}

/// Takes back a version, or shows what moving a rule would do.
async fn act(form: ProtectedForm) -> Result<HttpResponse, SiteError> {
    form.who.need(Permission::PolicyManage)?;
    let id = form.value("id");
    if form.value("part") == "takeBack" {
        return match form.who.app().take_back_policy_version::<RulesWritten>(&form.cx(), ONLY, id).await {
            Ok(()) => Ok(see_other_saying(routes::RULES, &Flash::Done(Done::Saved))),
            // It has begun since the page was shown.
            Err(AppError::Invalid(_)) => Err(Failure::Conflict.into()),
            Err(error) => Err(error.into()),
        };
    }
    let change = Change::of(&form.who, Some(id)).await?;
    let (at, rule) = change.old.as_ref().ok_or(Failure::NotFound)?;
    let place = if form.value("part") == "up" { at.saturating_sub(1) } else { at + 1 };
    let state = change.filled(rule, place);
    change.looked_at(&form.who, &form.cx(), &state).await
}

async fn new(who: SignedIn) -> Result<HttpResponse, SiteError> {
    who.need(Permission::PolicyManage)?;
    let change = Change::of(&who, None).await?;
    let state = change.filled(&RuleWritten::default(), change.known.rules().len());
    change.draw(&who, &state, None, None)
}

async fn edit(who: SignedIn, id: Path<String>) -> Result<HttpResponse, SiteError> {
    who.need(Permission::PolicyManage)?;
    let change = Change::of(&who, Some(&id)).await?;
    let (at, rule) = change.old.as_ref().ok_or(Failure::NotFound)?;
    let state = change.filled(rule, *at);
    change.draw(&who, &state, None, None)
}

async fn create(form: ProtectedForm) -> Result<HttpResponse, SiteError> {
    form.who.need(Permission::PolicyManage)?;
    Change::of(&form.who, None).await?.carried_out(&form).await
}

async fn change(form: ProtectedForm, id: Path<String>) -> Result<HttpResponse, SiteError> {
    form.who.need(Permission::PolicyManage)?;
    Change::of(&form.who, Some(&id)).await?.carried_out(&form).await
}

/// A change of one rule.
struct Change {
    known: Known,
    /// Its place and the rule as it is; nothing for a new one.
    old: Option<(usize, RuleWritten)>,
}

/// The whole list as it would be.
struct Proposed {
    rules: RulesWritten,
    /// The place of the changed rule; nothing when it is removed.
    at: Option<usize>,
}

impl Change {
    async fn of(who: &SignedIn, id: Option<&str>) -> Result<Self, SiteError> {
        let known = Known::read(who).await?;
        let Some(id) = id else { return Ok(Self { known, old: None }) };
        let mut rules = known.rules().iter().enumerate();
        let old = rules.find(|(_, rule)| rule.id.as_deref() == Some(id));
        let old = old.map(|(at, rule)| (at, rule.clone())).ok_or(Failure::NotFound)?;
        Ok(Self { known, old: Some(old) })
    }

    fn id(&self) -> Option<&str> {
        self.old.as_ref().and_then(|(_, rule)| rule.id.as_deref())
    }

    fn others(&self) -> Vec<&RuleWritten> {
        let at = self.old.as_ref().map(|(at, _)| *at);
        let rules = self.known.rules().iter().enumerate();
        rules.filter(|(place, _)| Some(*place) != at).map(|(_, rule)| rule).collect()
    }

    fn filled(&self, rule: &RuleWritten, place: usize) -> FormState {
        let from = version_table::suggested(self.known.document.coming());
        rules_form::filled(rule, place, &from, &self.known.document.last_written())
    }

    fn proposed(&self, state: &FormState) -> Proposed {
        let mut rules: Vec<RuleWritten> = self.others().into_iter().cloned().collect();
        let at = rules_form::read(state, self.id()).map(|rule| {
            let place = rules_form::place(state, rules.len());
            rules.insert(place, rule);
            place
        });
        Proposed { rules: RulesWritten { rules }, at }
    }

    async fn carried_out(self, form: &ProtectedForm) -> Result<HttpResponse, SiteError> {
        if form.value("step") != "activate" {
            return self.looked_at(&form.who, &form.cx(), &form.state).await;
        }
        let proposed = self.proposed(&form.state);
        let amendment = version_table::amendment(&form.who, &form.state);
        match form.who.app().add_policy_version(&form.cx(), ONLY, &amendment, &proposed.rules).await {
            Ok(_) => Ok(see_other_saying(routes::RULES, &Flash::Done(Done::Saved))),
            Err(error) => self.refused_by(&form.who, &form.state, error, &proposed),
        }
    }

    /// The form with what the change would have done, or with what is wrong with it. Nothing is stored.
    async fn looked_at(self, who: &SignedIn, cx: &Ctx, state: &FormState) -> Result<HttpResponse, SiteError> {
        let app = who.app();
        let proposed = self.proposed(state);
        let amendment: Amendment = version_table::amendment(who, state);
        if let Err(error) = app.check_policy_version(cx, ONLY, &amendment, &proposed.rules).await {
            return self.refused_by(who, state, error, &proposed);
        }
        let (from, to) = rules_form::period(state, version_table::today(who));
        match app.try_routing_rules(cx, &proposed.rules, &from.to_string(), &to.to_string()).await {
            Ok(tried) => self.draw(who, state, None, Some((&tried, &proposed))),
            Err(error) => self.refused_by(who, state, error, &proposed),
        }
    }

    fn refused_by(
        &self,
        who: &SignedIn,
        state: &FormState,
        error: AppError,
        proposed: &Proposed,
    ) -> Result<HttpResponse, SiteError> {
        let t = who.texts();
        let refusal = version_table::refusal(t, state, error, |error| {
            let (field, before) = rules_form::place_of(error, &proposed.rules.rules, proposed.at);
            let sentence = format!("{before}{}", error_text(t, &field, error));
            (field, sentence)
        })?;
        self.refused(who, &refusal)
    }

    fn refused(&self, who: &SignedIn, refusal: &Refusal) -> Result<HttpResponse, SiteError> {
        self.draw(who, &refusal.state, Some(refusal), None)
    }

    /// The form, once it has been tried with what it would have done.
    fn draw(
        &self,
        who: &SignedIn,
        state: &FormState,
        refusal: Option<&Refusal>,
        tried: Option<(&Tried, &Proposed)>,
    ) -> Result<HttpResponse, SiteError> {
        let t = who.texts();
        let words = self.known.words(t);
        let mut sections: Vec<RecordSection> =
            tried.map(|(tried, _)| rules_view::tried(words, tried)).unwrap_or_default();
        let asked = rules_form::Asked {
            id: self.id(),
            others: self.others().into_iter().map(|rule| rule.name.as_str()).collect(),
            is_tried: tried.is_some(),
        };
        let form = rules_form::form(words, state, &asked);
        sections.push(parts::section(if tried.is_some() { t.t("rule") } else { "" }, Body::Form(form)));
        let title = match &self.old {
            Some((_, rule)) => t.t1("rule-change-of", "name", &rule.name),
            None => t.t("rule-add").to_owned(),
        };
        let mut page = parts::page_below(who, title, (routes::RULES, t.t("policies-rules")));
        if let Some((tried, proposed)) = tried {
            let details = rules_view::warnings(words, tried, &proposed.rules.rules);
            let kind = if details.is_empty() { BannerKind::Info } else { BannerKind::Warning };
            page.banner = Some(Banner { details, ..Banner::new(kind, t.t("rule-tried-shown")) });
        }
        parts::record_page(page, sections, refusal)
    }
}
