//! Metrics month by month, for everybody in all places: levels and paired differences.

use super::PLACEBO;
use super::measure::{Of, in_month, possible, worked_out};
use super::moments::Quantiles;
use super::nested::{Basis, Estimate, Nested};
use crate::cell::Cell;
use crate::experiment::Experiment;
use crate::metrics::{METRICS, Metric};
use crate::outcomes::{Outcomes, Sums, merge_row};

/// `[month][metric]`.
type Months = Vec<Vec<Nested>>;

/// Takes in cells and keeps what every month needs, however many replicates there are.
pub struct Series<'a> {
    experiment: &'a Experiment,
    basis: Basis,
    /// `[world]`, from the first month after the fork; the placebo is the last.
    levels: Vec<Months>,
    /// `[world − 1]`.
    differences: Vec<Months>,
    /// Before the fork, when all are one world; its last month is the one before the fork.
    burn_in: Months,
    /// The burn-in of the replicate in progress, over the places seen so far.
    so_far: Vec<Vec<Sums>>,
}

/// One metric in one month.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Id of the regime; of the comparator before the fork, when all are one.
    pub regime: String,
    /// The metric.
    pub metric: Metric,
    /// Month after the fork: 1 is the first, 0 the one before it.
    pub month: i32,
    /// Its date, such as `2015-04`.
    pub date: String,
    /// Its level over replicates.
    pub level: Estimate,
    /// 95% interval of the mean level, or its range over parameters.
    pub interval: Option<(f64, f64)>,
    /// Paired difference from the comparator; of the comparator itself, nothing.
    pub difference: Estimate,
    /// 95% interval of the mean difference.
    pub difference_interval: Option<(f64, f64)>,
    /// What it rests on.
    pub basis: Basis,
}

impl<'a> Series<'a> {
    /// Nothing seen yet.
    pub fn new(experiment: &'a Experiment, basis: Basis) -> Self {
        let of = |years: usize| vec![vec![Nested::default(); METRICS.len()]; 12 * years];
        // Comparator, regimes, placebo.
        let worlds = experiment.regimes.len() + 2;
        Self {
            experiment,
            basis,
            levels: vec![of(experiment.years); worlds],
            differences: vec![of(experiment.years); worlds - 1],
            burn_in: of(experiment.burn_in_years),
            so_far: Vec::new(),
        }
    }

    /// Takes in one place's burn-in, before the worlds of all places are looked at.
    pub fn add(&mut self, cell: &Cell) {
        if cell.id.system == 0 {
            self.so_far.clone_from(&cell.burn_in);
        } else {
            for (to, from) in self.so_far.iter_mut().zip(&cell.burn_in) {
                merge_row(to, from, METRICS);
            }
        }
    }

    /// Ends a replicate: `worlds` are over all places.
    pub fn close(&mut self, worlds: &[Outcomes]) {
        for (months, sums) in self.burn_in.iter_mut().zip(&std::mem::take(&mut self.so_far)) {
            for ((moments, sums), metric) in months.iter_mut().zip(sums).zip(Metric::ALL) {
                // Waits are not kept before the fork.
                moments.add(worked_out(*metric, *sums, *sums, |_, _| None));
            }
        }
        let Some(comparator) = worlds.first() else { return };
        for month in 0..12 * self.experiment.years {
            for (index, metric) in Metric::ALL.iter().enumerate() {
                let of = |world| in_month(*metric, world, comparator, month);
                let base = of(comparator);
                self.levels[0][month][index].add(base);
                for (world, outcomes) in worlds.iter().enumerate().skip(1) {
                    let level = of(outcomes);
                    self.levels[world][month][index].add(level);
                    let difference = level.zip(base).map(|(level, base)| level - base);
                    self.differences[world - 1][month][index].add(difference);
                }
            }
        }
    }

    /// Ends a parameter draw.
    pub fn end_draw(&mut self) {
        let worlds = self.levels.iter_mut().chain(&mut self.differences).flatten();
        worlds.chain(&mut self.burn_in).flatten().for_each(Nested::end_draw);
    }

    /// Hands over every row, by regime, metric and month.
    ///
    /// # Errors
    ///
    /// What `take` gives.
    pub fn rows(&self, mut take: impl FnMut(&Row) -> anyhow::Result<()>) -> anyhow::Result<()> {
        let experiment = self.experiment;
        let mut quantiles = Quantiles::default();
        let nothing = Nested::default();
        let before = self.burn_in.len() as i32;
        let regimes = std::iter::once(&experiment.comparator).chain(&experiment.regimes);
        let regimes = regimes.map(|regime| regime.id.as_str()).chain([PLACEBO]);
        for (world, regime) in regimes.enumerate() {
            for (index, metric) in Metric::ALL.iter().enumerate() {
                let burn_in = if world == 0 { self.burn_in.as_slice() } else { &[] };
                let first = if world == 0 { 1 - before } else { 1 };
                let months = burn_in.iter().chain(&self.levels[world]);
                for (month, levels) in (first..).zip(months) {
                    let differences = usize::try_from(month - 1).ok().zip(world.checked_sub(1));
                    let differences = differences.map(|(month, of)| &self.differences[of][month]);
                    let difference = differences.map_or(&nothing, |metrics| &metrics[index]);
                    let mut interval = |of, nested: &Nested| {
                        let found = nested.interval(&mut quantiles).zip(nested.estimate().mean());
                        found.map(|(interval, mean)| possible(*metric, of, mean, interval))
                    };
                    take(&Row {
                        regime: regime.to_owned(),
                        metric: *metric,
                        month,
                        date: date(experiment.start, month),
                        level: levels[index].estimate(),
                        interval: interval(Of::Level, &levels[index]),
                        difference: difference.estimate(),
                        difference_interval: interval(Of::Difference, difference),
                        basis: self.basis,
                    })?;
                }
            }
        }
        Ok(())
    }
}

/// The date of a month after the fork, whose first is `start`.
fn date((year, month): (i32, u32), after: i32) -> String {
    let months = year * 12 + month as i32 - 1 + after - 1;
    format!("{:04}-{:02}", months.div_euclid(12), months.rem_euclid(12) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_count_from_the_fork() {
        assert_eq!(date((2015, 4), 1), "2015-04");
        assert_eq!(date((2015, 4), 0), "2015-03");
        assert_eq!(date((2015, 4), -3), "2014-12");
        assert_eq!(date((2015, 4), 120), "2025-03");
    }
}
