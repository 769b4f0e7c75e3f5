//! How many instructions the model takes, counted by valgrind: `cargo bench --bench
//! instructions`.
//!
//! Counts do not depend on how busy a machine is, so that they can be held against those kept
//! in `benches/runs/instructions.csv`: more than a tenth above fails. `-- --keep` writes what
//! was counted there instead.

mod places;

use commissim::model::{self, Month, Settings, World, population};
use std::error::Error;
use std::process::{Command, ExitCode};

/// People of the place.
const PEOPLE: f64 = 3e3;
/// Months that are counted.
const MONTHS: i32 = 12;
/// What is kept.
const KEPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/runs/instructions.csv");
/// How far above what is kept a count may be.
const ALLOWED: f64 = 1.1;

/// What is counted, by name.
const COUNTED: [&str; 4] = ["step", "strikes quickly", "strikes plainly", FORESEEING];
/// What is written down at the fork, once for all worlds of a cell.
const FORESEEING: &str = "foreseeing";

/// The only thing valgrind counts in.
#[inline(never)]
fn only_this_is_counted(what: &str, world: &mut World, settings: &Settings<'_>) {
    if what == FORESEEING {
        world.foresees(settings.parameters, MONTHS as usize);
        return;
    }
    for number in 1..=MONTHS {
        world.month = number;
        let month = Month::of(world, settings);
        match what {
            "step" => model::step(world, &month),
            _ => population::changes(world, &month),
        }
    }
}

/// Lives what is counted; returns the citizen-months of it.
fn lives(what: &str) -> f64 {
    let (experiment, mut world) = places::at_fork(PEOPLE);
    if what == "strikes plainly" {
        world = world.plainly(&experiment.parameters);
    }
    let quiet = Settings::quiet(&experiment.parameters, &experiment.structures);
    let settings = Settings { years: experiment.years, ..quiet };
    let people = world.people.len() as f64;
    if what != FORESEEING {
        world.foresees(&experiment.parameters, MONTHS as usize);
    }
    only_this_is_counted(what, &mut world, &settings);
    people * f64::from(MONTHS)
}

/// Instructions a citizen-month, as valgrind counts them.
fn counted(what: &str) -> Result<f64, Box<dyn Error>> {
    let this = std::env::current_exe()?;
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .args(["--collect-atstart=no", "--toggle-collect=*only_this_is_counted*"])
        .arg(this)
        .arg(format!("--live={what}"))
        .output()?;
    let (said, told) =
        (String::from_utf8_lossy(&output.stderr), String::from_utf8_lossy(&output.stdout));
    let collected = said.lines().find_map(|line| line.split_once("Collected :"));
    let instructions = collected.ok_or_else(|| format!("valgrind counted nothing: {said}"))?.1;
    let months: f64 = told.trim().parse()?;
    Ok(instructions.trim().replace(',', "").parse::<f64>()? / months)
}

/// The counts that are kept, by name.
fn kept() -> Result<Vec<(String, f64)>, Box<dyn Error>> {
    let mut kept = Vec::new();
    for line in std::fs::read_to_string(KEPT)?.lines().skip(1) {
        let (what, count) = line.split_once(',').ok_or("a line without a comma")?;
        kept.push((what.to_owned(), count.parse()?));
    }
    Ok(kept)
}

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(what) = arguments.iter().find_map(|argument| argument.strip_prefix("--live=")) {
        println!("{}", lives(what));
        return Ok(ExitCode::SUCCESS);
    }
    if Command::new("valgrind").arg("--version").output().is_err() {
        println!("there is no valgrind here: instructions are not counted");
        return Ok(ExitCode::SUCCESS);
    }
    let keep = arguments.iter().any(|argument| argument == "--keep");
    let kept = if keep { Vec::new() } else { kept()? };
    let (mut rows, mut high) = (String::from("what,instructions_a_citizen_month\n"), Vec::new());
    for what in COUNTED {
        let now = counted(what)?;
        rows += &format!("{what},{now:.1}\n");
        let before = kept.iter().find(|(name, _)| name == what).map(|(_, count)| *count);
        if before.is_none() && !keep {
            return Err(format!("no count of {what} is kept; `-- --keep` keeps one").into());
        }
        let ratio =
            before.map_or(String::new(), |before| format!(", {:.3} of what is kept", now / before));
        println!("{what}: {now:.1} instructions a citizen-month{ratio}");
        if before.is_some_and(|before| now > ALLOWED * before) {
            high.push(what);
        }
    }
    if keep {
        std::fs::write(KEPT, rows)?;
    }
    if !high.is_empty() {
        println!(
            "more than a tenth above what is kept: {}\nhelp: find out why, or, where it is worth it, keep the new counts with `cargo bench --bench instructions -- --keep`",
            high.join(", ")
        );
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}
