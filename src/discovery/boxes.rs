//! Boxes in the space of parameters, and how well they say where a claim holds.

use super::{Column, Sample};
use statrs::distribution::{Binomial, DiscreteCDF};
use std::collections::BTreeSet;

/// What a box lets through of one input.
#[derive(Clone, Debug, PartialEq)]
pub enum Limits {
    /// Numbers from the first to the second, both included, in the input's unit.
    Between(f64, f64),
    /// These ways to be.
    Among(BTreeSet<u32>),
}

impl Limits {
    /// As wide as all of a column's values.
    pub fn around(column: &Column) -> Self {
        match column {
            Column::Number(values) => {
                let low = values.iter().copied().fold(f64::INFINITY, f64::min);
                let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                Limits::Between(low, high)
            }
            Column::Category(ways) => Limits::Among(ways.iter().copied().collect()),
        }
    }

    /// Whether a column's value at a draw is let through.
    pub fn hold(&self, column: &Column, draw: usize) -> bool {
        match (self, column) {
            (Limits::Between(low, high), Column::Number(values)) => {
                (*low..=*high).contains(&values[draw])
            }
            (Limits::Among(ways), Column::Category(all)) => ways.contains(&all[draw]),
            _ => false,
        }
    }
}

/// An end of a restriction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Numbers below a limit are left out.
    Low,
    /// Numbers above a limit are left out.
    High,
    /// Some ways to be are left out.
    Ways,
}

/// A restriction, and whether it does more than chance would.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Restriction {
    /// Number of the input.
    pub input: usize,
    /// Which end of it is restricted.
    pub end: End,
    /// Quasi-p: how likely at least as many draws of interest would be in the box, were each
    /// of its draws of interest as often as without this restriction (one-sided binomial;
    /// Bryant and Lempert, 2010). No p of a test: the box was looked for in the same draws.
    pub quasi_p: f64,
}

/// A box, and how it fares on the draws it was found in.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// By input.
    pub limits: Vec<Limits>,
    /// Draws in the box.
    pub n: usize,
    /// Draws of interest in the box.
    pub k: usize,
    /// Share of all draws that are in the box.
    pub mass: f64,
    /// Share of the box's draws that are of interest.
    pub density: f64,
    /// Share of all draws of interest that are in the box.
    pub coverage: f64,
    /// What is restricted, in the order of inputs.
    pub restrictions: Vec<Restriction>,
}

impl Found {
    /// Inputs that are restricted, at one end or both.
    pub fn restricted(&self) -> BTreeSet<usize> {
        self.restrictions.iter().map(|restriction| restriction.input).collect()
    }

    /// How the box fares on draws that it was not found in: how many it holds, and how many
    /// of interest. Only what is restricted is asked, since the range of the draws that it
    /// was found in is no limit.
    pub fn counts(&self, draws: &Sample, among: &[usize]) -> (usize, usize) {
        let lets_through = |restriction: &Restriction, draw: usize| {
            let input = restriction.input;
            let limits = match (restriction.end, &self.limits[input]) {
                (End::Low, Limits::Between(low, _)) => &Limits::Between(*low, f64::INFINITY),
                (End::High, Limits::Between(_, high)) => &Limits::Between(f64::NEG_INFINITY, *high),
                (_, limits) => limits,
            };
            limits.hold(&draws.columns[input], draw)
        };
        counted(draws, among, |draw| self.restrictions.iter().all(|r| lets_through(r, draw)))
    }

    /// Harmonic mean of density and coverage, by which boxes are chosen: high only where
    /// both are.
    pub fn balance(&self) -> f64 {
        let sum = self.density + self.coverage;
        if sum > 0.0 { 2.0 * self.density * self.coverage / sum } else { 0.0 }
    }
}

/// How many of some draws a box holds, and how many of interest.
fn counts(limits: &[Limits], draws: &Sample, among: &[usize]) -> (usize, usize) {
    counted(draws, among, |draw| {
        limits.iter().zip(&draws.columns).all(|(limits, column)| limits.hold(column, draw))
    })
}

fn counted(draws: &Sample, among: &[usize], inside: impl Fn(usize) -> bool) -> (usize, usize) {
    let inside = || among.iter().filter(|draw| inside(**draw));
    (inside().count(), inside().filter(|draw| draws.holds[**draw]).count())
}

/// A box with all that is said of it. `open` is the box that holds all draws, and `among`
/// are those that no earlier box has taken.
pub(super) fn described(
    limits: Vec<Limits>,
    open: &[Limits],
    draws: &Sample,
    among: &[usize],
) -> Found {
    let (n, k) = counts(&limits, draws, among);
    let share = |part: usize, of: usize| if of > 0 { part as f64 / of as f64 } else { 0.0 };
    let mut restrictions = Vec::new();
    for (input, ends) in ends(&limits, open).into_iter().enumerate() {
        for end in ends {
            let mut without = limits.clone();
            without[input] = released(&limits[input], &open[input], end);
            let quasi_p = quasi_p((n, k), counts(&without, draws, among));
            restrictions.push(Restriction { input, end, quasi_p });
        }
    }
    Found {
        n,
        k,
        mass: share(n, draws.holds.len()),
        density: share(k, n),
        coverage: share(k, draws.interesting()),
        restrictions,
        limits,
    }
}

/// Ends that are restricted, by input.
pub(super) fn ends(limits: &[Limits], open: &[Limits]) -> Vec<Vec<End>> {
    let of = |(limits, open): (&Limits, &Limits)| match (limits, open) {
        (Limits::Between(low, high), Limits::Between(least, most)) => {
            let mut ends = Vec::new();
            ends.extend((low != least).then_some(End::Low));
            ends.extend((high != most).then_some(End::High));
            ends
        }
        _ if limits != open => vec![End::Ways],
        _ => Vec::new(),
    };
    limits.iter().zip(open).map(of).collect()
}

fn released(limits: &Limits, open: &Limits, end: End) -> Limits {
    match (end, limits, open) {
        (End::Low, Limits::Between(_, high), Limits::Between(least, _)) => {
            Limits::Between(*least, *high)
        }
        (End::High, Limits::Between(low, _), Limits::Between(_, most)) => {
            Limits::Between(*low, *most)
        }
        _ => open.clone(),
    }
}

fn quasi_p((n, k): (usize, usize), (n_without, k_without): (usize, usize)) -> f64 {
    if k == 0 || n_without == 0 {
        return 1.0;
    }
    let share = k_without as f64 / n_without as f64;
    match Binomial::new(share, n as u64) {
        Ok(binomial) => binomial.sf(k as u64 - 1).clamp(0.0, 1.0),
        Err(_) => 1.0,
    }
}

/// The largest quasi-p that a restriction may keep its place with.
pub const LARGEST_QUASI_P: f64 = 0.05;

/// A box without the restrictions that chance would do as well: the one of the largest
/// quasi-p goes, while there is one above [`LARGEST_QUASI_P`], and then the least needed
/// while more than `most` inputs are restricted.
pub fn simplified(found: Found, most: usize, draws: &Sample, among: &[usize]) -> Found {
    let open: Vec<Limits> = draws.columns.iter().map(Limits::around).collect();
    let mut found = found;
    loop {
        let needless = found.restrictions.iter().max_by(|a, b| a.quasi_p.total_cmp(&b.quasi_p));
        let Some(needless) = needless else { break };
        if needless.quasi_p > LARGEST_QUASI_P {
            let mut limits = found.limits.clone();
            limits[needless.input] =
                released(&limits[needless.input], &open[needless.input], needless.end);
            found = described(limits, &open, draws, among);
        } else if found.restricted().len() > most {
            let without = |input: usize| {
                let mut limits = found.limits.clone();
                limits[input] = open[input].clone();
                described(limits, &open, draws, among)
            };
            let fewer = found.restricted().into_iter().map(without);
            let Some(best) = fewer.max_by(|a, b| a.balance().total_cmp(&b.balance())) else {
                break;
            };
            found = best;
        } else {
            break;
        }
    }
    found
}
