//! Shards as they are typed: the program itself, in the environment of a scheduler's task,
//! killed, asked what is wanting, and told to run just that.

use crate::results::says_how;
use commissim::store::files::checksums;
use std::path::Path;
use std::process::{Command, Output};

/// What every run here has: four cells of a small town.
const RUN: [&str; 9] =
    ["run", "quick", "--place", "town", "--years", "1", "--regimes", "isf-default", "--quiet"];
/// What tells a task of a scheduler which it is; none of it is to come from outside.
const TASKS: [&str; 8] = [
    "SLURM_ARRAY_TASK_ID",
    "PBS_ARRAY_INDEX",
    "PBS_ARRAYID",
    "SGE_TASK_ID",
    "LSB_JOBINDEX",
    "AWS_BATCH_JOB_ARRAY_INDEX",
    "JOB_COMPLETION_INDEX",
    "COMMISSIM_SHARDS",
];

struct Given {
    code: Option<i32>,
    out: String,
    err: String,
}

fn given(output: Output, folder: &Path) -> Given {
    // A temporary folder may have two names.
    let real = folder.canonicalize().expect("a folder").display().to_string();
    let here = folder.display().to_string();
    let text =
        |bytes: &[u8]| String::from_utf8_lossy(bytes).replace(&real, "HERE").replace(&here, "HERE");
    Given { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
}

fn typed(folder: &Path, words: &[&str], variables: &[(&str, &str)]) -> Given {
    let mut command = Command::new(env!("CARGO_BIN_EXE_commissim"));
    command.args(words).current_dir(folder);
    TASKS.iter().for_each(|name| _ = command.env_remove(name));
    command.envs(variables.iter().copied());
    given(command.output().expect("the program starts"), folder)
}

fn run(folder: &Path, words: &[&str], variables: &[(&str, &str)]) -> Given {
    typed(folder, &[&RUN[..], &["--replicates", "4"], words].concat(), variables)
}

/// Results but for what says how they were made.
fn bytes(folder: &Path) -> Vec<(String, String)> {
    let mut files = checksums(folder).expect("read");
    files.retain(|(path, _)| !says_how(path));
    files
}

/// What is printed as a command, typed into a shell.
fn typed_again(folder: &Path, command: &str) -> Given {
    let command = command.replace("HERE", &folder.display().to_string());
    let output = Command::new("sh").arg("-c").arg(command).current_dir(folder).output();
    given(output.expect("a shell"), folder)
}

#[test]
fn tasks_of_a_scheduler_run_their_shards_and_what_is_wanting_is_run_by_what_is_printed() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    // Without --shard nothing is sharded, whatever the environment holds.
    let task = |id| [("SLURM_ARRAY_TASK_ID", id), ("SLURM_ARRAY_TASK_COUNT", "3")];
    let whole = run(here, &["--out", "whole", "--no-briefing"], &task("1"));
    assert_eq!((whole.code, whole.out.as_str(), whole.err.as_str()), (Some(0), "", ""));
    assert_eq!(std::fs::read_dir(here.join("whole/cells")).expect("read").count(), 4);

    for (index, id) in ["0", "1"].iter().enumerate() {
        let words = ["--shard", "auto", "--out", "mine.shards/{shard}", "--resume", "--json"];
        let one = run(here, &words, &task(id));
        let value: serde_json::Value = serde_json::from_str(&one.out).expect("JSON");
        assert_eq!(value["shard"], format!("{}/3", index + 1), "{}", one.err);
    }
    let status = typed(here, &["status", "mine.shards"], &[]);
    assert_eq!(status.code, Some(1));
    let program = env!("CARGO_BIN_EXE_commissim");
    let told = status.out.replace(program, "commissim");
    insta::assert_snapshot!(told, @r"
    3 shards: 2 complete; 3 of 4 cells there
      shard 3/3, mine.shards/3-of-3: not there; 0 of 1 cell there

    What is missing or damaged, and nothing else, is run by:
      commissim run quick --place town --years 1 --regimes isf-default --quiet --replicates 4 --json --shard 3/3 --out mine.shards/3-of-3 --resume

    Shards wanting, for a scheduler's array: 3
    ");
    let merge = ["merge", "mine.shards", "--out", "mine", "--no-briefing", "--quiet"];
    let refused = typed(here, &merge, &[]);
    assert_eq!(refused.code, Some(1));
    insta::assert_snapshot!(refused.err, @r"
    error: these shards do not make one run, and nothing was written
      shard 3 of 3 is not among them: 1 cell
    help: `commissim status mine.shards/1-of-3 mine.shards/2-of-3` prints the commands that run what is missing or damaged; shards of another run go elsewhere
    ");
    // A cell is damaged, and one is lost.
    std::fs::write(here.join("mine.shards/2-of-3/cells/000-0-00000-000001.cell"), "no")
        .expect("written");
    std::fs::remove_file(here.join("mine.shards/1-of-3/cells/000-0-00000-000003.cell"))
        .expect("gone");
    let status = typed(here, &["status", "mine.shards"], &[]);
    let told = status.out.replace(program, "commissim");
    insta::assert_snapshot!(told, @r"
    3 shards: 0 complete; 1 of 4 cells there
      shard 1/3, mine.shards/1-of-3: damaged; 1 of 2 cells there
        cells/000-0-00000-000003.cell is missing
      shard 2/3, mine.shards/2-of-3: damaged; 0 of 1 cell there
        cells/000-0-00000-000001.cell is damaged: it is not what the run left
      shard 3/3, mine.shards/3-of-3: not there; 0 of 1 cell there

    What is missing or damaged, and nothing else, is run by:
      commissim run quick --place town --years 1 --regimes isf-default --quiet --replicates 4 --json --shard 1/3 --out mine.shards/1-of-3 --resume
      commissim run quick --place town --years 1 --regimes isf-default --quiet --replicates 4 --json --shard 2/3 --out mine.shards/2-of-3 --resume
      commissim run quick --place town --years 1 --regimes isf-default --quiet --replicates 4 --json --shard 3/3 --out mine.shards/3-of-3 --resume

    Shards wanting, for a scheduler's array: 1-3
    ");
    let indices = typed(here, &["status", "mine.shards", "--indices"], &[]);
    assert_eq!((indices.code, indices.out.as_str()), (Some(1), "1-3\n"));
    let json = typed(here, &["status", "mine.shards", "--json"], &[]);
    let json: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
    assert_eq!((json["complete"].as_bool(), json["there"].as_u64()), (Some(false), Some(1)));
    let commands = json["commands"].as_array().expect("a list");
    assert_eq!(commands.len(), 3);
    for command in commands {
        let again = typed_again(here, command.as_str().expect("text"));
        assert_eq!(again.code, Some(0), "{}", again.err);
    }
    let status = typed(here, &["status", "mine.shards"], &[]);
    assert_eq!(status.code, Some(0));
    insta::assert_snapshot!(status.out, @r"
    3 shards: 3 complete; 4 of 4 cells there

    They are joined by: commissim merge mine.shards --out FOLDER
    ");
    let merged = typed(here, &merge, &[]);
    assert_eq!(merged.code, Some(0), "{}", merged.err);
    assert_eq!(bytes(&here.join("mine")), bytes(&here.join("whole")));
    // Typed again, it says that there is nothing to do, or that something is in the way.
    let again = typed(here, &[&merge[..], &["--resume"]].concat(), &[]);
    assert_eq!(again.code, Some(0));
    assert_eq!(again.err, "mine is complete already: there is nothing to go on with\n");
    assert_eq!(typed(here, &merge, &[]).code, Some(1));
    // A shard is no results.
    let report = typed(here, &["report", "mine.shards/1-of-3"], &[]);
    insta::assert_snapshot!(report.err, @r"
    error: mine.shards/1-of-3 is shard 1/3 of a run, which has no tables
    help: join it with the others first: commissim merge, with the folder of each and --out
    ");
}

#[test]
fn what_is_wanting_of_a_run_is_told_and_run_by_what_is_printed() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    assert_eq!(run(here, &["--out", "mine", "--no-briefing"], &[]).code, Some(0));
    let before = bytes(&here.join("mine"));
    let status = typed(here, &["status", "mine"], &[]);
    assert_eq!((status.code, status.out.as_str()), (Some(0), "mine: complete, 4 cells\n"));
    std::fs::write(here.join("mine/cells/000-0-00000-000001.cell"), "no").expect("written");
    std::fs::remove_file(here.join("mine/cells/000-0-00000-000003.cell")).expect("gone");
    let status = typed(here, &["status", "mine"], &[]);
    assert_eq!(status.code, Some(1));
    let told = status.out.replace(env!("CARGO_BIN_EXE_commissim"), "commissim");
    insta::assert_snapshot!(told, @r"
    mine: damaged; 2 of 4 cells there
        cells/000-0-00000-000001.cell is damaged: it is not what the run left
        cells/000-0-00000-000003.cell is missing

    What is missing or damaged, and nothing else, is run by:
      commissim run quick --place town --years 1 --regimes isf-default --quiet --replicates 4 --no-briefing --out mine --resume
    ");
    // From another folder too.
    std::fs::create_dir(here.join("else where")).expect("made");
    let within = here.join("else where");
    let json = typed(&within, &["status", "../mine", "--json"], &[]);
    let json: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
    let command = json["commands"][0].as_str().expect("a command");
    assert!(command.starts_with("cd "), "{command}");
    let again = typed_again(&within, command);
    assert_eq!(again.code, Some(0), "{}", again.err);
    assert_eq!(bytes(&here.join("mine")), before);
    // What there is nothing of.
    let none = typed(here, &["status", "nowhere"], &[]);
    assert_eq!(none.code, Some(1));
    insta::assert_snapshot!(none.err, @r"
    error: nowhere is not there
    help: name what `commissim run --out` named, or the folder it lies in; where no shard may have been begun, --of N says how many there are to be
    ");
    let many = typed(here, &["status", "nowhere", "--of", "9999999"], &[]);
    assert_eq!(many.code, Some(1));
    assert!(many.err.starts_with("error: 9999999 shards are more than 1000000\n"), "{}", many.err);
    let none = typed(here, &["status", "nowhere", "--of", "8", "--indices"], &[]);
    assert_eq!((none.code, none.out.as_str()), (Some(1), "1-8\n"));
}

#[test]
fn a_shard_that_is_killed_is_told_of_and_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    let words = ["--years", "30", "--replicates", "60", "--shard", "2/2", "--out", "s2"];
    let run = ["run", "quick", "--place", "town", "--regimes", "isf-default", "--threads", "1"];
    let mut command = Command::new(env!("CARGO_BIN_EXE_commissim"));
    command.args(run).args(words).arg("--quiet").current_dir(here);
    let mut child = command.spawn().expect("the program starts");
    let cells = || {
        let copies = std::fs::read_dir(here.join("s2.unfinished")).into_iter().flatten().flatten();
        let cells = copies.filter_map(|copy| std::fs::read_dir(copy.path().join("cells")).ok());
        cells
            .flatten()
            .flatten()
            .filter(|c| c.path().extension().is_some_and(|e| e == "cell"))
            .count()
    };
    while cells() < 2 && child.try_wait().expect("asked").is_none() {
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    child.kill().expect("killed");
    assert!(!child.wait().expect("it ends").success(), "it had time to end");
    let status = typed(here, &["status", "s2", "--json"], &[]);
    let json: serde_json::Value = serde_json::from_str(&status.out).expect("JSON");
    let found = json["folders"].as_array().expect("a list");
    let states: Vec<_> = found.iter().map(|f| (f["shard"].as_str(), f["state"].as_str())).collect();
    assert_eq!(states, [(Some("1/2"), Some("not there")), (Some("2/2"), Some("not finished"))]);
    assert_eq!(found[0]["folder"], "s1", "named as the other is");
    assert!(found[1]["there"].as_u64().is_some_and(|there| there >= 2));
    for command in json["commands"].as_array().expect("a list") {
        let again = typed_again(here, command.as_str().expect("text"));
        assert_eq!(again.code, Some(0), "{}", again.err);
    }
    assert_eq!(typed(here, &["status", "s1", "s2"], &[]).code, Some(0));
    assert_eq!(std::fs::read_dir(here).expect("read").count(), 2, "nothing else is left");
}

#[test]
fn what_names_no_shard_is_refused_before_anything_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    let refused = |shard: &str, variables: &[(&str, &str)]| {
        let given = run(here, &["--shard", shard], variables);
        assert_eq!(std::fs::read_dir(here).expect("read").count(), 0, "{shard}");
        (given.code, given.err)
    };
    for (shard, said) in [
        (
            "0/4",
            "shards are counted from 1, and 0 is asked for\nhelp: the first of them is 1/4, the last 4/4",
        ),
        ("5/4", "there is no shard 5 of 4\nhelp: the first of them is 1/4, the last 4/4"),
        (
            "a/b",
            "`a/b` names no shard\nhelp: write it as I/N, I from 1, such as 3/8; or as auto or auto/N, for a scheduler's task",
        ),
        (
            "-1/4",
            "`-1/4` names no shard\nhelp: write it as I/N, I from 1, such as 3/8; or as auto or auto/N, for a scheduler's task",
        ),
    ] {
        let (code, err) = refused(shard, &[]);
        assert_eq!(code, Some(2), "{err}");
        let expected = format!("error: invalid value '{shard}' for '--shard <I/N>': {said}\n");
        assert!(err.starts_with(&expected), "{err}");
    }
    let (code, err) = refused("auto", &[]);
    assert_eq!(code, Some(1));
    assert!(
        err.starts_with("error: `--shard auto` finds no task of a scheduler's array here: "),
        "{err}"
    );
    let (code, err) = refused("auto", &[("JOB_COMPLETION_INDEX", "3")]);
    assert_eq!(
        (code, err.as_str()),
        (
            Some(1),
            "error: Kubernetes says that this is task 3, and not of how many\nhelp: say how many shards there are, such as --shard auto/8, or set COMMISSIM_SHARDS\n"
        )
    );
    let words = ["--precision", "5%", "--shard", "1/2"];
    let given = typed(here, &[&RUN[..], &words].concat(), &[]);
    assert_eq!(given.code, Some(1));
    assert!(given.err.starts_with("error: a precision cannot be asked of a shard: how many replicates it takes is decided as all cells of a run come in, and a shard has only its own\nhelp: "), "{}", given.err);
    assert_eq!(std::fs::read_dir(here).expect("read").count(), 0);
}

/// Kubernetes does not tell a pod how many there are, so it stands twice.
#[test]
fn the_manifest_of_kubernetes_says_one_number_of_shards() {
    let shards = std::fs::read_to_string("cluster/kubernetes-shards.yaml").expect("there");
    let after = |mark: &str| shards.split(mark).nth(1).and_then(|rest| rest.lines().next());
    let completions = after("completions: ").expect("how many pods");
    let said = after("value: ").expect("how many shards");
    assert_eq!(said, format!("\"{completions}\""));
}
