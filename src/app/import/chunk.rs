//! What is written in one transaction: so many rows that a commit costs little, so few that whoever else
//! wants to write soon gets their turn.

use super::names::{Meant, Names, name_of_address};
use super::run::ImportError;
use super::summary::ImportSummary;
use crate::db::import_rows::{self, NewContact};
use crate::db::{Conn, DbError, Tx, reference, search, ticket_numbers, tickets, users};
use crate::domain::clock::Instant;
use crate::domain::ids::{OrganisationId, UserId};
use crate::domain::import::{ImportRow, ImportedFacts, imported_history};
use crate::domain::text::EmailAddress;
use crate::domain::ticket::{TicketKind, TicketNumber};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Rows in a chunk.
pub(super) const CHUNK_ROWS: usize = 1_000;

/// Rows that are written together.
#[derive(Debug, Default)]
pub(super) struct Chunk {
    pub(super) rows: Vec<ChunkRow>,
}

/// A row, and the addresses in it in lower case.
#[derive(Debug)]
pub(super) struct ChunkRow {
    row: ImportRow,
    requester: String,
    assignee: Option<String>,
}

impl From<ImportRow> for ChunkRow {
    fn from(row: ImportRow) -> Self {
        let requester = row.requester_email.folded();
        let assignee = row.assignee_email.as_ref().map(EmailAddress::folded);
        Self { row, requester, assignee }
    }
}

/// The keys of people by address in lower case.
pub(super) type People = HashMap<String, UserId>;

/// What came of a chunk; holds once the transaction is committed.
pub(super) struct Written {
    /// What is to be added to the summary.
    pub(super) made: ImportSummary,
    /// The names, when there are new ones.
    pub(super) names: Option<Arc<Names>>,
    /// People that weren't known to the caller.
    pub(super) people: People,
}

impl Chunk {
    /// The addresses in it.
    pub(super) fn addresses(&self) -> impl Iterator<Item = &String> {
        self.rows.iter().flat_map(|row| std::iter::once(&row.requester).chain(&row.assignee))
    }

    /// Rows that haven't been taken in yet.
    fn fresh(&self, conn: &mut Conn) -> Result<Vec<&ChunkRow>, DbError> {
        let ids: Vec<&str> = self.rows.iter().map(|row| row.row.external_id.as_str()).collect();
        let known: HashSet<String> = tickets::known_external_ids(conn, &ids)?.into_iter().collect();
        Ok(self.rows.iter().filter(|row| !known.contains(row.row.external_id.as_str())).collect())
    }

    fn begin(&self, fresh: &[&ChunkRow]) -> ImportSummary {
        let count = |rows: usize| u64::try_from(rows).unwrap_or(u64::MAX);
        ImportSummary {
            imported: count(fresh.len()),
            skipped: count(self.rows.len() - fresh.len()),
            ..ImportSummary::default()
        }
    }

    /// Writes what isn't known yet. `known` are people the caller knows.
    pub(super) fn write(
        &self,
        tx: &mut Tx<'_>,
        names: &Names,
        known: &People,
        now: Instant,
    ) -> Result<Written, ImportError> {
        import_rows::lock(tx)?;
        let fresh = self.fresh(tx.conn())?;
        let mut written = Written { made: self.begin(&fresh), names: None, people: People::new() };
        if fresh.is_empty() {
            return Ok(written);
        }
        let mut meant: Vec<Option<Meant>> = fresh.iter().map(|row| names.meant(&row.row)).collect();
        if meant.contains(&None) {
            // Read anew in this transaction, since somebody else may have made them meanwhile.
            let directory = reference::directory(tx.conn())?;
            let mut names = Names::new(&directory).ok_or(ImportError::NoDesk)?;
            for row in &fresh {
                names.make_missing(&row.row, Some(tx), &mut written.made)?;
            }
            meant = fresh.iter().map(|row| names.meant(&row.row)).collect();
            written.names = Some(Arc::new(names));
        }
        let rows: Option<Vec<(&ChunkRow, Meant)>> =
            fresh.iter().zip(meant).map(|(row, meant)| Some((*row, meant?))).collect();
        let rows = rows.ok_or(ImportError::Impossible)?;
        written.people = people(tx, &rows, known, now, &mut written.made)?;
        let person = |address: &String| known.get(address).or_else(|| written.people.get(address)).copied();
        let mut numbers = Numbers::reserve(tx, &rows)?;
        let keys = import_rows::reserve_keys(tx, i64::try_from(rows.len()).unwrap_or(i64::MAX))?;
        let mut stored = Vec::with_capacity(rows.len());
        let mut histories = Vec::with_capacity(rows.len());
        let mut texts = Vec::with_capacity(rows.len());
        for ((row, meant), id) in rows.iter().zip(keys) {
            let facts = ImportedFacts {
                id,
                number: numbers.next(row.row.kind).ok_or(ImportError::Impossible)?,
                desk: names.desk,
                intake: names.intake,
                resolved_by: meant.group,
                organisation: meant.place.organisation,
                customer: meant.place.customer,
                requester: person(&row.requester).ok_or(ImportError::Impossible)?,
                assignee: row.assignee.as_ref().and_then(person),
                service: meant.service,
                system: meant.system,
                category: meant.category,
            };
            let (ticket, events) = imported_history(&row.row, &facts).ok_or(ImportError::Impossible)?;
            // As it is written for any ticket whose solution is empty.
            texts.push((id, format!("{}\n{}\n", ticket.subject, ticket.description)));
            stored.push(ticket);
            histories.push((id, events));
        }
        import_rows::insert_tickets(tx, &stored)?;
        import_rows::insert_histories(tx, &histories)?;
        search::insert_many(tx, &texts)?;
        Ok(written)
    }

    /// What writing it would do. `people` are those that have been met or are stored.
    pub(super) fn look(
        &self,
        conn: &mut Conn,
        names: &mut Names,
        people: &mut HashSet<String>,
    ) -> Result<ImportSummary, DbError> {
        let fresh = self.fresh(conn)?;
        let mut made = self.begin(&fresh);
        for row in &fresh {
            names.make_missing(&row.row, None, &mut made)?;
        }
        let unknown: Vec<&str> =
            addresses(&fresh).filter(|address| !people.contains(*address)).map(String::as_str).collect();
        people.extend(users::ids_by_email(conn, &unknown)?.into_iter().map(|(address, _)| address));
        for row in &fresh {
            made.created_requesters += u64::from(people.insert(row.requester.clone()));
        }
        for assignee in fresh.iter().filter_map(|row| row.assignee.as_ref()) {
            made.created_assignees += u64::from(people.insert(assignee.clone()));
        }
        Ok(made)
    }
}

fn addresses<'r>(rows: &'r [&'r ChunkRow]) -> impl Iterator<Item = &'r String> {
    rows.iter().flat_map(|row| std::iter::once(&row.requester).chain(&row.assignee))
}

/// The people in the rows whom the caller doesn't know: looked up, and made when nobody knows them.
fn people(
    tx: &mut Tx<'_>,
    rows: &[(&ChunkRow, Meant)],
    known: &People,
    now: Instant,
    made: &mut ImportSummary,
) -> Result<People, DbError> {
    let fresh: Vec<&ChunkRow> = rows.iter().map(|(row, _)| *row).collect();
    let unknown: HashSet<&str> =
        addresses(&fresh).filter(|address| !known.contains_key(*address)).map(String::as_str).collect();
    let unknown: Vec<&str> = unknown.into_iter().collect();
    let mut found: People = users::ids_by_email(tx.conn(), &unknown)?.into_iter().collect();
    let mut contacts = Vec::new();
    let mut met: HashSet<&str> = HashSet::new();
    let is_known = |address: &str| known.contains_key(address) || found.contains_key(address);
    for (row, meant) in rows {
        if !is_known(&row.requester) && met.insert(&row.requester) {
            made.created_requesters += 1;
            contacts.push(contact(&row.row.requester_email, Some(meant.place.organisation)));
        }
    }
    for (row, _) in rows {
        if let (Some(folded), Some(email)) = (&row.assignee, &row.row.assignee_email)
            && !is_known(folded)
            && met.insert(folded)
        {
            made.created_assignees += 1;
            contacts.push(contact(email, None));
        }
    }
    let stored = import_rows::insert_contacts(tx, &contacts, now)?;
    found.extend(stored);
    Ok(found)
}

fn contact(email: &EmailAddress, organisation: Option<OrganisationId>) -> NewContact<'_> {
    NewContact { email, name: name_of_address(email.as_str()), organisation }
}

/// Reserved numbers of each kind.
struct Numbers(HashMap<TicketKind, std::vec::IntoIter<TicketNumber>>);

impl Numbers {
    fn reserve(tx: &mut Tx<'_>, rows: &[(&ChunkRow, Meant)]) -> Result<Self, DbError> {
        let mut reserved = HashMap::new();
        for kind in TicketKind::ALL {
            let wanted = rows.iter().filter(|(row, _)| row.row.kind == *kind).count();
            let numbers = ticket_numbers::reserve(tx, *kind, i64::try_from(wanted).unwrap_or(0))?;
            reserved.insert(*kind, numbers.into_iter());
        }
        Ok(Self(reserved))
    }

    fn next(&mut self, kind: TicketKind) -> Option<TicketNumber> {
        self.0.get_mut(&kind)?.next()
    }
}
