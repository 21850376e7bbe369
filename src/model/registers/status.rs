//! Outbreaks that a column of words declares over: "Đã công bố hết dịch" without its day.

use crate::input::{Table, roles};
use crate::message;
use crate::run::{Place, Problems};
use crate::values::dates;
use crate::values::text::fold;
use chrono::NaiveDate;

/// Words by which a register says that an outbreak is over.
const OVER: [&str; 9] =
    ["het dich", "ket thuc", "dap tat", "da khong che", "khong che xong", "da xu ly xong", "qua 21 ngay", "resolved", "closed"];
/// Words of headings of such a column; what is found in other columns is told of something else.
const HEADINGS: [&str; 7] = ["tinh trang", "trang thai", "hien trang", "tinh hinh", "ket qua", "ghi chu", "status"];
/// The role of the day declared over.
const ENDED: &str = "ended";

/// Takes outbreaks that are said to be over, without a day, as over from the last day that the register speaks of.
pub fn read(table: &mut Table, roles: &mut Vec<(&'static str, String)>, problems: &mut Problems) {
    let says_over = |text: &str| {
        let folded = fold(text);
        let not_yet = folded.starts_with("chua") || folded.contains(" chua ") || folded.starts_with("not ");
        !not_yet && OVER.iter().any(|words| folded.contains(words))
    };
    let is_status = |name: &str| HEADINGS.iter().any(|words| fold(name).starts_with(words));
    let is_free = |name: &str| !roles.iter().any(|(_, heading)| heading == name);
    let found = table
        .columns
        .iter()
        .find(|column| is_free(&column.name) && is_status(&column.name) && column.dictionary.iter().any(says_over));
    let Some(column) = found else { return };
    let days_of = |role: &str| -> Vec<Option<NaiveDate>> {
        let Some(column) = roles::heading(roles, role).and_then(|heading| table.column(heading)) else {
            return vec![None; table.rows];
        };
        let order = dates::order(column.dictionary.iter());
        let days: Vec<Option<NaiveDate>> = column.parse(|text| dates::parse_in(text, order));
        column.codes.iter().map(|&code| days.get(code as usize).copied().flatten()).collect()
    };
    let ended = days_of(ENDED);
    let last = ["onset", "reported", "last_case"].into_iter().flat_map(days_of).chain(ended.clone()).flatten().max();
    let Some(last) = last else { return };
    let is_over = |row: usize| column.text(row).is_some_and(says_over);
    let known = roles::heading(roles, ENDED).map(str::to_owned);
    let own = |row: usize| known.as_deref().and_then(|heading| table.column(heading)?.text(row)).unwrap_or("").to_owned();
    let mut count = 0;
    let texts: Vec<String> = (0..table.rows)
        .map(|row| {
            let taken = is_over(row) && ended[row].is_none();
            count += usize::from(taken);
            if taken { last.to_string() } else { own(row) }
        })
        .collect();
    if count == 0 {
        return;
    }
    let day = dates::format_day(last);
    problems.warning(
        "over-without-day",
        Place::file(&table.file).column(&column.name),
        message!(
            "{count} dòng ghi đã hết dịch nhưng không ghi ngày: coi là hết dịch từ {day}, ngày cuối cùng có trong sổ",
            "{count} rows are said to be over without a day: taken as over from {day}, the last day of the register"
        ),
        Some(message!("thêm cột \"Ngày công bố hết dịch\"", "add a column with the day declared over")),
    );
    match known {
        Some(heading) => table.replace(&heading, &texts),
        None => {
            table.put(ENDED, &texts);
            roles.push((ENDED, ENDED.to_owned()));
        }
    }
}
