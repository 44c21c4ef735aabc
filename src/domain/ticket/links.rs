//! How tickets hang together.

use crate::text_enum;

text_enum! {
    /// What one ticket is to another, read from the first to the second.
    pub enum LinkKind {
        /// They have to do with each other.
        RelatesTo = "relatesTo",
        /// The first says the same as the second.
        Duplicates = "duplicates",
        /// The first comes from the second.
        CausedBy = "causedBy",
        /// The first is part of the second.
        PartOf = "partOf",
    }
}
