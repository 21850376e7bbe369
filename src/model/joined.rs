//! Everything joined: what the measures are computed from.

use super::contracts::Linked;
use super::engine::{Contract, Extent, FieldPiece, Observation, Relations, SharedEngine};
use super::indicators::Indicators;
use super::observations::Forecasts;
use super::outlook::Outlook;
use super::periods::{Periods, When};
use super::points::Points;
use super::readings::ReadingsTable;
use super::registers::{HerdsTable, RegisterTable};
use crate::forecast::weather::Station;
use crate::input::Column;
use crate::join::keys::NONE;
use crate::join::{FieldPieces, Target};
use crate::layers::Shapes;
use crate::message;
use crate::places::Communes;
use crate::places::context::Context;
use crate::run::{Fault, Place, Result};
use crate::values::{Exact, Period, exact};

/// Fields with their share in each commune.
#[derive(Debug, Clone, Default)]
pub struct Fields {
    /// Ids, one per field
    pub ids: Column,
    /// Polygons
    pub shapes: Shapes,
    /// Areas and shares
    pub pieces: FieldPieces,
    /// What hectares are broken down by, such as the crop
    pub group: Option<Column>,
    /// Growth stage
    pub stage: Option<Column>,
    /// Day of harvest
    pub harvest: Option<Column>,
}

/// The joined data of a run.
#[derive(Debug, Clone, Default)]
pub struct Joined {
    /// What sums by commune
    pub engine: SharedEngine,
    /// Communes in order of code
    pub communes: Communes,
    /// Fields, if the project has them
    pub fields: Option<Fields>,
    /// Pest forecasts, if the project has them
    pub forecasts: Option<Forecasts>,
    /// Linked production, if the project has it
    pub linked: Option<Linked>,
    /// Indicators per commune
    pub indicators: Indicators,
    /// Traps, sensors, products, outbreaks, in order of the project file
    pub points: Vec<Points>,
    /// Light traps and sensors, in order of the project file
    pub readings: Vec<ReadingsTable>,
    /// Daily weather of stations, of the tables that models read
    pub weather: Vec<Station>,
    /// Registers of outbreaks, in order of the project file
    pub registers: Vec<RegisterTable>,
    /// Registers of herds, in order of the project file
    pub herds: Vec<HerdsTable>,
    /// What is forecast rather than seen
    pub outlook: Option<Outlook>,
    /// Rivers, roads, neighbours and other layers for orientation
    pub context: Vec<Context>,
    /// What is reported and what it is compared with
    pub periods: Periods,
    /// What does not depend on the period
    pub land: Land,
}

/// Field and contract hectares per commune; they do not depend on the period.
#[derive(Debug, Clone, Default)]
pub struct Land {
    /// Number of fields with some area inside
    pub fields: Vec<u32>,
    /// Hectares of fields inside
    pub field_area_ha: Vec<f64>,
    /// Contracted hectares of each field; NaN where no row names it
    pub linked_of_field: Vec<f64>,
    /// Contracted hectares inside; NaN where nothing is known
    pub linked_ha: Vec<f64>,
    /// Contracted hectares of fields, or parts of them, outside every commune
    pub linked_outside_ha: f64,
    /// Fields without a usable polygon, which lie nobody knows where; their contracts count in totals and in no commune
    pub unplaced: Vec<u32>,
    /// Contracted hectares of these
    pub linked_unplaced_ha: f64,
    /// Field hectares outside every commune, gaps between communes included
    pub outside_ha: f64,
    /// Field hectares in gaps between communes
    pub gap_ha: f64,
    /// Field hectares that several communes claim (already divided between them)
    pub shared_ha: f64,
}

impl Joined {
    /// Sums fields and contracts by commune.
    pub fn aggregate(&mut self) {
        let mut land = self.engine.land(self);
        if let Some(fields) = &self.fields {
            let shared = fields.pieces.shared.iter().map(|&(field, share)| fields.pieces.area_ha[field as usize] * share);
            land.shared_ha = exact::sum(shared);
        }
        self.land = land;
    }

    /// The herds that a register's rates are over.
    pub fn herds_of(&self, register: &RegisterTable) -> Option<&crate::outbreaks::Herds> {
        let id = register.herds.as_ref()?;
        self.herds.iter().find(|table| table.id == *id).map(|table| &table.herds)
    }

    /// The register of outbreaks with an id; the first one without an id.
    pub fn register(&self, id: &str) -> Result<&RegisterTable> {
        let found = if id.is_empty() { self.registers.first() } else { self.registers.iter().find(|table| table.id == id) };
        found.ok_or_else(|| {
            let known = self.registers.iter().map(|table| table.id.as_str()).collect::<Vec<_>>().join(", ");
            let message = message!(
                "không có sổ ổ dịch \"{id}\" (kind = \"outbreaks\"); đang có: {known}",
                "there is no register of outbreaks \"{id}\" (kind = \"outbreaks\"); there are: {known}"
            );
            Fault::new("unknown-register", Place::default().value(id), message)
        })
    }

    /// The readings with an id; the first ones of sensors, or of traps, without an id.
    pub fn readings_of(&self, id: &str, sensed: bool) -> Result<&ReadingsTable> {
        let mut of_sort = self.readings.iter().filter(|table| table.is_sensed() == sensed);
        let found = if id.is_empty() { of_sort.next() } else { of_sort.find(|table| table.id == id) };
        found.ok_or_else(|| {
            let of_sort = self.readings.iter().filter(|table| table.is_sensed() == sensed);
            let known = of_sort.map(|table| table.id.as_str()).collect::<Vec<_>>().join(", ");
            let message = match sensed {
                true => message!(
                    "không có bảng số đo cảm biến \"{id}\" (kind = \"readings\"); đang có: {known}",
                    "there is no table of sensor readings \"{id}\" (kind = \"readings\"); there are: {known}"
                ),
                false => message!(
                    "không có bảng số liệu bẫy đèn \"{id}\" (kind = \"readings\"); đang có: {known}",
                    "there is no table of trap readings \"{id}\" (kind = \"readings\"); there are: {known}"
                ),
            };
            Fault::new("unknown-readings", Place::default().value(id), message)
        })
    }

    /// The points with an id. Those of readings are known only once they are read.
    pub fn points_of(&self, id: &str) -> Result<&Points> {
        self.points.iter().find(|points| points.id == id).ok_or_else(|| {
            let known = self.points.iter().map(|points| points.id.as_str()).collect::<Vec<_>>().join(", ");
            Fault::new(
                "unknown-points",
                Place::default().value(id),
                message!("không có điểm \"{id}\"; đang có: {known}", "there are no points \"{id}\"; there are: {known}"),
            )
        })
    }

    /// Whether pests are recorded by commune rather than by field.
    pub fn forecast_target(&self) -> Option<Target> {
        self.forecasts.as_ref()?.target
    }

    /// Whether a period has rows to compare with.
    pub fn has_rows(&self, when: When) -> bool {
        self.has_rows_in(self.periods.get(when))
    }

    /// Whether a measure is one of a register of outbreaks.
    pub fn is_of_register(&self, measure: &str) -> bool {
        self.registers.iter().any(|table| measure.strip_prefix(table.id.as_str()).is_some_and(|rest| rest.starts_with('.')))
    }

    /// Whether a measure is an indicator in words.
    pub fn is_in_words(&self, measure: &str) -> bool {
        self.indicators.categories.iter().any(|found| found.id == measure)
    }

    /// Whether any row is of a period.
    pub fn has_rows_in(&self, period: Option<Period>) -> bool {
        let (Some(forecasts), Some(period)) = (&self.forecasts, period) else { return false };
        forecasts.any(&forecasts.days_in(Some(period), false))
    }
}

/// Divides the hectares of a field, and those under contract on it, between its pieces and what lies outside.
fn divide(pieces: &FieldPieces, field: usize, linked: Option<Exact>, batch: &mut Vec<FieldPiece>) {
    let whole = Exact::of(pieces.area_ha[field]);
    let piece = |commune, gap, hectares, linked| FieldPiece { field: field as u32, commune, gap, hectares, linked };
    match (pieces.of(field), pieces.outside_of(field)) {
        ([], None) => {}
        ([only], None) => batch.push(piece(only.commune, false, whole, linked)),
        (inside, outside) => {
            let shares: Vec<f64> = inside.iter().map(|piece| piece.share).chain(outside.map(|outside| outside.share)).collect();
            let hectares = whole.divide(&shares);
            let linked = linked.map(|linked| linked.divide(&shares));
            let linked = |at: usize| linked.as_ref().map(|parts| parts[at]);
            for (at, inside) in inside.iter().enumerate() {
                batch.push(piece(inside.commune, false, hectares[at], linked(at)));
            }
            if let Some(outside) = outside {
                batch.push(piece(NONE, outside.gap, hectares[inside.len()], linked(inside.len())));
            }
        }
    }
}

/// Rows of a batch.
const BATCH: usize = 4096;

impl Relations for Joined {
    fn extent(&self) -> Extent {
        Extent {
            communes: self.communes.len(),
            fields: self.fields.as_ref().map(|fields| fields.pieces.len()),
            pests: self.forecasts.as_ref().map_or(0, |forecasts| forecasts.pests.len()),
            observed: self.forecast_target(),
            contracted: self.linked.as_ref().and_then(|linked| linked.target),
            complete: self.linked.as_ref().is_some_and(|linked| linked.complete),
        }
    }

    fn pieces(&self, linked_of_field: &[Option<Exact>], see: &mut dyn FnMut(&[FieldPiece])) {
        let Some(Fields { pieces, .. }) = &self.fields else { return };
        let mut batch = Vec::with_capacity(BATCH);
        for field in 0..pieces.len() {
            let linked = linked_of_field.get(field).copied().flatten();
            divide(pieces, field, linked, &mut batch);
            if batch.len() + 64 > BATCH {
                see(&batch);
                batch.clear();
            }
        }
        see(&batch);
    }

    fn unplaced(&self) -> Vec<u32> {
        let pieces = self.fields.as_ref().map(|fields| &fields.pieces);
        let unplaced = |pieces: &FieldPieces| {
            (0..pieces.len()).filter(|&field| !pieces.is_placed(field)).map(|field| field as u32).collect()
        };
        pieces.map(unplaced).unwrap_or_default()
    }

    fn observations(&self, days: &[bool], see: &mut dyn FnMut(&[Observation])) {
        let Some(forecasts) = &self.forecasts else { return };
        let mut batch = Vec::with_capacity(BATCH);
        forecasts.visit(days, |observation| {
            batch.push(observation);
            if batch.len() == BATCH {
                see(&batch);
                batch.clear();
            }
        });
        see(&batch);
    }

    fn unread(&self) -> Vec<u32> {
        self.linked.as_ref().map(|linked| linked.unread.clone()).unwrap_or_default()
    }

    fn contracts(&self, see: &mut dyn FnMut(&[Contract])) {
        let Some(linked) = &self.linked else { return };
        let rows = linked.unit.iter().zip(&linked.enterprise).zip(&linked.hectares);
        let rows = rows.map(|((&unit, &enterprise), &hectares)| Contract { unit, enterprise, hectares: Exact::of(hectares) });
        let mut batch = Vec::with_capacity(BATCH);
        for contract in rows {
            batch.push(contract);
            if batch.len() == BATCH {
                see(&batch);
                batch.clear();
            }
        }
        see(&batch);
    }
}
