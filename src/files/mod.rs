//! Stored files on disk under the data folder.
