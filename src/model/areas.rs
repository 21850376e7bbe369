//! Infested hectares as an office reports them: by commune, pest and day, by class.

use super::accounts::Account;
use super::notices::Beside;
use super::observations::{Forecasts, report_missing};
use crate::headings::HAMLET;
use crate::input::identifiers::{self, Identifier};
use crate::input::land_units;
use crate::input::{Column, Decimal, Table, decimal};
use crate::join::KeyJoin;
use crate::join::keys::NONE;
use crate::message;
use crate::run::{Place, Problems, Result};
use crate::values::{Lang, exact, numbers};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};

/// A row of a report.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reported {
    /// Commune
    pub commune: u32,
    /// Pest
    pub pest: u16,
    /// Hamlet or field, where the rows name theirs
    pub part: u32,
    /// Day
    pub day: u16,
    /// Hectares by class, light to total loss at 1 to 4
    pub level_ha: [f64; 5],
    /// Hectares whose class the row does not give
    pub unclassed_ha: f64,
    /// Hectares sown; 0 where the row does not state them
    pub sown_ha: f64,
    /// Hectares treated, where the row states them
    pub treated_ha: Option<f64>,
}

/// So many communes with more infested than they have land are no slip of one cell.
const SEVERAL: usize = 3;
/// The roles of the classes, light first.
pub const CLASSES: [&str; 4] = ["light_ha", "medium_ha", "heavy_ha", "lost_ha"];

impl Forecasts {
    /// Adds the rows of a report. A total that is not the sum of its classes is listed, and the classes stand.
    pub fn add_areas<'a>(
        &mut self,
        table: &Table,
        join: &KeyJoin,
        role: &impl Fn(&str) -> Option<&'a str>,
        declared: Option<Decimal>,
        area_ha: &[f64],
        problems: &mut Problems,
    ) -> Result<()> {
        let headings: Vec<Option<&str>> = CLASSES.iter().map(|class| role(class)).chain([role("total_ha")]).collect();
        let present: Vec<&str> = headings.iter().copied().chain([role("sown_ha"), role("treated_ha")]).flatten().collect();
        let sign = decimal::of_columns(table, &present, declared)?;
        let mut numbers: Vec<Option<Vec<Option<f64>>>> = Vec::new();
        for heading in &headings {
            numbers.push(heading.map(|heading| hectares(table, heading, sign, problems)).transpose()?);
        }
        let sown = role("sown_ha").map(|heading| hectares(table, heading, sign, problems)).transpose()?;
        let treated = role("treated_ha").map(|heading| hectares(table, heading, sign, problems)).transpose()?;
        let beside = Beside::find(table, role, declared, problems)?;
        let pest = table.require(role("pest").unwrap_or_default())?;
        let pests = self.pest_numbers(&table.file, pest, problems);
        let (no_day, days) = self.day_numbers(table, role("date"), problems)?;
        let date = role("date").map(|name| table.require(name)).transpose()?;
        for column in [Some(pest), date].into_iter().flatten() {
            report_missing(table, column, problems);
        }
        // Light, medium and heavy are all there is; without a column for the first or the last of them the rest has none.
        let some_classes = headings[0].is_none() || headings[2].is_none();
        let mut over: std::collections::BTreeSet<u32> = std::collections::BTreeSet::new();
        let mut blanks: Option<(usize, usize)> = None;
        let mut partial: Option<(usize, usize)> = None;
        let mut rows_seen: HashMap<(u32, u16, u16, Vec<u64>), usize> = HashMap::new();
        // Rows of two hamlets, or two sowings, are two; numbers of rows tell nothing, and the codes of the key are the join's.
        let tells = |column: &&Column| column.codes.len() == table.rows && identifiers::of(column) != Some(Identifier::Order);
        let others: Vec<&Column> = table.columns.iter().filter(tells).collect();
        let hamlets = others.iter().find(|column| HAMLET.find(std::slice::from_ref(&column.name)).is_some()).copied();
        for row in 0..table.rows {
            let number = |at: usize| numbers[at].as_ref().and_then(|column| column[row]);
            let classes: Vec<Option<f64>> = (0..CLASSES.len()).map(number).collect();
            let (sum, total) = (classes.iter().flatten().sum::<f64>(), number(CLASSES.len()));
            let classed = classes.iter().any(Option::is_some);
            // A blank class beside stated ones is none, as reports write it, unless the total speaks of more.
            let blank = (0..CLASSES.len()).any(|class| headings[class].is_some() && classes[class].is_none());
            let proved = total.is_some_and(|total| (total - sum).abs() <= 1e-9);
            // Beside "Trong đó nặng" the total speaks of classes without a column.
            let more = total.is_some_and(|total| some_classes && total > sum);
            let complete = classed && !more && (!blank || proved || total.is_none()) || total == Some(0.0);
            if complete && blank && total.is_none() {
                blanks.get_or_insert((row, 0)).1 += 1;
            }
            if classed && more {
                partial.get_or_insert((row, 0)).1 += 1;
            }
            if let (Some(total), true) = (total, complete && !more)
                // Hectares are written with one or two decimals; each may be rounded by half of the last.
                && (total - sum).abs() > 0.05 * classes.iter().flatten().count() as f64 + 1e-9
            {
                let name = headings[CLASSES.len()].unwrap_or_default();
                let both = [(Lang::Vi, sum), (Lang::En, sum)].map(|(lang, sum)| numbers::format(sum, 2, lang));
                let [vi, en] = both;
                problems.warning(
                    "sum-of-classes",
                    table.place(row, name, &total.to_string()),
                    message!(
                        "tổng diện tích nhiễm không bằng nhẹ + trung bình + nặng + mất trắng = {vi} ha; dùng các mức",
                        "the total is not light + medium + heavy + lost = {en} ha; the classes are used"
                    ),
                    None,
                );
            }
            let (commune, pest) = (join.unit(row), pest.codes.get(row).and_then(|&code| pests.get(code as usize)));
            let Some(&pest) = pest.filter(|_| commune != NONE) else { continue };
            let day = match date {
                None => no_day,
                Some(column) => column
                    .codes
                    .get(row)
                    .and_then(|&code| days.get(code as usize))
                    .copied()
                    .unwrap_or(crate::model::observations::BAD_DAY),
            };
            if !classed && total.is_none() {
                self.unread_areas.push((pest, commune, day));
                continue;
            }
            let mut level_ha = [0.0; 5];
            if complete || more {
                level_ha.iter_mut().skip(1).zip(&classes).for_each(|(level, class)| *level = class.unwrap_or(0.0));
            }
            let unclassed_ha = match total {
                _ if complete => 0.0,
                Some(total) if more => exact::sum([total, -sum]),
                total => total.unwrap_or(sum),
            };
            let hectares = if complete { sum } else { total.unwrap_or(sum) };
            let place = |heading: Option<&str>| table.place(row, heading.unwrap_or_default(), &hectares.to_string());
            let named = headings.iter().rev().flatten().next().copied();
            let whole = area_ha.get(commune as usize).copied().unwrap_or(f64::INFINITY);
            if hectares > whole * 1.05 {
                over.insert(commune);
                let [vi, en] = [Lang::Vi, Lang::En].map(|lang| numbers::format(whole, 1, lang));
                problems.warning(
                    "area-over-land",
                    place(named),
                    message!("lớn hơn diện tích xã ({vi} ha)", "more than the commune has ({en} ha)"),
                    Some(message!("kiểm tra đơn vị và dấu phân cách", "check the unit and the separators")),
                );
            }
            let told = classes.iter().chain([&total]).map(|number| number.map_or(0, f64::to_bits));
            let bits: Vec<u64> = told.chain(others.iter().map(|column| u64::from(column.codes[row]))).collect();
            match rows_seen.get(&(commune, pest, day, bits.clone())).filter(|_| hectares > 0.0) {
                Some(&first) => {
                    let line = table.line(first);
                    problems.warning(
                        "repeated-row",
                        place(named),
                        message!("dòng giống hệt dòng {line}; cả hai đều được cộng", "equal to row {line}; both are added"),
                        Some(message!("bỏ một dòng nếu chép hai lần", "leave one out if it was copied twice")),
                    );
                }
                None => {
                    rows_seen.insert((commune, pest, day, bits), row);
                }
            }
            let sown_ha = sown.as_ref().and_then(|column| column[row]).unwrap_or(0.0);
            if sown_ha > 0.0 && hectares > sown_ha * 1.001 {
                let [vi, en] = [Lang::Vi, Lang::En].map(|lang| numbers::format(sown_ha, 1, lang));
                problems.warning(
                    "area-over-sown",
                    place(named),
                    message!(
                        "diện tích nhiễm lớn hơn diện tích gieo trồng của dòng ({vi} ha)",
                        "more is infested than the row says was sown ({en} ha)"
                    ),
                    Some(message!("kiểm tra hai cột và đơn vị", "check both columns and their units")),
                );
            }
            let treated_ha = treated.as_ref().and_then(|column| column[row]);
            let part = hamlets.map_or(0, |column| column.codes[row]);
            self.areas.push(Reported { commune, pest, part, day, level_ha, unclassed_ha, sown_ha, treated_ha });
            self.noted.extend(beside.of(table, row, (commune, pest, day)));
        }
        if let Some((row, count)) = partial {
            problems.warning(
                "partial-classes",
                table.place(row, headings.iter().flatten().next().copied().unwrap_or_default(), ""),
                message!(
                    "{count} dòng chỉ ghi một số mức trong tổng: tính tổng, diện tích theo từng mức để trống",
                    "{count} rows state some classes of their total: the total counts, hectares by class are left open"
                ),
                None,
            );
        }
        if let Some((row, count)) = blanks {
            problems.info(
                "blank-class",
                table.place(row, headings.iter().flatten().next().copied().unwrap_or_default(), ""),
                message!(
                    "{count} dòng để trống một mức và không có tổng: coi mức đó là không có",
                    "{count} rows leave a class blank and have no total: the class is taken as none"
                ),
                None,
            );
        }
        if over.len() >= SEVERAL {
            let count = over.len();
            problems.error(
                "areas-over-land",
                Place::file(&table.file),
                message!(
                    "{count} xã có diện tích nhiễm của một loại lớn hơn diện tích xã: sai đơn vị, sai dấu phân cách, hay mã của thời điểm khác",
                    "in {count} communes one pest infests more than their land: a wrong unit or separator, or codes of another date"
                ),
                Some(message!(
                    "nếu là mã trước 01/7/2025, khai báo [[former]] và \"units\"",
                    "if these are codes of before July 2025, declare [[former]] and units"
                )),
            );
        }
        Ok(())
    }

    /// Rows of the wanted days that a later day of the same pest and commune replaces, and their hectares.
    pub fn replaced(&self, wanted: &[bool]) -> (usize, f64) {
        let of = || self.areas.iter().filter(|area| wanted.get(usize::from(area.day)) == Some(&true));
        let mut last: HashMap<(u16, u32, u32), Option<chrono::NaiveDate>> = HashMap::new();
        for area in of() {
            let day = last.entry((area.pest, area.commune, area.part)).or_default();
            *day = (*day).max(self.days[usize::from(area.day)]);
        }
        let hectares = |area: &Reported| area.level_ha.iter().sum::<f64>() + area.unclassed_ha;
        let replaced = of().filter(|area| {
            hectares(area) > 0.0
                && self.days[usize::from(area.day)] < last.get(&(area.pest, area.commune, area.part)).copied().flatten()
        });
        let list: Vec<f64> = replaced.map(hectares).collect();
        (list.len(), exact::sum(list))
    }

    /// Pest, commune and account of each report on the wanted days: rows of one day (growth stages, sowing groups) add up,
    /// and of several days the last counts, of each hamlet where rows name theirs.
    pub(super) fn reports(&self, wanted: &[bool], communes: usize) -> Vec<(usize, usize, Account)> {
        let mut by_part: BTreeMap<(u16, u32, u32), (Option<chrono::NaiveDate>, Account)> = BTreeMap::new();
        // Rows of one pest that state one number mean the same land; others are of parts of it, early and late sowings.
        let mut sown: BTreeMap<(u16, u32, u32), Vec<f64>> = BTreeMap::new();
        for area in self.areas.iter().filter(|area| wanted.get(usize::from(area.day)) == Some(&true)) {
            let day = self.days[usize::from(area.day)];
            let account = Account {
                level_ha: area.level_ha,
                unclassed_ha: area.unclassed_ha,
                sown_ha: area.sown_ha,
                treated_ha: area.treated_ha,
                reported: true,
                ..Account::default()
            };
            let part = (area.pest, area.commune, area.part);
            let entry = by_part.entry(part).or_insert((day, Account { reported: true, ..Account::default() }));
            let parts = sown.entry(part).or_default();
            match day.cmp(&entry.0) {
                std::cmp::Ordering::Less => continue,
                std::cmp::Ordering::Equal => entry.1 = Account::total([&entry.1, &account]),
                std::cmp::Ordering::Greater => {
                    parts.clear();
                    *entry = (day, account);
                }
            }
            if area.sown_ha > 0.0 && !parts.contains(&area.sown_ha) {
                parts.push(area.sown_ha);
            }
            entry.1.sown_ha = exact::sum(parts.iter().copied());
        }
        // Hamlets that were seen on different days are parts of their commune all the same.
        let mut found: BTreeMap<(u16, u32), (Option<chrono::NaiveDate>, Account)> = BTreeMap::new();
        for ((pest, commune, _), (day, account)) in by_part {
            match found.entry((pest, commune)) {
                Entry::Vacant(empty) => {
                    empty.insert((day, account));
                }
                Entry::Occupied(mut other) => {
                    let (last, whole) = other.get();
                    let all = (day.max(*last), Account::total([whole, &account]));
                    other.insert(all);
                }
            }
        }
        // What a complete report does not name is not there, in periods that it speaks of.
        if self.areas_complete == Some(true) && !found.is_empty() {
            let pests: std::collections::BTreeSet<u16> = self.areas.iter().map(|area| area.pest).collect();
            let of_days = |(_, _, day): &&(u16, u32, u16)| wanted.get(usize::from(*day)) == Some(&true);
            let unread: HashSet<(u16, u32)> =
                self.unread_areas.iter().filter(of_days).map(|(pest, commune, _)| (*pest, *commune)).collect();
            for (pest, commune) in pests.into_iter().flat_map(|pest| (0..communes as u32).map(move |commune| (pest, commune))) {
                // A row whose hectares nobody can read is not none.
                if !unread.contains(&(pest, commune)) {
                    found.entry((pest, commune)).or_insert((None, Account { reported: true, ..Account::default() }));
                }
            }
        }
        found.into_iter().map(|((pest, commune), (_, account))| (usize::from(pest), commune as usize, account)).collect()
    }
}

/// The hectares of each row.
fn hectares(table: &Table, name: &str, sign: Decimal, problems: &mut Problems) -> Result<Vec<Option<f64>>> {
    let wrong = message!(
        "không phải số héc-ta từ 0 trở lên; ô không được tính",
        "not a number of hectares from 0 on; the cell is not counted"
    );
    land_units::hectares(table, name, sign, wrong, problems)
}
