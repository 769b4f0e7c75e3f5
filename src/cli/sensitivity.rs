//! The command `sensitivity`.

use super::answers::Answer;
use super::fitting::{HowArgs, answered};
use super::{Parts, RunArgs};
use crate::run::sensitivity::{Design, Figure, Question, sensitivity};
use crate::sensitivity::inputs::{Asked, Grouped, Inputs};
use crate::terminal;
use clap::{Args, ValueEnum};

/// Say which inputs a figure depends on
///
/// The design is written as a table, design.csv, and then run row by row, every row with the
/// same luck; luck is one more input, whose share is told apart. `morris` screens many inputs
/// with few runs: the size of what raising each does. `saltelli` shares out the figure's
/// variance among groups of inputs: what each does alone, and in all. Parameters are drawn
/// from the agnostic's distributions.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  commissim sensitivity --place town --design morris --size 4 --of \"isf-default - status-quo choice.picked\"
      which parameters move what the regime does to choice, from few runs
  commissim sensitivity --design saltelli --size 64 --of \"community-sourcing cost.public_per_person\"
      which sections of the ledger its cost depends on, in shares of variance
  commissim sensitivity --design saltelli --size 64 --of choice.fit --group mine=default_effect,peer_example
      with two parameters as a group of their own
  commissim sensitivity --design morris --size 8 --of \"tendering choice.fit\" --links --levers lots,catalysts
      with causal links switched on and off, and two levers of the regime, as inputs too")]
pub struct SensitivityArgs {
    /// An experiment's name, or a TOML file: place, years and luck are taken from it; a
    /// parameter that it sets is not varied
    #[arg(value_name = "EXPERIMENT", default_value = "four-regimes")]
    pub experiment: String,
    /// The figure: METRIC (of the comparator), REGIME METRIC, or REGIME - REGIME METRIC for
    /// a paired difference
    #[arg(long, value_name = "FIGURE")]
    pub of: String,
    /// How inputs are varied: morris or saltelli
    #[arg(long, value_name = "DESIGN", hide_possible_values = true)]
    pub design: Way,
    /// Trajectories of morris, or blocks of saltelli; each has a row for every group, and one
    /// or two more
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(2..=65_536))]
    pub size: u32,
    /// Place or places instead of the experiment's
    #[arg(long, value_name = "PLACE", value_delimiter = ',')]
    pub place: Vec<String>,
    /// Years after the fork, when the regimes part
    #[arg(long, value_name = "N", value_parser = super::whole::<0>, allow_negative_numbers = true)]
    pub years: Option<u64>,
    /// Decides the design and all luck
    #[arg(long, value_name = "N", value_parser = super::whole::<0>, allow_negative_numbers = true)]
    pub seed: Option<u64>,
    /// A parameter that has this value, and is not varied; may be given again
    #[arg(long = "set", value_name = "PARAMETER=VALUE", value_parser = super::setting)]
    pub set: Vec<(String, String)>,
    /// Inputs that move together; may be given again. By default morris moves each by itself,
    /// and saltelli each section of the ledger
    #[arg(long = "group", value_name = "NAME=INPUT,INPUT", value_parser = group)]
    pub groups: Vec<Grouped>,
    /// Switch every named causal link on and off too
    #[arg(long)]
    pub links: bool,
    /// Levers that are varied too, over all that may be set, in every regime of the figure
    /// but the comparator
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    pub levers: Vec<String>,
    /// Replicates of which luck is one; with 1 it is not varied
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub luck: u32,
    /// With saltelli: what two groups do only together too, at about twice the runs
    #[arg(long)]
    pub pairs: bool,
    /// Where and how
    #[command(flatten)]
    pub how: HowArgs,
}

/// How inputs are varied.
#[derive(Clone, Copy, Debug, ValueEnum, PartialEq, Eq)]
pub enum Way {
    /// Trajectories.
    Morris,
    /// Blocks.
    Saltelli,
}

fn group(text: &str) -> Result<Grouped, String> {
    super::attribute::named_list(text)
        .map(|(id, inputs)| Grouped { id, inputs })
        .ok_or_else(|| "write it as name=input,input, such as mine=default_effect,lots".to_owned())
}

/// Finds what the figure depends on, and says so.
pub fn found(args: &SensitivityArgs, parts: &Parts) -> Answer {
    let asked = |question: &Question| {
        let (folder, found) = sensitivity(question, parts.simulate, &args.how.settings())?;
        Ok(terminal::sensitivity::told(&question.told(), &found, &folder))
    };
    answered(question(args, parts), asked, args.how.quiet)
}

/// What a figure is written as: the regimes, if any, and the metric.
fn words(of: &str) -> Option<(Vec<String>, &str)> {
    let words: Vec<&str> = of.split_whitespace().collect();
    match words.as_slice() {
        [metric] => Some((Vec::new(), metric)),
        [regime, metric] => Some((vec![(*regime).to_owned()], metric)),
        [one, "-" | "−", other, metric] => {
            Some((vec![(*one).to_owned(), (*other).to_owned()], metric))
        }
        _ => None,
    }
}

fn question(args: &SensitivityArgs, parts: &Parts) -> Result<Question, String> {
    let fault = |said: String| format!("error: {said}");
    let (regimes, metric) = words(&args.of).ok_or_else(|| {
        fault(format!(
            "--of: `{}` is no figure\nhelp: write METRIC, REGIME METRIC, or REGIME - REGIME METRIC, such as \"isf-default - status-quo choice.picked\"",
            args.of
        ))
    })?;
    if let [one, other] = regimes.as_slice()
        && one == other
    {
        return Err(fault(format!("--of: `{one}` less itself is nought whatever is varied")));
    }
    let metric = super::attribute::metric(metric)
        .map_err(|said| fault(format!("--of: `{metric}`: {said}")))?;
    if args.pairs && args.design == Way::Morris {
        return Err(fault(
            "--pairs is for saltelli: trajectories do not say what two groups do only together"
                .to_owned(),
        ));
    }
    // Asked for with draws, an experiment says which of its parameters are not settled.
    let mut experiment = (parts.read)(&RunArgs {
        experiment: args.experiment.clone(),
        place: args.place.clone(),
        regimes: regimes.clone(),
        years: args.years,
        replicates: Some(2),
        draws: Some(2),
        design: Some("sobol".to_owned()),
        seed: args.seed,
        set: args.set.clone(),
        comparator_too: true,
        ..RunArgs::default()
    })?;
    let drawn = experiment.uncertainty.take();
    let comparator = experiment.comparator.id.clone();
    let regimes: Vec<String> = regimes.iter().map(|typed| super::attribute::named(typed)).collect();
    experiment.regimes.retain(|regime| regimes.contains(&regime.id));
    let world = |id: &String| match *id == comparator {
        true => Some(0),
        false => experiment.regimes.iter().position(|regime| regime.id == *id).map(|at| at + 1),
    };
    let worlds: Vec<usize> = regimes.iter().filter_map(world).collect();
    let figure = match worlds.as_slice() {
        _ if worlds.len() < regimes.len() => {
            return Err(fault(format!(
                "--of: `{}` names a regime that was not read under that name\nhelp: give its file another name",
                args.of
            )));
        }
        [] => Figure { metric, world: 0, less: None },
        [world] => Figure { metric, world: *world, less: None },
        [world, less, ..] => Figure { metric, world: *world, less: Some(*less) },
    };
    let asked = Asked {
        parameters: drawn.map(|drawn| drawn.names).unwrap_or_default(),
        links: args.links,
        levers: args.levers.clone(),
        luck: args.luck,
        own: args.groups.clone(),
        by_section: args.design == Way::Saltelli,
    };
    let inputs = Inputs::of(&asked).map_err(fault)?;
    let design = match args.design {
        Way::Morris => Design::Trajectories,
        Way::Saltelli => Design::Blocks { pairs: args.pairs },
    };
    let said = args.of.clone();
    Ok(Question { experiment, said, figure, inputs, design, size: args.size })
}
