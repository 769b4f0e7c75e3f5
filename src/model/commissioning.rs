//! Tenders, awards, uplifts, audits, trust, budget control, and the arrival of change.

use super::Month;
use super::catalysts::employed;
use super::market::{labour_cost, unit_cost};
use super::world::{
    Arrangement, Award, Census, MONTHS_A_YEAR, Person, ProviderKind, ProviderRow, Route,
    WEEKS_A_MONTH, World, who,
};
use crate::levers::{BudgetRule, Levers, Procurement};
use crate::metrics::{Metric, TOTALS};
use crate::parameters::Parameters;

/// The council buys: moves towards what was announced, tenders what has run out, pays
/// what its ways cost, checks budgets, keeps within its own, and learns whom to trust.
pub fn buys(world: &mut World, month: &Month<'_>) {
    change_arrives(world, month);
    let ended = ended(world, month);
    for neighbourhoods in ended {
        contract_ends(world, &neighbourhoods, month);
    }
    pays_guarantees(world);
    pays_for_its_ways(world, month);
    trust_moves(world, month);
    if month.closes_year() {
        uplift(world, month);
        control_budget(world, month);
    }
    follow_average_price(world, month);
}

/// Each announced change spreads by word and example: slow, then fast, then slow; and
/// is paid for as it spreads.
fn change_arrives(world: &mut World, month: &Month<'_>) {
    let p = month.p;
    world.commissioner.arrived.resize(month.announced.len(), 0.0);
    let welcome = libm::exp(p.culture_pace * world.commissioner.culture);
    let helped = 1.0
        + p.guidance_pace * month.levers.procurement_guidance
        + p.indicator_pace * month.levers.national_indicators
        + p.trust_pace * (world.commissioner.trust - p.trust);
    let pace = p.arrival_pace / f64::from(MONTHS_A_YEAR) * welcome * helped.max(0.0);
    let funded = world.census.funded;
    let mut before = world.status_quo().clone();
    for (stage, (from, to)) in month.announced.iter().enumerate() {
        if month.number < *from {
            continue;
        }
        let was = world.commissioner.arrived[stage];
        let mut arrived = if was == 0.0 { p.arrival_start } else { was };
        arrived += pace * arrived * (1.0 - arrived);
        if arrived > p.arrival_complete {
            arrived = 1.0;
        }
        world.commissioner.arrived[stage] = arrived;
        if arrived > was {
            // The more changes, the larger the programme.
            let whole = before.distance(to) / p.programme_extent;
            let spent = p.programme_cost * whole * funded * (arrived - was);
            world.spend_whole(Metric::Change, spent);
        }
        before = to.clone();
    }
}

/// The lot a neighbourhood is part of, when a place is divided into so many.
fn lot_of(neighbourhood: usize, neighbourhoods: usize, lots: f64) -> usize {
    let lots = (lots + 0.5).max(1.0) as usize;
    neighbourhood * lots.min(neighbourhoods) / neighbourhoods
}

/// Neighbourhoods whose framework has run out, by the lots they are tendered in.
fn ended(world: &World, month: &Month<'_>) -> Vec<Vec<usize>> {
    let n = world.neighbourhoods.len();
    let mut lots: Vec<Vec<usize>> = vec![Vec::new(); n];
    for (here, neighbourhood) in world.neighbourhoods.iter().enumerate() {
        if neighbourhood.ends <= month.number {
            lots[lot_of(here, n, month.levers.lots)].push(here);
        }
    }
    lots.retain(|lot| !lot.is_empty());
    lots
}

/// The first frameworks, at the start of the burn-in: contract dates are staggered,
/// so that the fork falls at no special point of the tender cycle.
pub fn first_awards(world: &mut World, p: &Parameters, month: i32) {
    let luck = world.facts.draws.of(crate::draws::Stream::Bid, month);
    let levers = world.status_quo().clone();
    let term = levers.contract_years * f64::from(MONTHS_A_YEAR);
    let n = world.neighbourhoods.len();
    for here in 0..n {
        let lot = lot_of(here, n, levers.lots);
        world.neighbourhoods[here].ends = month + (luck.uniform(lot as u64) * term) as i32;
        let most = levers.awards_per_lot as usize;
        let price = world.facts.place.contracted_hour * p.first_price;
        for row in ranked_by_size(world, &[here]).into_iter().take(most) {
            let provider = &mut world.providers[row as usize];
            provider.contract_price = price;
            provider.lots |= 1 << here;
            let key = provider.key;
            world.neighbourhoods[here].awards.push(Award {
                provider: row,
                key,
                price,
                guaranteed: 0.0,
            });
        }
    }
}

/// Agencies that reach any of some neighbourhoods, the largest first.
fn ranked_by_size(world: &World, neighbourhoods: &[usize]) -> Vec<ProviderRow> {
    let mut rows: Vec<ProviderRow> = (0..world.providers.len() as ProviderRow)
        .filter(|row| {
            let provider = &world.providers[*row as usize];
            provider.open
                && provider.is_agency()
                && neighbourhoods.iter().any(|here| world.reaches(provider, *here as u16))
        })
        .collect();
    rows.sort_by(|a, b| {
        let (a, b) = (&world.providers[*a as usize], &world.providers[*b as usize]);
        b.capacity().total_cmp(&a.capacity()).then(a.key.cmp(&b.key))
    });
    rows
}

/// A contract runs out: it is tendered again, or bought flexibly from now on.
fn contract_ends(world: &mut World, neighbourhoods: &[usize], month: &Month<'_>) {
    let first = neighbourhoods[0];
    let code = u64::from(world.facts.place.code);
    let latent = world.facts.luck.arriving.uniform_of(code, first as u64 + 1);
    let levers = month.reaching(latent).clone();
    let mut before: Vec<ProviderRow> = Vec::new();
    for here in neighbourhoods {
        for award in std::mem::take(&mut world.neighbourhoods[*here].awards) {
            world.providers[award.provider as usize].lots &= !(1 << *here);
            if !before.contains(&award.provider) {
                before.push(award.provider);
            }
        }
    }
    let term = (levers.contract_years * f64::from(MONTHS_A_YEAR)).max(1.0);
    let awards = if levers.procurement == Procurement::Tender {
        tender(world, neighbourhoods, &levers, month)
    } else {
        Vec::new()
    };
    for award in &awards {
        world.providers[award.provider as usize].contract_price = award.price;
    }
    for here in neighbourhoods {
        world.neighbourhoods[*here].ends = month.number + term as i32;
        for award in &awards {
            let provider = &mut world.providers[award.provider as usize];
            if world.facts.between(provider.home, *here as u16) <= world.small_reach
                || provider.kind == ProviderKind::LargeAgency
            {
                provider.lots |= 1 << *here;
                world.neighbourhoods[*here].awards.push(award.clone());
            }
        }
    }
    if levers.procurement == Procurement::Tender && month.s.tenders_move_people {
        for row in &before {
            if awards.iter().all(|award| award.provider != *row) {
                transfer(world, *row, neighbourhoods, month);
            }
        }
    }
    guarantee(world, neighbourhoods, &levers);
    for row in before {
        let provider = &mut world.providers[row as usize];
        if provider.lots == 0 {
            provider.contract_price = 0.0;
            provider.guaranteed = 0.0;
        }
    }
}

/// Months a tender takes; guidance shortens it.
fn tender_months(p: &Parameters, levers: &Levers) -> f64 {
    levers.procurement_months * (1.0 - p.guidance_shortens * levers.procurement_guidance)
}

/// Bids and awards: the best by the council's weights of price and quality, in rank.
fn tender(
    world: &mut World,
    neighbourhoods: &[usize],
    levers: &Levers,
    month: &Month<'_>,
) -> Vec<Award> {
    let p = month.p;
    let lot = neighbourhoods[0] as u64;
    // A short round leaves less time to bid.
    let hurried = (tender_months(p, levers) / p.usual_tender_months).clamp(0.0, 1.0).sqrt();
    let bidders: Vec<ProviderRow> = ranked_by_size(world, neighbourhoods)
        .into_iter()
        .filter(|row| {
            let provider = &world.providers[*row as usize];
            let bids = month.luck.bid.uniform_of(provider.key, lot) < p.bids * hurried;
            provider.capacity() >= levers.turnover_threshold && bids
        })
        .collect();
    let rivals = bidders.len().saturating_sub(1) as f64;
    let ceiling = world.commissioner.average_price * p.bid_ceiling;
    // Neighbourhood teams buy less at a time, and dearer.
    let small_buyer = 1.0 + p.small_buyer * (1.0 - levers.centralisation);
    let safe = 1.0 - p.guarantee_discount * levers.guaranteed_volume;
    let by_price = if month.s.awards_by_quality { levers.price_weight } else { 1.0 };
    let mut scored: Vec<(f64, Award)> = bidders
        .iter()
        .map(|row| {
            let provider = &world.providers[*row as usize];
            let cost = unit_cost(world, provider, month);
            let idle = 1.0 - (provider.used / provider.capacity().max(1e-9)).min(1.0);
            let guess = month.luck.bid.bells(provider.key, lot + 1000)[0];
            let wish = cost
                * (1.0 + p.bid_margin / (1.0 + rivals) - p.bid_idle * idle + p.bid_spread * guess)
                * small_buyer
                * safe;
            let floor = (labour_cost(world, provider, month) * p.bid_floor).min(ceiling);
            let price = wish.clamp(floor, ceiling);
            let cheap = (ceiling - price) / ceiling / p.price_scale;
            let good = provider.quality / p.quality_scale;
            let score = by_price * cheap + (1.0 - by_price) * good;
            (score, Award { provider: *row, key: provider.key, price, guaranteed: 0.0 })
        })
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.key.cmp(&b.1.key)));
    let council = p.tender_cost + p.tender_bid_cost * bidders.len() as f64;
    world.spend_whole(Metric::Procurement, council);
    for row in &bidders {
        world.providers[*row as usize].reserves -= p.bid_cost;
    }
    world.tally.add_whole(Metric::BidderCost, p.bid_cost * bidders.len() as f64, 0.0);
    scored.into_iter().take(levers.awards_per_lot as usize).map(|(_, award)| award).collect()
}

/// Winners are promised a share of the hours now bought here under contract.
fn guarantee(world: &mut World, neighbourhoods: &[usize], levers: &Levers) {
    if levers.guaranteed_volume <= 0.0 || levers.procurement != Procurement::Tender {
        return;
    }
    let mut hours = 0.0;
    for person in world.at_home() {
        if neighbourhoods.contains(&(person.neighbourhood as usize)) {
            for arrangement in world.arrangements(person) {
                if arrangement.exists() && arrangement.route == Route::Contract {
                    hours += f64::from(arrangement.total());
                }
            }
        }
    }
    let winners: Vec<ProviderRow> =
        world.neighbourhoods[neighbourhoods[0]].awards.iter().map(|a| a.provider).collect();
    for row in &winners {
        let each = hours * levers.guaranteed_volume / winners.len() as f64;
        for here in neighbourhoods {
            for award in
                world.neighbourhoods[*here].awards.iter_mut().filter(|a| a.provider == *row)
            {
                award.guaranteed = each / neighbourhoods.len() as f64;
            }
        }
    }
}

/// Adds up what providers have been promised over all their places on frameworks.
fn add_up_guarantees(world: &mut World) {
    for provider in &mut world.providers {
        provider.guaranteed = 0.0;
    }
    for neighbourhood in &world.neighbourhoods {
        for award in &neighbourhood.awards {
            world.providers[award.provider as usize].guaranteed += award.guaranteed;
        }
    }
}

/// Guaranteed hours that nobody used are paid for all the same.
fn pays_guarantees(world: &mut World) {
    add_up_guarantees(world);
    let mut spent = 0.0;
    for provider in &mut world.providers {
        provider.topped_up = 0.0;
    }
    for provider in world.providers.iter_mut().filter(|p| p.open && p.guaranteed > 0.0) {
        let unused = (provider.guaranteed - provider.sold[Route::Contract as usize]).max(0.0);
        let pounds = unused * WEEKS_A_MONTH * provider.contract_price;
        provider.topped_up = pounds;
        spent += pounds;
    }
    if spent > 0.0 {
        world.money.council_for_nothing += spent;
        world.spend_whole(Metric::Guarantees, spent);
    }
}

/// People of an outgoing provider go to the winner with most room, with the staff
/// who serve them where those move too; the law moves both.
fn transfer(world: &mut World, from: ProviderRow, neighbourhoods: &[usize], month: &Month<'_>) {
    let p = month.p;
    let lives_there = |person: &Person| neighbourhoods.contains(&(person.neighbourhood as usize));
    for index in world.in_line(who(world.at_home(), lives_there)) {
        let index = index as usize;
        let here = world.people[index].neighbourhood as usize;
        let all = world.arrangements(&world.people[index]);
        let affected =
            |a: &Arrangement| a.exists() && a.provider == from && a.route == Route::Contract;
        if !all.iter().any(affected) {
            continue;
        }
        let winners = world.neighbourhoods[here].awards.iter().map(|award| award.provider);
        let Some(to) = winners.max_by(|a, b| {
            let (a, b) = (&world.providers[*a as usize], &world.providers[*b as usize]);
            a.room().total_cmp(&b.room()).then(b.key.cmp(&a.key))
        }) else {
            continue;
        };
        let key = world.people[index].key;
        let with_staff = month.luck.day.uniform_of(key, 5) < p.staff_move;
        let main = all[0].provider == from;
        let new_suits =
            world.facts.luck.pairs.bells(key, world.providers[to as usize].key)[0] as f32;
        let mut moved = all;
        for arrangement in moved.iter_mut().filter(|a| affected(a)) {
            let hours = arrangement.promised();
            arrangement.provider = to;
            let outgoing = &mut world.providers[from as usize];
            outgoing.used = (outgoing.used - hours).max(0.0);
            let staff = if with_staff {
                (hours / outgoing.hours_a_worker).min(outgoing.staff)
            } else {
                0.0
            };
            outgoing.staff -= staff;
            let incoming = &mut world.providers[to as usize];
            incoming.used += hours;
            incoming.staff += staff;
            if !with_staff {
                arrangement.strength = 0.0;
                arrangement.worker = 0;
                arrangement.suits = new_suits;
            }
            arrangement.picked = false;
        }
        if main && !with_staff {
            world.loses_supporter(index);
        }
        world.set_arrangements(index, moved);
    }
}

/// What the council's ways cost beside the support itself.
fn pays_for_its_ways(world: &mut World, month: &Month<'_>) {
    let (p, levers) = (month.p, &month.levers);
    let year = f64::from(MONTHS_A_YEAR);
    let Census { funded, direct, funds, .. } = world.census;
    let held = direct + funds;
    let holders = world
        .providers
        .iter()
        .filter(|provider| provider.open && provider.sold[Route::Fund as usize] > 0.0)
        .filter(|provider| world.holds(provider, month))
        .count() as f64;
    let audit = real_audit(world, month);
    world.audit_now = audit;
    world.spend_whole(
        Metric::Audit,
        (p.audit_cost * held + p.audit_holder_cost * holders) * audit / year,
    );
    world.spend_whole(Metric::DpSupport, p.dp_support_cost * direct * levers.dp_support / year);
    let digital = p.digital_cost * funded * levers.digital_infrastructure;
    let guidance = p.guidance_cost * funded * levers.procurement_guidance;
    let indicators = p.indicator_cost * funded * levers.national_indicators;
    world.spend_whole(Metric::Digital, digital / year);
    world.spend_whole(Metric::Change, (guidance + indicators) / year);
    let teams = p.team_cost * world.neighbourhoods.len() as f64 * (1.0 - levers.centralisation);
    let own =
        p.team_cost * world.neighbourhoods.len() as f64 * (1.0 - world.status_quo().centralisation);
    // What teams the place has already are in its assessment costs.
    world.spend_whole(Metric::Teams, (teams - own) / year);
    world.spend_whole(Metric::CommunityInvestment, levers.community_investment * funded / year);
    let mut community = p.catalyst_cost * employed(world, month);
    let accredited = world.providers.iter().filter(|p| p.open && p.accredited).count() as f64;
    community += p.accreditation_cost * accredited;
    world.spend_whole(Metric::Catalysts, community / year);
}

/// How closely spending is really checked: more than was set where there is little trust.
fn real_audit(world: &World, month: &Month<'_>) -> f64 {
    let set = month.levers.audit_intensity;
    let spiral = if month.s.trust_audit_spiral { month.p.distrust_audits } else { 0.0 };
    set + spiral * (1.0 - world.commissioner.trust) * (1.0 - set)
}

/// Trust falls with handbacks, incidents and adversarial ways, rises with relationships
/// that last, and drifts back to the place's own.
fn trust_moves(world: &mut World, month: &Month<'_>) {
    let p = month.p;
    let Census { strength, supported, .. } = world.census;
    let lasting = if supported > 0.0 { strength / supported - world.centres.strength } else { 0.0 };
    let audit = month.levers.audit_intensity - world.status_quo().audit_intensity;
    let commissioner = &mut world.commissioner;
    let base = p.trust + p.culture_trust * commissioner.culture;
    let target = base + p.trust_lasting * lasting - p.trust_audit * audit;
    let breaches = std::mem::take(&mut commissioner.breaches) / supported.max(1.0) * 1000.0;
    commissioner.trust +=
        p.trust_returns * (target - commissioner.trust) - p.trust_breach * breaches;
    commissioner.trust = commissioner.trust.clamp(0.0, 1.0);
}

/// Once a year contracted prices follow pay, and the uplift.
fn uplift(world: &mut World, month: &Month<'_>) {
    let after_fork = month.number > 0;
    let growth = if after_fork { month.p.real_pay_growth / 100.0 } else { 0.0 };
    world.pay_index *= 1.0 + growth;
    let squeeze = if budget_rule(world, month) == BudgetRule::CashLimit {
        month.p.squeezed_uplift * (1.0 - world.commissioner.held_back)
    } else {
        0.0
    };
    let factor = 1.0 + growth + month.levers.fee_uplift / 100.0 - squeeze;
    for provider in world.providers.iter_mut().filter(|provider| provider.open) {
        provider.contract_price *= factor;
        provider.private_price *= 1.0 + growth;
    }
    for neighbourhood in &mut world.neighbourhoods {
        for award in &mut neighbourhood.awards {
            award.price *= factor;
        }
    }
    world.commissioner.average_price *= factor;
}

/// The budget rule that has reached the council: a rule arrives whole, on a keyed day.
fn budget_rule(world: &World, month: &Month<'_>) -> BudgetRule {
    if month.shock.budget_cut > 0.0 {
        // A cut that spending did not have to keep to would be none.
        return BudgetRule::CashLimit;
    }
    let latent = world.facts.luck.arriving.uniform_of(u64::from(world.facts.place.code), 0);
    month.reaching(latent).budget_rule
}

/// The year's spending against the budget: under a cash limit overspending slows
/// assessment and squeezes uplifts, and underspending goes to the backlog.
fn control_budget(world: &mut World, month: &Month<'_>) {
    let p = month.p;
    let commissioner = &mut world.commissioner;
    let spent = std::mem::take(&mut commissioner.spent);
    if month.number <= 0 {
        // What was spent in the last year before the fork is what there is.
        commissioner.budget = spent;
        commissioner.held_back = 1.0;
        return;
    }
    let budget = commissioner.budget * world.pay_index * (1.0 - month.shock.budget_cut);
    let over = if budget > 0.0 { spent / budget - 1.0 } else { 0.0 };
    world.tally.add_whole(Metric::BudgetGap, spent - budget, budget);
    world.commissioner.held_back = match budget_rule(world, month) {
        BudgetRule::Duty => 1.0,
        BudgetRule::CashLimit => (world.commissioner.held_back - p.budget_grip * over)
            .clamp(p.least_assessment, p.most_assessment),
    };
}

/// The average price of a contracted hour follows what is paid under contract.
fn follow_average_price(world: &mut World, month: &Month<'_>) {
    let (mut pounds, mut hours, mut spot, mut bought) = (0.0, 0.0, 0.0, 0.0);
    for provider in world.providers.iter().filter(|p| p.open && p.is_agency()) {
        if provider.contract_price > 0.0 {
            pounds += provider.contract_price * provider.sold[Route::Contract as usize];
            hours += provider.sold[Route::Contract as usize];
        }
        spot += provider.sold[Route::Spot as usize];
        bought += provider.sold[Route::Contract as usize];
    }
    world.tally.add_whole(Metric::SpotShare, spot, spot + bought);
    if hours > 0.0 {
        let average = &mut world.commissioner.average_price;
        *average += month.p.average_price_follows * (pounds / hours - *average);
    }
}

impl World {
    /// Takes a provider off every framework it has a place on; where too few winners
    /// are left a new tender is begun, and takes its time.
    pub fn leave_framework(&mut self, row: ProviderRow, month: &Month<'_>) {
        let lots = std::mem::take(&mut self.providers[row as usize].lots);
        self.providers[row as usize].guaranteed = 0.0;
        if lots == 0 {
            return;
        }
        let again = month.number + tender_months(month.p, &month.levers) as i32;
        let fewest = (month.levers.awards_per_lot * month.p.fewest_winners).max(1.0);
        for neighbourhood in &mut self.neighbourhoods {
            neighbourhood.awards.retain(|award| award.provider != row);
            if (neighbourhood.awards.len() as f64) < fewest {
                neighbourhood.ends = neighbourhood.ends.min(again);
            }
        }
    }

    /// Council spending that is nobody's in particular.
    pub fn spend_whole(&mut self, metric: Metric, pounds: f64) {
        if pounds == 0.0 {
            return;
        }
        self.commissioner.spent += pounds;
        for metric in std::iter::once(metric).chain(TOTALS) {
            self.tally.add_whole(metric, pounds, 0.0);
        }
    }
}
