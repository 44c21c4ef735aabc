//! Swedish public holidays by law (1989:253), computed for any year.
//!
//! Every Sunday is a public holiday by that law; here only the named ones are listed, since an
//! ordinary Sunday makes no Saturday short. Years before the law follow the rules of 1989.

use jiff::civil::{Date, Weekday};

use crate::text_enum;

text_enum! {
    /// A named public holiday.
    pub enum Holiday {
        /// Nyårsdagen, 1 January.
        NewYearsDay = "newYearsDay",
        /// Trettondedag jul, 6 January.
        Epiphany = "epiphany",
        /// Långfredagen, two days before Easter.
        GoodFriday = "goodFriday",
        /// Påskdagen.
        EasterSunday = "easterSunday",
        /// Annandag påsk.
        EasterMonday = "easterMonday",
        /// Första maj.
        MayDay = "mayDay",
        /// Kristi himmelsfärdsdag, the sixth Thursday after Easter.
        Ascension = "ascension",
        /// Pingstdagen, the seventh Sunday after Easter.
        WhitSunday = "whitSunday",
        /// Annandag pingst, a holiday up to 2004.
        WhitMonday = "whitMonday",
        /// Sveriges nationaldag, 6 June, a holiday from 2005.
        NationalDay = "nationalDay",
        /// Midsommardagen, the Saturday 20–26 June.
        MidsummerDay = "midsummerDay",
        /// Alla helgons dag, the Saturday 31 October–6 November.
        AllSaints = "allSaints",
        /// Juldagen, 25 December.
        ChristmasDay = "christmasDay",
        /// Annandag jul, 26 December.
        BoxingDay = "boxingDay",
    }
}

text_enum! {
    /// The eves that are no holidays by law, but that the holidays act (1977:480, § 7) treats as Sundays.
    pub enum Eve {
        /// Midsommarafton, the Friday 19–25 June.
        Midsummer = "midsummer",
        /// Julafton, 24 December.
        Christmas = "christmas",
        /// Nyårsafton, 31 December.
        NewYear = "newYear",
    }
}

impl Eve {
    /// Whether the eve falls on this date.
    #[must_use]
    pub fn falls_on(self, date: Date) -> bool {
        match self {
            Self::Midsummer => {
                date.month() == 6 && date.weekday() == Weekday::Friday && (19..=25).contains(&date.day())
            }
            Self::Christmas => (date.month(), date.day()) == (12, 24),
            Self::NewYear => (date.month(), date.day()) == (12, 31),
        }
    }
}

/// The named public holiday on this date, if any; of two on one date (first of May and Ascension in
/// 2008) the one with the fixed date.
#[must_use]
pub fn public_holiday(date: Date) -> Option<Holiday> {
    let fixed = match (date.month(), date.day()) {
        (1, 1) => Some(Holiday::NewYearsDay),
        (1, 6) => Some(Holiday::Epiphany),
        (5, 1) => Some(Holiday::MayDay),
        (6, 6) if date.year() >= 2005 => Some(Holiday::NationalDay),
        (12, 25) => Some(Holiday::ChristmasDay),
        (12, 26) => Some(Holiday::BoxingDay),
        _ => None,
    };
    fixed.or_else(|| moving_saturday(date)).or_else(|| from_easter(date))
}

/// Easter Sunday of the Gregorian year as (month, day), by the method of Meeus, Jones and Butcher.
#[must_use]
pub fn easter(year: i16) -> (i8, i8) {
    let y = i32::from(year);
    let a = y.rem_euclid(19);
    let (b, c) = (y.div_euclid(100), y.rem_euclid(100));
    let (d, e) = (b.div_euclid(4), b.rem_euclid(4));
    let f = (b + 8).div_euclid(25);
    let g = (b - f + 1).div_euclid(3);
    let h = (19 * a + b - d - g + 15).rem_euclid(30);
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k).rem_euclid(7);
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    // n / 31 is 3 or 4 and n % 31 below 31, so that both fit.
    (if n / 31 == 3 { 3 } else { 4 }, i8::try_from(n % 31 + 1).unwrap_or(1))
}

fn moving_saturday(date: Date) -> Option<Holiday> {
    if date.weekday() != Weekday::Saturday {
        return None;
    }
    match (date.month(), date.day()) {
        (6, 20..=26) => Some(Holiday::MidsummerDay),
        (10, 31) | (11, 1..=6) => Some(Holiday::AllSaints),
        _ => None,
    }
}

fn from_easter(date: Date) -> Option<Holiday> {
    let (month, day) = easter(date.year());
    let easter = Date::new(date.year(), month, day).ok()?;
    match i32::from(date.day_of_year()) - i32::from(easter.day_of_year()) {
        -2 => Some(Holiday::GoodFriday),
        0 => Some(Holiday::EasterSunday),
        1 => Some(Holiday::EasterMonday),
        39 => Some(Holiday::Ascension),
        49 => Some(Holiday::WhitSunday),
        50 if date.year() <= 2004 => Some(Holiday::WhitMonday),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// (date, the holiday by the almanac)
    const ALMANAC: &[(i16, i8, i8, Option<Holiday>)] = &[
        (2000, 4, 23, Some(Holiday::EasterSunday)),
        (2000, 6, 12, Some(Holiday::WhitMonday)),
        (2000, 6, 6, None),
        (2004, 5, 31, Some(Holiday::WhitMonday)),
        (2004, 6, 6, None),
        (2005, 5, 16, None),
        (2005, 6, 6, Some(Holiday::NationalDay)),
        (2008, 3, 21, Some(Holiday::GoodFriday)),
        (2008, 5, 1, Some(Holiday::MayDay)),
        (2010, 6, 26, Some(Holiday::MidsummerDay)),
        (2010, 11, 6, Some(Holiday::AllSaints)),
        (2011, 4, 25, Some(Holiday::EasterMonday)),
        (2015, 6, 20, Some(Holiday::MidsummerDay)),
        (2015, 10, 31, Some(Holiday::AllSaints)),
        (2019, 4, 19, Some(Holiday::GoodFriday)),
        (2024, 3, 31, Some(Holiday::EasterSunday)),
        (2024, 5, 9, Some(Holiday::Ascension)),
        (2025, 12, 26, Some(Holiday::BoxingDay)),
        (2026, 1, 6, Some(Holiday::Epiphany)),
        (2026, 4, 3, Some(Holiday::GoodFriday)),
        (2026, 5, 14, Some(Holiday::Ascension)),
        (2026, 6, 20, Some(Holiday::MidsummerDay)),
        (2026, 10, 31, Some(Holiday::AllSaints)),
        (2027, 3, 28, Some(Holiday::EasterSunday)),
        (2038, 4, 25, Some(Holiday::EasterSunday)),
        (2049, 6, 6, Some(Holiday::NationalDay)),
        (2055, 6, 6, Some(Holiday::NationalDay)),
        (2060, 6, 6, Some(Holiday::NationalDay)),
        (2076, 4, 19, Some(Holiday::EasterSunday)),
        (2100, 3, 28, Some(Holiday::EasterSunday)),
        (2100, 5, 6, Some(Holiday::Ascension)),
        (2026, 4, 5, Some(Holiday::EasterSunday)),
        (2026, 4, 12, None),
        (2026, 4, 30, None),
        (2026, 6, 19, None),
        (2026, 12, 24, None),
        (2026, 12, 31, None),
    ];

    #[test]
    fn almanac_agrees() {
        for &(year, month, day, expected) in ALMANAC {
            let date = date(year, month, day);
            assert_eq!(public_holiday(date), expected, "{date}");
        }
    }

    #[test]
    fn two_names_may_share_a_date() {
        for (year, other) in
            [(2049, Holiday::WhitSunday), (2055, Holiday::WhitSunday), (2060, Holiday::WhitSunday)]
        {
            assert_eq!(from_easter(date(year, 6, 6)), Some(other), "{year}");
        }
        assert_eq!(from_easter(date(2008, 5, 1)), Some(Holiday::Ascension));
    }

    #[test]
    fn every_year_has_its_thirteen_holidays() {
        for year in 1990..=2100 {
            let named = date(year, 1, 1)
                .series(jiff::Span::new().days(1))
                .take_while(|day| day.year() == year)
                .filter(|&day| public_holiday(day).is_some())
                .count();
            let shared = matches!(year, 2008 | 2049 | 2055 | 2060);
            assert_eq!(named, if shared { 12 } else { 13 }, "{year}");
        }
    }

    #[test]
    fn eves_that_are_treated_as_sundays() {
        let eve_of_midsummer: Vec<Date> = (2024..=2026)
            .flat_map(|year| (19..=25).map(move |day| date(year, 6, day)))
            .filter(|&day| Eve::Midsummer.falls_on(day))
            .collect();
        assert_eq!(eve_of_midsummer, [date(2024, 6, 21), date(2025, 6, 20), date(2026, 6, 19)]);
        assert!(Eve::Christmas.falls_on(date(2026, 12, 24)));
        assert!(Eve::NewYear.falls_on(date(2026, 12, 31)));
        assert!(!Eve::NewYear.falls_on(date(2026, 12, 30)));
    }
}
