//! Promises in words: how a clock stands, and why, in the reader's language.

use crate::app::tickets::{Because, PromiseView};
use crate::domain::clock::{Instant, MICROS_PER_MINUTE};
use crate::domain::sla::Target;
use crate::domain::sla::agreement::Condition;
use crate::domain::sla::clock::{ClockState, Sentence};
use crate::domain::ticket::WaitingFor;
use crate::i18n::format::{self, Moments};
use crate::i18n::{Arg, Texts};
use crate::web::components::OwnedTag;
use crate::web::tags;

/// A promise as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromiseLine {
    /// What is promised.
    pub metric: String,
    /// How it stands, in a word.
    pub state: OwnedTag,
    /// The outcome, in a sentence.
    pub outcome: String,
    /// Why it is so.
    pub reasons: Vec<String>,
}

/// Says what clocks say.
#[derive(Clone, Copy)]
pub struct Promises<'a> {
    /// The reader's texts.
    pub t: &'a Texts,
    /// The reader's calendar.
    pub moments: &'a Moments,
    /// Whether the reader is the one the ticket is for: "you".
    pub is_requester: bool,
}

impl Promises<'_> {
    /// The promise for a page.
    #[must_use]
    pub fn line(self, promise: &PromiseView) -> PromiseLine {
        let (class, icon) = match promise.evaluation.state {
            ClockState::Running => ("neutral", "clock"),
            ClockState::Paused => ("warning", "pause"),
            ClockState::Met => ("success", "checks"),
            ClockState::Breached => ("solid", "danger"),
        };
        let mut sentences = self.explanation(promise).into_iter();
        let metric = tags::metric(self.t, promise.metric);
        let name = metric.chars().take(1).flat_map(char::to_uppercase).chain(metric.chars().skip(1));
        PromiseLine {
            metric: name.collect(),
            state: OwnedTag { class, icon, label: self.state(promise.evaluation.state) },
            outcome: sentences.next().unwrap_or_default(),
            reasons: sentences.collect(),
        }
    }

    /// The explanation, a fact a sentence, the outcome first.
    #[must_use]
    pub fn explanation(self, promise: &PromiseView) -> Vec<String> {
        let mut sentences: Vec<String> =
            promise.evaluation.explanation.iter().map(|sentence| self.sentence(sentence)).collect();
        sentences.push(self.agreement(promise));
        sentences
    }

    /// Which agreement holds, and what about the ticket made it hold.
    #[must_use]
    pub fn agreement(self, promise: &PromiseView) -> String {
        let since = self.moments.date(promise.version_from);
        let name = [("name", Arg::Text(&promise.name)), ("since", Arg::Text(&since))];
        let conditions = match &promise.because {
            Because::Rule => return self.t.tr("promise-agreement-by-rule", &name),
            Because::Conditions(conditions) if conditions.is_empty() => {
                return self.t.tr("promise-agreement-for-all", &name);
            }
            Because::Conditions(conditions) => conditions,
        };
        let because: Vec<&str> = conditions.iter().map(|c| condition(self.t, *c)).collect();
        let because = because.join(", ");
        let [name, since] = name;
        self.t.tr("promise-agreement", &[name, since, ("because", Arg::Text(&because))])
    }

    /// The state in a word or two.
    #[must_use]
    pub fn state(self, state: ClockState) -> String {
        self.t
            .t(match state {
                ClockState::Running => "promise-running",
                ClockState::Paused => "promise-paused",
                ClockState::Met => "promise-met",
                ClockState::Breached => "promise-breached",
            })
            .to_owned()
    }

    fn sentence(self, sentence: &Sentence) -> String {
        let one = |key: &'static str, at: Instant| self.t.t1(key, "at", self.at(at));
        let two = |key: &'static str, from: Instant, to: Instant| {
            let (from, to) = (self.at(from), self.at(to));
            self.t.tr(key, &[("from", Arg::Text(&from)), ("to", Arg::Text(&to))])
        };
        match *sentence {
            Sentence::DueAt { at } => one("promise-due", at),
            Sentence::MetAt { at, due_at } => two("promise-met-at", at, due_at),
            Sentence::BreachedAt { at: _, due_at } => one("promise-breached-at", due_at),
            Sentence::PausedSince { at, why } => {
                let at = self.at(at);
                let why = self.waiting(why);
                self.t.tr("promise-paused-since", &[("at", Arg::Text(&at)), ("why", Arg::Text(&why))])
            }
            Sentence::TargetIs(target) => self.t.t1("promise-target", "target", self.target(target)),
            Sentence::TargetChanged { at, target } => {
                let (at, target) = (self.at(at), self.target(target));
                self.t.tr("promise-target-changed", &[("at", Arg::Text(&at)), ("target", Arg::Text(&target))])
            }
            Sentence::Arrived { at } => one("promise-arrived", at),
            Sentence::ArrivedWhileClosed { at, opens_at } => two("promise-arrived-closed", at, opens_at),
            Sentence::ClosedBetween { from, to } => two("promise-closed", from, to),
            Sentence::ClosedOften { from, to } => two("promise-closed-often", from, to),
            Sentence::PausedFor { why, working_micros } => {
                let time = self.duration(working_micros);
                let why = self.waiting(why);
                self.t.tr("promise-paused-for", &[("time", Arg::Text(&time)), ("why", Arg::Text(&why))])
            }
            Sentence::ResolvedFor { working_micros } => {
                self.t.t1("promise-resolved-for", "time", self.duration(working_micros))
            }
        }
    }

    /// How much time a promise leaves.
    #[must_use]
    pub fn target(self, target: Target) -> String {
        match target {
            Target::WorkingMinutes(minutes) => {
                self.t.t1("promise-target-minutes", "time", format::duration(self.t.locale(), minutes.into()))
            }
            Target::WorkingDays(days) => {
                self.t.tr("promise-target-days", &[("count", Arg::Number(days.into()))])
            }
        }
    }

    fn at(self, at: Instant) -> String {
        self.moments.date_time(at)
    }

    fn duration(self, micros: i64) -> String {
        format::duration(self.t.locale(), micros.div_euclid(MICROS_PER_MINUTE))
    }

    fn waiting(self, why: Option<WaitingFor>) -> String {
        match why {
            Some(WaitingFor::Requester) if self.is_requester => self.t.t("promise-waiting-you").to_owned(),
            Some(why) => tags::waiting_label(self.t, why).to_lowercase(),
            None => self.t.t("promise-waiting").to_owned(),
        }
    }
}

/// What an agreement asks of a ticket.
#[must_use]
pub fn condition(t: &Texts, condition: Condition) -> &str {
    match condition {
        Condition::Group => t.t("condition-group"),
        Condition::System => t.t("condition-system"),
        Condition::Organisation => t.t("condition-organisation"),
        Condition::Service => t.t("condition-service"),
        Condition::BaseFunction => t.t("condition-base-function"),
        Condition::SupportLevel => t.t("condition-support-level"),
        Condition::Priority => t.t("condition-priority"),
        Condition::Kind => t.t("condition-kind"),
        Condition::Desk => t.t("condition-desk"),
    }
}
