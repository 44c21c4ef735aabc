//! The static files, part of the binary, under addresses that hold a hash of their content.
//!
//! All files share one hash and so one folder: the style sheet can name its font and the scripts
//! each other by plain relative names, and a changed file changes every address at once.

use std::sync::LazyLock;

use sha2::{Digest, Sha256};

/// The pattern for the router.
pub const PATTERN: &str = "/assets/{hash}/{name}";

/// Answered with every file whose hash is the present one: the address never changes its content.
pub const CACHE_FOREVER: &str = "public, max-age=31536000, immutable";

/// One embedded file.
#[derive(Debug, Clone, Copy)]
pub struct Asset {
    /// Its name in the address.
    pub name: &'static str,
    /// The media type to send it with.
    pub content_type: &'static str,
    /// Its content.
    pub bytes: &'static [u8],
}

macro_rules! assets {
    ($($name:literal $content_type:literal),* $(,)?) => {
        &[$(Asset { name: $name, content_type: $content_type, bytes: include_bytes!(concat!("static/", $name)) }),*]
    };
}

const ASSETS: &[Asset] = assets![
    "arende.css" "text/css; charset=utf-8",
    "arende.js" "text/javascript; charset=utf-8",
    "forms.js" "text/javascript; charset=utf-8",
    "keys.js" "text/javascript; charset=utf-8",
    "queue.js" "text/javascript; charset=utf-8",
    "atkinson-hyperlegible-next.woff2" "font/woff2",
    "favicon.svg" "image/svg+xml",
    "LICENSES.md" "text/plain; charset=utf-8",
];

static HASH: LazyLock<String> = LazyLock::new(|| {
    let mut hasher = Sha256::new();
    for asset in ASSETS {
        hasher.update(asset.name);
        hasher.update(asset.bytes);
    }
    hasher.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
});

/// The address of a file: `/assets/<hash>/arende.css`.
#[must_use]
pub fn asset_url(name: &str) -> String {
    format!("/assets/{}/{name}", *HASH)
}

/// The file of that name, and whether the hash in the address is the present one. With an old hash the
/// file is still sent, but not to be kept.
#[must_use]
pub fn find(hash: &str, name: &str) -> Option<(Asset, bool)> {
    ASSETS.iter().find(|asset| asset.name == name).map(|asset| (*asset, hash == *HASH))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn address_leads_to_the_file() {
        let url = asset_url("arende.css");
        let mut parts = url.trim_start_matches("/assets/").split('/');
        let (asset, current) = find(parts.next().unwrap(), parts.next().unwrap()).unwrap();
        assert!(current);
        assert_eq!(asset.content_type, "text/css; charset=utf-8");
        assert!(!find("0123", "arende.css").unwrap().1);
        assert!(find("0123", "../Cargo.toml").is_none());
    }

    #[test]
    fn style_sheet_names_only_files_that_are_here() {
        let css = std::str::from_utf8(find("", "arende.css").unwrap().0.bytes).unwrap();
        for rest in css.split("url(\"").skip(1) {
            let (name, _) = rest.split_once('"').unwrap();
            assert!(find("", name).is_some(), "{name}");
        }
    }

    #[test]
    fn scripts_import_only_files_that_are_here() {
        for asset in ASSETS.iter().filter(|asset| asset.name.ends_with(".js")) {
            let script = std::str::from_utf8(asset.bytes).unwrap();
            for rest in script.split("from \"./").skip(1) {
                let (name, _) = rest.split_once('"').unwrap();
                assert!(find("", name).is_some(), "{name}");
            }
        }
    }
}
