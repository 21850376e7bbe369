//! Tables with Vietnamese text in the encodings before Unicode: converted, and what was lost is listed.

use super::columns::Column;
use super::table::Table;
use crate::message;
use crate::run::{Place, Problems};
use crate::values::legacy::{Legacy, detect};

/// Converts the columns and headings of a table that are in an old encoding, and says so with the evidence. Letters that
/// were lost before the file came here are listed.
pub fn mend(table: &mut Table, problems: &mut Problems) {
    let file = table.file.clone();
    let headings: Vec<String> = table.headings.clone();
    let of_headings = detect(&headings.iter().map(String::as_str).collect::<Vec<_>>());
    for at in 0..table.columns.len() {
        let column = &table.columns[at];
        let texts: Vec<&str> = column.dictionary.iter().filter(|text| !text.is_ascii()).take(5000).collect();
        let found = if texts.is_empty() { None } else { detect(&texts) };
        if let Some((legacy, fit, all)) = found {
            let example = texts.iter().find(|text| legacy.convert(text) != **text).copied().unwrap_or("").to_owned();
            let mended = converted(column, legacy);
            tell(&file, &column.name.clone(), &example, legacy, fit, all, problems);
            table.columns[at] = mended;
        }
        lost(table, at, problems);
    }
    if let Some((legacy, fit, all)) = of_headings {
        let example = headings.iter().find(|text| legacy.convert(text) != **text).cloned().unwrap_or_default();
        tell(&file, "", &example, legacy, fit, all, problems);
        let rename = |name: &mut String| *name = legacy.convert(name);
        table.headings.iter_mut().for_each(rename);
        table.columns.iter_mut().for_each(|column| rename(&mut column.name));
        if let Some(sheet) = &mut table.sheet {
            sheet.columns.iter_mut().for_each(|(name, _)| rename(name));
        }
    }
}

fn converted(column: &Column, legacy: Legacy) -> Column {
    let texts = column.parse(|text| if text.is_ascii() { text.to_owned() } else { legacy.convert(text) });
    let mut part = Column::new(column.name.as_str());
    for &code in &column.codes {
        part.push(texts.get(code as usize).map_or("", String::as_str));
    }
    let mut mended = Column::new(column.name.as_str());
    mended.append(&part, 1);
    mended
}

fn tell(file: &str, column: &str, example: &str, legacy: Legacy, fit: usize, all: usize, problems: &mut Problems) {
    let name = legacy.name();
    let now = legacy.convert(example);
    problems.info(
        "old-encoding",
        Place::file(file).column(column).value(example),
        message!(
            "chữ {name}, đổi sang Unicode: \"{example}\" → \"{now}\" ({fit}/{all} từ thành âm tiết tiếng Việt)",
            "{name} text, converted to Unicode: \"{example}\" → \"{now}\" ({fit} of {all} words become Vietnamese syllables)"
        ),
        None,
    );
}

/// Lists texts with letters that nobody can bring back: `H?ng Ng?`, `H�ng Ng�`.
fn lost(table: &Table, at: usize, problems: &mut Problems) {
    let column = &table.columns[at];
    let bad: Vec<bool> = column.parse(has_lost_letters);
    let mut said = hashbrown::HashSet::new();
    for (row, code) in table.rows_where(column, &bad) {
        if said.insert(code) {
            let text = column.dictionary.get(code);
            problems.error(
                "lost-letters",
                table.place(row, &column.name, text),
                message!(
                    "chữ đã mất khi lưu sai bảng mã, không khôi phục được: \"{text}\"",
                    "letters were lost when the text was saved in a wrong encoding and cannot be brought back: \"{text}\""
                ),
                Some(message!("xuất lại từ bản gốc ở UTF-8", "export it again from the original as UTF-8")),
            );
        }
    }
}

fn has_lost_letters(text: &str) -> bool {
    if text.contains('\u{fffd}') {
        return true;
    }
    // A question mark within a word, and none where a question would have it.
    let letters: Vec<char> = text.chars().collect();
    letters.windows(3).any(|w| w[1] == '?' && w[0].is_alphabetic() && w[2].is_alphabetic()) && !text.contains("://")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lost_letters_are_seen() {
        assert!(has_lost_letters("H?ng Ng?") && has_lost_letters("Th\u{fffd}"));
        assert!(!has_lost_letters("Sao?") && !has_lost_letters("Hồng Ngự"));
    }
}
