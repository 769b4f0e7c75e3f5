//! States: everybody's each month, and each group's each quarter.

use crate::levers::Mechanism;
use crate::metrics::Metric;
use crate::model::world::{Kinds, NeedKind, Neighbourhood, Person, Provider, Stage, World};
use crate::outcomes::{Row, STATES, Stratum, Sums};

/// The states of some people at a month's end, added up.
#[derive(Clone, Default)]
pub struct States {
    in_care_homes: u32,
    at_home: u32,
    life: f64,
    connected: f64,
    waiting: u32,
    supported: u32,
    picked: u32,
    fit: f64,
    self_funded: u32,
    funded: u32,
    holding: [u32; Mechanism::ALL.len()],
    knew: [u32; KNOWN.len()],
    in_name_only: u32,
    answered: u32,
    chose: [u32; Mechanism::ALL.len()],
}

/// The mechanisms of which it is counted who knows them.
const KNOWN: [Mechanism; 2] = [Mechanism::Isf, Mechanism::DirectPayment];

impl States {
    /// Of so many who live in care homes.
    pub fn of_care_homes(people: &[Person]) -> Self {
        Self { in_care_homes: people.len() as u32, ..Self::default() }
    }

    /// Takes in what one person at home feels, and nothing else of their state.
    #[inline(always)]
    pub fn takes_in_fit(&mut self, person: &Person) {
        let supported = person.main.exists();
        self.supported += u32::from(supported);
        // Quicker than to guess who is.
        self.fit += f64::from(person.fit) * f64::from(u8::from(supported));
    }

    /// Takes in one person.
    #[inline(always)]
    pub fn takes_in(&mut self, person: &Person) {
        if person.stage == Stage::CareHome {
            self.in_care_homes += 1;
            return;
        }
        let at_home = person.stage == Stage::AtHome;
        if at_home {
            self.at_home += 1;
            self.life += f64::from(person.life);
            self.connected += f64::from(person.connected);
        }
        if !person.main.exists() {
            self.waiting += 1;
            return;
        }
        self.supported += 1;
        self.picked += u32::from(person.main.picked);
        self.fit += f64::from(person.fit);
        self.self_funded += u32::from(person.mechanism == Mechanism::SelfFunded);
        if at_home && person.funded() {
            self.funded += 1;
            self.holding[person.mechanism as usize] += 1;
            for (knew, mechanism) in self.knew.iter_mut().zip(KNOWN) {
                *knew += u32::from(person.knew >> mechanism as u8 & 1);
            }
            self.answered += u32::from(person.answered);
            self.chose[person.chosen as usize] += u32::from(person.answered);
            let fund = person.mechanism == Mechanism::Isf;
            self.in_name_only += u32::from(fund && person.in_name_only);
        }
    }

    /// Mean felt fit of the supported; 0 where there are none.
    pub fn mean_fit(&self) -> f64 {
        if self.supported > 0 { self.fit / f64::from(self.supported) } else { 0.0 }
    }

    /// What was read, as the two sums of each metric of [`STATES`].
    pub fn sums(&self) -> [(Metric, Sums); STATES.len()] {
        let holding = |mechanism: Mechanism| f64::from(self.holding[mechanism as usize]);
        let chose = |mechanism: Mechanism| f64::from(self.chose[mechanism as usize]);
        let [knew_funds, knew_payments] = self.knew.map(f64::from);
        let (at_home, supported) = (f64::from(self.at_home), f64::from(self.supported));
        let (funded, answered) = (f64::from(self.funded), f64::from(self.answered));
        [
            (Metric::InCareHomes, [f64::from(self.in_care_homes), 0.0]),
            (Metric::Waiting, [f64::from(self.waiting), 0.0]),
            (Metric::Supported, [supported, 0.0]),
            (Metric::CouncilFunded, [funded, 0.0]),
            (Metric::Scrqol, [self.life, at_home]),
            (Metric::Connectedness, [self.connected, at_home]),
            (Metric::Picked, [f64::from(self.picked), supported]),
            (Metric::Fit, [self.fit, supported]),
            (Metric::ShareSelfFunded, [f64::from(self.self_funded), supported]),
            (Metric::ShareManaged, [holding(Mechanism::Managed), funded]),
            (Metric::ShareIsf, [holding(Mechanism::Isf), funded]),
            (Metric::ShareDirectPayment, [holding(Mechanism::DirectPayment), funded]),
            (Metric::ShareMixed, [holding(Mechanism::Mixed), funded]),
            (Metric::AwareDirectPayment, [knew_payments, funded]),
            (Metric::AwareIsf, [knew_funds, funded]),
            (Metric::IsfNameOnly, [f64::from(self.in_name_only), holding(Mechanism::Isf)]),
            (Metric::Answered, [answered, funded]),
            (Metric::AnsweredManaged, [chose(Mechanism::Managed), answered]),
            (Metric::AnsweredIsf, [chose(Mechanism::Isf), answered]),
            (Metric::AnsweredDirectPayment, [chose(Mechanism::DirectPayment), answered]),
            (Metric::AnsweredMixed, [chose(Mechanism::Mixed), answered]),
        ]
    }
}

/// The states of one group, with what is read of groups only.
#[derive(Clone, Default)]
struct OfGroup {
    states: States,
    /// Providers that could take people's hours, and people asked after.
    others: [u32; 2],
}

impl OfGroup {
    fn is_counted(&self, row: &mut Row) {
        let [others, asked] = self.others.map(f64::from);
        let redundancy = (Metric::Redundancy, [others, asked]);
        for (metric, [first, second]) in self.states.sums().into_iter().chain([redundancy]) {
            row[metric as usize][0] += first;
            row[metric as usize][1] += second;
        }
    }
}

/// While burning in, adds to the means that effects are centred on.
pub fn are_usual(world: &mut World) {
    let sums = &mut world.centres.sums;
    for n in &world.neighbourhoods {
        sums.neighbourhoods += 1.0;
        sums.social_capital += n.social_capital;
        sums.unserved += n.unserved;
        sums.rooted_hours += n.rooted_hours;
        sums.forced += n.forced;
    }
    let at_home = &world.people[..world.homes];
    for person in at_home.iter().filter(|person| person.stage == Stage::AtHome) {
        sums.people += 1.0;
        sums.unmet += 1.0 - f64::from(person.met);
        sums.connected += f64::from(person.connected);
        if person.main.exists() {
            sums.supported += 1.0;
            sums.fit += f64::from(person.fit);
            sums.strength += f64::from(person.main.strength);
            sums.rooted += world.providers[person.main.provider as usize].rooted;
        }
    }
}

/// Reads each group's states once a quarter.
pub fn of_groups(world: &mut World) {
    let reach = Reach::of(world);
    let mut strata = vec![OfGroup::default(); Stratum::ALL];
    let mut mechanisms = vec![OfGroup::default(); Mechanism::ALL.len()];
    let mut redundancy = [0; 2];
    for person in &world.people {
        let stratum = &mut strata[person.stratum.0 as usize];
        stratum.states.takes_in(person);
        if person.stage == Stage::CareHome {
            continue;
        }
        let mechanism = &mut mechanisms[person.mechanism as usize];
        mechanism.states.takes_in(person);
        if person.main.exists() {
            let others = reach.others(world, person);
            for counted in [&mut stratum.others, &mut mechanism.others, &mut redundancy] {
                counted[0] += others;
                counted[1] += 1;
            }
        }
    }
    let tally = &mut world.tally;
    tally.reads_groups();
    for (stratum, read) in strata.iter().enumerate() {
        read.is_counted(tally.states_row(Stratum(stratum as u8)));
    }
    for (mechanism, read) in Mechanism::ALL.into_iter().zip(&mechanisms) {
        read.is_counted(tally.mechanism_row(mechanism));
    }
    let [others, asked] = redundancy.map(f64::from);
    tally.add_whole(Metric::Redundancy, others, asked);
}

/// Whom each neighbourhood could turn to.
struct Reach {
    /// Room of providers that reach each neighbourhood, by the kinds of need that they do
    /// between them: those that do all of a set, and are registered where personal care is
    /// in it.
    rooms: Vec<[Vec<f32>; Kinds::SETS]>,
    /// Neighbourhoods that each provider reaches, as bits.
    reached: Vec<u64>,
}

/// Whether a provider does all of a set of kinds, and may.
fn does(provider: &Provider, kinds: Kinds) -> bool {
    let registered = provider.regulated || !kinds.has(NeedKind::PersonalCare as usize);
    registered && provider.does.and(kinds) == kinds
}

impl Reach {
    fn of(world: &World) -> Self {
        let empty = |n: &Neighbourhood| std::array::from_fn(|_| Vec::with_capacity(n.ring.len()));
        let mut rooms: Vec<[Vec<f32>; Kinds::SETS]> =
            world.neighbourhoods.iter().map(empty).collect();
        let mut reached = vec![0; world.providers.len()];
        for (here, (neighbourhood, rooms)) in
            world.neighbourhoods.iter().zip(&mut rooms).enumerate()
        {
            for (_, row) in &neighbourhood.ring {
                let provider = &world.providers[*row as usize];
                reached[*row as usize] |= 1 << here;
                for (kinds, rooms) in rooms.iter_mut().enumerate() {
                    if does(provider, Kinds(kinds as u8)) {
                        rooms.push(provider.room() as f32);
                    }
                }
            }
        }
        Self { rooms, reached }
    }

    /// Providers within reach, other than the present one, that do what a person needs and
    /// could take all of their hours.
    fn others(&self, world: &World, person: &Person) -> u32 {
        let (here, kinds) = (person.neighbourhood as usize, Kinds::of(&person.need));
        let hours = person.planned();
        // Each is looked at: the processor takes several at once, which sorting would not pay.
        let rooms = &self.rooms[here][kinds.0 as usize];
        let with_room: u32 = rooms.iter().map(|room| u32::from(*room >= hours)).sum();
        let present = &world.providers[person.main.provider as usize];
        let reaches = self.reached[person.main.provider as usize] & 1 << here != 0;
        let counted = reaches && does(present, kinds) && present.room() as f32 >= hours;
        with_room - u32::from(counted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_to_be_read_of_states_is_read() {
        assert_eq!(States::default().sums().map(|(metric, _)| metric), STATES);
    }
}
