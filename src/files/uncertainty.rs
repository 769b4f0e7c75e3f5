//! The `[uncertainty]` table of an experiment, and what is typed in its stead.

use std::ops::Range;
use std::sync::Arc;

use super::desk::{Desk, Reference};
use super::experiment::amount_of;
use super::keys::UNCERTAINTY;
use super::walk::{Found, Value};
use super::{Overrides, set};
use crate::designs::Design;
use crate::place;
use crate::problem::{Problem, Source, listed, suggestion};
use crate::uncertainty::{Beliefs, Uncertainty};

/// Reads which parameters are drawn and how, with the replicates of each draw; none where
/// each parameter has one value.
pub fn uncertainty(
    desk: &mut Desk,
    source: &Arc<Source>,
    found: &Found,
    typed: &Overrides,
    seed: u64,
) -> Option<(Uncertainty, u32)> {
    let nothing = Found::default();
    let table = found.table("uncertainty");
    let asked = typed.draws.is_some()
        || typed.design.is_some()
        || typed.from.is_some()
        || !typed.beliefs.is_empty();
    if table.is_none() && !asked {
        return None;
    }
    let mut reader = Reader { desk, source, table: table.unwrap_or(&nothing), typed };
    reader.no_precision(found);
    let set = |name: &str| typed.set.iter().any(|(set, _)| set == name);
    let in_file = |name: &str| match found.get("parameters") {
        Some(Value::Parameters(values)) => values.iter().any(|(set, _)| *set == name),
        _ => false,
    };
    let fixed = |name: &str| set(name) || in_file(name) || place::MAKES_PLACES.contains(&name);
    let replicates = reader.amount("replicates", typed.replicates.map(|n| (n, "--replicates")));
    let drawn = match reader.from() {
        Some(from) => reader.given(&from, &fixed),
        None => reader.designed(fixed, seed),
    };
    drawn.map(|drawn| (drawn, replicates as u32))
}

struct Reader<'a> {
    desk: &'a mut Desk,
    source: &'a Arc<Source>,
    table: &'a Found,
    typed: &'a Overrides,
}

impl Reader<'_> {
    /// Says a problem, of the file where it is the file's.
    fn say(&mut self, problem: Problem, span: Option<Range<usize>>) {
        self.desk.say(match span {
            Some(span) => problem.at(self.source, span),
            None => problem,
        });
    }

    /// Replicates cannot be run until headlines are precise where parameters are drawn.
    fn no_precision(&mut self, found: &Found) {
        let in_file = found.span_of("precision");
        let (title, span) = match (&self.typed.precision, in_file) {
            (Some(_), _) => ("--precision is for runs without parameter draws", None),
            (None, Some(span)) if self.typed.replicates.is_none() => {
                ("`precision` is for runs without parameter draws", Some(span))
            }
            _ => return,
        };
        let problem = Problem::error(title);
        let problem = match span {
            Some(_) => problem.label("more replicates would make luck smaller, not ignorance"),
            None => problem.help("more replicates would make luck smaller, not ignorance"),
        };
        let help =
            "leave it out and say how many `draws`, and `replicates` of each; or run without draws";
        self.say(problem.help(help), span);
    }

    fn amount(&mut self, name: &str, typed: Option<(u64, &'static str)>) -> f64 {
        amount_of(self.desk, UNCERTAINTY, self.table, name, typed)
    }

    /// What gives a set of values, if anything does.
    fn from(&mut self) -> Option<Reference> {
        let from = match (&self.typed.from, self.table.word("from")) {
            (Some(text), _) => Reference::typed(text, "--from"),
            // What is typed of a design stands over a file's set.
            (None, Some(_)) if self.typed.design.is_some() => return None,
            (None, Some((text, span))) => Reference::in_file(&text, self.source, span),
            (None, None) => return None,
        };
        let problem = || Problem::error("both a design and a set are given");
        let help = "keep one of them: a set gives the values that a design would";
        if let (Some(design), Some(set)) =
            (self.table.span_of("design"), self.table.span_of("from"))
        {
            let problem = problem().label("and this spreads draws").also(set, "this gives values");
            self.say(problem.help(help), Some(design));
        } else if self.typed.design.is_some() {
            self.say(problem().help(help), None);
        }
        Some(from)
    }

    /// Draws of a design.
    fn designed(&mut self, fixed: impl Fn(&str) -> bool, seed: u64) -> Option<Uncertainty> {
        let errors = self.desk.errors();
        let draws = self.amount("draws", self.typed.draws.map(|n| (n, "--draws")));
        let ids: Vec<&str> = Design::ALL.iter().map(|design| design.id()).collect();
        let design = match &self.typed.design {
            Some(text) => one_of("--design", text, &ids, Design::find, self.desk),
            None => self.table.text("design").map_or(Some(Design::Sobol), Design::find),
        };
        let beliefs = self.beliefs().unwrap_or_else(|| vec![Beliefs::Agnostic]);
        if self.desk.errors() > errors {
            return None;
        }
        Some(Uncertainty::designed(design?, draws as u32, &beliefs, fixed, seed))
    }

    /// The beliefs asked for, where any are.
    fn beliefs(&mut self) -> Option<Vec<Beliefs>> {
        if self.typed.beliefs.is_empty() {
            let words = self.table.words("beliefs");
            let found = || words.iter().filter_map(|(word, _)| Beliefs::find(word)).collect();
            return (!words.is_empty()).then(found);
        }
        let ids: Vec<&str> = Beliefs::ALL.iter().map(|beliefs| beliefs.id()).collect();
        let mut found = Vec::new();
        for text in &self.typed.beliefs {
            match one_of("--beliefs", text, &ids, Beliefs::find, self.desk) {
                Some(beliefs) if found.contains(&beliefs) => {
                    self.desk.say(Problem::error(format!("--beliefs: `{text}` is there twice")));
                }
                beliefs => found.extend(beliefs),
            }
        }
        Some(found)
    }

    /// Draws that a set gives, as far down as is asked.
    fn given(&mut self, from: &Reference, fixed: &dyn Fn(&str) -> bool) -> Option<Uncertainty> {
        let errors = self.desk.errors();
        let wanted = self.beliefs();
        let asked = self.typed.draws.is_some() || self.table.has("draws");
        let draws = self.amount("draws", self.typed.draws.map(|n| (n, "--draws"))) as usize;
        let mut set = set::set(self.desk, from)?;
        let held = |name: &&str| fixed(name);
        let held: Vec<&str> = set.names.iter().copied().filter(held).collect();
        if !held.is_empty() && !self.typed.sets_yield {
            let (names, they) = (listed(held.iter().copied(), "and"), held.len() > 1);
            let title = match they {
                true => format!("{names} are in the set, and are not drawn"),
                false => format!("{names} is in the set, and is not drawn"),
            };
            let help = "what [parameters] and --set give stands over a set, and so do parameters that places are made by";
            self.desk.say(from.warning(title).help(help));
            set.leave_out(&held);
        }
        if let Some(wanted) = wanted {
            let has = |beliefs: &Beliefs| set.blocks.iter().any(|b| b.beliefs == Some(*beliefs));
            if let Some(missing) = wanted.iter().find(|beliefs| !has(beliefs)) {
                let title = format!("this set has no draws of the {}", missing.id());
                let help = match set.blocks.iter().any(|block| block.beliefs.is_some()) {
                    true => "its column `beliefs` says whose draws it has",
                    false => "it has no column `beliefs`: leave `beliefs` out",
                };
                self.desk.say(from.error(title).help(help));
                return None;
            }
            let of = |beliefs: Beliefs| set.blocks.iter().find(|b| b.beliefs == Some(beliefs));
            set.blocks = wanted.iter().filter_map(|beliefs| of(*beliefs).cloned()).collect();
        }
        let there = set.blocks.iter().map(|block| block.rows.len()).min().unwrap_or(0);
        if there < 2 {
            let help = "what is not known shows in how draws differ";
            let title = format!("a set needs at least two draws, and `{}` has {there}", from.text);
            self.desk.say(from.error(title).help(help));
        } else if asked && draws > there {
            let title = format!("{draws} draws are asked for, and this set has {there}");
            self.desk.say(from.error(title).help(format!("ask for {there} at most")));
        }
        if self.desk.errors() > errors {
            return None;
        }
        let draws = if asked { draws } else { there };
        set.blocks.iter_mut().for_each(|block| block.rows.truncate(draws));
        Some(Uncertainty {
            design: None,
            draws: draws as u32,
            names: set.names,
            blocks: Arc::new(set.blocks),
        })
    }
}

/// One of some words that was typed.
fn one_of<T>(
    option: &'static str,
    text: &str,
    known: &[&str],
    find: fn(&str) -> Option<T>,
    desk: &mut Desk,
) -> Option<T> {
    let found = find(text);
    if found.is_none() {
        let problem = Problem::error(format!("{option} cannot be `{text}`"));
        desk.say(problem.help(suggestion(text, known, "")));
    }
    found
}
