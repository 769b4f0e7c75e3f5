//! `columns.csv`: what every column of every file holds, and what its words mean.

use super::parquet::Holds;
use super::resolved;
use super::runs::KEYS;
use super::series;
use crate::analysis::columns::{DIFFERENCES, SUMMARY, named, words};
use crate::analysis::{fates, stress, tolerance};
use crate::economics::columns as economics;
use crate::metrics::METRICS;
use crate::table::{Column, csv};

struct Entry {
    file: &'static str,
    column: &'static str,
    word: String,
    holds: &'static str,
    meaning: String,
}

const COLUMNS: &[Column<Entry>] = &[
    Column {
        name: "file",
        holds: "text",
        meaning: "The file; empty where a word means the same in every file.",
        value: |e| e.file.to_owned(),
    },
    Column {
        name: "column",
        holds: "text",
        meaning: "The column.",
        value: |e| e.column.to_owned(),
    },
    Column {
        name: "word",
        holds: "text",
        meaning: "A word that may stand in the column; empty where the column itself is described.",
        value: |e| e.word.clone(),
    },
    Column {
        name: "holds",
        holds: "text",
        meaning: "What the column holds: text, number, whole number, or true or false.",
        value: |e| e.holds.to_owned(),
    },
    Column {
        name: "meaning",
        holds: "text",
        meaning: "What it means.",
        value: |e| e.meaning.clone(),
    },
];

/// The bytes of `columns.csv`.
///
/// # Errors
///
/// Writing to memory does not fail; the error is passed on all the same.
pub fn bytes() -> anyhow::Result<Vec<u8>> {
    fn describe<R>(file: &'static str, column: &Column<R>) -> Entry {
        let Column { name, holds, meaning, .. } = column;
        Entry { file, column: name, word: String::new(), holds, meaning: (*meaning).to_owned() }
    }
    let mut entries = Vec::new();
    for (file, names) in
        [("summary.csv", SUMMARY), ("differences.csv", DIFFERENCES), ("placebo.csv", DIFFERENCES)]
    {
        entries.extend(named(names).into_iter().map(|c| describe(file, c)));
    }
    entries.extend(fates::COLUMNS.iter().map(|c| describe("gains.csv", c)));
    entries.extend(stress::COLUMNS.iter().map(|c| describe("stress.csv", c)));
    entries.extend(stress::RECOVERY.iter().map(|c| describe("recovery.csv", c)));
    entries.extend(tolerance::COLUMNS.iter().map(|c| describe("refused.csv", c)));
    let entry = |file, column, holds: Holds, meaning| Entry {
        file,
        column,
        word: String::new(),
        holds: holds.words(),
        meaning,
    };
    let runs = |column, holds, meaning| entry("runs.parquet", column, holds, meaning);
    entries.extend(KEYS.iter().map(|k| runs(k.name, k.holds, k.meaning.to_owned())));
    entries.extend(METRICS.iter().map(|metric| {
        let meaning =
            format!("{} Unit: {}. Missing where nobody was there.", metric.definition, metric.unit);
        runs(metric.id, Holds::Number, meaning)
    }));
    let series = series::COLUMNS.iter();
    entries.extend(series.map(|c| entry("series.parquet", c.name, c.holds, c.meaning.to_owned())));
    entries.extend(economics::COST.iter().map(|c| describe("costs.csv", c)));
    entries.extend(economics::ECONOMIC.iter().map(|c| describe("economics.csv", c)));
    entries.extend(economics::PLANE.iter().map(|c| describe("plane.csv", c)));
    entries.extend(economics::ACCEPTABILITY.iter().map(|c| describe("acceptability.csv", c)));
    entries.extend(resolved::COLUMNS.iter().map(|c| describe("parameters.csv", c)));
    entries.extend(COLUMNS.iter().map(|c| describe("columns.csv", c)));
    let words =
        words().into_iter().map(|(column, word, meaning)| (column, word.to_owned(), meaning));
    entries.extend(words.chain(economics::words()).map(|(column, word, meaning)| Entry {
        file: "",
        column,
        word,
        holds: "text",
        meaning,
    }));
    csv(&COLUMNS.iter().collect::<Vec<_>>(), &entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_and_metric_is_described() {
        let text = String::from_utf8(bytes().expect("written")).expect("text");
        for start in [
            "summary.csv,mean,,number,",
            "placebo.csv,verdict,,text,",
            "parameters.csv,name,",
            "costs.csv,payer,",
            "economics.csv,threshold,,number,",
            "plane.csv,incremental_cost,",
            "acceptability.csv,probability_best,",
            ",perspective,society,",
            ",measure,icer,",
            ",discounting,standard,",
            ",quadrant,cheaper and worse,",
            ",line,unpaid_hours,",
        ] {
            assert!(text.lines().any(|l| l.starts_with(start)), "{start}");
        }
        for metric in crate::metrics::METRICS {
            assert!(text.contains(metric.id), "{}", metric.id);
        }
    }
}
