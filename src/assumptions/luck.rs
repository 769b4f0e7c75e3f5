//! How many parameters would seem to matter to a headline difference by luck alone.

use statrs::distribution::{ChiSquared, ContinuousCDF, Normal, StudentsT};

use super::effects::Effects;
use super::weights::Swing;
use crate::metrics::Metric;

/// Slices of the distribution of an error that is averaged over.
const SLICES: u32 = 400;

/// How many of the parameters that were moved would pass as mattering if none did anything:
/// their swings then differ by luck only, as widely as their errors say. None where too few
/// were measured.
pub fn expected(effects: &Effects, regime: &str, metric: Metric) -> Option<f64> {
    let swings: Vec<Swing> =
        super::movable().filter_map(|p| Swing::of(effects, p, regime, metric)).collect();
    let freedom = f64::from(swings.first()?.n.checked_sub(1).filter(|df| *df > 0)?);
    let matters = metric.declaration().matters()?;
    let mut errors: Vec<f64> = swings.iter().map(|swing| swing.error).collect();
    errors.sort_by(f64::total_cmp);
    let each = chance(errors[errors.len() / 2], freedom, matters)?;
    Some(each * swings.len() as f64)
}

/// The chance that a swing of luck alone passes: larger than what matters, and by its own
/// error, read off so many degrees of freedom, not luck. Half of all errors are below
/// `middle`, from which luck's true width follows.
fn chance(middle: f64, freedom: f64, matters: f64) -> Option<f64> {
    let squares = ChiSquared::new(freedom).ok()?;
    let width = middle / (squares.inverse_cdf(0.5) / freedom).sqrt();
    if width <= 0.0 {
        return Some(0.0);
    }
    let normal = Normal::standard();
    let t = StudentsT::new(0.0, 1.0, freedom).ok()?.inverse_cdf(0.975);
    let slice = |part: u32| {
        let square = squares.inverse_cdf((f64::from(part) + 0.5) / f64::from(SLICES));
        let needed = (matters / width).max(t * (square / freedom).sqrt());
        2.0 * normal.cdf(-needed)
    };
    Some((0..SLICES).map(slice).sum::<f64>() / f64::from(SLICES))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where everything is large enough, one in twenty passes, as an interval of 95% has it;
    /// where luck is far smaller than what matters, none.
    #[test]
    fn luck_passes_as_often_as_theory_says() {
        let passes = |middle, matters| chance(middle, 2.0, matters).expect("degrees of freedom");
        assert!((passes(1.0, 0.0) - 0.05).abs() < 0.001, "{}", passes(1.0, 0.0));
        assert!(passes(1.0, 100.0) < 1e-9);
        // Errors half of which are below √ln 2 are of a width of 1, whose swings are beyond 2
        // in 4.55% of cases; some of those fail their own interval.
        let some = passes(core::f64::consts::LN_2.sqrt(), 2.0);
        assert!((0.01..0.0455).contains(&some), "{some}");
    }
}
