//! What every figure says of the run it is of.

use crate::briefing::book::Book;
use crate::briefing::words;

/// Where a figure's numbers come from.
pub fn source(book: &Book, files: &str) -> String {
    let experiment = &book.experiment;
    let places: Vec<&str> = experiment.places.iter().map(|place| place.name.as_str()).collect();
    let places = match places.as_slice() {
        few @ ([_] | [_, _] | [_, _, _]) => few.join(", "),
        many => format!("{} places", many.len()),
    };
    format!(
        "Source: commissim, experiment {}, {places}, seed {}; {files}. A simulation with assumed parameters, not a forecast.",
        experiment.id, experiment.seed
    )
}

/// What intervals take in, and how many they rest on.
pub fn interval(kind: &str, n: u32) -> String {
    match kind {
        "luck" => format!("95% intervals over {n} replicates, luck only"),
        words::MEAN_OF_DRAWS => {
            format!(
                "95% intervals of the mean over {n} draws of the parameters, {}",
                words::NARROWER
            )
        }
        _ => format!("95% ranges over {n} draws of the parameters"),
    }
}

/// The stretch of time that is told of.
pub fn whole(book: &Book) -> String {
    match book.experiment.years {
        1 => "the first year".to_owned(),
        years => format!("all {years} years"),
    }
}

/// The comparator's title within a sentence.
pub fn comparator(book: &Book) -> String {
    words::comparator(&book.experiment.comparator.name)
}
