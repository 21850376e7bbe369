//! Printed totals against the sums of the rows that were read: a row left out, a figure mistyped or a subtotal read as data shows here.

use super::{Decimal, decimal, identifiers};
use crate::headings::rates;
use crate::message;
use crate::run::{Place, Problems};
use crate::values::{Lang, Quantity, exact, numbers};

/// A row of a table as it was printed.
pub struct Printed {
    /// It sums others
    pub total: bool,
    /// What it is called, such as "Tổng cộng"
    pub label: String,
    /// Its cells, one per column
    pub cells: Vec<String>,
}

/// A printed total that no sum gives.
pub struct Difference {
    /// Row, among those given
    pub row: usize,
    /// Column, among those given
    pub column: usize,
    label: String,
    printed: f64,
    sum: f64,
}

impl Difference {
    /// Says so.
    pub fn report(&self, place: Place, problems: &mut Problems) {
        let label = &self.label;
        let text = |lang: Lang| [self.printed, self.sum].map(|number| numbers::format(number, 2, lang));
        let ([vi_printed, vi_sum], [en_printed, en_sum]) = (text(Lang::Vi), text(Lang::En));
        problems.warning(
            "printed-total",
            place,
            message!(
                "dòng \"{label}\" ghi {vi_printed}, cộng các dòng đã đọc được {vi_sum}",
                "the row \"{label}\" says {en_printed}, the rows read sum to {en_sum}"
            ),
            Some(message!("có dòng bị thiếu, thừa hoặc gõ sai", "a row is missing, extra or mistyped")),
        );
    }
}

/// Compares. A total may be that of all rows, of those above, of those since any total above, or of those down to the next.
pub fn differences(headings: &[String], rows: &[Printed], sign: Decimal) -> Vec<Difference> {
    let mut found = Vec::new();
    // Numbers of rows add up to nothing.
    let adds = |heading: &String| rates::quantity(heading) == Quantity::Extensive && !identifiers::counts_rows(heading);
    for column in (0..headings.len()).filter(|&column| adds(&headings[column])) {
        let number = |row: &Printed| row.cells.get(column).and_then(|text| decimal::parse(text, sign));
        let values: Vec<Option<f64>> = rows.iter().map(number).collect();
        let count = rows.iter().zip(&values).filter(|(row, value)| !row.total && value.is_some()).count();
        if count < 2 {
            continue;
        }
        let sum = |range: std::ops::Range<usize>| exact::sum(range.filter(|&at| !rows[at].total).filter_map(|at| values[at]));
        let totals: Vec<usize> = (0..rows.len()).filter(|&at| rows[at].total && values[at].is_some()).collect();
        for &at in &totals {
            let Some(printed) = values[at] else { continue };
            let above = totals.iter().copied().filter(|&other| other < at).map(|other| sum(other..at));
            let below = totals.iter().copied().find(|&other| other > at).unwrap_or(rows.len());
            let candidates = above.chain([sum(0..rows.len()), sum(0..at), sum(at..below)]);
            // Figures may each be rounded by half of the last digit that people print; sheets keep more than they show.
            let last = if rows[at].cells[column].contains(['.', ',']) { 0.1 } else { 1.0 };
            let slack = 0.5 * last * (count as f64).min(20.0) + 1e-9;
            let slack = if values.iter().flatten().all(|value| value.fract() == 0.0) { 1e-9 } else { slack };
            let near = candidates.min_by(|a, b| (a - printed).abs().total_cmp(&(b - printed).abs())).unwrap_or(printed);
            if (near - printed).abs() > slack {
                found.push(Difference { row: at, column, label: rows[at].label.clone(), printed, sum: near });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn differ(rows: &[(bool, &str)]) -> Vec<(usize, f64)> {
        let rows: Vec<Printed> = rows
            .iter()
            .map(|(total, cell)| Printed { total: *total, label: String::new(), cells: vec![(*cell).to_owned()] })
            .collect();
        let found = differences(&["ha".to_owned()], &rows, Decimal::Comma);
        found.into_iter().map(|difference| (difference.row, difference.sum)).collect()
    }

    #[test]
    fn totals_of_groups_and_of_all_are_known() {
        assert_eq!(differ(&[(false, "1"), (false, "2"), (true, "3")]), []);
        assert_eq!(differ(&[(true, "3"), (false, "1"), (false, "2")]), []);
        let groups = [(false, "1"), (false, "2"), (true, "3"), (false, "4"), (false, "5"), (true, "9"), (true, "12")];
        assert_eq!(differ(&groups), []);
        // Rounded by a digit each.
        assert_eq!(differ(&[(false, "1,26"), (false, "2,26"), (true, "3,6")]), []);
    }

    #[test]
    fn a_total_that_no_sum_gives_is_named() {
        assert_eq!(differ(&[(false, "1"), (false, "2"), (true, "4")]), [(2, 3.0)]);
        assert_eq!(differ(&[(false, "10,5"), (false, "20,5"), (true, "41")]), [(2, 31.0)]);
    }
}
