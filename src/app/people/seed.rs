//! What every installation begins with: a desk with the group that takes its tickets in, the base
//! functions, and a few categories.

use crate::app::policies;
use crate::app::{App, AppError};
use crate::db::reference::{self, NewGroup};
use crate::db::{self, Tx};
use crate::domain::text::Code;
use crate::domain::ticket::Line;

/// The base functions of domain D2.
pub(crate) const BASE_FUNCTIONS: &[(&str, &str)] = &[
    ("digital-arbetsplats", "Digital arbetsplats"),
    ("lagring", "Lagring"),
    ("utskrift", "Utskrift"),
    ("natverk", "Nätverk"),
    ("e-post", "E-post"),
    ("kontorsprogram", "Kontorsprogram"),
    ("fjarratkomst", "Säker fjärråtkomst (VPN)"),
    ("programdistribution", "Programdistribution"),
];

const CATEGORIES: &[&str] =
    &["Konto och lösenord", "Dator", "Skrivare", "Nätverk", "Telefoni", "Program", "Behörighet", "Övrigt"];

impl App {
    /// Gives a database what nothing works without: a desk when there is none, and the policies delivered with
    /// the product when none has been decided. Done again it changes nothing.
    ///
    /// # Errors
    /// [`AppError`] when the database fails.
    pub async fn ensure_foundation(&self) -> Result<(), AppError> {
        let has_desk = !self.fresh_directory().await?.desks.is_empty();
        let has_policies = !self.db().read(db::policies::all).await?.is_empty();
        if has_desk && has_policies {
            return Ok(());
        }
        let now = self.now();
        let done = self
            .db()
            .write(move |tx| {
                if !has_desk {
                    found_desk(tx)?;
                }
                let directory = reference::directory(tx.conn())?;
                let intake = directory.desks.first().and_then(|desk| directory.intake_group(desk.id));
                match intake.filter(|_| !has_policies) {
                    Some(intake) => policies::deliver(tx, intake.id, now),
                    None => Ok(()),
                }
            })
            .await;
        match done {
            // Another server that starts beside this one came first.
            Ok(()) | Err(AppError::Exists) => {}
            Err(error) => return Err(error),
        }
        self.inner.caches.forget_policies();
        self.fresh_directory().await?;
        Ok(())
    }
}

/// The IT desk with its first line, the base functions and a few categories.
fn found_desk(tx: &mut Tx<'_>) -> Result<(), AppError> {
    let desk = reference::insert_desk(tx, "it", "IT")?;
    let group =
        NewGroup { desk, code: "servicedesk", name: "Servicedesk", line: Line::First, is_intake: true };
    reference::insert_group(tx, group)?;
    for (code, name) in BASE_FUNCTIONS {
        reference::insert_service(tx, code, name, true)?;
    }
    for name in CATEGORIES {
        reference::insert_category(tx, Code::from_name(name).as_str(), name)?;
    }
    Ok(())
}
