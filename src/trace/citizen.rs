//! Who a person is, as far as no regime changes it.

use crate::model::World;
use crate::model::world::{Means, Person, Reason, Stage};
use crate::outcomes::GROUPS;

/// Who a person is when first seen.
#[derive(Clone, Debug, PartialEq)]
pub struct Citizen {
    /// Birth key.
    pub key: u64,
    /// 65 or over.
    pub older: bool,
    /// Primary support reason.
    pub reason: Reason,
    /// Neighbourhood's fifth by deprivation, 1 the most deprived.
    pub fifth: u8,
    /// Whether the neighbourhood is rural.
    pub rural: bool,
    /// Third by capacity to manage a budget: low, middle or high.
    pub capacity: &'static str,
    /// Unpaid care a week, hours, at average connectedness.
    pub unpaid: f64,
    /// Hours a week needed, by kind.
    pub need: [f32; 3],
    /// Who pays.
    pub means: Means,
    /// Where on the way to support.
    pub stage: Stage,
    /// Month of coming; 0 for who was there at the fork.
    pub came: i32,
}

impl Citizen {
    /// Who somebody is; their stratum must still be that of their groups.
    pub(super) fn of(person: &Person, world: &World, came: i32) -> Self {
        let here = &world.neighbourhoods[person.neighbourhood as usize];
        let [.., capacity, _] = person.stratum.groups();
        Self {
            key: person.key,
            older: person.older,
            reason: person.reason,
            fifth: here.fifth + 1,
            rural: here.rural,
            capacity: GROUPS[capacity].id,
            unpaid: f64::from(person.informal),
            need: person.need,
            means: person.means,
            stage: person.stage,
            came,
        }
    }
}

/// A birth key as people read and type it.
pub fn shown_key(key: u64) -> String {
    format!("{key:016x}")
}

/// The birth key that somebody typed.
pub fn key_of(typed: &str) -> Option<u64> {
    let digits = typed.trim();
    let plain = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_hexdigit());
    plain.then(|| u64::from_str_radix(digits, 16).ok()).flatten()
}
