//! The ledger: every parameter of the model, declared once.
//!
//! Prices are ratios to another care price of the same year, applied to the
//! place's own contracted hour of 2014-15. Effects claimed by the source, and
//! objections to it, are marked as claims: half the agnostic's weight is at none.

use crate::declare::Grade::{Assumed, Estimated, Measured};
use crate::declare::Shape::{Claim, Log, Triangular, Uniform};
use crate::declare_parameters;
use crate::units::*;

declare_parameters! {
    "Place" {
        /// People at home with council-funded support to a neighbourhood, when a place is divided.
        people_a_neighbourhood: Count = 150.0, 80.0..=300.0 Log, Assumed("about the reach of a local team; no table divides a council's clients by neighbourhood");
        /// How far a council's own spending per client is trusted against England's when its hours are set, since councils book the same support under different headings.
        own_spending_weight: Share = 0.5, 0.0..=1.0 Uniform, Assumed("half way: the age split of home care does not reconcile between councils (data/README.md)");
        /// People who pay for all of their support, as a share of everybody supported at home.
        self_funder_share: Share = 0.26, 0.2..=0.35 Triangular, Measured("E0269");
        /// People who pay for themselves, as a share of care-home residents.
        self_funder_share_care_home: Share = 0.37, 0.264..=0.475 Triangular, Measured("E0270");
        /// Share of self-funders at home who are aged 18 to 64.
        self_funder_working_age: Share = 0.1, 0.02..=0.25 Triangular, Assumed("most people with the means to pay are older");
        /// Spread of neighbourhoods' social capital around the place's, as a standard deviation.
        social_capital_spread: Number = 0.12, 0.05..=0.2 Uniform, Assumed("neighbourhoods differ; no table says how much");
        /// Social capital of the average neighbourhood at the start, on the scale of monthly formal volunteering doubled.
        social_capital: Share = 0.54, 0.4..=0.6 Triangular, Estimated("E0127: 27% volunteered formally each month in 2014-15, placed at 0.54 on a scale of 0 to 1");
        /// Share of neighbourhoods that are rural.
        rural_share: Share = 0.3, 0.1..=0.6 Triangular, Assumed("no table gives where clients live");
        /// Standard deviation, in logits, of what councils' planners tell people of direct payments.
        culture_spread: Logits = 0.9, 0.3..=1.6 Triangular, Assumed("councils' cultures differ lastingly (E0322-E0340: direct-payment shares differ by 11 to 25 points and stay different); how much is due to what people are told is not known");
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
        /// Share of council-funded packages that begin with a stay in hospital.
        hospital_start: Share = 0.326, 0.2..=0.45 Triangular, Measured("E0241");
        /// Chance a month of dying, people of 65 or over living at home with average need.
        dying_older: ShareAMonth = 0.0145, 0.011..=0.02 Triangular, Estimated("E0180-E0183: about 0.33 exits a person and year over all ages and settings; E1733 (unverified) 20% a year");
        /// Chance a month of dying, people aged 18 to 64 with average need.
        dying_working_age: ShareAMonth = 0.0018, 0.001..=0.003 Triangular, Assumed("about ten times the general rate at that age");
        /// How steeply the chance of dying rises with need: the exponent of need over its mean.
        dying_need: Number = 0.5, 0.2..=0.8 Uniform, Assumed("sicker people need more");
        /// Multiple of the chance of dying that care-home residents would have from their need alone; by need at arrival, so the same in every regime.
        leaving_older: ShareAMonth = 0.008, 0.004..=0.015 Triangular, Estimated("E0180-E0183 less deaths and moves to care homes: recovery, moving away, ending support");
        /// Chance a month that a person aged 18 to 64 stops needing support or moves away.
        leaving_working_age: ShareAMonth = 0.007, 0.003..=0.012 Triangular, Estimated("E0180-E0183 less deaths and moves to care homes");
        /// Chance a month that need changes.
        need_change: ShareAMonth = 0.06, 0.03..=0.12 Log, Assumed("less than once a year for most");
        /// Mean step of the logarithm of need when it changes.
        need_drift: Number = 0.03, 0.0..=0.08 Uniform, Assumed("need rises a little with age; nothing measures it within a person");
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
        /// Pull of what happens if nothing else is asked for.
        default_effect: Logits = 0.8, 0.0..=1.2 Triangular, Estimated("E0109: d = 0.68 is 1.23 logits, an upper bound; E1736-E1737 (unverified) near none after correcting for publication bias");
        /// Pull of the mechanism one already has.
        inertia: Logits = 2.0, 1.0..=3.5 Triangular, Assumed("few change in a year");
        /// Weight of the value of the options a mechanism opens.
        options_weight: Number = 0.5, 0.2..=1.0 Triangular, Assumed("utility for each standard deviation of the best offers");
        /// How far extra offers of the same add nothing: 0 counts each in full, 1 none.
        more_of_the_same: Share = 0.6, 0.0..=1.0 Uniform, Assumed("a long list alone does not make a market rich");
        /// Effort of each offer considered.
        effort_per_offer: Number = 0.05, 0.0..=0.15 Uniform, Assumed("the search costs something");
        /// Hours a month that holding a direct payment takes, without support.
        burden_hours: HoursAMonth = 6.0, 2.0..=12.0 Triangular, Assumed("money, people and audit; E0214 and E0162 say only that it is felt");
        /// Hours a month that having an individual service fund takes.
        burden_hours_isf: HoursAMonth = 1.0, 0.2..=3.0 Triangular, Assumed("the holder does most of it");
        /// Dislike of each hour of burden a month for a person of average capacity.
        burden_weight: Number = 0.18, 0.05..=0.4 Triangular, Assumed("with the taste for control it decides who takes a direct payment");
        /// How much more a burden weighs for each standard deviation less of capacity.
        burden_capacity: Number = 0.5, 0.2..=1.0 Triangular, Assumed("the same hour weighs more on those who find it hard");
        /// Share of the burden of a direct payment that full support lifts.
        support_lifts: Share = 0.5, 0.2..=0.8 Triangular, Assumed("payroll, recruitment and accounts are about half of it");
        /// Share that full digital infrastructure lifts from the burden.
        digital_lifts: Share = 0.2, 0.0..=0.4 Claim { none: 0.0, believer: (0.2, 0.4), sceptic: (0.0, 0.1) }, Assumed("the source's claim that the internet makes individual funding easy");
        /// Mean wish to be in control.
        control_taste: Number = 0.0, -0.5..=0.5 Triangular, Assumed("as many shun control as seek it");
        /// Spread of the wish to be in control.
        control_taste_spread: Number = 1.0, 0.5..=1.5 Triangular, Assumed("people differ");
        /// Control that a direct payment gives over council-arranged support.
        control_direct_payment: Number = 1.0, 0.5..=1.5 Triangular, Assumed("the unit of the scale");
        /// Control that an individual service fund gives over council-arranged support.
        control_isf: Number = 0.6, 0.2..=1.0 Triangular, Assumed("less than holding the money oneself");
        /// Capacity, own and helper's, that a direct payment takes, in standard deviations.
        capacity_needed: Deviations = 0.0, -0.5..=0.5 Triangular, Assumed("the zero of the scale on which capacity is measured");
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
        match_seen: Share = 0.4, 0.0..=0.7 Claim { none: 0.0, believer: (0.3, 0.7), sceptic: (0.0, 0.3) }, Assumed("ρ: at 0 choosing is worth no more than being allocated");
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
        individual_price_gap: Share = 0.3, 0.0..=1.0 Claim { none: 0.0, believer: (0.0, 0.3), sceptic: (0.3, 1.0) }, Assumed("an objection: one buyer has less power than a council; the gap is not measured");
    }

    "Delivery" {
        /// Growth of a relationship each month towards its full strength.
        relationship_growth: ShareAMonth = 0.12, 0.05..=0.25 Log, Assumed("half way in five or six months");
        /// Weight of a full relationship in felt fit, in standard deviations.
        relationship_weight: Deviations = 0.5, 0.2..=1.0 Triangular, Assumed("E0113 gives direction only");
        /// Share of a relationship lost when the worker leaves.
        worker_leaving: Share = 0.7, 0.4..=1.0 Triangular, Assumed("some of it is with the organisation");
        /// Being able to choose, felt in itself, in standard deviations of fit.
        autonomy: Deviations = 0.15, -0.1..=0.4 Claim { none: 0.0, believer: (0.1, 0.4), sceptic: (-0.1, 0.1) }, Assumed("the source's claim that choice is good in itself; harm included (E0214: older people found it harder)");
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
        fit_gain: Share = 0.05, 0.0..=0.12 Claim { none: 0.0, believer: (0.04, 0.12), sceptic: (0.0, 0.04) }, Assumed("φ: E0349-E0354 find councils differ by 7% of the gain");
        /// Quality of life lost for each weighted hour a month of managing money.
        worry: Points = 0.03, 0.0..=0.12 Claim { none: 0.0, believer: (0.0, 0.03), sceptic: (0.03, 0.12) }, Assumed("E0214, E0105: older people found it harder and gained nothing");
        /// Slope, in logits, of saying one is extremely or very satisfied, on satisfaction.
        link_satisfied: Logits = 0.8, 0.4..=1.2 Triangular, Assumed("one link for everybody");
        /// Level, in logits, of saying one is extremely or very satisfied.
        link_satisfied_level: Logits = 0.62, 0.4..=0.9 Triangular, Estimated("E1259-E1272: 68% at 18-64 and 62% at 65 and over");
        /// Slope, in logits, of having enough control, on satisfaction.
        link_control: Logits = 0.5, 0.2..=0.9 Triangular, Assumed("one link for everybody");
        /// Level, in logits, of having enough control over daily life.
        link_control_level: Logits = 1.25, 1.0..=1.6 Triangular, Estimated("E0190, E0191: 81% and 75%");
        /// Logits of having enough control that having picked one's supporter adds.
        link_control_picked: Logits = 0.2, 0.0..=0.6 Claim { none: 0.0, believer: (0.2, 0.6), sceptic: (0.0, 0.2) }, Assumed("the source's claim that choosing is control");
        /// Share of eligible people's family who make up for hours not delivered.
        families_fill: Share = 0.4, 0.2..=0.7 Triangular, Assumed("part of what nobody delivers falls to families");
        /// How much connectedness adds to unpaid help, as a share of it, from none to full.
        community_limits_demand: Share = 0.2, 0.0..=0.5 Claim { none: 0.0, believer: (0.2, 0.5), sceptic: (0.0, 0.1) }, Assumed("the source's claim that community limits the demand for services; E0116-E0119 have no comparison");
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
        crisis_fit: Number = -0.01, -0.05..=0.02 Claim { none: 0.0, believer: (-0.05, -0.02), sceptic: (-0.01, 0.02) }, Assumed("E0115: continuity of primary care, hazard ratio 0.94 (0.92-0.96), is the nearest there is");
        /// Log hazard of crisis for a full relationship over none.
        crisis_continuity: Number = -0.06, -0.15..=0.02 Claim { none: 0.0, believer: (-0.15, -0.05), sceptic: (-0.05, 0.02) }, Assumed("E0115, E0113-E0114: direction and a bound from other settings");
        /// Log hazard of crisis for full connectedness over none.
        crisis_connection: Number = -0.08, -0.3..=0.05 Claim { none: 0.0, believer: (-0.3, -0.1), sceptic: (-0.05, 0.05) }, Assumed("associations only");
    }

    "Switching" {
        /// Chance a month of wishing to leave, at average satisfaction.
        wish_to_leave: ShareAMonth = 0.012, 0.005..=0.03 Log, Assumed("about one in seven a year");
        /// Log hazard of wishing to leave for each standard deviation less of satisfaction.
        wish_dissatisfied: Number = 0.8, 0.3..=1.5 Triangular, Assumed("the unhappy leave");
        /// Share of wishes to leave that go ahead a month in council-managed support, while somewhere else has room.
        leave_managed: ShareAMonth = 0.35, 0.15..=0.6 Triangular, Assumed("the council must be asked and brokerage found: two or three months");
        /// Share of wishes to leave that go ahead a month where the person holds or directs the budget.
        leave_own: ShareAMonth = 0.6, 0.3..=0.9 Triangular, Assumed("notice must be given: one or two months");
        /// How much better another offer must look before one leaves for it, in standard deviations.
        leaving_threshold: Deviations = 0.3, 0.0..=0.8 Uniform, Assumed("the devil one knows");
    }

    "Providers" {
        /// Council-bought hours a week for each agency of a place.
        hours_an_agency: HoursAWeek = 168.0, 168.0..=168.0 Uniform, Assumed("placeholder");
    }
}
