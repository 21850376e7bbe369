//! Tables that speak of the units of an earlier date: each row passes on to the units of today before anything is joined.

use super::contradictions;
use super::given::report_outside;
use super::keys::{KeyJoin, NONE, Target};
use super::names::units;
use super::{reform, sown};
use crate::headings::rates;
use crate::input::{Table, decimal, numeric, roles};
use crate::message;
use crate::places::Communes;
use crate::places::aliases::Aliases;
use crate::places::crosswalk::{Crosswalk, Link};
use crate::places::names::Ladder;
use crate::project::{Duplicates, FormerRows, IndicatorKeys, TableConfig, TableKind};
use crate::run::{Fault, Place, Problems, Result};
use crate::values::{Decimal, Lang, Quantity, numbers};
use std::collections::{BTreeMap, BTreeSet};

/// Units of an earlier date with the way to those of today.
pub struct Former {
    /// Id in the project
    pub id: String,
    /// The units
    pub units: Communes,
    /// The way
    pub crosswalk: Crosswalk,
    /// Units of which it is not known how much went to which of these communes
    pub divided: BTreeMap<usize, Vec<usize>>,
    /// Whether the weights of the way are hectares; else a unit of several has no mean
    pub by_land: bool,
}

/// The same table for the units of today. Every number that adds up is divided by share, whatever the kind of table; indicators
/// named as intensive become means weighted by land; levels, densities and words hold for every part. An outbreak is in one place and
/// is not divided: it passes on where its old unit lies in one unit of today, and is listed otherwise.
pub fn reallocate(
    key: &TableConfig,
    table: Table,
    former: &Former,
    today: &Communes,
    aliases: &Aliases,
    columns: &[(&'static str, String)],
    problems: &mut Problems,
) -> Result<Table> {
    let manner = key.kind.manner().former;
    if manner == FormerRows::Refused {
        return Err(Fault::new(
            "bad-units",
            Place::file(&key.file).column("units"),
            message!(
                "bảng loại này nối theo vị trí, không chuyển theo đơn vị cũ",
                "a table of this kind joins by place and does not pass on from former units"
            ),
        )
        .hint(message!("bỏ \"units\" ở bảng này", "leave units out of this table")));
    }
    let name = key.key.commune.as_deref().or(key.key.commune_name.as_deref()).unwrap_or_default().to_owned();
    let ladder = Ladder::new(&former.units.codes, &former.units.names, &former.units.provinces, aliases);
    let mut unit_of = units(&table, &name, key.key.province.as_deref(), &ladder, &former.id, problems)?;
    if key.key.commune.is_some() {
        refuse_contradictions(&table, &name, former, aliases, &mut unit_of, problems)?;
    }
    if !former.by_land {
        reform::name_reused(&table, &name, &unit_of, former, today, problems);
    }
    let with = |holds: &dyn Fn(Quantity) -> bool| -> Vec<&str> {
        let is = |role: &str| roles::of(&key.kind).iter().any(|part| part.role.name == role && holds(part.quantity));
        columns.iter().filter(|(role, _)| is(role)).map(|(_, heading)| heading.as_str()).collect()
    };
    let all = numeric::columns(&table, &[]);
    let added: Vec<&str> = match manner {
        FormerRows::DividedByColumn => all.iter().map(String::as_str).filter(|heading| *heading != name).collect(),
        _ => with(&|quantity| quantity == Quantity::Extensive),
    };
    let left = reform::leave_divided(&table, (&name, &added), &mut unit_of, former, problems);
    let met: BTreeSet<usize> = unit_of.iter().flatten().copied().filter(|unit| !former.divided.contains_key(unit)).collect();
    if former.by_land {
        report_outside(&former.crosswalk, &former.units, met.into_iter(), problems);
    }
    let id_of = |unit: usize| today.codes[unit].clone();
    let before = unit_of.iter().flatten().count();
    let after = {
        let old: hashbrown::HashSet<usize> = unit_of.iter().flatten().copied().collect();
        let met = former.crosswalk.links.iter().filter(|link| old.contains(&link.old)).map(|link| link.new);
        met.collect::<hashbrown::HashSet<usize>>().len()
    };
    let id = &former.id;
    let (by_vi, by_en) = match former.by_land {
        true => ("diện tích", "land"),
        false => ("danh sách sắp xếp", "the list of the reform"),
    };
    problems.info(
        "former-units",
        Place::file(&table.file),
        message!(
            "{before} dòng theo đơn vị cũ \"{id}\" chuyển sang {after} đơn vị hiện nay theo {by_vi}",
            "{before} rows by former units \"{id}\" pass on to {after} units of today by {by_en}"
        ),
        None,
    );
    let mut passed = match (manner, &key.kind) {
        (FormerRows::DividedByColumn, TableKind::Indicator(own)) => {
            let way = Way { former, today, left };
            sums((key, own), &table, &unit_of, &added, (&name, &id_of), &way, problems)?
        }
        (FormerRows::Whole, _) => whole(&table, &unit_of, (&name, &id_of), former, problems),
        _ => {
            let sign = decimal::of_columns(&table, &with(&|quantity| quantity != Quantity::Category), key.decimal)?;
            rows((columns, sign), &table, &unit_of, &added, (&name, &id_of), former)
        }
    };
    passed.read_as.insert("units", former.id.clone());
    Ok(passed)
}

/// Sets rows aside whose code and name speak of different former units.
fn refuse_contradictions(
    table: &Table,
    key: &str,
    former: &Former,
    aliases: &Aliases,
    unit_of: &mut [Option<usize>],
    problems: &mut Problems,
) -> Result<()> {
    let column = table.require(key)?;
    let mut units = vec![NONE; column.dictionary.len()];
    for (unit, &code) in unit_of.iter().zip(&column.codes) {
        if let Some((slot, unit)) = units.get_mut(code as usize).zip(*unit) {
            *slot = unit as u32;
        }
    }
    let mut join = KeyJoin { target: Target::Communes, codes: column.codes.clone(), units };
    contradictions::part(table, key, &former.units, aliases, &mut join, problems);
    for (row, unit) in unit_of.iter_mut().enumerate() {
        *unit = unit.filter(|_| join.unit(row) != NONE);
    }
    Ok(())
}

type NameOf<'a> = (&'a str, &'a dyn Fn(usize) -> String);

/// The value of each old unit in a column: sums of its rows, or the mean that its one row holds. Means of several rows do not add up:
/// the first is used and the others are listed.
pub struct ColumnByUnit<'a> {
    /// Rows
    pub table: &'a Table,
    /// The old unit of each row
    pub unit_of: &'a [Option<usize>],
    /// Column with the keys
    pub key: &'a str,
    /// Declared decimal sign
    pub decimal: Option<Decimal>,
    /// What several rows of a unit are
    pub rule: Duplicates,
}

impl ColumnByUnit<'_> {
    /// Values of a number of units. What is no number, a mark of a missing value, of another unit, or negative where hectares are meant is
    /// listed and missing.
    pub fn values(&self, heading: &str, intensive: bool, units: usize, problems: &mut Problems) -> Result<Vec<Option<f64>>> {
        let table = self.table;
        let (column, keys) = (table.require(heading)?, table.require(self.key)?);
        let sign = decimal::of_columns(table, &[heading], self.decimal)?;
        let hectares = !intensive && rates::is_hectares(heading);
        let wrong = match hectares {
            true => message!(
                "phải là số héc-ta từ 0 trở lên; coi là không có số liệu",
                "a number of hectares from 0 on was expected; taken as no data"
            ),
            false => message!("không phải số", "not a number"),
        };
        let parsed = numeric::read(table, heading, sign, (&|number| !hectares || number >= 0.0, wrong), problems)?;
        let mut values: Vec<Option<f64>> = vec![None; units];
        let mut summed: Option<(usize, usize)> = None;
        for (row, unit) in self.unit_of.iter().enumerate() {
            let Some(number) = parsed.get(column.codes[row] as usize).copied().flatten() else { continue };
            let Some(unit) = *unit else { continue };
            match (&mut values[unit], intensive) {
                (Some(_), true) => problems.error(
                    "repeated-key",
                    table.place(row, self.key, keys.text(row).unwrap_or("")),
                    message!(
                        "nhiều dòng cho một đơn vị: giá trị trung bình không cộng được, dùng dòng đầu",
                        "several rows for one unit: means do not add up, the first is used"
                    ),
                    None,
                ),
                (Some(_), false) if self.rule == Duplicates::Error => {
                    return Err(Fault::new(
                        "repeated-key",
                        table.place(row, heading, keys.text(row).unwrap_or("")),
                        message!("đơn vị này đã có ở dòng trước", "this unit came in an earlier row"),
                    )
                    .hint(message!(
                        "khai báo duplicates = \"sum\" hoặc \"last\" cho bảng này",
                        "declare duplicates = \"sum\" or \"last\" for this table"
                    )));
                }
                (slot, false) if self.rule == Duplicates::Last => *slot = Some(number),
                (Some(sum), false) => {
                    *sum += number;
                    summed.get_or_insert((row, 0)).1 += 1;
                }
                (slot, _) => *slot = Some(number),
            }
        }
        if let Some((row, count)) = summed {
            problems.info(
                "repeated-key",
                table.place(row, self.key, keys.text(row).unwrap_or("")),
                message!(
                    "{count} dòng lặp lại một đơn vị đã có: cộng vào cột \"{heading}\"",
                    "{count} rows repeat a unit: they are added in the column \"{heading}\""
                ),
                None,
            );
        }
        Ok(values)
    }
}

/// A unit of today of which less than this share of its land is told has no value: the rest is not none.
const TOLD: f64 = 0.995;

/// From former units to those of today; `left` are divided ones whose numbers nobody can place.
struct Way<'a> {
    former: &'a Former,
    today: &'a Communes,
    left: BTreeSet<usize>,
}

/// One row for each unit of today.
fn sums(
    (key, own): (&TableConfig, &IndicatorKeys),
    table: &Table,
    unit_of: &[Option<usize>],
    numbers: &[&str],
    (name, id_of): NameOf<'_>,
    way: &Way<'_>,
    problems: &mut Problems,
) -> Result<Table> {
    let Way { former, today, left } = way;
    let rule = own.duplicates.unwrap_or(Duplicates::Error);
    // What one column proves holds for those beside it.
    let proved = decimal::of_columns(table, numbers, key.decimal).ok();
    let column = ColumnByUnit { table, unit_of, key: name, decimal: key.decimal.or(proved), rule };
    let reached: Vec<usize> =
        (0..today.len()).filter(|&unit| former.crosswalk.links.iter().any(|link| link.new == unit)).collect();
    let mut columns: Vec<(String, Vec<String>)> = vec![(name.to_owned(), reached.iter().map(|&unit| id_of(unit)).collect())];
    for &heading in numbers {
        let declared = own.intensive.iter().any(|intensive| intensive == heading);
        let intensive = declared || rates::quantity(heading) == Quantity::Intensive;
        if intensive && !declared {
            problems.info(
                "rate-by-land",
                Place::file(&table.file).column(heading),
                message!(
                    "cột là tỷ lệ hay số trung bình: xã mới lấy trung bình theo diện tích, không cộng",
                    "the column holds rates or means: new units get means by land, not sums"
                ),
                Some(message!("khai báo intensive = [\"{heading}\"]", "declare intensive = [\"{heading}\"]")),
            );
        }
        let mut values = column.values(heading, intensive, former.units.len(), problems)?;
        if own.complete {
            let none = |(unit, value): (usize, &mut Option<f64>)| *value = value.or((!left.contains(&unit)).then_some(0.0));
            values.iter_mut().enumerate().for_each(none);
        }
        let mut passed = if intensive {
            former.crosswalk.intensive(&values, today.len())
        } else {
            former.crosswalk.extensive(&values, today.len())
        };
        if !former.by_land {
            reform::leave_untold(table, heading, intensive, (former, today), &values, &mut passed, problems);
        }
        for &unit in &reached {
            let (value, told) = passed[unit];
            if let Some(sum) = value.filter(|_| !intensive && told < TOLD) {
                partly_told(table, heading, (&today.names[unit], sum, told), problems);
                passed[unit].0 = None;
            }
        }
        let text = |number: Option<f64>| number.map_or_else(String::new, |number| number.to_string());
        columns.push((heading.to_owned(), reached.iter().map(|&unit| text(passed[unit].0)).collect()));
    }
    let mut made = table.rebuilt(&vec![0; reached.len()], columns);
    // Its numbers are written here, whatever signs the columns of the file had.
    made.decimal = Some(Decimal::Dot);
    Ok(made)
}

fn partly_told(table: &Table, heading: &str, (name, sum, told): (&str, f64, f64), problems: &mut Problems) {
    let percent = (100.0 * told).round();
    let [vi, en] = [Lang::Vi, Lang::En].map(|lang| numbers::format(sum, 1, lang));
    problems.warning(
        "partly-told",
        Place::file(&table.file).column(heading).value(name),
        message!(
            "mới biết số liệu của {percent} % đất xã này ({vi}): coi là không có số liệu",
            "only {percent} % of the land of this commune is told of ({en}): taken as no data"
        ),
        Some(message!(
            "bổ sung các đơn vị cũ còn thiếu, hoặc complete = true nếu nơi không có dòng là 0",
            "add the former units that are missing, or complete = true if there is none where no row stands"
        )),
    );
}

/// An old unit of which this share lies in one unit of today lies in it; the rest is rounding of borders.
const WHOLE: f64 = 0.999;

/// Each row once, in the one unit of today that its old unit lies in.
fn whole(table: &Table, unit_of: &[Option<usize>], (name, id_of): NameOf<'_>, former: &Former, problems: &mut Problems) -> Table {
    let mut texts = Vec::with_capacity(table.rows);
    for (row, unit) in unit_of.iter().enumerate() {
        let Some(unit) = *unit else {
            texts.push(String::new());
            continue;
        };
        let one = former.crosswalk.links.iter().find(|link| link.old == unit && link.share >= WHOLE);
        if one.is_none() {
            problems.error(
                "divided-unit",
                table.place(row, name, &former.units.names[unit]),
                message!(
                    "đơn vị cũ này nay thuộc nhiều xã: không biết ổ dịch ở xã nào, không tính vào xã nào",
                    "this former unit lies in several communes of today: the outbreak is counted in none"
                ),
                Some(message!("ghi tọa độ hoặc xã mới của ổ dịch", "give its position or its commune of today")),
            );
        }
        texts.push(one.map_or_else(String::new, |link| id_of(link.new)));
    }
    let columns = table.columns.iter().map(|column| {
        let own: Vec<String> = if column.name == name {
            std::mem::take(&mut texts)
        } else {
            (0..table.rows).map(|row| column.text(row).unwrap_or("").to_owned()).collect()
        };
        (column.name.clone(), own)
    });
    let columns = columns.collect();
    table.rebuilt(&(0..table.rows).collect::<Vec<_>>(), columns)
}

/// Each row once for every unit of today that its unit went to.
fn rows(
    (columns_by_role, sign): (&[(&'static str, String)], Decimal),
    table: &Table,
    unit_of: &[Option<usize>],
    added: &[&str],
    (name, id_of): NameOf<'_>,
    former: &Former,
) -> Table {
    let mut passed: Vec<sown::Passed> = Vec::new();
    let mut by_old: Vec<Vec<usize>> = vec![Vec::new(); former.units.len()];
    former.crosswalk.links.iter().enumerate().for_each(|(at, link)| by_old[link.old].push(at));
    for (row, unit) in unit_of.iter().enumerate() {
        for &at in unit.map_or(&[][..], |unit| &by_old[unit]) {
            passed.push((row, at));
        }
    }
    let sources: Vec<usize> = passed.iter().map(|(row, _)| *row).collect();
    let links: Vec<Link> = passed.iter().map(|(_, at)| former.crosswalk.links[*at]).collect();
    let heading = |role: &str| roles::heading(columns_by_role, role);
    let mut columns = Vec::new();
    for column in &table.columns {
        let texts: Vec<String> = if column.name == name {
            links.iter().map(|link| id_of(link.new)).collect()
        } else if heading("sown_ha") == Some(&column.name) {
            let stated: Vec<Option<f64>> =
                (0..table.rows).map(|row| decimal::parse(column.text(row).unwrap_or(""), sign)).collect();
            let [date, pest] = ["date", "pest"].map(|role| heading(role).and_then(|heading| table.column(heading)));
            let together = sown::of_today(table, &stated, (date, pest), former, &passed);
            let text = |(number, row): (Option<f64>, &usize)| {
                let own = || column.text(*row).unwrap_or("").to_owned();
                number.map_or_else(own, |number| number.to_string().replace('.', &sign.sign().to_string()))
            };
            together.into_iter().zip(&sources).map(text).collect()
        } else if added.contains(&column.name.as_str()) {
            let divided = |(row, share): (usize, f64)| {
                let text = column.text(row).unwrap_or("");
                decimal::parse(text, sign)
                    .map_or_else(|| text.to_owned(), |number| (number * share).to_string().replace('.', &sign.sign().to_string()))
            };
            sources.iter().zip(&links).map(|(&row, link)| divided((row, link.share))).collect()
        } else {
            sources.iter().map(|&row| column.text(row).unwrap_or("").to_owned()).collect()
        };
        columns.push((column.name.clone(), texts));
    }
    table.rebuilt(&sources, columns)
}
