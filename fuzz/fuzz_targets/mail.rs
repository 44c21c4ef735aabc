//! Any bytes through reading, folding and judging, as the intake does it. The last bytes decide what the database
//! answers.
#![no_main]

#[path = "../judged.rs"]
mod judged;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|raw: &[u8]| {
    let choice = raw.last_chunk().copied().unwrap_or_default();
    judged::judged(raw, &[choice]);
});
