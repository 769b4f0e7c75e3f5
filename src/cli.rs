//! What people type, and what they are told.

mod answers;
mod attribute;
mod believe;
mod faults;
mod fitting;
mod results;
mod sensitivity;
mod shards;
mod trace;

use crate::cell::{Cell, CellId};
use crate::experiment::Experiment;
use crate::files::{self, Overrides};
use crate::run::{self, Done, Settings};
use crate::shard::Asked;
use crate::store::Wanted;
use crate::terminal::{self, say};
use clap::error::ErrorKind;
use clap::{Args, Parser, Subcommand};
use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

/// Exit codes.
const DONE: u8 = 0;
const FAULT: u8 = 1;
const USAGE: u8 = 2;

/// Columns of a page of help where the terminal does not say.
const PAGE_WIDTH: usize = 100;

/// Simulates regimes for commissioning adult social care, and says how they differ
/// in choice, cost and community resilience, and how sure anyone can be of it.
#[derive(Debug, Parser)]
#[command(name = "commissim", bin_name = "commissim", version, arg_required_else_help = true)]
#[command(after_help = "Start with:
  commissim run              the default experiment, into results/
  commissim list regimes     what can be compared
  commissim init mine.toml   an experiment of your own")]
struct Typed {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Run(RunArgs),
    Check(answers::CheckArgs),
    List(answers::ListArgs),
    Explain(answers::ExplainArgs),
    Assumptions(answers::AssumptionsArgs),
    Init(answers::InitArgs),
    Report(results::ReportArgs),
    Trace(trace::TraceArgs),
    Verify(results::VerifyArgs),
    Merge(shards::MergeArgs),
    Status(shards::StatusArgs),
    Calibrate(fitting::CalibrateArgs),
    Validate(fitting::ValidateArgs),
    Believe(believe::BelieveArgs),
    Attribute(attribute::AttributeArgs),
    Sensitivity(sensitivity::SensitivityArgs),
}

/// Run an experiment and print how the regimes compare
///
/// Every regime meets the same people with the same luck, and is compared with the
/// comparator.
#[derive(Args, Debug, Default)]
#[command(after_help = "Examples:
  commissim run
      the default experiment, into results/four-regimes
  commissim run --place somerset --replicates 200
      the same in another council, with more replicates
  commissim run mine.toml --regimes tendering,isf-default --out results/mine
      an experiment of your own, with two regimes, into a folder of that name
  commissim run --precision 2%
      as many replicates as it takes to know every headline difference that well
  commissim run --draws 64 --beliefs agnostic,believer,sceptic
      over what is not known of parameters, whoever is asked
  commissim run mine.toml --set self_funder_share=0.3
      with one parameter at another value
  commissim run mine.toml --resume
      goes on with a run that was stopped
  commissim run mine.toml --replicates 200 --extend
      adds replicates to a run that is finished, until there are 200
  commissim run mine.toml --shard 3/8
      an eighth of its cells, into results/mine.shards/3-of-8, for `commissim merge`
  commissim run mine.toml --shard auto --out work/{shard} --resume
      the shard of a scheduler's task; docs/cluster.md has scripts for clusters")]
pub struct RunArgs {
    /// An experiment's name, or a TOML file
    #[arg(value_name = "EXPERIMENT", default_value = "four-regimes")]
    pub experiment: String,
    /// Place or places instead of the experiment's: names or files, or a set of
    /// them such as england, scotland or dozen
    #[arg(long, value_name = "PLACE", value_delimiter = ',')]
    pub place: Vec<String>,
    /// Regimes instead of the experiment's: names, files, or overlays such as a+b
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    pub regimes: Vec<String>,
    /// Years after the fork, when the regimes part
    #[arg(long, value_name = "N", value_parser = whole::<0>, allow_negative_numbers = true)]
    pub years: Option<u64>,
    /// How often luck is drawn again; from 20 up, verdicts are passed. With --draws, of
    /// each draw
    #[arg(long, value_name = "N", value_parser = whole::<0>, allow_negative_numbers = true)]
    pub replicates: Option<u64>,
    /// Run replicates until headline differences are known this well, such as 2%:
    /// 95% half-width over the comparator's level for money, hours and counts
    #[arg(long, value_name = "SHARE", conflicts_with = "replicates")]
    pub precision: Option<String>,
    /// Draw parameters from the ledger's ranges so many times, in place of one value each
    #[arg(long, value_name = "N", value_parser = whole::<0>, allow_negative_numbers = true)]
    pub draws: Option<u64>,
    /// How draws are spread: sobol or latin-hypercube
    #[arg(long, value_name = "DESIGN")]
    pub design: Option<String>,
    /// A set of drawn values in place of a design: a name, or a CSV file
    #[arg(long, value_name = "FILE", conflicts_with = "design")]
    pub from: Option<String>,
    /// Whose ranges claims and objections are drawn from: agnostic, believer, sceptic
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    pub beliefs: Vec<String>,
    /// Decides all luck: the same seed gives the same numbers
    #[arg(long, value_name = "N", value_parser = whole::<0>, allow_negative_numbers = true)]
    pub seed: Option<u64>,
    /// A parameter's value instead of the experiment's; may be given again
    #[arg(long = "set", value_name = "PARAMETER=VALUE", value_parser = setting)]
    pub set: Vec<(String, String)>,
    /// On how many threads
    #[command(flatten)]
    pub threads: ThreadsArgs,
    /// Run only the cells of shard I of N, from 1, and make no tables: `merge` joins shards.
    /// With auto it is that of a scheduler's task: of an array of Slurm, PBS, SGE, LSF or AWS
    /// Batch, or of an indexed Job of Kubernetes; auto/N where that does not say how many
    #[arg(long, value_name = "I/N", allow_hyphen_values = true)]
    pub shard: Option<Asked>,
    /// Folder for the results; results/ and the experiment's name when not given. With
    /// --shard, {shard} in it stands for its name, such as 3-of-8
    #[arg(long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
    /// Replace the results that are in that folder
    #[arg(long, conflicts_with = "resume")]
    pub overwrite: bool,
    /// Go on with a run that was stopped, or start if there is none
    #[arg(long)]
    pub resume: bool,
    /// Add to a run that is finished until there are as many replicates, or draws of a Sobol
    /// sequence or a set, as are asked for: the bytes are those of asking for all at once
    #[arg(long, conflicts_with = "overwrite")]
    pub extend: bool,
    /// Leave the page and the figures out: `report` makes them later
    #[arg(long)]
    pub no_briefing: bool,
    /// Print neither progress nor the table
    #[arg(long, short)]
    pub quiet: bool,
    /// Print the table as JSON
    #[arg(long)]
    pub json: bool,
    /// Whether the comparator may be among the regimes without a warning
    #[arg(skip)]
    pub comparator_too: bool,
}

fn setting(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() && !value.trim().is_empty() => {
            Ok((name.trim().to_owned(), value.trim().to_owned()))
        }
        _ => Err("write it as parameter=value, such as self_funder_share=0.3".to_owned()),
    }
}

/// A whole number that is at least `LEAST`.
fn whole<const LEAST: u64>(text: &str) -> Result<u64, String> {
    match text.trim().parse() {
        Ok(number) if number >= LEAST => Ok(number),
        _ => Err(format!("it must be a whole number, {LEAST} or more")),
    }
}

/// Most threads that may be asked for.
const MOST_THREADS: u64 = 1024;

fn threads(text: &str) -> Result<u16, String> {
    let number = whole::<1>(text).ok().filter(|number| *number <= MOST_THREADS);
    let number = number.and_then(|number| u16::try_from(number).ok());
    number.ok_or_else(|| format!("it must be a whole number from 1 to {MOST_THREADS}"))
}

/// On how many threads it runs
#[derive(Args, Clone, Copy, Debug, Default)]
pub struct ThreadsArgs {
    /// Threads; as many as a scheduler has granted, or the machine has, when not given.
    /// Changes no number
    #[arg(long, value_name = "N", value_parser = threads, allow_negative_numbers = true)]
    threads: Option<u16>,
}

impl ThreadsArgs {
    /// How many; none for as many as there are.
    pub fn asked(self) -> Option<usize> {
        self.threads.map(usize::from)
    }
}

/// What commands need from the rest of the library.
pub struct Parts<'a> {
    /// Makes the experiment from what was typed, or says in full what is wrong.
    pub read: &'a dyn Fn(&RunArgs) -> Result<Experiment, String>,
    /// The model.
    pub simulate: &'a (dyn Fn(&Experiment, &[CellId]) -> Vec<Cell> + Sync),
}

/// Reads the experiment that was typed; warnings are said, and do not stop it.
pub fn read(args: &RunArgs) -> Result<Experiment, String> {
    let overrides = Overrides {
        places: args.place.clone(),
        regimes: args.regimes.clone(),
        years: args.years,
        replicates: args.replicates,
        precision: args.precision.clone(),
        seed: args.seed,
        draws: args.draws,
        design: args.design.clone(),
        from: args.from.clone(),
        sets_yield: false,
        comparator_too: args.comparator_too,
        beliefs: args.beliefs.clone(),
        set: args.set.clone(),
    };
    let styled = std::io::stderr().is_terminal();
    match files::experiment(&args.experiment, &overrides) {
        Ok((experiment, warnings)) => {
            for warning in warnings {
                say(&warning.render(styled));
            }
            Ok(experiment)
        }
        Err(problems) => Err(problems.render(styled)),
    }
}

/// Does what was typed, prints to `out`, and gives the exit code: 0 done, 1 the
/// user's file or the world is at fault, 2 usage.
pub fn start(typed: impl IntoIterator<Item = OsString>, parts: &Parts, out: &mut dyn Write) -> u8 {
    let typed: Vec<OsString> = typed.into_iter().collect();
    let Typed { command } = match Typed::try_parse_from(&typed) {
        Ok(typed) => typed,
        Err(said) if said.kind() == ErrorKind::InvalidUtf8 => {
            let is_odd = |word: &&OsString| word.to_str().is_none();
            let word = typed.iter().find(is_odd).map(|word| word.to_string_lossy());
            say(&format!(
                "error: `{}` is not written in UTF-8, and files that are read must be called so\n\
                 help: give the file another name; folders for results may have any",
                word.unwrap_or_default()
            ));
            return USAGE;
        }
        Err(said) => {
            // Also how clap gives out help and the version; a closed pipe is no fault.
            let _ = said.print();
            return if said.use_stderr() { USAGE } else { DONE };
        }
    };
    let command_line = typed.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    let (text, code) = match command {
        Command::Run(args) => {
            return match run(&args, command_line, parts, out) {
                Ok(()) => DONE,
                Err(said) => fault(&said),
            };
        }
        Command::Check(args) => answers::check(&args),
        Command::List(args) => answers::list(&args),
        Command::Explain(args) => answers::explain(&args),
        Command::Assumptions(args) => answers::assumptions(&args),
        Command::Init(args) => answers::init(&args),
        Command::Report(args) => results::reported(&args),
        Command::Trace(args) => trace::traced(&args),
        Command::Verify(args) => results::verified(&args, parts),
        Command::Merge(args) => shards::merged(&args, command_line),
        Command::Status(args) => shards::said(&args),
        Command::Calibrate(args) => fitting::calibrated(&args),
        Command::Validate(args) => fitting::validated(&args),
        Command::Believe(args) => believe::believed(&args),
        Command::Attribute(args) => attribute::attributed(&args, parts),
        Command::Sensitivity(args) => sensitivity::found(&args, parts),
    };
    match print(&text, out) {
        Ok(()) => code,
        Err(e) => fault(&format!("error: cannot print: {e}")),
    }
}

fn fault(said: &str) -> u8 {
    say(said.trim_end());
    FAULT
}

/// Prints; whoever stops reading has read enough.
fn print(text: &str, out: &mut dyn Write) -> io::Result<()> {
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        printed => printed,
    }
}

/// The help of the program and of each command, as it is printed: what is typed, and
/// the page.
pub fn help() -> Vec<(String, String)> {
    use clap::CommandFactory;
    let whole = || Typed::command().term_width(PAGE_WIDTH);
    let commands = whole();
    let names = commands.get_subcommands().map(clap::Command::get_name);
    let typed = std::iter::once("commissim".to_owned())
        .chain(names.map(|name| format!("commissim {name}")));
    let page = |typed: String| {
        let asked = whole().try_get_matches_from(typed.split(' ').chain(["--help"]));
        // Help comes as what stopped the reading of the command.
        let page = asked.err().map(|page| page.render().to_string());
        (typed, page.unwrap_or_default())
    };
    typed.map(page).collect()
}

fn run(
    args: &RunArgs,
    command: Vec<String>,
    parts: &Parts,
    out: &mut dyn Write,
) -> Result<(), String> {
    let fault = |error: anyhow::Error| faults::told(&error);
    let experiment = (parts.read)(args)?;
    let settings = Settings {
        wanted: Wanted {
            out: args.out.clone(),
            overwrite: args.overwrite,
            resume: args.resume,
            extend: args.extend,
        },
        threads: args.threads.asked(),
        quiet: args.quiet,
        command,
        briefing: !args.no_briefing,
    };
    if let Some(asked) = args.shard {
        let text = shards::run(args, asked, &experiment, &settings, parts)?;
        return print(&text, out).map_err(|e| format!("error: cannot print: {e}"));
    }
    let simulate = |unit: &[CellId]| (parts.simulate)(&experiment, unit);
    let done = run::run(&experiment, &simulate, &settings).map_err(fault)?;
    let (mut results, mut tries_levers) = (String::new(), false);
    if let Done::Ran(ran) = &done {
        tries_levers = !args.quiet;
        if args.json || !args.quiet {
            results = format!("; the results are in {}", ran.folder.display());
        }
    }
    let text = told(&done, args.json, args.quiet, args.extend);
    print(&text, out).map_err(|e| format!("error: cannot print the table: {e}{results}"))?;
    if tries_levers {
        let told = run::idle::told(&experiment, settings.threads).map_err(fault)?;
        told.iter().for_each(|line| say(line));
    }
    Ok(())
}

/// What is printed of what was done.
fn told(done: &Done, json: bool, quiet: bool, extends: bool) -> String {
    match done {
        Done::Ran(ran) if json => {
            let value = terminal::json::value(&ran.experiment, &ran.findings, &ran.folder);
            format!("{value:#}\n")
        }
        Done::Ran(_) if quiet => String::new(),
        Done::Ran(ran) => {
            let page = ran.folder.join(run::briefing::PAGE);
            let told = match page.exists() {
                true => format!("The briefing is {}: open it in a browser\n", page.display()),
                false => String::new(),
            };
            terminal::table(&ran.experiment, &ran.findings, &ran.folder) + &told
        }
        Done::AlreadyComplete(folder) => {
            let folder = folder.display();
            say(&match extends {
                true => format!(
                    "{folder} is complete already, with as many as are asked for: --replicates and --draws say how many there are to be in all"
                ),
                false => {
                    format!("{folder} is complete already: there is nothing to go on with")
                }
            });
            String::new()
        }
    }
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
