//! The rules of appraisal: which costs there are and who bears them, what is a
//! transfer, what later years are worth, and what an experiment may choose.
//!
//! Everything is real £ of [`crate::metrics::PRICE_YEAR`]. [`crate::economics`]
//! applies the rules; the pages and data dictionary that state them are made from
//! these tables.

use crate::metrics::Metric;
use crate::parameters::Parameters;

/// Whose costs are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum View {
    /// The council, after what people pay it.
    Council = 0,
    /// Council and health service, after what people pay the council.
    Public = 1,
    /// Everybody.
    Society = 2,
}

impl View {
    /// Every view, in the order of tables.
    pub const ALL: [View; 3] = [View::Council, View::Public, View::Society];

    /// The word in tables.
    pub fn id(self) -> &'static str {
        ["council", "public", "society"][self as usize]
    }

    /// What it takes in, in a sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            View::Council => "What the council spends, less what people pay it in charges.",
            View::Public => {
                "What council and health service spend, less what people pay the council in charges."
            }
            View::Society => {
                "Resources that anybody gives up: public spending, what people pay for themselves, bids, and people's and families' hours in £. Transfers are left out, as the Green Book has it: charges only move a bill from one to another, and money for guaranteed hours that nobody used buys nothing, for an agency may sell those hours elsewhere."
            }
        }
    }
}

/// Who bears a cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payer {
    /// The council.
    Council,
    /// The health service.
    HealthService,
    /// Organisations that bid for contracts.
    Bidders,
    /// People who draw on care and support.
    People,
    /// Their families and friends.
    Families,
}

impl Payer {
    /// The words in tables.
    pub fn id(self) -> &'static str {
        match self {
            Payer::Council => "council",
            Payer::HealthService => "health service",
            Payer::Bidders => "bidders",
            Payer::People => "people",
            Payer::Families => "families",
        }
    }
}

/// The hours behind a line of costs.
#[derive(Clone, Copy, Debug)]
pub struct Hours {
    /// What they are called in tables.
    pub called: &'static str,
    /// The metric whose first sum they are when multiplied.
    pub metric: Metric,
    /// Hours for one unit of its sum.
    pub a_unit: f64,
    /// What an hour is worth, £; none where a metric has that already.
    pub worth: Option<fn(&Parameters) -> f64>,
}

/// One line of costs.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    /// The word in tables and files.
    pub id: &'static str,
    /// Who bears it.
    pub payer: Payer,
    /// The metric whose first sum it is, £, or that counts its hours.
    pub metric: Metric,
    /// The hours behind it, where it is people's time.
    pub hours: Option<Hours>,
    /// How it enters each of [`View::ALL`]: 1 as a cost, −1 as income, 0 not at all.
    pub counts: [f64; 3],
}

const fn line(id: &'static str, payer: Payer, metric: Metric, counts: [f64; 3]) -> Line {
    Line { id, payer, metric, hours: None, counts }
}

const fn council(id: &'static str, metric: Metric) -> Line {
    line(id, Payer::Council, metric, [1.0, 1.0, 1.0])
}

/// Weeks of a year of the Gregorian calendar.
const WEEKS_A_YEAR: f64 = 365.2425 / 7.0;
const MONTHS_A_YEAR: f64 = 12.0;

/// Number of lines.
pub const LINES: usize = 21;

/// Every line, in the order of tables. What the council spends is the sum of its lines.
pub const COSTS: [Line; LINES] = [
    council("support", Metric::Support),
    council("residential", Metric::Residential),
    council("assessment", Metric::Assessment),
    council("brokerage", Metric::Brokerage),
    council("procurement", Metric::Procurement),
    council("audit", Metric::Audit),
    council("dp_support", Metric::DpSupport),
    line("guarantees", Payer::Council, Metric::Guarantees, [1.0, 1.0, 0.0]),
    council("own_staff_idle", Metric::OwnStaffIdle),
    council("digital", Metric::Digital),
    council("catalysts", Metric::Catalysts),
    council("community_investment", Metric::CommunityInvestment),
    council("teams", Metric::Teams),
    council("safeguarding", Metric::Safeguarding),
    council("change", Metric::Change),
    line("hospital", Payer::HealthService, Metric::Hospital, [0.0, 1.0, 1.0]),
    line("charges", Payer::People, Metric::Charges, [-1.0, -1.0, 0.0]),
    line("private", Payer::People, Metric::Private, [0.0, 0.0, 1.0]),
    Line {
        hours: Some(Hours {
            called: "own_hours",
            metric: Metric::BurdenHours,
            a_unit: MONTHS_A_YEAR,
            worth: Some(|parameters| parameters.own_hour),
        }),
        ..line("own_time", Payer::People, Metric::BurdenHours, [0.0, 0.0, 1.0])
    },
    Line {
        hours: Some(Hours {
            called: "unpaid_hours",
            metric: Metric::UnpaidHours,
            a_unit: WEEKS_A_YEAR,
            worth: None,
        }),
        ..line("unpaid_care", Payer::Families, Metric::UnpaidPounds, [0.0, 0.0, 1.0])
    },
    line("bidders", Payer::Bidders, Metric::BidderCost, [0.0, 0.0, 1.0]),
];

/// Rates that hold from one year on.
#[derive(Clone, Copy, Debug)]
pub struct Band {
    /// First year in which it holds; the year appraised first is year 0.
    pub from: usize,
    /// Rate for costs and outcomes, % a year.
    pub standard: f64,
    /// Rate for health effects, % a year: here a sensitivity, on outcomes only.
    pub health: f64,
}

/// Discount rates as they stood at a date.
#[derive(Clone, Copy, Debug)]
pub struct Rates {
    /// When: year and month.
    pub at: &'static str,
    /// Who set them, where.
    pub source: &'static str,
    /// The rates, by year.
    pub bands: &'static [Band],
}

/// The discount rates in force. A review of June 2026 advises 3% throughout; until
/// the Treasury follows, these stand.
pub const RATES: Rates = Rates {
    at: "2026-02",
    source: "HM Treasury, The Green Book, edition of February 2026",
    bands: &[
        Band { from: 0, standard: 3.5, health: 1.5 },
        Band { from: 31, standard: 3.0, health: 1.29 },
        Band { from: 76, standard: 2.5, health: 1.07 },
    ],
};

/// What a £ or an outcome of each year is worth in year 0, from that year on, by
/// rates in % that depend on the year.
///
/// Year 0 is the first after the fork, so what happens in it is not discounted.
pub fn factors(years: usize, rate: impl Fn(usize) -> f64) -> Vec<f64> {
    let mut factor = 1.0;
    let mut factors = Vec::with_capacity(years);
    for year in 0..years {
        if year > 0 {
            factor /= 1.0 + rate(year) / PER_CENT;
        }
        factors.push(factor);
    }
    factors
}

/// Parts of a whole, in %.
pub const PER_CENT: f64 = 100.0;

impl Rates {
    /// The band in force in a year.
    pub fn band(&self, year: usize) -> &Band {
        let later = self.bands.iter().rev().find(|band| band.from <= year);
        later.unwrap_or(&self.bands[0])
    }
}

/// What a year of full social-care-related quality of life is taken to be worth
/// unless an experiment says otherwise, £.
pub const THRESHOLDS: [f64; 3] = [20_000.0, 30_000.0, 40_000.0];

/// The one of [`THRESHOLDS`] that net present social value takes.
pub const SOCIAL_VALUE: f64 = 30_000.0;

/// Where [`THRESHOLDS`] come from.
pub const THRESHOLDS_SOURCE: &str = "Forder, Malley, Towers and Netten (2013), Using cost-effectiveness estimates from survey data to guide commissioning: an application to home care, Health Economics: £30,000 a SCRQoL-year, with £20,000 and £40,000 beside it; read in the evidence tables of the home care guideline of NICE (NG21, 2015, appendix C1). Nobody has set a threshold for social care, and the figures were not brought to the price year.";

/// Step of the acceptability curve, £.
pub const CURVE_STEP: f64 = 5_000.0;
/// End of the acceptability curve, £.
pub const CURVE_END: f64 = 100_000.0;

/// What an experiment may choose about its appraisal.
#[derive(Clone, Debug, PartialEq)]
pub struct Choices {
    /// What a SCRQoL-year may be worth, £, in rising order.
    pub thresholds: Vec<f64>,
    /// What it is taken to be worth in net present social value, £.
    pub social_value: f64,
    /// One rate for costs and outcomes in place of [`RATES`], % a year.
    pub discount_rate: Option<f64>,
    /// Optimism bias: what is added to each of [`COSTS`], %, in every regime alike.
    pub optimism_bias: [f64; LINES],
}

impl Default for Choices {
    fn default() -> Self {
        Self {
            thresholds: THRESHOLDS.to_vec(),
            social_value: SOCIAL_VALUE,
            discount_rate: None,
            optimism_bias: [0.0; LINES],
        }
    }
}

impl Choices {
    /// Lines that were raised for optimism bias, and by how many %.
    pub fn raised(&self) -> impl Iterator<Item = (&'static str, f64)> {
        let lines = COSTS.iter().zip(self.optimism_bias);
        lines.filter(|(_, percent)| *percent != 0.0).map(|(line, percent)| (line.id, percent))
    }

    /// What a line is multiplied by for optimism bias.
    pub fn raise(&self, line: usize) -> f64 {
        1.0 + self.optimism_bias[line] / PER_CENT
    }

    /// Discount factors by year: for costs and outcomes, and for outcomes at the
    /// rate for health.
    pub fn factors(&self, years: usize) -> [Vec<f64>; 2] {
        let standard = |year| self.discount_rate.unwrap_or(RATES.band(year).standard);
        [factors(years, standard), factors(years, |year| RATES.band(year).health)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The Green Book's own factors, to the four figures it prints.
    #[test]
    fn discount_factors_are_those_of_the_green_book() {
        let [standard, health] = Choices::default().factors(127);
        for (year, pinned) in [(0, 1.0), (1, 0.9662), (10, 0.7089), (30, 0.3563), (31, 0.3459)] {
            assert!((standard[year] - pinned).abs() < 5e-5, "{year}: {}", standard[year]);
        }
        let close = |a: f64, b: f64| (a / b - 1.0).abs() < 1e-12;
        assert!(close(standard[75], standard[30] / libm::pow(1.03, 45.0)));
        assert!(close(standard[125], standard[75] / libm::pow(1.025, 50.0)));
        assert!(close(health[30], libm::pow(1.015, -30.0)));
        assert!(close(health[31], health[30] / 1.0129));
        assert!(close(health[76], health[75] / 1.0107));
    }

    /// Mishan and Quah, Cost-Benefit Analysis, chapter 23: an investment of −100, 50
    /// and 150 at 10% has benefits worth 169.4.
    #[test]
    fn one_rate_may_stand_for_the_table() {
        let choices = Choices { discount_rate: Some(10.0), ..Choices::default() };
        let [factors, _] = choices.factors(3);
        let worth: f64 = factors.iter().zip([0.0, 50.0, 150.0]).map(|(f, pounds)| f * pounds).sum();
        assert!((worth - 169.4).abs() < 0.05, "{worth}");
        assert_eq!(Choices { discount_rate: Some(0.0), ..choices }.factors(40)[0], [1.0; 40]);
    }

    #[test]
    fn lines_are_named_after_their_metrics() {
        for line in &COSTS {
            if line.hours.is_none() {
                assert_eq!(line.metric.declaration().id, format!("cost.{}", line.id));
            }
        }
    }
}
