//! Taking in a body that fits in memory.

use crate::web::problem::RequestFault;
use actix_web::HttpRequest;
use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::header;
use futures_util::StreamExt as _;

/// The whole body, refused as soon as it is seen to be larger than `max_bytes`.
///
/// # Errors
/// [`RequestFault::TooLarge`]; [`RequestFault::ContentType`] for a compressed body; [`RequestFault::Malformed`]
/// when it breaks off.
pub async fn collect(
    request: &HttpRequest,
    mut payload: Payload,
    max_bytes: u64,
) -> Result<Vec<u8>, RequestFault> {
    let too_large = RequestFault::TooLarge { max_bytes };
    let headers = request.headers();
    // A small body can unpack into a huge one, and nobody needs to pack what we take.
    if headers.get(header::CONTENT_ENCODING).is_some_and(|coding| coding != "identity") {
        return Err(RequestFault::ContentType("Content-Encoding: identity"));
    }
    let announced: u64 = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok())
        .and_then(|length| length.parse().ok())
        .unwrap_or(0);
    if announced > max_bytes {
        return Err(too_large);
    }
    let mut body = Vec::with_capacity(usize::try_from(announced).unwrap_or(0));
    while let Some(piece) = payload.next().await {
        let piece = piece.map_err(|error| fault_of(&error, max_bytes))?;
        let size = u64::try_from(body.len() + piece.len()).unwrap_or(u64::MAX);
        if size > max_bytes {
            return Err(too_large);
        }
        body.extend_from_slice(&piece);
    }
    Ok(body)
}

/// What a broken payload means.
#[must_use]
pub fn fault_of(error: &PayloadError, max_bytes: u64) -> RequestFault {
    match error {
        PayloadError::Overflow => RequestFault::TooLarge { max_bytes },
        _ => RequestFault::Malformed,
    }
}
