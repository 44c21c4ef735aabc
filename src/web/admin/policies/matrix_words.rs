//! The words of the responsibility matrix: its support levels and activities, added and renamed. None is
//! removed, since agreements, routing rules and tickets refer to them.

use super::agreement_form::sentence;
use super::matrix_form::{self, amendment, at_name, bilingual, free_code};
use super::matrix_view::Words;
use super::responsibilities::{Known, draw, store};
use crate::app::AppError;
use crate::app::policies::{MatrixWritten, NamedWritten};
use crate::domain::access::Permission;
use crate::i18n::Texts;
use crate::web::admin::parts;
use crate::web::components::{Cell, Table};
use crate::web::form::{Choice, Field, Form, FormState, Submit};
use crate::web::routes;
use crate::web::site::{ProtectedForm, Refusal, SignedIn, SiteError, get};
use actix_web::HttpResponse;
use actix_web::web::{self, Query, ServiceConfig};

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(
        web::resource(routes::RESPONSIBILITY_WORD).route(get().to(show)).route(web::post().to(change)),
    );
}

/// Which of the matrix's two lists of words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
enum Kind {
    SupportLevel,
    #[default]
    Activity,
}

impl Kind {
    const ALL: [Self; 2] = [Self::Activity, Self::SupportLevel];

    fn as_text(self) -> &'static str {
        match self {
            Self::SupportLevel => "supportLevel",
            Self::Activity => "activity",
        }
    }

    fn label(self, t: &Texts) -> String {
        match self {
            Self::SupportLevel => sentence(t.t("condition-support-level")),
            Self::Activity => t.t("responsibility-activity").to_owned(),
        }
    }

    fn of(self, matrix: &MatrixWritten) -> &[NamedWritten] {
        match self {
            Self::SupportLevel => &matrix.support_levels,
            Self::Activity => &matrix.activities,
        }
    }

    fn of_mut(self, matrix: &mut MatrixWritten) -> &mut Vec<NamedWritten> {
        match self {
            Self::SupportLevel => &mut matrix.support_levels,
            Self::Activity => &mut matrix.activities,
        }
    }
}

/// A word, or a new one when the code is empty.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
struct WordKey {
    kind: Kind,
    code: String,
}

impl WordKey {
    fn read(state: &FormState) -> Self {
        let is_typed = |kind: &Kind| kind.as_text() == state.value("kind");
        let kind = Kind::ALL.into_iter().find(is_typed).unwrap_or_default();
        Self { kind, code: state.value("code").to_owned() }
    }

    fn is_new(&self) -> bool {
        self.code.is_empty()
    }

    fn of<'m>(&self, matrix: &'m MatrixWritten) -> Option<&'m NamedWritten> {
        self.kind.of(matrix).iter().find(|word| word.code == self.code)
    }

    /// The word in the matrix; nothing when a new one is asked for.
    fn known<'m>(&self, matrix: &'m MatrixWritten) -> Result<Option<&'m NamedWritten>, AppError> {
        match self.of(matrix) {
            None if !self.is_new() => Err(AppError::NotFound),
            found => Ok(found),
        }
    }
}

/// What the words are called.
pub(super) fn table(words: Words<'_>, may_change: bool) -> Table {
    let t = words.t;
    let row = |kind: Kind, word: &NamedWritten| {
        let asked = [("kind", kind.as_text()), ("code", word.code.as_str())];
        let name = words.said(&word.name).to_owned();
        vec![
            if may_change {
                Cell::link(routes::with_query(routes::RESPONSIBILITY_WORD, &asked), name)
            } else {
                Cell::text(name)
            },
            Cell::text(kind.label(t)),
        ]
    };
    let rows = Kind::ALL.into_iter().rev().flat_map(|kind| {
        let of_kind = kind.of(words.matrix).iter();
        of_kind.map(move |word| row(kind, word))
    });
    let columns = [t.t("field-name"), t.t("responsibility-word-kind-column")];
    parts::table(t.t("responsibility-words"), &columns, rows.collect(), t.t("catalogue-none"))
}

async fn show(who: SignedIn, asked: Query<WordKey>) -> Result<HttpResponse, SiteError> {
    who.need(Permission::PolicyManage)?;
    let known = Known::of(&who).await?;
    let mut values = known.begins();
    let mut add = |name: &str, value: &str| values.push((name.to_owned(), value.to_owned()));
    add("kind", asked.kind.as_text());
    add("code", &asked.code);
    if let Some(NamedWritten { name, .. }) = asked.known(&known.matrix)? {
        add("nameSv", &name.sv);
        add("nameEn", name.en.as_deref().unwrap_or_default());
    }
    draw_word(&who, &known.matrix, &FormState::of(values), None)
}

fn draw_word(
    who: &SignedIn,
    matrix: &MatrixWritten,
    state: &FormState,
    refusal: Option<&Refusal>,
) -> Result<HttpResponse, SiteError> {
    let t = who.texts();
    let key = WordKey::read(state);
    let title = match key.of(matrix) {
        Some(word) => t.t1("responsibility-row-change", "name", &word.name.sv),
        None => t.t("responsibility-word-add").to_owned(),
    };
    draw(who, &title, t.t("responsibility-words"), word(t, state, key.is_new()), refusal)
}

/// A support level or an activity: a new one, or the names of one that is there already.
pub(crate) fn word(t: &Texts, state: &FormState, is_new: bool) -> Form {
    let mut fields = if is_new {
        let kinds = Kind::ALL.map(|kind| Choice::new(kind.as_text(), kind.label(t)));
        vec![Field::radios(state, "kind", t.t("responsibility-word-kind"), kinds.to_vec()).in_row()]
    } else {
        ["kind", "code"].map(|name| Field::hidden(name, state.value(name))).to_vec()
    };
    fields.extend([
        Field::line(state, "nameSv", t.t("responsibility-name-sv")).max(200),
        Field::line(state, "nameEn", t.t("responsibility-name-en")).max(200).optional(),
    ]);
    fields.extend(amendment(t, state));
    let action = routes::RESPONSIBILITY_WORD.to_owned();
    matrix_form::form(t, "word", action, fields, vec![Submit::primary(t.t("form-save"))])
}

async fn change(form: ProtectedForm) -> Result<HttpResponse, SiteError> {
    form.who.need(Permission::PolicyManage)?;
    let known = Known::of(&form.who).await?;
    let key = WordKey::read(&form.state);
    key.known(&known.matrix)?;
    let written = with_word(&known.matrix, &key, &form.state);
    match store(&form, &written).await {
        Ok(answer) => Ok(answer),
        Err(error) => {
            let refusal = parts::refusal(&form, at_name(error), &[])?;
            draw_word(&form.who, &known.matrix, &refusal.state, Some(&refusal))
        }
    }
}

/// The matrix with the word as it was typed.
fn with_word(matrix: &MatrixWritten, key: &WordKey, state: &FormState) -> MatrixWritten {
    let mut matrix = matrix.clone();
    let list = key.kind.of_mut(&mut matrix);
    let name = bilingual(state, "name").unwrap_or_default();
    match list.iter_mut().find(|word| word.code == key.code) {
        Some(word) => word.name = name,
        None => {
            let taken: Vec<&str> = list.iter().map(|one| one.code.as_str()).collect();
            let code = free_code(&name.sv, &taken);
            list.push(NamedWritten { code, name });
        }
    }
    matrix
}
