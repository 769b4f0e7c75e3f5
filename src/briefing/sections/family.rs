//! A section for each family of outcomes.

use super::super::book::Economic;
use super::super::document::{Block, Cell, Row, Section, Table};
use super::super::words::{
    Estimate, Finding, MEAN_OF_DRAWS, NARROWER, Number, Words, bought, capital, column,
};
use super::{Made, headlines, section, value};
use crate::analysis::verdict::Verdict;
use crate::metrics::{Family, Metric};
use crate::outcomes::Period;
use crate::terminal::numbers::shown;

/// Choice: what people can choose, and what they get.
pub(super) fn choice(made: &Made<'_>) -> Section {
    let mut blocks = opening(made, Family::Choice, "differences-choice");
    blocks.push(Block::Heading("Who holds the budget".to_owned()));
    blocks.push(Block::Paragraph(Words::text(
        "This follows from what a regime is, and is not judged: more of one way of holding a budget is neither better nor worse.",
    )));
    if !made.figure("mechanism-shares", &mut blocks) {
        blocks.pop();
        blocks.pop();
    }
    explored(made, Family::Choice, &mut blocks);
    section("choice", "Choice", blocks)
}

/// What it costs, and whom.
pub(super) fn cost(made: &Made<'_>) -> Section {
    let mut blocks = opening(made, Family::Cost, "differences-cost");
    blocks.push(Block::Heading("Cost against what is got for it".to_owned()));
    blocks.push(Block::Paragraph(Words::text(
        "All costs to the public over the whole of the time, and the years lived weighted by quality of life (SCRQoL-years: a year at the top of the scale counts as one), each less the comparator’s; later years count less, at the Treasury’s rate. These are sums over everybody in the place, so that a difference that is the same to each person, by what matters, may still come to a large sum.",
    )));
    blocks.push(Block::Table(plane(made)));
    blocks.extend(value::value(made).map(Block::Paragraph));
    made.figure("cost-outcome", &mut blocks);
    made.figure("acceptability", &mut blocks);
    explored(made, Family::Cost, &mut blocks);
    section("cost", "Cost", blocks)
}

/// What becomes of the community and its supporters.
pub(super) fn community(made: &Made<'_>) -> Section {
    let mut blocks = opening(made, Family::Community, "differences-community");
    if made.figure("market", &mut blocks) {
        let at = blocks.len() - 1;
        blocks.insert(at, Block::Heading("The market".to_owned()));
    }
    made.figure("councils", &mut blocks);
    explored(made, Family::Community, &mut blocks);
    section("community", "Community resilience", blocks)
}

fn verdicts(made: &Made<'_>, metric: Metric) -> Vec<Option<Verdict>> {
    let book = made.book;
    let regimes = book.experiment.regimes.iter();
    let rows = regimes.filter_map(|regime| book.difference(&regime.id, metric, Period::Whole));
    rows.map(|row| row.verdict).collect()
}

/// The headlines of a family, in words and in a figure.
fn opening(made: &Made<'_>, family: Family, figure: &'static str) -> Vec<Block> {
    let of_family = headlines().filter(|metric| metric.declaration().family == family);
    let all_same = |metric: &Metric| {
        let verdicts = verdicts(made, *metric);
        !verdicts.is_empty() && verdicts.iter().all(|verdict| *verdict == Some(Verdict::Same))
    };
    let (same, told): (Vec<Metric>, Vec<Metric>) = of_family.partition(all_same);
    let mut bullets: Vec<Words> = told
        .into_iter()
        .map(|metric| {
            let words = Words::default().strong(format!("{}. ", metric.declaration().label));
            words.and(made.compared(metric))
        })
        .collect();
    if !same.is_empty() {
        let labels = same.iter().map(|metric| Words::text(metric.declaration().label)).collect();
        bullets.push(
            Words::default()
                .strong("The same under every regime")
                .say(", to within what is worth a decision: ")
                .and(Words::listed(labels))
                .say(". Ranges are in the ")
                .link("headline comparison", "headlines")
                .say("."),
        );
    }
    let mut blocks = vec![Block::Bullets(bullets)];
    made.figure(figure, &mut blocks);
    blocks
}

/// Outcomes that were not declared before the run and differ all the same.
fn explored(made: &Made<'_>, family: Family, blocks: &mut Vec<Block>) {
    let is_told =
        |verdict: &Option<Verdict>| matches!(verdict, Some(Verdict::Better | Verdict::Worse));
    let metrics = Metric::ALL.iter().copied().filter(|metric| {
        let declared = metric.declaration();
        declared.family == family && declared.matters().is_some() && !declared.is_headline()
    });
    let told = metrics.filter(|metric| verdicts(made, *metric).iter().any(is_told));
    let bullets: Vec<Words> = told
        .map(|metric| {
            let words = Words::default().strong(format!("{}. ", metric.declaration().label));
            words.and(made.compared(metric))
        })
        .collect();
    if bullets.is_empty() {
        return;
    }
    blocks.push(Block::Heading("Also looked at".to_owned()));
    blocks.push(Block::Paragraph(Words::text(
        "Not declared before the run, and shown because some regime differs: where many outcomes are looked at, a few differ by chance.",
    )));
    blocks.push(Block::Bullets(bullets));
}

/// The view of costs that the page shows.
const VIEW: &str = "public";
const DISCOUNTING: &str = "standard";

pub(super) fn economics<'a>(
    made: &Made<'a>,
    view: &'a str,
    regime: &'a str,
    measure: &'a str,
) -> impl Iterator<Item = &'a Economic> {
    let beliefs = made.book.beliefs();
    made.book.economics.iter().filter(move |row| {
        row.regime == regime
            && row.perspective == view
            && row.discounting == DISCOUNTING
            && row.measure == measure
            && row.beliefs == beliefs
    })
}

/// What is said of the ranges of appraisal, which are of the mean over draws of parameters
/// where there are such.
pub(super) fn of_mean(made: &Made<'_>) -> String {
    match made.book.economics.iter().any(|row| row.interval == MEAN_OF_DRAWS) {
        true => format!(
            " of the mean over draws of the parameters ({NARROWER}: a single draw may lie well outside)"
        ),
        false => String::new(),
    }
}

/// Where each regime lies on the plane of cost and outcome.
fn plane(made: &Made<'_>) -> Table {
    // A column of one unit is rounded as one.
    let columns = ["incremental_cost", "incremental_outcome"].map(|measure| {
        let regimes = made.book.experiment.regimes.iter();
        let rows = regimes.map(|regime| economics(made, VIEW, &regime.id, measure).next());
        let rows: Vec<_> = rows.map(|row| row.map(Estimate::economic)).collect();
        column(&rows, 1.0, true)
    });
    let rows = made.book.experiment.regimes.iter().enumerate().map(|(at, regime)| {
        let cell = |column: usize| Cell::ranged(columns[column].get(at).cloned().flatten());
        let found = |metric| {
            let row = made.book.difference(&regime.id, metric, Period::Whole)?;
            Finding::of(&Estimate::difference(row))
        };
        let bought = bought(found(Metric::PublicPerPerson), found(Metric::Scrqol));
        let worth = made.book.experiment.economics.social_value;
        let chances = economics(made, VIEW, &regime.id, "probability_cost_effective");
        let off = |row: &&Economic| (row.threshold.unwrap_or(f64::INFINITY) - worth).abs();
        let chance = chances.min_by(|a, b| off(a).total_cmp(&off(b)));
        let chance = chance.and_then(|row| row.mean.zip(row.threshold).map(|both| (row, both)));
        let chance = chance.map(|(row, (mean, threshold))| {
            let of = |value: f64, times: f64, text: String, column| Number {
                text,
                value,
                times,
                at: Estimate::economic(row).at.column(column),
            };
            Words::default()
                .number(of(mean, 100.0, shown(mean * 100.0, Some(0)), "mean"))
                .say("% at £")
                .number(of(threshold, 1.0, shown(threshold, None), "threshold"))
        });
        Row {
            head: Words::text(&regime.name),
            unit: String::new(),
            cells: vec![
                cell(0),
                cell(1),
                Cell::of(Words::text(capital(&bought))),
                Cell::of(chance.unwrap_or_default()),
            ],
        }
    });
    let head = [
        "Regime",
        "Cost, £ in all",
        "Outcome, SCRQoL-years in all",
        "By the verdicts a person",
        "Share of runs in which it is worth its cost",
    ];
    let caption = Words::text("Public cost and quality of life beside those under ")
        .strong(&made.book.experiment.comparator.name)
        .say(format!(", with 95% ranges{}, and how often that is worth the money if a SCRQoL-year is worth so much.", of_mean(made)));
    Table { caption, head: head.map(str::to_owned).to_vec(), rows: rows.collect(), numeric: true }
}
