//! E-mail as bytes: reading what comes in. What a message means is decided in `domain::mail`.

pub mod html;
pub mod parse;
pub mod tnef;
