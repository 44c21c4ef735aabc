//! Making and changing organisations, groups, categories, services and systems. Nothing is deleted:
//! tickets refer to it; what is no longer used is made inactive.

use crate::app::{App, AppError, Ctx, FieldErrors, FieldProblem};
use crate::db::reference::{self, NewGroup, NewOrganisation};
use crate::db::{Tx, users};
use crate::domain::access::Permission;
use crate::domain::ids::UserId;
use crate::domain::people::{Directory, Group, Organisation, OrganisationKind, PersonRef};
use crate::domain::text::{Code, Name};
use crate::domain::ticket::Line;
use std::sync::Arc;

/// An organisation to be made; codes as they came.
#[derive(Debug, Clone, Default)]
pub struct NewOrganisationInput {
    /// The code; made of the name when nothing is said.
    pub code: Option<String>,
    /// The name.
    pub name: String,
    /// `municipality`, `department`, `unit` or `company`.
    pub kind: String,
    /// The code of the one above.
    pub parent: Option<String>,
}

/// A group to be made; codes as they came.
#[derive(Debug, Clone, Default)]
pub struct NewGroupInput {
    /// The code; made of the name when nothing is said.
    pub code: Option<String>,
    /// The name.
    pub name: String,
    /// `1`, `2`, `3` or `external`.
    pub line: String,
    /// The code of the desk; the first desk when nothing is said.
    pub desk: Option<String>,
}

/// A category, service or system to be made.
#[derive(Debug, Clone, Default)]
pub struct NewItem {
    /// The code; made of the name when nothing is said.
    pub code: Option<String>,
    /// The name.
    pub name: String,
    /// Of a service: whether it is a base function.
    pub is_base_function: bool,
}

/// What is to be changed in any of them; what is `None` stays.
#[derive(Debug, Clone, Default)]
pub struct ItemPatch {
    /// The name.
    pub name: Option<String>,
    /// Whether it is used.
    pub is_active: Option<bool>,
    /// Of a service: whether it is a base function.
    pub is_base_function: Option<bool>,
}

struct Named {
    code: Code,
    name: Name,
}

fn named(code: Option<&str>, name: &str, errors: &mut FieldErrors) -> Option<Named> {
    let name = errors.text("name", Name::parse(name));
    let code = match code.map(str::trim).filter(|code| !code.is_empty()) {
        Some(code) => errors.text("code", Code::parse(code)),
        None => name.as_ref().map(|name| Code::from_name(name.as_str())),
    };
    code.zip(name).map(|(code, name)| Named { code, name })
}

fn taken(error: AppError) -> AppError {
    match error {
        AppError::Exists => AppError::field("code", FieldProblem::Taken),
        other => other,
    }
}

impl App {
    /// Makes an organisation below its parent.
    ///
    /// # Errors
    /// [`AppError::Invalid`] with every wrong field; only municipalities and companies stand at the top.
    pub async fn create_organisation(
        &self,
        cx: &Ctx,
        new: &NewOrganisationInput,
    ) -> Result<Organisation, AppError> {
        cx.require(Permission::OrganisationManage)?;
        let directory = self.directory().await?;
        let mut errors = FieldErrors::default();
        let named = named(new.code.as_deref(), &new.name, &mut errors);
        let kind = errors.found("kind", OrganisationKind::from_text(new.kind.trim()));
        let parent = match new.parent.as_deref().filter(|code| !code.is_empty()) {
            None => None,
            Some(code) => errors.found("parent", directory.organisation_by_code(code)).cloned(),
        };
        let top = matches!(kind, Some(OrganisationKind::Municipality | OrganisationKind::Company));
        if kind.is_some() && top == new.parent.as_deref().is_some_and(|code| !code.is_empty()) {
            errors.add("parent", if top { FieldProblem::NotAllowed } else { FieldProblem::Required });
        }
        errors.finish()?;
        let (Some(named), Some(kind)) = (named, kind) else { return Err(AppError::NotFound) };
        let made = self
            .db()
            .write(move |tx| {
                let new = NewOrganisation {
                    parent: parent.as_ref(),
                    kind,
                    code: named.code.as_str(),
                    name: named.name.as_str(),
                };
                Ok::<_, AppError>(reference::insert_organisation(tx, new)?)
            })
            .await
            .map_err(taken)?;
        self.inner.caches.forget_directory();
        Ok(made)
    }

    /// Changes an organisation's name or whether it is used.
    ///
    /// # Errors
    /// [`AppError::NotFound`]; [`AppError::Invalid`].
    pub async fn update_organisation(&self, cx: &Ctx, code: &str, patch: &ItemPatch) -> Result<(), AppError> {
        cx.require(Permission::OrganisationManage)?;
        let directory = self.directory().await?;
        let item = directory.organisation_by_code(code).ok_or(AppError::NotFound)?;
        let (id, active) = (item.id, patch.is_active.unwrap_or(item.is_active));
        let name = renamed(patch, &item.name)?;
        self.write_reference(move |tx| Ok(reference::update_organisation(tx, id, &name, active)?)).await
    }

    /// Makes a group.
    ///
    /// # Errors
    /// [`AppError::Invalid`] with every wrong field.
    pub async fn create_group(&self, cx: &Ctx, new: &NewGroupInput) -> Result<(), AppError> {
        cx.require(Permission::GroupManage)?;
        let directory = self.directory().await?;
        let mut errors = FieldErrors::default();
        let named = named(new.code.as_deref(), &new.name, &mut errors);
        let line = errors.found("line", Line::from_text(new.line.trim()));
        let desk = match new.desk.as_deref().filter(|code| !code.is_empty()) {
            None => directory.desks.first(),
            Some(code) => errors.found("desk", directory.desk_by_code(code)),
        };
        let desk = desk.map(|desk| desk.id);
        errors.finish()?;
        let (Some(named), Some(line), Some(desk)) = (named, line, desk) else {
            return Err(AppError::NotFound);
        };
        self.write_reference(move |tx| {
            let new = NewGroup {
                desk,
                code: named.code.as_str(),
                name: named.name.as_str(),
                line,
                is_intake: false,
            };
            reference::insert_group(tx, new)?;
            Ok(())
        })
        .await
    }

    /// Changes a group's name or whether it is given work. A desk's intake group stays in use.
    ///
    /// # Errors
    /// [`AppError::NotFound`]; [`AppError::Invalid`].
    pub async fn update_group(&self, cx: &Ctx, code: &str, patch: &ItemPatch) -> Result<(), AppError> {
        cx.require(Permission::GroupManage)?;
        let directory = self.directory().await?;
        let item = directory.group_by_code(code).ok_or(AppError::NotFound)?;
        let (id, active) = (item.id, patch.is_active.unwrap_or(item.is_active));
        if item.is_intake && !active {
            return Err(AppError::field("isActive", FieldProblem::NotAllowed));
        }
        let name = renamed(patch, &item.name)?;
        self.write_reference(move |tx| Ok(reference::update_group(tx, id, &name, active)?)).await
    }

    /// A group with its members by name, each with whether they lead it.
    ///
    /// # Errors
    /// [`AppError::NotFound`]; [`AppError::Forbidden`].
    pub async fn group_members(
        &self,
        cx: &Ctx,
        code: &str,
    ) -> Result<(Group, Vec<(PersonRef, bool)>), AppError> {
        cx.require(Permission::DirectoryView)?;
        let directory = self.directory().await?;
        let group = directory.group_by_code(code).ok_or(AppError::NotFound)?.clone();
        let id = group.id;
        let members = self.db().read(move |conn| users::members(conn, id)).await?;
        Ok((group, members))
    }

    /// Replaces a group's members, given by address or opaque id, each with whether they lead it.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when somebody isn't known.
    pub async fn set_group_members(
        &self,
        cx: &Ctx,
        code: &str,
        members: &[(String, bool)],
    ) -> Result<(), AppError> {
        cx.require(Permission::GroupManage)?;
        let directory = self.directory().await?;
        let id = directory.group_by_code(code).ok_or(AppError::NotFound)?.id;
        let wanted = members.to_vec();
        let found: Vec<Option<(UserId, bool)>> = self
            .db()
            .read(move |conn| {
                let mut found = Vec::with_capacity(wanted.len());
                for (person, is_lead) in wanted {
                    let user = match crate::app::opaque::decode(&person) {
                        Some(key) => users::by_id(conn, UserId(key))?,
                        None => users::by_email(conn, person.trim())?,
                    };
                    found.push(user.map(|user| (user.id, is_lead)));
                }
                Ok::<_, AppError>(found)
            })
            .await?;
        let mut members: Vec<(UserId, bool)> = Vec::with_capacity(found.len());
        for member in found {
            let (user, is_lead) = member.ok_or_else(|| AppError::field("members", FieldProblem::Unknown))?;
            if members.iter().all(|(known, _)| *known != user) {
                members.push((user, is_lead));
            }
        }
        self.write_reference(move |tx| Ok(users::set_members(tx, id, &members)?)).await
    }

    /// Makes a category.
    ///
    /// # Errors
    /// [`AppError::Invalid`] with every wrong field.
    pub async fn create_category(&self, cx: &Ctx, new: &NewItem) -> Result<(), AppError> {
        let named = checked_item(cx, new)?;
        self.write_reference(move |tx| {
            reference::insert_category(tx, named.code.as_str(), named.name.as_str())?;
            Ok(())
        })
        .await
    }

    /// Changes a category.
    ///
    /// # Errors
    /// [`AppError::NotFound`]; [`AppError::Invalid`].
    pub async fn update_category(&self, cx: &Ctx, code: &str, patch: &ItemPatch) -> Result<(), AppError> {
        cx.require(Permission::CatalogueManage)?;
        let directory = self.directory().await?;
        let item = directory.category_by_code(code).ok_or(AppError::NotFound)?;
        let (id, active) = (item.id, patch.is_active.unwrap_or(item.is_active));
        let name = renamed(patch, &item.name)?;
        self.write_reference(move |tx| Ok(reference::update_category(tx, id, &name, active)?)).await
    }

    /// Makes a service.
    ///
    /// # Errors
    /// [`AppError::Invalid`] with every wrong field.
    pub async fn create_service(&self, cx: &Ctx, new: &NewItem) -> Result<(), AppError> {
        let named = checked_item(cx, new)?;
        let base = new.is_base_function;
        self.write_reference(move |tx| {
            reference::insert_service(tx, named.code.as_str(), named.name.as_str(), base)?;
            Ok(())
        })
        .await
    }

    /// Changes a service.
    ///
    /// # Errors
    /// [`AppError::NotFound`]; [`AppError::Invalid`].
    pub async fn update_service(&self, cx: &Ctx, code: &str, patch: &ItemPatch) -> Result<(), AppError> {
        cx.require(Permission::CatalogueManage)?;
        let directory = self.directory().await?;
        let item = directory.service_by_code(code).ok_or(AppError::NotFound)?;
        let (id, active) = (item.id, patch.is_active.unwrap_or(item.is_active));
        let base = patch.is_base_function.unwrap_or(item.is_base_function);
        let name = renamed(patch, &item.name)?;
        self.write_reference(move |tx| Ok(reference::update_service(tx, id, &name, base, active)?)).await
    }

    /// Makes a system.
    ///
    /// # Errors
    /// [`AppError::Invalid`] with every wrong field.
    pub async fn create_system(&self, cx: &Ctx, new: &NewItem) -> Result<(), AppError> {
        let named = checked_item(cx, new)?;
        self.write_reference(move |tx| {
            reference::insert_system(tx, named.code.as_str(), named.name.as_str())?;
            Ok(())
        })
        .await
    }

    /// Changes a system.
    ///
    /// # Errors
    /// [`AppError::NotFound`]; [`AppError::Invalid`].
    pub async fn update_system(&self, cx: &Ctx, code: &str, patch: &ItemPatch) -> Result<(), AppError> {
        cx.require(Permission::CatalogueManage)?;
        let directory = self.directory().await?;
        let item = directory.system_by_code(code).ok_or(AppError::NotFound)?;
        let (id, active) = (item.id, patch.is_active.unwrap_or(item.is_active));
        let name = renamed(patch, &item.name)?;
        self.write_reference(move |tx| Ok(reference::update_system(tx, id, &name, active)?)).await
    }

    /// Writes reference data and forgets what was cached of it.
    async fn write_reference(
        &self,
        write: impl Fn(&mut Tx<'_>) -> Result<(), AppError> + Send + 'static,
    ) -> Result<(), AppError> {
        self.db().write(write).await.map_err(taken)?;
        self.inner.caches.forget_directory();
        Ok(())
    }

    /// The reference data, read anew.
    ///
    /// # Errors
    /// [`AppError`] when the database fails.
    pub async fn fresh_directory(&self) -> Result<Arc<Directory>, AppError> {
        self.inner.caches.forget_directory();
        self.directory().await
    }
}

fn checked_item(cx: &Ctx, new: &NewItem) -> Result<Named, AppError> {
    cx.require(Permission::CatalogueManage)?;
    let mut errors = FieldErrors::default();
    let named = named(new.code.as_deref(), &new.name, &mut errors);
    errors.finish()?;
    named.ok_or(AppError::NotFound)
}

fn renamed(patch: &ItemPatch, now: &str) -> Result<String, AppError> {
    let Some(name) = &patch.name else { return Ok(now.to_owned()) };
    let mut errors = FieldErrors::default();
    let name = errors.text("name", Name::parse(name));
    errors.finish()?;
    name.map(|name| name.as_str().to_owned()).ok_or(AppError::NotFound)
}
