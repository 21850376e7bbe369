//! Outbreaks, animals and rates by commune.

use super::{Cell, Figures, Heading, Sheet};
use crate::measures::registers::{Column, of_herds, of_outbreaks};
use crate::message;
use crate::model::registers::RegisterTable;
use crate::outbreaks::Active;
use crate::outbreaks::Herds;
use crate::places::Communes;
use crate::values::{Lang, Message};

/// A row a commune.
pub fn rates(table: &RegisterTable, herds: Option<&Herds>, communes: &Communes, active: &Active) -> Sheet {
    let mut columns: Vec<Column> = herds.map(|herds| of_herds(herds, communes)).unwrap_or_default();
    columns.extend(of_outbreaks(&table.register, herds, communes, active, table.complete));
    let mut headings = vec![
        Heading::new("code", message!("Mã xã", "Code"), Figures::Words),
        Heading::new("name", message!("Xã", "Commune"), Figures::Words),
    ];
    headings.extend(columns.iter().map(|(id, name, unit, _)| {
        let with = |name: &str, unit: &str| format!("{name} ({unit})");
        let title = Message { vi: with(&name.vi, unit.get(Lang::Vi)), en: with(&name.en, unit.get(Lang::En)) };
        Heading::new(id, title, if id.ends_with("_pct") { Figures::Hundredths } else { Figures::Whole })
    }));
    let rows = (0..communes.len())
        .map(|commune| {
            let mut row = vec![Cell::from(communes.codes[commune].as_str()), Cell::from(communes.names[commune].as_str())];
            row.extend(columns.iter().map(|(.., values)| Cell::from(values[commune])));
            row
        })
        .collect();
    Sheet { id: "rates", title: message!("Tỷ lệ theo xã", "Rates by commune"), headings, rows, totals: None }
}
