//! What a difference amounts to, in words: the one home of these rules for sentences,
//! tables and figures.

use super::Estimate;
use crate::analysis::verdict::{FEWEST, Verdict};

/// What a difference amounts to: the table's verdict, and what more its interval says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finding {
    /// Better, by enough to matter.
    Better,
    /// Worse, by enough to matter.
    Worse,
    /// Above or below, since the interval leaves out nought, and perhaps by too little to
    /// matter.
    Small(Side),
    /// Above or below by enough to matter, in what may be chance: it does not stand when all
    /// comparisons are corrected for one another.
    Chance(Side),
    /// Neither better, worse nor the same can be said, nor which way it goes.
    Unclear,
    /// Too small to matter, whichever way it goes.
    Same,
    /// Nothing changed at all: mean and interval are nought.
    Unchanged,
}

/// On which side of the comparator a difference lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// Higher.
    Above,
    /// Lower.
    Below,
}

impl Finding {
    /// Every finding.
    pub const ALL: [Finding; 9] = [
        Finding::Better,
        Finding::Worse,
        Finding::Small(Side::Above),
        Finding::Small(Side::Below),
        Finding::Chance(Side::Above),
        Finding::Chance(Side::Below),
        Finding::Unclear,
        Finding::Same,
        Finding::Unchanged,
    ];

    /// What a row amounts to; none where the table passes no verdict.
    pub fn of(row: &Estimate) -> Option<Self> {
        Some(match (row.verdict?, row.side()) {
            (Verdict::Better, _) => Finding::Better,
            (Verdict::Worse, _) => Finding::Worse,
            (Verdict::Same, _) if row.is_unchanged() => Finding::Unchanged,
            (Verdict::Same, _) => Finding::Same,
            (Verdict::Unclear, None) => Finding::Unclear,
            (Verdict::Unclear, Some(side)) => {
                let matters = row.matters.zip(row.mean).is_some_and(|(m, mean)| mean.abs() >= m);
                if matters { Finding::Chance(side) } else { Finding::Small(side) }
            }
        })
    }

    /// As it is said beside a difference.
    pub fn said(self) -> &'static str {
        match self {
            Finding::Better => "better",
            Finding::Worse => "worse",
            Finding::Small(Side::Above) => "higher, perhaps too little to matter",
            Finding::Small(Side::Below) => "lower, perhaps too little to matter",
            Finding::Chance(Side::Above) => "higher, perhaps by chance",
            Finding::Chance(Side::Below) => "lower, perhaps by chance",
            Finding::Unclear => "no clear difference",
            Finding::Same => "the same",
            Finding::Unchanged => "did not change",
        }
    }

    /// As it is said where the direction is said already.
    pub fn beside(self) -> &'static str {
        match self {
            Finding::Small(_) => "perhaps too little to matter",
            Finding::Chance(_) => "perhaps by chance",
            other => other.said(),
        }
    }

    /// The verdict that the table has.
    pub fn verdict(self) -> Verdict {
        match self {
            Finding::Better => Verdict::Better,
            Finding::Worse => Verdict::Worse,
            Finding::Same | Finding::Unchanged => Verdict::Same,
            Finding::Small(_) | Finding::Chance(_) | Finding::Unclear => Verdict::Unclear,
        }
    }

    /// Whether it is better or worse.
    pub fn is_clear(self) -> bool {
        matches!(self, Finding::Better | Finding::Worse)
    }
}

/// What the marks of [`mark`] stand for, as figures say it.
pub const MARKS: &str = "▲ better, ▼ worse, ↑ ↓ higher or lower and perhaps too little to matter or chance, ? no clear difference, empty: the same";

/// What stands for a finding in a small cell.
pub fn mark(found: Option<Finding>) -> &'static str {
    match found {
        Some(Finding::Better) => "▲",
        Some(Finding::Worse) => "▼",
        Some(Finding::Small(Side::Above) | Finding::Chance(Side::Above)) => "↑",
        Some(Finding::Small(Side::Below) | Finding::Chance(Side::Below)) => "↓",
        Some(Finding::Unclear) => "?",
        Some(Finding::Same | Finding::Unchanged) | None => "",
    }
}

/// What is said where verdicts need more replicates or draws.
pub fn too_few() -> String {
    format!("under {FEWEST} replicates or draws, so {}", super::NO_VERDICT)
}

/// How many there are of each finding.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally([usize; Finding::ALL.len()]);

impl Tally {
    /// Counts findings; on what no verdict is passed does not count.
    pub fn of(findings: impl IntoIterator<Item = Option<Finding>>) -> Self {
        let mut tally = Self::default();
        for found in findings.into_iter().flatten() {
            for (count, of) in tally.0.iter_mut().zip(Finding::ALL) {
                *count += usize::from(of == found);
            }
        }
        tally
    }

    /// How many there are of what `is` names.
    pub fn count(self, is: impl Fn(Finding) -> bool) -> usize {
        let counts = self.0.into_iter().zip(Finding::ALL);
        counts.filter(|(_, found)| is(*found)).map(|(count, _)| count).sum()
    }

    /// How many have a verdict.
    pub fn verdict(self, verdict: Verdict) -> usize {
        self.count(|found| found.verdict() == verdict)
    }

    /// How many verdicts were passed.
    pub fn all(self) -> usize {
        self.count(|_| true)
    }

    /// Both added up.
    pub fn and(self, other: Self) -> Self {
        let mut sum = self;
        sum.0.iter_mut().zip(other.0).for_each(|(count, more)| *count += more);
        sum
    }

    /// What a title says where it can say but one thing: `what` is the same everywhere, or
    /// clear nowhere. None where there is more to say.
    pub fn alike(self, what: &str) -> Option<String> {
        if self.verdict(Verdict::Same) == self.all() {
            return Some(format!("The same with every regime, to within what matters: {what}"));
        }
        let none_is_clear = self.verdict(Verdict::Unclear) == self.all();
        none_is_clear.then(|| match self.count(|found| found != Finding::Unclear) {
            0 => format!("No clear difference in {what}, with any regime"),
            _ => format!("Whether {what} differ by enough to matter is clear with no regime"),
        })
    }

    /// How many are better and worse, as in `2 are better and 1 worse`.
    pub fn judged(self) -> String {
        let are = |n: usize| if n == 1 { "is" } else { "are" };
        match (self.verdict(Verdict::Better), self.verdict(Verdict::Worse)) {
            (0, 0) => "none is better or worse".to_owned(),
            (better, 0) => format!("{better} {} better", are(better)),
            (0, worse) => format!("{worse} {} worse", are(worse)),
            (better, worse) => format!("{better} {} better and {worse} worse", are(better)),
        }
    }
}

/// What a figure's title says of several measures, as in `measures of choice`: how many are
/// better, worse, higher or lower and perhaps too little to matter, and not clear, each with
/// the regimes of which it is so, most first; and that the others are the same.
pub fn tallied(measures: &str, regimes: &[(&str, Vec<Option<Finding>>)]) -> String {
    let tallies: Vec<(&str, Tally)> =
        regimes.iter().map(|(name, of)| (*name, Tally::of(of.iter().copied()))).collect();
    let all = tallies.iter().fold(Tally::default(), |sum, (_, of)| sum.and(*of));
    let each = regimes.iter().map(|(_, of)| of.len()).max().unwrap_or(0);
    if all.all() == 0 {
        let measures = super::capital(measures);
        return format!("{measures}: {}", too_few());
    }
    if let Some(alike) = all.alike(measures) {
        return alike;
    }
    let told = Finding::ALL.into_iter().filter(|found| found.verdict() != Verdict::Same);
    let mut clauses: Vec<String> = told.filter_map(|found| counted(found, &tallies)).collect();
    let none: Vec<String> = tallies
        .iter()
        .filter(|(_, tally)| tally.all() == 0)
        .map(|(name, _)| super::within(name))
        .collect();
    if !none.is_empty() {
        let none: Vec<&str> = none.iter().map(String::as_str).collect();
        clauses.push(format!("with {} {}", super::listed(&none), super::NO_VERDICT));
    }
    if all.verdict(Verdict::Same) > 0 {
        clauses.push("all others are the same".to_owned());
    }
    format!("Of {each} {measures}, {}", clauses.join("; "))
}

/// `3 are better with a, 2 with b and 1 with c`; none where there is no such finding.
fn counted(found: Finding, tallies: &[(&str, Tally)]) -> Option<String> {
    let with = tallies.iter().map(|(name, tally)| (tally.count(|of| of == found), *name));
    let mut with: Vec<(usize, &str)> = with.filter(|(n, _)| *n > 0).collect();
    with.sort_by_key(|(n, _)| std::cmp::Reverse(*n));
    let (first, _) = *with.first()?;
    let everywhere = tallies.len() > 1 && with.len() == tallies.len();
    let alike = everywhere && with.iter().all(|(n, _)| *n == first);
    let names: Vec<String> = match alike {
        true => vec!["every regime".to_owned()],
        false => with.iter().map(|(_, name)| super::within(name)).collect(),
    };
    let is = |one: &'static str, many: &'static str| if first == 1 { one } else { many };
    let (are, tail) = match found {
        Finding::Unclear => (is("shows no clear difference", "show no clear difference"), ""),
        Finding::Small(side) | Finding::Chance(side) => {
            let are = match side {
                Side::Above => is("is higher", "are higher"),
                Side::Below => is("is lower", "are lower"),
            };
            (are, found.beside())
        }
        Finding::Worse => (is("is worse", "are worse"), ""),
        _ => (is("is better", "are better"), ""),
    };
    let said = with.iter().zip(&names).enumerate().map(|(at, ((n, _), name))| match at {
        0 => format!("{n} {are} with {name}"),
        _ => format!("{n} with {name}"),
    });
    let said: Vec<String> = said.collect();
    let said = super::listed(&said.iter().map(String::as_str).collect::<Vec<_>>());
    Some(if tail.is_empty() { said } else { format!("{said}, {tail}") })
}

/// What is said of each regime, those of which the same is said together: `with a and b …;
/// with c …`.
pub fn together<'a>(said: impl IntoIterator<Item = (&'a str, String)>) -> String {
    let mut clauses: Vec<(String, Vec<String>)> = Vec::new();
    for (name, said) in said {
        let name = super::within(name);
        match clauses.iter_mut().find(|(other, _)| *other == said) {
            Some((_, names)) => names.push(name),
            None => clauses.push((said, vec![name])),
        }
    }
    if let [(said, names)] = clauses.as_slice()
        && names.len() > 1
    {
        return format!("with every regime {said}");
    }
    let clauses = clauses.into_iter().map(|(said, names)| {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        format!("with {} {said}", super::listed(&names))
    });
    clauses.collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::super::bought;
    use super::*;
    use Finding::{Better, Chance, Same, Small, Unchanged, Unclear, Worse};

    fn some(found: &[Finding]) -> Vec<Option<Finding>> {
        found.iter().copied().map(Some).collect()
    }

    #[test]
    fn titles_tell_what_is_the_same_from_what_is_not_clear() {
        let said = tallied(
            "measures of choice",
            &[
                ("Tendering", some(&[Same, Unchanged, Same])),
                ("Community sourcing", some(&[Better, Better, Same])),
                ("Direct payments", some(&[Worse, Better, Same])),
                ("ISF", some(&[Unclear, Same, Better])),
            ],
        );
        assert_eq!(
            said,
            "Of 3 measures of choice, 2 are better with community sourcing, 1 with direct payments and 1 with ISF; 1 is worse with direct payments; 1 shows no clear difference with ISF; all others are the same"
        );
        let cost = |found: &[Finding]| tallied("measures of cost", &[("Tendering", some(found))]);
        assert_eq!(
            cost(&[Same, Unchanged]),
            "The same with every regime, to within what matters: measures of cost"
        );
        assert_eq!(
            cost(&[Unclear, Unclear]),
            "No clear difference in measures of cost, with any regime"
        );
        assert_eq!(
            cost(&[Unclear, Small(Side::Above)]),
            "Whether measures of cost differ by enough to matter is clear with no regime"
        );
        assert_eq!(
            cost(&[Better, Unclear]),
            "Of 2 measures of cost, 1 is better with tendering; 1 shows no clear difference with tendering"
        );
        assert_eq!(
            tallied("measures of cost", &[("Tendering", vec![None])]),
            "Measures of cost: under 20 replicates or draws, so no verdict is passed"
        );
    }

    /// Which way it goes is known, so that it is no difference that is not clear.
    #[test]
    fn what_leaves_out_nought_and_may_not_matter_is_never_called_not_clear() {
        for side in [Side::Above, Side::Below] {
            for found in [Small(side), Chance(side)] {
                let said = tallied(
                    "measures of cost",
                    &[("Tendering", some(&[Same, Same])), ("ISF", some(&[found, Same]))],
                );
                assert!(!said.contains("clear"), "{said}");
                let way = if side == Side::Above { "higher" } else { "lower" };
                assert_eq!(
                    said,
                    format!(
                        "Of 2 measures of cost, 1 is {way} with ISF, {}; all others are the same",
                        found.beside()
                    )
                );
                assert_ne!(mark(Some(found)), mark(Some(Unclear)));
                for other in Finding::ALL {
                    for said in [bought(Some(found), Some(other)), bought(Some(other), Some(found))]
                    {
                        assert!(said.contains(found.said()), "{said}");
                        let clear = other == Unclear;
                        assert_eq!(said.contains("no clear difference"), clear, "{said}");
                    }
                }
            }
        }
        let every = [("A", some(&[Better])), ("B", some(&[Better]))];
        assert_eq!(tallied("measures", &every), "Of 1 measures, 1 is better with every regime");
    }

    #[test]
    fn every_finding_is_told_from_every_other() {
        for (index, one) in Finding::ALL.iter().enumerate() {
            for other in &Finding::ALL[index + 1..] {
                assert_ne!(one.said(), other.said());
            }
        }
    }
}
