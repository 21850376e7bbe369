//! Hectares of fields by what their layer says of them: the group that the project names, the stage of growth.

use super::sheet::{Cell, Figures, Heading, Sheet};
use crate::input::Column;
use crate::message;
use crate::model::Joined;
use crate::values::{Exact, Message, exact};
use std::collections::BTreeMap;

/// By commune and group (crop, variety, owner …).
pub fn groups(joined: &Joined) -> Option<Sheet> {
    let column = joined.fields.as_ref()?.group.as_ref()?;
    by(joined, column, ("groups", message!("Theo nhóm thửa", "By field group")), ("group", message!("Nhóm", "Group")))
}

/// By commune and stage of growth.
pub fn stages(joined: &Joined) -> Option<Sheet> {
    let column = joined.fields.as_ref()?.stage.as_ref()?;
    let title = message!("Theo giai đoạn sinh trưởng", "By growth stage");
    by(joined, column, ("stages", title), ("stage", message!("Giai đoạn sinh trưởng", "Growth stage")))
}

fn by(joined: &Joined, column: &Column, (id, title): (&'static str, Message), own: (&str, Message)) -> Option<Sheet> {
    let fields = joined.fields.as_ref()?;
    let mut sums: BTreeMap<(u32, &str), (u32, Exact)> = BTreeMap::new();
    for field in 0..fields.pieces.len() {
        let name = column.text(field).unwrap_or("");
        for piece in fields.pieces.of(field) {
            let (count, hectares) = sums.entry((piece.commune, name)).or_default();
            *count += 1;
            hectares.add(Exact::of(fields.pieces.area_ha[field] * piece.share));
        }
    }
    let headings = vec![
        Heading::new("code", message!("Mã", "Code"), Figures::Words),
        Heading::new("name", message!("Xã, thị trấn", "Commune"), Figures::Words),
        Heading::new(own.0, own.1, Figures::Words),
        Heading::new("fields", message!("Số thửa", "Fields"), Figures::Whole),
        Heading::new("field_area_ha", message!("Diện tích (ha)", "Area (ha)"), Figures::Tenths),
    ];
    let rows = sums
        .into_iter()
        .map(|((commune, name), (count, hectares))| {
            let commune = commune as usize;
            vec![
                joined.communes.codes[commune].as_str().into(),
                joined.communes.names[commune].as_str().into(),
                name.into(),
                f64::from(count).into(),
                hectares.value().into(),
            ]
        })
        .collect();
    Some(Sheet { id, title, headings, rows, totals: None })
}

/// Hectares over all communes, the largest first; what has no word has an empty one.
pub fn over_communes(sheet: &Sheet) -> Vec<(&str, f64)> {
    let mut lists: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for row in &sheet.rows {
        if let [_, _, Cell::Text(name), _, Cell::Value(hectares)] = row.as_slice() {
            lists.entry(name).or_default().extend(hectares.number());
        }
    }
    let mut sums: Vec<(&str, f64)> = lists.into_iter().map(|(name, list)| (name, exact::sum(list))).collect();
    sums.sort_by(|a, b| b.1.total_cmp(&a.1));
    sums
}
