//! A month's hours and money by the looker's own account, from the person's arrangements
//! and their supporters' prices: what the cell's metrics, restricted to the person, are
//! held against.

use super::seen::Seen;
use crate::levers::Mechanism;
use crate::model::world::{Route, Stage, WEEKS_A_MONTH};
use crate::model::{Month, World};

/// One person's month.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Ledger {
    /// Months lived by somebody eligible: 1 or 0.
    pub months: f64,
    /// Hours of support a week delivered at home.
    pub hours: f64,
    /// Hours a week of the plan.
    pub planned: f64,
    /// Hours a week of the plan that nobody delivered.
    pub unmet: f64,
    /// £ the council spent on support at home, less what came back out of budgets.
    pub support: f64,
    /// £ the person spent on support or a care home.
    pub own: f64,
    /// £ the council spent on a care home.
    pub care_home: f64,
}

/// £ below which nothing has come back.
const NOTHING: f64 = 1e-6;

impl Ledger {
    /// Enters what delivery gave and cost; returns £ that an audit took back.
    pub fn enter(&mut self, before: &Seen, account: f64, world: &World, month: &Month<'_>) -> f64 {
        let person = &before.person;
        if person.stage == Stage::CareHome {
            let week = world.facts.place.care_home_week[person.age()];
            let price = week * WEEKS_A_MONTH;
            *(if person.funded() { &mut self.care_home } else { &mut self.own }) += price;
            return 0.0;
        }
        let (mut spent, mut running) = (0.0, 0.0_f64);
        for arrangement in before.arrangements.iter().filter(|a| a.exists()) {
            let provider = &world.providers[arrangement.provider as usize];
            let share = f64::from(arrangement.share_of_month(world.first_day()));
            let hours = f64::from(arrangement.total()) * share * provider.reliability;
            let pounds = hours * WEEKS_A_MONTH * world.price(provider, arrangement.route, month);
            self.hours += hours;
            match arrangement.route {
                Route::Contract | Route::Spot => self.support += pounds,
                Route::Private => self.own += pounds,
                Route::Fund | Route::DirectPayment => {
                    spent += pounds;
                    running = running.max(share);
                }
            }
        }
        if person.stage == Stage::AtHome {
            self.planned = f64::from(person.planned());
            self.unmet = (self.planned - self.hours).max(0.0);
        }
        if running == 0.0 {
            return 0.0;
        }
        let (rate, fee) = match person.mechanism {
            Mechanism::Isf => (month.levers.isf_rate, month.p.holding_fee),
            _ => (month.levers.dp_rate, 0.0),
        };
        let own = match person.mechanism {
            Mechanism::Mixed => f64::from(person.plan[1] + person.plan[2]),
            _ => f64::from(person.planned()),
        };
        let paid = own * WEEKS_A_MONTH * running * rate * world.commissioner.average_price;
        let back = person.account + paid * (1.0 - fee) - spent - account;
        let back = if back > NOTHING { back } else { 0.0 };
        self.support += paid - back;
        back
    }
}
