//! Rows that are added although they may mean one thing: equal ones, those of several years, those that speak of an end.

use super::Loader;
use crate::input::identifiers::{self, Identifier};
use crate::input::{Column, MISSING, Table};
use crate::join::KeyJoin;
use crate::join::keys::NONE;
use crate::message;
use crate::run::Place;
use crate::values::text::fold;
use crate::values::{Message, seasons};
use hashbrown::HashMap;

/// Longer tables come out of programs, which do not copy a row by hand.
const MOST_ROWS: usize = 50_000;

impl Loader<'_> {
    /// Names rows of one place that are equal in every column but the number of the row.
    pub(super) fn name_equal_rows(&mut self, table: &Table, join: &KeyJoin) {
        // The join has taken over the codes of the key.
        let tells = |column: &&Column| column.codes.len() == table.rows && identifiers::of(column) != Some(Identifier::Order);
        let columns: Vec<&Column> = table.columns.iter().filter(tells).collect();
        if table.rows > MOST_ROWS || columns.is_empty() {
            return;
        }
        let mut seen: HashMap<(u32, Vec<u32>), usize> = HashMap::new();
        let mut again: Option<(usize, usize, usize)> = None;
        for row in (0..table.rows).filter(|row| join.unit(*row) != NONE) {
            let codes: Vec<u32> = columns.iter().map(|column| column.codes[row]).collect();
            if codes.iter().all(|code| *code == MISSING) {
                continue;
            }
            let first = *seen.entry((join.unit(row), codes)).or_insert(row);
            if first != row {
                again.get_or_insert((first, row, 0)).2 += 1;
            }
        }
        let Some((first, row, count)) = again else { return };
        let (first, row, place) = (table.line(first), table.line(row), table.place(row, "", ""));
        self.problems.warning(
            "repeated-row",
            place,
            message!(
                "{count} dòng giống hệt một dòng trước (dòng {row} như dòng {first}); tất cả đều được cộng",
                "{count} rows are equal to an earlier one (row {row} to row {first}); all are added"
            ),
            Some(message!("bỏ bớt nếu chép hai lần", "leave them out if they were copied twice")),
        );
    }

    /// Names a column of years, or of reports, of which a sum holds several.
    pub(super) fn name_several_years(&mut self, table: &Table) {
        let is_of_years =
            |column: &Column| identifiers::counts_years(&column.name) && identifiers::of(column) == Some(Identifier::Year);
        for column in table.columns.iter().filter(|column| column.dictionary.len() > 1) {
            if is_of_years(column) {
                let words = message!("dòng của nhiều năm được cộng với nhau", "rows of several years are added");
                self.name_added(table, column, "years-added", words);
            } else if identifiers::repeats_times(column) {
                let words = message!(
                    "dòng của nhiều kỳ báo cáo được cộng với nhau: nếu là số lũy kế thì bị tính nhiều lần",
                    "rows of several reports are added: what adds up to its day counts several times"
                );
                self.name_added(table, column, "reports-added", words);
            }
        }
    }

    /// Names a column of seasons of which a sum holds several: land of two seasons is the same land twice.
    pub(super) fn name_several_seasons(&mut self, table: &Table) {
        let is_of_seasons = |column: &&Column| {
            let told = || column.dictionary.iter().filter(|text| !text.trim().is_empty());
            column.codes.len() == table.rows && told().count() > 1 && told().all(|text| seasons::within(text).is_some())
        };
        for column in table.columns.iter().filter(is_of_seasons) {
            let words = message!("dòng của nhiều vụ được cộng với nhau", "rows of several seasons are added");
            self.name_added(table, column, "seasons-added", words);
        }
    }

    fn name_added(&mut self, table: &Table, column: &Column, code: &'static str, words: Message) {
        let name = &column.name;
        let mut all: Vec<&str> = column.dictionary.iter().collect();
        all.sort_unstable();
        let place = Place::file(&table.file).column(name).value(all.join(", "));
        let hint = message!("chỉ giữ một: where = {{ \"{name}\" = \"…\" }}", "keep one: where = {{ \"{name}\" = \"…\" }}");
        self.problems.warning(code, place, words, Some(hint));
    }

    /// Names rows that say of a contract that it is over: they count as long as nobody says otherwise.
    pub(super) fn name_ended(&mut self, table: &Table) {
        for column in table.columns.iter().filter(|column| column.codes.len() == table.rows) {
            let over: Vec<bool> = column.parse(says_end);
            let rows: Vec<usize> = table.rows_where(column, &over).map(|(row, _)| row).collect();
            let Some(&first) = rows.first() else { continue };
            let count = rows.len();
            self.problems.warning(
                "contract-ended",
                table.place(first, &column.name, column.text(first).unwrap_or_default()),
                message!(
                    "{count} hợp đồng ghi là đã hủy, thanh lý hay hết hạn: vẫn được tính",
                    "{count} contracts are said to be cancelled, settled or expired: they count all the same"
                ),
                Some(message!(
                    "nếu không tính, khai báo \"where\" cho cột này",
                    "if they are not to count, declare \"where\" for this column"
                )),
            );
        }
    }
}

/// Whether a text of few words says that something is over.
fn says_end(text: &str) -> bool {
    let words = format!(" {} ", fold(text));
    let few = words.split_whitespace().count() <= 5;
    few && [" huy ", " thanh ly ", " het han ", " cham dut ", " cancelled ", " expired "].iter().any(|word| words.contains(word))
}
