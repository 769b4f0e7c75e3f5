//! The words for whatever can happen in a life.

use super::super::MONTHS;
use super::super::numbers::shown;
use crate::levers::Mechanism;
use crate::model::world::{Means, Reason, Route, Stage};
use crate::trace::{Citizen, Date, Door, Event, Finding, Standing, Support};

/// A month and year.
pub fn date(date: Date) -> String {
    let month = MONTHS.get(date.month as usize - 1).unwrap_or(&"");
    format!("{month} {}", date.year)
}

/// Hours a week, to a tenth.
fn hours(x: f64) -> String {
    let text = shown(x, Some(1));
    if text == "1.0" { "1.0 hour".to_owned() } else { format!("{text} hours") }
}

fn number(x: f64) -> String {
    shown(x, Some(1))
}

fn pounds(x: f64) -> String {
    format!("£{}", shown(x, Some(0)))
}

/// Some weeks, to the week.
fn weeks(x: f64) -> String {
    match x.round() as u32 {
        0 => "within days".to_owned(),
        1 => "a week".to_owned(),
        n => format!("{n} weeks"),
    }
}

/// So long after something.
fn after(x: f64, what: &str) -> String {
    let weeks = weeks(x);
    if x.round() < 1.0 { format!("{weeks} of {what}") } else { format!("{weeks} after {what}") }
}

fn months(n: u32) -> String {
    if n == 1 { "a month".to_owned() } else { format!("{n} months") }
}

/// A sentence begins with a capital.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(letters).collect::<String>() + "."
    })
}

/// A way to hold the budget, as something to have.
fn budget(mechanism: Mechanism) -> &'static str {
    match mechanism {
        Mechanism::Managed => "support that the council arranges",
        Mechanism::Isf => "an individual service fund",
        Mechanism::DirectPayment => "a direct payment",
        Mechanism::Mixed => "a direct payment for part of it, the council arranging the rest",
        Mechanism::SelfFunded => "paying for it themselves",
    }
}

/// Out of which pocket.
fn paid(route: Route) -> &'static str {
    match route {
        Route::Contract => "under the council's contract",
        Route::Spot => "bought by the council outside its framework",
        Route::Fund => "out of the fund",
        Route::DirectPayment => "out of the direct payment",
        Route::Private => "at their own expense",
    }
}

/// What is left without anybody.
fn without(lost: f64) -> String {
    format!("{} a week had nobody", hours(lost))
}

/// How many hours went with a change of plan.
fn with_hours(arranged: &Option<(f64, f64)>) -> String {
    match arranged {
        Some((from, to)) if (to - from).abs() >= 0.05 => {
            format!(", and the hours arranged went from {} to {}", number(*from), number(*to))
        }
        Some((from, _)) if *from > 0.0 => {
            format!(", and the hours arranged stayed at {}", number(*from))
        }
        _ => String::new(),
    }
}

/// Supporters, one after the other.
fn supporters(supporters: &[Support]) -> String {
    let one = |s: &Support| {
        let since = date(s.since);
        format!("{} a week from {} {}, since {since}", hours(s.hours), s.who.name, paid(s.route))
    };
    let all: Vec<String> = supporters.iter().map(one).collect();
    all.join("; ")
}

fn standing(standing: &Standing) -> String {
    match standing.stage {
        Stage::CareHome => "they were living in a care home".to_owned(),
        Stage::Asked if standing.supporters.is_empty() => {
            "they were waiting to be assessed".to_owned()
        }
        _ if standing.supporters.is_empty() => {
            format!("they had nobody yet for {} a week", hours(standing.planned))
        }
        _ => format!("they had {}", supporters(&standing.supporters)),
    }
}

/// What happened, in a sentence.
pub fn said(event: &Event) -> String {
    let text = match event {
        Event::AtFork(how) => format!("before the regimes part, {}", standing(how)),
        Event::AtEnd(how) => format!("when the run ends, {}", standing(how)),
        Event::Came { door } => match door {
            Door::AsksCouncil => "they asked the council for support",
            Door::LeavesHospital => "on leaving hospital they asked the council for support",
            Door::PaysForThemselves => "they began to look for support at their own expense",
            Door::CareHome => "they went into a care home, at the council's expense",
            Door::CareHomeOwnExpense => "they went into a care home, at their own expense",
        }
        .to_owned(),
        Event::NeedStepped { from, to } => {
            let way = if to > from { "rose" } else { "fell" };
            format!("their need {way} from {} to {} a week", number(*from), hours(*to))
        }
        Event::PlanFollowed { planned, arranged } => {
            let with = with_hours(arranged);
            format!("their plan followed at once, to {} a week{with}", hours(*planned))
        }
        Event::Admitted => "they were taken to hospital in an emergency".to_owned(),
        Event::MovedToCareHome => "they moved into a care home for good".to_owned(),
        Event::Wished { than } => match than {
            Some(who) => format!("they came to wish for somebody other than {}", who.name),
            None => "they came to wish for somebody else".to_owned(),
        },
        Event::SavingsRanOut => "their savings ran out, and they turned to the council".to_owned(),
        Event::Incident { with } => {
            let with = with.as_ref().map_or("their supporter", |who| who.name.as_str());
            format!("there was a safeguarding incident while {with} supported them")
        }
        Event::Died => "they died".to_owned(),
        Event::MovedAway => "they recovered, or moved away".to_owned(),
        Event::Left => "they died, recovered or moved away".to_owned(),
        Event::Assessed { weeks, hours: found } => {
            let after = after(*weeks, "asking");
            format!("they were assessed, {after}, and found eligible for {} a week", hours(*found))
        }
        Event::Reviewed { from, to, arranged } => {
            let way = if to > from { "raised" } else { "lowered" };
            let with = with_hours(arranged);
            format!(
                "a review {way} their plan from {} to {} a week{with}",
                number(*from),
                hours(*to)
            )
        }
        Event::Chose { mechanism, default, first, in_name_only, ready } => {
            let when = if *first { "" } else { "at a review " };
            let what = match (default, mechanism) {
                (true, Mechanism::Managed) => {
                    "left it to the council to arrange support, as is usual".to_owned()
                }
                (true, _) => format!("went along with what is usual, {}", budget(*mechanism)),
                (false, Mechanism::Managed) => "asked the council to arrange support".to_owned(),
                (false, _) => format!("chose {}", budget(*mechanism)),
            };
            let name = if *in_name_only {
                " (in name only: they did not look for who holds it)"
            } else {
                ""
            };
            let ready =
                ready.map_or(String::new(), |ready| format!(", to be set up by {}", date(ready)));
            format!("{when}they {what}{name}{ready}")
        }
        Event::ChangedMind { keeps } => {
            format!("they changed their mind and kept {}", budget(*keeps))
        }
        Event::InForce { mechanism } => match mechanism {
            Mechanism::Managed => "the council took over arranging their support".to_owned(),
            Mechanism::Isf => "their individual service fund was set up".to_owned(),
            Mechanism::DirectPayment => "their direct payment was set up".to_owned(),
            Mechanism::Mixed => {
                "their direct payment for part of the support was set up".to_owned()
            }
            Mechanism::SelfFunded => "they paid for their support themselves".to_owned(),
        },
        Event::CannotBePaid { who, mechanism } => {
            format!(
                "{} had to stop: {} cannot buy its support",
                who.name,
                match mechanism {
                    Mechanism::Managed => "the council's contract",
                    other => budget(*other),
                }
            )
        }
        Event::Started { support, found, weeks } => started(support, *found, *weeks),
        Event::NobodyFound { hours: missing, in_part } => {
            let more = if *in_part { "the other " } else { "" };
            format!("nobody with room was found for {more}{} a week", hours(*missing))
        }
        Event::HoursChanged { by_budget: true, who, from, to } => {
            format!("of {} it bought {} a week, not {}", who.name, hours(*to), number(*from))
        }
        Event::HoursChanged { by_budget: false, who, from, to } => {
            let way = if to > from { "took on more" } else { "gave less" };
            format!("{} {way}: {} a week, from {}", who.name, hours(*to), number(*from))
        }
        Event::CutShort { who, share } => {
            let share = shown(share * 100.0, Some(0));
            format!(
                "{} was short of workers and gave only {share}% of the hours promised",
                who.name
            )
        }
        Event::TakenBack { pounds: x } => {
            format!("an audit took back {} that lay unspent", pounds(*x))
        }
        Event::Returned { pounds: x } => {
            format!("{} left in the budget went back to the council", pounds(*x))
        }
        Event::LostWithHolder { pounds: x } => {
            format!("{} of the fund was lost with its holder", pounds(*x))
        }
        Event::Changed { from, to, by_council, on_setup } => {
            let (from, to) = (&from.name, to.as_ref());
            let to_whom = |to: &Support| {
                format!("{} ({} a week, {})", to.who.name, hours(to.hours), paid(to.route))
            };
            match (to, by_council, on_setup) {
                (Some(to), true, _) => {
                    format!("at their wish the council moved them from {from} to {}", to_whom(to))
                }
                (Some(to), _, true) => {
                    format!("with that they could leave {from} for {}", to_whom(to))
                }
                (Some(to), ..) => format!("they left {from} for {}, whom they picked", to_whom(to)),
                (None, ..) => format!("they left {from}"),
            }
        }
        Event::WishFaded { keeps } => match keeps {
            Some(who) => format!("they stayed with {} after all", who.name),
            None => "they wished for nobody else any more".to_owned(),
        },
        Event::HandedBack { who, months: n, hours } => format!(
            "{} handed back its contract, which no longer paid, after {} short of money; {}",
            who.name,
            months(*n),
            without(*hours)
        ),
        Event::RanOutOfMoney { who, months: n, hours } => format!(
            "{} closed, having been out of money for {}; {}",
            who.name,
            months(*n),
            without(*hours)
        ),
        Event::ChainFailed { who, hours } => {
            format!("{} closed when its national chain failed; {}", who.name, without(*hours))
        }
        Event::Closed { who, used: None, hours } => {
            format!("{} closed, though not for want of money; {}", who.name, without(*hours))
        }
        Event::Closed { who, used: Some(used), hours } => {
            let used = shown(used * 100.0, Some(0));
            format!("{} closed, with {used}% of its hours in use; {}", who.name, without(*hours))
        }
        Event::AssistantLeft { who, hours } => {
            format!("{} left them; {}", who.name, without(*hours))
        }
        Event::Tendered { from, to, with_worker } => {
            let to = to.as_ref().map_or("another", |to| to.name.as_str());
            let worker =
                if *with_worker { "their worker moved along" } else { "they lost their worker" };
            format!("{}'s contract was tendered again, and {to} won; {worker}", from.name)
        }
    };
    sentence(&text)
}

/// How support started.
fn started(support: &Support, found: Finding, weeks: Option<f64>) -> String {
    let (who, much) = (&support.who.name, hours(support.hours));
    let when = weeks.map_or(String::new(), |weeks| format!(", {}", after(weeks, "assessment")));
    let paid = paid(support.route);
    match found {
        Finding::Picked => {
            format!("they picked {who} from the offers they had: {much} a week, {paid}{when}")
        }
        Finding::OnlyOffer => {
            format!("they took {who}, the one offer they had: {much} a week, {paid}{when}")
        }
        Finding::Placed => {
            format!("the council placed them with {who}: {much} a week, {paid}{when}")
        }
        Finding::Spot => format!(
            "no contractor had room, so the council bought {much} a week from {who} at a premium{when}"
        ),
        Finding::Suggested => format!("the council suggested {who}: {much} a week, {paid}{when}"),
    }
}

/// Who somebody is, in a few sentences.
pub fn introduced(citizen: &Citizen, came: Option<Date>) -> String {
    let age = if citizen.older { "of 65 or over" } else { "of working age" };
    let reason = match citizen.reason {
        Reason::Physical => "is physically frail or disabled",
        Reason::Sensory => "has lost sight or hearing",
        Reason::Memory => "needs support with memory and cognition",
        Reason::Learning => "has a learning disability",
        Reason::MentalHealth => "needs support with mental health",
        Reason::Social => "needs social support",
    };
    let land = if citizen.rural { "a rural" } else { "an urban" };
    let fifth = match citizen.fifth {
        1 => "the most deprived fifth",
        2 => "the second most deprived fifth",
        3 => "the middle fifth by deprivation",
        4 => "the second least deprived fifth",
        _ => "the least deprived fifth",
    };
    let capacity = match citizen.capacity {
        "low" => "They and whoever helps them could hardly manage a budget",
        "middle" => "They and whoever helps them could manage a budget as well as most",
        _ => "They and whoever helps them could manage a budget well",
    };
    let unpaid = if citizen.unpaid < 0.05 {
        "nobody cares for them unpaid".to_owned()
    } else {
        format!("family and friends give them {} of unpaid care a week", hours(citizen.unpaid))
    };
    let means = match citizen.means {
        Means::PaysInFull => "they pay for it themselves",
        Means::PaysCharge => "the council pays, and charges them for part",
        Means::PaysNothing => "the council pays",
    };
    let [care, home, company] = citizen.need.map(f64::from);
    let need = number(care + home + company);
    let when = match came {
        None => "They were there when the regimes part".to_owned(),
        Some(came) => format!("They came in {} (month {})", date(came), citizen.came),
    };
    format!(
        "Somebody {age} who {reason}, in {land} neighbourhood of {fifth}. {capacity}, and {unpaid}. \
         {when}, needing {need} hours of support a week ({} of personal care, {} of help at home, \
         {} of company and activity); {means}.",
        number(care),
        number(home),
        number(company)
    )
}
