//! A grid that knows, for every cell far from any border, the one commune that holds it. Most fields lie there, and one
//! look at a cell or two then stands for the search among borders.

use super::edges::EdgeIndex;

/// Cells per commune; more find more fields, at a cost of four bytes each.
const CELLS_PER_COMMUNE: usize = 512;
/// Cells in all, at most.
const MOST_CELLS: usize = 1 << 20;
/// A border runs through the cell.
const BORDER: u32 = u32::MAX;
/// None or several communes hold the cell.
const NOT_ONE: u32 = u32::MAX - 1;

/// The grid. Empty if there are no borders.
#[derive(Debug, Clone, Default)]
pub struct Interior {
    cells: Vec<u32>,
    columns: usize,
    rows: usize,
    origin: [f64; 2],
    cells_per_degree: [f64; 2],
}

impl Interior {
    /// Makes the grid of some borders; `holders` names all communes that hold a position.
    pub fn new(borders: &[EdgeIndex], holders: impl Fn([f64; 2]) -> Vec<u32>) -> Interior {
        let none = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        let [west, south, east, north] = borders
            .iter()
            .map(EdgeIndex::bounds)
            .fold(none, |[w, s, e, n], b| [w.min(b[0]), s.min(b[1]), e.max(b[2]), n.max(b[3])]);
        let (width, height) = (east - west, north - south);
        if !(width > 0.0 && height > 0.0) {
            return Interior::default();
        }
        let count = (CELLS_PER_COMMUNE * borders.len()).clamp(1024, MOST_CELLS) as f64;
        let columns = (count * width / height).sqrt().clamp(1.0, count).round() as usize;
        let rows = ((count / columns as f64) as usize).max(1);
        let mut grid = Interior {
            cells: vec![0; columns * rows],
            columns,
            rows,
            origin: [west, south],
            cells_per_degree: [columns as f64 / width, rows as f64 / height],
        };
        for edge in borders.iter().flat_map(EdgeIndex::edges) {
            let (x, y) = ([edge.from[0], edge.to[0]], [edge.from[1], edge.to[1]]);
            let [left, right] = [grid.column(x[0].min(x[1])), grid.column(x[0].max(x[1]))];
            for row in grid.row(y[0].min(y[1]))..=grid.row(y[0].max(y[1])) {
                grid.cells[row * columns + left..=row * columns + right].fill(BORDER);
            }
        }
        // No border lies between neighbouring open cells, so one position answers for all that hang together.
        let cell_size = [width / columns as f64, height / rows as f64];
        for at in 0..grid.cells.len() {
            if grid.cells[at] == BORDER {
                continue;
            }
            let (row, column) = (at / columns, at % columns);
            let left = (column > 0).then(|| grid.cells[at - 1]).filter(|&cell| cell != BORDER);
            let below = (row > 0).then(|| grid.cells[at - columns]).filter(|&cell| cell != BORDER);
            grid.cells[at] = left.or(below).unwrap_or_else(|| {
                let centre = [(column as f64 + 0.5) * cell_size[0] + west, (row as f64 + 0.5) * cell_size[1] + south];
                match holders(centre)[..] {
                    [commune] => commune,
                    _ => NOT_ONE,
                }
            });
        }
        grid
    }

    // Both are monotonic, so whatever lies between two positions lies in the cells between theirs.
    fn column(&self, x: f64) -> usize {
        (((x - self.origin[0]) * self.cells_per_degree[0]) as usize).min(self.columns - 1)
    }

    fn row(&self, y: f64) -> usize {
        (((y - self.origin[1]) * self.cells_per_degree[1]) as usize).min(self.rows - 1)
    }

    /// The only commune that holds any of a box, if the grid can tell.
    pub fn holder(&self, [west, south, east, north]: [f64; 4]) -> Option<u32> {
        if self.cells.is_empty() || west < self.origin[0] || south < self.origin[1] {
            return None;
        }
        let (left, right) = (self.column(west), self.column(east));
        let holder = self.cells[self.row(south) * self.columns + left];
        let same = (self.row(south)..=self.row(north))
            .all(|row| self.cells[row * self.columns + left..=row * self.columns + right].iter().all(|&cell| cell == holder));
        (same && holder < NOT_ONE).then_some(holder)
    }
}
