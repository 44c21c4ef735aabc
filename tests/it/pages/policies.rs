//! The desk's policies on pages: looked at before they hold.

use arende::domain::ticket::Origin;

use super::browser::Browser;
use super::run;
use crate::support::house::{self, House};

const CHANGE: &str = "/admin/policies/calendars/servicedesk/change";

async fn administrator(house: &House) -> Browser {
    house.person("Adam", "administrator", &[], Origin::Workspace).await;
    Browser::of(house, "Adam").await
}

#[test]
fn a_calendar_is_looked_at_before_it_holds_and_can_be_taken_back() {
    run(async {
        let house = house::open().await;
        let browser = administrator(&house).await;
        browser.get("/admin/policies").await.assert_says("href=\"/admin/policies/calendars\"");
        let list = browser.get("/admin/policies/calendars").await;
        list.assert_says("Servicedesk").assert_says("href=\"/admin/policies/calendars/new\"");
        let page = browser.get("/admin/policies/calendars/servicedesk?year=2026").await;
        page.assert_says("Från början").assert_says_nothing_of("1 jan 1970");
        page.assert_says("07:30–16:00").assert_says("tor 2 07:30–15:00 (Dagen före Långfredagen)");
        page.assert_says("fre 3 stängt (Långfredagen)").assert_says_nothing_of("takeBack");

        let form = browser.get(CHANGE).await;
        form.assert_says("value=\"2026-03-03\"").assert_says_nothing_of("Låt det gälla");
        let typed = [
            ("validFrom", "2026-05-01"),
            ("days", "2026-05-15 stängt\n2026-07-01 08:00–12:00"),
            ("friday", "07:30–15:00"),
            ("note", "Klämdag"),
            ("step", "preview"),
        ];
        let looked = browser.submit(&form, CHANGE, &typed).await;
        looked.assert_status(200).assert_says("Inget är sparat än").assert_says("Låt det gälla");
        looked.assert_says("fre 15 stängt (Egen dag)").assert_says("ons 1 08:00–12:00 (Egen dag)");
        browser.get("/admin/policies/calendars").await.assert_says_nothing_of("Gäller senare");

        // A second administrator who looked at the same version meanwhile.
        let kept: Vec<(&str, &str)> = typed.iter().copied().filter(|(name, _)| *name != "step").collect();
        let activated: Vec<(&str, &str)> = kept.iter().copied().chain([("step", "activate")]).collect();
        let done = browser.submit(&looked, CHANGE, &activated).await;
        let page = browser.follow(&done).await;
        page.assert_says("Gäller senare").assert_says("Klämdag").assert_says("Adam").assert_says("takeBack");
        let later: Vec<(&str, &str)> = activated
            .iter()
            .map(|(name, value)| (*name, if *name == "validFrom" { "2026-06-01" } else { value }))
            .collect();
        let stale = browser.submit(&looked, CHANGE, &later).await;
        stale.assert_status(409).assert_says("role=\"alert\"").assert_says("value=\"2026-06-01\"");
        // Looking at it says so too, and the form now begins after the version to come.
        let stale =
            browser.submit(&looked, CHANGE, &[("validFrom", "2026-06-01"), ("step", "preview")]).await;
        stale.assert_status(409).assert_says("role=\"alert\"");
        let again = browser.get(CHANGE).await;
        again.assert_says("value=\"2026-05-02\"");
        let early = browser.submit(&again, CHANGE, &[("validFrom", "2026-04-01"), ("step", "preview")]).await;
        early.assert_status(422).assert_says("En senare version börjar gälla 2026-05-01");

        let action = "/admin/policies/calendars/servicedesk";
        let gone = browser.submit_holding(&page, action, "takeBack", &[]).await;
        browser.follow(&gone).await.assert_says_nothing_of("Gäller senare");
    });
}

#[test]
fn what_is_wrong_with_a_calendar_stands_at_its_line() {
    run(async {
        let house = house::open().await;
        let browser = administrator(&house).await;
        let form = browser.get(CHANGE).await;
        let typed = [
            ("validFrom", "2026-03-02"),
            ("tuesday", "07:30–12:00, 11:00–16:00"),
            ("days", "2026-05-15 kanske"),
            ("zone", "Europe/Kumla"),
            ("step", "preview"),
        ];
        let refused = browser.submit(&form, CHANGE, &typed).await;
        refused.assert_status(422).assert_says("id=\"tuesday-error\"").assert_says("id=\"zone-error\"");
        refused.assert_says("Två öppettider överlappar på tisdag. Behåll en av dem.");
        refused.assert_says("id=\"days-error\"");
        refused.assert_says(
            "Rad 1, ”2026-05-15 kanske”: Skriv ett datum och sedan ”stängt” eller två klockslag",
        );
        let dateless = browser.submit(&form, CHANGE, &[("validFrom", ""), ("step", "preview")]).await;
        dateless
            .assert_status(422)
            .assert_says("id=\"validFrom-error\"")
            .assert_says_nothing_of("Det som redan har lovats");
        let typed = [("validFrom", "2026-03-02"), ("step", "preview")];
        let early = browser.submit(&form, CHANGE, &typed).await;
        early.assert_status(422).assert_says("id=\"validFrom-error\"");
    });
}

#[test]
fn a_calendar_of_its_own_is_added() {
    run(async {
        let house = house::open().await;
        let browser = administrator(&house).await;
        let new = "/admin/policies/calendars/new";
        let form = browser.get(new).await;
        let nameless = browser.submit(&form, new, &[("step", "activate")]).await;
        nameless.assert_status(422).assert_says("id=\"name-error\"");
        let typed =
            [("name", "Jour"), ("saturday", "08:00–12:00"), ("holidays", "none"), ("step", "preview")];
        let looked = browser.submit(&form, new, &typed).await;
        looked.assert_says("Låt det gälla");
        let added = browser.submit(&looked, new, &[("step", "activate")]).await;
        browser.follow(&added).await.assert_says("href=\"/admin/policies/calendars/jour\"");
        let page = browser.get("/admin/policies/calendars/jour?year=2026").await;
        page.assert_says("08:00–12:00").assert_says("Öppet också på helgdagar");
    });
}

#[test]
fn those_who_work_here_read_and_others_find_nothing() {
    run(async {
        let house = house::open().await;
        house.person("Lena", "groupLead", &["servicedesk"], Origin::Workspace).await;
        house.person("Rut", "requester", &[], Origin::Portal).await;
        let lead = Browser::of(&house, "Lena").await;
        for path in ["/admin/policies", "/admin/policies/calendars"] {
            lead.get(path).await.assert_status(200).assert_says_nothing_of("calendars/new");
        }
        let page = lead.get("/admin/policies/calendars/servicedesk").await;
        page.assert_says("Levererad med Ärende").assert_says_nothing_of(CHANGE);
        lead.get(CHANGE).await.assert_status(404);
        let requester = Browser::of(&house, "Rut").await;
        requester.get("/admin/policies/calendars/servicedesk").await.assert_status(404);
    });
}

const AGREEMENT: &str = "/admin/policies/agreements/base-function";
const AGREEMENT_CHANGE: &str = "/admin/policies/agreements/base-function/change";

#[test]
fn an_agreement_is_tried_before_it_holds_and_its_history_says_who_changed_it() {
    run(async {
        let house = house::open().await;
        house.clock.advance_micros(1);
        let browser = administrator(&house).await;
        browser.get("/admin/policies").await.assert_says("href=\"/admin/policies/agreements\"");
        let list = browser.get("/admin/policies/agreements").await;
        list.assert_says("Ja, basfunktioner").assert_says("lösning inom en arbetsdag");

        let form = browser.get(AGREEMENT_CHANGE).await;
        form.assert_says("name=\"resolution-amount\"").assert_says_nothing_of("Låt det gälla");
        let typed = [
            ("resolution-amount", "4"),
            ("resolution-unit", "hours"),
            ("resolution-warn", "50 %, 80"),
            ("validFrom", "2026-05-04"),
            ("step", "preview"),
        ];
        let looked = browser.submit(&form, AGREEMENT_CHANGE, &typed).await;
        looked.assert_status(200).assert_says("Inget är sparat än").assert_says("Låt det gälla");
        // Filed Monday 15.40 with four hours: 20 minutes are left of the day, the rest is Tuesday's.
        looked
            .assert_says("Måndag 4\u{a0}maj\u{a0}2026 kl.\u{a0}15.40")
            .assert_says("Tisdag 5\u{a0}maj\u{a0}2026 kl.\u{a0}11.10");
        // The day before Ascension closes at 15.00.
        looked
            .assert_says("Onsdag 13\u{a0}maj\u{a0}2026 kl.\u{a0}14.00")
            .assert_says("Fredag 15\u{a0}maj\u{a0}2026 kl.\u{a0}10.30");
        looked.assert_says("Det här avtalet").assert_says("Gäller, valt efter basfunktion, ärendetyp");
        looked.assert_says("Passar, men säger mindre om basfunktion");
        browser.get(AGREEMENT).await.assert_says_nothing_of("Gäller senare");

        let request = browser.submit(&looked, AGREEMENT_CHANGE, &[("sample-ticketKind", "request")]).await;
        request.assert_says("Provärendet: beställning");

        let activated = [("step", "activate"), ("note", "Enligt nämnden")];
        let done = browser.submit(&looked, AGREEMENT_CHANGE, &activated).await;
        let page = browser.follow(&done).await;
        page.assert_says("ändras 2026-05-04").assert_says("Enligt nämnden").assert_says("Adam");
        page.assert_says("lösning inom 4\u{a0}tim öppettid").assert_says("takeBack");
        let later = browser.get(&page.link(&format!("{AGREEMENT}?version="))).await;
        later.assert_says("Varnar vid 50\u{a0}%, 80\u{a0}%.");
        let stale =
            browser.submit(&looked, AGREEMENT_CHANGE, &[("step", "activate"), ("validFrom", "2026-06-01")]);
        stale.await.assert_status(409).assert_says("role=\"alert\"");

        // Looking at it again says so too.
        let stale = browser.submit(&looked, AGREEMENT_CHANGE, &[("validFrom", "2026-06-01")]).await;
        stale.assert_status(409).assert_says("role=\"alert\"");

        // What is made from a version to come doesn't begin before it.
        let again = browser.get(AGREEMENT_CHANGE).await;
        again.assert_says("value=\"2026-05-05\"");
        let early = browser.submit(&again, AGREEMENT_CHANGE, &[("validFrom", "")]).await;
        early.assert_status(422).assert_says("id=\"validFrom-error\"").assert_says("börjar gälla 2026-05-04");
        let gone = browser.submit_holding(&page, AGREEMENT, "takeBack", &[]).await;
        browser.follow(&gone).await.assert_says_nothing_of("Gäller senare");
    });
}

#[test]
fn what_is_wrong_with_an_agreement_stands_at_its_field() {
    run(async {
        let house = house::open().await;
        let browser = administrator(&house).await;
        let form = browser.get(AGREEMENT_CHANGE).await;
        let typed = [
            ("resolution-amount", "en dag"),
            ("resolution-warn", "100"),
            ("firstResponse-amount", "0"),
            ("timeInGroup-amount", "400"),
            ("timeInGroup-unit", "days"),
            ("step", "activate"),
        ];
        let refused = browser.submit(&form, AGREEMENT_CHANGE, &typed).await;
        refused
            .assert_status(422)
            .assert_says("Skriv ett helt tal, till exempel 4")
            .assert_says("value=\"en dag\"");
        let refused = browser
            .submit(
                &form,
                AGREEMENT_CHANGE,
                &[("resolution-amount", "1"), typed[1], typed[2], typed[3], typed[4]],
            )
            .await;
        refused.assert_status(422).assert_says("id=\"resolution-warn-error\"");
        refused.assert_says("Löftet lämnar ingen tid. Ange minst en minut eller en arbetsdag.");
        refused.assert_says("id=\"timeInGroup-amount-error\"");

        let new = "/admin/policies/agreements/new";
        let form = browser.get(new).await;
        let nothing = browser.submit(&form, new, &[("step", "preview")]).await;
        nothing.assert_status(422).assert_says("id=\"name-error\"");
        nothing.assert_says("Avtalet lovar ingenting. Lova minst en sak.");
        let same = [
            ("name", "Samma sak"),
            ("ticketKind", "incident"),
            ("baseFunction", "yes"),
            ("resolution-amount", "2"),
            ("resolution-unit", "days"),
        ];
        let refused = browser.submit(&form, new, &same).await;
        refused
            .assert_status(422)
            .assert_says("id=\"ticketKind-error\"")
            .assert_says("gäller redan precis samma ärenden");
    });
}

#[test]
fn an_agreement_of_its_own_is_added_and_ended() {
    run(async {
        let house = house::open().await;
        let browser = administrator(&house).await;
        let new = "/admin/policies/agreements/new";
        let form = browser.get(new).await;
        form.assert_says("<option value=\"servicedesk\" selected>");
        let ola = [
            ("name", "OLA natt"),
            ("kind", "ola"),
            ("group", "servicedesk"),
            ("timeInGroup-amount", "2"),
            ("timeInGroup-unit", "days"),
            ("step", "activate"),
        ];
        let added = browser.submit(&form, new, &ola).await;
        browser.follow(&added).await.assert_says("OLA natt");
        // A rule gives customers what customers are promised.
        let rule = browser.get("/admin/policies/rules/new").await;
        rule.assert_says("Basfunktion, felanmälan").assert_says_nothing_of("OLA natt");

        let typed = [
            ("name", "Bråttom"),
            ("priority", "1"),
            ("firstResponse-amount", "30"),
            ("firstResponse-unit", "minutes"),
            ("step", "preview"),
        ];
        let looked = browser.submit(&form, new, &typed).await;
        looked.assert_says("Gäller, valt efter prioritet");
        let added = browser.submit(&looked, new, &[("step", "activate")]).await;
        let page = browser.follow(&added).await;
        page.assert_says("Första svar")
            .assert_says("inom 30\u{a0}min öppettid")
            .assert_says("Avsluta avtalet");
        let action = "/admin/policies/agreements/brattom";
        let wrong = browser.submit_holding(&page, action, "value=\"end\"", &[("validFrom", "snart")]).await;
        wrong.assert_status(422).assert_says("id=\"end-validFrom-error\"");
        let ended =
            browser.submit_holding(&page, action, "value=\"end\"", &[("validFrom", "2026-04-01")]).await;
        let page = browser.follow(&ended).await;
        page.assert_says("Gäller, ändras 2026-04-01").assert_says_nothing_of("id=\"end-validFrom\"");
    });
}

const MATRIX: &str = "/admin/policies/responsibilities";
const ROW: &str = "/admin/policies/responsibilities/row";

#[test]
fn a_row_of_the_matrix_changes_and_what_begins_the_same_day_is_one_version() {
    run(async {
        let house = house::open().await;
        house.clock.advance_micros(1);
        let browser = administrator(&house).await;
        let page = browser.get(MATRIX).await;
        page.assert_says("Elevdator")
            .assert_says("Trådlöst nätverk")
            .assert_says("Vänd dig till webbutikens kundtjänst.");
        let row = format!("{ROW}?supportLevel=pupilComputer&activity=repair");
        let form = browser.get(&row).await;
        form.assert_says("Ändra Elevdator – Reparation");
        let typed = [
            ("role-school", ""),
            ("role-it", "r"),
            ("role-municipality", "a"),
            ("reasonSv", "IT lagar elevdatorer på prov."),
            ("validFrom", "2026-05-01"),
            ("step", "save"),
        ];
        let done = browser.submit(&form, ROW, &typed).await;
        let page = browser.follow(&done).await;
        page.assert_says("Gäller senare")
            .assert_says("Ändrade rader: Elevdator – Reparation")
            .assert_says("Adam");

        let form = browser.get(&format!("{ROW}?supportLevel=pupilComputer&activity=wifi")).await;
        form.assert_says("value=\"2026-05-01\"");
        let early = browser.submit(&form, ROW, &[("validFrom", "2026-04-01"), ("step", "save")]).await;
        early.assert_status(422).assert_says("börjar gälla 2026-05-01").assert_says("id=\"validFrom-error\"");
        let typed = [("reasonSv", "IT har näten."), ("step", "save")];
        let done = browser.submit(&form, ROW, &typed).await;
        let page = browser.follow(&done).await;
        page.assert_says("Ändrade rader: Elevdator – Trådlöst nätverk, Elevdator – Reparation");
        assert_eq!(page.html.matches("Gäller senare").count(), 1);
        let coming = browser.get(&page.link(&format!("{MATRIX}?version="))).await;
        coming.assert_says("IT har näten.").assert_says("IT lagar elevdatorer på prov.");
    });
}

#[test]
fn what_is_wrong_with_a_row_or_a_party_stands_at_its_field() {
    run(async {
        let house = house::open().await;
        house.clock.advance_micros(1);
        let browser = administrator(&house).await;
        let form = browser.get(&format!("{ROW}?supportLevel=printer&activity=repair")).await;
        // A box that isn't ticked sends nothing; here it sends what is no role.
        let nobody = [
            ("role-printerSupplier", ""),
            ("role-municipality", ""),
            ("role-it", "r"),
            ("reasonSv", "IT lagar."),
            ("step", "save"),
        ];
        let refused = browser.submit(&form, ROW, &nobody).await;
        refused.assert_status(422).assert_says("Ingen är ytterst ansvarig för ”Skrivare – Reparation”.");

        let form = browser.get(ROW).await;
        let taken = [("supportLevel", "printer"), ("activity", "repair"), ("role-it", "r"), ("step", "save")];
        browser.submit(&form, ROW, &taken).await.assert_status(422).assert_says("Raden finns redan.");

        let party = "/admin/policies/responsibilities/parties/school";
        let form = browser.get(party).await;
        form.assert_says("Ändra Skolan (verksamheten)");
        let nowhere = browser.submit(&form, party, &[("turnSv", ""), ("turnEn", "")]).await;
        nowhere
            .assert_status(422)
            .assert_says("id=\"turnSv-error\"")
            .assert_says("har varken grupp eller en text");
        let routed =
            browser.submit(&form, party, &[("group", "servicedesk"), ("validFrom", "2026-04-01")]).await;
        browser.follow(&routed).await.assert_says("Ändrade parter: Skolan (verksamheten)");

        let form = browser.get(&format!("{ROW}?supportLevel=printer&activity=repair")).await;
        let swedish = [("reasonSv", "IT lagar."), ("reasonEn", ""), ("step", "save")];
        let refused = browser.submit(&form, ROW, &swedish).await;
        refused.assert_status(422).assert_says("id=\"reasonEn-error\"").assert_says("saknas på engelska");
        let party = "/admin/policies/responsibilities/parties/new";
        let form = browser.get(party).await;
        let same = browser.submit(&form, party, &[("nameSv", "skolan (Verksamheten)")]).await;
        same.assert_status(422)
            .assert_says("id=\"nameSv-error\"")
            .assert_says("Ge dem namn som går att skilja åt");

        let new = "/admin/policies/responsibilities/word";
        let form = browser.get(new).await;
        let nameless = browser.submit(&form, new, &[]).await;
        nameless.assert_status(422).assert_says("id=\"nameSv-error\"");
        let added = browser.submit(&form, new, &[("nameSv", "Byte av batteri")]).await;
        browser.follow(&added).await.assert_says("Ändringen är sparad.");
        browser.get(ROW).await.assert_says("value=\"byteAvBatteri\"");
    });
}

#[test]
fn those_who_work_here_read_agreements_and_the_matrix_but_do_not_change_them() {
    run(async {
        let house = house::open().await;
        house.person("Lena", "groupLead", &["servicedesk"], Origin::Workspace).await;
        house.person("Rut", "requester", &[], Origin::Portal).await;
        let lead = Browser::of(&house, "Lena").await;
        for path in ["/admin/policies/agreements", AGREEMENT, MATRIX] {
            let page = lead.get(path).await;
            page.assert_status(200).assert_says_nothing_of("agreements/new").assert_says_nothing_of(ROW);
            page.assert_says_nothing_of("parties/new").assert_says_nothing_of(AGREEMENT_CHANGE);
        }
        let requester = Browser::of(&house, "Rut").await;
        for path in [AGREEMENT_CHANGE, ROW, "/admin/policies/responsibilities/parties/new"] {
            lead.get(path).await.assert_status(404);
            requester.get(path).await.assert_status(404);
        }
        requester.get(MATRIX).await.assert_status(404);
    });
}
