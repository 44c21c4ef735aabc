//! Whether JSON holds to a schema, as far as the schemas of our own document go. A keyword that this
//! doesn't know is a fault, so that nothing passes unchecked.

use super::app::Answer;
use arende::domain::clock::Instant;
use arende::web::api::openapi_document;
use serde_json::Value;

/// Keywords that say nothing about values, or nothing that is checked here.
const TOLD_ONLY: &[&str] =
    &["description", "example", "examples", "default", "title", "$ref", "pattern", "deprecated"];

/// Sees that an answer is one that the description of the API tells of: its status, its type, its body.
pub fn check_answer(method: &str, path: &str, answer: &Answer) {
    assert!(!answer.header("traceparent").is_empty());
    let document = openapi_document();
    let bare = path.split('?').next().unwrap();
    let Some(operation) = operation(document, method, bare) else {
        assert!(matches!(answer.status.as_u16(), 404 | 405), "{method} {path}: {}", answer.text());
        return;
    };
    let status = answer.status.as_u16().to_string();
    let responses = &operation["responses"];
    let told = responses.get(&status).or_else(|| responses.get("default")).unwrap();
    let told = told
        .get("$ref")
        .map_or(told, |to| document.pointer(to.as_str().unwrap().trim_start_matches('#')).unwrap());
    let Some(content) = told.get("content").and_then(Value::as_object) else {
        assert!(answer.body.is_empty(), "{method} {path}: {}", answer.text());
        return;
    };
    let media_type = answer.header("content-type").split(';').next().unwrap();
    let Some(media) = content.get(media_type) else {
        panic!("{method} {path}: {status} as {media_type} isn't told of")
    };
    if media_type.ends_with("json") {
        let faults = check(document, &media["schema"], &answer.json());
        assert!(faults.is_empty(), "{method} {path}: {faults:?}\n{}", answer.text());
    }
}

fn operation<'d>(document: &'d Value, method: &str, path: &str) -> Option<&'d Value> {
    let paths = document["paths"].as_object()?;
    let fits = |pattern: &str| {
        let (wanted, given): (Vec<_>, Vec<_>) = (pattern.split('/').collect(), path.split('/').collect());
        wanted.len() == given.len()
            && wanted.iter().zip(given).all(|(wanted, given)| wanted.starts_with('{') || *wanted == given)
    };
    let exact = paths.get(path).and_then(|item| item.get(method));
    exact.or_else(|| paths.iter().filter(|(pattern, _)| fits(pattern)).find_map(|(_, item)| item.get(method)))
}

/// What doesn't hold, each with where.
pub fn check(document: &Value, schema: &Value, value: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    walk(document, schema, value, "", &mut faults);
    faults
}

fn walk(document: &Value, schema: &Value, value: &Value, at: &str, faults: &mut Vec<String>) {
    if let Some(to) = schema.get("$ref").and_then(Value::as_str) {
        let target = document.pointer(to.trim_start_matches('#')).unwrap_or_else(|| panic!("{to}"));
        walk(document, target, value, at, faults);
    }
    let Some(keywords) = schema.as_object() else { return };
    for (keyword, said) in keywords {
        let mut fault = |text: String| faults.push(format!("{at}: {text}"));
        match keyword.as_str() {
            "type" => {
                let wanted: Vec<&str> = said.as_str().map_or_else(
                    || said.as_array().unwrap().iter().filter_map(Value::as_str).collect(),
                    |one| vec![one],
                );
                if !wanted.iter().any(|wanted| is_of_type(value, wanted)) {
                    fault(format!("{value} is no {said}"));
                }
            }
            "enum" => {
                if !said.as_array().unwrap().contains(value) {
                    fault(format!("{value} is none of {said}"));
                }
            }
            "const" => {
                if said != value {
                    fault(format!("{value} is not {said}"));
                }
            }
            "required" => {
                for name in said.as_array().unwrap().iter().filter_map(Value::as_str) {
                    if value.is_object() && value.get(name).is_none() {
                        fault(format!("{name} is missing"));
                    }
                }
            }
            "additionalProperties" => {
                assert_eq!(said, &Value::Bool(false), "{at}");
                let known = schema.get("properties").and_then(Value::as_object);
                for name in value.as_object().into_iter().flat_map(|fields| fields.keys()) {
                    if !known.is_some_and(|known| known.contains_key(name)) {
                        fault(format!("{name} is not known"));
                    }
                }
            }
            "properties" => {
                for (name, schema) in said.as_object().unwrap() {
                    if let Some(value) = value.get(name) {
                        walk(document, schema, value, &format!("{at}/{name}"), faults);
                    }
                }
            }
            "items" => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    walk(document, said, item, &format!("{at}/{index}"), faults);
                }
            }
            "oneOf" | "anyOf" => {
                let fits = said.as_array().unwrap().iter().any(|one| check(document, one, value).is_empty());
                if !fits {
                    fault(format!("{value} fits none of {said}"));
                }
            }
            "allOf" => {
                for one in said.as_array().unwrap() {
                    walk(document, one, value, at, faults);
                }
            }
            "minimum" => {
                if value.as_f64().is_some_and(|number| number < said.as_f64().unwrap()) {
                    fault(format!("{value} is less than {said}"));
                }
            }
            "maximum" => {
                if value.as_f64().is_some_and(|number| number > said.as_f64().unwrap()) {
                    fault(format!("{value} is more than {said}"));
                }
            }
            "minLength" | "maxLength" | "minItems" | "maxItems" => {
                let size = value.as_str().map(|text| text.chars().count()).or(value.as_array().map(Vec::len));
                let limit = usize::try_from(said.as_u64().unwrap()).unwrap();
                let holds =
                    size.is_none_or(
                        |size| if keyword.starts_with("min") { size >= limit } else { size <= limit },
                    );
                if !holds {
                    fault(format!("{keyword} {said}"));
                }
            }
            "format" => {
                let fits = match (said.as_str().unwrap(), value.as_str()) {
                    ("date-time", Some(text)) => Instant::parse_rfc3339(text).is_ok() && text.ends_with('Z'),
                    ("date", Some(text)) => text.parse::<jiff::civil::Date>().is_ok() && text.len() == 10,
                    _ => true,
                };
                if !fits {
                    fault(format!("{value} is no {said}"));
                }
            }
            "propertyNames" => {}
            other => assert!(TOLD_ONLY.contains(&other), "{at}: the keyword {other} isn't checked"),
        }
    }
}

fn is_of_type(value: &Value, wanted: &str) -> bool {
    match wanted {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("the type {other} isn't checked"),
    }
}
