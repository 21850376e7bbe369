//! Measures of tables: any columns of numbers by commune.

use super::{Loader, Rows};
use crate::input::{Table, numeric};
use crate::model::Joined;
use crate::project::{Duplicates, IndicatorKeys};
use crate::run::Result;

impl Loader<'_> {
    /// Takes in the columns of a table of indicators.
    pub(super) fn indicators(&mut self, own: &IndicatorKeys, mut rows: Rows<'_>, joined: &mut Joined) -> Result<Table> {
        rows.only_communes()?;
        let sums = own.duplicates == Some(Duplicates::Sum);
        self.of_one_period(&rows.table, &mut rows.join, sums);
        if sums && rows.key.pivot.is_none() {
            self.name_equal_rows(&rows.table, &rows.join);
        }
        joined.indicators.add((&rows.key, own), &rows.table, &rows.join, joined.communes.len(), self.problems)?;
        let numbers = numeric::columns(&rows.table, &[]);
        rows.note_decimal(&numbers.iter().map(String::as_str).collect::<Vec<_>>());
        Ok(rows.table)
    }
}
