//! Things at points: light traps, sensors, products, outbreaks.

use crate::input::{Decimal, Table, decimal};
use crate::join::KeyJoin;
use crate::join::keys::NONE;
use crate::project::{PointsKeys, TableConfig};
use crate::run::Result;
use crate::values::area::Position;
use crate::values::{Value, numbers};

/// A table of points.
#[derive(Debug, Clone, Default)]
pub struct Points {
    /// Id of the table
    pub id: String,
    /// Name for people
    pub name: String,
    /// Unit of the values
    pub unit: String,
    /// Kinds of points, in order: numbers ascending, else by first appearance
    pub categories: Vec<String>,
    /// The points
    pub list: Vec<Placed>,
}

/// One point.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// Longitude, latitude
    pub position: Position,
    /// Name; may be empty
    pub name: String,
    /// Number of its kind among the categories
    pub category: Option<usize>,
    /// Value
    pub value: Value,
    /// Commune it lies in
    pub commune: Option<usize>,
}

impl Points {
    /// Points of a table whose rows found their communes. Rows without a position were reported by the join.
    pub fn new(
        (key, own): (&TableConfig, &PointsKeys),
        table: &Table,
        join: &KeyJoin,
        role: impl Fn(&str) -> Option<String>,
    ) -> Result<Points> {
        let column = |name: &str| role(name).map(|heading| table.require(&heading)).transpose();
        let (names, kinds, values) = (column("name")?, column("category")?, column("value")?);
        let (Some(lon), Some(lat)) = (&key.key.lon, &key.key.lat) else { return Ok(Points::default()) };
        let sign = decimal::of_degrees(table, &[lon, lat], key.decimal)?;
        let value_sign = match values {
            Some(column) => decimal::of_columns(table, &[&column.name], key.decimal)?,
            None => sign,
        };
        let (xs, ys) = (table.require(lon)?, table.require(lat)?);
        let at = |row: usize| -> Option<Position> {
            let number = |text: &str, sign: Decimal| decimal::parse(text, sign);
            let position = [number(xs.text(row)?, sign)?, number(ys.text(row)?, sign)?];
            (position[0].abs() <= 180.0 && position[1].abs() <= 90.0).then_some(position)
        };
        let mut found = Points { id: key.id.clone(), name: key.name.clone(), unit: own.unit.clone(), ..Points::default() };
        if found.name.is_empty() {
            found.name.clone_from(&key.id);
        }
        let mut categories: Vec<&str> = Vec::new();
        for row in 0..table.rows {
            if let Some(kind) = kinds.and_then(|kinds| kinds.text(row)).filter(|kind| !categories.contains(kind)) {
                categories.push(kind);
            }
        }
        // Stars and grades are numbers: 3 before 4, wherever the file begins.
        if categories.iter().all(|kind| kind.parse::<f64>().is_ok()) {
            categories.sort_by(|a, b| a.parse::<f64>().unwrap_or(0.0).total_cmp(&b.parse::<f64>().unwrap_or(0.0)));
        }
        for row in 0..table.rows {
            let Some(position) = at(row) else { continue };
            let unit = join.unit(row);
            found.list.push(Placed {
                position,
                name: names.and_then(|names| names.text(row)).unwrap_or("").to_owned(),
                category: kinds.and_then(|kinds| kinds.text(row)).and_then(|kind| categories.iter().position(|c| *c == kind)),
                value: values.and_then(|values| values.text(row)).and_then(|text| decimal::parse(text, value_sign)).into(),
                commune: (unit != NONE).then_some(unit as usize),
            });
        }
        found.categories = categories.into_iter().map(str::to_owned).collect();
        Ok(found)
    }

    /// Words for a kind: "4 sao" where the kind is a number and the unit says what it counts.
    pub fn category_name(&self, category: usize) -> String {
        let kind = &self.categories[category];
        match kind.parse::<f64>() {
            Ok(number) if !self.unit.is_empty() => format!("{} {}", numbers::plain(number, 2), self.unit),
            _ => kind.clone(),
        }
    }
}
