//! The command `attribute`.

use super::answers::Answer;
use super::fitting::{HowArgs, answered};
use super::{Parts, RunArgs};
use crate::discovery::coalitions::{By, Group, differing, groups};
use crate::experiment::{Experiment, Regime};
use crate::metrics::{self, METRICS, Metric};
use crate::problem::nearest;
use crate::run::attribute::{Question, attribute};
use crate::terminal;
use clap::{Args, ValueEnum};
use std::path::Path;

/// Say how much of the difference between two regimes each part of them accounts for
///
/// The levers that the two have differently are put into groups: the six strategies and
/// three approaches of the source, and one for what none of them sets. Each coalition of
/// groups is lived as a regime of its own, with the same people and luck, and a group's part
/// is what it adds, averaged over all orders in which groups could be brought in (Shapley's
/// value). Parts add up to the difference. Parameters have their usual values; intervals are
/// of luck only.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  commissim attribute status-quo community-sourcing --place dorset
      which strategies and approaches do the work
  commissim attribute status-quo community-sourcing --of choice.picked --by levers
      each lever by itself, over orders drawn by chance since there are many
  commissim attribute tendering community-sourcing --group money=community_investment,catalysts
      with a group of your own, and the other levers by strategy and approach
  commissim attribute status-quo tendering --replicates 40 --out results/mine --resume
      goes on with one that was stopped")]
pub struct AttributeArgs {
    /// The regime that the difference is from: a name, a file, or an overlay such as a+b
    #[arg(value_name = "FROM")]
    pub from: String,
    /// The regime that it is of
    #[arg(value_name = "TO")]
    pub to: String,
    /// An experiment's name, or a TOML file: place, years and luck are taken from it
    #[arg(value_name = "EXPERIMENT", default_value = "four-regimes")]
    pub experiment: String,
    /// Place or places instead of the experiment's
    #[arg(long, value_name = "PLACE", value_delimiter = ',')]
    pub place: Vec<String>,
    /// Years after the fork, when the regimes part
    #[arg(long, value_name = "N", value_parser = super::whole::<0>, allow_negative_numbers = true)]
    pub years: Option<u64>,
    /// How often luck is drawn again
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u64).range(2..=100_000))]
    pub replicates: u64,
    /// Decides all luck
    #[arg(long, value_name = "N", value_parser = super::whole::<0>, allow_negative_numbers = true)]
    pub seed: Option<u64>,
    /// A parameter's value instead of the experiment's; may be given again
    #[arg(long = "set", value_name = "PARAMETER=VALUE", value_parser = super::setting)]
    pub set: Vec<(String, String)>,
    /// Metrics that are shared out; the headlines when not given
    #[arg(long, value_name = "A,B", value_delimiter = ',', value_parser = metric)]
    pub of: Vec<Metric>,
    /// How levers are grouped: by the source's strategies and approaches, or each by itself
    #[arg(long, value_name = "WHAT", default_value = "source", hide_possible_values = true)]
    pub by: Grouping,
    /// A group of your own, which goes before; may be given again
    #[arg(long = "group", value_name = "NAME=LEVER,LEVER", value_parser = own)]
    pub groups: Vec<Group>,
    /// Pairs of orders drawn in each replicate, instead of all coalitions; 8 where there are
    /// more than nine groups
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub orders: Option<u32>,
    /// Where and how
    #[command(flatten)]
    pub how: HowArgs,
}

/// What levers are grouped by.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Grouping {
    /// The six strategies and three approaches.
    Source,
    /// Each lever by itself.
    Levers,
}

/// Most groups of which all coalitions are run: their number doubles with each.
const MOST_WHOLE: usize = 9;
/// Pairs of orders where there are more.
const ORDERS: u32 = 8;

/// The metric of that id, or with that last part of it.
pub(super) fn metric(text: &str) -> Result<Metric, String> {
    let short =
        |metric: &&Metric| metric.declaration().id.split_once('.').is_some_and(|(_, s)| s == text);
    let found = metrics::find(text).or_else(|| Metric::ALL.iter().find(short).copied());
    found.ok_or_else(|| match nearest(text, METRICS.iter().map(|metric| metric.id)) {
        Some(near) => format!("there is no such metric; did you mean `{near}`?"),
        None => "there is no such metric: `commissim list metrics` lists them".to_owned(),
    })
}

fn own(text: &str) -> Result<Group, String> {
    named_list(text)
        .map(|(id, levers)| Group { name: id.clone(), id, levers })
        .ok_or_else(|| "write it as name=lever,lever, such as money=catalysts,hosting".to_owned())
}

/// A name and a list of words: `name=word,word`.
pub(super) fn named_list(text: &str) -> Option<(String, Vec<String>)> {
    let (name, words) = text.split_once('=')?;
    let words: Vec<String> = words.split(',').map(|word| word.trim().to_owned()).collect();
    let sound = !name.trim().is_empty() && !words.iter().any(String::is_empty);
    sound.then(|| (name.trim().to_owned(), words))
}

/// Shares out the differences, and says what was found.
pub fn attributed(args: &AttributeArgs, parts: &Parts) -> Answer {
    let asked = |question: &Question| {
        let (folder, found) = attribute(question, parts.simulate, &args.how.settings())?;
        Ok(terminal::attribution::told(&question.told(), &found.by_metric, &folder))
    };
    answered(question(args, parts), asked, args.how.quiet)
}

fn question(args: &AttributeArgs, parts: &Parts) -> Result<Question, String> {
    let same = format!(
        "error: `{}` and `{}` are the same regime: there is no difference to share out",
        args.from, args.to
    );
    if args.from == args.to {
        return Err(same);
    }
    let experiment = (parts.read)(&RunArgs {
        experiment: args.experiment.clone(),
        place: args.place.clone(),
        regimes: vec![args.from.clone(), args.to.clone()],
        years: args.years,
        replicates: Some(args.replicates),
        seed: args.seed,
        set: args.set.clone(),
        comparator_too: true,
        ..RunArgs::default()
    })?;
    let (from, to) = two(&experiment, &named(&args.from)).ok_or(same)?;
    let levers = differing(&experiment, &from, &to);
    if levers.is_empty() {
        let places = if experiment.places.len() == 1 { "this place" } else { "these places" };
        return Err(format!(
            "error: `{}` and `{}` have every lever the same in {places}: there is no difference to share out",
            from.id, to.id
        ));
    }
    let by = match args.by {
        Grouping::Source => By::Source,
        Grouping::Levers => By::Levers,
    };
    let groups = groups(&levers, &args.groups, by).map_err(|wrong| format!("error: {wrong}"))?;
    let metrics = match args.of.as_slice() {
        [] => Metric::ALL.iter().copied().filter(|m| m.declaration().is_headline()).collect(),
        asked => asked.to_vec(),
    };
    let orders = args.orders.or((groups.len() > MOST_WHOLE).then_some(ORDERS));
    Ok(Question { experiment, from, to, groups, metrics, orders })
}

/// The id of a regime that was typed as a name or a path.
pub(super) fn named(typed: &str) -> String {
    let stem = Path::new(typed).file_stem().filter(|_| typed.ends_with(".toml"));
    stem.map_or(typed.to_owned(), |stem| stem.to_string_lossy().into_owned())
}

/// The two regimes that were asked for, in their order: the comparator is not among an
/// experiment's regimes.
fn two(experiment: &Experiment, from: &str) -> Option<(Regime, Regime)> {
    let comparator = &experiment.comparator;
    match experiment.regimes.as_slice() {
        [from, to] => Some((from.clone(), to.clone())),
        [only] if comparator.id == from => Some((comparator.clone(), only.clone())),
        [only] => Some((only.clone(), comparator.clone())),
        _ => None,
    }
}
