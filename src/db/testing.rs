//! Throwaway databases for tests: SQLite always, PostgreSQL when `ARENDE_TEST_POSTGRES` holds the
//! address of a database whose user may create others.

use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;

use super::{Db, DbOptions, each};

/// A migrated database that goes away with this value.
pub(crate) struct TestDb {
    pub(crate) db: Db,
    pub(crate) options: DbOptions,
    folder: tempfile::TempDir,
    /// Admin address and name of the database to drop.
    created: Option<(String, String)>,
}

/// One of each kind that is at hand.
pub(crate) fn each_backend() -> Vec<TestDb> {
    [Some(TestDb::sqlite()), TestDb::postgres()].into_iter().flatten().collect()
}

impl TestDb {
    pub(crate) fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let options = DbOptions::new(format!("sqlite://{}", folder.path().join("test.db").display()));
        Self::over(options, folder, None)
    }

    /// None, and a loud line, when there is no server.
    pub(crate) fn postgres() -> Option<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        #[expect(clippy::disallowed_methods, reason = "a test's own switch, not a setting of the program")]
        let Ok(admin) = std::env::var("ARENDE_TEST_POSTGRES") else {
            println!("SKIPPED on PostgreSQL: ARENDE_TEST_POSTGRES isn't set");
            return None;
        };
        let name = format!("arende_unit_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::SeqCst));
        PgConnection::establish(&admin).unwrap().batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
        let (server, _) = admin.rsplit_once('/').unwrap();
        let options = DbOptions::new(format!("{server}/{name}"));
        Some(Self::over(options, tempfile::tempdir().unwrap(), Some((admin, name))))
    }

    fn over(options: DbOptions, folder: tempfile::TempDir, created: Option<(String, String)>) -> Self {
        let db = Db::open(&options).unwrap();
        assert!(!db.migrate().unwrap().is_empty());
        Self { db, options, folder, created }
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Brings about what no function of the product does.
    pub(crate) async fn execute(&self, sql: &'static str) {
        let run = move |tx: &mut super::Tx<'_>| {
            each!(tx.conn(), |conn| diesel::sql_query(sql).execute(conn))?;
            Ok::<_, super::DbError>(())
        };
        self.db.write(run).await.unwrap();
    }

    /// Closes the database and opens it again, as after a restart.
    pub(crate) fn reopen(&mut self) {
        let nowhere = self.folder.path().join("placeholder.db");
        self.db = Db::open(&DbOptions::new(format!("sqlite://{}", nowhere.display()))).unwrap();
        self.db = Db::open(&self.options).unwrap();
    }
}

impl Drop for TestDb {
    fn drop(&mut self) {
        if let Some((admin, name)) = &self.created {
            let dropped = PgConnection::establish(admin)
                .map(|mut conn| conn.batch_execute(&format!("DROP DATABASE {name} WITH (FORCE)")));
            assert!(matches!(dropped, Ok(Ok(()))) || std::thread::panicking(), "{name} couldn't be dropped");
        }
    }
}
