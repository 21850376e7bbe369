//! Rasters laid over zones, strip by strip.

use super::zonal::{Stat, Strip, Zone, Zones};
use crate::layers::Shapes;
use crate::layers::grid::Window;
use crate::layers::raster::{self, Raster};
use crate::message;
use crate::run::{Fault, Place, Result};
use rayon::prelude::*;
use std::path::Path;

/// Cells of all bands held in memory at a time.
const CELLS: usize = 1 << 26;

/// Statistics by zone and band; `shapes` are in longitude and latitude on WGS 84.
pub fn statistics(raster: &Raster, file: &Path, bands: &[usize], shapes: &Shapes, stats: &[Stat]) -> Result<Vec<Vec<Zone>>> {
    let shapes = raster.shapes(shapes, &file.display().to_string())?;
    let mut zones = Zones::new(raster.grid, &shapes, bands.len(), stats);
    let Some(window) = zones.window() else {
        let place = Place::file(file.display().to_string());
        return Err(Fault::new(
            "raster-elsewhere",
            place,
            message!("raster không phủ vùng nào", "the raster covers none of the zones"),
        )
        .hint(message!("xem lại hệ tọa độ của raster và của các vùng", "look at the reference systems of both")));
    };
    let rows = (CELLS / (window.size[0] * bands.len()).max(1)).clamp(1, window.size[1]);
    for from in (0..window.size[1]).step_by(rows) {
        let height = rows.min(window.size[1] - from);
        let window = Window { from: [window.from[0], window.from[1] + from], size: [window.size[0], height] };
        let read: Result<Vec<Vec<f64>>> = bands.par_iter().map(|&band| raster::read(file, band, window)).collect();
        zones.add(&Strip { window, bands: read? });
    }
    Ok(zones.finish())
}
