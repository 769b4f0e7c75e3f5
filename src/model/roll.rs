//! Where people stand: in memory, and in line.
//!
//! Everybody at home stands before everybody in a care home, so that a month can go through
//! those it is about. Where one's gain is another's loss people are taken in line, which is
//! not moved by who goes into a care home.

use super::world::{Person, Stage, World};

/// Where people stand, by their row in the almanac.
#[derive(Clone, Debug, Default)]
pub struct Roll {
    /// By row; none before they come and after they go.
    stands: Vec<Option<Stand>>,
    /// The line: rows, whoever came last taking the place of whoever goes.
    line: Vec<u32>,
}

/// Where somebody stands.
#[derive(Clone, Copy, Debug)]
pub struct Stand {
    place: u32,
    turn: u32,
}

impl Stand {
    /// Place in the list of people.
    #[inline]
    pub fn place(self) -> usize {
        self.place as usize
    }

    /// Place in line.
    #[inline]
    pub fn turn(self) -> usize {
        self.turn as usize
    }
}

impl Roll {
    /// Where whoever has a row stands, if they are here.
    #[inline]
    pub fn stand(&self, row: u32) -> Option<Stand> {
        self.stands.get(row as usize).copied().flatten()
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
        self.line.iter().filter_map(|row| self.stand(*row)).map(Stand::place)
    }

    fn joins(&mut self, row: u32, place: usize) {
        let rows = (row as usize + 1).max(self.stands.len());
        self.stands.resize(rows, None);
        let turn = self.line.len() as u32;
        self.stands[row as usize] = Some(Stand { place: place as u32, turn });
        self.line.push(row);
    }

    fn leaves(&mut self, row: u32) {
        let Some(gone) = self.stands[row as usize].take() else { return };
        self.line.swap_remove(gone.turn());
        let moved = self.line.get(gone.turn()).and_then(|row| self.stands[*row as usize].as_mut());
        if let Some(moved) = moved {
            moved.turn = gone.turn;
        }
    }

    fn moves(&mut self, row: u32, to: usize) {
        if let Some(stand) = &mut self.stands[row as usize] {
            stand.place = to as u32;
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
        let mut place = self.people.len();
        if person.stage != Stage::CareHome {
            // The first of those in care homes makes room.
            if let Some(first) = self.in_care_homes().first().cloned() {
                self.roll.moves(first.row, place);
                self.people.push(first);
                place = self.homes;
            }
            self.homes += 1;
        }
        self.roll.joins(person.row, place);
        match self.people.get_mut(place) {
            Some(free) => *free = person,
            None => self.people.push(person),
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
        self.roll.leaves(self.people[index].row);
        let mut gap = index;
        if gap < self.homes {
            self.homes -= 1;
            let last_at_home = self.people[self.homes].clone();
            self.fills(gap, last_at_home);
            gap = self.homes;
        }
        if let Some(last) = self.people.pop() {
            self.fills(gap, last);
        }
    }

    /// Somebody stands in a place that is free, if it is still in the list.
    fn fills(&mut self, gap: usize, person: Person) {
        if let Some(free) = self.people.get_mut(gap) {
            self.roll.moves(person.row, gap);
            *free = person;
        }
    }

    fn change_places(&mut self, one: usize, other: usize) {
        self.people.swap(one, other);
        for place in [one, other] {
            self.roll.moves(self.people[place].row, place);
        }
    }

    /// Some of the list of people, in line.
    pub fn in_line(&self, mut those: Vec<u32>) -> Vec<u32> {
        let turn = |place: &u32| self.roll.stand(self.people[*place as usize].row).map(Stand::turn);
        those.sort_by_cached_key(turn);
        those
    }
}
