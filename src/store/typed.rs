//! The command that something was made by, so that it can be typed again.

use super::files::publish_bytes;
use crate::shard::Shard;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::path::Path;

/// Where the command of a run is noted until it is finished.
pub const TYPED: &str = "typed.json";

/// A command, and the folder it was typed in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typed {
    /// Its words.
    pub command: Vec<String>,
    /// The folder it was typed in; empty where it is not known.
    #[serde(rename = "in", default)]
    pub within: String,
}

impl Typed {
    /// A command that is typed now.
    pub fn now(command: &[String]) -> Self {
        let within = std::env::current_dir().ok();
        let within = within.map_or(String::new(), |folder| folder.display().to_string());
        Self { command: command.to_vec(), within }
    }

    /// What the note in a folder of work, or how a manifest says it was made, tells of it.
    pub fn of(value: &Value) -> Option<Self> {
        let typed: Self = serde_json::from_value(value.clone()).ok()?;
        (!typed.command.is_empty()).then_some(typed)
    }

    pub(super) fn note(&self, work: &Path) -> anyhow::Result<()> {
        publish_bytes(&work.join(TYPED), &serde_json::to_vec(self)?)
    }

    /// The command noted in a folder of work.
    pub fn noted(work: &Path) -> Option<Self> {
        Self::of(&serde_json::from_slice(&std::fs::read(work.join(TYPED)).ok()?).ok()?)
    }

    /// The command that goes on with the work in `out`, as of one shard where it is one, for
    /// a shell.
    pub fn again(&self, shard: Option<Shard>, out: &Path) -> String {
        let mut words = Vec::new();
        let mut typed = self.command.iter();
        while let Some(word) = typed.next() {
            let name = word.split('=').next().unwrap_or_default();
            match name {
                "--resume" | "--overwrite" => {}
                "--out" | "--shard" => {
                    // The value is the next word, unless it is in this one.
                    if !word.contains('=') {
                        typed.next();
                    }
                }
                _ => words.push(word.clone()),
            }
        }
        if let Some(shard) = shard {
            words.extend(["--shard".to_owned(), shard.to_string()]);
        }
        let here = std::env::current_dir().ok();
        let elsewhere = !self.within.is_empty()
            && here.as_ref().is_none_or(|here| *here != Path::new(&self.within));
        let out = match here.filter(|_| elsewhere) {
            Some(here) => here.join(out),
            None => out.to_owned(),
        };
        words.extend(["--out".to_owned(), out.display().to_string(), "--resume".to_owned()]);
        let words: Vec<String> = words.iter().map(|word| quoted(word)).collect();
        let go = if elsewhere { format!("cd {} && ", quoted(&self.within)) } else { String::new() };
        go + &words.join(" ")
    }
}

/// A word as a shell takes it for one.
pub fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-./=,:+%@".contains(c);
    match !word.is_empty() && word.chars().all(plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', r"'\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(words: &[&str]) -> Typed {
        let command: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        Typed::now(&command)
    }

    #[test]
    fn what_is_typed_again_names_its_shard_and_its_folder_once() {
        let shard = Shard { index: 3, of: 8 };
        let words = [
            "commissim",
            "run",
            "my town.toml",
            "--shard",
            "auto",
            "--out={shard}",
            "--resume",
            "--set",
            "a=1",
        ];
        assert_eq!(
            typed(&words).again(Some(shard), Path::new("mine/3-of-8")),
            "commissim run 'my town.toml' --set a=1 --shard 3/8 --out mine/3-of-8 --resume"
        );
        let words = ["commissim", "run", "--out", "mine", "--overwrite", "--quiet"];
        assert_eq!(
            typed(&words).again(None, Path::new("it's")),
            r"commissim run --quiet --out 'it'\''s' --resume"
        );
    }

    #[test]
    fn what_was_typed_elsewhere_is_typed_there() {
        let typed = Typed { within: "/some where".to_owned(), ..typed(&["commissim", "run"]) };
        let here = std::env::current_dir().expect("a folder").join("mine");
        let here = quoted(&here.display().to_string());
        assert_eq!(
            typed.again(None, Path::new("mine")),
            format!("cd '/some where' && commissim run --out {here} --resume")
        );
    }
}
