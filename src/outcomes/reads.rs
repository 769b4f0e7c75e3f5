//! What is read of people beyond what every month counts.

use super::{GROUPS, GroupBy};
use crate::metrics::{Measure, Metric, find};

/// What is read; nobody's life depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reads {
    /// Everybody's states, once a month.
    pub states: bool,
    /// Each group's states, and who else could support people, once a quarter.
    pub groups: bool,
    /// How fragile the place is, once a quarter.
    pub fragility: bool,
    /// What the panel could have, twice a year.
    pub panel: bool,
    /// What the panel says, and who suits it best, beside that.
    pub survey: bool,
}

impl Reads {
    /// All there is to read.
    pub const ALL: Reads =
        Reads { states: true, groups: true, fragility: true, panel: true, survey: true };
    /// Only what every month counts.
    pub const NOTHING: Reads =
        Reads { states: false, groups: false, fragility: false, panel: false, survey: false };

    /// What has to be read for a metric of a group, as an index into [`GROUPS`].
    pub fn of(metric: Metric, group: usize) -> Self {
        if let Measure::Concentration { of, .. } = metric.declaration().measure {
            // How something is spread over groups.
            let spread = find(of).map_or(Self::ALL, |of| Self::of(of, group));
            return Self { groups: true, ..spread };
        }
        let by = GROUPS[group].by;
        let said = matches!(
            metric,
            Metric::WellMatched
                | Metric::Control
                | Metric::SurveySatisfied
                | Metric::SurveyEnoughChoice
                | Metric::SurveyControl
                | Metric::SurveyContact
        );
        let survey = said || by == GroupBy::EnoughChoice;
        // What is counted on an average day of a group is as of when groups are read.
        let counted = matches!(metric.declaration().measure, Measure::Times(_));
        let state = STATES.contains(&metric);
        Self {
            states: state && by == GroupBy::All,
            groups: (state || counted) && by != GroupBy::All || metric == Metric::Redundancy,
            fragility: metric == Metric::Fragility,
            panel: survey || metric == Metric::GoodOptions,
            survey,
        }
    }

    /// What either asks for.
    pub fn and(self, other: Self) -> Self {
        Self {
            states: self.states || other.states,
            groups: self.groups || other.groups,
            fragility: self.fragility || other.fragility,
            panel: self.panel || other.panel,
            survey: self.survey || other.survey,
        }
    }
}

/// What is read of people's states: everybody's each month, and each group's each quarter.
pub const STATES: [Metric; 21] = [
    Metric::InCareHomes,
    Metric::Waiting,
    Metric::Supported,
    Metric::CouncilFunded,
    Metric::Scrqol,
    Metric::Connectedness,
    Metric::Picked,
    Metric::Fit,
    Metric::ShareSelfFunded,
    Metric::ShareManaged,
    Metric::ShareIsf,
    Metric::ShareDirectPayment,
    Metric::ShareMixed,
    Metric::AwareDirectPayment,
    Metric::AwareIsf,
    Metric::IsfNameOnly,
    Metric::Answered,
    Metric::AnsweredManaged,
    Metric::AnsweredIsf,
    Metric::AnsweredDirectPayment,
    Metric::AnsweredMixed,
];
