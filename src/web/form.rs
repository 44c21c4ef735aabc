//! Forms: what was typed, what was wrong with it, and the fields to show it in again.

/// What a person sent and what was wrong with it; empty for a form that is shown first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FormState {
    values: Vec<(String, String)>,
    errors: Vec<(String, String)>,
}

impl FormState {
    /// The names and values of a sent form, or what a form starts from.
    pub fn of<N: Into<String>, V: Into<String>>(values: impl IntoIterator<Item = (N, V)>) -> Self {
        let values = values.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        Self { values, errors: Vec::new() }
    }

    /// The value of a field; empty when it wasn't sent.
    #[must_use]
    pub fn value(&self, name: &str) -> &str {
        self.values.iter().find(|(held, _)| held == name).map_or("", |(_, value)| value.as_str())
    }

    /// All values of a field: the ticked boxes.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.values.iter().filter(move |(held, _)| held == name).map(|(_, value)| value.as_str())
    }

    /// Notes what is wrong with a field, in the reader's language. The first word on a field stands.
    pub fn refuse(&mut self, name: impl Into<String>, error: impl Into<String>) {
        let name = name.into();
        if self.error(&name).is_none() {
            self.errors.push((name, error.into()));
        }
    }

    /// What is wrong with a field.
    #[must_use]
    pub fn error(&self, name: &str) -> Option<&str> {
        self.errors.iter().find(|(held, _)| held == name).map(|(_, error)| error.as_str())
    }

    /// Whether nothing was refused.
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        self.errors.is_empty()
    }
}

/// One of the choices of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// A second line.
    pub hint: Option<String>,
    /// Whether it is the chosen one.
    pub chosen: bool,
}

impl Choice {
    /// A choice that isn't chosen.
    #[must_use]
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), hint: None, chosen: false }
    }

    /// With a second line.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

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
            | Control::Hidden => self.id.clone(),
        }
    }
}

fn mark(state: &FormState, name: &str, mut choices: Vec<Choice>) -> Vec<Choice> {
    for choice in &mut choices {
        choice.chosen = state.all(name).any(|value| value == choice.value);
    }
    choices
}

/// A button that sends the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submit {
    /// What it says: the verb first.
    pub label: String,
    /// The name and value it adds, when a form has several buttons.
    pub choice: Option<(&'static str, &'static str)>,
    /// `primary`, `secondary` or `danger`.
    pub class: &'static str,
    /// Key that presses it, for `aria-keyshortcuts`.
    pub keys: Option<&'static str>,
}

impl Submit {
    /// The one primary button.
    #[must_use]
    pub fn primary(label: impl Into<String>) -> Self {
        Self { label: label.into(), choice: None, class: "primary", keys: None }
    }

    /// Another button.
    #[must_use]
    pub fn secondary(label: impl Into<String>) -> Self {
        Self { class: "secondary", ..Self::primary(label) }
    }

    /// A button that does what can't be undone.
    #[must_use]
    pub fn danger(label: impl Into<String>) -> Self {
        Self { class: "danger", ..Self::primary(label) }
    }

    /// With a name and value of its own.
    #[must_use]
    pub fn sending(mut self, name: &'static str, value: &'static str) -> Self {
        self.choice = Some((name, value));
        self
    }
}

/// A form that is sent by POST.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// Its name on the page.
    pub name: &'static str,
    /// Tells its single-use key from those of the page's other forms.
    pub key: String,
    /// Where it is sent.
    pub action: String,
    /// The version of what it changes.
    pub version: Option<i64>,
    /// Its fields.
    pub fields: Vec<Field>,
    /// Its buttons.
    pub submits: Vec<Submit>,
    /// Where giving up leads.
    pub cancel: Option<super::page::Link>,
}

impl Form {
    /// A form with one primary button.
    #[must_use]
    pub fn new(name: &'static str, action: impl Into<String>, submit: impl Into<String>) -> Self {
        Self {
            name,
            key: name.to_owned(),
            action: action.into(),
            version: None,
            fields: Vec::new(),
            submits: vec![Submit::primary(submit)],
            cancel: None,
        }
    }

    /// With these fields.
    #[must_use]
    pub fn fields(mut self, fields: Vec<Field>) -> Self {
        self.fields = fields;
        self
    }

    /// With these buttons instead of the one.
    #[must_use]
    pub fn submits(mut self, submits: Vec<Submit>) -> Self {
        self.submits = submits;
        self
    }

    /// Changes this version.
    #[must_use]
    pub fn version(mut self, version: i64) -> Self {
        self.version = Some(version);
        self
    }

    /// With a link that gives up.
    #[must_use]
    pub fn cancel(mut self, cancel: super::page::Link) -> Self {
        self.cancel = Some(cancel);
        self
    }

    /// One of several forms of the same name: for the row of that id.
    #[must_use]
    pub fn for_row(mut self, id: &str) -> Self {
        self.key = format!("{}-{id}", self.name);
        self
    }

    /// Ids begin with the form's name, for a page with several forms.
    #[must_use]
    pub fn apart(mut self) -> Self {
        self.fields = self.fields.into_iter().map(|field| field.within(self.name)).collect();
        self
    }

    /// Whether it carries files, which decides its encoding.
    #[must_use]
    pub fn has_files(&self) -> bool {
        self.fields.iter().any(|field| matches!(field.control, Control::Files { .. }))
    }

    /// The fields that were refused, for the summary.
    #[must_use]
    pub fn refused(&self) -> Vec<&Field> {
        self.fields.iter().filter(|field| field.error.is_some()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_values_come_back_but_passwords_do_not() {
        let state = FormState::of([("email", "anna.ek@example.se"), ("password", "hemligt")]);
        assert_eq!(Field::line(&state, "email", "E-post").value, "anna.ek@example.se");
        assert_eq!(Field::password(&state, "password", "Lösenord", "current-password").value, "");
    }

    #[test]
    fn first_refusal_of_a_field_stands() {
        let mut state = FormState::default();
        state.refuse("what", "Skriv vad som inte fungerar");
        state.refuse("what", "Något annat");
        let form = Form::new("fault", "/report-fault", "Skicka")
            .fields(vec![Field::line(&state, "what", "Vad?"), Field::line(&state, "more", "Mer?")]);
        let refused: Vec<_> = form.refused().into_iter().map(|field| field.error.clone()).collect();
        assert_eq!(refused, [Some("Skriv vad som inte fungerar".to_owned())]);
        assert!(!state.is_accepted());
    }

    #[test]
    fn chosen_boxes_are_ticked_again() {
        let state = FormState::of([("role", "agent"), ("role", "board")]);
        let choices =
            vec![Choice::new("agent", "a"), Choice::new("groupLead", "b"), Choice::new("board", "c")];
        let Control::Checks(choices) = Field::checks(&state, "role", "Roller", choices).control else {
            panic!("checks")
        };
        let chosen: Vec<bool> = choices.iter().map(|choice| choice.chosen).collect();
        assert_eq!(chosen, [true, false, true]);
    }
}
