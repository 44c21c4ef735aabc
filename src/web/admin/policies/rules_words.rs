//! A routing rule in words: when it holds and what it decides.

use crate::app::policies::{EffectsWritten, PriorityRangeWritten, RuleConditionsWritten, RuleWritten};
use crate::domain::people::Directory;
use crate::domain::policies::Policies;
use crate::domain::routing::{Bilingual, Matrix};
use crate::domain::ticket::{Channel, TicketKind};
use crate::i18n::{Arg, Texts};
use crate::web::tags;

/// The names that rules are told in.
#[derive(Clone, Copy)]
pub(in crate::web) struct RuleWords<'a> {
    /// The language.
    pub(in crate::web) t: &'a Texts,
    /// Names of services, groups and so on.
    pub(in crate::web) directory: &'a Directory,
    /// Names of agreements.
    pub(in crate::web) policies: &'a Policies,
    /// Names of support levels and activities; nothing when no matrix holds.
    pub(in crate::web) matrix: Option<&'a Matrix>,
}

impl RuleWords<'_> {
    /// "Tjänsten är Nät och texten har något av orden wifi, trådlöst*."
    pub(super) fn when(self, conditions: &RuleConditionsWritten) -> String {
        let t = self.t;
        let RuleConditionsWritten {
            kinds,
            channels,
            organisation,
            service,
            system,
            category,
            base_function,
            support_level,
            activity,
            words,
            priority,
        } = conditions;
        let directory = self.directory;
        let mut held = Vec::new();
        if !kinds.is_empty() {
            let kinds = kinds.iter().map(|code| self.kind(code).to_lowercase()).collect();
            held.push(t.t1("rule-if-kind", "name", self.either(kinds)));
        }
        if !channels.is_empty() {
            let channels = channels.iter().map(|code| self.channel(code).to_lowercase()).collect();
            held.push(t.t1("rule-if-channel", "name", self.either(channels)));
        }
        let mut named = |key: &'static str, code: &Option<String>, name: &dyn Fn(&str) -> Option<String>| {
            if let Some(code) = code {
                held.push(t.t1(key, "name", name(code).unwrap_or_else(|| code.clone())));
            }
        };
        named("rule-if-organisation", organisation, &|code| {
            directory.organisation_by_code(code).map(|found| found.name.clone())
        });
        named("rule-if-service", service, &|code| {
            directory.service_by_code(code).map(|found| found.name.clone())
        });
        named("rule-if-system", system, &|code| {
            directory.system_by_code(code).map(|found| found.name.clone())
        });
        named("rule-if-category", category, &|code| {
            directory.category_by_code(code).map(|found| found.name.clone())
        });
        named("rule-if-level", support_level, &|code| {
            let levels = &self.matrix?.support_levels;
            levels.iter().find(|level| level.code.as_str() == code).map(|level| self.said(&level.name))
        });
        named("rule-if-activity", activity, &|code| {
            let activities = &self.matrix?.activities;
            activities.iter().find(|known| known.code.as_str() == code).map(|known| self.said(&known.name))
        });
        if let Some(is) = base_function {
            held.push(t.t(if *is { "rule-if-base-function" } else { "rule-if-no-base-function" }).to_owned());
        }
        if let Some(PriorityRangeWritten { highest, lowest }) = priority {
            let range = (*highest..=*lowest).map(|priority| tags::priority(t, priority).label.to_owned());
            held.push(t.t1("rule-if-priority", "name", self.either(range.collect())));
        }
        if !words.is_empty() {
            held.push(t.t1("rule-if-words", "words", words.join(", ")));
        }
        match held.split_last() {
            None => t.t("rule-always").to_owned(),
            Some((only, [])) => sentence(only),
            Some((last, others)) => {
                let others = others.join(", ");
                sentence(&t.tr("words-and", &[("first", Arg::Text(&others)), ("last", Arg::Text(last))]))
            }
        }
    }

    /// "Grupp Nätverk, prioritet P2 Hög. Sedan prövas inga fler regler."
    pub(super) fn then(self, rule: &RuleWritten) -> String {
        let t = self.t;
        let EffectsWritten { group, category, priority, agreement } = &rule.effects;
        let name = |found: Option<&String>, code: &str| found.map_or_else(|| code.to_owned(), Clone::clone);
        let mut sets = Vec::new();
        if let Some(code) = group {
            let found = self.directory.group_by_code(code).map(|found| &found.name);
            sets.push(t.t1("rule-sets-group", "name", name(found, code)));
        }
        if let Some(code) = category {
            let found = self.directory.category_by_code(code).map(|found| &found.name);
            sets.push(t.t1("rule-sets-category", "name", name(found, code)));
        }
        if let Some(priority) = priority {
            sets.push(t.t1("rule-sets-priority", "name", tags::priority(t, *priority).label));
        }
        if let Some(code) = agreement {
            let found = self.policies.agreements.iter().rev().find(|version| version.code == *code);
            sets.push(t.t1("rule-sets-agreement", "name", name(found.map(|version| &version.name), code)));
        }
        let sets = sentence(&sets.join(", "));
        if rule.stop { format!("{sets}. {}", t.t("rule-stops")) } else { sets }
    }

    fn kind<'t>(&'t self, code: &'t str) -> &'t str {
        TicketKind::from_text(code).map_or(code, |kind| tags::kind_label(self.t, kind))
    }

    fn channel<'t>(&'t self, code: &'t str) -> &'t str {
        Channel::from_text(code).map_or(code, |channel| tags::channel_label(self.t, channel))
    }

    /// A name in the reader's language.
    pub(super) fn said(self, name: &Bilingual) -> String {
        name.in_language(self.t.locale()).to_owned()
    }

    /// "a, b eller c".
    fn either(self, names: Vec<String>) -> String {
        match names.split_last() {
            None | Some((_, [])) => names.into_iter().collect(),
            Some((last, others)) => {
                let others = others.join(", ");
                self.t.tr("words-or", &[("first", Arg::Text(&others)), ("last", Arg::Text(last))])
            }
        }
    }
}

/// With a capital first.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
