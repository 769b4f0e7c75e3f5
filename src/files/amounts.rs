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
            let (below, above) = (value.floor(), value.ceil());
            let problem = Problem::error(format!("`{name}` must be a whole number, not {written}"));
            return Some(problem.label(self.words()).help(format!("write {below} or {above}")));
        }
        let problem = Problem::error(format!("`{name}` cannot be {written}"));
        let problem = problem.label(format!("it must be {}", self.words()));
        let share = tidy(value / 100.0);
        let percent = self.is_share() && (2.0..=100.0).contains(&value);
        if percent && self.low <= share && share <= self.high {
            return Some(problem.help(format!("if {written}% is meant, write {share}")));
        }
        Some(if value < self.low {
            problem.help(format!("the smallest it may be is {}", self.low))
        } else {
            problem.help(format!("the largest it may be is {}", self.high))
        })
    }

    /// What is wrong with text where a number is wanted.
    pub fn judge_text(&self, name: &str, text: &str) -> Problem {
        let problem = Problem::error(format!(
            "`{name}` must be a plain number, without quotation marks or unit"
        ));
        let problem = problem.label(format!("text; it must be {}", self.words()));
        match self.meant(text) {
            Some(value) if self.low <= value && value <= self.high => {
                problem.help(format!("write {value}"))
            }
            Some(value) => problem.help(format!(
                "\"{text}\" would be {value}, which does not lie from {} to {}",
                grouped(self.low),
                grouped(self.high)
            )),
            None => problem.help("write the figure alone, in digits"),
        }
    }

    /// The number somebody meant by `text`, in this unit.
    pub fn meant(&self, text: &str) -> Option<f64> {
        let text = text.trim().to_lowercase().replace(',', "");
        let first = text.find(|c: char| c.is_ascii_digit())?;
        let signed = text[..first].ends_with(['-', '.']);
        let text = &text[if signed { first - 1 } else { first }..];
        let end = text
            .find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '-' | '+'))
            .unwrap_or(text.len());
        let number: f64 = text[..end].parse().ok()?;
        let rest = text[end..].trim();
        let value = match rest {
            "%" | "percent" | "per cent" if self.is_share() => tidy(number / 100.0),
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

/// Three significant digits: more than a slip of the unit deserves.
fn round(value: f64) -> f64 {
    format!("{value:.2e}").parse().unwrap_or(value)
}

/// Without the last bits that dividing by a hundred leaves behind.
fn tidy(value: f64) -> f64 {
    format!("{value:.11e}").parse().unwrap_or(value)
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
        assert_eq!(meant("6 months", "weeks"), Some(26.1));
        assert_eq!(meant("10", ""), Some(10.0));
        assert_eq!(meant("year 3", ""), Some(3.0));
        assert_eq!(meant("about -2%", "% a year"), Some(-2.0));
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
