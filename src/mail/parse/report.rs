//! Machines' reports: delivery (RFC 3464), receipts (RFC 8098), and what receiving servers say of the origin (RFC 8601).

use super::headers::{Headers, lines};
use super::words::{one_line, text};
use crate::domain::mail::{Action, AuthenticationResult, Recipient, Report};

const MOST_RECIPIENTS: usize = 100;
const MOST_RESULTS: usize = 40;
const MOST_FIELDS: usize = 20;

/// A delivery report, from the decoded `message/delivery-status` part.
pub(super) fn delivery(part: &[u8], original_message_id: Option<String>) -> Report {
    let mut recipients: Vec<Recipient> = Vec::new();
    for block in blocks(part).take(MOST_RECIPIENTS) {
        let headers = Headers::read(block, 16 * 1024);
        let field = |name: &str| headers.first(name).map(|value| text(value).text);
        let Some(action) = field("action").and_then(|action| action_named(&action)) else { continue };
        let address = field("final-recipient").or_else(|| field("original-recipient")).unwrap_or_default();
        recipients.push(Recipient {
            address: without_type(&address),
            action,
            status: field("status").and_then(|status| status.split_whitespace().next().map(str::to_owned)),
            diagnostic: field("diagnostic-code").map(|code| code.chars().take(500).collect()),
        });
    }
    Report::Delivery { recipients, original_message_id }
}

/// A receipt, from the decoded `message/disposition-notification` part.
pub(super) fn disposition(part: &[u8], original_message_id: Option<String>) -> Report {
    let headers = Headers::read(part, 16 * 1024);
    let field = |name: &str| headers.first(name).map(|value| text(value).text);
    let disposition = field("disposition").unwrap_or_default();
    let kind = disposition.rsplit(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let named = headers.first("original-message-id").and_then(|id| super::addresses::message_ids(id).pop());
    Report::Disposition { disposition: kind, original_message_id: named.or(original_message_id) }
}

/// Blocks of fields with blank lines between them.
fn blocks(part: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in lines(part) {
        if part.get(line.clone()).unwrap_or_default().trim_ascii().is_empty() {
            found.push(part.get(start..line.start).unwrap_or_default());
            start = line.end;
        }
    }
    found.push(part.get(start..).unwrap_or_default());
    found.into_iter().filter(|block| !block.is_empty())
}

fn action_named(text: &str) -> Option<Action> {
    let word = text.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    Some(match word.to_ascii_lowercase().as_str() {
        "failed" | "failure" => Action::Failed,
        "delayed" => Action::Delayed,
        "delivered" => Action::Delivered,
        "relayed" => Action::Relayed,
        "expanded" => Action::Expanded,
        _ => return None,
    })
}

/// `rfc822; anna@example.se` without the type.
fn without_type(address: &str) -> String {
    let bare = address.split_once(';').map_or(address, |(_, address)| address);
    one_line(bare).trim_matches(['<', '>', ' ']).chars().take(320).collect()
}

/// What the receiving servers say of the origin, newest first.
///
/// Those at the top were written last, hence by the server that the message came to: the first field, and those of
/// the same server right below it. A `Received` ends them: what is below stood in the message when it came there.
pub(super) fn authentications(fields: &Headers<'_>) -> Vec<AuthenticationResult> {
    let mut found = Vec::new();
    let mut top: Option<String> = None;
    let mut is_over = false;
    let mut left = MOST_FIELDS;
    for (name, value) in fields.iter() {
        match name {
            "received" => is_over |= top.is_some(),
            "authentication-results" if left > 0 => {
                left -= 1;
                let (server, results) = authentication(value);
                // A server that writes no name writes one field.
                is_over |= top.as_ref().is_some_and(|top| *top != server || server.is_empty());
                top.get_or_insert(server);
                found.extend(
                    results.into_iter().map(|result| AuthenticationResult { is_topmost: !is_over, ..result }),
                );
            }
            _ => {}
        }
    }
    found
}

/// `mx.example.se; spf=pass smtp.mailfrom=example.se; dkim=…`: the server and its results. Exchange Online begins
/// with the first result; then the server has no name.
fn authentication(value: &[u8]) -> (String, Vec<AuthenticationResult>) {
    let value = without_comments(&text(value).text);
    let first = value.split(';').next().unwrap_or_default();
    let name = first.split_whitespace().next().unwrap_or_default();
    let is_named = name.starts_with('"') || !name.contains('=');
    let server = if is_named { name.to_ascii_lowercase() } else { String::new() };
    let pieces = value.split(';').skip(usize::from(is_named));
    let mut results = Vec::new();
    for piece in pieces.take(MOST_RESULTS) {
        let mut words = piece.split_whitespace();
        let Some((method, result)) = words.next().and_then(|word| word.split_once('=')) else { continue };
        let property = |name: &str| {
            piece.split_whitespace().filter_map(|word| word.split_once('=')).find(|(key, _)| *key == name)
        };
        let domain = ["header.from", "header.d", "header.i", "smtp.mailfrom"]
            .iter()
            .find_map(|name| property(name))
            .map(|(_, value)| {
                value.rsplit('@').next().unwrap_or_default().trim_matches('"').to_ascii_lowercase()
            });
        let plain = |text: &str| text.split('/').next().unwrap_or_default().to_ascii_lowercase();
        results.push(AuthenticationResult {
            server: server.clone(),
            method: plain(method),
            result: plain(result),
            domain,
            is_topmost: false,
        });
    }
    (server, results)
}

/// Comments in brackets hold words that look like results.
fn without_comments(value: &str) -> String {
    let (mut depth, mut quoted) = (0_usize, false);
    value
        .chars()
        .filter(|c| {
            match c {
                '"' if depth == 0 => quoted = !quoted,
                '(' if !quoted => depth += 1,
                ')' if depth > 0 => {
                    depth -= 1;
                    return false;
                }
                _ => {}
            }
            depth == 0
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delivery_report_names_each_recipient() {
        let part = b"Reporting-MTA: dns; mx.example.se\r\n\r\nFinal-Recipient: rfc822; anna@example.se\r\nAction: failed\r\n\
            Status: 5.1.1 (no such user)\r\nDiagnostic-Code: smtp; 550 5.1.1\r\n\r\nFinal-Recipient: RFC822;bo@example.se\nAction: delayed\n";
        let Report::Delivery { recipients, .. } = delivery(part, None) else { panic!() };
        let seen: Vec<_> =
            recipients.iter().map(|r| (r.address.as_str(), r.action, r.status.as_deref())).collect();
        assert_eq!(
            seen,
            [("anna@example.se", Action::Failed, Some("5.1.1")), ("bo@example.se", Action::Delayed, None)]
        );
    }

    #[test]
    fn results_in_comments_do_not_count() {
        let (_, found) = authentication(b"mx.example.se 1; spf=fail (dmarc=pass; dkim=pass) smtp.mailfrom=a@x.example;\r\n dmarc=fail header.from=example.se");
        let seen: Vec<_> =
            found.iter().map(|r| (r.method.as_str(), r.result.as_str(), r.domain.as_deref())).collect();
        assert_eq!(seen, [("spf", "fail", Some("x.example")), ("dmarc", "fail", Some("example.se"))]);
        assert_eq!(found[0].server, "mx.example.se");
    }

    fn topmost(header: &str) -> Vec<(String, String, bool)> {
        authentications(&Headers::read(header.as_bytes(), 10_000))
            .into_iter()
            .map(|found| (found.server, format!("{}={}", found.method, found.result), found.is_topmost))
            .collect()
    }

    #[test]
    fn only_what_the_last_server_wrote_is_topmost() {
        let header = "Received: from mx.example.se by imap.example.se\n\
            Authentication-Results: mx.example.se; dmarc=none\nX-Rspamd: a\n\
            Authentication-Results: MX.example.se; none\nAuthentication-Results: mx.example.se; dkim=none\n\
            Received: from x by mx.example.se\nAuthentication-Results: mx.example.se; dmarc=pass\n";
        let told: Vec<_> = topmost(header).into_iter().map(|(_, result, top)| (result, top)).collect();
        let expected = [("dmarc=none", true), ("dkim=none", true), ("dmarc=pass", false)];
        assert_eq!(told, expected.map(|(result, top)| (result.to_owned(), top)));
        let other = "Authentication-Results: mx.example.se; none\nAuthentication-Results: a.example; dkim=pass\n\
            Authentication-Results: mx.example.se; dmarc=pass\n";
        assert!(topmost(other).iter().all(|(_, _, is_topmost)| !is_topmost));
    }

    #[test]
    fn a_field_without_a_name_is_read_from_its_first_result() {
        let header = "Authentication-Results: spf=pass (sender IP is 192.0.2.7)\n smtp.mailfrom=example.se; \
            dkim=pass (signature was verified)\n header.d=example.se;dmarc=pass action=none\n \
            header.from=example.se;compauth=pass reason=100\nAuthentication-Results: dmarc=pass\n";
        let found = topmost(header);
        let results: Vec<&str> = found.iter().map(|(_, result, _)| result.as_str()).collect();
        assert_eq!(results, ["spf=pass", "dkim=pass", "dmarc=pass", "compauth=pass", "dmarc=pass"]);
        assert!(found.iter().all(|(server, ..)| server.is_empty()));
        assert_eq!(found.iter().filter(|(.., is_topmost)| *is_topmost).count(), 4);
    }
}
