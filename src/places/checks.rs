//! What is wrong with communes: no geometry, and stated areas that the geometry contradicts.

use super::Communes;
use crate::message;
use crate::run::{Place, Problems};
use crate::values::{Lang, numbers};

/// A stated area further than this from the geometry is worth a line.
const STATED_TOLERANCE_PCT: f64 = 5.0;

/// Lists communes without geometry and doubtful stated areas.
pub fn communes(communes: &Communes, problems: &mut Problems) {
    for commune in 0..communes.len() {
        let place = || Place::file(&communes.file).column("geometry").value(&communes.codes[commune]);
        let name = &communes.names[commune];
        if !communes.shapes.has_geometry(commune) {
            problems.error(
                "no-geometry",
                place(),
                message!("{name} không có hình dùng được", "{name} has no usable geometry"),
                None,
            );
        }
        if let Some(stated) = communes.stated_ha[commune] {
            let measured = communes.area_ha[commune];
            let difference = 100.0 * (measured - stated) / stated;
            if difference.abs() > STATED_TOLERANCE_PCT {
                let vi = |n: f64| numbers::format(n, 1, Lang::Vi);
                let (a, b, c) = (vi(stated), vi(measured), numbers::format_change(difference, 1, Lang::Vi));
                problems.warning(
                    "stated-area",
                    place(),
                    message!(
                        "{name}: diện tích công bố {a} ha, đo trên hình {b} ha ({c} %)",
                        "{name}: stated {stated:.1} ha, measured {measured:.1} ha ({difference:+.1} %)"
                    ),
                    Some(message!(
                        "đơn vị ven biển, ven sông thường tính cả mặt nước",
                        "coastal and river units often count water"
                    )),
                );
            }
        }
    }
}
