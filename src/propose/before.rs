//! Tables of before a reform beside boundaries of after it: which they are, and of which districts they speak.

use super::entry::quoted;
use super::looked::Looked;
use super::places::Places;
use crate::places::Communes;
use crate::places::names::{Found, key};
use crate::places::reform::{self, Reform};
use crate::project::REFORMS;
use crate::values::Lang;
use hashbrown::{HashMap, HashSet};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Id of the `[[former]]` that is written.
pub const ID: &str = "truoc-2025-07";

/// The communes of before.
pub struct Before {
    old: Communes,
    /// Units by the key of their name or code
    by_key: HashMap<String, Vec<usize>>,
}

impl Before {
    /// None where the boundaries are not those of after the reform.
    pub fn of(codes: &[String], names: &[String]) -> Option<Before> {
        let list = Reform::shipped();
        let is_of = list.is_of(codes.iter().zip(names).map(|(code, name)| (code.as_str(), name.as_str())));
        is_of.then(|| {
            let old = reform::communes(&list.units(&codes.iter().map(String::as_str).collect(), &[]));
            let mut by_key: HashMap<String, Vec<usize>> = HashMap::new();
            for (unit, name) in old.names.iter().enumerate() {
                // "Phường 1" may be written 1, but a number alone is no name of a commune.
                if key(name).parse::<u32>().is_err() {
                    by_key.entry(key(name)).or_default().push(unit);
                }
            }
            Before { old, by_key }
        })
    }

    /// Codes of the units.
    pub fn codes(&self) -> HashSet<&str> {
        self.old.codes.iter().map(String::as_str).collect()
    }

    /// Whether a text names one commune of before, or several.
    pub fn names(&self, text: &str) -> bool {
        self.by_key.contains_key(&key(text))
    }

    /// Whether a table speaks of units of before: more of its names are only theirs than only today's.
    pub fn is_spoken_of(&self, table: &Looked, heading: &str, places: &Places) -> bool {
        let ladder = places.ladder();
        let (mut old, mut new) = (0, 0);
        for text in table.texts(heading) {
            let of_today = !matches!(ladder.find(None, text), Found::Nothing(_));
            match (self.names(text), of_today) {
                (true, false) => old += 1,
                (false, true) => new += 1,
                _ => {}
            }
        }
        old > new
    }

    /// Adds the districts of the communes that have a name of their own.
    pub fn add_districts(&self, table: &Looked, heading: &str, districts: &mut BTreeSet<String>) {
        for text in table.texts(heading) {
            if let Some([unit]) = self.by_key.get(&key(text)).map(Vec::as_slice) {
                districts.insert(self.old.provinces[*unit].clone());
            }
        }
    }

    /// Writes the `[[former]]` that such tables speak of.
    pub fn write(&self, text: &mut String, districts: &BTreeSet<String>, lang: Lang) {
        let names: Vec<String> = districts.iter().map(|name| quoted(name)).collect();
        let _ = writeln!(
            text,
            "\n[[former]]    # {}\nid        = {}\nreform    = {}\ndistricts = [{}]",
            lang.pick("xã trước sắp xếp 01/7/2025, theo danh sách có sẵn", "communes before July 2025, by the list that ships"),
            quoted(ID),
            quoted(REFORMS[0]),
            names.join(", "),
        );
    }
}
