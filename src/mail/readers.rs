//! Who will read an answer to a mail: said at the end of what staff get, before they answer.

use super::templates::MailText;
use crate::domain::people::Language;
use crate::domain::ticket::Visibility;

/// A mail to staff that says who reads their answer to it.
#[must_use]
pub fn told(text: MailText, readers: Visibility, language: Language) -> MailText {
    let sentence = match (readers, language) {
        (Visibility::Public, Language::Swedish) => "Svarar du på det här mejlet går svaret till beställaren.",
        (Visibility::Public, Language::English) => {
            "If you answer this mail, your answer goes to the requester."
        }
        (Visibility::Internal, Language::Swedish) => {
            "Svarar du på det här mejlet blir svaret en intern anteckning, som beställaren inte ser."
        }
        (Visibility::Internal, Language::English) => {
            "If you answer this mail, your answer becomes an internal note, which the requester doesn't see."
        }
    };
    let MailText { subject, body } = text;
    let body = body.trim_end();
    // Below the line, as small print.
    let has_small_print = body.lines().any(|line| line.trim_end() == "--");
    let between = if has_small_print { "\n" } else { "\n\n-- \n" };
    MailText { subject, body: format!("{body}{between}{sentence}\n") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(text: &str, readers: Visibility) -> String {
        let text = MailText { subject: String::new(), body: text.to_owned() };
        told(text, readers, Language::Swedish).body
    }

    #[test]
    fn it_stands_last_in_the_small_print() {
        assert_eq!(
            body("Hej!\n\n-- \nServicedesk\n", Visibility::Public),
            "Hej!\n\n-- \nServicedesk\nSvarar du på det här mejlet går svaret till beställaren.\n"
        );
        let note = body("Hej!", Visibility::Internal);
        assert!(note.starts_with("Hej!\n\n-- \nSvarar du") && note.contains("intern anteckning"), "{note}");
    }
}
