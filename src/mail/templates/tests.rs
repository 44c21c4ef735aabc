use super::*;
use std::fmt::Write as _;

fn text(subject: &str, body: &str) -> MailText {
    MailText { subject: subject.to_owned(), body: body.to_owned() }
}

#[test]
fn delivered_texts_can_be_sent_in_both_languages() {
    let mut all = String::new();
    for template in Template::ALL {
        for language in Language::ALL {
            let source = delivered(*template, *language);
            check(*template, &source)
                .unwrap_or_else(|faults| panic!("{template:?} {language:?}: {faults:?}"));
            let MailText { subject, body } = render(&source, &sample(*template, *language)).unwrap();
            writeln!(all, "#### {} {}\nSubject: {subject}\n\n{body}", template.as_text(), language.as_text())
                .unwrap();
        }
    }
    insta::assert_snapshot!(all);
}

#[test]
fn a_text_without_what_is_optional_reads_well() {
    for template in Template::ALL {
        let Facts::Ticket(mut facts) = sample(*template, Language::Swedish) else { continue };
        (facts.by, facts.text, facts.solution, facts.until, facts.due_at) = (None, None, None, None, None);
        (facts.address, facts.reason) = (None, None);
        let sent = render(&delivered(*template, Language::Swedish), &Facts::Ticket(facts)).unwrap();
        assert!(!sent.body.contains("none") && !sent.body.contains("\n\n\n"), "{}", sent.body);
    }
}

#[test]
fn a_faulty_text_is_refused_with_its_line() {
    let fault =
        |subject: &str, body: &str| check(Template::Answered, &text(subject, body)).unwrap_err().remove(0);
    let unknown =
        |line, name: &str| TemplateError { part: Part::Body, line, fault: Fault::Unknown(name.to_owned()) };
    assert_eq!(fault("x", "Hej\n{{ namn }}"), unknown(2, "namn"));
    assert_eq!(fault("x", "Hej\n\n{% if until %}{{ password }}{% endif %}"), unknown(3, "password"));
    assert_eq!(fault("x", "Hej {{ name }}\n\nDitt {{ lösen }}"), unknown(3, "lösen"));
    assert_eq!(fault("x", "Hej\n{% if år %}{{ number }}{% endif %}"), unknown(2, "år"));
    let quoted = text("På {{ number }}", "{% if name == 'Åsa' %}Nå\n{{ \"å\" }} {å}{% endif %} ö {{ name }}");
    assert_eq!(check(Template::Answered, &quoted), Ok(()));
    assert_eq!(fault("", "x").fault, Fault::Empty);
    assert_eq!(fault("a\nb", "x").fault, Fault::SeveralLines);
    assert_eq!(fault("x", &"å".repeat(10_001)).fault, Fault::TooLong { most: 10_000 });
    let both: Vec<Part> =
        check(Template::Answered, &text("", " ")).unwrap_err().into_iter().map(|error| error.part).collect();
    assert_eq!(both, [Part::Subject, Part::Body]);
    let error = fault("x", "Hej\n{% if name %}");
    assert!(matches!(error.fault, Fault::Syntax(_)) && error.line >= 2, "{error}");
    assert!(matches!(fault("x", "{{ name | nosuch }}").fault, Fault::Syntax(_)));
    assert!(known_names(Template::Answered).contains(&"number".to_owned()));
}

#[test]
fn a_text_can_not_run_for_ever() {
    let endless = "{% for a in range(10000) %}{% for b in range(10000) %}{% endfor %}{% endfor %}x";
    assert_eq!(
        check(Template::Answered, &text("x", endless)).unwrap_err()[0].fault,
        Fault::Unknown("range".to_owned())
    );
}

#[test]
fn what_people_wrote_is_not_carried_out() {
    let Facts::Ticket(mut facts) = sample(Template::Answered, Language::Swedish) else { panic!() };
    facts.subject = "{{ 1 + 1 }}\r\nBcc: x@example.se".to_owned();
    facts.text = Some("{% for x in range(3) %}<b>".to_owned());
    let sent = render(&delivered(Template::Answered, Language::Swedish), &Facts::Ticket(facts)).unwrap();
    assert_eq!(sent.subject, "[INC-1042] Nytt svar: {{ 1 + 1 }} Bcc: x@example.se");
    assert!(sent.body.contains("> {% for x in range(3) %}<b>"));
}

/// Puts the mails where a browser can look at them.
#[test]
fn writes_sample_mails() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/samples/mail");
    std::fs::create_dir_all(&folder).unwrap();
    for template in Template::ALL {
        for language in Language::ALL {
            let sent = render(&delivered(*template, *language), &sample(*template, *language)).unwrap();
            let page = page(&sent, *language, SAMPLE_SITE);
            assert!(page.contains("</html>") && !page.contains("{{"));
            std::fs::write(folder.join(format!("{}-{}.html", template.as_text(), language.as_text())), page)
                .unwrap();
        }
    }
}
