//! The matrix that the product is shipped with, as seed 001 shares the work out: Bilaga 1
//! "Supportnivåer" (the managed workstation and the pupil's computer), "Skrivare" and "Garanti".
//!
//! Its rows hold for any service. Printed whole to `tests/it/matrix/responsibility.txt` by a test.

use super::{
    Activity, ActivityCode, Assignment, Bilingual, Matrix, Party, PartyCode, Raci, SupportLevel,
    SupportLevelCode,
};
use crate::domain::ids::GroupId;

/// (code, Swedish, English)
type Named = (&'static str, &'static str, &'static str);

const SUPPORT_LEVELS: [Named; 4] = [
    ("managedWorkstation", "Hanterad datorarbetsplats", "Managed workstation"),
    ("pupilComputer", "Elevdator", "Pupil's computer"),
    ("printer", "Skrivare", "Printer"),
    ("webShop", "Vara från webbutiken", "Goods from the web shop"),
];

const ACTIVITIES: [Named; 15] = [
    ("wifi", "Trådlöst nätverk", "Wifi"),
    ("network", "Nätverk", "Network"),
    ("internet", "Internet", "Internet"),
    ("account", "Användarkonto", "Account"),
    ("email", "E-post", "E-mail"),
    ("appDistribution", "Appdistribution", "App distribution"),
    ("userSupport", "Användarstöd", "User support"),
    ("firstTroubleshooting", "Påbörja felsökning", "First troubleshooting"),
    ("hardwareClaim", "Felanmälan av hårdvara", "Hardware claim"),
    ("repair", "Reparation", "Repair"),
    ("printing", "Utskrift", "Printing"),
    ("warranty", "Garanti", "Warranty"),
    ("followMe", "Tjänsten Follow-Me", "The Follow-Me service"),
    ("inventory", "Inventering", "Inventory"),
    ("purchase", "Inköp och utbyte", "Purchase and exchange"),
];

const IT: &str = "it";
const SCHOOL: &str = "school";
const MUNICIPALITY: &str = "municipality";
const PRINTER_SUPPLIER: &str = "printerSupplier";
const HARDWARE_SUPPLIER: &str = "hardwareSupplier";
const SHOP: &str = "shop";
const USER: &str = "user";

/// ((code, Swedish name, English name), where to turn in Swedish, in English)
const OUTSIDE_PARTIES: [(Named, &str, &str); 6] = [
    (
        (SCHOOL, "Skolan (verksamheten)", "The school"),
        "Vänd dig till den på skolan som ansvarar för elevdatorerna.",
        "Turn to whoever is in charge of pupils' computers at the school.",
    ),
    (
        (MUNICIPALITY, "Kommunen", "The municipality"),
        "Vänd dig till din kommuns kontaktperson för området; växeln vet vem det är.",
        "Turn to your municipality's contact for this; the switchboard knows who it is.",
    ),
    (
        (PRINTER_SUPPLIER, "Skrivarleverantören", "The printer supplier"),
        "Gör felanmälan i skrivarleverantörens portal; adressen står på skrivaren.",
        "Report the fault in the printer supplier's portal; the address is on the printer.",
    ),
    (
        (HARDWARE_SUPPLIER, "Hårdvaruleverantören", "The hardware supplier"),
        "Gör felanmälan direkt till leverantören; uppgifterna står på datorn.",
        "Report the fault directly to the supplier; the details are on the computer.",
    ),
    (
        (SHOP, "Webbutiken", "The web shop"),
        "Vänd dig till webbutikens kundtjänst.",
        "Turn to the web shop's customer service.",
    ),
    (
        (USER, "Användaren", "The user"),
        "Vänd dig själv till webbutikens kundtjänst med ordernumret.",
        "Turn to the web shop's customer service yourself, with the order number.",
    ),
];

/// Who does and answers for a thing, who else takes part, and why.
struct Share {
    support_level: &'static str,
    activities: &'static [&'static str],
    /// Responsible and accountable: the seed always names one party for both.
    does: &'static str,
    consulted: &'static [&'static str],
    informed: &'static [&'static str],
    sv: &'static str,
    en: &'static str,
}

const SHARES: [Share; 17] = [
    Share {
        support_level: "managedWorkstation",
        activities: &["wifi", "network", "internet", "account", "email", "appDistribution"],
        does: IT,
        consulted: &[],
        informed: &[MUNICIPALITY],
        sv: "För en hanterad datorarbetsplats ansvarar IT för hela supportkedjan.",
        en: "For a managed workstation IT is responsible for the whole support chain.",
    },
    Share {
        support_level: "managedWorkstation",
        activities: &["userSupport", "firstTroubleshooting", "printing"],
        does: IT,
        consulted: &[MUNICIPALITY],
        informed: &[MUNICIPALITY],
        sv: "För en hanterad datorarbetsplats ansvarar IT för hela supportkedjan, också användarstödet.",
        en: "For a managed workstation IT is responsible for the whole support chain, user support too.",
    },
    Share {
        support_level: "managedWorkstation",
        activities: &["hardwareClaim", "repair", "warranty"],
        does: IT,
        consulted: &[HARDWARE_SUPPLIER],
        informed: &[MUNICIPALITY],
        sv: "För en hanterad datorarbetsplats sköter IT hårdvara och garanti gentemot leverantören.",
        en: "For a managed workstation IT handles hardware and warranty with the supplier.",
    },
    Share {
        support_level: "pupilComputer",
        activities: &["wifi", "network", "internet"],
        does: IT,
        consulted: &[],
        informed: &[SCHOOL],
        sv: "För elevdatorer ansvarar IT för åtkomst till wifi, nätverk och internet.",
        en: "For pupils' computers IT is responsible for access to wifi, network and internet.",
    },
    Share {
        support_level: "pupilComputer",
        activities: &["account", "email"],
        does: IT,
        consulted: &[],
        informed: &[SCHOOL],
        sv: "För elevdatorer ansvarar IT för användarens konto och e-post.",
        en: "For pupils' computers IT is responsible for the user's account and e-mail.",
    },
    Share {
        support_level: "pupilComputer",
        activities: &["appDistribution"],
        does: IT,
        consulted: &[SCHOOL],
        informed: &[],
        sv: "För elevdatorer ansvarar IT för appdistributionen.",
        en: "For pupils' computers IT is responsible for app distribution.",
    },
    Share {
        support_level: "pupilComputer",
        activities: &["userSupport"],
        does: SCHOOL,
        consulted: &[],
        informed: &[],
        sv: "För elevdatorer ger skolan själv användarstöd.",
        en: "For pupils' computers the school itself gives user support.",
    },
    Share {
        support_level: "pupilComputer",
        activities: &["firstTroubleshooting"],
        does: SCHOOL,
        consulted: &[IT],
        informed: &[],
        sv: "För elevdatorer påbörjar skolan felsökningen och fortsätter med stöd från IT.",
        en: "For pupils' computers the school begins the troubleshooting and goes on with support from IT.",
    },
    Share {
        support_level: "pupilComputer",
        activities: &["hardwareClaim"],
        does: SCHOOL,
        consulted: &[HARDWARE_SUPPLIER],
        informed: &[],
        sv: "För elevdatorer gör skolan själv felanmälan av hårdvara till leverantören.",
        en: "For pupils' computers the school itself reports hardware faults to the supplier.",
    },
    Share {
        support_level: "pupilComputer",
        activities: &["repair"],
        does: SCHOOL,
        consulted: &[HARDWARE_SUPPLIER],
        informed: &[],
        sv: "För elevdatorer sköter skolan reparationer av delar i samspråk med leverantören.",
        en: "For pupils' computers the school handles repairs of parts together with the supplier.",
    },
    Share {
        support_level: "pupilComputer",
        activities: &["printing"],
        does: SCHOOL,
        consulted: &[],
        informed: &[],
        sv: "För elevdatorer ansvarar skolan för utskrift.",
        en: "For pupils' computers the school is responsible for printing.",
    },
    Share {
        support_level: "pupilComputer",
        activities: &["warranty"],
        does: MUNICIPALITY,
        consulted: &[HARDWARE_SUPPLIER],
        informed: &[SCHOOL],
        sv: "Garantiärenden för elevdatorer sköter kommunen själv, med sina försäkringar.",
        en: "Warranty cases of pupils' computers are the municipality's own, with its insurance.",
    },
    Share {
        support_level: "printer",
        activities: &["network", "followMe"],
        does: IT,
        consulted: &[],
        informed: &[MUNICIPALITY],
        sv: "För skrivare ansvarar IT för nätverket och driften av tjänsten Follow-Me.",
        en: "For printers IT is responsible for the network and for running the Follow-Me service.",
    },
    Share {
        support_level: "printer",
        activities: &["printing", "inventory"],
        does: MUNICIPALITY,
        consulted: &[],
        informed: &[],
        sv: "Kommunen ansvarar för sina skrivare: inventering och praktiska frågor om användningen.",
        en: "The municipality is responsible for its printers: inventory and practical questions of use.",
    },
    Share {
        support_level: "printer",
        activities: &["purchase"],
        does: MUNICIPALITY,
        consulted: &[PRINTER_SUPPLIER],
        informed: &[IT],
        sv: "Kommunen beställer själv sina skrivare i leverantörens portal och informerar IT.",
        en: "The municipality orders its printers itself in the supplier's portal and informs IT.",
    },
    Share {
        support_level: "printer",
        activities: &["repair"],
        does: PRINTER_SUPPLIER,
        consulted: &[],
        informed: &[MUNICIPALITY],
        sv: "Skrivarleverantören ansvarar för skrivarens hårdvara.",
        en: "The printer supplier is responsible for the printer's hardware.",
    },
    Share {
        support_level: "webShop",
        activities: &["warranty"],
        does: USER,
        consulted: &[SHOP],
        informed: &[],
        sv: "Garantiärenden på varor från webbutiken sköter användaren själv direkt med webbutiken.",
        en: "Warranty cases of goods from the web shop are between the user and the shop.",
    },
];

/// The shipped matrix. IT's own tickets go to `it`, the desk's intake group; the other parties have no
/// group until an administrator gives them one, and say where to turn.
#[must_use]
pub fn seed(it: GroupId) -> Matrix {
    let inside = Party {
        code: PartyCode::shipped(IT),
        name: Bilingual::new("IT", "IT"),
        group: Some(it),
        turn_to: None,
    };
    let outside = OUTSIDE_PARTIES.iter().map(|((code, sv, en), turn_sv, turn_en)| Party {
        code: PartyCode::shipped(code),
        name: Bilingual::new(sv, en),
        group: None,
        turn_to: Some(Bilingual::new(turn_sv, turn_en)),
    });
    Matrix {
        support_levels: SUPPORT_LEVELS
            .iter()
            .map(|(code, sv, en)| SupportLevel {
                code: SupportLevelCode::shipped(code),
                name: Bilingual::new(sv, en),
            })
            .collect(),
        activities: ACTIVITIES
            .iter()
            .map(|(code, sv, en)| Activity {
                code: ActivityCode::shipped(code),
                name: Bilingual::new(sv, en),
            })
            .collect(),
        parties: std::iter::once(inside).chain(outside).collect(),
        assignments: SHARES.iter().flat_map(Share::rows).collect(),
    }
}

impl Share {
    fn rows(&self) -> impl Iterator<Item = Assignment> + '_ {
        let parties = [(self.does, Raci::Responsible), (self.does, Raci::Accountable)];
        let asked = self.consulted.iter().map(|party| (*party, Raci::Consulted));
        let told = self.informed.iter().map(|party| (*party, Raci::Informed));
        let parties: Vec<_> = parties.into_iter().chain(asked).chain(told).collect();
        self.activities.iter().flat_map(move |activity| {
            parties.clone().into_iter().map(move |(party, role)| Assignment {
                service: None,
                support_level: SupportLevelCode::shipped(self.support_level),
                activity: ActivityCode::shipped(activity),
                party: PartyCode::shipped(party),
                role,
                reason: Bilingual::new(self.sv, self.en),
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::routing::responsible;

    #[test]
    fn the_shipped_matrix_is_sound() {
        let matrix = seed(GroupId(1));
        assert_eq!(matrix.problems(), []);
        let codes = matrix
            .support_levels
            .iter()
            .map(|level| level.code.as_str())
            .chain(matrix.activities.iter().map(|activity| activity.code.as_str()))
            .chain(matrix.parties.iter().map(|party| party.code.as_str()));
        for code in codes {
            assert_eq!(PartyCode::parse(code).unwrap().as_str(), code);
        }
    }

    #[test]
    fn a_pupils_computer_is_shared_between_it_and_the_school() {
        let matrix = seed(GroupId(1));
        let party = |level: &str, activity: &str| {
            let (level, activity) =
                (SupportLevelCode::parse(level).unwrap(), ActivityCode::parse(activity).unwrap());
            let found = responsible(&matrix, None, &level, &activity).unwrap();
            (found.party.code.as_str().to_owned(), found.because.sv.clone())
        };
        assert_eq!(party("pupilComputer", "wifi").0, "it");
        assert_eq!(
            party("pupilComputer", "hardwareClaim"),
            (
                "school".to_owned(),
                "För elevdatorer gör skolan själv felanmälan av hårdvara till leverantören.".to_owned()
            )
        );
        assert_eq!(party("managedWorkstation", "hardwareClaim").0, "it");
        assert_eq!(party("webShop", "warranty").0, "user");
    }
}
