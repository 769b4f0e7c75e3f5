//! Where files are opened: by the name of one built in, or by path.
//!
//! A desk keeps what was read, so that a file named twice is read, and its
//! problems are said, once.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use toml::de::DeTable;

use super::keys::{Key, Thing};
use super::regime::RegimeFile;
use super::walk::{Found, Reading, walk};
use super::{shipped, syntax};
use crate::problem::{Problem, Problems, Severity, Source, Spot, nearest, several, start_of_line};

/// What refers to a file: the words, and where they stand.
#[derive(Clone, Debug)]
pub struct Reference {
    /// A name or a path.
    pub text: String,
    /// Where it stands; none on the command line.
    pub spot: Option<Spot>,
    /// The option it was given to, on the command line.
    pub option: &'static str,
}

impl Reference {
    /// Words of a file.
    pub fn in_file(text: &str, source: &Arc<Source>, span: std::ops::Range<usize>) -> Self {
        let spot = Some(Spot { source: source.clone(), span });
        Reference { text: text.to_owned(), spot, option: "" }
    }

    /// Words of a command; `option` is empty for a bare argument.
    pub fn typed(text: &str, option: &'static str) -> Self {
        Reference { text: text.to_owned(), spot: None, option }
    }

    /// An error about it.
    pub fn error(&self, title: impl AsRef<str>) -> Problem {
        let title = match self.option {
            "" => title.as_ref().to_owned(),
            option => format!("{option}: {}", title.as_ref()),
        };
        Problem::error(title).at_spot(self.spot.as_ref())
    }

    /// A warning about it.
    pub fn warning(&self, title: impl AsRef<str>) -> Problem {
        Problem { severity: Severity::Warning, ..self.error(title) }
    }
}

/// Whether a reference is a path, not a name.
pub fn is_path(text: &str) -> bool {
    text.ends_with(".toml") || text.contains(['/', '\\'])
}

/// The name a file goes by: its stem.
pub fn stem(path: &str) -> String {
    Path::new(path).file_stem().map_or_else(String::new, |s| s.to_string_lossy().into_owned())
}

/// Problems said of one file: more than this nobody reads, and the screen would be full.
pub const MOST_PROBLEMS: usize = 50;

/// The problems of each file, or as many as anybody would read.
fn most(problems: Problems) -> Problems {
    let mut of_files: BTreeMap<String, (usize, Severity)> = BTreeMap::new();
    let mut kept = Vec::new();
    for problem in problems.into_vec() {
        if let Some(spot) = &problem.spot {
            let of = (0, Severity::Warning);
            let of = of_files.entry(spot.source.path.clone()).or_insert(of);
            of.0 += 1;
            if of.0 > MOST_PROBLEMS {
                of.1 = of.1.min(problem.severity);
                continue;
            }
        }
        kept.push(problem);
    }
    for (path, (all, severity)) in of_files {
        if let more @ 1.. = all.saturating_sub(MOST_PROBLEMS) {
            let title = format!("`{path}` has {} like these", several(more, "more problem"));
            kept.push(Problem { severity, ..Problem::error(title) });
        }
    }
    Problems::new(kept)
}

/// Most bytes of a file that is read: there is no end to what some paths hold.
const LARGEST: u64 = 1 << 30;

/// Open files and what is wrong with them.
#[derive(Default)]
pub struct Desk {
    problems: Vec<Problem>,
    /// Lines that are not TOML.
    broken: Vec<Problem>,
    sources: BTreeMap<String, Option<Arc<Source>>>,
    /// Where paths start from, if not from the folder one is in.
    root: PathBuf,
    /// Regimes read, by path.
    pub(super) regimes: BTreeMap<String, Option<Arc<RegimeFile>>>,
}

impl Desk {
    /// A desk whose paths start from a folder.
    pub fn within(folder: &Path) -> Self {
        Self { root: folder.to_owned(), ..Self::default() }
    }

    /// The bytes of the file at a path, unless there are more than anything here has.
    pub fn bytes(&self, path: &str) -> io::Result<Vec<u8>> {
        let file = File::open(self.root.join(path))?;
        let mut bytes = Vec::new();
        if file.metadata()?.len() <= LARGEST {
            // Of some files nobody can say how large they are.
            let most = file.take(LARGEST + 1).read_to_end(&mut bytes)?;
            if most as u64 <= LARGEST {
                return Ok(bytes);
            }
        }
        Err(io::ErrorKind::FileTooLarge.into())
    }

    /// Records a problem.
    pub fn say(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// How many problems stop a run so far.
    pub fn errors(&self) -> usize {
        self.problems.iter().chain(&self.broken).filter(|p| p.severity == Severity::Error).count()
    }

    /// Everything said.
    pub fn close(self) -> Problems {
        // What a broken line seems to mean would only be wrong a second time.
        fn line(p: &Problem) -> Option<(&str, usize)> {
            let Spot { source, span } = p.spot.as_ref()?;
            Some((&source.path, start_of_line(&source.text, span.start)))
        }
        let broken: BTreeSet<_> = self.broken.iter().filter_map(line).collect();
        let fresh = |p: &&Problem| line(p).is_none_or(|at| !broken.contains(&at));
        let rest = self.problems.iter().filter(fresh);
        most(Problems::new(self.broken.iter().chain(rest).cloned().collect()))
    }

    /// The file a reference means, after saying what is wrong where there is none.
    pub fn open(&mut self, thing: Thing, reference: &Reference) -> Option<Arc<Source>> {
        if !is_path(&reference.text) {
            if let Some(file) = shipped::find(thing, &reference.text) {
                return Some(Arc::new(Source {
                    path: file.path.to_owned(),
                    text: file.text.to_owned(),
                }));
            }
            let problem = self.unknown(thing, reference, &shipped::ids(thing));
            self.say(problem);
            return None;
        }
        self.open_path(reference)
    }

    /// The file at the path that a reference is.
    pub fn open_path(&mut self, reference: &Reference) -> Option<Arc<Source>> {
        let path = beside(reference);
        if let Some(read) = self.sources.get(&path) {
            return read.clone();
        }
        let source = match self.bytes(&path) {
            Ok(bytes) => match String::from_utf8(bytes) {
                Ok(text) => Some(Arc::new(Source { path: path.clone(), text })),
                Err(_) => {
                    let problem = reference.error(format!("`{path}` is not plain text"));
                    self.say(problem.help("save it as text in UTF-8 from an editor"));
                    None
                }
            },
            Err(error) => {
                self.say(unreadable(&path, reference, &error));
                None
            }
        };
        self.sources.insert(path, source.clone());
        source
    }

    /// Says that nothing is called what a reference says.
    pub fn unknown(&self, thing: Thing, reference: &Reference, known: &[&str]) -> Problem {
        let text = &reference.text;
        let word = thing.word();
        let problem = reference.error(format!("no {word} is called `{text}`"));
        let file = format!("{text}.toml");
        let own = beside(&Reference { text: file.clone(), ..reference.clone() });
        let help = if self.root.join(&own).is_file() {
            format!("for your own file write its path: `{file}`")
        } else if let Some(near) = nearest(text, known.iter().copied()) {
            format!("did you mean `{near}`?")
        } else {
            format!(
                "`commissim list {word}s` lists them; a file of your own is named by its path, `{file}`"
            )
        };
        problem.help(help)
    }

    /// Reads a file against `keys`; `whole` is as in [`walk`].
    pub fn read(&mut self, source: &Arc<Source>, keys: &'static [Key], whole: bool) -> Found {
        let (table, errors) = DeTable::parse_recoverable(&source.text);
        let mut reading =
            Reading { source: source.clone(), problems: Vec::new(), broken: !errors.is_empty() };
        let found = walk(table.get_ref(), 0..0, keys, "", whole, &mut reading);
        let broken = syntax::problems(source, &errors);
        // Below a broken heading every key seems to stand in the wrong table.
        if !broken.iter().any(syntax::is_heading) {
            self.problems.extend(reading.problems);
        }
        self.broken.extend(broken);
        found
    }
}

/// A path as seen from the file that names it.
pub fn beside(reference: &Reference) -> String {
    let folder = reference.spot.as_ref().and_then(|spot| Path::new(&spot.source.path).parent());
    match folder {
        Some(folder) if !folder.as_os_str().is_empty() => {
            folder.join(&reference.text).to_string_lossy().into_owned()
        }
        _ => reference.text.clone(),
    }
}

fn unreadable(path: &str, reference: &Reference, error: &std::io::Error) -> Problem {
    use std::io::ErrorKind::{FileTooLarge, IsADirectory, NotFound, PermissionDenied};
    let here = Path::new(path);
    match error.kind() {
        NotFound => {
            let problem = reference.error(format!("there is no file `{path}`"));
            let folder = here.parent().filter(|folder| !folder.as_os_str().is_empty());
            let folder = folder.unwrap_or(Path::new("."));
            if !folder.is_dir() {
                return problem.help(format!("there is no folder `{}` either", folder.display()));
            }
            let name = here.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let names = files_in(folder);
            let near = nearest(&name, names.iter().map(String::as_str));
            let from = match reference.spot {
                Some(_) => "a path starts from the folder of the file that names it",
                None => "a path starts from the folder you are in",
            };
            problem.help(near.map_or(from.to_owned(), |near| format!("did you mean `{near}`?")))
        }
        FileTooLarge => {
            let problem = reference.error(format!("`{path}` is larger than a gigabyte"));
            problem.help("no file that is read here needs to be: is it the one that is meant?")
        }
        IsADirectory => reference.error(format!("`{path}` is a folder, not a file")),
        PermissionDenied => reference.error(format!("`{path}` may not be read: permission denied")),
        _ if here.is_dir() => reference.error(format!("`{path}` is a folder, not a file")),
        _ => reference.error(format!("`{path}` could not be read: {error}")),
    }
}

fn files_in(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".toml"))
        .collect();
    names.sort();
    names
}
