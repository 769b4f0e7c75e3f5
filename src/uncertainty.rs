//! Parameters drawn: whose beliefs, by which design, and to what values.

use crate::declare::{Parameter, Shape};
use crate::designs::Design;
use crate::parameters::{PARAMETERS, Parameters};
use std::sync::Arc;

/// Whose distributions parameters are drawn from. They differ in claims of the source and
/// in objections to it, and in nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Beliefs {
    /// Half the weight at no effect, the rest even over what studies found.
    Agnostic,
    /// Somebody who believes the source.
    Believer,
    /// Somebody who does not.
    Sceptic,
}

impl Beliefs {
    /// Everybody's.
    pub const ALL: [Beliefs; 3] = [Beliefs::Agnostic, Beliefs::Believer, Beliefs::Sceptic];

    /// The word in files and tables.
    pub fn id(self) -> &'static str {
        match self {
            Beliefs::Agnostic => "agnostic",
            Beliefs::Believer => "believer",
            Beliefs::Sceptic => "sceptic",
        }
    }

    /// What it means, in a sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Beliefs::Agnostic => {
                "Half the draws of each claim of the source, and of each objection, are at no effect, the rest even over its range."
            }
            Beliefs::Believer => {
                "Claims and objections are even over the ranges that a believer in the source would give them."
            }
            Beliefs::Sceptic => {
                "Claims and objections are even over the ranges that a sceptic would give them."
            }
        }
    }

    /// The beliefs called `id`.
    pub fn find(id: &str) -> Option<Beliefs> {
        Beliefs::ALL.into_iter().find(|beliefs| beliefs.id() == id)
    }
}

/// The value of a parameter below which a share `u` of its distribution lies, in the
/// parameter's unit. It never falls as `u` rises from 0 to 1.
pub fn quantile(parameter: &Parameter, beliefs: Beliefs, u: f64) -> f64 {
    let Parameter { low, high, default, .. } = *parameter;
    let even = |(low, high): (f64, f64), u: f64| (low + u * (high - low)).clamp(low, high);
    match parameter.shape {
        Shape::Uniform => even((low, high), u),
        Shape::Log => {
            let log = even((libm::log(low), libm::log(high)), u);
            libm::exp(log).clamp(low, high)
        }
        Shape::Triangular => {
            let width = high - low;
            if width <= 0.0 {
                return default;
            }
            let below = (default - low) / width;
            let value = if u < below {
                low + (u * width * (default - low)).sqrt()
            } else {
                high - ((1.0 - u) * width * (high - default)).sqrt()
            };
            value.clamp(low, high)
        }
        Shape::Claim { none, believer, sceptic } | Shape::Objection { none, believer, sceptic } => {
            match beliefs {
                Beliefs::Agnostic => half_at(none, (low, high), u),
                Beliefs::Believer => even(believer, u),
                Beliefs::Sceptic => even(sceptic, u),
            }
        }
    }
}

/// Half of the weight at `none`, the other half even over the range.
fn half_at(none: f64, (low, high): (f64, f64), u: f64) -> f64 {
    let share = if high > low { ((none - low) / (high - low)).clamp(0.0, 1.0) } else { 0.0 };
    let before = 0.5 * share;
    let even = |u: f64| (low + u * (high - low)).clamp(low, high);
    // Rounding must not carry a value past the weight at none.
    if u < before {
        even(2.0 * u).min(none)
    } else if u < before + 0.5 {
        none
    } else {
        even(2.0 * u - 1.0).max(none)
    }
}

/// Parameters as they are drawn in one run.
#[derive(Clone, Debug, PartialEq)]
pub struct Uncertainty {
    /// How the draws are spread; none where a set gives them.
    pub design: Option<Design>,
    /// Draws of each beliefs.
    pub draws: u32,
    /// Parameters that are drawn; all others are the experiment's.
    pub names: Vec<&'static str>,
    /// What is drawn, by beliefs in the order of tables.
    pub blocks: Arc<Vec<Block>>,
}

/// The draws of one beliefs.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// Whose they are; none where a set does not say.
    pub beliefs: Option<Beliefs>,
    /// `[draw][parameter]`, in the order of [`Uncertainty::names`].
    pub rows: Vec<Vec<f64>>,
}

impl Block {
    /// The word in tables; empty where a set does not say.
    pub fn id(&self) -> &'static str {
        self.beliefs.map_or("", Beliefs::id)
    }
}

impl Uncertainty {
    /// Every parameter but those `fixed`, drawn by a design. Whoever believes what, the
    /// draws are on the same uniforms; a parameter keeps its own dimension, whichever
    /// others are drawn.
    pub fn designed(
        design: Design,
        draws: u32,
        beliefs: &[Beliefs],
        fixed: impl Fn(&str) -> bool,
        seed: u64,
    ) -> Self {
        let drawn = PARAMETERS.iter().zip(0u32..).filter(|(parameter, _)| !fixed(parameter.name));
        let drawn: Vec<(&Parameter, Vec<f64>)> = drawn
            .map(|(parameter, dimension)| (parameter, design.dimension(seed, dimension, draws)))
            .collect();
        let block = |beliefs: &Beliefs| {
            let value = |(parameter, uniforms): &(&Parameter, Vec<f64>), draw: usize| {
                quantile(parameter, *beliefs, uniforms[draw])
            };
            let row = |draw| drawn.iter().map(|of| value(of, draw)).collect();
            Block { beliefs: Some(*beliefs), rows: (0..draws as usize).map(row).collect() }
        };
        Self {
            design: Some(design),
            draws,
            names: drawn.iter().map(|(parameter, _)| parameter.name).collect(),
            blocks: Arc::new(beliefs.iter().map(block).collect()),
        }
    }

    /// Whether a parameter is drawn.
    pub fn draws(&self, name: &str) -> bool {
        self.names.contains(&name)
    }

    /// Sets the parameters of a draw.
    pub fn set(&self, beliefs: u32, draw: u32, parameters: &mut Parameters) {
        let row = self.blocks.get(beliefs as usize).and_then(|b| b.rows.get(draw as usize));
        for (name, value) in self.names.iter().zip(row.into_iter().flatten()) {
            if let Some(place) = parameters.get_mut(name) {
                *place = *value;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::declare::Grade;

    fn parameter(default: f64, (low, high): (f64, f64), shape: Shape) -> Parameter {
        Parameter {
            name: "any",
            section: "",
            meaning: "",
            unit: "",
            default,
            hard_low: f64::MIN,
            hard_high: f64::MAX,
            low,
            high,
            shape,
            grade: Grade::Assumed("for a test"),
        }
    }

    #[test]
    fn quantiles_are_those_worked_out_by_hand() {
        let claim = |none| Shape::Claim { none, believer: (2.0, 6.0), sceptic: (-1.0, 1.0) };
        let objection = Shape::Objection { none: 0.0, believer: (0.0, 1.0), sceptic: (3.0, 4.0) };
        use Beliefs::*;
        let cases = [
            ("even", 3.0, (2.0, 6.0), Shape::Uniform, Agnostic, 0.25, 3.0),
            ("even, at its end", 3.0, (2.0, 6.0), Shape::Uniform, Sceptic, 1.0, 6.0),
            ("by magnitude", 2.0, (1.0, 100.0), Shape::Log, Agnostic, 0.5, 10.0),
            ("by magnitude, lower", 2.0, (0.01, 1.0), Shape::Log, Agnostic, 0.25, 0.031_622_776_6),
            // Over 0 to 10 with its peak at 4: up to the peak u = x² ÷ 40, after it
            // 1 − u = (10 − x)² ÷ 60.
            ("rising", 4.0, (0.0, 10.0), Shape::Triangular, Agnostic, 0.1, 2.0),
            ("at its peak", 4.0, (0.0, 10.0), Shape::Triangular, Agnostic, 0.4, 4.0),
            ("falling", 4.0, (0.0, 10.0), Shape::Triangular, Agnostic, 0.85, 7.0),
            ("peak at the low end", 0.0, (0.0, 10.0), Shape::Triangular, Agnostic, 0.75, 5.0),
            ("peak at the high end", 10.0, (0.0, 10.0), Shape::Triangular, Agnostic, 0.25, 5.0),
            ("no effect", 1.0, (0.0, 4.0), claim(0.0), Agnostic, 0.499, 0.0),
            ("then even", 1.0, (0.0, 4.0), claim(0.0), Agnostic, 0.75, 2.0),
            // Harm included: a quarter of the range lies below none, so an eighth of the draws.
            ("harm", 1.0, (-1.0, 3.0), claim(0.0), Agnostic, 0.0625, -0.5),
            ("none within", 1.0, (-1.0, 3.0), claim(0.0), Agnostic, 0.125, 0.0),
            ("none within, its end", 1.0, (-1.0, 3.0), claim(0.0), Agnostic, 0.624, 0.0),
            ("above none", 1.0, (-1.0, 3.0), claim(0.0), Agnostic, 0.875, 2.0),
            ("none outside", 3.0, (2.0, 4.0), claim(1.0), Agnostic, 0.3, 1.0),
            ("none at the high end", 1.0, (0.0, 2.0), claim(2.0), Agnostic, 0.25, 1.0),
            ("none at the high end", 1.0, (0.0, 2.0), claim(2.0), Agnostic, 0.6, 2.0),
            ("the believer's", 1.0, (0.0, 4.0), claim(0.0), Believer, 0.5, 4.0),
            ("the sceptic's", 1.0, (0.0, 4.0), claim(0.0), Sceptic, 0.25, -0.5),
            ("an objection", 1.0, (0.0, 4.0), objection, Agnostic, 0.4, 0.0),
            ("the sceptic's", 1.0, (0.0, 4.0), objection, Sceptic, 0.5, 3.5),
        ];
        for (case, default, range, shape, beliefs, u, expected) in cases {
            let got = quantile(&parameter(default, range, shape), beliefs, u);
            assert!((got - expected).abs() < 1e-9, "{case}: {got}, not {expected}");
        }
    }

    #[test]
    fn every_parameter_stays_within_its_range_and_never_falls() {
        for parameter in PARAMETERS {
            for beliefs in Beliefs::ALL {
                let (low, high) = match (parameter.shape, beliefs) {
                    (
                        Shape::Claim { believer, .. } | Shape::Objection { believer, .. },
                        Beliefs::Believer,
                    ) => believer,
                    (
                        Shape::Claim { sceptic, .. } | Shape::Objection { sceptic, .. },
                        Beliefs::Sceptic,
                    ) => sceptic,
                    (Shape::Claim { none, .. } | Shape::Objection { none, .. }, _) => {
                        (parameter.low.min(none), parameter.high.max(none))
                    }
                    _ => (parameter.low, parameter.high),
                };
                let mut last = f64::NEG_INFINITY;
                for step in 0..=1000 {
                    let value = quantile(parameter, beliefs, f64::from(step) / 1000.0);
                    assert!(low <= value && value <= high && last <= value, "{}", parameter.name);
                    last = value;
                }
            }
        }
    }

    /// The mean of what is drawn is the mean of the declared distribution: of a claim, as
    /// the agnostic draws it, its default.
    #[test]
    fn claims_are_drawn_around_their_defaults() {
        for parameter in PARAMETERS {
            if !matches!(parameter.shape, Shape::Claim { .. } | Shape::Objection { .. }) {
                continue;
            }
            let n = 10_000;
            let at = |i: u32| (f64::from(i) + 0.5) / f64::from(n);
            let sum: f64 = (0..n).map(|i| quantile(parameter, Beliefs::Agnostic, at(i))).sum();
            let (mean, width) = (sum / f64::from(n), parameter.high - parameter.low);
            assert!((mean - parameter.default).abs() < 0.01 * width, "{}: {mean}", parameter.name);
        }
    }

    #[test]
    fn what_is_fixed_is_not_drawn_and_moves_nothing_else() {
        let of = |fixed: &str| {
            Uncertainty::designed(Design::Sobol, 8, &Beliefs::ALL, |name| name == fixed, 4)
        };
        let (all, but) = (of(""), of("default_effect"));
        assert_eq!(all.names.len(), PARAMETERS.len());
        assert!(all.draws("default_effect") && !but.draws("default_effect"));
        for beliefs in 0..3 {
            let (mut with, mut without) = (Parameters::default(), Parameters::default());
            all.set(beliefs, 5, &mut with);
            but.set(beliefs, 5, &mut without);
            assert_eq!(without.default_effect, Parameters::default().default_effect);
            without.default_effect = with.default_effect;
            assert_eq!(with, without);
        }
    }

    #[test]
    fn beliefs_differ_in_claims_and_objections_only() {
        let drawn = Uncertainty::designed(Design::Sobol, 16, &Beliefs::ALL, |_| false, 4);
        for (index, parameter) in PARAMETERS.iter().enumerate() {
            let of = |block: usize| -> Vec<f64> {
                drawn.blocks[block].rows.iter().map(|row| row[index]).collect()
            };
            let believed = matches!(parameter.shape, Shape::Claim { .. } | Shape::Objection { .. });
            assert_eq!(of(1) != of(2), believed, "{}", parameter.name);
            assert_eq!(of(0) != of(1), believed, "{}", parameter.name);
        }
    }
}
