//! A chart of the suite with its own workbook, so that its numbers can be edited.

use super::boxes::{colour, paint};
use super::package::{HEAD, words};
use crate::draw::plot::{Plot, PlotKind, Series};
use crate::scale::{Fill, Rgb};
use crate::values::numbers;
use rust_xlsxwriter::{Workbook, XlsxError};
use std::fmt::Write as _;

/// Name of the sheet with the numbers.
const SHEET: &str = "Data";
/// Names of the two axes within a chart.
const AXES: [u32; 2] = [111_111_111, 222_222_222];

/// The chart's own workbook: categories in the first column, a series in each of the others.
pub fn workbook(plot: &Plot) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let epoch = rust_xlsxwriter::ExcelDateTime::from_ymd(2024, 1, 1)?;
    workbook.set_properties(&rust_xlsxwriter::DocProperties::new().set_creation_datetime(&epoch));
    let sheet = workbook.add_worksheet();
    sheet.set_name(SHEET)?;
    for (column, series) in (1..).zip(&plot.series) {
        sheet.write(0, column, &series.name)?;
        for (row, value) in (1..).zip(&series.values) {
            if let Some(value) = value {
                sheet.write(row, column, *value)?;
            }
        }
    }
    for (row, category) in (1..).zip(&plot.categories) {
        sheet.write(row, 0, category)?;
    }
    sheet.set_column_width(0, 24)?;
    workbook.save_to_buffer()
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

const INK: Rgb = Rgb(33, 37, 41);
const GREY: Rgb = Rgb(95, 103, 112);

/// The part of a chart. Its workbook is the first relation.
pub fn chart(plot: &Plot, bw: bool) -> String {
    let all: Vec<f64> = plot.series.iter().flat_map(|series| &series.values).flatten().copied().collect();
    let largest = all.iter().fold(0.0f64, |most, number| most.max(number.abs()));
    // A number that is small beside none of the others keeps its digits.
    let most = if largest >= 10.0 {
        1
    } else if largest >= 1.0 {
        2
    } else {
        3
    };
    let format = ["#,##0", "#,##0.0", "#,##0.00", "#,##0.000"][numbers::decimals_needed(&all).min(most)];
    let rows = plot.categories.len();
    let upright = matches!(plot.kind, PlotKind::Lines | PlotKind::Areas);
    let names: Vec<&str> = plot.categories.iter().map(String::as_str).collect();
    let categories = text_of(&format!("$A$2:$A${}", rows + 1), &names);
    let size = if rows > 20 { 1200 } else { 1400 };
    let mut series = String::new();
    for (number, one) in plot.series.iter().enumerate() {
        let column = letters(number + 1);
        let _ = write!(
            series,
            "<c:ser><c:idx val=\"{number}\"/><c:order val=\"{number}\"/><c:tx>{}</c:tx>{}",
            text_of(&format!("${column}$1"), &[one.name.as_str()]),
            look(one, plot.kind)
        );
        if !upright {
            series.push_str("<c:invertIfNegative val=\"0\"/>");
            series.push_str(&points(one));
        }
        if plot.kind == PlotKind::Lines {
            series.push_str(&marker(one, number, bw));
        }
        series.push_str(&labels(one, plot, format, size));
        let _ = write!(
            series,
            "<c:cat>{categories}</c:cat><c:val><c:numRef><c:f>{SHEET}!${column}$2:${column}${}</c:f><c:numCache>\
             <c:formatCode>General</c:formatCode><c:ptCount val=\"{rows}\"/>",
            rows + 1
        );
        for (row, value) in one.values.iter().enumerate() {
            if let Some(value) = value {
                let _ = write!(series, "<c:pt idx=\"{row}\"><c:v>{value}</c:v></c:pt>");
            }
        }
        series.push_str("</c:numCache></c:numRef></c:val>");
        series.push_str(if plot.kind == PlotKind::Lines { "<c:smooth val=\"0\"/></c:ser>" } else { "</c:ser>" });
    }
    let [a, b] = AXES;
    let ids = format!("<c:axId val=\"{a}\"/><c:axId val=\"{b}\"/>");
    let body = match plot.kind {
        PlotKind::Bars | PlotKind::Divided => {
            let (grouping, overlap) = if plot.kind == PlotKind::Divided { ("stacked", 100) } else { ("clustered", 0) };
            format!(
                "<c:barChart><c:barDir val=\"bar\"/><c:grouping val=\"{grouping}\"/><c:varyColors val=\"0\"/>{series}\
                 <c:gapWidth val=\"45\"/><c:overlap val=\"{overlap}\"/>{ids}</c:barChart>"
            )
        }
        PlotKind::Lines => format!(
            "<c:lineChart><c:grouping val=\"standard\"/><c:varyColors val=\"0\"/>{series}<c:marker val=\"1\"/>{ids}</c:lineChart>"
        ),
        PlotKind::Areas => {
            format!("<c:areaChart><c:grouping val=\"stacked\"/><c:varyColors val=\"0\"/>{series}{ids}</c:areaChart>")
        }
    };
    let ends = are_apart(plot);
    let several = plot.series.len() > 1 && !(plot.kind == PlotKind::Lines && ends);
    let place = if plot.kind == PlotKind::Lines { "r" } else { "t" };
    let legend = match several {
        true => {
            format!("<c:legend><c:legendPos val=\"{place}\"/><c:overlay val=\"0\"/>{}</c:legend>", letters_of(1400, false, INK))
        }
        false => String::new(),
    };
    // Lines are named at their ends, to the right of the plot.
    let layout = match plot.kind {
        PlotKind::Lines if ends => {
            "<c:layout><c:manualLayout><c:layoutTarget val=\"inner\"/><c:xMode val=\"edge\"/><c:yMode val=\"edge\"/><c:x val=\"0.09\"/>\
             <c:y val=\"0.04\"/><c:w val=\"0.66\"/><c:h val=\"0.84\"/></c:manualLayout></c:layout>"
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
        axes(plot, upright, format, size),
        letters_of(1400, false, INK)
    )
}

/// Whether lines end so far from one another that each can be named at its end.
fn are_apart(plot: &Plot) -> bool {
    let values = || plot.series.iter().flat_map(|series| &series.values).flatten().copied();
    let (low, high) = values().fold((0.0f64, 0.0f64), |(low, high), value| (low.min(value), high.max(value)));
    let mut ends: Vec<f64> =
        plot.series.iter().filter_map(|series| series.values.iter().rev().flatten().next()).copied().collect();
    ends.sort_by(f64::total_cmp);
    ends.windows(2).all(|pair| pair[1] - pair[0] > 0.09 * (high - low))
}

/// Colour of a series: of its bars and areas, or of its line.
fn look(series: &Series, kind: PlotKind) -> String {
    let fill = series.fills.first().copied().unwrap_or(Fill::NO_DATA);
    match kind {
        PlotKind::Lines => {
            let (wide, dash) = if series.past { (19_050, "<a:prstDash val=\"dash\"/>") } else { (31_750, "") };
            format!("<c:spPr><a:ln w=\"{wide}\" cap=\"rnd\">{}{dash}<a:round/></a:ln></c:spPr>", colour(fill.ground()))
        }
        _ => format!("<c:spPr>{}{}</c:spPr>", paint(fill), rim(fill)),
    }
}

/// An outline for paints that are lost on white.
fn rim(fill: Fill) -> String {
    match matches!(fill, Fill::Hatch(_)) || fill.lightness() > 0.9 {
        true => format!("<a:ln w=\"6350\">{}</a:ln>", colour(Rgb(90, 96, 102))),
        false => String::new(),
    }
}

/// Bars whose paint is not that of their series.
fn points(series: &Series) -> String {
    let first = series.fills.first();
    let mut text = String::new();
    for (number, fill) in series.fills.iter().enumerate().filter(|(_, fill)| Some(*fill) != first) {
        let _ = write!(
            text,
            "<c:dPt><c:idx val=\"{number}\"/><c:invertIfNegative val=\"0\"/><c:bubble3D val=\"0\"/><c:spPr>{}{}</c:spPr></c:dPt>",
            paint(*fill),
            rim(*fill)
        );
    }
    text
}

fn marker(series: &Series, number: usize, bw: bool) -> String {
    let ink = series.fills.first().map_or(INK, |fill| fill.ground());
    let form = if bw { ["circle", "square", "triangle", "diamond", "x", "star"][number % 6] } else { "circle" };
    let inside = if series.past { Rgb::WHITE } else { ink };
    format!(
        "<c:marker><c:symbol val=\"{form}\"/><c:size val=\"{}\"/><c:spPr>{}<a:ln w=\"9525\">{}</a:ln></c:spPr></c:marker>",
        if series.past { 5 } else { 7 },
        colour(inside),
        colour(ink)
    )
}

/// Values at the ends of bars, names at the ends of lines.
fn labels(series: &Series, plot: &Plot, format: &str, size: u32) -> String {
    let number =
        format!("<c:numFmt formatCode=\"{format}\" sourceLinked=\"0\"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>");
    match plot.kind {
        PlotKind::Bars => format!(
            "<c:dLbls>{number}{}<c:dLblPos val=\"outEnd\"/>{}</c:dLbls>",
            letters_of(if plot.series.len() > 1 { 1200 } else { size }, false, INK),
            shown(true, false)
        ),
        PlotKind::Lines => {
            if plot.series.len() > 1 && !are_apart(plot) {
                return String::new();
            }
            let Some(last) = series.values.iter().rposition(Option::is_some) else { return String::new() };
            let ink = series.fills.first().map_or(INK, |fill| fill.ground());
            format!(
                "<c:dLbls><c:dLbl><c:idx val=\"{last}\"/>{number}{}<c:dLblPos val=\"r\"/>{}<c:separator> </c:separator></c:dLbl>{}</c:dLbls>",
                letters_of(1400, !series.past, ink),
                shown(true, true),
                shown(false, false)
            )
        }
        PlotKind::Divided | PlotKind::Areas => String::new(),
    }
}

fn axes(plot: &Plot, upright: bool, format: &str, size: u32) -> String {
    let [a, b] = AXES;
    let hair = format!("<c:spPr><a:ln w=\"9525\">{}</a:ln></c:spPr>", colour(Rgb(170, 176, 182)));
    let (place, other) = if upright { ("b", "l") } else { ("l", "t") };
    // Rows run from the top down.
    let order = if upright { "minMax" } else { "maxMin" };
    // Where a value stands at each bar, an axis would say it twice.
    let hidden = u8::from(plot.kind == PlotKind::Bars);
    let grid = match hidden {
        0 => format!(
            "<c:majorGridlines><c:spPr><a:ln w=\"6350\">{}</a:ln></c:spPr></c:majorGridlines>",
            colour(Rgb(226, 229, 233))
        ),
        _ => String::new(),
    };
    let title = match hidden {
        0 => format!(
            "<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz=\"1200\" b=\"0\">{grey}</a:defRPr></a:pPr>\
             <a:r><a:rPr sz=\"1200\" b=\"0\">{grey}</a:rPr><a:t>{}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val=\"0\"/></c:title>",
            words(&plot.axis),
            grey = colour(GREY)
        ),
        _ => String::new(),
    };
    // Steps of an axis are whole where its numbers are large.
    let largest =
        plot.series.iter().flat_map(|series| &series.values).flatten().fold(0.0f64, |most, value| most.max(value.abs()));
    let steps = if largest >= 10.0 { "#,##0" } else { format };
    // Every row has its name, however many there are.
    let skip = if upright { "" } else { "<c:tickLblSkip val=\"1\"/>" };
    let crossing = if upright { "autoZero" } else { "max" };
    format!(
        "<c:catAx><c:axId val=\"{a}\"/><c:scaling><c:orientation val=\"{order}\"/></c:scaling><c:delete val=\"0\"/>\
         <c:axPos val=\"{place}\"/><c:numFmt formatCode=\"General\" sourceLinked=\"0\"/><c:majorTickMark val=\"none\"/>\
         <c:minorTickMark val=\"none\"/><c:tickLblPos val=\"low\"/>{hair}{}<c:crossAx val=\"{b}\"/><c:crosses val=\"autoZero\"/>\
         <c:auto val=\"0\"/><c:lblAlgn val=\"ctr\"/><c:lblOffset val=\"100\"/>{skip}<c:noMultiLvlLbl val=\"0\"/></c:catAx>\
         <c:valAx><c:axId val=\"{b}\"/><c:scaling><c:orientation val=\"minMax\"/></c:scaling><c:delete val=\"{hidden}\"/>\
         <c:axPos val=\"{other}\"/>{grid}{title}<c:numFmt formatCode=\"{steps}\" sourceLinked=\"0\"/><c:majorTickMark val=\"none\"/>\
         <c:minorTickMark val=\"none\"/><c:tickLblPos val=\"nextTo\"/><c:spPr><a:ln><a:noFill/></a:ln></c:spPr>{}<c:crossAx val=\"{a}\"/>\
         <c:crosses val=\"{crossing}\"/><c:crossBetween val=\"between\"/></c:valAx>",
        letters_of(size, false, INK),
        letters_of(1200, false, GREY)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_excel_names_them() {
        assert_eq!([0, 1, 25, 26, 27, 51, 52, 701, 702].map(letters), ["A", "B", "Z", "AA", "AB", "AZ", "BA", "ZZ", "AAA"]);
    }
}
