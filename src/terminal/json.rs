//! The table for programs.

use super::MECHANISMS;
use crate::analysis::{Findings, Row};
use crate::experiment::Experiment;
use crate::metrics::{Metric, PRICE_YEAR};
use crate::outcomes::Period;
use serde_json::{Value, json};
use std::path::Path;

/// What [`super::table`] shows, as JSON. Where parameters are drawn it is what the first
/// beliefs say; those of all stand under `beliefs`.
pub fn value(experiment: &Experiment, findings: &Findings, folder: &Path) -> Value {
    let mut value = under(experiment, &findings.under(0), folder);
    if let Some(uncertainty) = &experiment.uncertainty {
        value["interval"] = json!("luck and parameters");
        value["draws"] = json!(uncertainty.draws);
        let blocks = (0..experiment.beliefs()).map(|block| {
            let findings = findings.under(block);
            let mut of = under(experiment, &findings, folder);
            json!({
                "beliefs": experiment.believed(block),
                "refused": findings.refused.len(),
                "headlines": of["headlines"].take(),
                "mechanisms_final_year": of["mechanisms_final_year"].take(),
            })
        });
        value["beliefs"] = Value::Array(blocks.collect());
    }
    value
}

fn under(experiment: &Experiment, findings: &Findings, folder: &Path) -> Value {
    let base = &experiment.comparator.id;
    let estimate = |row: Option<&Row>| match row {
        Some(row) => json!({
            "mean": row.estimate.mean(),
            "low": row.interval.map(|i| i.0),
            "high": row.interval.map(|i| i.1),
            "n": row.estimate.n(),
        }),
        None => Value::Null,
    };
    let headline = |metric: &Metric| {
        let declaration = metric.declaration();
        let level = Findings::find(&findings.summary, base, *metric, Period::Whole);
        let differences = experiment.regimes.iter().map(|regime| {
            let rows = &findings.differences;
            let row = Findings::find(rows, &regime.id, *metric, Period::Whole);
            let mut cell = estimate(row);
            cell["regime"] = json!(regime.id);
            cell["verdict"] = json!(row.and_then(|r| r.verdict).map(|v| v.id()));
            cell
        });
        json!({
            "metric": declaration.id,
            "label": declaration.label,
            "family": declaration.family.id(),
            "unit": declaration.unit,
            "better": declaration.better.id(),
            "matters": declaration.matters(),
            "comparator": estimate(level),
            "differences": differences.collect::<Vec<_>>(),
        })
    };
    let mechanisms = std::iter::once(&experiment.comparator).chain(&experiment.regimes).map(|r| {
        let shares = MECHANISMS.iter().map(|metric| {
            let row = Findings::find(&findings.summary, &r.id, *metric, Period::FinalYear);
            let mut cell = estimate(row);
            cell["metric"] = json!(metric.declaration().id);
            cell
        });
        json!({ "regime": r.id, "shares": shares.collect::<Vec<_>>() })
    });
    json!({
        "experiment": experiment.id,
        "name": experiment.name,
        "places": experiment.places.iter().map(|p| &p.id).collect::<Vec<_>>(),
        "comparator": base,
        "years": experiment.years,
        "replicates": experiment.replicates,
        "price_year": PRICE_YEAR,
        "interval": "luck only",
        "headlines": Metric::ALL.iter().filter(|m| m.declaration().is_headline()).map(headline)
            .collect::<Vec<_>>(),
        "mechanisms_final_year": mechanisms.collect::<Vec<_>>(),
        "results": folder.display().to_string(),
    })
}
