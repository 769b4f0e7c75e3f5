//! The Scottish councils as places.
//!
//! The table says how many people a council has and how many chose which option. How many
//! have support at home comes from figures for the whole country, shared out by population;
//! what no Scottish figure gives is England's average. Every place's notes say which is which.

use std::sync::OnceLock;

use crate::councils::scotland::{self, OPTIONS, ScottishCouncil, YEARS};
use crate::councils::{Clients, Council};
use crate::evidence;
use crate::levers::{Levers, Mechanism, Offered};
use crate::parameters::Parameters;

use super::{NEIGHBOURHOODS, Place, WEEKS, rows};

/// What the whole country's figures are read from, by the ids of evidence.
pub const SOURCES: [&str; 9] =
    [PEOPLE, HOURS, PHYSICAL, LEARNING, MENTAL_HEALTH, OLDER, HOUR, OWN_SERVICE, OTHER_SERVICES];

/// People with home care in a week of 2013-14.
const PEOPLE: &str = "E0677";
/// Their hours.
const HOURS: &str = "E0678";
/// People of 18 to 64 with a direct payment in 2012: dementia, physical disability, frailty
/// and other reasons.
const PHYSICAL: &str = "E0049-E0051, E0055-E0057, E0079-E0081, E0085-E0087";
/// With a learning disability, alone or with a physical one.
const LEARNING: &str = "E0061-E0063, E0067-E0069";
/// With a mental health problem.
const MENTAL_HEALTH: &str = "E0073-E0075";
/// People of 65 and over, for any reason.
const OLDER: &str = "E0094";
/// England's price of an hour in a survey whose note has Scotland's beside it.
const HOUR: &str = "E0020";
/// Scotland's in the note of the same row, £.
const SCOTTISH_HOUR: f64 = 13.68;
/// Clients of the council's own home care in 2017-18, of every hundred.
const OWN_SERVICE: &str = "E0724";
/// Clients of anybody else's; some have both.
const OTHER_SERVICES: &str = "E0725-E0728";

/// The sum of the figures that a list of ids cites.
fn figure(ids: &str) -> f64 {
    let values = evidence::cited(ids).into_iter().filter_map(|id| evidence::find(&id));
    values.filter_map(|row| row.value.parse::<f64>().ok()).sum()
}

/// England's councils taken together.
struct England {
    /// Of people with home care on 31 March 2014, the share in each group.
    groups: [f64; 4],
    /// Care-home residents for each person at home with support: 18 to 64, 65 and over.
    residents: [f64; 2],
    /// Price of a care-home week, £.
    week: [f64; 2],
    /// Price of an hour bought outside, £, each council counting as its people do.
    hour: f64,
    /// Price of the councils' own hour over one bought, the median of those that have one.
    own: f64,
    /// Spending on assessment for each funded person, £ a year.
    assessment: f64,
}

fn england() -> &'static England {
    static ALL: OnceLock<England> = OnceLock::new();
    ALL.get_or_init(|| {
        let all = crate::councils::councils();
        let sum = |of: &dyn Fn(&Council) -> f64| all.iter().map(of).sum::<f64>();
        let care = [0, 1, 2, 3].map(|g| sum(&|c| c.clients[g].latest_home_care()));
        let cared: f64 = care.iter().sum();
        let at_home = |c: &Clients| c.latest_direct_payment() + c.latest_home_care();
        let people = [sum(&|c| c.clients_18_64(at_home)), sum(&|c| at_home(&c.clients[3]))];
        let weeks = [
            sum(&|c| c.weeks_residential_18_64 + c.weeks_nursing_18_64),
            sum(&|c| c.weeks_residential_65_plus + c.weeks_nursing_65_plus),
        ];
        let spent = [
            sum(&|c| c.spend_residential_18_64_gbp_k + c.spend_nursing_18_64_gbp_k),
            sum(&|c| c.spend_residential_65_plus_gbp_k + c.spend_nursing_65_plus_gbp_k),
        ];
        let of_home_care =
            |c: &Council| c.clients.iter().map(Clients::latest_home_care).sum::<f64>();
        let mut own: Vec<f64> = all
            .iter()
            .filter(|c| c.home_care_hourly_rate_in_house_gbp > 0.0)
            .map(|c| c.home_care_hourly_rate_in_house_gbp / c.home_care_hourly_rate_external_gbp)
            .collect();
        own.sort_by(f64::total_cmp);
        let funded: f64 = people.iter().sum::<f64>() + weeks.iter().sum::<f64>() / WEEKS;
        England {
            groups: care.map(|n| n / cared),
            residents: [0, 1].map(|age| weeks[age] / WEEKS / people[age]),
            week: [0, 1].map(|age| spent[age] * 1000.0 / weeks[age]),
            hour: sum(&|c| c.home_care_hourly_rate_external_gbp * of_home_care(c)) / cared,
            own: own[own.len() / 2],
            assessment: sum(&|c| c.spend_assessment_care_management_gbp_k) * 1000.0 / funded,
        }
    })
}

/// The place made from a Scottish council's rows.
pub fn of(council: &ScottishCouncil, parameters: &Parameters) -> Place {
    let england = england();
    let all = scotland::councils();
    let population: f64 = all.iter().map(|c| c.population).sum();
    let share = council.population / population;
    let first = |c: &ScottishCouncil| c.chose[0][0].unwrap_or(0.0);
    let option_1: f64 = all.iter().map(first).sum();
    let paid = [PHYSICAL, LEARNING, MENTAL_HEALTH, OLDER].map(figure);
    let mut clients = [0.0; 4];
    let mut direct_payment_share = [0.0; 4];
    for group in 0..clients.len() {
        let direct = paid[group] * first(council) / option_1;
        clients[group] = figure(PEOPLE) * share * england.groups[group] + direct;
        direct_payment_share[group] = direct / clients[group];
    }
    let usual = [
        parameters.hours_physical,
        parameters.hours_learning,
        parameters.hours_mental_health,
        parameters.hours_older,
    ];
    let usual: f64 = usual.iter().zip(&england.groups).map(|(hours, share)| hours * share).sum();
    let factor = figure(HOURS) / figure(PEOPLE) / usual;
    let by_age = [clients[0] + clients[1] + clients[2], clients[3]];
    let at_home: f64 = by_age.iter().sum();
    let contracted_hour = england.hour * SCOTTISH_HOUR / figure(HOUR);
    let own_share = figure(OWN_SERVICE) / (figure(OWN_SERVICE) + figure(OTHER_SERVICES));
    let offered = Offered::of(&[Mechanism::Managed, Mechanism::DirectPayment]);
    Place {
        id: council.id.clone(),
        name: council.name.clone(),
        region: "Scotland".to_owned(),
        code: council.code,
        neighbourhoods: (at_home / parameters.people_a_neighbourhood + 0.5)
            .clamp(1.0, NEIGHBOURHOODS) as u16,
        clients,
        direct_payment_share,
        hours_factor: [factor; 2],
        residents: [0, 1].map(|age| england.residents[age] * by_age[age]),
        care_home_week: england.week,
        contracted_hour,
        in_house_hour: contracted_hour * england.own,
        in_house_share: Some(own_share),
        assessment_cost: england.assessment,
        status_quo: Levers { offered, ..Levers::default() },
        // What is on offer is law, not the council's to copy.
        keeps: vec!["offered".to_owned()],
        own: rows::Own::default(),
        notes: notes(council, share),
    }
}

fn notes(council: &ScottishCouncil, share: f64) -> Vec<String> {
    let mut notes = vec![
        format!(
            "size: {:.0} people, from its counts and rates of self-directed support, {:.1}% of Scotland",
            council.population,
            share * 100.0
        ),
        format!(
            "clients: that share of Scotland's home care of 2013-14 ({PEOPLE}), in groups as in England, which no Scottish figure gives; and direct payments"
        ),
        format!(
            "direct payment: Scotland's of 2012 by group ({PHYSICAL}; {LEARNING}; {MENTAL_HEALTH}; {OLDER}), among councils as option 1 was in 2014/15: no test of how councils then differed"
        ),
        format!("hours: Scotland's of 2013-14 ({HOURS}) at every age"),
        format!("hour: England's average, times Scotland's over England's in a survey ({HOUR})"),
        format!(
            "own service: its share of hours is that of clients in Scotland ({OWN_SERVICE} of {OWN_SERVICE} and {OTHER_SERVICES}); its hour costs over a bought one what is usual in England"
        ),
        "residents, care home, assessment: England's average".to_owned(),
        "status quo: a direct payment can be had instead of what the council arranges; individual service funds and mixes are not offered".to_owned(),
    ];
    for (year, chose) in YEARS.iter().zip(&council.chose) {
        let one = |(option, people): (&&str, &Option<f64>)| match people {
            Some(people) => format!("{option} {people}"),
            None => format!("{option} none or not recorded"),
        };
        let all: Vec<String> = OPTIONS.iter().zip(chose).map(one).collect();
        notes.push(format!("recorded in {year}: {}", all.join(", ")));
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_places_add_up_to_the_country() {
        let parameters = Parameters::default();
        let places: Vec<Place> = scotland::councils().iter().map(|c| of(c, &parameters)).collect();
        let people: f64 = places.iter().flat_map(|p| p.clients).sum();
        // 61,735 with home care, and of 5,049 with a direct payment all but 697 children.
        assert!((people - (61_735.0 + 5_049.0 - 697.0)).abs() < 1e-6, "{people}");
        let older: f64 = places.iter().map(|p| p.clients[3] * p.direct_payment_share[3]).sum();
        assert!((older - 1663.0).abs() < 1e-9, "{older}");
        for place in &places {
            assert!(
                place.direct_payment_share.iter().all(|s| (0.0..0.9).contains(s)),
                "{}",
                place.id
            );
            assert!(place.clients.iter().chain(&place.residents).all(|n| *n > 0.0), "{}", place.id);
            assert!(!place.status_quo.offered.has(Mechanism::Isf), "{}", place.id);
        }
        let hours: f64 = places
            .iter()
            .map(|p| p.hours_factor[0] * usual(&parameters) * 61_735.0)
            .fold(0.0, f64::max);
        assert!((hours - 678_890.0).abs() < 1e-3, "{hours}");
    }

    fn usual(p: &Parameters) -> f64 {
        let hours = [p.hours_physical, p.hours_learning, p.hours_mental_health, p.hours_older];
        hours.iter().zip(&england().groups).map(|(hours, share)| hours * share).sum()
    }

    #[test]
    fn every_figure_cited_is_there() {
        for ids in SOURCES.iter().flat_map(|ids| evidence::cited(ids)) {
            let row = evidence::find(&ids).expect(&ids);
            assert!(row.value.parse::<f64>().is_ok(), "{ids}: {}", row.value);
        }
        let note = &evidence::find(HOUR).expect(HOUR).quantity;
        assert!(note.contains(&format!("Scotland {SCOTTISH_HOUR}")), "{note}");
    }
}
