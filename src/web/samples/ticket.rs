use askama::Template;

use super::{Maker, choices, empty, systems};
use crate::domain::ticket::{Action, Status, TicketKind};
use crate::web::components::{
    Cell, Column, EventView, Fact, FileView, MessageKind, MessageView, OwnedTag, Table,
};
use crate::web::form::{Choice, Field, Form, FormState};
use crate::web::page::{Link, Page, Section};
use crate::web::pages::{Conflict, ConflictPage};
use crate::web::promise::PromiseLine;
use crate::web::workspace::forms::{self, TicketChoices};
use crate::web::workspace::view::{AdvicePart, LedgerPart, TicketLink, TicketPage, TimelineItem};
use crate::web::{routes, tags};

pub(super) fn groups() -> Vec<Choice> {
    choices(&[("servicedesk", "Servicedesk"), ("it-infrastruktur", "IT infrastruktur")])
}

pub(super) fn persons() -> Vec<Choice> {
    choices(&[("k3F9", "Sara Lind"), ("p7Qa", "Omar Nur")])
}

pub(super) fn ticket_choices() -> TicketChoices {
    TicketChoices {
        groups: groups(),
        escalation_groups: choices(&[("it-infrastruktur", "IT infrastruktur")]),
        persons: persons(),
        categories: choices(&[("e-post", "E-post")]),
        services: choices(&[("e-post", "E-post")]),
        systems: systems(),
    }
}

fn timeline(maker: &Maker) -> Vec<TimelineItem> {
    let t = maker.t;
    let message = |id: &str, kind, author: &str, how: &str, at: &str, body: &str, files| {
        TimelineItem::Message(MessageView {
            id: id.to_owned(),
            kind,
            author: author.to_owned(),
            how: how.to_owned(),
            at: maker.moment(at),
            body: body.to_owned(),
            files,
        })
    };
    let event = |at: &str, who: &str, what: &str, why: Option<&str>| EventView {
        at: maker.moment(at),
        who: who.to_owned(),
        what: what.to_owned(),
        why: why.map(str::to_owned),
    };
    let picture = FileView::new(t.locale(), routes::attachment("k3F9"), "skarm.png".to_owned(), 214_000);
    vec![
        message(
            "m1",
            MessageKind::Incoming,
            "Anna Ek",
            "via webb",
            "2026-11-20T08:30:00Z",
            "Outlook startar inte sedan i morse. Felkod 0x80040154.\n<script>alert(1)</script>",
            vec![picture],
        ),
        message(
            "m2",
            MessageKind::Outgoing,
            "Sara Lind",
            "svar",
            "2026-11-20T08:41:00Z",
            "Hej! Kan du starta om?",
            vec![],
        ),
        TimelineItem::Events {
            label: t.t1("ticket-events", "count", 2_usize),
            events: vec![
                event("2026-11-20T08:42:00Z", "Sara Lind", "tog ärendet", None),
                event(
                    "2026-11-20T12:57:00Z",
                    "Sara Lind",
                    "lämnade över till IT arbetsplats",
                    Some("Kräver besök."),
                ),
            ],
        },
        message(
            "m3",
            MessageKind::Note,
            "Omar Nur",
            "",
            "2026-11-20T12:58:00Z",
            "Cachen är full, se KB-88.",
            vec![],
        ),
    ]
}

fn ledger(maker: &Maker) -> LedgerPart {
    let t = maker.t;
    let table = |caption: &str, columns: Vec<Column>, rows| Table {
        caption: caption.to_owned(),
        columns,
        rows,
        empty: String::new(),
    };
    let time = || [Cell::Number("12 min".to_owned()), Cell::Number("12 min".to_owned())];
    let stay = |group: &str, person: &str, why: &str| {
        let from = Cell::Moment(maker.moment("2026-11-20T08:30:00Z"));
        let [elapsed, working] = time();
        vec![
            Cell::text(tags::line_label(t, "1")),
            Cell::text(group),
            Cell::text(person),
            from,
            elapsed,
            working,
            Cell::text(why),
        ]
    };
    let numbers = || [Column::number(t.t("ledger-time")), Column::number(t.t("ledger-hours"))];
    let mut columns = ["field-line", "field-group", "field-person", "ledger-from"]
        .map(|key| Column::new(t.t(key)))
        .to_vec();
    columns.extend(numbers());
    columns.push(Column::new(t.t("ledger-why")));
    let stays = vec![
        stay("Servicedesk", t.t("ledger-queue"), t.t("stay-taken")),
        stay("Servicedesk", "Sara Lind", t.t("ledger-lasts")),
    ];
    let mut sums = vec![Column::new(t.t("ledger-who")), Column::new(t.t("ledger-kind"))];
    sums.extend(numbers());
    let mut whole = vec![Cell::text(t.t("ledger-whole")), Cell::text("")];
    whole.extend(time());
    LedgerPart {
        findings: vec![t.t1("ledger-hand-overs", "count", 2_usize)],
        stays: table(t.t("ledger-title"), columns, stays),
        totals: table(t.t("ledger-totals"), sums, vec![whole]),
    }
}

pub(super) fn ticket(maker: &Maker, refused: bool) -> String {
    let t = maker.t;
    let mut state = FormState::default();
    if refused {
        state.refuse("reason", "Skriv varför du lämnar över ärendet");
    }
    let action = |action: &Action| {
        let refused = (*action == Action::Escalate).then_some(&state);
        forms::action(t, *action, "INC-1039", 7, &ticket_choices(), refused)
    };
    TicketPage {
        mail: Vec::new(),
        page: Page {
            back: Some(Link::new(routes::queue("servicedesk"), "Servicedesk")),
            has_errors: refused,
            path: routes::ticket("INC-1039"),
            ..maker.page("INC-1039 E-posten startar inte", Section::Queues)
        },
        kind: tags::kind_label(t, TicketKind::Incident).to_owned(),
        status: tags::status(t, Status::InProgress).into(),
        priority: tags::priority(t, 2).into(),
        changed: refused.then(|| "Ändrat sedan du öppnade: ansvarig, av Omar Nur 14.02.".to_owned()),
        timeline: timeline(maker),
        promises: vec![PromiseLine {
            metric: "Lösning".to_owned(),
            state: OwnedTag { class: "neutral", icon: "clock", label: t.t("promise-running").to_owned() },
            outcome: "Klart senast i morgon 09.30.".to_owned(),
            reasons: vec!["Lovad tid: en arbetsdag.".to_owned()],
        }],
        routed: vec!["Inget annat avgjorde, så Servicedesk har ärendet.".to_owned()],
        advice: Some(AdvicePart {
            lead: t.t1("ticket-advice", "group", "Nätverk"),
            because: vec![t.tr(
                "routed-responsible",
                &[
                    ("party", crate::i18n::Arg::Text("IT-avdelningen")),
                    ("group", crate::i18n::Arg::Text("Nätverk")),
                ],
            )],
            hand_over: Some(Link::new(routes::ticket_action("INC-1039"), "Lämna över: Nätverk")),
        }),
        facts: vec![
            Fact {
                note: Some("Omsorg, 0123-45 61 22".to_owned()),
                ..Fact::new(
                    t.t("role-requester"),
                    Cell::link("/workspace/search?q=Anna", "Anna Ek, Kumla kommun"),
                )
            },
            Fact::text(t.t("column-owner"), "Servicedesk / Sara Lind"),
            Fact::text(t.t("field-line"), tags::line_label(t, "1")),
            Fact::new(t.t("field-status"), Cell::Tag(tags::status(t, Status::InProgress).into())),
            Fact::text(t.t("field-impact"), format!("2 {}", tags::impact_label(t, 2))),
            Fact::text(t.t("field-urgency"), format!("2 {}", tags::urgency_label(t, 2))),
            Fact::text(t.t("field-system"), "Microsoft 365"),
            Fact::new(t.t("column-opened"), Cell::Moment(maker.moment("2026-11-20T08:30:00Z"))),
        ],
        edit_href: Some(routes::ticket_facts("INC-1039")),
        actions: Action::ALL.iter().map(action).chain([forms::review(t, None, "INC-1039")]).collect(),
        ledger: Some(ledger(maker)),
        reply: Some(forms::reply(t, &empty(), "INC-1039", "Anna Ek", "k3F9")),
        note: Some(forms::note(t, &empty(), "INC-1039")),
        links: vec![TicketLink {
            relation: "Samma fel som".to_owned(),
            href: routes::ticket("INC-1031"),
            number: "INC-1031".to_owned(),
            subject: "Outlook hänger sig".to_owned(),
            status: tags::status(t, Status::Resolved).into(),
            remove: Some(forms::unlink(t, "INC-1039", "k3F9")),
        }],
        link_form: Some(forms::link(t, &empty(), "INC-1039", choices(&[("same", "Samma fel som")]))),
        files: vec![FileView::new(t.locale(), routes::attachment("k3F9"), "skarm.png".to_owned(), 214_000)],
    }
    .render()
    .unwrap()
}

pub(super) fn conflict(maker: &Maker) -> String {
    let t = maker.t;
    let lead = t.tr(
        "conflict-lead",
        &[("who", crate::i18n::Arg::Text("Sara Lind")), ("when", crate::i18n::Arg::Text("i dag 14.02"))],
    );
    ConflictPage {
        page: maker.page(t.t("conflict-title"), Section::Queues),
        lead,
        conflicts: vec![Conflict {
            name: "system".to_owned(),
            label: t.t("field-system").to_owned(),
            yours: ("microsoft-365".to_owned(), "Microsoft 365".to_owned()),
            now: ("verksamhetssystem-omsorg".to_owned(), "Verksamhetssystem omsorg".to_owned()),
        }],
        form: Form::new("conflict", routes::ticket_facts("INC-1039"), t.t("conflict-save"))
            .fields(vec![Field::hidden("subject", "E-posten startar inte")])
            .version(8)
            .cancel(Link::new(routes::ticket("INC-1039"), t.t("form-cancel"))),
    }
    .render()
    .unwrap()
}
