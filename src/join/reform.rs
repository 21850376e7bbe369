//! Former units by the list of a reform: which became which is known, their land is not.

use super::former::Former;
use super::keys::{KeyJoin, NONE};
use crate::input::{Column, Table, decimal};
use crate::message;
use crate::places::Communes;
use crate::places::aliases::Aliases;
use crate::places::crosswalk::Crosswalk;
use crate::places::names::{Found, Ladder, key};
use crate::places::reform::{self, Before, Reform};
use crate::project::FormerConfig;
use crate::run::{Fault, Place, Problems, Result};
use crate::values::Message;
use crate::values::text::nearest;
use hashbrown::{HashMap, HashSet};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// The units of before a reform that became those of a project, and the way to them. A unit that stayed whole passes on whole, a divided
/// one by the shares that the project states.
///
/// # Errors
///
/// Where the boundaries are not those of after the reform; where `districts` or `shares` name what is not on the list.
pub fn of_reform(config: &FormerConfig, file: &str, today: &Communes) -> Result<Former> {
    let list = Reform::shipped();
    if !list.is_of(today.codes.iter().zip(&today.names).map(|(code, name)| (code.as_str(), name.as_str()))) {
        let name = config.reform.as_deref().unwrap_or_default();
        return Err(refused(
            file,
            "reform",
            name,
            message!(
                "mã và tên của ranh giới không phải của các xã sau sắp xếp 01/7/2025",
                "codes and names of the boundaries are not those of communes since 1 July 2025"
            ),
        ));
    }
    let codes: HashSet<&str> = today.codes.iter().map(String::as_str).collect();
    let districts = list.districts(&codes);
    for district in &config.districts {
        if !districts.iter().any(|known| key(known) == key(district)) {
            let near = nearest(district, districts.iter().copied()).unwrap_or_default();
            return Err(refused(
                file,
                "districts",
                district,
                message!(
                    "không có huyện này trước sắp xếp; gần nhất: {near}",
                    "there was no such district before the reform; the nearest is {near}"
                ),
            ));
        }
    }
    let units = list.units(&codes, &config.districts);
    let old = reform::communes(&units);
    let stated = stated(config, file, &units, (&old, today))?;
    let mut pairs = Vec::new();
    let mut divided = BTreeMap::new();
    for (unit, before) in units.iter().enumerate() {
        let became: BTreeSet<usize> = before.became.iter().filter_map(|code| today.find(code)).collect();
        match (stated.get(&unit), &before.became[..]) {
            (Some(shares), _) => pairs.extend(shares.iter().map(|&(new, share)| (unit, new, share))),
            (None, [_]) => pairs.extend(became.into_iter().map(|new| (unit, new, 1.0))),
            (None, _) => {
                divided.insert(unit, became.into_iter().collect());
            }
        }
    }
    let mut crosswalk = Crosswalk::new(&old, today, &pairs, vec![0.0; units.len()], 0.0);
    // What was stated to go elsewhere stays elsewhere: the shares are not made to add up here.
    for link in &mut crosswalk.links {
        link.share = stated.get(&link.old).map_or(link.share, |_| link.weight);
    }
    Ok(Former { id: config.id.clone(), units: old, crosswalk, divided, by_land: false })
}

fn refused(file: &str, key: &str, value: &str, message: Message) -> Fault {
    Fault::new("bad-reform", Place::file(file).column(format!("former.{key}")).value(value), message)
}

/// The shares that a project states: of each former unit its communes of today with their parts.
fn stated(
    config: &FormerConfig,
    file: &str,
    units: &[&Before],
    (old, today): (&Communes, &Communes),
) -> Result<HashMap<usize, Vec<(usize, f64)>>> {
    let none = Aliases::default();
    let of_old = Ladder::new(&old.codes, &old.names, &old.provinces, &none);
    let mut stated: HashMap<usize, Vec<(usize, f64)>> = HashMap::new();
    for (name, shares) in &config.shares {
        let Found::Unit(unit, _) = of_old.find(None, name) else {
            return Err(refused(
                file,
                "shares",
                name,
                message!(
                    "không phải tên của một xã cũ (hoặc là tên của nhiều xã: dùng mã)",
                    "this is no name of a former commune, or of several: use the code"
                ),
            ));
        };
        let mut list = Vec::new();
        for (name, share) in shares {
            // A part may lie in a commune that the project is not about.
            let is_heir = |code: &&&str| **code == name.as_str() || key(Reform::shipped().name_of(code)) == key(name);
            let Some(heir) = units[unit].became.iter().find(is_heir) else {
                let (became, was) = (units[unit].heirs().join(", "), &old.names[unit]);
                return Err(refused(
                    file,
                    "shares",
                    name,
                    message!(
                        "{was} không có phần nào ở đây; đã chia vào {became}",
                        "{was} has no part here; it was divided into {became}"
                    ),
                ));
            };
            list.extend(today.find(heir).map(|new| (new, *share)));
        }
        list.sort_by_key(|(new, _)| *new);
        stated.insert(unit, list);
    }
    Ok(stated)
}

/// Sets rows of divided units aside whose shares nobody stated, unless there is nothing to divide, and lists the units.
pub fn leave_divided(
    table: &Table,
    (name, numbers): (&str, &[&str]),
    unit_of: &mut [Option<usize>],
    former: &Former,
    problems: &mut Problems,
) -> BTreeSet<usize> {
    let columns: Vec<&Column> = numbers.iter().filter_map(|heading| table.column(heading)).collect();
    let is_none = |text: &str| text.bytes().all(|byte| matches!(byte, b'0' | b'.' | b',' | b' '));
    // Of nothing, every part has nothing.
    let is_nothing = |row: usize| {
        let mut told =
            columns.iter().filter_map(|column| column.text(row)).filter(|text| !decimal::is_blank(text.trim())).peekable();
        told.peek().is_some() && told.all(is_none)
    };
    let mut met: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for (row, unit) in unit_of.iter_mut().enumerate() {
        if let Some(old) = unit.filter(|unit| former.divided.contains_key(unit) && !is_nothing(row)) {
            met.entry(old).or_insert((row, 0)).1 += 1;
            *unit = None;
        }
    }
    let left = met.keys().copied().collect();
    for (old, (row, rows)) in met {
        let was = &former.units.names[old];
        let names = Reform::shipped().find(&former.units.codes[old]).map_or_else(Vec::new, Before::heirs);
        let (list, first, second) =
            (names.join(", "), names.first().copied().unwrap_or("…"), names.get(1).copied().unwrap_or("…"));
        problems.error(
            "divided-unit",
            table.place(row, name, was),
            message!(
                "xã cũ này đã chia vào nhiều xã ({list}): chưa biết mỗi xã bao nhiêu, không tính ({rows} dòng)",
                "this former commune was divided among {list}: how much went where is not known, so nothing counts ({rows} rows)"
            ),
            Some(message!(
                "ghi trong [[former]]: shares = {{ \"{was}\" = {{ \"{first}\" = …, \"{second}\" = … }} }}, hoặc dùng tệp ranh giới cũ",
                "state in [[former]]: shares = {{ \"{was}\" = {{ \"{first}\" = …, \"{second}\" = … }} }}, or use old boundaries"
            )),
        );
    }
    left
}

/// Names codes that are of other communes today, so that whoever reads the table by today's list sees how it was taken.
pub fn name_reused(
    table: &Table,
    name: &str,
    unit_of: &[Option<usize>],
    former: &Former,
    today: &Communes,
    problems: &mut Problems,
) {
    const LISTED: usize = 10;
    let Some(column) = table.column(name) else { return };
    let reused = |unit: usize| {
        let (code, was) = (former.units.codes[unit].as_str(), former.units.names[unit].as_str());
        let now = today.names[today.find(code)?].as_str();
        (key(was) != key(now)).then(|| (format!("{code} là {was}, nay là mã của {now}"), format!("{code} was {was}, now {now}")))
    };
    let by_code = |row: &usize| unit_of[*row].is_some_and(|unit| column.text(*row) == Some(former.units.codes[unit].as_str()));
    let units: BTreeSet<usize> = (0..table.rows).filter(by_code).filter_map(|row| unit_of[row]).collect();
    let (vi, en): (Vec<String>, Vec<String>) = units.into_iter().filter_map(reused).take(LISTED).unzip();
    if vi.is_empty() {
        return;
    }
    let (vi, en) = (vi.join("; "), en.join("; "));
    problems.warning(
        "reused-codes",
        Place::file(&table.file).column(name),
        message!(
            "bảng được đọc theo mã trước sắp xếp 01/7/2025: {vi}",
            "the table is read by the codes of before July 2025: {en}"
        ),
        Some(message!(
            "nếu là mã hiện nay, bỏ \"units\" ở bảng này",
            "if these are codes of today, leave units out of this table"
        )),
    );
}

/// Takes away what the list alone cannot give: sums of communes with a part of a divided unit, unless that is 0, or of which a
/// former unit is not told; means of communes that were several.
pub fn leave_untold(
    table: &Table,
    heading: &str,
    intensive: bool,
    (former, today): (&Former, &Communes),
    values: &[Option<f64>],
    passed: &mut [(Option<f64>, f64)],
    problems: &mut Problems,
) {
    let mut parts: Vec<Vec<Option<f64>>> = vec![Vec::new(); today.len()];
    former.crosswalk.links.iter().for_each(|link| parts[link.new].push(values[link.old]));
    for (old, into) in &former.divided {
        into.iter().for_each(|&unit| parts[unit].push(values[*old].filter(|value| *value == 0.0)));
    }
    for (unit, parts) in parts.iter().enumerate() {
        let (all, told) = (parts.len(), parts.iter().flatten().count());
        let one = parts.iter().all(|value| *value == parts[0]);
        let enough = if intensive { told > 0 && one } else { told == all };
        if passed[unit].0.is_none() || enough {
            continue;
        }
        passed[unit] = (None, 0.0);
        let name = &today.names[unit];
        let (message, hint) = match intensive && told == all {
            true => (
                message!(
                    "xã gồm {all} xã cũ có số khác nhau: không biết diện tích từng xã nên không lấy trung bình được",
                    "the commune was {all} with different numbers: without their land they have no mean"
                ),
                message!("dùng tệp ranh giới cũ làm [[former]]", "use old boundaries as the [[former]]"),
            ),
            false => (
                message!(
                    "mới biết số liệu của {told} trong {all} xã cũ hợp thành xã này: coi là không có số liệu",
                    "only {told} of the {all} communes that this one is made of are told of: taken as no data"
                ),
                message!(
                    "bổ sung các xã cũ còn thiếu; xã cũ bị chia thì ghi \"shares\"; hoặc complete = true nếu nơi không có dòng là 0",
                    "add those that are missing; state the shares of divided ones; or complete = true if there is none where no row stands"
                ),
            ),
        };
        problems.warning("partly-told", Place::file(&table.file).column(heading).value(name), message, Some(hint));
    }
}

/// The units of before the reform that became those of a project.
struct Predecessors {
    units: Vec<&'static Before>,
    old: Communes,
}

/// None where the boundaries are not those of after the reform.
fn predecessors(today: &Communes) -> Option<Predecessors> {
    let list = Reform::shipped();
    let is_of = list.is_of(today.codes.iter().zip(&today.names).map(|(code, name)| (code.as_str(), name.as_str())));
    is_of.then(|| {
        let units = list.units(&today.codes.iter().map(String::as_str).collect(), &[]);
        let old = reform::communes(&units);
        Predecessors { units, old }
    })
}

/// What communes of before became, by code or name; looked up once it is asked for.
pub struct Became<'a> {
    today: &'a Communes,
    answers: OnceLock<HashMap<String, String>>,
}

impl<'a> Became<'a> {
    /// Nothing is looked up yet.
    pub fn new(today: &'a Communes) -> Became<'a> {
        Became { today, answers: OnceLock::new() }
    }

    /// The communes of today that a commune of before became, as people read it, with its district; of several of one name each.
    pub fn find(&self, text: &str) -> Option<String> {
        self.answers.get_or_init(|| self.all()).get(&key(text)).cloned()
    }

    fn all(&self) -> HashMap<String, String> {
        let mut answers: HashMap<String, String> = HashMap::new();
        for before in predecessors(self.today).into_iter().flat_map(|list| list.units) {
            let answer = format!("{} ({})", before.heirs().join(", "), before.district);
            for text in [key(before.code), key(before.name)] {
                let all = answers.entry(text).or_default();
                let comma = if all.is_empty() { "" } else { "; " };
                all.push_str(comma);
                all.push_str(&answer);
            }
        }
        answers
    }
}

/// Fewer keys than these may be slips of the pen.
const FEWEST: usize = 2;

/// Sets rows of a table of before the reform aside that found a unit of today: names and codes were used again for other land. A
/// table is one of before where more of its keys are of units of before alone than of units of today alone.
pub fn leave_former(table: &Table, name: &str, today: &Communes, join: &mut KeyJoin, problems: &mut Problems) {
    if join.units.iter().filter(|unit| **unit == NONE).count() < FEWEST {
        return;
    }
    let (Some(column), Some(Predecessors { units, old })) = (table.column(name), predecessors(today)) else { return };
    let none = Aliases::default();
    let ladder = Ladder::new(&old.codes, &old.names, &old.provinces, &none);
    let (mut gone, mut again, mut new) = (Vec::new(), Vec::new(), 0);
    for (code, text) in column.dictionary.iter().enumerate().take(join.units.len()) {
        let of: Vec<usize> = match ladder.find(None, text) {
            Found::Unit(unit, _) => vec![unit],
            Found::Several(list) => list,
            Found::Nothing(_) => Vec::new(),
        };
        match (join.units[code], of.is_empty()) {
            (NONE, false) => gone.push(code),
            (unit, true) if unit != NONE => new += 1,
            (unit, false) if !is_the_same(today, &units, unit as usize, &of) => again.push(code),
            _ => {}
        }
    }
    if gone.len() < FEWEST || gone.len() <= new {
        return;
    }
    let texts = |codes: &[usize]| {
        let shown: Vec<&str> = codes.iter().take(5).map(|&code| column.dictionary.get(code as u32)).collect();
        format!("{}{}", shown.join(", "), if codes.len() > 5 { ", …" } else { "" })
    };
    let rows = |codes: &[usize]| join.codes.iter().filter(|code| codes.contains(&(**code as usize))).count();
    let hint = message!(
        "thêm [[former]] với id = \"truoc-2025-07\", reform = \"2025-07\", và viết units = \"truoc-2025-07\" ở bảng này",
        "add a [[former]] with id = \"before-2025-07\", reform = \"2025-07\", and write units = \"before-2025-07\" for this table"
    );
    let (count, list, of_gone) = (gone.len(), texts(&gone), rows(&gone));
    problems.error(
        "names-of-another-date",
        Place::file(&table.file).column(name),
        message!(
            "{count} xã của bảng là xã trước sắp xếp 01/7/2025 ({list}): không tính ({of_gone} dòng)",
            "{count} communes of the table are of before July 2025 ({list}) and do not count ({of_gone} rows)"
        ),
        Some(hint.clone()),
    );
    if again.is_empty() {
        return;
    }
    let (list, of_again) = (texts(&again), rows(&again));
    problems.error(
        "name-used-again",
        Place::file(&table.file).column(name),
        message!(
            "{list}: trước sắp xếp là xã khác đất, trùng tên hay mã với xã nay: không tính ({of_again} dòng)",
            "{list}: before the reform these names or codes were of other land than now, so they do not count ({of_again} rows)"
        ),
        Some(hint),
    );
    again.into_iter().for_each(|code| join.units[code] = NONE);
}

/// Whether a unit of today is one unit of before under the same name or code, and nothing more.
fn is_the_same(today: &Communes, units: &[&Before], unit: usize, of: &[usize]) -> bool {
    let code = today.codes[unit].as_str();
    let parts = units.iter().filter(|before| before.became.contains(&code)).count();
    parts == 1 && of.iter().any(|&old| units[old].became == [code])
}
