//! Regret over the draws that claims are asked of: what each regime loses against the best,
//! whoever is right about the parameters.
//!
//! It is part of the same folder and cells as claims, not a command of its own: the question
//! is asked of the same draws, and a second set of cells would cost as much again.

use super::answer::{Believed, Simulated};
use super::counting::Values;
use super::{Figure, What};
use crate::discovery::regret::{self, Regrets, Standing, Weighed, standings};
use crate::experiment::Experiment;
use crate::metrics::{Better, Family, Metric, find};
use crate::outcomes::Period;
use crate::problem::{Problem, Problems, nearest};

/// What a unit of a metric is worth to whoever asks, below nought where less is better.
pub type Weights = Vec<(Metric, f64)>;

/// Reads weights such as `choice.scrqol=1`.
///
/// # Errors
///
/// Everything that is wrong with them.
pub fn weights(typed: &[String]) -> Result<Weights, Problems> {
    let mut said = Vec::new();
    let mut weights: Weights = Vec::new();
    for text in typed {
        let wrong = |title: String| Problem::error(format!("--weights: {title}"));
        let Some((name, value)) = text.split_once('=') else {
            let help = "write it as METRIC=WEIGHT, such as `choice.scrqol=1`";
            said.push(wrong(format!("`{text}` gives no weight")).help(help));
            continue;
        };
        let value = value.trim().replace('−', "-").parse::<f64>().ok();
        let value = value.filter(|value| value.is_finite() && *value != 0.0);
        if value.is_none() {
            let help = "a weight is what one unit is worth: a number other than 0, below 0 where less is better";
            said.push(wrong(format!("`{text}` gives no weight")).help(help));
        }
        let metric = find(name.trim());
        if metric.is_none() {
            let near = nearest(name, Metric::ALL.iter().map(|metric| metric.declaration().id));
            let near = near.map(|near| format!("did you mean `{near}`?"));
            let help = near.unwrap_or_else(|| "`commissim list metrics` lists them".to_owned());
            said.push(wrong(format!("no metric is called `{name}`")).help(help));
        }
        let (Some(metric), Some(value)) = (metric, value) else { continue };
        match weights.iter().any(|(known, _)| *known == metric) {
            true => said.push(wrong(format!("`{name}` is there twice")).help("take one out")),
            false => weights.push((metric, value)),
        }
    }
    if said.is_empty() { Ok(weights) } else { Err(Problems::new(said)) }
}

/// What regimes are compared by, and where its values are.
#[derive(Clone, Debug)]
pub struct Goods {
    regimes: Vec<String>,
    /// Headlines, and whatever has a weight, with the figures of each regime.
    metrics: Vec<(Metric, Vec<usize>)>,
    weights: Weights,
}

/// By what regimes are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// One metric.
    Metric(Metric),
    /// The weights that were given.
    Weights,
    /// The headlines of a family, each as far as it matters.
    Family(Family),
}

impl By {
    /// Name in tables.
    pub fn id(self) -> &'static str {
        match self {
            By::Metric(metric) => metric.declaration().id,
            By::Weights => "weights",
            By::Family(family) => family.id(),
        }
    }

    /// Unit of what is lost.
    pub fn unit(self) -> &'static str {
        match self {
            By::Metric(metric) => metric.declaration().unit,
            By::Weights => "of the weights given",
            By::Family(_) => "differences worth a decision",
        }
    }
}

/// What regimes lose by one thing, under one beliefs.
#[derive(Clone, Debug, PartialEq)]
pub struct Lost {
    /// Whose beliefs.
    pub beliefs: &'static str,
    /// By what.
    pub by: By,
    /// By regime.
    pub regrets: Regrets,
}

/// What regimes lose, and where they stand between the families.
#[derive(Clone, Debug, PartialEq)]
pub struct Losses {
    /// Ids of the regimes, the comparator first.
    pub regimes: Vec<String>,
    /// What they lose.
    pub lost: Vec<Lost>,
    /// The families that are not weighed against each other.
    pub families: Vec<Family>,
    /// Where each regime stands, by beliefs.
    pub front: Vec<(&'static str, Vec<Standing>)>,
}

impl Goods {
    /// What has to be measured under every regime.
    pub fn of(
        experiment: &Experiment,
        weights: &Weights,
        figure: &mut dyn FnMut(Figure) -> usize,
    ) -> Self {
        let ids = std::iter::once(&experiment.comparator).chain(&experiment.regimes);
        let regimes: Vec<String> = ids.map(|regime| regime.id.clone()).collect();
        let headlines = Metric::ALL.iter().copied().filter(|m| m.declaration().is_headline());
        let mut metrics: Vec<Metric> = headlines.collect();
        let more = weights.iter().map(|(metric, _)| *metric);
        let more: Vec<Metric> = more.filter(|metric| !metrics.contains(metric)).collect();
        metrics.extend(more);
        let mut of = |metric| {
            let what = What::Level { metric, group: 0, period: Period::Whole };
            (0..regimes.len()).map(|world| figure(Figure { world, what })).collect()
        };
        let metrics = metrics.into_iter().map(|metric| (metric, of(metric))).collect();
        Self { regimes, metrics, weights: weights.clone() }
    }

    /// What regimes lose under each beliefs.
    pub fn losses(&self, simulated: &Simulated) -> Losses {
        let families = vec![Family::Choice, Family::Cost, Family::Community];
        let (mut lost, mut front) = (Vec::new(), Vec::new());
        for believed in &simulated.beliefs {
            let beliefs = believed.id;
            let mut add = |by: By, goods: Option<regret::Goods>| {
                let regrets = goods.and_then(|goods| Regrets::of(&goods));
                lost.extend(regrets.map(|regrets| Lost { beliefs, by, regrets }));
            };
            let values: Vec<Vec<Vec<Option<f64>>>> =
                self.metrics.iter().map(|(_, figures)| means(believed, figures)).collect();
            let each = || self.metrics.iter().zip(&values);
            for ((metric, _), values) in each().filter(|((m, _), _)| m.declaration().is_headline())
            {
                let more = metric.declaration().better == Better::Up;
                add(By::Metric(*metric), Some(regret::Goods::metric(values, more)));
            }
            if !self.weights.is_empty() {
                let weighed = |(metric, weight): &(Metric, f64)| {
                    let (_, values) = each().find(|((own, _), _)| own == metric)?;
                    Some(Weighed {
                        values,
                        more: *weight > 0.0,
                        matters: 1.0,
                        weight: weight.abs(),
                    })
                };
                let weighed: Vec<Weighed<'_>> = self.weights.iter().filter_map(weighed).collect();
                add(By::Weights, regret::Goods::weighed(&weighed));
            }
            let family = |family: &Family| {
                let of_family = each().filter(|((metric, _), _)| {
                    let declared = metric.declaration();
                    declared.family == *family && declared.is_headline()
                });
                let weighed: Vec<Weighed<'_>> = of_family
                    .filter_map(|((metric, _), values)| {
                        let declared = metric.declaration();
                        let more = declared.better == Better::Up;
                        Some(Weighed { values, more, matters: declared.matters()?, weight: 1.0 })
                    })
                    .collect();
                regret::Goods::weighed(&weighed)
            };
            let goods: Vec<Option<regret::Goods>> = families.iter().map(family).collect();
            for (family, goods) in families.iter().zip(&goods) {
                add(By::Family(*family), goods.clone());
            }
            let goods: Option<Vec<regret::Goods>> = goods.into_iter().collect();
            front.extend(goods.and_then(|goods| standings(&goods)).map(|all| (beliefs, all)));
        }
        Losses { regimes: self.regimes.clone(), lost, families, front }
    }
}

/// `[regime][draw]`: means over replicates; missing where a replicate's value is.
fn means(believed: &Believed, figures: &[usize]) -> Vec<Vec<Option<f64>>> {
    let mean = |values: &Values, figure: usize| {
        let all: Option<Vec<f64>> = values.iter().map(|values| values[figure]).collect();
        let all = all.filter(|all| !all.is_empty())?;
        Some(all.iter().sum::<f64>() / all.len() as f64)
    };
    let of = |figure: &usize| believed.draws.values().map(|values| mean(values, *figure)).collect();
    figures.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::made_up;
    use std::collections::BTreeMap;

    #[test]
    fn what_is_wrong_with_weights_is_said_at_once() {
        let typed =
            ["choice.scrqol", "cost.public_per_persn=-0.1", "choice.fit=x"].map(str::to_owned);
        let said = weights(&typed).expect_err("three are wrong").to_string();
        let expected = "\
error: --weights: `choice.fit=x` gives no weight
help: a weight is what one unit is worth: a number other than 0, below 0 where less is better

error: --weights: `choice.scrqol` gives no weight
help: write it as METRIC=WEIGHT, such as `choice.scrqol=1`

error: --weights: no metric is called `cost.public_per_persn`
help: did you mean `cost.public_per_person`?

3 problems
";
        assert_eq!(said, expected);
        let good = ["choice.scrqol=1", "cost.public_per_person=−0.001"].map(str::to_owned);
        let found = weights(&good).expect("they are fine");
        assert_eq!(found, [(Metric::Scrqol, 1.0), (Metric::PublicPerPerson, -0.001)]);
    }

    #[test]
    fn regimes_lose_what_was_worked_out_by_hand() {
        let experiment = made_up::experiment(&["one"], 2);
        let weights = vec![(Metric::Scrqol, 1.0), (Metric::PublicPerPerson, -0.001)];
        let mut figures = Vec::new();
        let goods = Goods::of(&experiment, &weights, &mut |figure| {
            figures.push(figure);
            figures.len() - 1
        });
        // The regime is better by one point in the first draw and by none in the second, and
        // dearer by £500 in both.
        let value = |draw: u32, figure: &Figure| match figure.what.metric() {
            Metric::Scrqol if figure.world == 1 && draw == 0 => 19.0,
            Metric::Scrqol => 18.0,
            Metric::PublicPerPerson if figure.world == 1 => 2500.0,
            Metric::PublicPerPerson => 2000.0,
            _ => 1.0,
        };
        let draw = |draw: u32| {
            let values: Vec<Option<f64>> =
                figures.iter().map(|figure| Some(value(draw, figure))).collect();
            (draw, vec![values.clone(), values])
        };
        let believed = Believed {
            id: "agnostic",
            asked: 2,
            draws: (0..2).map(draw).collect::<BTreeMap<_, _>>(),
            refused: Vec::new(),
            names: Vec::new(),
            parameters: vec![Vec::new(); 2],
        };
        let simulated = Simulated { beliefs: vec![believed], without: Vec::new(), seed: 1 };
        let found = goods.losses(&simulated);
        let lost = |by: By| {
            let lost = found.lost.iter().find(|lost| lost.by == by).expect("it is there");
            let each = lost.regrets.regimes.iter();
            each.map(|r| (r.expected.at, r.worst, r.best)).collect::<Vec<_>>()
        };
        assert_eq!(lost(By::Metric(Metric::Scrqol)), [(0.5, 1.0, 0.5), (0.0, 0.0, 1.0)]);
        assert_eq!(
            lost(By::Metric(Metric::PublicPerPerson)),
            [(0.0, 0.0, 1.0), (500.0, 500.0, 0.0)]
        );
        assert_eq!(lost(By::Weights), [(0.25, 0.5, 0.5), (0.25, 0.5, 0.5)]);
        // £500 are two and a half times what matters.
        assert_eq!(lost(By::Family(Family::Cost))[1].0, 2.5);
        let (_, front) = &found.front[0];
        assert!(front.iter().all(|standing| standing.undominated));
        assert_eq!(front[1].share, 0.5, "dearer and no better in the second draw");
    }
}
