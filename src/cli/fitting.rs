//! Commands that hold the model against what was observed.

use super::answers::{Answer, refusal};
use super::{DONE, FAULT};
use crate::files::{self, Overrides};
use crate::problem::Problems;
use crate::run::calibrate::{Settings, calibrate};
use crate::run::{self, validate};
use crate::store::Wanted;
use crate::store::workshop::Complete;
use crate::targets::{Role, Targets};
use crate::terminal::{self, say};
use clap::Args;
use std::path::PathBuf;

/// Where the result goes, and how it is made
#[derive(Args, Debug)]
pub struct HowArgs {
    /// Folder for the result; results/, the command's and the targets' name when not given
    #[arg(long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
    /// Replace the result that is in that folder
    #[arg(long, conflicts_with = "resume")]
    pub overwrite: bool,
    /// Go on from where it was stopped, or start if there is nothing
    #[arg(long)]
    pub resume: bool,
    /// On how many threads
    #[command(flatten)]
    pub threads: super::ThreadsArgs,
    /// Print neither progress nor what was found
    #[arg(long, short)]
    pub quiet: bool,
}

impl HowArgs {
    /// As the library takes it.
    pub fn settings(&self) -> run::Settings {
        let Self { out, overwrite, resume, .. } = self;
        run::Settings {
            wanted: Wanted {
                out: out.clone(),
                overwrite: *overwrite,
                resume: *resume,
                extend: false,
            },
            threads: self.threads.asked(),
            quiet: self.quiet,
            command: Vec::new(),
            briefing: false,
        }
    }
}

/// Find the parameters that what was observed does not rule out
///
/// Runs waves of points over the ranges of the ledger and keeps those that no target of
/// the role `calibrate` rules out: a set, not one best fit. Writes the set, as `run --from`
/// reads it, how each target was met, and which parameters the targets moved and which
/// they say nothing about. Every point meets the same people with the same luck.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  commissim calibrate
      to the targets of England, as the shipped set was
  commissim calibrate --resume
      goes on with a calibration that was stopped
  commissim calibrate mine.toml --first 200 --points 100 --out results/mine
      to targets of your own, with fewer runs")]
pub struct CalibrateArgs {
    /// Targets: a name, or a TOML file
    #[arg(value_name = "TARGETS", default_value = "england")]
    pub targets: String,
    /// Points of the first wave, spread over the ranges of the ledger
    #[arg(long, value_name = "N", default_value_t = 240, value_parser = clap::value_parser!(u32).range(20..=100_000))]
    pub first: u32,
    /// Points of each later wave
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(u32).range(10..=100_000))]
    pub points: u32,
    /// Most waves after the first
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=20))]
    pub waves: u32,
    /// Points not ruled out that are enough
    #[arg(long, value_name = "N", default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub members: u32,
    /// Where and how
    #[command(flatten)]
    pub how: HowArgs,
}

/// Test the model against what it was never fitted to
///
/// Runs the experiments that targets of the role `validate` name, over draws of a
/// calibrated set and each under luck of its own, and says what is predicted, with its
/// interval, what was observed, whether it passes, and how surprising it is. With
/// `--structures`, again with each named causal link switched off.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  commissim validate
      the targets of England and Scotland, over the shipped set
  commissim validate --draws 6 --structures 2
      fewer draws, and two with each causal link switched off
  commissim validate mine.toml --from results/calibrate-mine/set.csv
      targets and a set of your own")]
pub struct ValidateArgs {
    /// Targets: a name, or a TOML file
    #[arg(value_name = "TARGETS", default_value = "england")]
    pub targets: String,
    /// The calibrated set: a name, or a CSV file
    #[arg(long, value_name = "SET", default_value = "england")]
    pub from: String,
    /// Draws of the set
    #[arg(long, value_name = "N", default_value_t = 16, value_parser = clap::value_parser!(u64).range(2..=10_000))]
    pub draws: u64,
    /// Draws with each named causal link switched off
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=10_000))]
    pub structures: u32,
    /// Where and how
    #[command(flatten)]
    pub how: HowArgs,
}

/// Validates, and says what was found.
pub fn validated(args: &ValidateArgs) -> Answer {
    let overrides = Overrides {
        from: Some(args.from.clone()),
        draws: Some(args.draws),
        sets_yield: true,
        ..Overrides::default()
    };
    let targets = match read(&args.targets, &overrides) {
        Ok(targets) => targets,
        Err(answer) => return answer,
    };
    if targets.of(Role::Validate).next().is_none() {
        return nothing_to_do(&targets, Role::Validate);
    }
    if u64::from(args.structures) > args.draws {
        say(&format!(
            "error: --structures: {} draws are asked for with each causal link off, of {} in all\nhelp: ask for {} at most, or for more with --draws",
            args.structures, args.draws, args.draws
        ));
        return (String::new(), FAULT);
    }
    let settings = validate::Settings { how: args.how.settings(), structures: args.structures };
    match validate::validate(&targets, &settings) {
        Ok(_) if args.how.quiet => (String::new(), DONE),
        Ok((folder, found)) => {
            (terminal::fitting::validation(&found.predictions, found.draws, &folder), DONE)
        }
        Err(error) => stopped(&error),
    }
}

/// Runs of the middle of the ranges, each under its own luck.
const LUCK: u32 = 12;
/// Times that the centre is looked for.
const CENTRES: u32 = 12;

/// Reads targets; warnings are said.
fn read(name: &str, overrides: &Overrides) -> Result<Targets, Answer> {
    match files::targets(name, overrides) {
        Ok((targets, warnings)) => {
            let warnings = Problems::new(warnings);
            if !warnings.is_empty() {
                refusal(&warnings, DONE);
            }
            Ok(targets)
        }
        Err(problems) => Err(refusal(&problems, FAULT)),
    }
}

/// Says why there is no result; that it is there already is no fault.
pub(super) fn stopped(error: &anyhow::Error) -> Answer {
    let complete = error.downcast_ref::<Complete>();
    say(&complete.map_or_else(|| super::faults::told(error), Complete::to_string));
    (String::new(), if complete.is_some() { DONE } else { FAULT })
}

/// Asks a question that was read, and says what came of it, or what is wrong with it.
pub(super) fn answered<Q>(
    question: Result<Q, String>,
    asked: impl FnOnce(&Q) -> anyhow::Result<String>,
    quiet: bool,
) -> Answer {
    match question.as_ref().map(asked) {
        Err(said) => {
            say(said.trim_end());
            (String::new(), FAULT)
        }
        Ok(Err(error)) => stopped(&error),
        Ok(Ok(told)) => (if quiet { String::new() } else { told }, DONE),
    }
}

/// Says that a file has no target of a role.
fn nothing_to_do(targets: &Targets, role: Role) -> Answer {
    let role = role.id();
    say(&format!(
        "error: none of the targets of `{}` has the role \"{role}\"\nhelp: `role = \"{role}\"` below [[target]] gives it to one",
        targets.id
    ));
    (String::new(), FAULT)
}

/// Calibrates, and says what was found.
pub fn calibrated(args: &CalibrateArgs) -> Answer {
    let targets = match read(&args.targets, &Overrides::default()) {
        Ok(targets) => targets,
        Err(answer) => return answer,
    };
    if targets.of(Role::Calibrate).next().is_none() {
        return nothing_to_do(&targets, Role::Calibrate);
    }
    let settings = Settings {
        how: args.how.settings(),
        first: args.first,
        points: args.points,
        waves: args.waves,
        members: args.members,
        luck: LUCK,
        centres: CENTRES,
    };
    match calibrate(&targets, &settings) {
        Ok(_) if args.how.quiet => (String::new(), DONE),
        Ok((folder, found)) => (terminal::fitting::calibration(&targets, &found, &folder), DONE),
        Err(error) => stopped(&error),
    }
}
