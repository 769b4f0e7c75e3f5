//! What the words of claims mean: regimes, metrics, groups, periods and stresses.

use super::language::{self, Word, Written};
use super::{Against, Allowance, Claim, Claims, Figure, Part, What, source};
use crate::analysis::stress::{Said, is_said};
use crate::experiment::{Blow, Experiment, Regime, Stress};
use crate::files::shipped::SHIPPED;
use crate::files::{self, Overrides, Thing};
use crate::metrics::{METRICS, Metric};
use crate::outcomes::{GROUPS, GroupBy, Period};
use crate::problem::{Problem, Problems, Source, nearest, suggestion};
use crate::stresses;
use crate::uncertainty::Beliefs;
use std::ops::Range;
use std::sync::Arc;

/// Draws where nobody says how many.
pub const DRAWS: u64 = 256;

/// What was asked, as it was typed.
#[derive(Clone, Copy, Debug)]
pub struct Typed<'a> {
    /// An experiment's name or file: where, how long and against what.
    pub experiment: &'a str,
    /// The claims.
    pub claims: &'a [String],
    /// What stands over the experiment's file.
    pub overrides: &'a Overrides,
    /// Whether every regime of the experiment is run, or only those that claims name.
    pub every_regime: bool,
}

/// What was asked, as it is understood.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The experiment, with the regimes and stresses that are needed and no others.
    pub experiment: Experiment,
    /// The claims.
    pub claims: Claims,
    /// What somebody should know, and does not stop it.
    pub warnings: Vec<Problem>,
}

/// Reads claims, and the experiment they are about.
///
/// # Errors
///
/// Everything that is wrong with either.
pub fn read(typed: &Typed<'_>) -> Result<Asked, Problems> {
    let (first, mut said) = match files::experiment(typed.experiment, typed.overrides) {
        Ok((experiment, warnings)) => (Some(experiment), warnings),
        Err(problems) => (None, problems.into_vec()),
    };
    let mut reader = Reader::new(first.as_ref());
    let mut claims = Claims::default();
    for (number, text) in typed.claims.iter().enumerate() {
        let source = source(number, text);
        let found = reader.claim(&source, &mut |figure| claims.figure(figure));
        claims.claims.extend(found);
    }
    said.append(&mut reader.said);
    let wrong = |said: &[Problem]| Problems::new(said.to_vec()).errors() > 0;
    let Some(first) = &first else { return Err(Problems::new(said)) };
    // Read again for what is known by now: further regimes, and how parameters are drawn.
    let more = Overrides {
        regimes: reader.further.iter().map(|(word, _)| word.clone()).collect(),
        ..overrides(typed.overrides, first)
    };
    let second = match files::experiment(typed.experiment, &more) {
        Ok((experiment, warnings)) => {
            said.extend(warnings);
            Some(experiment)
        }
        Err(problems) => {
            said.extend(problems.into_vec());
            None
        }
    };
    let (Some(second), false) = (second, wrong(&said)) else { return Err(Problems::new(said)) };
    let Reader { used, stresses, .. } = reader;
    let mut regimes = if typed.every_regime { first.regimes.clone() } else { Vec::new() };
    let all: Vec<&Regime> = first.regimes.iter().chain(&second.regimes).collect();
    for id in &used {
        let known = regimes.iter().any(|regime| regime.id == *id) || *id == first.comparator.id;
        let found = all.iter().find(|regime| regime.id == *id).filter(|_| !known);
        regimes.extend(found.map(|regime| (*regime).clone()));
    }
    // Figures counted regimes in the order of their mention.
    let world = |id: &String| regimes.iter().position(|r| r.id == *id).map_or(0, |at| at + 1);
    for figure in &mut claims.figures {
        figure.world = world(&used[figure.world]);
    }
    let experiment = Experiment { regimes, stresses, ..second };
    Ok(Asked { experiment, claims, warnings: Problems::new(said).into_vec() })
}

/// What stands over an experiment that beliefs are asked of: 256 draws of each beliefs where
/// nobody says otherwise, or a whole set.
fn overrides(typed: &Overrides, first: &Experiment) -> Overrides {
    let of_a_set = first.uncertainty.as_ref().is_some_and(|of| of.design.is_none());
    let mut all = typed.clone();
    if !of_a_set {
        all.draws = all.draws.or(Some(DRAWS));
        if all.beliefs.is_empty() {
            all.beliefs = Beliefs::ALL.iter().map(|beliefs| beliefs.id().to_owned()).collect();
        }
    }
    all
}

/// Reads claims and keeps what they need.
struct Reader<'a> {
    /// The experiment, where it could be read.
    experiment: Option<&'a Experiment>,
    /// Ids of the regimes that are needed, in the order of their mention.
    used: Vec<String>,
    /// Regimes that the experiment does not have: as written, and their ids.
    further: Vec<(String, String)>,
    /// Stresses that are needed.
    stresses: Vec<Stress>,
    said: Vec<Problem>,
}

const EXAMPLE: &str = "a claim reads `REGIME METRIC OP REGIME`, such as `isf-default cost.public_per_person <= status-quo`";

impl<'a> Reader<'a> {
    fn new(experiment: Option<&'a Experiment>) -> Self {
        Self {
            experiment,
            used: Vec::new(),
            further: Vec::new(),
            stresses: Vec::new(),
            said: Vec::new(),
        }
    }

    fn claim(
        &mut self,
        source: &Arc<Source>,
        figure: &mut dyn FnMut(Figure) -> usize,
    ) -> Option<Claim> {
        let before = self.said.len();
        let mut parts = Vec::new();
        for bytes in language::parts(&source.text) {
            match language::read(&source.text, &bytes) {
                Ok(written) => {
                    let text = spaced(&source.text[bytes]);
                    parts.extend(self.part(source, text, &written, figure));
                }
                Err(misread) => {
                    let at_end = source.text[misread.span.start..bytes.end].trim().is_empty();
                    let title = if at_end { "this claim breaks off" } else { "this is no claim" };
                    let label = format!("{} is wanted here", misread.wanted);
                    let problem = Problem::error(title).label(label).help(EXAMPLE);
                    self.said.push(problem.at(source, misread.span));
                }
            }
        }
        let text = spaced(&source.text);
        (self.said.len() == before).then_some(Claim { text, parts })
    }

    fn say(&mut self, source: &Arc<Source>, span: &Range<usize>, problem: Problem) {
        self.said.push(problem.at(source, span.clone()));
    }

    fn part(
        &mut self,
        source: &Arc<Source>,
        text: String,
        written: &Written,
        figure: &mut dyn FnMut(Figure) -> usize,
    ) -> Option<Part> {
        let what = self.what(source, written);
        let left = self.regime(source, &written.regime);
        let right = self.right(source, written, what);
        let (what, left, right) = (what?, left?, right?);
        if let (Right::Regime(_), What::Level { group, .. }) = (&right, what)
            && GROUPS[group].by.is_state()
        {
            let (division, _) = written.group.as_ref()?;
            let title = format!("regimes cannot be compared by `{}`", division.text);
            let label = "regimes change who is in these groups";
            let help = "a difference would compare other people: compare with a number instead, or take another division";
            let problem = Problem::error(title).label(label).help(help);
            self.say(source, &division.span, problem);
            return None;
        }
        let left = figure(Figure { world: left, what });
        let right = match right {
            Right::Number(number) => Against::Number(number),
            Right::Regime(world) => {
                let allowance = self.allowance(source, written.margin.as_ref())?;
                Against::Figure(figure(Figure { world, what }), allowance)
            }
        };
        Some(Part { text, left, op: written.op, right })
    }

    /// What of a regime is claimed.
    fn what(&mut self, source: &Arc<Source>, written: &Written) -> Option<What> {
        if let Some(rest) = written.metric.text.strip_prefix("stress.") {
            return self.stressed(source, written, rest);
        }
        let metric = self.metric(source, &written.metric.text, written.metric.span.clone());
        let group = match &written.group {
            Some(words) => self.group(source, words),
            None => Some(0),
        };
        let by = group.map_or(GroupBy::All, |group| GROUPS[group].by);
        let period = match &written.period {
            Some(word) => self.period(source, word, by),
            None => Some(Period::Whole),
        };
        let (metric, group, period) = (metric?, group?, period?);
        if let (Some((division, value)), false) = (&written.group, metric.declaration().of_people) {
            let id = metric.declaration().id;
            let problem = Problem::error(format!("`{id}` is not about people"));
            let problem = problem.label("so it has no groups").help("leave the group out");
            self.say(source, &(division.span.start..value.span.end), problem);
            return None;
        }
        Some(What::Level { metric, group, period })
    }

    fn metric(
        &mut self,
        source: &Arc<Source>,
        written: &str,
        span: Range<usize>,
    ) -> Option<Metric> {
        let found = crate::metrics::find(written);
        if found.is_none() {
            let near = nearest(written, METRICS.iter().map(|metric| metric.id)).or_else(|| {
                // The name without its family, or with another's.
                let last = |id: &'static str| id.split_once('.').map_or(id, |(_, last)| last);
                let name = written.rsplit('.').next().unwrap_or(written);
                let near = nearest(name, METRICS.iter().map(|metric| last(metric.id)))?;
                METRICS.iter().map(|metric| metric.id).find(|id| last(id) == near)
            });
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`commissim list metrics` lists them".to_owned(),
            };
            let problem = Problem::error(format!("no metric is called `{written}`")).help(help);
            self.say(source, &span, problem);
        }
        found
    }

    fn group(&mut self, source: &Arc<Source>, (division, value): &(Word, Word)) -> Option<usize> {
        let mut divisions: Vec<&str> = GROUPS.iter().skip(1).map(|group| group.by.id()).collect();
        divisions.dedup();
        if !divisions.contains(&division.text.as_str()) {
            let title = format!("people are not divided by `{}`", division.text);
            let help = suggestion(&division.text, &divisions, "");
            self.say(source, &division.span, Problem::error(title).help(help));
            return None;
        }
        let of = |index: &usize| GROUPS[*index].by.id() == division.text;
        let own: Vec<usize> = (1..GROUPS.len()).filter(of).collect();
        let found = own.iter().copied().find(|index| GROUPS[*index].id == value.text);
        if found.is_none() {
            let ids: Vec<&str> = own.iter().map(|index| GROUPS[*index].id).collect();
            let title = format!("`{}` has no group `{}`", division.text, value.text);
            let help = suggestion(&value.text, &ids, "");
            self.say(source, &value.span, Problem::error(title).help(help));
        }
        found
    }

    fn period(&mut self, source: &Arc<Source>, word: &Word, by: GroupBy) -> Option<Period> {
        let years = self.experiment.map(|experiment| experiment.years);
        let found = match word.text.as_str() {
            "whole" => Some(Period::Whole),
            "final-year" => Some(Period::FinalYear),
            text => text.strip_prefix("year-").and_then(|n| n.parse().ok()).map(Period::Year),
        };
        let problem = match found {
            None => {
                let title = format!("no period is called `{}`", word.text);
                let known = ["whole", "final-year", "year-1"];
                Problem::error(title).help(suggestion(&word.text, &known, ""))
            }
            Some(Period::Year(_)) if !by.has_years() => {
                let title = format!("single years are not kept by `{}`", by.id());
                Problem::error(title).help("it may be `whole` or `final-year`")
            }
            Some(Period::Year(year)) if year == 0 || years.is_some_and(|years| year > years) => {
                let years = years.unwrap_or(1);
                let title = format!("`{}` is not in the run", word.text);
                let help = format!("years count from the fork, `year-1` to `year-{years}`");
                Problem::error(title).help(help)
            }
            found => return found,
        };
        self.say(source, &word.span, problem);
        None
    }

    /// `KIND.MEASURE.METRIC`, after `stress.`.
    fn stressed(&mut self, source: &Arc<Source>, written: &Written, rest: &str) -> Option<What> {
        let before = self.said.len();
        let word = &written.metric;
        let mut at = word.span.start + "stress.".len();
        let mut pieces = rest.splitn(3, '.').map(|piece| {
            let span = at..at + piece.len();
            at = span.end + 1;
            (piece, span)
        });
        let (Some(kind), Some(measure), Some(metric)) =
            (pieces.next(), pieces.next(), pieces.next())
        else {
            let help = "it reads `stress.KIND.MEASURE.METRIC`, such as `stress.budget-cut.depth.choice.unmet`";
            let title = "this says too little of a stress test";
            self.say(source, &word.span, Problem::error(title).help(help));
            return None;
        };
        let stress = self.stress(source, &kind);
        let ids: Vec<&str> = Said::ALL.iter().map(|said| said.id()).collect();
        let said = Said::ALL.into_iter().find(|said| said.id() == measure.0);
        if said.is_none() {
            let title = format!("`{}` is not said of stress tests", measure.0);
            let help = suggestion(measure.0, &ids, "");
            self.say(source, &measure.1, Problem::error(title).help(help));
        }
        let found = self.metric(source, metric.0, metric.1.clone());
        if let (Some(said), Some(metric_found)) = (said, found)
            && !is_said(metric_found, said)
        {
            let title = format!("`{}` is not said of `{}`", measure.0, metric.0);
            let help = match said {
                Said::Total => "it is said of what is counted and of `cost.public_per_person`",
                _ => "it is said of headlines; `commissim list metrics` says which these are",
            };
            self.say(source, &metric.1, Problem::error(title).help(help));
        }
        for (name, span) in [
            ("group", written.group.as_ref().map(|(first, last)| first.span.start..last.span.end)),
            ("period", written.period.as_ref().map(|word| word.span.clone())),
        ] {
            if let Some(span) = span {
                let title = "stress tests are of everybody, from the blow to the end";
                let problem = Problem::error(title).help(format!("leave the {name} out"));
                self.say(source, &span, problem);
            }
        }
        if self.said.len() > before {
            return None;
        }
        Some(What::Stress { stress: stress?, metric: found?, said: said? })
    }

    /// The number of a stress: the experiment's, or a built-in kind of usual size and length
    /// half-way through the run.
    fn stress(&mut self, source: &Arc<Source>, (id, span): &(&str, Range<usize>)) -> Option<usize> {
        if let Some(known) = self.stresses.iter().position(|stress| stress.id == *id) {
            return Some(known);
        }
        let own = self.experiment.map_or(&[][..], |experiment| &experiment.stresses);
        let years = self.experiment.map_or(1, |experiment| experiment.years);
        let found = own.iter().find(|stress| stress.id == *id).cloned();
        let found = found.or_else(|| usual(stresses::kind(id)?, years));
        if found.is_none() {
            let mut known: Vec<&str> = own.iter().map(|stress| stress.id.as_str()).collect();
            let kinds = stresses::KINDS.iter().map(|kind| kind.id);
            known.extend(kinds.filter(|id| own.iter().all(|stress| stress.id != **id)));
            let problem = Problem::error(format!("no stress test is called `{id}`"));
            let help = suggestion(id, &known, "`commissim list stresses` lists them");
            self.say(source, span, problem.help(help));
        }
        self.stresses.push(found?);
        Some(self.stresses.len() - 1)
    }

    /// The number of a regime among those mentioned.
    fn regime(&mut self, source: &Arc<Source>, word: &Word) -> Option<usize> {
        let id = self.regime_id(source, word)?;
        let known = self.used.iter().position(|used| *used == id);
        Some(known.unwrap_or_else(|| {
            self.used.push(id);
            self.used.len() - 1
        }))
    }

    fn regime_id(&mut self, source: &Arc<Source>, word: &Word) -> Option<String> {
        let text = word.text.as_str();
        let own = |of: &'a Experiment| {
            let all = std::iter::once(&of.comparator).chain(&of.regimes);
            all.map(|regime| regime.id.as_str()).collect::<Vec<&str>>()
        };
        let own = self.experiment.map(own).unwrap_or_default();
        if own.contains(&text) {
            return Some(text.to_owned());
        }
        if let Some((_, id)) = self.further.iter().find(|(written, _)| written == text) {
            return Some(id.clone());
        }
        let is_path = |name: &str| name.ends_with(".toml") || name.contains(['/', '\\']);
        let shipped = SHIPPED.iter().filter(|file| file.thing == Thing::Regime);
        let shipped: Vec<&str> = shipped.map(|file| file.id).collect();
        let mut at = word.span.start;
        let mut sound = true;
        for name in text.split('+') {
            let span = at..at + name.len();
            at = span.end + 1;
            if shipped.contains(&name) || is_path(name) {
                continue;
            }
            sound = false;
            let all = || own.iter().chain(&shipped).copied();
            let problem = Problem::error(format!("no regime is called `{name}`"));
            let is_margin = name.starts_with(|c: char| c.is_ascii_digit());
            let help = match nearest(name, all()) {
                _ if is_margin => "put a space before a margin: `status-quo +1%`".to_owned(),
                Some(near) => format!("did you mean `{near}`?"),
                None => format!(
                    "`commissim list regimes` lists them; a file of your own is named by its path, `{name}.toml`"
                ),
            };
            self.say(source, &span, problem.help(help));
        }
        if !sound {
            return None;
        }
        match files::regime(text) {
            // Its warnings come again where the experiment is read with it.
            Ok((regime, _)) => {
                self.further.push((text.to_owned(), regime.id.clone()));
                Some(regime.id)
            }
            Err(problems) => {
                self.said.extend(problems.into_vec());
                None
            }
        }
    }

    /// What a regime is compared with.
    fn right(
        &mut self,
        source: &Arc<Source>,
        written: &Written,
        what: Option<What>,
    ) -> Option<Right> {
        let word = &written.right;
        let begins = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '−' | '.' | '£');
        if !word.text.starts_with(begins) {
            return self.regime(source, word).map(Right::Regime);
        }
        let share = what.is_none_or(|what| what.unit().starts_with("share"));
        let number = match number(&word.text) {
            Some((number, false)) => number,
            Some((number, true)) if share => number / 100.0,
            Some((_, true)) => {
                let unit = what.map(What::unit).unwrap_or_default();
                let problem = Problem::error(format!("`{}` is no amount", word.text));
                let label = format!("the metric is in {unit}");
                let problem = problem.label(label).help("per cent are for shares");
                self.say(source, &word.span, problem);
                return None;
            }
            None => {
                let problem = Problem::error(format!("`{}` is no number", word.text));
                let help = "write it as 0.3, 1200 or 5%; without commas, and without a unit";
                self.say(source, &word.span, problem.help(help));
                return None;
            }
        };
        if let Some(margin) = &written.margin {
            let problem = Problem::error("a number needs no margin");
            let help = "put it into the number; a margin is for what another regime comes to";
            self.say(source, &margin.span, problem.help(help));
            return None;
        }
        Some(Right::Number(number))
    }

    fn allowance(&mut self, source: &Arc<Source>, margin: Option<&Word>) -> Option<Allowance> {
        let Some(word) = margin else { return Some(Allowance::Amount(0.0)) };
        match number(&word.text) {
            Some((number, true)) => Some(Allowance::Share(number / 100.0)),
            Some((number, false)) => Some(Allowance::Amount(number)),
            None => {
                let problem = Problem::error(format!("`{}` is no margin", word.text));
                let help = "write it as `+1%` or `-0.5`: what the right side is moved by";
                self.say(source, &word.span, problem.help(help));
                None
            }
        }
    }
}

/// What a regime is compared with, as it is read.
enum Right {
    Regime(usize),
    Number(f64),
}

/// A number, and whether it is in per cent; none where it is not finite.
fn number(text: &str) -> Option<(f64, bool)> {
    let text = text.replace('−', "-");
    let (digits, percent) = match text.strip_suffix('%') {
        Some(digits) => (digits, true),
        None => (text.as_str(), false),
    };
    let plain = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | 'e' | 'E');
    let number: f64 = digits.parse().ok().filter(|_| digits.chars().all(plain))?;
    number.is_finite().then_some((number, percent))
}

/// A built-in kind at its usual size and length, in the first month of the middle year.
fn usual(kind: &'static stresses::Kind, years: usize) -> Option<Stress> {
    let mut shock = stresses::Shock::default();
    *shock.get_mut(kind.rate)? = kind.size;
    let month = (years as i32 - 1) / 2 * 12 + 1;
    let blow = Blow { month, months: kind.months, shock, levers: Vec::new() };
    Some(Stress { id: kind.id.to_owned(), blows: vec![blow] })
}

/// Text with single spaces.
fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(claims: &[&str], every_regime: bool) -> Result<Asked, Problems> {
        let claims: Vec<String> = claims.iter().map(|claim| (*claim).to_owned()).collect();
        let overrides = Overrides {
            places: vec!["town".to_owned()],
            replicates: Some(2),
            ..Overrides::default()
        };
        read(&Typed {
            experiment: "four-regimes",
            claims: &claims,
            overrides: &overrides,
            every_regime,
        })
    }

    #[test]
    fn only_what_claims_name_is_run() {
        let found = asked(
            &[
                "tendering-reformed choice.scrqol > tendering",
                "status-quo choice.unmet[age=65+]@final-year <= 5%",
                "tendering stress.largest-provider-collapse.area.choice.unmet < tendering-reformed +2%",
            ],
            false,
        );
        let found = found.unwrap_or_else(|problems| panic!("{problems}"));
        let ids: Vec<&str> = found.experiment.regimes.iter().map(|r| r.id.as_str()).collect();
        assert_eq!(ids, ["tendering-reformed", "tendering"]);
        let [stress] = found.experiment.stresses.as_slice() else { panic!("one stress") };
        assert_eq!((stress.id.as_str(), stress.month()), ("largest-provider-collapse", 49));
        let worlds: Vec<usize> = found.claims.figures.iter().map(|figure| figure.world).collect();
        assert_eq!(worlds, [1, 2, 0, 2, 1]);
        let parts: Vec<&Part> = found.claims.claims.iter().flat_map(|c| &c.parts).collect();
        assert_eq!(parts[1].right, Against::Number(0.05));
        assert_eq!(parts[2].right, Against::Figure(4, Allowance::Share(0.02)));
        let names = [stress.id.clone()];
        let written = found.claims.what(parts[1]).written(&names);
        assert_eq!(written, "choice.unmet[age=65+]@final-year");
        let uncertainty = found.experiment.uncertainty.as_ref().expect("drawn");
        assert_eq!((uncertainty.draws, uncertainty.blocks.len()), (256, 3));
        assert_eq!(found.experiment.replicates, 2);
    }

    #[test]
    fn a_figure_is_kept_once_and_regret_wants_every_regime() {
        let found = asked(
            &[
                "isf-default choice.scrqol > status-quo and isf-default cost.public_per_person <= status-quo",
                "isf-default   choice.scrqol >= 18",
            ],
            true,
        );
        let found = found.unwrap_or_else(|problems| panic!("{problems}"));
        assert_eq!(found.claims.figures.len(), 4);
        assert_eq!(found.claims.claims[0].parts.len(), 2);
        assert_eq!(found.claims.claims[1].text, "isf-default choice.scrqol >= 18");
        assert_eq!(found.experiment.regimes.len(), 4);
        assert_eq!(found.claims.figures[0].world, 3, "after tendering and direct payments");
    }

    #[test]
    fn numbers_are_plain() {
        assert_eq!(number("−0.5"), Some((-0.5, false)));
        assert_eq!(number("+1%"), Some((1.0, true)));
        for text in ["1,000", "inf", "1e999", "£5", "+", "", "%", "nan"] {
            assert_eq!(number(text), None, "{text}");
        }
    }
}
