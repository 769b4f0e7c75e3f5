//! How the house is built, held by reading its sources: which module may use which,
//! what the model may not touch, and that no number with meaning hides in it.

use crate::sources::{self, File, has_word, line};
use std::collections::BTreeSet;

/// The modules from the ground up: each uses only those above it in this list.
const ORDER: &[&str] = &[
    "units",
    "draws",
    "designs",
    "problem",
    "table",
    "colour",
    "evidence",
    "declare",
    "parameters",
    "levers",
    "structures",
    "stresses",
    "metrics",
    "appraisal",
    "councils",
    "outcomes",
    "place",
    "uncertainty",
    "experiment",
    "targets",
    "model",
    "system",
    "gains",
    "cell",
    "shard",
    "scheduler",
    "trace",
    "idle",
    "files",
    "explain",
    "analysis",
    "resampling",
    "sensitivity",
    "fitting",
    "discovery",
    "economics",
    "assumptions",
    "terminal",
    "store",
    "briefing",
    "claims",
    "run",
    "cli",
    "reference",
];

/// The module of the library that a file belongs to.
fn module(file: &File) -> &str {
    let inside = file.path.strip_prefix("src/").unwrap_or(&file.path);
    inside.split(['/', '.']).next().unwrap_or(inside)
}

/// The words that follow `before` in some code.
fn following<'a>(code: &'a str, before: &'a str) -> impl Iterator<Item = &'a str> {
    code.match_indices(before).map(move |(at, _)| {
        let rest = &code[at + before.len()..];
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        &rest[..end]
    })
}

#[test]
fn modules_use_only_what_is_below_them() {
    let mut wrong = Vec::new();
    for file in sources::below("src") {
        let module = module(&file);
        if ["lib", "main"].contains(&module) {
            continue;
        }
        let Some(own) = ORDER.iter().position(|m| *m == module) else {
            wrong.push(format!("{}: say in tests/house.rs what it stands on", file.path));
            continue;
        };
        for used in following(&file.code, "crate::") {
            if ORDER.iter().position(|m| *m == used).is_some_and(|used| used > own) {
                wrong.push(format!("{} uses {used}, which stands on it", file.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_model_touches_nothing_outside_itself() {
    let forbidden = [
        ("std::fs", "files"),
        ("std::io", "input and output"),
        ("std::env", "the environment"),
        ("std::time", "the clock"),
        ("std::thread", "threads"),
        ("rayon", "threads"),
        ("println", "printing"),
        ("eprintln", "printing"),
        ("dbg", "printing"),
        ("anyhow", "errors: the model cannot fail"),
        ("Result", "errors: the model cannot fail"),
        ("unwrap", "errors: the model cannot fail"),
    ];
    let mut wrong = Vec::new();
    for file in sources::model() {
        for (word, what) in forbidden {
            if has_word(&file.code, word) {
                wrong.push(format!("{}: {word} ({what})", file.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_model_knows_levers_and_no_regime() {
    for file in sources::model() {
        let found = file.code.to_lowercase().find("regime");
        let at = found.map(|at| line(&file.code, at));
        assert_eq!(at, None, "{} says the word in its code, on that line", file.path);
    }
}

/// The modules that `step` calls, in order.
fn processes() -> Vec<String> {
    let model = sources::model().into_iter().find(|file| file.path == "src/model.rs");
    let model = model.expect("src/model.rs").code;
    let start = model.find("pub fn step").expect("a step");
    let step = &model[start..start + model[start..].find("\n}").expect("its end")];
    let lines = step.lines().skip(1).filter_map(|line| line.trim().split_once("::"));
    lines.map(|(process, _)| process.to_owned()).collect()
}

/// Processes that use another all the same: (who, whom, why).
const LEANS: &[(&str, &str, &str)] = &[(
    "commissioning",
    "market",
    "bids start from what an hour costs a provider, which the market works out too",
)];

#[test]
fn processes_do_not_call_each_other() {
    let processes = processes();
    assert!(processes.len() >= 10, "{processes:?}");
    let mut found = BTreeSet::new();
    for file in sources::model() {
        let own = file.stem().to_owned();
        if !processes.contains(&own) {
            continue;
        }
        for before in ["super::", "model::"] {
            let used = following(&file.code, before).filter(|used| *used != own);
            let used = used.filter(|used| processes.iter().any(|process| process == used));
            found.extend(used.map(|used| (own.clone(), used.to_owned())));
        }
    }
    let known: BTreeSet<(String, String)> =
        LEANS.iter().map(|(who, whom, _)| ((*who).to_owned(), (*whom).to_owned())).collect();
    assert_eq!(found, known, "only `step` orders processes; left: found, right: excused");
}

/// Files with a hash table that is asked by key and never gone through.
const ASKED_ONLY: &[&str] = &["src/gains.rs"];

#[test]
fn threads_and_chance_have_one_door_each() {
    for file in sources::below("src") {
        let module = module(&file);
        assert!(module == "run" || !has_word(&file.code, "rayon"), "{}", file.path);
        assert!(module == "draws" || !has_word(&file.code, "rand::"), "{}", file.path);
        for hashed in ["HashMap", "HashSet"] {
            // Their order could leak into results, where they are gone through.
            let excused = ASKED_ONLY.contains(&file.path.as_str());
            assert!(excused || !has_word(&file.code, hashed), "{} has a {hashed}", file.path);
        }
    }
}

/// Lines of a file, at most.
const LONGEST: usize = 700;
/// Files that are longer all the same: (path, why).
const LONGER: &[(&str, &str)] =
    &[("tests/twin.rs", "a second sourcing, told from beginning to end")];

#[test]
fn no_file_is_too_long_to_read() {
    let files = sources::below("src").into_iter().chain(sources::below("tests"));
    let long: BTreeSet<String> =
        files.filter(|file| file.text.lines().count() > LONGEST).map(|file| file.path).collect();
    let known: BTreeSet<String> = LONGER.iter().map(|(path, _)| (*path).to_owned()).collect();
    assert_eq!(long, known, "left: over {LONGEST} lines, right: excused");
}

/// Numbers that may stand anywhere in the model: none, one, and the months of a year.
/// Halves and doubles are not among them: they have hidden spreads and bounds.
const PLAIN: &[f64] = &[0.0, 1.0, 12.0];

/// Numbers that stand in the model all the same: (file, number, why). Everything else
/// with a meaning is a parameter.
const NUMBERS: &[(&str, &str, &str)] = &[
    ("month", "128", "steps of a table that is interpolated: a way of computing"),
    ("month", "2", "the month after which a quarter's rings are made"),
    ("month", "2.0", "from the shortest lead to the longest is twice the spread"),
    ("hazards", "10", "bits that a gap is looked up by: a way of computing"),
    ("hazards", "1e-9", "more than a bound is rounded by"),
    ("hazards", "1e-15", "more than a chance near nought is rounded by"),
    ("hazards", "1023.0", "how a processor writes the exponent of one"),
    ("hazards", "700.0", "the exponential of more is near the end of numbers"),
    ("assessment", "2", "tells one draw of a person from another"),
    ("assessment", "4.0", "things there are to tell of, as the list of them has it"),
    ("build", "0.999", "rounds up"),
    ("build", "2.0", "the middle of the fifths of deprivation"),
    ("people", "0.5", "rounds; half the variance of a logarithm, by which its mean is moved"),
    ("people", "2", "the third of three thirds"),
    ("providers", "0.5", "rounds"),
    ("providers", "2", "as long ago as a number holds, with room to count from it"),
    ("build", "3", "months of a quarter; tells one draw of a neighbourhood from another"),
    ("build", "5", "fifths of deprivation"),
    ("build", "8", "classes of people, as the list of them has it"),
    ("providers", "1000.0", "per 1,000"),
    ("catalysts", "1000.0", "per 1,000"),
    ("commissioning", "0.5", "rounds"),
    ("commissioning", "1000", "tells one draw of a provider from another"),
    ("commissioning", "1000.0", "per 1,000"),
    ("commissioning", "100.0", "per cent"),
    ("commissioning", "1e-9", "keeps a divisor from nought"),
    ("community", "2.0", "a half-life is the logarithm of two"),
    ("community", "3.0", "months of a quarter"),
    ("community", "100.0", "per cent; investment in hundreds of pounds"),
    ("delivery", "24.0", "top of the SCRQoL scale"),
    ("delivery", "100", "tells one draw of a person from another"),
    ("gain", "2.0", "half of a half-life"),
    ("learning", "0.5", "half of people"),
    ("gain", "0.8", "a bound of what is run, not of what is simulated"),
    ("market", "0.01", "keeps a logarithm from nought"),
    ("market", "1e-9", "keeps a divisor from nought"),
    ("learning", "0.5", "half of people: a place's ways are what most live under"),
    ("mechanism", "4", "tells one latent of a person from another"),
    ("mechanism", "7.0", "days of a week"),
    ("month", "3", "months of a quarter"),
    ("observe", "2", "the third of three answers; the median is in the middle"),
    ("observe", "3", "months of a quarter; the three best matches of the definition"),
    ("observe", "6", "months of half a year"),
    ("observe", "24.0", "top of the SCRQoL scale"),
    ("observe", "1000.0", "per 1,000"),
    ("offers", "10", "offers considered at most, as the metric's definition says"),
    ("placing", "2", "two or more offers, as the definition of picking has it"),
    ("rings", "2.0", "fewer have no standard deviation"),
    ("shocks", "2", "tells one draw of a provider from another"),
    ("starting", "2", "slots to spare, so that rounding keeps nobody from starting"),
    ("starting", "128", "bits of a set"),
    ("starting", "0.999", "rounds up"),
    ("starting", "1000.0", "per 1,000"),
    ("starting", "1e-9", "keeps a divisor from nought"),
    ("switching", "101", "tells one draw of a person from another"),
    ("ties", "7.0", "days of a week"),
];

/// Numbers written in a line of code, apart from sizes, indices, shifts, keys of draws
/// and the codes of enumerations.
fn numbers(line: &str) -> Vec<&str> {
    let code = line.trim();
    let is_code_of_enumeration = code.split_once(" = ").is_some_and(|(name, _)| {
        name.starts_with(|c: char| c.is_uppercase()) && name.chars().all(char::is_alphanumeric)
    });
    if is_code_of_enumeration {
        return Vec::new();
    }
    let mut found = Vec::new();
    let bytes = code.as_bytes();
    let part_of_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let mut at = 0;
    while at < bytes.len() {
        let fresh = at == 0 || !(part_of_name(bytes[at - 1]) || bytes[at - 1] == b'.');
        if !bytes[at].is_ascii_digit() || !fresh {
            at += 1;
            continue;
        }
        let start = at;
        while at < bytes.len() {
            let exponent = bytes[at] == b'-' && bytes[at - 1] == b'e';
            // A point belongs to the number, two are a range.
            let point = bytes[at] == b'.' && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
            if !part_of_name(bytes[at]) && !point && !exponent {
                break;
            }
            at += 1;
        }
        let before = code[..start].trim_end();
        let after = code[at..].trim_start();
        let size = before.ends_with(';') && after.starts_with(']');
        let index = before.ends_with('[') && after.starts_with(']');
        let shift = before.ends_with("<<") || before.ends_with(">>");
        let key = before.ends_with(',') && before.contains("uniform_of(");
        if !(size || index || shift || key) {
            found.push(&code[start..at]);
        }
    }
    found
}

fn value(number: &str) -> Option<f64> {
    let plain = ["_f64", "_f32", "f64", "f32", "u8", "u16", "u32", "u64", "i32", "usize"]
        .iter()
        .find_map(|kind| number.strip_suffix(kind))
        .unwrap_or(number);
    plain.replace('_', "").parse().ok()
}

/// Files that hold state, with the units of time and the sizes of its tables.
const STATE: &[&str] = &["world", "person"];

#[test]
fn no_number_with_meaning_hides_in_the_model() {
    let mut found = BTreeSet::new();
    let mut wrong = Vec::new();
    for file in sources::model().iter().filter(|file| !STATE.contains(&file.stem())) {
        for (index, line) in file.code.lines().enumerate() {
            for number in numbers(line) {
                if value(number).is_none_or(|value| PLAIN.contains(&value)) {
                    continue;
                }
                let known = NUMBERS.iter().find(|n| n.0 == file.stem() && n.1 == number);
                match known {
                    Some(known) => _ = found.insert((known.0, known.1)),
                    None => wrong.push(format!("{}:{}: {number}", file.path, index + 1)),
                }
            }
        }
    }
    let help = "declare a parameter, or say in NUMBERS why it has no meaning of its own";
    assert!(wrong.is_empty(), "{help}:\n{}", wrong.join("\n"));
    let idle: Vec<_> = NUMBERS.iter().filter(|n| !found.contains(&(n.0, n.1))).collect();
    assert!(idle.is_empty(), "excused, but not there any more: {idle:?}");
}

#[test]
fn numbers_with_meaning_are_seen() {
    assert_eq!(numbers("let x = (y * 1.5 + 3e-4).min(0.25);"), ["1.5", "3e-4", "0.25"]);
    assert_eq!(numbers("let a = [0.0; 3]; b[4] << 32; 0..=7"), ["0.0", "0", "7"]);
    assert!(numbers("luck.uniform_of(person.key, 9)").is_empty());
    assert!(numbers("Learning = 3,").is_empty());
    assert_eq!(value("1_000.5"), Some(1000.5));
    assert_eq!(value("0.0_f32"), Some(0.0));
    // A spread of half around a lead does not pass for plain.
    let half = numbers("let days = usual * (0.5 + luck.uniform_of(key, 2));");
    assert!(half.iter().all(|number| !PLAIN.contains(&value(number).expect("a number"))));
    assert_eq!(half, ["0.5"]);
}
