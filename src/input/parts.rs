//! Cells that say how many of how many: "17/19" criteria, "9/9" communes.

use super::{Table, decimal};
use crate::message;
use crate::run::{Place, Problems};
use crate::values::text::fold;

/// A whole above this is no month.
const MONTHS: u32 = 12;
/// "15/2024" is a week or a month of a year.
const YEARS: std::ops::RangeInclusive<u32> = 1900..=2100;
/// Words of headings below which a whole may be as small as a month.
const WORDS: [&str; 5] = ["tieu chi", "tc", "chi tieu", "xa dat", "so dat"];

/// Reads a column of parts of one whole as the parts; says so, with the whole.
pub fn take(table: &mut Table, problems: &mut Problems) {
    let part = |text: &str| -> Option<(u32, u32)> {
        let (part, whole) = text.trim().split_once('/')?;
        let (part, whole) = (part.trim().parse().ok()?, whole.trim().parse().ok()?);
        (part <= whole && !YEARS.contains(&whole)).then_some((part, whole))
    };
    let mut found: Vec<(String, u32, Vec<String>)> = Vec::new();
    for column in table.columns.iter().filter(|column| column.codes.len() == table.rows) {
        let mut texts = column.dictionary.iter().filter(|text| !decimal::is_blank(text)).map(part);
        let Some(Some((_, whole))) = texts.next() else { continue };
        let words = format!(" {} ", fold(&column.name));
        let is_whole = whole > MONTHS || WORDS.iter().any(|word| words.contains(&format!(" {word} ")));
        if is_whole && texts.all(|other| other.is_some_and(|(_, own)| own == whole)) {
            let of_row = |row| column.text(row).and_then(part).map_or_else(String::new, |(part, _)| part.to_string());
            found.push((column.name.clone(), whole, (0..table.rows).map(of_row).collect()));
        }
    }
    for (heading, whole, texts) in found {
        table.replace(&heading, &texts);
        let message = message!(
            "ô ghi \"…/{whole}\": lấy số đạt trong {whole}",
            "cells of the form \"…/{whole}\": the part of {whole} is taken"
        );
        problems.info("parts-of-whole", Place::file(&table.file).column(&heading).value(format!("…/{whole}")), message, None);
    }
}
