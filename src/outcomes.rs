//! What one world leaves behind: sums by metric, group and year, and by month for
//! everybody. No person's row is ever kept.

mod groups;
mod reads;
mod spells;
mod tally;
mod twin;

pub use groups::{GROUPS, Group, GroupBy, Stratum};
pub use reads::{Reads, STATES};
pub use spells::Spells;
pub use tally::Tally;
pub use twin::{COUNTED, Watch, watched};

use crate::metrics::{Declaration, HISTOGRAMS, Histogram, METRICS, Measure, Metric};
use serde::{Deserialize, Serialize};

/// Number of metrics.
pub const M: usize = METRICS.len();

/// Two sums, from which a metric comes.
pub type Sums = [f64; 2];

/// The sums of every metric.
pub type Row = [Sums; M];

const EMPTY: Row = [[0.0; 2]; M];

/// Adds one row to another.
fn add(to: &mut Row, from: &Row) {
    for (to, from) in to.iter_mut().zip(from) {
        to[0] += from[0];
        to[1] += from[1];
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
    /// `[month][metric]`, everybody.
    months: Vec<Vec<Sums>>,
    /// `[histogram][month]`, everybody, spells by the month they began in.
    month_spells: Vec<Vec<Spells>>,
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
        let month_spells = vec![vec![Spells::default(); 12 * years]; HISTOGRAMS];
        Self { years, sums, spells, months: Vec::new(), month_spells }
    }

    /// Whether it is what a world leaves over so many years, as what was read from a file
    /// may not be.
    pub fn is_of(&self, years: usize) -> bool {
        let periods = |group: usize| if GROUPS[group].by.has_years() { years } else { 2 };
        let has_groups = |groups: usize| groups == GROUPS.len();
        let is_row = |row: &Vec<Sums>| row.len() == M;
        let sums = |(group, rows): (usize, &Vec<Vec<Sums>>)| {
            rows.len() == periods(group) && rows.iter().all(is_row)
        };
        let spells = |(group, rows): (usize, &Vec<Spells>)| {
            rows.len() == periods(group) && rows.iter().all(Spells::is_whole)
        };
        self.years == years
            && has_groups(self.sums.len())
            && self.sums.iter().enumerate().all(sums)
            && self.months.len() == 12 * years
            && self.months.iter().all(is_row)
            && [self.spells.len(), self.month_spells.len()] == [HISTOGRAMS; 2]
            && self.spells.iter().all(|of| has_groups(of.len()))
            && self.spells.iter().all(|of| of.iter().enumerate().all(spells))
            && self.month_spells.iter().all(|months| months.len() == 12 * years)
            && self.month_spells.iter().flatten().all(Spells::is_whole)
    }

    /// Takes in a finished month; months come in order.
    pub fn close_month(&mut self, tally: &mut Tally) {
        self.months.push(tally.close_month().to_vec());
    }

    /// Takes in a finished year, numbered from 0, after its months, and empties the tally.
    pub fn close_year(&mut self, year: usize, tally: &mut Tally) {
        for (group, row) in tally.close_year().iter().enumerate() {
            for period in self.periods_of(group, year).into_iter().flatten() {
                for (to, from) in self.sums[group][period].iter_mut().zip(row) {
                    to[0] += from[0];
                    to[1] += from[1];
                }
            }
        }
    }

    /// The stored periods that a year, numbered from 0, is part of.
    fn periods_of(&self, group: usize, year: usize) -> [Option<usize>; 2] {
        if GROUPS[group].by.has_years() {
            [Some(year), None]
        } else {
            [(year + 1 == self.years).then_some(0), Some(1)]
        }
    }

    /// Records a spell of waiting that began in a month, numbered from 0.
    pub fn spell(
        &mut self,
        of: Histogram,
        stratum: Stratum,
        month: usize,
        weeks: f64,
        ended: bool,
    ) {
        let year = month / 12;
        self.month_spells[of as usize][month].add(weeks, ended);
        let groups = if stratum == Stratum::FOLLOWED { None } else { Some(stratum.groups()) };
        for group in std::iter::once(0).chain(groups.into_iter().flatten()) {
            for period in self.periods_of(group, year).into_iter().flatten() {
                self.spells[of as usize][group][period].add(weeks, ended);
            }
        }
    }

    /// Adds what another place's world left over the same years.
    pub fn merge(&mut self, other: &Outcomes) {
        let to = self.sums.iter_mut().flatten().chain(&mut self.months);
        for (to, from) in to.zip(other.sums.iter().flatten().chain(&other.months)) {
            merge_row(to, from, METRICS);
        }
        let to = self.spells.iter_mut().flatten().flatten();
        let to = to.chain(self.month_spells.iter_mut().flatten());
        let from = other.spells.iter().flatten().flatten();
        for (to, from) in to.zip(from.chain(other.month_spells.iter().flatten())) {
            to.merge(from);
        }
    }

    /// Everybody's sums by month, taken out.
    pub fn take_months(&mut self) -> Vec<Vec<Sums>> {
        std::mem::take(&mut self.months)
    }

    /// Number of months seen.
    pub fn months(&self) -> usize {
        self.months.len()
    }

    /// Everybody's sums of a metric in a month, numbered from 0.
    pub fn month_sums(&self, metric: Metric, month: usize) -> Option<Sums> {
        Some(self.months.get(month)?[metric as usize])
    }

    /// Everybody's spells that began in a month, numbered from 0.
    pub fn month_spells(&self, of: Histogram, month: usize) -> Option<&Spells> {
        self.month_spells[of as usize].get(month)
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

/// Adds another place's sums of the same time.
pub fn merge_row(to: &mut [Sums], from: &[Sums], metrics: &[Declaration]) {
    for ((to, from), metric) in to.iter_mut().zip(from).zip(metrics) {
        to[0] += from[0];
        // Counts on an average day add up over places; the times it was looked are
        // the same in each.
        let count = matches!(metric.measure, Measure::Times(_));
        to[1] = if count { to[1].max(from[1]) } else { to[1] + from[1] };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_add_up_to_years_and_years_to_the_whole() {
        let mut outcomes = Outcomes::new(3);
        let stratum = Stratum::of(0, 0, 0, 0);
        let mut tally = Tally::default();
        for month in 0..36 {
            tally.live(stratum, 1.0);
            tally.add(stratum, Metric::Picked, 1.0 + (month / 12) as f64, 10.0);
            tally.add(stratum, Metric::PublicPerPerson, 100.0, 0.0);
            outcomes.spell(Histogram::ToSupport, stratum, month, (month / 12) as f64, true);
            outcomes.close_month(&mut tally);
            if month % 12 == 11 {
                outcomes.close_year(month / 12, &mut tally);
            }
        }
        let reason = Stratum::of(0, 0, 0, 0).groups()[1];
        for group in [0, 1, reason] {
            assert_eq!(outcomes.sums(Metric::Picked, group, Period::Whole), Some([72.0, 360.0]));
            assert_eq!(
                outcomes.sums(Metric::Picked, group, Period::FinalYear),
                Some([36.0, 120.0])
            );
            let public = outcomes.sums(Metric::PublicPerPerson, group, Period::FinalYear);
            assert_eq!(public, Some([1_200.0, 1.0]), "a person's year");
            let spells = outcomes.spells(Histogram::ToSupport, group, Period::Whole);
            assert_eq!(spells.expect("kept").ended[..3], [12, 12, 12]);
        }
        assert_eq!(outcomes.sums(Metric::Picked, 0, Period::Year(2)), Some([24.0, 120.0]));
        assert_eq!(outcomes.sums(Metric::Picked, reason, Period::Year(2)), None);
        assert_eq!(outcomes.sums(Metric::Picked, 0, Period::Year(4)), None);
        assert_eq!((outcomes.months(), outcomes.month_sums(Metric::Picked, 36)), (36, None));
        assert_eq!(outcomes.month_sums(Metric::Picked, 35), Some([3.0, 10.0]));
        let spells = outcomes.month_spells(Histogram::ToSupport, 35).expect("kept");
        assert_eq!(spells.ended[..3], [0, 0, 1]);
    }
}
