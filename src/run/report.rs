//! Tables, page and figures made again from the cells of a results folder, without
//! simulating.

use super::Settled;
use super::briefing::{self, Briefing, Format, LIFE};
use super::tables::{Published, tables};
use super::verify::settled;
use crate::analysis::Findings;
use crate::experiment::Experiment;
use crate::store::cells;
use crate::store::files::{checksum, publish_bytes};
use crate::store::folder::{Differs, Folder};
use anyhow::bail;

/// What became of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Became {
    /// It was right, and is the same.
    Same,
    /// It had been changed, and is as the run left it again.
    Mended,
    /// It was missing, and is as the run left it again.
    BackAgain,
    /// It is otherwise than the run left it: this code makes tables differently.
    New,
    /// The run had left none.
    Made,
}

/// What was made again.
#[derive(Debug)]
pub struct Report {
    /// The experiment, from the folder's inputs.
    pub experiment: Experiment,
    /// What was found; of rows, those that people read on the terminal.
    pub findings: Findings,
    /// Each table and what became of it.
    pub tables: Vec<(String, Became)>,
    /// Each file of the briefing and what became of it.
    pub briefing: Vec<(String, Became)>,
    /// Figures that the run does not hold, and why.
    pub absent: Vec<(&'static str, String)>,
}

/// Makes the tables of a results folder again, and of them the briefing: page and figures,
/// and the forms that are asked for or were made before. One `life` is told where that is
/// asked for, or was told before and is no longer as it was: a cell is lived again for it.
///
/// # Errors
///
/// When the manifest, an input or a cell is not what the run left: tables made from
/// them would look sound and not be. Nothing is then written. When a form that is asked
/// for cannot be made on this machine; tables are then written all the same.
pub fn report(folder: &mut Folder, forms: &[Format], life: bool) -> anyhow::Result<Report> {
    let shown = folder.path.display().to_string();
    let differ = folder.differences()?;
    let matters = |path: &str| folder.is_input(path) || path.starts_with("cells/");
    let wrong = folder.wrong(&differ, matters);
    if let Some(wrong) = wrong {
        bail!(
            "nothing was rebuilt, since {wrong}\nhelp: `commissim verify {shown}` says everything that is wrong"
        );
    }
    let Settled { experiment, widths } = match settled(folder) {
        Ok(settled) => settled,
        Err(why) => bail!("nothing was rebuilt, since what was run cannot be read\n{why}"),
    };
    let worlds = experiment.regimes.len() + 2;
    let read = |id| cells::read(&folder.path, id, worlds, experiment.years);
    let mut made = Published::within(&folder.path);
    let mut findings = tables(&experiment, read, &mut made)?;
    findings.widths = widths;
    let sums = made.sums;
    let was_told = folder.output(LIFE).is_some();
    let mut lived = None;
    if (life && !was_told) || (was_told && differ.iter().any(|(path, _)| path == LIFE)) {
        let bytes = briefing::life(folder)?;
        publish_bytes(&folder.path.join(LIFE), &bytes)?;
        lived = Some((LIFE.to_owned(), checksum(&bytes)));
    }
    let inputs = folder.inputs();
    let origin = briefing::origin(folder.code().clone(), inputs, sums.clone());
    let told = Briefing::read(&folder.path, experiment.clone(), origin)?;
    let forms = briefing::forms(forms, folder.outputs());
    let files = told.files(&folder.path, &forms)?;
    briefing::publish(&folder.path, &files)?;
    let of_briefing = files.iter().map(|(path, bytes)| (path.clone(), checksum(bytes)));
    let of_briefing: Vec<(String, String)> = lived.into_iter().chain(of_briefing).collect();
    let became = |(name, sum): &(String, String)| {
        let before = differ.iter().find(|(path, _)| path == name).map(|(_, differs)| differs);
        let left = folder.output(name);
        let became = match before {
            _ if left.is_none() => Became::Made,
            _ if left != Some(sum) => Became::New,
            None | Some(Differs::Added) => Became::Same,
            Some(Differs::Changed) => Became::Mended,
            Some(Differs::Missing) => Became::BackAgain,
        };
        (name.clone(), became)
    };
    let tables: Vec<_> = sums.iter().map(became).collect();
    let briefing: Vec<_> = of_briefing.iter().map(became).collect();
    let new = |sums: &[(String, String)], became: &[(String, Became)]| -> Vec<(String, String)> {
        let all = sums.iter().zip(became);
        let new = all.filter(|(_, (_, how))| matches!(how, Became::New | Became::Made));
        new.map(|(sum, _)| sum.clone()).collect()
    };
    let (new_tables, new_files) = (new(&sums, &tables), new(&of_briefing, &briefing));
    if !new_tables.is_empty() || !new_files.is_empty() {
        folder.enter(&experiment, &new_tables, &new_files)?;
    }
    let absent = told.absent.into_iter().map(|absent| (absent.name, absent.why)).collect();
    Ok(Report { experiment, findings, tables, briefing, absent })
}
