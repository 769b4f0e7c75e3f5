//! Patient rule induction (Friedman and Fisher, *Bump hunting in high-dimensional data*,
//! 1999), as scenario discovery uses it (Bryant and Lempert, 2010) and with the lenient
//! objectives of EMAworkbench (Kwakkel), whose boxes come out the same.
//!
//! From a box that holds all draws a little is peeled off one end of one input, again and
//! again, whichever peel gains most; then a little is pasted back on wherever that raises
//! the density. Every box on the way is kept, since how dense one wants it is for whoever
//! asks. Where draws of an input heap at one value (half of a claim's are at no effect), a
//! peel takes the whole heap or none of it.

use super::boxes::{Found, Limits, described, ends, simplified};
use super::{Column, Sample};

/// What a peel is chosen by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Objective {
    /// Gain in density for each draw lost: EMAworkbench's usual one, fair to inputs whose
    /// peels must be large.
    GainForEachLost,
    /// Gain in density times draws kept, for each draw lost.
    GainTimesKept,
    /// Density alone, as Friedman and Fisher have it.
    Density,
}

/// How boxes are looked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// What peels and pastes are chosen by.
    pub objective: Objective,
    /// Share of a box's draws that a peel takes off, above 0 and below 1.
    pub peel: f64,
    /// Share of the draws beyond an end that a paste puts back, above 0 and below 1.
    pub paste: f64,
    /// Least share of all draws in a box.
    pub least_mass: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { objective: Objective::GainForEachLost, peel: 0.05, paste: 0.05, least_mass: 0.05 }
    }
}

/// Boxes from the one that holds all draws to the last that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Trajectory {
    /// In the order in which they were found; never empty.
    pub boxes: Vec<Found>,
    /// Draws that no earlier trajectory's box has taken.
    pub among: Vec<usize>,
}

impl Trajectory {
    /// The box to speak of: that of the best balance of density and coverage, where each is
    /// first rid of restrictions that chance would do as well, and of all but `most` inputs.
    pub fn chosen(&self, most: usize, draws: &Sample) -> Found {
        let each = self.boxes.iter();
        let each = each.map(|found| simplified(found.clone(), most, draws, &self.among));
        // Of boxes that are as good the first, which is the widest.
        let best =
            each.reduce(|best, next| if next.balance() > best.balance() { next } else { best });
        best.unwrap_or_else(|| described(Vec::new(), &[], draws, &self.among))
    }
}

/// The boxes of one search among all draws.
pub fn search(draws: &Sample, settings: &Settings) -> Trajectory {
    search_among(draws, (0..draws.holds.len()).collect(), settings)
}

/// Box after box, each among the draws that the ones before have left, as long as they have
/// at least the density asked for; `most` of them at most. Of each the last on its
/// trajectory is taken away.
pub fn cover(draws: &Sample, settings: &Settings, density: f64, most: usize) -> Vec<Trajectory> {
    let mut found: Vec<Trajectory> = Vec::new();
    let mut among: Vec<usize> = (0..draws.holds.len()).collect();
    while found.len() < most && !among.is_empty() {
        let next = search_among(draws, among.clone(), settings);
        let Some(last) = next.boxes.last().filter(|last| last.density >= density) else { break };
        let before = among.len();
        among.retain(|draw| !holds(&last.limits, draws, *draw));
        let took_all = among.is_empty() || among.len() == before;
        found.push(next);
        if took_all {
            break;
        }
    }
    found
}

fn search_among(draws: &Sample, among: Vec<usize>, settings: &Settings) -> Trajectory {
    let open: Vec<Limits> = draws.columns.iter().map(Limits::around).collect();
    let search = Search { draws, among: &among, open: &open, settings };
    let mut boxes = vec![described(open.clone(), &open, draws, &among)];
    let mut inside = Candidate { limits: open.clone(), inside: among.clone() };
    while let Some(next) = search.peeled(&inside) {
        inside = next;
        boxes.push(described(inside.limits.clone(), &open, draws, &among));
    }
    while let Some(next) = search.pasted(&inside) {
        inside = next;
        boxes.push(described(inside.limits.clone(), &open, draws, &among));
    }
    Trajectory { boxes, among }
}

fn holds(limits: &[Limits], draws: &Sample, draw: usize) -> bool {
    limits.iter().zip(&draws.columns).all(|(limits, column)| limits.hold(column, draw))
}

/// A box and the draws in it.
struct Candidate {
    limits: Vec<Limits>,
    inside: Vec<usize>,
}

struct Search<'a> {
    draws: &'a Sample,
    among: &'a [usize],
    open: &'a [Limits],
    settings: &'a Settings,
}

impl Search<'_> {
    fn density(&self, inside: &[usize]) -> f64 {
        let k = inside.iter().filter(|draw| self.draws.holds[**draw]).count();
        if inside.is_empty() { 0.0 } else { k as f64 / inside.len() as f64 }
    }

    fn score(&self, old: &[usize], new: &[usize]) -> f64 {
        let gain = self.density(new) - self.density(old);
        let change = old.len().abs_diff(new.len()) as f64;
        match self.settings.objective {
            Objective::Density if new.is_empty() => -1.0,
            Objective::Density => self.density(new),
            _ if gain == 0.0 || change == 0.0 => 0.0,
            Objective::GainForEachLost => gain / change,
            Objective::GainTimesKept => new.len() as f64 * gain / change,
        }
    }

    /// The candidate that scores best; of those that score alike the one that restricts
    /// fewest inputs, and of those the first.
    fn best(&self, from: &Candidate, candidates: Vec<Candidate>) -> Option<(f64, Candidate)> {
        let mut best: Option<(f64, usize, Candidate)> = None;
        for candidate in candidates {
            let score = self.score(&from.inside, &candidate.inside);
            let restricted = ends(&candidate.limits, self.open);
            let restricted = restricted.iter().filter(|ends| !ends.is_empty()).count();
            let better = best.as_ref().is_none_or(|(most, fewest, _)| {
                score > *most || (score == *most && restricted < *fewest)
            });
            if better {
                best = Some((score, restricted, candidate));
            }
        }
        best.map(|(score, _, candidate)| (score, candidate))
    }

    fn is_massive(&self, inside: &[usize]) -> bool {
        inside.len() as f64 / self.draws.holds.len() as f64 >= self.settings.least_mass
    }

    fn peeled(&self, from: &Candidate) -> Option<Candidate> {
        let mut candidates = Vec::new();
        for (input, column) in self.draws.columns.iter().enumerate() {
            let Column::Number(values) = column else { continue };
            let mut sorted: Vec<f64> = from.inside.iter().map(|draw| values[*draw]).collect();
            sorted.sort_by(f64::total_cmp);
            let Limits::Between(low, high) = from.limits[input] else { continue };
            let upper = quantile(&sorted, 1.0 - self.settings.peel)?;
            candidates.push(self.within(from, input, Limits::Between(low, upper)));
            let lower = quantile(&sorted, self.settings.peel)?;
            candidates.push(self.within(from, input, Limits::Between(lower, high)));
        }
        for (input, limits) in from.limits.iter().enumerate() {
            let Limits::Among(ways) = limits else { continue };
            for way in ways.iter().filter(|_| ways.len() > 1) {
                let mut fewer = ways.clone();
                fewer.remove(way);
                candidates.push(self.within(from, input, Limits::Among(fewer)));
            }
        }
        let (score, best) = self.best(from, candidates)?;
        let smaller = best.inside.len() < from.inside.len();
        (self.is_massive(&best.inside) && smaller && score > 0.0).then_some(best)
    }

    fn within(&self, from: &Candidate, input: usize, limits: Limits) -> Candidate {
        let column = &self.draws.columns[input];
        let inside = from.inside.iter().copied().filter(|draw| limits.hold(column, *draw));
        let inside = inside.collect();
        let mut all = from.limits.clone();
        all[input] = limits;
        Candidate { limits: all, inside }
    }

    fn pasted(&self, from: &Candidate) -> Option<Candidate> {
        let mut candidates = Vec::new();
        let restricted = ends(&from.limits, self.open);
        let restricted = |input: &usize| !restricted[*input].is_empty();
        for input in (0..from.limits.len()).filter(restricted) {
            let (Column::Number(values), Limits::Between(low, high), Limits::Between(least, most)) =
                (&self.draws.columns[input], &from.limits[input], &self.open[input])
            else {
                continue;
            };
            // Draws beyond an end, which the box would hold were it not for that.
            let beyond = |limits: Limits| -> Vec<f64> {
                let beyond = self.with(from, input, limits).inside;
                let mut sorted: Vec<f64> = beyond.iter().map(|draw| values[*draw]).collect();
                sorted.sort_by(f64::total_cmp);
                sorted
            };
            let below = beyond(Limits::Between(*least, *low));
            let lower = quantile(&below, 1.0 - self.settings.paste).unwrap_or(*least);
            candidates.push(self.with(from, input, Limits::Between(lower, *high)));
            let above = beyond(Limits::Between(*high, *most));
            let upper = quantile(&above, self.settings.paste).unwrap_or(*most);
            candidates.push(self.with(from, input, Limits::Between(*low, upper)));
        }
        for input in (0..from.limits.len()).filter(restricted) {
            let (Limits::Among(ways), Limits::Among(all)) =
                (&from.limits[input], &self.open[input])
            else {
                continue;
            };
            for way in all.difference(ways) {
                let mut more = ways.clone();
                more.insert(*way);
                candidates.push(self.with(from, input, Limits::Among(more)));
            }
        }
        let (score, best) = self.best(from, candidates)?;
        let larger = best.inside.len() > from.inside.len();
        let denser = self.density(&best.inside) > self.density(&from.inside);
        (self.is_massive(&best.inside) && larger && score > 0.0 && denser).then_some(best)
    }

    /// The box with other limits of one input, whether they are wider or not.
    fn with(&self, from: &Candidate, input: usize, limits: Limits) -> Candidate {
        let mut all = from.limits.clone();
        all[input] = limits;
        let inside = self.among.iter().copied().filter(|draw| holds(&all, self.draws, *draw));
        Candidate { inside: inside.collect(), limits: all }
    }
}

/// A value between two of some, with the share below it: further off where those two are
/// alike, so that it never parts values that are the same (as in Bryant's sdtoolkit).
fn quantile(sorted: &[f64], share: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let at = last as f64 * share;
    let (mut lower, mut higher) = (at.floor() as usize, at.ceil() as usize);
    if share > 0.5 {
        while sorted[lower] == sorted[higher] && lower > 0 {
            lower -= 1;
        }
    } else {
        while sorted[lower] == sorted[higher] && higher < last {
            higher += 1;
        }
    }
    Some((sorted[lower] + sorted[higher]) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::designs::Design;
    use crate::discovery::boxes::End;
    use std::collections::BTreeSet;

    /// Draws of which those in one corner are of interest: the first above 0.6, the second
    /// below 0.5, the switch at 1; the other inputs do nothing.
    fn corner(n: u32) -> Sample {
        let number = |d| Design::Sobol.dimension(3, d, n);
        let way = number(2).iter().map(|u| (u * 3.0) as u32).collect::<Vec<u32>>();
        let (x, y) = (number(0), number(1));
        let holds = (0..n as usize).map(|i| x[i] > 0.6 && y[i] < 0.5 && way[i] == 1).collect();
        let others = (3..10).map(|d| Column::Number(number(d)));
        let columns = [Column::Number(x), Column::Number(y), Column::Category(way)];
        Sample::new(columns.into_iter().chain(others).collect(), holds).expect("draws")
    }

    #[test]
    fn a_corner_is_found_and_nothing_else() {
        let draws = corner(1024);
        let found = search(&draws, &Settings::default()).chosen(4, &draws);
        assert_eq!(found.restricted(), BTreeSet::from([0, 1, 2]));
        assert!(found.density > 0.95 && found.coverage > 0.9, "{found:?}");
        let Limits::Between(low, high) = found.limits[0] else { panic!("a number") };
        assert!((low - 0.6).abs() < 0.03 && high > 0.95, "{low} {high}");
        assert_eq!(found.limits[2], Limits::Among(BTreeSet::from([1])));
        let ends: Vec<End> = found.restrictions.iter().map(|r| r.end).collect();
        assert_eq!(ends, [End::Low, End::High, End::Ways]);
        assert!(found.restrictions.iter().all(|r| r.quasi_p < 1e-6));
        // Asked for two inputs at most, it says the two that matter most.
        let two = search(&draws, &Settings::default()).chosen(2, &draws);
        assert_eq!(two.restricted().len(), 2);
        assert!(two.density < found.density);
    }

    #[test]
    fn each_box_on_the_way_is_denser_and_keeps_mass_enough() {
        let draws = corner(512);
        for objective in [Objective::GainForEachLost, Objective::GainTimesKept, Objective::Density]
        {
            let settings = Settings { objective, least_mass: 0.1, ..Settings::default() };
            let boxes = search(&draws, &settings).boxes;
            assert_eq!((boxes[0].coverage, boxes[0].mass), (1.0, 1.0));
            assert!(boxes.len() > 3);
            for found in &boxes {
                assert!(found.mass >= 0.1);
                assert_eq!(found.density, found.k as f64 / found.n as f64);
            }
            if objective != Objective::Density {
                assert!(boxes.windows(2).all(|pair| pair[1].density > pair[0].density));
            }
        }
    }

    #[test]
    fn a_heap_of_draws_at_one_value_is_taken_whole() {
        let n = 400;
        let u = Design::Sobol.dimension(3, 0, n);
        let heaped: Vec<f64> = u.iter().map(|u| (2.0 * u - 1.0).max(0.0)).collect();
        let holds = heaped.iter().map(|x| *x > 0.0).collect();
        let draws = Sample::new(vec![Column::Number(heaped)], holds).expect("draws");
        let found = search(&draws, &Settings::default()).chosen(3, &draws);
        assert_eq!((found.density, found.coverage), (1.0, 1.0));
    }

    #[test]
    fn a_second_corner_is_found_once_the_first_is_taken_away() {
        let n = 2000;
        let number = |d| Design::Sobol.dimension(8, d, n);
        let (x, y) = (number(0), number(1));
        let way: Vec<u32> = number(2).iter().map(|u| (u * 3.0) as u32).collect();
        let holds = (0..n as usize)
            .map(|i| (way[i] == 1 && x[i] > 0.5) || (way[i] == 2 && y[i] < 0.3))
            .collect();
        let columns = vec![Column::Number(x), Column::Number(y), Column::Category(way)];
        let draws = Sample::new(columns, holds).expect("draws");
        let found = cover(&draws, &Settings::default(), 0.8, 5);
        assert_eq!(found.len(), 2, "a third would not be dense enough");
        let chosen = |n: usize| found[n].chosen(3, &draws);
        let ends = |n: usize| -> Vec<(usize, End)> {
            chosen(n).restrictions.iter().map(|r| (r.input, r.end)).collect()
        };
        assert_eq!(ends(0), [(0, End::Low), (2, End::Ways)]);
        assert_eq!(ends(1), [(1, End::High), (2, End::Ways)]);
        // Coverage is of all that is of interest, also of what the first box took.
        assert!((chosen(0).coverage - 5.0 / 8.0).abs() < 0.05, "{:?}", chosen(0));
        assert!((chosen(1).coverage - 3.0 / 8.0).abs() < 0.05, "{:?}", chosen(1));
    }

    #[test]
    fn where_all_or_none_is_of_interest_there_is_one_box() {
        let column = || vec![Column::Number(vec![1.0, 2.0, 3.0])];
        for holds in [true, false] {
            let draws = Sample::new(column(), vec![holds; 3]).expect("draws");
            assert_eq!(search(&draws, &Settings::default()).boxes.len(), 1);
        }
        let none = Sample::new(vec![Column::Number(Vec::new())], Vec::new()).expect("draws");
        assert_eq!(search(&none, &Settings::default()).boxes.len(), 1);
        assert!(cover(&none, &Settings::default(), 0.5, 3).is_empty());
        assert_eq!(Sample::new(column(), vec![true]), None);
        assert_eq!(Sample::new(vec![Column::Number(vec![f64::NAN])], vec![true]), None);
    }
}
