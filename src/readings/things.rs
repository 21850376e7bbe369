//! The things that a table reads: quantities of sensors with their units and error codes, species that traps catch.

use super::quantities::{self, Named, OfDay, Quantity, Way};
use super::read::Manner;
use super::several::Reading;
use crate::input::Table;
use crate::message;
use crate::run::{Place, Problems};
use crate::values::pests;
use crate::values::text::fold;
use std::collections::BTreeMap;

/// A thing as it will be shown.
pub struct Said {
    /// Its name
    pub name: String,
    /// Unit of its numbers
    pub unit: String,
    quantity: Option<&'static Quantity>,
    way: Option<Way>,
    is_sensed: bool,
}

/// All things of a table, by the text that stands for them.
pub struct Things(BTreeMap<String, Said>);

impl Things {
    /// Looks at each distinct text. One whose unit is unknown, or that loggers write of themselves, is named and left out.
    pub fn of<'a>(texts: impl Iterator<Item = &'a str>, manner: &Manner<'_>, table: &Table, problems: &mut Problems) -> Things {
        let mut texts: Vec<&str> = texts.collect();
        texts.dedup();
        let mut found: BTreeMap<String, Said> = BTreeMap::new();
        // What stands beside a quantity of sensors, and is no pest, is measured too, whether its name is known or not.
        let beside_sensors = texts.iter().any(|text| (manner.is_sensed)(text));
        for text in &texts {
            let place = || Place::file(&table.file).value(*text);
            let named = Named::new(text);
            let is_sensed = (manner.is_sensed)(text) || beside_sensors && !pests::is_known(&fold(&named.bare));
            let quantity = named.quantity().filter(|_| is_sensed);
            if quantity.is_some_and(|quantity| quantity.of_itself) {
                let message = message!(
                    "thông tin về chính máy ghi (pin, số thứ tự…), không phải số đo: không đọc",
                    "what the logger records about itself (battery, record number…) is not read"
                );
                problems.info("not-read", place(), message, None);
                continue;
            }
            let way = quantity.and_then(|quantity| quantity.way_from(&named.unit));
            if let (Some(quantity), None) = (quantity, way) {
                let (unit, own) = (&named.unit, &quantity.unit);
                let message = message!(
                    "không đổi được đơn vị \"{unit}\" sang \"{own}\": các số này không được đọc",
                    "\"{unit}\" cannot be brought to \"{own}\": these numbers are not read"
                );
                problems.error("unknown-unit", place(), message, None);
                continue;
            }
            if let (Some(quantity), Some(false)) = (quantity, way.map(Way::is_plain)) {
                let (unit, own) = (&named.unit, &quantity.unit);
                let message = message!("đổi từ {unit} sang {own}", "brought from {unit} to {own}");
                problems.info("unit", place(), message, None);
            }
            // The unit leaves the name where no other thing would then be called alike.
            let alike = texts.iter().filter(|other| Named::new(other).bare == named.bare).count() > 1;
            let name = if alike { (*text).to_owned() } else { named.bare };
            let unit = quantity.map_or(named.unit, |quantity| quantity.unit.clone());
            found.insert((*text).to_owned(), Said { name, unit, quantity, way, is_sensed });
        }
        Things(found)
    }

    /// The thing that a text stands for.
    pub fn get(&self, text: &str) -> Option<&Said> {
        self.0.get(text)
    }
}

impl Said {
    /// Whether sensors measure it.
    pub fn is_sensed(&self) -> bool {
        self.is_sensed
    }

    /// What several readings of a day come to: catches are added.
    pub fn of_day(&self) -> OfDay {
        match self.quantity {
            Some(quantity) => quantity.of_day,
            None if self.is_sensed => OfDay::Last,
            None => OfDay::Sum,
        }
    }

    /// Brings readings to the unit; those that can be none are listed and count as missing.
    pub fn check(&self, readings: &mut [Reading], place: &dyn Fn(usize, f64) -> Place, problems: &mut Problems) {
        let plain = readings.iter().filter_map(|reading| reading.value).filter(|value| !quantities::may_be_code(*value));
        let greatest = plain.fold(0.0f64, |most, value| most.max(value.abs()));
        for reading in readings {
            let Some(number) = reading.value else { continue };
            let value = self.way.map_or(number, |way| way.of(number));
            reading.value = Some(value);
            let refused = match self.quantity {
                Some(quantity) if !quantity.allows(value) => {
                    let (unit, least, greatest) = (&quantity.unit, quantity.least, quantity.greatest);
                    let bound = |bound: Option<f64>| bound.map(|bound| bound.to_string()).unwrap_or_default();
                    let (least, greatest) = (bound(least), bound(greatest));
                    Some(message!(
                        "số đo không thể có (chỉ từ {least} đến {greatest} {unit}): mã lỗi hoặc cảm biến hỏng; coi như không có số liệu",
                        "not a possible reading (expected {least} to {greatest} {unit}): an error code or a broken sensor; taken as missing"
                    ))
                }
                Some(_) => None,
                None if quantities::is_code(number, greatest) => Some(message!(
                    "số mà máy ghi khi không đọc được; coi như không có số liệu",
                    "a number by which loggers say that they have none; taken as missing"
                )),
                None if !self.is_sensed && number < 0.0 => Some(message!(
                    "phải là một số từ 0 trở lên; coi như không có số liệu",
                    "a number from 0 on was expected; taken as missing"
                )),
                None => None,
            };
            if let Some(message) = refused {
                let code = if self.quantity.is_some() { "error-code" } else { "bad-number" };
                problems.error(code, place(reading.row, number), message, None);
                reading.value = None;
            }
        }
    }
}
