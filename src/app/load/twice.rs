//! Reports that come twice: a workbook saved under a second name or corrected, a summary sheet beside its parts.

use super::Loader;
use crate::input::{self, Column, Decimal, decimal};
use crate::join::KeyJoin;
use crate::join::keys::NONE;
use crate::message;
use crate::model::areas::CLASSES;
use crate::project::TableKind;
use crate::run::Place;
use crate::values::text::fold;
use crate::values::{Message, dates};
use hashbrown::{HashMap, HashSet};

/// Fewer rows than these may be alike by chance.
const FEWEST: usize = 3;

/// What a row of a report is about: its place, its day, its pest or enterprise.
type About = (u32, String, String);

/// Contracts of a file: how often each comes.
struct List {
    file: String,
    rows: HashMap<About, usize>,
}

/// Everything that was read so far.
#[derive(Default)]
pub(super) struct Earlier {
    /// Infested hectares of reports, and the file they are from
    reports: HashMap<About, (f64, String)>,
    lists: Vec<List>,
    /// Contracted hectares by place, of all tables
    contracted: HashMap<u32, f64>,
}

impl Loader<'_> {
    /// Sets rows of a report of pests aside that an earlier table has too: those of a file of which at least half the hectares, by place,
    /// day and pest, are the same. A summary has the sums of its parts, with or without their classes.
    pub(super) fn refuse_copies(
        &mut self,
        table: &input::Table,
        join: &mut KeyJoin,
        role: &impl Fn(&str) -> Option<String>,
        declared: Option<Decimal>,
    ) {
        if self.count_of(|kind| matches!(kind, TableKind::InfestedArea(_))) < 2 {
            return;
        }
        let [date, pest] = ["date", "pest"].map(|name| role(name).and_then(|name| table.column(&name)));
        let order = date.map(|column| dates::order(column.dictionary.iter()));
        let day = |row: usize| {
            let Some((text, order)) = date.and_then(|column| column.text(row)).zip(order) else { return String::new() };
            dates::parse_in(text, order).map_or_else(|| text.to_owned(), |day| day.to_string())
        };
        let numbers = |name: &str| -> Option<(&Column, Vec<Option<f64>>)> {
            let heading = role(name)?;
            let sign = decimal::of_columns(table, &[&heading], declared).ok()?;
            let column = table.column(&heading)?;
            Some((column, column.parse(|text| decimal::parse(text, sign))))
        };
        let total = numbers("total_ha");
        let classes: Vec<_> = CLASSES.iter().filter_map(|name| numbers(name)).collect();
        let of = |(column, numbers): &(&Column, Vec<Option<f64>>), row: usize| {
            numbers.get(column.codes[row] as usize).copied().flatten()
        };
        let hectares = |row: usize| {
            let classed = || classes.iter().filter_map(|column| of(column, row)).sum();
            total.as_ref().and_then(|total| of(total, row)).unwrap_or_else(classed)
        };
        let mut read: Vec<(About, (f64, String))> = Vec::new();
        for (file, rows) in chunks(table) {
            let mut own: HashMap<About, f64> = HashMap::new();
            let mut rows_of: HashMap<About, Vec<usize>> = HashMap::new();
            for row in rows.filter(|row| join.unit(*row) != NONE) {
                let about = (join.unit(row), day(row), fold(pest.and_then(|column| column.text(row)).unwrap_or("")));
                *own.entry(about.clone()).or_default() += hectares(row);
                rows_of.entry(about).or_default().push(row);
            }
            let earlier = &self.earlier.reports;
            let common = || own.iter().filter(|(about, hectares)| **hectares > 0.0 && earlier.contains_key(*about));
            let is_same = |(about, hectares): &(&About, &f64)| {
                earlier.get(*about).is_some_and(|(known, _)| (known - **hectares).abs() < 1e-6)
            };
            let first = common().map(|(about, _)| &earlier[about].1).min().cloned();
            let is_copy = 2 * common().filter(is_same).count() >= common().count();
            let told = own.values().filter(|hectares| **hectares > 0.0).count();
            // Of one week there is one report; parts of it by crop or sowing are told by their names.
            let is_another = |earlier: &String| 2 * common().count() >= told && parts_named(earlier) == parts_named(file);
            let twice = first.filter(|earlier| common().count() >= FEWEST && (is_copy || is_another(earlier)));
            let Some(earlier_file) = twice else {
                self.name_shared(file, &common().map(|(about, _)| about).collect::<Vec<_>>());
                read.extend(own.into_iter().map(|(about, hectares)| (about, (hectares, file.to_owned()))));
                continue;
            };
            let mut twice: Vec<usize> =
                rows_of.iter().filter(|(about, _)| earlier.contains_key(*about)).flat_map(|(_, rows)| rows).copied().collect();
            twice.sort_unstable();
            let count = twice.len();
            twice.iter().for_each(|row| join.codes[*row] = input::MISSING);
            let words = match is_copy {
                true => message!(
                    "{count} dòng đã có trong {earlier_file} (cùng nơi, cùng kỳ, phần lớn cùng số): không tính lần hai",
                    "{count} rows came in {earlier_file} already (one place, one period, most of one number): not counted twice"
                ),
                false => message!(
                    "{count} dòng cùng nơi, cùng kỳ, cùng sâu bệnh với {earlier_file} mà khác số: không tính lần hai, lấy {earlier_file}",
                    "{count} rows are of the places, period and pests of {earlier_file} with other numbers: not counted twice, {earlier_file} stands"
                ),
            };
            self.say_twice(table, (file, &twice), words);
        }
        for (about, told) in read {
            self.earlier.reports.entry(about).or_insert(told);
        }
    }

    /// The rows of contracts that an earlier file lists too: four of five of a file, by place, enterprise and hectares; or all, where their
    /// sums by place are those of earlier tables.
    pub(super) fn copied_contracts(
        &mut self,
        table: &input::Table,
        join: &KeyJoin,
        (enterprise, contracted): (Option<&str>, &str),
        declared: Option<Decimal>,
    ) -> HashSet<usize> {
        let mut copied: HashSet<usize> = HashSet::new();
        let several = self.count_of(|kind| matches!(kind, TableKind::LinkedProduction(_))) > 1 || table.files().len() > 1;
        let (Some(hectares), true) = (table.column(contracted), several) else { return copied };
        let enterprise = enterprise.and_then(|name| table.column(name));
        let sign = decimal::of_columns(table, &[contracted], declared).unwrap_or(Decimal::Dot);
        let mut sums: HashMap<u32, f64> = HashMap::new();
        for row in (0..table.rows).filter(|row| join.unit(*row) != NONE) {
            *sums.entry(join.unit(row)).or_default() +=
                hectares.text(row).and_then(|text| decimal::parse(text, sign)).unwrap_or(0.0);
        }
        let equal = sums
            .iter()
            .filter(|(unit, sum)| self.earlier.contracted.get(*unit).is_some_and(|known| (known - **sum).abs() < 0.051));
        if sums.len() >= FEWEST && 5 * equal.count() >= 4 * sums.len().max(self.earlier.contracted.len()) {
            let all: Vec<usize> = (0..table.rows).filter(|row| join.unit(*row) != NONE).collect();
            let count = all.len();
            let words = message!(
                "{count} dòng có tổng từng xã bằng tổng của các bảng trước: bảng tổng hợp, không cộng thêm",
                "{count} rows have by commune the sums of earlier tables: a summary, which is not added"
            );
            self.say_twice(table, (&table.file, &all), words);
            return all.into_iter().collect();
        }
        sums.into_iter().for_each(|(unit, sum)| *self.earlier.contracted.entry(unit).or_default() += sum);
        for (file, rows) in chunks(table) {
            let own: Vec<(usize, About)> = rows
                .filter(|row| join.unit(*row) != NONE)
                .filter_map(|row| {
                    let (text, name) = (hectares.text(row)?, enterprise.and_then(|column| column.text(row)).unwrap_or(""));
                    Some((row, (join.unit(row), text.trim().to_owned(), fold(name))))
                })
                .collect();
            // Members with a hectare each are alike in every list.
            let distinct = own.iter().map(|(_, about)| about).collect::<HashSet<_>>().len();
            let telling = own.len() >= FEWEST && 5 * distinct >= 3 * own.len();
            let twice = |list: &List| -> Vec<usize> {
                let mut left = list.rows.clone();
                let mut taken = |about: &About| left.get_mut(about).filter(|count| **count > 0).map(|count| *count -= 1);
                own.iter().filter(|(_, about)| taken(about).is_some()).map(|(row, _)| *row).collect()
            };
            let copy = self.earlier.lists.iter().filter(|_| telling).map(|list| (twice(list), list.file.clone()));
            if let Some((twice, earlier)) = copy.into_iter().find(|(twice, _)| 5 * twice.len() >= 4 * own.len()) {
                let count = twice.len();
                copied.extend(&twice);
                self.say_twice(
                    table,
                    (file, &twice),
                    message!(
                        "{count} hợp đồng đã có trong {earlier} (cùng nơi, cùng doanh nghiệp, cùng số ha): không tính lần hai",
                        "{count} contracts came in {earlier} already (one place, enterprise and number of ha): not counted twice"
                    ),
                );
                continue;
            }
            let shared = {
                let pairs: HashSet<(u32, &str)> = own.iter().map(|(_, (unit, _, name))| (*unit, name.as_str())).collect();
                let common =
                    |list: &List| list.rows.keys().filter(|(unit, _, name)| pairs.contains(&(*unit, name.as_str()))).count();
                let season = |list: &&List| list.file != file && (names_season(file) || names_season(&list.file));
                self.earlier.lists.iter().filter(season).find(|list| common(list) >= FEWEST).map(|list| list.file.clone())
            };
            if let Some(earlier) = shared {
                self.problems.warning(
                    "lists-added",
                    Place::file(file),
                    message!(
                        "hợp đồng của cùng xã và doanh nghiệp đã có trong {earlier}: cộng cả hai",
                        "contracts of the same communes and enterprises came in {earlier}: both are added"
                    ),
                    Some(message!(
                        "nếu là hai vụ hay hai năm, chỉ để lại vụ đang làm",
                        "if they are of two seasons or years, leave only the present one in the project"
                    )),
                );
            }
            let mut rows: HashMap<About, usize> = HashMap::new();
            own.into_iter().for_each(|(_, about)| *rows.entry(about).or_default() += 1);
            self.earlier.lists.push(List { file: file.to_owned(), rows });
        }
        copied
    }

    /// Says that rows of a place, day and pest that an earlier table has too are added to them.
    fn name_shared(&mut self, file: &str, shared: &[&About]) {
        let Some(earlier) = shared.iter().filter_map(|about| self.earlier.reports.get(*about)).map(|(_, file)| file).min() else {
            return;
        };
        let count = shared.len();
        let words = message!(
            "{count} nơi có dòng cùng kỳ, cùng sâu bệnh trong {earlier}: cộng cả hai",
            "{count} places have rows of the same period and pest in {earlier}: both are added"
        );
        let hint = message!("nếu là một báo cáo, chỉ để lại một bảng", "if they are one report, leave one table");
        self.problems.warning("reports-added", Place::file(file), words, Some(hint));
    }

    fn count_of(&self, is: impl Fn(&TableKind) -> bool) -> usize {
        self.project.tables.iter().filter(|table| is(&table.kind)).count()
    }

    fn say_twice(&mut self, table: &input::Table, (file, rows): (&str, &[usize]), words: Message) {
        let line = rows.first().map_or(0, |row| table.line(*row));
        let hint =
            message!("bỏ bản chép, hoặc trang tổng hợp, khỏi dự án", "leave the copy, or the summary sheet, out of the project");
        self.problems.error("same-report-twice", Place::file(file).row(line), words, Some(hint));
    }
}

/// Words of a file's name that make its report one part of several: a crop, a sowing.
fn parts_named(file: &str) -> Vec<&'static str> {
    const PARTS: [&str; 14] =
        ["tra", "som", "muon", "chinh vu", "lua", "ngo", "bap", "rau", "mau", "xoai", "cay an trai", "dau", "san", "mia"];
    let words = format!(" {} ", fold(file));
    PARTS.into_iter().filter(|part| words.contains(&format!(" {part} "))).collect()
}

/// Whether the name of a file speaks of a season: "HD Hè Thu 2024.xlsx".
fn names_season(file: &str) -> bool {
    let words = format!(" {} ", fold(file));
    ["dong xuan", "he thu", "thu dong", "xuan he", "dx", "ht", "td", "vu"].iter().any(|word| words.contains(&format!(" {word} ")))
}

/// The rows of each file of a table.
fn chunks(table: &input::Table) -> Vec<(&str, std::ops::Range<usize>)> {
    let files = table.files();
    if files.is_empty() {
        return vec![(&table.file, 0..table.rows)];
    }
    let ends = files.iter().skip(1).map(|(first, _)| *first).chain([table.rows]);
    files.iter().zip(ends).map(|(&(first, file), end)| (file, first..end)).collect()
}
