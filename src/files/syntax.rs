//! What is wrong with a file that is not TOML, in plain words.

use std::sync::Arc;

use crate::problem::{Problem, Source};

/// One problem for each thing the parser tripped over, at most one a line.
pub fn problems(source: &Arc<Source>, errors: &[toml::de::Error]) -> Vec<Problem> {
    let mut problems: Vec<Problem> = Vec::new();
    for error in errors {
        let span = error.span().unwrap_or(0..0);
        let problem = plain(error.message(), source.text.get(span.clone()).unwrap_or(""));
        let problem = problem.at(source, span);
        let line = |p: &Problem| p.line_and_column().map(|(line, _)| line);
        if !problems.iter().any(|earlier| line(earlier) == line(&problem)) {
            problems.push(problem);
        }
    }
    problems
}

fn plain(message: &str, words: &str) -> Problem {
    let has = |part: &str| message.contains(part);
    if has("duplicate key") {
        Problem::error(format!("`{words}` is given twice"))
            .label("given before, further up")
            .help("keep the one that is meant")
    } else if has("string values must be quoted") {
        Problem::error(format!("`{words}` needs quotation marks"))
            .label("text without quotation marks")
            .help(format!("write \"{words}\""))
    } else if has("missing comma") {
        Problem::error("a comma is missing").label("before this")
    } else if has("extra comma") {
        Problem::error("there is a comma too many").label("nothing comes after it")
    } else if has("unclosed inline table") {
        Problem::error("a `{` is never closed").label("a `}` is missing here")
    } else if has("unclosed table") || has("unclosed array table") {
        Problem::error("a heading is never closed")
            .label("a `]` is missing here")
            .help("headings are written [levers], and [[change]] where there may be several")
    } else if has("unclosed array") {
        Problem::error("a list is never closed").label("a `]` is missing here")
    } else if has("invalid basic string") || has("invalid literal string") || has("invalid string")
    {
        Problem::error("text is never closed").label("a quotation mark is missing")
    } else if has("missing value") {
        Problem::error("nothing stands after the `=`").label("a value is missing here")
    } else if has("key with no value") || has("missing assignment") {
        Problem::error(format!("`{}` is given no value", words.trim()))
            .label("an `=` and a value are missing")
            .help(format!("write {} = …, or put # before words that are a remark", words.trim()))
    } else if has("extra `=`") || has("extra assignment") {
        Problem::error("there is a second `=`").label("one is enough")
    } else if has("leading zero") || has("numeric sign") || has("go between digits") {
        Problem::error(format!("`{words}` is not a number as a file writes it"))
            .label("here")
            .help("write digits and a point, such as 2015 or 0.5")
    } else {
        Problem::error("this cannot be read as TOML").label(message.to_owned())
    }
}
