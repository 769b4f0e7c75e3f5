//! What knowing would be worth to somebody who chooses between regimes: measured ahead by
//! `commissim believe`, whose `worth.csv` ships as `data/worth.csv`.

use serde::Deserialize;
use std::fmt::Write;
use std::sync::OnceLock;

const SHIPPED: &str = include_str!("../../data/worth.csv");
/// Sections and parameters named for a claim.
const NAMED: usize = 5;

/// What it is worth to know something, to somebody who chooses by one part of a claim.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Worth {
    text: String,
    part: usize,
    /// `everything`, `parameters`, `section` or `parameter`.
    knowing: String,
    name: String,
    unit: String,
    worth: f64,
    low: f64,
    high: f64,
}

impl Worth {
    /// The claim, and which part of it where it has several.
    fn choice(&self, parts: usize) -> String {
        match parts {
            1 => format!("`{}`", self.text),
            _ => format!("`{}`, part {}", self.text, self.part),
        }
    }

    /// Whether it is worth more than nothing: its interval leaves out nought.
    fn is_something(&self) -> bool {
        self.low > 0.0
    }

    fn said(&self) -> String {
        let round = super::page::rounded;
        format!("{} ({} to {}) {}", round(self.worth), round(self.low), round(self.high), self.unit)
    }
}

/// What was measured ahead and ships, in order of claims and parts.
///
/// # Panics
/// Never for the table built in, which a test reads in full.
pub fn shipped() -> &'static [Worth] {
    static ALL: OnceLock<Vec<Worth>> = OnceLock::new();
    ALL.get_or_init(|| read(SHIPPED).expect("the built-in table can be read"))
}

fn read(text: &str) -> Result<Vec<Worth>, csv::Error> {
    csv::Reader::from_reader(text.as_bytes()).into_deserialize().collect()
}

/// The choices for which knowing a parameter is worth something, as the log names them.
pub fn of_parameter(all: &[Worth], parameter: &str) -> String {
    let own = |row: &&Worth| row.knowing == "parameter" && row.name == parameter;
    let named = all.iter().filter(own).filter(|row| row.is_something());
    named.map(|row| format!("{}: {}", row.text, row.said())).collect::<Vec<_>>().join("; ")
}

/// What a study would change, claim by claim.
pub fn told(text: &mut String, all: &[Worth]) {
    if all.is_empty() {
        return;
    }
    text.push_str(
        "\n## What the next study would be worth\n\n\
         To somebody who chooses one side of a claim or the other by its margin: how much better they would \
         choose on average, knowing every parameter, all of a section of the ledger, or one (95% interval, \
         bootstrap over draws). It is that of a person and year where the unit is £ a year. Named is what is worth \
         more than nothing beyond luck, the most first; where nothing is, no study of one thing would change the \
         choice by itself. From 256 draws of what is plausible ([how](believe.md), `data/worth.csv`).\n\n\
         | choosing by | every parameter | a section | one parameter |\n|---|---|---|---|\n",
    );
    for one in all.chunk_by(|a, b| a.text == b.text && a.part == b.part) {
        let parts = all.iter().filter(|row| row.text == one[0].text).map(|row| row.part).max();
        let of = |knowing: &str| {
            let mut named: Vec<&Worth> =
                one.iter().filter(|row| row.knowing == knowing && row.is_something()).collect();
            named.sort_by(|a, b| b.worth.total_cmp(&a.worth));
            let named = named.iter().take(NAMED).map(|row| match row.name.as_str() {
                "" => row.said(),
                name if knowing == "parameter" => format!("`{name}` {}", row.said()),
                name => format!("{name} {}", row.said()),
            });
            let named = named.collect::<Vec<_>>().join("; ");
            if named.is_empty() { "nothing that can be told from luck".to_owned() } else { named }
        };
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} |",
            one[0].choice(parts.unwrap_or(1)),
            of("parameters"),
            of("section"),
            of("parameter")
        );
    }
}
