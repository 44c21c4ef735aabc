//! The next number of each kind of ticket. SQLite has one writer, so a counter row serves; on
//! PostgreSQL a sequence lets writers go on beside each other, at the price of gaps after a rollback
//! (ADR 0003).

use super::schema::counters;
use super::{Conn, DbError, Tx};
use crate::domain::ticket::{TicketKind, TicketNumber};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

#[derive(QueryableByName)]
struct Next {
    #[diesel(sql_type = BigInt)]
    value: i64,
}

/// Takes the next number of a kind.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn next(tx: &mut Tx<'_>, kind: TicketKind) -> Result<TicketNumber, DbError> {
    let sequence = match tx.conn() {
        Conn::Sqlite(conn) => count_up(conn, kind, 1)?,
        Conn::Pg(conn) => {
            diesel::sql_query("SELECT nextval($1::regclass) AS value")
                .bind::<Text, _>(sequence_name(kind))
                .get_result::<Next>(conn)?
                .value
        }
    };
    Ok(TicketNumber::new(kind, sequence))
}

/// Takes `count` numbers, rising; other writers may have taken some in between.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn reserve(tx: &mut Tx<'_>, kind: TicketKind, count: i64) -> Result<Vec<TicketNumber>, DbError> {
    if count < 1 {
        return Ok(Vec::new());
    }
    let sequences: Vec<i64> = match tx.conn() {
        Conn::Sqlite(conn) => {
            let last = count_up(conn, kind, count)?;
            (last - count + 1..=last).collect()
        }
        Conn::Pg(conn) => {
            let drawn: Vec<Next> =
                diesel::sql_query("SELECT nextval($1::regclass) AS value FROM generate_series(1, $2)")
                    .bind::<Text, _>(sequence_name(kind))
                    .bind::<BigInt, _>(count)
                    .load(conn)?;
            drawn.into_iter().map(|next| next.value).collect()
        }
    };
    Ok(sequences.into_iter().map(|sequence| TicketNumber::new(kind, sequence)).collect())
}

/// Moves a kind's counter and gives the last number of the run.
fn count_up(conn: &mut SqliteConnection, kind: TicketKind, by: i64) -> QueryResult<i64> {
    let counter = counters::table.filter(counters::name.eq(sequence_name(kind)));
    let bumped = diesel::update(counter)
        .set(counters::value.eq(counters::value + by))
        .returning(counters::value)
        .get_result(conn)
        .optional()?;
    match bumped {
        Some(value) => Ok(value),
        None => diesel::insert_into(counters::table)
            .values((counters::name.eq(sequence_name(kind)), counters::value.eq(by)))
            .returning(counters::value)
            .get_result(conn),
    }
}

const fn sequence_name(kind: TicketKind) -> &'static str {
    match kind {
        TicketKind::Incident => "ticket_number_incident",
        TicketKind::Request => "ticket_number_request",
        TicketKind::Problem => "ticket_number_problem",
        TicketKind::Change => "ticket_number_change",
    }
}
