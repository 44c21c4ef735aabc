//! What is kept in memory because nearly every request needs it and it seldom changes: reference
//! data, names of people, the rights of those signed in, counts of queues.
//!
//! A change made by this process is seen at once; one made by another server or the command line
//! within [`FRESH_MICROS`].

use super::auth::Signed;
use super::{AppError, opaque};
use crate::db::{self, Db};
use crate::domain::clock::{Instant, MICROS_PER_SECOND};
use crate::domain::ids::{GroupId, SessionId, UserId};
use crate::domain::people::{Directory, PersonRef};
use crate::domain::policies::Policies;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// How old a cached thing may be.
pub(super) const FRESH_MICROS: i64 = 5 * MICROS_PER_SECOND;
/// How old a count of a queue may be.
const COUNT_FRESH_MICROS: i64 = MICROS_PER_SECOND;
/// People kept by name before all are forgotten; about 10 MB.
const MOST_PEOPLE: usize = 50_000;
/// Sessions kept before all are forgotten.
const MOST_SESSIONS: usize = 20_000;

/// Open tickets per group: all, and those that nobody has.
pub type QueueCounts = HashMap<GroupId, (i64, i64)>;

/// Somebody who can be given work in a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worker {
    /// The group.
    pub group: GroupId,
    /// Who.
    pub person: PersonRef,
    /// The person's opaque id, made once as every queue's page holds it.
    pub id: String,
}

/// Everybody who can be given work, by name, once for each of their groups.
pub type Workers = Vec<Worker>;

type Dated<T> = RwLock<Option<(Instant, Arc<T>)>>;

#[derive(Default)]
pub(super) struct Caches {
    directory: Dated<Directory>,
    policies: Dated<Policies>,
    queue_counts: Dated<QueueCounts>,
    counting: tokio::sync::Mutex<()>,
    workers: Dated<Workers>,
    people: RwLock<HashMap<UserId, (Instant, Arc<PersonRef>)>>,
    by_session: RwLock<HashMap<SessionId, (Instant, Signed)>>,
    by_cookie: RwLock<HashMap<String, (Instant, Signed)>>,
}

impl Caches {
    pub(super) async fn directory(&self, db: &Db, now: Instant) -> Result<Arc<Directory>, AppError> {
        if let Some(fresh) = fresh(&self.directory, now, FRESH_MICROS) {
            return Ok(fresh);
        }
        let directory = Arc::new(db.read(db::reference::directory).await?);
        put(&self.directory, now, &directory);
        Ok(directory)
    }

    pub(super) async fn policies(&self, db: &Db, now: Instant) -> Result<Arc<Policies>, AppError> {
        if let Some(fresh) = fresh(&self.policies, now, FRESH_MICROS) {
            return Ok(fresh);
        }
        let policies = Arc::new(super::policies::read(db).await?);
        put(&self.policies, now, &policies);
        Ok(policies)
    }

    pub(super) fn forget_policies(&self) {
        *self.policies.write().unwrap_or_else(PoisonError::into_inner) = None;
    }

    pub(super) async fn queue_counts(&self, db: &Db, now: Instant) -> Result<Arc<QueueCounts>, AppError> {
        if let Some(fresh) = fresh(&self.queue_counts, now, COUNT_FRESH_MICROS) {
            return Ok(fresh);
        }
        // One request counts; those beside it show the count before rather than all counting at once.
        let turn = self.counting.try_lock();
        if turn.is_err()
            && let Some(before) = fresh(&self.queue_counts, now, FRESH_MICROS)
        {
            return Ok(before);
        }
        let rows = db.read(db::ticket_list::open_per_group).await?;
        let counts = Arc::new(rows.into_iter().map(|(group, all, free)| (group, (all, free))).collect());
        put(&self.queue_counts, now, &counts);
        Ok(counts)
    }

    pub(super) async fn workers(&self, db: &Db, now: Instant) -> Result<Arc<Workers>, AppError> {
        if let Some(fresh) = fresh(&self.workers, now, FRESH_MICROS) {
            return Ok(fresh);
        }
        let workers = db
            .read(db::users::workers)
            .await?
            .into_iter()
            .map(|(group, person)| Worker { group, id: opaque::encode(person.id.get()), person })
            .collect();
        let workers = Arc::new(workers);
        put(&self.workers, now, &workers);
        Ok(workers)
    }

    /// The people known by name, and the keys of those that must be looked up.
    pub(super) fn people(
        &self,
        ids: &[UserId],
        now: Instant,
    ) -> (HashMap<UserId, Arc<PersonRef>>, Vec<UserId>) {
        let cached = self.people.read().unwrap_or_else(PoisonError::into_inner);
        let mut known = HashMap::with_capacity(ids.len());
        let mut missing = Vec::new();
        for id in ids {
            match cached.get(id).filter(|(at, _)| now.micros_since(*at) < FRESH_MICROS) {
                Some((_, person)) => {
                    known.insert(*id, Arc::clone(person));
                }
                None if missing.contains(id) => {}
                None => missing.push(*id),
            }
        }
        (known, missing)
    }

    pub(super) fn keep_people(&self, people: &[Arc<PersonRef>], now: Instant) {
        let mut cached = self.people.write().unwrap_or_else(PoisonError::into_inner);
        if cached.len() + people.len() > MOST_PEOPLE {
            cached.clear();
        }
        cached.extend(people.iter().map(|person| (person.id, (now, Arc::clone(person)))));
    }

    pub(super) fn signed_by_session(&self, session: SessionId, now: Instant) -> Option<Signed> {
        known(&self.by_session, &session, now)
    }

    pub(super) fn keep_signed_by_session(&self, session: SessionId, signed: &Signed, now: Instant) {
        keep(&self.by_session, session, signed, now);
    }

    pub(super) fn signed_by_cookie(&self, token_hash: &str, now: Instant) -> Option<Signed> {
        known(&self.by_cookie, token_hash, now)
    }

    pub(super) fn keep_signed_by_cookie(&self, token_hash: String, signed: &Signed, now: Instant) {
        keep(&self.by_cookie, token_hash, signed, now);
    }

    /// Forgets everything that rights, names or reference data flow into.
    pub(super) fn forget_people(&self) {
        self.by_session.write().unwrap_or_else(PoisonError::into_inner).clear();
        self.by_cookie.write().unwrap_or_else(PoisonError::into_inner).clear();
        self.people.write().unwrap_or_else(PoisonError::into_inner).clear();
        *self.workers.write().unwrap_or_else(PoisonError::into_inner) = None;
    }

    pub(super) fn forget_directory(&self) {
        *self.directory.write().unwrap_or_else(PoisonError::into_inner) = None;
        self.forget_people();
    }
}

fn fresh<T>(slot: &Dated<T>, now: Instant, limit: i64) -> Option<Arc<T>> {
    let slot = slot.read().unwrap_or_else(PoisonError::into_inner);
    slot.as_ref().filter(|(at, _)| now.micros_since(*at) < limit).map(|(_, value)| Arc::clone(value))
}

fn put<T>(slot: &Dated<T>, now: Instant, value: &Arc<T>) {
    *slot.write().unwrap_or_else(PoisonError::into_inner) = Some((now, Arc::clone(value)));
}

type Sessions<K> = RwLock<HashMap<K, (Instant, Signed)>>;

fn known<K, Q>(sessions: &Sessions<K>, key: &Q, now: Instant) -> Option<Signed>
where
    K: std::borrow::Borrow<Q> + std::hash::Hash + Eq,
    Q: std::hash::Hash + Eq + ?Sized,
{
    let sessions = sessions.read().unwrap_or_else(PoisonError::into_inner);
    sessions.get(key).filter(|(at, _)| now.micros_since(*at) < FRESH_MICROS).map(|(_, signed)| signed.clone())
}

fn keep<K: std::hash::Hash + Eq>(sessions: &Sessions<K>, key: K, signed: &Signed, now: Instant) {
    let mut sessions = sessions.write().unwrap_or_else(PoisonError::into_inner);
    if sessions.len() >= MOST_SESSIONS {
        sessions.clear();
    }
    sessions.insert(key, (now, signed.clone()));
}
