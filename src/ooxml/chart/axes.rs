//! Axes of a chart.

use super::{AXES, GREY, INK, letters_of};
use crate::draw::plot::{Plot, PlotKind};
use crate::ooxml::boxes::colour;
use crate::ooxml::package::words;
use crate::scale::Rgb;

/// Name of an axis.
fn title(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    format!(
        "<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz=\"1200\" b=\"0\">{grey}</a:defRPr></a:pPr>\
         <a:r><a:rPr sz=\"1200\" b=\"0\">{grey}</a:rPr><a:t>{}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val=\"0\"/></c:title>",
        words(text),
        grey = colour(GREY)
    )
}

/// Numbers of an axis: steps are whole where they are large.
fn steps(values: impl Iterator<Item = f64>, format: &str) -> &str {
    let largest = values.fold(0.0f64, |most, value| most.max(value.abs()));
    if largest >= 10.0 { "#,##0" } else { format }
}

/// The axis of categories, or of what is measured across, and that of the numbers.
pub fn both(plot: &Plot, format: &str, size: u32) -> String {
    let [a, b] = AXES;
    let upright = matches!(plot.kind, PlotKind::Lines | PlotKind::Areas | PlotKind::Columns | PlotKind::Points);
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
    let named = if hidden == 0 { title(&plot.axis) } else { String::new() };
    let across = if upright { title(&plot.across) } else { String::new() };
    let up = steps(plot.series.iter().flat_map(|series| &series.values).flatten().copied(), format);
    // Every row has its name, however many there are.
    let skip = if upright { "" } else { "<c:tickLblSkip val=\"1\"/>" };
    let crossing = if upright { "autoZero" } else { "max" };
    let first = match plot.kind {
        PlotKind::Points => format!(
            "<c:valAx><c:axId val=\"{a}\"/><c:scaling><c:orientation val=\"minMax\"/></c:scaling><c:delete val=\"0\"/><c:axPos val=\"b\"/>\
             {grid}{across}<c:numFmt formatCode=\"{}\" sourceLinked=\"0\"/><c:majorTickMark val=\"none\"/><c:minorTickMark val=\"none\"/>\
             <c:tickLblPos val=\"low\"/>{hair}{}<c:crossAx val=\"{b}\"/><c:crosses val=\"autoZero\"/><c:crossBetween val=\"midCat\"/></c:valAx>",
            steps(plot.xs.iter().copied(), "#,##0.0"),
            letters_of(1200, false, GREY)
        ),
        _ => format!(
            "<c:catAx><c:axId val=\"{a}\"/><c:scaling><c:orientation val=\"{order}\"/></c:scaling><c:delete val=\"0\"/>\
             <c:axPos val=\"{place}\"/>{across}<c:numFmt formatCode=\"General\" sourceLinked=\"0\"/><c:majorTickMark val=\"none\"/>\
             <c:minorTickMark val=\"none\"/><c:tickLblPos val=\"low\"/>{hair}{}<c:crossAx val=\"{b}\"/><c:crosses val=\"autoZero\"/>\
             <c:auto val=\"0\"/><c:lblAlgn val=\"ctr\"/><c:lblOffset val=\"100\"/>{skip}<c:noMultiLvlLbl val=\"0\"/></c:catAx>",
            letters_of(size, false, INK)
        ),
    };
    // Heights are compared from zero; the suites would begin where the numbers do.
    let least = plot.series.iter().flat_map(|series| &series.values).flatten().copied().fold(0.0f64, f64::min);
    let floor = match plot.from {
        Some(from) => format!("<c:min val=\"{from}\"/>"),
        None if plot.kind != PlotKind::Points && least >= 0.0 => "<c:min val=\"0\"/>".to_owned(),
        None => String::new(),
    };
    let (tick, between) = if plot.kind == PlotKind::Points { ("low", "midCat") } else { ("nextTo", "between") };
    format!(
        "{first}<c:valAx><c:axId val=\"{b}\"/><c:scaling><c:orientation val=\"minMax\"/>{floor}</c:scaling><c:delete val=\"{hidden}\"/>\
         <c:axPos val=\"{other}\"/>{grid}{named}<c:numFmt formatCode=\"{up}\" sourceLinked=\"0\"/><c:majorTickMark val=\"none\"/>\
         <c:minorTickMark val=\"none\"/><c:tickLblPos val=\"{tick}\"/><c:spPr><a:ln><a:noFill/></a:ln></c:spPr>{}<c:crossAx val=\"{a}\"/>\
         <c:crosses val=\"{crossing}\"/><c:crossBetween val=\"{between}\"/></c:valAx>",
        letters_of(1200, false, GREY)
    )
}
