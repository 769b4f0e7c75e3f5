//! A year in progress.
//!
//! Flows are added where they happen, to the month's row for everybody and to the year's of
//! the person's stratum; at each year's end strata are folded into groups. States are read
//! for everybody each month, and for groups each quarter.

use super::groups::{FIRST_ENOUGH, FIRST_MECHANISM, GROUPS, STRATA, Stratum};
use super::{EMPTY, Row, add};
use crate::levers::Mechanism;
use crate::metrics::{METRICS, Measure, Metric};

/// Months in a year.
const MONTHS: f64 = 12.0;

/// A year in progress, by stratum and by state.
#[derive(Clone, Debug)]
pub struct Tally {
    /// Months lived by everyone eligible since the year began, by stratum.
    lived: Vec<f64>,
    /// The same since the month began, everybody.
    lived_now: f64,
    /// Times that states were read for groups since the year began.
    readings: f64,
    /// Since the month began, everybody: flows, states, and what is about the place.
    month: Row,
    /// Since the year began, everybody: the sum of its months.
    all: Row,
    /// Since the year began, by stratum: flows, and states; the month of the person who is
    /// followed.
    strata: Vec<Row>,
    /// Since the year began: by mechanism, and by answer about choice.
    states: Vec<Row>,
    /// The month that ended last, of the person who is followed.
    followed: Row,
}

impl Default for Tally {
    fn default() -> Self {
        Self {
            lived: vec![0.0; Stratum::ALL],
            lived_now: 0.0,
            readings: 0.0,
            month: EMPTY,
            all: EMPTY,
            strata: vec![EMPTY; Stratum::ALL],
            states: vec![EMPTY; GROUPS.len() - FIRST_MECHANISM],
            followed: EMPTY,
        }
    }
}

impl Tally {
    /// Adds to a metric about a person.
    #[inline(always)]
    pub fn add(&mut self, stratum: Stratum, metric: Metric, first: f64, second: f64) {
        for row in [&mut self.month, &mut self.strata[stratum.0 as usize]] {
            let sums = &mut row[metric as usize];
            sums[0] += first;
            sums[1] += second;
        }
    }

    /// A month lived by so many people of a stratum.
    #[inline(always)]
    pub fn live(&mut self, stratum: Stratum, people: f64) {
        self.lived[stratum.0 as usize] += people;
        self.lived_now += people;
    }

    /// What a stratum holds so far; a followed person's is of the month, all others' of
    /// the year.
    pub fn so_far(&self, stratum: Stratum) -> &Row {
        &self.strata[stratum.0 as usize]
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
        spread(&mut month, std::mem::take(&mut self.lived_now));
        // Nobody but who asks for it sees the followed person's row: no group has it.
        let followed = Stratum::FOLLOWED.0 as usize;
        self.followed = std::mem::replace(&mut self.strata[followed], EMPTY);
        spread(&mut self.followed, std::mem::take(&mut self.lived[followed]));
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
        let strata = self.strata.iter_mut().zip(&mut self.lived).take(STRATA);
        for (index, (row, lived)) in strata.enumerate() {
            spread(row, std::mem::take(lived));
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

/// One divisor for all that is counted a person and year: the months lived.
fn spread(row: &mut Row, lived: f64) {
    for (sums, metric) in row.iter_mut().zip(METRICS) {
        if metric.measure == Measure::PerComparator {
            sums[1] = lived / MONTHS;
        }
    }
}
