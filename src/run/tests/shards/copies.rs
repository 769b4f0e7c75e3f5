//! Copies of one shard that run at once, or after one another.

use super::*;

#[test]
fn two_copies_of_a_shard_at_once_leave_it_whole_and_neither_is_refused() {
    let (experiment, shard) = (short(4), Shard { index: 1, of: 1 });
    let parent = tempfile::tempdir().expect("a folder");
    let whole = parent.path().join("whole");
    sharded(&experiment, shard, &settings(&whole)).expect("ran");
    // A replacement runs from beginning to end while the first copy, whose machine was taken
    // for lost, lives its cell of this number.
    for at in 0..4 {
        let mine = parent.path().join(format!("mine-{at}"));
        let replaced = AtomicU32::new(0);
        let first = |unit: &[CellId]| {
            if unit[0].replicate == at {
                let lived = |unit: &[CellId]| {
                    replaced.fetch_add(1, Ordering::Relaxed);
                    made_up::cells(&experiment, unit)
                };
                let done = shard::run(&experiment, shard, &lived, &resuming(&mine));
                assert!(!done.expect("not refused").was_there);
                assert_eq!(held(&mine), held(&whole), "whole while the first is still alive");
            }
            made_up::cells(&experiment, unit)
        };
        let done = shard::run(&experiment, shard, &first, &resuming(&mine)).expect("no fault");
        assert!(done.was_there, "another was first");
        assert_eq!(replaced.into_inner(), 4 - at, "it takes over what the first had finished");
        assert_eq!(held(&mine), held(&whole));
        assert!(!store::unfinished(&mine).exists(), "nothing else is left");
    }
}

#[test]
fn whoever_finishes_second_finds_the_same_bytes_and_is_content() {
    let (experiment, shard) = (short(2), Shard { index: 1, of: 1 });
    let parent = tempfile::tempdir().expect("a folder");
    let mine = parent.path().join("mine");
    let beside = store::unfinished(&mine);
    let aside = parent.path().join("aside");
    let first = |unit: &[CellId]| {
        if unit[0].replicate == 0 {
            // It cannot take the first one's folder away, as on a disk that still has it open.
            sharded(&experiment, shard, &resuming(&parent.path().join("other"))).expect("ran");
            std::fs::rename(parent.path().join("other"), &aside).expect("moved");
        } else {
            std::fs::rename(&aside, &mine).expect("moved");
        }
        made_up::cells(&experiment, unit)
    };
    let done = shard::run(&experiment, shard, &first, &resuming(&mine)).expect("no fault");
    assert_eq!(done.folder, mine);
    assert!(!beside.exists());
    assert!(Whole::open(&mine).expect("there").faults().expect("read").is_empty());
}

#[test]
fn what_an_orphan_of_another_experiment_writes_lands_nowhere() {
    let shard = Shard { index: 1, of: 1 };
    let (old, new) = (short(3), Experiment { seed: 8, ..short(3) });
    let parent = tempfile::tempdir().expect("a folder");
    let (mine, whole) = (parent.path().join("mine"), parent.path().join("whole"));
    sharded(&new, shard, &settings(&whole)).expect("ran");
    let orphan = |unit: &[CellId]| {
        let live = |unit: &[CellId]| {
            // The new one is in mid-run as the orphan's next cell is written.
            made_up::cells(&new, unit)
        };
        if unit[0].replicate == 1 {
            let mut afresh = settings(&mine);
            afresh.wanted.overwrite = true;
            shard::run(&new, shard, &live, &afresh).expect("ran");
        }
        made_up::cells(&old, unit)
    };
    let error = shard::run(&old, shard, &orphan, &resuming(&mine)).expect_err("its folder went");
    assert!(format!("{error:#}").contains("cannot write"), "{error:#}");
    assert_eq!(held(&mine), held(&whole), "untouched");
}
