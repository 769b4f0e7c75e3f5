//! The tables that claims leave.

use super::Claims;
use super::answer::{Answer, Boxed, Deciding, Simulated, Without, Worth};
use super::counting::{Counted, Held};
use super::losing::{By, Losses};
use super::words::{self, Names};
use crate::analysis::moments::TAIL;
use crate::analysis::nested::percentile;
use crate::discovery::boxes::{End, Limits};
use crate::discovery::regret::{Regret, Regrets, Standing};
use crate::experiment::Experiment;
use crate::metrics::Family;
use crate::table::{Column, all, columns, csv, number, optional};

/// All that is told.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// What was run.
    pub experiment: &'a Experiment,
    /// What was claimed.
    pub claims: &'a Claims,
    /// What is said of each claim.
    pub answers: &'a [Answer],
    /// What regimes lose, where it was asked.
    pub losses: Option<&'a Losses>,
    /// What it rests on.
    pub simulated: &'a Simulated,
}

impl Told<'_> {
    /// Ids of the regimes, the comparator first, and of the stresses.
    pub fn names(&self) -> (Vec<String>, Vec<String>) {
        let experiment = self.experiment;
        let regimes = std::iter::once(&experiment.comparator).chain(&experiment.regimes);
        let stresses = experiment.stresses.iter().map(|stress| stress.id.clone());
        (regimes.map(|regime| regime.id.clone()).collect(), stresses.collect())
    }

    /// The paragraph of each claim.
    pub fn paragraphs(&self) -> Vec<String> {
        let (regimes, stresses) = self.names();
        let names = Names { regimes: &regimes, stresses: &stresses };
        let one = |answer| words::paragraph(self.claims, answer, self.simulated, &names);
        self.answers.iter().map(one).collect()
    }
}

/// A claim under one beliefs.
#[derive(Clone)]
pub struct Row {
    number: usize,
    text: String,
    beliefs: &'static str,
    asked: u32,
    refused: usize,
    counted: Counted,
    answer: String,
}

fn share(row: &Row, held: Held) -> String {
    optional(row.counted.share(held).map(|share| share.at))
}

fn holds(row: &Row) -> [String; 3] {
    let share = row.counted.share(Held::Holds);
    [share.map(|s| s.at), share.map(|s| s.low), share.map(|s| s.high)].map(optional)
}

/// The columns of `claims.csv`, in order.
pub const CLAIMS: &[Column<Row>] = columns! {
    "claim", "whole number", "Number of the claim, from 1, as in the other tables.", |r| r.number.to_string();
    "text", "text", "The claim as it was typed.", |r| r.text.clone();
    "beliefs", "text", "Whose ranges parameters were drawn from; empty where a set does not say.", |r| r.beliefs.to_owned();
    "n", "whole number", "Draws in which it could be measured.", |r| r.counted.n().to_string();
    "share", "number", "Share of them in which it holds beyond luck's error.", |r| holds(r)[0].clone();
    "low", "number", "Low end of its 95% interval.", |r| holds(r)[1].clone();
    "high", "number", "High end of the same.", |r| holds(r)[2].clone();
    "answer", "text", "The answer in a paragraph.", |r| r.answer.clone();
};

/// The columns of `beliefs.csv`, in order.
pub const BELIEFS: &[Column<Row>] = columns! {
    "claim", "whole number", "Number of the claim, from 1.", |r| r.number.to_string();
    "text", "text", "The claim as it was typed.", |r| r.text.clone();
    "beliefs", "text", "Whose ranges parameters were drawn from; empty where a set does not say.", |r| r.beliefs.to_owned();
    "asked", "whole number", "Draws that were asked for.", |r| r.asked.to_string();
    "refused", "whole number", "Draws that are left out, in which the status quo is no place to compare regimes in.", |r| r.refused.to_string();
    "unmeasured", "whole number", "Draws that are left out, in which nobody was there to measure it on.", |r| r.counted.unmeasured.to_string();
    "n", "whole number", "Draws that are left.", |r| r.counted.n().to_string();
    "holds", "whole number", "Draws in which it holds: every part does by more than luck's 95% interval.", |r| r.counted.count(Held::Holds).to_string();
    "fails", "whole number", "Draws in which it fails: some part does by more than luck's 95% interval.", |r| r.counted.count(Held::Fails).to_string();
    "undecided", "whole number", "Draws in which luck leaves it open.", |r| r.counted.count(Held::Undecided).to_string();
    "share", "number", "Share of draws in which it holds.", |r| holds(r)[0].clone();
    "low", "number", "Low end of its 95% interval (Wilson).", |r| holds(r)[1].clone();
    "high", "number", "High end of the same.", |r| holds(r)[2].clone();
    "share_fails", "number", "Share of draws in which it fails.", |r| share(r, Held::Fails);
    "share_undecided", "number", "Share of draws in which luck leaves it open.", |r| share(r, Held::Undecided);
};

/// A part of a claim.
pub struct PartRow {
    claim: usize,
    part: usize,
    text: String,
    unit: String,
    beliefs: &'static str,
    n: usize,
    margins: Option<[f64; 3]>,
    luck: f64,
}

/// The columns of `parts.csv`, in order.
pub const PARTS: &[Column<PartRow>] = columns! {
    "claim", "whole number", "Number of the claim, from 1.", |r| r.claim.to_string();
    "part", "whole number", "Number of the part, from 1: what `and` stands between.", |r| r.part.to_string();
    "text", "text", "The part as it was typed.", |r| r.text.clone();
    "unit", "text", "Unit of its margin.", |r| r.unit.clone();
    "beliefs", "text", "Whose ranges parameters were drawn from; empty where a set does not say.", |r| r.beliefs.to_owned();
    "n", "whole number", "Draws in which the claim could be measured.", |r| r.n.to_string();
    "mean", "number", "Mean margin over draws: by how much the part holds, below 0 by how much it fails.", |r| optional(r.margins.map(|m| m[0]));
    "low", "number", "2.5th percentile of draws' margins, luck and all.", |r| optional(r.margins.map(|m| m[1]));
    "high", "number", "97.5th percentile of the same.", |r| optional(r.margins.map(|m| m[2]));
    "luck_sd", "number", "Standard deviation of one replicate's margin from luck, pooled over all draws.", |r| number(r.luck);
};

/// A parameter that decides a claim.
pub struct DecidingRow {
    claim: usize,
    order: usize,
    of: Deciding,
}

/// The columns of `deciding.csv`, in order.
pub const DECIDING: &[Column<DecidingRow>] = columns! {
    "claim", "whole number", "Number of the claim, from 1.", |r| r.claim.to_string();
    "order", "whole number", "Which was named first, second and so on.", |r| r.order.to_string();
    "parameter", "text", "Name of the parameter.", |r| r.of.parameter.name.to_owned();
    "unit", "text", "Its unit.", |r| r.of.parameter.unit.to_owned();
    "section", "text", "The part of the model it belongs to.", |r| r.of.parameter.section.to_owned();
    "share", "number", "Share of the variance of the margin's ranks that it explains beyond those before it, less what a parameter without effect would.", |r| number(r.of.decider.share);
    "trend", "number", "Rank correlation with what those before it leave, from -1 to 1: whether the margin rises with it.", |r| optional(r.of.decider.trend);
    "p", "number", "Share of permutations in which the best of all parameters left does as well.", |r| number(r.of.decider.p);
    "default", "number", "Its default.", |r| number(r.of.parameter.default);
    "low", "number", "Low end of its plausible range.", |r| number(r.of.parameter.low);
    "high", "number", "High end of the same.", |r| number(r.of.parameter.high);
    "grade", "text", "How well it is known.", |r| r.of.parameter.grade.word().to_owned();
    "source", "text", "What it rests on: rows of the evidence, or why it is assumed.", |r| r.of.parameter.grade.source().to_owned();
};

/// The columns of `switching.csv`, in order.
pub const SWITCHING: &[Column<DecidingRow>] = columns! {
    "claim", "whole number", "Number of the claim, from 1.", |r| r.claim.to_string();
    "parameter", "text", "Name of a parameter that decides it.", |r| r.of.parameter.name.to_owned();
    "unit", "text", "Its unit.", |r| r.of.parameter.unit.to_owned();
    "at", "number", "The value at which the claim is as likely to hold as not; empty where no single value turns it.", |r| optional(r.of.switching.map(|s| s.at));
    "at_low", "number", "Low end of its 95% interval; empty where that lies beyond all values drawn.", |r| optional(r.of.switching.and_then(|s| s.low));
    "at_high", "number", "High end of the same, in the same way.", |r| optional(r.of.switching.and_then(|s| s.high));
    "holds_above", "true or false", "Whether the claim is likelier to hold above it than below.", |r| r.of.switching.map(|s| s.holds_above.to_string()).unwrap_or_default();
    "share_below", "number", "Share of decided draws below it in which the claim holds.", |r| optional(r.of.switching.map(|s| s.shares.0));
    "share_above", "number", "Share of decided draws above it in which the claim holds.", |r| optional(r.of.switching.map(|s| s.shares.1));
    "default", "number", "The parameter's default.", |r| number(r.of.parameter.default);
    "low", "number", "Low end of its plausible range.", |r| number(r.of.parameter.low);
    "high", "number", "High end of the same.", |r| number(r.of.parameter.high);
    "grade", "text", "How well it is known.", |r| r.of.parameter.grade.word().to_owned();
    "source", "text", "What it rests on.", |r| r.of.parameter.grade.source().to_owned();
};

/// One parameter that a box restricts; none for a box that restricts none.
pub struct BoxRow {
    claim: usize,
    of: Boxed,
    input: Option<usize>,
}

impl BoxRow {
    /// A limit, and the quasi-p of the restriction.
    fn end(&self, end: End) -> (Option<f64>, Option<f64>) {
        let Some(input) = self.input else { return (None, None) };
        let mut all = self.of.found.restrictions.iter();
        let Some(found) = all.find(|r| r.input == input && r.end == end) else {
            return (None, None);
        };
        let limit = match (&self.of.found.limits[input], end) {
            (Limits::Between(low, _), End::Low) => Some(*low),
            (Limits::Between(_, high), End::High) => Some(*high),
            _ => None,
        };
        (limit, Some(found.quasi_p))
    }
}

/// The columns of `boxes.csv`, in order.
pub const BOXES: &[Column<BoxRow>] = columns! {
    "claim", "whole number", "Number of the claim, from 1.", |r| r.claim.to_string();
    "of", "text", "What is as frequent in the box as can be: that the claim holds, or fails.", |r| r.of.of.id().to_owned();
    "parameter", "text", "A parameter that the box restricts.", |r| r.input.map(|input| r.of.names[input].to_owned()).unwrap_or_default();
    "from", "number", "Least value in the box; empty where that end is open.", |r| optional(r.end(End::Low).0);
    "to", "number", "Greatest value in the box; empty where that end is open.", |r| optional(r.end(End::High).0);
    "quasi_p_from", "number", "Quasi-p of the lower limit: no p of a test, since the box was looked for in the same draws.", |r| optional(r.end(End::Low).1);
    "quasi_p_to", "number", "Quasi-p of the upper limit.", |r| optional(r.end(End::High).1);
    "n", "whole number", "Draws in the box, of those that luck does not leave open.", |r| r.of.found.n.to_string();
    "mass", "number", "Share of decided draws that are in it.", |r| number(r.of.found.mass);
    "density", "number", "Share of the draws in it in which the claim holds, or fails.", |r| number(r.of.found.density);
    "coverage", "number", "Share of all draws in which it does so that are in the box.", |r| number(r.of.found.coverage);
    "base", "number", "Share of all decided draws in which it does so.", |r| number(r.of.base);
    "kept_back", "number", "Density that boxes looked for in half of the draws reach in the other half, on average.", |r| optional(r.of.steady.kept_back);
    "kept_back_coverage", "number", "Coverage of the same.", |r| optional(r.of.steady.coverage);
    "again", "number", "Share of the halves whose box restricts this parameter.", |r| optional(r.input.map(|input| r.of.steady.restricted[input]));
    "tells", "true or false", "Whether it says something of draws that it was not found in: density kept back is a tenth above the base at least.", |r| r.of.tells().to_string();
};

/// A claim with a link off.
pub struct WithoutRow {
    claim: usize,
    unit: String,
    of: Without,
}

/// The columns of `structures.csv`, in order.
pub const STRUCTURES: &[Column<WithoutRow>] = columns! {
    "claim", "whole number", "Number of the claim, from 1.", |r| r.claim.to_string();
    "part", "whole number", "Number of the part, from 1; empty for the whole claim.", |r| r.of.part.map(|part| (part + 1).to_string()).unwrap_or_default();
    "link", "text", "The causal link that is off.", |r| r.of.link.to_owned();
    "n", "whole number", "Draws that can be compared, each under its first luck.", |r| r.of.n.to_string();
    "on", "number", "Share of them in which it holds with every link on.", |r| optional(portion(r.of.on, r.of.n));
    "off", "number", "Share of them in which it holds with the link off.", |r| optional(portion(r.of.off, r.of.n));
    "gained", "whole number", "Draws in which it holds with the link off only.", |r| r.of.gained.to_string();
    "lost", "whole number", "Draws in which it holds with the link on only.", |r| r.of.lost.to_string();
    "p", "number", "Chance of so uneven a change if the link made none (McNemar's test, exact).", |r| number(r.of.p);
    "beyond_chance", "true or false", "Whether that survives Holm's correction at 5% over links.", |r| r.of.beyond_chance.to_string();
    "unit", "text", "Unit of the change.", |r| r.unit.clone();
    "change", "number", "Mean change of the margin; empty for the whole claim.", |r| optional(r.of.change.map(|c| c.at));
    "change_low", "number", "Low end of its 95% interval (t, paired).", |r| optional(r.of.change.map(|c| c.low));
    "change_high", "number", "High end of the same.", |r| optional(r.of.change.map(|c| c.high));
};

fn portion(k: usize, n: usize) -> Option<f64> {
    (n > 0).then(|| k as f64 / n as f64)
}

/// What knowing is worth.
pub struct WorthRow {
    claim: usize,
    text: String,
    unit: String,
    of: Worth,
}

/// The columns of `worth.csv`, in order.
pub const WORTH: &[Column<WorthRow>] = columns! {
    "claim", "whole number", "Number of the claim, from 1.", |r| r.claim.to_string();
    "text", "text", "The claim as it was typed.", |r| r.text.clone();
    "part", "whole number", "Number of the part by which somebody chooses, from 1.", |r| (r.of.part + 1).to_string();
    "knowing", "text", "What would be known: everything, which takes in luck that no study could foretell; every parameter; those of a section; or one.", |r| r.of.of.kind().to_owned();
    "name", "text", "The section or the parameter.", |r| r.of.of.name().to_owned();
    "unit", "text", "Unit of what it is worth.", |r| r.unit.clone();
    "worth", "number", "How much better one would choose on average, knowing.", |r| number(r.of.worth.at);
    "low", "number", "Low end of its 95% interval (bootstrap over draws).", |r| number(r.of.worth.low);
    "high", "number", "High end of the same.", |r| number(r.of.worth.high);
    "otherwise", "number", "Share of draws in which one would choose otherwise, knowing.", |r| optional(r.of.otherwise);
    "explains", "number", "Share of the margin's variance that it explains in draws left out.", |r| optional(r.of.explains);
};

/// What a regime loses.
pub struct RegretRow {
    beliefs: &'static str,
    by: By,
    regime: String,
    index: usize,
    regrets: Regrets,
}

impl RegretRow {
    fn own(&self) -> &Regret {
        &self.regrets.regimes[self.index]
    }
}

/// The columns of `regret.csv`, in order.
pub const REGRET: &[Column<RegretRow>] = columns! {
    "beliefs", "text", "Whose ranges parameters were drawn from; empty where a set does not say.", |r| r.beliefs.to_owned();
    "by", "text", "By what regimes are compared: a headline, the weights given, or a family, whose headlines count alike, each as far as it matters.", |r| r.by.id().to_owned();
    "unit", "text", "Unit of what is lost.", |r| r.by.unit().to_owned();
    "regime", "text", "Id of the regime.", |r| r.regime.clone();
    "expected", "number", "Mean loss against the best regime of the draw.", |r| number(r.own().expected.at);
    "low", "number", "Low end of its 95% interval over draws (t).", |r| number(r.own().expected.low);
    "high", "number", "High end of the same.", |r| number(r.own().expected.high);
    "worst", "number", "The most that is lost in any draw.", |r| number(r.own().worst);
    "best", "number", "Share of draws in which no regime is better.", |r| number(r.own().best);
    "never_best", "true or false", "Whether it is best in no draw.", |r| r.regrets.never_best().contains(&r.index).to_string();
    "least_expected", "true or false", "Whether it is the regime that loses least on average.", |r| (r.regrets.least_expected() == Some(r.index)).to_string();
    "least_worst", "true or false", "Whether it is the regime whose worst draw loses least.", |r| (r.regrets.least_worst() == Some(r.index)).to_string();
    "n", "whole number", "Draws in which every regime could be measured.", |r| r.regrets.whole.to_string();
};

/// Where a regime stands.
pub struct FrontRow {
    beliefs: &'static str,
    regime: String,
    families: Vec<Family>,
    standing: Standing,
}

impl FrontRow {
    fn mean(&self, family: Family) -> String {
        let at = self.families.iter().position(|own| *own == family);
        optional(at.map(|at| self.standing.means[at]))
    }
}

/// The columns of `pareto.csv`, in order.
pub const PARETO: &[Column<FrontRow>] = columns! {
    "beliefs", "text", "Whose ranges parameters were drawn from; empty where a set does not say.", |r| r.beliefs.to_owned();
    "regime", "text", "Id of the regime.", |r| r.regime.clone();
    "choice", "number", "Mean of the headlines of choice, in differences worth a decision; more is better.", |r| r.mean(Family::Choice);
    "cost", "number", "The same of cost; more is better, which is cheaper.", |r| r.mean(Family::Cost);
    "community", "number", "The same of community.", |r| r.mean(Family::Community);
    "front", "true or false", "Whether no regime is at least as good in every family and better in one.", |r| r.standing.undominated.to_string();
    "share", "number", "Share of draws in which that is so.", |r| number(r.standing.share);
};

/// Every table whose columns are declared: its file, and their names, what they hold and mean.
pub fn declared() -> Vec<(&'static str, Vec<[&'static str; 3]>)> {
    fn of<R>(columns: &'static [Column<R>]) -> Vec<[&'static str; 3]> {
        columns.iter().map(|column| [column.name, column.holds, column.meaning]).collect()
    }
    vec![
        ("claims.csv", of(CLAIMS)),
        ("beliefs.csv", of(BELIEFS)),
        ("parts.csv", of(PARTS)),
        ("deciding.csv", of(DECIDING)),
        ("switching.csv", of(SWITCHING)),
        ("boxes.csv", of(BOXES)),
        ("structures.csv", of(STRUCTURES)),
        ("worth.csv", of(WORTH)),
        ("regret.csv", of(REGRET)),
        ("pareto.csv", of(PARETO)),
    ]
}

/// The files: names and bytes.
///
/// # Errors
///
/// Writing to memory does not fail; the error is passed on all the same.
pub fn tables(told: &Told<'_>) -> anyhow::Result<Vec<(&'static str, Vec<u8>)>> {
    let mut tables = vec![("draws.csv", draws(told)?)];
    if !told.answers.is_empty() {
        let beliefs = rows(told);
        let firsts = beliefs.chunk_by(|a, b| a.number == b.number).map(|all| &all[..1]);
        let mut claims = Vec::new();
        for (first, answer) in firsts.zip(told.paragraphs()) {
            claims.extend(first.iter().map(|row| Row { answer: answer.clone(), ..row.clone() }));
        }
        let (mut deciding, mut boxes) = (Vec::new(), Vec::new());
        let (mut without, mut worth) = (Vec::new(), Vec::new());
        for (number, answer) in (1..).zip(told.answers) {
            let claim = number;
            for (order, of) in (1..).zip(&answer.deciding) {
                deciding.push(DecidingRow { claim, order, of: of.clone() });
            }
            for of in &answer.boxes {
                let mut inputs: Vec<Option<usize>> =
                    of.found.restricted().into_iter().map(Some).collect();
                if inputs.is_empty() {
                    inputs.push(None);
                }
                let row = |input| BoxRow { claim, of: of.clone(), input };
                boxes.extend(inputs.into_iter().map(row));
            }
            let unit = |part: Option<usize>| part.map(|part| answer.units[part].clone());
            for of in &answer.without {
                let unit = unit(of.part).unwrap_or_default();
                without.push(WithoutRow { claim, unit, of: of.clone() });
            }
            for of in &answer.worth {
                let unit = unit(Some(of.part)).unwrap_or_default();
                let text = answer.claim.text.clone();
                worth.push(WorthRow { claim, text, unit, of: of.clone() });
            }
        }
        tables.extend([
            ("claims.csv", csv(&all(CLAIMS), &claims)?),
            ("beliefs.csv", csv(&all(BELIEFS), &beliefs)?),
            ("parts.csv", csv(&all(PARTS), &parts(told))?),
            ("deciding.csv", csv(&all(DECIDING), &deciding)?),
            ("switching.csv", csv(&all(SWITCHING), &deciding)?),
            ("boxes.csv", csv(&all(BOXES), &boxes)?),
            ("structures.csv", csv(&all(STRUCTURES), &without)?),
            ("worth.csv", csv(&all(WORTH), &worth)?),
        ]);
    }
    if let Some(losses) = told.losses {
        tables.push(("regret.csv", csv(&all(REGRET), &regrets(losses))?));
        tables.push(("pareto.csv", csv(&all(PARETO), &front(losses))?));
    }
    Ok(tables)
}

/// Each claim under each beliefs.
fn rows(told: &Told<'_>) -> Vec<Row> {
    let mut rows = Vec::new();
    for (number, answer) in (1..).zip(told.answers) {
        for (believed, counted) in told.simulated.beliefs.iter().zip(&answer.counted) {
            rows.push(Row {
                number,
                text: answer.claim.text.clone(),
                beliefs: believed.id,
                asked: believed.asked,
                refused: believed.refused.len(),
                counted: counted.clone(),
                answer: String::new(),
            });
        }
    }
    rows
}

fn parts(told: &Told<'_>) -> Vec<PartRow> {
    let mut rows = Vec::new();
    for (claim, answer) in (1..).zip(told.answers) {
        for (index, part) in answer.claim.parts.iter().enumerate() {
            for (believed, counted) in told.simulated.beliefs.iter().zip(&answer.counted) {
                let mut margins: Vec<f64> =
                    counted.draws.iter().map(|draw| draw.margins[index]).collect();
                margins.sort_by(f64::total_cmp);
                let range = (!margins.is_empty()).then(|| {
                    let mean = margins.iter().sum::<f64>() / margins.len() as f64;
                    [mean, percentile(&margins, TAIL), percentile(&margins, 1.0 - TAIL)]
                });
                rows.push(PartRow {
                    claim,
                    part: index + 1,
                    text: part.text.clone(),
                    unit: answer.units[index].clone(),
                    beliefs: believed.id,
                    n: margins.len(),
                    margins: range,
                    luck: answer.luck.sd[index],
                });
            }
        }
    }
    rows
}

fn regrets(losses: &Losses) -> Vec<RegretRow> {
    let mut rows = Vec::new();
    for lost in &losses.lost {
        for (index, regime) in losses.regimes.iter().enumerate() {
            rows.push(RegretRow {
                beliefs: lost.beliefs,
                by: lost.by,
                regime: regime.clone(),
                index,
                regrets: lost.regrets.clone(),
            });
        }
    }
    rows
}

fn front(losses: &Losses) -> Vec<FrontRow> {
    let mut rows = Vec::new();
    for (beliefs, standings) in &losses.front {
        for (regime, standing) in losses.regimes.iter().zip(standings) {
            rows.push(FrontRow {
                beliefs,
                regime: regime.clone(),
                families: losses.families.clone(),
                standing: standing.clone(),
            });
        }
    }
    rows
}

/// Parameters and margins, a row a draw: its columns depend on the claims, and are
/// `beliefs`, `draw` and `refused`, for each claim `claim_1` (what it comes to) and
/// `margin_1_1` (by how much its first part holds), and then the parameters that are drawn.
fn draws(told: &Told<'_>) -> anyhow::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut head = vec!["beliefs".to_owned(), "draw".to_owned(), "refused".to_owned()];
    for (number, answer) in (1..).zip(told.answers) {
        head.push(format!("claim_{number}"));
        let parts = 1..=answer.claim.parts.len();
        head.extend(parts.map(|part| format!("margin_{number}_{part}")));
    }
    let first = told.simulated.beliefs.first();
    let names = first.map_or(&[][..], |believed| &believed.names);
    head.extend(names.iter().map(|name| (*name).to_owned()));
    writer.write_record(&head)?;
    for (block, believed) in told.simulated.beliefs.iter().enumerate() {
        for draw in 0..believed.asked {
            let refused = believed.refused.iter().any(|refused| refused.draw == draw);
            let mut row = vec![believed.id.to_owned(), draw.to_string(), refused.to_string()];
            for answer in told.answers {
                let found = answer.counted[block].draws.iter().find(|drawn| drawn.draw == draw);
                row.push(found.map_or_else(String::new, |drawn| drawn.held.id().to_owned()));
                for part in 0..answer.claim.parts.len() {
                    row.push(optional(found.map(|drawn| drawn.margins[part])));
                }
            }
            row.extend(believed.parameters[draw as usize].iter().map(|value| number(*value)));
            writer.write_record(&row)?;
        }
    }
    Ok(writer.into_inner()?)
}
