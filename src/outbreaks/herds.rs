//! The register of herds: animals at risk and vaccinated, by holding or by commune.

use super::place::Site;
use super::register::RoleOf;
use crate::input::{Decimal, Table, decimal, numeric};
use crate::message;
use crate::run::{Fault, Place, Problems, Result};
use crate::values::text::fold;
use hashbrown::{HashMap, HashSet};

/// One herd.
#[derive(Debug, Clone, PartialEq)]
pub struct Herd {
    /// Line of the register
    pub line: u64,
    /// Household or farm; may be empty. Personal data
    pub holding: String,
    /// Where
    pub site: Site,
    /// Species; may be empty
    pub species: String,
    /// Animals
    pub head: Option<f64>,
    /// Vaccinated animals
    pub vaccinated: Option<f64>,
}

/// All herds of a file, in its order.
#[derive(Debug, Clone, Default)]
pub struct Herds {
    /// File
    pub file: String,
    /// The herds
    pub list: Vec<Herd>,
    /// Each is a holding with a position; otherwise each is what a commune has in all
    pub placed: bool,
    /// There is a column of vaccinated animals
    pub vaccination: bool,
}

/// Reads herds.
pub fn read(
    table: &Table,
    role: RoleOf<'_>,
    sites: Vec<Site>,
    (placed, sign): (bool, Option<Decimal>),
    problems: &mut Problems,
) -> Result<Herds> {
    let Some(head_of) = role("head") else {
        return Err(crate::headings::missing_column(&table.file, "head", &table.headings));
    };
    let counted: Vec<&str> = ["head", "vaccinated"].into_iter().filter_map(role).collect();
    let sign = match sign {
        Some(sign) => sign,
        None => decimal::of_columns(table, &counted, None)?,
    };
    let head = numeric::numbers(table, head_of, sign, true, problems)?;
    let vaccinated = match role("vaccinated") {
        Some(heading) => numeric::numbers(table, heading, sign, true, problems)?,
        None => vec![None; table.rows],
    };
    let silent = (0..table.rows).filter(|&row| head[row].is_some_and(|head| head > 0.0) && vaccinated[row].is_none()).count();
    if silent > 0 && silent < table.rows && role("vaccinated").is_some() {
        problems.warning(
            "vaccinated-not-stated",
            Place::file(&table.file).column(role("vaccinated").unwrap_or_default()),
            message!(
                "{silent} đàn không ghi số con tiêm phòng: tổng số tiêm là mức ít nhất, tỷ lệ tính trên các đàn có ghi",
                "{silent} herds do not state the vaccinated: their sum is the least there can be, and coverage is over the others"
            ),
            None,
        );
    }
    let text = |name: &str, row: usize| -> String {
        let column = role(name).and_then(|heading| table.column(heading));
        column.and_then(|column| column.text(row)).unwrap_or("").trim().to_owned()
    };
    let mut herds = Herds { file: table.file.clone(), placed, vaccination: role("vaccinated").is_some(), ..Herds::default() };
    let mut seen: HashMap<Vec<&str>, u64> = HashMap::new();
    for row in 0..table.rows {
        let whole: Vec<&str> = table.columns.iter().map(|column| column.text(row).unwrap_or("")).collect();
        let line = table.place(row, head_of, "").row.unwrap_or(row as u64 + 1);
        let exact = sites.get(row).is_some_and(|site| site.position.is_some() && !site.approximate);
        let named = placed && exact || !text("holding", row).is_empty();
        if let Some(first) = seen.insert(whole, line) {
            let place = table.place(row, head_of, "");
            if named {
                let message =
                    message!("mọi cột trùng với dòng {first}; chỉ tính một lần", "every column equals row {first}; counted once");
                problems.error("duplicate-herd", place, message, None);
                continue;
            }
            let message = message!("mọi cột trùng với dòng {first}; vẫn tính", "every column equals row {first}; both count");
            problems.warning("duplicate-herd", place, message, None);
        }
        let place = table.place(row, head_of, "");
        match head[row] {
            None => problems.warning(
                "no-head",
                place.clone(),
                message!(
                    "không rõ tổng đàn: không tính vào tổng đàn, và vật mắc của hộ này không tính vào tỷ lệ",
                    "the number of animals is missing: it is in no sum, and the sick of this holding are in no rate"
                ),
                None,
            ),
            Some(0.0) => problems.warning(
                "empty-herd",
                place.clone().value("0"),
                message!("tổng đàn bằng 0: không tính được tỷ lệ", "no animals: there is no rate"),
                None,
            ),
            Some(head) if vaccinated[row].is_some_and(|vaccinated| vaccinated > head) => problems.warning(
                "vaccinated-over-herd",
                place.clone().value(format!("{} > {head}", vaccinated[row].unwrap_or_default())),
                message!("số tiêm phòng lớn hơn tổng đàn", "more vaccinated than animals"),
                None,
            ),
            _ => {}
        }
        herds.list.push(Herd {
            line: place.row.unwrap_or(row as u64 + 1),
            holding: text("holding", row),
            site: sites.get(row).copied().unwrap_or_default(),
            species: text("species", row),
            head: head[row],
            vaccinated: vaccinated[row],
        });
    }
    if herds.list.is_empty() {
        let message = message!("không có đàn nào", "there is no herd");
        return Err(Fault::new("no-herds", Place::file(&table.file), message));
    }
    Ok(herds)
}

impl Herds {
    /// Sum by commune of what a herd gives; `None` where no herd of a commune gives anything.
    pub fn by_commune(&self, communes: usize, of: impl Fn(&Herd) -> Option<f64>) -> Vec<Option<f64>> {
        let mut sums = vec![None; communes];
        for herd in &self.list {
            if let (Some(commune), Some(number)) = (herd.site.commune, of(herd)) {
                *sums[commune].get_or_insert(0.0) += number;
            }
        }
        sums
    }

    /// Holdings that some row names without saying how many animals they have, with their commune; names folded.
    pub fn without_head(&self) -> HashSet<(Option<usize>, String)> {
        let unknown = self.list.iter().filter(|herd| herd.head.is_none() && !herd.holding.is_empty());
        unknown.map(|herd| (herd.site.commune, fold(&herd.holding))).collect()
    }
}
