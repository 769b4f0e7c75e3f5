//! Stress tests: how deep a blow goes, how long it is felt, and what it costs.
//!
//! The datum is the gap between a twin that was dealt a blow and its world that was
//! not, in the same replicate and month. A harm is a gap that goes the bad way.

use super::PLACEBO;
use super::moments::Quantiles;
use super::nested::{Basis, Estimate, Nested};
use crate::cell::Cell;
use crate::experiment::Experiment;
use crate::metrics::{Better, Metric};
use crate::outcomes::{COUNTED, Outcomes, Watch, watched};
use crate::table::{Column, columns, number, optional};

/// Months in a row that a gap must stay small for recovery.
const STAYS: usize = 6;
/// Share of the depth below which a gap is small.
const SMALL: f64 = 0.1;
/// Share of the placebo's months whose gap lies within its band.
const BAND: f64 = 0.95;

/// What is said of one metric under one stress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// The largest harm of any month.
    Depth,
    /// Months until the harm stays small.
    MonthsToRecover,
    /// Whether it did not within the run.
    NotRecovered,
    /// Harm added up over months.
    Area,
    /// What was counted in the twin, less in its world.
    Total,
}

impl Said {
    /// What is said of headlines.
    const OF_HEADLINES: [Said; 4] =
        [Said::Depth, Said::MonthsToRecover, Said::NotRecovered, Said::Area];

    /// Every one, in the order of tables.
    pub const ALL: [Said; 5] =
        [Said::Depth, Said::MonthsToRecover, Said::NotRecovered, Said::Area, Said::Total];

    /// Name in tables.
    pub fn id(self) -> &'static str {
        match self {
            Said::Depth => "depth",
            Said::MonthsToRecover => "months_to_recover",
            Said::NotRecovered => "share_not_recovered",
            Said::Area => "area",
            Said::Total => "total",
        }
    }

    /// What it is, in a sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Said::Depth => {
                "The largest harm of any month: the gap between the twin that was dealt the blow and its world, the bad way; 0 where there is none."
            }
            Said::MonthsToRecover => {
                "Months from the blow to the first, not before the harm was at its worst, from which it stays for six months within a tenth of the depth, or within what the placebo makes in 95% of months; 0 where it is never more than that; where recovery does not come, the months left in the run (a restricted mean); empty where fewer than six are left."
            }
            Said::NotRecovered => {
                "Share of replicates in which recovery did not come within the run."
            }
            Said::Area => {
                "Harm added up over all months from the blow; below 0 where the blow did more good than harm."
            }
            Said::Total => {
                "What was counted in the twin over all months from the blow, less what was counted in its world."
            }
        }
    }

    /// An interval as far as it is possible.
    fn possible(self, metric: Metric, interval: Option<(f64, f64)>) -> Option<(f64, f64)> {
        let (low, high) = interval?;
        Some(match self {
            Said::NotRecovered => (low.clamp(0.0, 1.0), high.clamp(0.0, 1.0)),
            // A share of people cannot change by more than all of it.
            Said::Depth if is_share(metric) => (low.clamp(0.0, 1.0), high.clamp(0.0, 1.0)),
            Said::Depth | Said::MonthsToRecover => (low.max(0.0), high),
            Said::Area | Said::Total => (low, high),
        })
    }

    /// Unit of its numbers.
    pub fn unit(self, metric: Metric) -> String {
        let unit = metric.declaration().unit;
        match self {
            Said::Depth => unit.to_owned(),
            Said::MonthsToRecover => "months".to_owned(),
            Said::NotRecovered => "share of replicates".to_owned(),
            Said::Area => format!("{unit}, times months"),
            Said::Total if metric == Metric::PublicPerPerson => "£".to_owned(),
            Said::Total if metric == Metric::SupportersLost => "people".to_owned(),
            Said::Total => "providers".to_owned(),
        }
    }
}

/// Whether levels of a metric are from nought to one.
fn is_share(metric: Metric) -> bool {
    metric.declaration().unit == "share" || metric == Metric::LostSupporter
}

/// The interval of a gap as far as it is possible: a share moves by no more than all of it.
fn of_gap(metric: Metric, interval: Option<(f64, f64)>) -> Option<(f64, f64)> {
    let whole = |end: f64| if is_share(metric) { end.clamp(-1.0, 1.0) } else { end };
    interval.map(|(low, high)| (whole(low), whole(high)))
}

/// Whether it is said of a metric.
pub fn is_said(metric: Metric, said: Said) -> bool {
    slots().iter().any(|(_, of, what)| (*of, *what) == (metric, said))
}

/// Whether the placebo's world is needed to say it: how far its months wander is the floor
/// below which harm is not told from chance.
pub fn needs_placebo(said: Said) -> bool {
    matches!(said, Said::MonthsToRecover | Said::NotRecovered)
}

/// What is said of one metric in one replicate: of a twin beside its own world. The placebo's
/// world may be left out where [`needs_placebo`] says so.
pub fn value(
    (metric, said): (Metric, Said),
    twin: &Watch,
    world: &Outcomes,
    comparator: &Outcomes,
    placebo: Option<&Outcomes>,
) -> Option<f64> {
    let index = watched().position(|watched| watched == metric)?;
    let of = |outcomes| Watch::of(outcomes, twin.before);
    let (without, divisor) = (of(world), of(comparator));
    if said == Said::Total {
        return Some(twin.total(index) - without.total(index));
    }
    let own = gaps(twin, &without, &divisor);
    let noise = placebo.map(|placebo| gaps(&of(placebo), &divisor, &divisor));
    let noise = noise.as_ref().map_or(&[][..], |noise| &noise[index]);
    self::of(said, metric, &own[index], noise)
}

/// What every stress and regime has a row for.
fn slots() -> Vec<(usize, Metric, Said)> {
    let mut slots = Vec::new();
    for (index, metric) in watched().enumerate() {
        if metric.declaration().is_headline() {
            slots.extend(Said::OF_HEADLINES.map(|said| (index, metric, said)));
        }
        if COUNTED.contains(&metric) || metric == Metric::PublicPerPerson {
            slots.push((index, metric, Said::Total));
        }
    }
    slots
}

/// Takes in cells and keeps what the tables of stresses need.
pub struct Stresses<'a> {
    experiment: &'a Experiment,
    basis: Basis,
    slots: Vec<(usize, Metric, Said)>,
    /// `[stress][world][slot]`; the last world is the placebo, which is dealt no blow.
    values: Vec<Vec<Vec<Nested>>>,
    /// `[stress][world][slot]`; of the comparator itself, nothing.
    differences: Vec<Vec<Vec<Nested>>>,
    /// `[stress][world][watched][month]`: gaps as they are.
    gaps: Vec<Vec<Vec<Vec<Nested>>>>,
    /// The replicate in progress, over the places seen so far.
    so_far: Vec<Vec<Watch>>,
}

/// One row of `stress.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Id of the regime.
    pub regime: String,
    /// Id of the regime it is compared with.
    pub comparator: String,
    /// Id of the stress.
    pub stress: String,
    /// The metric.
    pub metric: Metric,
    /// What is said of it.
    pub said: Said,
    /// Its value over replicates.
    pub value: Estimate,
    /// 95% interval of the mean.
    pub interval: Option<(f64, f64)>,
    /// Paired difference from the comparator's; of the comparator itself, nothing.
    pub difference: Estimate,
    /// 95% interval of the mean difference.
    pub difference_interval: Option<(f64, f64)>,
    /// What it rests on.
    pub basis: Basis,
}

/// One row of `recovery.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct Gap {
    /// Id of the regime.
    pub regime: String,
    /// Id of the stress.
    pub stress: String,
    /// The metric.
    pub metric: Metric,
    /// Months from the blow.
    pub month: usize,
    /// Gap over replicates: twin less its world.
    pub value: Estimate,
    /// 95% interval of the mean.
    pub interval: Option<(f64, f64)>,
    /// What it rests on.
    pub basis: Basis,
}

impl<'a> Stresses<'a> {
    /// Nothing seen yet.
    pub fn new(experiment: &'a Experiment, basis: Basis) -> Self {
        let slots = slots();
        let (stresses, worlds) = (experiment.stresses.len(), experiment.regimes.len() + 1);
        let row = vec![Nested::default(); slots.len()];
        let months = |stress: &crate::experiment::Stress| {
            let kept = (12 * experiment.years + 1).saturating_sub(stress.month() as usize);
            vec![vec![vec![Nested::default(); kept]; watched().count()]; worlds]
        };
        Self {
            experiment,
            basis,
            values: vec![vec![row.clone(); worlds + 1]; stresses],
            differences: vec![vec![row; worlds]; stresses],
            gaps: experiment.stresses.iter().map(months).collect(),
            slots,
            so_far: Vec::new(),
        }
    }

    /// Takes in one place's cell, before the worlds of all places are looked at.
    pub fn add(&mut self, cell: &Cell) {
        if cell.id.system == 0 {
            self.so_far.clone_from(&cell.twins);
        } else {
            let (to, from) = (self.so_far.iter_mut().flatten(), cell.twins.iter().flatten());
            to.zip(from).for_each(|(to, from)| to.merge(from));
        }
    }

    /// Ends a replicate: `worlds` are those without a blow, over all places.
    pub fn close(&mut self, worlds: &[Outcomes]) {
        let twins = std::mem::take(&mut self.so_far);
        let (Some(comparator), Some(placebo)) = (worlds.first(), worlds.last()) else { return };
        for (stress, twins) in twins.iter().enumerate().take(self.values.len()) {
            let Some(before) = twins.first().map(|twin| twin.before) else { continue };
            let divisor = Watch::of(comparator, before);
            let stranger = Watch::of(placebo, before);
            let noise = gaps(&stranger, &divisor, &divisor);
            let floor = self.said(&stranger, &divisor, &noise, &noise);
            for (to, value) in self.values[stress][twins.len()].iter_mut().zip(floor) {
                to.add(value);
            }
            let mut base: Vec<Option<f64>> = Vec::new();
            for (world, twin) in twins.iter().enumerate() {
                let without = Watch::of(&worlds[world], before);
                let gaps = gaps(twin, &without, &divisor);
                for (to, gaps) in self.gaps[stress][world].iter_mut().zip(&gaps) {
                    to.iter_mut().zip(gaps).for_each(|(to, gap)| to.add(*gap));
                }
                let values = self.said(twin, &without, &gaps, &noise);
                for (slot, value) in values.iter().enumerate() {
                    self.values[stress][world][slot].add(*value);
                    if let Some(base) = base.get(slot) {
                        let difference = value.zip(*base).map(|(value, base)| value - base);
                        self.differences[stress][world][slot].add(difference);
                    }
                }
                if world == 0 {
                    base = values;
                }
            }
        }
    }

    /// Ends a parameter draw.
    pub fn end_draw(&mut self) {
        let worlds = self.values.iter_mut().chain(&mut self.differences).flatten().flatten();
        worlds.for_each(Nested::end_draw);
        self.gaps.iter_mut().flatten().flatten().flatten().for_each(Nested::end_draw);
    }

    /// What is said of a twin beside its world, by slot.
    fn said(
        &self,
        twin: &Watch,
        without: &Watch,
        gaps: &[Vec<Option<f64>>],
        noise: &[Vec<Option<f64>>],
    ) -> Vec<Option<f64>> {
        let of = |(index, metric, said): &(usize, Metric, Said)| match said {
            Said::Total => Some(twin.total(*index) - without.total(*index)),
            _ => of(*said, *metric, &gaps[*index], &noise[*index]),
        };
        self.slots.iter().map(of).collect()
    }

    /// The rows of `stress.csv`.
    pub fn rows(&self) -> Vec<Row> {
        let mut quantiles = Quantiles::default();
        let nothing = Nested::default();
        let mut rows = Vec::new();
        let worlds = self.experiment.regimes.len() + 2;
        let pairs = (0..self.experiment.stresses.len())
            .flat_map(move |stress| (0..worlds).map(move |world| (stress, world)));
        for (stress, world) in pairs {
            for (slot, (_, metric, said)) in self.slots.iter().enumerate() {
                let value = &self.values[stress][world][slot];
                let difference = self.differences[stress].get(world).map_or(&nothing, |d| &d[slot]);
                rows.push(Row {
                    regime: self.regime(world).to_owned(),
                    comparator: self.experiment.comparator.id.clone(),
                    stress: self.experiment.stresses[stress].id.clone(),
                    metric: *metric,
                    said: *said,
                    value: value.estimate(),
                    interval: said.possible(*metric, value.interval(&mut quantiles)),
                    difference: difference.estimate(),
                    difference_interval: difference.interval(&mut quantiles),
                    basis: self.basis,
                });
            }
        }
        rows
    }

    /// The rows of `recovery.csv`.
    pub fn recovery(&self) -> Vec<Gap> {
        let mut quantiles = Quantiles::default();
        let mut rows = Vec::new();
        for (stress, world) in self.pairs() {
            for (index, metric) in watched().enumerate() {
                if !metric.declaration().is_headline() {
                    continue;
                }
                for (month, value) in self.gaps[stress][world][index].iter().enumerate() {
                    rows.push(Gap {
                        regime: self.regime(world).to_owned(),
                        stress: self.experiment.stresses[stress].id.clone(),
                        metric,
                        month,
                        value: value.estimate(),
                        interval: of_gap(metric, value.interval(&mut quantiles)),
                        basis: self.basis,
                    });
                }
            }
        }
        rows
    }

    /// Stresses and the worlds that are dealt them.
    fn pairs(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        let worlds = self.experiment.regimes.len() + 1;
        (0..self.experiment.stresses.len())
            .flat_map(move |stress| (0..worlds).map(move |world| (stress, world)))
    }

    fn regime(&self, world: usize) -> &str {
        match world {
            0 => &self.experiment.comparator.id,
            _ => self.experiment.regimes.get(world - 1).map_or(PLACEBO, |regime| &regime.id),
        }
    }
}

/// `[watched][month]`: a world's value less another's, where both were read.
fn gaps(twin: &Watch, without: &Watch, divisor: &Watch) -> Vec<Vec<Option<f64>>> {
    let of = |(index, metric): (usize, Metric)| {
        let value = |world: &Watch, month| world.value(index, metric, month, divisor);
        let gap = |month| Some(value(twin, month)? - value(without, month)?);
        (0..twin.len()).map(gap).collect()
    };
    watched().enumerate().map(of).collect()
}

/// What is said of a headline, from its gaps by month and the placebo's.
fn of(said: Said, metric: Metric, gaps: &[Option<f64>], noise: &[Option<f64>]) -> Option<f64> {
    let bad = if metric.declaration().better == Better::Up { -1.0 } else { 1.0 };
    // Where a month was not read, the last reading stands.
    let mut last = None;
    let harms: Vec<f64> = gaps
        .iter()
        .filter_map(|gap| {
            last = gap.map(|gap| gap * bad).or(last);
            last
        })
        .collect();
    if harms.is_empty() {
        return None;
    }
    let depth = harms.iter().copied().fold(0.0, f64::max);
    let small = (SMALL * depth).max(band(noise));
    let unread = gaps.len() - harms.len();
    // Harm may be slow to come: nobody has recovered before it was at its worst.
    let worst = harms.iter().position(|harm| *harm == depth).unwrap_or(0);
    let unharmed = depth <= band(noise);
    let recovered = (worst..harms.len()).find(|from| {
        let stays = harms.get(*from..from + STAYS);
        stays.is_some_and(|months| months.iter().all(|harm| *harm <= small))
    });
    Some(match said {
        Said::Depth => depth,
        Said::Area => harms.iter().sum(),
        Said::MonthsToRecover | Said::NotRecovered if unharmed => 0.0,
        // In so few months nobody could be seen to recover.
        Said::MonthsToRecover | Said::NotRecovered if harms.len() < STAYS => return None,
        Said::MonthsToRecover => recovered.map_or(gaps.len(), |from| from + unread) as f64,
        Said::NotRecovered => f64::from(u8::from(recovered.is_none())),
        Said::Total => return None,
    })
}

/// How large the placebo's gap is in all but the noisiest months.
fn band(noise: &[Option<f64>]) -> f64 {
    let mut sizes: Vec<f64> = noise.iter().flatten().map(|gap| gap.abs()).collect();
    sizes.sort_by(f64::total_cmp);
    let within = (BAND * sizes.len() as f64).ceil() as usize;
    within.checked_sub(1).and_then(|index| sizes.get(index)).copied().unwrap_or(0.0)
}

/// The columns of `stress.csv`, in order.
pub const COLUMNS: &[Column<Row>] = columns! {
    "regime", "text", "Id of the regime; placebo is the comparator with one self-funder more and no blow, the noise floor.", |r| r.regime.clone();
    "comparator", "text", "Id of the regime it is compared with, in the same replicate and on the same luck.", |r| r.comparator.clone();
    "stress", "text", "Id of the stress test.", |r| r.stress.clone();
    "metric", "text", "Id of the metric, family.name.", |r| r.metric.declaration().id.to_owned();
    "unit", "text", "Unit of mean, low, high and of the difference.", |r| r.said.unit(r.metric);
    "measure", "text", "What is said of the gap between the twin that was dealt the blow and its world.", |r| r.said.id().to_owned();
    "mean", "number", "Mean over replicates.", |r| optional(r.value.mean());
    "low", "number", "Low end of the 95% interval: of the mean over luck, or the range over parameters.", |r| optional(r.interval.map(|i| i.0));
    "high", "number", "High end of the same interval.", |r| optional(r.interval.map(|i| i.1));
    "difference", "number", "Mean paired difference from the comparator's; empty for the comparator.", |r| optional(r.difference.mean());
    "difference_low", "number", "Low end of the 95% interval of the difference.", |r| optional(r.difference_interval.map(|i| i.0));
    "difference_high", "number", "High end of the 95% interval of the difference.", |r| optional(r.difference_interval.map(|i| i.1));
    "n", "whole number", "Replicates in which it could be measured; where parameters are drawn, draws.", |r| r.value.n().to_string();
    "interval", "text", "What the intervals take in: luck, or parameters.", |r| r.basis.interval().to_owned();
    "beliefs", "text", "Whose ranges parameters were drawn from; empty where none were drawn.", |r| r.basis.beliefs.to_owned();
};

/// The columns of `recovery.csv`, in order.
pub const RECOVERY: &[Column<Gap>] = columns! {
    "regime", "text", "Id of the regime.", |r| r.regime.clone();
    "stress", "text", "Id of the stress test.", |r| r.stress.clone();
    "metric", "text", "Id of the metric, family.name.", |r| r.metric.declaration().id.to_owned();
    "unit", "text", "Unit of mean, low and high.", |r| r.metric.declaration().unit.to_owned();
    "months", "whole number", "Months from the blow, which strikes at the end of month 0.", |r| number(r.month as f64);
    "mean", "number", "Mean gap over replicates: the twin that was dealt the blow, less its world; empty in months in which it was not read.", |r| optional(r.value.mean());
    "low", "number", "Low end of the 95% interval: of the mean over luck, or the range over parameters.", |r| optional(r.interval.map(|i| i.0));
    "high", "number", "High end of the same interval.", |r| optional(r.interval.map(|i| i.1));
    "n", "whole number", "Replicates in which it could be measured; where parameters are drawn, draws.", |r| r.value.n().to_string();
    "interval", "text", "What the intervals take in: luck, or parameters.", |r| r.basis.interval().to_owned();
    "beliefs", "text", "Whose ranges parameters were drawn from; empty where none were drawn.", |r| r.basis.beliefs.to_owned();
};

#[cfg(test)]
mod tests {
    use super::*;

    fn said(said: Said, harms: &[f64], noise: &[f64]) -> f64 {
        let some = |gaps: &[f64]| gaps.iter().copied().map(Some).collect::<Vec<_>>();
        of(said, Metric::Unmet, &some(harms), &some(noise)).expect("read")
    }

    #[test]
    fn no_interval_of_a_share_says_what_is_impossible() {
        let wide = Some((-1.3, 1.2));
        for metric in [Metric::Unmet, Metric::LostSupporter] {
            assert_eq!(Said::Depth.possible(metric, wide), Some((0.0, 1.0)));
            assert_eq!(of_gap(metric, wide), Some((-1.0, 1.0)));
        }
        assert_eq!(Said::Depth.possible(Metric::Redundancy, wide), Some((0.0, 1.2)));
        assert_eq!(of_gap(Metric::Redundancy, wide), wide);
    }

    #[test]
    fn a_worked_example() {
        // Eligible hours not delivered, where more is worse: a dip of three months.
        let mut gaps = vec![0.0, 0.10, 0.06, 0.02];
        gaps.extend([0.005; 8]);
        let quiet = [0.0; 12];
        assert_eq!(said(Said::Depth, &gaps, &quiet), 0.10);
        assert_eq!(said(Said::MonthsToRecover, &gaps, &quiet), 4.0);
        assert_eq!(said(Said::NotRecovered, &gaps, &quiet), 0.0);
        assert!((said(Said::Area, &gaps, &quiet) - 0.22).abs() < 1e-12);
        // Where the placebo wanders as far, it has recovered sooner.
        assert_eq!(said(Said::MonthsToRecover, &gaps, &[0.03; 12]), 3.0);
        // Harm that is slow to come is not recovered from before it has come.
        let mut slow = vec![0.0; 12];
        slow.extend([0.1; 24]);
        assert_eq!(said(Said::MonthsToRecover, &slow, &[0.0; 36]), 36.0);
        assert_eq!(said(Said::NotRecovered, &slow, &[0.0; 36]), 1.0);
        slow.extend([0.0; 6]);
        assert_eq!(said(Said::MonthsToRecover, &slow, &[0.0; 42]), 36.0);
        assert_eq!(said(Said::MonthsToRecover, &slow, &[0.2; 42]), 0.0, "no more than the placebo");
        let few = [Some(0.1); 5];
        assert_eq!(of(Said::NotRecovered, Metric::Unmet, &few, &[]), None);
        // Five quiet months at the end are too few to say so.
        assert_eq!(said(Said::MonthsToRecover, &gaps[..9], &quiet), 9.0);
        assert_eq!(said(Said::NotRecovered, &gaps[..9], &quiet), 1.0);
    }

    #[test]
    fn what_gets_better_is_no_harm() {
        assert_eq!(said(Said::Depth, &[-0.1; 12], &[0.0; 12]), 0.0);
        assert_eq!(said(Said::MonthsToRecover, &[-0.1; 12], &[0.0; 12]), 0.0);
        assert!(said(Said::Area, &[-0.1; 12], &[0.0; 12]) < -1.1);
        // Less fit is worse.
        let fit = of(Said::Depth, Metric::Fit, &[Some(-0.2), Some(0.1)], &[]);
        assert_eq!(fit, Some(0.2));
    }

    #[test]
    fn months_without_a_reading_keep_the_last() {
        let gaps = [None, Some(0.2), None, None, Some(0.0), None, None, None, None, None];
        let of = |said| of(said, Metric::Unmet, &gaps, &[]);
        assert_eq!(of(Said::Depth), Some(0.2));
        assert!((of(Said::Area).expect("read") - 0.6).abs() < 1e-12);
        assert_eq!(of(Said::MonthsToRecover), Some(4.0));
        assert_eq!(super::of(Said::Depth, Metric::Unmet, &[None, None], &[]), None);
    }
}
