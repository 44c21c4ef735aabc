//! Who visits: signed in or not, in which language and colours, and what every page shows of that.

use std::ops::Deref;
use std::rc::Rc;

use actix_web::cookie::Cookie;
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest};
use futures_util::future::LocalBoxFuture;

use super::{Flash, SiteError, cookies, csrf};
use crate::app::auth::{self, Account, Signed};
use crate::app::{App, AppError, Ctx};
use crate::domain::access::{self, Actor, Permission};
use crate::domain::locale::Locale;
use crate::domain::people;
use crate::domain::ticket::Origin;
use crate::i18n::format::Moments;
use crate::i18n::{Texts, texts};
use crate::web::page::{Desk, Page, Section, Theme, Tokens, Viewer};
use crate::web::pages::Failure;
use crate::web::routes;
use crate::web::state::{SiteSettings, WebState};

/// Whoever asks for a page. Cheap to clone; looked up once for each request.
#[derive(Clone)]
pub struct Visitor {
    inner: Rc<Inner>,
}

struct Inner {
    signed: Option<Signed>,
    app: App,
    settings: std::sync::Arc<SiteSettings>,
    texts: &'static Texts,
    path: String,
    /// How the server is reached.
    origin: String,
    /// What the forms' proof is a signature of.
    form_cookie: String,
    /// Not known to the browser yet.
    is_new_visit: bool,
    tokens: Tokens,
    flash: Option<Flash>,
    /// How much mail waits for a look; nothing for those who don't handle it.
    mail_waiting: Option<usize>,
}

impl std::fmt::Debug for Visitor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Visitor")
            .field("user", &self.inner.signed.as_ref().map(|signed| signed.account.id))
            .finish_non_exhaustive()
    }
}

impl Visitor {
    /// Whoever sent a request.
    ///
    /// # Errors
    /// [`SiteError`] when the database fails.
    pub async fn of(request: &HttpRequest) -> Result<Self, SiteError> {
        if let Some(known) = Self::known(request) {
            return Ok(known);
        }
        let state = WebState::of(request)?;
        let token = cookies::session(request, &state.site);
        let signed = match &token {
            None => None,
            Some(token) => match state.app.authenticate_cookie(token).await {
                Ok(signed) => Some(signed),
                Err(AppError::Unauthenticated) => None,
                Err(error) => return Err(error.into()),
            },
        };
        let mail_waiting = match &signed {
            Some(signed) if access::may_somewhere(&signed.actor, Permission::MailHandle) => {
                let cx = Ctx { actor: signed.actor.clone(), origin: Origin::Workspace, once: None };
                Some(state.app.mail_waiting(&cx).await?)
            }
            _ => None,
        };
        let visitor = Self::new(request, state, (signed, token), mail_waiting)?;
        request.extensions_mut().insert(visitor.clone());
        Ok(visitor)
    }

    /// Whoever has been looked up for this request already.
    pub(super) fn known(request: &HttpRequest) -> Option<Self> {
        request.extensions().get::<Self>().cloned()
    }

    /// A visitor of whom nothing is known, for pages about failures that come before.
    pub(super) fn stranger(request: &HttpRequest) -> Result<Self, AppError> {
        Self::new(request, WebState::of(request)?, (None, None), None)
    }

    fn new(
        request: &HttpRequest,
        state: &WebState,
        (signed, session): (Option<Signed>, Option<String>),
        mail_waiting: Option<usize>,
    ) -> Result<Self, AppError> {
        let visit = cookies::visit(request, &state.site);
        let is_new_visit = signed.is_none() && visit.is_none();
        let form_cookie = match (session.filter(|_| signed.is_some()), visit) {
            (Some(token), _) | (None, Some(token)) => token,
            (None, None) => state.app.random_token()?,
        };
        let tokens = Tokens {
            csrf: csrf::token(&state.app.settings().secret, &form_cookie)?,
            key: state.app.random_token()?,
        };
        let locale = match &signed {
            Some(signed) => Locale::from_tag(signed.account.language.as_text()).unwrap_or_default(),
            None => cookies::language(request).unwrap_or_else(|| wanted(request)),
        };
        let path = request.uri().path_and_query().map_or_else(String::new, ToString::to_string);
        let inner = Inner {
            signed,
            app: state.app.clone(),
            settings: state.site.clone(),
            texts: texts(locale),
            path,
            origin: state.site.origin(request),
            form_cookie,
            is_new_visit,
            tokens,
            flash: Flash::of(request),
            mail_waiting,
        };
        Ok(Self { inner: Rc::new(inner) })
    }

    /// The use cases.
    #[must_use]
    pub fn app(&self) -> &App {
        &self.inner.app
    }

    /// What the pages say of the desk.
    #[must_use]
    pub fn settings(&self) -> &SiteSettings {
        &self.inner.settings
    }

    /// The account and rights, of somebody signed in.
    #[must_use]
    pub fn signed(&self) -> Option<&Signed> {
        self.inner.signed.as_ref()
    }

    /// The language.
    #[must_use]
    pub fn locale(&self) -> Locale {
        self.inner.texts.locale()
    }

    /// The texts of the language.
    #[must_use]
    pub fn texts(&self) -> &'static Texts {
        self.inner.texts
    }

    /// Dates and times as seen from the present.
    #[must_use]
    pub fn moments(&self) -> Moments {
        Moments::new(self.locale(), self.inner.app.now())
    }

    /// The address asked for, path and query.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.inner.path
    }

    /// The whole address of a page, to be sent to somebody.
    #[must_use]
    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.inner.origin)
    }

    /// Whether the person holds a permission under any relation: what menus go by.
    #[must_use]
    pub fn may(&self, permission: Permission) -> bool {
        self.signed().is_some_and(|signed| access::may_somewhere(&signed.actor, permission))
    }

    /// Goes on only with a permission; without it the page doesn't exist.
    ///
    /// # Errors
    /// [`SiteError`] that reads "the page does not exist, or you may not see it".
    pub fn need(&self, permission: Permission) -> Result<(), SiteError> {
        if self.may(permission) { Ok(()) } else { Err(Failure::NotFound.into()) }
    }

    /// The surroundings of a page.
    #[must_use]
    pub fn page(&self, title: impl Into<String>, section: Section) -> Page {
        let texts = self.inner.texts;
        let account = self.signed().map(|signed| &signed.account);
        Page {
            texts,
            theme: account.map_or(Theme::System, |account| theme(account.theme)),
            path: self.inner.path.clone(),
            title: title.into(),
            has_errors: false,
            viewer: account.map(|account| Viewer {
                name: account.name.clone(),
                works_tickets: self.may(Permission::QueueView),
                reads_reports: self.may(Permission::ReportView),
                administers: ADMINISTRATION.iter().any(|permission| self.may(*permission)),
                reads_policies: self.may(Permission::PolicyView),
                mail_waiting: self.inner.mail_waiting,
            }),
            desk: Desk {
                name: self.inner.settings.desk_name.clone(),
                phone: self.inner.settings.desk_phone.clone(),
                hours: texts.t("desk-hours").to_owned(),
            },
            tokens: self.inner.tokens.clone(),
            banner: self.inner.flash.as_ref().map(|flash| flash.banner(texts)),
            section,
            shortcuts: account.is_some_and(|account| account.shortcuts),
            back: None,
        }
    }

    /// The same visitor in the session that has just begun, whose forms are proven by its cookie.
    ///
    /// # Errors
    /// [`AppError`] when the forms' proof can't be made.
    pub fn after_sign_in(&self, begun: &auth::SignedIn) -> Result<Self, AppError> {
        let inner = &self.inner;
        let locale = Locale::from_tag(begun.user.language.as_text()).unwrap_or_default();
        let csrf = csrf::token(&inner.app.settings().secret, &begun.token)?;
        let inner = Inner {
            signed: Some(Signed { actor: begun.actor.clone(), account: begun.user.clone() }),
            app: inner.app.clone(),
            settings: inner.settings.clone(),
            texts: texts(locale),
            path: inner.path.clone(),
            origin: inner.origin.clone(),
            form_cookie: begun.token.clone(),
            is_new_visit: false,
            tokens: Tokens { csrf, key: inner.tokens.key.clone() },
            flash: None,
            mail_waiting: None,
        };
        Ok(Self { inner: Rc::new(inner) })
    }

    /// Whether the answer must give the browser the cookie that its forms' proof belongs to.
    pub(super) fn new_visit_cookie(&self) -> Option<Cookie<'static>> {
        self.inner.is_new_visit.then(|| cookies::new_visit(&self.inner.settings, &self.inner.form_cookie))
    }

    /// Whether a form's proof is ours and this visitor's.
    pub(super) fn has_proof(&self, token: &str) -> Result<bool, AppError> {
        csrf::is_token(&self.inner.app.settings().secret, &self.inner.form_cookie, token)
    }
}

/// Any of these opens the administration.
const ADMINISTRATION: [Permission; 7] = [
    Permission::PeopleManage,
    Permission::OrganisationManage,
    Permission::GroupManage,
    Permission::CatalogueManage,
    Permission::TicketImport,
    Permission::JobsManage,
    Permission::MailManage,
];

const fn theme(theme: people::Theme) -> Theme {
    match theme {
        people::Theme::System => Theme::System,
        people::Theme::Light => Theme::Light,
        people::Theme::Dark => Theme::Dark,
    }
}

fn wanted(request: &HttpRequest) -> Locale {
    let header = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    header.map_or_else(Locale::default, Locale::from_accept_language)
}

impl FromRequest for Visitor {
    type Error = SiteError;
    type Future = LocalBoxFuture<'static, Result<Self, SiteError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { Self::of(&request).await })
    }
}

/// Somebody signed in. Others are sent to the login, and back afterwards.
#[derive(Debug, Clone)]
pub struct SignedIn {
    visitor: Visitor,
    signed: Signed,
}

impl Deref for SignedIn {
    type Target = Visitor;
    fn deref(&self) -> &Visitor {
        &self.visitor
    }
}

impl SignedIn {
    /// The visitor, if signed in.
    #[must_use]
    pub fn from_visitor(visitor: Visitor) -> Option<Self> {
        let signed = visitor.signed()?.clone();
        Some(Self { visitor, signed })
    }

    /// In whose name to act, in the portal.
    #[must_use]
    pub fn cx(&self) -> Ctx {
        Ctx { actor: self.signed.actor.clone(), origin: Origin::Portal, once: None }
    }

    /// The account.
    #[must_use]
    pub fn account(&self) -> &Account {
        &self.signed.account
    }

    /// The person, to the rights.
    #[must_use]
    pub fn actor(&self) -> &Actor {
        &self.signed.actor
    }
}

impl FromRequest for SignedIn {
    type Error = SiteError;
    type Future = LocalBoxFuture<'static, Result<Self, SiteError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let visitor = Visitor::of(&request).await?;
            let login = routes::with_query(routes::LOGIN, &[("next", visitor.path())]);
            Self::from_visitor(visitor).ok_or(SiteError::SeeOther(login))
        })
    }
}

/// Somebody who works in the workspace. To all others its pages don't exist.
#[derive(Debug, Clone)]
pub struct Staff(SignedIn);

impl Deref for Staff {
    type Target = SignedIn;
    fn deref(&self) -> &SignedIn {
        &self.0
    }
}

impl Staff {
    /// In whose name to act, in the workspace.
    #[must_use]
    pub fn cx(&self) -> Ctx {
        Ctx { origin: Origin::Workspace, ..self.0.cx() }
    }

    /// The person as staff, if so.
    pub(super) fn from_signed_in(person: SignedIn) -> Result<Self, SiteError> {
        person.need(Permission::QueueView)?;
        Ok(Self(person))
    }
}

impl FromRequest for Staff {
    type Error = SiteError;
    type Future = LocalBoxFuture<'static, Result<Self, SiteError>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let signed_in = SignedIn::from_request(request, payload);
        Box::pin(async move { Self::from_signed_in(signed_in.await?) })
    }
}
