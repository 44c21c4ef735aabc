use diesel::prelude::*;

use super::*;
use crate::db::DbError;
use crate::db::jobs::JobState;
use crate::db::schema::{jobs, settings};
use crate::db::testing::each_backend;

#[tokio::test]
async fn columns_give_back_what_was_put_in() {
    for test in each_backend() {
        let value = JsonText(vec!["å".to_owned(), "\"".to_owned()]);
        let put = (settings::key.eq("k"), settings::value.eq(value.clone()));
        test.db
            .write(move |tx| {
                let row = (put.clone(), settings::updated_at.eq(Instant::from_micros(-7)));
                Ok::<_, DbError>(diesel::insert_into(settings::table).values(row).execute(tx.conn())?)
            })
            .await
            .unwrap();
        let got: (JsonText<Vec<String>>, Instant, Option<TicketId>) = test
            .db
            .read(|conn| {
                let columns = (settings::value, settings::updated_at, settings::updated_at.nullable());
                let found = settings::updated_at.eq_any([Instant::from_micros(-7)]);
                Ok::<_, DbError>(settings::table.filter(found).select(columns).first(conn)?)
            })
            .await
            .unwrap();
        assert_eq!(got, (value, Instant::from_micros(-7), Some(TicketId(-7))));
    }
}

#[tokio::test]
async fn absent_instant_is_null_and_foreign_text_is_refused() {
    for test in each_backend() {
        let row = (
            (jobs::kind.eq("k"), jobs::payload.eq("{}"), jobs::state.eq(AsText(JobState::Ready))),
            (jobs::priority.eq(0), jobs::run_at.eq(0), jobs::max_attempts.eq(1), jobs::created_at.eq(0)),
            jobs::lease_until.eq(None::<Instant>),
        );
        test.db
            .write(move |tx| {
                Ok::<_, DbError>(diesel::insert_into(jobs::table).values(row).execute(tx.conn())?)
            })
            .await
            .unwrap();
        let lease: Option<Instant> = test
            .db
            .read(|c| Ok::<_, DbError>(jobs::table.select(jobs::lease_until).first(c)?))
            .await
            .unwrap();
        assert_eq!(lease, None);
        let foreign = test
            .db
            .read(|c| Ok::<_, DbError>(jobs::table.select(jobs::kind).first::<AsText<JobState>>(c)?))
            .await;
        assert!(matches!(foreign, Err(DbError::Query(_))), "{foreign:?}");
    }
}
