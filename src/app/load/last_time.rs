//! Rows of several years, months, weeks or days of a commune: the last that the reporting period has stands, where they do not add up.

use super::Loader;
use crate::input;
use crate::input::identifiers;
use crate::join::KeyJoin;
use crate::join::keys::NONE;
use crate::message;
use crate::project::PeriodKey;
use crate::run::Place;
use crate::values::text::fold;
use crate::values::{Period, dates, times};
use chrono::Datelike;

/// What a column of years, months, weeks or days would say of the last day of a period; none where its numbers are of something else.
fn time_at(column: &input::Column, period: Period) -> Option<i64> {
    let heading = fold(&column.name);
    let numbered = column.dictionary.iter().all(|text| times::number(text).is_some());
    let of = |words: &[&str]| words.iter().any(|word| heading.split(' ').any(|part| part == *word));
    let day = period.to;
    match numbered {
        false => Some(i64::from(day.num_days_from_ce())),
        true if of(&["nam", "year", "nien"]) => Some(i64::from(day.year())),
        true if of(&["thang", "month"]) => Some(i64::from(day.month())),
        true if of(&["tuan", "week"]) => Some(i64::from(period.middle().iso_week().week())),
        true if of(&["quy", "quarter"]) => Some(i64::from(day.month0() / 3 + 1)),
        true => None,
    }
}

impl Loader<'_> {
    /// The same by columns such as "Năm" and "Tháng", or days, where a commune has rows of several.
    pub(super) fn of_last_time(&mut self, table: &input::Table, join: &mut KeyJoin, sums: bool) {
        // Where rows are to be added, days tell parts of one thing, as of a sowing, and weeks and months may add up to what was done;
        // years never do.
        let tells = |column: &input::Column| match sums {
            true => identifiers::counts_years(&column.name) && column.dictionary.iter().all(times::is_period),
            false => identifiers::tells_time(column),
        };
        // The join has taken over the codes of the key.
        let is_time = |column: &&input::Column| column.codes.len() == table.rows && tells(column);
        if sums {
            self.name_added_periods(table);
        }
        let mut columns: Vec<&input::Column> = table.columns.iter().filter(is_time).collect();
        // Years go before months.
        columns.sort_by_key(|column| !fold(&column.name).starts_with("nam") && fold(&column.name) != "year");
        let time = |text: &str| -> Option<i64> {
            let day = || Some(i64::from(dates::parse(text)?.num_days_from_ce()));
            let period = || Some(i64::from(times::period(text)?.from.num_days_from_ce()));
            times::number(text).map(i64::from).or_else(day).or_else(period)
        };
        let times: Vec<Vec<Option<i64>>> = columns.iter().map(|column| column.parse(time)).collect();
        let of_row = |row: usize| -> Option<Vec<i64>> {
            columns.iter().zip(&times).map(|(column, times)| times.get(column.codes[row] as usize).copied().flatten()).collect()
        };
        let rows = || (0..table.rows).filter(|row| join.unit(*row) != NONE);
        let mut first: hashbrown::HashMap<u32, Vec<i64>> = hashbrown::HashMap::new();
        let several = rows()
            .any(|row| of_row(row).is_some_and(|time| *first.entry(join.unit(row)).or_insert_with(|| time.clone()) != time));
        // A list of people has years and days too, and several rows for one of them.
        let pairs: hashbrown::HashSet<(u32, Option<Vec<i64>>)> = rows().map(|row| (join.unit(row), of_row(row))).collect();
        let series = several && !columns.is_empty() && (sums || pairs.len() == rows().count());
        // What comes after the reporting period is not its value, as long as there is anything before.
        let reported = self.project.period.as_ref().and_then(PeriodKey::days);
        let until =
            reported.and_then(|period| columns.iter().map(|column| time_at(column, period)).collect::<Option<Vec<i64>>>());
        let all = || rows().filter_map(of_row);
        let in_time = until.and_then(|until| all().filter(|time| *time <= until).max());
        let Some(last) = in_time.or_else(|| all().max()).filter(|_| series) else { return };
        let words = |row: usize| columns.iter().filter_map(|column| column.text(row)).collect::<Vec<_>>().join("/");
        let (kept, others): (Vec<usize>, Vec<usize>) = rows().partition(|row| of_row(*row).as_ref() == Some(&last));
        let mut names: Vec<String> = others.iter().map(|row| words(*row)).collect();
        names.sort();
        names.dedup();
        let kept = kept.first().map_or_else(String::new, |row| words(*row));
        others.into_iter().for_each(|row| join.codes[row] = input::MISSING);
        self.say_one_period(table, &columns[0].name, &kept, &names.join(", "));
    }

    /// Names weeks and months that the project has added up.
    fn name_added_periods(&mut self, table: &input::Table) {
        let is_of_periods = |column: &&input::Column| {
            identifiers::counts_parts_of_year(&column.name)
                && column.codes.len() == table.rows
                && column.dictionary.len() > 1
                && column.dictionary.iter().all(times::is_period)
        };
        for column in table.columns.iter().filter(is_of_periods) {
            let mut all: Vec<&str> = column.dictionary.iter().collect();
            all.sort_unstable();
            let count = all.len();
            self.problems.warning(
                "periods-added",
                Place::file(&table.file).column(&column.name).value(all.join(", ")),
                message!(
                    "duplicates = \"sum\": cộng các dòng của {count} kỳ với nhau",
                    "duplicates = \"sum\": rows of {count} periods are added"
                ),
                None,
            );
        }
    }
}
