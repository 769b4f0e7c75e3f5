//! How narrow intervals have to be before a run stops, and how narrow they are.

use super::Analysis;
use super::moments::Quantiles;
use super::nested::Estimate;
use super::verdict::ALPHA;
use crate::experiment::Precision;
use crate::metrics::{Declaration, Metric};

/// Replicates of the first batch, and of each that follows.
pub const FIRST: u32 = 20;
/// See [`FIRST`].
pub const BATCH: u32 = 10;

/// One headline difference: how wide its interval is, and how wide it may be.
#[derive(Clone, Debug, PartialEq)]
pub struct Width {
    /// Id of the regime.
    pub regime: String,
    /// The headline.
    pub metric: Metric,
    /// Half the width of the 95% interval, Bonferroni over all headlines and regimes, in
    /// the metric's unit; none where it cannot be said.
    pub half: Option<f64>,
    /// What it has to be at most.
    pub wanted: f64,
}

impl Width {
    /// Whether it is narrow enough. What could not be measured cannot become narrower.
    pub fn reached(&self) -> bool {
        self.half.is_none_or(|half| half <= self.wanted)
    }

    /// How many times too wide it is.
    pub fn times(&self) -> f64 {
        self.half.map_or(0.0, |half| half / self.wanted)
    }
}

/// Whether precision is a share of the level, as for money, hours and counts, and not
/// the smallest difference that matters, as for shares, scores and rare events.
pub fn by_level(metric: &Declaration) -> bool {
    let unit = metric.unit;
    unit.starts_with('£')
        || unit.starts_with("hours")
        || ["people", "offers", "providers"].contains(&unit)
}

/// How wide an interval of a headline may be, where the comparator's level is `level`.
pub fn wanted(precision: &Precision, metric: Metric, level: Option<f64>) -> f64 {
    let declared = metric.declaration();
    if let Some((_, width)) = precision.widths.iter().find(|(own, _)| *own == metric) {
        return *width;
    }
    let matters = declared.matters().unwrap_or(f64::INFINITY);
    match level {
        Some(level) if by_level(declared) && level != 0.0 => precision.share * level.abs(),
        _ => matters,
    }
}

/// Half the width of the 95% interval of one of `comparisons`, each given its share of
/// the chance of error (Bonferroni).
pub fn half_width(of: &Estimate, comparisons: usize, quantiles: &mut Quantiles) -> Option<f64> {
    let tail = ALPHA / comparisons.max(1) as f64 / 2.0;
    Some(quantiles.half(of.n(), tail)? * of.error()?)
}

impl Analysis<'_> {
    /// How wide every headline difference is so far.
    pub fn widths(&self, precision: &Precision) -> Vec<Width> {
        let mut quantiles = Quantiles::default();
        let headlines: Vec<usize> =
            (0..self.slots.len()).filter(|slot| self.slots[*slot].is_headline()).collect();
        let regimes = &self.experiment.regimes;
        let comparisons = headlines.len() * regimes.len();
        let mut widths = Vec::new();
        for (regime, differences) in regimes.iter().zip(&self.differences) {
            for slot in &headlines {
                let metric = self.slots[*slot].metric;
                let level = self.levels[0][*slot].estimate().mean();
                widths.push(Width {
                    regime: regime.id.clone(),
                    metric,
                    half: half_width(&differences[*slot].estimate(), comparisons, &mut quantiles),
                    wanted: wanted(precision, metric, level),
                });
            }
        }
        widths
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::moments::Moments;
    use crate::draws::{Draws, Stream};

    fn precise(share: f64) -> Precision {
        Precision { share, most: 1000, widths: Vec::new() }
    }

    #[test]
    fn money_hours_and_counts_are_held_to_their_level_and_the_rest_to_what_matters() {
        let two = precise(0.02);
        assert_eq!(wanted(&two, Metric::PublicPerPerson, Some(20_000.0)), 400.0);
        assert_eq!(wanted(&two, Metric::UnpaidHours, Some(5.0)), 0.1);
        assert_eq!(wanted(&two, Metric::Redundancy, Some(30.0)), 0.6);
        assert_eq!(wanted(&two, Metric::Picked, Some(0.5)), 0.02);
        assert_eq!(wanted(&two, Metric::EmergencyAdmissions, Some(0.6)), 0.02);
        assert_eq!(wanted(&two, Metric::PublicPerPerson, Some(0.0)), 200.0);
        let own = Precision { widths: vec![(Metric::Picked, 0.005)], ..two };
        assert_eq!(wanted(&own, Metric::Picked, Some(0.5)), 0.005);
    }

    /// Share of intervals that hold the truth, where replicates are run until all of
    /// `comparisons` are narrow enough and `wide` of them are the ones that decide; the
    /// rest never vary. Differences have sd 1 and are bell-shaped, or the mean of so many
    /// exponentials: of skewness 2 with one, 1 with four.
    fn covered(comparisons: usize, wide: usize, exponentials: Option<u64>, wanted: f64) -> f64 {
        let luck = Draws { seed: 11, draw: 0, replicate: 0 }.fixed(Stream::Event);
        let runs = 40_000 / wide as u64;
        let mut quantiles = Quantiles::default();
        let (mut covered, mut stopped) = (0_u32, 0_u64);
        for run in 0..runs {
            let mut differences = vec![Moments::default(); wide];
            let mut replicates = 0;
            while replicates < 400 {
                let batch = if replicates == 0 { FIRST } else { BATCH };
                for replicate in replicates..replicates + batch {
                    for (which, moments) in differences.iter_mut().enumerate() {
                        let key = run << 8 | which as u64;
                        let bells = |part| luck.bells(key, u64::from(replicate) << 8 | part);
                        let exponential = |part| {
                            let [a, b] = bells(part);
                            (a * a + b * b) / 2.0 - 1.0
                        };
                        moments.add(Some(match exponentials {
                            None => bells(0)[0],
                            Some(n) => (0..n).map(exponential).sum::<f64>() / (n as f64).sqrt(),
                        }));
                    }
                }
                replicates += batch;
                let narrow = |moments: &Moments| {
                    let half = half_width(&Estimate::of(moments), comparisons, &mut quantiles);
                    half.is_some_and(|half| half <= wanted)
                };
                if differences.iter().all(narrow) {
                    stopped += 1;
                    break;
                }
            }
            let mut quantiles = Quantiles::default();
            let holds = |moments: &Moments| {
                let (low, high) = quantiles.interval(moments).expect("many");
                low <= 0.0 && 0.0 <= high
            };
            covered += differences.iter().map(holds).map(u32::from).sum::<u32>();
        }
        assert!(stopped * 10 > runs * 9, "the rule stops runs: {stopped} of {runs}");
        f64::from(covered) / (runs * wide as u64) as f64
    }

    #[test]
    fn intervals_so_stopped_still_cover() {
        // As in the default experiment and with one regime; one headline decides, or all do.
        for (comparisons, wide, wanted) in
            [(48, 1, 0.4), (48, 1, 0.6), (12, 1, 0.35), (12, 1, 0.5), (48, 48, 0.6), (1, 1, 0.4)]
        {
            let share = covered(comparisons, wide, None, wanted);
            assert!(share >= 0.94, "{wide} of {comparisons}, ± {wanted}: {share}");
        }
        // Skewed differences are covered less well: by t intervals of so few replicates
        // anyhow, and since whoever draws few of the far ones stops early.
        let share = covered(48, 1, Some(4), 0.5);
        assert!(share >= 0.93, "of skewness 1: {share}");
        let share = covered(48, 1, Some(1), 0.5);
        assert!(share >= 0.90, "of skewness 2: {share}");
    }
}
