//! What SQLite's migrations make.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};

use super::{Column, Schema, Table, is_compared, plain_condition, words_of_check};

#[derive(QueryableByName)]
struct Made {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    sql: String,
}

#[derive(QueryableByName)]
struct ColumnRow {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    class: String,
    #[diesel(sql_type = BigInt)]
    is_required: i64,
    #[diesel(sql_type = BigInt)]
    place_in_key: i64,
}

#[derive(QueryableByName)]
struct ForeignKeyRow {
    #[diesel(sql_type = Text)]
    column: String,
    #[diesel(sql_type = Text)]
    referred_table: String,
    #[diesel(sql_type = Nullable<Text>)]
    referred_column: Option<String>,
}

#[derive(QueryableByName)]
struct IndexRow {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = BigInt)]
    is_unique: i64,
    #[diesel(sql_type = Nullable<Text>)]
    sql: Option<String>,
}

#[derive(QueryableByName)]
struct NameRow {
    #[diesel(sql_type = Text)]
    name: String,
}

pub fn schema(file: &str) -> Schema {
    let mut conn = SqliteConnection::establish(file).unwrap();
    let violations: Vec<NameRow> =
        diesel::sql_query("SELECT \"table\" AS name FROM pragma_foreign_key_check").load(&mut conn).unwrap();
    assert!(violations.is_empty(), "rows refer to nothing");
    let tables: Vec<Made> = diesel::sql_query(
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    )
    .load(&mut conn)
    .unwrap();
    tables
        .into_iter()
        .filter(|made| is_compared(&made.name))
        .map(|made| {
            let table = table(&mut conn, &made);
            (made.name, table)
        })
        .collect()
}

fn table(conn: &mut SqliteConnection, made: &Made) -> Table {
    let mut table = Table { checks: checks(&made.sql), ..Table::default() };
    let rows: Vec<ColumnRow> = diesel::sql_query(
        "SELECT name, type AS class, \"notnull\" AS is_required, pk AS place_in_key FROM pragma_table_info($1)",
    )
    .bind::<Text, _>(&made.name)
    .load(conn)
    .unwrap();
    let mut key: Vec<(i64, String)> = Vec::new();
    for row in rows {
        if row.place_in_key > 0 {
            key.push((row.place_in_key, row.name.clone()));
        }
        let class = match row.class.as_str() {
            "INTEGER" | "BIGINT" => "BigInt",
            "TEXT" => "Text",
            "BOOLEAN" => "Bool",
            other => panic!("{}.{} is {other}", made.name, row.name),
        };
        // A primary key holds no NULL in any of our tables, said or not.
        let is_nullable = row.is_required == 0 && row.place_in_key == 0;
        table.columns.insert(row.name, Column { class: class.to_owned(), is_nullable });
    }
    key.sort();
    table.primary_key = key.into_iter().map(|(_, name)| name).collect();
    let rows: Vec<ForeignKeyRow> = diesel::sql_query(
        "SELECT \"from\" AS \"column\", \"table\" AS referred_table, \"to\" AS referred_column \
         FROM pragma_foreign_key_list($1)",
    )
    .bind::<Text, _>(&made.name)
    .load(conn)
    .unwrap();
    table.foreign_keys = rows
        .into_iter()
        .map(|row| (row.column, (row.referred_table, row.referred_column.unwrap_or("id".to_owned()))))
        .collect();
    read_indexes(conn, &made.name, &mut table);
    table
}

fn read_indexes(conn: &mut SqliteConnection, name: &str, table: &mut Table) {
    let indexes: Vec<IndexRow> = diesel::sql_query(
        "SELECT l.name, l.\"unique\" AS is_unique, m.sql FROM pragma_index_list($1) l \
         LEFT JOIN sqlite_master m ON m.name = l.name WHERE l.origin <> 'pk'",
    )
    .bind::<Text, _>(name)
    .load(conn)
    .unwrap();
    for index in indexes {
        let columns: Vec<NameRow> =
            diesel::sql_query("SELECT name FROM pragma_index_info($1) ORDER BY seqno")
                .bind::<Text, _>(&index.name)
                .load(conn)
                .unwrap();
        let columns = columns.into_iter().map(|row| row.name).collect();
        let sql = index.sql.unwrap_or_default();
        let condition = sql.split_once(" WHERE ").map(|(_, condition)| plain_condition(condition));
        let set = if index.is_unique == 1 { &mut table.unique } else { &mut table.indexes };
        set.insert((columns, condition.unwrap_or_default()));
    }
}

/// The checks in a table's own text, by the column they begin with.
fn checks(sql: &str) -> std::collections::BTreeMap<String, Vec<String>> {
    sql.split("CHECK (")
        .skip(1)
        .map(|rest| {
            let mut depth = 1;
            let inside: String = rest
                .chars()
                .take_while(|c| {
                    depth += match c {
                        '(' => 1,
                        ')' => -1,
                        _ => 0,
                    };
                    depth > 0
                })
                .collect();
            let (column, _) = inside.split_once(' ').unwrap();
            (column.to_owned(), words_of_check(&inside))
        })
        .collect()
}
