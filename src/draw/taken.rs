//! Boxes and lines of a page that hold something already.

/// A box on a page: left, top, right, bottom.
pub type Frame = [f32; 4];

/// A line from a point to another.
type Line = [[f32; 2]; 2];

/// Boxes and lines that are taken.
#[derive(Debug, Default, Clone)]
pub struct Taken {
    boxes: Vec<Frame>,
    lines: Vec<Line>,
}

impl Taken {
    /// Whether a box is free.
    pub fn free(&self, frame: Frame) -> bool {
        self.boxes.iter().all(|other| !overlap(frame, *other)) && self.lines.iter().all(|line| !runs_through(*line, frame))
    }

    /// Whether a line between two points runs through no box but those that it starts in, and crosses no other line.
    pub fn clear(&self, from: [f32; 2], to: [f32; 2]) -> bool {
        let mut others = self.boxes.iter().filter(|other| !holds(**other, from));
        others.all(|other| !runs_through([from, to], *other)) && self.lines.iter().all(|line| !cross(*line, [from, to]))
    }

    /// Where a line between two points leaves the boxes that it starts in.
    pub fn edge(&self, from: [f32; 2], to: [f32; 2]) -> [f32; 2] {
        let along = |i: usize| [0, 1].map(|k| from[k] + (to[k] - from[k]) * i as f32 / 40.0);
        let own: Vec<Frame> = self.boxes.iter().copied().filter(|frame| holds(*frame, from)).collect();
        (0..=40).map(along).find(|at| !own.iter().any(|frame| holds(*frame, *at))).unwrap_or(from)
    }

    /// Takes a box, free or not.
    pub fn add(&mut self, frame: Frame) {
        self.boxes.push(frame);
    }

    /// Takes a line: nothing is written over it, and no other crosses it.
    pub fn add_line(&mut self, from: [f32; 2], to: [f32; 2]) {
        self.lines.push([from, to]);
    }

    /// Takes a box if it is free.
    pub fn take(&mut self, frame: Frame) -> bool {
        let free = self.free(frame);
        if free {
            self.boxes.push(frame);
        }
        free
    }
}

fn holds([left, top, right, bottom]: Frame, [x, y]: [f32; 2]) -> bool {
    left <= x && x <= right && top <= y && y <= bottom
}

/// Whether two lines cross.
fn cross([a, b]: Line, [c, d]: Line) -> bool {
    let side = |[p, q]: Line, r: [f32; 2]| (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]);
    let apart = |line: Line, r: [f32; 2], s: [f32; 2]| side(line, r) * side(line, s) < 0.0;
    apart([a, b], c, d) && apart([c, d], a, b)
}

/// Whether a line has a point within a box.
fn runs_through(line: Line, frame: Frame) -> bool {
    let [left, top, right, bottom] = frame;
    let sides = [[[left, top], [right, bottom]], [[left, bottom], [right, top]]];
    line.iter().any(|end| holds(frame, *end)) || sides.into_iter().any(|side| cross(line, side))
}

/// Whether two frames share a pixel.
pub fn overlap(a: Frame, b: Frame) -> bool {
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_box_is_not_given_twice() {
        let mut taken = Taken::default();
        assert!(taken.take([0.0, 0.0, 10.0, 5.0]));
        assert!(!taken.take([9.0, 4.0, 12.0, 6.0]));
        assert!(taken.take([10.0, 0.0, 12.0, 5.0]));
    }

    #[test]
    fn lines_cross_no_line_and_no_box() {
        let mut taken = Taken::default();
        taken.add_line([0.0, 0.0], [10.0, 10.0]);
        assert!(!taken.clear([0.0, 10.0], [10.0, 0.0]) && taken.clear([0.0, 10.0], [3.0, 7.0]));
        assert!(!taken.take([4.0, 4.0, 6.0, 6.0]) && taken.take([8.0, 0.0, 10.0, 2.0]));
        // A box that is thin against the line.
        assert!(!taken.clear([9.0, -50.0], [9.0, 50.0]));
    }
}
