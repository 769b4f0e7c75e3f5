//! Tables made again, held against those that are there as they are made.

use super::super::tables::Place;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

/// A folder with tables, against which they are made again.
#[derive(Debug)]
pub struct There {
    folder: PathBuf,
    /// What is wrong, in order.
    pub faults: Vec<String>,
    /// Tables made again.
    pub number: usize,
}

impl There {
    /// The tables of a folder.
    pub fn of(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), faults: Vec::new(), number: 0 }
    }
}

impl Place for There {
    type File = Against;

    fn begin(&mut self, name: &'static str) -> anyhow::Result<Against> {
        let stored = File::open(self.folder.join(name)).ok().map(BufReader::new);
        Ok(Against { stored, line: Vec::new(), lines: 0, differs: None })
    }

    fn end(&mut self, name: &'static str, file: Against) -> anyhow::Result<()> {
        self.number += 1;
        // What is in a Parquet file is not for reading.
        let is_text = name.ends_with(".csv");
        match file.end() {
            Differs::Not => {}
            Differs::Missing => self.faults.push(missing(&self.folder, name)),
            Differs::So(how) => {
                let how = if is_text { format!(": {how}") } else { String::new() };
                self.faults.push(format!("{name} is not what the cells give{how}"));
            }
        }
        Ok(())
    }
}

/// That a file is missing, and how to have it again.
pub fn missing(folder: &Path, name: &str) -> String {
    format!("{name} is missing; `commissim report {}` makes it again", folder.display())
}

/// A file that is there, against which the same is written again, line by line.
#[derive(Debug)]
pub struct Against {
    /// None where it is not there, or cannot be read.
    stored: Option<BufReader<File>>,
    /// The line that is being written again.
    line: Vec<u8>,
    lines: usize,
    differs: Option<Part>,
}

/// Where two files part.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    /// In how lines end, so far.
    Ends,
    /// In a line, in words.
    Line(String),
}

/// How a file differs from what is made again.
#[derive(Debug, PartialEq, Eq)]
enum Differs {
    Not,
    Missing,
    So(String),
}

impl Against {
    /// Holds a whole line against the next that is there.
    fn compare(&mut self) {
        let now = std::mem::take(&mut self.line);
        let Some(stored) = &mut self.stored else { return };
        if matches!(self.differs, Some(Part::Line(_))) {
            return;
        }
        let mut there = Vec::new();
        if stored.read_until(b'\n', &mut there).is_err() {
            self.stored = None;
            return;
        }
        self.lines += 1;
        if there != now {
            let (before, after) = (shown(&there), shown(&now));
            self.differs = Some(match before == after {
                true => Part::Ends,
                false => Part::Line(format!("line {}: there {before}, now {after}", self.lines)),
            });
        }
        // So that a line is made room for once.
        self.line = now;
        self.line.clear();
    }

    fn end(mut self) -> Differs {
        if !self.line.is_empty() {
            self.compare();
        }
        // What is there may go on.
        self.compare();
        match (self.stored, self.differs) {
            (None, _) => Differs::Missing,
            (Some(_), None) => Differs::Not,
            (Some(_), Some(Part::Ends)) => Differs::So("in how its lines end".to_owned()),
            (Some(_), Some(Part::Line(how))) => Differs::So(how),
        }
    }
}

/// A line in words.
fn shown(line: &[u8]) -> String {
    if line.is_empty() {
        return "nothing".to_owned();
    }
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    format!("`{}`", String::from_utf8_lossy(line))
}

impl Write for Against {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for part in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.line.extend_from_slice(part);
            if part.ends_with(b"\n") {
                self.compare();
            }
        }
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::first_difference;

    /// What is said of a file that holds `there` when `now` is written again, in pieces.
    fn said(there: &[u8], now: &[u8]) -> Option<String> {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("a.csv"), there).expect("written");
        let mut place = There::of(folder.path());
        let mut file = place.begin("a.csv").expect("begun");
        now.chunks(3).for_each(|piece| file.write_all(piece).expect("taken"));
        place.end("a.csv", file).expect("ended");
        assert_eq!(place.number, 1);
        place.faults.pop().map(|fault| fault.replace("a.csv is not what the cells give: ", ""))
    }

    #[test]
    fn as_it_is_written_the_first_difference_is_that_of_whole_files() {
        let whole = b"a,b\n1,2\n3,4\n";
        let others: [&[u8]; 9] = [
            whole,
            b"a,b\n1,2\n3,5\n",
            b"a,b\n1,2\n",
            b"a,b\n1,2\n3,4\n5,6\n",
            b"a,b\r\n1,2\r\n3,4\r\n",
            b"a,b\r\n1,2\n3,5\n",
            b"a,b\n1,2\n3,4",
            b"",
            b"\n\n",
        ];
        for there in others {
            assert_eq!(said(there, whole), first_difference(there, whole), "{there:?}");
            assert_eq!(said(whole, there), first_difference(whole, there), "{there:?}");
        }
    }

    #[test]
    fn what_is_not_there_is_missing() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("b.csv")).expect("a folder in its place");
        let mut place = There::of(folder.path());
        for name in ["a.csv", "b.csv"] {
            let file = place.begin(name).expect("begun");
            place.end(name, file).expect("ended");
        }
        assert!(place.faults.iter().all(|fault| fault.contains("is missing; `commissim report")));
        assert_eq!(place.faults.len(), 2);
    }
}
