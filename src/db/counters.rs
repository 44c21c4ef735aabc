//! Running numbers without gaps, taken in the transaction that uses them.

use diesel::prelude::*;

use super::schema::counters;
use super::{DbError, Tx, each};

/// Takes the next number of a counter; the first is 1.
///
/// # Errors
/// [`DbError`] when the statement fails.
pub fn next(tx: &mut Tx<'_>, name: &str) -> Result<i64, DbError> {
    take(tx, name, 1)
}

/// Takes `count` numbers in a row and gives the last of them.
///
/// # Errors
/// [`DbError`] when the statement fails.
pub fn take(tx: &mut Tx<'_>, name: &str, count: i64) -> Result<i64, DbError> {
    let counter = counters::table.filter(counters::name.eq(name));
    let taken: Option<i64> = diesel::update(counter)
        .set(counters::value.eq(counters::value + count))
        .returning(counters::value)
        .get_result(tx.conn())
        .optional()?;
    match taken {
        Some(last) => Ok(last),
        None => begin(tx, name, count),
    }
}

/// The first taking of a counter; another process may have just made it too.
fn begin(tx: &mut Tx<'_>, name: &str, count: i64) -> Result<i64, DbError> {
    let row = (counters::name.eq(name), counters::value.eq(count));
    Ok(each!(tx.conn(), |c| diesel::insert_into(counters::table)
        .values(row)
        .on_conflict(counters::name)
        .do_update()
        .set(counters::value.eq(counters::value + count))
        .returning(counters::value)
        .get_result(c))?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::testing::each_backend;

    #[tokio::test]
    async fn numbers_have_no_gaps_even_when_a_transaction_fails() {
        for test in each_backend() {
            let db = &test.db;
            assert_eq!(db.write(|tx| next(tx, "incident")).await.unwrap(), 1);
            let failed = db.write(|tx| {
                next(tx, "incident")?;
                Err::<i64, _>(DbError::Stale)
            });
            assert!(failed.await.is_err());
            assert_eq!(db.write(|tx| take(tx, "incident", 10)).await.unwrap(), 11);
            assert_eq!(db.write(|tx| take(tx, "request", 3)).await.unwrap(), 3);
        }
    }

    #[tokio::test]
    async fn takers_at_the_same_time_get_different_numbers() {
        for test in each_backend() {
            let takings = (0..40).map(|_| test.db.write(|tx| next(tx, "incident")));
            let mut numbers = futures_util::future::try_join_all(takings).await.unwrap();
            numbers.sort_unstable();
            assert_eq!(numbers, (1..=40).collect::<Vec<i64>>());
        }
    }
}
