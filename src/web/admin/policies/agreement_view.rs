//! An agreement in words: which tickets, what is promised, and what it would do.

use crate::app::policies::{
    AgreementWritten, ConditionsWritten, Contender, Outcome, PromiseWritten, TriedAgreement,
};
use crate::domain::clock::Instant;
use crate::domain::people::Directory;
use crate::domain::policies::Policies;
use crate::domain::routing::SupportLevelCode;
use crate::domain::sla::agreement::{AgreementKind, Condition, Facts, Metric, Tell, WhyPassedOver};
use crate::domain::sla::spec::DayOfWeek;
use crate::domain::sla::{Target, stockholm};
use crate::domain::ticket::{TicketKind, WaitingFor};
use crate::i18n::format::{self, Moments};
use crate::i18n::{Arg, Texts};
use crate::web::admin::parts;
use crate::web::components::{Cell, Fact, Table};
use crate::web::promise::{self, Promises};
use crate::web::site::{SignedIn, SiteError};
use crate::web::{policy_words, tags};
use std::sync::Arc;

use super::agreement_form::sentence;

/// What the words are looked up in, as of one moment.
pub(super) struct Held {
    pub(super) directory: Arc<Directory>,
    pub(super) policies: Arc<Policies>,
    pub(super) moments: Moments,
    pub(super) now: Instant,
}

impl Held {
    pub(super) async fn of(who: &SignedIn) -> Result<Self, SiteError> {
        let (directory, policies) = (who.app().directory().await?, who.app().policies().await?);
        Ok(Self { directory, policies, moments: who.moments(), now: who.app().now() })
    }

    pub(super) fn words<'a>(&'a self, t: &'a Texts) -> Words<'a> {
        let Self { directory, policies, moments, now } = self;
        Words { t, moments, directory, policies, now: *now }
    }
}

/// Says what agreements say.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    t: &'a Texts,
    moments: &'a Moments,
    directory: &'a Directory,
    policies: &'a Policies,
    now: Instant,
}

impl<'a> Words<'a> {
    /// The agreement, a fact each.
    pub(super) fn facts(self, terms: &AgreementWritten) -> Vec<Fact> {
        let Self { t, .. } = self;
        let AgreementWritten { kind, calendar, conditions, promises } = terms;
        let named = self.policies.calendar_by_code(calendar);
        let mut facts = vec![
            Fact::text(t.t("agreement-kind"), self.kind(kind)),
            Fact::text(t.t("agreement-which"), self.coverage(conditions)),
            Fact::text(
                t.t("agreement-calendar"),
                named.map_or(calendar.as_str(), |named| named.name.as_str()),
            ),
        ];
        facts.extend(promises.iter().map(|promise| {
            let fact = Fact::text(sentence(metric(t, &promise.metric)), self.within(promise));
            Fact { note: Some(self.terms(promise)), ..fact }
        }));
        facts
    }

    /// Towards whom it promises.
    pub(super) fn kind(self, code: &str) -> &'a str {
        AgreementKind::from_text(code).map_or("", |kind| policy_words::agreement_kind(self.t, kind))
    }

    /// "Ärendetyp: Felanmälan; Prioritet: 2 – Hög", or that it is for all.
    pub(super) fn coverage(self, conditions: &ConditionsWritten) -> String {
        let Self { t, directory, .. } = self;
        let ConditionsWritten {
            group,
            system,
            organisation,
            service,
            base_function,
            support_level,
            priority,
            kind,
            desk,
        } = conditions;
        let mut asked: Vec<String> = Vec::new();
        let mut add = |condition: Condition, value: Option<String>| {
            if let Some(value) = value {
                asked.push(format!("{}: {value}", sentence(promise::condition(t, condition))));
            }
        };
        // A code whose thing is gone is shown as it is.
        macro_rules! name_of {
            ($code:expr, $find:ident) => {
                $code
                    .as_ref()
                    .map(|code| directory.$find(code).map_or_else(|| code.clone(), |one| one.name.clone()))
            };
        }
        let kind = kind.as_deref().and_then(TicketKind::from_text);
        add(Condition::Kind, kind.map(|kind| tags::kind_label(t, kind).to_owned()));
        add(Condition::Priority, priority.map(|number| tags::priority(t, number).label.to_owned()));
        add(Condition::Service, name_of!(service, service_by_code));
        let base = base_function.map(|is_base| {
            if is_base { t.t("agreement-base-yes") } else { t.t("agreement-base-no") }.to_owned()
        });
        add(Condition::BaseFunction, base);
        add(Condition::System, name_of!(system, system_by_code));
        let within = name_of!(organisation, organisation_by_code);
        add(Condition::Organisation, within.map(|name| t.t1("agreement-within", "name", name)));
        add(Condition::SupportLevel, support_level.as_ref().map(|code| self.support_level(code)));
        add(Condition::Desk, name_of!(desk, desk_by_code));
        add(Condition::Group, name_of!(group, group_by_code));
        if asked.is_empty() { t.t("agreement-all-tickets").to_owned() } else { asked.join("; ") }
    }

    fn support_level(self, code: &str) -> String {
        let code_read = SupportLevelCode::parse(code).ok();
        let levels = self.policies.matrix.at(self.now).map(|matrix| &matrix.support_levels);
        let level =
            levels.and_then(|levels| levels.iter().find(|level| Some(&level.code) == code_read.as_ref()));
        level.map_or(code, |level| level.name.in_language(self.t.locale())).to_owned()
    }

    /// "Första svar inom 2 tim öppettid; lösning inom en arbetsdag".
    pub(super) fn targets(self, promises: &[PromiseWritten]) -> String {
        let each = promises.iter().map(|promise| {
            let (word, within) = (metric(self.t, &promise.metric), self.within(promise));
            self.t.tr("agreement-target", &[("metric", Arg::Text(word)), ("within", Arg::Text(&within))])
        });
        sentence(&each.collect::<Vec<_>>().join("; "))
    }

    fn within(self, promise: &PromiseWritten) -> String {
        let amount = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
        let target = match (promise.target.working_minutes, promise.target.working_days) {
            (Some(minutes), _) => Target::WorkingMinutes(amount(minutes)),
            (None, days) => Target::WorkingDays(amount(days.unwrap_or_default())),
        };
        let within = Promises { t: self.t, moments: self.moments, is_requester: false }.target(target);
        self.t.t1("agreement-within-time", "time", within)
    }

    /// What pauses it, when it warns, whom it tells.
    fn terms(self, promise: &PromiseWritten) -> String {
        let t = self.t;
        let PromiseWritten { metric: _, target: _, pauses_on, warn_at_percent, tells } = promise;
        let mut told: Vec<String> = Vec::new();
        if pauses_on.is_empty() {
            told.push(t.t("agreement-never-pauses").to_owned());
        } else {
            let on = pauses_on.iter().filter_map(|code| WaitingFor::from_text(code));
            let on: Vec<String> = on.map(|on| tags::waiting_label(t, on).to_lowercase()).collect();
            told.push(t.t1("agreement-pauses-on", "what", on.join(", ")));
        }
        if !warn_at_percent.is_empty() {
            let shares: Vec<String> = warn_at_percent
                .iter()
                .map(|share| format::percent(t.locale(), share.saturating_mul(10)))
                .collect();
            told.push(t.t1("agreement-warns-at", "shares", shares.join(", ")));
        }
        if !tells.is_empty() {
            let who = tells.iter().filter_map(|code| Tell::from_text(code));
            let who: Vec<String> = who.map(|tell| policy_words::tell(t, tell).to_lowercase()).collect();
            told.push(t.t1("agreement-told", "who", who.join(", ")));
        }
        told.join(" ")
    }

    /// When tickets filed at telling times would be due.
    pub(super) fn due(self, tried: &TriedAgreement) -> Table {
        let t = self.t;
        let mut columns =
            vec![t.t1("agreement-filed", "kind", tags::kind_label(t, tried.ticket.kind).to_lowercase())];
        let promised = tried.filed.first().map(|filed| filed.due.as_slice()).unwrap_or_default();
        columns.extend(
            promised.iter().map(|(metric, _)| t.t1("agreement-due", "metric", tags::metric(t, *metric))),
        );
        let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
        let rows = tried.filed.iter().map(|filed| {
            let due = filed.due.iter().map(|(_, due)| {
                Cell::text(due.map_or_else(|| t.t("agreement-beyond").to_owned(), |due| day_and_time(t, due)))
            });
            std::iter::once(Cell::text(day_and_time(t, filed.at))).chain(due).collect()
        });
        parts::table(t.t("agreement-preview"), &columns, rows.collect(), "")
    }

    /// Which agreement the ticket would get, and why not the others.
    pub(super) fn contest(self, tried: &TriedAgreement) -> Table {
        let t = self.t;
        let columns = [t.t("agreement"), t.t("agreement-outcome")];
        let rows = tried.contenders.iter().map(|Contender { name, is_tried, outcome }| {
            let name = if *is_tried { t.t("agreement-this") } else { name.as_str() };
            vec![Cell::text(name), Cell::text(self.outcome(outcome))]
        });
        let caption = t.t1("agreement-contest", "ticket", self.ticket(&tried.ticket));
        parts::table(&caption, &columns, rows.collect(), t.t("agreement-none-fits"))
    }

    fn outcome(self, outcome: &Outcome) -> String {
        let t = self.t;
        let about =
            |key: &'static str, condition: Condition| t.t1(key, "what", promise::condition(t, condition));
        match outcome {
            Outcome::Holds(because) if because.is_empty() => t.t("agreement-holds-for-all").to_owned(),
            Outcome::Holds(because) => {
                let because: Vec<&str> = because.iter().map(|one| promise::condition(t, *one)).collect();
                t.t1("agreement-holds", "because", because.join(", "))
            }
            Outcome::PassedOver(WhyPassedOver::Differs(condition)) => about("agreement-differs", *condition),
            Outcome::PassedOver(WhyPassedOver::LessSpecific(condition)) => {
                about("agreement-less", *condition)
            }
            Outcome::PassedOver(
                WhyPassedOver::NotYetValid | WhyPassedOver::NoLongerValid | WhyPassedOver::SameConditions,
            ) => t.t("agreement-not-then").to_owned(),
        }
    }

    /// The ticket it was tried on: "felanmälan, Kumla kommun, 3 – Normal, E-post".
    fn ticket(self, facts: &Facts) -> String {
        let Self { t, directory, .. } = self;
        let Facts {
            at: _,
            desk: _,
            kind,
            organisations,
            system,
            service,
            base_function: _,
            priority,
            support_level,
            group: _,
        } = facts;
        let mut said = vec![tags::kind_label(t, *kind).to_lowercase()];
        let organisation = organisations.last().and_then(|id| directory.organisation(*id));
        said.extend(organisation.map(|one| one.name.clone()));
        said.extend(service.and_then(|id| directory.service(id)).map(|one| one.name.clone()));
        said.extend(system.and_then(|id| directory.system(id)).map(|one| one.name.clone()));
        said.extend(support_level.as_ref().map(|code| self.support_level(code.as_str())));
        said.push(t.t1("agreement-sample-priority", "priority", tags::priority(t, priority.get()).label));
        said.join(", ")
    }
}

fn metric<'a>(t: &'a Texts, code: &'a str) -> &'a str {
    Metric::from_text(code).map_or(code, |metric| tags::metric(t, metric))
}

/// "måndag 23 nov 2026 kl. 15.40".
fn day_and_time(t: &Texts, at: Instant) -> String {
    let local = at.to_timestamp().to_zoned(stockholm().clone());
    let day = usize::try_from(local.weekday().to_monday_zero_offset()).unwrap_or_default();
    let weekday = DayOfWeek::ALL.get(day).map_or("", |day| day.as_text());
    format!("{} {}", policy_words::weekday(t, weekday), format::full(t.locale(), at))
}
