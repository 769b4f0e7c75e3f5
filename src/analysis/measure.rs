//! A metric's value in one world.

use crate::metrics::{Measure, Metric};
use crate::outcomes::{GROUPS, Outcomes, Period, Sums};

/// The value of a metric for a group and period, or none where nobody was there
/// to measure it on. `comparator` is the comparator's world in the same replicate.
pub fn value(
    metric: Metric,
    world: &Outcomes,
    comparator: &Outcomes,
    group: usize,
    period: Period,
) -> Option<f64> {
    let sums = |of: &Outcomes| of.sums(metric, group, period);
    let value = match metric.declaration().measure {
        Measure::Ratio => over(sums(world)?, sums(world)?)?,
        // The comparator's users of a mechanism are other people than the regime's.
        Measure::PerComparator if GROUPS[group].by.is_state() => over(sums(world)?, sums(world)?)?,
        Measure::PerComparator => over(sums(world)?, sums(comparator)?)?,
        Measure::Times(times) => over(sums(world)?, sums(world)?)? * times,
        Measure::Wait { histogram, quantile } => {
            world.spells(histogram, group, period)?.quantile(quantile)?
        }
    };
    value.is_finite().then_some(value)
}

/// The first sum of one over the second sum of another.
fn over(first: Sums, second: Sums) -> Option<f64> {
    (second[1] > 0.0).then(|| first[0] / second[1])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::Histogram;
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
                tally.live(stratum);
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

    #[test]
    fn where_there_is_nobody_there_is_no_value() {
        let empty = Outcomes::new(1);
        for metric in Metric::ALL {
            assert_eq!(value(*metric, &empty, &empty, 0, Period::Whole), None);
        }
    }
}
