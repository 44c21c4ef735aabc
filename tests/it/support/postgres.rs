//! Databases for tests on PostgreSQL: copies of one migrated database on a server that the tests are
//! given (`./test` starts one).

use std::sync::atomic::{AtomicU32, Ordering};

use arende::db::{Db, DbOptions};
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::database::{Place, migrations_state};

/// Held while the template is looked for and made. Any number that nobody else locks on.
const TEMPLATE_LOCK: i64 = 0x7465_7374;

/// A database to be dropped.
pub struct Created {
    admin: String,
    name: String,
}

impl Drop for Created {
    fn drop(&mut self) {
        // Connections of a test that panicked may still be open, so by force.
        let dropped = PgConnection::establish(&self.admin)
            .map(|mut conn| conn.batch_execute(&format!("DROP DATABASE {} WITH (FORCE)", self.name)));
        assert!(
            matches!(dropped, Ok(Ok(()))) || std::thread::panicking(),
            "the test's database {} could not be dropped",
            self.name
        );
    }
}

pub fn copy_of_template(admin: &str) -> (String, Place) {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let mut conn = PgConnection::establish(admin).unwrap();
    let template = template(&mut conn, admin);
    let name = format!("arende_it_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::SeqCst));
    conn.batch_execute(&format!("CREATE DATABASE {name} TEMPLATE {template}")).unwrap();
    (address_of(admin, &name), Place::Server(Created { admin: admin.to_owned(), name }))
}

/// The migrated database that is copied, made by whoever needs it first.
fn template(conn: &mut PgConnection, admin: &str) -> String {
    let name = format!("arende_template_{}", migrations_state("postgres"));
    diesel::sql_query("SELECT pg_advisory_lock($1)").bind::<BigInt, _>(TEMPLATE_LOCK).execute(conn).unwrap();
    let there = diesel::sql_query("SELECT datname FROM pg_database WHERE datname = $1")
        .bind::<Text, _>(&name)
        .execute(conn)
        .unwrap();
    if there == 0 {
        let making = format!("{name}_making");
        // What a run that was killed here left behind.
        conn.batch_execute(&format!("DROP DATABASE IF EXISTS {making} WITH (FORCE)")).unwrap();
        conn.batch_execute(&format!("CREATE DATABASE {making}")).unwrap();
        let db = Db::open(&DbOptions::new(address_of(admin, &making))).unwrap();
        db.migrate().unwrap();
        drop(db);
        // A database with connections can be neither renamed nor copied, and a pool closes its own when it likes.
        diesel::sql_query("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1")
            .bind::<Text, _>(&making)
            .execute(conn)
            .unwrap();
        conn.batch_execute(&format!("ALTER DATABASE {making} RENAME TO {name}")).unwrap();
    }
    diesel::sql_query("SELECT pg_advisory_unlock($1)")
        .bind::<BigInt, _>(TEMPLATE_LOCK)
        .execute(conn)
        .unwrap();
    name
}

/// The admin's address with another database's name.
fn address_of(admin: &str, name: &str) -> String {
    let (path, query) = admin.split_once('?').map_or((admin, None), |(path, query)| (path, Some(query)));
    let (server, _) = path.rsplit_once('/').unwrap();
    match query {
        None => format!("{server}/{name}"),
        Some(query) => format!("{server}/{name}?{query}"),
    }
}
