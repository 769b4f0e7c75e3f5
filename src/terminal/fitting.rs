//! What calibration and validation print.

use crate::fitting::columns::{Calibration, Fit};
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
        found.points.len(),
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
        let set = fit.set.map_or_else(String::new, |set| {
            format!("{} to {}", figure(set[0]), figure(set[2]))
        });
        let reached = if fit.goal.reached(fit.centre) { "" } else { "not reached" };
        let what = &fit.target.what;
        let line =
            format!("{what:widest$}  {observed:>9}  {:>9}  {set:>17}  {reached}", figure(fit.centre));
        text.push_str(line.trim_end());
        text.push('\n');
    }
    let moved = found.moved();
    let of = |verdict: &str| moved.iter().filter(|m| m.verdict() == verdict).count();
    text.push_str(&format!(
        "\nOf {} parameters that vary, the targets moved {}, narrowed {} and say nothing about {}.\n",
        moved.len(),
        of("moved"),
        of("narrowed"),
        of("not informed"),
    ));
    let missed: Vec<&Fit> = fits.iter().filter(|fit| !fit.goal.reached(fit.centre)).collect();
    if !missed.is_empty() {
        text.push_str(&format!("{} of {} targets are not reached.\n", missed.len(), fits.len()));
    }
    text.push_str(&format!(
        "\nThe set is in {}: use it with `commissim run --from {}`\n",
        folder.display(),
        folder.join("set.csv").display()
    ));
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
