//! `arende serve`.

use super::{CliError, print};
use crate::app::demo::DEMO_PASSWORD;
use crate::app::{App, AppError};
use crate::bootstrap::{build_app, open_current_database, owner_name, start_worker};
use crate::config::Config;
use crate::domain::access::Role;
use crate::jobs::engine::RunnerHandle;
use crate::jobs::mailboxes::MailboxWatch;
use crate::jobs::watch::Watch;
use crate::jobs::{clocks, spool};
use crate::web::server::{self, ServerOptions};
use crate::web::state::{SiteSettings, WebState};
use crate::{telemetry, web};
use clap::{Args, ValueEnum};
use std::fmt::Write as _;
use std::io::IsTerminal as _;
use std::sync::Arc;
use std::thread::available_parallelism;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// What this process does: everything, answer requests only, or run jobs only.
    #[arg(long, value_enum, default_value = "all")]
    role: ServeRole,
    /// Fill an empty database with a believable municipality and print the logins.
    #[arg(long)]
    demo: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ServeRole {
    All,
    Web,
    Worker,
}

pub(super) fn run(config: &Config, arguments: &Arguments) -> Result<(), CliError> {
    telemetry::init(config.telemetry.format, &config.telemetry.filter)
        .map_err(|error| CliError::new(error.to_string()))?;
    let app = build_app(config, open_current_database(config)?)?;
    // Requests are answered on the server's own threads; this runtime accepts, waits and runs jobs.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .max_blocking_threads(16)
        .enable_all()
        .build()
        .map_err(|error| CliError::new(format!("starting: {error}")))?;
    runtime.block_on(serve(config, arguments, app))
}

async fn serve(config: &Config, arguments: &Arguments, app: App) -> Result<(), CliError> {
    let failed = |error: AppError| CliError::from_app("preparing the database", &error);
    if arguments.demo {
        prepare_demo(&app).await?;
    }
    app.ensure_foundation().await.map_err(failed)?;
    app.ensure_purge_queued().await.map_err(failed)?;
    app.ensure_reconcile_queued().await.map_err(failed)?;
    let worker = (arguments.role != ServeRole::Web).then(|| Worker::start(&app));
    if arguments.role == ServeRole::Worker {
        tracing::info!("Running jobs");
        until_told_to_stop().await?;
    } else {
        let workers = match config.server.workers {
            0 => available_parallelism().map_or(2, usize::from),
            workers => workers,
        };
        let options =
            ServerOptions { bind: config.server.bind.to_string(), workers, ..ServerOptions::default() };
        let mut state = WebState::new(app.clone());
        state.json_max_bytes = u64::try_from(config.server.max_json_bytes).unwrap_or(u64::MAX);
        state.metrics_token = Some(config.metrics.token.clone()).filter(|token| !token.is_empty());
        state.site = Arc::new(SiteSettings {
            https: config.server.https,
            desk_name: config.desk.name.clone(),
            desk_phone: config.desk.phone.clone(),
        });
        let running = server::start(state, &options, web::site::configure).map_err(|error| {
            CliError::new(format!("listening at {}: {error}; choose another by ARENDE_BIND", options.bind))
        })?;
        for address in running.addresses() {
            tracing::info!(server.address = %address, "Listening at http://{address}");
        }
        announce(&app, arguments.demo, running.addresses().first()).await?;
        running.until_ended().await?;
    }
    if let Some(worker) = worker {
        worker.shutdown().await;
    }
    tracing::info!("Stopped");
    Ok(())
}

/// All that works in the background.
struct Worker {
    jobs: RunnerHandle,
    clocks: Watch,
    mailboxes: MailboxWatch,
    spool: Watch,
}

impl Worker {
    fn start(app: &App) -> Self {
        Self {
            jobs: start_worker(app),
            clocks: clocks::watch(app.clone()),
            mailboxes: MailboxWatch::start(app.clone(), owner_name(app)),
            spool: spool::watch(app.clone()),
        }
    }

    async fn shutdown(self) {
        self.mailboxes.shutdown().await;
        self.spool.shutdown().await;
        self.clocks.shutdown().await;
        self.jobs.shutdown().await;
    }
}

/// Ends on SIGINT and SIGTERM.
async fn until_told_to_stop() -> std::io::Result<()> {
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted,
        _ = terminate.recv() => Ok(()),
    }
}

async fn prepare_demo(app: &App) -> Result<(), CliError> {
    let failed = |error: AppError| CliError::from_app("writing the demo installation", &error);
    if !app.is_empty().await.map_err(failed)? {
        return Ok(());
    }
    let bar = if std::io::stderr().is_terminal() {
        indicatif::ProgressBar::new_spinner()
    } else {
        indicatif::ProgressBar::hidden()
    };
    bar.set_message("Writing the demo installation …");
    app.write_demo(|written| {
        bar.set_message(format!("Writing the demo installation: {written} tickets"));
        bar.tick();
    })
    .await
    .map_err(failed)?;
    bar.finish_and_clear();
    Ok(())
}

/// What whoever started the server needs to know next, on standard output.
async fn announce(app: &App, demo: bool, address: Option<&std::net::SocketAddr>) -> Result<(), CliError> {
    let failed = |error: AppError| CliError::from_app("looking for accounts", &error);
    let mut text = String::new();
    if let Some(address) = address {
        let _ = writeln!(text, "Ärende: http://{address}");
    }
    let accounts = if demo { app.demo_accounts().await.map_err(failed)? } else { Vec::new() };
    if !accounts.is_empty() {
        let _ = writeln!(text, "\nDemo logins, password: {DEMO_PASSWORD}");
        for account in accounts {
            let what = role_name(account.role);
            let group = account.group.map(|group| format!(", {group}")).unwrap_or_default();
            let _ = writeln!(text, "  {:<42} {what}{group} ({})", account.email, account.name);
        }
    } else if app.is_empty().await.map_err(failed)? {
        let _ = writeln!(
            text,
            "\nThere is no account yet. Make the first administrator:\n  \
             arende user add --email you@example.se --name \"Your Name\" --role administrator --password-stdin"
        );
    }
    print(&text)
}

const fn role_name(role: Role) -> &'static str {
    match role {
        Role::Requester => "requester",
        Role::Manager => "manager",
        Role::Agent => "agent",
        Role::GroupLead => "group lead",
        Role::ProblemManager => "problem manager",
        Role::ChangeManager => "change manager",
        Role::CabMember => "CAB member",
        Role::MajorIncidentCoordinator => "major incident coordinator",
        Role::OrganisationRepresentative => "organisation representative",
        Role::Board => "board",
        Role::Administrator => "administrator",
        Role::Integration => "integration",
    }
}
