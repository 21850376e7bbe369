//! What a column means: the one recogniser of headings, Vietnamese or English, for projects, commands and new projects.
//!
//! A heading is compared as it stands, then without its unit and brackets, then by its last part where it has several rows
//! ("Diện tích nhiễm (ha) / TB"). Whatever asks for a role by any of these ways gets the same answer.

pub mod days;
pub mod fields;
mod known;
pub mod notices;
pub mod rates;
mod readings;
mod registers;

pub use known::*;
pub use readings::*;
pub use registers::*;

use crate::message;
use crate::run::{Fault, Place, Result};
use crate::values::text::{self, fold};

/// What has columns with headings.
pub trait Headed {
    /// The file, for messages
    fn file(&self) -> &str;
    /// Its headings in order
    fn headings(&self) -> &[String];
}

/// A role with the headings it is known by, folded to plain letters.
#[derive(Debug, Clone, Copy)]
pub struct Role {
    /// Name in the project file
    pub name: &'static str,
    /// Headings, most telling first
    pub headings: &'static [&'static str],
}

/// A heading without its unit, without brackets and on one line: `MaxT(°C)` is `maxt`, "TB (ha)" is "tb"; of several rows, each of them:
/// "DT nhiễm (ha) / Nhẹ" is "dt nhiem nhe".
pub fn bare(heading: &str) -> String {
    // "Nặng*" points to a note below the table.
    let of_part = |part: &str| fold(part.split(['(', '[', ',', ';']).next().unwrap_or(part).trim_end_matches(['*', ' ']));
    let folded = heading.split(" / ").map(of_part).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    if folded.is_empty() { fold(heading) } else { folded }
}

/// Units that stand behind a heading without brackets: "Nặng ha".
const UNITS: [&str; 3] = ["ha", "hecta", "hec ta"];

fn without_unit(folded: &str) -> &str {
    let cut = UNITS.iter().find_map(|unit| folded.strip_suffix(unit)?.strip_suffix(' '));
    cut.map_or(folded, str::trim_end)
}

/// Words above a column that make it another thing than its last part says: "Mật độ / TB", "Cùng kỳ năm trước / Nặng".
const OTHER_THINGS: [&str; 13] = [
    "mat do",
    "mat so",
    "ty le",
    "ti le",
    "cung ky",
    "nam truoc",
    "ky truoc",
    "tuan truoc",
    "so voi",
    "luy ke",
    "phong tru",
    "phun",
    "ke hoach",
];

/// Whether a heading speaks of another thing than its last word: last year's hectares, treated ones, densities.
pub fn is_another_thing(heading: &str) -> bool {
    let folded = fold(heading);
    OTHER_THINGS.iter().any(|property| folded.contains(property))
}

/// The last part of a heading of several rows, unless the parts above say that it is something else.
fn last_part(heading: &str) -> Option<String> {
    let (above, last) = heading.rsplit_once(" / ")?;
    (!is_another_thing(above)).then(|| bare(last))
}

/// The year that a heading names: "Năm 2024 / Nhẹ".
fn year_in(heading: &str) -> Option<u32> {
    let words = heading.split(|c: char| !c.is_ascii_digit()).filter(|word| word.len() == 4);
    words.filter_map(|word| word.parse().ok()).find(|year| (1990..2100).contains(year))
}

impl Role {
    /// The heading that plays this role, if one is recognised; the most telling wins.
    pub fn find<'a>(&self, headings: &'a [String]) -> Option<&'a str> {
        let ways: [fn(&str) -> Option<String>; 4] = [
            |heading| Some(fold(heading)),
            |heading| Some(bare(heading)),
            |heading| Some(without_unit(&bare(heading)).to_owned()),
            |heading| last_part(heading).map(|part| without_unit(&part).to_owned()),
        ];
        ways.into_iter().find_map(|way| {
            let found: Vec<Option<String>> = headings.iter().map(|heading| way(heading)).collect();
            let of = |known: &&str| -> Option<usize> {
                let alike = || (0..found.len()).filter(|&at| found[at].as_deref() == Some(*known));
                let year = |at: &usize| year_in(&headings[*at]);
                // Of columns of several years the latest; where one has no year, that is the one of today.
                match alike().all(|at| year(&at).is_some()) {
                    true => alike().rev().max_by_key(year),
                    false => alike().find(|at| year(at).is_none()),
                }
            };
            self.headings.iter().find_map(of).map(|at| headings[at].as_str())
        })
    }

    /// The heading that is declared for this role, or the one that is recognised.
    pub fn column_of(&self, table: &impl Headed, declared: Option<&String>) -> Result<Option<String>> {
        match declared {
            Some(name) => named(table.file(), table.headings(), name).map(Some),
            None => Ok(self.find(table.headings()).map(str::to_owned)),
        }
    }
}

/// A heading as declared: to the letter, or without line breaks, case, accents and unit.
pub fn named(file: &str, headings: &[String], name: &str) -> Result<String> {
    let ways: [&dyn Fn(&String) -> bool; 3] =
        [&|heading| heading == name, &|heading| fold(heading) == fold(name), &|heading| bare(heading) == bare(name)];
    let found = ways.into_iter().find_map(|way| headings.iter().find(|heading| way(heading)));
    found.cloned().ok_or_else(|| missing_column(file, name, headings))
}

/// Headings shown to people; more would hide the message.
const SHOWN: usize = 40;

/// Headings in quotes, the first of them where there are many.
pub fn listed(headings: &[String]) -> String {
    let mut text = headings.iter().take(SHOWN).map(|heading| format!("\"{heading}\"")).collect::<Vec<_>>().join(", ");
    if headings.len() > SHOWN {
        text.push_str(&format!(", … (+{})", headings.len() - SHOWN));
    }
    text
}

/// The fault for a heading that is not there.
pub fn missing_column(file: &str, name: &str, headings: &[String]) -> Fault {
    let there = listed(headings);
    let fault = Fault::new(
        "missing-column",
        Place::file(file),
        message!("không có cột \"{name}\"; các cột đang có: {there}", "there is no column \"{name}\"; the columns are: {there}"),
    );
    match text::nearest(name, headings.iter().map(String::as_str)) {
        Some(near) => fault.hint(message!("có phải ý là \"{near}\"?", "did you mean \"{near}\"?")),
        None => fault,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(role: &Role, headings: &[&str]) -> Option<String> {
        let headings: Vec<String> = headings.iter().copied().map(String::from).collect();
        role.find(&headings).map(str::to_owned)
    }

    #[test]
    fn vietnamese_headings_are_recognised() {
        let headings = ["Mã thửa", "Ngày điều tra", "Sinh vật gây hại", "Mức độ"];
        assert_eq!(found(&FIELD, &headings).as_deref(), Some("Mã thửa"));
        assert_eq!(found(&DATE, &headings).as_deref(), Some("Ngày điều tra"));
        assert_eq!(found(&PEST, &headings).as_deref(), Some("Sinh vật gây hại"));
        assert_eq!(found(&SEVERITY, &headings).as_deref(), Some("Mức độ"));
        assert_eq!(found(&ENTERPRISE, &headings), None);
    }

    #[test]
    fn units_brackets_and_rows_above_do_not_hide_a_heading() {
        assert_eq!(found(&MEDIUM, &["Nhẹ (ha)", "TB (ha)"]).as_deref(), Some("TB (ha)"));
        assert_eq!(found(&MEDIUM, &["Trung bình (ha)"]).as_deref(), Some("Trung bình (ha)"));
        assert_eq!(found(&LOST, &["Mất trắng (ha)"]).as_deref(), Some("Mất trắng (ha)"));
        assert_eq!(found(&LOST, &["Mất trắng, ha"]).as_deref(), Some("Mất trắng, ha"));
        assert_eq!(found(&HEAVY, &["Diện tích nhiễm (ha) / Nặng"]).as_deref(), Some("Diện tích nhiễm (ha) / Nặng"));
        assert_eq!(found(&TOTAL, &["DT nhiễm (ha) / Nhẹ", "DT nhiễm (ha) / TB"]), None, "no total of what is one class");
        assert_eq!(found(&TOTAL, &["DT nhiễm (ha) / Nhẹ", "DT nhiễm (ha) / Tổng"]).as_deref(), Some("DT nhiễm (ha) / Tổng"));
        assert_eq!(found(&DATE, &["Ngày (dd/mm)"]).as_deref(), Some("Ngày (dd/mm)"));
    }

    #[test]
    fn a_class_below_a_density_or_last_year_is_no_class_of_hectares() {
        assert_eq!(found(&MEDIUM, &["Mật độ (con/m²) / TB", "Diện tích nhiễm / TB"]).as_deref(), Some("Diện tích nhiễm / TB"));
        assert_eq!(found(&HEAVY, &["Cùng kỳ năm trước / Nặng"]), None);
    }
}
