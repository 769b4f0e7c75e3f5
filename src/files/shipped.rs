//! The files built into the program. One on disk, given by its path, stands in
//! for any of them.

use super::keys::Thing;

/// A file built in.
#[derive(Clone, Copy, Debug)]
pub struct Shipped {
    /// What it is.
    pub thing: Thing,
    /// Its name: the file's stem.
    pub id: &'static str,
    /// Its path in the repository.
    pub path: &'static str,
    /// Its text.
    pub text: &'static str,
}

macro_rules! shipped {
    ($($thing:ident $folder:literal { $($id:literal)+ })+) => {
        /// Every file built in, in the order in which `list` shows them.
        pub const SHIPPED: &[Shipped] = &[$($(
            Shipped {
                thing: Thing::$thing,
                id: $id,
                path: concat!("scenarios/", $folder, "/", $id, ".toml"),
                text: include_str!(concat!("../../scenarios/", $folder, "/", $id, ".toml")),
            },
        )+)+];
    };
}

shipped! {
    Experiment "experiments" {
        "four-regimes"
        "quick"
        "english-dozen"
        "stress-tests"
        "scotland"
        "somerset-catalysts"
        "budget-pilots"
        "direct-payments-2009"
    }
    Targets "targets" {
        "england"
    }
    Regime "regimes" {
        "status-quo"
        "tendering"
        "direct-payments"
        "isf-default"
        "community-sourcing"
        "tendering-reformed"
        "individual-budgets"
        "scotland-sds"
        "one-catalyst"
        "strategy-1-isf-default"
        "strategy-2-open-options"
        "strategy-3-national-indicators"
        "strategy-4-procurement-guidance"
        "strategy-5-planning"
        "strategy-6-auditing"
        "approach-community-sourcing"
        "approach-place-based"
        "approach-infrastructure"
    }
}

/// A set of parameter values built in.
#[derive(Clone, Copy, Debug)]
pub struct ShippedSet {
    /// Its name: the file's stem.
    pub id: &'static str,
    /// Its path in the repository.
    pub path: &'static str,
    /// Its text.
    pub text: &'static str,
}

macro_rules! sets {
    ($($id:literal)*) => {
        /// Every set of parameter values built in.
        pub const SETS: &[ShippedSet] = &[$(
            ShippedSet {
                id: $id,
                path: concat!("scenarios/sets/", $id, ".csv"),
                text: include_str!(concat!("../../scenarios/sets/", $id, ".csv")),
            },
        )*];
    };
}

// Names of files in scenarios/sets, as they come to be.
sets! {
    "england"
}

/// Names of the files of one kind that are built in.
pub fn ids(thing: Thing) -> Vec<&'static str> {
    SHIPPED.iter().filter(|file| file.thing == thing).map(|file| file.id).collect()
}

/// The built-in file of a kind called `id`.
pub fn find(thing: Thing, id: &str) -> Option<&'static Shipped> {
    SHIPPED.iter().find(|file| file.thing == thing && file.id == id)
}
