//! The ledger's parameters of support: how people come to support, and what it does for them.

/// Adds these rows to those `before` and hands all on to the `next` room.
macro_rules! support {
    ([$next:ident $($then:ident)*] $($before:tt)*) => {
        $next! { [$($then)*] $($before)*

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
                reopened: Share = 0.179, 0.05..=0.3 Uniform, Assumed("most reviews confirm what is there; 0.15 before the calibration, which does not clearly move it");
            }

            "Choosing a mechanism" {
                /// How far below the usual satisfaction is when a review reopens the choice of mechanism, in standard deviations of fit.
                dissatisfied: Deviations = 1.0, 0.5..=2.0 Uniform, Assumed("clearly less content than most; a planner would notice");
                /// Share of what a council means people to be told of their options that reaches them when they are seen; what has reached them they keep.
                telling_reaches: Share = 0.725, 0.1..=1.0 Uniform, Fitted("fitted to scenarios/targets/england.toml with its range assumed: a right is not a take-up: where the law has every option offered, a choice was recorded for 20 and 27% of people in the first years (E0041, E0043), which is a low bound since records lag; 0.5 before the calibration");
                /// Pull of what happens if nothing else is asked for.
                default_effect: Logits = 0.8, 0.0..=1.2 Triangular, Estimated("E0109: d = 0.68 is 1.23 logits, an upper bound; E1736-E1737 (unverified) near none after correcting for publication bias");
                /// How much less planners press a default of council-arranged support, and more any other, for each standard deviation of a culture that welcomes change.
                culture_steers: Logits = 0.558, 0.0..=2.0 Uniform, Fitted("fitted to scenarios/targets/england.toml with its range assumed: councils' shares of direct payments differ lastingly by 11 to 25 points (E0322-E0340), more than what people are told could explain; 0.5 before the calibration");
                /// Share of people who state no wish when everyone is asked and nothing is the default.
                states_no_wish: Share = 0.25, 0.06..=0.6 Triangular, Assumed("more than the 6% who say they want no choice (E1317-E1321), who are among them; E0041, E0043: in Scotland a choice was recorded for 20 and 27% of people in the law's first years, which says more of records than of wishes");
                /// Pull of the mechanism one already has.
                inertia: Logits = 2.77, 1.0..=4.0 Triangular, Assumed("few change in a year; 3.0 before the calibration, which does not clearly move it");
                /// Weight of the value of the options a mechanism opens.
                options_weight: Number = 1.97, 0.5..=3.5 Triangular, Fitted("fitted to scenarios/targets/england.toml with its range assumed: utility for each standard deviation of the best offers; 1.6 before the calibration");
                /// How the weight of the value of options rises with the hours at stake: exponent of hours over the average of 12.
                options_hours: Number = 1.12, 0.0..=2.0 Uniform, Assumed("the effort of choosing is much the same for small packages and large; 1.5 before the calibration, which does not clearly move it");
                /// Share of what assessment tells people that reaches those assessed on leaving hospital.
                told_in_hurry: Share = 0.463, 0.0..=1.0 Triangular, Assumed("discharge leaves little time; 0.25 before the calibration, which does not clearly move it");
                /// How far extra offers of the same add nothing: 0 counts each in full, 1 none.
                more_of_the_same: Share = 0.6, 0.0..=1.0 Uniform, Assumed("a long list alone does not make a market rich");
                /// Effort of each offer considered.
                effort_per_offer: Number = 0.05, 0.0..=0.15 Uniform, Assumed("the search costs something");
                /// Hours a month that holding a direct payment takes, without support.
                burden_hours: HoursAMonth = 4.34, 2.0..=12.0 Triangular, Fitted("fitted to scenarios/targets/england.toml with its range assumed: money, people and audit; E0214 and E0162 say only that it is felt; 4.0 before the calibration");
                /// Hours a month that having an individual service fund takes.
                burden_hours_isf: HoursAMonth = 1.0, 0.2..=3.0 Triangular, Assumed("the holder does most of it");
                /// Dislike of each hour of burden a month for a person of average capacity.
                burden_weight: Number = 0.23, 0.05..=0.4 Triangular, Assumed("with the taste for control it decides who takes a direct payment; 0.22 before the calibration, which does not clearly move it");
                /// Setting a mechanism up, in months of its burden, spread over the time that people draw on support.
                setting_up: Months = 30.1, 2.0..=36.0 Log, Fitted("fitted to scenarios/targets/england.toml with its range assumed: an account, a plan, somebody to employ, and the months until it runs: worth it for years of support, less for a last one; 12.0 before the calibration");
                /// How much more a burden weighs for each standard deviation less of capacity.
                burden_capacity: Number = 0.58, 0.2..=1.0 Triangular, Assumed("the same hour weighs more on those who find it hard; 0.5 before the calibration, which does not clearly move it");
                /// Share of the burden of a direct payment that full support lifts.
                support_lifts: Share = 0.5, 0.2..=0.8 Triangular, Assumed("payroll, recruitment and accounts are about half of it");
                /// Share that full digital infrastructure lifts from the burden.
                digital_lifts: Share = 0.1, 0.0..=0.4 Claim { none: 0.0, believer: (0.2, 0.4), sceptic: (0.0, 0.1) }, Assumed("the source's claim that the internet makes individual funding easy");
                /// Mean wish to be in control.
                control_taste: Number = 0.555, -0.5..=1.0 Triangular, Fitted("fitted to scenarios/targets/england.toml with its range assumed: as many shun control as seek it; 0.0 before the calibration");
                /// Spread of the wish to be in control.
                control_taste_spread: Number = 0.921, 0.5..=1.5 Triangular, Assumed("people differ; 1.3 before the calibration, which does not clearly move it");
                /// Control that a direct payment gives over council-arranged support.
                control_direct_payment: Number = 1.01, 0.5..=1.5 Triangular, Assumed("the unit of the scale; 1.0 before the calibration, which does not clearly move it");
                /// What a package that is a direct payment in part has of the burden and of the control of a whole one.
                mixed_part: Share = 0.316, 0.3..=0.7 Uniform, Fitted("fitted to scenarios/targets/england.toml with its range assumed: half: how the parts divide differs from person to person; 0.5 before the calibration");
                /// Control that an individual service fund gives over council-arranged support.
                control_isf: Number = 0.6, 0.2..=1.0 Triangular, Assumed("less than holding the money oneself");
                /// Capacity, own and helper's, that a direct payment takes, in standard deviations.
                capacity_needed: Deviations = -1.0, -1.0..=0.0 Triangular, Fitted("fitted to scenarios/targets/england.toml with its range assumed: most holders cannot do their own paperwork (E1638: 65%), so the gate is low and helpers open it; -0.4 before the calibration");
                /// Weeks to set up a direct payment.
                direct_payment_lead: Weeks = 6.0, 2.0..=12.0 Triangular, Assumed("E0159 bounds it: 67 days to start of care or first payment in the crisis of 2022");
                /// Weeks to set up an individual service fund.
                isf_lead: Weeks = 5.0, 2.0..=12.0 Triangular, Assumed("much like a direct payment");
                /// How much a peer in the neighbourhood who uses a mechanism adds to knowing of it.
                peer_awareness: Share = 0.234, 0.0..=0.6 Uniform, Assumed("the share that would know if everybody around used it; 0.3 before the calibration, which does not clearly move it");
                /// Pull of a mechanism that all people of one's own age in the neighbourhood have (the link `peer-awareness`).
                peer_example: Logits = 1.81, 0.0..=3.0 Uniform, Fitted("fitted to scenarios/targets/england.toml with its range assumed: seeing people like oneself manage it shows that it can be done; user-led support for direct payments is built on it, and nothing measures it. Below 4 one level of use holds, not several; 1.0 before the calibration");
                /// How much connectedness adds to knowing of a mechanism that the council means to tell everybody of.
                connected_awareness: Share = 0.185, 0.0..=0.3 Uniform, Assumed("the well connected hear of more of what others were told; 0.15 before the calibration, which does not clearly move it");
                /// How much full digital infrastructure adds to knowing of a mechanism that the council means to tell everybody of, people aged 18 to 64.
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
                life_base_working_age: Points = 9.87, 7.0..=12.0 Triangular, Calibrated("fitted to scenarios/targets/england.toml; before, estimated: E1322-E1335 less the gain of E0349-E0354; 9.9 before the calibration");
                /// Quality of life without support, people of 65 and over, of 24.
                life_base_older: Points = 9.26, 7.0..=12.0 Triangular, Calibrated("fitted to scenarios/targets/england.toml; before, estimated: E1322-E1335 less the gain of E0349-E0354; 9.2 before the calibration");
                /// Gain in quality of life from all the hours needed.
                life_gain: Points = 10.5, 8.5..=12.0 Triangular, Estimated("E0349-E0354: 0.405 of the scale, read as the adjusted gain of services, at hours as they are; 10.3 before the calibration, which does not clearly move it");
                /// Share of the hours needed at which about two thirds of the gain is reached.
                life_gain_scale: Share = 0.35, 0.2..=0.6 Triangular, Assumed("the first hours do most");
                /// How much one standard deviation of felt fit changes the gain, as a share of it.
                fit_gain: Share = 0.03, 0.0..=0.12 Claim { none: 0.0, believer: (0.04, 0.12), sceptic: (0.0, 0.04) }, Assumed("φ: E0349-E0354 find councils differ by 7% of the gain");
                /// Quality of life lost for each weighted hour a month of managing money.
                worry: Points = 0.03, 0.0..=0.12 Objection { none: 0.0, believer: (0.0, 0.03), sceptic: (0.03, 0.12) }, Assumed("E0214, E0105: older people found it harder and gained nothing");
                /// Slope, in logits, of saying one is extremely or very satisfied, on satisfaction.
                link_satisfied: Logits = 0.8, 0.4..=1.2 Triangular, Assumed("one link for everybody");
                /// Level, in logits, of saying one is extremely or very satisfied.
                link_satisfied_level: Logits = 0.707, 0.4..=0.9 Triangular, Calibrated("fitted to scenarios/targets/england.toml; before, estimated: E1259-E1272: 68% at 18-64 and 62% at 65 and over; 0.62 before the calibration");
                /// Slope, in logits, of having enough control, on satisfaction.
                link_control: Logits = 0.5, 0.2..=0.9 Triangular, Assumed("one link for everybody");
                /// Level, in logits, of having enough control over daily life.
                link_control_level: Logits = 1.26, 1.0..=1.6 Triangular, Calibrated("fitted to scenarios/targets/england.toml; before, estimated: E0190, E0191: 81% and 75%; 1.25 before the calibration");
                /// Logits of having enough control that having picked one's supporter adds.
                link_control_picked: Logits = 0.15, 0.0..=0.6 Claim { none: 0.0, believer: (0.2, 0.6), sceptic: (0.0, 0.2) }, Assumed("the source's claim that choosing is control");
                /// Share of eligible people's family who make up for hours not delivered.
                families_fill: Share = 0.4, 0.2..=0.7 Triangular, Assumed("part of what nobody delivers falls to families");
                /// How much connectedness adds to unpaid help, as a share of it, from none to full.
                community_limits_demand: Share = 0.125, 0.0..=0.5 Claim { none: 0.0, believer: (0.2, 0.5), sceptic: (0.0, 0.1) }, Assumed("the source's claim that community limits the demand for services; E0116-E0119 have no comparison");
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
        }
    };
}
