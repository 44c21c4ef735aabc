//! Somebody who calls and isn't known yet.

use super::persons::{PersonView, phone, view};
use crate::app::{App, AppError, Ctx, FieldErrors, FieldProblem};
use crate::db::users::{self, NewUser};
use crate::domain::access::{Permission, Role};
use crate::domain::people::Language;
use crate::domain::text::{EmailAddress, Name};

/// A person that staff registers during a call: no login, no rights but to own tickets.
#[derive(Debug, Clone, Default)]
pub struct NewContact {
    /// The address.
    pub email: String,
    /// The name.
    pub name: String,
    /// The phone number.
    pub phone: Option<String>,
    /// The code of the organisation.
    pub organisation: String,
}

impl App {
    /// Registers a person as requester.
    ///
    /// # Errors
    /// [`AppError::Invalid`] with every wrong field, a taken address among them.
    pub async fn register_contact(&self, cx: &Ctx, new: &NewContact) -> Result<PersonView, AppError> {
        cx.require(Permission::TicketCreateOnBehalf)?;
        let directory = self.directory().await?;
        let mut errors = FieldErrors::default();
        let email = errors.text("email", EmailAddress::parse(&new.email));
        let name = errors.text("name", Name::parse(&new.name));
        let phone = phone(new.phone.as_deref().unwrap_or_default(), &mut errors);
        let code = new.organisation.trim();
        let organisation = if code.is_empty() {
            errors.add("organisation", FieldProblem::Required);
            None
        } else {
            errors.found("organisation", directory.organisation_by_code(code).filter(|o| o.is_active))
        };
        let organisation = organisation.map(|organisation| organisation.id);
        errors.finish()?;
        let (Some(email), Some(name), Some(organisation)) = (email, name, organisation) else {
            return Err(AppError::NotFound);
        };
        let now = self.now();
        self.db()
            .write(move |tx| {
                let new = NewUser {
                    email: &email,
                    name: name.as_str(),
                    phone: phone.as_deref(),
                    language: Language::Swedish,
                    password_hash: None,
                };
                let id = users::insert(tx, &new, now)?;
                users::set_roles(tx, id, &[(Role::Requester, None)])?;
                users::set_memberships(tx, id, &[organisation])?;
                let user = users::by_id(tx.conn(), id)?.ok_or(AppError::NotFound)?;
                Ok(view(tx.conn(), user)?)
            })
            .await
            .map_err(|error| match error {
                AppError::Exists => AppError::field("email", FieldProblem::Taken),
                other => other,
            })
    }
}
