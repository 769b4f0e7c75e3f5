//! What a regime is to who pays and to who is supported, in a few words.

use super::Finding;

/// What is said of a regime on which no verdict is passed.
pub const NO_VERDICT: &str = "no verdict is passed";

/// Cost and quality of life together, by what is found of each: `dearer and better` only
/// where the tables call the one worse and the other better.
pub fn bought(cost: Option<Finding>, outcome: Option<Finding>) -> String {
    use Finding::{Better, Same, Unchanged, Unclear, Worse};
    let (Some(cost), Some(outcome)) = (cost, outcome) else { return NO_VERDICT.to_owned() };
    let price = match cost {
        Better => Some("cheaper"),
        Worse => Some("dearer"),
        _ => None,
    };
    match (price, outcome, cost) {
        (Some(price), Better | Worse, _) => format!("{price} and {}", outcome.said()),
        (Some(price), ..) => format!("{price}, {}", beside("quality of life", outcome)),
        (None, Better | Worse, Same | Unchanged) => format!("{} at the same cost", outcome.said()),
        (None, Better | Worse, _) => format!("{}, {}", outcome.said(), beside("cost", cost)),
        (None, Same | Unchanged, Same | Unchanged) => {
            "cost and quality of life are the same, to within what matters".to_owned()
        }
        (None, Unclear, Unclear) => "no clear difference in cost or in quality of life".to_owned(),
        _ => format!("{}, and {}", alone("cost", cost), alone("quality of life", outcome)),
    }
}

/// As in `with cost the same`.
fn beside(of: &str, found: Finding) -> String {
    match found {
        Finding::Unclear => format!("with {} in {of}", found.said()),
        Finding::Unchanged => format!("with {of} the same"),
        _ => format!("with {of} {}", found.said()),
    }
}

/// As in `cost is the same`.
fn alone(of: &str, found: Finding) -> String {
    match found {
        Finding::Unclear => format!("{} in {of}", found.said()),
        Finding::Unchanged => format!("{of} {}", found.said()),
        _ => format!("{of} is {}", found.said()),
    }
}
