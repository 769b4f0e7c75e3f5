//! What documents show of a calibration: how each target was met, and what became of the
//! parameters.

use super::{Found, NO_FIT, Row, figure, observed, range, rows, shown, whole, written};
use crate::analysis::moments::Moments;
use crate::fitting::chance::Verdict;
use crate::outcomes::GROUPS;
use crate::parameters::PARAMETERS;
use crate::problem::listed;
use crate::targets::{Observed, Role, Statistic, Target, Targets};
use std::fmt::Write;

/// Columns of a calibration's fit that are shown.
pub const FITTED: &[&str] = &[
    "target",
    "what",
    "observed",
    "tolerance",
    "centre",
    "reached",
    "far",
    "set_low",
    "set_high",
    "before_low",
    "before_high",
];

/// Columns of a calibration's parameters that are shown.
pub const MOVED_BY: &[&str] = &[
    "parameter",
    "fitted",
    "verdict",
    "centre",
    "before_low",
    "before_high",
    "set_low",
    "set_high",
    "at_low",
    "at_high",
    "by",
];

/// How each target of the calibration was met.
pub fn fit(found: &Found) -> anyhow::Result<String> {
    let Some(rows) = rows(found.fit.as_ref(), FITTED)? else { return Ok(NO_FIT.to_owned()) };
    let reached = rows.iter().filter(|row| row["reached"] == "true").count();
    let mut text = format!(
        "At the centre {reached} of {} targets are within their tolerance.\n\n\
         | target | what | observed | within | at the centre | reached | standard deviations off | the set | before fitting |\n\
         |---|---|---|---|---|---|---|---|---|\n",
        rows.len()
    );
    for row in &rows {
        let _ = writeln!(
            text,
            "| `{}` | {} | {} | {} | {} | {} | {} | {} | {} |",
            row["target"],
            shown(row, "what"),
            whole(row, "observed"),
            whole(row, "tolerance"),
            shown(row, "centre"),
            if row["reached"] == "true" { "yes" } else { "**no**" },
            shown(row, "far"),
            range(row, "set_low", "set_high"),
            range(row, "before_low", "before_high"),
        );
    }
    Ok(text)
}

const MOVED: &str = Verdict::Moved.word();
const NARROWED: &str = Verdict::Narrowed.word();
const NOT_CLEARLY: &str = Verdict::NotInformed.word();

/// What the targets tell of the parameters.
pub fn moved(found: &Found) -> anyhow::Result<String> {
    let Some(rows) = rows(found.moved.as_ref(), MOVED_BY)? else { return Ok(NO_FIT.to_owned()) };
    let count = |fitted: &str, verdicts: &[&str]| {
        let is =
            |row: &&Row| row["fitted"] == fitted && verdicts.contains(&row["verdict"].as_str());
        rows.iter().filter(is).count()
    };
    let any = [MOVED, NARROWED, NOT_CLEARLY];
    let mut text = format!(
        "Of {} parameters that were fitted the set moved {}, narrowed {} and did not clearly move {}; of \
         {} that were only drawn it moved or narrowed {}. Below are those that were fitted. Ranges hold the middle four fifths, before and in the set; the shipped \
         default is the centre.\n\n\
         | parameter | before | in the set | the centre | the set is | targets that tell of it, the loudest first |\n\
         |---|---|---|---|---|---|\n",
        count("true", &any),
        count("true", &any[..1]),
        count("true", &any[1..2]),
        count("true", &any[2..]),
        count("false", &any),
        count("false", &any[..2]),
    );
    for row in rows.iter().filter(|row| row["fitted"] == "true") {
        let by: Vec<&str> = row["by"].split(' ').filter(|id| !id.is_empty()).take(3).collect();
        let _ = writeln!(
            text,
            "| `{}` | {} | {} | {} | {} | {} |",
            row["parameter"],
            range(row, "before_low", "before_high"),
            range(row, "set_low", "set_high"),
            shown(row, "centre"),
            row["verdict"],
            by.join(", ")
        );
    }
    Ok(text)
}

/// Points of the set at one end of a range that are many.
const MANY: usize = 5;

/// Where the centre lies in the set, and in the ranges of the ledger.
pub fn centre(found: &Found) -> anyhow::Result<String> {
    let Some(rows) = rows(found.moved.as_ref(), MOVED_BY)? else { return Ok(NO_FIT.to_owned()) };
    let fitted: Vec<&Row> = rows.iter().filter(|row| row["fitted"] == "true").collect();
    let of = |row: &Row, column: &str| row[column].parse::<f64>().unwrap_or(f64::NAN);
    let inside =
        |row: &&&Row| (of(row, "set_low")..=of(row, "set_high")).contains(&of(row, "centre"));
    let outside: Vec<String> = fitted
        .iter()
        .filter(|row| !inside(row))
        .map(|row| {
            let (at, set) = (shown(row, "centre"), range(row, "set_low", "set_high"));
            format!("`{}` ({at}; in the set {set})", row["parameter"])
        })
        .collect();
    let at_end = |row: &&&Row| {
        let range = PARAMETERS.iter().find(|p| p.name == row["parameter"]);
        range.is_some_and(|p| [p.low, p.high].contains(&of(row, "centre")))
    };
    let ends: Vec<String> =
        fitted.iter().filter(at_end).map(|row| row["parameter"].clone()).collect();
    let inside = fitted.iter().filter(inside).count();
    let mut text = format!(
        "Of {} fitted parameters {inside} are at the centre within the middle four fifths of the set",
        fitted.len()
    );
    if !outside.is_empty() {
        let _ = write!(text, "; not so {}", outside.join(", "));
    }
    text.push_str(". ");
    text.push_str(&match ends.as_slice() {
        [] => "None of them stands at an end of its plausible range.".to_owned(),
        ends => format!(
            "At an end of the plausible range: {}.",
            listed(ends.iter().map(String::as_str), "and")
        ),
    });
    let members = |row: &Row, column: &str| row[column].parse::<usize>().unwrap_or(0);
    let piled: Vec<String> = fitted
        .iter()
        .flat_map(|row| {
            ["at_low", "at_high"]
                .map(|end| (members(row, end), end.trim_start_matches("at_"), *row))
        })
        .filter(|(there, _, _)| *there >= MANY)
        .map(|(there, end, row)| format!("`{}` ({there} at the {end} end)", row["parameter"]))
        .collect();
    if !piled.is_empty() {
        let _ = write!(
            text,
            " Points of the set pile up at ends of ranges, {MANY} or more of them: {}.",
            piled.join(", ")
        );
    }
    Ok(text)
}

/// Columns of what all councils come to that are shown.
pub const EVERYWHERE: &[&str] = &["metric", "group_by", "group", "mean"];

/// The run that gives it.
const RUN: &str = "commissim run --place england --years 1 --replicates 1 --regimes tendering";

/// What the levels that were fitted to come to on all councils, not only those that stood for
/// them.
pub fn everywhere(targets: &Targets, found: &Found) -> anyhow::Result<String> {
    let Some(rows) = rows(found.everywhere.as_ref(), EVERYWHERE)? else {
        return Ok(format!("Not run for this version of the model: `{RUN}` does it."));
    };
    let find = |metric: &str, by: &str, group: &str| {
        let wanted =
            |row: &&Row| row["metric"] == metric && row["group_by"] == by && row["group"] == group;
        rows.iter().find(wanted)?["mean"].parse::<f64>().ok()
    };
    let held = ["choice.share_direct_payment", "choice.share_mixed"];
    let mut spread = Moments::default();
    for row in rows.iter().filter(|row| row["metric"] == held[0] && row["group_by"] == "place") {
        let parts = held.map(|metric| find(metric, "place", &row["group"]));
        spread.add(parts.into_iter().sum());
    }
    let mut text = format!(
        "On all {} councils at the centre (`{RUN}`) councils' shares of people of all ages with a \
         direct payment, whole or in part, have a standard deviation of {:.1} points. The levels that \
         were fitted to, in the one year:\n\n\
         | what | observed | within | on all councils | reached |\n|---|---|---|---|---|\n",
        spread.n(),
        100.0 * spread.sd().unwrap_or(f64::NAN),
    );
    let level = |target: &&Target| target.statistic == Statistic::Level && target.per.is_none();
    for target in targets.of(Role::Calibrate).filter(level) {
        let group = GROUPS[target.group];
        let part = |metric: &crate::metrics::Metric| {
            find(metric.declaration().id, group.by.id(), group.id)
        };
        let Some(all) = target.metrics.iter().map(part).sum::<Option<f64>>() else { continue };
        let Observed::Value(value) = target.observed else { continue };
        let reached = if (all - value).abs() <= target.tolerance { "yes" } else { "**no**" };
        let (what, within) = (&target.what, written(target.tolerance));
        let _ = writeln!(
            text,
            "| {what} | {} | {within} | {} | {reached} |",
            observed(target),
            figure(all)
        );
    }
    let groups = ["physical-18-64", "learning-18-64", "mental-health-18-64"];
    let parts = |group: &str| held.map(|metric| find(metric, "client_group", group));
    let each: Vec<Option<f64>> =
        groups.iter().map(|group| parts(group).into_iter().sum::<Option<f64>>()).collect();
    if let [Some(physical), Some(learning), Some(mental_health)] = each[..] {
        let _ = writeln!(
            text,
            "\nBy client group of 18 to 64 the direct payments are {:.0}% (physical), {:.0}% (learning) and \
             {:.0}% (mental health).",
            100.0 * physical,
            100.0 * learning,
            100.0 * mental_health
        );
    }
    Ok(text)
}
