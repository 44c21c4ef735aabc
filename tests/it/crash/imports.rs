//! An import that is killed, again and again, and then let be.

use std::fmt::Write as _;
use std::fs;
use std::process::Stdio;
use std::time::Instant;

use super::{arende, assert_whole, kill_after, number};
use crate::support::database;

const ROWS: i64 = 6_000;
const HEADER: &str = "externalId,kind,organisation,requesterEmail,subject,description,channel,category,impact,\
                      urgency,openedAt,resolvedAt,closedAt,resolvedByLine\n";

fn history() -> String {
    let mut csv = HEADER.to_owned();
    for row in 0..ROWS {
        writeln!(
            csv,
            "GAMMAL-{row},incident,Sjöstads kommun {},person{}@example.se,Skrivaren står {row},,phone,Skrivare,2,2,\
             2025-03-{:02}T08:00:00Z,2025-04-01T09:{:02}:00Z,,1",
            row % 5,
            row % 40,
            1 + row % 28,
            row % 60
        )
        .unwrap();
    }
    csv
}

#[test]
fn a_killed_import_is_completed_by_running_it_again_without_doubles() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("gammal.csv");
    fs::write(&file, history()).unwrap();
    let import = |database: &database::TestDatabase| {
        let mut command = arende(database, folder.path());
        command.args(["import", "tickets"]).arg(&file).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    };

    // How long it takes undisturbed, so that the kills hit the middle of it on any machine.
    let undisturbed = database::fresh();
    let begun = Instant::now();
    let output = import(&undisturbed).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let whole = begun.elapsed();

    let database = database::fresh();
    let (mut killed, mut stored) = (0, 0);
    for share in [0.2, 0.4, 0.45, 0.3, 0.6] {
        let mut child = import(&database).spawn().unwrap();
        killed += i32::from(kill_after(&mut child, whole.mul_f64(share)));
        let db = database.open();
        let now_stored = number(&db, "SELECT count(*) AS value FROM tickets");
        assert!(now_stored >= stored, "{now_stored} after the kill, {stored} before");
        stored = now_stored;
        assert_whole(&db);
    }
    assert!(killed >= 2, "the import was too quick to be killed");

    let output = import(&database).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let db = database.open();
    assert_eq!(number(&db, "SELECT count(*) AS value FROM tickets"), ROWS);
    assert_eq!(number(&db, "SELECT count(DISTINCT external_id) AS value FROM tickets"), ROWS);
    assert_eq!(number(&db, "SELECT count(*) AS value FROM organisations"), 5);
    assert_whole(&db);
}
