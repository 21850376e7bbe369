//! Which columns of a table hold readings: one of numbers beside one of things, or one for each thing.

use super::quantities::Named;
use super::read::Headings;
use crate::headings::{
    CODE, COMMUNE, LAT, LON, NAME, READING_DATE, READING_KIND, READING_SHIFT, READING_STATION, READING_THING, READING_TIME,
    READING_VALUE, Role, UNIT,
};
use crate::input::{Column, Table, numeric};
use crate::message;
use crate::run::{Fault, Place, Problems, Result};
use crate::values::text::fold;

/// The columns of a table of readings.
pub struct Columns<'a> {
    /// Where each reading was made
    pub station: Option<&'a Column>,
    /// How a trap catches
    pub kind: Option<&'a Column>,
    /// What tells several collections of a night apart
    pub shift: Option<&'a Column>,
    /// Longitudes
    pub lon: Option<String>,
    /// Latitudes
    pub lat: Option<String>,
    /// Columns of numbers, with what they are of
    pub values: Vec<(String, Thing<'a>)>,
    /// The unit of each row
    unit: Option<&'a Column>,
}

/// What a number is of.
pub enum Thing<'a> {
    /// A column says so in each row
    Said(&'a Column),
    /// The heading of the numbers
    Named(String),
    /// Nothing says so
    Unsaid,
}

impl<'a> Columns<'a> {
    /// Finds the columns; those that loggers write of themselves are named and left out.
    pub fn find(table: &'a Table, declared: &Headings, problems: &mut Problems) -> Result<Columns<'a>> {
        let name = |declared: &Option<String>, role: &Role| role.column_of(table, declared.as_ref());
        let optional = |name: Option<String>| name.map(|name| table.require(&name)).transpose();
        let (lon, lat) = (name(&declared.lon, &LON)?, name(&declared.lat, &LAT)?);
        let thing = name(&declared.property, &READING_THING)?;
        let value = name(&declared.value, &READING_VALUE)?;
        let shift = optional(READING_SHIFT.column_of(table, None)?)?;
        // A commune is the place of its trap where no column names traps.
        let station = match name(&declared.station, &READING_STATION)? {
            Some(station) if Some(&station) != thing.as_ref() && Some(&station) != value.as_ref() => Some(station),
            _ => NAME.find(&table.headings).or_else(|| COMMUNE.find(&table.headings)).map(str::to_owned),
        };
        let values = match value {
            Some(value) => {
                let thing = match optional(thing)? {
                    Some(column) => Thing::Said(column),
                    // "Mực nước (m)" says itself what it is.
                    None if Named::new(&value).quantity().is_some() => Thing::Named(named(&value)),
                    None => Thing::Unsaid,
                };
                vec![(value, thing)]
            }
            None => across(table, declared, problems)?,
        };
        let kind = optional(name(&declared.kind, &READING_KIND)?)?;
        let unit = UNIT.find(&table.headings).and_then(|name| table.column(name));
        Ok(Columns { station: optional(station)?, kind, shift, lon, lat, values, unit })
    }

    /// A quantity as a row names it, with the unit that its own column or the heading of its numbers states.
    pub fn with_unit(&self, said: &str, value: usize, row: usize) -> String {
        let own = Named::new(said);
        if !own.unit.is_empty() || own.quantity().is_none() {
            return said.to_owned();
        }
        let of_row = || self.unit.and_then(|column| column.text(row)).map(str::to_owned);
        let of_heading = || self.values.get(value).map(|(heading, _)| Named::new(heading).unit);
        match of_row().or_else(of_heading).filter(|unit| !unit.trim().is_empty()) {
            Some(unit) => format!("{said} ({})", unit.trim()),
            None => said.to_owned(),
        }
    }
}

/// A heading as the name of a quantity with its unit.
fn named(heading: &str) -> String {
    let named = Named::new(heading);
    if named.unit.is_empty() { named.bare } else { format!("{} ({})", named.bare, named.unit) }
}

/// Whether headings are of a logger or a book of traps with a column for each quantity or species: days, and beside them at least one
/// quantity that sensors measure, or `con/đêm` of traps.
pub fn are_across(headings: &[String]) -> bool {
    let of_day = READING_DATE.find(headings).is_some() || super::moments::with_zone(headings).is_some();
    let measured = |heading: &String| Named::new(heading).quantity().is_some_and(|quantity| !quantity.of_itself);
    let caught = |heading: &String| ["con dem", "con bay", "con den"].iter().any(|unit| fold(heading).contains(unit));
    of_day && READING_VALUE.find(headings).is_none() && headings.iter().any(|heading| measured(heading) || caught(heading))
}

/// A column for each thing: those of numbers that play no other role.
fn across<'a>(table: &Table, declared: &Headings, problems: &mut Problems) -> Result<Vec<(String, Thing<'a>)>> {
    let roles =
        [&CODE, &COMMUNE, &NAME, &LAT, &LON, &READING_DATE, &READING_TIME, &READING_KIND, &READING_SHIFT, &READING_STATION];
    let mut taken: Vec<&str> = roles.iter().filter_map(|role| role.find(&table.headings)).collect();
    let own = [&declared.station, &declared.kind, &declared.date, &declared.lon, &declared.lat];
    taken.extend(own.into_iter().flatten().map(String::as_str));
    let measured = numeric::columns(table, &taken);
    let measured: Vec<String> = measured.into_iter().filter(|heading| heading.chars().any(char::is_alphabetic)).collect();
    let of_itself = |heading: &String| Named::new(heading).quantity().is_some_and(|quantity| quantity.of_itself);
    let (left_out, found): (Vec<String>, Vec<String>) = measured.into_iter().partition(of_itself);
    if !left_out.is_empty() {
        let message = message!(
            "thông tin về chính máy ghi (pin, số thứ tự…), không phải số đo: không đọc",
            "what the logger records about itself (battery, record number…) is not read"
        );
        problems.info("not-read", Place::file(&table.file).value(left_out.join(", ")), message, None);
    }
    if found.is_empty() {
        let headings = table.headings.join(", ");
        let message = message!("không thấy cột nào chứa số đo", "no column holds the readings");
        return Err(Fault::new("missing-column", Place::file(&table.file), message)
            .hint(message!("các cột: {headings}", "the columns are: {headings}")));
    }
    Ok(found.into_iter().map(|heading| (heading.clone(), Thing::Named(named(&heading)))).collect())
}
