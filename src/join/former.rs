//! Tables that speak of the units of an earlier date: each row passes on to the units of today before anything is joined.

use super::names::units;
use crate::input::headings::rates;
use crate::input::{Table, decimal, roles};
use crate::message;
use crate::places::Communes;
use crate::places::aliases::Aliases;
use crate::places::crosswalk::Crosswalk;
use crate::places::names::Ladder;
use crate::project::{TableConfig, TableKind};
use crate::run::{Fault, Place, Problems, Result};
use crate::values::{Decimal, Quantity};

/// Units of an earlier date with the way to those of today.
pub struct Former {
    /// Id in the project
    pub id: String,
    /// The units
    pub units: Communes,
    /// The way
    pub crosswalk: Crosswalk,
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
    if matches!(&key.kind, TableKind::Points { .. } | TableKind::Readings { .. } | TableKind::Forecast { .. }) {
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
    let unit_of = units(&table, &name, key.key.province.as_deref(), &ladder, &former.id, problems)?;
    let id_of = |unit: usize| today.codes[unit].clone();
    let before = unit_of.iter().flatten().count();
    let after = {
        let old: hashbrown::HashSet<usize> = unit_of.iter().flatten().copied().collect();
        let met = former.crosswalk.links.iter().filter(|link| old.contains(&link.old)).map(|link| link.new);
        met.collect::<hashbrown::HashSet<usize>>().len()
    };
    let id = &former.id;
    problems.info(
        "former-units",
        Place::file(&table.file),
        message!(
            "{before} dòng theo đơn vị cũ \"{id}\" chuyển sang {after} đơn vị hiện nay theo diện tích",
            "{before} rows by former units \"{id}\" pass on to {after} units of today by land"
        ),
        None,
    );
    let mut passed = match &key.kind {
        TableKind::Indicator(own) => {
            let numbers = crate::input::numeric::columns(&table, &[]);
            sums((key, &own.intensive), &table, &unit_of, &numbers, (&name, &id_of), (former, today), problems)?
        }
        TableKind::Outbreaks { .. } => whole(&table, &unit_of, (&name, &id_of), former, problems),
        kind => {
            let adds =
                |role: &str| roles::of(kind).iter().any(|part| part.role.name == role && part.quantity == Quantity::Extensive);
            let numbers: Vec<String> =
                columns.iter().filter(|(role, _)| adds(role)).map(|(_, heading)| heading.clone()).collect();
            rows(key, &table, &unit_of, &numbers, (&name, &id_of), former)?
        }
    };
    passed.read_as.insert("units", former.id.clone());
    Ok(passed)
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
}

impl ColumnByUnit<'_> {
    /// Values of a number of units.
    pub fn values(&self, heading: &str, intensive: bool, units: usize, problems: &mut Problems) -> Result<Vec<Option<f64>>> {
        let table = self.table;
        let (column, keys) = (table.require(heading)?, table.require(self.key)?);
        let sign = decimal::of_columns(table, &[heading], self.decimal)?;
        let parsed = column.parse(|text| decimal::parse(text, sign));
        let mut values: Vec<Option<f64>> = vec![None; units];
        for (row, unit) in self.unit_of.iter().enumerate() {
            let text = column.text(row).unwrap_or("");
            let Some(number) = parsed.get(column.codes[row] as usize).copied().flatten() else {
                if !decimal::is_blank(text) {
                    let message = message!("không phải số", "not a number");
                    problems.error("not-a-number", table.place(row, heading, text), message, None);
                }
                continue;
            };
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
                (Some(sum), false) => *sum += number,
                (slot, _) => *slot = Some(number),
            }
        }
        Ok(values)
    }
}

/// One row for each unit of today.
fn sums(
    (key, intensive_columns): (&TableConfig, &[String]),
    table: &Table,
    unit_of: &[Option<usize>],
    numbers: &[String],
    (name, id_of): NameOf<'_>,
    (former, today): (&Former, &Communes),
    problems: &mut Problems,
) -> Result<Table> {
    let column = ColumnByUnit { table, unit_of, key: name, decimal: key.decimal };
    let reached: Vec<usize> =
        (0..today.len()).filter(|&unit| former.crosswalk.links.iter().any(|link| link.new == unit)).collect();
    let mut columns: Vec<(String, Vec<String>)> = vec![(name.to_owned(), reached.iter().map(|&unit| id_of(unit)).collect())];
    for heading in numbers.iter().filter(|heading| *heading != name) {
        let sign = decimal::of_columns(table, &[heading], key.decimal)?;
        let declared = intensive_columns.contains(heading);
        let intensive = declared || rates::quantity(heading) == Quantity::Intensive;
        if intensive && !declared {
            problems.info(
                "rate-by-land",
                Place::file(&table.file).column(heading.as_str()),
                message!(
                    "cột là tỷ lệ hay số trung bình: xã mới lấy trung bình theo diện tích, không cộng",
                    "the column holds rates or means: new units get means by land, not sums"
                ),
                Some(message!("khai báo intensive = [\"{heading}\"]", "declare intensive = [\"{heading}\"]")),
            );
        }
        let values = column.values(heading, intensive, former.units.len(), problems)?;
        let passed = if intensive {
            former.crosswalk.intensive(&values, today.len())
        } else {
            former.crosswalk.extensive(&values, today.len())
        };
        let text = |number: Option<f64>| {
            number.map_or_else(String::new, |number| number.to_string().replace('.', &sign.sign().to_string()))
        };
        columns.push((heading.clone(), reached.iter().map(|&unit| text(passed[unit].0)).collect()));
    }
    Ok(table.rebuilt(&vec![0; reached.len()], columns))
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
    key: &TableConfig,
    table: &Table,
    unit_of: &[Option<usize>],
    numbers: &[String],
    (name, id_of): NameOf<'_>,
    former: &Former,
) -> Result<Table> {
    let mut sources = Vec::new();
    let mut links = Vec::new();
    let mut by_old: Vec<Vec<usize>> = vec![Vec::new(); former.units.len()];
    former.crosswalk.links.iter().enumerate().for_each(|(at, link)| by_old[link.old].push(at));
    for (row, unit) in unit_of.iter().enumerate() {
        for &at in unit.map_or(&[][..], |unit| &by_old[unit]) {
            sources.push(row);
            links.push(former.crosswalk.links[at]);
        }
    }
    let mut columns = Vec::new();
    for column in &table.columns {
        let texts: Vec<String> = if column.name == name {
            links.iter().map(|link| id_of(link.new)).collect()
        } else if numbers.contains(&column.name) {
            let sign = decimal::of_columns(table, &[&column.name], key.decimal)?;
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
    Ok(table.rebuilt(&sources, columns))
}
