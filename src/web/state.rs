//! What every handler can reach.

use crate::app::App;
use crate::app::AppError;
use actix_web::HttpRequest;
use actix_web::web::Data;

/// What every handler can reach. Cheap to clone.
#[derive(Clone)]
pub struct WebState {
    /// The use cases.
    pub app: App,
    /// Who may read `/metrics` on the main address: whoever sends this bearer token; nobody when there is none.
    pub metrics_token: Option<String>,
    /// The largest JSON body, in bytes.
    pub json_max_bytes: u64,
}

impl WebState {
    /// The state for the use cases: `/metrics` closed, JSON bodies of up to a mebibyte, which holds four of
    /// the longest texts with each character escaped.
    #[must_use]
    pub const fn new(app: App) -> Self {
        Self { app, metrics_token: None, json_max_bytes: 1024 * 1024 }
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
