//! Sets of parameter values: a CSV file with a row for each draw.

use std::ops::Range;
use std::sync::Arc;

use super::desk::{Desk, Reference};
use super::rows::{begin_of, opened, say_most, span};
use super::settings::{parameter, unknown_parameter, wanted};
use super::shipped;
use crate::designs::MOST_DRAWS;
use crate::problem::{Problem, Source, nearest, suggestion};
use crate::uncertainty::{Beliefs, Block};

/// The values of a set.
pub struct Set {
    /// Its parameters, in the order of its columns.
    pub names: Vec<&'static str>,
    /// Its draws, by beliefs in the order in which they come.
    pub blocks: Vec<Block>,
}

impl Set {
    /// Leaves some parameters out.
    pub fn leave_out(&mut self, names: &[&str]) {
        let kept: Vec<bool> = self.names.iter().map(|name| !names.contains(name)).collect();
        let keep = |row: &mut Vec<f64>| {
            let mut kept = kept.iter();
            row.retain(|_| kept.next().is_some_and(|kept| *kept));
        };
        self.blocks.iter_mut().flat_map(|block| &mut block.rows).for_each(keep);
        self.names.retain(|name| !names.contains(name));
    }
}

/// What a column of a set holds.
enum Column {
    /// The number of the draw.
    Draw,
    /// Whose it is.
    Beliefs,
    /// Values of a parameter, by its place among [`Set::names`].
    Values(usize),
}

/// Reads the set that a reference means: the name of one built in, or a CSV file; nothing
/// after saying what is wrong with it.
pub fn set(desk: &mut Desk, reference: &Reference) -> Option<Set> {
    let text = &reference.text;
    let is_path = text.to_lowercase().ends_with(".csv") || text.contains(['/', '\\']);
    let source = match shipped::SETS.iter().find(|set| set.id == text) {
        Some(set) => Arc::new(Source { path: set.path.to_owned(), text: set.text.to_owned() }),
        None if is_path => desk.open_path(reference)?,
        None => {
            let known = shipped::SETS.iter().map(|set| set.id);
            let help = match nearest(text, known) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("a file of your own is named by its path, `{text}.csv`"),
            };
            desk.say(reference.error(format!("no set is called `{text}`")).help(help));
            return None;
        }
    };
    let mut problems = Vec::new();
    let set = read(&source, &mut problems);
    let sound = problems.is_empty();
    say_most(desk, &source, problems);
    set.filter(|_| sound)
}

fn read(source: &Arc<Source>, problems: &mut Vec<Problem>) -> Option<Set> {
    let (mark, mut reader) = opened(source);
    let mut records = reader.records();
    let Some(Ok(header)) = records.next() else {
        let problem = Problem::error("this set is empty");
        let help = "its first line names the columns: draw, and parameters";
        problems.push(problem.help(help).at(source, 0..0));
        return None;
    };
    let begin =
        source.text[mark..].find(|c| !matches!(c, '\n' | '\r')).map_or(mark, |at| mark + at);
    let (columns, names) = columns(source, begin, &header, problems)?;
    let mut rows =
        Rows { source, columns: &columns, parameters: &names, problems, seen: Vec::new() };
    let mut blocks: Vec<Block> = Vec::new();
    for record in records {
        // The file is text already, and rows may have any length: reading cannot fail.
        let Ok(record) = record else { continue };
        let begin = begin_of(source, mark, &record);
        let Some((beliefs, row)) = rows.row(begin, &record) else { continue };
        match blocks.iter_mut().find(|block| block.beliefs == beliefs) {
            Some(block) => block.rows.push(row),
            None => blocks.push(Block { beliefs, rows: vec![row] }),
        }
    }
    if let Some(block) = blocks.iter().find(|block| block.rows.len() > MOST_DRAWS as usize) {
        let problem = Problem::error(format!("this set has {} draws", block.rows.len()));
        problems
            .push(problem.help(format!("the most there may be are {MOST_DRAWS}")).at(source, 0..0));
    }
    Some(Set { names, blocks })
}

/// What each column holds, and which parameters there are.
fn columns(
    source: &Arc<Source>,
    begin: usize,
    header: &csv::StringRecord,
    problems: &mut Vec<Problem>,
) -> Option<(Vec<Column>, Vec<&'static str>)> {
    let before = problems.len();
    let (mut columns, mut names) = (Vec::new(), Vec::new());
    let mut seen: Vec<(&str, Range<usize>)> = Vec::new();
    for (field, name) in header.iter().enumerate() {
        let spot = span(&source.text, begin, field);
        if let Some((_, first)) = seen.iter().find(|(earlier, _)| *earlier == name) {
            let problem = Problem::error(format!("the column `{name}` is there twice"));
            let problem = problem.label("again").also(first.clone(), "first here");
            problems.push(problem.help("take one out").at(source, spot));
            continue;
        }
        seen.push((name, spot.clone()));
        columns.push(match name {
            "draw" => Column::Draw,
            "beliefs" => Column::Beliefs,
            _ => match parameter(name) {
                Some(parameter) => {
                    names.push(parameter.name);
                    Column::Values(names.len() - 1)
                }
                None => {
                    problems.push(unknown_parameter(name).at(source, spot));
                    continue;
                }
            },
        });
    }
    if !seen.iter().any(|(name, _)| *name == "draw") {
        let problem = Problem::error("the column `draw` is missing");
        let help = "a set has a row for each draw, and its column `draw` numbers them";
        problems.push(problem.help(help).at(source, begin..begin));
    } else if names.is_empty() && problems.len() == before {
        let problem = Problem::error("this set has no parameters");
        let help = "each further column is a parameter; `commissim list parameters` lists them";
        problems.push(problem.help(help).at(source, begin..begin));
    }
    (problems.len() == before).then_some((columns, names))
}

/// Rows while they are being read.
struct Rows<'a> {
    source: &'a Arc<Source>,
    columns: &'a [Column],
    parameters: &'a [&'static str],
    problems: &'a mut Vec<Problem>,
    /// Whose draws, of which number, and where they stand.
    seen: Vec<(Option<Beliefs>, u64, Range<usize>)>,
}

impl Rows<'_> {
    /// One row: whose it is, and its values; nothing where anything in it is wrong.
    fn row(
        &mut self,
        begin: usize,
        record: &csv::StringRecord,
    ) -> Option<(Option<Beliefs>, Vec<f64>)> {
        let spot = |field| span(&self.source.text, begin, field);
        let (has, wants) = (record.len(), self.columns.len());
        if has != wants {
            let problem = Problem::error(format!("this row has {has} fields, not {wants}"));
            let help = "each row has a field for each column of the first line";
            self.problems.push(problem.help(help).at(self.source, spot(0)));
            return None;
        }
        let before = self.problems.len();
        let (mut beliefs, mut draw) = (None, None);
        let mut values = vec![0.0; self.parameters.len()];
        for (field, (text, column)) in record.iter().zip(self.columns).enumerate() {
            let problem = match column {
                Column::Draw => match text.parse::<u64>() {
                    Ok(number) => {
                        draw = Some((number, spot(field)));
                        None
                    }
                    Err(_) => {
                        let problem = Problem::error(format!("`draw` cannot be `{text}`"));
                        Some(problem.label("it must be a whole number, 0 or more"))
                    }
                },
                Column::Beliefs if text.is_empty() => None,
                Column::Beliefs => {
                    beliefs = Beliefs::find(text);
                    let known: Vec<&str> = Beliefs::ALL.iter().map(|of| of.id()).collect();
                    let problem = || Problem::error(format!("`beliefs` cannot be `{text}`"));
                    let help = || suggestion(text, &known, "");
                    beliefs.is_none().then(|| problem().help(help()))
                }
                Column::Values(index) => match value(self.parameters[*index], text) {
                    Ok(value) => {
                        values[*index] = value;
                        None
                    }
                    Err(problem) => Some(*problem),
                },
            };
            self.problems.extend(problem.map(|problem| problem.at(self.source, spot(field))));
        }
        if let Some((number, spot)) = draw {
            let same = |seen: &&(Option<Beliefs>, u64, Range<usize>)| {
                (seen.0, seen.1) == (beliefs, number)
            };
            if let Some((.., first)) = self.seen.iter().find(same) {
                let problem = Problem::error(format!("there are two draws numbered {number}"));
                let problem = problem.label("again").also(first.clone(), "first here");
                let problem = problem.help("give each a number of its own");
                self.problems.push(problem.at(self.source, spot));
            } else {
                self.seen.push((beliefs, number, spot));
            }
        }
        (self.problems.len() == before).then_some((beliefs, values))
    }
}

/// A parameter's value.
fn value(name: &str, text: &str) -> Result<f64, Box<Problem>> {
    if text.is_empty() {
        let problem = Problem::error(format!("`{name}` is empty"));
        let help = "every draw has a value for every parameter of the set";
        return Err(Box::new(problem.help(help)));
    }
    // The column was found among them.
    let Some(wanted) = parameter(name).map(wanted) else { return Ok(0.0) };
    match text.parse::<f64>() {
        Ok(value) => {
            wanted.judge(name, value, text).map_or(Ok(value), |wrong| Err(Box::new(wrong)))
        }
        Err(_) => {
            let problem = Problem::error(format!("`{name}` cannot be `{text}`"));
            Err(Box::new(problem.label(format!("it must be {}", wanted.words()))))
        }
    }
}
