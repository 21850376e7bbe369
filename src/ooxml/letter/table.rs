//! Tables of a letter.

use super::{Paragraph, paragraph, sized};
use crate::ooxml::letter::Run;
use crate::ooxml::rows::{Align, Cell, Rows, Slot};
use std::fmt::Write as _;

/// Columns beside one another, without lines.
pub fn beside(left: &[Paragraph], right: &[Paragraph], wide: i64) -> String {
    // The motto of the state stands in one line.
    let halves = [wide * 43 / 100, wide * 57 / 100];
    let cell = |list: &[Paragraph], own: i64| {
        let text: String = list.iter().map(paragraph).collect();
        let text = if text.is_empty() { "<w:p/>".to_owned() } else { text };
        format!("<w:tc><w:tcPr><w:tcW w:w=\"{own}\" w:type=\"dxa\"/></w:tcPr>{text}</w:tc>")
    };
    format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid><w:gridCol w:w=\"{}\"/>\
         <w:gridCol w:w=\"{}\"/></w:tblGrid><w:tr><w:trPr><w:cantSplit/></w:trPr>{}{}</w:tr></w:tbl>",
        halves[0] + halves[1],
        halves[0],
        halves[1],
        cell(left, halves[0]),
        cell(right, halves[1])
    )
}

/// A table with lines, whose heads stand on every page.
pub fn rows(table: &Rows, wide: i64) -> String {
    lined(table, wide, true)
}

/// The same for a letter that has none of our styles, as wide as its lines are.
pub fn plain(table: &Rows) -> String {
    lined(table, WHOLE, false)
}

/// All of a line, in fiftieths of a percent.
const WHOLE: i64 = 5000;

/// `styled`: by the styles of our letters, in twentieths of a point; else by what stands in the table, in fiftieths of a percent.
fn lined(table: &Rows, wide: i64, styled: bool) -> String {
    let sum: f32 = table.widths.iter().sum::<f32>().max(1e-6);
    let widths: Vec<i64> = table.widths.iter().map(|own| (wide as f64 * f64::from(own / sum)) as i64).collect();
    let all = widths.iter().sum::<i64>();
    let unit = if styled { "dxa" } else { "pct" };
    let mut text = match styled {
        true => format!(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"Bang\"/><w:tblW w:w=\"{all}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>"
        ),
        false => format!(
            "<w:tbl><w:tblPr><w:tblW w:w=\"{WHOLE}\" w:type=\"pct\"/>{}<w:tblCellMar><w:left w:w=\"57\" w:type=\"dxa\"/><w:right w:w=\"57\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid>",
            borders()
        ),
    };
    for own in &widths {
        // Widths of a grid are twentieths of a point, whatever those of cells are.
        let _ = write!(text, "<w:gridCol w:w=\"{}\"/>", if styled { *own } else { own * 2 });
    }
    text.push_str("</w:tblGrid>");
    for (number, line) in table.grid().iter().enumerate() {
        let head = number < table.heads.len();
        let _ = write!(text, "<w:tr><w:trPr><w:cantSplit/>{}</w:trPr>", if head { "<w:tblHeader/>" } else { "" });
        for (at, slot) in line.iter().enumerate() {
            let span = match slot {
                Slot::Cell(cell) => cell.columns().min(widths.len() - at),
                Slot::Down(wide) => *wide,
                Slot::Across => continue,
            };
            let own: i64 = widths[at..at + span].iter().sum();
            let _ = write!(text, "<w:tc><w:tcPr><w:tcW w:w=\"{own}\" w:type=\"{unit}\"/>");
            if span > 1 {
                let _ = write!(text, "<w:gridSpan w:val=\"{span}\"/>");
            }
            match slot {
                Slot::Cell(cell) if cell.tall > 1 => text.push_str("<w:vMerge w:val=\"restart\"/>"),
                Slot::Down(_) => text.push_str("<w:vMerge/>"),
                _ => {}
            }
            let ground = if head { "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"E3ECE4\"/>" } else { "" };
            // Columns of a table without fixed widths are as wide as their numbers.
            let whole = matches!(slot, Slot::Cell(cell) if !styled && cell.align == Align::Right);
            let _ = write!(text, "{ground}{}<w:vAlign w:val=\"center\"/></w:tcPr>", if whole { "<w:noWrap/>" } else { "" });
            match slot {
                Slot::Cell(own) => text.push_str(&cell(own, head, styled)),
                _ => {
                    let _ = write!(text, "<w:p><w:pPr>{}</w:pPr></w:p>", of_cells(styled, ""));
                }
            }
            text.push_str("</w:tc>");
        }
        text.push_str("</w:tr>");
    }
    text.push_str("</w:tbl>");
    text
}

/// Lines around and between the cells of a table.
pub fn borders() -> String {
    let side = |side: &str| format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>");
    format!("<w:tblBorders>{}</w:tblBorders>", ["top", "left", "bottom", "right", "insideH", "insideV"].map(side).concat())
}

/// How paragraphs of cells look.
fn of_cells(styled: bool, align: &str) -> String {
    let align = if align.is_empty() { String::new() } else { format!("<w:jc w:val=\"{align}\"/>") };
    match styled {
        true => format!("<w:pStyle w:val=\"OBang\"/>{align}"),
        false => format!("<w:spacing w:before=\"20\" w:after=\"20\"/><w:ind w:left=\"0\" w:firstLine=\"0\"/>{align}"),
    }
}

fn cell(cell: &Cell, head: bool, styled: bool) -> String {
    let align = match cell.align {
        Align::Left if head => "center",
        Align::Left => "left",
        Align::Middle => "center",
        Align::Right => "right",
    };
    let words = Run { words: cell.words.clone(), bold: cell.bold || head, blank: cell.blank, ..Run::default() };
    let text = if words.words.is_empty() { String::new() } else { sized(&words, if styled { None } else { Some(20) }) };
    format!("<w:p><w:pPr>{}</w:pPr>{text}</w:p>", of_cells(styled, align))
}
