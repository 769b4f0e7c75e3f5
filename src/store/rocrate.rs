//! `ro-crate-metadata.json`: the manifest again, in the words that archives and workflow
//! tools read (RO-Crate 1.1, Workflow Run Crate 0.5).

use super::manifest::pretty;
use crate::experiment::Experiment;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Name of the file, which is the standard's.
pub const CRATE: &str = "ro-crate-metadata.json";

/// The profiles it keeps to: address, name and version.
const PROFILES: [(&str, &str, &str); 3] = [
    ("https://w3id.org/ro/wfrun/process/0.5", "Process Run Crate", "0.5"),
    ("https://w3id.org/ro/wfrun/workflow/0.5", "Workflow Run Crate", "0.5"),
    ("https://w3id.org/workflowhub/workflow-ro-crate/1.0", "Workflow RO-Crate", "1.0"),
];

/// The experiment, which is the workflow that was run.
const WORKFLOW: &str = "experiment.toml";
/// The folder of cells, too many to be named one by one.
const CELLS: &str = "cells/";

/// What files hold, by name or by folder.
const HOLDS: &[(&str, &str)] = &[
    (WORKFLOW, "The experiment as it was run, whole: it can be run again from this folder."),
    ("parameters.csv", "Every parameter with its value, range and source."),
    ("draws.csv", "The values of parameters that were drawn."),
    ("places/", "A place as it was run."),
    ("regimes/", "A regime as it was run."),
    ("summary.csv", "The level of each metric in each regime."),
    ("differences.csv", "Paired differences of each regime from the comparator."),
    ("placebo.csv", "What one person more makes: how small a difference means anything."),
    ("gains.csv", "Shares of people who are better off, worse off and the same."),
    ("costs.csv", "What each regime costs and whom, line by line."),
    ("economics.csv", "Costs and outcomes together, by who looks at them."),
    ("plane.csv", "The cloud on the cost-effectiveness plane."),
    ("acceptability.csv", "How likely each regime is to be worth its cost."),
    ("stress.csv", "How deep blows go in each regime, and how long they are felt."),
    ("recovery.csv", "Gaps after blows, month by month."),
    ("refused.csv", "Parameter draws that are left out, and why."),
    ("columns.csv", "What every column of every file holds."),
    ("briefing.html", "The briefing: what the tables say, for people who will not open them."),
    ("briefing.docx", "The briefing for word processors."),
    ("briefing.md", "The briefing as Markdown."),
    ("briefing.pdf", "The briefing as it is printed."),
    ("briefing.xlsx", "The numbers of the briefing, a sheet each table and figure."),
    ("assumptions.csv", "The log of assumptions: what every parameter rests on."),
    ("validation.csv", "What the model was held against, and what it predicts of it."),
    ("life.csv", "One person's life under each regime, month by month."),
    ("figures/", "A figure of the briefing, or the numbers in it."),
    ("runs.parquet", "Every replicate by itself, a column a metric."),
    ("series.parquet", "Every metric month by month."),
    ("manifest.json", "What was run and how, with a checksum of every file."),
];

fn held(path: &str) -> Option<&'static str> {
    let is = |name: &str| path == name || (name.ends_with('/') && path.starts_with(name));
    HOLDS.iter().find(|(name, _)| is(name)).map(|(_, holds)| *holds)
}

fn format_of(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("csv") => "text/csv",
        Some("toml") => "application/toml",
        Some("json") => "application/json",
        Some("html") => "text/html",
        Some("md") => "text/markdown",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("pdf") => "application/pdf",
        Some("docx") => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        Some("xlsx") => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Some("parquet") => "application/vnd.apache.parquet",
        _ => "application/octet-stream",
    }
}

/// Checksum of a file, in hexadecimal, and its size.
fn sha256(path: &Path) -> io::Result<(String, u64)> {
    let (mut file, mut hasher) = (File::open(path)?, Sha256::new());
    let (mut buffer, mut size) = (vec![0; 1 << 16], 0);
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        hasher.update(&buffer[..read]);
        size += read as u64;
    }
    let hex = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok((hex, size))
}

/// The bytes of the file, from the manifest's contents and the files it names.
///
/// # Errors
///
/// When one of them cannot be read.
pub fn bytes(experiment: &Experiment, manifest: &Value, folder: &Path) -> anyhow::Result<Vec<u8>> {
    let (what, how) = (&manifest["what"], &manifest["how"]);
    let named = |of: &str| -> Vec<String> {
        let files = what[of].as_object().into_iter().flatten();
        files.map(|(path, _)| path.clone()).filter(|path| !path.starts_with(CELLS)).collect()
    };
    let (inputs, outputs) = (named("inputs"), named("outputs"));
    let ids = |paths: &[String]| paths.iter().map(|path| json!({"@id": path})).collect::<Vec<_>>();
    let (object, mut result) = (ids(&inputs), ids(&outputs));
    result.push(json!({"@id": CELLS}));
    let mut parts = [object.clone(), result.clone()].concat();
    parts.push(json!({"@id": "manifest.json"}));
    let profiles: Vec<Value> = PROFILES.iter().map(|(id, ..)| json!({"@id": id})).collect();
    // The standard's tools want the zone in numbers.
    let at = |when: &str| how[when].as_str().unwrap_or_default().replace('Z', "+00:00");
    let code = &what["code"];
    let version = code["version"].as_str().unwrap_or_default();
    let words = how["command"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let command = words.collect::<Vec<_>>().join(" ");
    let mut graph = vec![
        json!({
            "@id": CRATE,
            "@type": "CreativeWork",
            "about": {"@id": "./"},
            "conformsTo": [{"@id": "https://w3id.org/ro/crate/1.1"}, profiles[2]],
        }),
        json!({
            "@id": "./",
            "@type": "Dataset",
            "name": experiment.name,
            "description": format!(
                "What a run of commissim left: {}, {}{} replicates, with everything that went in.",
                experiment.name,
                match &experiment.uncertainty {
                    Some(of) => format!("{} parameter draws of ", of.draws),
                    None => String::new(),
                },
                experiment.replicates
            ),
            "datePublished": at("ended"),
            "license": {"@id": "#licence"},
            "conformsTo": profiles,
            "mainEntity": {"@id": WORKFLOW},
            "mentions": {"@id": "#run"},
            "hasPart": parts,
        }),
        json!({
            "@id": "#licence",
            "@type": "CreativeWork",
            "name": "No licence is given here",
            "description": "Whoever ran it decides. Figures of English councils among the inputs contain public sector information under the Open Government Licence v3.0; a place of somebody's own may hold what is theirs.",
        }),
        json!({
            "@id": "#run",
            "@type": "CreateAction",
            "name": format!("Run of {}", experiment.name),
            "description": command,
            "instrument": {"@id": WORKFLOW},
            "startTime": at("started"),
            "endTime": at("ended"),
            "actionStatus": "http://schema.org/CompletedActionStatus",
            "object": object,
            "result": result,
        }),
        json!({
            "@id": "#language",
            "@type": "ComputerLanguage",
            "name": "commissim experiment",
            "alternateName": "commissim",
            "description": "TOML with the keys that commissim's schema of experiments declares.",
            "version": version,
        }),
        json!({
            "@id": "#commissim",
            "@type": "SoftwareApplication",
            "name": "commissim",
            "softwareVersion": version,
            "description": format!(
                "Commit {}{}.",
                code["commit"].as_str().unwrap_or_default(),
                if code["modified"] == json!(true) { ", with changes since" } else { "" }
            ),
        }),
        json!({
            "@id": CELLS,
            "@type": "Dataset",
            "name": "What each replicate left",
            "description": "A file for each place and replicate, from which all tables are made; manifest.json has a checksum of each.",
        }),
    ];
    graph.extend(PROFILES.iter().map(|(id, name, version)| {
        json!({"@id": id, "@type": "CreativeWork", "name": name, "version": version})
    }));
    for path in inputs.iter().chain(&outputs) {
        let (sum, size) = sha256(&folder.join(path))?;
        let mut file = json!({
            "@id": path,
            "@type": "File",
            "name": path,
            "encodingFormat": format_of(path),
            "contentSize": size.to_string(),
            "sha256": sum,
        });
        if let Some(holds) = held(path) {
            file["description"] = json!(holds);
        }
        if path == WORKFLOW {
            file["@type"] = json!(["File", "SoftwareSourceCode", "ComputationalWorkflow"]);
            file["version"] = json!(version);
            file["programmingLanguage"] = json!({"@id": "#language"});
            file["softwareRequirements"] = json!({"@id": "#commissim"});
        }
        graph.push(file);
    }
    // It holds this file's checksum, so this file cannot hold its.
    graph.push(json!({
        "@id": "manifest.json",
        "@type": "File",
        "name": "manifest.json",
        "encodingFormat": format_of("manifest.json"),
        "description": held("manifest.json"),
    }));
    pretty(&json!({
        "@context": "https://w3id.org/ro/crate/1.1/context",
        "@graph": graph,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::made_up;
    use crate::store::manifest::{How, contents};
    use std::collections::BTreeSet;

    #[test]
    fn everything_that_is_referred_to_is_there_once() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join(WORKFLOW), "").expect("written");
        std::fs::write(folder.path().join("summary.csv"), "abc").expect("written");
        let experiment = made_up::experiment(&["one"], 2);
        let started = std::time::SystemTime::now();
        let how = How::new(&["commissim".to_owned()], 1, started);
        let sums = [WORKFLOW, "summary.csv", "cells/0.cell"].map(|p| (p.to_owned(), String::new()));
        let contents = contents(&experiment, &how, &sums, |path| path == WORKFLOW);
        let bytes = bytes(&experiment, &contents, folder.path()).expect("written");
        let written: Value = serde_json::from_slice(&bytes).expect("JSON");
        let graph = written["@graph"].as_array().expect("entities");
        let ids: BTreeSet<&str> = graph.iter().filter_map(|e| e["@id"].as_str()).collect();
        assert_eq!(ids.len(), graph.len(), "each once");
        fn referred<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
            match value {
                Value::Object(map) if map.len() == 1 => found.extend(value["@id"].as_str()),
                Value::Object(map) => map.values().for_each(|value| referred(value, found)),
                Value::Array(list) => list.iter().for_each(|value| referred(value, found)),
                _ => {}
            }
        }
        let mut found = Vec::new();
        referred(&written["@graph"], &mut found);
        let standard = "https://w3id.org/ro/crate/1.1";
        let loose: Vec<&&str> =
            found.iter().filter(|id| !ids.contains(**id) && **id != standard).collect();
        assert!(found.len() > 10 && loose.is_empty(), "{loose:?}");
        let summary = graph.iter().find(|e| e["@id"] == "summary.csv").expect("there");
        assert_eq!(summary["contentSize"], "3");
        // SHA-256 of `abc`, from the standard's own example (FIPS 180-2, B.1).
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(summary["sha256"], abc);
    }
}
