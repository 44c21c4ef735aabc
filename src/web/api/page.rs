//! Pages of lists that aren't tickets: `limit`, and `cursor` or `page`.

use super::parts::ListOut;
use crate::app::{AppError, FieldErrors, FieldProblem, opaque};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// Rows a page when nothing is said.
const LIMIT: i64 = 20;
/// Most rows a page.
const MOST: i64 = 100;
/// The most rows that `page` reaches; cursors go on at any depth.
const MOST_PAGED_ROWS: i64 = 10_000;

/// Which page is asked for.
#[derive(Debug, Clone, Default, serde::Deserialize, utoipa::IntoParams)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// Where the page before ended: its `nextCursor`.
    #[param(max_length = 200)]
    pub cursor: Option<String>,
    /// The page, counted from 1; not together with `cursor`. Reaches the first 10 000 rows.
    #[param(minimum = 1, maximum = 10_000, default = 1)]
    pub page: Option<i64>,
    /// Rows a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<i64>,
}

/// A page that has been checked: rows to skip after the cursor, and rows to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Rows to skip.
    pub skip: i64,
    /// Rows to show.
    pub limit: i64,
}

impl PageQuery {
    /// Checks the page asked for.
    ///
    /// # Errors
    /// [`AppError::Invalid`].
    pub fn window(&self) -> Result<Window, AppError> {
        let mut errors = FieldErrors::default();
        let limit = self.limit.unwrap_or(LIMIT);
        if !(1..=MOST).contains(&limit) {
            errors.add("limit", FieldProblem::OutOfRange);
        }
        let page = self.page.unwrap_or(1);
        if page < 1 || (page - 1).saturating_mul(limit) >= MOST_PAGED_ROWS {
            errors.add("page", FieldProblem::OutOfRange);
        }
        if self.page.is_some() && self.cursor.is_some() {
            errors.add("page", FieldProblem::NotAllowed);
        }
        errors.finish()?;
        Ok(Window { skip: (page - 1) * limit, limit })
    }

    /// The number that the cursor stands for; 0 when there is none.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when it isn't one of ours.
    pub fn after_number(&self) -> Result<i64, AppError> {
        let Some(cursor) = &self.cursor else { return Ok(0) };
        opaque::decode(cursor).ok_or_else(|| AppError::field("cursor", FieldProblem::Malformed))
    }

    /// The text that the cursor stands for.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when it isn't one of ours.
    pub fn after_text(&self) -> Result<Option<String>, AppError> {
        let Some(cursor) = &self.cursor else { return Ok(None) };
        let text = URL_SAFE_NO_PAD.decode(cursor).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        text.map(Some).ok_or_else(|| AppError::field("cursor", FieldProblem::Malformed))
    }
}

impl Window {
    /// Rows to read so that this page is among them, with one more that tells whether there is a next.
    #[must_use]
    pub const fn reach(self) -> i64 {
        self.skip + self.limit + 1
    }

    /// This page of rows read up to [`Self::reach`]; `number_of` gives what the cursor stands for.
    pub fn cut<T>(self, rows: Vec<T>, number_of: impl Fn(&T) -> i64) -> ListOut<T> {
        let size = |rows: i64| usize::try_from(rows).unwrap_or(0);
        let mut items: Vec<T> = rows.into_iter().skip(size(self.skip)).collect();
        let more = items.len() > size(self.limit);
        items.truncate(size(self.limit));
        let next_cursor = items.last().filter(|_| more).map(|last| opaque::encode(number_of(last)));
        ListOut { items, next_cursor }
    }
}

/// A page of a list that is held in memory; the cursor stands for the code of the last row.
///
/// # Errors
/// [`AppError::Invalid`] when the page isn't understood.
pub fn of_held<'a, T: 'a, O>(
    query: &PageQuery,
    all: impl Iterator<Item = &'a T>,
    code_of: impl Fn(&T) -> &str,
    show: impl Fn(&'a T) -> O,
) -> Result<ListOut<O>, AppError> {
    let window = query.window()?;
    let mut rows: Vec<&'a T> = all.collect();
    if let Some(last) = query.after_text()? {
        let at = rows
            .iter()
            .position(|row| code_of(row) == last)
            .ok_or_else(|| AppError::field("cursor", FieldProblem::Malformed))?;
        rows.drain(..=at);
    }
    let size = |rows: i64| usize::try_from(rows).unwrap_or(0);
    let mut shown = rows.into_iter().skip(size(window.skip));
    let items: Vec<&'a T> = shown.by_ref().take(size(window.limit)).collect();
    let next_cursor = match (items.last(), shown.next()) {
        (Some(last), Some(_)) => Some(URL_SAFE_NO_PAD.encode(code_of(last))),
        _ => None,
    };
    Ok(ListOut { items: items.into_iter().map(show).collect(), next_cursor })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(query: &PageQuery) -> Result<ListOut<String>, AppError> {
        let all: Vec<String> = (1..=45).map(|n| format!("c{n}")).collect();
        of_held(query, all.iter(), |code: &String| code.as_str(), Clone::clone)
    }

    #[test]
    fn cursors_and_pages_reach_the_same_rows() {
        let mut cursor = None;
        let mut seen = Vec::new();
        for page in 1..=3 {
            let by_cursor = held(&PageQuery { cursor, ..PageQuery::default() }).unwrap();
            let by_page = held(&PageQuery { page: Some(page), ..PageQuery::default() }).unwrap();
            assert_eq!(by_cursor.items, by_page.items);
            assert_eq!(by_cursor.next_cursor, by_page.next_cursor);
            seen.extend(by_cursor.items);
            cursor = by_cursor.next_cursor;
        }
        assert_eq!(seen.len(), 45);
        assert_eq!(cursor, None);
    }

    #[test]
    fn what_makes_no_page_is_refused() {
        for (page, limit, cursor) in [
            (None, Some(0), None),
            (None, Some(101), None),
            (Some(0), None, None),
            (Some(501), None, None),
            (Some(i64::MAX), Some(100), None),
            (Some(1), None, Some("YzE")),
            (None, None, Some("§")),
            (None, None, Some("eA")),
        ] {
            let query = PageQuery { cursor: cursor.map(str::to_owned), page, limit };
            assert!(matches!(held(&query), Err(AppError::Invalid(_))), "{query:?}");
        }
    }
}
