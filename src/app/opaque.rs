//! Opaque ids: what stands for a key outside the product. Short, stable, and telling nothing.

use sqids::Sqids;
use std::sync::LazyLock;

static SQIDS: LazyLock<Option<Sqids>> = LazyLock::new(|| {
    Sqids::builder()
        .alphabet("k3G7QAe51FCsPW92uEOyq4Bg6Sp8YzVTmnU0liwDdHXLajZrfxNhobJIRcMvKt".chars().collect())
        .min_length(8)
        .build()
        .ok()
});

/// The opaque id of a key.
#[must_use]
pub fn encode(key: i64) -> String {
    u64::try_from(key)
        .ok()
        .and_then(|key| SQIDS.as_ref().and_then(|sqids| sqids.encode(&[key]).ok()))
        .unwrap_or_default()
}

/// The key of an opaque id; nothing for anything that isn't exactly one.
#[must_use]
pub fn decode(id: &str) -> Option<i64> {
    let numbers = SQIDS.as_ref()?.decode(id);
    let [key] = numbers.as_slice() else { return None };
    let key = i64::try_from(*key).ok()?;
    (encode(key) == id).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_back_and_foreign_text_does_not() {
        for key in [1, 2, 41, 1_000_000, i64::MAX] {
            let id = encode(key);
            assert!(id.len() >= 8);
            assert_eq!(decode(&id), Some(key));
        }
        for bad in ["", "1", "abc", "åäö", "k3G7QAe51", "' OR 1=1"] {
            assert_eq!(decode(bad), None, "{bad}");
        }
    }
}
