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
}

impl WebState {
    /// The state for the use cases, `/metrics` closed.
    #[must_use]
    pub const fn new(app: App) -> Self {
        Self { app, metrics_token: None }
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
