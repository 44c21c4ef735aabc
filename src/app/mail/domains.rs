//! Mail domains: which organisation people of a domain belong to.

use crate::app::{App, AppError, Ctx, FieldErrors};
use crate::db::mail_domains;
use crate::domain::access::Permission;
use crate::domain::text::EmailAddress;

/// A mail domain and the code of its organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailDomain {
    /// The domain.
    pub domain: String,
    /// The organisation's code.
    pub organisation: String,
}

impl App {
    /// Mail domains with their organisations, by name.
    ///
    /// # Errors
    /// [`AppError::Forbidden`].
    pub async fn mail_domains(&self, cx: &Ctx) -> Result<Vec<MailDomain>, AppError> {
        cx.require(Permission::MailManage)?;
        let directory = self.directory().await?;
        let known = self.db().point(mail_domains::all).await?;
        Ok(known
            .into_iter()
            .filter_map(|(domain, id)| {
                let organisation = directory.organisation(id)?.code.clone();
                Some(MailDomain { domain, organisation })
            })
            .collect())
    }

    /// Gives a mail domain to an organisation, in place of the one it had; whether it is new.
    ///
    /// # Errors
    /// [`AppError::Invalid`] with every wrong field.
    pub async fn set_mail_domain(
        &self,
        cx: &Ctx,
        domain: &str,
        organisation: &str,
    ) -> Result<bool, AppError> {
        cx.require(Permission::MailManage)?;
        let directory = self.directory().await?;
        let domain = domain.trim().trim_start_matches('@').to_lowercase();
        let mut errors = FieldErrors::default();
        // A domain is what makes an address of a name.
        errors.text("domain", EmailAddress::parse(&format!("a@{domain}")));
        let organisation = errors.found("organisation", directory.organisation_by_code(organisation));
        let organisation = organisation.map(|organisation| organisation.id);
        errors.finish()?;
        let organisation = organisation.ok_or(AppError::NotFound)?;
        Ok(self.db().write(move |tx| mail_domains::set(tx, &domain, organisation)).await?)
    }

    /// Forgets a mail domain.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn remove_mail_domain(&self, cx: &Ctx, domain: &str) -> Result<(), AppError> {
        cx.require(Permission::MailManage)?;
        let domain = domain.to_lowercase();
        let was_known = self.db().write(move |tx| mail_domains::remove(tx, &domain)).await?;
        if was_known { Ok(()) } else { Err(AppError::NotFound) }
    }
}
