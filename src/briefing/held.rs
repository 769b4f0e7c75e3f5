//! What the program holds of itself that a briefing needs: the log of assumptions, what the
//! model was held against, and the limits of its use.

use super::book::Book;
use super::document::{Block, Cell, Row, Table};
use super::words::{Words, capital};
use crate::assumptions::{self, Reliability, effects};
use crate::declare::Parameter;
use crate::files::{self, Overrides};
use crate::metrics::{self, Metric};
use serde::Deserialize;
use std::sync::OnceLock;

/// The file of the log of assumptions in a results folder.
pub const LOG: &str = "assumptions.csv";
/// The file of what was held against the model.
pub const VALIDATION: &str = "validation.csv";
/// The document of the limits of use.
pub const LIMITS: &str = "docs/limits.md";

const VALIDATED: &str = include_str!("../../data/validation.csv");
const LIMITS_TEXT: &str = include_str!("../../docs/limits.md");

/// The files that a briefing leaves beside itself, so that its numbers can be found in the
/// results folder: names and bytes.
///
/// # Errors
///
/// Writing to memory does not fail; the error is passed on all the same.
pub fn files() -> anyhow::Result<Vec<(&'static str, Vec<u8>)>> {
    let log = assumptions::csv(effects::shipped())?;
    Ok(vec![(LOG, log), (VALIDATION, VALIDATED.as_bytes().to_vec())])
}

/// The log of assumptions.
pub struct Log(&'static effects::Effects);

/// A parameter that turns a headline difference of a regime in the briefing.
#[derive(Clone, Debug)]
pub struct Turning {
    /// The parameter.
    pub parameter: &'static Parameter,
    /// How far its value can be relied on, in a word.
    pub reliability: &'static str,
    /// The headline.
    pub metric: Metric,
    /// Title of the regime.
    pub regime: String,
    /// How far the difference moves, in the metric's unit.
    pub moved: f64,
    /// Half of the 95% interval of that over replicates.
    pub half: f64,
    /// The column of the log that says so.
    pub column: String,
}

/// Parameters that a briefing names.
const NAMED: usize = 12;

impl Log {
    /// What was measured ahead and ships.
    pub fn shipped() -> Self {
        Self(effects::shipped())
    }

    /// What turns headline differences of the book's regimes most, at most so many as a
    /// briefing names, and how many such parameters there are: least reliable first, and
    /// then by how many times what is worth a decision.
    pub fn turning(&self, book: &Book) -> (Vec<Turning>, usize) {
        let mut found: Vec<(Reliability, f64, Turning)> = Vec::new();
        for of in assumptions::turning(self.0) {
            if !book.experiment.regimes.iter().any(|regime| regime.id == of.regime) {
                continue;
            }
            let Some(matters) = of.metric.declaration().matters() else { continue };
            let reliability = Reliability::of(of.parameter);
            let turning = Turning {
                parameter: of.parameter,
                reliability: reliability.word(),
                metric: of.metric,
                regime: book.title(of.regime).to_owned(),
                moved: of.moved,
                half: of.half,
                column: assumptions::column(of.regime, of.metric),
            };
            found.push((reliability, of.moved.abs() / matters, turning));
        }
        found.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        // Of each parameter, the difference that it moves most.
        let mut seen: Vec<&str> = Vec::new();
        found.retain(|(.., turning)| {
            let new = !seen.contains(&turning.parameter.name);
            seen.push(turning.parameter.name);
            new
        });
        let all = found.len();
        (found.into_iter().take(NAMED).map(|(.., turning)| turning).collect(), all)
    }
}

/// A row of what the model was held against.
#[derive(Clone, Debug, Deserialize)]
pub struct Validated {
    /// Empty where every causal link was on.
    off: Option<String>,
    /// Id of the target.
    pub target: String,
    /// What was observed, in words.
    pub what: String,
    /// The figure, or its direction.
    pub observed: String,
    /// What is observed, as the table writes metrics that are added.
    pub metrics: String,
    /// What of them.
    pub statistic: String,
    /// How far off still counts as reached.
    pub tolerance: f64,
    /// What the model predicts.
    pub predicted: Option<f64>,
    /// Low end of its 95% interval.
    pub low: Option<f64>,
    /// High end of the same.
    pub high: Option<f64>,
    /// `pass`, `fail` or `not known`.
    pub verdict: String,
}

impl Validated {
    /// The rows that ship, of the model with every causal link on.
    pub fn shipped() -> Vec<Self> {
        let mut reader = csv::Reader::from_reader(VALIDATED.as_bytes());
        let rows = reader.deserialize().filter_map(Result::ok);
        rows.filter(|row: &Validated| row.off.is_none()).collect()
    }

    /// What its numbers are counted in.
    pub fn unit(&self) -> String {
        let divided = divided().contains(&self.target);
        match (self.statistic.as_str(), divided) {
            ("persistence", _) => "correlation, from −1 to 1".to_owned(),
            ("growth", _) | (_, true) => "ratio".to_owned(),
            _ => {
                let first = self.metrics.split(" + ").next().and_then(metrics::find);
                first.map_or(String::new(), |metric| metric.declaration().unit.to_owned())
            }
        }
    }
}

/// Targets that are one metric over another.
fn divided() -> &'static [String] {
    static DIVIDED: OnceLock<Vec<String>> = OnceLock::new();
    DIVIDED.get_or_init(|| {
        let read = files::targets("england", &Overrides::default());
        let targets = read.map(|(targets, _)| targets.targets).unwrap_or_default();
        targets.into_iter().filter(|t| t.per.is_some()).map(|target| target.id).collect()
    })
}

/// The section of the limits of use that has this heading, as far as a briefing needs:
/// paragraphs, lists and tables.
pub fn limits(heading: &str) -> Vec<Block> {
    let lines = LIMITS_TEXT.lines().skip_while(|line| *line != format!("## {heading}")).skip(1);
    let lines: Vec<&str> = lines.take_while(|line| !line.starts_with("## ")).collect();
    let mut blocks = Vec::new();
    for part in lines.split(|line| line.is_empty()).filter(|part| !part.is_empty()) {
        blocks.push(match part {
            [first, ..] if first.starts_with("- ") => {
                let items = part.iter().map(|line| prose(line.trim_start_matches("- ")));
                Block::Bullets(items.collect())
            }
            [head, _, rows @ ..] if head.starts_with('|') => table(heading, head, rows),
            lines => Block::Paragraph(prose(&lines.join(" "))),
        });
    }
    blocks
}

fn table(caption: &str, head: &str, rows: &[&str]) -> Block {
    let cells = |line: &str| -> Vec<String> {
        line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()
    };
    let row = |line: &&str| {
        let mut cells = cells(line).into_iter().map(|cell| prose(&cell));
        let head = cells.next().unwrap_or_default();
        Row { head, unit: String::new(), cells: cells.map(Cell::of).collect() }
    };
    let head = cells(head).iter().map(|cell| capital(cell)).collect();
    let rows = rows.iter().map(row).collect();
    Block::Table(Table { caption: Words::text(caption), head, rows, numeric: false })
}

/// Prose with its emphasis and code; a link keeps its words.
fn prose(text: &str) -> Words {
    let mut words = Words::default();
    let mut rest = text;
    while let Some(at) = rest.find(['*', '`', '[']) {
        let (before, marked) = rest.split_at(at);
        words = words.say(before);
        let mark = if marked.starts_with("**") { "**" } else { &marked[..1] };
        let close = if mark == "[" { "](" } else { mark };
        let inner = &marked[mark.len()..];
        let Some(end) = inner.find(close) else {
            words = words.say(mark);
            rest = inner;
            continue;
        };
        let (inside, after) = (&inner[..end], &inner[end + close.len()..]);
        (words, rest) = match mark {
            "`" => (words.code(inside), after),
            "[" => (words.say(inside), after.split_once(')').map_or("", |(_, after)| after)),
            _ => (words.strong(inside), after),
        };
    }
    words.say(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limits_of_use_are_those_of_the_document() {
        let not = limits("What it must not be used for");
        let Some(Block::Table(table)) = not.first() else { panic!("a table first: {not:?}") };
        assert!(table.rows.len() >= 5 && table.head == ["Use", "Why not"], "{table:?}");
        let cannot = limits("What it cannot say");
        let Some(Block::Bullets(items)) = cannot.first() else { panic!("a list: {cannot:?}") };
        assert!(items.len() >= 5, "{items:?}");
        assert!(items.iter().all(|item| !item.plain().contains(['*', '[', '|'])), "{items:?}");
        assert!(items[0].plain().starts_with("Whether a regime works"), "{items:?}");
    }

    #[test]
    fn every_row_of_the_validation_that_ships_is_read() {
        let lines = csv::Reader::from_reader(VALIDATED.as_bytes()).records().count();
        assert_eq!(Validated::shipped().len(), lines);
        assert!(lines > 0);
    }

    #[test]
    fn every_row_of_the_validation_says_what_it_is_counted_in() {
        for row in Validated::shipped() {
            assert!(!row.unit().is_empty() && row.tolerance > 0.0, "{}", row.target);
            let over = row.what.contains("A week of a direct payment over a week");
            assert_eq!(row.unit() == "ratio", over, "{}", row.target);
            assert_eq!(row.unit().starts_with("correlation"), row.what.starts_with("Correlation"));
        }
    }

    #[test]
    fn prose_keeps_its_words() {
        let words = prose("**Not** a *forecast*: see [the model](model.md), `x` * y.");
        assert_eq!(words.plain(), "Not a forecast: see the model, x * y.");
    }
}
