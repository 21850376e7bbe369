//! A table on a slide.

use crate::ooxml::boxes::{Boxes, colour, paint};
use crate::ooxml::clip::Frame;
use crate::ooxml::package::words;
use crate::ooxml::rows::{Align, Cell, Rows, Slot};
use crate::scale::Rgb;
use std::fmt::Write as _;

/// Ground of heads.
const HEAD: Rgb = Rgb(227, 236, 228);
/// Lines between rows.
const HAIR: Rgb = Rgb(205, 210, 216);
/// Ground of what is to be written in.
const BLANK: Rgb = Rgb(255, 249, 219);

/// The table as a shape. Rows share the height, up to that of a line of writing.
pub fn shape(boxes: &mut Boxes, rows: &Rows, frame: Frame, name: &str, language: &str) {
    let grid = rows.grid();
    let id = boxes.id();
    let [left, top, width, height] = boxes.place(frame);
    let count = grid.len().max(1) as i64;
    let high = (height / count).min(boxes.emu(46.0));
    let size = if high < boxes.emu(34.0) { 1200 } else { 1400 };
    let sum: f32 = rows.widths.iter().sum();
    let mut text = format!(
        "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id=\"{id}\" name=\"{name}\" descr=\"{name}\"/><p:cNvGraphicFramePr>\
         <a:graphicFrameLocks noGrp=\"1\"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x=\"{left}\" y=\"{top}\"/>\
         <a:ext cx=\"{width}\" cy=\"{}\"/></p:xfrm><a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/table\">\
         <a:tbl><a:tblPr firstRow=\"1\"/><a:tblGrid>",
        high * count,
        name = words(name)
    );
    for wide in &rows.widths {
        let _ = write!(text, "<a:gridCol w=\"{}\"/>", (width as f64 * f64::from(wide / sum.max(1e-6))) as i64);
    }
    text.push_str("</a:tblGrid>");
    for (number, line) in grid.iter().enumerate() {
        let head = number < rows.heads.len();
        let _ = write!(text, "<a:tr h=\"{high}\">");
        for (at, slot) in line.iter().enumerate() {
            match slot {
                Slot::Cell(own) => text.push_str(&cell(own, head, size, language)),
                Slot::Across => {
                    // Under a cell that is wide and tall at once, it is covered both ways.
                    let down = line[..at].iter().rev().find(|slot| !matches!(slot, Slot::Across));
                    let both = if matches!(down, Some(Slot::Down(_))) { " vMerge=\"1\"" } else { "" };
                    let _ = write!(text, "<a:tc hMerge=\"1\"{both}>{EMPTY}</a:tc>");
                }
                Slot::Down(wide) => {
                    let span = if *wide > 1 { format!(" gridSpan=\"{wide}\"") } else { String::new() };
                    let _ = write!(text, "<a:tc{span} vMerge=\"1\">{EMPTY}</a:tc>");
                }
            }
        }
        text.push_str("</a:tr>");
    }
    text.push_str("</a:tbl></a:graphicData></a:graphic></p:graphicFrame>");
    boxes.push(&text);
}

const EMPTY: &str = "<a:txBody><a:bodyPr/><a:lstStyle/><a:p/></a:txBody><a:tcPr/>";

fn cell(cell: &Cell, head: bool, size: u32, language: &str) -> String {
    let span = if cell.columns() > 1 { format!(" gridSpan=\"{}\"", cell.columns()) } else { String::new() };
    let tall = if cell.tall > 1 { format!(" rowSpan=\"{}\"", cell.tall) } else { String::new() };
    let align = match cell.align {
        Align::Left => "l",
        Align::Middle => "ctr",
        Align::Right => "r",
    };
    let bold = u8::from(cell.bold || head);
    let run = match cell.words.is_empty() {
        true => format!("<a:endParaRPr lang=\"{language}\" sz=\"{size}\"/>"),
        false => format!(
            "<a:r><a:rPr lang=\"{language}\" sz=\"{size}\" b=\"{bold}\">{}</a:rPr><a:t>{}</a:t></a:r>",
            colour(cell.fill.map_or(Rgb(33, 37, 41), |fill| fill.ground().ink_on())),
            words(&cell.words)
        ),
    };
    let ground = match (head, cell.blank, cell.fill) {
        (true, ..) => colour(HEAD),
        (_, true, _) => colour(BLANK),
        (_, _, Some(fill)) => paint(fill),
        _ => "<a:noFill/>".to_owned(),
    };
    // Coloured cells stand apart by white lines, as on the picture.
    let hair = if cell.fill.is_some() { Rgb::WHITE } else { HAIR };
    let side = |name: &str, seen: bool| match seen {
        true => format!("<a:{name} w=\"9525\">{}</a:{name}>", colour(hair)),
        false => format!("<a:{name} w=\"0\"><a:noFill/></a:{name}>"),
    };
    format!(
        "<a:tc{tall}{span}><a:txBody><a:bodyPr/><a:lstStyle/><a:p><a:pPr algn=\"{align}\"/>{run}</a:p></a:txBody>\
         <a:tcPr marL=\"60000\" marR=\"60000\" marT=\"20000\" marB=\"20000\" anchor=\"ctr\">{}{}{}{}{ground}</a:tcPr></a:tc>",
        side("lnL", head || cell.fill.is_some()),
        side("lnR", head || cell.fill.is_some()),
        side("lnT", true),
        side("lnB", true)
    )
}
