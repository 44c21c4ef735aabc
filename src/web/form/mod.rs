//! Forms: what was typed, what was wrong with it, and the fields to show it in again.

mod field;
mod state;

pub use field::{Control, Field};
pub use state::{Choice, FormState};

use super::page::Link;

/// A button that sends the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submit {
    /// What it says: the verb first.
    pub label: String,
    /// The name and value it adds, when a form has several buttons.
    pub choice: Option<(&'static str, &'static str)>,
    /// `primary`, `secondary` or `danger`.
    pub class: &'static str,
    /// What it does it to, for those who hear a button without the row it stands in.
    pub about: Option<String>,
    /// Key that presses it, for `aria-keyshortcuts`.
    pub keys: Option<&'static str>,
}

impl Submit {
    /// The one primary button.
    #[must_use]
    pub fn primary(label: impl Into<String>) -> Self {
        Self { label: label.into(), choice: None, class: "primary", about: None, keys: None }
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

    /// Saying aloud what it does it to.
    #[must_use]
    pub fn about(mut self, what: impl Into<String>) -> Self {
        self.about = Some(what.into());
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
    pub cancel: Option<Link>,
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
    pub fn cancel(mut self, cancel: Link) -> Self {
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

    /// Every field that is filled in, those of groups too.
    pub fn controls(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().flat_map(Field::controls)
    }

    /// Whether it carries files, which decides its encoding.
    #[must_use]
    pub fn has_files(&self) -> bool {
        self.controls().any(|field| matches!(field.control, Control::Files { .. }))
    }

    /// The fields that were refused, for the summary.
    #[must_use]
    pub fn refused(&self) -> Vec<&Field> {
        self.controls().filter(|field| field.error.is_some()).collect()
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
    fn fields_of_a_group_are_refused_like_others() {
        let mut state = FormState::default();
        state.refuse("place-1", "Platserna börjar med 1");
        let row = Field::group("Rad 1", vec![Field::line(&state, "place-1", "Plats")]);
        let form = Form::new("list", "/list", "Spara").fields(vec![row]).apart();
        let ids: Vec<String> = form.refused().into_iter().map(Field::target).collect();
        assert_eq!(ids, ["list-place-1"]);
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
