//! Where people stand: in memory, and in line.
//!
//! Everybody at home stands before everybody in a care home, so that a month can go through
//! those it is about. Where one's gain is another's loss people are taken in line, which is
//! not moved by who goes into a care home.

use super::world::{Person, Stage, World};

/// Where people stand, by their row in the almanac.
#[derive(Clone, Debug, Default)]
pub struct Roll {
    /// By row: place in the list of people; [`NOWHERE`] before they come and after they go.
    places: Vec<u32>,
    /// By row: place in line.
    turns: Vec<u32>,
    /// The line: rows, whoever came last taking the place of whoever goes.
    line: Vec<u32>,
}

/// Not in the list of people.
const NOWHERE: u32 = u32::MAX;

impl Roll {
    /// Where in the list of people whoever has a row stands.
    #[inline]
    pub fn place(&self, row: u32) -> Option<usize> {
        let place = self.places.get(row as usize).copied().unwrap_or(NOWHERE);
        (place != NOWHERE).then_some(place as usize)
    }

    /// Where in line whoever has a row stands.
    #[inline]
    pub fn turn(&self, row: u32) -> usize {
        self.turns[row as usize] as usize
    }

    /// How many stand in line.
    pub fn len(&self) -> usize {
        self.line.len()
    }

    /// Whether nobody does.
    pub fn is_empty(&self) -> bool {
        self.line.is_empty()
    }

    /// Places in the list of people, in line.
    pub fn places(&self) -> impl Iterator<Item = usize> {
        self.line.iter().map(|row| self.places[*row as usize] as usize)
    }

    fn joins(&mut self, row: u32, place: usize) {
        let rows = (row as usize + 1).max(self.places.len());
        self.places.resize(rows, NOWHERE);
        self.turns.resize(rows, NOWHERE);
        self.places[row as usize] = place as u32;
        self.turns[row as usize] = self.line.len() as u32;
        self.line.push(row);
    }

    fn leaves(&mut self, row: u32) {
        self.places[row as usize] = NOWHERE;
        let turn = self.turns[row as usize] as usize;
        self.line.swap_remove(turn);
        if let Some(moved) = self.line.get(turn) {
            self.turns[*moved as usize] = turn as u32;
        }
    }
}

impl World {
    /// Everybody who lives at home, or has asked to be supported there.
    #[inline]
    pub fn at_home(&self) -> &[Person] {
        &self.people[..self.homes]
    }

    /// Everybody who lives in a care home.
    #[inline]
    pub fn in_care_homes(&self) -> &[Person] {
        &self.people[self.homes..]
    }

    /// Somebody who has a row is here from now on.
    pub fn joins(&mut self, person: Person) {
        let (last, at_home) = (self.people.len(), person.stage != Stage::CareHome);
        self.roll.joins(person.row, last);
        self.people.push(person);
        if at_home {
            self.change_places(self.homes, last);
            self.homes += 1;
        }
    }

    /// Somebody lives in a care home from now on, and stands elsewhere.
    pub fn moves_into_care_home(&mut self, index: usize) {
        let person = &mut self.people[index];
        (person.stage, person.review_due) = (Stage::CareHome, false);
        self.homes -= 1;
        self.change_places(index, self.homes);
    }

    /// Somebody is here no more.
    pub fn parts_with(&mut self, index: usize) {
        let mut last = index;
        if index < self.homes {
            self.homes -= 1;
            last = self.homes;
            self.change_places(index, last);
        }
        self.change_places(last, self.people.len() - 1);
        if let Some(gone) = self.people.pop() {
            self.roll.leaves(gone.row);
        }
    }

    fn change_places(&mut self, one: usize, other: usize) {
        self.people.swap(one, other);
        for place in [one, other] {
            self.roll.places[self.people[place].row as usize] = place as u32;
        }
    }

    /// Some of the list of people, in line.
    pub fn in_line(&self, mut those: Vec<u32>) -> Vec<u32> {
        those.sort_unstable_by_key(|place| self.roll.turn(self.people[*place as usize].row));
        those
    }
}
