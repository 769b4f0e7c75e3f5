//! Who gains and who loses, stress tests, and one life.

use super::super::book::{Gain, PLACEBO, Stress};
use super::super::document::{Block, Cell, Row, Section, Table};
use super::super::words::{Estimate, Words, column};
use super::{Made, headlines, section};
use crate::metrics::Metric;

/// What is shown of people: heading, fate, and whether it is the share or what it is beyond
/// the placebo's.
const FATES: [(&str, &str, bool); 3] = [
    ("Better off", "better off", false),
    ("Worse off", "worse off", false),
    ("Net, beside the placebo", "net", true),
];

/// Who gains and who loses, person by person.
pub(super) fn gains(made: &Made<'_>) -> Section {
    let mut blocks = Vec::new();
    let book = made.book;
    let of_all =
        |metric| book.gains.iter().filter(move |row| row.metric == metric && row.group == "all");
    if of_all(Metric::Scrqol).next().is_none() {
        blocks.push(Block::Paragraph(Words::text("The run does not hold it.")));
        return section("gains", "Who gains and who loses", blocks);
    }
    blocks.push(Block::Paragraph(Words::text(
        "The same person in both worlds, by their mean quality of life while they needed support at home. A regime stirs luck, which moves as many people up as down; the placebo, one stranger more, shows how much. What a regime does is therefore in the net: better off less worse off, beyond the placebo’s.",
    )));
    blocks.push(Block::Table(fates(made)));
    made.figure("gains-losses", &mut blocks);
    if made.figure("deprivation", &mut blocks) {
        let of = headlines().map(Metric::declaration);
        let left_out = of.filter_map(|m| m.beyond_groups().map(|left_out| (m.label, left_out)));
        blocks.extend(left_out.map(|(label, left_out)| {
            let words = Words::default().strong(format!("{label}. "));
            Block::Paragraph(words.say(left_out))
        }));
    }
    section("gains", "Who gains and who loses", blocks)
}

pub(super) fn gain<'a>(made: &Made<'a>, regime: &str, fate: &str) -> Option<&'a Gain> {
    made.book.gains.iter().find(|row| {
        row.regime == regime
            && row.metric == Metric::Scrqol
            && row.group == "all"
            && row.fate == fate
            && row.beliefs == made.book.beliefs()
    })
}

fn fates(made: &Made<'_>) -> Table {
    let regimes = &made.book.experiment.regimes;
    // A column of one unit is rounded as one.
    let columns = FATES.map(|(_, fate, beyond)| {
        let rows = regimes.iter().map(|regime| gain(made, &regime.id, fate));
        let rows: Vec<_> = rows.map(|row| row.map(|row| Estimate::gain(row, beyond))).collect();
        column(&rows, 100.0, beyond)
    });
    let rows = table_rows(regimes.iter().map(|regime| regime.name.as_str()), columns.to_vec());
    let mut head = vec!["Regime".to_owned()];
    head.extend(FATES.map(|(heading, ..)| heading.to_owned()));
    let caption = "People in every 100 whose quality of life is better or worse by more than is worth a decision, with 95% ranges.";
    Table { caption: Words::text(caption), head, rows, numeric: true }
}

/// Rows of a table from its columns of numbers.
fn table_rows<'n>(
    names: impl Iterator<Item = &'n str>,
    columns: Vec<Vec<Option<(Words, Words)>>>,
) -> Vec<Row> {
    let row = |(at, name): (usize, &str)| {
        let cells = columns.iter().map(|column| Cell::ranged(column.get(at).cloned().flatten()));
        Row { head: Words::text(name), unit: String::new(), cells: cells.collect() }
    };
    names.enumerate().map(row).collect()
}

/// What becomes of each regime when it is dealt a blow.
pub(super) fn stress(made: &Made<'_>) -> Section {
    let book = made.book;
    let mut blocks = Vec::new();
    if book.stress.is_empty() {
        blocks.push(Block::Paragraph(Words::text(
            "This run dealt no blows. In a stress test a twin of each world loses its largest provider, or a part of its workers, and the gap between the twins is what the blow did. This makes one:",
        )));
        blocks.push(Block::Command("commissim run stress-tests".to_owned()));
        return section("stress", "Stress tests", blocks);
    }
    blocks.push(Block::Paragraph(Words::text(
        "In each regime a twin of the world was dealt a blow, and both lived on with the same luck: the gap between them is what the blow did. How deep it went is the deepest gap of any month, and counts only harm.",
    )));
    let stresses: Vec<&str> = {
        let mut seen: Vec<&str> = Vec::new();
        for row in &book.stress {
            if !seen.contains(&row.stress.as_str()) {
                seen.push(&row.stress);
            }
        }
        seen
    };
    for stress in stresses {
        blocks.push(Block::Table(blow(made, stress)));
    }
    made.figure("recovery", &mut blocks);
    section("stress", "Stress tests", blocks)
}

/// What the placebo's row of a stress table is called.
const UNTOUCHED: &str = "No blow: one stranger more (placebo)";

/// Headlines whose harm a stress table shows: support itself, and who keeps theirs.
const HARMED: [Metric; 2] = [Metric::Unmet, Metric::LostSupporter];

fn stressed<'a>(
    made: &Made<'a>,
    stress: &str,
    regime: &str,
    metric: Metric,
    measure: &str,
) -> Option<&'a Stress> {
    made.book.stress.iter().find(|row| {
        row.stress == stress
            && row.regime == regime
            && row.metric == metric
            && row.measure == measure
            && row.beliefs == made.book.beliefs()
    })
}

fn blow(made: &Made<'_>, stress: &str) -> Table {
    let mut head = vec!["Regime".to_owned()];
    for metric in HARMED {
        let label = metric.declaration().label;
        head.push(format!("{label}: deepest gap, in every 100"));
        head.push(format!("{label}: months to recover"));
    }
    // The placebo is dealt no blow: what it shows is what luck alone makes of the gap.
    let regimes = made.book.regimes().map(|regime| (regime.id.as_str(), regime.name.as_str()));
    let regimes: Vec<(&str, &str)> = regimes.chain([(PLACEBO, UNTOUCHED)]).collect();
    let mut columns = Vec::new();
    for metric in HARMED {
        for (measure, times) in [("depth", 100.0), ("months_to_recover", 1.0)] {
            let rows = regimes.iter().map(|(regime, _)| {
                stressed(made, stress, regime, metric, measure).map(Estimate::stress)
            });
            columns.push(column(&rows.collect::<Vec<_>>(), times, false));
        }
    }
    let rows = table_rows(regimes.iter().map(|(_, name)| *name), columns);
    let named = crate::stresses::KINDS.iter().find(|kind| kind.id == stress);
    let title = named.map_or(stress, |kind| kind.title);
    let caption = Words::default().strong(title).say(", with 95% ranges.");
    Table { caption, head, rows, numeric: true }
}

/// One life under each regime.
pub(super) fn life(made: &Made<'_>) -> Section {
    let mut blocks = Vec::new();
    let told =
        "One person under one luck: it shows how the model works, and is evidence of nothing. ";
    if made.figure("life", &mut blocks) {
        blocks.insert(0, Block::Paragraph(Words::text(told)));
    } else {
        let words = Words::text(told).say("It is not in this briefing, since a cell of the results has to be lived again for it. This draws the person in whose life the regimes differ most; the second command tells the same life as a story:");
        blocks.push(Block::Paragraph(words));
        blocks.push(Block::Command("commissim report --life .\ncommissim trace .".to_owned()));
    }
    section("life", "One life under each regime", blocks)
}
