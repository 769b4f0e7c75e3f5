//! How much of what is not known about a headline difference rests on which parameter.
//!
//! Main effects only: a parameter's part is the variance of its distribution times the
//! square of the slope between the two ends of its plausible range. The square of a slope
//! measured with luck in it is too large by the variance of that luck on average, so that
//! is taken off; a single part may then come out below nought, and counts so in the sum.

use statrs::distribution::{ContinuousCDF, StudentsT};

use super::Reliability;
use super::at;
use super::effects::{Effects, End};
use crate::declare::{Parameter, Shape};
use crate::metrics::Metric;

/// The headlines, in the order of tables.
pub fn headlines() -> impl Iterator<Item = Metric> {
    Metric::ALL.iter().copied().filter(|metric| metric.declaration().is_headline())
}

/// How a headline difference moves as a parameter goes from its low to its high end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Swing {
    /// The headline.
    pub metric: Metric,
    /// The difference at the high end less that at the low end.
    pub moved: f64,
    /// Its standard error over replicates, paired.
    pub error: f64,
    /// Replicates.
    pub n: u32,
}

impl Swing {
    /// From what was measured; none where it was not, or not at the ledger's ends.
    pub fn of(
        effects: &Effects,
        parameter: &Parameter,
        regime: &str,
        metric: Metric,
    ) -> Option<Self> {
        let low = effects.find(parameter, End::Low, regime, metric)?;
        let high = effects.find(parameter, End::High, regime, metric)?;
        Some(Self {
            metric,
            moved: high.difference - low.difference,
            error: high.error_of_swing?,
            n: high.n.min(low.n),
        })
    }

    /// How it moves as a causal link is switched off, all parameters at their defaults.
    pub fn without(effects: &Effects, link: &str, regime: &str, metric: Metric) -> Option<Self> {
        let on = effects.default_of(regime, metric)?;
        let off = effects.without(link, regime, metric)?;
        Some(Self {
            metric,
            moved: off.difference - on.difference,
            error: off.error_of_swing?,
            n: off.n.min(on.n),
        })
    }

    /// Whether it is as large as a difference worth a decision.
    fn is_large(&self) -> bool {
        self.metric.declaration().matters().is_some_and(|matters| self.moved.abs() > matters)
    }

    /// Half of its 95% interval over replicates; none where there are too few.
    pub fn half(&self) -> Option<f64> {
        let t = StudentsT::new(0.0, 1.0, f64::from(self.n.saturating_sub(1)));
        t.ok().map(|t| t.inverse_cdf(0.975) * self.error)
    }

    /// Whether luck alone is an unlikely reason (95% interval).
    fn is_clear(&self) -> bool {
        self.half().is_some_and(|half| self.moved.abs() > half)
    }

    /// Whether it moves the difference by more than matters, and clearly so.
    pub fn matters(&self) -> bool {
        self.is_large() && self.is_clear()
    }

    /// Whether it seems to, but might be luck.
    pub fn may_matter(&self) -> bool {
        self.is_large() && !self.is_clear()
    }
}

/// Variance of the distribution that a parameter is drawn from: the agnostic's, where it is
/// a claim or an objection.
pub fn variance(parameter: &Parameter) -> f64 {
    let (low, high) = (parameter.low, parameter.high);
    let span = high - low;
    match parameter.shape {
        _ if span <= 0.0 => 0.0,
        Shape::Uniform => span * span / 12.0,
        Shape::Triangular => {
            let mode = parameter.default;
            (low * low + high * high + mode * mode - low * high - low * mode - high * mode) / 18.0
        }
        Shape::Log => {
            let log = libm::log(high / low);
            let mean = span / log;
            (high * high - low * low) / (2.0 * log) - mean * mean
        }
        Shape::Claim { none, .. } | Shape::Objection { none, .. } => {
            // Half of the weight at no effect, the rest even over the range.
            let middle = (low + high) / 2.0;
            let mean = (none + middle) / 2.0;
            let square = (none * none + (low * low + low * high + high * high) / 3.0) / 2.0;
            square - mean * mean
        }
    }
}

/// What one parameter adds to the variance of a headline difference.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// The parameter.
    pub parameter: &'static Parameter,
    /// Its part, in the square of the metric's unit; luck taken off.
    pub variance: f64,
}

/// What a headline difference of a regime rests on.
#[derive(Clone, Debug)]
pub struct Rests {
    /// Parts, the largest first.
    pub parts: Vec<Part>,
    /// Their sum.
    pub total: f64,
}

impl Rests {
    /// Of what was measured; none where nothing was, or luck drowns it all: where the sum is
    /// within two of the standard deviations that luck alone gives it.
    pub fn of(effects: &Effects, regime: &str, metric: Metric) -> Option<Self> {
        let mut noise = 0.0;
        let mut parts: Vec<Part> = super::movable()
            .filter_map(|parameter| {
                let swing = Swing::of(effects, parameter, regime, metric)?;
                let span = at(parameter, End::High) - at(parameter, End::Low);
                let error = swing.error * swing.error;
                let square = (swing.moved * swing.moved - error) / (span * span);
                let weight = variance(parameter) / (span * span);
                // The square of a bell-shaped number varies by twice the square of its variance.
                noise += 2.0 * (weight * error) * (weight * error);
                Some(Part { parameter, variance: variance(parameter) * square })
            })
            .collect();
        parts.sort_by(|a, b| b.variance.total_cmp(&a.variance));
        let total: f64 = parts.iter().map(|part| part.variance).sum();
        (total > 2.0 * noise.sqrt()).then_some(Self { parts, total })
    }

    /// The share of the variance that rests on parameters of which something is so; within
    /// 0 and 1, where luck would carry it beyond.
    pub fn share(&self, is: impl Fn(&Parameter) -> bool) -> f64 {
        let some: f64 =
            self.parts.iter().filter(|part| is(part.parameter)).map(|part| part.variance).sum();
        (some / self.total).clamp(0.0, 1.0)
    }

    /// Of the least reliable parameters that add anything, the one that adds most.
    pub fn weakest(&self) -> Option<&Part> {
        let adds = || self.parts.iter().filter(|part| part.variance > 0.0);
        let least = adds().map(|part| Reliability::of(part.parameter)).min()?;
        adds().find(|part| Reliability::of(part.parameter) == least)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::declare::Grade;

    fn parameter(shape: Shape, low: f64, default: f64, high: f64) -> Parameter {
        Parameter {
            name: "made_up",
            section: "Nowhere",
            meaning: "Made up.",
            unit: "number",
            default,
            hard_low: -100.0,
            hard_high: 100.0,
            low,
            high,
            shape,
            grade: Grade::Assumed("made up"),
        }
    }

    /// The variance by adding up thin slices of the quantile function.
    fn by_slices(quantile: impl Fn(f64) -> f64) -> f64 {
        let n = 200_000;
        let values = || (0..n).map(|i| quantile((f64::from(i) + 0.5) / f64::from(n)));
        let mean = values().sum::<f64>() / f64::from(n);
        values().map(|x| (x - mean) * (x - mean)).sum::<f64>() / f64::from(n)
    }

    #[test]
    fn variances_are_those_of_the_shapes() {
        let near = |a: f64, b: f64| assert!((a / b - 1.0).abs() < 1e-3, "{a} and not {b}");
        near(variance(&parameter(Shape::Uniform, 2.0, 3.0, 5.0)), by_slices(|u| 2.0 + 3.0 * u));
        let log = by_slices(|u| 2.0 * libm::pow(4.0, u));
        near(variance(&parameter(Shape::Log, 2.0, 4.0, 8.0)), log);
        // Rising to a mode at 3 between 2 and 6, then falling.
        let triangle = |u: f64| {
            if u < 0.25 { 2.0 + (u * 4.0).sqrt() } else { 6.0 - ((1.0 - u) * 12.0).sqrt() }
        };
        near(variance(&parameter(Shape::Triangular, 2.0, 3.0, 6.0)), by_slices(triangle));
        let claim = Shape::Claim { none: 1.0, believer: (2.0, 3.0), sceptic: (1.0, 2.0) };
        let drawn = |u: f64| if u < 0.5 { 1.0 } else { 0.0 + (u - 0.5) * 8.0 };
        near(variance(&parameter(claim, 0.0, 1.5, 4.0)), by_slices(drawn));
    }
}
