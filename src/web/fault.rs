//! What is wrong with a policy or the text of a mail, in a sentence that says what to change. Pages and the API say the same.

use crate::app::OwnFault;
use crate::app::mail::{TextFault, TextFaultCode};
use crate::app::policies::{Fault, PolicyFault};
use crate::i18n::{Arg, Texts};
use crate::web::policy_words;

/// The sentence.
#[must_use]
pub fn fault_sentence(t: &Texts, fault: &OwnFault) -> String {
    match fault {
        OwnFault::Policy(fault) => of_policy(t, fault),
        OwnFault::Text(fault) => of_text(t, fault),
    }
}

fn of_text(t: &Texts, fault: &TextFault) -> String {
    let TextFault { code, line, about } = fault;
    let line = line.to_string();
    match code {
        TextFaultCode::UnknownName => {
            t.tr("template-fault-unknown", &[("line", Arg::Text(&line)), ("name", Arg::Text(about))])
        }
        TextFaultCode::Syntax => {
            t.tr("template-fault-syntax", &[("line", Arg::Text(&line)), ("detail", Arg::Text(about))])
        }
        TextFaultCode::SeveralLines => t.t("template-fault-lines").to_owned(),
    }
}

fn of_policy(t: &Texts, fault: &Fault) -> String {
    let Fault { code, about } = fault;
    let about = match code {
        PolicyFault::HoursOverlap | PolicyFault::SeveralOpenings => {
            policy_words::weekday(t, about).to_lowercase()
        }
        _ => about.clone(),
    };
    let about = |key: &'static str| t.t1(key, "name", &about);
    match code {
        PolicyFault::UnknownZone => t.t("fault-unknown-zone").to_owned(),
        PolicyFault::NotATime => t.t("fault-not-a-time").to_owned(),
        PolicyFault::NotADate => t.t("fault-not-a-date").to_owned(),
        PolicyFault::OpensAfterItCloses => t.t("fault-opens-after-it-closes").to_owned(),
        PolicyFault::HalfADay => t.t("fault-half-a-day").to_owned(),
        PolicyFault::HoursOverlap => about("fault-hours-overlap"),
        PolicyFault::SeveralOpenings => about("fault-several-openings"),
        PolicyFault::NeverOpen => t.t("fault-never-open").to_owned(),
        PolicyFault::DateTwice => t.t("fault-date-twice").to_owned(),
        PolicyFault::SeasonEndsBeforeItStarts => t.t("fault-season-backwards").to_owned(),
        PolicyFault::SeasonTooLong => t.t("fault-season-too-long").to_owned(),
        PolicyFault::SeasonsOverlap => t.t("fault-seasons-overlap").to_owned(),
        PolicyFault::ZonesDiffer => t.t("fault-zones-differ").to_owned(),
        PolicyFault::BeginsTooEarly => t.t("fault-begins-too-early").to_owned(),
        PolicyFault::BeginsBeforeAnother => about("fault-begins-before-another"),
        PolicyFault::TooFarAhead => t.t("fault-too-far-ahead").to_owned(),
        PolicyFault::BeginsWithAnother => t.t("fault-begins-with-another").to_owned(),
        PolicyFault::NoPromise => t.t("fault-no-promise").to_owned(),
        PolicyFault::MetricTwice => t.t("fault-metric-twice").to_owned(),
        PolicyFault::MetricNotForKind => t.t("fault-metric-not-for-kind").to_owned(),
        PolicyFault::TargetZero => t.t("fault-target-zero").to_owned(),
        PolicyFault::TargetBeyondAYear => t.t("fault-target-beyond-a-year").to_owned(),
        PolicyFault::TargetUnclear => t.t("fault-target-unclear").to_owned(),
        PolicyFault::ResponseAfterResolution => t.t("fault-response-after-resolution").to_owned(),
        PolicyFault::WarningTwice => t.t("fault-warning-twice").to_owned(),
        PolicyFault::ToldTwice => t.t("fault-told-twice").to_owned(),
        PolicyFault::KindDiffers => t.t("fault-kind-differs").to_owned(),
        PolicyFault::BaseFunctionNeverHolds => about("fault-base-function-never-holds"),
        PolicyFault::WarningOutOfRange => t.t("fault-warning-out-of-range").to_owned(),
        PolicyFault::GroupMissing => t.t("fault-group-missing").to_owned(),
        PolicyFault::GroupNotForKind => t.t("fault-group-not-for-kind").to_owned(),
        PolicyFault::Contradicts => about("fault-contradicts"),
        PolicyFault::NotInForce => t.t("fault-not-in-force").to_owned(),
        PolicyFault::ListEmpty => t.t("fault-list-empty").to_owned(),
        PolicyFault::SystemTwice => t.t("fault-system-twice").to_owned(),
        PolicyFault::PlaceTwice => about("fault-place-twice"),
        PolicyFault::PlaceZero => t.t("fault-place-zero").to_owned(),
        PolicyFault::NotAPlace => t.t("fault-not-a-place").to_owned(),
        PolicyFault::DecidedAfterValidFrom => t.t("fault-decided-after").to_owned(),
        PolicyFault::NoAccountable => about("fault-no-accountable"),
        PolicyFault::SeveralAccountable => about("fault-several-accountable"),
        PolicyFault::NoResponsible => about("fault-no-responsible"),
        PolicyFault::RowTwice => t.t("fault-row-twice").to_owned(),
        PolicyFault::NowhereToTurn => about("fault-nowhere-to-turn"),
        PolicyFault::PartyTwice => t.t("fault-party-twice").to_owned(),
        PolicyFault::NameTwice => about("fault-name-twice"),
        PolicyFault::NotInEnglish => about("fault-not-in-english"),
        PolicyFault::NotForCustomers => about("fault-not-for-customers"),
        PolicyFault::NoEffect => t.t("fault-no-effect").to_owned(),
        PolicyFault::SwallowsAll => t.t("fault-swallows-all").to_owned(),
        PolicyFault::BlankWord => t.t("fault-blank-word").to_owned(),
        PolicyFault::TooManyWords => t.t("fault-too-many-words").to_owned(),
        PolicyFault::EmptyPriorityRange => t.t("fault-empty-priority-range").to_owned(),
        PolicyFault::RulesLoop => about("fault-rules-loop"),
        PolicyFault::SamePosition => t.t("fault-same-position").to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::locale::Locale;
    use crate::i18n::texts;

    #[test]
    fn every_fault_says_in_both_languages_what_to_change() {
        for code in PolicyFault::ALL {
            let fault = Fault::about(*code, "tuesday");
            let [sv, en] = Locale::ALL.map(|locale| of_policy(texts(locale), &fault));
            assert_ne!(sv, en);
            assert!(sv.ends_with('.') && en.ends_with('.') && !sv.contains('{'), "{sv} / {en}");
        }
        let overlap = Fault::about(PolicyFault::HoursOverlap, "tuesday");
        assert!(of_policy(texts(Locale::Sv), &overlap).contains("tisdag"));
    }

    #[test]
    fn what_is_wrong_with_a_text_is_told_with_its_line() {
        for code in TextFaultCode::ALL {
            let fault = OwnFault::Text(TextFault { code: *code, line: 17, about: "lösen".to_owned() });
            let [sv, en] = Locale::ALL.map(|locale| fault_sentence(texts(locale), &fault));
            let is_told = |text: &str| match code {
                TextFaultCode::UnknownName | TextFaultCode::Syntax => {
                    text.contains("17") && text.contains("lösen")
                }
                TextFaultCode::SeveralLines => text.ends_with('.'),
            };
            assert!(sv != en && is_told(&sv) && is_told(&en), "{sv} / {en}");
        }
    }
}
