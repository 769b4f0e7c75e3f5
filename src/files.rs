//! The files a person writes: experiments, regimes and places, in TOML.
//!
//! [`experiment`] makes everything a run depends on out of a file's name and what
//! was typed beside it; [`check`] reads files without running them. Both collect
//! every problem before they hand anything back. What a file may hold is declared
//! once, in [`keys`].

mod amounts;
mod desk;
mod experiment;
mod init;
pub mod keys;
mod overlay;
mod place;
mod regime;
mod rows;
mod schema;
mod set;
mod settings;
pub mod shipped;
mod stress;
mod syntax;
mod targets;
mod theme;
mod uncertainty;
mod values;
mod walk;

use std::path::Path;

pub use init::init_text;
pub use keys::Thing;
pub use schema::schema;
pub use theme::ThemeFile;

use crate::experiment::{Experiment, Regime};
use crate::levers::Levers;
use crate::parameters::Parameters;
use crate::problem::{Problem, Problems, Source, nearest};
use crate::targets::Targets;
use desk::{Desk, Reference};

/// What was typed on the command line and stands over the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overrides {
    /// `--place`: names or files in place of the experiment's; a set such as `england`.
    pub places: Vec<String>,
    /// `--regimes`: names, files or overlays `a+b` in place of the experiment's.
    pub regimes: Vec<String>,
    /// `--years`.
    pub years: Option<u64>,
    /// `--replicates`.
    pub replicates: Option<u64>,
    /// `--precision`.
    pub precision: Option<String>,
    /// `--seed`.
    pub seed: Option<u64>,
    /// `--draws`.
    pub draws: Option<u64>,
    /// `--design`.
    pub design: Option<String>,
    /// `--from`: a set's name or file in place of a design.
    pub from: Option<String>,
    /// Not to be typed: that what experiments give parameters stands over the set is what
    /// their targets are about, and needs no warning.
    pub sets_yield: bool,
    /// Not to be typed: that the comparator may be among the regimes, and needs no warning.
    pub comparator_too: bool,
    /// `--beliefs`: in place of the experiment's.
    pub beliefs: Vec<String>,
    /// `--set`: names of parameters and their values as typed.
    pub set: Vec<(String, String)>,
}

/// The experiment called `arg`, or in the file at that path, with warnings.
pub fn experiment(
    arg: &str,
    overrides: &Overrides,
) -> Result<(Experiment, Vec<Problem>), Problems> {
    let mut desk = Desk::default();
    let experiment = experiment::experiment(&mut desk, &Reference::typed(arg, ""), overrides);
    finish(desk, experiment).map(|(experiment, warnings)| (experiment, warnings.into_vec()))
}

/// The experiment in a file of a folder, whatever the folder's name is: paths are seen from
/// the folder, and so named.
pub fn experiment_within(
    folder: &Path,
    file: &str,
) -> Result<(Experiment, Vec<Problem>), Problems> {
    let mut desk = Desk::within(folder);
    let reference = Reference::typed(file, "");
    let experiment = experiment::experiment(&mut desk, &reference, &Overrides::default());
    finish(desk, experiment).map(|(experiment, warnings)| (experiment, warnings.into_vec()))
}

/// The regime called `arg`, in the file at that path, or laid over one another as
/// `a+b`.
pub fn regime(arg: &str) -> Result<(Regime, Vec<Problem>), Problems> {
    let mut desk = Desk::default();
    let file = regime::regime(&mut desk, &Reference::typed(arg, ""));
    let regime = file.map(|file| file.regime());
    finish(desk, regime).map(|(regime, warnings)| (regime, warnings.into_vec()))
}

/// The targets called `arg`, or in the file at that path, with warnings. What was typed
/// stands over every experiment that they name.
pub fn targets(arg: &str, overrides: &Overrides) -> Result<(Targets, Vec<Problem>), Problems> {
    let mut desk = Desk::default();
    let targets = targets::targets(&mut desk, &Reference::typed(arg, ""), overrides);
    finish(desk, targets).map(|(targets, warnings)| (targets, warnings.into_vec()))
}

/// The theme in the file at that path.
pub fn theme(path: &str) -> Result<ThemeFile, Problems> {
    let mut desk = Desk::default();
    let theme = theme::theme(&mut desk, &Reference::typed(path, "--theme"));
    finish(desk, theme).map(|(theme, _)| theme)
}

fn finish<T>(desk: Desk, made: Option<T>) -> Result<(T, Problems), Problems> {
    let problems = desk.close();
    match made {
        Some(made) if problems.errors() == 0 => Ok((made, problems)),
        _ if problems.errors() == 0 => {
            // Nothing is lost without a word; this would be a slip of ours.
            Err(Problem::error("this could not be read, and nothing says why").into())
        }
        _ => Err(problems),
    }
}

/// What a check found.
#[derive(Clone, Debug)]
pub struct Checked {
    /// Each file that could be opened: its path and what it is.
    pub files: Vec<(String, Thing)>,
    /// Those of them in which nothing is set, not even a name.
    pub empty: Vec<String>,
    /// Everything wrong with them and with what they refer to, and the warnings.
    pub problems: Problems,
}

impl Checked {
    /// Whether a run may go ahead.
    pub fn passed(&self) -> bool {
        self.problems.errors() == 0
    }
}

/// Reads files of any kind, and what they refer to; each is a path, or the name of
/// a file built in.
pub fn check(paths: &[String]) -> Checked {
    let mut desk = Desk::default();
    let (mut files, mut empty) = (Vec::new(), Vec::new());
    for text in paths {
        let Some((thing, reference)) = recognise(&mut desk, text) else { continue };
        files.push((text.clone(), thing));
        let is_empty = |source: &Source| keys_of(source).is_empty();
        if desk::is_path(&reference.text)
            && desk.open(thing, &reference).is_some_and(|source| is_empty(&source))
        {
            empty.push(text.clone());
        }
        match thing {
            Thing::Experiment => {
                experiment::experiment(&mut desk, &reference, &Overrides::default());
            }
            Thing::Regime => {
                if let Some(file) = regime::regime(&mut desk, &reference) {
                    let title = format!("`{}`", file.id);
                    let names = (file.id.as_str(), title.as_str());
                    overlay::contradictions(&mut desk, &file.sets, &Levers::default(), names);
                }
            }
            Thing::Targets => {
                targets::targets(&mut desk, &reference, &Overrides::default());
            }
            Thing::Theme => {
                theme::theme(&mut desk, &reference);
            }
            Thing::Place => {
                place::place(&mut desk, &reference, &Parameters::default(), &mut Vec::new());
            }
        }
    }
    Checked { files, empty, problems: desk.close() }
}

/// What `text` names, and how to read it.
fn recognise(desk: &mut Desk, text: &str) -> Option<(Thing, Reference)> {
    let places = crate::place::ids();
    let known = |thing: &Thing| match thing {
        Thing::Place => places.contains(&text),
        thing => shipped::find(*thing, text).is_some(),
    };
    if let Some(thing) = Thing::ALL.into_iter().find(known) {
        return Some((thing, Reference::typed(text, "")));
    }
    if text.to_lowercase().ends_with(".csv") {
        let problem = Problem::error(format!("`{text}` is a file of rows"));
        desk.say(problem.help("check the place file that names it: its rows are read with it"));
        return None;
    }
    if !desk::is_path(text) && !Path::new(text).exists() {
        let names = shipped::SHIPPED.iter().map(|file| file.id).chain(places.iter().copied());
        let near = nearest(text, names).map(|near| format!("did you mean `{near}`?"));
        let help = near.unwrap_or_else(|| format!("a file is named by its path, `{text}.toml`"));
        desk.say(Problem::error(format!("nothing is called `{text}`")).help(help));
        return None;
    }
    // A bare name that is not built in can only be a path.
    let path = if desk::is_path(text) { text.to_owned() } else { format!("./{text}") };
    let reference = Reference::typed(&path, "");
    let source = desk.open(Thing::Experiment, &reference)?;
    Some((kind_of(&source), reference))
}

/// The names that stand at the top of a file.
fn keys_of(source: &Source) -> Vec<String> {
    let (table, _) = toml::de::DeTable::parse_recoverable(&source.text);
    table.get_ref().keys().map(|key| key.get_ref().clone().into_owned()).collect()
}

/// What a file is, by its keys; by its folder where they do not say.
fn kind_of(source: &Source) -> Thing {
    let written = keys_of(source);
    let score = |thing: Thing| {
        let own = |word: &str| {
            let has = |thing: Thing| keys::find(thing.keys(), word).is_some();
            // A theme's colours go by words that experiments have before it.
            let before = |other: &Thing| *other != thing && *other != Thing::Theme;
            has(thing) && !Thing::ALL.into_iter().filter(before).any(has)
        };
        written.iter().filter(|key| own(key)).count()
    };
    let folder = Path::new(&source.path).parent().and_then(Path::file_name);
    let by_folder = match folder.and_then(|name| name.to_str()) {
        Some("experiments") => Thing::Experiment,
        Some("places") => Thing::Place,
        Some("targets") => Thing::Targets,
        Some("themes") => Thing::Theme,
        _ => Thing::Regime,
    };
    let best = Thing::ALL.into_iter().max_by_key(|thing| (score(*thing), *thing == by_folder));
    best.filter(|thing| score(*thing) > 0).unwrap_or(by_folder)
}
