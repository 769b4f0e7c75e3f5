//! A metric's value in one world.

use crate::metrics::{Histogram, Measure, Metric};
use crate::outcomes::{GROUPS, GroupBy, Outcomes, Period, Sums};

/// The value of a metric for a group and period, or none where nobody was there
/// to measure it on. `comparator` is the comparator's world in the same replicate.
pub fn value(
    metric: Metric,
    world: &Outcomes,
    comparator: &Outcomes,
    group: usize,
    period: Period,
) -> Option<f64> {
    if let Measure::Concentration { of, relative } = metric.declaration().measure {
        let of = crate::metrics::find(of).filter(|_| group == 0)?;
        let fifths: Option<Vec<Sums>> = (0..GROUPS.len())
            .filter(|group| GROUPS[*group].by == GroupBy::Deprivation)
            .map(|fifth| world.sums(of, fifth, period))
            .collect();
        return concentration(&fifths?, relative);
    }
    // The comparator's users of a mechanism are other people than the regime's.
    let divisor = if GROUPS[group].by.is_state() { world } else { comparator };
    let sums = |of: &Outcomes| of.sums(metric, group, period);
    let quantile = |histogram, q| world.spells(histogram, group, period)?.quantile(q);
    worked_out(metric, sums(world)?, sums(divisor)?, quantile)
}

/// The value of a metric for everybody in a month after the fork, numbered from 0.
pub fn in_month(
    metric: Metric,
    world: &Outcomes,
    comparator: &Outcomes,
    month: usize,
) -> Option<f64> {
    let sums = |of: &Outcomes| of.month_sums(metric, month);
    let quantile = |histogram, q| world.month_spells(histogram, month)?.quantile(q);
    worked_out(metric, sums(world)?, sums(comparator)?, quantile)
}

/// The value of a metric from its sums, those that hold the divisor of what is counted
/// a person and year, and the quantiles of waits.
pub fn worked_out(
    metric: Metric,
    sums: Sums,
    divisor: Sums,
    quantile: impl Fn(Histogram, f64) -> Option<f64>,
) -> Option<f64> {
    let value = match metric.declaration().measure {
        Measure::Ratio => over(sums, sums)?,
        Measure::PerComparator => over(sums, divisor)?,
        Measure::Times(times) => over(sums, sums)? * times,
        Measure::Concentration { .. } => return None,
        Measure::Wait { histogram, quantile: q } => quantile(histogram, q)?,
    };
    value.is_finite().then_some(value)
}

/// The concentration index of a ratio over groups in order of rank: twice the covariance
/// of a unit's value and its rank as a share of all units, where units of one group share
/// the rank of its middle (Kakwani, Wagstaff and van Doorslaer, 1997). Divided by the
/// mean, or in the ratio's unit.
fn concentration(groups: &[Sums], relative: bool) -> Option<f64> {
    let units: f64 = groups.iter().map(|sums| sums[1]).sum();
    let mean = groups.iter().map(|sums| sums[0]).sum::<f64>() / units;
    let (mut before, mut product) = (0.0, 0.0);
    for [sum, units_here] in groups {
        product += sum * (before + units_here / 2.0) / units;
        before += units_here;
    }
    let index = 2.0 * product / units - mean;
    match relative {
        true => (mean > 0.0).then(|| index / mean),
        false => (units > 0.0).then_some(index),
    }
}

/// The first sum of one over the second sum of another.
fn over(first: Sums, second: Sums) -> Option<f64> {
    (second[1] > 0.0).then(|| first[0] / second[1])
}

/// What an interval is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Levels.
    Level,
    /// Differences between two levels.
    Difference,
}

/// The part of an interval that can be: no share lies beyond 0 and 1, nor do two differ
/// by more, though a t interval over few replicates may.
pub fn possible(metric: Metric, of: Of, mean: f64, (low, high): (f64, f64)) -> (f64, f64) {
    let (least, most) = match (metric.declaration().unit, of) {
        ("share", Of::Level) => (0.0, 1.0),
        ("share", Of::Difference) => (-1.0, 1.0),
        ("share a year", Of::Level) => (0.0, f64::INFINITY),
        _ => (f64::NEG_INFINITY, f64::INFINITY),
    };
    // The mean stays inside, whatever it is.
    (low.max(least).min(mean), high.min(most).max(mean))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcomes::{Stratum, Tally};

    /// A year in which so many people lived, on so much public money.
    fn world(public: f64, people: u32) -> Outcomes {
        let (mut outcomes, mut tally) = (Outcomes::new(1), Tally::default());
        let stratum = Stratum::of(0, 0, 0, 0);
        tally.add(stratum, Metric::PublicPerPerson, public, 0.0);
        tally.add(stratum, Metric::PerHour, public, f64::from(people));
        for week in [1.0, 3.0, 3.0, 6.0] {
            outcomes.spell(Histogram::ToSupport, stratum, 0, week, true);
        }
        for _ in 0..12 {
            for _ in 0..people {
                tally.live(stratum, 1.0);
            }
            tally.add_whole(Metric::Supported, f64::from(people), 0.0);
            outcomes.close_month(&mut tally);
        }
        outcomes.close_year(0, &mut tally);
        outcomes
    }

    #[test]
    fn each_measure_is_worked_out_as_declared() {
        let (regime, comparator) = (world(600.0, 2), world(500.0, 4));
        let of = |metric| value(metric, &regime, &comparator, 0, Period::Whole);
        assert_eq!(of(Metric::PerHour), Some(300.0));
        assert_eq!(of(Metric::PublicPerPerson), Some(150.0), "the comparator's divisor");
        assert_eq!(of(Metric::Supported), Some(2.0), "on an average day");
        assert_eq!(of(Metric::WeeksToSupport), Some(3.5), "a quarter, then half of the two");
    }

    #[test]
    fn over_several_places_counts_add_up_and_shares_do_not() {
        let (mut both, other) = (world(600.0, 2), world(500.0, 4));
        both.merge(&other);
        let of = |metric| value(metric, &both, &both, 0, Period::Whole);
        assert_eq!(of(Metric::Supported), Some(6.0));
        assert_eq!(of(Metric::PublicPerPerson), Some(1_100.0 / 6.0));
        assert_eq!(of(Metric::WeeksToSupport), Some(3.5));
    }

    /// Person by person, from the definition: 2 cov(value, rank) ÷ mean.
    fn by_definition(groups: &[(f64, u32)]) -> f64 {
        let values: Vec<f64> =
            groups.iter().flat_map(|(value, people)| vec![*value; *people as usize]).collect();
        let n = values.len() as f64;
        let mut ranks = Vec::new();
        for (_, people) in groups {
            let first = ranks.len() as f64;
            let middle = (first + f64::from(*people) / 2.0) / n;
            ranks.extend(vec![middle; *people as usize]);
        }
        let mean = |x: &[f64]| x.iter().sum::<f64>() / n;
        let (value, rank) = (mean(&values), mean(&ranks));
        let products: Vec<f64> =
            values.iter().zip(&ranks).map(|(v, r)| (v - value) * (r - rank)).collect();
        2.0 * mean(&products) / value
    }

    #[test]
    fn the_concentration_index_is_that_of_its_definition() {
        let groups = [(0.30, 40), (0.25, 25), (0.20, 30), (0.22, 10), (0.10, 45)];
        let sums: Vec<Sums> =
            groups.iter().map(|(value, n)| [value * f64::from(*n), f64::from(*n)]).collect();
        let index = concentration(&sums, true).expect("people");
        assert!((index - by_definition(&groups)).abs() < 1e-12);
        assert!(index < -0.1, "it falls to the first groups: {index}");
        let absolute = concentration(&sums, false).expect("people");
        let mean = sums.iter().map(|s| s[0]).sum::<f64>() / 150.0;
        assert!((absolute / mean - index).abs() < 1e-12);
        // All of it in one group: the largest there can be with so many groups.
        assert!((concentration(&[[0.0, 1.0], [5.0, 1.0]], true).expect("two") - 0.5).abs() < 1e-12);
        assert_eq!(concentration(&[[3.0, 10.0], [3.0, 10.0]], true), Some(0.0));
        assert_eq!(concentration(&[[0.0, 0.0]; 5], false), None);
    }

    #[test]
    fn where_there_is_nobody_there_is_no_value() {
        let empty = Outcomes::new(1);
        for metric in Metric::ALL {
            assert_eq!(value(*metric, &empty, &empty, 0, Period::Whole), None);
        }
    }

    #[test]
    fn no_interval_of_a_share_goes_beyond_what_a_share_can_be() {
        let wide = (-0.4, 1.7);
        assert_eq!(possible(Metric::Picked, Of::Level, 0.6, wide), (0.0, 1.0));
        assert_eq!(possible(Metric::Picked, Of::Difference, 0.6, wide), (-0.4, 1.0));
        assert_eq!(possible(Metric::LostSupporter, Of::Level, 0.6, wide), (0.0, 1.7));
        assert_eq!(possible(Metric::Fit, Of::Level, 0.6, wide), wide);
        assert_eq!(possible(Metric::Picked, Of::Level, 0.6, (0.5, 0.7)), (0.5, 0.7));
    }
}
