//! Statistics of rasters, a row a zone.

use super::records::{cell, record, writer};
use crate::join::zonal::{Stat, Zone};
use crate::message;
use crate::run::{Fault, Place, Result};
use rayon::prelude::*;

/// More distinct values than this are measurements, not classes.
const MOST_CLASSES: usize = 500;

/// The zones of a table.
pub struct Named {
    /// Heading of the ids
    pub heading: String,
    /// Id of each zone
    pub ids: Vec<String>,
}

/// A column for each statistic of each raster and band; `bands` are what stands before their names, and their zones.
pub fn zonal(zones: &Named, stats: &[Stat], bands: &[(String, Vec<Zone>)]) -> Result<Vec<u8>> {
    let classes = bands.iter().map(|(_, zones)| classes(stats, zones)).collect::<Result<Vec<_>>>()?;
    let mut writer = writer();
    let mut head = vec![zones.heading.clone()];
    for ((prefix, _), classes) in bands.iter().zip(&classes) {
        for stat in stats {
            match stat {
                Stat::Fractions => head.extend(classes.iter().map(|class| format!("{prefix}frac_{class}"))),
                Stat::Quantile(q) => head.push(format!("{prefix}q{}", (q * 1e6).round() / 1e4)),
                other => head.push(format!("{prefix}{}", other.name())),
            }
        }
    }
    record(&mut writer, head);
    let rows: Vec<Vec<String>> = zones
        .ids
        .par_iter()
        .enumerate()
        .map(|(row, id)| {
            let of_band = bands.iter().zip(&classes).flat_map(|((_, zones), classes)| cells(&zones[row], stats, classes));
            std::iter::once(id.clone()).chain(of_band).collect()
        })
        .collect();
    rows.into_iter().for_each(|row| record(&mut writer, row));
    Ok(writer.into_inner().unwrap_or_default())
}

/// Distinct values of all zones, so that every row has the same columns.
fn classes(stats: &[Stat], zones: &[Zone]) -> Result<Vec<f64>> {
    if !stats.contains(&Stat::Fractions) {
        return Ok(Vec::new());
    }
    let mut classes: Vec<f64> = zones.iter().flat_map(Zone::fractions).map(|(value, _)| value).collect();
    classes.sort_by(f64::total_cmp);
    classes.dedup();
    let count = classes.len();
    if count > MOST_CLASSES {
        let message = message!(
            "fractions chỉ dành cho raster phân loại: có {count} giá trị khác nhau",
            "fractions are for rasters of classes: there are {count} distinct values"
        );
        return Err(Fault::new("usage", Place::default().column("stats"), message));
    }
    Ok(classes)
}

fn cells(zone: &Zone, stats: &[Stat], classes: &[f64]) -> Vec<String> {
    let mut cells = Vec::new();
    for &stat in stats {
        if stat != Stat::Fractions {
            cells.push(cell(zone.value(stat)));
            continue;
        }
        let shares = zone.fractions();
        cells.extend(classes.iter().map(|class| {
            let share = shares.iter().find(|(value, _)| value == class).map(|(_, share)| *share);
            cell(share.or(zone.has_data().then_some(0.0)))
        }));
    }
    cells
}
