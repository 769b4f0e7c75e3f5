//! Numbers for people: no more figures than the range bears out.

/// Most places after the point.
const MOST: i32 = 4;
/// Most significant figures, however narrow the range.
const FIGURES: i32 = 4;

/// Places after the point that show two significant figures of half an interval,
/// but no more than four of the mean, nor anything far below what `matters`; negative
/// ones round to tens, hundreds and so on. None where there is
/// no range because nothing ever varied.
pub fn places(mean: f64, half: f64, matters: Option<f64>) -> Option<i32> {
    let magnitude = |x: f64| libm::log10(x.abs()).floor() as i32;
    let by_mean = if mean == 0.0 { MOST } else { FIGURES - 1 - magnitude(mean) };
    let by_matters = matters.filter(|m| *m > 0.0).map_or(MOST, |m| (1 - magnitude(m)).max(0));
    (half > 0.0).then(|| (1 - magnitude(half)).min(by_mean).min(by_matters).min(MOST))
}

/// A number with so many places after the point, thousands apart, and a true minus
/// sign; without trailing noughts where nothing ever varied.
pub fn shown(x: f64, places: Option<i32>) -> String {
    let wanted = places.unwrap_or(MOST);
    let mut text = if wanted >= 0 {
        format!("{:.*}", wanted as usize, x.abs())
    } else {
        let unit = libm::pow(10.0, f64::from(-wanted));
        format!("{:.0}", (x.abs() / unit).round() * unit)
    };
    if places.is_none() && text.contains('.') {
        text.truncate(text.trim_end_matches('0').trim_end_matches('.').len());
    }
    let text = grouped(&text);
    if x < 0.0 && !is_nought(&text) { format!("−{text}") } else { text }
}

/// [`shown`], with a plus sign where it is more than nothing.
pub fn signed(x: f64, places: Option<i32>) -> String {
    let text = shown(x, places);
    if x < 0.0 || is_nought(&text) { text } else { format!("+{text}") }
}

fn is_nought(text: &str) -> bool {
    !text.contains(|c: char| ('1'..='9').contains(&c))
}

/// Puts commas between thousands.
fn grouped(digits: &str) -> String {
    let (whole, rest) = digits.find('.').map_or((digits, ""), |point| digits.split_at(point));
    let mut text = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_follow_the_range() {
        let cases = [
            (0.123_456, 0.012, "0.123", "+0.123"),
            (-0.123_456, 0.5, "−0.12", "−0.12"),
            (12_345.6, 210.0, "12,350", "+12,350"),
            (1_234_567.0, 0.3, "1,235,000", "+1,235,000"),
            (-0.001, 2.0, "0.0", "0.0"),
            (0.0, 0.0, "0", "0"),
            (2.5, 0.0, "2.5", "+2.5"),
            (10.0, 0.0, "10", "+10"),
            (10.0, 1e-15, "10.00", "+10.00"),
            (0.000_012, 0.000_001, "0.0000", "0.0000"),
        ];
        for (x, half, plain, with_sign) in cases {
            let places = places(x, half, None);
            assert_eq!(shown(x, places), plain, "{x} ± {half}");
            assert_eq!(signed(x, places), with_sign, "{x} ± {half}");
        }
        let figures = |x, half, matters| signed(x, places(x, half, Some(matters)));
        assert_eq!(figures(-14.32, 0.004, 200.0), "−14");
        assert_eq!(figures(0.043_21, 0.000_01, 0.05), "+0.043");
        assert_eq!(figures(0.000_01, 0.000_01, 0.05), "0.000");
    }
}
