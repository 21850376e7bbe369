//! By field group.

use super::sheet::{Heading, Sheet};
use crate::message;
use crate::model::Joined;
use crate::values::Exact;

/// Field hectares by commune and group (crop, variety, owner …).
pub fn groups(joined: &Joined) -> Option<Sheet> {
    let fields = joined.fields.as_ref()?;
    let group = fields.group.as_ref()?;
    let mut sums: std::collections::BTreeMap<(u32, &str), (u32, Exact)> = std::collections::BTreeMap::new();
    for field in 0..fields.pieces.len() {
        let name = group.text(field).unwrap_or("");
        for piece in fields.pieces.of(field) {
            let (count, hectares) = sums.entry((piece.commune, name)).or_default();
            *count += 1;
            hectares.add(Exact::of(fields.pieces.area_ha[field] * piece.share));
        }
    }
    let headings = vec![
        Heading::new("code", message!("Mã", "Code"), 0),
        Heading::new("name", message!("Xã, thị trấn", "Commune"), 0),
        Heading::new("group", message!("Nhóm", "Group"), 0),
        Heading::new("fields", message!("Số thửa", "Fields"), 0),
        Heading::new("field_area_ha", message!("Diện tích (ha)", "Area (ha)"), 1),
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
    Some(Sheet { id: "groups", title: message!("Theo nhóm thửa", "By field group"), headings, rows, totals: None })
}
