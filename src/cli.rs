//! What people type, and what they are told.

use crate::cell::{Cell, CellId};
use crate::experiment::Experiment;
use crate::explain;
use crate::files::{self, Overrides, Thing};
use crate::problem::Problems;
use crate::run::{self, Done, Settings};
use crate::store::Wanted;
use crate::terminal::{self, say};
use clap::{Args, Parser, Subcommand};
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Exit codes.
const DONE: u8 = 0;
const FAULT: u8 = 1;
const USAGE: u8 = 2;

/// Simulates regimes for commissioning adult social care, and says how they differ
/// in choice, cost and community resilience, and how sure anyone can be of it.
#[derive(Debug, Parser)]
#[command(name = "commissim", version, arg_required_else_help = true)]
#[command(after_help = "Start with:\n  commissim run        the default experiment, into results/")]
struct Typed {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Run(RunArgs),
    /// Read scenario, regime, place and experiment files and say everything that is
    /// wrong with them
    Check {
        /// Files, or names of what is built in
        #[arg(required = true, value_name = "FILE")]
        files: Vec<String>,
    },
    /// List what there is
    List {
        /// places, regimes, levers, parameters, metrics, experiments, mechanisms or
        /// structures
        what: String,
        /// Print it as JSON
        #[arg(long)]
        json: bool,
    },
    /// Say what a lever, parameter, metric, regime or anything else with a name is
    Explain {
        /// Its name
        name: String,
    },
    /// Write a commented experiment to start from
    Init {
        /// The file to write; one that is there is left alone
        file: PathBuf,
    },
}

/// Run an experiment: every regime on the same people and the same luck, compared
/// with the comparator.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  commissim run
      the default experiment, into results/four-regimes
  commissim run --place somerset --replicates 200
      the same in another council, with more replicates
  commissim run mine.toml --regimes tendering,isf-default --out results/mine
      an experiment of your own, with two regimes, into a folder of that name
  commissim run mine.toml --set self_funder_share=0.3
      with one parameter at another value
  commissim run mine.toml --resume
      goes on with a run that was stopped")]
pub struct RunArgs {
    /// An experiment's name, or a TOML file
    #[arg(value_name = "EXPERIMENT", default_value = "four-regimes")]
    pub experiment: String,
    /// Place or places instead of the experiment's: names or files, or england for
    /// all councils
    #[arg(long, value_name = "PLACE", value_delimiter = ',')]
    pub place: Vec<String>,
    /// Regimes instead of the experiment's: names, files, or overlays such as a+b
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    pub regimes: Vec<String>,
    /// Years after the fork, when the regimes part
    #[arg(long, value_name = "N")]
    pub years: Option<u64>,
    /// How often luck is drawn again; from 20 up, verdicts are passed
    #[arg(long, value_name = "N")]
    pub replicates: Option<u64>,
    /// Decides all luck: the same seed gives the same numbers
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// A parameter's value instead of the experiment's; may be given again
    #[arg(long = "set", value_name = "PARAMETER=VALUE", value_parser = setting)]
    pub set: Vec<(String, String)>,
    /// Threads; as many as the machine has when not given. Changes no number
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Folder for the results; results/ and the experiment's name when not given
    #[arg(long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
    /// Replace the results that are in that folder
    #[arg(long)]
    pub overwrite: bool,
    /// Go on with a run that was stopped, or start if there is none
    #[arg(long)]
    pub resume: bool,
    /// Print neither progress nor the table
    #[arg(long, short)]
    pub quiet: bool,
    /// Print the table as JSON
    #[arg(long)]
    pub json: bool,
}

fn setting(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() && !value.trim().is_empty() => {
            Ok((name.trim().to_owned(), value.trim().to_owned()))
        }
        _ => Err("write it as parameter=value, such as self_funder_share=0.3".to_owned()),
    }
}

/// What commands need from the rest of the library.
pub struct Parts<'a> {
    /// Makes the experiment from what was typed, or says in full what is wrong.
    pub read: &'a dyn Fn(&RunArgs) -> Result<Experiment, String>,
    /// The model.
    pub simulate: &'a (dyn Fn(&Experiment, CellId) -> Cell + Sync),
}

/// Does what was typed, prints to `out`, and gives the exit code: 0 done, 1 the
/// user's file or the world is at fault, 2 usage.
pub fn start(typed: impl IntoIterator<Item = OsString>, parts: &Parts, out: &mut dyn Write) -> u8 {
    let typed: Vec<OsString> = typed.into_iter().collect();
    let Typed { command } = match Typed::try_parse_from(&typed) {
        Ok(typed) => typed,
        Err(said) => {
            // Also how clap gives out help and the version; a closed pipe is no fault.
            let _ = said.print();
            return if said.use_stderr() { USAGE } else { DONE };
        }
    };
    let command_line = typed.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    let text = match command {
        Command::Run(args) => run(&args, command_line, parts),
        Command::Check { files } => check(&files),
        Command::List { what, json } => explain::list(&what, json).map_err(said),
        Command::Explain { name } => {
            explain::explain(&name).ok_or_else(|| said(explain::unknown(&name)))
        }
        Command::Init { file } => init(&file),
    };
    match text.and_then(|text| print(&text, out)) {
        Ok(()) => DONE,
        Err(said) => {
            say(said.trim_end());
            FAULT
        }
    }
}

fn said(problems: Problems) -> String {
    problems.render(true)
}

/// Prints a command's answer; that nobody reads it to its end is no fault.
fn print(text: &str, out: &mut dyn Write) -> Result<(), String> {
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(e) => Err(format!("error: cannot print to standard output: {e}")),
        Ok(()) => Ok(()),
    }
}

fn check(files: &[String]) -> Result<String, String> {
    let checked = files::check(files);
    if !checked.passed() {
        return Err(said(checked.problems));
    }
    if !checked.problems.is_empty() {
        say(said(checked.problems).trim_end());
    }
    let sound = |(path, thing): &(String, Thing)| format!("{path}: {}, nothing wrong\n", thing.a());
    Ok(checked.files.iter().map(sound).collect())
}

fn init(file: &Path) -> Result<String, String> {
    let shown = file.display();
    // Never over a file that somebody has begun to write.
    let made = File::create_new(file).and_then(|mut f| f.write_all(files::init_text().as_bytes()));
    match made {
        Ok(()) => Ok(format!("wrote {shown}; `commissim run {shown}` runs it\n")),
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {
            Err(format!("error: {shown} is there already\nhelp: give another name"))
        }
        Err(e) => Err(format!("error: cannot write {shown}: {e}")),
    }
}

/// Makes the experiment from what was typed, saying warnings on the way.
pub fn read(args: &RunArgs) -> Result<Experiment, String> {
    let overrides = Overrides {
        places: args.place.clone(),
        regimes: args.regimes.clone(),
        years: args.years,
        replicates: args.replicates,
        seed: args.seed,
        set: args.set.clone(),
    };
    let (experiment, warnings) = files::experiment(&args.experiment, &overrides).map_err(said)?;
    for warning in warnings {
        say(&warning.render(true));
    }
    Ok(experiment)
}

fn run(args: &RunArgs, command: Vec<String>, parts: &Parts) -> Result<String, String> {
    let fault = |error: anyhow::Error| format!("error: {error:#}");
    let experiment = (parts.read)(args)?;
    let settings = Settings {
        wanted: Wanted { out: args.out.clone(), overwrite: args.overwrite, resume: args.resume },
        threads: args.threads.map(usize::from),
        quiet: args.quiet,
        command,
    };
    let simulate = |id| (parts.simulate)(&experiment, id);
    let done = run::run(&experiment, &simulate, &settings).map_err(fault)?;
    Ok(match done {
        Done::Ran(folder, findings) if args.json => {
            format!("{:#}\n", terminal::json::value(&experiment, &findings, &folder))
        }
        Done::Ran(..) if args.quiet => String::new(),
        Done::Ran(folder, findings) => terminal::table(&experiment, &findings, &folder),
        Done::AlreadyComplete(folder) => {
            let folder = folder.display();
            say(&format!("{folder} is complete already: there is nothing to go on with"));
            String::new()
        }
    })
}

/// From now on a panic says that it is our bug and asks for a report; the exit code
/// is then 101.
pub fn own_up_to_panics() {
    std::panic::set_hook(Box::new(|panic| {
        say(&format!(
            "\ncommissim stopped because of a mistake in the program, not in your files.\n\
             Please report it with the command you typed, the files it read and these lines:\n  \
             commissim {} ({})\n  {}",
            env!("CARGO_PKG_VERSION"),
            env!("COMMISSIM_COMMIT"),
            panic.to_string().replace('\n', "\n  "),
        ));
    }));
}

#[cfg(test)]
mod tests;
