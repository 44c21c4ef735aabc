use super::*;
use crate::app::testing::House;
use crate::app::{AppError, FieldError, Once};
use crate::db::jobs::{self, JobState};
use crate::db::policies::{self, NewVersion, PolicyKind};
use crate::db::reference;
use crate::domain::access::Role;
use crate::domain::clock::{Instant, MICROS_PER_DAY};
use crate::domain::sla::{CalendarRules, CalendarSpec};
use std::sync::mpsc::{Receiver, Sender, channel};

fn from(date: &str) -> Amendment {
    Amendment { valid_from: Some(date.to_owned()), ..Amendment::default() }
}

fn spec() -> CalendarSpec {
    CalendarSpec::from(&CalendarRules::servicedesk())
}

/// One is enough for what no database has a say in.
async fn house() -> House {
    House::each().await.swap_remove(0)
}

#[track_caller]
fn refused<T: std::fmt::Debug>(result: Result<T, AppError>) -> Vec<String> {
    let Err(AppError::Invalid(errors)) = result else { panic!("{result:?}") };
    errors.iter().map(|error: &FieldError| format!("{}: {}", error.field, error.code())).collect()
}

#[tokio::test]
async fn a_calendar_changes_from_a_later_date_and_its_clocks_are_counted_anew() {
    for house in House::each().await {
        let (app, admin) = (&house.app, house.person("adam@example.se", Role::Administrator).await);
        let mut shorter = spec();
        shorter.hours[0].closes = "12:00".to_owned();
        let today = app.add_policy_version(&admin, "servicedesk", &from("2026-09-01"), &shorter).await;
        assert_eq!(refused(today), ["validFrom: beginsTooEarly"]);
        let id = app.add_policy_version(&admin, "servicedesk", &from("2026-09-07"), &shorter).await.unwrap();
        let days = app.calendar_days(&admin, "servicedesk", "2026-08-31", "2026-09-07").await.unwrap();
        let closes: Vec<String> =
            days.iter().filter_map(|day| day.hours.map(|hours| hours.closes().to_string())).collect();
        assert_eq!(closes, ["16:00", "16:00", "16:00", "16:00", "16:00", "12:00"]);
        let queued = app.db().read(|conn| jobs::list(conn, JobState::Ready, None, 100)).await.unwrap();
        assert!(queued.iter().any(|job| job.kind == "reconcileClocks"));
        // The same date again is told as that, and what hasn't begun can be taken back.
        let twice = app.add_policy_version(&admin, "servicedesk", &from("2026-09-07"), &spec()).await;
        assert_eq!(refused(twice), ["validFrom: beginsWithAnother"]);
        app.take_back_policy_version::<CalendarSpec>(&admin, "servicedesk", &id).await.unwrap();
        let document: Document<CalendarSpec> = app.policy_document(&admin, "servicedesk").await.unwrap();
        assert_eq!(document.versions.len(), 1);
        let begun = app
            .take_back_policy_version::<CalendarSpec>(&admin, "servicedesk", &document.versions[0].id)
            .await;
        assert_eq!(refused(begun), ["id: notAllowed"]);
    }
}

#[tokio::test]
async fn agreements_that_contradict_are_refused_until_one_ends() {
    for house in House::each().await {
        let (app, admin) = (&house.app, house.person("adam@example.se", Role::Administrator).await);
        let known: Document<AgreementWritten> = app.policy_document(&admin, "base-function").await.unwrap();
        let same = known.content().unwrap().clone();
        let new = NewDocument { name: "Samma sak".to_owned(), ..NewDocument::default() };
        assert_eq!(refused(app.create_policy(&admin, &new, &same).await), ["conditions: contradicts"]);
        let later = Instant::parse_rfc3339("2026-10-01T00:00:00Z").unwrap();
        let end = Amendment { valid_from: Some(later.to_string()), ..Amendment::default() };
        app.withdraw_agreement(&admin, "base-function", &end).await.unwrap();
        let again = app.withdraw_agreement(&admin, "base-function", &end).await;
        assert_eq!(refused(again), ["validFrom: notInForce"]);
        let after = NewDocument { amendment: end, ..new };
        assert_eq!(app.create_policy(&admin, &after, &same).await.unwrap(), "samma-sak");
        house.clock.advance_micros(31 * MICROS_PER_DAY);
        let ended: Document<AgreementWritten> = app.policy_document(&admin, "base-function").await.unwrap();
        assert!(ended.current().unwrap().content.is_none());
    }
}

#[tokio::test]
async fn a_change_based_on_what_no_longer_stands_is_stale() {
    for house in House::each().await {
        let (app, admin) = (&house.app, house.person("adam@example.se", Role::Administrator).await);
        let seen: Document<RulesWritten> = app.policy_document(&admin, ONLY).await.unwrap();
        let based = || Amendment { based_on: Some(seen.last_written()), ..Amendment::default() };
        let rules = RulesWritten::default();
        house.clock.advance_micros(1);
        let once = Once { key: "k".to_owned(), request_hash: "h".to_owned() };
        let keyed = crate::app::Ctx { once: Some(once), ..admin.clone() };
        let first = app.add_policy_version(&keyed, ONLY, &based(), &rules).await.unwrap();
        assert_eq!(app.add_policy_version(&keyed, ONLY, &based(), &rules).await.unwrap(), first);
        let second = app.add_policy_version(&admin, ONLY, &based(), &rules).await;
        assert!(matches!(second, Err(AppError::Stale { version: 2 })), "{second:?}");
        let agent = house.person("sara@example.se", Role::Agent).await;
        let not_theirs = app.add_policy_version(&agent, ONLY, &Amendment::default(), &rules).await;
        assert!(matches!(not_theirs, Err(AppError::Forbidden)));
        assert!(app.policy_documents::<RulesWritten>(&agent).await.is_ok());
    }
}

#[tokio::test]
async fn what_is_read_out_can_be_written_in() {
    for house in House::each().await {
        let (app, admin) = (&house.app, house.person("adam@example.se", Role::Administrator).await);
        house.clock.advance_micros(1);
        let matrix: Document<MatrixWritten> = app.policy_document(&admin, ONLY).await.unwrap();
        let written = matrix.content().unwrap().clone();
        app.add_policy_version(&admin, ONLY, &Amendment::default(), &written).await.unwrap();
        let again: Document<MatrixWritten> = app.policy_document(&admin, ONLY).await.unwrap();
        assert_eq!((again.versions.len(), again.content()), (2, Some(&written)));
        for agreement in app.policy_documents::<AgreementWritten>(&admin).await.unwrap() {
            let written = agreement.content().unwrap();
            app.add_policy_version(&admin, &agreement.code, &Amendment::default(), written).await.unwrap();
        }
    }
}

#[tokio::test]
async fn rules_keep_their_keys_and_loops_are_refused() {
    for house in House::each().await {
        let (app, admin) = (&house.app, house.person("adam@example.se", Role::Administrator).await);
        house.clock.advance_micros(1);
        let rule = |name: &str, if_priority: i64, then: i64| RuleWritten {
            name: name.to_owned(),
            conditions: RuleConditionsWritten {
                priority: Some(PriorityRangeWritten { highest: if_priority, lowest: if_priority }),
                ..RuleConditionsWritten::default()
            },
            effects: EffectsWritten { priority: Some(then), ..EffectsWritten::default() },
            ..RuleWritten::default()
        };
        let looping = RulesWritten { rules: vec![rule("Upp", 3, 2), rule("Ner", 2, 3)] };
        let looped = app.add_policy_version(&admin, ONLY, &Amendment::default(), &looping).await;
        assert_eq!(refused(looped), ["rules[0].effects: rulesLoop"]);
        let one = RulesWritten { rules: vec![rule("Upp", 3, 2)] };
        app.add_policy_version(&admin, ONLY, &Amendment::default(), &one).await.unwrap();
        let kept: Document<RulesWritten> = app.policy_document(&admin, ONLY).await.unwrap();
        let mut two = kept.content().unwrap().clone();
        let id = two.rules[0].id.clone().unwrap();
        two.rules.insert(0, rule("Annan", 4, 3));
        house.clock.advance_micros(1);
        app.add_policy_version(&admin, ONLY, &Amendment::default(), &two).await.unwrap();
        let kept: Document<RulesWritten> = app.policy_document(&admin, ONLY).await.unwrap();
        let rules = &kept.content().unwrap().rules;
        assert_eq!(rules[1].id.as_ref(), Some(&id));
        assert!(rules[0].id.is_some() && rules[0].id.as_ref() != Some(&id));
    }
}

#[tokio::test]
async fn an_installation_with_a_desk_and_no_policies_is_given_those_delivered() {
    for test in crate::db::testing::each_backend() {
        test.db
            .write_blocking(|tx| {
                let desk = reference::insert_desk(tx, "it", "IT")?;
                let (code, name, line) = ("servicedesk", "Servicedesk", crate::domain::ticket::Line::First);
                reference::insert_group(tx, reference::NewGroup { desk, code, name, line, is_intake: true })
            })
            .unwrap();
        let house = House::on(test).await;
        let policies = house.app.policies().await.unwrap();
        assert_eq!((policies.calendars.len(), policies.agreements.len()), (1, 3));
        assert!(policies.matrix.at(house.app.now()).is_some());
    }
}

/// An agreement with the intake group, beside the one with customers.
fn ola(of: &AgreementWritten, group: &str) -> AgreementWritten {
    let conditions = ConditionsWritten { group: Some(group.to_owned()), ..ConditionsWritten::default() };
    AgreementWritten { kind: "ola".to_owned(), conditions, ..of.clone() }
}

#[tokio::test]
async fn a_rule_gives_customers_no_agreement_of_groups_and_an_agreement_keeps_its_kind() {
    for house in House::each().await {
        let (app, admin) = (&house.app, house.person("adam@example.se", Role::Administrator).await);
        house.clock.advance_micros(1);
        let known: Document<AgreementWritten> = app.policy_document(&admin, "base-function").await.unwrap();
        let directory = app.directory().await.unwrap();
        let terms = ola(known.content().unwrap(), &directory.groups[0].code);
        let new = NewDocument { name: "OLA natt".to_owned(), ..NewDocument::default() };
        app.create_policy(&admin, &new, &terms).await.unwrap();
        let naming = |code: &str| RulesWritten {
            rules: vec![RuleWritten {
                name: "Natt".to_owned(),
                effects: EffectsWritten { agreement: Some(code.to_owned()), ..EffectsWritten::default() },
                ..RuleWritten::default()
            }],
        };
        let refusal = app.add_policy_version(&admin, ONLY, &Amendment::default(), &naming("ola-natt")).await;
        assert_eq!(refused(refusal), ["rules[0].effects.agreement: notForCustomers"]);
        app.add_policy_version(&admin, ONLY, &Amendment::default(), &naming("base-function")).await.unwrap();
        let terms = AgreementWritten {
            conditions: ConditionsWritten { priority: Some(2), ..terms.conditions },
            ..terms
        };
        let turned = app.add_policy_version(&admin, "base-function", &Amendment::default(), &terms).await;
        assert_eq!(refused(turned), ["kind: kindDiffers"]);
    }
}

/// Somebody who is about to store an agreement for these tickets, and has decided to.
fn in_the_middle(
    house: &House,
    conditions: &str,
    begun: Sender<()>,
    other_is_done: Receiver<()>,
) -> std::thread::JoinHandle<()> {
    let (db, now, conditions) = (house.test.db.clone(), house.app.now(), conditions.to_owned());
    std::thread::spawn(move || {
        db.write_blocking(move |tx| {
            policies::lock(tx)?;
            begun.send(()).unwrap();
            // Whoever doesn't wait for us is done long before this.
            let _ = other_is_done.recv_timeout(std::time::Duration::from_millis(500));
            let stored = policies::all(tx.conn())?;
            let known = stored.iter().find(|version| version.kind == PolicyKind::Agreement).unwrap();
            let mut spec: serde_json::Value = serde_json::from_str(&known.spec).unwrap();
            spec["conditions"] = serde_json::from_str(&conditions).unwrap();
            let version = NewVersion {
                valid_from: now,
                is_withdrawn: false,
                spec: &spec.to_string(),
                note: "",
                created_at: now,
                created_by: None,
            };
            let rival = policies::insert(tx, PolicyKind::Agreement, "rival", "Den andra", now)?;
            policies::insert_version(tx, rival, &version)?;
            Ok::<_, crate::db::DbError>(())
        })
        .unwrap();
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn of_administrators_at_once_who_contradict_each_other_one_is_heard() {
    for house in House::each().await {
        let (app, admin) = (&house.app, house.person("adam@example.se", Role::Administrator).await);
        house.clock.advance_micros(1);
        let known: Document<AgreementWritten> = app.policy_document(&admin, "base-function").await.unwrap();
        let mut terms = known.content().unwrap().clone();
        terms.conditions = ConditionsWritten { priority: Some(1), ..ConditionsWritten::default() };
        let ((begun, has_begun), (done, is_done)) = (channel(), channel());
        let other = in_the_middle(&house, r#"{"priority":1}"#, begun, is_done);
        has_begun.recv().unwrap();
        let new = NewDocument { name: "Den ena".to_owned(), ..NewDocument::default() };
        let made = app.create_policy(&admin, &new, &terms).await;
        // Nobody waits for this when all is well.
        let _ = done.send(());
        other.join().unwrap();
        assert_eq!(refused(made), ["conditions: contradicts"]);
    }
}

#[tokio::test]
async fn nothing_begins_before_a_version_to_come() {
    for house in House::each().await {
        let (app, admin) = (&house.app, house.person("adam@example.se", Role::Administrator).await);
        house.clock.advance_micros(1);
        let (new_year, december) = (from("2027-01-01"), from("2026-12-01"));
        let sentence = "validFrom: beginsBeforeAnother";
        app.add_policy_version(&admin, "servicedesk", &new_year, &spec()).await.unwrap();
        let early = app.add_policy_version(&admin, "servicedesk", &december, &spec()).await;
        assert_eq!(refused(early), [sentence]);
        let looked_at = app.preview_calendar(&admin, Some("servicedesk"), &december, &spec()).await;
        assert_eq!(refused(looked_at), [sentence]);
        let agreement: Document<AgreementWritten> =
            app.policy_document(&admin, "base-function").await.unwrap();
        let terms = agreement.content().unwrap().clone();
        app.add_policy_version(&admin, "base-function", &new_year, &terms).await.unwrap();
        let early = app.add_policy_version(&admin, "base-function", &december, &terms).await;
        assert_eq!(refused(early), [sentence]);
        let draft = AgreementDraft {
            code: Some("base-function".to_owned()),
            amendment: Amendment::default(),
            terms: terms.clone(),
            ..AgreementDraft::default()
        };
        assert_eq!(refused(app.try_agreement(&admin, &draft).await), [sentence]);
        let rules = RulesWritten::default();
        app.add_policy_version(&admin, ONLY, &new_year, &rules).await.unwrap();
        let at_once = app.add_policy_version(&admin, ONLY, &Amendment::default(), &rules).await;
        assert_eq!(refused(at_once), [sentence]);
        let together = app.check_policy_version(&admin, ONLY, &new_year, &rules).await;
        assert_eq!(refused(together), ["validFrom: beginsWithAnother"]);
        let matrix: Document<MatrixWritten> = app.policy_document(&admin, ONLY).await.unwrap();
        let matrix = matrix.content().unwrap().clone();
        let first = app.write_matrix(&admin, &new_year, &matrix).await.unwrap();
        let on_first = Amendment { based_on: Some(first.clone()), ..new_year.clone() };
        let second = app.write_matrix(&admin, &on_first, &matrix).await.unwrap();
        assert_ne!(first, second, "a key vouches for one version");
        let stale = app.write_matrix(&admin, &on_first, &matrix).await;
        assert!(matches!(stale, Err(AppError::Stale { .. })), "{stale:?}");
        assert_eq!(refused(app.write_matrix(&admin, &december, &matrix).await), [sentence]);
        // After it all is well.
        app.add_policy_version(&admin, "servicedesk", &from("2027-02-01"), &spec()).await.unwrap();
    }
}

#[tokio::test]
async fn a_day_that_cannot_be_counted_is_told_as_what_it_is() {
    let house = house().await;
    let (app, admin) = (&house.app, house.person("adam@example.se", Role::Administrator).await);
    for (typed, expected) in [
        ("", "validFrom: required"),
        ("2027-02-30", "validFrom: notADate"),
        ("9999-12-31", "validFrom: tooFarAhead"),
        ("2026-08-01", "validFrom: beginsTooEarly"),
    ] {
        let looked_at = app.preview_calendar(&admin, Some("servicedesk"), &from(typed), &spec()).await;
        assert_eq!(refused(looked_at), [expected], "{typed}");
    }
    let (year, days) =
        app.preview_calendar(&admin, Some("servicedesk"), &from("2027-03-01"), &spec()).await.unwrap();
    assert_eq!((year, days.len()), (2027, 365));
}

#[tokio::test]
async fn looking_at_a_change_of_what_no_longer_stands_is_stale() {
    let house = house().await;
    let (app, admin) = (&house.app, house.person("adam@example.se", Role::Administrator).await);
    // The ticket that an agreement is tried on is somebody's.
    house.organisation("norrvik", "Norrvik kommun").await;
    let calendar: Document<CalendarSpec> = app.policy_document(&admin, "servicedesk").await.unwrap();
    let agreement: Document<AgreementWritten> = app.policy_document(&admin, "base-function").await.unwrap();
    let based_on = |on: String, date: &str| Amendment { based_on: Some(on), ..from(date) };
    let looked_at = based_on(calendar.last_written(), "2027-01-01");
    let draft = AgreementDraft {
        code: Some("base-function".to_owned()),
        amendment: based_on(agreement.last_written(), "2027-01-01"),
        terms: agreement.content().unwrap().clone(),
        ..AgreementDraft::default()
    };
    app.preview_calendar(&admin, Some("servicedesk"), &looked_at, &spec()).await.unwrap();
    app.try_agreement(&admin, &draft).await.unwrap();
    house.clock.advance_micros(1);
    app.add_policy_version(&admin, "servicedesk", &from("2026-10-01"), &spec()).await.unwrap();
    app.add_policy_version(&admin, "base-function", &from("2026-10-01"), &draft.terms).await.unwrap();
    let late = app.preview_calendar(&admin, Some("servicedesk"), &looked_at, &spec()).await;
    assert!(matches!(late, Err(AppError::Stale { .. })), "{late:?}");
    let late = app.try_agreement(&admin, &draft).await;
    assert!(matches!(late, Err(AppError::Stale { .. })), "{late:?}");
}

#[tokio::test]
async fn all_that_is_wrong_with_an_agreement_is_told_at_once() {
    let house = house().await;
    let (app, admin) = (&house.app, house.person("adam@example.se", Role::Administrator).await);
    let promise = |metric: &str, target: TargetWritten| PromiseWritten {
        metric: metric.to_owned(),
        target,
        ..PromiseWritten::default()
    };
    let days = |days: i64| TargetWritten { working_days: Some(days), working_minutes: None };
    let terms = AgreementWritten {
        kind: "sla".to_owned(),
        calendar: "servicedesk".to_owned(),
        conditions: ConditionsWritten { group: Some("nobody".to_owned()), ..ConditionsWritten::default() },
        promises: vec![
            promise("firstResponse", days(0)),
            promise("colour", days(1)),
            promise("resolution", days(366)),
            promise("resolution", days(1)),
        ],
    };
    let new = NewDocument { name: "Allt fel".to_owned(), ..NewDocument::default() };
    assert_eq!(
        refused(app.create_policy(&admin, &new, &terms).await),
        [
            "conditions.group: unknown",
            "promises[1].metric: unknown",
            "promises[0].target: targetZero",
            "promises[2].target: targetBeyondAYear",
            "promises[3].metric: metricTwice",
        ]
    );
}

#[tokio::test]
async fn conditions_that_no_ticket_meets_are_refused() {
    let house = house().await;
    let (app, admin) = (&house.app, house.person("adam@example.se", Role::Administrator).await);
    let known: Document<AgreementWritten> = app.policy_document(&admin, "base-function").await.unwrap();
    let directory = app.directory().await.unwrap();
    let service = &directory.services[0];
    let with = |is_base: bool| {
        let conditions = ConditionsWritten {
            service: Some(service.code.clone()),
            base_function: Some(is_base),
            ..ConditionsWritten::default()
        };
        AgreementWritten { conditions, ..known.content().unwrap().clone() }
    };
    let new = NewDocument { name: "Tjänsten".to_owned(), ..NewDocument::default() };
    let never = app.create_policy(&admin, &new, &with(!service.is_base_function)).await;
    assert_eq!(refused(never), ["conditions.baseFunction: baseFunctionNeverHolds"]);
    app.create_policy(&admin, &new, &with(service.is_base_function)).await.unwrap();
}

#[tokio::test]
async fn all_that_is_wrong_with_rules_is_told_at_once() {
    let house = house().await;
    let (app, admin) = (&house.app, house.person("adam@example.se", Role::Administrator).await);
    let unknown = RuleWritten {
        name: "Okänd".to_owned(),
        effects: EffectsWritten { group: Some("nobody".to_owned()), ..EffectsWritten::default() },
        ..RuleWritten::default()
    };
    let empty = RuleWritten {
        conditions: RuleConditionsWritten { words: vec!["!".to_owned()], ..RuleConditionsWritten::default() },
        ..RuleWritten::default()
    };
    let rules = RulesWritten { rules: vec![unknown, empty] };
    let told = refused(app.add_policy_version(&admin, ONLY, &Amendment::default(), &rules).await);
    assert_eq!(told[0], "rules[0].effects.group: unknown");
    let mut others: Vec<&str> = told.iter().skip(1).map(String::as_str).collect();
    others.sort_unstable();
    assert_eq!(
        others,
        ["rules[1].conditions.words: blankWord", "rules[1].effects: noEffect", "rules[1].name: required"]
    );
}
