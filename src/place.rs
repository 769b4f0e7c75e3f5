//! A place: who lives there, what care costs there, and its own status quo.
//!
//! The 152 English councils and the 32 of Scotland are made from the embedded tables. What no table
//! gives (neighbourhoods, the market's size distribution, social capital,
//! self-funders) is made from declared parameters when a world is built.

pub mod rows;
pub mod scotland;
pub mod sets;
pub mod years;

use crate::councils::{Clients, Council};
use crate::levers::Levers;
use crate::parameters::Parameters;
use serde::Serialize;

/// Client groups of the council tables.
pub const CLIENT_GROUPS: [&str; 4] = ["physical", "learning", "mental_health", "older"];

/// Parameters that places are made by, before anything is simulated. A place is the same in
/// every draw, so they are not drawn.
pub const MAKES_PLACES: [&str; 2] = ["people_a_neighbourhood", "own_spending_weight"];

/// A local authority area, as a run uses it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Place {
    /// Name in files, such as `dorset`.
    pub id: String,
    /// Name for people to read.
    pub name: String,
    /// Region of England, or Scotland.
    pub region: String,
    /// The council's code in the national tables; for made-up places any number below 4,096.
    pub code: u16,
    /// Number of neighbourhoods.
    pub neighbourhoods: u16,
    /// People at home with council-funded support, by client group.
    pub clients: [f64; 4],
    /// Of them, the share with a direct payment at the start of the burn-in.
    pub direct_payment_share: [f64; 4],
    /// Mean hours of support a week, as a multiple of the national mean of the group.
    pub hours_factor: [f64; 2],
    /// Care-home residents whom the council funds: aged 18–64, 65 and over.
    pub residents: [f64; 2],
    /// Price of a care-home week in pounds: aged 18–64, 65 and over.
    pub care_home_week: [f64; 2],
    /// Price of an hour bought outside, £.
    pub contracted_hour: f64,
    /// Cost of an hour of the council's own service, £; 0 where it has none.
    pub in_house_hour: f64,
    /// Share of hours at the start that the council's own service gives; where nothing is
    /// said, that of the parameter.
    pub in_house_share: Option<f64>,
    /// Spending on assessment and care management for each funded person, £ a year.
    pub assessment_cost: f64,
    /// The place's own lever settings.
    #[serde(skip)]
    pub status_quo: Levers,
    /// Names of the levers that its own commissioner keeps as they are where
    /// commissioners learn from one another: those its file sets.
    #[serde(skip)]
    pub keeps: Vec<String>,
    /// People, providers and neighbourhoods of its own, where it has them row by row.
    #[serde(skip)]
    pub own: rows::Own,
    /// What the tables lack and how it was filled.
    pub notes: Vec<String>,
}

/// Weeks of care that fill one place for a year, as the tables count them.
const WEEKS: f64 = 52.0;
/// The largest number of neighbourhoods of one place.
const NEIGHBOURHOODS: f64 = 60.0;

impl Place {
    /// The place made from a council's rows.
    pub fn of(council: &Council, parameters: &Parameters) -> Place {
        let mut clients = [0.0; 4];
        let mut direct_payment_share = [0.0; 4];
        for (group, rows) in council.clients.iter().enumerate() {
            (clients[group], direct_payment_share[group]) =
                rated(rows.latest_direct_payment(), rows.latest_home_care());
        }
        let working_age = clients[0] + clients[1] + clients[2];
        let spend = [
            council.spend_direct_payments_18_64_gbp_k
                + council.spend_home_care_18_64_gbp_k
                + council.spend_supported_living_18_64_gbp_k,
            council.spend_direct_payments_65_plus_gbp_k
                + council.spend_home_care_65_plus_gbp_k
                + council.spend_supported_living_65_plus_gbp_k,
        ];
        let hours_factor = [
            factor(spend[0], working_age, council, 0, parameters),
            factor(spend[1], clients[3], council, 1, parameters),
        ];
        let residents = [
            (council.weeks_residential_18_64 + council.weeks_nursing_18_64) / WEEKS,
            (council.weeks_residential_65_plus + council.weeks_nursing_65_plus) / WEEKS,
        ];
        let week = |spend: f64, people: f64| {
            if people > 0.0 {
                spend * 1000.0 / (people * WEEKS)
            } else {
                council.residential_nursing_week_cost_gbp
            }
        };
        let care_home_week = [
            week(
                council.spend_residential_18_64_gbp_k + council.spend_nursing_18_64_gbp_k,
                residents[0],
            ),
            week(
                council.spend_residential_65_plus_gbp_k + council.spend_nursing_65_plus_gbp_k,
                residents[1],
            ),
        ];
        let at_home = working_age + clients[3];
        let funded = at_home + residents[0] + residents[1];
        Place {
            id: council.id.clone(),
            name: council.name.clone(),
            region: council.region.clone(),
            code: council.code,
            neighbourhoods: (at_home / parameters.people_a_neighbourhood + 0.5)
                .clamp(1.0, NEIGHBOURHOODS) as u16,
            clients,
            direct_payment_share,
            hours_factor,
            residents,
            care_home_week,
            contracted_hour: council.home_care_hourly_rate_external_gbp,
            in_house_hour: council.home_care_hourly_rate_in_house_gbp,
            in_house_share: None,
            assessment_cost: council.spend_assessment_care_management_gbp_k * 1000.0
                / funded.max(1.0),
            status_quo: Levers::default(),
            keeps: Vec::new(),
            own: rows::Own::default(),
            notes: council.notes.iter().map(|n| format!("{}: {}", n.field, n.why)).collect(),
        }
    }

    /// A small made-up town, for tests and for trying things out.
    pub fn town() -> Place {
        Place {
            id: "town".to_owned(),
            name: "A made-up town".to_owned(),
            region: "nowhere".to_owned(),
            code: 4000,
            neighbourhoods: 4,
            clients: [60.0, 55.0, 20.0, 240.0],
            direct_payment_share: [0.5, 0.5, 0.45, 0.17],
            hours_factor: [1.0, 1.0],
            residents: [45.0, 160.0],
            care_home_week: [1000.0, 540.0],
            contracted_hour: 15.3,
            in_house_hour: 39.1,
            in_house_share: None,
            assessment_cost: 1500.0,
            status_quo: Levers::default(),
            keeps: Vec::new(),
            own: rows::Own::default(),
            notes: vec!["Made up; no council is like it.".to_owned()],
        }
    }
}

/// People with a direct payment or home care, and the share with a direct payment.
fn rated(direct_payment: f64, home_care: f64) -> (f64, f64) {
    let people = direct_payment + home_care;
    (people, if people > 0.0 { direct_payment / people } else { 0.0 })
}

/// A council's spending per client against England's, drawn half way to 1, since
/// councils book supported living and home care under different headings.
fn factor(spend: f64, clients: f64, council: &Council, age: usize, p: &Parameters) -> f64 {
    let (national, own_price) = (england()[age], council.home_care_hourly_rate_external_gbp);
    if clients < 1.0 || spend <= 0.0 || own_price <= 0.0 {
        return 1.0;
    }
    let ratio = spend * 1000.0 / clients / own_price / national;
    1.0 + p.own_spending_weight * (ratio.clamp(0.3, 2.5) - 1.0)
}

/// England's hours' worth of spending a client and year: aged 18–64, 65 and over.
fn england() -> [f64; 2] {
    static MEANS: std::sync::OnceLock<[f64; 2]> = std::sync::OnceLock::new();
    *MEANS.get_or_init(|| {
        let (mut hours, mut people) = ([0.0; 2], [0.0; 2]);
        for c in crate::councils::councils() {
            let price = c.home_care_hourly_rate_external_gbp;
            let latest = |i: usize| {
                let rows: &Clients = &c.clients[i];
                rows.latest_direct_payment() + rows.latest_home_care()
            };
            people[0] += latest(0) + latest(1) + latest(2);
            people[1] += latest(3);
            hours[0] += (c.spend_direct_payments_18_64_gbp_k
                + c.spend_home_care_18_64_gbp_k
                + c.spend_supported_living_18_64_gbp_k)
                * 1000.0
                / price;
            hours[1] += (c.spend_direct_payments_65_plus_gbp_k
                + c.spend_home_care_65_plus_gbp_k
                + c.spend_supported_living_65_plus_gbp_k)
                * 1000.0
                / price;
        }
        [hours[0] / people[0], hours[1] / people[1]]
    })
}

/// Name of the made-up town.
pub const TOWN: &str = "town";

/// Names of every place: the councils, England's and then Scotland's, and the made-up town.
/// An English council has further names for earlier years, such as `dorset-2009-10`.
pub fn ids() -> Vec<&'static str> {
    let english = crate::councils::councils().iter().map(|c| c.id.as_str());
    let scottish = crate::councils::scotland::councils().iter().map(|c| c.id.as_str());
    english.chain(scottish).chain([TOWN]).collect()
}

/// The place called `id`.
pub fn place(id: &str, parameters: &Parameters) -> Option<Place> {
    if id == TOWN {
        return Some(Place::town());
    }
    if let Some(council) = crate::councils::council(id) {
        return Some(Place::of(council, parameters));
    }
    if let Some(council) = crate::councils::scotland::council(id) {
        return Some(scotland::of(council, parameters));
    }
    let (name, year) = years::split(id)?;
    Some(years::of(crate::councils::council(name)?, year, parameters))
}
