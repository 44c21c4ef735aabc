//! Taking in the form with a file, piece by piece onto the disk.

use crate::app::tickets::Incoming;
use crate::app::{App, AppError, FieldProblem, Once};
use crate::domain::ticket::Visibility;
use crate::web::extract::{OnceHash, fault_of};
use crate::web::problem::{FieldFault, Problem, RequestFault};
use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::HttpRequest;
use actix_web::http::header;
use actix_web::web::Payload;
use futures_util::TryStreamExt as _;

/// The most bytes of a word in the form.
const MOST_OF_A_WORD: usize = 200;

/// A form that has arrived.
pub(super) struct Upload {
    pub(super) file: Incoming,
    pub(super) file_name: String,
    pub(super) visibility: Visibility,
    /// The key with all that is asked. The form as it came doesn't do: a repeated one is cut otherwise.
    pub(super) once: Option<Once>,
}

/// Takes in a form with `file` and `visibility`.
///
/// # Errors
/// [`RequestFault::ContentType`], [`RequestFault::File`], [`RequestFault::Fields`], [`AppError::TooLarge`].
pub(super) async fn receive(app: &App, request: &HttpRequest, payload: Payload) -> Result<Upload, Problem> {
    let content_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if !content_type.is_some_and(|value| value.to_ascii_lowercase().starts_with("multipart/form-data")) {
        return Err(RequestFault::ContentType("multipart/form-data").into());
    }
    let max_bytes = app.settings().attachment_max_bytes;
    let fault = |error: MultipartError| match error {
        MultipartError::Payload(error) => fault_of(&error, max_bytes),
        _ => RequestFault::File,
    };
    let mut once = OnceHash::begin(request)?;
    let mut form = Multipart::new(request.headers(), payload);
    let mut file: Option<(Incoming, String)> = None;
    let mut visibility = None;
    while let Some(mut field) = form.try_next().await.map_err(fault)? {
        let name = field.name().unwrap_or_default().to_owned();
        match name.as_str() {
            "file" if file.is_some() => return Err(wrong("file", FieldFault::Repeated)),
            "file" => {
                let file_name =
                    field.content_disposition().and_then(|disposition| disposition.get_filename());
                let file_name = file_name.ok_or(RequestFault::File)?.to_owned();
                let mut incoming = app.begin_file(max_bytes)?;
                while let Some(piece) = field.try_next().await.map_err(fault)? {
                    once.update(&piece);
                    incoming.write(&piece)?;
                }
                file = Some((incoming, file_name));
            }
            "visibility" if visibility.is_some() => return Err(wrong("visibility", FieldFault::Repeated)),
            "visibility" => visibility = Some(word(&mut field).await?),
            _ => return Err(wrong(&name, FieldFault::NoSuchField)),
        }
    }
    let visibility = match visibility.as_deref() {
        None => Visibility::Public,
        Some(text) => Visibility::from_text(text.trim())
            .ok_or_else(|| AppError::field("visibility", FieldProblem::Unknown))?,
    };
    let (file, file_name) = file.ok_or_else(|| AppError::field("file", FieldProblem::Required))?;
    if file.size() == 0 {
        return Err(AppError::field("file", FieldProblem::Required).into());
    }
    for part in [file_name.as_str(), visibility.as_text()] {
        once.update(&[0]);
        once.update(part.as_bytes());
    }
    Ok(Upload { file, file_name, visibility, once: once.finish() })
}

fn wrong(field: &str, fault: FieldFault) -> Problem {
    RequestFault::Fields(vec![(field.to_owned(), fault)]).into()
}

async fn word(field: &mut Field) -> Result<String, RequestFault> {
    let mut bytes = Vec::new();
    while let Some(piece) = field.try_next().await.map_err(|_| RequestFault::File)? {
        bytes.extend_from_slice(&piece);
        if bytes.len() > MOST_OF_A_WORD {
            return Err(RequestFault::File);
        }
    }
    String::from_utf8(bytes).map_err(|_| RequestFault::Utf8)
}
