//! Connections to share: the readers of SQLite, everything of PostgreSQL; and the readers that a
//! thread keeps for itself.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection as _;
use diesel::r2d2::{self, ManageConnection, R2D2Connection as _};

use super::connection::{Conn, Purpose, Target, connect};
use super::error::DbError;
use super::tx::panic_text;

/// After so long unused a connection is tried before it is handed out: the server may have restarted.
const TRUSTED_FOR: Duration = Duration::from_secs(5);

pub(super) type Pool = r2d2::Pool<Manager>;

/// Makes and judges connections for the pool.
pub(super) struct Manager {
    pub(super) target: Target,
    pub(super) statement_timeout_ms: u64,
}

/// A connection in the pool.
pub(super) struct Pooled {
    pub(super) conn: Conn,
    /// Set when it failed or panicked in use; it is closed on return.
    pub(super) is_broken: bool,
    used_at: Instant,
}

impl ManageConnection for Manager {
    type Connection = Pooled;
    type Error = DbError;

    fn connect(&self) -> Result<Pooled, DbError> {
        let mut conn = connect(&self.target, Purpose::Read, self.statement_timeout_ms)?;
        if let Conn::Sqlite(sqlite) = &mut conn {
            // Searches and reports touch many pages; mapping the file spares a copy of each. Threads' own
            // readers, which touch few, go without, so that the memory they show stays small.
            sqlite.batch_execute("PRAGMA mmap_size=268435456;")?;
        }
        Ok(Pooled { conn, is_broken: false, used_at: Instant::now() })
    }

    fn is_valid(&self, pooled: &mut Pooled) -> Result<(), DbError> {
        match &mut pooled.conn {
            Conn::Pg(conn) if pooled.used_at.elapsed() > TRUSTED_FOR => Ok(conn.ping()?),
            Conn::Pg(_) | Conn::Sqlite(_) => Ok(()),
        }
    }

    fn has_broken(&self, pooled: &mut Pooled) -> bool {
        pooled.used_at = Instant::now();
        pooled.is_broken || pooled.conn.is_broken()
    }
}

/// Logs what goes wrong in the background, where no caller hears it.
#[derive(Debug)]
struct LogError;

impl r2d2::HandleError<DbError> for LogError {
    fn handle_error(&self, error: DbError) {
        tracing::warn!(%error, "Opening a database connection failed");
    }
}

/// A pool that opens connections when they are wanted and closes them after ten idle minutes.
pub(super) fn build(manager: Manager, size: u32, patience: Duration) -> Pool {
    r2d2::Pool::builder()
        .max_size(size.max(1))
        .min_idle(Some(0))
        .connection_timeout(patience)
        .test_on_check_out(true)
        .error_handler(Box::new(LogError))
        .build_unchecked(manager)
}

thread_local! {
    /// This thread's reader of each database that is open: one in the server, several in tests.
    static OWN: RefCell<Vec<(Weak<()>, Conn)>> = const { RefCell::new(Vec::new()) };
}

/// Runs a query on this thread's own reader; `identity` tells the databases apart.
pub(super) fn on_own_reader<T>(
    identity: &Arc<()>,
    target: &Target,
    query: impl FnOnce(&mut Conn) -> T,
) -> Result<T, DbError> {
    let kept = OWN.with_borrow_mut(|own| {
        own.retain(|(of, _)| of.strong_count() > 0);
        let at = own.iter().position(|(of, _)| std::ptr::eq(of.as_ptr(), Arc::as_ptr(identity)))?;
        Some(own.swap_remove(at).1)
    });
    let mut conn = match kept {
        Some(conn) => conn,
        None => connect(target, Purpose::Read, 0)?,
    };
    // After a panic the connection is dropped, for its state is unknown.
    let result = caught(|| query(&mut conn))?;
    OWN.with_borrow_mut(|own| own.push((Arc::downgrade(identity), conn)));
    Ok(result)
}

/// Runs a query; a panic in it is an error.
pub(super) fn caught<T>(query: impl FnOnce() -> T) -> Result<T, DbError> {
    catch_unwind(AssertUnwindSafe(query)).map_err(|panic| {
        let message = panic_text(panic.as_ref());
        tracing::error!(panic = %message, "A query panicked");
        DbError::Panicked(message)
    })
}
