//! Stretches of documents that are made, not written: from the declarations, from targets,
//! and from tables of what was found.
//!
//! A stretch stands between a line `<!-- generated: NAME -->` and a line `<!-- end -->`.

use super::cell;
use super::held::{self, Found};
use super::state;
use crate::appraisal::COSTS;
use crate::declare::{Grade, Parameter, Shape};
use crate::files::{self, Overrides};
use crate::fitting::space::Space;
use crate::levers::LEVERS;
use crate::metrics::{Declaration, Family, METRICS};
use crate::parameters::PARAMETERS;
use crate::structures::STRUCTURES;
use crate::targets::{Role, Targets};
use anyhow::{Context, anyhow, bail};
use std::fmt::Write;

/// Stretches that are filled by hand from one run, and only kept apart here.
const BY_HAND: &[&str] = &["answer"];

const OPEN: &str = "<!-- generated: ";
const CLOSE: &str = "<!-- end -->";

/// A document with every stretch made anew.
///
/// # Errors
///
/// When a stretch has a name that nothing is made for, has no end, or a table that was
/// found lacks a column.
pub fn filled(text: &str, found: &Found) -> anyhow::Result<String> {
    let mut new = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let _ = writeln!(new, "{line}");
        let Some(name) = line.strip_prefix(OPEN).and_then(|rest| rest.strip_suffix(" -->")) else {
            continue;
        };
        let mut old = String::new();
        loop {
            match lines.next() {
                Some(CLOSE) => break,
                Some(line) if !line.starts_with(OPEN) => _ = writeln!(old, "{line}"),
                _ => bail!("the stretch `{name}` has no line {CLOSE}"),
            }
        }
        if BY_HAND.contains(&name) {
            new.push_str(&old);
        } else {
            let made = stretch(name, found)?;
            let _ = writeln!(new, "\n{}\n", made.trim());
        }
        let _ = writeln!(new, "{CLOSE}");
    }
    Ok(new)
}

/// What stands in a stretch.
fn stretch(name: &str, found: &Found) -> anyhow::Result<String> {
    Ok(match name {
        "entities" => entities(),
        "parameters by section" => parameters(),
        "levers by process" => levers(),
        "metrics by family" => metrics(),
        "structures" => structures(),
        "streams of chance" => streams(),
        "size of the problem" => size(&england()?),
        "targets" => targets(&england()?),
        "fit" => held::fit(found)?,
        "what was fitted" => held::moved(found)?,
        "where the centre lies" => held::centre(found)?,
        "all councils" => held::everywhere(&england()?, found)?,
        "validation" => held::validation(found)?,
        "validation in short" => held::in_short(found)?,
        "falsification register" => held::register(&england()?, found)?,
        "links that change a verdict" => held::links(found)?,
        _ => bail!("nothing is made for a stretch called `{name}`"),
    })
}

/// The targets that ship with the program.
fn england() -> anyhow::Result<Targets> {
    let (targets, _) = files::targets("england", &Overrides::default())
        .map_err(|problems| anyhow!("{problems}"))
        .context("the targets that ship are faulty")?;
    Ok(targets)
}

fn entities() -> String {
    let mut text =
        String::from("| entity | how many | state variables | declared in |\n|---|---|---|---|\n");
    for entity in &state::ENTITIES {
        let (name, scale, path) = (entity.name, entity.scale, entity.path);
        let _ = writeln!(text, "| {name} | {scale} | {} | `{path}` |", entity.variables().len());
    }
    text.push_str(
        "\nEach state variable is listed, with what it is, in [state](reference/state.md).",
    );
    text
}

fn count(of: impl Fn(&Parameter) -> bool) -> usize {
    PARAMETERS.iter().filter(|p| of(p)).count()
}

fn parameters() -> String {
    let graded = |within: &str, word: &str| {
        let is =
            |p: &Parameter| p.grade.word() == word && (within.is_empty() || p.section == within);
        match count(is) {
            0 => String::new(),
            n => n.to_string(),
        }
    };
    let mut text = format!(
        "| section | parameters | {} |\n|---|---|{}\n",
        Grade::WORDS.join(" | "),
        "---|".repeat(Grade::WORDS.len())
    );
    let mut row = |title: &str, section: &str, n: usize| {
        let cells = Grade::WORDS.map(|word| graded(section, word)).join(" | ");
        let _ = writeln!(text, "| {title} | {n} | {cells} |");
    };
    for section in PARAMETERS.chunk_by(|a, b| a.section == b.section) {
        row(section[0].section, section[0].section, section.len());
    }
    row("**all**", "", PARAMETERS.len());
    let _ = write!(
        text,
        "\n{} of them are claims of the source and {} objections to it: their ranges take in no effect. \
         {} have a range; the others are fixed. Values, ranges and sources are in [parameters](reference/parameters.md).",
        count(|p| matches!(p.shape, Shape::Claim { .. })),
        count(|p| matches!(p.shape, Shape::Objection { .. })),
        count(|p| p.low < p.high),
    );
    text
}

fn levers() -> String {
    let mut text = String::from("| first read in | levers |\n|---|---|\n");
    let mut processes: Vec<&str> = state::processes();
    let other =
        LEVERS.iter().map(|lever| lever.acts_in).filter(|at| !state::processes().contains(at));
    processes.extend(other);
    processes.dedup();
    for process in processes {
        let here = LEVERS.iter().filter(|lever| lever.acts_in == process);
        let names: Vec<String> = here.map(|lever| format!("`{}`", lever.name)).collect();
        if !names.is_empty() {
            let _ = writeln!(text, "| {process} | {} |", names.join(", "));
        }
    }
    let _ = write!(
        text,
        "\n{} levers; what each may be, does and costs is in [levers](reference/levers.md).",
        LEVERS.len()
    );
    text
}

fn metrics() -> String {
    let mut text = String::from(
        "| family | metrics | explored | described | headlines |\n|---|---|---|---|---|\n",
    );
    for family in Family::ALL {
        let of: Vec<&Declaration> = METRICS.iter().filter(|m| m.family == family).collect();
        let headlines: Vec<&str> = of.iter().filter(|m| m.is_headline()).map(|m| m.label).collect();
        let described = of.iter().filter(|m| m.matters().is_none()).count();
        let explored = of.len() - headlines.len() - described;
        let _ = writeln!(
            text,
            "| {} | {} | {explored} | {described} | {} |",
            family.id(),
            of.len(),
            headlines.join("; "),
        );
    }
    let _ = write!(
        text,
        "\n{} metrics, defined in [metrics](reference/metrics.md); {} lines of costs, in [economics](reference/economics.md).",
        METRICS.len(),
        COSTS.len()
    );
    text
}

fn structures() -> String {
    let names: Vec<String> = STRUCTURES.iter().map(|(id, _)| format!("`{id}`")).collect();
    format!(
        "{} links have a switch: {}. What each says is in [structures](reference/structures.md).",
        names.len(),
        names.join(", ")
    )
}

fn streams() -> String {
    let all = state::streams();
    let decide: Vec<String> = all
        .iter()
        .map(|item| {
            let meaning = item.meaning.trim_end_matches('.');
            let mut letters = meaning.chars();
            let first = letters.next().map(|c| c.to_lowercase().to_string()).unwrap_or_default();
            format!("{first}{}", letters.as_str())
        })
        .collect();
    format!(
        "{} streams of chance, each of which decides one thing: {}.",
        all.len(),
        decide.join("; ")
    )
}

fn size(targets: &Targets) -> String {
    let space = Space::of(&targets.fit);
    let fitted = space.sides().iter().filter(|side| side.fitted).count();
    let goals = targets.of(Role::Calibrate).count();
    let places = targets.experiments.first().map_or(0, |experiment| experiment.places.len());
    format!(
        "{} inputs vary at once, of which {fitted} are fitted and the others drawn from what is not known of them; \
         {goals} targets; each point is {places} councils, from the first month of the burn-in on.",
        space.sides().len()
    )
}

fn targets(targets: &Targets) -> String {
    let mut text = String::new();
    for (role, title) in [(Role::Calibrate, "Fitted to"), (Role::Validate, "Never fitted to")] {
        let of: Vec<_> = targets.of(role).collect();
        let _ = writeln!(
            text,
            "\n**{title}: {}**\n\n| target | what was observed | observed | within | when | where | source |\n|---|---|---|---|---|---|---|",
            of.len()
        );
        for target in of {
            let observed = held::observed(target);
            let within = held::written(target.tolerance);
            let _ = writeln!(
                text,
                "| `{}` | {} | {observed} | {within} | {} | {} | {} |",
                target.id,
                cell(&target.what),
                target.when,
                cell(&target.place),
                cell(&target.source),
            );
        }
    }
    text
}

/// Pages of the reference that list what the model remembers and what chance decides.
pub(super) fn state_page(mut text: String) -> String {
    for entity in &state::ENTITIES {
        let _ = writeln!(
            text,
            "\n## {}\n\nHow many: {}. Declared in `{}`.\n\n| variable | what it is |\n|---|---|",
            entity.name, entity.scale, entity.path
        );
        for item in entity.variables() {
            let _ = writeln!(text, "| `{}` | {} |", item.name, cell(&item.meaning));
        }
    }
    text.push_str("\n## Streams of chance\n\n| number | what it decides |\n|---|---|\n");
    for item in state::streams() {
        let _ = writeln!(text, "| {} | {} |", item.name, cell(&item.meaning));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_is_made_anew_and_all_else_is_kept() {
        let made = |text: &str| filled(text, &Found::default());
        let text = "before\n<!-- generated: structures -->\nold\n<!-- end -->\nafter `<!-- generated: x -->`\n";
        let new = made(text).expect("made");
        assert!(new.starts_with("before\n<!-- generated: structures -->\n\n"), "{new}");
        assert!(new.ends_with("\n\n<!-- end -->\nafter `<!-- generated: x -->`\n"), "{new}");
        assert!(new.contains("`woodwork`") && !new.contains("old"), "{new}");
        assert_eq!(made(&new).expect("made"), new, "made twice is made once");
        let by_hand = "<!-- generated: answer -->\nwritten\n<!-- end -->\n";
        assert_eq!(made(by_hand).expect("kept"), by_hand);
    }

    #[test]
    fn a_stretch_that_nothing_is_made_for_or_has_no_end_is_said() {
        let error = |text: &str| filled(text, &Found::default()).expect_err("refused").to_string();
        assert!(error("<!-- generated: strctures -->\n<!-- end -->\n").contains("`strctures`"));
        assert!(error("<!-- generated: structures -->\n").contains("no line"));
        let two = "<!-- generated: structures -->\n<!-- generated: fit -->\n<!-- end -->\n";
        assert!(error(two).contains("`structures`"));
    }

    #[test]
    fn grades_add_up() {
        let text = parameters();
        let last = text.lines().find(|line| line.starts_with("| **all**")).expect("a sum");
        let cells: Vec<usize> =
            last.split('|').filter_map(|cell| cell.trim().parse().ok()).collect();
        assert_eq!(cells[0], PARAMETERS.len());
        assert_eq!(cells[1..].iter().sum::<usize>(), cells[0]);
        let assumed = count(|p| matches!(p.grade, Grade::Assumed(_)));
        assert_eq!(cells.last(), Some(&assumed));
        let levers = levers();
        assert!(LEVERS.iter().all(|lever| levers.contains(&format!("`{}`", lever.name))));
    }
}
