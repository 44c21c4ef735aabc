//! A message's cleaned HTML as a page of its own, to be shown in a frame that may do nothing.

use super::BLOCKED_PICTURE;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Looks of the frame: no colours of ours, so that it reads like the mail it is.
const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;margin:16px;color:#1b1b1b;background:#fff;overflow-wrap:anywhere}\
     img{max-width:100%;height:auto}table{max-width:100%;border-collapse:collapse}\
     blockquote{margin:8px 0 8px 8px;padding-left:12px;border-left:3px solid #767676}a{color:#0b5394}";
/// How the cleaner writes the address of a picture inside the message.
const PICTURE: &str = " src=\"cid:";

/// The page. `picture` gives the bytes of a picture by its Content-ID; what isn't a picture that browsers draw
/// without running anything is left out. Links open beside the frame.
pub fn framed(html: &str, mut picture: impl FnMut(&str) -> Option<Vec<u8>>) -> String {
    let mut page = format!(
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title></title><base target=\"_blank\"><style>{STYLE}</style></head><body>"
    );
    let blocked = BLOCKED_PICTURE.strip_prefix("cid:").unwrap_or(BLOCKED_PICTURE);
    let mut rest = html;
    while let Some((before, after)) = rest.split_once(PICTURE) {
        page.push_str(before);
        let Some((content_id, behind)) = after.split_once('"') else {
            rest = after;
            continue;
        };
        let id = content_id.replace("&amp;", "&").replace("%40", "@");
        let found = if id == blocked { None } else { picture(&id) };
        if let Some(bytes) = found
            && let Some(kind) = kind_of(&bytes)
        {
            page.push_str(" src=\"data:");
            page.push_str(kind);
            page.push_str(";base64,");
            STANDARD.encode_string(&bytes, &mut page);
            page.push('"');
        }
        rest = behind;
    }
    page.push_str(rest);
    page.push_str("</body></html>");
    page
}

/// What a picture is by its bytes; nothing for all that isn't one, SVG among it.
fn kind_of(bytes: &[u8]) -> Option<&'static str> {
    let kind = infer::get(bytes)?.mime_type();
    matches!(kind, "image/png" | "image/jpeg" | "image/gif" | "image/webp").then_some(kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

    #[test]
    fn own_pictures_are_put_in_and_all_others_left_out() {
        let html = "<p>a</p><img alt=\"x\" src=\"cid:bild1@x\"><img src=\"cid:blocked@arende.invalid\"><img src=\"cid:skript\">";
        let page = framed(html, |id| match id {
            "bild1@x" => Some(PNG.to_vec()),
            "skript" => Some(b"<svg onload=alert(1)>".to_vec()),
            _ => None,
        });
        assert!(page.contains("<img alt=\"x\" src=\"data:image/png;base64,iVBORw0KGgo"), "{page}");
        assert_eq!(page.matches(" src=").count(), 1, "{page}");
        assert!(!page.contains("cid:"), "{page}");
        assert!(page.ends_with("<img><img></body></html>"), "{page}");
    }
}
