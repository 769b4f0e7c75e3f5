use super::*;
use crate::made_up;
use std::path::Path;

fn typed(words: &[&str], out: &Path) -> Vec<OsString> {
    let mut typed: Vec<OsString> = ["commissim", "run"].map(Into::into).into();
    typed.extend(words.iter().map(Into::into));
    typed.extend(["--no-briefing".into(), "--out".into(), out.into()]);
    typed
}

fn start_made_up(words: &[&str], folder: &Path, out: &mut dyn Write) -> u8 {
    let read = |args: &RunArgs| {
        let mut experiment = made_up::experiment(&["one"], args.replicates.unwrap_or(20) as u32);
        experiment.seed = args.seed.unwrap_or(7);
        if args.experiment == "wrong" {
            Err("error: it is wrong".to_owned())
        } else {
            Ok(experiment)
        }
    };
    start(typed(words, folder), &Parts { read: &read, simulate: &made_up::cells }, out)
}

struct ClosedPipe;

impl Write for ClosedPipe {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::BrokenPipe.into())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_run_prints_the_table_the_json_or_nothing() {
    let parent = tempfile::tempdir().expect("a folder");
    let printed = |words: &[&str], name: &str| {
        let mut out = Vec::new();
        assert_eq!(start_made_up(words, &parent.path().join(name), &mut out), DONE);
        String::from_utf8(out).expect("text")
    };
    assert!(printed(&["--quiet"], "quiet").is_empty());
    assert!(printed(&[], "table").contains("Luck only: 95% intervals over 20 replicates"));
    let json = printed(&["--json", "--replicates", "3"], "json");
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["replicates"], 3);
}

#[test]
fn a_closed_pipe_is_no_fault_and_the_results_are_there() {
    let parent = tempfile::tempdir().expect("a folder");
    let folder = parent.path().join("mine");
    assert_eq!(start_made_up(&[], &folder, &mut ClosedPipe), DONE);
    assert!(folder.join("manifest.json").exists());
}

#[test]
fn faults_and_usage_have_their_exit_codes_and_leave_nothing() {
    let parent = tempfile::tempdir().expect("a folder");
    let folder = parent.path().join("mine");
    let code = |words: &[&str]| start_made_up(words, &folder, &mut Vec::new());
    assert_eq!(code(&["wrong"]), FAULT);
    assert_eq!(code(&["--no-such-flag"]), USAGE);
    assert_eq!(code(&["--threads", "0"]), USAGE);
    assert_eq!(code(&["--set", "nonsense"]), USAGE);
    assert_eq!(std::fs::read_dir(parent.path()).expect("read").count(), 0);
    assert_eq!(code(&["--quiet"]), DONE);
    assert_eq!(code(&["--quiet"]), FAULT, "not empty");
    assert_eq!(code(&["--quiet", "--resume"]), DONE, "complete");
    assert_eq!(code(&["--quiet", "--resume", "--seed", "8"]), FAULT, "another seed");
    assert_eq!(code(&["--quiet", "--overwrite"]), DONE);
}

#[test]
fn the_command_is_well_declared() {
    use clap::CommandFactory;
    Typed::command().debug_assert();
}
