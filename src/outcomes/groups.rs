//! Groups that people are divided into.

/// Ways of dividing people into groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GroupBy {
    /// Everybody.
    All,
    /// Under 65, or 65 and over.
    Age,
    /// Primary support reason.
    Reason,
    /// The client groups that the statistics of direct payments count by.
    ClientGroup,
    /// Who holds the budget: a state, so in summaries only.
    Mechanism,
    /// Fifth of neighbourhoods by deprivation, 1 the most deprived.
    Deprivation,
    /// Third of people by capacity to manage a budget, own or a helper's.
    Capacity,
    /// Whether the person says they have enough choice: a state, so in summaries only.
    EnoughChoice,
}

/// One group of people.
#[derive(Clone, Copy, Debug)]
pub struct Group {
    /// Which division it belongs to.
    pub by: GroupBy,
    /// Name in tables.
    pub id: &'static str,
}

impl GroupBy {
    /// Name in tables.
    pub fn id(self) -> &'static str {
        match self {
            GroupBy::All => "all",
            GroupBy::Age => "age",
            GroupBy::Reason => "reason",
            GroupBy::ClientGroup => "client_group",
            GroupBy::Mechanism => "mechanism",
            GroupBy::Deprivation => "deprivation",
            GroupBy::Capacity => "capacity",
            GroupBy::EnoughChoice => "enough_choice",
        }
    }

    /// Whether regimes can change who is in the group, so that a difference
    /// would compare other people.
    pub fn is_state(self) -> bool {
        matches!(self, GroupBy::Mechanism | GroupBy::EnoughChoice)
    }

    /// Whether single years are kept, or only the final year and the whole.
    pub fn has_years(self) -> bool {
        matches!(self, GroupBy::All | GroupBy::Age | GroupBy::Mechanism)
    }
}

const fn group(by: GroupBy, id: &'static str) -> Group {
    Group { by, id }
}

/// Every group, in the order of tables.
pub const GROUPS: &[Group] = &[
    group(GroupBy::All, "all"),
    group(GroupBy::Age, "18-64"),
    group(GroupBy::Age, "65+"),
    group(GroupBy::Reason, "physical"),
    group(GroupBy::Reason, "sensory"),
    group(GroupBy::Reason, "memory"),
    group(GroupBy::Reason, "learning"),
    group(GroupBy::Reason, "mental-health"),
    group(GroupBy::Reason, "social"),
    group(GroupBy::Deprivation, "1"),
    group(GroupBy::Deprivation, "2"),
    group(GroupBy::Deprivation, "3"),
    group(GroupBy::Deprivation, "4"),
    group(GroupBy::Deprivation, "5"),
    group(GroupBy::Capacity, "low"),
    group(GroupBy::Capacity, "middle"),
    group(GroupBy::Capacity, "high"),
    group(GroupBy::ClientGroup, "physical-18-64"),
    group(GroupBy::ClientGroup, "learning-18-64"),
    group(GroupBy::ClientGroup, "mental-health-18-64"),
    group(GroupBy::ClientGroup, "older"),
    group(GroupBy::Mechanism, "managed"),
    group(GroupBy::Mechanism, "isf"),
    group(GroupBy::Mechanism, "direct_payment"),
    group(GroupBy::Mechanism, "mixed"),
    group(GroupBy::Mechanism, "self_funded"),
    group(GroupBy::EnoughChoice, "enough"),
    group(GroupBy::EnoughChoice, "not-enough"),
    group(GroupBy::EnoughChoice, "not-wanted"),
];

const AGES: usize = 2;
const REASONS: usize = 6;
const FIFTHS: usize = 5;
const CAPACITIES: usize = 3;
const CLIENT_GROUPS: usize = 4;
pub(super) const STRATA: usize = AGES * REASONS * FIFTHS * CAPACITIES;
pub(super) const FIRST_REASON: usize = 1 + AGES;
const FIRST_FIFTH: usize = FIRST_REASON + REASONS;
const FIRST_CAPACITY: usize = FIRST_FIFTH + FIFTHS;
const FIRST_CLIENT_GROUP: usize = FIRST_CAPACITY + CAPACITIES;
pub(super) const FIRST_MECHANISM: usize = FIRST_CLIENT_GROUP + CLIENT_GROUPS;
pub(super) const FIRST_ENOUGH: usize = FIRST_MECHANISM + 5;

/// A person's unchanging groups, as one index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stratum(pub u8);

impl Stratum {
    /// The stratum of one person whose life is followed, and of nobody else: counted among
    /// everybody and in no group.
    pub const FOLLOWED: Stratum = Stratum(STRATA as u8);

    /// How many there are, with that of a followed person.
    pub const ALL: usize = STRATA + 1;

    /// From age (0, 1), reason (0–5), deprivation fifth (0–4) and capacity third (0–2).
    pub fn of(age: usize, reason: usize, fifth: usize, capacity: usize) -> Self {
        Self((((age * REASONS + reason) * FIFTHS + fifth) * CAPACITIES + capacity) as u8)
    }

    /// The groups the stratum is part of, apart from everybody; of a followed person's
    /// there are none, and they must not be asked for.
    pub fn groups(self) -> [usize; 5] {
        debug_assert!(self != Self::FOLLOWED, "a followed person is in no group");
        let i = self.0 as usize;
        let capacity = i % CAPACITIES;
        let fifth = i / CAPACITIES % FIFTHS;
        let reason = i / (CAPACITIES * FIFTHS) % REASONS;
        let age = i / (CAPACITIES * FIFTHS * REASONS);
        let client_group = match (age, GROUPS[FIRST_REASON + reason].id) {
            (0, "learning") => 1,
            (0, "mental-health") => 2,
            (0, _) => 0,
            _ => 3,
        };
        [
            1 + age,
            FIRST_REASON + reason,
            FIRST_FIFTH + fifth,
            FIRST_CAPACITY + capacity,
            FIRST_CLIENT_GROUP + client_group,
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stratum_knows_its_groups() {
        let groups = Stratum::of(1, 3, 4, 0).groups().map(|g| GROUPS[g].id);
        assert_eq!(groups, ["65+", "learning", "5", "low", "older"]);
        let groups = Stratum::of(0, 3, 4, 0).groups().map(|g| GROUPS[g].id);
        assert_eq!(groups[4], "learning-18-64");
        let groups = Stratum::of(0, 4, 4, 0).groups().map(|g| GROUPS[g].id);
        assert_eq!(groups[4], "mental-health-18-64");
        let groups = Stratum::of(0, 1, 4, 0).groups().map(|g| GROUPS[g].id);
        assert_eq!(groups[4], "physical-18-64");
        assert_eq!(GROUPS[FIRST_MECHANISM].id, "managed");
        assert_eq!(GROUPS[FIRST_ENOUGH].id, "enough");
        assert_eq!(STRATA, 180);
    }
}
