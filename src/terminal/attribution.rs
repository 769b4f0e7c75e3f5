//! What each part of a difference is due to, for a terminal.

use super::numbers::{places, shown, signed};
use super::{BOLD, DIM, count, styled, unit};
use crate::discovery::attribution::{Attribution, Part};
use crate::discovery::coalitions::Group;
use crate::metrics::Metric;
use crate::resampling::Ranged;
use std::fmt::Write;
use std::path::Path;

/// What was asked.
#[derive(Debug)]
pub struct Asked<'a> {
    /// Title of the experiment's places and years.
    pub where_: String,
    /// Ids of the two regimes.
    pub regimes: [&'a str; 2],
    /// The groups.
    pub groups: &'a [Group],
    /// Orders drawn in each replicate; none where all coalitions were run.
    pub orders: Option<u32>,
    /// Replicates.
    pub replicates: u32,
}

/// Pairs of groups that are named, at most.
const PAIRS: usize = 3;

/// The differences and their parts, metric by metric. It holds styles; print it through
/// `anstream`.
pub fn told(asked: &Asked<'_>, found: &[(Metric, Option<Attribution>)], folder: &Path) -> String {
    let [from, to] = asked.regimes;
    let mut text = format!("\n{}\n{}\n", styled(BOLD, &format!("{to} less {from}")), asked.where_);
    for (metric, shared) in found {
        match shared {
            Some(shared) => one(&mut text, asked, *metric, shared),
            None => {
                let label = metric.declaration().label;
                let _ = writeln!(text, "\n{}: not measured", styled(BOLD, label));
            }
        }
    }
    let how = match asked.orders {
        None => format!(
            "All {} coalitions of {} were lived in each of {}.",
            1u64 << asked.groups.len(),
            count(asked.groups.len(), "group"),
            count(asked.replicates as usize, "replicate"),
        ),
        Some(orders) => format!(
            "There are too many coalitions of {} groups to live them all, or fewer were asked for: parts are means\n\
             over {orders} orders drawn by chance in each of {}, which is in their intervals. What groups do only\n\
             together is not known then.",
            asked.groups.len(),
            count(asked.replicates as usize, "replicate"),
        ),
    };
    let _ = writeln!(
        text,
        "\n{how}\n\
         Luck only: 95% intervals over replicates, every parameter at one value. A part is what the group adds,\n\
         averaged over all orders in which groups could be brought in; parts add up to the difference.\n\
         Where the unit is %, differences are in percentage points.\n\nThe table is in {}",
        folder.join("attribution.csv").display()
    );
    text
}

fn one(text: &mut String, asked: &Asked<'_>, metric: Metric, shared: &Attribution) {
    let (unit, times) = unit(metric);
    let label = metric.declaration().label;
    let write = Writing { times, metric };
    let whole = write.ranged(&shared.difference);
    let _ = writeln!(text, "\n{}, {unit}: {whole}", styled(BOLD, label));
    let mut parts: Vec<(&Group, &Part)> = asked.groups.iter().zip(&shared.parts).collect();
    parts.sort_by(|(_, a), (_, b)| b.value.at.abs().total_cmp(&a.value.at.abs()));
    let widest = parts.iter().map(|(group, _)| group.name.chars().count()).max().unwrap_or(0);
    let cells =
        |part: &Part| [write.ranged(&part.value), write.only(&part.alone), write.only(&part.last)];
    let width = parts.iter().map(|(_, part)| cells(part)[0].chars().count()).max().unwrap_or(0);
    let heading = format!("  {:widest$}  {:width$}  first in  last in", "", "part");
    let _ = writeln!(text, "{}", styled(DIM, &heading));
    for (group, part) in &parts {
        let [value, alone, last] = cells(part);
        let _ = writeln!(text, "  {:widest$}  {value:width$}  {alone:>8}  {last:>7}", group.name);
    }
    let _ = writeln!(text, "{}", sentence(&write, &shared.difference, &parts));
    let mut pairs: Vec<_> = shared.pairs.iter().filter(|(_, pair)| clear(pair)).collect();
    pairs.sort_by(|(_, a), (_, b)| b.at.abs().total_cmp(&a.at.abs()));
    for ((a, b), pair) in pairs.into_iter().take(PAIRS) {
        let name = |index: &usize| asked.groups.get(*index).map_or("", |group| group.name.as_str());
        let more = if pair.at > 0.0 { "more" } else { "less" };
        let _ = writeln!(
            text,
            "Together {} and {} do {} {more} than apart.",
            named(name(a)),
            named(name(b)),
            write.size(pair)
        );
    }
}

/// Whether an interval leaves no doubt which way it goes.
fn clear(ranged: &Ranged) -> bool {
    ranged.low > 0.0 || ranged.high < 0.0
}

/// A group's name within a sentence.
fn named(name: &str) -> String {
    format!("“{name}”")
}

/// What does the most, in words.
fn sentence(write: &Writing, whole: &Ranged, parts: &[(&Group, &Part)]) -> String {
    let clear_parts: Vec<_> = parts.iter().filter(|(_, part)| clear(&part.value)).collect();
    let difference = write.only(whole);
    let Some((group, part)) = clear_parts.first() else {
        return format!("Of the {difference} no group's part is told from none.");
    };
    let mut said = format!(
        "Of the {difference}, {} accounts for {}",
        named(&group.name),
        write.ranged(&part.value)
    );
    let against = clear_parts.iter().find(|(_, other)| other.value.at * part.value.at < 0.0);
    if let Some((group, part)) = against {
        let _ =
            write!(said, "; against it goes {}, {}", named(&group.name), write.ranged(&part.value));
    }
    let unclear = parts.len() - clear_parts.len();
    if unclear > 0 {
        let parts =
            if unclear == 1 { "the part of one group is" } else { "the parts of {} groups are" };
        let _ = write!(said, "; {} not told from none", parts.replace("{}", &unclear.to_string()));
    }
    said + "."
}

/// How a metric's figures are written.
struct Writing {
    times: f64,
    metric: Metric,
}

impl Writing {
    fn places(&self, of: &Ranged) -> Option<i32> {
        let matters = self.metric.declaration().matters().map(|matters| matters * self.times);
        places(of.at * self.times, (of.high - of.low) / 2.0 * self.times, matters)
    }

    fn only(&self, of: &Ranged) -> String {
        signed(of.at * self.times, self.places(of))
    }

    fn size(&self, of: &Ranged) -> String {
        shown((of.at * self.times).abs(), self.places(of))
    }

    fn ranged(&self, of: &Ranged) -> String {
        let places = self.places(of);
        let write = |x: f64| signed(x * self.times, places);
        format!("{} ({} to {})", write(of.at), write(of.low), write(of.high))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranged(at: f64, half: f64) -> Ranged {
        Ranged { at, low: at - half, high: at + half }
    }

    fn group(name: &str) -> Group {
        Group { id: name.to_lowercase(), name: name.to_owned(), levers: Vec::new() }
    }

    #[test]
    fn parts_are_told_largest_first_and_in_a_sentence() {
        let groups = [group("Planning"), group("Auditing"), group("Catalysts")];
        let part = |at: f64, half: f64| Part {
            value: ranged(at, half),
            alone: ranged(at + 0.01, half),
            last: ranged(at - 0.01, half),
        };
        let shared = Attribution {
            difference: ranged(0.16, 0.018),
            parts: vec![part(-0.022, 0.008), part(0.001, 0.004), part(0.181, 0.011)],
            pairs: vec![((0, 1), ranged(0.001, 0.01)), ((0, 2), ranged(0.03, 0.01))],
            whole: 20,
        };
        let asked = Asked {
            where_: "Dorset, 10 years".to_owned(),
            regimes: ["status-quo", "mine"],
            groups: &groups,
            orders: None,
            replicates: 20,
        };
        let found = [(Metric::Picked, Some(shared))];
        let told = told(&asked, &found, Path::new("results/here"));
        let told = anstream::adapter::strip_str(&told).to_string();
        insta::assert_snapshot!(told, @r"

        mine less status-quo
        Dorset, 10 years

        Picked their supporter, %: +16.0 (+14.2 to +17.8)
                     part                    first in  last in
          Catalysts  +18.1 (+17.0 to +19.2)     +19.1    +17.1
          Planning   −2.2 (−3.0 to −1.4)         −1.2     −3.2
          Auditing   +0.1 (−0.3 to +0.5)         +1.1     −0.9
        Of the +16.0, “Catalysts” accounts for +18.1 (+17.0 to +19.2); against it goes “Planning”, −2.2 (−3.0 to −1.4); the part of one group is not told from none.
        Together “Planning” and “Catalysts” do 3.0 more than apart.

        All 8 coalitions of 3 groups were lived in each of 20 replicates.
        Luck only: 95% intervals over replicates, every parameter at one value. A part is what the group adds,
        averaged over all orders in which groups could be brought in; parts add up to the difference.
        Where the unit is %, differences are in percentage points.

        The table is in results/here/attribution.csv
        ");
    }
}
