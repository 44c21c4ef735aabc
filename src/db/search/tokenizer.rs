//! The FTS5 tokenizer `swedish`: SQLite's own `unicode61` that keeps å, ä and ö apart from a and o,
//! then the Snowball stem of each word, so that `skrivare`, `skrivaren` and `skrivarna` meet.
//!
//! diesel hides its raw handle, so the tokenizer is registered through `sqlite3_auto_extension` for
//! every connection that the process opens from then on. A database with tables that use it can only
//! be searched and written by a process that has registered it; the `sqlite3` shell can't.

use std::ffi::{c_char, c_int, c_void};
use std::ptr;
use std::sync::OnceLock;

use libsqlite3_sys as ffi;
use rust_stemmers::{Algorithm, Stemmer};

use crate::db::DbError;

/// Shorter words have no ending to speak of.
const SHORTEST_STEMMED: usize = 4;
/// Longer ones are no words.
const LONGEST_STEMMED: usize = 63;

type OnToken = Option<unsafe extern "C" fn(*mut c_void, c_int, *const c_char, c_int, c_int, c_int) -> c_int>;

/// Registers the tokenizer for every SQLite connection opened afterwards; the first call does it, and
/// sets SQLite up for the process.
pub(in crate::db) fn register() -> Result<(), DbError> {
    static CODE: OnceLock<c_int> = OnceLock::new();
    static SET_UP: OnceLock<()> = OnceLock::new();
    SET_UP.get_or_init(|| {
        // A connection is only ever used by one thread at a time (diesel's isn't Sync), so SQLite's own
        // locks around each call are superfluous, and nobody reads its memory statistics. Refused once
        // SQLite has been used in this process, which costs speed and nothing else.
        // SAFETY: both options take the arguments given here, and run before any connection is opened.
        unsafe {
            ffi::sqlite3_config(ffi::SQLITE_CONFIG_MULTITHREAD);
            ffi::sqlite3_config(ffi::SQLITE_CONFIG_MEMSTATUS, 0_i32);
        }
    });
    // SAFETY: `extension` has the signature that SQLite documents for extension entry points, lives as
    // long as the process, and touches nothing but the connection it is given.
    let code = *CODE.get_or_init(|| unsafe { ffi::sqlite3_auto_extension(Some(extension)) });
    if code == ffi::SQLITE_OK {
        Ok(())
    } else {
        Err(DbError::Unavailable(format!("registering the search tokenizer: SQLite error {code}")))
    }
}

/// The functions of SQLite's own tokenizer, present in every build that has FTS5.
#[derive(Clone, Copy)]
struct Unicode61 {
    create:
        unsafe extern "C" fn(*mut c_void, *mut *const c_char, c_int, *mut *mut ffi::Fts5Tokenizer) -> c_int,
    delete: unsafe extern "C" fn(*mut ffi::Fts5Tokenizer),
    tokenize: unsafe extern "C" fn(
        *mut ffi::Fts5Tokenizer,
        *mut c_void,
        c_int,
        *const c_char,
        c_int,
        OnToken,
    ) -> c_int,
    user_data: *mut c_void,
}

/// One per FTS5 table and connection.
struct Swedish {
    inner: *mut ffi::Fts5Tokenizer,
    unicode61: Unicode61,
    stemmer: Stemmer,
}

/// Hands each word of one text on to FTS5.
struct Words<'a> {
    stemmer: &'a Stemmer,
    on_token: unsafe extern "C" fn(*mut c_void, c_int, *const c_char, c_int, c_int, c_int) -> c_int,
    context: *mut c_void,
}

/// Called by SQLite for each new connection.
unsafe extern "C" fn extension(
    db: *mut ffi::sqlite3,
    _message: *mut *mut c_char,
    _api: *const ffi::sqlite3_api_routines,
) -> c_int {
    // SAFETY: SQLite hands over a connection that is open for the length of this call.
    unsafe {
        let api = match fts5_api(db) {
            Ok(api) => api,
            Err(code) => return code,
        };
        let (Some(find), Some(register)) = ((*api).xFindTokenizer, (*api).xCreateTokenizer) else {
            return ffi::SQLITE_ERROR;
        };
        let mut user_data = ptr::null_mut();
        let mut found = ffi::fts5_tokenizer { xCreate: None, xDelete: None, xTokenize: None };
        let code = find(api, c"unicode61".as_ptr(), &raw mut user_data, &raw mut found);
        if code != ffi::SQLITE_OK {
            return code;
        }
        let (Some(create), Some(delete), Some(tokenize)) = (found.xCreate, found.xDelete, found.xTokenize)
        else {
            return ffi::SQLITE_ERROR;
        };
        let unicode61 = Box::into_raw(Box::new(Unicode61 { create, delete, tokenize, user_data }));
        let mut ours = ffi::fts5_tokenizer {
            xCreate: Some(create_swedish),
            xDelete: Some(delete_swedish),
            xTokenize: Some(tokenize_swedish),
        };
        register(api, c"swedish".as_ptr(), unicode61.cast(), &raw mut ours, Some(drop_unicode61))
    }
}

/// FTS5's API as its documentation says to fetch it: through a pointer bound to `SELECT fts5(?1)`.
unsafe fn fts5_api(db: *mut ffi::sqlite3) -> Result<*mut ffi::fts5_api, c_int> {
    // SAFETY: the caller's connection is open; the statement is finalized here, and `api` outlives it.
    unsafe {
        let mut statement = ptr::null_mut();
        let query = c"SELECT fts5(?1)";
        let code = ffi::sqlite3_prepare_v2(db, query.as_ptr(), -1, &raw mut statement, ptr::null_mut());
        if code != ffi::SQLITE_OK {
            return Err(code);
        }
        let mut api: *mut ffi::fts5_api = ptr::null_mut();
        let kind = c"fts5_api_ptr";
        ffi::sqlite3_bind_pointer(statement, 1, (&raw mut api).cast(), kind.as_ptr(), None);
        ffi::sqlite3_step(statement);
        ffi::sqlite3_finalize(statement);
        if api.is_null() { Err(ffi::SQLITE_ERROR) } else { Ok(api) }
    }
}

unsafe extern "C" fn create_swedish(
    user_data: *mut c_void,
    _arguments: *mut *const c_char,
    _count: c_int,
    out: *mut *mut ffi::Fts5Tokenizer,
) -> c_int {
    // SAFETY: `user_data` is the `Unicode61` that `extension` registered, which SQLite drops only after
    // the last tokenizer; `out` is where SQLite wants the new one.
    unsafe {
        let unicode61 = *user_data.cast::<Unicode61>();
        let mut arguments = [c"remove_diacritics".as_ptr(), c"0".as_ptr()];
        let mut inner = ptr::null_mut();
        let code = (unicode61.create)(unicode61.user_data, arguments.as_mut_ptr(), 2, &raw mut inner);
        if code != ffi::SQLITE_OK {
            return code;
        }
        let swedish = Swedish { inner, unicode61, stemmer: Stemmer::create(Algorithm::Swedish) };
        *out = Box::into_raw(Box::new(swedish)).cast();
        ffi::SQLITE_OK
    }
}

unsafe extern "C" fn delete_swedish(tokenizer: *mut ffi::Fts5Tokenizer) {
    // SAFETY: made by `create_swedish`; SQLite deletes each tokenizer once.
    unsafe {
        let swedish = Box::from_raw(tokenizer.cast::<Swedish>());
        (swedish.unicode61.delete)(swedish.inner);
    }
}

unsafe extern "C" fn tokenize_swedish(
    tokenizer: *mut ffi::Fts5Tokenizer,
    context: *mut c_void,
    flags: c_int,
    text: *const c_char,
    length: c_int,
    on_token: OnToken,
) -> c_int {
    let Some(on_token) = on_token else { return ffi::SQLITE_ERROR };
    // SAFETY: made by `create_swedish` and alive during the call; `words` outlives the inner call,
    // which is the only one that uses the pointer to it.
    unsafe {
        let swedish = &*tokenizer.cast::<Swedish>();
        let mut words = Words { stemmer: &swedish.stemmer, on_token, context };
        let words = (&raw mut words).cast();
        (swedish.unicode61.tokenize)(swedish.inner, words, flags, text, length, Some(stem_word))
    }
}

unsafe extern "C" fn stem_word(
    words: *mut c_void,
    flags: c_int,
    word: *const c_char,
    length: c_int,
    start: c_int,
    end: c_int,
) -> c_int {
    // SAFETY: `words` is the `Words` of the `tokenize_swedish` call under way; SQLite gives `length`
    // readable bytes at `word`.
    unsafe {
        let words = &*words.cast::<Words<'_>>();
        let bytes = match usize::try_from(length) {
            Ok(n @ SHORTEST_STEMMED..=LONGEST_STEMMED) => std::slice::from_raw_parts(word.cast::<u8>(), n),
            _ => &[],
        };
        let stem = std::str::from_utf8(bytes).map(|text| words.stemmer.stem(text)).unwrap_or_default();
        match c_int::try_from(stem.len()) {
            Ok(stemmed) if stemmed > 0 => {
                (words.on_token)(words.context, flags, stem.as_ptr().cast(), stemmed, start, end)
            }
            _ => (words.on_token)(words.context, flags, word, length, start, end),
        }
    }
}

unsafe extern "C" fn drop_unicode61(user_data: *mut c_void) {
    // SAFETY: the box that `extension` handed over; SQLite calls this once.
    drop(unsafe { Box::from_raw(user_data.cast::<Unicode61>()) });
}

#[cfg(test)]
mod tests {
    use diesel::connection::SimpleConnection as _;
    use diesel::prelude::*;
    use diesel::sql_types::{BigInt, Text};

    #[derive(QueryableByName)]
    struct Hits {
        #[diesel(sql_type = BigInt)]
        hits: i64,
    }

    fn hits(conn: &mut SqliteConnection, query: &str) -> i64 {
        diesel::sql_query("SELECT count(*) AS hits FROM words WHERE words MATCH ?")
            .bind::<Text, _>(query)
            .get_result::<Hits>(conn)
            .unwrap()
            .hits
    }

    #[test]
    fn inflected_words_meet_and_diacritics_count() {
        super::register().unwrap();
        super::register().unwrap();
        let mut conn = SqliteConnection::establish(":memory:").unwrap();
        conn.batch_execute(
            "CREATE VIRTUAL TABLE words USING fts5(text, tokenize='swedish'); \
             INSERT INTO words VALUES ('Skrivaren på plan tre svarar inte'), ('Nya skrivare'), ('Får i hagen'), ('Far är ute')",
        )
        .unwrap();
        assert_eq!(hits(&mut conn, "skrivarna"), 2);
        assert_eq!(hits(&mut conn, "SKRIVARE"), 2);
        assert_eq!(hits(&mut conn, "får"), 1);
        assert_eq!(hits(&mut conn, "far"), 1);
        assert_eq!(hits(&mut conn, "plan AND skrivare"), 1);
    }

    #[test]
    fn endless_words_are_indexed_as_they_are() {
        super::register().unwrap();
        let mut conn = SqliteConnection::establish(":memory:").unwrap();
        let long = "å".repeat(5_000);
        conn.batch_execute("CREATE VIRTUAL TABLE words USING fts5(text, tokenize='swedish')").unwrap();
        diesel::sql_query("INSERT INTO words VALUES (?)").bind::<Text, _>(&long).execute(&mut conn).unwrap();
        assert_eq!(hits(&mut conn, &long), 1);
    }
}
