//! The server: everything mounted in its place.

use super::middleware::{Observe, metrics};
use super::problem::{Problem, RequestFault};
use super::state::WebState;
use super::{api, health};
use actix_web::body::MessageBody;
use actix_web::dev::{Server, ServerHandle, ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::web::{Data, ServiceConfig};
use actix_web::{App, Error, HttpResponse, HttpServer, web};
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

/// Adds pages beside the API. A default service of its own takes what nothing else answers.
pub type Pages = fn(&mut ServiceConfig);

/// How the server runs.
#[derive(Debug, Clone)]
pub struct ServerOptions {
    /// Where it listens: `127.0.0.1:8080`. Port 0 lets the system choose.
    pub bind: String,
    /// Threads that answer requests.
    pub workers: usize,
    /// Where `/metrics` is open to everybody who reaches it.
    pub metrics_bind: Option<String>,
    /// How long requests under way get to end, in seconds.
    pub shutdown_seconds: u64,
    /// Whether the server ends by itself on SIGINT and SIGTERM.
    pub handles_signals: bool,
}

impl Default for ServerOptions {
    fn default() -> Self {
        Self {
            bind: "127.0.0.1:8080".to_owned(),
            workers: 2,
            metrics_bind: None,
            shutdown_seconds: 20,
            handles_signals: true,
        }
    }
}

/// No pages beside the API.
pub fn no_pages(config: &mut ServiceConfig) {
    config.default_service(web::to(unknown));
}

async fn unknown() -> Result<HttpResponse, Problem> {
    Err(RequestFault::Unknown.into())
}

/// The whole application, for the server and for tests without one.
pub fn app(
    state: Data<WebState>,
    pages: Pages,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = Error,
        InitError = (),
    >,
> {
    App::new()
        .app_data(state)
        .wrap(Observe)
        .configure(health::configure)
        .configure(api::configure)
        .configure(pages)
}

/// A server that listens.
pub struct Running {
    addresses: Vec<SocketAddr>,
    server: Server,
    metrics: Option<Server>,
}

impl std::fmt::Debug for Running {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Running").field("addresses", &self.addresses).finish_non_exhaustive()
    }
}

impl Running {
    /// Where it listens.
    #[must_use]
    pub fn addresses(&self) -> &[SocketAddr] {
        &self.addresses
    }

    /// What ends it: `stop(true)` lets requests under way end first.
    #[must_use]
    pub fn handle(&self) -> ServerHandle {
        self.server.handle()
    }

    /// Answers requests until the server is ended.
    ///
    /// # Errors
    /// When a thread of the server fails.
    pub async fn until_ended(self) -> io::Result<()> {
        let Some(metrics) = self.metrics else { return self.server.await };
        let end_of_metrics = metrics.handle();
        let serving = async {
            let ended = self.server.await;
            end_of_metrics.stop(false).await;
            ended
        };
        let (ended, metrics_ended) = tokio::join!(serving, metrics);
        ended.and(metrics_ended)
    }
}

/// Begins to listen. Requests are answered once [`Running::until_ended`] is awaited.
///
/// # Errors
/// When an address can't be listened on.
pub fn start(state: WebState, options: &ServerOptions, pages: Pages) -> io::Result<Running> {
    if options.metrics_bind.is_some() || state.metrics_token.is_some() {
        metrics::keep();
    }
    let state = Data::new(state);
    let metrics =
        options.metrics_bind.as_deref().map(|bind| metrics_server(bind, state.clone())).transpose()?;
    let server = HttpServer::new(move || app(state.clone(), pages))
        .workers(options.workers.max(1))
        // Of actix's own; the database brings its own threads.
        .worker_max_blocking_threads(16)
        .client_request_timeout(Duration::from_secs(10))
        .keep_alive(Duration::from_secs(75))
        .shutdown_timeout(options.shutdown_seconds)
        .bind(&options.bind)?;
    let addresses = server.addrs();
    let server = if options.handles_signals { server } else { server.disable_signals() };
    Ok(Running { addresses, server: server.run(), metrics })
}

fn metrics_server(bind: &str, state: Data<WebState>) -> io::Result<Server> {
    let server =
        HttpServer::new(move || App::new().app_data(state.clone()).configure(health::configure_metrics));
    Ok(server.workers(1).disable_signals().bind(bind)?.run())
}

/// Listens and answers until the server is ended.
///
/// # Errors
/// When an address can't be listened on or a thread of the server fails.
pub async fn run(state: WebState, options: &ServerOptions, pages: Pages) -> io::Result<()> {
    start(state, options, pages)?.until_ended().await
}
