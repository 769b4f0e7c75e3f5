//! The answer to a claim in one paragraph, by rules.
//!
//! What chance does as well is not said. Shares are whole per cent, and never 0% or 100%
//! where a draw says otherwise; other numbers have as many figures as their interval bears
//! out, as in the briefing.

use super::answer::{Answer, Boxed, Deciding, Of, Simulated, Without, Worth};
use super::counting::{Counted, Held};
use super::{Against, Allowance, Claim, Claims, Figure, Op, What};
use crate::analysis::stress::Said;
use crate::declare::{Grade, Parameter};
use crate::discovery::boxes::{End, Limits};
use crate::outcomes::{GROUPS, Period};
use crate::problem::several;
use crate::resampling::Ranged;
use crate::terminal::numbers::{places, shown};

/// What people call the regimes and stresses of claims.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    /// Ids of the regimes, the comparator first.
    pub regimes: &'a [String],
    /// Ids of the stresses.
    pub stresses: &'a [String],
}

/// A claim in words: `public cost a person under isf-default is at most that under
/// status-quo`.
pub fn plain(claims: &Claims, claim: &Claim, names: &Names<'_>) -> String {
    let parts = claim.parts.iter().map(|part| {
        let Figure { world, what } = claims.figures[part.left];
        let regime = |world: usize| names.regimes.get(world).map_or("", String::as_str);
        let is = match part.op {
            Op::Less => "is below",
            Op::AtMost => "is at most",
            Op::More => "is above",
            Op::AtLeast => "is at least",
        };
        let right = match part.right {
            Against::Number(number) => amount(number, &what.unit()),
            Against::Figure(figure, allowance) => {
                let under = regime(claims.figures[figure].world);
                format!("that under {under}{}", moved(allowance, &what.unit()))
            }
        };
        format!("{} under {} {is} {right}", about(what, names), regime(world))
    });
    parts.collect::<Vec<_>>().join(", and ")
}

fn about(what: What, names: &Names<'_>) -> String {
    let label = lower(what.metric().declaration().label);
    match what {
        What::Level { group, period, .. } => {
            let group = match group {
                0 => String::new(),
                group => format!(" of people of {} {}", GROUPS[group].by.id(), GROUPS[group].id),
            };
            let period = match period {
                Period::Whole => String::new(),
                Period::FinalYear => " in the final year".to_owned(),
                Period::Year(year) => format!(" in year {year}"),
            };
            format!("{label}{group}{period}")
        }
        What::Stress { stress, said, .. } => {
            let of = match said {
                Said::Depth => "the depth of harm to",
                Said::MonthsToRecover => "months to recover in",
                Said::NotRecovered => "the share of replicates without recovery in",
                Said::Area => "harm added up in",
                Said::Total => "what is added to",
            };
            let stress = names.stresses.get(stress).map_or("", String::as_str);
            format!("{of} {label} after {stress}")
        }
    }
}

fn lower(label: &str) -> String {
    let mut letters = label.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    first.chain(letters).collect()
}

fn moved(allowance: Allowance, unit: &str) -> String {
    let way = |x: f64| if x < 0.0 { "less" } else { "plus" };
    match allowance {
        Allowance::Share(0.0) | Allowance::Amount(0.0) => String::new(),
        Allowance::Share(share) => {
            let percent = crate::table::number((share.abs() * 1e9).round() / 1e7);
            format!(" {} {percent}%", way(share))
        }
        Allowance::Amount(by) => format!(" {} {}", way(by), amount(by.abs(), unit)),
    }
}

/// A number as it was written, with its unit.
fn amount(number: f64, unit: &str) -> String {
    with_unit(&crate::table::number(number), unit)
}

fn with_unit(number: &str, unit: &str) -> String {
    match unit.strip_prefix('£') {
        Some(rest) => format!("£{number}{rest}"),
        None if unit.is_empty() => number.to_owned(),
        None => format!("{number} {unit}"),
    }
}

/// A share in whole per cent; never none or all where that is not so.
pub fn percent(share: f64) -> String {
    let whole = (100.0 * share).round();
    match () {
        () if share > 0.0 && whole < 1.0 => "under 1%".to_owned(),
        () if share < 1.0 && whole > 99.0 => "over 99%".to_owned(),
        () => format!("{whole:.0}%"),
    }
}

/// The paragraph that says it all.
pub fn paragraph(claims: &Claims, answer: &Answer, of: &Simulated, names: &Names<'_>) -> String {
    let plain = plain(claims, &answer.claim, names);
    let sentences = [
        how_often(answer, of, &plain),
        believed(answer, of),
        deciding(answer),
        boxed(answer),
        structures(answer),
        worth(answer),
        left_out(answer, of),
    ];
    sentences.into_iter().filter(|sentence| !sentence.is_empty()).collect::<Vec<_>>().join(" ")
}

fn how_often(answer: &Answer, of: &Simulated, plain: &str) -> String {
    let Some(main) = answer.main().filter(|main| main.n() > 0) else {
        return format!("That {plain} could be measured in no draw.");
    };
    let believed = of.beliefs.first().map_or("", |believed| believed.id);
    let (n, beliefs) = (main.n(), whose(believed));
    let count = |held| main.count(held);
    let (holds, fails, open) = (count(Held::Holds), count(Held::Fails), count(Held::Undecided));
    let share = |k: usize| percent(k as f64 / n as f64);
    let interval = interval(main.share(Held::Holds));
    let rest = match (fails, open) {
        (0, 0) => String::new(),
        (0, _) => format!("; in the other {} luck leaves it open", share(open)),
        (_, 0) => format!("; it fails in {}", share(fails)),
        (_, _) => {
            format!("; it fails in {}, and in {} luck leaves it open", share(fails), share(open))
        }
    };
    let all = holds == n;
    let how_often = match (all, holds) {
        (true, _) => format!("in all of {n} draws of what is plausible"),
        (_, 0) => format!("in none of {n} draws of what is plausible"),
        _ => format!("in {} of {n} draws of what is plausible", share(holds)),
    };
    format!("That {plain} holds {how_often} ({interval}{beliefs}){rest}.")
}

fn whose(beliefs: &str) -> String {
    if beliefs.is_empty() { ", a set".to_owned() } else { format!(", {beliefs} beliefs") }
}

fn interval(share: Option<Ranged>) -> String {
    share.map_or_else(String::new, |of| {
        format!("95% interval {} to {}", percent(of.low), percent(of.high))
    })
}

/// What others believe.
fn believed(answer: &Answer, of: &Simulated) -> String {
    let others = of.beliefs.iter().zip(&answer.counted).skip(1).filter(|(_, own)| own.n() > 0);
    let said: Vec<String> = others
        .map(|(believed, own): (_, &Counted)| {
            let share = own.share(Held::Holds);
            let (at, n) = (share.map_or(0.0, |share| share.at), own.n());
            let interval = interval(share);
            format!("a {}’s ranges {} ({n} draws, {interval})", believed.id, percent(at))
        })
        .collect();
    if said.is_empty() { String::new() } else { format!("On {}.", said.join(", on ")) }
}

/// The parameters that decide it, each with the value at which it turns.
fn deciding(answer: &Answer) -> String {
    let main = answer.main().filter(|main| main.n() > 0);
    if answer.deciding.is_empty() {
        return match main {
            Some(_) => "No parameter by itself decides it more than chance would.".to_owned(),
            None => String::new(),
        };
    }
    let (turning, others): (Vec<&Deciding>, Vec<&Deciding>) =
        answer.deciding.iter().partition(|of| of.switching.is_some());
    let turning: Vec<String> = turning.into_iter().filter_map(turns).collect();
    let mut said = Vec::new();
    if !turning.is_empty() {
        said.push(format!("It {}.", turning.join("; it ")));
    }
    if !others.is_empty() {
        let named: Vec<String> = others.iter().map(|of| leaning(of)).collect();
        let too = if turning.is_empty() { "It depends" } else { "It depends too" };
        let by_itself = "none of which turns it at one value";
        let by_itself =
            if others.len() == 1 { "which turns it at no one value" } else { by_itself };
        said.push(format!("{too} on {}, {by_itself}.", and(&named)));
    }
    said.join(" ")
}

fn and(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// What a number of a parameter has figures for, within its range.
fn figures(parameter: &Parameter, half: f64) -> impl Fn(f64) -> String + use<'_> {
    let half = if half > 0.0 { half } else { (parameter.high - parameter.low) / 10.0 };
    move |x: f64| with_unit(&shown(x, places(x, half, None)), short(parameter.unit))
}

/// A unit beside a number; shares have none.
fn short(unit: &'static str) -> &'static str {
    if unit == "share" || unit == "number" { "" } else { unit }
}

/// Where a parameter turns a claim.
fn turns(of: &Deciding) -> Option<String> {
    let (p, switch) = (of.parameter, of.switching?);
    let ends = switch.low.zip(switch.high);
    let half = ends.map_or(0.0, |(low, high)| (high - low) / 2.0);
    let number = figures(p, half);
    let interval = match (switch.low, switch.high) {
        (Some(low), Some(high)) => format!("interval {} to {}", number(low), number(high)),
        (Some(low), None) => format!("interval from {} to beyond its range", number(low)),
        (None, Some(high)) => format!("interval from below its range to {}", number(high)),
        (None, None) => "interval as wide as its range".to_owned(),
    };
    let (side, holds) = match switch.holds_above {
        true => ("below", p.default >= switch.at),
        false => ("above", p.default <= switch.at),
    };
    let (low, high) = switch.shares;
    let (fails, holding) = if switch.holds_above { (low, high) } else { (high, low) };
    let usual = if holds { "on the side where it holds" } else { "on the side where it fails" };
    let plain = figures(p, 0.0);
    Some(format!(
        "mostly fails where {} is {side} {} ({interval}; it holds in {} there and in {} beyond; the default {} is {usual}, plausible is {} to {}; evidence: {})",
        p.name,
        number(switch.at),
        percent(fails),
        percent(holding),
        plain(p.default),
        plain(p.low),
        plain(p.high),
        evidence(p),
    ))
}

/// A parameter that leans a claim.
fn leaning(of: &Deciding) -> String {
    let way = match of.decider.trend {
        Some(trend) if trend > TREND => "the more the likelier",
        Some(trend) if trend < -TREND => "the less the likelier",
        _ => "either way",
    };
    let name = of.parameter.name;
    format!("{name} ({way}; evidence: {})", evidence(of.parameter))
}

/// Rank correlation from which on a claim is said to rise with a parameter.
const TREND: f64 = 0.1;

/// What a parameter rests on, in a few words.
pub fn evidence(parameter: &Parameter) -> String {
    let grade = parameter.grade;
    if let Grade::Assumed(_) = grade {
        return "assumed".to_owned();
    }
    let is_id = |word: &&str| {
        let digits = word.strip_prefix('E').unwrap_or_default();
        digits.len() == 4 && digits.chars().all(|c| c.is_ascii_digit())
    };
    let words = grade.source().split(|c: char| !c.is_alphanumeric());
    let mut ids: Vec<String> = words.filter(is_id).map(str::to_owned).collect();
    ids.dedup();
    let (word, more) = (grade.word(), ids.len() > MOST_IDS);
    ids.truncate(MOST_IDS);
    match (ids.is_empty(), more) {
        (true, _) => word.to_owned(),
        (_, true) => format!("{word}, {} and more", ids.join(", ")),
        _ => format!("{word}, {}", and(&ids)),
    }
}

/// Sources that are named.
const MOST_IDS: usize = 3;

/// Boxes that say something of draws they were not found in.
fn boxed(answer: &Answer) -> String {
    let said = answer.boxes.iter().filter(|of| of.tells()).map(one_box);
    said.collect::<Vec<_>>().join(" ")
}

fn one_box(of: &Boxed) -> String {
    let parameter = |input: usize| {
        crate::parameters::PARAMETERS.iter().find(|parameter| parameter.name == of.names[input])
    };
    let one = |input: &usize| {
        let parameter = parameter(*input)?;
        let has =
            |end: End| of.found.restrictions.iter().any(|r| r.input == *input && r.end == end);
        let Limits::Between(low, high) = &of.found.limits[*input] else { return None };
        let number = figures(parameter, (parameter.high - parameter.low) / 20.0);
        let name = parameter.name;
        Some(match (has(End::Low), has(End::High)) {
            (true, true) => format!("{name} is {} to {}", number(*low), number(*high)),
            (true, false) => format!("{name} is at least {}", number(*low)),
            (_, true) => format!("{name} is at most {}", number(*high)),
            (false, false) => return None,
        })
    };
    let limits: Vec<String> = of.found.restricted().iter().filter_map(one).collect();
    let word = of.of.id();
    let kept = of.steady.kept_back.map_or_else(String::new, percent);
    format!(
        "Where {}, it {word} in {} of the draws that luck does not leave open, against {} of all, and these are {} of those in which it {word}; boxes looked for in half of the draws reach {kept} in the other half.",
        and(&limits),
        percent(of.found.density),
        percent(of.base),
        percent(of.found.coverage),
    )
}

/// What becomes of it without single causal links.
fn structures(answer: &Answer) -> String {
    let rows: Vec<&Without> = answer.without.iter().filter(|row| row.part.is_none()).collect();
    let Some(n) = rows.iter().map(|row| row.n).max().filter(|n| *n > 0) else {
        return String::new();
    };
    let turned: Vec<&&Without> = rows.iter().filter(|row| row.beyond_chance).collect();
    let links = several(rows.len(), "causal link");
    let same = format!("({n} draws each, one luck)");
    if turned.is_empty() {
        let at = answer.with_every_link().map_or_else(String::new, |share| percent(share.at));
        return format!(
            "None of {links}, switched off, changes beyond chance that it holds in {at} {same}."
        );
    }
    let one = |row: &&&Without| {
        let share = |k: usize| percent(k as f64 / row.n as f64);
        format!(
            "without `{}` it holds in {} instead of {}",
            row.link,
            share(row.off),
            share(row.on)
        )
    };
    let said: Vec<String> = turned.iter().map(one).collect();
    let rest = match rows.len() - turned.len() {
        0 => String::new(),
        1 => "; the other link changes nothing beyond chance".to_owned(),
        others => format!("; the other {others} links change nothing beyond chance"),
    };
    format!("Of {links} switched off one by one {same}, {}{rest}.", and(&said))
}

/// What knowing would be worth.
fn worth(answer: &Answer) -> String {
    let parts = 0..answer.claim.parts.len();
    let said = parts.filter_map(|part| one_worth(answer, part));
    said.collect::<Vec<_>>().join(" ")
}

fn one_worth(answer: &Answer, part: usize) -> Option<String> {
    let of = |of: &dyn Fn(&Of) -> bool| -> Vec<&Worth> {
        answer.worth.iter().filter(|own| own.part == part && of(&own.of)).collect()
    };
    let all = *of(&|of| *of == Of::Parameters).first()?;
    let choosing = match answer.claim.parts.len() {
        1 => "choosing by it".to_owned(),
        _ => format!("choosing by “{}”", answer.claim.parts[part].text),
    };
    if all.worth.at <= 0.0 {
        return Some(format!(
            "To somebody {choosing}, knowing every parameter would be worth nothing that can be told from luck: the same would be chosen."
        ));
    }
    let unit = answer.units[part].as_str();
    let half = (all.worth.high - all.worth.low) / 2.0;
    let number = |x: f64| shown(x, places(x, half, answer.matters[part]));
    let Ranged { at, low, high } = all.worth;
    let sections = of(&|of| matches!(of, Of::Section(_)));
    let best = sections.into_iter().max_by(|a, b| a.worth.at.total_cmp(&b.worth.at));
    let best = best.filter(|best| best.worth.at > 0.0).map_or_else(String::new, |best| {
        let section = best.of.name().to_lowercase();
        format!("; of groups of parameters, {section} is worth most, {}", number(best.worth.at))
    });
    Some(format!(
        "To somebody {choosing}, knowing every parameter would be worth {} (95% interval {} to {}){best}.",
        with_unit(&number(at), unit),
        number(low),
        number(high),
    ))
}

fn left_out(answer: &Answer, of: &Simulated) -> String {
    let (Some(main), Some(believed)) = (answer.main(), of.beliefs.first()) else {
        return String::new();
    };
    let mut said = Vec::new();
    let refused = believed.refused.len();
    if refused > 0 {
        let of = believed.asked;
        let are = if refused == 1 { "draws is" } else { "draws are" };
        said.push(format!("{refused} of {of} {are} left out, in which the status quo is no place to compare regimes in"));
    }
    if main.unmeasured > 0 {
        let n = several(main.unmeasured as usize, "draw");
        said.push(format!("in {n} there was nobody to measure it on"));
    }
    if said.is_empty() { String::new() } else { format!("{}.", capital(&said.join("; "))) }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

#[cfg(test)]
mod tests;
