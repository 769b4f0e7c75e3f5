//! What the model would give where it was not run: a polynomial of few terms, chosen one
//! after another by the extended Bayesian information criterion (Chen and Chen, 2008),
//! which asks more of each term the more there were to choose from.
//!
//! With two hundred inputs and a few hundred runs most inputs do next to nothing to a
//! target, and those that do act nearly straight over their ranges; so straight terms are
//! chosen first, then squares and products of what was chosen. How far off the emulator is
//! is measured by leaving each run out in turn.

use nalgebra::{DMatrix, DVector};

/// One term: the product of one or two inputs, each from −1 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// An input.
    Straight(usize),
    /// The product of two inputs, or the square of one.
    Product(usize, usize),
}

impl Term {
    /// Its value at some inputs.
    pub fn of(self, input: &[f64]) -> f64 {
        match self {
            Term::Straight(a) => input[a],
            Term::Product(a, b) => input[a] * input[b],
        }
    }

    /// The inputs it has.
    pub fn inputs(self) -> [usize; 2] {
        match self {
            Term::Straight(a) => [a, a],
            Term::Product(a, b) => [a, b],
        }
    }
}

/// A polynomial fitted to runs.
#[derive(Clone, Debug)]
pub struct Emulator {
    mean: f64,
    terms: Vec<(Term, f64)>,
    /// Root mean square of leave-one-out errors, in the target's unit.
    pub error: f64,
    /// Standard deviation of the runs' values.
    pub sd: f64,
}

/// Most terms for each run that it is fitted to.
const TERMS_A_RUN: f64 = 0.2;
/// Terms that may be tried without the criterion falling.
const PATIENCE: usize = 6;

impl Emulator {
    /// Fitted to runs: `inputs` are `[run][input]`, `values` one a run.
    pub fn fit(inputs: &[Vec<f64>], values: &[f64]) -> Self {
        let runs = values.len();
        let mean = values.iter().sum::<f64>() / runs.max(1) as f64;
        let centred = DVector::from_iterator(runs, values.iter().map(|value| value - mean));
        let sd = (centred.norm_squared() / runs.saturating_sub(1).max(1) as f64).sqrt();
        let most = (TERMS_A_RUN * runs as f64) as usize;
        let straight: Vec<Term> =
            (0..inputs.first().map_or(0, Vec::len)).map(Term::Straight).collect();
        let mut chosen = Chosen::new(centred.clone());
        chosen.add_while_better(inputs, &straight, most);
        let alone: Vec<usize> = chosen.terms.iter().map(|term| term.inputs()[0]).collect();
        let pairs = |(i, a): (usize, &usize)| {
            let with = alone[i..].iter().map(|b| Term::Product(*a, *b));
            with.collect::<Vec<_>>()
        };
        let products: Vec<Term> = alone.iter().enumerate().flat_map(pairs).collect();
        chosen.add_while_better(inputs, &products, most);
        let (offset, coefficients) = solve(&chosen.terms, inputs, &centred);
        Self {
            mean: mean + offset,
            error: chosen.error,
            terms: chosen.terms.into_iter().zip(coefficients).collect(),
            sd,
        }
    }

    /// What the model would give at some inputs.
    pub fn at(&self, input: &[f64]) -> f64 {
        self.terms.iter().map(|(term, by)| by * term.of(input)).sum::<f64>() + self.mean
    }

    /// How much of the runs' variance it explains where a run is left out, at most 1.
    pub fn explains(&self) -> f64 {
        if self.sd > 0.0 { 1.0 - (self.error / self.sd) * (self.error / self.sd) } else { 1.0 }
    }

    /// Its terms and what each is multiplied by.
    pub fn terms(&self) -> &[(Term, f64)] {
        &self.terms
    }

    /// The inputs that it uses.
    pub fn uses(&self, input: usize) -> bool {
        self.terms.iter().any(|(term, _)| term.inputs().contains(&input))
    }
}

/// Terms chosen so far: an orthonormal basis of them, and what they leave unexplained.
struct Chosen {
    terms: Vec<Term>,
    /// The first is constant, the others in the order of the terms.
    basis: Vec<DVector<f64>>,
    residual: DVector<f64>,
    /// Diagonal of the projection on the basis.
    leverage: DVector<f64>,
    /// Root mean square of leave-one-out errors.
    error: f64,
}

/// Of a candidate's length, what must be left beside the basis for it to be a term of its own.
const ITS_OWN: f64 = 1e-6;

impl Chosen {
    fn new(centred: DVector<f64>) -> Self {
        let runs = centred.len();
        let ones = DVector::from_element(runs, 1.0 / (runs.max(1) as f64).sqrt());
        let leverage = ones.component_mul(&ones);
        let mut new =
            Self { terms: Vec::new(), basis: vec![ones], residual: centred, leverage, error: 0.0 };
        new.error = new.left_out();
        new
    }

    fn left_out(&self) -> f64 {
        let each = self.residual.iter().zip(&self.leverage);
        let sum: f64 = each.map(|(e, h)| squared(e / (1.0 - h).max(ITS_OWN))).sum();
        (sum / self.residual.len().max(1) as f64).sqrt()
    }

    /// Adds whichever candidate is most like what is left, again and again, and keeps as
    /// many as had the least error.
    fn add_while_better(&mut self, inputs: &[Vec<f64>], candidates: &[Term], most: usize) {
        // What is left of each candidate beside the basis, and its length before.
        let mut left: Vec<(Term, DVector<f64>, f64)> = Vec::new();
        for term in candidates {
            let mut rest =
                DVector::from_iterator(inputs.len(), inputs.iter().map(|input| term.of(input)));
            let before = rest.norm();
            self.basis.iter().for_each(|q| rest.axpy(-q.dot(&rest), q, 1.0));
            left.push((*term, rest, before));
        }
        let mut kept = (self.terms.len(), self.residual.clone(), self.leverage.clone());
        let mut least = self.criterion(candidates.len());
        while self.terms.len() < most && self.terms.len() < kept.0 + PATIENCE {
            left.retain(|(_, rest, before)| rest.norm() > ITS_OWN * before);
            let likeness = |rest: &DVector<f64>| (rest.dot(&self.residual) / rest.norm()).abs();
            let likest = (0..left.len()).max_by(|a, b| {
                likeness(&left[*a].1).total_cmp(&likeness(&left[*b].1)).then(b.cmp(a))
            });
            let Some(likest) = likest else { break };
            let (term, rest, _) = left.remove(likest);
            let q = &rest / rest.norm();
            self.residual.axpy(-q.dot(&self.residual), &q, 1.0);
            self.leverage += q.component_mul(&q);
            left.iter_mut().for_each(|(_, rest, _)| rest.axpy(-q.dot(rest), &q, 1.0));
            self.basis.push(q);
            self.terms.push(term);
            let criterion = self.criterion(candidates.len());
            if criterion < least {
                least = criterion;
                kept = (self.terms.len(), self.residual.clone(), self.leverage.clone());
            }
        }
        self.terms.truncate(kept.0);
        self.basis.truncate(kept.0 + 1);
        (self.residual, self.leverage) = (kept.1, kept.2);
        self.error = self.left_out();
    }

    /// What the terms leave, and what having chosen them from so many costs.
    fn criterion(&self, candidates: usize) -> f64 {
        let runs = self.residual.len() as f64;
        let left = self.residual.norm_squared().max(f64::MIN_POSITIVE) / runs;
        let each = libm::log(runs) + 2.0 * libm::log(candidates.max(1) as f64);
        runs * libm::log(left) + self.terms.len() as f64 * each
    }
}

fn squared(x: f64) -> f64 {
    x * x
}

/// Offset and coefficients of terms, by least squares.
fn solve(terms: &[Term], inputs: &[Vec<f64>], centred: &DVector<f64>) -> (f64, Vec<f64>) {
    let of = |run: usize, column: usize| match column.checked_sub(1) {
        Some(term) => terms[term].of(&inputs[run]),
        None => 1.0,
    };
    let qr = DMatrix::from_fn(inputs.len(), terms.len() + 1, of).qr();
    let solved = qr.r().solve_upper_triangular(&(qr.q().transpose() * centred));
    let solved = solved.unwrap_or_else(|| DVector::zeros(terms.len() + 1));
    (solved[0], solved.iter().skip(1).copied().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::designs::Design;

    /// Runs of a known function of four of sixty inputs, with luck of a known spread.
    fn runs(n: u32, luck: f64) -> (Vec<Vec<f64>>, Vec<f64>) {
        let columns: Vec<Vec<f64>> =
            (0..60).map(|d| Design::LatinHypercube.dimension(3, d, n)).collect();
        let noise = Design::LatinHypercube.dimension(3, 99, n);
        let inputs: Vec<Vec<f64>> = (0..n as usize)
            .map(|run| columns.iter().map(|column| 2.0 * column[run] - 1.0).collect())
            .collect();
        let value = |(x, u): (&Vec<f64>, &f64)| truth(x) + luck * (2.0 * u - 1.0) * 3.0_f64.sqrt();
        let values = inputs.iter().zip(&noise).map(value).collect();
        (inputs, values)
    }

    fn truth(x: &[f64]) -> f64 {
        5.0 + 2.0 * x[7] - x[20]
            + 0.8 * x[7] * x[20]
            + 0.5 * x[31] * x[31]
            + 0.6 * x[31]
            + 0.3 * x[44]
    }

    #[test]
    fn a_known_function_is_found_and_its_error_is_said() {
        let (inputs, values) = runs(300, 0.0);
        let emulator = Emulator::fit(&inputs, &values);
        let at = emulator.at(&inputs[11]);
        assert!((at - truth(&inputs[11])).abs() < 1e-6, "{at}");
        assert!([7, 20, 31, 44].into_iter().all(|input| emulator.uses(input)));
        assert!(emulator.explains() > 0.999_999);
        let (inputs, values) = runs(300, 0.2);
        let emulator = Emulator::fit(&inputs, &values);
        assert!((0.18..0.24).contains(&emulator.error), "{}", emulator.error);
        assert_eq!(emulator.terms().len(), 6, "the six there are");
        // Against runs that it has not seen.
        let (fresh, _) = runs(200, 0.0);
        let off: f64 = fresh.iter().map(|x| squared(emulator.at(x) - truth(x))).sum();
        let off = (off / 200.0).sqrt();
        assert!(off < 0.05, "{off}: the luck it was fitted with is not learnt by heart");
    }

    #[test]
    fn of_luck_alone_it_says_next_to_nothing() {
        let (inputs, _) = runs(200, 0.0);
        let values = Design::LatinHypercube.dimension(8, 500, 200);
        let emulator = Emulator::fit(&inputs, &values);
        assert!(emulator.terms().len() <= 1, "{:?}", emulator.terms());
        assert!((emulator.at(&[0.0; 60]) - 0.5).abs() < 0.1);
    }
}
