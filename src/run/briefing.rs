//! The files of a briefing, made from the tables of a results folder.

pub mod printer;

use crate::briefing::book::Book;
use crate::briefing::draw::output;
use crate::briefing::figures::{self, Figure};
use crate::briefing::sections::{Made, Origin, document};
use crate::briefing::theme::Theme;
use crate::briefing::{held, markdown, page, sheets, word};
use crate::experiment::Experiment;
use crate::store::folder::Folder;
use crate::store::manifest;
use anyhow::{Context, anyhow, bail};
use clap::ValueEnum;
use rayon::prelude::*;
use serde_json::Value;
use std::path::Path;

/// The page's file.
pub const PAGE: &str = "briefing.html";
/// One life, month by month, where it was asked for.
pub const LIFE: &str = "life.csv";
/// The folder of figures.
pub const FIGURES: &str = "figures";
/// Width of the figures in the page, mm: the text of an A4 page.
pub const WIDTH: f64 = 170.0;

/// A form that a briefing takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Format {
    /// The page
    Html,
    /// For word processors, with the figures
    Docx,
    /// As Markdown
    Md,
    /// The figures as drawings
    Svg,
    /// The figures as pictures
    Png,
    /// Figures as vector graphics, and the page by a browser that is installed
    Pdf,
    /// A sheet each table and figure
    Xlsx,
}

/// Width of those that a phone shows, mm.
const NARROW: f64 = 95.0;

/// Files of a results folder: paths and bytes.
pub type Files = Vec<(String, Vec<u8>)>;

/// A briefing before it is written in any form.
pub struct Briefing {
    /// The tables.
    pub book: Book,
    /// The figures that the run holds.
    pub figures: Vec<Figure>,
    /// The same, drawn for the width of a phone.
    pub narrow: Vec<Figure>,
    /// Those that it does not hold, and why.
    pub absent: Vec<figures::Absent>,
    /// How figures look.
    pub theme: Theme,
    /// Where the tables come from.
    pub origin: Origin,
}

impl Briefing {
    /// Reads the tables and draws the figures.
    ///
    /// # Errors
    ///
    /// When a table is missing or cannot be read.
    pub fn read(folder: &Path, experiment: Experiment, origin: Origin) -> anyhow::Result<Self> {
        let mut book = Book::of(folder, experiment, Value::Null)?;
        live(&mut book, folder)?;
        let theme = Theme::default();
        let figures = figures::figures(&book, &theme, WIDTH);
        let narrow = figures::figures(&book, &theme, NARROW);
        let absent = figures::absent(&book, &theme);
        Ok(Self { book, figures, narrow, absent, theme, origin })
    }

    /// The parts that sections are made from.
    pub fn made(&self) -> Made<'_> {
        Made {
            book: &self.book,
            figures: &self.figures,
            narrow: &self.narrow,
            origin: &self.origin,
        }
    }

    /// What every run leaves of it, in order of path: the page, the figures as SVG, with
    /// their numbers and as specifications to restyle, and the tables that the page needs beside the run's.
    ///
    /// # Errors
    ///
    /// Writing to memory does not fail; the error is passed on all the same.
    pub fn plain(&self) -> anyhow::Result<Files> {
        let made = self.made();
        let mut files = vec![(PAGE.to_owned(), page::page(&made, &document(&made))?.into_bytes())];
        files.extend(held::files()?.into_iter().map(|(name, bytes)| (name.to_owned(), bytes)));
        for figure in &self.figures {
            let path = |ending: &str| format!("{FIGURES}/{}.{ending}", figure.name);
            files.push((path("csv"), figure.data.clone().into_bytes()));
            files.push((path("vl.json"), manifest::pretty(&figure.vega)?));
            files.push((path("svg"), output::svg(figure, &self.theme).into_bytes()));
        }
        files.sort();
        Ok(files)
    }

    /// The files of some forms, in order of path; page and figures are always among them.
    ///
    /// # Errors
    ///
    /// When a form cannot be made on this machine.
    pub fn files(&self, folder: &Path, forms: &[Format]) -> anyhow::Result<Files> {
        let mut files = self.plain()?;
        let pictures = self.pictures()?;
        files.extend(pictures.iter().cloned());
        let made = self.made();
        let document = document(&made);
        for form in forms {
            match form {
                Format::Html | Format::Svg | Format::Png => {}
                Format::Md => {
                    files.push((
                        "briefing.md".to_owned(),
                        markdown::markdown(&made, &document).into_bytes(),
                    ));
                }
                Format::Docx => {
                    let bytes = word::docx(&made, &document, &pictures)?;
                    files.push(("briefing.docx".to_owned(), bytes));
                }
                Format::Xlsx => {
                    files.push(("briefing.xlsx".to_owned(), sheets::xlsx(&made, &document)?));
                }
                Format::Pdf => {
                    let page = files.iter().find(|(path, _)| path == PAGE);
                    let page = page.map(|(_, bytes)| bytes.as_slice()).unwrap_or_default();
                    files.push(("briefing.pdf".to_owned(), printer::printed(page, folder)?));
                    files.extend(self.vectors()?);
                }
            }
        }
        files.sort();
        Ok(files)
    }

    /// The figures as pictures, in order of path.
    ///
    /// # Errors
    ///
    /// When one cannot be painted.
    pub fn pictures(&self) -> anyhow::Result<Files> {
        let mut files: Files = self
            .figures
            .par_iter()
            .map(|figure| {
                let picture = output::png(figure, &self.theme, output::DPI)?;
                Ok((format!("{FIGURES}/{}.png", figure.name), picture))
            })
            .collect::<anyhow::Result<_>>()?;
        files.sort();
        Ok(files)
    }

    /// The figures as vector graphics, in order of path.
    fn vectors(&self) -> anyhow::Result<Files> {
        let of = |figure: &Figure| {
            Ok((format!("{FIGURES}/{}.pdf", figure.name), output::pdf(figure, &self.theme)?))
        };
        self.figures.iter().map(of).collect()
    }
}

/// One figure in some forms: names of files and bytes.
///
/// # Errors
///
/// When a table is not what the run left, when there is no such figure or the run does not
/// hold it, or when it has no such form.
pub fn alone(
    folder: &Folder,
    name: &str,
    width: f64,
    theme: &Theme,
    forms: &[Format],
) -> anyhow::Result<Files> {
    let differ = folder.differences()?;
    let is_read = |path: &str| is_table(path) || path == LIFE || folder.is_input(path);
    if let Some(wrong) = folder.wrong(&differ, is_read) {
        let shown = folder.path.display();
        bail!("nothing was drawn, since {wrong}\nhelp: `commissim report {shown}` mends tables");
    }
    if !figures::NAMES.contains(&name) {
        let near = crate::problem::nearest(name, figures::NAMES.iter().copied());
        let near = near.map_or(String::new(), |near| format!("did you mean `{near}`? "));
        bail!(
            "there is no figure `{name}`\nhelp: {near}the figures are {}",
            figures::NAMES.join(", ")
        );
    }
    let mut book = Book::read(&folder.path)?;
    live(&mut book, &folder.path)?;
    let figure = figures::figure(&book, theme, width, name)
        .map_err(|absent| anyhow!("the results hold no figure `{name}`: {}", absent.why))?;
    let made = forms.iter().map(|form| {
        let (ending, bytes) = match form {
            Format::Svg => ("svg", output::svg(&figure, theme).into_bytes()),
            Format::Png => ("png", output::png(&figure, theme, output::DPI)?),
            Format::Pdf => ("pdf", output::pdf(&figure, theme)?),
            _ => bail!("a figure alone is svg, png or pdf\nhelp: leave the others out of --format"),
        };
        Ok((format!("{name}.{ending}"), bytes))
    });
    made.collect()
}

/// The forms that are asked for, and those that were made before and can be made anywhere.
pub fn forms<'f>(asked: &[Format], there: impl Iterator<Item = &'f str>) -> Vec<Format> {
    let mut forms = asked.to_vec();
    for path in there {
        let form = match path {
            "briefing.docx" => Format::Docx,
            "briefing.md" => Format::Md,
            "briefing.xlsx" => Format::Xlsx,
            _ => continue,
        };
        forms.push(form);
    }
    forms.sort();
    forms.dedup();
    forms
}

/// Whether an output is a table of the run, and not a cell or a part of a briefing.
pub fn is_table(path: &str) -> bool {
    let kind = path.ends_with(".csv") || path.ends_with(".parquet");
    kind && !path.contains('/') && ![held::LOG, held::VALIDATION, LIFE].contains(&path)
}

/// Takes in the life that was told into a folder, if one was.
fn live(book: &mut Book, folder: &Path) -> anyhow::Result<()> {
    let path = folder.join(LIFE);
    if path.exists() {
        let life =
            std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        book.tell(&life)?;
    }
    Ok(())
}

/// Where tables come from: the code that made their cells, and checksums of what went in
/// and of the tables.
pub fn origin(
    code: Value,
    inputs: Vec<(String, String)>,
    mut tables: Vec<(String, String)>,
) -> Origin {
    tables.sort();
    Origin { code, inputs, tables }
}

/// The life of the person in whose life the regimes differ most, as the bytes of a table:
/// one cell of the results is lived again for it.
///
/// # Errors
///
/// When there is nobody to tell of.
pub fn life(folder: &Folder) -> anyhow::Result<Vec<u8>> {
    let told = super::trace::trace(folder, &super::trace::Wanted::default())?;
    crate::terminal::trace::rows(&told.experiment, &told.trace)
}

/// Writes files below a folder, whole or not at all each.
///
/// # Errors
///
/// When the file system fails.
pub fn publish(folder: &Path, files: &Files) -> anyhow::Result<()> {
    for (path, bytes) in files {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            crate::store::disk::create_dir_all(parent)
                .with_context(|| format!("cannot make the folder {}", parent.display()))?;
        }
        crate::store::files::publish_bytes(&path, bytes)?;
    }
    Ok(())
}
