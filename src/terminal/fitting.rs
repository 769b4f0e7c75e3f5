//! What calibration and validation print.

use crate::fitting::chance::Verdict;
use crate::fitting::columns::{Calibration, Fit};
use crate::fitting::predicted::Prediction;
use crate::targets::{Observed, Targets};
use std::path::Path;

/// What a calibration found.
pub fn calibration(targets: &Targets, found: &Calibration, folder: &Path) -> String {
    let fits = found.fits();
    let members = found.members().count();
    let widest = fits.iter().map(|fit| fit.target.what.chars().count()).max().unwrap_or(0);
    let mut text = format!(
        "{}: {members} of {} points are not ruled out\n\n{:widest$}  {:>9}  {:>9}  {:>17}  \n",
        targets.name,
        found.points.iter().filter(|point| !point.centre).count(),
        "",
        "observed",
        "centre",
        "set"
    );
    for fit in &fits {
        let observed = match fit.target.observed {
            Observed::Value(value) => figure(value),
            Observed::Sign(sign) => sign.id().to_owned(),
        };
        let set = fit
            .set
            .map_or_else(String::new, |set| format!("{} to {}", figure(set[0]), figure(set[2])));
        let reached = if fit.goal.reached(fit.centre) { "" } else { "not reached" };
        let what = &fit.target.what;
        let line = format!(
            "{what:widest$}  {observed:>9}  {:>9}  {set:>17}  {reached}",
            figure(fit.centre)
        );
        text.push_str(line.trim_end());
        text.push('\n');
    }
    let moved = found.moved();
    let of = |verdict: Verdict| moved.iter().filter(|m| m.verdict == verdict).count();
    text.push_str(&format!(
        "\nOf {} parameters that vary, the targets moved {}, narrowed {} and did not clearly move {}.\n",
        moved.len(),
        of(Verdict::Moved),
        of(Verdict::Narrowed),
        of(Verdict::NotInformed),
    ));
    let missed: Vec<&Fit> = fits.iter().filter(|fit| !fit.goal.reached(fit.centre)).collect();
    if !missed.is_empty() {
        text.push_str(&format!("{} of {} targets are not reached.\n", missed.len(), fits.len()));
    }
    if members == 0 {
        text.push_str(&format!(
            "\nNothing that was run is near enough to every target, so there is no set to draw from: a range, a\ntolerance or the form of the model is wrong, or the waves were too few. The tables are in {}\n",
            folder.display()
        ));
        return text;
    }
    text.push_str(&format!(
        "\nThe set is in {}: use it with `commissim run --from {}`\n",
        folder.display(),
        folder.join("set.csv").display()
    ));
    text
}

/// What a validation found.
pub fn validation(predictions: &[Prediction], draws: u32, folder: &Path) -> String {
    let widest = predictions.iter().map(|p| p.target.id.chars().count()).max().unwrap_or(0);
    let mut text = format!(
        "Predicted over {draws} draws of the calibrated set, none of it fitted to\n\n{:widest$}  {:>9}  {:>9}  {:>19}  {:>9}  surprise\n",
        "", "observed", "predicted", "95% interval", ""
    );
    for p in predictions {
        let observed = match p.target.observed {
            Observed::Value(value) => figure(value),
            Observed::Sign(sign) => sign.id().to_owned(),
        };
        let interval = p
            .interval
            .map_or_else(String::new, |(low, high)| format!("{} to {}", figure(low), figure(high)));
        let mean = p.mean.map_or_else(String::new, figure);
        let surprise = p.surprise.map_or_else(String::new, |chance| match chance {
            chance if chance < 0.001 => "under 1 in 1,000".to_owned(),
            chance => format!("{chance:.3}"),
        });
        let line = format!(
            "{:widest$}  {observed:>9}  {mean:>9}  {interval:>19}  {:>9}  {surprise}",
            p.target.id,
            p.verdict(),
        );
        text.push_str(line.trim_end());
        text.push('\n');
    }
    let of = |passed: Option<bool>| predictions.iter().filter(|p| p.passed == passed).count();
    text.push_str(&format!(
        "\n{} pass, {} fail, {} not known, of {}.\n",
        of(Some(true)),
        of(Some(false)),
        of(None),
        predictions.len()
    ));
    for p in predictions.iter().filter(|p| p.passed == Some(false)) {
        text.push_str(&format!("{}: {}", p.target.id, p.target.what));
        if !p.target.reason.is_empty() {
            text.push_str(&format!(". Most likely because: {}", p.target.reason));
        }
        text.push('\n');
    }
    text.push_str(&format!("\nThe tables are in {}\n", folder.display()));
    text
}

/// A number to three figures.
pub fn figure(x: f64) -> String {
    let size = x.abs();
    let digits = match size {
        s if s >= 100.0 => 0,
        s if s >= 10.0 => 1,
        s if s >= 1.0 => 2,
        _ => 3,
    };
    format!("{x:.digits$}")
}
