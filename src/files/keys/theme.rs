//! The keys of a theme.

use super::{Key, Kind, key, number};

/// More regimes than this nobody tells apart by their colours.
const MOST_COLOURS: usize = 24;

/// A theme's file: every key may be left out.
pub const THEME: &[Key] = &[
    key("ink", Kind::Colour, "Titles and labels.").default("\"#1A1A1A\""),
    key("quiet", Kind::Colour, "Units, axes and source.").default("\"#595959\""),
    key("rule", Kind::Colour, "Grid lines.").default("\"#DDDDDD\""),
    key(
        "shade",
        Kind::Colour,
        "What is too small to matter, and what was before regimes parted.",
    )
    .default("\"#F0EFEC\""),
    key("paper", Kind::Colour, "What all stands on.").default("\"#FFFFFF\""),
    key("comparator", Kind::Colour, "The comparator.").default("\"#7C7C7C\""),
    key(
        "regimes",
        Kind::Colours { fewest: 1, most: MOST_COLOURS },
        "Regimes, in order; with more regimes than colours they begin again, with other markers.",
    )
    .example("[\"#004C86\", \"#B0480C\"]"),
    key(
        "budgets",
        Kind::Colours { fewest: 4, most: 4 },
        "Who holds the budget: council, fund, direct payment, part direct payment.",
    )
    .example("[\"#404040\", \"#D55E00\", \"#0072B2\", \"#8FC6EE\"]"),
    key("better", Kind::Colour, "What is better for people.").default("\"#0072B2\""),
    key("worse", Kind::Colour, "What is worse for people.").default("\"#D55E00\""),
    key("size", number(5.0, 20.0, "points"), "Size of letters.").default("7.5"),
    key("title", number(5.0, 40.0, "points"), "Size of titles.").default("11"),
    key(
        "regular",
        Kind::Text,
        "Letters: the path of a TrueType or OpenType file, from the theme's own folder. `bold` goes with it.",
    )
    .example("\"Lato-Regular.ttf\""),
    key("bold", Kind::Text, "Bold letters, of the same family; `regular` goes with it.")
        .example("\"Lato-Bold.ttf\""),
];
