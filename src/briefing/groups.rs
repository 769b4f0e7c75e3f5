//! Groups of people and stretches of time, as people read them.

use crate::outcomes::Period;

/// What a group of a table is called; one that is not known keeps its id.
pub fn title(group_by: &str, group: &str) -> String {
    let known = match (group_by, group) {
        ("all", _) => "Everybody",
        ("age", "18-64") => "Aged 18 to 64",
        ("age", "65+") => "Aged 65 and over",
        ("reason", "physical") => "Physical support",
        ("reason", "sensory") => "Sensory support",
        ("reason", "memory") => "Memory and cognition",
        ("reason", "learning") => "Learning disability",
        ("reason", "mental-health") => "Mental health",
        ("reason", "social") => "Social support",
        ("deprivation", "1") => "Most deprived fifth of neighbourhoods",
        ("deprivation", "2") => "Second most deprived fifth",
        ("deprivation", "3") => "Middle fifth by deprivation",
        ("deprivation", "4") => "Second least deprived fifth",
        ("deprivation", "5") => "Least deprived fifth of neighbourhoods",
        ("capacity", "low") => "Least able to manage a budget",
        ("capacity", "middle") => "Middle third by capacity to manage a budget",
        ("capacity", "high") => "Most able to manage a budget",
        _ => group,
    };
    known.to_owned()
}

/// What a period is called.
pub fn period(period: Period) -> String {
    match period {
        Period::Whole => "The whole of the time".to_owned(),
        Period::FinalYear => "The final year".to_owned(),
        Period::Year(year) => format!("Year {year}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcomes::{GROUPS, GroupBy};

    #[test]
    fn every_group_that_differences_have_has_a_title() {
        let differ =
            GROUPS.iter().filter(|group| !group.by.is_state() && group.by != GroupBy::ClientGroup);
        for group in differ {
            assert_ne!(title(group.by.id(), group.id), group.id, "{}", group.by.id());
        }
    }
}
