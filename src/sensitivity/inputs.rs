//! What a design varies: parameters, causal links, levers and luck, in groups, and what a
//! row of it comes to in a run.

use crate::declare::{LeverKind, Parameter, Setting};
use crate::designs::points::{Input, Table, category};
use crate::experiment::{Change, Experiment};
use crate::levers::LEVERS;
use crate::parameters::PARAMETERS;
use crate::problem::nearest;
use crate::structures::{STRUCTURES, Structures};
use crate::table::number;
use crate::uncertainty::{Beliefs, Block, Uncertainty, quantile};
use std::sync::Arc;

/// One thing that is varied.
#[derive(Clone, Copy, Debug)]
pub enum Varied {
    /// A parameter, over the agnostic's distribution.
    Parameter(&'static Parameter),
    /// A named causal link, on or off.
    Link(&'static str),
    /// A lever of the regime that is looked at, over all that may be set.
    Lever(&'static crate::declare::Lever),
    /// Luck: one of so many replicates.
    Luck(u32),
}

/// The name of luck among groups and inputs.
pub const LUCK: &str = "luck";
/// The name of the group of causal links.
const LINKS: &str = "causal-links";

impl Varied {
    /// Name in tables.
    pub fn id(&self) -> &'static str {
        match self {
            Varied::Parameter(parameter) => parameter.name,
            Varied::Link(id) => id,
            Varied::Lever(lever) => lever.name,
            Varied::Luck(_) => LUCK,
        }
    }

    /// The dimension that it keeps, whatever else is varied.
    fn dimension(&self) -> u32 {
        let (parameters, links) = (PARAMETERS.len(), STRUCTURES.len());
        let at = match self {
            Varied::Parameter(own) => PARAMETERS.iter().position(|p| p.name == own.name),
            Varied::Link(id) => {
                STRUCTURES.iter().position(|(own, _)| own == id).map(|n| parameters + n)
            }
            Varied::Lever(own) => {
                let at = LEVERS.iter().position(|lever| lever.name == own.name);
                at.map(|n| parameters + links + n)
            }
            Varied::Luck(_) => Some(parameters + links + LEVERS.len()),
        };
        at.unwrap_or(0) as u32
    }

    /// How many ways it can be; none where it is a number.
    fn categories(&self) -> Option<u32> {
        match self {
            Varied::Parameter(_) => None,
            Varied::Link(_) => Some(2),
            Varied::Lever(lever) => match lever.kind {
                LeverKind::Choice(words) => Some(words.len() as u32),
                _ => None,
            },
            Varied::Luck(replicates) => Some(*replicates),
        }
    }

    /// What a lever is set to.
    fn setting(lever: &crate::declare::Lever, u: f64) -> Setting {
        match lever.kind {
            LeverKind::Choice(words) => {
                let word = category(u, words.len() as u32) as usize;
                Setting::Word(words[word].to_owned())
            }
            LeverKind::Number { low, high, whole } => {
                let value = low + u * (high - low);
                Setting::Number(if whole { value.round() } else { value })
            }
            // Not varied.
            LeverKind::Set(_) | LeverKind::Table { .. } => Setting::Words(Vec::new()),
        }
    }

    /// What a number of the design stands for, as tables have it.
    pub fn shown(&self, u: f64) -> String {
        match self {
            Varied::Parameter(parameter) => number(quantile(parameter, Beliefs::Agnostic, u)),
            Varied::Link(_) => if is_on(u) { "on" } else { "off" }.to_owned(),
            Varied::Lever(lever) => match Self::setting(lever, u) {
                Setting::Number(value) => number(value),
                Setting::Word(word) => word,
                _ => String::new(),
            },
            Varied::Luck(replicates) => category(u, *replicates).to_string(),
        }
    }
}

/// Off comes first, so that rising is switching on.
fn is_on(u: f64) -> bool {
    category(u, 2) == 1
}

/// A group of inputs, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grouped {
    /// Name in tables.
    pub id: String,
    /// Names of its inputs.
    pub inputs: Vec<String>,
}

/// Everything that is varied, and in which group.
#[derive(Clone, Debug)]
pub struct Inputs {
    /// What is varied; luck comes last.
    pub varied: Vec<Varied>,
    /// The groups, each with some input.
    pub groups: Vec<Grouped>,
}

/// What is asked to be varied.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Names of parameters.
    pub parameters: Vec<&'static str>,
    /// Whether every named causal link is.
    pub links: bool,
    /// Names of levers.
    pub levers: Vec<String>,
    /// Of how many replicates luck is one.
    pub luck: u32,
    /// Groups of the user's own.
    pub own: Vec<Grouped>,
    /// Whether parameters of one section of the ledger, and all causal links, are a group.
    pub by_section: bool,
}

impl Inputs {
    /// What was asked for.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it, a line or two each.
    pub fn of(asked: &Asked) -> Result<Self, String> {
        let mut wrong = Vec::new();
        let is_asked = |p: &&Parameter| asked.parameters.contains(&p.name);
        let mut varied: Vec<Varied> =
            PARAMETERS.iter().filter(is_asked).map(Varied::Parameter).collect();
        if asked.links {
            varied.extend(STRUCTURES.iter().map(|(id, _)| Varied::Link(id)));
        }
        for name in &asked.levers {
            let known = LEVERS.iter().find(|lever| lever.name == name);
            match known {
                None => {
                    let near = nearest(name, LEVERS.iter().map(|lever| lever.name));
                    let near = near.map_or("`commissim list levers` lists them".to_owned(), |near| {
                        format!("did you mean `{near}`?")
                    });
                    wrong.push(format!("--levers: there is no lever `{name}`\nhelp: {near}"));
                }
                Some(lever) if matches!(lever.kind, LeverKind::Number { .. } | LeverKind::Choice(_)) => {
                    varied.push(Varied::Lever(lever));
                }
                Some(_) => wrong.push(format!(
                    "--levers: `{name}` is neither a number nor one word of some\nhelp: name two regimes that differ in it to `commissim attribute`"
                )),
            }
        }
        if asked.luck > 1 {
            varied.push(Varied::Luck(asked.luck));
        }
        for group in &asked.own {
            for input in &group.inputs {
                let before = asked.own.iter().take_while(|other| *other != group);
                if before.clone().any(|other| other.inputs.contains(input)) {
                    wrong.push(format!("--group: `{input}` is in two groups"));
                }
                if !varied.iter().any(|one| one.id() == input) {
                    let near = nearest(input, varied.iter().map(Varied::id));
                    let help = near.map_or(
                        "it is the experiment's own, or of what places are made by".to_owned(),
                        |near| format!("did you mean `{near}`?"),
                    );
                    wrong.push(format!(
                        "--group {}: `{input}` is not varied\nhelp: {help}",
                        group.id
                    ));
                }
            }
        }
        if !wrong.is_empty() {
            return Err(wrong.join("\n"));
        }
        let mut groups: Vec<Grouped> = Vec::new();
        for one in &varied {
            let own = asked.own.iter().find(|group| group.inputs.iter().any(|id| id == one.id()));
            let id = match (own, one) {
                (Some(group), _) => &group.id,
                (None, Varied::Parameter(parameter)) if asked.by_section => parameter.section,
                (None, Varied::Link(_)) if asked.by_section => LINKS,
                (None, one) => one.id(),
            };
            match groups.iter_mut().find(|group| group.id == id) {
                Some(group) => group.inputs.push(one.id().to_owned()),
                None => {
                    groups.push(Grouped { id: id.to_owned(), inputs: vec![one.id().to_owned()] })
                }
            }
        }
        Ok(Self { varied, groups })
    }

    /// The columns of a design.
    pub fn columns(&self) -> Vec<Input> {
        let column = |one: &Varied| {
            let group = self.groups.iter().position(|g| g.inputs.iter().any(|id| id == one.id()));
            let (group, dimension) = (group.unwrap_or(0), one.dimension());
            Input { dimension, group, categories: one.categories() }
        };
        self.varied.iter().map(column).collect()
    }

    /// The experiment of a row of the design, of one draw, and its replicate. Levers are
    /// those of every regime but the comparator.
    pub fn applied(&self, experiment: &Experiment, row: &[f64]) -> (Experiment, u32) {
        let mut applied =
            Experiment { precision: None, stresses: Vec::new(), ..experiment.clone() };
        let (mut names, mut values, mut settings, mut replicate) =
            (Vec::new(), Vec::new(), Vec::new(), 0);
        for (one, u) in self.varied.iter().zip(row) {
            match one {
                Varied::Parameter(parameter) => {
                    names.push(parameter.name);
                    values.push(quantile(parameter, Beliefs::Agnostic, *u));
                }
                Varied::Link(id) => {
                    if let Some(switch) = Structures::get_mut(&mut applied.structures, id) {
                        *switch = is_on(*u);
                    }
                }
                Varied::Lever(lever) => {
                    settings.push((lever.name.to_owned(), Varied::setting(lever, *u)));
                }
                Varied::Luck(replicates) => replicate = category(*u, *replicates),
            }
        }
        for regime in applied.regimes.iter_mut().filter(|_| !settings.is_empty()) {
            let is_set = |lever: &str| settings.iter().any(|(name, _)| name == lever);
            for change in &mut regime.changes {
                change.settings.retain(|(lever, _)| !is_set(lever));
            }
            match regime.changes.first_mut().filter(|change| change.month == 1) {
                Some(first) => first.settings.extend(settings.clone()),
                None => regime.changes.insert(0, Change { month: 1, settings: settings.clone() }),
            }
        }
        // Of one draw, so that a row in which a community would hold itself up is refused.
        let blocks = Arc::new(vec![Block { beliefs: None, rows: vec![values] }]);
        applied.uncertainty = Some(Uncertainty { design: None, draws: 1, names, blocks });
        (applied, replicate)
    }

    /// The design as a table that a person can read: a row for each run.
    ///
    /// # Errors
    ///
    /// Writing to memory does not fail; the error is passed on all the same.
    pub fn written(&self, table: &Table) -> anyhow::Result<Vec<u8>> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let names = self.varied.iter().map(|one| one.id().to_owned());
        writer
            .write_record(["row".to_owned(), "repetition".to_owned()].into_iter().chain(names))?;
        for (index, row) in table.rows.iter().enumerate() {
            let about = [index.to_string(), (index / table.step()).to_string()];
            let values = self.varied.iter().zip(row).map(|(one, u)| one.shown(*u));
            writer.write_record(about.into_iter().chain(values))?;
        }
        Ok(writer.into_inner()?)
    }
}
