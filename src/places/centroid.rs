//! Centroids of polygons.

use crate::layers::Shapes;
use crate::values::area::Position;

/// Centroid of a shape in the plane of its coordinates, weighted by area; `None` without geometry or area.
pub fn centroid(shapes: &Shapes, shape: usize) -> Option<Position> {
    let origin = *shapes.rings(shape).flatten().next()?;
    let (mut twice, mut x, mut y) = (0.0, 0.0, 0.0);
    for ring in shapes.rings(shape) {
        for pair in ring.windows(2) {
            let [a, b] = [pair[0], pair[1]].map(|p| [p[0] - origin[0], p[1] - origin[1]]);
            let cross = a[0] * b[1] - b[0] * a[1];
            twice += cross;
            x += (a[0] + b[0]) * cross;
            y += (a[1] + b[1]) * cross;
        }
    }
    (twice != 0.0).then(|| [origin[0] + x / (3.0 * twice), origin[1] + y / (3.0 * twice)])
}
