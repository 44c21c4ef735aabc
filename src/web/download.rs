//! Handing out a file so that no browser runs it.

use crate::app::AppError;
use crate::app::tickets::AttachmentFile;
use actix_web::HttpResponse;
use actix_web::body::SizedStream;
use actix_web::http::header::{self, HeaderValue};
use actix_web::web::Bytes;
use futures_util::stream;
use std::io;
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
const PIECE: usize = 64 * 1024;

/// The file as an answer, read while it is sent.
///
/// # Errors
/// [`AppError::Internal`] when the file isn't where it should be.
pub async fn stream(file: AttachmentFile) -> Result<HttpResponse, AppError> {
    let AttachmentFile { attachment, path } = file;
    let opened = tokio::fs::File::open(path).await;
    let opened = opened.map_err(|error| AppError::internal("opening a stored file", error))?;
    let size = u64::try_from(attachment.size_bytes).unwrap_or(0);
    let pieces = stream::try_unfold(opened, |mut opened| async move {
        let mut piece = vec![0; PIECE];
        let read = opened.read(&mut piece).await?;
        piece.truncate(read);
        Ok::<_, io::Error>((read > 0).then(|| (Bytes::from(piece), opened)))
    });
    let content_type = if SAFE_TYPES.contains(&attachment.content_type.as_str()) {
        attachment.content_type.as_str()
    } else {
        "application/octet-stream"
    };
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, content_type))
        .insert_header((header::CONTENT_DISPOSITION, disposition(&attachment.file_name)))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .body(SizedStream::new(size, Box::pin(pieces))))
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
