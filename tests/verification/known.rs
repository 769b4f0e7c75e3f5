//! Cases whose answer is known.

use commissim::analysis::measure;
use commissim::levers::{Levers, Mechanism};
use commissim::metrics::{Measure, Metric};
use commissim::model::world::{
    DAYS_A_MONTH, Kinds, Means, Person, ProviderKind, Stage, WEEKS_A_MONTH,
};
use commissim::model::{Month, Settings, World, assessment, build, population};
use commissim::outcomes::{Period, Reads};
use commissim::structures::Structures;

use super::near;
use crate::small_worlds::{Hamlet, luck_of};

/// One agency with room for everybody, on the framework and holding funds, and with money
/// enough to keep idle staff.
fn plenty(hamlet: &mut Hamlet) {
    hamlet.agency(100_000.0, |firm| {
        firm.contract_price = 15.3;
        firm.listed_holder = true;
        firm.reserves = 1e15;
    });
}

/// Sums of a metric over a hamlet's first year.
fn first_year(hamlet: &Hamlet, metric: Metric) -> [f64; 2] {
    hamlet.world.outcomes.sums(metric, 0, Period::Year(1)).expect("a year was lived")
}

/// Somebody whose budget is held in some way and who looks for support.
fn holds(mechanism: Mechanism) -> impl FnOnce(&mut Person) {
    move |person| {
        (person.mechanism, person.chosen) = (mechanism, mechanism);
        (person.stage, person.seeking) = (Stage::AtHome, true);
        if mechanism == Mechanism::SelfFunded {
            person.means = Means::PaysInFull;
        }
    }
}

#[test]
fn without_scarcity_everybody_waits_as_long_as_it_takes_and_no_longer() {
    for spread in [0.0, 0.5] {
        let mut hamlet = Hamlet::new(None);
        hamlet.p.lead_spread = spread;
        plenty(&mut hamlet);
        let asked: Vec<f32> = (0..60).map(|i| i as f32 * 0.5).collect();
        let people: Vec<u64> =
            asked.iter().map(|day| hamlet.person(8.0, |who| who.asked_day = *day)).collect();
        hamlet.lives(12, &mut |_| {});
        let declared = hamlet.p.assessment_days + hamlet.p.brokerage_days;
        let mut mean = 0.0;
        for (key, asked) in people.iter().zip(&asked) {
            let who = hamlet.who(*key).expect("nobody dies");
            let waited = f64::from(who.main.start_day) - f64::from(*asked);
            assert!(waited >= declared * (1.0 - spread) - 1e-4, "{waited} days");
            assert!(waited <= declared * (1.0 + spread) + 1e-4, "{waited} days");
            mean += waited / people.len() as f64;
        }
        // Leads are even about the declared ones: the mean of so many lies within four
        // standard errors of them.
        let variance = |days: f64| (2.0 * spread * days) * (2.0 * spread * days) / 12.0;
        let error = (variance(hamlet.p.assessment_days) + variance(hamlet.p.brokerage_days)).sqrt();
        let bound = 4.0 * error / (people.len() as f64).sqrt() + 1e-4;
        assert!((mean - declared).abs() <= bound, "{mean} days, declared {declared}");
        let outcomes = &hamlet.world.outcomes;
        let missed: Vec<f64> = (0..12)
            .map(|month| outcomes.month_sums(Metric::Unmet, month).expect("it was lived")[0])
            .collect();
        assert!(missed[0] > 0.0, "who waits goes without: {missed:?}");
        assert_eq!(missed[3..], [0.0; 9], "and who has been placed never does");
    }
}

#[test]
fn where_there_is_one_provider_nobody_picks_and_all_is_one() {
    use Mechanism::{DirectPayment, Isf, Managed, SelfFunded};
    let mut hamlet = Hamlet::new(None);
    plenty(&mut hamlet);
    // Another that does nothing anybody needs is no other.
    hamlet.agency(100.0, |venture| {
        (venture.kind, venture.does) = (ProviderKind::Venture, Kinds::COMPANY);
    });
    for _ in 0..10 {
        for mechanism in [Managed, Isf, DirectPayment, SelfFunded] {
            hamlet.person(8.0, holds(mechanism));
        }
    }
    hamlet.p.wish_to_leave = hamlet.p.ceiling_wish_to_leave;
    hamlet.lives(36, &mut |_| {});
    assert!(hamlet.world.people.iter().all(|who| who.main.exists()), "everybody is supported");
    let value = |metric| {
        let outcomes = &hamlet.world.outcomes;
        measure::value(metric, outcomes, outcomes, 0, Period::Year(3)).expect("it is defined")
    };
    assert!(hamlet.world.people.iter().any(Person::wishes_to_leave), "some would rather leave");
    assert!(near(value(Metric::Concentration), 1.0, 1e-12), "{}", value(Metric::Concentration));
    assert_eq!(value(Metric::Picked), 0.0);
    assert_eq!(value(Metric::LostSupporter), 0.0);
    assert_eq!(value(Metric::Continuity), 1.0);
    assert_eq!(value(Metric::WellMatched), 1.0, "it is among the three that suit best");
    assert_eq!(value(Metric::Redundancy), 0.0, "there is nobody else");
}

/// What the council's ways cost in a year for one funded person, with no money held and
/// no enterprise: worked out from the declared prices of the levers in force.
fn ways(hamlet: &Hamlet, levers: &Levers) -> f64 {
    let p = &hamlet.p;
    p.digital_cost * levers.digital_infrastructure
        + p.guidance_cost * levers.procurement_guidance
        + p.indicator_cost * levers.national_indicators
        + levers.community_investment
}

#[test]
fn one_person_whom_the_council_supports_is_as_worked_out_by_hand() {
    let mut hamlet = Hamlet::new(None);
    let p = &mut hamlet.p;
    // Assessed after ten days, and supported from the middle of the first month.
    (p.lead_spread, p.assessment_days, p.brokerage_days) = (0.0, 10.0, 5.218_75);
    (p.extra_hours, p.fit_gain, p.community_limits_demand) = (0.0, 0.0, 0.0);
    hamlet.world.assessment_cost = 480.0;
    hamlet.agency(100.0, |firm| firm.contract_price = 15.3);
    let ann = hamlet.person(10.0, |ann| {
        ann.means = Means::PaysCharge;
        ann.informal = 6.0;
    });
    hamlet.lives(12, &mut |_| {});
    let ann = hamlet.who(ann).expect("nobody dies");
    assert_eq!(ann.main.start_day, DAYS_A_MONTH / 2.0);
    let year = |metric| first_year(&hamlet, metric);
    let p = &hamlet.p;
    // Half a month and eleven whole ones, ten hours a week at £15.30.
    let months = 11.5;
    let support = months * 10.0 * WEEKS_A_MONTH * 15.3;
    let brokerage = p.brokerage_cost * 15.3;
    let council = support + brokerage + 480.0 + ways(&hamlet, hamlet.world.status_quo());
    let charges = support * p.charge_home;
    let missed_weeks = 5.0;
    let unpaid = 6.0 + p.families_fill * missed_weeks / 12.0;
    let worth = p.unpaid_hour * hamlet.world.facts.place.contracted_hour;
    for (metric, by_hand) in [
        (Metric::HoursPerPerson, [months * 10.0, 12.0]),
        (Metric::Unmet, [missed_weeks, 120.0]),
        (Metric::Support, [support, 1.0]),
        (Metric::PerHour, [support, months * 10.0 * WEEKS_A_MONTH]),
        (Metric::Brokerage, [brokerage, 1.0]),
        (Metric::Assessment, [480.0, 1.0]),
        (Metric::CouncilPerPerson, [council, 1.0]),
        (Metric::PublicPerPerson, [council, 1.0]),
        (Metric::Charges, [charges, 1.0]),
        (Metric::PublicNetPerPerson, [council - charges, 1.0]),
        (Metric::UnpaidHours, [unpaid, 1.0]),
        (Metric::UnpaidPounds, [unpaid * 12.0 * WEEKS_A_MONTH * worth, 1.0]),
        (Metric::NhsPerPerson, [0.0, 1.0]),
    ] {
        let (sums, id) = (year(metric), metric.declaration().id);
        let same = near(sums[0], by_hand[0], 1e-9) && near(sums[1], by_hand[1], 1e-9);
        assert!(same, "{id}: {sums:?}, by hand {by_hand:?}");
    }
    // Half of the hours in the first month, all of them in the others.
    let life = |received: f64| {
        p.life_base_older + p.life_gain * (1.0 - libm::exp(-received / p.life_gain_scale))
    };
    let by_hand = life(0.5) + 11.0 * life(1.0);
    let sums = year(Metric::Scrqol);
    // A life is kept in single precision.
    assert!(near(sums[0], by_hand, 1e-6) && sums[1] == 12.0, "{sums:?}, by hand {by_hand}");
}

#[test]
fn one_person_with_a_direct_payment_is_as_worked_out_by_hand() {
    let mut hamlet = Hamlet::new(None);
    let p = &mut hamlet.p;
    (p.extra_hours, p.enterprise_known, p.audits_a_year) = (0.25, 1.0, 0.0);
    // Ten pounds an hour where the council's money is £15.30 for each of eight: more hours
    // than a quarter beyond the plan may not be bought, and the rest is left over.
    let help = hamlet.agency(60.0, |firm| {
        (firm.kind, firm.does) = (ProviderKind::MicroEnterprise, Kinds::ALL);
        (firm.regulated, firm.private_price, firm.since) = (false, 10.0, 1);
    });
    let bob = hamlet.person(8.0, holds(Mechanism::DirectPayment));
    hamlet.lives(12, &mut |_| {});
    assert_eq!(hamlet.supporter(bob), Some(help));
    let who = hamlet.who(bob).expect("nobody dies");
    assert_eq!((who.main.total(), who.main.start_day), (10.0, 0.0));
    let levers = hamlet.world.status_quo().clone();
    let hosted = 10.0 * (1.0 + hamlet.p.host_fee * levers.hosting);
    let weeks = 12.0 * WEEKS_A_MONTH;
    let paid = weeks * 8.0 * 15.3;
    let left = paid - weeks * 10.0 * hosted;
    assert!(near(who.account, left, 1e-9), "{} left over, by hand {left}", who.account);
    let year = |metric| first_year(&hamlet, metric);
    for (metric, by_hand) in [
        (Metric::Support, [paid, 1.0]),
        (Metric::PerHour, [paid, weeks * 10.0]),
        (Metric::HoursPerPerson, [120.0, 12.0]),
        (Metric::Unmet, [0.0, 96.0]),
        (Metric::DpSupport, [hamlet.p.dp_support_cost * levers.dp_support, 1.0]),
        (Metric::ShareSmallHours, [120.0, 120.0]),
    ] {
        let (sums, id) = (year(metric), metric.declaration().id);
        let same = near(sums[0], by_hand[0], 1e-9)
            && (metric.declaration().measure == Measure::PerComparator
                || near(sums[1], by_hand[1], 1e-9));
        assert!(same, "{id}: {sums:?}, by hand {by_hand:?}");
    }
    let funded =
        ways(&hamlet, &levers) + paid + year(Metric::DpSupport)[0] + year(Metric::Audit)[0];
    let council = year(Metric::CouncilPerPerson)[0];
    assert!(near(council, funded, 1e-9), "{council}, by hand {funded}");
}

#[test]
fn where_nobody_lives_nothing_is_spent_and_nothing_is_said() {
    for agencies in 0..3 {
        let mut hamlet = Hamlet::new(None);
        for _ in 0..agencies {
            hamlet.agency(100.0, |firm| firm.contract_price = 15.3);
        }
        let bounded = |world: &World| {
            let text = format!("{:?}{:?}", world.commissioner, world.providers);
            assert!(!text.contains("NaN") && !text.contains("inf"), "{text}");
        };
        hamlet.lives(60, &mut |world| bounded(world));
        let outcomes = &hamlet.world.outcomes;
        for metric in Metric::ALL {
            let declared = metric.declaration();
            let sums = outcomes.sums(*metric, 0, Period::Whole).expect("five years");
            assert!(sums.iter().all(|sum| sum.is_finite()), "{}: {sums:?}", declared.id);
            let value = measure::value(*metric, outcomes, outcomes, 0, Period::Whole);
            let counted = matches!(declared.measure, Measure::Times(_));
            if declared.of_people && !counted {
                assert_eq!(value, None, "{} of nobody", declared.id);
                assert_eq!(sums, [0.0; 2], "{} of nobody", declared.id);
            } else if counted || declared.unit.starts_with('£') {
                assert_eq!(sums[0], 0.0, "{} of nobody", declared.id);
            }
        }
    }
}

/// A hamlet that so many older people a month ask in, on average, and where so many can
/// be assessed.
fn asked_in(asking: f64, assessed: f64) -> Hamlet {
    let mut hamlet = Hamlet::new(None);
    let p = &mut hamlet.p;
    (p.assessment_days, p.hospital_start_older, p.community_limits_demand) = (0.0, 0.0, 0.0);
    hamlet.world.arrivals[build::Class::Older as usize] = asking;
    hamlet.world.commissioner.assessment_capacity = assessed;
    hamlet
}

/// One month of a queue for assessment: who asked, who was assessed, who waits.
struct Queue {
    asked: usize,
    assessed: Vec<f32>,
    waiting: Vec<f32>,
}

/// Lives through the months of a queue alone: people ask, and are assessed.
fn queues(hamlet: &mut Hamlet, seed: u64, months: i32) -> Vec<Queue> {
    let mut facts = (*hamlet.world.facts).clone();
    facts.draws = luck_of(seed, 0);
    hamlet.world.facts = std::sync::Arc::new(facts);
    let structures = Structures::default();
    let mut seen = Vec::new();
    for number in 1..=months {
        let (parameters, structures) = (&hamlet.p, &structures);
        let settings = Settings::quiet(parameters, structures);
        let world = &mut hamlet.world;
        world.month = number;
        let month = Month::of(world, &settings);
        let before = world.people.len();
        population::changes(world, &month);
        let asked = world.people.len() - before;
        let days: Vec<f32> = world.people.iter().map(|who| who.asked_day).collect();
        assessment::decides(world, &month);
        let (mut assessed, mut waiting) = (Vec::new(), Vec::new());
        for (who, day) in world.people.iter().zip(days) {
            if who.stage == Stage::Asked { &mut waiting } else { &mut assessed }.push(day);
        }
        seen.push(Queue { asked, assessed, waiting });
        // Those who have been seen are of no more interest.
        let mut waiting = world.people.clone();
        waiting.retain(|who| who.stage == Stage::Asked);
        while !world.people.is_empty() {
            world.parts_with(0);
        }
        waiting.into_iter().for_each(|who| world.joins(who));
    }
    seen
}

/// What is carried over of planners' time: a part of an assessment that was begun, at
/// most a whole one.
fn left_over(time: f64, assessed: usize) -> f64 {
    (time - assessed as f64).min(1.0)
}

#[test]
fn the_queue_for_assessment_is_that_of_the_recursion_and_first_come_first_served() {
    for (asking, capacity) in [(6.0, 5.0), (4.0, 4.3), (3.0, 9.5), (8.0, 0.4)] {
        let mut hamlet = asked_in(asking, capacity);
        let (mut queue, mut carried, mut longest) = (0_usize, 0.0, 0);
        let (mut person_months, mut waited) = (0, 0);
        for (number, month) in queues(&mut hamlet, 3, 120).iter().enumerate() {
            // Q' = max(0, Q + A − C), with C in whole assessments.
            let time = carried + capacity;
            let all = queue + month.asked;
            let assessed = all.min(time as usize);
            (queue, carried) = (all - assessed, left_over(time, assessed));
            assert_eq!(month.waiting.len(), queue, "month {} of {asking}", number + 1);
            assert_eq!(month.assessed.len(), assessed, "month {} of {asking}", number + 1);
            let last = month.assessed.iter().copied().fold(f32::MIN, f32::max);
            assert!(
                month.waiting.iter().all(|day| *day >= last),
                "somebody went before their turn"
            );
            longest = longest.max(queue);
            // Little's law over the whole time: months spent waiting, counted by the month
            // and by the person.
            person_months += queue;
            let months_since = |day: &f32| number - (day / DAYS_A_MONTH) as usize;
            waited += month.assessed.iter().map(months_since).sum::<usize>();
            if number == 119 {
                waited += month.waiting.iter().map(|day| months_since(day) + 1).sum::<usize>();
            }
        }
        assert_eq!(person_months, waited, "months waited, by month and by person");
        assert!(longest > 0 || capacity > asking, "somebody has to wait");
    }
}

/// Chances of so many events of so many slots with a chance each.
fn binomial(slots: usize, chance: f64) -> Vec<f64> {
    let mut chances = vec![1.0];
    for _ in 0..slots {
        let mut next = vec![0.0; chances.len() + 1];
        for (events, p) in chances.iter().enumerate() {
            next[events] += p * (1.0 - chance);
            next[events + 1] += p * chance;
        }
        chances = next;
    }
    chances
}

/// Mean length of the queue after a month's service, in the long run: from the stationary
/// chances of the queue's length and of the whole assessment that may be carried over.
fn long_run(arrivals: &[f64], capacity: usize) -> f64 {
    const LONGEST: usize = 200;
    let mut chances = vec![[0.0; 2]; LONGEST + 1];
    chances[0][0] = 1.0;
    for _ in 0..2_000 {
        let mut next = vec![[0.0; 2]; LONGEST + 1];
        for (queue, both) in chances.iter().enumerate() {
            for (carried, p) in both.iter().enumerate() {
                for (asked, q) in arrivals.iter().enumerate() {
                    let (all, time) = (queue + asked, capacity + carried);
                    let left = all.saturating_sub(time).min(LONGEST);
                    next[left][usize::from(all < time)] += p * q;
                }
            }
        }
        chances = next;
    }
    chances.iter().enumerate().map(|(queue, both)| queue as f64 * (both[0] + both[1])).sum()
}

#[test]
fn the_queue_for_assessment_is_as_long_as_the_textbook_says() {
    let (asking, capacity) = (4.0, 5_usize);
    let (mut means, mut people) = (Vec::new(), 0);
    for seed in 0..60 {
        let mut hamlet = asked_in(asking, capacity as f64);
        let months = queues(&mut hamlet, 100 + seed, 240);
        let settled = &months[24..];
        people += settled.iter().map(|month| month.asked).sum::<usize>();
        let waiting: usize = settled.iter().map(|month| month.waiting.len()).sum();
        means.push(waiting as f64 / settled.len() as f64);
    }
    let n = means.len() as f64;
    let mean = means.iter().sum::<f64>() / n;
    let squares: f64 = means.iter().map(|one| (one - mean) * (one - mean)).sum();
    let error = (squares / (n - 1.0) / n).sqrt();
    let slots = (asking * Hamlet::new(None).p.arrival_ceiling) as usize + 1;
    let expected = long_run(&binomial(slots, asking / slots as f64), capacity);
    assert!(error < 0.1 * expected, "±{error} of {expected} shows nothing");
    assert!((mean - expected).abs() < 4.0 * error, "{mean} wait, not {expected} ± {error}");
    let a_month = people as f64 / n / 216.0;
    let spread = (asking / n / 216.0).sqrt();
    assert!((a_month - asking).abs() < 4.0 * spread, "{a_month} ask a month, not {asking}");
}

#[test]
fn a_cohort_dies_by_the_geometric_law() {
    let (people, chance, months) = (6_000_u32, 0.02, 60);
    let mut hamlet = Hamlet::new(None);
    (hamlet.p.dying_older, hamlet.p.dying_need) = (chance, 0.0);
    for _ in 0..people {
        hamlet.person(8.0, |_| {});
    }
    let structures = Structures::default();
    let settings = Settings {
        parameters: &hamlet.p,
        structures: &structures,
        stages: &[],
        years: 0,
        blows: &[],
        reads: Reads::ALL,
    };
    let mut survives = 1.0;
    // Nobody's first candidate month is the month they are born in.
    for months_lived in 1..=months {
        hamlet.world.month = 1 + months_lived;
        let month = Month::of(&hamlet.world, &settings);
        population::changes(&mut hamlet.world, &month);
        let alive = hamlet.world.people.len() as f64;
        survives *= 1.0 - chance;
        let expected = f64::from(people) * survives;
        let error = (expected * (1.0 - survives)).sqrt();
        let apart = (alive - expected).abs();
        assert!(
            apart < 4.0 * error,
            "after {months_lived} months {alive}, not {expected} ± {error}"
        );
    }
    assert_eq!(hamlet.world.counts.over_ceiling, 0);
}
