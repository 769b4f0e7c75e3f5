//! What a target comes to in worlds that were simulated.

use crate::analysis::measure;
use crate::metrics::Metric;
use crate::outcomes::{Outcomes, Period};
use crate::targets::{Statistic, Target};

/// The worlds of one replicate of an experiment.
#[derive(Clone, Debug)]
pub struct Seen {
    /// `[place][world]`; world 0 is the comparator's.
    places: Vec<Vec<Outcomes>>,
    /// `[world]`, all places together.
    all: Vec<Outcomes>,
}

/// Fewest places of which a spread or a correlation is made.
const FEWEST_PLACES: usize = 3;

impl Seen {
    /// Of `[place][world]`, every place with the same worlds.
    pub fn of(places: Vec<Vec<Outcomes>>) -> Self {
        let mut all = places.first().cloned().unwrap_or_default();
        for place in places.iter().skip(1) {
            all.iter_mut().zip(place).for_each(|(all, one)| all.merge(one));
        }
        Self { places, all }
    }

    /// What a target comes to, in its metric's unit; none where there was nobody to
    /// measure it on, or too few places.
    pub fn value(&self, target: &Target) -> Option<f64> {
        let world = target.world;
        let level = |worlds: &[Outcomes], world: usize, period| {
            level(target, worlds.get(world)?, worlds.first()?, period)
        };
        match target.statistic {
            Statistic::Level => level(&self.all, world, target.period),
            Statistic::Difference => {
                Some(level(&self.all, world, target.period)? - level(&self.all, 0, target.period)?)
            }
            Statistic::Growth => {
                let first = level(&self.all, world, Period::Year(1))?;
                let last = level(&self.all, world, Period::FinalYear)?;
                (first > 0.0).then(|| last / first)
            }
            Statistic::Spread => {
                let of = |place: &Vec<Outcomes>| level(place, world, target.period);
                spread(&self.places.iter().filter_map(of).collect::<Vec<_>>())
            }
            Statistic::Persistence => {
                let of = |place: &Vec<Outcomes>| {
                    let first = level(place, world, Period::Year(1))?;
                    Some((first, level(place, world, Period::FinalYear)?))
                };
                correlation(&self.places.iter().filter_map(of).collect::<Vec<_>>())
            }
        }
    }
}

fn level(target: &Target, world: &Outcomes, comparator: &Outcomes, period: Period) -> Option<f64> {
    let of = |metric: Metric| measure::value(metric, world, comparator, target.group, period);
    let sum: f64 = target.metrics.iter().map(|metric| of(*metric)).sum::<Option<f64>>()?;
    match target.per {
        Some(per) => of(per).filter(|per| *per != 0.0).map(|per| sum / per),
        None => Some(sum),
    }
}

/// Standard deviation over places, each counted once.
fn spread(values: &[f64]) -> Option<f64> {
    let n = values.len();
    let mean = values.iter().sum::<f64>() / n as f64;
    let squares: f64 = values.iter().map(|x| (x - mean) * (x - mean)).sum();
    (n >= FEWEST_PLACES).then(|| (squares / (n - 1) as f64).sqrt())
}

/// Pearson's correlation over places.
fn correlation(pairs: &[(f64, f64)]) -> Option<f64> {
    let n = pairs.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / n;
    let (a, b) = (mean(|p| p.0), mean(|p| p.1));
    let sum = |of: &dyn Fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>();
    let (aa, bb) = (sum(&|p| (p.0 - a) * (p.0 - a)), sum(&|p| (p.1 - b) * (p.1 - b)));
    let ab = sum(&|p| (p.0 - a) * (p.1 - b));
    (pairs.len() >= FEWEST_PLACES && aa > 0.0 && bb > 0.0).then(|| ab / (aa * bb).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spread_and_correlation_are_the_textbooks() {
        assert_eq!(
            spread(&[2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0]),
            Some((32.0_f64 / 7.0).sqrt())
        );
        assert_eq!(spread(&[1.0, 2.0]), None);
        let line = [(1.0, 3.0), (2.0, 5.0), (4.0, 9.0)];
        assert!((correlation(&line).expect("three") - 1.0).abs() < 1e-12);
        let against = line.map(|(a, b)| (a, -b));
        assert!((correlation(&against).expect("three") + 1.0).abs() < 1e-12);
        assert_eq!(correlation(&[(1.0, 1.0), (1.0, 2.0), (1.0, 3.0)]), None, "no spread");
    }
}
