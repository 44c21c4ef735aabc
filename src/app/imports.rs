//! History from another system.
