//! Quantities: the type of a declared number is its unit.
//!
//! A declaration names one of these types and so never writes its unit or its
//! hard bounds again. Inside the model the numbers are plain `f64`.

/// A unit of measurement with the bounds no value of it can leave.
pub trait Unit {
    /// How the unit is written beside a number.
    const NAME: &'static str;
    /// Smallest value that makes sense at all.
    const LOW: f64;
    /// Largest value that makes sense at all.
    const HIGH: f64;
}

macro_rules! units {
    ($($(#[$doc:meta])* $name:ident: $text:literal, $low:expr, $high:expr;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub enum $name {}
        impl Unit for $name {
            const NAME: &'static str = $text;
            const LOW: f64 = $low;
            const HIGH: f64 = $high;
        }
    )+};
}

units! {
    /// A part of a whole.
    Share: "share", 0.0, 1.0;
    /// A part of a whole of which something must be left.
    PartOfWhole: "share", 0.0, 0.9;
    /// A part of a whole that is never close to none.
    WorkingShare: "share", 0.2, 1.0;
    /// Hours in a week, some at the least.
    HoursAtHome: "hours a week", 1.0, 168.0;
    /// Hours in a week of an organisation.
    HoursOfWork: "hours a week", 50.0, 10_000.0;
    /// A part of a whole that is never none.
    SomeShare: "share", 1e-6, 1.0;
    /// A part of a whole that is half of it at most.
    UpToHalf: "share", 0.0, 0.5;
    /// A chance in one month.
    ShareAMonth: "share a month", 0.0, 1.0;
    /// A chance in one year.
    ShareAYear: "share a year", 0.0, 1.0;
    /// Something that happens so many times a year.
    TimesAYear: "times a year", 0.0, 100.0;
    /// A multiple of another quantity.
    Ratio: "ratio", 0.0, 100.0;
    /// A multiple that is never less than once.
    Fold: "ratio", 1.0, 100.0;
    /// How far a number may be from none, either way.
    Bound: "number", 0.0, 100.0;
    /// A number that may be negative: a coefficient, a logit, a correlation.
    Number: "number", -100.0, 100.0;
    /// An additive effect on the log-odds of a choice.
    Logits: "logits", -20.0, 20.0;
    /// Standard deviations of a scaled term.
    Deviations: "standard deviations", -20.0, 20.0;
    /// How far a scaled term may be from its mean, either way.
    BoundInDeviations: "standard deviations", 0.0, 20.0;
    /// Real pounds of the price year.
    Pounds: "£", 0.0, 1e9;
    /// Real pounds of the price year, a year.
    PoundsAYear: "£ a year", 0.0, 1e7;
    /// Real pounds of the price year, an hour.
    PoundsAnHour: "£ an hour", 0.0, 500.0;
    /// Hours in a week.
    HoursAWeek: "hours a week", 0.0, 168.0;
    /// Hours in a month.
    HoursAMonth: "hours a month", 0.0, 744.0;
    /// Calendar days.
    Days: "days", 0.0, 3650.0;
    /// Calendar months.
    Months: "months", 0.0, 1200.0;
    /// Calendar years.
    Years: "years", 0.0, 200.0;
    /// People, or posts.
    People: "people", 0.0, 1e7;
    /// A count of things.
    Count: "count", 0.0, 1e6;
    /// A count of levers, one at the least.
    SomeLevers: "count", 1.0, 100.0;
    /// Points of social-care-related quality of life, 0 to 24 (ASCOT).
    Points: "SCRQoL points", -24.0, 24.0;
    /// So many for every thousand people.
    PerThousand: "per 1,000 people", 0.0, 1e6;
    /// Percent a year.
    PercentAYear: "% a year", -50.0, 50.0;
    /// Weeks.
    Weeks: "weeks", 0.0, 520.0;
    /// Events a person and year.
    PerPersonYear: "a person and year", 0.0, 5.0;
}
