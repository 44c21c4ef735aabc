//! `arende mail inspect`: what the intake makes of a message (contract §5).

use crate::app::mail::{AlsoOwn, Inspected, Verdict};
use crate::bootstrap::{build_app, open_existing_database};
use crate::cli::{CliError, print, runtime};
use crate::config::Config;
use crate::db::Db;
use crate::domain::mail::{
    Answers, Attachment, AuthenticationResult, Authenticity, AutomaticKind, Bounce, Classification, Decision,
    Finding, ForeignNumber, InboundMail, Invitation, Mailbox, Note, Own, Protection, RateLimits, Report,
    Signer, SpamMarks, Step, TicketNumberText, decide, unparsable,
};
use crate::mail::parse::{Limits, parse};
use clap::Args;
use serde::Serialize;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub(super) struct Inspect {
    /// The message (RFC 5322); `-` for standard input.
    file: PathBuf,
    /// An address of the desk beside its mailboxes'; may be given several times.
    #[arg(long, value_name = "ADDRESS")]
    own_address: Vec<String>,
    /// What the desk's Message-IDs end with, when it isn't the host of `server.public_url`.
    #[arg(long, value_name = "DOMAIN")]
    domain: Option<String>,
    /// A server whose topmost Authentication-Results are believed, - for one that writes no name; may be given
    /// several times.
    #[arg(long, value_name = "SERVER")]
    trusted_server: Vec<String>,
}

/// A larger message waits for a person, when no settings say otherwise.
const MAX_BYTES: u64 = 50 * 1024 * 1024;

pub(super) fn run(config: &Config, inspect: &Inspect) -> Result<(), CliError> {
    let raw = read(&inspect.file)?;
    let lower = |texts: &[String]| texts.iter().map(|text| text.to_lowercase()).collect();
    let also = AlsoOwn {
        addresses: lower(&inspect.own_address),
        domain: inspect.domain.as_ref().map(|domain| domain.to_lowercase()),
        trusted_servers: lower(&inspect.trusted_server),
    };
    let out = match open_existing_database(config) {
        Ok(Some(db)) => asked(config, db, &raw, also)?,
        Ok(None) => unasked(&raw, &alone(config, also)?),
        Err(error) => {
            let sentence = CliError::from(error).sentence;
            // Contract §5 is about the message; who takes part in what is more than it asks for.
            writeln!(std::io::stderr(), "arende: inspecting without the database: {sentence}")?;
            unasked(&raw, &alone(config, also)?)
        }
    };
    let json = serde_json::to_string_pretty(&out)
        .map_err(|error| CliError::new(format!("writing JSON: {error}")))?;
    print(&format!("{json}\n"))
}

/// What the intake makes of a message in this installation.
fn asked(config: &Config, db: Db, raw: &[u8], also: AlsoOwn) -> Result<MailOut, CliError> {
    let app = build_app(config, db)?;
    let Inspected { mail, decision, verdict } = runtime()?
        .block_on(app.inspect_mail(raw, also))
        .map_err(|error| CliError::from_app("inspecting the message", &error))?;
    let unreadable = mail.as_ref().err().copied();
    let mut out = shown(mail.map(|mail| *mail).unwrap_or_default(), decision);
    out.becomes = Some(verdict);
    if let Some(error) = unreadable {
        out.reason = format!("{}: {error}", Finding::Unreadable.code());
    }
    Ok(out)
}

/// What the desk is when there is no database.
fn alone(config: &Config, also: AlsoOwn) -> Result<Own, CliError> {
    Ok(Own {
        domain: also.domain.unwrap_or_else(|| "arende.invalid".to_owned()),
        addresses: also.addresses,
        signer: Signer::new(secret(config)?),
        is_any_believed: !also.trusted_servers.is_empty(),
        trusted_servers: also.trusted_servers,
        max_bytes: MAX_BYTES,
        limits: RateLimits::default(),
        spam: SpamMarks::default(),
        foreign_numbers: Vec::new(),
    })
}

fn read(file: &Path) -> Result<Vec<u8>, CliError> {
    let mut raw = Vec::new();
    let outcome = if file == Path::new("-") {
        std::io::stdin().lock().read_to_end(&mut raw).map(|_| ())
    } else {
        std::fs::read(file).map(|bytes| raw = bytes)
    };
    outcome.map_err(|error| {
        CliError::new(format!(
            "reading {}: {error}; name a file with one message, or - for standard input",
            file.display()
        ))
    })?;
    Ok(raw)
}

/// The installation's secret where there is one. Otherwise one that nobody knows: then no mark counts as ours.
fn secret(config: &Config) -> Result<Vec<u8>, CliError> {
    if !config.auth.secret.is_empty() {
        return Ok(config.auth.secret.clone().into_bytes());
    }
    if let Ok(stored) = std::fs::read(config.data_dir.join("secret.key")) {
        return Ok(stored.trim_ascii().to_vec());
    }
    let mut random = vec![0; 32];
    getrandom::fill(&mut random).map_err(|error| CliError::new(format!("drawing a random key: {error}")))?;
    Ok(random)
}

/// Contract §5, and what else is known.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct MailOut {
    message_id: Option<String>,
    in_reply_to: Option<String>,
    references: Vec<String>,
    from: Option<Mailbox>,
    to: Vec<Mailbox>,
    cc: Vec<Mailbox>,
    subject: String,
    date: Option<String>,
    text: String,
    html: Option<String>,
    new_text: String,
    attachments: Vec<Attachment>,
    classification: Classification,
    reason: String,
    ticket: Option<TicketNumberText>,
    // Beyond the contract.
    #[serde(skip_serializing_if = "String::is_empty")]
    quoted_text: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reply_to: Vec<Mailbox>,
    #[serde(skip_serializing_if = "Option::is_none")]
    automatic: Option<AutomaticKind>,
    may_be_answered: bool,
    authenticity: Authenticity,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authentication: Vec<AuthenticationResult>,
    #[serde(skip_serializing_if = "Option::is_none")]
    report: Option<Report>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    bounces: Vec<Bounce>,
    #[serde(skip_serializing_if = "Option::is_none")]
    invitation: Option<Invitation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    protection: Option<Protection>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    foreign_numbers: Vec<ForeignNumber>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<Note>,
    /// What it would become, where there is a database to ask.
    #[serde(skip_serializing_if = "Option::is_none")]
    becomes: Option<Verdict>,
    trace: Vec<Step>,
}

/// What the intake makes of a message when nobody can be asked who the sender is.
fn unasked(raw: &[u8], own: &Own) -> MailOut {
    match parse(raw, &Limits::default()) {
        Ok(parsed) => {
            let decision = decide(&parsed.mail, own, &Answers::default());
            shown(parsed.mail, decision)
        }
        Err(error) => {
            let mut out = shown(InboundMail::default(), unparsable(error.code()));
            out.reason = format!("{}: {error}", Finding::Unreadable.code());
            out
        }
    }
}

fn shown(mail: InboundMail, decision: Decision) -> MailOut {
    MailOut {
        reason: reason(&decision),
        message_id: mail.message_id,
        in_reply_to: mail.in_reply_to.into_iter().next(),
        references: mail.references,
        from: mail.from,
        to: mail.to,
        cc: mail.cc,
        subject: mail.subject,
        date: mail.date.map(|date| date.to_string()),
        text: mail.text,
        html: mail.html,
        new_text: mail.new_text,
        attachments: mail.attachments,
        classification: decision.classification,
        ticket: decision.ticket,
        quoted_text: mail.quoted_text,
        reply_to: mail.reply_to,
        automatic: decision.automatic,
        may_be_answered: decision.may_be_answered,
        authenticity: decision.authenticity,
        authentication: mail.authentication,
        report: mail.report,
        bounces: decision.bounces,
        invitation: mail.invitation,
        protection: mail.protection,
        foreign_numbers: decision.foreign_numbers,
        notes: mail.notes,
        becomes: None,
        trace: decision.steps,
    }
}

/// The code that settled it with its values, and whether something was left unasked.
fn reason(decision: &Decision) -> String {
    let mut reason = decision.reason.code().to_owned();
    if !decision.reason_values.is_empty() {
        reason = format!("{reason}: {}", decision.reason_values.join(", "));
    }
    let unasked = decision.steps.iter().any(|step| step.finding == Finding::ParticipationNotChecked);
    if decision.classification == Classification::Reply && unasked {
        reason.push_str(" (whether the sender takes part wasn't checked: there is no database at hand)");
    }
    reason
}
