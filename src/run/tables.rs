//! The tables, made from cells and written as they are made: of all of England they are
//! more than should be in memory at once.

use crate::analysis::columns::{DIFFERENCES, SUMMARY, named};
use crate::analysis::nested::Basis;
use crate::analysis::tolerance::Refused;
use crate::analysis::{Analysis, Findings, Row, Table, fates, stress, tolerance};
use crate::cell::{self, Cell, CellId};
use crate::economics::columns::{ACCEPTABILITY, COST, ECONOMIC, PLANE};
use crate::economics::{self, Economics};
use crate::experiment::Experiment;
use crate::store;
use crate::store::files::Half;
use crate::store::runs::Runs;
use crate::table::{Column, Rows, all};
use crate::terminal::is_shown;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The file of single replicates.
const RUNS: &str = "runs.parquet";

/// Where tables go while they are made.
pub trait Place {
    /// One of them.
    type File: Write + Send;

    /// Begins a table.
    fn begin(&mut self, name: &'static str) -> anyhow::Result<Self::File>;

    /// Ends a table. None is before all cells have been read; they come in order.
    fn end(&mut self, name: &'static str, file: Self::File) -> anyhow::Result<()>;
}

/// The tables: a function of the experiment and its cells, and of nothing else. What is
/// found is handed back; of rows, those that the terminal shows.
pub fn tables<P: Place>(
    experiment: &Experiment,
    read: impl Fn(CellId) -> anyhow::Result<Cell>,
    to: &mut P,
) -> anyhow::Result<Findings> {
    let refused = tolerance::refused(experiment, &read)?;
    let mut runs = Runs::begin(experiment, to.begin(RUNS)?)?;
    let mut levels = Levels::begin(to)?;
    let mut series = store::series::File::begin(to.begin("series.parquet")?)?;
    let (mut findings, mut money) = (Findings::default(), economics::rows::Findings::default());
    let ids: Vec<CellId> = cell::units(experiment).into_iter().flatten().collect();
    for block in 0..experiment.beliefs() {
        let here = |of: &&Refused| of.beliefs == block;
        let basis = Basis::of(experiment, block, refused.iter().filter(here).count() as u32);
        let mut analysis = Analysis::of(experiment, basis);
        let mut economics = Economics::of(experiment, basis);
        let is_refused = |id: CellId| refused.iter().any(|of| tolerance::is_of(of, id));
        for id in ids.iter().filter(|id| id.beliefs == block && !is_refused(**id)) {
            let cell = read(*id)?;
            let together = analysis.add(&cell);
            economics.add(&cell);
            runs.add(&cell, together.as_deref())?;
        }
        let mut found = analysis.besides();
        analysis.rows(|table, row| {
            levels.of(table).put(&row)?;
            if is_shown(experiment, &row) {
                found.table(table).push(row);
            }
            anyhow::Ok(())
        })?;
        findings.extend(found);
        money.extend(economics.findings());
        series.add(analysis.series())?;
    }
    findings.refused = refused;
    to.end(RUNS, runs.finish()?)?;
    levels.end(to)?;
    whole(to, "gains.csv", &all(fates::COLUMNS), &findings.gains)?;
    whole(to, "costs.csv", &all(COST), &money.costs)?;
    whole(to, "economics.csv", &all(ECONOMIC), &money.economics)?;
    whole(to, "plane.csv", &all(PLANE), &money.plane)?;
    whole(to, "acceptability.csv", &all(ACCEPTABILITY), &money.acceptability)?;
    let mut columns = to.begin("columns.csv")?;
    columns.write_all(&store::dictionary::bytes()?)?;
    to.end("columns.csv", columns)?;
    to.end("series.parquet", series.finish()?)?;
    if !experiment.stresses.is_empty() {
        whole(to, "stress.csv", &all(stress::COLUMNS), &findings.stress)?;
        whole(to, "recovery.csv", &all(stress::RECOVERY), &findings.recovery)?;
    }
    if experiment.uncertainty.is_some() {
        whole(to, "refused.csv", &all(tolerance::COLUMNS), &findings.refused)?;
    }
    Ok(findings)
}

/// Writes a table whose rows are all there.
fn whole<P: Place, R>(
    to: &mut P,
    name: &'static str,
    columns: &[&Column<R>],
    rows: &[R],
) -> anyhow::Result<()> {
    let mut file = Rows::begin(to.begin(name)?, columns.to_vec())?;
    rows.iter().try_for_each(|row| file.put(row))?;
    to.end(name, file.end()?)
}

/// The tables of levels and differences, side by side.
struct Levels<W: Write> {
    summary: Rows<'static, Row, W>,
    differences: Rows<'static, Row, W>,
    placebo: Rows<'static, Row, W>,
}

impl<W: Write> Levels<W> {
    fn begin<P: Place<File = W>>(to: &mut P) -> anyhow::Result<Self> {
        Ok(Self {
            summary: Rows::begin(to.begin("summary.csv")?, named(SUMMARY))?,
            differences: Rows::begin(to.begin("differences.csv")?, named(DIFFERENCES))?,
            placebo: Rows::begin(to.begin("placebo.csv")?, named(DIFFERENCES))?,
        })
    }

    fn of(&mut self, table: Table) -> &mut Rows<'static, Row, W> {
        match table {
            Table::Summary => &mut self.summary,
            Table::Differences => &mut self.differences,
            Table::Placebo => &mut self.placebo,
        }
    }

    fn end<P: Place<File = W>>(self, to: &mut P) -> anyhow::Result<()> {
        to.end("summary.csv", self.summary.end()?)?;
        to.end("differences.csv", self.differences.end()?)?;
        to.end("placebo.csv", self.placebo.end()?)
    }
}

/// A folder in which each table takes its name when it is whole.
#[derive(Debug)]
pub struct Published {
    folder: PathBuf,
    /// Name and checksum of each, in order.
    pub sums: Vec<(String, String)>,
}

/// A table that is half written, and the checksum of what there is of it.
#[derive(Debug)]
pub struct Summed {
    half: Half,
    sum: blake3::Hasher,
    path: PathBuf,
}

impl Summed {
    /// An error with the name of the file, which none has by itself.
    fn named(&self, error: &io::Error) -> io::Error {
        io::Error::new(error.kind(), format!("cannot write {}: {error}", self.path.display()))
    }
}

impl Write for Summed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.half.write(bytes).map_err(|error| self.named(&error))?;
        self.sum.update(&bytes[..written]);
        Ok(written)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.half.flush().map_err(|error| self.named(&error))
    }
}

impl Published {
    /// Into a folder.
    pub fn within(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), sums: Vec::new() }
    }
}

impl Place for Published {
    type File = Summed;

    fn begin(&mut self, name: &'static str) -> anyhow::Result<Summed> {
        let path = self.folder.join(name);
        Ok(Summed { half: Half::begin(&path)?, sum: blake3::Hasher::new(), path })
    }

    fn end(&mut self, name: &'static str, file: Summed) -> anyhow::Result<()> {
        file.half.finish()?;
        self.sums.push((name.to_owned(), file.sum.finalize().to_hex().to_string()));
        Ok(())
    }
}
