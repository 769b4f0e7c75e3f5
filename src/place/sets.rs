//! Names that stand for several built-in places at once.

use super::years;
use crate::councils::{Clients, Council, YEARS, councils, scotland};

/// A name that stands for several places.
#[derive(Clone, Copy, Debug)]
pub struct Set {
    /// The word that files and commands write.
    pub id: &'static str,
    /// Which places it stands for, in a sentence.
    pub meaning: &'static str,
    /// Whether its places are England's, so that it has earlier years.
    pub of_england: bool,
    members: fn() -> Vec<&'static str>,
}

impl Set {
    /// Names of its places, in the order of their codes.
    pub fn members(&self) -> Vec<&'static str> {
        (self.members)()
    }
}

/// Every such name.
pub const SETS: [Set; 3] = [
    Set {
        id: "england",
        meaning: "All 152 councils of England.",
        of_england: true,
        members: || councils().iter().map(|council| council.id.as_str()).collect(),
    },
    Set {
        id: "scotland",
        meaning: "All 32 councils of Scotland.",
        of_england: false,
        members: || scotland::councils().iter().map(|council| council.id.as_str()).collect(),
    },
    Set {
        id: "dozen",
        meaning: "Twelve councils of England, one from each of four bands of the share of people with a direct payment within each of three bands of size, spread over the nine regions.",
        of_england: true,
        members: dozen,
    },
];

/// Names of the places that a name stands for; none where it is no set's. A set of England's
/// councils has further names for earlier years, such as `dozen-2009-10`.
pub fn members(id: &str) -> Option<Vec<String>> {
    let named = |id: &str| SETS.iter().find(|set| set.id == id);
    if let Some(set) = named(id) {
        return Some(set.members().into_iter().map(str::to_owned).collect());
    }
    let (name, year) = years::split(id)?;
    let set = named(name).filter(|set| set.of_england)?;
    Some(set.members().into_iter().map(|id| format!("{id}-{}", YEARS[year])).collect())
}

/// Every such name, for schemas.
pub fn ids() -> Vec<String> {
    let plain = SETS.iter().map(|set| set.id.to_owned());
    let of_england = SETS.iter().filter(|set| set.of_england);
    let dated =
        of_england.flat_map(|set| years::earlier().iter().map(|year| format!("{}-{year}", set.id)));
    plain.chain(dated).collect()
}

/// Bands of size, and of the share with a direct payment within each.
const BANDS: [usize; 2] = [3, 4];

/// A stratified dozen, by a rule without luck, from the counts of 31 March 2014: councils are
/// put in order of the people they support and cut into thirds; each third is put in order of
/// the share of them with a direct payment and cut into quarters. Of each quarter the council
/// is taken whose region has been taken least often so far; of several, the one nearest the
/// quarter's middle; of two as near, the one of the lower code.
fn dozen() -> Vec<&'static str> {
    let mut all: Vec<&Council> = councils().iter().collect();
    all.sort_by(|a, b| people(a).total_cmp(&people(b)).then(a.code.cmp(&b.code)));
    let mut taken: Vec<&Council> = Vec::new();
    for third in cut(&all, BANDS[0]) {
        let mut third = third.to_vec();
        third.sort_by(|a, b| share(a).total_cmp(&share(b)).then(a.code.cmp(&b.code)));
        for quarter in cut(&third, BANDS[1]) {
            let often = |region: &str| taken.iter().filter(|c| c.region == region).count();
            let off_middle = |at: usize| (2 * at + 1).abs_diff(quarter.len());
            let found = quarter
                .iter()
                .enumerate()
                .min_by_key(|(at, c)| (often(&c.region), off_middle(*at), c.code));
            taken.extend(found.map(|(_, council)| *council));
        }
    }
    taken.sort_by_key(|council| council.code);
    taken.iter().map(|council| council.id.as_str()).collect()
}

/// A list in so many parts, as even as they can be.
fn cut<T>(list: &[T], parts: usize) -> impl Iterator<Item = &[T]> {
    (0..parts).map(move |part| &list[part * list.len() / parts..(part + 1) * list.len() / parts])
}

fn people(council: &Council) -> f64 {
    let of = |c: &Clients| c.latest_direct_payment() + c.latest_home_care();
    council.clients.iter().map(of).sum()
}

fn share(council: &Council) -> f64 {
    let with: f64 = council.clients.iter().map(Clients::latest_direct_payment).sum();
    with / people(council).max(1.0)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::councils::council;

    #[test]
    fn the_dozen_is_spread_over_sizes_shares_and_regions() {
        let dozen: Vec<&Council> =
            dozen().into_iter().map(|id| council(id).expect("a council")).collect();
        assert_eq!(dozen.iter().map(|c| c.code).collect::<BTreeSet<_>>().len(), 12);
        let mut regions: BTreeMap<&str, usize> = BTreeMap::new();
        for c in &dozen {
            *regions.entry(c.region.as_str()).or_default() += 1;
        }
        assert_eq!(regions.len(), 9, "{regions:?}");
        assert!(regions.values().all(|n| *n <= 2), "{regions:?}");
        // A council's rank in size says which third it is of; each third is there four times.
        let rank = |c: &&Council| councils().iter().filter(|o| people(o) < people(c)).count();
        let mut ranks: Vec<usize> = dozen.iter().map(rank).collect();
        ranks.sort_unstable();
        assert!(ranks[3] < 51 && ranks[4] >= 49 && ranks[7] < 102 && ranks[8] >= 100, "{ranks:?}");
        let share_below = |below: f64| dozen.iter().filter(|c| share(c) < below).count();
        assert!((4..=8).contains(&share_below(median_share())), "{}", share_below(median_share()));
    }

    #[test]
    fn sets_have_earlier_years_where_they_are_englands() {
        let then = members("dozen-2009-10").expect("a set");
        assert_eq!((then.len(), then[0].as_str()), (12, "darlington-2009-10"));
        assert_eq!(members("england-2012-13").expect("a set").len(), 152);
        assert_eq!(members("scotland").expect("a set").len(), 32);
        assert!(members("scotland-2009-10").is_none() && members("dorset").is_none());
        assert!(ids().iter().all(|id| members(id).is_some()));
    }

    fn median_share() -> f64 {
        let mut shares: Vec<f64> = councils().iter().map(share).collect();
        shares.sort_by(f64::total_cmp);
        shares[shares.len() / 2]
    }

    #[test]
    fn the_dozen_is_the_one_written_down() {
        // What later runs are compared on must not change unnoticed.
        let written = [
            "darlington",
            "leeds",
            "kingston-upon-hull",
            "blackpool",
            "walsall",
            "northamptonshire",
            "derby",
            "windsor-and-maidenhead",
            "peterborough",
            "ealing",
            "cornwall",
            "devon",
        ];
        assert_eq!(dozen(), written);
    }
}
