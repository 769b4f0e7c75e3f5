//! What may strike people, written down ahead by month.
//!
//! Candidate months rest on luck alone; deaths, leavings, steps of need and savings that run
//! out depend on nothing that a regime can change. So all of it is looked up once, for some
//! months ahead, and after the fork once for all worlds of a cell: a month reads what stands
//! written for it. What is known not to happen is left out.

use super::hazards::{Ceilings, review_chance};
use super::population::{NeedStep, whatever_is_done};
use super::world::{Facts, HAZARDS, Hazard, Person, Stage, World};
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
    /// What a step of need comes to; none for all else.
    pub step: NeedStep,
}

/// Entries by month and hazard.
#[derive(Clone, Debug, Default)]
pub struct Pages {
    first: i32,
    months: Vec<[Vec<Entry>; HAZARDS]>,
}

impl Pages {
    /// What is written of a hazard for a month.
    pub fn of(&self, month: i32, hazard: Hazard) -> &[Entry] {
        let at = usize::try_from(month - self.first).ok();
        at.and_then(|at| self.months.get(at)).map_or(&[], |page| &page[hazard as usize])
    }

    fn write(&mut self, month: i32, entry: Entry) {
        let Ok(at) = usize::try_from(month - self.first) else { return };
        if at >= self.months.len() {
            self.months.resize_with(at + 1, Default::default);
        }
        self.months[at][entry.hazard as usize].push(entry);
    }
}

/// How far it is written down what may strike people; people have a row in it for good.
#[derive(Clone, Debug, Default)]
pub struct Almanac {
    /// By row: the first candidate month of each hazard that is not written down.
    next: Vec<[i16; HAZARDS]>,
    /// The last month that is written down.
    until: i32,
    /// What is written for this world alone.
    own: Pages,
}

/// Months that are written down at a time, where nobody has said how many there will be: a
/// year, so that the last of the burn-in's ends at the fork.
const AT_A_TIME: i32 = super::world::MONTHS_A_YEAR;

impl Almanac {
    /// The same before anything is written, from a month on.
    pub fn from(month: i32) -> Self {
        let own = Pages { first: month, months: Vec::new() };
        Self { until: month - 1, own, ..Self::default() }
    }

    /// What is written for this world alone.
    pub fn own(&self) -> &Pages {
        &self.own
    }
}

/// Who writes, from luck and what becomes of people whatever a regime does.
struct Writer<'a> {
    p: &'a Parameters,
    facts: &'a Facts,
    ceilings: &'a Ceilings,
    review: f64,
}

impl<'a> Writer<'a> {
    fn new(p: &'a Parameters, facts: &'a Facts, ceilings: &'a Ceilings) -> Self {
        Self { p, facts, ceilings, review: review_chance(p) }
    }

    /// The first candidate month of each hazard after a month.
    fn after(&self, key: u64, month: i32) -> [i16; HAZARDS] {
        let luck = self.facts.luck.candidates;
        Hazard::ALL.map(|hazard| self.ceilings.candidate(luck, key, hazard, month as i16).next)
    }

    /// Writes what may strike somebody from their next candidate months on, hazard by hazard:
    /// first how long they are here, then what may happen meanwhile.
    fn writes(&self, person: &Person, next: &mut [i16; HAZARDS], until: i32, pages: &mut Pages) {
        let end = self.writes_how_long(person, next, until, pages);
        for hazard in MEANWHILE.iter().copied() {
            let most = self.most(person, hazard);
            while let Some((month, uniform)) = self.turns(person.key, next, hazard, most, end) {
                if self.ceilings.reaches(uniform, hazard, most) {
                    let (row, step) = (person.row, NeedStep::NONE);
                    pages.write(month, Entry { uniform, row, hazard, step });
                    if hazard == Hazard::SavingsRunOut && !self.ceilings.plain {
                        next[hazard as usize] = i16::MAX;
                    }
                }
            }
        }
        if end <= until {
            next.fill(i16::MAX);
        }
    }

    /// Writes steps of need, which raise the chance of dying or lower it, until somebody dies,
    /// leaves, or the months are over; returns the month that is the end.
    fn writes_how_long(
        &self,
        person: &Person,
        next: &mut [i16; HAZARDS],
        until: i32,
        pages: &mut Pages,
    ) -> i32 {
        let mut later = person.clone();
        let mut most = HOW_LONG.map(|hazard| self.most(&later, hazard));
        loop {
            let soonest = HOW_LONG.iter().map(|hazard| next[*hazard as usize]).min();
            let month = soonest.map_or(i32::MAX, i32::from);
            if month > until {
                return until + 1;
            }
            for (index, hazard) in HOW_LONG.into_iter().enumerate() {
                let turn = self.turns(person.key, next, hazard, most[index], month + 1);
                let Some((_, uniform)) = turn else { continue };
                if !self.ceilings.reaches(uniform, hazard, most[index]) {
                    continue;
                }
                let mut entry = Entry { uniform, row: person.row, hazard, step: NeedStep::NONE };
                let steps = hazard == Hazard::NeedChange && !self.ceilings.plain;
                if steps {
                    let luck = self.facts.draws.of(Stream::Need, month);
                    entry.step = NeedStep::of(&later, self.p, luck);
                }
                pages.write(month, entry);
                if self.ceilings.plain {
                    continue;
                }
                if !steps {
                    return month;
                }
                later.steps(entry.step);
                most = HOW_LONG.map(|hazard| self.most(&later, hazard));
            }
        }
    }

    /// The next candidate of a hazard before a month, and what is held against its chance;
    /// where nothing can come of it there is none any more.
    #[inline(always)]
    fn turns(
        &self,
        key: u64,
        next: &mut [i16; HAZARDS],
        hazard: Hazard,
        most: f64,
        before: i32,
    ) -> Option<(i32, f64)> {
        let next = &mut next[hazard as usize];
        let month = *next;
        if i32::from(month) >= before {
            return None;
        }
        if most <= 0.0 {
            *next = i16::MAX;
            return None;
        }
        let luck = self.facts.luck.candidates;
        let candidate = self.ceilings.candidate(luck, key, hazard, month);
        *next = candidate.next;
        Some((i32::from(month), candidate.uniform))
    }

    /// As high as the chance of a hazard gets for somebody, as long as need is what it is.
    fn most(&self, person: &Person, hazard: Hazard) -> f64 {
        match whatever_is_done(self.p, person, hazard) {
            _ if self.ceilings.plain => f64::INFINITY,
            Some(chance) => chance.value(),
            // Nobody comes back from a care home.
            None if person.stage == Stage::CareHome => 0.0,
            None if hazard == Hazard::Review => self.review,
            None => f64::INFINITY,
        }
    }
}

/// What decides how long somebody is here, whatever is done.
const HOW_LONG: [Hazard; 3] = [Hazard::Dying, Hazard::Leaving, Hazard::NeedChange];
/// What may strike somebody meanwhile: all else.
const MEANWHILE: &[Hazard] = Hazard::ALL.split_at(HOW_LONG.len()).1;

impl World {
    /// Somebody new is here from now on.
    pub fn adds(&mut self, mut person: Person, p: &Parameters) {
        self.expects(&mut person, self.month, p);
        self.joins(person);
    }

    /// Writes down what may strike somebody who is to come in a month.
    pub fn expects(&mut self, person: &mut Person, month: i32, p: &Parameters) {
        let almanac = &mut self.almanac;
        person.row = almanac.next.len() as u32;
        let writer = Writer::new(p, &self.facts, &self.ceilings);
        let mut next = writer.after(person.key, month);
        writer.writes(person, &mut next, almanac.until, &mut almanac.own);
        almanac.next.push(next);
    }

    /// What was written of somebody for this month.
    pub fn written_of(&self, row: u32) -> Vec<Entry> {
        let pages = [&self.facts.pages, &self.almanac.own];
        let of = |hazard| pages.into_iter().flat_map(move |pages| pages.of(self.month, hazard));
        Hazard::ALL.into_iter().flat_map(of).filter(|entry| entry.row == row).copied().collect()
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
        let (people, roll) = (std::mem::take(&mut self.people), std::mem::take(&mut self.roll));
        self.homes = 0;
        for place in roll.places() {
            self.adds(people[place].clone(), p);
        }
    }

    /// The same world, in which what strikes people is found the plain way from this month on.
    pub fn plainly(mut self, p: &Parameters) -> Self {
        self.ceilings = self.ceilings.plainly();
        self.begins_anew(p);
        self
    }
}
