//! The register that an output is made from, as it stands on a day.

use super::Context;
use crate::message;
use crate::model::When;
use crate::model::registers::{RegisterTable, read};
use crate::outbreaks::Active;
use crate::outbreaks::Register;
use crate::project::Day;
use crate::run::{Fault, Place, Problems, Result};
use chrono::NaiveDate;

/// The register with an id, or the first.
pub(super) fn register<'a>(context: Context<'a>, id: &str) -> Result<&'a RegisterTable> {
    context.joined.register(id)
}

/// The day it is read on: the one asked for, the last of the period, or the last that the register speaks of. What is known by later
/// reports only is named; for the period the loading did so.
pub(super) fn day(context: Context<'_>, table: &RegisterTable, to: Option<Day>, problems: &mut Problems) -> NaiveDate {
    let period = context.joined.periods.get(When::Current).map(|period| period.to);
    let asked = to.map(|day| day.0);
    if let Some(on) = asked.filter(|on| Some(*on) != period) {
        read::said_later(&table.register, on, problems);
    }
    asked.or(period).or_else(|| table.register.last_day()).unwrap_or_default()
}

/// The day up to which outbreaks are counted by week.
pub(super) fn counted_until(context: Context<'_>, table: &RegisterTable, to: Option<Day>, problems: &mut Problems) -> NaiveDate {
    let on = day(context, table, to, problems);
    let is_set = to.is_some() || context.joined.periods.get(When::Current).is_some();
    table.counted_until(is_set.then_some(on))
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
