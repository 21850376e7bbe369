//! Rows that hold what the rows beside them add up to: of all pests of a commune, of all enterprises.

use super::{Loader, Rows};
use crate::headings;
use crate::input::{self, decimal, totals};
use crate::join::keys::NONE;
use crate::message;
use hashbrown::HashMap;

impl Loader<'_> {
    /// Sets rows of all pests together aside: their land is that of the pests beside them.
    pub(super) fn leave_sums_of_pests(&mut self, rows: &mut Rows<'_>) {
        let Some(name) = rows.role("pest").map(str::to_owned) else { return };
        let Some(column) = rows.table.column(&name).filter(|column| column.codes.len() == rows.table.rows) else { return };
        let is_sum: Vec<bool> = column.parse(totals::names_all);
        // Where nothing else is told, what is told of all is all there is.
        if is_sum.iter().all(|sum| *sum) || !is_sum.contains(&true) {
            return;
        }
        let of_row = |row: usize| is_sum.get(column.codes[row] as usize) == Some(&true);
        let found: Vec<usize> = (0..rows.table.rows).filter(|&row| rows.join.unit(row) != NONE && of_row(row)).collect();
        self.leave(rows, &name, &found);
    }

    /// Sets rows of all enterprises of a commune aside: those that say so, and those without a name that hold the sum of the others.
    pub(super) fn leave_sums_of_enterprises(&mut self, rows: &mut Rows<'_>, contracted: &str) {
        let Some(name) = rows.role("enterprise").map(str::to_owned) else { return };
        let (Some(column), Some(hectares)) = (rows.table.column(&name), rows.table.column(contracted)) else { return };
        // The join has taken over the codes of the key.
        if [column, hectares].iter().any(|column| column.codes.len() != rows.table.rows) {
            return;
        }
        let Ok(sign) = decimal::of_columns(&rows.table, &[contracted], rows.key.decimal) else { return };
        let names_all: Vec<bool> = column.parse(totals::names_all);
        let names_all = |row: usize| names_all.get(column.codes[row] as usize) == Some(&true);
        let named = |row: usize| column.text(row).is_some_and(|text| !text.trim().is_empty());
        if (0..rows.table.rows).all(|row| named(row) && !names_all(row)) {
            return;
        }
        let amounts: Vec<Option<f64>> = hectares.parse(|text| decimal::parse(text, sign));
        let amount = |row: usize| amounts.get(hectares.codes[row] as usize).copied().flatten();
        let mut of_commune: HashMap<u32, (usize, f64)> = HashMap::new();
        let unit = |row: &usize| rows.join.unit(*row);
        let placed = || (0..rows.table.rows).filter(|row| unit(row) != NONE);
        for row in placed().filter(|&row| named(row) && !names_all(row)) {
            let sum = of_commune.entry(unit(&row)).or_default();
            *sum = (sum.0 + 1, sum.1 + amount(row).unwrap_or(0.0));
        }
        let is_sum = |row: usize| {
            let beside = of_commune.get(&unit(&row)).filter(|(count, _)| *count >= 1);
            let holds = |least: usize| {
                beside.is_some_and(|(count, sum)| *count >= least && amount(row).is_some_and(|own| (own - sum).abs() < 0.05))
            };
            // One row beside it may be another contract of as much land.
            if named(row) { names_all(row) && beside.is_some() } else { holds(2) }
        };
        let found: Vec<usize> = placed().filter(|&row| is_sum(row)).collect();
        self.leave(rows, &name, &found);
    }

    /// Sets the row of a whole commune aside where rows of its hamlets add up to it: those that name no hamlet beside two or more that do.
    pub(super) fn leave_sums_of_hamlets(&mut self, rows: &mut Rows<'_>, numbers: &[String]) {
        let Some(hamlets) = headings::HAMLET.find(&rows.table.headings).and_then(|name| rows.table.column(name)) else { return };
        let columns: Vec<&input::Column> = numbers.iter().filter_map(|name| rows.table.column(name)).collect();
        let of_all_rows = |column: &&input::Column| column.codes.len() == rows.table.rows;
        let names: Vec<&str> = numbers.iter().map(String::as_str).collect();
        let Ok(sign) = decimal::of_columns(&rows.table, &names, rows.key.decimal) else { return };
        if columns.is_empty() || !columns.iter().all(of_all_rows) || !of_all_rows(&hamlets) {
            return;
        }
        let amounts: Vec<Vec<Option<f64>>> =
            columns.iter().map(|column| column.parse(|text| decimal::parse(text, sign))).collect();
        let amount = |row: usize| -> f64 {
            let of_column =
                |(column, amounts): (&&input::Column, &Vec<Option<f64>>)| amounts.get(column.codes[row] as usize).copied();
            columns.iter().zip(&amounts).filter_map(of_column).flatten().sum()
        };
        let beside: Vec<&input::Column> =
            ["date", "pest"].iter().filter_map(|role| rows.table.column(rows.role(role)?)).collect();
        let group = |row: usize| {
            let codes: Vec<u32> = beside.iter().filter_map(|column| column.codes.get(row)).copied().collect();
            (rows.join.unit(row), codes)
        };
        let is_named = |row: usize| hamlets.text(row).is_some_and(|text| !text.trim().is_empty());
        let placed = || (0..rows.table.rows).filter(|row| rows.join.unit(*row) != NONE);
        let mut of_hamlets: HashMap<(u32, Vec<u32>), (usize, f64)> = HashMap::new();
        for row in placed().filter(|&row| is_named(row)) {
            let sum = of_hamlets.entry(group(row)).or_default();
            *sum = (sum.0 + 1, sum.1 + amount(row));
        }
        let is_sum = |row: &usize| {
            let parts = of_hamlets.get(&group(*row));
            !is_named(*row) && parts.is_some_and(|(count, sum)| *count > 1 && (amount(*row) - sum).abs() < 0.05)
        };
        let (name, found) = (hamlets.name.clone(), placed().filter(is_sum).collect::<Vec<usize>>());
        self.leave(rows, &name, &found);
    }

    fn leave(&mut self, rows: &mut Rows<'_>, name: &str, found: &[usize]) {
        let Some(&first) = found.first() else { return };
        let count = found.len();
        let text = rows.table.column(name).and_then(|column| column.text(first)).unwrap_or_default().to_owned();
        let place = rows.table.place(first, name, &text);
        found.iter().for_each(|row| rows.join.codes[*row] = input::MISSING);
        self.problems.warning(
            "sum-row",
            place,
            message!(
                "{count} dòng là tổng của các dòng khác cùng xã: không tính, để không cộng hai lần",
                "{count} rows are sums of others of their commune: they do not count, so that nothing is added twice"
            ),
            None,
        );
    }
}
