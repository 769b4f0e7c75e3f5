//! Worlds in which a regime is best or worst of all: how one is lived through, and when
//! it counts as one.

use super::Levels;
use commissim::analysis::moments::Moments;
use commissim::metrics::{Better, Family, Metric};
use commissim::parameters::Parameters;

/// Every arm that is compared: the comparator and the default regimes.
pub const ARMS: [&str; 5] =
    ["status-quo", "tendering", "direct-payments", "isf-default", "community-sourcing"];

/// Headlines that only count what a rule allows.
pub const MEANT: [&str; 2] = ["choice.picked", "choice.good_options"];

/// Which end of the order of arms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Better than every other arm.
    Best,
    /// Worse than every other arm.
    Worst,
}

/// A regime at one end of a family's headline.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Whose case.
    pub regime: &'static str,
    /// The family one of whose headlines it is.
    pub family: Family,
    /// Best or worst.
    pub end: End,
}

/// Every case there could be.
pub fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for regime in &ARMS[1..] {
        let judged = |family: &Family| headlines(*family).next().is_some();
        for family in Family::ALL.into_iter().filter(judged) {
            cases.extend([End::Best, End::Worst].map(|end| Case { regime, family, end }));
        }
    }
    cases
}

/// A family's headlines but those that only count what a rule allows.
pub fn headlines(family: Family) -> impl Iterator<Item = Metric> {
    Metric::ALL.iter().copied().filter(move |metric| {
        let declared = metric.declaration();
        declared.is_headline() && declared.family == family && !MEANT.contains(&declared.id)
    })
}

/// Lives through some replicates of a made-up county under every arm.
pub fn levels(parameters: &Parameters, replicates: u32) -> Vec<Levels> {
    let mut experiment = super::compares(super::county(), &ARMS[1..], 5, 4);
    experiment.parameters = parameters.clone();
    super::cells(replicates, |replicate| super::levels(&experiment, replicate))
}

impl Case {
    /// Differences from each other arm on a headline, the sign such that more is further
    /// out at this end.
    pub fn ahead(&self, metric: Metric, levels: &[Levels]) -> Vec<Moments> {
        let own = ARMS.iter().position(|arm| *arm == self.regime).expect("it is an arm");
        let better = if metric.declaration().better == Better::Up { 1.0 } else { -1.0 };
        let sign = if self.end == End::Best { better } else { -better };
        let others = (0..ARMS.len()).filter(|arm| *arm != own);
        others
            .map(|other| {
                let mut ahead = Moments::default();
                for worlds in levels {
                    let pair = worlds[own][metric as usize].zip(worlds[other][metric as usize]);
                    ahead.add(pair.map(|(own, other)| sign * (own - other)));
                }
                ahead
            })
            .collect()
    }

    /// The mean difference from the nearest other arm on a headline.
    pub fn margin(&self, metric: Metric, levels: &[Levels]) -> f64 {
        let means = self.ahead(metric, levels).into_iter().map(|ahead| ahead.mean());
        means.map(|mean| mean.unwrap_or(f64::NEG_INFINITY)).fold(f64::INFINITY, f64::min)
    }
}
