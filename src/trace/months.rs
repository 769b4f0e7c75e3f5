//! A life in numbers: a row for each month.

use super::citizen::shown_key;
use super::event::{Date, Who, stage_id};
use super::ledger::Ledger;
use crate::levers::Mechanism;
use crate::metrics::Metric;
use crate::model::world::{Person, Stage};
use crate::outcomes::Row;
use crate::table::{Column, columns, number, optional};

/// One month of one life. Hours and money are the cell's own metrics, restricted to the
/// person.
#[derive(Clone, Debug, PartialEq)]
pub struct MonthOfLife {
    /// Month after the fork, from 1.
    pub number: i32,
    /// Its date.
    pub date: Date,
    /// Where on the way to support at its end; none for who has gone.
    pub stage: Option<Stage>,
    /// Months lived by somebody eligible: 1 or 0.
    pub lived: f64,
    /// Hours of support a week needed.
    pub needed: f64,
    /// Hours a week in the plan.
    pub planned: f64,
    /// Hours a week delivered.
    pub delivered: f64,
    /// Who holds the budget, for who lives at home.
    pub mechanism: Option<Mechanism>,
    /// Main supporter.
    pub supporter: Option<Who>,
    /// Whether the person picked them.
    pub picked: Option<bool>,
    /// Felt fit, for who is supported.
    pub fit: Option<f64>,
    /// Quality of life, for who is eligible and lives at home.
    pub scrqol: Option<f64>,
    /// Connectedness, likewise.
    pub connected: Option<f64>,
    /// Unpaid care, hours a week.
    pub unpaid: f64,
    /// Council spending on the person, £.
    pub council: f64,
    /// Public spending on the person, £.
    pub public: f64,
    /// What the person paid supporters or a care home, £.
    pub own: f64,
    /// What the person paid the council, £.
    pub charges: f64,
    /// Held in the budget at the end, £.
    pub account: f64,
    /// Every metric, restricted to the person, as sums.
    pub restricted: Row,
    /// Hours and money by the looker's own account.
    pub ledger: Ledger,
}

/// What is counted by the year lived, by the month.
const MONTHS_A_YEAR: f64 = 12.0;

impl MonthOfLife {
    /// A month, as it ended for the person, if they are there still.
    pub(super) fn of(
        number: i32,
        date: Date,
        person: Option<(&Person, Option<Who>)>,
        restricted: &Row,
        ledger: Ledger,
    ) -> Self {
        let sum = |metric: Metric| restricted[metric as usize][0];
        let at_home = person.as_ref().filter(|(person, _)| person.stage != Stage::CareHome);
        let eligible = at_home.filter(|(person, _)| person.stage == Stage::AtHome);
        let supported = at_home.filter(|(person, _)| person.main.exists());
        let of = |value: f32| f64::from(value);
        Self {
            number,
            date,
            stage: person.as_ref().map(|(person, _)| person.stage),
            lived: restricted[Metric::PublicPerPerson as usize][1] * MONTHS_A_YEAR,
            needed: person.as_ref().map_or(0.0, |(person, _)| of(person.needed())),
            planned: eligible.map_or(0.0, |(person, _)| of(person.planned())),
            delivered: sum(Metric::HoursPerPerson),
            mechanism: at_home.map(|(person, _)| person.mechanism),
            picked: supported.map(|(person, _)| person.main.picked),
            fit: supported.map(|(person, _)| of(person.fit)),
            scrqol: eligible.map(|(person, _)| of(person.life)),
            connected: eligible.map(|(person, _)| of(person.connected)),
            unpaid: sum(Metric::UnpaidHours) * MONTHS_A_YEAR,
            council: sum(Metric::CouncilPerPerson),
            public: sum(Metric::PublicPerPerson),
            own: sum(Metric::Private),
            charges: sum(Metric::Charges),
            account: person.as_ref().map_or(0.0, |(person, _)| person.account),
            restricted: *restricted,
            ledger,
            supporter: person.and_then(|(_, main)| main),
        }
    }

    /// Where on the way to support, as files have it.
    pub fn stage_id(&self) -> &'static str {
        self.stage.map_or("gone", stage_id)
    }
}

/// A row of the CSV file: what is the same for the whole trace, and a month of a life.
pub struct Line {
    /// Birth key.
    pub citizen: u64,
    /// The place's id.
    pub place: String,
    /// The beliefs that parameters are drawn by.
    pub beliefs: &'static str,
    /// Parameter draw, from 0.
    pub draw: u32,
    /// Replicate, from 0.
    pub replicate: u32,
    /// The regime's id.
    pub regime: String,
    /// The month.
    pub month: MonthOfLife,
}

/// Columns that say which life a row is of, and come first.
pub const KEYS: usize = 6;

/// The columns of the CSV file.
pub const COLUMNS: &[Column<Line>] = columns! {
    "citizen", "text", "The person's birth key, in hexadecimal.", |l| shown_key(l.citizen);
    "place", "text", "Id of the place.", |l| l.place.clone();
    "beliefs", "text", "Whose ranges parameters were drawn from; empty where none were drawn.", |l| l.beliefs.to_owned();
    "draw", "whole number", "The parameter draw, from 0.", |l| l.draw.to_string();
    "replicate", "whole number", "The replicate, from 0.", |l| l.replicate.to_string();
    "regime", "text", "Id of the regime.", |l| l.regime.clone();
    "month", "whole number", "Month after the regimes parted, from 1.", |l| l.month.number.to_string();
    "date", "text", "Year and month.", |l| l.month.date.id();
    "stage", "text", "Where the person is at the month's end: asked (waiting for assessment), at_home, care_home, or gone.", |l| l.month.stage_id().to_owned();
    "months_lived", "number", "1 where the month counts as lived by somebody eligible, otherwise 0.", |l| number(l.month.lived);
    "hours_needed", "number", "Hours of support a week needed, the same under every regime.", |l| number(l.month.needed);
    "hours_planned", "number", "Hours a week in the plan.", |l| number(l.month.planned);
    "hours_delivered", "number", "Hours a week delivered at home.", |l| number(l.month.delivered);
    "mechanism", "text", "Who holds the budget; empty in a care home.", |l| l.month.mechanism.map_or(String::new(), |m| m.id().to_owned());
    "supporter", "text", "The main supporter, by the name that the trace gives them; empty where there is none.", |l| l.month.supporter.as_ref().map_or(String::new(), |who| who.name.clone());
    "picked", "true or false", "Whether the person picked them from two or more offers.", |l| l.month.picked.map_or(String::new(), |picked| picked.to_string());
    "fit", "number", "Felt fit of support, standard deviations.", |l| optional(l.month.fit);
    "scrqol", "number", "Quality of life (SCRQoL), points of 24.", |l| optional(l.month.scrqol);
    "connectedness", "number", "Connectedness, 0 to 1.", |l| optional(l.month.connected);
    "unpaid_hours", "number", "Unpaid care by family and friends, hours a week.", |l| number(l.month.unpaid);
    "council_pounds", "number", "What the council spent on the person, £.", |l| number(l.month.council);
    "public_pounds", "number", "What council and health service spent on the person, £.", |l| number(l.month.public);
    "own_pounds", "number", "What the person paid supporters or a care home, £.", |l| number(l.month.own);
    "charges_pounds", "number", "What the person paid the council, £.", |l| number(l.month.charges);
    "account_pounds", "number", "Held in the fund or direct payment at the month's end, £; below 0 where it was overspent.", |l| number(l.month.account);
};
