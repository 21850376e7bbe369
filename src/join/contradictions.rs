//! Rows whose code and name speak of different communes: codes were used again for other land, and sheets are sorted by one column alone.

use super::keys::{KeyJoin, NONE};
use crate::headings::NAME;
use crate::input::{MISSING, Table};
use crate::message;
use crate::places::Communes;
use crate::places::aliases::Aliases;
use crate::places::names::{Found, Ladder, key};
use crate::run::{Place, Problems};
use crate::values::text;
use hashbrown::HashMap;
use std::collections::BTreeSet;

/// Headings that may name other things than communes.
const OTHER_NAMES: [&str; 3] = ["name", "ten", "ten goi"];
/// Contradictions are listed one by one up to this many.
const LISTED: usize = 200;

/// Compares codes with the names beside them. Where they speak of different communes, nothing is placed by either, and both are named.
pub fn part(table: &Table, code: &str, communes: &Communes, aliases: &Aliases, join: &mut KeyJoin, problems: &mut Problems) {
    if communes.names == communes.codes {
        return;
    }
    let headings: Vec<String> = table.headings.iter().filter(|heading| *heading != code).cloned().collect();
    let Some(names) = NAME.find(&headings).and_then(|name| table.column(name)) else { return };
    let ladder = Ladder::new(&communes.codes, &communes.names, &communes.provinces, aliases);
    let found: Vec<Found> = names.parse(|name| ladder.find(None, name));
    let known = found.iter().filter(|found| !matches!(found, Found::Nothing(_))).count();
    if OTHER_NAMES.contains(&text::fold(&names.name).as_str()) && 2 * known < found.len() {
        return;
    }
    let mut first: HashMap<(u32, u32), (usize, u64)> = HashMap::new();
    for (row, (&code, &name)) in join.codes.iter().zip(&names.codes).enumerate() {
        if name != MISSING && join.units.get(code as usize).is_some_and(|unit| *unit != NONE) {
            first.entry((code, name)).or_insert((row, 0)).1 += 1;
        }
    }
    let mut pairs: Vec<((u32, u32), (usize, u64))> = first.into_iter().collect();
    pairs.sort_unstable_by_key(|(_, (row, _))| *row);
    let mut parted: BTreeSet<u32> = BTreeSet::new();
    let mut count = 0;
    let checked = pairs.len();
    for ((code_of, name_of), (row, rows)) in pairs {
        let unit = join.units[code_of as usize] as usize;
        let name = names.dictionary.get(name_of);
        if agrees(&found[name_of as usize], name, unit, &communes.names[unit]) {
            continue;
        }
        parted.insert(code_of);
        count += 1;
        if count > LISTED {
            continue;
        }
        let by_code = ladder.describe(unit);
        let (vi, en) = match &found[name_of as usize] {
            Found::Unit(other, _) => {
                let other = ladder.describe(*other);
                (format!("là {other}"), format!("is {other}"))
            }
            Found::Several(_) => ("là xã khác".to_owned(), "is another commune".to_owned()),
            Found::Nothing(_) => ("không có trong ranh giới".to_owned(), "is not in the boundaries".to_owned()),
        };
        let key = table.column(code).map_or("", |column| column.dictionary.get(code_of));
        problems.error(
            "code-and-name",
            table.place(row, &names.name, name),
            message!(
                "mã {key} là {by_code} nhưng tên \"{name}\" {vi}: không nối ({rows} dòng)",
                "code {key} is {by_code}, but the name \"{name}\" {en}: not joined ({rows} rows)"
            ),
            Some(message!(
                "sửa mã hoặc tên; nếu là mã trước 01/7/2025, khai báo [[former]] và \"units\"",
                "correct the code or the name; if these are codes of before July 2025, declare [[former]] and units"
            )),
        );
    }
    for code in parted {
        join.units[code as usize] = NONE;
    }
    if count >= 3 && 2 * count >= checked || count > LISTED {
        problems.error(
            "codes-of-another-date",
            Place::file(&table.file).column(code),
            message!(
                "{count} mã trái với tên: bảng có lẽ dùng mã của một thời điểm khác, như trước khi sắp xếp 01/7/2025",
                "{count} codes contradict their names: the table probably speaks of another date, such as before July 2025"
            ),
            Some(message!(
                "thêm ranh giới của thời điểm đó làm [[former]] và viết units = \"…\" cho bảng này",
                "add the boundaries of that date as a [[former]] and write units = \"…\" for this table"
            )),
        );
    }
}

/// Whether a name may be that of a unit: it is, it is one of several that share it, or one letter was mistyped.
fn agrees(found: &Found, name: &str, unit: usize, own: &str) -> bool {
    match found {
        Found::Unit(other, _) => *other == unit,
        Found::Several(units) => units.contains(&unit),
        Found::Nothing(_) => {
            let (a, b) = (text::fold(&key(name)), text::fold(&key(own)));
            // "Long Khánh B" is no misspelling of "Long Khánh".
            let longer = a.starts_with(&b) || b.starts_with(&a);
            a == b || !longer && a.chars().count().min(b.chars().count()) > 4 && strsim::levenshtein(&a, &b) <= 1
        }
    }
}
