//! Places: a council by name, or a file that says what it is like.

use std::sync::Arc;

use super::desk::{Desk, Reference, is_path, stem};
use super::keys::{MOST_NEIGHBOURHOODS, PLACE, Thing};
use super::overlay::{Dated, contradictions};
use super::regime::sound_name;
use super::rows;
use super::walk::Found;
use crate::levers::Levers;
use crate::parameters::Parameters;
use crate::place::rows::{NeighbourhoodRow, People, PersonRow, ProviderRow, Row};
use crate::place::{self, CLIENT_GROUPS, Place};
use crate::problem::{Problem, Source};

const AGES: [&str; 2] = ["working_age", "older"];

/// The place a reference means. `within` holds the files being read, so that two
/// that are like each other are found out.
pub fn place(
    desk: &mut Desk,
    reference: &Reference,
    parameters: &Parameters,
    within: &mut Vec<String>,
) -> Option<Place> {
    if !is_path(&reference.text) {
        let known = place::place(&reference.text, parameters);
        if known.is_none() {
            let problem = desk.unknown(Thing::Place, reference, &place::ids());
            desk.say(problem);
        }
        return known;
    }
    let source = desk.open(Thing::Place, reference)?;
    if within.contains(&source.path) {
        let problem = reference.error(format!("`{}` is like itself", stem(&source.path)));
        desk.say(problem.help("name a place that does not lead back here, such as \"dorset\""));
        return None;
    }
    let id = stem(&source.path);
    if !sound_name(desk, Thing::Place, &id, reference) {
        return None;
    }
    within.push(source.path.clone());
    let place = file(desk, reference, &source, id, parameters, within);
    within.pop();
    place
}

fn file(
    desk: &mut Desk,
    reference: &Reference,
    source: &Arc<Source>,
    id: String,
    parameters: &Parameters,
    within: &mut Vec<String>,
) -> Option<Place> {
    let errors = desk.errors();
    let found = desk.read(source, PLACE, false);
    let mut place = match found.word("like") {
        // A whole file may stand in for the place built in; a variant of it may not
        // go by its name.
        Some(_) if place::ids().contains(&id.as_str()) => {
            let problem = reference.error(format!("there is a place called `{id}` already"));
            desk.say(problem.help(format!("give the file another name, such as `my-{id}.toml`")));
            return None;
        }
        Some((text, span)) => {
            let reference = Reference::in_file(&text, source, span);
            let like = self::place(desk, &reference, parameters, within)?;
            Place { notes: like_notes(&like, &found), ..like }
        }
        None if found.has("like") => return None,
        // Every key is then required, which a second reading says.
        None => {
            desk.read(source, PLACE, true);
            Place { notes: vec!["Described by its own file.".to_owned()], ..Place::town() }
        }
    };
    place.id = id;
    fill(&mut place, &found);
    own_rows(desk, source, &found, &mut place);
    for set in found.levers("status_quo") {
        place.status_quo.set(set.lever.name, &set.setting);
        if !place.keeps.iter().any(|kept| kept == set.lever.name) {
            place.keeps.push(set.lever.name.to_owned());
        }
    }
    if found.has("keeps") {
        place.keeps = found.words("keeps").iter().map(|(lever, _)| lever.clone()).collect();
    }
    let sets: Vec<Dated> =
        found.levers("status_quo").iter().flat_map(|set| Dated::of(1, set, source)).collect();
    let before: Levers = place.status_quo.clone();
    contradictions(desk, &sets, &before, (&place.id, "the place's status quo"));
    let nobody = place.clients.iter().all(|people| *people == 0.0);
    if nobody && found.has("clients") && place.own.people.is_none() {
        let problem = Problem::error("nobody has support in this place");
        let problem = problem.label("every group is 0").help("give at least one group some people");
        desk.say(problem.at(source, found.span_of("clients").unwrap_or_default()));
    }
    (desk.errors() == errors).then_some(place)
}

/// Reads the files of rows that the file names, and matches what refers to
/// neighbourhoods with them.
fn own_rows(desk: &mut Desk, source: &Arc<Source>, found: &Found, place: &mut Place) {
    let reference = |key: &str| {
        let (text, span) = found.word(key)?;
        Some(Reference::in_file(&text, source, span))
    };
    let mut known = true;
    if let Some(reference) = reference("neighbourhoods") {
        match rows::rows::<NeighbourhoodRow>(desk, &reference, None) {
            Some(read) if read.len() as f64 > MOST_NEIGHBOURHOODS => {
                let title = format!("a place has at most {MOST_NEIGHBOURHOODS} neighbourhoods");
                let problem = reference.error(title);
                desk.say(problem.help(format!("there are {} in this file", read.len())));
                known = false;
            }
            Some(read) => {
                place.neighbourhoods = read.len() as u16;
                place.own.neighbourhoods = Some(Arc::new(read));
            }
            None => known = false,
        }
    } else if found.has("neighbourhoods") {
        place.own.neighbourhoods = None;
    }
    let names: Vec<String> = match &place.own.neighbourhoods {
        Some(rows) => rows.iter().map(|row| row.id.clone()).collect(),
        None => (1..=place.neighbourhoods).map(|number| number.to_string()).collect(),
    };
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let people = match reference("people") {
        Some(reference) => rows::rows::<PersonRow>(desk, &reference, known.then_some(&names)),
        None => inherited(place.own.people.as_ref().map(|people| people.all()), &names),
    };
    let providers = match reference("providers") {
        Some(reference) => rows::rows::<ProviderRow>(desk, &reference, known.then_some(&names)),
        None => inherited(place.own.providers.as_ref().map(|rows| rows.as_slice()), &names),
    };
    for (had, has, key) in [
        (place.own.people.is_some(), people.is_some(), "people"),
        (place.own.providers.is_some(), providers.is_some(), "providers"),
    ] {
        if known && had && !has && !found.has(key) {
            let title = format!("the {key} of the place this one is like live elsewhere");
            let problem = Problem::error(title);
            let problem = problem.label("these neighbourhoods are not those their file names");
            let spot = found.span_of("neighbourhoods").unwrap_or_default();
            desk.say(problem.help(format!("give `{key}` too")).at(source, spot));
        }
    }
    if let Some(people) = people.map(People::of) {
        let counts = people.counts();
        place.clients = [counts[0], counts[1], counts[2], counts[3]];
        place.residents = [counts[5], counts[6]];
        if place.clients.iter().all(|people| *people == 0.0) {
            let problem = Problem::error("nobody in `people` has support at home from the council");
            let spot = found.span_of("people").unwrap_or_default();
            desk.say(problem.help("at least one is needed").at(source, spot));
        }
        place.own.people = Some(Arc::new(people));
    }
    if let Some(providers) = providers {
        place.own.providers = Some(Arc::new(providers));
    }
}

/// Rows of the place that this one is like; nothing where its neighbourhoods are others.
fn inherited<R: Row>(rows: Option<&[R]>, names: &[&str]) -> Option<Vec<R>> {
    let mut rows = rows?.to_vec();
    rows.iter_mut().all(|row| super::rows::locate(row, names).is_ok()).then_some(rows)
}

/// Where a place that is like another has its figures from.
fn like_notes(like: &Place, found: &Found) -> Vec<String> {
    let changed: Vec<&str> =
        PLACE.iter().map(|key| key.name).filter(|key| *key != "like" && found.has(key)).collect();
    let mut notes = like.notes.clone();
    notes.push(match changed.is_empty() {
        true => format!("Like {}.", like.name),
        false => format!("Like {}, but for {}.", like.name, changed.join(", ")),
    });
    notes
}

/// Lays what the file gives over what the place has.
fn fill(place: &mut Place, found: &Found) {
    let text = |to: &mut String, key: &str| {
        if let Some(text) = found.text(key) {
            *to = text.to_owned();
        }
    };
    text(&mut place.name, "name");
    text(&mut place.region, "region");
    // Bounds of the declared keys keep both within their types.
    if let Some(code) = found.number("code") {
        place.code = code as u16;
    }
    if let Some(neighbourhoods) = found.number("neighbourhoods") {
        place.neighbourhoods = neighbourhoods as u16;
    }
    let number = |to: &mut f64, key: &str| *to = found.number(key).unwrap_or(*to);
    number(&mut place.contracted_hour, "contracted_hour");
    number(&mut place.in_house_hour, "in_house_hour");
    number(&mut place.assessment_cost, "assessment_cost");
    place.in_house_share = found.number("in_house_share").or(place.in_house_share);
    let several = |to: &mut [f64], key: &str, words: &[&str]| {
        let Some(table) = found.table(key) else { return };
        for (value, word) in to.iter_mut().zip(words) {
            *value = table.number(word).unwrap_or(*value);
        }
    };
    several(&mut place.clients, "clients", &CLIENT_GROUPS);
    several(&mut place.direct_payment_share, "direct_payment_share", &CLIENT_GROUPS);
    several(&mut place.hours_factor, "hours_factor", &AGES);
    several(&mut place.residents, "residents", &AGES);
    several(&mut place.care_home_week, "care_home_week", &AGES);
}
