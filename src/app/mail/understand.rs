//! Understanding a message that was taken in: read, judged by what the database knows, and settled – its effect,
//! its record and the reasons in one transaction, so that each happens once or not at all.

use super::facts::Facts;
use super::handle::Handling;
use super::post::{Arrival, Post};
use super::settle::{Settling, Verdict, verdict};
use crate::app::tickets::LooseFile;
use crate::app::{App, AppError};
use crate::db::inbound_mails::{self, MailRecord, Outcome};
use crate::domain::ids::InboundMailId;
use crate::domain::mail::{
    Decision, ForeignNumber, InboundMail, InboundState, Note, Own, Step, decide, unparsable,
};
use crate::mail::parse::{Limits, Parsed, parse};
use serde::{Deserialize, Serialize};

/// Pictures inside the text that are smaller are signs and logotypes; the message as it came has them.
const SMALLEST_PICTURE: u64 = 6 * 1024;
/// Says that reading failed again and again, for whatever reason.
const READER_FAILED: &str = "readerFailed";
/// More files than anybody sends; the message as it came has the rest.
const MOST_FILES: usize = 100;

/// What is kept of how a message was understood.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Understood {
    /// Every step that was taken.
    pub steps: Vec<Step>,
    /// What was odd about the message.
    pub notes: Vec<Note>,
    /// Numbers that other organisations' systems gave the matter.
    pub foreign_numbers: Vec<ForeignNumber>,
    /// Files that were not taken over; the message as it came has them.
    pub left_out: Vec<LeftOut>,
    /// What people decided afterwards, oldest first.
    pub handlings: Vec<Handling>,
}

/// A file that was not taken over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LeftOut {
    /// Its name.
    pub name: String,
    /// Why.
    pub why: WhyLeftOut,
}

/// Why a file was not taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum WhyLeftOut {
    /// It is a program.
    Program,
    /// It is larger than a file on a ticket may be.
    TooLarge,
    /// It is a small picture inside the text.
    SmallPicture,
    /// There were too many.
    TooMany,
}

impl App {
    /// Understands a message. One that is settled already stays as it is.
    ///
    /// # Errors
    /// [`AppError`] when disk or database fail; the job tries again.
    pub async fn understand_mail(&self, id: InboundMailId) -> Result<(), AppError> {
        let record = self.db().point(move |conn| inbound_mails::by_id(conn, id)).await?;
        let Some(record) = record.filter(|record| record.state == InboundState::Received) else {
            return Ok(());
        };
        let _room = self.room_for(record.size_bytes).await?;
        let app = self.clone();
        let grounds = self.grounds().await?;
        let directory = std::sync::Arc::clone(&grounds.directory);
        let prepared = tokio::task::spawn_blocking(move || app.prepared(&record, &directory))
            .await
            .map_err(|error| AppError::internal("reading a mail", error))??;
        let now = self.now();
        let keys: Vec<String> = prepared.files.iter().map(|file| file.storage_key.clone()).collect();
        let app = self.clone();
        let settled = self.db().write(move |tx| app.settle(tx, &prepared, &grounds, now)).await;
        // The files are the ticket's now, or nobody's.
        let are_kept = matches!(&settled, Ok(settled) if settled.keeps_files)
            || matches!(&settled, Err(AppError::Internal { .. }));
        if !are_kept {
            for key in keys {
                self.files().remove(&key).map_err(|error| AppError::internal("removing a file", error))?;
            }
        }
        let settled = match settled {
            Err(AppError::MailSettled { .. }) => return Ok(()),
            settled => settled?,
        };
        if let Some(state) = settled.state {
            tracing::info!(mail.id = id.get(), mail.state = state.as_text(), "Understood a mail");
        }
        Ok(())
    }

    /// Puts a message that couldn't be understood before a person. One that is settled stays as it is.
    ///
    /// # Errors
    /// [`AppError`] when the database fails.
    pub async fn quarantine_mail(&self, id: InboundMailId) -> Result<(), AppError> {
        let grounds = self.grounds().await?;
        let (app, now) = (self.clone(), self.now());
        self.db()
            .write(move |tx| {
                let record = inbound_mails::by_id(tx.conn(), id)?;
                let Some(record) = record.filter(|record| record.state == InboundState::Received) else {
                    return Ok(());
                };
                let arrival = app.post(tx.conn())?.arrival(record.mailbox, None, &grounds.directory)?;
                let settling = unread(&record, arrival, unparsable(READER_FAILED));
                app.settle(tx, &settling, &grounds, now)?;
                tracing::error!(mail.id = id.get(), "Put a mail in quarantine that could not be understood");
                Ok(())
            })
            .await
    }

    /// Everything that can be done before the transaction.
    pub(super) fn prepared(
        &self,
        record: &MailRecord,
        directory: &crate::domain::people::Directory,
    ) -> Result<Settling, AppError> {
        let path = self.files().path(&record.storage_key);
        let raw = std::fs::read(&path).map_err(|error| AppError::internal("reading a mail", error))?;
        let now = self.now();
        let limits = Limits { bytes: usize::MAX, ..Limits::default() };
        let post = self.db().read_blocking(|conn| self.post(conn))?;
        let parsed = match parse(&raw, &limits) {
            Ok(parsed) => parsed,
            Err(error) => {
                let arrival = post.arrival(record.mailbox, None, directory)?;
                return Ok(unread(record, arrival, unparsable(error.code())));
            }
        };
        let arrival = post.arrival(record.mailbox, Some(&parsed.mail), directory)?;
        let mut facts = self.asked(record.id, &parsed.mail, directory, (&post, arrival), now)?;
        facts.answers.unknown_mailbox = record.unknown_mailbox().map(str::to_owned);
        let own = post.own_at(record.mailbox);
        let decision = decide(&parsed.mail, &own, &facts.answers);
        self.judged(record, &parsed, (arrival, own), facts, decision)
    }

    pub(super) fn asked(
        &self,
        id: InboundMailId,
        mail: &InboundMail,
        directory: &crate::domain::people::Directory,
        desk: (&Post, Arrival),
        now: crate::domain::clock::Instant,
    ) -> Result<Facts, AppError> {
        self.db().read_blocking(|conn| self.facts(conn, directory, id, mail, desk, now))
    }

    /// With the files stored where the message becomes something that has files.
    pub(super) fn judged(
        &self,
        record: &MailRecord,
        parsed: &Parsed<'_>,
        (arrival, own): (Arrival, Own),
        facts: Facts,
        decision: Decision,
    ) -> Result<Settling, AppError> {
        let verdict = verdict(&decision, &facts.answers);
        let (files, left_out) = match verdict {
            Verdict::Ticket | Verdict::Reply => self.stored_files(parsed)?,
            _ => Default::default(),
        };
        let mail = &parsed.mail;
        let understood = Understood {
            steps: decision.steps.clone(),
            notes: mail.notes.clone(),
            foreign_numbers: decision.foreign_numbers.clone(),
            left_out,
            handlings: Vec::new(),
        };
        let is_twin = facts.answers.is_duplicate;
        let outcome = outcome(&decision, Some(mail));
        let outcome = Outcome {
            text_hash: Some(facts.text_hash.clone()),
            fingerprint: facts.fingerprint.clone().filter(|_| !is_twin),
            ..outcome
        };
        Ok(Settling {
            record: record.id,
            from: record.state,
            arrival,
            verdict,
            decision,
            mail: mail.clone(),
            sender: facts.sender,
            user: facts.user,
            files,
            outcome,
            understood,
            judged_by: Some((own, facts.answers)),
        })
    }

    /// The attachments in the store, and those that were left out.
    pub(super) fn stored_files(
        &self,
        parsed: &Parsed<'_>,
    ) -> Result<(Vec<LooseFile>, Vec<LeftOut>), AppError> {
        let mut files = Vec::new();
        let mut left_out = Vec::new();
        for (index, attachment) in parsed.mail.attachments.iter().enumerate() {
            let mut leave = |why| left_out.push(LeftOut { name: attachment.name.clone(), why });
            let is_picture = attachment.inline && attachment.content_type.starts_with("image/");
            if index >= MOST_FILES {
                leave(WhyLeftOut::TooMany);
            } else if is_picture && attachment.size < SMALLEST_PICTURE {
                leave(WhyLeftOut::SmallPicture);
            } else if attachment.size > self.settings().attachment_max_bytes {
                leave(WhyLeftOut::TooLarge);
            } else if attachment.size > 0
                && let Some(bytes) = parsed.content(index)
            {
                match self.stored_file(&attachment.name, &bytes) {
                    Ok(file) => files.push(file),
                    Err(AppError::FileType(_)) => leave(WhyLeftOut::Program),
                    Err(error) => return Err(error),
                }
            }
        }
        Ok((files, left_out))
    }

    pub(super) fn stored_file(&self, name: &str, bytes: &[u8]) -> Result<LooseFile, AppError> {
        let mut incoming = self.begin_file(self.settings().attachment_max_bytes)?;
        incoming.write(bytes)?;
        incoming.keep_as(self, name)
    }
}

/// How a message was understood, as it is kept.
pub(super) fn traced(understood: &Understood) -> Result<String, AppError> {
    serde_json::to_string(understood)
        .map_err(|error| AppError::internal("writing down how a mail was understood", error))
}

/// What the record says, as far as the message and the decision tell; how it was understood comes last.
fn outcome(decision: &Decision, mail: Option<&InboundMail>) -> Outcome {
    let from = mail.and_then(|mail| mail.from.as_ref());
    Outcome {
        state: InboundState::Quarantined,
        mailbox: None,
        text_hash: None,
        fingerprint: None,
        header_message_id: mail.and_then(|mail| mail.message_id.as_deref()).map(|id| plain(id, 998)),
        from_address: from.map(|from| plain(&from.folded(), 320)),
        from_name: from.map(|from| plain(&from.name, 200)),
        subject: mail.map(|mail| plain(&mail.subject, 998)),
        classification: decision.classification,
        reason: decision.reason.code().to_owned(),
        trace: String::new(),
        ticket: None,
        message: None,
        is_answerable: decision.may_be_answered,
        error: None,
    }
}

fn unread(record: &MailRecord, arrival: Arrival, decision: Decision) -> Settling {
    let understood = Understood { steps: decision.steps.clone(), ..Understood::default() };
    let outcome = outcome(&decision, None);
    Settling {
        record: record.id,
        from: record.state,
        arrival,
        verdict: Verdict::Quarantine,
        decision,
        mail: InboundMail::default(),
        sender: None,
        user: None,
        files: Vec::new(),
        outcome,
        understood,
        judged_by: None,
    }
}

/// One line of at most so many characters without any that aren't shown: PostgreSQL takes no NUL.
pub(super) fn plain(text: &str, most: usize) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(most)
        .collect::<String>()
        .trim()
        .to_owned()
}
