//! Files on tickets.

mod upload;

use crate::app::tickets::Attachment;
use crate::app::tickets::People;
use crate::app::{AppError, opaque};
use crate::domain::ticket::Visibility;
use crate::web::api::page::{self, PageQuery};
use crate::web::api::parts::{At, ListOut, PersonOut, person};
use crate::web::api::respond::{Answer, json, located, ok};
use crate::web::api::words::VisibilityWord;
use crate::web::download;
use crate::web::extract::{Authn, IdInPath, NumberInPath, Query};
use crate::web::problem::Problem;
use crate::web::state::WebState;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse, get, post};
use serde::Serialize;
use upload::Upload;

/// What is known of a file.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Attachment)]
#[serde(rename_all = "camelCase")]
pub struct AttachmentOut<'a> {
    /// The opaque id.
    id: &'a str,
    /// Its name, without any folder.
    file_name: &'a str,
    /// What its bytes are.
    content_type: &'a str,
    /// Its size in bytes.
    #[schema(minimum = 0)]
    size: i64,
    /// SHA-256 of its bytes, in hexadecimal.
    sha256: &'a str,
    /// Who may fetch it.
    #[schema(value_type = VisibilityWord)]
    visibility: Visibility,
    /// Who added it.
    uploaded_by: PersonOut<'a>,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    created_at: At,
}

/// A file with its opaque id.
struct Shown {
    id: String,
    attachment: Attachment,
}

impl From<Attachment> for Shown {
    fn from(attachment: Attachment) -> Self {
        Self { id: opaque::encode(attachment.id.get()), attachment }
    }
}

impl<'a> AttachmentOut<'a> {
    fn new(shown: &'a Shown, people: &'a People) -> Self {
        let Attachment {
            id: _,
            ticket: _,
            message: _,
            uploaded_by,
            visibility,
            file_name,
            content_type,
            size_bytes,
            sha256,
            storage_key: _,
            created_at,
        } = &shown.attachment;
        Self {
            id: &shown.id,
            file_name,
            content_type,
            size: *size_bytes,
            sha256,
            visibility: *visibility,
            uploaded_by: person(people, *uploaded_by),
            created_at: At(*created_at),
        }
    }
}

/// A form with a file.
#[derive(Debug, utoipa::ToSchema)]
#[schema(as = AttachmentForm)]
#[expect(dead_code, reason = "describes the form, which is read piece by piece")]
pub struct AttachmentForm {
    /// The file.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// `internal` for staff only; `public` when nothing is said.
    #[schema(value_type = Option<VisibilityWord>)]
    visibility: Option<String>,
}

/// List a ticket's files
///
/// Oldest first. Internal files are there for those who may fetch them.
#[utoipa::path(
    tag = "tickets",
    params(PageQuery),
    responses((status = 200, description = "The page", body = ListOut<AttachmentOut>))
)]
#[get("/tickets/{number}/attachments")]
pub async fn list_attachments(
    authn: Authn,
    number: NumberInPath,
    query: Query<PageQuery>,
    state: Data<WebState>,
) -> Answer {
    let files: Vec<Shown> =
        state.app.ticket_attachments(&authn.cx, number.0).await?.into_iter().map(Shown::from).collect();
    let uploaders: Vec<_> = files.iter().map(|shown| shown.attachment.uploaded_by).collect();
    let people = state.app.people(&uploaders).await?;
    let show = |shown| AttachmentOut::new(shown, &people);
    ok(&page::of_held(&query.0, files.iter(), |shown| &shown.id, show)?)
}

/// Add a file to a ticket
///
/// One file of up to 20 MB (as the installation is set). What it is, is found out from its bytes; programs
/// are not taken.
#[utoipa::path(
    tag = "tickets",
    request_body(content = AttachmentForm, content_type = "multipart/form-data"),
    responses((status = 201, description = "What is known of the file", body = AttachmentOut))
)]
#[post("/tickets/{number}/attachments")]
pub async fn add_attachment(
    authn: Authn,
    number: NumberInPath,
    request: HttpRequest,
    payload: Payload,
    state: Data<WebState>,
) -> Answer {
    // Who may not see the ticket learns so before sending a large file.
    state.app.show_ticket(&authn.cx, number.0).await?;
    let Upload { file, file_name, visibility, once } = upload::receive(&state.app, &request, payload).await?;
    let cx = authn.once(once);
    let attachment = state.app.attach_file(&cx, number.0, None, visibility, &file_name, file).await?;
    let people = state.app.people(&[attachment.uploaded_by]).await?;
    let shown = Shown::from(attachment);
    let path = format!("/tickets/{}/attachments/{}", number.0, shown.id);
    located(json(StatusCode::CREATED, &AttachmentOut::new(&shown, &people)), &path)
}

/// Fetch a file
///
/// Always as a download; images, PDF and plain text with their type, everything else as bytes.
#[utoipa::path(
    tag = "tickets",
    responses((
        status = 200,
        description = "The file",
        content(
            (Vec<u8> = "application/octet-stream"),
            (Vec<u8> = "application/pdf"),
            (Vec<u8> = "image/avif"),
            (Vec<u8> = "image/gif"),
            (Vec<u8> = "image/jpeg"),
            (Vec<u8> = "image/png"),
            (Vec<u8> = "image/webp"),
            (String = "text/plain")
        )
    ))
)]
#[get("/tickets/{number}/attachments/{id}")]
pub async fn fetch_attachment(
    authn: Authn,
    number: NumberInPath,
    id: IdInPath,
    state: Data<WebState>,
) -> Result<HttpResponse, Problem> {
    // The file's own ticket decides; that it is this one keeps addresses from meaning two things.
    let on_ticket = state.app.ticket_attachments(&authn.cx, number.0).await?;
    let file = state.app.attachment(&authn.cx, &id.0).await?;
    if !on_ticket.iter().any(|attachment| attachment.id == file.attachment.id) {
        return Err(AppError::NotFound.into());
    }
    Ok(download::stream(file).await?)
}
