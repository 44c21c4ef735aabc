//! What was typed and what was wrong with it.

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

    /// Everything that is wrong: the field and the words.
    pub fn errors(&self) -> impl Iterator<Item = (&str, &str)> {
        self.errors.iter().map(|(name, error)| (name.as_str(), error.as_str()))
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
