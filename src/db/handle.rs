//! [`Db`]: opening the database and the ways to write and read.

use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use diesel::prelude::*;
use tokio::sync::{Notify, Semaphore, oneshot};

use super::connection::{Backend, Conn, Purpose, Target, connect, create_sqlite_file, each};
use super::error::{AsDbError, DbError};
use super::migrate;
use super::pool::{self, Manager, Pool, Pooled};
use super::search;
use super::tx::{self, Outcome, Tx};
use super::writer::{self, Writer};

/// How often a transaction that collided with another on PostgreSQL is tried in all.
const TRIES: u32 = 4;

/// What opening a database takes.
#[derive(Clone)]
pub struct DbOptions {
    /// `sqlite://path` or `postgres://user@host/name`.
    pub url: String,
    /// Most connections: readers on SQLite (its writer comes on top), all on PostgreSQL.
    pub pool_size: u32,
    /// PostgreSQL ends a statement that takes longer; 0 = never.
    pub statement_timeout_ms: u64,
    /// How long a caller waits for a connection before it is told that there is too much to do.
    pub acquire_timeout_ms: u64,
}

impl DbOptions {
    /// The defaults for an address: four connections, 30 s a statement, 10 s of waiting.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), pool_size: 4, statement_timeout_ms: 30_000, acquire_timeout_ms: 10_000 }
    }
}

/// Without the address, which may hold a password.
impl fmt::Debug for DbOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DbOptions")
            .field("pool_size", &self.pool_size)
            .field("statement_timeout_ms", &self.statement_timeout_ms)
            .field("acquire_timeout_ms", &self.acquire_timeout_ms)
            .finish_non_exhaustive()
    }
}

/// The open database; clones share it.
#[derive(Clone)]
pub struct Db {
    inner: Arc<Inner>,
}

struct Inner {
    target: Target,
    pool: Pool,
    /// As many permits as connections, so that waiting is done by tasks and not by threads.
    permits: Semaphore,
    patience: Duration,
    /// SQLite's.
    writer: Option<Writer>,
    jobs: Arc<Notify>,
    /// Tells this database from others in threads' own readers.
    identity: Arc<()>,
}

impl Db {
    /// Opens the database, on SQLite making the file if there is none. Doesn't touch the schema.
    ///
    /// # Errors
    /// [`DbError::UnsupportedUrl`] for an address that this build can't use, [`DbError::Storage`] or
    /// [`DbError::Unavailable`] when the file can't be opened. A PostgreSQL server is first
    /// contacted when it is first used.
    pub fn open(options: &DbOptions) -> Result<Self, DbError> {
        let target = Target::parse(&options.url)?;
        let jobs = Arc::new(Notify::new());
        let writer = match &target {
            Target::Sqlite(path) => {
                search::register_tokenizer()?;
                create_sqlite_file(path)?;
                Some(Writer::start(target.clone(), Arc::clone(&jobs))?)
            }
            Target::Postgres(_) => None,
        };
        let patience = Duration::from_millis(options.acquire_timeout_ms);
        let manager = Manager { target: target.clone(), statement_timeout_ms: options.statement_timeout_ms };
        let permits = usize::try_from(options.pool_size.max(1)).unwrap_or(1);
        Ok(Self {
            inner: Arc::new(Inner {
                target,
                pool: pool::build(manager, options.pool_size, patience),
                permits: Semaphore::new(permits),
                patience,
                writer,
                jobs,
                identity: Arc::new(()),
            }),
        })
    }

    /// Which database it is.
    #[must_use]
    pub fn backend(&self) -> Backend {
        self.inner.target.backend()
    }

    /// Brings the schema up to date and gives the names of the steps taken.
    ///
    /// # Errors
    /// [`DbError::Migration`] when a step fails; on SQLite nothing has changed then.
    pub fn migrate(&self) -> Result<Vec<String>, DbError> {
        migrate::migrate(&self.inner.target)
    }

    /// Names of the schema's steps that haven't been taken.
    ///
    /// # Errors
    /// [`DbError::Migration`] when the schema can't be read.
    pub fn pending_migrations(&self) -> Result<Vec<String>, DbError> {
        migrate::pending(&self.inner.target)
    }

    /// Runs `work` in a transaction and answers when it is on disk.
    ///
    /// `work` may run more than once (it must bring ids and the time along), shares its commit with
    /// others on SQLite, and holds them all up: nothing slow in it, and no other `write`.
    ///
    /// # Errors
    /// The work's own, after which nothing of it is stored; or [`DbError::Busy`] when too much waits,
    /// [`DbError::ReadOnly`] and [`DbError::Storage`] when the disk fails, [`DbError::Panicked`].
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + AsDbError + Send + 'static,
    {
        let Some(writer) = &self.inner.writer else {
            return self.in_pool(move |inner| inner.write_pooled(&work)).await;
        };
        let (reply, answer) = oneshot::channel();
        // A caller that has gone away doesn't want the answer; the commit stands.
        writer.offer(work, move |result| drop(reply.send(result)))?;
        answer.await.unwrap_or_else(|_| Err(writer::stopped().into()))
    }

    /// [`Db::write`] for threads outside the runtime; waits for room in the queue instead of failing.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub fn write_blocking<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + AsDbError + Send + 'static,
    {
        let Some(writer) = &self.inner.writer else {
            return self.inner.write_pooled(&work);
        };
        let (reply, answer) = crossbeam_channel::bounded(1);
        writer.offer_waiting(work, move |result| drop(reply.send(result)))?;
        answer.recv().unwrap_or_else(|_| Err(writer::stopped().into()))
    }

    /// Runs queries that may take long, on a thread for such. Each statement sees its own moment;
    /// queries that must agree belong in `conn.transaction`.
    ///
    /// # Errors
    /// The queries' own; [`DbError::Busy`] when no connection comes free in time, [`DbError::Panicked`].
    pub async fn read<T, E, F>(&self, query: F) -> Result<T, E>
    where
        F: FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + AsDbError + Send + 'static,
    {
        self.in_pool(move |inner| inner.read_pooled(query)).await
    }

    /// Runs queries that find a few rows by key: on SQLite here and now, which costs a third of a hop
    /// to another thread; on PostgreSQL as [`Db::read`].
    ///
    /// # Errors
    /// As [`Db::read`].
    pub async fn point<T, E, F>(&self, query: F) -> Result<T, E>
    where
        F: FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + AsDbError + Send + 'static,
    {
        match self.backend() {
            Backend::Sqlite => pool::on_own_reader(&self.inner.identity, &self.inner.target, query)?,
            Backend::Postgres => self.read(query).await,
        }
    }

    /// [`Db::read`] for threads outside the runtime.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub fn read_blocking<T, E, F>(&self, query: F) -> Result<T, E>
    where
        F: FnOnce(&mut Conn) -> Result<T, E>,
        E: From<DbError> + AsDbError,
    {
        self.inner.read_pooled(query)
    }

    /// Whether writes and reads work. Asks PostgreSQL over the network, so call it where waiting is
    /// allowed.
    ///
    /// # Errors
    /// The reason why not.
    pub fn ready(&self) -> Result<(), DbError> {
        fn ask(conn: &mut Conn) -> Result<(), DbError> {
            each!(conn, |c| diesel::sql_query("SELECT 1").execute(c))?;
            Ok(())
        }
        match &self.inner.writer {
            None => self.inner.read_pooled(ask),
            Some(writer) if !writer.is_running() => Err(writer::stopped()),
            Some(writer) if writer.is_read_only() => Err(DbError::ReadOnly),
            Some(_) => pool::on_own_reader(&self.inner.identity, &self.inner.target, ask)?,
        }
    }

    /// Transactions that wait for SQLite's writer; 0 on PostgreSQL.
    #[must_use]
    pub fn writer_queue_len(&self) -> usize {
        self.inner.writer.as_ref().map_or(0, Writer::queue_len)
    }

    /// Writes a consistent copy of a SQLite database to a new file while work goes on.
    ///
    /// # Errors
    /// [`DbError::Storage`] when the file exists already or can't be written;
    /// [`DbError::UnsupportedUrl`] on PostgreSQL, which has `pg_dump` for it.
    pub fn backup_sqlite(&self, to: &Path) -> Result<(), DbError> {
        if self.backend() == Backend::Postgres {
            return Err(DbError::UnsupportedUrl(
                "a PostgreSQL database is backed up with pg_dump".to_owned(),
            ));
        }
        let storage = |error: std::io::Error| DbError::Storage(format!("writing {}: {error}", to.display()));
        if to.exists() {
            return Err(DbError::Storage(format!("{} exists already", to.display())));
        }
        let name = to.to_str().ok_or_else(|| DbError::Storage(format!("{} isn't UTF-8", to.display())))?;
        // SQLite accepts an empty file and keeps its rights, which are the owner's only.
        create_sqlite_file(to)?;
        let mut conn = connect(&self.inner.target, Purpose::Maintain, 0)?;
        each!(&mut conn, |c| diesel::sql_query("VACUUM INTO $1")
            .bind::<diesel::sql_types::Text, _>(name)
            .execute(c))?;
        std::fs::File::open(to).and_then(|file| file.sync_all()).map_err(storage)
    }

    /// Puts a copy made by [`Self::backup_sqlite`] in place of an empty database.
    ///
    /// # Errors
    /// [`DbError::Storage`] when the database holds anything or the file isn't a sound backup;
    /// [`DbError::UnsupportedUrl`] on PostgreSQL.
    pub fn restore_sqlite(url: &str, backup: &Path) -> Result<(), DbError> {
        search::register_tokenizer()?;
        super::restore::restore(&Target::parse(url)?, backup)
    }

    /// Completes when a job has been queued and committed since it was last awaited.
    pub(crate) async fn jobs_queued(&self) {
        self.inner.jobs.notified().await;
    }

    /// Runs blocking work with a connection permit on a thread for such.
    async fn in_pool<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&Inner) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let waiting = tokio::time::timeout(self.inner.patience, self.inner.permits.acquire());
        let Ok(Ok(_permit)) = waiting.await else {
            return Err(DbError::Busy.into());
        };
        let inner = Arc::clone(&self.inner);
        match tokio::task::spawn_blocking(move || work(&inner)).await {
            Ok(result) => result,
            // Panics in the work are caught inside, so it was never run.
            Err(_) => Err(DbError::Unavailable("the runtime is stopping".to_owned()).into()),
        }
    }
}

impl Inner {
    fn connection(&self) -> Result<diesel::r2d2::PooledConnection<Manager>, DbError> {
        self.pool.get().map_err(|error| DbError::Unavailable(error.to_string()))
    }

    fn read_pooled<T, E>(&self, query: impl FnOnce(&mut Conn) -> Result<T, E>) -> Result<T, E>
    where
        E: From<DbError> + AsDbError,
    {
        let mut pooled = self.connection()?;
        let result = pool::caught(|| query(&mut pooled.conn)).unwrap_or_else(|panicked| Err(panicked.into()));
        if let Err(error) = &result {
            note_failure(&mut pooled, error);
        }
        result
    }

    fn write_pooled<T, E>(&self, work: &dyn Fn(&mut Tx<'_>) -> Result<T, E>) -> Result<T, E>
    where
        E: From<DbError> + AsDbError,
    {
        let mut tried = 1;
        loop {
            let result = self.write_once(work);
            match result {
                Err(error) if tried < TRIES && error.as_db_error().is_some_and(DbError::is_collision) => {
                    pause(tried);
                    tried += 1;
                }
                other => return other,
            }
        }
    }

    fn write_once<T, E>(&self, work: &dyn Fn(&mut Tx<'_>) -> Result<T, E>) -> Result<T, E>
    where
        E: From<DbError> + AsDbError,
    {
        let mut pooled = self.connection()?;
        let result = transact(&mut pooled.conn, work);
        match result {
            Ok((value, has_jobs)) => {
                if has_jobs {
                    self.jobs.notify_one();
                }
                Ok(value)
            }
            Err(error) => {
                pooled.is_broken |= tx::roll_back_to(&mut pooled.conn, 0).is_err();
                note_failure(&mut pooled, &error);
                Err(error)
            }
        }
    }
}

/// Runs the work and commits; leaves it to the caller to roll back.
fn transact<T, E>(conn: &mut Conn, work: &dyn Fn(&mut Tx<'_>) -> Result<T, E>) -> Result<(T, bool), E>
where
    E: From<DbError>,
{
    tx::begin(conn).map_err(DbError::from)?;
    match tx::run(conn, work) {
        Outcome::Kept(value, has_jobs) => {
            tx::commit(conn).map_err(DbError::from)?;
            Ok((value, has_jobs))
        }
        Outcome::Undone(error) => Err(error),
        Outcome::Panicked(message) => {
            tracing::error!(panic = %message, "A transaction panicked");
            Err(DbError::Panicked(message).into())
        }
    }
}

/// A connection that has lost its server, or whose user panicked, is closed instead of being used again.
fn note_failure<E: AsDbError>(pooled: &mut Pooled, error: &E) {
    pooled.is_broken |= matches!(error.as_db_error(), Some(DbError::Unavailable(_) | DbError::Panicked(_)));
}

/// Waits 5–15 ms, twice as long the second time and so on, so that two that collided part ways.
fn pause(tried: u32) {
    let jitter = u64::from(getrandom::u32().unwrap_or_default() % 10_000);
    let micros = (5_000 + jitter) << tried.min(8);
    #[expect(clippy::disallowed_methods, reason = "on a thread for blocking work, and milliseconds only")]
    std::thread::sleep(Duration::from_micros(micros / 2));
}

#[cfg(test)]
mod tests;
