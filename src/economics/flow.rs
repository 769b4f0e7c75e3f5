//! Money and outcomes of one world, year by year, and what they are worth at the fork.

use crate::appraisal::{COSTS, Choices, LINES, View};
use crate::metrics::Metric;
use crate::outcomes::{Outcomes, Period};
use crate::parameters::Parameters;

/// Top of the SCRQoL scale.
const FULL: f64 = 24.0;

/// A year's sums over everybody, in one place or several.
#[derive(Clone, Copy, Debug)]
pub struct Year {
    /// The first sum of each line's metric: £, or what becomes hours.
    lines: [f64; LINES],
    /// Hours behind each line; 0 where there are none.
    hours: [f64; LINES],
    /// Years lived by everyone eligible.
    lived: f64,
    /// Of them, years lived at home.
    at_home: f64,
    /// Years lived at home at SCRQoL ÷ 24.
    life: f64,
}

/// One world's years.
#[derive(Clone, Debug)]
pub struct Flow(Vec<Year>);

impl Flow {
    /// The years of a world.
    pub fn of(world: &Outcomes) -> Self {
        let year = |year: usize| {
            let sums = |metric| world.sums(metric, 0, Period::Year(year)).unwrap_or_default();
            Year {
                lines: std::array::from_fn(|line| sums(COSTS[line].metric)[0]),
                hours: std::array::from_fn(|line| {
                    COSTS[line].hours.map_or(0.0, |hours| sums(hours.metric)[0] * hours.a_unit)
                }),
                lived: sums(Metric::PublicPerPerson)[1],
                at_home: sums(Metric::EmergencyAdmissions)[1],
                life: sums(Metric::PerScrqolYear)[1],
            }
        };
        Self((1..=world.years).map(year).collect())
    }

    /// Adds another place's years.
    pub fn merge(&mut self, other: &Flow) {
        for (to, from) in self.0.iter_mut().zip(&other.0) {
            for line in 0..LINES {
                to.lines[line] += from.lines[line];
                to.hours[line] += from.hours[line];
            }
            to.lived += from.lived;
            to.at_home += from.at_home;
            to.life += from.life;
        }
    }
}

impl Year {
    /// SCRQoL-years of everybody counted here or in the comparator. Who is counted
    /// in only one of the two (support draws people out, a community keeps them from
    /// asking) is alive in both, and outside the service has the quality of life
    /// that is assumed there: nobody counts as dead.
    fn scrqol_years(&self, comparator: &Year, p: &Parameters) -> f64 {
        let in_homes = (self.lived - self.at_home) * p.life_care_home / FULL;
        let outside = (comparator.lived - self.lived) * p.life_outside / FULL;
        self.life + in_homes + outside
    }
}

/// A world over its whole horizon.
#[derive(Clone, Copy, Debug)]
pub struct Present {
    /// £ by line: as spent, and discounted.
    pub lines: [[f64; LINES]; 2],
    /// Hours behind each line, as given; 0 for lines that are money.
    pub hours: [f64; LINES],
    /// SCRQoL-years: as lived, discounted, and discounted at the rate for health.
    pub outcome: [f64; 3],
    /// Years lived by everyone eligible.
    pub lived: f64,
}

impl Present {
    /// What a world comes to beside the comparator of the same replicate; `factors`
    /// are those of [`Choices::factors`].
    pub fn of(
        world: &Flow,
        comparator: &Flow,
        factors: &[Vec<f64>; 2],
        choices: &Choices,
        p: &Parameters,
    ) -> Self {
        let mut sum =
            Self { lines: [[0.0; LINES]; 2], hours: [0.0; LINES], outcome: [0.0; 3], lived: 0.0 };
        let factors = factors[0].iter().zip(&factors[1]);
        for ((year, beside), (standard, health)) in world.0.iter().zip(&comparator.0).zip(factors) {
            for (index, line) in COSTS.iter().enumerate() {
                sum.hours[index] += year.hours[index];
                let pounds = match line.hours.and_then(|hours| hours.worth) {
                    Some(worth) => year.hours[index] * worth(p),
                    None => year.lines[index],
                };
                let pounds = pounds * choices.raise(index);
                sum.lines[0][index] += pounds;
                sum.lines[1][index] += pounds * standard;
            }
            let outcome = year.scrqol_years(beside, p);
            for (to, factor) in sum.outcome.iter_mut().zip([1.0, *standard, *health]) {
                *to += outcome * factor;
            }
            sum.lived += year.lived;
        }
        sum
    }

    /// Costs in a view, as spent or discounted.
    pub fn cost(&self, view: View, discounted: bool) -> f64 {
        let lines = COSTS.iter().zip(&self.lines[usize::from(discounted)]);
        lines.map(|(line, pounds)| line.counts[view as usize] * pounds).sum()
    }
}
