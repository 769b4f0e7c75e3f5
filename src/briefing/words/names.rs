//! Names and numbers as they stand within a sentence.

use super::Words;

/// Names in a sentence: a, b and c.
pub fn listed(names: &[&str]) -> String {
    Words::listed(names.iter().map(|name| Words::text(*name)).collect()).plain()
}

/// A title as it stands within a sentence: without its capital, unless it is a name of
/// letters.
pub fn within(title: &str) -> String {
    let mut letters = title.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => title.to_owned(),
    }
}

/// The comparator's title within a sentence.
pub fn comparator(title: &str) -> String {
    match within(title) {
        name if name == "status quo" => format!("the {name}"),
        name => name,
    }
}

/// A sentence begins with a capital.
pub fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// A share as a whole number of hundred, in words that a reader can hold.
pub fn percent(share: f64) -> String {
    format!("{:.0}%", share * 100.0)
}
