//! How one regime is laid over another, and what contradicts itself when it is.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::desk::{Desk, stem};
use super::settings::Set;
use crate::declare::{Lever, LeverKind, Setting};
use crate::levers::{DefaultMechanism, LEVERS, Levers, Procurement};
use crate::problem::{Problem, Source, Spot};

use super::regime::RegimeFile;

/// One setting on one date. A lever that holds a number for each of some words is
/// split by word, so that two regimes may set different words of it.
#[derive(Clone, Debug)]
pub struct Dated {
    /// Month after the fork; 1 is the first.
    pub month: i32,
    /// The lever.
    pub lever: &'static Lever,
    /// The word, where the lever has several.
    pub part: Option<String>,
    /// What it is set to.
    pub setting: Setting,
    /// Where the value stands.
    pub spot: Spot,
}

impl Dated {
    /// A file's setting, split by word.
    pub fn of(month: i32, set: &Set, source: &Arc<Source>) -> Vec<Dated> {
        let spot = Spot { source: source.clone(), span: set.span.clone() };
        let dated = |part: Option<String>, setting: Setting| Dated {
            month,
            lever: set.lever,
            part,
            setting,
            spot: spot.clone(),
        };
        match &set.setting {
            Setting::Table(rows) => rows
                .iter()
                .map(|(word, number)| dated(Some(word.clone()), Setting::Number(*number)))
                .collect(),
            setting => vec![dated(None, setting.clone())],
        }
    }

    /// The lever and word it sets, as a file names them.
    pub fn name(&self) -> String {
        match &self.part {
            Some(part) => format!("{}.{part}", self.lever.name),
            None => self.lever.name.to_owned(),
        }
    }

    /// Its place in the order of declaration.
    fn place(&self) -> (usize, usize) {
        let lever = LEVERS.iter().position(|lever| lever.name == self.lever.name);
        let part = match (self.lever.kind, &self.part) {
            (LeverKind::Table { keys, .. }, Some(part)) => keys.iter().position(|key| key == part),
            _ => None,
        };
        (lever.unwrap_or(LEVERS.len()), part.unwrap_or(0))
    }

    fn whole(&self) -> Setting {
        match (&self.part, &self.setting) {
            (Some(part), Setting::Number(number)) => Setting::Table(vec![(part.clone(), *number)]),
            (_, setting) => setting.clone(),
        }
    }

    /// Adds it to the settings of its date, joining the words of one lever.
    pub fn add_to(&self, settings: &mut Vec<(String, Setting)>) {
        if let (Some((name, Setting::Table(rows))), Setting::Table(new)) =
            (settings.last_mut(), self.whole())
            && name == self.lever.name
        {
            rows.extend(new);
            return;
        }
        settings.push((self.lever.name.to_owned(), self.whole()));
    }
}

/// Two overlays that set one lever differently.
#[derive(Clone, Debug)]
pub struct Conflict {
    first: (String, Dated),
    second: (String, Dated),
}

impl Conflict {
    /// The lever in question.
    pub fn name(&self) -> String {
        self.first.1.name()
    }

    /// What is wrong.
    pub fn title(&self) -> String {
        format!("`{}` and `{}` set `{}` differently", self.first.0, self.second.0, self.name())
    }

    /// The two settings.
    pub fn label(&self) -> String {
        let one = |(id, set): &(String, Dated)| match set.month {
            1 => format!("{id}: {}", set.setting),
            month => format!("{id}: {} in month {month}", set.setting),
        };
        format!("{}, {}", one(&self.first), one(&self.second))
    }
}

/// Lays `layers` down in order and `own` settings over them. From the date on which
/// `own` sets a lever, no overlay has a say in it.
pub fn lay(layers: &[(String, Arc<RegimeFile>)], own: &[Dated]) -> (Vec<Dated>, Vec<Conflict>) {
    let mut conflicts = Vec::new();
    let mut kept: Vec<(String, Dated)> = Vec::new();
    for (id, layer) in layers {
        let overruled = |set: &Dated| {
            own.iter().any(|mine| mine.name() == set.name() && mine.month <= set.month)
        };
        let mut by_name: BTreeMap<String, Vec<Dated>> = BTreeMap::new();
        for set in layer.sets.iter().filter(|set| !overruled(set)) {
            by_name.entry(set.name()).or_default().push(set.clone());
        }
        for (name, here) in by_name {
            let there: Vec<(String, Dated)> =
                kept.iter().filter(|(_, set)| set.name() == name).cloned().collect();
            if there.is_empty() {
                kept.extend(here.into_iter().map(|set| (id.clone(), set)));
            } else if let Some((second, first)) = difference(&here, &there) {
                conflicts.push(Conflict { first, second: (id.clone(), second) });
            }
        }
    }
    let mut sets: Vec<Dated> = kept.into_iter().map(|(_, set)| set).collect();
    sets.extend(own.iter().cloned());
    sets.sort_by_key(|set| (set.month, set.place()));
    (sets, conflicts)
}

/// The first settings of one lever that are not the same on the same date.
fn difference(here: &[Dated], there: &[(String, Dated)]) -> Option<(Dated, (String, Dated))> {
    let same = |a: &Dated, b: &Dated| a.month == b.month && a.setting == b.setting;
    let odd = here.iter().zip(there).find(|(a, (_, b))| !same(a, b));
    // Or one of them goes on to a later date where the other does not.
    let longer = here.last().zip(there.last()).filter(|_| here.len() != there.len());
    odd.or(longer).map(|(a, b)| (a.clone(), b.clone()))
}

/// Levers that mean something only while support is tendered.
const OF_TENDERS: [&str; 5] =
    ["guaranteed_volume", "awards_per_lot", "lots", "price_weight", "turnover_threshold"];

/// Says what in a regime contradicts itself in a place whose status quo is given.
///
/// `id` is the name of the file in question, `title` what a sentence calls it.
pub fn contradictions(
    desk: &mut Desk,
    sets: &[Dated],
    status_quo: &Levers,
    (id, title): (&str, &str),
) {
    let mut levers = status_quo.clone();
    let mut said: Vec<&str> = Vec::new();
    for stage in sets.chunk_by(|a, b| a.month == b.month) {
        for set in stage {
            levers.set(set.lever.name, &set.whole());
        }
        if levers.procurement == Procurement::FlexibleContract {
            for set in stage.iter().filter(|set| OF_TENDERS.contains(&set.lever.name)) {
                let name = set.lever.name;
                let harmless = name == "guaranteed_volume" && set.setting == Setting::Number(0.0);
                if harmless || said.contains(&name) {
                    continue;
                }
                said.push(name);
                let problem =
                    Problem::error(format!("{title} sets `{name}`, but nothing is tendered"));
                let label = "`procurement` is `flexible_contract` on this date";
                let file = stem(&set.spot.source.path);
                let out = if file == id { name.to_owned() } else { file };
                let help = format!("take `{out}` out, or set procurement = \"tender\"");
                desk.say(problem.at_spot(Some(&set.spot)).label(label).help(help));
            }
        }
        let touched = stage
            .iter()
            .filter(|set| matches!(set.lever.name, "default_mechanism" | "offered"))
            .max_by_key(|set| set.spot.span.start);
        let default = levers.default_mechanism;
        let Some(mechanism) = default.mechanism() else { continue };
        if let Some(set) = touched
            && !levers.offered.has(mechanism)
        {
            let word = mechanism.id();
            let problem = Problem::error(format!("{title} has a default that is not offered"));
            let label = match set.lever.name {
                "offered" if !sets.iter().any(|set| set.lever.name == "default_mechanism") => {
                    format!("the place's own `default_mechanism` is `{word}`, which is not here")
                }
                "offered" => format!("`default_mechanism` is `{word}`, which is not here"),
                _ => format!("`{word}` is not in `offered`"),
            };
            let none = crate::declare::LeverValue::show(&DefaultMechanism::None);
            let help = format!("add \"{word}\" to `offered`, or set default_mechanism = {none}");
            desk.say(problem.at_spot(Some(&set.spot)).label(label).help(help));
        }
    }
}
