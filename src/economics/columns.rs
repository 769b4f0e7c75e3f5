//! The columns of the tables of money, and what the words in them mean.

use super::rows::{
    About, AcceptabilityRow, CostRow, Discounting, EconomicRow, Item, Measure, PlaneRow, Quadrant,
};
use crate::appraisal::{COSTS, Line, RATES, View};
use crate::metrics::PRICE_YEAR;
use crate::table::{Column, columns, number, optional};

/// What intervals and probabilities take in.
fn interval(about: &About) -> String {
    if about.basis.drawn { "mean over draws" } else { "luck" }.to_owned()
}

fn beliefs(about: &About) -> String {
    about.basis.beliefs.to_owned()
}

/// How a line enters a view: 1, −1 or 0; empty for what is no line.
fn counts(row: &CostRow, view: View) -> String {
    match row.item {
        Item::Line(line) => number(COSTS[line].counts[view as usize]),
        _ => String::new(),
    }
}

/// The columns of `costs.csv`.
pub const COST: &[Column<CostRow>] = columns! {
    "regime", "text", "Id of the regime.", |r| r.about.regime.clone();
    "comparator", "text", "Id of the regime it is compared with, in the same replicate and on the same luck.", |r| r.about.comparator.clone();
    "line", "text", "The line of costs, the total, or the hours behind a line.", |r| r.item.id().to_owned();
    "payer", "text", "Who bears the line: council, health service, people, families or bidders; empty for totals.", |r| r.item.line().map(|line| line.payer.id().to_owned()).unwrap_or_default();
    "unit", "text", "Unit of mean, low, high, the difference and bias_added.", |r| r.item.unit(r.each);
    "price_year", "text", "The year whose prices £ are in; empty where there are none.", |r| if r.item.is_money() { PRICE_YEAR.to_owned() } else { String::new() };
    "discounting", "text", "What later years count.", |r| if r.discounted { Discounting::Standard } else { Discounting::None }.id().to_owned();
    "basis", "text", "Whether it is the total over the horizon or that over the comparator's years lived.", |r| if r.each { "person_year" } else { "total" }.to_owned();
    "mean", "number", "Mean over replicates, optimism bias included.", |r| optional(r.level.mean());
    "low", "number", "Low end of the 95% interval of the mean.", |r| optional(r.interval.map(|i| i.0));
    "high", "number", "High end of the 95% interval of the mean.", |r| optional(r.interval.map(|i| i.1));
    "difference", "number", "Mean over replicates of regime minus comparator; empty for the comparator.", |r| optional(r.difference.and_then(|d| d.mean()));
    "difference_low", "number", "Low end of the 95% interval of the difference.", |r| optional(r.difference_interval.map(|i| i.0));
    "difference_high", "number", "High end of the 95% interval of the difference.", |r| optional(r.difference_interval.map(|i| i.1));
    "n", "whole number", "Replicates in which it could be measured; where parameters are drawn, draws.", |r| r.level.n().to_string();
    "optimism_bias", "number", "What was added to the line for optimism bias, %; empty for what is no line.", |r| optional(r.raised);
    "bias_added", "number", "How much of the mean is optimism bias.", |r| number(r.bias);
    "in_council", "number", "How the line enters the council's costs: 1 as a cost, −1 as income, 0 not at all.", |r| counts(r, View::Council);
    "in_public", "number", "How the line enters public costs.", |r| counts(r, View::Public);
    "in_society", "number", "How the line enters society's costs: 0 for transfers.", |r| counts(r, View::Society);
    "interval", "text", "What the intervals take in: luck is chance alone, with every parameter at one value; mean over draws is not knowing the parameters too, each draw counted once, and of the mean, not of how far draws differ.", |r| interval(&r.about);
    "draws", "whole number", "Parameter draws, those refused among them.", |r| r.about.basis.draws.to_string();
    "replicates", "whole number", "Replicates run of each draw.", |r| r.about.basis.replicates.to_string();
    "beliefs", "text", "Whose ranges parameters were drawn from; empty where none were drawn.", |r| beliefs(&r.about);
};

/// The columns of `economics.csv`.
pub const ECONOMIC: &[Column<EconomicRow>] = columns! {
    "regime", "text", "Id of the regime.", |r| r.about.regime.clone();
    "comparator", "text", "Id of the regime it is compared with, in the same replicate and on the same luck.", |r| r.about.comparator.clone();
    "perspective", "text", "Whose costs are counted.", |r| r.view.id().to_owned();
    "discounting", "text", "What later years count.", |r| r.discounting.id().to_owned();
    "measure", "text", "What is measured, over the whole horizon.", |r| r.measure.id().to_owned();
    "threshold", "number", "What a SCRQoL-year is taken to be worth, £; empty where it does not matter.", |r| optional(r.threshold);
    "unit", "text", "Unit of mean, low and high.", |r| r.measure.unit().to_owned();
    "price_year", "text", "The year whose prices £ are in; empty where there are none.", |r| if r.measure.unit().contains('£') { PRICE_YEAR.to_owned() } else { String::new() };
    "mean", "number", "Mean over replicates, or ratio of two means; a ratio is empty where the 95% interval of its divisor takes in 0.", |r| optional(r.estimate.map(|e| e.0));
    "low", "number", "Low end of the 95% interval: Student's t for means, Fieller's for ratios.", |r| optional(r.estimate.and_then(|e| e.1).map(|i| i.0));
    "high", "number", "High end of the 95% interval: Student's t for means, Fieller's for ratios.", |r| optional(r.estimate.and_then(|e| e.1).map(|i| i.1));
    "n", "whole number", "Replicates in which it could be measured; where parameters are drawn, draws.", |r| r.n.to_string();
    "quadrant", "text", "Where the regime lies on the cost-effectiveness plane; empty for the comparator.", |r| r.quadrant.id();
    "optimism_bias", "text", "Lines of costs that were raised for optimism bias, and by how many %; empty where none was.", |r| r.raised.iter().map(|(line, percent)| format!("{line} {}%", number(*percent))).collect::<Vec<_>>().join("; ");
    "interval", "text", "What low and high, and the probabilities, take in: luck is chance alone, with every parameter at one value; mean over draws is not knowing the parameters too: low and high are of the mean over draws, probabilities shares of draws.", |r| interval(&r.about);
    "draws", "whole number", "Parameter draws, those refused among them.", |r| r.about.basis.draws.to_string();
    "replicates", "whole number", "Replicates run of each draw.", |r| r.about.basis.replicates.to_string();
    "beliefs", "text", "Whose ranges parameters were drawn from; empty where none were drawn.", |r| beliefs(&r.about);
};

/// The columns of `plane.csv`.
pub const PLANE: &[Column<PlaneRow>] = columns! {
    "regime", "text", "Id of the regime.", |r| r.about.regime.clone();
    "comparator", "text", "Id of the regime it is compared with, in the same replicate and on the same luck.", |r| r.about.comparator.clone();
    "perspective", "text", "Whose costs are counted.", |r| r.view.id().to_owned();
    "discounting", "text", "What later years count.", |_| Discounting::Standard.id().to_owned();
    "draw", "whole number", "Parameter draw, from 0.", |r| r.point.draw.to_string();
    "replicate", "whole number", "Replicate, from 0; empty where the point is the mean of a draw's replicates.", |r| if r.about.basis.drawn { String::new() } else { r.point.replicate.to_string() };
    "incremental_cost", "number", "Costs over the horizon less the comparator's, £.", |r| number(r.point.costs[r.view as usize]);
    "incremental_outcome", "number", "SCRQoL-years over the horizon less the comparator's.", |r| number(r.point.outcome);
    "interval", "text", "What the cloud takes in: luck is chance alone, with every parameter at one value; mean over draws is a point for each parameter draw, in the mean of its replicates.", |r| interval(&r.about);
    "beliefs", "text", "Whose ranges parameters were drawn from; empty where none were drawn.", |r| beliefs(&r.about);
};

/// The columns of `acceptability.csv`.
pub const ACCEPTABILITY: &[Column<AcceptabilityRow>] = columns! {
    "regime", "text", "Id of the regime.", |r| r.about.regime.clone();
    "comparator", "text", "Id of the regime it is compared with, in the same replicate and on the same luck.", |r| r.about.comparator.clone();
    "perspective", "text", "Whose costs are counted.", |r| r.view.id().to_owned();
    "discounting", "text", "What later years count.", |_| Discounting::Standard.id().to_owned();
    "threshold", "number", "What a SCRQoL-year is taken to be worth, £.", |r| number(r.threshold);
    "probability", "number", "Share of replicates in which net benefit over the comparator is above 0; exactly 0 counts half; empty for the comparator.", |r| optional(r.probability);
    "probability_best", "number", "Share of replicates in which no regime has more net benefit, the comparator among them; equals share.", |r| optional(r.best);
    "n", "whole number", "Replicates; where parameters are drawn, draws.", |r| r.n.to_string();
    "interval", "text", "What the probabilities take in: luck is chance alone, with every parameter at one value, so they say nothing of how likely the parameters are; mean over draws are shares of parameter draws, each in the mean of its replicates.", |r| interval(&r.about);
    "draws", "whole number", "Parameter draws, those refused among them.", |r| r.about.basis.draws.to_string();
    "replicates", "whole number", "Replicates run of each draw.", |r| r.about.basis.replicates.to_string();
    "beliefs", "text", "Whose ranges parameters were drawn from; empty where none were drawn.", |r| beliefs(&r.about);
};

impl Discounting {
    /// The word in tables.
    pub fn id(self) -> &'static str {
        match self {
            Discounting::None => "none",
            Discounting::Standard => "standard",
            Discounting::OutcomesAtHealthRate => "outcomes_at_health_rate",
        }
    }

    /// What it means, in a sentence.
    pub fn meaning(self) -> String {
        let rates = |rate: fn(&crate::appraisal::Band) -> f64| {
            let bands = RATES.bands.iter();
            let said = bands.map(|b| format!("{}% from year {}", number(rate(b)), b.from));
            said.collect::<Vec<_>>().join(", ")
        };
        match self {
            Discounting::None => "Later years count as much as the first.".to_owned(),
            Discounting::Standard => format!(
                "Costs and outcomes at {} ({}), or at the experiment's own rate; the first year after the fork is year 0.",
                rates(|b| b.standard),
                RATES.source
            ),
            Discounting::OutcomesAtHealthRate => format!(
                "A sensitivity: costs as under standard, SCRQoL-years at the rate for health, {}.",
                rates(|b| b.health)
            ),
        }
    }
}

impl Item {
    fn id(self) -> &'static str {
        match self {
            Item::Line(line) => COSTS[line].id,
            Item::CouncilGross => "council_gross",
            Item::Total(view) => view.id(),
            Item::Hours(line) => COSTS[line].hours.map_or("", |hours| hours.called),
            Item::Lived => "years_lived",
        }
    }

    fn line(self) -> Option<&'static Line> {
        match self {
            Item::Line(line) | Item::Hours(line) => Some(&COSTS[line]),
            _ => None,
        }
    }

    fn is_money(self) -> bool {
        !matches!(self, Item::Hours(_) | Item::Lived)
    }

    fn unit(self, each: bool) -> String {
        let unit = match self {
            Item::Hours(_) => "hours",
            Item::Lived => "years",
            _ => "£",
        };
        if each { format!("{unit} a person and year") } else { unit.to_owned() }
    }
}

impl Measure {
    /// Every measure, in the order of tables.
    pub const ALL: [Measure; 14] = [
        Measure::Cost,
        Measure::Outcome,
        Measure::CostPerOutcome,
        Measure::IncrementalCost,
        Measure::IncrementalOutcome,
        Measure::Icer,
        Measure::NetBenefit,
        Measure::Probability,
        Measure::SocialValue,
        Measure::SwitchingThreshold,
        Measure::SwitchingCost,
        Measure::SwitchingCostPercent,
        Measure::SwitchingOutcome,
        Measure::SwitchingOutcomePercent,
    ];

    /// The word in tables.
    pub fn id(self) -> &'static str {
        match self {
            Measure::Cost => "cost",
            Measure::Outcome => "outcome",
            Measure::CostPerOutcome => "cost_per_scrqol_year",
            Measure::IncrementalCost => "incremental_cost",
            Measure::IncrementalOutcome => "incremental_outcome",
            Measure::Icer => "icer",
            Measure::NetBenefit => "net_benefit",
            Measure::Probability => "probability_cost_effective",
            Measure::SocialValue => "net_present_social_value",
            Measure::SwitchingThreshold => "switching_threshold",
            Measure::SwitchingCost => "switching_cost",
            Measure::SwitchingCostPercent => "switching_cost_percent",
            Measure::SwitchingOutcome => "switching_outcome",
            Measure::SwitchingOutcomePercent => "switching_outcome_percent",
        }
    }

    /// Unit of its values.
    pub fn unit(self) -> &'static str {
        match self {
            Measure::Cost
            | Measure::IncrementalCost
            | Measure::NetBenefit
            | Measure::SocialValue
            | Measure::SwitchingCost => "£",
            Measure::Outcome | Measure::IncrementalOutcome | Measure::SwitchingOutcome => {
                "SCRQoL-years"
            }
            Measure::CostPerOutcome | Measure::Icer | Measure::SwitchingThreshold => {
                "£ a SCRQoL-year"
            }
            Measure::Probability => "share",
            Measure::SwitchingCostPercent | Measure::SwitchingOutcomePercent => "%",
        }
    }

    /// What it is, in a sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Measure::Cost => "All costs of the perspective.",
            Measure::Outcome => {
                "SCRQoL-years: twelve months at score ÷ 24, of everybody counted in this regime or the comparator; care-home residents, and people outside the service in this regime but not in the comparator, at the quality of life assumed for them (parameters life_care_home, life_outside)."
            }
            Measure::CostPerOutcome => "Cost over outcome, a ratio of means.",
            Measure::IncrementalCost => "Cost less the comparator's.",
            Measure::IncrementalOutcome => "SCRQoL-years less the comparator's.",
            Measure::Icer => {
                "Incremental cost-effectiveness ratio: incremental cost over incremental outcome, a ratio of means; empty where the outcome is unclear, and where the quadrant settles it (dearer and worse, cheaper and better). Where a regime is cheaper and worse it is what is saved for each SCRQoL-year lost."
            }
            Measure::NetBenefit => {
                "Net monetary benefit: incremental outcome at the threshold, less incremental cost."
            }
            Measure::Probability => {
                "Probability of being cost-effective: share of replicates with net benefit above 0; exactly 0 counts half."
            }
            Measure::SocialValue => {
                "Net present social value: discounted net benefit to society at the social value of a SCRQoL-year."
            }
            Measure::SwitchingThreshold => {
                "The value of a SCRQoL-year at which net present social value is 0; empty where none above 0 is, or it cannot be told."
            }
            Measure::SwitchingCost => {
                "The incremental cost at which net present social value is 0, the outcome as it is."
            }
            Measure::SwitchingCostPercent => {
                "How far incremental cost would have to move, in % of its size, for net present social value to be 0."
            }
            Measure::SwitchingOutcome => {
                "The incremental outcome at which net present social value is 0, the cost as it is."
            }
            Measure::SwitchingOutcomePercent => {
                "How far incremental outcome would have to move, in % of its size, for net present social value to be 0."
            }
        }
    }
}

impl Quadrant {
    /// Every place there is on the plane.
    fn every() -> impl Iterator<Item = Quadrant> {
        let known = [Some(true), Some(false), None];
        known
            .into_iter()
            .flat_map(move |dearer| known.map(|better| Quadrant { dearer, better, compared: true }))
    }

    /// The words in tables.
    fn id(&self) -> String {
        if !self.compared {
            return String::new();
        }
        let cost = match self.dearer {
            Some(true) => "dearer",
            Some(false) => "cheaper",
            None => "cost unclear",
        };
        let outcome = match self.better {
            Some(true) => "better",
            Some(false) => "worse",
            None => "outcome unclear",
        };
        format!("{cost} and {outcome}")
    }

    fn meaning(&self) -> String {
        let said = |known: Option<bool>, what: &str| match known {
            Some(true) => format!("the interval of incremental {what} is above 0"),
            Some(false) => format!("the interval of incremental {what} is below 0"),
            None => format!("the interval of incremental {what} takes in 0"),
        };
        let text = format!("{}; {}.", said(self.dearer, "cost"), said(self.better, "outcome"));
        text.replacen("the", "The", 1)
    }
}

/// How a line of costs enters the views, in words.
pub fn treatment(line: &Line) -> &'static str {
    let [council, public, society] = line.counts;
    if council < 0.0 {
        "income of the council; a transfer to society"
    } else if society == 0.0 {
        "a cost to council and public; a transfer to society"
    } else if council > 0.0 {
        "a cost to all three"
    } else if public > 0.0 {
        "a cost to public and society"
    } else {
        "a cost to society"
    }
}

/// What the words in a column mean: (column, word, meaning).
pub fn words() -> Vec<(&'static str, String, String)> {
    let mut words = Vec::new();
    for line in &COSTS {
        let metric = line.metric.declaration();
        let meaning = format!(
            "{}: see {}; {}; borne by: {}.",
            metric.label,
            metric.id,
            treatment(line),
            line.payer.id()
        );
        words.push(("line", line.id.to_owned(), meaning));
        if let Some(hours) = line.hours {
            let meaning = format!("The hours behind {}, not discounted.", line.id);
            words.push(("line", hours.called.to_owned(), meaning));
        }
    }
    let gross = "All that the council spends: the sum of its lines, before charges.";
    words.push(("line", Item::CouncilGross.id().to_owned(), gross.to_owned()));
    let lived = "Years lived by everyone eligible, supported, waiting or in a care home.";
    words.push(("line", Item::Lived.id().to_owned(), lived.to_owned()));
    for column in ["line", "perspective"] {
        let views = View::ALL.map(|v| (column, v.id().to_owned(), v.meaning().to_owned()));
        words.extend(views);
    }
    words.extend(Discounting::ALL.map(|d| ("discounting", d.id().to_owned(), d.meaning())));
    words.extend(Measure::ALL.map(|m| ("measure", m.id().to_owned(), m.meaning().to_owned())));
    words.extend(Quadrant::every().map(|q| ("quadrant", q.id(), q.meaning())));
    words
}
