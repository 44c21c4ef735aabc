//! The sentences stand in a table, one text a line; `⏎` is a line break.

use super::super::fold::{HtmlHint, fold};
use super::*;

const SENTENCES: &str = include_str!("sentences.txt");

fn judged(text: &str) -> bool {
    let from = Mailbox { name: "Anna Ek".to_owned(), address: "anna.ek@example.se".to_owned() };
    // As it comes to the judge: without history and signature.
    let text = fold(&text.replace('⏎', "\n"), HtmlHint::default(), false).new_text;
    is_courtesy(&text, Some(&from))
}

#[test]
fn thanks_close_nothing_and_real_answers_open() {
    let mut wrong = Vec::new();
    let mut told = Vec::new();
    for line in SENTENCES.lines().filter(|line| !line.is_empty() && !line.starts_with("//")) {
        let (expected, text) = line.split_once(' ').unwrap();
        let thanks = match expected {
            "thanks" => true,
            "answer" => false,
            other => panic!("{other}?"),
        };
        told.push(thanks);
        if judged(text) != thanks {
            wrong.push(line);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let thanks = told.iter().filter(|thanks| **thanks).count();
    assert!(thanks >= 80 && told.len() - thanks >= 100, "{thanks} of {}", told.len());
}

/// Whatever is said in thanks, a word of refusal in it makes it an answer.
#[test]
fn a_refusal_makes_every_text_an_answer() {
    // What stands below a signature belongs to it.
    let texts =
        SENTENCES.lines().filter_map(|line| line.strip_prefix("thanks ")).filter(|text| !text.contains('⏎'));
    for text in texts {
        for refusal in ["inte", "INTE", "Inte", "Nope", "Tyvärr.", "men", "not", "STILL", "👎", ":("] {
            for spoilt in
                [format!("{text} {refusal}"), format!("{refusal} {text}"), format!("{text}⏎{refusal}")]
            {
                assert!(!judged(&spoilt), "{spoilt}");
            }
        }
    }
}

#[test]
fn a_name_by_itself_is_the_writers() {
    let other = Mailbox { name: "Bo Lund".to_owned(), address: "bo@example.se".to_owned() };
    assert!(!is_courtesy("Tack!\nAnna", Some(&other)));
    assert!(!is_courtesy("Tack!\nAnna", None));
    assert!(is_courtesy("Tack!\nBo", Some(&other)));
}

#[test]
fn patterns_take_what_they_say() {
    assert_eq!(reach("a b? c|d", &["a", "c"]), Some(2));
    assert_eq!(reach("a b? c|d", &["a", "b", "d", "e"]), Some(3));
    assert_eq!(reach("a b? c|d", &["a", "b"]), None);
    assert_eq!(reach("a?", &["b"]), None);
}
