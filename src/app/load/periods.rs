//! Rows that would count in the wrong period, or twice.

use super::Loader;
use crate::input;
use crate::input::identifiers;
use crate::join::KeyJoin;
use crate::join::keys::NONE;
use crate::message;
use crate::model::observations::Forecasts;
use crate::project::PeriodKey;
use crate::run::{Place, Problems};
use crate::values::{Period, dates, numbers};

/// The reporting period has no row.
pub const NO_ROWS: &str = "no-rows-in-period";
/// Rows of a later period lie unused.
pub const NEWER_ROWS: &str = "newer-rows";

/// Names the days with rows that fall between the period before and the reporting period.
pub(super) fn between(forecasts: &Forecasts, gap: Period, problems: &mut Problems) {
    for day in forecasts.days.iter().flatten().filter(|day| gap.contains(**day)) {
        let day = dates::format_day(*day);
        problems.warning(
            "between-periods",
            Place::default().value(&day),
            message!(
                "dòng của ngày {day} nằm giữa kỳ trước và kỳ báo cáo: không tính vào kỳ nào",
                "rows of {day} lie between the previous and the reporting period and count in neither"
            ),
            None,
        );
    }
}

/// A longer period, such as a month, is meant to hold several reports.
const WEEK: u64 = 10;

/// Says when several reports fall into the reporting period: of each commune and pest the last counts, and the others are not there.
pub(super) fn several(forecasts: &Forecasts, period: Period, problems: &mut Problems) {
    let within: Vec<String> = forecasts
        .printed
        .iter()
        .filter(|printed| period.contains(printed.middle()) && **printed != period)
        .map(Period::format)
        .collect();
    if within.len() < 2 || period.days() > WEEK {
        return;
    }
    let (all, words) = (within.join(", "), period.format());
    problems.warning(
        "several-reports",
        Place::default().column("period").value(&words),
        message!(
            "kỳ báo cáo {words} gồm nhiều kỳ in trong bảng ({all}): mỗi xã, mỗi loài lấy số của kỳ sau cùng có dòng",
            "the reporting period {words} holds several that tables print ({all}): of each commune and pest the last with a row counts"
        ),
        Some(message!("viết period đúng một kỳ in, hoặc period = \"latest\"", "write one printed period, or period = \"latest\"")),
    );
}

/// Says when one commune was surveyed on several days of the reporting period: the last day counts, and nothing of the others.
pub(super) fn replaced(forecasts: &Forecasts, period: Period, problems: &mut Problems) {
    let (rows, hectares) = forecasts.replaced(&forecasts.days_in(Some(period), false));
    if rows == 0 || period.days() > WEEK {
        return;
    }
    let [vi, en] = numbers::both(hectares, 1);
    let place = Place::default().value(period.format());
    problems.warning(
        "earlier-day",
        place,
        message!(
            "{rows} dòng ({vi} ha) có dòng khác cùng xã, cùng loài ở ngày sau trong kỳ báo cáo: chỉ tính ngày sau",
            "{rows} rows ({en} ha) have others of the same commune and pest on a later day of the period: only these count"
        ),
        Some(message!("thêm cột \"Ấp\" nếu là các nơi khác nhau của xã", "add a column of hamlets if they are different places")),
    );
}

/// Says when the reporting period has no row, or when rows of a later one lie unused.
pub(super) fn unused(forecasts: &Forecasts, period: Period, problems: &mut Problems) {
    let words = period.format();
    let days = || forecasts.days.iter().flatten();
    if days().next().is_some() && !days().any(|day| period.contains(*day)) {
        problems.error(
            NO_ROWS,
            Place::default().column("period").value(&words),
            message!("không dòng nào thuộc kỳ báo cáo {words}", "no row belongs to the reporting period {words}"),
            Some(message!("đổi period, hoặc viết period = \"latest\"", "change period, or write period = \"latest\"")),
        );
    }
    if let Some(last) = days().filter(|day| **day > period.to).max() {
        let last = dates::format_day(*last);
        problems.warning(
            NEWER_ROWS,
            Place::default().column("period").value(&words),
            message!(
                "có số liệu mới hơn kỳ báo cáo, tới {last}: chưa dùng",
                "there are rows newer than the reporting period, up to {last}: not used"
            ),
            Some(message!("đổi period, hoặc viết period = \"latest\"", "change period, or write period = \"latest\"")),
        );
    }
}

/// A column of periods under a heading that names no day: "Tháng" with "Tháng 4/2024". What has no year tells no day.
pub(super) fn of_periods(table: &input::Table) -> Option<&str> {
    let is_dated = |column: &&input::Column| {
        (identifiers::counts_years(&column.name) || identifiers::counts_parts_of_year(&column.name))
            && !column.dictionary.is_empty()
            && column.dictionary.iter().all(|text| dates::period_in(text, dates::Order::DayFirst).is_some())
    };
    table.columns.iter().find(is_dated).map(|column| column.name.as_str())
}

impl Loader<'_> {
    /// Sets the rows of a file aside that come in an earlier one too, by place, day and pest: a report that was saved twice, or two whose
    /// period nothing tells.
    pub(super) fn refuse_twice(&mut self, table: &input::Table, join: &mut KeyJoin, date: Option<&str>, pest: Option<&str>) {
        let Some(pest) = pest.and_then(|name| table.column(name)) else { return };
        let date = date.and_then(|name| table.column(name));
        let files = table.files();
        if files.len() < 2 {
            return;
        }
        let mut first: hashbrown::HashMap<(u32, u32, u32), usize> = hashbrown::HashMap::new();
        let mut twice: std::collections::BTreeMap<(usize, usize), (usize, usize)> = std::collections::BTreeMap::new();
        for row in 0..table.rows {
            let (unit, file) = (join.unit(row), files.iter().rposition(|(start, _)| *start <= row).unwrap_or(0));
            if unit == NONE {
                continue;
            }
            let day = date.map_or(0, |column| column.codes[row]);
            let earlier = *first.entry((unit, day, pest.codes[row])).or_insert(file);
            // Sheets of one workbook may share a week: parts of a commune. Without a week they are two reports.
            if files[earlier].1 != files[file].1 || date.is_none() && earlier != file {
                twice.entry((earlier, file)).or_insert((row, 0)).1 += 1;
                join.codes[row] = input::MISSING;
            }
        }
        let Some(date) = date else {
            for ((earlier, file), (row, count)) in twice {
                let earlier = files[earlier].1;
                self.problems.error(
                    "undated-reports",
                    Place::file(files[file].1).row(table.line(row)),
                    message!(
                        "{count} dòng cùng xã và sâu bệnh với {earlier}, mà không biết tệp nào của kỳ nào: không cộng vào",
                        "{count} rows are of the communes and pests of {earlier}, and nothing tells the periods apart: not added"
                    ),
                    Some(message!(
                        "ghi kỳ ở trên bảng hay trong tên tệp, ví dụ \"Tuần 15 năm 2024\"",
                        "write the period above the table or in the file's name, as in \"Tuần 15 năm 2024\""
                    )),
                );
            }
            return;
        };
        for ((earlier, file), (row, count)) in twice {
            let (earlier, day) = (files[earlier].1, date.text(row).unwrap_or("").to_owned());
            let place = Place::file(files[file].1).row(table.line(row)).column(date.name.as_str()).value(&day);
            self.problems.error(
                "same-week-twice",
                place,
                message!(
                    "{count} dòng của kỳ này đã có trong {earlier}: không tính lần hai",
                    "{count} rows of this period came in {earlier} already: not counted twice"
                ),
                Some(message!("giữ một trong hai tệp", "keep one of the two files")),
            );
        }
    }

    /// Sets the rows of a longer period aside that holds the reporting period: the month beside its weeks.
    pub(super) fn leave_longer_periods(&mut self, table: &input::Table, join: &mut KeyJoin, date: Option<&str>) {
        let period = self.project.period.as_ref().and_then(PeriodKey::days);
        let (Some(period), Some(column)) = (period, date.and_then(|name| table.column(name))) else { return };
        let order = dates::order(column.dictionary.iter());
        let is_longer = |own: Period| own.days() >= 2 * period.days() && own.from <= period.from && period.to <= own.to;
        let longer = column.parse(|text| dates::period_in(text, order).is_some_and(is_longer));
        if !longer.contains(&true) {
            return;
        }
        let rows: Vec<usize> = (0..table.rows).filter(|row| longer.get(column.codes[*row] as usize) == Some(&true)).collect();
        let Some(&first) = rows.first() else { return };
        let count = rows.len();
        rows.iter().for_each(|row| join.codes[*row] = input::MISSING);
        self.problems.warning(
            "longer-period",
            table.place(first, &column.name, column.text(first).unwrap_or_default()),
            message!(
                "{count} dòng của một kỳ dài hơn, trong đó có kỳ báo cáo: không tính vào kỳ báo cáo",
                "{count} rows of a longer period that holds the reporting one: they do not count in it"
            ),
            None,
        );
    }

    /// Marks the files of a pattern whose rows all lie before the reporting period: what is wrong in them comes last.
    pub(super) fn mark_earlier(&mut self, table: &input::Table, date: Option<&str>) {
        let period = self.project.period.as_ref().and_then(PeriodKey::days);
        let (Some(period), Some(column)) = (period, date.and_then(|name| table.column(name))) else { return };
        let files = table.files();
        if files.len() < 2 {
            return;
        }
        let order = dates::order(column.dictionary.iter());
        let earlier = column.parse(|text| dates::period_in(text, order).is_some_and(|own| own.to < period.from));
        let is_earlier = |row: usize| earlier.get(column.codes[row] as usize).copied().unwrap_or(false);
        let mut of_file: std::collections::BTreeMap<&str, bool> = std::collections::BTreeMap::new();
        let ends = files.iter().skip(1).map(|(first, _)| *first).chain([table.rows]);
        for (&(first, file), end) in files.iter().zip(ends) {
            *of_file.entry(file).or_insert(true) &= (first..end).all(is_earlier);
        }
        of_file.iter().filter(|(_, earlier)| **earlier).for_each(|(file, _)| self.problems.mark_earlier(file));
    }

    /// Keeps the rows of one period where several files, sheets or rows of an indicator each have theirs: the reporting period, else the
    /// last. Rows of several years or months are added only where the project says so.
    pub(super) fn of_one_period(&mut self, table: &input::Table, join: &mut KeyJoin, sums: bool) {
        self.keep_one_period(table, join, sums, true);
    }

    /// The same; where units are no communes nothing tells that each has one period of its own.
    fn keep_one_period(&mut self, table: &input::Table, join: &mut KeyJoin, sums: bool, of_communes: bool) {
        let Some(column) = table.column(crate::readers::spreadsheet::PERIOD) else {
            self.of_last_time(table, join, sums);
            return;
        };
        let periods = column.parse(|text| dates::period_in(text, dates::Order::DayFirst));
        let known: Vec<Period> = periods.iter().flatten().copied().collect();
        let reported = self.project.period.as_ref().and_then(PeriodKey::days);
        let in_report = |period: &&Period| reported.is_some_and(|reported| reported.contains(period.middle()));
        // Of several in the reporting period the last: cumulative reports of single days.
        let latest = |list: &mut dyn Iterator<Item = &Period>| list.max_by_key(|period| (period.to, period.from)).copied();
        // What comes after the reporting period is not its value, as long as there is anything before.
        let not_later = |period: &&Period| reported.is_none_or(|reported| period.middle() <= reported.to);
        let kept = latest(&mut known.iter().filter(in_report)).or_else(|| latest(&mut known.iter().filter(not_later)));
        let Some(kept) = kept.or_else(|| latest(&mut known.iter())) else {
            self.of_unknown_periods(table, column, join);
            return;
        };
        let others: Vec<String> = known.iter().filter(|period| **period != kept).map(Period::format).collect();
        if others.is_empty() {
            return;
        }
        // Where no commune has two periods nothing counts twice: each reported on its own day.
        let mut first: hashbrown::HashMap<u32, u32> = hashbrown::HashMap::new();
        let within = reported.is_none() || known.iter().all(|period| in_report(&period));
        let once = of_communes
            && within
            && (0..table.rows)
                .filter(|row| join.unit(*row) != NONE)
                .all(|row| *first.entry(join.unit(row)).or_insert(column.codes[row]) == column.codes[row]);
        if once {
            self.say_each_its_period(table, &column.name, &known);
            return;
        }
        for (code, own) in join.codes.iter_mut().zip(&column.codes) {
            if periods.get(*own as usize).copied().flatten() != Some(kept) {
                *code = input::MISSING;
            }
        }
        self.say_one_period(table, &column.name, &kept.format(), &others.join(", "));
    }

    /// Several periods of which none is understood are not added up: the last of the table stands.
    fn of_unknown_periods(&mut self, table: &input::Table, column: &input::Column, join: &mut KeyJoin) {
        let Some(last) = column.codes.iter().rev().find(|code| **code != input::MISSING).copied() else { return };
        let others: Vec<&str> =
            (0..).zip(column.dictionary.iter()).filter(|(code, _)| *code != last).map(|(_, text)| text).collect();
        if others.is_empty() {
            return;
        }
        for (code, own) in join.codes.iter_mut().zip(&column.codes) {
            if *own != last {
                *code = input::MISSING;
            }
        }
        let (kept, others) = (column.dictionary.get(last).to_owned(), others.join(", "));
        self.problems.error(
            "unknown-periods",
            Place::file(&table.file).column(&column.name).value(&others),
            message!(
                "không hiểu kỳ của các phần: không cộng với nhau, chỉ lấy phần cuối ({kept})",
                "the periods of the parts are not understood: they are not added, and the last one stands ({kept})"
            ),
            Some(message!(
                "viết kỳ như Tuần 15/2024 hoặc 05/04/2024 - 11/04/2024",
                "write periods as 2024-W15 or 05/04/2024 - 11/04/2024"
            )),
        );
    }

    /// Leaves the rows of one period of a table whose units are the texts of a column, as [`Loader::of_one_period`] does of joined rows:
    /// before they are passed on, and of animals, since the same are there in every month.
    pub(super) fn leave_one_period(&mut self, table: &mut input::Table, units: &str, sums: bool) {
        let Some(column) = table.column(units) else { return };
        let own = column.codes.clone();
        let target = crate::join::Target::Communes;
        let mut join = KeyJoin { target, codes: own.clone(), units: (0..column.dictionary.len() as u32).collect() };
        let of_communes = units != crate::readers::spreadsheet::PERIOD;
        self.keep_one_period(table, &mut join, sums, of_communes);
        let is_left = |row: &usize| own[*row] == input::MISSING || join.codes[*row] != input::MISSING;
        let rows: Vec<usize> = (0..table.rows).filter(is_left).collect();
        if rows.len() < table.rows {
            *table = table.only(&rows);
        }
    }

    fn say_each_its_period(&mut self, table: &input::Table, column: &str, known: &[Period]) {
        let all = known.iter().map(Period::format).collect::<Vec<_>>().join(", ");
        self.problems.info(
            "periods-of-communes",
            Place::file(&table.file).column(column).value(all),
            message!(
                "mỗi xã có số liệu của một kỳ riêng: lấy tất cả",
                "each commune has numbers of one period of its own: all are taken"
            ),
            None,
        );
    }

    pub(super) fn say_one_period(&mut self, table: &input::Table, column: &str, kept: &str, others: &str) {
        self.problems.warning(
            "other-periods",
            Place::file(&table.file).column(column).value(others),
            message!(
                "lấy số liệu kỳ {kept}; không cộng các kỳ khác: {others}",
                "the numbers are those of {kept}; other periods are not added: {others}"
            ),
            None,
        );
    }
}
