//! Tables of a letter.

use super::{Paragraph, paragraph, run};
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
    let sum: f32 = table.widths.iter().sum::<f32>().max(1e-6);
    let widths: Vec<i64> = table.widths.iter().map(|own| (wide as f64 * f64::from(own / sum)) as i64).collect();
    let mut text = format!(
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"Bang\"/><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>",
        widths.iter().sum::<i64>()
    );
    for own in &widths {
        let _ = write!(text, "<w:gridCol w:w=\"{own}\"/>");
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
            let _ = write!(text, "<w:tc><w:tcPr><w:tcW w:w=\"{own}\" w:type=\"dxa\"/>");
            if span > 1 {
                let _ = write!(text, "<w:gridSpan w:val=\"{span}\"/>");
            }
            match slot {
                Slot::Cell(cell) if cell.tall > 1 => text.push_str("<w:vMerge w:val=\"restart\"/>"),
                Slot::Down(_) => text.push_str("<w:vMerge/>"),
                _ => {}
            }
            let ground = if head { "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"E3ECE4\"/>" } else { "" };
            let _ = write!(text, "{ground}<w:vAlign w:val=\"center\"/></w:tcPr>");
            match slot {
                Slot::Cell(own) => text.push_str(&cell(own, head)),
                _ => text.push_str("<w:p><w:pPr><w:pStyle w:val=\"OBang\"/></w:pPr></w:p>"),
            }
            text.push_str("</w:tc>");
        }
        text.push_str("</w:tr>");
    }
    text.push_str("</w:tbl>");
    text
}

fn cell(cell: &Cell, head: bool) -> String {
    let align = match cell.align {
        Align::Left if head => "center",
        Align::Left => "left",
        Align::Middle => "center",
        Align::Right => "right",
    };
    let words = Run { words: cell.words.clone(), bold: cell.bold || head, blank: cell.blank, ..Run::default() };
    let text = if words.words.is_empty() { String::new() } else { run(&words) };
    format!("<w:p><w:pPr><w:pStyle w:val=\"OBang\"/><w:jc w:val=\"{align}\"/></w:pPr>{text}</w:p>")
}
