//! The words of policies: weekdays, holidays, kinds of agreement, roles in the matrix, states of versions.

use crate::app::policies::VersionState;
use crate::domain::routing::{PriorityClass, Raci};
use crate::domain::sla::DayReason;
use crate::domain::sla::agreement::{AgreementKind, Tell};
use crate::domain::sla::holidays::{Eve, Holiday};
use crate::domain::sla::spec::DayOfWeek;
use crate::i18n::Texts;

/// "Tisdag"; the code itself when it is no weekday's.
#[must_use]
pub fn weekday<'a>(t: &'a Texts, code: &'a str) -> &'a str {
    match DayOfWeek::from_text(code) {
        None => code,
        Some(DayOfWeek::Monday) => t.t("weekday-monday"),
        Some(DayOfWeek::Tuesday) => t.t("weekday-tuesday"),
        Some(DayOfWeek::Wednesday) => t.t("weekday-wednesday"),
        Some(DayOfWeek::Thursday) => t.t("weekday-thursday"),
        Some(DayOfWeek::Friday) => t.t("weekday-friday"),
        Some(DayOfWeek::Saturday) => t.t("weekday-saturday"),
        Some(DayOfWeek::Sunday) => t.t("weekday-sunday"),
    }
}

/// "Långfredagen".
#[must_use]
pub fn holiday(t: &Texts, holiday: Holiday) -> &str {
    match holiday {
        Holiday::NewYearsDay => t.t("holiday-new-years-day"),
        Holiday::Epiphany => t.t("holiday-epiphany"),
        Holiday::GoodFriday => t.t("holiday-good-friday"),
        Holiday::EasterSunday => t.t("holiday-easter-sunday"),
        Holiday::EasterMonday => t.t("holiday-easter-monday"),
        Holiday::MayDay => t.t("holiday-may-day"),
        Holiday::Ascension => t.t("holiday-ascension"),
        Holiday::WhitSunday => t.t("holiday-whit-sunday"),
        Holiday::WhitMonday => t.t("holiday-whit-monday"),
        Holiday::NationalDay => t.t("holiday-national-day"),
        Holiday::MidsummerDay => t.t("holiday-midsummer-day"),
        Holiday::AllSaints => t.t("holiday-all-saints"),
        Holiday::ChristmasDay => t.t("holiday-christmas-day"),
        Holiday::BoxingDay => t.t("holiday-boxing-day"),
    }
}

/// "Julafton".
#[must_use]
pub fn eve(t: &Texts, eve: Eve) -> &str {
    match eve {
        Eve::Midsummer => t.t("eve-midsummer"),
        Eve::Christmas => t.t("eve-christmas"),
        Eve::NewYear => t.t("eve-new-year"),
    }
}

/// Why a day is as it is: "långfredagen", "dagen före Kristi himmelsfärdsdag", "egen dag".
#[must_use]
pub fn day_reason(t: &Texts, why: DayReason) -> String {
    match why {
        DayReason::Weekday => t.t("day-weekday").to_owned(),
        DayReason::Season => t.t("day-season").to_owned(),
        DayReason::Holiday(day) => holiday(t, day).to_owned(),
        DayReason::Eve(day) => eve(t, day).to_owned(),
        DayReason::ShortDay(next) => t.t1("day-before", "name", holiday(t, next)),
        DayReason::ExtraDay => t.t("day-extra").to_owned(),
    }
}

/// "Gäller", "Gäller senare", "Har gällt".
#[must_use]
pub fn version_state(t: &Texts, state: VersionState) -> &str {
    match state {
        VersionState::Past => t.t("version-past"),
        VersionState::Current => t.t("version-current"),
        VersionState::Coming => t.t("version-coming"),
    }
}

/// Towards whom an agreement promises.
#[must_use]
pub fn agreement_kind(t: &Texts, kind: AgreementKind) -> &str {
    match kind {
        AgreementKind::Sla => t.t("agreement-sla"),
        AgreementKind::Ola => t.t("agreement-ola"),
        AgreementKind::Underpinning => t.t("agreement-underpinning"),
    }
}

/// Who is told of a warning or a breach.
#[must_use]
pub fn tell(t: &Texts, tell: Tell) -> &str {
    match tell {
        Tell::Assignee => t.t("tell-assignee"),
        Tell::GroupLead => t.t("tell-group-lead"),
        Tell::Group => t.t("tell-group"),
    }
}

/// How critical a listed system is.
#[must_use]
pub fn priority_class(t: &Texts, class: PriorityClass) -> &str {
    match class {
        PriorityClass::A => t.t("class-a"),
        PriorityClass::B => t.t("class-b"),
        PriorityClass::C => t.t("class-c"),
    }
}

/// What a party is to an activity.
#[must_use]
pub fn raci(t: &Texts, role: Raci) -> &str {
    match role {
        Raci::Responsible => t.t("raci-r"),
        Raci::Accountable => t.t("raci-a"),
        Raci::Consulted => t.t("raci-c"),
        Raci::Informed => t.t("raci-i"),
    }
}
