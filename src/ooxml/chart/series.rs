//! Series of bars, lines and areas.

use super::{INK, letters, letters_of, numbers_of, shown, text_of};
use crate::draw::plot::{Look, Plot, PlotKind, Series};
use crate::ooxml::boxes::{colour, paint};
use crate::scale::{Fill, Rgb};
use std::fmt::Write as _;

/// A series with its look, its labels and its numbers.
pub fn one(plot: &Plot, number: usize, (format, size): (&str, u32), bw: bool) -> String {
    let one = &plot.series[number];
    let (column, rows) = (letters(number + 1), plot.categories.len());
    let names: Vec<&str> = plot.categories.iter().map(String::as_str).collect();
    let mut text = format!(
        "<c:ser><c:idx val=\"{number}\"/><c:order val=\"{number}\"/><c:tx>{}</c:tx>{}",
        text_of(&format!("${column}$1"), &[one.name.as_str()]),
        look(one, plot.kind)
    );
    match plot.kind {
        PlotKind::Lines => {
            text.push_str(&marker(one, number, bw, rows));
            text.push_str(&ahead(one, plot));
        }
        PlotKind::Areas => {}
        _ => {
            text.push_str("<c:invertIfNegative val=\"0\"/>");
            text.push_str(&points(one));
        }
    }
    text.push_str(&labels(one, plot, format, size));
    let values = one.values.iter().copied();
    let _ = write!(
        text,
        "<c:cat>{}</c:cat><c:val>{}</c:val>{}</c:ser>",
        text_of(&format!("$A$2:$A${}", rows + 1), &names),
        numbers_of(&format!("${column}$2:${column}${}", rows + 1), values),
        if plot.kind == PlotKind::Lines { "<c:smooth val=\"0\"/>" } else { "" }
    );
    text
}

/// Forecasts of a line: dashed, with open dots.
fn ahead(series: &Series, plot: &Plot) -> String {
    let Some(from) = plot.forecast_from.filter(|_| series.look == Look::Now) else { return String::new() };
    let ink = series.fills.first().map_or(INK, |fill| fill.ground());
    let point = |at: usize| {
        format!(
            "<c:dPt><c:idx val=\"{at}\"/><c:marker><c:symbol val=\"circle\"/><c:size val=\"7\"/><c:spPr>{}<a:ln w=\"15875\">{}</a:ln></c:spPr>\
             </c:marker><c:bubble3D val=\"0\"/><c:spPr><a:ln w=\"22225\" cap=\"rnd\">{}<a:prstDash val=\"sysDash\"/><a:round/></a:ln></c:spPr></c:dPt>",
            colour(Rgb::WHITE),
            colour(ink),
            colour(ink)
        )
    };
    (from..series.values.len()).filter(|at| series.values[*at].is_some()).map(point).collect()
}

/// Whether lines end so far from one another that each can be named at its end.
pub fn are_apart(plot: &Plot) -> bool {
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
            let (wide, dash) = match series.look {
                Look::Now | Look::Expected => (31_750, ""),
                Look::Past | Look::Limit => (19_050, "<a:prstDash val=\"dash\"/>"),
            };
            format!("<c:spPr><a:ln w=\"{wide}\" cap=\"rnd\">{}{dash}<a:round/></a:ln></c:spPr>", colour(fill.ground()))
        }
        _ if series.look == Look::Expected => format!(
            "<c:spPr>{}<a:ln w=\"12700\">{}<a:prstDash val=\"dash\"/></a:ln></c:spPr>",
            colour(Rgb::WHITE),
            colour(Rgb(90, 96, 102))
        ),
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

/// Lines of more points than this are read without dots.
const DOTTED: usize = 60;

fn marker(series: &Series, number: usize, bw: bool, rows: usize) -> String {
    if series.look == Look::Limit || rows > DOTTED {
        return "<c:marker><c:symbol val=\"none\"/></c:marker>".to_owned();
    }
    let past = series.look == Look::Past;
    let ink = series.fills.first().map_or(INK, |fill| fill.ground());
    let form = if bw { ["circle", "square", "triangle", "diamond", "x", "star"][number % 6] } else { "circle" };
    let inside = if past { Rgb::WHITE } else { ink };
    format!(
        "<c:marker><c:symbol val=\"{form}\"/><c:size val=\"{}\"/><c:spPr>{}<a:ln w=\"9525\">{}</a:ln></c:spPr></c:marker>",
        if past { 5 } else { 7 },
        colour(inside),
        colour(ink)
    )
}

/// Values at the ends of bars, names at the ends of lines.
fn labels(series: &Series, plot: &Plot, format: &str, size: u32) -> String {
    let number =
        format!("<c:numFmt formatCode=\"{format}\" sourceLinked=\"0\"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>");
    match plot.kind {
        PlotKind::Bars if series.look == Look::Limit => String::new(),
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
                letters_of(1400, series.look != Look::Past, ink),
                // A level is in its words already.
                shown(series.look != Look::Limit, true),
                shown(false, false)
            )
        }
        PlotKind::Columns if plot.series.len() == 1 && plot.categories.len() <= 40 => {
            format!(
                "<c:dLbls>{number}{}<c:dLblPos val=\"outEnd\"/>{}</c:dLbls>",
                letters_of(1200, false, INK),
                shown(true, false)
            )
        }
        _ => String::new(),
    }
}
