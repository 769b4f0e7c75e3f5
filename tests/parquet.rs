//! `runs.parquet` as another implementation reads it (`parquet2`, which shares no code
//! with what wrote it), held against the CSV files of the same run.

use crate::results::commissim_run;
use parquet2::encoding::Encoding;
use parquet2::encoding::hybrid_rle::HybridRleDecoder;
use parquet2::page::{DataPage, Page, split_buffer};
use parquet2::read::{decompress, get_page_iterator, read_metadata};
use parquet2::schema::Repetition;
use parquet2::schema::types::PhysicalType;
use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

/// What a column holds in one row, as it was read.
#[derive(Clone, Debug, PartialEq)]
enum Read {
    Missing,
    Text(String),
    Whole(i32),
    Number(f64),
}

/// Values written one after another.
fn plain(bytes: &[u8], physical: PhysicalType) -> Vec<Read> {
    let four = |at: usize| <[u8; 4]>::try_from(&bytes[at..at + 4]).expect("four bytes");
    match physical {
        PhysicalType::Int32 => {
            let values = (0..bytes.len()).step_by(4);
            values.map(|at| Read::Whole(i32::from_le_bytes(four(at)))).collect()
        }
        PhysicalType::Double => {
            let eight = |b: &[u8]| <[u8; 8]>::try_from(b).expect("eight bytes");
            bytes.chunks(8).map(|b| Read::Number(f64::from_le_bytes(eight(b)))).collect()
        }
        PhysicalType::ByteArray => {
            let (mut values, mut at) = (Vec::new(), 0);
            while at < bytes.len() {
                let end = at + 4 + u32::from_le_bytes(four(at)) as usize;
                let text = String::from_utf8(bytes[at + 4..end].to_vec()).expect("UTF-8");
                values.push(Read::Text(text));
                at = end;
            }
            values
        }
        other => panic!("no column of ours is {other:?}"),
    }
}

/// The rows of a page.
fn rows_of(page: &DataPage, seen: &[Read], physical: PhysicalType) -> Vec<Read> {
    let (_, there, bytes) = split_buffer(page).expect("a page");
    let values = match page.encoding() {
        Encoding::Plain => plain(bytes, physical),
        Encoding::RleDictionary | Encoding::PlainDictionary => {
            let indices =
                HybridRleDecoder::try_new(&bytes[1..], u32::from(bytes[0]), page.num_values());
            let indices = indices.expect("indices").map(|index| index.expect("an index"));
            indices.map(|index| seen[index as usize].clone()).collect()
        }
        other => panic!("nothing of ours is written as {other:?}"),
    };
    if page.descriptor.primitive_type.field_info.repetition == Repetition::Required {
        return values;
    }
    let mut values = values.into_iter();
    let there = HybridRleDecoder::try_new(there, 1, page.num_values()).expect("levels");
    let row = |is_there: u32| match is_there {
        1 => values.next().expect("a value"),
        _ => Read::Missing,
    };
    there.map(|level| level.expect("a level")).map(row).collect()
}

/// A table by column, and what the file says of itself.
type Table = (BTreeMap<String, Vec<Read>>, BTreeMap<String, String>);

fn read(path: &Path) -> Table {
    let mut file = File::open(path).expect("there");
    let metadata = read_metadata(&mut file).expect("a Parquet file");
    let mut columns = BTreeMap::<String, Vec<Read>>::new();
    for group in &metadata.row_groups {
        for chunk in group.columns() {
            let physical = chunk.physical_type();
            let mut seen = Vec::new();
            let column = columns.entry(chunk.descriptor().path_in_schema.join("/")).or_default();
            let pages = get_page_iterator(chunk, &mut file, None, Vec::new(), usize::MAX);
            for page in pages.expect("pages") {
                match decompress(page.expect("a page"), &mut Vec::new()).expect("decompressed") {
                    Page::Dict(page) => seen = plain(&page.buffer, physical),
                    Page::Data(page) => column.extend(rows_of(&page, &seen, physical)),
                }
            }
        }
    }
    let says = metadata.key_value_metadata.clone().unwrap_or_default().into_iter();
    let says = says.map(|pair| (pair.key, pair.value.unwrap_or_default())).collect();
    assert_eq!(metadata.created_by.as_deref(), Some("commissim"));
    (columns, says)
}

fn text(read: &Read) -> String {
    match read {
        Read::Text(text) => text.clone(),
        other => panic!("{other:?} is not text"),
    }
}

/// What was measured, by metric, regime, place, division, group and period: a value for
/// each replicate, in order.
type Measured = BTreeMap<[String; 6], Vec<Option<f64>>>;

fn measured(columns: &BTreeMap<String, Vec<Read>>) -> Measured {
    let key = |name: &str, row: usize| text(&columns[name][row]);
    let mut measured = Measured::new();
    for (metric, values) in columns.iter().filter(|(name, _)| name.contains('.')) {
        for (row, value) in values.iter().enumerate() {
            let keys = ["regime", "place", "group_by", "group", "period"].map(|k| key(k, row));
            let [regime, place, by, group, period] = keys;
            let value = match value {
                Read::Number(value) => Some(*value),
                _ => None,
            };
            let of = measured.entry([metric.clone(), regime, place, by, group, period]);
            let of = of.or_default();
            assert_eq!(columns["replicate"][row], Read::Whole(of.len() as i32), "in order");
            of.push(value);
        }
    }
    measured
}

/// The values behind a row of a CSV file.
fn behind<'m>(
    measured: &'m Measured,
    row: &BTreeMap<String, String>,
    regime: &str,
) -> &'m [Option<f64>] {
    let (by, group) = (row["group_by"].as_str(), row["group"].as_str());
    let (place, by, group) =
        if by == "place" { (group, "all", "all") } else { ("(all)", by, group) };
    let key = [&row["metric"], regime, place, by, group, &row["period"]].map(str::to_owned);
    &measured[&key]
}

fn csv_rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).expect("there");
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

fn agrees(values: &[f64], row: &BTreeMap<String, String>) {
    assert_eq!(row["n"], values.len().to_string(), "{row:?}");
    if values.is_empty() {
        assert_eq!(row["mean"], "", "{row:?}");
        return;
    }
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let said: f64 = row["mean"].parse().expect("a number");
    assert!((mean - said).abs() <= 1e-9 * said.abs().max(1.0), "{mean} against {row:?}");
}

#[test]
fn another_implementation_reads_what_the_tables_say() {
    let parent = tempfile::tempdir().expect("a folder");
    let out = parent.path().join("mine");
    assert_eq!(commissim_run(&["--replicates", "13"], &out), 0);
    let (columns, says) = read(&out.join("runs.parquet"));
    let rows = columns["regime"].len();
    assert!(columns.values().all(|column| column.len() == rows));
    assert!(rows > 8_192, "several groups of rows are read: {rows}");
    assert_eq!(says["commissim.comparator"], "status-quo");
    assert!(says["commissim.units"].contains(r#""choice.picked":"share""#));
    for metric in commissim::metrics::METRICS {
        assert!(columns.contains_key(metric.id), "{}", metric.id);
    }
    for (period, year) in columns["period"].iter().zip(&columns["year"]) {
        let single = text(period).strip_prefix("year-").map(|year| year.parse().expect("a year"));
        assert_eq!(*year, single.map_or(Read::Missing, Read::Whole));
    }

    let measured = measured(&columns);
    let summary = csv_rows(&out.join("summary.csv"));
    assert!(summary.len() > 1_000);
    for row in &summary {
        let values: Vec<f64> =
            behind(&measured, row, &row["regime"]).iter().flatten().copied().collect();
        agrees(&values, row);
    }
    for file in ["differences.csv", "placebo.csv"] {
        for row in &csv_rows(&out.join(file)) {
            let regime = behind(&measured, row, &row["regime"]).iter();
            let pairs = regime.zip(behind(&measured, row, &row["comparator"]));
            let values: Vec<f64> =
                pairs.filter_map(|(regime, base)| Some((*regime)? - (*base)?)).collect();
            agrees(&values, row);
        }
    }
    // Every row of the Parquet file about all places stands behind one of summary.csv,
    // or is of the placebo.
    let told = summary.iter().filter(|row| row["group_by"] != "place").count();
    let there = |key: &&[String; 6]| key[2] == "(all)" && key[1] != "placebo";
    let of_people = |key: &&[String; 6]| {
        let metric = commissim::metrics::METRICS.iter().find(|m| m.id == key[0]).expect("a metric");
        metric.of_people || key[3] == "all"
    };
    assert_eq!(measured.keys().filter(there).filter(of_people).count(), told);
}

#[test]
fn months_add_up_to_what_the_years_say() {
    let parent = tempfile::tempdir().expect("a folder");
    let out = parent.path().join("mine");
    assert_eq!(commissim_run(&["--replicates", "5"], &out), 0);
    let (columns, _) = read(&out.join("series.parquet"));
    let number = |column: &str, row: usize| match columns[column][row] {
        Read::Number(value) => Some(value),
        _ => None,
    };
    let summary = csv_rows(&out.join("summary.csv"));
    let differences = csv_rows(&out.join("differences.csv"));
    let told = |rows: &[BTreeMap<String, String>], regime: &str, metric: &str| -> f64 {
        let is = |row: &&BTreeMap<String, String>| {
            let keys = ["regime", "metric", "group_by", "period"].map(|key| row[key].as_str());
            keys == [regime, metric, "all", "whole"]
        };
        rows.iter().find(is).expect("a row")["mean"].parse().expect("a number")
    };
    // As many people each month: the whole is the mean of its months.
    for regime in ["status-quo", "one", "two"] {
        for metric in ["choice.picked", "cost.public_per_person"] {
            let of = |name: &str| {
                let rows = 0..columns["regime"].len();
                let is = |row: &usize| {
                    text(&columns["regime"][*row]) == regime
                        && text(&columns["metric"][*row]) == metric
                        && matches!(columns["month"][*row], Read::Whole(month) if month > 0)
                };
                let months: Vec<f64> =
                    rows.filter(is).filter_map(|row| number(name, row)).collect();
                (months.len(), months.iter().sum::<f64>() / months.len() as f64)
            };
            let (months, mean) = of("mean");
            assert_eq!(months, 24, "{regime} {metric}");
            let whole = told(&summary, regime, metric);
            assert!((mean - whole).abs() <= 1e-9 * whole.abs(), "{regime} {metric}");
            let (months, mean) = of("difference");
            if regime == "status-quo" {
                assert_eq!(months, 0, "the comparator does not differ from itself");
            } else {
                let whole = told(&differences, regime, metric);
                assert!((mean - whole).abs() <= 1e-9, "{regime} {metric}");
            }
        }
    }
    for row in 0..columns["regime"].len() {
        if let Some(mean) = number("mean", row) {
            let (low, high) = (number("low", row), number("high", row));
            let (low, high) = (low.expect("five replicates"), high.expect("five replicates"));
            assert!(low <= mean && mean <= high);
        }
    }
    let first = columns["month"].iter().position(|month| *month == Read::Whole(1));
    assert_eq!(columns["date"][first.expect("a first month")], Read::Text("2015-04".to_owned()));
    // Before the fork there is one world: a year of it, under the comparator.
    let before = |row: &usize| matches!(columns["month"][*row], Read::Whole(month) if month < 1);
    let before: Vec<usize> = (0..columns["regime"].len()).filter(before).collect();
    assert_eq!(before.len(), 12 * commissim::metrics::METRICS.len());
    assert!(before.iter().all(|row| text(&columns["regime"][*row]) == "status-quo"));
}
