//! Every text a person reads, in Swedish and English.
//!
//! The texts lie in `locales/{sv,en}/*.ftl` (Fluent) and are part of the binary. [`texts`] gives one
//! language; texts without arguments are formatted once at first use, so that a page with hundreds
//! of labels costs a hash look-up each. [`mod@format`] writes dates, numbers and sizes.

pub mod format;
mod texts;

pub use texts::{Arg, Texts, ToArg, texts, tr};
