//! Commands on a results folder: `verify` and `report`.

use super::Parts;
use super::answers::Answer;
use super::{DONE, FAULT};
use crate::run::report::{Became, report};
use crate::run::verify::{Check, Outcome, Settings, verify};
use crate::store::folder;
use crate::terminal::{self, say};
use clap::Args;
use serde_json::json;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Say whether results are what their run left, and can be had again
///
/// Makes four checks and names each that fails. Files: every file against the manifest,
/// the manifest against its own checksum, nothing missing and nothing added. Cells:
/// simulated again from the inputs in the folder, the same to the bit. Tables: rebuilt
/// from the stored cells, the same to the byte. Code: other code than the run's is worth
/// knowing and no fault. Exits with 0 when nothing is wrong and with 1 when something is.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  commissim verify results/four-regimes
      everything, which takes as long as the run did
  commissim verify results/four-regimes --sample 5
      with five cells, taken at random, simulated again
  commissim verify results/four-regimes --json
      for a program")]
pub struct VerifyArgs {
    /// A results folder
    #[arg(value_name = "RESULTS")]
    pub results: PathBuf,
    /// Simulate only so many cells again, taken at random
    #[arg(long, value_name = "K", value_parser = super::whole::<1>, allow_negative_numbers = true)]
    pub sample: Option<u64>,
    /// Threads; as many as the machine has when not given. Changes no number
    #[arg(long, value_name = "N", value_parser = super::threads, allow_negative_numbers = true)]
    pub threads: Option<u16>,
    /// Print nothing but what is wrong
    #[arg(long, short)]
    pub quiet: bool,
    /// Print the checks as JSON
    #[arg(long)]
    pub json: bool,
}

/// Make the tables of a results folder again, without simulating
///
/// Tables are made from the stored cells, and only if these and the inputs are what the
/// run left. A table that was changed or lost is then as it was.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  commissim report results/four-regimes
      makes every table again, and prints how the regimes compare
  commissim report results/four-regimes --json
      the comparison for a program")]
pub struct ReportArgs {
    /// A results folder
    #[arg(value_name = "RESULTS")]
    pub results: PathBuf,
    /// Print nothing
    #[arg(long, short)]
    pub quiet: bool,
    /// Print the comparison as JSON
    #[arg(long)]
    pub json: bool,
}

fn fault(error: &anyhow::Error) -> Answer {
    say(&format!("error: {error:#}"));
    (String::new(), FAULT)
}

/// Makes the checks and says what they came to.
pub fn verified(args: &VerifyArgs, parts: &Parts) -> Answer {
    let settings = Settings {
        sample: args.sample.map(|k| usize::try_from(k).unwrap_or(usize::MAX)),
        threads: args.threads.map(usize::from),
        quiet: args.quiet,
    };
    let folder = folder::open(&args.results);
    let checks = match folder.and_then(|folder| verify(&folder, parts.simulate, &settings)) {
        Ok(checks) => checks,
        Err(error) => return fault(&error),
    };
    let failed: Vec<&str> =
        checks.iter().filter(|c| c.outcome == Outcome::Failed).map(|c| c.name).collect();
    let code = if failed.is_empty() { DONE } else { FAULT };
    let shown = args.results.display();
    if !args.quiet || args.json {
        let text = if args.json {
            format!("{:#}\n", as_json(&args.results, &checks))
        } else {
            as_text(&args.results, &checks)
        };
        if !failed.is_empty() {
            let what = crate::problem::listed(failed, "and");
            say(&format!("error: {shown} failed the check of {what}"));
        }
        return (text, code);
    }
    if !failed.is_empty() {
        say(as_text(&args.results, &checks).trim_end());
    }
    (String::new(), code)
}

/// Faults of one check that are shown.
const SHOWN: usize = 20;

fn as_text(folder: &Path, checks: &[Check]) -> String {
    let mut text = format!("{}\n", folder.display());
    for check in checks {
        let mark = match check.outcome {
            Outcome::Passed => "",
            Outcome::Warned => "warning: ",
            Outcome::NotDone => "",
            Outcome::Failed => "FAILED: ",
        };
        let _ = writeln!(text, "  {:<8}{mark}{}", check.name, check.said);
        for fault in check.faults.iter().take(SHOWN) {
            for (at, line) in fault.trim_end().lines().enumerate() {
                let _ = writeln!(text, "            {}{line}", if at == 0 { "" } else { "  " });
            }
        }
        if check.faults.len() > SHOWN {
            let _ = writeln!(text, "            and {} more", check.faults.len() - SHOWN);
        }
    }
    text
}

fn as_json(folder: &Path, checks: &[Check]) -> serde_json::Value {
    let one = |check: &Check| {
        let outcome = match check.outcome {
            Outcome::Passed => "passed",
            Outcome::Warned => "warning",
            Outcome::NotDone => "not done",
            Outcome::Failed => "failed",
        };
        json!({"check": check.name, "outcome": outcome, "said": check.said, "faults": check.faults})
    };
    json!({
        "folder": folder.display().to_string(),
        "verified": checks.iter().all(|c| c.outcome != Outcome::Failed),
        "checks": checks.iter().map(one).collect::<Vec<_>>(),
    })
}

/// Makes the tables again and says what became of them.
pub fn reported(args: &ReportArgs) -> Answer {
    let folder = folder::open(&args.results);
    let made = folder.and_then(|mut folder| report(&mut folder));
    let made = match made {
        Ok(made) => made,
        Err(error) => return fault(&error),
    };
    let text = if args.json {
        let value = terminal::json::value(&made.experiment, &made.findings, &args.results);
        format!("{value:#}\n")
    } else if args.quiet {
        String::new()
    } else {
        let mut text = "Made again from the stored cells, without simulating:\n".to_owned();
        for (name, became) in &made.tables {
            let what = match became {
                Became::Same => "the same as before",
                Became::Mended => "had been changed; it is as the run left it again",
                Became::BackAgain => "was missing; it is as the run left it again",
                Became::New => "otherwise than the run left it: this version makes it differently",
            };
            let _ = writeln!(text, "  {name:<18}{what}");
        }
        text.push_str("Figures and a page to read are not made by this version.\n");
        text + &terminal::table(&made.experiment, &made.findings, &args.results)
    };
    (text, DONE)
}
