//! Points of two measures, with their names and the lines to read them by.

use super::{GREY, INK, letters_of, numbers_of, shown, text_of};
use crate::draw::plot::{Beside, Plot};
use crate::ooxml::boxes::colour;
use crate::ooxml::package::words;
use std::fmt::Write as _;

/// The series of a chart of points, and one for each line.
pub fn all(plot: &Plot) -> String {
    let rows = plot.xs.len();
    let Some(series) = plot.series.first() else { return String::new() };
    let mut text = format!(
        "<c:ser><c:idx val=\"0\"/><c:order val=\"0\"/><c:tx>{}</c:tx><c:spPr><a:ln w=\"19050\"><a:noFill/></a:ln></c:spPr>\
         <c:marker><c:symbol val=\"circle\"/><c:size val=\"9\"/></c:marker>",
        text_of("$C$1", &[series.name.as_str()])
    );
    for (number, fill) in series.fills.iter().enumerate() {
        let _ = write!(
            text,
            "<c:dPt><c:idx val=\"{number}\"/><c:marker><c:symbol val=\"circle\"/><c:size val=\"9\"/><c:spPr>{}<a:ln w=\"9525\">{}</a:ln></c:spPr>\
             </c:marker><c:bubble3D val=\"0\"/></c:dPt>",
            colour(fill.ground()),
            colour(INK)
        );
    }
    text.push_str("<c:dLbls>");
    for (number, beside) in &plot.named {
        let place = match beside {
            Beside::Right => "r",
            Beside::Left => "l",
            Beside::Over => "t",
            Beside::Under => "b",
        };
        let _ = write!(
            text,
            "<c:dLbl><c:idx val=\"{number}\"/><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz=\"1200\" b=\"0\">{grey}</a:defRPr></a:pPr>\
             <a:r><a:rPr sz=\"1200\" b=\"0\">{grey}</a:rPr><a:t>{}</a:t></a:r></a:p></c:rich></c:tx><c:dLblPos val=\"{place}\"/>{}</c:dLbl>",
            words(&plot.categories[*number]),
            shown(true, false),
            grey = colour(GREY)
        );
    }
    let _ = write!(text, "{}{}</c:dLbls>", letters_of(1200, false, GREY), shown(false, false));
    let _ = write!(
        text,
        "<c:xVal>{}</c:xVal><c:yVal>{}</c:yVal><c:smooth val=\"0\"/></c:ser>",
        numbers_of(&format!("$B$2:$B${}", rows + 1), plot.xs.iter().map(|x| Some(*x))),
        numbers_of(&format!("$C$2:$C${}", rows + 1), series.values.iter().copied())
    );
    for (number, (ends, full)) in (1..).zip(&plot.guides) {
        text.push_str(&line(number, *ends, *full));
    }
    text
}

/// A line without dots; its ends are no data, so they are not in the workbook.
fn line(number: usize, ends: [(f64, f64); 2], full: bool) -> String {
    let literal = |of: fn(&(f64, f64)) -> f64| {
        let points = ends.iter().enumerate().map(|(at, end)| format!("<c:pt idx=\"{at}\"><c:v>{}</c:v></c:pt>", of(end)));
        format!("<c:numLit><c:formatCode>General</c:formatCode><c:ptCount val=\"2\"/>{}</c:numLit>", points.collect::<String>())
    };
    let dash = if full { "" } else { "<a:prstDash val=\"dash\"/>" };
    format!(
        "<c:ser><c:idx val=\"{number}\"/><c:order val=\"{number}\"/><c:spPr><a:ln w=\"15875\">{}{dash}</a:ln></c:spPr>\
         <c:marker><c:symbol val=\"none\"/></c:marker><c:xVal>{}</c:xVal><c:yVal>{}</c:yVal><c:smooth val=\"0\"/></c:ser>",
        colour(GREY),
        literal(|end| end.0),
        literal(|end| end.1)
    )
}
