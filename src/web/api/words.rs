//! The closed sets of words as the documentation lists them, taken from the domain so that they
//! can't differ. Domain types know nothing of the documentation.

use crate::app::auth::SessionKind;
use crate::app::import::ImportState;
use crate::app::mail::{MailAction, OutgoingAction};
use crate::app::policies::VersionState;
use crate::domain::access::Role;
use crate::domain::mail::{
    AfterFetch, Classification, FirstFetch, Heartbeat, InboundSource, InboundState, MailFault, MailSecurity,
    MailboxAuth, OutboundState, Receive, Suppressed, Template, TestStep, UnknownSenders,
};
use crate::domain::notify::NoticeKind;
use crate::domain::people::{Language, OrganisationKind, Theme, UserStatus};
use crate::domain::report::{By, ResolutionClock, Scope};
use crate::domain::routing::{PriorityClass, Raci};
use crate::domain::sla::Holidays;
use crate::domain::sla::agreement::{AgreementKind, Metric, Tell};
use crate::domain::sla::holidays::Eve;
use crate::domain::sla::spec::DayOfWeek;
use crate::domain::ticket::{
    Action, Channel, HandOverReason, Line, LinkKind, Origin, Status, StayEnd, SystemAction, TicketKind,
    Visibility, WaitingFor,
};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, SchemaType, Type};
use utoipa::{PartialSchema, ToSchema};

/// Declares a schema that lists the words of a domain enum.
macro_rules! define_words {
    ($($(#[doc = $doc:literal])* $name:ident as $shown:literal of $domain:ty;)*) => {$(
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                ObjectBuilder::new()
                    .schema_type(SchemaType::new(Type::String))
                    .description(Some([$($doc),*].concat().trim()))
                    .enum_values(Some(<$domain>::ALL.iter().map(|word| word.as_text())))
                    .into()
            }
        }

        impl ToSchema for $name {
            fn name() -> std::borrow::Cow<'static, str> {
                $shown.into()
            }
        }
    )*};
}

/// What people can file.
#[derive(Debug, Clone, Copy)]
pub struct FiledKindWord;

impl PartialSchema for FiledKindWord {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(SchemaType::new(Type::String))
            .description(Some("What people can file."))
            .enum_values(Some(
                TicketKind::ALL.iter().filter(|kind| kind.can_be_filed()).map(TicketKind::as_text),
            ))
            .into()
    }
}

impl ToSchema for FiledKindWord {
    fn name() -> std::borrow::Cow<'static, str> {
        "FiledKind".into()
    }
}

/// What can be done, when a state forbids something else.
#[derive(Debug, Clone, Copy)]
pub struct AllowedActionWord;

impl PartialSchema for AllowedActionWord {
    fn schema() -> RefOr<Schema> {
        let tickets = Action::ALL.iter().map(Action::as_text);
        let mails = MailAction::ALL.iter().map(MailAction::as_text);
        let outgoing = OutgoingAction::ALL.iter().map(OutgoingAction::as_text);
        ObjectBuilder::new()
            .schema_type(SchemaType::new(Type::String))
            .description(Some("What can be done to a ticket or a mail as it stands."))
            .enum_values(Some(tickets.chain(mails).chain(outgoing)))
            .into()
    }
}

impl ToSchema for AllowedActionWord {
    fn name() -> std::borrow::Cow<'static, str> {
        "AllowedAction".into()
    }
}

/// The rule that made a day what it is.
#[derive(Debug, Clone, Copy)]
pub struct DayReasonWord;

impl PartialSchema for DayReasonWord {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(SchemaType::new(Type::String))
            .description(Some("The rule that made a day what it is."))
            .enum_values(Some(["weekday", "season", "holiday", "eve", "shortDay", "extraDay"]))
            .into()
    }
}

impl ToSchema for DayReasonWord {
    fn name() -> std::borrow::Cow<'static, str> {
        "DayReason".into()
    }
}

define_words! {
    /// What a ticket is.
    KindWord as "TicketKind" of TicketKind;
    /// Where a ticket stands.
    StatusWord as "TicketStatus" of Status;
    /// What a person can do to a ticket's state.
    ActionWord as "TicketAction" of Action;
    /// What the product does to a ticket's state by itself.
    SystemActionWord as "SystemAction" of SystemAction;
    /// How a ticket came in.
    ChannelWord as "Channel" of Channel;
    /// Why a ticket is handed to another line or back.
    HandOverReasonWord as "HandOverReason" of HandOverReason;
    /// What ended the time in which somebody had a ticket.
    StayEndWord as "StayEnd" of StayEnd;
    /// The line of support.
    LineWord as "Line" of Line;
    /// Whom a ticket waits for.
    WaitingForWord as "WaitingFor" of WaitingFor;
    /// Who reads a message or fetches a file.
    VisibilityWord as "Visibility" of Visibility;
    /// What one ticket is to another, read from the first to the second.
    LinkKindWord as "LinkKind" of LinkKind;
    /// The way an event came about.
    OriginWord as "Origin" of Origin;
    /// What an organisation is.
    OrganisationKindWord as "OrganisationKind" of OrganisationKind;
    /// The language a person reads.
    LanguageWord as "Language" of Language;
    /// The colours a person chose.
    ThemeWord as "Theme" of Theme;
    /// Whether a person may sign in and be given work.
    UserStatusWord as "UserStatus" of UserStatus;
    /// What somebody is.
    RoleWord as "Role" of Role;
    /// What a session is for.
    SessionKindWord as "SessionKind" of SessionKind;
    /// How far an import has come.
    ImportStateWord as "ImportState" of ImportState;
    /// What somebody is told.
    NoticeKindWord as "NoticeKind" of NoticeKind;
    /// The length of a period.
    ByWord as "ReportBy" of By;
    /// How the time to a resolution is counted.
    ClockWord as "ReportClock" of ResolutionClock;
    /// Whose resolutions count.
    ScopeWord as "ReportScope" of Scope;
    /// A day of the week.
    WeekdayWord as "Weekday" of DayOfWeek;
    /// Which days a calendar treats as public holidays.
    HolidaysWord as "Holidays" of Holidays;
    /// An eve that a calendar may be closed on.
    EveWord as "Eve" of Eve;
    /// Towards whom something is promised.
    AgreementKindWord as "AgreementKind" of AgreementKind;
    /// What is measured.
    MetricWord as "PromiseMetric" of Metric;
    /// Who is told of a warning or a breach.
    TellWord as "PromiseTell" of Tell;
    /// How critical a listed system is.
    PriorityClassWord as "PriorityClass" of PriorityClass;
    /// What a party is to an activity.
    RaciWord as "Raci" of Raci;
    /// Which way a message came in.
    InboundSourceWord as "InboundSource" of InboundSource;
    /// What has become of a message that came in.
    InboundStateWord as "InboundState" of InboundState;
    /// What a message was taken for.
    ClassificationWord as "MailClassification" of Classification;
    /// What a person can make of a message.
    MailActionWord as "MailAction" of MailAction;
    /// Which mail it is.
    TemplateWord as "MailTemplateName" of Template;
    /// What has become of a mail that goes out.
    OutboundStateWord as "OutboundState" of OutboundState;
    /// Why a mail isn't sent.
    SuppressedWord as "MailLeftOutReason" of Suppressed;
    /// What a person can do with a mail that wasn't delivered.
    OutgoingActionWord as "OutboundMailAction" of OutgoingAction;
    /// How mail to a mailbox's address gets here.
    ReceiveWord as "MailboxReceive" of Receive;
    /// How the connection to a mail server is kept secret.
    MailSecurityWord as "MailSecurity" of MailSecurity;
    /// How the product proves to a mail server who it is.
    MailboxAuthWord as "MailboxAuth" of MailboxAuth;
    /// Where the very first reading begins.
    FirstFetchWord as "FirstFetch" of FirstFetch;
    /// What is done with a message at the server once it is stored here.
    AfterFetchWord as "AfterFetch" of AfterFetch;
    /// What becomes of a message from somebody who isn't known.
    UnknownSendersWord as "UnknownSenders" of UnknownSenders;
    /// How a mailbox is.
    HeartbeatWord as "MailboxHeartbeat" of Heartbeat;
    /// Which part of reading a mailbox failed.
    MailFaultWord as "MailFault" of MailFault;
    /// A step of trying a mailbox.
    TestStepWord as "MailboxTestStepName" of TestStep;
    /// Where a version stands in time.
    VersionStateWord as "VersionState" of VersionState;
}
