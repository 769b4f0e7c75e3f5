//! What is said of parameter draws on the terminal.

use super::{BOLD, count, styled};
use crate::analysis::Findings;
use crate::analysis::moments::Quantiles;
use crate::analysis::nested::Estimate;
use crate::designs::Design;
use crate::experiment::Experiment;
use crate::uncertainty::Beliefs;
use std::fmt::Write;

/// What ranges take in, for the title.
pub fn luck(experiment: &Experiment) -> String {
    let replicates = count(experiment.replicates as usize, "replicate");
    match &experiment.uncertainty {
        Some(of) => {
            let draws = count(of.draws as usize, "draw");
            format!("luck and parameters, {draws} of {replicates}")
        }
        None => format!("{replicates}, luck only"),
    }
}

/// Whose beliefs a table is under; nothing where no parameters are drawn.
pub fn heading(text: &mut String, experiment: &Experiment, block: u32) {
    let Some(uncertainty) = &experiment.uncertainty else { return };
    let beliefs = uncertainty.blocks.get(block as usize).and_then(|block| block.beliefs);
    let (title, meaning) = match beliefs {
        Some(beliefs) => (beliefs.id(), beliefs.meaning()),
        None => ("a set", "Parameters are as a set of values has them."),
    };
    let _ = writeln!(text, "{}\n{meaning}", styled(BOLD, &format!("BELIEFS: {title}")));
}

/// Whose beliefs the tables below headlines are under, where there are several.
pub fn rest(text: &mut String, experiment: &Experiment) {
    if experiment.beliefs() > 1 {
        let first = experiment.believed(0);
        let _ = writeln!(text, "Below, beliefs are {first}; the results have the others too.\n");
    }
}

/// What is said in place of a range over parameters where luck hides it: half the width of
/// the mean's own 95% interval; none where it does not.
pub fn hidden(estimate: &Estimate, times: f64, write: impl Fn(f64) -> String) -> Option<String> {
    estimate.parameters().filter(|parameters| *parameters == 0.0)?;
    let (low, high) = estimate.interval_of_mean(&mut Quantiles::default())?;
    let half = (high - low) / 2.0 * times;
    (half > 0.0).then(|| format!("all luck, ± {}", write(half)))
}

/// Reasons for refusing that are told.
const REASONS: usize = 5;

/// What ranges are, and which draws are left out.
pub fn notes(text: &mut String, experiment: &Experiment, findings: &Findings) {
    let Some(uncertainty) = &experiment.uncertainty else { return };
    let how = uncertainty.design.map_or("a set", Design::id);
    let _ = writeln!(
        text,
        "Luck and parameters: ranges hold 95% of what {} of {} came to ({how}), with the luck\n\
         that is left in {} of each taken out. `all luck`: draws differ no more than luck makes them; ± is how\n\
         surely their mean is known.\n\
         A simulation with assumed ranges: differences from {} in the model, not forecasts; what has the wrong\n\
         form is not in any range. Where the unit is %, differences are in percentage points.",
        count(uncertainty.draws as usize, "draw"),
        count(uncertainty.names.len(), "parameter"),
        count(experiment.replicates as usize, "replicate"),
        experiment.comparator.id,
    );
    for block in 0..experiment.beliefs() {
        let refused: Vec<_> =
            findings.refused.iter().filter(|refused| refused.beliefs == block).collect();
        if refused.is_empty() {
            continue;
        }
        let whose = match uncertainty.blocks.get(block as usize).and_then(|block| block.beliefs) {
            Some(beliefs) => format!(" ({})", Beliefs::id(beliefs)),
            None => String::new(),
        };
        let are = if refused.len() == 1 { "is" } else { "are" };
        let _ = writeln!(
            text,
            "{} of {}{whose} {are} refused and left out of all of this:",
            refused.len(),
            count(uncertainty.draws as usize, "draw"),
        );
        for of in refused.iter().take(REASONS) {
            let _ = writeln!(text, "  draw {} in {}: {}", of.draw, of.place, of.why);
        }
        if refused.len() > REASONS {
            let _ = writeln!(text, "  and {} more, in refused.csv", refused.len() - REASONS);
        }
    }
}
