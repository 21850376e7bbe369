//! Tables of a province joined to the communes of one district: a commune of another district may have the name of one of ours.

use super::Loader;
use crate::input;
use crate::join::keys::NONE;
use crate::join::{KeyJoin, names};
use crate::message;
use crate::places::Communes;
use crate::readers::spreadsheet::table::{GROUP, OUTER_GROUP};
use crate::run::{Place, Problems};
use crate::values::district;
use crate::values::text::fold;
use hashbrown::{HashMap, HashSet};

/// Headings of districts.
const HEADINGS: [&str; 8] =
    ["huyen", "quan huyen", "huyen tp", "huyen thi", "huyen thi xa", "huyen thanh pho", "huyen tx tp", "district"];

/// The districts within addresses, row by row: "Ấp 1, xã Long Thuận, huyện Lai Vung"; most rows must have one.
fn in_addresses(table: &input::Table, name: &str, join: &KeyJoin) -> Option<input::Column> {
    let addresses = &table.column(name)?.dictionary;
    let mut districts = input::Column::new(name);
    let mut told = 0;
    for &code in &join.codes {
        let text = if code == input::MISSING { "" } else { addresses.get(code) };
        let district = text.split([',', ';']).map(str::trim).find(|part| district::is_named(part)).unwrap_or("");
        told += usize::from(!district.is_empty());
        districts.push(district);
    }
    (2 * told > table.rows && districts.dictionary.iter().filter(|text| !text.is_empty()).count() > 1).then_some(districts)
}

/// The column of districts: by its heading, else rows above those of each district: "II. Huyện Bến Cầu".
fn column_of(table: &input::Table) -> Option<&input::Column> {
    let is_of_groups = |column: &&input::Column| {
        let told = || column.dictionary.iter().filter(|text| !text.trim().is_empty());
        [GROUP, OUTER_GROUP].contains(&column.name.as_str()) && told().count() > 1 && told().all(district::is_named)
    };
    let by_heading = table.columns.iter().find(|column| HEADINGS.contains(&fold(&column.name).as_str()));
    by_heading.or_else(|| table.columns.iter().find(is_of_groups))
}

/// A commune by its unit, or by the code of its text where it is none of ours.
fn commune_of(join: &KeyJoin, row: usize) -> u32 {
    match join.unit(row) {
        NONE => join.codes[row] | 1 << 31,
        unit => unit,
    }
}

/// Communes of each district.
type Sets = HashMap<u32, HashSet<u32>>;

impl Loader<'_> {
    /// Sets rows aside that join by name, of districts most of whose communes are none of ours, where another district's are.
    pub(super) fn leave_other_districts(&mut self, table: &input::Table, name: &str, join: &mut KeyJoin) {
        let of_addresses;
        let districts = match column_of(table) {
            Some(column) => column,
            None => {
                let Some(found) = in_addresses(table, name, join) else { return };
                of_addresses = found;
                &of_addresses
            }
        };
        let mut all: Sets = HashMap::new();
        let mut ours: Sets = HashMap::new();
        // The join has taken the codes of the names over.
        let told = |row: &usize| districts.text(*row).is_some() && join.codes[*row] != input::MISSING;
        for row in (0..table.rows).filter(told) {
            let (district, commune) = (districts.codes[row], commune_of(join, row));
            all.entry(district).or_default().insert(commune);
            if join.unit(row) != NONE {
                ours.entry(district).or_default().insert(commune);
            }
        }
        let count = |of: &Sets, district: u32| of.get(&district).map_or(0, HashSet::len);
        let mostly = |district: &u32| 2 * count(&ours, *district) > count(&all, *district);
        if !all.keys().any(mostly) {
            return;
        }
        self.leave_namesakes(table, name, join, districts, (&all, &ours));
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

    /// Rows of a register without those of namesakes in other districts. What is wrong with its communes is said when it is read.
    pub(super) fn without_other_districts(
        &mut self,
        table: input::Table,
        name: Option<&str>,
        communes: &Communes,
    ) -> input::Table {
        let Some(name) = name.filter(|name| table.column(name).is_some()) else { return table };
        let mut unsaid = Problems::default();
        let joined = names::join("", &mut table.clone(), (name, None), communes, self.aliases, &mut unsaid);
        let Ok((mut join, _)) = joined else { return table };
        let before = join.codes.clone();
        self.leave_other_districts(&table, name, &mut join);
        let kept: Vec<usize> =
            (0..table.rows).filter(|&row| before[row] == input::MISSING || join.codes[row] != input::MISSING).collect();
        if kept.len() == table.rows { table } else { table.only(&kept) }
    }

    /// Rows of a register without those of units of the boundary file that the project has not chosen.
    pub(super) fn without_units_left_out(
        &mut self,
        table: input::Table,
        name: Option<&str>,
        communes: &Communes,
    ) -> input::Table {
        let Some(column) = name.and_then(|name| table.column(name)).filter(|_| !communes.others.codes.is_empty()) else {
            return table;
        };
        let all =
            |codes: &[String], names: &[String]| codes.iter().chain(names).map(|text| fold(text)).collect::<HashSet<String>>();
        let own = all(&communes.codes, &communes.names);
        let others = all(&communes.others.codes, &communes.others.names);
        let left_out = |text: &str| others.contains(&fold(text)) && !own.contains(&fold(text));
        let is_left_out: Vec<bool> = column.parse(left_out);
        let kept: Vec<usize> =
            (0..table.rows).filter(|&row| is_left_out.get(column.codes[row] as usize) != Some(&true)).collect();
        let count = table.rows - kept.len();
        if count == 0 {
            return table;
        }
        self.problems.info(
            "outside-the-selection",
            Place::file(&table.file).column(&column.name),
            message!(
                "{count} dòng của các xã ngoài địa bàn đã chọn: không tính",
                "{count} rows of units that were not chosen: they do not count"
            ),
            None,
        );
        table.only(&kept)
    }

    /// Of one commune below two districts that of the district more of whose communes are ours: two of one name are two places.
    fn leave_namesakes(
        &mut self,
        table: &input::Table,
        name: &str,
        join: &mut KeyJoin,
        districts: &input::Column,
        (all, ours): (&Sets, &Sets),
    ) {
        let share = |district: &u32| {
            let count = |of: &Sets| of.get(district).map_or(0, HashSet::len);
            (1000 * count(ours) / count(all).max(1), count(ours), std::cmp::Reverse(*district))
        };
        let mut left: std::collections::BTreeMap<u32, (usize, usize)> = std::collections::BTreeMap::new();
        for row in (0..table.rows).filter(|&row| join.codes[row] != input::MISSING && join.unit(row) != NONE) {
            let (own, commune) = (districts.codes[row], commune_of(join, row));
            let holds = |district: &&u32| ours.get(*district).is_some_and(|communes| communes.contains(&commune));
            let best = ours.keys().filter(holds).max_by_key(|district| share(district));
            if districts.text(row).is_some() && best.is_some_and(|best| *best != own && share(best) > share(&own)) {
                left.entry(own).or_insert((row, 0)).1 += 1;
            }
        }
        for (district, (first, count)) in left {
            let of = districts.dictionary.get(district).to_owned();
            let place = Place::file(&table.file).row(table.line(first)).column(name).value(&of);
            let rows: Vec<usize> = (0..table.rows)
                .filter(|&row| districts.codes[row] == district && join.codes[row] != input::MISSING)
                .filter(|&row| {
                    let others = ours.iter().filter(|(other, _)| share(other) > share(&district));
                    others.into_iter().any(|(_, communes)| communes.contains(&commune_of(join, row)))
                })
                .collect();
            rows.iter().for_each(|row| join.codes[*row] = input::MISSING);
            self.problems.warning(
                "other-district",
                place,
                message!(
                    "{count} dòng của {of} trùng tên với xã của huyện khác trong cùng bảng: không cộng, chỉ tính xã của huyện kia",
                    "{count} rows of {of} have the names of communes of another district in the table: only those of the other count"
                ),
                None,
            );
        }
    }
}
