//! From cells to money: what each regime costs and whom, what its outcomes are
//! worth, and how likely it is to be worth its cost.
//!
//! The rules are in [`crate::appraisal`]. Like [`crate::analysis`], this is a
//! function of the experiment and its cells in order; of each regime and replicate
//! it keeps five numbers, which are the cloud on the cost-effectiveness plane.
//!
//! Where parameters are drawn the datum is a draw's mean over its replicates: intervals
//! are of the mean over draws, and the cloud is of draws, so that probabilities are shares
//! of them. What luck is left in a draw's mean is in both.

pub mod columns;
pub mod flow;
pub mod pair;
pub mod rows;

use crate::analysis::moments::{Moments, Quantiles};
use crate::analysis::nested::Basis;
use crate::appraisal::{COSTS, CURVE_END, CURVE_STEP, PER_CENT, View};
use crate::cell::Cell;
use crate::experiment::Experiment;
use flow::{Flow, Present};
use pair::{Estimate, Pair};
use rows::{
    About, AcceptabilityRow, CostRow, Discounting, EconomicRow, Findings, Item, Measure, PlaneRow,
    Point, Quadrant,
};

/// What a row of `costs.csv` is about, and how it is counted.
#[derive(Clone, Copy, Debug)]
struct Slot {
    item: Item,
    discounted: bool,
    /// Divided by the comparator's years lived.
    each: bool,
}

impl Slot {
    fn value(&self, world: &Present, comparator: &Present) -> f64 {
        let lines = &world.lines[usize::from(self.discounted)];
        let amount = match self.item {
            Item::Line(line) => lines[line],
            Item::CouncilGross => lines_of_council().map(|line| lines[line]).sum(),
            Item::Total(view) => world.cost(view, self.discounted),
            Item::Hours(line) => world.hours[line],
            Item::Lived => world.lived,
        };
        if self.each { amount / comparator.lived } else { amount }
    }
}

fn lines_of_council() -> impl Iterator<Item = usize> {
    (0..COSTS.len()).filter(|line| COSTS[*line].payer == crate::appraisal::Payer::Council)
}

/// Every row that `costs.csv` has for a regime.
fn slots() -> Vec<Slot> {
    let lines = (0..COSTS.len()).map(Item::Line);
    let totals = std::iter::once(Item::CouncilGross).chain(View::ALL.map(Item::Total));
    let mut slots = Vec::new();
    for item in lines.chain(totals) {
        for discounted in [false, true] {
            slots.extend([false, true].map(|each| Slot { item, discounted, each }));
        }
    }
    for (line, cost) in COSTS.iter().enumerate() {
        if cost.hours.is_some() {
            let item = Item::Hours(line);
            slots.extend([false, true].map(|each| Slot { item, discounted: false, each }));
        }
    }
    slots.push(Slot { item: Item::Lived, discounted: false, each: false });
    slots
}

/// Net benefit over replicates at one threshold.
#[derive(Clone, Copy, Debug, Default)]
struct Net {
    moments: Moments,
    /// Replicates in which it is above nought; exactly nought counts half.
    wins: f64,
}

impl Net {
    fn add(&mut self, benefit: f64) {
        self.moments.add(Some(benefit));
        self.wins += win(benefit);
    }
}

fn win(benefit: f64) -> f64 {
    match benefit.total_cmp(&0.0) {
        _ if benefit == 0.0 => 0.5,
        std::cmp::Ordering::Greater => 1.0,
        _ => 0.0,
    }
}

/// Cost and outcome of a world in one view and under one discounting.
#[derive(Clone, Debug)]
struct Seen {
    level: Pair,
    difference: Pair,
    /// By threshold of the experiment; the social value comes last.
    net: Vec<Net>,
}

/// What one world comes to in one replicate, or in the mean of a draw's.
#[derive(Clone, Debug)]
struct Observed {
    /// By slot.
    levels: Vec<f64>,
    differences: Vec<f64>,
    /// `[view][discounting]`: cost, outcome, and both less the comparator's.
    pairs: [[[f64; 4]; 3]; 3],
    /// Discounted costs less the comparator's by view, and the outcome.
    point: [f64; 4],
}

impl Observed {
    fn numbers(&mut self) -> impl Iterator<Item = &mut f64> {
        let slots = self.levels.iter_mut().chain(&mut self.differences);
        slots.chain(self.pairs.iter_mut().flatten().flatten()).chain(&mut self.point)
    }
}

/// Takes in cells and keeps what the tables of money need.
pub struct Economics<'a> {
    experiment: &'a Experiment,
    basis: Basis,
    factors: [Vec<f64>; 2],
    slots: Vec<Slot>,
    /// `[world][slot]`; the comparator is world 0, and the placebo is left out.
    levels: Vec<Vec<Moments>>,
    differences: Vec<Vec<Moments>>,
    /// `[world][view][discounting]`.
    seen: Vec<[[Seen; 3]; 3]>,
    /// `[world − 1][replicate]`.
    clouds: Vec<Vec<Point>>,
    /// The replicate in progress, summed over the places seen so far.
    so_far: Vec<Flow>,
    /// `[world]`: the draw in progress, added up over its replicates.
    draw: Vec<Observed>,
}

impl<'a> Economics<'a> {
    /// Nothing seen yet, where no parameters are drawn.
    pub fn new(experiment: &'a Experiment) -> Self {
        Self::of(experiment, Basis::of(experiment, 0, 0))
    }

    /// Nothing seen yet of the cells of one beliefs.
    pub fn of(experiment: &'a Experiment, basis: Basis) -> Self {
        let worlds = experiment.regimes.len() + 1;
        let slots = slots();
        let thresholds = experiment.economics.thresholds.len() + 1;
        let seen = Seen {
            level: Pair::default(),
            difference: Pair::default(),
            net: vec![Net::default(); thresholds],
        };
        let by_view = || std::array::from_fn(|_| std::array::from_fn(|_| seen.clone()));
        Self {
            experiment,
            basis,
            factors: experiment.economics.factors(experiment.years),
            levels: vec![vec![Moments::default(); slots.len()]; worlds],
            differences: vec![vec![Moments::default(); slots.len()]; worlds],
            slots,
            seen: (0..worlds).map(|_| by_view()).collect(),
            clouds: vec![Vec::new(); worlds - 1],
            so_far: Vec::new(),
            draw: Vec::new(),
        }
    }

    /// Takes in a cell. Cells come by draw and replicate, and within it by place; those of
    /// draws that are refused do not come.
    pub fn add(&mut self, cell: &Cell) {
        let flows = cell.worlds.iter().take(self.levels.len()).map(Flow::of);
        if cell.id.system == 0 {
            self.so_far = flows.collect();
        } else {
            self.so_far.iter_mut().zip(flows).for_each(|(all, one)| all.merge(&one));
        }
        if cell.id.system as usize + 1 == self.experiment.places.len() {
            let flows = std::mem::take(&mut self.so_far);
            let observed = self.observed(&flows, cell.id.draw);
            if !self.basis.drawn {
                self.take(&observed, cell.id.draw, cell.id.replicate);
            } else {
                self.add_to_draw(observed, cell.id.draw, cell.id.replicate);
            }
        }
    }

    /// What each world of a replicate comes to; worth is by the draw's own parameters.
    fn observed(&self, flows: &[Flow], draw: u32) -> Vec<Observed> {
        let Some(first) = flows.first() else { return Vec::new() };
        let drawn = self.experiment.drawn(self.basis.block, draw);
        let (choices, parameters) = (&drawn.economics, &drawn.parameters);
        let present = |flow: &Flow| Present::of(flow, first, &self.factors, choices, parameters);
        let comparator = present(first);
        let of = |flow: &Flow| {
            let world = present(flow);
            let level = |slot: &Slot| slot.value(&world, &comparator);
            let less = |slot: &Slot| level(slot) - slot.value(&comparator, &comparator);
            let pair = |view: View, discounting: Discounting| {
                let of = |world: &Present| {
                    let cost = world.cost(view, discounting != Discounting::None);
                    (cost, world.outcome[discounting as usize])
                };
                let ((cost, outcome), base) = (of(&world), of(&comparator));
                [cost, outcome, cost - base.0, outcome - base.1]
            };
            let [a, b, c] =
                View::ALL.map(|view| world.cost(view, true) - comparator.cost(view, true));
            let standard = Discounting::Standard as usize;
            Observed {
                levels: self.slots.iter().map(level).collect(),
                differences: self.slots.iter().map(less).collect(),
                pairs: View::ALL.map(|view| Discounting::ALL.map(|of| pair(view, of))),
                point: [a, b, c, world.outcome[standard] - comparator.outcome[standard]],
            }
        };
        flows.iter().map(of).collect()
    }

    /// Adds a replicate to its draw, and takes in the draw's mean at its end.
    fn add_to_draw(&mut self, observed: Vec<Observed>, draw: u32, replicate: u32) {
        if self.draw.is_empty() {
            self.draw = observed;
        } else {
            for (all, mut one) in self.draw.iter_mut().zip(observed) {
                all.numbers().zip(one.numbers()).for_each(|(all, one)| *all += *one);
            }
        }
        if replicate + 1 == self.experiment.replicates {
            let mut mean = std::mem::take(&mut self.draw);
            let replicates = f64::from(self.experiment.replicates);
            mean.iter_mut().flat_map(Observed::numbers).for_each(|sum| *sum /= replicates);
            self.take(&mean, draw, 0);
        }
    }

    fn take(&mut self, worlds: &[Observed], draw: u32, replicate: u32) {
        let choices = &self.experiment.economics;
        let number = |x: &f64| Some(*x).filter(|x| x.is_finite());
        for (index, world) in worlds.iter().enumerate() {
            for (to, level) in self.levels[index].iter_mut().zip(&world.levels) {
                to.add(number(level));
            }
            for (to, less) in self.differences[index].iter_mut().zip(&world.differences) {
                to.add(number(less));
            }
            let seen = self.seen[index].iter_mut().flatten();
            for (seen, pair) in seen.zip(world.pairs.iter().flatten()) {
                let [cost, outcome, more_cost, more_outcome] = *pair;
                seen.level.add(cost, outcome);
                seen.difference.add(more_cost, more_outcome);
                let worth = choices.thresholds.iter().chain([&choices.social_value]);
                for (net, worth) in seen.net.iter_mut().zip(worth) {
                    net.add(worth * more_outcome - more_cost);
                }
            }
            if index > 0 {
                let [a, b, c, outcome] = world.point;
                let costs = [a, b, c];
                self.clouds[index - 1].push(Point { draw, replicate, costs, outcome });
            }
        }
    }

    /// The ids of the worlds, in order.
    fn ids(&self) -> impl Iterator<Item = &str> {
        let regimes = std::iter::once(&self.experiment.comparator).chain(&self.experiment.regimes);
        regimes.map(|regime| regime.id.as_str())
    }

    /// The tables' rows.
    pub fn findings(&self) -> Findings {
        let quantiles = &mut Quantiles::default();
        Findings {
            costs: self.costs(quantiles),
            economics: self.economics(quantiles),
            plane: self.plane(),
            acceptability: self.acceptability(),
        }
    }

    fn about(&self, regime: &str) -> About {
        About {
            regime: regime.to_owned(),
            comparator: self.experiment.comparator.id.clone(),
            basis: self.basis,
        }
    }

    fn costs(&self, quantiles: &mut Quantiles) -> Vec<CostRow> {
        let choices = &self.experiment.economics;
        let mut rows = Vec::new();
        for (world, regime) in self.ids().enumerate() {
            for (at, slot) in self.slots.iter().enumerate() {
                let level = self.levels[world][at];
                // What of a line was added to it, a part that is the same in every replicate.
                let added = |line: usize| {
                    let raised = choices.raise(line);
                    let own = Slot { item: Item::Line(line), ..*slot };
                    let own = self.slots.iter().position(|s| s.same(&own));
                    let mean = own.and_then(|own| self.levels[world][own].mean());
                    mean.unwrap_or(0.0) * (raised - 1.0) / raised
                };
                let bias = match slot.item {
                    Item::Line(line) => added(line),
                    Item::CouncilGross => lines_of_council().map(added).sum(),
                    Item::Total(view) => (0..COSTS.len())
                        .map(|line| COSTS[line].counts[view as usize] * added(line))
                        .sum(),
                    Item::Hours(_) | Item::Lived => 0.0,
                };
                let difference = (world > 0).then_some(self.differences[world][at]);
                rows.push(CostRow {
                    about: self.about(regime),
                    item: slot.item,
                    discounted: slot.discounted,
                    each: slot.each,
                    interval: quantiles.interval(&level),
                    level,
                    difference_interval: difference.and_then(|d| quantiles.interval(&d)),
                    difference,
                    raised: match slot.item {
                        Item::Line(line) => Some(choices.optimism_bias[line]),
                        _ => None,
                    },
                    bias,
                });
            }
        }
        rows
    }

    fn economics(&self, quantiles: &mut Quantiles) -> Vec<EconomicRow> {
        let mut rows = Vec::new();
        for (world, regime) in self.ids().enumerate() {
            for view in View::ALL {
                for discounting in Discounting::ALL {
                    let seen = &self.seen[world][view as usize][discounting as usize];
                    let mut measured = levels(seen, quantiles);
                    let mut quadrant = Quadrant::default();
                    if world > 0 {
                        quadrant = Quadrant::of(&seen.difference, quantiles);
                        measured.extend(self.compared(seen, quadrant, quantiles));
                        if view == View::Society && discounting == Discounting::Standard {
                            measured.extend(self.social(seen, quantiles));
                        }
                    }
                    rows.extend(measured.into_iter().map(|(measure, threshold, estimate)| {
                        EconomicRow {
                            about: self.about(regime),
                            view,
                            discounting,
                            measure,
                            threshold,
                            estimate,
                            n: seen.level.first.n(),
                            quadrant,
                            raised: self.experiment.economics.raised().collect(),
                        }
                    }));
                }
            }
        }
        rows
    }

    /// What a regime comes to beside the comparator.
    fn compared(
        &self,
        seen: &Seen,
        quadrant: Quadrant,
        quantiles: &mut Quantiles,
    ) -> Vec<Measured> {
        let ratio = seen.difference.ratio(quantiles).filter(|_| !quadrant.is_settled());
        let mut found = vec![
            (Measure::IncrementalCost, None, mean(&seen.difference.first, quantiles)),
            (Measure::IncrementalOutcome, None, mean(&seen.difference.second, quantiles)),
            (Measure::Icer, None, with_interval(ratio)),
        ];
        let nets = || self.experiment.economics.thresholds.iter().zip(&seen.net);
        for (threshold, net) in nets() {
            found.push((Measure::NetBenefit, Some(*threshold), mean(&net.moments, quantiles)));
        }
        for (threshold, net) in nets() {
            let n = f64::from(net.moments.n());
            let share = (n > 0.0).then(|| (net.wins / n, None));
            found.push((Measure::Probability, Some(*threshold), share));
        }
        found
    }

    /// Net present social value, and what would have to change for it to be nought.
    fn social(&self, seen: &Seen, quantiles: &mut Quantiles) -> Vec<Measured> {
        let value = self.experiment.economics.social_value;
        let (cost, outcome) = (&seen.difference.first, &seen.difference.second);
        let times = |estimate: Estimate, by: f64| {
            estimate.map(|(mean, ends)| (mean * by, ends.map(|(low, high)| (low * by, high * by))))
        };
        // From a ratio of what would break even to what is: by how many % to move.
        let percent = |ratio: Option<(f64, (f64, f64))>, of: &Moments| {
            let sign = of.mean()?.signum();
            let (mean, (low, high)) = ratio?;
            let change = |x: f64| sign * (x - 1.0) * PER_CENT;
            let (a, b) = (change(low), change(high));
            Some((change(mean), Some((a.min(b), a.max(b)))))
        };
        let scaled = |ratio: Option<(f64, (f64, f64))>, by: f64| {
            ratio.map(|(mean, (low, high))| (mean * by, (low * by, high * by)))
        };
        let cost_for_outcome = seen.difference.ratio(quantiles);
        let outcome_for_cost = seen.difference.swapped().ratio(quantiles);
        // Where one side gains in both, no value of a SCRQoL-year turns the sign.
        let turning = cost_for_outcome.filter(|(mean, _)| *mean >= 0.0);
        let net = seen.net.last().map(|net| net.moments).unwrap_or_default();
        vec![
            (Measure::SocialValue, Some(value), mean(&net, quantiles)),
            (Measure::SwitchingThreshold, None, with_interval(turning)),
            (Measure::SwitchingCost, Some(value), times(mean(outcome, quantiles), value)),
            (
                Measure::SwitchingCostPercent,
                Some(value),
                percent(scaled(outcome_for_cost, value), cost),
            ),
            (Measure::SwitchingOutcome, Some(value), times(mean(cost, quantiles), 1.0 / value)),
            (
                Measure::SwitchingOutcomePercent,
                Some(value),
                percent(scaled(cost_for_outcome, 1.0 / value), outcome),
            ),
        ]
    }

    fn plane(&self) -> Vec<PlaneRow> {
        let mut rows = Vec::new();
        for (regime, cloud) in self.ids().skip(1).zip(&self.clouds) {
            for view in View::ALL {
                let row =
                    |point: &Point| PlaneRow { about: self.about(regime), view, point: *point };
                rows.extend(cloud.iter().map(row));
            }
        }
        rows
    }

    /// Thresholds of the curve: even steps, and those of the experiment.
    fn curve(&self) -> Vec<f64> {
        let steps = (CURVE_END / CURVE_STEP) as u32;
        let choices = &self.experiment.economics;
        let mut curve: Vec<f64> = (0..=steps).map(|step| f64::from(step) * CURVE_STEP).collect();
        curve.extend(choices.thresholds.iter().chain([&choices.social_value]));
        curve.sort_by(f64::total_cmp);
        curve.dedup();
        curve
    }

    fn acceptability(&self) -> Vec<AcceptabilityRow> {
        let replicates = self.clouds.first().map_or(0, Vec::len);
        let mut rows = Vec::new();
        for view in View::ALL {
            for threshold in self.curve() {
                let worlds = self.clouds.len() + 1;
                let (mut wins, mut best) = (vec![0.0; worlds], vec![0.0; worlds]);
                let mut net = vec![0.0; worlds];
                for replicate in 0..replicates {
                    for (world, cloud) in self.clouds.iter().enumerate() {
                        let point = &cloud[replicate];
                        net[world + 1] = threshold * point.outcome - point.costs[view as usize];
                    }
                    let most = net.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                    let equals = net.iter().filter(|net| **net == most).count() as f64;
                    for (world, net) in net.iter().enumerate() {
                        wins[world] += win(*net);
                        best[world] += if *net == most { 1.0 / equals } else { 0.0 };
                    }
                }
                let share = |sum: f64| (replicates > 0).then(|| sum / replicates as f64);
                for (world, regime) in self.ids().enumerate() {
                    rows.push(AcceptabilityRow {
                        about: self.about(regime),
                        view,
                        threshold,
                        probability: share(wins[world]).filter(|_| world > 0),
                        best: share(best[world]),
                        n: replicates,
                    });
                }
            }
        }
        rows
    }
}

impl Slot {
    fn same(&self, other: &Slot) -> bool {
        (self.item, self.discounted, self.each) == (other.item, other.discounted, other.each)
    }
}

/// A measure, the threshold it is taken at, and its estimate.
type Measured = (Measure, Option<f64>, Estimate);

fn mean(of: &Moments, quantiles: &mut Quantiles) -> Estimate {
    Some((of.mean()?, quantiles.interval(of)))
}

fn with_interval(ratio: Option<(f64, (f64, f64))>) -> Estimate {
    ratio.map(|(mean, ends)| (mean, Some(ends)))
}

/// What a world comes to by itself.
fn levels(seen: &Seen, quantiles: &mut Quantiles) -> Vec<Measured> {
    vec![
        (Measure::Cost, None, mean(&seen.level.first, quantiles)),
        (Measure::Outcome, None, mean(&seen.level.second, quantiles)),
        (Measure::CostPerOutcome, None, with_interval(seen.level.ratio(quantiles))),
    ]
}

#[cfg(test)]
mod tests;
