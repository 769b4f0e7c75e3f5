//! How a person is told that something they wrote is wrong.
//!
//! Every [`Problem`] says what is wrong in the words of the file, where, and what
//! to do. A reader never stops at the first: it hands back all [`Problems`].

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

/// A file as it was read.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// The path as the person gave it, or the path of a file built in.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Whether a problem stops a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It does.
    Error,
    /// It does not, but somebody should know.
    Warning,
}

/// A stretch of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The file.
    pub source: Arc<Source>,
    /// Bytes of its text.
    pub span: Range<usize>,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Whether it stops a run.
    pub severity: Severity,
    /// What is wrong, in a line.
    pub title: String,
    /// Where; none when it was typed as a command.
    pub spot: Option<Spot>,
    /// What is said beside the marked words; may be empty.
    pub label: String,
    /// An earlier place in the same file that explains it, and what is said there.
    pub also: Option<(Range<usize>, String)>,
    /// What to do about it.
    pub help: Vec<String>,
}

impl Problem {
    /// An error, so far without a place.
    pub fn error(title: impl Into<String>) -> Self {
        Problem {
            severity: Severity::Error,
            title: title.into(),
            spot: None,
            label: String::new(),
            also: None,
            help: Vec::new(),
        }
    }

    /// A warning, so far without a place.
    pub fn warning(title: impl Into<String>) -> Self {
        Problem { severity: Severity::Warning, ..Problem::error(title) }
    }

    /// Says where.
    pub fn at(mut self, source: &Arc<Source>, span: Range<usize>) -> Self {
        self.spot = Some(Spot { source: source.clone(), span });
        self
    }

    /// Says where, if it is known.
    pub fn at_spot(mut self, spot: Option<&Spot>) -> Self {
        self.spot = spot.cloned();
        self
    }

    /// Says more beside the marked words.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Marks an earlier place of the same file.
    pub fn also(mut self, span: Range<usize>, label: impl Into<String>) -> Self {
        self.also = Some((span, label.into()));
        self
    }

    /// Says what to do.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Says what to do, where anything can be said.
    pub fn maybe_help(self, help: Option<impl Into<String>>) -> Self {
        match help {
            Some(help) => self.help(help),
            None => self,
        }
    }

    /// Line and column, from 1, in characters.
    pub fn line_and_column(&self) -> Option<(usize, usize)> {
        let spot = self.spot.as_ref()?;
        let before = &spot.source.text[..clamp(&spot.source.text, &spot.span).start];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        Some((line, column))
    }

    /// The message as shown, without a final newline.
    pub fn render(&self, styled: bool) -> String {
        let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(self.title.as_str());
        let Some(spot) = &self.spot else {
            // Nothing to point at: a line each.
            let note = Some(&self.label).filter(|label| !label.is_empty());
            let note = note.map(|label| Level::NOTE.secondary_title(label.as_str()));
            let help = self.help.iter().map(|help| Level::HELP.secondary_title(help.as_str()));
            let lines = std::iter::once(Group::with_title(title));
            let rest = note.into_iter().chain(help).map(Group::with_title);
            let lines = lines.chain(rest).map(|line| renderer.render(&[line]));
            return lines.collect::<Vec<_>>().join("\n");
        };
        let text = &spot.source.text;
        let mut snippet = Snippet::source(text.as_str()).path(spot.source.path.as_str());
        let mut mark = AnnotationKind::Primary.span(clamp(text, &spot.span));
        if !self.label.is_empty() {
            mark = mark.label(self.label.as_str());
        }
        snippet = snippet.annotation(mark);
        if let Some((span, label)) = &self.also {
            let mark = AnnotationKind::Context.span(clamp(text, span));
            snippet = snippet.annotation(mark.label(label.as_str()));
        }
        let helps = self.help.iter().map(|help| Level::HELP.message(help.as_str()));
        renderer.render(&[title.element(snippet).elements(helps)])
    }

    /// Files in alphabetical order after what has none, then places in order.
    fn order(&self) -> (&str, usize, Severity, &str) {
        match &self.spot {
            None => ("", 0, self.severity, &self.title),
            Some(spot) => (&spot.source.path, spot.span.start, self.severity, &self.title),
        }
    }
}

/// A span cut to the text and to the line it begins on, so that one mark never
/// prints a screenful.
fn clamp(text: &str, span: &Range<usize>) -> Range<usize> {
    let start = floor(text, span.start);
    let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let end = floor(text, span.end.max(start)).min(line_end).max(start);
    start..end
}

/// Where the line begins that a place of some text is on.
pub fn start_of_line(text: &str, at: usize) -> usize {
    text[..floor(text, at)].rfind('\n').map_or(0, |at| at + 1)
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Everything that is wrong, in order of file and place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// Sorts problems and leaves out those said twice.
    pub fn new(mut problems: Vec<Problem>) -> Self {
        problems.sort_by(|a, b| a.order().cmp(&b.order()));
        problems.dedup();
        Problems(problems)
    }

    /// The problems, in order.
    pub fn list(&self) -> &[Problem] {
        &self.0
    }

    /// The problems, in order.
    pub fn into_vec(self) -> Vec<Problem> {
        self.0
    }

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many stop a run.
    pub fn errors(&self) -> usize {
        self.0.iter().filter(|p| p.severity == Severity::Error).count()
    }

    /// All of them as shown, with a last line that counts them.
    pub fn render(&self, styled: bool) -> String {
        if self.0.is_empty() {
            return String::new();
        }
        let mut parts: Vec<String> = self.0.iter().map(|p| p.render(styled)).collect();
        let warnings = self.0.len() - self.errors();
        let count = match (self.errors(), warnings) {
            (0, w) => several(w, "warning"),
            (e, 0) => several(e, "problem"),
            (e, w) => format!("{} and {}", several(e, "problem"), several(w, "warning")),
        };
        parts.push(count);
        parts.join("\n\n") + "\n"
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        Problems(vec![problem])
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl std::error::Error for Problems {}

/// A number of things: `1 problem`, `2 problems`.
pub fn several(n: usize, thing: &str) -> String {
    if n == 1 { format!("1 {thing}") } else { format!("{n} {thing}s") }
}

/// The known name nearest to what was written, if it is near enough to be meant.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |s: &str| s.to_lowercase().replace(['-', ' '], "_");
    let wanted = plain(written);
    if wanted.is_empty() {
        return None;
    }
    let allowed = (wanted.chars().count() / 4).clamp(1, 3);
    // Of names as near, the one that truly differs least.
    let mut best: Option<((usize, usize), &str)> = None;
    for name in known {
        let candidate = plain(name);
        let slips = strsim::damerau_levenshtein(&wanted, &candidate);
        let mut distance = slips;
        // A name cut short or run on is as near as one slip.
        if wanted.len() >= 4 && (candidate.starts_with(&wanted) || wanted.starts_with(&candidate)) {
            distance = distance.min(1);
        }
        // So is one word of several.
        if wanted.len() >= 3 && candidate.split('_').any(|part| part == wanted) {
            distance = distance.min(1);
        }
        let nearness = (distance, slips);
        if distance <= allowed && best.is_none_or(|(nearest, _)| nearness < nearest) {
            best = Some((nearness, name));
        }
    }
    best.map(|(_, name)| name)
}

/// Words as a sentence lists them: `a`, `b` and `c`.
pub fn listed<'a>(words: impl IntoIterator<Item = &'a str>, last: &str) -> String {
    let mut quoted: Vec<String> = words.into_iter().map(|w| format!("`{w}`")).collect();
    match quoted.pop() {
        None => String::new(),
        Some(only) if quoted.is_empty() => only,
        Some(end) => format!("{} {last} {end}", quoted.join(", ")),
    }
}

/// `did you mean …?`, or else the whole list where it is short enough to read.
pub fn suggestion(written: &str, known: &[&str], explain: &str) -> String {
    match nearest(written, known.iter().copied()) {
        Some(name) => format!("did you mean `{name}`?"),
        None if known.len() <= 12 => format!("it may be {}", listed(known.iter().copied(), "or")),
        None => explain.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_suggested_and_far_ones_are_not() {
        let known = ["offered", "lots", "catalysts", "awards_per_lot"];
        assert_eq!(nearest("ofered", known), Some("offered"));
        assert_eq!(nearest("awards-per-lot", known), Some("awards_per_lot"));
        assert_eq!(nearest("catalyst", known), Some("catalysts"));
        assert_eq!(nearest("weather", known), None);
        assert_eq!(nearest("", known), None);
    }

    #[test]
    fn problems_are_sorted_counted_and_said_once() {
        let source =
            Arc::new(Source { path: "a.toml".into(), text: "x = 1\nyé = 2\n".to_owned() });
        let second = Problem::error("second").at(&source, 7..9);
        let first = Problem::warning("first").at(&source, 0..1);
        let problems = Problems::new(vec![second.clone(), first, second.clone()]);
        assert_eq!(problems.list().len(), 2);
        assert_eq!(problems.errors(), 1);
        assert_eq!(problems.list()[0].title, "first");
        assert_eq!(second.line_and_column(), Some((2, 2)));
        let shown = problems.to_string();
        assert!(shown.contains("a.toml:2:2"), "{shown}");
        assert!(shown.ends_with("1 problem and 1 warning\n"), "{shown}");
    }

    #[test]
    fn a_span_outside_the_text_does_no_harm() {
        let source = Arc::new(Source { path: "a.toml".into(), text: "é".into() });
        let problem = Problem::error("odd").at(&source, 1..99);
        assert!(problem.render(false).contains("a.toml:1:1"));
    }
}
