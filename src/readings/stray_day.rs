//! Days of the tables that models read: slips in years.

use crate::input::Table;
use crate::message;
use crate::run::{Fault, Place, Result};
use crate::values::dates;
use chrono::NaiveDate;

/// Days that lie further than this from all others are slips.
const STRAY: i64 = 400;

/// Refuses a last day that lies more than a year after all others: a slip in a year would make everything before it old.
pub fn stray_day(table: &Table, days: &mut Vec<NaiveDate>) -> Result<()> {
    days.sort_unstable();
    days.dedup();
    let Some((&last, before)) = days.split_last() else { return Ok(()) };
    let Some(&before) = before.last().filter(|before| (last - **before).num_days() > STRAY) else { return Ok(()) };
    let (stray, usual) = (dates::format_day(last), dates::format_day(before));
    let message = message!(
        "ngày {stray} cách ngày liền trước ({usual}) hơn một năm: có lẽ viết sai năm",
        "{stray} lies more than a year after the day before it ({usual}): its year is probably wrong"
    );
    Err(Fault::new("stray-date", Place::file(&table.file).value(stray), message))
}
