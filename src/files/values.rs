//! Single values of a file: text, lists of names, numbers, months.

use std::borrow::Cow;

use toml::Spanned;
use toml::de::DeValue;

use super::amounts::Wanted;
use super::keys::{Key, Kind};
use super::walk::{Reading, Value, Word, kind_of};
use crate::colour::Colour;
use crate::levers::LEVERS;
use crate::metrics::METRICS;
use crate::parameters::PARAMETERS;
use crate::problem::{Problem, suggestion};
use crate::structures::STRUCTURES;
use crate::uncertainty::Beliefs;

/// Text that is not empty.
pub fn text(
    name: &str,
    kind: Kind,
    value: &Spanned<DeValue<'_>>,
    to: &mut Reading,
) -> Option<String> {
    if let Some(text) = value.get_ref().as_str() {
        if !text.trim().is_empty() {
            return Some(text.to_owned());
        }
        let problem = Problem::error(format!("`{name}` is empty"));
        to.say(problem.label("no words between the quotation marks"), value.span());
        return None;
    }
    let written = to.words(&value.span()).to_owned();
    let problem = Problem::error(format!("`{name}` must be text, in quotation marks"));
    let problem = problem.label(format!("{}, where text is wanted", kind_of(value.get_ref())));
    let problem = match (value.get_ref(), kind) {
        (DeValue::Array(_), Kind::One(_)) if name == "place" => {
            problem.help("for several places write `places` in place of `place`")
        }
        (DeValue::Array(_), Kind::One(thing)) => {
            problem.help(format!("`{name}` is a single {}, without brackets", thing.word()))
        }
        (DeValue::Integer(_) | DeValue::Float(_), _) => {
            problem.help(format!("write \"{written}\""))
        }
        _ => problem,
    };
    to.say(problem, value.span());
    None
}

/// True or false.
pub fn switch(name: &str, value: &Spanned<DeValue<'_>>, to: &mut Reading) -> Option<bool> {
    if let DeValue::Boolean(on) = value.get_ref() {
        return Some(*on);
    }
    let problem = Problem::error(format!("`{name}` must be true or false"));
    let help = match value.get_ref().as_str().map(str::to_lowercase).as_deref() {
        Some("true" | "yes" | "on") => format!("write {name} = true, without quotation marks"),
        Some("false" | "no" | "off") => format!("write {name} = false, without quotation marks"),
        _ => format!("write {name} = true or {name} = false"),
    };
    to.say(problem.label(kind_of(value.get_ref())).help(help), value.span());
    None
}

/// A list of words that holds none twice and is not empty, save of levers to keep.
pub fn words(
    name: &str,
    key: &Key,
    value: &Spanned<DeValue<'_>>,
    to: &mut Reading,
) -> Option<Vec<Word>> {
    let DeValue::Array(array) = value.get_ref() else {
        let problem = Problem::error(format!("`{name}` must be a list"));
        let problem =
            problem.label(format!("{}, where a list is wanted", kind_of(value.get_ref())));
        let help = match value.get_ref().as_str() {
            Some(word) => format!("write [\"{word}\"]"),
            None => format!("write it like {}", key.example),
        };
        to.say(problem.help(help), value.span());
        return None;
    };
    let mut words: Vec<Word> = Vec::new();
    let mut sound = true;
    for item in array.iter() {
        match item.get_ref().as_str() {
            Some(word) => match words.iter().find(|(earlier, _)| earlier == word) {
                Some((_, earlier)) => {
                    let problem = Problem::error(format!("`{word}` is twice in `{name}`"));
                    let problem = problem.label("again").also(earlier.clone(), "first here");
                    to.say(problem.help("take one out"), item.span());
                }
                None => words.push((word.to_owned(), item.span())),
            },
            None => {
                let problem =
                    Problem::error(format!("`{name}` is a list of names in quotation marks"));
                let kind = kind_of(item.get_ref());
                to.say(problem.label(format!("{kind}, where a name is wanted")), item.span());
                sound = false;
            }
        }
    }
    if array.is_empty() && !matches!(key.kind, Kind::LeverNames) {
        let problem = Problem::error(format!("`{name}` is empty"));
        let help = match key.required {
            true => format!("name at least one, such as {}", key.example),
            false => "name at least one, or leave the line out".to_owned(),
        };
        to.say(problem.label("an empty list").help(help), value.span());
        return None;
    }
    if matches!(key.kind, Kind::Links) {
        for (word, span) in &words {
            let known: Vec<&str> = STRUCTURES.iter().map(|(id, _)| *id).collect();
            if !known.contains(&word.as_str()) {
                let problem = Problem::error(format!("no causal link is called `{word}`"));
                let help = suggestion(word, &known, "`commissim list structures` lists them");
                to.say(problem.label("cannot be switched off").help(help), span.clone());
                sound = false;
            }
        }
    }
    if matches!(key.kind, Kind::Beliefs) {
        for (word, span) in &words {
            if Beliefs::find(word).is_none() {
                let known: Vec<&str> = Beliefs::ALL.iter().map(|beliefs| beliefs.id()).collect();
                let problem = Problem::error(format!("`{name}` cannot hold `{word}`"));
                to.say(problem.help(suggestion(word, &known, "")), span.clone());
                sound = false;
            }
        }
    }
    let declared: Option<(&str, Vec<&str>)> = match key.kind {
        Kind::LeverNames => Some(("lever", LEVERS.iter().map(|lever| lever.name).collect())),
        Kind::ParameterNames => Some(("parameter", PARAMETERS.iter().map(|p| p.name).collect())),
        Kind::MetricIds => Some(("metric", METRICS.iter().map(|metric| metric.id).collect())),
        _ => None,
    };
    if let Some((thing, known)) = declared {
        for (word, span) in words.iter().filter(|(word, _)| !known.contains(&word.as_str())) {
            let problem = Problem::error(format!("no {thing} is called `{word}`"));
            let help = suggestion(word, &known, &format!("`commissim list {thing}s` lists them"));
            to.say(problem.label(format!("not a {thing}")).help(help), span.clone());
            sound = false;
        }
    }
    sound.then_some(words)
}

/// A colour.
pub fn colour(name: &str, value: &Spanned<DeValue<'_>>, to: &mut Reading) -> Option<Colour> {
    let Some(text) = value.get_ref().as_str() else {
        let problem = Problem::error(format!("`{name}` must be a colour"));
        let label = format!("{}, where a colour is wanted", kind_of(value.get_ref()));
        to.say(problem.label(label).help("write it like \"#004C86\""), value.span());
        return None;
    };
    let colour = Colour::parse(text);
    if colour.is_none() {
        let problem = Problem::error(format!("`{text}` is no colour"));
        let problem = problem.label("a colour is # and six hexadecimal digits");
        let help = match meant(text) {
            Some(colour) => format!("write \"{}\"", colour.hex()),
            None => "two digits each of red, green and blue, like \"#004C86\"".to_owned(),
        };
        to.say(problem.help(help), value.span());
    }
    colour
}

/// The colour that was meant by digits without their sign, or by three of them.
fn meant(text: &str) -> Option<Colour> {
    let digits = text.trim().trim_start_matches('#');
    let digits = match digits.len() {
        3 => digits.chars().flat_map(|digit| [digit, digit]).collect(),
        _ => digits.to_owned(),
    };
    Colour::parse(&format!("#{digits}"))
}

/// Colours, at least and at most so many.
pub fn colours(
    name: &str,
    key: &Key,
    (fewest, most): (usize, usize),
    value: &Spanned<DeValue<'_>>,
    to: &mut Reading,
) -> Option<Vec<Colour>> {
    let DeValue::Array(array) = value.get_ref() else {
        let problem = Problem::error(format!("`{name}` must be a list of colours"));
        let label = format!("{}, where a list is wanted", kind_of(value.get_ref()));
        let help = format!("write it like {}", key.example);
        to.say(problem.label(label).help(help), value.span());
        return None;
    };
    let n = array.len();
    if !(fewest..=most).contains(&n) {
        let wanted = match (fewest, most) {
            (fewest, most) if fewest == most => format!("{fewest} colours"),
            (fewest, most) => format!("from {fewest} to {most} colours"),
        };
        let problem = Problem::error(format!("`{name}` must hold {wanted}"));
        let problem = problem.label(format!("{n} of them"));
        to.say(problem.help(format!("write it like {}", key.example)), value.span());
    }
    let colours: Vec<Option<Colour>> = array.iter().map(|item| colour(name, item, to)).collect();
    let colours: Option<Vec<Colour>> = colours.into_iter().collect();
    colours.filter(|_| (fewest..=most).contains(&n))
}

/// A number within its bounds.
pub fn number(
    name: &str,
    wanted: &Wanted,
    value: &Spanned<DeValue<'_>>,
    to: &mut Reading,
) -> Option<f64> {
    let number = match value.get_ref() {
        DeValue::Integer(digits) => i128::from_str_radix(digits.as_str(), digits.radix())
            .map_or(f64::INFINITY, |n| n as f64),
        DeValue::Float(digits) => digits.as_str().parse().unwrap_or(f64::NAN),
        DeValue::String(text) => {
            to.say(wanted.judge_text(name, text), value.span());
            return None;
        }
        other => {
            let problem = Problem::error(format!("`{name}` must be a number"));
            let label = format!("{}; it must be {}", kind_of(other), wanted.words());
            to.say(problem.label(label), value.span());
            return None;
        }
    };
    let written = to.words(&value.span()).to_owned();
    match wanted.judge(name, number, &written) {
        None => Some(number),
        Some(problem) => {
            let problem = match name {
                "years" if number < 1.0 => Problem {
                    help: vec!["the run would end before it begins".to_owned()],
                    ..problem
                },
                "change.year" => problem.help("years count from the fork: 1 is the first"),
                _ => problem,
            };
            to.say(problem, value.span());
            None
        }
    }
}

/// Numbers within their bounds, in rising order, as many as there are.
pub fn numbers(
    name: &str,
    wanted: &Wanted,
    value: &Spanned<DeValue<'_>>,
    to: &mut Reading,
) -> Option<Vec<f64>> {
    let DeValue::Array(array) = value.get_ref() else {
        let problem = Problem::error(format!("`{name}` must be a list of numbers"));
        let problem =
            problem.label(format!("{}, where a list is wanted", kind_of(value.get_ref())));
        let written = to.words(&value.span()).to_owned();
        to.say(problem.help(format!("write [{written}]")), value.span());
        return None;
    };
    if array.is_empty() {
        let problem = Problem::error(format!("`{name}` is empty")).label("an empty list");
        to.say(problem.help("give at least one number, or leave the line out"), value.span());
        return None;
    }
    let mut read: Vec<f64> = Vec::new();
    let mut sound = true;
    for item in array.iter() {
        match number(name, wanted, item, to) {
            Some(next) if read.last().is_some_and(|last| next <= *last) => {
                let problem = Problem::error(format!("the numbers of `{name}` must rise"));
                let label = format!("not above {} before it", read[read.len() - 1]);
                to.say(problem.label(label).help("put the smallest first, each once"), item.span());
                sound = false;
            }
            Some(next) => read.push(next),
            None => sound = false,
        }
    }
    sound.then_some(read)
}

/// A month of a year, `2015-04`.
pub fn month(name: &str, value: &Spanned<DeValue<'_>>, to: &mut Reading) -> Option<Value> {
    let written = match value.get_ref() {
        DeValue::String(text) => Cow::Borrowed(text.as_ref()),
        _ => Cow::Owned(to.words(&value.span()).to_owned()),
    };
    let parts = written.split_once('-').and_then(|(year, month)| {
        Some((year.trim().parse::<i32>().ok()?, month.trim().parse::<u32>().ok()?))
    });
    let good =
        parts.filter(|(year, month)| (1990..=2100).contains(year) && (1..=12).contains(month));
    match (good, value.get_ref()) {
        (Some((year, month)), DeValue::String(_)) => return Some(Value::Month(year, month)),
        _ => {
            let problem =
                Problem::error(format!("`{name}` must be a year and a month, in quotation marks"));
            let problem = problem.label(match parts {
                Some((_, month)) if !(1..=12).contains(&month) => {
                    format!("there is no month {month}")
                }
                Some((year, _)) if !(1990..=2100).contains(&year) => {
                    format!("{year} is outside 1990 to 2100")
                }
                _ => "not a year and a month".to_owned(),
            });
            let year: String = written.chars().take_while(char::is_ascii_digit).take(4).collect();
            let year = year.parse::<i32>().ok().filter(|year| (1990..=2100).contains(year));
            let year = year.unwrap_or(2015);
            let month: String = written.split('-').nth(1).unwrap_or("04").chars().take(2).collect();
            let month = match month.parse::<u32>() {
                Ok(month @ 1..=12) => format!("{month:02}"),
                _ => "04".to_owned(),
            };
            to.say(problem.help(format!("write it like \"{year}-{month}\"")), value.span());
        }
    }
    None
}

/// A share: a number, or text in per cent.
pub fn percent(name: &str, value: &Spanned<DeValue<'_>>, to: &mut Reading) -> Option<f64> {
    let written = to.words(&value.span()).to_owned();
    let share = match value.get_ref() {
        DeValue::String(text) => share(text),
        _ => share(&written).filter(|_| !written.ends_with('%')),
    };
    match share {
        Some(share) => Some(share),
        None => {
            to.say(not_a_share(name, &written), value.span());
            None
        }
    }
}

/// What is wrong with what should be a share.
pub fn not_a_share(name: &str, written: &str) -> Problem {
    Problem::error(format!("`{name}` cannot be {written}"))
        .label("it must be above 0% and at most 100%")
        .help("write it like \"2%\", or as a share, 0.02")
}

/// A share above 0 and up to 1, from `2%` or `0.02`.
pub fn share(text: &str) -> Option<f64> {
    let share = match text.trim().strip_suffix('%') {
        Some(percent) => percent.trim().parse::<f64>().ok()? / 100.0,
        None => text.trim().parse::<f64>().ok()?,
    };
    (share > 0.0 && share <= 1.0).then_some(share)
}
