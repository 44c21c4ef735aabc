//! The reference data: read whole into the directory, written one row at a time.

use super::schema::{categories, desks, organisations, resolver_groups, services, systems};
use super::types::AsText;
use super::{Conn, DbError, Tx};
use crate::domain::ids::{CategoryId, DeskId, GroupId, OrganisationId, ServiceId, SystemId};
use crate::domain::people::{
    Category, Desk, Directory, Group, Organisation, OrganisationKind, Service, System,
};
use crate::domain::ticket::Line;
use diesel::prelude::*;

type OrganisationRow = (
    OrganisationId,
    Option<OrganisationId>,
    OrganisationId,
    AsText<OrganisationKind>,
    String,
    String,
    String,
    bool,
);
type GroupRow = (GroupId, DeskId, String, String, AsText<Line>, bool, bool);

/// Everything.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn directory(conn: &mut Conn) -> Result<Directory, DbError> {
    let desks: Vec<(DeskId, String, String)> = desks::table.order(desks::id).load(conn)?;
    let organisations: Vec<OrganisationRow> = organisations::table.order(organisations::name).load(conn)?;
    let groups: Vec<GroupRow> =
        resolver_groups::table.order((resolver_groups::line, resolver_groups::name)).load(conn)?;
    let categories: Vec<(CategoryId, String, String, bool)> =
        categories::table.order(categories::name).load(conn)?;
    let services: Vec<(ServiceId, String, String, bool, bool)> =
        services::table.order(services::name).load(conn)?;
    let systems: Vec<(SystemId, String, String, bool)> = systems::table.order(systems::name).load(conn)?;
    Ok(Directory::new(
        desks.into_iter().map(|(id, code, name)| Desk { id, code, name }).collect(),
        organisations
            .into_iter()
            .map(|(id, parent, customer, kind, code, name, path, is_active)| Organisation {
                id,
                parent,
                customer,
                kind: kind.0,
                code,
                name,
                path,
                is_active,
            })
            .collect(),
        groups
            .into_iter()
            .map(|(id, desk, code, name, line, is_intake, is_active)| Group {
                id,
                desk,
                code,
                name,
                line: line.0,
                is_intake,
                is_active,
            })
            .collect(),
        categories
            .into_iter()
            .map(|(id, code, name, is_active)| Category { id, code, name, is_active })
            .collect(),
        services
            .into_iter()
            .map(|(id, code, name, is_base_function, is_active)| Service {
                id,
                code,
                name,
                is_base_function,
                is_active,
            })
            .collect(),
        systems.into_iter().map(|(id, code, name, is_active)| System { id, code, name, is_active }).collect(),
    ))
}

/// Stores a desk.
///
/// # Errors
/// [`DbError::UniqueViolation`] when the code exists.
pub fn insert_desk(tx: &mut Tx<'_>, code: &str, name: &str) -> Result<DeskId, DbError> {
    Ok(diesel::insert_into(desks::table)
        .values((desks::code.eq(code), desks::name.eq(name)))
        .returning(desks::id)
        .get_result(tx.conn())?)
}

/// A new organisation.
#[derive(Debug, Clone, Copy)]
pub struct NewOrganisation<'a> {
    /// The one above.
    pub parent: Option<&'a Organisation>,
    /// What it is.
    pub kind: OrganisationKind,
    /// Its code.
    pub code: &'a str,
    /// Its name.
    pub name: &'a str,
}

/// Stores an organisation below its parent.
///
/// # Errors
/// [`DbError::UniqueViolation`] when the code exists.
pub fn insert_organisation(tx: &mut Tx<'_>, new: NewOrganisation<'_>) -> Result<Organisation, DbError> {
    let NewOrganisation { parent, kind, code, name } = new;
    let id: OrganisationId = diesel::insert_into(organisations::table)
        .values((
            organisations::parent_id.eq(parent.map(|p| p.id)),
            organisations::customer_id.eq(parent.map_or(OrganisationId(0), |p| p.customer)),
            organisations::kind.eq(AsText(kind)),
            organisations::code.eq(code),
            organisations::name.eq(name),
            organisations::path.eq(""),
            organisations::is_active.eq(true),
        ))
        .returning(organisations::id)
        .get_result(tx.conn())?;
    let path = format!("{}{id}/", parent.map_or("/", |p| p.path.as_str()));
    let customer = parent.map_or(id, |p| p.customer);
    diesel::update(organisations::table.filter(organisations::id.eq(id)))
        .set((organisations::path.eq(&path), organisations::customer_id.eq(customer)))
        .execute(tx.conn())?;
    Ok(Organisation {
        id,
        parent: parent.map(|p| p.id),
        customer,
        kind,
        code: code.to_owned(),
        name: name.to_owned(),
        path,
        is_active: true,
    })
}

/// Changes an organisation's name and whether it is used. Its place in the tree stays: tickets are
/// frozen to it, and a moved unit is a new unit.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn update_organisation(
    tx: &mut Tx<'_>,
    id: OrganisationId,
    name: &str,
    is_active: bool,
) -> Result<(), DbError> {
    diesel::update(organisations::table.filter(organisations::id.eq(id)))
        .set((organisations::name.eq(name), organisations::is_active.eq(is_active)))
        .execute(tx.conn())?;
    Ok(())
}

/// A new group.
#[derive(Debug, Clone, Copy)]
pub struct NewGroup<'a> {
    /// Its desk.
    pub desk: DeskId,
    /// Its code.
    pub code: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Its line.
    pub line: Line,
    /// Whether it takes in the desk's tickets.
    pub is_intake: bool,
}

/// Stores a group.
///
/// # Errors
/// [`DbError::UniqueViolation`] when the code exists.
pub fn insert_group(tx: &mut Tx<'_>, new: NewGroup<'_>) -> Result<GroupId, DbError> {
    let NewGroup { desk, code, name, line, is_intake } = new;
    Ok(diesel::insert_into(resolver_groups::table)
        .values((
            resolver_groups::desk_id.eq(desk),
            resolver_groups::code.eq(code),
            resolver_groups::name.eq(name),
            resolver_groups::line.eq(AsText(line)),
            resolver_groups::is_intake.eq(is_intake),
            resolver_groups::is_active.eq(true),
        ))
        .returning(resolver_groups::id)
        .get_result(tx.conn())?)
}

/// Changes a group's name and whether it is used. Its line stays: tickets in it are counted by line.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn update_group(tx: &mut Tx<'_>, id: GroupId, name: &str, is_active: bool) -> Result<(), DbError> {
    diesel::update(resolver_groups::table.filter(resolver_groups::id.eq(id)))
        .set((resolver_groups::name.eq(name), resolver_groups::is_active.eq(is_active)))
        .execute(tx.conn())?;
    Ok(())
}

/// Stores a category.
///
/// # Errors
/// [`DbError::UniqueViolation`] when the code exists.
pub fn insert_category(tx: &mut Tx<'_>, code: &str, name: &str) -> Result<CategoryId, DbError> {
    Ok(diesel::insert_into(categories::table)
        .values((categories::code.eq(code), categories::name.eq(name), categories::is_active.eq(true)))
        .returning(categories::id)
        .get_result(tx.conn())?)
}

/// Changes a category.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn update_category(tx: &mut Tx<'_>, id: CategoryId, name: &str, is_active: bool) -> Result<(), DbError> {
    diesel::update(categories::table.filter(categories::id.eq(id)))
        .set((categories::name.eq(name), categories::is_active.eq(is_active)))
        .execute(tx.conn())?;
    Ok(())
}

/// Stores a service.
///
/// # Errors
/// [`DbError::UniqueViolation`] when the code exists.
pub fn insert_service(
    tx: &mut Tx<'_>,
    code: &str,
    name: &str,
    is_base_function: bool,
) -> Result<ServiceId, DbError> {
    Ok(diesel::insert_into(services::table)
        .values((
            services::code.eq(code),
            services::name.eq(name),
            services::is_base_function.eq(is_base_function),
            services::is_active.eq(true),
        ))
        .returning(services::id)
        .get_result(tx.conn())?)
}

/// Changes a service.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn update_service(
    tx: &mut Tx<'_>,
    id: ServiceId,
    name: &str,
    is_base_function: bool,
    is_active: bool,
) -> Result<(), DbError> {
    diesel::update(services::table.filter(services::id.eq(id)))
        .set((
            services::name.eq(name),
            services::is_base_function.eq(is_base_function),
            services::is_active.eq(is_active),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Stores a system.
///
/// # Errors
/// [`DbError::UniqueViolation`] when the code exists.
pub fn insert_system(tx: &mut Tx<'_>, code: &str, name: &str) -> Result<SystemId, DbError> {
    Ok(diesel::insert_into(systems::table)
        .values((systems::code.eq(code), systems::name.eq(name), systems::is_active.eq(true)))
        .returning(systems::id)
        .get_result(tx.conn())?)
}

/// Changes a system.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn update_system(tx: &mut Tx<'_>, id: SystemId, name: &str, is_active: bool) -> Result<(), DbError> {
    diesel::update(systems::table.filter(systems::id.eq(id)))
        .set((systems::name.eq(name), systems::is_active.eq(is_active)))
        .execute(tx.conn())?;
    Ok(())
}
