//! A table of a document: heads over one or several columns, and rows.

use crate::scale::Fill;

/// How the words of a cell stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// Flush left
    #[default]
    Left,
    /// In the middle
    Middle,
    /// Flush right, as numbers stand
    Right,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cell {
    /// Words
    pub words: String,
    /// How they stand
    pub align: Align,
    /// Bold
    pub bold: bool,
    /// Columns it covers; 0 counts as one
    pub wide: usize,
    /// Rows it covers; 0 counts as one
    pub tall: usize,
    /// Nothing is known here, and somebody should write it
    pub blank: bool,
    /// The number that the words write, where they write one
    pub value: Option<f64>,
    /// Its ground
    pub fill: Option<Fill>,
}

impl Cell {
    /// Words flush left.
    pub fn text(words: impl Into<String>) -> Cell {
        Cell { words: words.into(), ..Cell::default() }
    }

    /// A number, flush right.
    pub fn number(words: impl Into<String>) -> Cell {
        Cell { words: words.into(), align: Align::Right, ..Cell::default() }
    }

    /// The same, with the number that is written.
    pub fn of(value: f64, words: impl Into<String>) -> Cell {
        Cell { value: Some(value), ..Cell::number(words) }
    }

    /// A place to write in.
    pub fn blank() -> Cell {
        Cell { words: "……".to_owned(), align: Align::Middle, blank: true, ..Cell::default() }
    }

    /// Columns it covers.
    pub fn columns(&self) -> usize {
        self.wide.max(1)
    }
}

/// A table. Rows of heads come first and are repeated on every page; a cell covered by a taller one above is not listed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rows {
    /// Width of each column beside the others
    pub widths: Vec<f32>,
    /// Rows of heads
    pub heads: Vec<Vec<Cell>>,
    /// Rows
    pub rows: Vec<Vec<Cell>>,
}

/// A cell of a full grid.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Slot<'a> {
    /// A cell begins here
    Cell(&'a Cell),
    /// Covered by the cell to the left
    Across,
    /// Covered by the cell above, which is so many columns wide
    Down(usize),
}

impl Rows {
    /// Every row as a full grid of columns.
    pub fn grid(&self) -> Vec<Vec<Slot<'_>>> {
        let columns = self.widths.len();
        // Rows that a cell above still covers, by column, and how wide that cell is.
        let mut covered: Vec<(usize, usize)> = vec![(0, 1); columns];
        let mut grid = Vec::new();
        for row in self.heads.iter().chain(&self.rows) {
            let mut cells = row.iter();
            let mut line: Vec<Slot<'_>> = Vec::with_capacity(columns);
            while line.len() < columns {
                let at = line.len();
                if covered[at].0 > 0 {
                    let wide = covered[at].1;
                    line.push(Slot::Down(wide));
                    line.extend(std::iter::repeat_n(Slot::Across, wide - 1));
                    covered[at].0 -= 1;
                    continue;
                }
                const EMPTY: &Cell = &Cell {
                    words: String::new(),
                    align: Align::Left,
                    bold: false,
                    wide: 1,
                    tall: 1,
                    blank: false,
                    value: None,
                    fill: None,
                };
                let cell = cells.next().unwrap_or(EMPTY);
                let wide = cell.columns().min(columns - at);
                covered[at] = (cell.tall.max(1) - 1, wide);
                line.push(Slot::Cell(cell));
                line.extend(std::iter::repeat_n(Slot::Across, wide - 1));
            }
            grid.push(line);
        }
        grid
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_cover_columns_and_rows() {
        let head = |words: &str, wide, tall| Cell { wide, tall, ..Cell::text(words) };
        let table = Rows {
            widths: vec![1.0; 4],
            heads: vec![vec![head("a", 1, 2), head("b", 2, 1), head("c", 1, 2)], vec![head("d", 1, 1), head("e", 1, 1)]],
            rows: vec![vec![Cell::text("1")]],
        };
        let kinds: Vec<String> = table
            .grid()
            .iter()
            .map(|row| {
                row.iter()
                    .map(|slot| match slot {
                        Slot::Cell(cell) if cell.words.is_empty() => ".",
                        Slot::Cell(cell) => cell.words.as_str(),
                        Slot::Across => "-",
                        Slot::Down(_) => "|",
                    })
                    .collect()
            })
            .collect();
        assert_eq!(kinds, ["ab-c", "|de|", "1..."]);
    }
}
