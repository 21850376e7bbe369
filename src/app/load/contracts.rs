//! Linked production: contracts of fields or communes.

use super::{Loader, Rows};
use crate::input::Table;
use crate::model::Joined;
use crate::model::contracts::Linked;
use crate::project::{Duplicates, LinkedProductionKeys};
use crate::run::Result;

impl Loader<'_> {
    /// Takes in contracted hectares.
    pub(super) fn contracts(&mut self, own: &LinkedProductionKeys, mut rows: Rows<'_>, joined: &mut Joined) -> Result<Table> {
        let linked = joined.linked.get_or_insert_with(|| Linked { complete: true, ..Linked::default() });
        rows.only(linked.target)?;
        linked.complete &= own.complete;
        let contracted = rows.role("contracted_ha").unwrap_or_default().to_owned();
        self.leave_sums_of_enterprises(&mut rows, &contracted);
        self.leave_sums_of_hamlets(&mut rows, std::slice::from_ref(&contracted));
        let columns = (rows.role("enterprise"), contracted.as_str());
        let (table, join) = (&rows.table, &rows.join);
        let copied = self.copied_contracts(table, join, columns, rows.key.decimal);
        let manner = (rows.key.decimal, own.duplicates.unwrap_or(Duplicates::Sum));
        linked.add(table, join, columns, manner, &copied, self.problems)?;
        if copied.is_empty() && manner.1 == Duplicates::Sum {
            self.name_equal_rows(table, join);
        }
        self.name_several_years(table);
        self.name_several_seasons(table);
        self.name_ended(table);
        rows.note_decimal(&[&contracted]);
        Ok(rows.table)
    }
}
