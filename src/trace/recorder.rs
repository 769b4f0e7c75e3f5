//! Who looks on: between any two processes of a month at one person and their supporters,
//! and says from the differences what happened and why.

use super::citizen::Citizen;
use super::event::{Date, Door, Event, Finding, Standing, Support, Who};
use super::ledger::Ledger;
use super::months::MonthOfLife;
use super::seen::{Held, Seen, index_of};
use crate::levers::Mechanism;
use crate::model::world::{DAYS_A_MONTH, Hazard, Kinds, Means, ProviderKind, Route, Stage};
use crate::model::{Month, PROCESSES, Settings, World, ties};
use crate::outcomes::Stratum;

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Happening {
    /// Month after the fork, from 1; 0 for how things stood then.
    pub month: i32,
    /// Its place among the processes of a month.
    pub process: usize,
    /// What it was.
    pub event: Event,
}

/// One person's life in one world.
#[derive(Clone, Debug)]
pub struct Life {
    /// The regime's id.
    pub regime: String,
    /// Who it was; none where they never came.
    pub citizen: Option<Citizen>,
    /// Month by month, from the first in which they were there to that of going.
    pub months: Vec<MonthOfLife>,
    /// What happened, in order.
    pub events: Vec<Happening>,
}

impl Life {
    /// The providers it is about by month, so that they can be named.
    pub(super) fn providers(&mut self) -> Vec<(i32, &mut Who)> {
        let events = self.events.iter_mut().flat_map(|happening| {
            let month = happening.month;
            happening.event.providers().into_iter().map(move |who| (month, who))
        });
        let months = self.months.iter_mut();
        let supporters =
            months.filter_map(|month| month.supporter.as_mut().map(|who| (month.number, who)));
        events.chain(supporters).collect()
    }
}

/// Hours a week by which an arrangement or a plan has to change for it to be told.
const TOLD_HOURS: f64 = 0.25;
/// Share of promised hours below which it is told that a supporter cut them short, and
/// above which it is over.
const CUT_SHORT: f64 = 0.75;
const OVER: f64 = 0.9;
/// £ from which it is told what came of a budget.
const TOLD_POUNDS: f64 = 50.0;

/// Looks on at one person's life.
#[derive(Clone, Debug)]
pub struct Recorder {
    key: u64,
    start: (i32, u32),
    /// Whether the person has a stratum of their own.
    own_stratum: bool,
    guess: usize,
    citizen: Option<Citizen>,
    events: Vec<Happening>,
    months: Vec<MonthOfLife>,
    /// This month's.
    ledger: Ledger,
    there: bool,
    process: usize,
    number: i32,
    assessed: bool,
    reviewed: bool,
    looking: bool,
    cut_short: bool,
}

impl Recorder {
    /// Of one person, by birth key; `start` is the date of the first month after the fork.
    pub fn new(key: u64, start: (i32, u32)) -> Self {
        Self {
            key,
            start,
            own_stratum: false,
            guess: 0,
            citizen: None,
            events: Vec::new(),
            months: Vec::new(),
            ledger: Ledger::default(),
            there: false,
            process: 0,
            number: 0,
            assessed: false,
            reviewed: false,
            looking: false,
            cut_short: false,
        }
    }

    /// From now on the person has a stratum of their own, so that the cell's metrics can be
    /// read restricted to them. They are then in no group, and everybody's sums may differ
    /// in the last bit, since they are added in another order; nothing that happens does.
    pub fn follows(&mut self, world: &mut World) {
        self.own_stratum = true;
        self.puts_apart(world);
    }

    fn puts_apart(&mut self, world: &mut World) {
        let Some(index) = self.finds(world) else { return };
        if self.citizen.is_none() {
            self.citizen = Some(Citizen::of(&world.people[index], world, self.number));
        }
        if self.own_stratum {
            world.people[index].stratum = Stratum::FOLLOWED;
        }
    }

    fn finds(&mut self, world: &World) -> Option<usize> {
        let found = index_of(world, self.key, self.guess);
        self.guess = found.unwrap_or(self.guess);
        found
    }

    fn sees(&mut self, world: &World) -> Option<Seen> {
        self.finds(world).map(|index| Seen::of(world, index))
    }

    /// Takes note of how the person stands at the fork.
    pub fn begins(&mut self, world: &World) {
        if let Some(seen) = self.sees(world) {
            let standing = self.standing(&seen);
            self.tells(Event::AtFork(standing));
        }
    }

    /// Lives a month of the world, process by process, and looks between any two.
    pub fn lives(&mut self, world: &mut World, settings: &Settings<'_>, number: i32) {
        world.month = number;
        let month = Month::of(world, settings);
        self.number = number;
        self.ledger = Ledger::default();
        (self.assessed, self.reviewed) = (false, false);
        let mut before = self.sees(world);
        self.there = before.is_some();
        for (process, (name, runs)) in PROCESSES.iter().enumerate() {
            self.process = process;
            runs(world, &month);
            // Whoever has just come is put apart before anything is counted of them.
            self.puts_apart(world);
            let after = self.sees(world);
            self.compares(name, before.as_ref(), after.as_ref(), world, &month);
            before = after;
        }
        self.closes(before.as_ref(), world);
    }

    /// Takes note of how the person stands at the end.
    pub fn ends(mut self, world: &World, regime: &str) -> Life {
        self.process = PROCESSES.len();
        if let Some(seen) = self.sees(world) {
            let standing = self.standing(&seen);
            self.tells(Event::AtEnd(standing));
        }
        let (citizen, months, events) = (self.citizen, self.months, self.events);
        Life { regime: regime.to_owned(), citizen, months, events }
    }

    fn closes(&mut self, now: Option<&Seen>, world: &World) {
        if let Some(now) = now {
            let person = &now.person;
            let waits = person.stage == Stage::Asked && !person.main.exists();
            self.ledger.months = f64::from(u8::from(!waits));
        } else if !self.there {
            return;
        }
        let person = now.map(|now| (&now.person, now.main().map(|main| self.who(main))));
        let date = Date::of(self.start, self.number);
        let restricted = world.tally.followed();
        self.months.push(MonthOfLife::of(self.number, date, person, restricted, self.ledger));
    }

    fn tells(&mut self, event: Event) {
        self.events.push(Happening { month: self.number, process: self.process, event });
    }

    fn who(&self, held: &Held) -> Who {
        let provider = &held.provider;
        Who { key: provider.key, kind: provider.kind, name: String::new() }
    }

    fn support(&self, held: &Held) -> Support {
        Support {
            who: self.who(held),
            hours: held.hours,
            route: held.arrangement.route,
            since: Date::of_day(self.start, held.arrangement.start_day),
        }
    }

    fn standing(&self, seen: &Seen) -> Standing {
        Standing {
            stage: seen.person.stage,
            mechanism: seen.person.mechanism,
            planned: f64::from(seen.person.planned()),
            supporters: seen.held.iter().map(|held| self.support(held)).collect(),
        }
    }

    /// What one process did to the person.
    fn compares(
        &mut self,
        process: &str,
        before: Option<&Seen>,
        after: Option<&Seen>,
        world: &World,
        month: &Month<'_>,
    ) {
        match (before, after) {
            (None, None) => {}
            (None, Some(after)) => {
                self.there = true;
                self.comes(after);
            }
            (Some(before), None) => self.goes(before, world),
            (Some(before), Some(after)) => {
                match process {
                    "population" => self.population(before, after),
                    "assessment" => self.assessment(before, after),
                    "mechanism" => self.mechanism(before, after, world, month),
                    "sourcing" => self.sourcing(before, after, world),
                    "delivery" => self.delivery(before, after, world, month),
                    "switching" => self.switching(before, after),
                    "market" => self.market(before, after, world, month),
                    "commissioning" => self.commissioning(before, after),
                    _ => {}
                }
                if process != "delivery" {
                    self.account(process, before, after);
                }
            }
        }
    }

    fn comes(&mut self, now: &Seen) {
        let person = &now.person;
        let pays = person.means == Means::PaysInFull;
        let door = match person.stage {
            Stage::CareHome if pays => Door::CareHomeOwnExpense,
            Stage::CareHome => Door::CareHome,
            _ if pays => Door::PaysForThemselves,
            _ if person.urgent => Door::LeavesHospital,
            _ => Door::AsksCouncil,
        };
        self.tells(Event::Came { door });
    }

    fn goes(&mut self, before: &Seen, world: &World) {
        let person = &before.person;
        let written = world.written_of(person.row);
        let could = |hazard: Hazard| written.iter().any(|entry| entry.hazard == hazard);
        let event = match (could(Hazard::Dying), could(Hazard::Leaving)) {
            (true, false) => Event::Died,
            (false, true) => Event::MovedAway,
            _ => Event::Left,
        };
        self.ledger.support -= person.account;
        self.tells(event);
    }

    /// Money that left a budget other than for support.
    fn account(&mut self, process: &str, before: &Seen, after: &Seen) {
        let pounds = before.person.account - after.person.account;
        if pounds == 0.0 {
            return;
        }
        let with_holder = process == "market";
        if !with_holder {
            self.ledger.support -= pounds;
        }
        if pounds >= TOLD_POUNDS {
            let lost = Event::LostWithHolder { pounds };
            self.tells(if with_holder { lost } else { Event::Returned { pounds } });
        }
    }

    fn population(&mut self, before: &Seen, after: &Seen) {
        let (was, is) = (&before.person, &after.person);
        let (from, to) = (f64::from(was.needed()), f64::from(is.needed()));
        if (to - from).abs() >= TOLD_HOURS && was.stage != Stage::CareHome {
            self.tells(Event::NeedStepped { from, to });
            if is.plan != was.plan && is.stage == Stage::AtHome {
                let planned = f64::from(is.planned());
                self.tells(Event::PlanFollowed { planned, arranged: arranged(before, after) });
            }
        }
        if after.admissions > before.admissions {
            self.tells(Event::Admitted);
        }
        if was.stage != Stage::CareHome && is.stage == Stage::CareHome {
            self.tells(Event::MovedToCareHome);
            return;
        }
        if is.wishes_to_leave() && !was.wishes_to_leave() {
            let than = after.main().map(|main| self.who(main));
            self.tells(Event::Wished { than });
        }
        if was.means == Means::PaysInFull && is.means != Means::PaysInFull {
            self.tells(Event::SavingsRanOut);
        }
        if after.incidents > before.incidents {
            let with = after.main().map(|main| self.who(main));
            self.tells(Event::Incident { with });
        }
    }

    fn assessment(&mut self, before: &Seen, after: &Seen) {
        let (was, is) = (&before.person, &after.person);
        let (from, to) = (f64::from(was.planned()), f64::from(is.planned()));
        if was.stage == Stage::Asked && is.stage == Stage::AtHome {
            self.assessed = true;
            let weeks = weeks(was.asked_day, is.asked_day);
            self.tells(Event::Assessed { weeks, hours: to });
        } else if was.review_due && !is.review_due && is.stage == Stage::AtHome {
            self.reviewed = true;
            if (to - from).abs() >= TOLD_HOURS {
                let arranged = arranged(before, after);
                self.tells(Event::Reviewed { from, to, arranged });
            }
        }
    }

    fn mechanism(&mut self, before: &Seen, after: &Seen, world: &World, month: &Month<'_>) {
        let (was, is) = (&before.person, &after.person);
        if !(self.assessed || self.reviewed) {
            return;
        }
        let pending = |day: f32| !day.is_nan();
        let anew = is.chosen != was.chosen;
        if self.assessed || anew && is.chosen != is.mechanism {
            let latent = world.facts.luck.arriving.uniform(is.key);
            let default = month.reaching(latent).default_mechanism.mechanism();
            let later = pending(is.setup_day) && is.setup_day >= world.first_day() + DAYS_A_MONTH;
            self.tells(Event::Chose {
                mechanism: is.chosen,
                default: default == Some(is.chosen),
                first: self.assessed,
                in_name_only: is.chosen == Mechanism::Isf && is.in_name_only,
                ready: later.then(|| Date::of_day(self.start, is.setup_day)),
            });
        } else if pending(was.setup_day) && !pending(is.setup_day) {
            self.tells(Event::ChangedMind { keeps: is.mechanism });
        }
        // The council arranges meanwhile for who paid for themselves until now.
        for ended in before.held.iter().filter(|held| after.with(held).is_none()) {
            let who = self.who(ended);
            self.tells(Event::CannotBePaid { who, mechanism: is.mechanism });
        }
    }

    fn sourcing(&mut self, before: &Seen, after: &Seen, world: &World) {
        let (was, is) = (&before.person, &after.person);
        let in_force = was.mechanism != is.mechanism;
        if in_force {
            self.tells(Event::InForce { mechanism: is.mechanism });
        }
        let mut begun: Vec<&Held> =
            after.held.iter().filter(|held| before.with(held).is_none()).collect();
        for ended in before.held.iter().filter(|held| after.with(held).is_none()) {
            let covers = Kinds::of(&ended.arrangement.hours);
            let provider = &world.providers[ended.row() as usize];
            let here = is.neighbourhood;
            let from = self.who(ended);
            if ties::kept_by(provider, here, is.mechanism, covers).is_none() {
                self.tells(Event::CannotBePaid { who: from, mechanism: is.mechanism });
            } else {
                let to = (!begun.is_empty()).then(|| self.support(begun.remove(0)));
                self.tells(Event::Changed { from, to, by_council: false, on_setup: true });
            }
        }
        for held in &begun {
            let found = match held.arrangement.route {
                _ if held.arrangement.picked => Finding::Picked,
                Route::Spot => Finding::Spot,
                Route::Contract => Finding::Placed,
                Route::Fund if is.in_name_only => Finding::Suggested,
                Route::Fund | Route::DirectPayment | Route::Private => Finding::OnlyOffer,
            };
            let first = is.begun && !was.begun;
            let weeks = first.then(|| weeks(is.asked_day, held.arrangement.start_day));
            let support = self.support(held);
            self.tells(Event::Started { support, found, weeks });
        }
        self.hours_change(before, after, in_force);
        self.search_goes_on(before, after, world);
    }

    /// Nobody with room was found for all of the hours, though it was time.
    fn search_goes_on(&mut self, before: &Seen, after: &Seen, world: &World) {
        let is = &after.person;
        let due = is.ready_day < world.first_day() + DAYS_A_MONTH;
        let hours = f64::from(is.planned()) - after.arranged();
        let seeks = is.stage == Stage::AtHome && is.seeking && due && hours >= TOLD_HOURS;
        if seeks && !self.looking && before.person.seeking {
            let in_part = !after.held.is_empty();
            self.tells(Event::NobodyFound { hours, in_part });
        }
        self.looking = seeks;
    }

    /// Hours by supporters who stay.
    fn hours_change(&mut self, before: &Seen, after: &Seen, by_budget: bool) {
        for held in &before.held {
            let Some(now) = after.with(held) else { continue };
            if (now.hours - held.hours).abs() >= TOLD_HOURS {
                let (who, from, to) = (self.who(now), held.hours, now.hours);
                self.tells(Event::HoursChanged { by_budget, who, from, to });
            }
        }
    }

    fn delivery(&mut self, before: &Seen, after: &Seen, world: &World, month: &Month<'_>) {
        let pounds = self.ledger.enter(before, after.person.account, world, month);
        if pounds >= TOLD_POUNDS {
            self.tells(Event::TakenBack { pounds });
        }
        let Some(main) = after.main().filter(|_| after.person.stage != Stage::CareHome) else {
            return;
        };
        let share = main.provider.reliability;
        if share < CUT_SHORT && !self.cut_short {
            self.cut_short = true;
            let who = self.who(main);
            self.tells(Event::CutShort { who, share });
        } else if share >= OVER {
            self.cut_short = false;
        }
    }

    fn switching(&mut self, before: &Seen, after: &Seen) {
        let (was, is) = (&before.person, &after.person);
        let ended = before.held.iter().find(|held| after.with(held).is_none());
        let begun = after.held.iter().find(|held| before.with(held).is_none());
        if let Some(ended) = ended {
            let from = self.who(ended);
            // Whom the council finds, the person has not picked.
            let by_council = begun.is_some_and(|begun| !begun.arrangement.picked);
            let to = begun.map(|begun| self.support(begun));
            self.tells(Event::Changed { from, to, by_council, on_setup: false });
        } else if was.wishes_to_leave() && !is.wishes_to_leave() && before.main().is_some() {
            let keeps = after.main().map(|main| self.who(main));
            self.tells(Event::WishFaded { keeps });
        }
    }

    fn market(&mut self, before: &Seen, after: &Seen, world: &World, month: &Month<'_>) {
        for held in &before.held {
            let left = after.with(held).map_or(0.0, |now| now.hours);
            let hours = held.hours - left;
            if hours < TOLD_HOURS {
                continue;
            }
            let event = self.parted(held, hours, world, month);
            self.tells(event);
        }
    }

    /// Why a supporter went.
    fn parted(&self, held: &Held, hours: f64, world: &World, month: &Month<'_>) -> Event {
        let (who, was) = (self.who(held), &held.provider);
        if held.now(world).is_some() {
            return Event::HandedBack { who, months: was.months_short + 1, hours };
        }
        let same_chain =
            || world.providers.iter().filter(|other| other.open && other.chain == was.chain);
        if was.kind == ProviderKind::Assistant {
            Event::AssistantLeft { who, hours }
        } else if !was.is_agency() {
            let used = Some((was.used / was.capacity().max(f64::MIN_POSITIVE)).min(1.0));
            Event::Closed { who, used, hours }
        } else if held.of_chain > 1 && same_chain().next().is_none() {
            Event::ChainFailed { who, hours }
        } else {
            // Its row still says how long it was short, unless another has it already.
            let row = &world.providers[held.row() as usize];
            let months = if row.key == was.key { row.months_short } else { was.months_short + 1 };
            if f64::from(months) >= month.p.months_to_close {
                Event::RanOutOfMoney { who, months, hours }
            } else {
                Event::Closed { who, used: None, hours }
            }
        }
    }

    fn commissioning(&mut self, before: &Seen, after: &Seen) {
        let mut begun = after.held.iter().filter(|held| before.with(held).is_none());
        for ended in before.held.iter().filter(|held| after.with(held).is_none()) {
            let from = self.who(ended);
            let begun = begun.next();
            let suits = |held: &&Held| held.arrangement.suits == ended.arrangement.suits;
            let with_worker = begun.as_ref().is_some_and(suits);
            let to = begun.map(|begun| self.who(begun));
            self.tells(Event::Tendered { from, to, with_worker });
        }
    }
}

/// Hours a week arranged before and after, for who has a supporter.
fn arranged(before: &Seen, after: &Seen) -> Option<(f64, f64)> {
    before.main().map(|_| (before.arranged(), after.arranged()))
}

fn weeks(from: f32, to: f32) -> f64 {
    f64::from((to - from).max(0.0)) / DAYS_A_WEEK
}

const DAYS_A_WEEK: f64 = 7.0;
