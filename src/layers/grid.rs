//! Where the cells of a raster lie.

use crate::values::area::Position;

/// Cells on a plane: a position is a column and, counted downwards, a row, with fractions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grid {
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
    /// The cells that bounds (least column, least negative row, greatest of both) touch, if any.
    pub fn window(&self, [west, south, east, north]: [f64; 4]) -> Option<Window> {
        let side = |low: f64, high: f64, count: usize| {
            let from = low.floor().clamp(0.0, count as f64) as usize;
            let to = high.ceil().clamp(0.0, count as f64) as usize;
            (from < to).then_some((from, to - from))
        };
        let (column, width) = side(west, east, self.size[0])?;
        let (row, height) = side(-north, -south, self.size[1])?;
        Some(Window { from: [column, row], size: [width, height] })
    }
}

impl Window {
    /// The cells that both hold, if any.
    pub fn common(self, other: Window) -> Option<Window> {
        let side = |axis: usize| {
            let from = self.from[axis].max(other.from[axis]);
            let to = (self.from[axis] + self.size[axis]).min(other.from[axis] + other.size[axis]);
            (from < to).then(|| (from, to - from))
        };
        let ((x, width), (y, height)) = (side(0)?, side(1)?);
        Some(Window { from: [x, y], size: [width, height] })
    }

    /// The least window that holds both.
    pub fn hull(self, other: Window) -> Window {
        let side = |axis: usize| {
            let from = self.from[axis].min(other.from[axis]);
            let to = (self.from[axis] + self.size[axis]).max(other.from[axis] + other.size[axis]);
            (from, to - from)
        };
        let ((x, width), (y, height)) = (side(0), side(1));
        Window { from: [x, y], size: [width, height] }
    }
}

/// The way from a plane to the cells of a raster: six numbers as GDAL has them (x of the origin, by column, by row; y likewise).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lie {
    forth: [f64; 6],
    /// Rows are read upwards, so that what runs round the same way on the plane does so in cells
    pub is_flipped: bool,
    rows: f64,
}

impl Lie {
    /// A lie of `rows` rows; `None` where all cells would lie on a line.
    pub fn new(forth: [f64; 6], rows: usize) -> Option<Lie> {
        let [_, by_column, tilt, _, turn, by_row] = forth;
        let determinant = by_column * by_row - tilt * turn;
        (determinant.is_finite() && determinant != 0.0).then_some(Lie { forth, is_flipped: determinant > 0.0, rows: rows as f64 })
    }

    /// Column and negative row of a position.
    pub fn cells(&self, [x, y]: Position) -> Position {
        let [x0, by_column, tilt, y0, turn, by_row] = self.forth;
        let (dx, dy) = (x - x0, y - y0);
        // Without a turn both quotients keep their last bit.
        let (column, row) = if tilt == 0.0 && turn == 0.0 {
            (dx / by_column, dy / by_row)
        } else {
            let determinant = by_column * by_row - tilt * turn;
            ((dx * by_row - dy * tilt) / determinant, (dy * by_column - dx * turn) / determinant)
        };
        [column, if self.is_flipped { row - self.rows } else { -row }]
    }

    /// Whether cells lie in the same places.
    pub fn is_same(&self, other: &Lie) -> bool {
        let scale = self.forth.iter().fold(0.0f64, |most, number| most.max(number.abs()));
        self.rows == other.rows && self.forth.iter().zip(&other.forth).all(|(a, b)| (a - b).abs() <= 1e-9 * scale)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_turned_and_upward_rasters_are_found() {
        let north_up = Lie::new([100.0, 0.5, 0.0, 20.0, 0.0, -0.5], 10).expect("a lie");
        assert_eq!((north_up.cells([101.0, 19.0]), north_up.is_flipped), ([2.0, -2.0], false));
        // Rows that run north: the first row of what is read is the last of the file.
        let upward = Lie::new([100.0, 0.5, 0.0, 15.0, 0.0, 0.5], 10).expect("a lie");
        assert_eq!((upward.cells([101.0, 19.0]), upward.is_flipped), ([2.0, -2.0], true));
        // A quarter turn: columns run south, rows run west.
        let turned = Lie::new([100.0, 0.0, -0.5, 20.0, -0.5, 0.0], 10).expect("a lie");
        assert_eq!((turned.cells([99.0, 19.0]), turned.is_flipped), ([2.0, -2.0], false));
        assert_eq!(Lie::new([0.0, 1.0, 1.0, 0.0, 1.0, 1.0], 3), None);
    }
}
