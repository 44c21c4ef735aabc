//! A browser as far as pages need one: it keeps cookies, fills in forms as they are shown, and follows
//! where it is sent.

use std::cell::RefCell;
use std::collections::BTreeMap;

use actix_web::body::MessageBody as _;
use actix_web::http::StatusCode;
use actix_web::http::header::HeaderMap;
use actix_web::test::{self, TestRequest};
use actix_web::web::{Bytes, Data};
use arende::web::server;
use arende::web::site;
use arende::web::state::WebState;
use futures_util::future::LocalBoxFuture;

use crate::support::house::{House, PASSWORD};

type Send = Box<dyn Fn(TestRequest) -> LocalBoxFuture<'static, Shown>>;

/// A browser with a visit of its own.
pub struct Browser {
    send: Send,
    cookies: RefCell<BTreeMap<String, String>>,
}

/// What the browser got.
pub struct Shown {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub html: String,
}

impl Shown {
    /// A header; empty when there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Whether the page says this.
    #[track_caller]
    pub fn assert_says(&self, text: &str) -> &Self {
        assert!(self.html.contains(text), "{} without “{text}”:\n{}", self.status, self.html);
        self
    }

    #[track_caller]
    pub fn assert_says_nothing_of(&self, text: &str) -> &Self {
        assert!(!self.html.contains(text), "“{text}” stands in:\n{}", self.html);
        self
    }

    #[track_caller]
    pub fn assert_status(&self, status: u16) -> &Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.html);
        self
    }

    /// The first form that is sent to this address, from its tag to its end; with a field of that value
    /// where there are several.
    #[track_caller]
    fn form(&self, action: &str, holding: &str) -> &str {
        self.html
            .split("<form ")
            .skip(1)
            .map(|rest| rest.split_once("</form>").unwrap().0)
            .find(|form| form.contains(&format!("action=\"{action}\"")) && form.contains(holding))
            .unwrap_or_else(|| panic!("no form to {action} with {holding} in:\n{}", self.html))
    }

    /// What stands on the page, without its markup.
    pub fn words(&self) -> String {
        let text: Vec<&str> =
            self.html.split('<').map(|part| part.split_once('>').map_or("", |(_, text)| text)).collect();
        text.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Where the form with this id is sent.
    #[track_caller]
    pub fn action(&self, id: &str) -> String {
        let form = self.html.split("<form ").find(|form| form.contains(&format!("id=\"form-{id}\"")));
        let (_, rest) = form.unwrap_or_else(|| panic!("no form {id}")).split_once("action=\"").unwrap();
        unescaped(rest.split_once('"').unwrap().0)
    }

    /// The first address on the page that begins like this.
    #[track_caller]
    pub fn link(&self, start: &str) -> String {
        let (_, rest) =
            self.html.split_once(&format!("href=\"{start}")).unwrap_or_else(|| panic!("no link to {start}"));
        let (end, _) = rest.split_once('"').unwrap();
        unescaped(&format!("{start}{end}"))
    }
}

/// The names and values that a form sends when nothing is typed.
fn prefilled(form: &str) -> Vec<(String, String)> {
    let attribute = |tag: &str, name: &str| {
        let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
        Some(unescaped(rest.split_once('"').unwrap().0))
    };
    let mut fields = Vec::new();
    for rest in form.split("<input ").skip(1) {
        let tag = format!(" {}", rest.split_once('>').unwrap().0);
        let kind = attribute(&tag, "type").unwrap_or_default();
        let is_sent = match kind.as_str() {
            "file" => false,
            "radio" | "checkbox" => tag.contains(" checked"),
            _ => true,
        };
        if let (true, Some(name)) = (is_sent, attribute(&tag, "name")) {
            fields.push((name, attribute(&tag, "value").unwrap_or_default()));
        }
    }
    for rest in form.split("<select").skip(1) {
        let (tag, options) = rest.split_once('>').unwrap();
        let options = options.split_once("</select>").unwrap().0;
        let chosen = options.split("<option ").skip(1).find(|option| option.contains(" selected"));
        let first = options.split("<option ").nth(1);
        if let (Some(name), Some(option)) = (attribute(tag, "name"), chosen.or(first)) {
            fields.push((name, attribute(&format!(" {option}"), "value").unwrap_or_default()));
        }
    }
    for rest in form.split("<textarea").skip(1) {
        let (tag, text) = rest.split_once('>').unwrap();
        let text = text.split_once("</textarea>").unwrap().0;
        if let Some(name) = attribute(tag, "name") {
            // The line break after the tag is none of the text.
            fields.push((name, unescaped(text.strip_prefix('\n').unwrap_or(text))));
        }
    }
    fields
}

fn unescaped(text: &str) -> String {
    [("&#34;", "\""), ("&#39;", "'"), ("&#60;", "<"), ("&#62;", ">"), ("&amp;", "&"), ("&#38;", "&")]
        .iter()
        .fold(text.to_owned(), |text, (escape, character)| text.replace(escape, character))
}

impl Browser {
    pub async fn new(house: &House) -> Self {
        let state = Data::new(WebState::new(house.app.clone()));
        let service = std::rc::Rc::new(test::init_service(server::app(state, site::configure)).await);
        let send = Box::new(move |request: TestRequest| -> LocalBoxFuture<'static, Shown> {
            let service = std::rc::Rc::clone(&service);
            Box::pin(async move {
                let answer = test::call_service(&*service, request.to_request()).await;
                let (status, headers) = (answer.status(), answer.headers().clone());
                let body = actix_web::body::to_bytes(answer.into_body().boxed()).await.unwrap();
                Shown { status, headers, html: String::from_utf8_lossy(&body).into_owned() }
            })
        });
        Self { send, cookies: RefCell::default() }
    }

    /// A browser in which the person has signed in.
    pub async fn of(house: &House, name: &str) -> Self {
        let browser = Self::new(house).await;
        let login = browser.get("/login").await;
        let email = format!("{}@example.se", name.to_lowercase());
        let shown = browser.submit(&login, "/login", &[("email", &email), ("password", PASSWORD)]).await;
        shown.assert_status(303);
        browser
    }

    /// Forgets its cookies, as when a session ends while a page is open.
    pub fn forget(&self) {
        self.cookies.borrow_mut().clear();
    }

    /// The value of a cookie; empty when there is none.
    pub fn cookie(&self, name: &str) -> String {
        self.cookies.borrow().get(name).cloned().unwrap_or_default()
    }

    /// Sends a request of any kind with its cookies.
    pub async fn carry(&self, request: TestRequest) -> Shown {
        let cookies: Vec<String> =
            self.cookies.borrow().iter().map(|(name, value)| format!("{name}={value}")).collect();
        let shown = (self.send)(request.insert_header(("cookie", cookies.join("; ")))).await;
        for cookie in shown.headers.get_all("set-cookie") {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if value.is_empty() {
                self.cookies.borrow_mut().remove(name);
            } else {
                self.cookies.borrow_mut().insert(name.to_owned(), value.to_owned());
            }
        }
        shown
    }

    pub async fn get(&self, path: &str) -> Shown {
        self.carry(TestRequest::get().uri(path)).await
    }

    /// Goes where an answer sends it.
    #[track_caller]
    pub fn follow(&self, shown: &Shown) -> impl Future<Output = Shown> {
        assert_eq!(shown.status, StatusCode::SEE_OTHER, "{}", shown.html);
        let path = shown.header("location").to_owned();
        async move { self.get(&path).await }
    }

    /// Sends the form of that address as the page shows it, these fields filled in.
    pub async fn submit(&self, page: &Shown, action: &str, typed: &[(&str, &str)]) -> Shown {
        self.submit_holding(page, action, "", typed).await
    }

    /// The same, of several forms of that address the one that holds a text.
    pub async fn submit_holding(
        &self,
        page: &Shown,
        action: &str,
        holding: &str,
        typed: &[(&str, &str)],
    ) -> Shown {
        let mut fields = prefilled(page.form(action, holding));
        fields.retain(|(name, _)| typed.iter().all(|(other, _)| other != name));
        fields.extend(typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        self.carry(TestRequest::post().uri(action).set_form(fields)).await
    }

    /// Sends a form with a file in the field `file`.
    pub async fn upload(
        &self,
        page: &Shown,
        action: &str,
        typed: &[(&str, &str)],
        file: (&str, &str),
    ) -> Shown {
        self.upload_as("file", page, action, typed, file).await
    }

    /// Sends a form with a file in a field of that name.
    pub async fn upload_as(
        &self,
        field: &str,
        page: &Shown,
        action: &str,
        typed: &[(&str, &str)],
        file: (&str, &str),
    ) -> Shown {
        let mut fields = prefilled(page.form(action, ""));
        fields.retain(|(name, _)| typed.iter().all(|(other, _)| other != name));
        fields.extend(typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let mut body = String::new();
        for (name, value) in fields {
            body.push_str(&format!(
                "--grans\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            ));
        }
        let (name, content) = file;
        body.push_str(&format!(
            "--grans\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n{content}\r\n--grans--\r\n"
        ));
        let request = TestRequest::post()
            .uri(action)
            .insert_header(("content-type", "multipart/form-data; boundary=grans"))
            .set_payload(Bytes::from(body));
        self.carry(request).await
    }
}
