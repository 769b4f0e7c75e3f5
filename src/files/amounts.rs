//! Numbers as people write them: bounds, units, and what `"15%"` was meant to be.

use crate::problem::Problem;

/// What a number must be.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// Smallest.
    pub low: f64,
    /// Largest.
    pub high: f64,
    /// Whether it must be whole.
    pub whole: bool,
    /// Unit, as written beside it; may be empty.
    pub unit: &'static str,
}

impl Wanted {
    /// As a sentence asks for it.
    pub fn words(&self) -> String {
        let number = if self.whole { "a whole number" } else { "a number" };
        format!(
            "{number} from {} to {}{}",
            grouped(self.low),
            grouped(self.high),
            self.unit_words()
        )
    }

    fn unit_words(&self) -> String {
        match self.unit {
            "" | "number" | "count" => String::new(),
            "share" => ", as a share".to_owned(),
            "ratio" => ", as a multiple".to_owned(),
            unit if unit.starts_with("share ") => format!(", as a {unit}"),
            unit if unit.starts_with("per ") => format!(", {unit}"),
            unit => format!(", in {unit}"),
        }
    }

    fn is_share(&self) -> bool {
        self.unit.starts_with("share") || self.unit == "ratio"
    }

    /// What is wrong with `value`, which the file writes as `written`.
    pub fn judge(&self, name: &str, value: f64, written: &str) -> Option<Problem> {
        let inside = self.low <= value && value <= self.high;
        if inside && (!self.whole || value.fract() == 0.0) {
            return None;
        }
        if inside {
            let (below, above) = (text_of(value.floor()), text_of(value.ceil()));
            let problem = Problem::error(format!("`{name}` must be a whole number, not {written}"));
            return Some(problem.label(self.words()).help(format!("write {below} or {above}")));
        }
        let (low, high) = (grouped(self.low), grouped(self.high));
        let problem = Problem::error(format!("`{name}` must lie from {low} to {high}"));
        let problem = problem.label(format!("{written} is outside{}", self.unit_words()));
        let percent = self.is_share() && value > 1.0 && value <= 100.0;
        let as_share = text_of(value / 100.0);
        let fits = self.low <= value / 100.0 && value / 100.0 <= self.high;
        Some(match percent && fits {
            true => problem.help(format!("if {written}% is meant, write {as_share}")),
            false => problem.help(format!("write {}", self.words())),
        })
    }

    /// What is wrong with text where a number is wanted.
    pub fn judge_text(&self, name: &str, text: &str) -> Problem {
        let problem = Problem::error(format!(
            "`{name}` must be a plain number, without quotation marks or unit"
        ));
        let problem = problem.label(format!("text; wanted is {}", self.words()));
        match self.meant(text) {
            Some(value) if self.low <= value && value <= self.high => {
                problem.help(format!("write {}", text_of(value)))
            }
            Some(value) => problem.help(format!(
                "\"{text}\" would be {}, which does not lie from {} to {}",
                text_of(value),
                grouped(self.low),
                grouped(self.high)
            )),
            None => problem,
        }
    }

    /// The number somebody meant by `text`, in this unit.
    pub fn meant(&self, text: &str) -> Option<f64> {
        let text = text.trim().to_lowercase().replace(',', "");
        let text = text.trim_start_matches(['£', '$', '€', '~', ' ']);
        let end = text
            .find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '-' | '+'))
            .unwrap_or(text.len());
        let number: f64 = text[..end].parse().ok()?;
        let rest = text[end..].trim();
        let value = match rest {
            "%" | "percent" | "per cent" if self.is_share() => number / 100.0,
            "k" | "thousand" => number * 1000.0,
            "m" | "million" => number * 1e6,
            _ => match (days(rest), days(self.unit)) {
                (Some(from), Some(to)) if from != to => round(number * from / to),
                _ => number,
            },
        };
        let value = if self.whole { value.round() } else { value };
        value.is_finite().then_some(value)
    }
}

fn text_of(value: f64) -> String {
    value.to_string()
}

/// Days of a stretch of time named by the first word of `unit`.
fn days(unit: &str) -> Option<f64> {
    match unit.split_whitespace().next()?.trim_end_matches('s') {
        "day" => Some(1.0),
        "week" => Some(7.0),
        "month" => Some(365.25 / 12.0),
        "year" => Some(365.25),
        _ => None,
    }
}

/// Four significant digits: more than a slip of the unit deserves.
fn round(value: f64) -> f64 {
    format!("{value:.3e}").parse().unwrap_or(value)
}

/// A number as a sentence writes it, with commas in large ones.
fn grouped(value: f64) -> String {
    let text = format!("{value}");
    if value.fract() != 0.0 || value.abs() < 10_000.0 {
        return text;
    }
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |d| ("-", d));
    let groups: Vec<&str> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .filter_map(|group| std::str::from_utf8(group).ok())
        .collect();
    format!("{sign}{}", groups.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(text: &str, unit: &'static str) -> Option<f64> {
        Wanted { low: 0.0, high: 1e9, whole: false, unit }.meant(text)
    }

    #[test]
    fn numbers_are_read_out_of_words() {
        assert_eq!(meant("15%", "share"), Some(0.15));
        assert_eq!(meant("15 per cent", "share a month"), Some(0.15));
        assert_eq!(meant("2%", "% a year"), Some(2.0));
        assert_eq!(meant("£15.94", "£ an hour"), Some(15.94));
        assert_eq!(meant("£1,250", "£"), Some(1250.0));
        assert_eq!(meant("6 weeks", "weeks"), Some(6.0));
        assert_eq!(meant("6 months", "weeks"), Some(26.09));
        assert_eq!(meant("10", ""), Some(10.0));
        assert_eq!(meant("a few", "weeks"), None);
    }

    #[test]
    fn bounds_are_said_in_the_unit() {
        let share = Wanted { low: 0.0, high: 1.0, whole: false, unit: "share" };
        assert!(share.judge("price_weight", 0.4, "0.4").is_none());
        let problem = share.judge("price_weight", 40.0, "40").expect("outside");
        assert_eq!(problem.help, ["if 40% is meant, write 0.4"]);
        assert!(share.judge("price_weight", f64::NAN, "nan").is_some());
    }
}
