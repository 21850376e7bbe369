//! The register that an output is made from, as it stands on a day.

use super::Context;
use crate::message;
use crate::model::When;
use crate::model::registers::RegisterTable;
use crate::outbreaks::Active;
use crate::outbreaks::{Outbreak, Register};
use crate::project::Day;
use crate::run::{Fault, Place, Problems, Result};
use crate::values::dates;
use chrono::NaiveDate;

/// The register with an id, or the first.
pub(super) fn register<'a>(context: Context<'a>, id: &str) -> Result<&'a RegisterTable> {
    context.joined.register(id)
}

/// The day it is read on: the one asked for, the last of the period, or the last that the register speaks of.
pub(super) fn day(context: Context<'_>, table: &RegisterTable, to: Option<Day>) -> NaiveDate {
    let period = || context.joined.periods.get(When::Current).map(|period| period.to);
    to.map(|day| day.0).or_else(period).or_else(|| table.register.last_day()).unwrap_or_default()
}

/// Refuses a first day after the last.
pub(super) fn check_days(from: Option<Day>, to: Option<Day>) -> Result<()> {
    if let (Some(from), Some(to)) = (from, to)
        && from.0 > to.0
    {
        let place = Place::default().column("since").value(from.0.to_string());
        return Err(Fault::new("usage", place, message!("\"since\" sau \"until\"", "\"since\" is after \"until\"")));
    }
    Ok(())
}

/// The outbreaks that were known on a day and began on another or later; those left out are counted.
pub(super) fn known(table: &RegisterTable, from: Option<Day>, on: NaiveDate, problems: &mut Problems) -> Register {
    let mut register = table.register.clone();
    let all = register.list.len();
    let known = Active { from: None, on, release_days: None };
    said_later(&register, on, problems);
    register.retain(|outbreak| known.knows(outbreak) && from.is_none_or(|from| outbreak.onset >= from.0));
    let left = all - register.list.len();
    if left > 0 {
        let message = message!(
            "{left} ổ dịch ngoài các ngày đã chọn: không tính",
            "{left} outbreaks outside the days chosen are not counted"
        );
        problems.info("outside-period", Place::file(&register.file), message, None);
    }
    register
}

/// Names outbreaks whose numbers are those of a report of after the day: nobody knew them then.
pub(in crate::app) fn said_later(register: &Register, on: NaiveDate, problems: &mut Problems) {
    let later = |outbreak: &&Outbreak| outbreak.onset <= on && outbreak.told.is_some_and(|told| told > on);
    let count = register.list.iter().filter(later).count();
    if count > 0 {
        let day = dates::format_day(on);
        let message = message!(
            "{count} ổ dịch có số liệu của báo cáo sau ngày {day}: lúc đó chưa biết các số này",
            "{count} outbreaks have the numbers of a report of after {day}: nobody knew these then"
        );
        problems.warning("later-numbers", Place::file(&register.file).value(&day), message, None);
    }
}
