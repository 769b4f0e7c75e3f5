//! Files of targets: what was observed.

use std::ops::Range;
use std::sync::Arc;

use super::Overrides;
use super::desk::{Desk, Reference, stem};
use super::experiment;
use super::keys::{TARGETS, Thing};
use super::regime::sound_name;
use super::walk::Found;
use crate::experiment::Experiment;
use crate::metrics::{self, Metric};
use crate::outcomes::{GROUPS, GroupBy, Period};
use crate::parameters::PARAMETERS;
use crate::place::MAKES_PLACES;
use crate::problem::{Problem, Source, listed, nearest};
use crate::targets::{Observed, Role, Sign, Statistic, Target, Targets};

/// Reads the targets a reference means and the experiments they name.
pub fn targets(desk: &mut Desk, reference: &Reference, typed: &Overrides) -> Option<Targets> {
    let source = desk.open(Thing::Targets, reference)?;
    let id = stem(&source.path);
    if !sound_name(desk, Thing::Targets, &id, reference) {
        return None;
    }
    let errors = desk.errors();
    let found = desk.read(&source, TARGETS, true);
    let mut experiments = Experiments { read: Vec::new(), typed };
    let own = found.word("experiment").and_then(|word| experiments.index(desk, &source, word));
    let mut targets: Vec<(Target, Range<usize>)> = Vec::new();
    for entry in found.tables("target") {
        let mut reader = Reader { desk, source: &source };
        let Some((target, span)) = reader.target(entry, own, &mut experiments) else { continue };
        match targets.iter().find(|(other, _)| other.id == target.id) {
            Some((_, first)) => {
                let problem = Problem::error(format!("two targets are called `{}`", target.id));
                let problem = problem.label("again").also(first.clone(), "first here");
                desk.say(problem.help("give one of them another name").at(&source, span));
            }
            None => targets.push((target, span)),
        }
    }
    for (name, span) in found.words("fit") {
        let Some(p) = PARAMETERS.iter().find(|p| p.name == name) else { continue };
        let why = match () {
            () if MAKES_PLACES.contains(&p.name) => {
                "places are made with it before anything is run"
            }
            () if p.low >= p.high => "its plausible range is one value",
            () => continue,
        };
        let problem = Problem::error(format!("`{name}` cannot be fitted: {why}"));
        desk.say(problem.help("take it out of `fit`").at(&source, span.clone()));
    }
    let same = |one: &Target, other: &Target| {
        let what = |t: &Target| (t.metrics.clone(), t.per, t.group, t.period, t.statistic);
        let whose = |t: &Target| (t.experiment, t.world);
        one.role != other.role && what(one) == what(other) && whose(one) == whose(other)
    };
    for (index, (target, span)) in targets.iter().enumerate() {
        if let Some((_, first)) = targets[..index].iter().find(|(other, _)| same(target, other)) {
            let problem = Problem::error("one figure is fitted to and tested against");
            let problem = problem.label("again").also(first.clone(), "first here");
            let help = "give both the same role: what was fitted to is no test";
            desk.say(problem.help(help).at(&source, span.clone()));
        }
    }
    if targets.is_empty() && desk.errors() == errors {
        let problem = Problem::error("there is no target in this file");
        desk.say(problem.help("begin one with a line [[target]]").at(&source, 0..0));
    }
    if desk.errors() > errors {
        return None;
    }
    let known = |name: &String| PARAMETERS.iter().find(|p| p.name == name).map(|p| p.name);
    Some(Targets {
        name: found.text("name").unwrap_or(&id).to_owned(),
        id,
        fit: found.words("fit").iter().filter_map(|(name, _)| known(name)).collect(),
        targets: targets.into_iter().map(|(target, _)| target).collect(),
        experiments: experiments.read.into_iter().map(|(_, experiment)| experiment).collect(),
    })
}

/// The experiments that a file names, each read once.
struct Experiments<'a> {
    read: Vec<(String, Experiment)>,
    typed: &'a Overrides,
}

impl Experiments<'_> {
    fn index(
        &mut self,
        desk: &mut Desk,
        source: &Arc<Source>,
        (text, span): (String, Range<usize>),
    ) -> Option<usize> {
        if let Some(index) = self.read.iter().position(|(name, _)| *name == text) {
            return Some(index);
        }
        let reference = Reference::in_file(&text, source, span);
        let experiment = experiment::experiment(desk, &reference, self.typed)?;
        self.read.push((text, experiment));
        Some(self.read.len() - 1)
    }
}

/// Fewest places of which a spread or a correlation is read.
const FEWEST_PLACES: usize = 3;

struct Reader<'a> {
    desk: &'a mut Desk,
    source: &'a Arc<Source>,
}

impl Reader<'_> {
    fn say(&mut self, problem: Problem, span: Option<Range<usize>>) {
        self.desk.say(problem.at(self.source, span.unwrap_or_default()));
    }

    fn target(
        &mut self,
        entry: &Found,
        own: Option<usize>,
        experiments: &mut Experiments<'_>,
    ) -> Option<(Target, Range<usize>)> {
        let errors = self.desk.errors();
        let (id, spot) = entry.word("name")?;
        if !id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
            let problem = Problem::error(format!("`{id}` cannot be the name of a target"));
            let help = "use letters, digits and - only: the name goes into tables";
            self.say(problem.help(help), Some(spot.clone()));
        }
        let metric = |(id, _): &(String, Range<usize>)| metrics::find(id);
        let metrics: Vec<Metric> = entry.words("metrics").iter().filter_map(metric).collect();
        let per = entry.words("per").iter().find_map(metric);
        let choice = |key: &str| entry.text(key).unwrap_or_default().to_owned();
        let statistic = Statistic::ALL.into_iter().find(|s| s.id() == choice("statistic"));
        let statistic = statistic.unwrap_or(Statistic::Level);
        let role = Role::ALL.into_iter().find(|r| r.id() == choice("role"));
        let group = self.group(entry);
        let experiment = match entry.word("experiment") {
            Some(word) => experiments.index(self.desk, self.source, word),
            None => own,
        };
        let whole = experiment.and_then(|index| Some(&experiments.read.get(index)?.1));
        let world = self.world(entry, statistic, whole);
        let period = self.period(entry, group, whole);
        let observed = self.observed(entry, statistic, &spot);
        // Of an experiment that could not be read, that has been said.
        let elsewhere = whole.is_some() && (experiment != own || world != Some(0));
        if role == Some(Role::Calibrate) && elsewhere {
            let problem =
                Problem::error("only the status quo of the file's experiment is fitted to");
            let help = "leave out `experiment` and `regime`, or make its role \"validate\"";
            self.say(problem.help(help), entry.span_of("role"));
        }
        let spreads = matches!(statistic, Statistic::Spread | Statistic::Persistence);
        if spreads && whole.is_some_and(|experiment| experiment.places.len() < FEWEST_PLACES) {
            let problem = Problem::error("how places differ cannot be read in so few");
            let help = format!("its experiment needs {FEWEST_PLACES} places at least");
            self.say(problem.help(help), entry.span_of("statistic"));
        }
        if role == Some(Role::Calibrate) && entry.number("tolerance") == Some(0.0) {
            let problem = Problem::error("nothing can be fitted to within a tolerance of 0");
            let help = "give twice the standard error of what was observed and of what the model leaves out";
            self.say(problem.help(help), entry.span_of("tolerance"));
        }
        if self.desk.errors() > errors {
            return None;
        }
        let text = |key: &str| entry.text(key).unwrap_or_default().to_owned();
        let target = Target {
            id,
            what: text("what"),
            metrics,
            per,
            group: group?,
            period: period?,
            statistic,
            observed: observed?,
            tolerance: entry.number("tolerance")?,
            role: role?,
            source: text("source"),
            place: entry.text("place").unwrap_or("England").to_owned(),
            when: text("when"),
            experiment: experiment?,
            world: world?,
            reason: text("reason"),
        };
        Some((target, spot))
    }

    /// The group that `age=65+` means; everybody without it.
    fn group(&mut self, entry: &Found) -> Option<usize> {
        let Some((text, span)) = entry.word("group") else { return Some(0) };
        let name = |group: &crate::outcomes::Group| format!("{}={}", group.by.id(), group.id);
        let found = GROUPS.iter().position(|group| name(group) == text);
        if found.is_none_or(|group| GROUPS[group].by == GroupBy::All) {
            let known: Vec<String> = GROUPS.iter().skip(1).map(name).collect();
            let problem = Problem::error(format!("there is no group `{text}`"));
            let near = nearest(&text, known.iter().map(String::as_str));
            let help = near.map_or_else(
                || "write the division and the group, such as `age=65+`".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            self.say(problem.help(help), Some(span));
            return None;
        }
        found
    }

    fn world(
        &mut self,
        entry: &Found,
        statistic: Statistic,
        experiment: Option<&Experiment>,
    ) -> Option<usize> {
        let experiment = experiment?;
        let Some((text, span)) = entry.word("regime") else {
            if statistic == Statistic::Difference {
                let problem = Problem::error("a difference is some regime's from the comparator");
                let ids = listed(experiment.regimes.iter().map(|regime| regime.id.as_str()), "or");
                let help = format!("add a line `regime = …` with {ids}");
                self.say(problem.help(help), entry.span_of("statistic"));
            }
            return Some(0);
        };
        let found = experiment.regimes.iter().position(|regime| regime.id == text);
        if found.is_none() {
            let title = format!("no regime of the experiment `{}` is `{text}`", experiment.id);
            let ids = listed(experiment.regimes.iter().map(|regime| regime.id.as_str()), "and");
            let problem = Problem::error(title).help(format!("its regimes are {ids}"));
            self.say(problem, Some(span));
        }
        found.map(|regime| regime + 1)
    }

    fn period(
        &mut self,
        entry: &Found,
        group: Option<usize>,
        experiment: Option<&Experiment>,
    ) -> Option<Period> {
        let (by, years) = (GROUPS[group?].by, experiment?.years);
        let Some((text, span)) = entry.word("period") else { return Some(Period::Whole) };
        let periods = Period::of(by, years);
        let found = periods.iter().copied().find(|period| period.id() == text);
        if found.is_none() {
            let problem = Problem::error(format!("there is no period `{text}` for this group"));
            let known = periods.iter().map(|period| period.id()).collect::<Vec<_>>();
            let known = listed(known.iter().map(String::as_str), "and");
            self.say(problem.help(format!("its periods are {known}")), Some(span));
        }
        found
    }

    fn observed(
        &mut self,
        entry: &Found,
        statistic: Statistic,
        spot: &Range<usize>,
    ) -> Option<Observed> {
        let sign =
            entry.text("sign").and_then(|text| Sign::ALL.into_iter().find(|s| s.id() == text));
        match (entry.has("value"), entry.has("sign")) {
            (true, false) => entry.number("value").map(Observed::Value),
            (false, true) if statistic == Statistic::Difference => sign.map(Observed::Sign),
            (false, true) => {
                let problem = Problem::error("`sign` is for a difference");
                let help = "add `statistic = \"difference\"`, or give a `value`";
                self.say(problem.help(help), entry.span_of("sign"));
                None
            }
            (true, true) => {
                let problem = Problem::error("a target has a `value` or a `sign`, not both");
                self.say(problem.help("take one out"), entry.span_of("sign"));
                None
            }
            (false, false) => {
                let problem = Problem::error("nothing says what was observed");
                let help = "add a line `value = …`, or for a difference `sign = \"up\"`";
                self.say(problem.help(help), Some(spot.clone()));
                None
            }
        }
    }
}
