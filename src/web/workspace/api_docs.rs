//! The API's documentation as a page: read from the OpenAPI document, drawn by the server, so that it
//! loads nothing from elsewhere and works without scripts.

use askama::Template;
use serde_json::Value;

use crate::domain::locale::Locale;
use crate::web::page::{Page, Theme};
use crate::web::routes;

/// The documentation.
#[derive(Debug, Template)]
#[template(path = "workspace/api_docs.html", config = "src/web/askama.toml")]
pub struct ApiDocsPage {
    /// The surroundings.
    pub page: Page,
    /// What the API is for, in paragraphs.
    pub description: Vec<String>,
    /// The operations by tag.
    pub groups: Vec<Group>,
    /// The shapes that are sent and answered.
    pub schemas: Vec<Schema>,
    /// What can be wrong.
    pub problems: Vec<ProblemDoc>,
}

/// A problem that is answered; its `type` leads here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemDoc {
    /// Its code, the anchor.
    pub code: &'static str,
    /// The status it is answered with.
    pub status: u16,
    /// What it means, in a few words.
    pub title: String,
}

/// Operations under one tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its anchor.
    pub id: String,
    /// The tag.
    pub name: String,
    /// What the document says about it.
    pub about: String,
    /// Its operations.
    pub operations: Vec<Operation>,
}

/// One operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// Its operationId.
    pub id: String,
    /// `GET`, `POST` …
    pub method: String,
    /// Its path.
    pub path: String,
    /// One line.
    pub summary: String,
    /// More.
    pub description: String,
    /// Path, query and header parameters.
    pub parameters: Vec<FieldDoc>,
    /// What may be sent.
    pub body: Vec<BodyDoc>,
    /// What may be answered.
    pub answers: Vec<Answer>,
}

/// A parameter or a property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldDoc {
    /// Its name.
    pub name: String,
    /// `path`, `query`, `header`; empty for a property.
    pub place: String,
    /// Its type: `string (date-time)`, `[Message]`.
    pub form: String,
    /// The schema it leads to.
    pub schema: Option<String>,
    /// Whether it must be there.
    pub required: bool,
    /// What it means.
    pub about: String,
}

/// A body of one media type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyDoc {
    /// The media type.
    pub media: String,
    /// Its type.
    pub form: String,
    /// The schema it leads to.
    pub schema: Option<String>,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status code.
    pub status: String,
    /// When it comes.
    pub about: String,
    /// What it holds.
    pub body: Vec<BodyDoc>,
}

/// A named shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schema {
    /// Its name.
    pub name: String,
    /// What it is.
    pub about: String,
    /// Its type, when it has no properties.
    pub form: String,
    /// Its properties.
    pub fields: Vec<FieldDoc>,
}

const METHODS: [&str; 7] = ["get", "post", "put", "patch", "delete", "head", "options"];

impl ApiDocsPage {
    /// The page for an OpenAPI 3 document. What the document leaves out is left out here.
    #[must_use]
    pub fn new(page: Page, document: &Value, problems: Vec<ProblemDoc>) -> Self {
        let description = text(document.pointer("/info/description"));
        Self {
            description: in_language(&description, page.texts.locale()),
            page,
            groups: groups(document),
            schemas: schemas(document),
            problems,
        }
    }
}

/// The paragraphs of a description under the heading of a language; all of it when it has no such part.
fn in_language(description: &str, locale: Locale) -> Vec<String> {
    let heading = match locale {
        Locale::Sv => "Svenska",
        Locale::En => "English",
    };
    let part = description
        .split("## ")
        .find_map(|part| part.strip_prefix(heading).filter(|rest| rest.starts_with('\n')));
    let paragraphs = part.unwrap_or(description).split("\n\n").map(str::trim);
    paragraphs.filter(|paragraph| !paragraph.is_empty()).map(str::to_owned).collect()
}

fn text(value: Option<&Value>) -> String {
    value.and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn groups(document: &Value) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (path, item) in document.get("paths").and_then(Value::as_object).into_iter().flatten() {
        for method in METHODS {
            let Some(operation) = item.get(method) else { continue };
            let tag = match operation.pointer("/tags/0").and_then(Value::as_str) {
                Some(tag) => tag.to_owned(),
                // Without a tag the first segment says what it is about.
                None => path.split('/').find(|part| !part.is_empty()).unwrap_or("api").to_owned(),
            };
            let shared = item.get("parameters");
            let operation = read_operation(document, path, method, operation, shared);
            match groups.iter_mut().find(|group| group.name == tag) {
                Some(group) => group.operations.push(operation),
                None => groups.push(Group {
                    id: format!("group-{}", crate::domain::text::Code::from_name(&tag)),
                    about: tag_description(document, &tag),
                    name: tag,
                    operations: vec![operation],
                }),
            }
        }
    }
    groups
}

fn tag_description(document: &Value, tag: &str) -> String {
    let tags = document.get("tags").and_then(Value::as_array);
    let found = tags.into_iter().flatten().find(|held| held.get("name").and_then(Value::as_str) == Some(tag));
    text(found.and_then(|tag| tag.get("description")))
}

fn read_operation(
    document: &Value,
    path: &str,
    method: &str,
    operation: &Value,
    shared: Option<&Value>,
) -> Operation {
    let parameters = [shared, operation.get("parameters")]
        .into_iter()
        .flatten()
        .filter_map(Value::as_array)
        .flatten()
        .map(|parameter| {
            let parameter = resolve(document, parameter);
            let (form, schema) = form_of(parameter.get("schema"));
            FieldDoc {
                name: text(parameter.get("name")),
                place: text(parameter.get("in")),
                form,
                schema,
                required: parameter.get("required").and_then(Value::as_bool).unwrap_or(false),
                about: text(parameter.get("description")),
            }
        })
        .collect();
    let request = operation.get("requestBody").map(|body| resolve(document, body));
    let answers = operation
        .get("responses")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .map(|(status, answer)| {
            let answer = resolve(document, answer);
            Answer {
                status: status.clone(),
                about: text(answer.get("description")),
                body: bodies(answer.get("content")),
            }
        })
        .collect();
    let id = match operation.get("operationId").and_then(Value::as_str) {
        Some(id) => id.to_owned(),
        None => crate::domain::text::Code::from_name(&format!("{method} {path}")).to_string(),
    };
    Operation {
        id,
        method: method.to_uppercase(),
        path: path.to_owned(),
        summary: text(operation.get("summary")),
        description: text(operation.get("description")),
        parameters,
        body: bodies(request.and_then(|body| body.get("content"))),
        answers,
    }
}

fn bodies(content: Option<&Value>) -> Vec<BodyDoc> {
    let content = content.and_then(Value::as_object);
    content
        .into_iter()
        .flatten()
        .map(|(media, value)| {
            let (form, schema) = form_of(value.get("schema"));
            BodyDoc { media: media.clone(), form, schema }
        })
        .collect()
}

/// Follows a `$ref` inside the document one step.
fn resolve<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    value
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(|reference| document.pointer(reference.trim_start_matches('#')))
        .unwrap_or(value)
}

/// A schema in a few words, and the named schema it leads to.
fn form_of(schema: Option<&Value>) -> (String, Option<String>) {
    let Some(schema) = schema else { return (String::new(), None) };
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        let name = reference.rsplit('/').next().unwrap_or(reference).to_owned();
        return (name.clone(), Some(name));
    }
    if let Some(items) = schema.get("items") {
        let (form, name) = form_of(Some(items));
        return (format!("[{form}]"), name);
    }
    for alternatives in ["oneOf", "anyOf", "allOf"] {
        let Some(list) = schema.get(alternatives).and_then(Value::as_array) else { continue };
        let read: Vec<_> = list.iter().map(|one| form_of(Some(one))).collect();
        let name = read.iter().find_map(|(_, name)| name.clone());
        let separator = if alternatives == "allOf" { " + " } else { " | " };
        let forms: Vec<String> = read.into_iter().map(|(form, _)| form).collect();
        return (forms.join(separator), name);
    }
    if let Some(values) = schema.get("enum").and_then(Value::as_array) {
        let values: Vec<String> =
            values.iter().map(|v| v.as_str().map_or_else(|| v.to_string(), str::to_owned)).collect();
        return (values.join(" | "), None);
    }
    let kind = match schema.get("type") {
        Some(Value::String(kind)) => kind.clone(),
        // OpenAPI 3.1 writes what may be null as a list.
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" | "),
        _ => "object".to_owned(),
    };
    match schema.get("format").and_then(Value::as_str) {
        Some(format) => (format!("{kind} ({format})"), None),
        None => (kind, None),
    }
}

fn schemas(document: &Value) -> Vec<Schema> {
    let all = document.pointer("/components/schemas").and_then(Value::as_object);
    all.into_iter()
        .flatten()
        .map(|(name, schema)| {
            let required: Vec<&str> = schema
                .get("required")
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .collect();
            let properties = schema.get("properties").and_then(Value::as_object);
            let fields = properties
                .into_iter()
                .flatten()
                .map(|(field, value)| {
                    let (form, leads_to) = form_of(Some(value));
                    FieldDoc {
                        name: field.clone(),
                        place: String::new(),
                        form,
                        schema: leads_to,
                        required: required.contains(&field.as_str()),
                        about: text(value.get("description")),
                    }
                })
                .collect();
            Schema {
                name: name.clone(),
                about: text(schema.get("description")),
                form: form_of(Some(schema)).0,
                fields,
            }
        })
        .collect()
}
