use super::*;
use crate::app::mail::{MailQuery, MailRow};
use crate::app::testing::House;
use crate::app::tickets::Incoming;
use crate::domain::access::Role;
use crate::domain::mail::InboundSource;

/// An automatic mail of nobody known: it is held.
const ALARM: &str = "From: Larm <larm@example.org>\r\nTo: it@example.se\r\nSubject: Disken är full\r\n\
     Message-ID: <1@example.org>\r\nAuto-Submitted: auto-generated\r\n\r\nDisk C: 99 %\r\n";

fn incoming(house: &House, text: &str) -> Incoming {
    let mut incoming = house.app.begin_mail().unwrap();
    incoming.write(text.as_bytes()).unwrap();
    incoming
}

/// Takes a message in and understands it; its opaque id.
async fn came(house: &House, text: &str) -> String {
    let taken = house.app.take_in_mail(None, InboundSource::Rest, incoming(house, text)).await.unwrap();
    house.app.understand_mail(taken.id).await.unwrap();
    opaque::encode(taken.id.get())
}

async fn state(house: &House, cx: &Ctx, id: &str) -> InboundState {
    house.app.mail_shown(cx, id).await.unwrap().row.record.state
}

fn waiting(rows: &[MailRow]) -> Vec<InboundState> {
    rows.iter().map(|row| row.record.state).collect()
}

async fn houses() -> Vec<(House, Ctx, Ctx)> {
    let mut houses = Vec::new();
    for house in House::each().await {
        house.organisation("lillby", "Lillby kommun").await;
        let agent = house.person("sara@example.se", Role::Agent).await;
        let admin = house.person("adam@example.se", Role::Administrator).await;
        houses.push((house, agent, admin));
    }
    houses
}

fn to_lillby() -> MailToTicket {
    MailToTicket { organisation: Some("lillby".to_owned()), ..MailToTicket::default() }
}

#[tokio::test]
async fn a_held_mail_becomes_one_ticket_of_its_sender() {
    for (house, agent, _) in houses().await {
        let id = came(&house, ALARM).await;
        assert_eq!(state(&house, &agent, &id).await, InboundState::Held);
        let row = house.app.make_ticket_of_mail(&agent, &id, &to_lillby()).await.unwrap();
        assert_eq!(row.record.state, InboundState::Ticket);
        assert_eq!(row.record.handled_by, Some(agent.user()));
        let number = TicketNumber::parse(&row.ticket.unwrap()).unwrap();
        let detail = house.app.show_ticket(&agent, number).await.unwrap();
        assert_eq!(detail.ticket.subject, "Disken är full");
        assert_eq!(detail.people[&detail.ticket.requester].email, "larm@example.org");
        assert_eq!(detail.ticket.registered_by, agent.user());
        let shown = house.app.mail_shown(&agent, &id).await.unwrap();
        assert_eq!(shown.understood.handlings[0].what, "ticket");
        assert!(!shown.understood.steps.is_empty() && shown.allowed.is_empty());
        let again = house.app.make_ticket_of_mail(&agent, &id, &to_lillby()).await;
        assert!(matches!(again, Err(AppError::MailSettled { .. })), "{again:?}");
    }
}

#[tokio::test]
async fn nobody_known_and_no_organisation_is_asked_for() {
    for (house, agent, _) in houses().await {
        let id = came(&house, ALARM).await;
        let refused = house.app.make_ticket_of_mail(&agent, &id, &MailToTicket::default()).await;
        let Err(AppError::Invalid(errors)) = refused else { panic!("{refused:?}") };
        assert_eq!(errors[0].field, "organisation");
        let wrong = MailToTicket {
            desk: Some("nope".to_owned()),
            kind: Some("problem".to_owned()),
            organisation: Some("nowhere".to_owned()),
            ..MailToTicket::default()
        };
        let Err(AppError::Invalid(errors)) = house.app.make_ticket_of_mail(&agent, &id, &wrong).await else {
            panic!("refused")
        };
        let fields: Vec<_> = errors.iter().map(|error| error.field.to_string()).collect();
        assert_eq!(fields, ["kind", "desk", "organisation"]);
        assert_eq!(state(&house, &agent, &id).await, InboundState::Held);
    }
}

#[tokio::test]
async fn what_cannot_be_read_becomes_a_ticket_with_the_message_as_a_file() {
    for (house, agent, _) in houses().await {
        let id = came(&house, "inget brev\nbara text\n").await;
        assert_eq!(state(&house, &agent, &id).await, InboundState::Quarantined);
        let shown = house.app.mail_shown(&agent, &id).await.unwrap();
        assert_eq!((shown.mail.is_none(), shown.unreadable), (true, Some("noHeaders")));
        let mut new = MailToTicket { requester: Some("adam@example.se".to_owned()), ..to_lillby() };
        let Err(AppError::Invalid(errors)) = house.app.make_ticket_of_mail(&agent, &id, &new).await else {
            panic!("a subject is needed")
        };
        assert_eq!(errors[0].field, "subject");
        new.subject = Some("Trasigt brev".to_owned());
        let row = house.app.make_ticket_of_mail(&agent, &id, &new).await.unwrap();
        let number = TicketNumber::parse(&row.ticket.unwrap()).unwrap();
        let files = house.app.ticket_attachments(&agent, number).await.unwrap();
        assert_eq!(files.len(), 1);
        assert!(files[0].file_name.ends_with(".eml"));
        let stored = std::fs::read_to_string(house.app.files().path(&files[0].storage_key)).unwrap();
        assert_eq!(stored, "inget brev\nbara text\n");
    }
}

#[tokio::test]
async fn strangers_words_are_added_as_a_note_only() {
    for (house, agent, _) in houses().await {
        let first = came(&house, ALARM).await;
        let row = house.app.make_ticket_of_mail(&agent, &first, &to_lillby()).await.unwrap();
        let number = row.ticket.unwrap();
        let stranger = ALARM.replace("larm@example.org", "okand@example.net").replace("1@", "2@");
        let id = came(&house, &stranger).await;
        let public = house.app.add_mail_to_ticket(&agent, &id, &number, Visibility::Public).await;
        assert!(matches!(&public, Err(AppError::Invalid(e)) if e[0].field == "visibility"), "{public:?}");
        let unknown = house.app.add_mail_to_ticket(&agent, &id, "INC-999", Visibility::Internal).await;
        assert!(matches!(&unknown, Err(AppError::Invalid(e)) if e[0].field == "number"), "{unknown:?}");
        let row = house.app.add_mail_to_ticket(&agent, &id, &number, Visibility::Internal).await.unwrap();
        assert_eq!(row.record.state, InboundState::Reply);
        let number = TicketNumber::parse(&number).unwrap();
        let (messages, _) =
            house.app.ticket_messages(&agent, number, crate::domain::ids::MessageId(0), 10).await.unwrap();
        assert_eq!(messages[0].visibility, Visibility::Internal);
        assert!(messages[0].body.starts_with("From: Larm <okand@example.net>"), "{}", messages[0].body);
        // What its sender is known for is written in their name, where the requester reads it.
        let known = ALARM.replace("1@", "3@").replace("99", "100");
        let id = came(&house, &known).await;
        let row =
            house.app.add_mail_to_ticket(&agent, &id, &number.to_string(), Visibility::Public).await.unwrap();
        let (messages, authors) =
            house.app.ticket_messages(&agent, number, crate::domain::ids::MessageId(0), 10).await.unwrap();
        let last = messages.last().unwrap();
        assert_eq!(Some(last.id), row.record.message);
        assert_eq!(authors[&last.author].email, "larm@example.org");
        assert_eq!(last.visibility, Visibility::Public);
    }
}

#[tokio::test]
async fn what_was_thrown_away_comes_back() {
    for (house, agent, admin) in houses().await {
        let id = came(&house, ALARM).await;
        let refused = house.app.discard_mail(&agent, &id, " ").await;
        assert!(matches!(refused, Err(AppError::Invalid(_))), "{refused:?}");
        house.app.discard_mail(&agent, &id, "Bara larm").await.unwrap();
        assert_eq!(state(&house, &agent, &id).await, InboundState::Discarded);
        let other = house.person("omar@example.se", Role::Agent).await;
        assert!(matches!(house.app.mail_shown(&other, &id).await, Err(AppError::NotFound)));
        let again = house.app.discard_mail(&admin, &id, "Bara larm").await;
        assert!(matches!(again, Err(AppError::MailSettled { .. })), "{again:?}");
        house.app.restore_mail(&agent, &id).await.unwrap();
        let shown = house.app.mail_shown(&other, &id).await.unwrap();
        assert_eq!(shown.row.record.state, InboundState::Held);
        let done: Vec<_> = shown.understood.handlings.iter().map(|held| held.what.as_str()).collect();
        assert_eq!(done, ["discard", "restore"]);
        assert_eq!(shown.understood.handlings[0].reason.as_deref(), Some("Bara larm"));
    }
}

#[tokio::test]
async fn agents_see_what_waits_and_requesters_nothing() {
    for (house, agent, admin) in houses().await {
        let held = came(&house, ALARM).await;
        let ignored =
            came(&house, &ALARM.replace("auto-generated", "auto-replied").replace("1@", "9@")).await;
        let log = |cx: Ctx, query: MailQuery| {
            let app = house.app.clone();
            async move { app.mail_log(&cx, &query, 0, 10).await }
        };
        let all = MailQuery::default();
        assert_eq!(waiting(&log(agent.clone(), all.clone()).await.unwrap()), [InboundState::Held]);
        assert_eq!(log(admin.clone(), all.clone()).await.unwrap().len(), 2);
        assert!(matches!(house.app.mail_shown(&agent, &ignored).await, Err(AppError::NotFound)));
        assert_eq!(house.app.mail_waiting(&agent).await.unwrap(), 1);
        let by = |text: &str| MailQuery { text: Some(text.to_owned()), ..MailQuery::default() };
        for text in ["DISKEN", "Larm@Example", "9@example.org", "larm"] {
            assert!(!log(admin.clone(), by(text)).await.unwrap().is_empty(), "{text}");
        }
        for text in ["disk_n", "%", "INC-1"] {
            assert!(log(admin.clone(), by(text)).await.unwrap().is_empty(), "{text}");
        }
        let wrong = MailQuery { state: Some("x".to_owned()), mailbox: Some("x".to_owned()), ..all };
        assert!(matches!(log(admin.clone(), wrong.clone()).await, Err(AppError::Invalid(e)) if e.len() == 2));
        let anna = house.person("anna@example.se", Role::Requester).await;
        assert!(matches!(log(anna.clone(), wrong).await, Err(AppError::Forbidden)));
        assert!(matches!(house.app.mail_shown(&anna, &held).await, Err(AppError::NotFound)));
        assert!(matches!(house.app.mail_original(&anna, &held).await, Err(AppError::NotFound)));
        // Passed over by a machine, taken up by a person.
        house.app.restore_mail(&admin, &ignored).await.unwrap();
        assert_eq!(house.app.mail_waiting(&agent).await.unwrap(), 2);
    }
}
