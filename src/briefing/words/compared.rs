//! One metric under several regimes, in a sentence.

use super::{Estimate, Number, Phrase, Words, difference, phrase};
use crate::analysis::verdict::Verdict;
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

/// A metric under every regime, beside the comparator: what is better and worse by the
/// verdicts of the table, what is not clear, and what is the same, each with its range.
pub fn compared(metric: Metric, comparator: &str, items: &[Item<'_>]) -> Words {
    let phrase = phrase(metric);
    let mut sentence = Sentence { phrase, clauses: Vec::new(), unit: true };
    let said = [Verdict::Better, Verdict::Worse, Verdict::Unclear, Verdict::Same];
    for verdict in said {
        let of = |item: &&Item<'_>| {
            item.difference.as_ref().is_some_and(|d| d.mean.is_some() && d.verdict == Some(verdict))
        };
        sentence.judged(verdict, &items.iter().filter(of).collect::<Vec<_>>());
    }
    let of = |item: &&Item<'_>| {
        item.difference.as_ref().is_some_and(|d| d.mean.is_some() && d.verdict.is_none())
    };
    sentence.unjudged(&items.iter().filter(of).collect::<Vec<_>>());
    let missing = |item: &&Item<'_>| item.difference.as_ref().is_none_or(|d| d.mean.is_none());
    sentence.missing(&items.iter().filter(missing).collect::<Vec<_>>());
    sentence.ended(comparator)
}

struct Sentence {
    phrase: Phrase,
    clauses: Vec<Words>,
    /// Whether what it is counted in has still to be said.
    unit: bool,
}

impl Sentence {
    /// The metric where the sentence first speaks of it, and then `it`.
    fn subject(&self) -> String {
        if self.clauses.is_empty() { self.phrase.about.clone() } else { "it".to_owned() }
    }

    /// Regimes, each with its numbers in brackets.
    fn regimes(&mut self, items: &[&Item<'_>], central: bool) -> Words {
        let mut all = Vec::new();
        for item in items {
            let Some(of) = &item.difference else { continue };
            let numbers = difference(of, &self.phrase, central, self.unit).unwrap_or_default();
            self.unit = false;
            all.push(Words::default().strong(item.title).say(" (").and(numbers).say(")"));
        }
        Words::listed(all)
    }

    fn judged(&mut self, verdict: Verdict, items: &[&Item<'_>]) {
        let Some(first) = items.first().and_then(|item| item.difference.clone()) else { return };
        let opening = match verdict {
            Verdict::Better | Verdict::Worse => {
                let word = if verdict == Verdict::Better { "better" } else { "worse" };
                Words::text(format!("{} is ", self.subject())).strong(word).say(" under ")
            }
            Verdict::Unclear => {
                let of = match self.clauses.is_empty() {
                    true => format!(" in {}", self.phrase.about),
                    false => String::new(),
                };
                Words::text("there is ").strong("no clear difference").say(format!("{of} under "))
            }
            Verdict::Same => {
                let words = Words::text(format!("{} is ", self.subject())).strong("the same");
                let words = match within(&first, &self.phrase) {
                    Some(within) => {
                        self.unit = false;
                        words.say(", to within ").and(within).say(",")
                    }
                    None => words,
                };
                words.say(" under ")
            }
        };
        let central = matches!(verdict, Verdict::Better | Verdict::Worse);
        let regimes = self.regimes(items, central);
        self.clauses.push(opening.and(regimes));
    }

    /// Differences on which no verdict is passed.
    fn unjudged(&mut self, items: &[&Item<'_>]) {
        if items.is_empty() {
            return;
        }
        let metric = items.iter().find_map(|item| item.difference.as_ref()).map(|d| d.metric);
        let described = metric.is_some_and(|metric| metric.declaration().matters().is_none());
        let why = if described {
            "which describes them and is not judged"
        } else {
            "on which no verdict is passed, for want of replicates or draws"
        };
        let subject = if self.clauses.is_empty() {
            format!("the difference in {} ", self.phrase.about)
        } else {
            "the difference ".to_owned()
        };
        let regimes = self.regimes(items, true);
        self.clauses
            .push(Words::text(format!("{subject}is, under ")).and(regimes).say(format!(", {why}")));
    }

    fn missing(&mut self, items: &[&Item<'_>]) {
        if items.is_empty() {
            return;
        }
        let titles = items.iter().map(|item| Words::default().strong(item.title)).collect();
        let subject = self.subject();
        let clause = Words::text(format!("{subject} could not be measured under "));
        self.clauses.push(clause.and(Words::listed(titles)));
    }

    fn ended(self, comparator: &str) -> Words {
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
        Words::text("Compared with ").strong(comparator).say(", ").and(words).say(".")
    }
}

/// The smallest difference worth a decision, with what it is counted in.
fn within(of: &Estimate, phrase: &Phrase) -> Option<Words> {
    let matters = of.matters?;
    let number = Number {
        text: shown(matters * phrase.times, None),
        value: matters,
        times: phrase.times,
        at: of.at.column("matters"),
    };
    let words = Words::text(phrase.before).number(number).say(phrase.noun.clone());
    Some(words.say(phrase.after.clone()))
}
