//! The ground of maps: communes in their place, simplified once for all maps that share a layout.

use crate::cartography::labels::interior;
use crate::cartography::layout::{Silhouette, place};
use crate::cartography::view::{View, inset};
use crate::draw::Imprint;
use crate::draw::scene::{Layer, Point, Stroke};
use crate::draw::taken::Frame;
use crate::model::Joined;
use crate::places::simplify::simplify;
use hashbrown::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

/// Points closer than this many pixels to the line without them are not drawn: a tenth of a millimetre on A3.
pub const TOLERANCE: f32 = 0.3;

/// What all maps of a run stand on.
pub struct Ground<'a> {
    /// What stands on every map
    pub imprint: Imprint,
    /// Joined data
    pub joined: &'a Joined,
    bases: Mutex<HashMap<Key, Arc<OnceLock<Arc<Base>>>>>,
}

/// Layouts that are the same have the same base.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    body: [u32; 4],
    block: [u32; 2],
    focus: Option<usize>,
    framed: bool,
}

/// Communes placed on a page.
pub struct Base {
    /// Where the land lies
    pub view: View,
    /// Box of the legend
    pub block: Frame,
    /// Communes in pixels
    pub layer: Arc<Layer>,
    /// Places for a label in each commune, best first
    pub spots: Vec<Vec<(Point, f32)>>,
    /// Where land is
    pub silhouette: Silhouette,
}

impl<'a> Ground<'a> {
    /// The ground of a run.
    pub fn new(imprint: Imprint, joined: &'a Joined) -> Ground<'a> {
        Ground { imprint, joined, bases: Mutex::default() }
    }

    /// Communes in a page's body beside a legend of a size. Maps of one layout share one base.
    pub fn base(&self, body: Frame, block: [f32; 2], focus: Option<usize>, framed: bool, unit: f32) -> Arc<Base> {
        let key = Key { body: body.map(f32::to_bits), block: block.map(f32::to_bits), focus, framed };
        let slot = match self.bases.lock() {
            Ok(mut bases) => Arc::clone(bases.entry(key).or_default()),
            Err(_) => Arc::default(),
        };
        Arc::clone(slot.get_or_init(|| Arc::new(self.make(body, block, focus, framed, unit))))
    }

    /// Communes that the main map must hold: not those that lie in an inset.
    pub fn main_communes(&self) -> Vec<usize> {
        let communes = &self.joined.communes.shapes;
        let apart = |commune: usize| {
            let Some([west, south, east, north]) = communes.bounds(commune) else { return false };
            self.imprint.insets.iter().any(|inset| {
                let [w, s, e, n] = inset.extent;
                west >= w && south >= s && east <= e && north <= n
            })
        };
        let main: Vec<usize> = (0..communes.len()).filter(|&commune| !apart(commune)).collect();
        if main.is_empty() { (0..communes.len()).collect() } else { main }
    }

    fn make(&self, body: Frame, block: [f32; 2], focus: Option<usize>, framed: bool, unit: f32) -> Base {
        let communes = &self.joined.communes.shapes;
        let main = focus.map_or_else(|| self.main_communes(), |focus| vec![focus]);
        let silhouette = Silhouette::new(communes, &main);
        // With land around, the legend stands in a box of its own inside the frame.
        let (margin, edge) = if framed { (30.0 * unit, 16.0 * unit) } else { (8.0 * unit, 4.0 * unit) };
        let placed = place(&silhouette, inset(body, edge), block, margin);
        let shapes = simplify(&placed.view.all_rings(communes), TOLERANCE);
        let spots = shapes.iter().map(|rings| interior(rings)).collect();
        let stroke = Some(Stroke { colour: super::BORDER, width: 1.1 * unit, dash: 0.0 });
        Base { view: placed.view, block: placed.block, layer: Arc::new(Layer { shapes, stroke }), spots, silhouette }
    }
}
