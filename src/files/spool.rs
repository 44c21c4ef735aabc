//! Messages that a mail server has handed over and that nobody has taken in yet.
//!
//! Like a maildir: written under `tmp`, synced, then renamed into `new`, so that a name in `new` always
//! stands for a whole message. Whoever hands over needs neither the database nor a running server.

use super::FileStore;
use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

const PIECE: usize = 64 * 1024;

/// The folder that holds them.
#[derive(Debug, Clone)]
pub struct Spool {
    root: PathBuf,
    /// What was taken in and can't be removed: it is passed over until the program starts anew.
    stuck: Arc<Mutex<HashSet<PathBuf>>>,
}

/// Why a message wasn't stored.
#[derive(Debug, thiserror::Error)]
pub enum SpoolError {
    /// It has more bytes than are taken in.
    #[error("the message is larger than {0} bytes")]
    TooLarge(u64),
    /// There was nothing.
    #[error("there was no message")]
    Empty,
    /// Disk or input fail.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// A message that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    path: PathBuf,
    /// The code of the mailbox it is for, where the mail server said so.
    pub mailbox: Option<String>,
}

impl Waiting {
    /// Where its bytes lie.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Spool {
    /// Opens the folder and makes it where it is missing.
    ///
    /// # Errors
    /// When it can't be made.
    pub fn open(root: &Path) -> io::Result<Self> {
        for folder in ["tmp", "new"] {
            fs::create_dir_all(root.join(folder))?;
        }
        Ok(Self { root: root.to_owned(), stuck: Arc::default() })
    }

    /// Stores one message. Once this returns it isn't lost any more. `name` is letters and digits, and no two
    /// messages have the same.
    ///
    /// # Errors
    /// [`SpoolError`]; then nothing is stored.
    pub fn put(
        &self,
        name: &str,
        mailbox: Option<&str>,
        mut message: impl Read,
        max_bytes: u64,
    ) -> Result<(), SpoolError> {
        let unfinished = self.root.join("tmp").join(name);
        let stored = write_to(&unfinished, &mut message, max_bytes);
        if let Err(error) = stored {
            // What can't be removed now lies in `tmp`, where nobody looks for messages.
            let _ = fs::remove_file(&unfinished);
            return Err(error);
        }
        let folder = self.root.join("new");
        let name = mailbox.map_or_else(|| name.to_owned(), |mailbox| format!("{name}@{mailbox}"));
        fs::rename(&unfinished, folder.join(name))?;
        File::open(&folder)?.sync_all()?;
        Ok(())
    }

    /// Messages that wait, in no order.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn waiting(&self) -> io::Result<impl Iterator<Item = io::Result<Waiting>> + use<>> {
        let stuck = self.stuck.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let entries = fs::read_dir(self.root.join("new"))?;
        let paths = entries.map(|entry| entry.map(|entry| entry.path()));
        let waiting = paths.filter(move |path| path.as_ref().map_or(true, |path| !stuck.contains(path)));
        Ok(waiting.map(|path| {
            path.map(|path| {
                let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
                let mailbox = name.split_once('@').map(|(_, mailbox)| mailbox.to_owned());
                Waiting { path, mailbox }
            })
        }))
    }

    /// Gives a waiting message a second name in the store, so that it lies in both places; a copy where that isn't
    /// allowed, as for files of another user. Its folder in the store isn't synced yet.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn link(&self, waiting: &Waiting, store: &FileStore, key: &str) -> io::Result<PathBuf> {
        let to = store.path(key);
        let folder = to.parent().unwrap_or(&to).to_owned();
        fs::create_dir_all(&folder)?;
        if fs::hard_link(&waiting.path, &to).is_err() {
            let copied = fs::copy(&waiting.path, store.incoming(key)).and_then(|_| store.keep(key));
            if let Err(error) = copied {
                // What can't be removed now is swept away with all that never arrived.
                let _ = fs::remove_file(store.incoming(key));
                return Err(error);
            }
        }
        Ok(folder)
    }

    /// Lets go of a message that was taken in. One that can't be removed is passed over from now on.
    ///
    /// # Errors
    /// When the disk fails; one that is gone already is no fault.
    pub fn remove(&self, waiting: &Waiting) -> io::Result<()> {
        match fs::remove_file(&waiting.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                let mut stuck = self.stuck.lock().unwrap_or_else(PoisonError::into_inner);
                stuck.insert(waiting.path.clone());
                Err(error)
            }
            _ => Ok(()),
        }
    }

    /// What was begun to be handed over and isn't whole yet, or never will be.
    pub(super) fn unfinished(&self) -> io::Result<Vec<PathBuf>> {
        fs::read_dir(self.root.join("tmp"))?.map(|entry| entry.map(|entry| entry.path())).collect()
    }
}

fn write_to(path: &Path, message: &mut impl Read, max_bytes: u64) -> Result<(), SpoolError> {
    let mut file = File::create_new(path)?;
    let mut piece = vec![0_u8; PIECE];
    let mut size = 0_u64;
    loop {
        let read = match message.read(&mut piece) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error.into()),
        };
        size += u64::try_from(read).unwrap_or(u64::MAX);
        if size > max_bytes {
            return Err(SpoolError::TooLarge(max_bytes));
        }
        file.write_all(piece.get(..read).unwrap_or_default())?;
    }
    if size == 0 {
        return Err(SpoolError::Empty);
    }
    Ok(file.sync_all()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(spool: &Spool) -> Vec<Waiting> {
        spool.waiting().unwrap().map(Result::unwrap).collect()
    }

    #[test]
    fn a_message_waits_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let spool = Spool::open(folder.path()).unwrap();
        spool.put("a1", Some("it"), &b"Subject: Hej\r\n\r\nDu"[..], 100).unwrap();
        assert!(matches!(spool.put("a2", None, &[b'x'; 101][..], 100), Err(SpoolError::TooLarge(100))));
        assert!(matches!(spool.put("a3", None, &b""[..], 100), Err(SpoolError::Empty)));
        let waiting = all(&spool);
        assert_eq!(waiting.len(), 1);
        assert_eq!(waiting[0].mailbox.as_deref(), Some("it"));
        assert_eq!(fs::read(waiting[0].path()).unwrap(), b"Subject: Hej\r\n\r\nDu");
        assert_eq!(fs::read_dir(folder.path().join("tmp")).unwrap().count(), 0);
    }

    #[test]
    fn it_lies_in_both_places_until_it_is_let_go_of() {
        let folder = tempfile::tempdir().unwrap();
        let spool = Spool::open(&folder.path().join("mail")).unwrap();
        let store = FileStore::open(&folder.path().join("files")).unwrap();
        spool.put("a1", None, &b"x"[..], 100).unwrap();
        let waiting = all(&spool).remove(0);
        spool.link(&waiting, &store, "abcd").unwrap();
        assert!(store.path("abcd").exists() && waiting.path().exists());
        spool.remove(&waiting).unwrap();
        spool.remove(&waiting).unwrap();
        assert!(store.path("abcd").exists() && all(&spool).is_empty());
    }

    #[test]
    fn it_is_copied_where_it_can_have_no_second_name() {
        let folder = tempfile::tempdir().unwrap();
        let spool = Spool::open(&folder.path().join("mail")).unwrap();
        let store = FileStore::open(&folder.path().join("files")).unwrap();
        spool.put("a1", None, &b"x"[..], 100).unwrap();
        // A name that is taken is one of the reasons why a link is refused.
        fs::create_dir_all(store.path("abcd").parent().unwrap()).unwrap();
        fs::write(store.path("abcd"), b"").unwrap();
        spool.link(&all(&spool).remove(0), &store, "abcd").unwrap();
        assert_eq!(fs::read(store.path("abcd")).unwrap(), b"x");
        assert!(!store.incoming("abcd").exists());
    }

    #[test]
    fn what_cannot_be_let_go_of_is_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        let spool = Spool::open(folder.path()).unwrap();
        fs::create_dir(folder.path().join("new/a1")).unwrap();
        assert!(spool.remove(&all(&spool).remove(0)).is_err());
        assert!(all(&spool).is_empty());
    }
}
