//! W3C Trace Context: continuing a caller's trace, or beginning one.

use actix_web::http::header::{HeaderName, HeaderValue};
use std::fmt::Write as _;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

/// The name of the header.
pub(super) const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");

const LENGTH: usize = 55;
/// Added at each step, so that the numbers run through all of 2⁶⁴ (splitmix64).
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

static NUMBERS: LazyLock<AtomicU64> = LazyLock::new(|| {
    let mut seed = [0_u8; 8];
    // Without randomness ids could repeat after a restart, which only makes a log harder to read.
    let _ = getrandom::fill(&mut seed);
    AtomicU64::new(u64::from_ne_bytes(seed))
});

/// Which trace a request belongs to. Its id is what people give support when something went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// `00-` trace id `-` our span id `-` flags.
    traceparent: String,
}

impl Trace {
    /// Continues the trace of a `traceparent` that is well-formed, or begins one.
    #[must_use]
    pub fn of(header: Option<&HeaderValue>) -> Self {
        let mut traceparent = String::with_capacity(LENGTH);
        traceparent.push_str("00-");
        let caller = header.and_then(|value| value.to_str().ok()).and_then(well_formed);
        let flags = if let Some((trace_id, flags)) = caller {
            traceparent.push_str(trace_id);
            flags
        } else {
            let _ = write!(traceparent, "{:016x}{:016x}", number(), number());
            "00"
        };
        let _ = write!(traceparent, "-{:016x}-{flags}", number());
        Self { traceparent }
    }

    /// The trace id, 32 hexadecimal digits; also the id of the request.
    #[must_use]
    pub fn id(&self) -> &str {
        self.traceparent.get(3..35).unwrap_or_default()
    }

    /// The header to answer with.
    #[must_use]
    pub fn traceparent(&self) -> &str {
        &self.traceparent
    }
}

/// The trace id and the flags of a header, as W3C Trace Context asks for them.
fn well_formed(header: &str) -> Option<(&str, &str)> {
    let mut parts = header.split('-');
    let (version, trace_id, parent_id, flags) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let hex = |text: &str, length: usize| {
        text.len() == length && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    };
    let zero = |text: &str| text.bytes().all(|byte| byte == b'0');
    let known_end = version != "00" || parts.next().is_none();
    (hex(version, 2)
        && version != "ff"
        && hex(trace_id, 32)
        && !zero(trace_id)
        && hex(parent_id, 16)
        && !zero(parent_id)
        && hex(flags, 2)
        && known_end)
        .then_some((trace_id, flags))
}

/// The next of a row of numbers that look random, never 0.
fn number() -> u64 {
    let mut mixed = NUMBERS.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (mixed ^ (mixed >> 31)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(header: &'static str) -> Trace {
        Trace::of(Some(&HeaderValue::from_static(header)))
    }

    #[test]
    fn a_callers_trace_goes_on_under_our_own_span() {
        let trace = of("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        assert_eq!(trace.id(), "4bf92f3577b34da6a3ce929d0e0e4736");
        assert!(trace.traceparent().ends_with("-01"));
        assert!(!trace.traceparent().contains("00f067aa0ba902b7"));
        assert_eq!(trace.traceparent().len(), LENGTH);
        let later = of("cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what-comes-later");
        assert_eq!(later.id(), trace.id());
    }

    #[test]
    fn a_malformed_one_is_replaced() {
        for bad in [
            "",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-x",
        ] {
            let trace = of(bad);
            assert_ne!(trace.id(), "4bf92f3577b34da6a3ce929d0e0e4736", "{bad}");
            assert!(well_formed(trace.traceparent()).is_some());
        }
        assert_ne!(Trace::of(None), Trace::of(None));
    }
}
