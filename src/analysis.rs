//! From cells to findings: levels, paired differences and verdicts.
//!
//! The datum is the difference between a regime and the comparator in the same
//! replicate, so n is replicates, never people, months or places. Several places
//! are summed within a replicate before anything is divided. Where parameters are drawn,
//! replicates are of one draw ([`nested`]), and each beliefs has an analysis of its own.

pub mod columns;
pub mod fates;
pub mod measure;
pub mod moments;
pub mod nested;
pub mod precision;
pub mod series;
pub mod stress;
pub mod tolerance;
pub mod verdict;

use crate::cell::Cell;
use crate::experiment::Experiment;
use crate::metrics::Metric;
use crate::outcomes::{GROUPS, GroupBy, Outcomes, Period};
use fates::Fates;
use measure::{Of, possible};
use moments::Quantiles;
use nested::{Basis, Estimate, Nested};
use series::Series;
use std::convert::Infallible;
use stress::Stresses;
use verdict::{ALPHA, Verdict, holm, verdict};

/// Name of the placebo among regimes.
pub const PLACEBO: &str = "placebo";

/// Whom a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scope {
    /// An index into [`GROUPS`], over all places.
    Group(usize),
    /// Everybody in one place, by its index in the experiment.
    Place(usize),
}

/// What one row of a table is about, whichever the regime.
#[derive(Clone, Copy, Debug)]
struct Slot {
    metric: Metric,
    scope: Scope,
    period: Period,
}

impl Slot {
    fn is_headline(&self) -> bool {
        self.metric.declaration().is_headline()
            && self.scope == Scope::Group(0)
            && self.period == Period::Whole
    }

    /// Whether regimes can change who is in the group, so that a difference
    /// would compare other people.
    fn is_state(&self) -> bool {
        matches!(self.scope, Scope::Group(group) if GROUPS[group].by.is_state())
    }
}

/// Takes in cells and keeps what tables need, however many replicates there are.
pub struct Analysis<'a> {
    experiment: &'a Experiment,
    basis: Basis,
    slots: Vec<Slot>,
    /// `[world][slot]`; the comparator is world 0 and the placebo the last.
    levels: Vec<Vec<Nested>>,
    /// `[world − 1][slot]`.
    differences: Vec<Vec<Nested>>,
    /// The replicate in progress, summed over the places seen so far.
    places_so_far: Vec<Outcomes>,
    stresses: Stresses<'a>,
    fates: Fates<'a>,
    series: Series<'a>,
}

/// One row of `summary.csv`, `differences.csv` or `placebo.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Id of the regime.
    pub regime: String,
    /// Id of the regime it is compared with.
    pub comparator: String,
    /// The metric.
    pub metric: Metric,
    /// The division its group belongs to.
    pub group_by: &'static str,
    /// The group, or the place.
    pub group: String,
    /// The stretch of time.
    pub period: Period,
    /// Level or paired difference over replicates, in the metric's unit.
    pub estimate: Estimate,
    /// 95% interval of the mean, or with many draws the range over parameters; none under
    /// two values.
    pub interval: Option<(f64, f64)>,
    /// The verdict on a difference; none in summaries, for what only describes,
    /// and under 20 replicates.
    pub verdict: Option<Verdict>,
    /// Whether it is one of the comparisons declared before the run.
    pub headline: bool,
    /// What it rests on.
    pub basis: Basis,
}

/// A table of levels or differences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// `summary.csv`.
    Summary,
    /// `differences.csv`.
    Differences,
    /// `placebo.csv`.
    Placebo,
}

/// What a run found, row by row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Findings {
    /// Levels: the comparator's, then each regime's.
    pub summary: Vec<Row>,
    /// Paired differences of each regime from the comparator.
    pub differences: Vec<Row>,
    /// Paired differences of the placebo from the comparator: the noise floor.
    pub placebo: Vec<Row>,
    /// Stress tests: what is said of each.
    pub stress: Vec<stress::Row>,
    /// Stress tests: gaps by month.
    pub recovery: Vec<stress::Gap>,
    /// How wide headline intervals are, where a precision was asked for.
    pub widths: Vec<precision::Width>,
    /// Who gains and who loses.
    pub gains: Vec<fates::Row>,
    /// Draws that are left out of all of these.
    pub refused: Vec<tolerance::Refused>,
}

impl<'a> Analysis<'a> {
    /// Nothing seen yet, where no parameters are drawn.
    pub fn new(experiment: &'a Experiment) -> Self {
        Self::of(experiment, Basis::of(experiment, 0, 0))
    }

    /// Nothing seen yet of the cells of one beliefs.
    pub fn of(experiment: &'a Experiment, basis: Basis) -> Self {
        let slots = slots(experiment);
        // Comparator, regimes, placebo.
        let worlds = experiment.regimes.len() + 2;
        let row = vec![Nested::default(); slots.len()];
        Self {
            experiment,
            basis,
            levels: vec![row.clone(); worlds],
            differences: vec![row; worlds - 1],
            slots,
            places_so_far: Vec::new(),
            stresses: Stresses::new(experiment, basis),
            fates: Fates::new(experiment, basis),
            series: Series::new(experiment, basis),
        }
    }

    /// Takes in a cell, and gives the worlds of all places together where it completes a
    /// replicate of several. Cells come by draw and replicate, and within it by place; those
    /// of draws that are refused do not come.
    pub fn add(&mut self, cell: &Cell) -> Option<Vec<Outcomes>> {
        let place = cell.id.system as usize;
        let places = self.experiment.places.len();
        self.stresses.add(cell);
        self.fates.add(cell);
        self.series.add(cell);
        if places == 1 {
            self.take(&cell.worlds, group_of);
            self.close(&cell.worlds, cell.id.replicate);
            return None;
        }
        self.take(&cell.worlds, |scope| (scope == Scope::Place(place)).then_some(0));
        if place == 0 {
            self.places_so_far = cell.worlds.clone();
        } else {
            for (all, one) in self.places_so_far.iter_mut().zip(&cell.worlds) {
                all.merge(one);
            }
        }
        (place + 1 == places).then(|| {
            let all = std::mem::take(&mut self.places_so_far);
            self.take(&all, group_of);
            self.close(&all, cell.id.replicate);
            all
        })
    }

    /// Ends a replicate: `worlds` are over all places.
    fn close(&mut self, worlds: &[Outcomes], replicate: u32) {
        self.stresses.close(worlds);
        self.series.close(worlds);
        if self.basis.drawn && replicate + 1 == self.experiment.replicates {
            let (levels, differences) = (&mut self.levels, &mut self.differences);
            levels.iter_mut().chain(differences).flatten().for_each(Nested::end_draw);
            self.stresses.end_draw();
            self.fates.end_draw();
            self.series.end_draw();
        }
    }

    /// Measures every world where `group` gives the group that a scope is read from.
    fn take(&mut self, worlds: &[Outcomes], group: impl Fn(Scope) -> Option<usize>) {
        let Some(comparator) = worlds.first() else { return };
        for (index, slot) in self.slots.iter().enumerate() {
            let Some(group) = group(slot.scope) else { continue };
            let of = |world| measure::value(slot.metric, world, comparator, group, slot.period);
            let base = of(comparator);
            self.levels[0][index].add(base);
            for (world, outcomes) in worlds.iter().enumerate().skip(1) {
                let level = of(outcomes);
                self.levels[world][index].add(level);
                self.differences[world - 1][index].add(level.zip(base).map(|(l, b)| l - b));
            }
        }
    }

    /// Metrics month by month.
    pub fn series(&self) -> &Series<'a> {
        &self.series
    }

    /// Everything that is found.
    pub fn findings(&self) -> Findings {
        let mut findings = self.besides();
        let Ok(()) = self.rows(|table, row| {
            findings.table(table).push(row);
            Ok::<_, Infallible>(())
        });
        findings
    }

    /// What is found beside the rows of [`Analysis::rows`].
    pub fn besides(&self) -> Findings {
        Findings {
            stress: self.stresses.rows(),
            recovery: self.stresses.recovery(),
            gains: self.fates.rows(),
            ..Findings::default()
        }
    }

    /// Hands over the rows of the tables one by one, each table's in order: of many places
    /// they are more than need be in memory at once.
    ///
    /// # Errors
    ///
    /// What `take` gives.
    pub fn rows<E>(&self, mut take: impl FnMut(Table, Row) -> Result<(), E>) -> Result<(), E> {
        let mut quantiles = Quantiles::default();
        let experiment = self.experiment;
        let ids = std::iter::once(&experiment.comparator).chain(&experiment.regimes);
        for (regime, levels) in ids.zip(&self.levels) {
            for (slot, level) in self.slots.iter().zip(levels) {
                take(Table::Summary, self.row(&regime.id, slot, level, &mut quantiles, Of::Level))?;
            }
        }
        let ids: Vec<&str> = experiment.regimes.iter().map(|r| r.id.as_str()).collect();
        let (regimes, placebo) = self.differences.split_at(ids.len());
        self.compared(&ids, regimes, &mut quantiles, |row| take(Table::Differences, row))?;
        self.compared(&[PLACEBO], placebo, &mut quantiles, |row| take(Table::Placebo, row))
    }

    /// Rows of differences with verdicts; the headlines of all the regimes given
    /// are one family of tests.
    fn compared<E>(
        &self,
        ids: &[&str],
        differences: &[Vec<Nested>],
        quantiles: &mut Quantiles,
        mut take: impl FnMut(Row) -> Result<(), E>,
    ) -> Result<(), E> {
        let of = |differences| self.slots.iter().zip(differences).filter(|(s, _)| !s.is_state());
        let headlines = differences.iter().flat_map(of).filter(|(slot, _)| slot.is_headline());
        let tests: Vec<_> =
            headlines.map(|(_, nested): (_, &Nested)| nested.estimate().p_value()).collect();
        let mut stands = holm(&tests, ALPHA).into_iter();
        for (id, differences) in ids.iter().zip(differences) {
            for (slot, difference) in of(differences) {
                let mut row = self.row(id, slot, difference, quantiles, Of::Difference);
                // Over parameters an interval is how far they may differ, not how surely a mean
                // does: there is no test to correct.
                let tested = row.headline && !self.basis.drawn;
                let survives = !tested || stands.next().unwrap_or(false);
                let judged = match self.basis.drawn {
                    true => wider(row.interval, row.estimate.interval_of_mean(quantiles)),
                    false => row.interval,
                };
                row.verdict = verdict(row.metric.declaration(), &row.estimate, judged, survives);
                take(row)?;
            }
        }
        Ok(())
    }

    fn row(
        &self,
        regime: &str,
        slot: &Slot,
        estimate: &Nested,
        quantiles: &mut Quantiles,
        of: Of,
    ) -> Row {
        let (group_by, group) = match slot.scope {
            Scope::Group(group) => (GROUPS[group].by.id(), GROUPS[group].id),
            Scope::Place(place) => ("place", self.experiment.places[place].id.as_str()),
        };
        Row {
            regime: regime.to_owned(),
            comparator: self.experiment.comparator.id.clone(),
            metric: slot.metric,
            group_by,
            group: group.to_owned(),
            period: slot.period,
            interval: estimate
                .interval(quantiles)
                .zip(estimate.estimate().mean())
                .map(|(interval, mean)| possible(slot.metric, of, mean, interval)),
            estimate: estimate.estimate(),
            verdict: None,
            headline: slot.is_headline(),
            basis: self.basis,
        }
    }
}

/// What either of two intervals takes in: where luck is all there is to see, draws do not
/// show how far parameters may move a mean, nor that it is not nought.
fn wider(one: Option<(f64, f64)>, other: Option<(f64, f64)>) -> Option<(f64, f64)> {
    let ((low, high), (least, most)) = one.zip(other)?;
    Some((low.min(least), high.max(most)))
}

/// The group a row over all places is read from; rows of single places are not.
fn group_of(scope: Scope) -> Option<usize> {
    match scope {
        Scope::Group(group) => Some(group),
        Scope::Place(_) => None,
    }
}

/// What every regime has a row for, in the order of tables.
fn slots(experiment: &Experiment) -> Vec<Slot> {
    let places = if experiment.places.len() > 1 { experiment.places.len() } else { 0 };
    let mut slots = Vec::new();
    for metric in Metric::ALL.iter().copied() {
        // What is not about people exists for everybody and for places only.
        let groups = if metric.declaration().of_people { GROUPS.len() } else { 1 };
        let scopes = (0..groups).map(Scope::Group).chain((0..places).map(Scope::Place));
        for scope in scopes {
            let by = match scope {
                Scope::Group(group) => GROUPS[group].by,
                Scope::Place(_) => GroupBy::All,
            };
            let periods = Period::of(by, experiment.years).into_iter();
            slots.extend(periods.map(|period| Slot { metric, scope, period }));
        }
    }
    slots
}

impl Findings {
    /// The rows of a table.
    pub fn table(&mut self, table: Table) -> &mut Vec<Row> {
        match table {
            Table::Summary => &mut self.summary,
            Table::Differences => &mut self.differences,
            Table::Placebo => &mut self.placebo,
        }
    }

    /// Takes in what was found under further beliefs.
    pub fn extend(&mut self, other: Findings) {
        self.summary.extend(other.summary);
        self.differences.extend(other.differences);
        self.placebo.extend(other.placebo);
        self.stress.extend(other.stress);
        self.recovery.extend(other.recovery);
        self.widths.extend(other.widths);
        self.gains.extend(other.gains);
        self.refused.extend(other.refused);
    }

    /// What was found under one of several beliefs, by their index.
    pub fn under(&self, block: u32) -> Findings {
        let rows = |rows: &[Row]| -> Vec<Row> {
            rows.iter().filter(|row| row.basis.block == block).cloned().collect()
        };
        let here = |basis: &Basis| basis.block == block;
        Findings {
            summary: rows(&self.summary),
            differences: rows(&self.differences),
            placebo: rows(&self.placebo),
            stress: self.stress.iter().filter(|row| here(&row.basis)).cloned().collect(),
            recovery: self.recovery.iter().filter(|row| here(&row.basis)).cloned().collect(),
            widths: self.widths.clone(),
            gains: self.gains.iter().filter(|row| here(&row.basis)).cloned().collect(),
            refused: self.refused.iter().filter(|of| of.beliefs == block).cloned().collect(),
        }
    }

    /// The row of a table for everybody over a period.
    pub fn find<'r>(
        rows: &'r [Row],
        regime: &str,
        metric: Metric,
        period: Period,
    ) -> Option<&'r Row> {
        rows.iter().find(|r| {
            r.metric == metric && r.period == period && r.group_by == "all" && r.regime == regime
        })
    }
}

#[cfg(test)]
mod tests;
