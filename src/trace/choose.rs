//! In whose life regimes differ most.

use crate::gains::{Difference, PERSONAL};

/// Share of the time for which somebody has to be in need of support at home in every
/// world, to be chosen.
pub const SHARE_IN_NEED: f64 = 0.5;

/// The person who was chosen, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Chosen {
    /// Birth key.
    pub key: u64,
    /// Sum over regimes and metrics of the mean difference over what matters.
    pub score: f64,
    /// Of how many people.
    pub among: usize,
}

/// The person in whose life regimes differ most: by the sum over regimes and over what is
/// compared person by person of the mean difference, whichever way, over the smallest that
/// matters. `[regime][person]`, the same people in each, over so many quarters.
pub fn most_different(differences: &[Vec<Difference>], quarters: usize) -> Option<Chosen> {
    let people = differences.first()?.len();
    let least = |person: usize| {
        differences.iter().map(|regime| usize::from(regime[person].quarters)).min().unwrap_or(0)
    };
    let enough = (SHARE_IN_NEED * quarters as f64).ceil() as usize;
    let mut among: Vec<usize> = (0..people).filter(|person| least(*person) >= enough).collect();
    if among.is_empty() {
        // Where nobody is in need so long, whoever is in need longest.
        let longest = (0..people).map(least).max().unwrap_or(0);
        among = (0..people).filter(|person| least(*person) == longest).collect();
    }
    let score =
        |person: usize| -> f64 { differences.iter().map(|regime| size(&regime[person])).sum() };
    let mut best: Option<Chosen> = None;
    for person in &among {
        let score = score(*person);
        if best.as_ref().is_none_or(|best| score > best.score) {
            let key = differences[0][*person].key;
            best = Some(Chosen { key, score, among: among.len() });
        }
    }
    best
}

/// How far one person's life is from the same person's elsewhere, in differences that matter.
fn size(difference: &Difference) -> f64 {
    let of = |(metric, mean): (_, &Option<f64>)| {
        let metric: crate::metrics::Metric = metric;
        let matters = metric.declaration().matters()?;
        Some(mean.as_ref()?.abs() / matters)
    };
    PERSONAL.into_iter().zip(&difference.means).filter_map(of).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn differs(key: u64, quarters: u16, fit: f64) -> Difference {
        Difference { key, quarters, means: [None, Some(fit), None, None] }
    }

    #[test]
    fn whoever_differs_most_is_chosen_if_in_need_long_enough_everywhere() {
        let regimes = [
            vec![differs(1, 8, 0.1), differs(2, 8, -0.4), differs(3, 8, 2.0)],
            vec![differs(1, 8, 0.2), differs(2, 4, 0.0), differs(3, 3, 0.0)],
        ];
        let chosen = most_different(&regimes, 8).expect("somebody");
        assert_eq!((chosen.key, chosen.among), (2, 2), "3 is not in need half the time");
        assert!((chosen.score - 0.4 / 0.05).abs() < 1e-12, "in what matters of fit");
        let chosen = most_different(&regimes, 40).expect("somebody");
        assert_eq!((chosen.key, chosen.among), (1, 1), "nobody is, so who is longest");
        assert_eq!(most_different(&[vec![]], 8), None);
    }
}
