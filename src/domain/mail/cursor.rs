//! Where the reading of a mailbox goes on: by UIDs (RFC 3501 § 2.3.1.1), never by what is marked as read, since
//! people open the mailbox too.

use super::FirstFetch;

/// How far a folder has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The folder's UIDVALIDITY; with another one all UIDs mean something else.
    pub validity: u32,
    /// Everything up to and with this UID is stored here.
    pub last: u32,
}

/// What the server told about a folder when it was selected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Folder {
    /// Its UIDVALIDITY.
    pub validity: u32,
    /// The UID that its next message will have; servers may keep it to themselves.
    pub next: Option<u32>,
    /// How many messages it holds.
    pub messages: u32,
}

/// Where to go on. Nothing when only new messages are wanted and the server doesn't say where they begin.
#[must_use]
pub fn begin(known: Option<Cursor>, folder: Folder, first: FirstFetch) -> Option<Cursor> {
    let validity = folder.validity;
    match known {
        Some(known) if known.validity == validity => Some(known),
        // The folder was made anew, or restored: what it holds is looked through from its beginning, and the
        // hash of the bytes keeps out what is known.
        Some(_) => Some(Cursor { validity, last: 0 }),
        None if first == FirstFetch::All => Some(Cursor { validity, last: 0 }),
        None if folder.messages == 0 => Some(Cursor { validity, last: 0 }),
        None => folder.next.map(|next| Cursor { validity, last: next.saturating_sub(1) }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FOLDER: Folder = Folder { validity: 7, next: Some(41), messages: 12 };

    #[test]
    fn reading_goes_on_where_it_stopped() {
        let known = Cursor { validity: 7, last: 30 };
        assert_eq!(begin(Some(known), FOLDER, FirstFetch::New), Some(known));
    }

    #[test]
    fn another_validity_begins_anew() {
        let known = Cursor { validity: 6, last: 30 };
        assert_eq!(begin(Some(known), FOLDER, FirstFetch::New), Some(Cursor { validity: 7, last: 0 }));
    }

    #[test]
    fn the_first_reading_takes_all_or_what_comes() {
        assert_eq!(begin(None, FOLDER, FirstFetch::All), Some(Cursor { validity: 7, last: 0 }));
        assert_eq!(begin(None, FOLDER, FirstFetch::New), Some(Cursor { validity: 7, last: 40 }));
        let silent = Folder { next: None, ..FOLDER };
        assert_eq!(begin(None, silent, FirstFetch::New), None);
    }
}
