//! The ledger's parameters of people: who lives in a place, what they need, and what befalls them.

/// Adds these rows to those `before` and hands all on to the `next` room.
macro_rules! people {
    ([$next:ident $($then:ident)*] $($before:tt)*) => {
        $next! { [$($then)*] $($before)*

            "Place" {
                /// People at home with council-funded support to a neighbourhood, when a place is divided.
                people_a_neighbourhood: Count = 150.0, 80.0..=300.0 Log, Assumed("about the reach of a local team; no table divides a council's clients by neighbourhood");
                /// How far a council's own spending per client is trusted against England's when its hours are set, since councils book the same support under different headings.
                own_spending_weight: Share = 0.5, 0.0..=1.0 Uniform, Assumed("half way: the age split of home care does not reconcile between councils (data/README.md)");
                /// People who pay for all of their support, as a share of everybody supported at home.
                self_funder_share: PartOfWhole = 0.247, 0.2..=0.35 Triangular, Calibrated("fitted to scenarios/targets/england.toml; before, measured: E0269; 0.26 before the calibration");
                /// People who pay for themselves, as a share of care-home residents.
                self_funder_share_care_home: PartOfWhole = 0.37, 0.264..=0.475 Triangular, Measured("E0270");
                /// Share of self-funders at home who are aged 18 to 64.
                self_funder_working_age: Share = 0.1, 0.02..=0.25 Triangular, Assumed("most people with the means to pay are older");
                /// Share of neighbourhoods that are rural.
                rural_share: Share = 0.3, 0.1..=0.6 Triangular, Assumed("no table gives where clients live");
                /// Standard deviation, in logits, of what councils' planners tell people of direct payments.
                culture_spread: Logits = 1.54, 0.5..=3.0 Triangular, Assumed("councils' cultures differ lastingly (E0322-E0340: direct-payment shares differ by 11 to 25 points and stay different); how much is due to what people are told is not known; 2.0 before the calibration, which does not clearly move it");
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
                /// Share of people aged 18 to 64 without a learning disability who have regular unpaid help from someone at home.
                helper_household_working_age: Share = 0.428, 0.35..=0.5 Triangular, Measured("E1656");
                /// Share of people with a learning disability who have regular unpaid help from someone at home.
                helper_household_learning: Share = 0.581, 0.5..=0.66 Triangular, Measured("E1655");
                /// Share of people of 65 and over without a learning disability who have regular unpaid help from someone at home.
                helper_household_older: Share = 0.378, 0.3..=0.45 Triangular, Measured("E1658");
                /// Share of people aged 18 to 64 without a learning disability who have regular unpaid help from another household.
                helper_other_working_age: Share = 0.377, 0.3..=0.45 Triangular, Measured("E1668");
                /// Share of people with a learning disability who have regular unpaid help from another household.
                helper_other_learning: Share = 0.317, 0.25..=0.4 Triangular, Measured("E1667");
                /// Share of people of 65 and over without a learning disability who have regular unpaid help from another household.
                helper_other_older: Share = 0.562, 0.48..=0.64 Triangular, Measured("E1670");
                /// Mean capacity to manage a budget oneself of people aged 18 to 64 without a learning disability, in standard deviations above what paperwork takes.
                own_capacity_working_age: Deviations = 0.1, -0.1..=0.3 Triangular, Estimated("E1632: 46.1% cannot do their own paperwork; the normal quantile of that");
                /// Mean capacity to manage a budget oneself of people with a learning disability, in standard deviations above what paperwork takes.
                own_capacity_learning: Deviations = -0.91, -1.1..=-0.7 Triangular, Estimated("E1631: 81.8% cannot do their own paperwork; the normal quantile of that");
                /// Mean capacity to manage a budget oneself of people of 65 and over without a learning disability, in standard deviations above what paperwork takes.
                own_capacity_older: Deviations = -0.19, -0.4..=0.0 Triangular, Estimated("E1634: 57.7% cannot do their own paperwork; the normal quantile of that");
                /// Capacity to manage a budget that a helper at home adds, in standard deviations.
                helper_capacity: Deviations = 1.67, 0.5..=1.8 Triangular, Fitted("fitted to scenarios/targets/england.toml with its range assumed: E1662-E1665: direct payments go with help at home, 57% against 38%; the gate is the helper; 1.1 before the calibration");
                /// Capacity to manage a budget that a helper from another household adds, in standard deviations.
                helper_capacity_other: Deviations = 0.439, 0.0..=0.8 Triangular, Assumed("less than a helper at home: E1674-E1677 show no more outside help among direct-payment holders; 0.3 before the calibration, which does not clearly move it");
                /// Share of council-funded people who pay a charge.
                charged_share: Share = 0.5, 0.3..=0.7 Triangular, Assumed("no figure; total charges are bounded by E-README 15.3% of gross spending over all settings");
                /// Charge for support at home, as a share of the cost of the package, of those who pay one.
                charge_home: Share = 0.15, 0.05..=0.25 Triangular, Assumed("a tenth of gross spending at home comes back in charges");
                /// Charge in a care home, as a share of the price.
                charge_care_home: Share = 0.25, 0.15..=0.35 Triangular, Estimated("total charges are 15.3% of gross spending over all settings (data/england_councils_2014_15.csv)");
                /// Chance a month that a self-funder's savings run out.
                savings_run_out: ShareAMonth = 0.008, 0.003..=0.015 Triangular, Assumed("about a tenth a year");
                /// Mean connectedness of a person at the start.
                connectedness: Share = 0.434, 0.35..=0.55 Triangular, Estimated("E1402-E1415: 44 to 50% have as much social contact as they want; 0.45 before the calibration, which does not clearly move it");
                /// How much less connected people of 65 and over are at the start.
                connectedness_older: Number = 0.0679, 0.0..=0.12 Triangular, Calibrated("fitted to scenarios/targets/england.toml; before, estimated: E1402-E1415: 43 to 44% of people of 65 and over have as much social contact as they want, against 48 to 50% of 18 to 64; 0.06 before the calibration");
                /// Spread of people's connectedness, as a standard deviation.
                connectedness_spread: Number = 0.18, 0.1..=0.25 Uniform, Assumed("most people between a tenth and four fifths");
                /// Arrival slots for each expected arrival: how far arrivals could rise in any regime.
                arrival_ceiling: Ratio = 2.0, 2.0..=2.0 Uniform, Assumed("a technical ceiling, the same in every regime; it changes no result");
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
                link_choice_level: Logits = 1.01, 0.6..=1.4 Triangular, Calibrated("fitted to scenarios/targets/england.toml; before, estimated: E1307-E1321: 68.2 of the 94% who want choice; 0.97 before the calibration");
                /// Slope, in logits, of having enough choice, on good options to hand.
                link_choice: Logits = 0.2, 0.05..=0.4 Triangular, Assumed("one link for everybody");
                /// Good options to hand in the status quo, on which the link is centred.
                options_usual: Count = 1.5, 0.5..=3.0 Uniform, Assumed("what the model gives without tuning");
                /// Good options beyond which more are not felt.
                options_enough: Count = 5.0, 3.0..=8.0 Uniform, Assumed("a handful is enough");
                /// Level, in logits, of having as much control as wanted.
                link_full_control_level: Logits = -0.55, -0.8..=-0.3 Triangular, Estimated("E1510: 36%");
                /// Level, in logits, of having as much social contact as wanted.
                link_contact_level: Logits = -0.0752, -0.4..=0.0 Triangular, Calibrated("fitted to scenarios/targets/england.toml; before, estimated: E1402-E1415: 44 to 50%; -0.2 before the calibration");
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

            "Crisis" {
                /// Emergency admissions a year, people aged 18 to 64 with average need.
                admissions_working_age: PerPersonYear = 0.406, 0.3..=0.55 Triangular, Calibrated("fitted to scenarios/targets/england.toml; before, measured: E0744-E0818; 0.43 before the calibration");
                /// Emergency admissions a year, people of 65 and over with average need.
                admissions_older: PerPersonYear = 0.776, 0.6..=0.9 Triangular, Calibrated("fitted to scenarios/targets/england.toml; before, measured: E0744-E0818; 0.75 before the calibration");
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
        }
    };
}
