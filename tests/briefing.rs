//! The briefing: every number on the page is in a table of the folder, the page is whole
//! and the same wherever it is made, other programs read its other forms.

use crate::made_up;
use crate::results::commissim_run;
use calamine::{Data, Reader, Xlsx, open_workbook};
use commissim::briefing::words::{Finding, phrase};
use commissim::cli::{Parts, start};
use commissim::metrics;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// One run with its briefing in every form, for all tests that only read.
fn results() -> &'static Path {
    static MADE: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    let (_, out) = MADE.get_or_init(|| {
        let parent = tempfile::tempdir().expect("a folder");
        let out = parent.path().join("mine");
        assert_eq!(commissim_run(&["--briefing"], &out), 0);
        assert_eq!(typed(&["report", "--quiet", "--format", "docx,md,xlsx"], &out).0, 0);
        (parent, out)
    });
    out
}

/// What is typed with a results folder, its exit code and what it prints.
fn typed(words: &[&str], folder: &Path) -> (u8, String) {
    let mut typed: Vec<OsString> = vec!["commissim".into()];
    typed.extend(words.iter().map(Into::into));
    typed.push(folder.into());
    let read = |_: &commissim::cli::RunArgs| Err("nothing is run".to_owned());
    let mut text = Vec::new();
    let code = start(typed, &Parts { read: &read, simulate: &made_up::cells }, &mut text);
    (code, String::from_utf8(text).expect("text"))
}

fn page() -> String {
    fs::read_to_string(results().join("briefing.html")).expect("a page")
}

/// A number of the page: what is shown, what it says the cell holds, and where.
struct Told {
    text: String,
    value: String,
    times: f64,
    file: String,
    cells: Vec<(String, String)>,
    column: String,
}

fn plain(html: &str) -> String {
    let html = html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    html.replace("&amp;", "&")
}

/// Every number of a page that names its cell.
fn told(page: &str) -> Vec<Told> {
    let numbers = page.split("<data ").skip(1).map(|rest| {
        let (tag, rest) = rest.split_once('>').expect("a tag");
        let text = plain(rest.split_once("</data>").expect("its end").0);
        let attribute = |name: &str| {
            let start = format!("{name}=\"");
            let (_, rest) = tag.split_once(&start)?;
            Some(plain(rest.split_once('"')?.0))
        };
        let at = attribute("data-at").expect("a place");
        let (file, rest) = at.split_once('?').expect("a file");
        let (cells, column) = rest.rsplit_once('#').expect("a column");
        let cells = cells.split('&').filter_map(|cell| cell.split_once('='));
        Told {
            text,
            value: attribute("value").expect("a value"),
            times: attribute("data-times").map_or(1.0, |times| times.parse().expect("a number")),
            file: file.to_owned(),
            cells: cells.map(|(c, v)| (c.to_owned(), v.to_owned())).collect(),
            column: column.to_owned(),
        }
    });
    numbers.collect()
}

type Table = Vec<BTreeMap<String, String>>;

fn table(folder: &Path, name: &str) -> Table {
    let reader = csv::Reader::from_path(folder.join(name));
    reader.expect(name).deserialize().collect::<Result<_, _>>().expect(name)
}

/// Whether a number is what it rounds, as far as it is shown.
fn is_rounded(text: &str, value: f64) -> bool {
    let text = text.trim_start_matches(['+', '−']).replace(',', "");
    let Ok(shown) = text.parse::<f64>() else { return false };
    let unit = match text.split_once('.') {
        Some((_, rest)) => libm::pow(10.0, -(rest.len() as f64)),
        // Noughts at the end of a whole number may be rounded away.
        None => libm::pow(10.0, (text.len() - text.trim_end_matches('0').len()) as f64),
    };
    (shown - value.abs()).abs() <= unit * 0.500_001
}

#[test]
fn every_number_on_the_page_is_in_a_table_of_the_folder() {
    let folder = results();
    let numbers = told(&page());
    assert!(numbers.len() > 100, "only {} numbers", numbers.len());
    let mut tables: BTreeMap<String, Table> = BTreeMap::new();
    /// Where each row is, by what stands in some of its columns.
    type Known = BTreeMap<Vec<String>, Vec<usize>>;
    let mut rows: BTreeMap<(String, Vec<String>), Known> = BTreeMap::new();
    let experiment = fs::read_to_string(folder.join("experiment.toml")).expect("inputs");
    let experiment: toml::Table = experiment.parse().expect("TOML");
    for number in numbers {
        let said = format!("{}, {:?}, {}", number.file, number.cells, number.column);
        if number.file == "experiment.toml" {
            let held = experiment[&number.column].to_string().replace('"', "");
            assert!(held.starts_with(&number.text), "{held}: {said}");
            continue;
        }
        let table =
            tables.entry(number.file.clone()).or_insert_with(|| table(folder, &number.file));
        let columns: Vec<String> = number.cells.iter().map(|(c, _)| c.clone()).collect();
        let cells: Vec<String> = number.cells.iter().map(|(_, v)| v.clone()).collect();
        let known = rows.entry((number.file.clone(), columns.clone())).or_insert_with(|| {
            let mut known = Known::new();
            for (at, row) in table.iter().enumerate() {
                let key = columns.iter().map(|column| row[column].clone()).collect();
                known.entry(key).or_default().push(at);
            }
            known
        });
        let found = known.get(&cells).cloned().unwrap_or_default();
        if number.column.is_empty() {
            assert_eq!(found.len().to_string(), number.text, "a count: {said}");
            continue;
        }
        assert!(!found.is_empty(), "there is no such row: {said}");
        for at in found {
            let held = &table[at][&number.column];
            let (held, value) = (held.parse::<f64>(), number.value.parse::<f64>());
            let (held, value) = (held.expect(&said), value.expect("a number"));
            assert_eq!(held, value, "{said}");
            assert!(
                is_rounded(&number.text, held * number.times),
                "{} for {held}: {said}",
                number.text
            );
        }
    }
}

/// A page without the parts between these.
fn without(page: &str, open: &str, close: &str) -> String {
    let mut parts = page.split(open);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |kept, part| {
        kept + " " + part.split_once(close).map_or("", |(_, after)| after)
    })
}

/// Runs of digits, with points and commas inside them.
fn figures(text: &str) -> BTreeSet<String> {
    let tokens = text.split(|c: char| !(c.is_ascii_digit() || c == '.' || c == ','));
    let tokens = tokens.map(|token| token.trim_matches(['.', ',']).replace(',', ""));
    tokens.filter(|token| token.contains(|c: char| c.is_ascii_digit())).collect()
}

#[test]
fn no_other_number_is_on_the_page_but_those_of_its_inputs() {
    let folder = results();
    let mut page = page();
    for (open, close) in [
        ("<style", "</style>"),
        ("<script", "</script>"),
        ("<data ", "</data>"),
        ("<code", "</code>"),
        // Their numbers are in files of their own, which tests of figures hold against them.
        ("<figure", "</figure>"),
        ("<div data-from", "</div>\n"),
        ("<", ">"),
    ] {
        page = without(&page, open, close);
    }
    let mut known = String::new();
    for file in ["experiment.toml", "columns.csv", "assumptions.csv", "validation.csv"] {
        known += &fs::read_to_string(folder.join(file)).expect(file);
    }
    for entry in fs::read_dir(folder.join("regimes")).expect("regimes") {
        known += &fs::read_to_string(entry.expect("a file").path()).expect("a regime");
    }
    let known = figures(&known);
    // 95% is what every interval is, and a hundred people are whom shares are told of.
    let loose: Vec<String> = figures(&plain(&page))
        .into_iter()
        .filter(|token| !["95", "100"].contains(&token.as_str()) && !known.contains(token))
        .collect();
    assert!(loose.is_empty(), "{loose:?}");
}

#[test]
fn what_a_script_may_show_is_what_the_tables_hold() {
    let page = page();
    let (_, rest) = page.split_once("id=\"rows\">").expect("rows");
    let held: Value =
        serde_json::from_str(rest.split_once("</script>").expect("an end").0).expect("JSON");
    let table = table(results(), "differences.csv");
    let key = |row: &BTreeMap<String, String>| {
        ["metric", "regime", "group_by", "group", "period"].map(|column| row[column].clone())
    };
    let known: BTreeMap<_, _> = table.iter().map(|row| (key(row), row)).collect();
    let rows = held["rows"].as_array().expect("rows");
    assert!(rows.len() > 50, "only {} rows", rows.len());
    for row in rows {
        let of = |at: usize, kind: &str, name: &str| {
            let index = row[at].as_u64().expect("an index") as usize;
            held[kind][index][name].as_str().expect("a name").to_owned()
        };
        let metric = of(0, "metric", "id");
        let key = [
            metric.clone(),
            of(1, "regime", "id"),
            of(2, "group", "by"),
            of(2, "group", "id"),
            of(3, "period", "id"),
        ];
        let found = known.get(&key).unwrap_or_else(|| panic!("there is no row {key:?}"));
        let times = phrase(metrics::find(&metric).expect("a metric")).times;
        for (at, column) in [(4, "mean"), (5, "low"), (6, "high")] {
            let text = row[at].as_str().expect("text");
            let held: f64 = found[column].parse().expect("a number");
            assert!(is_rounded(text, held * times), "{text} for {held}: {key:?}");
            assert_eq!(
                text.starts_with('−'),
                held < 0.0 && text.contains(|c| ('1'..='9').contains(&c))
            );
        }
        let finding =
            row[7].as_u64().map(|at| (Finding::ALL[at as usize], &held["findings"][at as usize]));
        let verdict = finding.map_or("", |(finding, _)| finding.verdict().id());
        assert_eq!(verdict, found["verdict"], "{key:?}");
        assert!(finding.is_none_or(|(finding, said)| said[0] == finding.said()), "{key:?}");
    }
}

/// Intervals over luck look like knowledge: who reads the answer alone has to see that they
/// are not, and how to see more.
#[test]
fn the_answer_of_luck_alone_says_how_much_wider_ranges_would_be_and_what_shows_it() {
    let page = page();
    let (_, answer) = page.split_once("<section id=\"answer\"").expect("an answer");
    let (answer, _) = answer.split_once("</section>").expect("its end");
    for said in [
        "ranges would be several to many times wider",
        "their middle might lie elsewhere",
        "--from england --draws 27 --replicates 4</code>",
        "Not a forecast",
    ] {
        assert!(answer.contains(said), "{said}: {answer}");
    }
}

/// Who reads the answer alone learns what is worse and who loses, by name and with ranges.
#[test]
fn the_answer_names_what_is_worse_and_who_loses() {
    let folder = results();
    let page = page();
    let (_, answer) = page.split_once("<section id=\"answer\"").expect("an answer");
    let (answer, _) = answer.split_once("</section>").expect("its end");
    let cells: BTreeSet<String> = told(answer)
        .into_iter()
        .map(|number| format!("{}?{:?}#{}", number.file, number.cells, number.column))
        .collect();
    let of = |file: &str, row: &BTreeMap<String, String>, columns: &[&str], at: &str| {
        let cells: Vec<_> = columns.iter().map(|c| ((*c).to_owned(), row[*c].clone())).collect();
        format!("{file}?{cells:?}#{at}")
    };
    let differences = table(folder, "differences.csv");
    let columns = ["regime", "metric", "group_by", "group", "period", "beliefs"];
    let mut named = 0;
    for row in &differences {
        // What is not clear and leans one way is named like what is worse.
        let [low, high] = ["low", "high"].map(|end| row[end].parse().unwrap_or(0.0_f64));
        let leans = row["verdict"] == "no clear difference" && (low > 0.0 || high < 0.0);
        if row["headline"] == "true" && (row["verdict"] == "worse" || leans) {
            named += 1;
            for at in ["mean", "low", "high"] {
                let wanted = of("differences.csv", row, &columns, at);
                assert!(cells.contains(&wanted), "{wanted} is not in {cells:?}");
            }
        }
    }
    assert!(named > 0, "the made-up run has something to name");
    let columns = ["regime", "metric", "group_by", "group", "fate", "beliefs"];
    for row in &table(folder, "gains.csv") {
        let is_net = row["fate"] == "net" && row["group"] == "all" && row["regime"] != "placebo";
        if is_net && row["metric"] == "choice.scrqol" && !row["excess"].is_empty() {
            let wanted = of("gains.csv", row, &columns, "excess");
            assert!(cells.contains(&wanted), "{wanted} is not in {cells:?}");
        }
    }
}

/// An average over the whole of the time hides what it has come to by the end: the table has
/// both, in every form, and the answer names what is another finding in the final year.
#[test]
fn what_has_another_finding_in_the_final_year_is_in_the_answer_and_beside_the_whole() {
    let page = page();
    let section = |id: &str| {
        let (_, rest) = page.split_once(&format!("<section id=\"{id}\"")).expect("a section");
        rest.split_once("</section>").expect("its end").0.to_owned()
    };
    let means = |html: &str, period: &str| -> BTreeSet<(String, String)> {
        let cell = |number: &Told, name: &str| {
            number.cells.iter().find(|(c, _)| c == name).map(|(_, v)| v.clone()).unwrap_or_default()
        };
        let all = told(html).into_iter().filter(|number| {
            number.file == "differences.csv"
                && number.column == "mean"
                && cell(number, "period") == period
        });
        all.map(|number| (cell(&number, "regime"), cell(&number, "metric"))).collect()
    };
    let (answer, shown) = (section("answer"), section("headlines"));
    let rows = table(results(), "differences.csv");
    let of = |period: &str| -> BTreeMap<(String, String), &BTreeMap<String, String>> {
        let rows = rows.iter().filter(|row| row["period"] == period && row["group_by"] == "all");
        rows.map(|row| ((row["regime"].clone(), row["metric"].clone()), row)).collect()
    };
    let (whole, year) = (of("whole"), of("final-year"));
    let mut turned = 0;
    for (key, row) in whole.iter().filter(|(_, row)| row["headline"] == "true") {
        let last = year[key];
        if !last["mean"].is_empty() {
            assert!(means(&shown, "final-year").contains(key), "{key:?} is not in the table");
            assert!(means(&shown, "whole").contains(key), "{key:?} is not in the table");
        }
        let is_clear = ["better", "worse"].contains(&last["verdict"].as_str());
        if is_clear && last["verdict"] != row["verdict"] {
            turned += 1;
            assert!(means(&answer, "final-year").contains(key), "{key:?} is not in the answer");
        }
    }
    assert!(turned > 0, "the made-up run has something that turns by its end");
    let markdown = fs::read_to_string(results().join("briefing.md")).expect("there");
    let word = inside(&results().join("briefing.docx"), "word/document.xml");
    let mut book: Xlsx<_> = open_workbook(results().join("briefing.xlsx")).expect("a workbook");
    let sheet = book.worksheet_range("The headline comparison").expect("a sheet");
    for metric in metrics::METRICS.iter().filter(|metric| metric.is_headline()) {
        let label = format!("{}: the final year", metric.label);
        assert!(markdown.contains(&format!("| {label} ")), "{label} in Markdown");
        assert!(word.contains(&label), "{label} in Word");
        assert!(sheet.rows().any(|row| row[0] == label.as_str()), "{label} in the workbook");
    }
}

/// What a reader needs beside a number stands beside it.
#[test]
fn what_is_left_out_cut_short_or_allowed_for_is_said_where_it_stands() {
    let page = page();
    let section = |id: &str| {
        let (_, rest) = page.split_once(&format!("<section id=\"{id}\"")).expect("a section");
        rest.split_once("</section>").expect("its end").0.to_owned()
    };
    let wanted = [
        ("headlines", "its mean is at least as large as what is worth a decision"),
        ("cost", "net present social value"),
        ("cost", "Forder, Malley, Towers and Netten (2013)"),
        ("gains", "groups do not add up to everybody"),
        ("flip", "commissim believe"),
        ("trust", ">Tolerance</th>"),
        ("trust", "correlation, from −1 to 1"),
    ];
    for (id, said) in wanted {
        assert!(section(id).contains(said), "{id}: {said}");
    }
    // Whoever chooses a group is told too.
    assert!(page.contains("\"beyond_groups\":\"By group, "));
}

#[test]
fn every_figure_is_offered_in_every_form_beside_it() {
    let page = page();
    let figures = page.matches("<figure ").count();
    assert!(figures >= 6, "{figures}");
    for ending in ["svg", "png", "csv", "vl.json"] {
        let links = page.split("href=\"figures/").skip(1);
        let links = links.filter(|link| {
            link.split('"').next().is_some_and(|l| l.ends_with(&format!(".{ending}")))
        });
        assert_eq!(links.count(), figures, "{ending}");
    }
}

#[test]
fn the_page_is_whole_and_stands_alone() {
    let page = page();
    assert!(page.len() < 3_000_000, "{} bytes", page.len());
    assert_eq!(page.matches("<h1").count(), 1);
    let sections: Vec<&str> =
        page.split("<section id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(sections.len(), 13, "{sections:?}");
    for section in sections {
        assert!(page.contains(&format!("<a href=\"#{section}\">")), "{section} is in the list");
    }
    for link in page.split("href=\"#").skip(1) {
        let id = link.split('"').next().unwrap_or_default();
        assert!(page.contains(&format!("id=\"{id}\"")), "#{id} leads nowhere");
    }
    for link in page.split("href=\"figures/").skip(1) {
        let file = link.split('"').next().unwrap_or_default();
        assert!(results().join("figures").join(file).exists(), "{file} is not there");
    }
    for table in page.split("<table").skip(1) {
        let table = table.split("</table>").next().unwrap_or_default();
        assert!(table.contains("<caption>"), "a table without a caption");
        let heads = table.matches("<th ").count();
        assert_eq!(heads, table.matches("scope=\"").count(), "headings without scope");
    }
    // Names of standards are no addresses that are asked for.
    let asked = ["src=\"", "url(", "@import", "href=\"http", "<link", "<iframe", "fetch("];
    for asked in asked {
        let found = page.replace("url(#", "").replace("url(data:", "");
        assert!(!found.contains(asked), "{asked}");
    }
}

#[test]
fn a_briefing_is_the_same_on_any_number_of_threads_and_passes_verification() {
    let parent = tempfile::tempdir().expect("a folder");
    let out = parent.path().join("mine");
    assert_eq!(commissim_run(&["--briefing", "--threads", "2"], &out), 0);
    let files = |folder: &Path| -> BTreeMap<String, String> {
        let sums = commissim::store::files::checksums(folder).expect("read").into_iter();
        let is_of_it = |path: &String| path.starts_with("figures/") || path == "briefing.html";
        sums.filter(|(path, _)| is_of_it(path)).collect()
    };
    assert_eq!(files(&out), files(results()));
    assert_eq!(typed(&["verify", "--quiet"], &out).0, 0);

    // What is edited is noticed, and mended with what is lost.
    let page = out.join("briefing.html");
    let edited = fs::read_to_string(&page).expect("a page").replace("the same", "other");
    fs::write(&page, edited).expect("written");
    let figure = files(&out).into_keys().find(|path| path.ends_with(".svg")).expect("a figure");
    fs::remove_file(out.join(&figure)).expect("removed");
    let (code, text) = typed(&["verify"], &out);
    assert_eq!(code, 1);
    for said in [
        "briefing.html was changed after the run",
        "briefing.html is not what the tables give",
        &format!("{figure} is missing"),
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    let (code, text) = typed(&["report"], &out);
    assert_eq!(code, 0);
    assert!(
        text.contains("briefing.html     had been changed; it is as the run left it again"),
        "{text}"
    );
    assert_eq!(files(&out), files(results()));
    assert_eq!(typed(&["verify", "--quiet"], &out).0, 0);
}

#[test]
fn a_run_without_a_briefing_gets_the_same_one_from_report() {
    let parent = tempfile::tempdir().expect("a folder");
    let out = parent.path().join("mine");
    assert_eq!(commissim_run(&[], &out), 0);
    assert!(!out.join("briefing.html").exists() && !out.join("figures").exists());
    let (code, text) = typed(&["report"], &out);
    assert_eq!(code, 0);
    assert!(text.contains("briefing.html     made now"), "{text}");
    let made = fs::read(out.join("briefing.html")).expect("a page");
    assert!(made == fs::read(results().join("briefing.html")).expect("a page"));
    assert_eq!(typed(&["verify", "--quiet"], &out).0, 0);
}

/// The text of one file of a zip.
fn inside(path: &Path, name: &str) -> String {
    let file = fs::File::open(path).expect("a file");
    let mut archive = zip::ZipArchive::new(file).expect("a zip");
    let mut text = String::new();
    archive.by_name(name).expect(name).read_to_string(&mut text).expect("text");
    text
}

#[test]
fn a_word_processor_finds_headings_tables_pictures_and_what_they_show() {
    let path = results().join("briefing.docx");
    let text = inside(&path, "word/document.xml");
    let document = roxmltree::Document::parse(&text).expect("XML");
    let named = |name: &'static str| {
        document.descendants().filter(move |node| node.tag_name().name() == name)
    };
    let styles: Vec<&str> = named("pStyle")
        .filter_map(|node| node.attributes().find(|a| a.name() == "val").map(|a| a.value()))
        .collect();
    assert_eq!(styles.iter().filter(|style| **style == "Heading1").count(), 13);
    assert!(named("tbl").count() >= 6);
    let figures = page().matches("<figure ").count();
    let shown: Vec<_> = named("docPr").filter_map(|node| node.attribute("descr")).collect();
    assert_eq!(shown.len(), figures);
    assert!(shown.iter().all(|alt| alt.len() > 40), "{shown:?}");
    let ids: BTreeSet<_> = named("docPr").filter_map(|node| node.attribute("id")).collect();
    assert_eq!(ids.len(), figures, "each has an id of its own");
    let words: String = named("t").filter_map(|node| node.text()).collect();
    for said in ["What the ranges hold", "The question", "How to reproduce it"] {
        assert!(words.contains(said), "{said}");
    }
    let styles = inside(&path, "word/styles.xml");
    assert!(roxmltree::Document::parse(&styles).is_ok() && styles.contains("heading 1"));
    assert_eq!(styles.matches("w:styleId=\"Normal\"").count(), 1);
    assert_eq!(styles.matches("w:default=\"1\"").count(), 1);
}

#[test]
fn another_program_reads_the_workbook_and_its_numbers_are_those_of_the_tables() {
    let mut book: Xlsx<_> = open_workbook(results().join("briefing.xlsx")).expect("a workbook");
    let names = book.sheet_names().to_owned();
    let figures = page().matches("<figure ").count();
    assert!(names.len() > figures + 4 && names[0] == "About", "{names:?}");
    let sheet = book.worksheet_range("The headline comparison").expect("a sheet");
    let heads: Vec<String> =
        sheet.rows().nth(2).expect("heads").iter().map(ToString::to_string).collect();
    let row = sheet.rows().find(|row| row[0] == "Picked their supporter").expect("a row");
    // Outcome, unit and the comparator's level come first.
    let mut columns = heads.iter().enumerate().filter(|(_, head)| !head.contains(':'));
    let (column, _) = columns.nth(3).expect("a regime");
    let Data::Float(mean) = row[column] else { panic!("a number: {row:?}") };
    let held = table(results(), "differences.csv");
    let held = held.iter().find(|row| {
        row["regime"] == "one"
            && row["metric"] == "choice.picked"
            && row["group"] == "all"
            && row["period"] == "whole"
    });
    let held: f64 = held.expect("a row")["mean"].parse().expect("a number");
    assert_eq!(mean, held * 100.0);
    // As many places are seen as on the page, and every heading says what is below it.
    let styles = inside(&results().join("briefing.xlsx"), "xl/styles.xml");
    assert!(styles.contains("#,##0.00") && styles.contains("#,##0.0\""), "{styles}");
    for name in book.sheet_names().to_owned() {
        let sheet = book.worksheet_range(&name).expect("a sheet");
        let Some(heads) = sheet.rows().nth(2) else { continue };
        for (at, head) in heads.iter().enumerate() {
            let head = head.to_string();
            if [": low", ": high", ": ±"].iter().any(|end| head.ends_with(end)) {
                let words = sheet.rows().skip(3).filter(|row| matches!(&row[at], Data::String(_)));
                assert_eq!(words.count(), 0, "{name}: {head}");
            }
        }
    }
}

#[test]
fn markdown_says_what_the_page_says() {
    let text = fs::read_to_string(results().join("briefing.md")).expect("there");
    assert_eq!(text.lines().filter(|line| line.starts_with("## ")).count(), 13);
    for picture in text.split("](figures/").skip(1) {
        let name = picture.split(')').next().unwrap_or_default();
        assert!(results().join("figures").join(name).exists(), "{name}");
    }
    for lines in text.split("\n\n").filter(|part| part.starts_with('|')) {
        let width = |line: &str| line.replace("\\|", "").matches('|').count();
        let widths: BTreeSet<usize> = lines.lines().map(width).collect();
        assert_eq!(widths.len(), 1, "{lines}");
    }
}

#[test]
fn a_figure_alone_is_drawn_as_asked_and_what_is_wrong_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let into = folder.path().to_str().expect("a path");
    let ask = |words: &[&str]| {
        let mut all = vec!["report", "--out", into];
        all.extend(words);
        typed(&all, results())
    };
    let name = "differences-choice";
    let (code, text) = ask(&["--figure", name, "--width", "16cm", "--format", "svg,png,pdf"]);
    assert_eq!((code, text.lines().count()), (0, 3), "{text}");
    let svg = fs::read_to_string(folder.path().join("differences-choice.svg")).expect("there");
    assert!(svg.contains("<svg") && svg.contains("width=\"160mm\""), "{}", &svg[..200]);
    // A PNG says its width in dots after its name and the head of its first part.
    let png = fs::read(folder.path().join("differences-choice.png")).expect("there");
    let dots = u32::from_be_bytes(png[16..20].try_into().expect("four bytes"));
    let wanted = 160.0 / 25.4 * commissim::briefing::draw::output::DPI;
    assert!((f64::from(dots) - wanted).abs() < 4.0, "{dots} dots for {wanted}");
    let pdf = fs::read(folder.path().join("differences-choice.pdf")).expect("there");
    assert!(pdf.starts_with(b"%PDF"));
    assert_eq!(ask(&["--figure", name]).0, 1, "what is there is not written over");
    assert_eq!(ask(&["--figure", "differences-choise", "--quiet"]).0, 1);
    let opened = commissim::store::folder::open(results()).expect("a results folder");
    let no_such = |name: &str| {
        let theme = commissim::briefing::theme::Theme::default();
        let made = commissim::run::briefing::alone(&opened, name, 160.0, &theme, &[]);
        made.expect_err("no such figure").to_string()
    };
    assert!(no_such("differences-choise").contains("did you mean `differences-choice`?"));
    for wrong in ["differences-choise", "pie"] {
        for name in commissim::briefing::figures::NAMES {
            assert!(no_such(wrong).contains(name), "{name}");
        }
    }
    for width in ["3km", "160", "16.0 "] {
        assert_eq!(ask(&["--figure", name, "--width", width]).0, 2, "{width}: of what?");
    }
    assert_eq!(ask(&["--figure", name, "--format", "docx"]).0, 1);
    assert_eq!(typed(&["report", "--width", "160mm"], results()).0, 2, "of no figure");
}
