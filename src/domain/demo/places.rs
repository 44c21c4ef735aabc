//! The customer organisations: six municipalities with departments and units, three companies.

use super::plan::DemoOrganisation;
use crate::domain::people::OrganisationKind;
use crate::domain::text::Code;

/// The municipality that the IT department belongs to.
pub(super) const HOST: &str = "Norrvik kommun";
/// The IT department's name there.
pub(super) const IT_DEPARTMENT: &str = "IT-avdelningen";

const MUNICIPALITIES: [&str; 6] =
    [HOST, "Askeby kommun", "Lindhamra kommun", "Sörmarka kommun", "Kvarnåsa kommun", "Tallhultsbro kommun"];

const COMPANIES: [&str; 3] = ["Norrvik Bostäder AB", "Askeby Energi AB", "Sörmarka Vatten AB"];

/// Departments, with the units that each municipality has some of.
const DEPARTMENTS: [(&str, &[&str]); 5] = [
    ("Kommunledningsförvaltningen", &["Ekonomi", "HR och lön", "Kansli", "Kommunikation"]),
    (
        "Barn- och utbildningsförvaltningen",
        &[
            "Björkskolan",
            "Ängsskolan",
            "Högåsskolan",
            "Sjöbackens skola",
            "Förskolan Smultronet",
            "Förskolan Trollebo",
            "Gymnasiet",
        ],
    ),
    (
        "Vård- och omsorgsförvaltningen",
        &[
            "Hemtjänst norr",
            "Hemtjänst söder",
            "Solgårdens äldreboende",
            "Boendestöd",
            "Rehab",
            "Socialkontoret",
        ],
    ),
    ("Samhällsbyggnadsförvaltningen", &["Bygglov", "Gata och park", "Fastighet", "Miljö och hälsa"]),
    ("Kultur- och fritidsförvaltningen", &["Biblioteket", "Simhallen", "Musikskolan"]),
];

/// The organisations, each after the one it belongs to. Larger municipalities have more units.
pub(super) fn organisations() -> Vec<DemoOrganisation> {
    let mut all = Vec::new();
    for (size, municipality) in MUNICIPALITIES.iter().enumerate() {
        let top = all.len();
        add(&mut all, OrganisationKind::Municipality, municipality, None);
        for (department, units) in DEPARTMENTS {
            let parent = all.len();
            add(&mut all, OrganisationKind::Department, department, Some(top));
            for unit in units.iter().take(units.len().saturating_sub(size / 2).max(2)) {
                add(&mut all, OrganisationKind::Unit, unit, Some(parent));
            }
        }
        if *municipality == HOST {
            add(&mut all, OrganisationKind::Department, IT_DEPARTMENT, Some(top));
        }
    }
    for company in COMPANIES {
        add(&mut all, OrganisationKind::Company, company, None);
    }
    all
}

/// Adds one; its code begins with its customer's, since every municipality has the same departments.
fn add(all: &mut Vec<DemoOrganisation>, kind: OrganisationKind, name: &str, parent: Option<usize>) {
    let mut top = parent;
    while let Some(above) = top.and_then(|index| all.get(index)).and_then(|organisation| organisation.parent)
    {
        top = Some(above);
    }
    let customer = top.and_then(|index| all.get(index)).map_or("", |customer| customer.name.as_str());
    let customer = customer.strip_suffix(" kommun").unwrap_or(customer);
    let code = Code::from_name(&format!("{customer} {name}")).as_str().to_owned();
    all.push(DemoOrganisation { code, name: name.to_owned(), kind, parent });
}

/// The domain of a customer's addresses: `norrvik.example.se`.
pub(super) fn mail_domain(customer: &str) -> String {
    let name = customer.strip_suffix(" kommun").or_else(|| customer.strip_suffix(" AB")).unwrap_or(customer);
    format!("{}.example.se", Code::from_name(name).as_str())
}
