//! Each process watched at work on a few people and providers, link by link; and the
//! proof that none could be left out unnoticed.

use commissim::experiment::Blow;
use commissim::levers::Mechanism;
use commissim::metrics::Metric;
use commissim::model::PROCESSES;
use commissim::model::world::{DAYS_A_MONTH, Kinds, Means, Person, ProviderKind, Route, Stage};
use commissim::outcomes::Period;
use commissim::stresses::Shock;

use crate::small_worlds::{Hamlet, number, shares, word, words};

/// Which process is left out, if any.
type Without = Option<&'static str>;

/// What was seen, or what should have been.
type Seen = Result<(), String>;

/// A few people and what becomes of them.
type Vignette = fn(Without) -> Seen;

/// Says what should have been, where it is not so.
macro_rules! see {
    ($so:expr, $($what:tt)+) => {
        let so: bool = $so;
        if !so {
            return Err(format!($($what)+));
        }
    };
}

mod ways;

/// Every vignette, by what it shows.
const VIGNETTES: &[(&str, Vignette)] = &[
    ("who dies leaves room and money behind", dies),
    ("a need that steps up is met at once under a living plan", need_steps_up),
    ("savings run out, and the council pays", savings_run_out),
    ("planners see the urgent first", urgent_first),
    ("a direct payment takes its lead, with managed support meanwhile", lead),
    ("who states no wish gets what is most often arranged here", ways::no_wish),
    ("who sees neighbours of the same age hold money takes heart", ways::takes_heart),
    ("winners by rank, then spot at a premium", rank_then_spot),
    ("what an enterprise may not do is looked for elsewhere", part_of_it),
    ("a relationship grows, and is broken", relationship),
    ("a worker may leave though the organisation stays", ways::same_worker),
    ("hours beyond the staff there are go undelivered", short_of_staff),
    ("the dissatisfied leave where they are free to", leaves),
    ("who is allocated is moved, and does not choose", is_moved),
    ("the under-bidder loses money, squeezes, hands back and closes", under_bidder),
    ("a fund is partly lost when its holder closes", holder_fails),
    ("the cheaper bid wins, and people move with it", tender),
    ("money unspent beyond the allowed weeks goes back when audited", audited),
    ("a change arrives only after it is announced", arrives),
    ("a change is paid for by how much changes, and by whom it moves", ways::change_costs),
    ("rooted support connects", connects),
    ("the largest provider collapses, and its people look again", collapses),
    ("what is lived is counted", counted),
    ("who lives by rooted support is counted, and on what", ways::livelihoods),
];

#[test]
fn every_vignette_is_seen() {
    let unseen: Vec<String> = VIGNETTES
        .iter()
        .filter_map(|(name, vignette)| Some(format!("{name}: {}", vignette(None).err()?)))
        .collect();
    assert!(unseen.is_empty(), "{}", unseen.join("\n"));
}

#[test]
fn every_process_is_missed_when_it_is_left_out() {
    for (process, _) in PROCESSES {
        let missed = VIGNETTES.iter().any(|(_, vignette)| vignette(Some(process)).is_err());
        assert!(missed, "nobody misses {process}");
    }
}

/// An agency under contract at the place's own price.
fn contracted(hamlet: &mut Hamlet, hours: f64) -> u64 {
    hamlet.agency(hours, |firm| firm.contract_price = 15.3)
}

fn dies(without: Without) -> Seen {
    let mut hamlet = Hamlet::new(without);
    hamlet.p.dying_older = hamlet.p.ceiling_dying;
    let firm = contracted(&mut hamlet, 100.0);
    let ann = hamlet.person(20.0, |ann| {
        (ann.mechanism, ann.chosen) = (Mechanism::DirectPayment, Mechanism::DirectPayment);
        ann.stage = Stage::AtHome;
        ann.seeking = true;
    });
    hamlet.lives(1, &mut |_| {});
    see!(hamlet.supporter(ann) == Some(firm), "she is supported");
    let mut held = 0.0_f64;
    let mut months = 0;
    while hamlet.who(ann).is_some() && months < 100 {
        held = held.max(hamlet.who(ann).map_or(0.0, |ann| ann.account));
        hamlet.lives(1, &mut |_| {});
        months += 1;
    }
    see!(hamlet.who(ann).is_none(), "she dies within eight years");
    see!(hamlet.firm(firm).used == 0.0, "her hours are free: {}", hamlet.firm(firm).used);
    let money = &hamlet.world.money;
    see!(money.budgets_gained.abs() < 1e-6, "{} stays behind", money.budgets_gained);
    Ok(())
}

fn need_steps_up(without: Without) -> Seen {
    let met = |rigidity: f64| {
        let mut hamlet = Hamlet::under(without, &[("plan_rigidity", number(rigidity))]);
        contracted(&mut hamlet, 200.0);
        hamlet.p.need_drift = 0.3;
        hamlet.p.need_step = 0.0;
        let ann = hamlet.person(10.0, |_| {});
        hamlet.lives(3, &mut |_| {});
        hamlet.sets(|p| p.need_change = p.ceiling_need_change);
        hamlet.lives(30, &mut |_| {});
        let ann = hamlet.who(ann).expect("nobody dies");
        (ann.needed(), ann.planned(), ann.main.total())
    };
    let (needed, planned, given) = met(0.0);
    see!(needed > 13.0, "need steps up: {needed}");
    see!(planned == needed && given == needed, "of {needed}, {planned} planned, {given} given");
    let (needed, planned, given) = met(1.0);
    see!(needed > 13.0 && planned == 10.0, "a rigid plan waits for a review: {planned}");
    see!(given == 10.0, "and so do hours: {given}");
    Ok(())
}

fn savings_run_out(without: Without) -> Seen {
    let mut hamlet = Hamlet::new(without);
    contracted(&mut hamlet, 100.0);
    let ann = hamlet.person(10.0, |ann| {
        (ann.mechanism, ann.chosen) = (Mechanism::SelfFunded, Mechanism::SelfFunded);
        (ann.means, ann.stage) = (Means::PaysInFull, Stage::AtHome);
        ann.seeking = true;
    });
    hamlet.lives(2, &mut |_| {});
    let before = hamlet.who(ann).expect("there").main;
    see!(before.route == Route::Private, "she pays: {before:?}");
    see!(hamlet.world.money.council_to_providers == 0.0, "the council does not");
    hamlet.sets(|p| p.savings_run_out = p.ceiling_savings_run_out);
    hamlet.lives(300, &mut |_| {});
    let after = hamlet.who(ann).expect("there");
    see!(after.means == Means::PaysCharge, "her savings run out");
    see!(after.main.provider == before.provider, "her supporter stays");
    see!(after.main.route != Route::Private, "and is paid by the council: {:?}", after.main.route);
    see!(hamlet.world.money.council_to_providers > 0.0, "in money");
    Ok(())
}

fn urgent_first(without: Without) -> Seen {
    let mut hamlet = Hamlet::new(without);
    contracted(&mut hamlet, 100.0);
    hamlet.world.commissioner.assessment_capacity = 1.0;
    hamlet.p.assessment_days = 1.0;
    let ann = hamlet.person(10.0, |_| {});
    let bob = hamlet.person(10.0, |bob| bob.urgent = true);
    let mut seen: Vec<Vec<u64>> = Vec::new();
    hamlet.lives(3, &mut |world| {
        seen.push(
            world.people.iter().filter(|p| p.stage == Stage::AtHome).map(|p| p.key).collect(),
        );
    });
    let expected: [Vec<u64>; 3] = [vec![bob], vec![ann, bob], vec![ann, bob]];
    see!(seen == expected, "one a month, the urgent first: {seen:?}");
    let day = |key| hamlet.who(key).map_or(f32::NAN, |person| person.main.start_day);
    see!(day(bob) < DAYS_A_MONTH, "he is supported within the month: day {}", day(bob));
    see!(day(ann) >= DAYS_A_MONTH, "she in the next: day {}", day(ann));
    Ok(())
}

fn lead(without: Without) -> Seen {
    let rules = [
        ("offered", words(&["managed", "direct_payment"])),
        ("default_mechanism", word("direct_payment")),
        ("option_awareness", shares(&[("isf", 0.0), ("direct_payment", 1.0), ("mixed", 0.0)])),
    ];
    let mut hamlet = Hamlet::under(without, &rules);
    contracted(&mut hamlet, 100.0);
    hamlet.p.default_effect = 20.0;
    hamlet.p.direct_payment_lead = 12.0;
    let ann = hamlet.person(10.0, |ann| ann.urgent = false);
    let mut lived = Vec::new();
    hamlet.lives(8, &mut |world| {
        let ann = &world.people[0];
        lived.push((ann.mechanism, ann.main.exists().then_some(ann.main.route)));
    });
    let managed = (Mechanism::Managed, Some(Route::Contract));
    let direct = (Mechanism::DirectPayment, Some(Route::DirectPayment));
    let meanwhile = lived.iter().filter(|month| **month == managed).count();
    see!(meanwhile >= 1, "the council arranges meanwhile: {lived:?}");
    see!(lived.last() == Some(&direct), "then she holds it: {lived:?}");
    let first = lived.iter().position(|month| *month == direct).unwrap_or(0);
    see!(first >= 1, "not at once: {lived:?}");
    see!(lived[first..].iter().all(|month| *month == direct), "and goes on to: {lived:?}");
    see!(hamlet.world.money.council_to_budgets > 0.0, "money goes to her budget");
    see!(hamlet.who(ann).is_some_and(|ann| ann.account > 0.0), "what is over is hers");
    Ok(())
}

fn rank_then_spot(without: Without) -> Seen {
    let mut hamlet = Hamlet::new(without);
    hamlet.p.kept_for_better_payers = 0.0;
    let first = contracted(&mut hamlet, 25.0);
    let second = contracted(&mut hamlet, 25.0);
    let third = hamlet.agency(200.0, |_| {});
    let seeks = |person: &mut Person| {
        (person.stage, person.seeking) = (Stage::AtHome, true);
    };
    let people: Vec<u64> = (0..5).map(|_| hamlet.person(12.0, seeks)).collect();
    hamlet.lives(1, &mut |_| {});
    let with = |firm| people.iter().filter(|key| hamlet.supporter(**key) == Some(firm)).count();
    see!(with(first) == 2, "the first winner is full with two, not {}", with(first));
    see!(with(second) == 2, "the second with two, not {}", with(second));
    see!(with(third) == 1, "one is bought spot, not {}", with(third));
    let spot = people.iter().find(|key| hamlet.supporter(**key) == Some(third));
    let main =
        spot.and_then(|key| hamlet.who(*key)).map(|person| (person.main.route, person.main.picked));
    see!(main == Some((Route::Spot, false)), "by that route, and not picked: {main:?}");
    let hour = |firm| {
        let firm = hamlet.firm(firm);
        firm.revenue / firm.sold.iter().sum::<f64>()
    };
    let premium = hour(third) / hour(first);
    let expected = hamlet.p.spot_premium;
    see!((premium / expected - 1.0).abs() < 0.02, "at {premium} times the price, not {expected}");
    Ok(())
}

fn part_of_it(without: Without) -> Seen {
    let mut hamlet = Hamlet::new(without);
    hamlet.p.enterprise_known = 1.0;
    let agency = hamlet.agency(100.0, |_| {});
    let enterprise = hamlet.agency(40.0, |firm| {
        firm.kind = ProviderKind::MicroEnterprise;
        (firm.regulated, firm.does) = (false, Kinds::UNREGULATED);
        // Everybody likes it best.
        firm.terms = [0.0, 0.0, 0.0, 0.0, 3.0];
    });
    hamlet.p.reputation_weight = 5.0;
    let ann = hamlet.person(0.0, |ann| {
        ann.need = [6.0, 3.0, 3.0];
        ann.plan = ann.need;
        (ann.mechanism, ann.chosen) = (Mechanism::DirectPayment, Mechanism::DirectPayment);
        ann.stage = Stage::AtHome;
        ann.seeking = true;
    });
    hamlet.lives(3, &mut |_| {});
    let who = hamlet.who(ann).ok_or("she is there")?;
    let all = hamlet.world.arrangements(who);
    let by = |key: u64| {
        let row = hamlet.world.providers.iter().position(|p| p.key == key).map(|row| row as u32);
        all.iter().find(|a| a.exists() && Some(a.provider) == row).copied()
    };
    let (small, large) = (by(enterprise), by(agency));
    see!(small.is_some_and(|a| a.hours[0] == 0.0 && a.hours[1] > 0.0), "help at home: {small:?}");
    see!(large.is_some_and(|a| a.hours[0] > 0.0), "personal care: {large:?}");
    see!(!who.seeking, "she looks no further");
    Ok(())
}

fn relationship(without: Without) -> Seen {
    let mut hamlet = Hamlet::new(without);
    hamlet.p.squeeze_quality = 0.0;
    let firm = contracted(&mut hamlet, 100.0);
    contracted(&mut hamlet, 100.0);
    let ann = hamlet.person(40.0, |_| {});
    hamlet.lives(3, &mut |_| {});
    let mut strengths = Vec::new();
    hamlet.lives(24, &mut |world| strengths.push(world.people[0].main.strength));
    see!(strengths.is_sorted(), "it grows: {strengths:?}");
    see!(strengths[23] > 0.7, "to most of its strength: {}", strengths[23]);
    let felt = hamlet.who(ann).map_or(0.0, |ann| ann.fit);
    see!(felt > 0.0, "and is felt: {felt}");
    // Its workers leave, and with them what had grown.
    hamlet.p.most_turnover = 12.0;
    hamlet.p.turnover = 12.0;
    let before = hamlet.who(ann).map_or(0.0, |ann| ann.main.strength);
    hamlet.lives(6, &mut |_| {});
    let after = hamlet.who(ann).map_or(1.0, |ann| ann.main.strength);
    see!(after < 0.5 * before, "when workers leave it falls from {before} to {after}");
    // The provider closes: the supporter is lost against her wish.
    hamlet.p.closing = 12.0;
    hamlet.lives(1, &mut |_| {});
    hamlet.p.closing = 0.0;
    see!(!hamlet.firm(firm).open, "it closes");
    see!(hamlet.who(ann).is_some_and(|ann| ann.lost && !ann.main.exists()), "she has lost it");
    Ok(())
}

fn short_of_staff(without: Without) -> Seen {
    let mut hamlet = Hamlet::new(without);
    let firm = contracted(&mut hamlet, 60.0);
    let ann = hamlet.person(50.0, |_| {});
    hamlet.lives(3, &mut |_| {});
    see!(hamlet.who(ann).is_some_and(|ann| ann.met > 0.99), "she has all her hours");
    let row = hamlet.world.providers.iter().position(|p| p.key == firm).ok_or("there")?;
    hamlet.world.providers[row].staff = 25.0 / hamlet.p.hours_a_worker;
    hamlet.lives(1, &mut |_| {});
    let met = hamlet.who(ann).map_or(0.0, |ann| ann.met);
    see!((met - 0.5).abs() < 1e-3, "half of them, with half the staff: {met}");
    let connected = hamlet.who(ann).map_or(1.0, |ann| ann.life);
    hamlet.world.providers[row].staff = 60.0 / hamlet.p.hours_a_worker;
    hamlet.lives(1, &mut |_| {});
    let better = hamlet.who(ann).map_or(0.0, |ann| ann.life);
    see!(better > connected + 1.0, "life is better with all: {connected} to {better}");
    Ok(())
}

/// Ann has a supporter whom nobody likes, and there is another whom everybody does.
fn disliked(without: Without, mechanism: Mechanism) -> (Hamlet, u64, u64, u64) {
    let mut hamlet = Hamlet::new(without);
    hamlet.p.reputation_weight = 1.0;
    let bad = hamlet.agency(100.0, |firm| {
        (firm.quality, firm.own_quality) = (-2.0, -2.0);
        firm.terms = [0.0, 0.0, 0.0, 0.0, -2.0];
        firm.contract_price = 15.3;
    });
    let ann = hamlet.person(20.0, |ann| {
        (ann.mechanism, ann.chosen) = (mechanism, mechanism);
        ann.stage = Stage::AtHome;
        ann.seeking = true;
    });
    hamlet.lives(1, &mut |_| {});
    let good = hamlet.agency(100.0, |firm| {
        (firm.quality, firm.own_quality) = (2.0, 2.0);
        firm.terms = [0.0, 0.0, 0.0, 0.0, 2.0];
        firm.contract_price = 15.3;
    });
    hamlet.lives(5, &mut |_| {});
    (hamlet, ann, bad, good)
}

fn leaves(without: Without) -> Seen {
    let (mut hamlet, ann, bad, good) = disliked(without, Mechanism::DirectPayment);
    see!(hamlet.supporter(ann) == Some(bad), "she has whom she found");
    let satisfied = hamlet.who(ann).map_or(0.0, |ann| ann.satisfaction);
    see!(satisfied < -1.0, "she is not satisfied: {satisfied}");
    hamlet.lives(24, &mut |_| {});
    see!(hamlet.supporter(ann) == Some(bad), "without the wish she stays");
    hamlet.p.wish_to_leave = hamlet.p.ceiling_wish_to_leave;
    hamlet.lives(36, &mut |_| {});
    see!(hamlet.supporter(ann) == Some(good), "with it she goes to the better one");
    see!(hamlet.who(ann).is_some_and(|ann| ann.main.picked && !ann.lost), "having picked them");
    let satisfied = hamlet.who(ann).map_or(0.0, |ann| ann.satisfaction);
    see!(satisfied > 0.5, "and is satisfied: {satisfied}");
    Ok(())
}

fn is_moved(without: Without) -> Seen {
    let (mut hamlet, ann, bad, good) = disliked(without, Mechanism::Managed);
    see!(hamlet.supporter(ann) == Some(bad), "she has whom the council found");
    hamlet.p.wish_to_leave = hamlet.p.ceiling_wish_to_leave;
    let mut moves = 0;
    let mut last = hamlet.supporter(ann);
    for _ in 0..60 {
        hamlet.lives(1, &mut |_| {});
        moves += i32::from(hamlet.supporter(ann) != last);
        last = hamlet.supporter(ann);
        if last == Some(good) {
            break;
        }
    }
    see!(moves == 1, "she is moved to the other: {moves} moves");
    see!(hamlet.who(ann).is_some_and(|ann| !ann.main.picked), "and has not picked them");
    Ok(())
}

fn under_bidder(without: Without) -> Seen {
    let mut hamlet = Hamlet::new(without);
    hamlet.p.turnover = 0.3;
    let firm = hamlet.agency(200.0, |firm| {
        firm.contract_price = 9.0;
        firm.reserves = 25_000.0;
    });
    for _ in 0..4 {
        hamlet.person(40.0, |_| {});
    }
    // The month in which each thing is first seen.
    let mut first = [None; 6];
    hamlet.lives(30, &mut |world| {
        let provider = world.providers.iter().find(|p| p.key == firm).expect("there");
        let seen = [
            provider.costs > provider.revenue && provider.revenue > 0.0,
            provider.quality < -0.1 && provider.pay < 0.99,
            provider.turnover > 0.33,
            provider.reserves < 0.0,
            provider.contract_price == 0.0,
            world.people.iter().all(|person| person.lost),
        ];
        for (first, seen) in first.iter_mut().zip(seen) {
            if seen && first.is_none() {
                *first = Some(world.month);
            }
        }
    });
    let names = ["a loss", "a squeeze", "workers leaving", "debt", "a handback", "people lost"];
    for (name, month) in names.iter().zip(first) {
        see!(month.is_some(), "there is {name}: {first:?}");
    }
    see!(first.is_sorted(), "one after the other: {first:?}");
    see!(first[1] < first[2] && first[3] < first[4], "each takes its time: {first:?}");
    Ok(())
}

fn holder_fails(without: Without) -> Seen {
    let mut hamlet = Hamlet::new(without);
    hamlet.p.lost_with_holder = 0.5;
    let firm = hamlet.agency(100.0, |firm| {
        firm.listed_holder = true;
        firm.contract_price = 15.3;
    });
    hamlet.world.facts = {
        let mut facts = (*hamlet.world.facts).clone();
        facts.place.status_quo.isf_rate = 1.2;
        facts.place.status_quo.audit_intensity = 0.0;
        facts.into()
    };
    hamlet.p.distrust_audits = 0.0;
    let ann = hamlet.person(20.0, |ann| {
        (ann.mechanism, ann.chosen) = (Mechanism::Isf, Mechanism::Isf);
        ann.stage = Stage::AtHome;
        ann.seeking = true;
    });
    hamlet.lives(12, &mut |_| {});
    see!(hamlet.supporter(ann) == Some(firm), "her fund is with the agency");
    let held = hamlet.who(ann).map_or(0.0, |ann| ann.account);
    see!(held > 100.0, "money has gathered in it: {held}");
    hamlet.p.closing = 12.0;
    hamlet.lives(1, &mut |_| {});
    let left = hamlet.who(ann).map_or(0.0, |ann| ann.account);
    see!(left < 0.6 * held && left > 0.4 * held, "half of it is lost: {held} to {left}");
    Ok(())
}

fn tender(without: Without) -> Seen {
    let rules = [("price_weight", number(1.0)), ("awards_per_lot", number(1.0))];
    let mut hamlet = Hamlet::under(without, &rules);
    hamlet.p.staff_move = 1.0;
    let dear = hamlet.agency(200.0, |firm| {
        firm.contract_price = 20.0;
        (firm.pay, firm.own_pay) = (1.2, 0.2);
    });
    let ann = hamlet.person(60.0, |_| {});
    hamlet.lives(6, &mut |_| {});
    see!(hamlet.supporter(ann) == Some(dear), "the first winner supports her");
    let cheap = hamlet.agency(200.0, |_| {});
    let strength = hamlet.who(ann).map_or(0.0, |ann| ann.main.strength);
    let staff = hamlet.firm(cheap).staff;
    hamlet.world.neighbourhoods[0].ends = hamlet.world.month;
    hamlet.lives(1, &mut |_| {});
    see!(hamlet.supporter(ann) == Some(cheap), "the cheaper bidder takes over");
    let won = hamlet.firm(cheap);
    see!(won.contract_price > 0.0 && won.contract_price < 20.0, "at {}", won.contract_price);
    see!(hamlet.firm(dear).contract_price == 0.0, "the other has no contract");
    see!(won.staff > staff, "staff move with her");
    let kept = hamlet.who(ann).map_or(0.0, |ann| ann.main.strength);
    see!(kept >= strength && kept > 0.0, "and the relationship with them: {strength} to {kept}");
    let bids = hamlet.world.outcomes.clone();
    hamlet.lives(5, &mut |_| {});
    let spent = hamlet.world.outcomes.sums(Metric::Procurement, 0, Period::Whole);
    see!(
        *bids.sums(Metric::Procurement, 0, Period::Whole).get_or_insert([0.0; 2])
            != spent.unwrap_or_default(),
        "it is paid for"
    );
    Ok(())
}

fn audited(without: Without) -> Seen {
    let gathered = |audit: f64| {
        let rules = [("dp_rate", number(1.2)), ("audit_intensity", number(audit))];
        let mut hamlet = Hamlet::under(without, &rules);
        hamlet.p.distrust_audits = 0.0;
        hamlet.p.audits_a_year = 12.0;
        hamlet.p.weeks_unspent = 4.0;
        hamlet.agency(100.0, |_| {});
        let ann = hamlet.person(20.0, |ann| {
            (ann.mechanism, ann.chosen) = (Mechanism::DirectPayment, Mechanism::DirectPayment);
            ann.stage = Stage::AtHome;
            ann.seeking = true;
        });
        hamlet.lives(48, &mut |_| {});
        (hamlet.who(ann).map_or(0.0, |ann| ann.account), hamlet.world.money.budgets_to_council)
    };
    let (unchecked, none) = gathered(0.0);
    let (checked, back) = gathered(1.0);
    let allowed = 20.0 * 4.0 * 1.2 * 15.3 * 1.05;
    see!(unchecked > allowed, "money gathers where nobody looks: {unchecked}");
    see!(none == 0.0, "and none goes back: {none}");
    see!(checked <= allowed, "no more than four weeks' where somebody does: {checked}");
    see!(back > 0.0, "the rest goes back");
    Ok(())
}

fn arrives(without: Without) -> Seen {
    let mut hamlet = Hamlet::new(without);
    hamlet.lives(2, &mut |_| {});
    hamlet.announce(&[("digital_infrastructure", number(1.0))]);
    see!(hamlet.world.commissioner.arrived.is_empty(), "nothing is announced yet");
    hamlet.p.arrival_start = 0.05;
    let mut path = Vec::new();
    hamlet.lives(120, &mut |world| path.push(world.commissioner.arrived.first().copied()));
    let path: Vec<f64> = path.into_iter().map(Option::unwrap_or_default).collect();
    see!(path[0] > 0.0 && path[0] < 0.1, "it begins small: {}", path[0]);
    see!(path.is_sorted() && path[119] == 1.0, "and is whole in the end: {}", path[119]);
    let step = |from: usize| path[from + 12] - path[from];
    see!(step(24) > step(0), "slow, then fast: {} after {}", step(24), step(0));
    Ok(())
}

fn connects(without: Without) -> Seen {
    let mut hamlet = Hamlet::new(without);
    hamlet.p.capital_connects = 0.0;
    hamlet.p.rooted_size = 0.0;
    hamlet.world.centres.rooted = 0.5;
    let rooted = hamlet.agency(100.0, |firm| {
        (firm.own_rooted, firm.rooted, firm.contract_price) = (1.0, 1.0, 15.3);
    });
    let ann = hamlet.person(60.0, |_| {});
    hamlet.lives(2, &mut |_| {});
    let bare = hamlet.agency(100.0, |firm| {
        (firm.own_rooted, firm.rooted, firm.contract_price) = (0.0, 0.0, 15.3);
    });
    let bob = hamlet.person(60.0, |_| {});
    hamlet.lives(60, &mut |_| {});
    see!(hamlet.supporter(ann) == Some(rooted), "hers is rooted");
    see!(hamlet.supporter(bob) == Some(bare), "his is not");
    let connected = |key| hamlet.who(key).map_or(0.0, |person| f64::from(person.connected));
    let gap = connected(ann) - connected(bob);
    see!((gap - hamlet.p.rooted_connects).abs() < 0.02, "she is more connected by {gap}");
    Ok(())
}

fn collapses(without: Without) -> Seen {
    let mut hamlet = Hamlet::new(without);
    let large = contracted(&mut hamlet, 100.0);
    let ann = hamlet.person(20.0, |_| {});
    hamlet.lives(2, &mut |_| {});
    see!(hamlet.supporter(ann) == Some(large), "Ann is supported by the one there is");
    let small = contracted(&mut hamlet, 40.0);
    let next = hamlet.world.month;
    let shock = Shock { largest_lost: 1.0, ..Shock::default() };
    hamlet.blows.push(Blow { month: next, months: Some(1), shock, levers: Vec::new() });
    hamlet.lives(1, &mut |_| {});
    see!(!hamlet.firm(large).open, "the largest closes at the month's end");
    see!(hamlet.firm(small).open, "the other goes on");
    see!(hamlet.supporter(ann).is_none(), "Ann has lost her supporter");
    see!(hamlet.who(ann).is_some_and(|ann| ann.lost), "against her wish");
    hamlet.lives(2, &mut |_| {});
    see!(hamlet.supporter(ann) == Some(small), "and has found the other");
    Ok(())
}

fn counted(without: Without) -> Seen {
    let mut hamlet = Hamlet::new(without);
    contracted(&mut hamlet, 100.0);
    hamlet.person(10.0, |_| {});
    hamlet.person(10.0, |bob| bob.stage = Stage::CareHome);
    hamlet.lives(24, &mut |_| {});
    let sums = |metric| hamlet.world.outcomes.sums(metric, 0, Period::Year(2)).unwrap_or_default();
    let people = |metric| sums(metric)[0] / sums(metric)[1];
    see!(people(Metric::Supported) == 1.0, "one is supported: {}", people(Metric::Supported));
    see!(people(Metric::InCareHomes) == 1.0, "one lives in a care home");
    let lived = sums(Metric::PublicPerPerson)[1];
    see!(lived == 2.0, "two years are lived: {lived}");
    let home = 540.0 * 4.348_125 * 12.0;
    let unpaid = people(Metric::UnpaidHours);
    let pounds = people(Metric::UnpaidPounds);
    let hour = 15.3 * hamlet.p.unpaid_hour;
    let year = 4.348_125 * 12.0;
    see!(unpaid > 0.0 && (pounds / (unpaid * year * hour) - 1.0).abs() < 1e-6, "{pounds} pounds");
    let residential = sums(Metric::Residential)[0];
    see!((residential / home - 1.0).abs() < 1e-6, "the home costs {residential}, not {home}");
    Ok(())
}
