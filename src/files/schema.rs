//! JSON Schemas for editors, made from the declared keys.

use serde_json::{Map, Value, json};

use super::keys::{Key, Kind, Thing};
use crate::declare::LeverKind;
use crate::levers::LEVERS;
use crate::metrics::{Declaration, METRICS};
use crate::parameters::PARAMETERS;
use crate::place::sets;
use crate::structures::STRUCTURES;
use crate::uncertainty::Beliefs;

/// The schema of one kind of file.
pub fn schema(thing: Thing) -> Value {
    let mut schema = table(thing.keys(), thing != Thing::Place);
    let head = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": format!("commissim {}", thing.word()),
        "description": thing.purpose(),
    });
    merge(&mut schema, head);
    let rule = match thing {
        Thing::Experiment => {
            json!({ "oneOf": [{ "required": ["place"] }, { "required": ["places"] }] })
        }
        Thing::Regime | Thing::Targets | Thing::Theme => json!({}),
        Thing::Place => {
            let required = table(thing.keys(), true)["required"].clone();
            json!({ "anyOf": [{ "required": ["like"] }, { "required": required }] })
        }
    };
    merge(&mut schema, rule);
    schema
}

fn merge(into: &mut Value, from: Value) {
    if let (Value::Object(into), Value::Object(from)) = (into, from) {
        into.extend(from);
    }
}

fn table(keys: &[Key], whole: bool) -> Value {
    let mut properties = Map::new();
    for key in keys {
        let mut property = of_kind(key.kind, whole);
        let described = json!({ "description": key.meaning });
        merge(&mut property, described);
        if let Some(default) = default(key) {
            merge(&mut property, json!({ "default": default }));
        }
        properties.insert(key.name.to_owned(), property);
    }
    let mut schema =
        json!({ "type": "object", "additionalProperties": false, "properties": properties });
    let required: Vec<&str> = keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    if whole && !required.is_empty() {
        merge(&mut schema, json!({ "required": required }));
    }
    schema
}

fn default(key: &Key) -> Option<Value> {
    serde_json::from_str(key.default).ok()
}

fn of_kind(kind: Kind, whole: bool) -> Value {
    let names = || json!({ "type": "array", "items": { "type": "string" }, "minItems": 1, "uniqueItems": true });
    match kind {
        Kind::Text | Kind::One(_) => json!({ "type": "string", "minLength": 1 }),
        Kind::Choice(words) => json!({ "enum": words }),
        Kind::Many(_) => names(),
        Kind::Places => json!({ "oneOf": [{ "enum": sets::ids() }, names()] }),
        Kind::Number { low, high, whole, unit } => number(low, high, whole, unit),
        Kind::Numbers { low, high, unit } => {
            json!({ "type": "array", "items": number(low, high, false, unit), "minItems": 1, "uniqueItems": true })
        }
        Kind::Rows => rows(),
        Kind::NumberOrRows { high } => {
            json!({ "oneOf": [number(1.0, high, true, ""), rows()] })
        }
        Kind::Colour => colour(),
        Kind::Colours { fewest, most } => {
            json!({ "type": "array", "items": colour(), "minItems": fewest, "maxItems": most })
        }
        Kind::Month => json!({ "type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$" }),
        Kind::Switch => json!({ "type": "boolean" }),
        Kind::LeverNames => {
            let names: Vec<&str> = LEVERS.iter().map(|lever| lever.name).collect();
            json!({ "type": "array", "items": { "enum": names }, "uniqueItems": true })
        }
        Kind::ParameterNames => {
            let names: Vec<&str> = PARAMETERS.iter().map(|parameter| parameter.name).collect();
            json!({ "type": "array", "items": { "enum": names }, "minItems": 1, "uniqueItems": true })
        }
        Kind::MetricIds => {
            let ids: Vec<&str> = METRICS.iter().map(|metric| metric.id).collect();
            json!({ "type": "array", "items": { "enum": ids }, "minItems": 1, "uniqueItems": true })
        }
        Kind::Links => {
            let ids: Vec<&str> = STRUCTURES.iter().map(|(id, _)| *id).collect();
            json!({ "type": "array", "items": { "enum": ids }, "minItems": 1, "uniqueItems": true })
        }
        Kind::Levers => levers(),
        Kind::Parameters => parameters(),
        Kind::Table(keys) => table(keys, whole),
        Kind::Tables(keys) => json!({ "type": "array", "items": table(keys, true) }),
        Kind::Percent => json!({ "oneOf": [
            { "type": "string", "pattern": "^[0-9.]+%$" },
            { "type": "number", "exclusiveMinimum": 0, "maximum": 1 },
        ] }),
        Kind::Widths => {
            let headlines = METRICS.iter().filter(|metric| metric.is_headline());
            let width = |metric: &Declaration| json!({ "type": "number", "exclusiveMinimum": 0, "x-unit": metric.unit, "description": metric.label });
            let rows: Map<String, Value> =
                headlines.map(|metric| (metric.id.to_owned(), width(metric))).collect();
            json!({ "type": "object", "additionalProperties": false, "minProperties": 1, "properties": rows })
        }
        Kind::Set => json!({ "type": "string", "minLength": 1 }),
        Kind::Beliefs => {
            let ids: Vec<&str> = Beliefs::ALL.iter().map(|beliefs| beliefs.id()).collect();
            json!({ "type": "array", "items": { "enum": ids }, "minItems": 1, "uniqueItems": true })
        }
    }
}

/// A bound; whole ones without a point, so that the file reads well.
fn bound(value: f64) -> Value {
    if value.fract() == 0.0 && value.abs() < 9e15 { json!(value as i64) } else { json!(value) }
}

fn number(low: f64, high: f64, whole: bool, unit: &str) -> Value {
    let kind = if whole { "integer" } else { "number" };
    let mut number = json!({ "type": kind, "minimum": bound(low), "maximum": bound(high) });
    if !unit.is_empty() {
        merge(&mut number, json!({ "x-unit": unit }));
    }
    number
}

fn rows() -> Value {
    json!({ "type": "string", "pattern": "\\.[cC][sS][vV]$" })
}

fn colour() -> Value {
    json!({ "type": "string", "pattern": "^#[0-9A-Fa-f]{6}$" })
}

fn levers() -> Value {
    let mut properties = Map::new();
    for lever in LEVERS {
        let mut property = match lever.kind {
            LeverKind::Number { low, high, whole } => number(low, high, whole, lever.unit),
            LeverKind::Choice(words) => json!({ "enum": words }),
            LeverKind::Set(words) => {
                json!({ "type": "array", "items": { "enum": words }, "minItems": 1, "uniqueItems": true })
            }
            LeverKind::Table { keys, low, high } => {
                let rows: Map<String, Value> = keys
                    .iter()
                    .map(|key| ((*key).to_owned(), number(low, high, false, lever.unit)))
                    .collect();
                json!({ "type": "object", "additionalProperties": false, "minProperties": 1, "properties": rows })
            }
        };
        merge(&mut property, json!({ "description": lever.meaning.trim() }));
        properties.insert(lever.name.to_owned(), property);
    }
    json!({ "type": "object", "additionalProperties": false, "properties": properties })
}

fn parameters() -> Value {
    let mut properties = Map::new();
    for p in PARAMETERS {
        let mut property = number(p.hard_low, p.hard_high, false, p.unit);
        let plausible = format!("{} Plausible: {} to {}.", p.meaning.trim(), p.low, p.high);
        merge(&mut property, json!({ "description": plausible, "default": bound(p.default) }));
        properties.insert(p.name.to_owned(), property);
    }
    json!({ "type": "object", "additionalProperties": false, "properties": properties })
}
