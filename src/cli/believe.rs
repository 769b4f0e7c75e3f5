//! The command `believe`.

use super::answers::{Answer, refusal};
use super::fitting::HowArgs;
use super::{DONE, FAULT};
use crate::claims::answer::Effort;
use crate::claims::columns::Told;
use crate::claims::names::{self, Typed};
use crate::claims::{losing, told};
use crate::files::Overrides;
use crate::problem::{Problem, Problems};
use crate::run::believe::{Settings, believe};
use clap::Args;

/// Say what one would have to believe for claims to hold
///
/// A claim compares a metric under two regimes, or with a number: `REGIME METRIC OP REGIME`,
/// OP one of < <= > >=. A metric may have a group and a period, as in
/// choice.good_options[age=65+]@final-year, and may be of a stress test, as in
/// stress.largest-provider-collapse.months_to_recover.choice.unmet. The right side may be
/// moved by a margin such as +1% or -0.5, and `and` joins comparisons that have to hold
/// together. Claims are asked of many draws of what is not known of parameters: in how many
/// they hold, which parameters decide, from which value on, in which regions, without which
/// causal links, and what it would be worth to know. All claims share one set of runs.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  commissim believe 'isf-default cost.public_per_person <= status-quo'
      one claim about Dorset, over 256 draws
  commissim believe 'tendering choice.scrqol > status-quo +0.1' 'tendering cost.public_per_person < 9000'
      two claims from one set of runs: by more than a margin, and below a number
  commissim believe 'a.toml choice.fit > b.toml and a.toml cost.public_per_person <= b.toml +1%' --place kent
      regimes of your own: better, at hardly more cost
  commissim believe --regret --weights choice.scrqol=1,cost.public_per_person=-0.001
      what each regime loses against the best, whoever is right")]
pub struct BelieveArgs {
    /// Claims, each in quotes
    #[arg(value_name = "CLAIM", required_unless_present = "regret")]
    pub claims: Vec<String>,
    /// The experiment they are about: a name, or a TOML file
    #[arg(long, value_name = "EXPERIMENT", default_value = "four-regimes")]
    pub experiment: String,
    /// Place or places instead of the experiment's, added up
    #[arg(long, value_name = "PLACE", value_delimiter = ',')]
    pub place: Vec<String>,
    /// Draws of the first beliefs, 256 when not given; of each further a quarter
    #[arg(long, value_name = "N", value_parser = super::whole::<2>, allow_negative_numbers = true)]
    pub draws: Option<u64>,
    /// How often luck is drawn again in each draw
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = super::whole::<1>, allow_negative_numbers = true)]
    pub replicates: u64,
    /// Draws, of the first beliefs, with each named causal link off; 0 leaves that out
    #[arg(long, value_name = "N", default_value_t = 32, value_parser = clap::value_parser!(u32).range(0..=10_000))]
    pub structures: u32,
    /// Whose ranges claims and objections of the source are drawn from, all three when not
    /// given: agnostic, believer, sceptic. Answers are about the first
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    pub beliefs: Vec<String>,
    /// A set of drawn values in place of ranges: a name, or a CSV file
    #[arg(long, value_name = "SET")]
    pub from: Option<String>,
    /// Years after the fork
    #[arg(long, value_name = "N", value_parser = super::whole::<0>, allow_negative_numbers = true)]
    pub years: Option<u64>,
    /// Decides all luck, and the draws
    #[arg(long, value_name = "N", value_parser = super::whole::<0>, allow_negative_numbers = true)]
    pub seed: Option<u64>,
    /// A parameter's value, which is then not drawn; may be given again
    #[arg(long = "set", value_name = "PARAMETER=VALUE", value_parser = super::setting)]
    pub set: Vec<(String, String)>,
    /// Say too what each regime of the experiment loses against the best of the draw
    #[arg(long)]
    pub regret: bool,
    /// What one unit of a metric is worth, below 0 where less is better: regret by these
    #[arg(long, value_name = "METRIC=WEIGHT", value_delimiter = ',', requires = "regret")]
    pub weights: Vec<String>,
    /// Where and how
    #[command(flatten)]
    pub how: HowArgs,
}

/// Asks, and says what was found.
pub fn believed(args: &BelieveArgs) -> Answer {
    let overrides = Overrides {
        places: args.place.clone(),
        years: args.years,
        replicates: Some(args.replicates),
        seed: args.seed,
        draws: args.draws,
        from: args.from.clone(),
        beliefs: args.beliefs.clone(),
        set: args.set.clone(),
        ..Overrides::default()
    };
    let typed = Typed {
        experiment: &args.experiment,
        claims: &args.claims,
        overrides: &overrides,
        every_regime: args.regret,
    };
    let weights = losing::weights(&args.weights);
    let asked = names::read(&typed);
    let (asked, weights) = match (asked, weights) {
        (Ok(asked), Ok(weights)) => (asked, weights),
        (asked, weights) => {
            let all = asked.err().into_iter().chain(weights.err());
            let all: Vec<Problem> = all.flat_map(Problems::into_vec).collect();
            return refusal(&Problems::new(all), FAULT);
        }
    };
    let warnings = Problems::new(asked.warnings);
    if !warnings.is_empty() {
        refusal(&warnings, DONE);
    }
    let settings = Settings {
        how: args.how.settings(),
        structures: args.structures,
        regret: args.regret.then_some(weights),
        effort: Effort::default(),
    };
    match believe(&asked.experiment, &asked.claims, &settings) {
        Ok(_) if args.how.quiet => (String::new(), DONE),
        Ok((folder, found)) => {
            let told = Told {
                experiment: &asked.experiment,
                claims: &asked.claims,
                answers: &found.answers,
                losses: found.losses.as_ref(),
                simulated: &found.simulated,
            };
            (told::summary(&told, &folder), DONE)
        }
        Err(error) => super::fitting::stopped(&error),
    }
}
