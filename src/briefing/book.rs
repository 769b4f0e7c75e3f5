//! A results folder read back: its tables as rows, and the experiment from its inputs.

mod rows;

pub use rows::{
    Acceptability, Cost, Difference, Economic, Gain, Gap, Level, LifeMonth, Month, Parameter,
    Point, Refused, Stress,
};

use crate::experiment::{Experiment, Regime};
use crate::files::{self, Overrides};
use crate::metrics::{self, Metric};
use crate::outcomes::Period;
use anyhow::{Context, anyhow, bail};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// The regime that is the comparator with one self-funder more: what a stranger changes.
pub const PLACEBO: &str = "placebo";

/// What the tables of a results folder hold. Tables that a run leaves only sometimes are
/// empty where they are not there.
#[derive(Debug)]
pub struct Book {
    /// The folder.
    pub folder: PathBuf,
    /// What was run, from the folder's inputs: titles, places, regimes, years, stresses.
    pub experiment: Experiment,
    /// `manifest.json`; null where there is none yet.
    pub manifest: Value,
    /// `summary.csv`, without what is of single places.
    pub summary: Vec<Level>,
    /// `differences.csv`. Of single places, the headlines over the final year and the whole.
    pub differences: Vec<Difference>,
    /// `placebo.csv`, of which the same holds.
    pub placebo: Vec<Difference>,
    /// `gains.csv`: who gains and who loses.
    pub gains: Vec<Gain>,
    /// `stress.csv`; empty where nothing was stressed.
    pub stress: Vec<Stress>,
    /// `recovery.csv`, likewise.
    pub recovery: Vec<Gap>,
    /// `costs.csv`.
    pub costs: Vec<Cost>,
    /// `economics.csv`.
    pub economics: Vec<Economic>,
    /// `plane.csv`: the points of the cost-effectiveness plane.
    pub plane: Vec<Point>,
    /// `acceptability.csv`.
    pub acceptability: Vec<Acceptability>,
    /// `parameters.csv`: what was used.
    pub parameters: Vec<Parameter>,
    /// `refused.csv`; empty where no parameters were drawn.
    pub refused: Vec<Refused>,
    /// `series.parquet`: month by month, by regime, metric and month.
    pub series: Vec<Month>,
    /// One person's life under each regime; empty until one is told ([`Book::tell`]).
    pub life: Vec<LifeMonth>,
}

impl Book {
    /// Reads a results folder, finished or about to be.
    ///
    /// # Errors
    ///
    /// When it is no results folder, or a table or input is missing or cannot be read.
    pub fn read(folder: &Path) -> anyhow::Result<Self> {
        let manifest = folder.join("manifest.json");
        let manifest: Value = match fs::read(&manifest) {
            Ok(bytes) => serde_json::from_slice(&bytes).unwrap_or_default(),
            Err(_) => Value::Null,
        };
        let path = folder.join("experiment.toml");
        if !path.exists() {
            bail!(
                "{} is not a results folder: it has no experiment.toml\nhelp: name a results folder, such as results/four-regimes",
                folder.display()
            );
        }
        let read = match path.to_str() {
            Some(path) => files::experiment(path, &Overrides::default()),
            None => files::experiment_within(folder, "experiment.toml"),
        };
        let (mut experiment, _) = read.map_err(|problems| anyhow!("{problems}"))?;
        if let Some(id) = manifest["what"]["experiment"].as_str() {
            experiment.id = id.to_owned();
        }
        Self::of(folder, experiment, manifest)
    }

    /// Reads the tables of a results folder whose experiment is known.
    ///
    /// # Errors
    ///
    /// When a table is missing or cannot be read.
    pub fn of(folder: &Path, experiment: Experiment, manifest: Value) -> anyhow::Result<Self> {
        let stressed = !experiment.stresses.is_empty();
        let drawn = experiment.uncertainty.is_some();
        let differences = |name| {
            let kept = |about: &About<'_>| about.is_level() || about.is_of_council();
            rows_kept::<Difference>(folder, name, kept)
        };
        Ok(Self {
            summary: rows_kept(folder, "summary.csv", |about| about.is_level())?,
            differences: differences("differences.csv")?,
            placebo: differences("placebo.csv")?,
            gains: all(folder, "gains.csv", true)?,
            stress: all(folder, "stress.csv", stressed)?,
            recovery: all(folder, "recovery.csv", stressed)?,
            costs: all(folder, "costs.csv", true)?,
            economics: all(folder, "economics.csv", true)?,
            plane: all(folder, "plane.csv", true)?,
            acceptability: all(folder, "acceptability.csv", true)?,
            parameters: all(folder, "parameters.csv", true)?,
            refused: all(folder, "refused.csv", drawn)?,
            series: rows::series(folder)?,
            life: Vec::new(),
            folder: folder.to_owned(),
            experiment,
            manifest,
        })
    }

    /// Takes in one person's life, in the columns of a traced life's CSV file. No results
    /// folder holds one: the cell is lived again to tell it.
    ///
    /// # Errors
    ///
    /// When the columns are others.
    pub fn tell(&mut self, life: &[u8]) -> anyhow::Result<()> {
        let rows = csv::Reader::from_reader(life).into_deserialize();
        self.life = rows.collect::<Result<_, _>>().context("the life cannot be read")?;
        Ok(())
    }

    /// The beliefs that tables are told under first; empty where no parameters were drawn.
    pub fn beliefs(&self) -> &'static str {
        self.experiment.believed(0)
    }

    /// The comparator and the regimes compared with it, in order.
    pub fn regimes(&self) -> impl Iterator<Item = &Regime> {
        std::iter::once(&self.experiment.comparator).chain(&self.experiment.regimes)
    }

    /// The title of a regime, or its id where the experiment has none of it.
    pub fn title<'a>(&'a self, regime: &'a str) -> &'a str {
        self.regimes().find(|r| r.id == regime).map_or(regime, |r| r.name.as_str())
    }

    /// A level for everybody, under the first beliefs.
    pub fn level(&self, regime: &str, metric: Metric, period: Period) -> Option<&Level> {
        self.summary.iter().find(|r| {
            r.metric == metric
                && r.period == period
                && r.group_by == "all"
                && r.regime == regime
                && r.beliefs == self.beliefs()
        })
    }

    /// A difference for everybody, under the first beliefs.
    pub fn difference(&self, regime: &str, metric: Metric, period: Period) -> Option<&Difference> {
        self.differences.iter().find(|r| {
            r.metric == metric
                && r.period == period
                && r.group_by == "all"
                && r.regime == regime
                && r.beliefs == self.beliefs()
        })
    }
}

/// What a row of levels or differences is about, before the whole of it is read: of many
/// places nearly all rows are of single ones.
struct About<'r> {
    metric: &'r str,
    group_by: &'r str,
    period: &'r str,
}

impl About<'_> {
    fn is_level(&self) -> bool {
        self.group_by != "place"
    }

    fn is_of_council(&self) -> bool {
        let is_headline = |metric: Metric| metric.declaration().is_headline();
        let years = [Period::Whole, Period::FinalYear].map(Period::id);
        years.iter().any(|period| period == self.period)
            && metrics::find(self.metric).is_some_and(is_headline)
    }
}

/// The rows of a table that are kept.
fn rows_kept<R: DeserializeOwned>(
    folder: &Path,
    name: &str,
    kept: impl Fn(&About<'_>) -> bool,
) -> anyhow::Result<Vec<R>> {
    let path = folder.join(name);
    let read = || -> anyhow::Result<Vec<R>> {
        let mut reader = csv::Reader::from_path(&path)?;
        let headers = reader.headers()?.clone();
        let column = |name: &str| {
            let found = headers.iter().position(|header| header == name);
            found.with_context(|| format!("it has no column `{name}`"))
        };
        let [metric, group_by, period] =
            [column("metric")?, column("group_by")?, column("period")?];
        let mut found = Vec::new();
        let mut record = csv::StringRecord::new();
        while reader.read_record(&mut record)? {
            let about = About {
                metric: &record[metric],
                group_by: &record[group_by],
                period: &record[period],
            };
            if kept(&about) {
                found.push(record.deserialize(Some(&headers))?);
            }
        }
        Ok(found)
    };
    read().with_context(|| missing(&path, folder))
}

/// Every row of a table that is there.
fn all<R: DeserializeOwned>(folder: &Path, name: &str, there: bool) -> anyhow::Result<Vec<R>> {
    if !there {
        return Ok(Vec::new());
    }
    let path = folder.join(name);
    let read =
        || csv::Reader::from_path(&path)?.into_deserialize().collect::<Result<_, csv::Error>>();
    read().with_context(|| missing(&path, folder))
}

fn missing(path: &Path, folder: &Path) -> String {
    format!(
        "cannot read {}\nhelp: `commissim report {}` makes the tables again",
        path.display(),
        folder.display()
    )
}
