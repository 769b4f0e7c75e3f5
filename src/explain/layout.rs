//! Entries as a terminal shows them.

use super::Entry;

/// Columns of a line.
const WIDTH: usize = 88;
/// Columns of a label.
const LABEL: usize = 16;
/// Widest column of names in a list.
const NAME: usize = 34;

/// A page about one entry.
pub fn page(entry: &Entry) -> String {
    let mut page = match entry.group.as_str() {
        "" => format!("{}  ({})\n\n", entry.name, entry.kind.word()),
        group => format!("{}  ({}: {group})\n\n", entry.name, entry.kind.word()),
    };
    page.push_str(&wrapped(&entry.meaning, "", ""));
    page.push('\n');
    let mut label = "";
    for fact in entry.facts.iter().filter(|fact| !fact.text.is_empty()) {
        let first = format!("  {:<LABEL$}", if fact.label == label { "" } else { fact.label });
        label = fact.label;
        page.push_str(&wrapped(&fact.text, &first, &" ".repeat(LABEL + 2)));
    }
    // Rows of one source are named together.
    let mut said: Vec<&str> = Vec::new();
    for row in &entry.sources {
        if said.contains(&row.source_title.as_str()) {
            continue;
        }
        said.push(&row.source_title);
        let same: Vec<&str> = entry
            .sources
            .iter()
            .filter(|other| other.source_title == row.source_title)
            .map(|other| other.id.as_str())
            .collect();
        let ids = match same.as_slice() {
            [first, .., last] => format!("{first}–{last}"),
            _ => row.id.clone(),
        };
        let read = if row.was_read() { "" } else { " (recalled, not read in the source)" };
        page.push_str(&wrapped(&format!("{ids}: {}{read}", row.source_title), "  ", "    "));
        if !row.source_url.is_empty() {
            page.push_str(&format!("    {}\n", row.source_url));
        }
    }
    page
}

/// A list of entries.
pub fn table(entries: &[Entry]) -> String {
    let width = entries.iter().map(|entry| entry.name.chars().count()).max().unwrap_or(0);
    let width = width.min(NAME);
    let mut text = String::new();
    let mut group = "";
    for entry in entries {
        if entry.group != group {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&format!("{}\n", entry.group));
            group = &entry.group;
        }
        let first = format!("  {:<width$}  ", entry.name);
        text.push_str(&wrapped(&entry.brief, &first, &" ".repeat(width + 4)));
    }
    text
}

/// Text broken at words; `first` begins it and `rest` begins each further line.
fn wrapped(text: &str, first: &str, rest: &str) -> String {
    let mut lines = String::new();
    let mut line = first.to_owned();
    let mut fresh = true;
    for word in text.split_whitespace() {
        if !fresh && line.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push_str(line.trim_end());
            lines.push('\n');
            line = rest.to_owned();
            fresh = true;
        }
        if !fresh {
            line.push(' ');
        }
        line.push_str(word);
        fresh = false;
    }
    lines + line.trim_end() + "\n"
}
