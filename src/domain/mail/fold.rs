//! What the author wrote this time, told from quoted history, signature and footers.
//!
//! Lines are folded, never lost: each stands in the new text or in the folded one. Every line is looked at a fixed
//! number of times.

mod attribution;
mod history;
mod signature;

#[cfg(test)]
mod tests;

/// A text in two.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folded {
    /// What is new.
    pub new_text: String,
    /// The rest, in its order.
    pub quoted_text: String,
}

/// What the HTML told of the text that was made from it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct HtmlHint {
    /// The byte of the text at which the mail program put the history.
    pub history_at: Option<usize>,
}

/// Lines past this are taken as history.
const MOST_LINES: usize = 20_000;

/// Folds a text. A forwarded message keeps what is forwarded: that is what it is about.
#[must_use]
pub fn fold(text: &str, hint: HtmlHint, forwarded: bool) -> Folded {
    let lines: Vec<&str> = text.split('\n').collect();
    let mut quoted = vec![false; lines.len()];
    if !forwarded {
        let hinted = hint.history_at.map(|at| line_of(&lines, at));
        let known = history::begins(&lines)
            .into_iter()
            .chain(hinted)
            .chain((lines.len() > MOST_LINES).then_some(MOST_LINES))
            .min();
        let end = known.unwrap_or(lines.len());
        quoted.iter_mut().skip(end).for_each(|flag| *flag = true);
        history::mark_quotes(&lines, end, &mut quoted);
        signature::mark(&lines, end, &mut quoted);
    }
    let side = |wanted: bool| {
        let picked: Vec<&str> = lines
            .iter()
            .zip(&quoted)
            .filter(|(_, flag)| **flag == wanted)
            .map(|(line, _)| line.trim_end())
            .collect();
        without_gaps(&picked)
    };
    Folded { new_text: side(false), quoted_text: side(true) }
}

fn line_of(lines: &[&str], byte: usize) -> usize {
    let mut seen = 0;
    lines
        .iter()
        .position(|line| {
            let here = seen >= byte;
            seen += line.len() + 1;
            here
        })
        .unwrap_or(lines.len())
}

/// At most one empty line in a row, none at the ends.
fn without_gaps(lines: &[&str]) -> String {
    let mut out = String::new();
    let mut gap = false;
    for line in lines {
        if line.trim().is_empty() {
            gap = true;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if gap { "\n\n" } else { "\n" });
        }
        gap = false;
        out.push_str(line);
    }
    out
}
