//! Which tickets are meant.

use crate::app::tickets::TicketQuery;

/// Declares the query of tickets for a list and for a count, so that both take the same filters.
macro_rules! define_queries {
    ($($(#[$attr:meta])* $field:ident: $type:ty,)*) => {
        /// Which tickets, and which page of them.
        #[derive(Debug, Default, serde::Deserialize, utoipa::IntoParams)]
        #[serde(default, deny_unknown_fields, rename_all = "camelCase")]
        #[into_params(parameter_in = Query)]
        pub struct TicketsQuery {
            $($(#[$attr])* $field: Option<$type>,)*
            /// By `priority`, `openedAt`, `updatedAt` or, with `open=true`, `dueAt`; several by comma, `-` for the
            /// largest first. Not together with `q`, which gives the newest first.
            #[param(max_length = 60, pattern = "^-?(priority|openedAt|updatedAt|dueAt)(,-?(priority|openedAt|updatedAt|dueAt))*$",
                    default = "-openedAt")]
            sort: Option<String>,
            /// Where the page before ended: its `nextCursor`.
            #[param(max_length = 200)]
            cursor: Option<String>,
            /// The page, counted from 1; not together with `cursor`. Reaches the first 10 000 rows.
            #[param(minimum = 1, maximum = 10_000, default = 1)]
            page: Option<i64>,
            /// Rows a page.
            #[param(minimum = 1, maximum = 100, default = 20)]
            limit: Option<i64>,
        }

        /// Which tickets.
        #[derive(Debug, Default, serde::Deserialize, utoipa::IntoParams)]
        #[serde(default, deny_unknown_fields, rename_all = "camelCase")]
        #[into_params(parameter_in = Query)]
        pub struct TicketsCountQuery {
            $($(#[$attr])* $field: Option<$type>,)*
        }

        impl From<TicketsQuery> for TicketQuery {
            fn from(query: TicketsQuery) -> Self {
                let TicketsQuery { $($field,)* sort, cursor, page, limit } = query;
                Self { $($field,)* sort, cursor, page, limit }
            }
        }

        impl From<TicketsCountQuery> for TicketQuery {
            fn from(query: TicketsCountQuery) -> Self {
                let TicketsCountQuery { $($field,)* } = query;
                Self { $($field,)* sort: None, cursor: None, page: None, limit: None }
            }
        }
    };
}

define_queries! {
    /// Words to search for in subject, description, messages and solution, or a ticket's number.
    #[param(max_length = 200)]
    q: String,
    /// Open tickets, or settled ones.
    open: bool,
    /// States, several by comma.
    #[param(max_length = 100, example = "new,assigned")]
    status: String,
    /// Kinds, several by comma.
    #[param(max_length = 60, example = "incident")]
    kind: String,
    /// The code of a group.
    #[param(max_length = 60)]
    group: String,
    /// `me`, `none`, an e-mail address or an id.
    #[param(max_length = 254, example = "me")]
    assignee: String,
    /// `me`, an e-mail address or an id.
    #[param(max_length = 254)]
    requester: String,
    /// The code of an organisation; everything below it counts.
    #[param(max_length = 60)]
    organisation: String,
    /// Priorities from 1 to 4, several by comma.
    #[param(max_length = 20, example = "1,2")]
    priority: String,
    /// The line: 1, 2, 3 or external.
    #[param(max_length = 10)]
    line: String,
    /// The channel.
    #[param(max_length = 10)]
    channel: String,
    /// The code of a service.
    #[param(max_length = 60)]
    service: String,
    /// The code of a system.
    #[param(max_length = 60)]
    system: String,
    /// The code of a category.
    #[param(max_length = 60)]
    category: String,
    /// Opened then or later.
    #[param(format = DateTime, max_length = 40)]
    opened_from: String,
    /// Opened before.
    #[param(format = DateTime, max_length = 40)]
    opened_before: String,
    /// Open tickets whose solution is late (`overdue`), or due later today in the time of Stockholm (`today`).
    #[param(max_length = 10, pattern = "^(overdue|today)$", example = "overdue")]
    due: String,
}
