//! Tickets that reproduce the published resolution table of 2010–2015 (annual report of an IT
//! association of six municipalities, domain I2). For tests and benchmarks, not for the product.

use jiff::civil::date;

use super::period::local_midnight;
use crate::domain::clock::{Instant, MICROS_PER_DAY, MICROS_PER_HOUR, MICROS_PER_SECOND};

/// One year as published: tickets, and whole per cent within 1 hour, 2 hours, 1 day, 3 days and 1 week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublishedYear {
    /// The year.
    pub year: i16,
    /// Tickets resolved in it.
    pub tickets: u64,
    /// Whole per cent within each bound.
    pub shares: [u64; 5],
}

/// The table as printed. Its figures are of January–August each year.
pub const PUBLISHED: [PublishedYear; 6] = [
    PublishedYear { year: 2010, tickets: 12_608, shares: [35, 42, 61, 75, 81] },
    PublishedYear { year: 2011, tickets: 16_411, shares: [39, 45, 60, 72, 76] },
    PublishedYear { year: 2012, tickets: 22_637, shares: [43, 49, 63, 76, 81] },
    PublishedYear { year: 2013, tickets: 22_265, shares: [43, 50, 66, 78, 83] },
    PublishedYear { year: 2014, tickets: 26_327, shares: [50, 55, 69, 79, 84] },
    PublishedYear { year: 2015, tickets: 25_862, shares: [49, 54, 60, 79, 84] },
];

/// When one ticket was opened and resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublishedTicket {
    /// Opened.
    pub opened_at: Instant,
    /// Resolved, between January and August of its year.
    pub resolved_at: Instant,
}

/// The bounds of the table in wall-clock microseconds, and 60 days as the longest time.
const BOUNDS: [i64; 6] = [
    MICROS_PER_HOUR,
    2 * MICROS_PER_HOUR,
    MICROS_PER_DAY,
    3 * MICROS_PER_DAY,
    7 * MICROS_PER_DAY,
    60 * MICROS_PER_DAY,
];

/// Tickets in whole seconds with exactly the published counts, and with the whole number of tickets
/// nearest to each published share. Times fill each stretch between two bounds from its upper end, so
/// that some tickets lie exactly on a bound.
pub fn published_history() -> impl Iterator<Item = PublishedTicket> {
    PUBLISHED.into_iter().flat_map(tickets_of)
}

fn tickets_of(year: PublishedYear) -> impl Iterator<Item = PublishedTicket> {
    let total = year.tickets;
    let first = local_midnight(date(year.year, 1, 1)).micros();
    let length = local_midnight(date(year.year, 9, 1)).micros() - first;
    let counts = year.shares.map(|share| (share * total * 2 + 100) / 200);
    let upper = counts.into_iter().chain([total]);
    let lower = [0].into_iter().chain(counts);
    let from = [0].into_iter().chain(BOUNDS);
    let stretches = lower.zip(upper).zip(from.zip(BOUNDS));
    let durations = stretches.flat_map(|((lower, upper), (from, to))| {
        (0..upper - lower).map(move |index| {
            let step = (to - from) / MICROS_PER_SECOND - 1;
            let back = i64::try_from(index).unwrap_or(0) * 7_919 % step;
            to - back * MICROS_PER_SECOND
        })
    });
    durations.zip(0..total).map(move |(duration, index)| {
        // A stride with no common factor spreads short and long times evenly over the months.
        let place = i64::try_from(index * 7_919 % total).unwrap_or(0);
        let seconds = length / MICROS_PER_SECOND * place / i64::try_from(total).unwrap_or(1);
        let resolved_at = Instant::from_micros(first + seconds * MICROS_PER_SECOND);
        PublishedTicket { opened_at: resolved_at.plus_micros(-duration), resolved_at }
    })
}
