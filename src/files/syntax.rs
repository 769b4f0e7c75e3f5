//! What is wrong with a file that is not TOML, in plain words.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::desk::MOST_PROBLEMS;
use crate::problem::{Problem, Source, several, start_of_line};

const HEADING: &str = "a heading is never closed";

/// Whether everything below seems to stand in the wrong table.
pub fn is_heading(problem: &Problem) -> bool {
    problem.title == HEADING
}

/// One problem for each thing the parser tripped over, at most one a line; of a file with
/// very many, those that anybody would read.
pub fn problems(source: &Arc<Source>, errors: &[toml::de::Error]) -> Vec<Problem> {
    let mut problems: Vec<Problem> = Vec::new();
    let mut lines = BTreeSet::new();
    for error in errors {
        let span = error.span().unwrap_or(0..0);
        if lines.insert(start_of_line(&source.text, span.start)) && lines.len() <= MOST_PROBLEMS {
            problems.push(plain(error.message(), &source.text, &span).at(source, span));
        }
    }
    let more = lines.len() - problems.len();
    if more > 0 {
        let lines = several(more, "more line");
        let title = format!("`{}` has {lines} that cannot be read", source.path);
        problems.push(Problem::error(title));
    }
    problems
}

/// The parser's messages are those of its own grammar; these are for people.
fn plain(message: &str, text: &str, span: &Range<usize>) -> Problem {
    let has = |part: &str| message.contains(part);
    let marked = text.get(span.clone()).unwrap_or("").trim();
    let line = line_of(text, span.start);
    let word = value_at(text, span.start);
    if has("duplicate key") {
        let problem = Problem::error(format!("`{marked}` is given twice")).label("again");
        let problem = match earlier(text, marked, span.start) {
            Some(first) => problem.also(first, "first here"),
            None => problem,
        };
        problem.help("keep the one that is meant")
    } else if line.contains(['“', '”', '‘', '’']) && !line.contains('"') {
        let straight = word.replace(['“', '”', '‘', '’'], "");
        Problem::error("quotation marks must be straight")
            .label("curly quotation marks")
            .help(format!("write \"{straight}\""))
    } else if has("missing value") || (has("must be quoted") && marked.is_empty()) {
        Problem::error("nothing stands after the `=`").label("a value is missing here")
    } else if has("string values must be quoted") {
        quotes(marked)
    } else if has("invalid date") || has("invalid time") {
        Problem::error(format!("`{word}` is not a whole date"))
            .label("without quotation marks, a date needs year, month and day")
            .help(format!("write \"{word}\", in quotation marks"))
    } else if has("missing comma") {
        Problem::error("a comma is missing").label("before this")
    } else if has("extra comma") {
        Problem::error("there is a comma too many").label("nothing comes after it")
    } else if has("unclosed inline table") {
        Problem::error("a `{` is never closed").label("a `}` is missing here")
    } else if has("unclosed table") || has("unclosed array table") {
        Problem::error(HEADING)
            .label("a `]` is missing here")
            .help("headings are written [levers], and [[change]] where there may be several")
    } else if has("unclosed array") {
        Problem::error("a list is never closed")
            .label("a `]` is missing here")
            .help("end the list with ]")
    } else if has("invalid basic string") || has("invalid literal string") || has("invalid string")
    {
        Problem::error("text is never closed")
            .label("a quotation mark is missing")
            .help("end the text with \"")
    } else if has("key with no value") || has("missing assignment") {
        Problem::error(format!("`{line}` is given no value"))
            .label("an `=` and a value are missing")
            .help(format!("write {line} = …, or put # before words that are a remark"))
    } else if has("extra `=`") || has("extra assignment") {
        Problem::error("there is a second `=`").label("one is enough")
    } else if has("leading zero") {
        Problem::error(format!("`{word}` begins with a zero"))
            .label("numbers do not")
            .help(format!("write {}", word.trim_start_matches('0')))
    } else {
        Problem::error("this cannot be read as TOML")
            .label(message.to_owned())
            .help("a line is a remark after #, a heading such as [levers], or a key = a value")
    }
}

/// Words without quotation marks: text, or a number with its unit.
fn quotes(words: &str) -> Problem {
    let digits: String = words
        .trim_start_matches('£')
        .chars()
        .take_while(|c| c.is_ascii_digit() || *c == '.')
        .collect();
    if digits.is_empty() {
        return Problem::error(format!("`{words}` needs quotation marks"))
            .label("text without quotation marks")
            .help(format!("write \"{words}\""));
    }
    let problem = Problem::error(format!("`{words}` is not a plain number"));
    let problem = problem.label("a number is written without its unit");
    match (words.strip_suffix('%'), digits.parse::<f64>()) {
        (Some(_), Ok(percent)) => {
            problem.help(format!("write {} for a share, or {digits}", percent / 100.0))
        }
        _ => problem.help(format!("write {digits}")),
    }
}

/// The line that holds a place, without its ends.
fn line_of(text: &str, at: usize) -> &str {
    text[start_of_line(text, at)..].lines().next().unwrap_or("").trim()
}

/// The value on the line that holds a place.
fn value_at(text: &str, at: usize) -> &str {
    let line = line_of(text, at);
    let value = line.split_once('=').map_or(line, |(_, value)| value);
    value.split('#').next().unwrap_or(value).trim()
}

/// Where a key is given before `at`, if that can be told.
fn earlier(text: &str, key: &str, at: usize) -> Option<Range<usize>> {
    let mut start = 0;
    let mut found = None;
    for line in text.get(..at)?.split_inclusive('\n') {
        let inner = line.trim_start_matches(['[', ' ', '\t']);
        let begins = start + (line.len() - inner.len());
        let rest = inner.strip_prefix(key).map(str::trim_start);
        if rest.is_some_and(|rest| rest.starts_with(['=', ']'])) {
            found = Some(begins..begins + key.len());
        }
        start += line.len();
    }
    found
}
