//! What every handler can reach.

use crate::app::App;
use crate::app::AppError;
use actix_web::HttpRequest;
use actix_web::http::header;
use actix_web::http::uri::Authority;
use actix_web::web::Data;
use std::sync::Arc;

/// What every handler can reach. Cheap to clone.
#[derive(Clone)]
pub struct WebState {
    /// The use cases.
    pub app: App,
    /// Who may read `/metrics` on the main address: whoever sends this bearer token; nobody when there is none.
    pub metrics_token: Option<String>,
    /// The largest JSON body, in bytes.
    pub json_max_bytes: u64,
    /// What the pages say of the desk, and how they are reached.
    pub site: Arc<SiteSettings>,
}

/// What the pages say of the desk, and how they are reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteSettings {
    /// Whether people reach the server by https: cookies are then sent by https only.
    pub https: bool,
    /// What the portal is called.
    pub desk_name: String,
    /// The desk's phone number, as it is read aloud.
    pub desk_phone: String,
}

impl SiteSettings {
    /// How the server is reached, as whoever sent a request reached it: `https://service.example.se`.
    #[must_use]
    pub fn origin(&self, request: &HttpRequest) -> String {
        let scheme = if self.https { "https" } else { "http" };
        let host = request.headers().get(header::HOST).and_then(|value| value.to_str().ok());
        let host = host.or_else(|| request.uri().authority().map(Authority::as_str));
        format!("{scheme}://{}", host.unwrap_or("localhost"))
    }
}

impl Default for SiteSettings {
    fn default() -> Self {
        Self { https: false, desk_name: "IT-hjälp".to_owned(), desk_phone: "0123-45 67 00".to_owned() }
    }
}

impl WebState {
    /// The state for the use cases: `/metrics` closed, JSON bodies of up to a mebibyte, which holds four of
    /// the longest texts with each character escaped.
    #[must_use]
    pub fn new(app: App) -> Self {
        Self { app, metrics_token: None, json_max_bytes: 1024 * 1024, site: Arc::default() }
    }

    /// The state of the server that got a request.
    ///
    /// # Errors
    /// [`AppError::Internal`] when the server was put together without one.
    pub fn of(request: &HttpRequest) -> Result<&Self, AppError> {
        request
            .app_data::<Data<Self>>()
            .map(Data::get_ref)
            .ok_or_else(|| AppError::internal("answering a request", "the server has no state"))
    }
}
