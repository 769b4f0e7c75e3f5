//! What a claim depends on: how often it holds, what decides it, where, at which value, under
//! which structures, and what it would be worth to know.

use super::counting::{Counted, Held, Luck, Values, share};
use super::{Claim, Claims};
use crate::analysis::moments::{Moments, Quantiles};
use crate::analysis::tolerance::Refused;
use crate::analysis::verdict::{ALPHA, holm};
use crate::declare::Parameter;
use crate::discovery::boxes::Found;
use crate::discovery::deciding::{Decider, Terms, deciders, ranks};
use crate::discovery::prim::{Settings, search};
use crate::discovery::steadiness::{Steadiness, steadiness};
use crate::discovery::switching::{Switching, switching};
use crate::discovery::worth::{worth_of, worth_of_all};
use crate::discovery::{Column, Sample};
use crate::parameters::PARAMETERS;
use crate::resampling::Ranged;
use statrs::distribution::{Binomial, DiscreteCDF};
use std::collections::BTreeMap;

/// Everything that was simulated.
#[derive(Clone, Debug, PartialEq)]
pub struct Simulated {
    /// One for each beliefs that were asked for; the first are those answers are about.
    pub beliefs: Vec<Believed>,
    /// Causal links that were switched off one by one, and the draws without each: those of
    /// the first beliefs, under the first luck of each.
    pub without: Vec<(&'static str, BTreeMap<u32, Values>)>,
    /// The seed, which keys bootstraps and permutations.
    pub seed: u64,
}

/// Draws of one beliefs.
#[derive(Clone, Debug, PartialEq)]
pub struct Believed {
    /// Whose they are; empty where a set does not say.
    pub id: &'static str,
    /// Draws that were asked for.
    pub asked: u32,
    /// Values of figures in each draw that is not refused.
    pub draws: BTreeMap<u32, Values>,
    /// Draws that are no place to compare regimes in.
    pub refused: Vec<Refused>,
    /// Parameters that were drawn.
    pub names: Vec<&'static str>,
    /// `[draw][parameter]`, of all draws.
    pub parameters: Vec<Vec<f64>>,
}

/// How much is looked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effort {
    /// Permutations of each step of naming what decides.
    pub permutations: u32,
    /// Resamples of bootstraps.
    pub resamples: u32,
    /// Halves in which boxes are looked for again.
    pub halves: u32,
}

impl Default for Effort {
    fn default() -> Self {
        Self { permutations: 999, resamples: 400, halves: 20 }
    }
}

/// Most parameters that are named as deciding.
const MOST_DECIDERS: usize = 5;
/// Most parameters that a box restricts.
const MOST_RESTRICTED: usize = 3;
/// Fewest draws on each side for boxes and switching values to be looked for.
const FEWEST: usize = 10;

/// What is said of one claim.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The claim.
    pub claim: Claim,
    /// Unit of each part's margin.
    pub units: Vec<String>,
    /// The smallest difference worth a decision, by part.
    pub matters: Vec<Option<f64>>,
    /// How far margins may be off by luck.
    pub luck: Luck,
    /// Draws of each beliefs, as in [`Simulated::beliefs`].
    pub counted: Vec<Counted>,
    /// Parameters that decide it, that which decides most first.
    pub deciding: Vec<Deciding>,
    /// Where it holds and where it fails, if there is such a box.
    pub boxes: Vec<Boxed>,
    /// With each causal link off: the whole claim, then each part.
    pub without: Vec<Without>,
    /// What knowing would be worth, part by part.
    pub worth: Vec<Worth>,
}

/// A parameter that decides.
#[derive(Clone, Debug)]
pub struct Deciding {
    /// The parameter.
    pub parameter: &'static Parameter,
    /// How much it decides.
    pub decider: Decider,
    /// The value at which the claim turns; none where no single value does.
    pub switching: Option<Switching>,
}

/// A box in which a claim holds, or fails.
#[derive(Clone, Debug, PartialEq)]
pub struct Boxed {
    /// What is as dense in it as can be.
    pub of: Held,
    /// The box.
    pub found: Found,
    /// How boxes found in half of the draws fare in the other half.
    pub steady: Steadiness,
    /// Share of all decided draws that are of interest.
    pub base: f64,
    /// Decided draws.
    pub decided: usize,
    /// Parameters, by the number of the input.
    pub names: Vec<&'static str>,
}

impl Boxed {
    /// Whether the box says something of draws that it was not found in: by at least a tenth
    /// more of them are of interest than of all draws.
    pub fn tells(&self) -> bool {
        const MORE: f64 = 0.1;
        self.steady.kept_back.is_some_and(|kept_back| kept_back >= self.base + MORE)
            && !self.found.restrictions.is_empty()
    }
}

/// A claim, or a part of it, with a causal link off.
#[derive(Clone, Debug, PartialEq)]
pub struct Without {
    /// The link.
    pub link: &'static str,
    /// The part, from 0; none for the whole claim.
    pub part: Option<usize>,
    /// Draws in which both could be measured.
    pub n: usize,
    /// Draws in which it holds with every link on, under the first luck.
    pub on: usize,
    /// Draws in which it holds with the link off.
    pub off: usize,
    /// Draws in which it holds with the link off only.
    pub gained: usize,
    /// Draws in which it holds with the link on only.
    pub lost: usize,
    /// Chance of so uneven a change if the link made none (McNemar's test, exact).
    pub p: f64,
    /// Whether it survives Holm's correction at 5% over links.
    pub beyond_chance: bool,
    /// Mean change of the margin, in its unit, with its interval; of the whole claim nothing.
    pub change: Option<Ranged>,
}

/// What knowing something would be worth to whoever chooses by a part of a claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Worth {
    /// The part, from 0.
    pub part: usize,
    /// What is known.
    pub of: Of,
    /// In the unit of the part's margin.
    pub worth: Ranged,
    /// Share of draws in which one would choose otherwise; none for everything.
    pub otherwise: Option<f64>,
    /// Share of the margin's variance that is explained in draws left out; none for everything.
    pub explains: Option<f64>,
}

/// What is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Everything, luck too.
    Everything,
    /// Every parameter.
    Parameters,
    /// The parameters of one section of the ledger.
    Section(&'static str),
    /// One parameter.
    Parameter(&'static str),
}

impl Of {
    /// What kind of thing, as tables have it.
    pub fn kind(self) -> &'static str {
        match self {
            Of::Everything => "everything",
            Of::Parameters => "parameters",
            Of::Section(_) => "section",
            Of::Parameter(_) => "parameter",
        }
    }

    /// Its name; empty where there is one only.
    pub fn name(self) -> &'static str {
        match self {
            Of::Section(name) | Of::Parameter(name) => name,
            Of::Everything | Of::Parameters => "",
        }
    }
}

/// What is said of each claim.
pub fn answers(claims: &Claims, simulated: &Simulated, effort: &Effort) -> Vec<Answer> {
    claims.claims.iter().map(|claim| answer(claims, claim, simulated, effort)).collect()
}

/// What is said of one claim.
pub fn answer(claims: &Claims, claim: &Claim, of: &Simulated, effort: &Effort) -> Answer {
    let luck = Luck::of(claim, of.beliefs.iter().flat_map(|believed| believed.draws.values()));
    let count = |believed: &Believed| {
        Counted::of(claim, &luck, believed.draws.iter().map(|(draw, values)| (*draw, values)))
    };
    let counted: Vec<Counted> = of.beliefs.iter().map(count).collect();
    let nobody = Counted { draws: Vec::new(), unmeasured: 0 };
    let main = counted.first().unwrap_or(&nobody);
    let inputs = of.beliefs.first().map_or_else(Inputs::default, |all| Inputs::of(all, main));
    let deciding = deciding(main, &inputs, of.seed, effort);
    let boxes = boxes(main, &inputs, of.seed, effort);
    let worth = worths(claim, main, &inputs, &deciding, of.seed, effort);
    let without = without(claim, main, of);
    Answer {
        units: claim.parts.iter().map(|part| claims.what(part).unit()).collect(),
        matters: claim.parts.iter().map(|part| claims.what(part).matters()).collect(),
        claim: claim.clone(),
        luck,
        counted,
        deciding,
        boxes,
        without,
        worth,
    }
}

/// Parameters at the draws in which a claim was measured.
#[derive(Default)]
struct Inputs {
    parameters: Vec<&'static Parameter>,
    columns: Vec<Column>,
}

impl Inputs {
    fn of(believed: &Believed, counted: &Counted) -> Self {
        let named = |name: &&str| PARAMETERS.iter().find(|parameter| parameter.name == *name);
        let column = |index: usize| {
            let at = |draw: u32| believed.parameters[draw as usize][index];
            Column::Number(counted.draws.iter().map(|drawn| at(drawn.draw)).collect())
        };
        Self {
            parameters: believed.names.iter().filter_map(named).collect(),
            columns: (0..believed.names.len()).map(column).collect(),
        }
    }

    fn at(&self, draws: &[usize]) -> Vec<Column> {
        self.columns.iter().map(|column| column.at(draws)).collect()
    }
}

/// Draws in which luck does not leave it open, by their place, and whether it holds there.
fn decided(counted: &Counted) -> (Vec<usize>, Vec<bool>) {
    let each = counted.draws.iter().enumerate();
    each.filter(|(_, drawn)| drawn.held != Held::Undecided)
        .map(|(place, drawn)| (place, drawn.held == Held::Holds))
        .unzip()
}

fn deciding(counted: &Counted, inputs: &Inputs, seed: u64, effort: &Effort) -> Vec<Deciding> {
    let spreads = counted.spreads();
    let margins: Vec<f64> = counted.draws.iter().map(|drawn| drawn.weakest(&spreads)).collect();
    let terms =
        Terms { most: MOST_DECIDERS, permutations: effort.permutations, ..Terms::default() };
    let (places, holds) = decided(counted);
    let turns = |column: &Column| match column.at(&places) {
        Column::Number(values) => switching(&values, &holds, seed, effort.resamples),
        Column::Category(_) => None,
    };
    let enough = both_sides(&holds);
    deciders(&inputs.columns, &ranks(&margins), &terms, seed)
        .into_iter()
        .map(|decider| Deciding {
            parameter: inputs.parameters[decider.input],
            decider,
            switching: if enough { turns(&inputs.columns[decider.input]) } else { None },
        })
        .collect()
}

fn both_sides(holds: &[bool]) -> bool {
    let k = holds.iter().filter(|holds| **holds).count();
    k >= FEWEST && holds.len() - k >= FEWEST
}

fn boxes(counted: &Counted, inputs: &Inputs, seed: u64, effort: &Effort) -> Vec<Boxed> {
    let (places, holds) = decided(counted);
    if !both_sides(&holds) {
        return Vec::new();
    }
    let settings = Settings::default();
    let one = |of: Held| {
        let interest = holds.iter().map(|holds| *holds == (of == Held::Holds)).collect();
        let sample = Sample::new(inputs.at(&places), interest)?;
        let found = search(&sample, &settings).chosen(MOST_RESTRICTED, &sample);
        let steady = steadiness(&sample, &settings, MOST_RESTRICTED, seed, effort.halves);
        let base = sample.interesting() as f64 / holds.len() as f64;
        let names = inputs.parameters.iter().map(|parameter| parameter.name).collect();
        Some(Boxed { of, found, steady, base, decided: holds.len(), names })
    };
    [Held::Holds, Held::Fails].into_iter().filter_map(one).collect()
}

/// What knowing would be worth to whoever takes the left side of a part, or the right: the
/// utility of the one is its margin, of the other nought.
fn worths(
    claim: &Claim,
    counted: &Counted,
    inputs: &Inputs,
    deciding: &[Deciding],
    seed: u64,
    effort: &Effort,
) -> Vec<Worth> {
    let mut sections: Vec<&'static str> = inputs.parameters.iter().map(|p| p.section).collect();
    sections.dedup();
    let mut found = Vec::new();
    for part in 0..claim.parts.len() {
        let margins: Vec<f64> = counted.draws.iter().map(|drawn| drawn.margins[part]).collect();
        let utilities = [margins, vec![0.0; counted.n()]];
        if let Some(worth) = worth_of_all(&utilities, seed, effort.resamples) {
            let of = Of::Everything;
            found.push(Worth { part, of, worth, otherwise: None, explains: None });
        }
        let groups = std::iter::once(Of::Parameters)
            .chain(sections.iter().map(|section| Of::Section(section)))
            .chain(deciding.iter().map(|of| Of::Parameter(of.parameter.name)));
        for of in groups {
            let is = |parameter: &Parameter| match of {
                Of::Everything | Of::Parameters => true,
                Of::Section(section) => parameter.section == section,
                Of::Parameter(name) => parameter.name == name,
            };
            let each = inputs.parameters.iter().zip(&inputs.columns);
            let columns: Vec<Column> =
                each.filter(|(parameter, _)| is(parameter)).map(|(_, own)| own.clone()).collect();
            if let Some(known) = worth_of(&columns, &utilities, seed, effort.resamples) {
                let (otherwise, explains) = (Some(known.otherwise), Some(known.explains));
                found.push(Worth { part, of, worth: known.worth, otherwise, explains });
            }
        }
    }
    found
}

/// The claim with each link off beside the same draws with every link on, each under the
/// draw's first luck.
fn without(claim: &Claim, counted: &Counted, of: &Simulated) -> Vec<Without> {
    let Some(main) = of.beliefs.first() else { return Vec::new() };
    let first = |values: &Values| -> Option<Vec<f64>> {
        let values = values.first()?;
        claim.parts.iter().map(|part| part.margin(values)).collect()
    };
    let parts = std::iter::once(None).chain((0..claim.parts.len()).map(Some));
    let mut found = Vec::new();
    for part in parts {
        let holds = |margins: &Vec<f64>| {
            let each = claim.parts.iter().zip(margins).enumerate();
            each.filter(|(index, _)| part.is_none_or(|part| part == *index)).all(
                |(_, (part, margin))| *margin > 0.0 || *margin == 0.0 && part.op.holds_at_nought(),
            )
        };
        let mut rows = Vec::new();
        for (link, draws) in &of.without {
            let measured = counted.draws.iter().map(|drawn| drawn.draw);
            let pairs: Vec<(Vec<f64>, Vec<f64>)> = measured
                .filter_map(|draw| {
                    Some((first(main.draws.get(&draw)?)?, first(draws.get(&draw)?)?))
                })
                .collect();
            let count = |is: &dyn Fn(bool, bool) -> bool| {
                pairs.iter().filter(|(on, off)| is(holds(on), holds(off))).count()
            };
            let (gained, lost) = (count(&|on, off| off && !on), count(&|on, off| on && !off));
            rows.push(Without {
                link,
                part,
                n: pairs.len(),
                on: count(&|on, _| on),
                off: count(&|_, off| off),
                gained,
                lost,
                p: mcnemar(gained, lost),
                beyond_chance: false,
                change: part
                    .and_then(|part| change(pairs.iter().map(|(on, off)| off[part] - on[part]))),
            });
        }
        let tests: Vec<Option<f64>> = rows.iter().map(|row| Some(row.p)).collect();
        let stands = holm(&tests, ALPHA);
        rows.iter_mut().zip(stands).for_each(|(row, stands)| row.beyond_chance = stands);
        found.extend(rows);
    }
    found
}

/// Mean of paired changes and its 95% t interval; none of fewer than two.
fn change(of: impl Iterator<Item = f64>) -> Option<Ranged> {
    let mut moments = Moments::default();
    of.for_each(|change| moments.add(Some(change)));
    let (low, high) = Quantiles::default().interval(&moments)?;
    Some(Ranged { at: moments.mean()?, low, high })
}

/// Two-sided chance of pairs that change one way and the other so unevenly, each as likely
/// either way (McNemar's test, exact).
fn mcnemar(one: usize, other: usize) -> f64 {
    let n = (one + other) as u64;
    let Ok(even) = Binomial::new(0.5, n) else { return 1.0 };
    let p = (2.0 * even.cdf(one.min(other) as u64)).min(1.0);
    // The last bits come from the platform's mathematics library.
    (p * 1e10).round() / 1e10
}

impl Answer {
    /// What is said of the claim under the beliefs that answers are about.
    pub fn main(&self) -> Option<&Counted> {
        self.counted.first()
    }

    /// Share of draws with every link on in which it holds under the first luck, among those
    /// that causal links were switched off in.
    pub fn with_every_link(&self) -> Option<Ranged> {
        let row = self.without.iter().find(|row| row.part.is_none())?;
        share(row.on, row.n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claims::{Against, Figure, Op, Part, What};
    use crate::designs::Design;
    use crate::metrics::Metric;
    use crate::outcomes::Period;
    use crate::uncertainty::{Beliefs, Uncertainty};

    /// A claim that a figure is above nought.
    fn claims() -> Claims {
        let what = What::Level { metric: Metric::PublicPerPerson, group: 0, period: Period::Whole };
        let right = Against::Number(0.0);
        let part = Part { text: "it is above nought".to_owned(), left: 0, op: Op::More, right };
        Claims {
            claims: vec![Claim { text: part.text.clone(), parts: vec![part] }],
            figures: vec![Figure { world: 0, what }],
        }
    }

    /// The figure is as drawn parameters make it, and never two replicates alike.
    fn simulated(draws: u32, of: impl Fn(&dyn Fn(&str) -> f64) -> f64) -> Simulated {
        let beliefs = [Beliefs::Agnostic, Beliefs::Sceptic];
        let all = Uncertainty::designed(Design::Sobol, draws, &beliefs, |_| false, 5);
        let believed = |block: usize| {
            let rows = &all.blocks[block].rows;
            let asked = if block == 0 { draws } else { draws / 4 };
            let values = |draw: u32| {
                let row = &rows[draw as usize];
                let at =
                    |name: &str| row[all.names.iter().position(|own| *own == name).expect("drawn")];
                let value = of(&at);
                [0.01, -0.01].map(|luck| vec![Some(value + luck)]).to_vec()
            };
            Believed {
                id: all.blocks[block].id(),
                asked,
                draws: (0..asked).map(|draw| (draw, values(draw))).collect(),
                refused: Vec::new(),
                names: all.names.clone(),
                parameters: rows.clone(),
            }
        };
        Simulated { beliefs: vec![believed(0), believed(1)], without: Vec::new(), seed: 5 }
    }

    const QUICK: Effort = Effort { permutations: 99, resamples: 100, halves: 4 };

    /// A parameter that is drawn evenly, with its range.
    fn even(name: &str) -> (f64, f64) {
        let found = PARAMETERS.iter().find(|parameter| parameter.name == name).expect("one");
        assert_eq!(found.shape, crate::declare::Shape::Uniform, "{name}");
        (found.low, found.high)
    }

    #[test]
    fn what_decides_is_found_with_its_value_its_box_and_its_worth() {
        let name = PARAMETERS.iter().find(|p| p.shape == crate::declare::Shape::Uniform);
        let name = name.expect("one is drawn evenly").name;
        let (low, high) = even(name);
        // It turns at a quarter of the range.
        let turns = low + 0.25 * (high - low);
        let of = simulated(128, |at| 100.0 * (at(name) - turns) / (high - low));
        let claims = claims();
        let [found] = &answers(&claims, &of, &QUICK)[..] else { panic!("one claim") };
        let main = found.main().expect("draws");
        assert_eq!((main.n(), main.count(Held::Undecided)), (128, 0));
        assert_eq!(main.count(Held::Holds), 96);
        assert_eq!(found.counted[1].n(), 32);
        let [decides] = found.deciding.as_slice() else { panic!("{:?}", found.deciding) };
        assert_eq!(decides.parameter.name, name);
        let switch = decides.switching.expect("a value");
        let off = (switch.at - turns) / (high - low);
        assert!(switch.holds_above && off.abs() < 0.03, "{off}");
        let [holds, fails] = found.boxes.as_slice() else { panic!("two boxes") };
        let density = (holds.found.density, fails.found.density);
        // Boxes are peeled a twentieth at a time, and may keep a draw too many.
        assert!(density.0 == 1.0 && density.1 > 0.95, "{density:?}");
        assert!(holds.tells() && fails.tells(), "{:?}", holds.steady);
        // Even from −25 to 75: gained are the 25 ÷ 2 of the quarter in which it is below.
        let everything = found.worth[0].worth.at;
        assert!((everything - 25.0 * 0.25 / 2.0).abs() < 0.05, "{everything}");
        let alone = found.worth.iter().find(|w| w.of == Of::Parameter(name)).expect("it decides");
        assert!((alone.worth.at - everything).abs() < 0.3, "{alone:?}");
        let other = |of: &Of| matches!(of, Of::Section(s) if *s != decides.parameter.section);
        // What a regression of few draws reads off many parameters that do nothing is not quite
        // nought, but its interval takes nought in.
        for other in found.worth.iter().filter(|w| other(&w.of)) {
            assert!(other.worth.low == 0.0, "{other:?}");
        }
    }

    #[test]
    fn what_always_holds_has_no_boxes_and_no_values() {
        let of = simulated(64, |_| 3.0);
        let found = answer(&claims(), &claims().claims[0], &of, &QUICK);
        assert_eq!(found.main().expect("draws").count(Held::Holds), 64);
        assert!(found.deciding.is_empty() && found.boxes.is_empty());
        assert!(found.worth.iter().all(|worth| worth.worth.at == 0.0));
    }

    #[test]
    fn links_that_turn_a_claim_are_told_from_those_that_do_not() {
        let mut of = simulated(64, |_| 3.0);
        let with = |value: f64| (0..32).map(|draw| (draw, vec![vec![Some(value)]])).collect();
        of.without = vec![("one", with(3.5)), ("other", with(-1.0))];
        let found = answer(&claims(), &claims().claims[0], &of, &QUICK);
        let [one, other, one_part, other_part] = found.without.as_slice() else { panic!("four") };
        assert_eq!((one.n, one.on, one.off, one.beyond_chance), (32, 32, 32, false));
        assert_eq!((other.off, other.lost, other.beyond_chance), (0, 32, true));
        assert!((one_part.change.expect("pairs").at - 0.49).abs() < 1e-12);
        assert!((other_part.change.expect("pairs").at + 4.01).abs() < 1e-12);
        assert_eq!((one.change, one_part.part), (None, Some(0)));
    }

    #[test]
    fn pairs_that_change_are_tested_exactly() {
        // 1 of 7 and 0 of 5, by hand: 2 × 8 ÷ 128 and 2 ÷ 32.
        assert_eq!(mcnemar(1, 6), 0.125);
        assert_eq!(mcnemar(5, 0), 0.0625);
        assert_eq!((mcnemar(0, 0), mcnemar(3, 3)), (1.0, 1.0));
    }
}
