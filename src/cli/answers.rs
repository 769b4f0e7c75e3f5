//! Commands that answer without simulating: `check`, `list`, `explain`, `assumptions` and
//! `init`.

use super::{DONE, FAULT, USAGE, faults};
use crate::assumptions::{self, effects};
use crate::explain;
use crate::files;
use crate::parameters::PARAMETERS;
use crate::problem::{Problem, Problems};
use crate::terminal::say;
use clap::Args;
use std::fs::{self, OpenOptions};
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Read files and say everything that is wrong with them
///
/// Experiments, regimes and places are told apart by what is in them; what they refer to
/// is read too. Exits with 0 when a run may go ahead and with 1 when not.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  commissim check mine.toml
      an experiment, with the regimes and places it names
  commissim check regimes/*.toml
      every regime of a folder
  commissim check four-regimes
      a file that is built in")]
pub struct CheckArgs {
    /// Paths of TOML files, or names of files built in
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<String>,
}

/// List what there is of one kind, a line each
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  commissim list regimes
      what can be compared
  commissim list places
      the councils
  commissim list parameters --json
      every number of the model, for a program")]
pub struct ListArgs {
    /// One of levers, parameters, metrics, regimes, places, mechanisms, structures,
    /// experiments, stresses
    #[arg(value_name = "WHAT")]
    pub what: String,
    /// Print it as JSON
    #[arg(long)]
    pub json: bool,
}

/// Say what a name means, with its unit, range and source
///
/// The name is that of a lever, parameter, metric, regime, place, mechanism, causal link
/// or experiment.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  commissim explain catalysts
      a lever, and what it costs to move it
  commissim explain default_effect
      a parameter, and the studies it rests on
  commissim explain tendering+isf-default
      two regimes, one laid over the other")]
pub struct ExplainArgs {
    /// What to explain; of a metric the last part of its id is enough
    #[arg(value_name = "NAME")]
    pub name: String,
}

/// Write the log of assumptions: a row for each parameter, as CSV
///
/// What it is, its range, what it rests on and how far that can be relied on, and how each
/// headline difference moves as it goes from the low to the high end of its range. What the
/// headlines rest on is in docs/assumptions.md.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  commissim assumptions --out assumptions.csv
      the whole log, for a spreadsheet
  commissim assumptions
      the same, printed")]
pub struct AssumptionsArgs {
    /// The file to write; printed when not given. A file that is there already is left as it is
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// Write a commented experiment to start from
///
/// A file that is there already is left as it is.
#[derive(Args, Debug)]
#[command(after_help = "Example:
  commissim init mine.toml
      then edit it, `commissim check mine.toml`, and `commissim run mine.toml`")]
pub struct InitArgs {
    /// The file to write
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

/// Text for standard output, and the exit code.
pub type Answer = (String, u8);

pub(super) fn refusal(problems: &Problems, code: u8) -> Answer {
    let styled = io::stderr().is_terminal();
    let text = match problems.list() {
        // One thing that stands in no file needs no count below it.
        [only] if only.spot.is_none() => only.render(styled),
        _ => problems.render(styled),
    };
    say(text.trim_end());
    (String::new(), code)
}

/// Reads the files; problems and warnings are said, and what is fine is printed.
pub fn check(args: &CheckArgs) -> Answer {
    let checked = files::check(&args.files);
    if !checked.passed() {
        return refusal(&checked.problems, FAULT);
    }
    let wrong = if checked.problems.is_empty() {
        "nothing wrong"
    } else {
        refusal(&checked.problems, DONE);
        "nothing that stops a run"
    };
    let line = |(path, thing): &(String, files::Thing)| {
        if checked.empty.contains(path) {
            return format!(
                "{path}: empty, so it is taken for a regime that changes nothing; {wrong}\n"
            );
        }
        format!("{path}: {}; {wrong}\n", thing.a())
    };
    let lines = checked.files.iter().map(line);
    (lines.collect(), DONE)
}

/// The list that was asked for.
pub fn list(args: &ListArgs) -> Answer {
    match explain::list(&args.what, args.json) {
        Ok(text) => (text, DONE),
        Err(problems) => refusal(&problems, USAGE),
    }
}

/// The page that was asked for.
pub fn explain(args: &ExplainArgs) -> Answer {
    match explain::explain(&args.name) {
        Some(page) => (page, DONE),
        None => refusal(&explain::unknown(&args.name), FAULT),
    }
}

/// Writes the experiment to start from, and says what to do with it.
pub fn init(args: &InitArgs) -> Answer {
    let shown = args.file.display();
    match write_new(&args.file, files::init_text().as_bytes()) {
        Ok(()) => {
            // A bare name would be taken for the name of something built in.
            let bare = args.file.extension().is_none_or(|end| end != "toml")
                && args.file.parent().is_some_and(|folder| folder.as_os_str().is_empty());
            let path = if bare { format!("./{shown}") } else { shown.to_string() };
            let next = format!(
                "{shown} is an experiment to start from: edit it, then\n  commissim check {path}\n  commissim run {path}\n"
            );
            (next, DONE)
        }
        Err(error) => not_written(&args.file, &error),
    }
}

/// Says why a file was not written.
fn not_written(path: &Path, error: &io::Error) -> Answer {
    let shown = path.display();
    if error.kind() == io::ErrorKind::AlreadyExists {
        let problem = Problem::error(format!("`{shown}` is there already"));
        let help = "name a file that is not there yet; nothing was written";
        return refusal(&problem.help(help).into(), FAULT);
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let title = match folder.filter(|folder| !folder.is_dir()) {
        Some(folder) if folder.exists() => format!("`{}` is no folder", folder.display()),
        Some(folder) => format!("there is no folder `{}`", folder.display()),
        None => format!("cannot write `{shown}`: {error}"),
    };
    let problem = match faults::help_to_write(path, error) {
        Some(help) => Problem::error(title).help(help),
        None => Problem::error(title),
    };
    refusal(&problem.into(), FAULT)
}

/// The log of assumptions, printed or written.
pub fn assumptions(args: &AssumptionsArgs) -> Answer {
    let effects = effects::shipped();
    let text = match assumptions::csv(effects).map(String::from_utf8) {
        Ok(Ok(text)) => text,
        // Neither happens: it is written to memory, from text.
        Ok(Err(error)) => return refusal(&Problem::error(error.to_string()).into(), FAULT),
        Err(error) => return refusal(&Problem::error(error.to_string()).into(), FAULT),
    };
    if effects.is_empty() {
        say("note: what moving a parameter does has not been measured for this version");
    }
    let Some(path) = &args.out else { return (text, DONE) };
    match write_new(path, text.as_bytes()) {
        Ok(()) => (format!("{}: {} parameters\n", path.display(), PARAMETERS.len()), DONE),
        Err(error) => not_written(path, &error),
    }
}

/// Writes a file that is not there yet, whole or not at all.
pub fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if path.symlink_metadata().is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_string_lossy();
    let beside = path.with_file_name(format!(".{name}.{}.unfinished", std::process::id()));
    let written = (|| {
        let mut file = OpenOptions::new().write(true).create_new(true).open(&beside)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        // A link never replaces what came to be there meanwhile; a disk without
        // links is renamed on instead.
        match fs::hard_link(&beside, path) {
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => Err(e),
            Err(_) if path.symlink_metadata().is_err() => fs::rename(&beside, path),
            linked => linked,
        }
    })();
    // Gone already where it was renamed.
    let _ = fs::remove_file(&beside);
    written
}
