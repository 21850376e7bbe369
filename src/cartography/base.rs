//! The ground of maps: communes in their place, simplified once for all maps that share a layout.

use super::outline::outline;
use crate::cartography::interior::interior;
use crate::cartography::layout::{Silhouette, place};
use crate::cartography::view::{View, inset};
use crate::draw::Imprint;
use crate::draw::scene::{Layer, Point, Stroke};
use crate::draw::taken::Frame;
use crate::model::Joined;
use crate::places::simplify::simplify;
use crate::scale::Rgb;
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
    pale: bool,
}

/// What a base is made for.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// Room for land and block
    pub body: Frame,
    /// Size of the block that stands in a corner of it
    pub block: [f32; 2],
    /// The one commune shown
    pub focus: Option<usize>,
    /// Land around is shown too, up to a frame
    pub framed: bool,
    /// So many communes are light that white borders would be lost between them
    pub pale: bool,
}

/// Communes placed on a page.
pub struct Base {
    /// Where the land lies
    pub view: View,
    /// Box of the legend
    pub block: Frame,
    /// Communes in pixels
    pub layer: Arc<Layer>,
    /// The outer line of all of them
    pub outline: Vec<Vec<Point>>,
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

    /// Communes in a page's body beside a block of a size. Maps of one layout share one base.
    pub fn base(&self, wanted: Wanted, unit: f32) -> Arc<Base> {
        let Wanted { body, block, focus, framed, pale } = wanted;
        let key = Key { body: body.map(f32::to_bits), block: block.map(f32::to_bits), focus, framed, pale };
        let slot = match self.bases.lock() {
            Ok(mut bases) => Arc::clone(bases.entry(key).or_default()),
            Err(_) => Arc::default(),
        };
        Arc::clone(slot.get_or_init(|| Arc::new(self.make(wanted, unit))))
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

    /// Width over height of the land that a map shows.
    pub fn aspect(&self, focus: Option<usize>) -> f32 {
        let shapes = &self.joined.communes.shapes;
        let shown = focus.map_or_else(|| self.main_communes(), |focus| vec![focus]);
        let whole = shown
            .into_iter()
            .filter_map(|commune| shapes.bounds(commune))
            .reduce(|[w, s, e, n], [a, b, c, d]| [w.min(a), s.min(b), e.max(c), n.max(d)]);
        let Some([west, south, east, north]) = whole else { return 1.0 };
        let across = (east - west) * ((south + north) / 2.0).to_radians().cos();
        (across / (north - south).max(f64::MIN_POSITIVE)) as f32
    }

    fn make(&self, Wanted { body, block, focus, framed, pale }: Wanted, unit: f32) -> Base {
        let communes = &self.joined.communes.shapes;
        let main = focus.map_or_else(|| self.main_communes(), |focus| vec![focus]);
        let silhouette = Silhouette::new(communes, &main);
        // With land around, the legend stands in a box of its own inside the frame.
        let (margin, edge) = if framed { (30.0 * unit, 16.0 * unit) } else { (8.0 * unit, 4.0 * unit) };
        let placed = place(&silhouette, inset(body, edge), block, margin);
        let shapes = simplify(&placed.view.all_rings(communes), TOLERANCE);
        let spots = shapes.iter().map(|rings| interior(rings)).collect();
        let outline = outline(&shapes);
        // White lines thin out with the number of units, so that small ones keep their colour.
        let width = (1.9 - 0.45 * (main.len().max(1) as f32).log10()).clamp(0.4, 1.6) * unit;
        let colour = match (pale, self.imprint.bw) {
            (false, false) => Rgb::WHITE,
            (true, _) => super::PALE_BORDER,
            (false, true) => super::BORDER,
        };
        let stroke = Some(Stroke { colour, width, dash: 0.0 });
        Base {
            view: placed.view,
            block: placed.block,
            layer: Arc::new(Layer { shapes, stroke, told: true }),
            outline,
            spots,
            silhouette,
        }
    }
}
