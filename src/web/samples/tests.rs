use std::collections::HashSet;
use std::path::Path;

use super::html::{Tag, tags};
use super::{Maker, all, workspace};
use crate::domain::locale::Locale;
use crate::web::assets;

/// Calls the check with every page of every language.
fn each(check: impl Fn(&str, &str, &[Tag])) {
    for locale in Locale::ALL {
        for (name, html) in all(locale) {
            check(&format!("{} {name}", locale.as_tag()), &html, &tags(&html));
        }
    }
}

#[test]
fn every_page_has_one_heading_one_main_and_its_language() {
    each(|name, _, tags| {
        let count = |tag: &str| tags.iter().filter(|held| held.name == tag).count();
        assert_eq!(count("h1"), 1, "h1 of {name}");
        assert_eq!(count("main"), 1, "main of {name}");
        assert_eq!(count("title"), 1, "title of {name}");
        let html = tags.iter().find(|tag| tag.name == "html").unwrap();
        assert_eq!(html.get("lang"), name.split(' ').next(), "{name}");
    });
}

#[test]
fn headings_never_skip_a_level() {
    each(|name, _, tags| {
        let mut level = 0;
        for tag in tags {
            let Some(next) = tag.name.strip_prefix('h').and_then(|level| level.parse::<u8>().ok()) else {
                continue;
            };
            // The error summary stands above the page's heading, as ui.md asks.
            if tag.get("id") == Some("error-summary-title") {
                continue;
            }
            assert!(next <= level + 1, "h{next} after h{level} in {name}");
            level = next;
        }
    });
}

#[test]
fn every_control_has_a_label() {
    each(|name, html, tags| {
        let labels: HashSet<&str> =
            tags.iter().filter(|tag| tag.name == "label").filter_map(|tag| tag.get("for")).collect();
        for tag in tags {
            let control = matches!(tag.name.as_str(), "select" | "textarea" | "progress")
                || tag.name == "input" && !matches!(tag.get("type"), Some("hidden"));
            if !control {
                continue;
            }
            let id = tag.get("id").unwrap_or("-");
            let labelled = labels.contains(id) || wrapped_in_label(html, tag);
            assert!(labelled, "no label for {tag:?} in {name}");
        }
    });
}

/// Radios and boxes stand inside their label.
fn wrapped_in_label(html: &str, control: &Tag) -> bool {
    let sought = match (control.get("id"), control.get("value")) {
        (Some(id), _) => format!("id=\"{id}\""),
        (None, Some(value)) => format!("value=\"{value}\""),
        (None, None) => "data-select-all".to_owned(),
    };
    html.split("<label").skip(1).any(|rest| rest.split("</label>").next().unwrap().contains(&sought))
}

#[test]
fn ids_are_there_once_and_references_lead_somewhere() {
    each(|name, _, tags| {
        let mut ids = HashSet::new();
        for tag in tags {
            if let Some(id) = tag.get("id") {
                assert!(ids.insert(id), "id {id} stands twice in {name}");
            }
        }
        for tag in tags {
            for reference in ["for", "aria-labelledby", "aria-describedby"] {
                for id in tag.get(reference).unwrap_or_default().split_whitespace() {
                    assert!(ids.contains(id), "{reference}={id} leads nowhere in {name}");
                }
            }
            if let Some(id) = tag.get("href").and_then(|href| href.strip_prefix('#')) {
                assert!(ids.contains(id), "#{id} leads nowhere in {name}");
            }
        }
    });
}

#[test]
fn every_sent_form_carries_its_tokens() {
    each(|name, html, _| {
        let mut keys = HashSet::new();
        for form in html.split("<form method=\"post\"").skip(1) {
            let form = form.split("</form>").next().unwrap();
            assert!(form.contains("name=\"csrf\" value=\"csrf-token\""), "no csrf in {name}");
            let key =
                form.split("name=\"idempotency_key\" value=\"").nth(1).unwrap_or_else(|| panic!("{name}"));
            let key = key.split('"').next().unwrap();
            // Two forms with one key would take each other for a repetition.
            assert!(keys.insert(key.to_owned()), "key {key} stands twice in {name}");
        }
    });
}

#[test]
fn pages_keep_to_the_content_security_policy() {
    each(|name, html, tags| {
        for tag in tags {
            assert!(tag.name != "style" && tag.get("style").is_none(), "style in {name}: {tag:?}");
            assert!(tag.name != "script" || tag.get("src").is_some(), "inline script in {name}");
            for address in ["src", "href", "action"].into_iter().filter_map(|name| tag.get(name)) {
                let ours = address.starts_with('/') && !address.starts_with("//");
                let inside = address.starts_with('#') || address.starts_with('?');
                let outside_link = tag.name == "a" && address.starts_with("https://www.digg.se/");
                assert!(ours || inside || outside_link, "{address} in {name}");
            }
        }
        assert!(!html.contains("<script>alert"), "unescaped text in {name}");
    });
}

#[test]
fn no_text_is_missing_or_left_with_a_placeable() {
    each(|name, html, _| {
        for sign in ["{$", "{ $", "\u{2068}", "\u{2069}"] {
            assert!(!html.contains(sign), "{sign} in {name}");
        }
    });
}

#[test]
fn refused_forms_say_so_first() {
    for locale in Locale::ALL {
        let error = if locale == Locale::Sv { "Fel: " } else { "Error: " };
        for (name, html) in all(locale) {
            let title = html.split("<title>").nth(1).unwrap();
            let says_so = title.starts_with(error);
            assert_eq!(says_so, html.contains("id=\"error-summary\""), "{name}");
            if says_so {
                let summary = html.find("id=\"error-summary\"").unwrap();
                assert!(summary < html.find("<h1").unwrap(), "{name}");
            }
        }
    }
}

#[test]
fn icons_that_are_named_exist() {
    each(|name, html, tags| {
        // An unknown icon leaves nothing behind but the gap; symbols leave a reference.
        for tag in tags.iter().filter(|tag| tag.name == "use") {
            let id = tag.get("href").unwrap().trim_start_matches('#');
            assert!(html.contains(&format!("<symbol id=\"{id}\"")), "{id} in {name}");
        }
    });
    for file in ["src/web/templates", "src/web"] {
        for text in texts_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join(file)) {
            for rest in text.split("icon(\"").skip(1) {
                let icon = rest.split('"').next().unwrap();
                assert!(!crate::web::icons::icon(icon).0.is_empty() || icon == "no-such", "icon {icon}");
            }
        }
    }
}

fn texts_below(folder: &Path) -> Vec<String> {
    let mut texts = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            texts.extend(texts_below(&path));
        } else if path.extension().is_some_and(|extension| extension == "html" || extension == "rs") {
            texts.push(std::fs::read_to_string(&path).unwrap());
        }
    }
    texts
}

/// A page of fifty rows stays small enough to be sent thousands of times a second.
#[test]
fn queue_of_fifty_rows_is_small() {
    let maker = Maker::new(Locale::Sv);
    let rows: Vec<_> = std::iter::repeat_with(|| workspace::rows(&maker)).take(10).flatten().collect();
    let html = workspace::queue(&maker, rows, false);
    let nodes = tags(&html).len();
    assert!(html.len() < 80_000, "{} bytes", html.len());
    assert!(nodes < 1_500, "{nodes} nodes");
}

/// Puts the pages where a browser can look at them, with the static files beside.
#[test]
fn writes_sample_pages() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/samples");
    std::fs::create_dir_all(&folder).unwrap();
    let base = assets::asset_url("");
    for name in
        ["arende.css", "arende.js", "forms.js", "keys.js", "queue.js", "atkinson-hyperlegible-next.woff2"]
    {
        std::fs::write(folder.join(name), assets::find("", name).unwrap().0.bytes).unwrap();
    }
    for locale in Locale::ALL {
        for (name, html) in all(locale) {
            let html = html.replace(&base, "");
            std::fs::write(folder.join(format!("{}-{name}.html", locale.as_tag())), html).unwrap();
        }
    }
    assert!(folder.join("sv-queue.html").is_file());
}
