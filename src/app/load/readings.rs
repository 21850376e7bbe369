//! Light traps and sensors of a project.

use super::Loader;
use crate::app::read;
use crate::forecast::traps::{self, Settings};
use crate::forecast::windows;
use crate::join::overlay::CommuneIndex;
use crate::join::points::commune_at;
use crate::model::readings::ReadingsTable;
use crate::model::{Joined, When};
use crate::places::Communes;
use crate::places::centroid::centroid;
use crate::project::{Project, ReadingsKeys, TableConfig};
use crate::readings::Headings;
use crate::readings::quantities::Named;
use crate::readings::read::{self as reader, Manner};
use crate::readings::sensors::{self, Limits};
use crate::run::{Place, Problems, Result};
use crate::values::area::Position;
use crate::values::text::fold;
use crate::{input, message};
use std::cell::Cell;

/// What traps and sensors say up to the end of the period, as points and as windows by commune.
pub(super) fn add(project: &Project, joined: &mut Joined, index: &CommuneIndex, problems: &mut Problems) {
    let until = joined.periods.get(When::Current).map(|period| period.to);
    let at = |position: Position| commune_at(index, position).map(|commune| commune as usize);
    for table in &mut joined.readings {
        if let Some(until) = until {
            table.readings = table.readings.until(until);
        }
        place_by_commune(table, &joined.communes, problems);
        if !table.is_sensed() {
            table.summaries = windows::of_stations(&table.readings, &table.settings, &|_| true, None);
            if !joined.communes.is_empty() {
                let (readings, communes) = (&table.readings, &joined.communes);
                table.summaries.extend(windows::by_commune(readings, &table.settings, communes, &table.file, problems));
            }
        }
        joined.points.extend(table.points(until, &at, project.language));
        let categories = table.categories(joined.communes.len());
        if !categories.is_empty() {
            let words = message!(
                "Tính từ đỉnh bẫy đèn gần nhất trong vùng; các mốc ngày chưa đối chiếu văn bản",
                "From the last peak of light traps within reach; day offsets are not verified"
            );
            joined.outlook.get_or_insert_default().tables.push((table.id.clone(), words));
            joined.indicators.categories.extend(categories);
        }
    }
}

/// Stations without a position that are called like a commune stand in its middle.
fn place_by_commune(table: &mut ReadingsTable, communes: &Communes, problems: &mut Problems) {
    let mut placed = 0;
    for station in table.readings.stations.iter_mut().filter(|station| station.position.is_none()) {
        let name = fold(&station.name);
        let mut called = (0..communes.len())
            .filter(|&commune| fold(&communes.names[commune]) == name || communes.codes[commune] == station.name);
        if let (Some(commune), None) = (called.next(), called.next()) {
            station.position = centroid(&communes.shapes, commune);
            placed += 1;
        }
    }
    if placed > 0 {
        let message = message!(
            "{placed} bẫy hoặc trạm mang tên xã mà không có tọa độ: đặt ở giữa xã",
            "{placed} traps or stations bear a commune's name and have no position: each is placed at the middle of its commune"
        );
        problems.info("approximate-place", Place::file(&table.file), message, None);
    }
}

impl Loader<'_> {
    /// Nights of traps and days of sensors.
    pub(super) fn readings(
        &mut self,
        (key, own): (&TableConfig, &ReadingsKeys),
        table: input::Table,
        joined: &mut Joined,
    ) -> Result<()> {
        let beside = |file: &Option<String>| file.as_ref().map(|file| self.project.folder.join(file));
        let limits: Limits = crate::run::parameters::or_shipped(beside(&own.limits).as_deref(), sensors::SHIPPED)?;
        let settings: Settings = crate::run::parameters::or_shipped(beside(&own.settings).as_deref(), traps::SHIPPED)?;
        let of = |role: &str| key.columns.get(role).cloned();
        let headings = Headings {
            station: of("station"),
            property: of("thing"),
            kind: of("type"),
            date: of("date"),
            value: of("value"),
            lon: key.key.lon.clone().or_else(|| of("lon")),
            lat: key.key.lat.clone().or_else(|| of("lat")),
        };
        // A unit such as ppm or W/m² tells of a sensor whose quantity has no name here; traps count heads.
        let by_unit = Cell::new(false);
        let is_sensed = |property: &str| {
            own.sensors.unwrap_or_else(|| {
                let named = Named::new(property);
                let of_heads = named.unit.is_empty() || fold(&named.unit).starts_with("con");
                let sensed = limits.of(property).is_some() || named.quantity().is_some() || !of_heads;
                by_unit.set(by_unit.get() || sensed);
                sensed
            })
        };
        let manner = Manner { is_sensed: &is_sensed, cumulative: own.cumulative, decimal: key.decimal };
        let mut readings = reader::read(&table, &headings, &manner, self.problems)?;
        if let (Some(name), [only]) = (&own.property, &mut readings.properties[..]) {
            name.clone_into(only);
        }
        let name = if key.name.is_empty() { key.id.clone() } else { key.name.clone() };
        joined.readings.push(ReadingsTable {
            id: key.id.clone(),
            name,
            file: key.file.clone(),
            sensors: own.sensors.or(by_unit.get().then_some(true)),
            readings,
            limits,
            settings,
            summaries: Vec::new(),
            moon: own.moon,
        });
        self.record.inputs.push(read::input(&key.id, &table));
        Ok(())
    }
}
