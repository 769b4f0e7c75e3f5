//! Shares of people who gain and lose, over replicates, and beside the placebo's.

use super::moments::Quantiles;
use super::nested::{Basis, Estimate, Nested};
use crate::cell::Cell;
use crate::experiment::Experiment;
use crate::gains::{Fate, Gains, PERSONAL, groups};
use crate::metrics::Metric;
use crate::outcomes::GROUPS;
use crate::table::{Column, columns, number, optional};

/// What is kept of one regime, metric and group.
#[derive(Clone, Debug, Default, PartialEq)]
struct Kept {
    /// By [`Said`].
    shares: [Nested; 4],
    /// The same shares in the placebo pair.
    placebo: [Nested; 4],
    /// Paired: share less the placebo's.
    excess: [Nested; 4],
    people: Nested,
    only_here: Nested,
    only_there: Nested,
}

/// Takes in cells and keeps who gains and who loses.
pub struct Fates<'a> {
    experiment: &'a Experiment,
    basis: Basis,
    /// `[regime][metric][group]`.
    kept: Vec<Vec<Vec<Kept>>>,
    /// The replicate in progress, over the places seen so far.
    so_far: Vec<Gains>,
}

/// One row of `gains.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Id of the regime.
    pub regime: String,
    /// Id of the regime it is compared with.
    pub comparator: String,
    /// The metric.
    pub metric: Metric,
    /// The group, an index into [`GROUPS`].
    pub group: usize,
    /// What is said of people.
    pub said: Said,
    /// Share of people, over replicates.
    pub share: Estimate,
    /// 95% interval of its mean.
    pub interval: Option<(f64, f64)>,
    /// The same share in the placebo pair.
    pub placebo: Estimate,
    /// Share less the placebo's, paired.
    pub excess: Estimate,
    /// 95% interval of its mean.
    pub excess_interval: Option<(f64, f64)>,
    /// People compared.
    pub people: Estimate,
    /// People in need in the regime's world only.
    pub only_here: Estimate,
    /// People in need in the comparator's world only.
    pub only_there: Estimate,
    /// What it rests on.
    pub basis: Basis,
}

impl<'a> Fates<'a> {
    /// Nothing seen yet.
    pub fn new(experiment: &'a Experiment, basis: Basis) -> Self {
        let regime = vec![vec![Kept::default(); groups()]; PERSONAL.len()];
        let kept = vec![regime; experiment.regimes.len()];
        Self { experiment, basis, kept, so_far: Vec::new() }
    }

    /// Takes in one place's cell; the last place of a replicate ends it.
    pub fn add(&mut self, cell: &Cell) {
        if cell.id.system == 0 {
            self.so_far.clone_from(&cell.gains);
        } else {
            self.so_far.iter_mut().zip(&cell.gains).for_each(|(to, from)| to.merge(from));
        }
        if cell.id.system as usize + 1 == self.experiment.places.len() {
            self.close();
        }
    }

    fn close(&mut self) {
        let gains = std::mem::take(&mut self.so_far);
        let Some((placebo, regimes)) = gains.split_last() else { return };
        for (kept, gains) in self.kept.iter_mut().zip(regimes) {
            for (metric, kept) in kept.iter_mut().enumerate() {
                for (group, kept) in kept.iter_mut().enumerate() {
                    let counts = gains.people[metric][group];
                    let (here, floor) = (shares(counts), shares(placebo.people[metric][group]));
                    for fate in 0..Said::ALL.len() {
                        kept.shares[fate].add(here.map(|shares| shares[fate]));
                        kept.placebo[fate].add(floor.map(|shares| shares[fate]));
                        let excess = here.zip(floor).map(|(here, floor)| here[fate] - floor[fate]);
                        kept.excess[fate].add(excess);
                    }
                    kept.people.add(Some(counts.iter().copied().map(f64::from).sum()));
                    kept.only_here.add(Some(f64::from(gains.only_here[group])));
                    kept.only_there.add(Some(f64::from(gains.only_there[group])));
                }
            }
        }
    }

    /// Ends a parameter draw.
    pub fn end_draw(&mut self) {
        for kept in self.kept.iter_mut().flatten().flatten() {
            let shares = kept.shares.iter_mut().chain(&mut kept.placebo).chain(&mut kept.excess);
            shares.for_each(Nested::end_draw);
            let people = [&mut kept.people, &mut kept.only_here, &mut kept.only_there];
            people.into_iter().for_each(Nested::end_draw);
        }
    }

    /// The rows of `gains.csv`.
    pub fn rows(&self) -> Vec<Row> {
        let mut quantiles = Quantiles::default();
        let mut rows = Vec::new();
        for (regime, kept) in self.experiment.regimes.iter().zip(&self.kept) {
            for (metric, kept) in PERSONAL.into_iter().zip(kept) {
                for (group, kept) in kept.iter().enumerate() {
                    for said in Said::ALL {
                        let (share, excess) =
                            (&kept.shares[said as usize], &kept.excess[said as usize]);
                        rows.push(Row {
                            regime: regime.id.clone(),
                            comparator: self.experiment.comparator.id.clone(),
                            metric,
                            group,
                            said,
                            share: share.estimate(),
                            interval: said.possible(share.interval(&mut quantiles)),
                            placebo: kept.placebo[said as usize].estimate(),
                            excess: excess.estimate(),
                            excess_interval: excess.interval(&mut quantiles),
                            people: kept.people.estimate(),
                            only_here: kept.only_here.estimate(),
                            only_there: kept.only_there.estimate(),
                            basis: self.basis,
                        });
                    }
                }
            }
        }
        rows
    }
}

/// Shares of people by what is said of them; none where there is nobody.
fn shares(counts: [u32; 3]) -> Option<[f64; 4]> {
    let all = f64::from(counts.iter().sum::<u32>());
    let [better, worse, same] = counts.map(|count| f64::from(count) / all);
    (all > 0.0).then_some([better, worse, same, better - worse])
}

/// What is said of people, in the order of tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Said {
    /// The share who are better off.
    Better = Fate::Gains as u8,
    /// The share who are worse off.
    Worse = Fate::Loses as u8,
    /// The share who are neither.
    Same = Fate::Same as u8,
    /// Better off less worse off.
    Net = 3,
}

impl Said {
    /// Every one, in the order of tables.
    pub const ALL: [Said; 4] = [Said::Better, Said::Worse, Said::Same, Said::Net];

    /// The word in tables.
    pub fn word(self) -> &'static str {
        match self {
            Said::Better => "better off",
            Said::Worse => "worse off",
            Said::Same => "same",
            Said::Net => "net",
        }
    }

    /// An interval as far as it is possible.
    fn possible(self, interval: Option<(f64, f64)>) -> Option<(f64, f64)> {
        let least = if self == Said::Net { -1.0 } else { 0.0 };
        interval.map(|(low, high)| (low.clamp(least, 1.0), high.clamp(least, 1.0)))
    }
}

/// The columns of `gains.csv`, in order.
pub const COLUMNS: &[Column<Row>] = columns! {
    "regime", "text", "Id of the regime.", |r| r.regime.clone();
    "comparator", "text", "Id of the regime it is compared with, person by person, in the same replicate and on the same luck.", |r| r.comparator.clone();
    "metric", "text", "Id of the metric; of choice.unmet, the share of hours needed that nobody delivered.", |r| r.metric.declaration().id.to_owned();
    "matters", "number", "Difference in a person's mean beyond which they are better or worse off, in the metric's unit.", |r| optional(r.metric.declaration().matters());
    "group_by", "text", "How people are divided into groups.", |r| GROUPS[r.group].by.id().to_owned();
    "group", "text", "The group of people.", |r| GROUPS[r.group].id.to_owned();
    "fate", "text", "better off, worse off or same, by the person's mean difference over the quarters in which they were in need at home in both worlds; net is better off less worse off.", |r| r.said.word().to_owned();
    "share", "number", "Share of those people, mean over replicates.", |r| optional(r.share.mean());
    "low", "number", "Low end of the 95% interval: of the mean over luck, or the range over parameters.", |r| optional(r.interval.map(|i| i.0));
    "high", "number", "High end of the same interval.", |r| optional(r.interval.map(|i| i.1));
    "placebo", "number", "The same share between the comparator and itself with one self-funder more: the least that luck does to people. A regime stirs more luck than one stranger does, which moves as many up as down.", |r| optional(r.placebo.mean());
    "excess", "number", "Share less the placebo's, paired. Of better off and worse off it holds what the regime does and the luck it stirs; of net, where that luck cancels, what the regime does.", |r| optional(r.excess.mean());
    "excess_low", "number", "Low end of the 95% interval of the excess.", |r| optional(r.excess_interval.map(|i| i.0));
    "excess_high", "number", "High end of the 95% interval of the excess.", |r| optional(r.excess_interval.map(|i| i.1));
    "people", "number", "People compared, mean over replicates.", |r| optional(r.people.mean());
    "only_regime", "number", "People in need at home in the regime's world only, mean over replicates; they are compared with nobody.", |r| optional(r.only_here.mean());
    "only_comparator", "number", "People in need at home in the comparator's world only, mean over replicates.", |r| optional(r.only_there.mean());
    "n", "whole number", "Replicates in which it could be measured; where parameters are drawn, draws.", |r| number(f64::from(r.share.n()));
    "interval", "text", "What the intervals take in: luck, or parameters.", |r| r.basis.interval().to_owned();
    "beliefs", "text", "Whose ranges parameters were drawn from; empty where none were drawn.", |r| r.basis.beliefs.to_owned();
};
