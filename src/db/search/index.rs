//! The full-text index over tickets: what is written into it and which tickets match. The one place
//! where the two databases differ in words: FTS5 with a Swedish tokenizer, and tsvector.
//!
//! Matches come newest first, in chunks; relevance and exact counts cost a scan of every match and are
//! not offered (measured in the spike: 1.6 s for a frequent word among a million tickets).

use crate::db::{Conn, DbError, Tx};
use crate::domain::ids::TicketId;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text};

/// Which texts are searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// What the requester reads.
    Requester,
    /// Internal notes too.
    Staff,
}

/// Words to look for, all of which must occur. Stemmed in Swedish: `skrivaren` finds `skrivare`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    words: Vec<String>,
    prefixes: bool,
}

impl Words {
    /// Takes the words of a text: runs of letters and digits, at most eight. None when there are none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let words: Vec<String> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .take(8)
            .map(|word| word.chars().take(60).collect::<String>().to_lowercase())
            .collect();
        (!words.is_empty()).then_some(Self { words, prefixes: false })
    }

    /// The same words as beginnings of words, which finds compounds: `skrivar` finds `skrivarkö`.
    #[must_use]
    pub fn as_prefixes(&self) -> Self {
        Self { words: self.words.clone(), prefixes: true }
    }

    fn for_fts5(&self, audience: Audience) -> String {
        let star = if self.prefixes { "*" } else { "" };
        let all: Vec<String> = self.words.iter().map(|word| format!("\"{word}\"{star}")).collect();
        let all = all.join(" AND ");
        match audience {
            Audience::Requester => format!("{{public}} : ({all})"),
            Audience::Staff => all,
        }
    }

    fn for_tsquery(&self) -> String {
        let star = if self.prefixes { ":*" } else { "" };
        let all: Vec<String> = self.words.iter().map(|word| format!("'{word}'{star}")).collect();
        all.join(" & ")
    }
}

/// Writes a new ticket's texts into the index.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn insert(tx: &mut Tx<'_>, ticket: TicketId, public: &str, internal: &str) -> Result<(), DbError> {
    match tx.conn() {
        Conn::Sqlite(conn) => diesel::insert_into(ticket_search::table)
            .values((
                ticket_search::rowid.eq(ticket.get()),
                ticket_search::public.eq(public),
                ticket_search::internal.eq(internal),
            ))
            .execute(conn)?,
        Conn::Pg(conn) => diesel::sql_query(
            "INSERT INTO ticket_search (ticket_id, public, everything) \
             VALUES ($1, to_tsvector('swedish', $2), to_tsvector('swedish', $3)) \
             ON CONFLICT (ticket_id) DO UPDATE SET public = excluded.public, everything = excluded.everything",
        )
        .bind::<BigInt, _>(ticket.get())
        .bind::<Text, _>(public)
        .bind::<Text, _>(format!("{public}\n{internal}"))
        .execute(conn)?,
    };
    Ok(())
}

/// Writes the texts of many new tickets, none of which has internal ones.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn insert_many(tx: &mut Tx<'_>, texts: &[(TicketId, String)]) -> Result<(), DbError> {
    match tx.conn() {
        Conn::Sqlite(conn) => {
            for (ticket, public) in texts {
                diesel::insert_into(ticket_search::table)
                    .values((
                        ticket_search::rowid.eq(ticket.get()),
                        ticket_search::public.eq(public),
                        ticket_search::internal.eq(""),
                    ))
                    .execute(conn)?;
            }
        }
        Conn::Pg(conn) => {
            let tickets: Vec<i64> = texts.iter().map(|(ticket, _)| ticket.get()).collect();
            let public: Vec<&str> = texts.iter().map(|(_, public)| public.as_str()).collect();
            diesel::sql_query(
                "INSERT INTO ticket_search (ticket_id, public, everything) SELECT ticket, words, words \
                 FROM (SELECT ticket, to_tsvector('swedish', text) AS words \
                 FROM unnest($1, $2) AS texts (ticket, text) OFFSET 0) AS indexed",
            )
            .bind::<Array<BigInt>, _>(tickets)
            .bind::<Array<Text>, _>(public)
            .execute(conn)?;
        }
    }
    Ok(())
}

/// Writes a ticket's texts into the index in place of those before.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn replace(tx: &mut Tx<'_>, ticket: TicketId, public: &str, internal: &str) -> Result<(), DbError> {
    if let Conn::Sqlite(conn) = tx.conn() {
        diesel::delete(ticket_search::table.filter(ticket_search::rowid.eq(ticket.get()))).execute(conn)?;
    }
    insert(tx, ticket, public, internal)
}

/// Tickets in which all words occur, newest first, below a key, at most so many.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn matches(
    conn: &mut Conn,
    words: &Words,
    audience: Audience,
    below: TicketId,
    limit: i64,
) -> Result<Vec<TicketId>, DbError> {
    let found: Vec<Found> = match conn {
        // In diesel's own words rather than as SQL text, so that the prepared statement is kept.
        Conn::Sqlite(conn) => {
            let found: Vec<i64> = ticket_search::table
                .filter(Matches::new(ticket_search::all_texts, words.for_fts5(audience).into_sql::<Text>()))
                .filter(ticket_search::rowid.lt(below.get()))
                .order(ticket_search::rowid.desc())
                .limit(limit)
                .select(ticket_search::rowid)
                .load(conn)?;
            return Ok(found.into_iter().map(TicketId).collect());
        }
        // The materialised set keeps the planner from walking the key index in search of rare matches.
        Conn::Pg(conn) => diesel::sql_query(match audience {
            Audience::Requester => {
                "WITH found AS MATERIALIZED (SELECT ticket_id AS id FROM ticket_search \
                 WHERE public @@ to_tsquery('swedish', $1) AND ticket_id < $2 LIMIT 20000) \
                 SELECT id FROM found ORDER BY id DESC LIMIT $3"
            }
            Audience::Staff => {
                "WITH found AS MATERIALIZED (SELECT ticket_id AS id FROM ticket_search \
                 WHERE everything @@ to_tsquery('swedish', $1) AND ticket_id < $2 LIMIT 20000) \
                 SELECT id FROM found ORDER BY id DESC LIMIT $3"
            }
        })
        .bind::<Text, _>(words.for_tsquery())
        .bind::<BigInt, _>(below.get())
        .bind::<BigInt, _>(limit)
        .load(conn)?,
    };
    Ok(found.into_iter().map(|f| TicketId(f.id)).collect())
}

/// Which of these tickets hold all the words.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn matches_among(
    conn: &mut Conn,
    words: &Words,
    audience: Audience,
    tickets: &[TicketId],
) -> Result<Vec<TicketId>, DbError> {
    let among: Vec<String> = tickets.iter().map(ToString::to_string).collect();
    if among.is_empty() {
        return Ok(Vec::new());
    }
    // Keys are numbers of ours, so they may stand in the statement.
    let among = among.join(",");
    let found: Vec<Found> = match conn {
        Conn::Sqlite(conn) => diesel::sql_query(format!(
            "SELECT rowid AS id FROM ticket_search WHERE ticket_search MATCH $1 AND rowid IN ({among}) \
             ORDER BY rowid DESC"
        ))
        .bind::<Text, _>(words.for_fts5(audience))
        .load(conn)?,
        Conn::Pg(conn) => {
            let column = match audience {
                Audience::Requester => "public",
                Audience::Staff => "everything",
            };
            diesel::sql_query(format!(
                "SELECT ticket_id AS id FROM ticket_search WHERE ticket_id IN ({among}) \
                 AND {column} @@ to_tsquery('swedish', $1) ORDER BY ticket_id DESC"
            ))
            .bind::<Text, _>(words.for_tsquery())
            .load(conn)?
        }
    };
    Ok(found.into_iter().map(|f| TicketId(f.id)).collect())
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

diesel::infix_operator!(Matches, " MATCH ", backend: diesel::sqlite::Sqlite);

diesel::table! {
    ticket_search (rowid) {
        rowid -> BigInt,
        /// What FTS5 calls by the table's name: every column, to be matched.
        #[sql_name = "ticket_search"]
        all_texts -> Text,
        public -> Text,
        internal -> Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_letters_and_digits_reach_the_query() {
        let words = Words::parse("skrivare\" OR * (NEAR) ö'; DROP").unwrap();
        assert_eq!(
            words.for_fts5(Audience::Staff),
            "\"skrivare\" AND \"or\" AND \"near\" AND \"ö\" AND \"drop\""
        );
        assert_eq!(words.as_prefixes().for_tsquery(), "'skrivare':* & 'or':* & 'near':* & 'ö':* & 'drop':*");
        assert!(Words::parse(" -- ").is_none());
    }
}
