//! Moving positions a little, so that a map does not point at a household (donut geomasking, Hampton et al. 2010, Am. J. Epidemiol.
//! 172:1062).
//!
//! The move depends on the position and a seed only: one place moves one way, however the file is sorted, and the same input gives
//! the same bytes. Who knows the seed can test whether a guessed house would move to the point shown; a seed of one's own, kept
//! secret, prevents that.

use crate::run::Result;
use crate::run::parameters;
use crate::values::area::Position;
use geo::{Destination, Geodesic, Point};
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// Distances that ship.
pub const SHIPPED: &str = include_str!("privacy.toml");

/// Distances of a mask, as a file states them.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Privacy {
    /// Least move, metres
    pub least_m: f64,
    /// Most, metres
    pub most_m: f64,
    /// Where they come from
    pub source: String,
    /// Whether they were compared with their source
    pub verified: bool,
}

/// How far positions move.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mask {
    /// Least move, metres
    pub least_m: f64,
    /// Most, metres
    pub most_m: f64,
    /// Seed
    pub seed: u64,
}

impl Mask {
    /// The mask that ships, with a seed.
    pub fn shipped(seed: u64) -> Result<Mask> {
        let privacy: Privacy = parameters::or_shipped(None, SHIPPED)?;
        Ok(Mask { least_m: privacy.least_m, most_m: privacy.most_m, seed })
    }

    /// A position moved by the mask: any direction, every place of the ring as likely as another.
    pub fn moved(&self, [x, y]: Position) -> Position {
        let mut hash = Sha256::new();
        for part in [x.to_bits(), y.to_bits(), self.seed] {
            hash.update(part.to_le_bytes());
        }
        let hash = hash.finalize();
        let unit = |at: usize| {
            let bytes: [u8; 8] = std::array::from_fn(|i| hash[at + i]);
            (u64::from_le_bytes(bytes) >> 11) as f64 / (1u64 << 53) as f64
        };
        let (near, far) = (self.least_m * self.least_m, self.most_m * self.most_m);
        let distance = (near + unit(0) * (far - near)).sqrt();
        let moved = Geodesic.destination(Point::new(x, y), 360.0 * unit(8), distance);
        [moved.x(), moved.y()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::Distance;

    #[test]
    fn every_move_lies_in_the_ring_and_is_the_same_again() {
        let mask = Mask { least_m: 100.0, most_m: 300.0, seed: 1 };
        for i in 0..200 {
            let place = [105.3 + f64::from(i) * 1e-4, 10.8];
            let moved = mask.moved(place);
            let metres = Geodesic.distance(Point::new(place[0], place[1]), Point::new(moved[0], moved[1]));
            assert!((99.999..300.001).contains(&metres), "{metres}");
            assert_eq!(moved, mask.moved(place));
            assert_ne!(moved, Mask { seed: 2, ..mask }.moved(place));
        }
    }
}
