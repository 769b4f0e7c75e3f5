//! Runs that are stopped between any two changes of the disk.
//!
//! The disk freezes after so many changes: the program goes on and changes nothing more, so
//! that what is there is what a kill at that moment would have left.

use super::*;
use crate::store::disk::frost;

fn wanting(out: &Path, resume: bool, overwrite: bool, extend: bool) -> Settings {
    let wanted = Wanted { out: Some(out.to_owned()), resume, overwrite, extend };
    Settings { wanted, ..settings(out) }
}

/// An experiment as short as can be.
fn short(regime: &str, replicates: u32) -> Experiment {
    Experiment { years: 1, ..made_up::experiment(&[regime], replicates) }
}

fn simulated(experiment: &Experiment, settings: &Settings) -> anyhow::Result<Done> {
    run(experiment, &|unit: &[CellId]| made_up::cells(experiment, unit), settings)
}

/// What a folder holds; nothing where there is none.
fn held(folder: &Path) -> Vec<(String, String)> {
    if folder.exists() { numbers(folder) } else { Vec::new() }
}

/// Freezes the disk after each number of changes in turn, starting where `before` leaves
/// off, and goes on afterwards; gives how many changes there are.
fn at_every_change(
    experiment: &Experiment,
    before: impl Fn(&Path),
    first: impl Fn(&Path) -> Settings,
    then: impl Fn(&Path) -> Settings,
) -> usize {
    let whole = tempfile::tempdir().expect("a folder");
    let at_once = whole.path().join("mine");
    simulated(experiment, &settings(&at_once)).expect("ran");
    let at_once = numbers(&at_once);
    for most in 0.. {
        let parent = tempfile::tempdir().expect("a folder");
        let mine = parent.path().join("mine");
        before(&mine);
        let old = held(&mine);
        let (ran, made) =
            frost::after(most, parent.path(), || simulated(experiment, &first(&mine)));
        if made < most {
            ran.expect("nothing stopped it");
            assert_eq!(held(&mine), at_once);
            return made;
        }
        // Old results are there whole, or aside whole, until new ones are there whole.
        let (now, aside) = (held(&mine), held(&parent.path().join("mine.replaced")));
        let is_whole = now == old || now == at_once || (now.is_empty() && aside == old);
        assert!(is_whole, "after {most} changes: {now:?}");
        simulated(experiment, &then(&mine)).unwrap_or_else(|error| panic!("{most}: {error:#}"));
        assert_eq!(held(&mine), at_once, "after {most} changes");
        let left = std::fs::read_dir(parent.path()).expect("read").count();
        assert_eq!(left, 1, "nothing else is left after {most} changes");
    }
    0
}

#[test]
fn a_run_goes_on_to_the_same_bytes_wherever_it_was_stopped() {
    let experiment = short("one", 3);
    let resume = |out: &Path| wanting(out, true, false, false);
    let changes = at_every_change(&experiment, |_| {}, resume, resume);
    assert!(changes > 50, "{changes}");
}

#[test]
fn an_extension_goes_on_to_the_same_bytes_wherever_it_was_stopped() {
    let before = |out: &Path| {
        simulated(&short("one", 2), &settings(out)).expect("ran");
    };
    let experiment = short("one", 4);
    let extend = |out: &Path| wanting(out, false, false, true);
    let resume = |out: &Path| wanting(out, true, false, true);
    let changes = at_every_change(&experiment, before, extend, resume);
    assert!(changes > 60, "{changes}");
}

#[test]
fn a_run_that_replaces_another_goes_on_wherever_it_was_stopped() {
    let before = |out: &Path| {
        simulated(&short("two", 2), &settings(out)).expect("ran");
    };
    let experiment = short("one", 2);
    let overwrite = |out: &Path| wanting(out, false, true, false);
    // Before it has begun there is nothing to go on with, and what is there is another run.
    let resume = |out: &Path| {
        let begun = out.with_file_name("mine.unfinished").join("code.json").exists();
        let over = |out: &Path| !out.with_file_name("mine.unfinished").exists();
        let at_end = !begun && (over(out) || !out.exists());
        let goes_on = begun || at_end && !is_of(out, "two");
        wanting(out, goes_on, !goes_on, false)
    };
    let changes = at_every_change(&experiment, before, overwrite, resume);
    assert!(changes > 50, "{changes}");
}

/// Whether a folder holds results of a regime.
fn is_of(out: &Path, regime: &str) -> bool {
    out.join("regimes").join(format!("{regime}.toml")).exists()
}

/// Work in pieces, as commands do it.
fn piecework(out: &Path, resume: bool) -> anyhow::Result<()> {
    let settings = wanting(out, resume, false, false);
    let origin = serde_json::json!({ "of": "nothing" });
    let done = pieces::done(out, &origin, &settings, |pieces| {
        pieces.write("design.csv", b"1,2,3")?;
        let made: Vec<u32> = pieces.made(&[1, 2, 3], u32::to_string, |job| job * job)?;
        Ok(((), vec![("table.csv", format!("{made:?}").into_bytes())]))
    });
    match done {
        Err(error) if error.is::<crate::store::workshop::Complete>() => Ok(()),
        done => done.map(drop),
    }
}

#[test]
fn work_in_pieces_goes_on_to_the_same_bytes_wherever_it_was_stopped() {
    let whole = tempfile::tempdir().expect("a folder");
    piecework(&whole.path().join("mine"), false).expect("done");
    let whole = checksums(&whole.path().join("mine")).expect("read");
    assert_eq!(whole.len(), 4);
    for most in 0.. {
        let parent = tempfile::tempdir().expect("a folder");
        let mine = parent.path().join("mine");
        let (done, made) = frost::after(most, parent.path(), || piecework(&mine, false));
        if made < most {
            done.expect("nothing stopped it");
            assert!(most > 15, "{most}");
            break;
        }
        piecework(&mine, true).unwrap_or_else(|error| panic!("{most}: {error:#}"));
        assert_eq!(checksums(&mine).expect("read"), whole, "after {most} changes");
        assert_eq!(std::fs::read_dir(parent.path()).expect("read").count(), 1, "{most}");
    }
}
