//! Positions onto fields and communes.

use super::overlay::CommuneIndex;
use crate::layers::Shapes;
use crate::places::edges::EdgeIndex;
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

/// Fields ready to be met by points.
pub struct FieldIndex<'a> {
    fields: &'a Shapes,
    boxes: RTree<GeomWithData<Rectangle<[f64; 2]>, u32>>,
}

impl FieldIndex<'_> {
    /// Indexes all fields that have a geometry.
    pub fn new(fields: &Shapes) -> FieldIndex<'_> {
        let boxes = (0..fields.len())
            .filter_map(|field| {
                let [west, south, east, north] = fields.bounds(field)?;
                Some(GeomWithData::new(Rectangle::from_corners([west, south], [east, north]), field as u32))
            })
            .collect();
        FieldIndex { fields, boxes: RTree::bulk_load(boxes) }
    }

    /// The first field, in file order, that holds a position.
    pub fn locate(&self, position: [f64; 2]) -> Option<u32> {
        let point = AABB::from_point(position);
        let mut found: Vec<u32> = self.boxes.locate_in_envelope_intersecting(&point).map(|boxed| boxed.data).collect();
        found.sort_unstable();
        found.into_iter().find(|&field| EdgeIndex::new(self.fields.rings(field as usize)).contains(position))
    }
}

/// The first commune, in order of code, that holds a position.
pub fn commune_at(communes: &CommuneIndex, position: [f64; 2]) -> Option<u32> {
    communes.locate(position).first().copied()
}
