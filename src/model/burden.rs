//! What holding money costs people in hours, and how heavily it weighs.

use crate::levers::{Levers, Mechanism};
use crate::parameters::Parameters;

/// Hours a month of managing money, people and audit.
/// `audit` is how closely spending is really checked.
pub fn burden(p: &Parameters, levers: &Levers, audit: f64, mechanism: Mechanism) -> f64 {
    let own = p.burden_hours
        * (1.0 - p.support_lifts * levers.dp_support)
        * (1.0 - p.digital_lifts * levers.digital_infrastructure)
        * (1.0 + p.audit_burden * audit);
    match mechanism {
        Mechanism::DirectPayment => own,
        Mechanism::Mixed => own * p.mixed_part,
        Mechanism::Isf => p.burden_hours_isf,
        Mechanism::Managed | Mechanism::SelfFunded => 0.0,
    }
}

/// The same hours as they weigh on a person: heavier the less capacity there is.
pub fn weighted_burden(
    p: &Parameters,
    levers: &Levers,
    audit: f64,
    mechanism: Mechanism,
    capacity: f64,
) -> f64 {
    weighed(p, burden(p, levers, audit, mechanism), capacity)
}

/// Hours a month as they weigh on a person of some capacity.
pub fn weighed(p: &Parameters, hours: f64, capacity: f64) -> f64 {
    hours * (1.0 + p.burden_capacity * (p.capacity_needed + 1.0 - capacity).max(0.0))
}

/// Months for which somebody of average need goes on drawing on support at home: what
/// setting something up is spread over.
pub fn months_ahead(p: &Parameters, older: bool) -> f64 {
    let homes = if older { p.care_home_older } else { p.care_home_working_age };
    let ends = match older {
        true => p.dying_older + p.leaving_older,
        false => p.dying_working_age + p.leaving_working_age,
    };
    1.0 / (ends + homes / super::world::MONTHS_A_YEAR as f64)
}
