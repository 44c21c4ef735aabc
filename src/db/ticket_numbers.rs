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
    reserve(tx, kind, 1)
}

/// Takes `count` numbers in a row and returns the first.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn reserve(tx: &mut Tx<'_>, kind: TicketKind, count: i64) -> Result<TicketNumber, DbError> {
    let last = match tx.conn() {
        Conn::Sqlite(conn) => {
            let counter = counters::table.filter(counters::name.eq(sequence_name(kind)));
            let bumped = diesel::update(counter)
                .set(counters::value.eq(counters::value + count))
                .returning(counters::value)
                .get_result(conn)
                .optional()?;
            match bumped {
                Some(value) => value,
                None => diesel::insert_into(counters::table)
                    .values((counters::name.eq(sequence_name(kind)), counters::value.eq(count)))
                    .returning(counters::value)
                    .get_result(conn)?,
            }
        }
        // Other writers may draw in between, so a run of numbers is moved past in one step.
        Conn::Pg(conn) if count > 1 => {
            diesel::sql_query("SELECT setval($1::regclass, nextval($2::regclass) + $3 - 1) AS value")
                .bind::<Text, _>(sequence_name(kind))
                .bind::<Text, _>(sequence_name(kind))
                .bind::<BigInt, _>(count)
                .get_result::<Next>(conn)?
                .value
        }
        Conn::Pg(conn) => {
            diesel::sql_query("SELECT nextval($1::regclass) AS value")
                .bind::<Text, _>(sequence_name(kind))
                .get_result::<Next>(conn)?
                .value
        }
    };
    Ok(TicketNumber::new(kind, last - count + 1))
}

const fn sequence_name(kind: TicketKind) -> &'static str {
    match kind {
        TicketKind::Incident => "ticket_number_incident",
        TicketKind::Request => "ticket_number_request",
        TicketKind::Problem => "ticket_number_problem",
        TicketKind::Change => "ticket_number_change",
    }
}
