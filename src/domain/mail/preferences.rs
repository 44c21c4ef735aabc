//! How a person wants mail.

use crate::text_enum;

text_enum! {
    /// Whether a person wants mail gathered.
    pub enum Digest {
        /// Each at once.
        Off = "off",
        /// Once an hour.
        Hourly = "hourly",
        /// Once a day.
        Daily = "daily",
    }
}
