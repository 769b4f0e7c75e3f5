//! Finished cells on disk: one file each, with a checksum at its end.

use super::files::publish_bytes;
use crate::cell::{Cell, CellId};
use anyhow::{Context, anyhow, bail};
use std::path::{Path, PathBuf};

const CHECKSUM: usize = blake3::OUT_LEN;

/// Where a cell is kept: numbered by system, draw and replicate, so that more
/// replicates or draws rename none.
pub fn path(folder: &Path, id: CellId) -> PathBuf {
    let CellId { system, draw, replicate } = id;
    folder.join("cells").join(format!("{system:03}-{draw:05}-{replicate:06}.cell"))
}

/// Puts a finished cell on disk, whole or not at all.
///
/// # Errors
///
/// When the file system fails.
pub fn write(folder: &Path, cell: &Cell) -> anyhow::Result<()> {
    let mut bytes = postcard::to_stdvec(cell).context("cannot encode a cell")?;
    let checksum = blake3::hash(&bytes);
    bytes.extend_from_slice(checksum.as_bytes());
    publish_bytes(&path(folder, cell.id), &bytes)
}

/// Reads a cell back.
///
/// # Errors
///
/// When it is not there, is damaged, or is another cell than its name says.
pub fn read(folder: &Path, id: CellId, worlds: usize) -> anyhow::Result<Cell> {
    let path = path(folder, id);
    let bytes = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let cell = decode(&bytes).with_context(|| format!("{} is damaged", path.display()))?;
    if cell.id != id || cell.worlds.len() != worlds {
        bail!("{} belongs to another run", path.display());
    }
    Ok(cell)
}

fn decode(bytes: &[u8]) -> anyhow::Result<Cell> {
    let (body, checksum) = bytes
        .len()
        .checked_sub(CHECKSUM)
        .map(|body| bytes.split_at(body))
        .ok_or_else(|| anyhow!("it is too short"))?;
    if blake3::hash(body).as_bytes() != checksum {
        bail!("its checksum is wrong");
    }
    Ok(postcard::from_bytes(body)?)
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
        let id = CellId { system: 0, draw: 0, replicate: 3 };
        let cell = made_up::cell(&experiment, id);
        write(folder.path(), &cell).expect("written");
        assert_eq!(read(folder.path(), id, 3).expect("read"), cell);
        assert!(read(folder.path(), id, 4).is_err(), "another number of regimes");

        let path = path(folder.path(), id);
        let good = std::fs::read(&path).expect("there");
        for damage in [0, good.len() / 2, good.len() - 1] {
            let mut bad = good.clone();
            bad[damage] ^= 1;
            std::fs::write(&path, &bad).expect("written");
            let error = format!("{:#}", read(folder.path(), id, 3).expect_err("damaged"));
            assert!(error.contains("damaged"), "{error}");
        }
        for length in [0, 10, good.len() - 1] {
            std::fs::write(&path, &good[..length]).expect("written");
            assert!(read(folder.path(), id, 3).is_err());
        }
        let other = CellId { replicate: 4, ..id };
        std::fs::write(super::path(folder.path(), other), &good).expect("written");
        assert!(read(folder.path(), other, 3).is_err(), "another cell's file");
    }
}
