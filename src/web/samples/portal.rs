use askama::Template;

use super::{Maker, Sample, empty, organisations, systems};
use crate::domain::ticket::Status;
use crate::web::components::OwnedTag;
use crate::web::components::{
    Cell, Column, EventView, Fact, FileView, MessageKind, MessageView, Pager, Table,
};
use crate::web::concerns::Concerns;
use crate::web::form::FormState;
use crate::web::page::{Banner, BannerKind, Link, Page, Section, Theme};
use crate::web::pages::{
    AccessibilityPage, ErrorPage, Failure, FirstRunPage, LoginPage, PortalFormPage, login_form,
};
use crate::web::portal::forms;
use crate::web::portal::view::{
    ExternalPage, MyTicketPage, MyTicketsPage, NoticeLine, ProfilePage, ReceiptPage, StartPage, TicketLine,
    requester_status, steps,
};
use crate::web::promise::PromiseLine;
use crate::web::routes;

pub(super) fn samples(maker: &Maker) -> Vec<Sample> {
    let mut samples = entry(maker);
    samples.extend(filing(maker));
    samples.extend(following(maker));
    samples.push(("external", external(maker)));
    samples.push(("profile", profile(maker)));
    samples
}

fn external(maker: &Maker) -> String {
    let t = maker.t;
    let mut page = maker.page("Skrivaren drar snett", Section::None);
    page.viewer = None;
    let mut state = FormState::default();
    state.refuse("account", t.t("error-required"));
    page.has_errors = true;
    ExternalPage {
        page,
        number: "INC-1031".to_owned(),
        lead: t.t1("external-lead", "group", "Leverantör skrivare"),
        facts: vec![Fact::new(t.t("external-until"), Cell::Moment(maker.moment("2026-12-20T07:00:00Z")))],
        messages: vec![MessageView {
            id: "m0".to_owned(),
            kind: MessageKind::Incoming,
            author: "Anna Ek".to_owned(),
            how: String::new(),
            at: maker.moment("2026-11-20T08:30:00Z"),
            body: "Papperet fastnar i lucka 2.".to_owned(),
            files: Vec::new(),
        }],
        answer: forms::external_answer(t, &state, "token"),
        hand_back: forms::external_return(t, &state, "token", "account"),
    }
    .render()
    .unwrap()
}

fn entry(maker: &Maker) -> Vec<Sample> {
    let t = maker.t;
    let outside = |title: &str| Page { viewer: None, ..maker.page(title, Section::None) };
    let mut refused = FormState::of([("email", "anna.ek@example.se")]);
    refused.refuse("password", "Skriv ditt lösenord");
    let login = |form, page| LoginPage { page, form }.render().unwrap();
    let failed = Page { has_errors: true, ..outside(t.t("login-title")) };
    let mut samples = vec![
        ("login", login(login_form(t, &empty(), "/"), outside(t.t("login-title")))),
        ("login-refused", login(login_form(t, &refused, "/"), failed)),
        ("first-run", FirstRunPage { page: outside(t.t("first-run-title")) }.render().unwrap()),
        ("accessibility", AccessibilityPage { page: outside(t.t("accessibility-title")) }.render().unwrap()),
    ];
    for (name, failure) in [
        ("error-404", Failure::NotFound),
        ("error-409", Failure::Conflict),
        ("error-413", Failure::TooLarge),
        ("error-expired", Failure::Expired),
        ("error-400", Failure::Malformed),
        ("error-429", Failure::TooMany { seconds: 30 }),
        ("error-500", Failure::Internal),
        ("error-503", Failure::Unavailable),
    ] {
        let id = (failure == Failure::Internal).then(|| "7F3K-29QX".to_owned());
        let page = maker.requester_page("", Section::None);
        samples.push((name, ErrorPage::new(page, &failure, id).render().unwrap()));
    }
    samples
}

fn filing(maker: &Maker) -> Vec<Sample> {
    let t = maker.t;
    let page = |title: &str| Page {
        back: Some(Link::new(routes::START, t.t("back-to-start"))),
        ..maker.requester_page(title, Section::None)
    };
    let after = t.t1("fault-after", "phone", "0123-45 67 00");
    let fault = |state: &FormState, page| {
        let form = forms::report_fault(t, state, Concerns::default(), systems(), organisations());
        PortalFormPage { page, lead: None, form, after: Some(after.clone()) }.render().unwrap()
    };
    let mut refused = FormState::of([("description", "Startar <inte>"), ("affected", "several")]);
    refused.refuse("what", "Skriv vad som inte fungerar");
    refused.refuse("able", "Välj om du kan arbeta");
    let order = forms::order(t, &empty(), systems(), Vec::new());
    let receipt = ReceiptPage {
        page: maker.requester_page(&t.t1("receipt-title", "number", "INC-1039"), Section::None),
        subject: "E-posten startar inte".to_owned(),
        href: routes::my_ticket("INC-1039"),
        answer: Some(["Skolan ansvarar för det här.".to_owned(), "Kontakta skolans it-stöd.".to_owned()]),
        facts: vec![
            Fact::text(t.t("my-ticket-kind"), t.t("kind-incident")),
            Fact::text(t.t("my-ticket-owner"), "Servicedesk"),
        ],
        next: vec![t.t("receipt-next-read").to_owned(), t.t("receipt-next-answer").to_owned()],
    };
    vec![
        ("report-fault", fault(&empty(), page(t.t("report-fault-title")))),
        (
            "report-fault-refused",
            fault(&refused, Page { has_errors: true, ..page(t.t("report-fault-title")) }),
        ),
        (
            "order",
            PortalFormPage { page: page(t.t("order-title")), lead: None, form: order, after: None }
                .render()
                .unwrap(),
        ),
        ("receipt", receipt.render().unwrap()),
    ]
}

fn lines(maker: &Maker) -> Vec<TicketLine> {
    let t = maker.t;
    [
        ("INC-1039", "E-posten startar inte", Status::InProgress, false, "2026-11-20T08:41:00Z"),
        ("REQ-298", "Ny bildskärm till receptionen på plan 3", Status::Waiting, true, "2026-11-19T15:12:00Z"),
    ]
    .into_iter()
    .map(|(number, subject, status, waits, at)| TicketLine {
        href: routes::my_ticket(number),
        number: number.to_owned(),
        subject: subject.to_owned(),
        status: requester_status(t, status, waits),
        note: t.t("my-tickets-updated").to_owned(),
        at: maker.moment(at),
    })
    .collect()
}

fn following(maker: &Maker) -> Vec<Sample> {
    let t = maker.t;
    let notices = vec![NoticeLine {
        href: routes::my_ticket("REQ-298"),
        text: format!("{}: Ny bildskärm till receptionen på plan 3", t.t("notice-waiting")),
        number: "REQ-298".to_owned(),
        at: maker.moment("2026-11-20T12:40:00Z"),
    }];
    let start = |open, open_count, banner| {
        let page = Page { banner, ..maker.requester_page(t.t("start-title"), Section::Start) };
        StartPage { page, notices: notices.clone(), open, open_count }.render().unwrap()
    };
    let saved = Banner::new(BannerKind::Success, t.t("form-save"));
    let tab = |href: &str, label: &str, current| Link { current, ..Link::new(href, label) };
    let list = |tickets: Vec<TicketLine>, empty: &str, finished: bool| {
        let next = (!finished).then(|| "/tickets?cursor=abc".to_owned());
        MyTicketsPage {
            page: maker.requester_page(t.t("nav-my-tickets"), Section::MyTickets),
            tabs: vec![
                tab(routes::MY_TICKETS, t.t("my-tickets-open"), !finished),
                tab("/tickets?show=closed", t.t("my-tickets-closed"), finished),
            ],
            tickets,
            empty: empty.to_owned(),
            pager: Pager { first: None, next },
        }
        .render()
        .unwrap()
    };
    let closed = TicketLine {
        note: t.t("my-tickets-finished").to_owned(),
        status: requester_status(t, Status::Closed, false),
        ..lines(maker).remove(0)
    };
    vec![
        ("start", start(lines(maker), 2, None)),
        ("start-empty", start(Vec::new(), 0, Some(saved))),
        ("my-tickets", list(lines(maker), "", false)),
        ("my-tickets-closed", list(vec![closed], "", true)),
        ("my-tickets-empty", list(Vec::new(), t.t("my-tickets-none-closed"), true)),
        ("my-ticket", my_ticket(maker, Status::Waiting, true)),
        ("my-ticket-resolved", my_ticket(maker, Status::Resolved, false)),
        ("reopen", {
            let page = maker.requester_page(t.t("reopen-title"), Section::MyTickets);
            let form = forms::reopen(t, &empty(), "INC-1039", 7);
            PortalFormPage { page, lead: Some("E-posten startar inte".to_owned()), form, after: None }
                .render()
                .unwrap()
        }),
    ]
}

fn my_ticket(maker: &Maker, status: Status, waits: bool) -> String {
    let t = maker.t;
    let message = |id: &str, kind, author: &str, at: &str, body: &str, files| MessageView {
        id: id.to_owned(),
        kind,
        author: author.to_owned(),
        how: String::new(),
        at: maker.moment(at),
        body: body.to_owned(),
        files,
    };
    let picture = FileView::new(t.locale(), routes::attachment("k3F9"), "skarm.png".to_owned(), 214_000);
    let solution = || Fact::text(t.t("my-ticket-solution"), "Cachen är tömd och kontot läst in på nytt.");
    MyTicketPage {
        page: Page {
            back: Some(Link::new(routes::MY_TICKETS, t.t("nav-my-tickets"))),
            ..maker.requester_page("E-posten startar inte", Section::MyTickets)
        },
        number: "INC-1039".to_owned(),
        status: requester_status(t, status, waits),
        waits_for_you: waits,
        steps: steps(t, status),
        facts: [
            Some(Fact::text(t.t("my-ticket-owner"), "Servicedesk")),
            Some(Fact::new(t.t("my-ticket-opened"), Cell::Moment(maker.moment("2026-11-20T08:30:00Z")))),
            Some(Fact::text(t.t("my-ticket-system"), "Microsoft 365")),
            (status == Status::Resolved).then(solution),
        ]
        .into_iter()
        .flatten()
        .collect(),
        promises: vec![PromiseLine {
            metric: "Lösning".to_owned(),
            state: OwnedTag { class: "neutral", icon: "clock", label: t.t("promise-running").to_owned() },
            outcome: "Klart senast i morgon 09.30.".to_owned(),
            reasons: vec!["Lovad tid: en arbetsdag.".to_owned()],
        }],
        answer: waits.then(|| ["Skolan ansvarar".to_owned(), "Kontakta skolans it-stöd.".to_owned()]),
        messages: vec![
            message(
                "m1",
                MessageKind::Incoming,
                "Anna Ek",
                "2026-11-20T08:30:00Z",
                "Outlook startar inte sedan i morse.\nFelkod 0x80040154.",
                vec![picture],
            ),
            message(
                "m2",
                MessageKind::Outgoing,
                "Servicedesk (Sara)",
                "2026-11-20T08:41:00Z",
                "Hej! Vi ser felet. Kan du starta om?",
                Vec::new(),
            ),
        ],
        reply: Some(forms::reply(t, &empty(), "INC-1039")),
        close: (status == Status::Resolved).then(|| forms::close(t, "INC-1039", 7)),
        reopen: (status == Status::Resolved).then(|| routes::my_ticket_reopen("INC-1039")),
        cancel: (status != Status::Resolved).then(|| routes::my_ticket_cancel("INC-1039")),
        history: vec![EventView {
            at: maker.moment("2026-11-20T08:31:00Z"),
            who: "Sara Lind".to_owned(),
            what: "tog ärendet".to_owned(),
            why: None,
        }],
    }
    .render()
    .unwrap()
}

fn profile(maker: &Maker) -> String {
    let t = maker.t;
    ProfilePage {
        mail: Some(forms::mail(t, &empty(), &crate::domain::mail::MailPreferences::default())),
        page: Page { theme: Theme::Dark, ..maker.page(t.t("nav-profile"), Section::Profile) },
        facts: vec![
            Fact::text(t.t("field-name"), "Sara Lind"),
            Fact::text(t.t("field-email"), "sara.lind@example.se"),
            Fact::text(t.t("profile-organisations"), "Kumla kommun"),
        ],
        display: forms::display(t, t.locale(), Theme::Dark, Some(true)),
        password: forms::password(t, &empty(), 12),
        sessions: Table {
            caption: t.t("profile-sessions-title").to_owned(),
            columns: [
                t.t("profile-session-device"),
                t.t("profile-session-used"),
                t.t("profile-session-action"),
            ]
            .map(Column::new)
            .to_vec(),
            rows: vec![
                vec![
                    Cell::text("Firefox, Linux"),
                    Cell::Moment(maker.moment("2026-11-20T13:00:00Z")),
                    Cell::text(t.t("profile-session-this")),
                ],
                vec![
                    Cell::text("Safari, iPhone"),
                    Cell::Moment(maker.moment("2026-11-12T07:00:00Z")),
                    Cell::Action(forms::end_session(t, "k3F9")),
                ],
            ],
            empty: String::new(),
        },
        end_others: Some(forms::end_other_sessions(t)),
    }
    .render()
    .unwrap()
}
