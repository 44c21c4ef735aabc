//! What a ticket concerns, as forms ask it: the service, the kind of equipment, and what is to be done.

use crate::domain::people::Directory;
use crate::domain::routing::Matrix;
use crate::i18n::Texts;
use crate::web::form::{Choice, Field, FormState};

/// The choices.
#[derive(Debug, Clone, Default)]
pub struct Concerns {
    services: Vec<Choice>,
    levels: Vec<Choice>,
    activities: Vec<Choice>,
}

impl Concerns {
    /// Those of the reference data and of the responsibility matrix in force.
    #[must_use]
    pub fn new(t: &Texts, directory: &Directory, matrix: Option<&Matrix>) -> Self {
        let locale = t.locale();
        let active = directory.services.iter().filter(|service| service.is_active);
        let services = active.map(|service| Choice::new(&service.code, &service.name)).collect();
        let Some(matrix) = matrix else { return Self { services, ..Self::default() } };
        Self {
            services,
            levels: matrix
                .support_levels
                .iter()
                .map(|level| Choice::new(level.code.as_str(), level.name.in_language(locale)))
                .collect(),
            activities: matrix
                .activities
                .iter()
                .map(|activity| Choice::new(activity.code.as_str(), activity.name.in_language(locale)))
                .collect(),
        }
    }

    /// `supportLevel` and `activity` under their plain names, for staff. What a ticket has and the matrix no
    /// longer knows stays to be chosen.
    #[must_use]
    pub fn equipment(self, t: &Texts, state: &FormState) -> Vec<Field> {
        let Self { services: _, levels, activities } = self;
        [("supportLevel", "field-support-level", levels), ("activity", "field-task", activities)]
            .into_iter()
            .filter(|(name, _, choices)| !choices.is_empty() || !state.value(name).is_empty())
            .map(|(name, label, mut choices)| {
                let value = state.value(name);
                if !value.is_empty() && !choices.iter().any(|choice| choice.value == value) {
                    choices.push(Choice::new(value, value));
                }
                choices.insert(0, Choice::new("", t.t("choice-none")));
                Field::select(state, name, t.t(label), choices).optional()
            })
            .collect()
    }

    /// `service`, `supportLevel`, `activity`; what nothing can be chosen of isn't asked.
    #[must_use]
    pub fn fields(self, t: &Texts, state: &FormState) -> Vec<Field> {
        let Self { services, levels, activities } = self;
        let unknown = || Choice::new("", t.t("choice-unknown"));
        [
            ("service", "field-service-question", services),
            ("supportLevel", "field-level-question", levels),
            ("activity", "field-activity-question", activities),
        ]
        .into_iter()
        .filter(|(_, _, choices)| !choices.is_empty())
        .map(|(name, label, choices)| {
            let choices = std::iter::once(unknown()).chain(choices).collect();
            Field::select(state, name, t.t(label), choices).optional()
        })
        .collect()
    }
}
