//! The description of the API: committed as it is generated, and its examples true to it.

use crate::support::schema::check;
use arende::web::api::openapi_document;
use serde_json::Value;
use std::fs;
use std::path::Path;

#[test]
fn committed_document_is_the_generated_one() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("api-spec/openapi.json");
    let committed = fs::read_to_string(path).unwrap_or_default();
    assert!(
        committed == arende::web::api::openapi_json(),
        "the API has changed; run `cargo run -- openapi > api-spec/openapi.json` and look at the difference"
    );
}

#[test]
fn examples_hold_to_their_schemas() {
    let document = openapi_document();
    let mut wrong = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let bodies =
                operation["responses"].as_object().unwrap().values().chain(operation.get("requestBody"));
            for content in
                bodies.filter_map(|body| body["content"].as_object()).flat_map(|content| content.values())
            {
                if let Some(example) = content.get("example") {
                    let faults = check(document, &content["schema"], example);
                    wrong.extend(faults.into_iter().map(|fault| format!("{method} {path}: {fault}")));
                }
            }
        }
    }
    for (name, response) in document["components"]["responses"].as_object().unwrap() {
        let content = &response["content"]["application/problem+json"];
        let faults = check(document, &content["schema"], &content["example"]);
        wrong.extend(faults.into_iter().map(|fault| format!("{name}: {fault}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_wrong_example_would_be_seen() {
    let document = openapi_document();
    let schema = serde_json::json!({ "$ref": "#/components/schemas/NewTicket" });
    let wrong: Value = serde_json::json!({ "kind": "wish", "impact": 4, "colour": "red" });
    let faults = check(document, &schema, &wrong);
    for told in ["subject", "wish", "impact", "colour"] {
        assert!(faults.iter().any(|fault| fault.contains(told)), "{told}: {faults:?}");
    }
}
