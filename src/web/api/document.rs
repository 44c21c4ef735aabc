//! The OpenAPI document: collected from the operations, completed with what all of them share.

mod examples;

use actix_web::App;
use serde_json::{Map, Value, json};
use std::sync::LazyLock;
use utoipa_actix_web::AppExt as _;

/// What no operation declares: title, contact, service level, shared parameters and problems.
const BASE: &str = include_str!("document/base.json");
const DESCRIPTION: &str = include_str!("document/description.md");
const METHODS: &[&str] = &["get", "post", "put", "patch", "delete"];
/// Operations that a key makes harmless to repeat.
const IDEMPOTENT: &[&str] = &[
    "create_ticket",
    "transition_ticket",
    "add_message",
    "add_attachment",
    "import_tickets",
    "review_first_line",
    "create_calendar",
    "add_calendar_version",
    "create_agreement",
    "add_agreement_version",
    "withdraw_agreement",
    "create_priority_list",
    "add_responsibility_version",
    "add_routing_rule_version",
    "transition_inbound_mail",
    "transition_outbound_mail",
];
/// Operations on a version.
const CONDITIONAL: &[&str] = &[
    "edit_ticket",
    "transition_ticket",
    "edit_user",
    "edit_mailbox",
    "set_mail_template",
    "reset_mail_template",
    "add_calendar_version",
    "add_agreement_version",
    "withdraw_agreement",
    "create_priority_list",
    "add_responsibility_version",
    "add_routing_rule_version",
];

static DOCUMENT: LazyLock<Value> = LazyLock::new(build);
static TEXT: LazyLock<String> = LazyLock::new(|| {
    let mut text = serde_json::to_string_pretty(&*DOCUMENT).unwrap_or_default();
    text.push('\n');
    text
});

/// The document, for pages made of it.
pub fn openapi_document() -> &'static Value {
    &DOCUMENT
}

/// The document as it is served and committed.
#[must_use]
pub fn document_json() -> &'static str {
    &TEXT
}

/// The document as `arende openapi` prints it.
#[must_use]
pub fn openapi_json() -> String {
    TEXT.clone()
}

/// The methods of a path below the base; none when there is no such path.
pub(super) fn methods_of(path: &str) -> Vec<String> {
    let matches = |pattern: &str| {
        let mut wanted = pattern.split('/');
        let mut given = path.split('/');
        loop {
            match (wanted.next(), given.next()) {
                (None, None) => return true,
                (Some(part), Some(text)) if part == text || (part.starts_with('{') && !text.is_empty()) => {}
                _ => return false,
            }
        }
    };
    let Some(paths) = DOCUMENT.get("paths").and_then(Value::as_object) else { return Vec::new() };
    let mut methods: Vec<String> = paths
        .iter()
        .filter(|(pattern, _)| matches(pattern))
        .filter_map(|(_, item)| item.as_object())
        .flat_map(Map::keys)
        .map(|method| method.to_ascii_uppercase())
        .collect();
    methods.sort();
    methods.dedup();
    methods
}

fn build() -> Value {
    let (_, collected) = App::new().into_utoipa_app().configure(super::operations).split_for_parts();
    let mut document: Value = serde_json::from_str(BASE).unwrap_or_default();
    let collected = serde_json::to_value(collected).unwrap_or_default();
    put(&mut document, "/info/version", json!(env!("CARGO_PKG_VERSION")));
    put(&mut document, "/info/description", json!(DESCRIPTION.trim()));
    let taken = |pointer: &str| collected.pointer(pointer).cloned().unwrap_or_default();
    let mut schemas = taken("/components/schemas");
    without_empty_defaults(&mut schemas);
    if let Some(components) = document.get_mut("components").and_then(Value::as_object_mut) {
        components.insert("schemas".to_owned(), schemas);
    }
    let mut paths = taken("/paths");
    for (path, item) in paths.as_object_mut().into_iter().flatten() {
        for (method, operation) in item.as_object_mut().into_iter().flatten() {
            if METHODS.contains(&method.as_str()) {
                complete(path, method, operation);
            }
        }
    }
    if let Some(document) = document.as_object_mut() {
        document.insert("paths".to_owned(), paths);
    }
    with_plain_names(&document)
}

fn put(document: &mut Value, pointer: &str, value: Value) {
    if let Some(place) = document.pointer_mut(pointer) {
        *place = value;
    }
}

/// What is empty by default is just not there, which the collector can't know.
fn without_empty_defaults(schemas: &mut Value) {
    let properties = schemas
        .as_object_mut()
        .into_iter()
        .flatten()
        .filter_map(|(_, schema)| schema.get_mut("properties").and_then(Value::as_object_mut));
    for (_, property) in properties.flatten() {
        if let Some(property) = property.as_object_mut() {
            property.retain(|keyword, value| keyword != "default" || value.is_boolean());
        }
    }
}

/// `ListOut_Ticket` is how the collector names a list of tickets; `TicketList` is how people do.
fn with_plain_names(document: &Value) -> Value {
    let mut text = document.to_string();
    let schemas = document.pointer("/components/schemas").and_then(Value::as_object);
    for name in schemas.into_iter().flat_map(Map::keys) {
        if let Some(row) = name.strip_prefix("ListOut_") {
            text = text.replace(&format!("/{name}\""), &format!("/{row}List\""));
            text = text.replace(&format!("\"{name}\""), &format!("\"{row}List\""));
        }
    }
    serde_json::from_str(&text).unwrap_or_default()
}

fn reference(kind: &str, name: &str) -> Value {
    json!({ "$ref": format!("#/components/{kind}/{name}") })
}

/// Adds to an operation what all of its sort share.
fn complete(path: &str, method: &str, operation: &mut Value) {
    let id = operation.get("operationId").and_then(Value::as_str).unwrap_or_default().to_owned();
    let has_body = operation.get("requestBody").is_some();
    let is_open = operation.get("security").is_some();
    let Some(operation) = operation.as_object_mut() else { return };
    let parameters = operation.entry("parameters").or_insert_with(|| json!([]));
    let parameters_taken = parameters.as_array().is_some_and(|list| !list.is_empty());
    if let Some(parameters) = parameters.as_array_mut() {
        for part in path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')) {
            parameters.push(reference("parameters", part));
        }
        if CONDITIONAL.contains(&id.as_str()) {
            parameters.push(reference("parameters", "ifMatch"));
        }
        if IDEMPOTENT.contains(&id.as_str()) {
            parameters.push(reference("parameters", "idempotencyKey"));
        }
    }
    if let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) {
        for (status, response) in responses.iter_mut() {
            complete_success(&id, status, response);
        }
        for (status, name) in problems(&id, method, path, has_body, is_open, parameters_taken) {
            responses.entry(status).or_insert_with(|| reference("responses", name));
        }
    }
    if let Some(content) = operation.get_mut("requestBody").and_then(|body| body.get_mut("content")) {
        with_example(content, examples::request(&id));
    }
}

fn complete_success(id: &str, status: &str, response: &mut Value) {
    let Some(response) = response.as_object_mut() else { return };
    let mut headers = json!({ "traceparent": reference("headers", "traceparent") });
    if let Some(headers) = headers.as_object_mut() {
        let is_versioned = id.ends_with("_ticket")
            || id.ends_with("_user")
            || matches!(id, "add_message" | "create_mailbox" | "show_mailbox" | "edit_mailbox")
            || matches!(id, "show_mail_template" | "set_mail_template")
            || is_tagged_policy(id);
        if is_versioned {
            headers.insert("ETag".to_owned(), reference("headers", "etag"));
        }
        if matches!(status, "201" | "202")
            && !matches!(id, "add_message" | "add_link" | "create_external_link")
        {
            headers.insert("Location".to_owned(), reference("headers", "location"));
        }
    }
    response.insert("headers".to_owned(), headers);
    if let Some(content) = response.get_mut("content") {
        with_example(content, examples::response(id));
    }
}

/// Whether an operation answers with a document that has versions, or a version of one.
fn is_tagged_policy(id: &str) -> bool {
    matches!(id, "create_calendar" | "show_calendar" | "add_calendar_version")
        || matches!(
            id,
            "create_agreement" | "show_agreement" | "add_agreement_version" | "withdraw_agreement"
        )
        || matches!(id, "create_priority_list" | "show_priority_list")
        || matches!(id, "show_responsibilities" | "add_responsibility_version")
        || matches!(id, "show_routing_rules" | "add_routing_rule_version")
}

fn with_example(content: &mut Value, example: Option<Value>) {
    let media = content.get_mut("application/json").and_then(Value::as_object_mut);
    if let (Some(media), Some(example)) = (media, example) {
        media.insert("example".to_owned(), example);
    }
}

/// The problems that an operation can answer with.
fn problems(
    id: &str,
    method: &str,
    path: &str,
    has_body: bool,
    is_open: bool,
    has_query: bool,
) -> Vec<(&'static str, &'static str)> {
    let mut problems = vec![
        ("400", "BadRequest"),
        ("500", "InternalServerError"),
        ("503", "ServiceUnavailable"),
        ("default", "Problem"),
    ];
    if !is_open {
        problems.extend([("401", "Unauthorized"), ("403", "Forbidden")]);
    }
    if path.contains('{') {
        problems.push(("404", "NotFound"));
    }
    if has_body {
        problems.extend([("413", "ContentTooLarge"), ("415", "UnsupportedMediaType")]);
    }
    if has_body || has_query {
        problems.push(("422", "UnprocessableContent"));
    }
    if !is_open && method != "get" {
        problems.push(("409", "Conflict"));
    }
    if CONDITIONAL.contains(&id) {
        problems.push(("412", "PreconditionFailed"));
    }
    if matches!(id, "sign_in" | "refresh") {
        problems.extend([("401", "Unauthorized"), ("429", "TooManyRequests")]);
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::problem::{all_codes, all_field_codes};

    #[test]
    fn methods_are_found_by_pattern() {
        assert_eq!(methods_of("/tickets"), ["GET", "POST"]);
        assert_eq!(methods_of("/tickets/INC-1"), ["GET", "PATCH"]);
        assert_eq!(methods_of("/tickets/INC-1/links/abc"), ["DELETE"]);
        for unknown in ["", "/", "/ticket", "/tickets/", "/tickets/INC-1/other"] {
            assert!(methods_of(unknown).is_empty(), "{unknown}");
        }
    }

    #[test]
    fn every_operation_says_what_it_does_and_shows_an_example() {
        let mut ids = std::collections::HashSet::new();
        for (path, item) in openapi_document()["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                let id = operation["operationId"].as_str().unwrap();
                assert!(ids.insert(id.to_owned()), "{id} stands twice");
                assert!(
                    operation["summary"].is_string() && operation["description"].is_string(),
                    "{method} {path}"
                );
                let bodies =
                    operation["responses"].as_object().unwrap().values().chain(operation.get("requestBody"));
                for body in bodies {
                    if let Some(json) = body.pointer("/content/application~1json") {
                        assert!(json.get("example").is_some(), "{method} {path} ({id}) has no example");
                    }
                }
            }
        }
    }

    #[test]
    fn references_lead_somewhere() {
        fn walk(document: &Value, value: &Value) {
            match value {
                Value::Object(fields) => {
                    if let Some(Value::String(to)) = fields.get("$ref") {
                        assert!(document.pointer(to.trim_start_matches('#')).is_some(), "{to}");
                    }
                    fields.values().for_each(|value| walk(document, value));
                }
                Value::Array(items) => items.iter().for_each(|value| walk(document, value)),
                _ => {}
            }
        }
        walk(openapi_document(), openapi_document());
    }

    #[test]
    fn codes_are_unique() {
        for codes in [all_codes().collect::<Vec<_>>(), all_field_codes().collect()] {
            let mut sorted = codes.clone();
            sorted.sort_unstable();
            sorted.dedup();
            assert_eq!(sorted.len(), codes.len());
        }
    }
}
