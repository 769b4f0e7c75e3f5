//! Commands on a results folder: `verify` and `report`.

use super::Parts;
use super::answers::Answer;
use super::{DONE, FAULT};
use crate::briefing::theme::{self, Theme};
use crate::run::briefing::{self, FIGURES, Format};
use crate::run::report::{Became, Report, report};
use crate::run::verify::{Check, Outcome, Settings, verify};
use crate::store::folder;
use crate::terminal::{self, say};
use anyhow::Context;
use clap::Args;
use serde_json::json;
use std::fmt::Write;
use std::io::ErrorKind;
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
    /// On how many threads
    #[command(flatten)]
    pub threads: super::ThreadsArgs,
    /// Print nothing but what is wrong
    #[arg(long, short)]
    pub quiet: bool,
    /// Print the checks as JSON
    #[arg(long)]
    pub json: bool,
}

/// Make tables, page and figures of a results folder again, without simulating
///
/// Tables are made from the stored cells, and only if these and the inputs are what the
/// run left; the briefing is made from the tables. What was changed or lost is then as it
/// was. Word, Markdown, PDF and workbook are made where they are asked for, and made again
/// where they were made before. With --figure one figure is drawn, and nothing else made.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  commissim report results/four-regimes
      makes every table, the page and the figures again, and prints how the regimes compare
  commissim report results/four-regimes --format docx,md,xlsx
      a Word document, Markdown and a workbook too, beside the page, which is always made
  commissim report results/four-regimes --format pdf
      the page as PDF by a Chromium or Chrome that is installed, and every figure as one;
      without a browser the page prints to a clean A4 document from any
  commissim report results/four-regimes --life
      the life of one person under each regime too
  commissim report results/four-regimes --figure mechanism-shares --width 160mm --format svg,png,pdf
      one figure for a document of your own, in the folder you are in
  commissim report results/four-regimes --figure cost-outcome --theme my.toml --out figures
      in your own colours and letters, in a folder of your own
  commissim report results/four-regimes --json
      the comparison for a program")]
pub struct ReportArgs {
    /// A results folder
    #[arg(value_name = "RESULTS")]
    pub results: PathBuf,
    /// Forms to make: html, docx, md, svg, png, pdf, xlsx; page and figures always are. With
    /// --figure svg, png or pdf; svg when not given
    #[arg(long, value_name = "A,B", value_delimiter = ',', hide_possible_values = true)]
    pub format: Vec<Format>,
    /// Tell one life under each regime too: one cell of the results is lived again for it
    #[arg(long, conflicts_with = "figure")]
    pub life: bool,
    /// Draw this figure alone, into a file of its own; a name that is none lists the names
    #[arg(long, value_name = "NAME")]
    pub figure: Option<String>,
    /// Its width, such as 160mm, 16cm or 6in
    #[arg(long, value_name = "WIDTH", requires = "figure", value_parser = millimetres)]
    pub width: Option<f64>,
    /// A TOML file of colours and fonts for it
    #[arg(long, value_name = "FILE", requires = "figure")]
    pub theme: Option<PathBuf>,
    /// Folder for it; the one you are in when not given
    #[arg(long, value_name = "FOLDER", requires = "figure")]
    pub out: Option<PathBuf>,
    /// Print nothing
    #[arg(long, short)]
    pub quiet: bool,
    /// Print the comparison as JSON
    #[arg(long, conflicts_with = "figure")]
    pub json: bool,
}

/// Widths that a figure may have, mm.
const WIDTHS: [f64; 2] = [80.0, 400.0];

/// A width in millimetres.
fn millimetres(text: &str) -> Result<f64, String> {
    let text = text.trim();
    let units = [("mm", 1.0), ("cm", 10.0), ("in", 25.4)];
    let read = units.iter().find_map(|(unit, times)| {
        text.strip_suffix(unit)?.trim().parse::<f64>().ok().map(|number| number * times)
    });
    let [least, most] = WIDTHS;
    if text.parse::<f64>().is_ok() {
        return Err(format!("it has no unit: write {text}mm, {text}cm or {text}in"));
    }
    read.filter(|width| (least..=most).contains(width))
        .ok_or_else(|| format!("it must be a width from {least}mm to {most}mm, such as 160mm"))
}

fn fault(error: &anyhow::Error) -> Answer {
    say(&super::faults::told(error));
    (String::new(), FAULT)
}

/// Makes the checks and says what they came to.
pub fn verified(args: &VerifyArgs, parts: &Parts) -> Answer {
    let settings = Settings {
        sample: args.sample.map(|k| usize::try_from(k).unwrap_or(usize::MAX)),
        threads: args.threads.asked(),
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

/// Makes the tables and the briefing again and says what became of them.
pub fn reported(args: &ReportArgs) -> Answer {
    if let Some(name) = &args.figure {
        let theme = args.theme.as_ref().map(|path| theme::read(&path.to_string_lossy()));
        let theme = match theme.transpose() {
            Ok(theme) => theme.unwrap_or_default(),
            Err(problems) => return super::answers::refusal(&problems, FAULT),
        };
        return match drawn(args, name, &theme) {
            Ok(_) if args.quiet => (String::new(), DONE),
            Ok(text) => (text, DONE),
            Err(error) => fault(&error),
        };
    }
    let folder = folder::open(&args.results);
    let made = folder.and_then(|mut folder| report(&mut folder, &args.format, args.life));
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
        as_made(&made) + &terminal::table(&made.experiment, &made.findings, &args.results)
    };
    (text, DONE)
}

/// What became of every table, and of the briefing.
fn as_made(made: &Report) -> String {
    let mut text = "Made again from the stored cells, without simulating:\n".to_owned();
    let line = |text: &mut String, name: &str, became: Became| {
        let what = match became {
            Became::Same => "the same as before",
            Became::Mended => "had been changed; it is as the run left it again",
            Became::BackAgain => "was missing; it is as the run left it again",
            Became::New => "otherwise than the run left it: this version makes it differently",
            Became::Made => "made now: the run had left none",
        };
        let _ = writeln!(text, "  {name:<17} {what}");
    };
    for (name, became) in &made.tables {
        line(&mut text, name, *became);
    }
    // Figures are many: they are told together where nothing is the matter with any.
    let (figures, files): (Vec<_>, Vec<_>) =
        made.briefing.iter().partition(|(path, _)| path.starts_with(FIGURES));
    for (name, became) in files {
        line(&mut text, name, *became);
    }
    match figures.first() {
        Some((_, became)) if figures.iter().all(|(_, other)| other == became) => {
            line(&mut text, &format!("{FIGURES}/ ({})", figures.len()), *became);
        }
        _ => figures.iter().for_each(|(name, became)| line(&mut text, name, *became)),
    }
    if !made.absent.is_empty() {
        text.push_str("Figures that this run does not hold:\n");
        for (name, why) in &made.absent {
            let _ = writeln!(text, "  {name:<18}{why}");
        }
    }
    text
}

/// Draws one figure alone.
fn drawn(args: &ReportArgs, name: &str, theme: &Theme) -> anyhow::Result<String> {
    let forms = if args.format.is_empty() { &[Format::Svg][..] } else { &args.format[..] };
    let width = args.width.unwrap_or(briefing::WIDTH);
    let folder = folder::open(&args.results)?;
    let files = briefing::alone(&folder, name, width, theme, forms)?;
    let into = args.out.clone().unwrap_or_default();
    let mut text = String::new();
    for (file, bytes) in files {
        let path = into.join(file);
        let shown = path.display();
        match super::answers::write_new(&path, &bytes) {
            Ok(()) => _ = writeln!(text, "Written to {shown}"),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => anyhow::bail!(
                "{shown} is there already\nhelp: name another folder with --out, or move the file away"
            ),
            Err(error) => {
                return Err(error).with_context(|| format!("cannot write {shown}"));
            }
        }
    }
    Ok(text)
}
