//! Joining tables by commune name: every distinct name climbs the ladder once, and what each rung forgave is told.

use super::keys::{self, KeyJoin, NONE, Side, Target};
use super::reform::Became;
use crate::input::{Column, MISSING, Table};
use crate::message;
use crate::places::Communes;
use crate::places::aliases::Aliases;
use crate::places::names::{Found, Ladder, Rung};
use crate::run::{Problems, Result, record};
use crate::values::Lang;
use hashbrown::HashMap;

/// A distinct name of a table with what was found for it.
#[derive(Debug, Clone)]
pub struct Named {
    /// Name as the table has it
    pub name: String,
    /// Province as the table has it; empty without one
    pub province: String,
    /// What the ladder found
    pub found: Found,
    /// First row
    pub row: usize,
    /// Number of rows
    pub rows: usize,
}

/// Looks up every distinct name, in order of first row.
pub fn look_up(table: &Table, name: &str, province: Option<&str>, ladder: &Ladder<'_>) -> Result<Vec<Named>> {
    let names = table.require(name)?;
    let provinces = province.map(|province| table.require(province)).transpose()?;
    let mut at: HashMap<(&str, &str), usize> = HashMap::new();
    let mut list: Vec<Named> = Vec::new();
    for (row, &code) in names.codes.iter().enumerate().filter(|(_, code)| **code != MISSING) {
        let parent = provinces.map_or("", |column| column.dictionary.get(column.codes[row]));
        let text = names.dictionary.get(code);
        let slot = *at.entry((text, parent)).or_insert_with(|| {
            let (name, province) = (text.to_owned(), parent.to_owned());
            let found = ladder.find((!province.is_empty()).then_some(&*province), &name);
            list.push(Named { name, province, found, row, rows: 0 });
            list.len() - 1
        });
        list[slot].rows += 1;
    }
    Ok(list)
}

/// Joins the rows of a table to communes by name, within a province if the table has a column for it.
pub fn join(
    role: &str,
    table: &mut Table,
    (name, province): (&str, Option<&str>),
    communes: &Communes,
    aliases: &Aliases,
    problems: &mut Problems,
) -> Result<(KeyJoin, record::Join)> {
    // A name that the project's units share with others of the file is theirs only where something tells so.
    let all = |own: &[String], others: &[String]| own.iter().chain(others).cloned().collect::<Vec<String>>();
    let others = &communes.others;
    let (codes, names) = (all(&communes.codes, &others.codes), all(&communes.names, &others.names));
    let provinces = all(&communes.provinces, &others.provinces);
    let ladder = Ladder::new(&codes, &names, &provinces, aliases);
    let list = look_up(table, name, province, &ladder)?;
    tell(table, name, &list, &ladder, problems);
    let key_of = |named: &Named| join_text(&named.province, &named.name);
    let own = |unit: usize| if unit < communes.len() { unit as u32 } else { NONE };
    let units: HashMap<String, u32> =
        list.iter().map(|named| (key_of(named), if let Found::Unit(unit, _) = named.found { own(unit) } else { NONE })).collect();
    let is_other = |named: &&Named| matches!(named.found, Found::Unit(unit, _) if unit >= communes.len());
    let elsewhere: hashbrown::HashSet<String> = list.iter().filter(is_other).map(key_of).collect();
    if let Some(province) = province {
        combine(table, name, province)?;
    }
    let became = Became::new(communes);
    let side = Side {
        role: "communes",
        target: Target::Communes,
        count: communes.len(),
        id: &|commune| &communes.names[commune],
        find: &|text| units.get(text).copied().filter(|&unit| unit != NONE),
        trusts_ids: false,
        elsewhere: &|text| elsewhere.contains(text),
        became: &|text| became.find(text),
    };
    keys::join(role, table, name, &side, problems)
}

fn join_text(province: &str, name: &str) -> String {
    if province.is_empty() { name.to_owned() } else { format!("{name}, {province}") }
}

/// Puts name and province together in the column of the name.
fn combine(table: &mut Table, name: &str, province: &str) -> Result<()> {
    let (names, provinces) = (table.require(name)?, table.require(province)?);
    let mut part = Column::new(name);
    for row in 0..table.rows {
        part.push(&names.text(row).map_or_else(String::new, |name| join_text(provinces.text(row).unwrap_or(""), name)));
    }
    let mut whole = Column::new(name);
    whole.append(&part, 1);
    if let Some(column) = table.columns.iter_mut().find(|column| column.name == name) {
        *column = whole;
    }
    Ok(())
}

/// Says what each rung forgave: loose spellings together, names without accents and doubtful ones one by one.
fn tell(table: &Table, column: &str, list: &[Named], ladder: &Ladder<'_>, problems: &mut Problems) {
    for rung in [Rung::Spelling, Rung::Alias, Rung::Address] {
        let mut these = list.iter().filter_map(|named| match named.found {
            Found::Unit(unit, at) if at == rung => Some((named, unit)),
            _ => None,
        });
        let Some((first, unit)) = these.next() else { continue };
        let count = these.count() + 1;
        let (name, unit) = (&first.name, ladder.describe(unit));
        let (vi, en) = (rung.name(Lang::Vi), rung.name(Lang::En));
        problems.info(
            "matched-name",
            table.place(first.row, column, name),
            message!(
                "{count} tên khớp nhờ {vi}; ví dụ \"{name}\" → {unit}",
                "{count} names matched by {en}; such as \"{name}\" → {unit}"
            ),
            None,
        );
    }
    for named in list {
        let (name, rows) = (&named.name, named.rows);
        match &named.found {
            &Found::Unit(unit, Rung::Unaccented) => {
                let unit = ladder.describe(unit);
                problems.warning(
                    "unaccented-name",
                    table.place(named.row, column, name),
                    message!(
                        "tên không dấu, chỉ hợp với {unit} ({rows} dòng)",
                        "a name without accents that fits only {unit} ({rows} rows)"
                    ),
                    Some(message!("viết tên có dấu, hoặc dùng mã", "write the name with its accents, or use the code")),
                );
            }
            Found::Several(units) => {
                let list = units.iter().map(|&unit| ladder.describe(unit)).collect::<Vec<_>>().join(", ");
                problems.error(
                    "ambiguous-name",
                    table.place(named.row, column, name),
                    message!(
                        "tên chung của nhiều đơn vị: {list}; không tự chọn ({rows} dòng)",
                        "several units have this name: {list}; none is picked ({rows} rows)"
                    ),
                    Some(message!(
                        "dùng mã, khai báo thêm cột tỉnh, hoặc ghi vào aliases.csv",
                        "use the code, add a province to the key, or record it in aliases.csv"
                    )),
                );
            }
            _ => {}
        }
    }
}

/// The old unit of each row, by its key; keys that name none of the units `of` are listed.
pub fn units(
    table: &Table,
    key: &str,
    province: Option<&str>,
    ladder: &Ladder<'_>,
    of: &str,
    problems: &mut Problems,
) -> Result<Vec<Option<usize>>> {
    let list = look_up(table, key, province, ladder)?;
    for named in list.iter().filter(|named| !matches!(named.found, Found::Unit(..))) {
        let (text, rows) = (&named.name, named.rows);
        problems.error(
            "unmatched-key",
            table.place(named.row, key, text),
            message!(
                "mã hoặc tên không có trong đơn vị cũ \"{of}\" ({rows} dòng)",
                "the code or name is not among the former units \"{of}\" ({rows} rows)"
            ),
            None,
        );
    }
    let keys = table.require(key)?;
    let blank = keys.codes.iter().filter(|&&code| code == MISSING).count();
    if blank > 0 {
        let row = keys.codes.iter().position(|&code| code == MISSING).unwrap_or_default();
        problems.error(
            "blank-key",
            table.place(row, key, ""),
            message!(
                "{blank} dòng không có mã hoặc tên, không nối được",
                "{blank} rows have no code or name and cannot be joined"
            ),
            None,
        );
    }
    let units: HashMap<(&str, &str), usize> = list
        .iter()
        .filter_map(|named| match named.found {
            Found::Unit(unit, _) => Some(((named.name.as_str(), named.province.as_str()), unit)),
            _ => None,
        })
        .collect();
    let provinces = province.map(|heading| table.require(heading)).transpose()?;
    let of_row = |row: usize| {
        let province = provinces.and_then(|column| column.text(row)).unwrap_or("");
        units.get(&(keys.text(row)?, province)).copied()
    };
    Ok((0..table.rows).map(of_row).collect())
}
