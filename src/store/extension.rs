//! More replicates or draws for a run that is finished.
//!
//! A cell is a function of the experiment and its number, and neither more replicates nor
//! more draws of a sequence change what is in one: those that are there stay, and the run
//! that is made of them and the new ones is that of asking for all at once.

use super::{MANIFEST, folder, resolved};
use crate::designs::Design;
use crate::experiment::{Experiment, Precision};
use crate::metrics;
use crate::uncertainty::{Block, Uncertainty};
use anyhow::{Context, bail};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// The run that another adds to.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Earlier {
    /// Replicates of each draw that it had.
    pub replicates: u32,
    /// How it ran, as its manifest says.
    pub how: Value,
    /// Its cells, by their paths.
    #[serde(skip)]
    pub cells: Vec<String>,
}

/// The run in a results folder, if the experiment is the same with more replicates or draws.
///
/// # Errors
///
/// When there is none, when it is not what its run left, when anything else differs, or when
/// what is asked for cannot be had by adding to it.
pub fn earlier(path: &Path, experiment: &Experiment) -> anyhow::Result<Earlier> {
    let shown = path.display();
    if !path.exists() {
        bail!("there are no results in {shown} to add to\nhelp: leave --extend out to run it");
    }
    let folder = folder::open(path)?;
    let differ = folder.differences()?;
    let matters = |path: &str| folder.is_input(path) || path.starts_with("cells/");
    if let Some(wrong) = folder.wrong(&differ, matters) {
        bail!(
            "{shown} is not extended, since {wrong}\nhelp: `commissim verify {shown}` says everything that is wrong"
        );
    }
    let cells = folder.outputs().filter(|path| path.starts_with("cells/"));
    let cells: Vec<String> = cells.map(str::to_owned).collect();
    let written = path.join("experiment.toml");
    let written = fs::read_to_string(&written)
        .ok()
        .and_then(|text| text.parse::<toml::Table>().ok())
        .with_context(|| format!("cannot read {}", written.display()))?;
    let replicates = replicates(&cells);
    let before = before(experiment, &written, replicates, path)?;
    if let Some(how) = super::difference(path, &resolved::files(&before)?)? {
        bail!(
            "{shown} cannot be extended to this run: {how}\nhelp: --extend adds replicates or draws to the same experiment, run by the same code; run this one into a folder of its own with --out"
        );
    }
    if experiment.precision.is_none() && experiment.replicates < replicates {
        bail!(fewer(path, "replicates", replicates, experiment.replicates));
    }
    let manifest: Value = serde_json::from_slice(&fs::read(path.join(MANIFEST))?)?;
    Ok(Earlier { replicates, how: manifest["how"].clone(), cells })
}

/// What to say where fewer are asked for than there are.
pub(super) fn fewer(path: &Path, what: &str, there: u32, asked: u32) -> String {
    let option = if what == "draws" { "--draws" } else { "--replicates" };
    format!(
        "{} has {there} {what} already, and {asked} are asked for\nhelp: {option} says how many there are to be in all, the {there} among them",
        path.display()
    )
}

/// How many replicates there are, by the names of cells.
fn replicates(cells: &[String]) -> u32 {
    let number = |path: &String| path.strip_suffix(".cell")?.rsplit('-').next()?.parse().ok();
    cells.iter().filter_map(number).max().map_or(0, |last: u32| last + 1)
}

/// The experiment with as many replicates and draws as the one that was written.
fn before(
    experiment: &Experiment,
    written: &toml::Table,
    replicates: u32,
    path: &Path,
) -> anyhow::Result<Experiment> {
    let mut before = Experiment { replicates, ..experiment.clone() };
    before.precision = precision(written);
    let table = written.get("uncertainty").and_then(toml::Value::as_table);
    if let (Some(now), Some(then)) = (&experiment.uncertainty, table) {
        let whole = |key: &str| then.get(key).and_then(toml::Value::as_integer);
        let draws = whole("draws").and_then(|n| u32::try_from(n).ok()).unwrap_or(now.draws);
        if now.draws < draws {
            bail!(fewer(path, "draws", draws, now.draws));
        }
        let design = then.get("design").and_then(toml::Value::as_str).and_then(Design::find);
        if now.draws > draws && design == now.design && design == Some(Design::LatinHypercube) {
            bail!(
                "{} has {draws} draws of a Latin hypercube, to which none can be added: each lies in one of {draws} equal parts of its range, and with {} of them every draw would be another\nhelp: add replicates with --replicates, or run it into a folder of its own with --design sobol, whose draws stay the same however many there are",
                path.display(),
                now.draws
            );
        }
        let first = |block: &Block| {
            let rows = block.rows.iter().take(draws as usize).cloned().collect();
            Block { rows, ..block.clone() }
        };
        let blocks = Arc::new(now.blocks.iter().map(first).collect());
        before.uncertainty = Some(Uncertainty { draws, blocks, ..now.clone() });
    }
    Ok(before)
}

/// The precision that was asked for, if one was.
fn precision(written: &toml::Table) -> Option<Precision> {
    let number = |value: &toml::Value| value.as_float().or(value.as_integer().map(|n| n as f64));
    let share = written.get("precision").and_then(number)?;
    let most = written.get("max_replicates")?.as_integer()?;
    let widths = written.get("widths").and_then(toml::Value::as_table).into_iter().flatten();
    let width = |(id, width): (&String, &toml::Value)| Some((metrics::find(id)?, number(width)?));
    let widths = widths.filter_map(width).collect();
    Some(Precision { share, most: u32::try_from(most).ok()?, widths })
}
