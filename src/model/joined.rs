//! Everything joined: what the measures are computed from.

use super::contracts::Linked;
use super::indicators::Indicators;
use super::observations::Forecasts;
use super::outlook::Outlook;
use super::periods::{Periods, When};
use super::points::Points;
use super::readings::ReadingsTable;
use super::registers::{HerdsTable, RegisterTable};
use crate::input::Column;
use crate::join::{FieldPieces, Outside, Target};
use crate::layers::Shapes;
use crate::message;
use crate::places::Communes;
use crate::places::context::Context;
use crate::run::{Fault, Place, Result};

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
    /// Sums fields and contracts by commune, in field order, so that the sums do not depend on threads.
    pub fn aggregate(&mut self) {
        let communes = self.communes.len();
        let mut land = Land {
            fields: vec![0; communes],
            field_area_ha: vec![0.0; communes],
            linked_ha: vec![f64::NAN; communes],
            ..Land::default()
        };
        let field_count = self.fields.as_ref().map_or(0, |fields| fields.pieces.len());
        if let Some(linked) = self.linked.as_ref().filter(|linked| linked.target == Some(Target::Fields)) {
            land.linked_of_field = linked.by_unit(field_count);
            if linked.complete {
                land.linked_ha.fill(0.0);
            }
        }
        if let Some(fields) = &self.fields {
            for field in 0..field_count {
                let area = fields.pieces.area_ha[field];
                let linked = land.linked_of_field.get(field).copied().unwrap_or(f64::NAN);
                if !fields.pieces.is_placed(field) {
                    land.unplaced.push(field as u32);
                    if linked.is_finite() {
                        land.linked_unplaced_ha += linked;
                    }
                }
                for piece in fields.pieces.of(field) {
                    let commune = piece.commune as usize;
                    land.fields[commune] += 1;
                    land.field_area_ha[commune] += area * piece.share;
                    if !linked.is_nan() {
                        add(&mut land.linked_ha[commune], linked * piece.share);
                    }
                }
            }
            for &Outside { field, share, gap } in &fields.pieces.outside {
                let hectares = fields.pieces.area_ha[field as usize] * share;
                land.outside_ha += hectares;
                if gap {
                    land.gap_ha += hectares;
                }
                let linked = land.linked_of_field.get(field as usize).copied().unwrap_or(f64::NAN);
                if linked.is_finite() {
                    land.linked_outside_ha += linked * share;
                }
            }
            for &(field, share) in &fields.pieces.shared {
                land.shared_ha += fields.pieces.area_ha[field as usize] * share;
            }
        }
        if let Some(linked) = self.linked.as_ref().filter(|linked| linked.target == Some(Target::Communes)) {
            land.linked_ha = linked.by_unit(communes);
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
                    "không có số đọc cảm biến \"{id}\" (kind = \"readings\"); đang có: {known}",
                    "there are no readings of sensors \"{id}\" (kind = \"readings\"); there are: {known}"
                ),
                false => message!(
                    "không có số đọc bẫy đèn \"{id}\" (kind = \"readings\"); đang có: {known}",
                    "there are no readings of traps \"{id}\" (kind = \"readings\"); there are: {known}"
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
        let (Some(forecasts), Some(period)) = (&self.forecasts, self.periods.get(when)) else { return false };
        forecasts.any(&forecasts.days_in(Some(period), false))
    }
}

/// Adds to a sum that starts as unknown.
pub(super) fn add(sum: &mut f64, amount: f64) {
    *sum = if sum.is_nan() { amount } else { *sum + amount };
}
