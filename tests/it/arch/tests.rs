//! The architecture test can fail: each rule is shown a source that breaks it, and one that only
//! looks as if it did.

use super::reading::imports;
use super::{Known, Violation, import_violations, macros, module_of, silenced};

fn check(file: &str, source: &str) -> Vec<String> {
    let known = Known {
        packages: ["diesel", "jiff", "serde", "actix_web", "tokio"].into_iter().map(str::to_owned).collect(),
        macros: macros("src/db/connection.rs", "macro_rules! each { () => {} }").into_iter().collect(),
    };
    import_violations(file, source, &known).iter().map(Violation::to_string).collect()
}

fn paths(source: &str, module: &[&str]) -> Vec<String> {
    let module: Vec<String> = module.iter().map(|part| (*part).to_owned()).collect();
    imports(source, &module).into_iter().map(|import| import.path.join("::")).collect()
}

#[test]
fn an_upward_import_is_named_with_file_line_and_rule() {
    assert_eq!(
        check("src/db/tickets.rs", "//! Rows.\n\nuse crate::app::tickets::create;\n"),
        ["src/db/tickets.rs:3: crate::app::tickets::create: db may import domain"]
    );
}

#[test]
fn each_branch_of_a_use_tree_is_seen() {
    let source = "use crate::{app::{self, ctx::Ctx}, db::{Db as Store, tickets::*}, i18n};\n";
    assert_eq!(
        paths(source, &["web"]),
        ["crate::app::self", "crate::app::ctx::Ctx", "crate::db::Db", "crate::db::tickets::*", "crate::i18n"]
    );
    assert_eq!(
        check("src/web/portal/mod.rs", source),
        [
            "src/web/portal/mod.rs:1: crate::db::Db: web may import app, domain, i18n",
            "src/web/portal/mod.rs:1: crate::db::tickets::*: web may import app, domain, i18n"
        ]
    );
}

#[test]
fn a_path_in_the_middle_of_code_is_seen() {
    let source = "fn f(x: Vec<crate::web::State>) -> u8 {\n    g::<crate::jobs::Engine>(x)\n}\n";
    assert_eq!(check("src/app/mod.rs", source).len(), 2);
}

#[test]
fn super_is_followed_out_of_the_layer_also_from_a_module_in_braces() {
    assert_eq!(
        check("src/domain/sla/clock.rs", "use super::super::super::db::Db;"),
        ["src/domain/sla/clock.rs:1: crate::db::Db: domain may import nothing of ours"]
    );
    let source = "mod tests {\n    use super::super::super::db::Db;\n}\nuse super::calendar::Day;\n";
    assert_eq!(
        check("src/domain/clock.rs", source),
        ["src/domain/clock.rs:2: crate::db::Db: domain may import nothing of ours"]
    );
}

#[test]
fn libraries_stay_in_their_layer() {
    assert_eq!(
        check("src/app/tickets.rs", "use diesel::prelude::*;"),
        ["src/app/tickets.rs:1: diesel::prelude::*: only db may use diesel"]
    );
    assert_eq!(
        check("src/jobs/mod.rs", "#[derive(actix_web::Responder)] struct A;").len(),
        1,
        "in an attribute"
    );
    assert_eq!(check("src/app/mod.rs", "fn f() { std::env::var(\"A\"); }").len(), 1);
    assert_eq!(check("src/app/mod.rs", "use std::{env, fs};").len(), 1);
    assert_eq!(check("src/db/mod.rs", "use diesel::prelude::*;"), Vec::<String>::new());
    assert_eq!(check("src/config/mod.rs", "use std::env;"), Vec::<String>::new());
    assert_eq!(check("src/db/testing.rs", "use std::env;"), Vec::<String>::new());
}

#[test]
fn an_exported_macro_belongs_to_the_layer_that_declares_it() {
    assert_eq!(check("src/app/a.rs", "use crate::each;"), Vec::<String>::new());
    assert_eq!(
        check("src/web/a.rs", "fn f() { crate::each!(x) }"),
        ["src/web/a.rs:1: crate::each: web may import app, domain, i18n"]
    );
}

#[test]
fn the_domain_is_pure() {
    assert_eq!(check("src/domain/a.rs", "use tokio::fs;").len(), 1);
    assert_eq!(check("src/domain/a.rs", "use std::fs::File;").len(), 1);
    assert_eq!(
        check(
            "src/domain/a.rs",
            "use jiff::Timestamp; use std::collections::BTreeMap; use crate::domain::ids;"
        ),
        Vec::<String>::new()
    );
}

#[test]
fn comments_strings_and_namesakes_are_no_imports() {
    let source = r###"
//! crate::web is above us. /* crate::web::x */
/* use crate::web; /* nested crate::web::x */ crate::web::x */
const A: &str = "crate::web::x \" crate::web::y";
const B: &str = r#"crate::web::x " still "#;
const C: &[u8] = b"crate::web::x";
const D: char = '"';
const E: char = '\'';
fn f<'a>(x: &'a str, r#type: u8) -> diesel_like::Row { self::diesel::load(x) }
"###;
    assert_eq!(check("src/domain/a.rs", source), Vec::<String>::new());
    assert_eq!(paths("/* a\nb */ use x::y; // z::z", &[]), ["x::y"]);
}

#[test]
fn a_module_that_the_table_does_not_know_is_refused() {
    assert_eq!(check("src/helpers/mod.rs", "").len(), 1);
}

#[test]
fn modules_are_named_by_their_file() {
    assert_eq!(module_of("src/web/api/mod.rs"), ["web", "api"]);
    assert_eq!(module_of("src/bootstrap.rs"), ["bootstrap"]);
    assert_eq!(module_of("src/lib.rs"), Vec::<String>::new());
}

#[test]
fn silencing_attributes_are_found_and_expectations_with_a_reason_are_not() {
    let source = "#![allow(dead_code)]\n#[ignore]\n#[test]\nfn allow() {}\n// #[allow(x)]\n#[expect(a, reason = \"b\")]\n";
    let found: Vec<usize> = silenced("a.rs", source).iter().map(|violation| violation.line).collect();
    assert_eq!(found, [1, 2]);
}
