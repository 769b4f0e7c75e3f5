//! The 32 Scottish councils: who was recorded as having chosen how their support is held.
//!
//! The table gives people by option in the first two years of the Act and their number for
//! every 1,000 of the population, from which the population follows. It gives nothing else,
//! so what a place needs besides comes from figures for all of Scotland and from England's
//! councils (`src/place/scotland.rs`).

use std::sync::OnceLock;

const TABLE: &str = include_str!("../../data/scotland_self_directed_support_2014_2016.csv");

/// The years of the table.
pub const YEARS: [&str; 2] = ["2014/15", "2015/16"];

/// The options of the Act, as the table names them: a direct payment; the person directs the
/// support and another holds the money; the council arranges; a mix.
pub const OPTIONS: [&str; 4] = ["Option 1", "Option 2", "Option 3", "Option 4"];

/// The rows for the whole country begin with this and are no council's.
const NATIONAL: &str = "Scotland";

/// Codes of Scottish councils count up from here: the statistics have none that a place's
/// key of luck could hold.
const FIRST_CODE: u16 = 2001;

/// One Scottish council.
#[derive(Clone, Debug, PartialEq)]
pub struct ScottishCouncil {
    /// A number of its own, in the order of the table.
    pub code: u16,
    /// Name for commands and files.
    pub id: String,
    /// Name for people to read.
    pub name: String,
    /// People of all ages, from the row with the highest rate, whose rounding matters least.
    pub population: f64,
    /// People by year and option, to the nearest five. `None` where the table says 0: many
    /// councils could not yet record an option, and one or two people are rounded to 0.
    pub chose: [[Option<f64>; 4]; 2],
}

/// All 32, in the order of the table.
///
/// # Panics
/// Never for the table built in, which a test reads in full.
pub fn councils() -> &'static [ScottishCouncil] {
    static ALL: OnceLock<Vec<ScottishCouncil>> = OnceLock::new();
    ALL.get_or_init(|| parse(TABLE).expect("the built-in Scottish table can be read"))
}

/// The council with this [`ScottishCouncil::id`].
pub fn council(id: &str) -> Option<&'static ScottishCouncil> {
    councils().iter().find(|council| council.id == id)
}

/// A row: year, council, option, people, people for every 1,000 of the population.
type Row = (String, String, String, f64, f64);

fn parse(table: &str) -> Result<Vec<ScottishCouncil>, String> {
    let mut all: Vec<ScottishCouncil> = Vec::new();
    // The highest rate of each council so far.
    let mut best: Vec<f64> = Vec::new();
    for row in csv::Reader::from_reader(table.as_bytes()).deserialize() {
        let row: Row = row.map_err(|e| e.to_string())?;
        let (year, name, option, people, rate) = &row;
        if name.starts_with(NATIONAL) {
            continue;
        }
        let index = all.iter().position(|council| council.name == *name).unwrap_or_else(|| {
            all.push(ScottishCouncil {
                code: FIRST_CODE + all.len() as u16,
                id: name.to_ascii_lowercase().replace(' ', "-"),
                name: name.clone(),
                population: 0.0,
                chose: [[None; 4]; 2],
            });
            best.push(0.0);
            all.len() - 1
        });
        let year = YEARS.iter().position(|y| y == year).ok_or_else(|| format!("{row:?}"))?;
        let option = OPTIONS.iter().position(|o| o == option).ok_or_else(|| format!("{row:?}"))?;
        all[index].chose[year][option] = (*people > 0.0).then_some(*people);
        if *rate > best[index] {
            best[index] = *rate;
            all[index].population = people * 1000.0 / rate;
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn all_councils_are_there_with_their_sizes() {
        assert_eq!(councils().len(), 32);
        assert_eq!(councils().iter().map(|c| &c.id).collect::<BTreeSet<_>>().len(), 32);
        assert!(councils().iter().all(|c| super::super::council(&c.id).is_none()));
        // Scotland had 5.35 million people in mid-2014; rates are rounded to a tenth.
        let people: f64 = councils().iter().map(|c| c.population).sum();
        assert!((5.2e6..5.5e6).contains(&people), "{people}");
        let of = |id| council(id).expect(id).population;
        assert_eq!(of("dundee-city"), 5670.0 * 1000.0 / 38.3);
        assert!(of("glasgow-city") > 5.9e5 && of("orkney-islands") < 2.3e4);
    }

    #[test]
    fn options_are_as_in_the_table_and_a_nought_is_not_a_count() {
        let glasgow = council("glasgow-city").expect("there");
        assert_eq!(glasgow.chose[0], [390.0, 1955.0, 140.0, 225.0].map(Some));
        let aberdeen = council("aberdeen-city").expect("there");
        assert_eq!(aberdeen.chose[1], [Some(350.0), Some(5.0), None, None]);
        assert!(councils().iter().all(|c| c.chose.iter().all(|year| year[0].is_some())));
    }
}
