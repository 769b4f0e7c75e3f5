//! The ledger's parameters of community: what becomes of neighbourhoods.

/// Adds these rows to those `before` and hands all on to the `next` room.
macro_rules! community {
    ([$next:ident $($then:ident)*] $($before:tt)*) => {
        $next! { [$($then)*] $($before)*

            "Community" {
                /// Share of the gap to its resting place that connectedness closes each month.
                connected_returns: ShareAMonth = 0.05, 0.02..=0.15 Log, Assumed("a year or two");
                /// Connectedness that a fully rooted supporter adds over a rootless one.
                rooted_connects: Share = 0.1, 0.0..=0.4 Claim { none: 0.0, believer: (0.15, 0.4), sceptic: (0.0, 0.1) }, Assumed("the source's claim that local support keeps people connected");
                /// Connectedness lost while all hours go undelivered.
                waiting_isolates: Share = 0.15, 0.0..=0.3 Uniform, Assumed("without support people stay in");
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
        }
    };
}
