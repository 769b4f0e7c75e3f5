//! What there is to say about each thing, once, for pages, lists and programs.

use serde_json::{Value, json};

use crate::declare::{Lever, LeverKind, Parameter, Setting, Shape};
use crate::evidence::{self, Evidence};
use crate::experiment::Regime;
use crate::files::{self, Overrides, Thing, shipped};
use crate::levers::{LEVERS, Levers, Mechanism};
use crate::metrics::{Better, Declaration, METRICS, Measure, Standing};
use crate::parameters::{PARAMETERS, Parameters};
use crate::place::{self, CLIENT_GROUPS, Place, sets, years};
use crate::stresses;
use crate::structures::STRUCTURES;

/// Kinds of thing that have a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What a regime may set.
    Lever,
    /// A number of the model.
    Parameter,
    /// What the model reports.
    Metric,
    /// Lever settings.
    Regime,
    /// A local authority's area.
    Place,
    /// Who holds the budget.
    Mechanism,
    /// A named causal link.
    Structure,
    /// What to run.
    Experiment,
    /// A blow that twins of the worlds are dealt.
    Stress,
}

impl Kind {
    /// Every kind, in the order of lists.
    pub const ALL: [Kind; 9] = [
        Kind::Lever,
        Kind::Parameter,
        Kind::Metric,
        Kind::Regime,
        Kind::Place,
        Kind::Mechanism,
        Kind::Structure,
        Kind::Experiment,
        Kind::Stress,
    ];

    /// In a sentence.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Lever => "lever",
            Kind::Parameter => "parameter",
            Kind::Metric => "metric",
            Kind::Regime => "regime",
            Kind::Place => "place",
            Kind::Mechanism => "mechanism",
            Kind::Structure => "structure",
            Kind::Experiment => "experiment",
            Kind::Stress => "stress",
        }
    }

    /// The name of its list.
    pub fn plural(self) -> &'static str {
        match self {
            Kind::Lever => "levers",
            Kind::Parameter => "parameters",
            Kind::Metric => "metrics",
            Kind::Regime => "regimes",
            Kind::Place => "places",
            Kind::Mechanism => "mechanisms",
            Kind::Structure => "structures",
            Kind::Experiment => "experiments",
            Kind::Stress => "stresses",
        }
    }
}

/// One thing said about an entry.
#[derive(Clone, Debug)]
pub struct Fact {
    /// What it is about.
    pub label: &'static str,
    /// For people; empty where only programs care.
    pub text: String,
    /// For programs.
    pub value: Value,
}

/// Everything said about one thing.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What kind of thing.
    pub kind: Kind,
    /// Name.
    pub name: String,
    /// Heading it is listed under; may be empty.
    pub group: String,
    /// What it is, in a sentence.
    pub meaning: String,
    /// A line for lists.
    pub brief: String,
    /// What else there is to say.
    pub facts: Vec<Fact>,
    /// Published figures it rests on.
    pub sources: Vec<&'static Evidence>,
}

impl Entry {
    fn new(kind: Kind, name: impl Into<String>, meaning: impl Into<String>) -> Self {
        let meaning: String = meaning.into().trim().to_owned();
        Entry {
            kind,
            name: name.into(),
            group: String::new(),
            brief: meaning.clone(),
            meaning,
            facts: Vec::new(),
            sources: Vec::new(),
        }
    }

    fn fact(mut self, label: &'static str, text: impl Into<String>) -> Self {
        let text: String = text.into();
        self.facts.push(Fact { label, value: json!(text), text });
        self
    }

    fn valued(mut self, label: &'static str, text: impl Into<String>, value: Value) -> Self {
        self.facts.push(Fact { label, text: text.into(), value });
        self
    }
}

/// Every thing of a kind.
pub fn of(kind: Kind) -> Vec<Entry> {
    match kind {
        Kind::Lever => LEVERS.iter().map(lever).collect(),
        Kind::Parameter => PARAMETERS.iter().map(parameter).collect(),
        Kind::Metric => METRICS.iter().map(metric).collect(),
        Kind::Regime => shipped::ids(Thing::Regime).into_iter().filter_map(regime).collect(),
        Kind::Place => {
            let parameters = Parameters::default();
            let places = place::ids().into_iter().filter_map(|id| place::place(id, &parameters));
            let mut places: Vec<Entry> = places.map(|place| self::place(&place)).collect();
            let made_up = |entry: &Entry| entry.name == place::TOWN;
            places.sort_by(|a, b| {
                (made_up(a), &a.group, &a.name).cmp(&(made_up(b), &b.group, &b.name))
            });
            sets::SETS.iter().map(set).chain(places).collect()
        }
        Kind::Mechanism => Mechanism::ALL.into_iter().map(mechanism).collect(),
        Kind::Structure => STRUCTURES.iter().map(structure).collect(),
        Kind::Experiment => {
            shipped::ids(Thing::Experiment).into_iter().filter_map(experiment).collect()
        }
        Kind::Stress => {
            let custom = "Whatever a file says: rates at which things go wrong, and levers.";
            let custom = Entry::new(Kind::Stress, stresses::CUSTOM, custom);
            let rates = stresses::RATES.iter().fold(custom, |entry, rate| {
                entry.fact("rate", format!("{} (0 to {}): {}", rate.name, rate.high, rate.meaning))
            });
            stresses::KINDS.iter().map(stress).chain([rates]).collect()
        }
    }
}

/// Everything called `name`; of a metric the last part is enough, and of regimes
/// an overlay `a+b` is one.
pub fn named(name: &str) -> Vec<Entry> {
    // An experiment may be of many places, whose worlds are looked at as it is read.
    let others = Kind::ALL.into_iter().filter(|kind| *kind != Kind::Experiment);
    let mut found: Vec<Entry> = others.flat_map(of).collect();
    found.retain(|entry| entry.name == name);
    if shipped::ids(Thing::Experiment).contains(&name) {
        found.extend(experiment(name));
    }
    if found.is_empty() {
        let is_last = |entry: &Entry| entry.name.split_once('.').is_some_and(|(_, n)| n == name);
        found.extend(of(Kind::Metric).into_iter().filter(is_last));
    }
    if found.is_empty() {
        // A council as it was in an earlier year is a place, though not listed.
        found.extend(place::place(name, &Parameters::default()).map(|place| self::place(&place)));
    }
    if found.is_empty() && name.contains('+') {
        found.extend(regime(name));
    }
    found
}

fn lever(lever: &Lever) -> Entry {
    let usual = Levers::default().get(lever.name);
    let usual_text = usual.as_ref().map_or(String::new(), Setting::to_string);
    let range = match lever.kind {
        LeverKind::Number { low, high, whole } => {
            let number = if whole { "whole number" } else { "number" };
            format!("{number} from {low} to {high}")
        }
        LeverKind::Choice(words) => format!("one of {}", words.join(", ")),
        LeverKind::Set(words) => format!("any of {}", words.join(", ")),
        LeverKind::Table { keys, low, high } => {
            format!("a number from {low} to {high} for any of {}", keys.join(", "))
        }
    };
    let value = match usual {
        Some(Setting::Number(number)) => json!(number),
        _ => json!(usual_text),
    };
    Entry::new(Kind::Lever, lever.name, lever.meaning)
        .fact("range", range)
        .fact("unit", lever.unit)
        .valued("usual", usual_text, value)
        .fact("acts in", lever.acts_in)
        .fact("price", lever.price)
}

/// How a claim or an objection is drawn, in words.
fn claimed(what: &str, none: f64, believer: (f64, f64), sceptic: (f64, f64)) -> String {
    format!(
        "{what}: half the weight at {none}, which is no effect, the rest even over the range; a believer draws from {} to {}, a sceptic from {} to {}",
        believer.0, believer.1, sceptic.0, sceptic.1
    )
}

fn parameter(p: &Parameter) -> Entry {
    let drawn = match p.shape {
        Shape::Uniform => "every value of the range alike".to_owned(),
        Shape::Triangular => "most weight at the value used, none at the ends".to_owned(),
        Shape::Log => "every order of magnitude alike".to_owned(),
        Shape::Claim { none, believer, sceptic } => {
            claimed("a claim of the source", none, believer, sceptic)
        }
        Shape::Objection { none, believer, sceptic } => {
            claimed("an objection to the source", none, believer, sceptic)
        }
    };
    let basis = format!("{}: {}", p.grade.word(), p.grade.source());
    let mut entry = Entry::new(Kind::Parameter, p.name, p.meaning)
        .valued("value", format!("{} ({})", p.default, p.unit), json!(p.default))
        .valued("plausible", format!("{} to {}", p.low, p.high), json!([p.low, p.high]))
        .valued("low", "", json!(p.low))
        .valued("high", "", json!(p.high))
        .valued(
            "possible",
            format!("{} to {}", p.hard_low, p.hard_high),
            json!([p.hard_low, p.hard_high]),
        )
        .valued("unit", "", json!(p.unit))
        .fact("drawn", drawn)
        .valued("grade", "", json!(p.grade.word()))
        .fact("basis", basis);
    entry.group = p.section.to_owned();
    entry.brief =
        format!("{} {}, {} to {}. {}", p.default, p.unit, p.low, p.high, p.meaning.trim());
    entry.sources =
        evidence::cited(p.grade.source()).iter().filter_map(|id| evidence::find(id)).collect();
    entry
}

fn metric(metric: &Declaration) -> Entry {
    let better = match metric.better {
        Better::Up => "more is better",
        Better::Down => "less is better",
        Better::Neither => "neither way is better: it describes",
    };
    let (standing, matters) = match metric.standing {
        Standing::Headline { matters } => ("headline", Some(matters)),
        Standing::Outcome { matters } => ("explored", Some(matters)),
        Standing::Descriptive => ("described, never judged", None),
    };
    let made = match metric.measure {
        Measure::Ratio => {
            "one sum over another, so that longer periods come from their sums".to_owned()
        }
        Measure::PerComparator => {
            "a sum over the comparator's, one divisor for every regime".to_owned()
        }
        Measure::Times(_) => "an average over the days of the period".to_owned(),
        Measure::Concentration { of, relative: true } => {
            format!("concentration index of {of} over fifths of neighbourhoods")
        }
        Measure::Concentration { of, relative: false } => {
            format!("generalised concentration index of {of} over fifths of neighbourhoods")
        }
        Measure::Wait { quantile, .. } => {
            format!(
                "the wait that {}% do not exceed, those still waiting counted",
                quantile * 100.0
            )
        }
    };
    let matters_text = matters.map_or(String::new(), |m| format!("{m} or more ({})", metric.unit));
    let mut entry = Entry::new(Kind::Metric, metric.id, metric.definition)
        .fact("label", metric.label)
        .fact("unit", metric.unit)
        .valued("better", better, json!(metric.better.id()))
        .fact("standing", standing)
        .valued("matters", matters_text, json!(matters))
        .fact("worked out as", made);
    if let Some(beyond) = metric.beyond_groups() {
        entry = entry.fact("by group", beyond);
    }
    entry.group = metric.family.id().to_owned();
    entry.brief = format!("{} ({}). {}", metric.label, metric.unit, standing);
    entry
}

fn regime(id: &str) -> Option<Entry> {
    let (regime, _) = files::regime(id).ok()?;
    let Regime { name, question, source, changes, .. } = regime;
    let mut entry =
        Entry::new(Kind::Regime, id, format!("{name}. {question}")).fact("source", source);
    if changes.is_empty() {
        entry = entry.fact("sets", "nothing: every lever stays as the place has it");
    }
    let mut all = Vec::new();
    for change in &changes {
        for (lever, setting) in &change.settings {
            let text = match change.month {
                1 => format!("{lever} = {setting}"),
                month => format!("{lever} = {setting}, announced in month {month}"),
            };
            entry.facts.push(Fact { label: "sets", text, value: Value::Null });
            all.push(json!({ "lever": lever, "to": setting.to_string(), "month": change.month }));
        }
    }
    entry = entry.valued("sets", "", json!(all));
    Some(entry)
}

fn set(set: &sets::Set) -> Entry {
    let members = set.members();
    let mut entry = Entry::new(Kind::Place, set.id, set.meaning)
        .valued("places", members.join(", "), json!(members))
        .fact("to run it", format!("--place {}, or places = \"{}\" in a file", set.id, set.id));
    let earlier = years::earlier();
    if let (true, [first, .., last]) = (set.of_england, earlier) {
        entry = entry.fact("earlier years", format!("{0}-{first} to {0}-{last}", set.id));
    }
    entry.group = "Sets of places".to_owned();
    entry
}

fn place(place: &Place) -> Entry {
    let groups = |values: &[f64; 4], scale: f64, after: &str| {
        let one = |(group, value): (&&str, &f64)| format!("{group} {:.0}{after}", value * scale);
        CLIENT_GROUPS.iter().zip(values).map(one).collect::<Vec<_>>().join(", ")
    };
    let ages = |values: &[f64; 2], before: &str, digits: usize| {
        format!(
            "18 to 64 {before}{:.digits$}, 65 and over {before}{:.digits$}",
            values[0], values[1]
        )
    };
    let people: f64 = place.clients.iter().sum();
    let meaning = format!("{}, {}.", place.name, place.region);
    let mut entry = Entry::new(Kind::Place, place.id.as_str(), meaning)
        .valued("code", place.code.to_string(), json!(place.code))
        .valued("clients", groups(&place.clients, 1.0, ""), json!(place.clients))
        .valued(
            "direct payment",
            groups(&place.direct_payment_share, 100.0, "%"),
            json!(place.direct_payment_share),
        )
        .valued("residents", ages(&place.residents, "", 0), json!(place.residents))
        .valued(
            "hours",
            format!("{} (national mean is 1)", ages(&place.hours_factor, "", 2)),
            json!(place.hours_factor),
        )
        .valued(
            "hour",
            format!("£{:.2} bought outside", place.contracted_hour),
            json!(place.contracted_hour),
        )
        .valued(
            "own hour",
            format!("£{:.2} (0 where it has none)", place.in_house_hour),
            json!(place.in_house_hour),
        )
        .valued(
            "own share",
            place.in_house_share.map_or_else(String::new, |share| {
                format!("{:.0}% of hours at the start", share * 100.0)
            }),
            json!(place.in_house_share),
        )
        .valued(
            "care home",
            format!("{} a week", ages(&place.care_home_week, "£", 0)),
            json!(place.care_home_week),
        )
        .valued(
            "assessment",
            format!("£{:.0} a year for each funded person", place.assessment_cost),
            json!(place.assessment_cost),
        )
        .valued(
            "divided into",
            format!("{} neighbourhoods", place.neighbourhoods),
            json!(place.neighbourhoods),
        );
    for note in &place.notes {
        entry.facts.push(Fact { label: "note", text: note.clone(), value: Value::Null });
    }
    entry = entry.valued("note", "", json!(place.notes));
    entry.group = place.region.clone();
    entry.brief = format!("{}; {people:.0} people at home with council-funded support", place.name);
    entry
}

fn mechanism(mechanism: Mechanism) -> Entry {
    let offered = Mechanism::OFFERED.contains(&mechanism);
    Entry::new(Kind::Mechanism, mechanism.id(), mechanism.meaning()).fact(
        "offered",
        if offered { "a council may offer it" } else { "not a council's to offer" },
    )
}

fn structure((id, meaning): &(&str, &str)) -> Entry {
    Entry::new(Kind::Structure, *id, *meaning)
        .fact("switch off", format!("[structure] off = [\"{id}\"] in an experiment"))
}

fn stress(kind: &stresses::Kind) -> Entry {
    let rate = stresses::rate(kind.rate);
    let (unit, meaning) = rate.map_or(("", ""), |rate| (rate.unit, rate.meaning));
    let lasts = match kind.months {
        None => "to the end of the run".to_owned(),
        Some(1) => "strikes once".to_owned(),
        Some(months) => format!("{months} months"),
    };
    Entry::new(Kind::Stress, kind.id, format!("{}.", kind.title))
        .fact("what happens", meaning)
        .valued("size", format!("{} {unit}; 0 is nothing", kind.size), json!(kind.size))
        .fact("lasts", lasts)
        .fact("why", kind.why)
        .fact("use", format!("[[stress]] kind = \"{}\", year = 5 in an experiment", kind.id))
}

fn experiment(id: &str) -> Option<Entry> {
    let (experiment, _) = files::experiment(id, &Overrides::default()).ok()?;
    let places: Vec<&str> = experiment.places.iter().map(|place| place.id.as_str()).collect();
    let regimes: Vec<&str> = experiment.regimes.iter().map(|regime| regime.id.as_str()).collect();
    let years =
        format!("{} after {} of the status quo", experiment.years, experiment.burn_in_years);
    let entry = Entry::new(Kind::Experiment, id, format!("{}.", experiment.name))
        .valued("places", places.join(", "), json!(places))
        .fact("comparator", experiment.comparator.id.as_str())
        .valued("regimes", regimes.join(", "), json!(regimes))
        .valued("years", years, json!(experiment.years))
        .valued("replicates", experiment.replicates.to_string(), json!(experiment.replicates))
        .valued("seed", experiment.seed.to_string(), json!(experiment.seed));
    Some(entry)
}
