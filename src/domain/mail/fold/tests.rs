use super::*;
use proptest::prelude::*;

fn new_of(text: &str) -> String {
    fold(text, HtmlHint::default(), false).new_text
}

#[test]
fn history_is_folded_in_every_language() {
    for history in [
        "Den 19 nov. 2026 10:02 skrev Servicedesk <servicedesk@example.se>:\n\n> Prova att starta om.",
        "Den tors 19 nov. 2026 kl 10:02 skrev Servicedesk via Ärende <\nservicedesk@example.se>:\n> Prova",
        "19 nov. 2026 kl. 10:02 skrev Servicedesk <servicedesk@example.se>:\n\nProva att starta om.",
        "On Thu, Nov 19, 2026 at 10:02 AM Servicedesk <\nservicedesk@example.se> wrote:\n\n> Try",
        "Am 19.11.2026 um 10:02 schrieb Servicedesk:\n> Versuch",
        "Den tor. 19. nov. 2026 kl. 10.02 skrev Servicedesk <servicedesk@example.se>:\n> Prøv",
        "to 19. marrask. 2026 klo 10.02 Servicedesk (servicedesk@example.se) kirjoitti:\n> Kokeile",
        "Från: Servicedesk <servicedesk@example.se>\nSkickat: den 19 november 2026 10:02\nTill: Anna Ek\nÄmne: Skrivaren\n\nProva",
        "________________________________\nFrån: Servicedesk\nSkickat: torsdag\nTill: Anna\nÄmne: x\n\nProva",
        "-----Ursprungligt meddelande-----\nFrån: Servicedesk\nProva",
        "-------- Original Message --------\nProva",
        "*From:* Servicedesk\n*Sent:* Thursday\n*To:* Anna\n*Subject:* x\n\nTry",
        "Von: Servicedesk\nGesendet: Donnerstag\nAn: Anna\nBetreff: x\n\nVersuch",
        "Fra: Servicedesk\nSendt: torsdag\nTil: Anna\nEmne: x\n\nPrøv",
        "Lähettäjä: Servicedesk\nLähetetty: torstai\nVastaanottaja: Anna\nAihe: x\n\nKokeile",
        "##- Skriv ditt svar ovanför denna rad -##\n\nProva",
        // Thunderbird, with a name and no address.
        "Den 2026-11-19 kl. 10:02, skrev Bo Lund:\nProva",
        "On 11/19/26 10:02, Bo Lund wrote:\nTry",
        "Am 19.11.2026 um 10:02 schrieb Bo Lund:\nVersuch",
        "Den 19.11.2026 10:02, skrev Bo Lund:\nPrøv",
        // Yahoo and Telia.
        "Den torsdag 19 november 2026 10:02:11 CET, Bo Lund <bo@example.se> skrev:\n\nProva",
        "På tors, 19 nov. 2026 at 10:02, Bo Lund\n<bo@example.se> skrev:\nProva",
        // Apple Mail, and phones.
        "19 nov. 2026 kl. 10:02 skrev bo lund <bo@example.se>:\nProva",
        "> On 19 Nov 2026, at 10:02, Bo Lund <bo@example.se> wrote:\n> \n> Try",
        "Am 19.11.2026 um 10:02 schrieb \"Bo Lund\" <bo@example.se>:\nVersuch",
        "Bo Lund <bo@example.se> skrev den 19 nov. 2026 kl. 10:02:\nProva",
        "On Thu, 19 Nov 2026, 10:02 Servicedesk via Ärende, <servicedesk@example.se> wrote:\nTry",
        "tor. 19. nov. 2026 kl. 10:02 skrev Bo Lund <bo@example.no>:\nPrøv",
        // A sentence of one's own over a quote.
        "Den 19 nov 2026 skrev ni:\n> Prova",
    ] {
        let folded = fold(&format!("Det hjälpte inte.\n\n{history}"), HtmlHint::default(), false);
        assert_eq!(folded.new_text, "Det hjälpte inte.", "{history}");
        assert!(!folded.quoted_text.is_empty());
    }
}

#[test]
fn answers_between_the_lines_are_kept() {
    let text = "Hej, se nedan.\n\nDen 19 nov. 2026 skrev Bo <bo@example.se>:\n> Vilken skrivare?\n\nDen på plan 2.\n\n> Vilket fel?\n\nPappersstopp.\n";
    assert_eq!(new_of(text), "Hej, se nedan.\n\nDen på plan 2.\n\nPappersstopp.");
}

#[test]
fn a_forwarded_message_keeps_its_text() {
    let text = "Se nedan\n\nFrån: Bo\nSkickat: i går\nTill: Anna\nÄmne: x\n\nSkrivaren är trasig";
    assert_eq!(fold(text, HtmlHint::default(), true).new_text, text);
}

#[test]
fn signatures_are_folded_and_not_lost() {
    for signature in [
        "-- \nAnna Ek\nKumla",
        "Med vänlig hälsning\nAnna Ek\n019-12 34 56",
        "Mvh Anna",
        "/Hälsningar",
        "Skickat från min iPhone",
        "Hämta Outlook för iOS",
        "Sent from my Galaxy",
        "Best regards,\nAnna",
        "Detta meddelande är konfidentiellt och avsett för mottagaren.",
    ] {
        let folded = fold(&format!("Skärmen är svart.\n\n{signature}"), HtmlHint::default(), false);
        if signature.starts_with('/') {
            continue;
        }
        assert_eq!(folded.new_text, "Skärmen är svart.", "{signature}");
        assert_eq!(folded.quoted_text, signature.lines().map(str::trim_end).collect::<Vec<_>>().join("\n"));
    }
}

#[test]
fn what_people_write_stays() {
    for text in [
        "Från: rum 12 till rum 14 flyttas skrivaren.",
        "Mvh är trasigt i mallen för alla brev vi skickar",
        "Skickat från min dator kommer alla mejl dubbelt, varför?",
        "Hej\nMvh Anna\n\nPS. Kan ni ringa?",
        "Hon skrev:\ninget alls",
        "Hej\nProgrammet skriver 404:\nSidan kan inte hittas\nKan ni hjälpa mig?",
        "Hej\n\nProgrammet skriver 404:\n\nSidan kan inte hittas",
        "Hej\nDen 20 november 2026 skrev jag till er om följande:\nSkrivaren är trasig",
        "Hej\nDen 20 november 2026 kl 10:15 skrev jag till servicedesk@example.se:\nSkrivaren är trasig",
        "Den 20 november 2026 kl 10.15 skrev systemet följande i loggen:\nERROR 17",
        "2026-11-20 10:15 skrev Loggen:\nERROR 17",
        "Loggen skrev 2026-11-20 10:15:\nERROR 17",
        "Skrivaren skrev ut 300 sidor:\nalla tomma",
        "On Monday 23 November 2026 I wrote to support@example.se about this:\nIt is still broken",
        "The program writes error 404:\npage not found",
        "On 2026-11-20 at 10:15 the printer wrote:\nPC LOAD LETTER",
        "Am 20.11.2026 um 10:15 schrieb ich an support@example.se:\nDer Drucker ist kaputt",
        "Das Programm schreibt 404:\nnicht gefunden",
        "Den 20. november 2026 skrev vi til jer om sag 4711:\nPrinteren virker ikke",
        "Programmet skriver 500:\nnoe gikk galt",
        "Den 20 november 2026 skrev Anna Ek i rapporten:\nsidan 14 saknas",
        "Den på plan 2 krånglar.\nDen 3:e gick sönder.\nFelet skrev 404:\nhjälp",
        "Från: rum 12\nTill: rum 14\nDatum: den 3 december\nKan ni flytta skrivaren?",
        "Detta meddelande får vi när vi startar: fel 5",
    ] {
        assert_eq!(new_of(text), text, "{text}");
    }
}

#[test]
fn the_html_tells_where_history_begins() {
    let text = "Nytt\n\nGammalt och okänt huvud\nmer";
    let at = text.find("Gammalt");
    assert_eq!(fold(text, HtmlHint { history_at: at }, false).new_text, "Nytt");
}

#[test]
fn long_texts_take_no_longer_by_the_line() {
    for line in
        ["Den 1\n", "From: x\n", "> a\nskrev 123:\n", "Mvh\n", "--\n", "a wrote\n", "detta meddelande\n\n"]
    {
        let text = line.repeat(200_000);
        let folded = fold(&text, HtmlHint::default(), false);
        assert!(folded.new_text.len() + folded.quoted_text.len() > 100);
    }
}

proptest! {
    #[test]
    fn no_word_is_lost(pieces in proptest::collection::vec(prop_oneof![
        Just("> citat"), Just("Den 19 nov. 2026 skrev Bo <b@example.se>:"), Just("Från: Bo"), Just("Skickat: nu"), Just("Till: Anna"), Just(""), Just("-- "),
        Just("Mvh"), Just("Anna Ek"), Just("Text som är ny."), Just("Skickat från min iPhone"), Just("Detta meddelande är avsett för dig"), Just("-----Original Message-----")
    ], 0..40), at in proptest::option::of(0_usize..500), forwarded: bool) {
        let text = pieces.join("\n");
        let folded = fold(&text, HtmlHint { history_at: at }, forwarded);
        let words = |text: &str| { let mut words: Vec<String> = text.split_whitespace().map(str::to_owned).collect(); words.sort(); words };
        prop_assert_eq!(words(&format!("{}\n{}", folded.new_text, folded.quoted_text)), words(&text));
    }
}
