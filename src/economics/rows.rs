//! What the tables of money say, row by row.

use super::pair::{Estimate, Pair};
use crate::analysis::moments::{Moments, Quantiles};
use crate::analysis::nested::Basis;
use crate::appraisal::View;

/// What later years count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Discounting {
    /// As much as the first.
    None = 0,
    /// Less, costs and outcomes alike.
    Standard = 1,
    /// Costs less, outcomes at the rate for health: a sensitivity.
    OutcomesAtHealthRate = 2,
}

impl Discounting {
    /// Every one, in the order of tables.
    pub const ALL: [Discounting; 3] =
        [Discounting::None, Discounting::Standard, Discounting::OutcomesAtHealthRate];
}

/// What a row of `costs.csv` is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// A line of costs, by its index.
    Line(usize),
    /// All that the council spends, before charges.
    CouncilGross,
    /// All costs of a view.
    Total(View),
    /// The hours behind a line of costs, by its index.
    Hours(usize),
    /// Years lived by everyone eligible.
    Lived,
}

/// A world of one replicate, or of one draw in the mean of its replicates, beside the
/// comparator: a point on the plane.
#[derive(Clone, Copy, Debug)]
pub struct Point {
    /// Parameter draw, from 0.
    pub draw: u32,
    /// Replicate, from 0; of a draw, nothing.
    pub replicate: u32,
    /// Discounted costs less the comparator's, by view, £.
    pub costs: [f64; 3],
    /// Discounted SCRQoL-years less the comparator's.
    pub outcome: f64,
}

/// What a row of `economics.csv` measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// All costs of the view.
    Cost,
    /// SCRQoL-years.
    Outcome,
    /// Cost over outcome.
    CostPerOutcome,
    /// Costs less the comparator's.
    IncrementalCost,
    /// SCRQoL-years less the comparator's.
    IncrementalOutcome,
    /// Incremental cost over incremental outcome.
    Icer,
    /// Incremental outcome at a threshold, less incremental cost.
    NetBenefit,
    /// Share of replicates with net benefit above nought.
    Probability,
    /// Net benefit to society at the social value.
    SocialValue,
    /// The threshold at which it is nought.
    SwitchingThreshold,
    /// The incremental cost at which it is nought.
    SwitchingCost,
    /// How far off that is.
    SwitchingCostPercent,
    /// The incremental outcome at which it is nought.
    SwitchingOutcome,
    /// How far off that is.
    SwitchingOutcomePercent,
}

/// Where a regime lies on the plane, as far as can be said: whether costs are higher
/// and outcomes better than the comparator's; none where the interval takes in 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Quadrant {
    /// Whether it is dearer.
    pub dearer: Option<bool>,
    /// Whether it is better.
    pub better: Option<bool>,
    /// Whether there is a comparison at all.
    pub compared: bool,
}

impl Quadrant {
    pub(super) fn of(difference: &Pair, quantiles: &mut Quantiles) -> Self {
        let mut above = |of: &Moments| match quantiles.interval(of) {
            Some((low, _)) if low > 0.0 => Some(true),
            Some((_, high)) if high < 0.0 => Some(false),
            _ => None,
        };
        let (dearer, better) = (above(&difference.first), above(&difference.second));
        Self { dearer, better, compared: true }
    }

    /// Whether one side gains in both cost and outcome: a ratio would then say
    /// nothing, and a larger one nothing worse.
    pub fn is_settled(&self) -> bool {
        matches!((self.dearer, self.better), (Some(dearer), Some(better)) if dearer != better)
    }
}

/// Which regime a row is about.
#[derive(Clone, Debug)]
pub struct About {
    /// Id of the regime.
    pub regime: String,
    /// Id of the regime it is compared with.
    pub comparator: String,
    /// What it rests on.
    pub basis: Basis,
}

/// A row of `costs.csv`.
#[derive(Clone, Debug)]
pub struct CostRow {
    pub(super) about: About,
    pub(super) item: Item,
    pub(super) discounted: bool,
    pub(super) each: bool,
    pub(super) level: Moments,
    pub(super) interval: Option<(f64, f64)>,
    pub(super) difference: Option<Moments>,
    pub(super) difference_interval: Option<(f64, f64)>,
    pub(super) raised: Option<f64>,
    pub(super) bias: f64,
}

/// A row of `economics.csv`.
#[derive(Clone, Debug)]
pub struct EconomicRow {
    pub(super) about: About,
    pub(super) view: View,
    pub(super) discounting: Discounting,
    pub(super) measure: Measure,
    pub(super) threshold: Option<f64>,
    pub(super) estimate: Estimate,
    pub(super) n: u32,
    pub(super) quadrant: Quadrant,
    pub(super) raised: Vec<(&'static str, f64)>,
}

/// A row of `plane.csv`.
#[derive(Clone, Debug)]
pub struct PlaneRow {
    pub(super) about: About,
    pub(super) view: View,
    pub(super) point: Point,
}

/// A row of `acceptability.csv`.
#[derive(Clone, Debug)]
pub struct AcceptabilityRow {
    pub(super) about: About,
    pub(super) view: View,
    pub(super) threshold: f64,
    pub(super) probability: Option<f64>,
    pub(super) best: Option<f64>,
    pub(super) n: usize,
}

impl Findings {
    /// Takes in what was found under further beliefs.
    pub fn extend(&mut self, other: Findings) {
        self.costs.extend(other.costs);
        self.economics.extend(other.economics);
        self.plane.extend(other.plane);
        self.acceptability.extend(other.acceptability);
    }
}

/// What a run found about money, row by row.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// What each regime costs, and whom.
    pub costs: Vec<CostRow>,
    /// Costs and outcomes together.
    pub economics: Vec<EconomicRow>,
    /// A point for each regime, view and replicate.
    pub plane: Vec<PlaneRow>,
    /// How likely each regime is to be worth its cost, by threshold.
    pub acceptability: Vec<AcceptabilityRow>,
}
