//! Communes that have a number of some measure, and who among them is whose neighbour.

use crate::hotspots::Weights;
use crate::hotspots::weights::{Metric, Rule};
use crate::message;
use crate::model::Measured;
use crate::model::points::Points;
use crate::places::Communes;
use crate::places::centroid::centroid;
use crate::run::{Fault, Place};
use crate::values::Message;
use crate::values::area::Position;

/// Communes with a number.
pub struct Neighbourhood {
    /// Commune of each unit; none where units are points
    pub communes: Vec<usize>,
    /// Number of each unit
    pub values: Vec<f64>,
    /// Middle of each unit
    pub positions: Vec<Position>,
    /// Neighbours among the units
    pub weights: Weights,
    /// Units that have a neighbour
    pub linked: Vec<usize>,
}

impl Neighbourhood {
    /// The communes with a number of a measure; `rule` as in `weights = "contiguity"`, the default.
    pub fn of(measured: &Measured, communes: &Communes, rule: Option<&str>) -> Neighbourhood {
        let shapes = &communes.shapes;
        let known: Vec<(usize, f64, Position)> =
            (0..measured.values.len()).filter_map(|i| Some((i, measured.values[i].number()?, centroid(shapes, i)?))).collect();
        let list: Vec<usize> = known.iter().map(|(commune, ..)| *commune).collect();
        let positions: Vec<Position> = known.iter().map(|(.., position)| *position).collect();
        let rule = rule.and_then(|text| text.parse().ok()).unwrap_or(Rule::Contiguity(None));
        let own = shapes.subset(&list);
        let weights = Weights::of(rule, Some(&own), &positions, Metric::GreatCircle).unwrap_or_default();
        let linked = (0..weights.len()).filter(|&unit| !weights.neighbours[unit].is_empty()).collect();
        Neighbourhood { communes: list, values: known.iter().map(|(_, value, _)| *value).collect(), positions, weights, linked }
    }

    /// Points with a number; six nearest are neighbours by default, or all others where there are fewer.
    pub fn of_points(points: &Points, rule: Option<&str>) -> Neighbourhood {
        let known: Vec<(f64, Position)> =
            points.list.iter().filter_map(|point| Some((point.value.number()?, point.position))).collect();
        let positions: Vec<Position> = known.iter().map(|(_, position)| *position).collect();
        let nearest = Rule::Nearest(6.min(known.len().saturating_sub(1)).max(1));
        let rule = rule.and_then(|text| text.parse().ok()).unwrap_or(nearest);
        let weights = Weights::of(rule, None, &positions, Metric::GreatCircle).unwrap_or_default();
        let linked = (0..weights.len()).filter(|&unit| !weights.neighbours[unit].is_empty()).collect();
        let values = known.iter().map(|(value, _)| *value).collect();
        Neighbourhood { communes: Vec::new(), values, positions, weights, linked }
    }

    /// Values and neighbours of the units that have any.
    pub fn among_linked(&self) -> (Vec<f64>, Weights) {
        (self.linked.iter().map(|&unit| self.values[unit]).collect(), self.weights.among(&self.linked))
    }
}

/// There is nothing to compare.
pub fn no_variation(name: &Message) -> Fault {
    let (vi, en) = (&name.vi, &name.en);
    Fault::new(
        "no-clusters",
        Place::default(),
        message!(
            "không tính được cụm của \"{vi}\": cần ít nhất 4 xã giáp nhau có số liệu khác nhau",
            "no clusters of \"{en}\" can be computed: at least 4 neighbouring communes with different values are needed"
        ),
    )
}
