//! Trying a mailbox before mail depends on it.

use super::read::{server, token_source};
use crate::app::{App, AppError, Ctx};
use crate::db::mailboxes::StoredMailbox;
use crate::domain::access::Permission;
use crate::domain::mail::{AfterFetch, Folder, MailFault, MailboxAuth, TestStep};
use crate::mail::imap::{self, ImapError, Proof};

/// A step of trying a mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestedStep {
    /// Which.
    pub step: TestStep,
    /// Why it failed, if it did.
    pub failed: Option<(MailFault, String)>,
}

/// How trying a mailbox went: the steps up to the first that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailboxTest {
    /// The steps taken.
    pub steps: Vec<TestedStep>,
    /// How many messages the folder holds.
    pub messages: Option<u32>,
}

impl App {
    /// Tries a mailbox as it is set: reaches the server, signs in, opens the folder. Reads nothing. There is
    /// no step to take where mail isn't fetched.
    ///
    /// # Errors
    /// [`AppError::NotFound`]; [`AppError::Forbidden`]. What fails at the mailbox is told in the answer.
    pub async fn test_mailbox(&self, cx: &Ctx, code: &str) -> Result<MailboxTest, AppError> {
        cx.require(Permission::MailManage)?;
        let stored = self.stored_mailbox(code).await?;
        let mut test = MailboxTest { steps: Vec::new(), messages: None };
        if let Err((step, error)) = self.try_mailbox(&stored, &mut test).await {
            test.steps.push(TestedStep { step, failed: Some((error.fault, error.detail)) });
        }
        Ok(test)
    }

    async fn try_mailbox(
        &self,
        stored: &StoredMailbox,
        test: &mut MailboxTest,
    ) -> Result<(), (TestStep, ImapError)> {
        let mut done = |step| test.steps.push(TestedStep { step, failed: None });
        let spec = &stored.spec;
        if !spec.is_fetched() {
            return Ok(());
        }
        let at = |step: TestStep| move |error: ImapError| (step, error);
        let reached = imap::reach(server(spec)).await.map_err(at(TestStep::Connect))?;
        done(TestStep::Connect);
        let secret = self.mailbox_secret(stored).map_err(at(TestStep::SignIn))?;
        let mut mailbox = if spec.auth == MailboxAuth::Xoauth2 {
            let token = token_source(spec, &secret).token(self.now()).await;
            let token = token.map_err(|error| (TestStep::Token, ImapError::new(MailFault::Token, error)))?;
            done(TestStep::Token);
            reached.sign_in(&spec.username, Proof::Token(&token)).await
        } else {
            reached.sign_in(&spec.username, Proof::Password(secret.reveal())).await
        }
        .map_err(at(TestStep::SignIn))?;
        done(TestStep::SignIn);
        if spec.after_fetch == AfterFetch::Move {
            mailbox.open(&spec.move_to).await.map_err(at(TestStep::MoveTo))?;
            done(TestStep::MoveTo);
        }
        let Folder { messages, .. } = mailbox.open(&spec.folder).await.map_err(at(TestStep::Folder))?;
        done(TestStep::Folder);
        test.messages = Some(messages);
        mailbox.leave().await;
        Ok(())
    }
}
