//! One life on the terminal: who it is, numbers by year, and the story.

mod words;

use super::numbers::shown;
use super::{ABREAST, BOLD, DIM, LABEL, Piece, REGIME, count, line, styled};
use crate::experiment::Experiment;
use crate::metrics::PRICE_YEAR;
use crate::table::{Column, all, csv};
use crate::trace::months::{COLUMNS, KEYS, Line};
use crate::trace::{Date, Life, MonthOfLife, Trace, shown_key};
use serde_json::{Map, Value, json};
use std::fmt::Write;

/// Columns of a page.
const PAGE: usize = 29 + 17 + REGIME * (ABREAST);

/// Width of a year's column, and how many go side by side.
const YEAR: usize = 9;
const YEARS_ABREAST: usize = (PAGE - LABEL) / YEAR;

/// The trace as people read it. It holds styles; print it through `anstream`.
pub fn story(experiment: &Experiment, trace: &Trace) -> String {
    let mut text = String::new();
    title(&mut text, experiment, trace);
    years(&mut text, experiment, trace);
    happenings(&mut text, experiment, trace);
    notes(&mut text, experiment, trace);
    text
}

fn title(text: &mut String, experiment: &Experiment, trace: &Trace) {
    let key = shown_key(trace.citizen.key);
    let place = &experiment.places[trace.place].name;
    let start = words::date(Date::of(experiment.start, 1));
    let _ = writeln!(
        text,
        "\n{}\n{}; {place}, {}replicate {}; {} from {start}; £ at {PRICE_YEAR} prices\n",
        styled(BOLD, &format!("One life: {key}")),
        experiment.name,
        drawn(experiment, trace, |beliefs, draw| format!("draw {draw}{beliefs}, ")),
        trace.replicate,
        count(experiment.years, "year"),
    );
    let citizen = &trace.citizen;
    let came = (citizen.came > 0).then(|| Date::of(experiment.start, citizen.came));
    for line in filled(&words::introduced(citizen, came), PAGE) {
        let _ = writeln!(text, "{line}");
    }
    text.push('\n');
}

/// Words on a parameter draw, from its beliefs in brackets and its number; none where no
/// parameters are drawn.
fn drawn(experiment: &Experiment, trace: &Trace, words: impl Fn(&str, u32) -> String) -> String {
    let beliefs = match trace.beliefs {
        "" => String::new(),
        beliefs => format!(" ({beliefs})"),
    };
    experiment.uncertainty.as_ref().map_or(String::new(), |_| words(&beliefs, trace.draw))
}

/// A measure of a year: heading, how it comes from the months, places after the point.
type Measure = (&'static str, fn(&[&MonthOfLife]) -> Option<f64>, i32);

fn mean(months: &[&MonthOfLife], of: fn(&MonthOfLife) -> Option<f64>) -> Option<f64> {
    let values: Vec<f64> = months.iter().filter_map(|month| of(month)).collect();
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// What is shown by year.
const MEASURES: [Measure; 5] = [
    ("Hours of support a week", |m| mean(m, |month| month.scrqol.map(|_| month.delivered)), 1),
    ("Felt fit of support (sd)", |m| mean(m, |month| month.fit), 2),
    ("Quality of life (SCRQoL)", |m| mean(m, |month| month.scrqol), 1),
    ("Unpaid care, hours a week", |m| mean(m, |month| month.scrqol.map(|_| month.unpaid)), 1),
    (
        "Public cost, £ in the year",
        |m| {
            m.iter()
                .any(|month| month.lived > 0.0)
                .then(|| m.iter().map(|month| month.public).sum())
        },
        0,
    ),
];

/// A small table: what each year was like in each regime.
fn years(text: &mut String, experiment: &Experiment, trace: &Trace) {
    let all: Vec<usize> = (1..=experiment.years).collect();
    for years in all.chunks(YEARS_ABREAST) {
        let mut header: Vec<Piece> = vec![(String::new(), LABEL, "")];
        header.extend(years.iter().map(|year| (format!("year {year}"), YEAR, DIM)));
        line(text, &header);
        for (heading, of, places) in MEASURES {
            let _ = writeln!(text, "{}", styled(BOLD, heading));
            for life in &trace.lives {
                let mut pieces: Vec<Piece> = vec![(format!("  {}", life.regime), LABEL, "")];
                pieces.extend(years.iter().map(|year| {
                    let of_year =
                        |month: &&MonthOfLife| (month.number as usize).div_ceil(12) == *year;
                    let months: Vec<&MonthOfLife> = life.months.iter().filter(of_year).collect();
                    let value = of(&months).map(|value| shown(value, Some(places)));
                    (value.unwrap_or_else(|| "–".to_owned()), YEAR, "")
                }));
                line(text, &pieces);
            }
        }
        text.push('\n');
    }
}

/// A sentence, and in which lives it is true.
struct Told {
    month: i32,
    process: usize,
    /// How many things had happened before in that process.
    order: usize,
    sentence: String,
    lives: Vec<usize>,
}

/// Everything that happened anywhere, in order; what happened in the same month in
/// several regimes is told once.
fn told(trace: &Trace) -> Vec<Told> {
    let mut told: Vec<Told> = Vec::new();
    for (index, life) in trace.lives.iter().enumerate() {
        let mut last = (0, 0, 0);
        for happening in &life.events {
            let (month, process) = (happening.month, happening.process);
            let order = if (last.0, last.1) == (month, process) { last.2 + 1 } else { 0 };
            last = (month, process, order);
            let sentence = words::said(&happening.event);
            let same = told.iter_mut().find(|told| {
                told.month == month
                    && told.process == process
                    && told.sentence == sentence
                    && !told.lives.contains(&index)
            });
            match same {
                Some(told) => told.lives.push(index),
                None => told.push(Told { month, process, order, sentence, lives: vec![index] }),
            }
        }
    }
    // What is left in the same place stays in the order of regimes.
    told.sort_by_key(|told| (told.month, told.process, told.order));
    told
}

fn happenings(text: &mut String, experiment: &Experiment, trace: &Trace) {
    let _ = writeln!(text, "{}\n", styled(BOLD, "WHAT HAPPENED, AND WHY"));
    let told = told(trace);
    for of_month in told.chunk_by(|a, b| a.month == b.month) {
        let date = words::date(Date::of(experiment.start, of_month[0].month));
        let _ = writeln!(text, "{}", styled(BOLD, &date));
        for told in of_month {
            let names = filled(&among(trace, &told.lives), LABEL - 4);
            let sentence = filled(&told.sentence, PAGE - LABEL);
            for index in 0..names.len().max(sentence.len()) {
                let of = |lines: &[String]| lines.get(index).cloned().unwrap_or_default();
                line(
                    text,
                    &[(format!("  {}", of(&names)), LABEL, DIM), (of(&sentence), PAGE - LABEL, "")],
                );
            }
        }
    }
    text.push('\n');
}

/// Regimes, by name or all together.
fn among(trace: &Trace, lives: &[usize]) -> String {
    let all = trace.lives.len();
    if all == 1 {
        String::new()
    } else if lives.len() == all {
        if all == 2 { "in both".to_owned() } else { "in all".to_owned() }
    } else {
        let names: Vec<&str> =
            lives.iter().map(|index| trace.lives[*index].regime.as_str()).collect();
        names.join(", ")
    }
}

fn notes(text: &mut String, experiment: &Experiment, trace: &Trace) {
    let mut said = Vec::new();
    if let Some(chosen) = &trace.chosen {
        said.push(format!(
            "Chosen as the person in whose life the regimes differ most, of {} in need of support at home under \
             each of them for at least half of the time: by the mean differences in having picked their \
             supporter, in fit, in quality of life and in hours missed, each in differences that matter \
             (the smallest worth a decision), added up over regimes: {}.",
            count(chosen.among, "person").replace("persons", "people"),
            shown(chosen.score, Some(0)),
        ));
    }
    said.push(format!(
        "One life in one simulated place under one luck: it shows how the model works, not how regimes \
         compare. The cell was simulated again to tell it; hours and money are the cell's own, restricted to \
         this person, without the council's overheads. To follow the same person again: {}--replicate {} \
         --citizen {}",
        drawn(experiment, trace, |beliefs, draw| match beliefs {
            "" => format!("--draw {draw} "),
            _ => format!("--beliefs {} --draw {draw} ", trace.beliefs),
        }),
        trace.replicate,
        shown_key(trace.citizen.key),
    ));
    if !experiment.stresses.is_empty() {
        said.push("Stress tests are left out: this is life without blows.".to_owned());
    }
    for note in said {
        for line in filled(&note, PAGE) {
            let _ = writeln!(text, "{line}");
        }
    }
}

/// Text in lines of at most so many characters.
fn filled(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The trace as the bytes of a CSV file: a row for each regime and month.
///
/// # Errors
///
/// Writing to memory does not fail; the error is passed on all the same.
pub fn rows(experiment: &Experiment, trace: &Trace) -> anyhow::Result<Vec<u8>> {
    let place = &experiment.places[trace.place].id;
    let of_life = |life: &Life| -> Vec<Line> {
        life.months.iter().map(|month| trace.line(place.clone(), life, month)).collect()
    };
    let rows: Vec<Line> = trace.lives.iter().flat_map(of_life).collect();
    csv(&all(COLUMNS), &rows)
}

/// The trace for programs.
///
/// # Errors
///
/// Writing to memory does not fail; the error is passed on all the same.
pub fn json(experiment: &Experiment, trace: &Trace) -> anyhow::Result<Value> {
    let citizen = &trace.citizen;
    let came = (citizen.came > 0).then(|| Date::of(experiment.start, citizen.came));
    let mut lives = Vec::new();
    for life in &trace.lives {
        lives.push(json!({
            "regime": life.regime,
            "months": life.months.iter().map(|m| month(trace, life, m)).collect::<Vec<_>>(),
            "events": events(experiment, life)?,
        }));
    }
    Ok(json!({
        "experiment": experiment.id,
        "name": experiment.name,
        "place": experiment.places[trace.place].id,
        "beliefs": trace.beliefs,
        "draw": trace.draw,
        "replicate": trace.replicate,
        "price_year": PRICE_YEAR,
        "citizen": {
            "key": shown_key(citizen.key),
            "who": words::introduced(citizen, came),
            "came": came.map(Date::id),
        },
        "chosen": trace.chosen.as_ref().map(|chosen| json!({
            "score": chosen.score,
            "among": chosen.among,
        })),
        "lives": lives,
    }))
}

/// What happened, with the words for it.
fn events(experiment: &Experiment, life: &Life) -> anyhow::Result<Vec<Value>> {
    let mut events = Vec::new();
    for happening in &life.events {
        let mut value = serde_json::to_value(&happening.event)?;
        value["month"] = happening.month.into();
        value["date"] = Date::of(experiment.start, happening.month).id().into();
        value["said"] = words::said(&happening.event).into();
        events.push(value);
    }
    Ok(events)
}

/// A month as the CSV file has it, without what is the same for the whole life.
fn month(trace: &Trace, life: &Life, month: &MonthOfLife) -> Value {
    let row = trace.line(String::new(), life, month);
    let own = COLUMNS.iter().skip(KEYS);
    let value = |column: &Column<Line>| {
        let text = (column.value)(&row);
        let read = match column.holds {
            "number" => text.parse().ok().map(|x: f64| x.into()),
            "true or false" => text.parse().ok().map(|is: bool| is.into()),
            "whole number" => text.parse().ok().map(|n: i64| n.into()),
            _ => (!text.is_empty()).then(|| text.clone().into()),
        };
        read.unwrap_or(Value::Null)
    };
    own.map(|column| (column.name.to_owned(), value(column))).collect::<Map<_, _>>().into()
}
