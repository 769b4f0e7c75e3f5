//! What a twin that was dealt a blow leaves behind: watched metrics by month.

use super::{Outcomes, Spells, Sums, merge_row};
use crate::metrics::{Histogram, Measure, Metric};
use serde::{Deserialize, Serialize};

/// Counted beside the headlines: supporters lost, and providers that closed.
pub const COUNTED: [Metric; 3] =
    [Metric::SupportersLost, Metric::ProviderClosures, Metric::EnterpriseClosures];

/// The metrics watched in a twin: every headline, then what is counted.
pub fn watched() -> impl Iterator<Item = Metric> {
    let headlines = Metric::ALL.iter().copied().filter(|m| m.declaration().is_headline());
    headlines.chain(COUNTED)
}

/// Watched metrics by month, everybody, in one world.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Watch {
    /// Months after the fork before the first that is kept.
    pub before: usize,
    /// `[month][watched]`.
    months: Vec<Vec<Sums>>,
    /// Spells of waiting for support, by the month they began in.
    waits: Vec<Spells>,
}

impl Watch {
    /// What a world left from a month on, numbered from 0.
    pub fn of(outcomes: &Outcomes, before: usize) -> Self {
        let months = before..outcomes.months();
        let sums =
            |month| watched().filter_map(|metric| outcomes.month_sums(metric, month)).collect();
        let waits = |month| outcomes.month_spells(Histogram::ToSupport, month).cloned();
        Self {
            before,
            months: months.clone().map(sums).collect(),
            waits: months.filter_map(waits).collect(),
        }
    }

    /// Adds what another place's world left over the same months.
    pub fn merge(&mut self, other: &Watch) {
        let metrics: Vec<Metric> = watched().collect();
        for (to, from) in self.months.iter_mut().zip(&other.months) {
            for ((to, from), metric) in to.iter_mut().zip(from).zip(&metrics) {
                merge_row(
                    std::slice::from_mut(to),
                    std::slice::from_ref(from),
                    std::slice::from_ref(metric.declaration()),
                );
            }
        }
        for (to, from) in self.waits.iter_mut().zip(&other.waits) {
            to.merge(from);
        }
    }

    /// Whether it is what is watched over so many years, as what was read from a file may
    /// not be.
    pub fn is_of(&self, years: usize) -> bool {
        let months = (12 * years).checked_sub(self.before);
        let metrics = watched().count();
        months == Some(self.months.len())
            && self.months.iter().all(|month| month.len() == metrics)
            && self.waits.len() == self.months.len()
            && self.waits.iter().all(Spells::is_whole)
    }

    /// Number of months kept.
    pub fn len(&self) -> usize {
        self.months.len()
    }

    /// Whether no month is kept.
    pub fn is_empty(&self) -> bool {
        self.months.is_empty()
    }

    /// The value of a watched metric in a month, numbered from the first kept; none where
    /// nothing was read. `comparator` is the comparator's world without a blow.
    pub fn value(
        &self,
        watched: usize,
        metric: Metric,
        month: usize,
        comparator: &Watch,
    ) -> Option<f64> {
        let sums = self.months.get(month)?[watched];
        let ratio = |first: f64, second: f64| (second > 0.0).then(|| first / second);
        match metric.declaration().measure {
            Measure::Ratio => ratio(sums[0], sums[1]),
            Measure::PerComparator => ratio(sums[0], comparator.months.get(month)?[watched][1]),
            Measure::Times(times) => ratio(sums[0], sums[1]).map(|value| value * times),
            Measure::Concentration { .. } => None,
            Measure::Wait { quantile, .. } => self.waits.get(month)?.quantile(quantile),
        }
    }

    /// The sum of a watched metric's first sums over all months kept.
    pub fn total(&self, watched: usize) -> f64 {
        self.months.iter().map(|month| month[watched][0]).sum()
    }
}
