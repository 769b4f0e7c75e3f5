//! A place's own people, providers and neighbourhoods, row by row, as a researcher
//! gives them in CSV files beside the place's file.
//!
//! The columns are declared once, here: reader, writer and reference know no others.
//! What a row leaves empty is drawn as for a place that has no rows.

use std::sync::Arc;

use crate::levers::Mechanism;

/// Classes of people by the door they come through, in the order of the model's.
pub const CLASSES: usize = 8;

/// Support reasons, in the order of the model's.
pub const REASONS: &[&str] =
    &["physical", "sensory", "memory", "learning", "mental-health", "social"];
const AGES: &[&str] = &["18-64", "65+"];
const PAYERS: &[&str] = &["council", "self"];
const SETTINGS: &[&str] = &["home", "care-home"];
const MECHANISMS: &[&str] = crate::levers::Offered::WORDS;
const KINDS: &[&str] = &["agency", "in-house", "micro-enterprise", "venture"];
const YES_NO: &[&str] = &["no", "yes"];

/// Largest number of a person or provider: it is part of a key.
pub const MOST_ID: f64 = 16_777_215.0;

/// What a column holds.
#[derive(Clone, Copy, Debug)]
pub enum Holds {
    /// A number.
    Number {
        /// Smallest.
        low: f64,
        /// Largest.
        high: f64,
        /// Whether it must be whole.
        whole: bool,
        /// Unit, as written beside it.
        unit: &'static str,
    },
    /// One of some words.
    Word(&'static [&'static str]),
    /// A name; that of a neighbourhood where the column is called so.
    Name,
}

impl Holds {
    /// In words, as a sentence asks for it.
    pub fn words(&self) -> String {
        match self {
            Holds::Number { low, high, whole, unit } => {
                let number = if *whole { "a whole number" } else { "a number" };
                let unit = if unit.is_empty() { String::new() } else { format!(" ({unit})") };
                format!("{number} from {low} to {high}{unit}")
            }
            Holds::Word(words) => crate::problem::listed(words.iter().copied(), "or"),
            Holds::Name => "a name".to_owned(),
        }
    }
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// A number.
    Number(f64),
    /// Which of the column's words.
    Word(usize),
    /// A name.
    Name(String),
}

impl Cell {
    fn number(&self) -> f64 {
        match self {
            Cell::Number(number) => *number,
            _ => 0.0,
        }
    }
    fn word(&self) -> usize {
        match self {
            Cell::Word(word) => *word,
            _ => 0,
        }
    }
    fn name(&self) -> String {
        match self {
            Cell::Name(name) => name.clone(),
            _ => String::new(),
        }
    }
}

/// One column of a file of rows.
pub struct Column<R: 'static> {
    /// Name in the header.
    pub name: &'static str,
    /// What it holds.
    pub holds: Holds,
    /// Whether every row must have it.
    pub required: bool,
    /// What it is, in a sentence.
    pub meaning: &'static str,
    /// Puts a cell into a row.
    pub put: fn(&mut R, &Cell),
    /// What a row has; none where it is left to chance.
    pub get: fn(&R) -> Option<Cell>,
}

/// A row of a file of rows.
pub trait Row: Clone + Default + 'static {
    /// What one is called in a sentence.
    const WORD: &'static str;
    /// Its columns, in the order in which they are written.
    const COLUMNS: &'static [Column<Self>];
    /// What no other row may have too.
    fn id(&self) -> String;
    /// The neighbourhood it names, and where the index of that is kept.
    fn neighbourhood(&mut self) -> Option<(&str, &mut Option<u16>)>;
    /// The column that is wanted of this row though not of others, and why.
    fn wants(&self) -> Option<(&'static str, &'static str)> {
        None
    }
}

/// Somebody who is there at the start of the burn-in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PersonRow {
    /// Number of their own: it keys their luck.
    pub id: u32,
    /// Whether aged 65 or over.
    pub older: bool,
    /// Whether they pay for themselves.
    pub pays: bool,
    /// Whether they live in a care home.
    pub in_care_home: bool,
    /// Primary support reason, as an index into [`REASONS`].
    pub reason: Option<usize>,
    /// Name of the neighbourhood; empty where it is left to chance.
    pub neighbourhood: String,
    /// Its index.
    pub at: Option<u16>,
    /// Eligible hours a week.
    pub hours: Option<f64>,
    /// Of them, the share that is personal care.
    pub personal_care_share: Option<f64>,
    /// Unpaid care a week, in hours.
    pub unpaid_hours: Option<f64>,
    /// Capacity to manage a budget, own and helper's.
    pub capacity: Option<f64>,
    /// Connectedness.
    pub connectedness: Option<f64>,
    /// Who holds the budget at the start.
    pub mechanism: Option<Mechanism>,
}

impl PersonRow {
    /// The class they belong to, in the order of the model's classes.
    pub fn class(&self) -> usize {
        match (self.in_care_home, self.pays, self.older) {
            (true, true, _) => 7,
            (true, false, true) => 6,
            (true, false, false) => 5,
            (false, true, _) => 4,
            (false, false, true) => 3,
            (false, false, false) => match self.reason.map(|reason| REASONS[reason]) {
                Some("mental-health") => 2,
                Some("learning") => 1,
                _ => 0,
            },
        }
    }
}

/// A provider who is there at the start of the burn-in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProviderRow {
    /// Number of its own: it keys its luck.
    pub id: u32,
    /// What kind of provider.
    pub kind: ProviderKind,
    /// Name of the neighbourhood it is at home in; empty where it is left to chance.
    pub neighbourhood: String,
    /// Its index.
    pub at: Option<u16>,
    /// Hours a week it could give.
    pub hours: Option<f64>,
    /// Price of an hour to those who pay for themselves.
    pub price: Option<f64>,
    /// Whether the national regulator has registered it.
    pub regulated: Option<bool>,
    /// Whether it holds individual service funds.
    pub holds_funds: Option<bool>,
}

/// Kinds of provider that a row may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ProviderKind {
    /// An agency, large or small by its hours.
    #[default]
    Agency,
    /// The council's own service.
    InHouse,
    /// A micro-enterprise.
    MicroEnterprise,
    /// A community venture.
    Venture,
}

impl ProviderKind {
    const ALL: [ProviderKind; 4] = [
        ProviderKind::Agency,
        ProviderKind::InHouse,
        ProviderKind::MicroEnterprise,
        ProviderKind::Venture,
    ];
}

/// A neighbourhood.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NeighbourhoodRow {
    /// Name, which people and providers refer to.
    pub id: String,
    /// Fifth by deprivation, from 1, the most deprived.
    pub deprivation_fifth: Option<u8>,
    /// Whether it is rural.
    pub rural: Option<bool>,
    /// Social capital at the start.
    pub social_capital: Option<f64>,
}

const fn number(low: f64, high: f64, unit: &'static str) -> Holds {
    Holds::Number { low, high, whole: false, unit }
}

const ID: Holds = Holds::Number { low: 0.0, high: MOST_ID, whole: true, unit: "" };

macro_rules! columns {
    ($($name:literal, $required:literal, $holds:expr, $meaning:literal, $put:expr, $get:expr;)+) => {
        &[$(Column {
            name: $name,
            holds: $holds,
            required: $required,
            meaning: $meaning,
            put: $put,
            get: $get,
        },)+]
    };
}

fn named(name: &str) -> Option<Cell> {
    (!name.is_empty()).then(|| Cell::Name(name.to_owned()))
}

fn yes_or_no(yes: Option<bool>) -> Option<Cell> {
    yes.map(|yes| Cell::Word(usize::from(yes)))
}

impl Row for PersonRow {
    const WORD: &'static str = "person";
    const COLUMNS: &'static [Column<Self>] = columns! {
            "id", true, ID, "A number of their own: it keys their luck.",
                |r, c| r.id = c.number() as u32, |r| Some(Cell::Number(f64::from(r.id)));
            "age", true, Holds::Word(AGES), "Age group.",
                |r, c| r.older = c.word() == 1, |r| Some(Cell::Word(usize::from(r.older)));
            "payer", true, Holds::Word(PAYERS), "Who pays: the council, with or without a charge, or the person for all of it.",
                |r, c| r.pays = c.word() == 1, |r| Some(Cell::Word(usize::from(r.pays)));
            "setting", true, Holds::Word(SETTINGS), "Where they live.",
                |r, c| r.in_care_home = c.word() == 1, |r| Some(Cell::Word(usize::from(r.in_care_home)));
            "reason", false, Holds::Word(REASONS), "Primary reason for support; it must be given for people aged 18-64 at home whom the council funds.",
                |r, c| r.reason = Some(c.word()), |r| r.reason.map(Cell::Word);
            "neighbourhood", false, Holds::Name, "Neighbourhood: its `id`, or a number from 1 where neighbourhoods have no file.",
                |r, c| r.neighbourhood = c.name(), |r| named(&r.neighbourhood);
            "hours", false, number(0.5, 168.0, "hours a week"), "Hours of support a week they are eligible for.",
                |r, c| r.hours = Some(c.number()), |r| r.hours.map(Cell::Number);
            "personal_care_share", false, number(0.0, 1.0, "share"), "Of those hours, the share that is personal care.",
                |r, c| r.personal_care_share = Some(c.number()), |r| r.personal_care_share.map(Cell::Number);
            "unpaid_hours", false, number(0.0, 168.0, "hours a week"), "Hours of unpaid care a week from family and friends.",
                |r, c| r.unpaid_hours = Some(c.number()), |r| r.unpaid_hours.map(Cell::Number);
            "capacity", false, number(-5.0, 5.0, "standard deviations"), "Capacity to manage a budget, their own and a helper's; 0 is just enough for most.",
                |r, c| r.capacity = Some(c.number()), |r| r.capacity.map(Cell::Number);
            "connectedness", false, number(0.0, 1.0, "share"), "How connected they are with those around them.",
                |r, c| r.connectedness = Some(c.number()), |r| r.connectedness.map(Cell::Number);
            "mechanism", false, Holds::Word(MECHANISMS), "Who holds the budget at the start, of people at home whom the council funds.",
                |r, c| r.mechanism = Some(Mechanism::OFFERED[c.word()]),
                |r| r.mechanism.and_then(|m| Mechanism::OFFERED.iter().position(|o| *o == m)).map(Cell::Word);
    };
    fn id(&self) -> String {
        self.id.to_string()
    }
    fn neighbourhood(&mut self) -> Option<(&str, &mut Option<u16>)> {
        Some((&self.neighbourhood, &mut self.at))
    }
    fn wants(&self) -> Option<(&'static str, &'static str)> {
        let follows = !self.older && !self.pays && !self.in_care_home;
        (follows && self.reason.is_none())
            .then_some(("reason", "the client group of people aged 18-64 follows from it"))
    }
}

impl Row for ProviderRow {
    const WORD: &'static str = "provider";
    const COLUMNS: &'static [Column<Self>] = columns! {
            "id", true, ID, "A number of its own: it keys its luck.",
                |r, c| r.id = c.number() as u32, |r| Some(Cell::Number(f64::from(r.id)));
            "kind", true, Holds::Word(KINDS), "What it is; personal assistants are made as people employ them.",
                |r, c| r.kind = ProviderKind::ALL[c.word()], |r| Some(Cell::Word(r.kind as usize));
            "neighbourhood", false, Holds::Name, "Neighbourhood it is at home in: its `id`, or a number from 1 where neighbourhoods have no file.",
                |r, c| r.neighbourhood = c.name(), |r| named(&r.neighbourhood);
            "hours", false, number(1.0, 100_000.0, "hours a week"), "Hours of support a week it could give.",
                |r, c| r.hours = Some(c.number()), |r| r.hours.map(Cell::Number);
            "price", false, number(0.0, 500.0, "£ an hour"), "Price of an hour to people who pay for themselves, at 2014-15 prices; of the council's own service, what an hour costs.",
                |r, c| r.price = Some(c.number()), |r| r.price.map(Cell::Number);
            "regulated", false, Holds::Word(YES_NO), "Whether the national regulator has registered it.",
                |r, c| r.regulated = Some(c.word() == 1), |r| yes_or_no(r.regulated);
            "holds_funds", false, Holds::Word(YES_NO), "Whether it is on the council's list of holders of individual service funds.",
                |r, c| r.holds_funds = Some(c.word() == 1), |r| yes_or_no(r.holds_funds);
    };
    fn id(&self) -> String {
        self.id.to_string()
    }
    fn neighbourhood(&mut self) -> Option<(&str, &mut Option<u16>)> {
        Some((&self.neighbourhood, &mut self.at))
    }
}

impl Row for NeighbourhoodRow {
    const WORD: &'static str = "neighbourhood";
    const COLUMNS: &'static [Column<Self>] = columns! {
            "id", true, Holds::Name, "Name, which people and providers refer to. The rows fill a square grid, line by line.",
                |r, c| r.id = c.name(), |r| named(&r.id);
            "deprivation_fifth", false, Holds::Number { low: 1.0, high: 5.0, whole: true, unit: "" }, "Fifth by deprivation; 1 is the most deprived.",
                |r, c| r.deprivation_fifth = Some(c.number() as u8), |r| r.deprivation_fifth.map(|f| Cell::Number(f64::from(f)));
            "rural", false, Holds::Word(YES_NO), "Whether it is rural.",
                |r, c| r.rural = Some(c.word() == 1), |r| yes_or_no(r.rural);
            "social_capital", false, number(0.05, 0.95, "share"), "Social capital at the start.",
                |r, c| r.social_capital = Some(c.number()), |r| r.social_capital.map(Cell::Number);
    };
    fn id(&self) -> String {
        self.id.clone()
    }
    fn neighbourhood(&mut self) -> Option<(&str, &mut Option<u16>)> {
        None
    }
}

/// People by class, so that arrivals can be drawn from those of their class.
#[derive(Clone, Debug, PartialEq)]
pub struct People {
    rows: Vec<PersonRow>,
    /// Where each class begins.
    begins: [usize; CLASSES + 1],
}

impl People {
    /// From rows in any order.
    pub fn of(mut rows: Vec<PersonRow>) -> Self {
        rows.sort_by_key(|row| (row.class(), row.id));
        let mut begins = [rows.len(); CLASSES + 1];
        for (class, begin) in begins.iter_mut().enumerate() {
            *begin = rows.partition_point(|row| row.class() < class);
        }
        People { rows, begins }
    }

    /// Everybody, by class and then by number.
    pub fn all(&self) -> &[PersonRow] {
        &self.rows
    }

    /// Those of one class.
    pub fn of_class(&self, class: usize) -> &[PersonRow] {
        &self.rows[self.begins[class]..self.begins[class + 1]]
    }

    /// How many there are of each class.
    pub fn counts(&self) -> [f64; CLASSES] {
        std::array::from_fn(|class| self.of_class(class).len() as f64)
    }
}

/// What a place has row by row; what it has not is made from its totals.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Own {
    /// People at the start of the burn-in.
    pub people: Option<Arc<People>>,
    /// Providers at the start of the burn-in.
    pub providers: Option<Arc<Vec<ProviderRow>>>,
    /// Neighbourhoods.
    pub neighbourhoods: Option<Arc<Vec<NeighbourhoodRow>>>,
}

/// Rows as the bytes of a CSV file, every column written.
///
/// # Errors
///
/// Writing to memory does not fail; the error is passed on all the same.
pub fn csv<R: Row>(rows: &[R]) -> anyhow::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(R::COLUMNS.iter().map(|column| column.name))?;
    for row in rows {
        let cell = |column: &Column<R>| match ((column.get)(row), column.holds) {
            (None, _) => String::new(),
            (Some(Cell::Number(number)), _) => crate::table::number(number),
            (Some(Cell::Word(word)), Holds::Word(words)) => words[word].to_owned(),
            (Some(Cell::Word(_)), _) => String::new(),
            (Some(Cell::Name(name)), _) => name,
        };
        writer.write_record(R::COLUMNS.iter().map(cell))?;
    }
    Ok(writer.into_inner()?)
}
