//! Icons (Lucide, see `static/LICENSES.md`), drawn into the page and hidden from speech: an icon always
//! stands beside a word.

use std::fmt;
use std::sync::LazyLock;

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
    Markup(
        ICONS
            .binary_search_by(|(held, _)| (*held).cmp(name))
            .ok()
            .and_then(|at| ICONS.get(at))
            .map_or("", |(_, svg)| *svg),
    )
}

/// The icons of status and priority as symbols, for pages that repeat them in many rows.
#[must_use]
pub fn symbols() -> Markup {
    Markup(&SYMBOLS)
}

const REPEATED: [&str; 12] =
    ["new", "assigned", "play", "pause", "checks", "lock", "slash", "danger", "up", "equal", "down", "alert"];

static SYMBOLS: LazyLock<String> = LazyLock::new(|| {
    let mut symbols = String::from("<svg hidden aria-hidden=\"true\">");
    for name in REPEATED {
        let shapes = icon(name).0.split_once('>').map_or("", |(_, rest)| rest.trim_end_matches("</svg>"));
        // The stroke is given anew: a symbol doesn't inherit from the icon it was taken from.
        symbols.push_str(&format!(
            "<symbol id=\"i-{name}\" viewBox=\"0 0 24 24\" fill=\"none\" stroke=\"currentColor\" \
             stroke-width=\"1.75\" stroke-linecap=\"round\" stroke-linejoin=\"round\">{shapes}</symbol>"
        ));
    }
    symbols.push_str("</svg>");
    symbols
});

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
