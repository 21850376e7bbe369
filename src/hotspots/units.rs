//! The units a statistic is of: communes with values of their own or from a table, or points, and who is whose neighbour.

use super::weights::{Metric, Rule};
use super::{Weights, contiguity};
use crate::headings;
use crate::input::{Decimal, Source, Table, Wanted, decimal, numeric};
use crate::layers::Shapes;
use crate::message;
use crate::places::centroid::centroid;
use crate::places::crs::Declared;
use crate::readers::tables;
use crate::run::{Fault, Place, Problems, Result};
use crate::values::area::Position;
use hashbrown::HashMap;
use std::path::Path;

/// Where units come from: boundaries or points, and the table of their values if it is not the same file.
#[derive(Debug, Clone, Copy, Default)]
pub struct UnitsWanted<'a> {
    /// Boundaries of communes or fields
    pub communes: Option<&'a Path>,
    /// Layer of a file that has several
    pub layer: Option<&'a str>,
    /// Table of points, instead of boundaries
    pub points: Option<&'a Path>,
    /// Table of values by code
    pub table: Option<&'a Path>,
    /// Column of that table with the code
    pub table_code: Option<&'a String>,
    /// What names a unit; the code if it is recognised
    pub code: Option<&'a String>,
    /// How distances are measured; as the coordinates are if not said
    pub distance: Option<Metric>,
}

/// Units with a place.
#[derive(Debug)]
pub struct Units {
    /// The file, for messages
    pub file: String,
    /// Heading of the ids
    pub id: String,
    /// Id of each
    pub ids: Vec<String>,
    /// Row of each in the file of places
    rows: Vec<usize>,
    shapes: Option<Shapes>,
    /// Where each stands: a centroid or a point
    pub positions: Vec<Position>,
    /// How far apart positions are
    pub metric: Metric,
    values: Values,
}

/// Where values are read from.
#[derive(Debug)]
enum Values {
    /// The file of places itself
    Own(Table),
    /// A table, with its row for each unit
    Joined(Table, Vec<Option<usize>>),
}

impl UnitsWanted<'_> {
    /// Reads units, leaving out and listing those without a place.
    pub fn read(&self, problems: &mut Problems) -> Result<Units> {
        let mut units = match (self.communes, self.points) {
            (Some(path), None) => self.polygons(path, problems)?,
            (None, Some(path)) => self.points(path, problems)?,
            _ => {
                let message = message!("cần --communes hoặc --points", "--communes or --points is needed");
                return Err(Fault::new("usage", Place::default(), message));
            }
        };
        if self.distance == Some(Metric::Planar) && self.communes.is_some() {
            units.metric = Metric::Planar;
            problems.warning(
                "planar-degrees",
                Place::file(&units.file),
                message!(
                    "--distance planar đo bằng độ: một độ kinh ngắn hơn một độ vĩ",
                    "--distance planar measures in degrees: one of longitude is shorter than one of latitude"
                ),
                None,
            );
        }
        if let Some(path) = self.table {
            self.join(path, &mut units, problems)?;
        }
        Ok(units)
    }

    fn polygons(&self, path: &Path, problems: &mut Problems) -> Result<Units> {
        let source = Source::at(path);
        let layer = crate::places::open::layer(&source, &Wanted::All, self.layer, Declared::default(), problems)?;
        let (id, ids) = self.ids(&layer.table, &headings::CODE, problems)?;
        let mut rows = Vec::new();
        let mut positions = Vec::new();
        for (row, name) in ids.iter().enumerate() {
            match centroid(&layer.shapes, row) {
                Some(position) => {
                    rows.push(row);
                    positions.push(position);
                }
                None => no_place(&layer.table, row, &id, name, problems),
            }
        }
        Ok(Units {
            file: source.name,
            id,
            ids: rows.iter().map(|&row| ids[row].clone()).collect(),
            shapes: Some(layer.shapes.subset(&rows)),
            rows,
            positions,
            metric: Metric::GreatCircle,
            values: Values::Own(layer.table),
        })
    }

    fn points(&self, path: &Path, problems: &mut Problems) -> Result<Units> {
        let source = Source::at(path);
        let table = tables::read(&source, &tables::Form::default(), problems)?;
        let find = |role: &headings::Role| -> Result<String> {
            role.column_of(&table, None)?
                .ok_or_else(|| crate::headings::missing_column(&table.file, "lon, lat (x, y)", &table.headings))
        };
        let names = [find(&headings::LON)?, find(&headings::LAT)?];
        let is_plane = headings::bare(&names[0]) == "x";
        let metric = match self.distance {
            Some(metric) => metric,
            None if is_plane => Metric::Planar,
            None => Metric::GreatCircle,
        };
        let both = [names[0].as_str(), names[1].as_str()];
        let sign = if metric == Metric::Planar {
            decimal::of_columns(&table, &both, None)?
        } else {
            numeric::sign_of_degrees(&table, &both)?
        };
        let x = numeric::numbers(&table, &names[0], sign, false, problems)?;
        let y = numeric::numbers(&table, &names[1], sign, false, problems)?;
        let (id, ids) = self.ids(&table, &headings::CODE, problems)?;
        let mut rows = Vec::new();
        let mut positions = Vec::new();
        for row in 0..table.rows {
            let on_earth = |[x, y]: &Position| metric == Metric::Planar || (x.abs() <= 180.0 && y.abs() <= 90.0);
            match x[row].zip(y[row]).map(|(x, y)| [x, y]).filter(on_earth) {
                Some(position) => {
                    rows.push(row);
                    positions.push(position);
                }
                None => no_place(&table, row, &id, &ids[row], problems),
            }
        }
        Ok(Units {
            file: source.name,
            id,
            ids: rows.iter().map(|&row| ids[row].clone()).collect(),
            rows,
            shapes: None,
            positions,
            metric,
            values: Values::Own(table),
        })
    }

    fn ids(&self, table: &Table, role: &headings::Role, problems: &mut Problems) -> Result<(String, Vec<String>)> {
        let Some(name) = role.column_of(table, self.code)? else {
            problems.info(
                "no-id",
                Place::file(&table.file),
                message!("không có cột mã: dùng số thứ tự của dòng", "no column names the units: their numbers are used"),
                None,
            );
            return Ok(("row".to_owned(), (1..=table.rows).map(|row| row.to_string()).collect()));
        };
        let column = table.require(&name)?;
        let ids: Vec<String> = (0..table.rows).map(|row| column.text(row).unwrap_or("").trim().to_owned()).collect();
        let mut seen = hashbrown::HashSet::new();
        for (row, id) in ids.iter().enumerate() {
            if id.is_empty() {
                problems.warning(
                    "no-id",
                    table.place(row, &name, ""),
                    message!("đơn vị không có mã", "the unit has no id"),
                    None,
                );
            } else if !seen.insert(id.as_str()) {
                let message = message!("mã này đã có ở một đơn vị trước", "an earlier unit has this id");
                problems.warning("repeated-id", table.place(row, &name, id), message, None);
            }
        }
        drop(seen);
        Ok((name, ids))
    }

    /// Finds the row of every unit in a table, by code.
    fn join(&self, path: &Path, units: &mut Units, problems: &mut Problems) -> Result<()> {
        let source = Source::at(path);
        let table = tables::read(&source, &tables::Form::default(), problems)?;
        let name = match headings::CODE.column_of(&table, self.table_code)? {
            Some(name) => name,
            None => table.named(&units.id)?,
        };
        let column = table.require(&name)?;
        let mut row_of: HashMap<&str, usize> = HashMap::new();
        for row in 0..table.rows {
            let Some(code) = column.text(row).map(str::trim).filter(|code| !code.is_empty()) else { continue };
            if row_of.insert(code, row).is_some() {
                let message =
                    message!("mã này có ở hai dòng: không biết lấy số nào", "two rows have this code: either could be meant");
                let hint = message!("cộng hoặc bỏ bớt để mỗi mã còn một dòng", "add up or remove rows until each code has one");
                return Err(Fault::new("repeated-code", table.place(row, &name, code), message).hint(hint));
            }
        }
        let found: Vec<Option<usize>> = units.ids.iter().map(|id| row_of.remove(id.as_str())).collect();
        let mut strays: Vec<usize> = row_of.into_values().collect();
        strays.sort_unstable();
        for row in strays {
            let message =
                message!("không đơn vị nào có mã này; dòng không được tính", "no unit has this code; the row is not counted");
            problems.error("unknown-code", table.place(row, &name, column.text(row).unwrap_or("")), message, None);
        }
        units.values = Values::Joined(table, found);
        Ok(())
    }
}

fn no_place(table: &Table, row: usize, id: &str, value: &str, problems: &mut Problems) {
    let message = message!("đơn vị không có vị trí hợp lệ; không được tính", "the unit has no valid place; it is not counted");
    problems.error("no-place", table.place(row, id, value), message, None);
}

impl Units {
    /// Numbers of columns by unit, one list a column. What is no number is listed and missing.
    pub fn numbers<const N: usize>(
        &self,
        names: [&str; N],
        positive: bool,
        problems: &mut Problems,
    ) -> Result<[Vec<Option<f64>>; N]> {
        let table = match &self.values {
            Values::Own(table) | Values::Joined(table, _) => table,
        };
        let mut found: [Vec<Option<f64>>; N] = [const { Vec::new() }; N];
        let names: Vec<String> = names.iter().map(|name| table.named(name)).collect::<Result<_>>()?;
        let list: Vec<&str> = names.iter().map(String::as_str).collect();
        // Properties of a layer are numbers already; text in them must prove its sign only if it could be a thousand.
        let sign = match &self.values {
            Values::Own(table) if self.shapes.is_some() => decimal::of_columns(table, &list, None).unwrap_or(Decimal::Dot),
            _ => decimal::of_columns(table, &list, None)?,
        };
        for (name, found) in list.iter().zip(&mut found) {
            let all = numeric::numbers(table, name, sign, positive, problems)?;
            *found = (0..self.ids.len()).map(|unit| self.row(unit).and_then(|row| all[row])).collect();
        }
        Ok(found)
    }

    /// Texts of a column by unit, with where each stands.
    pub fn texts(&self, name: &str) -> Result<Vec<(String, Option<Place>)>> {
        let table = match &self.values {
            Values::Own(table) | Values::Joined(table, _) => table,
        };
        let name = table.named(name)?;
        let column = table.require(&name)?;
        let text = |row: usize| column.text(row).unwrap_or("").to_owned();
        let of = |unit: usize| match self.row(unit) {
            Some(row) => (text(row), Some(table.place(row, &name, &text(row)))),
            None => (String::new(), None),
        };
        Ok((0..self.ids.len()).map(of).collect())
    }

    fn row(&self, unit: usize) -> Option<usize> {
        match &self.values {
            Values::Own(_) => self.rows.get(unit).copied(),
            Values::Joined(_, rows) => rows.get(unit).copied().flatten(),
        }
    }

    /// Where a unit stands, for messages.
    pub fn place(&self, unit: usize) -> Place {
        Place::file(&self.file).column(&self.id).value(&self.ids[unit])
    }

    /// Keeps the units that have all values, and lists the others.
    pub fn keep(&mut self, keeps: &[bool], problems: &mut Problems) -> Result<()> {
        for unit in (0..keeps.len()).filter(|&unit| !keeps[unit]) {
            let message = message!("đơn vị thiếu số liệu; không được tính", "the unit lacks a value; it is not counted");
            problems.warning("missing-value", self.place(unit), message, None);
        }
        let kept: Vec<usize> = (0..keeps.len()).filter(|&unit| keeps[unit]).collect();
        self.shapes = self.shapes.take().map(|shapes| shapes.subset(&kept));
        self.ids = kept.iter().map(|&unit| std::mem::take(&mut self.ids[unit])).collect();
        self.positions = kept.iter().map(|&unit| self.positions[unit]).collect();
        // Values were read; rows are of no more use.
        self.rows.clear();
        if kept.len() < LEAST {
            let count = kept.len();
            let message = message!(
                "chỉ có {count} đơn vị có số liệu; cần ít nhất {LEAST}",
                "only {count} units have values; at least {LEAST} are needed"
            );
            return Err(Fault::new("too-few-units", Place::file(&self.file), message));
        }
        Ok(())
    }

    /// Neighbours of every unit; islands are listed.
    pub fn weights(&self, rule: Option<Rule>, problems: &mut Problems) -> Result<Weights> {
        let rule = rule.unwrap_or(if self.shapes.is_some() { Rule::Contiguity(None) } else { Rule::Nearest(6) });
        let weights = Weights::of(rule, self.shapes.as_ref(), &self.positions, self.metric).ok_or_else(|| {
            let place = Place::file(&self.file).column("--weights");
            Fault::new("usage", place, message!("điểm không có ranh giới chung", "points share no boundaries"))
                .hint(message!("dùng knn:6 hoặc band:10", "use knn:6 or band:10"))
        })?;
        if let (Rule::Contiguity(None), Some(shapes)) = (rule, &self.shapes) {
            let place = Place::file(&self.file).column("--weights").value("contiguity");
            problems.info("contiguity", place, contiguity::said(shapes), None);
        }
        let islands = weights.islands();
        for &unit in &islands {
            let message = message!(
                "không có láng giềng: không có thống kê riêng và không tính vào thống kê chung",
                "without a neighbour: it has no statistic of its own and is left out of that of all"
            );
            problems.warning("island", self.place(unit), message, None);
        }
        if islands.len() == weights.len() {
            let message = message!("không đơn vị nào có láng giềng", "no unit has a neighbour");
            let least = Weights::least_band(&self.positions, self.metric);
            let hint = message!(
                "ranh giới có thể hở: thử knn:6, hoặc band:{least:.3} trở lên",
                "boundaries may have gaps: try knn:6, or band:{least:.3} and more"
            );
            return Err(Fault::new("no-neighbours", Place::file(&self.file), message).hint(hint));
        }
        Ok(weights)
    }
}

/// Fewer units than this have no variance under randomisation.
const LEAST: usize = 4;
