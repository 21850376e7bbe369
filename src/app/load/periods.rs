//! Rows that would count in the wrong period, or twice.

use super::Loader;
use crate::input;
use crate::join::KeyJoin;
use crate::join::keys::NONE;
use crate::message;
use crate::model::observations::Forecasts;
use crate::run::{Place, Problems};
use crate::values::{Period, dates};

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

impl Loader<'_> {
    /// Sets the rows of a file aside that come in an earlier one too, by place, day and pest: a report that was saved twice.
    pub(super) fn refuse_twice(&mut self, table: &input::Table, join: &mut KeyJoin, date: Option<&str>, pest: Option<&str>) {
        let (Some(date), Some(pest)) = (date.and_then(|name| table.column(name)), pest.and_then(|name| table.column(name)))
        else {
            return;
        };
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
            let earlier = *first.entry((unit, date.codes[row], pest.codes[row])).or_insert(file);
            if files[earlier].1 != files[file].1 {
                twice.entry((earlier, file)).or_insert((row, 0)).1 += 1;
                join.codes[row] = input::MISSING;
            }
        }
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

    /// Keeps the rows of one period where several files or sheets of an indicator each have theirs: the reporting period, else the last.
    pub(super) fn of_one_period(&mut self, table: &input::Table, join: &mut KeyJoin) {
        let Some(column) = table.column(input::spreadsheet::PERIOD) else { return };
        let periods = column.parse(|text| dates::period_in(text, dates::Order::DayFirst));
        let known: Vec<Period> = periods.iter().flatten().copied().collect();
        let reported = self.project.period.map(Period::from);
        let in_report = |period: &&Period| reported.is_some_and(|reported| reported.contains(period.middle()));
        let Some(kept) = known.iter().find(in_report).or_else(|| known.iter().max_by_key(|period| period.to)).copied() else {
            return;
        };
        let others: Vec<String> = known.iter().filter(|period| **period != kept).map(Period::format).collect();
        if others.is_empty() {
            return;
        }
        for (code, own) in join.codes.iter_mut().zip(&column.codes) {
            if periods.get(*own as usize).copied().flatten() != Some(kept) {
                *code = input::MISSING;
            }
        }
        let (kept, others) = (kept.format(), others.join(", "));
        self.problems.warning(
            "other-periods",
            Place::file(&table.file).column(input::spreadsheet::PERIOD).value(&others),
            message!(
                "chỉ tiêu lấy kỳ {kept}; không cộng các kỳ khác: {others}",
                "the indicator is that of {kept}; other periods are not added: {others}"
            ),
            None,
        );
    }
}
