//! States: everybody's each month, and each group's each quarter.

use crate::levers::Mechanism;
use crate::metrics::Metric;
use crate::model::Month;
use crate::model::world::{Kinds, NeedKind, Neighbourhood, Person, Provider, Stage, World};

/// Everybody's state at a month's end.
#[derive(Default)]
pub struct Everyone {
    in_care_homes: f64,
    at_home: f64,
    life: f64,
    connected: f64,
    waiting: f64,
    supported: f64,
    picked: f64,
    fit: f64,
    self_funded: f64,
    funded: f64,
    holding: [f64; 5],
    knew: [f64; 5],
    in_name_only: f64,
    answered: f64,
    chose: [f64; 5],
}

impl Everyone {
    /// Takes in one person.
    #[inline(always)]
    pub fn takes_in(&mut self, person: &Person) {
        if person.stage == Stage::CareHome {
            self.in_care_homes += 1.0;
            return;
        }
        let at_home = person.stage == Stage::AtHome;
        if at_home {
            self.at_home += 1.0;
            self.life += f64::from(person.life);
            self.connected += f64::from(person.connected);
        }
        if !person.main.exists() {
            self.waiting += 1.0;
            return;
        }
        let one_if = |is: bool| f64::from(u8::from(is));
        self.supported += 1.0;
        self.picked += one_if(person.main.picked);
        self.fit += f64::from(person.fit);
        self.self_funded += one_if(person.mechanism == Mechanism::SelfFunded);
        if at_home && person.funded() {
            self.funded += 1.0;
            self.holding[person.mechanism as usize] += 1.0;
            for (mechanism, knew) in self.knew.iter_mut().enumerate() {
                *knew += f64::from(person.knew >> mechanism & 1);
            }
            self.answered += one_if(person.answered);
            self.chose[person.chosen as usize] += one_if(person.answered);
            let in_name_only = person.mechanism == Mechanism::Isf && person.in_name_only;
            self.in_name_only += one_if(in_name_only);
        }
    }

    /// Adds what was read to the month's sums.
    pub fn is_counted(&self, world: &mut World) {
        let holding = |mechanism: Mechanism| self.holding[mechanism as usize];
        let knew = |mechanism: Mechanism| self.knew[mechanism as usize];
        let chose = |mechanism: Mechanism| self.chose[mechanism as usize];
        for (metric, first, second) in [
            (Metric::InCareHomes, self.in_care_homes, 0.0),
            (Metric::Waiting, self.waiting, 0.0),
            (Metric::Supported, self.supported, 0.0),
            (Metric::CouncilFunded, self.funded, 0.0),
            (Metric::Scrqol, self.life, self.at_home),
            (Metric::Connectedness, self.connected, self.at_home),
            (Metric::Picked, self.picked, self.supported),
            (Metric::Fit, self.fit, self.supported),
            (Metric::ShareSelfFunded, self.self_funded, self.supported),
            (Metric::ShareManaged, holding(Mechanism::Managed), self.funded),
            (Metric::ShareIsf, holding(Mechanism::Isf), self.funded),
            (Metric::ShareDirectPayment, holding(Mechanism::DirectPayment), self.funded),
            (Metric::ShareMixed, holding(Mechanism::Mixed), self.funded),
            (Metric::AwareDirectPayment, knew(Mechanism::DirectPayment), self.funded),
            (Metric::AwareIsf, knew(Mechanism::Isf), self.funded),
            (Metric::IsfNameOnly, self.in_name_only, holding(Mechanism::Isf)),
            (Metric::Answered, self.answered, self.funded),
            (Metric::AnsweredManaged, chose(Mechanism::Managed), self.answered),
            (Metric::AnsweredIsf, chose(Mechanism::Isf), self.answered),
            (Metric::AnsweredDirectPayment, chose(Mechanism::DirectPayment), self.answered),
            (Metric::AnsweredMixed, chose(Mechanism::Mixed), self.answered),
        ] {
            world.tally.add_whole(metric, first, second);
        }
        world.felt_lately = if self.supported > 0.0 { self.fit / self.supported } else { 0.0 };
    }
}

/// Reads each group's states once a quarter, and while burning in the means that effects
/// are centred on.
pub fn of_groups(world: &mut World, month: &Month<'_>) {
    world.tally.reads_groups();
    let rooms = rooms(world);
    let burning_in = month.number <= 0;
    if burning_in {
        for n in &world.neighbourhoods {
            let sums = &mut world.centres.sums;
            sums.neighbourhoods += 1.0;
            sums.social_capital += n.social_capital;
            sums.unserved += n.unserved;
            sums.rooted_hours += n.rooted_hours;
            sums.forced += n.forced;
        }
    }
    let mut redundancy = [0.0; 2];
    for index in 0..world.people.len() {
        let person = &world.people[index];
        let stratum = person.stratum;
        if person.stage == Stage::CareHome {
            world.tally.states_row(stratum)[Metric::InCareHomes as usize][0] += 1.0;
            continue;
        }
        let supported = person.main.exists();
        let waiting = f64::from(u8::from(!supported));
        let funded = person.funded() && person.stage == Stage::AtHome;
        let mut states = [(Metric::Picked, 0.0, 0.0); 21];
        let mut count = 0;
        let mut put = |metric, first: f64, second: f64| {
            states[count] = (metric, first, second);
            count += 1;
        };
        put(Metric::Waiting, waiting, 0.0);
        put(Metric::Supported, 1.0 - waiting, 0.0);
        if funded && supported {
            put(Metric::CouncilFunded, 1.0, 0.0);
        }
        if person.stage == Stage::AtHome {
            put(Metric::Scrqol, f64::from(person.life), 1.0);
            put(Metric::Connectedness, f64::from(person.connected), 1.0);
        }
        if supported {
            put(Metric::Picked, f64::from(u8::from(person.main.picked)), 1.0);
            put(Metric::Fit, f64::from(person.fit), 1.0);
            put(
                Metric::ShareSelfFunded,
                f64::from(u8::from(person.mechanism == Mechanism::SelfFunded)),
                1.0,
            );
            let others = f64::from(others(world, &rooms, person));
            put(Metric::Redundancy, others, 1.0);
            redundancy[0] += others;
            redundancy[1] += 1.0;
        }
        if funded && supported {
            let is = |m: Mechanism| f64::from(u8::from(person.mechanism == m));
            put(Metric::ShareManaged, is(Mechanism::Managed), 1.0);
            put(Metric::ShareIsf, is(Mechanism::Isf), 1.0);
            put(Metric::ShareDirectPayment, is(Mechanism::DirectPayment), 1.0);
            put(Metric::ShareMixed, is(Mechanism::Mixed), 1.0);
            let known = |m: Mechanism| f64::from(person.knew >> m as u8 & 1);
            put(Metric::AwareDirectPayment, known(Mechanism::DirectPayment), 1.0);
            put(Metric::AwareIsf, known(Mechanism::Isf), 1.0);
            put(Metric::Answered, f64::from(u8::from(person.answered)), 1.0);
            if person.answered {
                let chose = |m: Mechanism| f64::from(u8::from(person.chosen == m));
                put(Metric::AnsweredManaged, chose(Mechanism::Managed), 1.0);
                put(Metric::AnsweredIsf, chose(Mechanism::Isf), 1.0);
                put(Metric::AnsweredDirectPayment, chose(Mechanism::DirectPayment), 1.0);
                put(Metric::AnsweredMixed, chose(Mechanism::Mixed), 1.0);
            }
            if person.mechanism == Mechanism::Isf {
                put(Metric::IsfNameOnly, f64::from(u8::from(person.in_name_only)), 1.0);
            }
        }
        let mechanism = person.mechanism;
        for (metric, first, second) in &states[..count] {
            let sums = &mut world.tally.states_row(stratum)[*metric as usize];
            sums[0] += first;
            sums[1] += second;
            let sums = &mut world.tally.mechanism_row(mechanism)[*metric as usize];
            sums[0] += first;
            sums[1] += second;
        }
        if burning_in {
            centre(world, index);
        }
    }
    world.tally.add_whole(Metric::Redundancy, redundancy[0], redundancy[1]);
}

/// Adds to the means that effects are centred on.
fn centre(world: &mut World, index: usize) {
    let person = &world.people[index];
    if person.stage != Stage::AtHome {
        return;
    }
    let sums = &mut world.centres.sums;
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

/// Room of providers that reach each neighbourhood, sorted, by the kinds of need that they
/// do between them: those that do all of a set, and are registered where personal care is
/// in it.
type Rooms = Vec<[Vec<f32>; Kinds::SETS]>;

/// Whether a provider does all of a set of kinds, and may.
fn does(provider: &Provider, kinds: Kinds) -> bool {
    let registered = provider.regulated || !kinds.has(NeedKind::PersonalCare as usize);
    registered && provider.does.and(kinds) == kinds
}

fn rooms(world: &World) -> Rooms {
    let of = |kinds: Kinds, neighbourhood: &Neighbourhood| {
        let mut rooms: Vec<f32> = neighbourhood
            .ring
            .iter()
            .map(|(_, row)| &world.providers[*row as usize])
            .filter(|provider| does(provider, kinds))
            .map(|provider| provider.room() as f32)
            .collect();
        rooms.sort_by(f32::total_cmp);
        rooms
    };
    let here = |n: &Neighbourhood| std::array::from_fn(|kinds| of(Kinds(kinds as u8), n));
    world.neighbourhoods.iter().map(here).collect()
}

/// Providers within reach, other than the present one, that do what a person needs and
/// could take all of their hours.
fn others(world: &World, rooms: &Rooms, person: &Person) -> u32 {
    let (here, kinds) = (person.neighbourhood as usize, Kinds::of(&person.need));
    let hours = person.planned();
    let rooms = &rooms[here][kinds.0 as usize];
    let with_room = rooms.len() - rooms.partition_point(|room| *room < hours);
    let present = &world.providers[person.main.provider as usize];
    let counted = with_room > 0
        && does(present, kinds)
        && present.room() as f32 >= hours
        && world.neighbourhoods[here].ring.iter().any(|(_, row)| *row == person.main.provider);
    (with_room - usize::from(counted)) as u32
}
