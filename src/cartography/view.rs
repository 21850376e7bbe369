//! Where land lies on a page.

use super::projection::Projection;
use crate::draw::scene::Point;
use crate::draw::taken::Frame;
use crate::layers::Shapes;
use crate::values::area::Position;

/// A projection, and the scale and place that bring it onto the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct View {
    /// Projection
    pub projection: Projection,
    offset: [f64; 2],
    /// Pixels a metre
    pub scale: f64,
}

/// Bounds of an extent (west, south, east, north) in metres: west, south, east, north.
pub fn projected_bounds(projection: &Projection, [west, south, east, north]: [f64; 4]) -> [f64; 4] {
    let mut bounds = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    for i in 0..=8 {
        let part = f64::from(i) / 8.0;
        let (x, y) = (west + (east - west) * part, south + (north - south) * part);
        for position in [[x, south], [x, north], [west, y], [east, y]] {
            let [px, py] = projection.project(position);
            bounds = [bounds[0].min(px), bounds[1].min(py), bounds[2].max(px), bounds[3].max(py)];
        }
    }
    bounds
}

impl View {
    /// Fits an extent into the middle of a frame.
    pub fn fit(extent: [f64; 4], [left, top, right, bottom]: Frame) -> View {
        let projection = Projection::for_extent(extent);
        let bounds = projected_bounds(&projection, extent);
        let (width, height) = ((bounds[2] - bounds[0]).max(1.0), (bounds[3] - bounds[1]).max(1.0));
        let scale = (f64::from(right - left) / width).min(f64::from(bottom - top) / height);
        let middle = [(bounds[0] + bounds[2]) / 2.0, (bounds[1] + bounds[3]) / 2.0];
        let centre = [f64::from(left + right) / 2.0, f64::from(top + bottom) / 2.0];
        View { projection, scale, offset: [centre[0] - middle[0] * scale, centre[1] + middle[1] * scale] }
    }

    /// Puts the upper left corner of projected bounds on a pixel.
    pub fn place(projection: Projection, bounds: [f64; 4], scale: f64, [x, y]: [f64; 2]) -> View {
        View { projection, scale, offset: [x - bounds[0] * scale, y + bounds[3] * scale] }
    }

    /// Where the upper left corner of projected bounds lies.
    pub fn corner(&self, bounds: [f64; 4]) -> [f64; 2] {
        [self.offset[0] + bounds[0] * self.scale, self.offset[1] - bounds[3] * self.scale]
    }

    /// Metres a pixel.
    pub fn metres(&self) -> f64 {
        1.0 / self.scale
    }

    /// Where a position falls, in tenths of a pixel, so that equal positions fall on equal pixels.
    pub fn pixel(&self, position: Position) -> Point {
        let [x, y] = self.projection.project(position);
        let tenth = |value: f64| ((value * 10.0).round() / 10.0) as f32;
        [tenth(self.offset[0] + x * self.scale), tenth(self.offset[1] - y * self.scale)]
    }

    /// Points of a line, without repeats.
    pub fn line(&self, positions: &[Position]) -> Vec<Point> {
        let mut points: Vec<Point> = positions.iter().map(|position| self.pixel(*position)).collect();
        points.dedup();
        points
    }

    /// Rings of a shape that are more than a point or a line.
    pub fn rings(&self, shapes: &Shapes, shape: usize) -> Vec<Vec<Point>> {
        shapes
            .rings(shape)
            .filter_map(|ring| {
                let mut points = self.line(ring);
                if points.len() > 1 && points.first() == points.last() {
                    points.pop();
                }
                (points.len() > 2).then_some(points)
            })
            .collect()
    }

    /// Rings of all shapes.
    pub fn all_rings(&self, shapes: &Shapes) -> Vec<Vec<Vec<Point>>> {
        use rayon::prelude::*;
        (0..shapes.len()).into_par_iter().map(|shape| self.rings(shapes, shape)).collect()
    }
}

/// A frame made smaller on all sides.
pub fn inset([l, t, r, b]: Frame, by: f32) -> Frame {
    [l + by, t + by, r - by, b - by]
}
