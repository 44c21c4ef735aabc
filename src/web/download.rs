//! Handing out a file so that no browser runs it.

use crate::app::AppError;
use crate::app::mail::{MailFile, MailOriginal};
use crate::app::tickets::AttachmentFile;
use actix_web::body::SizedStream;
use actix_web::http::header::{self, HeaderValue};
use actix_web::web::Bytes;
use actix_web::{HttpResponse, HttpResponseBuilder};
use futures_util::stream;
use std::io;
use std::path::Path;
use tokio::io::AsyncReadExt as _;

/// Types that can do no harm when shown. Everything else is just bytes.
const SAFE_TYPES: &[&str] = &[
    "application/pdf",
    "image/avif",
    "image/gif",
    "image/jpeg",
    "image/png",
    "image/webp",
    "text/plain; charset=utf-8",
];
/// A message; sent to be kept, never to be shown.
const MAIL_TYPE: &str = "message/rfc822";
const PIECE: usize = 64 * 1024;

/// The file as an answer, read while it is sent.
///
/// # Errors
/// [`AppError::Internal`] when the file isn't where it should be.
pub async fn stream(file: AttachmentFile) -> Result<HttpResponse, AppError> {
    let AttachmentFile { attachment, path } = file;
    let size = u64::try_from(attachment.size_bytes).unwrap_or(0);
    stream_file(&path, size, &attachment.content_type, &attachment.file_name).await
}

/// A message as it came, to be kept as a file.
///
/// # Errors
/// [`AppError::Internal`] when the file isn't where it should be.
pub async fn mail(original: MailOriginal) -> Result<HttpResponse, AppError> {
    let MailOriginal { name, path, size_bytes } = original;
    stream_file(&path, size_bytes, MAIL_TYPE, &name).await
}

/// A file out of a message, to be kept as a file, whatever it is.
#[must_use]
pub fn mail_file(file: MailFile) -> HttpResponse {
    harmless("application/octet-stream", &file.name).body(file.bytes)
}

async fn stream_file(
    path: &Path,
    size: u64,
    content_type: &str,
    name: &str,
) -> Result<HttpResponse, AppError> {
    let opened = tokio::fs::File::open(path).await;
    let opened = opened.map_err(|error| AppError::internal("opening a stored file", error))?;
    let pieces = stream::try_unfold(opened, |mut opened| async move {
        let mut piece = vec![0; PIECE];
        let read = opened.read(&mut piece).await?;
        piece.truncate(read);
        Ok::<_, io::Error>((read > 0).then(|| (Bytes::from(piece), opened)))
    });
    let is_safe = content_type == MAIL_TYPE || SAFE_TYPES.contains(&content_type);
    let content_type = if is_safe { content_type } else { "application/octet-stream" };
    Ok(harmless(content_type, name).body(SizedStream::new(size, Box::pin(pieces))))
}

/// An answer that is kept as a file and runs nothing.
fn harmless(content_type: &str, name: &str) -> HttpResponseBuilder {
    let mut answer = HttpResponse::Ok();
    answer
        .insert_header((header::CONTENT_TYPE, content_type))
        .insert_header((header::CONTENT_DISPOSITION, disposition(name)))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"))
        .insert_header((header::CACHE_CONTROL, "private, no-store"));
    answer
}

/// `Content-Disposition` by RFC 6266: a name in ASCII for old programs, and the whole one.
fn disposition(name: &str) -> HeaderValue {
    let plain: String =
        name.chars()
            .map(|c| {
                if c.is_ascii_graphic() && !matches!(c, '"' | '\\' | '%' | ';') || c == ' ' { c } else { '_' }
            })
            .collect();
    let mut whole = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            whole.push(char::from(byte));
        } else {
            whole.push_str(&format!("%{byte:02X}"));
        }
    }
    HeaderValue::from_str(&format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{whole}"))
        .unwrap_or_else(|_| HeaderValue::from_static("attachment"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_survive_and_break_nothing() {
        assert_eq!(
            disposition("skärm \"1\".png"),
            "attachment; filename=\"sk_rm _1_.png\"; filename*=UTF-8''sk%C3%A4rm%20%221%22.png"
        );
        assert_eq!(disposition("a\r\nb;c"), "attachment; filename=\"a__b_c\"; filename*=UTF-8''a%0D%0Ab%3Bc");
    }
}
