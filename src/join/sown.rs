//! Sown hectares of former units. Each row of a report states them anew, so those of a unit of today are not the sum of its rows.

use super::former::Former;
use crate::input::{Column, Table};
use hashbrown::HashMap;
use std::collections::BTreeMap;

/// A row of the new table: the row it is from, and which link it passed on by.
pub type Passed = (usize, usize);

/// Sown hectares of the unit of today that each row passed on to: those of its former units together. In a unit, rows of one pest and day
/// that state one number mean the same land, and others parts of it; of several pests the largest is all of it.
pub fn of_today(
    table: &Table,
    sown: &[Option<f64>],
    (date, pest): (Option<&Column>, Option<&Column>),
    former: &Former,
    rows: &[Passed],
) -> Vec<Option<f64>> {
    let text = |column: Option<&Column>, row: usize| column.and_then(|column| column.text(row)).unwrap_or("").to_owned();
    let days: Vec<String> = (0..table.rows).map(|row| text(date, row)).collect();
    let mut stated: HashMap<(usize, &str), BTreeMap<String, Vec<f64>>> = HashMap::new();
    for &(row, link) in rows {
        let Some(hectares) = sown[row].filter(|hectares| *hectares > 0.0) else { continue };
        let old = former.crosswalk.links[link].old;
        let parts = stated.entry((old, &days[row])).or_default().entry(text(pest, row)).or_default();
        if !parts.contains(&hectares) {
            parts.push(hectares);
        }
    }
    let of_unit = |(old, day): (usize, &str)| {
        let pests = stated.get(&(old, day))?;
        Some(pests.values().map(|parts| parts.iter().sum()).fold(0.0, f64::max))
    };
    let mut together: HashMap<(usize, &str), BTreeMap<usize, f64>> = HashMap::new();
    for &(row, link) in rows {
        let link = former.crosswalk.links[link];
        if let Some(hectares) = of_unit((link.old, &days[row])) {
            together.entry((link.new, &days[row])).or_default().insert(link.old, hectares * link.share);
        }
    }
    let of_row = |&(row, link): &Passed| {
        let units = together.get(&(former.crosswalk.links[link].new, days[row].as_str()))?;
        sown[row].map(|_| units.values().sum())
    };
    rows.iter().map(of_row).collect()
}
