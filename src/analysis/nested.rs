//! Values over replicates of one parameter draw, or of many: what is luck, and what is not
//! knowing the parameters.
//!
//! With many draws these are a one-way analysis of variance with draws at random: replicates
//! of one draw differ by luck alone, and draws by their parameters and by what luck is left
//! in their means (Searle, Casella and McCulloch, *Variance components*, 1992, chapter 3).

use super::moments::{Moments, Quantiles, TAIL};
use crate::experiment::Experiment;
use statrs::distribution::{ContinuousCDF, StudentsT};

/// Takes in values one at a time, replicate after replicate and draw after draw.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Nested {
    /// The draw in progress; without draws, all there is.
    now: Moments,
    /// The draws that have ended.
    draws: Option<Box<Draws>>,
}

/// Draws that have ended and in which there were values.
#[derive(Clone, Debug, Default, PartialEq)]
struct Draws {
    means: Vec<f64>,
    /// Values in all.
    values: f64,
    /// Squares of the numbers of values of a draw, added up.
    values_squared: f64,
    /// Mean of all values.
    mean: f64,
    /// Squared deviations of draws' means from it, as often as a draw has values.
    between: f64,
    /// Squared deviations of values from their draw's mean.
    within: f64,
}

impl Nested {
    /// Takes in a value of the draw in progress; one that is missing is left out.
    pub fn add(&mut self, value: Option<f64>) {
        self.now.add(value);
    }

    /// Ends the draw in progress. Without draws it is never called.
    pub fn end_draw(&mut self) {
        let ended = std::mem::take(&mut self.now);
        let draws = self.draws.get_or_insert_default();
        let Some(mean) = ended.mean() else { return };
        let n = f64::from(ended.n());
        draws.means.push(mean);
        draws.values += n;
        draws.values_squared += n * n;
        let from_old = mean - draws.mean;
        draws.mean += from_old * n / draws.values;
        draws.between += n * from_old * (mean - draws.mean);
        draws.within += ended.squares();
    }

    /// What is known from the values so far.
    pub fn estimate(&self) -> Estimate {
        match &self.draws {
            None => Estimate::of(&self.now),
            Some(draws) => draws.estimate(),
        }
    }

    /// The 95% interval: over luck, or the range over parameters.
    pub fn interval(&self, quantiles: &mut Quantiles) -> Option<(f64, f64)> {
        match &self.draws {
            None => quantiles.interval(&self.now),
            Some(draws) => draws.range(),
        }
    }
}

impl Draws {
    fn count(&self) -> f64 {
        self.means.len() as f64
    }

    /// Mean square within draws: the variance that is luck; none without a draw of two
    /// values.
    fn luck(&self) -> Option<f64> {
        let free = self.values - self.count();
        (free > 0.0).then(|| self.within / free)
    }

    /// Mean square between draws, from two draws up.
    fn mean_square_between(&self) -> Option<f64> {
        (self.count() > 1.0).then(|| self.between.max(0.0) / (self.count() - 1.0))
    }

    /// Values a draw: where some are missing, the number that keeps the estimate of the
    /// variance between draws without bias.
    fn values_a_draw(&self) -> f64 {
        (self.values - self.values_squared / self.values) / (self.count() - 1.0)
    }

    fn parameters(&self) -> Option<f64> {
        let (between, luck) = (self.mean_square_between()?, self.luck()?);
        Some(((between - luck) / self.values_a_draw()).max(0.0))
    }

    fn estimate(&self) -> Estimate {
        let luck = self.luck();
        let error = |square: f64| (square / self.values).sqrt();
        Estimate {
            n: self.means.len() as u32,
            mean: (!self.means.is_empty()).then_some(self.mean),
            sd: luck.map(f64::sqrt),
            luck_error: luck.map(error),
            error: self.mean_square_between().map(error),
            parameters: self.parameters(),
        }
    }

    /// From 2.5% to 97.5% of the draws' means, pulled to the mean of all as far as their
    /// spread is luck.
    fn range(&self) -> Option<(f64, f64)> {
        let (parameters, luck) = (self.parameters()?, self.luck()?);
        let spread = parameters + luck / self.values_a_draw();
        let kept = if spread > 0.0 { (parameters / spread).sqrt() } else { 0.0 };
        let mut means = self.means.clone();
        means.sort_by(f64::total_cmp);
        let pulled = |share| self.mean + kept * (percentile(&means, share) - self.mean);
        Some((pulled(TAIL), pulled(1.0 - TAIL)))
    }
}

/// The value below which a share of some lies, in rising order and at least one; between
/// two values, in proportion.
pub fn percentile(sorted: &[f64], share: f64) -> f64 {
    let at = share * (sorted.len() - 1) as f64;
    let below = sorted[at as usize];
    let above = sorted[(at as usize + 1).min(sorted.len() - 1)];
    below + (above - below) * at.fract()
}

/// What is known from values over replicates, or over draws and replicates.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Estimate {
    n: u32,
    mean: Option<f64>,
    sd: Option<f64>,
    luck_error: Option<f64>,
    error: Option<f64>,
    parameters: Option<f64>,
}

impl Estimate {
    /// From the values of replicates, without draws.
    pub fn of(moments: &Moments) -> Self {
        let error = moments.standard_error();
        let (n, mean, sd) = (moments.n(), moments.mean(), moments.sd());
        Self { n, mean, sd, luck_error: error, error, parameters: None }
    }

    /// Replicates with a value; with many draws, draws with one.
    pub fn n(&self) -> u32 {
        self.n
    }

    /// Mean of the values.
    pub fn mean(&self) -> Option<f64> {
        self.mean
    }

    /// Standard deviation across replicates of one draw: luck.
    pub fn sd(&self) -> Option<f64> {
        self.sd
    }

    /// Standard error of the mean from luck alone.
    pub fn luck_error(&self) -> Option<f64> {
        self.luck_error
    }

    /// Standard error of the mean: with many draws over draws, on one degree of freedom
    /// fewer than there are; else from luck.
    pub fn error(&self) -> Option<f64> {
        self.error
    }

    /// The 95% t interval of the mean, from two values up: with many draws, over draws.
    pub fn interval_of_mean(&self, quantiles: &mut Quantiles) -> Option<(f64, f64)> {
        let half = quantiles.half(self.n, TAIL)? * self.error?;
        self.mean.map(|mean| (mean - half, mean + half))
    }

    /// Variance from parameters alone; none without draws.
    pub fn parameters(&self) -> Option<f64> {
        self.parameters
    }

    /// Two-sided p-value of a t-test that the mean is 0, from two values up.
    pub fn p_value(&self) -> Option<f64> {
        let (mean, error) = (self.mean?, self.error?);
        if mean == 0.0 {
            return Some(1.0);
        }
        if error == 0.0 {
            return Some(0.0);
        }
        let t = StudentsT::new(0.0, 1.0, f64::from(self.n - 1)).ok()?;
        Some(2.0 * t.cdf(-(mean / error).abs()))
    }
}

/// What the rows of a table rest on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Basis {
    /// Whose ranges parameters were drawn from; empty where none were drawn, or a set
    /// does not say.
    pub beliefs: &'static str,
    /// Index of the beliefs.
    pub block: u32,
    /// Whether parameters were drawn.
    pub drawn: bool,
    /// Parameter draws made, those refused among them.
    pub draws: u32,
    /// Draws refused.
    pub refused: u32,
    /// Replicates of each draw.
    pub replicates: u32,
}

impl Basis {
    /// Of one of an experiment's beliefs, of whose draws so many were refused.
    pub fn of(experiment: &Experiment, block: u32, refused: u32) -> Self {
        Self {
            beliefs: experiment.believed(block),
            block,
            drawn: experiment.uncertainty.is_some(),
            draws: experiment.draws(),
            refused,
            replicates: experiment.replicates,
        }
    }

    /// The word for what intervals take in.
    pub fn interval(&self) -> &'static str {
        if self.drawn { "parameters" } else { "luck" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draws::{Draws as Keys, Luck, Stream};

    fn of(draws: &[&[f64]]) -> Nested {
        let mut nested = Nested::default();
        for draw in draws {
            draw.iter().for_each(|value| nested.add(Some(*value)));
            nested.end_draw();
        }
        nested
    }

    /// By hand: means 2, 5 and 8, each ± 1 and so of square 2 on one degree of freedom.
    /// MSW = 2; MSB = 2·(9 + 0 + 9) ÷ 2 = 18; parameter variance (18 − 2) ÷ 2 = 8; error of
    /// the mean √(18 ÷ 6); kept √(8 ÷ 9) of ± 3 × 0.95.
    #[test]
    fn a_worked_example() {
        let nested = of(&[&[1.0, 3.0], &[4.0, 6.0], &[7.0, 9.0]]);
        let found = nested.estimate();
        assert_eq!((found.n(), found.mean()), (3, Some(5.0)));
        assert_eq!(found.parameters(), Some(8.0));
        assert_eq!(found.sd(), Some(2f64.sqrt()));
        assert_eq!(found.luck_error(), Some((2.0f64 / 6.0).sqrt()));
        assert_eq!(found.error(), Some(3f64.sqrt()));
        let (low, high) = nested.interval(&mut Quantiles::default()).expect("three draws");
        let half = (8.0f64 / 9.0).sqrt() * 2.85;
        assert!((low - (5.0 - half)).abs() < 1e-12 && (high - (5.0 + half)).abs() < 1e-12);
    }

    #[test]
    fn luck_alone_is_not_read_as_ignorance() {
        // Means 2, 2.1 and 1.9, values ± 1: less than luck would make of itself.
        let nested = of(&[&[1.0, 3.0], &[1.1, 3.1], &[0.9, 2.9]]);
        assert_eq!(nested.estimate().parameters(), Some(0.0));
        let (low, high) = nested.interval(&mut Quantiles::default()).expect("three draws");
        assert!(high - low < 1e-12, "{low} {high}");
        assert_eq!(
            of(&[[4.0; 2].as_slice(); 5]).interval(&mut Quantiles::default()),
            Some((4.0, 4.0))
        );
    }

    #[test]
    fn without_draws_it_is_what_it_was() {
        let (mut nested, mut moments) = (Nested::default(), Moments::default());
        for value in [Some(1.0), None, Some(4.5), Some(2.0)] {
            nested.add(value);
            moments.add(value);
        }
        let (found, quantiles) = (nested.estimate(), &mut Quantiles::default());
        assert_eq!(nested.interval(quantiles), quantiles.interval(&moments));
        assert_eq!((found.n(), found.mean(), found.sd()), (3, moments.mean(), moments.sd()));
        assert_eq!(found.luck_error(), moments.standard_error());
        assert_eq!(found.parameters(), None);
    }

    #[test]
    fn what_is_missing_is_left_out() {
        let mut nested = of(&[&[1.0, 3.0], &[], &[4.0, 6.0]]);
        assert_eq!(nested.estimate().n(), 2, "draws with a value");
        // One value of two: values a draw are (5 − 9 ÷ 5) ÷ 2, and nothing is lost.
        nested.add(Some(9.0));
        nested.add(None);
        nested.end_draw();
        let found = nested.estimate();
        assert_eq!((found.n(), found.mean()), (3, Some(4.6)));
        // Squares 2 and 2 on two degrees of freedom.
        assert_eq!(found.sd(), Some(2f64.sqrt()));
        let between = (2.0 * 2.6 * 2.6 + 2.0 * 0.4 * 0.4 + 4.4 * 4.4) / 2.0;
        let parameters = found.parameters().expect("three draws");
        assert!((parameters - (between - 2.0) / 1.6).abs() < 1e-12, "{parameters}");
        assert_eq!(of(&[]).interval(&mut Quantiles::default()), None);
        assert_eq!(of(&[&[1.0], &[2.0]]).interval(&mut Quantiles::default()), None);
        assert_eq!(of(&[&[1.0, 2.0]]).interval(&mut Quantiles::default()), None);
        let mut none = Nested::default();
        none.end_draw();
        assert_eq!(none.estimate(), Estimate::default());
    }

    /// Values of so many draws and replicates, of mean 3, and of what deviation parameters
    /// and luck have.
    fn simulated(luck: Luck, run: u64, (draws, replicates): (u64, u64), sds: [f64; 2]) -> Nested {
        let mut nested = Nested::default();
        for draw in 0..draws {
            let own = sds[0] * luck.bells(run, draw << 16)[0];
            for replicate in 0..replicates {
                let chance = sds[1] * luck.bells(run, draw << 16 | (replicate + 1))[0];
                nested.add(Some(3.0 + own + chance));
            }
            nested.end_draw();
        }
        nested
    }

    #[test]
    fn both_variances_are_found_in_simulated_values() {
        let luck = Keys { seed: 4, draw: 0, replicate: 0 }.fixed(Stream::Event);
        for (draws, replicates, sds) in
            [(64, 2, [2.0, 1.0]), (64, 2, [0.5, 1.0]), (32, 5, [1.0, 3.0]), (200, 2, [0.0, 1.0])]
        {
            let runs = 2000;
            let (mut parameters, mut chance, mut covered) = (0.0, 0.0, 0);
            let mut quantiles = Quantiles::default();
            for run in 0..runs {
                let found = simulated(luck, run, (draws, replicates), sds).estimate();
                parameters += found.parameters().expect("many");
                let sd = found.sd().expect("many");
                chance += sd * sd;
                let t = quantiles.half(found.n(), TAIL).expect("many");
                let off = (found.mean().expect("many") - 3.0).abs();
                covered += u32::from(off <= t * found.error().expect("many"));
            }
            let (parameters, chance) = (parameters / runs as f64, chance / runs as f64);
            let (true_parameters, true_chance) = (sds[0] * sds[0], sds[1] * sds[1]);
            assert!((chance / true_chance - 1.0).abs() < 0.02, "luck {chance}");
            // Cut at nought, it is a little too large where there is little of it.
            let near = 0.02 * (true_parameters + true_chance);
            assert!((parameters - true_parameters).abs() < near + 0.05, "{sds:?}: {parameters}");
            let covered = f64::from(covered) / runs as f64;
            assert!((covered - 0.95).abs() < 0.015, "{sds:?}: error of the mean {covered}");
        }
    }

    #[test]
    fn the_range_is_that_of_parameters_whatever_luck_there_is() {
        let luck = Keys { seed: 8, draw: 0, replicate: 0 }.fixed(Stream::Event);
        // Four uniforms added up, mean 0 and sd 1: 95% of them lie within 1.94.
        let within = 1.94;
        // With more luck the pull itself is too uncertain to be near on average.
        for chance in [0.1, 1.0, 2.0] {
            let (runs, mut width, mut unpulled) = (300, 0.0, 0.0);
            for run in 0..runs {
                let nested = simulated(luck, run, (256, 2), [1.0, chance]);
                let (low, high) = nested.interval(&mut Quantiles::default()).expect("many");
                width += (high - low) / 2.0 / runs as f64;
                let draws = nested.draws.expect("many");
                let mut means = draws.means;
                means.sort_by(f64::total_cmp);
                unpulled +=
                    (percentile(&means, 0.975) - percentile(&means, TAIL)) / 2.0 / runs as f64;
            }
            assert!((width / within - 1.0).abs() < 0.06, "luck {chance}: {width}");
            assert!(unpulled >= width, "pulling makes it no wider");
            assert!(chance < 1.0 || unpulled > 1.15 * within, "it is luck that is pulled out");
        }
    }
}
