//! No regime wins by construction.
//!
//! Where the source's claims are switched off its regimes must not be better than the
//! status quo; where objections and differences of cost are switched off as well nothing
//! may differ but what a rule allows; there must be worlds in which each regime is best
//! and worlds in which it is worst; and one person more must make no difference.
//! `FULL=1` runs the first two at full size: ten years, fifty replicates, a whole county.

use commissim::analysis::moments::Moments;
use commissim::experiment::Experiment;
use commissim::metrics::{Better, Declaration, Metric};
use commissim::parameters::{PARAMETERS, Parameters};
use commissim::place;

use crate::apart::reverse::{self, ARMS, Case, End, MEANT};
use crate::apart::{
    compares, county, differences, interval, shipped, switch_off, with_placebo, without_claims,
    without_objections,
};

/// Whether to run at full size.
fn full() -> bool {
    std::env::var_os("FULL").is_some()
}

/// The regimes that the source proposes, or starts from.
const OF_THE_SOURCE: [&str; 3] = ["direct-payments", "isf-default", "community-sourcing"];

/// An outcome on which a regime of the source is better though no claim of the source
/// holds: the causal link that makes it so, and how.
struct Known {
    regime: &'static str,
    metric: &'static str,
    /// Switched off together.
    links: &'static [&'static str],
    how: &'static str,
    /// Whether it passes what matters at full size only.
    full_size_only: bool,
}

const KNOWN: &[Known] = &[
    Known {
        regime: "community-sourcing",
        metric: "choice.fit",
        links: &["choosing-by-what-shows"],
        how: "who looks with the broker takes what shows to be better: nearer, steadier, more flexible",
        full_size_only: false,
    },
    Known {
        regime: "community-sourcing",
        metric: "community.lost_supporter",
        links: &["tenders-move-people"],
        how: "where nothing is tendered again nobody is moved when a tender is lost",
        full_size_only: false,
    },
    Known {
        regime: "community-sourcing",
        metric: "community.continuity",
        links: &["tenders-move-people"],
        how: "where nothing is tendered again nobody is moved when a tender is lost",
        full_size_only: false,
    },
    Known {
        regime: "community-sourcing",
        metric: "community.redundancy",
        links: &["idle-hours-cost", "going-rate", "tenders-move-people"],
        how: "work spreads over all agencies rather than over winners, at the going rate, so fewer stand idle, lose money and close",
        full_size_only: false,
    },
    Known {
        regime: "community-sourcing",
        metric: "community.losing_money",
        links: &["idle-hours-cost", "going-rate"],
        how: "work spreads over all agencies rather than over winners, so fewer pay for hours nobody uses",
        full_size_only: false,
    },
    Known {
        regime: "community-sourcing",
        metric: "community.continuity_worker",
        links: &["tenders-move-people"],
        how: "where nothing is tendered again nobody is moved without the worker when a tender is lost",
        full_size_only: true,
    },
];

#[test]
fn the_page_names_every_gain_that_is_known_with_its_links() {
    let text = std::fs::read_to_string("docs/model.md").expect("the page");
    let table = text.split("| better without any claim |").nth(1).expect("a table");
    let rows: Vec<&str> = table.lines().skip(2).take_while(|line| line.starts_with('|')).collect();
    let quoted = |row: &str| {
        let words = row.split('`').skip(1).step_by(2).map(str::to_owned);
        words.collect::<std::collections::BTreeSet<String>>()
    };
    let mut named = 0;
    for row in &rows {
        let metrics = quoted(row).into_iter().filter(|word| word.contains('.'));
        let links: std::collections::BTreeSet<String> =
            quoted(row).into_iter().filter(|word| !word.contains('.')).collect();
        let regime = row.trim_start_matches("| ").split(':').next().unwrap_or_default();
        for metric in metrics {
            let known = KNOWN
                .iter()
                .find(|known| known.metric == metric && known.regime == regime.replace(' ', "-"));
            let known = known.unwrap_or_else(|| panic!("not known: {regime}, {metric}"));
            let expected = known.links.iter().map(|link| (*link).to_owned()).collect();
            assert_eq!(links, expected, "{metric}");
            named += 1;
        }
    }
    assert_eq!(named, KNOWN.len(), "{rows:?}");
}

/// Outcomes but for those that only count what a rule allows.
fn outcomes() -> impl Iterator<Item = (Metric, &'static Declaration, f64)> {
    Metric::ALL.iter().filter_map(|metric| {
        let declared = metric.declaration();
        let matters = declared.matters()?;
        (!MEANT.contains(&declared.id)).then_some((*metric, declared, matters))
    })
}

/// How much better than the comparator, in the metric's unit.
fn gain(declared: &Declaration, difference: &Moments) -> f64 {
    let mean = difference.mean().unwrap_or(0.0);
    if declared.better == Better::Up { mean } else { -mean }
}

/// Better by more than matters, and not by luck.
fn is_better(declared: &Declaration, matters: f64, difference: &Moments) -> bool {
    let clear = interval(difference, 0.95).is_some_and(|(low, high)| low > 0.0 || high < 0.0);
    clear && gain(declared, difference) > matters
}

/// What is better: (regime, metric, by how much).
fn better(experiment: &Experiment, replicates: u32) -> Vec<(String, &'static str, f64)> {
    let mut better = Vec::new();
    for (regime, row) in experiment.regimes.iter().zip(differences(experiment, replicates)) {
        for (metric, declared, matters) in outcomes() {
            let difference = &row[metric as usize];
            if is_better(declared, matters, difference) {
                better.push((regime.id.clone(), declared.id, gain(declared, difference)));
            }
        }
    }
    better
}

/// One county of the tables, with every claim of the source at no effect.
fn without_claims_in_a_county(regimes: &[&str]) -> (Experiment, u32) {
    let (years, replicates) = if full() { (10, 50) } else { (8, 12) };
    let place = place::place("dorset", &Parameters::default()).expect("it is in the tables");
    let mut experiment = compares(place, regimes, years, 5);
    without_claims(&mut experiment.parameters);
    assert_eq!(experiment.parameters.match_seen, 0.0, "a match is not seen beforehand");
    for lever in ["dp_rate", "isf_rate"] {
        let set = experiment.regimes.iter().flat_map(|r| &r.changes).flat_map(|c| &c.settings);
        assert!(set.clone().all(|(name, _)| name != lever), "rates are equal");
    }
    (experiment, replicates)
}

#[test]
fn without_its_claims_the_source_gains_only_what_is_known_and_why() {
    let (experiment, replicates) = without_claims_in_a_county(&OF_THE_SOURCE);
    let found = better(&experiment, replicates);
    let mut wrong = Vec::new();
    for (regime, metric, gain) in &found {
        if !KNOWN.iter().any(|known| known.regime == regime && known.metric == *metric) {
            wrong.push(format!("{regime} is better on {metric} by {gain:.4}: by which link?"));
        }
    }
    for known in KNOWN.iter().filter(|known| full() || !known.full_size_only) {
        if !found.iter().any(|(r, m, _)| r == known.regime && *m == known.metric) {
            wrong
                .push(format!("{} is not better on {}: strike it off", known.regime, known.metric));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_the_source_gains_without_its_claims_goes_with_the_link_named() {
    let mut links: Vec<&[&str]> = KNOWN.iter().map(|known| known.links).collect();
    links.sort_unstable();
    links.dedup();
    let mut wrong = Vec::new();
    for links in links {
        let cases = || KNOWN.iter().filter(|known| known.links == links);
        let mut regimes: Vec<&str> = cases().map(|known| known.regime).collect();
        regimes.dedup();
        let (mut experiment, replicates) = without_claims_in_a_county(&regimes);
        for link in links {
            switch_off(&mut experiment.structures, link);
        }
        let apart = differences(&experiment, replicates);
        for Known { regime, metric, how, .. } in cases() {
            let row = experiment.regimes.iter().position(|r| r.id == *regime).expect("it runs");
            let of = commissim::metrics::find(metric).expect("a metric");
            let declared = of.declaration();
            let gain = gain(declared, &apart[row][of as usize]);
            if gain > declared.matters().expect("an outcome") {
                wrong.push(format!(
                    "without {links:?} {regime} is still better on {metric} by {gain:.4}: \
                     it is not that {how}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What makes arms equal but for their rules: parameter, value, why.
const NEUTRAL: &[(&str, f64, &str)] = &[
    // Equal leads.
    ("direct_payment_lead", 0.0, "a budget of one's own is set up at once, as the council's is"),
    ("isf_lead", 0.0, "a fund is set up at once, as the council's budget is"),
    // Equal prices.
    ("enterprise_price", 1.0, "an enterprise's hour costs what a contracted hour does"),
    ("venture_price", 1.0, "a venture's hour costs what a contracted hour does"),
    ("assistant_price", 1.0, "an assistant's hour costs what a contracted hour does"),
    ("private_price", 1.0, "individuals pay what the council pays"),
    ("private_price_spread", 0.0, "and pay all agencies the same"),
    ("price_pressure", 0.0, "and go on doing so"),
    ("spot_premium", 1.0, "an hour outside the framework costs what one on it does"),
    ("bid_floor", 3.0, "nobody bids below the published rate"),
    ("bid_ceiling", 1.0, "or above it, which is the average price"),
    ("extra_hours", 0.0, "cheap support buys no more hours than planned"),
    // No fees, no burden.
    ("holding_fee", 0.0, "holding a fund costs nothing"),
    ("burden_hours", 0.0, "managing a direct payment takes no time"),
    ("burden_hours_isf", 0.0, "having a fund takes no time"),
    ("own_supply_bias", 0.0, "a holder does not lean to its own supply"),
    // No extra spending.
    ("brokerage_cost", 0.0, "arranging costs the council no more than the person"),
    ("telling_time", 0.0, "telling people of their options takes no time from assessment"),
    ("planning_time", 0.0, "nor do detailed plans"),
    ("audit_cost", 0.0, "checking budgets is free"),
    ("audit_holder_cost", 0.0, "checking holders is free"),
    ("dp_support_cost", 0.0, "help with direct payments is free"),
    ("digital_cost", 0.0, "systems are free"),
    ("guidance_cost", 0.0, "guidance is free"),
    ("indicator_cost", 0.0, "indicators are free"),
    ("team_cost", 0.0, "neighbourhood teams are free"),
    ("catalyst_cost", 0.0, "catalysts are free"),
    ("accreditation_cost", 0.0, "accreditation is free"),
    ("programme_cost", 0.0, "changing is free"),
    ("tender_cost", 0.0, "tenders are free"),
    ("tender_bid_cost", 0.0, "so is evaluating bids"),
    ("bid_cost", 0.0, "so is making them"),
    // No economies of scale, of which spare room is one.
    ("scale_exponent", 0.0, "large agencies are no cheaper"),
    ("overhead_share", 0.0, "overhead does not weigh on who has little work"),
    ("guaranteed_pay", 0.0, "nor do idle hours"),
];

/// Links by which a rule would still make a difference: link, why.
const LINKS_OFF: &[(&str, &str)] = &[
    ("choosing-by-what-shows", "who may choose takes the visibly better"),
    (
        "awards-by-quality",
        "who awards a tender takes the better bidder, and who does not tender does not",
    ),
    ("tenders-move-people", "who is tendered for is moved when a tender is lost"),
];

#[test]
fn without_claims_objections_and_costs_nothing_differs_but_what_a_rule_allows() {
    let place = if full() {
        place::place("dorset", &Parameters::default()).expect("it is in the tables")
    } else {
        county()
    };
    let (years, replicates) = if full() { (10, 50) } else { (5, 50) };
    let mut experiment = compares(place, &ARMS[1..], years, 4);
    experiment.regimes.push(shipped("tendering-reformed"));
    without_claims(&mut experiment.parameters);
    without_objections(&mut experiment.parameters);
    for (name, value, _) in NEUTRAL {
        *experiment.parameters.get_mut(name).expect("it is declared") = *value;
    }
    for (link, _) in LINKS_OFF {
        switch_off(&mut experiment.structures, link);
    }
    // No service of the council's own, dearer than others and paid for without work.
    experiment.places[0].in_house_hour = 0.0;
    let (mut wrong, mut picked) = (Vec::new(), 0.0_f64);
    for (regime, row) in experiment.regimes.iter().zip(differences(&experiment, replicates)) {
        for (metric, declared, matters) in outcomes() {
            let difference = &row[metric as usize];
            let (low, high) = interval(difference, 0.9).expect("many replicates");
            if low < -matters || high > matters {
                let (regime, metric) = (&regime.id, declared.id);
                wrong.push(format!("{regime}: {metric} {low:.4} to {high:.4}, {matters} matters"));
            }
        }
        picked = picked.max(row[Metric::Picked as usize].mean().unwrap_or(0.0));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // Rules act all the while, or this would say nothing.
    let matters = Metric::Picked.declaration().matters().expect("a headline");
    assert!(picked > matters, "no regime lets more people pick: {picked}");
}

#[test]
fn one_person_more_makes_no_difference() {
    let mut experiment = compares(county(), &[], 6, 5);
    experiment.replicates = 20;
    let placebo = with_placebo(&experiment, experiment.replicates);
    let (mut wrong, mut moved) = (Vec::new(), 0);
    for metric in Metric::ALL {
        let declared = metric.declaration();
        let Some(matters) = declared.matters() else { continue };
        let difference = &placebo[*metric as usize];
        let (low, high) = interval(difference, 0.95).expect("twenty replicates");
        if low < -matters || high > matters {
            wrong.push(format!("{}: {low} to {high}, {matters} matters", declared.id));
        }
        moved += u32::from(difference.sd() != Some(0.0));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(moved > 10, "the stranger lives in no world: {moved} metrics moved");
}

/// Replicates of a stored world that are lived again.
const REPLAYED: u32 = 10;

/// A row's text.
fn text<'a>(row: &'a toml::Table, key: &str) -> &'a str {
    row[key].as_str().unwrap_or_else(|| panic!("{key} is text"))
}

/// The case that a row of the file is about.
fn case(row: &toml::Table) -> Case {
    let end = match text(row, "end") {
        "best" => End::Best,
        "worst" => End::Worst,
        other => panic!("{other} is no end"),
    };
    let cases = reverse::cases();
    let named = |case: &&Case| {
        case.regime == text(row, "regime") && case.family.id() == text(row, "family")
    };
    cases.iter().filter(named).find(|case| case.end == end).expect("a case").clone()
}

/// The rows of a list of tables.
fn rows<'a>(table: &'a toml::Table, key: &str) -> Vec<&'a toml::Table> {
    let rows = table.get(key).and_then(toml::Value::as_array);
    rows.into_iter().flatten().filter_map(toml::Value::as_table).collect()
}

#[test]
fn each_regime_is_best_in_some_worlds_and_worst_in_others() {
    let file = std::fs::read_to_string("tests/reverse_worlds.toml").expect("it is kept");
    let file: toml::Table = file.parse().expect("it is TOML");
    let mut accounted: Vec<Case> = Vec::new();
    let mut wrong = Vec::new();
    for world in rows(&file, "world") {
        let mut parameters = Parameters::default();
        for (name, value) in world["parameters"].as_table().expect("parameters") {
            let declared = PARAMETERS.iter().find(|p| p.name == *name).expect("it is declared");
            let value = value.as_float().expect("a number");
            assert!((declared.low..=declared.high).contains(&value), "{name} = {value}");
            *parameters.get_mut(name).expect("it is declared") = value;
        }
        let levels = reverse::levels(&parameters, REPLAYED);
        for row in rows(world, "cases") {
            let case = case(row);
            let metric = commissim::metrics::find(text(row, "headline")).expect("a metric");
            assert!(reverse::headlines(case.family).any(|m| m == metric), "{row}");
            let margin = case.margin(metric, &levels);
            if margin <= 0.0 {
                wrong.push(format!("{case:?} on {}: {margin}", text(row, "headline")));
            }
            accounted.push(case);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for row in rows(&file, "not_found") {
        assert!(text(row, "why").len() > 20, "{row}: say by which mechanism");
        accounted.push(case(row));
    }
    for case in reverse::cases() {
        let times = accounted.iter().filter(|one| **one == case).count();
        assert_eq!(times, 1, "{case:?} is found, or it is said why not");
    }
}
