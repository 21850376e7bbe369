//! Lines and areas drawn for orientation: rivers, roads.

use crate::values::area::Position;

/// What is drawn of a layer for orientation.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lines {
    /// Open lines
    pub paths: Vec<Vec<Position>>,
    /// Rings of each area
    pub areas: Vec<Vec<Vec<Position>>>,
    /// Names, each with positions along what it names
    pub names: Vec<(String, Vec<Position>)>,
    /// Size of the file in bytes
    pub bytes: u64,
    /// SHA-256 of the file
    pub sha256: String,
    /// Number of features
    pub features: u64,
}

/// Outer ring one way round, holes the other.
pub(super) fn oriented(mut rings: Vec<Vec<Position>>) -> Vec<Vec<Position>> {
    let turn = |ring: &[Position]| ring.windows(2).map(|p| p[0][0] * p[1][1] - p[1][0] * p[0][1]).sum::<f64>();
    for (i, ring) in rings.iter_mut().enumerate() {
        if (turn(ring) > 0.0) != (i == 0) {
            ring.reverse();
        }
    }
    rings
}
