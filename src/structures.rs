//! Named causal links that `[structure] off = [...]` switches off.

use crate::declare_structures;

declare_structures! {
    /// Unit costs of agencies fall with size.
    scale_economies = "scale-economies";
    /// Rootedness and flexibility fall with the log of an organisation's size.
    rootedness_falls_with_size = "rootedness-falls-with-size";
    /// A provider that loses money cuts pay and quality before it hands back.
    underbidding_starves_quality = "underbidding-starves-quality";
    /// Relationships grow with time, and are broken when staff leave.
    relationships_grow = "relationships-grow";
    /// Unmet hours raise the hazards of crisis.
    unmet_hours_cause_crisis = "waiting-causes-crisis";
    /// Fit lowers the hazards of crisis.
    fit_prevents_crisis = "fit-prevents-crisis";
    /// Connectedness lowers the hazards of crisis.
    connection_prevents_crisis = "connection-prevents-crisis";
    /// Peers who use a mechanism make it known, and are an example.
    peer_awareness = "peer-awareness";
    /// Every offer considered costs effort, and more of the same is worth less.
    choice_overload = "choice-overload";
    /// Connectedness above the usual adds unpaid help and keeps people from needing services.
    community_limits_demand = "community-limits-demand";
    /// People who now cope alone ask for support that is better liked.
    woodwork = "woodwork";
    /// Centralised decisions wear social capital down.
    centralisation_crowds_out = "centralisation-crowds-out";
    /// Where there is little trust there is more audit than was set.
    trust_audit_spiral = "trust-audit-spiral";
    /// Assistants and founders are partly people who would not otherwise do care work.
    labour_additionality = "labour-additionality";
    /// People who draw on support, and their carers, start enterprises.
    makers = "makers";
    /// People choose by what shows of an offer: without it they take one at random.
    choosing_by_what_shows = "choosing-by-what-shows";
    /// A tender is awarded by quality beside price; off, by price alone.
    awards_by_quality = "awards-by-quality";
    /// When a framework is tendered again the people of outgoing providers move.
    tenders_move_people = "tenders-move-people";
    /// A provider stands by its price: what is not bid for is paid at the going rate.
    going_rate = "going-rate";
    /// An agency pays staff and overhead for hours that nobody uses, so one short of work loses money and may close.
    idle_hours_cost = "idle-hours-cost";
    /// Those who can see who suits them choose by it.
    choosers_see_match = "choosers-see-match";
    /// Commissioners move levers towards those of peers who do better.
    peer_learning = "peer-learning";
}
