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

impl Audience {
    /// The column of PostgreSQL's index that holds what they may search.
    fn tsvector(self) -> &'static str {
        match self {
            Self::Requester => "public",
            Self::Staff => "everything",
        }
    }
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
        Conn::Pg(conn) => {
            let query = words.for_tsquery();
            let newest = walked(conn, &query, audience, below, limit, NEWEST_WALKED)?;
            if i64::try_from(newest.len()).is_ok_and(|found| found >= limit) {
                newest
            } else {
                match sorted(conn, &query, audience, below, limit)? {
                    Some(all) => all,
                    None => walked(conn, &query, audience, below, limit, i64::MAX)?,
                }
            }
        }
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
            let column = audience.tsvector();
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

/// How many of the newest tickets PostgreSQL looks through before it asks the index: words that fill a page
/// from these are too frequent to be read and sorted.
const NEWEST_WALKED: i64 = 2_000;

/// How many matches PostgreSQL reads and sorts, GIN having no order of its own.
const MOST_SORTED: i64 = 20_000;

/// Walks down the tickets' keys, through so many of them, until there are enough. The inner rows have no
/// condition on the words, which leaves the planner no way but the keys'.
fn walked(
    conn: &mut PgConnection,
    query: &str,
    audience: Audience,
    below: TicketId,
    limit: i64,
    most: i64,
) -> Result<Vec<Found>, DbError> {
    let column = audience.tsvector();
    let sql = format!(
        "SELECT ticket_id AS id FROM (SELECT ticket_id, {column} AS words FROM ticket_search \
         WHERE ticket_id < $2 ORDER BY ticket_id DESC LIMIT $4) AS newest \
         WHERE words @@ to_tsquery('swedish', $1) ORDER BY ticket_id DESC LIMIT $3"
    );
    let found = diesel::sql_query(sql)
        .bind::<Text, _>(query)
        .bind::<BigInt, _>(below.get())
        .bind::<BigInt, _>(limit)
        .bind::<BigInt, _>(most);
    Ok(found.load(conn)?)
}

/// Reads every match and sorts them; nothing when there are too many. The materialised set keeps the planner
/// from walking the keys through the whole table in search of a rare word.
fn sorted(
    conn: &mut PgConnection,
    query: &str,
    audience: Audience,
    below: TicketId,
    limit: i64,
) -> Result<Option<Vec<Found>>, DbError> {
    let column = audience.tsvector();
    let sql = format!(
        "WITH found AS MATERIALIZED (SELECT ticket_id AS id FROM ticket_search \
         WHERE {column} @@ to_tsquery('swedish', $1) AND ticket_id < $2 LIMIT $4) \
         SELECT id, (SELECT count(*) FROM found) AS matches FROM found ORDER BY id DESC LIMIT $3"
    );
    let found: Vec<FoundAmong> = diesel::sql_query(sql)
        .bind::<Text, _>(query)
        .bind::<BigInt, _>(below.get())
        .bind::<BigInt, _>(limit)
        .bind::<BigInt, _>(MOST_SORTED)
        .load(conn)?;
    let are_all = found.first().is_none_or(|first| first.matches < MOST_SORTED);
    Ok(are_all.then(|| found.into_iter().map(|found| Found { id: found.id }).collect()))
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

#[derive(QueryableByName)]
struct FoundAmong {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = BigInt)]
    matches: i64,
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
    use crate::db::testing::TestDb;
    use diesel::connection::SimpleConnection as _;

    #[test]
    fn frequent_words_give_the_newest_and_leave_none_out() {
        let Some(test) = TestDb::postgres() else { return };
        let found = test.db.read_blocking(|conn| {
            let Conn::Pg(pg) = conn else { unreachable!("a PostgreSQL database") };
            pg.batch_execute(
                "ALTER TABLE ticket_search DROP CONSTRAINT ticket_search_ticket_id_fkey;
                 INSERT INTO ticket_search SELECT n, words, words FROM generate_series(1, 20500) AS n,
                 to_tsvector('swedish', 'skrivaren') AS words;
                 INSERT INTO ticket_search SELECT n, words, words FROM generate_series(20501, 23000) AS n,
                 to_tsvector('swedish', 'nätet') AS words; ANALYZE ticket_search",
            )
            .unwrap();
            let mut find = |text: &str, below: i64| {
                matches(conn, &Words::parse(text).unwrap(), Audience::Staff, TicketId(below), 3)
            };
            Ok::<_, DbError>([
                find("skrivare", i64::MAX)?,
                find("skrivare", 20_499)?,
                find("nätet", i64::MAX)?,
            ])
        });
        let ids = |ids: [i64; 3]| ids.map(TicketId).to_vec();
        assert_eq!(
            found.unwrap(),
            [ids([20_500, 20_499, 20_498]), ids([20_498, 20_497, 20_496]), ids([23_000, 22_999, 22_998])]
        );
    }

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
