//! What is left when the program is killed with SIGKILL at any moment: everything it had answered
//! for, in a database that opens by itself.

mod creates;
mod imports;

use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use arende::db::{Conn, Db};
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::support::database::TestDatabase;

/// The program, set to a database and a data folder.
fn arende(database: &TestDatabase, data: &std::path::Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_arende"));
    command
        .env("ARENDE_DATABASE_URL", database.url())
        .env("ARENDE_DATA_DIR", data)
        .env("ARENDE_AUTH__SECRET", "a secret of these tests that nobody else uses")
        .stdin(Stdio::null());
    command
}

/// Lets a program run for a while, then kills it; false when it had ended by then.
fn kill_after(child: &mut Child, moment: Duration) -> bool {
    let (_held, nothing) = mpsc::channel::<()>();
    // Waits without sleeping: nobody ever sends.
    assert!(nothing.recv_timeout(moment).is_err());
    let was_running = child.try_wait().unwrap().is_none();
    child.kill().unwrap();
    child.wait().unwrap();
    was_running
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    value: i64,
}

/// The number that a query names `value`.
fn number(db: &Db, query: &'static str) -> i64 {
    db.read_blocking(move |conn| {
        let rows: Vec<Number> = match conn {
            Conn::Sqlite(conn) => diesel::sql_query(query).load(conn)?,
            Conn::Pg(conn) => diesel::sql_query(query).load(conn)?,
        };
        Ok::<_, arende::db::DbError>(rows[0].value)
    })
    .unwrap()
}

/// Nothing is there by half: every ticket has its history from 1 on without gaps and its search document.
fn assert_whole(db: &Db) {
    let without_history = "SELECT count(*) AS value FROM tickets WHERE NOT EXISTS \
        (SELECT 1 FROM ticket_events e WHERE e.ticket_id = tickets.id AND e.sequence = 1)";
    let with_gaps = "SELECT count(*) AS value FROM (SELECT ticket_id FROM ticket_events GROUP BY ticket_id \
        HAVING max(sequence) <> count(*)) AS gaps";
    assert_eq!(number(db, without_history), 0, "tickets without history");
    assert_eq!(number(db, with_gaps), 0, "histories with gaps");
    let tickets = number(db, "SELECT count(*) AS value FROM tickets");
    assert_eq!(number(db, "SELECT count(*) AS value FROM ticket_search"), tickets, "search documents");
}
