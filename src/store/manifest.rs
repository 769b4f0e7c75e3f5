//! What was run, by which code, on which inputs, and how.

use super::files::checksum;
use super::typed::Typed;
use crate::experiment::Experiment;
use crate::model::gain;
use crate::place::Place;
use serde_json::{Map, Value, json};
use std::time::SystemTime;

/// Version of the layout of a results folder.
pub const SCHEMA: u32 = 2;

/// The circumstances of a run, on which no number depends.
#[derive(Clone, Debug)]
pub struct How {
    /// The command as typed.
    pub command: Vec<String>,
    /// Threads used.
    pub threads: usize,
    /// When it started.
    pub started: SystemTime,
    /// Of shards that were joined, which and how each ran.
    pub shards: Vec<Value>,
}

impl How {
    /// Of a command that does all of its work itself.
    pub fn new(command: &[String], threads: usize, started: SystemTime) -> Self {
        Self { command: command.to_vec(), threads, started, shards: Vec::new() }
    }

    /// As it is written.
    pub fn value(&self) -> Value {
        let typed = Typed::now(&self.command);
        let mut value = json!({
            "command": typed.command,
            "in": typed.within,
            "started": time(self.started),
            "ended": time(SystemTime::now()),
            "platform": format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
            "compiler": env!("COMMISSIM_RUSTC"),
            "threads": self.threads,
        });
        if !self.shards.is_empty() {
            value["shards"] = json!(self.shards);
        }
        value
    }
}

/// The code that runs: version, commit, and whether sources were changed since.
pub fn code() -> Value {
    json!({
        "version": env!("CARGO_PKG_VERSION"),
        "commit": env!("COMMISSIM_COMMIT"),
        "modified": env!("COMMISSIM_MODIFIED") == "true",
    })
}

/// All of `manifest.json` but its checksum: `what` is the same wherever and however it
/// ran, `how` is the rest. `checksums` are of every file but the manifest and the crate.
pub fn contents(
    experiment: &Experiment,
    how: &How,
    checksums: &[(String, String)],
    is_input: impl Fn(&str) -> bool,
) -> Value {
    let of = |inputs: bool| -> Map<String, Value> {
        let files = checksums.iter().filter(|(path, _)| is_input(path) == inputs);
        files.map(|(path, sum)| (path.clone(), json!(sum))).collect()
    };
    let gain = |place: &Place| gain::of_place(place, &experiment.parameters, experiment.seed, 0);
    let gains: Map<String, Value> =
        experiment.places.iter().map(|place| (place.id.clone(), json!(gain(place)))).collect();
    json!({
        "what": {
            "schema": SCHEMA,
            "experiment": experiment.id,
            "seed": experiment.seed,
            "loop_gain": gains,
            "code": code(),
            "checksums": "BLAKE3",
            "inputs": of(true),
            "outputs": of(false),
        },
        "how": how.value(),
    })
}

/// The bytes of `manifest.json`: its contents, and a checksum over them.
///
/// # Errors
///
/// Encoding does not fail; the error is passed on all the same.
pub fn sealed(mut contents: Value) -> anyhow::Result<Vec<u8>> {
    contents["checksum"] = json!(checksum(&pretty(&contents)?));
    pretty(&contents)
}

/// Whether a manifest is as it was written.
pub fn is_sound(bytes: &[u8]) -> bool {
    let Ok(Value::Object(mut whole)) = serde_json::from_slice(bytes) else { return false };
    let Some(Value::String(sum)) = whole.remove("checksum") else { return false };
    pretty(&Value::Object(whole)).is_ok_and(|rest| checksum(&rest) == sum)
}

/// JSON as it is written to files.
///
/// # Errors
///
/// Encoding does not fail; the error is passed on all the same.
pub fn pretty(value: &Value) -> anyhow::Result<Vec<u8>> {
    // Objects are kept in alphabetical order, so equal values give equal bytes.
    let mut bytes = serde_json::to_vec_pretty(value)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// A time as `2026-04-01T09:30:00Z`.
pub fn time(at: SystemTime) -> String {
    let seconds = at.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |d| d.as_secs());
    let (days, second) = (seconds / 86_400, seconds % 86_400);
    // Days to a date in the Gregorian calendar, counting years from March (Hinnant).
    let shifted = days + 719_468;
    let (era, of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::made_up;
    use std::time::Duration;

    #[test]
    fn times_are_written_as_dates() {
        let at = |seconds| time(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds));
        assert_eq!(at(0), "1970-01-01T00:00:00Z");
        assert_eq!(at(951_826_165), "2000-02-29T12:09:25Z");
        assert_eq!(at(1_767_225_599), "2025-12-31T23:59:59Z");
    }

    #[test]
    fn a_clock_that_is_wrong_or_set_back_does_no_harm() {
        let (epoch, day) = (SystemTime::UNIX_EPOCH, Duration::from_secs(86_400));
        assert_eq!(time(epoch - day), "1970-01-01T00:00:00Z", "before clocks of computers begin");
        assert_eq!(time(epoch + Duration::from_secs(253_402_300_800)), "10000-01-01T00:00:00Z");
        let experiment = made_up::experiment(&["one"], 2);
        for started in [epoch - day, SystemTime::now() + 400 * day] {
            let how = How::new(&[], 1, started);
            let contents = contents(&experiment, &how, &[], |_| false);
            assert_eq!(
                contents["how"]["started"],
                time(started),
                "as the clock said, though it ended before"
            );
            assert!(is_sound(&sealed(contents).expect("written")));
        }
    }

    #[test]
    fn a_changed_manifest_is_noticed() {
        let command = ["commissim".to_owned(), "run".to_owned()];
        let how = How::new(&command, 2, SystemTime::now());
        let sums = [("summary.csv".to_owned(), "00".to_owned())];
        let experiment = made_up::experiment(&["one"], 2);
        let good = sealed(contents(&experiment, &how, &sums, |_| false)).expect("written");
        assert!(is_sound(&good));
        let text = String::from_utf8(good).expect("text");
        assert!(!is_sound(text.replace("\"seed\": 7", "\"seed\": 8").as_bytes()));
        assert!(!is_sound(b"{}"));
    }
}
