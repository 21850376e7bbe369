//! Statistical thresholds (ngưỡng thống kê): from which density of a pest land counts as infested, and how heavily.
//!
//! The numbers are data: `thresholds/rice.csv` ships with sources and a `verified` mark, and an office puts its own table in
//! its place. Infested from half the base on (TCVN 13268-1:2021, 2.18); light up to the base, medium up to twice it, heavy
//! above. The lower bound of light belongs to it; the later classes open above theirs.

use crate::headings::Role;
use crate::input::{Source, Table, decimal};
use crate::message;
use crate::readers::tables;
use crate::run::{Fault, Place, Problems, Result};
use crate::values::text::{fold, nearest};
use crate::values::{Message, dates};
use chrono::NaiveDate;
use std::collections::BTreeMap;

const SHIPPED: &str = include_str!("thresholds/rice.csv");
const STAGES: &str = include_str!("thresholds/stages.csv");

/// A row of the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Threshold {
    /// Crop
    pub crop: String,
    /// Pest
    pub pest: String,
    /// Other names of the pest
    aliases: Vec<String>,
    /// First and last growth stage, as places in the order of the crop's stages; all stages if absent
    stages: Option<(u32, u32)>,
    /// Units the base is given in
    units: Vec<String>,
    /// The density that is 100 %; `None` where none was found
    pub base: Option<f64>,
    /// Lower bound of light (inclusive), of medium and of heavy (both exclusive), % of the base
    pub bounds_pct: [f64; 3],
    /// Where the number comes from
    pub source: String,
    /// First day it holds
    pub valid_from: Option<NaiveDate>,
    /// Whether it was read in the official text
    pub verified: bool,
}

impl Threshold {
    /// Severity, 0 to 3, of a density in the unit of the base. Total loss is a matter of yield, not of density.
    pub fn severity(&self, density: f64) -> Option<u8> {
        let base = self.base?;
        let [light, medium, heavy] = self.bounds_pct.map(|bound| bound / 100.0 * base);
        Some(match density {
            density if density > heavy => 3,
            density if density > medium => 2,
            density if density >= light => 1,
            _ => 0,
        })
    }
}

/// A table of thresholds.
#[derive(Debug, Clone)]
pub struct Thresholds {
    /// Name for people: the file, or the table that ships
    pub name: Message,
    rows: Vec<Threshold>,
    stages: BTreeMap<String, u32>,
}

/// What a row of a survey says about itself.
#[derive(Debug, Clone, Copy, Default)]
pub struct Survey<'a> {
    /// Pest
    pub pest: &'a str,
    /// Crop
    pub crop: Option<&'a str>,
    /// Growth stage
    pub stage: Option<&'a str>,
    /// Unit of the density
    pub unit: Option<&'a str>,
    /// Day of the survey
    pub day: Option<NaiveDate>,
}

const CROP: Role = Role { name: "crop", headings: &["crop", "cay trong"] };
const PEST: Role = Role { name: "pest", headings: &["pest", "svgh", "sinh vat gay hai", "sau benh", "ten svgh"] };
const ALIASES: Role = Role { name: "aliases", headings: &["aliases", "ten khac"] };
const FROM: Role = Role { name: "stage_from", headings: &["stage from", "tu giai doan", "giai doan", "stage", "gdst"] };
const TO: Role = Role { name: "stage_to", headings: &["stage to", "den giai doan"] };
const UNIT: Role = Role { name: "unit", headings: &["unit", "don vi", "don vi tinh", "dvt"] };
const BASE: Role = Role { name: "base", headings: &["base", "nguong", "nguong thong ke"] };
const LIGHT: Role = Role { name: "light_from_pct", headings: &["light from pct", "nhe tu"] };
const MEDIUM: Role = Role { name: "medium_over_pct", headings: &["medium over pct", "trung binh tren", "tb tren"] };
const HEAVY: Role = Role { name: "heavy_over_pct", headings: &["heavy over pct", "nang tren"] };
const SOURCE: Role = Role { name: "source", headings: &["source", "nguon", "can cu"] };
const VALID: Role = Role { name: "valid_from", headings: &["valid from", "hieu luc tu", "tu ngay"] };
const VERIFIED: Role = Role { name: "verified", headings: &["verified", "da doi chieu", "da kiem tra"] };

impl Thresholds {
    /// The table that ships: rice.
    pub fn shipped() -> Result<Thresholds> {
        let name = message!("ngưỡng lúa kèm theo ruong", "the rice thresholds that ship with ruong");
        let mut found = Thresholds { name, rows: Vec::new(), stages: stages() };
        let mut reader = csv::Reader::from_reader(SHIPPED.as_bytes());
        let wrong =
            |error: csv::Error| Fault::new("bad-threshold", Place::file("rice.csv"), crate::values::because::said(&error));
        let headings: Vec<String> = reader.headers().map_err(wrong)?.iter().map(str::to_owned).collect();
        for record in reader.records() {
            let record = record.map_err(wrong)?;
            let place = |heading: &str| Place::file("rice.csv").column(heading);
            let cell = |role: &Role| {
                let heading = role.find(&headings)?;
                record.get(headings.iter().position(|other| other == heading)?).filter(|text| !text.is_empty())
            };
            let number = |role: &Role| Ok(cell(role).and_then(|text| text.parse().ok()));
            found.push(&cell, &number, &place)?;
        }
        Ok(found)
    }

    /// An office's own table. Bounds that it leaves out are 50, 100 and 200 % as in the table that ships.
    pub fn read(source: &Source, problems: &mut Problems) -> Result<Thresholds> {
        let table: Table = tables::read(source, &tables::Form::default(), problems)?;
        let heading = |role: &Role| role.find(&table.headings);
        for role in [&PEST, &BASE] {
            if heading(role).is_none() {
                return Err(crate::headings::missing_column(&table.file, role.name, &table.headings));
            }
        }
        let numeric: Vec<&str> = [&BASE, &LIGHT, &MEDIUM, &HEAVY].into_iter().filter_map(heading).collect();
        let whole = message!("viết không có dấu phân cách: 1000", "write it without a separator: 1000");
        let sign = decimal::of_columns(&table, &numeric, None).map_err(|fault| fault.hint(whole))?;
        let name = source.name.clone();
        let mut found = Thresholds { name: Message { vi: name.clone(), en: name }, rows: Vec::new(), stages: stages() };
        for row in 0..table.rows {
            let place = |column: &str| table.place(row, column, table.column(column).and_then(|c| c.text(row)).unwrap_or(""));
            let cell = |role: &Role| {
                let text = table.column(heading(role)?)?.text(row)?;
                (!decimal::is_blank(text) && text != "?").then_some(text)
            };
            let number = |role: &Role| match cell(role) {
                None => Ok(None),
                Some(text) => decimal::parse(text, sign).map(Some).ok_or_else(|| {
                    let place = place(heading(role).unwrap_or_default());
                    Fault::new("bad-number", place, message!("\"{text}\" không phải số", "\"{text}\" is not a number"))
                }),
            };
            found.push(&cell, &number, &place)?;
        }
        Ok(found)
    }

    fn push<'a>(
        &mut self,
        cell: &dyn Fn(&Role) -> Option<&'a str>,
        number: &dyn Fn(&Role) -> Result<Option<f64>>,
        place: &dyn Fn(&str) -> Place,
    ) -> Result<()> {
        let Some(pest) = cell(&PEST) else { return Ok(()) };
        let list =
            |role: &Role| -> Vec<String> { cell(role).unwrap_or("").split('|').map(|one| one.trim().to_owned()).collect() };
        let stage = |role: &Role| match cell(role) {
            None => Ok(None),
            Some(text) => self.stage(text).map(Some).ok_or_else(|| {
                let fault = Fault::new(
                    "unknown-stage",
                    place(role.name),
                    message!("không biết giai đoạn \"{text}\"", "unknown growth stage \"{text}\""),
                );
                self.stage_hint(text, fault)
            }),
        };
        let (from, to) = (stage(&FROM)?, stage(&TO)?);
        let base = number(&BASE)?;
        let defaults = [50.0, 100.0, 200.0];
        let mut bounds_pct = [0.0; 3];
        for ((bound, role), default) in bounds_pct.iter_mut().zip([&LIGHT, &MEDIUM, &HEAVY]).zip(defaults) {
            *bound = number(role)?.unwrap_or(default);
        }
        if base.is_some_and(|base| base <= 0.0) || bounds_pct.windows(2).any(|pair| pair[0] >= pair[1]) || bounds_pct[0] < 0.0 {
            let message = message!(
                "ngưỡng phải lớn hơn 0 và ba mức phải tăng dần",
                "a threshold must be above 0 and its three bounds must rise"
            );
            return Err(Fault::new("bad-threshold", place("base"), message));
        }
        let verified =
            cell(&VERIFIED).is_some_and(|text| matches!(fold(text).as_str(), "yes" | "co" | "roi" | "true" | "1" | "x"));
        self.rows.push(Threshold {
            crop: cell(&CROP).unwrap_or("").to_owned(),
            pest: pest.to_owned(),
            aliases: list(&ALIASES),
            stages: from.map(|(first, last)| (first, to.map_or(last, |(_, last)| last))),
            units: list(&UNIT).into_iter().filter(|unit| !unit.is_empty()).collect(),
            base,
            bounds_pct,
            source: cell(&SOURCE).unwrap_or("").to_owned(),
            valid_from: cell(&VALID).and_then(dates::parse),
            verified,
        });
        Ok(())
    }

    /// Places of a growth stage, or of a span such as "đẻ nhánh - làm đòng", in the order of stages.
    fn stage(&self, text: &str) -> Option<(u32, u32)> {
        if let Some(&only) = self.stages.get(&fold(text)) {
            return Some((only, only));
        }
        let (first, last) = text.split_once(['-', '–', '/'])?;
        let (&first, &last) = (self.stages.get(&fold(first))?, self.stages.get(&fold(last))?);
        Some((first.min(last), first.max(last)))
    }

    fn stage_hint(&self, text: &str, fault: Fault) -> Fault {
        match nearest(&fold(text), self.stages.keys().map(String::as_str)) {
            Some(near) => fault.hint(message!("có phải ý là \"{near}\"?", "did you mean \"{near}\"?")),
            None => fault,
        }
    }

    /// The threshold that applies, or why none does.
    pub fn find(&self, survey: Survey<'_>) -> std::result::Result<&Threshold, Message> {
        let Survey { pest, crop, stage, unit, day } = survey;
        let wanted = fold(pest);
        let named = |row: &&Threshold| fold(&row.pest) == wanted || row.aliases.iter().any(|alias| fold(alias) == wanted);
        let mut rows: Vec<&Threshold> = self.rows.iter().filter(named).collect();
        if rows.is_empty() {
            let names: Vec<String> =
                self.rows.iter().flat_map(|row| [&row.pest].into_iter().chain(&row.aliases)).map(|name| fold(name)).collect();
            let near =
                nearest(&wanted, names.iter().map(String::as_str)).and_then(|near| names.iter().position(|name| name == near));
            let near = near.and_then(|at| self.rows.iter().flat_map(|row| [&row.pest].into_iter().chain(&row.aliases)).nth(at));
            return Err(match near {
                Some(near) => message!(
                    "bảng ngưỡng không có \"{pest}\"; có phải ý là \"{near}\"?",
                    "the thresholds do not name \"{pest}\"; did you mean \"{near}\"?"
                ),
                None => message!("bảng ngưỡng không có \"{pest}\"", "the thresholds do not name \"{pest}\""),
            });
        }
        if let Some(crop) = crop {
            rows.retain(|row| row.crop.is_empty() || fold(&row.crop) == fold(crop));
            if rows.is_empty() {
                return Err(message!(
                    "bảng ngưỡng không có \"{pest}\" trên \"{crop}\"",
                    "no threshold of \"{pest}\" on \"{crop}\""
                ));
            }
        }
        if let Some(unit) = unit {
            let with_base = rows.iter().filter(|row| row.base.is_some());
            let units = with_base.flat_map(|row| row.units.clone()).collect::<Vec<_>>().join(", ");
            rows.retain(|row| row.units.is_empty() || row.units.iter().any(|known| same_unit(known, unit)));
            if rows.is_empty() {
                return Err(message!(
                    "ngưỡng của \"{pest}\" tính bằng {units}, không phải \"{unit}\"",
                    "the threshold of \"{pest}\" is in {units}, not in \"{unit}\""
                ));
            }
        }
        if let Some(stage) = stage {
            let Some((first, last)) = self.stage(stage) else {
                let near = nearest(&fold(stage), self.stages.keys().map(String::as_str))
                    .unwrap_or("mạ, đẻ nhánh, làm đòng, trỗ, chín")
                    .to_owned();
                return Err(message!(
                    "không biết giai đoạn \"{stage}\"; có phải ý là \"{near}\"?",
                    "unknown growth stage \"{stage}\"; did you mean \"{near}\"?"
                ));
            };
            rows.retain(|row| row.stages.is_none_or(|(from, to)| from <= last && first <= to));
            if rows.is_empty() {
                return Err(message!(
                    "không có ngưỡng của \"{pest}\" ở giai đoạn \"{stage}\"",
                    "no threshold of \"{pest}\" at the stage \"{stage}\""
                ));
            }
        }
        // A unit without a base of its own has no threshold: another unit's would be another scale.
        if rows.iter().all(|row| row.base.is_none()) {
            return Err(match unit {
                Some(unit) => message!(
                    "chưa có ngưỡng nào cho \"{pest}\" tính bằng {unit}",
                    "no threshold of \"{pest}\" in {unit} is known"
                ),
                None => message!("chưa có ngưỡng nào cho \"{pest}\"", "no threshold of \"{pest}\" is known"),
            });
        }
        rows.retain(|row| row.valid_from.is_none_or(|from| day.is_none_or(|day| from <= day)));
        let same = |a: &Threshold, b: &Threshold| a.stages == b.stages && a.units == b.units && a.crop == b.crop;
        let all = rows.clone();
        rows.retain(|row| !all.iter().any(|other| same(row, other) && other.valid_from > row.valid_from));
        match rows.split_first() {
            None => Err(message!(
                "ngưỡng của \"{pest}\" chưa có hiệu lực vào ngày này",
                "no threshold of \"{pest}\" holds yet on that day"
            )),
            Some((first, others))
                if others.iter().all(|other| (other.base, other.bounds_pct) == (first.base, first.bounds_pct)) =>
            {
                Ok(first)
            }
            Some(_) => Err(message!(
                "ngưỡng của \"{pest}\" khác nhau theo giai đoạn hoặc đơn vị: cần cột giai đoạn (\"stage\") và đơn vị (\"unit\")",
                "thresholds of \"{pest}\" differ by stage or unit: columns of stage and unit are needed"
            )),
        }
    }
}

/// "con/m²", "con/m2" and "Con / m2" are one unit, and a bare "%" is any rate.
fn same_unit(known: &str, given: &str) -> bool {
    let plain = |unit: &str| fold(&unit.replace('²', "2")).replace([' ', '/'], "");
    let (known_plain, given_plain) = (plain(known), plain(given));
    known_plain == given_plain || given.trim() == "%" && known.starts_with('%')
}

/// Growth stages by their folded names and other names, with their place in the order.
fn stages() -> BTreeMap<String, u32> {
    let mut found = BTreeMap::new();
    for record in csv::Reader::from_reader(STAGES.as_bytes()).records().flatten() {
        let (Some(Ok(order)), Some(name)) = (record.get(1).map(str::parse), record.get(2)) else { continue };
        for name in [name].into_iter().chain(record.get(3).unwrap_or("").split('|')) {
            found.insert(fold(name), order);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_row_reads_and_none_is_said_to_be_verified() {
        let table = Thresholds::shipped().expect("the table reads");
        assert_eq!(table.rows.len(), SHIPPED.lines().count() - 1);
        assert!(table.rows.iter().all(|row| !row.verified && !row.source.is_empty()));
    }

    #[test]
    fn bounds_are_exact() {
        let table = Thresholds::shipped().expect("the table reads");
        let hopper = table.find(Survey { pest: "Rầy nâu", stage: Some("Trỗ"), ..Survey::default() }).expect("a row");
        let classes = [749.999, 750.0, 1500.0, 1500.001, 3000.0, 3000.001].map(|density| hopper.severity(density));
        assert_eq!(classes, [0, 1, 1, 2, 2, 3].map(Some));
    }

    #[test]
    fn a_unit_without_its_own_base_has_no_threshold() {
        let table = Thresholds::shipped().expect("the table reads");
        let thrips = |unit| table.find(Survey { pest: "bọ trĩ", stage: Some("đẻ nhánh"), unit, ..Survey::default() });
        assert_eq!(thrips(Some("% dảnh")).map(|row| row.severity(40.0)), Ok(Some(2)));
        let none = thrips(Some("con/m2")).expect_err("40 per square metre is no share of tillers");
        assert!(none.en.contains("in con/m2 is known"), "{}", none.en);
        let asked = thrips(None).expect_err("a density without a unit could be either");
        assert!(asked.en.contains("unit are needed"), "{}", asked.en);
    }
}
