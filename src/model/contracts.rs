//! Linked production as rows of (field or commune, enterprise, contracted hectares).

use crate::input::land_units;
use crate::input::{Decimal, Table, decimal};
use crate::join::keys::NONE;
use crate::join::{KeyJoin, Target};
use crate::message;
use crate::project::Duplicates;
use crate::run::{Fault, Place, Problems, Result};
use crate::values::text::{alike, one_line};
use hashbrown::{HashMap, HashSet};
use std::collections::{BTreeMap, BTreeSet};

/// Rows of all linked-production tables that found their field or commune. The lists have one entry per row.
#[derive(Debug, Clone, Default)]
pub struct Linked {
    /// Whether rows belong to fields or communes
    pub target: Option<Target>,
    /// Field or commune
    pub unit: Vec<u32>,
    /// Enterprise; the last one of `enterprises` is "not stated" where its name is empty
    pub enterprise: Vec<u32>,
    /// Contracted hectares
    pub hectares: Vec<f64>,
    /// Names of enterprises, in order of first appearance
    pub enterprises: Vec<String>,
    /// The tables list every contract there is
    pub complete: bool,
    /// Contracted hectares of rows whose key found nothing
    pub unmatched_ha: f64,
    /// Fields or communes with a row whose hectares nobody can read: not none, whatever is complete
    pub unread: Vec<u32>,
}

impl Linked {
    /// Adds the rows of a joined table but those that came before.
    pub fn add(
        &mut self,
        table: &Table,
        join: &KeyJoin,
        (enterprise, contracted): (Option<&str>, &str),
        (declared, rule): (Option<Decimal>, Duplicates),
        copied: &HashSet<usize>,
        problems: &mut Problems,
    ) -> Result<()> {
        let column = table.require(contracted)?;
        let sign = decimal::of_columns(table, &[contracted], declared)?;
        let wrong = message!("không phải số héc-ta; dòng không được tính", "not a number of hectares; the row is not counted");
        let hectares = land_units::hectares(table, contracted, sign, wrong, problems)?;
        crate::model::observations::report_missing(table, column, problems);
        let names = enterprise.map(|name| table.require(name)).transpose()?;
        let mut numbers: HashMap<String, u32> =
            self.enterprises.iter().enumerate().map(|(number, name)| (alike(name), number as u32)).collect();
        let mut spellings: BTreeMap<u32, BTreeSet<String>> = BTreeMap::new();
        let mut number_of = |name: &str, list: &mut Vec<String>| {
            let number = *numbers.entry(alike(name)).or_insert_with(|| {
                list.push(one_line(name));
                (list.len() - 1) as u32
            });
            if list.get(number as usize).is_some_and(|known| known != name) {
                spellings.entry(number).or_default().insert(name.to_owned());
            }
            number
        };
        let mut seen: HashMap<(u32, u32), usize> = HashMap::new();
        self.target = Some(join.target);
        for (row, amount) in hectares.into_iter().enumerate() {
            let unit = join.unit(row);
            let Some(amount) = amount.filter(|_| !copied.contains(&row)) else {
                self.unread.extend((unit != NONE && !copied.contains(&row)).then_some(unit));
                continue;
            };
            if unit == NONE {
                self.unmatched_ha += amount;
                continue;
            }
            let enterprise = number_of(names.and_then(|names| names.text(row)).unwrap_or(""), &mut self.enterprises);
            if rule != Duplicates::Sum
                && let Some(&earlier) = seen.get(&(unit, enterprise))
            {
                let value = names.and_then(|names| names.text(row)).unwrap_or("");
                let place = table.place(row, contracted, value);
                if rule == Duplicates::Error {
                    return Err(Fault::new(
                        "repeated-key",
                        place,
                        message!(
                            "thửa và doanh nghiệp này đã có ở dòng trước",
                            "this field and enterprise came in an earlier row"
                        ),
                    )
                    .hint(message!("khai báo duplicates = \"sum\" hoặc \"last\"", "declare duplicates = \"sum\" or \"last\"")));
                }
                problems.warning(
                    "repeated-key",
                    place,
                    message!(
                        "lặp thửa và doanh nghiệp: dùng dòng này, bỏ dòng trước",
                        "field and enterprise repeated: this row is used, the earlier one is not"
                    ),
                    None,
                );
                self.hectares[earlier] = amount;
                continue;
            }
            if rule != Duplicates::Sum {
                seen.insert((unit, enterprise), self.unit.len());
            }
            self.unit.push(unit);
            self.enterprise.push(enterprise);
            self.hectares.push(amount);
        }
        for (number, names) in spellings {
            let (name, others) = (&self.enterprises[number as usize], names.into_iter().collect::<Vec<_>>().join(", "));
            let message = message!("viết khác của \"{name}\": tính là một", "another spelling of \"{name}\": taken as one");
            problems.info("enterprise-spelling", Place::file(&table.file).value(others), message, None);
        }
        Ok(())
    }
}
