//! The texts of mails: those delivered, and rendering those and what administrators made of them.
//!
//! A text is plain: paragraphs parted by empty lines, `> ` before what is quoted, `Label: address` alone on a line
//! for a button, and after a line `--` the small print. The HTML part is drawn from it (`html`).

use crate::domain::mail::{DeliveryFault, Template};
use crate::domain::people::Language;
use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior};
use serde::Serialize;

/// The most characters of a subject's and of a body's source.
const LONGEST_SUBJECT: usize = 300;
const LONGEST_BODY: usize = 10_000;
/// Where the installation of the invented facts is.
pub const SAMPLE_SITE: &str = "https://arende.example.se";
/// The most characters of a subject as sent.
const LONGEST_SENT_SUBJECT: usize = 250;

/// A text before rendering, or after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailText {
    /// One line.
    pub subject: String,
    /// Paragraphs.
    pub body: String,
}

/// What a text can speak of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Facts {
    /// For all but digests.
    Ticket(Box<TicketFacts>),
    /// For digests.
    Digest(DigestFacts),
}

/// A ticket as a mail shows it to one person. What there is nothing of is `none`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TicketFacts {
    /// Whom the mail is for.
    pub name: String,
    /// The number.
    pub number: String,
    /// The subject.
    pub subject: String,
    /// Who did what the mail tells of.
    pub by: Option<String>,
    /// What was written: the message, at filing the description, at re-opening the reason.
    pub text: Option<String>,
    /// What was done, once solved.
    pub solution: Option<String>,
    /// Until when it waits.
    pub until: Option<String>,
    /// Whom it is for.
    pub requester: String,
    /// Their organisation.
    pub organisation: String,
    /// 1–4.
    pub priority: i64,
    /// The group that has it.
    pub group: String,
    /// When it is due.
    pub due_at: Option<String>,
    /// The address that a mail of ours didn't reach.
    pub address: Option<String>,
    /// Why it didn't.
    pub reason: Option<String>,
    /// The desk.
    pub desk: String,
    /// The ticket's page.
    pub url: String,
}

impl TicketFacts {
    /// Without anything that whoever filed the ticket has written: for somebody who perhaps never wrote to us.
    #[must_use]
    pub fn without_what_was_sent(self) -> Self {
        let nothing = String::new;
        Self { name: nothing(), subject: nothing(), requester: nothing(), by: None, text: None, ..self }
    }
}

/// What has happened since the last digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DigestFacts {
    /// Whom the mail is for.
    pub name: String,
    /// How many.
    pub count: usize,
    /// What.
    pub items: Vec<DigestItem>,
    /// The desk.
    pub desk: String,
    /// The workspace.
    pub url: String,
    /// Turns digests off.
    pub unsubscribe_url: String,
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DigestItem {
    /// The ticket's number.
    pub number: String,
    /// Its subject.
    pub subject: String,
    /// What happened.
    pub what: String,
    /// When.
    pub at: String,
    /// The ticket's page.
    pub url: String,
}

/// What is wrong with a text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{part:?}, line {line}: {fault:?}")]
pub struct TemplateError {
    /// Where.
    pub part: Part,
    /// From 1.
    pub line: usize,
    /// What.
    pub fault: Fault,
}

/// A part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The subject.
    Subject,
    /// The body.
    Body,
}

impl Part {
    const fn most_characters(self) -> usize {
        match self {
            Self::Subject => LONGEST_SUBJECT,
            Self::Body => LONGEST_BODY,
        }
    }
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// A name that this text doesn't have.
    Unknown(String),
    /// It can't be read or carried out; in minijinja's words.
    Syntax(String),
    /// Nothing in it.
    Empty,
    /// Too many characters.
    TooLong {
        /// The most there may be.
        most: usize,
    },
    /// A subject is one line.
    SeveralLines,
}

macro_rules! delivered {
    ($($template:ident = $file:literal),+ $(,)?) => {
        const fn source(template: Template, language: Language) -> &'static str {
            match (template, language) {
                $(
                    (Template::$template, Language::Swedish) => include_str!(concat!("templates/sv/", $file, ".txt")),
                    (Template::$template, Language::English) => include_str!(concat!("templates/en/", $file, ".txt")),
                )+
            }
        }
    };
}

delivered! {
    Received = "received",
    Registered = "registered",
    Answered = "answered",
    WaitingForYou = "waiting_for_you",
    Resolved = "resolved",
    Reopened = "reopened",
    Assigned = "assigned",
    Critical = "critical",
    DueSoon = "due_soon",
    Overdue = "overdue",
    Undelivered = "undelivered",
    Digest = "digest",
}

/// The text as delivered.
#[must_use]
pub fn delivered(template: Template, language: Language) -> MailText {
    let (subject, body) = source(template, language).split_once("\n\n").unwrap_or_default();
    MailText { subject: subject.to_owned(), body: body.trim_end().to_owned() }
}

/// Facts as they might be, for looking at a text and for trying it.
#[must_use]
pub fn sample(template: Template, language: Language) -> Facts {
    let swedish = language == Language::Swedish;
    let say = |sv: &str, en: &str| if swedish { sv.to_owned() } else { en.to_owned() };
    let (number, subject) =
        ("INC-1042".to_owned(), say("Skrivaren på plan 2 krånglar", "Printer on floor 2 jams"));
    let url = format!("{SAMPLE_SITE}/tickets/INC-1042");
    let desk = "IT-hjälp".to_owned();
    if template == Template::Digest {
        let item = |number: &str, what: String, at: &str| DigestItem {
            number: number.to_owned(),
            subject: subject.clone(),
            what,
            at: at.to_owned(),
            url: format!("{SAMPLE_SITE}/workspace/tickets/{number}"),
        };
        return Facts::Digest(DigestFacts {
            name: "Sara Lind".to_owned(),
            count: 2,
            items: vec![
                item("INC-1042", say("Anna Ek svarade", "Anna Ek answered"), "2026-11-20 14:05"),
                item("REQ-77", say("Tilldelat dig", "Assigned to you"), "2026-11-20 14:31"),
            ],
            desk,
            url: format!("{SAMPLE_SITE}/workspace"),
            unsubscribe_url: format!("{SAMPLE_SITE}/mail/digest-off/exempel"),
        });
    }
    let text = match template {
        Template::Received | Template::Registered | Template::Assigned | Template::Critical => Some(say(
            "Den drar papperet snett.\nDet började i morse.",
            "It pulls the paper askew.\nIt began this morning.",
        )),
        Template::Answered | Template::WaitingForYou => {
            Some(say("Vilket rum står den i?\n\nHälsningar\nSara", "Which room is it in?\n\nRegards\nSara"))
        }
        Template::Reopened => Some(say("Det hände igen.", "It happened again.")),
        Template::Resolved
        | Template::DueSoon
        | Template::Overdue
        | Template::Undelivered
        | Template::Digest => None,
    };
    Facts::Ticket(Box::new(TicketFacts {
        name: "Anna Ek".to_owned(),
        number,
        subject,
        by: Some("Sara Lind".to_owned()),
        text,
        solution: (template == Template::Resolved).then(|| {
            say(
                "Valsen är utbytt och skrivaren provkörd.",
                "The roller has been replaced and the printer tried.",
            )
        }),
        until: (template == Template::WaitingForYou).then(|| "2026-11-27 12:00".to_owned()),
        requester: "Anna Ek".to_owned(),
        organisation: "Lillby kommun".to_owned(),
        priority: if template == Template::Critical { 1 } else { 3 },
        group: "Servicedesk".to_owned(),
        due_at: Some("2026-11-20 16:00".to_owned()),
        address: (template == Template::Undelivered).then(|| "anna.ek@example.se".to_owned()),
        reason: (template == Template::Undelivered)
            .then(|| why(DeliveryFault::NoAddress, language).to_owned()),
        desk,
        url,
    }))
}

/// The names that a text may use.
#[must_use]
pub fn known_names(template: Template) -> Vec<String> {
    match serde_json::to_value(sample(template, Language::Swedish)) {
        Ok(serde_json::Value::Object(fields)) => fields.keys().cloned().collect(),
        _ => Vec::new(),
    }
}

/// What a mail tells, in a few words, for lists.
#[must_use]
pub const fn headline(template: Template, language: Language) -> &'static str {
    let (swedish, english) = match template {
        Template::Received => ("Mottaget", "Received"),
        Template::Registered => ("Registrerat åt dig", "Registered for you"),
        Template::Answered => ("Nytt svar", "New answer"),
        Template::WaitingForYou => ("Väntar på dig", "Waiting for you"),
        Template::Resolved => ("Löst", "Solved"),
        Template::Reopened => ("Öppet igen", "Open again"),
        Template::Assigned => ("Tilldelat dig", "Assigned to you"),
        Template::Critical => ("Högsta prioritet", "Highest priority"),
        Template::DueSoon => ("Snart försenat", "Soon overdue"),
        Template::Overdue => ("Försenat", "Overdue"),
        Template::Undelivered => ("Vårt mejl kom inte fram", "Our e-mail was not delivered"),
        Template::Digest => ("Sammanfattning", "Summary"),
    };
    match language {
        Language::Swedish => swedish,
        Language::English => english,
    }
}

/// Why a mail of ours didn't arrive.
#[must_use]
pub const fn why(fault: DeliveryFault, language: Language) -> &'static str {
    let (swedish, english) = match fault {
        DeliveryFault::NoAddress => ("adressen finns inte", "there is no such address"),
        DeliveryFault::MailboxFull => ("brevlådan är full", "the mailbox is full"),
        DeliveryFault::TooLarge => {
            ("mejlet är för stort för deras server", "the e-mail is too large for their server")
        }
        DeliveryFault::Refused => {
            ("deras server tar inte emot våra mejl", "their server does not accept our e-mail")
        }
        DeliveryFault::Unreachable => ("deras server gick inte att nå", "their server could not be reached"),
        DeliveryFault::Unknown => ("okänd orsak", "unknown reason"),
    };
    match language {
        Language::Swedish => swedish,
        Language::English => english,
    }
}

/// Fills in the facts. Names and texts of people stay what they are: nothing in them is carried out.
///
/// # Errors
/// [`TemplateError`] when the text names what there isn't, or can't be carried out.
pub fn render(text: &MailText, facts: &Facts) -> Result<MailText, TemplateError> {
    let subject = rendered(Part::Subject, &text.subject, facts)?;
    let body = rendered(Part::Body, &text.body, facts)?;
    let subject: String = super::compose::one_line(&subject).chars().take(LONGEST_SENT_SUBJECT).collect();
    Ok(MailText { subject, body: tidy(&body) })
}

/// Tries a text: every name in it is known, and it can be rendered.
///
/// # Errors
/// [`TemplateError`] with the first fault of each part.
pub fn check(template: Template, text: &MailText) -> Result<(), Vec<TemplateError>> {
    let known = known_names(template);
    let parts = [(Part::Subject, &text.subject), (Part::Body, &text.body)];
    let faults: Vec<TemplateError> =
        parts.into_iter().filter_map(|(part, source)| read(part, source, &known).err()).collect();
    if !faults.is_empty() {
        return Err(faults);
    }
    for language in Language::ALL {
        let rendered = render(text, &sample(template, *language)).map_err(|error| vec![error])?;
        let parts = [(Part::Subject, rendered.subject), (Part::Body, rendered.body)];
        if let Some((part, _)) = parts.into_iter().find(|(_, text)| text.trim().is_empty()) {
            return Err(vec![TemplateError { part, line: 1, fault: Fault::Empty }]);
        }
    }
    Ok(())
}

/// What can be told of a part without rendering it.
fn read(part: Part, source: &str, known: &[String]) -> Result<(), TemplateError> {
    let wrong = |fault| TemplateError { part, line: 1, fault };
    if source.trim().is_empty() {
        return Err(wrong(Fault::Empty));
    }
    let most = part.most_characters();
    if source.chars().count() > most {
        return Err(wrong(Fault::TooLong { most }));
    }
    if part == Part::Subject && source.trim().contains(['\n', '\r']) {
        return Err(wrong(Fault::SeveralLines));
    }
    if let Some((line, name)) = foreign_name(source) {
        return Err(TemplateError { part, line, fault: Fault::Unknown(name) });
    }
    let environment = environment();
    let parsed = environment.template_from_str(source).map_err(|error| fault(part, &error))?;
    // Branches that the sample doesn't take count too.
    let mut unknown: Vec<(usize, String)> = parsed
        .undeclared_variables(false)
        .into_iter()
        .filter(|name| !known.contains(name))
        .map(|name| (line_of(source, &name), name))
        .collect();
    unknown.sort();
    match unknown.into_iter().next() {
        Some((line, name)) => Err(TemplateError { part, line, fault: Fault::Unknown(name) }),
        None => Ok(()),
    }
}

/// The page that the HTML part of a mail is; addresses of the installation become links.
#[must_use]
pub fn page(text: &MailText, language: Language, site: &str) -> String {
    super::layout::page(&text.subject, &text.body, language.as_text(), site)
}

fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    // Loops go over what there is, and so come to an end soon.
    environment.remove_global("range");
    environment.add_filter("quote", |text: String| {
        text.lines().map(|line| format!("> {line}").trim_end().to_owned()).collect::<Vec<_>>().join("\n")
    });
    environment
}

fn rendered(part: Part, source: &str, facts: &Facts) -> Result<String, TemplateError> {
    environment().render_str(source, minijinja::value::Serde(facts)).map_err(|error| fault(part, &error))
}

fn fault(part: Part, error: &Error) -> TemplateError {
    let detail = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
    let fault = match error.kind() {
        ErrorKind::UndefinedError => Fault::Unknown(detail),
        _ => Fault::Syntax(detail),
    };
    TemplateError { part, line: error.line().unwrap_or(1), fault }
}

fn line_of(source: &str, name: &str) -> usize {
    let names_it =
        |line: &str| line.split(|c: char| !(c.is_alphanumeric() || c == '_')).any(|word| word == name);
    source.lines().position(names_it).map_or(1, |at| at + 1)
}

/// The first name with letters beyond ASCII, which no text has and the library calls a fault of syntax: `{{ lösen }}`.
fn foreign_name(source: &str) -> Option<(usize, String)> {
    let mut before = 0;
    for piece in source.split_inclusive("}}").flat_map(|piece| piece.split_inclusive("%}")) {
        let opens = piece.rfind("{{").max(piece.rfind("{%")).filter(|_| piece.ends_with('}'));
        // What stands in quotes is text.
        let inside = opens.and_then(|at| piece.get(at..)).unwrap_or_default();
        let code = inside.split(['"', '\'']).step_by(2);
        let mut names = code.flat_map(|code| code.split(|c: char| !(c.is_alphanumeric() || c == '_')));
        if let Some(name) = names.find(|name| !name.is_ascii()) {
            let lines = piece.get(..opens?).unwrap_or_default().matches('\n').count();
            return Some((before + lines + 1, name.to_owned()));
        }
        before += piece.matches('\n').count();
    }
    None
}

/// Without the gaps that left-out parts leave: one empty line between paragraphs, none at the ends.
fn tidy(text: &str) -> String {
    let mut out = String::new();
    let mut gap = false;
    for line in text.lines().map(str::trim_end) {
        if line.is_empty() {
            gap = !out.is_empty();
            continue;
        }
        if gap {
            out.push('\n');
            gap = false;
        }
        // RFC 3676 § 4.3: with the space it is taken for the line before a signature.
        out.push_str(if line == "--" { "-- " } else { line });
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests;
