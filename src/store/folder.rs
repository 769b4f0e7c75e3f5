//! A results folder that is complete: what its manifest says, and what is there.

use super::files::{checksum_of, checksums};
use super::manifest::{SCHEMA, is_sound};
use super::rocrate::CRATE;
use super::{MANIFEST, names, resolved, seal};
use crate::experiment::Experiment;
use anyhow::{Context, bail};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The file of what was run.
pub(super) const EXPERIMENT: &str = "experiment.toml";

/// A results folder and its manifest.
#[derive(Debug)]
pub struct Folder {
    /// Where it is.
    pub path: PathBuf,
    /// What the manifest says; null where it cannot be read.
    manifest: Value,
    /// Whether the manifest is as it was written.
    pub sound: bool,
}

/// How a file differs from what the manifest says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Differs {
    /// It holds something else.
    Changed,
    /// It is not there.
    Missing,
    /// The manifest does not name it.
    Added,
}

/// Opens a results folder.
///
/// # Errors
///
/// When it is none, is not finished, or was laid out by another version.
pub fn open(path: &Path) -> anyhow::Result<Folder> {
    let shown = path.display();
    let unfinished = names::unfinished(path);
    if !path.exists() && unfinished.exists() {
        bail!(
            "{shown} was not finished: what it has so far is in {}\nhelp: go on with it by typing its command again with --resume",
            unfinished.display()
        );
    }
    if !path.is_dir() {
        let what = if path.exists() { "is a file" } else { "is not there" };
        bail!("{shown} {what}\nhelp: name a results folder, such as results/four-regimes");
    }
    if !path.join(MANIFEST).exists() {
        if let Some(shard) = super::shards::of_folder(path) {
            bail!(
                "{shown} is shard {shard} of a run, which has no tables\nhelp: join it with the others first: commissim merge, with the folder of each and --out"
            );
        }
        if path.join(super::CODE).exists() {
            bail!(
                "{shown} is a run that was not finished\nhelp: go on with it by typing its command again with --resume"
            );
        }
        bail!(
            "{shown} is not a results folder: it has no {MANIFEST}\nhelp: name a folder that a run made, such as results/four-regimes"
        );
    }
    let bytes = fs::read(path.join(MANIFEST))
        .with_context(|| format!("cannot read {}", path.join(MANIFEST).display()))?;
    let manifest: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    match manifest["what"]["schema"].as_u64() {
        Some(schema) if schema != u64::from(SCHEMA) => bail!(
            "{shown} was laid out by another version of the program: layout {schema}, this one reads {SCHEMA}\nhelp: use the version that made it: {}",
            manifest["what"]["code"]
        ),
        _ => Ok(Folder { path: path.to_owned(), manifest, sound: is_sound(&bytes) }),
    }
}

/// The checksum of a file; none where it is not there.
///
/// # Errors
///
/// When it cannot be read.
pub(super) fn sum_of(path: &Path) -> anyhow::Result<Option<String>> {
    match checksum_of(path) {
        Ok(sum) => Ok(Some(sum)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
}

impl Folder {
    fn what(&self, key: &str) -> &Value {
        &self.manifest["what"][key]
    }

    fn files(&self, of: &str) -> impl Iterator<Item = (&str, &str)> {
        let files = self.what(of).as_object().into_iter().flatten();
        files.map(|(path, sum)| (path.as_str(), sum.as_str().unwrap_or_default()))
    }

    /// The code that made the cells.
    pub fn code(&self) -> &Value {
        self.what("code")
    }

    /// The seed of the run; none where the manifest cannot be read.
    pub fn seed(&self) -> Option<u64> {
        self.what("seed").as_u64()
    }

    /// Whether a file is one of the inputs.
    pub fn is_input(&self, path: &str) -> bool {
        self.files("inputs").any(|(input, _)| input == path)
    }

    /// Every input and its checksum, in order of path.
    pub fn inputs(&self) -> Vec<(String, String)> {
        self.files("inputs").map(|(path, sum)| (path.to_owned(), sum.to_owned())).collect()
    }

    /// The outputs that the manifest names, in order of path.
    pub fn outputs(&self) -> impl Iterator<Item = &str> {
        self.files("outputs").map(|(path, _)| path)
    }

    /// The checksum the manifest has for an output.
    pub fn output(&self, path: &str) -> Option<&str> {
        self.files("outputs").find(|(output, _)| *output == path).map(|(_, sum)| sum)
    }

    /// Every file that is not what the manifest says, in order of path; the manifest
    /// itself is left out.
    ///
    /// # Errors
    ///
    /// When a file cannot be read.
    pub fn differences(&self) -> anyhow::Result<Vec<(String, Differs)>> {
        let mut said: BTreeMap<&str, &str> =
            self.files("inputs").chain(self.files("outputs")).collect();
        if let Some(sum) = self.manifest["how"][CRATE].as_str() {
            said.insert(CRATE, sum);
        }
        let mut found = BTreeMap::new();
        for (path, sum) in checksums(&self.path)? {
            match said.remove(path.as_str()) {
                Some(right) if right == sum => {}
                Some(_) => _ = found.insert(path, Differs::Changed),
                None if path == MANIFEST => {}
                None => _ = found.insert(path, Differs::Added),
            }
        }
        found.extend(said.keys().map(|path| ((*path).to_owned(), Differs::Missing)));
        Ok(found.into_iter().collect())
    }

    /// Why the folder cannot be relied on, if so: the manifest, or a file that matters, is
    /// not what the run left.
    pub fn wrong(
        &self,
        differ: &[(String, Differs)],
        matters: impl Fn(&str) -> bool,
    ) -> Option<String> {
        if !self.sound {
            return Some("manifest.json was changed after the run".to_owned());
        }
        let (path, differs) = differ.iter().find(|(path, _)| matters(path))?;
        Some(match differs {
            Differs::Missing => format!("{path} is missing"),
            Differs::Added => format!("{path} was added after the run"),
            Differs::Changed => format!("{path} was changed after the run"),
        })
    }

    /// The cells that are what the manifest says, by their paths, where some are not; none
    /// where all are, or where the manifest cannot be relied on.
    ///
    /// # Errors
    ///
    /// When a cell is there and cannot be read.
    pub fn whole_cells(&self) -> anyhow::Result<Option<Vec<String>>> {
        if !self.sound {
            return Ok(None);
        }
        let wrong = self.cells_wrong()?;
        let is_whole = |path: &&str| !wrong.iter().any(|(other, _)| other == path);
        let cells = self.outputs().filter(|path| path.starts_with("cells/"));
        let whole = cells.filter(is_whole).map(str::to_owned).collect();
        Ok((!wrong.is_empty()).then_some(whole))
    }

    /// The cells that are missing, or not what the manifest says.
    ///
    /// # Errors
    ///
    /// When a cell is there and cannot be read.
    pub fn cells_wrong(&self) -> anyhow::Result<Vec<(String, Differs)>> {
        let mut wrong = Vec::new();
        for (path, sum) in self.files("outputs").filter(|(path, _)| path.starts_with("cells/")) {
            match sum_of(&self.path.join(path))? {
                None => wrong.push((path.to_owned(), Differs::Missing)),
                Some(found) if found != sum => wrong.push((path.to_owned(), Differs::Changed)),
                Some(_) => {}
            }
        }
        Ok(wrong)
    }

    /// How it ran.
    pub fn how(&self) -> &Value {
        &self.manifest["how"]
    }

    /// How many files the manifest names, and how many cells among them.
    pub fn counts(&self) -> (usize, usize) {
        let names = || self.files("inputs").chain(self.files("outputs"));
        let cells = names().filter(|(path, _)| path.starts_with("cells/")).count();
        (names().count() - cells, cells)
    }

    /// The experiment, from the inputs that lie in the folder.
    ///
    /// # Errors
    ///
    /// In full what is wrong with them.
    pub fn experiment(&self) -> Result<Experiment, String> {
        super::shards::experiment_in(&self.path, self.what("experiment").as_str())
    }

    /// What the inputs would be if they were written again, apart from places, whose
    /// remarks say where figures came from the first time.
    ///
    /// # Errors
    ///
    /// When a number is too large for TOML.
    pub fn written_again(&self, of: &Experiment) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
        let mut files = resolved::files(of)?;
        files.retain(|(path, _)| !path.starts_with("places/"));
        Ok(files)
    }

    /// Enters tables, and files of the briefing, that are otherwise than the manifest says,
    /// made by the code that runs now.
    ///
    /// # Errors
    ///
    /// When the file system fails.
    pub fn enter(
        &mut self,
        experiment: &Experiment,
        tables: &[(String, String)],
        briefing: &[(String, String)],
    ) -> anyhow::Result<()> {
        let outputs = self.manifest["what"]["outputs"].as_object_mut();
        let outputs: &mut Map<String, Value> = outputs.context("the manifest names no outputs")?;
        for (path, sum) in tables.iter().chain(briefing) {
            outputs.insert(path.clone(), sum.as_str().into());
        }
        for (kind, made) in [("tables", tables), ("briefing", briefing)] {
            if !made.is_empty() {
                self.manifest["what"][kind] = super::manifest::code();
            }
        }
        if let Some(contents) = self.manifest.as_object_mut() {
            contents.remove("checksum");
        }
        seal(experiment, self.manifest.clone(), &self.path)
    }
}
