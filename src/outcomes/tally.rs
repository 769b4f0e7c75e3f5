//! A year in progress.
//!
//! Flows are added to the person's stratum where they happen. At each month's end
//! strata are folded into the month's row for everybody and into the year's strata;
//! at each year's end those are folded into groups. States are read for everybody
//! each month, and for groups each quarter.

use super::groups::{FIRST_ENOUGH, FIRST_MECHANISM, GROUPS, STRATA, Stratum};
use super::{EMPTY, Row, add};
use crate::levers::Mechanism;
use crate::metrics::{METRICS, Measure, Metric};

/// Months in a year.
const MONTHS: f64 = 12.0;

/// A year in progress, by stratum and by state.
#[derive(Clone, Debug)]
pub struct Tally {
    /// Months lived by everyone eligible since the month began, by stratum.
    lived: Vec<f64>,
    /// Times that states were read for groups since the year began.
    readings: f64,
    /// Since the month began: flows by stratum.
    flows: Vec<Row>,
    /// Since the month began: what is about the place, and everybody's states.
    month: Row,
    /// Since the year began, everybody: the sum of its months.
    all: Row,
    /// Since the year began, by stratum: flows of finished months, and states.
    strata: Vec<Row>,
    /// Since the year began: by mechanism, and by answer about choice.
    states: Vec<Row>,
    /// The month that ended last, of the person who is followed.
    followed: Row,
}

impl Default for Tally {
    fn default() -> Self {
        Self {
            lived: vec![0.0; STRATA + 1],
            readings: 0.0,
            flows: vec![EMPTY; STRATA + 1],
            month: EMPTY,
            all: EMPTY,
            strata: vec![EMPTY; STRATA + 1],
            states: vec![EMPTY; GROUPS.len() - FIRST_MECHANISM],
            followed: EMPTY,
        }
    }
}

impl Tally {
    /// Adds to a metric about a person.
    #[inline(always)]
    pub fn add(&mut self, stratum: Stratum, metric: Metric, first: f64, second: f64) {
        let sums = &mut self.flows[stratum.0 as usize][metric as usize];
        sums[0] += first;
        sums[1] += second;
    }

    /// A month lived by somebody eligible.
    #[inline(always)]
    pub fn live(&mut self, stratum: Stratum) {
        self.lived[stratum.0 as usize] += 1.0;
    }

    /// The flows of one stratum, to add several metrics about one person.
    #[inline(always)]
    pub fn row(&mut self, stratum: Stratum) -> &mut Row {
        &mut self.flows[stratum.0 as usize]
    }

    /// The flows of one stratum since the month began.
    pub fn flows(&self, stratum: Stratum) -> &Row {
        &self.flows[stratum.0 as usize]
    }

    /// All that the month which ended last holds of the person who is followed: flows, and
    /// states where they were read for groups.
    pub fn followed(&self) -> &Row {
        &self.followed
    }

    /// States of groups are about to be read once more.
    pub fn reads_groups(&mut self) {
        self.readings += 1.0;
    }

    /// The states of one stratum, read once a quarter.
    #[inline(always)]
    pub fn states_row(&mut self, stratum: Stratum) -> &mut Row {
        &mut self.strata[stratum.0 as usize]
    }

    /// The sums of people with one mechanism.
    #[inline(always)]
    pub fn mechanism_row(&mut self, mechanism: Mechanism) -> &mut Row {
        &mut self.states[mechanism as usize]
    }

    /// The sums of people who say they have enough choice (0), not enough (1), or want none (2).
    #[inline(always)]
    pub fn choice_row(&mut self, answer: usize) -> &mut Row {
        &mut self.states[FIRST_ENOUGH - FIRST_MECHANISM + answer]
    }

    /// Adds to the month of a metric about the place as a whole, or of everybody's state.
    #[inline(always)]
    pub fn add_whole(&mut self, metric: Metric, first: f64, second: f64) {
        let sums = &mut self.month[metric as usize];
        sums[0] += first;
        sums[1] += second;
    }

    /// Ends the month: its sums for everybody.
    pub fn close_month(&mut self) -> Row {
        let mut month = std::mem::replace(&mut self.month, EMPTY);
        for ((lived, flows), strata) in
            self.lived.iter_mut().zip(&mut self.flows).zip(&mut self.strata)
        {
            // One divisor for all that is counted a person and year.
            for (sums, metric) in flows.iter_mut().zip(METRICS) {
                if metric.measure == Measure::PerComparator {
                    sums[1] = *lived / MONTHS;
                }
            }
            *lived = 0.0;
            add(&mut month, flows);
            add(strata, flows);
            *flows = EMPTY;
        }
        // Nobody but who asks for it sees the followed person's row: no group has it.
        self.followed = std::mem::replace(&mut self.strata[Stratum::FOLLOWED.0 as usize], EMPTY);
        // A count on an average day: what was seen over how often it was looked.
        for (sums, metric) in month.iter_mut().zip(METRICS) {
            if matches!(metric.measure, Measure::Times(_)) {
                sums[1] = 1.0;
            }
        }
        add(&mut self.all, &month);
        month
    }

    /// Ends the year: its sums by group.
    pub(super) fn close_year(&mut self) -> Vec<Row> {
        let mut groups = vec![EMPTY; GROUPS.len()];
        groups[0] = std::mem::replace(&mut self.all, EMPTY);
        for (index, row) in self.strata.iter_mut().take(STRATA).enumerate() {
            for group in Stratum(index as u8).groups() {
                add(&mut groups[group], row);
            }
            *row = EMPTY;
        }
        for (index, row) in self.states.iter_mut().enumerate() {
            add(&mut groups[FIRST_MECHANISM + index], row);
            *row = EMPTY;
        }
        for row in &mut groups[1..] {
            for (sums, metric) in row.iter_mut().zip(METRICS) {
                if matches!(metric.measure, Measure::Times(_)) {
                    sums[1] = self.readings;
                }
            }
        }
        self.readings = 0.0;
        groups
    }
}
