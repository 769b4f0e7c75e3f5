//! Everything the model reports, declared once.
//!
//! Columns, data dictionary, tables, `list`, `explain` and the reference pages
//! are made from this table. A metric is a ratio of two sums, or a quantile of a
//! histogram with fixed bins, so that a longer period or several places come from
//! their sums.

/// The year whose prices every £ is in.
pub const PRICE_YEAR: &str = "2014-15";

/// The four families of outcome; the last is not a headline's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// What people can choose, and what they get.
    Choice,
    /// What it costs, and whom.
    Cost,
    /// What becomes of the community and its supporters.
    Community,
    /// How outcomes are shared out.
    Fairness,
}

impl Family {
    /// Every family, in the order of tables.
    pub const ALL: [Family; 4] =
        [Family::Choice, Family::Cost, Family::Community, Family::Fairness];

    /// Name in files and tables.
    pub fn id(self) -> &'static str {
        match self {
            Family::Choice => "choice",
            Family::Cost => "cost",
            Family::Community => "community",
            Family::Fairness => "fairness",
        }
    }
}

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// More is better.
    Up,
    /// Less is better.
    Down,
    /// Neither: it describes.
    Neither,
}

impl Better {
    /// Name in files and tables.
    pub fn id(self) -> &'static str {
        match self {
            Better::Up => "up",
            Better::Down => "down",
            Better::Neither => "neither",
        }
    }
}

/// Whether a verdict can be passed on it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Standing {
    /// One of the at most twelve on which regimes are compared.
    Headline {
        /// The smallest difference worth a decision.
        matters: f64,
    },
    /// An outcome, explored.
    Outcome {
        /// The smallest difference worth a decision.
        matters: f64,
    },
    /// Follows from what a regime is: shown, never judged.
    Descriptive,
}

/// How a metric comes from its sums.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Measure {
    /// First sum over second.
    Ratio,
    /// First sum over the comparator's second sum in the same cell: one divisor
    /// for every regime.
    PerComparator,
    /// First sum over the times it was looked, once a month, times this number.
    Times(f64),
    /// Concentration index of another metric over fifths of neighbourhoods, the most
    /// deprived first: above 0 where it falls to the less deprived.
    Concentration {
        /// The metric, a ratio of sums.
        of: &'static str,
        /// Divided by the mean, for what cannot be below 0; otherwise in its unit.
        relative: bool,
    },
    /// A quantile of a histogram of waits in weeks, censored spells by Kaplan–Meier.
    Wait {
        /// Which histogram.
        histogram: Histogram,
        /// Which quantile.
        quantile: f64,
    },
}

/// Histograms of waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Histogram {
    /// From assessment to the first hour of support.
    ToSupport = 0,
    /// From first wishing to change to another's first hour.
    ToLeave = 1,
}

/// Number of histograms.
pub const HISTOGRAMS: usize = 2;
/// Weekly bins of a histogram; the last holds everything longer.
pub const BINS: usize = 105;

/// What is declared about one metric.
#[derive(Clone, Copy, Debug)]
pub struct Declaration {
    /// Whole id, `family.name`.
    pub id: &'static str,
    /// Its family.
    pub family: Family,
    /// Unit, as written beside the number.
    pub unit: &'static str,
    /// Which way is better.
    pub better: Better,
    /// Headline, outcome or descriptive.
    pub standing: Standing,
    /// How it comes from its sums.
    pub measure: Measure,
    /// Whether it is about people, and so splits by their groups.
    pub of_people: bool,
    /// A short name for table rows.
    pub label: &'static str,
    /// What it is, in a sentence.
    pub definition: &'static str,
}

impl Declaration {
    /// The smallest difference worth a decision, where there is one.
    pub fn matters(&self) -> Option<f64> {
        match self.standing {
            Standing::Headline { matters } | Standing::Outcome { matters } => Some(matters),
            Standing::Descriptive => None,
        }
    }

    /// Whether it is one of the headlines.
    pub fn is_headline(&self) -> bool {
        matches!(self.standing, Standing::Headline { .. })
    }

    /// What figures by group leave out, in a sentence; none where groups hold all of it.
    pub fn beyond_groups(&self) -> Option<&'static str> {
        let of = [&TOTALS[..], &SPENT_WHOLE[..]].concat();
        let is = of.into_iter().any(|metric| metric.declaration().id == self.id);
        is.then_some(BEYOND_GROUPS)
    }

    /// Headline, outcome or descriptive, in a word.
    pub fn kind(&self) -> &'static str {
        match self.standing {
            Standing::Descriptive => "descriptive",
            _ => "outcome",
        }
    }
}

macro_rules! metrics {
    ($($name:ident = $id:literal, $family:ident, $unit:literal, $better:ident, $standing:expr, $measure:expr, $people:literal, $label:literal, $definition:literal;)+) => {
        /// A metric, as an index into [`METRICS`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Metric { $(#[doc = $definition] $name,)+ }

        /// Every metric, in the order of tables.
        pub const METRICS: &[Declaration] = &[$(Declaration {
            id: $id,
            family: Family::$family,
            unit: $unit,
            better: Better::$better,
            standing: $standing,
            measure: $measure,
            of_people: $people,
            label: $label,
            definition: $definition,
        },)+];

        impl Metric {
            /// Every metric, in the order of tables.
            pub const ALL: &'static [Metric] = &[$(Metric::$name,)+];
            /// What is declared about it.
            pub fn declaration(self) -> &'static Declaration { &METRICS[self as usize] }
        }
    };
}

/// What the council spends for the place as a whole, such as on tenders, audit, the programme
/// of change, catalysts and community investment, is nobody's in particular. It is in these
/// totals for everybody, and in no group's.
pub const TOTALS: [Metric; 4] = [
    Metric::CouncilPerPerson,
    Metric::PublicPerPerson,
    Metric::PublicNetPerPerson,
    Metric::PerScrqolYear,
];
/// Lines of costs that split by group and are all spent for the place as a whole.
const SPENT_WHOLE: [Metric; 2] = [Metric::Audit, Metric::DpSupport];
/// What is said of these wherever they are shown by group.
const BEYOND_GROUPS: &str = "By group, what the council spends for the place as a whole (on tenders, audit, the programme of change, catalysts, community investment and the like) is left out, since it is nobody's in particular: it counts for everybody only, so that groups do not add up to everybody.";

use Measure::{Concentration, PerComparator, Ratio, Times, Wait};
use Standing::{Descriptive, Headline, Outcome};

metrics! {
    Picked = "choice.picked", Choice, "share", Up, Headline { matters: 0.02 }, Ratio, true,
        "Picked their supporter",
        "Share of supported people whose main supporter they took from two or more offers, known and with room, whatever the mechanism.";
    GoodOptions = "choice.good_options", Choice, "offers", Up, Headline { matters: 0.2 }, Ratio, true,
        "Good options to hand",
        "Offers, of at most ten, that a person knows of, may use and could start within four weeks, worth at least the place's median arrangement at the fork.";
    Fit = "choice.fit", Choice, "standard deviations", Up, Headline { matters: 0.05 }, Ratio, true,
        "Felt fit of support",
        "How well support suits the person: preferences met by what is really delivered, the match found out, and the relationship so far; in standard deviations of the place's offers.";
    Scrqol = "choice.scrqol", Choice, "points of 24", Up, Headline { matters: 0.1 }, Ratio, true,
        "Quality of life (SCRQoL)",
        "Social-care-related quality of life on the ASCOT scale, 0 to 24, over everyone eligible and living at home.";
    Unmet = "choice.unmet", Choice, "share", Down, Headline { matters: 0.01 }, Ratio, true,
        "Eligible hours not delivered",
        "Share of eligible hours of support at home that nobody delivered.";
    WeeksToSupport = "choice.weeks_to_support", Choice, "weeks", Down, Headline { matters: 0.5 }, Wait { histogram: Histogram::ToSupport, quantile: 0.5 }, true,
        "Weeks to first support",
        "Median weeks from assessment to the first hour, those still waiting censored.";
    WeeksToSupportP90 = "choice.weeks_to_support_p90", Choice, "weeks", Down, Outcome { matters: 1.0 }, Wait { histogram: Histogram::ToSupport, quantile: 0.9 }, true,
        "Weeks to first support, slowest tenth",
        "Weeks from assessment to the first hour that nine in ten do not exceed, those still waiting censored.";
    WeeksToLeave = "choice.weeks_to_leave", Choice, "weeks", Down, Outcome { matters: 2.0 }, Wait { histogram: Histogram::ToLeave, quantile: 0.5 }, true,
        "Weeks to change supporter",
        "Median weeks from first wishing to change supporter to another's first hour, those still waiting censored.";
    WellMatched = "choice.well_matched", Choice, "share", Up, Outcome { matters: 0.02 }, Ratio, true,
        "Well matched",
        "Share of supported people whose main supporter is among the three best matches for them of all then working in the place, reachable or not; personal assistants aside.";
    Control = "choice.control", Choice, "share", Up, Outcome { matters: 0.02 }, Ratio, true,
        "Control over daily life",
        "Share with as much control over daily life as they want, or adequate control (the ASCOF definition), through the declared link.";
    SurveySatisfied = "choice.survey_satisfied", Choice, "share", Up, Outcome { matters: 0.02 }, Ratio, true,
        "Extremely or very satisfied",
        "Share of the panel extremely or very satisfied with their care and support, through the declared link.";
    SurveyEnoughChoice = "choice.survey_enough_choice", Choice, "share", Up, Outcome { matters: 0.02 }, Ratio, true,
        "Have enough choice",
        "Share of the panel who say they have enough choice over care and support services, through the declared link.";
    SurveyControl = "choice.survey_control", Choice, "share", Up, Outcome { matters: 0.02 }, Ratio, true,
        "As much control as wanted",
        "Share of the panel with as much control over daily life as they want, through the declared link.";
    SurveyContact = "choice.survey_contact", Choice, "share", Up, Outcome { matters: 0.02 }, Ratio, true,
        "As much social contact as wanted",
        "Share of the panel with as much social contact as they want, through the declared link.";
    ShareManaged = "choice.share_managed", Choice, "share", Neither, Descriptive, Ratio, true,
        "Council holds the budget", "Share of council-funded people at home whose budget the council manages.";
    ShareIsf = "choice.share_isf", Choice, "share", Neither, Descriptive, Ratio, true,
        "Individual service fund", "Share of council-funded people at home with an individual service fund.";
    ShareDirectPayment = "choice.share_direct_payment", Choice, "share", Neither, Descriptive, Ratio, true,
        "Direct payment", "Share of council-funded people at home whose whole budget is a direct payment.";
    ShareMixed = "choice.share_mixed", Choice, "share", Neither, Descriptive, Ratio, true,
        "Part direct payment", "Share of council-funded people at home with part of the budget as a direct payment.";
    ShareSelfFunded = "choice.share_self_funded", Choice, "share", Neither, Descriptive, Ratio, true,
        "Pay for themselves", "Share of people supported at home who pay for all of it.";
    IsfNameOnly = "choice.isf_in_name_only", Choice, "share", Neither, Descriptive, Ratio, true,
        "Funds in name only", "Share of individual service funds whose holder the person did not choose.";
    AwareDirectPayment = "choice.aware_direct_payment", Choice, "share", Neither, Descriptive, Ratio, true,
        "Know of direct payments", "Share of council-funded people who know of direct payments.";
    AwareIsf = "choice.aware_isf", Choice, "share", Neither, Descriptive, Ratio, true,
        "Know of individual service funds", "Share of council-funded people who know of individual service funds.";
    Answered = "choice.answered", Choice, "share", Neither, Descriptive, Ratio, true,
        "Asked, and chose", "Share of council-funded people at home who have been asked who should hold their budget, with nothing as the default, and chose between two ways or more that they knew of.";
    AnsweredManaged = "choice.answered_managed", Choice, "share", Neither, Descriptive, Ratio, true,
        "Chose the council", "Share of those who have been asked and chose whose latest choice is that the council arranges.";
    AnsweredIsf = "choice.answered_isf", Choice, "share", Neither, Descriptive, Ratio, true,
        "Chose a fund", "Share of those who have been asked and chose whose latest choice is an individual service fund.";
    AnsweredDirectPayment = "choice.answered_direct_payment", Choice, "share", Neither, Descriptive, Ratio, true,
        "Chose a direct payment", "Share of those who have been asked and chose whose latest choice is a direct payment for all of their budget.";
    AnsweredMixed = "choice.answered_mixed", Choice, "share", Neither, Descriptive, Ratio, true,
        "Chose a mix", "Share of those who have been asked and chose whose latest choice is a direct payment for part of their budget.";
    Supported = "choice.supported", Choice, "people", Neither, Descriptive, Times(1.0), true,
        "People supported at home", "People receiving support at home, council-funded or paying for themselves, on an average day.";
    CouncilFunded = "choice.council_funded", Choice, "people", Neither, Descriptive, Times(1.0), true,
        "People the council funds at home", "People at home with council-funded support in place, on an average day.";
    InCareHomes = "choice.in_care_homes", Choice, "people", Neither, Descriptive, Times(1.0), true,
        "People in care homes", "People living in care homes, council-funded or paying for themselves, on an average day.";
    Waiting = "choice.waiting", Choice, "people", Neither, Descriptive, Times(1.0), true,
        "People waiting", "People waiting for assessment or for their first hour of support, on an average day.";
    HoursPerPerson = "choice.hours", Choice, "hours a week", Neither, Descriptive, Ratio, true,
        "Hours delivered", "Hours of support delivered a week for each person supported at home.";

    PublicPerPerson = "cost.public_per_person", Cost, "£ a year", Down, Headline { matters: 200.0 }, PerComparator, true,
        "Public cost a person",
        "All public spending, council and health service, divided by the comparator's years lived by everyone eligible.";
    PublicNetPerPerson = "cost.public_net_per_person", Cost, "£ a year", Down, Outcome { matters: 200.0 }, PerComparator, true,
        "Public cost net of charges",
        "All public spending net of charges paid by people, divided by the comparator's years lived by everyone eligible.";
    CouncilPerPerson = "cost.council_per_person", Cost, "£ a year", Down, Outcome { matters: 200.0 }, PerComparator, true,
        "Council cost a person", "The council's gross spending, divided by the comparator's years lived by everyone eligible.";
    NhsPerPerson = "cost.nhs_per_person", Cost, "£ a year", Down, Outcome { matters: 50.0 }, PerComparator, true,
        "Health service cost a person", "Emergency admissions' cost, divided by the comparator's years lived by everyone eligible.";
    UnpaidHours = "cost.unpaid_hours", Cost, "hours a week", Down, Headline { matters: 0.25 }, PerComparator, true,
        "Unpaid care",
        "Hours of unpaid care a week given by family and friends, divided by the comparator's time lived by everyone eligible.";
    UnpaidPounds = "cost.unpaid_pounds", Cost, "£ a year", Down, Outcome { matters: 200.0 }, PerComparator, true,
        "Unpaid care in pounds", "Unpaid care by family and friends at what replacing its hours would cost, divided by the comparator's years lived by everyone eligible; a cost to society, not public spending.";
    BurdenHours = "cost.burden_hours", Cost, "hours a month", Down, Outcome { matters: 0.25 }, PerComparator, true,
        "People's hours managing money", "Hours a month that people and helpers spend managing money, supporters and audit.";
    PerScrqolYear = "cost.per_scrqol_year", Cost, "£", Down, Outcome { matters: 200.0 }, Ratio, true,
        "Public cost of a SCRQoL-year", "All public spending over years lived at home at SCRQoL ÷ 24; a ratio of sums.";
    PerHour = "cost.per_hour", Cost, "£ an hour", Down, Outcome { matters: 0.25 }, Ratio, true,
        "Public cost of an hour", "Council spending on support at home over the council-funded hours delivered.";
    Support = "cost.support", Cost, "£ a year", Neither, Descriptive, PerComparator, true,
        "Support at home", "Council spending on hours of support at home, a person and year.";
    WeekManaged = "cost.week_managed", Cost, "£ a week", Neither, Descriptive, Ratio, true,
        "A week the council arranges", "What the council pays for a week of support that it arranges.";
    WeekDirectPayment = "cost.week_direct_payment", Cost, "£ a week", Neither, Descriptive, Ratio, true,
        "A week of a direct payment", "What the council pays into a direct payment for all of somebody's support, a week, less what it takes back.";
    Residential = "cost.residential", Cost, "£ a year", Neither, Descriptive, PerComparator, true,
        "Care homes", "Council spending on care homes, a person and year.";
    Assessment = "cost.assessment", Cost, "£ a year", Neither, Descriptive, PerComparator, true,
        "Assessment and planning", "Council spending on assessment, review and planning, a person and year.";
    Brokerage = "cost.brokerage", Cost, "£ a year", Neither, Descriptive, PerComparator, true,
        "Brokerage", "Council spending on arranging placements, a person and year.";
    Procurement = "cost.procurement", Cost, "£ a year", Neither, Descriptive, PerComparator, false,
        "Procurement", "Council spending on tenders, a person and year.";
    Audit = "cost.audit", Cost, "£ a year", Neither, Descriptive, PerComparator, true,
        "Audit and monitoring", "Council spending on checking budgets against plans, a person and year.";
    HoldingFees = "cost.holding_fees", Cost, "£ a year", Neither, Descriptive, PerComparator, true,
        "Holding fees", "What holders of individual service funds keep for holding them, a person and year; paid out of the budget.";
    DpSupport = "cost.dp_support", Cost, "£ a year", Neither, Descriptive, PerComparator, true,
        "Direct-payment support", "Council spending on help with payroll, recruitment and accounts, a person and year.";
    Hospital = "cost.hospital", Cost, "£ a year", Neither, Descriptive, PerComparator, true,
        "Hospital", "Cost of emergency admissions, a person and year.";
    Charges = "cost.charges", Cost, "£ a year", Neither, Descriptive, PerComparator, true,
        "Charges", "What people pay the council towards their support, a person and year.";
    Private = "cost.private", Cost, "£ a year", Neither, Descriptive, PerComparator, true,
        "Paid out of own pocket", "What people who pay for themselves pay supporters and care homes, a person and year; a week in a care home is counted at the council's price.";
    Guarantees = "cost.guarantees", Cost, "£ a year", Neither, Descriptive, PerComparator, false,
        "Guaranteed and unused", "Council spending on guaranteed hours that nobody used, a person and year.";
    OwnStaffIdle = "cost.own_staff_idle", Cost, "£ a year", Neither, Descriptive, PerComparator, false,
        "Own staff without work", "Council spending on its own home-care staff while there is no work for them, a person and year.";
    Digital = "cost.digital", Cost, "£ a year", Neither, Descriptive, PerComparator, false,
        "Digital infrastructure", "Council spending on systems for individual funding and search, a person and year.";
    Catalysts = "cost.catalysts", Cost, "£ a year", Neither, Descriptive, PerComparator, false,
        "Catalysts and accreditation", "Council spending on co-ordinators of micro-enterprise and on accreditation, a person and year.";
    CommunityInvestment = "cost.community_investment", Cost, "£ a year", Neither, Descriptive, PerComparator, false,
        "Community investment", "Money given to neighbourhoods themselves, a person and year.";
    Teams = "cost.teams", Cost, "£ a year", Neither, Descriptive, PerComparator, false,
        "Neighbourhood teams", "Cost of neighbourhood teams beyond those the place has already, a person and year.";
    Safeguarding = "cost.safeguarding", Cost, "£ a year", Neither, Descriptive, PerComparator, true,
        "Safeguarding", "Council spending on safeguarding incidents, a person and year.";
    BidderCost = "cost.bidders", Cost, "£ a year", Down, Outcome { matters: 10.0 }, PerComparator, false,
        "Bidders' cost", "What providers spend on bids, a person and year; not public spending.";
    BudgetGap = "cost.budget_gap", Cost, "share of the budget", Neither, Descriptive, Ratio, false,
        "Over the budget", "How far the council's yearly spending exceeds that of the last year before the fork, in real pay-linked terms.";
    Change = "cost.change", Cost, "£ a year", Neither, Descriptive, PerComparator, false,
        "Cost of changing", "Council spending on the programme of change itself, on planning anew with people it moves, and on guidance and indicators, a person and year.";

    LostSupporter = "community.lost_supporter", Community, "share a year", Down, Headline { matters: 0.01 }, Ratio, true,
        "Lost supporter against wish",
        "Of people supported now and alive and supported at home twelve months on, the share who lost their main supporter against their wish.";
    Continuity = "community.continuity", Community, "share", Up, Outcome { matters: 0.02 }, Ratio, true,
        "Same main supporter a year on",
        "Of people supported now and alive and supported at home twelve months on, the share with the same main supporter.";
    SupportersLost = "community.supporters_lost", Community, "a person and year", Neither, Descriptive, Ratio, true,
        "Times a supporter was lost", "Times a year that somebody living at home lost their main supporter against their wish, counted where it happens; whom it befell is `community.lost_supporter`.";
    ContinuityWorker = "community.continuity_worker", Community, "share", Up, Outcome { matters: 0.02 }, Ratio, true,
        "Same main worker a year on",
        "Of people supported now and alive and supported at home twelve months on, the share expected to have the same main worker: with the organisation, unless the worker has left it, or moved along with the worker; changes of rota are not in it.";
    Redundancy = "community.redundancy", Community, "providers", Up, Headline { matters: 0.5 }, Ratio, true,
        "Other providers with room",
        "Providers within reach, other than the present one, that do what the person needs and have room for their hours.";
    Incidents = "community.incidents", Community, "a person and year", Down, Outcome { matters: 0.005 }, Ratio, true,
        "Safeguarding incidents", "Safeguarding incidents a year for each person living at home.";
    EnterprisesPer1000 = "community.enterprises_per_1000", Community, "per 1,000 people", Neither, Descriptive, Ratio, false,
        "Enterprises and ventures", "Micro-enterprises and community ventures for every 1,000 people supported at home.";
    EnterpriseStarts = "community.enterprise_starts", Community, "share a year", Neither, Descriptive, Ratio, false,
        "Enterprises starting", "Enterprises and ventures that start in a year, of those working.";
    EnterpriseClosures = "community.enterprise_closures", Community, "share a year", Neither, Descriptive, Ratio, false,
        "Enterprises closing", "Enterprises and ventures that close in a year, of those working.";
    ShareSmallHours = "community.share_small_hours", Community, "share", Neither, Descriptive, Ratio, false,
        "Hours by enterprises", "Share of hours at home that enterprises and ventures give.";
    ShareAssistantHours = "community.share_assistant_hours", Community, "share", Neither, Descriptive, Ratio, false,
        "Hours by assistants", "Share of hours at home that personal assistants give.";
    Livelihoods = "community.livelihoods", Community, "per 1,000 people", Neither, Descriptive, Ratio, false,
        "Working in rooted support", "People who work in micro-enterprises, in community ventures or as personal assistants, for every 1,000 people supported at home; the largely voluntary work of ventures is counted as if it were paid.";
    LivelihoodsPay = "community.livelihoods_pay", Community, "£ a year", Neither, Descriptive, Ratio, false,
        "Takings in rooted support", "What each of these people takes in a year for hours given, before costs of their own and employers' on-costs.";
    LivelihoodsNew = "community.livelihoods_new", Community, "per 1,000 people", Neither, Descriptive, Ratio, false,
        "New to care work", "Of these people, those who would not otherwise be in care work, for every 1,000 people supported at home.";
    Makers = "community.makers", Community, "people a year", Neither, Descriptive, Times(12.0), false,
        "People who became makers", "People who draw on support, or care for somebody who does, and started an enterprise or venture in a year.";
    SocialCapital = "community.social_capital", Community, "0–1", Neither, Descriptive, Ratio, false,
        "Social capital", "Social capital of the average neighbourhood, on the scale of monthly formal volunteering doubled.";
    Trust = "community.trust", Community, "0–1", Neither, Descriptive, Ratio, false,
        "Council's trust", "The council's trust in providers and citizens.";
    RealAudit = "community.audit", Community, "share", Neither, Descriptive, Ratio, false,
        "Real audit", "How closely spending is really checked, distrust included.";
    Handbacks = "community.handbacks", Community, "share a year", Down, Outcome { matters: 0.02 }, Ratio, false,
        "Contracts handed back", "Agencies that hand back their contracts in a year, of those working.";
    Concentration = "community.concentration", Community, "index 0–1", Neither, Descriptive, Ratio, false,
        "Concentration of hours", "Herfindahl–Hirschman index of hours delivered at home, by organisation.";
    EmergencyAdmissions = "community.emergency_admissions", Community, "a person and year", Down, Headline { matters: 0.02 }, Ratio, true,
        "Emergency admissions", "Emergency hospital admissions a year for each person living at home.";
    CareHomeMoves = "community.care_home_moves", Community, "share a year", Down, Headline { matters: 0.005 }, Ratio, true,
        "Moves into care homes", "Lasting moves into a care home a year for each person living at home.";
    Connectedness = "community.connectedness", Community, "0–1", Up, Outcome { matters: 0.02 }, Ratio, true,
        "Connectedness", "How connected people living at home are with those around them, from 0 to 1.";
    LocalRetention = "community.local_retention", Community, "share", Neither, Descriptive, Ratio, false,
        "Spending kept local", "Share of what is spent on support at home that is spent again locally.";
    ProviderClosures = "community.provider_closures", Community, "share a year", Down, Outcome { matters: 0.02 }, Ratio, false,
        "Agencies closing", "Agencies that close in a year, of those working.";
    ProviderStarts = "community.provider_starts", Community, "share a year", Neither, Descriptive, Ratio, false,
        "Agencies starting", "Agencies that start in a year, of those working.";
    LosingMoney = "community.losing_money", Community, "share", Down, Outcome { matters: 0.02 }, Ratio, false,
        "Agencies losing money", "Share of agencies whose costs of the month exceed their revenue.";
    Utilisation = "community.utilisation", Community, "share", Neither, Descriptive, Ratio, false,
        "Capacity used", "Hours delivered over hours that staff could deliver, agencies.";
    SpotShare = "community.spot_share", Community, "share", Neither, Descriptive, Ratio, false,
        "Bought spot", "Share of council-managed hours bought outside the framework.";
    Fragility = "community.fragility", Community, "share", Neither, Descriptive, Ratio, false,
        "Lost if the largest went", "Share of hours arranged at home that would find no room with others within reach if the largest providers (`largest_lost` of them) went.";
    Turnover = "community.turnover", Community, "share a year", Down, Outcome { matters: 0.02 }, Ratio, false,
        "Care workers leaving", "Care workers of agencies who leave their employer in a year.";

    FitGradient = "fairness.fit_concentration", Fairness, "standard deviations", Neither, Descriptive, Concentration { of: "choice.fit", relative: false }, false,
        "Fit by deprivation", "Concentration index of felt fit over fifths of neighbourhoods, times the mean since fit may be below 0 (the generalised index): above 0 where support fits better in less deprived neighbourhoods.";
    UnmetGradient = "fairness.unmet_concentration", Fairness, "index −1 to 1", Neither, Descriptive, Concentration { of: "choice.unmet", relative: true }, false,
        "Unmet hours by deprivation", "Concentration index of eligible hours not delivered over fifths of neighbourhoods, eligible hours ranked: above 0 where they fall to less deprived neighbourhoods, below 0 where to more deprived ones.";
}

/// Finds a metric by its whole id.
pub fn find(id: &str) -> Option<Metric> {
    Metric::ALL.iter().copied().find(|m| m.declaration().id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_belong_to_their_family() {
        let mut seen = std::collections::BTreeSet::new();
        for metric in METRICS {
            assert!(seen.insert(metric.id), "{} is declared twice", metric.id);
            let (family, name) = metric.id.split_once('.').expect("family.name");
            assert_eq!(family, metric.family.id(), "{}", metric.id);
            assert!(name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'));
            assert!(metric.definition.ends_with('.'), "{}", metric.id);
        }
    }

    #[test]
    fn at_most_twelve_headlines_and_each_family_has_one() {
        let headlines: Vec<_> = METRICS.iter().filter(|m| m.is_headline()).collect();
        assert!((10..=12).contains(&headlines.len()), "{}", headlines.len());
        for family in [Family::Choice, Family::Cost, Family::Community] {
            assert!(headlines.iter().any(|m| m.family == family));
        }
    }

    #[test]
    fn what_has_no_direction_is_descriptive_and_the_other_way_round() {
        for metric in METRICS {
            let descriptive = matches!(metric.standing, Standing::Descriptive);
            assert_eq!(descriptive, metric.better == Better::Neither, "{}", metric.id);
        }
    }
}
