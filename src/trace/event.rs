//! What can happen in a life. The words for it are in `terminal`.

use super::citizen::shown_key;
use crate::levers::Mechanism;
use crate::model::world::{DAYS_A_MONTH, ProviderKind, Route, Stage};
use serde::{Serialize, Serializer};

/// A month of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// Year.
    pub year: i32,
    /// Month of the year, 1–12.
    pub month: u32,
}

impl Date {
    /// The date of a month after the fork, of which 1 is the first, where that is `start`.
    pub fn of(start: (i32, u32), month: i32) -> Self {
        let months = start.0 * 12 + start.1 as i32 - 1 + month - 1;
        Self { year: months.div_euclid(12), month: months.rem_euclid(12) as u32 + 1 }
    }

    /// The date of a day counted from the fork.
    pub fn of_day(start: (i32, u32), day: f32) -> Self {
        Self::of(start, (day / DAYS_A_MONTH).floor() as i32 + 1)
    }

    /// As files have it: 2015-04.
    pub fn id(self) -> String {
        format!("{:04}-{:02}", self.year, self.month)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.id())
    }
}

/// A provider in a life.
#[derive(Clone, Debug, PartialEq)]
pub struct Who {
    /// Birth key.
    pub key: u64,
    /// Kind when first seen.
    pub kind: ProviderKind,
    /// Name in the trace, given when all lives have been seen.
    pub name: String,
}

impl Serialize for Who {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Shown<'a> {
            name: &'a str,
            key: String,
        }
        Shown { name: &self.name, key: shown_key(self.key) }.serialize(to)
    }
}

/// Name of the provider of a kind that comes into the lives as the nth of that kind.
pub fn named(kind: ProviderKind, number: u32) -> String {
    let kind = match kind {
        ProviderKind::LargeAgency => "large agency",
        ProviderKind::SmallAgency => "agency",
        ProviderKind::Assistant => "assistant",
        ProviderKind::MicroEnterprise => "enterprise",
        ProviderKind::Venture => "venture",
        // There is one.
        ProviderKind::InHouse => return "the council's own service".to_owned(),
    };
    format!("{kind} {number}")
}

/// Through which door somebody comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Door {
    /// Asks the council.
    AsksCouncil,
    /// The same, on leaving hospital.
    LeavesHospital,
    /// Looks for support at their own expense.
    PaysForThemselves,
    /// Straight into a care home, at the council's expense.
    CareHome,
    /// Straight into a care home, at their own expense.
    CareHomeOwnExpense,
}

/// How a supporter was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// The person took them from two or more offers.
    Picked,
    /// The person took the one offer there was.
    OnlyOffer,
    /// The council placed the person under contract.
    Placed,
    /// The council bought outside its framework, since nobody on it had room.
    Spot,
    /// The council's suggestion, where the person did not look for a holder of the fund.
    Suggested,
}

/// One supporter and how many hours a week.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Support {
    /// Who.
    pub who: Who,
    /// Hours a week.
    pub hours: f64,
    /// How they are paid for.
    #[serde(serialize_with = "route_word")]
    pub route: Route,
    /// Since when.
    pub since: Date,
}

/// How a person stands at the fork or at the end.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Standing {
    /// Where on the way to support.
    #[serde(serialize_with = "stage_word")]
    pub stage: Stage,
    /// Who holds the budget.
    #[serde(serialize_with = "mechanism_word")]
    pub mechanism: Mechanism,
    /// Hours a week in the plan.
    pub planned: f64,
    /// Who supports.
    pub supporters: Vec<Support>,
}

/// Something that happens in a life, and why.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// How the person stands when the regimes part.
    AtFork(Standing),
    /// The person comes.
    Came {
        /// Through which door.
        door: Door,
    },
    /// Need steps up or down, the same under every regime.
    NeedStepped {
        /// Hours a week needed before.
        from: f64,
        /// Hours a week needed now.
        to: f64,
    },
    /// The plan followed a change of need without waiting for a review.
    PlanFollowed {
        /// Hours a week in the plan now.
        planned: f64,
        /// Hours a week arranged before and now, where there is a supporter.
        arranged: Option<(f64, f64)>,
    },
    /// An emergency admission to hospital.
    Admitted,
    /// A lasting move to a care home.
    MovedToCareHome,
    /// A wish for another supporter.
    Wished {
        /// Than whom.
        than: Option<Who>,
    },
    /// Savings ran out, so the council is asked.
    SavingsRanOut,
    /// A safeguarding incident.
    Incident {
        /// Who was the main supporter.
        with: Option<Who>,
    },
    /// Died.
    Died,
    /// Recovered, or moved away.
    MovedAway,
    /// Died, recovered or moved away.
    Left,
    /// Assessed and found eligible.
    Assessed {
        /// Weeks after asking.
        weeks: f64,
        /// Hours a week found eligible.
        hours: f64,
    },
    /// A review changed the plan.
    Reviewed {
        /// Hours a week in the plan before.
        from: f64,
        /// Hours a week in the plan now.
        to: f64,
        /// Hours a week arranged before and now, where there is a supporter.
        arranged: Option<(f64, f64)>,
    },
    /// Who is to hold the budget was chosen.
    Chose {
        /// What was chosen.
        #[serde(serialize_with = "mechanism_word")]
        mechanism: Mechanism,
        /// Whether that is what somebody gets who asks for nothing else.
        default: bool,
        /// Whether it was at the first assessment, not at a review.
        first: bool,
        /// Whether the fund's holder is not chosen.
        in_name_only: bool,
        /// When it will be set up, where that takes time.
        ready: Option<Date>,
    },
    /// A choice not yet set up was taken back.
    ChangedMind {
        /// What holds as before.
        #[serde(serialize_with = "mechanism_word")]
        keeps: Mechanism,
    },
    /// What was chosen came into force.
    InForce {
        /// What was chosen.
        #[serde(serialize_with = "mechanism_word")]
        mechanism: Mechanism,
    },
    /// A supporter cannot be paid through the mechanism that holds now.
    CannotBePaid {
        /// Who.
        who: Who,
        /// Through what.
        #[serde(serialize_with = "mechanism_word")]
        mechanism: Mechanism,
    },
    /// Support started.
    Started {
        /// By whom, how much, how paid for.
        #[serde(flatten)]
        support: Support,
        /// How they were found.
        found: Finding,
        /// Weeks after assessment, where it is the first support.
        weeks: Option<f64>,
    },
    /// Nobody with room was found.
    NobodyFound {
        /// Hours a week that nobody gives.
        hours: f64,
        /// Whether part of the plan is covered.
        in_part: bool,
    },
    /// Hours by a supporter changed.
    HoursChanged {
        /// Whether because a budget newly set up buys more or fewer of them.
        by_budget: bool,
        /// Who.
        who: Who,
        /// Hours a week before.
        from: f64,
        /// Hours a week now.
        to: f64,
    },
    /// A supporter gave far fewer hours than promised.
    CutShort {
        /// Who.
        who: Who,
        /// Share of promised hours given.
        share: f64,
    },
    /// An audit took back what lay unspent.
    TakenBack {
        /// £.
        pounds: f64,
    },
    /// What was left of a budget that ended went back to the council.
    Returned {
        /// £.
        pounds: f64,
    },
    /// Part of a fund was lost with its holder.
    LostWithHolder {
        /// £.
        pounds: f64,
    },
    /// One supporter was left for another.
    Changed {
        /// Whom.
        from: Who,
        /// For whom, if anybody.
        to: Option<Support>,
        /// Whether the council moved the person, at their wish.
        by_council: bool,
        /// Whether a budget newly set up made it possible, not a wish to leave.
        on_setup: bool,
    },
    /// A wish to change supporter ended without a change.
    WishFaded {
        /// Who is kept.
        keeps: Option<Who>,
    },
    /// A supporter handed back its contract.
    HandedBack {
        /// Who.
        who: Who,
        /// Months it had been short of money.
        months: u32,
        /// Hours a week that nobody gives now.
        hours: f64,
    },
    /// A supporter closed for want of money.
    RanOutOfMoney {
        /// Who.
        who: Who,
        /// Months it had been short of money.
        months: u32,
        /// Hours a week that nobody gives now.
        hours: f64,
    },
    /// A supporter closed with its national chain.
    ChainFailed {
        /// Who.
        who: Who,
        /// Hours a week that nobody gives now.
        hours: f64,
    },
    /// A supporter closed for other reasons: an agency's are not money.
    Closed {
        /// Who.
        who: Who,
        /// Share of its hours that were in use; none for an agency.
        used: Option<f64>,
        /// Hours a week that nobody gives now.
        hours: f64,
    },
    /// An assistant left.
    AssistantLeft {
        /// Who.
        who: Who,
        /// Hours a week that nobody gives now.
        hours: f64,
    },
    /// A contract was tendered again and went to another.
    Tendered {
        /// Whose it was.
        from: Who,
        /// Whose it is.
        to: Option<Who>,
        /// Whether the worker moved along.
        with_worker: bool,
    },
    /// How the person stands at the end.
    AtEnd(Standing),
}

impl Event {
    /// The providers it is about, so that they can be named.
    pub fn providers(&mut self) -> Vec<&mut Who> {
        match self {
            Event::AtFork(standing) | Event::AtEnd(standing) => {
                standing.supporters.iter_mut().map(|support| &mut support.who).collect()
            }
            Event::Started { support, .. } => vec![&mut support.who],
            Event::Changed { from, to, .. } => {
                std::iter::once(from).chain(to.as_mut().map(|to| &mut to.who)).collect()
            }
            Event::Tendered { from, to, .. } => std::iter::once(from).chain(to).collect(),
            Event::Wished { than: who }
            | Event::Incident { with: who }
            | Event::WishFaded { keeps: who } => who.iter_mut().collect(),
            Event::CannotBePaid { who, .. }
            | Event::HoursChanged { who, .. }
            | Event::CutShort { who, .. }
            | Event::HandedBack { who, .. }
            | Event::RanOutOfMoney { who, .. }
            | Event::ChainFailed { who, .. }
            | Event::Closed { who, .. }
            | Event::AssistantLeft { who, .. } => vec![who],
            Event::Came { .. }
            | Event::NeedStepped { .. }
            | Event::PlanFollowed { .. }
            | Event::Admitted
            | Event::MovedToCareHome
            | Event::SavingsRanOut
            | Event::Died
            | Event::MovedAway
            | Event::Left
            | Event::Assessed { .. }
            | Event::Reviewed { .. }
            | Event::Chose { .. }
            | Event::ChangedMind { .. }
            | Event::InForce { .. }
            | Event::NobodyFound { .. }
            | Event::TakenBack { .. }
            | Event::Returned { .. }
            | Event::LostWithHolder { .. } => Vec::new(),
        }
    }
}

/// Where on the way to support, as files have it.
pub fn stage_id(stage: Stage) -> &'static str {
    match stage {
        Stage::Asked => "asked",
        Stage::AtHome => "at_home",
        Stage::CareHome => "care_home",
    }
}

fn stage_word<S: Serializer>(stage: &Stage, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(stage_id(*stage))
}

fn mechanism_word<S: Serializer>(mechanism: &Mechanism, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(mechanism.id())
}

fn route_word<S: Serializer>(route: &Route, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(match route {
        Route::Contract => "contract",
        Route::Spot => "spot",
        Route::Fund => "fund",
        Route::DirectPayment => "direct_payment",
        Route::Private => "private",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_after_the_fork_have_their_dates() {
        let date = |month| Date::of((2015, 4), month).id();
        assert_eq!(date(1), "2015-04");
        assert_eq!(date(10), "2016-01");
        assert_eq!(date(0), "2015-03");
        assert_eq!(date(-3), "2014-12");
        assert_eq!(date(120), "2025-03");
        assert_eq!(Date::of_day((2015, 4), -0.1).id(), "2015-03");
        assert_eq!(Date::of_day((2015, 4), 30.5).id(), "2015-05");
    }
}
