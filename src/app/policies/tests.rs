use super::*;
use crate::app::testing::House;
use crate::app::{AppError, FieldError, Once};
use crate::db::jobs::{self, JobState};
use crate::db::reference;
use crate::domain::access::Role;
use crate::domain::clock::{Instant, MICROS_PER_DAY};
use crate::domain::sla::{CalendarRules, CalendarSpec};

fn from(date: &str) -> Amendment {
    Amendment { valid_from: Some(date.to_owned()), ..Amendment::default() }
}

fn spec() -> CalendarSpec {
    CalendarSpec::from(&CalendarRules::servicedesk())
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
