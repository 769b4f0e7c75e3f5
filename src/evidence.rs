//! The figures that parameters and regimes cite by id, with where they were read.

use std::sync::OnceLock;

use serde::Deserialize;

const TABLE: &str = include_str!("../data/evidence.csv");

/// A figure somebody published.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Evidence {
    /// How it is cited: `E` and four digits.
    pub id: String,
    /// What was measured; notes in square brackets.
    pub quantity: String,
    /// The figure; empty where only a range is given.
    pub value: String,
    /// Low end of its range.
    pub low: String,
    /// High end of its range.
    pub high: String,
    /// Unit.
    pub unit: String,
    /// When.
    pub year: String,
    /// Where.
    pub place: String,
    /// Title of the source.
    pub source_title: String,
    /// Address of the source.
    pub source_url: String,
    /// `yes`, or `no` where it was recalled and not read in the source.
    pub read: String,
}

impl Evidence {
    /// Whether it was read in the source, not recalled.
    pub fn was_read(&self) -> bool {
        self.read == "yes"
    }
}

/// Every figure, in order of id.
///
/// # Panics
/// Never for the table built in, which a test reads in full.
pub fn evidence() -> &'static [Evidence] {
    static ALL: OnceLock<Vec<Evidence>> = OnceLock::new();
    ALL.get_or_init(|| {
        let rows = csv::Reader::from_reader(TABLE.as_bytes()).into_deserialize().collect();
        let rows: Result<Vec<Evidence>, csv::Error> = rows;
        rows.expect("the built-in evidence can be read")
    })
}

/// The figure with this id.
pub fn find(id: &str) -> Option<&'static Evidence> {
    evidence().iter().find(|row| row.id == id)
}

/// The ids that a text cites: `E0109`, and ranges such as `E0314-E0321` or
/// `E0226 to E0230` in full.
pub fn cited(text: &str) -> Vec<String> {
    let mut ids = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('E') {
        rest = &rest[at..];
        let Some(first) = number(rest) else {
            rest = &rest[1..];
            continue;
        };
        rest = &rest[5..];
        let range = ["-", " to "].iter().find_map(|between| {
            let rest = rest.strip_prefix(between)?;
            Some((number(rest)?, rest))
        });
        let last = range.map_or(first, |(last, after)| {
            rest = &after[5..];
            last
        });
        ids.extend((first..=last).map(|n| format!("E{n:04}")));
    }
    ids
}

/// The number of an id that `text` begins with.
fn number(text: &str) -> Option<u32> {
    let digits = text.strip_prefix('E')?.get(..4)?;
    digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::shipped::SHIPPED;
    use crate::parameters::PARAMETERS;
    use std::collections::BTreeSet;

    #[test]
    fn ids_and_ranges_are_found_in_text() {
        assert_eq!(cited("E0109: d = 0.68; E-README; E12"), ["E0109"]);
        assert_eq!(cited("E0314-E0316, E0312"), ["E0314", "E0315", "E0316", "E0312"]);
        assert_eq!(cited("notices, E0226 to E0227."), ["E0226", "E0227"]);
        assert!(cited("Everybody's É").is_empty());
    }

    #[test]
    fn every_cited_id_has_a_row_and_every_row_is_cited() {
        let texts = PARAMETERS.iter().flat_map(|p| [p.grade.source(), p.meaning]);
        let texts = texts.chain(SHIPPED.iter().map(|file| file.text));
        let texts = texts.chain(crate::place::scotland::SOURCES);
        let cited: BTreeSet<String> = texts.flat_map(cited).collect();
        let rows: BTreeSet<String> = evidence().iter().map(|row| row.id.clone()).collect();
        assert_eq!(rows.len(), evidence().len(), "an id is there twice");
        let missing: Vec<_> = cited.difference(&rows).collect();
        let idle: Vec<_> = rows.difference(&cited).collect();
        assert!(missing.is_empty(), "cited, but not in data/evidence.csv: {missing:?}");
        assert!(idle.is_empty(), "in data/evidence.csv, but cited nowhere: {idle:?}");
    }

    #[test]
    fn every_row_names_its_source() {
        for row in evidence() {
            assert!(!row.source_title.is_empty(), "{}", row.id);
            assert!(row.read == "yes" || row.read == "no", "{}", row.id);
        }
    }
}
