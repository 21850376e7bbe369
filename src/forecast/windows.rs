//! What traps say, by species, kind of trap and place.

use super::traps::{self, Outlook, Settings};
use crate::message;
use crate::places::Communes;
use crate::readings::{Kind, Readings, Run};
use crate::run::{Place, Problems};

/// What is said of one species by one kind of trap, for one place.
#[derive(Debug, Clone, PartialEq)]
pub struct TrapSummary {
    /// Species, as a number of the readings
    pub property: usize,
    /// Kind of trap
    pub kind: Kind,
    /// Commune; all traps together if absent
    pub commune: Option<usize>,
    /// Number of traps
    pub traps: usize,
    /// Nights, peaks, windows
    pub outlook: Outlook,
}

/// What the wanted stations say of every species, by kind of trap.
pub fn of_stations(
    readings: &Readings,
    settings: &Settings,
    wanted: &dyn Fn(usize) -> bool,
    commune: Option<usize>,
) -> Vec<TrapSummary> {
    let mut found = Vec::new();
    for (property, name) in readings.properties.iter().enumerate() {
        for (kind, runs) in traps::groups(readings, property, wanted) {
            let runs: Vec<&Run> = runs.iter().collect();
            let outlook = traps::outlook(traps::pool(&runs), name, settings);
            found.push(TrapSummary { property, kind, commune, traps: runs.len(), outlook });
        }
    }
    found
}

/// What the traps within reach of each commune say. Traps without a position and communes without a trap are listed.
pub fn by_commune(
    readings: &Readings,
    settings: &Settings,
    communes: &Communes,
    file: &str,
    problems: &mut Problems,
) -> Vec<TrapSummary> {
    for station in readings.stations.iter().filter(|station| station.position.is_none()) {
        problems.warning(
            "trap-without-position",
            Place::file(file).value(&station.name),
            message!("bẫy không có vị trí, không tính cho xã nào", "the trap has no position and speaks for no commune"),
            Some(message!("thêm cột lon, lat", "add columns lon and lat")),
        );
    }
    if readings.stations.iter().all(|station| station.position.is_none()) {
        return Vec::new();
    }
    let reach = settings.peak.reach_km.value;
    let mut found = Vec::new();
    for commune in 0..communes.len() {
        let near = traps::within(readings, &communes.shapes, commune, reach);
        if !near.contains(&true) {
            problems.info(
                "no-trap-near",
                Place::file(&communes.file).value(&communes.codes[commune]),
                message!("không có bẫy nào trong vòng {reach} km", "no trap within {reach} km"),
                None,
            );
            continue;
        }
        found.extend(of_stations(readings, settings, &|station| near[station], Some(commune)));
    }
    found
}
