//! A table ready to be written: the same rows become CSV for programs and XLSX for people.

use crate::model::When;
use crate::run::Result;
use crate::values::foreign::cell as cell_of_text;
use crate::values::text::capital;
use crate::values::{Lang, Message, Unit, Value, numbers};

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Text; codes too, which therefore keep their zeros
    Text(String),
    /// Number or the reason for none
    Value(Value),
}

impl From<Value> for Cell {
    fn from(value: Value) -> Cell {
        Cell::Value(value)
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Cell {
        Cell::Value(Value::finite(number))
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }
}

/// What a column holds, as people read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Figures {
    /// Names, codes, days, sentences: no number
    Words,
    /// Counts and levels
    Whole,
    /// Hectares, percentages, degrees of warmth
    Tenths,
    /// Means of levels, hectares of single fields, shares of a place
    Hundredths,
    /// Proportions
    Thousandths,
    /// Positions in degrees
    Millionths,
    /// Measures of several units, one a row
    ByRow,
}

impl Figures {
    /// Decimals shown.
    #[must_use]
    pub fn decimals(self) -> usize {
        match self {
            Figures::Words | Figures::Whole | Figures::ByRow => 0,
            Figures::Tenths => 1,
            Figures::Hundredths => 2,
            Figures::Thousandths => 3,
            Figures::Millionths => 6,
        }
    }

    /// Figures of a measure with so many decimals.
    #[must_use]
    pub fn of(decimals: usize) -> Figures {
        match decimals {
            0 => Figures::Whole,
            1 => Figures::Tenths,
            2 => Figures::Hundredths,
            3 => Figures::Thousandths,
            _ => Figures::Millionths,
        }
    }
}

/// One column: its name for programs, its heading for people, and what stands in it.
#[derive(Debug, Clone)]
pub struct Heading {
    /// Name in CSV and GeoJSON
    pub id: String,
    /// Heading in XLSX
    pub title: Message,
    /// What it holds
    pub figures: Figures,
}

impl Heading {
    /// A column.
    pub fn new(id: &str, title: Message, figures: Figures) -> Heading {
        Heading { id: id.to_owned(), title, figures }
    }
}

/// "Name (unit)" as a heading.
pub fn with_unit(name: &Message, unit: &Unit) -> Message {
    let with = |name: &str, unit: &str| if unit.is_empty() { name.to_owned() } else { format!("{name} ({unit})") };
    Message { vi: with(&name.vi, unit.get(Lang::Vi)), en: with(&name.en, unit.get(Lang::En)) }
}

/// A table ready to be written.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// File name without ending
    pub id: &'static str,
    /// Title for people
    pub title: Message,
    /// Columns
    pub headings: Vec<Heading>,
    /// Rows
    pub rows: Vec<Vec<Cell>>,
    /// A closing row of totals, for people only
    pub totals: Option<Vec<Cell>>,
}

/// Decimals kept in machine-readable tables: 0.01 m² of a hectare.
const DECIMALS: usize = 6;

/// Columns for programs only: ids of measures, and states by their ids.
const FOR_PROGRAMS: [&str; 2] = ["measure", "states"];

impl Sheet {
    /// What a cell holds, as people read it. Where rows have units of their own, a row of whole numbers shows no decimals, and one of
    /// small numbers two, so that mean levels differ and nobody reads of a tenth of a commune.
    #[must_use]
    pub fn figures(&self, row: &[Cell], column: usize) -> Figures {
        let own = self.headings[column].figures;
        if own != Figures::ByRow {
            return own;
        }
        let numbers: Vec<f64> = row
            .iter()
            .zip(&self.headings)
            .filter(|(_, heading)| heading.figures == Figures::ByRow)
            .filter_map(|(cell, _)| match cell {
                Cell::Value(value) => value.number(),
                Cell::Text(_) => None,
            })
            .collect();
        if numbers.iter().all(|number| number.fract() == 0.0) {
            Figures::Whole
        } else if numbers.iter().all(|number| number.abs() < 10.0) {
            Figures::Hundredths
        } else {
            Figures::Tenths
        }
    }

    /// The same for people: without the columns that only programs read, periods by their names.
    pub fn for_people(&self, lang: Lang) -> Sheet {
        let kept: Vec<usize> =
            (0..self.headings.len()).filter(|at| !FOR_PROGRAMS.contains(&self.headings[*at].id.as_str())).collect();
        let period = self.headings.iter().position(|heading| heading.id == "period");
        let cell = |row: &[Cell], at: usize| match &row[at] {
            Cell::Text(text) if Some(at) == period => When::ALL
                .into_iter()
                .find(|when| when.name() == text)
                .map_or_else(|| row[at].clone(), |when| Cell::Text(capital(when.title(lang)))),
            other => other.clone(),
        };
        let row = |row: &Vec<Cell>| kept.iter().map(|at| cell(row, *at)).collect::<Vec<Cell>>();
        Sheet {
            id: self.id,
            title: self.title.clone(),
            headings: kept.iter().map(|at| self.headings[*at].clone()).collect(),
            rows: self.rows.iter().map(row).collect(),
            totals: self.totals.as_ref().map(row),
        }
    }

    /// CSV: UTF-8, comma, dot decimals; empty where there is no number. Reasons stand in the column `states`.
    pub fn csv(&self) -> Result<Vec<u8>> {
        let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
        let broken = |error: &dyn std::fmt::Display| crate::run::Fault::not_written(format!("{}.csv", self.id), error);
        writer
            .write_record(self.headings.iter().map(|heading| cell_of_text(&heading.id).into_owned()))
            .map_err(|error| broken(&error))?;
        for row in &self.rows {
            for cell in row {
                match cell {
                    Cell::Text(text) => writer.write_field(cell_of_text(text).as_bytes()),
                    Cell::Value(Value::Number(number)) => writer.write_field(numbers::plain(*number, DECIMALS)),
                    Cell::Value(_) => writer.write_field(""),
                }
                .map_err(|error| broken(&error))?;
            }
            writer.write_record(None::<&[u8]>).map_err(|error| broken(&error))?;
        }
        writer.into_inner().map_err(|error| broken(&error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message;

    #[test]
    fn a_row_of_its_own_unit_shows_what_its_numbers_need() {
        let heading = |id: &str, figures| Heading::new(id, message!("tên", "name"), figures);
        let headings = vec![
            heading("unit", Figures::Words),
            heading("now", Figures::ByRow),
            heading("then", Figures::ByRow),
            heading("change_pct", Figures::Tenths),
        ];
        let sheet = Sheet { id: "t", title: message!("tên", "name"), headings, rows: Vec::new(), totals: None };
        let row = |now: f64, then: Value| vec![Cell::from("ha"), now.into(), then.into(), 12.34.into()];
        // Members, then levels, then hectares of which only one is broken; a missing number says nothing.
        let cases = [
            (row(10.0, Value::NoData), Figures::Whole),
            (row(1.37, Value::Number(0.0)), Figures::Hundredths),
            (row(905.9, Value::Number(3.0)), Figures::Tenths),
            (row(3000.0, Value::Number(2900.0)), Figures::Whole),
        ];
        for (row, figures) in cases {
            assert_eq!([sheet.figures(&row, 1), sheet.figures(&row, 2)], [figures; 2], "{row:?}");
            assert_eq!(sheet.figures(&row, 3), Figures::Tenths);
        }
    }
}
