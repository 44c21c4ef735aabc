//! What people do with tickets. One file is one verb.

mod attach;
mod bulk;
mod by_itself;
mod create;
mod edit;
mod link;
mod list;
mod lookup;
mod message;
mod promises;
mod queues;
mod show;
mod store;
mod transition;
mod wake;

pub(crate) use attach::plain_name;
pub use attach::{AttachmentFile, Incoming};
pub use bulk::{BulkAction, BulkResult};
pub use create::{AfterFiling, NewTicket};
pub use edit::{Patch, TicketPatch};
pub use link::LinkView;
pub use list::{Listing, MOST_COUNTED, TicketPage, TicketQuery};
pub use promises::PromiseView;
pub use queues::{Queue, Queues};
pub use show::{People, TicketDetail};
pub use transition::Transition;
pub(super) use wake::queue_reconcile_soon;

pub use crate::db::attachments::Attachment;
pub use crate::db::ticket_list::{AssigneeFilter, SortField, SortKey, TicketListRow};
pub use crate::db::ticket_messages::Message;
