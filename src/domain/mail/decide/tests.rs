use super::*;
use crate::domain::mail::CandidateAnswer;
use crate::domain::mail::{Header, Mailbox, MessageToken, RateLimits, Signer, SpamMarks, questions};
use crate::domain::ticket::TicketNumber;

fn own() -> Own {
    Own {
        domain: "arende.example.se".to_owned(),
        addresses: vec!["servicedesk@example.se".to_owned()],
        signer: Signer::new(b"en hemlighet".to_vec()),
        trusted_servers: vec!["mx.example.se".to_owned()],
        is_any_believed: true,
        max_bytes: 1000,
        limits: RateLimits::default(),
        spam: SpamMarks::default(),
        foreign_numbers: Vec::new(),
    }
}

fn number() -> TicketNumber {
    TicketNumber::parse("INC-1042").unwrap()
}

fn reference() -> String {
    let token = MessageToken { ticket: number(), sequence: 3, recipient: "k3".to_owned() };
    own().signer.message_id(&token, &own().domain)
}

fn mail() -> InboundMail {
    let from = Mailbox { name: "Anna Ek".to_owned(), address: "anna.ek@example.se".to_owned() };
    InboundMail {
        from: Some(from),
        subject: "SV: Skrivaren".to_owned(),
        new_text: "Det hjälpte inte.".to_owned(),
        ..InboundMail::default()
    }
}

fn answers(standing: Standing, participation: Participation, ticket: TicketStanding) -> Answers {
    let tickets = vec![CandidateAnswer { ticket: number(), participation, standing: ticket }];
    Answers { standing: Some(standing), tickets, ..Answers::default() }
}

fn taking_part() -> Answers {
    answers(Standing::Requester, Participation::AsParticipant, TicketStanding::Open)
}

fn of(mail: &InboundMail, answers: &Answers) -> (Classification, Finding) {
    let decision = decide(mail, &own(), answers);
    (decision.classification, decision.reason)
}

#[test]
fn a_participant_who_answers_our_message_replies() {
    let mail = InboundMail { in_reply_to: vec![reference()], ..mail() };
    assert_eq!(of(&mail, &taking_part()), (Classification::Reply, Finding::SignedReference));
    assert_eq!(decide(&mail, &own(), &taking_part()).ticket, Some(TicketNumberText(number())));
}

#[test]
fn a_stranger_with_the_number_gets_a_ticket_of_their_own() {
    let stranger = answers(Standing::Unknown, Participation::No, TicketStanding::Open);
    for mail in [
        InboundMail { in_reply_to: vec![reference()], ..mail() },
        InboundMail { subject: "[INC-1042] x".to_owned(), ..mail() },
    ] {
        let decision = decide(&mail, &own(), &stranger);
        assert_eq!((decision.classification, decision.ticket), (Classification::New, None));
        assert!(decision.steps.iter().any(|step| step.finding == Finding::NotParticipant));
    }
}

#[test]
fn a_subject_alone_needs_a_confirmed_sender_where_one_can_be_confirmed() {
    let tagged = InboundMail { subject: "SV: [INC-1042] Skrivaren".to_owned(), ..mail() };
    let unconfirmed = decide(&tagged, &own(), &taking_part());
    assert_eq!((unconfirmed.classification, unconfirmed.ticket), (Classification::New, None));
    assert_eq!(unconfirmed.related, Some(TicketNumberText(number())));
    assert!(unconfirmed.steps.iter().any(|step| step.finding == Finding::TagUnconfirmed));

    let result = super::super::AuthenticationResult {
        server: "mx.example.se".to_owned(),
        method: "dmarc".to_owned(),
        result: "pass".to_owned(),
        domain: Some("example.se".to_owned()),
        is_topmost: true,
    };
    let confirmed = InboundMail { authentication: vec![result], ..tagged.clone() };
    assert_eq!(of(&confirmed, &taking_part()), (Classification::Reply, Finding::SubjectTag));

    let nobody_confirms = Own { trusted_servers: Vec::new(), is_any_believed: false, ..own() };
    let decision = decide(&tagged, &nobody_confirms, &taking_part());
    assert_eq!((decision.classification, decision.reason), (Classification::Reply, Finding::SubjectTag));
}

#[test]
fn a_made_up_reference_threads_nothing() {
    let mail = InboundMail { references: vec![reference().replace(".3.", ".4.")], ..mail() };
    let decision = decide(&mail, &own(), &taking_part());
    assert_eq!((decision.classification, decision.ticket), (Classification::New, None));
    assert!(decision.steps.iter().any(|step| step.finding == Finding::ForgedReference));
}

#[test]
fn the_newest_reference_counts_before_address_and_subject() {
    let other = TicketNumber::parse("REQ-7").unwrap();
    let token = MessageToken { ticket: other, sequence: 1, recipient: "a".to_owned() };
    let older = own().signer.message_id(&token, &own().domain);
    let to =
        own().signer.tagged_address("servicedesk@example.se", TicketNumber::parse("REQ-8").unwrap()).unwrap();
    let mail = InboundMail {
        references: vec![older, "x@y".to_owned(), reference()],
        to: vec![Mailbox { name: String::new(), address: to }],
        subject: "[REQ-9] x".to_owned(),
        ..mail()
    };
    let order: Vec<String> =
        questions(&mail, &own()).candidates.iter().map(|c| c.ticket.0.to_string()).collect();
    assert_eq!(order, ["INC-1042", "REQ-7", "REQ-8", "REQ-9"]);
}

#[test]
fn staff_act_as_staff_only_when_their_origin_is_confirmed() {
    let result = |result: &str, server: &str| super::super::AuthenticationResult {
        server: server.to_owned(),
        method: "dmarc".to_owned(),
        result: result.to_owned(),
        domain: Some("example.se".to_owned()),
        is_topmost: true,
    };
    let further_down = |result| super::super::AuthenticationResult { is_topmost: false, ..result };
    let staff = answers(Standing::Staff, Participation::AsStaff, TicketStanding::Open);
    for (told, rights, class) in [
        (vec![result("pass", "mx.example.se")], true, Classification::Reply),
        (vec![result("fail", "mx.example.se")], false, Classification::New),
        (vec![result("pass", "mx.annan.example")], false, Classification::New),
        (
            vec![result("pass", "mx.annan.example"), result("fail", "mx.example.se")],
            false,
            Classification::New,
        ),
        // Without a name, or further down: whoever wrote the message may have written it.
        (vec![result("pass", "")], false, Classification::New),
        (vec![further_down(result("pass", "mx.example.se"))], false, Classification::New),
        (vec![], false, Classification::New),
    ] {
        let mail = InboundMail { in_reply_to: vec![reference()], authentication: told, ..mail() };
        let decision = decide(&mail, &own(), &staff);
        assert_eq!(
            (decision.staff_rights, decision.classification),
            (rights, class),
            "{:?}",
            mail.authentication
        );
    }
}

#[test]
fn a_server_without_a_name_is_believed_where_that_is_set() {
    let result = super::super::AuthenticationResult {
        server: String::new(),
        method: "dmarc".to_owned(),
        result: "pass".to_owned(),
        domain: Some("example.se".to_owned()),
        is_topmost: true,
    };
    let mail = InboundMail { authentication: vec![result], ..mail() };
    assert_eq!(authenticity(&mail, &own()), Authenticity::None);
    let unnamed = Own { trusted_servers: vec!["-".to_owned()], ..own() };
    assert_eq!(authenticity(&mail, &unnamed), Authenticity::Pass);
}

#[test]
fn thanks_leave_a_finished_ticket_finished_and_an_answer_opens_it() {
    let finished = answers(Standing::Requester, Participation::AsParticipant, TicketStanding::Finished);
    for (text, reopens) in [("Tack för hjälpen /Anna", false), ("Det fungerar inte", true), ("", true)] {
        let mail = InboundMail { in_reply_to: vec![reference()], new_text: text.to_owned(), ..mail() };
        assert_eq!(decide(&mail, &own(), &finished).reopens, reopens, "{text}");
    }
    let gone = answers(Standing::Requester, Participation::AsParticipant, TicketStanding::ClosedForGood);
    let decision = decide(&InboundMail { in_reply_to: vec![reference()], ..mail() }, &own(), &gone);
    assert_eq!(
        (decision.reason, decision.related),
        (Finding::TicketClosedForGood, Some(TicketNumberText(number())))
    );
}

#[test]
fn loops_and_floods_are_stopped() {
    let ours = InboundMail {
        from: Some(Mailbox { name: String::new(), address: "Servicedesk+x@example.se".to_owned() }),
        ..mail()
    };
    assert_eq!(of(&ours, &taking_part()), (Classification::Loop, Finding::OwnAddress));
    let back = InboundMail { message_id: Some(reference()), ..mail() };
    assert_eq!(of(&back, &taking_part()), (Classification::Loop, Finding::OwnMessageId));
    assert_eq!(of(&mail(), &Answers { is_duplicate: true, ..taking_part() }).1, Finding::AlreadyTakenIn);
    assert_eq!(of(&mail(), &Answers { sender_last_hour: 30, ..taking_part() }).1, Finding::SenderTooOften);
    assert_eq!(of(&mail(), &Answers { same_last_hour: 3, ..taking_part() }).1, Finding::SameAgain);
    let marked = InboundMail {
        headers: vec![Header { name: "x-loop".to_owned(), value: "servicedesk@example.se".to_owned() }],
        ..mail()
    };
    assert_eq!(of(&marked, &taking_part()).1, Finding::OwnMark);
}

#[test]
fn an_automatic_answer_finds_its_ticket_but_is_no_reply() {
    let header = Header { name: "auto-submitted".to_owned(), value: "auto-replied".to_owned() };
    let mail = InboundMail { in_reply_to: vec![reference()], headers: vec![header], ..mail() };
    let decision = decide(&mail, &own(), &taking_part());
    assert_eq!(
        (decision.classification, decision.ticket),
        (Classification::AutoReply, Some(TicketNumberText(number())))
    );
    assert!(!decision.may_be_answered && !decision.reopens);
}

#[test]
fn strangers_wait_where_the_mailbox_says_so_and_nobody_is_lost() {
    let answers = Answers {
        standing: Some(Standing::Unknown),
        unknown_sender: UnknownSender::Wait,
        ..Answers::default()
    };
    let decision = decide(&mail(), &own(), &answers);
    assert!(decision.waits_for_look && !decision.may_be_answered);
    let big = InboundMail { size: 2000, ..mail() };
    assert_eq!(of(&big, &taking_part()), (Classification::Unparsable, Finding::TooLarge));
    assert_eq!(of(&InboundMail::default(), &Answers::default()).1, Finding::NoSender);
}

#[test]
fn a_fingerprint_sees_past_numbers_and_times() {
    let one = InboundMail { new_text: "Ditt ärende 17 kom 10:02".to_owned(), ..mail() };
    let two = InboundMail { new_text: "Ditt ärende 18 kom 11:30".to_owned(), ..mail() };
    assert_eq!(questions(&one, &own()).fingerprint, questions(&two, &own()).fingerprint);
    assert_ne!(questions(&one, &own()).fingerprint, questions(&mail(), &own()).fingerprint);
}

/// What is found, whether it waits for a look, and whether a machine may answer it.
fn judged(mail: &InboundMail, answers: &Answers) -> (Classification, bool, bool) {
    let decision = decide(mail, &own(), answers);
    (decision.classification, decision.waits_for_look, decision.may_be_answered)
}

fn with_header(name: &str, value: &str) -> InboundMail {
    let header = Header { name: name.to_owned(), value: value.to_owned() };
    InboundMail { headers: vec![header], ..mail() }
}

#[test]
fn what_only_looks_like_a_machine_is_a_persons_but_never_answered() {
    use Classification::{New, Reply, Spam};
    let stranger = Answers { standing: Some(Standing::Unknown), ..Answers::default() };
    let known = Answers { standing: Some(Standing::Requester), ..Answers::default() };
    let semester = InboundMail {
        subject: "Semester: kan inte attestera".to_owned(),
        references: vec!["annat@x.example".to_owned()],
        ..mail()
    };
    let scanner = InboundMail { return_path: Some(String::new()), ..mail() };
    for mail in [&with_header("precedence", "bulk"), &semester, &scanner] {
        assert_eq!(judged(mail, &known), (New, false, false), "{mail:?}");
        assert_eq!(judged(mail, &stranger), (New, true, false), "{mail:?}");
    }
    for (name, value) in [("x-spam-flag", "YES"), ("x-ms-exchange-organization-scl", "6")] {
        let mail = with_header(name, value);
        assert_eq!(judged(&mail, &known), (New, true, false));
        assert_eq!(judged(&mail, &stranger).0, Spam);
        let answer = InboundMail { in_reply_to: vec![reference()], ..mail };
        assert_eq!(judged(&answer, &taking_part()), (Reply, false, false));
    }
    let noreply = InboundMail {
        from: Some(Mailbox { name: String::new(), address: "noreply@example.se".to_owned() }),
        subject: "Frånvarorapporteringen ligger nere".to_owned(),
        ..mail()
    };
    assert_eq!(judged(&noreply, &stranger), (New, false, false));
    let delegate = Mailbox { name: String::new(), address: "servicedesk@example.se".to_owned() };
    let delegated = InboundMail { sender: Some(delegate), ..mail() };
    assert_eq!(judged(&delegated, &known), (New, false, false));
}

#[test]
fn answering_machines_without_a_header_are_known_by_two_signs() {
    let known = Answers { standing: Some(Standing::Requester), ..Answers::default() };
    let away = |subject: &str| InboundMail {
        subject: subject.to_owned(),
        references: vec!["annat@x.example".to_owned()],
        ..mail()
    };
    assert_eq!(of(&away("Autosvar: Skrivaren"), &known), (Classification::AutoReply, Finding::WeakSigns));
    assert_eq!(judged(&away("Autosvaren går inte ut"), &known).0, Classification::New);
    let no_way_back = InboundMail { return_path: Some(String::new()), ..away("Frånvaro: Skrivaren") };
    assert_eq!(of(&no_way_back, &known), (Classification::AutoReply, Finding::WeakSigns));
    let silent = InboundMail { return_path: Some(String::new()), ..away("SV: Skrivaren") };
    assert_eq!(of(&silent, &known), (Classification::AutoReply, Finding::EmptyReturnPath));
}
