//! Doing the same to many tickets: each on its own, with a result each.

use super::transition::Transition;
use crate::app::{App, AppError, Ctx};
use crate::domain::ticket::{Ticket, TicketNumber};

/// The most tickets at once.
pub const MOST_AT_ONCE: usize = 100;

/// What is done to all of them.
#[derive(Debug, Clone)]
pub struct BulkAction {
    /// The tickets' numbers, as they came.
    pub numbers: Vec<String>,
    /// The action.
    pub transition: Transition,
}

/// What became of one of them.
#[derive(Debug)]
pub struct BulkResult {
    /// The number, as it came.
    pub number: String,
    /// The ticket afterwards, or why nothing was done to it.
    pub result: Result<Ticket, AppError>,
}

impl App {
    /// Carries out an action on each ticket; one that fails keeps none of the others back.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when no ticket or more than `MOST_AT_ONCE` are named.
    pub async fn bulk_transition(&self, cx: &Ctx, bulk: &BulkAction) -> Result<Vec<BulkResult>, AppError> {
        use crate::app::FieldProblem;
        if bulk.numbers.is_empty() {
            return Err(AppError::field("tickets", FieldProblem::Required));
        }
        if bulk.numbers.len() > MOST_AT_ONCE {
            return Err(AppError::field("tickets", FieldProblem::OutOfRange));
        }
        let mut results = Vec::with_capacity(bulk.numbers.len());
        for text in &bulk.numbers {
            let result = match TicketNumber::parse(text) {
                Some(number) => {
                    let cx = Ctx { once: None, ..cx.clone() };
                    self.transition_ticket(&cx, number, None, &bulk.transition).await
                }
                None => Err(AppError::NotFound),
            };
            results.push(BulkResult { number: text.clone(), result });
        }
        Ok(results)
    }
}
