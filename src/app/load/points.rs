//! Tables joined by position.

use super::{Loader, Rows};
use crate::input::{self, Table};
use crate::join::keys::NONE;
use crate::join::overlay::CommuneIndex;
use crate::join::points::{FieldIndex, commune_at};
use crate::join::{KeyJoin, Target};
use crate::message;
use crate::model::Joined;
use crate::model::points::Points;
use crate::project::{Joins, PointsKeys, TableConfig};
use crate::run::{Fault, Place, Result, record};
use crate::values::area::Position;

impl Loader<'_> {
    /// Takes in things at positions.
    pub(super) fn points(&mut self, own: &PointsKeys, rows: Rows<'_>, joined: &mut Joined) -> Result<Table> {
        if rows.key.key.lon.is_none() {
            return Err(Fault::new(
                "bad-key",
                Place::file(&rows.key.file),
                message!("bảng điểm cần key = {{ lon = …, lat = … }}", "a table of points needs key = {{ lon = …, lat = … }}"),
            ));
        }
        let role = |name: &str| rows.role(name).map(str::to_owned);
        joined.points.push(Points::new((&rows.key, own), &rows.table, &rows.join, role)?);
        Ok(rows.table)
    }

    /// The field or commune that holds the position of each row.
    pub(super) fn join_points(
        &mut self,
        key: &TableConfig,
        table: &Table,
        joined: &Joined,
        index: &CommuneIndex,
        (lon, lat): (&str, &str),
    ) -> Result<KeyJoin> {
        use rayon::prelude::*;
        let sign = crate::input::decimal::of_degrees(table, &[lon, lat], key.decimal)?;
        let (xs, ys) = (table.require(lon)?, table.require(lat)?);
        let parse = |text: &str| input::decimal::parse(text, sign);
        let (x_of, y_of) = (xs.parse(parse), ys.parse(parse));
        let fields = joined
            .fields
            .as_ref()
            .filter(|_| key.kind.manner().joins == Joins::FieldsOrCommunes)
            .map(|fields| FieldIndex::new(&fields.shapes));
        let target = if fields.is_some() { Target::Fields } else { Target::Communes };
        let number = |list: &[Option<f64>], code: u32| list.get(code as usize).copied().flatten();
        let rows: Vec<u32> = (0..table.rows)
            .into_par_iter()
            .map(|row| {
                let (Some(x), Some(y)) = (number(&x_of, xs.codes[row]), number(&y_of, ys.codes[row])) else { return NONE };
                let position: Position = [x, y];
                let found = match &fields {
                    Some(fields) => fields.locate(position),
                    None => commune_at(index, position),
                };
                found.unwrap_or(NONE)
            })
            .collect();
        let mut unmatched = 0;
        for (row, _) in rows.iter().enumerate().filter(|(_, unit)| **unit == NONE) {
            unmatched += 1;
            // Traps and products stand beside houses: lists of problems have places to a kilometre.
            let [x, y] = [xs, ys].map(|column| input::numeric::coarse_position(column.text(row).unwrap_or(""), sign));
            let to = if target == Target::Fields { message!("thửa", "field") } else { message!("xã", "commune") };
            let (vi, en) = (to.vi, to.en);
            let problem = match (number(&x_of, xs.codes[row]), number(&y_of, ys.codes[row])) {
                (Some(x), Some(y)) if x.abs() <= 90.0 && y.abs() > 90.0 && y.abs() <= 180.0 => {
                    message!("kinh độ và vĩ độ bị đổi chỗ", "longitude and latitude are swapped")
                }
                (Some(x), Some(y)) if key.crs.is_none() && (x.abs() > 180.0 || y.abs() > 90.0) => {
                    message!("không phải độ; trông như mét", "these are not degrees; they look like metres")
                }
                (Some(_), Some(_)) => message!("điểm không nằm trong {vi} nào", "the point lies in no {en}"),
                _ => message!("không phải tọa độ", "not a position"),
            };
            self.problems.error("unmatched-point", table.place(row, lon, &format!("{x}, {y}")), problem, None);
        }
        let mut met = rows.iter().copied().filter(|&unit| unit != NONE).collect::<Vec<_>>();
        met.sort_unstable();
        met.dedup();
        let units =
            if target == Target::Fields { joined.fields.as_ref().map_or(0, |f| f.pieces.len()) } else { joined.communes.len() };
        self.record.joins.push(record::Join {
            from: key.id.clone(),
            to: if target == Target::Fields { "fields" } else { "communes" }.to_owned(),
            by: format!("{lon}, {lat}"),
            matched: table.rows as u64 - unmatched,
            unmatched,
            without: (units - met.len()) as u64,
        });
        Ok(KeyJoin { target, codes: (0..table.rows as u32).collect(), units: rows })
    }
}
