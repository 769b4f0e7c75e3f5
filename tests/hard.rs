//! Hard use: disks that are full or cannot be written, pipes that close, too little memory,
//! clocks that are wrong, two runs in one folder, names that are no text, and files from
//! other systems. Each is said plainly, and nothing is lost.
//!
//! What a system does not let a test do is left out, and said.

use crate::results::says_how;
use commissim::briefing::theme::{self, Theme};
use commissim::experiment::Experiment;
use commissim::files::shipped::{SETS, SHIPPED};
use commissim::files::{self, Overrides, Thing};
use commissim::problem::{Problem, Problems};
use commissim::store::files::checksums;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, SystemTime};

/// A run of seconds, of so many cells, less the folder.
const SMALL: [&str; 13] = [
    "run",
    "quick",
    "--place",
    "town",
    "--years",
    "1",
    "--regimes",
    "isf-default",
    "--quiet",
    "--no-briefing",
    "--replicates",
    "2",
    "--out",
];

const PROGRAM: &str = env!("CARGO_BIN_EXE_commissim");

fn run(out: &Path, more: &[&str]) -> Output {
    Command::new(PROGRAM).args(SMALL).arg(out).args(more).output().expect("the program starts")
}

/// The program with the options of `sh` before it, such as limits.
fn limited(limits: &str, out: &Path, more: &[&str]) -> Output {
    let script = format!("{limits}; exec \"$0\" \"$@\"");
    let mut command = Command::new("sh");
    command.args(["-c", &script, PROGRAM]).args(SMALL).arg(out).args(more);
    command.output().expect("a shell")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn finished(output: Output) {
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
}

/// What results hold.
fn left(out: &Path) -> Vec<(String, String)> {
    let mut files = checksums(out).expect("results");
    files.retain(|(path, _)| !says_how(path));
    files
}

fn unfinished(out: &Path) -> PathBuf {
    let mut name = out.file_name().expect("a name").to_owned();
    name.push(".unfinished");
    out.with_file_name(name)
}

/// The names of what is below a folder that a stopped run left: its cells, and what is half
/// written.
fn kept(out: &Path) -> (usize, Vec<String>) {
    let files = checksums(&unfinished(out)).expect("it is kept");
    let names: Vec<String> = files.into_iter().map(|(path, _)| path).collect();
    let cells = names.iter().filter(|path| path.ends_with(".cell")).count();
    (cells, names.into_iter().filter(|path| path.ends_with(".tmp")).collect())
}

/// A disk of so many kilobytes, for as long as this is there; none where the system lets
/// nobody here have one.
struct Disk(tempfile::TempDir);

impl Disk {
    fn of(kilobytes: usize) -> Option<Self> {
        let folder = tempfile::tempdir().expect("a folder");
        let size = format!("size={kilobytes}k");
        let made = mount(&["-t", "tmpfs", "-o", &size, "tmpfs"], folder.path());
        made.then(|| Self(folder))
    }

    fn again(&self, how: &str) {
        assert!(mount(&["-o", &format!("remount,{how}")], self.0.path()), "mounted again, {how}");
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0.path()).status();
    }
}

fn mount(words: &[&str], at: &Path) -> bool {
    let mut command = Command::new("mount");
    let status = command.args(words).arg(at).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

#[cfg(target_os = "linux")]
#[test]
fn on_a_full_disk_what_is_done_is_kept_and_gone_on_with() {
    let parent = tempfile::tempdir().expect("a folder");
    let whole = parent.path().join("whole");
    finished(run(&whole, &[]));

    // Cells are small and go through; tables are larger than any file may be.
    let out = parent.path().join("mine");
    let output = limited("trap '' XFSZ; ulimit -f 600", &out, &[]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    for words in
        ["cannot write", ".csv", "File too large", "finished cells are kept in", "--resume"]
    {
        assert!(said(&output).contains(words), "{words}: {}", said(&output));
    }
    assert!(!out.exists(), "never half there");
    assert_eq!(kept(&out), (2, Vec::new()), "both cells, and nothing half written");
    finished(run(&out, &["--resume"]));
    assert!(left(&out) == left(&whole), "the bytes of an unbroken run");

    let Some(disk) = Disk::of(700) else {
        eprintln!("this system lets nobody here make a disk: a disk that is full is left out");
        return;
    };
    let out = disk.0.path().join("mine");
    let output = run(&out, &[]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    for words in ["No space left", "finished cells are kept in", "--resume"] {
        assert!(said(&output).contains(words), "{words}: {}", said(&output));
    }
    assert_eq!(kept(&out), (2, Vec::new()));
    // Full to the last byte, it still says so.
    let filled = vec![0; 1 << 20];
    let _ = fs::write(disk.0.path().join("others"), filled);
    let output = run(&disk.0.path().join("other"), &[]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("help: there is no room left"), "{}", said(&output));
    assert!(!unfinished(&disk.0.path().join("other")).exists(), "nothing was begun");
    disk.again("size=50m");
    finished(run(&out, &["--resume"]));
    assert!(left(&out) == left(&whole), "the bytes of an unbroken run");
}

#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_written_is_said_and_what_is_there_can_be_read() {
    let parent = tempfile::tempdir().expect("a folder");
    fs::write(parent.path().join("file"), "mine").expect("written");
    let output = run(&parent.path().join("file/mine"), &[]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(
        said(&output).contains("help: a file stands where a folder is meant"),
        "{}",
        said(&output)
    );

    let Some(disk) = Disk::of(50_000) else {
        eprintln!(
            "this system lets nobody here make a disk: a disk that can only be read is left out"
        );
        return;
    };
    let out = disk.0.path().join("mine");
    finished(run(&out, &[]));
    let before = left(&out);
    disk.again("ro");
    let program = |words: &[&str]| {
        Command::new(PROGRAM).args(words).current_dir(disk.0.path()).output().expect("it starts")
    };
    for words in [&["verify", "mine"][..], &["trace", "mine"]] {
        finished(program(words));
    }
    let new: [&[&str]; 4] =
        [&["init", "new.toml"], &["assumptions", "--out", "log.csv"], &["report", "mine"], &[]];
    for words in new {
        let output = match words {
            [] => run(&disk.0.path().join("other"), &[]),
            words => program(words),
        };
        assert_eq!(output.status.code(), Some(1), "{words:?}: {}", said(&output));
        let help = "help: that disk can only be read: name a place on another";
        assert!(said(&output).contains(help), "{words:?}: {}", said(&output));
    }
    assert!(left(&out) == before);
}

#[test]
fn whoever_stops_reading_has_read_enough() {
    let asked: [&[&str]; 8] = [
        &["list", "parameters"],
        &["list", "levers", "--json"],
        &["explain", "default_effect"],
        &["assumptions"],
        &["check", "four-regimes"],
        &["--help"],
        &["run", "--help"],
        &["--version"],
    ];
    let closed = |mut command: Command| {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends");
        assert_eq!((output.status.code(), said(&output).as_str()), (Some(0), ""), "{command:?}");
    };
    for words in asked {
        let mut command = Command::new(PROGRAM);
        command.args(words);
        closed(command);
    }
    let parent = tempfile::tempdir().expect("a folder");
    let out = parent.path().join("mine");
    let mut command = Command::new(PROGRAM);
    command.args(SMALL).arg(&out).arg("--json");
    closed(command);
    assert!(out.join("manifest.json").exists(), "the results are there");
}

#[cfg(target_os = "linux")]
#[test]
fn with_too_little_memory_it_stops_with_a_word_and_goes_on_with_more() {
    let parent = tempfile::tempdir().expect("a folder");
    let (whole, out) = (parent.path().join("whole"), parent.path().join("mine"));
    finished(run(&whole, &[]));
    let output = limited("ulimit -v 1000000", &out, &["--threads", "1024"]);
    let words = said(&output);
    // Which of the two it is short of first is chance.
    let threads = words.contains("cannot start 1024 threads")
        && words.contains("help: ask for fewer with --threads");
    assert!(threads || words.contains("memory allocation of "), "{words}");
    assert!(output.status.code().is_none_or(|code| code == 1), "{words}");
    // From less than it can be loaded with to more than it needs.
    let mut came = Vec::new();
    for megabytes in [30, 60, 90, 120, 150, 200, 300] {
        let limits = format!("ulimit -v {}", megabytes * 1000);
        let output = limited(&limits, &out, &["--resume", "--threads", "1"]);
        let words = said(&output);
        assert_ne!(output.status.code(), Some(101), "a mistake of ours: {words}");
        if output.status.code() == Some(0) {
            came.push("done");
            break;
        }
        assert!(!words.is_empty(), "it says something below {megabytes} MB");
        came.push("stopped");
    }
    finished(run(&out, &["--resume"]));
    assert!(came.contains(&"stopped"), "{came:?}");
    assert!(left(&out) == left(&whole), "the bytes of an unbroken run, after {came:?}");
}

#[test]
fn times_of_files_mean_nothing() {
    let parent = tempfile::tempdir().expect("a folder");
    let (whole, out) = (parent.path().join("whole"), parent.path().join("mine"));
    finished(run(&whole, &[]));
    // As if stopped at its end, by a machine whose clock was decades off either way.
    fs::rename(&whole, unfinished(&out)).expect("renamed");
    let (epoch, day) = (SystemTime::UNIX_EPOCH, Duration::from_secs(86_400));
    let before = left(&unfinished(&out));
    for (number, (path, _)) in before.iter().enumerate() {
        let at = if number % 2 == 0 { epoch + day } else { epoch + 60_000 * day };
        let file = fs::File::options().append(true).open(unfinished(&out).join(path));
        file.and_then(|file| file.set_modified(at)).expect("its time is set");
    }
    finished(run(&out, &["--resume"]));
    assert!(left(&out) == before);
    let verified = Command::new(PROGRAM).arg("verify").arg(&out).output().expect("it starts");
    finished(verified);
}

#[test]
fn of_runs_in_one_folder_at_once_one_goes_on_and_the_others_say_so() {
    let parent = tempfile::tempdir().expect("a folder");
    let (whole, out) = (parent.path().join("whole"), parent.path().join("mine"));
    finished(run(&whole, &[]));
    for _ in 0..3 {
        let start = || {
            let mut command = Command::new(PROGRAM);
            command.args(SMALL).arg(&out).args(["--threads", "1"]);
            command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("it starts")
        };
        let started: Vec<_> = (0..4).map(|_| start()).collect();
        let ended: Vec<Output> =
            started.into_iter().map(|child| child.wait_with_output().expect("it ends")).collect();
        let done = ended.iter().filter(|output| output.status.success()).count();
        let words: Vec<String> = ended.iter().map(said).collect();
        assert_eq!(done, 1, "{words:?}");
        for output in ended.iter().filter(|output| !output.status.success()) {
            let words = said(output);
            assert_eq!(output.status.code(), Some(1), "{words}");
            // One that came late finds the results instead.
            let told =
                words.contains("another run is writing to") || words.contains("is not empty");
            assert!(told && words.contains("\nhelp: "), "{words}");
        }
        assert!(left(&out) == left(&whole), "the bytes of one run");
        assert_eq!(fs::read_dir(parent.path()).expect("read").count(), 2, "nothing else is left");
        fs::remove_dir_all(&out).expect("removed");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn folders_may_be_called_anything_and_files_that_are_read_are_told_of() {
    use std::os::unix::ffi::OsStrExt;
    let parent = tempfile::tempdir().expect("a folder");
    let odd = OsStr::from_bytes(b"caf\xe9 \xff");
    let out = parent.path().join(odd);
    finished(run(&out, &[]));
    let whole = parent.path().join("whole");
    finished(run(&whole, &[]));
    assert!(left(&out) == left(&whole));
    let program = |words: &[&OsStr]| {
        Command::new(PROGRAM).args(words).current_dir(parent.path()).output().expect("it starts")
    };
    let word = OsStr::new;
    for words in [
        &[word("verify"), odd][..],
        &[word("report"), odd],
        &[word("trace"), odd],
        &[word("init"), OsStr::from_bytes(b"\xe9.toml")],
    ] {
        finished(program(words));
    }
    finished(run(&out, &["--resume"]));
    for words in [
        &[word("check"), OsStr::from_bytes(b"\xe9.toml")][..],
        &[word("run"), OsStr::from_bytes(b"\xe9.toml")],
    ] {
        let output = program(words);
        assert_eq!(output.status.code(), Some(2));
        let told = "error: `\u{fffd}.toml` is not written in UTF-8, and files that are read must be called so\nhelp: ";
        assert!(said(&output).starts_with(told), "{}", said(&output));
    }
}

/// Text as another system writes it: a mark before it, and two signs at each end of a line.
fn foreign(text: &str) -> String {
    format!("\u{feff}{}", text.replace("\r\n", "\n").replace('\n', "\r\n"))
}

fn write(path: &Path, text: &str) -> String {
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(path, text).expect("written");
    path.to_string_lossy().into_owned()
}

/// What a file says, as it is understood.
fn understood(thing: Thing, path: &str) -> String {
    let none = Overrides::default();
    let said = |problems: Problems| problems.to_string();
    // Warnings name the file, which is another.
    let first = |(experiment, _): (Experiment, Vec<Problem>)| experiment;
    let text = match thing {
        Thing::Experiment => {
            format!("{:?}", files::experiment(path, &none).map(first).map_err(said))
        }
        Thing::Regime => {
            format!("{:?}", files::regime(path).map(|(regime, _)| regime).map_err(said))
        }
        Thing::Targets => {
            format!("{:?}", files::targets(path, &none).map(|(targets, _)| targets).map_err(said))
        }
        Thing::Theme => {
            let looks = |theme: Theme| (theme.paper, theme.regimes, theme.size);
            format!("{:?}", theme::read(path).map(looks).map_err(said))
        }
        Thing::Place => {
            let typed = Overrides { places: vec![path.to_owned()], ..none };
            format!("{:?}", files::experiment("quick", &typed).map(first).map_err(said))
        }
    };
    assert!(text.starts_with("Ok("), "{path}: {text}");
    text
}

#[test]
fn files_of_other_systems_say_the_same() {
    let parent = tempfile::tempdir().expect("a folder");
    let at = |system: &str, path: &str| parent.path().join(system).join(path);
    for file in SHIPPED {
        let read =
            |system, text: &str| understood(file.thing, &write(&at(system, file.path), text));
        assert_eq!(
            read("one-system", file.text),
            read("other-system", &foreign(file.text)),
            "{}",
            file.path
        );
    }
    let set = |system, text: &str| {
        let from = Some(write(&at(system, "set.csv"), text));
        let typed = Overrides { from, ..Overrides::default() };
        format!("{:?}", files::experiment("quick", &typed).expect("a set"))
    };
    assert_eq!(set("one-system", SETS[0].text), set("other-system", &foreign(SETS[0].text)));
    let place = "like = \"town\"\ncode = 77\npeople = \"people.csv\"\nproviders = \"providers.csv\"\nneighbourhoods = \"areas.csv\"\n";
    let rows = [
        (
            "people.csv",
            "id,age,payer,setting,reason,neighbourhood\n1,65+,council,home,,North\n2,18-64,council,home,learning,South\n",
        ),
        ("providers.csv", "id,kind,neighbourhood\n1,agency,North\n2,in-house,\n"),
        ("areas.csv", "id,deprivation_fifth\nNorth,1\nSouth,5\n"),
    ];
    let colours = "paper = \"#FFFFFF\"\nregimes = [\"#004C86\", \"#B0480C\"]\nsize = 8\n";
    let read = |system: &str, as_written: fn(&str) -> String| {
        for (name, text) in rows {
            write(&at(system, name), &as_written(text));
        }
        let place = write(&at(system, "mine.toml"), &as_written(place));
        let theme = write(&at(system, "theme.toml"), &as_written(colours));
        understood(Thing::Place, &place) + &understood(Thing::Theme, &theme)
    };
    assert_eq!(read("one-system", str::to_owned), read("other-system", foreign));
}

#[test]
fn faults_are_found_in_the_same_lines_of_files_of_other_systems() {
    let parent = tempfile::tempdir().expect("a folder");
    for entry in fs::read_dir("tests/gallery").expect("read") {
        let path = entry.expect("an entry").path();
        let text = fs::read(&path).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        if let Some(text) = text {
            let name = path.file_name().expect("a name");
            write(&parent.path().join("one-system").join(name), &text);
            write(&parent.path().join("other-system").join(name), &foreign(&text));
        }
    }
    let mut seen = 0;
    for path in crate::files::toml_files("tests/gallery") {
        let name = path.file_name().expect("a name");
        let faults = |system: &str| {
            let path = parent.path().join(system).join(name).to_string_lossy().into_owned();
            let checked = files::check(&[path]);
            let said = checked.problems.list().iter().map(|problem| {
                let title = problem.title.replace(system, "…");
                let line = problem.line_and_column().map(|(line, _)| line);
                (title, line)
            });
            said.collect::<Vec<_>>()
        };
        assert_eq!(faults("one-system"), faults("other-system"), "{}", path.display());
        seen += 1;
    }
    assert!(seen > 100, "{seen}");
}
