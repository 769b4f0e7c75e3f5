//! What a regime is to who pays and to who is supported, in a few words.

use super::Finding;
use crate::analysis::verdict::Verdict;

/// What is said of a regime on which no verdict is passed.
pub const NO_VERDICT: &str = "no verdict is passed";

/// Cost and quality of life together, by the verdicts on each: `dearer and better` only
/// where the tables call the one worse and the other better.
pub fn bought(cost: Option<Finding>, outcome: Option<Finding>) -> &'static str {
    use Verdict::{Better, Same, Unclear, Worse};
    let (Some(cost), Some(outcome)) = (cost, outcome) else { return NO_VERDICT };
    match (cost.verdict(), outcome.verdict()) {
        (Better, Better) => "cheaper and better",
        (Better, Worse) => "cheaper and worse",
        (Better, Same) => "cheaper, with quality of life the same",
        (Better, Unclear) => "cheaper, with no clear difference in quality of life",
        (Worse, Better) => "dearer and better",
        (Worse, Worse) => "dearer and worse",
        (Worse, Same) => "dearer, with quality of life the same",
        (Worse, Unclear) => "dearer, with no clear difference in quality of life",
        (Same, Better) => "better at the same cost",
        (Same, Worse) => "worse at the same cost",
        (Same, Same) => "cost and quality of life are the same, to within what matters",
        (Same, Unclear) => "cost is the same, with no clear difference in quality of life",
        (Unclear, Better) => "better, with no clear difference in cost",
        (Unclear, Worse) => "worse, with no clear difference in cost",
        (Unclear, Same) => "no clear difference in cost, with quality of life the same",
        (Unclear, Unclear) => "no clear difference in cost or in quality of life",
    }
}
