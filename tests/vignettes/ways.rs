//! Vignettes of being asked, of being moved by a change, and of what is counted of it.

use commissim::declare::Setting;
use commissim::levers::Mechanism;
use commissim::metrics::Metric;
use commissim::model::world::{Person, ProviderKind, Stage};
use commissim::outcomes::Period;

use super::{Seen, Without, contracted};
use crate::small_worlds::{Hamlet, number, shares, word, words};

pub fn no_wish(without: Without) -> Seen {
    // Ann, who has heard of nothing, asks where nobody has a budget, or most have.
    let gets = |default: &str, states_no_wish: f64, holders: usize, able: bool| {
        let rules = [
            ("default_mechanism", word(default)),
            ("offered", words(&["managed", "direct_payment"])),
            ("option_awareness", shares(&[("isf", 0.0), ("direct_payment", 0.0), ("mixed", 0.0)])),
        ];
        let mut hamlet = Hamlet::under(without, &rules);
        let p = &mut hamlet.p;
        (p.connected_awareness, p.peer_awareness, p.digital_awareness) = (0.0, 0.0, 0.0);
        p.states_no_wish = states_no_wish;
        contracted(&mut hamlet, 200.0);
        for row in 0..5 {
            hamlet.person(10.0, |neighbour| {
                if row < holders {
                    neighbour.mechanism = Mechanism::DirectPayment;
                }
                neighbour.chosen = neighbour.mechanism;
                (neighbour.stage, neighbour.seeking) = (Stage::AtHome, true);
            });
        }
        hamlet.lives(2, &mut |_| {});
        let ann = hamlet.person(10.0, |ann| ann.capacity = if able { 1.0 } else { -3.0 });
        hamlet.lives(8, &mut |_| {});
        hamlet.who(ann).filter(|ann| ann.begun).map(|ann| ann.mechanism)
    };
    let (direct, managed) = (Some(Mechanism::DirectPayment), Some(Mechanism::Managed));
    let most = gets("none", 1.0, 3, true);
    see!(most == direct, "three of five hold a payment, and so does she: {most:?}");
    let few = gets("none", 1.0, 2, true);
    see!(few == managed, "two of five do, and the council arranges hers: {few:?}");
    let unable = gets("none", 1.0, 3, false);
    see!(unable == managed, "who could not hold one does not get one: {unable:?}");
    let wishes = gets("none", 0.0, 3, true);
    see!(wishes == managed, "who states a wish gets what she knows of: {wishes:?}");
    let default = gets("managed", 1.0, 3, true);
    see!(default == managed, "and a default needs nobody's wish: {default:?}");
    Ok(())
}

pub fn takes_heart(without: Without) -> Seen {
    // Ann, told of payments, asks where neighbours hold one whole, in part, or none.
    let gets = |holders: usize, way: Mechanism, older: bool, example: f64| {
        let rules = [
            ("offered", words(&["managed", "direct_payment"])),
            ("option_awareness", shares(&[("isf", 0.0), ("direct_payment", 1.0), ("mixed", 0.0)])),
        ];
        let mut hamlet = Hamlet::under(without, &rules);
        let p = &mut hamlet.p;
        (p.telling_reaches, p.peer_example) = (1.0, example);
        (p.default_effect, p.culture_steers, p.options_weight) = (0.0, 0.0, 0.0);
        (p.burden_weight, p.reviewed) = (0.0, 0.0);
        contracted(&mut hamlet, 200.0);
        for row in 0..5 {
            hamlet.person(10.0, |neighbour| {
                neighbour.mechanism = if row < holders { way } else { Mechanism::Managed };
                neighbour.chosen = neighbour.mechanism;
                neighbour.older = older;
                (neighbour.stage, neighbour.seeking) = (Stage::AtHome, true);
            });
        }
        hamlet.lives(2, &mut |_| {});
        let ann = hamlet.person(10.0, |ann| {
            (ann.capacity, ann.control_taste, ann.older) = (1.0, 0.0, false);
        });
        hamlet.lives(8, &mut |_| {});
        hamlet.who(ann).filter(|ann| ann.begun).map(|ann| ann.mechanism)
    };
    let (direct, managed) = (Some(Mechanism::DirectPayment), Some(Mechanism::Managed));
    let seen = gets(4, Mechanism::DirectPayment, false, 100.0);
    see!(seen == direct, "four of five hold a payment, and so does she: {seen:?}");
    let in_part = gets(4, Mechanism::Mixed, false, 100.0);
    see!(in_part == direct, "four of five hold one in part, which shows it too: {in_part:?}");
    let few = gets(1, Mechanism::DirectPayment, false, 100.0);
    see!(few == managed, "one of five does, and she does as the others: {few:?}");
    let elders = gets(4, Mechanism::DirectPayment, true, 100.0);
    let alone = gets(4, Mechanism::DirectPayment, true, 0.0);
    see!(elders == alone, "people of another age are no example: {elders:?}, {alone:?}");
    Ok(())
}

pub fn same_worker(without: Without) -> Seen {
    // The share with the same organisation, and with the same worker, a year on.
    let kept = |turnover: f64, staff_moves: Option<f64>| {
        let rules = [("price_weight", number(1.0)), ("awards_per_lot", number(1.0))];
        let mut hamlet = Hamlet::under(without, &rules);
        (hamlet.p.turnover, hamlet.p.turnover_pay, hamlet.p.squeeze_pay) = (turnover, 0.0, 0.0);
        hamlet.agency(200.0, |firm| {
            (firm.contract_price, firm.turnover) = (20.0, turnover);
            (firm.pay, firm.own_pay) = (1.2, 0.2);
        });
        let ann = hamlet.person(60.0, |_| {});
        // From one anniversary to the next, in a year of its own.
        let anniversary = (ann >> 3) as i32 & 0xFFFF;
        hamlet.lives(12, &mut |_| {});
        while (anniversary + hamlet.world.month - 1).rem_euclid(12) != 0 {
            hamlet.lives(1, &mut |_| {});
        }
        if let Some(moves) = staff_moves {
            hamlet.p.staff_move = moves;
            hamlet.agency(200.0, |firm| firm.turnover = turnover);
            hamlet.world.neighbourhoods[0].ends = hamlet.world.month;
        }
        hamlet.world.tally = Default::default();
        let mut seen = [None; 2];
        hamlet.lives(12, &mut |world| {
            let main = &world.people[0].main;
            if (anniversary + world.month + 1).rem_euclid(12) == 0 {
                seen[0] = Some(main.same_worker());
            } else if (anniversary + world.month).rem_euclid(12) == 0 {
                seen[1] = Some(main.same_worker());
            }
        });
        // What was left of it a month before it is counted, and after.
        (seen[0].unwrap_or(f64::NAN), seen[1].unwrap_or(f64::NAN))
    };
    let near = |a: f64, b: f64| (a - b).abs() < 1e-3;
    let (settled, _) = kept(0.0, None);
    see!(near(settled, 1.0), "where nobody leaves the worker is the same: {settled}");
    let (leaving, anew) = kept(0.36, None);
    let expected = libm::exp(11.0 * libm::log(1.0 - 0.03));
    see!(near(leaving, expected), "where 3% leave a month {leaving}, not {expected}");
    see!(near(anew, 1.0), "and it is counted from each anniversary: {anew}");
    let (came_along, _) = kept(0.0, Some(1.0));
    see!(near(came_along, 1.0), "who moves with her worker keeps them: {came_along}");
    let (moved, _) = kept(0.0, Some(0.0));
    see!(near(moved, 0.0), "who is moved without does not: {moved}");
    Ok(())
}

pub fn change_costs(without: Without) -> Seen {
    // Two people at home under the council's arrangement, reviewed each year or so.
    let spent = |programme: f64, own: &str, announced: &[(&str, Setting)]| {
        let rules = [
            ("offered", words(&["managed", "direct_payment"])),
            ("default_mechanism", word(own)),
            ("option_awareness", shares(&[("isf", 0.0), ("direct_payment", 0.0), ("mixed", 0.0)])),
        ];
        let mut hamlet = Hamlet::under(without, &rules);
        contracted(&mut hamlet, 200.0);
        let p = &mut hamlet.p;
        (p.default_effect, p.inertia, p.reviewed, p.reopened) = (20.0, 0.0, 0.7, 1.0);
        (p.connected_awareness, p.peer_awareness, p.digital_awareness) = (0.0, 0.0, 0.0);
        (p.programme_cost, p.programme_extent) = (programme, 4.0);
        p.planning_session_cost = 100.0;
        for _ in 0..2 {
            hamlet.person(10.0, |person| {
                (person.stage, person.seeking, person.begun) = (Stage::AtHome, true, true);
            });
        }
        hamlet.announce(announced);
        hamlet.lives(60, &mut |_| {});
        let moved = hamlet.world.people.iter().filter(|p| p.mechanism != Mechanism::Managed);
        let sums = hamlet.world.outcomes.sums(Metric::Change, 0, Period::Whole).unwrap_or_default();
        (moved.count(), sums[0])
    };
    let to_payments = ("default_mechanism", word("direct_payment"));
    let moved = spent(0.0, "managed", std::slice::from_ref(&to_payments));
    see!(moved == (2, 200.0), "two are moved, each planned with once: {moved:?}");
    let usual = spent(0.0, "direct_payment", &[]);
    see!(usual == (2, 0.0), "who moves under the place's own ways costs no change: {usual:?}");
    let costs = |announced: &[(&str, Setting)]| spent(40.0, "managed", announced).1;
    let one = costs(&[("catalysts", number(5.0))]);
    see!((one - 20.0).abs() < 1e-9, "a quarter of a programme for each of two: {one}");
    let half = costs(&[("catalysts", number(2.5))]);
    see!((half - 10.0).abs() < 1e-9, "half of it for half the way: {half}");
    let rules =
        [("procurement", word("flexible_contract")), ("entry_gate", word("regulated_only"))];
    let two = costs(&rules);
    see!((two - 40.0).abs() < 1e-9, "twice as much for two rules: {two}");
    Ok(())
}

pub fn livelihoods(without: Without) -> Seen {
    let mut hamlet = Hamlet::new(without);
    hamlet.p.enterprise_known = 1.0;
    hamlet.p.labour_additionality = 0.25;
    // An agency's workers are not among them.
    contracted(&mut hamlet, 200.0);
    hamlet.person(20.0, |_| {});
    let holds = |person: &mut Person| {
        (person.mechanism, person.chosen) = (Mechanism::DirectPayment, Mechanism::DirectPayment);
        (person.stage, person.seeking, person.employs) = (Stage::AtHome, true, true);
    };
    hamlet.p.employing_effort = -20.0;
    let ann = hamlet.person(20.0, holds);
    hamlet.lives(24, &mut |_| {});
    let assistant = hamlet.supporter(ann).ok_or("she employs somebody")?;
    let assistant = hamlet.firm(assistant);
    see!(assistant.kind == ProviderKind::Assistant, "{:?}", assistant.kind);
    let of = |metric| {
        let sums = hamlet.world.outcomes.sums(metric, 0, Period::Year(2)).unwrap_or_default();
        sums[0] / sums[1]
    };
    let half = 1000.0 / 2.0;
    let near = |a: f64, b: f64| (a / b - 1.0).abs() < 1e-6;
    let workers = of(Metric::Livelihoods);
    see!(near(workers, assistant.staff * half), "one of two is so supported: {workers}");
    let new = of(Metric::LivelihoodsNew);
    see!(near(new, assistant.staff * half * 0.25), "a quarter of it is new: {new}");
    let year = assistant.revenue * 12.0 / assistant.staff;
    see!(near(of(Metric::LivelihoodsPay), year), "they take {year} a year and worker");
    Ok(())
}
