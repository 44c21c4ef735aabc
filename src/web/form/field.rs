//! A field: label, control, hint and error.

use super::state::{Choice, FormState};

/// What a field is filled in with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Control {
    /// One line; the HTML input type.
    Line(&'static str),
    /// Several lines.
    Area {
        /// Lines shown.
        rows: u8,
    },
    /// A drop-down list.
    Select(Vec<Choice>),
    /// One of a few.
    Radios(Vec<Choice>),
    /// Any of a few.
    Checks(Vec<Choice>),
    /// Files.
    Files {
        /// Whether several may be chosen.
        many: bool,
    },
    /// Sent along unseen.
    Hidden,
    /// Fields that belong together, under the label as their legend. They hold no groups themselves.
    Group(Vec<Field>),
}

/// A labelled control with its hint and error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The name it is sent under.
    pub name: String,
    /// Its id on the page; unlike the name it is never there twice.
    pub id: String,
    /// The label: a question or a noun.
    pub label: String,
    /// One sentence of help.
    pub hint: Option<String>,
    /// What is wrong.
    pub error: Option<String>,
    /// What stands in it (lines, areas and hidden ones).
    pub value: String,
    /// The control.
    pub control: Control,
    /// The most characters; several lines get a counter.
    pub max: Option<usize>,
    /// The `autocomplete` token.
    pub autocomplete: Option<&'static str>,
    /// Whether it may be left empty; the label says so.
    pub optional: bool,
    /// Whether choices stand side by side.
    pub in_row: bool,
    /// Whether the page opens with the cursor here.
    pub autofocus: bool,
    /// The heading of the part of the form that begins with it.
    pub heading: Option<String>,
}

impl Field {
    fn new(state: &FormState, name: &str, label: impl Into<String>, control: Control) -> Self {
        Self {
            name: name.to_owned(),
            id: name.to_owned(),
            label: label.into(),
            hint: None,
            error: state.error(name).map(str::to_owned),
            value: state.value(name).to_owned(),
            control,
            max: None,
            autocomplete: None,
            optional: false,
            in_row: false,
            autofocus: false,
            heading: None,
        }
    }

    /// One line of text.
    #[must_use]
    pub fn line(state: &FormState, name: &str, label: impl Into<String>) -> Self {
        Self::new(state, name, label, Control::Line("text"))
    }

    /// One line of another input type: `email`, `search`, `date`.
    #[must_use]
    pub fn typed(state: &FormState, name: &str, label: impl Into<String>, input: &'static str) -> Self {
        Self::new(state, name, label, Control::Line(input))
    }

    /// A password: never shown again after an error.
    #[must_use]
    pub fn password(state: &FormState, name: &str, label: impl Into<String>, token: &'static str) -> Self {
        let field = Self::new(state, name, label, Control::Line("password"));
        Self { value: String::new(), autocomplete: Some(token), ..field }
    }

    /// Several lines of text.
    #[must_use]
    pub fn area(state: &FormState, name: &str, label: impl Into<String>, rows: u8, max: usize) -> Self {
        Self { max: Some(max), ..Self::new(state, name, label, Control::Area { rows }) }
    }

    /// A drop-down list.
    #[must_use]
    pub fn select(state: &FormState, name: &str, label: impl Into<String>, choices: Vec<Choice>) -> Self {
        let choices = mark(state, name, choices);
        Self::new(state, name, label, Control::Select(choices))
    }

    /// One of a few.
    #[must_use]
    pub fn radios(state: &FormState, name: &str, label: impl Into<String>, choices: Vec<Choice>) -> Self {
        let choices = mark(state, name, choices);
        Self::new(state, name, label, Control::Radios(choices))
    }

    /// Any of a few.
    #[must_use]
    pub fn checks(state: &FormState, name: &str, label: impl Into<String>, choices: Vec<Choice>) -> Self {
        let choices = mark(state, name, choices);
        Self::new(state, name, label, Control::Checks(choices))
    }

    /// Files.
    #[must_use]
    pub fn files(state: &FormState, name: &str, label: impl Into<String>) -> Self {
        Self { optional: true, ..Self::new(state, name, label, Control::Files { many: true }) }
    }

    /// A value that is sent along.
    #[must_use]
    pub fn hidden(name: &str, value: impl Into<String>) -> Self {
        let field = Self::new(&FormState::default(), name, "", Control::Hidden);
        Self { value: value.into(), ..field }
    }

    /// Fields that belong together.
    #[must_use]
    pub fn group(label: impl Into<String>, fields: Vec<Self>) -> Self {
        Self::new(&FormState::default(), "", label, Control::Group(fields))
    }

    /// The fields that are filled in: its own if it is a group, otherwise itself.
    #[must_use]
    pub fn controls(&self) -> &[Self] {
        match &self.control {
            Control::Group(fields) => fields,
            _ => std::slice::from_ref(self),
        }
    }

    /// With a sentence of help.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// With a limit of characters.
    #[must_use]
    pub fn max(mut self, max: usize) -> Self {
        self.max = Some(max);
        self
    }

    /// With an `autocomplete` token.
    #[must_use]
    pub fn autocomplete(mut self, token: &'static str) -> Self {
        self.autocomplete = Some(token);
        self
    }

    /// May be left empty.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// Choices side by side.
    #[must_use]
    pub fn in_row(mut self) -> Self {
        self.in_row = true;
        self
    }

    /// Takes one file, and must be given.
    #[must_use]
    pub fn one_file(mut self) -> Self {
        self.control = Control::Files { many: false };
        self.optional = false;
        self
    }

    /// Begins a part of the form under a heading.
    #[must_use]
    pub fn under(mut self, heading: impl Into<String>) -> Self {
        self.heading = Some(heading.into());
        self
    }

    /// Gets the cursor when the page opens.
    #[must_use]
    pub fn autofocus(mut self) -> Self {
        self.autofocus = true;
        self
    }

    /// Ids begin with this, for a page with several forms.
    #[must_use]
    pub fn within(mut self, form: &str) -> Self {
        self.id = format!("{form}-{}", self.name);
        if let Control::Group(fields) = self.control {
            self.control = Control::Group(fields.into_iter().map(|field| field.within(form)).collect());
        }
        self
    }

    /// The ids of hint and error, for `aria-describedby`; empty when there is neither.
    #[must_use]
    pub fn described_by(&self) -> String {
        let mut ids = Vec::new();
        if self.hint.is_some() {
            ids.push(format!("{}-hint", self.id));
        }
        if self.error.is_some() {
            ids.push(format!("{}-error", self.id));
        }
        if self.has_counter() {
            ids.push(format!("{}-limit", self.id));
        }
        ids.join(" ")
    }

    /// Whether it takes an e-mail address, which no spelling help should touch.
    #[must_use]
    pub fn is_email(&self) -> bool {
        self.control == Control::Line("email")
    }

    /// Several lines with a limit count their characters.
    #[must_use]
    pub fn has_counter(&self) -> bool {
        matches!(self.control, Control::Area { .. }) && self.max.is_some()
    }

    /// Where the error summary leads: the control, or the first of its choices.
    #[must_use]
    pub fn target(&self) -> String {
        match self.control {
            Control::Radios(_) | Control::Checks(_) => format!("{}-1", self.id),
            Control::Line(_)
            | Control::Area { .. }
            | Control::Select(_)
            | Control::Files { .. }
            | Control::Hidden
            | Control::Group(_) => self.id.clone(),
        }
    }
}

fn mark(state: &FormState, name: &str, mut choices: Vec<Choice>) -> Vec<Choice> {
    for choice in &mut choices {
        choice.chosen = state.all(name).any(|value| value == choice.value);
    }
    choices
}
