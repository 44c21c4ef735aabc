//! Calendars, agreements, priority lists, responsibilities and routing rules.

use crate::support::app::TestApp;
use actix_web::test::TestRequest;
use arende::domain::clock::MICROS_PER_SECOND;
use serde_json::{Value, json};

/// The default desk's hours.
fn rules() -> Value {
    let day = |weekday: &str| json!({ "weekday": weekday, "opens": "07:30", "closes": "16:00" });
    let week = ["monday", "tuesday", "wednesday", "thursday", "friday"].map(day);
    json!({
        "zone": "Europe/Stockholm",
        "hours": week,
        "holidays": "swedish",
        "closedEves": ["midsummer", "christmas", "newYear"],
        "shortDay": { "closes": "15:00" },
    })
}

fn with(mut body: Value, fields: Value) -> Value {
    let Value::Object(more) = fields else { panic!("{fields}") };
    body.as_object_mut().unwrap().extend(more);
    body
}

#[actix_web::test]
async fn calendars_change_by_versions_that_can_be_looked_at_first() {
    let app = TestApp::new().await;
    let (admin, agent, anna) = (app.administrator().await, app.agent().await, app.requester().await);
    let made = admin.post("/calendars", &json!({ "name": "Jour", "rules": rules() })).await;
    assert_eq!(made.header("location"), "/api/v1/calendars/jour");
    assert_eq!(made.ok(201)["versions"][0]["state"], "current");
    let summer = json!({ "validFrom": "2026-12-01", "note": "Kortare fredagar",
        "extraDays": [{ "date": "2027-05-07" }] });
    let changed = admin.post("/calendars/jour/versions", &with(rules(), summer.clone())).await.ok(201);
    let version = &changed["versions"][0];
    assert_eq!(
        (&version["state"], &version["validFrom"]),
        (&json!("coming"), &json!("2026-11-30T23:00:00Z"))
    );
    assert_eq!(version["createdBy"]["name"], "Adam Lund");
    assert_eq!(agent.get("/calendars/jour").await.ok(200), changed);
    assert_eq!(agent.get("/calendars?limit=1").await.ok(200)["items"][0]["code"], "jour");

    let days = agent.get("/calendars/jour/days?from=2027-05-05&to=2027-05-07").await.ok(200);
    let day = |date: &str, closes: Option<&str>, reason: &str, holiday: Option<&str>| {
        json!({ "date": date, "opens": closes.map(|_| "07:30"), "closes": closes, "reason": reason,
            "holiday": holiday })
    };
    assert_eq!(
        days["items"],
        json!([
            day("2027-05-05", Some("15:00"), "shortDay", Some("ascension")),
            day("2027-05-06", None, "holiday", Some("ascension")),
            day("2027-05-07", None, "extraDay", None),
        ])
    );
    let year = agent.get("/calendars/jour/days?year=2028").await.ok(200);
    assert_eq!(year["items"].as_array().unwrap().len(), 366);
    agent.get("/calendars/jour/days?from=2027-01-01").await.wrong_fields(&["to: required"]);
    agent.get("/calendars/jour/days?from=2027-02-01&to=2027-01-01").await.wrong_fields(&["to: outOfRange"]);
    agent.get("/calendars/jour/days?year=0").await.wrong_fields(&["year: outOfRange"]);
    agent.get("/calendars/nowhere/days").await.problem(404, "notFound");

    let again = admin.post("/calendars/jour/versions", &with(rules(), summer)).await;
    again.wrong_fields(&["validFrom: beginsWithAnother"]);
    let id = version["id"].as_str().unwrap();
    agent.delete(&format!("/calendars/jour/versions/{id}")).await.problem(403, "forbidden");
    assert_eq!(admin.delete(&format!("/calendars/jour/versions/{id}")).await.status, 204);
    admin.delete(&format!("/calendars/jour/versions/{id}")).await.problem(404, "notFound");
    anna.get("/calendars").await.problem(403, "forbidden");
    agent.post("/calendars", &json!({ "name": "Min", "rules": rules() })).await.problem(403, "forbidden");
    app.anybody().get("/calendars").await.problem(401, "unauthenticated");
}

#[actix_web::test]
async fn hours_that_make_no_calendar_are_refused_at_each_field() {
    let app = TestApp::new().await;
    let admin = app.administrator().await;
    let path = "/calendars/servicedesk/versions";
    let day = |opens: &str, closes: &str| json!({ "weekday": "tuesday", "opens": opens, "closes": closes });
    let bad = json!({ "zone": "Europe/Kumla", "validFrom": "2026-12-01",
        "hours": [day("07:30", "12:00"), day("11:00", "16:00"), day("8", "7")] });
    let refused = admin.post(path, &with(rules(), bad)).await;
    refused.wrong_fields(&[
        "hours[1]: hoursOverlap",
        "hours[2].closes: notATime",
        "hours[2].opens: notATime",
        "zone: unknownZone",
    ]);
    let refused = refused.json();
    let overlap = refused["errors"].as_array().unwrap().iter().find(|e| e["code"] == "hoursOverlap").unwrap();
    assert_eq!(overlap["detail"], "Två öppettider överlappar på tisdag. Behåll en av dem.");
    for (fields, told) in [
        (json!({ "validFrom": "2026-11-20" }), "validFrom: beginsTooEarly"),
        (json!({ "validFrom": "i morgon" }), "validFrom: notADate"),
        (json!({}), "validFrom: required"),
        (json!({ "validFrom": "2026-12-01", "hours": [] }), "hours: neverOpen"),
        (json!({ "validFrom": "2026-12-01", "zone": "Europe/Helsinki" }), "zone: zonesDiffer"),
        (json!({ "validFrom": "2026-12-01", "holidays": null }), "holidays: required"),
        (json!({ "validFrom": "2026-12-01", "holidays": "danish" }), "holidays: wrongType"),
        (
            json!({ "validFrom": "2026-12-01", "hours": [day("16:00", "07:30")] }),
            "hours[0].closes: opensAfterItCloses",
        ),
    ] {
        admin.post(path, &with(rules(), fields)).await.wrong_fields(&[told]);
    }
    admin.post("/calendars", &json!({ "rules": rules() })).await.wrong_fields(&["name: required"]);
    let taken = json!({ "name": "Annan", "code": "servicedesk", "rules": rules() });
    admin.post("/calendars", &taken).await.wrong_fields(&["code: taken"]);
    admin.post("/calendars/nowhere/versions", &rules()).await.problem(404, "notFound");
}

/// A promise to Storby about faults.
fn terms() -> Value {
    json!({
        "kind": "sla", "calendar": "servicedesk",
        "conditions": { "organisation": "storby", "kind": "incident" },
        "promises": [{ "metric": "resolution", "target": { "workingMinutes": 240 },
            "pausesOn": ["requester"], "warnAtPercent": [50, 80], "tells": ["assignee", "groupLead"] }],
    })
}

#[actix_web::test]
async fn agreements_are_made_changed_and_ended() {
    let app = TestApp::new().await;
    let (admin, agent) = (app.administrator().await, app.agent().await);
    let made = admin.post("/agreements", &json!({ "name": "Storby fel", "terms": terms() })).await;
    assert_eq!(made.header("location"), "/api/v1/agreements/storby-fel");
    let content = &made.ok(201)["versions"][0]["content"];
    assert_eq!(content["conditions"]["organisation"], "storby");
    assert_eq!(content["promises"][0]["target"], json!({ "workingMinutes": 240 }));
    // The most specific one holds for tickets from now on.
    app.person("bo.ek@example.se", &["requester"], "storby").await;
    let number = app.sign_in("bo.ek@example.se").await.files("Skrivaren står").await;
    let ticket = agent.get(&format!("/tickets/{number}")).await.ok(200);
    assert_eq!(ticket["sla"][0]["agreement"]["code"], "storby-fel");

    app.clock.advance_micros(MICROS_PER_SECOND);
    let longer =
        with(terms(), json!({ "promises": [{ "metric": "resolution", "target": { "workingDays": 2 } }] }));
    let changed = admin.post("/agreements/storby-fel/versions", &longer).await.ok(201);
    let states: Vec<&str> =
        changed["versions"].as_array().unwrap().iter().map(|v| v["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["current", "past"]);
    let end = json!({ "validFrom": "2027-01-01", "note": "Uppsagt" });
    let ended = admin.post("/agreements/storby-fel/withdraw", &end).await.ok(200);
    assert_eq!(
        (&ended["versions"][0]["isWithdrawn"], &ended["versions"][0]["content"]),
        (&json!(true), &Value::Null)
    );
    admin.post("/agreements/storby-fel/withdraw", &end).await.wrong_fields(&["validFrom: notInForce"]);
    agent.post("/agreements/storby-fel/withdraw", &end).await.problem(403, "forbidden");
    let id = ended["versions"][0]["id"].as_str().unwrap();
    assert_eq!(admin.delete(&format!("/agreements/storby-fel/versions/{id}")).await.status, 204);
    assert_eq!(agent.get("/agreements/storby-fel").await.ok(200), changed);
    assert_eq!(agent.get("/agreements?limit=100").await.ok(200)["items"].as_array().unwrap().len(), 4);
    agent.get("/agreements/nothing").await.problem(404, "notFound");
}

#[actix_web::test]
async fn agreements_that_promise_nonsense_are_refused_with_a_sentence() {
    let app = TestApp::new().await;
    let admin = app.administrator().await;
    let terms_with = |fields: Value| json!({ "name": "Nytt", "terms": with(terms(), fields) });
    let promise = |target: Value| json!({ "promises": [{ "metric": "resolution", "target": target }] });
    for (fields, told) in [
        (promise(json!({ "workingDays": 0 })), "promises[0].target: targetZero"),
        (promise(json!({ "workingMinutes": -5 })), "promises[0].target: targetZero"),
        (promise(json!({ "workingDays": 366 })), "promises[0].target: targetBeyondAYear"),
        (promise(json!({ "workingMinutes": 9_000_000_000_i64 })), "promises[0].target: targetBeyondAYear"),
        (promise(json!({})), "promises[0].target: targetUnclear"),
        (promise(json!({ "workingDays": 1, "workingMinutes": 1 })), "promises[0].target: targetUnclear"),
        (json!({ "promises": [] }), "promises: noPromise"),
        (json!({ "kind": "ola" }), "conditions.group: groupMissing"),
        (json!({ "kind": "wish" }), "kind: unknown"),
        (json!({ "calendar": "nowhere" }), "calendar: unknown"),
        (json!({ "conditions": { "system": "nothing" } }), "conditions.system: unknown"),
        (json!({ "conditions": { "priority": 7 } }), "conditions.priority: outOfRange"),
        (json!({ "conditions": { "kind": "incident" } }), "conditions: contradicts"),
    ] {
        admin.post("/agreements", &terms_with(fields)).await.wrong_fields(&[told]);
    }
    let refused =
        admin.post("/agreements", &terms_with(json!({ "conditions": { "kind": "incident" } }))).await;
    let detail = refused.json()["errors"][0]["detail"].as_str().unwrap().to_owned();
    assert!(detail.contains("Servicedesk, felanmälan") && detail.contains("Ändra villkoren"), "{detail}");
    let past = with(terms(), json!({ "validFrom": "2026-01-01" }));
    admin
        .post("/agreements", &json!({ "name": "Nytt", "validFrom": "2026-01-01", "terms": terms() }))
        .await
        .wrong_fields(&["validFrom: beginsTooEarly"]);
    admin
        .post("/agreements/base-function/versions", &past)
        .await
        .wrong_fields(&["validFrom: beginsTooEarly"]);
}

#[actix_web::test]
async fn a_decided_priority_list_raises_faults_in_its_systems() {
    let app = TestApp::new().await;
    let (admin, agent) = (app.administrator().await, app.agent().await);
    admin.post("/systems", &json!({ "name": "Trygghetslarm" })).await.ok(201);
    let list = json!({ "decidedOn": "2026-11-02", "decidedBy": "Kommundirektören", "registration": "KS 2026/114",
        "entries": [{ "system": "trygghetslarm", "place": 1, "class": "a" }] });
    let made = admin.post("/priority-lists", &list).await;
    let location = made.header("location").trim_start_matches("/api/v1").to_owned();
    let made = made.ok(201);
    assert_eq!(made["content"], with(list.clone(), json!({})));
    assert_eq!(agent.get(&location).await.ok(200), made);
    let body = json!({ "kind": "incident", "subject": "Larmen ringer inte", "system": "trygghetslarm", "urgency": 3 });
    let ticket = agent.post("/tickets", &body).await.ok(201);
    assert_eq!(ticket["priority"], 2);
    let twice = json!([{ "system": "trygghetslarm", "place": 1, "class": "a" },
        { "system": "trygghetslarm", "place": 1, "class": "b" }]);
    for (fields, told) in [
        (json!({ "entries": [] }), vec!["entries: listEmpty"]),
        (json!({ "entries": twice }), vec!["entries[1].place: placeTwice", "entries[1].system: systemTwice"]),
        (json!({ "decidedOn": "2027-01-01" }), vec!["decidedOn: decidedAfterValidFrom"]),
        (
            json!({ "decidedOn": "2 mars", "decidedBy": "" }),
            vec!["decidedBy: required", "decidedOn: notADate"],
        ),
        (
            json!({ "entries": [{ "system": "x", "place": -1, "class": "d" }] }),
            vec!["entries[0].class: unknown", "entries[0].place: notAPlace", "entries[0].system: unknown"],
        ),
    ] {
        admin.post("/priority-lists", &with(list.clone(), fields)).await.wrong_fields(&told);
    }
    let later =
        admin.post("/priority-lists", &with(list, json!({ "validFrom": "2027-01-01" }))).await.ok(201);
    let lists = agent.get("/priority-lists").await.ok(200);
    assert_eq!((&lists["items"][0], &lists["items"][1]), (&later, &made));
    let one = format!("/priority-lists/{}", later["id"].as_str().unwrap());
    agent.delete(&one).await.problem(403, "forbidden");
    assert_eq!(admin.delete(&one).await.status, 204);
    admin.delete(&location).await.wrong_fields(&["id: notAllowed"]);
    agent.get(&one).await.problem(404, "notFound");
}

#[actix_web::test]
async fn the_matrix_answers_who_is_responsible_and_why() {
    let app = TestApp::new().await;
    let (admin, agent) = (app.administrator().await, app.agent().await);
    let ask = "/responsibilities/answer?supportLevel=pupilComputer&activity=";
    let school = agent.get(&format!("{ask}hardwareClaim")).await.ok(200);
    assert_eq!((&school["party"]["code"], &school["party"]["group"]), (&json!("school"), &Value::Null));
    assert!(school["reason"]["sv"].as_str().unwrap().contains("felanmälan av hårdvara"));
    let it = agent.get(&format!("{ask}wifi")).await.ok(200);
    assert_eq!(it["party"]["group"]["code"], "servicedesk");
    agent.get(&format!("{ask}flying")).await.wrong_fields(&["activity: unknown"]);
    agent.get(&format!("{ask}followMe")).await.problem(404, "notFound");

    app.clock.advance_micros(MICROS_PER_SECOND);
    let mut matrix = agent.get("/responsibilities").await.ok(200)["content"].clone();
    let party = matrix["parties"].as_array().unwrap().iter().position(|p| p["code"] == "school").unwrap();
    matrix["parties"][party]["group"] = json!("natverk");
    let version = admin.post("/responsibilities/versions", &matrix).await.ok(201);
    assert_eq!(agent.get("/responsibilities").await.ok(200), version);
    assert_eq!(agent.get(&format!("{ask}hardwareClaim")).await.ok(200)["party"]["group"]["code"], "natverk");
    assert_eq!(agent.get("/responsibilities/versions").await.ok(200)["items"].as_array().unwrap().len(), 2);

    let rows = matrix["assignments"].as_array_mut().unwrap();
    let first = rows.iter().position(|row| row["role"] == "a").unwrap();
    rows.remove(first);
    rows.push(json!({ "supportLevel": "spaceship", "activity": "wifi", "party": "it", "role": "r",
        "reason": { "sv": "Därför" } }));
    let refused = admin.post("/responsibilities/versions", &matrix).await.problem(422, "invalid");
    let codes: Vec<&str> =
        refused["errors"].as_array().unwrap().iter().map(|e| e["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["unknown", "notInEnglish", "noAccountable", "noAccountable"], "{refused}");
    agent.post("/responsibilities/versions", &matrix).await.problem(403, "forbidden");
    let id = version["id"].as_str().unwrap();
    admin.delete(&format!("/responsibilities/versions/{id}")).await.wrong_fields(&["id: notAllowed"]);
}

#[actix_web::test]
async fn rules_are_tried_on_history_before_they_hold() {
    let app = TestApp::new().await;
    let (admin, agent) = (app.administrator().await, app.agent().await);
    for subject in ["Skol-wifi fungerar inte", "Wifi är segt", "E-posten startar inte"] {
        agent.files(subject).await;
    }
    app.clock.advance_micros(MICROS_PER_SECOND);
    let rule =
        json!({ "name": "Wifi", "conditions": { "words": ["wifi"] }, "effects": { "group": "natverk" } });
    let body = |rules: Value| json!({ "rules": rules, "from": "2026-11-01", "to": "2026-11-20" });
    let tried = agent.post("/routing-rules/dry-run", &body(json!([rule]))).await.ok(200);
    assert_eq!(
        (&tried["tickets"], &tried["unchanged"], &tried["isCapped"]),
        (&json!(3), &json!(1), &json!(false))
    );
    let moved = &tried["moves"][0];
    assert_eq!(
        (&moved["fromGroup"]["code"], &moved["toGroup"]["code"], &moved["tickets"]),
        (&json!("servicedesk"), &json!("natverk"), &json!(2))
    );
    assert_eq!(tried["examples"][0]["number"], "INC-1");
    assert_eq!(tried["examples"][0]["after"]["group"]["code"], "natverk");
    let shadowed = json!([{ "name": "Allt om wifi", "conditions": { "words": ["wifi"] },
        "effects": { "priority": 2 }, "stop": true }, rule]);
    let warned = agent.post("/routing-rules/dry-run", &body(shadowed)).await.ok(200);
    assert_eq!(warned["warnings"], json!([{ "rule": 1, "stoppedBy": 0 }]));
    let empty = json!({ "rules": [], "from": "2026-11-01", "to": "2026-10-01" });
    agent.post("/routing-rules/dry-run", &empty).await.wrong_fields(&["to: outOfRange"]);

    let version = admin.post("/routing-rules/versions", &json!({ "rules": [rule] })).await.ok(201);
    assert_eq!(agent.get("/routing-rules").await.ok(200), version);
    assert_eq!(agent.get("/routing-rules/versions").await.ok(200)["items"].as_array().unwrap().len(), 2);
    let number = agent.files("Wifi igen").await;
    assert_eq!(agent.get(&format!("/tickets/{number}")).await.ok(200)["group"]["code"], "natverk");
    agent.post("/routing-rules/versions", &json!({ "rules": [] })).await.problem(403, "forbidden");
}

#[actix_web::test]
async fn rules_that_loop_or_do_nothing_are_refused() {
    let app = TestApp::new().await;
    let admin = app.administrator().await;
    let range = |at: i64| json!({ "priority": { "highest": at, "lowest": at } });
    let looping = json!({ "rules": [
        { "name": "Upp", "conditions": range(3), "effects": { "priority": 2 } },
        { "name": "Ner", "conditions": range(2), "effects": { "priority": 3 } },
    ] });
    let refused = admin.post("/routing-rules/versions", &looping).await;
    refused.wrong_fields(&["rules[0].effects: rulesLoop"]);
    let detail = refused.json()["errors"][0]["detail"].as_str().unwrap().to_owned();
    assert!(detail.contains("Upp, Ner"), "{detail}");
    for (rule, told) in [
        (json!({ "name": "Tom" }), vec!["rules[0].effects: noEffect"]),
        (json!({ "name": "", "effects": { "priority": 1 } }), vec!["rules[0].name: required"]),
        (
            json!({ "name": "X", "conditions": { "words": ["…"] }, "effects": { "group": "natverk" } }),
            vec!["rules[0].conditions.words: blankWord"],
        ),
        (
            json!({ "id": "nothing", "name": "X", "conditions": { "kinds": ["wish"] }, "effects": { "group": "x" } }),
            vec![
                "rules[0].conditions.kinds: unknown",
                "rules[0].effects.group: unknown",
                "rules[0].id: unknown",
            ],
        ),
    ] {
        admin.post("/routing-rules/versions", &json!({ "rules": [rule] })).await.wrong_fields(&told);
    }
    let first = json!({ "rules": [{ "name": "Allt", "effects": { "group": "natverk" }, "stop": true },
        { "name": "Sen", "effects": { "priority": 1 } }] });
    admin.post("/routing-rules/versions", &first).await.wrong_fields(&["rules[0].stop: swallowsAll"]);
}

#[actix_web::test]
async fn two_programs_do_not_write_over_each_other() {
    let app = TestApp::new().await;
    let admin = app.administrator().await;
    app.clock.advance_micros(MICROS_PER_SECOND);
    for (shown, written) in [
        ("/routing-rules", "/routing-rules/versions"),
        ("/responsibilities", "/responsibilities/versions"),
        ("/agreements/base-function", "/agreements/base-function/versions"),
        ("/calendars/servicedesk", "/calendars/servicedesk/versions"),
    ] {
        let seen = admin.get(shown).await;
        let document = seen.ok(200);
        let content = document.get("content").unwrap_or(&document["versions"][0]["content"]).clone();
        let sent = |day: &str, tag: &str| {
            TestRequest::post()
                .insert_header(("If-Match", tag.to_owned()))
                .set_json(with(content.clone(), json!({ "validFrom": day })))
        };
        let tag = seen.header("etag");
        let first = admin.ask("post", written, sent("2026-12-01", tag)).await;
        first.ok(201);
        assert_ne!(first.header("etag"), tag, "{written}");
        assert_eq!(admin.get(shown).await.header("etag"), first.header("etag"), "{written}");
        for stale in [tag, "\"7\"", "W/\"x\""] {
            admin.ask("post", written, sent("2026-12-02", stale)).await.problem(412, "stale");
        }
        admin.ask("post", written, sent("2026-12-02", first.header("etag"))).await.ok(201);
        admin.ask("post", written, sent("2026-12-03", "*")).await.ok(201);
        // Both doors refuse what a version to come would undo.
        admin
            .ask("post", written, sent("2026-11-30", "*"))
            .await
            .wrong_fields(&["validFrom: beginsBeforeAnother"]);
    }
}
