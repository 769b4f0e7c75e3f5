//! One shard of a run: its cells, and nothing made of them.

use super::{Settings, Simulate, cells, keeping, pool};
use crate::experiment::Experiment;
use crate::shard::Shard;
use crate::store::manifest::How;
use crate::store::shards::{self, Opened};
use crate::store::typed::Typed;
use crate::terminal::say;
use anyhow::bail;
use std::path::PathBuf;
use std::time::SystemTime;

/// What a shard came to.
#[derive(Debug)]
pub struct Done {
    /// Its folder.
    pub folder: PathBuf,
    /// How many cells it has.
    pub cells: usize,
    /// Whether it was there before, or another copy has finished it meanwhile.
    pub was_there: bool,
}

/// Runs a shard, or goes on with it.
///
/// # Errors
///
/// When what is asked for cannot be had of a shard, when its folder may not be used, or the
/// disk is full or fails; finished cells are then kept.
pub fn run(
    experiment: &Experiment,
    shard: Shard,
    simulate: Simulate<'_>,
    settings: &Settings,
) -> anyhow::Result<Done> {
    if experiment.precision.is_some() {
        bail!(
            "a precision cannot be asked of a shard: how many replicates it takes is decided as all cells of a run come in, and a shard has only its own\nhelp: say how many replicates there are to be, such as --replicates 200, and give --precision to a run that is not in shards"
        );
    }
    if settings.wanted.extend {
        bail!(
            "--extend cannot be used with --shard: what it adds to is a whole run, and a shard is part of one\nhelp: run every shard of the larger experiment, each into a folder of its own, and merge them; or merge what there is, and extend that by a run that is not in shards"
        );
    }
    let started = SystemTime::now();
    let count = shard.cells(experiment).len();
    let done = |folder, was_there| Done { folder, cells: count, was_there };
    let begun = match shards::open(experiment, shard, &settings.wanted)? {
        Opened::Begun(begun) => begun,
        Opened::Whole(folder) => return Ok(done(folder, true)),
    };
    let pool = pool(settings.threads)?;
    let how = How::new(&settings.command, pool.current_num_threads(), started);
    let work = begun.work().to_owned();
    let units = shard.units(experiment);
    let ran = keeping(&work, || {
        begun.note(&Typed::now(&settings.command))?;
        cells(experiment, units, simulate, begun.cells(), &pool, settings.quiet)
    });
    if let Err(error) = ran {
        // Whoever is finished first takes the folders of all others away.
        return match begun.finished_elsewhere() {
            Some(folder) => {
                say("another copy of this shard was finished first, and is whole: this one stops");
                Ok(done(folder, true))
            }
            None => Err(error),
        };
    }
    keeping(&work, || begun.finish(experiment, &how)).map(|folder| done(folder, false))
}
