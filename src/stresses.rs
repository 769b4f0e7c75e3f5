//! Blows that a world can be dealt, declared once.
//!
//! A stress is one or more blows: rates at which something goes wrong, from a month on
//! and for a while. The built-in kinds are each one rate at a usual size and length.
//! Files, `list`, `explain` and the schema are made from these tables.

/// What is declared about one rate.
#[derive(Clone, Copy, Debug)]
pub struct Rate {
    /// Name in files.
    pub name: &'static str,
    /// Unit.
    pub unit: &'static str,
    /// Largest value; the smallest is 0, which is nothing.
    pub high: f64,
    /// Whether it must be whole.
    pub whole: bool,
    /// What happens, in a sentence.
    pub meaning: &'static str,
}

macro_rules! rates {
    ($($field:ident = $unit:literal, $high:literal, $whole:literal, $meaning:literal;)+) => {
        /// How hard each blow is; all 0 is none.
        #[derive(Clone, Copy, Debug, Default, PartialEq)]
        pub struct Shock { $(#[doc = $meaning] pub $field: f64,)+ }

        /// Every rate, in the order of files.
        pub const RATES: &[Rate] = &[$(Rate {
            name: stringify!($field),
            unit: $unit,
            high: $high,
            whole: $whole,
            meaning: $meaning,
        },)+];

        impl Shock {
            /// The rate called `name`.
            pub fn get(&self, name: &str) -> Option<f64> {
                match name { $(stringify!($field) => Some(self.$field),)+ _ => None }
            }

            /// The rate called `name`, to set.
            pub fn get_mut(&mut self, name: &str) -> Option<&mut f64> {
                match name { $(stringify!($field) => Some(&mut self.$field),)+ _ => None }
            }

            /// Both at once: rates add up, as far as they may go.
            pub fn and(&self, other: &Shock) -> Shock {
                Shock { $($field: (self.$field + other.$field).min($high),)+ }
            }
        }
    };
}

rates! {
    largest_lost = "providers", 100.0, true,
        "So many of the largest providers close at once; the council's own service is not among them.";
    hours_lost = "share of hours", 1.0, false,
        "Providers close at once, in an order drawn by lot, as far as this share of all hours at home goes; whoever would take it further is passed over, and the council's own service is not among them.";
    sole_traders_lost = "share of sole traders", 1.0, false,
        "This share of enterprises of one person lose their cover and close at once, and while it lasts that share of founders cannot start.";
    workers_off = "share of care workers", 1.0, false,
        "This share of care workers is off; where one person is the whole provider, they are off or not.";
    more_arrivals = "share of arrivals", 1.0, false,
        "So many more people ask for support, as a share of those who usually do.";
    budget_cut = "share of the budget", 1.0, false,
        "The council's budget is cut by this share, and its spending has to keep within it.";
    catalysts_lost = "share of catalysts", 1.0, false,
        "This share of catalysts is withdrawn.";
}

/// A built-in kind of stress.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// Name in files and tables.
    pub id: &'static str,
    /// Title.
    pub title: &'static str,
    /// The rate it is a blow of.
    pub rate: &'static str,
    /// Usual size.
    pub size: f64,
    /// Usual length in months; none where it is kept.
    pub months: Option<u32>,
    /// Why it is asked.
    pub why: &'static str,
}

/// Every built-in kind, in the order of tables.
pub const KINDS: &[Kind] = &[
    Kind {
        id: "largest-provider-collapse",
        title: "Largest providers collapse",
        rate: "largest_lost",
        size: 1.0,
        months: Some(1),
        why: "Each regime loses its own largest provider: a regime of small providers meets a small first blow by construction, so read it beside `equal-blow`.",
    },
    Kind {
        id: "equal-blow",
        title: "Hours lost",
        rate: "hours_lost",
        size: 0.2,
        months: Some(1),
        why: "The same share of hours goes in every regime, however large or small its providers are.",
    },
    Kind {
        id: "sole-traders-uninsured",
        title: "Sole traders lose cover",
        rate: "sole_traders_lost",
        size: 1.0,
        months: Some(6),
        why: "A shock common to all who work alone, who otherwise fail one at a time: the weak side of regimes that rest on them.",
    },
    Kind {
        id: "workers-off",
        title: "Care workers off",
        rate: "workers_off",
        size: 0.2,
        months: Some(3),
        why: "Illness or a strike takes workers from everybody for a while.",
    },
    Kind {
        id: "arrivals-surge",
        title: "More people ask",
        rate: "more_arrivals",
        size: 0.15,
        months: Some(6),
        why: "More people ask, as after a bad winter.",
    },
    Kind {
        id: "budget-cut",
        title: "Budget cut",
        rate: "budget_cut",
        size: 0.1,
        months: None,
        why: "The money is cut and stays cut, and spending has to keep to it whatever the budget rule was.",
    },
    Kind {
        id: "catalysts-withdrawn",
        title: "Catalysts withdrawn",
        rate: "catalysts_lost",
        size: 1.0,
        months: None,
        why: "What co-ordinators of micro-enterprise built has to stand without them.",
    },
];

/// The kind made of whatever a file says.
pub const CUSTOM: &str = "custom";

/// The built-in kind called `id`.
pub fn kind(id: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.id == id)
}

impl Kind {
    /// Its title with a size, such as `Budget cut: 10%`.
    pub fn titled(&self, size: f64) -> String {
        let whole = rate(self.rate).is_some_and(|rate| rate.whole);
        match whole {
            true => format!("{}: {size}", self.title),
            // As many figures as were written, whatever binary makes of them.
            false => format!("{}: {}%", self.title, (size * 1e9).round() / 1e7),
        }
    }

    /// Its size in a shock that is of this kind and no other; 0 is of every kind.
    pub fn size_in(&self, shock: &Shock) -> Option<f64> {
        let size = shock.get(self.rate)?;
        let mut alone = Shock::default();
        *alone.get_mut(self.rate)? = size;
        (alone == *shock).then_some(size)
    }
}

/// The rate called `name`.
pub fn rate(name: &str) -> Option<&'static Rate> {
    RATES.iter().find(|rate| rate.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_a_blow_of_a_declared_rate_within_its_bounds() {
        for kind in KINDS {
            let rate = rate(kind.rate).expect("declared");
            assert!(kind.size > 0.0 && kind.size <= rate.high, "{}", kind.id);
            assert!(rate.meaning.ends_with('.') && kind.why.ends_with('.'), "{}", kind.id);
        }
        assert!(kind(CUSTOM).is_none(), "what a file says has no usual size");
        // Each rate is reached by one built-in kind.
        for rate in RATES {
            assert_eq!(KINDS.iter().filter(|kind| kind.rate == rate.name).count(), 1);
        }
    }

    #[test]
    fn rates_add_up_to_no_more_than_all() {
        let one = Shock { workers_off: 0.7, ..Shock::default() };
        assert_eq!(one.and(&one).workers_off, 1.0);
        assert_eq!(one.and(&Shock::default()), one);
    }
}
