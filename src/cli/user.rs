//! `arende user add`.

use super::{CliError, print, runtime};
use crate::app::Ctx;
use crate::app::people::NewPerson;
use crate::bootstrap::{build_app, open_current_database};
use crate::config::Config;
use clap::{Args, Subcommand};
use std::io::BufRead;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make an account. Without --password-stdin it has no password and can't sign in by one.
    Add {
        /// The e-mail address, which is the name to sign in by.
        #[arg(long)]
        email: String,
        /// The person's name.
        #[arg(long)]
        name: String,
        /// The role: requester, manager, agent, groupLead, problemManager, changeManager, cabMember,
        /// majorIncidentCoordinator, organisationRepresentative, board, administrator or integration;
        /// may be given several times.
        #[arg(long, required = true)]
        role: Vec<String>,
        /// The code of the organisation the person belongs to.
        #[arg(long)]
        organisation: Option<String>,
        /// The code of a group the person works in; may be given several times.
        #[arg(long)]
        group: Vec<String>,
        /// Read the password from standard input, one line.
        #[arg(long)]
        password_stdin: bool,
    },
}

pub(super) fn run(config: &Config, arguments: Arguments) -> Result<(), CliError> {
    let Command::Add { email, name, role, organisation, group, password_stdin } = arguments.command;
    let password = if password_stdin { Some(first_line()?) } else { None };
    let scoped = |role: &str| matches!(role, "manager" | "organisationRepresentative");
    let roles = role
        .into_iter()
        .map(|role| {
            let organisation = organisation.clone().filter(|_| scoped(&role));
            (role, organisation)
        })
        .collect();
    let new = NewPerson {
        email: email.clone(),
        name,
        phone: None,
        language: None,
        password,
        roles,
        organisations: organisation.into_iter().collect(),
    };
    let app = build_app(config, open_current_database(config)?)?;
    runtime()?.block_on(async {
        let failed = |error| CliError::from_app("making the account", &error);
        let cx = Ctx::command_line();
        app.ensure_foundation().await.map_err(failed)?;
        app.create_person(&cx, &new).await.map_err(failed)?;
        for code in &group {
            let (_, members) = app.group_members(&cx, code).await.map_err(failed)?;
            let mut members: Vec<(String, bool)> =
                members.into_iter().map(|(person, lead)| (person.email, lead)).collect();
            members.push((email.clone(), false));
            app.set_group_members(&cx, code, &members).await.map_err(failed)?;
        }
        Ok::<_, CliError>(())
    })?;
    print(&format!("Made the account {email}.\n"))
}

fn first_line() -> Result<String, CliError> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
