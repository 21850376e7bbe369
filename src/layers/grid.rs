//! Where the cells of a raster lie.

use crate::values::area::Position;

/// A north-up grid of cells.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Grid {
    /// West and north edge, in the units of the reference system
    pub origin: [f64; 2],
    /// Width and height of a cell, both positive
    pub cell: [f64; 2],
    /// Columns and rows
    pub size: [usize; 2],
}

/// Cells `from..to` in columns and rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// First column and row
    pub from: [usize; 2],
    /// Columns and rows
    pub size: [usize; 2],
}

impl Grid {
    /// A position in cells from the north-west corner.
    pub fn cells(&self, [x, y]: Position) -> [f64; 2] {
        [(x - self.origin[0]) / self.cell[0], (self.origin[1] - y) / self.cell[1]]
    }

    /// The cells that bounds (west, south, east, north) touch, if any.
    pub fn window(&self, [west, south, east, north]: [f64; 4]) -> Option<Window> {
        let ([left, top], [right, bottom]) = (self.cells([west, north]), self.cells([east, south]));
        let side = |low: f64, high: f64, count: usize| {
            let from = low.floor().clamp(0.0, count as f64) as usize;
            let to = high.ceil().clamp(0.0, count as f64) as usize;
            (from < to).then_some((from, to - from))
        };
        let (column, width) = side(left, right, self.size[0])?;
        let (row, height) = side(top, bottom, self.size[1])?;
        Some(Window { from: [column, row], size: [width, height] })
    }
}
