//! The columns of `summary.csv`, `differences.csv` and `placebo.csv`, and what
//! the words in them mean.

use super::Row;
use super::stress::Said;
use super::verdict::Verdict;
use crate::levers::Mechanism;
use crate::metrics::METRICS;
use crate::outcomes::GroupBy;
use crate::stresses::KINDS;
use crate::table::{Column, columns, number, optional};
use crate::uncertainty::Beliefs;

/// The columns of `summary.csv`, in order.
pub const SUMMARY: &[&str] = &[
    "regime",
    "metric",
    "family",
    "unit",
    "better",
    "group_by",
    "group",
    "period",
    "mean",
    "sd",
    "low",
    "high",
    "n",
    "kind",
    "headline",
    "interval",
    "beliefs",
    "draws",
    "replicates",
    "luck_se",
    "mean_se",
];

/// The columns of `differences.csv` and `placebo.csv`, in order.
pub const DIFFERENCES: &[&str] = &[
    "regime",
    "comparator",
    "metric",
    "family",
    "unit",
    "better",
    "group_by",
    "group",
    "period",
    "mean",
    "low",
    "high",
    "n",
    "verdict",
    "kind",
    "headline",
    "matters",
    "interval",
    "beliefs",
    "draws",
    "refused",
    "replicates",
    "luck_se",
    "mean_se",
];

/// The columns of a file, from their names.
pub fn named(names: &[&str]) -> Vec<&'static Column<Row>> {
    names.iter().filter_map(|name| COLUMNS.iter().find(|c| c.name == *name)).collect()
}

/// Every column of the three files, declared once.
const COLUMNS: &[Column<Row>] = columns! {
    "regime", "text", "Id of the regime.", |r| r.regime.clone();
    "comparator", "text", "Id of the regime it is compared with, in the same replicate and on the same luck.", |r| r.comparator.clone();
    "metric", "text", "Id of the metric, family.name.", |r| r.metric.declaration().id.to_owned();
    "family", "text", "Family of the metric.", |r| r.metric.declaration().family.id().to_owned();
    "unit", "text", "Unit of mean, sd, low, high, matters and luck_se.", |r| r.metric.declaration().unit.to_owned();
    "better", "text", "Which way is better: up, down or neither.", |r| r.metric.declaration().better.id().to_owned();
    "group_by", "text", "How people are divided into groups.", |r| r.group_by.to_owned();
    "group", "text", "The group of people, or the place.", |r| r.group.clone();
    "period", "text", "Stretch of time after the fork: whole, final-year (its last twelve months) or year-1 and so on.", |r| r.period.id();
    "mean", "number", "Mean over replicates, and over draws where there are many: of the level in summary.csv, of regime minus comparator elsewhere.", |r| optional(r.estimate.mean());
    "sd", "number", "Standard deviation across replicates; where there are many draws, of one of them.", |r| optional(r.estimate.sd());
    "low", "number", "Low end of the interval, 95%: of the mean where interval is luck, the range of draws' means, luck taken out, where it is parameters; for a share, cut where no share can be.", |r| optional(r.interval.map(|i| i.0));
    "high", "number", "High end of the same interval; for a share, cut where no share can be.", |r| optional(r.interval.map(|i| i.1));
    "n", "whole number", "Replicates in which it could be measured; where parameters are drawn, draws.", |r| r.estimate.n().to_string();
    "verdict", "text", "What the difference amounts to; empty for what only describes and under 20 replicates, or 20 draws where parameters are drawn.", |r| r.verdict.map(|v| v.id().to_owned()).unwrap_or_default();
    "kind", "text", "outcome, or descriptive where it follows from what a regime is and is not judged.", |r| r.metric.declaration().kind().to_owned();
    "headline", "true or false", "Whether it is one of the comparisons declared before the run; all else is exploratory.", |r| r.headline.to_string();
    "matters", "number", "The smallest difference worth a decision; empty for what only describes.", |r| optional(r.metric.declaration().matters());
    "interval", "text", "What low and high take in: luck is chance alone, with every parameter at one value; parameters is not knowing their values, luck taken out.", |r| r.basis.interval().to_owned();
    "beliefs", "text", "Whose ranges parameters were drawn from; empty where none were drawn, or a set does not say.", |r| r.basis.beliefs.to_owned();
    "draws", "whole number", "Parameter draws, those refused among them.", |r| r.basis.draws.to_string();
    "refused", "whole number", "Parameter draws left out, since their status quo was out of tolerance or their community fed itself.", |r| r.basis.refused.to_string();
    "replicates", "whole number", "Replicates run of each draw.", |r| r.basis.replicates.to_string();
    "luck_se", "number", "Standard error of the mean from luck alone.", |r| optional(r.estimate.luck_error());
    "mean_se", "number", "Standard error of the mean: from luck where interval is luck; where it is parameters, over draws, on one degree of freedom fewer than n.", |r| optional(r.estimate.error());
};

/// What the words in a column mean: (column, word, meaning).
pub fn words() -> Vec<(&'static str, &'static str, String)> {
    let mut words = Vec::new();
    for metric in METRICS {
        let mut meaning = format!("{} Unit: {}.", metric.definition, metric.unit);
        if let Some(matters) = metric.matters() {
            meaning.push_str(&format!(" A difference of {} matters.", number(matters)));
        }
        if let Some(beyond) = metric.beyond_groups() {
            meaning.push_str(&format!(" {beyond}"));
        }
        words.push(("metric", metric.id, meaning));
    }
    let divisions = [
        (GroupBy::All, "Everybody, in all places."),
        (GroupBy::Age, "Under 65, or 65 and over."),
        (GroupBy::Reason, "Primary reason for support."),
        (GroupBy::Deprivation, "Fifth of neighbourhoods by deprivation; 1 is the most deprived."),
        (GroupBy::Capacity, "Third of people by capacity to manage a budget, own or a helper's."),
        (
            GroupBy::ClientGroup,
            "Client groups as direct payments are counted by: a reason and 18 to 64, or 65 and over.",
        ),
        (
            GroupBy::Mechanism,
            "Who holds the budget: a state that regimes change, so in summary.csv only.",
        ),
        (
            GroupBy::EnoughChoice,
            "Whether the person says they have enough choice: a state that regimes change, so in summary.csv only.",
        ),
    ];
    words.extend(divisions.map(|(by, meaning)| ("group_by", by.id(), meaning.to_owned())));
    words.push(("group_by", "place", "Everybody in one of several places.".to_owned()));
    for mechanism in Mechanism::ALL {
        words.push(("group", mechanism.id(), mechanism.meaning().to_owned()));
    }
    for beliefs in Beliefs::ALL {
        words.push(("beliefs", beliefs.id(), beliefs.meaning().to_owned()));
    }
    for verdict in Verdict::ALL {
        words.push(("verdict", verdict.id(), verdict.meaning().to_owned()));
    }
    words.extend(Said::ALL.map(|said| ("measure", said.id(), said.meaning().to_owned())));
    for kind in KINDS {
        words.push(("stress", kind.id, format!("{}: {}", kind.title, kind.why)));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_named_column_is_declared_and_every_declared_column_is_used() {
        for names in [SUMMARY, DIFFERENCES] {
            let found: Vec<&str> = named(names).iter().map(|c| c.name).collect();
            assert_eq!(found, names);
        }
        for column in COLUMNS {
            assert!(
                SUMMARY.contains(&column.name) || DIFFERENCES.contains(&column.name),
                "{} is in no file",
                column.name
            );
        }
    }
}
