//! Settings that administrators change while the server runs, each a JSON value under a key.

use diesel::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::schema::settings;
use super::{Conn, DbError, Tx, each};
use crate::domain::clock::Instant;

/// The setting, if it has been made.
///
/// # Errors
/// [`DbError::Inconsistent`] when what is stored isn't of this type; [`DbError`] when the query fails.
pub fn get<T: DeserializeOwned>(conn: &mut Conn, key: &str) -> Result<Option<T>, DbError> {
    let stored: Option<String> = settings::table.find(key).select(settings::value).first(conn).optional()?;
    stored.map(|json| serde_json::from_str(&json)).transpose().map_err(|_| DbError::Inconsistent {
        table: "settings",
        column: "value",
        row: 0,
    })
}

/// Makes or changes the setting.
///
/// # Errors
/// [`DbError`] when the statement fails or the value can't be written as JSON.
pub fn put<T: Serialize>(tx: &mut Tx<'_>, key: &str, value: &T, now: Instant) -> Result<(), DbError> {
    let json = serde_json::to_string(value)
        .map_err(|error| DbError::Query(diesel::result::Error::SerializationError(error.into())))?;
    let changes = (settings::value.eq(&json), settings::updated_at.eq(now));
    each!(tx.conn(), |c| diesel::insert_into(settings::table)
        .values((settings::key.eq(key), changes))
        .on_conflict(settings::key)
        .do_update()
        .set(changes)
        .execute(c))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::testing::each_backend;

    #[tokio::test]
    async fn setting_is_read_as_it_was_last_put() {
        for test in each_backend() {
            let db = &test.db;
            let now = Instant::from_micros(7);
            assert_eq!(db.read(|conn| get::<Vec<i64>>(conn, "k")).await.unwrap(), None);
            db.write(move |tx| put(tx, "k", &vec![1, 2], now)).await.unwrap();
            db.write(move |tx| put(tx, "k", &vec![3], now)).await.unwrap();
            assert_eq!(db.read(|conn| get::<Vec<i64>>(conn, "k")).await.unwrap(), Some(vec![3]));
            let wrong = db.read(|conn| get::<bool>(conn, "k")).await;
            assert!(matches!(wrong, Err(DbError::Inconsistent { table: "settings", .. })), "{wrong:?}");
        }
    }
}
