//! What every installation begins with: a desk with the group that takes its tickets in, the base
//! functions, and a few categories.

use crate::app::policies;
use crate::app::{App, AppError};
use crate::db::reference::{self, NewGroup};
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
    /// Fills an empty database with what nothing works without. Done again it changes nothing.
    ///
    /// # Errors
    /// [`AppError`] when the database fails.
    pub async fn ensure_foundation(&self) -> Result<(), AppError> {
        let directory = self.fresh_directory().await?;
        if !directory.desks.is_empty() {
            return Ok(());
        }
        let now = self.now();
        self.db()
            .write(move |tx| {
                let desk = reference::insert_desk(tx, "it", "IT")?;
                let group = NewGroup {
                    desk,
                    code: "servicedesk",
                    name: "Servicedesk",
                    line: Line::First,
                    is_intake: true,
                };
                let intake = reference::insert_group(tx, group)?;
                for (code, name) in BASE_FUNCTIONS {
                    reference::insert_service(tx, code, name, true)?;
                }
                for name in CATEGORIES {
                    reference::insert_category(tx, Code::from_name(name).as_str(), name)?;
                }
                policies::deliver(tx, intake, now)
            })
            .await?;
        self.inner.caches.forget_policies();
        self.fresh_directory().await?;
        Ok(())
    }
}
