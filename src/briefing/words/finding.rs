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
pub const MARKS: &str = "▲ better, ▼ worse, ? not clear, empty: the same";

/// What stands for a finding in a small cell.
pub fn mark(found: Option<Finding>) -> &'static str {
    match found.map(Finding::verdict) {
        Some(Verdict::Better) => "▲",
        Some(Verdict::Worse) => "▼",
        Some(Verdict::Unclear) => "?",
        Some(Verdict::Same) | None => "",
    }
}

const ALL_SAME: &str = "all are the same";

/// How many findings there are of each verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Better.
    pub better: usize,
    /// Worse.
    pub worse: usize,
    /// Neither of these nor the same.
    pub unclear: usize,
    /// How many of those that are not clear lean one way: their intervals leave out nought.
    pub leaning: usize,
    /// The same.
    pub same: usize,
}

impl Tally {
    /// Counts findings; on what no verdict is passed does not count.
    pub fn of(findings: impl IntoIterator<Item = Option<Finding>>) -> Self {
        let mut tally = Self::default();
        for found in findings.into_iter().flatten() {
            if matches!(found, Finding::Small(_) | Finding::Chance(_)) {
                tally.leaning += 1;
            }
            *match found.verdict() {
                Verdict::Better => &mut tally.better,
                Verdict::Worse => &mut tally.worse,
                Verdict::Unclear => &mut tally.unclear,
                Verdict::Same => &mut tally.same,
            } += 1;
        }
        tally
    }

    /// How many verdicts were passed.
    pub fn all(self) -> usize {
        self.better + self.worse + self.unclear + self.same
    }

    /// Both added up.
    pub fn and(self, other: Self) -> Self {
        Self {
            better: self.better + other.better,
            worse: self.worse + other.worse,
            unclear: self.unclear + other.unclear,
            leaning: self.leaning + other.leaning,
            same: self.same + other.same,
        }
    }

    /// What a title says where it can say but one thing: `what` is the same everywhere, or
    /// clear nowhere. None where there is more to say.
    pub fn alike(self, what: &str) -> Option<String> {
        if self.same == self.all() {
            return Some(format!("The same with every regime, to within what matters: {what}"));
        }
        (self.unclear == self.all()).then(|| match self.leaning {
            0 => format!("No clear difference in {what}, with any regime"),
            _ => format!("Whether {what} differ by enough to matter is clear with no regime"),
        })
    }

    /// How many are better and worse, alone.
    pub fn judged(self) -> String {
        match (self.better, self.worse) {
            (0, 0) => "none is better or worse".to_owned(),
            _ => Self { unclear: 0, ..self }.said(),
        }
    }

    /// As in `2 are better, 1 worse and 1 not clear`: the rest is the same, which is said
    /// where nothing else is to be.
    pub fn said(self) -> String {
        let counted = [(self.better, "better"), (self.worse, "worse"), (self.unclear, "not clear")];
        let counted = counted.into_iter().filter(|(n, _)| *n > 0);
        let parts: Vec<String> = counted
            .enumerate()
            .map(|(at, (n, word))| match (at, n) {
                (0, 1) => format!("1 is {word}"),
                (0, n) => format!("{n} are {word}"),
                (_, n) => format!("{n} {word}"),
            })
            .collect();
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        if parts.is_empty() { ALL_SAME.to_owned() } else { super::listed(&parts) }
    }
}

/// What a figure's title says of several measures, as in `measures of choice`, under each
/// regime: how many are better, worse, not clear and the same.
pub fn tallied(measures: &str, regimes: &[(&str, Vec<Option<Finding>>)]) -> String {
    let tallies: Vec<(&str, Tally)> =
        regimes.iter().map(|(name, of)| (*name, Tally::of(of.iter().copied()))).collect();
    let all = tallies.iter().fold(Tally::default(), |sum, (_, of)| sum.and(*of));
    let each = regimes.iter().map(|(_, of)| of.len()).max().unwrap_or(0);
    if all.all() == 0 {
        let measures = super::capital(measures);
        return format!("{measures}: under {FEWEST} replicates or draws, so no verdict is passed");
    }
    if let Some(alike) = all.alike(measures) {
        return alike;
    }
    let clauses = tallies.iter().map(|(name, tally)| {
        let found = match tally.all() {
            0 => super::NO_VERDICT.to_owned(),
            _ => tally.said(),
        };
        (*name, found)
    });
    format!("Of {each} {measures}, {}", together(clauses))
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
    // What there is to tell comes first.
    let (same, told): (Vec<_>, Vec<_>) =
        clauses.into_iter().partition(|(said, _)| said.starts_with(ALL_SAME));
    let clauses = told.into_iter().chain(same).map(|(said, names)| {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        format!("with {} {said}", super::listed(&names))
    });
    clauses.collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use Finding::{Better, Same, Unchanged, Unclear, Worse};

    fn some(found: &[Finding]) -> Vec<Option<Finding>> {
        found.iter().copied().map(Some).collect()
    }

    #[test]
    fn titles_tell_what_is_the_same_from_what_is_not_clear() {
        let said = tallied(
            "measures of choice",
            &[
                ("Tendering", some(&[Same, Unchanged])),
                ("Community sourcing", some(&[Better, Better])),
                ("Direct payments", some(&[Worse, Better])),
                ("ISF", some(&[Unclear, Same])),
            ],
        );
        assert_eq!(
            said,
            "Of 2 measures of choice, with community sourcing 2 are better; with direct payments 1 is better and 1 worse; with ISF 1 is not clear; with tendering all are the same"
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
            cost(&[Unclear, Finding::Small(Side::Above)]),
            "Whether measures of cost differ by enough to matter is clear with no regime"
        );
        assert_eq!(cost(&[Same, Unclear]), "Of 2 measures of cost, with tendering 1 is not clear");
        assert_eq!(
            tallied("measures of cost", &[("Tendering", vec![None])]),
            "Measures of cost: under 20 replicates or draws, so no verdict is passed"
        );
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
