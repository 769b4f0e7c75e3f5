//! The 152 English councils with adult social care duties, as they stood in 2014-15.
//!
//! Two tables in `data/` are built into the program: what each council spent and paid in 2014-15,
//! and how many people it supported with a direct payment or home care on 31 March of each year
//! from 2010 to 2014. They are joined on the council code. Cells that cannot be right are replaced
//! from the council's region, and every such change leaves a [`Note`] on the council.
//!
//! Fields keep the names of the columns: `_gbp_k` is thousands of pounds a year and `_gbp` pounds,
//! both at 2014-15 prices, and `weeks_` is weeks of care bought in 2014-15. Do not put them beside
//! prices of another year.

pub mod scotland;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::{Deserialize, Deserializer, Serialize};

const SPENDING: &str = include_str!("../data/england_councils_2014_15.csv");
const CLIENTS: &str = include_str!("../data/england_direct_payments_home_care_2010_2014.csv");

/// The years of the client counts, oldest first; a count is of 31 March at the end of the year.
pub const YEARS: [&str; 5] = ["2009-10", "2010-11", "2011-12", "2012-13", "2013-14"];

/// The client groups, in the order of [`Council::clients`] and by the table's names.
pub const GROUPS: [&str; 4] =
    ["physical_disability_18_64", "learning_disability_18_64", "mental_health_18_64", "65_plus"];

/// A cell that was changed, or a zero that was kept, and the reason.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Note {
    /// The column, and for client counts the group and year.
    pub field: String,
    /// What the table says, in the column's own unit; `None` where the cell is blank.
    pub raw: Option<f64>,
    /// What is used instead, in the same unit.
    pub used: f64,
    /// Why, in a sentence.
    pub why: String,
}

/// People of one client group supported on 31 March of each of [`YEARS`], to the nearest five.
///
/// `None` only where the table has no row: people of 65 and over in 2009-10. A person may be
/// counted under both headings.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Clients {
    /// People with a direct payment.
    pub direct_payment: [Option<f64>; 5],
    /// People with home care; until 2014 this takes in what is now called supported living.
    pub home_care: [Option<f64>; 5],
}

impl Clients {
    /// People with a direct payment on 31 March 2014.
    pub fn latest_direct_payment(&self) -> f64 {
        self.direct_payment[4].unwrap_or(0.0)
    }

    /// People with home care on 31 March 2014.
    pub fn latest_home_care(&self) -> f64 {
        self.home_care[4].unwrap_or(0.0)
    }
}

/// One council. Spending is gross current expenditure in 2014-15.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Council {
    /// The number by which the statistics know the council.
    #[serde(rename(deserialize = "council_code"))]
    pub code: u16,
    /// Name for commands and files, such as `dorset` or `city-of-london`.
    #[serde(skip_deserializing)]
    pub id: String,
    /// Name for people to read.
    #[serde(rename(deserialize = "council"))]
    pub name: String,
    /// One of the nine English regions.
    pub region: String,
    /// Pounds for an hour of home care bought from a provider.
    pub home_care_hourly_rate_external_gbp: f64,
    /// Pounds for an hour of the council's own home care; 0 where it has none or gave none.
    #[serde(deserialize_with = "blank_as_nan")]
    pub home_care_hourly_rate_in_house_gbp: f64,
    /// What people paid towards their care, £ thousand.
    pub income_client_contributions_gbp_k: f64,
    /// Pounds for a week in a residential or nursing home, all ages.
    pub residential_nursing_week_cost_gbp: f64,
    /// All adult social care before people's contributions, £ thousand.
    pub spend_all_gross_gbp_k: f64,
    /// All adult social care after people's contributions, £ thousand.
    pub spend_all_net_gbp_k: f64,
    /// Assessment, care management and safeguarding, £ thousand.
    pub spend_assessment_care_management_gbp_k: f64,
    /// Commissioning and running the services, £ thousand.
    pub spend_commissioning_service_delivery_gbp_k: f64,
    /// Direct payments to people of 18 to 64, £ thousand.
    pub spend_direct_payments_18_64_gbp_k: f64,
    /// Direct payments to people of 65 and over, £ thousand.
    pub spend_direct_payments_65_plus_gbp_k: f64,
    /// Home care for people of 18 to 64, without supported living, £ thousand.
    pub spend_home_care_18_64_gbp_k: f64,
    /// Home care for people of 65 and over, without supported living, £ thousand.
    pub spend_home_care_65_plus_gbp_k: f64,
    /// Information, advice and early intervention, £ thousand.
    pub spend_information_early_intervention_gbp_k: f64,
    /// Nursing homes for people of 18 to 64, £ thousand.
    pub spend_nursing_18_64_gbp_k: f64,
    /// Nursing homes for people of 65 and over, £ thousand.
    pub spend_nursing_65_plus_gbp_k: f64,
    /// Other long-term care in the community for people of 18 to 64, £ thousand.
    pub spend_other_community_18_64_gbp_k: f64,
    /// Other long-term care in the community for people of 65 and over, £ thousand.
    pub spend_other_community_65_plus_gbp_k: f64,
    /// Residential homes for people of 18 to 64, £ thousand.
    pub spend_residential_18_64_gbp_k: f64,
    /// Residential homes for people of 65 and over, £ thousand.
    pub spend_residential_65_plus_gbp_k: f64,
    /// Supported accommodation for people of 18 to 64, £ thousand.
    pub spend_supported_accommodation_18_64_gbp_k: f64,
    /// Supported accommodation for people of 65 and over, £ thousand.
    pub spend_supported_accommodation_65_plus_gbp_k: f64,
    /// Supported living for people of 18 to 64, £ thousand.
    pub spend_supported_living_18_64_gbp_k: f64,
    /// Supported living for people of 65 and over, £ thousand.
    pub spend_supported_living_65_plus_gbp_k: f64,
    /// Weeks in nursing homes, people of 18 to 64; 52 weeks are one place filled all year.
    pub weeks_nursing_18_64: f64,
    /// Weeks in nursing homes, people of 65 and over.
    pub weeks_nursing_65_plus: f64,
    /// Weeks in residential homes, people of 18 to 64.
    pub weeks_residential_18_64: f64,
    /// Weeks in residential homes, people of 65 and over.
    pub weeks_residential_65_plus: f64,
    /// People supported, one entry for each of [`GROUPS`].
    #[serde(skip_deserializing)]
    pub clients: [Clients; 4],
    /// What was changed and why: client counts first, then the rest in the order of the columns.
    #[serde(skip_deserializing)]
    pub notes: Vec<Note>,
}

impl Council {
    /// People of 18 to 64 counted by `of`, such as [`Clients::latest_home_care`].
    pub fn clients_18_64(&self, of: fn(&Clients) -> f64) -> f64 {
        self.clients[..3].iter().map(of).sum()
    }
}

/// All councils, in the order of their codes.
///
/// # Panics
/// Never for the tables built in, which a test reads in full.
pub fn councils() -> &'static [Council] {
    static ALL: OnceLock<Vec<Council>> = OnceLock::new();
    ALL.get_or_init(|| parse(SPENDING, CLIENTS).expect("the built-in council tables can be read"))
}

/// The council with this [`Council::id`].
pub fn council(id: &str) -> Option<&'static Council> {
    councils().iter().find(|c| c.id == id)
}

/// A row of clients: year, code, name, group, people with a direct payment, with home care.
type ClientRow = (String, u16, String, String, Option<f64>, Option<f64>);

fn blank_as_nan<'de, D: Deserializer<'de>>(cell: D) -> Result<f64, D::Error> {
    Ok(Option::deserialize(cell)?.unwrap_or(f64::NAN))
}

fn parse(spending: &str, clients: &str) -> Result<Vec<Council>, String> {
    let mut by_code = BTreeMap::new();
    for row in csv::Reader::from_reader(spending.as_bytes()).deserialize() {
        let mut council: Council = row.map_err(|e| e.to_string())?;
        council.name = council.name.trim_end_matches(" Council").to_string();
        council.id = council.name.to_ascii_lowercase().replace(' ', "-");
        by_code.insert(council.code, council);
    }
    for row in csv::Reader::from_reader(clients.as_bytes()).deserialize() {
        let row: ClientRow = row.map_err(|e| e.to_string())?;
        add_clients(&mut by_code, &row).ok_or_else(|| format!("no place for clients {row:?}"))?;
    }
    let mut all: Vec<Council> = by_code.into_values().collect();
    // Medians are of the figures as published, so that no replacement feeds another.
    let published = all.clone();
    for council in &mut all {
        fill_blank_clients(council);
        for line in LINES {
            line.clean(council, &published);
        }
    }
    Ok(all)
}

fn add_clients(councils: &mut BTreeMap<u16, Council>, row: &ClientRow) -> Option<()> {
    let (year, code, _, group, direct_payment, home_care) = row;
    let year = YEARS.iter().position(|y| y == year)?;
    let group = GROUPS.iter().position(|g| g == group)?;
    let clients = &mut councils.get_mut(code)?.clients[group];
    // A blank is held as NaN until it is filled; `None` is left to mean that there is no row.
    clients.direct_payment[year] = Some(direct_payment.unwrap_or(f64::NAN));
    clients.home_care[year] = Some(home_care.unwrap_or(f64::NAN));
    Some(())
}

/// A column to check, and what to put in place of a figure that cannot be right.
struct Line {
    field: &'static str,
    get: fn(&Council) -> f64,
    set: fn(&mut Council, f64),
    /// What the region's figures are compared with before they are carried over.
    base: fn(&Council) -> f64,
    per: &'static str,
    /// Whether this council must have a figure above zero.
    needed: fn(&Council) -> bool,
}

impl Line {
    /// Replaces a figure below zero, or one not above zero where the council must have one, by the
    /// region's median ratio to the base times this council's base. Notes it, and any zero kept.
    fn clean(&self, council: &mut Council, published: &[Council]) {
        let value = (self.get)(council);
        let needed = (self.needed)(council);
        if value > 0.0 {
            return;
        }
        let (used, why) = if !needed && (value == 0.0 || value.is_nan()) {
            (0.0, "none or not given: taken as none".to_string())
        } else {
            // Where a council may do without the service, its neighbours' zeros count too.
            let ratios = published
                .iter()
                .filter(|c| c.region == council.region && (self.base)(c) > 0.0)
                .map(|c| (self.get)(c) / (self.base)(c))
                .filter(|r| *r > 0.0 || (*r == 0.0 && !needed))
                .collect();
            let fault = match value {
                0.0 => "zero, though there must be some",
                v if v < 0.0 => "below zero",
                _ => "blank",
            };
            let why = format!("{fault}: the median {} in {}", self.per, council.region);
            (median(ratios) * (self.base)(council), why)
        };
        (self.set)(council, used);
        let raw = (!value.is_nan()).then_some(value);
        council.notes.push(Note { field: self.field.to_string(), raw, used, why });
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let n = values.len();
    if n == 0 { 0.0 } else { (values[(n - 1) / 2] + values[n / 2]) / 2.0 }
}

macro_rules! line {
    ($field:ident, $needed:expr) => {
        line!($field, |c| c.spend_all_gross_gbp_k, "share of all gross spending", $needed)
    };
    // A bed that is paid for has a price, so the weeks say more than the council's size.
    ($field:ident per $weeks:ident) => {
        line!($field, |c| c.$weeks, "price of a week", |c| c.$weeks > 0.0)
    };
    ($field:ident, $base:expr, $per:literal, $needed:expr) => {
        Line {
            field: stringify!($field),
            get: |c| c.$field,
            set: |c, value| c.$field = value,
            base: $base,
            per: $per,
            needed: $needed,
        }
    };
}

/// The columns in which something may be wrong. Totals, income, weeks and the price of a week are
/// sound everywhere. A council must pay something for an hour of bought care, for assessing people
/// and for commissioning, and for direct payments and home care where it has such clients.
#[rustfmt::skip]
const LINES: [Line; 19] = [
    line!(home_care_hourly_rate_external_gbp, |_| 1.0, "price of an hour", |_| true),
    line!(home_care_hourly_rate_in_house_gbp, |_| 1.0, "price of an hour", |_| false),
    line!(spend_assessment_care_management_gbp_k, |_| true),
    line!(spend_commissioning_service_delivery_gbp_k, |_| true),
    line!(spend_direct_payments_18_64_gbp_k, |c| c.clients_18_64(Clients::latest_direct_payment) > 0.0),
    line!(spend_direct_payments_65_plus_gbp_k, |c| c.clients[3].latest_direct_payment() > 0.0),
    line!(spend_home_care_18_64_gbp_k, |c| c.clients_18_64(Clients::latest_home_care) > 0.0),
    line!(spend_home_care_65_plus_gbp_k, |c| c.clients[3].latest_home_care() > 0.0),
    line!(spend_information_early_intervention_gbp_k, |_| false),
    line!(spend_nursing_18_64_gbp_k per weeks_nursing_18_64),
    line!(spend_nursing_65_plus_gbp_k per weeks_nursing_65_plus),
    line!(spend_other_community_18_64_gbp_k, |_| false),
    line!(spend_other_community_65_plus_gbp_k, |_| false),
    line!(spend_residential_18_64_gbp_k per weeks_residential_18_64),
    line!(spend_residential_65_plus_gbp_k per weeks_residential_65_plus),
    line!(spend_supported_accommodation_18_64_gbp_k, |_| false),
    line!(spend_supported_accommodation_65_plus_gbp_k, |_| false),
    line!(spend_supported_living_18_64_gbp_k, |_| false),
    line!(spend_supported_living_65_plus_gbp_k, |_| false),
];

fn fill_blank_clients(council: &mut Council) {
    for (group, clients) in GROUPS.iter().zip(&mut council.clients) {
        for (column, counts) in [
            ("direct_payment_clients_31_march", &mut clients.direct_payment),
            ("home_care_clients_31_march", &mut clients.home_care),
        ] {
            let given = *counts;
            for (year, count) in counts.iter_mut().enumerate() {
                if !count.is_some_and(f64::is_nan) {
                    continue;
                }
                // `min_by_key` keeps the first of equals: of two years as near, the earlier.
                let (from, used) = (0..YEARS.len())
                    .filter_map(|y| given[y].filter(|n| !n.is_nan()).map(|n| (y, n)))
                    .min_by_key(|(y, _)| y.abs_diff(year))
                    .unwrap_or((year, 0.0));
                *count = Some(used);
                let field = format!("{column} {group} {}", YEARS[year]);
                let why = format!("blank: the same group in {}", YEARS[from]);
                council.notes.push(Note { field, raw: None, used, why });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn total(of: fn(&Council) -> f64) -> f64 {
        councils().iter().map(of).sum()
    }

    #[test]
    fn all_councils_are_there_with_their_clients() {
        assert_eq!(councils().len(), 152);
        assert_eq!(councils().iter().map(|c| &c.id).collect::<BTreeSet<_>>().len(), 152);
        assert!(councils().is_sorted_by_key(|c| c.code));
        for c in councils() {
            assert!(c.id.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{}", c.id);
            for (group, clients) in GROUPS.iter().zip(&c.clients) {
                let counts = clients.direct_payment.iter().chain(&clients.home_care);
                for (year, n) in counts.enumerate() {
                    // Only people of 65 and over in 2009-10 have no row.
                    assert_eq!(n.is_none(), *group == "65_plus" && year % 5 == 0, "{}", c.id);
                    assert!(n.is_none_or(|n| n >= 0.0), "{} {group}", c.id);
                }
            }
        }
        assert!(["city-of-london", "isle-of-wight"].iter().all(|id| council(id).is_some()));
        assert!(council("nowhere").is_none());
    }

    #[test]
    fn totals_are_the_published_ones() {
        assert_eq!((total(|c| c.spend_all_gross_gbp_k) / 1e5).round(), 170.0);
        assert_eq!((total(|c| c.spend_all_net_gbp_k) / 1e5).round(), 144.0);
        assert_eq!(total(|c| c.clients[3].latest_home_care()), 207_300.0);
    }

    #[test]
    fn dorset_is_as_in_the_tables() {
        let c = council("dorset").unwrap();
        assert_eq!((c.code, c.name.as_str(), c.region.as_str()), (809, "Dorset", "South West"));
        assert_eq!(c.home_care_hourly_rate_external_gbp, 15.94);
        assert_eq!(c.spend_all_gross_gbp_k, 143_059.0);
        assert_eq!(c.spend_home_care_65_plus_gbp_k, 6_432.0);
        assert_eq!(c.weeks_residential_65_plus, 61_057.0);
        assert!(c.notes.is_empty());
    }

    #[test]
    fn figures_are_positive_where_they_must_be_and_finite_everywhere() {
        for c in councils() {
            for line in LINES {
                let value = (line.get)(c);
                let low = if (line.needed)(c) { f64::MIN_POSITIVE } else { 0.0 };
                assert!(value.is_finite() && value >= low, "{} {} {value}", c.id, line.field);
            }
            assert!(c.spend_all_gross_gbp_k > c.spend_all_net_gbp_k && c.spend_all_net_gbp_k > 0.0);
            assert!(c.residential_nursing_week_cost_gbp > 0.0 && c.weeks_residential_65_plus > 0.0);
        }
    }

    #[test]
    fn every_change_is_noted() {
        let count = |start: &str| {
            councils().iter().flat_map(|c| &c.notes).filter(|n| n.why.starts_with(start)).count()
        };
        assert_eq!(count("below zero"), 16);
        let oxfordshire = &council("oxfordshire").unwrap().notes[0];
        assert_eq!(oxfordshire.field, "home_care_hourly_rate_external_gbp");
        assert_eq!((oxfordshire.raw, oxfordshire.used), (Some(0.0), 14.985));
        assert_eq!(count("blank: the same group"), 36);
        assert_eq!(count("zero, though"), 6);
        assert_eq!(count("none or not given"), 242);
    }
}
