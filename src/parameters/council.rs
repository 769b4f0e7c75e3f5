//! The ledger's parameters of council: how councils buy, change, learn and check, and what it costs.

/// Adds these rows to those `before` and hands all on to the `next` room.
macro_rules! council {
    ([$next:ident $($then:ident)*] $($before:tt)*) => {
        $next! { [$($then)*] $($before)*

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

            "Audit" {
                /// Looks at a direct payment or fund a year, at full intensity.
                audits_a_year: TimesAYear = 4.0, 1.0..=12.0 Log, Estimated("E0236: first review after twelve weeks, accounts watched monthly");
                /// Weeks of money that may lie unspent.
                weeks_unspent: Weeks = 8.0, 4.0..=12.0 Triangular, Measured("E0134");
                /// How much full audit adds to the hours that managing money takes.
                audit_burden: Share = 0.3, 0.0..=0.6 Triangular, Assumed("receipts and returns");
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
    };
}
