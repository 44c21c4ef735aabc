use super::*;
use crate::app::outbox::ImportTickets;
use crate::app::testing::House;
use crate::app::{AppError, Ctx, Once};
use crate::db::jobs::{self, JobState};
use crate::db::search::{self, Audience, Words};
use crate::db::testing::TestDb;
use crate::db::{notifications, ticket_events, tickets, users};
use crate::domain::access::Role;
use crate::domain::ids::{ImportId, TicketId};
use crate::domain::report::published::{PUBLISHED, published_history};
use crate::domain::ticket::{Line, Origin, Status, Ticket, TicketEvent, evolve};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

const HEADER: &str = "externalId,kind,organisation,requesterEmail,subject,description,channel,category,impact,\
                      urgency,openedAt,resolvedAt,closedAt,resolvedByLine,service,system,firstResponseAt,\
                      resolvedByGroup,assigneeEmail";

/// Tickets of all sorts: open, resolved by each line, closed.
const MIXED: &str = "\
RT-1,incident,Norrviks kommun,anna.ek@norrvik.example.se,Skrivaren krånglar,Papper fastnar,phone,Skrivare,2,2,2024-03-01T08:00:00Z,2024-03-01T08:30:00Z,2024-03-02T09:00:00+01:00,1,E-post,Lönesystemet,2024-03-01T08:05:00Z,,siv.lund@it.example.se
RT-2,request,NORRVIKS KOMMUN,Bo.Berg@norrvik.example.se,Ny telefon,,portal,telefoni,3,3,2024-03-04T08:00:00Z,2024-03-06T08:00:00Z,,2,,lönesystemet,,Telefonigruppen,
RT-3,incident,Söderås,anna.ek@norrvik.example.se,Nätet är nere,Hela huset,email,,1,1,2026-08-31T08:00:00Z,,,,,,,,siv.lund@it.example.se
RT-4,problem,Söderås,eva@soderas.example.se,Servern startar om,,alarm,Helt ny kategori,1,2,2025-01-01T00:00:00Z,2025-02-01T00:00:00Z,2025-02-01T00:00:00Z,external,,,,,
RT-5,change,Söderås,eva@soderas.example.se,Byt brandvägg,,other,,2,3,2025-01-01T00:00:00Z,2025-02-01T00:00:00Z,2025-02-03T00:00:00Z,3,Nätdrift,,2025-01-02T00:00:00Z,Nät och drift,
";

fn take_in(house: &House, content: &str, dry_run: bool) -> ImportSummary {
    let path = house.file("tickets.csv", content);
    let options = ImportOptions { dry_run, ..ImportOptions::default() };
    import_file(&house.app, &path, &options, &mut |_| {}).unwrap()
}

fn mixed() -> String {
    format!("{HEADER}\n{MIXED}")
}

/// All tickets with their histories, in the order they were stored.
fn stored(house: &House) -> Vec<(Ticket, Vec<TicketEvent>)> {
    let read = |conn: &mut crate::db::Conn| {
        let mut all = Vec::new();
        let mut id = 1;
        while let Some(ticket) = tickets::by_id(conn, TicketId(id))? {
            all.push((ticket, ticket_events::all(conn, TicketId(id))?));
            id += 1;
        }
        Ok::<_, crate::db::DbError>(all)
    };
    house.app.db().read_blocking(read).unwrap()
}

fn waiting_jobs(house: &House) -> Vec<String> {
    let ready = house.app.db().read_blocking(|conn| jobs::list(conn, JobState::Ready, None, 100)).unwrap();
    ready.into_iter().map(|job| job.kind).collect()
}

#[tokio::test]
async fn rows_become_tickets_with_their_history() {
    for house in House::each().await {
        let summary = take_in(&house, &mixed(), false);
        assert_eq!((summary.rows, summary.imported, summary.skipped, summary.error_count), (5, 5, 0, 0));
        let stored = stored(&house);
        let numbers: Vec<String> = stored.iter().map(|(ticket, _)| ticket.number.to_string()).collect();
        assert_eq!(numbers, ["INC-1", "REQ-1", "INC-2", "PRB-1", "CHG-1"]);
        for (ticket, events) in &stored {
            let (first, later) = events.split_first().unwrap();
            let mut folded = Ticket::opened(ticket.id, first).unwrap();
            later.iter().for_each(|event| evolve(&mut folded, event));
            assert_eq!(&folded, ticket);
            assert!(events.iter().all(|event| event.origin == Origin::Import));
            assert!(events.is_sorted_by_key(|event| event.at));
        }
        let statuses: Vec<Status> = stored.iter().map(|(ticket, _)| ticket.status).collect();
        let expected = [Status::Closed, Status::Resolved, Status::Assigned, Status::Closed, Status::Closed];
        assert_eq!(statuses, expected);
        let directory = house.app.fresh_directory().await.unwrap();
        let (phones, _) = &stored[1];
        let resolution = phones.resolution.as_ref().unwrap();
        assert_eq!(directory.group(resolution.group).unwrap().name, "Telefonigruppen");
        assert_eq!((resolution.line, resolution.by), (Line::Second, None));
        assert_eq!(phones.first_response_at, None);
        assert_eq!(stored[0].0.closed_at.unwrap().to_string(), "2024-03-02T08:00:00Z");
    }
}

#[tokio::test]
async fn unknown_names_are_made_and_told_and_known_ones_are_found_whatever_the_case() {
    for house in House::each().await {
        house.organisation("norrvik", "Norrviks kommun").await;
        let looked = take_in(&house, &mixed(), true);
        assert!(stored(&house).is_empty());
        let summary = take_in(&house, &mixed(), false);
        assert_eq!(summary.created_organisations, ["Söderås"]);
        assert_eq!(summary.created_categories, ["Helt ny kategori"]);
        assert_eq!(summary.created_services, ["Nätdrift"]);
        assert_eq!(summary.created_systems, ["Lönesystemet"]);
        assert_eq!(summary.created_groups, ["Telefonigruppen", "Nät och drift"]);
        assert_eq!((summary.created_requesters, summary.created_assignees), (3, 1));
        // Looking has told the same.
        let as_if = ImportSummary { dry_run: false, seconds: 0.0, per_second: 0.0, ..looked };
        assert_eq!(as_if, ImportSummary { seconds: 0.0, per_second: 0.0, ..summary });

        let directory = house.app.fresh_directory().await.unwrap();
        let soderas = directory.organisation_by_code("soderas").unwrap();
        assert_eq!((soderas.customer, soderas.name.as_str()), (soderas.id, "Söderås"));
        assert_eq!(directory.group_by_code("nat-och-drift").unwrap().line, Line::Third);
        let (bo, siv) = house
            .app
            .db()
            .read_blocking(|conn| {
                let bo = users::by_email(conn, "bo.berg@norrvik.example.se")?.unwrap();
                let siv = users::by_email(conn, "siv.lund@it.example.se")?.unwrap();
                let of = (users::memberships(conn, bo.id)?, users::roles(conn, bo.id)?);
                Ok::<_, crate::db::DbError>(((bo, of), (users::roles(conn, siv.id)?, siv)))
            })
            .unwrap();
        let norrvik = directory.organisation_by_code("norrvik").unwrap().id;
        assert_eq!((bo.0.name.as_str(), bo.0.email.as_str()), ("Bo Berg", "Bo.Berg@norrvik.example.se"));
        assert_eq!(bo.0.password_hash, None);
        assert_eq!(bo.1, (vec![norrvik], vec![(Role::Requester, None)]));
        assert_eq!((siv.0, siv.1.name.as_str()), (vec![(Role::Requester, None)], "Siv Lund"));
    }
}

#[tokio::test]
async fn nobody_is_told_and_nothing_follows() {
    for house in House::each().await {
        house.person("agent@it.example.se", Role::Agent).await;
        take_in(&house, &mixed(), false);
        assert!(waiting_jobs(&house).is_empty());
        let notices = house.app.db().read_blocking(|conn| {
            let mut notices = Vec::new();
            for address in ["agent@it.example.se", "anna.ek@norrvik.example.se", "siv.lund@it.example.se"] {
                let user = users::by_email(conn, address)?.unwrap();
                notices.extend(notifications::unread(conn, user.id, 10)?);
            }
            Ok::<_, crate::db::DbError>(notices)
        });
        assert_eq!(notices.unwrap(), []);
    }
}

#[tokio::test]
async fn imported_tickets_are_found_by_their_words() {
    for house in House::each().await {
        take_in(&house, &mixed(), false);
        let find = |text: &str| {
            let words = Words::parse(text).unwrap();
            house
                .app
                .db()
                .read_blocking(|conn| {
                    search::matches(conn, &words, Audience::Requester, TicketId(i64::MAX), 10)
                })
                .unwrap()
        };
        assert_eq!(find("skrivare papper"), [TicketId(1)]);
        assert_eq!(find("nätet"), [TicketId(3)]);
        assert_eq!(find("finns inte"), []);
    }
}

#[tokio::test]
async fn every_form_of_the_file_gives_the_same_tickets() {
    let description = "Rad ett\nrad \"två\"; och, tre";
    let quoted = format!("\"{}\"", description.replace('"', "\"\""));
    let row = |separator: &str| {
        let head = ["RT-1", "incident", "Norrvik", "a@example.se", "Åäö", quoted.as_str(), "portal", ""];
        let tail =
            ["3", "3", "2024-03-01T09:00:00+01:00", "2024-03-01T09:00:00Z", "", "1", "", "", "", "", ""];
        [head.as_slice(), tail.as_slice()].concat().join(separator)
    };
    let comma = format!("{HEADER}\n{}\n", row(","));
    let semicolon = format!("\u{feff}{}\r\n{}\r\n", HEADER.replace(',', ";"), row(";"));
    let json = serde_json::json!({
        "externalId": "RT-1", "kind": "incident", "organisation": "Norrvik", "requesterEmail": "a@example.se",
        "subject": "Åäö", "description": description, "channel": "portal", "category": null, "impact": 3,
        "urgency": 3, "openedAt": "2024-03-01T09:00:00+01:00", "resolvedAt": "2024-03-01T09:00:00Z",
        "closedAt": "", "resolvedByLine": 1,
    });
    let mut seen: Option<(Ticket, Vec<TicketEvent>)> = None;
    for content in [comma, semicolon, format!("{json}\n")] {
        for house in House::each().await {
            assert_eq!(take_in(&house, &content, false).imported, 1);
            let mut stored = stored(&house);
            let only = stored.pop().unwrap();
            assert!(stored.is_empty());
            assert_eq!(only.0.description, description);
            assert_eq!(seen.get_or_insert_with(|| only.clone()), &only);
        }
    }
}

#[tokio::test]
async fn one_wrong_row_and_nothing_is_taken_in() {
    for house in House::each().await {
        let mut content = mixed();
        content.push_str(
            "RT-6,fel,Norrvik,ingen-adress,,,portal,,9,3,i går,,,,,,,,\n\
             RT-1,incident,Norrvik,a@example.se,Igen,,portal,,3,3,2024-03-01T09:00:00Z,,,,,,,,\n",
        );
        for dry_run in [true, false] {
            let summary = take_in(&house, &content, dry_run);
            assert!(summary.is_refused());
            assert_eq!((summary.rows, summary.imported, summary.error_count), (7, 0, 6));
            let faults: Vec<String> = summary
                .errors
                .iter()
                .map(|fault| format!("{} {} {} {}", fault.row, fault.line, fault.column.unwrap(), fault.code))
                .collect();
            let expected = [
                "6 7 kind notAChoice",
                "6 7 requesterEmail notAnAddress",
                "6 7 subject required",
                "6 7 impact notAChoice",
                "6 7 openedAt notAnInstant",
                "7 8 externalId duplicate",
            ];
            assert_eq!(faults, expected);
            assert!(summary.errors[0].message.contains("row 6 (line 7), column kind"));
        }
        assert!(stored(&house).is_empty());
        assert!(house.app.fresh_directory().await.unwrap().organisations.is_empty());
    }
}

#[tokio::test]
async fn a_hundred_faults_are_told_and_all_are_counted() {
    let house = House::on(TestDb::sqlite()).await;
    let content = (0..150).fold(format!("{HEADER}\n"), |mut content, _| {
        content.push_str(&",".repeat(18));
        content.push('\n');
        content
    });
    let summary = take_in(&house, &content, false);
    assert_eq!((summary.rows, summary.errors.len()), (150, 100));
    assert_eq!(summary.error_count, 150 * 9);
}

#[tokio::test]
async fn what_is_no_import_file_is_refused_as_a_whole() {
    let house = House::on(TestDb::sqlite()).await;
    let path = house.file("other.csv", "namn;ålder\nanna;5\n");
    let error = import_file(&house.app, &path, &ImportOptions::default(), &mut |_| {}).unwrap_err();
    assert!(matches!(error, ImportError::File(_)), "{error}");
    let error = import_file(&house.app, &path.with_file_name("none"), &ImportOptions::default(), &mut |_| {});
    assert!(matches!(error.unwrap_err(), ImportError::File(reader::OpenError::Io(_))));
}

#[tokio::test]
async fn a_second_import_changes_nothing() {
    for house in House::each().await {
        take_in(&house, &mixed(), false);
        let before = stored(&house);
        // An organisation that was renamed since isn't made again for rows that are known.
        let renamed = mixed().replace("Söderås", "Söderås stad");
        for dry_run in [true, false] {
            let summary = take_in(&house, &renamed, dry_run);
            assert_eq!((summary.imported, summary.skipped), (0, 5));
            assert_eq!(summary.created_organisations, Vec::<String>::new());
            assert_eq!(summary.created_requesters, 0);
        }
        assert_eq!(stored(&house), before);
        let with_one_more = format!(
            "{}RT-9,request,norrviks kommun,anna.ek@norrvik.example.se,Mer,,api,,3,3,2025-01-01T00:00:00Z,,,,,,,,\n",
            mixed()
        );
        let summary = take_in(&house, &with_one_more, false);
        assert_eq!((summary.imported, summary.skipped, summary.created_requesters), (1, 5, 0));
        assert_eq!(stored(&house).last().unwrap().0.number.to_string(), "REQ-2");
    }
}

/// So many rows that they make several chunks.
fn many(rows: usize) -> String {
    (0..rows).fold(format!("{HEADER}\n"), |mut content, row| {
        let _ = writeln!(
            content,
            "M-{row},incident,Kommun {},person{}@example.se,Rad {row},,portal,,3,3,2025-01-01T00:00:00Z,\
             2025-01-02T00:00:00Z,,2,,,,Grupp {},",
            row % 7,
            row % 40,
            row % 3,
        );
        content
    })
}

#[tokio::test]
async fn an_import_that_broke_off_goes_on() {
    for house in House::each().await {
        let path = house.file("many.csv", &many(2_500));
        let options = ImportOptions::default();
        let stop = std::sync::Arc::clone(&options.stop);
        let broken = import_file(&house.app, &path, &options, &mut |progress| {
            stop.store(matches!(progress, Progress::Importing { .. }), Ordering::Relaxed);
        });
        assert!(matches!(broken, Err(ImportError::Stopped)));
        assert_eq!(stored(&house).len(), 1_000);
        let summary = import_file(&house.app, &path, &ImportOptions::default(), &mut |_| {}).unwrap();
        assert_eq!((summary.imported, summary.skipped), (1_500, 1_000));
        let stored = stored(&house);
        assert_eq!(stored.len(), 2_500);
        assert!(stored.iter().zip(0..).all(|((ticket, _), row)| {
            ticket.external_id == Some(format!("M-{row}")) && ticket.number.sequence() == row + 1
        }));
    }
}

#[tokio::test]
async fn two_imports_at_once_take_each_row_in_once() {
    for house in House::each().await {
        let path = house.file("many.csv", &many(2_500));
        let run = || import_file(&house.app, &path, &ImportOptions::default(), &mut |_| {}).unwrap();
        let (one, other) = std::thread::scope(|scope| {
            let other = scope.spawn(run);
            (run(), other.join().unwrap())
        });
        assert_eq!((one.imported + other.imported, one.skipped + other.skipped), (2_500, 2_500));
        assert_eq!(one.created_requesters + other.created_requesters, 40);
        assert_eq!(one.created_groups.len() + other.created_groups.len(), 3);
        let directory = house.app.fresh_directory().await.unwrap();
        assert_eq!((directory.organisations.len(), directory.groups.len()), (7, 4));
        let last = house.app.db().read_blocking(|conn| tickets::known_external_ids(conn, &["M-0", "M-2499"]));
        assert_eq!(last.unwrap().len(), 2);
    }
}

/// The figure: the published table comes out of tickets that were imported.
#[tokio::test]
async fn published_table_of_2010_to_2015_is_reproduced() {
    let mut content = format!("{HEADER}\n");
    for (ticket, row) in published_history().zip(0..) {
        let (opened, resolved) = (ticket.opened_at, ticket.resolved_at);
        writeln!(
            content,
            "{row},incident,Ydre,p{}@example.se,Fel,,phone,,3,3,{opened},{resolved},,1,,,,,",
            row % 9
        )
        .unwrap();
    }
    for house in House::each().await {
        let summary = take_in(&house, &content, false);
        assert_eq!((summary.imported, summary.error_count), (126_110, 0));
        let query = crate::app::reports::ResolutionQuery {
            from: "2010-01-01".to_owned(),
            to: "2015-12-31".to_owned(),
            by: "year".to_owned(),
            ..Default::default()
        };
        let table = house.app.resolution_table(&Ctx::command_line(), &query).await.unwrap().to_csv();
        let expected = PUBLISHED.iter().fold(
            "period,tickets,within1h,within2h,within1d,within3d,within1w\r\n".to_owned(),
            |mut csv, year| {
                let shares = year.shares.map(|share| format!("{share}.0")).join(",");
                let _ = write!(csv, "{},{},{shares}\r\n", year.year, year.tickets);
                csv
            },
        );
        assert_eq!(table, expected);
    }
}

fn upload(house: &House, content: &str) -> crate::app::tickets::Incoming {
    let mut incoming = house.app.begin_file(1 << 20).unwrap();
    incoming.write(content.as_bytes()).unwrap();
    incoming
}

/// What is stored, at whatever depth; folders alone don't count.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

fn files_left(house: &House) -> usize {
    files_below(&house.test.folder().join("files")).len()
}

#[tokio::test]
async fn an_uploaded_file_is_imported_by_a_job_and_then_removed() {
    for house in House::each().await {
        let mut admin = house.person("admin@it.example.se", Role::Administrator).await;
        admin.once = Some(Once { key: "k".to_owned(), request_hash: "h".to_owned() });
        let begun = house
            .app
            .begin_import(&admin, "../gamla ärenden.csv", upload(&house, &mixed()), false)
            .await
            .unwrap();
        assert_eq!((begun.state, begun.file_name.as_str()), (ImportState::Queued, "gamla ärenden.csv"));
        let again = house.app.begin_import(&admin, "x", upload(&house, &mixed()), false).await.unwrap();
        assert_eq!(again, begun);
        assert_eq!((waiting_jobs(&house), files_left(&house)), (vec!["importTickets".to_owned()], 1));

        let job = ImportTickets { import: ImportId(1) };
        house.app.run_import(&job).await.unwrap();
        let done = house.app.import(&admin, &begun.id).await.unwrap();
        assert_eq!((done.state, done.rows_read, done.rows_done), (ImportState::Done, 5, 5));
        assert_eq!(done.summary.as_ref().unwrap().imported, 5);
        assert_eq!(done.finished_at, Some(house.app.now()));
        assert_eq!(files_left(&house), 0);
        // A worker that died before it could tell has it run once more.
        house.app.run_import(&job).await.unwrap();
        assert_eq!(house.app.imports(&admin).await.unwrap(), [done]);
    }
}

#[tokio::test]
async fn a_wrong_upload_is_refused_with_its_faults() {
    for house in House::each().await {
        let admin = house.person("admin@it.example.se", Role::Administrator).await;
        let wrong_row = mixed().replace("RT-2,request", "RT-2,wunsch");
        for (content, job) in [(wrong_row.as_str(), 1), ("namn;ålder\n", 2)] {
            let begun =
                house.app.begin_import(&admin, "a.csv", upload(&house, content), false).await.unwrap();
            house.app.run_import(&ImportTickets { import: ImportId(job) }).await.unwrap();
            let view = house.app.import(&admin, &begun.id).await.unwrap();
            assert_eq!(view.state, ImportState::Refused);
            let summary = view.summary.unwrap();
            match job {
                1 => assert_eq!(summary.errors[0].row, 2),
                _ => assert_eq!(summary.file_error.unwrap().code, "missingColumns"),
            }
        }
        assert!(stored(&house).is_empty());
        assert_eq!(files_left(&house), 0);
    }
}

#[tokio::test]
async fn an_upload_that_breaks_off_is_failed_until_it_is_tried_again() {
    for house in House::each().await {
        let admin = house.person("admin@it.example.se", Role::Administrator).await;
        let begun = house.app.begin_import(&admin, "a.csv", upload(&house, &mixed()), false).await.unwrap();
        let file = files_below(&house.test.folder().join("files")).pop().unwrap();
        let aside = house.test.folder().join("aside");
        std::fs::rename(&file, &aside).unwrap();
        let job = ImportTickets { import: ImportId(1) };
        assert!(matches!(house.app.run_import(&job).await, Err(AppError::Internal { .. })));
        assert_eq!(house.app.import(&admin, &begun.id).await.unwrap().state, ImportState::Failed);
        std::fs::rename(&aside, &file).unwrap();
        house.app.run_import(&job).await.unwrap();
        assert_eq!(house.app.import(&admin, &begun.id).await.unwrap().state, ImportState::Done);
    }
}

#[tokio::test]
async fn only_those_who_may_import_see_imports() {
    let house = House::on(TestDb::sqlite()).await;
    let agent = house.person("agent@it.example.se", Role::Agent).await;
    let admin = house.person("admin@it.example.se", Role::Administrator).await;
    let refused = house.app.begin_import(&agent, "a.csv", upload(&house, "x"), true).await;
    assert!(matches!(refused, Err(AppError::Forbidden)));
    assert!(matches!(house.app.imports(&agent).await, Err(AppError::Forbidden)));
    assert!(matches!(house.app.import(&agent, "x").await, Err(AppError::Forbidden)));
    assert!(matches!(house.app.import(&admin, "x").await, Err(AppError::NotFound)));
    assert_eq!(files_left(&house), 0);
}
