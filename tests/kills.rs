//! The program itself, killed at random moments and gone on with.
//!
//! What is left is then the same, byte for byte, as after a run that nobody killed. Moments
//! are drawn from a seed and spread over all of a run's life. `FULL=1` runs the long form,
//! as `.ci/run` does. That no moment between two changes of the disk
//! is left out is the matter of `run::tests::stopped`, which goes through them all.

use crate::results::says_how;
use commissim::draws::philox;
use commissim::store::files::checksums;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Draws moments.
const SEED: u64 = 2026;
/// Replicates of the whole run, and of the one that is extended to it.
const WHOLE: u32 = 6;
const PART: u32 = 2;
/// Tries for each kill: some come too late, and are not counted.
const TRIES: usize = 6;

fn start(out: &Path, replicates: u32, more: &[&str]) -> Child {
    let replicates = replicates.to_string();
    let run = ["run", "quick", "--place", "town", "--years", "1", "--regimes", "isf-default"];
    let mut command = Command::new(env!("CARGO_BIN_EXE_commissim"));
    command.args(run).args(["--quiet", "--no-briefing", "--threads", "2"]);
    command.args(["--replicates", &replicates, "--out"]).arg(out).args(more);
    command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the program starts")
}

fn finish(child: Child) {
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// What results hold, and what their manifest says was run.
fn left(folder: &Path) -> (Vec<(String, String)>, Value) {
    let mut files = checksums(folder).expect("read");
    files.retain(|(path, _)| !says_how(path));
    let manifest = std::fs::read(folder.join("manifest.json")).expect("a manifest");
    let mut manifest: Value = serde_json::from_slice(&manifest).expect("JSON");
    (files, manifest["what"].take())
}

fn beside(out: &Path, end: &str) -> PathBuf {
    out.with_file_name(format!("mine{end}"))
}

fn cells(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder.join("cells")).into_iter().flatten().flatten();
    entries.filter(|entry| entry.path().extension().is_some_and(|end| end == "cell")).count()
}

/// What was going on when it was killed, by what it left.
fn going_on(out: &Path, before: u32) -> &'static str {
    let work = beside(out, ".unfinished");
    if !work.exists() {
        return if beside(out, ".replaced").exists() { "tidying up" } else { "starting or ending" };
    }
    if !work.join("code.json").exists() && !work.join("manifest.json").exists() {
        return "laying out its inputs";
    }
    match cells(&work) {
        n if n <= before as usize => "burn-in and first cells",
        n if n < WHOLE as usize => "further cells",
        _ if work.join("manifest.json").exists() => "taking its name",
        _ => "writing tables",
    }
}

/// A number from 0 to 1 for each try.
fn chance(of: u64, number: usize) -> f64 {
    (philox([SEED, of], number as u64)[0] >> 11) as f64 / (1u64 << 53) as f64
}

/// Copies a folder of results.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("made");
    for entry in std::fs::read_dir(from).expect("read") {
        let path = entry.expect("an entry").path();
        let to = to.join(path.file_name().expect("a name"));
        match path.is_dir() {
            true => copy(&path, &to),
            false => _ = std::fs::copy(&path, &to).expect("copied"),
        }
    }
}

/// How long a run takes until all its cells are there, and from then on.
fn lasts(out: &Path, more: &[&str]) -> [Duration; 2] {
    let (begun, child) = (Instant::now(), start(out, WHOLE, more));
    let cells = until_cells(out, begun);
    finish(child);
    [cells, begun.elapsed().saturating_sub(cells)]
}

/// Waits until all cells are there, or the run is over.
fn until_cells(out: &Path, begun: Instant) -> Duration {
    let work = beside(out, ".unfinished");
    while cells(&work) < WHOLE as usize && begun.elapsed() < Duration::from_secs(60) {
        if cells(out) == WHOLE as usize {
            break;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    begun.elapsed()
}

/// Kills a run; whether it was still alive.
fn killed(mut child: Child, out: &Path, number: usize, lasts: [Duration; 2]) -> bool {
    let begun = Instant::now();
    // Every third once its cells are there: tables take little of its time, and are most
    // of what it writes.
    let wait = match number % 3 {
        2 => {
            until_cells(out, begun);
            lasts[1].mul_f64(chance(1, number))
        }
        _ => (lasts[0] + lasts[1]).mul_f64(chance(1, number)),
    };
    std::thread::sleep(wait);
    let alive = child.try_wait().expect("asked").is_none();
    child.kill().expect("killed, or over already");
    let status = child.wait().expect("it ends");
    alive && !status.success()
}

/// Kills so many runs, every second of them an extension, and goes on with each to its end.
fn kills(wanted: usize) {
    let parent = tempfile::tempdir().expect("a folder");
    let (whole, part) = (parent.path().join("whole/mine"), parent.path().join("part/mine"));
    let ran = lasts(&whole, &[]);
    finish(start(&part, PART, &[]));
    let extended = parent.path().join("extended/mine");
    copy(&part, &extended);
    let extends = lasts(&extended, &["--extend"]);
    let (whole, part) = (left(&whole), left(&part));
    assert!(left(&extended) == whole, "extended, nobody killing it");

    let mut counted: BTreeMap<String, usize> = BTreeMap::new();
    let mut done = 0;
    for number in 0..wanted * TRIES {
        if done == wanted {
            break;
        }
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("mine");
        let adds = done % 2 == 1;
        let (lasts, before, options) = match adds {
            true => (extends, PART, &["--extend", "--resume"][..]),
            false => (ran, 0, &["--resume"][..]),
        };
        if adds {
            copy(&parent.path().join("part/mine"), &out);
        }
        if !killed(start(&out, WHOLE, &options[..1]), &out, number, lasts) {
            continue;
        }
        loop {
            done += 1;
            let was = format!(
                "{} {}",
                if adds { "extending," } else { "running," },
                going_on(&out, before)
            );
            *counted.entry(was.clone()).or_default() += 1;
            // What is there under its own name is whole: the old results, or the new ones.
            if out.exists() {
                let now = left(&out);
                assert!(now == whole || adds && now == part, "number {number}: {was}");
            } else if beside(&out, ".replaced").exists() {
                assert!(left(&beside(&out, ".replaced")) == part, "number {number}: {was}");
            }
            // Every fourth is killed once more as it goes on.
            let again = done < wanted && chance(2, number + done) < 0.25;
            if !again || !killed(start(&out, WHOLE, options), &out, number + 1, lasts) {
                break;
            }
        }
        finish(start(&out, WHOLE, options));
        assert!(left(&out) == whole, "number {number}: not the bytes of an unbroken run");
        let there = std::fs::read_dir(folder.path()).expect("read").count();
        assert_eq!(there, 1, "number {number}: something else is left");
    }
    let told: Vec<String> = counted.iter().map(|(was, n)| format!("  {n:>4} {was}")).collect();
    println!("{done} kills, every one gone on to the same bytes:\n{}", told.join("\n"));
    assert_eq!(done, wanted, "too many came too late");
    for was in ["burn-in and first cells", "further cells", "writing tables"] {
        let hit = counted.iter().any(|(at, n)| at.ends_with(was) && *n > 0);
        assert!(hit || wanted < LONG, "none came while {was}");
    }
}

/// Kills of the long form, and of the short.
const LONG: usize = 240;
const SHORT: usize = 20;

#[test]
fn runs_killed_at_random_moments_go_on_to_the_same_bytes() {
    let full = std::env::var_os("FULL").is_some();
    kills(if full { LONG } else { SHORT });
}
