//! A form that was sent: read whole, its proof checked, its files taken in, and carried out once.

use std::ops::Deref;

use actix_multipart::Multipart;
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest};
use futures_util::StreamExt as _;
use futures_util::future::LocalBoxFuture;
use sha2::{Digest, Sha256};

use super::{Kept, SignedIn, SiteError, Staff, Visitor, csrf, kept, refuse};
use crate::app::tickets::Incoming;
use crate::app::{App, AppError, Ctx, Once};
use crate::domain::access::Permission;
use crate::web::form::FormState;
use crate::web::pages::Failure;
use crate::web::state::WebState;

/// The most bytes of typed text in one form: a few of the longest texts.
const MOST_TEXT_BYTES: usize = 1024 * 1024;
/// The most fields in one form: a page of ticked tickets and some more.
const MOST_FIELDS: usize = 500;
/// The most files in one form.
const MOST_FILES: usize = 10;
/// The most characters of a single-use key.
const LONGEST_KEY: usize = 100;

/// Names that are the forms' own and no answers to a question.
const OWN_FIELDS: [&str; 2] = ["csrf", "idempotency_key"];

/// A file that came with a form.
#[derive(Debug)]
pub struct SentFile {
    /// The field.
    pub field: String,
    /// The name it had.
    pub name: String,
    /// Its content.
    pub content: Incoming,
}

/// What was sent, before anything is believed of it.
#[derive(Debug, Default)]
struct Sent {
    fields: Vec<(String, String)>,
    files: Vec<SentFile>,
    /// Files that aren't taken: the field and why.
    refused_files: Vec<(String, AppError)>,
}

impl Sent {
    fn value(&self, name: &str) -> &str {
        self.fields.iter().find(|(held, _)| held == name).map_or("", |(_, value)| value.as_str())
    }

    fn add(&mut self, name: String, value: String) -> Result<(), SiteError> {
        if self.fields.len() >= MOST_FIELDS {
            return Err(Failure::TooLarge.into());
        }
        self.fields.push((name, value));
        Ok(())
    }
}

/// A form that somebody signed in sent from a page of ours.
#[derive(Debug)]
pub struct ProtectedForm {
    /// Who sent it.
    pub who: SignedIn,
    /// What was typed, with what is wrong with its files.
    pub state: FormState,
    /// The files that came along.
    pub files: Vec<SentFile>,
    once: Option<Once>,
    has_refused_files: bool,
}

impl ProtectedForm {
    /// The value of a field; empty when it wasn't sent.
    #[must_use]
    pub fn value(&self, name: &str) -> &str {
        self.state.value(name)
    }

    /// The value of a field, if anything but space was typed.
    #[must_use]
    pub fn given(&self, name: &str) -> Option<String> {
        let value = self.value(name);
        (!value.trim().is_empty()).then(|| value.to_owned())
    }

    /// The version that was changed, where the form says so.
    #[must_use]
    pub fn version(&self) -> Option<i64> {
        self.value("version").parse().ok()
    }

    /// In whose name to act, in the portal, once only.
    #[must_use]
    pub fn cx(&self) -> Ctx {
        Ctx { once: self.once.clone(), ..self.who.cx() }
    }

    /// The same for a further step of what the form asks: each is carried out once.
    #[must_use]
    pub fn cx_for(&self, step: &str) -> Ctx {
        let cx = self.cx();
        Ctx { once: cx.once.map(|once| Once { key: format!("{}:{step}", once.key), ..once }), ..cx }
    }

    /// Whether a file that came along isn't taken; the form must be shown again.
    #[must_use]
    pub const fn has_refused_files(&self) -> bool {
        self.has_refused_files
    }
}

/// A form that somebody who works in the workspace sent.
#[derive(Debug)]
pub struct StaffForm {
    form: ProtectedForm,
    /// Who sent it.
    pub who: Staff,
}

impl Deref for StaffForm {
    type Target = ProtectedForm;
    fn deref(&self) -> &ProtectedForm {
        &self.form
    }
}

impl StaffForm {
    /// In whose name to act, in the workspace, once only.
    #[must_use]
    pub fn cx(&self) -> Ctx {
        Ctx { once: self.form.once.clone(), ..self.who.cx() }
    }

    /// The same for a further step of what the form asks: each is carried out once.
    #[must_use]
    pub fn cx_for(&self, step: &str) -> Ctx {
        Ctx { origin: self.who.cx().origin, ..self.form.cx_for(step) }
    }

    /// The files that came along.
    pub fn take_files(&mut self) -> Vec<SentFile> {
        std::mem::take(&mut self.form.files)
    }
}

/// A form that needs nobody signed in: the login.
#[derive(Debug)]
pub struct OpenForm {
    /// Who sent it.
    pub visitor: Visitor,
    /// What was typed.
    pub state: FormState,
    /// Whether it came from a page of ours.
    pub is_proven: bool,
}

impl FromRequest for OpenForm {
    type Error = SiteError;
    type Future = LocalBoxFuture<'static, Result<Self, SiteError>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let visitor = Visitor::of(&request).await?;
            let max_bytes = attachment_max_bytes(&request)?;
            let sent = read(&request, payload, visitor.app(), max_bytes).await?;
            let is_proven = !csrf::is_from_elsewhere(&request) && visitor.has_proof(sent.value("csrf"))?;
            Ok(Self { visitor, is_proven, state: FormState::of(answers(sent.fields)) })
        })
    }
}

impl FromRequest for ProtectedForm {
    type Error = SiteError;
    type Future = LocalBoxFuture<'static, Result<Self, SiteError>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let max_bytes = attachment_max_bytes(&request)?;
            protected(&request, payload, max_bytes).await
        })
    }
}

impl FromRequest for StaffForm {
    type Error = SiteError;
    type Future = LocalBoxFuture<'static, Result<Self, SiteError>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let form = ProtectedForm::from_request(request, payload);
        Box::pin(async move {
            let form = form.await?;
            let who = Staff::from_signed_in(form.who.clone())?;
            Ok(Self { form, who })
        })
    }
}

/// A form with a file to import, which may be larger than what hangs on a ticket. Nothing is read from
/// those who may not import.
#[derive(Debug)]
pub struct ImportForm(pub ProtectedForm);

impl FromRequest for ImportForm {
    type Error = SiteError;
    type Future = LocalBoxFuture<'static, Result<Self, SiteError>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let who = SignedIn::extract(&request).await?;
            who.need(Permission::TicketImport)?;
            let max_bytes = who.app().settings().import_max_bytes;
            protected(&request, payload, max_bytes).await.map(Self)
        })
    }
}

async fn protected(
    request: &HttpRequest,
    payload: Payload,
    max_file_bytes: u64,
) -> Result<ProtectedForm, SiteError> {
    let visitor = Visitor::of(request).await?;
    if csrf::is_from_elsewhere(request) {
        return Err(Failure::Expired.into());
    }
    let sent = read(request, payload, visitor.app(), max_file_bytes).await?;
    let is_proven = visitor.has_proof(sent.value("csrf"))?;
    let signed_in = SignedIn::from_visitor(visitor.clone()).filter(|_| is_proven);
    let Some(who) = signed_in else {
        // The session has ended, or another has begun, while the page was open.
        return Err(kept::refused(
            request,
            &visitor,
            &Kept::new(request.path(), sent.fields, !sent.files.is_empty()),
        ));
    };
    let once = once(request.path(), &sent);
    let has_refused_files = !sent.refused_files.is_empty();
    let mut state = FormState::of(answers(sent.fields));
    for (field, error) in &sent.refused_files {
        state.refuse(field.as_str(), refuse::file_text(who.texts(), error));
    }
    Ok(ProtectedForm { who, state, files: sent.files, once, has_refused_files })
}

/// A form sent twice from the same showing of its page is carried out once; with other answers it is
/// another form.
fn once(path: &str, sent: &Sent) -> Option<Once> {
    let key = sent.value("idempotency_key");
    let fits = (1..=LONGEST_KEY).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
    if !fits {
        return None;
    }
    let mut hash = Sha256::new();
    hash.update(path);
    for (name, value) in sent.fields.iter().filter(|(name, _)| name != "csrf") {
        for part in [name, value] {
            hash.update([0]);
            hash.update(part);
        }
    }
    let request_hash: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    let short: String = request_hash.chars().take(16).collect();
    Some(Once { key: format!("form:{key}:{short}"), request_hash })
}

fn answers(fields: Vec<(String, String)>) -> impl Iterator<Item = (String, String)> {
    fields.into_iter().filter(|(name, _)| !OWN_FIELDS.contains(&name.as_str()))
}

fn attachment_max_bytes(request: &HttpRequest) -> Result<u64, AppError> {
    Ok(WebState::of(request)?.app.settings().attachment_max_bytes)
}

async fn read(request: &HttpRequest, payload: Payload, app: &App, max_bytes: u64) -> Result<Sent, SiteError> {
    let content_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = content_type.unwrap_or_default().split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case("multipart/form-data") {
        return read_parts(Multipart::new(request.headers(), payload), app, max_bytes).await;
    }
    if essence.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return read_pairs(payload).await;
    }
    Err(Failure::Malformed.into())
}

async fn read_pairs(mut payload: Payload) -> Result<Sent, SiteError> {
    let mut body = Vec::new();
    while let Some(piece) = payload.next().await {
        let piece = piece.map_err(|_| Failure::Malformed)?;
        if body.len() + piece.len() > MOST_TEXT_BYTES {
            return Err(Failure::TooLarge.into());
        }
        body.extend_from_slice(&piece);
    }
    let mut sent = Sent::default();
    for pair in body.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
        let mut halves = pair.splitn(2, |byte| *byte == b'=');
        let name = decoded(halves.next().unwrap_or_default()).ok_or(Failure::Malformed)?;
        let value = decoded(halves.next().unwrap_or_default()).ok_or(Failure::Malformed)?;
        sent.add(name, value)?;
    }
    Ok(sent)
}

/// One half of a pair as text; nothing when it isn't UTF-8.
fn decoded(half: &[u8]) -> Option<String> {
    let mut bytes = Vec::with_capacity(half.len());
    let mut rest = half.iter();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digit = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
                let (high, low) = (digit(rest.next())?, digit(rest.next())?);
                u8::try_from(high * 16 + low).ok()?
            }
            byte => *byte,
        });
    }
    String::from_utf8(bytes).ok()
}

async fn read_parts(mut parts: Multipart, app: &App, max_bytes: u64) -> Result<Sent, SiteError> {
    let mut sent = Sent::default();
    let mut text_bytes = 0;
    // A file that is too large is read to its end, so that the page with what was typed comes back;
    // but only so far.
    let mut patience = max_bytes.saturating_mul(5).saturating_add(2 * 1024 * 1024);
    while let Some(part) = parts.next().await {
        let mut part = part.map_err(|_| Failure::Malformed)?;
        let name = part.name().map(str::to_owned).ok_or(Failure::Malformed)?;
        let disposition = part.content_disposition();
        let Some(file_name) = disposition.and_then(|held| held.get_filename()).map(str::to_owned) else {
            let mut value = Vec::new();
            while let Some(piece) = part.next().await {
                let piece = piece.map_err(|_| Failure::Malformed)?;
                text_bytes += piece.len();
                if text_bytes > MOST_TEXT_BYTES {
                    return Err(Failure::TooLarge.into());
                }
                value.extend_from_slice(&piece);
            }
            sent.add(name, String::from_utf8(value).map_err(|_| Failure::Malformed)?)?;
            continue;
        };
        let mut taken = Ok(None);
        while let Some(piece) = part.next().await {
            let piece = piece.map_err(|_| Failure::Malformed)?;
            patience = patience.saturating_sub(u64::try_from(piece.len()).unwrap_or(u64::MAX));
            if patience == 0 {
                return Err(Failure::TooLarge.into());
            }
            taken = match taken {
                Ok(content) => take(content, &piece, app, max_bytes),
                Err(error) => Err(error),
            };
        }
        match taken
            .and_then(|content| content.map(|content| content.check_type().map(|()| content)).transpose())
        {
            // An empty choice is sent as a file without name and content.
            Ok(None) => {}
            Ok(Some(_)) if sent.files.len() >= MOST_FILES => return Err(Failure::TooLarge.into()),
            Ok(Some(content)) => sent.files.push(SentFile { field: name, name: file_name, content }),
            Err(error @ (AppError::TooLarge { .. } | AppError::FileType(_))) => {
                sent.refused_files.push((name, error));
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(sent)
}

fn take(
    content: Option<Incoming>,
    piece: &[u8],
    app: &App,
    max_bytes: u64,
) -> Result<Option<Incoming>, AppError> {
    let mut content = match content {
        Some(content) => content,
        None => app.begin_file(max_bytes)?,
    };
    content.write(piece)?;
    Ok(Some(content))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_decoded_and_must_be_utf8() {
        assert_eq!(decoded(b"a+b%20%C3%A5%2B").as_deref(), Some("a b å+"));
        for bad in [&b"%FF"[..], b"%4", b"%zz", b"\xff"] {
            assert_eq!(decoded(bad), None);
        }
    }

    #[test]
    fn only_the_same_answers_are_the_same_form() {
        let once_of = |path: &str, fields: &[(&str, &str)]| {
            let fields =
                fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            once(path, &Sent { fields, ..Sent::default() })
        };
        let first = once_of("/order", &[("csrf", "a"), ("idempotency_key", "k"), ("what", "x")]);
        assert!(first.is_some());
        assert_eq!(first, once_of("/order", &[("csrf", "b"), ("idempotency_key", "k"), ("what", "x")]));
        assert_ne!(first, once_of("/order", &[("idempotency_key", "k"), ("what", "y")]));
        assert_ne!(first, once_of("/other", &[("idempotency_key", "k"), ("what", "x")]));
        assert_eq!(once_of("/order", &[("what", "x")]), None);
        assert_eq!(once_of("/order", &[("idempotency_key", "two words")]), None);
    }
}
