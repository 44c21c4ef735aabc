//! Bulk writes of an import: many rows for a statement's price, in the transaction of one chunk.
//!
//! SQLite is in the process, so a statement costs next to nothing there, and one that is prepared once and
//! run a thousand times is quicker than one with thousands of values. PostgreSQL is a round trip away.

use super::schema::{memberships, role_grants, ticket_events, tickets, users};
use super::tickets::{TicketValues, Timers};
use super::types::AsText;
use super::users::{NewUser, UserValues};
use super::{Conn, DbError, Tx, each, users as people};
use crate::domain::access::Role;
use crate::domain::clock::Instant;
use crate::domain::ids::{OrganisationId, TicketId, UserId};
use crate::domain::people::Language;
use crate::domain::text::EmailAddress;
use crate::domain::ticket::{Ticket, TicketEvent};
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use std::collections::HashMap;

/// Any number that nobody else locks on.
const ADVISORY_LOCK: i64 = 0x696d_706f_7274;
/// Rows in one statement: PostgreSQL takes 65 535 values, and a ticket has 39; SQLite takes 32 766, and a
/// person has 12.
const ROWS: usize = 1_000;

/// Lets one import write at a time until the transaction ends, so that what it has looked up stays true.
/// SQLite does that by itself.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn lock(tx: &mut Tx<'_>) -> Result<(), DbError> {
    if let Conn::Pg(conn) = tx.conn() {
        diesel::sql_query("SELECT pg_advisory_xact_lock($1)")
            .bind::<BigInt, _>(ADVISORY_LOCK)
            .execute(conn)?;
    }
    Ok(())
}

#[derive(QueryableByName)]
struct Key {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

/// Keys for `count` tickets that are about to be stored, rising.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn reserve_keys(tx: &mut Tx<'_>, count: i64) -> Result<Vec<TicketId>, DbError> {
    match tx.conn() {
        // As SQLite itself would give them; nobody else writes before this transaction ends.
        Conn::Sqlite(conn) => {
            let last: Option<TicketId> =
                tickets::table.select(tickets::id).order(tickets::id.desc()).first(conn).optional()?;
            let last = last.map_or(0, TicketId::get);
            Ok((last + 1..=last + count).map(TicketId).collect())
        }
        Conn::Pg(conn) => {
            let keys: Vec<Key> = diesel::sql_query(
                "SELECT nextval(pg_get_serial_sequence('tickets', 'id')) AS id FROM generate_series(1, $1)",
            )
            .bind::<BigInt, _>(count)
            .load(conn)?;
            Ok(keys.into_iter().map(|key| TicketId(key.id)).collect())
        }
    }
}

/// Stores new tickets under the keys they have.
///
/// # Errors
/// [`DbError::UniqueViolation`] when a number or external id exists.
pub fn insert_tickets(tx: &mut Tx<'_>, new: &[Ticket]) -> Result<(), DbError> {
    match tx.conn() {
        Conn::Sqlite(conn) => {
            for ticket in new {
                diesel::insert_into(tickets::table)
                    .values((tickets::id.eq(ticket.id), TicketValues::new(ticket, Timers::default())))
                    .execute(conn)?;
            }
        }
        Conn::Pg(conn) => {
            for part in new.chunks(ROWS) {
                let rows: Vec<_> = part
                    .iter()
                    .map(|ticket| (tickets::id.eq(ticket.id), TicketValues::new(ticket, Timers::default())))
                    .collect();
                diesel::insert_into(tickets::table).values(rows).execute(conn)?;
            }
        }
    }
    Ok(())
}

/// One event's row.
#[derive(Insertable)]
#[diesel(table_name = ticket_events)]
#[diesel(treat_none_as_default_value = false)]
struct EventValues {
    ticket_id: TicketId,
    sequence: i64,
    at: Instant,
    actor_id: Option<UserId>,
    origin: &'static str,
    data: String,
}

/// Stores the histories of new tickets.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn insert_histories(tx: &mut Tx<'_>, histories: &[(TicketId, Vec<TicketEvent>)]) -> Result<(), DbError> {
    let rows = histories.iter().flat_map(|(ticket, events)| events.iter().map(|event| (*ticket, event)));
    match tx.conn() {
        Conn::Sqlite(conn) => {
            for (ticket, event) in rows {
                diesel::insert_into(ticket_events::table).values(values(ticket, event)?).execute(conn)?;
            }
        }
        Conn::Pg(conn) => {
            let rows: Vec<EventValues> =
                rows.map(|(ticket, event)| values(ticket, event)).collect::<Result<_, DbError>>()?;
            diesel::copy_from(ticket_events::table).from_insertable(rows).execute(conn)?;
        }
    }
    Ok(())
}

fn values(ticket: TicketId, event: &TicketEvent) -> Result<EventValues, DbError> {
    let data = serde_json::to_string(&event.kind)
        .map_err(|error| DbError::Query(diesel::result::Error::SerializationError(Box::new(error))))?;
    Ok(EventValues {
        ticket_id: ticket,
        sequence: event.sequence,
        at: event.at,
        actor_id: event.actor,
        origin: event.origin.as_text(),
        data,
    })
}

/// Somebody whom an import names and nobody knows yet.
#[derive(Debug, Clone)]
pub struct NewContact<'a> {
    /// The address.
    pub email: &'a EmailAddress,
    /// The name.
    pub name: String,
    /// Where the person belongs, if that is known.
    pub organisation: Option<OrganisationId>,
}

/// Stores people without a login who may do what requesters may; gives their addresses in lower case with
/// their keys.
///
/// # Errors
/// [`DbError::UniqueViolation`] when an address exists.
pub fn insert_contacts(
    tx: &mut Tx<'_>,
    contacts: &[NewContact<'_>],
    now: Instant,
) -> Result<Vec<(String, UserId)>, DbError> {
    let mut made = Vec::with_capacity(contacts.len());
    for part in contacts.chunks(ROWS) {
        let accounts: Vec<UserValues> = part
            .iter()
            .map(|contact| {
                let new = NewUser {
                    email: contact.email,
                    name: &contact.name,
                    phone: None,
                    language: Language::Swedish,
                    password_hash: None,
                };
                UserValues::new(&new, now)
            })
            .collect();
        each!(tx.conn(), |c| diesel::insert_into(users::table).values(&accounts).execute(c))?;
        let folded: Vec<String> = part.iter().map(|contact| contact.email.folded()).collect();
        let folded: Vec<&str> = folded.iter().map(String::as_str).collect();
        let keys: HashMap<String, UserId> = people::ids_by_email(tx.conn(), &folded)?.into_iter().collect();
        let of = |contact: &NewContact<'_>| keys.get(&contact.email.folded()).copied();
        let roles: Vec<_> = keys
            .values()
            .map(|user| {
                (
                    role_grants::user_id.eq(*user),
                    role_grants::role.eq(AsText(Role::Requester)),
                    role_grants::organisation_id.eq(OrganisationId(0)),
                )
            })
            .collect();
        each!(tx.conn(), |c| diesel::insert_into(role_grants::table).values(&roles).execute(c))?;
        let places: Vec<_> = part
            .iter()
            .filter_map(|contact| of(contact).zip(contact.organisation))
            .map(|(user, organisation)| {
                (
                    memberships::user_id.eq(user),
                    memberships::organisation_id.eq(organisation),
                    memberships::is_primary.eq(true),
                )
            })
            .collect();
        each!(tx.conn(), |c| diesel::insert_into(memberships::table).values(&places).execute(c))?;
        made.extend(keys);
    }
    Ok(made)
}
