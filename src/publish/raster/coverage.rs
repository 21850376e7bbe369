//! Which pixels a shape covers, and how much of each: exact areas by accumulating signed trapezoids, row by row.

use crate::draw::scene::Point;

/// A run of pixels in a row that are covered alike.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Run {
    /// Column of the first pixel
    pub x: u16,
    /// Row
    pub y: u16,
    /// Number of pixels
    pub length: u16,
    /// 1 to 255
    pub cover: u8,
}

/// Working memory for one shape after the other.
#[derive(Debug, Default)]
pub struct Coverage {
    cells: Vec<f32>,
}

/// Box of the pixels that may be painted: left, top, right, bottom, the last two exclusive.
pub type Window = [i32; 4];

impl Coverage {
    /// Runs of some closed rings. Outer rings turn one way and holes the other; where rings overlap, cover stays full.
    pub fn fill(&mut self, rings: &[Vec<Point>], scale: f32, offset: Point, window: Window, runs: &mut Vec<Run>) {
        let place = |[x, y]: Point| [(x + offset[0]) * scale, (y + offset[1]) * scale];
        let mut bounds = [f32::INFINITY, f32::INFINITY, f32::NEG_INFINITY, f32::NEG_INFINITY];
        for &point in rings.iter().flatten() {
            let [x, y] = place(point);
            bounds = [bounds[0].min(x), bounds[1].min(y), bounds[2].max(x), bounds[3].max(y)];
        }
        let left = (bounds[0].floor().max(window[0] as f32)) as i32;
        let top = (bounds[1].floor().max(window[1] as f32)) as i32;
        let right = (bounds[2].ceil().min(window[2] as f32)) as i32;
        let bottom = (bounds[3].ceil().min(window[3] as f32)) as i32;
        if left >= right || top >= bottom {
            return;
        }
        let (width, height) = ((right - left) as usize, (bottom - top) as usize);
        // Two more cells a row: what lies right of the window.
        let stride = width + 2;
        self.cells.clear();
        self.cells.resize(stride * height, 0.0);
        let inside = |point: Point| {
            let [x, y] = place(point);
            [x - left as f32, y - top as f32]
        };
        for ring in rings {
            let Some(&last) = ring.last() else { continue };
            let mut from = inside(last);
            for &point in ring {
                let to = inside(point);
                self.edge(from, to, stride, width as f32, height);
                from = to;
            }
        }
        for row in 0..height {
            let (y, mut sum) = ((top + row as i32) as u16, 0.0f32);
            let mut open: Option<Run> = None;
            for (column, cell) in self.cells[row * stride..row * stride + width].iter().enumerate() {
                sum += cell;
                let cover = (sum.abs().min(1.0) * 255.0 + 0.5) as u8;
                match &mut open {
                    Some(run) if run.cover == cover => run.length += 1,
                    _ => {
                        runs.extend(open.take());
                        if cover > 0 {
                            open = Some(Run { x: (left + column as i32) as u16, y, length: 1, cover });
                        }
                    }
                }
            }
            runs.extend(open);
        }
    }

    /// Adds what an edge covers in every row it crosses, to its right.
    #[inline]
    fn edge(&mut self, from: Point, to: Point, stride: usize, width: f32, height: usize) {
        if from[1] == to[1] {
            return;
        }
        let (direction, [x0, y0], [x1, y1]) = if from[1] < to[1] { (1.0, from, to) } else { (-1.0, to, from) };
        if y1 <= 0.0 || y0 >= height as f32 {
            return;
        }
        let slope = (x1 - x0) / (y1 - y0);
        let mut x = if y0 < 0.0 { x0 - y0 * slope } else { x0 };
        let first = y0.max(0.0) as usize;
        let last = height.min(y1.ceil() as usize);
        for row in first..last {
            let tall = ((row + 1) as f32).min(y1) - (row as f32).max(y0);
            let next = x + slope * tall;
            let d = tall * direction;
            let (a, b) = if x < next { (x, next) } else { (next, x) };
            let (a, b) = (a.clamp(0.0, width), b.clamp(0.0, width));
            let cells = &mut self.cells[row * stride..(row + 1) * stride];
            let (a_floor, b_ceil) = (a.floor(), b.ceil());
            let (i, j) = (a_floor as usize, b_ceil as usize);
            if j <= i + 1 {
                let part = 0.5 * (a + b) - a_floor;
                cells[i] += d - d * part;
                cells[i + 1] += d * part;
            } else {
                let s = 1.0 / (b - a);
                let (a_part, b_part) = (a - a_floor, b - b_ceil + 1.0);
                let (head, tail) = (0.5 * s * (1.0 - a_part).powi(2), 0.5 * s * b_part * b_part);
                cells[i] += d * head;
                if j == i + 2 {
                    cells[i + 1] += d * (1.0 - head - tail);
                } else {
                    let second = s * (1.5 - a_part);
                    cells[i + 1] += d * (second - head);
                    cells[i + 2..j - 1].iter_mut().for_each(|cell| *cell += d * s);
                    let before = second + (j - i - 3) as f32 * s;
                    cells[j - 1] += d * (1.0 - before - tail);
                }
                cells[j] += d * tail;
            }
            x = next;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(rings: &[Vec<Point>], window: Window) -> f32 {
        let mut runs = Vec::new();
        Coverage::default().fill(rings, 1.0, [0.0, 0.0], window, &mut runs);
        runs.iter().map(|run| f32::from(run.length) * f32::from(run.cover) / 255.0).sum()
    }

    #[test]
    fn cover_adds_up_to_the_area() {
        let triangle = vec![[1.3, 2.1], [17.9, 4.4], [6.2, 19.7]];
        let exact = 0.5 * ((17.9f32 - 1.3) * (19.7 - 2.1) - (6.2 - 1.3) * (4.4 - 2.1)).abs();
        assert!((area(&[triangle], [0, 0, 40, 40]) - exact).abs() < 0.1);
    }

    #[test]
    fn holes_stay_open_and_windows_cut() {
        let outer = vec![[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0]];
        let hole = vec![[2.0, 2.0], [2.0, 6.0], [6.0, 6.0], [6.0, 2.0]];
        assert_eq!(area(&[outer.clone(), hole], [0, 0, 20, 20]), 84.0);
        assert_eq!(area(&[outer], [3, 4, 8, 30]), 30.0);
    }
}
