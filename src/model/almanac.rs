//! What may strike people, written down ahead by month.
//!
//! Candidate months rest on luck alone; deaths, leavings, steps of need and savings that run
//! out depend on nothing that a regime can change. So all of it is looked up once, for some
//! months ahead, and after the fork once for all worlds of a cell: a month reads what stands
//! written for it. What is known not to happen is left out.

use super::hazards::{Ceilings, Chance, review_chance};
use super::population::{need_steps, whatever_is_done};
use super::world::{Facts, HAZARDS, Hazard, Hazards, Means, Person, Stage, World};
use crate::draws::Stream;
use crate::parameters::Parameters;
use std::sync::Arc;

/// A month in which something may strike somebody.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry {
    /// Held against chance ÷ ceiling.
    pub uniform: f64,
    /// Whom: their row in the almanac.
    pub row: u32,
    /// What.
    pub hazard: Hazard,
}

/// Entries by month; those of one person stand together, in order of hazards.
#[derive(Clone, Debug, Default)]
pub struct Pages {
    first: i32,
    months: Vec<Vec<Entry>>,
}

impl Pages {
    /// What is written for a month.
    pub fn of(&self, month: i32) -> &[Entry] {
        let at = usize::try_from(month - self.first).ok();
        at.and_then(|at| self.months.get(at)).map_or(&[], Vec::as_slice)
    }

    fn write(&mut self, month: i32, entry: Entry) {
        let Ok(at) = usize::try_from(month - self.first) else { return };
        if at >= self.months.len() {
            self.months.resize_with(at + 1, Vec::new);
        }
        self.months[at].push(entry);
    }
}

/// How far it is written down what may strike people, and where in the list they stand.
#[derive(Clone, Debug, Default)]
pub struct Almanac {
    /// By row: where in the list of people somebody stands; [`NOWHERE`] before they come and
    /// after they have gone.
    places: Vec<u32>,
    /// By row: the first candidate month of each hazard that is not written down.
    next: Vec<[i16; HAZARDS]>,
    /// The last month that is written down.
    until: i32,
    /// What is written for this world alone.
    own: Pages,
}

/// Not in the list of people.
const NOWHERE: u32 = u32::MAX;

/// Months that are written down at a time, where nobody has said how many there will be: a
/// year, so that the last of the burn-in's ends at the fork.
const AT_A_TIME: i32 = super::world::MONTHS_A_YEAR;

impl Almanac {
    /// The same before anything is written, from a month on.
    pub fn from(month: i32) -> Self {
        let own = Pages { first: month, months: Vec::new() };
        Self { until: month - 1, own, ..Self::default() }
    }

    /// Where in the list of people whoever has a row stands.
    #[inline]
    pub fn place(&self, row: u32) -> Option<usize> {
        let place = self.places[row as usize];
        (place != NOWHERE).then_some(place as usize)
    }

    /// What is written of a month for this world alone.
    pub fn own(&self, month: i32) -> &[Entry] {
        self.own.of(month)
    }
}

/// Who writes, from luck and what becomes of people whatever a regime does.
struct Writer<'a> {
    p: &'a Parameters,
    facts: &'a Facts,
    ceilings: &'a Ceilings,
    review: Chance,
}

impl<'a> Writer<'a> {
    fn new(p: &'a Parameters, facts: &'a Facts, ceilings: &'a Ceilings) -> Self {
        Self { p, facts, ceilings, review: Chance::a_month(review_chance(p)) }
    }

    /// The first candidate month of each hazard after a month.
    fn after(&self, key: u64, month: i32) -> [i16; HAZARDS] {
        let luck = self.facts.luck.candidates;
        Hazard::ALL.map(|hazard| self.ceilings.candidate(luck, key, hazard, month as i16).next)
    }

    /// Writes what may strike somebody from their next candidate months on.
    fn writes(&self, person: &Person, next: &mut [i16; HAZARDS], until: i32, pages: &mut Pages) {
        let luck = self.facts.luck.candidates;
        let mut later = person.clone();
        loop {
            let month = next.iter().copied().min().unwrap_or(i16::MAX);
            if i32::from(month) > until {
                return;
            }
            for hazard in Hazards::due(next, month).each() {
                let candidate = self.ceilings.candidate(luck, person.key, hazard, month);
                next[hazard as usize] = candidate.next;
                if !self.ceilings.plain && self.never_strikes(&later, hazard, candidate.uniform) {
                    continue;
                }
                let (uniform, row) = (candidate.uniform, person.row);
                pages.write(i32::from(month), Entry { uniform, row, hazard });
                if !self.ceilings.plain && self.ends(&mut later, hazard, month) {
                    next.fill(i16::MAX);
                    return;
                }
            }
        }
    }

    /// Whether a candidate comes to nothing in every world.
    fn never_strikes(&self, person: &Person, hazard: Hazard, uniform: f64) -> bool {
        // Nobody comes back from a care home.
        let at_home = person.stage != Stage::CareHome;
        let most = match whatever_is_done(self.p, person, hazard) {
            Some(chance) => chance,
            None if !at_home => return true,
            None if hazard == Hazard::Review => self.review,
            None => return false,
        };
        !self.ceilings.strikes(uniform, hazard, most, &mut 0)
    }

    /// Lets what strikes somebody whatever is done strike them, as far as later chances rest
    /// on it; returns whether it is the end of their time here.
    fn ends(&self, person: &mut Person, hazard: Hazard, month: i16) -> bool {
        match hazard {
            Hazard::Dying | Hazard::Leaving => return true,
            Hazard::NeedChange => {
                let luck = self.facts.draws.of(Stream::Need, i32::from(month));
                need_steps(person, self.p, luck);
            }
            Hazard::SavingsRunOut => person.means = Means::PaysCharge,
            _ => {}
        }
        false
    }
}

impl World {
    /// Somebody new is here from now on.
    pub fn adds(&mut self, mut person: Person, p: &Parameters) {
        let place = self.people.len() as u32;
        self.writes_of(&mut person, place, self.month, p);
        self.people.push(person);
    }

    /// Writes down what may strike somebody who is to come in a month.
    pub fn expects(&mut self, person: &mut Person, month: i32, p: &Parameters) {
        self.writes_of(person, NOWHERE, month, p);
    }

    /// Somebody who was expected is here from now on.
    pub fn welcomes(&mut self, person: Person) {
        self.almanac.places[person.row as usize] = self.people.len() as u32;
        self.people.push(person);
    }

    /// What was written of somebody for this month.
    pub fn written_of(&self, row: u32) -> Vec<Entry> {
        let pages = [&self.facts.pages, &self.almanac.own].map(|pages| pages.of(self.month));
        pages.into_iter().flatten().filter(|entry| entry.row == row).copied().collect()
    }

    fn writes_of(&mut self, person: &mut Person, place: u32, month: i32, p: &Parameters) {
        let almanac = &mut self.almanac;
        person.row = almanac.places.len() as u32;
        let writer = Writer::new(p, &self.facts, &self.ceilings);
        let mut next = writer.after(person.key, month);
        writer.writes(person, &mut next, almanac.until, &mut almanac.own);
        almanac.places.push(place);
        almanac.next.push(next);
    }

    /// Somebody is here no more; whoever was last in the list of people has their place.
    pub fn parts_with(&mut self, index: usize) {
        let gone = self.people.swap_remove(index);
        self.almanac.places[gone.row as usize] = NOWHERE;
        if let Some(moved) = self.people.get(index) {
            self.almanac.places[moved.row as usize] = index as u32;
        }
    }

    /// Writes on for everybody here where this month is not written down yet.
    pub fn looks_ahead(&mut self, p: &Parameters) {
        if self.month > self.almanac.until {
            self.almanac.own = Pages { first: self.month, months: Vec::new() };
            self.writes_on(p, self.month + AT_A_TIME - 1);
        }
    }

    fn writes_on(&mut self, p: &Parameters, until: i32) {
        let almanac = &mut self.almanac;
        let writer = Writer::new(p, &self.facts, &self.ceilings);
        for person in &self.people {
            let next = &mut almanac.next[person.row as usize];
            writer.writes(person, next, until, &mut almanac.own);
        }
        almanac.until = until;
    }

    /// Writes down so many months after the fork, once for all worlds that are forked from
    /// this one and live by the same parameters: what may strike everybody, and who will
    /// arrive. Nothing is done where some of it is written for this world alone.
    pub fn foresees(&mut self, p: &Parameters, months: usize) {
        let months = months as i32;
        if self.almanac.until > self.month {
            return;
        }
        self.almanac.own = Pages { first: self.month, months: Vec::new() };
        self.writes_on(p, months);
        let mut newcomers: Vec<_> = (1..=months).map(|month| self.newcomers(p, month)).collect();
        for (month, newcomers) in (1..).zip(&mut newcomers) {
            for newcomer in newcomers {
                self.expects(&mut newcomer.person, month, p);
            }
        }
        let facts = Arc::make_mut(&mut self.facts);
        facts.newcomers = newcomers;
        facts.pages = std::mem::take(&mut self.almanac.own);
        self.almanac.own.first = facts.pages.first;
    }

    /// Writes everything anew from this month on: where what chances rest on has been changed
    /// from outside.
    pub fn begins_anew(&mut self, p: &Parameters) {
        let facts = Arc::make_mut(&mut self.facts);
        (facts.pages, facts.newcomers) = Default::default();
        let until = self.almanac.until;
        self.almanac = Almanac { until, ..Almanac::from(self.month) };
        for person in std::mem::take(&mut self.people) {
            self.adds(person, p);
        }
    }

    /// The same world, in which what strikes people is found the plain way from this month on.
    pub fn plainly(mut self, p: &Parameters) -> Self {
        self.ceilings = self.ceilings.plainly();
        self.begins_anew(p);
        self
    }
}
