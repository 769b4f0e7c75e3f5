//! What is looked at between two processes: the person, and whoever supports them.

use crate::metrics::Metric;
use crate::model::World;
use crate::model::world::{Arrangement, Person, Provider, ProviderRow};

/// A person and their supporters as they are between two processes.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The person.
    pub person: Person,
    /// Their arrangements.
    pub arrangements: [Arrangement; 3],
    /// Supporters, the main one first, each once.
    pub held: Vec<Held>,
    /// Emergency admissions of the month so far.
    pub admissions: f64,
    /// Safeguarding incidents of the month so far.
    pub incidents: f64,
}

/// One supporter.
#[derive(Clone, Debug)]
pub struct Held {
    /// Hours a week, by all routes.
    pub hours: f64,
    /// The first arrangement with them.
    pub arrangement: Arrangement,
    /// What they are like.
    pub provider: Provider,
    /// Working providers of the same national chain; 0 for none.
    pub of_chain: usize,
}

/// Where the person stands in the list of people.
pub fn index_of(world: &World, key: u64, guess: usize) -> Option<usize> {
    match world.people.get(guess) {
        Some(person) if person.key == key => Some(guess),
        _ => world.people.iter().position(|person| person.key == key),
    }
}

impl Seen {
    /// Looks at the person in a row; flows are theirs if they have a stratum of their own.
    pub fn of(world: &World, index: usize) -> Self {
        let person = world.people[index].clone();
        let arrangements = world.arrangements(&person);
        let mut held: Vec<Held> = Vec::new();
        for arrangement in arrangements.iter().filter(|a| a.exists()) {
            let hours = f64::from(arrangement.total());
            let same = |held: &&mut Held| held.arrangement.provider == arrangement.provider;
            match held.iter_mut().find(same) {
                Some(held) => held.hours += hours,
                None => held.push(Held::of(world, *arrangement, hours)),
            }
        }
        let so_far = world.tally.so_far(person.stratum);
        let admissions = so_far[Metric::EmergencyAdmissions as usize][0];
        let incidents = so_far[Metric::Incidents as usize][0];
        Self { person, arrangements, held, admissions, incidents }
    }

    /// Hours a week arranged with everybody.
    pub fn arranged(&self) -> f64 {
        self.held.iter().map(|held| held.hours).sum()
    }

    /// The main supporter.
    pub fn main(&self) -> Option<&Held> {
        self.held.first()
    }

    /// The same supporter, if they support here too.
    pub fn with(&self, other: &Held) -> Option<&Held> {
        self.held.iter().find(|held| held.provider.key == other.provider.key)
    }
}

impl Held {
    fn of(world: &World, arrangement: Arrangement, hours: f64) -> Self {
        let provider = world.providers[arrangement.provider as usize].clone();
        let same = |other: &&Provider| other.open && other.chain == provider.chain;
        let of_chain = match provider.chain {
            0 => 0,
            _ => world.providers.iter().filter(same).count(),
        };
        Self { hours, arrangement, provider, of_chain }
    }

    /// Its row among providers.
    pub fn row(&self) -> ProviderRow {
        self.arrangement.provider
    }

    /// The same provider as it is now, unless it has closed.
    pub fn now<'a>(&self, world: &'a World) -> Option<&'a Provider> {
        let provider = &world.providers[self.row() as usize];
        (provider.open && provider.key == self.provider.key).then_some(provider)
    }
}
