//! The question, the answer and the headline comparison.

use super::super::document::{Block, Cell, Row, Section, Table};
use super::super::words::{
    Estimate, Finding, LUCK_ALONE, Side, Words, amount, capital, level_range, phrase, signed_range,
    within,
};
use super::{Made, commands, count, headlines as declared, later, section};
use crate::analysis::verdict::{FEWEST, Verdict};
use crate::metrics::{Family, Metric, PRICE_YEAR};
use crate::outcomes::Period;

const MONTHS: [&str; 12] = [
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

/// Places that are named one by one.
const FEW: usize = 3;
/// Regimes side by side in a table.
const ABREAST: usize = 4;

fn places(made: &Made<'_>) -> String {
    if let Some(set) = commands::set(&made.book.experiment.places) {
        let meaning = set.meaning.trim_end_matches('.');
        return within(meaning.split(',').next().unwrap_or(meaning));
    }
    let places: Vec<&str> =
        made.book.experiment.places.iter().map(|place| place.name.as_str()).collect();
    if places.len() > FEW {
        let few = places.iter().take(FEW).copied().collect::<Vec<_>>().join(", ");
        return format!("{few} and other places");
    }
    Words::listed(places.into_iter().map(Words::text).collect()).plain()
}

/// How long, from when.
fn time(made: &Made<'_>) -> Words {
    let experiment = &made.book.experiment;
    let (year, month) = experiment.start;
    let month = MONTHS.get((month as usize).wrapping_sub(1)).copied().unwrap_or_default();
    let mut start = made.setting("start", f64::from(year));
    start.text = year.to_string();
    let years = made.setting("years", experiment.years as f64);
    let unit = if experiment.years == 1 { " year" } else { " years" };
    Words::default().number(years).say(format!("{unit} from {month} ")).number(start)
}

/// One line below the title.
pub(super) fn under(made: &Made<'_>) -> Words {
    Words::text(format!("{} · ", capital(&places(made))))
        .and(time(made))
        .say(" · ")
        .and(often(made))
        .say(format!(" · £ at {PRICE_YEAR} prices"))
}

/// How often luck, and parameters, were drawn.
fn often(made: &Made<'_>) -> Words {
    let experiment = &made.book.experiment;
    let Some(row) = made.book.differences.first() else { return Words::text("no comparisons") };
    let at = Estimate::difference(row).at;
    let of = |column, n: u32, unit: &str| {
        let number = super::Number {
            text: n.to_string(),
            value: f64::from(n),
            times: 1.0,
            at: at.column(column),
        };
        let s = if n == 1 { "" } else { "s" };
        Words::default().number(number).say(format!(" {unit}{s}"))
    };
    let replicates = of("replicates", row.replicates, "replicate");
    if experiment.uncertainty.is_some() {
        of("draws", row.draws, "draw").say(" of parameters, ").and(replicates).say(" of each")
    } else {
        replicates
    }
}

/// What was asked.
pub(super) fn question(made: &Made<'_>) -> Section {
    let experiment = &made.book.experiment;
    let comparator = &experiment.comparator;
    let intro = Words::text(format!("In {}, over ", places(made)))
        .and(time(made))
        .say(", what changes in people’s choice, in what care costs and in the community around them when adult social care is commissioned in one of these ways, rather than under ")
        .strong(&comparator.name)
        .say("?");
    let regimes = std::iter::once(comparator).chain(&experiment.regimes).map(|regime| {
        let words = Words::default().strong(&regime.name);
        let words = if regime.id == comparator.id {
            words.say(", with which the others are compared")
        } else {
            words
        };
        if regime.question.is_empty() { words } else { words.say(format!(": {}", regime.question)) }
    });
    let how = "Each meets the same people, providers and luck in a simulation, so that what differs \
               is down to the rules. Whether any of it would come about in a real council is another \
               question: see ";
    section(
        "question",
        "The question",
        vec![
            Block::Paragraph(intro),
            Block::Bullets(regimes.collect()),
            Block::Paragraph(Words::text(how).link("how far to trust it", "trust").say(".")),
        ],
    )
}

/// The first headline of a family, which speaks for it: declared before any run.
fn lead(family: Family) -> Option<Metric> {
    declared().find(|metric| metric.declaration().family == family)
}

/// A family as people read it.
pub(super) fn title(family: Family) -> &'static str {
    match family {
        Family::Choice => "Choice",
        Family::Cost => "Cost",
        Family::Community => "Community resilience",
        Family::Fairness => "Fairness",
    }
}

/// The answer: a sentence for each family, and how many comparisons came out how.
pub(super) fn answer(made: &Made<'_>) -> Section {
    let mut blocks = Vec::new();
    for family in Family::ALL {
        if let Some(metric) = lead(family) {
            let words = Words::default().strong(format!("{}. ", title(family)));
            blocks.push(Block::Answer(words.and(made.compared(metric))));
        }
    }
    blocks.push(Block::Answer(Words::default().strong("In all. ").and(tally(made))));
    if let Some(later) = later::later(made) {
        blocks.push(Block::Answer(Words::default().strong("By the final year. ").and(later)));
    }
    if let Some(losers) = losers(made) {
        blocks.push(Block::Answer(Words::default().strong("Who loses. ").and(losers)));
    }
    blocks.push(Block::Note(ranges(made)));
    blocks.push(Block::Note(not(made)));
    section("answer", "The answer", blocks)
}

/// How many of the comparisons declared before the run came out how; what is worse, and what
/// goes one way and may be too little to matter, by name.
fn tally(made: &Made<'_>) -> Words {
    let book = made.book;
    let beliefs = book.beliefs();
    let rows = || book.differences.iter().filter(|row| row.headline && row.beliefs == beliefs);
    let cells = |more: Option<(&'static str, &str)>| {
        let mut cells = vec![("headline", "true".to_owned()), ("beliefs", beliefs.to_owned())];
        cells.extend(more.map(|(column, cell)| (column, cell.to_owned())));
        cells
    };
    let of = |verdict: Verdict| rows().filter(|row| row.verdict == Some(verdict)).count();
    let number = |verdict: Verdict| {
        count("differences.csv", cells(Some(("verdict", verdict.id()))), of(verdict))
    };
    let all = Words::text("All outcomes declared before the run are in the ")
        .link("headline comparison", "headlines");
    if rows().all(|row| row.verdict.is_none()) {
        return all.say(format!(". No verdict is passed on any of them: that takes {FEWEST} replicates, or draws of parameters."));
    }
    let are = |n: usize| if n == 1 { " is " } else { " are " };
    let mut parts = Vec::new();
    for (verdict, said) in
        [(Verdict::Better, "better"), (Verdict::Same, "the same"), (Verdict::Worse, "worse")]
    {
        if of(verdict) > 0 || verdict == Verdict::Worse {
            parts.push(Words::default().number(number(verdict)).say(are(of(verdict))).say(said));
        }
    }
    let worse = named(made, |found| found == Finding::Worse);
    let mut words = Words::text("Of ")
        .number(count("differences.csv", cells(None), rows().count()))
        .say(" comparisons declared before the run (see the ")
        .link("headline comparison", "headlines")
        .say(") ")
        .and(Words::listed(parts));
    if !worse.is_empty() {
        words = words.say(": ").and(Words::listed(worse));
    }
    words = words.say(".");
    let leaning = named(made, |found| matches!(found, Finding::Small(_) | Finding::Chance(_)));
    let unclear = of(Verdict::Unclear);
    if unclear > 0 {
        words = words
            .say(" ")
            .number(number(Verdict::Unclear))
            .say(are(unclear))
            .say("none of these: ");
        let others = leaning.len() < unclear;
        words = match (leaning.is_empty(), others) {
            (true, _) => words.say("there is no clear difference"),
            (false, false) => words.and(Words::listed(leaning)),
            (false, true) => words
                .and(Words::listed(leaning))
                .say("; in the others there is no clear difference"),
        };
        words = words.say(".");
    }
    let missing = rows().filter(|row| row.mean.is_none()).count();
    if missing == 0 {
        return words;
    }
    let missing = count("differences.csv", cells(Some(("mean", ""))), missing);
    words.say(" ").number(missing).say(" could not be measured.")
}

/// Headline comparisons of which something is found, by name, each with how much it is and
/// its range; of what leans one way it is said that it may not matter.
fn named(made: &Made<'_>, is: impl Fn(Finding) -> bool) -> Vec<Words> {
    let mut all = Vec::new();
    let leads: Vec<Metric> = Family::ALL.iter().filter_map(|family| lead(*family)).collect();
    for metric in declared() {
        for regime in &made.book.experiment.regimes {
            let of = made.book.difference(&regime.id, metric, Period::Whole);
            let Some(of) = of.map(Estimate::difference) else { continue };
            let Some(found) = Finding::of(&of).filter(|found| is(*found)) else { continue };
            let label = within(metric.declaration().label);
            let words = Words::text(label).say(" under ").strong(&regime.name).say(" (");
            // How much it is was said above of what speaks for a family.
            if leads.contains(&metric) {
                all.push(words.say("above)"));
                continue;
            }
            let Some(amount) = amount(&of, metric) else { continue };
            let words = words.and(amount);
            let beside = match found.is_clear() {
                true => ")".to_owned(),
                false => format!("; {})", found.beside()),
            };
            all.push(words.say(beside));
        }
    }
    all
}

/// Regimes under which more people lose than gain, and those under which more gain, by what
/// the tables hold of persons.
fn losers(made: &Made<'_>) -> Option<Words> {
    let (mut lose, mut gain, mut neither) = (Vec::new(), Vec::new(), Vec::new());
    for regime in &made.book.experiment.regimes {
        let net = super::people::gain(made, &regime.id, "net").map(|row| Estimate::gain(row, true));
        let Some((net, (mean, range))) =
            net.and_then(|net| signed_range(&net, 100.0).map(|numbers| (net, numbers)))
        else {
            continue;
        };
        let name = Words::default().strong(&regime.name).say(" (net ").and(mean);
        let range = match range.plain() == LUCK_ALONE {
            true => range,
            false => Words::text("range ").and(range),
        };
        let words = name.say(" in every 100, ").and(range).say(")");
        match net.side() {
            Some(Side::Below) => lose.push(words),
            Some(Side::Above) => gain.push(words),
            None => neither.push(words),
        }
    }
    let clauses = [
        ("more people’s quality of life is worse than better under ", lose),
        ("more people’s is better than worse under ", gain),
        ("whether more people’s quality of life is worse or better is not clear under ", neither),
    ];
    let clauses = clauses.into_iter().filter(|(_, of)| !of.is_empty());
    let words: Vec<Words> =
        clauses.map(|(said, of)| Words::text(said).and(Words::listed(of))).collect();
    if words.is_empty() {
        return None;
    }
    let first = Words::text("Person by person, beyond luck (see ")
        .link("who gains and who loses", "gains")
        .say("), ");
    let joined = words
        .into_iter()
        .enumerate()
        .fold(first, |so_far, (at, words)| so_far.say(if at == 0 { "" } else { "; " }).and(words));
    Some(joined.say("."))
}

/// What ranges take in.
fn ranges(made: &Made<'_>) -> Words {
    let words = Words::default().strong("What the ranges hold. ");
    if made.book.experiment.uncertainty.is_some() {
        words
            .say("They hold 95% of what the draws of parameters came to (")
            .and(often(made))
            .say("), with the luck that is left in each draw taken out; where draws differ by no more than luck makes them, there is no range beyond luck. What the model has in the wrong form is in no range.")
    } else {
        words
            .say("Luck only: they are 95% intervals over ")
            .and(often(made))
            .say(" of chance, with every parameter at one value. What nobody knows of the parameters is not in them. Were the parameters varied too, as far as what is known of England allows, ranges would be several to many times wider, their middle might lie elsewhere, since the defaults need not be in the middle of what is plausible, and some of what is called better, worse or the same here might be so no longer: ")
            .code(commands::run(&made.book.experiment, WIDER))
            .say(" shows it.")
    }
}

/// What shows how much wider ranges are where parameters vary.
const WIDER: &str = "--from england --draws 27 --replicates 4";

/// What it is not.
fn not(made: &Made<'_>) -> Words {
    let _ = made;
    Words::default()
        .strong("What this is not. ")
        .say("Not a forecast, and no evidence that a regime works: these are differences within a simulation, many of whose parameters nobody has measured. See ")
        .link("how far to trust it", "trust")
        .say(".")
}

/// Every headline and every regime.
pub(super) fn headlines_table(made: &Made<'_>, regimes: &[crate::experiment::Regime]) -> Table {
    let book = made.book;
    let comparator = &book.experiment.comparator;
    let mut head = vec!["Outcome".to_owned(), format!("{} (level)", comparator.name)];
    head.extend(regimes.iter().map(|regime| regime.name.clone()));
    // What it has come to stands below what it was over the whole of the time.
    let mut periods = vec![Period::Whole];
    periods.extend(later::is_part(made).then_some(Period::FinalYear));
    let each = declared().flat_map(|metric| periods.iter().map(move |period| (metric, *period)));
    let rows = each.map(|(metric, period)| {
        let phrase = phrase(metric);
        let level = book.level(&comparator.id, metric, period).map(Estimate::level);
        let level = level.and_then(|of| level_range(&of, phrase.times));
        let mut cells = vec![Cell::ranged(level)];
        for regime in regimes {
            let of = book.difference(&regime.id, metric, period);
            let of = of.map(Estimate::difference);
            let numbers = of.as_ref().and_then(|of| signed_range(of, phrase.times));
            let found = of.as_ref().and_then(Finding::of);
            cells.push(Cell { found, ..Cell::ranged(numbers) });
        }
        let label = metric.declaration().label;
        let head = match period {
            Period::Whole => label.to_owned(),
            other => format!("{label}: {}", within(&super::super::groups::period(other))),
        };
        Row { head: Words::text(head), unit: phrase.unit, cells }
    });
    let rows: Vec<Row> = rows.collect();
    let caption = Words::text("Every outcome declared before the run: the level under ")
        .strong(&comparator.name)
        .say(", and how each regime differs from it, with 95% ranges, over everybody and the whole of the time")
        .say(match later::is_part(made) {
            true => "; below each, the same in the final year alone, which was not declared.",
            false => ".",
        });
    let caption = luck_alone(caption, rows.iter().flat_map(|row| &row.cells));
    Table { caption, head, rows, numeric: true }
}

/// A caption that says what stands where there is no range beyond luck, if it does anywhere.
pub(super) fn luck_alone<'c>(caption: Words, mut cells: impl Iterator<Item = &'c Cell>) -> Words {
    if cells.any(|cell| cell.range.plain() == LUCK_ALONE) {
        let said = format!(
            " “{}”: draws of parameters differ by no more than luck makes them, so that there is no range over them.",
            capital(LUCK_ALONE)
        );
        return caption.say(said);
    }
    caption
}

/// The headline comparison.
pub(super) fn headlines(made: &Made<'_>) -> Section {
    let mut blocks = vec![Block::Paragraph(
        Words::text("A difference is ")
            .strong("better")
            .say(" or ")
            .strong("worse")
            .say(" only where its range leaves out nought, its mean is at least as large as what is worth a decision (a part of the range may be smaller), and, over luck, it stands when all comparisons are corrected for one another. It is ")
            .strong("the same")
            .say(" where the whole range is smaller than what is worth a decision. Else there is ")
            .strong("no clear difference")
            .say("; where the range leaves out nought all the same, it is said that the outcome is higher or lower, perhaps by too little to matter or by chance."),
    )];
    for regimes in made.book.experiment.regimes.chunks(ABREAST) {
        blocks.push(Block::Table(headlines_table(made, regimes)));
    }
    blocks.push(Block::Explorer);
    section("headlines", "The headline comparison", blocks)
}
