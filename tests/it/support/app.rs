//! The product in the test's own process: a database of its own, a clock that stands still, and requests
//! that go through everything but the network.

use super::database::{self, TestDatabase};
use super::schema;
use actix_web::body::MessageBody as _;
use actix_web::http::StatusCode;
use actix_web::http::header::HeaderMap;
use actix_web::test::{self, TestRequest};
use actix_web::web::Data;
use arende::app::people::{NewOrganisationInput, NewPerson};
use arende::app::random::SystemRandom;
use arende::app::{App, AppSettings, Ctx};
use arende::db::Db;
use arende::domain::clock::{FakeClock, Instant, MICROS_PER_DAY, MICROS_PER_HOUR, MICROS_PER_MINUTE};
use arende::files::FileStore;
use arende::web::server::{self, Pages};
use arende::web::state::WebState;
use futures_util::future::LocalBoxFuture;
use serde_json::Value;
use std::rc::Rc;
use std::sync::Arc;

/// A Friday in November, 08.00 in Stockholm.
pub const START: &str = "2026-11-20T07:00:00Z";
/// Everybody's password.
pub const PASSWORD: &str = "en lång ramsa om ingenting";

/// The product with an administrator, an agent of the servicedesk and a requester of one municipality.
pub struct TestApp {
    pub app: App,
    pub clock: Arc<FakeClock>,
    send: Box<dyn Fn(TestRequest) -> LocalBoxFuture<'static, Answer>>,
    _database: TestDatabase,
    _files: tempfile::TempDir,
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Sees that it is a problem of this kind, and gives it.
    pub fn problem(&self, status: u16, code: &str) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        assert_eq!(self.header("content-type"), "application/problem+json");
        let problem = self.json();
        assert_eq!(problem["code"], code, "{problem}");
        assert_eq!(problem["status"], status);
        assert_eq!(problem["requestId"], self.header("traceparent").split('-').nth(1).unwrap());
        problem
    }

    /// Sees that it says that just these fields are wrong, as `field: code`.
    pub fn wrong_fields(&self, expected: &[&str]) {
        let problem = self.problem(422, "invalid");
        let mut told: Vec<String> = problem["errors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|error| format!("{}: {}", error["field"].as_str().unwrap(), error["code"].as_str().unwrap()))
            .collect();
        told.sort();
        assert_eq!(told, expected);
    }

    /// Sees that it has this status, and gives its JSON.
    pub fn ok(&self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        self.json()
    }

    /// A header, empty when there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl TestApp {
    /// The product without pages.
    pub async fn new() -> Self {
        Self::with_pages(server::no_pages).await
    }

    /// The product with pages beside the API.
    pub async fn with_pages(pages: Pages) -> Self {
        let database = database::fresh();
        let files = tempfile::tempdir().unwrap();
        let clock = Arc::new(FakeClock::at(Instant::parse_rfc3339(START).unwrap()));
        let app = build(database.open(), Arc::clone(&clock), &files);
        let state = Data::new(WebState::new(app.clone()));
        let service = Rc::new(test::init_service(server::app(state, pages)).await);
        let send = Box::new(move |request: TestRequest| -> LocalBoxFuture<'static, Answer> {
            let service = Rc::clone(&service);
            Box::pin(async move {
                let answer = test::call_service(&*service, request.to_request()).await;
                let (status, headers) = (answer.status(), answer.headers().clone());
                let body = answer.into_body().boxed();
                let body = actix_web::body::to_bytes(body).await.unwrap().to_vec();
                Answer { status, headers, body }
            })
        });
        let this = Self { app, clock, send, _database: database, _files: files };
        this.found().await;
        this
    }

    async fn found(&self) {
        self.app.ensure_foundation().await.unwrap();
        let cx = Ctx::command_line();
        for (code, name, kind, parent) in [
            ("lillby", "Lillby kommun", "municipality", None),
            ("lillby-skola", "Skolan i Lillby", "department", Some("lillby")),
            ("storby", "Storby kommun", "municipality", None),
        ] {
            let new = NewOrganisationInput {
                code: Some(code.to_owned()),
                name: name.to_owned(),
                kind: kind.to_owned(),
                parent: parent.map(str::to_owned),
            };
            self.app.create_organisation(&cx, &new).await.unwrap();
        }
        for (code, name, line) in [("natverk", "Nätverk", "2"), ("leverantor", "Leverantören", "external")]
        {
            let new = arende::app::people::NewGroupInput {
                code: Some(code.to_owned()),
                name: name.to_owned(),
                line: line.to_owned(),
                desk: None,
            };
            self.app.create_group(&cx, &new).await.unwrap();
        }
    }

    /// Makes an account. The roles hold everywhere, those of an organisation for the one given.
    pub async fn person(&self, email: &str, roles: &[&str], organisation: &str) {
        let new = NewPerson {
            email: email.to_owned(),
            name: name_of(email),
            phone: None,
            language: None,
            password: Some(PASSWORD.to_owned()),
            roles: roles
                .iter()
                .map(|role| {
                    let scoped = matches!(*role, "manager" | "organisationRepresentative");
                    ((*role).to_owned(), scoped.then(|| organisation.to_owned()))
                })
                .collect(),
            organisations: vec![organisation.to_owned()],
        };
        self.app.create_person(&Ctx::command_line(), &new).await.unwrap();
    }

    /// Puts somebody into a group.
    pub async fn join(&self, email: &str, group: &str) {
        let cx = Ctx::command_line();
        let (_, members) = self.app.group_members(&cx, group).await.unwrap();
        let mut members: Vec<(String, bool)> =
            members.into_iter().map(|(person, lead)| (person.email, lead)).collect();
        members.push((email.to_owned(), false));
        self.app.set_group_members(&cx, group, &members).await.unwrap();
    }

    /// Makes an account and signs it in.
    pub async fn signed_in(&self, email: &str, roles: &[&str]) -> Client<'_> {
        self.person(email, roles, "lillby").await;
        self.sign_in(email).await
    }

    /// An agent of the servicedesk, signed in.
    pub async fn agent(&self) -> Client<'_> {
        self.person("sara.ek@example.se", &["agent"], "lillby").await;
        self.join("sara.ek@example.se", "servicedesk").await;
        self.sign_in("sara.ek@example.se").await
    }

    /// A requester, signed in.
    pub async fn requester(&self) -> Client<'_> {
        self.signed_in("anna.berg@example.se", &["requester"]).await
    }

    /// An administrator, signed in.
    pub async fn administrator(&self) -> Client<'_> {
        self.signed_in("adam.lund@example.se", &["administrator"]).await
    }

    /// Signs somebody in.
    pub async fn sign_in(&self, email: &str) -> Client<'_> {
        let body = serde_json::json!({ "email": email, "password": PASSWORD });
        let answer = self.anybody().post("/sessions", &body).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
        let token = answer.json()["accessToken"].as_str().unwrap().to_owned();
        Client { app: self, token: Some(token) }
    }

    /// Nobody signed in.
    pub const fn anybody(&self) -> Client<'_> {
        Client { app: self, token: None }
    }

    /// Sends a request as it is.
    pub async fn send(&self, request: TestRequest) -> Answer {
        (self.send)(request).await
    }
}

/// Somebody who uses the API.
pub struct Client<'a> {
    app: &'a TestApp,
    pub token: Option<String>,
}

impl Client<'_> {
    /// Sends a request in this one's name; the address is below `/api/v1`.
    pub async fn send(&self, request: TestRequest) -> Answer {
        let request = match &self.token {
            Some(token) => request.insert_header(("Authorization", format!("Bearer {token}"))),
            None => request,
        };
        self.app.send(request).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.ask("get", path, TestRequest::get()).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.ask("post", path, TestRequest::post().set_json(body)).await
    }

    pub async fn patch(&self, path: &str, body: &Value) -> Answer {
        self.ask("patch", path, TestRequest::patch().set_json(body)).await
    }

    pub async fn put(&self, path: &str, body: &Value) -> Answer {
        self.ask("put", path, TestRequest::put().set_json(body)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.ask("delete", path, TestRequest::delete()).await
    }

    /// Sends a request to a path of the API and sees that the answer is one that the description tells of.
    pub async fn ask(&self, method: &str, path: &str, request: TestRequest) -> Answer {
        let answer = self.send(request.uri(&address(path))).await;
        schema::check_answer(method, path, &answer);
        answer
    }

    /// Files a ticket and gives its number.
    pub async fn files(&self, subject: &str) -> String {
        let body = serde_json::json!({ "kind": "incident", "subject": subject });
        let answer = self.post("/tickets", &body).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
        answer.json()["number"].as_str().unwrap().to_owned()
    }

    /// Carries out an action that must succeed and gives the ticket.
    pub async fn acts(&self, number: &str, body: &Value) -> Value {
        let answer = self.post(&format!("/tickets/{number}/transitions"), body).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        answer.json()
    }
}

/// The address of a path of the API.
pub fn address(path: &str) -> String {
    format!("/api/v1{path}")
}

/// `anna.berg@example.se` → Anna Berg.
fn name_of(email: &str) -> String {
    let (local, _) = email.split_once('@').unwrap();
    local
        .split('.')
        .map(|part| {
            let mut letters = part.chars();
            letters
                .next()
                .map_or_else(String::new, |first| format!("{}{}", first.to_uppercase(), letters.as_str()))
        })
        .collect::<Vec<_>>()
        .join(" ")
}

fn build(db: Db, clock: Arc<FakeClock>, files: &tempfile::TempDir) -> App {
    let settings = AppSettings {
        secret: vec![7; 32],
        access_token_micros: 15 * MICROS_PER_MINUTE,
        session_micros: 12 * MICROS_PER_HOUR,
        password_min_chars: 12,
        attachment_max_bytes: 100_000,
        import_max_bytes: 1_000_000,
        mail_max_bytes: 60_000_000,
        public_url: "http://127.0.0.1:8080".to_owned(),
        auto_close_micros: 7 * MICROS_PER_DAY,
        mail: arende::app::mail::MailSettings::default(),
    };
    App::new(db, clock, Arc::new(SystemRandom), FileStore::open(files.path()).unwrap(), settings)
}
