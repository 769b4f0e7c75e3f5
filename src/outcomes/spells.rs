//! Spells of waiting, as histograms.

use crate::metrics::BINS;
use serde::{Deserialize, Serialize};

/// Spells of waiting: how many ended, and how many were cut off, in each week.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spells {
    /// Spells that ended in this week of waiting.
    pub ended: Vec<u32>,
    /// Spells still open in this week of waiting when last seen.
    pub censored: Vec<u32>,
}

impl Default for Spells {
    fn default() -> Self {
        Self { ended: vec![0; BINS], censored: vec![0; BINS] }
    }
}

impl Spells {
    /// Records a spell of so many weeks that ended, or was cut off.
    pub fn add(&mut self, weeks: f64, ended: bool) {
        let week = (weeks.max(0.0) as usize).min(BINS - 1);
        let bins = if ended { &mut self.ended } else { &mut self.censored };
        bins[week] += 1;
    }

    /// Adds another set of spells.
    pub fn merge(&mut self, other: &Spells) {
        let to = self.ended.iter_mut().chain(&mut self.censored);
        for (to, from) in to.zip(other.ended.iter().chain(&other.censored)) {
            // More than can be counted are in no world, but may be in a file.
            *to = to.saturating_add(*from);
        }
    }

    /// Whether it has every week, as what was read from a file may not.
    pub fn is_whole(&self) -> bool {
        self.ended.len() == BINS && self.censored.len() == BINS
    }

    /// The quantile of the waits in weeks by Kaplan–Meier, interpolated within the
    /// week; none where too few ended to reach it, or where there were none.
    pub fn quantile(&self, q: f64) -> Option<f64> {
        let count = |bins: &[u32]| bins.iter().map(|n| f64::from(*n)).sum::<f64>();
        let mut at_risk = count(&self.ended) + count(&self.censored);
        let mut surviving = 1.0;
        for week in 0..BINS - 1 {
            let (ended, censored) = (f64::from(self.ended[week]), f64::from(self.censored[week]));
            // Spells cut off within the week count as at risk for half of it.
            let exposed = at_risk - censored / 2.0;
            if ended > 0.0 && exposed > 0.0 {
                let after = surviving * (1.0 - (ended / exposed).min(1.0));
                if 1.0 - after >= q {
                    let within = (surviving - (1.0 - q)) / (surviving - after);
                    return Some(week as f64 + within);
                }
                surviving = after;
            }
            at_risk -= ended + censored;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kaplan_meier_agrees_with_a_worked_example() {
        // Six spells: ended in weeks 1, 3, 3, 6; cut off at the end of weeks 4 and 8.
        let mut spells = Spells::default();
        for week in [1, 3, 3, 6] {
            spells.ended[week] += 1;
        }
        for week in [4, 8] {
            spells.censored[week] += 1;
        }
        // Survival: 5/6 after week 1, 3/6 after week 3: the median is the end of week 3.
        assert!((spells.quantile(0.5).expect("reached") - 4.0).abs() < 1e-12);
        // After week 6: 1/2 × 1/2 = 1/4, so nine in ten never end.
        assert_eq!(spells.quantile(0.9), None);
        assert_eq!(Spells::default().quantile(0.5), None);
    }
}
