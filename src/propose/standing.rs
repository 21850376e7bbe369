//! What a table is of: what was seen and signed, or what is planned, foreseen or no longer in force. Its sheet, file, titles or groups
//! of rows say so, and the two are never added.

use super::looked::Looked;
use super::{pests, places::file_name, series};
use crate::message;
use crate::readers::spreadsheet::table::GROUP;
use crate::run::{Fault, Place};
use crate::values::text::fold;

/// What stands beside the numbers of today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Planned,
    Foreseen,
    Ended,
}

impl Standing {
    const WORDS: [(Standing, &[&str]); 3] = [
        (Standing::Foreseen, &["du bao", "du kien", "du tinh"]),
        (Standing::Planned, &["ke hoach", "nhu cau", "chi tieu giao"]),
        (Standing::Ended, &["het hieu luc", "het han", "da thanh ly", "thanh ly hop dong", "da ket thuc"]),
    ];
    /// A text with these says how a plan went, or is in force all the same.
    const DONE: [&str; 6] = ["ket qua", "thuc hien", "so voi", "tien do", "con hieu luc", "con han"];

    fn of(text: &str) -> Option<Standing> {
        let folded = format!(" {} ", fold(text));
        let says = |word: &&str| folded.contains(&format!(" {word} "));
        if Standing::DONE.iter().any(says) {
            return None;
        }
        Standing::WORDS.into_iter().find(|(_, words)| words.iter().any(says)).map(|(standing, _)| standing)
    }

    fn words(self) -> [&'static str; 2] {
        match self {
            Standing::Planned => ["kế hoạch, nhu cầu", "a plan"],
            Standing::Foreseen => ["dự báo, dự kiến", "a forecast"],
            Standing::Ended => ["không còn hiệu lực", "no longer in force"],
        }
    }
}

/// Whether rows of a table are added where it is read: contracts, and what is infested.
fn is_added(looked: &Looked) -> bool {
    series::lists(looked) || pests::find(looked).is_some()
}

/// What a whole table is of: its sheet says so, or its file, or the line above it.
fn of_table(looked: &Looked) -> Option<Standing> {
    let around = looked.around.first()?;
    let above = around.titles.iter().rev().find_map(|line| Standing::of(line));
    Standing::of(&around.sheet).or_else(|| Standing::of(file_name(&around.file))).or(above)
}

/// Leaves tables of what is planned, foreseen or ended out beside tables of the same shape of what is.
pub fn apart(found: Vec<Looked>, left_out: &mut Vec<Fault>) -> Vec<Looked> {
    let of: Vec<Option<Standing>> = found.iter().map(|looked| of_table(looked).filter(|_| is_added(looked))).collect();
    let leaves: Vec<bool> = found
        .iter()
        .zip(&of)
        .map(|(looked, own)| {
            let beside = |(other, standing): (&Looked, &Option<Standing>)| standing.is_none() && other.is_shaped_like(looked);
            own.is_some() && found.iter().zip(&of).any(beside)
        })
        .collect();
    let mut kept = Vec::new();
    for ((looked, leaves), standing) in found.into_iter().zip(leaves).zip(of) {
        let Some(standing) = standing.filter(|_| leaves) else {
            kept.push(looked);
            continue;
        };
        let [vi, en] = standing.words();
        let sheet = looked.around.first().map_or("", |around| around.sheet.as_str());
        let place = Place::file(&looked.file).column("sheet").value(sheet);
        let message = message!(
            "bảng này là {vi}: không cộng với bảng cùng dạng",
            "this table is {en}: it is not added to the one of the same shape"
        );
        left_out.push(Fault::new("another-standing", place, message));
    }
    kept
}

/// Of groups of rows those to keep, where some of them are planned, foreseen, ended, or of land that is not infested. Rows before the
/// first group are called by an empty text.
pub fn groups(looked: &Looked) -> Option<Vec<String>> {
    if !is_added(looked) {
        return None;
    }
    let column = looked.table.column(GROUP)?;
    let of_pests = pests::find(looked).is_some();
    let is_another = |text: &str| {
        let folded = fold(text);
        let of_land = folded.contains("dien tich") || folded.contains("san luong") || folded.contains("nang suat");
        of_pests && of_land && !folded.contains("nhiem") && !folded.contains("hai") && !pests::knows(text)
    };
    // What is above the table is of the rows before the first group.
    let leaves = |text: &str| match text.is_empty() {
        true => of_table(looked).is_some(),
        false => Standing::of(text).is_some() || is_another(text),
    };
    let first = (0..looked.table.rows).any(|row| column.text(row).is_none());
    let mut all: Vec<&str> = column.dictionary.iter().filter(|text| !text.trim().is_empty()).collect();
    if first {
        all.push("");
    }
    let kept: Vec<String> = all.iter().filter(|text| !leaves(text)).map(|text| (*text).to_owned()).collect();
    (!kept.is_empty() && kept.len() < all.len()).then_some(kept)
}

#[cfg(test)]
mod tests {
    use super::Standing;

    #[test]
    fn plans_and_forecasts_are_told_from_what_was_done() {
        let asked = ["Kế hoạch liên kết sản xuất lúa", "DỰ BÁO tuần 16", "Hết hiệu lực", "Kết quả thực hiện kế hoạch", "Tuần 15"];
        let wanted = [Some(Standing::Planned), Some(Standing::Foreseen), Some(Standing::Ended), None, None];
        assert_eq!(asked.map(Standing::of), wanted);
    }
}
