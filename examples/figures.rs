//! Draws every figure of a results folder: `cargo run --example figures -- RESULTS OUT 160`.

use anyhow::Context;
use commissim::briefing::book::Book;
use commissim::briefing::draw::output;
use commissim::briefing::figures::{absent, figures};
use commissim::briefing::theme::Theme;
use std::fs;
use std::path::PathBuf;

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().context("which results?")?);
    let out = PathBuf::from(arguments.next().context("to which folder?")?);
    let width: f64 = arguments.next().unwrap_or("160".to_owned()).parse()?;
    let theme = Theme::default();
    let book = Book::read(&folder)?;
    fs::create_dir_all(&out)?;
    for figure in figures(&book, &theme, width) {
        let path = |ending: &str| out.join(format!("{}.{ending}", figure.name));
        fs::write(path("svg"), output::svg(&figure, &theme))?;
        fs::write(path("png"), output::png(&figure, &theme, 150.0)?)?;
        fs::write(path("pdf"), output::pdf(&figure, &theme)?)?;
        fs::write(path("csv"), &figure.data)?;
        fs::write(path("vl.json"), serde_json::to_string_pretty(&figure.vega)?)?;
        println!("{}: {}", figure.name, figure.title);
    }
    for absent in absent(&book, &theme) {
        println!("{}: {}", absent.name, absent.why);
    }
    Ok(())
}
