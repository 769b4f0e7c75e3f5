//! What is counted: the place and everybody's state each month, groups' each quarter;
//! months and years are closed.

mod fragility;
mod states;

use super::Month;
use super::offers;
use super::rings::remembered;
use super::world::{
    Arrangement, Kinds, MONTHS_A_YEAR, Person, Provider, ProviderKind, Stage, World,
};
use crate::levers::{Levers, Mechanism, Procurement};
use crate::metrics::{Histogram, Metric};
use crate::outcomes::{Stratum, Tally};
use states::States;

/// Counts the month.
pub fn counts(world: &mut World, month: &Month<'_>) {
    whole_place(world, month);
    let mut everyone = States::of_care_homes(world.in_care_homes());
    let mut lived = vec![Lived::default(); Stratum::ALL];
    let anniversary = (-month.number).rem_euclid(MONTHS_A_YEAR) as u8;
    for person in world.in_care_homes() {
        lived[person.stratum.0 as usize].in_care_homes += 1;
    }
    for person in &mut world.people[..world.homes] {
        lived[person.stratum.0 as usize].takes_in(person);
        if month.reads.states {
            everyone.takes_in(person);
        } else {
            everyone.takes_in_fit(person);
        }
        if person.anniversary == anniversary && is_counted(person) {
            a_year_on(person, &world.providers, &mut world.tally);
        }
    }
    if month.reads.states {
        for (metric, [first, second]) in everyone.sums() {
            world.tally.add_whole(metric, first, second);
        }
    }
    world.felt_lately = everyone.mean_fit();
    for (stratum, lived) in lived.iter().enumerate() {
        lived.is_counted(&mut world.tally, Stratum(stratum as u8));
        world.counts.citizen_months += u64::from(lived.in_care_homes + lived.at_home);
    }
    if month.number.rem_euclid(3) == 0 {
        if month.number <= 0 {
            states::are_usual(world);
        }
        if month.reads.groups {
            states::of_groups(world);
        }
        if month.reads.fragility {
            fragility::is_read(world, month);
        }
    }
    if month.number.rem_euclid(6) == 0 && month.reads.panel {
        ask_panel(world, month);
    }
    world.outcomes.close_month(&mut world.tally);
    if month.closes_year() {
        close_year(world, month);
    }
}

/// Months lived by the people of one stratum.
#[derive(Clone, Default)]
struct Lived {
    in_care_homes: u32,
    at_home: u32,
    life: f64,
}

impl Lived {
    #[inline(always)]
    fn takes_in(&mut self, person: &Person) {
        // Quicker than to guess who is.
        let counted = is_counted(person);
        self.at_home += u32::from(counted);
        self.life += f64::from(person.life) * f64::from(u8::from(counted));
    }

    /// Adds it to what flows of people at home are held against.
    fn is_counted(&self, tally: &mut Tally, stratum: Stratum) {
        let year = 1.0 / f64::from(MONTHS_A_YEAR);
        tally.live(stratum, f64::from(self.in_care_homes + self.at_home));
        for metric in [
            Metric::EmergencyAdmissions,
            Metric::CareHomeMoves,
            Metric::Incidents,
            Metric::SupportersLost,
        ] {
            tally.add(stratum, metric, 0.0, f64::from(self.at_home) * year);
        }
        tally.add(stratum, Metric::PerScrqolYear, 0.0, self.life / 24.0 * year);
    }
}

/// Whether somebody is in the averages: not before they are found eligible or supported.
fn is_counted(person: &Person) -> bool {
    (person.stage != Stage::Asked) | person.main.exists()
}

/// What became of the supporter of twelve months ago.
fn a_year_on(person: &mut Person, providers: &[Provider], tally: &mut Tally) {
    let now = if person.main.exists() {
        remembered(&providers[person.main.provider as usize])
    } else {
        0
    };
    // Of those supported then and supported now.
    if person.anchor != 0 && now != 0 {
        let same = f64::from(u8::from(person.anchor == now));
        for (metric, share) in [
            (Metric::LostSupporter, f64::from(u8::from(person.lost))),
            (Metric::Continuity, same),
            (Metric::ContinuityWorker, person.main.same_worker()),
        ] {
            tally.add(person.stratum, metric, share, 1.0);
        }
    }
    person.anchor = now;
    person.lost = false;
    person.main.worker = Arrangement::SAME_WORKER;
}

/// The market as a whole.
fn whole_place(world: &mut World, month: &Month<'_>) {
    let p = month.p;
    let (mut total, mut squares, mut spent, mut kept) = (0.0, 0.0, 0.0, 0.0);
    for provider in world.providers.iter().filter(|provider| provider.open) {
        let hours: f64 = provider.sold.iter().sum();
        total += hours;
        squares += hours * hours;
        spent += provider.revenue;
        kept += provider.revenue
            * (p.retained_rootless + (p.retained_rooted - p.retained_rootless) * provider.rooted);
    }
    let supported = world.census.supported;
    let small = world.providers.iter().filter(|p| p.open && p.is_small_and_local()).count() as f64;
    let (mut small_hours, mut assistants) = (0.0, 0.0);
    for provider in world.providers.iter().filter(|provider| provider.open) {
        let hours: f64 = provider.sold.iter().sum();
        if provider.is_small_and_local() {
            small_hours += hours;
        } else if provider.kind == ProviderKind::Assistant {
            assistants += hours;
        }
    }
    livelihoods(world);
    world.tally.add_whole(Metric::EnterprisesPer1000, small * 1000.0, supported);
    world.tally.add_whole(Metric::ShareSmallHours, small_hours, total);
    world.tally.add_whole(Metric::ShareAssistantHours, assistants, total);
    let capital = world.social_capital();
    world.tally.add_whole(Metric::SocialCapital, capital, 1.0);
    world.tally.add_whole(Metric::Trust, world.commissioner.trust, 1.0);
    world.tally.add_whole(Metric::RealAudit, world.audit_now, 1.0);
    if total > 0.0 {
        world.tally.add_whole(Metric::Concentration, squares / (total * total), 1.0);
    }
    world.tally.add_whole(Metric::LocalRetention, kept, spent);
}

/// Who lives by rooted support, and on what.
fn livelihoods(world: &mut World) {
    let (mut workers, mut new, mut earned) = (0.0, 0.0, 0.0);
    for provider in world.providers.iter().filter(|provider| provider.open) {
        if provider.is_small_and_local() || provider.kind == ProviderKind::Assistant {
            workers += provider.staff;
            new += provider.staff * provider.additional;
            earned += provider.revenue;
        }
    }
    let supported = world.census.supported;
    world.tally.add_whole(Metric::Livelihoods, workers * 1000.0, supported);
    world.tally.add_whole(Metric::LivelihoodsNew, new * 1000.0, supported);
    let years = workers / f64::from(MONTHS_A_YEAR);
    world.tally.add_whole(Metric::LivelihoodsPay, earned, years);
}

/// Asks the panel twice a year what they know, could have and say.
fn ask_panel(world: &mut World, month: &Month<'_>) {
    let p = month.p;
    let year_ends = month.closes_year();
    for index in 0..world.homes {
        let person = &world.people[index];
        if !person.on_panel || person.stage != Stage::AtHome {
            continue;
        }
        let stratum = person.stratum;
        let good = good_options(world, index, month.reaching_whom(person.key), month);
        world.tally.add(stratum, Metric::GoodOptions, f64::from(good), 1.0);
        let person = &world.people[index];
        if !(person.main.exists() && month.reads.survey) {
            continue;
        }
        let content = f64::from(person.satisfaction) - world.centres.fit;
        let picked = f64::from(u8::from(person.main.picked));
        let says = |level: f64| 1.0 / (1.0 + libm::exp(-level));
        let satisfied = says(p.link_satisfied_level + p.link_satisfied * content);
        let control =
            says(p.link_control_level + p.link_control * content + p.link_control_picked * picked);
        let wanted = says(
            p.link_full_control_level + p.link_control * content + p.link_control_picked * picked,
        );
        let contact = says(
            p.link_contact_level + p.link_contact * (f64::from(person.connected) - p.connectedness),
        );
        let enough = (1.0 - p.wants_no_choice)
            * says(
                p.link_choice_level
                    + p.link_choice * (f64::from(good).min(p.options_enough) - p.options_usual)
                    + p.link_control_picked * picked,
            );
        for (metric, share) in [
            (Metric::SurveySatisfied, satisfied),
            (Metric::Control, control),
            (Metric::SurveyControl, wanted),
            (Metric::SurveyContact, contact),
            (Metric::SurveyEnoughChoice, enough),
        ] {
            world.tally.add(stratum, metric, share, 1.0);
        }
        if year_ends {
            let suits = world.people[index].main.suits;
            let matched = well_matched(world, index, f64::from(suits));
            if let Some(matched) = matched {
                world.tally.add(stratum, Metric::WellMatched, f64::from(u8::from(matched)), 1.0);
            }
        }
        answers(world, index, enough, month);
    }
}

/// Which answer about choice a person gives, and the sums of those who give it.
fn answers(world: &mut World, index: usize, enough: f64, month: &Month<'_>) {
    let person = &world.people[index];
    let latent = world.facts.luck.arriving.uniform_of(person.key, 4);
    let answer = if latent < month.p.wants_no_choice {
        2
    } else if latent < month.p.wants_no_choice + enough {
        0
    } else {
        1
    };
    let (fit, life) = (f64::from(person.fit), f64::from(person.life));
    let row = world.tally.choice_row(answer);
    row[Metric::Fit as usize][0] += fit;
    row[Metric::Fit as usize][1] += 1.0;
    row[Metric::Scrqol as usize][0] += life;
    row[Metric::Scrqol as usize][1] += 1.0;
}

/// Offers a person knows, may use and could start soon, worth the median arrangement.
fn good_options(world: &mut World, index: usize, levers: &Levers, month: &Month<'_>) -> u32 {
    let person = &world.people[index];
    let kinds = Kinds::of(&person.need);
    let mechanism = person.mechanism;
    let least = world.centres.median_value;
    let plan = person.plan;
    let tendered = levers.procurement == Procurement::Tender
        && matches!(mechanism, Mechanism::Managed | Mechanism::Mixed);
    if tendered {
        // Winners of the lot with room: what the person could be given on asking.
        let hours: f32 = plan.iter().sum();
        let awards = &world.neighbourhoods[person.neighbourhood as usize].awards;
        return awards
            .iter()
            .filter(|award| {
                let offer = world.offer(person, award.provider, kinds, month);
                offer.value - offer.noise >= least
                    && world.would_take(award.provider, hours, super::world::Route::Contract, month)
            })
            .count() as u32;
    }
    let considered = world.considered(index, kinds, month);
    let person = &world.people[index];
    let mut good = 0;
    for (row, covers) in considered.iter() {
        let provider = &world.providers[row as usize];
        let Some(route) = offers::route(provider, mechanism, levers, covers) else {
            continue;
        };
        let hours: f32 = World::covered(&plan, covers).iter().sum();
        if world.would_take(row, hours, route, month) {
            let offer = world.offer(person, row, covers, month);
            good += u32::from(offer.value - offer.noise >= least);
        }
    }
    if mechanism == Mechanism::DirectPayment && person.employs && good < offers::MOST as u32 {
        let offer = world.assistant_offer(person, kinds, month);
        good += u32::from(offer.value - offer.noise >= least);
    }
    good
}

/// Whether the main supporter is among the three that suit best of all working in
/// the place; personal assistants aside.
fn well_matched(world: &World, index: usize, suits: f64) -> Option<bool> {
    let person = &world.people[index];
    let main = &world.providers[person.main.provider as usize];
    if main.kind == ProviderKind::Assistant {
        return None;
    }
    let mut better = 0;
    let rivals = world.providers.iter().filter(|p| p.open && p.kind != ProviderKind::Assistant);
    for provider in rivals {
        if world.facts.luck.pairs.bells(person.key, provider.key)[0] > suits {
            better += 1;
            if better == 3 {
                return Some(false);
            }
        }
    }
    Some(true)
}

/// Closes the year: folds sums into groups; while burning in, renews the means that
/// effects are centred on.
fn close_year(world: &mut World, month: &Month<'_>) {
    if month.number <= 0 {
        renew_centres(world, month);
    }
    match month.year() {
        Some(year) => {
            world.outcomes.close_year(year, &mut world.tally);
            if year + 1 == world.outcomes.years {
                cut_off(world);
            }
        }
        None => world.tally = Tally::default(),
    }
}

/// Spells of waiting still open at the end are cut off.
fn cut_off(world: &mut World) {
    let end = world.month as f32 * super::world::DAYS_A_MONTH;
    for index in 0..world.homes {
        let person = &world.people[index];
        if person.stage != Stage::AtHome {
            continue;
        }
        let (asked, wish, begun) = (person.asked_day, person.wish_day, person.begun);
        if !begun {
            world.spell(index, Histogram::ToSupport, asked, end, false);
        }
        if !wish.is_nan() {
            world.spell(index, Histogram::ToLeave, wish, end, false);
        }
    }
}

/// Last year's means become what effects are centred on.
fn renew_centres(world: &mut World, month: &Month<'_>) {
    let sums = std::mem::take(&mut world.centres.sums);
    if sums.people > 0.0 {
        world.centres.unmet = sums.unmet / sums.people;
        world.centres.connected = sums.connected / sums.people;
    }
    if sums.supported > 0.0 {
        world.centres.fit = sums.fit / sums.supported;
        world.centres.strength = sums.strength / sums.supported;
        world.centres.rooted = sums.rooted / sums.supported;
    }
    if sums.neighbourhoods > 0.0 {
        world.centres.social_capital = sums.social_capital / sums.neighbourhoods;
        world.centres.unserved = sums.unserved / sums.neighbourhoods;
        world.centres.rooted_hours = sums.rooted_hours / sums.neighbourhoods;
        world.centres.forced = sums.forced / sums.neighbourhoods;
    }
    world.scale_terms(month.p, &month.levers);
    let mut values: Vec<f64> = world
        .at_home()
        .iter()
        .filter(|person| person.on_panel && person.stage == Stage::AtHome && person.main.exists())
        .map(|person| {
            let grown =
                if month.s.relationships_grow { f64::from(person.main.strength) } else { 0.0 };
            world.felt(person, month) - month.p.relationship_weight * grown
        })
        .collect();
    values.sort_by(f64::total_cmp);
    if let Some(median) = values.get(values.len() / 2) {
        world.centres.median_value = *median;
    }
}
