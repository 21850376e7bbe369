//! What is drawn around and over the communes for orientation, and whether a map of the whole country is complete.

use crate::layers::Shapes;
use crate::layers::lines::Lines;
use crate::project::LayerKind;

/// A layer for orientation.
#[derive(Debug, Clone)]
pub struct Context {
    /// Id
    pub id: String,
    /// What it is
    pub kind: LayerKind,
    /// Areas of neighbours, islands, locator
    pub shapes: Shapes,
    /// Names of the areas, where they are to be written
    pub names: Vec<String>,
    /// Rivers and roads
    pub lines: Lines,
}

/// An archipelago that every map of the whole country must show: west, south, east, north.
struct Archipelago {
    name: &'static str,
    extent: [f64; 4],
}

/// Circular 17/2018/TT-BTNMT, article 20: maps of the whole country show both.
const ARCHIPELAGOS: [Archipelago; 2] = [
    Archipelago { name: "Hoàng Sa", extent: [111.0, 15.5, 113.0, 17.3] },
    Archipelago { name: "Trường Sa", extent: [111.3, 6.3, 117.5, 12.2] },
];

/// Degrees of latitude from which an extent in Việt Nam is the whole country.
const WHOLE_COUNTRY: f64 = 10.0;

/// Archipelagos that a map of the whole country leaves out; none for a map of a part. `parts` are the areas drawn.
pub fn missing_archipelagos<'a>(extent: [f64; 4], parts: impl Iterator<Item = &'a Shapes> + Clone) -> Vec<&'static str> {
    let [west, south, east, north] = extent;
    let in_country = west >= 101.0 && east <= 119.0 && south >= 4.0 && north <= 24.0;
    if !in_country || north - south < WHOLE_COUNTRY {
        return Vec::new();
    }
    let shown = |[w, s, e, n]: [f64; 4]| {
        parts.clone().any(|shapes| shapes.positions().iter().any(|[x, y]| (w..=e).contains(x) && (s..=n).contains(y)))
    };
    ARCHIPELAGOS.iter().filter(|islands| !shown(islands.extent)).map(|islands| islands.name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn box_of([w, s, e, n]: [f64; 4]) -> Shapes {
        let mut shapes = Shapes::default();
        [[w, s], [e, s], [e, n], [w, n], [w, s]].into_iter().for_each(|position| shapes.push_position(position));
        shapes.end_ring();
        shapes.end_polygon();
        shapes.end_shape();
        shapes
    }

    #[test]
    fn a_map_of_the_country_needs_both_archipelagos() {
        let mainland = box_of([102.1, 8.4, 109.5, 23.4]);
        let islands = [box_of([111.5, 16.4, 111.7, 16.6]), box_of([114.3, 10.3, 114.5, 10.4])];
        let extent = [102.1, 8.4, 109.5, 23.4];
        assert_eq!(missing_archipelagos(extent, [&mainland].into_iter()), ["Hoàng Sa", "Trường Sa"]);
        assert_eq!(missing_archipelagos(extent, [&mainland, &islands[0]].into_iter()), ["Trường Sa"]);
        assert!(missing_archipelagos(extent, [&mainland, &islands[0], &islands[1]].into_iter()).is_empty());
        let district = box_of([105.1, 10.6, 105.4, 10.9]);
        assert!(missing_archipelagos([105.1, 10.6, 105.4, 10.9], [&district].into_iter()).is_empty(), "a district is no country");
    }
}
