//! The keys of how money and outcomes are appraised.

use super::{Key, Kind, key, number};
use crate::appraisal::{COSTS, LINES};

/// The `[economics]` table of an experiment.
pub const ECONOMICS: &[Key] = &[
    key(
        "thresholds",
        Kind::Numbers { low: 0.0, high: 1_000_000.0, unit: "£" },
        "What a year of full quality of life (SCRQoL) may be worth, £: net benefit is given at each.",
    )
    .default("[20000, 30000, 40000]"),
    key(
        "social_value",
        number(1.0, 1_000_000.0, "£"),
        "What such a year is taken to be worth in net present social value, £.",
    )
    .default("30000"),
    key(
        "discount_rate",
        number(0.0, 20.0, "% a year"),
        "One rate for costs and outcomes, % a year, in place of the Green Book's.",
    )
    .example("3"),
    key(
        "optimism_bias",
        Kind::Table(&OPTIMISM_BIAS),
        "What is added to a line of costs, %, in every regime alike, since estimates are too low as a rule; nothing is added unless it stands here.",
    )
    .example("{ change = 10 }"),
];

/// Lines of costs that may be raised: all but what comes in.
const OPTIMISM_BIAS: [Key; LINES - 1] = {
    const BLANK: Key = key("", number(0.0, 500.0, "%"), "Added to this line for optimism bias, %.");
    let mut keys = [BLANK; LINES - 1];
    let (mut line, mut next) = (0, 0);
    while line < LINES {
        if COSTS[line].counts[0] >= 0.0 {
            keys[next].name = COSTS[line].id;
            next += 1;
        }
        line += 1;
    }
    keys
};

#[cfg(test)]
mod tests {
    use super::super::find;
    use super::*;
    use crate::appraisal::{SOCIAL_VALUE, THRESHOLDS};

    #[test]
    fn what_is_said_of_worth_is_what_is_taken() {
        let default = |name| find(ECONOMICS, name).expect(name).default;
        assert_eq!(default("thresholds"), format!("{THRESHOLDS:?}").replace(".0", ""));
        assert_eq!(default("social_value"), SOCIAL_VALUE.to_string());
    }

    #[test]
    fn every_line_that_is_a_cost_may_be_raised_and_what_comes_in_may_not() {
        for line in &COSTS {
            assert_eq!(
                find(&OPTIMISM_BIAS, line.id).is_some(),
                line.id != "charges",
                "{}",
                line.id
            );
        }
    }
}
