//! The resolved inputs of a run as files: whole, and readable as inputs again.

use crate::declare::{Parameter, Setting};
use crate::designs::Design;
use crate::experiment::{Blow, Experiment, Regime, Stress};
use crate::levers::LEVERS;
use crate::metrics::Metric;
use crate::parameters::PARAMETERS;
use crate::place::Place;
use crate::stresses::{self, Rate};
use crate::table::{Column, csv, number};
use crate::uncertainty::{Beliefs, Uncertainty};
use serde::ser::{Serialize, Serializer};

/// Every resolved input: (path in the results folder, bytes).
///
/// # Errors
///
/// When a number is too large for TOML.
pub fn files(experiment: &Experiment) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let mut files = vec![("experiment.toml".to_owned(), self::experiment(experiment)?)];
    for place in &experiment.places {
        files.push((place_path(place), self::place(place)?));
        files.extend(rows(place)?);
    }
    for regime in std::iter::once(&experiment.comparator).chain(&experiment.regimes) {
        let path = regime_path(regime);
        // A regime may be compared with itself.
        if !files.iter().any(|(written, _)| *written == path) {
            files.push((path, self::regime(regime)?));
        }
    }
    files.push(("parameters.csv".to_owned(), parameters(experiment)?));
    if let Some(uncertainty) = &experiment.uncertainty {
        files.push((DRAWS.to_owned(), draws(uncertainty)?));
    }
    Ok(files)
}

/// The file of drawn values.
const DRAWS: &str = "draws.csv";

/// The values of every draw, in a form that can be read as a set.
fn draws(uncertainty: &Uncertainty) -> anyhow::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["beliefs", "draw"].iter().chain(&uncertainty.names))?;
    for block in uncertainty.blocks.iter() {
        for (draw, row) in block.rows.iter().enumerate() {
            let about = [block.id().to_owned(), draw.to_string()];
            writer.write_record(about.into_iter().chain(row.iter().copied().map(number)))?;
        }
    }
    Ok(writer.into_inner()?)
}

fn place_path(place: &Place) -> String {
    format!("places/{}.toml", place.id)
}

/// Name of a place's file of rows.
fn rows_name(place: &Place, what: &str) -> String {
    format!("{}-{what}.csv", place.id)
}

/// A place's own rows: (path in the results folder, bytes).
fn rows(place: &Place) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let mut files = Vec::new();
    let mut put = |what, bytes| files.push((format!("places/{}", rows_name(place, what)), bytes));
    if let Some(people) = &place.own.people {
        put("people", crate::place::rows::csv(people.all())?);
    }
    if let Some(providers) = &place.own.providers {
        put("providers", crate::place::rows::csv(providers)?);
    }
    if let Some(neighbourhoods) = &place.own.neighbourhoods {
        put("neighbourhoods", crate::place::rows::csv(neighbourhoods)?);
    }
    Ok(files)
}

fn regime_path(regime: &Regime) -> String {
    format!("regimes/{}.toml", regime.id)
}

/// Keys and values in the order given.
struct Pairs<K, V>(Vec<(K, V)>);

impl<K: Serialize, V: Serialize> Serialize for Pairs<K, V> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.0.iter().map(|(k, v)| (k, v)))
    }
}

/// A number as a person would write it: whole ones without a point.
struct Number(f64);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        // Whole numbers up to 2^53 are exact either way.
        if self.0.fract() == 0.0 && self.0.abs() < 9_007_199_254_740_992.0 {
            to.serialize_i64(self.0 as i64)
        } else {
            to.serialize_f64(self.0)
        }
    }
}

struct Written<'a>(&'a Setting);

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Setting::Number(x) => Number(*x).serialize(to),
            Setting::Word(word) => word.serialize(to),
            Setting::Words(words) => words.serialize(to),
            Setting::Table(rows) => to.collect_map(rows.iter().map(|(k, v)| (k, Number(*v)))),
        }
    }
}

fn experiment(experiment: &Experiment) -> anyhow::Result<Vec<u8>> {
    #[derive(serde::Serialize)]
    struct Structure {
        off: Vec<&'static str>,
    }
    #[derive(serde::Serialize)]
    struct File<'a> {
        name: &'a str,
        places: Vec<String>,
        comparator: String,
        regimes: Vec<String>,
        years: usize,
        burn_in_years: usize,
        start: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        replicates: Option<u32>,
        #[serde(skip_serializing_if = "Option::is_none")]
        precision: Option<f64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        max_replicates: Option<u32>,
        seed: u64,
        learning: bool,
        #[serde(skip_serializing_if = "Option::is_none")]
        widths: Option<Pairs<&'static str, Number>>,
        parameters: Pairs<&'static str, Number>,
        #[serde(skip_serializing_if = "Option::is_none")]
        uncertainty: Option<Drawn>,
        // A file may not switch off an empty list.
        #[serde(skip_serializing_if = "Structure::is_empty")]
        structure: Structure,
        economics: Economics,
        stress: Vec<StressFile<'a>>,
    }
    #[derive(serde::Serialize)]
    struct Drawn {
        draws: u32,
        replicates: u32,
        #[serde(skip_serializing_if = "Option::is_none")]
        design: Option<&'static str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        from: Option<&'static str>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        beliefs: Vec<&'static str>,
    }
    #[derive(serde::Serialize)]
    struct Economics {
        thresholds: Vec<Number>,
        social_value: Number,
        #[serde(skip_serializing_if = "Option::is_none")]
        discount_rate: Option<Number>,
        optimism_bias: Pairs<&'static str, Number>,
    }
    impl Structure {
        fn is_empty(&self) -> bool {
            self.off.is_empty()
        }
    }
    let value = |p: &Parameter| Number(experiment.parameters.get(p.name).unwrap_or(p.default));
    let precision = experiment.precision.as_ref();
    let uncertainty = experiment.uncertainty.as_ref();
    let drawn = uncertainty.map(|of| Drawn {
        draws: of.draws,
        replicates: experiment.replicates,
        design: of.design.map(Design::id),
        from: of.design.is_none().then_some(DRAWS),
        beliefs: of.blocks.iter().filter_map(|b| b.beliefs).map(Beliefs::id).collect(),
    });
    // What is drawn has no one value.
    let has_one = |p: &&Parameter| uncertainty.is_none_or(|of| !of.draws(p.name));
    let choices = &experiment.economics;
    let economics = Economics {
        thresholds: choices.thresholds.iter().copied().map(Number).collect(),
        social_value: Number(choices.social_value),
        discount_rate: choices.discount_rate.map(Number),
        optimism_bias: Pairs(choices.raised().map(|(line, x)| (line, Number(x))).collect()),
    };
    let (year, month) = experiment.start;
    let file = File {
        name: &experiment.name,
        places: experiment.places.iter().map(place_path).collect(),
        comparator: regime_path(&experiment.comparator),
        regimes: experiment.regimes.iter().map(regime_path).collect(),
        years: experiment.years,
        burn_in_years: experiment.burn_in_years,
        start: format!("{year:04}-{month:02}"),
        replicates: (precision.is_none() && uncertainty.is_none()).then_some(experiment.replicates),
        precision: precision.map(|precision| precision.share),
        max_replicates: precision.map(|precision| precision.most),
        seed: experiment.seed,
        learning: experiment.learning,
        widths: precision.filter(|precision| !precision.widths.is_empty()).map(|precision| {
            let width = |(metric, width): &(Metric, f64)| (metric.declaration().id, Number(*width));
            Pairs(precision.widths.iter().map(width).collect())
        }),
        parameters: Pairs(PARAMETERS.iter().filter(has_one).map(|p| (p.name, value(p))).collect()),
        uncertainty: drawn,
        structure: Structure { off: experiment.structures.off() },
        economics,
        stress: experiment.stresses.iter().map(stress).collect(),
    };
    Ok(toml::to_string(&file)?.into_bytes())
}

#[derive(serde::Serialize)]
struct StressFile<'a> {
    name: &'a str,
    blow: Vec<BlowFile<'a>>,
}

#[derive(serde::Serialize)]
struct BlowFile<'a> {
    kind: &'static str,
    year: i32,
    month: i32,
    #[serde(skip_serializing_if = "Option::is_none")]
    months: Option<u32>,
    rates: Pairs<&'static str, Number>,
    levers: Pairs<&'a str, Written<'a>>,
}

fn stress(stress: &Stress) -> StressFile<'_> {
    StressFile { name: &stress.id, blow: stress.blows.iter().map(blow).collect() }
}

/// A blow as what it comes to, whatever kind it was.
fn blow(blow: &Blow) -> BlowFile<'_> {
    let from_first = blow.month - 1;
    let rate = |rate: &Rate| (rate.name, Number(blow.shock.get(rate.name).unwrap_or(0.0)));
    BlowFile {
        kind: stresses::CUSTOM,
        year: from_first.div_euclid(12) + 1,
        month: from_first.rem_euclid(12) + 1,
        months: blow.months,
        rates: Pairs(stresses::RATES.iter().map(rate).collect()),
        levers: Pairs(blow.levers.iter().map(|(name, s)| (name.as_str(), Written(s))).collect()),
    }
}

fn regime(regime: &Regime) -> anyhow::Result<Vec<u8>> {
    #[derive(serde::Serialize)]
    struct Change<'a> {
        year: i32,
        month: i32,
        levers: Pairs<&'a str, Written<'a>>,
    }
    #[derive(serde::Serialize)]
    struct File<'a> {
        name: &'a str,
        #[serde(skip_serializing_if = "str::is_empty")]
        question: &'a str,
        #[serde(skip_serializing_if = "str::is_empty")]
        source: &'a str,
        levers: Pairs<&'a str, Written<'a>>,
        change: Vec<Change<'a>>,
    }
    fn levers(settings: &[(String, Setting)]) -> Pairs<&str, Written<'_>> {
        Pairs(settings.iter().map(|(name, s)| (name.as_str(), Written(s))).collect())
    }
    // What is announced in the first month is what a file's own levers mean.
    let (first, later) = match regime.changes.split_first() {
        Some((first, later)) if first.month == 1 => (first.settings.as_slice(), later),
        _ => (&[][..], regime.changes.as_slice()),
    };
    let change = |change: &'_ crate::experiment::Change| {
        let from_first = change.month - 1;
        (from_first.div_euclid(12) + 1, from_first.rem_euclid(12) + 1)
    };
    let file = File {
        name: &regime.name,
        question: &regime.question,
        source: &regime.source,
        levers: levers(first),
        change: later
            .iter()
            .map(|c| {
                let (year, month) = change(c);
                Change { year, month, levers: levers(&c.settings) }
            })
            .collect(),
    };
    Ok(toml::to_string(&file)?.into_bytes())
}

fn place(place: &Place) -> anyhow::Result<Vec<u8>> {
    type Amounts = Pairs<&'static str, Number>;
    #[derive(serde::Serialize)]
    #[serde(untagged)]
    enum Neighbourhoods {
        Number(u16),
        Rows(String),
    }
    #[derive(serde::Serialize)]
    struct File<'a> {
        name: &'a str,
        region: &'a str,
        code: u16,
        neighbourhoods: Neighbourhoods,
        #[serde(skip_serializing_if = "Option::is_none")]
        people: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        providers: Option<String>,
        contracted_hour: Number,
        in_house_hour: Number,
        #[serde(skip_serializing_if = "Option::is_none")]
        in_house_share: Option<Number>,
        assessment_cost: Number,
        // Of the settings written below, those that learning may not move.
        keeps: &'a [String],
        clients: Amounts,
        direct_payment_share: Amounts,
        hours_factor: Amounts,
        residents: Amounts,
        care_home_week: Amounts,
        status_quo: Pairs<&'static str, Written<'a>>,
    }
    let by_group = |values: [f64; 4]| {
        Pairs(crate::place::CLIENT_GROUPS.into_iter().zip(values.map(Number)).collect())
    };
    let by_age = |values: [f64; 2]| {
        Pairs(["working_age", "older"].into_iter().zip(values.map(Number)).collect())
    };
    let status_quo: Vec<(&'static str, Setting)> =
        LEVERS.iter().filter_map(|l| Some((l.name, place.status_quo.get(l.name)?))).collect();
    let file = File {
        name: &place.name,
        region: &place.region,
        code: place.code,
        neighbourhoods: match &place.own.neighbourhoods {
            None => Neighbourhoods::Number(place.neighbourhoods),
            Some(_) => Neighbourhoods::Rows(rows_name(place, "neighbourhoods")),
        },
        people: place.own.people.as_ref().map(|_| rows_name(place, "people")),
        providers: place.own.providers.as_ref().map(|_| rows_name(place, "providers")),
        contracted_hour: Number(place.contracted_hour),
        in_house_hour: Number(place.in_house_hour),
        in_house_share: place.in_house_share.map(Number),
        assessment_cost: Number(place.assessment_cost),
        keeps: &place.keeps,
        clients: by_group(place.clients),
        direct_payment_share: by_group(place.direct_payment_share),
        hours_factor: by_age(place.hours_factor),
        residents: by_age(place.residents),
        care_home_week: by_age(place.care_home_week),
        status_quo: Pairs(status_quo.iter().map(|(name, s)| (*name, Written(s))).collect()),
    };
    let mut text = String::new();
    for note in &place.notes {
        // A note of several lines must not end its comment early.
        text.push_str(&format!("# {}\n", note.replace(['\n', '\r'], " ")));
    }
    text.push_str(&toml::to_string(&file)?);
    Ok(text.into_bytes())
}

/// A parameter's declaration and the value a run used.
type Used = (&'static Parameter, f64);

/// The columns of `parameters.csv`.
pub const COLUMNS: &[Column<Used>] = &[
    Column {
        name: "name",
        holds: "text",
        meaning: "Name of the parameter.",
        value: |r| r.0.name.to_owned(),
    },
    Column {
        name: "value",
        holds: "number",
        meaning: "Value used in this run.",
        value: |r| number(r.1),
    },
    Column {
        name: "unit",
        holds: "text",
        meaning: "Unit of value, default, low and high.",
        value: |r| r.0.unit.to_owned(),
    },
    Column {
        name: "default",
        holds: "number",
        meaning: "Value used when nobody says otherwise.",
        value: |r| number(r.0.default),
    },
    Column {
        name: "low",
        holds: "number",
        meaning: "Low end of the plausible range.",
        value: |r| number(r.0.low),
    },
    Column {
        name: "high",
        holds: "number",
        meaning: "High end of the plausible range.",
        value: |r| number(r.0.high),
    },
    Column {
        name: "grade",
        holds: "text",
        meaning: "How well it is known: measured, estimated, calibrated, fitted or assumed.",
        value: |r| r.0.grade.word().to_owned(),
    },
    Column {
        name: "source",
        holds: "text",
        meaning: "Where it comes from, or why it is assumed.",
        value: |r| r.0.grade.source().to_owned(),
    },
];

fn parameters(experiment: &Experiment) -> anyhow::Result<Vec<u8>> {
    let used = |p: &'static Parameter| (p, experiment.parameters.get(p.name).unwrap_or(p.default));
    let rows: Vec<Used> = PARAMETERS.iter().map(used).collect();
    csv(&COLUMNS.iter().collect::<Vec<_>>(), &rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::Change;
    use crate::made_up;

    fn text(files: &[(String, Vec<u8>)], path: &str) -> String {
        let (_, bytes) = files.iter().find(|(p, _)| p == path).expect("there");
        String::from_utf8(bytes.clone()).expect("text")
    }

    #[test]
    fn what_is_drawn_is_written_out_and_has_no_one_value() {
        let mut made_up = made_up::experiment(&["one"], 2);
        let fixed = |name: &str| name == "self_funder_share";
        let beliefs = [Beliefs::Believer, Beliefs::Sceptic];
        let drawn = Uncertainty::designed(Design::LatinHypercube, 3, &beliefs, fixed, 7);
        made_up.uncertainty = Some(drawn);
        let files = files(&made_up).expect("written");
        let experiment: toml::Table = text(&files, "experiment.toml").parse().expect("TOML");
        assert!(experiment.get("replicates").is_none());
        assert_eq!(experiment["parameters"].as_table().map(|t| t.len()), Some(1));
        let table = experiment["uncertainty"].as_table().expect("a table");
        assert_eq!(table["draws"].as_integer(), Some(3));
        assert_eq!(table["replicates"].as_integer(), Some(2));
        assert_eq!(table["design"].as_str(), Some("latin-hypercube"));
        assert_eq!(table["beliefs"].as_array().map(|of| of.len()), Some(2));
        let draws = text(&files, "draws.csv");
        let lines: Vec<&str> = draws.lines().collect();
        assert_eq!(lines.len(), 1 + 6);
        assert_eq!(lines[0].split(',').count(), 2 + PARAMETERS.len() - 1);
        assert!(lines[1].starts_with("believer,0,") && lines[6].starts_with("sceptic,2,"));
    }

    #[test]
    fn inputs_are_written_whole() {
        let mut made_up = made_up::experiment(&["one", "a+b"], 3);
        made_up.parameters.self_funder_share = 0.31;
        let words = Setting::Words(vec!["managed".to_owned(), "direct_payment".to_owned()]);
        made_up.regimes[0]
            .changes
            .push(Change { month: 49, settings: vec![("offered".to_owned(), words)] });
        *made_up.structures.get_mut("peer-awareness").expect("declared") = false;
        let files = files(&made_up).expect("written");
        let experiment: toml::Table = text(&files, "experiment.toml").parse().expect("TOML");
        assert_eq!(experiment["seed"].as_integer(), Some(7));
        assert_eq!(experiment["start"].as_str(), Some("2015-04"));
        assert_eq!(experiment["regimes"][1].as_str(), Some("regimes/a+b.toml"));
        assert_eq!(experiment["parameters"]["self_funder_share"].as_float(), Some(0.31));
        assert_eq!(experiment["parameters"].as_table().map(|t| t.len()), Some(PARAMETERS.len()));
        assert_eq!(experiment["structure"]["off"][0].as_str(), Some("peer-awareness"));

        let regime: toml::Table = text(&files, "regimes/one.toml").parse().expect("TOML");
        assert_eq!(regime["levers"]["catalysts"].as_integer(), Some(2));
        let later = &regime["change"][0];
        assert_eq!((later["year"].as_integer(), later["month"].as_integer()), (Some(5), Some(1)));
        assert_eq!(later["levers"]["offered"].as_array().map(|a| a.len()), Some(2));

        let place: toml::Table = text(&files, "places/town.toml").parse().expect("TOML");
        assert_eq!(place["clients"]["older"].as_integer(), Some(240));
        assert_eq!(place["status_quo"].as_table().map(|t| t.len()), Some(LEVERS.len()));
        let parameters = text(&files, "parameters.csv");
        assert!(parameters.starts_with("name,value,unit,default,low,high,grade,source\n"));
        let default = crate::parameters::Parameters::default().self_funder_share;
        assert!(parameters.contains(&format!("\nself_funder_share,0.31,share,{default},")));
    }
}
