//! The watch over mailboxes: one task reads each, so that none disturbs another, and one worker at a time.

use crate::app::App;
use crate::app::mail::{Memory, ReadError, Reader};
use crate::domain::clock::MICROS_PER_SECOND;
use crate::domain::ids::MailboxId;
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

/// How often new, changed and removed mailboxes are looked for.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// How long a worker that has died keeps a mailbox from the others.
const LEASE_MICROS: i64 = 45 * MICROS_PER_SECOND;
/// How often it is said that the mailbox is still read.
const RENEW_EVERY: Duration = Duration::from_secs(10);
/// How often a mailbox that another worker reads is tried.
const TRY_EVERY: Duration = Duration::from_secs(5);
/// How long a reader has to finish its message when it is to stop.
const STOP_WITHIN: Duration = Duration::from_secs(10);
const FIRST_PAUSE: Duration = Duration::from_secs(2);
const LONGEST_PAUSE: Duration = Duration::from_secs(300);

/// A watch that runs.
pub struct MailboxWatch {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl MailboxWatch {
    /// Starts it on the current runtime; `owner` names the worker among all.
    #[must_use]
    pub fn start(app: App, owner: String) -> Self {
        let (stop, stopped) = watch::channel(false);
        Self { stop, task: tokio::spawn(watch_over(app, owner, stopped)) }
    }

    /// Stops it: each reader finishes its message and lets go of its mailbox.
    pub async fn shutdown(self) {
        self.stop.send_replace(true);
        if let Err(error) = self.task.await {
            tracing::error!(%error, "The watch over mailboxes ended badly");
        }
    }
}

/// The reader of one mailbox.
struct Running {
    version: i64,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Running {
    async fn end(mut self) {
        self.stop.send_replace(true);
        if timeout(STOP_WITHIN, &mut self.task).await.is_err() {
            // What it had begun is begun anew by the next reader.
            self.task.abort();
        }
    }
}

async fn watch_over(app: App, owner: String, mut stopped: watch::Receiver<bool>) {
    let mut readers: BTreeMap<MailboxId, Running> = BTreeMap::new();
    loop {
        match app.mailboxes_to_read().await {
            Ok(wanted) => keep_up(&app, &owner, &mut readers, &wanted),
            Err(error) => tracing::error!(%error, "Looking for mailboxes failed; trying again"),
        }
        tokio::select! {
            () = sleep(LOOK_EVERY) => {}
            _ = stopped.changed() => break,
        }
    }
    for reader in readers.values() {
        reader.stop.send_replace(true);
    }
    for (_, reader) in readers {
        reader.end().await;
    }
}

/// Ends the readers of mailboxes that were changed or removed, and starts those that are missing.
fn keep_up(
    app: &App,
    owner: &str,
    readers: &mut BTreeMap<MailboxId, Running>,
    wanted: &BTreeMap<MailboxId, i64>,
) {
    let ended: Vec<MailboxId> = readers
        .iter()
        .filter(|(id, running)| wanted.get(id) != Some(&running.version) || running.task.is_finished())
        .map(|(id, _)| *id)
        .collect();
    for id in ended {
        if let Some(running) = readers.remove(&id) {
            if running.task.is_finished() && wanted.get(&id) == Some(&running.version) {
                tracing::error!(mailbox.id = %id, "The reader of a mailbox ended by itself; starting it again");
            }
            tokio::spawn(running.end());
        }
    }
    for (id, version) in wanted {
        readers.entry(*id).or_insert_with(|| {
            let (stop, stopped) = watch::channel(false);
            // Each reader has a name of its own: the one before may not be done yet.
            let reader = Reader { mailbox: *id, owner: format!("{owner}-{version}-{}", app.now().micros()) };
            Running {
                version: *version,
                stop,
                task: tokio::spawn(keep_reading(app.clone(), reader, stopped)),
            }
        });
    }
}

/// Reads one mailbox whenever it is free, with longer and longer pauses while it fails.
async fn keep_reading(app: App, reader: Reader, mut stopped: watch::Receiver<bool>) {
    let mut memory = Memory::default();
    let mut failures = 0_u32;
    while !*stopped.borrow() {
        let pause = match app.take_mailbox(&reader, LEASE_MICROS).await {
            Ok(false) => TRY_EVERY,
            Ok(true) => {
                let begun = app.now();
                let mut stop = stopped.clone();
                let ended = tokio::select! {
                    ended = app.read_mailbox(&reader, &mut memory, &mut stop) => ended,
                    () = keep_lease(&app, &reader) => Err(ReadError::Lost),
                };
                match ended {
                    Ok(()) => break,
                    Err(ReadError::Lost) => TRY_EVERY,
                    Err(error) => {
                        // It went well for a while: this is a new trouble, not the old one.
                        if app.now().micros_since(begun) > 60 * MICROS_PER_SECOND {
                            failures = 0;
                        }
                        failures = failures.saturating_add(1);
                        tell(&app, &reader, &error, failures).await;
                        pause_after(failures, app.now().micros())
                    }
                }
            }
            Err(error) => {
                tracing::error!(%error, "Taking a mailbox failed; trying again");
                LONGEST_PAUSE.min(TRY_EVERY * 2)
            }
        };
        let resting = async {
            let (app, reader) = (&app, &reader);
            tokio::select! { () = sleep(pause) => {}, () = keep_lease(app, reader) => {} }
        };
        tokio::select! {
            () = resting => {}
            _ = stopped.changed() => break,
        }
    }
    if let Err(error) = app.leave_mailbox(&reader).await {
        tracing::warn!(%error, mailbox.id = %reader.mailbox, "Letting go of a mailbox failed; its time runs out");
    }
}

/// Says again and again that the mailbox is still read; ends when it is somebody else's.
async fn keep_lease(app: &App, reader: &Reader) {
    loop {
        sleep(RENEW_EVERY).await;
        match app.take_mailbox(reader, LEASE_MICROS).await {
            Ok(true) => {}
            Ok(false) => return,
            // The lease outlives a database that is away for a moment; after that another may take it.
            Err(error) => tracing::warn!(%error, mailbox.id = %reader.mailbox, "Keeping a mailbox failed"),
        }
    }
}

async fn tell(app: &App, reader: &Reader, error: &ReadError, failures: u32) {
    let id = reader.mailbox;
    if failures == 1 {
        tracing::warn!(mailbox.id = %id, %error, "Reading a mailbox failed; trying again");
    } else {
        tracing::debug!(mailbox.id = %id, %error, mail.failures = failures, "Reading a mailbox still fails");
    }
    if let Err(error) = app.note_mailbox_failure(reader, error).await {
        tracing::error!(mailbox.id = %id, %error, "Noting a mailbox's failure failed");
    }
}

/// Twice as long each time, five minutes at most, give or take a quarter so that mailboxes don't march in step.
fn pause_after(failures: u32, seed: i64) -> Duration {
    let doubled = FIRST_PAUSE.saturating_mul(1 << failures.saturating_sub(1).min(8)).min(LONGEST_PAUSE);
    let per_cent = u32::try_from(seed.rem_euclid(51)).unwrap_or(25) + 75;
    (doubled * per_cent / 100).min(LONGEST_PAUSE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_five_minutes_and_differ() {
        for seed in 0..200 {
            let first = pause_after(1, seed);
            assert!((1_500..=2_500).contains(&first.as_millis()), "{first:?}");
            assert!(pause_after(4, seed) >= Duration::from_secs(12));
            assert!(pause_after(u32::MAX, seed) <= LONGEST_PAUSE);
        }
        assert_ne!(pause_after(3, 1), pause_after(3, 40));
    }
}
