//! The one way a number becomes part of the model.
//!
//! [`declare_parameters!`](crate::declare_parameters) and
//! [`declare_levers!`](crate::declare_levers) turn a table into a struct, its
//! defaults, its bounds, its plausible ranges and everything `list`, `explain`,
//! validation and the generated reference say about it. A row without a grade and
//! a source, or an honest "assumed, because", does not compile.

/// How well a number is known, with where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grade {
    /// Read in a source: the row ids of `data/evidence.csv`.
    Measured(&'static str),
    /// Worked out from sourced figures: the row ids and how.
    Estimated(&'static str),
    /// Fitted by `commissim calibrate` within a range of sources: to which targets.
    Calibrated(&'static str),
    /// Fitted by `commissim calibrate` within a range that nobody measured: to which targets,
    /// and why that range.
    Fitted(&'static str),
    /// Nobody measured it: why this value.
    Assumed(&'static str),
}

impl Grade {
    /// Every grade's word, the best known first.
    pub const WORDS: [&str; 5] = ["measured", "estimated", "calibrated", "fitted", "assumed"];

    /// The grade in one word, as the ledger prints it.
    pub fn word(self) -> &'static str {
        match self {
            Grade::Measured(_) => "measured",
            Grade::Estimated(_) => "estimated",
            Grade::Calibrated(_) => "calibrated",
            Grade::Fitted(_) => "fitted",
            Grade::Assumed(_) => "assumed",
        }
    }

    /// The source, or why there is none.
    pub fn source(self) -> &'static str {
        match self {
            Grade::Measured(s)
            | Grade::Estimated(s)
            | Grade::Calibrated(s)
            | Grade::Fitted(s)
            | Grade::Assumed(s) => s,
        }
    }
}

/// How a parameter is drawn from its plausible range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shape {
    /// Every value of the range alike.
    Uniform,
    /// Most weight at the default, none at the ends.
    Triangular,
    /// Every order of magnitude alike; the range is positive.
    Log,
    /// A causal claim of the source: half the weight at no effect, the rest even over
    /// the range (the agnostic's distribution), of which the default is the mean. A
    /// believer and a sceptic draw evenly from ranges of their own.
    Claim {
        /// The value that means no effect.
        none: f64,
        /// The believer's range.
        believer: (f64, f64),
        /// The sceptic's range.
        sceptic: (f64, f64),
    },
    /// An objection to the source, drawn as a claim is: the believer in the source
    /// gives it less weight and the sceptic more.
    Objection {
        /// The value that means no effect.
        none: f64,
        /// The believer's range.
        believer: (f64, f64),
        /// The sceptic's range.
        sceptic: (f64, f64),
    },
}

/// What the ledger holds about one parameter.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// Name in files and on the command line.
    pub name: &'static str,
    /// Part of the model it belongs to.
    pub section: &'static str,
    /// What it is, in a sentence.
    pub meaning: &'static str,
    /// Unit, as written beside the number.
    pub unit: &'static str,
    /// Value used when nobody says otherwise.
    pub default: f64,
    /// Smallest value that makes sense at all.
    pub hard_low: f64,
    /// Largest value that makes sense at all.
    pub hard_high: f64,
    /// Low end of the plausible range.
    pub low: f64,
    /// High end of the plausible range.
    pub high: f64,
    /// How it is drawn.
    pub shape: Shape,
    /// Grade and source.
    pub grade: Grade,
}

/// Declares the parameters: one row each, everything else generated.
#[macro_export]
macro_rules! declare_parameters {
    ($($section:literal {$(
        $(#[doc = $doc:literal])+
        $name:ident: $unit:ident = $default:expr, $low:literal..=$high:literal $shape:expr, $grade:expr;
    )+})+) => {
        /// Every parameter's value, as one run uses it.
        #[derive(Clone, Debug, PartialEq)]
        pub struct Parameters {
            $($($(#[doc = $doc])+ pub $name: f64,)+)+
        }

        impl Default for Parameters {
            fn default() -> Self {
                Self { $($($name: $default,)+)+ }
            }
        }

        /// The ledger: every parameter, in the order of the model.
        pub const PARAMETERS: &[$crate::declare::Parameter] = &[$($(
            $crate::declare::Parameter {
                name: stringify!($name),
                section: $section,
                meaning: concat!($($doc,)+),
                unit: <$unit as $crate::units::Unit>::NAME,
                default: $default,
                hard_low: <$unit as $crate::units::Unit>::LOW,
                hard_high: <$unit as $crate::units::Unit>::HIGH,
                low: $low,
                high: $high,
                shape: $shape,
                grade: $grade,
            },
        )+)+];

        impl Parameters {
            /// The value called `name`, if there is such a parameter.
            pub fn get(&self, name: &str) -> Option<f64> {
                match name {
                    $($(stringify!($name) => Some(self.$name),)+)+
                    _ => None,
                }
            }

            /// Where the value called `name` is kept, if there is such a parameter.
            pub fn get_mut(&mut self, name: &str) -> Option<&mut f64> {
                match name {
                    $($(stringify!($name) => Some(&mut self.$name),)+)+
                    _ => None,
                }
            }
        }
    };
}

/// Declares the named causal links that can be switched off.
#[macro_export]
macro_rules! declare_structures {
    ($($(#[doc = $doc:literal])+ $name:ident = $id:literal;)+) => {
        /// Which named causal links act in a run.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct Structures {
            $($(#[doc = $doc])+ pub $name: bool,)+
        }

        impl Default for Structures {
            fn default() -> Self {
                Self { $($name: true,)+ }
            }
        }

        /// Every named causal link: (id, what it does).
        pub const STRUCTURES: &[(&str, &str)] = &[$(($id, concat!($($doc,)+)),)+];

        impl Structures {
            /// Where the switch called `id` is kept.
            pub fn get_mut(&mut self, id: &str) -> Option<&mut bool> {
                match id {
                    $($id => Some(&mut self.$name),)+
                    _ => None,
                }
            }

            /// Ids of the links that are switched off, in order of declaration.
            pub fn off(&self) -> Vec<&'static str> {
                let mut off = Vec::new();
                $(if !self.$name { off.push($id); })+
                off
            }
        }
    };
}

/// A lever's setting as a file writes it.
#[derive(Clone, Debug, PartialEq)]
pub enum Setting {
    /// A number.
    Number(f64),
    /// A word from a fixed list.
    Word(String),
    /// Words from a fixed list.
    Words(Vec<String>),
    /// A number for each of some words.
    Table(Vec<(String, f64)>),
}

impl std::fmt::Display for Setting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Setting::Number(x) => write!(f, "{x}"),
            Setting::Word(word) => write!(f, "\"{word}\""),
            Setting::Words(words) => {
                let quoted: Vec<_> = words.iter().map(|w| format!("\"{w}\"")).collect();
                write!(f, "[{}]", quoted.join(", "))
            }
            Setting::Table(rows) => {
                let rows: Vec<_> = rows.iter().map(|(k, v)| format!("{k} = {v}")).collect();
                write!(f, "{{ {} }}", rows.join(", "))
            }
        }
    }
}

/// The kind of thing a lever is set to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LeverKind {
    /// A number that moves along the path of arrival.
    Number {
        /// Smallest setting.
        low: f64,
        /// Largest setting.
        high: f64,
        /// Whether only whole numbers are allowed.
        whole: bool,
    },
    /// One of some words; arrives contract by contract and person by person.
    Choice(&'static [&'static str]),
    /// A set of some words.
    Set(&'static [&'static str]),
    /// A number for each of some words.
    Table {
        /// The words.
        keys: &'static [&'static str],
        /// Smallest setting.
        low: f64,
        /// Largest setting.
        high: f64,
    },
}

/// What a type must do to be the value of a lever.
pub trait LeverValue: Clone + PartialEq {
    /// The value as a file writes it.
    fn show(&self) -> Setting;
    /// The value a file's setting means; `self` is what it is laid over.
    fn read(&self, setting: &Setting) -> Option<Self>;
    /// `self` after a change from `before` to `after` has come part of the way:
    /// numbers move by that part of the change, rules stay until they arrive whole.
    fn shifted(&self, before: &Self, after: &Self, path: f64) -> Self;
    /// What a person or contract that `later` has reached is under: `later`
    /// where it is a rule, `self` where it is a number, since numbers move
    /// along the path for everybody.
    fn ruled_by(&self, later: &Self) -> Self;
}

impl LeverValue for f64 {
    fn show(&self) -> Setting {
        Setting::Number(*self)
    }
    fn read(&self, setting: &Setting) -> Option<Self> {
        match setting {
            Setting::Number(x) => Some(*x),
            _ => None,
        }
    }
    fn shifted(&self, before: &Self, after: &Self, path: f64) -> Self {
        // Exactly `self` where nothing changes.
        if before == after { *self } else { self + (after - before) * path }
    }
    fn ruled_by(&self, _later: &Self) -> Self {
        *self
    }
}

/// What is declared about one lever.
#[derive(Clone, Copy, Debug)]
pub struct Lever {
    /// Name in files.
    pub name: &'static str,
    /// What it does, in a sentence.
    pub meaning: &'static str,
    /// Unit, as written beside a number.
    pub unit: &'static str,
    /// What may be set.
    pub kind: LeverKind,
    /// What it costs, or harms, to move it the source's way.
    pub price: &'static str,
    /// Where in the model it acts.
    pub acts_in: &'static str,
}

/// Declares the levers: one row each, everything else generated.
#[macro_export]
macro_rules! declare_levers {
    ($(
        $(#[doc = $doc:literal])+
        $name:ident: $type:ty = $default:expr, $kind:expr, $unit:literal, $acts:literal, $price:literal;
    )+) => {
        /// Every lever's setting.
        #[derive(Clone, Debug, PartialEq)]
        pub struct Levers {
            $($(#[doc = $doc])+ pub $name: $type,)+
        }

        impl Default for Levers {
            fn default() -> Self {
                Self { $($name: $default,)+ }
            }
        }

        /// Every lever, in the order of the model.
        pub const LEVERS: &[$crate::declare::Lever] = &[$(
            $crate::declare::Lever {
                name: stringify!($name),
                meaning: concat!($($doc,)+),
                unit: $unit,
                kind: $kind,
                price: $price,
                acts_in: $acts,
            },
        )+];

        impl Levers {
            /// The setting called `name`.
            pub fn get(&self, name: &str) -> Option<$crate::declare::Setting> {
                use $crate::declare::LeverValue;
                match name {
                    $(stringify!($name) => Some(self.$name.show()),)+
                    _ => None,
                }
            }

            /// Sets `name`; false when there is no such lever or it cannot be so set.
            pub fn set(&mut self, name: &str, setting: &$crate::declare::Setting) -> bool {
                use $crate::declare::LeverValue;
                match name {
                    $(stringify!($name) => match self.$name.read(setting) {
                        Some(value) => { self.$name = value; true }
                        None => false,
                    },)+
                    _ => false,
                }
            }

            /// Settings after a change from `before` to `after` has come part of the way.
            pub fn shifted(&self, before: &Self, after: &Self, path: f64) -> Self {
                use $crate::declare::LeverValue;
                Self { $($name: self.$name.shifted(&before.$name, &after.$name, path),)+ }
            }

            /// The rules (levers that are words) of `other` with the numbers of `self`.
            pub fn ruled_by(&self, other: &Self) -> Self {
                use $crate::declare::LeverValue;
                Self { $($name: self.$name.ruled_by(&other.$name),)+ }
            }
        }
    };
}
