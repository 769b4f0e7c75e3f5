//! Files of rows: a place's own people, providers and neighbourhoods, as CSV.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::amounts::Wanted;
use super::desk::{Desk, Reference};
use crate::place::rows::{Cell, Holds, Row};
use crate::problem::{Problem, Source, listed, suggestion};

/// Problems said of one file; a column that is wrong throughout would fill the screen.
pub const MOST_PROBLEMS: usize = 20;

/// The stretch of a field in the record that begins at `begin`.
pub fn span(text: &str, begin: usize, field: usize) -> Range<usize> {
    let bytes = text.as_bytes();
    let (mut at, mut number, mut start, mut quoted) = (begin, 0, begin, false);
    while at < bytes.len() {
        match bytes[at] {
            b'"' => quoted = !quoted,
            b',' if !quoted => {
                if number == field {
                    break;
                }
                number += 1;
                start = at + 1;
            }
            b'\n' | b'\r' if !quoted => break,
            _ => {}
        }
        at += 1;
    }
    if number == field { start..at } else { at..at }
}

/// Says the problems of one file, or as many as anybody would read.
pub fn say_most(desk: &mut Desk, source: &Source, problems: Vec<Problem>) {
    let more = problems.len().saturating_sub(MOST_PROBLEMS);
    problems.into_iter().take(MOST_PROBLEMS).for_each(|problem| desk.say(problem));
    if more > 0 {
        let path = &source.path;
        desk.say(Problem::error(format!("`{path}` has {more} problems more like these")));
    }
}

/// A reader of rows of any length, and where in the file it begins: after a byte-order
/// mark. Positions are those of the file, mark and all.
pub fn opened(source: &Source) -> (usize, csv::Reader<&[u8]>) {
    let text = source.text.strip_prefix('\u{feff}').unwrap_or(&source.text);
    let mut builder = csv::ReaderBuilder::new();
    builder.has_headers(false).flexible(true).trim(csv::Trim::All);
    (source.text.len() - text.len(), builder.from_reader(text.as_bytes()))
}

/// Where a record begins in the file.
pub fn begin_of(source: &Source, mark: usize, record: &csv::StringRecord) -> usize {
    let at = record.position().map_or(0, |position| position.byte() as usize) + mark;
    // A record is said to begin where the line before it ends.
    at + source.text[at..].chars().take_while(|c| matches!(c, '\n' | '\r')).count()
}

/// Reads the file that `reference` names; nothing after saying what is wrong with it.
/// `neighbourhoods` are those that rows may name, where they are known.
pub fn rows<R: Row>(
    desk: &mut Desk,
    reference: &Reference,
    neighbourhoods: Option<&[&str]>,
) -> Option<Vec<R>> {
    let source = desk.open_path(reference)?;
    let mut problems = Vec::new();
    let read = read::<R>(&source, neighbourhoods, &mut problems);
    let sound = problems.is_empty();
    say_most(desk, &source, problems);
    read.filter(|_| sound)
}

fn read<R: Row>(
    source: &Arc<Source>,
    neighbourhoods: Option<&[&str]>,
    problems: &mut Vec<Problem>,
) -> Option<Vec<R>> {
    let (mark, mut reader) = opened(source);
    let mut records = reader.records();
    let Some(Ok(header)) = records.next() else {
        let wanted = listed(R::COLUMNS.iter().filter(|c| c.required).map(|c| c.name), "and");
        let problem = Problem::error("this file is empty");
        let help = format!("its first line names the columns: {wanted}, and more as you like");
        problems.push(problem.help(help).at(source, 0..0));
        return None;
    };
    let fields = header_fields::<R>(source, mark, &header, problems)?;
    let mut rows = Vec::new();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for record in records {
        // The file is text already, and rows may have any length: reading cannot fail.
        let Ok(record) = record else { continue };
        let begin = begin_of(source, mark, &record);
        if record.len() != header.len() {
            let (has, wants) = (record.len(), header.len());
            let problem = Problem::error(format!("this row has {has} fields, not {wants}"));
            let problem = problem.help("a comma within a field needs quotation marks round it");
            problems.push(problem.at(source, span(&source.text, begin, 0)));
            continue;
        }
        let before = problems.len();
        let mut row = row::<R>(source, &fields, begin, &record, problems);
        let at = |column: &str| {
            let of = R::COLUMNS.iter().position(|c| c.name == column);
            span(&source.text, begin, of.and_then(|of| fields[of]).unwrap_or(0))
        };
        if let Some(known) = neighbourhoods
            && let Err(name) = locate(&mut row, known)
        {
            let problem = Problem::error(format!("no neighbourhood is called `{name}`"));
            let help = match known {
                [first, _, .., last] => format!("they are called `{first}` to `{last}`"),
                _ => String::new(),
            };
            let help = suggestion(&name, known, &help);
            problems.push(problem.help(help).at(source, at("neighbourhood")));
        }
        if problems.len() > before {
            continue;
        }
        if let Some((column, why)) = row.wants() {
            let title = format!("this {} has no `{column}`", R::WORD);
            problems.push(Problem::error(title).help(why).at(source, at(column)));
            continue;
        }
        let spot = at("id");
        if let Some(earlier) = seen.insert(row.id(), spot.start) {
            let problem =
                Problem::error(format!("there are two {} called `{}`", plural::<R>(), row.id()));
            let problem = problem.label("again").also(earlier..earlier + 1, "first here");
            problems.push(problem.help("give each an `id` of its own").at(source, spot));
            continue;
        }
        rows.push(row);
    }
    if rows.is_empty() && problems.is_empty() {
        let problem = Problem::error(format!("there are no {} in this file", plural::<R>()));
        problems.push(problem.help("leave the key out where there are none").at(source, 0..0));
    }
    Some(rows)
}

fn plural<R: Row>() -> String {
    match R::WORD {
        "person" => "people".to_owned(),
        word => format!("{word}s"),
    }
}

/// Which field of the file each declared column is.
fn header_fields<R: Row>(
    source: &Arc<Source>,
    mark: usize,
    header: &csv::StringRecord,
    problems: &mut Vec<Problem>,
) -> Option<Vec<Option<usize>>> {
    let begin =
        source.text[mark..].find(|c| !matches!(c, '\n' | '\r')).map_or(mark, |at| mark + at);
    let known: Vec<&str> = R::COLUMNS.iter().map(|column| column.name).collect();
    if header.len() == 1 && header[0].contains([';', '\t']) {
        let problem = Problem::error("the columns of this file are not parted by commas");
        let help = "save it again as CSV with commas (in a spreadsheet, as \"CSV UTF-8\")";
        problems.push(problem.help(help).at(source, span(&source.text, begin, 0)));
        return None;
    }
    let mut fields = vec![None; known.len()];
    let mut sound = true;
    for (field, name) in header.iter().enumerate() {
        let spot = span(&source.text, begin, field);
        match known.iter().position(|column| *column == name) {
            Some(column) if fields[column].is_some() => {
                let problem = Problem::error(format!("the column `{name}` is there twice"));
                problems.push(problem.help("take one out").at(source, spot));
                sound = false;
            }
            Some(column) => fields[column] = Some(field),
            None => {
                let title = format!("there is no column `{name}` for {}", plural::<R>());
                let help = suggestion(name, &known, "docs/reference/columns.md lists them");
                problems.push(Problem::error(title).help(help).at(source, spot));
                sound = false;
            }
        }
    }
    for (column, _) in
        R::COLUMNS.iter().zip(&fields).filter(|(column, field)| column.required && field.is_none())
    {
        let problem = Problem::error(format!("the column `{}` is missing", column.name));
        let problem = problem.help(format!("it holds {}", column.holds.words()));
        problems.push(problem.at(source, begin..begin));
        sound = false;
    }
    sound.then_some(fields)
}

/// Finds the neighbourhood a row names; its name where there is none.
pub fn locate<R: Row>(row: &mut R, names: &[&str]) -> Result<(), String> {
    let Some((name, at)) = row.neighbourhood() else { return Ok(()) };
    if name.is_empty() {
        return Ok(());
    }
    match names.iter().position(|known| *known == name) {
        Some(index) => {
            *at = Some(index as u16);
            Ok(())
        }
        None => Err(name.to_owned()),
    }
}

/// One row; a row that is wrong is handed back as far as it is right.
fn row<R: Row>(
    source: &Arc<Source>,
    fields: &[Option<usize>],
    begin: usize,
    record: &csv::StringRecord,
    problems: &mut Vec<Problem>,
) -> R {
    let mut row = R::default();
    for (column, field) in R::COLUMNS.iter().zip(fields) {
        let Some(field) = *field else { continue };
        let text = record.get(field).unwrap_or_default();
        let name = column.name;
        let cell = match column.holds {
            _ if text.is_empty() && column.required => {
                let problem = Problem::error(format!("`{name}` is empty"));
                Err(problem.help(format!("it holds {}", column.holds.words())))
            }
            _ if text.is_empty() => continue,
            Holds::Name => Ok(Cell::Name(text.to_owned())),
            Holds::Word(words) => match words.iter().position(|word| *word == text) {
                Some(word) => Ok(Cell::Word(word)),
                None => {
                    let problem = Problem::error(format!("`{name}` cannot be `{text}`"));
                    Err(problem.help(suggestion(text, words, "")))
                }
            },
            Holds::Number { low, high, whole, unit } => {
                let wanted = Wanted { low, high, whole, unit };
                match text.parse::<f64>() {
                    Ok(number) => match wanted.judge(name, number, text) {
                        None => Ok(Cell::Number(number)),
                        Some(problem) => Err(problem),
                    },
                    Err(_) => {
                        let problem = Problem::error(format!("`{name}` cannot be `{text}`"));
                        Err(problem.label(format!("it must be {}", wanted.words())))
                    }
                }
            }
        };
        match cell {
            Ok(cell) => (column.put)(&mut row, &cell),
            Err(problem) => {
                problems.push(problem.at(source, span(&source.text, begin, field)));
            }
        }
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_whatever_is_in_them() {
        let text = "a,\"b,\nc\",d\r\ne,f,g\n";
        assert_eq!(&text[span(text, 0, 1)], "\"b,\nc\"");
        assert_eq!(&text[span(text, 0, 2)], "d");
        assert_eq!(&text[span(text, 12, 0)], "e");
        assert!(span(text, 12, 9).is_empty());
        assert!(span(text, 99, 0).is_empty());
    }
}
