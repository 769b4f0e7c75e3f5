//! Part of the cells of a run, for a machine of its own.
//!
//! A cell is a function of the experiment and its number, so cells may be shared out in
//! any way. They are shared out by unit: places whose commissioners learn from one another
//! are one system, and their cells are made together.

use crate::cell::{self, CellId};
use crate::experiment::Experiment;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// Most shards there may be: more than any scheduler has in one array.
pub const MOST: u32 = 1_000_000;

/// One of so many shards of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shard {
    /// Which, from 1.
    pub index: u32,
    /// How many there are.
    pub of: u32,
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.index, self.of)
    }
}

impl Shard {
    /// One of so many.
    ///
    /// # Errors
    ///
    /// Says what is wrong where there is no such shard, and what to do about it.
    pub fn new(index: u64, of: u64) -> Result<Self, String> {
        let small = |number: u64| u32::try_from(number).ok().filter(|number| *number <= MOST);
        match (small(index), small(of)) {
            (_, Some(0)) => {
                Err("there cannot be 0 shards\nhelp: write it as I/N, such as 1/8".to_owned())
            }
            (_, None) => Err(format!(
                "{of} shards are more than {MOST}\nhelp: a shard may hold several cells: aim at 5 to 30 minutes each"
            )),
            (Some(0), Some(of)) => Err(format!(
                "shards are counted from 1, and 0 is asked for\nhelp: the first of them is 1/{of}, the last {of}/{of}"
            )),
            (Some(index), Some(of)) if index <= of => Ok(Self { index, of }),
            (_, Some(of)) => Err(format!(
                "there is no shard {index} of {of}\nhelp: the first of them is 1/{of}, the last {of}/{of}"
            )),
        }
    }

    /// The name of its folder among its kind: `3-of-8`.
    pub fn name(self) -> String {
        format!("{}-of-{}", self.index, self.of)
    }

    /// The shard that a folder's name says it is.
    pub fn named(name: &str) -> Option<Self> {
        let (index, of) = name.split_once("-of-")?;
        Self::new(index.parse().ok()?, of.parse().ok()?).ok()
    }

    /// Whether a unit of cells is its own.
    pub fn has(self, experiment: &Experiment, unit: &[CellId]) -> bool {
        let number = unit.first().map(|first| number(experiment, *first));
        number.is_some_and(|number| number % u64::from(self.of) == u64::from(self.index - 1))
    }

    /// Its units, in the order that tables are made in.
    pub fn units(self, experiment: &Experiment) -> Vec<Vec<CellId>> {
        let mut units = cell::units(experiment);
        units.retain(|unit| self.has(experiment, unit));
        units
    }

    /// Its cells, in the order that tables are made in.
    pub fn cells(self, experiment: &Experiment) -> Vec<CellId> {
        self.units(experiment).into_iter().flatten().collect()
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts =
            text.split_once('/').map(|(index, of)| (index.trim().parse(), of.trim().parse()));
        match parts {
            Some((Ok(index), Ok(of))) => Self::new(index, of),
            _ => Err(format!(
                "`{text}` names no shard\nhelp: write it as I/N, I from 1, such as 3/8; or as auto or auto/N, for a scheduler's task"
            )),
        }
    }
}

/// The number of a cell's unit: by system, beliefs, draw and replicate. A system is a
/// place, or, where commissioners learn from one another, all places.
pub fn number(experiment: &Experiment, id: CellId) -> u64 {
    let system = if experiment.learning { 0 } else { u64::from(id.system) };
    let [beliefs, draws] = [experiment.beliefs(), experiment.draws()].map(u64::from);
    let of_draw = (system * beliefs + u64::from(id.beliefs)) * draws + u64::from(id.draw);
    of_draw * u64::from(experiment.replicates) + u64::from(id.replicate)
}

/// The cells of each of so many shards that has any, by its index, in the order that tables
/// are made in.
pub fn shared_out(experiment: &Experiment, of: u32) -> BTreeMap<u32, Vec<CellId>> {
    let mut shares: BTreeMap<u32, Vec<CellId>> = BTreeMap::new();
    for unit in cell::units(experiment) {
        let Some(first) = unit.first() else { continue };
        let index = number(experiment, *first) % u64::from(of.max(1)) + 1;
        // Less than `of`, which is small.
        shares.entry(index as u32).or_default().extend(unit);
    }
    shares
}

/// What is typed for a shard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// This one.
    This(Shard),
    /// That of the scheduler's task, of so many; none for as many as the task's array has.
    Auto(Option<u32>),
}

impl FromStr for Asked {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let of = match text.trim().strip_prefix("auto") {
            Some("") => return Ok(Self::Auto(None)),
            Some(of) => of.strip_prefix('/').map(|of| of.trim().parse::<u64>()),
            None => return text.parse().map(Self::This),
        };
        match of {
            // The last of so many is there where any is.
            Some(Ok(of)) => Shard::new(of.max(1), of).map(|last| Self::Auto(Some(last.of))),
            _ => Err(format!(
                "`{text}` names no shard\nhelp: write auto, or auto/N with the number of shards, such as auto/8"
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::designs::Design;
    use crate::made_up;
    use crate::uncertainty::{Beliefs, Uncertainty};

    fn of_many() -> Experiment {
        let mut experiment = made_up::experiment(&["one"], 2);
        let second = crate::place::Place { id: "second".to_owned(), ..crate::place::Place::town() };
        experiment.places.push(second);
        let beliefs = [Beliefs::Agnostic, Beliefs::Sceptic];
        let drawn = Uncertainty::designed(Design::Sobol, 3, &beliefs, |_| false, 7);
        experiment.uncertainty = Some(drawn);
        experiment
    }

    #[test]
    fn cells_are_numbered_by_system_beliefs_draw_and_replicate() {
        let experiment = of_many();
        let mut ids: Vec<CellId> = cell::units(&experiment).into_iter().flatten().collect();
        ids.sort();
        let numbers: Vec<u64> = ids.iter().map(|id| number(&experiment, *id)).collect();
        assert_eq!(numbers, (0..24).collect::<Vec<u64>>());
        let third = Shard { index: 3, of: 5 }.cells(&experiment);
        let third: Vec<u64> = third.iter().map(|id| number(&experiment, *id)).collect();
        assert!(third.iter().all(|number| number % 5 == 2) && third.len() == 5, "{third:?}");
        for of in [1, 5, 24, 100] {
            let shares = shared_out(&experiment, of);
            for index in 1..=of {
                let share = shares.get(&index).cloned().unwrap_or_default();
                assert_eq!(share, Shard { index, of }.cells(&experiment), "{index} of {of}");
            }
        }
    }

    #[test]
    fn places_that_learn_from_one_another_are_one_system() {
        let experiment = Experiment { learning: true, ..of_many() };
        for of in 1..=13 {
            let shards = (1..=of).map(|index| Shard { index, of }.units(&experiment));
            let mut units: Vec<Vec<CellId>> = shards.flatten().collect();
            assert!(units.iter().all(|unit| unit.len() == 2), "never parted");
            units.sort();
            let mut all = cell::units(&experiment);
            all.sort();
            assert_eq!(units, all, "each once");
        }
    }

    #[test]
    fn what_names_no_shard_is_refused_with_what_to_write() {
        for good in ["1/1", "3/8", "8/8", " 3 / 8 "] {
            assert!(good.parse::<Asked>().is_ok(), "{good}");
        }
        assert_eq!("auto".parse(), Ok(Asked::Auto(None)));
        assert_eq!("auto/8".parse(), Ok(Asked::Auto(Some(8))));
        let refused = [
            (
                "0/4",
                "shards are counted from 1, and 0 is asked for\nhelp: the first of them is 1/4, the last 4/4",
            ),
            ("5/4", "there is no shard 5 of 4\nhelp: the first of them is 1/4, the last 4/4"),
            ("1/0", "there cannot be 0 shards\nhelp: write it as I/N, such as 1/8"),
            (
                "a/b",
                "`a/b` names no shard\nhelp: write it as I/N, I from 1, such as 3/8; or as auto or auto/N, for a scheduler's task",
            ),
            (
                "3",
                "`3` names no shard\nhelp: write it as I/N, I from 1, such as 3/8; or as auto or auto/N, for a scheduler's task",
            ),
            (
                "-1/4",
                "`-1/4` names no shard\nhelp: write it as I/N, I from 1, such as 3/8; or as auto or auto/N, for a scheduler's task",
            ),
            (
                "1/2/3",
                "`1/2/3` names no shard\nhelp: write it as I/N, I from 1, such as 3/8; or as auto or auto/N, for a scheduler's task",
            ),
            (
                "1/9999999",
                "9999999 shards are more than 1000000\nhelp: a shard may hold several cells: aim at 5 to 30 minutes each",
            ),
            ("auto/0", "there cannot be 0 shards\nhelp: write it as I/N, such as 1/8"),
            (
                "auto8",
                "`auto8` names no shard\nhelp: write auto, or auto/N with the number of shards, such as auto/8",
            ),
        ];
        for (text, said) in refused {
            assert_eq!(text.parse::<Asked>(), Err(said.to_owned()), "{text}");
        }
    }

    #[test]
    fn names_of_folders_are_read_back() {
        let shard = Shard { index: 3, of: 8 };
        assert_eq!(Shard::named(&shard.name()), Some(shard));
        assert_eq!(Shard::named("9-of-8"), None);
        assert_eq!(Shard::named("mine"), None);
    }
}
