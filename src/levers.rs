//! Everything a regime may set, declared once.
//!
//! A lever acts on a rule, a price, a capacity or what people are told, never on
//! an outcome, and every lever names what moving it the source's way costs.

use crate::declare::{LeverKind, LeverValue, Setting};
use crate::declare_levers;

/// Who holds the budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Mechanism {
    /// The council contracts.
    Managed = 0,
    /// A provider or other organisation the person chooses holds it.
    Isf = 1,
    /// The person holds it.
    DirectPayment = 2,
    /// The council contracts for part, the person holds the rest.
    Mixed = 3,
    /// The person pays.
    SelfFunded = 4,
}

impl Mechanism {
    /// Every mechanism, in order.
    pub const ALL: [Mechanism; 5] = [
        Mechanism::Managed,
        Mechanism::Isf,
        Mechanism::DirectPayment,
        Mechanism::Mixed,
        Mechanism::SelfFunded,
    ];
    /// Those a council may offer.
    pub const OFFERED: [Mechanism; 4] =
        [Mechanism::Managed, Mechanism::Isf, Mechanism::DirectPayment, Mechanism::Mixed];

    /// Name in files and tables.
    pub fn id(self) -> &'static str {
        ["managed", "isf", "direct_payment", "mixed", "self_funded"][self as usize]
    }

    /// What it is, in a sentence.
    pub fn meaning(self) -> &'static str {
        [
            "The council holds the budget and contracts for support.",
            "A provider or other organisation that the person chooses holds the budget for them (an individual service fund).",
            "The person, or somebody for them, holds the budget as a direct payment.",
            "The council contracts for part of the support and the person holds the rest.",
            "The person pays for all of their support.",
        ][self as usize]
    }
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($(#[$vdoc])* $variant,)+ }

        impl $name {
            /// The words a file may write.
            pub const WORDS: &'static [&'static str] = &[$($word,)+];
            /// The word a file writes.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }

        impl LeverValue for $name {
            fn show(&self) -> Setting {
                Setting::Word(self.word().to_owned())
            }
            fn read(&self, setting: &Setting) -> Option<Self> {
                match setting {
                    Setting::Word(word) => match word.as_str() {
                        $($word => Some(Self::$variant),)+
                        _ => None,
                    },
                    _ => None,
                }
            }
            fn shifted(&self, _before: &Self, _after: &Self, _path: f64) -> Self {
                *self
            }
            fn ruled_by(&self, later: &Self) -> Self {
                *later
            }
        }
    };
}

words! {
    /// What a person gets who does not ask for something else.
    DefaultMechanism {
        /// The council arranges.
        Managed = "managed",
        /// An individual service fund.
        Isf = "isf",
        /// A direct payment.
        DirectPayment = "direct_payment",
        /// Everyone is asked.
        None = "none",
    }
}

impl DefaultMechanism {
    /// The mechanism that is the default, if one is.
    pub fn mechanism(self) -> Option<Mechanism> {
        match self {
            DefaultMechanism::Managed => Some(Mechanism::Managed),
            DefaultMechanism::Isf => Some(Mechanism::Isf),
            DefaultMechanism::DirectPayment => Some(Mechanism::DirectPayment),
            DefaultMechanism::None => None,
        }
    }
}

words! {
    /// How managed support is bought.
    Procurement {
        /// Lots, bids and winners.
        Tender = "tender",
        /// Any admitted provider, person and broker together.
        FlexibleContract = "flexible_contract",
    }
}

words! {
    /// Who may offer support with public money.
    EntryGate {
        /// A place on the council's framework.
        Framework = "framework",
        /// Anyone the national regulator has registered.
        RegulatedOnly = "regulated_only",
        /// Anyone the community has accredited.
        CommunityAccreditation = "community_accreditation",
    }
}

words! {
    /// Which organisations can hold individual service funds.
    IsfHolders {
        /// Those on the council's list.
        Listed = "listed",
        /// Any accredited organisation.
        Open = "open",
    }
}

words! {
    /// What gives when money runs short.
    BudgetRule {
        /// Eligible need is met and spending follows.
        Duty = "duty",
        /// Overspending squeezes fees and slows assessment.
        CashLimit = "cash_limit",
    }
}

/// A set of mechanisms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offered(u8);

impl Offered {
    /// The words a file may write.
    pub const WORDS: &'static [&'static str] = &["managed", "isf", "direct_payment", "mixed"];

    /// The set of these mechanisms.
    pub fn of(mechanisms: &[Mechanism]) -> Self {
        Self(mechanisms.iter().fold(0, |set, m| set | 1 << *m as u8))
    }

    /// Whether a mechanism may be chosen.
    #[inline]
    pub fn has(self, mechanism: Mechanism) -> bool {
        self.0 & (1 << mechanism as u8) != 0
    }
}

impl LeverValue for Offered {
    fn show(&self) -> Setting {
        let has = |m: &&Mechanism| self.has(**m);
        Setting::Words(Mechanism::OFFERED.iter().filter(has).map(|m| m.id().to_owned()).collect())
    }
    fn read(&self, setting: &Setting) -> Option<Self> {
        let Setting::Words(words) = setting else { return None };
        let find = |word: &String| Mechanism::OFFERED.into_iter().find(|m| m.id() == word);
        let mechanisms: Option<Vec<_>> = words.iter().map(find).collect();
        Some(Self::of(&mechanisms?))
    }
    fn shifted(&self, _before: &Self, _after: &Self, _path: f64) -> Self {
        *self
    }
    fn ruled_by(&self, later: &Self) -> Self {
        *later
    }
}

/// A share for each mechanism that planners may tell people of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Told {
    /// Of individual service funds.
    pub isf: f64,
    /// Of direct payments.
    pub direct_payment: f64,
    /// Of mixing the two ways of holding a budget.
    pub mixed: f64,
}

impl Told {
    /// The words a file may write.
    pub const WORDS: &'static [&'static str] = &["isf", "direct_payment", "mixed"];

    /// Chance that a person is told of it; of council-arranged support all are.
    #[inline]
    pub fn of(&self, mechanism: Mechanism) -> f64 {
        match mechanism {
            Mechanism::Isf => self.isf,
            Mechanism::DirectPayment => self.direct_payment,
            Mechanism::Mixed => self.mixed,
            Mechanism::Managed | Mechanism::SelfFunded => 1.0,
        }
    }
}

impl LeverValue for Told {
    fn show(&self) -> Setting {
        Setting::Table(vec![
            ("isf".to_owned(), self.isf),
            ("direct_payment".to_owned(), self.direct_payment),
            ("mixed".to_owned(), self.mixed),
        ])
    }
    fn read(&self, setting: &Setting) -> Option<Self> {
        let Setting::Table(rows) = setting else { return None };
        let mut told = *self;
        for (key, value) in rows {
            match key.as_str() {
                "isf" => told.isf = *value,
                "direct_payment" => told.direct_payment = *value,
                "mixed" => told.mixed = *value,
                _ => return None,
            }
        }
        Some(told)
    }
    fn shifted(&self, before: &Self, after: &Self, path: f64) -> Self {
        Self {
            isf: self.isf.shifted(&before.isf, &after.isf, path),
            direct_payment: self.direct_payment.shifted(
                &before.direct_payment,
                &after.direct_payment,
                path,
            ),
            mixed: self.mixed.shifted(&before.mixed, &after.mixed, path),
        }
    }
    fn ruled_by(&self, _later: &Self) -> Self {
        *self
    }
}

const fn number(low: f64, high: f64) -> LeverKind {
    LeverKind::Number { low, high, whole: false }
}

const fn whole(low: f64, high: f64) -> LeverKind {
    LeverKind::Number { low, high, whole: true }
}

declare_levers! {
    /// What a person gets who does not ask for something else; `none` means that everyone is asked, nothing is pulled towards, and who states no wish gets what planners here most often arrange.
    default_mechanism: DefaultMechanism = DefaultMechanism::Managed, LeverKind::Choice(DefaultMechanism::WORDS), "", "mechanism",
        "A default binds those who wanted the council to arrange, and a fund by default may be one in name only.";
    /// Money given for an eligible hour as a direct payment, as a share of the place's average price of a contracted hour.
    dp_rate: f64 = 1.0, number(0.6, 1.2), "share", "mechanism",
        "Public money for every eligible hour.";
    /// Money given for an eligible hour as an individual service fund, as a share of the place's average price of a contracted hour.
    isf_rate: f64 = 1.0, number(0.6, 1.2), "share", "mechanism",
        "Public money for every eligible hour.";
    /// What may be chosen at all. A direct payment on request is law and may not be left out.
    offered: Offered = Offered::of(&[Mechanism::Managed, Mechanism::Isf, Mechanism::DirectPayment, Mechanism::Mixed]),
        LeverKind::Set(Offered::WORDS), "", "mechanism",
        "Each further way of holding money costs holding fees, payments and monitoring.";
    /// Chance that assessment tells a person of a way to hold their budget.
    option_awareness: Told = Told { isf: 0.05, direct_payment: 0.8, mixed: 0.4 },
        LeverKind::Table { keys: Told::WORDS, low: 0.0, high: 1.0 }, "share", "assessment",
        "Telling people takes planners' hours away from assessing and reviewing.";
    /// Chance that assessment tells a person that a budget can buy support from an individual, an enterprise or a community organisation.
    micro_awareness: f64 = 0.2, number(0.0, 1.0), "share", "assessment",
        "Telling people takes planners' hours away from assessing and reviewing.";
    /// How managed support is bought.
    procurement: Procurement = Procurement::Tender, LeverKind::Choice(Procurement::WORDS), "", "sourcing",
        "No bids, so no competition on price: providers are paid the going rate.";
    /// Length of a framework from award to the next tender.
    contract_years: f64 = 4.0, number(1.0, 10.0), "years", "commissioning",
        "Short terms cost bids and transfers, long ones keep a stale price.";
    /// Number of lots the place is divided into.
    lots: f64 = 6.0, whole(1.0, 40.0), "count", "commissioning",
        "Each lot is a tender of its own for the council and every bidder.";
    /// Number of winners a lot.
    awards_per_lot: f64 = 4.0, whole(1.0, 20.0), "count", "commissioning",
        "More winners mean fewer hours each, longer travel and weaker bids.";
    /// Weight of price against quality in an award.
    price_weight: f64 = 0.5, number(0.0, 1.0), "share", "commissioning",
        "Less weight on price buys dearer hours.";
    /// Smallest weekly hours an organisation must deliver to bid.
    turnover_threshold: f64 = 100.0, number(0.0, 2000.0), "hours a week", "commissioning",
        "Smaller winners have less cover and higher overheads.";
    /// Months it takes to open or replace a contract.
    procurement_months: f64 = 11.0, number(1.0, 24.0), "months", "commissioning",
        "A shorter round leaves less time to bid: fewer bidders and dearer bids.";
    /// Who may offer support with public money.
    entry_gate: EntryGate = EntryGate::Framework, LeverKind::Choice(EntryGate::WORDS), "", "market",
        "Lighter gates assure less: more safeguarding incidents, and accreditation has to be paid for.";
    /// Whether any accredited organisation can hold individual service funds.
    isf_holders: IsfHolders = IsfHolders::Listed, LeverKind::Choice(IsfHolders::WORDS), "", "sourcing",
        "More and smaller holders: dearer to monitor, and some fail with people's money.";
    /// Share of a tendered contract that is paid for whether used or not.
    guaranteed_volume: f64 = 0.0, number(0.0, 1.0), "share", "sourcing",
        "Guarantees are paid for when people leave; without them providers bid dearer.";
    /// How far a contract's specification pulls every winner's flexibility to one standard.
    standardisation: f64 = 0.5, number(0.0, 1.0), "share", "delivery",
        "Less of it means less assurance that each visit meets the standard.";
    /// Legal confidence that a person's own choice overrides tendering.
    procurement_guidance: f64 = 0.0, number(0.0, 1.0), "share", "commissioning",
        "Legal advice and staff training.";
    /// The plan as a contract (1) or as a living agreement (0).
    plan_rigidity: f64 = 0.8, number(0.0, 1.0), "share", "sourcing",
        "Under a living plan hours follow need at once, up as well as down, so spending can creep.";
    /// How closely spending is checked against the plan.
    audit_intensity: f64 = 0.6, number(0.0, 1.0), "share", "commissioning",
        "Less audit leaves money unspent or misspent unrecovered.";
    /// Help with payroll, recruitment and accounts for those who hold a direct payment.
    dp_support: f64 = 0.4, number(0.0, 1.0), "share", "mechanism",
        "The support service has to be paid for.";
    /// Where decisions sit: with the authority (1) or with neighbourhood teams (0).
    centralisation: f64 = 0.8, number(0.0, 1.0), "share", "commissioning",
        "Neighbourhood teams are duplicated and buy dearer, and like needs get different answers.";
    /// Weight on the effect on the community when planners and brokers suggest support.
    community_weight: f64 = 0.0, number(0.0, 1.0), "share", "sourcing",
        "Suggestions follow price and room less.";
    /// Money given to neighbourhoods themselves.
    community_investment: f64 = 0.0, number(0.0, 500.0), "£ a supported person and year", "community",
        "The money itself.";
    /// Co-ordinators of micro-enterprise.
    catalysts: f64 = 0.0, number(0.0, 5.0), "per 1,000 supported people", "market",
        "Salaries and running costs now, effects later; each can support 200 enterprises.";
    /// How far larger organisations give auxiliary support to, or subcontract, small ones.
    hosting: f64 = 0.1, number(0.0, 1.0), "share", "market",
        "The host keeps a fee out of the price.";
    /// Cheap, easy individual funding and wide search.
    digital_infrastructure: f64 = 0.1, number(0.0, 1.0), "share", "sourcing",
        "Systems have to be bought and run, and older people are searched for less well.";
    /// Pull of national performance indicators on adoption.
    national_indicators: f64 = 0.0, number(0.0, 1.0), "share", "commissioning",
        "Reporting costs, and funds that are individual in name only.";
    /// What contracted fees do relative to pay.
    fee_uplift: f64 = 0.0, number(-3.0, 5.0), "real % a year", "commissioning",
        "Every hour under contract costs more.";
    /// What gives when money runs short.
    budget_rule: BudgetRule = BudgetRule::Duty, LeverKind::Choice(BudgetRule::WORDS), "", "commissioning",
        "Under the duty spending follows need; under a cash limit people wait.";
}

impl Levers {
    /// How much changes from these settings to others: 1 for each rule that is another and
    /// for each number moved from one end of its range to the other, a share of it for part
    /// of the way; of a set or a table, the mean over its words.
    pub fn distance(&self, to: &Levers) -> f64 {
        let of = |lever: &crate::declare::Lever| {
            let pair = self.get(lever.name).zip(to.get(lever.name));
            pair.map_or(0.0, |(from, to)| moved(lever.kind, &from, &to))
        };
        LEVERS.iter().map(of).sum()
    }
}

/// How far a setting moves, of as far as its lever could.
fn moved(kind: LeverKind, from: &Setting, to: &Setting) -> f64 {
    let share = |a: f64, b: f64, low: f64, high: f64| (a - b).abs() / (high - low);
    match (kind, from, to) {
        (LeverKind::Number { low, high, .. }, Setting::Number(a), Setting::Number(b)) => {
            share(*a, *b, low, high)
        }
        (LeverKind::Set(known), Setting::Words(a), Setting::Words(b)) => {
            let has = |list: &[String], word: &str| list.iter().any(|one| one == word);
            let differ = known.iter().filter(|word| has(a, word) != has(b, word)).count();
            differ as f64 / known.len() as f64
        }
        (LeverKind::Table { keys, low, high }, Setting::Table(a), Setting::Table(b)) => {
            let sum: f64 = a.iter().zip(b).map(|(a, b)| share(a.1, b.1, low, high)).sum();
            sum / keys.len() as f64
        }
        _ => f64::from(u8::from(from != to)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_more_changes_the_further_apart_settings_are() {
        let own = Levers::default();
        assert_eq!(own.distance(&own), 0.0);
        let mut to = own.clone();
        to.default_mechanism = DefaultMechanism::Isf;
        assert_eq!(own.distance(&to), 1.0, "a rule is another");
        to.catalysts = 2.5;
        assert_eq!(own.distance(&to), 1.5, "and a number half way along its range");
        to.offered = Offered::of(&[Mechanism::Managed, Mechanism::DirectPayment]);
        assert_eq!(own.distance(&to), 2.0, "and two of four ways are left out");
        to.option_awareness.isf += 0.3;
        assert!((own.distance(&to) - 2.1).abs() < 1e-12, "and one share of three moves");
        assert_eq!(own.distance(&to), to.distance(&own), "there and back alike");
    }
}
