//! Stored files on disk under the data folder.
//!
//! A file is written beside its place, synced, and then renamed, so that a name always stands for a
//! whole file. Names are random and carry nothing of the name it was uploaded under.

mod spool;

pub use spool::{Spool, SpoolError, Waiting};

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The folder that holds the files.
#[derive(Debug, Clone)]
pub struct FileStore {
    root: PathBuf,
    spool: Spool,
}

impl FileStore {
    /// Opens the folder and makes it where it is missing.
    ///
    /// # Errors
    /// When it can't be made.
    pub fn open(root: &Path) -> io::Result<Self> {
        fs::create_dir_all(root)?;
        Ok(Self { root: root.to_owned(), spool: Spool::open(&root.join("spool"))? })
    }

    /// Messages that a mail server has handed over; on the same disk, so that they are taken in without copying.
    #[must_use]
    pub const fn spool(&self) -> &Spool {
        &self.spool
    }

    /// A path for bytes that are still arriving.
    #[must_use]
    pub fn incoming(&self, key: &str) -> PathBuf {
        self.root.join(format!("{}.part", safe(key)))
    }

    /// Makes what has arrived at [`Self::incoming`] durable and gives it its name.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn keep(&self, key: &str) -> io::Result<()> {
        let from = self.incoming(key);
        fs::File::open(&from)?.sync_all()?;
        let to = self.path(key);
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::rename(&from, &to)?;
        to.parent().map_or(Ok(()), |folder| fs::File::open(folder)?.sync_all())
    }

    /// Where a file lies: two letters of its key are a folder, so that no folder grows large.
    #[must_use]
    pub fn path(&self, key: &str) -> PathBuf {
        let key = safe(key);
        let folder: String = key.chars().take(2).collect();
        self.root.join(folder).join(key)
    }

    /// Removes what began to arrive so long ago that it never will; gives how many files that were.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn remove_unfinished(&self, older_than: Duration) -> io::Result<usize> {
        let mut removed = 0;
        let mut unfinished = self.spool.unfinished()?;
        for entry in fs::read_dir(&self.root)? {
            unfinished.push(entry?.path());
            unfinished.pop_if(|path| path.extension().is_none_or(|extension| extension != "part"));
        }
        for path in unfinished {
            // It may become whole, or be removed by another server, at any moment.
            let Ok(modified) = fs::metadata(&path).and_then(|file| file.modified()) else { continue };
            if modified.elapsed().is_ok_and(|age| age > older_than) {
                match fs::remove_file(&path) {
                    Ok(()) => removed += 1,
                    Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                    // Another account's, in the spool: the rest goes nevertheless.
                    Err(error) => {
                        tracing::warn!(%error, file = %path.display(), "Removing a file that broke off failed");
                    }
                }
            }
        }
        Ok(removed)
    }

    /// Removes a file, whole or still arriving; one that isn't there is no fault.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn remove(&self, key: &str) -> io::Result<()> {
        for path in [self.incoming(key), self.path(key)] {
            match fs::remove_file(path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }
}

/// Keys are ours, but a path is never built of anything else than letters and digits.
fn safe(key: &str) -> String {
    key.chars().filter(char::is_ascii_alphanumeric).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_never_leaves_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let store = FileStore::open(folder.path()).unwrap();
        assert_eq!(store.path("../../etc/passwd"), folder.path().join("et/etcpasswd"));
    }

    #[test]
    fn a_file_is_whole_or_not_there() {
        let folder = tempfile::tempdir().unwrap();
        let store = FileStore::open(folder.path()).unwrap();
        std::fs::write(store.incoming("ab12"), b"bytes").unwrap();
        assert!(!store.path("ab12").exists());
        store.keep("ab12").unwrap();
        assert_eq!(std::fs::read(store.path("ab12")).unwrap(), b"bytes");
        store.remove("ab12").unwrap();
        store.remove("ab12").unwrap();
        assert!(!store.path("ab12").exists());
    }

    #[test]
    fn only_what_never_arrived_is_swept_away() {
        let folder = tempfile::tempdir().unwrap();
        let store = FileStore::open(folder.path()).unwrap();
        let hours_ago =
            |hours: u64| std::time::UNIX_EPOCH.elapsed().unwrap() - Duration::from_secs(hours * 3_600);
        let handed_over = |key: &str| folder.path().join("spool/tmp").join(key);
        for (path, hours) in [
            (store.incoming("old1"), 25),
            (store.incoming("new1"), 23),
            (store.incoming("kept"), 25),
            (handed_over("old2"), 25),
            (handed_over("new2"), 23),
        ] {
            let file = fs::File::create(path).unwrap();
            file.set_modified(std::time::UNIX_EPOCH + hours_ago(hours)).unwrap();
        }
        store.keep("kept").unwrap();
        assert_eq!(store.remove_unfinished(Duration::from_secs(24 * 3_600)).unwrap(), 2);
        assert!(!handed_over("old2").exists() && handed_over("new2").exists());
        assert!(!store.incoming("old1").exists() && store.incoming("new1").exists());
        assert!(store.path("kept").exists());
    }
}
