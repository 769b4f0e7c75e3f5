use super::*;
use crate::files::keys::THEME;
use std::fs;

/// L*, a* and b* of a colour, 0 to 100 and so on, from linear red, green and blue.
fn lab(linear: [f64; 3]) -> [f64; 3] {
    let [r, g, b] = linear;
    let f = |t: f64| if t > 0.008_856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 };
    let x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.950_47);
    let y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
    let z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.088_83);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// What eyes of one kind make of a colour.
fn seen(colour: Colour, eyes: &[[f64; 3]; 3]) -> [f64; 3] {
    let part = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { libm::pow((part + 0.055) / 1.055, 2.4) }
    };
    let linear = [part(colour.0), part(colour.1), part(colour.2)];
    let row = |row: &[f64; 3]| {
        (row[0] * linear[0] + row[1] * linear[1] + row[2] * linear[2]).clamp(0.0, 1.0)
    };
    lab([row(&eyes[0]), row(&eyes[1]), row(&eyes[2])])
}

/// Eyes by Machado, Oliveira and Fernandes (2009), at full severity: (who, matrix).
const EYES: [(&str, [[f64; 3]; 3]); 4] = [
    ("most", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "no red",
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
    ),
    (
        "no green",
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
    ),
    (
        "no blue",
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ),
];

/// The least distance between any two of some colours, and which they are.
fn nearest(colours: &[Colour], eyes: &[[f64; 3]; 3], grey: bool) -> (f64, String) {
    let mut found = (f64::INFINITY, String::new());
    for (index, a) in colours.iter().enumerate() {
        for b in &colours[index + 1..] {
            let (one, other) = (seen(*a, eyes), seen(*b, eyes));
            let parts = if grey { 1 } else { 3 };
            let square = |at: usize| (one[at] - other[at]) * (one[at] - other[at]);
            let distance = (0..parts).map(square).sum::<f64>().sqrt();
            if distance < found.0 {
                found = (distance, format!("{} and {}", a.hex(), b.hex()));
            }
        }
    }
    found
}

#[test]
fn the_comparator_and_four_regimes_are_told_apart_by_any_eyes_and_in_greyscale() {
    let theme = Theme::default();
    let mut colours = vec![theme.comparator];
    colours.extend(&theme.regimes[..4]);
    for (who, eyes) in &EYES {
        let (distance, which) = nearest(&colours, eyes, false);
        // About 2.3 is the least that is noticed at all, side by side.
        assert!(distance >= 17.0, "{which} are {distance} apart for eyes with {who}");
    }
    let (distance, which) = nearest(&colours, &EYES[0].1, true);
    assert!(distance >= 7.0, "{which} are {distance} apart in greyscale");
    let looks: Vec<Look> = (0..=6).map(|index| theme.look(index)).collect();
    for (index, look) in looks.iter().enumerate() {
        for other in &looks[index + 1..] {
            assert_ne!(look.marker, other.marker);
            assert_ne!(look.dash, other.dash);
        }
        assert!(look.words.contrast(theme.paper) >= 4.5);
    }
}

#[test]
fn budgets_are_told_apart_too() {
    let theme = Theme::default();
    for (who, eyes) in &EYES {
        let (distance, which) = nearest(&theme.budgets, eyes, false);
        assert!(distance >= 17.0, "{which} are {distance} apart for eyes with {who}");
    }
    let (distance, which) = nearest(&theme.budgets, &EYES[0].1, true);
    assert!(distance >= 7.0, "{which} are {distance} apart in greyscale");
}

#[test]
fn more_regimes_than_colours_still_look_different() {
    let theme = Theme::default();
    let looks: Vec<Look> = (0..=24).map(|index| theme.look(index)).collect();
    for (index, look) in looks.iter().enumerate() {
        assert!(!looks[index + 1..].contains(look), "{index}");
    }
}

#[test]
fn words_can_be_read_on_any_paper() {
    for paper in [Colour(255, 255, 255), Colour(0, 0, 0), Colour(0x20, 0x20, 0x40)] {
        for colour in Theme::default().regimes {
            assert!(colour.for_words(paper).contrast(paper) >= 4.5);
        }
    }
}

fn from(text: &str) -> Result<Theme, String> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("my.toml");
    fs::write(&path, text).expect("written");
    read(&path.to_string_lossy()).map_err(|problems| problems.to_string())
}

#[test]
fn a_theme_says_what_differs_and_no_more() {
    let theme = from("size = 9\nregimes = [\"#102030\"]\n").expect("a theme");
    assert_eq!(theme.size, 9.0);
    assert_eq!(theme.regimes, [Colour(0x10, 0x20, 0x30)]);
    assert_eq!(theme.comparator, Theme::default().comparator);
}

#[test]
fn what_is_declared_as_used_without_a_line_is() {
    let declared = THEME.iter().filter(|key| !key.default.is_empty());
    let text: String = declared.map(|key| format!("{} = {}\n", key.name, key.default)).collect();
    assert!(text.lines().count() > 8, "{text}");
    let theme = from(&text).expect("a theme");
    assert_eq!(format!("{theme:?}"), format!("{:?}", Theme::default()));
}

#[test]
fn on_dark_paper_everything_is_seen_and_what_is_given_stands() {
    let theme = from("paper = \"#14181C\"\nink = \"#F0F0F0\"\nworse = \"#803000\"\n");
    let theme = theme.expect("a theme");
    let lines =
        theme.regimes.iter().chain(&theme.budgets).chain([&theme.comparator, &theme.better]);
    for colour in lines {
        assert!(colour.contrast(theme.paper) >= 3.0, "{}", colour.hex());
    }
    for quiet in [theme.rule, theme.shade] {
        assert!((1.05..3.0).contains(&quiet.contrast(theme.paper)), "{}", quiet.hex());
    }
    assert_eq!(theme.worse, Colour(0x80, 0x30, 0x00));
}

/// What is wrong stands with its file, line and column; `tests/gallery` has the messages.
#[test]
fn everything_wrong_in_a_theme_is_said_at_once_and_where() {
    let error = from("colour = 1\nink = \"blue\"\nsize = 90\nbold = \"b.ttf\"\nregimes = []\n");
    let error = error.expect_err("wrong");
    for line in 1..=5 {
        assert!(error.contains(&format!("my.toml:{line}:")), "{line}\n{error}");
    }
    assert!(error.ends_with("5 problems\n"), "{error}");
}

#[test]
fn every_key_of_a_theme_is_taken() {
    for key in THEME {
        let error = from(&format!("{} = true", key.name)).expect_err("no key holds it");
        assert!(error.contains(&format!("`{}` must be", key.name)), "{error}");
    }
    let error = read("nowhere.toml").expect_err("not there").to_string();
    assert!(error.contains("there is no file `nowhere.toml`"), "{error}");
}

#[test]
fn base64_is_as_published() {
    for (plain, coded) in
        [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")]
    {
        assert_eq!(base64(plain.as_bytes()), coded);
    }
}
