//! SQLite's only writer: a thread that groups the waiting transactions into one commit.
//!
//! A commit costs a flush to disk (about 3 ms on an ordinary disk), a ticket 0.05 ms; so whatever has
//! queued up meanwhile goes into the next commit, each piece in a savepoint of its own, and nobody is
//! answered before the commit is on disk. Figures: ADR 0001.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, TrySendError};
use diesel::connection::SimpleConnection as _;
use tokio::sync::Notify;

use super::connection::{Conn, Purpose, Target, connect};
use super::error::{AsDbError, DbError};
use super::tx::{self, Outcome, Tx};

/// Most transactions that may wait; the next caller is told to come back.
const QUEUE: usize = 4096;
/// Most transactions in one commit.
const BATCH: usize = 256;
/// Longest time that one commit collects transactions, or the first of them waits too long.
const BATCH_TIME: Duration = Duration::from_millis(5);
/// How often a failed disk is tried again.
const PROBE_EVERY: Duration = Duration::from_secs(1);

/// The handle to the thread; dropping it lets the thread finish what is queued and waits for it.
pub(super) struct Writer {
    queue: Option<Sender<Box<dyn Queued>>>,
    read_only: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    /// Starts the thread; `jobs` is told after each commit in which a job was queued.
    pub(super) fn start(target: Target, jobs: Arc<Notify>) -> Result<Self, DbError> {
        let conn = connect(&target, Purpose::Write, 0)?;
        let (queue, waiting) = crossbeam_channel::bounded(QUEUE);
        let read_only = Arc::new(AtomicBool::new(false));
        let mut work =
            WriterThread { target, conn: Some(conn), waiting, read_only: Arc::clone(&read_only), jobs };
        let thread = std::thread::Builder::new()
            .name("db-writer".to_owned())
            .spawn(move || work.run())
            .map_err(|error| DbError::Unavailable(format!("starting the writer thread: {error}")))?;
        Ok(Self { queue: Some(queue), read_only, thread: Some(thread) })
    }

    /// Queues a transaction; its result goes to `reply` after the commit. Never waits.
    pub(super) fn offer<T, E, F, R>(&self, work: F, reply: R) -> Result<(), DbError>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        R: FnOnce(Result<T, E>) + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + AsDbError + Send + 'static,
    {
        match self.open_queue()?.try_send(Box::new(Entry { work, reply, result: None })) {
            Ok(()) => Ok(()),
            Err(TrySendError::Full(_)) => Err(DbError::Busy),
            Err(TrySendError::Disconnected(_)) => Err(stopped()),
        }
    }

    /// The same, but waits for room in the queue: for imports, which nobody waits for.
    pub(super) fn offer_waiting<T, E, F, R>(&self, work: F, reply: R) -> Result<(), DbError>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        R: FnOnce(Result<T, E>) + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + AsDbError + Send + 'static,
    {
        self.open_queue()?.send(Box::new(Entry { work, reply, result: None })).map_err(|_| stopped())
    }

    fn open_queue(&self) -> Result<&Sender<Box<dyn Queued>>, DbError> {
        if self.is_read_only() {
            return Err(DbError::ReadOnly);
        }
        self.queue.as_ref().ok_or_else(stopped)
    }

    /// Transactions that wait.
    pub(super) fn queue_len(&self) -> usize {
        self.queue.as_ref().map_or(0, Sender::len)
    }

    /// Whether writes are refused because the disk failed.
    pub(super) fn is_read_only(&self) -> bool {
        self.read_only.load(Ordering::Acquire)
    }

    /// Whether the thread lives.
    pub(super) fn is_running(&self) -> bool {
        self.thread.as_ref().is_some_and(|thread| !thread.is_finished())
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.queue = None;
        if let Some(thread) = self.thread.take()
            // A queued closure may hold the last handle to the database; a thread can't wait for itself.
            && thread.thread().id() != std::thread::current().id()
            && thread.join().is_err()
        {
            tracing::error!("The database's writer thread panicked");
        }
    }
}

/// The error of every caller when the thread is gone.
pub(super) fn stopped() -> DbError {
    DbError::Unavailable("the writer thread has stopped".to_owned())
}

/// A transaction in the queue, whatever its types.
trait Queued: Send {
    fn run(&mut self, conn: &mut Conn) -> Ran;
    /// Answers the caller: with its own result when `failure` is none or its own work failed.
    fn answer(self: Box<Self>, failure: Option<&Failure>);
}

/// What the batch must know of a transaction that has run.
enum Ran {
    Kept { has_jobs: bool },
    Undone { storage_failed: bool },
}

/// Why a whole batch failed.
#[derive(Debug, Clone)]
enum Failure {
    Busy,
    ReadOnly,
    Storage(String),
    Unavailable(String),
}

impl Failure {
    fn to_error(&self) -> DbError {
        match self {
            Self::Busy => DbError::Busy,
            Self::ReadOnly => DbError::ReadOnly,
            Self::Storage(why) => DbError::Storage(why.clone()),
            Self::Unavailable(why) => DbError::Unavailable(why.clone()),
        }
    }
}

impl From<DbError> for Failure {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Busy => Self::Busy,
            DbError::ReadOnly => Self::ReadOnly,
            DbError::Storage(why) => Self::Storage(why),
            DbError::Query(cause) => Self::Unavailable(cause.to_string()),
            other => Self::Unavailable(other.to_string()),
        }
    }
}

struct Entry<T, E, F, R> {
    work: F,
    reply: R,
    result: Option<Result<T, E>>,
}

impl<T, E, F, R> Queued for Entry<T, E, F, R>
where
    F: Fn(&mut Tx<'_>) -> Result<T, E> + Send,
    R: FnOnce(Result<T, E>) + Send,
    T: Send,
    E: From<DbError> + AsDbError + Send,
{
    fn run(&mut self, conn: &mut Conn) -> Ran {
        let (result, ran) = match tx::run(conn, &self.work) {
            Outcome::Kept(value, has_jobs) => (Ok(value), Ran::Kept { has_jobs }),
            Outcome::Undone(error) => {
                let storage_failed = matches!(error.as_db_error(), Some(DbError::Storage(_)));
                (Err(error), Ran::Undone { storage_failed })
            }
            Outcome::Panicked(message) => {
                tracing::error!(panic = %message, "A transaction panicked");
                (Err(DbError::Panicked(message).into()), Ran::Undone { storage_failed: false })
            }
        };
        self.result = Some(result);
        ran
    }

    fn answer(self: Box<Self>, failure: Option<&Failure>) {
        let result = match (self.result, failure) {
            (Some(Err(own)), _) => Err(own),
            (_, Some(failure)) => Err(failure.to_error().into()),
            (Some(Ok(value)), None) => Ok(value),
            (None, None) => Err(stopped().into()),
        };
        (self.reply)(result);
    }
}

struct WriterThread {
    target: Target,
    /// None after a failure, until it has been opened again.
    conn: Option<Conn>,
    waiting: Receiver<Box<dyn Queued>>,
    read_only: Arc<AtomicBool>,
    jobs: Arc<Notify>,
}

/// What a batch that may be committed has gathered.
#[derive(Default)]
struct Batch {
    ran: Vec<Box<dyn Queued>>,
    has_jobs: bool,
    storage_failed: bool,
}

impl WriterThread {
    fn run(&mut self) {
        let mut last_probe = Instant::now();
        loop {
            let next = if self.is_read_only() {
                self.waiting.recv_timeout(PROBE_EVERY.saturating_sub(last_probe.elapsed()))
            } else {
                self.waiting.recv().map_err(|_| RecvTimeoutError::Disconnected)
            };
            match next {
                Ok(first) if self.is_read_only() => first.answer(Some(&Failure::ReadOnly)),
                Ok(first) => {
                    self.run_batch(first);
                    last_probe = Instant::now();
                }
                Err(RecvTimeoutError::Timeout) => {
                    self.probe();
                    last_probe = Instant::now();
                }
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn is_read_only(&self) -> bool {
        self.read_only.load(Ordering::Acquire)
    }

    fn run_batch(&mut self, first: Box<dyn Queued>) {
        let mut batch = Batch::default();
        let done = self.fill(first, &mut batch).and_then(|()| self.commit());
        metrics::gauge!("arende_db_writer_queue_length").set(gauge_value(self.waiting.len()));
        metrics::histogram!("arende_db_write_batch_size").record(gauge_value(batch.ran.len()));
        match done {
            Ok(()) => {
                if batch.storage_failed {
                    self.enter_read_only("a statement failed at the disk");
                }
                for entry in batch.ran {
                    entry.answer(None);
                }
                if batch.has_jobs {
                    self.jobs.notify_one();
                }
            }
            Err(error) => {
                // Whatever state the connection is in, a new one is in a known one.
                self.conn = None;
                // SQLite rolls the whole transaction back when the disk is full, and what follows only
                // says that there is no transaction.
                let failure = match Failure::from(error) {
                    Failure::Unavailable(_) if batch.storage_failed => {
                        Failure::Storage("the transaction was undone when the disk failed".to_owned())
                    }
                    failure => failure,
                };
                tracing::error!(?failure, transactions = batch.ran.len(), "Writing to the database failed");
                if let Failure::Storage(why) = &failure {
                    self.enter_read_only(why);
                }
                for entry in batch.ran {
                    entry.answer(Some(&failure));
                }
            }
        }
    }

    /// Runs the first and whatever else waits, within the limits of a batch.
    fn fill(&mut self, first: Box<dyn Queued>, batch: &mut Batch) -> Result<(), DbError> {
        batch.ran.push(first);
        let started = Instant::now();
        let conn = open(&mut self.conn, &self.target)?;
        tx::begin(conn)?;
        while let Some(entry) = batch.ran.last_mut() {
            conn.batch_execute("SAVEPOINT entry")?;
            match entry.run(conn) {
                Ran::Kept { has_jobs } => batch.has_jobs |= has_jobs,
                Ran::Undone { storage_failed } => {
                    batch.storage_failed |= storage_failed;
                    tx::roll_back_to(conn, 1)?;
                    conn.batch_execute("ROLLBACK TO entry")?;
                }
            }
            conn.batch_execute("RELEASE entry")?;
            if batch.ran.len() >= BATCH || started.elapsed() >= BATCH_TIME {
                break;
            }
            match self.waiting.try_recv() {
                Ok(next) => batch.ran.push(next),
                Err(_) => break,
            }
        }
        Ok(())
    }

    fn commit(&mut self) -> Result<(), DbError> {
        let started = Instant::now();
        tx::commit(open(&mut self.conn, &self.target)?)?;
        metrics::histogram!("arende_db_commit_seconds").record(started.elapsed().as_secs_f64());
        Ok(())
    }

    fn enter_read_only(&self, why: &str) {
        tracing::error!(cause = why, "The database is read-only until a write succeeds again");
        metrics::gauge!("arende_db_read_only").set(1.0);
        self.read_only.store(true, Ordering::Release);
    }

    /// Writes a page that changes nothing, and if that reaches the disk, lets writes in again.
    fn probe(&mut self) {
        self.conn = None;
        let written = open(&mut self.conn, &self.target)
            .and_then(|conn| conn.batch_execute("PRAGMA user_version = 1").map_err(DbError::from));
        match written {
            Ok(()) => {
                tracing::info!("The database accepts writes again");
                metrics::gauge!("arende_db_read_only").set(0.0);
                self.read_only.store(false, Ordering::Release);
            }
            Err(error) => tracing::warn!(%error, "The database still accepts no writes"),
        }
    }
}

/// The connection, opened again if a failure closed it.
fn open<'a>(conn: &'a mut Option<Conn>, target: &Target) -> Result<&'a mut Conn, DbError> {
    match conn {
        Some(conn) => Ok(conn),
        None => Ok(conn.insert(connect(target, Purpose::Write, 0)?)),
    }
}

fn gauge_value(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::from(u32::MAX), f64::from)
}
