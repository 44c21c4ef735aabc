//! What PostgreSQL's migrations make.

use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Nullable, Text};

use super::{Column, Schema, is_compared, plain_condition, words_of_check};

#[derive(QueryableByName)]
struct ColumnRow {
    #[diesel(sql_type = Text)]
    table: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    class: String,
    #[diesel(sql_type = Bool)]
    is_nullable: bool,
}

#[derive(QueryableByName)]
struct ConstraintRow {
    #[diesel(sql_type = Text)]
    table: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Array<Text>)]
    columns: Vec<String>,
    #[diesel(sql_type = Nullable<Text>)]
    referred_table: Option<String>,
    #[diesel(sql_type = Array<Text>)]
    referred_columns: Vec<String>,
    #[diesel(sql_type = Text)]
    definition: String,
}

#[derive(QueryableByName)]
struct IndexRow {
    #[diesel(sql_type = Text)]
    table: String,
    #[diesel(sql_type = Bool)]
    is_unique: bool,
    #[diesel(sql_type = Array<Text>)]
    columns: Vec<String>,
    #[diesel(sql_type = Text)]
    condition: String,
}

const COLUMNS: &str = "SELECT table_name::text AS \"table\", column_name::text AS name, \
    data_type::text AS class, is_nullable = 'YES' AS is_nullable \
    FROM information_schema.columns WHERE table_schema = 'public'";

const CONSTRAINTS: &str = "SELECT c.conrelid::regclass::text AS \"table\", c.contype::text AS kind, \
    ARRAY(SELECT a.attname::text FROM unnest(c.conkey) WITH ORDINALITY k(n, o) \
      JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.n ORDER BY k.o) AS columns, \
    CASE WHEN c.confrelid = 0 THEN NULL ELSE c.confrelid::regclass::text END AS referred_table, \
    ARRAY(SELECT a.attname::text FROM unnest(c.confkey) WITH ORDINALITY k(n, o) \
      JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.n ORDER BY k.o) AS referred_columns, \
    pg_get_constraintdef(c.oid) AS definition \
    FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace \
    WHERE n.nspname = 'public' AND c.contype IN ('p', 'f', 'c')";

const INDEXES: &str = "SELECT i.indrelid::regclass::text AS \"table\", i.indisunique AS is_unique, \
    ARRAY(SELECT pg_get_indexdef(i.indexrelid, n, true) FROM generate_series(1, i.indnkeyatts) n) AS columns, \
    coalesce(pg_get_expr(i.indpred, i.indrelid), '') AS condition \
    FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace \
    WHERE n.nspname = 'public' AND NOT i.indisprimary";

pub fn schema(url: &str) -> Schema {
    let mut conn = PgConnection::establish(url).unwrap();
    let mut schema = Schema::new();
    let rows: Vec<ColumnRow> = diesel::sql_query(COLUMNS).load(&mut conn).unwrap();
    for row in rows.into_iter().filter(|row| is_compared(&row.table)) {
        let class = match row.class.as_str() {
            "bigint" => "BigInt",
            "text" => "Text",
            "boolean" => "Bool",
            other => panic!("{}.{} is {other}", row.table, row.name),
        };
        let column = Column { class: class.to_owned(), is_nullable: row.is_nullable };
        schema.entry(row.table).or_default().columns.insert(row.name, column);
    }
    let rows: Vec<ConstraintRow> = diesel::sql_query(CONSTRAINTS).load(&mut conn).unwrap();
    for row in rows.into_iter().filter(|row| is_compared(&row.table)) {
        let table = schema.entry(row.table).or_default();
        match (row.kind.as_str(), row.columns.as_slice(), row.referred_columns.as_slice()) {
            ("p", _, _) => table.primary_key = row.columns,
            ("c", [column], _) => {
                table.checks.insert(column.clone(), words_of_check(&row.definition));
            }
            ("f", [column], [referred]) => {
                table.foreign_keys.insert(column.clone(), (row.referred_table.unwrap(), referred.clone()));
            }
            _ => panic!("not foreseen: {}", row.definition),
        }
    }
    let rows: Vec<IndexRow> = diesel::sql_query(INDEXES).load(&mut conn).unwrap();
    for row in rows.into_iter().filter(|row| is_compared(&row.table)) {
        let table = schema.entry(row.table).or_default();
        let set = if row.is_unique { &mut table.unique } else { &mut table.indexes };
        set.insert((row.columns, plain_condition(&row.condition)));
    }
    schema
}
