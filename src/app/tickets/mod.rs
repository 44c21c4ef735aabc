//! What people do with tickets. One file is one verb.

mod attach;
mod bulk;
mod by_itself;
mod by_mail;
mod create;
mod edit;
mod external;
mod ledger;
mod link;
mod list;
mod load;
mod lookup;
mod message;
mod promises;
mod queues;
mod review;
mod routing;
mod show;
mod store;
mod transition;
mod wake;

pub(crate) use attach::plain_name;
pub use attach::{AttachmentFile, Incoming};
pub use bulk::{BulkAction, BulkResult};
pub(super) use by_mail::{
    Author, LooseFile, MailedAnswer, MailedTicket, NotedMail, note_mail, open_by_mail, write_by_mail,
};
pub use create::{AfterFiling, NewTicket};
pub use edit::{Patch, TicketPatch};
pub use external::{ExternalAccess, ExternalError, ExternalView};
pub use ledger::{LedgerView, Spent};
pub use link::LinkView;
pub use list::{DueFilter, Listing, MOST_COUNTED, TicketPage, TicketQuery};
pub use load::GroupLoad;
pub use promises::{Advice, Because, Grounding, PromiseView};
pub use queues::{Queue, Queues};
pub use review::{REVIEWED_DAYS, Reviewable};
pub(super) use routing::terms as terms_of;
pub use show::{People, TicketDetail};
pub(super) use store::timers_of;
pub use transition::Transition;
pub(super) use wake::queue_reconcile_soon;

pub use crate::db::attachments::Attachment;
pub use crate::db::load::Load;
pub use crate::db::ticket_list::{AssigneeFilter, SortField, SortKey, TicketListRow};
pub use crate::db::ticket_messages::Message;
