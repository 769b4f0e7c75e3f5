//! What the model predicts of a target that it was not fitted to.

use super::columns::{group, metrics};
use crate::analysis::measure::{Of, possible};
use crate::analysis::moments::{Moments, Quantiles, TAIL};
use crate::table::{all, columns, csv, number, optional};
use crate::targets::{Observed, Sign, Statistic, Target};
use statrs::distribution::{ContinuousCDF, Normal};

/// A target, and what the set of parameters predicts of it under luck of its own.
#[derive(Clone, Debug)]
pub struct Prediction {
    /// The target.
    pub target: Target,
    /// Draws that gave a value.
    pub draws: u32,
    /// Their mean, in the metric's unit.
    pub mean: Option<f64>,
    /// Their standard deviation: what is not known, and luck.
    pub sd: Option<f64>,
    /// 95% interval within which the next draw would lie.
    pub interval: Option<(f64, f64)>,
    /// Whether what was observed agrees.
    pub passed: Option<bool>,
    /// Chance of being at least so far off if the model were right.
    pub surprise: Option<f64>,
}

impl Prediction {
    /// From what the target comes to in each draw.
    pub fn of(target: Target, values: &[f64]) -> Self {
        let mut moments = Moments::default();
        values.iter().for_each(|value| moments.add(Some(*value)));
        let (mean, sd) = (moments.mean(), moments.sd());
        // A draw to come differs from the mean of those seen by its own spread and theirs.
        let width = Quantiles::default()
            .half(moments.n(), TAIL)
            .zip(sd)
            .map(|(t, sd)| t * sd * (1.0 + 1.0 / f64::from(moments.n())).sqrt());
        let interval = mean
            .zip(width)
            .map(|(mean, width)| within_reason(&target, mean, (mean - width, mean + width)));
        let known = 0.5 * target.tolerance;
        let far = |observed: f64| {
            let (mean, sd) = (mean?, sd?);
            Some((mean - observed).abs() / (sd * sd + known * known).sqrt())
        };
        let passed = match target.observed {
            Observed::Value(observed) => mean.zip(width).map(|(mean, width)| {
                (mean - observed).abs()
                    <= (width * width + target.tolerance * target.tolerance).sqrt()
            }),
            Observed::Sign(sign) => mean.zip(interval).map(|(mean, (low, high))| match sign {
                Sign::Up => low > 0.0,
                Sign::Down => high < 0.0,
                Sign::None => mean.abs() <= target.tolerance,
            }),
        };
        let surprise = match target.observed {
            Observed::Value(observed) => far(observed).and_then(two_sided),
            Observed::Sign(_) => None,
        };
        Self { draws: moments.n(), mean, sd, interval, passed, surprise, target }
    }

    /// Whether it passed, in a word.
    pub fn verdict(&self) -> &'static str {
        match self.passed {
            Some(true) => "pass",
            Some(false) => "fail",
            None => "not known",
        }
    }
}

/// The part of an interval that can be: no share lies beyond 1, nor does a correlation.
fn within_reason(target: &Target, mean: f64, (low, high): (f64, f64)) -> (f64, f64) {
    let Some(metric) = target.metrics.first().filter(|_| target.per.is_none()) else {
        return (low, high);
    };
    match target.statistic {
        Statistic::Level => possible(*metric, Of::Level, mean, (low, high)),
        Statistic::Difference => possible(*metric, Of::Difference, mean, (low, high)),
        Statistic::Persistence => (low.max(-1.0), high.min(1.0)),
        Statistic::Spread | Statistic::Growth => (low.max(0.0), high),
    }
}

fn two_sided(far: f64) -> Option<f64> {
    let normal = Normal::new(0.0, 1.0).ok()?;
    Some(2.0 * normal.cdf(-far))
}

/// One prediction with what was switched off.
type Row = (&'static str, Prediction);

const COLUMNS: &[crate::table::Column<Row>] = columns! {
    "off", "text", "Causal link that was switched off; empty where all act.", |r: &Row| r.0.to_owned();
    "target", "text", "Name of the target.", |r: &Row| r.1.target.id.clone();
    "what", "text", "What was observed.", |r: &Row| r.1.target.what.clone();
    "metrics", "text", "Metrics of the model that are held against it.", |r: &Row| metrics(&r.1.target);
    "group", "text", "Whom it is about; empty for everybody.", |r: &Row| group(&r.1.target);
    "period", "text", "When, from the fork.", |r: &Row| r.1.target.period.id();
    "statistic", "text", "What of the metric.", |r: &Row| r.1.target.statistic.id().to_owned();
    "observed", "text", "What was observed: a number, or which way it went.", |r: &Row| r.1.target.observed.written();
    "tolerance", "number", "How far off still counts as reached.", |r: &Row| number(r.1.target.tolerance);
    "predicted", "number", "Mean over draws of the set.", |r: &Row| optional(r.1.mean);
    "low", "number", "Lower end of the 95% interval for the next draw.", |r: &Row| optional(r.1.interval.map(|i| i.0));
    "high", "number", "Upper end.", |r: &Row| optional(r.1.interval.map(|i| i.1));
    "draws", "whole number", "Draws that gave a value.", |r: &Row| r.1.draws.to_string();
    "verdict", "text", "pass, fail, or not known.", |r: &Row| r.1.verdict().to_owned();
    "surprise", "number", "Chance of being at least so far off if the model were right; empty for which way something went.", |r: &Row| optional(r.1.surprise);
    "when", "text", "When it was observed.", |r: &Row| r.1.target.when.clone();
    "place", "text", "Where it was observed.", |r: &Row| r.1.target.place.clone();
    "source", "text", "Where it is written.", |r: &Row| r.1.target.source.clone();
    "reason", "text", "Where the model fails: the most likely reason.", |r: &Row| if r.1.passed == Some(false) { r.1.target.reason.clone() } else { String::new() };
};

/// The files of a validation: names and bytes.
///
/// # Errors
///
/// Writing to memory does not fail; the error is passed on all the same.
pub fn tables(
    predictions: &[Prediction],
    without: &[(&'static str, Vec<Prediction>)],
) -> anyhow::Result<Vec<(&'static str, Vec<u8>)>> {
    let rows: Vec<Row> = predictions.iter().map(|p| ("", p.clone())).collect();
    let mut tables = vec![("validation.csv", csv(&all(COLUMNS), &rows)?)];
    if !without.is_empty() {
        let each = without.iter().flat_map(|(off, all)| all.iter().map(|p| (*off, p.clone())));
        tables.push(("structures.csv", csv(&all(COLUMNS), &each.collect::<Vec<Row>>())?));
    }
    Ok(tables)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::Metric;
    use crate::outcomes::Period;
    use crate::targets::Role;

    fn target(observed: Observed, tolerance: f64) -> Target {
        Target {
            id: "made-up".to_owned(),
            what: String::new(),
            metrics: vec![Metric::Scrqol],
            per: None,
            group: 0,
            period: Period::Whole,
            statistic: Statistic::Level,
            observed,
            tolerance,
            role: Role::Validate,
            source: String::new(),
            place: String::new(),
            when: String::new(),
            experiment: 0,
            world: 0,
            reason: String::new(),
        }
    }

    #[test]
    fn a_level_passes_within_what_is_not_known_and_fails_beyond() {
        let values = [9.0, 10.0, 11.0, 10.0, 9.5, 10.5];
        let of = |observed| Prediction::of(target(Observed::Value(observed), 0.5), &values);
        assert_eq!(of(10.2).passed, Some(true));
        assert_eq!(of(13.0).passed, Some(false));
        // n = 6: mean 10, sd 0.7071, t = 2.5706: half-width 2.5706 × 0.7071 × √(7/6).
        let (low, high) = of(10.0).interval.expect("six draws");
        assert!((high - 11.9633).abs() < 1e-3 && (low - 8.0367).abs() < 1e-3, "{low} {high}");
        // (10.2 − 10) ÷ √(0.5 + 0.0625) = 0.2667: two-sided p = 0.7897.
        assert!((of(10.2).surprise.expect("known") - 0.7897).abs() < 1e-3);
        assert!(of(13.0).surprise.expect("known") < 1e-4);
        assert_eq!(Prediction::of(target(Observed::Value(1.0), 1.0), &[1.0]).passed, None);
    }

    #[test]
    fn no_interval_goes_beyond_what_can_be() {
        let of = |statistic| {
            let metrics = vec![Metric::ShareManaged];
            let target = Target { statistic, metrics, ..target(Observed::Value(0.9), 0.1) };
            Prediction::of(target, &[0.7, 0.9, 0.99]).interval.expect("three draws")
        };
        assert_eq!(of(Statistic::Level).1, 1.0, "a share");
        assert_eq!(of(Statistic::Persistence).1, 1.0, "a correlation");
        assert!(of(Statistic::Growth).1 > 1.0, "a ratio");
    }

    #[test]
    fn a_sign_passes_where_the_whole_interval_has_it() {
        let of =
            |sign, values: &[f64]| Prediction::of(target(Observed::Sign(sign), 0.1), values).passed;
        assert_eq!(of(Sign::Up, &[0.2, 0.3, 0.25, 0.22]), Some(true));
        assert_eq!(of(Sign::Up, &[-0.2, 0.3, 0.25, 0.22]), Some(false));
        assert_eq!(of(Sign::Down, &[-0.2, -0.3, -0.25]), Some(true));
        assert_eq!(of(Sign::None, &[0.02, -0.03, 0.01]), Some(true));
        assert_eq!(of(Sign::None, &[0.2, 0.21, 0.2]), Some(false));
    }
}
