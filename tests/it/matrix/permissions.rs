//! Rights: role × permission × relation.

use std::fmt::Write as _;

use arende::domain::access::{Permission, Relation, Role, role_allows};

use crate::support::table::assert_committed;

#[test]
fn permissions_are_as_committed() {
    let mut table = String::from(
        "Who may do what. A cell names the relations under which the role allows the permission:\n\
         all, or o = own, u = unit managed, r = organisation represented, d = desk worked for, * = any other.\n\n",
    );
    for role in Role::ALL {
        writeln!(table, "{} = {role}", short(*role)).unwrap();
    }
    write!(table, "\n{:<21}", "").unwrap();
    for role in Role::ALL {
        write!(table, " {:<4}", short(*role)).unwrap();
    }
    table = table.trim_end().to_owned();
    table.push('\n');
    for permission in Permission::ALL {
        let mut line = format!("{permission:<21}");
        for role in Role::ALL {
            write!(line, " {:<4}", cell(*role, *permission)).unwrap();
        }
        writeln!(table, "{}", line.trim_end()).unwrap();
    }
    assert_committed("permissions.txt", &table);
}

fn cell(role: Role, permission: Permission) -> String {
    let allowed: Vec<Relation> =
        Relation::ALL.iter().copied().filter(|relation| role_allows(role, permission, *relation)).collect();
    if allowed.is_empty() {
        return "-".to_owned();
    }
    if allowed.len() == Relation::ALL.len() {
        return "all".to_owned();
    }
    allowed
        .into_iter()
        .map(|relation| match relation {
            Relation::Own => 'o',
            Relation::Unit => 'u',
            Relation::Represented => 'r',
            Relation::Desk => 'd',
            Relation::Other => '*',
        })
        .collect()
}

const fn short(role: Role) -> &'static str {
    match role {
        Role::Requester => "req",
        Role::Manager => "mgr",
        Role::Agent => "agt",
        Role::GroupLead => "lead",
        Role::ProblemManager => "prob",
        Role::ChangeManager => "chg",
        Role::CabMember => "cab",
        Role::MajorIncidentCoordinator => "mic",
        Role::OrganisationRepresentative => "rep",
        Role::Board => "brd",
        Role::Administrator => "adm",
        Role::Integration => "int",
    }
}
