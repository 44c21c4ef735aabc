//! When tickets come in: about a hundred a working day, most before lunch, most on Mondays, few in
//! summer, and some in evenings and on weekends.

use jiff::civil::Date;

use super::random::Random;
use crate::domain::clock::{Instant, MICROS_PER_HOUR, MICROS_PER_SECOND};
use crate::domain::report::local_midnight;
use crate::domain::sla::Calendar;

const WORKING_DAY: u64 = 102;
const CLOSED_DAY: u64 = 4;
/// Per cent of a working day, from Monday.
const WEEKDAYS: [u64; 7] = [125, 106, 100, 95, 80, 100, 100];
/// Per cent of a month, from January.
const MONTHS: [u64; 12] = [115, 105, 104, 100, 98, 84, 42, 122, 115, 106, 104, 82];
/// Weights of the hours from 00 on a working day and on a closed day.
const OPEN_HOURS: [u64; 24] =
    [1, 0, 0, 0, 0, 2, 8, 60, 150, 152, 128, 82, 70, 126, 106, 80, 18, 9, 7, 7, 6, 4, 2, 1];
const CLOSED_HOURS: [u64; 24] = [1, 0, 0, 0, 0, 1, 2, 4, 8, 10, 11, 10, 9, 9, 9, 9, 9, 8, 9, 10, 9, 7, 4, 2];

/// The instants at which tickets come in on a local date, in order.
pub(super) fn arrivals(date: Date, calendar: &Calendar, random: &mut Random) -> Vec<Instant> {
    let of = |table: &[u64], index: i8| {
        usize::try_from(index).ok().and_then(|index| table.get(index)).copied().unwrap_or(100)
    };
    let is_open = calendar.day(date).is_some();
    let usual = if is_open {
        WORKING_DAY * of(&WEEKDAYS, date.weekday().to_monday_zero_offset())
    } else {
        CLOSED_DAY * 100
    };
    let expected = usual * of(&MONTHS, date.month() - 1) / 100;
    // A tenth more or less, in hundredths of tickets; the rest of the division by chance.
    let expected = expected * (900 + random.below(201)) / 1_000;
    let count = expected / 100 + u64::from(random.below(100) < expected % 100);
    let hours = if is_open { OPEN_HOURS } else { CLOSED_HOURS };
    let midnight = local_midnight(date);
    let mut arrivals: Vec<Instant> = (0..count)
        .map(|_| {
            let hour = i64::try_from(random.weighted(hours.into_iter())).unwrap_or(0);
            midnight.plus_micros(hour * MICROS_PER_HOUR + random.between(0, 3_600) * MICROS_PER_SECOND)
        })
        .collect();
    arrivals.sort_unstable();
    arrivals
}
