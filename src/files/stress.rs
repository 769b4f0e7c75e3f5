//! The `[[stress]]` tables of an experiment.

use std::ops::Range;
use std::sync::Arc;

use super::amounts::Wanted;
use super::desk::Desk;
use super::walk::Found;
use crate::declare::Setting;
use crate::experiment::{Blow, Stress};
use crate::problem::{Problem, Source};
use crate::stresses::{self, CUSTOM, Rate, Shock};

/// Reads every stress of an experiment that runs for so many years.
pub fn stresses(desk: &mut Desk, source: &Arc<Source>, found: &Found, years: f64) -> Vec<Stress> {
    let mut read: Vec<(Stress, Range<usize>)> = Vec::new();
    for entry in found.tables("stress") {
        let mut reader = Reader { desk, source, years, whole: found };
        let Some((stress, span)) = reader.stress(entry) else { continue };
        match read.iter().find(|(other, _)| other.id == stress.id) {
            Some((_, first)) => {
                let problem = Problem::error(format!("two stresses are called `{}`", stress.id));
                let problem = problem.label("again").also(first.clone(), "first here");
                desk.say(problem.help("give one of them a `name`").at(source, span));
            }
            None => read.push((stress, span)),
        }
    }
    read.into_iter().map(|(stress, _)| stress).collect()
}

struct Reader<'a> {
    desk: &'a mut Desk,
    source: &'a Arc<Source>,
    years: f64,
    whole: &'a Found,
}

impl Reader<'_> {
    fn say(&mut self, problem: Problem, span: Range<usize>) {
        self.desk.say(problem.at(self.source, span));
    }

    /// Where an entry stands, for what is missing from it.
    fn spot(&self, entry: &Found) -> Range<usize> {
        ["kind", "name", "blow", "year", "month", "size"]
            .iter()
            .find_map(|key| entry.span_of(key))
            .or_else(|| self.whole.span_of("stress"))
            .unwrap_or_default()
    }

    fn stress(&mut self, entry: &Found) -> Option<(Stress, Range<usize>)> {
        let spot = self.spot(entry);
        let errors = self.desk.errors();
        let several = entry.tables("blow");
        let mut blows = Vec::new();
        if entry.has("blow") {
            for key in ["kind", "year", "month", "months", "size", "rates", "levers"] {
                if let Some(span) = entry.span_of(key) {
                    let title = format!("`{key}` belongs to one of the blows");
                    let help = "put it below one of the [[stress.blow]]";
                    self.say(Problem::error(title).help(help), span);
                }
            }
            if !entry.has("name") {
                let problem = Problem::error("a stress of several blows needs a `name`");
                self.say(problem.help("add a line `name = \"bad-winter\"`"), spot.clone());
            }
            blows.extend(several.iter().filter_map(|blow| self.blow(blow)));
        } else {
            blows.extend(self.blow(entry));
        }
        blows.sort_by_key(|blow| blow.month);
        let kind = entry.text("kind").unwrap_or(CUSTOM);
        let id = entry.text("name").unwrap_or(kind).to_owned();
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if !id.chars().all(plain) {
            let problem = Problem::error(format!("`{id}` cannot be the name of a stress"));
            let help = "use letters, digits, - and _ only: the name goes into tables";
            self.say(problem.help(help), entry.span_of("name").unwrap_or(spot.clone()));
        }
        if self.desk.errors() > errors {
            return None;
        }
        if blows.is_empty() {
            let problem = Problem::error("this stress deals no blow").label("an empty list");
            self.say(problem.help("list its blows, each below a line [[stress.blow]]"), spot);
            return None;
        }
        let stress = Stress { id, blows };
        let taken = stresses::kind(&stress.id).is_some() && stress.kind().is_none();
        if taken || stress.id == "placebo" {
            let problem = Problem::error(format!("`{}` is the name of something else", stress.id));
            let help = "it would stand in tables for what it is not; give it another name";
            self.say(problem.help(help), entry.span_of("name").unwrap_or(spot));
            return None;
        }
        Some((stress, spot))
    }

    fn blow(&mut self, entry: &Found) -> Option<Blow> {
        let spot = self.spot(entry);
        let errors = self.desk.errors();
        for (key, example) in [("kind", "\"equal-blow\""), ("year", "5")] {
            if !entry.has(key) {
                let problem = Problem::error(format!("a stress needs a `{key}`"));
                self.say(problem.help(format!("add a line `{key} = {example}`")), spot.clone());
            }
        }
        if let (Some(year), Some(span)) = (entry.number("year"), entry.span_of("year"))
            && year > self.years
        {
            let years = self.years;
            let problem =
                Problem::error(format!("a stress in year {year} is after the end of the run"));
            let help = format!("make it {years} or less, or let the experiment run longer");
            self.say(problem.label(format!("the run has {years} years")).help(help), span);
        }
        let date = (entry.number("year"), entry.number("month").unwrap_or(12.0));
        if let ((Some(year), month), Some(span)) = (date, entry.span_of("year"))
            && year == self.years
            && (month == 12.0 && entry.has("month"))
        {
            let problem = Problem::error("a stress in the last month of the run is not felt");
            let label = "it strikes at the month's end";
            self.say(
                problem.label(label).help("let it strike earlier, or the run last longer"),
                span,
            );
        }
        let (shock, months) = match entry.text("kind") {
            Some(CUSTOM) => (self.custom(entry, &spot), None),
            Some(kind) => self.built_in(entry, kind),
            None => (Shock::default(), None),
        };
        let months = entry.number("months").map(|months| months as u32).or(months);
        let levers: Vec<(String, Setting)> = entry
            .levers("levers")
            .iter()
            .map(|set| (set.lever.name.to_owned(), set.setting.clone()))
            .collect();
        if self.desk.errors() > errors {
            return None;
        }
        let month = (entry.number("year")? as i32 - 1) * 12
            + entry.number("month").map_or(1, |month| month as i32);
        Some(Blow { month, months, shock, levers })
    }

    /// What the file makes up.
    fn custom(&mut self, entry: &Found, spot: &Range<usize>) -> Shock {
        let rates = entry.span_of("rates").is_some_and(|_| {
            // What is wrong is said where it stands.
            entry
                .table("rates")
                .is_none_or(|rates| stresses::RATES.iter().any(|rate| rates.has(rate.name)))
        });
        if !rates && entry.levers("levers").is_empty() {
            let problem = Problem::error("this stress deals no blow");
            let help = "give `rates`, such as `rates = { workers_off = 0.1 }`, or `levers`";
            self.say(problem.help(help), spot.clone());
        }
        if let Some(span) = entry.span_of("size") {
            let problem = Problem::error("`size` is for the built-in kinds");
            self.say(problem.help("give `rates` their own sizes"), span);
        }
        let mut shock = Shock::default();
        for rate in stresses::RATES {
            let given = entry.table("rates").and_then(|rates| rates.number(rate.name));
            if let (Some(place), Some(size)) = (shock.get_mut(rate.name), given) {
                *place = size;
            }
        }
        shock
    }

    /// A built-in kind, at its usual size and length or the file's.
    fn built_in(&mut self, entry: &Found, kind: &str) -> (Shock, Option<u32>) {
        for key in ["rates", "levers"] {
            if let Some(span) = entry.span_of(key) {
                let title = format!("`{key}` is for stresses of `kind = \"{CUSTOM}\"`");
                let help = "leave it out, or list several blows with [[stress.blow]]";
                self.say(Problem::error(title).help(help), span);
            }
        }
        let mut shock = Shock::default();
        let Some(kind) = stresses::kind(kind) else { return (shock, None) };
        let Some(rate) = stresses::rate(kind.rate) else { return (shock, None) };
        let size = entry.number("size").unwrap_or(kind.size);
        let Rate { high, whole, unit, .. } = *rate;
        let wanted = Wanted { low: 0.0, high, whole, unit };
        if let (Some(problem), Some(span)) =
            (wanted.judge("size", size, &size.to_string()), entry.span_of("size"))
        {
            self.say(problem, span);
        }
        if let Some(place) = shock.get_mut(kind.rate) {
            *place = size;
        }
        (shock, kind.months)
    }
}
