//! Indices and boxes against the libraries that others use: SALib's on the same rows, and
//! EMAworkbench's on the same draws.
//!
//! What those said is kept in `tests/sensitivity`. Where they can be imported by `python3`,
//! or by the program named in `PYTHON`, they are asked again; `UPDATE=1` then keeps what
//! they say. Elsewhere the comparison is with what is kept.

use commissim::designs::Design;
use commissim::designs::blocks::blocks;
use commissim::designs::points::{Input, Plan, Table};
use commissim::designs::trajectories::trajectories;
use commissim::discovery::boxes::{End, Found, Limits};
use commissim::discovery::prim::{Objective, Settings, search};
use commissim::discovery::{Column, Sample};
use commissim::resampling::Ranged;
use commissim::sensitivity::effects::effects;
use commissim::sensitivity::shares::shares;
use serde_json::{Map, Value, json};
use std::io::Write;
use std::process::{Command, Stdio};

/// What a library says of what it is given: as it is kept, and as it says now if it is here.
fn said(library: &str, script: &str, given: &Value) -> Vec<Value> {
    let kept = format!("tests/sensitivity/{script}.json");
    let now = asked(library, script, given);
    match &now {
        Some(now) if std::env::var_os("UPDATE").is_some() => {
            std::fs::write(&kept, now).expect("written");
        }
        Some(_) => {}
        None => println!("{library} is not here: compared with what is kept of it only"),
    }
    let kept = std::fs::read_to_string(&kept).expect("kept");
    let texts = [Some(kept), now].into_iter().flatten();
    texts.map(|text| serde_json::from_str(&text).expect("JSON")).collect()
}

fn asked(library: &str, script: &str, given: &Value) -> Option<String> {
    let python = std::env::var_os("PYTHON").unwrap_or("python3".into());
    let imports = Command::new(&python)
        .args(["-c", &format!("import {library}")])
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if !imports {
        return None;
    }
    let mut child = Command::new(&python)
        .arg(format!("tests/sensitivity/{script}.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it runs");
    child.stdin.take().expect("open").write_all(given.to_string().as_bytes()).expect("read");
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{script}.py failed");
    Some(String::from_utf8(output.stdout).expect("UTF-8"))
}

fn numbers(of: &Value) -> Vec<Option<f64>> {
    of.as_array().expect("a list").iter().map(Value::as_f64).collect()
}

/// Both are of the same samples, so that only rounding may part them.
fn same(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-9 * (1.0 + other.abs())
}

/// Five inputs in four groups, one of them a switch.
fn inputs() -> Vec<Input> {
    vec![
        Input::number(0, 0),
        Input::number(1, 1),
        Input::number(2, 2),
        Input::number(3, 2),
        Input::switch(4, 3, 2),
    ]
}

/// A figure that bends, turns and has inputs that act only together.
fn figure(row: &[f64]) -> f64 {
    let [a, b, c, d] = [row[0], row[1], row[2], row[3]].map(|u| 2.0 * u - 1.0);
    let switch = if row.get(4).is_some_and(|u| *u > 0.5) { 1.0 } else { 0.0 };
    10.0 + 3.0 * a + 2.0 * b * b * b + c * d + 4.0 * a * c + switch * (1.5 - b)
}

fn as_given(table: &Table, values: &[Option<f64>]) -> Value {
    let groups: Vec<usize> = table.inputs.iter().map(|input| input.group).collect();
    match table.plan {
        // Rows are left out: it needs them in order, and nothing else of them.
        Plan::Blocks { both_ways } => {
            json!({ "groups": groups, "values": values, "both_ways": both_ways })
        }
        Plan::Trajectories { levels } => {
            json!({ "groups": groups, "values": values, "rows": table.rows, "levels": levels })
        }
        Plan::Grid => panic!("no indices are made of grids"),
    }
}

/// Both have intervals by bootstrap, theirs 1.96 standard deviations to each side.
fn as_wide(own: Ranged, half: f64) -> bool {
    let own = (own.high - own.low) / 2.0;
    (own - half).abs() < 0.2 * half + 1e-9
}

#[test]
fn indices_are_those_of_salib_on_the_same_rows() {
    // Of trajectories numbers only: SALib divides by the stride whatever moves.
    let numbers = &inputs()[..4];
    let tables = [
        ("blocks", blocks(21, &inputs(), 256, false)),
        ("both_ways", blocks(22, &inputs(), 256, true)),
        ("trajectories", trajectories(23, numbers, 4, 40, 40)),
        ("chosen_of_many", trajectories(24, numbers, 8, 20, 100)),
    ];
    let mut given = Map::new();
    let mut cases = Vec::new();
    for (name, table) in tables {
        let table = table.expect("a table");
        let of = |row: &Vec<f64>| Some(figure(row));
        let values: Vec<Option<f64>> = table.rows.iter().map(of).collect();
        given.insert(name.to_owned(), as_given(&table, &values));
        cases.push((name, table, values));
    }
    for said in said("SALib", "salib", &Value::Object(given)) {
        cases.iter().for_each(|(name, table, values)| hold(name, table, values, &said));
    }
}

/// Holds the indices of one table against those of the other library.
fn hold(name: &str, table: &Table, values: &[Option<f64>], said: &Value) {
    let theirs = &said[name];
    let sum: f64 = values.iter().flatten().sum();
    let kept = theirs["sum"].as_f64().expect("a sum");
    assert!(same(sum, kept), "{name}: what is kept was made from other rows");
    let list = |what: &str| numbers(&theirs[what]);
    if let Plan::Trajectories { .. } = table.plan {
        let own = effects(table, values, 1, 500).expect("effects");
        for (n, effect) in own.iter().enumerate() {
            let pairs = [(effect.mean, "mean"), (effect.deviation, "deviation")];
            for (own, what) in pairs {
                let alike = own.zip(list(what)[n]).map(|(own, theirs)| same(own, theirs));
                assert_ne!(alike, Some(false), "{name} {n} {what}");
                assert_eq!(own.is_some(), list(what)[n].is_some(), "{name} {n} {what}");
            }
            let size = effect.size.expect("a size");
            assert!(same(size.at, list("size")[n].expect("one")), "{name} {n}: {size:?}");
            assert!(as_wide(size, list("size_half")[n].expect("one")), "{name} {n}: {size:?}");
        }
    } else {
        let own = shares(table, values, 1, 500).expect("shares");
        for (n, share) in own.groups.iter().enumerate() {
            for (own, what) in [(share.alone, "alone"), (share.total, "total")] {
                assert!(same(own.at, list(what)[n].expect("one")), "{name} {n} {what}: {own:?}");
                let half = list(&format!("{what}_half"))[n].expect("one");
                assert!(as_wide(own, half), "{name} {n} {what}: {own:?} {half}");
            }
        }
        let pairs: Vec<f64> = list("pairs").into_iter().flatten().collect();
        assert_eq!(own.pairs.len(), pairs.len());
        for ((names, own), theirs) in own.pairs.iter().zip(pairs) {
            assert!(same(own.at, theirs), "{name} {names:?}: {own:?} {theirs}");
        }
    }
}

/// Draws in which a claim holds in a corner, blurred by luck; of one input half are at
/// nought, and one is a category.
fn draws() -> Sample {
    let n = 300;
    let number = |d| Design::Sobol.dimension(31, d, n);
    let way: Vec<u32> = number(0).iter().map(|u| (u * 4.0) as u32).collect();
    let heaped: Vec<f64> = number(1).iter().map(|u| (2.0 * u - 1.0).max(0.0)).collect();
    let (x, y) = (number(2), number(3));
    let luck = Design::LatinHypercube.dimension(31, 20, n);
    let holds = (0..n as usize).map(|i| {
        let odds = [0.05, 0.9][usize::from(heaped[i] < 0.5 && x[i] > 0.35 && way[i] != 2)];
        luck[i] < odds * (0.6 + 0.4 * y[i])
    });
    let holds = holds.collect();
    let mut columns = vec![Column::Category(way), Column::Number(heaped)];
    columns.extend([x, y].map(Column::Number));
    columns.extend((4..12).map(|d| Column::Number(number(d))));
    Sample::new(columns, holds).expect("draws")
}

/// A box as the other library has it.
fn alike(own: &Found, theirs: &Value) -> bool {
    let share = |what: &str| theirs[what].as_f64().expect("a share");
    let shares = [("density", own.density), ("coverage", own.coverage), ("mass", own.mass)];
    let restricted = theirs["restricted"].as_object().expect("inputs");
    let inputs: Vec<String> = own.restricted().iter().map(|input| format!("x{input}")).collect();
    shares.into_iter().all(|(what, own)| same(own, share(what)))
        && restricted.len() == inputs.len()
        && own.restricted().into_iter().all(|input| {
            let Some(theirs) = restricted.get(&format!("x{input}")) else { return false };
            let own_of = own.restrictions.iter().filter(|r| r.input == input);
            let p = numbers(&theirs["quasi_p"]);
            let p_alike = own_of
                .clone()
                .map(|r| r.quasi_p)
                .zip(&p)
                .all(|(own, theirs)| theirs.is_some_and(|theirs| (own - theirs).abs() < 1e-9));
            let limits = match &own.limits[input] {
                Limits::Among(ways) => json!(ways) == theirs["ways"],
                Limits::Between(low, high) => {
                    let is = |end| own_of.clone().any(|r| r.end == end);
                    let own = [is(End::Low).then_some(*low), is(End::High).then_some(*high)];
                    own.into_iter().zip(numbers(&theirs["ends"])).all(|(own, theirs)| match own {
                        Some(own) => theirs.is_some_and(|theirs| same(own, theirs)),
                        None => theirs.is_none(),
                    })
                }
            };
            p_alike && p.len() == own_of.count() && limits
        })
}

#[test]
fn boxes_are_those_of_emaworkbench_in_the_same_draws() {
    let draws = draws();
    let columns = |column: &Column| match column {
        Column::Number(values) => json!(values),
        Column::Category(ways) => json!(ways),
    };
    let columns: Vec<Value> = draws.columns.iter().map(columns).collect();
    let usual = Settings::default();
    let with = |objective| Settings { objective, ..usual };
    let cases = [
        ("usual", "gain-for-each-lost", usual),
        (
            "coarse",
            "gain-for-each-lost",
            Settings { peel: 0.1, paste: 0.1, least_mass: 0.1, ..usual },
        ),
        ("times_kept", "gain-times-kept", with(Objective::GainTimesKept)),
        ("density", "density", with(Objective::Density)),
    ];
    let mut given = Map::new();
    for (name, objective, Settings { peel, paste, least_mass, .. }) in cases {
        let holds = &draws.holds;
        given.insert(
            name.to_owned(),
            json!({ "columns": columns, "holds": holds,
            "objective": objective, "peel": peel, "paste": paste, "least_mass": least_mass }),
        );
    }
    let said = said("ema_workbench", "workbench", &Value::Object(given));
    let sum: f64 = draws.interesting() as f64
        + draws
            .columns
            .iter()
            .map(|column| match column {
                Column::Number(values) => values.iter().sum::<f64>(),
                Column::Category(ways) => ways.iter().sum::<u32>().into(),
            })
            .sum::<f64>();
    for (said, (name, _, settings)) in said.iter().flat_map(|said| cases.map(|case| (said, case))) {
        let theirs = &said[name];
        let kept = theirs["sum"].as_f64().expect("a sum");
        assert!(same(sum, kept), "{name}: what is kept was made from other draws");
        let own = search(&draws, &settings).boxes;
        assert_eq!(Some(own.len() as u64), theirs["boxes"].as_u64(), "{name}");
        let last = own.len() - 1;
        let looked_at = (0..own.len()).filter(|n| n % 4 == 0 || *n == last);
        let kept = theirs["kept"].as_array().expect("boxes");
        assert_eq!(looked_at.clone().count(), kept.len());
        for (n, theirs) in looked_at.zip(kept) {
            assert!(alike(&own[n], theirs), "{name} {n}: {:#?}\n{theirs:#}", own[n]);
        }
    }
}
