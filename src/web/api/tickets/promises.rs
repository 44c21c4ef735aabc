//! What a ticket is promised and whose it is, in the reader's words.

use crate::app::tickets::{Advice, PromiseView};
use crate::domain::clock::{Instant, MICROS_PER_MINUTE};
use crate::domain::ids::UserId;
use crate::domain::locale::Locale;
use crate::domain::people::Directory;
use crate::domain::policies::Policies;
use crate::domain::sla::agreement::{AgreementKind, Metric};
use crate::domain::sla::clock::ClockState;
use crate::domain::ticket::Action;
use crate::i18n::format::Moments;
use crate::i18n::{Texts, texts};
use crate::web::api::parts::{At, GroupOut, Names};
use crate::web::api::words::ActionWord;
use crate::web::promise::Promises;
use crate::web::routing_story::RoutingStory;
use serde::Serialize;

/// Who reads, for what is said in words.
pub struct Reader {
    locale: Locale,
    user: UserId,
    moments: Moments,
}

impl Reader {
    /// Somebody who reads at `now`.
    #[must_use]
    pub fn new(locale: Locale, user: UserId, now: Instant) -> Self {
        Self { locale, user, moments: Moments::new(locale, now) }
    }

    pub(super) fn texts(&self) -> &'static Texts {
        texts(self.locale)
    }
}

/// Somebody else's matter.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = TurnTo)]
#[serde(rename_all = "camelCase")]
pub struct TurnToOut {
    /// Who is responsible.
    responsible: String,
    /// Why, and where to turn.
    reason: String,
}

impl From<[String; 2]> for TurnToOut {
    fn from([responsible, reason]: [String; 2]) -> Self {
        Self { responsible, reason }
    }
}

/// Whose a ticket is by what it concerns now.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Advice)]
#[serde(rename_all = "camelCase")]
pub struct AdviceOut<'a> {
    /// When what it concerns changed.
    #[schema(value_type = String, format = DateTime)]
    at: At,
    /// The group that responsibility and rules name.
    #[schema(required)]
    group: Option<GroupOut<'a>>,
    /// The action that takes it there; null when it lies there, or staff have decided since where it lies.
    #[schema(value_type = Option<ActionWord>, required)]
    action: Option<Action>,
    /// Why, in the caller's language, a fact a sentence.
    because: Vec<String>,
    /// Who is responsible and where to turn, when that isn't the desk; in the caller's language.
    #[schema(required)]
    turn_to: Option<TurnToOut>,
}

impl<'a> AdviceOut<'a> {
    /// Advice in the reader's language.
    #[must_use]
    pub fn new(advice: &Advice, directory: &'a Directory, policies: &Policies, reader: &Reader) -> Self {
        let decided = Some((advice.at, advice.routed.clone()));
        let story = RoutingStory::when(reader.texts(), directory, policies, decided.as_ref());
        Self {
            at: At(advice.at),
            group: Names(directory).group(advice.routed.group),
            action: advice.way,
            because: story.map(RoutingStory::whole).unwrap_or_default(),
            turn_to: story.and_then(RoutingStory::answer).map(TurnToOut::from),
        }
    }
}

/// What is promised about a ticket, and how it stands.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Promise)]
#[serde(rename_all = "camelCase")]
pub struct PromiseOut<'a> {
    /// `firstResponse`, `resolution` or `timeInGroup`.
    #[schema(value_type = String)]
    metric: Metric,
    /// When it is due, was due when it was kept, or was due when it was broken.
    #[schema(value_type = String, format = DateTime)]
    due_at: At,
    /// `running`, `paused`, `met` or `breached`. A breach stays.
    #[schema(value_type = String)]
    state: ClockState,
    /// Working minutes used.
    elapsed_minutes: i64,
    /// Working minutes left; negative by what it is late.
    remaining_minutes: i64,
    /// When it was broken.
    #[schema(required, value_type = Option<String>, format = DateTime)]
    breached_at: Option<At>,
    /// The agreement that promises it.
    agreement: AgreementNameOut<'a>,
    /// Why it is so, in the caller's language, a fact a sentence.
    explanation: Vec<String>,
}

/// An agreement as tickets name it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = AgreementName)]
#[serde(rename_all = "camelCase")]
pub struct AgreementNameOut<'a> {
    /// Its code.
    code: &'a str,
    /// Its name.
    name: &'a str,
    /// `sla`, `ola` or `underpinning`.
    #[schema(value_type = String)]
    kind: AgreementKind,
    /// From when the version holds that was given.
    #[schema(value_type = String, format = DateTime)]
    version_from: At,
}

impl<'a> PromiseOut<'a> {
    pub(super) fn new(promise: &'a PromiseView, reader: &Reader, requester: UserId) -> Self {
        let words =
            Promises { t: reader.texts(), moments: &reader.moments, is_requester: reader.user == requester };
        let evaluation = &promise.evaluation;
        Self {
            metric: promise.metric,
            due_at: At(evaluation.due_at),
            state: evaluation.state,
            elapsed_minutes: evaluation.elapsed_micros.div_euclid(MICROS_PER_MINUTE),
            remaining_minutes: -(-evaluation.remaining_micros).div_euclid(MICROS_PER_MINUTE),
            breached_at: evaluation.breached_at.map(At),
            agreement: AgreementNameOut {
                code: &promise.agreement,
                name: &promise.name,
                kind: promise.kind,
                version_from: At(promise.version_from),
            },
            explanation: words.explanation(promise),
        }
    }
}
