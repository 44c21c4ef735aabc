//! The variable parts of paths. What can't be the name of anything isn't found.

use crate::app::AppError;
use crate::app::mail::template_of_code;
use crate::domain::mail::Template;
use crate::domain::people::Language;
use crate::domain::ticket::TicketNumber;
use crate::web::problem::Problem;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use std::future::{Ready, ready};

/// Declares extractors for one variable part each.
macro_rules! define_parts {
    ($($(#[$doc:meta])* $name:ident($type:ty) from $part:literal by $read:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name(
            /// What it is.
            pub $type,
        );

        impl FromRequest for $name {
            type Error = Problem;
            type Future = Ready<Result<Self, Problem>>;

            fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
                let read: fn(&str) -> Option<$type> = $read;
                let found = request.match_info().get($part).and_then(read).map(Self);
                ready(found.ok_or(Problem::App(AppError::NotFound)))
            }
        }
    )*};
}

define_parts! {
    /// The number of a ticket.
    NumberInPath(TicketNumber) from "number" by TicketNumber::parse;
    /// An opaque id.
    IdInPath(String) from "id" by |id| Some(id.to_owned());
    /// A mail domain, in lower case.
    DomainInPath(String) from "domain" by |domain| Some(domain.to_lowercase());
    /// The text of a mail.
    TemplateInPath((Template, Language)) from "template" by template_of_code;
    /// A code of reference data.
    CodeInPath(String) from "code" by |code| Some(code.to_owned());
}
