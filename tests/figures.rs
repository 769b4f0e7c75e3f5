//! Figures: their words stay on the page and apart, their numbers are in their tables,
//! their titles follow the verdicts, and their bytes are the same twice.

use commissim::analysis::verdict::Verdict;
use commissim::briefing::book::{Book, LifeMonth};
use commissim::briefing::draw::output::{pdf, png, svg, tree};
use commissim::briefing::figures::{Figure, NAMES, absent, figure, figures};
use commissim::briefing::theme::Theme;
use commissim::cli::{self, Parts, start};
use commissim::metrics::Metric;
use commissim::outcomes::Period;
use commissim::parameters::Parameters;
use resvg::usvg::{Group, Node, Rect};
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::OnceLock;

/// A small run of the model, with a blow.
const EXPERIMENT: &str = r#"
name = "A quick look at a made-up town"
place = "town"
regimes = ["tendering", "community-sourcing"]
years = 2
burn_in_years = 2
replicates = 3
seed = 2026

[[stress]]
kind = "workers-off"
year = 1
month = 6
"#;

/// One run for all tests.
fn folder() -> &'static PathBuf {
    static MADE: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    let (_, out) = MADE.get_or_init(|| {
        let parent = tempfile::tempdir().expect("a folder");
        let (file, out) = (parent.path().join("blow.toml"), parent.path().join("mine"));
        std::fs::write(&file, EXPERIMENT).expect("written");
        let words = ["commissim", "run", "--quiet", "--no-briefing", "--out"].map(OsString::from);
        let typed = words.into_iter().chain([out.clone().into(), file.into()]);
        let parts = Parts { read: &cli::read, simulate: &commissim::cell::together };
        assert_eq!(start(typed, &parts, &mut Vec::new()), 0);
        (parent, out)
    });
    out
}

fn book() -> Book {
    Book::read(folder()).expect("a results folder")
}

/// A book with everything that there is a figure of: a life and councils are made up.
fn full() -> Book {
    let mut book = book();
    let regimes: Vec<String> = book.regimes().map(|regime| regime.id.clone()).collect();
    for (index, regime) in regimes.iter().enumerate() {
        for month in 1..=24 {
            book.life.push(LifeMonth {
                citizen: "a1".to_owned(),
                place: "town".to_owned(),
                regime: regime.clone(),
                month,
                date: "2015-04".to_owned(),
                stage: if month < 20 { "at_home" } else { "care_home" }.to_owned(),
                hours_needed: 12.0,
                hours_planned: 12.0,
                hours_delivered: if month % 7 == 3 { 6.0 } else { 12.0 },
                mechanism: if month < 9 { "managed" } else { "isf" }.to_owned(),
                supporter: format!("agency {}", 1 + month / (8 + index as i32)),
                picked: Some(month > 8),
                fit: Some(0.2),
                scrqol: Some(18.0),
                unpaid_hours: 3.0,
                public_pounds: 700.0,
            });
        }
    }
    let parameters = Parameters::default();
    let england = commissim::place::sets::members("england").expect("a set");
    book.experiment.places =
        england.iter().filter_map(|id| commissim::place::place(id, &parameters)).collect();
    let all = book.differences.iter().filter(|r| r.group_by == "all" && r.period == Period::Whole);
    let all: Vec<_> = all.cloned().collect();
    for (index, place) in book.experiment.places.iter().enumerate() {
        for row in &all {
            let mut row = row.clone();
            row.group_by = "place".to_owned();
            row.group = place.id.clone();
            row.verdict = Some(Verdict::ALL[index % 4]);
            book.differences.push(row);
        }
    }
    book
}

/// Words as painted: what they say and where they stand.
fn words(group: &Group, found: &mut Vec<(String, Rect)>) {
    for node in group.children() {
        match node {
            Node::Group(group) => words(group, found),
            Node::Text(text) => {
                let said: String = text.chunks().iter().map(|chunk| chunk.text()).collect();
                found.push((said, text.abs_bounding_box()));
            }
            _ => {}
        }
    }
}

fn painted(figure: &Figure, theme: &Theme) -> (Vec<(String, Rect)>, f32, f32) {
    let tree = tree(figure, theme).expect("a drawing");
    let mut found = Vec::new();
    words(tree.root(), &mut found);
    (found, tree.size().width(), tree.size().height())
}

#[test]
fn every_name_is_a_figure_or_says_why_it_is_none() {
    let (book, theme) = (book(), Theme::default());
    let drawn: Vec<&str> = figures(&book, &theme, 160.0).iter().map(|f| f.name).collect();
    let absent = absent(&book, &theme);
    assert_eq!(drawn.len() + absent.len(), NAMES.len());
    for missing in &absent {
        assert!(!drawn.contains(&missing.name) && missing.why.len() > 20, "{missing:?}");
    }
    let names: Vec<&str> = absent.iter().map(|absent| absent.name).collect();
    assert_eq!(names, ["life", "councils"]);
    let all = figures(&full(), &theme, 160.0);
    assert_eq!(all.iter().map(|f| f.name).collect::<Vec<_>>(), NAMES);
    assert!(figure(&book, &theme, 160.0, "pie").expect_err("no such figure").why.contains("pie"));
}

/// Words of figures that leave the page or lie on one another.
fn misplaced(drawn: &[Figure], theme: &Theme) -> Vec<String> {
    let mut wrong = Vec::new();
    for figure in drawn {
        let (found, wide, high) = painted(figure, theme);
        assert!(found.len() > 4, "{} has hardly a word", figure.name);
        let name = format!("{} at {} mm", figure.name, figure.width_mm);
        for (index, (said, at)) in found.iter().enumerate() {
            if at.left() < 0.0 || at.right() > wide || at.top() < 0.0 || at.bottom() > high {
                wrong.push(format!("{name}: `{said}` leaves the page"));
            }
            // Boxes take in the room above and below letters.
            let air = at.height() * 0.2;
            for (other, there) in &found[index + 1..] {
                let across = at.right().min(there.right()) - at.left().max(there.left());
                let down = at.bottom().min(there.bottom()) - at.top().max(there.top());
                if across > 0.5 && down > air.min(there.height() * 0.2) + 0.5 {
                    wrong.push(format!("{name}: `{said}` lies on `{other}`"));
                }
            }
        }
    }
    wrong
}

#[test]
fn words_stay_on_the_page_and_never_lie_on_one_another() {
    let (book, theme) = (full(), Theme::default());
    let widths = [80.0, 95.0, 160.0, 170.0, 240.0];
    let drawn = widths.map(|width| figures(&book, &theme, width));
    let wrong: Vec<String> = drawn.iter().flat_map(|drawn| misplaced(drawn, &theme)).collect();
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong[..wrong.len().min(40)].join("\n"));
}

/// Marks as painted: small shapes.
fn marks(group: &Group, found: &mut Vec<Rect>) {
    for node in group.children() {
        match node {
            Node::Group(group) => marks(group, found),
            Node::Path(path) => {
                let at = path.abs_bounding_box();
                let is_small = |size: f32| (2.0..16.0).contains(&size);
                if is_small(at.width()) && is_small(at.height()) {
                    found.push(at);
                }
            }
            _ => {}
        }
    }
}

fn meet(words: &Rect, mark: &Rect) -> bool {
    // Boxes take in the room above and below letters.
    let air = words.height() * 0.2;
    let across = words.right().min(mark.right()) - words.left().max(mark.left());
    let down = (words.bottom() - air).min(mark.bottom()) - (words.top() + air).max(mark.top());
    across > 0.0 && down > 0.0
}

#[test]
fn no_mark_of_a_difference_lies_on_words_at_the_width_of_a_phone() {
    let (book, theme) = (book(), Theme::default());
    for name in ["differences-choice", "differences-cost", "differences-community"] {
        for width in [80.0, 95.0] {
            let figure = figure(&book, &theme, width, name).expect("drawn");
            let (found, ..) = painted(&figure, &theme);
            let mut shapes = Vec::new();
            marks(tree(&figure, &theme).expect("a drawing").root(), &mut shapes);
            assert!(shapes.len() > 3, "{name}");
            for (said, at) in &found {
                assert!(!shapes.iter().any(|mark| meet(at, mark)), "{name}, {width} mm: `{said}`");
            }
        }
    }
}

/// Regimes' names stand where the cloud is not, as long as there is such a place near.
#[test]
fn names_on_the_plane_of_cost_and_outcome_lie_on_no_cloud() {
    let (mut book, theme) = (book(), Theme::default());
    let template = book.plane.iter().find(|point| point.perspective == "public");
    let template = template.cloned().expect("a point");
    book.plane.clear();
    let regimes: Vec<(String, String)> =
        book.experiment.regimes.iter().map(|r| (r.id.clone(), r.name.clone())).collect();
    for row in book.economics.iter_mut().filter(|row| row.measure.starts_with("incremental_")) {
        (row.mean, row.low, row.high) = (Some(50.0), Some(45.0), Some(55.0));
    }
    for (id, _) in &regimes {
        for step in 0..400 {
            let mut point = template.clone();
            point.regime = id.clone();
            point.incremental_outcome = f64::from(step % 20) * 5.0;
            point.incremental_cost = f64::from(step / 20) * 5.0;
            book.plane.push(point);
        }
    }
    // A point far away leaves room about the cloud.
    let mut far = template;
    far.regime = regimes[0].0.clone();
    (far.incremental_outcome, far.incremental_cost) = (-400.0, -400.0);
    book.plane.push(far);
    let figure = figure(&book, &theme, 170.0, "cost-outcome").expect("drawn");
    let (found, ..) = painted(&figure, &theme);
    let mut shapes = Vec::new();
    marks(tree(&figure, &theme).expect("a drawing").root(), &mut shapes);
    assert!(shapes.len() > 300, "{}", shapes.len());
    for (_, name) in &regimes {
        let (_, at) = found.iter().find(|(said, _)| said == name).expect("a name");
        let covered = shapes.iter().filter(|mark| meet(at, mark)).count();
        assert_eq!(covered, 0, "{name}");
    }
}

#[test]
fn gains_and_losses_have_a_scale_at_every_width() {
    let (mut book, theme) = (book(), Theme::default());
    for most in [0.02, 0.13, 0.24, 0.47, 0.9] {
        for row in &mut book.gains {
            (row.share, row.excess) = (Some(most), Some(0.01));
            (row.excess_low, row.excess_high) = (Some(0.0), Some(0.02));
        }
        for width in [80.0, 95.0, 170.0] {
            let figure = figure(&book, &theme, width, "gains-losses").expect("drawn");
            let (found, ..) = painted(&figure, &theme);
            let number = |said: &str| said.strip_suffix('%')?.parse::<f64>().ok();
            let scale: BTreeSet<String> = found
                .iter()
                .filter(|(said, _)| number(said).is_some())
                .map(|(s, _)| s.clone())
                .collect();
            assert!(scale.len() > 1, "{most} at {width} mm: {scale:?}");
        }
        let wrong = misplaced(
            &[80.0, 95.0, 170.0].map(|w| figure(&book, &theme, w, "gains-losses").expect("drawn")),
            &theme,
        );
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}

/// Most of a life may lie before: what is drawn begins where there is something to tell.
#[test]
fn a_life_is_drawn_from_where_it_has_something_to_tell() {
    let (mut book, theme) = (full(), Theme::default());
    let first = |book: &Book| {
        let figure = figure(book, &theme, 170.0, "life").expect("drawn");
        let (found, ..) = painted(&figure, &theme);
        let year = found.iter().find(|(said, _)| said.starts_with("year ")).expect("a year");
        (year.0.clone(), year.1.left())
    };
    assert_eq!(first(&book).0, "year 0");
    let left = first(&book).1;
    for month in &mut book.life {
        month.month += 60;
    }
    let (said, at) = first(&book);
    assert_eq!(said, "year 5");
    assert!((at - left).abs() < 10.0, "it begins at the left: {at}");
}

/// Two years of before beside ten of after leave the word little room, beside the mark of the
/// year in which regimes part.
#[test]
fn what_was_before_is_said_and_lies_on_no_mark_however_long_the_run() {
    let theme = Theme::default();
    for years in [1, 2, 5, 10, 40] {
        let mut book = book();
        book.experiment.years = years;
        for name in ["mechanism-shares", "market"] {
            let drawn =
                [80.0, 170.0].map(|width| figure(&book, &theme, width, name).expect("drawn"));
            let wrong = misplaced(&drawn, &theme);
            assert!(wrong.is_empty(), "{years} years: {}", wrong.join("\n"));
            let said = |(said, _): &(String, Rect)| said == "before";
            assert!(years > 10 || painted(&drawn[1], &theme).0.iter().any(said), "{years} years");
        }
    }
}

/// The numbers of a text such as `+1.2 (+1.0 to +1.4)`, each with half its last place.
fn numbers(said: &str) -> Option<[(f64, f64); 3]> {
    let (mean, rest) = said.split_once(" (")?;
    let (low, high) = rest.strip_suffix(')')?.split_once(" to ")?;
    let number = |text: &str| -> Option<(f64, f64)> {
        let plain = text.replace('−', "-").replace(['+', ',', '%'], "");
        let places = plain.split_once('.').map_or(0, |(_, rest)| rest.len());
        let half = (0..places).fold(0.5, |half, _| half / 10.0);
        Some((plain.parse().ok()?, half))
    };
    Some([number(mean)?, number(low)?, number(high)?])
}

#[test]
fn every_range_on_a_figure_is_in_its_table() {
    let (book, theme) = (book(), Theme::default());
    let mut checked = 0;
    for figure in figures(&book, &theme, 160.0) {
        let mut cells = Vec::new();
        for row in csv::Reader::from_reader(figure.data.as_bytes()).records() {
            let row = row.expect("a row");
            cells.extend(row.iter().filter_map(|cell| cell.parse::<f64>().ok()));
        }
        let (found, ..) = painted(&figure, &theme);
        for (said, _) in found {
            let Some(range) = numbers(&said) else { continue };
            for (value, half) in range {
                let is = |cell: &f64| {
                    // Shares are told in %, and large sums in round tens.
                    [1.0, 100.0].iter().any(|times| {
                        let off = (cell * times - value).abs();
                        off <= half * 1.000_001 || (half == 0.5 && off <= 0.005 * value.abs())
                    })
                };
                assert!(cells.iter().any(is), "{}: {value} of `{said}`", figure.name);
                checked += 1;
            }
        }
    }
    assert!(checked > 30, "{checked}");
}

#[test]
fn a_specification_holds_the_numbers_of_the_table() {
    for figure in figures(&full(), &Theme::default(), 160.0) {
        let rows = figure.data.lines().count() - 1;
        let values = figure.vega["data"]["values"].as_array().expect("values");
        assert!(rows > 0 && rows == values.len(), "{}", figure.name);
        let lines = figure.vega["title"]["text"].as_array().expect("lines");
        let lines: Vec<&str> = lines.iter().filter_map(|line| line.as_str()).collect();
        assert_eq!(lines.join(" "), figure.title);
        assert!(figure.vega.get("layer").or(figure.vega.get("spec")).is_some(), "{}", figure.name);
    }
}

/// Every specification there is, by Vega-Lite's own schema, compiler and painter.
#[test]
fn vega_lite_takes_and_draws_every_specification_where_it_is_installed() {
    if !std::path::Path::new("tests/browser/node_modules/vega-lite").exists() {
        eprintln!("left out: Vega-Lite is not here; `npm ci --prefix tests/browser` installs it");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    for figure in figures(&full(), &Theme::default(), 160.0) {
        let path = folder.path().join(format!("{}.vl.json", figure.name));
        std::fs::write(path, figure.vega.to_string()).expect("written");
    }
    let mut node = std::process::Command::new("node");
    let node = node.arg("tests/browser/specifications.mjs").arg(folder.path());
    let Ok(output) = node.output() else {
        eprintln!("left out: there is no node here");
        return;
    };
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}

#[test]
fn who_cannot_see_a_figure_is_told_what_it_finds() {
    for figure in figures(&full(), &Theme::default(), 160.0) {
        assert!(figure.alt.starts_with(&figure.title), "{}", figure.name);
        assert!(figure.alt.len() > figure.title.len() + 40, "{}", figure.name);
        assert!(figure.svg.contains("role=\"img\"") && figure.svg.contains("aria-label=\""));
        for part in [&figure.title, &figure.what, &figure.source] {
            assert!(!part.trim().is_empty(), "{}", figure.name);
        }
    }
}

#[test]
fn bytes_are_the_same_twice_and_no_font_of_the_machine_is_used() {
    let (book, theme) = (book(), Theme::default());
    let draw = || figure(&book, &theme, 80.0, "differences-cost").expect("drawn");
    let (one, two) = (draw(), draw());
    assert_eq!(svg(&one, &theme), svg(&two, &theme));
    assert!(svg(&one, &theme).contains("@font-face"));
    let picture = png(&one, &theme, 96.0).expect("a picture");
    assert!(picture.starts_with(b"\x89PNG"));
    assert_eq!(picture, png(&two, &theme, 96.0).expect("a picture"));
    let page = pdf(&one, &theme).expect("a page");
    assert!(page.starts_with(b"%PDF"));
    assert_eq!(page, pdf(&two, &theme).expect("a page"));
}

#[test]
fn titles_turn_with_the_verdicts() {
    let theme = Theme::default();
    let title = |book: &Book, name: &str| figure(book, &theme, 160.0, name).expect("drawn").title;
    let mut book = book();
    let names = ["differences-choice", "differences-cost", "differences-community", "deprivation"];
    for verdict in Verdict::ALL.into_iter().map(Some).chain([None]) {
        for row in &mut book.differences {
            row.verdict = verdict;
        }
        for name in names {
            let title = title(&book, name);
            let says = |word| title.contains(word);
            let right = match verdict {
                Some(Verdict::Better) => says("better") && !says("worse"),
                Some(Verdict::Worse) => says("worse") && !says("better"),
                Some(Verdict::Same) => title.starts_with("The same") && !says("clear"),
                Some(Verdict::Unclear) => says("clear") && !says("the same"),
                None => says("no verdict is passed"),
            };
            assert!(right, "{verdict:?}: {title}");
        }
    }
    // Not clear is two things: no difference that shows, and one that may be too small.
    for (ends, said) in [((-1.0, 1.0), "No clear difference"), ((0.1, 9.0), "Whether")] {
        for row in &mut book.differences {
            let matters = row.matters.unwrap_or(1.0);
            (row.verdict, row.mean) = (Some(Verdict::Unclear), Some(0.5 * matters));
            (row.low, row.high) = (Some(ends.0 * matters), Some(ends.1 * matters));
        }
        for name in names {
            assert!(title(&book, name).starts_with(said), "{}", title(&book, name));
        }
    }
    for row in &mut book.gains {
        (row.excess, row.excess_low, row.excess_high) = (Some(0.02), Some(0.01), Some(0.03));
    }
    assert!(title(&book, "gains-losses").starts_with("More people gain than lose"));
    for row in &mut book.gains {
        (row.excess, row.excess_low, row.excess_high) = (Some(-0.02), Some(-0.03), Some(-0.01));
    }
    assert!(title(&book, "gains-losses").starts_with("More people lose than gain"));
    for row in &mut book.gains {
        row.excess_high = Some(0.01);
    }
    assert!(title(&book, "gains-losses").starts_with("No regime clearly"));
}

/// Points may lie among the dearer and better where the tables call cost and quality of life
/// the same: the title goes by the tables.
#[test]
fn cost_against_outcome_is_titled_by_the_verdicts_and_not_by_the_points() {
    let theme = Theme::default();
    let title = |book: &Book| figure(book, &theme, 160.0, "cost-outcome").expect("drawn").title;
    let mut book = book();
    let mut with = |cost: Verdict, outcome: Verdict| {
        for row in &mut book.differences {
            row.verdict = match row.metric {
                Metric::PublicPerPerson => Some(cost),
                Metric::Scrqol => Some(outcome),
                _ => None,
            };
        }
        title(&book)
    };
    use Verdict::{Better, Same, Unclear, Worse};
    let said = with(Same, Same);
    assert!(said.contains("cost and quality of life are the same"), "{said}");
    assert!(!said.contains("dearer") && !said.contains("better"), "{said}");
    let said = with(Worse, Better);
    assert!(said.contains("dearer and better"), "{said}");
    let said = with(Unclear, Better);
    assert!(said.contains("better, with no clear difference in cost"), "{said}");
    assert!(!said.contains("dearer") && !said.contains("the same"), "{said}");
    // Its interval leaves out nought: which way it goes is clear.
    for row in book.differences.iter_mut().filter(|row| row.metric == Metric::PublicPerPerson) {
        let matters = row.matters.unwrap_or(1.0);
        (row.mean, row.low, row.high) =
            (Some(0.97 * matters), Some(0.9 * matters), Some(1.03 * matters));
        row.verdict = Some(Verdict::Unclear);
    }
    let said = title(&book);
    assert!(said.contains("better, with cost higher, perhaps too little to matter"), "{said}");
    assert!(!said.contains("no clear difference"), "{said}");
    for row in book.differences.iter_mut().filter(|row| row.metric == Metric::UnpaidHours) {
        row.verdict = Some(Verdict::Same);
    }
    let said = figure(&book, &theme, 160.0, "differences-cost").expect("drawn").title;
    assert!(said.contains("is higher with every regime, perhaps too little"), "{said}");
    assert!(!said.contains("not clear") && !said.contains("no clear difference"), "{said}");
}

#[test]
fn a_superlative_needs_a_difference_that_can_be_told_from_the_next() {
    let theme = Theme::default();
    let title = |book: &Book, name: &str| figure(book, &theme, 160.0, name).expect("drawn").title;
    let mut book = book();
    let mut changes = |first: f64, second: f64| {
        for row in &mut book.differences {
            if row.period == Period::FinalYear && row.metric == Metric::ShareManaged {
                let mean = if row.regime == "tendering" { first } else { second };
                (row.mean, row.low, row.high) = (Some(mean), Some(mean - 0.01), Some(mean + 0.01));
            } else if row.period == Period::FinalYear {
                (row.mean, row.low, row.high) = (Some(0.0), Some(-0.01), Some(0.01));
            }
        }
        title(&book, "mechanism-shares")
    };
    let said = changes(-0.2916, -0.2906);
    assert!(!said.contains("most"), "{said}");
    assert!(said.contains("tendering and community sourcing"), "{said}");
    let said = changes(-0.2916, -0.2);
    assert!(said.contains("changes most with tendering:"), "{said}");
    // All that is clear in the market is named.
    for row in &mut book.differences {
        if row.metric == Metric::EnterprisesPer1000 {
            let mean = if row.regime == "tendering" { 2.0 } else { 9.0 };
            (row.mean, row.low, row.high) = (Some(mean), Some(mean - 1.0), Some(mean + 1.0));
        }
    }
    let said = title(&book, "market");
    assert!(said.contains("with tendering and community sourcing"), "{said}");
    let mut shares = |shares: [f64; 3]| {
        let ids: Vec<String> = book.regimes().map(|regime| regime.id.clone()).collect();
        for row in &mut book.acceptability {
            let at = ids.iter().position(|id| *id == row.regime).unwrap_or(0);
            (row.probability_best, row.n) = (Some(shares[at]), 27);
        }
        title(&book, "acceptability")
    };
    assert!(shares([0.3, 0.26, 0.44]).contains("no regime is clearly the best buy"));
    assert!(shares([0.9, 0.06, 0.04]).contains("is most often the best buy"));
}

#[test]
fn the_same_and_no_clear_difference_are_drawn_and_said_apart() {
    let theme = Theme::default();
    let mut book = book();
    let mut drawn = |verdict: Verdict| {
        for row in &mut book.differences {
            row.verdict = Some(verdict);
            (row.mean, row.low, row.high) = (Some(0.0), Some(-1.0), Some(1.0));
        }
        figure(&book, &theme, 160.0, "differences-cost").expect("drawn")
    };
    let (same, unclear) = (drawn(Verdict::Same), drawn(Verdict::Unclear));
    assert_ne!(same.svg, unclear.svg);
    assert!(same.alt.contains("the same") && !same.alt.contains("no clear difference"));
    // What the marks stand for is said after what is found.
    let (found, _) = unclear.alt.split_once("Points:").expect("the marks");
    assert!(found.contains("no clear difference") && !found.contains("the same"), "{found}");
    for word in ["better or worse", "small, the same", "hollow, not clear"] {
        assert!(same.what.contains(word), "{}", same.what);
    }
}

#[test]
fn a_title_of_shares_never_states_one_without_its_range() {
    let title = figure(&book(), &Theme::default(), 160.0, "mechanism-shares").expect("drawn").title;
    let shares = title.matches('%').count();
    assert_eq!(shares, title.matches(" to ").count(), "{title}");
}

#[test]
fn regimes_keep_their_markers_on_every_figure_of_differences() {
    let (book, theme) = (full(), Theme::default());
    let colours: BTreeSet<String> =
        (1..book.regimes().count()).map(|index| theme.look(index).colour.hex()).collect();
    for name in ["differences-choice", "market", "recovery", "acceptability"] {
        let figure = figure(&book, &theme, 160.0, name).expect("drawn");
        for colour in &colours {
            assert!(figure.svg.contains(colour.as_str()), "{name} has no {colour}");
        }
    }
}

#[test]
fn the_page_about_figures_names_every_figure_and_every_key_of_a_theme() {
    let page = std::fs::read_to_string("docs/figures.md").expect("a page");
    for name in NAMES {
        assert!(page.contains(&format!("`{name}`")), "{name}");
    }
    for key in commissim::files::keys::THEME {
        assert!(page.contains(&format!("`{}`", key.name)), "{}", key.name);
    }
}

/// Three replicates bear out no finding; the placebo, which was dealt no blow, stands beside.
#[test]
fn a_stress_of_few_replicates_states_no_finding_and_shows_what_luck_makes() {
    let read = |replicates: Option<u32>| {
        let mut book = book();
        if let Some(n) = replicates {
            book.stress.iter_mut().for_each(|row| row.n = n);
        }
        figure(&book, &Theme::default(), 170.0, "recovery").expect("drawn").title
    };
    assert!(read(None).contains("no verdict is passed"), "{}", read(None));
    assert!(!read(Some(100)).contains("no verdict is passed"), "{}", read(Some(100)));
    let read = commissim::run::briefing::Briefing::read;
    let briefing = read(folder(), book().experiment, Default::default()).expect("a briefing");
    let document = commissim::briefing::sections::document(&briefing.made());
    let mut tables = document.tables().filter(|(section, _)| section.id == "stress");
    let (_, blow) = tables.next().expect("a table of the blow");
    let placebo = blow.rows.last().expect("rows");
    assert!(placebo.head.plain().contains("placebo"), "{placebo:?}");
    assert_ne!(placebo.cells[0].words.plain(), "not measured");
}

/// The ranges of appraisal are of the mean over draws: where they stand, that is said.
#[test]
fn ranges_of_a_mean_over_draws_are_called_that() {
    let read = commissim::run::briefing::Briefing::read;
    let mut briefing = read(folder(), book().experiment, Default::default()).expect("a briefing");
    let said = |briefing: &commissim::run::briefing::Briefing| {
        let document = commissim::briefing::sections::document(&briefing.made());
        let (_, table) = document
            .tables()
            .find(|(section, _)| section.id == "cost")
            .expect("cost against outcome");
        let figure = figure(&briefing.book, &Theme::default(), 170.0, "cost-outcome");
        [table.caption.plain(), figure.expect("drawn").what]
    };
    for words in said(&briefing) {
        assert!(!words.contains("of the mean over"), "{words}");
    }
    for row in &mut briefing.book.economics {
        row.interval = commissim::briefing::words::MEAN_OF_DRAWS.to_owned();
    }
    for words in said(&briefing) {
        assert!(words.contains("of the mean over"), "{words}");
        assert!(words.contains("narrower than how far draws differ"), "{words}");
    }
}

/// As many assumptions are shown as the words say, and how many there are is said.
#[test]
fn what_assumptions_are_left_out_is_said() {
    let read = commissim::run::briefing::Briefing::read;
    let briefing = read(folder(), book().experiment, Default::default()).expect("a briefing");
    let text = commissim::briefing::markdown::markdown(
        &briefing.made(),
        &commissim::briefing::sections::document(&briefing.made()),
    );
    let (before, after) = text.split_once(" that did so are shown").expect("how many");
    let said = before.rsplit(". ").next().expect("a sentence");
    let numbers: Vec<usize> = said.split(' ').filter_map(|word| word.parse().ok()).collect();
    let (_, table) = after.split_once("|---").expect("a table");
    let (table, _) = table.split_once("\n\n").expect("its end");
    let rows = table.lines().skip(1).filter(|line| line.starts_with('|')).count();
    assert_eq!(numbers.first(), Some(&rows), "{said}");
    assert!(numbers.last() >= Some(&rows) && before.contains("may reach below what is worth"));
}
