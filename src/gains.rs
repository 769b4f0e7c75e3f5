//! Who gains and who loses: each person's life in one world held against the same
//! person's in another.
//!
//! States are read each quarter, and compared where the person was in need in both
//! worlds then. What is kept of a person lives only while the cell runs; counts by
//! group are all that is stored.

use crate::metrics::{Better, Metric};
use crate::model::World;
use crate::model::world::{Person, Stage};
use crate::outcomes::{GROUPS, Stratum};
use serde::{Deserialize, Serialize};

/// What is compared person by person; `choice.unmet` as the share of hours needed.
pub const PERSONAL: [Metric; 4] = [Metric::Picked, Metric::Fit, Metric::Scrqol, Metric::Unmet];

/// Number of groups that no regime changes, which come first among all.
pub fn groups() -> usize {
    GROUPS.iter().take_while(|group| !group.by.is_state()).count()
}

/// A person's state; NaN where there is none to read.
type State = [f32; PERSONAL.len()];

/// A number for each person, by birth key. It is only asked, never gone through, so
/// that no order can leak from it.
#[expect(clippy::disallowed_types, reason = "asked by key, never gone through")]
type Numbers = std::collections::HashMap<u64, u32, rustc_hash::FxBuildHasher>;

/// The comparator's people, quarter by quarter.
#[derive(Default)]
pub struct Lives {
    numbers: Numbers,
    /// Birth keys by number.
    keys: Vec<u64>,
    strata: Vec<Stratum>,
    /// `[quarter][person]`; people who had not come yet are not there.
    quarters: Vec<Vec<State>>,
}

impl Lives {
    /// Reads everybody at the end of a quarter; quarters come in order.
    pub fn read(&mut self, world: &World) {
        let mut states = vec![NOT_THERE; self.strata.len()];
        for person in world.at_home() {
            let Some(state) = state(person) else { continue };
            let next = self.strata.len() as u32;
            let number = *self.numbers.entry(person.key).or_insert(next);
            if number == next {
                self.keys.push(person.key);
                self.strata.push(person.stratum);
                states.push(NOT_THERE);
            }
            states[number as usize] = state;
        }
        self.quarters.push(states);
    }
}

/// How far one person's life is from the same person's in the comparator's world.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// Birth key.
    pub key: u64,
    /// Quarters in which the person was in need in both.
    pub quarters: u16,
    /// Mean difference of each of [`PERSONAL`]; none where there never were two to compare.
    pub means: [Option<f64>; PERSONAL.len()],
}

/// Another world's people beside the comparator's.
pub struct Beside<'a> {
    lives: &'a Lives,
    quarter: usize,
    /// By the comparator's numbers: sums of differences, and how many.
    sums: Vec<([f32; PERSONAL.len()], [u16; PERSONAL.len()])>,
    /// By the comparator's numbers: whether they were ever in need in this world.
    here: Vec<bool>,
    /// People the comparator's world never had.
    strangers: std::collections::BTreeMap<u64, Stratum>,
    /// Who was read in which place last, and their number: most are still there.
    last: Vec<(u64, u32)>,
}

impl<'a> Beside<'a> {
    /// Nothing compared yet.
    pub fn new(lives: &'a Lives) -> Self {
        let nothing = ([0.0; PERSONAL.len()], [0; PERSONAL.len()]);
        Self {
            lives,
            quarter: 0,
            sums: vec![nothing; lives.strata.len()],
            here: vec![false; lives.strata.len()],
            strangers: std::collections::BTreeMap::new(),
            last: Vec::new(),
        }
    }

    /// Reads everybody at the end of the next quarter.
    pub fn read(&mut self, world: &World) {
        let there = self.lives.quarters.get(self.quarter);
        self.quarter += 1;
        // No key is nought: it holds what made the person.
        self.last.resize(world.homes, (0, 0));
        for (person, last) in world.at_home().iter().zip(&mut self.last) {
            let Some(here) = state(person) else { continue };
            if last.0 != person.key {
                let Some(number) = self.lives.numbers.get(&person.key) else {
                    self.strangers.insert(person.key, person.stratum);
                    continue;
                };
                *last = (person.key, *number);
            }
            let number = last.1 as usize;
            self.here[number] = true;
            let Some(there) = there.and_then(|states| states.get(number)) else { continue };
            let (sums, seen) = &mut self.sums[number];
            for metric in 0..PERSONAL.len() {
                let difference = here[metric] - there[metric];
                if !difference.is_nan() {
                    sums[metric] += difference;
                    seen[metric] += 1;
                }
            }
        }
    }

    /// How far each person's life here is from that in the comparator's world, in the
    /// order in which people came there.
    pub fn differences(&self) -> impl Iterator<Item = Difference> {
        self.lives.keys.iter().zip(&self.sums).map(|(key, (sums, seen))| {
            let mean = |index: usize| {
                (seen[index] > 0).then(|| f64::from(sums[index]) / f64::from(seen[index]))
            };
            // Whoever is in need has a quality of life, supported or not.
            let quarters = seen.iter().copied().max().unwrap_or(0);
            Difference { key: *key, quarters, means: std::array::from_fn(mean) }
        })
    }

    /// How many gained and lost, by metric and group.
    pub fn counts(self) -> Gains {
        let mut gains = Gains::default();
        let of_stratum = |stratum: Stratum| {
            let [a, b, c, d, e] = stratum.groups();
            [0, a, b, c, d, e]
        };
        for (number, (sums, seen)) in self.sums.iter().enumerate() {
            let groups = of_stratum(self.lives.strata[number]);
            if !self.here[number] {
                groups.iter().for_each(|group| gains.only_there[*group] += 1);
                continue;
            }
            for (index, metric) in PERSONAL.into_iter().enumerate() {
                if seen[index] == 0 {
                    continue;
                }
                let mean = f64::from(sums[index]) / f64::from(seen[index]);
                for group in groups {
                    gains.people[index][group][fate(metric, mean) as usize] += 1;
                }
            }
        }
        for stratum in self.strangers.into_values() {
            of_stratum(stratum).iter().for_each(|group| gains.only_here[*group] += 1);
        }
        gains
    }
}

const NOT_THERE: State = [f32::NAN; PERSONAL.len()];

/// A person's state, if they are in need of support at home.
fn state(person: &Person) -> Option<State> {
    if person.stage != Stage::AtHome {
        return None;
    }
    let supported = person.main.exists();
    let of = |value: f32| if supported { value } else { f32::NAN };
    let picked = f32::from(u8::from(person.main.picked));
    Some([of(picked), of(person.fit), person.life, 1.0 - person.met])
}

/// What became of a person in one respect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Fate {
    /// Better off, by more than matters.
    Gains = 0,
    /// Worse off, by more than matters.
    Loses = 1,
    /// Neither.
    Same = 2,
}

/// Better or worse off, by a mean difference.
fn fate(metric: Metric, mean: f64) -> Fate {
    let declared = metric.declaration();
    let good = if declared.better == Better::Up { mean } else { -mean };
    match declared.matters() {
        Some(matters) if good > matters => Fate::Gains,
        Some(matters) if good < -matters => Fate::Loses,
        _ => Fate::Same,
    }
}

/// How many people gained and lost, beside the comparator's world.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gains {
    /// `[metric][group][fate]`, people in need in both worlds at the same time.
    pub people: Vec<Vec<[u32; 3]>>,
    /// `[group]`: in need at home in this world only.
    pub only_here: Vec<u32>,
    /// `[group]`: in need at home in the comparator's world only.
    pub only_there: Vec<u32>,
}

impl Default for Gains {
    fn default() -> Self {
        let groups = groups();
        Self {
            people: vec![vec![[0; 3]; groups]; PERSONAL.len()],
            only_here: vec![0; groups],
            only_there: vec![0; groups],
        }
    }
}

impl Gains {
    /// Whether it counts every group, as what was read from a file may not.
    pub fn is_whole(&self) -> bool {
        let groups = groups();
        let people = &self.people;
        [self.only_here.len(), self.only_there.len()] == [groups; 2]
            && people.len() == PERSONAL.len()
            && people.iter().all(|metric| metric.len() == groups)
    }

    /// Adds another place's people.
    pub fn merge(&mut self, other: &Gains) {
        // More than can be counted are in no world, but may be in a file.
        let count = |(to, from): (&mut u32, &u32)| *to = to.saturating_add(*from);
        let to = self.people.iter_mut().flatten().flatten();
        to.zip(other.people.iter().flatten().flatten()).for_each(count);
        self.only_here.iter_mut().zip(&other.only_here).for_each(count);
        self.only_there.iter_mut().zip(&other.only_there).for_each(count);
    }
}
