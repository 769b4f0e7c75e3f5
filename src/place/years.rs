//! Places as they were in an earlier year of the client counts: `dorset-2009-10`.

use super::{NEIGHBOURHOODS, Place, rated};
use crate::councils::{Council, GROUPS, YEARS};
use crate::parameters::Parameters;

/// The years a name may end with: all but the last, which is that of the plain name.
pub fn earlier() -> &'static [&'static str] {
    &YEARS[..YEARS.len() - 1]
}

/// A name without the year it ends with, and that year's place among [`YEARS`].
pub fn split(id: &str) -> Option<(&str, usize)> {
    earlier().iter().enumerate().find_map(|(index, year)| {
        let name = id.strip_suffix(year)?.strip_suffix('-')?;
        Some((name, index))
    })
}

/// A council as it was on 31 March at the end of a year: who had support and how many of them
/// a direct payment. Prices and hours stay those of 2014-15: no table has the earlier ones.
pub fn of(council: &Council, year: usize, parameters: &Parameters) -> Place {
    let mut place = Place::of(council, parameters);
    let label = YEARS[year];
    place.id = format!("{}-{label}", council.id);
    place.name = format!("{}, as in {label}", council.name);
    place.notes.push(format!(
        "clients and direct payments: of 31 March at the end of {label}; all else of 2014-15"
    ));
    for (group, rows) in council.clients.iter().enumerate() {
        // People of 65 and over are counted from the second year.
        let counted = |year: &usize| rows.direct_payment[*year].is_some();
        let Some(from) = (year..YEARS.len()).find(counted) else { continue };
        let count = |years: &[Option<f64>; 5]| years[from].unwrap_or(0.0);
        (place.clients[group], place.direct_payment_share[group]) =
            rated(count(&rows.direct_payment), count(&rows.home_care));
        if from != year {
            let why = format!("{}: of {}, the first year counted", GROUPS[group], YEARS[from]);
            place.notes.push(why);
        }
    }
    let at_home: f64 = place.clients.iter().sum();
    place.neighbourhoods =
        (at_home / parameters.people_a_neighbourhood + 0.5).clamp(1.0, NEIGHBOURHOODS) as u16;
    place
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::councils::{council, councils};

    #[test]
    fn an_earlier_year_is_that_of_the_table() {
        let parameters = Parameters::default();
        let place = of(council("cumbria").expect("there"), 0, &parameters);
        assert_eq!(place.id, "cumbria-2009-10");
        assert_eq!(place.clients[0], 775.0);
        assert_eq!(place.direct_payment_share[0], 425.0 / 775.0);
        assert_eq!(place.direct_payment_share[1], 245.0 / 675.0);
        // Nobody of 65 and over was counted then, so it is the year after that counts.
        let older = &council("cumbria").expect("there").clients[3];
        let with = older.direct_payment[1].expect("counted");
        assert_eq!(place.clients[3], with + older.home_care[1].expect("counted"));
        assert!(place.notes.iter().any(|note| note.contains("65_plus: of 2010-11")));
    }

    #[test]
    fn the_last_year_is_that_of_the_plain_name() {
        let parameters = Parameters::default();
        for council in councils() {
            let (now, then) = (Place::of(council, &parameters), of(council, 4, &parameters));
            assert_eq!(now.clients, then.clients, "{}", council.id);
            assert_eq!(now.direct_payment_share, then.direct_payment_share, "{}", council.id);
            assert_eq!(now.neighbourhoods, then.neighbourhoods, "{}", council.id);
        }
        assert_eq!(split("dorset-2009-10"), Some(("dorset", 0)));
        assert!(split("dorset-2013-14").is_none() && split("dorset").is_none());
    }
}
