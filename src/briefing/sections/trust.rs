//! What the answer rests on, how far to trust it, how it was made, and how to have it again.

use super::super::document::{Block, Cell, Row, Section, Table};
use super::super::held::{self, Log, Validated};
use super::super::words::{At, Estimate, Finding, Number, Words, capital, phrase, signed_range};
use super::{Made, commands, count, headlines, section};
use crate::assumptions::{Reliability, effects, half_column};
use crate::metrics::PRICE_YEAR;
use crate::outcomes::Period;
use crate::terminal::numbers::{places, shown, signed};
use serde_json::Value;
use std::collections::BTreeMap;

/// On whose beliefs, and on which assumptions, the answer turns.
pub(super) fn flip(made: &Made<'_>) -> Section {
    let experiment = &made.book.experiment;
    let mut blocks = Vec::new();
    if experiment.beliefs() > 1 {
        blocks.push(Block::Paragraph(Words::text(
            "What the source claims, and what is objected to it, was drawn from the ranges of different believers: the agnostic gives half of each to no effect at all, the believer and the sceptic have ranges of their own. Shown are the outcomes on which their findings differ, so that the answer turns on who is asked; all are in ",
        ).code("differences.csv").say(".")));
        for regime in &experiment.regimes {
            let table = believed(made, &regime.id, &regime.name);
            if table.rows.is_empty() {
                let words = Words::text("Under ").strong(&regime.name);
                let words = words.say(" no outcome turns on who is asked: every one declared before the run comes out alike under all beliefs.");
                blocks.push(Block::Paragraph(words));
            } else {
                blocks.push(Block::Table(table));
            }
        }
    } else {
        blocks.push(Block::Paragraph(Words::text(
            "This run has one set of beliefs about what nobody has measured, so it cannot say. This asks the agnostic, the believer and the sceptic, each over many draws of every parameter:",
        )));
        blocks.push(Block::Command(commands::run(
            experiment,
            "--draws 64 --beliefs agnostic,believer,sceptic",
        )));
    }
    if let Some((regime, metric)) = experiment.regimes.last().zip(headlines().next()) {
        blocks.push(Block::Paragraph(Words::text(
            "Of any claim, such as the one below, this says in how many draws it holds, which parameters decide and from which value on, and what it would be worth to know them:",
        )));
        let (name, more) = commands::asked(experiment);
        blocks.push(Block::Command(format!(
            "commissim believe --experiment {name}{more} '{} {} > {}'",
            regime.id,
            metric.declaration().id,
            experiment.comparator.id
        )));
    }
    let log = Log::shipped();
    let (rows, all) = log.turning(made.book);
    let words = Reliability::ALL.map(|of| format!("{} – {}", of.word(), of.meaning()));
    if !rows.is_empty() {
        let shown = match rows.len() == all {
            true => format!("All {all} that did so are shown"),
            false => format!("{} of the {all} that did so are shown", rows.len()),
        };
        blocks.push(Block::Heading("How far a single assumption moves a difference".to_owned()));
        blocks.push(Block::Paragraph(
            Words::text("The default experiment was run again with one parameter at a time at the low and at the high end of its plausible range, all else at its default and with the same luck. Some moved a headline difference by more than is worth a decision, the range of the move leaving out nought; that range may reach below what is worth a decision. ")
                .say(shown)
                .say(": those with the weakest evidence come first, and of these the one that moves its difference by the most times what matters. Whether a verdict turns is not told by how far a difference moves: ")
                .code("commissim believe")
                .say(" above says from which value of a parameter on a claim no longer holds. The whole log is in ")
                .code("assumptions.csv")
                .say(". Evidence: ")
                .say(words.join("; "))
                .say("."),
        ));
        blocks.push(Block::Table(turning(rows)));
    }
    section("flip", "What the answer turns on", blocks)
}

fn believed(made: &Made<'_>, regime: &str, title: &str) -> Table {
    let experiment = &made.book.experiment;
    let all: Vec<&str> = (0..experiment.beliefs()).map(|of| experiment.believed(of)).collect();
    let rows = headlines().filter_map(|metric| {
        let phrase = phrase(metric);
        let found = all.iter().map(|beliefs| {
            let row = made.book.differences.iter().find(|row| {
                row.regime == regime
                    && row.metric == metric
                    && row.group_by == "all"
                    && row.period == Period::Whole
                    && row.beliefs == *beliefs
            });
            row.map(Estimate::difference)
        });
        let found: Vec<Option<Estimate>> = found.collect();
        let of = |of: &Option<Estimate>| of.as_ref().and_then(Finding::of);
        let first = found.first().and_then(of).map(Finding::verdict);
        // Without verdicts there is nothing to agree on, and all are shown.
        if first.is_some() && found.iter().all(|one| of(one).map(Finding::verdict) == first) {
            return None;
        }
        let cells = found.iter().map(|one| {
            let numbers = one.as_ref().and_then(|one| signed_range(one, phrase.times));
            Cell { found: of(one), ..Cell::ranged(numbers) }
        });
        let cells = cells.collect();
        Some(Row { head: Words::text(metric.declaration().label), unit: phrase.unit, cells })
    });
    let mut head = vec!["Outcome".to_owned()];
    head.extend(all.iter().map(|beliefs| capital(beliefs)));
    let caption =
        Words::default().strong(title).say(", as each believer would have it, with 95% ranges.");
    let rows: Vec<Row> = rows.collect();
    let caption = super::answer::luck_alone(caption, rows.iter().flat_map(|row| &row.cells));
    Table { caption, head, rows, numeric: true }
}

fn turning(found: Vec<held::Turning>) -> Table {
    // All of one unit are rounded as one, to the coarsest of them.
    let mut rounded: BTreeMap<&str, Option<i32>> = BTreeMap::new();
    for of in &found {
        let times = phrase(of.metric).times;
        let places = places(of.moved * times, of.half * times, None);
        let so_far = rounded.entry(of.metric.declaration().id).or_insert(places);
        *so_far = (*so_far).min(places);
    }
    let rows = found.into_iter().map(|of| {
        let phrase = phrase(of.metric);
        let at = |column: &str| At {
            file: held::LOG.to_owned(),
            row: vec![("parameter", of.parameter.name.to_owned())],
            column: column.to_owned(),
        };
        let of_log = |value: f64, column: &str| Number {
            text: shown(value, None),
            value,
            times: 1.0,
            at: at(column),
        };
        let range = Words::default()
            .number(of_log(of.parameter.low, "low"))
            .say(" to ")
            .number(of_log(of.parameter.high, "high"));
        let (moved, half) = (of.moved * phrase.times, of.half * phrase.times);
        let places = rounded.get(of.metric.declaration().id).copied().flatten();
        let moved = Number {
            text: signed(moved, places),
            value: of.moved,
            times: phrase.times,
            at: at(&of.column),
        };
        let half = Number {
            text: shown(half, places),
            value: of.half,
            times: phrase.times,
            at: at(&half_column(&of.column)),
        };
        let unit = match of.parameter.unit {
            "number" | "count" | "ratio" => String::new(),
            unit => format!(" ({unit})"),
        };
        let range = range.say(unit);
        Row {
            head: Words::text(of.parameter.meaning.trim()),
            unit: of.parameter.name.to_owned(),
            cells: vec![
                Cell::of(Words::text(of.reliability)),
                Cell::of(range),
                Cell::of(Words::text(of.metric.declaration().label).say(", ").strong(of.regime)),
                Cell {
                    words: Words::default().number(moved).say(" ± ").number(half),
                    range: Words::text(phrase.unit),
                    found: None,
                },
            ],
        }
    });
    let head = [
        "Parameter",
        "Evidence",
        "Plausible range",
        "Moves the difference in",
        "From low to high end, by",
    ];
    let caption = format!(
        "Assumptions that can move a headline difference, each with the one that it moved by the most times what matters: the difference at the high end less that at the low, over {} years, ± half of its 95% interval over {} replicates of luck.",
        effects::YEARS,
        effects::REPLICATES,
    );
    Table {
        caption: Words::text(caption),
        head: head.map(str::to_owned).to_vec(),
        rows: rows.collect(),
        numeric: false,
    }
}

/// How far to trust it.
pub(super) fn trust(made: &Made<'_>) -> Section {
    let _ = made;
    let rows = Validated::shipped();
    let of = |verdict: &str| {
        let n = rows.iter().filter(|row| row.verdict == verdict).count();
        count(held::VALIDATION, vec![("verdict", verdict.to_owned())], n)
    };
    let mut blocks = vec![Block::Paragraph(Words::text(
        "The program was checked (laws, cases worked out by hand, second implementations, results that can be had again to the bit). That says nothing of whether the model resembles the world. This does, as far as it goes:",
    ))];
    if rows.is_empty() {
        blocks.push(Block::Paragraph(Words::text(
            "The model has not been held against anything it was not fitted to.",
        )));
        blocks.push(Block::Command("commissim validate".to_owned()));
    } else {
        blocks.push(Block::Heading("Held against what it was never fitted to".to_owned()));
        blocks.push(Block::Paragraph(
            Words::text("Of ")
                .number(count(held::VALIDATION, Vec::new(), rows.len()))
                .say(" such figures it passes ")
                .number(of("pass"))
                .say(" and ")
                .strong("fails ")
                .number(of("fail"))
                .say(". Most of them are of levels. Effects, what changing a regime does, are what the model is for and what there is least to hold it against: a model that has levels right may have effects wrong."),
        ));
        blocks.push(Block::Table(validation(&rows)));
    }
    blocks.push(Block::Heading("What it must not be used for".to_owned()));
    blocks.push(Block::From(held::LIMITS, held::limits("What it must not be used for")));
    blocks.push(Block::Heading("What it cannot say".to_owned()));
    blocks.push(Block::From(held::LIMITS, held::limits("What it cannot say")));
    section("trust", "How far to trust it", blocks)
}

/// Places after the point that a figure of validation has at most.
const FINEST: i32 = 3;

fn validation(rows: &[Validated]) -> Table {
    let rows = rows.iter().map(|row| {
        // A prediction and its range are rounded as one, as far as the range bears out.
        let ends = row.low.zip(row.high);
        let rounded = ends.zip(row.predicted).and_then(|((low, high), predicted)| {
            places(predicted, (high - low) / 2.0, None).map(|p| p.min(FINEST))
        });
        let number = |value: f64, column: &str| {
            Words::default().number(Number {
                text: match rounded {
                    Some(_) => shown(value, rounded),
                    None => signed_as_shown(&crate::terminal::fitting::figure(value)),
                },
                value,
                times: 1.0,
                at: At {
                    file: held::VALIDATION.to_owned(),
                    row: vec![("target", row.target.clone())],
                    column: String::from(column),
                },
            })
        };
        let observed = match row.observed.parse::<f64>() {
            // What was observed is shown as it was written.
            Ok(value) => Words::default().number(Number {
                text: row.observed.replace('-', "−"),
                value,
                times: 1.0,
                at: At {
                    file: held::VALIDATION.to_owned(),
                    row: vec![("target", row.target.clone())],
                    column: "observed".to_owned(),
                },
            }),
            Err(_) => Words::text(&row.observed),
        };
        let within = Words::text("within ").number(Number {
            text: row.tolerance.to_string(),
            value: row.tolerance,
            times: 1.0,
            at: At {
                file: held::VALIDATION.to_owned(),
                row: vec![("target", row.target.clone())],
                column: "tolerance".to_owned(),
            },
        });
        let range = match (row.low, row.high) {
            (Some(low), Some(high)) => number(low, "low").say(" to ").and(number(high, "high")),
            _ => Words::default(),
        };
        let verdict = match row.verdict.as_str() {
            "fail" => Words::default().strong("fails"),
            "pass" => Words::text("passes"),
            other => Words::text(other),
        };
        Row {
            head: Words::text(&row.what),
            unit: row.unit(),
            cells: vec![
                Cell::of(observed),
                Cell::of(within),
                Cell {
                    words: row
                        .predicted
                        .map_or_else(|| Words::text("not known"), |p| number(p, "predicted")),
                    range,
                    found: None,
                },
                Cell::of(verdict),
            ],
        }
    });
    let head =
        ["What was observed", "Observed", "Tolerance", "Predicted, with 95% range", "Verdict"];
    let caption = "Every figure the model was tested against and never fitted to, failures included, over the calibrated set of parameters. A number passes where the prediction is off it by no more than √(half its range² + tolerance²); “up” and “down” pass where the whole range has that sign; “none” passes where the prediction is within the tolerance either way, whatever its range.";
    Table {
        caption: Words::text(caption),
        head: head.map(str::to_owned).to_vec(),
        rows: rows.collect(),
        numeric: true,
    }
}

/// How it was made, in a page.
pub(super) fn method(made: &Made<'_>) -> Section {
    let book = made.book;
    let graded = |grade: &str| {
        let n = book.parameters.iter().filter(|row| row.grade == grade).count();
        count("parameters.csv", vec![("grade", grade.to_owned())], n)
    };
    let burn_in = made.setting("burn_in_years", book.experiment.burn_in_years as f64);
    let all = count("parameters.csv", Vec::new(), book.parameters.len());
    let blocks = vec![
        Block::Paragraph(
            Words::text("An agent-based simulation. Made-up people who need support, and those who give it, live in a council’s area whose totals are real where the council is. Each has needs, means, preferences and family; each provider has workers, prices, reserves and doors open or closed to it; the council has a budget, planners, contracts and rules. A ")
                .strong("regime")
                .say(" is a setting of those rules, prices and capacities, and never of an outcome."),
        ),
        Block::Paragraph(
            Words::text("Every month people arrive, are assessed within what planners can manage, choose who holds their budget among the ways they have heard of, find or are allocated support, are supported, and leave who does not suit them, where they are free to. Providers pay, price, hire, hand back, close and start. The council tenders, awards, checks, and controls its budget; ties between neighbours grow and fade."),
        ),
        Block::Paragraph(
            Words::text("The place first goes on as it does for ")
                .number(burn_in)
                .say(" years. Then the world is copied, one copy for each regime, and each copy meets the same arrivals, deaths and prices with the same luck. A difference is that between two copies of one world, averaged over replicates. A regime is announced and then arrives: contracts run out, people come up for review, organisations change slowly, and changing costs money."),
        ),
        Block::Paragraph(
            Words::text("The model has ")
                .number(all)
                .say(" parameters: ")
                .number(graded("measured"))
                .say(" were read in a source, ")
                .number(graded("estimated"))
                .say(" worked out from sources, ")
                .number(graded("calibrated"))
                .say(" fitted within such ranges, ")
                .number(graded("fitted"))
                .say(" fitted within ranges that nobody measured, and ")
                .number(graded("assumed"))
                .say(" assumed, since nobody has measured them. Each is in ")
                .code("parameters.csv")
                .say(" with its range and its source or reason."),
        ),
        Block::Paragraph(Words::text(format!(
            "Outcomes, what counts as a difference worth a decision, and which comparisons are headlines were declared before any run. Pounds are at {PRICE_YEAR} prices. Quality of life is social-care-related quality of life (SCRQoL), from 0 to 24."
        ))),
    ];
    section("method", "Method in a page", blocks)
}

/// How to have the same numbers again.
pub(super) fn again(made: &Made<'_>) -> Section {
    let origin = made.origin;
    let word = |key: &str| match &origin.code[key] {
        Value::String(word) => word.clone(),
        _ => "unknown".to_owned(),
    };
    let modified = origin.code["modified"] == Value::Bool(true);
    let code = Words::text("The numbers were made by ")
        .code(format!("commissim {}", word("version")))
        .say(", commit ")
        .code(word("commit"))
        .say(match modified {
            true => ", with changes to the source that had not been committed: that commit alone may give other numbers.",
            false => ".",
        });
    let seed = made.setting("seed", made.book.experiment.seed as f64);
    let mut blocks = vec![
        Block::Paragraph(code.say(" The seed is ").number(seed).say(". In the results folder this page stands in:")),
        Block::Command("commissim verify .".to_owned()),
        Block::Paragraph(Words::text("simulates every cell again and compares it to the bit. Without its cells, the experiment in the folder gives the same tables, on any machine and with any number of threads:")),
        Block::Command("commissim run experiment.toml --out ../again".to_owned()),
        Block::Paragraph(
            Words::text("Every number on this page stands in a table of the folder, which ")
                .code("columns.csv")
                .say(" explains; in the page’s source each names its table, row and column. Checksums (BLAKE3):"),
        ),
    ];
    let mut rows = Vec::new();
    for (kind, files) in [("input", &origin.inputs), ("table", &origin.tables)] {
        rows.extend(files.iter().map(|(path, sum)| Row {
            head: Words::default().code(path),
            unit: String::new(),
            cells: vec![Cell::of(Words::text(kind)), Cell::of(Words::default().code(sum))],
        }));
    }
    blocks.push(Block::Table(Table {
        caption: Words::text("What went in, and the tables that came out."),
        head: ["File", "Kind", "Checksum"].map(str::to_owned).to_vec(),
        rows,
        numeric: false,
    }));
    section("again", "How to reproduce it", blocks)
}

/// A number as it was written, with a true minus; nought has no sign.
fn signed_as_shown(written: &str) -> String {
    match written.strip_prefix('-') {
        Some(rest) if rest.contains(|c: char| ('1'..='9').contains(&c)) => format!("−{rest}"),
        Some(rest) => rest.to_owned(),
        None => written.to_owned(),
    }
}
