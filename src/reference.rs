//! The pages of `docs/reference`, made from the declarations and never edited, and the
//! [`stretches`] of other documents that are.

mod held;
mod state;
mod stretches;

pub use held::Found;
pub use stretches::filled;

use std::fmt::Write;

use crate::appraisal::{COSTS, RATES, THRESHOLDS_SOURCE, View};
use crate::cli;
use crate::declare::Grade;
use crate::economics::columns::treatment;
use crate::economics::rows::{Discounting, Measure};
use crate::explain::{self, Entry, Kind};
use crate::metrics::{METRICS, PRICE_YEAR};
use crate::parameters::PARAMETERS;
use crate::place::rows::{NeighbourhoodRow, PersonRow, ProviderRow, Row};
use crate::place::sets;
use crate::store::dictionary;

/// Every page: (file name, text).
///
/// # Errors
///
/// When the data dictionary cannot be written to memory, which does not happen.
pub fn pages() -> anyhow::Result<Vec<(&'static str, String)>> {
    Ok(vec![
        ("parameters.md", parameters()),
        ("levers.md", levers()),
        ("metrics.md", metrics()),
        ("economics.md", economics()),
        ("structures.md", structures()),
        ("state.md", state()),
        ("stresses.md", stresses()),
        ("places.md", places()),
        ("columns.md", columns()?),
        ("command-line.md", command_line()),
    ])
}

/// A page's title and what it is about.
fn begin(title: &str, about: &str) -> String {
    format!(
        "# {title}\n\n<!-- Made from the declarations: `UPDATE=1 cargo test reference` writes it anew. -->\n\n{about}\n"
    )
}

/// What an entry says under a label, in one line; several are parted by semicolons.
fn said(entry: &Entry, label: &str) -> String {
    let facts = entry.facts.iter().filter(|f| f.label == label && !f.text.is_empty());
    facts.map(|fact| fact.text.as_str()).collect::<Vec<_>>().join("; ")
}

/// Text as a cell of a table can hold it.
fn cell(text: &str) -> String {
    text.trim().replace('|', "\\|").replace('\n', " ")
}

/// A table of entries: names first, then what they are, then what is said under labels.
fn table(text: &mut String, first: &str, entries: &[&Entry], labels: &[(&str, &str)]) {
    let headings: Vec<&str> = labels.iter().map(|(heading, _)| *heading).collect();
    let _ = writeln!(text, "\n| {first} | what it is | {} |", headings.join(" | "));
    let _ = writeln!(text, "|{}", "---|".repeat(labels.len() + 2));
    for entry in entries {
        let _ = write!(text, "| `{}` | {} |", entry.name, cell(&entry.meaning));
        for (_, label) in labels {
            let _ = write!(text, " {} |", cell(&said(entry, label)));
        }
        text.push('\n');
    }
}

/// A table below a heading for each group, in order.
fn grouped(text: &mut String, first: &str, entries: &[Entry], labels: &[(&str, &str)]) {
    for of_group in entries.chunk_by(|a, b| a.group == b.group) {
        let _ = writeln!(text, "\n## {}", of_group[0].group);
        table(text, first, &of_group.iter().collect::<Vec<_>>(), labels);
    }
}

fn parameters() -> String {
    let graded = |is: fn(&Grade) -> bool| PARAMETERS.iter().filter(|p| is(&p.grade)).count();
    let about = format!(
        "Every number of the model, {} in all: {} measured, {} estimated, {} calibrated, {} fitted and {} assumed. \
         *Measured* was read in a source; *estimated* was worked out from figures in sources; \
         *calibrated* was fitted to targets within a range of sources, *fitted* within a range that nobody measured; *assumed* was measured by nobody, and the basis says why the value was taken. \
         Codes such as E0109 are rows of `data/evidence.csv`, which name the source; `commissim explain NAME` shows them. \
         *Drawn* says how a value is drawn from the plausible range. £ are at {PRICE_YEAR} prices. \
         Set one with `--set name=value`, or below `[parameters]` in an experiment.",
        PARAMETERS.len(),
        graded(|g| matches!(g, Grade::Measured(_))),
        graded(|g| matches!(g, Grade::Estimated(_))),
        graded(|g| matches!(g, Grade::Calibrated(_))),
        graded(|g| matches!(g, Grade::Fitted(_))),
        graded(|g| matches!(g, Grade::Assumed(_))),
    );
    let mut text = begin("Parameters", &about);
    let labels = [
        ("value (unit)", "value"),
        ("plausible", "plausible"),
        ("possible", "possible"),
        ("drawn", "drawn"),
        ("grade and basis", "basis"),
    ];
    grouped(&mut text, "parameter", &explain::entries(Kind::Parameter), &labels);
    text
}

fn levers() -> String {
    let mut text = begin(
        "Levers",
        "Everything a regime may set. A lever acts on a rule, a price, a capacity or what people are told, \
         never on an outcome; each names its price, what moving it costs or harms. \
         *Usual* holds where neither place nor regime says otherwise. *Acts in* is the part of the model that reads it first.",
    );
    let labels = [
        ("may be", "range"),
        ("unit", "unit"),
        ("usual", "usual"),
        ("acts in", "acts in"),
        ("price", "price"),
    ];
    let entries = explain::entries(Kind::Lever);
    table(&mut text, "lever", &entries.iter().collect::<Vec<_>>(), &labels);
    text
}

fn metrics() -> String {
    let people = METRICS.iter().filter(|m| m.of_people).count();
    let about = format!(
        "Everything the model reports. *Headline* metrics are compared by verdict; *explored* ones get a verdict too, \
         marked as exploratory; what is *described* follows from what a regime is and is never judged. \
         *Matters* is the smallest difference worth a decision. {people} of {} are about people and split by age, reason, \
         deprivation, capacity and who holds the budget; the others are about the market or the council as a whole. \
         £ are at {PRICE_YEAR} prices.",
        METRICS.len(),
    );
    let mut text = begin("Metrics", &about);
    let labels = [
        ("short name", "label"),
        ("unit", "unit"),
        ("better", "better"),
        ("standing", "standing"),
        ("matters", "matters"),
        ("worked out as", "worked out as"),
        ("by group", "by group"),
    ];
    grouped(&mut text, "metric", &explain::entries(Kind::Metric), &labels);
    text
}

fn economics() -> String {
    let about = format!(
        "How money and outcomes are appraised, in `costs.csv`, `economics.csv`, `plane.csv` and `acceptability.csv`. \
         All £ are real, at {PRICE_YEAR} prices. What an experiment may choose stands below `[economics]` in its file; \
         what an hour or a life outside the service is worth is a [parameter](parameters.md). \
         [The model](../model.md) says why the rules are as they are."
    );
    let mut text = begin("Economics", &about);
    text.push_str("\n## Perspectives\n\n");
    for view in View::ALL {
        let _ = writeln!(text, "- `{}`: {}", view.id(), view.meaning());
    }
    text.push_str(
        "\n## Lines of costs\n\n| line | what it is | borne by | enters as |\n|---|---|---|---|\n",
    );
    for line in &COSTS {
        let metric = line.metric.declaration();
        let (label, id) = (metric.label, metric.id);
        let (payer, enters) = (line.payer.id(), treatment(line));
        let _ = writeln!(text, "| `{}` | {label} (`{id}`) | {payer} | {enters} |", line.id);
    }
    let _ = writeln!(
        text,
        "\n## Discount rates\n\n{}, as of {}. The first year after the fork is year 0.\n\n| from year | costs and outcomes | health |\n|---|---|---|",
        RATES.source, RATES.at
    );
    for band in RATES.bands {
        let _ = writeln!(text, "| {} | {}% | {}% |", band.from, band.standard, band.health);
    }
    text.push('\n');
    for discounting in Discounting::ALL {
        let _ = writeln!(text, "- `{}`: {}", discounting.id(), discounting.meaning());
    }
    let _ = writeln!(text, "\n## Thresholds\n\nFrom {THRESHOLDS_SOURCE}");
    text.push_str("\n## Measures\n\n| measure | unit | what it is |\n|---|---|---|\n");
    for measure in Measure::ALL {
        let _ =
            writeln!(text, "| `{}` | {} | {} |", measure.id(), measure.unit(), measure.meaning());
    }
    text
}

fn structures() -> String {
    let mut text = begin(
        "Structures",
        "Named causal links. Each can be switched off, to see which conclusions rest on it.",
    );
    let entries = explain::entries(Kind::Structure);
    table(&mut text, "link", &entries.iter().collect::<Vec<_>>(), &[("how", "switch off")]);
    text
}

fn state() -> String {
    stretches::state_page(begin(
        "State",
        "What the model remembers from month to month, entity by entity, and what chance decides. \
         [The model](../model.md) says what becomes of it.",
    ))
}

fn stresses() -> String {
    let mut text = begin(
        "Stress tests",
        "Blows that a twin of each world is dealt, while its world lives on without. A gap between the two is \
         exactly what the blow did: both have the same people and the same luck.",
    );
    let entries = explain::entries(Kind::Stress);
    let labels = [
        ("what happens", "what happens"),
        ("size", "size"),
        ("lasts", "lasts"),
        ("why", "why"),
        ("rates", "rate"),
    ];
    table(&mut text, "stress", &entries.iter().collect::<Vec<_>>(), &labels);
    text
}

fn places() -> String {
    let mut text = begin(
        "Places",
        "The councils of England with duties for adult social care as they stood in 2014-15, those of Scotland, and a made-up town. \
         An English council, or a set of them, has earlier years too: `dorset-2009-10` to `dorset-2012-13` have the people and direct payments of 31 March at the end of that year. \
         People are those at home with support that the council funds; a share is of them with a direct payment; \
         residents are people in care homes whom the council funds. Notes say what the tables lack and how it was filled.",
    );
    let labels = [
        ("people", "clients"),
        ("direct payment", "direct payment"),
        ("residents", "residents"),
        ("hours", "hours"),
        ("hour", "hour"),
        ("own hour", "own hour"),
        ("care home", "care home"),
        ("assessment", "assessment"),
        ("divided into", "divided into"),
        ("notes", "note"),
    ];
    let entries = explain::entries(Kind::Place);
    let (sets, places): (Vec<Entry>, Vec<Entry>) =
        entries.into_iter().partition(|entry| sets::members(&entry.name).is_some());
    grouped(&mut text, "set", &sets, &[("places", "places")]);
    grouped(&mut text, "place", &places, &labels);
    text
}

fn columns() -> anyhow::Result<String> {
    let mut text = begin(
        "Columns",
        "What every column of a results folder holds, and what the words in it mean: the `columns.csv` of every run.",
    );
    let bytes = dictionary::bytes()?;
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let rows = reader.records().collect::<Result<Vec<_>, _>>()?;
    let of = |row: &csv::StringRecord, column: usize| cell(row.get(column).unwrap_or_default());
    for of_file in rows.chunk_by(|a, b| a.get(0) == b.get(0)) {
        match of(&of_file[0], 0).as_str() {
            "" => text.push_str("\n## Words\n\n| column | word | meaning |\n|---|---|---|\n"),
            file => {
                let _ =
                    writeln!(text, "\n## {file}\n\n| column | holds | meaning |\n|---|---|---|");
            }
        }
        for row in of_file {
            let middle = if row.get(0) == Some("") { 2 } else { 3 };
            let _ = writeln!(text, "| `{}` | {} | {} |", of(row, 1), of(row, middle), of(row, 4));
        }
    }
    text.push_str(
        "\n## One life\n\nWhat `commissim trace RESULTS --format csv` writes: a row for each regime and month, of one \
         person. It is no part of a results folder.\n\n| column | holds | meaning |\n|---|---|---|\n",
    );
    for column in crate::trace::months::COLUMNS {
        let _ = writeln!(text, "| `{}` | {} | {} |", column.name, column.holds, column.meaning);
    }
    text.push_str(
        "\n## Claims\n\nWhat `commissim believe` leaves, in a folder of its own. `draws.csv` beside these has a row a \
         draw: `beliefs`, `draw` and `refused`; for each claim `claim_1`, what it comes to, and `margin_1_1`, by how \
         much its first part holds; and then every parameter that is drawn.\n",
    );
    for (file, columns) in crate::claims::columns::declared() {
        let _ = writeln!(text, "\n### {file}\n\n| column | holds | meaning |\n|---|---|---|");
        for [name, holds, meaning] in columns {
            let _ = writeln!(text, "| `{name}` | {holds} | {} |", cell(meaning));
        }
    }
    text.push_str(
        "\n## Files of rows\n\nA place's file may name CSV files beside it: `people`, `providers` and \
         `neighbourhoods`. A cell that is left empty, or a column that is left out, is drawn as for a \
         place without rows, unless every row must have it.\n",
    );
    rows_of::<PersonRow>(&mut text);
    rows_of::<ProviderRow>(&mut text);
    rows_of::<NeighbourhoodRow>(&mut text);
    Ok(text)
}

/// The columns of a file of rows.
fn rows_of<R: Row>(text: &mut String) {
    let _ = writeln!(
        text,
        "\n### A row for each {}\n\n| column | must be given | holds | meaning |\n|---|---|---|---|",
        R::WORD
    );
    for column in R::COLUMNS {
        let must = if column.required { "yes" } else { "no" };
        let holds = column.holds.words();
        let _ = writeln!(text, "| `{}` | {must} | {holds} | {} |", column.name, column.meaning);
    }
}

fn command_line() -> String {
    let mut text = begin(
        "Command line",
        "Exit codes: 0 done; 1 a file or the world is at fault, and it is said how; 2 the command was mistyped; \
         101 a mistake in the program.",
    );
    for (typed, help) in cli::help() {
        let lines: Vec<&str> = help.trim_end().lines().map(str::trim_end).collect();
        let _ = writeln!(text, "\n## {typed}\n\n```text\n{}\n```", lines.join("\n"));
    }
    text
}
