//! One life out of a cell of a results folder, lived again.

use super::progress::Progress;
use crate::cell::CellId;
use crate::draws::birth;
use crate::experiment::Experiment;
use crate::problem::{listed, nearest};
use crate::store::folder::Folder;
use crate::store::{cells, manifest};
use crate::trace::{self, Asked, Nobody, Trace, shown_key};
use anyhow::{anyhow, bail};

/// What was asked for, as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Birth key; none for the person in whose life the regimes differ most.
    pub citizen: Option<u64>,
    /// Beliefs that parameters were drawn by; none for the first.
    pub beliefs: Option<String>,
    /// Parameter draw, from 0.
    pub draw: u64,
    /// Replicate, from 0.
    pub replicate: u64,
    /// Id of the place; none for that of the person, or the first.
    pub place: Option<String>,
    /// Ids of regimes; none for all of the experiment.
    pub regimes: Vec<String>,
}

/// A life that was told.
#[derive(Debug)]
pub struct Told {
    /// The experiment, from the folder's inputs.
    pub experiment: Experiment,
    /// The life.
    pub trace: Trace,
    /// Whether it was another version of the program that made the folder.
    pub other_code: bool,
}

/// Lives a cell of a results folder again and tells one life.
///
/// # Errors
///
/// When an input is not what the run left, or there is no such place, regime, replicate
/// or person. Nothing is written in any case.
pub fn trace(folder: &Folder, wanted: &Wanted) -> anyhow::Result<Told> {
    let shown = folder.path.display();
    let differ = folder.differences()?;
    if let Some(wrong) = folder.wrong(&differ, |path| folder.is_input(path)) {
        bail!(
            "nothing is told, since {wrong}\nhelp: `commissim verify {shown}` says everything that is wrong"
        );
    }
    let experiment = match folder.experiment() {
        Ok(experiment) => experiment,
        Err(problems) => bail!("this program cannot read the inputs of {shown}\n{problems}"),
    };
    let place = place(&experiment, wanted)?;
    let beliefs = beliefs(&experiment, wanted)?;
    let draw = draw(&experiment, folder, wanted.draw)?;
    let first = CellId { system: place as u32, beliefs, draw, replicate: 0 };
    let asked = Asked {
        place,
        beliefs,
        draw,
        replicate: replicate(folder, first, wanted.replicate)?,
        citizen: wanted.citizen,
        regimes: regimes(&experiment, &wanted.regimes)?,
    };
    let progress = Progress::plain(trace::worlds(&asked), false);
    let told = trace::trace(&experiment, &asked, &mut || progress.counted());
    progress.end();
    let trace = told.map_err(|nobody| nobody_there(&experiment, &asked, &nobody))?;
    let other_code = *folder.code() != manifest::code();
    Ok(Told { experiment, trace, other_code })
}

/// One of some names, or what to say.
fn one_of(names: &[&str], typed: &str, what: &str) -> anyhow::Result<usize> {
    if let Some(index) = names.iter().position(|name| *name == typed) {
        return Ok(index);
    }
    let help = match nearest(typed, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("these are there: {}", listed(names.iter().copied(), "and")),
    };
    bail!("the results have no {what} `{typed}`\nhelp: {help}")
}

/// The place asked for; that of the person; the first.
fn place(experiment: &Experiment, wanted: &Wanted) -> anyhow::Result<usize> {
    if let Some(typed) = &wanted.place {
        let names: Vec<&str> = experiment.places.iter().map(|place| place.id.as_str()).collect();
        return one_of(&names, typed, "place");
    }
    let of = |key: u64| experiment.places.iter().position(|place| place.code == birth::place(key));
    Ok(wanted.citizen.and_then(of).unwrap_or(0))
}

fn regimes(experiment: &Experiment, wanted: &[String]) -> anyhow::Result<Vec<usize>> {
    let names: Vec<&str> = experiment.regimes.iter().map(|regime| regime.id.as_str()).collect();
    if wanted.is_empty() {
        return Ok((0..names.len()).collect());
    }
    let mut found = Vec::new();
    // The comparator is always told of.
    for typed in wanted.iter().filter(|typed| **typed != experiment.comparator.id) {
        let index = one_of(&names, typed, "regime")?;
        if !found.contains(&index) {
            found.push(index);
        }
    }
    Ok(found)
}

/// The beliefs asked for, or the first.
fn beliefs(experiment: &Experiment, wanted: &Wanted) -> anyhow::Result<u32> {
    let Some(typed) = &wanted.beliefs else { return Ok(0) };
    let names: Vec<&str> = (0..experiment.beliefs()).map(|of| experiment.believed(of)).collect();
    if names.iter().all(|name| name.is_empty()) {
        bail!("the results are under nobody's beliefs\nhelp: leave --beliefs out");
    }
    Ok(one_of(&names, typed, "beliefs")? as u32)
}

/// The draw asked for, if there is one.
fn draw(experiment: &Experiment, folder: &Folder, wanted: u64) -> anyhow::Result<u32> {
    let there = experiment.draws();
    match u32::try_from(wanted) {
        Ok(draw) if draw < there => Ok(draw),
        _ if experiment.uncertainty.is_none() => bail!(
            "{} has no draw {wanted}\nhelp: no parameters were drawn: leave --draw out",
            folder.path.display()
        ),
        _ => bail!(
            "{} has no draw {wanted}\nhelp: it has {there}, draws 0 to {}",
            folder.path.display(),
            there - 1
        ),
    }
}

/// The replicate, if the folder has its cell; `first` is that of the first.
fn replicate(folder: &Folder, first: CellId, wanted: u64) -> anyhow::Result<u32> {
    let ran = |replicate: u32| cells::path(&folder.path, CellId { replicate, ..first }).exists();
    match u32::try_from(wanted) {
        Ok(replicate) if ran(replicate) => Ok(replicate),
        _ => {
            let all = (0..u32::MAX).take_while(|replicate| ran(*replicate)).count();
            let there = match all {
                0 => "it has none".to_owned(),
                1 => "it has one, replicate 0".to_owned(),
                n => format!("it has {n}, replicates 0 to {}", n - 1),
            };
            Err(anyhow!("{} has no replicate {wanted}\nhelp: {there}", folder.path.display()))
        }
    }
}

/// What to say where nobody has the key.
fn nobody_there(experiment: &Experiment, asked: &Asked, nobody: &Nobody) -> anyhow::Error {
    let place = &experiment.places[asked.place].id;
    let there = format!("replicate {} of {place}", asked.replicate);
    let some: Vec<String> = nobody.some.iter().map(|key| shown_key(*key)).collect();
    match asked.citizen {
        None => anyhow!("there is nobody to tell of in {there}"),
        Some(key) => anyhow!(
            "nobody in {there} is {}\nhelp: these are, among others: {}; without --citizen it is the \
             person in whose life the regimes differ most",
            shown_key(key),
            listed(some.iter().map(String::as_str), "and"),
        ),
    }
}
