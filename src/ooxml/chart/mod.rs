//! A chart of the suite with its own workbook, so that its numbers can be edited.

mod axes;
mod book;
mod points;
mod series;

pub use book::workbook;

use super::boxes::colour;
use super::package::{HEAD, words};
use crate::draw::plot::{Look, Plot, PlotKind};
use crate::scale::Rgb;
use crate::values::numbers;
use std::fmt::Write as _;

/// Name of the sheet with the numbers.
const SHEET: &str = "Data";
/// Names of the two axes within a chart.
const AXES: [u32; 2] = [111_111_111, 222_222_222];
const INK: Rgb = Rgb(33, 37, 41);
const GREY: Rgb = Rgb(95, 103, 112);

/// The part of a chart. Its workbook is the first relation.
pub fn chart(plot: &Plot, bw: bool) -> String {
    let format = format_of(plot);
    let size = if plot.categories.len() > 12 { 1200 } else { 1400 };
    let [a, b] = AXES;
    let ids = format!("<c:axId val=\"{a}\"/><c:axId val=\"{b}\"/>");
    let series: String = match plot.kind {
        PlotKind::Points => points::all(plot),
        _ => (0..plot.series.len()).map(|number| series::one(plot, number, (format, size), bw)).collect(),
    };
    let body = match plot.kind {
        PlotKind::Bars | PlotKind::Divided => {
            let (grouping, overlap) = if plot.kind == PlotKind::Divided { ("stacked", 100) } else { ("clustered", 0) };
            format!(
                "<c:barChart><c:barDir val=\"bar\"/><c:grouping val=\"{grouping}\"/><c:varyColors val=\"0\"/>{series}\
                 <c:gapWidth val=\"45\"/><c:overlap val=\"{overlap}\"/>{ids}</c:barChart>"
            )
        }
        // Numbers over columns need them to stand alone.
        PlotKind::Columns => format!(
            "<c:barChart><c:barDir val=\"col\"/><c:grouping val=\"{}\"/><c:varyColors val=\"0\"/>{series}\
             <c:gapWidth val=\"6\"/><c:overlap val=\"100\"/>{ids}</c:barChart>",
            if plot.series.len() > 1 { "stacked" } else { "clustered" }
        ),
        PlotKind::Lines => format!(
            "<c:lineChart><c:grouping val=\"standard\"/><c:varyColors val=\"0\"/>{series}<c:marker val=\"1\"/>{ids}</c:lineChart>"
        ),
        PlotKind::Areas => {
            format!("<c:areaChart><c:grouping val=\"stacked\"/><c:varyColors val=\"0\"/>{series}{ids}</c:areaChart>")
        }
        PlotKind::Points => {
            format!("<c:scatterChart><c:scatterStyle val=\"lineMarker\"/><c:varyColors val=\"0\"/>{series}{ids}</c:scatterChart>")
        }
    };
    let ends = series::are_apart(plot);
    let place = if plot.kind == PlotKind::Lines { "r" } else { "t" };
    let legend = match has_legend(plot) {
        true => {
            format!("<c:legend><c:legendPos val=\"{place}\"/><c:overlay val=\"0\"/>{}</c:legend>", letters_of(1400, false, INK))
        }
        false => String::new(),
    };
    // Lines are named at their ends, to the right of the plot.
    let layout = match plot.kind {
        PlotKind::Lines if ends => {
            "<c:layout><c:manualLayout><c:layoutTarget val=\"inner\"/><c:xMode val=\"edge\"/><c:yMode val=\"edge\"/><c:x val=\"0.09\"/>\
             <c:y val=\"0.04\"/><c:w val=\"0.66\"/><c:h val=\"0.8\"/></c:manualLayout></c:layout>"
        }
        _ => "<c:layout/>",
    };
    format!(
        "{HEAD}<c:chartSpace xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" \
         xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><c:date1904 val=\"0\"/>\
         <c:roundedCorners val=\"0\"/><c:chart><c:autoTitleDeleted val=\"1\"/><c:plotArea>{layout}{body}{}</c:plotArea>{legend}\
         <c:plotVisOnly val=\"1\"/><c:dispBlanksAs val=\"gap\"/></c:chart>{}\
         <c:externalData r:id=\"rId1\"><c:autoUpdate val=\"0\"/></c:externalData></c:chartSpace>",
        axes::both(plot, format, size),
        letters_of(1400, false, INK)
    )
}

/// Whether the chart names its series in a legend of its own.
pub fn has_legend(plot: &Plot) -> bool {
    let several = plot.series.len() > 1;
    plot.kind != PlotKind::Points && several && !(plot.kind == PlotKind::Lines && series::are_apart(plot))
}

/// How the numbers of a chart are written.
fn format_of(plot: &Plot) -> &'static str {
    let own = plot.series.iter().filter(|series| !matches!(series.look, Look::Limit | Look::Expected));
    let all: Vec<f64> = own.flat_map(|series| &series.values).flatten().copied().collect();
    let largest = all.iter().fold(0.0f64, |most, number| most.max(number.abs()));
    // A number that is small beside none of the others keeps its digits.
    let most = if largest >= 10.0 {
        1
    } else if largest >= 1.0 {
        2
    } else {
        3
    };
    ["#,##0", "#,##0.0", "#,##0.00", "#,##0.000"][numbers::decimals_needed(&all).min(most)]
}

/// Letters of an Excel column: A, B, … Z, AA.
fn letters(mut column: usize) -> String {
    let mut name = String::new();
    loop {
        name.insert(0, char::from(b'A' + (column % 26) as u8));
        if column < 26 {
            return name;
        }
        column = column / 26 - 1;
    }
}

fn text_of(at: &str, list: &[&str]) -> String {
    let mut text = format!("<c:strRef><c:f>{SHEET}!{at}</c:f><c:strCache><c:ptCount val=\"{}\"/>", list.len());
    for (number, name) in list.iter().enumerate() {
        let _ = write!(text, "<c:pt idx=\"{number}\"><c:v>{}</c:v></c:pt>", words(name));
    }
    text.push_str("</c:strCache></c:strRef>");
    text
}

fn letters_of(size: u32, bold: bool, ink: Rgb) -> String {
    format!(
        "<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz=\"{size}\" b=\"{}\">{}</a:defRPr></a:pPr><a:endParaRPr/></a:p></c:txPr>",
        u8::from(bold),
        colour(ink)
    )
}

fn shown(value: bool, name: bool) -> String {
    format!(
        "<c:showLegendKey val=\"0\"/><c:showVal val=\"{}\"/><c:showCatName val=\"0\"/><c:showSerName val=\"{}\"/>\
         <c:showPercent val=\"0\"/><c:showBubbleSize val=\"0\"/>",
        u8::from(value),
        u8::from(name)
    )
}

/// Numbers of the workbook, with those it holds now.
fn numbers_of(at: &str, values: impl ExactSizeIterator<Item = Option<f64>>) -> String {
    let mut text = format!(
        "<c:numRef><c:f>{SHEET}!{at}</c:f><c:numCache><c:formatCode>General</c:formatCode><c:ptCount val=\"{}\"/>",
        values.len()
    );
    for (row, value) in values.enumerate() {
        if let Some(value) = value {
            let _ = write!(text, "<c:pt idx=\"{row}\"><c:v>{value}</c:v></c:pt>");
        }
    }
    text.push_str("</c:numCache></c:numRef>");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_excel_names_them() {
        assert_eq!([0, 1, 25, 26, 27, 51, 52, 701, 702].map(letters), ["A", "B", "Z", "AA", "AB", "AZ", "BA", "ZZ", "AAA"]);
    }
}
