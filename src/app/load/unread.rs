//! Columns that no role reads, named where they may hold what is asked for.

use super::Loader;
use crate::input::{Column, Table, identifiers, numeric};
use crate::message;
use crate::model::dated;
use crate::project::TableConfig;
use crate::run::Place;

/// Columns that are keys of a table or have a role.
fn known<'a>(key: &'a TableConfig, roles: &'a [(&'static str, String)]) -> Vec<&'a str> {
    let k = &key.key;
    let keys = [&k.field, &k.commune, &k.commune_name, &k.province, &k.lon, &k.lat].into_iter().flatten();
    keys.chain(roles.iter().map(|(_, heading)| heading)).map(String::as_str).collect()
}

impl Loader<'_> {
    /// Lists the columns of figures in a table of hectares that no role reads.
    pub(super) fn report_unread(&mut self, key: &TableConfig, table: &Table, roles: &[(&'static str, String)]) {
        for heading in numeric::columns(table, &known(key, roles)) {
            self.problems.warning(
                "unread-column",
                Place::file(&table.file).column(heading.as_str()),
                message!("cột số này không được đọc", "this column of figures is not read"),
                Some(message!(
                    "nếu là héc-ta của một mức hay tổng, khai báo trong columns = {{ … }}",
                    "if it holds hectares of a class or a total, declare it in columns = {{ … }}"
                )),
            );
        }
    }

    /// The same of a register of outbreaks, and the columns of days: sick animals or the day declared over may be among them.
    pub(super) fn report_unread_of_register(&mut self, key: &TableConfig, table: &Table, roles: &[(&'static str, String)]) {
        let known = known(key, roles);
        let numbers = numeric::columns(table, &known);
        let counts = |column: &Column| numbers.contains(&column.name) && identifiers::of(column).is_none();
        for column in table.columns.iter().filter(|column| !known.contains(&column.name.as_str())) {
            let (message, hint) = if dated::hold_days(column) {
                (
                    message!("cột ngày này không được đọc", "this column of days is not read"),
                    message!(
                        "nếu là ngày báo cáo, ca cuối hay hết dịch, khai báo columns = {{ reported = …, last_case = …, ended = … }}",
                        "if it is the day of the report, of the last case or declared over, declare columns = {{ reported = …, last_case = …, ended = … }}"
                    ),
                )
            } else if counts(column) {
                (
                    message!("cột số này không được đọc", "this column of figures is not read"),
                    message!(
                        "nếu là tổng đàn, số mắc, chết hay tiêu hủy, khai báo columns = {{ herd = …, sick = …, dead = …, destroyed = … }}",
                        "if it counts the herd, the sick, dead or destroyed, declare columns = {{ herd = …, sick = …, dead = …, destroyed = … }}"
                    ),
                )
            } else {
                continue;
            };
            self.problems.warning("unread-column", Place::file(&table.file).column(&column.name), message, Some(hint));
        }
    }
}
