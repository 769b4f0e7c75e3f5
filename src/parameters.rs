//! The ledger: every parameter of the model, declared once.
//!
//! Prices are ratios to another care price of the same year, applied to the
//! place's own contracted hour of 2014-15. Effects claimed by the source, and
//! objections to it, are marked as claims: half the agnostic's weight is at none.

use crate::declare::Grade::{Assumed, Estimated, Measured};
use crate::declare::Shape::{Claim, Log, Objection, Triangular, Uniform};
use crate::declare_parameters;
use crate::units::*;

declare_parameters! {
    "Place" {
        /// People at home with council-funded support to a neighbourhood, when a place is divided.
        people_a_neighbourhood: Count = 150.0, 80.0..=300.0 Log, Assumed("about the reach of a local team; no table divides a council's clients by neighbourhood");
        /// How far a council's own spending per client is trusted against England's when its hours are set, since councils book the same support under different headings.
        own_spending_weight: Share = 0.5, 0.0..=1.0 Uniform, Assumed("half way: the age split of home care does not reconcile between councils (data/README.md)");
        /// People who pay for all of their support, as a share of everybody supported at home.
        self_funder_share: PartOfWhole = 0.26, 0.2..=0.35 Triangular, Measured("E0269");
        /// People who pay for themselves, as a share of care-home residents.
        self_funder_share_care_home: PartOfWhole = 0.37, 0.264..=0.475 Triangular, Measured("E0270");
        /// Share of self-funders at home who are aged 18 to 64.
        self_funder_working_age: Share = 0.1, 0.02..=0.25 Triangular, Assumed("most people with the means to pay are older");
        /// Share of neighbourhoods that are rural.
        rural_share: Share = 0.3, 0.1..=0.6 Triangular, Assumed("no table gives where clients live");
        /// Standard deviation, in logits, of what councils' planners tell people of direct payments.
        culture_spread: Logits = 2.0, 0.5..=3.0 Triangular, Assumed("councils' cultures differ lastingly (E0322-E0340: direct-payment shares differ by 11 to 25 points and stay different); how much is due to what people are told is not known");
    }

    "Population" {
        /// Mean hours of support a week a person with a physical, sensory, memory or social reason aged 18 to 64 is eligible for.
        hours_physical: HoursAWeek = 14.5, 11.0..=18.0 Triangular, Estimated("E0314-E0321, E0312: £ a week by group over £15.30 an hour, client-weighted");
        /// Mean hours of support a week a person with a learning disability is eligible for.
        hours_learning: HoursAWeek = 24.0, 18.0..=30.0 Triangular, Estimated("E0314-E0321, E0312: £ a week by group over £15.30 an hour, client-weighted; includes supported living");
        /// Mean hours of support a week a person with a mental health reason aged 18 to 64 is eligible for.
        hours_mental_health: HoursAWeek = 8.3, 6.0..=11.0 Triangular, Estimated("E0314-E0321, E0312: £ a week by group over £15.30 an hour, client-weighted");
        /// Mean hours of support a week a person of 65 or over is eligible for.
        hours_older: HoursAWeek = 12.0, 10.0..=14.0 Triangular, Estimated("E0314-E0321, E0312, E0697-E0699");
        /// Hours a week that people who pay for themselves buy, as a share of what the council would find them eligible for.
        hours_self_funder: Ratio = 0.7, 0.4..=1.0 Triangular, Assumed("self-funders start earlier and buy less");
        /// Standard deviation of the logarithm of hours.
        hours_spread: Number = 0.85, 0.7..=1.1 Triangular, Estimated("E0712-E0715: Scottish bands fit 1.07 over all groups; less within a group");
        /// Share of hours that are personal care, for people of 65 or over and those with a physical or memory reason.
        personal_care_physical: Share = 0.6, 0.4..=0.8 Triangular, Estimated("E0043, E0044, E1449, E1460 bracket it: 0.4 to 0.8 of people");
        /// Share of hours that are personal care, for people with another reason.
        personal_care_other: Share = 0.25, 0.1..=0.4 Triangular, Assumed("learning disability and mental health support is mostly help at home and company");
        /// Of hours that are not personal care, the share that is company and activity.
        company_share: Share = 0.45, 0.3..=0.6 Triangular, Assumed("nothing splits these hours");
        /// Share of council-funded packages of people of 65 and over that begin with a stay in hospital.
        hospital_start_older: Share = 0.4, 0.25..=0.55 Triangular, Estimated("E0241: 32.6% over all ages");
        /// Share of council-funded packages of people aged 18 to 64 that begin with a stay in hospital.
        hospital_start_working_age: Share = 0.12, 0.05..=0.2 Triangular, Estimated("E0241: 32.6% over all ages, mostly older people");
        /// Chance a month of dying, people of 65 or over living at home with average need.
        dying_older: ShareAMonth = 0.0145, 0.011..=0.02 Triangular, Estimated("E0180-E0183: about 0.33 exits a person and year over all ages and settings; E1733 (unverified) 20% a year");
        /// Chance a month of dying, people aged 18 to 64 with average need.
        dying_working_age: ShareAMonth = 0.0018, 0.001..=0.003 Triangular, Assumed("about ten times the general rate at that age");
        /// How steeply the chance of dying rises with need: the exponent of need over its mean.
        dying_need: Number = 0.3, 0.2..=0.8 Uniform, Assumed("sicker people need more");
        /// Chance a month that a person of 65 or over stops needing support or moves away.
        leaving_older: ShareAMonth = 0.008, 0.004..=0.015 Triangular, Estimated("E0180-E0183 less deaths and moves to care homes: recovery, moving away, ending support");
        /// Chance a month that a person aged 18 to 64 stops needing support or moves away.
        leaving_working_age: ShareAMonth = 0.007, 0.003..=0.012 Triangular, Estimated("E0180-E0183 less deaths and moves to care homes");
        /// Chance a month that need changes.
        need_change: ShareAMonth = 0.06, 0.03..=0.12 Log, Assumed("less than once a year for most");
        /// Mean step of the logarithm of need when it changes.
        need_drift: Number = 0.06, 0.0..=0.08 Uniform, Assumed("need rises a little with age; nothing measures it within a person");
        /// Standard deviation of the step of the logarithm of need when it changes.
        need_step: Number = 0.2, 0.1..=0.35 Uniform, Assumed("a fifth up or down");
        /// Unpaid care a week from family and friends, for a person who has a helper at home, in hours.
        informal_household: HoursAWeek = 20.0, 10.0..=35.0 Triangular, Estimated("E0151, E0152: of carers, a third give under 10 hours and 30% over 50");
        /// Unpaid care a week for a person helped from another household, in hours.
        informal_other: HoursAWeek = 6.0, 3.0..=10.0 Triangular, Estimated("E0151, E0152");
        /// Share of people with regular unpaid help from someone at home, aged 18 to 64.
        helper_household_working_age: Share = 0.5, 0.4..=0.6 Triangular, Estimated("E1655, E1656: 42.8% and, learning disability, 58.1%");
        /// Share of people with regular unpaid help from someone at home, 65 and over.
        helper_household_older: Share = 0.378, 0.3..=0.45 Triangular, Measured("E1658");
        /// Share of people with regular unpaid help from another household.
        helper_other: Share = 0.45, 0.3..=0.56 Triangular, Measured("E1671");
        /// Mean capacity to manage a budget oneself, in standard deviations above what it takes.
        own_capacity: Deviations = -0.3, -0.8..=0.1 Triangular, Estimated("E1635: 61.2% of people in the community cannot do their own paperwork");
        /// Capacity to manage a budget that a helper at home adds, in standard deviations.
        helper_capacity: Deviations = 1.1, 0.5..=1.8 Triangular, Assumed("E1662-E1665: direct payments go with help at home, 57% against 38%; the gate is the helper");
        /// Capacity to manage a budget that a helper from another household adds, in standard deviations.
        helper_capacity_other: Deviations = 0.3, 0.0..=0.8 Triangular, Assumed("less than a helper at home: E1674-E1677 show no more outside help among direct-payment holders");
        /// Share of council-funded people who pay a charge.
        charged_share: Share = 0.5, 0.3..=0.7 Triangular, Assumed("no figure; total charges are bounded by E-README 15.3% of gross spending over all settings");
        /// Charge for support at home, as a share of the cost of the package, of those who pay one.
        charge_home: Share = 0.15, 0.05..=0.25 Triangular, Assumed("a tenth of gross spending at home comes back in charges");
        /// Charge in a care home, as a share of the price.
        charge_care_home: Share = 0.25, 0.15..=0.35 Triangular, Estimated("total charges are 15.3% of gross spending over all settings (data/england_councils_2014_15.csv)");
        /// Chance a month that a self-funder's savings run out.
        savings_run_out: ShareAMonth = 0.008, 0.003..=0.015 Triangular, Assumed("about a tenth a year");
        /// Mean connectedness of a person at the start.
        connectedness: Share = 0.45, 0.35..=0.55 Triangular, Estimated("E1402-E1415: 44 to 50% have as much social contact as they want");
        /// Spread of people's connectedness, as a standard deviation.
        connectedness_spread: Number = 0.18, 0.1..=0.25 Uniform, Assumed("most people between a tenth and four fifths");
        /// Arrival slots for each expected arrival: how far arrivals could rise in any regime.
        arrival_ceiling: Ratio = 2.0, 2.0..=2.0 Uniform, Assumed("a technical ceiling, the same in every regime; it changes no result");
    }

    "Assessment" {
        /// Days from asking to being assessed when there is no queue.
        assessment_days: Days = 20.0, 10.0..=45.0 Triangular, Estimated("E0018, E0156, E0166-E0167 give 39 to 55 days in the crisis of 2021-22; less before");
        /// Assessment capacity over the arrivals of a steady year.
        assessment_slack: Ratio = 1.25, 1.05..=1.6 Triangular, Assumed("enough to keep the queue of the burn-in stable");
        /// Spread of leads: the shortest takes so much less than the usual one, and the longest so much more.
        lead_spread: Share = 0.5, 0.2..=0.8 Uniform, Assumed("half as long to one and a half times; no spread of days is published");
        /// Share of people reviewed in a year.
        reviewed: ShareAYear = 0.61, 0.45..=0.74 Triangular, Measured("E0223");
        /// Cost of a review over the cost of an assessment.
        review_cost: Ratio = 0.5, 0.3..=0.8 Triangular, Assumed("shorter than an assessment");
        /// Share of assessment staff's time that fully telling everybody of their options would take.
        telling_time: Share = 0.12, 0.03..=0.25 Triangular, Assumed("half an hour of four");
        /// Share of assessment staff's time that writing fully detailed plans takes.
        planning_time: Share = 0.15, 0.05..=0.3 Triangular, Assumed("plans that specify how support is given take longer to write and to change");
        /// Share of reviews that reopen the choice of mechanism though nothing has changed.
        reopened: Share = 0.15, 0.05..=0.3 Uniform, Assumed("most reviews confirm what is there");
    }

    "Choosing a mechanism" {
        /// How far below the usual satisfaction is when a review reopens the choice of mechanism, in standard deviations of fit.
        dissatisfied: Deviations = 1.0, 0.5..=2.0 Uniform, Assumed("clearly less content than most; a planner would notice");
        /// Pull of what happens if nothing else is asked for.
        default_effect: Logits = 0.8, 0.0..=1.2 Triangular, Estimated("E0109: d = 0.68 is 1.23 logits, an upper bound; E1736-E1737 (unverified) near none after correcting for publication bias");
        /// How much less planners press a default of council-arranged support, and more any other, for each standard deviation of a culture that welcomes change.
        culture_steers: Logits = 0.5, 0.0..=1.0 Uniform, Assumed("councils' shares of direct payments differ lastingly by 11 to 25 points (E0322-E0340), more than what people are told could explain");
        /// Share of people who state no wish when everyone is asked and nothing is the default.
        states_no_wish: Share = 0.25, 0.06..=0.6 Triangular, Assumed("more than the 6% who say they want no choice (E1317-E1321), who are among them; E0041, E0043: in Scotland a choice was recorded for 20 and 27% of people in the law's first years, which says more of records than of wishes");
        /// Pull of the mechanism one already has.
        inertia: Logits = 3.0, 1.0..=4.0 Triangular, Assumed("few change in a year");
        /// Weight of the value of the options a mechanism opens.
        options_weight: Number = 1.6, 0.5..=2.5 Triangular, Assumed("utility for each standard deviation of the best offers");
        /// How the weight of the value of options rises with the hours at stake: exponent of hours over the average of 12.
        options_hours: Number = 1.5, 0.0..=2.0 Uniform, Assumed("the effort of choosing is much the same for small packages and large");
        /// Share of what assessment tells people that reaches those assessed on leaving hospital.
        told_in_hurry: Share = 0.25, 0.2..=1.0 Triangular, Assumed("discharge leaves little time");
        /// How far extra offers of the same add nothing: 0 counts each in full, 1 none.
        more_of_the_same: Share = 0.6, 0.0..=1.0 Uniform, Assumed("a long list alone does not make a market rich");
        /// Effort of each offer considered.
        effort_per_offer: Number = 0.05, 0.0..=0.15 Uniform, Assumed("the search costs something");
        /// Hours a month that holding a direct payment takes, without support.
        burden_hours: HoursAMonth = 4.0, 2.0..=12.0 Triangular, Assumed("money, people and audit; E0214 and E0162 say only that it is felt");
        /// Hours a month that having an individual service fund takes.
        burden_hours_isf: HoursAMonth = 1.0, 0.2..=3.0 Triangular, Assumed("the holder does most of it");
        /// Dislike of each hour of burden a month for a person of average capacity.
        burden_weight: Number = 0.22, 0.05..=0.4 Triangular, Assumed("with the taste for control it decides who takes a direct payment");
        /// How much more a burden weighs for each standard deviation less of capacity.
        burden_capacity: Number = 0.5, 0.2..=1.0 Triangular, Assumed("the same hour weighs more on those who find it hard");
        /// Share of the burden of a direct payment that full support lifts.
        support_lifts: Share = 0.5, 0.2..=0.8 Triangular, Assumed("payroll, recruitment and accounts are about half of it");
        /// Share that full digital infrastructure lifts from the burden.
        digital_lifts: Share = 0.1, 0.0..=0.4 Claim { none: 0.0, believer: (0.2, 0.4), sceptic: (0.0, 0.1) }, Assumed("the source's claim that the internet makes individual funding easy");
        /// Mean wish to be in control.
        control_taste: Number = 0.0, -0.5..=0.5 Triangular, Assumed("as many shun control as seek it");
        /// Spread of the wish to be in control.
        control_taste_spread: Number = 1.3, 0.5..=1.5 Triangular, Assumed("people differ");
        /// Control that a direct payment gives over council-arranged support.
        control_direct_payment: Number = 1.0, 0.5..=1.5 Triangular, Assumed("the unit of the scale");
        /// What a package that is a direct payment in part has of the burden and of the control of a whole one.
        mixed_part: Share = 0.5, 0.3..=0.7 Uniform, Assumed("half: how the parts divide differs from person to person");
        /// Control that an individual service fund gives over council-arranged support.
        control_isf: Number = 0.6, 0.2..=1.0 Triangular, Assumed("less than holding the money oneself");
        /// Capacity, own and helper's, that a direct payment takes, in standard deviations.
        capacity_needed: Deviations = -0.4, -1.0..=0.0 Triangular, Assumed("most holders cannot do their own paperwork (E1638: 65%), so the gate is low and helpers open it");
        /// Weeks to set up a direct payment.
        direct_payment_lead: Weeks = 6.0, 2.0..=12.0 Triangular, Assumed("E0159 bounds it: 67 days to start of care or first payment in the crisis of 2022");
        /// Weeks to set up an individual service fund.
        isf_lead: Weeks = 5.0, 2.0..=12.0 Triangular, Assumed("much like a direct payment");
        /// How much a peer in the neighbourhood who uses a mechanism adds to knowing of it.
        peer_awareness: Share = 0.3, 0.0..=0.6 Uniform, Assumed("the share that would know if everybody around used it");
        /// How much connectedness adds to knowing of a mechanism.
        connected_awareness: Share = 0.15, 0.0..=0.3 Uniform, Assumed("the well connected hear of more");
        /// How much full digital infrastructure adds to knowing of a mechanism, people aged 18 to 64.
        digital_awareness: Share = 0.2, 0.0..=0.4 Uniform, Assumed("listings and search");
        /// How much less digital infrastructure reaches people of 65 and over.
        digital_divide: Share = 0.5, 0.2..=0.8 Triangular, Assumed("older people are searched for less well online");
    }

    "Search" {
        /// Offers a person of average information and connectedness considers.
        considered: Count = 4.0, 2.0..=6.0 Triangular, Assumed("a handful");
        /// Offers that full digital search adds.
        considered_digital: Count = 3.0, 0.0..=5.0 Uniform, Assumed("a wider list");
        /// Offers that full connectedness adds over none.
        considered_connected: Count = 2.0, 0.0..=4.0 Uniform, Assumed("word of mouth");
        /// Share of the truth about a match that can be seen before starting.
        match_seen: Share = 0.175, 0.0..=0.7 Claim { none: 0.0, believer: (0.3, 0.7), sceptic: (0.0, 0.3) }, Assumed("ρ: at 0 choosing is worth no more than being allocated");
        /// Weight of match in felt fit, in standard deviations.
        match_weight: Deviations = 0.8, 0.3..=1.2 Triangular, Assumed("who comes matters about as much as what they do");
        /// Mean weight people give to flexible support.
        wants_flexible: Number = 0.35, 0.1..=0.6 Triangular, Assumed("weights of the five terms sum to about 1.6");
        /// Mean weight people give to local and familiar support.
        wants_local: Number = 0.3, 0.1..=0.6 Triangular, Assumed("weights of the five terms sum to about 1.6");
        /// Mean weight people give to the same face.
        wants_continuity: Number = 0.4, 0.2..=0.7 Triangular, Assumed("weights of the five terms sum to about 1.6");
        /// Mean weight people give to more hours for the money.
        wants_hours: Number = 0.3, 0.1..=0.6 Triangular, Assumed("weights of the five terms sum to about 1.6");
        /// Mean weight people give to formal assurance.
        wants_assurance: Number = 0.25, 0.1..=0.5 Triangular, Assumed("weights of the five terms sum to about 1.6");
        /// Weight of a provider's known quality in how an offer looks.
        reputation_weight: Number = 0.3, 0.0..=0.6 Uniform, Assumed("inspection ratings and word of mouth");
        /// Days that brokerage takes to arrange council-managed support.
        brokerage_days: Days = 10.0, 4.0..=25.0 Triangular, Assumed("days under a live framework");
        /// Days that brokerage takes for somebody leaving hospital.
        brokerage_days_urgent: Days = 3.0, 1.0..=7.0 Triangular, Assumed("within the week");
        /// Days from choosing a supporter oneself to the first hour.
        own_start_days: Days = 10.0, 4.0..=25.0 Triangular, Assumed("as long as brokerage: no lead for either by construction");
        /// Cost of arranging one placement through brokerage, in contracted hours.
        brokerage_cost: Ratio = 6.0, 2.0..=15.0 Triangular, Assumed("half a day");
        /// Spot price over the framework price.
        spot_premium: Ratio = 1.12, 1.0..=1.3 Triangular, Assumed("no row gives it");
        /// Travel from a provider's own neighbourhood beyond which it feels less local, in neighbourhoods.
        local_distance: Number = 2.0, 1.0..=4.0 Uniform, Assumed("walking, then driving");
    }

    "Individual service funds" {
        /// Share of the fund that the holder keeps for holding it.
        holding_fee: Share = 0.08, 0.05..=0.15 Triangular, Estimated("E0217, E0215: capped at 15% by one provider");
        /// How far a holder leans to its own supply, in standard deviations of an offer.
        own_supply_bias: Deviations = 0.8, 0.0..=2.0 Triangular, Assumed("E0035 recommends buying at least a fifth from others, which says they would not otherwise");
        /// Share of those with a fund by default who look for a holder themselves, at average capacity.
        looks_for_holder: Share = 0.4, 0.15..=0.7 Triangular, Assumed("the rest stay with whom they have, or are given a suggestion");
        /// Share of agencies that hold funds where holders are listed.
        listed_holders: Share = 0.15, 0.05..=0.3 Uniform, Assumed("few councils list many; E0233 says few providers in one county");
        /// Share of agencies that would hold funds where any accredited organisation can.
        open_holders: Share = 0.6, 0.3..=0.9 Uniform, Assumed("most, but not all, would take it on");
        /// How far prices to individuals stand above the council's, as a share of the gap to the private price.
        individual_price_gap: Share = 0.25, 0.0..=1.0 Objection { none: 0.0, believer: (0.0, 0.3), sceptic: (0.3, 1.0) }, Assumed("an objection: one buyer has less power than a council; the gap is not measured");
    }

    "Delivery" {
        /// Growth of a relationship each month towards its full strength.
        relationship_growth: ShareAMonth = 0.12, 0.05..=0.25 Log, Assumed("half way in five or six months");
        /// Weight of a full relationship in felt fit, in standard deviations.
        relationship_weight: Deviations = 0.5, 0.2..=1.0 Triangular, Assumed("E0113 gives direction only");
        /// Share of a relationship lost when the worker leaves.
        worker_leaving: Share = 0.7, 0.4..=1.0 Triangular, Assumed("some of it is with the organisation");
        /// Being able to choose, felt in itself, in standard deviations of fit.
        autonomy: Deviations = 0.075, -0.1..=0.4 Claim { none: 0.0, believer: (0.1, 0.4), sceptic: (-0.1, 0.1) }, Assumed("the source's claim that choice is good in itself; harm included (E0214: older people found it harder)");
        /// Months over which satisfaction follows felt fit.
        satisfaction_memory: Months = 4.0, 2.0..=9.0 Uniform, Assumed("a season");
        /// Quality of life without support, people aged 18 to 64, of 24.
        life_base_working_age: Points = 9.9, 7.0..=12.0 Triangular, Estimated("E1322-E1335 less the gain of E0349-E0354");
        /// Quality of life without support, people of 65 and over, of 24.
        life_base_older: Points = 9.2, 7.0..=12.0 Triangular, Estimated("E1322-E1335 less the gain of E0349-E0354");
        /// Gain in quality of life from all the hours needed.
        life_gain: Points = 10.3, 8.5..=12.0 Triangular, Estimated("E0349-E0354: 0.405 of the scale, read as the adjusted gain of services, at hours as they are");
        /// Share of the hours needed at which about two thirds of the gain is reached.
        life_gain_scale: Share = 0.35, 0.2..=0.6 Triangular, Assumed("the first hours do most");
        /// How much one standard deviation of felt fit changes the gain, as a share of it.
        fit_gain: Share = 0.03, 0.0..=0.12 Claim { none: 0.0, believer: (0.04, 0.12), sceptic: (0.0, 0.04) }, Assumed("φ: E0349-E0354 find councils differ by 7% of the gain");
        /// Quality of life lost for each weighted hour a month of managing money.
        worry: Points = 0.03, 0.0..=0.12 Objection { none: 0.0, believer: (0.0, 0.03), sceptic: (0.03, 0.12) }, Assumed("E0214, E0105: older people found it harder and gained nothing");
        /// Slope, in logits, of saying one is extremely or very satisfied, on satisfaction.
        link_satisfied: Logits = 0.8, 0.4..=1.2 Triangular, Assumed("one link for everybody");
        /// Level, in logits, of saying one is extremely or very satisfied.
        link_satisfied_level: Logits = 0.62, 0.4..=0.9 Triangular, Estimated("E1259-E1272: 68% at 18-64 and 62% at 65 and over");
        /// Slope, in logits, of having enough control, on satisfaction.
        link_control: Logits = 0.5, 0.2..=0.9 Triangular, Assumed("one link for everybody");
        /// Level, in logits, of having enough control over daily life.
        link_control_level: Logits = 1.25, 1.0..=1.6 Triangular, Estimated("E0190, E0191: 81% and 75%");
        /// Logits of having enough control that having picked one's supporter adds.
        link_control_picked: Logits = 0.15, 0.0..=0.6 Claim { none: 0.0, believer: (0.2, 0.6), sceptic: (0.0, 0.2) }, Assumed("the source's claim that choosing is control");
        /// Share of eligible people's family who make up for hours not delivered.
        families_fill: Share = 0.4, 0.2..=0.7 Triangular, Assumed("part of what nobody delivers falls to families");
        /// How much connectedness adds to unpaid help, as a share of it, from none to full.
        community_limits_demand: Share = 0.125, 0.0..=0.5 Claim { none: 0.0, believer: (0.2, 0.5), sceptic: (0.0, 0.1) }, Assumed("the source's claim that community limits the demand for services; E0116-E0119 have no comparison");
    }

    "Crisis" {
        /// Emergency admissions a year, people aged 18 to 64 with average need.
        admissions_working_age: PerPersonYear = 0.43, 0.3..=0.55 Triangular, Measured("E0744-E0818");
        /// Emergency admissions a year, people of 65 and over with average need.
        admissions_older: PerPersonYear = 0.75, 0.6..=0.9 Triangular, Measured("E0744-E0818");
        /// Cost of an emergency admission, £ of 2014-15.
        admission_cost: Pounds = 2850.0, 2400.0..=8000.0 Triangular, Estimated("E0243: £2,930 in 2016-17; E1724 (unverified) with E0744-E0818 would give £7,950");
        /// Lasting moves to a care home a year, people aged 18 to 64 with average need.
        care_home_working_age: PerPersonYear = 0.02, 0.01..=0.04 Triangular, Estimated("residents over their stay: keeps the stock of the tables steady");
        /// Lasting moves to a care home a year, people of 65 and over with average need.
        care_home_older: PerPersonYear = 0.12, 0.06..=0.17 Triangular, Estimated("E1734, E1064 bound it at 0.17");
        /// Chance a month that a care-home stay of a person of 65 or over ends.
        care_home_leaving_older: ShareAMonth = 0.036, 0.03..=0.05 Triangular, Estimated("E0188, E0831: yearly exit 30 to 45%");
        /// Chance a month that a care-home stay of a person aged 18 to 64 ends.
        care_home_leaving_working_age: ShareAMonth = 0.009, 0.005..=0.015 Triangular, Assumed("long stays: about nine years");
        /// How steeply crises rise with need: the exponent of need over its mean.
        crisis_need: Number = 0.3, 0.1..=0.6 Uniform, Assumed("sicker people need more");
        /// Log hazard of crisis for going without all of one's hours.
        crisis_unmet: Number = 0.5, 0.0..=1.2 Triangular, Assumed("nothing measures it; the range includes none");
        /// Log hazard of crisis for one standard deviation of felt fit, net of continuity.
        crisis_fit: Number = -0.0075, -0.05..=0.02 Claim { none: 0.0, believer: (-0.05, -0.02), sceptic: (-0.01, 0.02) }, Assumed("E0115: continuity of primary care, hazard ratio 0.94 (0.92-0.96), is the nearest there is");
        /// Log hazard of crisis for a full relationship over none.
        crisis_continuity: Number = -0.0325, -0.15..=0.02 Claim { none: 0.0, believer: (-0.15, -0.05), sceptic: (-0.05, 0.02) }, Assumed("E0115, E0113-E0114: direction and a bound from other settings");
        /// Log hazard of crisis for full connectedness over none.
        crisis_connection: Number = -0.0625, -0.3..=0.05 Claim { none: 0.0, believer: (-0.3, -0.1), sceptic: (-0.05, 0.05) }, Assumed("associations only");
    }

    "Switching" {
        /// Chance a month of wishing to leave, at average satisfaction.
        wish_to_leave: ShareAMonth = 0.012, 0.005..=0.03 Log, Assumed("about one in seven a year");
        /// Log hazard of wishing to leave for each standard deviation less of satisfaction.
        wish_dissatisfied: Number = 0.8, 0.3..=1.5 Triangular, Assumed("the unhappy leave");
        /// Most that satisfaction adds to the log hazard of wishing to leave, or takes off it.
        most_dissatisfied: Bound = 2.0, 1.0..=2.0 Uniform, Assumed("a sevenfold: beyond it the very unhappy leave as the unhappy do");
        /// Share of wishes to leave that go ahead a month in council-managed support, while somewhere else has room.
        leave_managed: ShareAMonth = 0.35, 0.15..=0.6 Triangular, Assumed("the council must be asked and brokerage found: two or three months");
        /// Share of wishes to leave that go ahead a month where the person holds or directs the budget.
        leave_own: ShareAMonth = 0.6, 0.3..=0.9 Triangular, Assumed("notice must be given: one or two months");
        /// How much better another offer must look before one leaves for it, in standard deviations.
        leaving_threshold: Deviations = 0.3, 0.0..=0.8 Uniform, Assumed("the devil one knows");
    }

    "Providers" {
        /// Hours of support a week that the average agency could give.
        hours_an_agency: HoursOfWork = 600.0, 400.0..=900.0 Log, Estimated("E0345, E0135: 420 council-bought hours a week, and those of self-funders and direct payments");
        /// Share of all hours at home that agencies give at the start; the rest are the council's own and assistants'.
        agency_hours_share: Share = 0.82, 0.7..=0.9 Triangular, Estimated("E0341-E0345: 8% of council hours in-house; E0008: a third of direct payments employ");
        /// Spread of agencies' sizes: standard deviation of the logarithm.
        agency_size_spread: Number = 0.9, 0.6..=1.3 Triangular, Assumed("very skewed; no size distribution was found");
        /// Size from which an agency serves the whole place, over the average.
        large_agency: Ratio = 2.0, 1.5..=4.0 Triangular, Assumed("the largest tenth or so");
        /// Share of that size below which a large agency no longer serves the whole place.
        stays_large: Share = 0.6, 0.4..=0.9 Uniform, Assumed("branches are closed late");
        /// National chains that large agencies belong to.
        chains: Count = 8.0, 3.0..=20.0 Uniform, Assumed("a handful of national names");
        /// Distance within which a small agency works, in neighbourhoods.
        small_reach: Number = 2.0, 1.0..=3.0 Uniform, Assumed("a short drive");
        /// Hours of support a week that one care worker gives.
        hours_a_worker: HoursAWeek = 22.0, 18.0..=30.0 Triangular, Estimated("E0250: 55 staff to a service; most part-time");
        /// Share of capacity that an agency plans to use.
        target_utilisation: WorkingShare = 0.85, 0.75..=0.95 Triangular, Assumed("rotas need slack");
        /// Wages, on-costs and paid travel of an hour, over the contracted price.
        labour_share: Ratio = 0.81, 0.75..=0.86 Triangular, Estimated("E0020-E0022: 0.715 of the industry's minimum price, itself above what councils pay");
        /// Overhead of an hour of capacity at average size, over the contracted price.
        overhead_share: Ratio = 0.155, 0.12..=0.22 Triangular, Estimated("E0021: the rest of the minimum price, less margin");
        /// How fast unit overhead falls with size: minus the exponent of size.
        scale_exponent: Number = 0.12, 0.0..=0.25 Triangular, Assumed("E0139 gives direction only");
        /// Share of its overhead that an agency adjusts to its size each month.
        overhead_follows: ShareAMonth = 0.12, 0.02..=0.2 Log, Assumed("offices and managers follow slowly");
        /// Share of idle time that is paid for.
        guaranteed_pay: Share = 0.3, 0.1..=0.6 Triangular, Estimated("E0249: 43% of care workers at home are on zero-hours contracts");
        /// Price to private customers over the contracted price, at the start.
        private_price: Ratio = 1.2, 1.0..=1.45 Triangular, Estimated("E0251, E0020-E0022, E1725 (unverified)");
        /// Spread of private prices between agencies.
        private_price_spread: Number = 0.08, 0.03..=0.15 Uniform, Assumed("agencies differ");
        /// Highest private price over the contracted price of the start.
        most_private_price: Ratio = 1.8, 1.5..=2.5 Uniform, Assumed("beyond it people do without");
        /// How fast private prices follow use: change a month for each unit of capacity used above plan.
        price_pressure: Number = 0.02, 0.0..=0.1 Uniform, Assumed("private prices are sticky: a price list is changed once or twice a year");
        /// Share of capacity kept for routes that pay better, for each doubling of what they pay.
        kept_for_better_payers: Share = 0.1, 0.0..=0.3 Uniform, Assumed("room goes first to the better-paying route");
        /// Reserves at the start, in months of revenue.
        reserve_months: Months = 1.5, 0.5..=3.0 Triangular, Assumed("providers hold thin reserves: weeks, not months, of wages");
        /// Spread of reserves: standard deviation of the logarithm.
        reserve_spread: Number = 0.5, 0.2..=0.8 Uniform, Assumed("some are thinner");
        /// Share of reserves beyond the usual that owners draw each month.
        drawings: ShareAMonth = 0.2, 0.05..=0.5 Uniform, Assumed("profits are taken out");
        /// Months with reserves below zero after which a loss-making contract is handed back.
        months_to_hand_back: Months = 3.0, 1.0..=6.0 Triangular, Assumed("handbacks come before closure");
        /// Months with reserves below zero after which an agency closes.
        months_to_close: Months = 12.0, 4.0..=18.0 Triangular, Assumed("lenders' patience");
        /// Chance a year that an agency closes for reasons other than its accounts.
        closing: ShareAYear = 0.05, 0.04..=0.12 Triangular, Estimated("E0138, E0139: 10 to 17% close in a year for any reason");
        /// Agencies that start in a year, over those of the start, where use is as planned.
        starting: ShareAYear = 0.15, 0.1..=0.2 Triangular, Estimated("E0135, E0136, E0138");
        /// How strongly starts follow the use of capacity: exponent of use over plan.
        start_pressure: Number = 2.0, 0.0..=6.0 Uniform, Assumed("full books attract");
        /// Use of capacity over plan beyond which, and below whose inverse, starts follow no further.
        most_pressure: Fold = 3.0, 2.0..=5.0 Uniform, Assumed("far outside what is seen: it keeps an exponent within bounds");
        /// Size of a starting agency over the average.
        starting_size: Ratio = 0.15, 0.1..=0.5 Triangular, Assumed("small at first");
        /// Reserves of a starting agency over those of an established one, for its size.
        starting_reserves: Ratio = 3.0, 1.0..=6.0 Triangular, Assumed("founders put money in, and wait");
        /// Share of those looking for care work that one starting agency can take on.
        starter_share: Share = 0.3, 0.1..=0.6 Uniform, Assumed("others recruit too");
        /// Smallest hours a week an agency staffs for.
        least_agency_hours: HoursAWeek = 60.0, 30.0..=120.0 Uniform, Assumed("below it there is no rota");
        /// Share of agencies that want to grow.
        wants_growth_agency: Share = 0.4, 0.2..=0.7 Triangular, Assumed("not all do");
        /// Capacity beyond present hours that an agency that wants to grow staffs for.
        growth: Share = 0.04, 0.0..=0.1 Uniform, Assumed("a step ahead of demand");
        /// Share of the hours turned away that an agency staffs for.
        staffs_for: Share = 0.7, 0.3..=1.0 Uniform, Assumed("winners grow into their frameworks");
        /// Contracted price over unit cost from which more contracted work is staffed for.
        worth_growing_for: Ratio = 0.9, 0.8..=1.1 Uniform, Assumed("overheads are shared by more hours");
        /// Spread of pay between agencies.
        pay_spread: Number = 0.04, 0.02..=0.08 Uniform, Assumed("close to the wage floor");
        /// Spread of agencies' flexibility by nature.
        flexibility_spread: Deviations = 1.0, 1.0..=1.0 Uniform, Assumed("the unit of the scale");
        /// Flexibility lost for each unit of the logarithm of size.
        flexibility_size: Deviations = 0.15, 0.0..=0.6 Claim { none: 0.0, believer: (0.2, 0.6), sceptic: (0.0, 0.2) }, Assumed("the source's claim that small is flexible");
        /// Rootedness of an agency of average size.
        rooted_agency: Share = 0.45, 0.3..=0.6 Triangular, Assumed("half way on its own scale");
        /// Spread of rootedness between agencies of one size.
        rooted_spread: Number = 0.05, 0.0..=0.15 Uniform, Assumed("agencies differ");
        /// Rootedness lost for each unit of the logarithm of size.
        rooted_size: Share = 0.05, 0.0..=0.2 Claim { none: 0.0, believer: (0.08, 0.2), sceptic: (0.0, 0.08) }, Assumed("the source's claim that large organisations move away from their communities");
        /// How much quality adds to formal assurance.
        assurance_quality: Number = 0.1, 0.0..=0.3 Uniform, Assumed("registration is most of it");
        /// Most by which a provider stands out on any term, in standard deviations.
        term_limit: BoundInDeviations = 3.0, 2.0..=4.0 Uniform, Assumed("somebody quite unlike the rest is still judged on a bounded scale");
        /// Smallest standard deviation by which a term is scaled.
        least_term_sd: Number = 0.02, 0.01..=0.05 Uniform, Assumed("where providers hardly differ nothing should be made of it");
        /// Loss, as a share of revenue, at which a provider squeezes all it can.
        full_squeeze: Share = 0.15, 0.08..=0.3 Uniform, Assumed("a month's loss of a sixth");
        /// Quality lost under a full squeeze, in standard deviations.
        squeeze_quality: Deviations = 1.0, 0.3..=2.0 Triangular, Assumed("shorter visits, fewer supervisors");
        /// Pay lost under a full squeeze.
        squeeze_pay: Share = 0.06, 0.0..=0.12 Triangular, Assumed("down to the wage floor");
        /// How fast squeezing bites, a month.
        squeeze_pace: ShareAMonth = 0.2, 0.1..=0.4 Uniform, Assumed("a season");
        /// Share of local spending that a fully rooted supporter spends again locally.
        retained_rooted: Share = 0.63, 0.5..=0.75 Triangular, Measured("E0266");
        /// Share of local spending that a rootless supporter spends again locally.
        retained_rootless: Share = 0.4, 0.3..=0.5 Triangular, Measured("E0266");
        /// Price of an hour of a personal assistant, all in, over the contracted price.
        assistant_price: Ratio = 0.82, 0.7..=0.95 Triangular, Estimated("E0010, E1728 (unverified): pay 1.04 of a care worker's, with the employer's on-costs and no overhead");
        /// Share of an assistant's years that end in a year.
        assistant_turnover: ShareAYear = 0.19, 0.17..=0.22 Triangular, Measured("E0004, E0011");
        /// Flexibility of a personal assistant, in standard deviations of agencies.
        assistant_flexibility: Deviations = 0.5, 0.0..=2.0 Claim { none: 0.0, believer: (1.0, 2.0), sceptic: (0.0, 0.5) }, Assumed("the claim that an employee does what one asks");
        /// Share of people who would employ somebody at all.
        would_employ: Share = 0.45, 0.3..=0.7 Triangular, Estimated("E0002, E0008: 30 to 32% of direct-payment holders do");
        /// What employing somebody takes off an offer, in standard deviations.
        employing_effort: Deviations = 0.3, 0.0..=1.0 Triangular, Assumed("recruiting, holidays, sickness");
        /// Hours at home that the council's own service gives, of all, where it has one.
        in_house_share: Share = 0.06, 0.03..=0.12 Triangular, Estimated("E0345: 7.9% of council hours");
        /// Share of the council's own care workers who leave in a year.
        in_house_turnover: ShareAYear = 0.14, 0.12..=0.18 Triangular, Estimated("E1187-E1210");
    }

    "Care workers" {
        /// Share of agencies' care workers who leave in a year at usual pay.
        turnover: ShareAYear = 0.3, 0.28..=0.39 Triangular, Measured("E0244, E0246, E0248, E0121");
        /// Highest share who leave in a year.
        most_turnover: ShareAYear = 0.8, 0.6..=0.95 Uniform, Assumed("a bound");
        /// How strongly turnover falls with pay: log turnover for doubling pay.
        turnover_pay: Number = 3.0, 1.0..=6.0 Triangular, Estimated("E0124: 2.4 times for all five factors of a good job, of which pay is one");
        /// People looking for care work over those in it, in an ordinary month.
        looking_share: Share = 0.06, 0.03..=0.1 Triangular, Assumed("enough for vacancies of 7 to 11% to open and close");
        /// Share of the gap to the ordinary number looking that closes each month.
        labour_returns: ShareAMonth = 0.35, 0.15..=0.6 Triangular, Assumed("people come and go from other work");
        /// Share of leavers who look for other care work.
        stays_in_care: Share = 0.67, 0.55..=0.8 Triangular, Measured("E0246");
        /// Fastest hiring of one agency, over its staff, a month.
        fastest_hiring: ShareAMonth = 0.08, 0.04..=0.15 Uniform, Assumed("checks and training take time");
        /// Share of assistants and founders who would not otherwise do care work.
        labour_additionality: Share = 0.125, 0.0..=0.5 Claim { none: 0.0, believer: (0.25, 0.5), sceptic: (0.0, 0.2) }, Estimated("E0099: 35% of founders in a promoter's survey, an upper bound");
        /// Share of transferred people whose own staff move with them.
        staff_move: Share = 0.6, 0.3..=0.9 Triangular, Assumed("the law moves both; not all go");
    }

    "Tenders" {
        /// Share of eligible agencies that bid for a lot.
        bids: Share = 0.2, 0.1..=0.5 Triangular, Estimated("E0148: 6.4 bidders a competition");
        /// Cost of a bid to the bidder, £.
        bid_cost: Pounds = 5800.0, 3000.0..=10000.0 Triangular, Measured("E0147");
        /// Cost of a tender of one lot to the council, £.
        tender_cost: Pounds = 8000.0, 8000.0..=25000.0 Log, Measured("E0148, a floor");
        /// Cost to the council of evaluating one bid, £.
        tender_bid_cost: Pounds = 500.0, 200.0..=1500.0 Log, Assumed("a day or two of officers' time");
        /// Margin a bidder without rivals would ask, over cost.
        bid_margin: Share = 0.3, 0.1..=0.6 Triangular, Assumed("competition takes most of it");
        /// How much an idle bidder bids below cost: share of cost for all capacity idle.
        bid_idle: Share = 0.1, 0.0..=0.5 Triangular, Assumed("something is better than nothing");
        /// Spread of bids around cost: who misjudges it wins.
        bid_spread: Share = 0.03, 0.0..=0.1 Triangular, Assumed("costs of work not yet done are guessed");
        /// Lowest bid accepted, over the cost of labour.
        bid_floor: Ratio = 1.0, 0.95..=1.1 Uniform, Assumed("the wage floor, and the test for abnormally low bids");
        /// Highest bid accepted, over the average contracted price.
        bid_ceiling: Ratio = 1.1, 1.0..=1.3 Uniform, Assumed("the council's published rate");
        /// Difference of price, as a share of the ceiling, that scores as much as one quality scale.
        price_scale: Share = 0.15, 0.05..=0.3 Uniform, Assumed("how prices are turned into marks");
        /// Difference of quality, in standard deviations, that scores as much as one price scale.
        quality_scale: Deviations = 3.0, 1.5..=5.0 Uniform, Assumed("how quality is turned into marks");
        /// Contracted prices at the start of the burn-in, over the table's.
        first_price: Ratio = 1.0, 1.0..=1.0 Uniform, Assumed("the table's own");
        /// Share of the gap to what is paid under contract that the average price closes each month.
        average_price_follows: ShareAMonth = 0.1, 0.05..=0.3 Uniform, Assumed("rates for budgets are revised yearly");
    }

    "Change" {
        /// Speed at which an announced change spreads, in logits a year, at average culture.
        arrival_pace: Number = 0.8, 0.25..=1.5 Log, Assumed("E0235: an administrative tool spread at 0.25 a year between councils, direct payments at 0.02 to 0.13 (E0322-E0340); within a council that has decided, faster");
        /// Share reached in the month of the announcement.
        arrival_start: Share = 0.05, 0.01..=0.1 Log, Assumed("a pilot");
        /// Share beyond which a change counts as complete.
        arrival_complete: Share = 0.99, 0.95..=1.0 Uniform, Assumed("the last stragglers are not waited for");
        /// How much faster change spreads where the culture is a standard deviation more welcoming, in logs.
        culture_pace: Number = 0.3, 0.0..=0.6 Uniform, Assumed("resistance differs");
        /// How much faster change spreads with full procurement guidance.
        guidance_pace: Share = 0.2, 0.0..=0.8 Claim { none: 0.0, believer: (0.4, 0.8), sceptic: (0.0, 0.2) }, Assumed("the source's claim that guidance frees councils");
        /// How much faster change spreads with full pull of national indicators.
        indicator_pace: Share = 0.2, 0.0..=0.8 Claim { none: 0.0, believer: (0.3, 0.8), sceptic: (0.0, 0.2) }, Assumed("the source's claim that indicators carried Scotland");
    }

    "Learning from peers" {
        /// Share of commissioners who learn from peers at all, where an experiment lets them.
        adaptive_share: Share = 0.5, 0.2..=0.8 Uniform, Assumed("half way: councils' shares of direct payments differ by 11 to 25 points and stay different (E0322-E0340), so many do not do as others do; how many is not known");
        /// Share of the way to a better peer's levers that a commissioner sets out on at one year's meeting; of a rule, the chance of taking it over whole.
        learning_pace: ShareAYear = 0.25, 0.05..=0.5 Uniform, Assumed("E0235: 25% of councils had taken up an administrative tool and 30% more planned to; one such tool over a few years is all there is to go by");
        /// Lead of a peer below which a commissioner leaves its levers alone, in smallest differences worth a decision.
        learning_lead: Number = 1.0, 0.5..=3.0 Uniform, Assumed("who is ahead by less than is worth a decision gives no reason for one");
        /// Distance to a peer's lever below which it is left alone, as a share of the lever's range.
        learning_alike: Share = 0.05, 0.01..=0.15 Uniform, Assumed("nobody starts a programme for what is nearly so already");
        /// Weight of the council's own spending in what a commissioner watches of its own accord; the rest is on hours not delivered.
        watches_spending: Share = 0.5, 0.2..=0.8 Uniform, Assumed("money and waiting are what councils are pressed on; which more is not known");
        /// Weight of the number of people with a budget of their own in what national indicators make a commissioner watch; the rest is on quality of life.
        indicators_count_budgets: Share = 0.5, 0.2..=0.8 Uniform, Assumed("the national framework has both (E0201: self-directed support; quality of life is its first measure) and gives no weights");
        /// Difference in the share of people with a fund or direct payment that weighs as much as one smallest difference worth a decision in other things.
        budgets_step: PartOfWhole = 0.05, 0.02..=0.1 Uniform, Assumed("a few points are what tables of councils show as a change of rank");
    }

    "Community" {
        /// Share of the gap to its resting place that connectedness closes each month.
        connected_returns: ShareAMonth = 0.05, 0.02..=0.15 Log, Assumed("a year or two");
        /// Connectedness that a fully rooted supporter adds over a rootless one.
        rooted_connects: Share = 0.1, 0.0..=0.4 Claim { none: 0.0, believer: (0.15, 0.4), sceptic: (0.0, 0.1) }, Assumed("the source's claim that local support keeps people connected");
        /// Connectedness lost while all hours go undelivered.
        waiting_isolates: Share = 0.15, 0.0..=0.3 Uniform, Assumed("without support people stay in");
    }

    "Audit" {
        /// Looks at a direct payment or fund a year, at full intensity.
        audits_a_year: TimesAYear = 4.0, 1.0..=12.0 Log, Estimated("E0236: first review after twelve weeks, accounts watched monthly");
        /// Weeks of money that may lie unspent.
        weeks_unspent: Weeks = 8.0, 4.0..=12.0 Triangular, Measured("E0134");
        /// How much full audit adds to the hours that managing money takes.
        audit_burden: Share = 0.3, 0.0..=0.6 Triangular, Assumed("receipts and returns");
    }

    "People in more detail" {
        /// Share of people aged 65 and over whose primary reason is physical.
        reason_older_physical: Share = 0.741, 0.7..=0.78 Triangular, Measured("E1459-E1469");
        /// Share of people aged 65 and over whose primary reason is sensory.
        reason_older_sensory: Share = 0.014, 0.01..=0.02 Triangular, Measured("E1459-E1469");
        /// Share of people aged 65 and over whose primary reason is memory and cognition.
        reason_older_memory: Share = 0.134, 0.1..=0.17 Triangular, Measured("E1459-E1469");
        /// Share of people aged 65 and over whose primary reason is a learning disability.
        reason_older_learning: Share = 0.032, 0.02..=0.05 Triangular, Measured("E1459-E1469");
        /// Share of people aged 65 and over whose primary reason is mental health.
        reason_older_mental_health: Share = 0.062, 0.04..=0.08 Triangular, Measured("E1459-E1469");
        /// Share of people aged 65 and over whose primary reason is social.
        reason_older_social: Share = 0.017, 0.01..=0.03 Triangular, Measured("E1459-E1469");
        /// Of people aged 18 to 64 counted with physical disability, the share whose reason is physical.
        reason_working_age_physical: Share = 0.841, 0.8..=0.88 Triangular, Estimated("E1448-E1458: 29.7 of 35.3 points");
        /// Of people aged 18 to 64 counted with physical disability, the share whose reason is sensory.
        reason_working_age_sensory: Share = 0.034, 0.02..=0.05 Triangular, Estimated("E1448-E1458: 1.2 of 35.3 points");
        /// Of people aged 18 to 64 counted with physical disability, the share whose reason is memory and cognition.
        reason_working_age_memory: Share = 0.048, 0.03..=0.07 Triangular, Estimated("E1448-E1458: 1.7 of 35.3 points");
        /// Of people aged 18 to 64 counted with physical disability, the share whose reason is social.
        reason_working_age_social: Share = 0.077, 0.05..=0.1 Triangular, Estimated("E1448-E1458: 2.7 of 35.3 points");
        /// Spread of the share of a person's hours that is personal care.
        personal_care_spread: Number = 0.25, 0.15..=0.4 Uniform, Assumed("some need none and some nothing else");
        /// Fewest hours of support a week.
        least_hours: HoursAWeek = 1.0, 0.5..=2.0 Uniform, Estimated("E0712: 11% have under two hours");
        /// Most hours of support a week at home.
        most_hours: HoursAtHome = 110.0, 80.0..=168.0 Uniform, Assumed("beyond it people are supported otherwise");
        /// Spread of the weights people give, as a share of their means.
        wants_spread: Share = 0.4, 0.2..=0.6 Uniform, Assumed("people differ");
        /// Capacity to manage below which a person is in the low third.
        capacity_low_third: Deviations = -0.28, -0.5..=0.0 Uniform, Estimated("a third of the distribution that the rows on capacity make");
        /// Capacity to manage above which a person is in the high third.
        capacity_high_third: Deviations = 0.68, 0.4..=0.9 Uniform, Estimated("a third of the distribution that the rows on capacity make");
        /// Share of people able to hold money, own capacity and helper's together.
        able_share: Share = 0.7, 0.5..=0.9 Uniform, Estimated("what the rows on capacity make; used for the first month of the burn-in only");
        /// How much a standard deviation of capacity adds to looking for a holder oneself.
        looks_with_capacity: Share = 0.1, 0.0..=0.25 Uniform, Assumed("people without capacity or network look less");
        /// What covering only part of the hours takes off an offer, in standard deviations for covering none.
        cover_weight: Deviations = 1.0, 0.3..=2.0 Uniform, Assumed("one supporter for all of it is simpler");
        /// Standard deviation of hours for the money between offers, as a share.
        hours_deviation: Share = 0.12, 0.08..=0.2 Uniform, Estimated("E0312: tenth to ninetieth percentile of hourly prices, 0.79 to 1.22, is between councils; less within one");
        /// What a mechanism that opens nothing is worth, below the average offer, in standard deviations.
        nothing_found: Deviations = 3.0, 1.5..=5.0 Uniform, Assumed("a right without supply");
        /// Most hours that cheap support buys beyond the plan, as a share of it.
        extra_hours: Share = 0.1, 0.0..=0.25 Uniform, Assumed("the person keeps a saving as hours, up to a point");
        /// Share a month of open wishes to leave that fade.
        wish_fades: ShareAMonth = 0.1, 0.0..=0.25 Uniform, Assumed("people settle for what they have");
        /// Share of people asked survey questions.
        panel_share: Share = 0.125, 0.125..=0.125 Uniform, Assumed("one in eight: a way of counting, it changes no life");
        /// Fewest people asked survey questions in a place.
        panel_least: Count = 400.0, 400.0..=400.0 Uniform, Assumed("a way of counting, it changes no life");
        /// Share who do not want or need choice.
        wants_no_choice: Share = 0.06, 0.05..=0.075 Triangular, Measured("E1307-E1321");
        /// Level, in logits, of having enough choice.
        link_choice_level: Logits = 0.97, 0.8..=1.1 Triangular, Estimated("E1307-E1321: 68.2 of the 94% who want choice");
        /// Slope, in logits, of having enough choice, on good options to hand.
        link_choice: Logits = 0.2, 0.05..=0.4 Triangular, Assumed("one link for everybody");
        /// Good options to hand in the status quo, on which the link is centred.
        options_usual: Count = 1.5, 0.5..=3.0 Uniform, Assumed("what the model gives without tuning");
        /// Good options beyond which more are not felt.
        options_enough: Count = 5.0, 3.0..=8.0 Uniform, Assumed("a handful is enough");
        /// Level, in logits, of having as much control as wanted.
        link_full_control_level: Logits = -0.55, -0.8..=-0.3 Triangular, Estimated("E1510: 36%");
        /// Level, in logits, of having as much social contact as wanted.
        link_contact_level: Logits = -0.2, -0.4..=0.0 Triangular, Estimated("E1402-E1415: 44 to 50%");
        /// Slope, in logits, of having as much social contact as wanted, on connectedness.
        link_contact: Logits = 3.0, 1.5..=5.0 Uniform, Assumed("one link for everybody");
    }

    "Ceilings of hazards" {
        /// Ceiling of the chance a month of dying.
        ceiling_dying: ShareAMonth = 0.08, 0.08..=0.08 Uniform, Assumed("technical: the same candidates in every regime; chances above it are counted");
        /// Ceiling of the chance a month of leaving.
        ceiling_leaving: ShareAMonth = 0.01, 0.01..=0.01 Uniform, Assumed("technical: the same candidates in every regime; chances above it are counted");
        /// Ceiling of the chance a month that need changes.
        ceiling_need_change: ShareAMonth = 0.12, 0.12..=0.12 Uniform, Assumed("technical: the same candidates in every regime; chances above it are counted");
        /// Ceiling of the chance a month that a review falls due.
        ceiling_review: ShareAMonth = 0.12, 0.12..=0.12 Uniform, Assumed("technical: the same candidates in every regime; chances above it are counted");
        /// Ceiling of the chance a month of an emergency admission.
        ceiling_admission: ShareAMonth = 0.2, 0.2..=0.2 Uniform, Assumed("technical: the same candidates in every regime; chances above it are counted");
        /// Ceiling of the chance a month of a move to a care home.
        ceiling_care_home_move: ShareAMonth = 0.05, 0.05..=0.05 Uniform, Assumed("technical: the same candidates in every regime; chances above it are counted");
        /// Ceiling of the chance a month of wishing to leave a supporter.
        ceiling_wish_to_leave: ShareAMonth = 0.09, 0.09..=0.09 Uniform, Assumed("technical: the same candidates in every regime; chances above it are counted");
        /// Ceiling of the chance a month of a safeguarding incident.
        ceiling_incident: ShareAMonth = 0.025, 0.025..=0.025 Uniform, Assumed("technical: the same candidates in every regime; chances above it are counted");
        /// Ceiling of the chance a month that a would-be founder starts.
        ceiling_founding: ShareAMonth = 0.2, 0.2..=0.2 Uniform, Assumed("technical: chances above it are counted");
        /// Ceiling of the chance a month that savings run out.
        ceiling_savings_run_out: ShareAMonth = 0.015, 0.015..=0.015 Uniform, Assumed("technical: the same candidates in every regime; chances above it are counted");
    }

    "Enterprises and ventures" {
        /// Enterprises and ventures at the start for every 1,000 people supported at home.
        enterprises_at_start: PerThousand = 5.0, 2.0..=10.0 Log, Estimated("E0097, E0029, E0102: 30 to 80 in counties with a programme; fewer without");
        /// Would-be founders for every 1,000 people at home.
        founders: PerThousand = 25.0, 10.0..=60.0 Log, Assumed("a finite pool; the county with most reached some 30 for every 1,000");
        /// Share of fully used enterprises that close in a year.
        enterprise_closing: ShareAYear = 0.09, 0.04..=0.2 Triangular, Estimated("E1730 (unverified): three quarters live two years, 0.134 a year with those short of income");
        /// Enterprises that start in a year without catalysts, over those there usually are.
        enterprise_starting: ShareAYear = 0.134, 0.05..=0.25 Triangular, Assumed("as many as close");
        /// How much more often an enterprise without any work closes, as a multiple added.
        closing_low_income: Ratio = 0.8, 0.0..=2.0 Uniform, Assumed("too little income is one reason among others");
        /// Months in which a new enterprise is not yet judged by its income.
        enterprise_settling: Months = 12.0, 6.0..=24.0 Uniform, Assumed("a year to find people");
        /// Hours a week that an enterprise can give.
        enterprise_hours: Count = 15.0, 10.0..=25.0 Triangular, Estimated("E0031: 12.6 given a week, at most of capacity");
        /// Spread of enterprises' hours: standard deviation of the logarithm.
        enterprise_hours_spread: Number = 0.7, 0.4..=1.0 Uniform, Assumed("most are one person part-time");
        /// Most workers of an enterprise.
        enterprise_workers: People = 5.0, 5.0..=5.0 Uniform, Measured("E0026; by definition, up to five workers");
        /// Share of enterprises that want to grow.
        wants_growth_enterprise: Share = 0.1, 0.05..=0.25 Triangular, Measured("E0028");
        /// Growth a month of a full enterprise that wants to grow.
        enterprise_growth: ShareAMonth = 0.03, 0.01..=0.08 Log, Assumed("a worker at a time");
        /// Share that are ventures, largely voluntary.
        venture_share: Share = 0.3, 0.1..=0.5 Uniform, Assumed("the continuum from commercial to voluntary");
        /// Share registered with the national regulator.
        enterprise_regulated: Share = 0.1, 0.03..=0.25 Triangular, Assumed("only some do what must be registered");
        /// Share of unregistered enterprises that give personal care to those who engage them directly.
        enterprise_personal_care: Share = 0.4, 0.1..=0.7 Uniform, Assumed("the exemption is used; how much is not known");
        /// Price of an enterprise's hour over the contracted price.
        enterprise_price: Ratio = 0.8, 0.65..=1.0 Triangular, Estimated("E1731 (unverified), E0020, E0312, E0103: similar or lower");
        /// Price of a venture's hour over the contracted price.
        venture_price: Ratio = 0.5, 0.2..=0.8 Uniform, Assumed("costs and a little");
        /// Distance within which enterprises and ventures work, in neighbourhoods.
        enterprise_reach: Number = 1.0, 0.0..=2.0 Uniform, Assumed("near home");
        /// How much more flexible an enterprise is than an agency, in standard deviations.
        enterprise_flexibility: Deviations = 0.5, 0.0..=2.0 Claim { none: 0.0, believer: (1.0, 2.0), sceptic: (0.0, 0.5) }, Assumed("the source's claim; no comparison was found");
        /// Rootedness of an enterprise or venture.
        rooted_enterprise: Share = 0.5875, 0.45..=1.0 Claim { none: 0.45, believer: (0.8, 1.0), sceptic: (0.45, 0.6) }, Assumed("the source's claim that they keep people connected to their communities");
        /// Share of willing enterprises that could hold a fund.
        enterprise_holds: Share = 0.2, 0.0..=0.5 Uniform, Assumed("few sole traders want to keep others' money");
        /// Share of people who know of enterprises without being told.
        enterprise_known: Share = 0.2, 0.05..=0.4 Triangular, Assumed("they are found by word of mouth; E0032: most of their people pay for themselves");
        /// Share of the hours that people could buy from enterprises that they would.
        buys_small: Share = 0.1, 0.03..=0.3 Log, Assumed("only its ratio to the burn-in's matters");
        /// How starts follow unserved demand: its exponent.
        starts_demand: Number = 0.5, 0.0..=1.0 Uniform, Assumed("founders see that people ask");
        /// Unserved demand, over the usual, below which founders see no difference.
        least_demand_seen: SomeShare = 0.01, 0.01..=0.2 Log, Assumed("keeps a neighbourhood with no unserved hours from having no founders at all");
        /// Unserved demand, over the usual, above which founders see no difference.
        most_demand_seen: Fold = 10.0, 3.0..=20.0 Log, Assumed("nobody counts hours that exactly");
        /// Starts where a place on the framework is needed, over those where the community accredits.
        gate_framework: Ratio = 0.8, 0.2..=1.0 Claim { none: 1.0, believer: (0.2, 0.6), sceptic: (0.8, 1.0) }, Assumed("the source's claim that gates keep enterprises out");
        /// Starts where registration is needed, over those where the community accredits.
        gate_regulated: Ratio = 0.85, 0.4..=1.0 Claim { none: 1.0, believer: (0.4, 0.8), sceptic: (0.9, 1.0) }, Assumed("the source's claim that regulation keeps enterprises out");
        /// How much more often founders start while a catalyst has time for all of them, as a multiple added.
        catalyst_starts: Ratio = 1.5, 0.0..=6.0 Claim { none: 0.0, believer: (3.0, 6.0), sceptic: (0.0, 1.5) }, Assumed("E0097, E0029, E0102 count enterprises where there were programmes, without comparison");
        /// Enterprises that one catalyst can support.
        enterprises_a_catalyst: Count = 200.0, 50.0..=200.0 Triangular, Measured("E0026, a promoter's ceiling");
        /// Enterprises that one catalyst can help to start in a year.
        starts_per_catalyst: Count = 25.0, 13.0..=58.0 Triangular, Measured("E0029, E0097");
        /// Neighbourhoods that one catalyst can work in.
        neighbourhoods_a_catalyst: Count = 15.0, 5.0..=40.0 Log, Assumed("a co-ordinator has to be known where they work: about a district; no source says how far one reaches");
        /// Share of closings that full coverage by catalysts prevents.
        catalyst_survival: Share = 0.125, 0.0..=0.5 Claim { none: 0.0, believer: (0.2, 0.5), sceptic: (0.0, 0.1) }, Assumed("promoters' reports only");
        /// Share of closings that full hosting prevents.
        host_survival: Share = 0.125, 0.0..=0.5 Claim { none: 0.0, believer: (0.2, 0.5), sceptic: (0.0, 0.1) }, Assumed("the source's claim that larger organisations can serve small ones");
        /// Fee of a host, over the price, at full hosting.
        host_fee: Share = 0.08, 0.03..=0.15 Triangular, Assumed("like a holder's fee");
        /// Largest providers that are thought away when fragility is read.
        largest_lost: Count = 3.0, 1.0..=5.0 Uniform, Assumed("a usual depth for such a question: what if the three largest went");
        /// Workers below which nobody covers for an absence.
        covers_itself: People = 1.5, 1.0..=2.0 Uniform, Assumed("two can cover for each other");
        /// Share of a sole trader's hours lost to absence that nobody covers.
        sole_trader_absence: Share = 0.02, 0.0..=0.08 Objection { none: 0.0, believer: (0.0, 0.03), sceptic: (0.03, 0.08) }, Assumed("an objection: about two weeks' illness a year");
        /// Share of founders who draw on support or care for somebody who does, where people are as connected as usual.
        maker_share: Share = 0.15, 0.0..=0.4 Uniform, Assumed("the source says a growing number");
        /// Months from starting to being accredited.
        accreditation_months: Months = 4.0, 1.0..=9.0 Uniform, Assumed("references, training and a visit");
        /// Formal assurance of accreditation, where registration is 1 and nothing 0.
        assurance_accredited: Share = 0.5, 0.2..=0.9 Uniform, Assumed("half way");
        /// Formal assurance that a full specification adds under contract.
        assurance_specified: Share = 0.1, 0.0..=0.3 Uniform, Assumed("each visit is held to a standard");
    }

    "Community capital" {
        /// Social capital of the average neighbourhood at the start, on the scale of monthly formal volunteering doubled.
        social_capital: Share = 0.54, 0.4..=0.6 Triangular, Estimated("E0127: 27% volunteered formally each month in 2014-15, doubled");
        /// Social capital added by each fifth less deprived.
        capital_deprivation: Number = 0.04, 0.0..=0.08 Uniform, Assumed("deprived neighbourhoods start with less; how much is not known");
        /// Spread of social capital between like neighbourhoods.
        capital_spread: Number = 0.08, 0.03..=0.15 Uniform, Assumed("neighbourhoods differ");
        /// How near to either end of its scale the social capital of a neighbourhood comes.
        capital_end: UpToHalf = 0.01, 0.005..=0.05 Log, Assumed("no neighbourhood has none; far outside what is drawn");
        /// Years in which half of a departure from its resting place is gone.
        capital_half_life: Years = 8.0, 3.0..=15.0 Uniform, Assumed("the model's own range");
        /// Outside fall of social capital a year after the fork, in per cent, the same in every world.
        volunteering_falls: PercentAYear = 3.0, 0.0..=6.0 Triangular, Estimated("E0127-E0133: 27% in 2014-15, 16% in 2023-24, part of it a change of method");
        /// Years after the fork in which that fall goes on.
        trend_years: Years = 9.0, 5.0..=15.0 Uniform, Estimated("E0127-E0133: as long as was observed");
        /// Push on social capital a year by doubling rooted hours.
        capital_rooted: Number = 0.05, 0.0..=0.2 Claim { none: 0.0, believer: (0.08, 0.2), sceptic: (0.0, 0.05) }, Assumed("the source's claim that rooted support builds community");
        /// Push on social capital a year by doubling connectedness.
        capital_connected: Number = 0.05, 0.0..=0.2 Claim { none: 0.0, believer: (0.08, 0.2), sceptic: (0.0, 0.05) }, Assumed("the source's claim that connected people carry each other");
        /// Push on social capital a year by £100 a supported person.
        capital_invested: Number = 0.025, 0.0..=0.1 Claim { none: 0.0, believer: (0.04, 0.1), sceptic: (0.0, 0.02) }, Assumed("the source's claim that resources should go to communities; E0116-E0119 have no comparison");
        /// Push on social capital a year of wholly centralised decisions over wholly local ones.
        capital_centralised: Number = 0.05, 0.0..=0.2 Claim { none: 0.0, believer: (0.08, 0.2), sceptic: (0.0, 0.05) }, Assumed("the source's claim that centralisation undermines community");
        /// Push on social capital a year of everybody losing their supporter against their wish.
        capital_forced: Number = 0.075, 0.0..=0.3 Claim { none: 0.0, believer: (0.1, 0.3), sceptic: (0.0, 0.1) }, Assumed("forced change breaks ties");
        /// Connectedness that full social capital adds over none.
        capital_connects: Share = 0.1, 0.0..=0.4 Claim { none: 0.0, believer: (0.15, 0.4), sceptic: (0.0, 0.1) }, Assumed("the source's claim that communities keep people connected");
        /// People who now cope alone and ask, over usual arrivals, for each standard deviation by which felt fit has risen.
        woodwork: Ratio = 0.075, 0.0..=0.3 Objection { none: 0.0, believer: (0.0, 0.05), sceptic: (0.05, 0.3) }, Assumed("an objection: better-liked support is asked for more");
    }

    "Incidents and trust" {
        /// Safeguarding incidents a year for a person with a registered, settled supporter.
        incidents: PerPersonYear = 0.03, 0.01..=0.085 Log, Estimated("E1356-E1368: 0.085 enquiries a long-term client is an upper bound");
        /// Log multiple of incidents where the supporter is accredited and not registered.
        incident_accredited: Number = 0.2, 0.0..=0.8 Objection { none: 0.0, believer: (0.0, 0.2), sceptic: (0.2, 0.8) }, Assumed("an objection: less assurance");
        /// Log multiple of incidents where the supporter is neither.
        incident_unregulated: Number = 0.3, 0.0..=1.2 Objection { none: 0.0, believer: (0.0, 0.3), sceptic: (0.3, 1.2) }, Assumed("an objection: no assurance");
        /// Log multiple of incidents where the supporter works alone.
        incident_isolated: Number = 0.15, 0.0..=0.6 Objection { none: 0.0, believer: (0.0, 0.15), sceptic: (0.15, 0.6) }, Assumed("an objection: nobody sees");
        /// Log multiple of incidents for turnover higher by one.
        incident_turnover: Number = 0.5, 0.0..=1.5 Uniform, Assumed("strangers at the door");
        /// Satisfaction lost by an incident, in standard deviations.
        incident_harm: Deviations = 1.0, 0.3..=2.0 Uniform, Assumed("felt for some months");
        /// What an hour of unpaid care is worth to society, over the price of a contracted hour.
        unpaid_hour: Ratio = 1.0, 0.4..=1.2 Triangular, Estimated("E0312: its replacement, an hour of home care bought by a council; the low end is near what the carer might earn elsewhere, which is assumed");
        /// Cost of an incident to the council, £.
        incident_cost: Pounds = 1500.0, 500.0..=4000.0 Log, Assumed("an enquiry of some days");
        /// Share of what is in a fund that is lost when its holder fails.
        lost_with_holder: Share = 0.3, 0.0..=1.0 Uniform, Assumed("part is recovered");
        /// The council's trust in providers and citizens at average culture.
        trust: Share = 0.5, 0.3..=0.7 Uniform, Assumed("the middle of its scale");
        /// Trust that a standard deviation of more welcoming culture adds.
        culture_trust: Share = 0.08, 0.0..=0.15 Uniform, Assumed("those who welcome change trust more");
        /// Trust that a full relationship everywhere adds over none.
        trust_lasting: Share = 0.3, 0.0..=0.8 Uniform, Assumed("what lasts is trusted");
        /// Trust that full audit takes away over none.
        trust_audit: Share = 0.15, 0.0..=0.4 Uniform, Assumed("the paradox that the source describes: checking breeds distrust");
        /// Share of the gap to its resting place that trust closes each month.
        trust_returns: ShareAMonth = 0.05, 0.02..=0.1 Log, Assumed("a year or two");
        /// Trust lost by one breach for every 1,000 people supported.
        trust_breach: Share = 0.003, 0.0..=0.01 Uniform, Assumed("small and often");
        /// Breaches that one handback counts for.
        handback_breach: Count = 3.0, 1.0..=10.0 Uniform, Assumed("many people at once");
        /// Audit that full distrust adds to what was set, as a share of what is left.
        distrust_audits: Share = 0.2, 0.0..=0.8 Claim { none: 0.0, believer: (0.3, 0.8), sceptic: (0.0, 0.3) }, Assumed("the source's claim that distrust leads to audit");
        /// How much faster change spreads for full trust over none.
        trust_pace: Share = 0.5, 0.0..=1.0 Uniform, Assumed("trust carries change");
        /// Chance a year that a national chain fails.
        chain_fails: ShareAYear = 0.01, 0.002..=0.03 Log, Assumed("a handful in twenty years");
    }

    "What ways cost" {
        /// Cost of checking one direct payment or fund for a year, at full audit, £.
        audit_cost: PoundsAYear = 150.0, 50.0..=400.0 Log, Assumed("a day of an officer's time");
        /// Cost of monitoring one holder of funds for a year, at full audit, £.
        audit_holder_cost: PoundsAYear = 1000.0, 300.0..=3000.0 Log, Assumed("accounts and a visit");
        /// Cost of supporting one direct-payment holder for a year, at full support, £.
        dp_support_cost: PoundsAYear = 250.0, 100.0..=600.0 Log, Assumed("payroll and advice");
        /// Cost of full digital infrastructure a funded person and year, £.
        digital_cost: PoundsAYear = 30.0, 10.0..=100.0 Log, Assumed("licences and support");
        /// Cost of full procurement guidance a funded person and year, £.
        guidance_cost: PoundsAYear = 5.0, 1.0..=20.0 Log, Assumed("legal advice and training");
        /// Cost of full national indicators a funded person and year, £.
        indicator_cost: PoundsAYear = 5.0, 1.0..=20.0 Log, Assumed("returns and audits of them");
        /// Cost of one neighbourhood's team beyond the authority's, where all decisions are local, £ a year.
        team_cost: PoundsAYear = 30000.0, 10000.0..=80000.0 Log, Assumed("most of a post");
        /// Cost of one catalyst a year, £.
        catalyst_cost: PoundsAYear = 50000.0, 35000.0..=80000.0 Triangular, Assumed("a post with on-costs, travel and small grants");
        /// Cost of keeping one enterprise accredited for a year, £.
        accreditation_cost: PoundsAYear = 300.0, 100.0..=1000.0 Log, Assumed("checks, training and a visit");
        /// Cost of the programme that brings a whole change about, a funded person, £.
        programme_cost: Pounds = 120.0, 40.0..=400.0 Log, Assumed("people, systems and legal work for two or three years");
        /// Rules changed, or numbers moved from one end of their range to the other, that make a whole change.
        programme_extent: SomeLevers = 9.0, 4.0..=16.0 Log, Assumed("what the widest package built in changes (community sourcing, 8.9); that a programme costs in proportion is assumed too");
        /// Cost of planning anew with a person who moves to another mechanism under a change, £.
        planning_session_cost: Pounds = 150.0, 50.0..=400.0 Log, Assumed("three or four hours with notes and travel, at somewhat less than the £50 an hour of E1719 (unverified, 2021-22)");
        /// How much dearer neighbourhood teams buy than the authority.
        small_buyer: Share = 0.025, 0.0..=0.1 Objection { none: 0.0, believer: (0.0, 0.02), sceptic: (0.02, 0.1) }, Assumed("an objection: small buyers buy dearer");
        /// Spread between neighbourhood teams' answers to like needs, where all decisions are local.
        different_answers: Share = 0.05, 0.0..=0.2 Objection { none: 0.0, believer: (0.0, 0.05), sceptic: (0.05, 0.2) }, Assumed("an objection: different answers to like needs");
        /// Share of steps down in need that are not given back under a living plan nobody audits.
        plan_creep: Share = 0.1, 0.0..=0.4 Objection { none: 0.0, believer: (0.0, 0.1), sceptic: (0.1, 0.4) }, Assumed("an objection: hours creep up");
        /// Looking for a holder that full national indicators replace by relabelling.
        relabelling: Share = 0.075, 0.0..=0.3 Objection { none: 0.0, believer: (0.0, 0.1), sceptic: (0.1, 0.3) }, Assumed("an objection: what is counted is produced");
        /// Ranks that full rootedness is worth where the community has full weight.
        rooted_ranks: Count = 4.0, 1.0..=10.0 Uniform, Assumed("enough to go before the next winners");
        /// How much cheaper providers bid for a fully guaranteed volume.
        guarantee_discount: Share = 0.06, 0.0..=0.12 Uniform, Assumed("risk has a price");
        /// Share by which full procurement guidance shortens tenders.
        guidance_shortens: Share = 0.2, 0.0..=0.8 Claim { none: 0.0, believer: (0.3, 0.8), sceptic: (0.0, 0.2) }, Assumed("the source's claim that guidance would let councils contract flexibly");
        /// Months of a tender at which as many bid as usual.
        usual_tender_months: Months = 11.0, 8.0..=15.0 Triangular, Measured("E0226-E0229");
        /// Share of winners below which a lot is tendered again before its time.
        fewest_winners: Share = 0.5, 0.25..=0.75 Uniform, Assumed("half the winners gone is a framework in name");
        /// Real growth of care workers' pay after the fork, % a year.
        real_pay_growth: PercentAYear = 1.0, 0.0..=2.5 Triangular, Estimated("E0212: unit costs rose 2.3% a year in real terms from 2015-16");
        /// How strongly overspending slows assessment under a cash limit.
        budget_grip: Number = 2.0, 0.5..=5.0 Uniform, Assumed("finance directors act within the year");
        /// Least assessment under a cash limit, over the usual.
        least_assessment: Share = 0.5, 0.3..=0.8 Uniform, Assumed("the law asks for some");
        /// Most assessment under a cash limit, over the usual.
        most_assessment: Ratio = 1.3, 1.1..=1.5 Uniform, Assumed("staff cannot be had at once");
        /// Uplift a year that is held back where assessment is slowed fully.
        squeezed_uplift: Share = 0.03, 0.0..=0.06 Uniform, Assumed("fees fall behind pay");
    }

    "Appraisal" {
        /// Worth of an hour that people and helpers spend managing money, supporters and audit, £.
        own_hour: PoundsAnHour = 6.0, 2.0..=12.0 Triangular, Assumed("time taken from leisure, below any wage; nobody has valued these hours");
        /// Quality of life in a care home.
        life_care_home: Points = 19.0, 16.0..=21.0 Triangular, Assumed("that of all who draw on services, residents among them (E1322-E1335); no table gives it for care homes alone");
        /// Quality of life outside the service of people who draw on it in one regime and not in another.
        life_outside: Points = 17.0, 12.0..=20.0 Triangular, Assumed("whoever is on the margin copes nearly as well as those who draw on services (19, E1322-E1335); who waits unseen is nearer to the 9 to 10 without any");
    }
}
