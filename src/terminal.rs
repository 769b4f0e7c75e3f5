//! What is printed at the end of a run, for somebody who has never seen the model.

pub mod attribution;
mod draws;
pub mod fitting;
mod gains;
pub mod json;
pub mod numbers;
pub mod sensitivity;
mod stress;
pub mod trace;

use crate::analysis::verdict::{FEWEST, Verdict};
use crate::analysis::{Findings, Row};
use crate::experiment::Experiment;
use crate::metrics::{Family, Metric, PRICE_YEAR};
use crate::outcomes::Period;
use crate::parameters::{PARAMETERS, Parameters};
use numbers::{places, shown, signed};
use std::fmt::Write;
use std::path::Path;

/// Metrics that say who holds the budget.
const MECHANISMS: [Metric; 4] =
    [Metric::ShareManaged, Metric::ShareIsf, Metric::ShareDirectPayment, Metric::ShareMixed];

/// Widths of the columns, in characters.
const LABEL: usize = 29;
const LEVEL: usize = 17;
const REGIME: usize = 19;
/// Regimes side by side; more go below.
const ABREAST: usize = 4;

/// Months of the year.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const BOLD: &str = "\x1b[1m";
const DIM: &str = "\x1b[2m";
const GREEN: &str = "\x1b[32m";
const RED: &str = "\x1b[31m";

/// Says something on standard error; that nobody can hear it is no fault.
pub fn say(words: &str) {
    use std::io::Write;
    let _ = writeln!(anstream::stderr(), "{words}");
}

/// Text in a style; whoever prints it takes styles out where they are not wanted.
fn styled(style: &str, text: &str) -> String {
    if style.is_empty() { text.to_owned() } else { format!("{style}{text}\x1b[0m") }
}

/// A cell of a line: text, width in characters, style.
type Piece = (String, usize, &'static str);

/// A line of cells, without spaces at its end.
fn line(text: &mut String, pieces: &[Piece]) {
    let last = pieces.iter().rposition(|(words, ..)| !words.trim().is_empty());
    for (index, (words, width, style)) in pieces.iter().enumerate().take(last.map_or(0, |l| l + 1))
    {
        let words = if Some(index) == last {
            words.trim_end().to_owned()
        } else {
            // Where a cell is full, a space still parts it from the next.
            let fill = width.saturating_sub(words.chars().count()).max(1);
            format!("{words}{}", " ".repeat(fill))
        };
        text.push_str(&styled(style, &words));
    }
    text.push('\n');
}

/// A unit as people read it, and what its numbers are multiplied by.
fn unit(metric: Metric) -> (String, f64) {
    let unit = metric.declaration().unit;
    match unit.strip_prefix("share") {
        Some(rest) => (format!("%{rest}"), 100.0),
        None => (unit.to_owned(), 1.0),
    }
}

/// The table of regimes and headline metrics, with what it does and does not say.
/// It holds styles; print it through `anstream`.
pub fn table(experiment: &Experiment, findings: &Findings, folder: &Path) -> String {
    let mut text = String::new();
    title(&mut text, experiment);
    for block in 0..experiment.beliefs() {
        draws::heading(&mut text, experiment, block);
        headlines(&mut text, experiment, &findings.under(block));
    }
    // The rest is told under the first beliefs; tables have it under all.
    let first = findings.under(0);
    draws::rest(&mut text, experiment);
    mechanisms(&mut text, experiment, &first);
    gains::table(&mut text, experiment, &first);
    spread(&mut text, experiment, &first);
    stress::tables(&mut text, experiment, &first);
    notes(&mut text, experiment, findings, folder);
    text
}

/// Regimes and headline metrics.
fn headlines(text: &mut String, experiment: &Experiment, findings: &Findings) {
    let regimes: Vec<&str> = experiment.regimes.iter().map(|r| r.id.as_str()).collect();
    for abreast in regimes.chunks(ABREAST) {
        header(text, &experiment.comparator.id, abreast);
        for family in Family::ALL {
            let of_family =
                |m: &&Metric| m.declaration().family == family && m.declaration().is_headline();
            if !Metric::ALL.iter().any(|m| of_family(&m)) {
                continue;
            }
            let _ = writeln!(text, "{}", styled(BOLD, &family.id().to_uppercase()));
            for metric in Metric::ALL.iter().filter(of_family) {
                row(text, experiment, findings, *metric, abreast);
            }
        }
        text.push('\n');
    }
}

fn title(text: &mut String, experiment: &Experiment) {
    let places: Vec<&str> = experiment.places.iter().map(|p| p.name.as_str()).collect();
    let places = match places.as_slice() {
        few @ ([_] | [_, _] | [_, _, _]) => few.join(", "),
        many => format!("{} places", many.len()),
    };
    let (year, month) = experiment.start;
    let month = MONTHS.get((month as usize).wrapping_sub(1)).unwrap_or(&"");
    let _ = writeln!(text, "\n{}", styled(BOLD, &experiment.name));
    let _ = writeln!(
        text,
        "{places}; {} from {month} {year}; {}; £ at {PRICE_YEAR} prices\n",
        count(experiment.years, "year"),
        draws::luck(experiment),
    );
}

fn count(n: usize, of: &str) -> String {
    if n == 1 { format!("1 {of}") } else { format!("{n} {of}s") }
}

fn header(text: &mut String, comparator: &str, regimes: &[&str]) {
    let mut titles = vec![wrapped(comparator, LEVEL - 2)];
    titles.extend(regimes.iter().map(|id| wrapped(id, REGIME - 2)));
    let lines = titles.iter().map(Vec::len).max().unwrap_or(0);
    let indent = || (String::new(), LABEL, "");
    for index in 0..lines {
        let title = |title: &Vec<String>| title.get(index).cloned().unwrap_or_default();
        let mut pieces: Vec<Piece> = vec![indent()];
        pieces.extend(titles.iter().map(|t| (title(t), REGIME, BOLD)));
        pieces[1].1 = LEVEL;
        line(text, &pieces);
    }
    let differs = format!("difference from {comparator}");
    line(text, &[indent(), ("level".to_owned(), LEVEL, DIM), (differs, 0, DIM)]);
}

/// A name in lines of at most so many characters, broken after hyphens and pluses.
fn wrapped(name: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for part in name.split_inclusive(['-', '+']) {
        for letter_run in part.chars().collect::<Vec<_>>().chunks(width) {
            let letters: String = letter_run.iter().collect();
            let length = |s: &str| s.chars().count();
            match lines.last_mut() {
                Some(line) if length(line) + length(&letters) <= width => line.push_str(&letters),
                _ => lines.push(letters),
            }
        }
    }
    lines
}

/// Two lines for one metric: estimates, and below them their intervals.
fn row(
    text: &mut String,
    experiment: &Experiment,
    findings: &Findings,
    metric: Metric,
    regimes: &[&str],
) {
    let (unit, times) = unit(metric);
    let level = Findings::find(&findings.summary, &experiment.comparator.id, metric, Period::Whole);
    let label = metric.declaration().label.to_owned();
    let missing = ("not measured".to_owned(), String::new());
    let (mean, interval) = estimate(level, times, shown).unwrap_or(missing);
    let mut first = vec![(label, LABEL, ""), (mean, LEVEL, "")];
    let mut second = vec![(format!("  {unit}"), LABEL, DIM), (interval, LEVEL, DIM)];
    for regime in regimes {
        let row = Findings::find(&findings.differences, regime, metric, Period::Whole);
        let missing = || ("–".to_owned(), String::new());
        let (mean, interval) = estimate(row, times, signed).unwrap_or_else(missing);
        let (mark, style) = mark(row.and_then(|r| r.verdict));
        first.push((format!("{mark} {mean}"), REGIME, style));
        second.push((format!("  {interval}"), REGIME, DIM));
    }
    line(text, &first);
    line(text, &second);
}

/// A mean and its interval, to the figures that the interval bears out.
fn estimate(
    row: Option<&Row>,
    times: f64,
    write: fn(f64, Option<i32>) -> String,
) -> Option<(String, String)> {
    let row = row?;
    let mean = row.estimate.mean()? * times;
    let matters = row.metric.declaration().matters().map(|matters| matters * times);
    let Some((low, high)) = row.interval else {
        // One replicate: three figures, and no range to be had.
        return Some((
            write(mean, places(mean, mean.abs() / 10.0, None)),
            "range unknown".to_owned(),
        ));
    };
    // Luck bears out no more figures where a range over parameters is narrow.
    let luck = row.estimate.luck_error().filter(|_| row.basis.drawn).unwrap_or(0.0);
    let places = places(mean, ((high - low) / 2.0).max(2.0 * luck) * times, matters);
    let hidden = draws::hidden(&row.estimate, times, |half| shown(half, places));
    let interval = hidden.unwrap_or_else(|| {
        format!("{} to {}", write(low * times, places), write(high * times, places))
    });
    Some((write(mean, places), interval))
}

fn mark(verdict: Option<Verdict>) -> (&'static str, &'static str) {
    match verdict {
        Some(Verdict::Better) => ("▲", GREEN),
        Some(Verdict::Worse) => ("▼", RED),
        Some(Verdict::Same) => ("≈", ""),
        Some(Verdict::Unclear) => ("·", ""),
        None => (" ", ""),
    }
}

fn mechanisms(text: &mut String, experiment: &Experiment, findings: &Findings) {
    let heading = "Who holds the budget of people at home whom the council funds, final year";
    let _ = writeln!(text, "{} (%)", styled(BOLD, heading));
    let all = || std::iter::once(&experiment.comparator).chain(&experiment.regimes);
    let names = all().map(|r| r.id.chars().count() + 2).max().unwrap_or(0);
    const WIDTH: usize = 25;
    let mut header: Vec<Piece> = vec![(String::new(), names, "")];
    header.extend(MECHANISMS.map(|m| (m.declaration().label.to_owned(), WIDTH, DIM)));
    line(text, &header);
    for regime in all() {
        let mut pieces: Vec<Piece> = vec![(regime.id.clone(), names, "")];
        for metric in MECHANISMS {
            let row = Findings::find(&findings.summary, &regime.id, metric, Period::FinalYear);
            let share = estimate(row, 100.0, shown)
                .map_or("–".to_owned(), |(mean, interval)| format!("{mean} ({interval})"));
            pieces.push((share, WIDTH, ""));
        }
        line(text, &pieces);
    }
    text.push('\n');
}

/// Councils from which a spread between them says something.
const MANY: usize = 10;

/// Those who hold a direct payment, in whole or in part.
const HELD: [Metric; 2] = [Metric::ShareDirectPayment, Metric::ShareMixed];

/// Whether the terminal ever shows a row.
pub fn is_shown(experiment: &Experiment, row: &Row) -> bool {
    row.group_by == "all" || is_of_spread(experiment, row)
}

/// Whether the spread between councils is worked out from a row.
fn is_of_spread(experiment: &Experiment, row: &Row) -> bool {
    row.group_by == "place"
        && row.period == Period::Year(1)
        && row.regime == experiment.comparator.id
        && HELD.contains(&row.metric)
}

/// How far councils differ in direct payments, in the model and in the tables.
fn spread(text: &mut String, experiment: &Experiment, findings: &Findings) {
    if experiment.places.len() < MANY {
        return;
    }
    let of = |metric: Metric, place: &str| {
        let found = findings.summary.iter().find(|row| {
            row.metric == metric && row.group == place && is_of_spread(experiment, row)
        });
        found.and_then(|row| row.estimate.mean())
    };
    let mut modelled = Vec::new();
    let mut observed = Vec::new();
    for place in &experiment.places {
        let [whole, part] = HELD.map(|metric| of(metric, &place.id));
        let people: f64 = place.clients.iter().sum();
        if let (Some(whole), Some(part)) = (whole, part)
            && people > 0.0
        {
            modelled.push(whole + part);
            let held = place.clients.iter().zip(place.direct_payment_share).map(|(n, s)| n * s);
            observed.push(held.sum::<f64>() / people);
        }
    }
    let deviation = |shares: &[f64]| {
        let n = shares.len() as f64;
        let mean = shares.iter().sum::<f64>() / n;
        (
            mean * 100.0,
            (shares.iter().map(|s| (s - mean) * (s - mean)).sum::<f64>() / n).sqrt() * 100.0,
        )
    };
    let ((mean, sd), (seen_mean, seen_sd)) = (deviation(&modelled), deviation(&observed));
    let _ = writeln!(
        text,
        "Councils differ in direct payments (whole or part) by a standard deviation of {sd:.1} points around\n\
         {mean:.0}% under {}, year 1; the same councils' tables of 31 March 2014 have {seen_sd:.1} points around\n\
         {seen_mean:.0}% (by client group 11 to 24 points, E0337-E0340).\n",
        experiment.comparator.id,
    );
}

fn notes(text: &mut String, experiment: &Experiment, findings: &Findings, folder: &Path) {
    if experiment.uncertainty.is_some() && experiment.draws() < FEWEST {
        let _ = writeln!(text, "Under {FEWEST} parameter draws no verdict is passed.");
    } else if experiment.uncertainty.is_none() && experiment.replicates < FEWEST {
        let _ = writeln!(text, "Under {FEWEST} replicates no verdict is passed.");
    } else {
        let verdicts = [Verdict::Better, Verdict::Worse, Verdict::Same, Verdict::Unclear];
        let legend = verdicts.map(|v| {
            let (mark, style) = mark(Some(v));
            // The mark stands for what leans one way, and may not matter, as well.
            let more = if v == Verdict::Unclear { ", or perhaps too little to matter" } else { "" };
            styled(style, &format!("{mark} {}{more}", v.id()))
        });
        let _ = writeln!(text, "{}", legend.join("   "));
    }
    if experiment.uncertainty.is_some() {
        draws::notes(text, experiment, findings);
        let _ = writeln!(text, "\nResults are in {}", folder.display());
        return;
    }
    let defaults = Parameters::default();
    let changed = PARAMETERS
        .iter()
        .filter(|p| experiment.parameters.get(p.name) != defaults.get(p.name))
        .count();
    let parameters = match changed {
        0 => "parameters at their defaults".to_owned(),
        1 => "parameters at their defaults, save one that was set".to_owned(),
        n => format!("parameters at their defaults, save {n} that were set"),
    };
    let _ = writeln!(
        text,
        "Luck only: 95% intervals over {} of chance; {parameters}.\n\
         A simulation with assumed parameters: differences from {} in the model, not forecasts, and surer\n\
         than anyone can be of the world. Where the unit is %, differences are in percentage points.",
        count(experiment.replicates as usize, "replicate"),
        experiment.comparator.id,
    );
    precision(text, experiment, findings);
    let _ = writeln!(text, "\nResults are in {}", folder.display());
}

/// Whether headlines are as precise as was asked, and what is not.
fn precision(text: &mut String, experiment: &Experiment, findings: &Findings) {
    let Some(asked) = &experiment.precision else { return };
    let wide: Vec<_> = findings.widths.iter().filter(|width| !width.reached()).collect();
    let percent = asked.share * 100.0;
    let replicates = count(experiment.replicates as usize, "replicate");
    if wide.is_empty() {
        let _ = writeln!(
            text,
            "Precision: all {} headline differences are known to {percent}% of the level (money, hours, counts) or to\n\
             what matters (all else), 95% Bonferroni, after {replicates}.",
            findings.widths.len()
        );
        return;
    }
    let _ = writeln!(
        text,
        "Precision: {percent}% was not reached in {replicates}, the most allowed; still too wide:"
    );
    for width in wide {
        let (unit, times) = unit(width.metric);
        let half = width.half.unwrap_or(f64::NAN) * times;
        let shown = |x: f64| shown(x, places(x, x / 10.0, None));
        let _ = writeln!(
            text,
            "  {} under {}: ± {} {unit}, where ± {} was asked",
            width.metric.declaration().label,
            width.regime,
            shown(half),
            shown(width.wanted * times),
        );
    }
}

#[cfg(test)]
mod tests;
