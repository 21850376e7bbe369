//! Joining tables by key: every distinct key is looked up once; what finds no partner is kept and listed.

use super::codes;
use crate::input::{Column, MISSING, Table};
use crate::message;
use crate::run::{Problems, Result, record};
use crate::values::{Message, text};
use hashbrown::{HashMap, HashSet};
use rayon::prelude::*;

/// The target of a row that has none.
pub const NONE: u32 = u32::MAX;

/// What the rows of a table belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// Fields, by index
    Fields,
    /// Communes, by index
    Communes,
}

/// Rows with the field or commune each belongs to.
#[derive(Debug, Clone)]
pub struct KeyJoin {
    /// Kind of target
    pub target: Target,
    /// Code of the key of each row
    pub codes: Vec<u32>,
    /// Field or commune of each code, [`NONE`] where there is none
    pub units: Vec<u32>,
}

impl KeyJoin {
    /// Field or commune of a row, [`NONE`] where there is none.
    #[inline]
    pub fn unit(&self, row: usize) -> u32 {
        self.units.get(self.codes[row] as usize).copied().unwrap_or(NONE)
    }
}

/// The other side of a join: ids with their look-up.
pub struct Side<'a> {
    /// Role, such as `fields`
    pub role: &'a str,
    /// Kind of target
    pub target: Target,
    /// Number of units
    pub count: usize,
    /// Id of a unit
    pub id: &'a (dyn Fn(usize) -> &'a str + Sync),
    /// Unit with an id
    pub find: &'a (dyn Fn(&str) -> Option<u32> + Sync),
    /// Whether an equal id always is the unit; names may be shared
    pub trusts_ids: bool,
    /// Whether an id is that of a unit which the project is not about
    pub elsewhere: &'a (dyn Fn(&str) -> bool + Sync),
    /// What an id of an earlier date became, for people
    pub became: &'a (dyn Fn(&str) -> Option<String> + Sync),
}

/// Unmatched units of the other side are listed one by one up to this many.
const LISTED: usize = 1000;
/// Likeness by letters is tried against sides up to this size.
const SMALL_SIDE: usize = 5000;

/// Joins the rows of a table by one key column.
///
/// The column's codes move into the join; large tables are not copied.
pub fn join(
    role: &str,
    table: &mut Table,
    name: &str,
    side: &Side<'_>,
    problems: &mut Problems,
) -> Result<(KeyJoin, record::Join)> {
    let column = table.require(name)?;
    let keys: Vec<&str> = column.dictionary.iter().collect();
    // Tables often list units in the order of the layer: the next unit is tried before the index.
    let mut targets: Vec<u32> = keys
        .par_chunks(4096)
        .flat_map_iter(|chunk| {
            let mut next = 0u32;
            chunk.iter().map(move |key| {
                let ahead = side.trusts_ids && (next as usize) < side.count && (side.id)(next as usize) == *key;
                let unit = if ahead { next } else { (side.find)(key).unwrap_or(NONE) };
                if unit != NONE {
                    next = unit + 1;
                }
                unit
            })
        })
        .collect();

    if side.target == Target::Communes && side.trusts_ids && targets.contains(&NONE) {
        spell_otherwise(table, column, &keys, side, &mut targets, problems);
    }
    let mut met = vec![false; side.count];
    for &target in targets.iter().filter(|&&target| target != NONE) {
        met[target as usize] = true;
    }
    let without: Vec<usize> = (0..side.count).filter(|&unit| !met[unit]).collect();
    let elsewhere: Vec<bool> = keys.iter().zip(&targets).map(|(key, &target)| target == NONE && (side.elsewhere)(key)).collect();
    list_elsewhere(table, column, &elsewhere, problems);
    let lost: Vec<bool> = targets.iter().zip(&elsewhere).map(|(&target, elsewhere)| target == NONE && !elsewhere).collect();
    let unmatched = list_lost(table, column, &lost, side, &without, problems);
    list_without(role, table, side, &without, problems);
    let blank = column.codes.iter().filter(|&&code| code == MISSING).count();
    if blank > 0 {
        let row = column.codes.iter().position(|&code| code == MISSING).unwrap_or(0);
        problems.error(
            "blank-key",
            table.place(row, &column.name, ""),
            message!(
                "{blank} dòng không có mã hoặc tên, không nối được",
                "{blank} rows have no code or name and cannot be joined"
            ),
            None,
        );
    }
    let record = record::Join {
        from: role.to_owned(),
        to: side.role.to_owned(),
        by: column.name.clone(),
        matched: (side.count - without.len()) as u64,
        unmatched,
        without: without.len() as u64,
    };
    let codes = table.columns.iter_mut().find(|column| column.name == name).map(|column| std::mem::take(&mut column.codes));
    Ok((KeyJoin { target: side.target, codes: codes.unwrap_or_default(), units: targets }, record))
}

/// Looks the codes of a column up as [`codes`] spells them, where all of them are then found.
fn spell_otherwise(
    table: &Table,
    column: &Column,
    keys: &[&str],
    side: &Side<'_>,
    targets: &mut Vec<u32>,
    problems: &mut Problems,
) {
    let ids: Vec<&str> = (0..side.count).map(|unit| (side.id)(unit)).collect();
    let Some((units, Message { vi, en })) = codes::spelled_otherwise(keys, &ids) else { return };
    let Some(at) = targets.iter().position(|target| *target == NONE) else { return };
    let (count, key, id) = (targets.iter().filter(|target| **target == NONE).count(), keys[at], ids[units[at] as usize]);
    let row = column.codes.iter().position(|&code| code as usize == at).unwrap_or(0);
    problems.info(
        "codes-spelled-otherwise",
        table.place(row, &column.name, key),
        message!(
            "{count} mã viết khác ranh giới ({vi}): \"{key}\" → \"{id}\"; mọi mã của cột đều khớp",
            "{count} codes are written otherwise than in the boundaries ({en}): \"{key}\" → \"{id}\"; every code of the column matches"
        ),
        None,
    );
    *targets = units;
}

/// Says how many rows are of units that the boundary file has and the project is not about.
fn list_elsewhere(table: &Table, column: &Column, elsewhere: &[bool], problems: &mut Problems) {
    let mut rows = table.rows_where(column, elsewhere);
    let Some((row, code)) = rows.next() else { return };
    let count = rows.count() + 1;
    problems.info(
        "outside-the-selection",
        table.place(row, &column.name, column.dictionary.get(code)),
        message!(
            "{count} dòng của các đơn vị ngoài địa bàn đã chọn ([communes] \"where\", \"only\"): không tính",
            "{count} rows are of units outside of the ones chosen ([communes] where, only) and do not count"
        ),
        None,
    );
}

/// Lists every key that found no unit, with the unit it was probably meant for.
fn list_lost(table: &Table, column: &Column, lost: &[bool], side: &Side<'_>, without: &[usize], problems: &mut Problems) -> u64 {
    if !lost.contains(&true) {
        return 0;
    }
    let mut found: HashMap<&str, (u64, usize)> = HashMap::new();
    for (row, code) in table.rows_where(column, lost) {
        let (count, first) = found.entry(column.dictionary.get(code)).or_insert((0, row));
        *count += 1;
        *first = (*first).min(row);
    }
    let mut lost_keys: Vec<(usize, &str, u64)> = found.into_iter().map(|(key, (count, first))| (first, key, count)).collect();
    lost_keys.sort_unstable();
    let pool: Vec<usize> = if side.count <= SMALL_SIDE { (0..side.count).collect() } else { without.to_vec() };
    // Only the forms of lost keys matter, so only those are kept of a long list of units.
    let wanted: HashSet<String> = lost_keys.iter().map(|(_, key, _)| plain_form(key)).collect();
    let mut plain: HashMap<&str, usize> = HashMap::new();
    let forms: Vec<(&str, usize)> = pool
        .par_iter()
        .with_min_len(1024)
        .map_init(String::new, |form, &unit| {
            write_plain_form((side.id)(unit), form);
            Some((wanted.get(form.as_str())?.as_str(), unit))
        })
        .flatten_iter()
        .collect();
    for (form, unit) in forms {
        plain.entry(form).or_insert(unit);
    }
    let distinct = lost_keys.len() as u64;
    for (row, key, count) in lost_keys {
        let near = plain.get(plain_form(key).as_str()).map(|&unit| (side.id)(unit)).or_else(|| {
            (side.count <= SMALL_SIDE).then(|| text::nearest(key, pool.iter().map(|&unit| (side.id)(unit)))).flatten()
        });
        let to = side.role;
        let near = || near.map(|near| message!("gần nhất là \"{near}\"", "the nearest is \"{near}\""));
        let became = (side.became)(key).map(|became| {
            message!(
                "là xã trước sắp xếp 01/7/2025, nay thuộc {became}",
                "this is a commune of before July 2025, now in {became}"
            )
        });
        let hint = became.or_else(near);
        problems.error(
            "unmatched-key",
            table.place(row, &column.name, key),
            message!("mã không có trong [{to}] ({count} dòng)", "the code is not in [{to}] ({count} rows)"),
            hint,
        );
    }
    distinct
}

/// Lists units that no row belongs to: each of them where they are few, else their number and the first ones.
fn list_without(role: &str, table: &Table, side: &Side<'_>, without: &[usize], problems: &mut Problems) {
    let place = |id: &str| crate::run::Place::file(&table.file).value(id);
    if side.target == Target::Communes && without.len() <= LISTED {
        for &unit in without {
            let id = (side.id)(unit);
            problems.info(
                "no-row",
                place(id),
                message!("bảng {role} không có dòng nào cho \"{id}\"", "table {role} has no row for \"{id}\""),
                None,
            );
        }
    } else if !without.is_empty() {
        let mut ids: Vec<&str> = without.iter().map(|&unit| (side.id)(unit)).collect();
        let count = ids.len();
        let shown = 5.min(count);
        ids.select_nth_unstable(shown - 1);
        ids.truncate(shown);
        ids.sort_unstable();
        let sample = ids.join(", ");
        let to = side.role;
        problems.info(
            "no-row",
            place(&sample),
            message!(
                "{count} đơn vị của {to} không có dòng nào trong bảng {role}: {sample} …",
                "{count} units of {to} have no row in table {role}: {sample} …"
            ),
            None,
        );
    }
}

/// What is left of a key without case, accents, punctuation, spaces and leading zeros.
fn plain_form(key: &str) -> String {
    let mut form = String::new();
    write_plain_form(key, &mut form);
    form
}

/// As [`plain_form`], into a buffer.
fn write_plain_form(key: &str, form: &mut String) {
    form.clear();
    if key.is_ascii() {
        form.extend(key.bytes().filter(u8::is_ascii_alphanumeric).map(|b| char::from(b.to_ascii_lowercase())));
    } else {
        form.extend(text::fold(key).chars().filter(|c| c.is_alphanumeric()));
    }
    let zeros = form.len() - form.trim_start_matches('0').len();
    if zeros < form.len() {
        form.drain(..zeros);
    }
}

#[cfg(test)]
mod tests {
    use super::plain_form;

    #[test]
    fn near_misses_share_a_plain_form() {
        for key in ["00412", "412", " 412 ", "0412"] {
            assert_eq!(plain_form(key), "412");
        }
        assert_eq!(plain_form("F-0001a"), plain_form("f0001A"));
        assert_eq!(plain_form("000"), "000");
    }
}
