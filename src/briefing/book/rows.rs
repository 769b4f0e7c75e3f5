//! The rows of the tables, read by the names of their columns. What a column holds is
//! said where it is declared, and in `columns.csv`.

use super::missing;
use crate::analysis::verdict::Verdict;
use crate::metrics::{self, Metric};
use crate::outcomes::Period;
use anyhow::{Context, bail};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use std::fs::File;
use std::path::Path;

macro_rules! rows {
    ($($(#[doc = $doc:literal])+ $name:ident { $($(#[$how:meta])? $column:ident: $holds:ty,)+ })+) => {
        $($(#[doc = $doc])+
        #[derive(Clone, Debug, PartialEq, Deserialize)]
        #[expect(missing_docs, reason = "the columns of the file, described in columns.csv")]
        pub struct $name { $($(#[$how])? pub $column: $holds,)+ })+
    };
}

rows! {
    /// A row of `summary.csv`.
    Level {
        regime: String,
        #[serde(deserialize_with = "metric")]
        metric: Metric,
        group_by: String,
        group: String,
        #[serde(deserialize_with = "period")]
        period: Period,
        mean: Option<f64>,
        sd: Option<f64>,
        low: Option<f64>,
        high: Option<f64>,
        n: u32,
        headline: bool,
        interval: String,
        beliefs: String,
        draws: u32,
        replicates: u32,
        luck_se: Option<f64>,
        mean_se: Option<f64>,
    }
    /// A row of `differences.csv` or `placebo.csv`.
    Difference {
        regime: String,
        comparator: String,
        #[serde(deserialize_with = "metric")]
        metric: Metric,
        group_by: String,
        group: String,
        #[serde(deserialize_with = "period")]
        period: Period,
        mean: Option<f64>,
        low: Option<f64>,
        high: Option<f64>,
        n: u32,
        #[serde(deserialize_with = "verdict")]
        verdict: Option<Verdict>,
        headline: bool,
        matters: Option<f64>,
        interval: String,
        beliefs: String,
        draws: u32,
        refused: u32,
        replicates: u32,
        luck_se: Option<f64>,
        mean_se: Option<f64>,
    }
    /// A row of `gains.csv`.
    Gain {
        regime: String,
        comparator: String,
        #[serde(deserialize_with = "metric")]
        metric: Metric,
        matters: Option<f64>,
        group_by: String,
        group: String,
        fate: String,
        share: Option<f64>,
        low: Option<f64>,
        high: Option<f64>,
        placebo: Option<f64>,
        excess: Option<f64>,
        excess_low: Option<f64>,
        excess_high: Option<f64>,
        people: Option<f64>,
        only_regime: Option<f64>,
        only_comparator: Option<f64>,
        n: u32,
        interval: String,
        beliefs: String,
    }
    /// A row of `stress.csv`.
    Stress {
        regime: String,
        comparator: String,
        stress: String,
        #[serde(deserialize_with = "metric")]
        metric: Metric,
        unit: String,
        measure: String,
        mean: Option<f64>,
        low: Option<f64>,
        high: Option<f64>,
        difference: Option<f64>,
        difference_low: Option<f64>,
        difference_high: Option<f64>,
        n: u32,
        interval: String,
        beliefs: String,
    }
    /// A row of `recovery.csv`.
    Gap {
        regime: String,
        stress: String,
        #[serde(deserialize_with = "metric")]
        metric: Metric,
        months: i32,
        mean: Option<f64>,
        low: Option<f64>,
        high: Option<f64>,
        n: u32,
        interval: String,
        beliefs: String,
    }
    /// A row of `costs.csv`.
    Cost {
        regime: String,
        comparator: String,
        line: String,
        payer: String,
        unit: String,
        price_year: String,
        discounting: String,
        basis: String,
        mean: Option<f64>,
        low: Option<f64>,
        high: Option<f64>,
        difference: Option<f64>,
        difference_low: Option<f64>,
        difference_high: Option<f64>,
        n: u32,
        in_council: Option<f64>,
        in_public: Option<f64>,
        in_society: Option<f64>,
        interval: String,
        beliefs: String,
    }
    /// A row of `economics.csv`.
    Economic {
        regime: String,
        comparator: String,
        perspective: String,
        discounting: String,
        measure: String,
        threshold: Option<f64>,
        unit: String,
        price_year: String,
        mean: Option<f64>,
        low: Option<f64>,
        high: Option<f64>,
        n: u32,
        quadrant: String,
        interval: String,
        draws: u32,
        replicates: u32,
        beliefs: String,
    }
    /// A row of `plane.csv`.
    Point {
        regime: String,
        comparator: String,
        perspective: String,
        draw: u32,
        replicate: Option<u32>,
        incremental_cost: f64,
        incremental_outcome: f64,
        interval: String,
        beliefs: String,
    }
    /// A row of `acceptability.csv`.
    Acceptability {
        regime: String,
        comparator: String,
        perspective: String,
        threshold: f64,
        probability: Option<f64>,
        probability_best: Option<f64>,
        n: u32,
        interval: String,
        beliefs: String,
    }
    /// A row of `parameters.csv`.
    Parameter {
        name: String,
        value: Option<f64>,
        unit: String,
        default: Option<f64>,
        low: Option<f64>,
        high: Option<f64>,
        grade: String,
        source: String,
    }
    /// A row of `refused.csv`.
    Refused {
        beliefs: String,
        draw: u32,
        place: String,
        why: String,
    }
    /// A month of one person's life under one regime, as `trace --csv` has it.
    LifeMonth {
        citizen: String,
        place: String,
        regime: String,
        month: i32,
        date: String,
        stage: String,
        hours_needed: f64,
        hours_planned: f64,
        hours_delivered: f64,
        mechanism: String,
        supporter: String,
        picked: Option<bool>,
        fit: Option<f64>,
        scrqol: Option<f64>,
        unpaid_hours: f64,
        public_pounds: f64,
    }
}

/// A row of `series.parquet`.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the columns of the file, described in columns.csv")]
pub struct Month {
    pub regime: String,
    pub metric: Metric,
    pub month: i32,
    pub date: String,
    pub mean: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub n: i32,
    pub difference: Option<f64>,
    pub difference_low: Option<f64>,
    pub difference_high: Option<f64>,
    pub interval: String,
    pub beliefs: String,
}

fn metric<'d, D: Deserializer<'d>>(from: D) -> Result<Metric, D::Error> {
    let id = String::deserialize(from)?;
    metrics::find(&id).ok_or_else(|| D::Error::custom(format!("there is no metric `{id}`")))
}

fn period<'d, D: Deserializer<'d>>(from: D) -> Result<Period, D::Error> {
    let id = String::deserialize(from)?;
    let year = || id.strip_prefix("year-").and_then(|year| year.parse().ok());
    match id.as_str() {
        "whole" => Ok(Period::Whole),
        "final-year" => Ok(Period::FinalYear),
        _ => year()
            .map(Period::Year)
            .ok_or_else(|| D::Error::custom(format!("there is no period `{id}`"))),
    }
}

fn verdict<'d, D: Deserializer<'d>>(from: D) -> Result<Option<Verdict>, D::Error> {
    let id = String::deserialize(from)?;
    let found = Verdict::ALL.into_iter().find(|verdict| verdict.id() == id);
    if found.is_none() && !id.is_empty() {
        return Err(D::Error::custom(format!("there is no verdict `{id}`")));
    }
    Ok(found)
}

/// The rows of `series.parquet`.
pub(super) fn series(folder: &Path) -> anyhow::Result<Vec<Month>> {
    let path = folder.join("series.parquet");
    let context = || missing(&path, folder);
    let file = File::open(&path).with_context(context)?;
    let file = SerializedFileReader::new(file).with_context(context)?;
    let mut found: Vec<Month> = Vec::new();
    for row in file.get_row_iter(None).with_context(context)? {
        let row = row.with_context(context)?;
        found.push(month(row.into_columns()).with_context(context)?);
    }
    Ok(found)
}

fn month(columns: Vec<(String, Field)>) -> anyhow::Result<Month> {
    let of = |name: &str| {
        let found = columns.iter().find(|(column, _)| column == name);
        found.map(|(_, field)| field).with_context(|| format!("there is no column `{name}`"))
    };
    let text = |name: &str| match of(name)? {
        Field::Str(text) => Ok(text.clone()),
        other => bail!("`{other}` in column `{name}` is no text"),
    };
    let whole = |name: &str| match of(name)? {
        Field::Int(number) => Ok(*number),
        other => bail!("`{other}` in column `{name}` is no whole number"),
    };
    let number = |name: &str| match of(name)? {
        Field::Double(number) => Ok(Some(*number)),
        Field::Null => Ok(None),
        other => bail!("`{other}` in column `{name}` is no number"),
    };
    let id = text("metric")?;
    let metric = metrics::find(&id).with_context(|| format!("there is no metric `{id}`"))?;
    Ok(Month {
        regime: text("regime")?,
        metric,
        month: whole("month")?,
        date: text("date")?,
        mean: number("mean")?,
        low: number("low")?,
        high: number("high")?,
        n: whole("n")?,
        difference: number("difference")?,
        difference_low: number("difference_low")?,
        difference_high: number("difference_high")?,
        interval: text("interval")?,
        beliefs: text("beliefs")?,
    })
}
