//! Icons (Lucide, see `static/LICENSES.md`), drawn into the page and hidden from speech: an icon always
//! stands beside a word.

use std::fmt;

/// Markup that needs no escaping because it is ours.
#[derive(Debug, Clone, Copy)]
pub struct Markup(pub &'static str);

impl fmt::Display for Markup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl askama::filters::HtmlSafe for Markup {}

macro_rules! icons {
    ($($name:literal),* $(,)?) => {
        const ICONS: &[(&str, &str)] = &[$(($name, include_str!(concat!("static/icons/", $name, ".svg")))),*];
    };
}

icons![
    "alert",
    "assigned",
    "attach",
    "back",
    "braces",
    "building",
    "call",
    "chart",
    "check",
    "checks",
    "chevron",
    "circle",
    "clock",
    "clock-alert",
    "cross",
    "danger",
    "dot",
    "down",
    "download",
    "edit",
    "equal",
    "globe",
    "history",
    "home",
    "inbox",
    "info",
    "layers",
    "link",
    "list",
    "lock",
    "log-out",
    "mail",
    "menu",
    "minus",
    "monitor",
    "new",
    "package",
    "pause",
    "phone",
    "play",
    "plus",
    "printer",
    "reply",
    "search",
    "settings",
    "slash",
    "up",
    "upload",
    "user",
    "users",
];

/// The icon of that name; nothing for an unknown one.
#[must_use]
pub fn icon(name: &str) -> Markup {
    Markup(ICONS.binary_search_by(|(held, _)| (*held).cmp(name)).ok().and_then(|at| ICONS.get(at)).map_or("", |(_, svg)| *svg))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn icons_are_in_order_for_the_search() {
        assert!(ICONS.is_sorted_by_key(|(name, _)| *name));
        assert!(icon("check").0.starts_with("<svg"));
        assert_eq!(icon("no-such").0, "");
    }
}
