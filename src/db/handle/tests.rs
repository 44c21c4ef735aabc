use std::future::Future as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;

use super::*;
use crate::db::schema::{counters, settings};
use crate::db::testing::{TestDb, each_backend};

fn put(tx: &mut Tx<'_>, key: &str, value: &str) -> Result<(), DbError> {
    diesel::insert_into(settings::table)
        .values((settings::key.eq(key), settings::value.eq(value), settings::updated_at.eq(0)))
        .execute(tx.conn())?;
    Ok(())
}

fn keys(conn: &mut Conn) -> Result<Vec<String>, DbError> {
    Ok(settings::table.select(settings::key).order(settings::key).load(conn)?)
}

#[tokio::test]
async fn what_is_written_is_read_in_every_way() {
    for test in each_backend() {
        let db = &test.db;
        db.write(|tx| put(tx, "a", "1")).await.unwrap();
        db.clone().write_blocking(|tx| put(tx, "b", "2")).unwrap();
        assert_eq!(db.read(keys).await.unwrap(), ["a", "b"]);
        assert_eq!(db.point(keys).await.unwrap(), ["a", "b"]);
        assert_eq!(db.read_blocking(keys).unwrap(), ["a", "b"]);
        db.ready().unwrap();
    }
}

#[tokio::test]
async fn failed_work_leaves_nothing_and_its_neighbours_alone() {
    for test in each_backend() {
        let db = &test.db;
        let writes = (0..40).map(|n| {
            db.write(move |tx| {
                put(tx, &format!("{n:02}"), "x")?;
                if n % 4 == 0 { Err(DbError::Stale) } else { Ok(()) }
            })
        });
        let results = futures_util::future::join_all(writes).await;
        for (n, result) in results.iter().enumerate() {
            assert_eq!(result.is_err(), n % 4 == 0, "{n}: {result:?}");
        }
        let kept = db.read(keys).await.unwrap();
        assert_eq!(kept.len(), 30);
        assert!(kept.iter().all(|key| key.parse::<u32>().unwrap() % 4 != 0), "{kept:?}");
    }
}

#[tokio::test]
async fn panic_in_nested_transaction_reaches_its_caller_only() {
    for test in each_backend() {
        let db = &test.db;
        let panicking = db.write(|tx| {
            put(tx, "gone", "x")?;
            tx.conn().transaction::<(), DbError, _>(|_| panic!("boom"))
        });
        let (before, panicked, after) = tokio::join!(
            db.write(|tx| put(tx, "before", "x")),
            panicking,
            db.write(|tx| put(tx, "after", "x"))
        );
        before.unwrap();
        after.unwrap();
        assert!(matches!(panicked, Err(DbError::Panicked(message)) if message == "boom"));
        assert_eq!(db.read(keys).await.unwrap(), ["after", "before"]);
    }
}

#[tokio::test]
async fn panic_in_a_query_is_an_error_and_the_next_query_works() {
    for test in each_backend() {
        for panicked in [
            test.db.read::<(), DbError, _>(|_| panic!("boom")).await,
            test.db.point::<(), DbError, _>(|_| panic!("boom")).await,
        ] {
            assert!(
                matches!(&panicked, Err(DbError::Panicked(message)) if message == "boom"),
                "{panicked:?}"
            );
        }
        assert!(test.db.read(keys).await.unwrap().is_empty());
        assert!(test.db.point(keys).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn unique_violation_names_table_and_column() {
    for test in each_backend() {
        test.db.write(|tx| put(tx, "a", "1")).await.unwrap();
        let error = test.db.write(|tx| put(tx, "a", "2")).await.unwrap_err();
        assert!(error.violates_unique("settings", "key"), "{error:?}");
        assert!(!error.violates_unique("settings", "value"));
    }
}

#[tokio::test]
async fn queries_cannot_write_on_sqlite() {
    let test = TestDb::sqlite();
    for result in [
        test.db.read(|conn| Ok::<_, DbError>(conn.batch_execute("DELETE FROM settings")?)).await,
        test.db.point(|conn| Ok::<_, DbError>(conn.batch_execute("DELETE FROM settings")?)).await,
    ] {
        assert!(matches!(result, Err(DbError::Storage(_))), "{result:?}");
    }
}

#[tokio::test]
async fn full_queue_turns_callers_away_and_serves_those_within() {
    let test = TestDb::sqlite();
    let (release, held) = std::sync::mpsc::channel::<()>();
    let held = std::sync::Mutex::new(held);
    let (started, has_started) = tokio::sync::oneshot::channel();
    let started = std::sync::Mutex::new(Some(started));
    let db = test.db.clone();
    let first = tokio::spawn(async move {
        db.write(move |_| {
            if let Some(started) = started.lock().unwrap().take() {
                started.send(()).unwrap();
            }
            held.lock().unwrap().recv().unwrap();
            Ok::<_, DbError>(())
        })
        .await
    });
    has_started.await.unwrap();
    let ran = Arc::new(AtomicUsize::new(0));
    let mut waiting: Vec<_> = Vec::new();
    for n in 0..5_000 {
        let ran = Arc::clone(&ran);
        let db = test.db.clone();
        let mut write = Box::pin(async move {
            db.write(move |_| {
                ran.fetch_add(1, Ordering::SeqCst);
                Ok::<_, DbError>(())
            })
            .await
        });
        match write.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Pending => waiting.push(write),
            Poll::Ready(result) => {
                assert!(matches!(result, Err(DbError::Busy)), "{n}: {result:?}");
            }
        }
    }
    assert_eq!(waiting.len(), 4_096);
    assert_eq!(test.db.writer_queue_len(), 4_096);
    release.send(()).unwrap();
    first.await.unwrap().unwrap();
    for result in futures_util::future::join_all(waiting).await {
        result.unwrap();
    }
    assert_eq!(ran.load(Ordering::SeqCst), 4_096);
}

#[tokio::test]
async fn full_disk_makes_the_database_read_only_until_a_write_succeeds() {
    let test = TestDb::sqlite();
    let db = &test.db;
    db.write(|tx| put(tx, "kept", "x")).await.unwrap();
    // SQLite then answers as if the disk had no room for another page.
    db.write(|tx| Ok::<_, DbError>(tx.conn().batch_execute("PRAGMA max_page_count = 1")?)).await.unwrap();
    let error = db.write(|tx| put(tx, "big", &"x".repeat(100_000))).await.unwrap_err();
    assert!(matches!(error, DbError::Storage(_)), "{error:?}");
    let refused = db.write(|tx| put(tx, "refused", "x")).await;
    assert!(matches!(refused, Err(DbError::ReadOnly)), "{refused:?}");
    assert!(matches!(db.ready(), Err(DbError::ReadOnly)));
    assert_eq!(db.read(keys).await.unwrap(), ["kept"]);
    // The probe opens the file anew, which lifts the limit set above.
    let deadline = std::time::Instant::now() + Duration::from_secs(20);
    while db.ready().is_err() {
        assert!(std::time::Instant::now() < deadline, "still read-only");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    db.write(|tx| put(tx, "later", "x")).await.unwrap();
    assert_eq!(db.read(keys).await.unwrap(), ["kept", "later"]);
}

#[tokio::test]
async fn answered_writes_are_there_after_reopening() {
    for mut test in each_backend() {
        test.db.write(|tx| put(tx, "a", "1")).await.unwrap();
        test.reopen();
        assert_eq!(test.db.read(keys).await.unwrap(), ["a"]);
    }
}

#[tokio::test]
async fn another_process_may_write_too() {
    let test = TestDb::sqlite();
    let other = Db::open(&test.options).unwrap();
    let both = (0..50).map(|n| {
        let db = if n % 2 == 0 { test.db.clone() } else { other.clone() };
        async move { db.write(move |tx| put(tx, &n.to_string(), "x")).await }
    });
    for result in futures_util::future::join_all(both).await {
        result.unwrap();
    }
    assert_eq!(test.db.read(keys).await.unwrap().len(), 50);
}

#[tokio::test]
async fn colliding_transactions_are_tried_again() {
    let Some(test) = TestDb::postgres() else { return };
    test.db
        .write(|tx| {
            let row = (counters::name.eq("n"), counters::value.eq(0));
            diesel::insert_into(counters::table).values(row).execute(tx.conn())?;
            Ok::<_, DbError>(())
        })
        .await
        .unwrap();
    let writes = (0..4).map(|_| {
        test.db.write(|tx| {
            tx.conn().batch_execute("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE")?;
            let value: i64 = counters::table.select(counters::value).first(tx.conn())?;
            tx.conn().batch_execute("SELECT pg_sleep(0.01)")?;
            diesel::update(counters::table).set(counters::value.eq(value + 1)).execute(tx.conn())?;
            Ok::<_, DbError>(())
        })
    });
    let kept = futures_util::future::join_all(writes).await.into_iter().filter(Result::is_ok).count();
    assert!(kept >= 2, "{kept}");
    let value: i64 = test
        .db
        .read(|conn| Ok::<_, DbError>(counters::table.select(counters::value).first(conn)?))
        .await
        .unwrap();
    assert_eq!(usize::try_from(value).unwrap(), kept);
}

#[tokio::test]
async fn backup_holds_what_was_committed_and_overwrites_nothing() {
    let test = TestDb::sqlite();
    test.db.write(|tx| put(tx, "a", "1")).await.unwrap();
    let copy = test.folder().join("copy.db");
    test.db.backup_sqlite(&copy).unwrap();
    assert!(matches!(test.db.backup_sqlite(&copy), Err(DbError::Storage(_))));
    let copy = Db::open(&DbOptions::new(format!("sqlite://{}", copy.display()))).unwrap();
    assert_eq!(copy.read(keys).await.unwrap(), ["a"]);
    assert!(copy.pending_migrations().unwrap().is_empty());
}

#[test]
fn migrating_twice_does_nothing_the_second_time() {
    for test in each_backend() {
        assert!(test.db.migrate().unwrap().is_empty());
        assert!(test.db.pending_migrations().unwrap().is_empty());
    }
}

#[test]
fn options_show_no_password() {
    let options = DbOptions::new("postgres://arende:hemligt@db.example.se/arende");
    assert!(!format!("{options:?}").contains("hemligt"));
}
