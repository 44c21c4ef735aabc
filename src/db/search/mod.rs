//! Full text search, the one place where the two databases differ by nature.

mod index;
mod tokenizer;

pub use index::{Audience, Words, insert, insert_many, matches, matches_among, replace};
pub(super) use tokenizer::register as register_tokenizer;
