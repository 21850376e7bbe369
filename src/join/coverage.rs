//! Which share of each raster cell a polygon covers, exactly.
//!
//! Edges add the signed area they cut off to the cells they pass and the height they span to all cells right of them, so a
//! row of running sums is the covered share of every cell, as in the scan conversion of outline fonts. Holes run the other
//! way round and subtract themselves.

use crate::layers::grid::Window;
use crate::values::area::Position;

/// Less than this share of a cell is rounding, not land.
const LEAST: f64 = 1e-15;

/// Room to reckon in, kept from polygon to polygon.
#[derive(Debug, Default)]
pub struct Coverage {
    sums: Vec<f64>,
}

impl Coverage {
    /// Calls `visit(column, row, share)` for every cell of the window that the rings cover, row by row. Positions are columns and
    /// negative rows, so that rings run round as on the map.
    pub fn visit<'a>(
        &mut self,
        window: Window,
        rings: impl Iterator<Item = &'a [Position]>,
        mut visit: impl FnMut(usize, usize, f64),
    ) {
        let [width, height] = window.size;
        let stride = width + 1;
        self.sums.clear();
        self.sums.resize(stride * height, 0.0);
        let local = |position: Position| {
            let [column, row] = position;
            [column - window.from[0] as f64, -row - window.from[1] as f64]
        };
        for ring in rings {
            let Some(&last) = ring.last() else { continue };
            let mut from = local(last);
            for &position in ring {
                let to = local(position);
                self.edge(from, to, [width, height]);
                from = to;
            }
        }
        for row in 0..height {
            let mut share = 0.0;
            for column in 0..width {
                share += self.sums[row * stride + column];
                // Rings that run round as RFC 7946 has it come out positive, for rows count downwards.
                if share > LEAST {
                    visit(window.from[0] + column, window.from[1] + row, share.min(1.0));
                }
            }
        }
    }

    /// Adds one edge, cut to the rows of the window.
    fn edge(&mut self, from: [f64; 2], to: [f64; 2], [width, height]: [usize; 2]) {
        let (sign, upper, lower) = if from[1] < to[1] { (1.0, from, to) } else { (-1.0, to, from) };
        let (top, bottom) = (upper[1].max(0.0), lower[1].min(height as f64));
        if top >= bottom {
            return;
        }
        let slope = (lower[0] - upper[0]) / (lower[1] - upper[1]);
        let at = |y: f64| upper[0] + slope * (y - upper[1]);
        let mut y = top;
        for row in top.floor() as usize..(bottom.ceil() as usize).min(height) {
            let next = bottom.min(row as f64 + 1.0);
            if next > y {
                self.stretch(row, [at(y), at(next)], sign * (next - y), width);
            }
            y = next;
        }
    }

    /// Adds a stretch of an edge within one row: `rise` is its signed height.
    fn stretch(&mut self, row: usize, [a, b]: [f64; 2], rise: f64, width: usize) {
        let sums = &mut self.sums[row * (width + 1)..][..width + 1];
        let (left, right) = (a.min(b), a.max(b));
        let end = width as f64;
        // Left of the window the whole row lies to the right; right of it nothing does.
        if right <= 0.0 {
            sums[0] += rise;
            return;
        }
        if left >= end {
            return;
        }
        let span = right - left;
        // A difference of running sums: what column c gains is the area right of the edge within it.
        let mut add = |column: usize, low: f64, high: f64, height: f64| {
            let right_of = height * (column as f64 + 1.0 - (low + high) / 2.0);
            sums[column] += right_of;
            sums[column + 1] += height - right_of;
        };
        if span == 0.0 || left.floor() == right.floor() && left >= 0.0 {
            add(left.floor() as usize, left, right, rise);
            return;
        }
        let per = rise / span;
        let mut x = left;
        if x < 0.0 {
            add(0, 0.0, 0.0, -x * per);
            x = 0.0;
        }
        while x < right && x < end {
            let column = x.floor() as usize;
            let next = (column as f64 + 1.0).min(right);
            add(column, x, next, (next - x) * per);
            x = next;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shares of the 4 × 3 cells below and right of (0, 3), as positions are written here.
    fn shares(rings: &[&[Position]]) -> Vec<(usize, usize, f64)> {
        let lowered: Vec<Vec<Position>> = rings.iter().map(|ring| ring.iter().map(|[x, y]| [*x, y - 3.0]).collect()).collect();
        let mut found = Vec::new();
        let window = Window { from: [0, 0], size: [4, 3] };
        Coverage::default().visit(window, lowered.iter().map(Vec::as_slice), |x, y, share| found.push((x, y, share)));
        found
    }

    #[test]
    fn a_triangle_covers_halves() {
        let triangle: &[Position] = &[[0.0, 3.0], [0.0, 1.0], [2.0, 1.0], [0.0, 3.0]];
        assert_eq!(shares(&[triangle]), [(0, 0, 0.5), (0, 1, 1.0), (1, 1, 0.5)]);
    }

    #[test]
    fn what_sticks_out_is_cut_and_holes_are_left_out() {
        let outer: &[Position] = &[[-5.0, 1.5], [9.0, 1.5], [9.0, 9.0], [-5.0, 9.0], [-5.0, 1.5]];
        let hole: &[Position] = &[[1.0, 2.0], [1.0, 3.0], [3.0, 3.0], [3.0, 2.0], [1.0, 2.0]];
        let found = shares(&[outer, hole]);
        let area: f64 = found.iter().map(|cell| cell.2).sum();
        assert!((area - (6.0 - 2.0)).abs() < 1e-12, "{found:?}");
        assert!(found.contains(&(0, 0, 1.0)) && !found.iter().any(|cell| cell.0 == 1 && cell.1 == 0), "{found:?}");
    }

    #[test]
    fn shares_add_up_to_the_area_of_a_slanting_polygon() {
        let shape: &[Position] = &[[0.3, 0.2], [3.7, 0.4], [2.9, 2.8], [1.1, 1.9], [0.3, 0.2]];
        let twice: f64 = shape.windows(2).map(|p| p[0][0] * p[1][1] - p[1][0] * p[0][1]).sum();
        let covered: f64 = shares(&[shape]).iter().map(|cell| cell.2).sum();
        assert!((covered - twice / 2.0).abs() < 1e-12);
    }
}
