//! Planners assess and review: the twin.

use super::Twin;
use commissim::draws::Stream;
use commissim::levers::Levers;
use commissim::model::world::{DAYS_A_MONTH, Stage};

impl Twin<'_> {
    /// A month of planners' time: those who asked by urgency and day, then the reviews that
    /// are due in keyed order, until the time is used; a part of one is carried over.
    pub fn assesses(&mut self) {
        let (p, world) = (self.month.p, self.world);
        let share = self.time_left(&self.month.levers) / self.time_left(world.status_quo());
        let council = &world.commissioner;
        self.credit += council.assessment_capacity * council.held_back * share;
        // Planners' pay is the same for fewer assessments.
        let cost = world.assessment_cost / share;
        let next_month = self.month.number as f32 * DAYS_A_MONTH;
        let this_month = (self.month.number - 1) as f32 * DAYS_A_MONTH;
        let mut queue: Vec<usize> =
            (0..self.people.len()).filter(|i| self.people[*i].stage == Stage::Asked).collect();
        queue.sort_by(|a, b| {
            let (a, b) = (&self.people[*a], &self.people[*b]);
            (!a.urgent, a.asked_day, a.key)
                .partial_cmp(&(!b.urgent, b.asked_day, b.key))
                .expect("days are numbers")
        });
        let lead = |key, which| {
            1.0 + p.lead_spread * (2.0 * self.month.luck.day.uniform_of(key, which) - 1.0)
        };
        for i in queue {
            let (urgent, key) = (self.people[i].urgent, self.people[i].key);
            let assessment = if urgent { 0.0 } else { p.assessment_days };
            let brokerage = if urgent { p.brokerage_days_urgent } else { p.brokerage_days };
            let soonest = self.people[i].asked_day + (assessment * lead(key, 2)) as f32;
            if soonest >= next_month {
                continue;
            }
            if self.credit < 1.0 {
                break;
            }
            self.credit -= 1.0;
            let plan = self.found(i);
            let person = &mut self.people[i];
            person.stage = Stage::AtHome;
            person.asked_day = soonest.max(this_month);
            person.ready_day = person.asked_day + (brokerage * lead(key, 6)) as f32;
            person.plan = plan;
            person.seeking = true;
            self.spent += cost;
            self.seen.push(i as u32);
        }
        let mut due: Vec<usize> =
            (0..self.people.len()).filter(|i| self.people[*i].review_due).collect();
        due.sort_by_key(|i| self.month.luck.queue.words(self.people[*i].key, 2)[0]);
        for i in due {
            if self.credit < p.review_cost {
                break;
            }
            self.people[i].review_due = false;
            if self.people[i].stage != Stage::AtHome {
                continue;
            }
            self.credit -= p.review_cost;
            self.people[i].plan = self.found(i);
            self.follow_plan(i);
            self.spent += cost * p.review_cost;
            self.seen.push(i as u32);
        }
        self.credit = self.credit.min(1.0);
    }

    /// Share of planners' time that telling people and writing plans leave.
    fn time_left(&self, levers: &Levers) -> f64 {
        let (p, told) = (self.month.p, &levers.option_awareness);
        let told = [told.isf, told.direct_payment, told.mixed, levers.micro_awareness];
        let telling = told.iter().sum::<f64>() / told.len() as f64;
        1.0 - p.telling_time * telling - p.planning_time * levers.plan_rigidity
    }

    /// The hours that the person's neighbourhood team finds for their need.
    fn found(&self, i: usize) -> [f32; 3] {
        let person = &self.people[i];
        let luck = self.world.facts.draws.fixed(Stream::Neighbourhood);
        let team = luck.bells(u64::from(person.neighbourhood), 2)[0];
        let local = 1.0 - self.month.levers.centralisation;
        let answer = 1.0 + self.month.p.different_answers * local * team;
        person.need.map(|hours| hours * answer as f32)
    }
}
