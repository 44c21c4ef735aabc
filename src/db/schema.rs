//! The tables as diesel sees them, one description for both databases. Kept by hand; the parity test
//! compares it with what the migrations make (`tests/it/schema_parity.rs`).

#![expect(missing_docs, reason = "the migrations explain tables and columns")]

diesel::table! {
    jobs (id) {
        id -> BigInt,
        kind -> Text,
        payload -> Text,
        dedupe_key -> Nullable<Text>,
        state -> Text,
        priority -> BigInt,
        run_at -> BigInt,
        attempts -> BigInt,
        max_attempts -> BigInt,
        lease_owner -> Nullable<Text>,
        lease_until -> Nullable<BigInt>,
        last_error -> Nullable<Text>,
        created_at -> BigInt,
    }
}

diesel::table! {
    settings (key) {
        key -> Text,
        value -> Text,
        updated_at -> BigInt,
    }
}

diesel::table! {
    counters (name) {
        name -> Text,
        value -> BigInt,
    }
}
