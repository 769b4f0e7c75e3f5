//! `trace`: one life out of a results folder.

use super::answers::{Answer, write_new};
use super::{DONE, FAULT};
use crate::run::trace::{Told, Wanted, trace};
use crate::store::folder;
use crate::terminal::{say, trace as told};
use crate::trace::key_of;
use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use std::io;
use std::path::{Path, PathBuf};

/// Tell one person's life under each regime, month by month
///
/// One cell of the results is simulated again with somebody looking on: the same person,
/// with the same luck, under the comparator and under each regime, side by side, with what
/// happened and why. Nobody's rows are in a results folder, and nothing is written to it.
/// Stress tests are left out.
///
/// Without --citizen it is the person in whose life the regimes differ most, of all who
/// need support at home under each of them for at least half of the time.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  commissim trace results/four-regimes
      the person in whose life the regimes differ most
  commissim trace results/four-regimes --regimes isf-default --replicate 3
      in another replicate, and beside one regime only
  commissim trace results/four-regimes --citizen 232900f4e500000b
      somebody who was told of before
  commissim trace results/four-regimes --out life.csv
      the numbers of each month, as a table")]
pub struct TraceArgs {
    /// A results folder
    #[arg(value_name = "RESULTS")]
    pub results: PathBuf,
    /// Whose life: the key that a trace gives for a person
    #[arg(long, value_name = "ID", value_parser = citizen)]
    pub citizen: Option<u64>,
    /// Under whose beliefs, where parameters were drawn; the first when not given
    #[arg(long, value_name = "NAME")]
    pub beliefs: Option<String>,
    /// Which parameter draw, from 0
    #[arg(long, value_name = "N", default_value = "0", value_parser = super::whole::<0>, allow_negative_numbers = true)]
    pub draw: u64,
    /// Which replicate, from 0
    #[arg(long, value_name = "N", default_value = "0", value_parser = super::whole::<0>, allow_negative_numbers = true)]
    pub replicate: u64,
    /// Which place, where there are several; the person's, or the first, when not given
    #[arg(long, value_name = "PLACE")]
    pub place: Option<String>,
    /// Tell of these regimes only, beside the comparator
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    pub regimes: Vec<String>,
    /// How to tell it; by the ending of the file, or as text, when not given
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<Format>,
    /// File to write it to, which must not be there yet
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// How to tell a life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// As a story, with a table by year
    Text,
    /// A row for each regime and month
    Csv,
    /// Months and events, for programs
    Json,
}

fn citizen(text: &str) -> Result<u64, String> {
    key_of(text)
        .ok_or_else(|| "it must be the key that a trace gives, such as 232900f4e500000b".to_owned())
}

/// Tells the life, or writes it to a file.
pub fn traced(args: &TraceArgs) -> Answer {
    match told_or_written(args) {
        Ok(text) => (text, DONE),
        Err(error) => {
            say(&super::faults::told(&error));
            (String::new(), FAULT)
        }
    }
}

fn told_or_written(args: &TraceArgs) -> anyhow::Result<String> {
    let folder = folder::open(&args.results)?;
    if let Some(file) = &args.out {
        // Better said before simulating than after.
        may_write(file, &args.results)?;
    }
    let wanted = Wanted {
        citizen: args.citizen,
        beliefs: args.beliefs.clone(),
        draw: args.draw,
        replicate: args.replicate,
        place: args.place.clone(),
        regimes: args.regimes.clone(),
    };
    let Told { experiment, trace, other_code } = trace(&folder, &wanted)?;
    if other_code {
        say(&format!(
            "warning: {} was made by other code than this; the life told here may not be quite the one in its cells",
            args.results.display()
        ));
    }
    let text = match format(args) {
        Format::Text => told::story(&experiment, &trace),
        Format::Csv => String::from_utf8(told::rows(&experiment, &trace)?)?,
        Format::Json => format!("{:#}\n", told::json(&experiment, &trace)?),
    };
    let Some(file) = &args.out else { return Ok(text) };
    let plain = anstream::adapter::strip_str(&text).to_string();
    write_new(file, plain.as_bytes())
        .with_context(|| format!("cannot write {}", file.display()))?;
    Ok(format!("Written to {}\n", file.display()))
}

/// The format asked for, or that of the file's ending.
fn format(args: &TraceArgs) -> Format {
    let ending = args.out.as_ref().and_then(|file| file.extension()?.to_str());
    let by_ending = ending.and_then(|ending| Format::from_str(ending, true).ok());
    args.format.or(by_ending).unwrap_or(Format::Text)
}

/// Refuses a file that is there, in no folder, or among the results.
fn may_write(file: &Path, results: &Path) -> anyhow::Result<()> {
    let shown = file.display();
    if file.symlink_metadata().is_ok() {
        bail!(
            "{shown} is there already\nhelp: name a file that is not there yet; nothing was written"
        );
    }
    let folder = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    if !folder.is_dir() {
        bail!("there is no folder {}\nhelp: make it first; nothing was written", folder.display());
    }
    let whole = |path: &Path| -> io::Result<PathBuf> { path.canonicalize() };
    if whole(folder)?.starts_with(whole(results)?) {
        bail!(
            "{shown} would be among the results of {}, which hold what their run left and nothing else\n\
             help: name a file outside that folder; nothing was written",
            results.display()
        );
    }
    Ok(())
}
