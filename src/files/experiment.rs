//! Experiments: everything a run depends on, from a file and what was typed.

use std::ops::Range;
use std::sync::Arc;

use super::amounts::Wanted;
use super::desk::{Desk, Reference, stem};
use super::keys::{self, EXPERIMENT, Key, Kind, Thing};
use super::overlay::contradictions;
use super::regime::{self, RegimeFile, sound_name};
use super::settings::{implausible, parameter, unknown_parameter, wanted};
use super::stress;
use super::walk::{Found, Value, Word};
use super::{Overrides, place, uncertainty, values};
use crate::appraisal::{COSTS, Choices};
use crate::experiment::{Experiment, Precision};
use crate::levers::Levers;
use crate::model::gain;
use crate::outcomes::Reads;
use crate::parameters::Parameters;
use crate::place::Place;
use crate::place::sets;
use crate::problem::{Problem, Source, listed};
use crate::structures::Structures;

/// Most cells of a run: a list of more would not fit, and years would not be enough for them.
const MOST_CELLS: f64 = 10_000_000.0;

/// Reads the experiment a reference means and everything it refers to.
pub fn experiment(desk: &mut Desk, reference: &Reference, typed: &Overrides) -> Option<Experiment> {
    let source = desk.open(Thing::Experiment, reference)?;
    let id = stem(&source.path);
    if !sound_name(desk, Thing::Experiment, &id, reference) {
        return None;
    }
    file(desk, &source, id, typed)
}

fn file(
    desk: &mut Desk,
    source: &Arc<Source>,
    id: String,
    typed: &Overrides,
) -> Option<Experiment> {
    let errors = desk.errors();
    let found = desk.read(source, EXPERIMENT, true);
    let parameters = parameters(desk, &found, typed);
    let years = amount(desk, &found, "years", typed.years.map(|n| (n, "--years")));
    let places = places(desk, source, &found, typed, &parameters);
    let comparator = comparator(desk, source, &found);
    let regimes = regimes(desk, source, &found, typed, comparator.as_deref());
    let files: Vec<&RegimeFile> =
        comparator.iter().chain(&regimes).map(|file| file.as_ref()).collect();
    for file in &files {
        check_years(desk, file, years);
        check_levers(desk, file, &places);
    }
    let mut structures = Structures::default();
    for (id, _) in found.table("structure").map_or(&[][..], |table| table.words("off")) {
        if let Some(switch) = structures.get_mut(id) {
            *switch = false;
        }
    }
    let economics = economics(&found);
    let start = match found.get("start").cloned().or_else(|| default("start")) {
        Some(Value::Month(year, month)) => (year, month),
        _ => (2015, 4),
    };
    let seed = amount(desk, &found, "seed", typed.seed.map(|n| (n, "--seed"))) as u64;
    let uncertainty = uncertainty::uncertainty(desk, source, &found, typed, seed);
    let precision = precision(desk, source, &found, typed);
    let typed_replicates = typed.replicates.filter(|_| uncertainty.is_none());
    let replicates =
        amount(desk, &found, "replicates", typed_replicates.map(|n| (n, "--replicates")));
    let learning = found.switch("learning").unwrap_or(false);
    if let (true, [only]) = (learning, places.as_slice()) {
        let problem = Problem::warning("`learning` is on, and there is nobody to learn from");
        let label = format!("{} is the only place of this run", only.name);
        let spot = found.span_of("learning").unwrap_or_default();
        let help = "give several `places`; the run goes ahead as if it were off";
        desk.say(problem.label(label).help(help).at(source, spot));
    }
    let burn_in_years = amount(desk, &found, "burn_in_years", None);
    let stresses = stress::stresses(desk, source, &found, years);
    // Where parameters are drawn, a draw that makes it too much is refused by itself.
    if desk.errors() == errors && uncertainty.is_none() {
        loop_gain(desk, source, &found, &places, &parameters, seed);
    }
    if desk.errors() > errors {
        return None;
    }
    let (uncertainty, replicates) = match uncertainty {
        Some((uncertainty, replicates)) => (Some(uncertainty), replicates),
        None => (None, replicates as u32),
    };
    let draws = uncertainty.as_ref().map_or(1.0, |of| f64::from(of.draws) * of.blocks.len() as f64);
    let most = precision.as_ref().map_or(replicates, |precision| precision.most);
    let cells = draws * f64::from(most) * places.len() as f64;
    if cells > MOST_CELLS {
        let title =
            format!("this run has {cells} cells, and {MOST_CELLS} are the most there may be");
        let problem = Problem::error(title);
        desk.say(problem.help(
            "a cell is one place under one draw and replicate: ask for fewer of them, or run them apart with other seeds",
        ));
        return None;
    }
    Some(Experiment {
        name: found.text("name").unwrap_or(&id).to_owned(),
        id,
        places,
        comparator: comparator?.regime(),
        regimes: regimes.iter().map(|file| file.regime()).collect(),
        start,
        years: years as usize,
        burn_in_years: burn_in_years as usize,
        replicates,
        precision,
        seed,
        learning,
        parameters,
        uncertainty,
        structures,
        stresses,
        economics,
        reads: Reads::ALL,
    })
}

/// Refuses to simulate places whose community would all but hold itself up.
fn loop_gain(
    desk: &mut Desk,
    source: &Arc<Source>,
    found: &Found,
    places: &[Place],
    parameters: &Parameters,
    seed: u64,
) {
    let gains = places.iter().map(|place| (gain::of_place(place, parameters, seed, 0), place));
    let refused: Vec<(f64, &Place)> = gains.filter(|(gain, _)| *gain >= gain::TOO_MUCH).collect();
    let Some((most, place)) = refused.iter().max_by(|a, b| a.0.total_cmp(&b.0)) else { return };
    let others = match refused.len() {
        1 => String::new(),
        2 => " and one more place".to_owned(),
        several => format!(" and {} more places", several - 1),
    };
    let title = format!(
        "social capital would feed itself in {}{others}: the gain of the loop is {most:.2}",
        place.name
    );
    let limit = gain::TOO_MUCH;
    let problem = Problem::error(title)
        .label(format!("from {limit} on a run says more about the loop than about regimes"));
    let value = |driver: &&str| {
        let (now, usual) = (parameters.get(driver)?, Parameters::default().get(driver)?);
        (now > usual).then(|| format!("`{driver}` is {now} (usually {usual})"))
    };
    let raised: Vec<String> = gain::DRIVERS.iter().filter_map(value).collect();
    let drivers = listed(gain::DRIVERS, "and");
    let problem = match raised.is_empty() {
        true => problem,
        false => problem.help(raised.join(", ")),
    };
    let problem = problem.help(format!("it rises with {drivers}: lower one of them"));
    desk.say(match found.span_of("parameters") {
        Some(span) => problem.at(source, span),
        None => problem,
    });
}

/// The declared default of a key.
fn default(name: &str) -> Option<Value> {
    default_of(EXPERIMENT, name)
}

fn default_of(keys: &'static [Key], name: &str) -> Option<Value> {
    let key = keys::find(keys, name)?;
    match key.kind {
        Kind::Number { .. } => key.default.parse().ok().map(Value::Number),
        Kind::Month => {
            let (year, month) = key.default.trim_matches('"').split_once('-')?;
            Some(Value::Month(year.parse().ok()?, month.parse().ok()?))
        }
        _ => {
            (!key.default.is_empty()).then(|| Value::Text(key.default.trim_matches('"').to_owned()))
        }
    }
}

/// A whole number: typed, or of the file, or the declared default.
fn amount(desk: &mut Desk, found: &Found, name: &str, typed: Option<(u64, &'static str)>) -> f64 {
    amount_of(desk, EXPERIMENT, found, name, typed)
}

/// The same, of a table with keys of its own.
pub fn amount_of(
    desk: &mut Desk,
    keys: &'static [Key],
    found: &Found,
    name: &str,
    typed: Option<(u64, &'static str)>,
) -> f64 {
    let key = keys::find(keys, name);
    let (Some((number, option)), Some(Kind::Number { low, high, whole, unit })) =
        (typed, key.map(|key| key.kind))
    else {
        let fallback = || match default_of(keys, name) {
            Some(Value::Number(number)) => number,
            _ => 1.0,
        };
        return found.number(name).unwrap_or_else(fallback);
    };
    let wanted = Wanted { low, high, whole, unit };
    if let Some(problem) = wanted.judge(option, number as f64, &number.to_string()) {
        desk.say(problem);
    }
    number as f64
}

/// How precise headlines are to be: typed, or the file's, unless replicates are typed.
fn precision(
    desk: &mut Desk,
    source: &Arc<Source>,
    found: &Found,
    typed: &Overrides,
) -> Option<Precision> {
    let in_file = found.span_of("precision");
    if let (Some(precision), Some(replicates)) = (in_file.clone(), found.span_of("replicates")) {
        let problem = Problem::error("both `replicates` and `precision` are given");
        let problem = problem.label("and this says when there are enough");
        let problem = problem.also(replicates, "this says how many");
        desk.say(problem.help("keep one of them").at(source, precision));
    }
    for key in ["max_replicates", "widths"] {
        if let (None, None, Some(span)) = (&in_file, &typed.precision, found.span_of(key)) {
            let problem = Problem::error(format!("`{key}` is for runs with a `precision`"));
            desk.say(problem.help("add a line `precision = \"2%\"`").at(source, span));
        }
    }
    if typed.replicates.is_some() {
        return None;
    }
    let share = match &typed.precision {
        Some(text) => {
            let share = values::share(text);
            if share.is_none() {
                desk.say(values::not_a_share("--precision", text));
            }
            share?
        }
        None => found.number("precision")?,
    };
    let widths = match found.get("widths") {
        Some(Value::Widths(widths)) => widths.clone(),
        _ => Vec::new(),
    };
    let most = amount(desk, found, "max_replicates", None) as u32;
    Some(Precision { share, most, widths })
}

/// How money and outcomes are appraised.
fn economics(found: &Found) -> Choices {
    let mut choices = Choices::default();
    let Some(table) = found.table("economics") else { return choices };
    if let Some(thresholds) = table.numbers("thresholds") {
        choices.thresholds = thresholds.to_vec();
    }
    if let Some(value) = table.number("social_value") {
        choices.social_value = value;
    }
    choices.discount_rate = table.number("discount_rate");
    if let Some(lines) = table.table("optimism_bias") {
        for (line, percent) in COSTS.iter().zip(&mut choices.optimism_bias) {
            *percent = lines.number(line.id).unwrap_or(0.0);
        }
    }
    choices
}

fn parameters(desk: &mut Desk, found: &Found, typed: &Overrides) -> Parameters {
    let mut parameters = Parameters::default();
    let mut set = |name: &str, value: f64| {
        if let Some(place) = parameters.get_mut(name) {
            *place = value;
        }
    };
    if let Some(Value::Parameters(values)) = found.get("parameters") {
        values.iter().for_each(|(name, value)| set(name, *value));
    }
    for (name, text) in &typed.set {
        let reference = Reference::typed(name, "--set");
        let told = |problem: Problem| {
            let title = format!("--set {name}={text}: {}", problem.title);
            Problem { title, ..problem }
        };
        let Some(parameter) = parameter(&reference.text) else {
            desk.say(told(unknown_parameter(name)));
            continue;
        };
        let wanted = wanted(parameter);
        let judged = match text.trim().parse::<f64>() {
            Ok(value) => wanted.judge(name, value, text).map_or(Ok(value), Err),
            Err(_) => Err(wanted.judge_text(name, text)),
        };
        match judged {
            Ok(value) => {
                set(name, value);
                if let Some(warning) = implausible(parameter, value) {
                    desk.say(told(warning));
                }
            }
            Err(problem) => desk.say(told(problem)),
        }
    }
    parameters
}

fn places(
    desk: &mut Desk,
    source: &Arc<Source>,
    found: &Found,
    typed: &Overrides,
    parameters: &Parameters,
) -> Vec<Place> {
    let references = place_references(desk, source, found, typed);
    let mut places: Vec<Place> = Vec::new();
    for reference in references {
        let Some(place) = place::place(desk, &reference, parameters, &mut Vec::new()) else {
            continue;
        };
        if places.iter().any(|other| other.id == place.id) {
            desk.say(reference.error(format!("the place `{}` is there twice", place.id)));
        } else if let Some(other) = places.iter().find(|other| other.code == place.code) {
            let title =
                format!("`{}` and `{}` have the same code, {}", other.id, place.id, place.code);
            let help = format!(
                "give `code` another number in the file of `{}`: it keys the place's luck",
                place.id
            );
            desk.say(reference.error(title).help(help));
        } else {
            places.push(place);
        }
    }
    // The order in which places meet is that of their codes.
    places.sort_by_key(|place| place.code);
    places
}

fn place_references(
    desk: &mut Desk,
    source: &Arc<Source>,
    found: &Found,
    typed: &Overrides,
) -> Vec<Reference> {
    if !typed.places.is_empty() {
        let members = |text: &String| sets::members(text).unwrap_or_else(|| vec![text.clone()]);
        let all = typed.places.iter().flat_map(members);
        return all.map(|id| Reference::typed(&id, "--place")).collect();
    }
    let in_file = |(text, span): &Word| Reference::in_file(text, source, span.clone());
    match (found.span_of("place"), found.span_of("places")) {
        (Some(one), Some(several)) => {
            let (first, second) =
                if one.start < several.start { (one, several) } else { (several, one) };
            let problem = Problem::error("both `place` and `places` are given");
            let problem = problem.label("and another here").also(first, "one here");
            desk.say(problem.help("keep one of them").at(source, second));
            Vec::new()
        }
        (None, None) => {
            let problem =
                Problem::error("`place` is missing").label("this file says nowhere to run");
            let help = "add a line `place = \"dorset\"`; `commissim list places` lists them";
            desk.say(problem.help(help).at(source, 0..0));
            Vec::new()
        }
        (Some(_), None) => match found.word("place") {
            Some((text, span)) if sets::members(&text).is_some() => {
                let problem = Problem::error("`place` is a single place");
                let help = format!("write places = \"{text}\" for all of them");
                desk.say(problem.label("several").help(help).at(source, span));
                Vec::new()
            }
            word => word.iter().map(in_file).collect(),
        },
        (None, Some(span)) => match found.get("places") {
            Some(Value::Text(text)) => {
                let members = sets::members(text).unwrap_or_default();
                members.iter().map(|id| Reference::in_file(id, source, span.clone())).collect()
            }
            _ => found.words("places").iter().map(in_file).collect(),
        },
    }
}

fn comparator(desk: &mut Desk, source: &Arc<Source>, found: &Found) -> Option<Arc<RegimeFile>> {
    let reference = match found.word("comparator") {
        Some((text, span)) => Reference::in_file(&text, source, span),
        None if found.has("comparator") => return None,
        None => match default("comparator") {
            Some(Value::Text(text)) => Reference::in_file(&text, source, 0..0),
            _ => return None,
        },
    };
    regime::regime(desk, &reference)
}

fn regimes(
    desk: &mut Desk,
    source: &Arc<Source>,
    found: &Found,
    typed: &Overrides,
    comparator: Option<&RegimeFile>,
) -> Vec<Arc<RegimeFile>> {
    let references: Vec<Reference> = if typed.regimes.is_empty() {
        let in_file =
            |(text, span): &(String, Range<usize>)| Reference::in_file(text, source, span.clone());
        found.words("regimes").iter().map(in_file).collect()
    } else {
        typed.regimes.iter().map(|text| Reference::typed(text, "--regimes")).collect()
    };
    let mut regimes: Vec<Arc<RegimeFile>> = Vec::new();
    for reference in references {
        let Some(file) = regime::regime(desk, &reference) else { continue };
        if comparator.is_some_and(|comparator| comparator.id == file.id) {
            if typed.comparator_too {
                continue;
            }
            let title = format!("`{}` is the comparator, which always runs", file.id);
            let problem =
                reference.warning(title).label("left out of the regimes compared with it");
            desk.say(problem.help("take it out of the list, or name another `comparator`"));
        } else if regimes.iter().any(|other| other.id == file.id) {
            let problem = reference.error(format!("two regimes are called `{}`", file.id));
            desk.say(problem.help("give one of the files another name"));
        } else {
            regimes.push(file);
        }
    }
    regimes
}

/// A change after the end of the run would never be announced.
fn check_years(desk: &mut Desk, file: &RegimeFile, years: f64) {
    for (source, year, span) in &file.years {
        if *year > years {
            let problem =
                Problem::error(format!("a change in year {year} is after the end of the run"));
            let label = format!("the run has {years} years");
            let help = format!("make it {years} or less, or let the experiment run longer");
            desk.say(problem.label(label).help(help).at(source, span.clone()));
        }
    }
}

/// Contradictions depend on the place's own settings; the first place that shows
/// them speaks for all.
fn check_levers(desk: &mut Desk, file: &RegimeFile, places: &[Place]) {
    let usual = Levers::default();
    let mut tried: Vec<&Levers> = Vec::new();
    let own = places.iter().map(|place| &place.status_quo);
    for levers in if places.is_empty() { vec![&usual] } else { own.collect() } {
        if tried.contains(&levers) {
            continue;
        }
        tried.push(levers);
        let errors = desk.errors();
        contradictions(desk, &file.sets, levers, (&file.id, &format!("`{}`", file.id)));
        if desk.errors() > errors {
            return;
        }
    }
}
