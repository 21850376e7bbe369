//! Where the map and its legend go: the legend in the corner that lets the map be largest, never over the land shown.

use super::projection::Projection;
use super::view::{View, projected_bounds};
use crate::draw::taken::Frame;
use crate::layers::Shapes;

/// Cells of the silhouette along its longer side.
const CELLS: usize = 160;

/// Land as a coarse grid that answers quickly whether a box touches it.
#[derive(Debug, Clone)]
pub struct Silhouette {
    projection: Projection,
    /// West, south, east, north in metres
    bounds: [f64; 4],
    cell: f64,
    columns: usize,
    rows: usize,
    /// Land cells above and left of each corner
    sums: Vec<u32>,
}

impl Silhouette {
    /// The silhouette of some shapes.
    pub fn new(shapes: &Shapes, which: &[usize]) -> Silhouette {
        let mut extent: Option<[f64; 4]> = None;
        for bounds in which.iter().filter_map(|&shape| shapes.bounds(shape)) {
            let old = extent.unwrap_or(bounds);
            extent = Some([old[0].min(bounds[0]), old[1].min(bounds[1]), old[2].max(bounds[2]), old[3].max(bounds[3])]);
        }
        let extent = extent.unwrap_or([105.0, 10.0, 106.0, 11.0]);
        let projection = Projection::for_extent(extent);
        let bounds = projected_bounds(&projection, extent);
        let (width, height) = ((bounds[2] - bounds[0]).max(1.0), (bounds[3] - bounds[1]).max(1.0));
        let cell = width.max(height) / CELLS as f64;
        let (columns, rows) = ((width / cell).ceil().max(1.0) as usize, (height / cell).ceil().max(1.0) as usize);
        let mut land = vec![false; columns * rows];
        let place = |position: [f64; 2]| {
            let [x, y] = projection.project(position);
            [(x - bounds[0]) / cell, (bounds[3] - y) / cell]
        };
        let mut crossings: Vec<Vec<f64>> = vec![Vec::new(); rows];
        for &shape in which {
            crossings.iter_mut().for_each(Vec::clear);
            for ring in shapes.rings(shape) {
                for pair in ring.windows(2) {
                    let ([ax, ay], [bx, by]) = (place(pair[0]), place(pair[1]));
                    mark(&mut land, columns, rows, [ax, ay], [bx, by]);
                    let (low, high) = (ay.min(by), ay.max(by));
                    let first = ((low - 0.5).ceil().max(0.0) as usize).min(rows);
                    let last = ((high - 0.5).ceil().max(0.0) as usize).clamp(first, rows);
                    for (row, xs) in crossings[first..last].iter_mut().enumerate() {
                        xs.push(ax + (bx - ax) * ((first + row) as f64 + 0.5 - ay) / (by - ay));
                    }
                }
            }
            for (row, xs) in crossings.iter_mut().enumerate() {
                xs.sort_by(f64::total_cmp);
                for pair in xs.chunks_exact(2) {
                    let (from, to) = (pair[0].max(0.0) as usize, (pair[1].max(0.0) as usize).min(columns - 1));
                    land[row * columns + from.min(columns - 1)..=row * columns + to].fill(true);
                }
            }
        }
        let mut sums = vec![0u32; (columns + 1) * (rows + 1)];
        for row in 0..rows {
            for column in 0..columns {
                let at = (row + 1) * (columns + 1) + column + 1;
                sums[at] =
                    sums[at - 1] + sums[at - columns - 1] - sums[at - columns - 2] + u32::from(land[row * columns + column]);
            }
        }
        Silhouette { projection, bounds, cell, columns, rows, sums }
    }

    /// Width and height in metres.
    fn size(&self) -> [f64; 2] {
        [self.bounds[2] - self.bounds[0], self.bounds[3] - self.bounds[1]]
    }

    /// Whether a box on the page touches the land, when its upper left corner lies on a pixel.
    fn touches(&self, [x, y]: [f64; 2], scale: f64, [l, t, r, b]: Frame) -> bool {
        let step = self.cell * scale;
        let column = |edge: f32| (f64::from(edge) - x) / step;
        let row = |edge: f32| (f64::from(edge) - y) / step;
        let clamp = |value: f64, most: usize| value.clamp(0.0, most as f64) as usize;
        let (from, to) = (clamp(column(l).floor(), self.columns), clamp(column(r).ceil(), self.columns));
        let (up, down) = (clamp(row(t).floor(), self.rows), clamp(row(b).ceil(), self.rows));
        let sum = |row: usize, column: usize| self.sums[row * (self.columns + 1) + column];
        from < to && up < down && sum(down, to) + sum(up, from) > sum(up, to) + sum(down, from)
    }

    /// The land in the middle of a frame, as large as can be.
    pub fn fit(&self, [left, top, right, bottom]: Frame) -> View {
        let [wide, high] = self.size();
        let (width, height) = (f64::from(right - left).max(1.0), f64::from(bottom - top).max(1.0));
        let scale = (width / wide).min(height / high);
        let corner = [f64::from(left) + (width - wide * scale) / 2.0, f64::from(top) + (height - high * scale) / 2.0];
        View::place(self.projection, self.bounds, scale, corner)
    }

    /// Whether a box on the page touches the land in a view.
    pub fn touches_in(&self, view: &View, frame: Frame) -> bool {
        let corner = view.corner(self.bounds);
        self.touches(corner, view.scale, frame)
    }
}

/// Marks the cells that a line runs through.
fn mark(land: &mut [bool], columns: usize, rows: usize, [ax, ay]: [f64; 2], [bx, by]: [f64; 2]) {
    let steps = ((bx - ax).abs().max((by - ay).abs()) * 2.0).ceil().clamp(1.0, 4.0 * CELLS as f64) as usize;
    for i in 0..=steps {
        let t = i as f64 / steps as f64;
        let (x, y) = (ax + (bx - ax) * t, ay + (by - ay) * t);
        let (column, row) = ((x.max(0.0) as usize).min(columns - 1), (y.max(0.0) as usize).min(rows - 1));
        land[row * columns + column] = true;
    }
}

/// A map and its legend on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placed {
    /// Where the land lies
    pub view: View,
    /// Box of the legend
    pub block: Frame,
}

/// Places land and a legend of a given size in a body so that the land is as large as can be. Of equal corners the first of
/// upper right, lower right, upper left, lower left is taken.
pub fn place(land: &Silhouette, body: Frame, [wide, high]: [f32; 2], margin: f32) -> Placed {
    let [left, top, right, bottom] = body;
    let (width, height) = (f64::from(right - left), f64::from(bottom - top));
    let [metres_wide, metres_high] = land.size();
    let most = (width / metres_wide).min(height / metres_high);
    let corners = [(true, true), (true, false), (false, true), (false, false)];
    let block_at = |(east, north): (bool, bool)| {
        let x = if east { right - wide } else { left };
        let y = if north { top } else { bottom - high };
        [x, y, x + wide, y + high]
    };
    let at = |corner: (bool, bool), scale: f64, part: f64| {
        let (free_x, free_y) = (width - metres_wide * scale, height - metres_high * scale);
        // `part` 0 is as far from the legend as can be, 1 is the middle of the page.
        let x = if corner.0 { free_x * 0.5 * part } else { free_x * (1.0 - 0.5 * part) };
        let y = if corner.1 { free_y * (1.0 - 0.5 * part) } else { free_y * 0.5 * part };
        [f64::from(left) + x, f64::from(top) + y]
    };
    let mut scale = most;
    for _ in 0..120 {
        for corner in corners {
            let block = block_at(corner);
            let [l, t, r, b] = block;
            let kept = [l - margin, t - margin, r + margin, b + margin];
            if land.touches(at(corner, scale, 0.0), scale, kept) {
                continue;
            }
            let part =
                (0..=10).rev().map(|i| f64::from(i) / 10.0).find(|part| !land.touches(at(corner, scale, *part), scale, kept));
            let corner_at = at(corner, scale, part.unwrap_or(0.0));
            return Placed { view: View::place(land.projection, land.bounds, scale, corner_at), block };
        }
        scale *= 0.98;
    }
    // A legend that fills the page leaves no room for land: the land then lies under it, small.
    Placed { view: View::place(land.projection, land.bounds, scale, at((true, true), scale, 0.0)), block: block_at((true, true)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A square of land with its upper left quarter missing.
    fn corner_missing() -> Shapes {
        let mut shapes = Shapes::default();
        for position in [[105.0, 10.0], [105.2, 10.0], [105.2, 10.2], [105.1, 10.2], [105.1, 10.1], [105.0, 10.1], [105.0, 10.0]]
        {
            shapes.push_position(position);
        }
        shapes.end_ring();
        shapes.end_polygon();
        shapes.end_shape();
        shapes
    }

    #[test]
    fn a_legend_goes_where_no_land_is() {
        let land = Silhouette::new(&corner_missing(), &[0]);
        let placed = place(&land, [0.0, 0.0, 1000.0, 1000.0], [300.0, 300.0], 10.0);
        assert_eq!(placed.block, [0.0, 0.0, 300.0, 300.0], "the upper left corner is empty");
        assert!(placed.view.scale * land.size()[0] > 980.0, "and the map keeps its size");
        assert!(!land.touches_in(&placed.view, placed.block));
    }
}
