//! Runs in shards: `run --shard`, `merge` and `status`.

use super::answers::Answer;
use super::{DONE, FAULT, Parts, RunArgs, faults};
use crate::cell::CellId;
use crate::experiment::Experiment;
use crate::run::merge::merge;
use crate::run::status::{Looked, State, Status, look};
use crate::run::{self, Settings};
use crate::scheduler;
use crate::shard::{Asked, Shard};
use crate::store::Wanted;
use crate::store::typed::quoted;
use crate::terminal::say;
use clap::Args;
use serde_json::json;
use std::fmt::Write;
use std::path::PathBuf;

/// Join shards to the results of the run that they are parts of
///
/// Every file is then, byte for byte, that of the same run in one, save `manifest.json`,
/// which says how each shard ran, and the crate that holds its checksum. Shards that do not
/// make one run are refused, with every reason: another experiment, seed or code, another
/// number of shards, cells that are missing, damaged or not the same in two copies. The
/// same shard twice is fine where the bytes are the same.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  commissim merge results/mine.shards --out results/mine
      all shards that lie in a folder
  commissim merge s1 s2 s3 s4 --out results/mine
      shards by name
  commissim merge results/mine.shards --out results/mine --resume
      goes on with a merge that was stopped; with results that are whole already it does nothing")]
pub struct MergeArgs {
    /// Folders of shards, or folders that they lie in
    #[arg(value_name = "DIR", required = true)]
    pub shards: Vec<PathBuf>,
    /// Folder for the results; results/ and the experiment's name when not given
    #[arg(long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
    /// Replace the results that are in that folder
    #[arg(long, conflicts_with = "resume")]
    pub overwrite: bool,
    /// Go on with a merge that was stopped, or start if there is none
    #[arg(long)]
    pub resume: bool,
    /// Leave the page and the figures out: `report` makes them later
    #[arg(long)]
    pub no_briefing: bool,
    /// On how many threads
    #[command(flatten)]
    pub threads: super::ThreadsArgs,
    /// Print nothing
    #[arg(long, short)]
    pub quiet: bool,
    /// Print the table as JSON
    #[arg(long)]
    pub json: bool,
}

/// Say which cells of a run are missing or damaged, and print the commands that run just those
///
/// Reads finished and unfinished runs, shards, and complete results. Each command is the one
/// that was typed, for one shard or run, with --resume: cells that are there and whole are
/// not run again. Exits with 0 when nothing is missing, and with 1 when something is.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  commissim status results/mine.shards
      every shard that lies in a folder, and those that do not lie there yet
  commissim status results/mine
      a run, finished or not
  sbatch --array=$(commissim status results/mine.shards --indices) my-shard.sh
      submits again the shards that are wanting
  commissim status results/mine.shards --json
      for a program")]
pub struct StatusArgs {
    /// Folders of runs or shards, or folders that they lie in
    #[arg(value_name = "DIR", required = true)]
    pub folders: Vec<PathBuf>,
    /// How many shards there are to be, where it may be that none was begun
    #[arg(long, value_name = "N", value_parser = super::whole::<1>, allow_negative_numbers = true)]
    pub of: Option<u64>,
    /// Print only the numbers of the shards that are wanting, such as 2,5-7: what a
    /// scheduler's array is asked for by
    #[arg(long, conflicts_with = "json")]
    pub indices: bool,
    /// Print it as JSON
    #[arg(long)]
    pub json: bool,
}

/// Runs one shard of an experiment and says where it is.
pub(super) fn run(
    args: &RunArgs,
    asked: Asked,
    experiment: &Experiment,
    settings: &Settings,
    parts: &Parts,
) -> Result<String, String> {
    let shard = scheduler::shard(asked, &scheduler::environment);
    let shard = shard.map_err(|said| format!("error: {said}"))?;
    let simulate = |unit: &[CellId]| (parts.simulate)(experiment, unit);
    let done = run::shard::run(experiment, shard, &simulate, settings);
    let done = done.map_err(|error| faults::told(&error))?;
    let folder = done.folder.display().to_string();
    if done.was_there {
        say(&format!("{folder} is whole already: there is nothing to go on with"));
    }
    if args.json {
        let value = json!({ "shard": shard.to_string(), "cells": done.cells, "folder": folder });
        return Ok(format!("{value:#}\n"));
    }
    if args.quiet || done.was_there {
        return Ok(String::new());
    }
    let cells = counted(done.cells, "cell");
    Ok(format!(
        "Shard {shard}: {cells}, in {folder}\nWhen all {} are there, `commissim merge` joins them; `commissim status` says which are not\n",
        shard.of
    ))
}

fn counted(number: usize, what: &str) -> String {
    let s = if number == 1 { "" } else { "s" };
    format!("{number} {what}{s}")
}

/// Joins the shards and says how the regimes compare.
pub fn merged(args: &MergeArgs, command: Vec<String>) -> Answer {
    let settings = Settings {
        wanted: Wanted {
            out: args.out.clone(),
            overwrite: args.overwrite,
            resume: args.resume,
            extend: false,
        },
        threads: args.threads.asked(),
        quiet: args.quiet,
        command,
        briefing: !args.no_briefing,
    };
    match merge(&args.shards, &settings) {
        Ok(done) => (super::told(&done, args.json, args.quiet, false), DONE),
        Err(error) => {
            say(&faults::told(&error));
            (String::new(), FAULT)
        }
    }
}

/// Says what is there and what is not.
pub fn said(args: &StatusArgs) -> Answer {
    let of = args.of.map(|of| Shard::new(1, of).map(|first| first.of)).transpose();
    let status = of.map_err(|said| anyhow::anyhow!(said)).and_then(|of| look(&args.folders, of));
    let status = match status {
        Ok(status) => status,
        Err(error) => {
            say(&faults::told(&error));
            return (String::new(), FAULT);
        }
    };
    let code = if status.is_complete() { DONE } else { FAULT };
    let text = match (args.json, args.indices) {
        (true, _) => format!("{:#}\n", status.as_json()),
        (_, true) => match status.indices() {
            none if none.is_empty() => none,
            some => some + "\n",
        },
        _ => as_text(&status, args),
    };
    (text, code)
}

/// Files of one shard or run that are named.
const NAMED: usize = 5;

fn as_text(status: &Status, args: &StatusArgs) -> String {
    let mut text = String::new();
    let (whole, wanting): (Vec<&Looked>, Vec<&Looked>) =
        status.looked.iter().partition(|looked| looked.state == State::Complete);
    let shards = status.looked.iter().filter(|looked| looked.shard.is_some()).count();
    if shards > 0 {
        let complete = whole.iter().filter(|looked| looked.shard.is_some()).count();
        let of_shards = status.looked.iter().filter(|looked| looked.shard.is_some());
        let (cells, there) =
            of_shards.fold((0, 0), |(cells, there), l| (cells + l.cells, there + l.there()));
        let _ = writeln!(
            text,
            "{}: {complete} complete; {there} of {} there",
            counted(shards, "shard"),
            counted(cells, "cell")
        );
    }
    for looked in whole.iter().filter(|looked| looked.shard.is_none()) {
        let _ = writeln!(
            text,
            "{}: complete, {}",
            looked.folder.display(),
            counted(looked.cells, "cell")
        );
    }
    for looked in &wanting {
        let which = looked.shard.map_or(String::new(), |shard| format!("  shard {shard}, "));
        let state = looked.state.word();
        let _ = writeln!(
            text,
            "{which}{}: {state}; {} of {} there",
            looked.folder.display(),
            looked.there(),
            counted(looked.cells, "cell")
        );
        if looked.state == State::Absent {
            continue;
        }
        let missing = looked.missing.iter().map(|path| format!("{path} is missing"));
        let damaged = looked.damaged.iter().map(|(path, how)| {
            match how.starts_with("is ") || how.starts_with("was ") {
                true => format!("{path} {how}"),
                false => format!("{path}: {how}"),
            }
        });
        let all: Vec<String> = damaged.chain(missing).collect();
        for fault in all.iter().take(NAMED) {
            let _ = writeln!(text, "    {fault}");
        }
        if all.len() > NAMED {
            let _ = writeln!(text, "    and {} more", all.len() - NAMED);
        }
    }
    let commands: Vec<&str> =
        wanting.iter().filter_map(|looked| looked.command.as_deref()).collect();
    if !commands.is_empty() {
        text.push_str("\nWhat is missing or damaged, and nothing else, is run by:\n");
        for command in &commands {
            let _ = writeln!(text, "  {command}");
        }
    }
    let unknown = wanting.len() - commands.len();
    if unknown > 0 && !commands.is_empty() {
        text.push_str("and the others by the commands that they were begun with, and --resume\n");
    } else if unknown > 0 {
        text.push_str(
            "\nWhat is missing or damaged is run by the command it was begun with, and --resume\n",
        );
    }
    let indices = status.indices();
    if !indices.is_empty() && shards > 1 {
        let _ = writeln!(text, "\nShards wanting, for a scheduler's array: {indices}");
    }
    if wanting.is_empty() && shards == status.looked.len() {
        let folders: Vec<String> =
            args.folders.iter().map(|path| quoted(&path.to_string_lossy())).collect();
        let _ = writeln!(
            text,
            "\nThey are joined by: commissim merge {} --out FOLDER",
            folders.join(" ")
        );
    }
    text
}
