//! What one world leaves behind: sums by metric, group and year.
//!
//! Flows are added to the person's stratum where they happen; at each year's end
//! strata are folded into groups. No person's row is ever kept.

use crate::levers::Mechanism;
use crate::metrics::{BINS, HISTOGRAMS, Histogram, METRICS, Measure, Metric};
use serde::{Deserialize, Serialize};

/// Number of metrics.
pub const M: usize = METRICS.len();

/// Ways of dividing people into groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GroupBy {
    /// Everybody.
    All,
    /// Under 65, or 65 and over.
    Age,
    /// Primary support reason.
    Reason,
    /// Who holds the budget: a state, so in summaries only.
    Mechanism,
    /// Fifth of neighbourhoods by deprivation, 1 the most deprived.
    Deprivation,
    /// Third of people by capacity to manage a budget, own or a helper's.
    Capacity,
    /// Whether the person says they have enough choice: a state, so in summaries only.
    EnoughChoice,
}

/// One group of people.
#[derive(Clone, Copy, Debug)]
pub struct Group {
    /// Which division it belongs to.
    pub by: GroupBy,
    /// Name in tables.
    pub id: &'static str,
}

impl GroupBy {
    /// Name in tables.
    pub fn id(self) -> &'static str {
        match self {
            GroupBy::All => "all",
            GroupBy::Age => "age",
            GroupBy::Reason => "reason",
            GroupBy::Mechanism => "mechanism",
            GroupBy::Deprivation => "deprivation",
            GroupBy::Capacity => "capacity",
            GroupBy::EnoughChoice => "enough_choice",
        }
    }

    /// Whether regimes can change who is in the group, so that a difference
    /// would compare other people.
    pub fn is_state(self) -> bool {
        matches!(self, GroupBy::Mechanism | GroupBy::EnoughChoice)
    }

    /// Whether single years are kept, or only the final year and the whole.
    pub fn has_years(self) -> bool {
        matches!(self, GroupBy::All | GroupBy::Age | GroupBy::Mechanism)
    }
}

const fn group(by: GroupBy, id: &'static str) -> Group {
    Group { by, id }
}

/// Every group, in the order of tables.
pub const GROUPS: &[Group] = &[
    group(GroupBy::All, "all"),
    group(GroupBy::Age, "18-64"),
    group(GroupBy::Age, "65+"),
    group(GroupBy::Reason, "physical"),
    group(GroupBy::Reason, "sensory"),
    group(GroupBy::Reason, "memory"),
    group(GroupBy::Reason, "learning"),
    group(GroupBy::Reason, "mental-health"),
    group(GroupBy::Reason, "social"),
    group(GroupBy::Deprivation, "1"),
    group(GroupBy::Deprivation, "2"),
    group(GroupBy::Deprivation, "3"),
    group(GroupBy::Deprivation, "4"),
    group(GroupBy::Deprivation, "5"),
    group(GroupBy::Capacity, "low"),
    group(GroupBy::Capacity, "middle"),
    group(GroupBy::Capacity, "high"),
    group(GroupBy::Mechanism, "managed"),
    group(GroupBy::Mechanism, "isf"),
    group(GroupBy::Mechanism, "direct_payment"),
    group(GroupBy::Mechanism, "mixed"),
    group(GroupBy::Mechanism, "self_funded"),
    group(GroupBy::EnoughChoice, "enough"),
    group(GroupBy::EnoughChoice, "not-enough"),
    group(GroupBy::EnoughChoice, "not-wanted"),
];

const AGES: usize = 2;
const REASONS: usize = 6;
const FIFTHS: usize = 5;
const CAPACITIES: usize = 3;
const STRATA: usize = AGES * REASONS * FIFTHS * CAPACITIES;
const FIRST_REASON: usize = 1 + AGES;
const FIRST_FIFTH: usize = FIRST_REASON + REASONS;
const FIRST_CAPACITY: usize = FIRST_FIFTH + FIFTHS;
const FIRST_MECHANISM: usize = FIRST_CAPACITY + CAPACITIES;
const FIRST_ENOUGH: usize = FIRST_MECHANISM + 5;

/// A person's unchanging groups, as one index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stratum(pub u8);

impl Stratum {
    /// From age (0, 1), reason (0–5), deprivation fifth (0–4) and capacity third (0–2).
    pub fn of(age: usize, reason: usize, fifth: usize, capacity: usize) -> Self {
        Self((((age * REASONS + reason) * FIFTHS + fifth) * CAPACITIES + capacity) as u8)
    }

    /// The groups the stratum is part of, apart from everybody.
    pub fn groups(self) -> [usize; 4] {
        let i = self.0 as usize;
        let capacity = i % CAPACITIES;
        let fifth = i / CAPACITIES % FIFTHS;
        let reason = i / (CAPACITIES * FIFTHS) % REASONS;
        let age = i / (CAPACITIES * FIFTHS * REASONS);
        [1 + age, FIRST_REASON + reason, FIRST_FIFTH + fifth, FIRST_CAPACITY + capacity]
    }
}

/// Two sums, from which a metric comes.
pub type Sums = [f64; 2];

/// Months in a year.
const MONTHS: f64 = 12.0;

/// A year in progress, by stratum and by state.
#[derive(Clone, Debug)]
pub struct Tally {
    /// Months lived by everyone eligible, by stratum.
    lived: Vec<f64>,
    /// Times that states were read.
    readings: f64,
    strata: Vec<[Sums; M]>,
    states: Vec<[Sums; M]>,
    whole: [Sums; M],
}

impl Default for Tally {
    fn default() -> Self {
        let row = [[0.0; 2]; M];
        Self {
            lived: vec![0.0; STRATA],
            readings: 0.0,
            strata: vec![row; STRATA],
            states: vec![row; GROUPS.len() - FIRST_MECHANISM],
            whole: row,
        }
    }
}

impl Tally {
    /// Adds to a metric about a person.
    #[inline(always)]
    pub fn add(&mut self, stratum: Stratum, metric: Metric, first: f64, second: f64) {
        let sums = &mut self.strata[stratum.0 as usize][metric as usize];
        sums[0] += first;
        sums[1] += second;
    }

    /// A month lived by somebody eligible.
    #[inline(always)]
    pub fn live(&mut self, stratum: Stratum) {
        self.lived[stratum.0 as usize] += 1.0;
    }

    /// States are about to be read once more.
    pub fn reads(&mut self) {
        self.readings += 1.0;
    }

    /// The sums of one stratum, to add several metrics about one person.
    #[inline(always)]
    pub fn row(&mut self, stratum: Stratum) -> &mut [Sums; M] {
        &mut self.strata[stratum.0 as usize]
    }

    /// The sums of people with one mechanism.
    #[inline(always)]
    pub fn mechanism_row(&mut self, mechanism: Mechanism) -> &mut [Sums; M] {
        &mut self.states[mechanism as usize]
    }

    /// The sums of people who say they have enough choice (0), not enough (1), or want none (2).
    #[inline(always)]
    pub fn choice_row(&mut self, answer: usize) -> &mut [Sums; M] {
        &mut self.states[FIRST_ENOUGH - FIRST_MECHANISM + answer]
    }

    /// Adds to a metric about the place as a whole.
    #[inline(always)]
    pub fn add_whole(&mut self, metric: Metric, first: f64, second: f64) {
        let sums = &mut self.whole[metric as usize];
        sums[0] += first;
        sums[1] += second;
    }

    /// Folds the year into groups, and empties it.
    fn close(&mut self) -> Vec<[Sums; M]> {
        let zero = [[0.0; 2]; M];
        let mut groups = vec![zero; GROUPS.len()];
        let add = |to: &mut [Sums; M], from: &[Sums; M]| {
            for (to, from) in to.iter_mut().zip(from) {
                to[0] += from[0];
                to[1] += from[1];
            }
        };
        for (index, row) in self.strata.iter_mut().enumerate() {
            // One divisor for all that is counted a person and year.
            for (sums, metric) in row.iter_mut().zip(METRICS) {
                if metric.measure == Measure::PerComparator {
                    sums[1] = self.lived[index] / MONTHS;
                }
            }
            self.lived[index] = 0.0;
            add(&mut groups[0], row);
            for group in Stratum(index as u8).groups() {
                add(&mut groups[group], row);
            }
            *row = zero;
        }
        for (index, row) in self.states.iter_mut().enumerate() {
            add(&mut groups[FIRST_MECHANISM + index], row);
            *row = zero;
        }
        add(&mut groups[0], &self.whole);
        self.whole = zero;
        // A count on an average day: what was seen over how often it was looked.
        for row in &mut groups {
            for (sums, metric) in row.iter_mut().zip(METRICS) {
                if matches!(metric.measure, Measure::Times(_)) {
                    sums[1] = self.readings;
                }
            }
        }
        self.readings = 0.0;
        groups
    }
}

/// Spells of waiting: how many ended, and how many were cut off, in each week.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spells {
    /// Spells that ended in this week of waiting.
    pub ended: Vec<u32>,
    /// Spells still open in this week of waiting when last seen.
    pub censored: Vec<u32>,
}

impl Default for Spells {
    fn default() -> Self {
        Self { ended: vec![0; BINS], censored: vec![0; BINS] }
    }
}

impl Spells {
    /// Adds another set of spells.
    pub fn merge(&mut self, other: &Spells) {
        for (to, from) in self.ended.iter_mut().zip(&other.ended) {
            *to += from;
        }
        for (to, from) in self.censored.iter_mut().zip(&other.censored) {
            *to += from;
        }
    }

    /// The quantile of the waits in weeks by Kaplan–Meier, interpolated within the
    /// week; none where too few ended to reach it, or where there were none.
    pub fn quantile(&self, q: f64) -> Option<f64> {
        let count = |bins: &[u32]| bins.iter().map(|n| f64::from(*n)).sum::<f64>();
        let mut at_risk = count(&self.ended) + count(&self.censored);
        let mut surviving = 1.0;
        for week in 0..BINS - 1 {
            let (ended, censored) = (f64::from(self.ended[week]), f64::from(self.censored[week]));
            // Spells cut off within the week count as at risk for half of it.
            let exposed = at_risk - censored / 2.0;
            if ended > 0.0 && exposed > 0.0 {
                let after = surviving * (1.0 - (ended / exposed).min(1.0));
                if 1.0 - after >= q {
                    let within = (surviving - (1.0 - q)) / (surviving - after);
                    return Some(week as f64 + within);
                }
                surviving = after;
            }
            at_risk -= ended + censored;
        }
        None
    }
}

/// All that one world leaves: by group, period and metric.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcomes {
    /// Years after the fork.
    pub years: usize,
    /// `[group][period][metric]`; periods are the single years, or for groups
    /// without them the final year and the whole.
    sums: Vec<Vec<Vec<Sums>>>,
    /// `[histogram][group][period]`, spells by the year they began in.
    spells: Vec<Vec<Vec<Spells>>>,
}

/// A stretch of time after the fork.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// All of it.
    Whole,
    /// The last twelve months.
    FinalYear,
    /// A single year, from 1.
    Year(usize),
}

impl Period {
    /// Name in tables.
    pub fn id(self) -> String {
        match self {
            Period::Whole => "whole".to_owned(),
            Period::FinalYear => "final-year".to_owned(),
            Period::Year(year) => format!("year-{year}"),
        }
    }

    /// The periods a group is reported for.
    pub fn of(by: GroupBy, years: usize) -> Vec<Period> {
        let mut periods = vec![Period::Whole, Period::FinalYear];
        if by.has_years() {
            periods.extend((1..=years).map(Period::Year));
        }
        periods
    }
}

impl Outcomes {
    /// Nothing seen yet, over a number of years.
    pub fn new(years: usize) -> Self {
        let periods = |g: &Group| if g.by.has_years() { years } else { 2 };
        let sums = GROUPS
            .iter()
            .map(|g| vec![vec![[0.0; 2]; M]; periods(g)])
            .collect::<Vec<Vec<Vec<_>>>>();
        let spells = (0..HISTOGRAMS)
            .map(|_| GROUPS.iter().map(|g| vec![Spells::default(); periods(g)]).collect())
            .collect();
        Self { years, sums, spells }
    }

    /// Takes in a finished year, numbered from 0, and empties the tally.
    pub fn close_year(&mut self, year: usize, tally: &mut Tally) {
        for (group, row) in tally.close().iter().enumerate() {
            for period in self.periods_of(group, year) {
                for (to, from) in self.sums[group][period].iter_mut().zip(row) {
                    to[0] += from[0];
                    to[1] += from[1];
                }
            }
        }
    }

    /// The stored periods that a year, numbered from 0, is part of.
    fn periods_of(&self, group: usize, year: usize) -> Vec<usize> {
        if GROUPS[group].by.has_years() {
            vec![year]
        } else if year + 1 == self.years {
            vec![0, 1]
        } else {
            vec![1]
        }
    }

    /// Records a spell of waiting that began in a year, numbered from 0.
    pub fn spell(&mut self, of: Histogram, stratum: Stratum, year: usize, weeks: f64, ended: bool) {
        let week = (weeks.max(0.0) as usize).min(BINS - 1);
        let [a, b, c, d] = stratum.groups();
        for group in [0, a, b, c, d] {
            for period in self.periods_of(group, year) {
                let spells = &mut self.spells[of as usize][group][period];
                let bins = if ended { &mut spells.ended } else { &mut spells.censored };
                bins[week] += 1;
            }
        }
    }

    /// Adds what another place's world left over the same years.
    pub fn merge(&mut self, other: &Outcomes) {
        for (to, from) in self.sums.iter_mut().flatten().zip(other.sums.iter().flatten()) {
            for ((to, from), metric) in to.iter_mut().zip(from).zip(METRICS) {
                to[0] += from[0];
                // Counts on an average day add up over places; the times it was
                // looked are the same in each.
                let count = matches!(metric.measure, Measure::Times(_));
                to[1] = if count { to[1].max(from[1]) } else { to[1] + from[1] };
            }
        }
        let others = other.spells.iter().flatten().flatten();
        for (to, from) in self.spells.iter_mut().flatten().flatten().zip(others) {
            to.merge(from);
        }
    }

    /// The sums of a metric; a period's are its years' sums.
    pub fn sums(&self, metric: Metric, group: usize, period: Period) -> Option<Sums> {
        let rows = &self.sums[group];
        let add = |a: Sums, row: &Vec<Sums>| {
            [a[0] + row[metric as usize][0], a[1] + row[metric as usize][1]]
        };
        Some(match self.stored(group, period)? {
            Stored::One(index) => rows[index][metric as usize],
            Stored::All => rows.iter().fold([0.0; 2], add),
        })
    }

    /// The spells of a histogram.
    pub fn spells(&self, of: Histogram, group: usize, period: Period) -> Option<Spells> {
        let rows = &self.spells[of as usize][group];
        Some(match self.stored(group, period)? {
            Stored::One(index) => rows[index].clone(),
            Stored::All => rows.iter().fold(Spells::default(), |mut all, row| {
                all.merge(row);
                all
            }),
        })
    }

    fn stored(&self, group: usize, period: Period) -> Option<Stored> {
        let years = GROUPS[group].by.has_years();
        match period {
            Period::Whole if years => Some(Stored::All),
            Period::Whole => Some(Stored::One(1)),
            Period::FinalYear if years => Some(Stored::One(self.years - 1)),
            Period::FinalYear => Some(Stored::One(0)),
            Period::Year(year) if years && (1..=self.years).contains(&year) => {
                Some(Stored::One(year - 1))
            }
            Period::Year(_) => None,
        }
    }
}

enum Stored {
    One(usize),
    All,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stratum_knows_its_groups() {
        let groups = Stratum::of(1, 3, 4, 0).groups().map(|g| GROUPS[g].id);
        assert_eq!(groups, ["65+", "learning", "5", "low"]);
        assert_eq!(GROUPS[FIRST_MECHANISM].id, "managed");
        assert_eq!(GROUPS[FIRST_ENOUGH].id, "enough");
        assert_eq!(STRATA, 180);
    }

    #[test]
    fn kaplan_meier_agrees_with_a_worked_example() {
        // Six spells: ended in weeks 1, 3, 3, 6; cut off at the end of weeks 4 and 8.
        let mut spells = Spells::default();
        for week in [1, 3, 3, 6] {
            spells.ended[week] += 1;
        }
        for week in [4, 8] {
            spells.censored[week] += 1;
        }
        // Survival: 5/6 after week 1, 3/6 after week 3: the median is the end of week 3.
        assert!((spells.quantile(0.5).expect("reached") - 4.0).abs() < 1e-12);
        // After week 6: 1/2 × 1/2 = 1/4, so nine in ten never end.
        assert_eq!(spells.quantile(0.9), None);
        assert_eq!(Spells::default().quantile(0.5), None);
    }

    #[test]
    fn years_add_up_to_the_whole() {
        let mut outcomes = Outcomes::new(3);
        let stratum = Stratum::of(0, 0, 0, 0);
        for year in 0..3 {
            let mut tally = Tally::default();
            tally.add(stratum, Metric::Picked, 1.0 + year as f64, 10.0);
            outcomes.close_year(year, &mut tally);
            outcomes.spell(Histogram::ToSupport, stratum, year, year as f64, true);
        }
        for group in [0, 1, FIRST_REASON] {
            assert_eq!(outcomes.sums(Metric::Picked, group, Period::Whole), Some([6.0, 30.0]));
            assert_eq!(outcomes.sums(Metric::Picked, group, Period::FinalYear), Some([3.0, 10.0]));
            let spells = outcomes.spells(Histogram::ToSupport, group, Period::Whole);
            assert_eq!(spells.expect("kept").ended[..3], [1, 1, 1]);
        }
        assert_eq!(outcomes.sums(Metric::Picked, 0, Period::Year(2)), Some([2.0, 10.0]));
        assert_eq!(outcomes.sums(Metric::Picked, FIRST_REASON, Period::Year(2)), None);
        assert_eq!(outcomes.sums(Metric::Picked, 0, Period::Year(4)), None);
    }
}
