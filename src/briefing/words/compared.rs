//! One metric under several regimes, in a sentence.

use super::range::{ALL_LUCK, is_nothing, mean, range};
use super::{Estimate, Finding, Number, Phrase, Words, comparator, phrase};
use crate::metrics::Metric;
use crate::terminal::numbers::shown;

/// A regime and how it differs.
#[derive(Clone, Debug)]
pub struct Item<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its difference from the comparator; none where the tables have none.
    pub difference: Option<Estimate>,
}

impl Item<'_> {
    /// The difference, where it was measured, and what it amounts to.
    fn found(&self) -> Option<(&Estimate, Option<Finding>)> {
        let of = self.difference.as_ref().filter(|of| of.mean.is_some())?;
        Some((of, Finding::of(of)))
    }
}

/// A metric under every regime, beside the comparator: how much more or less, and whether
/// that is better or worse by the verdicts of the table; what is not clear, and what is the
/// same, each with its range.
pub fn compared(metric: Metric, against: &str, items: &[Item<'_>]) -> Words {
    let described = metric.declaration().matters().is_none();
    let mut sentence =
        Sentence { phrase: phrase(metric), described, clauses: Vec::new(), unit: true };
    let of = |wanted: &dyn Fn(Option<Finding>) -> bool| {
        let found = |item: &&Item<'_>| item.found().is_some_and(|(_, found)| wanted(found));
        items.iter().filter(found).collect::<Vec<_>>()
    };
    let is = |wanted: Finding| of(&|found| found == Some(wanted));
    // What is nothing once it is rounded is neither more nor less.
    let phrase = phrase(metric);
    let nothing = |item: &Item<'_>| {
        item.found().is_some_and(|(of, found)| found.is_none() && is_nothing(of, &phrase))
    };
    let mut told = [is(Finding::Better), is(Finding::Worse)].concat();
    told.extend(of(&|found| matches!(found, Some(Finding::Small(_) | Finding::Chance(_)) | None)));
    let (none, told): (Vec<&Item<'_>>, Vec<&Item<'_>>) =
        told.iter().copied().partition(|item| nothing(item));
    sentence.told(&told);
    sentence.nothing(&none);
    sentence.unclear(&is(Finding::Unclear));
    sentence.same(&is(Finding::Same));
    sentence.without("did not change", &is(Finding::Unchanged));
    let missing: Vec<&Item<'_>> = items.iter().filter(|item| item.found().is_none()).collect();
    sentence.without("could not be measured", &missing);
    sentence.ended(against)
}

struct Sentence {
    phrase: Phrase,
    /// Whether no verdict is ever passed on the metric.
    described: bool,
    clauses: Vec<Words>,
    /// Whether what it is counted in has still to be said.
    unit: bool,
}

impl Sentence {
    /// The metric where the sentence first speaks of it, and then in short.
    fn subject(&self) -> &str {
        if self.clauses.is_empty() { &self.phrase.about } else { self.phrase.short }
    }

    /// `9.7 more in every 100 people picked their supporter under One (better; range …)`.
    fn told(&mut self, items: &[&Item<'_>]) {
        let mut all = Vec::new();
        let unjudged = match self.described {
            true => "it is told, and not judged",
            false => "no verdict is passed, for want of replicates or draws",
        };
        // What holds of all is said once, at the end.
        let none = items.iter().all(|item| item.found().is_none_or(|(_, found)| found.is_none()));
        for item in items {
            let Some((of, found)) = item.found() else { continue };
            let first = all.is_empty();
            let Some(number) = mean(of, &self.phrase, first) else { continue };
            let judged = match found {
                Some(found) if found.is_clear() => {
                    Words::default().strong(found.beside()).say("; ")
                }
                Some(found) => Words::text(found.beside()).say("; "),
                None if none => Words::default(),
                None => Words::text(unjudged).say("; "),
            };
            let numbers = judged.and(range(of, &self.phrase, true, false));
            let words = if first {
                Words::text(&self.phrase.opening).and(number).say(&self.phrase.closing)
            } else {
                number
            };
            let words = words.say(" under ").strong(item.title).say(" (").and(numbers).say(")");
            all.push(words);
        }
        if !all.is_empty() {
            self.unit = false;
            self.clauses.push(Words::listed(all));
            if none {
                self.clauses.push(Words::text(unjudged));
            }
        }
    }

    /// Regimes, each with its range in brackets; those without one are named together.
    fn ranges(&mut self, items: &[&Item<'_>]) -> Words {
        let mut all = Vec::new();
        let lucky = |item: &Item<'_>| item.found().is_some_and(|(of, _)| of.all_luck());
        let (luck, ranged): (Vec<&Item<'_>>, Vec<&Item<'_>>) =
            items.iter().copied().partition(|item| lucky(item));
        for item in &ranged {
            let Some((of, _)) = item.found() else { continue };
            let range = range(of, &self.phrase, false, self.unit);
            self.unit = false;
            all.push(Words::default().strong(item.title).say(" (").and(range).say(")"));
        }
        let luck: Vec<Words> =
            luck.iter().map(|item| Words::default().strong(item.title)).collect();
        match (all.is_empty(), luck.is_empty()) {
            (_, true) => Words::listed(all),
            (true, false) => Words::listed(luck).say(format!(" ({ALL_LUCK})")),
            (false, false) => {
                let last = format!(", and, with {ALL_LUCK}, under ");
                Words::listed(all).say(last).and(Words::listed(luck))
            }
        }
    }

    /// What is nothing once it is rounded, where no verdict is passed.
    fn nothing(&mut self, items: &[&Item<'_>]) {
        if items.is_empty() {
            return;
        }
        let words = Words::text(format!("{} differs by nothing that shows under ", self.subject()));
        let ranges = self.ranges(items);
        self.clauses.push(words.and(ranges));
    }

    fn unclear(&mut self, items: &[&Item<'_>]) {
        if items.is_empty() {
            return;
        }
        let of = match self.clauses.is_empty() {
            true => format!(" in {}", self.phrase.about),
            false => String::new(),
        };
        let words =
            Words::text("there is ").strong("no clear difference").say(format!("{of} under "));
        let ranges = self.ranges(items);
        self.clauses.push(words.and(ranges));
    }

    fn same(&mut self, items: &[&Item<'_>]) {
        let Some((first, _)) = items.first().and_then(|item| item.found()) else { return };
        let words = Words::text(format!("{} is ", self.subject())).strong("the same");
        let words = match matters(first, &self.phrase) {
            Some(matters) => {
                self.unit = false;
                words.say(", to within ").and(matters).say(",")
            }
            None => words,
        };
        let ranges = self.ranges(items);
        self.clauses.push(words.say(" under ").and(ranges));
    }

    /// Regimes of which there is nothing to count.
    fn without(&mut self, said: &str, items: &[&Item<'_>]) {
        if items.is_empty() {
            return;
        }
        let titles = items.iter().map(|item| Words::default().strong(item.title)).collect();
        let clause = Words::text(format!("{} ", self.subject())).strong(said).say(" under ");
        self.clauses.push(clause.and(Words::listed(titles)));
    }

    fn ended(self, against: &str) -> Words {
        let last = self.clauses.len().saturating_sub(1);
        let clauses = self.clauses.into_iter().enumerate();
        let words = clauses.fold(Words::default(), |so_far, (at, clause)| {
            let between = match at {
                0 => "",
                _ if at == last => "; and ",
                _ => "; ",
            };
            so_far.say(between).and(clause)
        });
        Words::text("Compared with ").strong(comparator(against)).say(", ").and(words).say(".")
    }
}

/// How much a metric differs under one regime, with its range: `1.2 more in every 100 people,
/// range 1.1 to 1.3`.
pub fn amount(of: &Estimate, metric: Metric) -> Option<Words> {
    let phrase = phrase(metric);
    Some(mean(of, &phrase, true)?.say(&phrase.after).say(", ").and(range(of, &phrase, true, false)))
}

/// The smallest difference worth a decision, with what it is counted in.
fn matters(of: &Estimate, phrase: &Phrase) -> Option<Words> {
    let matters = of.matters?;
    let number = Number {
        text: shown(matters * phrase.times, None),
        value: matters,
        times: phrase.times,
        at: of.at.column("matters"),
    };
    Some(Words::text(phrase.before).number(number).say(phrase.counted()))
}
