//! A person who draws on care and support, and the ties to who supports them.

use super::world::DAYS_A_MONTH;
use crate::levers::Mechanism;
use crate::outcomes::Stratum;

/// What a person needs help with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum NeedKind {
    /// Washing, dressing, eating: regulated.
    PersonalCare = 0,
    /// Help at home.
    HelpAtHome = 1,
    /// Company and activity.
    Company = 2,
}

/// A set of kinds of need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Kinds(pub u8);

impl Kinds {
    /// How many sets there are.
    pub const SETS: usize = 8;
    /// All three.
    pub const ALL: Kinds = Kinds(0b111);
    /// Everything but personal care.
    pub const UNREGULATED: Kinds = Kinds(0b110);
    /// Company and activity alone.
    pub const COMPANY: Kinds = Kinds(0b100);
    /// Personal care alone.
    pub const PERSONAL_CARE: Kinds = Kinds(0b001);

    /// Whether a kind is in the set.
    #[inline(always)]
    pub fn has(self, kind: usize) -> bool {
        self.0 & (1 << kind) != 0
    }

    /// Those in both sets.
    #[inline(always)]
    pub fn and(self, other: Kinds) -> Kinds {
        Kinds(self.0 & other.0)
    }

    /// Whether there are none.
    #[inline(always)]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The kinds of which some hours are left.
    #[inline(always)]
    pub fn of(hours: &[f32; 3]) -> Kinds {
        Kinds((0..3).fold(0, |set, k| set | u8::from(hours[k] > HOURS_LEFT) << k))
    }
}

/// Hours a week below which nothing is left to place.
pub const HOURS_LEFT: f32 = 1e-3;

/// Primary support reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Reason {
    /// Physical support.
    Physical = 0,
    /// Sensory support.
    Sensory = 1,
    /// Support with memory and cognition.
    Memory = 2,
    /// Learning disability support.
    Learning = 3,
    /// Mental health support.
    MentalHealth = 4,
    /// Social support.
    Social = 5,
}

impl Reason {
    /// Every reason, in order.
    pub const ALL: [Reason; 6] = [
        Reason::Physical,
        Reason::Sensory,
        Reason::Memory,
        Reason::Learning,
        Reason::MentalHealth,
        Reason::Social,
    ];
}

/// Where a person is on the way to support.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Asked, and waiting for assessment.
    Asked,
    /// Eligible, at home, with or without support yet.
    AtHome,
    /// Living in a care home.
    CareHome,
}

/// Who pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Means {
    /// The person, in full.
    PaysInFull = 0,
    /// The council, and the person a charge.
    PaysCharge = 1,
    /// The council.
    PaysNothing = 2,
}

/// How an arrangement is paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Route {
    /// By the council, under contract.
    Contract = 0,
    /// By the council, outside the framework.
    Spot = 1,
    /// Out of an individual service fund.
    Fund = 2,
    /// Out of a direct payment.
    DirectPayment = 3,
    /// By the person.
    Private = 4,
}

/// Number of routes.
pub const ROUTES: usize = 5;

impl Route {
    /// Every route, in order.
    pub const ALL: [Route; ROUTES] =
        [Route::Contract, Route::Spot, Route::Fund, Route::DirectPayment, Route::Private];
}

/// Number of terms that describe a provider: flexible, local, continuity,
/// assurance, reputation.
pub const TERMS: usize = 5;

/// A place in the list of providers.
pub type ProviderRow = u32;
/// No provider.
pub const NOBODY: ProviderRow = u32::MAX;

/// Support by one provider.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Arrangement {
    /// Who supports.
    pub provider: ProviderRow,
    /// Hours a week, by kind of need.
    pub hours: [f32; 3],
    /// Day it starts, counted from the fork.
    pub start_day: f32,
    /// Strength of the relationship, 0 to 1.
    pub strength: f32,
    /// How well this supporter suits this person, sd 1.
    pub suits: f32,
    /// Chance that the main worker is still that of twelve months ago, in parts of
    /// [`Arrangement::SAME_WORKER`]; of use for the main arrangement only.
    pub worker: u16,
    /// How it is paid for.
    pub route: Route,
    /// Whether the person took it from two or more offers, known and with room.
    pub picked: bool,
}

impl Arrangement {
    /// No arrangement.
    pub const NONE: Arrangement = Arrangement {
        provider: NOBODY,
        hours: [0.0; 3],
        start_day: 0.0,
        strength: 0.0,
        suits: 0.0,
        worker: 0,
        route: Route::Contract,
        picked: false,
    };

    /// The worker is the same for certain.
    pub const SAME_WORKER: u16 = u16::MAX;

    /// Chance that the main worker is still that of twelve months ago, 0 to 1.
    #[inline(always)]
    pub fn same_worker(&self) -> f64 {
        f64::from(self.worker) / f64::from(Self::SAME_WORKER)
    }

    /// Whether there is one.
    #[inline(always)]
    pub fn exists(&self) -> bool {
        self.provider != NOBODY
    }

    /// Hours a week of all kinds.
    #[inline(always)]
    pub fn total(&self) -> f32 {
        self.hours[0] + self.hours[1] + self.hours[2]
    }

    /// The same, to be added up: sums of single precision are exact in double, so what
    /// a provider has promised does not drift.
    #[inline(always)]
    pub fn promised(&self) -> f64 {
        self.hours.iter().map(|hours| f64::from(*hours)).sum()
    }

    /// Share of a month that begins on `first_day` in which it runs.
    #[inline(always)]
    pub fn share_of_month(&self, first_day: f32) -> f32 {
        (1.0 - (self.start_day - first_day) / DAYS_A_MONTH).clamp(0.0, 1.0)
    }
}

/// What may strike a person: each has candidate months of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Hazard {
    /// Death.
    Dying = 0,
    /// Recovery, or moving away.
    Leaving = 1,
    /// Need steps up or down.
    NeedChange = 2,
    /// A review is due.
    Review = 3,
    /// Emergency admission to hospital.
    Admission = 4,
    /// A lasting move to a care home.
    CareHomeMove = 5,
    /// The wish to change supporter.
    WishToLeave = 6,
    /// A self-funder's savings run out.
    SavingsRunOut = 7,
    /// A safeguarding incident.
    Incident = 8,
}

/// Number of hazards.
pub const HAZARDS: usize = 9;

impl Hazard {
    /// Every hazard, in order.
    pub const ALL: [Hazard; HAZARDS] = [
        Hazard::Dying,
        Hazard::Leaving,
        Hazard::NeedChange,
        Hazard::Review,
        Hazard::Admission,
        Hazard::CareHomeMove,
        Hazard::WishToLeave,
        Hazard::SavingsRunOut,
        Hazard::Incident,
    ];
}

/// A person who draws on care and support.
///
/// Memory is read in lines of 64 bytes, and a month reads everybody: so what it asks of
/// everybody several times comes first, then what their support at home takes, then what is
/// asked of those to whom something happens.
#[derive(Clone, Debug, PartialEq)]
#[repr(C, align(64))]
pub struct Person {
    /// The main arrangement.
    pub main: Arrangement,
    /// Felt fit this month, sd.
    pub fit: f32,
    /// Social-care-related quality of life last month, 0 to 24.
    pub life: f32,
    /// Moving average of felt fit.
    pub satisfaction: f32,
    /// Hours delivered over hours needed last month.
    pub met: f32,
    /// First day on which support may start, leads carried over.
    pub ready_day: f32,
    /// Day a chosen mechanism will be set up; NaN for none.
    pub setup_day: f32,
    /// Neighbourhood.
    pub neighbourhood: u16,
    /// Stage.
    pub stage: Stage,
    /// Groups that no regime changes.
    pub stratum: Stratum,
    /// Month of the year in which their supporter is held against that of a year before.
    pub anniversary: u8,
    /// Has hours in the plan that nobody has been found for.
    pub seeking: bool,
    /// 65 or over.
    pub older: bool,
    /// Who pays.
    pub means: Means,
    /// Hours a week needed of formal support, by kind; the same in every regime.
    pub need: [f32; 3],
    /// Hours a week in the plan, by kind.
    pub plan: [f32; 3],
    /// Weights of the five terms of an offer: flexible, local, continuity, hours, assurance.
    pub wants: [f32; 5],
    /// Connectedness, 0 to 1.
    pub connected: f32,
    /// Capacity to manage a budget, own or a helper's.
    pub capacity: f32,
    /// Unpaid care a week, hours, at average connectedness.
    pub informal: f32,
    /// Row of the further arrangements in the pool; `NOBODY` for none.
    pub more: u32,
    /// Who holds the budget.
    pub mechanism: Mechanism,
    /// A review is due and has not been held.
    pub review_due: bool,
    /// Lost the main supporter against their wish since the anchor.
    pub lost: bool,
    /// First hour of support has been had.
    pub begun: bool,
    /// Birth key.
    pub key: u64,
    /// Money held as a direct payment and not yet spent, £.
    pub account: f64,
    /// Day the present wish to change supporter began; NaN for none.
    pub wish_day: f32,
    /// Log of need over the mean of the group: raises deaths and crises.
    pub severity: f32,
    /// Row in the almanac of what may strike people.
    pub row: u32,
    /// Wish to be in control.
    pub control_taste: f32,
    /// Connectedness that the person comes back to.
    pub connected_base: f32,
    /// Day of asking for assessment, or of the assessment; counted from the fork.
    pub asked_day: f32,
    /// Main supporter's birth key twelve months ago, folded; 0 for none.
    pub anchor: u32,
    /// Reason.
    pub reason: Reason,
    /// The mechanism chosen and not yet set up.
    pub chosen: Mechanism,
    /// Came from hospital, so goes first.
    pub urgent: bool,
    /// Came straight into a care home, so the stay ends at a care home's rate.
    pub in_care_home_from_start: bool,
    /// Asked survey questions.
    pub on_panel: bool,
    /// Would employ somebody.
    pub employs: bool,
    /// The fund's holder was not chosen.
    pub in_name_only: bool,
    /// Has been asked who should hold the budget, with nothing as the default, and chose.
    pub answered: bool,
    /// Mechanisms known at the last review, as bits.
    pub knew: u8,
    /// Assistants employed so far.
    pub assistants: u8,
}

impl Person {
    /// Hours a week needed of all kinds.
    #[inline(always)]
    pub fn needed(&self) -> f32 {
        self.need[0] + self.need[1] + self.need[2]
    }

    /// Hours a week planned of all kinds.
    #[inline(always)]
    pub fn planned(&self) -> f32 {
        self.plan[0] + self.plan[1] + self.plan[2]
    }

    /// 0 for people aged 18 to 64, 1 for people of 65 and over.
    #[inline(always)]
    pub fn age(&self) -> usize {
        usize::from(self.older)
    }

    /// Whether the council funds them.
    #[inline(always)]
    pub fn funded(&self) -> bool {
        self.means != Means::PaysInFull
    }

    /// Whether a wish to change supporter is open.
    #[inline(always)]
    pub fn wishes_to_leave(&self) -> bool {
        !self.wish_day.is_nan()
    }
}

/// Places in a list of those who pass a test, in order. Everybody is asked before anything is
/// done with the answers, which is quicker than to guess them; so a test should not guess
/// either (`&` and `|` rather than `&&` and `||`).
#[inline(always)]
pub fn who(people: &[Person], passes: impl Fn(&Person) -> bool) -> Vec<u32> {
    let mut places = Vec::with_capacity(people.len());
    for (some, from) in people.chunks(AT_ONCE).zip((0..).step_by(AT_ONCE)) {
        let mut answers = 0_u64;
        for (place, person) in some.iter().enumerate() {
            answers |= u64::from(passes(person)) << place;
        }
        while answers != 0 {
            places.push(from + answers.trailing_zeros());
            answers &= answers - 1;
        }
    }
    places
}

/// People whose answers are taken in at once: as many as a word has bits.
const AT_ONCE: usize = u64::BITS as usize;

/// Further arrangements of one person: at most two.
pub type Further = [Arrangement; 2];
