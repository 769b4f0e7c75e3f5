//! What documents show of calibration and validation: tables made from the tables that
//! `commissim calibrate` and `commissim validate` left, where they are there.

mod calibrated;

pub(super) use calibrated::{centre, everywhere, fit, moved};

use super::cell;
use crate::table::number;
use crate::targets::{Observed, Role, Sign, Target, Targets};
use crate::terminal;
use anyhow::{Context, bail};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Tables that were found, as CSV; none for what has not been run.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// `validation.csv` of a validation.
    pub validation: Option<String>,
    /// `fit.csv` of a calibration.
    pub fit: Option<String>,
    /// `parameters.csv` of a calibration.
    pub moved: Option<String>,
    /// `structures.csv` of a validation.
    pub structures: Option<String>,
    /// Of `summary.csv` of a run of all councils at the centre: what concerns the targets.
    pub everywhere: Option<String>,
}

const NO_VALIDATION: &str = "Not run for this version of the model: `commissim validate` does it.";
const NO_FIT: &str = "Not run for this version of the model: `commissim calibrate` does it.";
const NO_STRUCTURES: &str =
    "Not run for this version of the model: `commissim validate --structures 2` does it.";

/// One row: column and cell.
type Row = BTreeMap<String, String>;

/// The rows of a table, which must have some columns; none where there is no table.
fn rows(table: Option<&String>, columns: &[&str]) -> anyhow::Result<Option<Vec<Row>>> {
    let Some(table) = table else { return Ok(None) };
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let headers = reader.headers()?.clone();
    for column in columns {
        if !headers.iter().any(|header| header == *column) {
            bail!("a table has no column `{column}`");
        }
    }
    let rows = reader.deserialize().collect::<Result<Vec<Row>, _>>();
    Ok(Some(rows.context("a table cannot be read")?))
}

/// Columns of a validation that are shown.
const PREDICTED: &[&str] = &[
    "off",
    "target",
    "what",
    "observed",
    "tolerance",
    "predicted",
    "low",
    "high",
    "draws",
    "verdict",
    "surprise",
    "reason",
];
fn predicted(found: &Found) -> anyhow::Result<Option<Vec<Row>>> {
    rows(found.validation.as_ref(), PREDICTED)
}

/// A cell as a page shows it: a number to three figures, words as they are.
fn shown(row: &Row, column: &str) -> String {
    let text = row.get(column).map(String::as_str).unwrap_or_default();
    match text.parse::<f64>() {
        Ok(number) => figure(number),
        Err(_) => cell(text),
    }
}

/// A cell as it was written: what was observed is not rounded.
fn whole(row: &Row, column: &str) -> String {
    let text = row.get(column).map(String::as_str).unwrap_or_default();
    if text.parse::<f64>().is_ok() { text.replace('-', "−") } else { cell(text) }
}

/// A number that was observed, as it was written.
pub(super) fn written(x: f64) -> String {
    number(x).replace('-', "−")
}

/// A number to three figures.
fn figure(x: f64) -> String {
    terminal::fitting::figure(x).replace('-', "−")
}

/// What was observed, as a page shows it.
pub(super) fn observed(target: &Target) -> String {
    match target.observed {
        Observed::Value(value) => written(value),
        Observed::Sign(sign) => sign.id().to_owned(),
    }
}

fn range(row: &Row, low: &str, high: &str) -> String {
    let ends = (shown(row, low), shown(row, high));
    if ends.0.is_empty() || ends.1.is_empty() {
        String::new()
    } else {
        format!("{} to {}", ends.0, ends.1)
    }
}

/// How many rows have a verdict.
fn with(rows: &[Row], verdict: &str) -> usize {
    rows.iter().filter(|row| row["verdict"] == verdict).count()
}

/// How many were passed and failed, in a sentence.
fn tally(rows: &[Row]) -> String {
    let unknown = with(rows, "not known");
    let rest =
        if unknown > 0 { format!(", and {unknown} could not be read") } else { String::new() };
    format!(
        "Of {} targets that the model was never fitted to it passes {} and fails {}{rest}. \
         Intervals are of 95%, for the next of {} draws of the calibrated set.",
        rows.len(),
        with(rows, "pass"),
        with(rows, "fail"),
        rows.iter().filter_map(|row| row["draws"].parse::<u32>().ok()).max().unwrap_or(0)
    )
}

/// A verdict, as a page shows it: a failure stands out.
fn verdict(row: &Row) -> String {
    match row["verdict"].as_str() {
        "fail" => "**fail**".to_owned(),
        other => other.to_owned(),
    }
}

/// What is predicted of targets that were never fitted to.
pub(super) fn validation(found: &Found) -> anyhow::Result<String> {
    let Some(rows) = predicted(found)? else { return Ok(NO_VALIDATION.to_owned()) };
    let mut text = format!(
        "{}\n\n| target | what | observed | predicted | interval | draws | verdict | surprise |\n|---|---|---|---|---|---|---|---|\n",
        tally(&rows)
    );
    for row in &rows {
        let _ = writeln!(
            text,
            "| `{}` | {} | {} | {} | {} | {} | {} | {} |",
            row["target"],
            shown(row, "what"),
            whole(row, "observed"),
            shown(row, "predicted"),
            range(row, "low", "high"),
            row["draws"],
            verdict(row),
            surprise(row),
        );
    }
    Ok(text)
}

/// A chance; what is rarer than one in a thousand is said so.
fn surprise(row: &Row) -> String {
    match row["surprise"].parse::<f64>() {
        Ok(chance) if chance < 0.001 => "below 0.001".to_owned(),
        Ok(chance) => format!("{chance:.3}"),
        Err(_) => String::new(),
    }
}

/// The same in short, for whoever reads no further.
pub(super) fn in_short(found: &Found) -> anyhow::Result<String> {
    let Some(rows) = predicted(found)? else { return Ok(NO_VALIDATION.to_owned()) };
    let mut text = format!(
        "{}\n\n| what was observed | observed | predicted | interval | verdict |\n|---|---|---|---|---|\n",
        tally(&rows)
    );
    for row in &rows {
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} |",
            shown(row, "what"),
            whole(row, "observed"),
            shown(row, "predicted"),
            range(row, "low", "high"),
            verdict(row),
        );
    }
    Ok(text)
}

/// What would show the model to be wrong, and whether it has.
pub(super) fn register(targets: &Targets, found: &Found) -> anyhow::Result<String> {
    let rows = predicted(found)?;
    let of = |target: &Target| rows.iter().flatten().find(|row| row["target"] == target.id);
    let mut text = String::from(
        "| target | the model is wrong if | so far | most likely reason, where it fails |\n|---|---|---|---|\n",
    );
    for target in targets.of(Role::Validate) {
        let (so_far, reason) = match of(target) {
            Some(row) if row["verdict"] == "fail" => (verdict(row), cell(&target.reason)),
            Some(row) => (verdict(row), String::new()),
            None => ("not run".to_owned(), String::new()),
        };
        let _ = writeln!(text, "| `{}` | {} | {so_far} | {reason} |", target.id, wrong_if(target));
    }
    Ok(text)
}

/// What of a prediction would be a failure.
fn wrong_if(target: &Target) -> String {
    let within = written(target.tolerance);
    match target.observed {
        Observed::Value(value) => format!(
            "its mean is off {} by more than its own interval and {within} allow",
            written(value)
        ),
        Observed::Sign(Sign::Up) => {
            "the interval of the difference is not wholly above 0".to_owned()
        }
        Observed::Sign(Sign::Down) => {
            "the interval of the difference is not wholly below 0".to_owned()
        }
        Observed::Sign(Sign::None) => {
            format!("the mean difference is more than {within} either way")
        }
    }
}

/// Of its tolerance, what a prediction must move by with a link off to be told of.
const MOVED: f64 = 0.5;

/// Targets whose prediction is another with a causal link off, in the same draws.
pub(super) fn links(found: &Found) -> anyhow::Result<String> {
    let Some(rows) = rows(found.structures.as_ref(), PREDICTED)? else {
        return Ok(NO_STRUCTURES.to_owned());
    };
    let number = |row: &Row, column: &str| row[column].parse::<f64>().ok();
    let draws = rows.iter().filter_map(|row| row["draws"].parse::<u32>().ok()).max().unwrap_or(0);
    let (with, off): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|row| row["off"].is_empty());
    let mut text = format!(
        "The first {draws} draws of the set, with the same luck: a target is named where its \
         prediction moves by more than half of its tolerance.\n\n\
         | link off | target | with the link | without it | observed |\n|---|---|---|---|---|\n"
    );
    let mut same: Vec<String> = Vec::new();
    for link in off.chunk_by(|a, b| a["off"] == b["off"]) {
        let before = text.len();
        for row in link {
            let Some(all) = with.iter().find(|all| all["target"] == row["target"]) else {
                continue;
            };
            let ends = number(all, "predicted").zip(number(row, "predicted"));
            let least = MOVED * number(row, "tolerance").unwrap_or_default();
            if ends.is_some_and(|(on, off)| (off - on).abs() > least) {
                let _ = writeln!(
                    text,
                    "| `{}` | `{}` | {} | {} | {} |",
                    row["off"],
                    row["target"],
                    shown(all, "predicted"),
                    shown(row, "predicted"),
                    whole(row, "observed")
                );
            }
        }
        if text.len() == before {
            same.push(format!("`{}`", link[0]["off"]));
        }
    }
    if !same.is_empty() {
        let _ = writeln!(text, "\nNo prediction is another without: {}.", same.join(", "));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::{self, Overrides};
    use crate::fitting::columns::{self, Calibration};
    use crate::fitting::predicted;
    use crate::fitting::space::Space;
    use crate::parameters::Parameters;

    fn england() -> Targets {
        files::targets("england", &Overrides::default()).expect("they ship").0
    }

    /// A made-up table: a row for each verdict.
    fn made_up(off: &str, verdicts: [&str; 3]) -> String {
        let [a, b, c] = verdicts;
        format!(
            "off,target,what,observed,tolerance,predicted,low,high,draws,verdict,surprise,reason\n\
             {off},growth-older,\"Older, with a payment\",0.144,0.03,0.151,0.1,0.2,16,{a},0.61,\n\
             {off},week-older,A week,0.97,0.15,-1.5,-2,-1,16,{b},0.0000001,Hours | choices\n\
             {off},pilots-cost,Cost,none,324,,,,16,{c},,\n"
        )
    }

    fn found() -> Found {
        let rows = |off: &str| {
            let table = made_up(off, ["pass", "fail", "not known"]);
            table.split_once('\n').expect("a header").1.to_owned()
        };
        // Without makers one prediction is 0.03 off, a whole tolerance, another as it was.
        let makers = rows("makers").replace("0.151", "0.121");
        let off = made_up("", ["pass", "fail", "not known"]) + &makers + &rows("woodwork");
        Found {
            validation: Some(made_up("", ["pass", "fail", "not known"])),
            fit: Some(
                "target,what,observed,tolerance,centre,reached,far,set_low,set_high,before_low,before_high\n\
                 turnover,Who leaves,0.293,0.025,0.3,true,0.5,0.25,0.33,0.1,0.5\n\
                 contact-older,Contact,0.435,0.02,0.5,false,4.25,,,0.3,0.6\n"
                    .to_owned(),
            ),
            moved: Some(
                "parameter,fitted,verdict,centre,before_low,before_high,set_low,set_high,at_low,at_high,by\n\
                 turnover,true,moved,0.28,0.29,0.38,0.28,0.31,9,0,turnover unmet a b\n\
                 inertia,true,not clearly moved,3,1.3,3.7,1.3,3.7,0,4,\n\
                 need_step,false,narrowed,0.2,0.1,0.3,0.2,0.3,0,0,\n"
                    .to_owned(),
            ),
            structures: Some(off),
            everywhere: Some(
                "metric,group_by,group,mean\n\
                 choice.share_direct_payment,age,65+,0.1\n\
                 choice.share_mixed,age,65+,0.04\n\
                 choice.share_direct_payment,place,a,0.2\n\
                 choice.share_mixed,place,a,0.1\n\
                 choice.share_direct_payment,place,b,0.4\n\
                 choice.share_mixed,place,b,0.1\n"
                    .to_owned(),
            ),
        }
    }

    #[test]
    fn what_has_not_been_run_is_said_so() {
        let none = Found::default();
        for text in [
            fit(&none),
            moved(&none),
            centre(&none),
            everywhere(&england(), &none),
            validation(&none),
            in_short(&none),
            links(&none),
        ] {
            assert!(text.expect("made").starts_with("Not run"), "said");
        }
        let targets = england();
        let text = register(&targets, &none).expect("made");
        assert_eq!(text.matches("| not run |").count(), targets.of(Role::Validate).count());
    }

    #[test]
    fn failures_are_shown_as_such_and_counted() {
        let found = found();
        let text = validation(&found).expect("made");
        assert!(text.starts_with("Of 3 targets that the model was never fitted to it passes 1 and fails 1, and 1 could not be read."), "{text}");
        assert!(text.contains("| `week-older` | A week | 0.97 | −1.50 | −2.00 to −1.00 | 16 | **fail** | below 0.001 |"), "{text}");
        assert!(
            text.contains("| `pilots-cost` | Cost | none |  |  | 16 | not known |  |"),
            "{text}"
        );
        let short = in_short(&found).expect("made");
        assert!(
            short.contains("| Older, with a payment | 0.144 | 0.151 | 0.100 to 0.200 | pass |"),
            "{short}"
        );
        let fit = fit(&found).expect("made");
        assert!(fit.starts_with("At the centre 1 of 2 targets"), "{fit}");
        assert!(fit.contains("| 0.500 | **no** | 4.25 |  | 0.300 to 0.600 |"), "{fit}");
        let moved = moved(&found).expect("made");
        assert!(
            moved.starts_with(
                "Of 2 parameters that were fitted the set moved 1, narrowed 0 and did not clearly move 1; of 1 that were only drawn it moved or narrowed 1."
            ),
            "{moved}"
        );
        assert!(moved.contains("| 0.280 | moved | turnover, unmet, a |"), "{moved}");
        assert!(moved.contains("| not clearly moved |"), "{moved}");
        let all = everywhere(&england(), &found).expect("made");
        assert!(all.starts_with("On all 2 councils at the centre (`commissim run"), "{all}");
        assert!(all.contains("standard deviation of 14.1 points"), "{all}");
        assert!(
            all.contains(
                "the community with a direct payment, whole or in part | 0.138 | 0.02 | 0.140 | yes |"
            ),
            "{all}"
        );
        let centre = centre(&found).expect("made");
        assert_eq!(
            centre,
            "Of 2 fitted parameters 2 are at the centre within the middle four fifths of the set. \
             At an end of the plausible range: `turnover`. Points of the set pile up at ends of ranges, 5 or \
             more of them: `turnover` (9 at the low end)."
        );
        let targets = england();
        let register = register(&targets, &found).expect("made");
        let reason = "| **fail** | People with many hours choose direct payments more";
        assert!(register.contains(reason), "{register}");
    }

    #[test]
    fn a_link_is_named_with_what_turns_on_it() {
        let text = links(&found()).expect("made");
        let line = "| `makers` | `growth-older` | 0.151 | 0.121 | 0.144 |";
        assert_eq!(text.matches("| `makers` |").count(), 1, "{text}");
        assert!(text.contains(line), "{text}");
        assert!(text.contains("another without: `woodwork`."), "{text}");
    }

    #[test]
    fn the_columns_that_are_shown_are_those_that_are_written() {
        let header = |tables: Vec<(&'static str, Vec<u8>)>, file: &str| {
            let (_, bytes) = tables.into_iter().find(|(name, _)| *name == file).expect("a table");
            Some(String::from_utf8(bytes).expect("text"))
        };
        let links = || predicted::tables(&[], &[("makers", Vec::new())]).expect("tables");
        let nothing = Calibration {
            targets: Vec::new(),
            goals: Vec::new(),
            emulators: Vec::new(),
            seed: 1,
            space: Space::of(&[]),
            points: Vec::new(),
            centre: Parameters::default(),
            centre_values: Vec::new(),
        };
        let found = Found {
            validation: header(links(), "validation.csv"),
            fit: header(columns::tables(&nothing).expect("tables"), "fit.csv"),
            moved: header(columns::tables(&nothing).expect("tables"), "parameters.csv"),
            structures: header(links(), "structures.csv"),
            everywhere: None,
        };
        assert!(
            fit(&found).is_ok()
                && moved(&found).is_ok()
                && validation(&found).is_ok()
                && super::links(&found).is_ok()
        );
        let other = Found { fit: Some("target,what\n".to_owned()), ..Found::default() };
        assert!(fit(&other).expect_err("no such column").to_string().contains("`observed`"));
    }
}
