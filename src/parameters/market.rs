//! The ledger's parameters of market: who supports, at what cost, and for how long.

/// Adds these rows to those `before` and hands all on to the `next` room.
macro_rules! market {
    ([$next:ident $($then:ident)*] $($before:tt)*) => {
        $next! { [$($then)*] $($before)*

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
                turnover: ShareAYear = 0.287, 0.28..=0.39 Triangular, Calibrated("fitted to scenarios/targets/england.toml; before, measured: E0244, E0246, E0248, E0121; 0.3 before the calibration");
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
        }
    };
}
