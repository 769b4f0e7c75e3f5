//! Rows of `differences.csv` that a reader with scripts can choose from.

use super::super::book::{Book, Difference};
use super::super::groups;
use super::super::words::{Estimate, Finding, LUCK_ALONE, UNKNOWN, phrase, signed_range};
use crate::metrics::Metric;
use crate::outcomes::Period;
use serde_json::{Value, json};

/// Ways of dividing people that can be chosen; those that regimes change have no
/// differences, and the client groups of statistics say what ages and reasons say.
const GROUPED: [&str; 6] = ["all", "age", "reason", "deprivation", "capacity", "place"];

/// Whether a row can be chosen: headlines for every group, other outcomes for everybody.
fn is_there(row: &Difference, beliefs: &str) -> bool {
    let declared = row.metric.declaration();
    let judged = declared.matters().is_some();
    row.beliefs == beliefs
        && row.mean.is_some()
        && judged
        && GROUPED.contains(&row.group_by.as_str())
        && (declared.is_headline() || row.group_by == "all")
}

/// What stands in the page for its script: names, and a row for each difference, rounded
/// as everywhere else.
pub(super) fn rows(book: &Book) -> Value {
    let beliefs = book.beliefs();
    let kept: Vec<&Difference> =
        book.differences.iter().filter(|row| is_there(row, beliefs)).collect();
    let mut metrics: Vec<Metric> =
        Metric::ALL.iter().copied().filter(|m| kept.iter().any(|row| row.metric == *m)).collect();
    // Headlines first, each kind in the order of tables.
    metrics.sort_by_key(|metric| !metric.declaration().is_headline());
    let mut groups: Vec<(&str, &str)> = Vec::new();
    for row in &kept {
        let group = (row.group_by.as_str(), row.group.as_str());
        if !groups.contains(&group) {
            groups.push(group);
        }
    }
    groups.sort_by_key(|(by, _)| GROUPED.iter().position(|known| known == by));
    let mut periods = vec![Period::Whole, Period::FinalYear];
    periods.extend((1..=book.experiment.years).map(Period::Year));
    let regimes = &book.experiment.regimes;
    let number = |row: &Difference| -> Option<Value> {
        let at = [
            metrics.iter().position(|metric| *metric == row.metric)?,
            regimes.iter().position(|regime| regime.id == row.regime)?,
            groups
                .iter()
                .position(|group| *group == (row.group_by.as_str(), row.group.as_str()))?,
            periods.iter().position(|period| *period == row.period)?,
        ];
        let of = Estimate::difference(row);
        let times = phrase(row.metric).times;
        let (mean, _) = signed_range(&of, times)?;
        let ends = of.ends(times);
        let found = Finding::of(&of).map_or(json!(""), |found| {
            json!(Finding::ALL.iter().position(|known| *known == found))
        });
        let [low, high] = ends.map(|end| end.unwrap_or_default());
        Some(json!([at[0], at[1], at[2], at[3], mean.plain(), low, high, found]))
    };
    let metric = |metric: &Metric| {
        let declared = metric.declaration();
        let phrase = phrase(*metric);
        json!({
            "id": declared.id,
            "title": declared.label,
            "unit": phrase.unit,
            "matters": declared.matters().map(|matters| matters * phrase.times),
            "beyond_groups": declared.beyond_groups(),
            "family": if declared.is_headline() { "Declared before the run" } else { "Also looked at" },
        })
    };
    let place = |id: &str| book.experiment.places.iter().find(|place| place.id == id);
    let group = |(by, id): &(&str, &str)| {
        let title = match place(id).filter(|_| *by == "place") {
            Some(place) => place.name.clone(),
            None => groups::title(by, id),
        };
        json!({ "by": by, "id": id, "title": title })
    };
    // Where draws differ by no more than luck makes them there is no range over them.
    let drawn = kept.iter().any(|row| Estimate::difference(row).drawn);
    json!({
        "unranged": if drawn { LUCK_ALONE } else { UNKNOWN },
        "comparator": book.experiment.comparator.name,
        "metric": metrics.iter().map(metric).collect::<Vec<_>>(),
        "regime": regimes.iter().map(|r| json!({ "id": r.id, "title": r.name })).collect::<Vec<_>>(),
        "group": groups.iter().map(group).collect::<Vec<_>>(),
        "period": periods.iter().map(|p| json!({ "id": p.id(), "title": groups::period(*p) })).collect::<Vec<_>>(),
        "findings": Finding::ALL.map(|found| json!([found.said(), super::class(found)])),
        "rows": kept.into_iter().filter_map(number).collect::<Vec<_>>(),
    })
}
