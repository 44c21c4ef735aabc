//! Which handler runs which kind of job.

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use crate::db::DbError;
use crate::db::jobs::JobKind;
use crate::domain::causes::with_causes;
use crate::domain::clock::Instant;

/// Why a job didn't succeed, and what is to be done.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// Try again after the usual delay.
    #[error("{0}")]
    Retry(String),
    /// Try again at a given time, because the other side said so.
    #[error("{why}")]
    RetryAt {
        /// Not before.
        at: Instant,
        /// Why it failed.
        why: String,
    },
    /// Give up: another attempt would end the same.
    #[error("{0}")]
    Fail(String),
}

/// The database's troubles pass.
impl From<DbError> for JobError {
    fn from(error: DbError) -> Self {
        Self::Retry(with_causes(&error))
    }
}

type Run = Pin<Box<dyn Future<Output = Result<(), JobError>> + Send>>;
type Handler = Box<dyn Fn(&str) -> Result<Run, serde_json::Error> + Send + Sync>;

/// The handlers, each over the same context `C` (the application).
pub struct Registry<C> {
    context: Arc<C>,
    handlers: HashMap<&'static str, Handler>,
    rescuers: HashMap<&'static str, Handler>,
}

impl<C: Send + Sync + 'static> Registry<C> {
    /// No handlers yet.
    #[must_use]
    pub fn new(context: Arc<C>) -> Self {
        Self { context, handlers: HashMap::new(), rescuers: HashMap::new() }
    }

    /// Adds the handler of a kind; a second one of the same kind takes the first one's place.
    #[must_use]
    pub fn with<K, F, Fut>(mut self, handler: F) -> Self
    where
        K: JobKind,
        F: Fn(Arc<C>, K) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<(), JobError>> + Send + 'static,
    {
        let context = Arc::clone(&self.context);
        self.handlers.insert(K::KIND, erased(context, handler));
        self
    }

    /// Adds what is done once when a job of a kind is given up, however it ended, so that what it was about
    /// comes before a person.
    #[must_use]
    pub fn with_rescue<K, F, Fut>(mut self, rescue: F) -> Self
    where
        K: JobKind,
        F: Fn(Arc<C>, K) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<(), JobError>> + Send + 'static,
    {
        let context = Arc::clone(&self.context);
        self.rescuers.insert(K::KIND, erased(context, rescue));
        self
    }

    pub(super) fn into_handlers(self) -> Handlers {
        Handlers { handlers: self.handlers, rescuers: self.rescuers }
    }
}

/// A handler without its payload's type.
fn erased<C, K, F, Fut>(context: Arc<C>, handler: F) -> Handler
where
    C: Send + Sync + 'static,
    K: JobKind,
    F: Fn(Arc<C>, K) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<(), JobError>> + Send + 'static,
{
    Box::new(move |payload| {
        let payload: K = serde_json::from_str(payload)?;
        Ok(Box::pin(handler(Arc::clone(&context), payload)))
    })
}

/// The handlers without their context's type.
pub(super) struct Handlers {
    handlers: HashMap<&'static str, Handler>,
    rescuers: HashMap<&'static str, Handler>,
}

impl Handlers {
    /// Runs a job's handler; an unknown kind or a payload that isn't the kind's can't get better.
    pub(super) async fn run(&self, kind: &str, payload: &str) -> Result<(), JobError> {
        let Some(handler) = self.handlers.get(kind) else {
            return Err(JobError::Fail(format!("no handler for jobs of kind `{kind}`")));
        };
        let run =
            handler(payload).map_err(|error| JobError::Fail(format!("reading the payload: {error}")))?;
        run.await
    }

    /// Does what is done when a job is given up; for most kinds that is nothing.
    pub(super) async fn rescue(&self, kind: &str, payload: &str) -> Result<(), JobError> {
        match self.rescuers.get(kind).map(|rescue| rescue(payload)) {
            Some(Ok(run)) => run.await,
            // A payload that can't be read tells nobody what it was about; the dead job shows it.
            Some(Err(_)) | None => Ok(()),
        }
    }
}
