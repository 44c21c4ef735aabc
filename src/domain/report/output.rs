//! The resolution table as files: CSV and JSON with the same names.

use std::fmt::Write;

use jiff::civil::Date;

use super::period::By;
use super::resolution::{ResolutionClock, ResolutionRow, Scope};

/// The table with what was asked for; its JSON is this struct's serde form.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ResolutionReport {
    /// First local date, included.
    pub from: Date,
    /// Last local date, included.
    pub to: Date,
    /// The length of the periods.
    pub by: By,
    /// What time was counted in.
    pub clock: ResolutionClock,
    /// Whose tickets were counted.
    pub scope: Scope,
    /// Code of the only organisation counted; `None` is all.
    pub organisation: Option<String>,
    /// The table.
    pub items: Vec<ResolutionRow>,
}

impl ResolutionReport {
    /// The table as CSV (RFC 4180): comma, point, one decimal; shares of an empty period are empty.
    #[must_use]
    pub fn to_csv(&self) -> String {
        let mut csv = String::from("period,tickets,within1h,within2h,within1d,within3d,within1w\r\n");
        for row in &self.items {
            // Writing to a String never fails.
            let _ = write!(csv, "{},{}", row.period, row.tickets);
            for share in [row.within_1h, row.within_2h, row.within_1d, row.within_3d, row.within_1w] {
                let _ = match share {
                    Some(share) => write!(csv, ",{share}"),
                    None => csv.write_char(','),
                };
            }
            csv.push_str("\r\n");
        }
        csv
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::domain::report::{Period, Permille};

    fn report() -> ResolutionReport {
        let empty = ResolutionRow {
            period: Period::parse("2015-Q1").unwrap(),
            tickets: 0,
            within_1h: None,
            within_2h: None,
            within_1d: None,
            within_3d: None,
            within_1w: None,
        };
        let share = |tenths| Permille::of(tenths, 1000);
        let full = ResolutionRow {
            period: Period::parse("2015-Q2").unwrap(),
            tickets: 25_862,
            within_1h: share(490),
            within_2h: share(545),
            within_1d: share(601),
            within_3d: share(999),
            within_1w: share(1000),
        };
        ResolutionReport {
            from: date(2015, 1, 1),
            to: date(2015, 6, 30),
            by: By::Quarter,
            clock: ResolutionClock::Elapsed,
            scope: Scope::Servicedesk,
            organisation: None,
            items: vec![empty, full],
        }
    }

    #[test]
    fn csv_has_points_one_decimal_and_empty_shares() {
        let expected = "period,tickets,within1h,within2h,within1d,within3d,within1w\r\n\
                        2015-Q1,0,,,,,\r\n\
                        2015-Q2,25862,49.0,54.5,60.1,99.9,100.0\r\n";
        assert_eq!(report().to_csv(), expected);
    }

    #[test]
    fn json_has_the_same_names() {
        let expected = concat!(
            r#"{"from":"2015-01-01","to":"2015-06-30","by":"quarter","clock":"elapsed","scope":"servicedesk","#,
            r#""organisation":null,"items":[{"period":"2015-Q1","tickets":0,"within1h":null,"within2h":null,"#,
            r#""within1d":null,"within3d":null,"within1w":null},{"period":"2015-Q2","tickets":25862,"#,
            r#""within1h":49.0,"within2h":54.5,"within1d":60.1,"within3d":99.9,"within1w":100.0}]}"#,
        );
        assert_eq!(serde_json::to_string(&report()).unwrap(), expected);
    }
}
