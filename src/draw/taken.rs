//! Boxes of a page that hold something already.

/// A box on a page: left, top, right, bottom.
pub type Frame = [f32; 4];

/// Boxes that are taken.
#[derive(Debug, Default, Clone)]
pub struct Taken(Vec<Frame>);

impl Taken {
    /// Whether a box is free.
    pub fn free(&self, frame: Frame) -> bool {
        self.0.iter().all(|other| !overlap(frame, *other))
    }

    /// Whether a line between two points runs through no box but those that it starts in.
    pub fn clear(&self, from: [f32; 2], to: [f32; 2]) -> bool {
        let point = |[x, y]: [f32; 2]| [x - 0.5, y - 0.5, x + 0.5, y + 0.5];
        let others = || self.0.iter().filter(|other| !holds(**other, from));
        (0..=12).all(|i| {
            let t = i as f32 / 12.0;
            let at = point([0, 1].map(|k| from[k] + (to[k] - from[k]) * t));
            others().all(|other| !overlap(at, *other))
        })
    }

    /// Where a line between two points leaves the boxes that it starts in.
    pub fn edge(&self, from: [f32; 2], to: [f32; 2]) -> [f32; 2] {
        let along = |i: usize| [0, 1].map(|k| from[k] + (to[k] - from[k]) * i as f32 / 40.0);
        let own: Vec<Frame> = self.0.iter().copied().filter(|frame| holds(*frame, from)).collect();
        (0..=40).map(along).find(|at| !own.iter().any(|frame| holds(*frame, *at))).unwrap_or(from)
    }

    /// Takes a box, free or not.
    pub fn add(&mut self, frame: Frame) {
        self.0.push(frame);
    }

    /// Takes a box if it is free.
    pub fn take(&mut self, frame: Frame) -> bool {
        let free = self.free(frame);
        if free {
            self.0.push(frame);
        }
        free
    }
}

fn holds([left, top, right, bottom]: Frame, [x, y]: [f32; 2]) -> bool {
    left <= x && x <= right && top <= y && y <= bottom
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
}
