//! Full text search, the one place where the two databases differ by nature.

mod tokenizer;

pub(super) use tokenizer::register as register_tokenizer;
