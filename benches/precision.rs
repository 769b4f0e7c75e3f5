//! What the same luck in every regime is worth: `cargo bench --bench precision`.
//!
//! Runs the default experiment and asks how many replicates, and seconds of one processor, it
//! takes until the 95% interval of each headline difference is as narrow as `--precision 2%`
//! asks for: with regimes held against the comparator under the same luck, and under another
//! replicate's. `-- --keep` writes `benches/runs/precision.csv`.

use commissim::analysis::measure;
use commissim::analysis::precision::wanted;
use commissim::cell::{self, Cell};
use commissim::experiment::{Experiment, Precision};
use commissim::files::{self, Overrides};
use commissim::metrics::Metric;
use commissim::outcomes::Period;
use std::error::Error;
use std::time::Instant;

/// Replicates that variances are measured in.
const REPLICATES: u32 = 60;
/// How precise, as `--precision` has it.
const SHARE: f64 = 0.02;
/// The normal quantile that leaves a fortieth in each tail.
const Z: f64 = 1.959_963_985;
/// What is kept.
const KEPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/runs/precision.csv");

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn variance(values: &[f64]) -> f64 {
    let mean = mean(values);
    values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>()
        / (values.len() - 1) as f64
}

/// Replicates until a mean of such a variance is known this well; two at least.
fn replicates(variance: f64, half: f64) -> f64 {
    (Z * Z * variance / (half * half)).ceil().max(2.0)
}

fn main() -> Result<(), Box<dyn Error>> {
    let (shipped, _) = files::experiment("four-regimes", &Overrides::default())?;
    let experiment = Experiment { replicates: REPLICATES, ..shipped };
    let started = Instant::now();
    let cells: Vec<Cell> = cell::units(&experiment)
        .iter()
        .flat_map(|unit| cell::together(&experiment, unit))
        .collect();
    let seconds = started.elapsed().as_secs_f64() / f64::from(REPLICATES);
    let precision = Precision { share: SHARE, widths: Vec::new(), most: REPLICATES };
    let mut rows = csv::Writer::from_writer(Vec::new());
    rows.write_record([
        "regime",
        "metric",
        "half_wanted",
        "variance_paired",
        "variance_apart",
        "ratio",
        "replicates_paired",
        "replicates_apart",
    ])?;
    let (mut most, mut ratios) = ([2.0_f64; 2], Vec::new());
    for (index, regime) in experiment.regimes.iter().enumerate() {
        for metric in Metric::ALL.iter().filter(|metric| metric.declaration().is_headline()) {
            let value = |cell: &Cell, world: usize| {
                let (world, comparator) = (&cell.worlds[world], &cell.worlds[0]);
                measure::value(*metric, world, comparator, 0, Period::Whole)
            };
            let of = |world: usize| -> Option<Vec<f64>> {
                cells.iter().map(|cell| value(cell, world)).collect()
            };
            let (Some(ours), Some(theirs)) = (of(index + 1), of(0)) else { continue };
            let paired: Vec<f64> = ours.iter().zip(&theirs).map(|(a, b)| a - b).collect();
            let half = wanted(&precision, *metric, Some(mean(&theirs)));
            let variances = [variance(&paired), variance(&ours) + variance(&theirs)];
            let needed = variances.map(|variance| replicates(variance, half));
            for (most, needed) in most.iter_mut().zip(needed) {
                *most = most.max(needed);
            }
            ratios.push(variances[1] / variances[0]);
            rows.write_record([
                regime.id.clone(),
                metric.declaration().id.to_owned(),
                format!("{half:.4}"),
                format!("{:.3e}", variances[0]),
                format!("{:.3e}", variances[1]),
                format!("{:.2}", variances[1] / variances[0]),
                needed[0].to_string(),
                needed[1].to_string(),
            ])?;
        }
    }
    let rows = String::from_utf8(rows.into_inner()?)?;
    ratios.sort_by(f64::total_cmp);
    println!("{rows}");
    println!("{seconds:.2} seconds a replicate on one thread, all regimes");
    for (how, most) in ["the same luck", "luck of their own"].iter().zip(most) {
        println!(
            "{how}: {most} replicates until every headline difference is known as well as asked, {:.0} seconds",
            most * seconds
        );
    }
    println!("variance apart over variance paired: median {:.1}", ratios[ratios.len() / 2]);
    if std::env::args().any(|argument| argument == "--keep") {
        std::fs::write(KEPT, rows)?;
    }
    Ok(())
}
