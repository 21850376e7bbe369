//! Rasters laid over zones, piece by piece: memory depends neither on the size of the raster nor on how far zones lie apart.

use super::zonal::{MOST_VALUES, Piece, Stat, Zone, Zones};
use crate::layers::Shapes;
use crate::layers::grid::Window;
use crate::layers::raster::{Cells, Raster};
use crate::message;
use crate::run::{Fault, Place, Result};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Cells of all bands held in memory at a time, nearly.
const AT_A_TIME: usize = 1 << 22;
/// Cells of one band of a piece, nearly: least and most.
const CELLS: [usize; 2] = [1 << 14, 1 << 20];

/// What a raster says of zones.
pub struct Found {
    /// By zone, then band
    pub zones: Vec<Vec<Zone>>,
    /// Cells that hold a number by which programs mean that there is none, though the raster does not say so
    pub undeclared: Option<(f64, u64)>,
}

/// Statistics by zone and band; `shapes` are in longitude and latitude on WGS 84, `weights` a raster of the same cells.
pub fn statistics(raster: &Raster, bands: &[usize], weights: Option<&Raster>, shapes: &Shapes, stats: &[Stat]) -> Result<Found> {
    let shapes = raster.shapes(shapes)?;
    let mut zones = Zones::new(raster.grid, &shapes, bands.len(), stats);
    let cells = (AT_A_TIME / bands.len().max(1)).clamp(CELLS[0], CELLS[1]);
    let pieces = pieces(raster, &zones, cells);
    if pieces.is_empty() {
        let message = message!("raster không phủ vùng nào", "the raster covers none of the zones");
        return Err(Fault::new("raster-elsewhere", Place::file(&raster.name), message)
            .hint(message!("xem lại hệ tọa độ của raster và của các vùng", "look at the reference systems of both")));
    }
    let pieces: Vec<(Window, Vec<usize>)> = pieces.into_values().collect();
    let together = (AT_A_TIME / (cells * bands.len().max(1))).max(1);
    let (mut undeclared, mut held): (Option<(f64, u64)>, usize) = (None, 0);
    for some in pieces.chunks(together) {
        let read: Result<Vec<(Piece, Vec<Cells>)>> =
            some.par_iter().map(|(window, _)| piece(raster, bands, weights, *window)).collect();
        for ((piece, cells), (_, touching)) in read?.into_iter().zip(some) {
            for (value, count) in cells.into_iter().filter_map(|cells| cells.undeclared) {
                undeclared = Some((value, undeclared.map_or(0, |(_, before)| before) + count));
            }
            held = held.saturating_sub(zones.values_held(touching.iter().copied()));
            zones.add(&piece, touching);
            held += zones.values_held(touching.iter().copied());
            if held > MOST_VALUES {
                let message = message!(
                    "quantiles, fractions cần giữ hơn {MOST_VALUES} giá trị khác nhau trong bộ nhớ",
                    "quantiles and fractions would hold more than {MOST_VALUES} distinct values in memory"
                );
                return Err(Fault::new("too-large", Place::file(&raster.name), message).hint(message!(
                    "bớt vùng, bớt băng, hoặc dùng mean, min, max, stdev",
                    "take fewer zones or bands, or mean, min, max, stdev"
                )));
            }
        }
    }
    Ok(Found { zones: zones.finish(), undeclared })
}

/// Pieces that any zone touches, by their number, with the cells wanted of them and the zones that touch them. They follow the blocks
/// in which the raster is kept, and so do not depend on zones.
fn pieces(raster: &Raster, zones: &Zones<'_>, cells: usize) -> BTreeMap<(usize, usize), (Window, Vec<usize>)> {
    let size = sides(raster, cells);
    let mut found: BTreeMap<(usize, usize), (Window, Vec<usize>)> = BTreeMap::new();
    for (zone, window) in zones.windows.iter().enumerate().filter_map(|(zone, window)| Some((zone, (*window)?))) {
        let across = |axis: usize| window.from[axis] / size[axis]..=(window.from[axis] + window.size[axis] - 1) / size[axis];
        for row in across(1) {
            for column in across(0) {
                let whole = Window { from: [column * size[0], row * size[1]], size };
                let Some(part) = whole.common(window) else { continue };
                let piece = found.entry((row, column)).or_insert_with(|| (part, Vec::new()));
                piece.0 = piece.0.hull(part);
                piece.1.push(zone);
            }
        }
    }
    found
}

/// Columns and rows of a piece: whole blocks, about as many cells as are wanted.
fn sides(raster: &Raster, cells: usize) -> [usize; 2] {
    let [columns, rows] = raster.grid.size;
    let [width, height] = raster.block;
    let of = |count: usize, block: usize, most: usize| (count.max(1).div_ceil(block) * block).clamp(1, most.max(1));
    if width >= columns {
        return [columns.max(1), of(cells / columns.max(1), height, rows)];
    }
    let side = cells.isqrt();
    [of(side, width, columns), of(side, height, rows)]
}

fn piece(raster: &Raster, bands: &[usize], weights: Option<&Raster>, window: Window) -> Result<(Piece, Vec<Cells>)> {
    let mut cells = bands.iter().map(|&band| raster.read(band, window)).collect::<Result<Vec<Cells>>>()?;
    let values = cells.iter_mut().map(|cells| std::mem::take(&mut cells.values)).collect();
    let weights = weights.map(|weights| weights.read(1, window)).transpose()?.map(|cells| cells.values);
    Ok((Piece { window, bands: values, weights }, cells))
}
