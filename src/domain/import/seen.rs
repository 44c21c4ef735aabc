//! Finding an id that stands twice in one file.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use super::row::ExternalId;

/// The ids met so far in a file, as 64-bit hashes: some 18 bytes a row instead of the ids themselves.
///
/// Two different ids share a hash once in 37 million files of a million rows, and such a file would be
/// refused though it is right; the key is random, so the next try passes.
#[derive(Debug, Default)]
pub struct SeenIds {
    hashes: HashSet<u64>,
    key: RandomState,
}

impl SeenIds {
    /// Remembers the id; false when it has been met before.
    pub fn insert(&mut self, id: &ExternalId) -> bool {
        self.hashes.insert(self.key.hash_one(id.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_of_two_is_found() {
        let mut seen = SeenIds::default();
        let id = |text| ExternalId::parse(text).unwrap();
        assert!(seen.insert(&id("A-1")));
        assert!(seen.insert(&id("a-1")));
        assert!(!seen.insert(&id(" A-1 ")));
    }
}
