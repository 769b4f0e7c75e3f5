//! What the model's entities remember and what chance decides, read off the sources that
//! declare them.

use crate::model::PROCESSES;

/// A kind of thing the model simulates.
pub struct Entity {
    /// What it is called.
    pub name: &'static str,
    /// How many of them there are, in words.
    pub scale: &'static str,
    /// The struct that holds its state.
    holder: &'static str,
    /// The file that declares it.
    pub path: &'static str,
    source: &'static str,
}

const PERSON: &str = include_str!("../model/person.rs");
const PROVIDER: &str = include_str!("../model/provider.rs");
const WORLD: &str = include_str!("../model/world.rs");
const DRAWS: &str = include_str!("../draws.rs");

const fn entity(
    name: &'static str,
    scale: &'static str,
    holder: &'static str,
    (path, source): (&'static str, &'static str),
) -> Entity {
    Entity { name, scale, holder, path, source }
}

const OF_PERSON: (&str, &str) = ("src/model/person.rs", PERSON);
const OF_PROVIDER: (&str, &str) = ("src/model/provider.rs", PROVIDER);
const OF_WORLD: (&str, &str) = ("src/model/world.rs", WORLD);

/// Every entity, from one person to what a place shares.
pub const ENTITIES: [Entity; 8] = [
    entity("Person", "everybody who asks for or draws on support", "Person", OF_PERSON),
    entity("Arrangement", "up to three a person", "Arrangement", OF_PERSON),
    entity("Provider", "everybody who supports", "Provider", OF_PROVIDER),
    entity("Neighbourhood", "as many as the place is divided into", "Neighbourhood", OF_WORLD),
    entity("Place on a framework", "one a winner and neighbourhood", "Award", OF_WORLD),
    entity("Catalyst", "as many as the council employs", "Catalyst", OF_WORLD),
    entity("Council", "one a place", "Commissioner", OF_WORLD),
    entity("Care workers", "one pool a place", "Labour", OF_WORLD),
];

/// A name and what it is, in a sentence.
pub struct Item {
    /// Name in the source.
    pub name: String,
    /// What is said of it there.
    pub meaning: String,
}

impl Entity {
    /// What it remembers from month to month.
    pub fn variables(&self) -> Vec<Item> {
        let named = |line: &str| {
            let (name, _) = line.strip_prefix("pub ")?.split_once(':')?;
            Some(name.to_owned())
        };
        declared(self.source, &format!("pub struct {} {{", self.holder), named)
    }
}

/// What chance decides: streams and their numbers.
pub fn streams() -> Vec<Item> {
    let numbered = |line: &str| {
        let (_, number) = line.strip_suffix(',')?.split_once(" = ")?;
        Some(number.to_owned())
    };
    declared(DRAWS, "pub enum Stream {", numbered)
}

/// The processes of a month, in order.
pub fn processes() -> Vec<&'static str> {
    PROCESSES.iter().map(|process| process.0).collect()
}

/// What stands between an opening line and its closing brace: names, and the comments
/// above them.
fn declared(source: &str, open: &str, name: impl Fn(&str) -> Option<String>) -> Vec<Item> {
    let body = source.split_once(open).map_or("", |(_, rest)| rest);
    let body = body.split("\n}").next().unwrap_or_default();
    let (mut items, mut said) = (Vec::new(), Vec::new());
    for line in body.lines().map(str::trim) {
        if let Some(comment) = line.strip_prefix("///") {
            said.push(comment.trim());
        } else if let Some(name) = name(line) {
            items.push(Item { name, meaning: said.join(" ") });
            said.clear();
        }
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_declared_is_found_with_what_it_is() {
        for entity in &ENTITIES {
            let variables = entity.variables();
            assert!(variables.len() >= 2, "{}", entity.name);
            for item in variables {
                assert!(item.meaning.len() > 3, "{}: {}", entity.name, item.name);
            }
        }
        let person = ENTITIES[0].variables();
        assert_eq!(person[0].name, "main");
        assert!(person.iter().any(|v| v.name == "knew" && v.meaning.contains("last review")));
        let streams = streams();
        assert_eq!(streams[0].name, "1");
        assert_eq!(streams[0].meaning, "A person's fixed traits.");
        // Numbers are never given twice, so they run through.
        let numbers: Vec<usize> = streams.iter().filter_map(|s| s.name.parse().ok()).collect();
        assert_eq!(numbers, (1..=streams.len()).collect::<Vec<_>>());
    }
}
