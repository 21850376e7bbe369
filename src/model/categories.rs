//! Indicators in words, such as a status.

use crate::input::Table;
use crate::join::KeyJoin;
use crate::join::keys::NONE;
use crate::message;
use crate::project::Duplicates;
use crate::run::{Fault, Problems, Result};
use crate::values::Message;
use crate::values::text::{fold, normalise};

/// An indicator in words, such as a status.
#[derive(Debug, Clone, PartialEq)]
pub struct Categories {
    /// `table.id`
    pub id: String,
    /// Name for people
    pub name: Message,
    /// The words, by first appearance
    pub words: Vec<String>,
    /// Number of the word of each commune
    pub values: Vec<Option<usize>>,
    /// Whether its words go from low to high, as the project declares
    pub ordered: bool,
}

/// Most words that colours tell apart.
const MOST: usize = 7;

impl Categories {
    /// The same with its rarest words as one, where there are more than colours can tell apart: how many words that one stands for.
    pub fn gathered(&self, other: &str) -> (Categories, usize) {
        if self.ordered || self.words.len() <= MOST {
            return (self.clone(), 0);
        }
        let count = |word: usize| self.values.iter().filter(|value| **value == Some(word)).count();
        let mut by_count: Vec<usize> = (0..self.words.len()).collect();
        by_count.sort_by_key(|&word| (std::cmp::Reverse(count(word)), word));
        let mut kept = by_count[..MOST].to_vec();
        kept.sort_unstable();
        let place = |word: usize| kept.iter().position(|&other| other == word).unwrap_or(MOST);
        let words = kept.iter().map(|&word| self.words[word].clone()).chain([other.to_owned()]).collect();
        let values = self.values.iter().map(|value| value.map(place)).collect();
        (Categories { words, values, ..self.clone() }, self.words.len() - MOST)
    }
}

/// The words of a column by commune, in the declared order, else by name, so that a colour stays with its word however rows are sorted.
pub fn read(
    (table, join): (&Table, &KeyJoin),
    (column, order): (&str, &[String]),
    duplicates: Duplicates,
    (id, name): (String, Message),
    communes: usize,
    problems: &mut Problems,
) -> Result<Categories> {
    let column = table.require(column)?;
    let mut words: Vec<String> = order.iter().map(|word| normalise(word).into_owned()).collect();
    let mut others: Vec<String> =
        column.dictionary.iter().filter(|word| !words.iter().any(|known| known == word)).map(str::to_owned).collect();
    // Đ stands with D, and not behind S.
    others.sort_by_cached_key(|word| (fold(word), word.clone()));
    words.append(&mut others);
    let numbers: Vec<usize> = column.parse(|word| words.iter().position(|known| known == word).unwrap_or_default());
    let mut values: Vec<Option<usize>> = vec![None; communes];
    for row in 0..table.rows {
        let (unit, Some(word)) = (join.unit(row), column.text(row)) else { continue };
        if unit == NONE {
            continue;
        }
        let number = numbers[column.codes[row] as usize];
        match values[unit as usize] {
            Some(earlier) if earlier != number => {
                let earlier = &words[earlier];
                let place = table.place(row, &column.name, word);
                let problem = message!(
                    "xã này đã có \"{earlier}\" ở dòng trước, dòng này ghi \"{word}\"",
                    "this commune came as \"{earlier}\" in an earlier row, here as \"{word}\""
                );
                if duplicates != Duplicates::Last {
                    let hint = message!(
                        "bỏ một dòng, hoặc khai báo duplicates = \"last\"",
                        "leave one out, or declare duplicates = \"last\""
                    );
                    return Err(Fault::new("repeated-key", place, problem).hint(hint));
                }
                problems.warning("repeated-key", place, problem, None);
            }
            _ => {}
        }
        values[unit as usize] = Some(number);
    }
    let ordered = !order.is_empty();
    Ok(Categories { id, name, words, values, ordered })
}
