//! Tables of a province joined to the communes of one district: a commune of another district may have the name of one of ours.

use super::Loader;
use crate::input;
use crate::input::spreadsheet::table::{GROUP, OUTER_GROUP};
use crate::join::KeyJoin;
use crate::join::keys::NONE;
use crate::message;
use crate::run::Place;
use crate::values::text::{fold, ordered};
use hashbrown::{HashMap, HashSet};

/// Headings of districts.
const HEADINGS: [&str; 8] =
    ["huyen", "quan huyen", "huyen tp", "huyen thi", "huyen thi xa", "huyen thanh pho", "huyen tx tp", "district"];

/// Words before the name of a district.
const WORDS: [&str; 6] = ["huyen ", "thi xa ", "thanh pho ", "tx ", "tp ", "quan "];

/// The column of districts: by its heading, else rows above those of each district: "II. Huyện Bến Cầu".
fn column_of(table: &input::Table) -> Option<&input::Column> {
    let names = |text: &str| {
        let folded = fold(ordered(text).map_or(text, |(_, rest)| rest)).replace('.', " ");
        WORDS.iter().any(|word| folded.starts_with(word))
    };
    let is_of_groups = |column: &&input::Column| {
        let told = || column.dictionary.iter().filter(|text| !text.trim().is_empty());
        [GROUP, OUTER_GROUP].contains(&column.name.as_str()) && told().count() > 1 && told().all(names)
    };
    let by_heading = table.columns.iter().find(|column| HEADINGS.contains(&fold(&column.name).as_str()));
    by_heading.or_else(|| table.columns.iter().find(is_of_groups))
}

impl Loader<'_> {
    /// Sets rows aside that join by name, of districts most of whose communes are none of ours, where another district's are.
    pub(super) fn leave_other_districts(&mut self, table: &input::Table, name: &str, join: &mut KeyJoin) {
        let Some(districts) = column_of(table) else { return };
        let mut all: HashMap<u32, HashSet<u32>> = HashMap::new();
        let mut ours: HashMap<u32, HashSet<u32>> = HashMap::new();
        // The join has taken the codes of the names over.
        let told = |row: &usize| districts.text(*row).is_some() && join.codes[*row] != input::MISSING;
        for row in (0..table.rows).filter(told) {
            let (district, commune) = (districts.codes[row], join.codes[row]);
            all.entry(district).or_default().insert(commune);
            if join.unit(row) != NONE {
                ours.entry(district).or_default().insert(commune);
            }
        }
        let count = |of: &HashMap<u32, HashSet<u32>>, district: u32| of.get(&district).map_or(0, HashSet::len);
        let mostly = |district: &u32| 2 * count(&ours, *district) > count(&all, *district);
        if !all.keys().any(mostly) {
            return;
        }
        let mut others: Vec<u32> = all.keys().filter(|district| !mostly(district)).copied().collect();
        others.sort_unstable();
        for district in others {
            let rows: Vec<usize> =
                (0..table.rows).filter(|row| districts.codes[*row] == district && join.unit(*row) != NONE).collect();
            let Some(&first) = rows.first() else { continue };
            let (count, of) = (rows.len(), districts.dictionary.get(district).to_owned());
            rows.iter().for_each(|row| join.codes[*row] = input::MISSING);
            self.problems.warning(
                "other-district",
                Place::file(&table.file).row(table.line(first)).column(name).value(&of),
                message!(
                    "{count} dòng của {of}: phần lớn xã của huyện này không có trong ranh giới, nên xã trùng tên không được tính",
                    "{count} rows of {of}: most of its communes are not in the boundaries, so one of the same name is not counted"
                ),
                None,
            );
        }
    }
}
