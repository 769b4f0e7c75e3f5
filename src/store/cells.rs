//! Finished cells on disk: one file each, compressed, with a checksum at its end.

use super::files::publish_bytes;
use crate::cell::{Cell, CellId};
use crate::experiment::Experiment;
use crate::gains::Gains;
use crate::metrics::METRICS;
use crate::outcomes::{GROUPS, Outcomes, Watch};
use anyhow::{Context, anyhow, bail};
use std::io::Read;
use std::path::{Path, PathBuf};

/// What the file of a cell begins with; the last digit counts layouts.
const BEGINS: &[u8] = b"commissim cell 3\n";
const CHECKSUM: usize = blake3::OUT_LEN;
/// Letters of the mark of what a cell holds, in hexadecimal.
const MARK: usize = 16;
/// How hard zstd tries: beyond it files hardly shrink and time doubles.
const LEVEL: i32 = 3;

/// Most bytes of a cell when it is unpacked: a few packed ones can stand for no end of them.
const LARGEST: u64 = 1 << 30;

/// Where a cell is kept: numbered by system, beliefs, draw and replicate, so
/// that more replicates, draws or beliefs rename none.
pub fn path(folder: &Path, id: CellId) -> PathBuf {
    folder.join(name(id))
}

/// Its path within the folder, as manifests have it.
pub fn name(id: CellId) -> String {
    let CellId { system, beliefs, draw, replicate } = id;
    format!("cells/{system:03}-{beliefs}-{draw:05}-{replicate:06}.cell")
}

/// The finished cells of a run, in a folder.
#[derive(Clone, Debug)]
pub struct Kept {
    folder: PathBuf,
    worlds: usize,
    years: usize,
}

impl Kept {
    /// Those of an experiment that lie in a folder.
    pub fn of(folder: &Path, experiment: &Experiment) -> Self {
        // Comparator, regimes, placebo.
        let worlds = experiment.regimes.len() + 2;
        Self { folder: folder.to_owned(), worlds, years: experiment.years }
    }

    /// Reads a finished cell; none where it has not been run.
    ///
    /// # Errors
    ///
    /// When it is damaged or cannot be read.
    pub fn read(&self, id: CellId) -> anyhow::Result<Option<Cell>> {
        if !path(&self.folder, id).exists() {
            return Ok(None);
        }
        read(&self.folder, id, self.worlds, self.years).map(Some)
    }

    /// Puts a finished cell on disk, whole or not at all.
    ///
    /// # Errors
    ///
    /// When the file system fails.
    pub fn write(&self, cell: &Cell) -> anyhow::Result<()> {
        write(&self.folder, cell, self.years)
    }
}

/// Puts a finished cell of a run of so many years on disk, whole or not at all.
///
/// # Errors
///
/// When the file system fails.
pub fn write(folder: &Path, cell: &Cell, years: usize) -> anyhow::Result<()> {
    publish_bytes(&path(folder, cell.id), &encode(cell, years)?)
}

/// A cell as the bytes of its file: the same wherever it was simulated.
///
/// # Errors
///
/// Encoding does not fail; the error is passed on all the same.
pub fn encode(cell: &Cell, years: usize) -> anyhow::Result<Vec<u8>> {
    let body = postcard::to_stdvec(cell).context("cannot encode a cell")?;
    let mark = mark_of(years)?;
    let mut bytes = [BEGINS, mark.as_bytes()].concat();
    bytes.extend(zstd::encode_all(body.as_slice(), LEVEL).context("cannot compress a cell")?);
    let checksum = blake3::hash(&bytes);
    bytes.extend_from_slice(checksum.as_bytes());
    Ok(bytes)
}

/// Whether two cells are the same to the bit.
pub fn same(one: &Cell, other: &Cell) -> bool {
    // Equal numbers may differ in bits, and what is no number equals nothing.
    match (postcard::to_stdvec(one), postcard::to_stdvec(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

/// A mark of what cells hold in this version of the program: their bytes do not say
/// what they are, so other code would read other things out of them.
fn mark_of(years: usize) -> anyhow::Result<String> {
    let mut hasher = blake3::Hasher::new();
    METRICS.iter().for_each(|metric| _ = hasher.update(metric.id.as_bytes()).update(b"\n"));
    GROUPS.iter().for_each(|group| _ = hasher.update(group.id.as_bytes()).update(b"\n"));
    hasher.update(&postcard::to_stdvec(&Outcomes::new(years))?);
    Ok(hasher.finalize().to_hex()[..MARK].to_owned())
}

/// Reads a cell back, of a run of so many worlds and years.
///
/// # Errors
///
/// When it is not there, is damaged, was written by code whose cells hold other
/// things, or is another cell than its name says.
pub fn read(folder: &Path, id: CellId, worlds: usize, years: usize) -> anyhow::Result<Cell> {
    let path = path(folder, id);
    let bytes = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let body = body(&bytes).with_context(|| format!("{} is damaged", path.display()))?;
    let (mark, body) = body.split_at(MARK);
    if mark != mark_of(years)?.as_bytes() {
        bail!("{} is of another run, or of code whose cells hold other things", path.display());
    }
    let cell = decode(body).with_context(|| format!("{} is damaged", path.display()))?;
    let worlds = if cell.runs_away.is_some() { 0 } else { worlds };
    if cell.id != id || cell.worlds.len() != worlds {
        bail!("{} belongs to another run", path.display());
    }
    if !is_whole(&cell, years) {
        bail!("{} is damaged: what is in it is not what a cell holds", path.display());
    }
    Ok(cell)
}

/// Whether there is a place for everything that tables are made from: a checksum that is
/// right says nothing of who wrote it.
fn is_whole(cell: &Cell, years: usize) -> bool {
    // The placebo is dealt no blow.
    let twins = |twins: &Vec<Watch>| twins.len() + 1 == cell.worlds.len();
    cell.worlds.iter().all(|world| world.is_of(years))
        && cell.twins.iter().all(twins)
        && cell.twins.iter().flatten().all(|twin| twin.is_of(years))
        && cell.gains.iter().all(Gains::is_whole)
}

/// The mark and what was compressed, if the checksum is right.
fn body(bytes: &[u8]) -> anyhow::Result<&[u8]> {
    let (body, checksum) = bytes
        .len()
        .checked_sub(CHECKSUM)
        .map(|body| bytes.split_at(body))
        .ok_or_else(|| anyhow!("it is too short"))?;
    if blake3::hash(body).as_bytes() != checksum {
        bail!("its checksum is wrong");
    }
    let body = body.strip_prefix(BEGINS).filter(|body| body.len() >= MARK);
    body.ok_or_else(|| anyhow!("it is not a cell"))
}

fn decode(body: &[u8]) -> anyhow::Result<Cell> {
    let mut plain = Vec::new();
    zstd::Decoder::new(body)?.take(LARGEST).read_to_end(&mut plain)?;
    Ok(postcard::from_bytes(&plain)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::made_up;

    #[test]
    fn a_cell_reads_back_and_damage_is_noticed() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("cells")).expect("made");
        let experiment = made_up::experiment(&["one"], 1);
        let id = CellId { system: 0, beliefs: 0, draw: 0, replicate: 3 };
        let cell = made_up::cell(&experiment, id);
        write(folder.path(), &cell, 2).expect("written");
        assert_eq!(read(folder.path(), id, 3, 2).expect("read"), cell);
        assert!(read(folder.path(), id, 4, 2).is_err(), "another number of regimes");

        let years = read(folder.path(), id, 3, 4).expect_err("another number of years");
        assert!(format!("{years:#}").contains("of another run"), "{years:#}");

        let path = path(folder.path(), id);
        let good = std::fs::read(&path).expect("there");
        for damage in [0, good.len() / 2, good.len() - 1] {
            let mut bad = good.clone();
            bad[damage] ^= 1;
            std::fs::write(&path, &bad).expect("written");
            let error = format!("{:#}", read(folder.path(), id, 3, 2).expect_err("damaged"));
            assert!(error.contains("damaged"), "{error}");
        }
        for length in [0, 10, good.len() - 1] {
            std::fs::write(&path, &good[..length]).expect("written");
            assert!(read(folder.path(), id, 3, 2).is_err());
        }
        let other = CellId { replicate: 4, ..id };
        std::fs::write(super::path(folder.path(), other), &good).expect("written");
        assert!(read(folder.path(), other, 3, 2).is_err(), "another cell's file");
    }

    #[test]
    fn a_cell_that_lacks_something_is_refused_however_sound_its_checksum() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("cells")).expect("made");
        let experiment = made_up::experiment(&["one"], 1);
        let id = CellId { system: 0, beliefs: 0, draw: 0, replicate: 0 };
        let good = made_up::cell(&experiment, id);
        let short = Outcomes::new(2);
        let twin = Watch::of(&good.worlds[0], 3);
        let mut late = twin.clone();
        late.before = 30;
        let gains = Gains { only_here: Vec::new(), ..Gains::default() };
        let forged = [
            Cell { worlds: vec![short; 3], ..good.clone() },
            Cell { twins: vec![vec![twin.clone()]], ..good.clone() },
            Cell { twins: vec![vec![late; 2]], ..good.clone() },
            Cell { gains: vec![gains], ..good.clone() },
        ];
        for cell in forged {
            write(folder.path(), &cell, 2).expect("written");
            let error =
                format!("{:#}", read(folder.path(), id, 3, 2).expect_err("it lacks something"));
            assert!(
                error.contains("is damaged: what is in it is not what a cell holds"),
                "{error}"
            );
        }
        let whole = Cell { twins: vec![vec![twin; 2]], gains: vec![Gains::default(); 2], ..good };
        write(folder.path(), &whole, 2).expect("written");
        assert_eq!(read(folder.path(), id, 3, 2).expect("read"), whole);
    }
}
