//! The communes of a run, in order of code.

use super::planar;
use super::selection::Others;
use crate::headings::{CODE, NAME};
use crate::layers::{Layer, Shapes};
use crate::message;
use crate::project::CommunesConfig;
use crate::run::{Fault, Place, Problems, Result};
use crate::values::area;
use hashbrown::HashMap;
use rayon::prelude::*;

/// Communes in order of code; every list here has one entry per commune.
#[derive(Debug, Clone, Default)]
pub struct Communes {
    /// Codes, as text
    pub codes: Vec<String>,
    /// Names; the code where there is no name
    pub names: Vec<String>,
    /// Provinces; empty where the file has none
    pub provinces: Vec<String>,
    /// Polygons
    pub shapes: Shapes,
    /// Geodesic hectares
    pub area_ha: Vec<f64>,
    /// Hectares stated in the file, where it has them
    pub stated_ha: Vec<Option<f64>>,
    /// Boundary file as the user wrote it
    pub file: String,
    /// Units of the file that the project is not about
    pub others: Others,
}

impl Communes {
    /// Orders a boundary layer by code. Features that share a code are parts of one commune, and that is said;
    /// features without a code cannot be joined to anything, and that is said too.
    pub fn new(layer: &Layer, key: &CommunesConfig, problems: &mut Problems) -> Result<Communes> {
        let headings = &layer.table.headings;
        let by_name = || {
            let name = key.name.as_deref().or_else(|| NAME.find(headings))?;
            let message =
                message!("ranh giới không có cột mã: dùng tên làm mã", "the boundaries have no codes: names stand for them");
            problems.info("no-code-column", Place::file(&layer.table.file).column(name), message, None);
            Some(name)
        };
        let property = key.code.as_deref().or_else(|| CODE.find(headings)).or_else(by_name).unwrap_or("code");
        // A file that says which property is the code says which is the name.
        let name = key.name.as_deref().or_else(|| NAME.find(headings).filter(|_| key.code.is_none()));
        let codes = layer.property(property)?;
        let names = name.map(|name| layer.property(name)).transpose()?;
        let provinces = key.province.as_deref().map(|name| layer.property(name)).transpose()?;
        let file = &layer.table.file;
        let mut parts: HashMap<&str, Vec<usize>> = HashMap::new();
        for row in 0..layer.table.rows {
            match codes.text(row) {
                Some(code) => parts.entry(code).or_default().push(row),
                None => {
                    let name = names.and_then(|names| names.text(row)).unwrap_or("");
                    problems.error(
                        "no-code",
                        Place::file(file).row(row as u64 + 1).column(property).value(name),
                        message!(
                            "đơn vị không có mã, không nối được với bảng nào",
                            "the unit has no code and cannot be joined to any table"
                        ),
                        Some(message!(
                            "thêm mã cho đơn vị này trong tệp ranh giới",
                            "add a code for this unit in the boundary file"
                        )),
                    );
                }
            }
        }
        if parts.is_empty() {
            let column = property;
            return Err(Fault::new(
                "no-code",
                Place::file(file).column(column),
                message!("không đơn vị nào có mã ở \"{column}\"", "no unit has a code in \"{column}\""),
            ));
        }
        let mut ordered: Vec<(&str, Vec<usize>)> = parts.into_iter().collect();
        ordered.sort_by(|a, b| a.0.cmp(b.0));
        let stated = stated_areas(layer, key)?;
        let mut communes = Communes { file: file.clone(), ..Communes::default() };
        for (code, rows) in &ordered {
            let first = rows[0];
            if rows.len() > 1 {
                let count = rows.len();
                problems.warning(
                    "repeated-code",
                    Place::file(file).row(rows[1] as u64 + 1).column(property).value(*code),
                    message!(
                        "{count} hình cùng mã {code}: coi là các phần của một đơn vị",
                        "{count} features share the code {code}: taken as parts of one unit"
                    ),
                    Some(message!("nếu là hai đơn vị khác nhau, sửa mã", "if they are two units, correct the code")),
                );
            }
            let name = names.and_then(|names| names.text(first)).unwrap_or(code);
            communes.codes.push((*code).to_owned());
            communes.names.push(name.to_owned());
            communes.provinces.push(provinces.and_then(|column| column.text(first)).unwrap_or("").to_owned());
            communes.stated_ha.push(rows.iter().map(|&row| stated[row]).sum::<Option<f64>>());
            for &row in rows {
                for polygon in layer.shapes.polygons(row) {
                    for ring in polygon {
                        ring.iter().for_each(|&position| communes.shapes.push_position(position));
                        communes.shapes.end_ring();
                    }
                    communes.shapes.end_polygon();
                }
            }
            communes.shapes.end_shape();
        }
        if communes.codes.len() < layer.table.rows {
            // The features of one unit may overlap, or come twice.
            let mut shapes = std::mem::take(&mut communes.shapes);
            planar::mend(
                &mut shapes,
                file,
                |commune| format!("{}, {}", communes.codes[commune], communes.names[commune]),
                problems,
            );
            communes.shapes = shapes;
        }
        communes.area_ha = (0..communes.len())
            .into_par_iter()
            .map(|commune| communes.shapes.rings(commune).map(area::ring).sum::<f64>() / 1e4)
            .collect();
        Ok(communes)
    }

    /// Number of communes.
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// Index of a code.
    pub fn find(&self, code: &str) -> Option<usize> {
        self.codes.binary_search_by(|known| known.as_str().cmp(code)).ok()
    }
}

/// Stated hectares of each feature.
fn stated_areas(layer: &Layer, key: &CommunesConfig) -> Result<Vec<Option<f64>>> {
    let (name, factor) = match (&key.stated_area_ha, &key.stated_area_km2) {
        (Some(name), _) => (name, 1.0),
        (None, Some(name)) => (name, 100.0),
        (None, None) => return Ok(vec![None; layer.table.rows]),
    };
    let column = layer.property(name)?;
    let parse = |text: &str| text.parse::<f64>().ok().filter(|area| area.is_finite() && *area > 0.0);
    Ok((0..layer.table.rows).map(|row| column.text(row).and_then(parse).map(|area| area * factor)).collect())
}
